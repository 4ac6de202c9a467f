"""Projects that leave out what they do not use: each builds, and shows and exports nothing that it lacks.

``tests/projects`` has whole projects.  Each has a golden of the words of its pages and one of the checksums
of its files; ``pytest --update-goldens`` rewrites them, then read each.  Further kinds are made from them
and from ``tests/tiny``.
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import jsonschema
import lxml.etree
import lxml.html
import page_reader
import pins
import pytest
from conftest import TINY, Files, change, pages_of, record
from proof_tools import made

from site_builder.cli.main import CLEAN, main
from site_builder.edges import load
from site_builder.model import Project

works_site, split_works_site = page_reader.works_site, page_reader.split_works_site

PROJECTS = TINY.parent / "projects"
GOLDENS = PROJECTS / "goldens"
NAMES = sorted(path.name for path in PROJECTS.iterdir() if (path / "annotations").is_dir())
GRID = "annotations/codebook/grid.yaml"


# --- further kinds --------------------------------------------------------------------------------


def edited(folder: Path, *changes: tuple[str, str]) -> None:
    """Replace patterns in every source of a project."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".md") and path.name != "anchors.yaml":
            text = path.read_text(encoding="utf-8")
            for old, new in changes:
                text = re.sub(old, new, text)
            path.write_text(text, encoding="utf-8")


def no_functions(folder: Path) -> None:
    edited(
        folder, (r"(?ms)^functions:.*?(?=^limits)", ""), (r" *function: \w+\n", ""), (" function:turn", "")
    )


def no_relations(folder: Path) -> None:
    edited(
        folder,
        (r"(?ms)^relations:.*?(?=^functions)", ""),
        (r"(?m)(^ *- \{facet: .*), relations: .*\}", r"\1}"),
        (r" relation: \w+,", ""),
        (r" ![^\s;\]]+", ""),
        (r":(shows|harms|asks)\b", ""),
    )


def no_words(folder: Path) -> None:
    """Without glosses, short names, signs, captions, notes and colours."""
    edited(
        folder,
        (r", name_en: [^,}]+", ""),
        (r"\n *(name|title|gist|author)_en: .*", ""),
        (r", short: ., ", ", "),
        (r"\nshort: 做法", ""),
        (r", sign: .", ""),
        (r"\n(grid_caption|grid_note|conversion_note): .*", ""),
        (r", note: 編者自製。", ""),
        (r', (color|tint): (\{[^}]*\}|"[^"]*")', ""),
        (r'\n *color: "[^"]*"', ""),
        (r"(?ms)^silence:\n(  .*?\n)+", ""),
    )
    (folder / "annotations/pages/silence.md").unlink()


def with_relations(folder: Path) -> None:
    terms = "[{id: shows, name: 写出}, {id: wants, name: 愿有}]"
    change(folder, GRID, "functions:", f"relations: {terms}\nfunctions:")
    edited(folder, (r"\{cell: (\w+), evidence", r"{cell: \1, relation: shows, evidence"))


def no_codes(folder: Path) -> None:
    """A text alone: no codebook, no tags, no page."""
    for name in ("codebook", "orchard", "pages"):
        shutil.rmtree(folder / "annotations" / name)
    change(folder, "annotations/project.yaml", "facets: [themes]\n", "")


MADE: dict[str, tuple[Path, Callable[[Path], None]]] = {
    "tiny without functions": (TINY, no_functions),
    "tiny without relations": (TINY, no_relations),
    "tiny without words": (TINY, no_words),
    "no poles, with relations": (PROJECTS / "simplified-two-coders", with_relations),
    "a text alone": (PROJECTS / "english-flat", no_codes),
}
KINDS = (*NAMES, *MADE)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Name of a kind → the folder of its project, made once."""

    @cache
    def folder(name: str) -> Path:
        if name in NAMES:
            return PROJECTS / name
        source, make = MADE[name]
        target = tmp_path_factory.mktemp("kind") / "project"
        shutil.copytree(source, target)
        make(target)
        return record(target)

    return folder


@pytest.fixture(scope="module")
def built(folders: Callable[[str], Path]) -> Callable[[str], tuple[Project, Files]]:
    """Name of a kind → its project and the files of its site."""

    @cache
    def build(name: str) -> tuple[Project, Files]:
        found = load.checked(folders(name))
        assert found.problems == (), "\n".join(map(str, found.problems))
        assert found.project is not None
        return found.project, made(folders(name))

    return build


def pages(files: Files) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    for name in sorted(files):
        if name.endswith(".html"):
            yield name, lxml.html.document_fromstring(files[name].decode())


def beside(address: str, path: str) -> str:
    """The target of a link on a page; an empty path is the page itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), path)) if path else address


