"""The built site in Chromium, opened from disk as a reader opens it.

:mod:`test_looks` measures how the pages look, and has axe check them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import proof_tools
import pytest
import views
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from proof_tools import ROOT, TINY, Built
from views import ENGLISH, HANS, LANGUAGES, TREES

from site_builder.edition import addresses
from site_builder.language import folding
from site_builder.language import language as languages
from site_builder.model import Passage
from site_builder.site import assets
from site_builder.site.filters import PICK

pytestmark = pytest.mark.browser

# The last four keep the browser from calling its maker at every start, which no test could distinguish from
# requests of a page.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = {390: 844, 768: 1024, 1440: 900}
VIEWS = {**TREES, "en": ENGLISH}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
GOOD = (*RULES, "best-practice")
# What a page says of itself only with JavaScript, or only without.
BY_SCRIPT = "noscript, .settings, .needs-script, [role=status], [data-date], #_found"

Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def site() -> Built:
    return proof_tools.on_disk_once(ROOT)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = proof_tools.browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(chromium: Browser) -> Iterator[Opener]:
    """Provides one page for each set of context options, since a new page takes longer than most tests."""
    made: dict[str, Page] = {}

    def give(width: int = 1440, reader: str = "", **options: object) -> Page:
        """``reader`` names a reader with separate storage: settings are kept from page to page."""
        key = reader + json.dumps(options, sort_keys=True)
        if key not in made:
            calm = {"reduced_motion": "reduce", **options}
            made[key] = chromium.new_context(**calm).new_page()  # type: ignore[arg-type]
        made[key].set_viewport_size({"width": width, "height": WIDTHS[width]})
        return made[key]

    yield give
    for page in made.values():
        page.context.close()


def address(site: Built, name: str, fragment: str = "", query: str = "") -> str:
    uri = (site.root / name).as_uri()
    return uri + (f"?{query}" if query else "") + (f"#{quote(fragment)}" if fragment else "")


def data(site: Built) -> dict[str, Any]:
    """The exports of the site, with which its pages are compared."""
    found: dict[str, Any] = json.loads((site.root / "data" / "passages.json").read_text(encoding="utf-8"))
    return found


def passage_at(site: Built, share: float) -> Passage:
    """The passage at a share of the first work's passages, from 0 (the first) to below 1."""
    passages = site.project.works[0].passages
    return passages[int(share * len(passages))]


def kinds(site: Built, *trees: str) -> list[str]:
    """One address for every kind of page, in all views or in those named (``hant``, ``hans``, ``en``)."""
    return [VIEWS[tree] + name for tree in trees or VIEWS for name in site.kinds.values()]


def soon(page: Page, true: Callable[[], bool]) -> bool:
    """Whether a condition becomes true: a page can scroll, and the search loads its data on demand."""
    for _ in range(40):
        if true():
            return True
        page.wait_for_timeout(50)
    return False


