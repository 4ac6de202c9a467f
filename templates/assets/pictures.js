// Pictures: each is one tab stop; arrow keys go from mark to mark, and the name of the mark stands below the picture.
"use strict";
{
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // The nearest mark in a direction; distance across the direction counts more.  Of marks with one middle each is
  // reached, in their order: to the right and down from the first to the last, else from the last to the first.
  const next = (marks, from, [dx, dy]) => {
    const middle = (mark) => {
      const box = mark.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    const order = dx + dy > 0 ? marks : [...marks].reverse();
    const [x, y] = middle(from);
    let best = null;
    let least = Infinity;
    let passed = false;
    for (const mark of order) {
      if (mark === from) {
        passed = true;
        continue;
      }
      const [mx, my] = middle(mark);
      const along = (mx - x) * dx + (my - y) * dy;
      const across = Math.abs((mx - x) * dy) + Math.abs((my - y) * dx);
      const far = along + across * 4;
      const same = Math.abs(along) <= 1 && across <= 1;
      if (same && passed) return mark;
      if (along > 1 && far < least) [best, least] = [mark, far];
    }
    return best;
  };

  for (const drawing of document.querySelectorAll("svg.drawing")) {
    const shown = () => [...drawing.querySelectorAll("a")].filter((mark) => mark.getClientRects().length);
    const told = drawing.closest(".picture")?.querySelector(".told");
    const tell = (mark) => {
      if (mark && told) told.textContent = mark.getAttribute("aria-label") || mark.textContent;
    };
    const hold = (mark) => {
      drawing.querySelector('a[tabindex="0"]')?.setAttribute("tabindex", "-1");
      mark?.setAttribute("tabindex", "0");
    };
    drawing.addEventListener("pointerover", (event) => tell(event.target.closest("a")));
    // On the parent: Chromium makes an SVG element that listens to the focus a tab stop itself.
    drawing.parentElement.addEventListener("focusin", (event) => {
      const mark = event.target.closest("a");
      if (!mark) return;
      hold(mark);
      tell(mark);
    });
    drawing.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return; // those are of the browser
      const marks = shown();
      const from = event.target.closest("a");
      const to = event.key === "Home" ? marks[0]
        : event.key === "End" ? marks.at(-1)
        : STEPS[event.key] && next(marks, from, STEPS[event.key]);
      if (!to) return;
      event.preventDefault();
      to.focus();
    });
    // Another reading can hide the mark that is the tab stop.
    document.addEventListener("change", () => {
      const marks = shown();
      if (!marks.includes(drawing.querySelector('a[tabindex="0"]'))) hold(marks[0] ?? drawing.querySelector("a"));
    });
  }
}
