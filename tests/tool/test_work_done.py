"""How much work a build does after an edit, in numbers that are the same on every machine (``--stats``)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpus, edits
from site_builder.cli.main import main

WORKS = 3
PASSAGES = 4
WORK = edits.middle(WORKS)
VIEWS = 2
WHOLE = {f"{view}{page}" for view in ("", "hans/") for page in ("cite.html", "edition.html")}
"""Pages that change with every edit: all pages in one, and the sums of the exports."""
Numbers = Mapping[str, Any]


class Project:
    """An invented corpus with a cache of its own, and its last build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before: dict[str, bytes] = {}

    def build(self) -> Numbers:
        numbers = self.folder.parent / "numbers.json"
        self.before = self.pages()
        assert main(["build", str(self.folder), "--jobs", "1", "--stats", str(numbers)]) == 0
        found: Numbers = json.loads(numbers.read_text(encoding="utf-8"))
        return found

    def pages(self) -> dict[str, bytes]:
        """Path → content of each page."""
        out = self.folder / "_site"
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.html")}

    def changed(self) -> set[str]:
        """The pages that the last build changed."""
        return {path for path, content in self.pages().items() if content != self.before.get(path)}

    def of_others(self, work: str) -> set[str]:
        """The pages of the other works."""
        others = {name.id for name in corpus.works(WORKS)} - {work}
        return {path for path in self.pages() if others & set(path.split("/"))}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project that was built once, and its cache."""
    folder = tmp_path_factory.mktemp("work") / "present"
    corpus.write(folder / "project", WORKS, length=PASSAGES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_BUILDER_CACHE", str(folder / "cache"))
        assert main(["anchors", str(folder / "project")]) == 0
        assert main(["build", str(folder / "project"), "--jobs", "1"]) == 0
    return folder


@pytest.fixture
def project(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """The project, which is as it was after each test.

    It is always in the same folder, since what the files of a project say is kept with its path.
    """
    monkeypatch.setenv("SITE_BUILDER_CACHE", str(built / "cache"))
    kept = built.with_name("kept")
    shutil.copytree(built, kept)
    yield Project(built / "project")
    shutil.rmtree(built)
    kept.rename(built)


def test_a_project_that_did_not_change_is_neither_parsed_nor_rendered(project: Project) -> None:
    numbers = project.build()
    assert numbers["changed"] == 0
    assert numbers["parts"]["made"] == 0
    assert all(count["made"] == 0 for count in numbers["tasks"].values())
    assert numbers["tasks"]["page"]["kept"] > 100


def test_one_gist_parses_one_file_and_renders_the_pages_that_show_it(project: Project) -> None:
    edits.gist(project.folder, WORK, 1)
    numbers = project.build()
    assert numbers["parts"]["made"] == 1
    pages, shown = numbers["tasks"]["page"], project.changed() - WHOLE
    assert {f"{WORK}/index.html", f"{WORK}/p2.html", f"{WORK}/p3.html"} <= shown  # p3 names its neighbour
    assert not shown & project.of_others(WORK)
    assert len(shown) <= pages["made"] <= len(shown) + 3 * VIEWS  # three read gists and show others
    assert numbers["tasks"]["panel"]["made"] < numbers["tasks"]["panel"]["kept"]
    assert numbers["tasks"]["section"]["made"] == VIEWS


def test_one_paragraph_parses_its_text_and_its_witness_and_renders_its_work(project: Project) -> None:
    edits.paragraph(project.folder, WORK, 1)
    assert main(["anchors", str(project.folder), "--work", WORK, "--accept", edits.PASSAGE]) == 0
    numbers = project.build()
    assert numbers["parts"]["made"] <= 3  # the text, the witness, the ledger; some of them by anchors
    shown = project.changed() - WHOLE
    assert {f"{WORK}/index.html", f"{WORK}/p2.html", f"{WORK}/witness.html"} <= shown
    assert not shown & project.of_others(WORK)
    assert numbers["tasks"]["page"]["made"] < numbers["tasks"]["page"]["kept"]
    assert numbers["tasks"]["panel"]["made"] == VIEWS  # those of the passage itself


def test_one_colour_parses_one_file_and_changes_no_page(project: Project) -> None:
    edits.color(project.folder, 1)
    numbers = project.build()
    assert numbers["parts"]["made"] == 1
    assert project.changed() <= WHOLE  # the style sheets have it
    assert numbers["changed"] < 20


def test_a_comment_parses_one_file_and_renders_nothing(project: Project) -> None:
    path = project.folder / f"annotations/{WORK}/tags/editors/1.yaml"
    path.write_text("# checked\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    numbers = project.build()
    assert numbers["parts"]["made"] == 1
    assert numbers["tasks"]["page"]["made"] == 0
    assert numbers["changed"] == 0


def test_an_edit_that_is_undone_renders_nothing(project: Project) -> None:
    path = project.folder / f"annotations/{WORK}/tags/editors/1.yaml"
    before = path.read_text(encoding="utf-8")
    edits.gist(project.folder, WORK, 1)
    assert project.build()["changed"] > 0
    path.write_text(before, encoding="utf-8")
    numbers = project.build()
    assert numbers["changed"] > 0
    assert all(count["made"] == 0 for count in numbers["tasks"].values())
