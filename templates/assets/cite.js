// What citing needs is loaded when a reader first selects words or comes near a number, or at once for an address
// that names words: cite.css, the card of the work (data/cards/WORK.js), excerpt.js and citing.js.
(function () {
  "use strict";
  var here = document.currentScript.src, form = document.body.dataset.card;
  if (!form) return;
  var asked;
  function ready() { return CITING.open; }
  function load(then) {
    if (ready()) return then && then();
    if (!asked) {
      var sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = new URL("cite.css", here);
      document.head.append(sheet);
      [new URL(form, document.baseURI), new URL("excerpt.js", here), new URL("citing.js", here)].forEach(function (url) {
        var script = document.createElement("script");
        script.async = false; // in this order
        script.src = url;
        document.head.append(script);
      });
    }
    asked = true;
    if (then) document.head.lastElementChild.addEventListener("load", then);
  }
  window.CITING = { load };
  function near(event) { return event.target.closest?.("a[data-cite], a.sn, button[data-act]"); }
  ["pointerover", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) { if (near(event)) load(); });
  });
  document.addEventListener("pointerdown", function () { CITING.pressed = true; });
  window.onpointerup = window.onpointercancel = function () { CITING.pressed = false; };
  document.addEventListener("selectionchange", function () { if (!getSelection().isCollapsed) load(); });
  // a press before the scripts are there is repeated when they are
  document.addEventListener("click", function (event) {
    var on = near(event);
    if (ready() || !on || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(function () { on.click(); });
  });
  if (/[?&]w=/.test(location.search)) load();
})();
