// Every page: the menus and the panel of settings close by Escape and by a press elsewhere; arrow keys walk the
// menus; "/" leads to the search.  Without this script the menus open and close by themselves.
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

  // --- arrow keys: along the menus, down into one, and within it
  var heads = all(".places summary");
  var rightToLeft = document.documentElement.dir === "rtl";
  heads.forEach(function (head, at) {
    head.addEventListener("keydown", function (event) {
      var step = { ArrowRight: rightToLeft ? -1 : 1, ArrowLeft: rightToLeft ? 1 : -1 }[event.key];
      var next = step && heads[at + step];
      if (event.key === "ArrowDown") {
        head.parentElement.open = true;
        next = head.parentElement.querySelector("a");
      }
      if (!next) return;
      event.preventDefault();
      next.focus();
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
