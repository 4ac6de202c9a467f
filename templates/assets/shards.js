// The search of a large project.  Its data is in parts; an index says which passages can have a word, and the parts
// that have them are loaded one after another.  What matches is given to the search page, everything else is
// dropped again.
(function () {
  "use strict";
  var KEPT = 2000; // results of a kind that are kept; all are counted
  var LOADED = 6; // parts that stay in memory
  var AHEAD = 2; // parts that are loaded while one is searched
  var MOST_GRAMS = 6; // of a word that are looked up at most
  var SHARE = 5; // of the time of a long search, one part of so many is for showing its results
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"; // six bits each
  var loaded = new Map(), buckets = new Map(), ends = null, asked = { id: "" };
  var digits = new Uint8Array(128);
  Array.from(DIGITS).forEach(function (char, digit) { digits[char.charCodeAt(0)] = digit; });

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

  // --- which passages can have a word: those where each two of its characters, or three letters or digits, are at
  // their places.  The places are counted through all that can be found.
  // Some grams of a key, far from each other: [gram, place in the key].
  function grams(key) {
    var chars = Array.from(key);
    var found = chars.map(function (char, at) {
      return [chars.slice(at, at + (char >= "\u2e80" ? 2 : 3)).join(""), at, char >= "\u2e80" ? 2 : 3];
    }).filter(function (one) { return one[1] + one[2] <= chars.length; });
    var step = Math.ceil(found.length / MOST_GRAMS);
    return found.filter(function (one, at) { return at % step === 0; });
  }
  function bucketOf(gram) { return gram.charCodeAt(0) % SEARCH.buckets; }
  function withIndex(numbers, then) {
    var wanted = numbers.filter(function (number) { return !buckets.has(number); }), left = wanted.length + !ends;
    function one() {
      left -= 1;
      if (!left) then();
    }
    if (!left) then();
    if (!ends) {
      load("lengths", "LENGTHS", function (found) {
        ends = [];
        eachOf(found || "", function (length) { ends.push(length + (ends[ends.length - 1] || 0)); });
        one();
      });
    }
    wanted.forEach(function (number) {
      load("index-" + number, "GRAMS", function (found) {
        buckets.set(number, found || {});
        one();
      });
    });
  }
  function eachOf(coded, act) {
    var number = 0, shift = 0;
    for (var index = 0; index < coded.length; index++) {
      var digit = digits[coded.charCodeAt(index)];
      number |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        act(number);
        number = shift = 0;
      }
    }
  }
  function placesOf(gram, from) {
    var places = [], at = -1;
    eachOf(buckets.get(bucketOf(gram))[gram] || "", function (gap) {
      at += gap + 1;
      places.push(at - from);
    });
    return places;
  }
  function both(places, others) {
    var at = 0;
    return places.filter(function (place) {
      while (others[at] < place) at++;
      return others[at] === place;
    });
  }
  // Marks the passages that can have a key.  One that is shorter than a gram begins one.
  function markKey(key, marked) {
    var found = grams(key);
    if (found.length) {
      markPlaces(found.map(function (one) { return placesOf(one[0], one[1]); }).reduce(both), marked);
      return;
    }
    Object.keys(buckets.get(bucketOf(key))).forEach(function (gram) {
      if (gram.startsWith(key)) markPlaces(placesOf(gram, 0), marked);
    });
  }
  function markPlaces(places, marked) { // in their order
    var passage = 0;
    places.forEach(function (place) {
      while (ends[passage] <= place) passage++;
      marked[passage] = 1;
    });
  }
  // Gives the parts that can have every word, in one of its spellings: {number, marked: for each passage 0 or 1}.
  function candidates(words, then) {
    var keys = words.map(function (word) {
      return FIND.ways(word).map(function (way) { return way.key; });
    }).filter(function (ways) { return ways.every(Boolean); });
    var wanted = keys.flat().flatMap(function (key) {
      var found = grams(key).map(function (one) { return one[0]; });
      return found.length ? found : [key];
    });
    withIndex(Array.from(new Set(wanted.map(bucketOf))), function () {
      var all = new Uint8Array(SEARCH.parts.reduce(function (sum, count) { return sum + count; }, 0)).fill(1);
      keys.forEach(function (ways) {
        var marked = new Uint8Array(all.length);
        ways.forEach(function (key) { markKey(key, marked); });
        all.forEach(function (before, at) { all[at] = before && marked[at]; });
      });
      var start = 0, parts = [];
      SEARCH.parts.forEach(function (count, number) {
        var own = all.subarray(start, start + count);
        if (own.includes(1)) parts.push({ number: number, marked: own });
        start += count;
      });
      then(parts);
    });
  }

  // --- parts
  // A part of the data, loaded unless it is in memory; null if it cannot be.
  function part(number) {
    var found = loaded.get(number) || new Promise(function (then) {
      load(String(number + 1), "SHARD", function (shard) {
        if (!shard) loaded.delete(number);
        then(shard ? complete(shard) : null);
      });
    });
    loaded.delete(number);
    loaded.set(number, found);
    if (loaded.size > LOADED) loaded.delete(loaded.keys().next().value);
    return found;
  }
  function complete(shard) {
    var first = 0;
    shard.sections.forEach(function (section) {
      shard.passages.slice(first, first + section[1]).forEach(function (passage) { passage.of = section[0]; });
      first += section[1];
    });
    shard.passages.forEach(function (passage) {
      passage.head = passage.h === undefined ? "" : shard.heads[passage.h];
    });
    return shard;
  }
  // The records of some passages of a part, as the search page has them.  A record of no passage belongs to that of
  // the next record, else to the last.
  function records(shard, marked) {
    var before = SEARCH.passages, at = shard.passages.length - 1, found = [];
    SEARCH.passages = shard.passages;
    for (var index = shard.records.length - 1; index >= 0; index--) {
      var record = shard.records[index];
      if (record.p !== undefined) at = record.p;
      if (marked[at]) found.unshift(FIND.prepared(record, index));
    }
    SEARCH.passages = before;
    return found;
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
    passage.keys = passage.keys || passage.n.map(FIND.keyOf);
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
    // a passage with the name of a sentence has that of its passage
    var names = question.places.slice(0, 1).map(function (place) { return { key: place.passage }; });
    candidates(names.length ? names : question.words, function (parts) {
      question.parts = parts.map(function (one) { return one.number; });
      (function next(at) {
        if (asked !== question) return; // something else was asked meanwhile
        if (at === parts.length) {
          question.done = true;
          show();
          return;
        }
        var found = part(parts[at].number);
        parts.slice(at + 1, at + 1 + AHEAD).forEach(function (one) { part(one.number); });
        found.then(function (shard) {
          if (asked !== question) return;
          var before = question.found().length;
          if (shard) question.add(records(shard, parts[at].marked));
          var first = !before && question.found().length;
          if (first || (question.found().length > before && performance.now() > due)) show();
          next(at + 1);
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
