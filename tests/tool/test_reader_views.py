"""Reader views and the clipboard get the text of the reading page, and no note of the editors.

The reader view is Mozilla Readability, as in Firefox.  A third project has a codebook with words that reader
views and ad blockers use to remove elements.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import proof_tools
import pytest
import test_browser
from conftest import record
from playwright.sync_api import Browser, Page
from proof_tools import ROOT, TINY, Built
from views import TREES

from site_builder.language.chinese import Simplifier
from site_builder.model import Passage

pytestmark = pytest.mark.browser
chromium = test_browser.chromium

HOSTILE = {
    # dimensions, relations, functions
    **{"flow": "social", "edge": "promo", "folk": "sponsor"},
    **{"shows": "promotes", "harms": "comment", "asks": "related"},
    **{"begin": "ad-break", "scene": "sidebar", "turn": "footer", "wish": "shoutbox"},
    # facets and their entries; one entry is `share` already
    **{"ways": "widget", "things": "outbrain", "gate": "banner", "cover": "popup", "open": "skyscraper"},
}
"""Ids of ``tests/tiny`` → words that mean no text to a reader view."""

# Not `share`: Readability removes every element of less than 500 characters whose id holds that word.
BLOCK_IDS = {
    **{"p1": "promo", "p2": "comment", "p4": "ad-break", "p6": "popup", "coda": "sponsor"},
    **{"water": "related", "bank": "social", "bank-n": "sidebar", "bank-s": "banner"},
}


def renamed(text: str, words: dict[str, str]) -> str:
    pattern = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.sub(rf"(?<![\w-])({pattern})(?![\w])", lambda found: words[found[0]], text)


def hostile(folder: Path) -> Path:
    """A copy of ``tests/tiny`` with other ids in its codebook."""
    shutil.copytree(TINY, folder)
    for path in (folder / "annotations").rglob("*.*"):
        path.write_text(renamed(path.read_text(encoding="utf-8"), HOSTILE), encoding="utf-8")
    return record(folder)


@pytest.fixture(scope="module", params=["repository", "tiny", "hostile"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    source = {"repository": ROOT, "tiny": TINY}.get(request.param)
    if source is not None:
        return proof_tools.on_disk_once(source)
    folder = tmp_path_factory.mktemp("views")
    return proof_tools.on_disk_once(hostile(folder / "project"))


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser in which other scripts may run."""
    page = chromium.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    yield page
    page.context.close()


def passages(site: Built) -> tuple[Passage, ...]:
    return site.project.works[0].passages


def notes(site: Built) -> list[str]:
    """What the editors say beside and under the passages."""
    found = [t for t in site.project.taggings if t.coder == site.project.site.coder]
    beside = [words for tagging in found for words in (tagging.gist, tagging.note) if words]
    return [*beside, *(note.body for note in site.project.notes)]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- reader views ---------------------------------------------------------------------------------

READ = """() => {
    const found = new Readability(document.cloneNode(true)).parse();
    return {title: found.title, text: found.textContent, html: found.content};
}"""


def read_view(page: Page, path: Path) -> Any:
    page.goto(path.as_uri())
    script = proof_tools.node_modules() / "@mozilla" / "readability" / "Readability.js"
    if not script.is_file():
        proof_tools.lacking("@mozilla/readability (npm)")
    page.add_script_tag(path=script)
    return page.evaluate(READ)


@pytest.mark.parametrize("tree", TREES)
def test_a_reader_view_shows_every_passage_and_no_note(site: Built, page: Page, tree: str) -> None:
    convert = Simplifier(site.project.site.keep) if tree == "hans" else str
    found = bare(read_view(page, site.root / TREES[tree] / site.kinds["reading"])["text"])
    lost = [passage.id for passage in passages(site) if bare(convert(passage.text)) not in found]
    mixed = [note for note in notes(site) if bare(convert(note)) in found]
    assert (lost, mixed) == ([], [])
    assert len(notes(site)) >= len(passages(site)) > 7


