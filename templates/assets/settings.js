// Runs before the page is drawn: what the reader chose last time holds at once.
(function () {
  "use strict";
  var root = document.documentElement;
  var names = ["theme", "font", "size", "align", "direction"];
  var memory = {
    get: function (name) {
      try { return localStorage.getItem("reader-" + name) || ""; } catch (closed) { return ""; }
    },
    set: function (name, value) {
      try { localStorage.setItem("reader-" + name, value); } catch (closed) { /* kept for this page only */ }
    }
  };
  function apply(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }
  root.dataset.js = "";
  names.forEach(function (name) { apply(name, memory.get(name)); });
  window.READER = { names: names, memory: memory, apply: apply };

  // A reader who chose another view gets the same page in it.
  document.querySelectorAll("link[data-other]").forEach(function (other) {
    if (other.dataset.other === memory.get("script")) location.replace(other.getAttribute("href") + location.search + location.hash);
  });
})();
