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
  // a language tag without script and region
  function main(tag) { return tag.split("-")[0]; }
  window.READER = { names: names, memory: memory, apply: apply, main: main };

  // A reader who chose the other script gets the same page in it.  A page in another language stays: its
  // address was chosen for its language.
  document.querySelectorAll("link[data-other]").forEach(function (other) {
    var chosen = other.dataset.other === memory.get("script") && main(other.dataset.other) === main(root.lang);
    if (chosen) location.replace(other.getAttribute("href") + location.search + location.hash);
  });
})();
