"""A project whose tags are not complete yet is checked, built, exported and imported into.

Each draft is the faultless project without a part of the tags of the coder that the site shows.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TINY, Files, record
from frictionless import validate as frictionless_validate
from jsonschema import Draft202012Validator
from lxml import etree
from proof_tools import Built, made, on_disk_once, schemas
from test_site_proof import dead_links
from test_tei import faults as tei_faults

from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import load
from site_builder.model import Problem
from site_builder.pipeline import Checked

TAGS = "annotations/canal/tags"
CODERS, ADJUDICATION = "annotations/coders.yaml", "annotations/canal/adjudication.yaml"


def without_entry(path: Path, start: str) -> None:
    """Remove the items of lists that begin with these words, each with the lines indented below it."""
    text = path.read_text(encoding="utf-8")
    kept, count = re.subn(rf"(?m)^  - {re.escape(start)}.*\n(?:    .*\n)*", "", text)
    assert count
    path.write_text(kept, encoding="utf-8")


def nothing(folder: Path) -> None:
    """No coder has tagged anything, so none is described and nothing is decided between two."""
    shutil.rmtree(folder / TAGS)
    (folder / CODERS).unlink()
    (folder / ADJUDICATION).unlink()


def another(folder: Path) -> None:
    """Only a coder that the site does not show has tagged."""
    shutil.rmtree(folder / TAGS / "editors")
    without_entry(folder / CODERS, "id: editors")
    (folder / ADJUDICATION).unlink()


def first_half(folder: Path) -> None:
    """The coder has tagged half of the text; the page that cites the rest is not written."""
    (folder / TAGS / "editors/2.yaml").unlink()
    without_entry(folder / ADJUDICATION, "{passage: coda,")


def cells_only(folder: Path) -> None:
    """The coder has coded cells and entries, and has written no function and no gist."""
    for path in (folder / TAGS / "editors").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not re.match(r" +(function|gist|gist_en):", line)]
        path.write_text("".join(kept), encoding="utf-8")


DRAFTS: dict[str, Callable[[Path], None]] = {
    "nothing": nothing,
    "another": another,
    "first half": first_half,
    "cells only": cells_only,
}


def draft(part: Callable[[Path], None], folder: Path) -> Path:
    shutil.copytree(TINY, folder)
    part(folder)
    status(folder, "draft")
    return folder


def status(folder: Path, word: str) -> None:
    """Set the status in the project file; an empty word removes the line."""
    path = folder / "annotations/project.yaml"
    line = f"status: {word}\n" if word else ""
    text, count = re.subn(r"(?m)^status: .*\n", line, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module", params=DRAFTS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft, which no test may change."""
    return draft(DRAFTS[request.param], tmp_path_factory.mktemp("draft") / "project")


@pytest.fixture(scope="module")
def found(folder: Path) -> Checked:
    return load.checked(folder)


@pytest.fixture(scope="module")
def site(folder: Path) -> Built:
    return on_disk_once(folder)


@pytest.fixture(scope="module")
def files(folder: Path) -> Files:
    return made(folder)


# --- the check ------------------------------------------------------------------------------------


def by_code(problems: tuple[Problem, ...], level: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for problem in problems:
        if problem.level == level:
            counted[problem.code] = counted.get(problem.code, 0) + 1
    return counted


PASSAGES, SECOND_HALF = 8, 4


def test_what_a_draft_lacks_is_reported_for_review(found: Checked, request: pytest.FixtureRequest) -> None:
    assert by_code(found.problems, "error") == {}
    reviews = by_code(found.problems, "review")
    lacking = {code: reviews.get(code, 0) for code in ("G002", "G007", "S001")}
    which = request.node.callspec.params["folder"]
    assert (
        lacking
        == {
            "nothing": {"G002": 1, "G007": 0, "S001": 0},
            "another": {"G002": 1, "G007": 0, "S001": 1},
            "first half": {"G002": SECOND_HALF, "G007": 0, "S001": 0},
            "cells only": {"G002": 0, "G007": 2 * PASSAGES, "S001": 0},
        }[which]
    )


def test_a_project_that_gives_no_status_is_a_draft(tmp_path: Path) -> None:
    folder = draft(first_half, tmp_path / "project")
    before = load.checked(folder).problems
    status(folder, "")
    assert load.checked(folder).problems == before


@pytest.mark.parametrize(
    ("part", "errors"),
    [
        (nothing, {"G002": PASSAGES}),
        (another, {"G002": PASSAGES, "S001": 1}),
        (first_half, {"G002": SECOND_HALF}),
        (cells_only, {"G007": 2 * PASSAGES}),
    ],
)
def test_the_same_is_an_error_in_a_release(
    part: Callable[[Path], None], errors: dict[str, int], tmp_path: Path
) -> None:
    folder = draft(part, tmp_path / "project")
    status(folder, "released")
    assert by_code(load.checked(folder).problems, "error") == errors
    assert main(["build", str(folder), "--out", str(tmp_path / "_site")]) == FAULTS
    assert not (tmp_path / "_site").exists()


def test_a_claim_about_a_function_is_reviewed_while_the_function_is_missing(tmp_path: Path) -> None:
    """A function that is there and is another one is still a fault of the claim."""
    folder = draft(cells_only, tmp_path / "project")
    path = folder / TAGS / "editors/2.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  p8:\n", "  p8:\n    function: scene\n"), encoding="utf-8"
    )
    assert by_code(load.checked(folder).problems, "error") == {"P003": 1}


# --- pages and exports ----------------------------------------------------------------------------


