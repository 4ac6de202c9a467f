// Excerpts of a text: their addresses and digests, and the collection of the reader (docs/anchors.md).
// It has copying too.  Pages of a search, a collection and trial coding use it, so it needs no other script.
(function () {
  "use strict";
  if (window.EXCERPT) return; // a page may load it before it is asked for
  var site = new URL("../", document.currentScript.src).href;
  var key = "reader-collection " + site;

  // FNV-1a, 32 bits, of the UTF-8 bytes: site_builder/edition/excerpts.py computes the same
  function digest(words) {
    var hash = 0x811c9dc5;
    new TextEncoder().encode(words).forEach(function (byte) { hash = Math.imul(hash ^ byte, 0x01000193); });
    return (hash >>> 0).toString(16).padStart(8, "0");
  }
  // what an address says: start, end (code points of the text as edited), digest; null if it is none
  function parse(given) {
    var found = /^(\d{1,6})-(\d{1,6})\.([0-9a-f]{8})$/.exec(given || "");
    return found && +found[1] < +found[2] ? { start: +found[1], end: +found[2], digest: found[3] } : null;
  }
  function cut(text, start, end) { return Array.from(text).slice(start, end).join(""); }
  function write(text, start, end) { return start + "-" + end + "." + digest(cut(text, start, end)); }

  // The texts as edited, {work: {passage: [text, [[edition, text that it had]…], [[start, end, anchor]…]]}}: a
  // script, since a page on disk can fetch nothing else.
  function texts(then) {
    // [large
    // each work has a file of its own; a page needs those of its works
    var works = Array.from(document.querySelectorAll("[data-work]"), function (one) { return one.dataset.work; });
    var left = works.length;
    window.TEXTS = window.TEXTS || {};
    works.forEach(function (work) {
      var part = document.createElement("script");
      function end() {
        if (window.TEXTS_OF) TEXTS[work] = window.TEXTS_OF;
        window.TEXTS_OF = undefined;
        left -= 1;
        if (!left) then();
      }
      if (work in TEXTS) { end(); return; }
      part.src = site + "data/texts/" + work + ".js";
      part.addEventListener("load", end, { once: true });
      part.addEventListener("error", end, { once: true });
      document.head.append(part);
    });
    if (!works.length) then();
    if (works) return;
    // large]
    if (window.TEXTS) { then(); return; }
    var script = document.querySelector("script[data-texts]");
    if (!script) {
      script = document.createElement("script");
      script.dataset.texts = "";
      script.src = site + "data/texts.js";
      document.head.append(script);
    }
    script.addEventListener("load", then, { once: true });
    script.addEventListener("error", then, { once: true });
  }
  function own(object, name) { return object && Object.hasOwn(object, name) ? object[name] : null; }
  function text(work, id) { return own(own(window.TEXTS, work), id); }

  // Inside a quotation the outer and the inner marks are exchanged, pair by pair; an apostrophe is no mark.
  function nested(words, marks) {
    var made = Array.from(words), open = [];
    made.slice().forEach(function (char, at, all) {
      var next = all[at + 1] || "";
      var inWord = /\p{L}/u.test(next) && !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(next);
      var apostrophe = /[’']/.test(char) && (inWord || /^\s?$/.test(all[at - 1] || ""));
      var last = open[open.length - 1];
      if (last && char === marks[last.level + 1] && !apostrophe) {
        made[last.at] = marks[2 - last.level];
        made[at] = marks[3 - last.level];
        open.pop();
      } else if (char === marks[0] || char === marks[2]) {
        open.push({ at: at, level: char === marks[0] ? 0 : 2 });
      }
    });
    return made.join("");
  }
  // Where the words with a digest are: at their place ("same"), elsewhere in the passage ("moved"), in the
  // passage of an earlier edition ("changed"), or nowhere that is known ("lost").
  function find(given, versions) {
    var now = Array.from(versions[0]), size = given.end - given.start, at;
    function matches(chars, start) { return digest(chars.slice(start, start + size).join("")) === given.digest; }
    if (given.end <= now.length && matches(now, given.start)) return { how: "same", start: given.start };
    for (at = 0; at + size <= now.length; at++) if (matches(now, at)) return { how: "moved", start: at };
    var before = (versions[1] || []).find(function (one) { return matches(Array.from(one[1]), given.start); });
    if (before) return { how: "changed", edition: before[0], words: cut(before[1], given.start, given.end) };
    return { how: "lost" };
  }

  // The sentence that holds words of a passage, with its anchor and its number; null if they are in several or if
  // they are the whole passage.
  function sentence(versions, start, end) {
    var of = versions[2] || [], at = of.findIndex(function (one) { return one[0] <= start && end <= one[1]; });
    if (at < 0 || (start === 0 && end === Array.from(versions[0]).length)) return null;
    return { start: of[at][0], end: of[at][1], anchor: of[at][2], number: at + 1 };
  }

  // an address of this copy that means nothing elsewhere
  var local = location.protocol === "file:" || /^(localhost|127\.|\[::1\])/.test(location.hostname);
  // The address to cite for a page of this copy: that of the project if it has one, or of the page on its host;
  // "" if it would be a path of this machine.
  function published(href, address) {
    if (address) return address.replace(/\/*$/, "/") + href.slice(site.length);
    return local ? "" : href;
  }
  // --- citations: forms with {number}, {sentence}, {id}, {date}, {address}, and <i>…</i> around words in italics
  // the marks of italics are control characters, which no text has
  function fill(form, values) {
    form = form.replace(/<i>/g, "\x02").replace(/<\/i>/g, "\x03");
    // the number of a sentence has words before it, or in Chinese a character before and after it
    if (!values.sentence) form = form.replace(/, sentence \{sentence\}|\p{Script=Han}\{sentence\}\p{Script=Han}/gu, "");
    if (!values.address) form = form.replace(/, \{address\}| \{address\}\.(?=\n|$)| \{address\}/g, "");
    return form.replace(/\{(number|sentence|id|date|address)\}/g, function (found, name) { return values[name]; });
  }
  function plain(form) { return form.replace(/[\x02-\x05]/g, ""); }
  // Words of a quotation between control characters, if they can run in another direction than what is around.
  function apart(words) {
    return document.dir === "rtl" || RUN.test(words) ? words.replace(/[^\n]+/g, "\x04$&\x05") : words;
  }
  // A run of letters from right to left, as characters.py finds it (turned_runs).
  var RUN = /(«?[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^0-9A-Za-z()\[\]“”\x02-\x05]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?»?)/;
  // A form as HTML, a paragraph for each line.  Words from right to left are in a <bdi> of their own, so that a
  // number after a name stays after it; turned is their language.
  function html(form, turned) {
    var lines = document.createElement("div");
    function isolated(words, way) {
      var made = SITE.make("bdi", "", words);
      if (turned && way) made.lang = turned;
      if (way) made.dir = way;
      return made;
    }
    function runs(into, words) {
      words.split(RUN).forEach(function (part, at) { into.append(at % 2 ? isolated(part, "rtl") : part); });
      return into;
    }
    form.split("\n").forEach(function (line) {
      var made = document.createElement("p");
      line.split(/(\x02.*?\x03|\x04.*?\x05)/).forEach(function (part, at) {
        var words = plain(part);
        if (!(at % 2)) runs(made, words);
        else if (part[0] === "\x02") made.append(runs(SITE.make("i"), words));
        else made.append(isolated(words, RUN.test(words[0]) ? "rtl" : ""));
      });
      lines.append(made);
    });
    return lines.innerHTML;
  }
  // --- copying: as text, and with HTML where the browser can; with a way for a closed clipboard
  function blob(text, type) { return new Blob([text], { type: type }); }
  function put(text, marked) {
    if (!marked || !window.ClipboardItem) return navigator.clipboard.writeText(text);
    return navigator.clipboard.write([
      new ClipboardItem({ "text/plain": blob(text, "text/plain"), "text/html": blob(marked, "text/html") })
    ]);
  }
  function copy(text, button, marked) {
    function done() {
      var word = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = word; }, 1500);
    }
    function byHand() {
      var area = SITE.make("textarea");
      area.value = text;
      button.after(area);
      area.select();
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (refused) { copied = false; }
      if (copied) { area.remove(); done(); }
    }
    if (navigator.clipboard && isSecureContext) put(text, marked).then(done, byHand);
    else byHand();
  }
  // a quotation with its source: as the style of the option has it in the text, or the form for styles that
  // have none; quote is the dataset of that form
  function quotation(option, quote, words, values) {
    words = apart(nested(words, quote.marks));
    var marks = Array.from(quote.marks), text = option.dataset.text;
    var source = text === undefined ? null : text && " " + fill(text, values);
    if (source === null) return fill(values.sentence ? quote.quoteOfSentence : quote.quote, values).split("{words}").join(words);
    return marks[0] + words + marks[1] + source;
  }
  // the style that the reader chose last, else the first in the language of the page
  function chosen(options) {
    var memory = READER.memory.get("style"), language = READER.main(document.documentElement.lang);
    return options.find(function (one) { return one.value === memory; })
      || options.find(function (one) { return READER.main(one.dataset.lang) === language; }) || options[0];
  }

  // the collection: [{work, id, w, words, note}], in the order of the reader; kept on this machine alone
  function list() {
    try {
      var found = JSON.parse(localStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found : [];
    } catch (broken) { return []; }
  }
  function keep(items) {
    try { localStorage.setItem(key, JSON.stringify(items)); return true; } catch (closed) { return false; }
  }
  function add(item) {
    var items = list();
    var known = items.some(function (one) { return one.work === item.work && one.id === item.id && one.w === item.w; });
    return known || keep(items.concat([item]));
  }
  window.EXCERPT = {
    digest: digest, parse: parse, cut: cut, write: write, texts: texts, text: text, find: find, sentence: sentence, nested: nested,
    published: published, fill: fill, plain: plain, html: html, copy: copy, local: local, quotation: quotation, chosen: chosen,
    list: list, keep: keep, add: add, key: key
  };
})();
