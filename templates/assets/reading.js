// The reading page: the bar and the strip follow the reading; the passage that is chosen, and its panel; the
// filter with its matches; the witness in place.
window.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var all = SITE.all, root = document.documentElement, body = document.body;
  var units = all(".unit"), ids = units.map(function (unit) { return unit.dataset.passage; });
  var article = document.querySelector("article"), bar = document.querySelector(".toolbar");
  var wide = matchMedia("(min-width: 68.75rem)");
  var moving = false; // to another passage, with the panel open
  function go(id) {
    if (location.hash === "#" + id) return choose(id);
    moving = !drawer.hidden;
    location.replace("#" + id);
  }
  function unitOf(id) { return units[ids.indexOf(id)]; }

  // --- the settings and the other views are at hand in the bar where the masthead is out of sight
  var masthead = document.querySelector(".masthead"), tools = masthead.querySelector(".tools");
  function place() {
    var home = scrollY > masthead.offsetHeight && matchMedia("(min-width: 60rem)").matches ? bar : masthead;
    if (!tools || tools.parentNode === home || tools.contains(document.activeElement)) return;
    home.append(tools);
    all(".script, .settings > summary", tools).forEach(function (one, n) { one.tabIndex = home === masthead && !n ? 0 : -1; });
  }
  addEventListener("scroll", place, { passive: true });
  addEventListener("resize", place);
  document.addEventListener("click", function (event) {
    all(".toolbar > details[open]").forEach(function (one) {
      if (!one.contains(event.target) || event.target.closest(".toolbar nav a")) one.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = bar.querySelector(":scope > details[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (!drawer.hidden && !document.querySelector("[popover]:popover-open")) close();
  });

  // --- where the reader is: shown by the style sheet, so that positions of others in the text of the page stay
  var marks = {}, lines = {};
  all(".overview .strip a").forEach(function (link) { marks[link.hash.slice(1)] = link; });
  all(".rail a").forEach(function (link) { lines[link.hash.slice(1)] = link; });
  var where = bar.querySelector(".where"), field = bar.querySelector(".step input");
  var now = { mark: null, line: null }, reading = 0;
  function point(kind, link) {
    if (now[kind] === link) return;
    if (now[kind]) now[kind].removeAttribute("aria-current");
    if (link) link.setAttribute("aria-current", "location");
    now[kind] = link;
    if (kind === "line") where.querySelector(".section").dataset.shown = link ? link.dataset.short : "";
  }
  function follow() {
    var unit = null, head = null, above = null;
    all("article [id]").some(function (one) {
      if (one.getBoundingClientRect().top > innerHeight / 3) return true;
      if (lines[one.id]) above = one;
      if (!one.classList.contains("words")) return;
      unit = one;
      head = above; // the heading over what is read, not the next one that comes into sight
    });
    var chosen = unitOf(shown());
    var box = chosen && chosen.getBoundingClientRect();
    if (box && box.bottom > 0 && box.top < innerHeight) unit = chosen.querySelector(".words");
    reading = unit ? ids.indexOf(unit.id) : -1;
    point("mark", unit && marks[unit.id]);
    point("line", head && lines[head.id]);
    var number = unit ? unit.parentNode.querySelector(".num").textContent : "";
    if (document.activeElement !== field) field.value = number;
    where.querySelector(".count").dataset.shown = where.dataset.at.replace("{n}", number || "–").replace("{all}", where.dataset.all);
  }
  var waiting = false;
  addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; follow(); });
  }, { passive: true });

  // --- to a passage: by its number, to the next or the previous one, or to the next or previous match
  function step(by) {
    var at = reading;
    do { at += by; } while (units[at] && "out" in units[at].dataset);
    if (units[at]) go(ids[at]);
  }
  bar.querySelector(".step").addEventListener("submit", function (event) {
    event.preventDefault();
    var typed = field.value.trim().replace(/[\uFF10-\uFF19]/g, function (digit) { return digit.charCodeAt(0) - 0xFF10; });
    var found = units.find(function (unit) { return unit.querySelector(".num").textContent === typed.replace(/^\D+|\D+$/g, ""); });
    if (found) go(found.dataset.passage);
    else field.select();
  });
  field.addEventListener("keydown", function (event) {
    var by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
    setTimeout(function () { field.focus({ preventScroll: true }); }); // a move within the page takes the focus
  });
  all(".step button, .outcome button[value]").forEach(function (button) {
    button.addEventListener("click", function () { step(+button.value); });
  });
  all(".step button").forEach(function (button) { button.tabIndex = -1; }); // the field has the arrow keys

  // --- the bar is one tab stop; the arrow keys along its line walk it, the others are those of its controls
  bar.setAttribute("role", "toolbar");
  function controls() {
    return all("summary, .step input, .evidence :checked, .seek, .tools a", bar)
      .filter(function (one) { return one.checkVisibility(); });
  }
  function stop(control) {
    all("summary, input:not(.panel input), .seek, .tools a", bar).forEach(function (one) {
      one.tabIndex = one === control ? 0 : -1;
    });
  }
  bar.addEventListener("focusin", function (event) {
    if (controls().includes(event.target)) stop(event.target);
  });
  bar.addEventListener("change", function (event) {
    if (event.target.closest(".evidence")) stop(event.target);
  });
  function inside(by) { // whether the field has characters on that side of the caret
    return by < 0 ? field.selectionEnd > 0 : field.selectionStart < field.value.length;
  }
  bar.addEventListener("keydown", function (event) {
    var found = controls(), at = found.indexOf(event.target), last = found.length - 1;
    var on = root.dir === "rtl" ? -1 : 1;
    var by = { ArrowLeft: -on, ArrowRight: on, Home: -at, End: last - at }[event.key];
    if (at < 0 || by === undefined || (event.target === field && inside(by))) return;
    event.preventDefault();
    found[(at + by + last + 1) % (last + 1)].focus();
  });
  stop(controls()[0]);

  // --- the filter and the marks are one tab stop
  READER.stops(document.querySelector("main"), ".instrument > summary", { ArrowDown: 1, ArrowUp: -1 });

  // --- the strip is one tab stop; arrow keys walk it
  var strip = Object.values(marks);
  strip.forEach(function (link, n) { link.tabIndex = n ? -1 : 0; });
  function enter(link) {
    strip.forEach(function (one) { one.tabIndex = one === link ? 0 : -1; });
  }
  document.querySelector(".overview").addEventListener("keydown", function (event) {
    var on = root.dir === "rtl" ? -1 : 1, at = strip.indexOf(event.target);
    var by = { ArrowLeft: -on, ArrowRight: on, ArrowUp: -1, ArrowDown: 1, Home: -at, End: strip.length - 1 - at }[event.key];
    if (at < 0 || by === undefined || !strip[at + by]) return;
    event.preventDefault();
    enter(strip[at + by]);
    strip[at + by].focus();
  });

  // --- the passage that is chosen, and its panel
  var drawer = document.querySelector(".drawer"), opener = null, asked = "";
  function shown() { return (document.querySelector(".unit[data-chosen]") || { dataset: {} }).dataset.passage; }
  function choose(id) {
    units.forEach(function (unit) {
      if (unit.dataset.passage === id) unit.dataset.chosen = "";
      else delete unit.dataset.chosen;
    });
    if (marks[id]) enter(marks[id]);
    if (!drawer.hidden && id) load(id, function () { fill(id); }, close);
    follow();
  }
  // a panel is loaded when it is first asked for, as a script: a page on disk can fetch nothing else
  var panels = {};
  function load(id, then, failed) {
    asked = id;
    if (panels[id]) return then();
    var script = SITE.make("script");
    script.src = article.dataset.panels + "/" + id + ".js";
    script.addEventListener("load", function () {
      panels[window.PANEL[0]] = window.PANEL[1];
      script.remove();
      if (asked === id) then();
    });
    script.addEventListener("error", failed);
    document.head.append(script);
  }
  function fill(id) {
    drawer.innerHTML = panels[id];
    drawer.scrollTop = 0;
    drawer.setAttribute("aria-label", (drawer.querySelector("h2") || drawer).textContent);
    all(".row", drawer).forEach(function (row) { row.open = wide.matches && row.dataset.row !== "argument"; });
    drawer.querySelector(".close").addEventListener("click", close);
  }
  function open(id, link, note) {
    load(id, function () {
      opener = link;
      drawer.hidden = false;
      try { history.pushState({ panel: true }, "", "#" + (note || id)); } catch (refused) { /* the address stays */ }
      choose(id);
      var unit = unitOf(id);
      if (!wide.matches) unit.scrollIntoView({ block: "start" });
      if (note) return openNote(note);
      drawer.querySelector("h2").focus({ preventScroll: true });
    }, function () { location.href = link.href; });
  }
  function openNote(name) {
    var note = all("[data-note]", drawer).find(function (one) { return one.dataset.note === name; });
    for (var at = note; at !== drawer; at = at.parentNode) if (at.tagName === "DETAILS") at.open = true;
    note.tabIndex = -1;
    note.focus();
  }
  // a note is in the panel of its passage, and so is the note that a sign in the text leads to
  function noteAt(link) {
    var found = link.matches(".nm") ? document.getElementById(link.hash.slice(1)) : link;
    return found && found.matches(".noted a") ? found : null;
  }
  function hide() {
    drawer.hidden = true;
    drawer.textContent = "";
    var back = opener && opener.isConnected ? opener : null;
    opener = null;
    if (back) back.focus({ preventScroll: true });
  }
  function close() {
    if (history.state && history.state.panel) history.back();
    else hide();
  }
  addEventListener("popstate", function (event) {
    if (moving) {
      moving = false;
      history.replaceState({ panel: true }, "");
    } else if (!drawer.hidden && !(event.state && event.state.panel)) hide();
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-open], .noted a, a.nm");
    var to = link && (noteAt(link) || link);
    if (to && !to.matches(".nm") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(to.closest(".unit").dataset.passage, link, to.id);
      return;
    }
    var within = event.target.closest("a[href^='#']");
    if (within && !drawer.hidden && ids.includes(within.hash.slice(1)) && !("cite" in within.dataset)) {
      event.preventDefault();
      go(within.hash.slice(1));
    }
    var unit = event.target.closest(".unit .words");
    if (unit && !event.target.closest("a") && String(getSelection()) === "") choose(unit.id);
  });
  function here() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var unit = target && target.closest(".unit");
    if (unit) choose(unit.dataset.passage);
    if (unit && drawer.hidden && noteAt(target)) open(unit.dataset.passage, target, target.id);
  }
  addEventListener("hashchange", here);

  // the words of the tag that is pointed to in the panel, in both places
  function light(event) {
    var chip = event.target.closest(".cells .chip, .piece q");
    all(".lit").forEach(function (one) { one.classList.remove("lit"); });
    if (!chip || event.type === "mouseout" || event.type === "focusout") return;
    var turns = chip.className.split(" ").filter(function (name) { return /^t\d+$/.test(name); });
    turns.forEach(function (turn) {
      all(".unit[data-chosen] mark." + turn + ", .unit[data-chosen] mark ." + turn + ", .drawer q." + turn).forEach(function (one) {
        one.classList.add("lit");
        if (one.tagName === "Q") one.dataset.cell = chip.dataset.cell || "";
      });
    });
    var first = document.querySelector(".unit .lit");
    if (event.type === "focusin" && first && !wide.matches) first.scrollIntoView({ block: "start" });
  }
  ["mouseover", "mouseout", "focusin", "focusout"].forEach(function (name) { drawer.addEventListener(name, light); });

  // the sheet is drawn down to close it
  var from = null;
  drawer.addEventListener("pointerdown", function (event) {
    from = event.target.closest(".drawer > header") && !event.target.closest("a, button") && !wide.matches ? event.clientY : null;
  });
  addEventListener("pointerup", function (event) {
    if (from !== null && event.clientY - from > 60) close();
    from = null;
  });

  // --- notes that are higher than their paragraphs fold: first to one flow, then without the words of relations, then to their signs
  function fold() {
    var notes = all(".unit > .note:not(.under)");
    notes.forEach(function (note) { delete note.dataset.folded; });
    if (wide.matches) ["flow", "short", "signs"].forEach(function (way) {
      notes = notes.filter(function (note) { return note.scrollHeight > note.clientHeight + 4; });
      notes.forEach(function (note) { note.dataset.folded = way; });
    });
  }
  fold();
  addEventListener("resize", fold);
  if (document.fonts) document.fonts.ready.then(fold);

  // --- a note can be selected when the pointer is pressed in it, and not with the article around it
  document.addEventListener("pointerdown", function (event) {
    all(".note").forEach(function (note) { note.classList.toggle("selecting", note.contains(event.target)); });
  }, true);

  // --- the filter: how many passages match is what the style rules show; the strip and the address follow
  var form = document.querySelector(".filter"), tally = document.getElementById("_tally");
  var only = document.getElementById("_only");
  function boxes() { return all("[data-group] input", form); }
  function filter() {
    var chosen = boxes().filter(function (box) { return box.checked; });
    var count = 0;
    units.forEach(function (unit) {
      var kept = +getComputedStyle(unit.querySelector(".words")).opacity > 0.95;
      if (kept) count += 1;
      [unit, marks[unit.dataset.passage]].forEach(function (one) {
        if (one && kept) delete one.dataset.out;
        else if (one) one.dataset.out = "";
      });
    });
    var words = tally.dataset.text.replace("{n}", count).replace("{all}", tally.dataset.all);
    tally.textContent = chosen.length ? words : "";
    return chosen;
  }
  function remember() {
    var query = new URLSearchParams(location.search);
    var names = filter().map(function (box) { return box.id.replace(/^_pick-/, ""); });
    if (names.length) query.set("pick", names.join(" "));
    else query.delete("pick");
    if (only.checked && names.length) query.set("only", "1");
    else query.delete("only");
    var text = query.toString();
    try { history.replaceState(history.state, "", (text ? "?" + text : location.pathname) + location.hash); } catch (refused) { /* kept for this page only */ }
  }
  if (form) {
    form.addEventListener("change", remember);
    form.addEventListener("reset", function () { setTimeout(remember); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    var given = new URLSearchParams(location.search);
    var picked = (given.get("pick") || "").split(" ").filter(Boolean);
    picked.forEach(function (name) {
      var box = document.getElementById("_pick-" + name);
      if (box) box.checked = true;
    });
    only.checked = given.has("only");
    if (picked.length) form.closest("details").open = true;
    filter();
  }
  here();
  follow();
  place();

  // --- as received: every reading of the witness in its place
  var received = document.getElementById("_as-received");
  if (!received) return;
  var rules = JSON.parse(article.dataset.rules);
  var kept = new Map();
  function texts(within) {
    var found = [], walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }
  function labels(hidden) {
    all(".unit .label").forEach(function (label) { label.hidden = hidden; });
  }
  function receive() {
    labels(true);
    all(".title h1, article h2, article h3, article h4, .words").forEach(function (block) {
      kept.set(block, block.innerHTML);
      texts(block).forEach(function (node) {
        node.data = Array.from(node.data, function (char) { return rules[char] || char; }).join("");
      });
      all(".emended", block).forEach(function (one) { one.textContent = one.dataset.received; });
    });
  }
  function restore() {
    labels(false);
    kept.forEach(function (html, block) { block.innerHTML = html; });
    kept.clear();
  }
  received.addEventListener("change", function () {
    root.classList.toggle("received", received.checked);
    if (received.checked) receive();
    else restore();
  });
  if (received.checked) receive();
});