def test_every_link_of_the_site_leads_somewhere(site: Built) -> None:
    dead = [line for page in site.pages.values() for line in dead_links(page, site.pages, site.files)]
    assert not dead, "\n".join(dead)


def test_every_passage_has_its_page_and_no_page_says_none(site: Built) -> None:
    for passage in site.project.works[0].passages:
        assert f"canal/{passage.id}.html" in site.pages
    for name, page in site.pages.items():
        assert not {"None", "Undefined"} & set(page.root.text.split()), name


def test_a_line_without_words_is_not_shown(site: Built) -> None:
    """A gist that is missing leaves no empty line behind."""
    for name, page in site.pages.items():
        for element in page.all("p", "q"):
            empty = not element.text.strip() and not element.all("img", "svg", "input", "select", "button")
            assert not (empty and "gist" in element.attributes.get("class", "")), name
            assert not (empty and element.attributes.get("lang") == "en"), name


OF_TAGS = {"data/agreement.csv", "data/disagreements.csv", "data/alternatives.csv"}
"""The tables of what several coders, or the coder of the site, have said: not made if there is nothing."""


def test_every_file_of_a_complete_project_is_made(
    files: Files, tiny_site: Files, request: pytest.FixtureRequest
) -> None:
    # a picture shows tags, except those of the steps of the argument
    drawn = {name for name in tiny_site if re.search(r"(^|/)pictures/(?!causes|remedies)", name)}
    assert {"pictures/score.svg", "hans/pictures/score.svg"} <= drawn
    of_tags = OF_TAGS | drawn | {"disagreements.html", "hans/disagreements.html"}
    absent = {"nothing": of_tags | {"data/coders.csv"}, "another": of_tags}
    assert absent["nothing"] <= tiny_site.keys()
    assert files.keys() == tiny_site.keys() - absent.get(request.node.callspec.params["folder"], set())
    assert all(files[name] for name in files)


def test_the_formats_are_valid(files: Files, tmp_path: Path) -> None:
    instance = json.loads(files["data/passages.json"])
    validator = Draft202012Validator(json.loads(files["data/passages.schema.json"]))
    assert [error.message for error in validator.iter_errors(instance)] == []
    tables = {resource["path"] for resource in json.loads(files["data/datapackage.json"])["resources"]}
    made = {name for name in files if re.fullmatch(r"data/.*\.csv", name)}
    # Taguette has its own columns, and the plain tables of tags have their headings in the language of a view
    others = {name for name in made if re.fullmatch(r"data/(taguette|tags(-\w+)?)\.csv", name)}
    assert {f"data/{name}" for name in tables} == made - others
    for name in (*tables, "datapackage.json"):
        (tmp_path / name).write_bytes(files[f"data/{name}"])
    report = frictionless_validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["type", "rowNumber", "fieldName", "message"]) == []
    header = next(csv.reader(io.StringIO(files["data/passages.csv"].decode("utf-8-sig"))))
    assert {"passage", "code", "relation", "quote_1"} <= {*header}
    collection = json.loads(files["data/annotations.jsonld"])
    assert collection["total"] == len(collection["first"]["items"])


def test_tei_is_valid(files: Files, tmp_path: Path) -> None:
    assert tei_faults(tmp_path, files["data/edition.xml"]) == ""


def test_refi_is_valid(files: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(files["data/project.qdpx"])) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    xsd = etree.XMLSchema(etree.parse(schemas("refi/Project.xsd")))
    assert xsd.validate(root), xsd.error_log


# --- the first tags -------------------------------------------------------------------------------

TABLE = "passage,tag,quote_1\np2,flow~a:shows,水是有聲音的\np2,flow~b:shows,遠看只有一條白線\n"
"""What the pages of the editors claim of this passage holds with these tags."""


@pytest.mark.usefixtures("kept_results")
@pytest.mark.parametrize("coder", ["editors", "ming"])
def test_the_first_tags_can_be_imported_into_a_project_without_tags(coder: str, tmp_path: Path) -> None:
    folder = draft(nothing, tmp_path / "project")
    shutil.rmtree(folder / "annotations/canal")  # its notes too: the import makes the folder
    record(folder)
    (tmp_path / "tags.csv").write_text(TABLE, encoding="utf-8")
    assert main(["import-tags", str(tmp_path / "tags.csv"), str(folder), "--coder", coder]) == CLEAN
    found = load.checked(folder)
    assert found.sound
    assert found.project is not None
    (tagging,) = found.project.taggings
    assert (tagging.coder, tagging.passage) == (coder, "p2")
    assert [cell.cell for cell in tagging.cells] == ["flow~a", "flow~b"]
    assert main(["build", str(folder), "--out", str(tmp_path / "_site")]) == CLEAN


@pytest.mark.parametrize("form", ["csv", "webannotation", "refi"])
@pytest.mark.parametrize("part", ["first half", "cells only"])
def test_what_a_draft_exports_comes_back(form: str, part: str, tmp_path: Path) -> None:
    folder = draft(DRAFTS[part], tmp_path / "project")
    out = tmp_path / "tags"
    assert main(["export", form, str(folder), "--out", str(out)]) == CLEAN
    names = ["--coder=editors=again", "--coder=reader=other"]
    assert main(["import-tags", str(out), str(folder), *names]) == CLEAN
    found = load.checked(folder)
    assert found.project is not None

    def statements(coder: str) -> list[object]:
        assert found.project is not None
        return [
            (t.passage, t.function, t.gist, t.gist.of("en"), t.note, [(c.cell, c.relation) for c in t.cells])
            for t in found.project.taggings
            if t.coder == coder
        ]

    assert sorted(statements("again"), key=str) == sorted(statements("editors"), key=str) != []
