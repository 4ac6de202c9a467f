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
  // said when something is copied, so that the page does not move as it opens
  if (EXCERPT.local) SITE.all(".acts[data-without]").forEach(function (line) {
    line.addEventListener("click", function (event) {
      if (!event.target.closest("button") || line.parentNode.querySelector(".without-address")) return;
      line.after(SITE.make("p", "without-address", line.dataset.without));
    });
  });
});