# --- goldens --------------------------------------------------------------------------------------


def words_of(project: Project, files: Files) -> str:
    """The words of ``<main>`` of each page of the first view, block by block; the page of files is left out,
    since checksums change with every change of the tool."""
    parts = []
    others = tuple(f"{view.folder}/" for view in project.site.views if view.folder)
    for name, root in pages(files):
        if name.startswith(others) or name in ("cite.html", "edition.html"):
            continue
        [body] = root.xpath("//main")
        for block in body.iter("p", "li", "dt", "dd", "tr", "h1", "h2", "h3", "figcaption", "summary"):
            block.tail = "\n" + (block.tail or "")
        lines = (re.sub(r"\s+", " ", line).strip() for line in body.text_content().split("\n"))
        parts.append("\n".join([f"== {name}", *filter(None, lines)]))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_of_a_project_have_the_words_of_its_golden(
    name: str, built: Callable[[str], tuple[Project, Files]], request: pytest.FixtureRequest
) -> None:
    golden = GOLDENS / f"{name}.txt"
    found = words_of(*built(name))
    if request.config.getoption("--update-goldens"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*NAMES, "tiny", "three-works", "three-works-divided"])
def test_the_files_of_a_project_are_those_that_were_read_last(
    name: str, request: pytest.FixtureRequest
) -> None:
    """A change of the tool that should change no file changes none: no export, no drawing, no style.

    Of a file that should change, compare the old and the new one, and look at it; then write the checksums.
    """
    if name == "three-works":
        files = request.getfixturevalue("works_site")[1]
    elif name == "three-works-divided":
        files = request.getfixturevalue("split_works_site")
    else:
        files = made(TINY if name == "tiny" else PROJECTS / name)
    pins.compare(name, files, write=request.config.getoption("--update-goldens"))


# --- pages ----------------------------------------------------------------------------------------

CONTAINERS = (
    "//ul|//ol|//dl|//table|//caption|//figcaption|//h1|//h2|//h3|//fieldset|//legend|//nav|//section"
)
DRAWN = ("_hits",)
"""Lists that a script fills."""


@pytest.mark.parametrize("name", KINDS)
def test_no_page_has_an_empty_table_list_heading_or_caption(
    name: str, built: Callable[[str], tuple[Project, Files]]
) -> None:
    empty = [
        f"{address}: <{one.tag} class={one.get('class')}>"
        for address, root in pages(built(name)[1])
        for one in root.xpath(CONTAINERS)
        if one.get("id") not in DRAWN
        if not one.text_content().strip() or (one.tag == "table" and not one.xpath(".//tbody/tr/*"))
    ]
    assert empty == []


@pytest.mark.parametrize("name", KINDS)
def test_every_link_leads_to_a_file_and_an_id(
    name: str, built: Callable[[str], tuple[Project, Files]]
) -> None:
    files = built(name)[1]
    found = dict(pages(files))
    ids = {address: set(root.xpath("//@id")) for address, root in found.items()}
    dead = []
    for address, root in found.items():
        for href in root.xpath("//main//a/@href | //nav//a/@href | //footer//a/@href"):
            path, _, id_ = href.partition("#")
            if "://" not in href:
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(address), path)) if path else address
                )
                if target not in files or (id_ and target in ids and id_ not in ids[target]):
                    dead.append(f"{address}: {href}")
    assert dead == []


