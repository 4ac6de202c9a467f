// The collection of the reader: passages and words kept in this browser, with notes; taken along as a file or a
// link.  Nothing leaves the machine.
window.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var home = document.getElementById("_collection");
  var make = SITE.make, memory = READER.memory;
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
    return { now: EXCERPT.cut(text, start, start + at.end - at.start), how: found.how, before: before, edition: found.edition };
  }
  function address(item) {
    var page = new URL(item.work + "/" + item.id + ".html", location.href);
    if (item.w) page.search = "?w=" + item.w;
    page.hash = "#" + item.id;
    return page.href;
  }

  // --- sources
  function number(item) { return Object.keys(TEXTS[item.work]).indexOf(item.id) + 1; }
  function fill(text, item) {
    var values = { number: number(item), id: item.id, date: SITE.date };
    return text.replace(/\{(number|id|date)\}/g, function (all, name) { return values[name]; });
  }
  function quotation(item) {
    var quote = form(item.work).content.querySelector("[data-quote]").dataset;
    return fill(quote.quote, item).split("{words}").join(EXCERPT.nested(look(item).now, quote.marks));
  }
  function options(item) { return Array.from(form(item.work).content.querySelectorAll("option")); }
  function option(item, value) {
    return options(item).find(function (one) { return one.value === value; }) || options(item)[0];
  }
  function references(list) {
    var value = memory.get("style");
    return Array.from(new Set(list.map(function (item) {
      return fill(option(item, value).dataset.form, item);
    })));
  }

  // --- to take along
  function markdown() {
    var list = items();
    var parts = list.map(function (item) {
      return "> " + quotation(item).replace(/\n/g, "\n> ") + "\n\n<" + address(item) + ">\n" +
        (item.note ? "\n" + item.note + "\n" : "");
    });
    return "# " + words.title + "\n\n" + parts.join("\n") + "\n## " + words.references + "\n\n" +
      references(list).map(function (one) { return "- " + one + "\n"; }).join("");
  }
  function tex(text) { return text.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, "\\$&").replace(/\s+/g, " "); }
  function bibtex() {
    var made = new Set();
    items().forEach(function (item) {
      var all = options(item).filter(function (one) { return one.textContent.startsWith("BibTeX"); });
      all.forEach(function (one) {
        var entry = one.dataset.form.trim();
        if (!one.value.startsWith("edition")) { made.add(entry); return; }
        var key = "-" + item.id + (item.w ? "-" + item.w.split(".")[0] : "");
        var note = [quotation(item), item.note].filter(Boolean).join(" ");
        made.add(entry.replace(/^(@\w+\{[^,]*),/, "$1" + key + ",").replace(/,?\s*\}$/, ",\n  annote = {" + tex(note) + "},\n  howpublished = {\\url{" + address(item) + "}}\n}"));
      });
    });
    return Array.from(made).join("\n\n") + "\n";
  }
  function link() { return location.href.split("#")[0] + "#c=" + items().map(name).join(","); }
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
    var label = fill(words.passage, item);
    quote.append(make("p", "", now.now));
    quote.lang = form(item.work).dataset.lang;
    to.href = address(item);
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
        button(words.link, function (event) { SITE.copy(link(), event.target); })
      );
      bar.lastChild.dataset.done = words.copied;
      list.forEach(function (item, at) { ol.append(row(item, at, list)); });
      home.append(bar);
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
  window.COLLECTION = { markdown: markdown, bibtex: bibtex, link: link };
  // the texts as this view shows them, if it has converted them
  if (!home.dataset.shown) { start(); return; }
  var script = make("script");
  script.src = home.dataset.shown;
  script.addEventListener("load", start);
  script.addEventListener("error", start);
  document.head.append(script);
});
