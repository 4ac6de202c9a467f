// The collection of the reader: passages and words kept in this browser, with notes; taken along as a file or a
// link.  Nothing leaves the machine.
window.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var home = document.getElementById("_collection");
  var make = SITE.make;
  var words = JSON.parse(home.dataset.words);
  var given = null; // the items of a link, which are not those of the reader until they are added
  var removed = null;

  // --- items: {work, id, w, words, note}
  function name(item) { return item.work + "/" + item.id + (item.w ? ":" + item.w : ""); }
  function read(hash) {
    if (!hash.startsWith("#c=")) return null;
    return hash.slice(3).split(",").map(function (one) {
      var found = /^([\w.-]+)\/([\w.-]+)(?::([\d.a-f-]+))?$/.exec(one);
      return found && { work: found[1], id: found[2], w: EXCERPT.parse(found[3]) ? found[3] : "", words: "", note: "" };
    }).filter(function (item) { return item && known(item); });
  }
  function known(item) { return item && form(item.work) && EXCERPT.text(item.work, item.id); }
  function form(work) { return Array.from(home.querySelectorAll("template")).find(function (one) { return one.dataset.work === work; }); }
  function items() { return given || EXCERPT.list().filter(known); }
  function save(list) {
    if (given) given = list;
    else if (!EXCERPT.keep(list)) status(words.closed);
    draw();
  }
  // what the words are now, in the script of the page, and whether they are those that were kept
  function look(item) {
    var versions = EXCERPT.text(item.work, item.id), at = EXCERPT.parse(item.w);
    var text = ((window.SHOWN || {})[item.work] || {})[item.id] || versions[0];
    if (!at) return { now: text, how: "same" };
    var found = EXCERPT.find(at, versions);
    var start = "start" in found ? found.start : at.start;
    var before = found.words || (found.how === "lost" ? item.words : "");
    var end = start + at.end - at.start, of = "start" in found ? EXCERPT.sentence(versions, start, end) : null;
    return {
      now: EXCERPT.cut(text, start, end), how: found.how, before: before, edition: found.edition,
      sentence: of, all: of && of.start === start && of.end === end // the words are the whole sentence
    };
  }
  function address(item, of) {
    var whole = !item.w || of.all; // as every citation of a passage or a sentence
    var page = new URL(item.work + (whole ? "/index.html" : "/" + item.id + ".html"), location.href);
    if (!whole) page.search = "?w=" + item.w;
    page.hash = "#" + (of.all ? of.sentence.anchor : item.id);
    return page.href;
  }
  function published(href) { return EXCERPT.published(href, home.dataset.address); }

  // --- sources
  function number(item) { return Object.keys(TEXTS[item.work]).indexOf(item.id) + 1; }
  function values(item) {
    var now = look(item), of = now.sentence;
    return {
      number: number(item), sentence: of ? of.number : "", id: of ? of.anchor : item.id, date: SITE.date,
      address: published(address(item, now))
    };
  }
  function fill(text, item) { return EXCERPT.fill(text, values(item)); }
  function options(item) { return Array.from(form(item.work).content.querySelectorAll("option")); }
  function option(item) { return EXCERPT.chosen(options(item)); }
  function quotation(item) {
    var quote = form(item.work).content.querySelector("[data-quote]").dataset;
    return EXCERPT.quotation(option(item), quote, look(item).now, values(item));
  }
  function references(list) {
    return Array.from(new Set(list.map(function (item) { return fill(option(item).dataset.form, item); })
      .join("\n").split("\n")));
  }

  // --- to take along
  function slanted(text) { return EXCERPT.plain(text.replace(/[\x02\x03]/g, "*")); }
  function markdown() {
    var list = items();
    var parts = list.map(function (item) {
      var to = values(item).address;
      return "> " + slanted(quotation(item)).replace(/\n/g, "\n> ") + "\n" + (to ? "\n<" + to + ">\n" : "") +
        (item.note ? "\n" + item.note + "\n" : "");
    });
    return "# " + words.title + "\n\n" + parts.join("\n") + "\n## " + words.references + "\n\n" +
      references(list).map(function (one) { return "- " + slanted(one) + "\n"; }).join("");
  }
  // the entries of the work and of the edition in a format; the edition once for each item, with the words and
  // the address of the item
  function entries(format, itemised) {
    var made = new Set();
    items().forEach(function (item) {
      var one = options(item).find(function (option) { return option.value === "passage " + format; });
      var both = one.dataset.form.trim().split("\n\n");
      var key = "-" + item.id + (item.w ? "-" + item.w.split(".")[0] : "");
      var note = [EXCERPT.plain(quotation(item)), item.note].filter(Boolean).join(" ").replace(/\s+/g, " ");
      made.add(both[0]);
      made.add(itemised(both[1], key, note, values(item).address));
    });
    return Array.from(made);
  }
  function tex(text) { return text.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, "\\$&"); }
  function bibtex() {
    return entries("BibTeX", function (entry, key, note, to) {
      var more = ",\n  annote = {" + tex(note) + "}" + (to ? ",\n  url = {" + to + "}" : "") + "\n}";
      return entry.replace(/\n  url = \{[^}]*\},?/, "").replace(/^(@\w+\{[^,]*),/, "$1" + key + ",")
        .replace(/,?\s*\}$/, function () { return more; });
    }).join("\n\n") + "\n";
  }
  function ris() {
    return entries("RIS", function (entry, key, note, to) {
      var lines = entry.split("\n").filter(function (line) { return !/^(ER|UR) /.test(line); })
        .map(function (line) { return line.startsWith("ID") ? line + key : line; });
      return lines.concat("N1  - " + note, to ? "UR  - " + to : [], "ER  - ").join("\n");
    }).join("\n\n").replace(/\n/g, "\r\n") + "\r\n";
  }
  // the link has the passages and the places of words, and leaves out notes
  function link() {
    var end = "#c=" + items().map(name).join(","), page = location.href.split("#")[0];
    return (published(page) || "collection.html") + end;
  }
  function offer(text, file) {
    var to = make("a");
    to.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    to.download = file;
    to.click();
    setTimeout(function () { URL.revokeObjectURL(to.href); }, 1000);
  }

  // --- the page
  var line = make("p", "outcome");
  line.setAttribute("role", "status");
  function status(text) { line.textContent = text; }
  function button(word, act, label) {
    var made = make("button", "", word);
    made.type = "button";
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }
  function move(from, to) {
    var list = items().slice(), item = list.splice(from, 1)[0];
    list.splice(to, 0, item);
    save(list);
    var row = home.querySelectorAll("ol > li")[to];
    row.querySelector(to > from ? "[data-move=down]" : "[data-move=up]").focus();
  }
  function row(item, at, list) {
    var made = make("li"), now = look(item), quote = make("blockquote"), from = make("p", "origin"), to = make("a");
    var label = EXCERPT.plain(fill(now.sentence ? words.sentence : words.passage, item));
    quote.append(make("p", "", now.now));
    quote.lang = form(item.work).dataset.lang;
    to.href = address(item, now);
    to.textContent = form(item.work).dataset.title + " " + label;
    from.append(to);
    made.append(quote, from);
    if (now.how === "changed" || now.how === "lost") {
      var before = now.before ? words.before.replace("{words}", function () { return now.before; }) : words.changed;
      made.append(make("p", "differs", before));
    }
    var field = make("label", "", words.note + " "), area = make("textarea");
    area.value = item.note || "";
    area.rows = 2;
    area.addEventListener("input", function () {
      item.note = area.value;
      if (!given) EXCERPT.keep(list);
    });
    field.append(area);
    var acts = make("p", "acts");
    var up = button("↑", function () { move(at, at - 1); }, words.up + " " + label);
    var down = button("↓", function () { move(at, at + 1); }, words.down + " " + label);
    up.dataset.move = "up";
    down.dataset.move = "down";
    up.disabled = at === 0;
    down.disabled = at === list.length - 1;
    acts.append(up, down, button(words.remove, function () {
      removed = { item: item, at: at };
      save(list.filter(function (one) { return one !== item; }));
      status(words.removed);
      line.append(" ", button(words.undo, function () {
        var back = items().slice();
        back.splice(removed.at, 0, removed.item);
        status("");
        save(back);
      }));
    }, words.remove + " " + label));
    made.append(field, acts);
    return made;
  }
  function draw() {
    var list = items(), ol = make("ol"), bar = make("p", "acts take");
    Array.from(home.children).forEach(function (one) { if (one.tagName !== "TEMPLATE") one.remove(); });
    if (given) {
      home.append(make("p", "", words.given), button(words.add, function () {
        var kept = given.every(EXCERPT.add);
        given = null;
        history.replaceState(null, "", location.pathname);
        draw();
        status(kept ? "" : words.closed);
      }));
    }
    if (!list.length) home.append(make("p", "none", words.empty));
    else {
      bar.append(
        button("Markdown", function () { offer(markdown(), "collection.md"); }),
        button("BibTeX", function () { offer(bibtex(), "collection.bib"); }),
        button("RIS", function () { offer(ris(), "collection.ris"); }),
        button(words.link, function (event) { EXCERPT.copy(link(), event.target); })
      );
      bar.lastChild.dataset.done = words.copied;
      var hints = [words.notes].concat(published(location.href) ? [] : words.local);
      list.forEach(function (item, at) { ol.append(row(item, at, list)); });
      home.append(bar, make("p", "hint", hints.join(" ")));
    }
    home.append(line, ol);
  }
  function start() {
    given = read(location.hash);
    draw();
    try {
      localStorage.setItem("reader-try", "1");
      localStorage.removeItem("reader-try");
    } catch (closed) { status(words.closed); }
  }
  addEventListener("hashchange", start);
  addEventListener("storage", function (event) { if (event.key === EXCERPT.key) draw(); });
  window.COLLECTION = { markdown: markdown, bibtex: bibtex, ris: ris, link: link };
  // the texts as this view shows them, if it has converted them
  if (!home.dataset.shown) { start(); return; }
  var script = make("script");
  script.src = home.dataset.shown;
  script.addEventListener("load", start);
  script.addEventListener("error", start);
  document.head.append(script);
});
