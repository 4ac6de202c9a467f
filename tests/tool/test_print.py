"""Printed pages contain all that the screen can show: each kind of page, printed, is compared with its
screen.

For every kind of page of both projects, the print layout of the browser is compared.  The PDF is read for
every kind of the small project, and for the kinds of the other project with the most folded content; reading
all PDFs takes too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, Page
from proof_tools import ROOT, TINY, Built
from pypdf import PdfReader
from test_browser import plain, printed

pytestmark = pytest.mark.browser
chromium = test_browser.chromium

NOT_PRINTED = {
    "nav": "navigation: paper has no links to follow",
    ".skip": "navigation",
    ".masthead .script, a.find": "navigation: the links to the other script and to the search",
    ".settings, form.find": "controls of the display and of the search",
    ".instrument": "controls of the filter and of the marks",
    ".toolbar": "navigation, and controls of the evidence",
    ".reading-choice": "the choice of a reading; all readings are printed",
    ".shown label": "controls of the marks in the text; their legends are printed where they are shown",
    ".query": "controls of the search",
    "button, select, input, textarea": "controls",
    ".note .all": "navigation: the link to the page of the passage",
    ".unseen": "words for screen readers in place of a sign or a colour that is printed",
}
"""What of a page is not on paper, and why."""

VISIBLE = """skipped => {
    document.querySelectorAll('details').forEach(e => { e.open = true });
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest(skipped)) continue;
        if (parent.checkVisibility({visibilityProperty: true})) found.push(node.data.trim());
    }
    return found;
}"""
LAID_OUT = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const drawn = [...range.getClientRects()].some(box => box.width && box.height);
        const seen = node.parentElement.checkVisibility({visibilityProperty: true});
        if (drawn && seen) found.push(node.data.trim());
    }
    return found;
}"""
CUT = """width => {
    const found = [];
    for (const e of document.querySelectorAll('main *')) {
        const style = getComputedStyle(e), box = e.getBoundingClientRect();
        if (!e.checkVisibility() || e.closest('.unseen, .strip') || !box.width) continue;
        const clips = style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1;
        if (clips || box.right > width + 1) found.push(e.outerHTML.slice(0, 120));
    }
    return found;
}"""
INCH = 96
WIDTH = round((210 - 30 - 26) / 25.4 * INCH)
"""Of the lines on a sheet of A4 between the margins of print.css, in CSS pixels."""


@pytest.fixture(scope="module", params=[ROOT, TINY], ids=["repository", "tiny"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return proof_tools.built(request.param, tmp_path_factory.mktemp("print") / "_site")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_context(reduced_motion="reduce").new_page()
    yield page
    page.context.close()


def on_screen(page: Page, path: Path) -> set[str]:
    """The sentences of text that a page can show, everything unfolded."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(media="screen")
    page.goto(path.as_uri())
    found: list[str] = page.evaluate(VISIBLE, ", ".join(NOT_PRINTED))
    return {letters(piece) for text in found for piece in re.split(r"(?<=[。；])", text)} - {""}


def on_paper(page: Page, path: Path, file: Path) -> str:
    """The text of a page printed as it opens."""
    page.goto(path.as_uri())
    page.emulate_media(media="null")
    page.pdf(path=file, prefer_css_page_size=True)
    return letters("".join(sheet.extract_text() for sheet in PdfReader(file).pages))


def letters(text: str) -> str:
    """A text without spaces; a glyph that represents several characters is read from a PDF as one of them."""
    return plain(text).translate(str.maketrans("―–‒·", "———・"))


def lost(shown: set[str], paper: str) -> list[str]:
    """What is not on paper.  Where a sheet ends within a sentence, the margin may come between its parts."""

    def there(piece: str) -> bool:
        return piece in paper or printed(piece, paper)

    def parted(piece: str) -> bool:
        return any(there(piece[:at]) and there(piece[at:]) for at in range(1, len(piece)))

    return [piece for piece in sorted(shown) if not there(piece) and not parted(piece)]


def in_pdf(site: Built) -> dict[str, str]:
    return {k: n for k, n in site.kinds.items() if site.source == TINY or k in ("passage", "silence")}


def test_each_kind_of_page_is_laid_out_whole_for_paper(site: Built, page: Page) -> None:
    missing = {}
    for kind, name in site.kinds.items():
        shown = on_screen(page, site.root / name)
        assert shown, kind
        page.emulate_media(media="print")
        page.goto((site.root / name).as_uri())
        paper = letters("".join(page.evaluate(LAID_OUT)))
        if found := [piece for piece in sorted(shown) if piece not in paper]:
            missing[kind] = found[:5]
    assert missing == {}
    assert len(site.kinds) > 12


def test_what_is_printed_holds_all_that_the_screen_can_show(site: Built, page: Page, tmp_path: Path) -> None:
    missing = {}
    for kind, name in in_pdf(site).items():
        shown = on_screen(page, site.root / name)
        if found := lost(shown, on_paper(page, site.root / name, tmp_path / f"{kind}.pdf")):
            missing[kind] = found[:5]
    assert missing == {}


def test_a_text_that_is_set_vertically_prints_with_its_notes(
    site: Built, page: Page, chromium: Browser
) -> None:
    path = site.root / site.kinds["reading"]
    shown = on_screen(page, path)
    context = chromium.new_context()
    context.add_init_script("localStorage.setItem('reader-direction', 'vertical')")
    vertical = context.new_page()
    vertical.emulate_media(media="print")
    vertical.goto(path.as_uri())
    assert vertical.evaluate("document.documentElement.dataset.direction") == "vertical"
    paper = letters("".join(vertical.evaluate(LAID_OUT)))
    found = [piece for piece in sorted(shown) if piece not in paper]
    context.close()
    assert found == []


def test_nothing_is_cut_off_at_the_edge_of_the_paper(site: Built, page: Page) -> None:
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.emulate_media(media="print")
    cut = {}
    for kind, name in site.kinds.items():
        page.goto((site.root / name).as_uri())
        found = page.evaluate(CUT, WIDTH)
        if found:
            cut[kind] = found[:3]
    assert cut == {}
