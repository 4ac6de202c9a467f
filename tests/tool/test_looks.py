"""How every kind of page looks, in the states in which nobody looks at it.

A page is loaded once in each view and then measured (``looks.js``) at each width, light, dark and in forced
colours, folded and unfolded, with text of double size, with and without motion, and on paper.  The states are
chosen so that every pair of values occurs.  ``make looks`` writes pictures of them.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import combinations, groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, CDPSession, Page
from proof_tools import ROOT, TINY, Built
from test_browser import AXE, GOOD
from test_print import LAID_OUT, NOT_PRINTED, VISIBLE, letters
from views import ENGLISH, HANS

from site_builder.edition import addresses

pytestmark = pytest.mark.browser
chromium = test_browser.chromium

SCRIPT = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
WIDTHS = {320: 640, 390: 844, 768: 1024, 1280: 800, 1440: 900}
SCHEMES: Mapping[str, dict[str, str]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced light": {"color_scheme": "light", "forced_colors": "active"},
    "forced dark": {"color_scheme": "dark", "forced_colors": "active"},
}
MOTIONS = ("reduce", "no-preference")
TEXT_SIZES = (100, 200)
"""Percent of the browser's own size of text."""
LARGE_TEXT_FROM = 768
"""The narrowest window for text of double size (WCAG 1.4.4); 320 px is a zoom of 400 % (WCAG 1.4.10)."""
PAPER = round((210 - 30 - 26) / 25.4 * 96)
"""The lines on a sheet of A4 between the margins of print.css, in CSS pixels."""

PROJECTS = ROOT.joinpath("tests", "projects")
OTHERS = {
    "tiny": TINY,
    "arabic-rtl": PROJECTS / "arabic-rtl",
    "english-flat": PROJECTS / "english-flat",
    "two-coders": PROJECTS / "simplified-two-coders",
}
"""Projects of other frames and languages; each kind of page is measured in their first view."""
SOURCES = {"edition": ROOT, **OTHERS}
PARTS = {"edition": 16, **dict.fromkeys(OTHERS, 3)}
"""Project → number of tests that share its kinds of page, so that no worker is left with a long one."""

QUERY = "資本"
"""What is searched for on the page with results."""

KNOWN: Mapping[str, str] = {
    r"^reading: shift: 0\.00": "a note that is higher than its paragraph folds when the script runs",
}
"""Pattern of a fault that is still there → what it is."""

Faults = dict[str, list[str]]


@cache
def built(name: str) -> Built:
    return proof_tools.on_disk_once(SOURCES[name])


@pytest.fixture(scope="module")
def site() -> Callable[[str], Built]:
    """Name of a project → its site, built when it is first asked for."""
    return built


# --- states ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class State:
    """One state of a page."""

    parts: str = "closed"
    """``closed``; ``unfolded``; ``open``, unfolded and with all marks shown; ``picked``, with a choice of the
    filter, which only the reading page has.
    """
    width: int
    scheme: str
    view: str = ""
    text: int = 100
    motion: str = "reduce"

    def __str__(self) -> str:
        how = [self.view, f"{self.width} px", self.scheme, f"text {self.text} %", f"motion {self.motion}"]
        return f"{self.parts} ({', '.join(filter(None, how))})"


def parts_of(kind: str) -> tuple[str, ...]:
    return ("closed", "open", "picked") if kind == "reading" else ("closed", "open")


