// The search of a large project.  Its data is in parts; an index says which of them can have a word, and those
// are loaded one after another.  What matches is given to the search page, everything else is dropped again.
(function () {
  "use strict";
  var KEPT = 2000; // results of a kind that are kept; all are counted
  var LOADED = 6; // parts that stay in memory
  var SHARE = 5; // of the time of a long search, one part of so many is for showing its results
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"; // six bits each
  var loaded = new Map(), buckets = new Map(), asked = { id: "" };

  function load(name, variable, then) {
    var script = document.createElement("script");
    script.src = document.getElementById("_hits").dataset.source.replace(/\.js$/, "/" + name + ".js");
    function end() {
      var found = window[variable];
      window[variable] = undefined;
      script.remove();
      then(found);
    }
    script.addEventListener("load", end);
    script.addEventListener("error", end);
    document.head.append(script);
  }

  // --- which parts can have a word: those that have each two of its characters, or three letters or digits
  function grams(key) {
    var chars = Array.from(key), found = [];
    chars.forEach(function (char, at) {
      var size = char >= "\u2e80" ? 2 : 3;
      if (at + size <= chars.length) found.push(chars.slice(at, at + size).join(""));
    });
    return found;
  }
  function spread(found) { // a few of them, far from each other
    var step = Math.max(1, Math.floor(found.length / 4));
    return found.filter(function (one, at) { return at % step === 0; });
  }
  function bucketOf(gram) { return gram.charCodeAt(0) % SEARCH.buckets; }
  function withBuckets(numbers, then) {
    var wanted = numbers.filter(function (number) { return !buckets.has(number); }), left = wanted.length;
    if (!left) then();
    wanted.forEach(function (number) {
      load("index-" + number, "GRAMS", function (found) {
        buckets.set(number, found || {});
        left -= 1;
        if (!left) then();
      });
    });
  }
  function candidates(words, then) {
    // for each word the grams of each of its spellings
    var all = words.map(function (word) {
      return FIND.ways(word).map(function (way) { return spread(grams(way.key)); });
    });
    withBuckets(Array.from(new Set(all.flat(2).map(bucketOf))), function () {
      var numbers = Array.from({ length: SEARCH.parts }, function (none, number) { return number; });
      then(numbers.filter(function (number) {
        function has(gram) {
          var bits = buckets.get(bucketOf(gram))[gram] || "";
          return DIGITS.indexOf(bits[Math.floor(number / 6)] || "A") >> (number % 6) & 1;
        }
        return all.every(function (ways) { return ways.some(function (way) { return way.every(has); }); });
      }));
    });
  }

  // --- parts: records as the search page has them
  function part(number, then) {
    if (loaded.has(number)) {
      var known = loaded.get(number);
      loaded.delete(number);
      loaded.set(number, known);
      then(known);
      return;
    }
    load(String(number + 1), "SHARD", function (shard) {
      if (!shard) { then([]); return; }
      var first = 0, before = SEARCH.passages;
      shard.sections.forEach(function (section) {
        shard.passages.slice(first, first + section[1]).forEach(function (passage) { passage.of = section[0]; });
        first += section[1];
      });
      shard.passages.forEach(function (passage) {
        passage.head = passage.h === undefined ? "" : shard.heads[passage.h];
        passage.keys = passage.n.map(FIND.keyOf);
      });
      SEARCH.passages = shard.passages;
      var made = shard.records.map(FIND.prepared);
      SEARCH.passages = before;
      loaded.set(number, made);
      if (loaded.size > LOADED) loaded.delete(loaded.keys().next().value);
      then(made);
    });
  }

  // --- one question
  function Question(id, words, groups, how, whole, places) {
    this.id = id;
    this.words = words;
    this.groups = groups;
    this.how = how;
    this.whole = whole;
    this.places = places; // sentences that may be meant (FIND.sentence)
    this.kept = []; // records that match
    this.within = []; // records that match within words, as long as none begins so
    this.counts = new Map(); // kind → all that match
    this.named = []; // passages of this very name
    this.done = false;
  }
  Question.prototype.add = function (records) {
    var own = this, passages = new Set();
    records.forEach(function (one) {
      if (one.passage && !passages.has(one.passage)) {
        passages.add(one.passage);
        if (own.whole && own.named.length < 50 && own.means(one.passage)) own.named.push(one.passage);
      }
      var fits = own.groups.every(function (group) {
        return group.some(function (name) { return one.tags.includes(name); });
      });
      if (!fits) return;
      if (!own.words.length || FIND.hit(one, own.words, own.how)) own.keep(own.kept, one);
      else if (!own.how && !own.kept.length && FIND.hit(one, own.words, "part")) own.keep(own.within, one);
    });
  };
  Question.prototype.means = function (passage) {
    return passage.keys.includes(this.whole)
      || this.places.some(function (place) { return passage.keys.includes(place.passage); });
  };
  Question.prototype.keep = function (list, one) {
    if (list === this.kept && !list.length && this.within.length) {
      this.within = [];
      this.counts.clear();
    }
    var count = (this.counts.get(one.kind) || 0) + 1;
    this.counts.set(one.kind, count);
    if (count <= KEPT) list.push(one);
    // the places of the words of what is only counted are not kept
    one.forms.forEach(function (form) { delete form.plain; delete form.exact; });
  };
  Question.prototype.found = function () { return this.kept.length ? this.kept : this.within; };

  // What the search page reads: passages and sections of the results, in their order.
  function publish(question) {
    var passages = [], sections = [], heads = [], known = new Set();
    question.found().map(function (one) { return one.passage; }).concat(question.named).forEach(function (passage) {
      if (!passage || known.has(passage)) return;
      known.add(passage);
      if (!sections.length || sections[sections.length - 1][0] !== passage.of) sections.push([passage.of, 0]);
      sections[sections.length - 1][1] += 1;
      passage.section = sections.length - 1;
      if (passage.head) {
        if (heads[heads.length - 1] !== passage.head) heads.push(passage.head);
        passage.h = heads.length - 1;
      }
      passages.push(passage);
    });
    SEARCH.passages = passages;
    SEARCH.sections = sections;
    SEARCH.heads = heads;
    SHARDS.records = SHARDS.shared.concat(question.found());
  }

  function say(question) {
    var data = document.getElementById("_hits").dataset, tally = document.getElementById("_tally");
    var most = Math.max.apply(null, [0].concat(Array.from(question.counts.values())));
    var words = question.done ? (most > KEPT ? data.capped : "") : data.searching;
    if (words) tally.append(" " + words.replace("{kept}", KEPT).replace("{all}", most));
  }

  function ask(question, again) {
    var due = 0; // when the results are shown next
    function show() {
      var start = performance.now();
      publish(question);
      again();
      due = performance.now() + SHARE * (performance.now() - start);
    }
    // a part with the name of a sentence has that of its passage
    var names = question.places.slice(0, 1).map(function (place) { return { key: place.passage }; });
    candidates(names.length ? names : question.words, function (numbers) {
      question.parts = numbers.length;
      (function next(at) {
        if (asked !== question) return; // something else was asked meanwhile
        if (at === numbers.length) {
          question.done = true;
          show();
          return;
        }
        part(numbers[at], function (records) {
          if (asked !== question) return;
          var before = question.found().length;
          question.add(records);
          var first = !before && question.found().length;
          if (first || (question.found().length > before && performance.now() > due)) show();
          setTimeout(next, 0, at + 1);
        });
      })(0);
    });
  }

  window.SHARDS = {
    records: [], shared: [],
    // Whether there are results of a question; if not, the search begins, and "again" is called for results.
    ready: function (typed, groups, how, again) {
      if (!SHARDS.shared.length) SHARDS.shared = SEARCH.records.map(FIND.prepared);
      var id = JSON.stringify([typed, groups, how]);
      if (id === asked.id) return true;
      var words = FIND.parse(typed);
      asked = new Question(id, words, groups, how, groups.length ? "" : FIND.keyOf(typed),
        FIND.sentence(typed, SEARCH.sentence));
      if (!words.length && !groups.length) {
        publish(asked);
        again();
      }
      else ask(asked, again);
      return false;
    },
    say: function () { say(asked); },
    state: function () { return asked; }
  };
})();
