"""Verse: a passage of several lines keeps its lines in the text, on the pages and in every format."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import TINY, Files
from lxml import etree, html
from proof_tools import made

from site_builder.cli.main import CLEAN, main
from site_builder.edges import load
from site_builder.model import Passage, within
from site_builder.pipeline import Checked
from site_builder.source import prose

LINES = (
    "近看，水是有聲音的：過石頭時急，過草根時緩，在閘口打一個轉再走。",
    "遠看只有一條白線，從竹林一直畫到海邊（見圖）。",
)
VERSE = "\n".join(LINES)
TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny project with p2 as two lines of verse, and evidence that goes over both."""
    found = tmp_path_factory.mktemp("verse") / "project"
    shutil.copytree(TINY, found)
    text = found / "corpus/canal/text.md"
    text.write_text(text.read_text("utf-8").replace("再走。遠看", "再走。\\\n遠看"), "utf-8")
    tags = found / "annotations/canal/tags/editors/1.yaml"
    old, new = "evidence: [遠看只有一條白線], note", 'evidence: ["再走。\\n遠看只有一條白線"], note'
    tags.write_text(tags.read_text("utf-8").replace(old, new), "utf-8")
    assert main(["anchors", str(found), "--accept", "p2"]) == CLEAN
    return found


@pytest.fixture(scope="module")
def verse(folder: Path) -> Checked:
    return load.checked(folder)


@pytest.fixture(scope="module")
def site(folder: Path) -> Files:
    return made(folder)


def _passage(found: Checked, id_: str = "p2") -> Passage:
    assert found.project is not None
    return next(p for p in found.project.works[0].passages if p.id == id_)


# --- reading ----------------------------------------------------------------------------------------


def test_a_passage_of_verse_is_one_passage_with_line_ends(verse: Checked) -> None:
    assert [str(problem) for problem in verse.problems] == []
    assert _passage(verse).text == VERSE


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("春眠\\\n不覺 {#p1}\n", "春眠\n不覺"),
        ("春眠 \\\n  不覺 {#p1}\n", "春眠\n不覺"),
        ("春\\\n眠\\\n不覺 {#p1}\n", "春\n眠\n不覺"),
        ("春眠\\\\\\\n不覺 {#p1}\n", "春眠\\\n不覺"),
        ("\u3000春眠\\\n\u3000不覺 {#p1}\n", "春眠\n\u3000不覺"),
    ],
)
def test_a_backslash_ends_a_line_of_verse(source: str, text: str) -> None:
    blocks, faults = prose.edition(f"# 題 {{#t}}\n\n{source}", "t.md")
    assert faults == []
    assert blocks[1].text == text


@pytest.mark.parametrize("source", ["春眠  \n不覺 {#p1}\n", "春眠\n不覺 {#p1}\n", "春眠\\\\\n不覺 {#p1}\n"])
def test_a_line_without_the_mark_is_reported(source: str) -> None:
    _, faults = prose.edition(f"# 題 {{#t}}\n\n{source}", "t.md")
    assert [(f.code, f.place.line, f.place.column) for f in faults] == [("T009", 3, 1)]


def test_a_place_within_verse_is_on_its_line(verse: Checked) -> None:
    passage = _passage(verse)
    place = within(passage.place, passage.text, passage.text.index("竹林"))
    assert (place.line, place.column) == (passage.place.line + 1, LINES[1].index("竹林") + 1)
    first = within(passage.place, passage.text, 3)
    assert (first.line, first.column) == (passage.place.line, passage.place.column + 3)