def state(turn: int, kind: int, parts: str, width: int, views: Sequence[str]) -> State:
    """The state of a page at a width: what else can vary follows a turn and the kind, by different steps, so
    that every pair of values occurs.
    """
    wide = [*WIDTHS][width % len(WIDTHS)]
    return State(
        parts=parts,
        width=wide,
        scheme=[*SCHEMES][turn % len(SCHEMES)],
        view=views[turn % len(views)],
        text=TEXT_SIZES[(turn // 4 + kind) % 2] if wide >= LARGE_TEXT_FROM else TEXT_SIZES[0],
        motion=MOTIONS[(turn // 2 + kind // 3) % 2],
    )


def states(kinds: Iterable[str], views: Sequence[str], *, every_width: bool) -> dict[str, list[State]]:
    """Kind → its states.

    :param every_width: at every width, folded at three of them and unfolded at the others and one more; the
        reading page, which has most that can go wrong, has all states at every width.  Otherwise a kind is
        folded at one width and unfolded at another.
    """
    found: dict[str, list[State]] = {}
    page = 0
    for number, kind in enumerate(kinds):
        found[kind] = []
        for part, parts in enumerate(parts_of(kind)):
            if every_width and kind == "reading":
                turns = {page + wide: wide for wide in range(len(WIDTHS))}
            elif every_width:
                turns = {page + 2 * part + nth: number + 3 * part + nth for nth in range(3)}
            else:
                wide = (3 * number + 2 * (page % 2)) % len(WIDTHS)
                turns = {page + wide: wide}
            found[kind] += [state(turn, number, parts, wide, views) for turn, wide in turns.items()]
            page += 1
        # what costs most to change comes first: the page, then the size of its text
        found[kind].sort(key=lambda one: (views.index(one.view), one.text, one.motion))
    return found


def values(one: State) -> Iterator[frozenset[tuple[str, object]]]:
    """Every pair of values of a state."""
    facts = [(each.name, getattr(one, each.name)) for each in fields(one)]
    return (frozenset(pair) for pair in combinations(facts, 2))


@pytest.mark.parametrize(("number", "every_width"), [(20, True), (25, True), (14, False)])
def test_every_pair_of_values_occurs(number: int, every_width: bool) -> None:
    views = ("", HANS, ENGLISH) if every_width else ("",)
    found = states(map(str, range(number)), views, every_width=every_width)
    chosen = [one for of_kind in found.values() for one in of_kind]
    possible: dict[str, Sequence[object]] = {
        "parts": ("closed", "open"),
        "width": [*WIDTHS],
        "scheme": [*SCHEMES],
        "view": views,
        "text": TEXT_SIZES,
        "motion": MOTIONS,
    }
    wanted = {
        frozenset(((one, a), (other, b)))
        for one, other in combinations(possible, 2)
        for a in possible[one]
        for b in possible[other]
    }
    narrow = [width for width in WIDTHS if width < LARGE_TEXT_FROM]
    wanted -= {frozenset((("width", width), ("text", 200))) for width in narrow}
    assert {pair for one in chosen for pair in values(one)} == wanted
    if every_width:
        for of_kind in found.values():
            for name in ("parts", "width", "scheme", "view"):
                assert {getattr(one, name) for one in of_kind} == {*possible[name]}


# --- a page in its states -------------------------------------------------------------------------

SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput && one.value >= 0.001) window.shifts.push(
        `${one.value.toFixed(4)}: ` + one.sources.map(s => s.node && (s.node.outerHTML || s.node.data || '')
            .slice(0, 80)).join(', '));
}).observe({type: 'layout-shift', buffered: true});
"""
SHIFTED = """() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(window.shifts), 50))))"""
AXE_OF_VIEW: Mapping[str, tuple[int, str]] = {
    "": (390, "closed"),
    HANS: (390, "open"),
    ENGLISH: (1440, "open"),
}
"""View → width and state in which axe checks a page of it."""
FIRST_WIDTHS = {"": 1280, HANS: 390, ENGLISH: 768}
"""View → width in which its pages are loaded."""
CODESNIFFER = """() => new Promise((done, fail) => HTMLCS.process('WCAG2AA', document, () => done(
    HTMLCS.getMessages().filter(one => one.type === HTMLCS.ERROR)
        .filter(one => !(one.code.endsWith('.H32.2') && one.element.matches('form:not([action])')))
        .map(one => `${one.code}: ${one.msg} ${one.element.outerHTML.slice(0, 120)}`)), fail))"""
"""The errors that pa11y reports for WCAG 2 AA.  A form without an address sends nothing, so it needs no
button that sends it.
"""
AS_A_SECOND_OPINION = ("color-contrast", "link-in-text-block")
"""Rules of axe that looks.js has too, in every state; they take more time than all others."""
LEFT_TO_THE_SCRIPT = ("target-size", "label-content-name-mismatch")
"""Rules of axe that looks.js has, with exceptions that axe lacks: another link to the same address; words of
a picture that are cut, or in two places.
"""


@dataclass
class Looker:
    """A page of the browser, with what sets its state."""

    page: Page
    session: CDPSession
    text: int = 100

    def shifted(self, path: Path, query: str = "") -> list[str]:
        """Open a page, with a query if there is one; what moves while it is loaded.

        On a busy machine a page can be painted before all its style sheets are read, so a shift counts only
        if it is there in six loads, with more and more time between them.
        """
        found: list[str] = []
        for load in range(6):
            self.page.wait_for_timeout(200 * load)
            self.open(path, query)
            found = self.page.evaluate(SHIFTED)
            if not found:
                break
        return found

    def open(self, path: Path, query: str = "") -> None:
        self.page.goto(path.as_uri() + query)
        self.page.evaluate(SCRIPT)

    def resize(self, text: int) -> None:
        if text != self.text:
            sizes = {"standard": 16 * text // 100, "fixed": 13 * text // 100}
            self.session.send("Page.setFontSizes", {"fontSizes": sizes})
            self.text = text

    def show(self, state: State) -> None:
        self.page.set_viewport_size({"width": state.width, "height": WIDTHS[state.width]})
        motion: Any = state.motion
        scheme: Any = SCHEMES[state.scheme]
        self.page.emulate_media(media="screen", reduced_motion=motion, **scheme)
        self.resize(state.text)
        self.page.evaluate("parts => LOOKS.state(parts)", state.parts)

    def measured(self, state: State) -> Faults:
        """Check → the faults of the page in a state."""
        self.show(state)
        how = {"media": "screen", "state": state.parts}
        found: Faults = self.page.evaluate("how => LOOKS.measure(how)", how)
        return {check: [f"{state}: {fault}" for fault in faults] for check, faults in found.items()}

    def printed(self) -> Faults:
        """Faults of the page on paper, which is compared with its screen, everything unfolded."""
        self.show(State(parts="unfolded", width=1440, scheme="dark"))
        words = self.page.evaluate(VISIBLE, ", ".join(NOT_PRINTED))
        shown = {letters(piece) for text in words for piece in re.split(r"(?<=[。；])", text)} - {""}
        assert shown
        self.page.evaluate("LOOKS.state('closed')")
        self.page.set_viewport_size({"width": PAPER, "height": 900})
        self.page.emulate_media(media="print")
        how = {"media": "print", "state": "closed"}
        found: Faults = self.page.evaluate("how => LOOKS.measure(how)", how)
        paper = letters("".join(self.page.evaluate(LAID_OUT)))
        found["lost"] = [f"“{piece}”" for piece in sorted(shown) if piece not in paper]
        return {check: [f"print: {fault}" for fault in faults] for check, faults in found.items()}

    def checked_by_axe(self, view: str, *, colours: bool) -> list[str]:
        """What axe finds; the page loses what repeats, since axe needs most of its time for long lists.

        :param colours: with what it says of colours, as a second opinion.
        """
        width, parts = AXE_OF_VIEW[view]
        self.show(State(parts=parts, width=width, scheme="light"))
        self.page.evaluate(proof_tools.axe())
        apart = (*LEFT_TO_THE_SCRIPT, *(() if colours else AS_A_SECOND_OPINION))
        self.page.evaluate("LOOKS.thin()")
        found = self.page.evaluate(AXE, {"by": "tag", "names": GOOD, "apart": apart})
        return [f"{view} {parts} at {width} px: {fault}" for fault in found]

    def checked_by_codesniffer(self) -> list[str]:
        """What the rules of pa11y find, everything unfolded."""
        self.show(State(parts="open", width=1280, scheme="light"))
        self.page.evaluate("source => (0, eval)(source)", proof_tools.codesniffer())
        return self.page.evaluate(CODESNIFFER)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def looker(chromium: Browser) -> Iterator[Looker]:
    page = chromium.new_context(reduced_motion="reduce").new_page()
    page.add_init_script(SHIFTS)
    yield Looker(page, page.context.new_cdp_session(page))
    page.context.close()


def kinds_of(site: Built) -> dict[str, tuple[str, str]]:
    """Kind → the address and the query of its page: those of the site, and in this edition the page with
    results of a search.
    """
    found = {kind: (name, "") for kind, name in site.kinds.items()}
    if site.source == ROOT:
        found["results"] = (site.kinds["search"], f"?q={quote(QUERY)}")
    return found


def faults_of(site: Built, looker: Looker, kind: str, chosen: Iterable[State]) -> Faults:
    """Check → every fault of a kind of page, in each of its states."""
    faults: Faults = {}
    name, query = kinds_of(site)[kind]

    def add(new: Faults) -> None:
        for check, lines in new.items():
            if lines:
                faults.setdefault(check, []).extend(lines)

    for view, of_view in groupby(chosen, key=lambda state: state.view):
        looker.resize(100)
        width = FIRST_WIDTHS[view]
        looker.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        add({"shift": looker.shifted(site.root / (view + name), query)})
        for state in of_view:
            add(looker.measured(state))
        # the names of codes are longer in the translation
        if view != HANS:
            add(looker.printed())
        # a page in the other script mostly has the same markup
        if view != HANS or proof_tools.differs_between_scripts(site, name):
            add({"axe": looker.checked_by_axe(view, colours=site.source != ROOT)})
        # it needs a minute for all pages in one, whose parts are those of the other pages
        if view != HANS and name != addresses.ONEFILE:
            add({"pa11y": looker.checked_by_codesniffer()})
    return faults


@pytest.mark.parametrize(
    ("name", "part", "parts"),
    [(name, part, parts) for name, parts in PARTS.items() for part in range(parts)],
)
def test_each_kind_of_page_looks_right_in_every_state(
    site: Callable[[str], Built],
    tmp_path_factory: pytest.TempPathFactory,
    looker: Looker,
    name: str,
    part: int,
    parts: int,
) -> None:
    one = site(name)
    edition = name == "edition"
    kinds = kinds_of(one)
    chosen = states(kinds, one.views if edition else [""], every_width=edition)
    wrong = []
    for kind in [*kinds][part::parts]:
        found = faults_of(one, looker, kind, chosen[kind])
        lines = (f"{kind}: {check}: {line}" for check, lines in found.items() for line in lines)
        wrong += [line for line in lines if not any(re.search(known, line) for known in KNOWN)]
    assert not wrong, "\n".join(wrong)


def test_no_table_is_wider_than_paper(site: Callable[[str], Built], looker: Looker) -> None:
    """Every page with a table, since two pages of a kind can have tables of different width; the view with
    the longer words.
    """
    one = site("edition")
    looker.resize(100)
    looker.page.set_viewport_size({"width": PAPER, "height": 900})
    looker.page.emulate_media(media="print")
    pages = [one.root / ENGLISH / name for name in one.kinds.values()]
    pages += [path for folder in {page.parent for page in pages} for path in folder.glob("*.html")]
    wide, seen = {}, 0
    for path in sorted({*pages}):
        if path.name == addresses.ONEFILE or "<table" not in path.read_text(encoding="utf-8"):
            continue
        seen += 1
        looker.page.goto(path.as_uri())
        width = looker.page.evaluate("document.documentElement.scrollWidth")
        if width > PAPER:
            wide[path.name] = width
    assert wide == {}
    assert seen > len(one.kinds)


# --- what the script finds ------------------------------------------------------------------------

BAD = Path(__file__).with_name("looks-bad.html")
"""A page with one fault or more of each check, and with look-alikes that are none."""
FOUND = {
    "sideways": (),
    "pale": ("grey words", "dim words", "hatched words", "of ::before", "in a picture"),
    "faint": ("words of a chip", "circle"),
    "clipped": ("words that do not fit",),
    "covered": ("one above",),
    "broken": ("“Recommendations”", "“碎片化”"),
    "narrow": ("一段很長的話",),
    "small": ("“a”", "“b”", "“c”", "“d”"),
    "unnamed": ("“onward”", "“4”", "“river…”"),
    "alike": ("“a bare link”",),
}
"""Check → what each of its faults in ``BAD`` says, in the light scheme."""


@pytest.fixture
def bad(looker: Looker) -> Callable[..., Faults]:
    """Measures ``BAD``, which is opened for each test: tests of other pages can run in between."""
    looker.open(BAD)

    def measure(scheme: str = "light", parts: str = "closed") -> Faults:
        return looker.measured(State(parts=parts, width=768, scheme=scheme))

    return measure


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_script_finds_each_fault_and_no_other(bad: Callable[..., Faults], scheme: str) -> None:
    found = bad(scheme)
    for check, wanted in FOUND.items():
        lines = found[check]
        assert len(lines) == len(wanted), (check, lines)
        for words in wanted:
            assert sum(words in line for line in lines) == 1, (words, lines)


def test_the_script_finds_words_that_forced_colours_hide(bad: Callable[..., Faults]) -> None:
    assert not any("marked words" in line for line in bad("forced light")["pale"])
    [line] = [line for line in bad("forced dark")["pale"] if "marked words" in line]
    assert "1.00:1" in line


def test_the_script_finds_what_is_too_wide_only_when_it_is_unfolded(bad: Callable[..., Faults]) -> None:
    assert bad(parts="closed")["sideways"] == []
    assert len(bad(parts="open")["sideways"]) == 1
    assert bad(parts="closed")["sideways"] == []


def test_axe_finds_the_same_link_among_words(bad: Callable[..., Faults], looker: Looker) -> None:
    bad()
    looker.page.evaluate(proof_tools.axe())
    [found] = looker.page.evaluate(AXE, {"by": "rule", "names": ["link-in-text-block"]})
    assert '1 times, first a[href="#m"]' in found


@pytest.mark.parametrize(
    ("odd", "rule"),
    [
        ('<li><a href="x" lang="e"></a></li>', "link-name"),
        ('<li><a href="x" lang="e">words</a></li>', "valid-lang"),
        ('<li><a href="x" aria-checked="true">words</a></li>', "aria-allowed-attr"),
        ('<li><a href="x">words</a><img src="x"></li>', "image-alt"),
        ("<p>words</p>", "list"),
    ],
)
def test_axe_sees_the_odd_one_of_a_long_list(looker: Looker, tmp_path: Path, odd: str, rule: str) -> None:
    """What repeats is taken away before axe reads a page; what is like nothing else stays."""
    file = tmp_path / "long.html"
    items = [f'<li><a href="{number}">words {number}</a></li>' for number in range(60)]
    items[40] = odd
    file.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><ul>{"".join(items)}</ul>',
        encoding="utf-8",
    )
    looker.open(file)
    found = looker.checked_by_axe("", colours=True)
    assert any(f": {rule} (" in fault for fault in found), found
    assert looker.page.evaluate("document.querySelectorAll('li').length") < 6


# --- pictures -------------------------------------------------------------------------------------


def picture_facts(png: bytes) -> tuple[int, int, float]:
    """Width and height of a picture, and the mean of the first pixels of its lines: the background at the
    left edge.
    """
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert png[24] == 8, "eight bits a sample"
    each = {2: 3, 6: 4}[png[25]]
    at, data = 33, b""
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    rows = zlib.decompress(data)
    step = wide * each + 1
    first = bytearray()
    for start in range(0, len(rows), step):
        kind, value = rows[start], rows[start + 1]
        # of the first pixel of a line only the line above counts (PNG, filters 2 and 4; 3 halves it)
        above = first[-1] if first else 0
        first.append((value + {2: above, 3: above // 2, 4: above}.get(kind, 0)) % 256)
    return wide, high, sum(first) / len(first)


if os.environ.get("LOOKS"):

    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("width", WIDTHS)
    def test_pictures(site: Callable[[str], Built], looker: Looker, width: int, scheme: str) -> None:
        """Every kind of page as it opens and with everything unfolded, for eyes (``make looks``)."""
        folder = Path(os.environ["LOOKS"])
        folder.mkdir(parents=True, exist_ok=True)
        one = site("edition")
        for kind, (name, query) in kinds_of(one).items():
            looker.open(one.root / name, query)
            for parts in parts_of(kind):
                looker.show(State(parts=parts, width=width, scheme=scheme))
                picture = folder / f"{kind}-{width}-{scheme.replace(' ', '-')}-{parts}.png"
                looker.page.screenshot(path=picture, full_page=True)
                wide, high, grey = picture_facts(picture.read_bytes())
                assert wide == width, f"{kind} is wider than the window"
                assert high >= 300, kind
                assert (grey > 160) is ("light" in scheme), f"{kind}: mean {grey:.0f} of 255"
