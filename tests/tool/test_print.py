"""Printed pages contain all that the screen can show: each kind of page, printed, is compared with its
screen.

The PDF is read for the kinds with the most folded content; reading all PDFs takes too long.  For every kind
of page :mod:`test_looks` compares the print layout of the browser.
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
    ".shown-versions": "the choice of sentences and versions; all are printed",
    ".shown label": "controls of the marks in the text; their legends are printed where they are shown",
    ".query, .adjust, .line .cite": "controls of the search and of its results",
    "button, select, input, textarea": "controls",
    ".note .all": "navigation: the link to the page of the passage",
    ".line > .before, .line > .after": "the words around a hit, as many as a line holds",
    ".near": "the first words of the passages before and after, as many as a line holds",
    ".acts": "controls of the page of a passage, and a link to the text",
    ".picture :is(.take, .reading-shown, .turned, .told)": "controls, and other forms of the picture",
    ".picture:has(.turned) .as-table": "the picture has the same words",
    ".picture:has(.how[data-form=narrow]) .how:not([data-form])": "a sheet has the narrow form, and how to"
    " read that one",
    ".picture svg": "a sheet has the narrow form of the picture; its table has all its words",
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


@pytest.fixture(scope="module", params=[ROOT, TINY], ids=["repository", "tiny"])
def site(request: pytest.FixtureRequest) -> Built:
    return proof_tools.on_disk_once(request.param)


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
    return letters(proof_tools.on_paper(page, file).text)


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


FOLDED = {
    ROOT: {"passage", "silence"},
    TINY: {"reading", "passage", "cell", "silence", "versions", "argument"},
}
"""Project → the kinds of pages whose PDF is read."""


def in_pdf(site: Built) -> dict[str, str]:
    return {kind: name for kind, name in site.kinds.items() if kind in FOLDED[site.source]}


def test_what_is_printed_holds_all_that_the_screen_can_show(site: Built, page: Page, tmp_path: Path) -> None:
    missing = {}
    assert in_pdf(site).keys() == FOLDED[site.source]
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
