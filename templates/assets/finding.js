// Finding words: the keys of texts, the records that have the words, and where in them the words are.
(function () {
  "use strict";

  // The same key as the builder's: code point by code point, letters and numbers alone, without accents.  With
  // symbols, the key has those as well: "C++" is not "C".
  var known = [new Map(), new Map()];
  var signs = { "\uff0d": "-", "\u2212": "-" };
  function folded(char, symbols) {
    var key = known[+symbols].get(char);
    if (key === undefined) {
      key = "";
      var lower = char.normalize("NFKC").toLowerCase();
      if (/[\u00c0-\u03ff\u1e00-\u1fff]/.test(lower)) {
        lower = lower.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
      }
      if (symbols && signs[char]) key = signs[char];
      for (var plain of lower) {
        if (/[\p{L}\p{N}\u{20000}-\u{3fffd}]/u.test(plain) && plain !== "\u0640") key += SEARCH.fold[plain] || plain;
        else if (symbols && /[\p{S}#]/u.test(plain)) key += plain;
      }
      known[+symbols].set(char, key);
    }
    return key;
  }
  // The key, and for each of its units where its character begins in the text.
  function fold(text, symbols) {
    var key = "", at = [], index = 0;
    for (var char of text) {
      var made = folded(char, symbols || false);
      for (var unit = 0; unit < made.length; unit++) at.push(index);
      key += made;
      index += char.length;
    }
    return { key: key, at: at };
  }
  var keys = new Array(0x10000); // of the characters that are one unit of UTF-16
  function keyOf(text) {
    var key = "";
    for (var at = 0; at < text.length; at++) {
      var unit = text.charCodeAt(at), made = keys[unit];
      if (made === undefined) {
        var char = String.fromCodePoint(text.codePointAt(at));
        made = folded(char, false);
        if (char.length === 1) keys[unit] = made;
        at += char.length - 1;
      }
      key += made;
    }
    return key;
  }

  // --- the other spellings of words, and the singular of a plural
  var MOST_SPELLINGS = 24;
  function lettersBefore(text, at) { return /\p{L}*$/u.exec(text.slice(0, at))[0].length; }
  // The words (keys with spaces) in every spelling that the rules of the languages give, first as they are.
  function spelled(words) {
    var found = [words];
    for (var at = 0; at < found.length && found.length < MOST_SPELLINGS; at++) {
      SEARCH.spellings.forEach(function (one) {
        [[one[0], one[1]], [one[1], one[0]]].forEach(function (pair) {
          for (var start = found[at].indexOf(pair[0]); start >= 0; start = found[at].indexOf(pair[0], start + 1)) {
            var made = found[at].slice(0, start) + pair[1] + found[at].slice(start + pair[0].length);
            if (lettersBefore(found[at], start) >= one[2] && !found.includes(made)) found.push(made);
          }
        });
      });
    }
    return found;
  }
  function ended(words) {
    var rule = SEARCH.endings.find(function (one) {
      return words.endsWith(one[0]) && lettersBefore(words, words.length - one[0].length) >= one[2];
    });
    return rule ? words.slice(0, -rule[0].length) + rule[1] : words;
  }
  // What is found as well as some words: other spellings, and with "plural" the plural or the singular of the last
  // word, which is found as a whole word only.
  function others(words, plural) {
    var all = spelled(words);
    function way(one) { return { key: one.replace(/ /g, ""), apart: one, whole: !all.includes(one) }; }
    var more = plural ? all.map(ended) : [];
    return Array.from(new Set(all.slice(1).concat(more))).filter(function (one) { return one !== words; }).map(way);
  }
  // A word as it was typed, then its other spellings.
  function ways(word) { return [word].concat(word.others || []); }
  // The keys of a name that was typed, in every spelling.
  function namesOf(typed) {
    return [keyOf(typed)].concat(others(apart(typed), true).map(function (one) { return one.key; }));
  }

  // --- what was typed: words, and words in quotation marks that stay together
  function parse(typed) {
    var words = typed.match(/["“”„«»\u300c\u300d\u300e\u300f](?:[^"“”„«»\u300c\u300d\u300e\u300f]+)["“”„«»\u300c\u300d\u300e\u300f]?|[^\s"“”„«»\u300c\u300d\u300e\u300f]+/g) || [];
    return words.map(function (word) {
      var quoted = /^["“”„«»\u300c\u300d\u300e\u300f]/.test(word), own = apart(word);
      var exact = /[\p{S}#\uff0d]/u.test(word) ? fold(word, true).key : "";
      return {
        text: word, key: keyOf(word), exact: exact, apart: own, quoted: quoted, others: exact ? [] : others(own, !quoted)
      };
    }).filter(function (word) { return word.key || word.exact; });
  }

  // The sentence that was typed: what its passage may be called, and its number.  "30.2", "第30段第2句", or a
  // name in the language of a view; forms are those names with {passage} before {sentence}.
  function sentence(typed, forms) {
    var found = [], last = /(\d+)\D*$/.exec(typed.normalize("NFKC")), short = /^(.*[^.:·\s])\s*[.:·]\s*\d+\s*$/.exec(typed.normalize("NFKC"));
    if (!last) return found;
    if (short) found.push({ passage: keyOf(short[1]), number: +last[1] });
    forms.forEach(function (form) {
      var end = keyOf(form.replace("{passage}", "").replace("{sentence}", last[1])), whole = keyOf(typed);
      if (whole.endsWith(end) && whole.length > end.length) found.push({ passage: whole.slice(0, -end.length), number: +last[1] });
    });
    return found;
  }

  // --- parts of words that are nowhere as a whole
  var LONGEST = 8; // characters of a part
  var MOST = 40; // characters of a word that are divided
  // The parts of a word without spaces in it that occur, each of two characters or more: those that cover the
  // most of the word, and of these the fewest.
  function divided(text, occurs) {
    var chars = Array.from(text).slice(0, MOST), best = [{ rest: 0, parts: [] }];
    function better(at, rest, parts) {
      var now = best[at];
      if (!now || rest < now.rest || (rest === now.rest && parts.length < now.parts.length)) {
        best[at] = { rest: rest, parts: parts };
      }
    }
    for (var at = 0; at < chars.length; at++) {
      better(at + 1, best[at].rest + 1, best[at].parts);
      for (var end = at + 2; end <= Math.min(chars.length, at + LONGEST); end++) {
        var part = chars.slice(at, end).join("");
        if (keyOf(part) && occurs(keyOf(part))) better(end, best[at].rest, best[at].parts.concat([part]));
      }
    }
    return best[chars.length].parts;
  }
  // The words that occur in some record, and the parts of those that do not.
  function parts(words, records) {
    function occurs(key) {
      return records.some(function (one) {
        return one.forms.concat(one.names).some(function (form) { return form.key.includes(key); });
      });
    }
    return words.flatMap(function (word) {
      if (ways(word).some(function (way) { return occurs(way.key); })) return [word];
      if (word.quoted || isSpaced(charAt(word.text, 0))) return [];
      return divided(word.text, occurs).flatMap(parse);
    });
  }
  // The records with the most of some words, of each kind.
  function most(records, words, how) {
    var found = records.map(function (one) {
      var own = words.filter(function (word) { return hit(one, [word], how); });
      return own.length ? { count: own.length, hit: hit(one, own, how) } : null;
    }).filter(function (one) { return one && one.hit; });
    var counts = new Map();
    found.forEach(function (one) {
      var kind = one.hit.record.kind;
      counts.set(kind, Math.max(one.count, counts.get(kind) || 0));
    });
    return found.filter(function (one) { return one.count === counts.get(one.hit.record.kind); })
      .map(function (one) { return one.hit; });
  }

  // --- letters of scripts that have spaces between words
  function isSpaced(char) {
    return /[\p{L}\p{M}\p{N}]/u.test(char)
      && !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u.test(char);
  }
  function charBefore(text, at) { return /[\s\S]?$/u.exec(text.slice(Math.max(0, at - 2), at))[0]; }
  function charAt(text, at) { return at < text.length ? String.fromCodePoint(text.codePointAt(at)) : ""; }
  // Articles and particles are written with the word in Arabic and Hebrew, so there any part of a word may begin.
  function begins(text, at) {
    var first = charAt(text, at);
    return !isSpaced(first) || /[\p{sc=Arabic}\p{sc=Hebrew}]/u.test(first) || !isSpaced(charBefore(text, at));
  }
  function isWhole(text, span) {
    return !(isSpaced(charAt(text, span[0])) && isSpaced(charBefore(text, span[0])))
      && !(isSpaced(charBefore(text, span[1])) && isSpaced(charAt(text, span[1])));
  }
  // A part of a word, as the whole word.
  function wholeWord(text, span) {
    var start = span[0], end = span[1];
    while (isSpaced(charAt(text, start)) && isSpaced(charBefore(text, start))) start -= charBefore(text, start).length;
    while (isSpaced(charBefore(text, end)) && isSpaced(charAt(text, end))) end += charAt(text, end).length;
    return [start, end];
  }
  // The keys of words with the spaces between them: "he art" is not "heart", and "1-3" is not "13".
  function apart(text) {
    return text.trim().replace(/(\p{N})[-\u2010-\u2015/:](?=\p{N})/gu, "$1 ").replace(/(\S)\s+(?=(\S))/gu, function (all, one, other) {
      return isSpaced(one) && isSpaced(other) ? one + " " : one;
    }).split(" ").map(keyOf).join(" ").trim();
  }

  // Where the words are in a text: [start, end] in order, words that follow each other in one; null if one of
  // them is not there.  "how" says what may match: "" the beginning of a word, "whole" a word, "part" any part.
  function spans(form, words, how) {
    var found = [];
    function within(way) { return form.key.includes(way.key); }
    if (!words.every(function (word) { return ways(word).some(within); })) return null;
    var all = words.every(function (word) {
      var kept = word.exact ? "exact" : "plain", count = found.length;
      form[kept] = form[kept] || fold(form.text, !!word.exact);
      ways(word).forEach(function (way) { find(form[kept], way, found); });
      return found.length > count;
    });
    return all ? joined(form.text, found, words.length > 1) : null;
    // Adds the places of a word, or of another spelling of it.
    function find(folded, way, found) {
      var at = folded.at, own = folded.key, key = way.exact || way.key;
      if (way.whole && how === "whole") return; // a plural is another word
      for (var start = own.indexOf(key); start >= 0; start = own.indexOf(key, start + 1)) {
        var last = at[start + key.length - 1];
        var span = [at[start], last + charAt(form.text, last).length];
        // the marks that belong to its last letter
        while (/^\p{M}/u.test(form.text.slice(span[1]))) span[1] += charAt(form.text, span[1]).length;
        var right = how === "whole" || way.whole ? isWhole(form.text, span) : how === "part" || begins(form.text, span[0]);
        if (right && apart(form.text.slice(span[0], span[1])) === way.apart) found.push(span);
      }
    }
  }
  function joined(text, found, several) {
    found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    var kept = [];
    found.forEach(function (span) {
      var last = kept[kept.length - 1];
      if (last && span[0] < last[1]) {
        if (several) last[1] = Math.max(last[1], span[1]);
      }
      else if (last && several && /^[^\p{L}\p{N}]{0,3}$/u.test(text.slice(last[1], span[0]))) last[1] = span[1];
      else kept.push([span[0], span[1]]);
    });
    return kept;
  }

  // --- records
  function Form(text, language) {
    this.text = text;
    this.language = language || "";
  }
  Object.defineProperty(Form.prototype, "key", {
    get: function () { // made when it is needed first
      if (this.made === undefined) this.made = keyOf(this.text);
      return this.made;
    }
  });
  function form(text, language) { return new Form(text, language); }
  function prepared(record, at) {
    var passage = record.p === undefined ? null : SEARCH.passages[record.p];
    return {
      at: at, kind: record.k, href: record.u, passage: passage, title: passage ? passage.t : record.t,
      titleLanguage: record.m || "",
      forms: [form(record.x, record.l)].concat((record.o || []).map(function (one) { return form(one[1], one[0]); })),
      names: (passage || record.k === "editors" ? [] : [record.t]).concat(record.n || []).filter(Boolean).map(function (name) { return form(name); }),
      tags: (passage && passage.c) || [],
      codes: []
    };
  }
  // The gist of a passage is found by the names of the codes that the passage is tagged with, too.
  function coded(records) {
    var gists = new Map();
    records.forEach(function (one) { if (one.kind === "gist") gists.set(one.passage, one); });
    SEARCH.codes.forEach(function (code) {
      var names = code[4].map(function (name) { return form(name); });
      code[3].forEach(function (at) {
        var own = gists.get(SEARCH.passages[at]);
        if (own) own.codes.push({ code: code, names: names });
      });
    });
    return records;
  }
  function isNamed(names, word, how) { return names.some(function (one) { return spans(one, [word], how); }); }
  // Something is found in the first of its texts that has all words; else by its names with its text.
  function hit(record, words, how) {
    for (var one of record.forms) {
      var found = spans(one, words, how);
      if (found && found.length) return { record: record, form: one, spans: found };
    }
    var codes = record.codes.filter(function (one) {
      return words.some(function (word) { return isNamed(one.names, word, how); });
    });
    var all = (record.names.length || codes.length) && words.every(function (word) {
      return isNamed(record.names.concat(record.forms), word, how)
        || codes.some(function (one) { return isNamed(one.names, word, how); });
    });
    if (!all) return null;
    var partly = words.flatMap(function (word) { return spans(record.forms[0], [word], how) || []; });
    return { record: record, form: record.forms[0], spans: joined(record.forms[0].text, partly, true), codes: codes };
  }

  // The number of characters, or of words where there are spaces: [units, of them words].
  function size(text) {
    var units = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{M}\p{N}’'-])+/gu) || [];
    return [units.length, units.filter(function (unit) { return isSpaced(charAt(unit, 0)); }).length];
  }

  window.FIND = {
    fold: fold, keyOf: keyOf, namesOf: namesOf, ways: ways, parse: parse, sentence: sentence, spans: spans, prepared: prepared, coded: coded, hit: hit, parts: parts, most: most, size: size, isSpaced: isSpaced, wholeWord: wholeWord
  };
})();