@contextmanager
def watched(page: Page, root: Path) -> Iterator[list[str]]:
    """Collects forbidden events while a page is open: external requests, failures, error messages."""
    messages: list[str] = []
    inside = root.as_uri() + "/"

    def asked(request: Request) -> None:
        if not request.url.startswith(inside):
            messages.append(f"asked for {request.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was opened before the icon had come
            messages.append(f"did not get {request.url}: {request.failure}")

    def complained(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            messages.append(f"{message.type}: {message.text}")

    def broke(error: Exception) -> None:
        messages.append(f"broke: {error}")

    listeners = {"request": asked, "requestfailed": failed, "console": complained, "pageerror": broke}
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield messages
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


# --- every page -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What one load of a page shows; several tests read it, since loading takes most of their time."""

    messages: list[str]
    too_wide: list[str]
    """What does not fit into the windows of its view (``WINDOWS``)."""
    words: str = ""
    """The visible text, of a page that represents its kind."""
    first_stop: tuple[str, float] = ("", 0)
    """The address of the first link that Tab reaches, and its right edge."""


Visits = Callable[[str], Mapping[str, Visit]]

WINDOWS = {"hant": (320, 1440), "hans": (320,), "en": (320,)}
"""View → the widths at which each of its pages must fit; test_looks.py has all widths, for each kind."""
EVERY_PAGE = ("hant", "en")
"""The views of which every page is loaded.  The third has the markup of the first, which test_site_proof.py
compares, so one page of each kind is loaded.
"""
WIDEST = """width => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > width + 0.5)
    .slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className).join(', ')"""
FIRST_STOP = """() => [document.activeElement.getAttribute('href'),
    document.activeElement.getBoundingClientRect().right]"""


@pytest.fixture(scope="module")
def visits(site: Built, opened: Opener) -> Visits:
    """Loads every page of a view once."""
    made: dict[str, dict[str, Visit]] = {}

    def visit(page: Page, name: str, windows: Sequence[int], *, represents_its_kind: bool) -> Visit:
        first_stop, words = ("", 0), ""
        too_wide = []
        with watched(page, site.root) as messages:
            page.goto(address(site, name))
            for window in windows:
                low(page, window)
                width = page.evaluate("document.documentElement.scrollWidth")
                if width > window:
                    widest = page.evaluate(WIDEST, window)
                    too_wide.append(f"{width} px wide in a window of {window} px: {widest}")
            if represents_its_kind:
                page.keyboard.press("Tab")
                first_stop = page.evaluate(FIRST_STOP)
                low(page, NARROW)
                words = visible_words(page)
        return Visit(messages=messages, too_wide=too_wide, words=words, first_stop=first_stop)

    def give(tree: str) -> Mapping[str, Visit]:
        if tree not in made:
            page = opened(reader="of every page")
            for_kinds = set(kinds(site, tree))
            # a page is loaded in the window that the page before it left
            windows = (WINDOWS[tree], WINDOWS[tree][::-1])
            made[tree] = {
                name: visit(page, name, windows[number % 2], represents_its_kind=name in for_kinds)
                for number, name in enumerate(site.names_in_view(VIEWS[tree]))
                if tree in EVERY_PAGE or name in for_kinds
            }
        return made[tree]

    return give


NARROW = 390


def low(page: Page, width: int) -> None:
    """Make the window of a page low: the layout stays, and most of the time of a page is its painting."""
    if page.viewport_size != {"width": width, "height": 100}:
        page.set_viewport_size({"width": width, "height": 100})


def visible_words(page: Page) -> str:
    """The visible text, apart from what a page says only with JavaScript, or only without."""
    page.evaluate("what => document.querySelectorAll(what).forEach(e => e.remove())", BY_SCRIPT)
    words: str = page.evaluate("document.body.innerText")
    return words


@pytest.mark.parametrize("tree", VIEWS)
def test_every_page_loads_nothing_else_reports_no_error_and_fits_its_window(
    visits: Visits, tree: str
) -> None:
    found = visits(tree)
    assert len(found) > 10
    faults = [f"{name}: {what}" for name, visit in found.items() for what in visit.messages]
    faults += [f"{name}: {what}" for name, visit in found.items() for what in visit.too_wide]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("tree", VIEWS)
def test_the_text_is_the_same_without_javascript(
    site: Built, opened: Opener, visits: Visits, tree: str
) -> None:
    page = opened(java_script_enabled=False)
    low(page, NARROW)
    differ = []
    for name in kinds(site, tree):
        page.goto(address(site, name))
        words = visible_words(page)
        assert len(words) > 100
        # what a reader keeps is in the browser, and only a script can show it
        if words != visits(tree)[name].words and not name.endswith("collection.html"):
            differ.append(name)
    assert not differ


@pytest.mark.parametrize("tree", VIEWS)
def test_the_first_stop_of_the_keyboard_leads_to_the_content(site: Built, visits: Visits, tree: str) -> None:
    content = {VIEWS[tree] + addresses.reading(work.id): work.passages[0].id for work in site.project.works}
    for name in kinds(site, tree):
        if name.endswith("search.html"):
            continue  # the box has the focus when the page opens
        href, right = visits(tree)[name].first_stop
        assert href == f"#{content.get(name, '_main')}", name
        assert right > 0, name


def test_the_test_would_see_a_violation(opened: Opener, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        """<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"
        content="style-src 'self'"><title>x</title><p style="color: red">x</p>
        <img src="http://127.0.0.1:9/x.png" alt=""><script>console.warn("w"); missing()</script>""",
        encoding="utf-8",
    )
    page = opened()
    with watched(page, tmp_path) as messages:
        page.goto(bad.as_uri())
        page.wait_for_timeout(300)
    for fault in (
        "Content Security Policy",
        "asked for http:",
        "did not get http:",
        "warning: w",
        "broke: missing",
    ):
        assert any(fault in line for line in messages), (fault, messages)


def test_the_search_page_says_what_to_do_without_javascript(site: Built, opened: Opener) -> None:
    page = opened(java_script_enabled=False)
    page.goto(address(site, "search.html"))
    assert page.evaluate("document.querySelectorAll('noscript a').length") >= 2
    assert page.locator("noscript a").first.is_visible()


# --- moving about ---------------------------------------------------------------------------------


COVERED = """id => {
    location.hash = "";
    location.hash = id;
    const unit = document.getElementById(id).closest(".unit");
    return [...unit.querySelectorAll(".num, .summary")].filter(one => {
        const box = one.getBoundingClientRect();
        return !unit.contains(document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + 3));
    }).map(one => one.className);
}"""
"""The classes of the number and of the summary of a passage that are covered where a link to it leads."""
IN_VIEW = """id => { const e = document.getElementById(id), r = e.getBoundingClientRect();
    const whole = r.top > -4 && r.top < innerHeight - 40 && r.bottom > 0;
    return whole && e === document.querySelector(':target') }"""


@pytest.mark.parametrize(("tree", "width"), [("hant", 390), ("hans", 1440), ("en", 390)])
def test_a_fragment_shows_its_target(site: Built, opened: Opener, tree: str, width: int) -> None:
    page = opened(width)
    missed = []
    for name in site.kinds.values():
        ids = [i for i in site.pages[VIEWS[tree] + name].ids if not i.startswith("_")]
        if name == site.kinds["reading"]:
            ids = [p.id for p in site.project.works[0].passages]
        for nth, id_ in enumerate(dict.fromkeys([*ids[11:12], *ids[-1:]])):
            if nth:
                page.evaluate("id => { location.hash = id }", id_)
            else:
                page.goto(address(site, VIEWS[tree] + name, id_))
            if not in_view(page, id_):
                missed.append(f"{name}#{id_}")
    assert not missed


def in_view(page: Page, id_: str) -> bool:
    return soon(page, lambda: bool(page.evaluate(IN_VIEW, id_)))


@pytest.mark.parametrize(("tree", "width"), [("hant", 390), ("hant", 1440), ("en", 768), ("en", 1440)])
def test_a_link_to_a_passage_shows_its_number_and_its_summary(
    site: Built, opened: Opener, tree: str, width: int
) -> None:
    """The number and, in a translation, the summary are above the words; the bar covers neither."""
    page = opened(width)
    page.goto(address(site, VIEWS[tree] + site.kinds["reading"]))
    covered = [one.id for one in site.project.works[0].passages if page.evaluate(COVERED, one.id)]
    assert covered == []
    if tree == "en":
        page.evaluate("document.getElementById('_summaries').click()")
        id_ = passage_at(site, 0.8).id
        assert page.evaluate(COVERED, id_) == []


def test_a_page_leads_to_its_other_views_and_back(site: Built, opened: Opener) -> None:
    """The links of every page are those that test_site_proof.py wants; three kinds show that they work."""
    page = opened(reader="of all")
    for number, kind in enumerate(("reading", "home", "passage")):
        name = site.kinds[kind]
        page.goto(address(site, name))
        for view in ((HANS, ENGLISH, ""), (ENGLISH, HANS, ""))[number % 2]:
            page.click(f"a.script[hreflang={LANGUAGES[view]}]")
            page.wait_for_url(address(site, view + name))
            assert page.evaluate("document.documentElement.lang") == LANGUAGES[view]


def test_the_script_that_was_chosen_is_remembered(site: Built, opened: Opener) -> None:
    page = opened(reader="of Simplified")
    page.goto(address(site, "index.html"))
    page.click("a.script[hreflang=zh-Hans]")
    page.wait_for_url(address(site, f"{HANS}index.html"))
    id_ = passage_at(site, 0.3).id
    page.goto(address(site, site.kinds["reading"], id_))
    page.wait_for_url(address(site, HANS + site.kinds["reading"], id_))
    assert in_view(page, id_)


# --- the filter of the reading page ---------------------------------------------------------------


STATE = """() => [...document.querySelectorAll('.unit')].map(unit => ({
    id: unit.dataset.passage, tags: unit.dataset.tags.split(' '),
    whole: getComputedStyle(unit.querySelector('.words')).opacity === '1',
    shown: [...unit.querySelectorAll('.text [data-cell]')]
        .filter(mark => getComputedStyle(mark).textDecorationLine === 'underline')
        .map(mark => mark.dataset.cell) }))"""


PICKED = f"""ids => {{
    const boxes = ids.map(id => document.getElementById(id));
    boxes.forEach(box => {{ box.checked = true }});
    const found = ({STATE})();
    boxes.forEach(box => {{ box.checked = false }});
    return found;
}}"""
"""The state with some boxes ticked; a press of the mouse on each would scroll the long page every time."""


STYLED = """() => [
    [...document.querySelectorAll('link[rel=stylesheet], style')]
        .map(e => (e.href || '').split('/').pop() + e.textContent),
    [...document.querySelectorAll(':has(.unit), .unit, .unit *, .filter, .filter *')].map(e =>
        [e.localName, e.parentElement && e.parentElement.localName, e.checked,
        ...['class', 'id', 'type', 'name', 'data-passage', 'data-tags', 'data-cell']
            .map(name => e.getAttribute(name))])]"""
"""What the rules of the filter go by: the style sheets of a page, and the elements that they select."""


def open_reading_page(site: Built, opened: Opener, tree: str) -> Page:
    page = opened(java_script_enabled=False)
    page.goto(address(site, TREES[tree] + site.kinds["reading"]))
    page.evaluate("document.querySelectorAll('.instrument').forEach(e => { e.open = true })")
    return page


@pytest.mark.parametrize("tree", TREES)
def test_each_choice_of_the_filter_dims_the_other_passages_without_javascript(
    site: Built, opened: Opener, tree: str
) -> None:
    page = open_reading_page(site, opened, tree)
    ids = page.locator(".filter [data-group] input").evaluate_all("all => all.map(box => box.id)")
    names = [id_.removeprefix(PICK) for id_ in ids]
    assert sum(name.startswith("c-") for name in names) == len(site.project.grid.cells)
    assert all(unit["whole"] and not unit["shown"] for unit in page.evaluate(STATE))
    choices = [*zip(ids, names, strict=True)]
    if tree != "hant":  # the same rules for the same elements: a few choices show that they work
        styled = page.evaluate(STYLED)
        assert len(styled[0]) > 2
        assert len(styled[1]) > 1000
        page = open_reading_page(site, opened, "hant")
        assert page.evaluate(STYLED) == styled
        page = open_reading_page(site, opened, tree)
        choices = choices[::8]
    for id_, name in choices:
        units = page.evaluate(PICKED, [id_])
        wrong = [unit["id"] for unit in units if unit["whole"] != (name in unit["tags"])]
        assert not wrong, name
        if name.startswith("c-"):
            evidence = name[2:]
            bare = [u["id"] for u in units if u["whole"] and evidence not in u["shown"]]
            assert not bare, name
            assert all(mark == evidence for unit in units for mark in unit["shown"]), name
    page.locator(f"#{ids[0]}").check()
    assert page.evaluate(STATE) == page.evaluate(PICKED, [ids[0]])


def test_a_cell_and_a_relation_chosen_together_must_be_those_of_one_tag(site: Built, opened: Opener) -> None:
    page = open_reading_page(site, opened, "hant")
    passages = data(site)["passages"]
    poles = {pole.id: pole for pole in site.project.grid.poles}
    for cell in site.project.grid.cells:
        for relation in [term.id for term in site.project.grid.relations[:2]]:
            boxes = [f"{PICK}c-{addresses.cell_slug(cell, poles)}", f"{PICK}r-{relation}"]
            found = {unit["id"] for unit in page.evaluate(PICKED, boxes) if unit["whole"]}
            wanted = {
                passage["id"]
                for passage in passages
                if any((tag["cell"], tag["relation"]) == (cell.id, relation) for tag in passage["cells"])
            }
            assert found == wanted, (cell.id, relation)


def test_all_evidence_can_be_shown_without_javascript(site: Built, opened: Opener) -> None:
    page = opened(java_script_enabled=False)
    page.goto(address(site, site.kinds["reading"]))
    page.locator(".evidence [value=all]").check()
    units = page.evaluate(STATE)
    assert all(unit["whole"] for unit in units)
    tagged = [unit for unit in units if any(name.startswith("c-") for name in unit["tags"])]
    assert tagged
    assert all(unit["shown"] for unit in tagged)


SENTENCES = """() => [...document.querySelectorAll('.unit .sn')].map(e => ({
    id: e.getAttribute('href').slice(1), width: e.getBoundingClientRect().width,
    number: [...e.closest('.words').querySelectorAll('.sn')].indexOf(e) + 1,
    named: Number(e.getAttribute('aria-label').match(/\\d+(?=\\D*$)/)[0]),
    counted: getComputedStyle(e, '::before').content === 'counter(sentence)' &&
        getComputedStyle(e.closest('.words')).counterReset === 'sentence 0',
    begins: !!document.getElementById(e.getAttribute('href').slice(1)) }))"""


@pytest.mark.parametrize("tree", TREES)
def test_the_numbers_of_sentences_can_be_shown_without_javascript(
    site: Built, opened: Opener, tree: str
) -> None:
    page = open_reading_page(site, opened, tree)
    text = page.inner_text(".unit .words >> nth=5")
    assert all(number["width"] == 0 for number in page.evaluate(SENTENCES))
    page.locator("#_show-sentences").check()
    found = page.evaluate(SENTENCES)
    work = site.project.works[0]
    assert [number["id"] for number in found] == [
        anchor.id for anchor in work.sentences if anchor.fate == "live"
    ]
    assert all(number["width"] > 0 and number["begins"] for number in found)
    assert all(number["id"].endswith(f"-s{number['number']}") for number in found)
    assert all(number["counted"] and number["number"] == number["named"] for number in found)
    assert page.locator(".for-sentences").is_visible()
    assert page.inner_text(".unit .words >> nth=5") == text, "a number is no word of the text"
    page.locator("a.sn").nth(2).click()
    page.wait_for_url(address(site, TREES[tree] + site.kinds["reading"], found[2]["id"]))
    assert in_view(page, found[2]["id"])


# --- search ---------------------------------------------------------------------------------------

HAN = "[\u4e00-\u9fff]"
QUERIES = ("Straße Œuvre İstanbul", "e\u0301té ÑANDÚ ħŋ", "ΆΣΣΟΣ ςη", "йод Ёлка", "مُحَمَّد كتـــاب أإآٱ ىة")
QUERIES += ("が カ ﾊﾟ", "臺灣什麼 ㎡ １２", "ﬁne ½ Ⅷ", "한국어", "हिन्दी", "𠮷𫝈", "I\u0307 \u0344")


def test_the_script_of_the_search_makes_the_keys_of_the_tool(opened: Opener) -> None:
    script = (assets.TEMPLATES / "assets" / "finding.js").read_text(encoding="utf-8")
    functions = script[script.index("var known") : script.index("// --- what was typed")]
    folds = json.dumps(folding.fold_map_for({char for text in QUERIES for char in folding.fold(text)[0]}))
    code = f"texts => {{ var SEARCH = {{fold: {folds}}}; {functions} return texts.map(t => fold(t).key); }}"
    assert opened().evaluate(code, list(QUERIES)) == [folding.fold(text)[0] for text in QUERIES]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("zh-Hant", "他說「好『甚好』」，“不”「未完"),
        ("zh-Hans", "他说“好‘甚好’不”，don’t"),
        ("en", "He says “don’t ‘go’ there” and ‘stay’, the boys’ “open"),
        ("de", "„Ja ‚nein‘“"),
        ("fr", "«oui» non"),
    ],
)
def test_the_script_of_a_page_exchanges_marks_as_the_tool_does(opened: Opener, tag: str, words: str) -> None:
    script = (assets.TEMPLATES / "assets" / "excerpt.js").read_text(encoding="utf-8")
    function = script[script.index("function nested") : script.index("// Where the words")]
    marks = "".join(mark for pair in languages.of(tag).quotes for mark in pair)
    made = opened().evaluate(
        f"([words, marks]) => {{ {function} return nested(words, marks); }}", [words, marks]
    )
    assert made == languages.of(tag).nested(words)