@pytest.mark.parametrize("name", KINDS)
def test_each_code_with_a_colour_has_a_rule_and_each_mark_a_code(
    name: str, built: Callable[[str], tuple[Project, Files]]
) -> None:
    files = built(name)[1]
    ruled = set(re.findall(r':is\(\.chip[^)]*\)\[data-cell="([^"]+)"\]', files["assets/frame.css"].decode()))
    used = {slug for _, root in pages(files) for slug in root.xpath("//@data-cell") if slug != "entry"}
    marked = {slug for _, root in pages(files) for slug in root.xpath("//mark//@data-cell")}
    assert used <= ruled
    assert marked or not ruled


@pytest.mark.parametrize("name", KINDS)
def test_the_navigation_has_only_pages_of_the_project(
    name: str, built: Callable[[str], tuple[Project, Files]]
) -> None:
    project, files = built(name)
    root = dict(pages(files))["index.html"]
    linked = set(root.xpath("//nav[@class='places']//a/@href"))
    assert ("grid/index.html" in linked) == ("grid/index.html" in files) == bool(project.grid.cells)
    assert ("indexes.html" in linked) == ("indexes.html" in files)
    assert ("silence.html" in linked) == ("silence.html" in files) == bool(project.site.silence)
    assert any(href.endswith("apparatus.html") for href in linked) == any(
        "apparatus" in name for name in files
    )


