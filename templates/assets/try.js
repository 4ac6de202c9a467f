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
  recall();

  function passages() { return works[which].passages; }
  function originals() { return (first.works || [first])[which].passages; }
  function kept() { return data.works ? "tags-" + works[which].work : "tags"; }
  function recall() {
    try { tags = JSON.parse(memory.get(kept()) || "{}"); } catch (broken) { tags = {}; }
  }
  function mine() {
    var id = passages()[at][0];
    return tags[id] = tags[id] || { cells: {}, "function": "", gist: "", shown: false };
  }
  function keep() { memory.set(kept(), JSON.stringify(tags)); }
  function button(word, act, kind) {
    var made = make("button", kind, word);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  function choose(list, value, act, label) {
    var made = make("select");
    made.setAttribute("aria-label", label);
    made.append(new Option("—", ""));
    list.forEach(function (term) { made.append(new Option(term[1], term[0], false, term[0] === value)); });
    made.addEventListener("change", function () { act(made.value); });
    return made;
  }

  function check(value, act, label) {
    var made = make("input");
    made.type = "checkbox";
    made.checked = value;
    made.setAttribute("aria-label", label);
    made.addEventListener("change", function () { act(made.checked); });
    return made;
  }

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

  function draw() {
    var passage = passages()[at], tag = mine();
    home.replaceChildren();
    if (works.length > 1) {
      var names = works.map(function (work) { return [work.work, work.name]; });
      home.append(choose(names, works[which].work, function (value) {
        which = Math.max(0, works.findIndex(function (work) { return work.work === value; }));
        at = 0;
        recall();
        draw();
      }, words.work));
    }
    home.append(make("h2", "", words.passage.replace("{n}", passage[1])));
    var text = make("p", "text lines", passage[2]), own = languages[works[which].work];
    if (READER.main(own) !== READER.main(document.documentElement.lang)) {
      text.lang = own;
      text.dir = "auto";
    }
    home.append(text);
    var table = make("table", "try");
    table.append(make("caption", "unseen", words.cells));
    var status = make("p", "hint");
    status.setAttribute("role", "status");
    data.cells.forEach(function (cell) {
      var row = table.insertRow(), head = make("th");
      head.scope = "row";
      var chip = make("span", "chip", (cell[2] + " " + cell[3]).trim());
      chip.dataset.cell = cell[1];
      head.append(chip);
      row.append(head);
      var given = tag.cells[cell[0]] || { relation: "", evidence: [] };
      var set = function (value, relation) {
        if (value) tag.cells[cell[0]] = { relation: relation, evidence: given.evidence };
        else delete tag.cells[cell[0]];
        keep(); draw();
      };
      row.insertCell().append(data.relations.length
        ? choose(data.relations, given.relation, function (value) { set(value, value); }, cell[2] + cell[3])
        : check(cell[0] in tag.cells, function (value) { set(value, ""); }, cell[2] + cell[3]));
      var place = row.insertCell();
      given.evidence.forEach(function (one, n) {
        var drop = button("×", function () { given.evidence.splice(n, 1); keep(); draw(); });
        drop.setAttribute("aria-label", words.drop.replace("{words}", function () { return one.quote; }));
        place.append(make("q", "", one.quote), drop, " ");
      });
      if (tag.cells[cell[0]] && given.evidence.length < data.limits.evidence) {
        place.append(button(words.take, function () {
          var span = selected(text);
          if (!span) { status.textContent = words.select; return; }
          given.evidence.push(quoted(span)); keep(); draw();
        }));
      }
      if (tag.shown) row.insertCell().append(theirs(cell[0], tag.cells[cell[0]]));
    });
    home.append(table, status);
    if (data.functions.length) {
      var line = make("p");
      line.append(words.function + " ", choose(data.functions, tag["function"], function (value) { tag["function"] = value; keep(); }, words.function));
      if (tag.shown) line.append(" ", make("span", "tag", words.editors + " " + name(data.functions, passage[3])));
      home.append(line);
    }
    var label = make("label", "", words.gist + " "), gist = make("input");
    gist.maxLength = data.limits.gist;
    gist.value = tag.gist;
    gist.addEventListener("input", function () { tag.gist = gist.value; keep(); });
    label.append(gist);
    home.append(label);
    if (tag.shown) home.append(make("p", "gist", words.editors + " " + passage[5]));
    var row = make("p", "row");
    row.append(
      button(words.before, function () { step(-1); }),
      button(words.after, function () { step(1); }),
      button(words.show, function () { tag.shown = true; keep(); draw(); }, "go")
    );
    home.append(row, agreement(), out());
  }
  function name(list, id) { return (list.find(function (term) { return term[0] === id; }) || ["", "—"])[1]; }
  function theirs(cell, mine) {
    var found = passages()[at][4].filter(function (one) { return one[0] === cell; });
    var agrees = mine ? found.some(function (one) { return one[1] === mine.relation; }) : !found.length;
    var shown = found.map(function (one) { return data.relations.length ? name(data.relations, one[1]) : "✓"; });
    shown = shown.join(home.dataset.comma) || "—";
    return make("span", agrees ? "agrees" : "differs", words.editors + " " + shown + (agrees ? " ✓" : " ≠"));
  }
  function step(by) { at = (at + by + passages().length) % passages().length; draw(); home.querySelector("h2").scrollIntoView(); }

  // A number with two decimals, as catalogue.py writes it: −0.05; one that is rounded to 0 has no sign.
  function decimal(value) {
    var digits = Math.abs(value).toFixed(2);
    return (value < 0 && Number(digits) ? "−" : "") + digits.replace(".", words.decimal);
  }

  // Cohen's κ over the cells of the passages that were shown: carried or not, whatever the relation.
  function agreement() {
    var votes = [];
    passages().forEach(function (passage) {
      var tag = tags[passage[0]];
      if (!tag || !tag.shown) return;
      data.cells.forEach(function (cell) {
        votes.push([cell[0] in tag.cells, passage[4].some(function (one) { return one[0] === cell[0]; })]);
      });
    });
    var box = make("p", "agreement");
    if (!votes.length) return box;
    var n = votes.length;
    var same = votes.filter(function (v) { return v[0] === v[1]; }).length / n;
    var a = votes.filter(function (v) { return v[0]; }).length / n;
    var b = votes.filter(function (v) { return v[1]; }).length / n;
    var chance = a * b + (1 - a) * (1 - b);
    var kappa = chance === 1 ? "—" : decimal((same - chance) / (1 - chance));
    box.textContent = words.agreement.replace("{p}", n / data.cells.length).replace("{s}", (100 * same).toFixed(0)).replace("{k}", kappa);
    box.setAttribute("role", "status");
    return box;
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
    var box = make("details", "export"), text = make("pre"), copy, save;
    box.append(make("summary", "", words.export), make("p", "hint", words.needs.replace("{w}", works[which].work)), text);
    copy = button(words.copy, function () { EXCERPT.copy(yaml(), copy); });
    copy.dataset.done = words.copied;
    save = button(words.save, function () {
      var link = make("a");
      link.href = URL.createObjectURL(new Blob([yaml()], { type: "application/yaml" }));
      link.download = "reader.yaml";
      link.click();
    });
    box.append(copy, " ", save, " ", button(words.clear, function () {
      if (confirm(words.sure)) { tags = {}; keep(); draw(); }
    }));
    box.addEventListener("toggle", function () { text.textContent = yaml() || words.nothing; });
    return box;
  }
  draw();
});
