"""Tables for spreadsheets: no cell is read as a formula, and nothing is lost when they come back."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from conftest import TINY, Files, on_disk
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.main import CLEAN, USAGE, main
from site_builder.formats.tables import write as tables
from site_builder.formats.tables.sheet import sheet
from site_builder.importing.problems import ProblemLog

SIGNS = "=+-@＝＋－＠"
"""Excel takes the full-width ones for the others in East Asian settings."""
CELLS = st.text(st.sampled_from([*SIGNS, "'", "\t", "\r", "\n", ",", '"', "水", "1", " "]), max_size=6)


def cells(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def table(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def read(data: bytes) -> list[dict[str, str]]:
    """The rows of a table as ``import-tags`` reads them; there must be no fault."""
    faults = ProblemLog("table.csv")
    found = sheet(data, faults, lambda name: name if name in "abc" else "", lambda *_: None)
    assert list(faults.all_problems(())) == []
    return [row.cells for row in found.rows]


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_cell_of_a_guarded_table_is_a_formula(rows: list[list[str]]) -> None:
    found = cells(tables.guarded(table(rows)))
    assert [len(row) for row in found] == [len(row) for row in rows]
    for row, plain in zip(found, rows, strict=True):
        for cell, before in zip(row, plain, strict=True):
            assert not cell.startswith((*SIGNS, "\t", "\r", "\n"))
            assert cell in (before, f"'{before}")


PLAIN = CELLS.filter(lambda cell: not cell.strip().startswith("'"))


@given(st.lists(st.lists(PLAIN, min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_guarded_table_is_read_as_the_plain_one(rows: list[list[str]]) -> None:
    plain = table([["a", "b", "c"], *rows])
    assert read(tables.guarded(plain)) == read(plain)


@pytest.mark.parametrize("cell", ["'=x", "''=x", "'''+水"])
def test_a_cell_that_begins_with_apostrophes_comes_back_unchanged(cell: str) -> None:
    assert read(tables.guarded(table([["a"], [cell]]))) == [{"a": cell}]


def test_a_table_without_such_cells_is_the_same(tiny_site: Files) -> None:
    for name in ("data/passages.csv", "data/codebook.csv"):
        assert tables.guarded(tiny_site[name]) == tiny_site[name]


@pytest.fixture
def hostile(copy: Path) -> Path:
    """A project whose notes, names and definitions are formulas."""
    grid = copy / "annotations/codebook/grid.yaml"
    tags = copy / "annotations/canal/tags/editors/1.yaml"
    grid.write_text(
        grid.read_text(encoding="utf-8").replace("name: 水聲", "name: '=HYPERLINK(1)'", 1),
        encoding="utf-8",
    )
    tags.write_text(
        tags.read_text(encoding="utf-8")
        .replace("note: 也可只標水聲。", "note: '=1+1'")
        .replace("note: 遠近在同一段裡。", "note: '@SUM(A1)'")
        .replace("gist: 近看有聲，遠看成線。", "gist: '-2+3 近看有聲，遠看成線。'"),
        encoding="utf-8",
    )
    return copy


@pytest.mark.parametrize("form", ["csv", "codebook-csv"])
def test_the_command_writes_a_guarded_table_under_a_name_that_says_so(
    form: str, hostile: Path, tmp_path: Path
) -> None:
    for more in ([], ["--guarded"]):
        assert main(["export", form, str(hostile), "--out", f"{tmp_path}/out/", *more]) == CLEAN
    files = on_disk(tmp_path / "out")
    name = {"csv": "passages", "codebook-csv": "codebook"}[form]
    assert files.keys() == {f"{name}.csv", f"{name}-guarded.csv"}
    live = [cell for row in cells(files[f"{name}.csv"]) for cell in row if cell.startswith(tuple(SIGNS))]
    assert live
    guarded = [cell for row in cells(files[f"{name}-guarded.csv"]) for cell in row]
    assert not any(cell.startswith(tuple(SIGNS)) for cell in guarded)
    assert {f"'{cell}" for cell in live} <= {*guarded}


def test_a_guarded_table_gives_the_same_tags_back(hostile: Path, tmp_path: Path) -> None:
    taken = []
    for number, more in enumerate(([], ["--guarded"])):
        out = tmp_path / f"{number}.csv"
        project = tmp_path / str(number)
        shutil.copytree(hostile, project)
        assert main(["export", "csv", str(hostile), "--out", str(out), *more]) == CLEAN
        names = ["--coder", "editors=ming", "--coder", "reader=hua"]
        assert main(["import-tags", str(out), str(project), *names]) == CLEAN
        files = on_disk(project / "annotations/canal/tags")
        taken.append({name: data.replace(out.name.encode(), b"") for name, data in files.items()})
    assert taken[0] == taken[1]
    assert b"=1+1" in taken[1]["ming/imported.yaml"]


def test_only_a_table_can_be_guarded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "tei", str(TINY), "--out", str(tmp_path / "x.xml"), "--guarded"]) == USAGE
    assert list(tmp_path.iterdir()) == []
    assert "--guarded" in capsys.readouterr().err


def test_the_description_of_the_tables_warns(tiny_site: Files) -> None:
    assert b"--guarded" in tiny_site["data/datapackage.json"]
    assert "試算表會當作公式" in tiny_site["cite.html"].decode()
