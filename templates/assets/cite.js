// What citing needs is loaded when a reader first selects words or comes near a number, or at once for an address
// that names words: citing.js and excerpt.js.
(function () {
  "use strict";
  if (!document.getElementById("_cite-card")) return;
  var here = document.currentScript.src, wanted = "a[data-cite], button[data-act]", asked = false;
  function ready() { return Boolean(window.CITING.open); }
  function load(then) {
    if (ready()) { if (then) then(); return; }
    if (!asked) ["excerpt.js", "citing.js"].forEach(function (name) {
      var script = document.createElement("script");
      script.async = false; // in this order
      script.src = new URL(name, here).href;
      document.head.append(script);
    });
    asked = true;
    if (then) document.head.lastElementChild.addEventListener("load", then);
  }
  window.CITING = { pressed: false, load: load };
  function near(event) { return event.target.closest && event.target.closest(wanted); }
  ["pointerover", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) { if (near(event)) load(); });
  });
  document.addEventListener("pointerdown", function () { CITING.pressed = true; }, true);
  ["pointerup", "pointercancel"].forEach(function (name) {
    document.addEventListener(name, function () { CITING.pressed = false; }, true);
  });
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