def test_a_reader_view_shows_passages_and_headings_whose_own_ids_are_such_words(
    tmp_path: Path, page: Page
) -> None:
    project = tmp_path / "project"
    shutil.copytree(TINY, project)
    for path in project.rglob("*.*"):
        if path.suffix in (".md", ".yaml"):
            path.write_text(renamed(path.read_text(encoding="utf-8"), BLOCK_IDS), encoding="utf-8")
    record(project)
    site = proof_tools.built(project, tmp_path / "_site")
    [work] = site.project.works
    assert {block.id for block in work.blocks} >= {*BLOCK_IDS.values()}
    found = bare(read_view(page, site.root / site.kinds["reading"])["text"])
    below = [block for block in work.blocks if isinstance(block, Passage) or block.level > 1]
    assert not [block.id for block in below if bare(block.text) not in found]


def test_class_names_are_the_same_whatever_the_codebook(tmp_path: Path) -> None:
    def class_names(source: Path) -> set[str]:
        pages = proof_tools.on_disk_once(source).pages.values()
        return {name for p in pages for e in p.elements for name in e.attributes.get("class", "").split()}

    other = hostile(tmp_path / "project")
    assert class_names(TINY) == class_names(other)


# --- copying --------------------------------------------------------------------------------------

SELECT = """([from, to]) => {
    const words = id => document.querySelector(`[data-passage="${id}"] .words`);
    const range = document.createRange();
    range.setStartBefore(words(from).firstChild);
    range.setEndAfter(words(to).lastChild);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no script"])
def reading(request: pytest.FixtureRequest, chromium: Browser, site: Built) -> Iterator[Page]:
    """The reading page, with and without JavaScript."""
    page = chromium.new_context(java_script_enabled=request.param, reduced_motion="reduce").new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((site.root / site.kinds["reading"]).as_uri())
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def clipboard(chromium: Browser, site: Built) -> Iterator[Page]:
    """A page with a field to paste into: no promise of the clipboard ends where JavaScript is off."""
    page = chromium.new_page()
    page.set_content("<textarea></textarea>")
    yield page
    page.close()


def copied(page: Page, clipboard: Page) -> str:
    """What the keyboard copies of the selection, and pastes elsewhere."""
    page.keyboard.press("Control+c")
    clipboard.bring_to_front()
    field = clipboard.locator("textarea")
    field.fill("")
    field.press("Control+v")
    page.bring_to_front()
    return field.input_value()


def drag(page: Page, start: str, end: str) -> None:
    """Press the mouse at the beginning of one element and let go at the end of another.

    By DevTools' protocol: Playwright's own mouse waits for an event of the page, and so for JavaScript.
    """
    boxes = (
        "e => { const all = e.getClientRects(); return [all[0], all[all.length - 1]].map(r => r.toJSON()) }"
    )
    page.locator(start).evaluate(
        "e => { getSelection().removeAllRanges(); e.scrollIntoView({block: 'center'}) }"
    )
    first, last = page.locator(start).evaluate(boxes)[0], page.locator(end).evaluate(boxes)[1]
    at = {"x": first["left"] + 1, "y": first["top"] + first["height"] / 2}
    to = {"x": last["right"] - 1, "y": last["bottom"] - last["height"] / 2}
    devtools = page.context.new_cdp_session(page)
    half = {axis: (at[axis] + to[axis]) / 2 for axis in at}
    steps = [("Moved", at), ("Pressed", at), ("Moved", half), ("Moved", to), ("Released", to)]
    for number, (what, place) in enumerate(steps):
        held = {"button": "left", "buttons": 1, "clickCount": 1} if number else {}
        devtools.send("Input.dispatchMouseEvent", {"type": f"mouse{what}", **place, **held})
    devtools.detach()


def click(page: Page, selector: str, times: int) -> None:
    """Click on an element so many times, and move the mouse away; three times select a paragraph."""
    place = page.locator(selector).evaluate(
        "e => { e.scrollIntoView({block: 'center'}); return e.getClientRects()[0].toJSON() }"
    )
    page.mouse.click(place["left"] + 9, place["top"] + 9, click_count=times)


def test_text_copied_from_the_article_is_only_the_article(
    site: Built, reading: Page, clipboard: Page
) -> None:
    run = passages(site)[1:4]
    reading.mouse.move(0, 0)
    reading.evaluate(SELECT, [run[0].id, run[-1].id])
    blocks = site.project.works[0].blocks
    between = blocks[blocks.index(run[0]) : blocks.index(run[-1]) + 1]
    words = "\n".join(block.text for block in between).split()
    # with scripts the published address of the first passage follows, or its place where there is none
    scripts = reading.evaluate("'js' in document.documentElement.dataset")
    if scripts:  # they are loaded when words are selected
        reading.evaluate("new Promise(CITING.load)")
    about, first = site.project.site, run[0]
    place = (
        f"{about.address}{site.project.works[0].id}/index.html#{first.id}"
        if about.address
        else f"〈{about.title}〉{about.version} 版第 {first.number}–{run[-1].number} 段，#{first.id}"
    )
    assert copied(reading, clipboard).split() == [*words, *(place.split() if scripts else [])]


def test_select_all_copies_only_the_work_from_the_article(
    site: Built, reading: Page, clipboard: Page
) -> None:
    reading.mouse.move(0, 0)
    reading.evaluate("getSelection().removeAllRanges()")
    reading.keyboard.press("Control+a")
    found = bare(copied(reading, clipboard))
    reading.evaluate("getSelection().removeAllRanges()")
    assert not [passage.id for passage in passages(site) if bare(passage.text) not in found]
    assert not [note for note in notes(site) if bare(note) in found]


def test_a_note_can_be_selected_and_copied_with_the_mouse(
    site: Built, reading: Page, clipboard: Page
) -> None:
    passage = next(p for p in passages(site) if p.id in dict(shown_gists(site, reading)))
    click(reading, f'[data-passage="{passage.id}"] .gist', 3)
    [tagging] = [
        t for t in site.project.taggings if (t.passage, t.coder) == (passage.id, site.project.site.coder)
    ]
    assert copied(reading, clipboard).strip() == tagging.gist
    # and then the article again
    click(reading, f'[data-passage="{passage.id}"] .words', 1)
    reading.evaluate(SELECT, [passages(site)[0].id, passages(site)[2].id])
    found = copied(reading, clipboard)
    assert bare(passages(site)[2].text) in bare(found)
    assert tagging.gist not in found


def test_the_mouse_selects_only_the_article_across_paragraphs(
    site: Built, reading: Page, clipboard: Page
) -> None:
    first, second = (f'[data-passage="{p.id}"] .words' for p in passages(site)[:2])
    drag(reading, first, second)
    found = bare(copied(reading, clipboard))
    assert bare(passages(site)[0].text)[1:] in found
    assert bare(passages(site)[1].text)[:-1] in found
    assert not [note for note in notes(site) if bare(note) in found]


def shown_gists(site: Built, page: Page) -> list[tuple[str, str]]:
    """The passages whose gist is shown beside them, with the gist; a long note folds to its chips."""
    return [
        (t.passage, t.gist)
        for t in site.project.taggings
        if t.coder == site.project.site.coder and t.gist
        if page.locator(f'[data-passage="{t.passage}"] .gist').first.is_visible()
    ]


def test_the_words_of_a_note_are_found_by_a_search_in_the_page(site: Built, reading: Page) -> None:
    found = shown_gists(site, reading)
    assert found
    for _, gist in found[:6]:
        reading.evaluate("getSelection().removeAllRanges()")
        assert reading.evaluate("words => window.find(words)", gist[:8]), gist
