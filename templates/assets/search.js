// The search page: what was asked, the results of each kind, the words in context, and how often they occur.
window.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var SHOWN = 100; // results put on the page at once
  var AROUND = 24; // characters before the first word of a long text
  var FIRST = 5; // passages of the name that was typed, with their words
  var WIDE = 80; // characters on either side of a word, before they are cut to the line
  function by(id) { return document.getElementById(id); }
  var hits = by("_hits"), box = by("_q"), tally = by("_tally"), around = by("_around"), more = by("_more");
  var say = hits.dataset, saySide = around.dataset;
  var choices = Array.from(document.querySelectorAll(".filter input"));
  var orders = Array.from(document.querySelectorAll("[name=order]"));
  var language = document.documentElement.lang;
  var converted = document.documentElement.dataset.folder !== undefined;
  var title = by("_asked").textContent;
  // kind is the one that the reader chose, now the one that is shown
  var state = { kind: "", now: "", order: "place", match: "", shown: SHOWN };
  var records = null, all = null;

  function element(name, text, kind) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }
  function link(text, href, kind) {
    var made = element("a", text, kind);
    made.href = href;
    return made;
  }
  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }
  function listed(words) { return new Intl.ListFormat(language).format(words); }

  // The texts come as a script: a page on disk can fetch nothing else.
  function load() {
    if (document.querySelector("script[data-search]")) return;
    var script = document.createElement("script");
    script.dataset.search = "";
    script.src = hits.dataset.source;
    script.addEventListener("load", function () {
      records = FIND.coded(SEARCH.records.map(FIND.prepared));
      var first = 0;
      SEARCH.sections.forEach(function (section, at) {
        SEARCH.passages.slice(first, first + section[1]).forEach(function (passage) { passage.section = at; });
        first += section[1];
      });
      SEARCH.passages.forEach(function (passage) { passage.keys = passage.n.map(FIND.keyOf); });
      show();
      if (window.EXCERPT && converted) EXCERPT.texts(show);
    });
    document.head.append(script);
  }

  // --- what is searched for
  // Of each group one chosen thing must hold; a cell and a relation must be those of one tag.
  function wanted() {
    var groups = new Map();
    choices.forEach(function (input) {
      if (!input.checked) return;
      var group = input.closest("[data-group]").dataset.group;
      groups.set(group, (groups.get(group) || []).concat(input.id.replace("_pick-", "")));
    });
    var cells = groups.get("cells"), relations = groups.get("relations");
    if (cells && relations) {
      groups.delete("relations");
      groups.set("cells", cells.flatMap(function (cell) {
        return relations.map(function (relation) { return "cr" + cell.slice(1) + relation.slice(1); });
      }));
    }
    return Array.from(groups.values());
  }
  function find() {
    var words = FIND.parse(box.value), groups = wanted();
    if (!words.length && !groups.length) return null;
    var whole = FIND.keyOf(box.value), exact = FIND.fold(box.value, true).key;
    var allowed = records.filter(function (one) {
      return groups.every(function (group) {
        return group.some(function (name) { return one.tags.includes(name); });
      });
    });
    function matching(how) {
      return allowed.map(function (one) {
        return words.length ? FIND.hit(one, words, how) : { record: one, form: one.forms[0], spans: [] };
      }).filter(Boolean);
    }
    var found = matching(state.match);
    if (!found.length && !state.match) found = matching("part"); // within words, if no word begins so
    var named = groups.length || !whole ? [] : direct(whole, exact, FIND.namesOf(box.value));
    if (found.length || named.length || !words.length) return { words: words, hits: found, direct: named, parts: [] };
    var parts = FIND.parts(words, records);
    var some = FIND.most(allowed, parts, state.match);
    return { words: parts, hits: some.length || state.match ? some : FIND.most(allowed, parts, "part"), direct: [], parts: parts };
  }
  // What has this very name: passages by number, id, or label, and their sentences; then whatever else is called so.
  function direct(whole, exact, others) {
    var found = new Map();
    function add(title, href, kind, language) {
      if (!found.has(href)) found.set(href, { title: title, href: href, kind: kind, language: language });
    }
    var within = FIND.sentence(box.value, SEARCH.sentence);
    SEARCH.passages.forEach(function (passage) {
      var numbers = (passage.s || []).flatMap(function (one, at) {
        return FIND.keyOf(one[0]) === whole || within.some(function (name) {
          return name.number === at + 1 && passage.keys.includes(name.passage);
        }) ? [at + 1] : [];
      });
      if (passage.keys.includes(whole) && !numbers.length) numbers = [0];
      numbers.forEach(function (number) {
        var title = number ? fill(SEARCH.sentence[0], { passage: passage.t, sentence: number }) : passage.t;
        var href = number ? passage.u.replace(/#.*/, "#" + passage.s[number - 1][0]) : passage.u;
        add(title, href, "", "");
        Object.assign(found.get(href), { passage: passage, sentence: number });
      });
    });
    function named(one) {
      return one.names.some(function (name) {
        var key = FIND.fold(name.text, true).key;
        return name.key === whole ? key === exact : exact === whole && key === name.key && others.includes(key);
      });
    }
    records.filter(named).forEach(function (one) { add(one.title, one.href, kindName(one.kind), one.titleLanguage); });
    return Array.from(found.values());
  }
  function kindName(id) {
    return SEARCH.kinds.reduce(function (name, kind) { return kind[0] === id ? kind[1] : name; }, "");
  }

  // --- lines: each word of the text, whole where there are spaces, with what is before and after it
  function lines() {
    return of("text").flatMap(function (hit) {
      var last = 0;
      return hit.spans.map(function (span) { return FIND.wholeWord(hit.form.text, span); }).filter(function (span) {
        var is = span[0] >= last;
        last = Math.max(last, span[1]);
        return is;
      }).map(function (span) {
        return { hit: hit, span: span, passage: hit.record.passage, text: hit.form.text };
      });
    });
  }
  function of(kind) { return all.hits.filter(function (hit) { return hit.record.kind === kind; }); }
  function count(kind) {
    if (kind !== "text" || !all.words.length) return of(kind).length;
    return lines().length;
  }
  function oneLine(text) { return text.replace(/\s+/g, " "); }
  function before(line, most) { return oneLine(line.text.slice(Math.max(0, line.span[0] - most), line.span[0])); }
  function after(line, most) { return oneLine(line.text.slice(line.span[1], line.span[1] + most)); }
  function word(line) { return oneLine(line.text.slice(line.span[0], line.span[1])); }
  function units(text) {
    return text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{M}\p{N}])+/gu) || [];
  }
  function ordered(found) {
    if (state.order === "place") return found;
    var compare = new Intl.Collator(language).compare;
    return found.map(function (line) {
      var side = state.order === "after" ? units(after(line, WIDE)) : units(before(line, WIDE)).reverse();
      return [side.slice(0, 12), line];
    }).sort(function (a, b) {
      for (var at = 0; at < 12; at++) {
        var differ = compare(a[0][at] || "", b[0][at] || "");
        if (differ) return differ;
      }
      return 0;
    }).map(function (pair) { return pair[1]; });
  }

  // The address of the words of a line: the page of their passage, and which words (docs/anchors.md).  A view
  // that converts the text has the words at the same place as the text as edited.
  function codePoints(text, to) { return Array.from(text.slice(0, to)).length; }
  function excerpt(line) {
    var parts = line.passage.u.split("#"), work = parts[0].split("/")[0], id = parts[1];
    var known = window.EXCERPT && window.TEXTS && EXCERPT.text(work, id);
    if (!window.EXCERPT || (converted && !known)) return line.passage.u;
    var text = known ? known[0] : line.text;
    var words = EXCERPT.write(text, codePoints(line.text, line.span[0]), codePoints(line.text, line.span[1]));
    return work + "/" + id + ".html?w=" + words + "#" + id;
  }
  function inText(line) { return excerpt(line).replace(/\/[^/?]+\.html\?/, "/index.html?"); }

  // --- cutting to the line: whole characters, and whole words where there are spaces
  var pen = document.createElement("canvas").getContext("2d");
  var segments = window.Intl && Intl.Segmenter ? new Intl.Segmenter(language, { granularity: "grapheme" }) : null;
  function characters(text) {
    return segments ? Array.from(segments.segment(text), function (one) { return one.segment; }) : Array.from(text);
  }
  function fontOf(one) {
    var style = getComputedStyle(one);
    return [style.fontStyle, style.fontWeight, style.fontSize, style.fontFamily].join(" ");
  }
  function cut(text, width, fromEnd) {
    var chars = characters(text), low = 0, high = chars.length;
    function part(n) { return fromEnd ? chars.slice(chars.length - n).join("") : chars.slice(0, n).join(""); }
    while (low < high) {
      var middle = Math.ceil((low + high) / 2);
      if (pen.measureText(part(middle)).width <= width) low = middle;
      else high = middle - 1;
    }
    if (low === chars.length) return text;
    // not within a word, if the word is not too long
    var edge = fromEnd ? chars.length - low : low;
    for (var back = 0; back < 16 && FIND.isSpaced(chars[edge] || "") && FIND.isSpaced(chars[edge - 1] || ""); back++) {
      edge += fromEnd ? 1 : -1;
    }
    return fromEnd ? chars.slice(edge).join("") : chars.slice(0, edge).join("");
  }
  function fit() {
    var rows = Array.from(hits.querySelectorAll(".line"));
    if (!rows.length) return;
    pen.font = fontOf(rows[0].querySelector("mark"));
    var widest = rows.reduce(function (most, row) {
      return Math.max(most, pen.measureText(row.querySelector("mark").textContent).width);
    }, 0);
    hits.style.setProperty("--word", Math.ceil(widest) + "px");
    var side = rows[0].querySelector(".before");
    var style = getComputedStyle(side);
    pen.font = fontOf(side);
    var room = side.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd) - 2;
    rows.forEach(function (row) {
      row.querySelector(".before").textContent = cut(row.line.before, room, true);
      row.querySelector(".after").textContent = cut(row.line.after, room, false);
    });
    trim(rows, 6);
  }
  // The browser may set the words a little wider than the measure says: then less.
  function trim(rows, tries) {
    var wide = [];
    rows.forEach(function (row) {
      [".before", ".after"].forEach(function (name) {
        var side = row.querySelector(name);
        if (side.scrollWidth > side.clientWidth) wide.push(side);
      });
    });
    wide.forEach(function (side) {
      var chars = characters(side.textContent);
      side.textContent = (side.className === "before" ? chars.slice(1) : chars.slice(0, -1)).join("");
    });
    if (wide.length && tries) trim(rows, tries - 1);
  }

  // The cells of a passage as a small copy of the matrix, which is read by position.
  var matrix = Array.from(document.querySelectorAll(".cells tbody tr"), function (row) {
    return Array.from(row.querySelectorAll("[data-cell]"), function (cell) { return cell.dataset.cell; });
  });
  function small(passage) {
    var made = element("span", "", "mini");
    made.setAttribute("aria-hidden", "true");
    matrix.forEach(function (row) {
      row.forEach(function (slug) {
        var cell = element("i", "", "");
        if ((passage.c || []).includes("c-" + slug)) {
          cell.className = "fill";
          cell.dataset.cell = slug;
        }
        made.append(cell);
      });
    });
    made.style.setProperty("--columns", matrix.length ? matrix[0].length : 0);
    made.hidden = !matrix.length;
    return made;
  }
  function group(passage, words) {
    var head = element("h2");
    head.append(link(passage.t, passage.u, "at"));
    head.append(small(passage));
    var where = [words, passage.h === undefined ? "" : SEARCH.heads[passage.h]].filter(Boolean).join(" · ");
    head.append(element("span", where, "where"));
    return head;
  }
  function row(line, numbered) {
    var item = element("li", "", "line");
    item.line = { before: before(line, WIDE), after: after(line, WIDE) };
    if (numbered) item.append(link(line.passage.i, line.passage.u, "at"));
    var key = element("mark");
    key.append(link(word(line), inText(line)));
    var cite = link(say.cite, excerpt(line), "cite");
    cite.setAttribute("aria-label", say.citeLabel + ": " + line.passage.t);
    item.append(element("span", "", "before"), " ", key, " ", element("span", "", "after"), " ", cite);
    return item;
  }
  function directed(list, hit) {
    if (hit.form.language) list.lang = hit.form.language;
    list.dir = /^[^\p{L}]*[\p{sc=Arabic}\p{sc=Hebrew}]/u.test(hit.form.text) ? "rtl" : "ltr";
  }
  function concordance() {
    var found = ordered(lines()), placed = state.order === "place", list, last, number = 0;
    found.slice(0, state.shown).forEach(function (line) {
      if (placed ? line.passage !== last : !list) {
        if (placed) {
          number = found.filter(function (one) { return one.passage === line.passage; }).length;
          hits.append(group(line.passage, fill(say.count, { n: number })));
        }
        list = element("ol", "", placed ? "lines" : "lines numbered");
        directed(list, line.hit);
        hits.append(list);
        last = line.passage;
      }
      list.append(row(line, !placed));
    });
    fit();
    return found.length;
  }

  // --- results of other kinds: the whole text, grouped by what it is from
  function marked(hit) {
    var text = hit.form.text, first = (hit.spans[0] || [0])[0];
    var from = text.length > 6 * AROUND ? FIND.wholeWord(text, [Math.max(0, first - AROUND), first])[0] : 0;
    var to = Math.min(text.length, from + 12 * AROUND), at = from;
    var part = element("span", from ? say.gap : "");
    if (hit.form.language) part.lang = hit.form.language;
    hit.spans.forEach(function (span) {
      if (span[0] < at || span[1] > to) return;
      part.append(text.slice(at, span[0]), element("mark", text.slice(span[0], span[1])));
      at = span[1];
    });
    part.append(text.slice(at, to) + (to < text.length ? say.gap : ""));
    return part;
  }
  function entries(kind) {
    var found = of(kind), list, last = null;
    found.slice(0, state.shown).forEach(function (hit) {
      var one = hit.record, key = one.passage || (kind === "editors" ? one.title : one);
      if (key !== last) {
        var head = one.passage ? group(one.passage, "") : element("h2");
        if (!one.passage) {
          var title = link(one.title, kind === "editors" ? one.href.split("#")[0] : one.href, "at");
          if (one.titleLanguage) title.lang = one.titleLanguage;
          head.append(title);
        }
        list = element("ul", "", "texts");
        hits.append(head, list);
        last = key;
      }
      if (!hit.form.text || hit.form.text === one.title) return;
      var item = element("li"), whole = link("", one.href, "whole");
      whole.append(marked(hit));
      item.append(whole);
      (hit.codes || []).forEach(function (one) { item.append(" ", chip(one.code)); });
      list.append(item);
    });
    hits.querySelectorAll("ul:empty").forEach(function (empty) { empty.remove(); });
    return found.length;
  }

  // A code as a link, in its colours if it has any.
  function chip(code) {
    var made = link(code[0], code[1], code[2] ? "chip" : "");
    if (code[2]) {
      made.dataset.cell = code[2];
      made.classList.toggle("negative", code[2].endsWith("-negative"));
    }
    return made;
  }

  // --- how often, where, and where not
  function sections() {
    // [large
    if (window.SHARDS) return [];
    // large]
    var table = element("table"), sums = SEARCH.sections.map(function () { return { n: 0, size: 0, words: 0 }; });
    records.forEach(function (one) {
      if (one.kind !== "text") return;
      one.size = one.size || FIND.size(one.forms[0].text);
      sums[one.passage.section].size += one.size[0];
      sums[one.passage.section].words += one.size[1];
    });
    lines().forEach(function (line) { sums[line.passage.section].n += 1; });
    var whole = sums.reduce(function (sum, one) { return [sum[0] + one.size, sum[1] + one.words]; }, [0, 0]);
    var caption = element("caption", saySide.sections + " ");
    caption.append(element("span", 2 * whole[1] > whole[0] ? saySide.perWords : saySide.perCharacters));
    table.append(caption);
    var rates = sums.map(function (one) { return one.size ? 1000 * one.n / one.size : 0; });
    var most = Math.max.apply(null, rates), body = table.createTBody(), first = 0;
    sums.forEach(function (one, at) {
      var line = body.insertRow(), name = element("th"), bar = element("td", "", "gauge"), rule = element("span");
      name.scope = "row";
      name.append(link(SEARCH.sections[at][0], SEARCH.passages[first].u));
      first += SEARCH.sections[at][1];
      rule.style.setProperty("inline-size", (most ? 100 * rates[at] / most : 0) + "%");
      bar.append(rule);
      line.append(name, element("td", String(one.n)), bar, element("td", new Intl.NumberFormat(language,
        { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(rates[at])));
    });
    var found = [table];
    var absent = SEARCH.sections.filter(function (section, at) { return !sums[at].n && sums[at].size; });
    if (absent.length && absent.length < sums.length) {
      var names = listed(absent.map(function (section) { return section[0]; }));
      found.push(element("p", fill(saySide.absent, { sections: names })));
    }
    return found;
  }
  function tagged() {
    var having = new Set(of("text").map(function (hit) { return hit.record.passage; }));
    var found = SEARCH.codes.map(function (code) {
      var names = code[4].concat([code[0]]).map(FIND.keyOf);
      var so = all.words.length && names.some(function (name) {
        return all.words.every(function (word) {
          return FIND.ways(word).some(function (way) { return way.key && name.includes(way.key); });
        });
      });
      var passages = code[3].map(function (at) { return SEARCH.passages[at]; });
      return so && { code: code, all: passages, without: passages.filter(function (one) { return !having.has(one); }) };
    }).filter(function (one) { return one && one.without.length; });
    if (!found.length) return [];
    var list = element("ul", "", "tagged"), used = having.size > 0;
    found.slice(0, 8).forEach(function (one) {
      var item = element("li"), numbers = element("span", "", "numbers");
      one.without.forEach(function (passage) { numbers.append(" ", link(passage.i, passage.u)); });
      item.append(chip(one.code), " " + fill(used ? saySide.without : "", { n: one.all.length, m: one.without.length }), numbers);
      list.append(item);
    });
    return [element("h2", used ? saySide.tagged : saySide.related), list];
  }
  function searched() {
    var kinds = SEARCH.kinds.map(function (kind) { return kind[1]; });
    var found = [element("p", fill(saySide.searched, { kinds: listed(kinds) }), "searched")];
    var forms = new Map();
    lines().forEach(function (line) { forms.set(word(line), (forms.get(word(line)) || 0) + 1); });
    if (forms.size > 1 || (forms.size && !forms.has(box.value.trim()))) {
      var names = Array.from(forms).sort(function (a, b) { return b[1] - a[1]; }).slice(0, 12);
      names = names.map(function (one) { return one[0] + " " + one[1]; });
      found.unshift(element("p", fill(saySide.forms, { forms: listed(names) }), "spellings"));
    }
    return found;
  }

  // --- the table, to take along
  function table() {
    var head = say.columns.split("|"), text = state.now === "text" && all.words.length;
    var found = text ? ordered(lines()) : of(state.now);
    var rows = found.map(function (one) {
      var passage = text ? one.passage : one.record.passage, section = passage ? SEARCH.sections[passage.section][0] : "";
      var href = new URL(text ? excerpt(one) : one.record.href, location.href).href;
      var title = passage ? passage.i : one.record.title;
      if (text) return [title, section, before(one, WIDE), word(one), after(one, WIDE), href];
      var span = one.spans[0] || [0, 0], whole = one.form.text;
      return [title, section, whole.slice(0, span[0]), whole.slice(span[0], span[1]), whole.slice(span[1]), href]
        .map(oneLine);
    });
    return [head].concat(rows);
  }
  // a spreadsheet would read such a cell as a formula; import-tags knows the apostrophe
  function guarded(cell) { return /^[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/.test(cell) ? "'" + cell : cell; }
  function csv() {
    return "\ufeff" + table().map(function (row) {
      return row.map(function (cell) { return '"' + guarded(cell).replace(/"/g, '""') + '"'; }).join(",");
    }).join("\r\n") + "\r\n";
  }
  by("_csv").addEventListener("click", function () {
    var file = link("", URL.createObjectURL(new Blob([csv()], { type: "text/csv" })));
    file.download = (box.value.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "results") + ".csv";
    file.click();
    setTimeout(function () { URL.revokeObjectURL(file.href); }, 10000);
  });
  by("_copy").addEventListener("click", function () {
    EXCERPT.copy(table().map(function (row) { return row.map(guarded).join("\t"); }).join("\n"), this);
  });

  // --- the page
  function show() {
    if (!records) { load(); return; }
    // [large
    if (!SHARDS.ready(box.value, wanted(), state.match, function () { records = SHARDS.records; show(); SHARDS.say(); })) return;
    // large]
    all = find();
    hits.replaceChildren();
    around.replaceChildren();
    by("_sections").replaceChildren();
    var typed = box.value.trim(), empty = typed && !FIND.parse(typed).length;
    by("_found").hidden = !all;
    by("_asked").textContent = typed && all ? fill(by("_asked").dataset.asked, { words: typed }) : title;
    tally.textContent = empty ? fill(tally.dataset.empty, { words: typed }) : "";
    if (!all) return;
    var kinds = SEARCH.kinds.filter(function (kind) { return of(kind[0]).length; });
    var chosen = kinds.some(function (kind) { return kind[0] === state.kind; });
    var now = state.now = chosen ? state.kind : kinds.length ? kinds[0][0] : "";
    tabs(kinds, now);
    named();
    divided(typed);
    var text = now === "text" && all.words.length > 0, total = text ? concordance() : entries(now);
    var sum = kinds.reduce(function (sum, kind) { return sum + count(kind[0]); }, 0);
    by("_adjust").hidden = !now;
    document.querySelector(".order").hidden = !text;
    by("_matching").hidden = !FIND.isSpaced(typed.replace(/[^\p{L}]/gu, "").slice(0, 1));
    var tags = tagged();
    tally.textContent = !now ? (all.direct.length ? "" : fill(tally.dataset[tags.length ? "named" : "none"], { words: typed })) : text
      ? fill(tally.dataset.text, { n: total, m: of("text").length })
      : fill(kinds.length > 1 ? tally.dataset.of : tally.dataset.other, { kind: kindName(now), n: total, all: sum });
    more.hidden = total <= state.shown;
    more.textContent = fill(more.dataset.more, { n: total - state.shown });
    var passages = all.direct.filter(function (one) { return one.passage; });
    if (passages.length) tally.textContent = listed(passages.slice(0, FIRST).map(function (one) { return one.title; }));
    if (text) by("_sections").append.apply(by("_sections"), sections());
    around.append.apply(around, tags.concat(searched()));
  }
  function tabs(kinds, now) {
    by("_kinds").replaceChildren.apply(by("_kinds"), kinds.map(function (kind) {
      var button = element("button", kind[1] + " " + count(kind[0]));
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind[0] === now));
      button.addEventListener("click", function () {
        change(function () { state.kind = kind[0]; });
        Array.from(by("_kinds").children).forEach(function (one) {
          if (one.getAttribute("aria-pressed") === "true") one.focus();
        });
      });
      return button;
    }));
  }
  // Says that nothing has all of the words, and offers each part of them as a search of its own.
  function divided(typed) {
    var words = by("_parts").dataset.parts.split("{parts}");
    by("_parts").hidden = !all.hits.length || !all.parts.length;
    by("_parts").replaceChildren(fill(words[0], { words: typed }));
    all.parts.forEach(function (part, at) {
      by("_parts").append(at ? by("_parts").dataset.between : "", link(part.text, "?q=" + encodeURIComponent(part.text)));
    });
    by("_parts").append(fill(words[1] || "", { words: typed }));
  }
  // A passage or a sentence of the name that was typed: its place, the summary, and its first words.
  function introduced(one) {
    var head = group(one.passage, ""), shown = element("div", "", "named"), at = head.querySelector(".at");
    at.textContent = one.title;
    at.href = one.href;
    shown.append(head);
    function record(kind) {
      return records.find(function (found) { return found.kind === kind && found.passage === one.passage; });
    }
    function line(form, start, end, most, kind) {
      var made = element("p", cutAfter(Array.from(form.text).slice(start, end).join(""), most), kind);
      if (form.language) made.lang = form.language;
      shown.append(made);
    }
    var gist = record("gist"), text = record("text"), of = one.sentence && one.passage.s[one.sentence - 1];
    // that of the passage says what a sentence is about only to a reader who cannot read it
    if (gist && (!of || !text || text.forms[0].language)) line(gist.forms[0], 0, Infinity, Infinity, "gist");
    if (text) line(text.forms[0], of ? of[1] : 0, of ? of[2] : Infinity, AROUND * 5, "begins");
    return shown;
  }
  function cutAfter(text, most) {
    if (Array.from(text).length <= most) return text;
    var start = Array.from(text).slice(0, most).join("");
    return (/\s/.test(start) ? start.replace(/\s+\S*$/, "") : start) + say.gap;
  }
  function named() {
    var first = all.direct.filter(function (one) { return one.passage; }).slice(0, FIRST);
    var others = all.direct.filter(function (one) { return !first.includes(one); });
    var kinds = Array.from(new Set(others.map(function (one) { return one.kind; })));
    by("_direct").replaceChildren.apply(by("_direct"), first.map(introduced));
    by("_direct").append.apply(by("_direct"), kinds.map(function (kind) {
      var group = element("span");
      if (kind) group.append(element("span", kind, "tag"));
      others.forEach(function (one) {
        if (one.kind !== kind) return;
        var go = link(one.title, one.href);
        if (one.language) go.lang = one.language;
        group.append(" ", go);
      });
      return group;
    }));
  }

  // A choice in an address: its id without the mark that keeps it apart from the ids of texts.
  function chosenName(input) { return input.id.slice(1); }
  // The address of a result list: the words, and what was chosen.
  function address() {
    var query = new URLSearchParams();
    if (box.value) query.set("q", box.value);
    choices.forEach(function (input) { if (input.checked) query.append("on", chosenName(input)); });
    if (state.kind) query.set("kind", state.kind);
    if (state.order !== "place") query.set("order", state.order);
    if (state.match) query.set("match", state.match);
    try {
      history.replaceState(null, "", location.pathname + (String(query) && "?" + query));
    } catch (refused) {
      // from disk some browsers keep the address as it is; the results are there all the same
    }
  }
  function change(act) {
    state.shown = SHOWN;
    if (act) act();
    show();
    address();
  }

  var given = new URLSearchParams(location.search);
  box.value = given.get("q") || "";
  state.kind = given.get("kind") || "";
  state.order = ["after", "before"].find(function (one) { return one === given.get("order"); }) || "place";
  state.match = by("_match").value = ["whole", "part"].find(function (one) { return one === given.get("match"); }) || "";
  orders.forEach(function (input) {
    input.checked = input.value === state.order;
    input.addEventListener("change", function () { change(function () { state.order = input.value; }); });
  });
  by("_match").addEventListener("change", function () { change(function () { state.match = by("_match").value; }); });
  choices.forEach(function (input) {
    input.checked = given.getAll("on").includes(chosenName(input));
    input.addEventListener("change", function () { change(); });
    if (input.checked) input.closest("details").open = true;
  });
  box.addEventListener("input", function () { change(function () { state.kind = ""; }); });
  box.form.addEventListener("submit", function (event) {
    event.preventDefault();
    change();
  });
  more.addEventListener("click", function () {
    var last = hits.querySelectorAll("a").length;
    state.shown += 2 * SHOWN;
    show();
    var next = hits.querySelectorAll("a")[last];
    if (next) next.focus();
  });
  // down from the box into the results, and up again
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var links = Array.from(document.querySelectorAll("#_direct a, #_hits mark a, #_hits .at, #_hits .whole"))
      .filter(function (one) { return one.offsetParent; });
    var at = event.target === box ? -1 : links.indexOf(event.target);
    if (event.target !== box && at < 0) return;
    var next = at + (event.key === "ArrowDown" ? 1 : -1);
    var goal = next < 0 ? box : links[next];
    if (goal) { event.preventDefault(); goal.focus(); }
  });
  var width = 0;
  new ResizeObserver(function () {
    if (hits.clientWidth !== width) { width = hits.clientWidth; fit(); }
  }).observe(hits);
  if (!location.search) box.focus();
  load();
});
