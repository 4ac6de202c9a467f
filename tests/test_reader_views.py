"""What a reader view and a clipboard take from the reading page: the text, and no note of the editors.

The reader view is Mozilla Readability, as Firefox has it.  Besides the two projects there is one whose
codebook gives its dimensions, relations, functions and facets words by which reader views and ad blockers
know what to drop.
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
from playwright.sync_api import Browser, Page
from proof_tools import HANS, ROOT, TINY, Built

from site_builder.model import Passage
from site_builder.script import Simplifier

pytestmark = pytest.mark.browser
chromium = test_browser.chromium
TREES = {"hant": "", "hans": HANS}

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
    return folder


@pytest.fixture(scope="module", params=["real", "tiny", "hostile"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("views")
    source = {"real": ROOT, "tiny": TINY}.get(request.param) or hostile(folder / "project")
    return proof_tools.built(source, folder / "_site")


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
    """What the editors say beside the passages."""
    found = [t for t in site.project.taggings if t.coder == site.project.site.coder]
    return [words for tagging in found for words in (tagging.gist, tagging.note) if words]


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
    site = proof_tools.built(project, tmp_path / "_site")
    [work] = site.project.works
    assert {block.id for block in work.blocks} >= {*BLOCK_IDS.values()}
    found = bare(read_view(page, site.root / site.kinds["reading"])["text"])
    below = [block for block in work.blocks if isinstance(block, Passage) or block.level > 1]
    assert not [block.id for block in below if bare(block.text) not in found]


def test_class_names_are_the_same_whatever_the_codebook(tmp_path: Path) -> None:
    def class_names(source: Path, out: Path) -> set[str]:
        pages = proof_tools.built(source, out).pages.values()
        return {name for p in pages for e in p.elements for name in e.attributes.get("class", "").split()}

    other = hostile(tmp_path / "project")
    assert class_names(TINY, tmp_path / "tiny") == class_names(other, tmp_path / "other")
