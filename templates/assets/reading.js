// The reading page: the rail and the strip follow the reading; counts; the witness in place.
window.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var all = SITE.all;
  var units = all(".unit");

  // --- where the reader is
  var marks = {}, lines = {};
  all(".title .strip a").forEach(function (link) { marks[link.hash.slice(1)] = link; });
  all(".rail a").forEach(function (link) { lines[link.hash.slice(1)] = link; });
  var now = { mark: null, line: null };
  function point(kind, link) {
    if (now[kind] === link) return;
    if (now[kind]) now[kind].removeAttribute("aria-current");
    if (link) link.setAttribute("aria-current", "location");
    now[kind] = link;
    if (kind === "line" && link) {
      var rail = link.closest(".rail");
      var at = link.offsetTop - rail.clientHeight / 2;
      if (rail.scrollHeight > rail.clientHeight) rail.scrollTop = at;
    }
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
    point("mark", unit && marks[unit.id]);
    point("line", head && lines[head.id]);
  }
  var waiting = false;
  addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; follow(); });
  }, { passive: true });
  follow();

  // --- a note can be selected when the pointer is pressed in it, and not with the article around it
  document.addEventListener("pointerdown", function (event) {
    all(".note").forEach(function (note) { note.classList.toggle("selecting", note.contains(event.target)); });
  }, true);

  // --- how many passages the choice holds for: what the style rules show is what is counted
  var form = document.querySelector(".filter");
  var tally = document.getElementById("_tally");
  function count() {
    var chosen = form.querySelector(":checked");
    var kept = units.filter(function (unit) { return +getComputedStyle(unit).opacity > 0.9; });
    var words = tally.dataset.text.replace("{n}", kept.length).replace("{all}", tally.dataset.all);
    tally.textContent = chosen ? words : "";
  }
  if (form) {
    form.addEventListener("change", function () { setTimeout(count, 200); });
    form.addEventListener("reset", function () { setTimeout(count, 200); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
  }

  // --- as received: every reading of the witness in its place
  var received = document.getElementById("_as-received");
  if (!received) return;
  var article = document.querySelector("article");
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
    document.documentElement.classList.toggle("received", received.checked);
    if (received.checked) receive();
    else restore();
  });
  if (received.checked) receive();
});
