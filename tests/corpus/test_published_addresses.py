"""Every address of edition 1.0 still exists, and leads to the same words or to the entry of a ledger."""

from __future__ import annotations

import json

import anchor_words
import pytest
import views
from conftest import ROOT, Files

from site_builder.edition import anchors
from site_builder.model import Anchor
from site_builder.pipeline import Checked

PINNED: dict[str, dict[str, str]] = json.loads(
    (ROOT / "tests/corpus/anchors-1.0.json").read_text(encoding="utf-8")
)
"""Address of a page → anchor → digest of its words, made from the site of edition 1.0."""


@pytest.fixture(scope="module")
def now(repository_site: Files) -> dict[str, dict[str, str]]:
    return anchor_words.anchors(repository_site)


_LINES: dict[int, dict[str, Anchor]] = {}


def _lines(found: Checked) -> dict[str, Anchor]:
    """The lines of all ledgers by address; made once for a project."""
    if id(found) not in _LINES:
        assert found.project is not None
        of_works = {
            f"{work.id}/index.html#{anchor.id}": anchor
            for work in found.project.works
            for anchor in (*work.ledger, *work.sentences)
        }
        _LINES[id(found)] = of_works | {anchor.id: anchor for anchor in found.project.anchors}
    return _LINES[id(found)]


def line_of(found: Checked, page: str, anchor: str) -> Anchor | None:
    """The line of the ledger for an anchor; a passage has the same one on its own page."""
    lines = _lines(found)
    folder = page.rpartition("/")[0]
    return lines.get(f"{page}#{anchor}") or lines.get(f"{folder}/index.html#{anchor}")


def test_the_table_holds_the_whole_site() -> None:
    assert len(PINNED) == 81
    assert sum(map(len, PINNED.values())) == 995


@pytest.mark.parametrize("page", PINNED)
def test_every_anchor_of_edition_1_0_exists(
    page: str, now: dict[str, dict[str, str]], repository: Checked
) -> None:
    assert set(PINNED[page]) <= set(now[page])


@pytest.mark.parametrize("page", PINNED)
def test_it_leads_to_the_same_words_or_the_ledger_says_what_happened_to_them(
    page: str, now: dict[str, dict[str, str]], repository: Checked
) -> None:
    changed = [anchor for anchor, digest in PINNED[page].items() if now[page][anchor] != digest]
    for anchor in changed:
        line = line_of(repository, page, anchor)
        assert line is not None, f"{page}#{anchor}"
        assert line.kind in anchors.NAMED or line.revisions or line.fate != "live", f"{page}#{anchor}"


def test_every_anchor_of_edition_1_0_has_a_line_in_a_ledger(repository: Checked) -> None:
    missing = [
        f"{page}#{anchor}"
        for page, found in PINNED.items()
        for anchor in found
        if not line_of(repository, page, anchor)
    ]
    assert missing == []


def test_what_edition_1_0_had_is_recorded_as_of_that_edition(repository: Checked) -> None:
    for page, found in PINNED.items():
        for anchor in found:
            line = line_of(repository, page, anchor)
            assert line is not None
            assert line.edition == "1.0", line.id


def test_only_what_edition_1_0_had_is_recorded_as_of_that_edition(repository: Checked) -> None:
    """Ids that are recorded before the version of the project is set would claim to be of edition 1.0."""
    assert repository.project is not None
    later = []
    for line in repository.project.anchors:
        page, _, anchor = line.id.partition("#")
        if line.edition == "1.0" and (page not in PINNED or (anchor and anchor not in PINNED[page])):
            later.append(line.id)
    assert later == []


@pytest.mark.parametrize("view", views.FOLDERS)
def test_every_view_has_the_same_anchors(repository_site: Files, view: str) -> None:
    other = {name.removeprefix(view): data for name, data in repository_site.items() if name.startswith(view)}
    first, second = anchor_words.anchors(repository_site), anchor_words.anchors(other)
    assert {page: list(found) for page, found in first.items()} == {
        page: list(found) for page, found in second.items()
    }