def test_a_change_against_the_witness_is_placed_on_its_line(folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(folder, changed)
    text = changed / "corpus/canal/text.md"
    text.write_text(text.read_text("utf-8").replace("從竹林", "從松林"), "utf-8")
    found = [p for p in load.checked(changed).problems if p.code == "W003"]
    assert [(p.place.line, p.place.column) for p in found] == [(8, LINES[1].index("竹") + 1)]


def test_verse_may_be_quoted_as_one_line(folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(folder, changed)
    page = changed / "annotations/pages/grid.md"
    page.write_text(page.read_text("utf-8").replace("「近看」", "「打一個轉再走。遠看只有」"), "utf-8")
    assert [p for p in load.checked(changed).problems if p.code == "P010"] == []


# --- pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["canal/index.html", "canal/p2.html", "hans/canal/index.html"])
def test_pages_show_the_lines_and_keep_the_text(name: str, site: Files) -> None:
    page = html.fromstring(site[name].decode())
    [words] = [e for e in page.iter() if e.get("id") == "p2"]
    assert len(list(words.iter("br"))) == 1
    simplified = name.startswith("hans/")
    shown = words.text_content()
    assert len(shown) == len(VERSE)
    assert shown.index("\n") == VERSE.index("\n")
    assert simplified or shown == VERSE


def test_the_book_shows_the_lines(site: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(site["data/edition.epub"])) as book:
        chapters = [html.fromstring(book.read(n)) for n in book.namelist() if n.endswith("index.xhtml")]
    [words] = [e for chapter in chapters for e in chapter.iter() if e.get("id") == "p2"]
    assert len(list(words.iter("br"))) == 1
    assert words.text_content() == VERSE


# --- formats ----------------------------------------------------------------------------------------


def test_tables_and_json_keep_the_line_end(site: Files) -> None:
    rows = [*csv.DictReader(io.StringIO(site["data/passages.csv"].decode("utf-8-sig"), newline=""))]
    assert {row["text"] for row in rows if row["passage"] == "p2"} == {VERSE}
    data: Any = json.loads(site["data/passages.json"])
    [found] = [p for p in data["passages"] if p["id"] == "p2"]
    assert found["text"]["hant"] == VERSE
    for cell in found["cells"]:
        for quote in cell["evidence"]:
            assert VERSE[quote["start"] : quote["end"]] == quote["quote"]


def test_tei_begins_each_line_with_lb_and_counts_the_line_end(site: Files) -> None:
    root = etree.fromstring(site["data/edition.xml"])
    [passage] = [p for p in root.iter(f"{TEI}p") if p.get("{http://www.w3.org/XML/1998/namespace}id") == "p2"]
    assert len(list(passage.iter(f"{TEI}lb"))) == 1
    assert "".join(passage.itertext()).startswith("\n".join((LINES[0], LINES[1][:10])))


def test_a_line_of_the_file_for_qda_programs_is_a_block(site: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(site["data/project.qdpx"])) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        texts = {
            f"internal://{n.removeprefix('sources/')}": archive.read(n).decode() for n in archive.namelist()
        }
    [source] = [e for e in root.iter() if etree.QName(e).localname == "TextSource"]
    text = texts[source.get("plainTextPath", "")]
    assert VERSE.replace("\n", "\u2028") in text.split("\n")
    named = [e for e in source.iter() if "startPosition" in e.attrib and e.get("name")]
    assert named
    for selection in named:
        start, end = int(selection.attrib["startPosition"]), int(selection.attrib["endPosition"])
        assert text[start:end] == selection.get("name")


@pytest.mark.parametrize("form", ["webannotation", "csv", "refi"])
def test_tags_of_verse_survive_a_round_trip(
    form: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    shutil.copytree(folder, project)
    assert main(["export", form, str(project), "--out", str(tmp_path / "out")]) == CLEAN
    out = Path(capsys.readouterr().out.split("\n")[0])
    renamed = ["--coder=editors=ming", "--coder=reader=hua"]
    assert main(["import-tags", str(out), str(project), *renamed]) == CLEAN, capsys.readouterr()
    found = load.checked(project)
    assert found.sound
    assert found.project is not None
    both = {
        coder: next(t for t in found.project.taggings if t.coder == coder and t.passage == "p2")
        for coder in ("editors", "ming")
    }
    cells = {
        coder: [(c.cell, c.relation, [(q.text, q.to) for q in c.evidence]) for c in tagging.cells]
        for coder, tagging in both.items()
    }
    assert ("再走。\n遠看只有一條白線", "") in cells["ming"][1][2]
    assert [c[:2] for c in cells["ming"]] == [c[:2] for c in cells["editors"]]