# --- the file that holds all pages ----------------------------------------------------------------


@pytest.mark.parametrize("name", views.twins(addresses.ONEFILE, views.LANGUAGES))
def test_the_file_of_all_pages_goes_to_each_place_without_javascript(
    site: Built, opened: Opener, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "alone.html"
    copy.write_bytes((site.root / name).read_bytes())
    page = opened(390, java_script_enabled=False)
    with watched(page, tmp_path) as messages:
        page.goto(copy.as_uri())
        assert page.locator("h1").first.is_visible()
        page.goto("about:blank")
        id_ = passage_at(site, 0.3).id
        page.goto(copy.as_uri() + f"#{id_}")
        assert in_view(page, id_)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [line for line in messages if "about:blank" not in line] == []


@pytest.mark.parametrize("source", [ROOT, TINY], ids=["repository", "tiny"])
def test_every_word_of_the_file_of_all_pages_is_shown_found_and_printed(
    opened: Opener, tmp_path: Path, source: Path
) -> None:
    """The browser finds only what is shown (``window.find``), and paper has only that.

    A search of a long file takes seconds, so the small project alone is searched and printed.
    """
    copy = tmp_path / "alone.html"
    copy.write_bytes(proof_tools.made(source)[addresses.ONEFILE])
    page = opened()
    page.goto(copy.as_uri())
    shown = page.evaluate(SHOWN_OF_EACH_PAGE, ", ".join(OTHERWISE_SHOWN))
    assert len(shown) > 20
    assert [(id_, hidden) for id_, hidden, _ in shown if hidden] == []
    if source == TINY:
        for _, _, words in shown:
            assert page.evaluate("words => window.find(words, true, false, true)", words), words
        assert not page.evaluate("window.find('不會有的字串', true, false, true)")
        headings = page.locator("h1").evaluate_all("all => all.map(e => e.innerText)")
        assert len(headings) == len(shown)
        paper = plain(proof_tools.on_paper(page, tmp_path / "all.pdf").text)
        assert [heading for heading in headings if not printed(plain(heading), paper)] == []


SHOWN_OF_EACH_PAGE = """skipped => [...document.querySelectorAll('.page')].map(page => {
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    const hidden = [];
    let last = '';
    for (let node; (node = walker.nextNode());) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest(skipped)) continue;
        if (parent.checkVisibility({contentVisibilityAuto: false})) last = node.data.trim();
        else hidden.push(node.data.trim());
    }
    return [page.id, hidden.slice(0, 3).join(' | '), last.slice(-12)];
})"""
"""(Id of a page, words in it that are not shown, its last words)."""
OTHERWISE_SHOWN = {
    ".picture": "one of the forms of a picture is shown",
    ".legend": "the legend of marks is shown with them",
    ".signs": "the signs of a folded note; every note is unfolded",
    ".reading-choice": "all readings are shown",
    ".needs-script, template": "for scripts; the file has none",
}


# --- accessibility --------------------------------------------------------------------------------

AXE = """async rules => (await axe.run(document, {runOnly: {type: rules.by, values: rules.names},
    rules: Object.fromEntries((rules.apart || []).map(name => [name, {enabled: false}])),
    resultTypes: ['violations']})).violations
    .map(v => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.length} times, first `
        + `${v.nodes[0].target.join(' ')}: ${v.nodes[0].failureSummary.replace(/\\s+/g, ' ')}`)"""


def test_the_dark_scheme_changes_colours_alone(site: Built) -> None:
    """Style sheets use only ``light-dark()``, which takes colours, and ``color-scheme``."""
    by_theme = []
    for name in sorted(n for n in site.files if n.endswith(".css")):
        sheet = re.sub(r"/\*.*?\*/", "", (site.root / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "prefers-color-scheme" not in sheet, name
        by_theme += re.findall(r"data-theme[^{]*\{([^}]*)\}", sheet)
    assert by_theme
    assert {part.partition(":")[0].strip() for rule in by_theme for part in rule.split(";")} <= {
        "",
        "color-scheme",
    }


def test_axe_would_find_a_fault(opened: Opener, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<!doctype html><title>x</title><p style="color: #aaa">some words</p><img src="x.png">',
        encoding="utf-8",
    )
    page = opened(color_scheme="light", bypass_csp=True)
    page.goto(bad.as_uri())
    page.evaluate(proof_tools.axe())
    found = " ".join(page.evaluate(AXE, {"by": "tag", "names": RULES}))
    assert all(rule in found for rule in ("image-alt", "html-has-lang", "color-contrast"))


def test_the_dark_scheme_is_dark(site: Built, opened: Opener) -> None:
    brightness = []
    for scheme in ("light", "dark"):
        page = opened(color_scheme=scheme, bypass_csp=True)
        page.goto(address(site, "index.html"))
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness.append(sum(map(float, re.findall(r"[\d.]+", color)[:3])))
    assert brightness[0] > 600 > 150 > brightness[1]


# --- paper ----------------------------------------------------------------------------------------


NOTE = "※"
"""The sign of an editor's note, which a style sheet writes."""


LABELS = "marks => marks.map(mark => mark.dataset.label)"


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(text: str, whole: str) -> bool:
    """Whether words are in what was read from a PDF, where 见 may come back as the radical ⻅."""
    return bool(re.search("".join(f"[{re.escape(char)}\u2e80-\u2eff]" for char in text), whole))


@pytest.mark.parametrize("tree", TREES)
def test_the_reading_page_prints_whole(site: Built, opened: Opener, tree: str, tmp_path: Path) -> None:
    page = opened()
    page.goto(address(site, TREES[tree] + site.kinds["reading"]))
    sheets = proof_tools.on_paper(page, tmp_path / "reading.pdf")
    paper = plain(sheets.text)
    # The sign of a note stands after the words that it explains, on paper too; it is no part of the text.
    assert paper.count(NOTE) == page.locator(".nm").count() > 0
    passages = data(site)["passages"]
    assert not any(NOTE in passage["text"][tree] for passage in passages)
    # So do the labels of its evidence, which the style sheet writes too.
    labels = [plain(label) for label in page.locator("mark[data-label]").evaluate_all(LABELS)]
    assert labels
    for label in set(labels):
        assert paper.count(label) >= labels.count(label), label
        assert not any(label in plain(passage["text"][tree]) for passage in passages)
    whole = re.sub("|".join(map(re.escape, sorted({*labels, NOTE}, key=len, reverse=True))), "", paper)
    lost = [
        f"{passage['number']}: {piece}"
        for passage in passages
        for text in [plain(passage["text"][tree])]
        for piece in (f"{passage['number']}", text[:8], text[-8:])
        if not printed(piece, whole)
    ]
    assert not lost, "\n".join(lost)
    characters = sum(len(passage["text"][tree]) for passage in passages)
    number = len(sheets.sizes)
    assert 200 < characters / number < 1500, f"{number} pages for {characters} characters"
    assert {*sheets.sizes} == {(595, 842)}
