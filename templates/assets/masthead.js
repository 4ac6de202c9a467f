// Every page: the menus and the panel of settings close by Escape and by a press elsewhere; the name and the menus
// are one tab stop, and so are the languages and the settings, whose arrow keys walk them; "/" leads to the search.
// Without this script the menus open and close by themselves, and each is a tab stop.
(function () {
  "use strict";
  var memory = READER.memory;
  var OPEN = ".masthead details[open]";
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }

  // --- settings
  all(".panel input").forEach(function (input) {
    input.checked = input.value === memory.get(input.name);
    input.addEventListener("change", function () {
      memory.set(input.name, input.value);
      READER.apply(input.name, input.value);
    });
  });

  // --- what is open closes
  document.addEventListener("click", function (event) {
    all(OPEN).forEach(function (one) {
      if (!one.contains(event.target)) one.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    all(OPEN).forEach(function (one) {
      var inside = one.contains(document.activeElement);
      one.open = false;
      if (inside) one.querySelector("summary").focus();
    });
  });

  // --- several controls are one tab stop: the one that had the focus last; arrow keys walk them
  function stops(within, selector, keys) {
    function only(one) {
      all(selector, within).forEach(function (each) { each.tabIndex = each === one ? 0 : -1; });
    }
    within.addEventListener("focusin", function (event) {
      if (event.target.matches(selector)) only(event.target);
    });
    within.addEventListener("keydown", function (event) {
      var found = all(selector, within).filter(function (one) { return one.checkVisibility(); });
      var at = found.indexOf(event.target), step = keys[event.key];
      if (at < 0 || !step || event.defaultPrevented) return;
      event.preventDefault();
      (found[at + step] || event.target).focus();
    });
    only(all(selector, within)[0]);
  }
  var on = document.documentElement.dir === "rtl" ? -1 : 1, along = { ArrowRight: on, ArrowLeft: -on };
  var masthead = document.querySelector(".masthead"), tools = masthead.querySelector(".tools");
  stops(masthead, ".name, .places summary", along);
  if (tools) stops(tools, ".script, .settings > summary", along);
  READER.stops = stops;

  // --- arrow keys: down into a menu, and within it
  all(".places summary").forEach(function (head) {
    head.addEventListener("keydown", function (event) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      head.parentElement.open = true;
      head.parentElement.querySelector("a").focus();
    });
  });
  all(".menu").forEach(function (menu) {
    menu.addEventListener("keydown", function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      var links = all("a", menu).filter(function (link) { return link.offsetParent; });
      var next = links[links.indexOf(document.activeElement) + step];
      event.preventDefault();
      (next || menu.parentElement.querySelector("summary")).focus();
    });
  });

  // --- the search key
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    var box = document.getElementById("_q") || document.getElementById("_find");
    if (box && box.offsetParent) box.focus();
    else location.href = document.querySelector(".masthead a.find").href;
  });
})();
