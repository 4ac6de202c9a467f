// Citations that stand on a page: each has a button that copies it, with its italics.
window.addEventListener("DOMContentLoaded", function () {
  "use strict";
  SITE.all(".copying").forEach(function (button) {
    button.addEventListener("click", function () {
      var from = (button.closest("dt") || button.parentNode).nextElementSibling;
      var only = from.querySelector(":scope > .latin") || from;
      var text = from.tagName === "PRE" ? from.textContent : from.innerText.trim();
      EXCERPT.copy(text, button, only.innerHTML);
    });
  });
  if (EXCERPT.local) SITE.all(".without-address").forEach(function (line) { line.hidden = false; });
});
