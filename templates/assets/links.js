// Every page: the way to the other views, previews.
(function () {
  "use strict";
  var root = document.documentElement;
  var memory = READER.memory;
  var rightToLeft = root.dir === "rtl";
  var base = new URL("../" + (root.dataset.folder ? root.dataset.folder + "/" : ""), document.currentScript.src).href;
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }
  function make(name, kind, text) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  // --- the other views, at the same place
  function here() {
    var found = "", line = Math.max(96, parseFloat(getComputedStyle(root).scrollPaddingTop) + 8);
    all(".reading article [id]:not(.s, .gone, .note *), .prose [id], .item[id]").some(function (one) {
      // where a link to it would put it, or higher
      if (one.getBoundingClientRect().top - parseFloat(getComputedStyle(one).scrollMarginTop) > line) return true;
      found = one.id;
    });
    return scrollY > 200 ? found : "";
  }
  all("a.script").forEach(function (link) {
    link.addEventListener("click", function () {
      memory.set("script", link.lang);
      var place = location.hash || (here() && "#" + here());
      link.hash = scrollY > 200 && here() ? "#" + here() : place;
      link.search = location.search;
    });
  });

  // --- arrow keys walk every matrix, be it of checkboxes or of links
  all(".cells, .compass table, .matrix table").forEach(function (table) {
    var rows = all("tbody tr", table).map(function (row) { return all("input, td a.chip", row); });
    table.addEventListener("keydown", function (event) {
      var on = rightToLeft ? -1 : 1;
      var step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -on], ArrowRight: [0, on] }[event.key];
      if (!step) return;
      rows.forEach(function (row, y) {
        var x = row.indexOf(event.target);
        if (x < 0) return;
        var next = (rows[y + step[0]] || [])[x + step[1]];
        if (next) { event.preventDefault(); next.focus(); }
      });
    });
  });

  // --- popovers: one for previews, one for citing
  function popover(kind) {
    var made = make("div", kind);
    made.setAttribute("popover", "auto");
    document.body.append(made);
    return made;
  }
  function place(box, link) {
    var at = link.getClientRects()[0] || link.getBoundingClientRect();
    var wide = box.offsetWidth, high = box.offsetHeight;
    var left = Math.max(8, Math.min(rightToLeft ? at.right - wide : at.left, innerWidth - wide - 8));
    var below = at.bottom + 6 + high < innerHeight || at.top < high;
    box.style.setProperty("left", left + "px");
    box.style.setProperty("top", (below ? at.bottom + 6 : at.top - high - 6) + "px");
    settle(box);
  }
  // A box stays where it can be reached: it does not scroll with the page.
  function settle(box) {
    var at = box.getBoundingClientRect();
    box.style.setProperty("top", Math.max(8, Math.min(at.top, innerHeight - at.height - 8)) + "px");
  }

  // --- previews
  var box, timer, shown;
  // what links hold is fetched when it is first asked for, as a script: a page on disk can fetch nothing else
  function load(then) {
    if (window.PREVIEWS) { then(); return; }
    var script = document.querySelector("script[data-previews]");
    if (!script) {
      script = make("script");
      script.dataset.previews = "";
      script.src = document.body.dataset.previews;
      document.head.append(script);
    }
    script.addEventListener("load", then, { once: true });
  }
  // The address of a link.  In a picture (SVG) the property "href" is an object and not a text.
  function address(link) { return new URL(link.getAttribute("href"), document.baseURI).href; }
  function entry(link) {
    if (link.closest(".skip, .places, .trail, .preview, .strip, .rail, .masthead, .num")) return null;
    if (!window.PREVIEWS || !address(link).startsWith(base)) return null;
    var key = address(link).slice(base.length);
    var part = /^(.+)\/index\.html#(.+)$/.exec(key);
    return PREVIEWS[key] || (part && PREVIEWS[part[1] + "/" + part[2] + ".html"]) || null;
  }
  // [large
  // The previews of the passages of a work are in a file of the work.  Whether it is loaded first, and then shown.
  var asked = {};
  function isLater(link, then) {
    if (!window.PREVIEWS || entry(link) || !address(link).startsWith(base)) return false;
    var work = address(link).slice(base.length).split("/")[0], known = asked[work];
    if (!/^[\w-]+$/.test(work) || known === "done") return false;
    var script = known || make("script");
    script.addEventListener("load", function () {
      if (window.PREVIEWS_OF) Object.assign(PREVIEWS, window.PREVIEWS_OF);
      asked[work] = "done";
      then();
    }, { once: true });
    script.addEventListener("error", function () { asked[work] = "done"; then(); }, { once: true });
    if (known) return true;
    asked[work] = script;
    script.src = document.body.dataset.previews.replace(/\.js$/, "/" + work + ".js");
    document.head.append(script);
    return true;
  }
  // large]
  function show(link, tapped) {
    // [large
    if (isLater(link, function () {
      if (tapped) { if (!show(link, true)) location.href = address(link); }
      else if (link.matches(":hover, :focus-visible")) show(link);
    })) return true;
    // large]
    var found = entry(link);
    if (!found) return false;
    box = box || popover("preview");
    box.replaceChildren(make("p", "head", found[0]));
    // the words of the text first, then what the editors say of them
    if (found[4]) {
      var source = make("p", "source-words", found[4]);
      if (found[5]) source.lang = found[5];
      box.append(source);
    }
    var words = make("p", "", found[1]);
    if (found[3]) words.lang = found[3];
    box.append(words);
    if (found[2]) {
      var chips = make("p", "chips");
      found[2].forEach(function (chip) {
        var made = make("span", "chip", chip[1]);
        made.dataset.cell = chip[0];
        chips.append(made);
      });
      box.append(chips);
    }
    if (tapped) {
      var go = make("a", "go", document.body.dataset.go);
      go.href = address(link);
      box.append(go);
    }
    // the browser's own tooltip would say the same again
    if (link.title) {
      link.dataset.title = link.title;
      link.removeAttribute("title");
    }
    box.showPopover();
    place(box, link);
    shown = link;
    return true;
  }
  function hide() {
    clearTimeout(timer);
    if (box && shown) box.hidePopover();
    if (shown && shown.dataset.title) shown.title = shown.dataset.title;
    shown = null;
  }
  function later(act, wait) { clearTimeout(timer); timer = setTimeout(act, wait); }
  if (HTMLElement.prototype.showPopover) {
    document.addEventListener("pointerover", function (event) {
      var link = event.pointerType === "mouse" && event.target.closest("a[href]");
      if (link && link !== shown) later(function () { load(function () { hide(); show(link); }); }, 250);
      else if (shown && !event.target.closest(".preview") && !link) later(hide, 300);
      else if (shown) clearTimeout(timer);
    });
    document.addEventListener("focusin", function (event) {
      var link = event.target.closest("a[href]");
      if (link && link.matches(":focus-visible")) {
        load(function () { if (document.activeElement === link) { hide(); show(link); } });
      }
      else if (!event.target.closest(".preview")) hide();
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (!link || event.pointerType !== "touch" || link === shown || link.closest(".preview")) return;
      if (!window.PREVIEWS) {
        event.preventDefault();
        load(function () { if (!show(link, true)) location.href = address(link); });
      } else if (show(link, true)) event.preventDefault();
    });
  }

  // --- the day, which is not known when the page is made
  var today = new Date();
  var date = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map(function (n) { return String(n).padStart(2, "0"); }).join("-");
  all("[data-date]").forEach(function (one) { one.textContent = "[" + date + "]"; });
  window.SITE = { all: all, make: make, popover: popover, place: place, settle: settle, hide: hide, date: date };
})();
