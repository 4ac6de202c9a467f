// Measures how a page looks: what is too wide, cut off, covered, or drawn in a colour that cannot be seen.
// test_looks.py loads it into each page and calls LOOKS.measure() in each state.  Every fault is a line of text.
(() => {
  "use strict";
  const TEXT = 4.5, LARGE = 3, MARK = 3, TARGET = 24;
  const OFF = ".skip, .unseen, [hidden], template, noscript, option, script, style";
  // Marks that carry meaning: the codes, and the edges of fields.
  const MARKS = ".chip, .fill, .strip a, .signs i, mark, [data-mark], input:is([type=text], [type=search]), textarea, select";
  const PATCHES = '[data-fill="page"], [data-pen="page"], [data-fill="ground"], .area, .reach, [data-pen="hair"]';
  const SHAPES = "rect, circle, ellipse, path, line, polyline, polygon, use";

  // --- colours: [red, green, blue, alpha], not multiplied, parts from 0 to 1 ---

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colors = new Map();
  function color(text) {
    if (!colors.has(text)) {
      const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
      if (plain) colors.set(text, [plain[1] / 255, plain[2] / 255, plain[3] / 255, plain[4] === undefined ? 1 : +plain[4]]);
      else {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = "rgba(0, 0, 0, 0)";
        canvas.fillStyle = text;
        canvas.fillRect(0, 0, 1, 1);
        colors.set(text, [...canvas.getImageData(0, 0, 1, 1).data].map(part => part / 255));
      }
    }
    return colors.get(text);
  }
  function over(top, bottom) {
    const alpha = top[3] + bottom[3] * (1 - top[3]);
    if (!alpha) return [0, 0, 0, 0];
    const part = i => (top[i] * top[3] + bottom[i] * bottom[3] * (1 - top[3])) / alpha;
    return [part(0), part(1), part(2), alpha];
  }
  function luminance([red, green, blue]) {
    const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }
  function contrast(one, other) {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }
  function hex(one) {
    return "#" + one.slice(0, 3).map(part => Math.round(part * 255).toString(16).padStart(2, "0")).join("");
  }

  let styles, layers, coats, cutters, base, medium;
  function style(element) {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  }
  function grounds(element) {
    // a gradient has several colours; a text must be read on each of them
    const own = style(element), stops = own.backgroundImage.includes("gradient")
      ? own.backgroundImage.match(/(?:rgba?|color|oklch|oklab|lab|lch)\([^()]*\)/g) || [] : [];
    // paper has no background, unless a style insists on it
    if (medium === "print" && own.printColorAdjust !== "exact") return [[0, 0, 0, 0]];
    const below = color(own.backgroundColor);
    return stops.length ? stops.map(stop => over(color(stop), below)) : [below];
  }
  // The grounds and the opacity of the next element, this one or one around it, that has more than clear ones.
  function coat(element) {
    if (!element) return null;
    if (!coats.has(element)) {
      const opacity = +style(element).opacity;
      const own = element.namespaceURI === "http://www.w3.org/1999/xhtml" || element.localName === "svg" ? grounds(element) : [];
      const plain = opacity >= 1 && !own.some(one => one[3]);
      coats.set(element, plain ? coat(element.parentElement) : { grounds: own, opacity, around: element.parentElement });
    }
    return coats.get(element);
  }
  // What is drawn in a colour on an element, and what is drawn beside it: both as they arrive at the screen.
  function drawn(element, ink, from = element) {
    let found = [[ink, [0, 0, 0, 0]]];
    for (let at = coat(from); at; at = coat(at.around)) {
      const { grounds, opacity } = at;
      if (grounds.length) found = found.flatMap(([fore, back]) => grounds.map(one => [over(fore, one), over(back, one)]));
      if (opacity < 1) found = found.map(pair => pair.map(one => [one[0], one[1], one[2], one[3] * opacity]));
    }
    return found.map(pair => pair.map(one => over(one, base)));
  }
  function worst(pairs) {
    return pairs.map(([fore, back]) => [contrast(fore, back), fore, back]).sort((a, b) => a[0] - b[0])[0];
  }

  // --- what is on the page ---

  function name(element) {
    const classes = typeof element.className === "string" ? element.className : element.getAttribute("class") || "";
    const own = element.localName + (element.id ? "#" + element.id : "") + classes.split(" ").filter(Boolean).map(c => "." + c).join("");
    const parent = element.parentElement;
    return parent && !element.id && parent !== document.body ? parent.localName + (parent.className && typeof parent.className === "string" ? "." + parent.className.split(" ")[0] : "") + " > " + own : own;
  }
  function seen(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(OFF);
  }
  // The next element, this one or one around it, that does not let its content stand out.
  function cutter(element) {
    if (!element || element === document.body) return null;
    if (!cutters.has(element)) {
      const own = style(element);
      cutters.set(element, own.overflowX === "visible" && own.overflowY === "visible" ? cutter(element.parentElement) : element);
    }
    return cutters.get(element);
  }
  // The part of a box that is not cut off by an element around it.
  function within(element, box) {
    let { left, top, right, bottom } = box;
    for (let at = cutter(element); at; at = cutter(at.parentElement)) {
      const own = style(at);
      if (own.overflowX === "visible" || own.display === "inline") continue;
      const edge = at.getBoundingClientRect();
      [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
      [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    return { left, top, right, bottom, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  }
  function texts() {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), visible = new Map();
    const range = document.createRange();
    for (let node; (node = walker.nextNode());) {
      const parent = node.parentElement;
      if (!node.data.trim()) continue;
      if (!visible.has(parent)) visible.set(parent, seen(parent));
      if (!visible.get(parent)) continue;
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0.5 && box.height > 0.5);
      if (boxes.length) found.push({ words: node.data.trim(), element: parent, boxes });
    }
    return found;
  }
  function excerpt(words) {
    return words.length > 24 ? words.slice(0, 24) + "…" : words;
  }

  // --- the faults ---

  function sideways() {
    const width = document.documentElement.clientWidth, wide = document.documentElement.scrollWidth;
    if (wide <= width) return [];
    const causes = [...document.querySelectorAll("body *")].filter(e => seen(e) && e.getBoundingClientRect().right > width + 0.5);
    return [`${wide} px wide in a window of ${width} px: ${causes.slice(0, 3).map(name).join(", ")}`];
  }

  function limit(element) {
    const own = style(element), size = parseFloat(own.fontSize);
    return size >= 24 || (size >= 18.66 && +own.fontWeight >= 700) ? LARGE : TEXT;
  }
  function pale(all) {
    const faults = [], known = new Set();
    function judge(element, ink, pairs, words) {
      const [found, fore, back] = worst(pairs), wanted = limit(element);
      if (found < wanted - 0.005) faults.push(`${found.toFixed(2)}:1 (${hex(fore)} on ${hex(back)}): ${name(element)} “${excerpt(words)}”`);
    }
    for (const { element, words } of all) {
      if (known.has(element) || element.closest("[aria-disabled=true], :disabled")) continue;
      known.add(element);
      const inPicture = element.closest("svg") && element.localName !== "svg";
      const ink = color(inPicture ? style(element).fill : style(element).color);
      judge(element, ink, inPicture ? onShapes(element, ink) : drawn(element, ink), words);
    }
    for (const element of document.querySelectorAll("body :not(svg, svg *)")) {
      for (const pseudo of ["::before", "::after"]) {
        const own = getComputedStyle(element, pseudo);
        if (own.content === "none" || own.content === "normal" || !/[^\s"]/.test(own.content) || own.display === "none" || !seen(element)) continue;
        const ground = color(own.backgroundColor);
        const pairs = drawn(element, over(color(own.color), ground)).map(([fore, back]) => [fore, over(ground, back)]);
        judge(element, null, pairs, own.content + " of " + pseudo);
      }
    }
    for (const field of document.querySelectorAll("input[placeholder], textarea[placeholder]")) {
      if (!seen(field) || field.value) continue;
      judge(field, null, drawn(field, color(getComputedStyle(field, "::placeholder").color)), field.placeholder);
    }
    return faults;
  }

  // Pictures: a shape or a text lies on the last shape drawn before it that is below its middle.
  const shapes = new Map();
  function shapesOf(svg) {
    if (!shapes.has(svg)) {
      shapes.set(svg, [...svg.querySelectorAll(SHAPES)].filter(e => !e.closest("defs, symbol, clipPath, mask, pattern, marker") && e.checkVisibility({ visibilityProperty: true })).map(element => {
        const own = style(element);
        const part = (paint, alpha) => paint === "none" ? [0, 0, 0, 0] : paint.startsWith("url") ? null : (([r, g, b, a]) => [r, g, b, a * alpha])(color(paint));
        return { element, box: element.getBoundingClientRect(), fill: part(own.fill, own.fillOpacity), stroke: parseFloat(own.strokeWidth) > 0 ? part(own.stroke, own.strokeOpacity) : [0, 0, 0, 0] };
      }).filter(({ box }) => box.width || box.height));
    }
    return shapes.get(svg);
  }
  function ground(element) {
    const all = shapesOf(element.closest("svg"));
    // the shapes are in the order of the document: how many of them are drawn before the element
    let before = 0;
    for (let after = all.length; before < after;) {
      const middle = (before + after) >> 1, shape = all[middle].element;
      if (shape !== element && shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) before = middle + 1;
      else after = middle;
    }
    const box = element.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    let found = [0, 0, 0, 0];
    for (const shape of all.slice(0, before)) {
      const inside = shape.box.left <= x && x <= shape.box.right && shape.box.top <= y && y <= shape.box.bottom;
      if (inside && shape.fill && shape.fill[3] && shape.element.localName !== "line") found = over(shape.fill, found);
    }
    return found;
  }
  function onShapes(element, ink) {
    const below = ground(element), svg = element.closest("svg");
    return drawn(svg, [0, 0, 0, 0], svg).map(([, back]) => [over(ink, over(below, back)), over(below, back)]);
  }

  function faint() {
    const faults = [];
    for (const element of document.querySelectorAll(MARKS)) {
      if (!seen(element) || element.closest("svg") || element.disabled) continue;
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      const own = style(element), outside = element.parentElement, inks = [];
      const fills = grounds(element);
      if (fills.some(one => one[3])) inks.push(...fills);
      for (const side of ["Top", "Right", "Bottom", "Left"]) {
        if (parseFloat(own[`border${side}Width`]) >= 1 && own[`border${side}Style`] !== "none") inks.push(color(own[`border${side}Color`]));
      }
      if (own.textDecorationLine !== "none" && element.localName === "mark") inks.push(color(own.textDecorationColor));
      if (own.outlineStyle !== "none" && parseFloat(own.outlineWidth) >= 1) inks.push(color(own.outlineColor));
      if (!inks.some(one => one[3])) continue;
      const best = Math.max(...inks.map(ink => worst(drawn(element, ink, outside).map(pair => pair))[0]));
      // a child that fills the mark may carry it
      const inner = [...element.children].some(child => child.matches("i") && worst(drawn(child, color(style(child).borderTopColor), element))[0] >= MARK);
      if (best < MARK - 0.005 && !inner) faults.push(`${best.toFixed(2)}:1: ${name(element)} “${excerpt(element.textContent.trim())}”`);
    }
    for (const svg of document.querySelectorAll("svg")) {
      if (!seen(svg) || svg.closest("[aria-hidden=true]")) continue;
      const back = drawn(svg, [0, 0, 0, 0], svg)[0][1];
      for (const { element, fill, stroke } of shapesOf(svg)) {
        // a patch of the ground keeps a mark apart from hatching
        if (!element.closest("a, [data-mark]") || element.matches(PATCHES) || !fill) continue;
        const below = over(ground(element), back), inks = [fill, stroke].filter(one => one && one[3]);
        // what has words is read by them
        if (!inks.length || element.closest("a, [data-mark]").querySelector("text")) continue;
        const best = Math.max(...inks.map(ink => contrast(over(ink, below), below)));
        if (best < MARK - 0.005) faults.push(`${best.toFixed(2)}:1 (${inks.map(hex).join(", ")} on ${hex(below)}): ${name(element)} in a picture`);
      }
    }
    return faults;
  }

  // The part of the margin of a sheet that every printer prints in (print.css has 26 and 30 mm): 15 mm.
  const MARGIN = 15 / 25.4 * 96;
  function clipped(all, media) {
    const faults = [], width = document.documentElement.clientWidth, outside = media === "print" ? MARGIN : 1.5;
    for (const { element, words, boxes } of all) {
      // the words around a hit are as many as a line holds
      if (element.matches(".line > .before, .line > .after")) continue;
      let fault = "", scrolls = false;
      for (let at = cutter(element); at && !fault && !scrolls; at = cutter(at.parentElement)) {
        const own = style(at), x = own.overflowX, y = own.overflowY;
        const edge = at.getBoundingClientRect();
        if (edge.width <= 1.5 || edge.height <= 1.5 || own.display === "inline") continue;
        // an ellipsis says that words are left out
        if (own.textOverflow === "ellipsis" || own.webkitLineClamp !== "none") { scrolls = true; break; }
        const cut = way => way === "hidden" || way === "clip" || (media === "print" && way !== "visible");
        const margin = 0.35 * parseFloat(own.fontSize);
        if (cut(x) && boxes.some(box => box.right > edge.right + 1.5 || box.left < edge.left - 1.5)) fault = `cut off by ${name(at)}`;
        if (cut(y) && boxes.some(box => box.bottom > edge.bottom + margin || box.top < edge.top - margin)) fault = `cut off by ${name(at)}`;
        scrolls = !cut(x) && x !== "visible";
        if (own.position === "fixed") break;
      }
      if (!fault && !scrolls && boxes.some(box => box.left < -outside || box.right > width + outside)) fault = "outside of the window";
      if (fault) faults.push(`${fault}: ${name(element)} “${excerpt(words)}”`);
    }
    return faults;
  }

  // The bar, menu or sheet that an element is in, which lies over the page on purpose.
  function layer(element) {
    if (!layers.has(element)) {
      const own = style(element), way = own.position;
      const here = way === "fixed" || way === "sticky" || (way === "absolute" && color(own.backgroundColor)[3] > 0.5);
      layers.set(element, here ? element : element.parentElement ? layer(element.parentElement) : null);
    }
    return layers.get(element);
  }

  function covered(all) {
    const faults = [], boxes = [];
    for (const { element, words, boxes: own } of all) {
      if (layer(element) || element.closest("ruby, rt, sup, sub, svg")) continue;
      for (const box of own.map(one => within(element, one))) {
        if (box.width > 1.5 && box.height > 1.5) boxes.push({ element, words, box });
      }
    }
    boxes.sort((a, b) => a.box.top - b.box.top);
    let active = [];
    for (const one of boxes) {
      active = active.filter(other => other.box.bottom > one.box.top + 1);
      for (const other of active) {
        if (other.element === one.element) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - one.box.top;
        const smaller = Math.min(one.box.width * one.box.height, other.box.width * other.box.height);
        if (wide > 2 && high > 2 && wide * high > 0.4 * smaller) faults.push(`${name(one.element)} “${excerpt(one.words)}” and ${name(other.element)} “${excerpt(other.words)}”`);
      }
      active.push(one);
    }
    return faults;
  }

  function small() {
    const all = [];
    for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
      if (!seen(element) || style(element).pointerEvents === "none" || element.disabled) continue;
      const label = element.localName === "input" ? element.closest("label") : null;
      const whole = (label || element).getBoundingClientRect();
      // a label makes its field larger, if it is a box
      const box = whole.width * whole.height ? whole : element.getBoundingClientRect();
      if (box.width < 1 || box.height < 1) continue;
      all.push({ element, box, x: box.x + box.width / 2, y: box.y + box.height / 2, href: element.href && element.href.baseVal === undefined ? element.href : element.getAttribute("href") || "" });
    }
    const big = one => one.box.width >= TARGET - 0.5 && one.box.height >= TARGET - 0.5;
    const reachable = new Set(all.filter(one => big(one)).map(one => one.href).filter(Boolean));
    const faults = [];
    all.sort((a, b) => a.y - b.y);
    all.forEach((one, i) => {
      if (big(one) || inSentence(one.element) || (one.href && reachable.has(one.href))) return;
      for (const step of [-1, 1]) {
        for (let j = i + step; j >= 0 && j < all.length; j += step) {
          const other = all[j];
          if (Math.abs(other.y - one.y) > 400) break;
          if (layer(one.element) !== layer(other.element)) continue;
          if (one.element.contains(other.element) || other.element.contains(one.element) || (one.href && one.href === other.href)) continue;
          const dx = Math.max(other.box.left - one.x, 0, one.x - other.box.right), dy = Math.max(other.box.top - one.y, 0, one.y - other.box.bottom);
          const near = Math.hypot(dx, dy) < TARGET / 2 - 0.5 || (!big(other) && !inSentence(other.element) && Math.hypot(other.x - one.x, other.y - one.y) < TARGET - 0.5);
          if (near) {
            faults.push(`${Math.round(one.box.width)} × ${Math.round(one.box.height)} px: ${name(one.element)} “${excerpt(one.element.textContent.trim())}”, too near to ${name(other.element)}`);
            return;
          }
        }
      }
    });
    return faults;
  }
  // A link within a sentence is as high as its line (WCAG 2.5.8, inline).
  function inSentence(element) {
    if (style(element).display !== "inline") return false;
    let block = element.parentElement;
    while (block && style(block).display === "inline") block = block.parentElement;
    if (!block) return false;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      if (node.data.trim() && !node.parentElement.closest("a, button, summary, .unseen")) return true;
    }
    return false;
  }

  // A link among words that only its colour tells from them (WCAG 1.4.1).  What counts is as in axe, whose rule
  // link-in-text-block takes half of its time.
  const CONTROLS = "a[href], button, input, select, textarea, [role=link], [role=button]";
  const DISTINCT = ["fontWeight", "fontStyle", "fontSize", "textDecorationLine", "textDecorationStyle"];
  function alike() {
    const faults = [];
    for (const link of document.querySelectorAll("a[href], [role=link]")) {
      if (!seen(link) || link.closest("svg") || !link.textContent.trim() || isBlock(link)) continue;
      const own = style(link), block = blockOf(link), around = style(block), font = one => one.fontFamily.split(/[,;]/)[0];
      if (own.display.startsWith("inline-") || own.backgroundImage !== "none" || font(own) !== font(around)) continue;
      const drawnLine = edge => own[edge + "Style"] !== "none" && parseFloat(own[edge + "Width"]) > 0 && color(own[edge + "Color"])[3];
      if (["borderTop", "borderBottom", "outline"].some(drawnLine) || DISTINCT.some(part => own[part] !== around[part])) continue;
      if (["::before", "::after"].some(pseudo => getComputedStyle(link, pseudo).content !== "none")) continue;
      const [fore, back] = drawn(link, color(own.color))[0], [ink, paper] = drawn(block, color(around.color))[0];
      const words = contrast(fore, ink), ground = contrast(back, paper);
      if (words >= MARK || ground >= MARK || (words === 1 && ground === 1) || !amongWords(link, block)) continue;
      faults.push(`${words.toFixed(2)}:1: ${name(link)} “${excerpt(link.textContent.trim())}”`);
    }
    return faults;
  }
  function isBlock(element) {
    return /^(block|list-item|table|flex|grid|table-.*)$/.test(style(element).display);
  }
  function blockOf(element) {
    let found = element.parentElement;
    while (found !== document.body && !isBlock(found)) found = found.parentElement;
    return found;
  }
  // Whether a part of a block, between breaks of the line, has more words than those of its links and controls.
  function amongWords(link, block) {
    let words = "", controls = "", there = false, past = false;
    (function walk(element) {
      for (const node of element.childNodes) {
        if (past) return;
        if (node.nodeType === Node.TEXT_NODE) words += node.data;
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node === link) there = true;
        if (isBlock(node) || node.matches("br, hr")) {
          past = there;
          if (!there) words = controls = "";
        } else if (node.matches(CONTROLS)) controls += seen(node) ? node.textContent : "";
        else if (seen(node)) walk(node);
      }
    })(block);
    const length = text => text.replace(/\s+/g, " ").trim().length;
    return length(words) > length(controls);
  }

  // What is drawn of a control with a name of its own and is not in that name: who speaks to a browser says what
  // is seen (WCAG 2.5.3).  In a picture, texts stand in several places, and one that is cut ends in an ellipsis.
  function unnamed() {
    const plain = words => words.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();
    const faults = [];
    for (const element of document.querySelectorAll(":is(a[href], button, summary, [role=button])[aria-label]")) {
      if (!seen(element)) continue;
      const label = plain(element.getAttribute("aria-label")), picture = element.closest("svg");
      const texts = picture ? [...element.querySelectorAll("text")].filter(seen).map(one => one.textContent) : [element.innerText];
      for (const words of texts) {
        const left = plain(words), cut = picture && words.trim().endsWith("…");
        const end = cut ? "" : "(?![0-9a-z])";
        if (left && !new RegExp("(?<![0-9a-z])" + left + end).test(label)) faults.push(`${name(element)} “${excerpt(words)}” is not in “${element.getAttribute("aria-label")}”`);
      }
    }
    return faults;
  }

  // --- lines of text ---

  // The number of lines in which the text of a node from one place to another stands.
  function lines(node, start, end) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    const tops = [...range.getClientRects()].filter(box => box.width > 0.5).map(box => box.top);
    return tops.filter((top, i) => !tops.slice(0, i).some(other => Math.abs(other - top) < 4)).length;
  }
  // What is broken at any place on purpose: digests, addresses, code.
  const BREAKABLE = "code, pre, .sum, .out, .address, .offsets, .copies, .wordings, svg, textarea";
  const SHORT = ".chip, th, h1, h2, h3, h4, button, .actions a";
  // A short run of Han characters is a word; a longer one has words in it, which a break may stand between.
  const RUN = 4, CELL = 8;
  const isShort = element => element.closest(SHORT) || (td => td && td.textContent.trim().length <= CELL)(element.closest("td"));
  function broken(all) {
    const faults = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const inPlay = new Set(all.map(one => one.element));
    for (let node; (node = walker.nextNode());) {
      const parent = node.parentElement;
      if (!inPlay.has(parent) || parent.closest(BREAKABLE) || lines(node, 0, node.data.length) < 2) continue;
      // a hyphen shows that a word goes on
      if (within(parent, parent.getBoundingClientRect()).width < 2) continue;
      const words = style(parent).hyphens === "auto" ? [] : [...node.data.matchAll(/\p{Script=Latin}{2,}/gu)];
      words.push(...node.data.matchAll(/\d+(?:[.,]\d+)*/g));
      if (isShort(parent)) words.push(...[...node.data.matchAll(/\p{Script=Han}{2,}/gu)].filter(([run]) => run.length <= RUN));
      for (const found of words) {
        if (lines(node, found.index, found.index + found[0].length) > 1) faults.push(`“${found[0]}” in ${name(parent)}`);
      }
    }
    return faults;
  }
  // A text in a column that is far too narrow for it.
  const MANY = 8, FEW = 5;
  function narrow() {
    const faults = [];
    for (const element of document.querySelectorAll("p, li, dd, blockquote, td, h1, h2, h3")) {
      if (!seen(element)) continue;
      const own = style(element), size = parseFloat(own.fontSize), width = element.clientWidth;
      if (!width || width >= FEW * size || element.clientHeight < MANY * size * 1.2 || own.display === "inline") continue;
      const text = [...element.childNodes].filter(one => one.nodeType === Node.TEXT_NODE || style(one).display === "inline").map(one => one.textContent).join("").trim();
      if (text.length >= MANY * 3) faults.push(`${Math.round(width / size)} em for ${text.length} characters: ${name(element)} “${excerpt(text)}”`);
    }
    return faults;
  }

  // --- states ---

  let undo = [];
  const states = {
    closed() { undo.reverse().forEach(back => back()); undo = []; },
    open() {
      states.unfolded();
      for (const box of document.querySelectorAll("input[id^='_show']")) choose(box);
    },
    unfolded() {
      states.closed();
      for (const details of document.querySelectorAll("details")) {
        const group = details.getAttribute("name");
        // of a group only one can be open
        if (group !== null) { details.removeAttribute("name"); undo.push(() => details.setAttribute("name", group)); }
      }
      for (const details of document.querySelectorAll("details:not([open])")) {
        details.open = true;
        undo.push(() => { details.open = false; });
      }
    },
    picked() {
      states.closed();
      for (const group of document.querySelectorAll("[data-group]")) {
        const box = group.querySelector("input[type=checkbox]");
        if (box) { choose(box); break; }
      }
    },
  };
  function choose(box) {
    if (box.checked) return;
    const before = box.type === "radio" && box.name ? [...document.querySelectorAll("input[type=radio]")].find(e => e.name === box.name && e.checked) : null;
    const change = (one, value) => { one.checked = value; one.dispatchEvent(new Event("change", { bubbles: true })); };
    change(box, true);
    undo.push(() => before ? change(before, true) : change(box, false));
  }

  // --- what repeats ---

  const ITEMS = "li, tr, svg > *, svg a, svg a > *, div.reading, dl > div, ins, del";
  const FREE = /^(id|href|title|value|cite|datetime|download|x|y|[xy][12]|c[xy]|r[xy]?|d[xy]?|points|width|height|transform|viewBox|textLength|aria-label|data-.*)$/;
  const REFERENCE = /^(for|headers|list|form|aria-(labelledby|describedby|controls|owns|details))$/;
  const LANDMARKS = "section, nav, aside, form, [role]";
  // Takes away each item of which every element is like two that are left: of the same name, with the same
  // attributes, shown or hidden, in the same colours, with words or without, in the like of its parent and of
  // the parent of that.  What addresses and labels of other elements name stays, and the first of each parent.
  function thin() {
    const ids = new Map(), named = new Map(), known = new Map(), owns = new Map(), shapes = new Map();
    for (const element of document.querySelectorAll("[id]")) ids.set(element.id, (ids.get(element.id) || 0) + 1);
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const ends = REFERENCE.test(name) ? value.split(/\s+/) : name === "href" && value[0] === "#" ? [decodeURIComponent(value.slice(1))] : [];
        for (const id of ends) named.set(id, [...named.get(id) || [], element]);
      }
    }
    function own(element) {
      if (!owns.has(element)) owns.set(element, [element.localName, ...[...element.attributes].map(({ name, value }) => {
        if (name === "id") return "id " + (ids.get(value) > 1);
        if (REFERENCE.test(name)) return name + value.split(/\s+/).map(id => ids.get(id));
        if (name === "href") return "href " + (value[0] === "#" ? ids.has(decodeURIComponent(value.slice(1))) : !!value);
        return name + (FREE.test(name) && !element.matches(LANDMARKS) ? !!value.trim() : "=" + value);
      })].join(" "));
      return owns.get(element);
    }
    function shape(element) {
      if (!shapes.has(element)) {
        const around = element.parentElement, computed = getComputedStyle(element);
        const words = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const shown = [seen(element), computed.color, computed.backgroundColor, computed.fill, computed.display];
        shapes.set(element, [own(element), own(around), own(around.parentElement), words, !!element.children.length, ...shown].join("|"));
      }
      return shapes.get(element);
    }
    const isNamed = (one, item) => one.id && (named.get(one.id) || []).some(other => !item.contains(other));
    const taken = [], gone = new Set();
    for (const item of document.querySelectorAll(ITEMS)) {
      if (gone.has(item)) continue;
      const all = [item, ...item.querySelectorAll("*")];
      if (item.previousElementSibling && all.every(one => known.get(shape(one)) >= 2) && !all.some(one => isNamed(one, item))) {
        taken.push(item);
        all.forEach(one => gone.add(one));
      } else for (const one of all) if (one.closest(ITEMS) === item) known.set(shape(one), (known.get(shape(one)) || 0) + 1);
    }
    // outside the document, since there each one makes the browser look for the elements whose :has() it changes
    const body = document.body, page = body.parentNode;
    body.remove();
    taken.forEach(item => item.remove());
    page.append(body);
  }

  window.LOOKS = {
    thin,
    state(which) { states[which](); },
    /** {media: "screen" or "print", state} → {check: [fault]} */
    measure({ media, state }) {
      document.getAnimations().forEach(one => { try { one.finish(); } catch (endless) { one.cancel(); } });
      styles = new Map();
      layers = new Map();
      coats = new Map();
      cutters = new Map();
      shapes.clear();
      medium = media;
      base = over(color(getComputedStyle(document.documentElement).backgroundColor), [1, 1, 1, 1]);
      const all = texts();
      const found = { sideways: sideways(), pale: pale(all), faint: faint(), clipped: clipped(all, media), narrow: narrow() };
      if (state !== "open") found.covered = covered(all);
      if (media === "screen") {
        found.small = small();
        found.unnamed = unnamed();
        found.alike = alike();
        found.broken = broken(all);
      }
      return found;
    },
  };
})();
