"""``build --explain PATH`` says why a file was made or not, and what it depends on."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from site_builder.cli.main import CLEAN, main
from site_builder.edges import building, explain, keeping, store, toolprint
from site_builder.edges.engines import BuildEngine
from site_builder.pipeline import keys

TINY = Path(__file__).resolve().parent.parent / "tiny"
NOTHING = "nothing that it depends on changed"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project, its site, and the cache of its build; and copies of them in ``first``."""
    top = tmp_path_factory.mktemp("explain")
    shutil.copytree(TINY, top / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(keeping.VARIABLE, str(top / "cache"))
        assert main(["build", str(top / "project"), "--jobs", "1"]) == CLEAN
    store.close()
    for name in ("project", "cache"):
        shutil.copytree(top / name, top / "first" / name)
    return top


def restored(first: Path, patch: pytest.MonkeyPatch) -> Path:
    """The project after its first build: its sources, its site and the cache are as they were then."""
    store.close()
    for name in ("project", "cache"):
        shutil.rmtree(first / name)
        shutil.copytree(first / "first" / name, first / name)
    patch.setenv(keeping.VARIABLE, str(first / "cache"))
    return first / "project"


@pytest.fixture
def project(first: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return restored(first, monkeypatch)


KEPT = {
    "index.html": "page index.html",
    "hans/canal/p2.html": "page hans/canal/p2.html",
    "data/panels-hans/canal/p2.js": "panel data/panels-hans/canal/p2.js",
    "data/search.js": "data data/search.js",
    "data/edition.xml": "format tei of canal",
    "data/annotations.jsonld": "format webannotation of canal",
}
"""Files, and the task that makes each."""
BOOKS = {"edition.html": "page", "data/edition.epub": "chapter"}


@pytest.fixture(scope="module")
def unchanged(first: Path) -> dict[str, list[str]]:
    """A file → the lines about it, in one build after which nothing has changed.

    The command prints those of one file, after its first line; the build is asked for the others here.
    """
    found: dict[str, list[str]] = {}
    real = building.explained

    def every(engine: BuildEngine, path: str, fresh: Collection[str] | None) -> Iterator[str]:
        for other in (*KEPT, *BOOKS, "data/SHA256SUMS"):
            found[other] = list(real(engine, other, fresh))
        return real(engine, path, fresh)

    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setattr(building, "explained", every)
        words = ["build", str(restored(first, patch)), "--jobs", "1", "--explain", "index.html"]
        assert main(words) == CLEAN
    assert out.getvalue().splitlines()[1:] == found["index.html"]
    return found


def explained(project: Path, path: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["build", str(project), "--jobs", "1", "--explain", path]) == CLEAN
    return capsys.readouterr().out.splitlines()[1:]


def changed(project: Path, name: str, old: str, new: str) -> None:
    path = next(project.glob(name))
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text)
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")


@pytest.mark.parametrize(("path", "task"), KEPT.items())
def test_a_file_that_nothing_changed_was_kept(path: str, task: str, unchanged: dict[str, list[str]]) -> None:
    first, second, *inputs = unchanged[path]
    assert first == f"{path}: not changed"
    assert second == f"  {task}: kept: {NOTHING}"
    assert inputs[0].startswith("    depends on ")


def test_a_page_whose_gist_changed_was_made_for_what_it_shows(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(project, "annotations/canal/tags/editors/*.yaml", r"gist: (\S+?)(。?)\n", r"gist: \1也\2\n")
    lines = explained(project, "canal/index.html", capsys)
    assert lines[0] == "canal/index.html: written"
    assert lines[1] == "  page canal/index.html: made: what it shows changed"
    assert any("corpus/canal/work.yaml" in line for line in lines if "shows records of" in line)


def test_an_export_was_made_since_a_source_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(project, "annotations/project.yaml", "^", "# a line\n")
    lines = explained(project, "data/edition.xml", capsys)
    assert lines[:2] == [
        "data/edition.xml: not changed",
        "  format tei of canal: made: what it reads of the edition changed",
    ]
    assert lines[2] == (
        "    depends on the sources of canal, those of no work, and what every page can show of other works, "
        "and the tool"
    )


def test_a_page_was_made_again_by_another_version_of_the_tool(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toolprint, "digest", lambda: b"another")
    lines = explained(project, "grid/index.html", capsys)
    assert lines[:2] == [
        "grid/index.html: not changed",
        "  page grid/index.html: made: the tool, a library or Python changed",
    ]


@pytest.mark.parametrize(("path", "kind"), BOOKS.items())
def test_a_book_is_explained_part_by_part(path: str, kind: str, unchanged: dict[str, list[str]]) -> None:
    first, *lines = unchanged[path]
    assert first == f"{path}: not changed"
    parts = [line for line in lines if line.startswith(("  section ", "  chapter ", "  page "))]
    assert parts
    assert all(line.endswith(NOTHING) for line in parts)


def test_a_file_that_no_task_makes_and_one_that_is_not_there(
    project: Path, capsys: pytest.CaptureFixture[str], unchanged: dict[str, list[str]]
) -> None:
    assert unchanged["data/SHA256SUMS"] == [
        "data/SHA256SUMS: not changed",
        "  made in every build, from other files of the site or of the tool",
    ]
    assert explained(project, "none.html", capsys) == ["none.html: the site has no such file"]


def test_without_the_cache_every_file_is_made_again(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keeping.VARIABLE, "")
    assert explained(project, "index.html", capsys) == [
        "index.html: without the cache, every file is made again"
    ]


def test_every_part_of_a_key_has_a_reason() -> None:
    assert explain._REASONS.keys() == {*keys.PARTS}
    assert len({*explain._REASONS.values()}) == len(keys.PARTS)
