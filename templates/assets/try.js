// The shortest [prefix, suffix] with which text[start:end] stands once in the text, as the tool finds it
// (site_builder/quotes.py, context).  Places may overlap; text is a list of code points.
function quoteContext(text, start, end) {
  "use strict";
  var size = end - start, rivals = [], best = null;
  for (var at = 0; at + size <= text.length; at++) {
    var n = 0, before = 0, after = 0;
    while (n < size && text[at + n] === text[start + n]) n++;
    if (n < size || at === start) continue;
    while (before < Math.min(at, start) && text[at - before - 1] === text[start - before - 1]) before++;
    while (Math.max(at, start) + size + after < text.length && text[at + size + after] === text[end + after]) after++;
    rivals.push([before, after]);
  }
  [0].concat(rivals.map(function (one) { return one[0] + 1; })).forEach(function (before) {
    var after = 0;
    rivals.forEach(function (one) { if (one[0] >= before) after = Math.max(after, one[1] + 1); });
    if (before > start || after > text.length - end) return;
    var way = [before + after, Math.abs(before - after), before];
    var nearer = best === null || way[0] - best[0] || way[1] - best[1] || way[2] - best[2];
    if (best === null || nearer < 0) best = [way[0], way[1], before, after];
  });
  return [text.slice(start - best[2], start).join(""), text.slice(end, end + best[3]).join("")];
}

