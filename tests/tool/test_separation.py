"""The tool and its tests know nothing of the edition in this repository.

The words to look for are read from the edition itself, without those that ``tests/tiny`` has too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from conftest import ROOT
from proof_tools import checked

from site_builder.model import Project
from site_builder.pipeline import Checked

TESTS = ROOT / "tests"
RUN = 6
"""So many Han characters in a row are words of a text; fewer may be in any text."""
FILES = {
    "tests of the tool": [*TESTS.glob("*.py"), *(TESTS / "tool").rglob("*.py"), *TESTS.glob("*.cjs")],
    "the second project and the cases": [
        *(TESTS / "tiny").rglob("*.*"),
        *(TESTS / "cases").rglob("*.*"),
        *(TESTS / "variants").rglob("*.*"),
    ],
    "the tool": [*(ROOT / "site_builder").rglob("*.py"), *(ROOT / "templates").rglob("*.*")],
}


def names(project: Project) -> Iterator[str]:
    """Works, titles, authors and codes, as a test would write them."""
    for work in project.works:
        yield from (work.id, work.record.title, work.record.short)
        for person in work.record.authors:
            yield person.name.whole
            yield person.latin.whole if person.latin else ""
    yield from (cell.id for cell in project.grid.cells)
    for facet in project.facets:
        for entry in facet.entries:
            yield from (f"{facet.id}:{entry.id}", f"{facet.id}/{entry.id}")


def runs(text: str) -> Iterator[str]:
    for run in re.findall("[\u4e00-\u9fff]+", text):
        yield from (run[at : at + RUN] for at in range(len(run) - RUN + 1))


def words(project: Project) -> set[str]:
    """The names of a project, and each run of its texts."""
    texts = [block.text for work in project.works for block in work.blocks]
    return {*filter(None, names(project)), *(one for text in texts for one in runs(text))}


@cache
def words_of_the_edition() -> tuple[tuple[str, ...], frozenset[str]]:
    """The names, and all words."""
    own, tiny = checked(ROOT).project, checked(TESTS / "tiny").project
    assert own is not None
    assert tiny is not None
    found = words(own) - words(tiny)
    return tuple(sorted({*names(own)} & found)), frozenset(found)


def found_in(text: str) -> set[str]:
    """The words of the edition in a text; a name must not be a part of a longer one."""
    named, known = words_of_the_edition()
    there = [name for name in named if name in text]
    whole = {name for name in there if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}
    return whole | (known & {*runs(text)})


@pytest.mark.parametrize("what", FILES)
def test_no_word_of_the_edition_is_in(what: str) -> None:
    assert FILES[what]
    found = {
        path.relative_to(ROOT).as_posix(): sorted(words)
        for path in FILES[what]
        if path.is_file()
        for words in [found_in(path.read_text(encoding="utf-8", errors="replace"))]
        if words
    }
    assert found == {}


def test_a_word_of_the_edition_would_be_found(repository: Checked) -> None:
    assert repository.project is not None
    work = repository.project.works[0]
    sentence = next(run for p in work.passages for run in re.findall(f"[\u4e00-\u9fff]{{{RUN},}}", p.text))
    cell = repository.project.grid.cells[0].id
    for text in (sentence, f'PAGE = "{work.id}/index.html"', f"[@p1 {cell}:x]", work.record.title):
        assert found_in(text), text
    assert not found_in("水是有聲音的，過石頭時急。")


def test_no_test_is_outside_of_the_two_folders() -> None:
    outside = [path.name for path in TESTS.rglob("test_*.py") if path.parent.name not in ("tool", "corpus")]
    assert outside == []