# --- exports --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_the_exports_leave_out_what_the_codebook_lacks(
    name: str, built: Callable[[str], tuple[Project, Files]]
) -> None:
    project, files = built(name)
    grid = project.grid
    data, schema = json.loads(files["data/passages.json"]), json.loads(files["data/passages.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    for passage in data["passages"]:
        assert ("function" in passage) == bool(grid.functions)
        assert ("cells" in passage) == bool(grid.cells)
        assert all(("relation" in cell) == bool(grid.relations) for cell in passage.get("cells", ()))
    rows = list(csv.DictReader(io.StringIO(files["data/codebook.csv"].decode("utf-8-sig"))))
    kinds = {row["kind"] for row in rows}
    assert ("dimension" in kinds) == bool(grid.poles)
    assert ("cell" in kinds) == bool(grid.cells)
    assert ("relation" in kinds) == bool(grid.relations)
    assert ("function" in kinds) == bool(grid.functions)
    tei = lxml.etree.fromstring(files["data/edition.xml"])
    taxonomies = set(tei.xpath("//*[local-name()='taxonomy']/@xml:id"))
    assert {f"facet.{facet.id}" for facet in project.facets} <= taxonomies
    assert ("taxonomy.grid" in taxonomies) == bool(grid.cells)
    assert ("taxonomy.poles" in taxonomies) == bool(grid.poles)
    assert tei.xpath("//*[local-name()='taxonomy' or local-name()='classDecl'][not(*)]") == []
    tags = tei.xpath("//@xml:lang | //*[local-name()='language']/@ident")
    assert [tag for tag in tags if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag)] == []


@pytest.mark.parametrize("name", [name for name in KINDS if name != "a text alone"])
@pytest.mark.parametrize("form", ["csv", "webannotation", "refi"])
def test_exported_tags_come_back(
    name: str, form: str, folders: Callable[[str], Path], tmp_path: Path
) -> None:
    folder, out = tmp_path / "project", tmp_path / "tags"
    shutil.copytree(folders(name), folder)
    coders = {tagging.coder for tagging in load.checked(folder).project.taggings}  # type: ignore[union-attr]
    assert main(["export", form, str(folder), "--out", str(out)]) == CLEAN
    renamed = [f"--coder={coder}={coder}-again" for coder in sorted(coders)]
    assert main(["import-tags", str(out), str(folder), *renamed]) == CLEAN
    project = load.checked(folder).project
    assert project is not None

    def statements(ending: str) -> list[object]:
        return sorted(
            (
                *(t.passage, t.coder.removesuffix("-again"), t.function, t.gist, t.note),
                tuple((c.cell, c.relation, len(c.evidence)) for c in t.cells),
                tuple((e.facet, e.entry, len(e.evidence)) for e in t.entries),
            )
            for t in project.taggings
            if t.coder.endswith("-again") is bool(ending)
        )

    assert statements("-again") == statements("") != []


@pytest.mark.parametrize("name", KINDS)
def test_a_book_holds_every_page_that_it_links(
    name: str, built: Callable[[str], tuple[Project, Files]]
) -> None:
    book = zipfile.ZipFile(io.BytesIO(built(name)[1]["data/edition.epub"]))
    documents = {n: lxml.etree.fromstring(book.read(n)) for n in book.namelist() if n.endswith(".xhtml")}
    ids = {n: set(root.xpath("//@id")) for n, root in documents.items()}
    for name_, root in documents.items():
        for href in root.xpath("//*[local-name()='a']/@href"):
            path, _, id_ = href.partition("#")
            if "://" not in href:
                target = beside(name_, path)
                assert target in ids, f"{name_}: {href}"
                assert not id_ or id_ in ids[target], f"{name_}: {href}"
        for kind in ("ul", "ol", "dl", "table", "caption", "h1", "h2"):
            empty = root.xpath(f"//*[local-name()='{kind}'][not(normalize-space())]")
            assert empty == [], f"{name_}: <{kind}>"


# --- what only some projects need -----------------------------------------------------------------


def reported(folder: Path) -> list[str]:
    return [f"{p.code} {p.message}" for p in load.checked(folder).problems if p.code[0] != "A"]


def test_a_cell_of_a_grid_without_poles_has_the_id_of_its_dimension(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(PROJECTS / "simplified-two-coders", folder)
    cells = "cells:\n  - {id: skill, dimension: craft, name: 手艺, definition: 修表的手法。}\n"
    change(folder, GRID, "functions:", f"{cells}functions:")
    messages = reported(folder)
    assert (
        "C002 a cell of a grid without poles must have the id of its dimension and no pole: skill" in messages
    )
    change(folder, GRID, "id: skill", "id: craft")
    assert reported(folder) == []


def test_a_silence_report_without_cells_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(PROJECTS / "english-flat", folder)
    path = folder / "annotations/project.yaml"
    path.write_text(path.read_text("utf-8") + "silence: [{facet: themes, name: Nobody}]\n", encoding="utf-8")
    assert reported(folder) == ["S001 a silence report must have cells: the column 'Nobody' has no rows"]


def test_a_grid_that_tags_use_must_not_be_missing(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(PROJECTS / "simplified-two-coders", folder)
    (folder / GRID).unlink()
    assert reported(folder) == ["F001 the file is missing"]


def test_an_address_of_an_apparatus_that_was_published_stays(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(PROJECTS / "english-flat", folder)
    ledger = folder / "annotations/anchors.yaml"
    entry = re.search(r'(?m)^.*id: "orchard/index\.html".*$', ledger.read_text("utf-8"))
    assert entry is not None
    line = entry[0].replace("orchard/index.html", "orchard/apparatus.html")
    ledger.write_text(ledger.read_text("utf-8").replace(entry[0], f"{entry[0]}\n{line}"), encoding="utf-8")
    found = load.checked(folder)
    assert found.problems == ()
    assert "orchard/apparatus.html" in pages_of(found)


def test_two_coders_agree_on_the_codes_of_a_grid_without_poles(
    built: Callable[[str], tuple[Project, Files]],
) -> None:
    root = dict(pages(built("simplified-two-coders")[1]))["method.html"]
    rows = [
        [cell.text_content() for cell in row]
        for row in root.xpath("//table[contains(@class, 'stacked')]/tbody/tr")
    ]
    # of 24 decisions, 8 yes of lin, 7 of zhou, 5 of both: see the tags
    [together] = [row for row in rows if row[0] == "所有格合计"]
    assert together == ["所有格合计", "24", "79.2%", "0.52", "0.19 至 0.80", "8", "7", "5"]