// Try it yourself: tag a passage, then see the editors' tags; agreement grows; export as YAML.
window.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var make = SITE.make;
  var home = document.getElementById("_try");
  var words = JSON.parse(home.dataset.words);
  var data = TRYOUT[home.dataset.language];
  var first = TRYOUT[Object.keys(TRYOUT)[0]]; // evidence is quoted as the first view has it
  var memory = READER.memory, languages = JSON.parse(home.dataset.languages);
  var works = data.works || [data], which = 0, at = 0; // of several works, each has its passages
  var tags = {}; // id → {cells: {cell: {relation, evidence}}, function, gist, shown}
  var parts = []; // what brings each part of the page up to date

  function passages() { return works[which].passages; }
  function passage() { return passages()[at]; }
  function originals() { return (first.works || [first])[which].passages; }
  function kept() { return data.works ? "tags-" + works[which].work : "tags"; }
  function recall() {
    try { tags = JSON.parse(memory.get(kept()) || "{}"); } catch (broken) { tags = {}; }
  }
  function mine() {
    var id = passage()[0];
    return tags[id] = tags[id] || { cells: {}, "function": "", gist: "", shown: false };
  }

  // --- the page is made once; each part changes in place, so that the focus stays where it is
  function update() { parts.forEach(function (part) { part(); }); }
  function changed() { memory.set(kept(), JSON.stringify(tags)); update(); }
  // A part that is drawn again only if what it depends on is another.
  function when(state, draw) {
    var last;
    parts.push(function () {
      var now = JSON.stringify(state());
      if (now === last) return;
      last = now;
      draw();
    });
  }
  function button(word, act, kind) {
    var made = make("button", kind, word);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  function choose(list, label, value, act) {
    var made = make("select");
    made.setAttribute("aria-label", label);
    made.append(new Option("—", ""));
    list.forEach(function (term) { made.append(new Option(term[1], term[0])); });
    made.addEventListener("change", function () { act(made.value); });
    parts.push(function () {
      made.value = value();
      if (made.selectedIndex < 0) made.value = "";
    });
    return made;
  }
  function check(label, value, act) {
    var made = make("input");
    made.type = "checkbox";
    made.setAttribute("aria-label", label);
    made.addEventListener("change", function () { act(made.checked); });
    parts.push(function () { made.checked = value(); });
    return made;
  }
  function chip(code) {
    var made = make("span", code[4] ? "chip negative" : "chip", (code[2] + " " + code[3]).trim());
    made.dataset.cell = code[1];
    return made;
  }
  // Words of the work have its language where that is another than the language of the page.
  function ofWork(element) {
    var own = languages[works[which].work], other = READER.main(own) !== READER.main(document.documentElement.lang);
    ["lang", "dir"].forEach(function (name) { element.removeAttribute(name); });
    if (other) {
      element.lang = own;
      element.dir = "auto";
    }
    return element;
  }

  // --- the place: #p30, or #WORK/p30 where there are several works
  function place() { return (data.works ? works[which].work + "/" : "") + passage()[0]; }
  function find(name) {
    var ids = name.split("/"), id = ids.pop();
    var work = data.works ? works.findIndex(function (one) { return one.work === ids[0]; }) : 0;
    var found = work < 0 ? -1 : works[work].passages.findIndex(function (one) { return one[0] === id; });
    return found < 0 ? null : [work, found];
  }
  function show(work, number) {
    which = work;
    at = number;
    recall();
    memory.set("passage", place());
    update();
  }
  function move(work, number) {
    show(work, number);
    try { history.replaceState(history.state, "", "#" + place()); } catch (refused) { /* kept for this page only */ }
  }
  function step(by) {
    move(which, (at + by + passages().length) % passages().length);
    home.querySelector("h2").scrollIntoView();
  }
  function follow() {
    var found = find(location.hash.slice(1));
    if (!found) return;
    show(found[0], found[1]);
    home.querySelector("h2").scrollIntoView();
  }
  function start() {
    var linked = find(location.hash.slice(1)), last = find(memory.get("passage"));
    if (linked) show(linked[0], linked[1]);
    else if (last && (last[0] || last[1])) move(last[0], last[1]);
    else show(0, 0);
  }

  // --- the words of the passage
  // Where the selection stands in the passage, in code points.
  function selected(text) {
    var chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return null;
    var range = chosen.getRangeAt(0), before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    var start = Array.from(String(before)).length;
    return [start, start + Array.from(String(range)).length];
  }
  function quoted(span) {
    var text = Array.from(originals()[at][2]), context = quoteContext(text, span[0], span[1]);
    return { quote: text.slice(span[0], span[1]).join(""), prefix: context[0], suffix: context[1] };
  }
  // The tags of the editors for one code; each is [code, relation, [[start, end, words, voice]…]].
  function given(code) { return passage()[4].filter(function (one) { return one[0] === code[0]; }); }
  function quotations(code) {
    return [].concat.apply([], given(code).map(function (one) { return one[2] || []; }));
  }
  // The passage with the evidence of the editors marked: the lines of several codes are below each other.
  function marked() {
    var text = Array.from(passage()[2]), borders = [0, text.length], box = document.createDocumentFragment();
    var single = data.cells.filter(function (code) { return !code[4]; }); // the order of the reading page
    var marks = single.concat(data.cells.filter(function (code) { return code[4]; })).map(function (code) {
      return { code: code, spans: quotations(code) };
    });
    marks.forEach(function (one) { one.spans.forEach(function (span) { borders.push(span[0], span[1]); }); });
    borders.sort(function (a, b) { return a - b; });
    borders.slice(1).forEach(function (end, n) {
      var start = borders[n];
      if (start < end) box.append(marking(text.slice(start, end).join(""), end, marks.filter(function (one) {
        return one.spans.some(function (span) { return span[0] <= start && end <= span[1]; });
      })));
    });
    return box;
  }
  function marking(piece, end, marks) {
    var lower = 0, outer = null, inner = null, labels = [];
    marks.forEach(function (one) {
      var made = make(outer ? "span" : "mark");
      made.dataset.cell = one.code[1];
      if (lower) made.dataset.lower = lower;
      lower += one.code[4] ? 5 : 4; // the heights of lines in site_builder/site/pages/marks.py
      if (one.spans.some(function (span) { return span[1] === end; })) labels.push(one.code[2] || one.code[3]);
      if (inner) inner.append(made);
      outer = outer || made;
      inner = made;
    });
    if (!outer) return piece;
    inner.append(piece);
    if (labels.length) outer.dataset.label = labels.join("\u00a0");
    return outer;
  }
  function title() {
    var made = make("h2");
    made.setAttribute("aria-live", "polite");
    when(function () { return passage()[1]; }, function () { made.textContent = words.passage.replace("{n}", passage()[1]); });
    return made;
  }
  function reading() {
    var made = make("p", "text lines all-marks");
    when(function () { return [place(), mine().shown]; }, function () {
      made.replaceChildren(mine().shown ? marked() : passage()[2]);
      ofWork(made);
    });
    return made;
  }

  // --- the table of codes: the tag, the evidence of the reader, the tags of the editors
  function table(text, status) {
    var made = make("table", "try");
    made.append(make("caption", "unseen", words.cells));
    data.cells.forEach(function (code) {
      var row = made.insertRow(), head = make("th"), own = function () { return mine().cells[code[0]]; };
      head.scope = "row";
      head.append(chip(code));
      row.append(head);
      row.insertCell().append(tagging(code, own));
      evidence(row.insertCell(), own, text, status);
      theirs(row.insertCell(), code, own);
    });
    return made;
  }
  function tagging(code, own) {
    function set(value, relation) {
      if (value) mine().cells[code[0]] = { relation: relation, evidence: own() ? own().evidence : [] };
      else delete mine().cells[code[0]];
      changed();
    }
    return data.relations.length
      ? choose(data.relations, code[2] + code[3], function () { return own() ? own().relation : ""; }, function (value) { set(value, value); })
      : check(code[2] + code[3], function () { return Boolean(own()); }, function (value) { set(value, ""); });
  }
  function evidence(cell, own, text, status) {
    var list = make("span"), take = button(words.take, function () {
      var span = selected(text);
      if (!span) { status.textContent = words.select; return; }
      own().evidence.push(quoted(span));
      getSelection().removeAllRanges();
      changed();
      if (take.hidden) list.lastElementChild.focus();
    });
    function drop(n) {
      own().evidence.splice(n, 1);
      changed();
      var left = list.querySelectorAll("button");
      (left[Math.min(n, left.length - 1)] || take).focus();
    }
    cell.className = "own";
    cell.append(list, take);
    when(function () { return [place(), own()]; }, function () {
      take.hidden = !own() || own().evidence.length >= data.limits.evidence;
      list.replaceChildren();
      (own() ? own().evidence : []).forEach(function (one, n) {
        var remove = button("×", function () { drop(n); });
        remove.setAttribute("aria-label", words.drop.replace("{words}", function () { return one.quote; }));
        list.append(n ? " " : "", ofWork(make("q", "", one.quote)), remove);
      });
    });
  }
  function theirs(cell, code, own) {
    cell.className = "theirs";
    when(function () { return [place(), mine().shown, own() && own().relation]; }, function () {
      cell.hidden = !mine().shown;
      cell.replaceChildren();
      if (mine().shown) cell.append(verdict(code, own()), quotes(code));
    });
  }
  function verdict(code, own) {
    var found = given(code);
    var agrees = own ? found.some(function (one) { return one[1] === own.relation; }) : !found.length;
    var shown = found.map(function (one) { return data.relations.length ? name(data.relations, one[1]) : "✓"; });
    shown = shown.join(home.dataset.comma) || "—";
    return make("span", agrees ? "agrees" : "differs", words.editors + " " + shown + (agrees ? " ✓" : " ≠"));
  }
  // The quotations of the editors, as other pages show them.
  function quotes(code) {
    var list = make("ul", "quotes"), text = Array.from(passage()[2]);
    quotations(code).forEach(function (span) {
      var item = make("li");
      item.append(ofWork(make("q", "", span[2] || text.slice(span[0], span[1]).join(""))));
      if (span[3]) item.append(" ", make("span", "voice", words[span[3]]));
      list.append(item);
    });
    return list.firstChild ? list : "";
  }
  function name(list, id) { return (list.find(function (term) { return term[0] === id; }) || ["", "—"])[1]; }

  // --- what the codes mean; each list is [[name, definition, language]…]
  function definitions() {
    var box = make("details", "definitions");
    function list(heading, terms) {
      var made = make("dl");
      terms.filter(function (term) { return term[1]; }).forEach(function (term) {
        var called = make("dt"), meaning = make("dd", "", term[1]);
        called.append(term[0]);
        if (term[2]) meaning.lang = term[2];
        made.append(called, meaning);
      });
      if (made.firstChild) box.append(make("h3", "", heading), made);
    }
    function named(term) { return term.slice(1); }
    box.append(make("summary", "", words.definitions));
    list(words.codes, data.cells.map(function (code) { return [chip(code)].concat(code.slice(5)); }));
    list(words.relations, data.relations.map(named));
    list(words.functions, data.functions.map(named));
    return box.children.length > 1 ? box : "";
  }

  // --- the function, the summary, the buttons
  function functions() {
    var line = make("p"), shown = make("span", "tag");
    line.append(words.function + " ", choose(data.functions, words.function, function () { return mine()["function"]; }, function (value) {
      mine()["function"] = value;
      changed();
    }), " ", shown);
    ofEditors(shown, function () { return name(data.functions, passage()[3]); });
    return line;
  }
  function ofEditors(element, value) {
    parts.push(function () {
      element.hidden = !mine().shown;
      element.textContent = mine().shown ? words.editors + " " + value() : "";
    });
    return element;
  }
  function summary() {
    var label = make("label", "", words.gist + " "), field = make("input");
    field.maxLength = data.limits.gist;
    field.addEventListener("input", function () { mine().gist = field.value; changed(); });
    parts.push(function () { if (field.value !== mine().gist) field.value = mine().gist; });
    label.append(field);
    return label;
  }
  function buttons() {
    var row = make("p", "row");
    row.append(
      button(words.before, function () { step(-1); }),
      button(words.after, function () { step(1); }),
      button(words.show, function () { mine().shown = true; changed(); }, "go")
    );
    return row;
  }
  function ofWorks() {
    var names = works.map(function (work) { return [work.work, work.name]; });
    return choose(names, words.work, function () { return works[which].work; }, function (value) {
      move(Math.max(0, works.findIndex(function (work) { return work.work === value; })), 0);
    });
  }

  // A number with two decimals, as catalogue.py writes it: −0.05; one that is rounded to 0 has no sign.
  function decimal(value) {
    var digits = Math.abs(value).toFixed(2);
    return (value < 0 && Number(digits) ? "−" : "") + digits.replace(".", words.decimal);
  }

  // Cohen's κ over the cells of the passages that were shown: carried or not, whatever the relation.
  function agreement() {
    var box = make("p", "agreement");
    box.setAttribute("role", "status");
    when(votes, function () { box.textContent = agreed(votes()); });
    return box;
  }
  function votes() {
    var found = [];
    passages().forEach(function (passage) {
      var tag = tags[passage[0]];
      if (!tag || !tag.shown) return;
      data.cells.forEach(function (cell) {
        found.push([cell[0] in tag.cells, passage[4].some(function (one) { return one[0] === cell[0]; })]);
      });
    });
    return found;
  }
  function agreed(votes) {
    if (!votes.length) return "";
    var n = votes.length;
    var same = votes.filter(function (v) { return v[0] === v[1]; }).length / n;
    var a = votes.filter(function (v) { return v[0]; }).length / n;
    var b = votes.filter(function (v) { return v[1]; }).length / n;
    var chance = a * b + (1 - a) * (1 - b);
    var kappa = chance === 1 ? "—" : decimal((same - chance) / (1 - chance));
    return words.agreement.replace("{p}", n / data.cells.length).replace("{s}", (100 * same).toFixed(0)).replace("{k}", kappa);
  }

  // The reader's tags as a file of annotations/WORK/tags/CODER/; a cell without evidence stays out.
  function yaml() {
    var rows = ["passages:"];
    originals().forEach(function (passage) {
      var tag = tags[passage[0]];
      if (!tag || !(data.functions.length ? tag["function"] : good(tag).length || tag.gist)) return;
      rows.push("  " + passage[0] + ":");
      if (tag["function"]) rows.push("    function: " + tag["function"]);
      if (!data.cells.some(facet)) rows.push("    cells:" + (good(tag).length ? "" : " []"));
      var list = "";
      good(tag).forEach(function (cell) {
        var parts = cell.split(":");
        if (parts.length > 1 && parts[0] !== list) rows.push("    " + (list = parts[0]) + ":");
        rows.push("      - " + (parts.length > 1 ? "entry: " + parts[1] : "cell: " + JSON.stringify(cell)));
        if (tag.cells[cell].relation) rows.push("        relation: " + tag.cells[cell].relation);
        rows.push("        evidence:");
        tag.cells[cell].evidence.forEach(function (one) {
          var context = ["prefix", "suffix"].filter(function (side) { return one[side]; });
          rows.push("          - {quote: " + JSON.stringify(one.quote) + context.map(function (side) {
            return ", " + side + ": " + JSON.stringify(one[side]);
          }).join("") + "}");
        });
      });
      if (tag.gist) rows.push("    gist: " + JSON.stringify(tag.gist));
    });
    return rows.length > 1 ? rows.join("\n") + "\n" : "";
  }
  function facet(code) { return code[0].indexOf(":") > 0; } // an entry, whose id is FACET:ENTRY
  // In the order of the codebook, so that the entries of one facet are together.
  function good(tag) {
    var order = data.cells.map(function (code) { return code[0]; });
    var found = Object.keys(tag.cells).filter(function (cell) { return tag.cells[cell].evidence.length; });
    return data.cells.some(facet) ? found.sort(function (a, b) { return order.indexOf(a) - order.indexOf(b); }) : found;
  }
  function out() {
    var box = make("details", "export"), hint = make("p", "hint"), text = make("pre"), copy, save;
    function fill() { if (box.open) text.textContent = yaml() || words.nothing; }
    copy = button(words.copy, function () { EXCERPT.copy(yaml(), copy); });
    copy.dataset.done = words.copied;
    save = button(words.save, function () {
      var link = make("a");
      link.href = URL.createObjectURL(new Blob([yaml()], { type: "application/yaml" }));
      link.download = "reader.yaml";
      link.click();
    });
    box.append(make("summary", "", words.export), hint, text, copy, " ", save, " ", button(words.clear, function () {
      if (confirm(words.sure)) { tags = {}; changed(); }
    }));
    box.addEventListener("toggle", fill);
    parts.push(fill);
    when(function () { return works[which].work; }, function () { hint.textContent = words.needs.replace("{w}", works[which].work); });
    return box;
  }
  function draw() {
    var text = reading(), status = make("p", "hint");
    status.setAttribute("role", "status");
    parts.push(function () { status.textContent = ""; });
    if (works.length > 1) home.append(ofWorks());
    home.append(title(), text, table(text, status), status, definitions());
    if (data.functions.length) home.append(functions());
    home.append(summary(), ofEditors(make("p", "gist"), function () { return passage()[5]; }), buttons(), agreement(), out());
  }
  draw();
  start();
  addEventListener("hashchange", follow);
});
