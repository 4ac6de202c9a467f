// Search from disk: every record is folded once and scanned; either script finds both.
(function () {
  "use strict";
  var hits = document.getElementById("_hits");
  var box = document.getElementById("_q");
  var tally = document.getElementById("_tally");
  var choices = Array.from(document.querySelectorAll(".filter input"));
  var SHOWN = 100; // results put on the page at once
  var AROUND = 24; // characters of context on either side

  // The same key as the builder's: code point by code point, letters and numbers alone, without accents.
  var known = new Map();
  function folded(char) {
    var key = known.get(char);
    if (key === undefined) {
      key = "";
      var lower = char.normalize("NFKC").toLowerCase();
      if (/[\u00c0-\u03ff\u1e00-\u1fff]/.test(lower)) {
        lower = lower.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
      }
      for (var plain of lower) {
        if (/[\p{L}\p{N}]/u.test(plain) && plain !== "\u0640") key += SEARCH.fold[plain] || plain;
      }
      known.set(char, key);
    }
    return key;
  }
  function fold(text) {
    var key = "", at = [], index = 0;
    for (var char of text) {
      var made = folded(char);
      for (var unit = 0; unit < made.length; unit++) at.push([index, index + char.length]);
      key += made;
      index += char.length;
    }
    return { key: key, at: at };
  }

  // The texts come when somebody is about to search, as a script: a page on disk can fetch nothing else.
  var records = null;
  function load() {
    if (document.querySelector("script[data-search]")) return;
    var script = document.createElement("script");
    script.dataset.search = "";
    script.src = hits.dataset.source;
    script.addEventListener("load", function () {
      records = SEARCH.records.map(function (record) {
        return {
          href: record.u, title: record.t, text: record.x, kind: record.k, tags: record.c,
          language: record.l, titleLanguage: record.m, fold: fold(record.x),
          names: (record.n || []).map(function (name) { return fold(name).key; })
        };
      });
      show();
    });
    document.head.append(script);
  }

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
    var keys = box.value.split(/\s+/).map(function (word) { return fold(word).key; }).filter(Boolean);
    var groups = wanted();
    if (!keys.length && !groups.length) return null;
    var whole = fold(box.value).key;
    function inText(key) { return this.fold.key.includes(key); }
    function inNames(key) { return this.names.some(function (name) { return name.includes(key); }); }
    // A record of this name comes first, then those whose texts have the words, then those of similar names.
    var ranks = [[], [], []];
    records.forEach(function (one) {
      if (!groups.every(function (group) {
        return group.some(function (name) { return one.tags.includes(name); });
      })) return;
      var rank = whole && one.names.includes(whole) ? 0 : keys.every(inText, one) ? 1
        : keys.every(function (key) { return inText.call(one, key) || inNames.call(one, key); }) ? 2 : -1;
      if (rank >= 0) ranks[rank].push({ one: one, keys: keys });
    });
    return ranks[0].concat(ranks[1], ranks[2]);
  }

  function element(name, text, kind) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  // The text around the first hit, with every hit in it marked.
  function context(one, keys) {
    var spans = [];
    keys.forEach(function (key) {
      for (var start = one.fold.key.indexOf(key); start >= 0; start = one.fold.key.indexOf(key, start + 1)) {
        spans.push([one.fold.at[start][0], one.fold.at[start + key.length - 1][1]]);
      }
    });
    spans.sort(function (a, b) { return a[0] - b[0]; });
    var first = spans[0] || [0, 0];
    var from = Math.max(0, first[0] - AROUND);
    var to = Math.min(one.text.length, first[1] + 3 * AROUND);
    var line = element("p", from ? hits.dataset.gap : "");
    if (one.language) line.lang = one.language;
    var at = from;
    spans.forEach(function (span) {
      if (span[0] < at || span[1] > to) return;
      line.append(one.text.slice(at, span[0]), element("mark", one.text.slice(span[0], span[1])));
      at = span[1];
    });
    line.append(one.text.slice(at, to) + (to < one.text.length ? hits.dataset.gap : ""));
    return line;
  }

  function counted(n) {
    var words = !n ? hits.dataset.none : n > SHOWN ? hits.dataset.more : hits.dataset.found;
    return words.replace("{n}", n).replace("{shown}", SHOWN);
  }

  function show() {
    if (!records) { load(); return; }
    var found = find();
    hits.replaceChildren();
    tally.textContent = found ? counted(found.length) : "";
    (found || []).slice(0, SHOWN).forEach(function (hit) {
      var item = element("li");
      var link = element("a", hit.one.title);
      link.href = hit.one.href;
      if (hit.one.titleLanguage) link.lang = hit.one.titleLanguage;
      item.append(link, element("span", hit.one.kind, "tag"));
      if (hit.one.text) item.append(context(hit.one, hit.keys));
      hits.append(item);
    });
  }

  // A choice in an address: its id without the mark that keeps it apart from the ids of texts.
  function named(input) { return input.id.slice(1); }

  // The address of a result list: the words, and what was chosen.
  function address() {
    var query = new URLSearchParams();
    if (box.value) query.set("q", box.value);
    choices.forEach(function (input) { if (input.checked) query.append("on", named(input)); });
    try {
      history.replaceState(null, "", location.pathname + (String(query) && "?" + query));
    } catch (refused) {
      // from disk some browsers keep the address as it is; the hits stand all the same
    }
  }

  var given = new URLSearchParams(location.search);
  box.value = given.get("q") || "";
  choices.forEach(function (input) {
    input.checked = given.getAll("on").includes(named(input));
    input.addEventListener("change", function () { show(); address(); });
    if (input.checked) input.closest("details").open = true;
  });
  box.addEventListener("input", function () { show(); address(); });
  box.form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
    address();
  });
  // down from the box into the hits, and up again
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var links = Array.from(hits.querySelectorAll("a"));
    var at = event.target === box ? -1 : links.indexOf(event.target);
    if (event.target !== box && at < 0) return;
    var next = at + (event.key === "ArrowDown" ? 1 : -1);
    var goal = next < 0 ? box : links[next];
    if (goal) { event.preventDefault(); goal.focus(); }
  });
  box.addEventListener("focus", load);
  box.addEventListener("pointerenter", load);
  if (location.search) load();
})();
