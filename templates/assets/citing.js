// Citing: the card of a passage, the menu of selected words, what is copied, and words that an address names.
(function () {
  "use strict";
  var form = document.createElement("template");
  form.innerHTML = window.CARD;
  var template = form.content.getElementById("_cite-card");
  var all = SITE.all, copy = EXCERPT.copy, memory = READER.memory, root = document.documentElement;
  var article = document.querySelector("article[data-work]");
  var work = article ? article.dataset.work : "";
  var parts = form.content.getElementById("_excerpt"); // none where the text is not published
  function chars(text) { return Array.from(text); }
  function link(id) { return document.querySelector('a[data-cite="' + CSS.escape(id) + '"]'); }

  // --- excerpts: {id, start, end} in code points of the text as edited, which every view keeps
  function within(words, range) {
    var inside = document.createRange(), before = document.createRange();
    inside.selectNodeContents(words);
    before.selectNodeContents(words);
    if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) inside.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset);
    before.setEnd(inside.startContainer, inside.startOffset);
    var text = String(inside), start = chars(String(before)).length;
    var first = chars(text).length - chars(text.trimStart()).length, size = chars(text.trim()).length;
    return { id: words.id, start: start + first, end: start + first + size };
  }
  function selection() {
    var chosen = getSelection();
    return chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
  }
  function selected() {
    var range = selection();
    if (!range || !parts || root.classList.contains("received")) return [];
    return all(".words[id]").filter(function (words) { return range.intersectsNode(words); })
      .map(function (words) { return within(words, range); })
      .filter(function (one) { return one.start < one.end; });
  }
  function shown(one) { return EXCERPT.cut(document.getElementById(one.id).textContent, one.start, one.end); }
  // a further view may have converted the text: then the text as edited comes from the data
  function edited(id) {
    var found = EXCERPT.text(work, id);
    return found ? found[0] : document.getElementById(id).textContent;
  }
  function ready(then) {
    if (root.dataset.folder) EXCERPT.texts(then);
    else then();
  }
  function address(one) { return EXCERPT.published(here(one), template.dataset.address); }
  // an element of a passage as an excerpt, without the spaces around its words
  function extent(words, element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    return within(words, range);
  }
  // the sentence that holds an excerpt, as an excerpt with its anchor and its number; null if it is in several
  function sentence(one) {
    var words = document.getElementById(one.id), found = null;
    if (!one.end || isWhole(one)) return null;
    all(".s[id]", words).forEach(function (s, at) {
      var it = extent(words, s);
      if (it.start <= one.start && one.end <= it.end) {
        found = { anchor: s.id, number: at + 1, start: it.start, end: it.end };
      }
    });
    return found;
  }
  // the sentence that the address names, which is highlighted
  function lit(id) {
    var words = document.getElementById(id), at = words.querySelector(":target");
    var s = at && at.closest(".s");
    return s ? extent(words, s) : null;
  }
  function here(one) {
    var href = link(one.id).href, of = sentence(one);
    if (!one.end || isWhole(one)) return href;
    if (of && of.start === one.start && of.end === one.end) return href.split("#")[0] + "#" + of.anchor;
    var page = new URL(one.id + ".html", href); // an excerpt is cited on the page of its passage
    page.search = "?w=" + EXCERPT.write(edited(one.id), one.start, one.end);
    page.hash = "#" + one.id;
    return page.href;
  }
  function isWhole(one) {
    var words = document.getElementById(one.id);
    return words && one.start === 0 && one.end === chars(words.textContent).length;
  }
  function number(id) { return link(id).dataset.number || link(id).textContent.trim(); }
  function valued(one) {
    var last = one.last && one.last !== one.id ? "–" + number(one.last) : "";
    var within = sentence(one);
    return {
      number: number(one.id) + last, sentence: within ? within.number : "",
      id: within ? within.anchor : one.id, date: SITE.date, address: address(one)
    };
  }
  function fill(form, one) { return EXCERPT.fill(form, valued(one)); }
  // where an excerpt is, in words
  function place(one) {
    return fill(sentence(one) ? template.dataset.placeOfSentence : template.dataset.place, one);
  }
  function heading(one) {
    var form = template.content.querySelector("h2");
    return fill(sentence(one) ? form.dataset.ofSentence : form.textContent, one);
  }
  function html(form) { return EXCERPT.html(form, template.dataset.turned); }
  // quotation, reference and address as a form with italics; the address only where the reference has none
  function pieces(option, one, words) {
    var quote = template.content.querySelector("[data-quote]").dataset;
    var values = valued(one), to = address(one);
    var forms = [EXCERPT.quotation(option, quote, words, values), EXCERPT.fill(option.dataset.form, values)];
    return forms[1].includes(to) ? forms : forms.concat(to);
  }
  function whole(one, words) {
    return pieces(EXCERPT.chosen(all("option", template.content)), one, words).join("\n");
  }
  function copied(form, button) { copy(EXCERPT.plain(form), button, html(form)); }

  // --- the card of a passage
  var card, marked = [], opened = null;
  // a press on a number or a button may take the selection away, so it is noted before; a key takes nothing away
  function note(event) {
    var from = event.target.closest && event.target.closest("a[data-cite], button[data-act]");
    if (!from || from.closest(".excerpt-menu") || (event.type === "click" && event.detail)) return;
    marked = selected();
  }
  document.addEventListener("pointerdown", note, true);
  document.addEventListener("click", note, true);
  // what a reader sees as chosen in a passage: selected words, those that the address names, else the whole
  function seen(id) {
    var noted = marked.find(function (one) { return one.id === id; });
    return noted || (opened && opened.id === id ? opened : lit(id)) ||
      { id: id, start: 0, end: chars(document.getElementById(id).textContent).length };
  }
  function cite(from, one) {
    if (card) card.remove();
    card = SITE.popover("card");
    card.append(template.content.cloneNode(true));
    card.setAttribute("aria-label", from.getAttribute("aria-label"));
    card.querySelector("h2").textContent = heading(one);
    var to = address(one);
    card.querySelector(".address").textContent = to || place(one);
    card.querySelector(".without-address").hidden = Boolean(to);
    var select = card.querySelector("select"), out = card.querySelector(".styled"), forms;
    function style() {
      var option = select.selectedOptions[0];
      forms = pieces(option, one, shown(one).trim());
      card.querySelector("[data-quote]").innerHTML = html(forms[0]);
      out.innerHTML = html(forms[1]);
      out.lang = option.dataset.lang;
      out.dir = option.dataset.dir || "";
    }
    EXCERPT.chosen(all("option", select)).selected = true;
    select.addEventListener("change", function () {
      memory.set("style", select.value);
      style();
      SITE.settle(card);
    });
    style();
    all("button[data-of]", card).forEach(function (button) {
      button.addEventListener("click", function () {
        var of = button.dataset.of;
        copied(of === "all" ? forms.join("\n") : of === ".styled" ? forms[1] : of === "[data-quote]" ? forms[0] :
          card.querySelector(of).textContent, button);
      });
    });
    // The browser gives the focus back to the element that has it now.  A jump to a sentence takes it from the link.
    from.focus({ preventScroll: true });
    card.showPopover();
    SITE.place(card, from);
    (card.querySelector("button") || card).focus();
  }
  if (HTMLElement.prototype.showPopover) {
    document.addEventListener("click", function (event) {
      var from = event.target.closest("a[data-cite], .words a.sn");
      if (!from || event.ctrlKey || event.metaKey || event.shiftKey) return;
      SITE.hide();
      event.preventDefault();
      if (from.matches(".sn")) { // the sentence is lit, and cited
        var sentence = document.getElementById(from.hash.slice(1));
        location.hash = from.hash;
        ready(function () { cite(from, extent(from.closest(".words"), sentence)); });
        return;
      }
      var id = from.dataset.cite, one = seen(id);
      if (!lit(id)) {
        try { history.replaceState(null, "", from.hash || location.hash); } catch (refused) { location.hash = from.hash; }
      }
      ready(function () { cite(from, one); });
    });
  }
  CITING.open = cite;
  if (!parts) return;

  // --- the menu of selected words
  var words = JSON.parse(parts.dataset.text), menu, pressed = CITING.pressed, timer;
  function quoted(text) { return JSON.stringify(text); } // a scalar of YAML in double quotes
  function once(text, part) { return text.split(part).length === 2; }
  function evidence(one) {
    var text = edited(one.id), code = chars(text), found = code.slice(one.start, one.end), size = found.length, n = 8;
    var whole = found.join("");
    if (size > 40) {
      while (n < size && !(once(text, found.slice(0, n).join("")) && once(text, found.slice(-n).join("")))) n++;
      if (n < size) return "{from: " + quoted(found.slice(0, n).join("")) + ", to: " + quoted(found.slice(-n).join("")) + "}";
    }
    if (once(text, whole)) return quoted(whole);
    var before = 0, after = 0;
    function around() { return code.slice(one.start - before, one.end + after).join(""); }
    while (!once(text, around()) && (one.start > before || one.end + after < code.length)) {
      if (one.start > before) before++;
      if (!once(text, around()) && one.end + after < code.length) after++;
    }
    return "{quote: " + quoted(whole) + ", prefix: " + quoted(code.slice(one.start - before, one.start).join("")) +
      ", suffix: " + quoted(code.slice(one.end, one.end + after).join("")) + "}";
  }
  // of words in several passages: a quotation and a link of the first, and a tag of each
  function over(found) {
    var text = found.map(shown).join("\n");
    return { one: found.length > 1 ? { id: found[0].id, last: found[found.length - 1].id } : found[0], text: text };
  }
  var acts = {
    cite: function (found) { var it = over(found); return whole(it.one, it.text); },
    link: function (found) { var one = over(found).one; return address(one) || place(one); },
    tag: function (found) {
      return found.map(function (one) {
        return parts.dataset.tag.replace("{id}", function () { return one.id; })
          .replace("{evidence}", function () { return evidence(one); });
      }).join("");
    }
  };
  function keep(found, button) {
    var kept = found.every(function (one) {
      return EXCERPT.add({
        work: work, id: one.id, words: shown(one), note: "",
        w: one.end ? EXCERPT.write(edited(one.id), one.start, one.end) : ""
      });
    });
    var word = button.textContent;
    button.textContent = kept ? words.saved : words.closed;
    setTimeout(function () { button.textContent = word; }, 1500);
  }
  function act(button, found) {
    ready(function () {
      if (button.dataset.act === "keep") keep(found, button);
      else if (button.dataset.act === "more") cite(link(found[0].id), found[0]);
      else if (button.dataset.act === "cite") copied(acts.cite(found), button);
      else copy(acts[button.dataset.act](found), button);
    });
  }
  function offer() {
    var found = selected(), range = selection();
    if (menu) { menu.remove(); menu = null; }
    if (!found.length || pressed) return;
    ready(function () {}); // what is needed for the address comes while the reader looks at the menu
    menu = parts.content.querySelector(".excerpt-menu").cloneNode(true);
    menu.addEventListener("pointerdown", function (event) { event.preventDefault(); });
    menu.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) act(button, found);
    });
    var block = document.getElementById(found[found.length - 1].id).closest(".text");
    block.after(menu); // so that Tab leads from the words to the menu
    var rects = range.getClientRects(), at = rects[rects.length - 1] || range.getBoundingClientRect();
    if (menu.showPopover) menu.showPopover();
    var left = Math.max(8, Math.min(at.right - menu.offsetWidth / 2, innerWidth - menu.offsetWidth - 8));
    menu.style.setProperty("left", left + scrollX + "px");
    menu.style.setProperty("top", at.bottom + scrollY + 8 + "px");
  }
  function soon() { clearTimeout(timer); timer = setTimeout(offer, 250); }
  document.addEventListener("pointerdown", function (event) { pressed = !(menu && menu.contains(event.target)); });
  ["pointerup", "pointercancel"].forEach(function (name) {
    document.addEventListener(name, function () { pressed = false; if (!menu || selection() === null) soon(); });
  });
  document.addEventListener("selectionchange", function () {
    if (menu && menu.contains(document.activeElement) && selection()) return;
    soon();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && menu) { menu.remove(); menu = null; }
  });

  // --- the buttons of the page of a passage, and those of its panel
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-act]");
    if (!button || button.closest(".excerpt-menu")) return;
    var id = button.dataset.on || button.closest("[data-passage]").dataset.passage;
    act(button, [seen(id)]);
  });

  // --- copying: the words of the text alone, with their address
  document.addEventListener("copy", function (event) {
    var range = selection(), found = selected();
    if (!range || !found.length || !article || !article.contains(range.commonAncestorContainer)) return;
    var blocks = all(".words[id], h2.content, h3.content, h4.content", article)
      .filter(function (block) { return range.intersectsNode(block); });
    var texts = blocks.map(function (block) {
      var one = within(block, range);
      return EXCERPT.cut(block.textContent, one.start, one.end);
    }).filter(Boolean);
    if (blocks.length === 1 && chars(texts[0]).length < 8) return; // a word that is looked up
    var one = over(found).one, href = address(one), quote = document.createElement("blockquote");
    var title = heading(one);
    if (href) quote.cite = href;
    texts.forEach(function (text) { quote.append(SITE.make("p", "", text)); });
    var source = SITE.make("p"), to = SITE.make(href ? "a" : "span", "", parts.dataset.title + " " + title);
    if (href) to.href = href;
    source.append(to);
    event.clipboardData.setData("text/plain", texts.join("\n\n") + "\n\n" + (href || place(one)));
    event.clipboardData.setData("text/html", quote.outerHTML + source.outerHTML);
    event.preventDefault();
  });

  // --- words that the address names
  function mark(passage, start, end) {
    var range = document.createRange(), at = 0;
    var walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    function place(offset, node) { return chars(node.data).slice(0, offset).join("").length; }
    while (walker.nextNode()) {
      var node = walker.currentNode, size = chars(node.data).length;
      if (at <= start && start < at + size) range.setStart(node, place(start - at, node));
      if (at < end && end <= at + size) { range.setEnd(node, place(end - at, node)); break; }
      at += size;
    }
    if (window.Highlight && CSS.highlights) CSS.highlights.set("cited", new Highlight(range));
    else getSelection().addRange(range);
    opened = { id: passage.id, start: start, end: end };
    all(".acts .go").forEach(function (go) { go.search = location.search; }); // the same words in the whole text
  }
  function short(text) {
    var code = chars(text);
    return code.length > 40 ? code.slice(0, 18).join("") + words.omission + code.slice(-18).join("") : text;
  }
  function say(found, values) {
    var notice = parts.content.querySelector(".cited-notice").cloneNode(true);
    notice.querySelector("b").textContent = "start" in found ? words.here : words.gone;
    notice.querySelector("[data-say]").textContent = words[found.how].replace(/\{(words|edition|now)\}/g, function (form, name) {
      return values[name];
    });
    notice.querySelector("button").addEventListener("click", function () {
      if (window.Highlight && CSS.highlights) CSS.highlights.delete("cited");
      opened = null;
      notice.remove();
      try { history.replaceState(null, "", location.pathname + location.hash); } catch (refused) { /* stays */ }
    });
    var slot = document.getElementById("_cited");
    if (slot) slot.replaceChildren(notice);
    else document.body.append(notice);
    notice.classList.toggle("over", !slot);
  }
  function open() {
    var given = EXCERPT.parse(new URLSearchParams(location.search).get("w"));
    var id = decodeURIComponent(location.hash.slice(1));
    var passage = given && (document.getElementById(id) || document.querySelector(".single .words"));
    if (!passage || !passage.matches(".words[id]")) return;
    var text = passage.textContent;
    function judge() {
      var found = EXCERPT.find(given, EXCERPT.text(work, passage.id) || [text]), size = given.end - given.start;
      var kept = found.how === "lost" && EXCERPT.list().find(function (one) {
        return one.work === work && one.id === passage.id && one.w.split(".")[1] === given.digest;
      });
      if (kept) found = { how: "kept", words: String(kept.words) };
      var start = "start" in found ? found.start : given.start;
      var end = Math.min(start + size, chars(text).length);
      if (start < end) mark(passage, start, end);
      say(found, {
        words: short(found.words || EXCERPT.cut(text, start, end)), edition: found.edition || "",
        now: short(EXCERPT.cut(text, start, end)) || "—"
      });
    }
    // the text of the page decides where it can; else the data has the text as edited, and earlier ones
    if (EXCERPT.find(given, [text]).how === "same") judge();
    else EXCERPT.texts(judge);
  }
  open();
  soon(); // the words that were selected before this script was there
})();
