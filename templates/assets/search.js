// Search from disk: every record is folded once and scanned; either script finds both.
(function () {
  "use strict";
  var hits = document.getElementById("hits");
  var box = document.getElementById("q");
  var tally = document.getElementById("tally");
  var converted = hits.dataset.script === "zh-Hans";
  var SHOWN = 200; // results put on the page at once
  var AROUND = 24; // characters of context on either side

  // The same key as the builder's: code point by code point, letters and numbers alone.
  function fold(text) {
    var key = "", at = [], index = 0;
    for (var char of text) {
      for (var plain of char.normalize("NFKC").toLowerCase()) {
        if (!/[\p{L}\p{N}]/u.test(plain)) continue;
        var folded = SEARCH.fold[plain] || plain;
        for (var unit = 0; unit < folded.length; unit++) at.push([index, index + char.length]);
        key += folded;
      }
      index += char.length;
    }
    return { key: key, at: at };
  }

  var folded = null;
  function records() {
    if (folded) return folded;
    folded = SEARCH.records.map(function (record, n) {
      var words = converted ? SEARCH.hans[n] : [record.t, record.x, record.k];
      return { href: record.u, title: words[0], text: words[1], kind: words[2], fold: fold(words[1]) };
    });
    return folded;
  }

  function find(words) {
    var keys = words.split(/\s+/).map(function (word) { return fold(word).key; }).filter(Boolean);
    if (!keys.length) return [];
    return records().filter(function (one) {
      return keys.every(function (key) { return one.fold.key.indexOf(key) >= 0; });
    }).map(function (one) {
      return { one: one, keys: keys };
    });
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
    var from = Math.max(0, spans[0][0] - AROUND);
    var to = Math.min(one.text.length, spans[0][1] + 3 * AROUND);
    var line = element("p", from ? "……" : "");
    var at = from;
    spans.forEach(function (span) {
      if (span[0] < at || span[1] > to) return;
      line.append(one.text.slice(at, span[0]));
      line.append(element("mark", one.text.slice(span[0], span[1])));
      at = span[1];
    });
    line.append(one.text.slice(at, to) + (to < one.text.length ? "……" : ""));
    return line;
  }

  function show() {
    var found = find(box.value);
    hits.replaceChildren();
    tally.textContent = !box.value.trim() ? "" : found.length ? found.length + " " + hits.dataset.of : hits.dataset.none;
    found.slice(0, SHOWN).forEach(function (hit) {
      var item = element("li");
      var link = element("a", hit.one.title);
      link.href = hit.one.href;
      item.append(link, element("span", hit.one.kind, "tag"), context(hit.one, hit.keys));
      hits.append(item);
    });
  }

  box.value = new URLSearchParams(location.search).get("q") || "";
  box.addEventListener("input", show);
  box.form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
    try {
      history.replaceState(null, "", "?q=" + encodeURIComponent(box.value));
    } catch (refused) {
      // from disk some browsers keep the address as it is; the hits stand all the same
    }
  });
  show();
})();
