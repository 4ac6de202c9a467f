"""The files for programs that import plain text and a list of codes: ``data/text``, ``data/taguette.csv``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import test_browser
from conftest import Files
from frictionless import Resource
from playwright.sync_api import Browser
from test_webannotation import edition_of

from site_builder.edges import load
from site_builder.formats import plaintext, taguette
from site_builder.pipeline import Checked

chromium = test_browser.chromium


@pytest.fixture(scope="module", params=["repository", "tiny"])
def checked(request: pytest.FixtureRequest) -> Checked:
    found: Checked = request.getfixturevalue(request.param)
    return found


def rows_of(data: bytes, folder: Path) -> list[dict[str, str]]:
    """The rows as Taguette's documentation says it reads them: by the columns ``tag`` and ``description``."""
    path = folder / "codes.csv"
    path.write_bytes(data)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [*rows[0]] == ["tag", "description"]
    return rows


def test_every_code_has_a_unique_name_and_its_definition(checked: Checked, tmp_path: Path) -> None:
    project = checked.project
    assert project is not None
    rows = rows_of(taguette.taguette(edition_of(checked)), tmp_path)
    grid = project.grid
    wanted = [(d.name, d.definition) for d in grid.dimensions]
    for cell in grid.cells:
        wanted += [(cell.name, cell.definition), *((t.name, t.definition) for t in cell.traits)]
    wanted += [(t.name, t.definition) for t in (*grid.relations, *grid.functions)]
    for facet in project.facets:
        wanted += [(facet.name, facet.definition), *((e.name, e.definition.text) for e in facet.entries)]
    assert [row["description"] for row in rows] == [definition for _, definition in wanted]
    for row, (name, _) in zip(rows, wanted, strict=True):
        assert row["tag"].split(".")[-1].startswith(name.replace(".", "．")), row
        assert 0 < len(row["tag"]) <= taguette.LONGEST
    assert len({row["tag"] for row in rows}) == len(rows) > 20


def test_a_code_is_named_below_those_above_it(tiny: Checked, tmp_path: Path) -> None:
    names = [row["tag"] for row in rows_of(taguette.taguette(edition_of(tiny)), tmp_path)]
    assert names[:4] == ["水", "岸", "人", "水.水聲"]
    assert "做法.分水.寫在木牌上" in names
    assert "關係.寫出" in names


def test_a_long_name_is_cut_off_at_the_limit_and_keeps_its_id(copy: Path, tmp_path: Path) -> None:
    path = copy / "annotations/codebook/facets/things.yaml"
    text = path.read_text(encoding="utf-8")
    for name in ("閘", "竹"):
        text = text.replace(f"name: {name}", f"name: {'長' * 300}")
    path.write_text(text, encoding="utf-8")
    names = [row["tag"] for row in rows_of(taguette.taguette(edition_of(load.checked(copy))), tmp_path)]
    for id_ in ("gate", "bamboo"):
        end = f" (things:{id_})"
        (name,) = (one for one in names if one.endswith(end))
        assert name == ("物." + "長" * 300)[: taguette.LONGEST - len(end)] + end


def test_codes_with_the_same_path_are_distinguished_by_their_ids(copy: Path, tmp_path: Path) -> None:
    path = copy / "annotations/codebook/facets/things.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: 閘", "name: 竹"), encoding="utf-8")
    found = load.checked(copy)
    assert found.sound, found.problems
    names = [row["tag"] for row in rows_of(taguette.taguette(edition_of(found)), tmp_path)]
    assert {"物.竹 (things:gate)", "物.竹 (things:bamboo)"} <= {*names}
    assert "物.竹" not in names


@pytest.mark.reads("taguette", "frictionless")
def test_a_program_of_others_reads_the_codes(checked: Checked, tmp_path: Path) -> None:
    path = tmp_path / "taguette.csv"
    path.write_bytes(taguette.taguette(edition_of(checked)))
    resource = Resource(name="codes", path=path.name, basepath=str(tmp_path), encoding="utf-8-sig")
    rows = resource.read_rows()
    assert [field.name for field in resource.schema.fields] == ["tag", "description"]
    assert len(rows) == len(rows_of(path.read_bytes(), tmp_path))
    assert not [row for row in rows if row.errors or not row["tag"]]


@pytest.mark.browser
@pytest.mark.reads("text", "Chromium")
def test_a_browser_reads_the_complete_plain_text(checked: Checked, chromium: Browser, tmp_path: Path) -> None:
    assert checked.project is not None
    [work] = checked.project.works
    path = tmp_path / f"{work.id}.txt"
    path.write_bytes(plaintext.plain_text(work))
    page = chromium.new_page()
    page.goto(path.as_uri())
    paragraphs = page.evaluate("document.body.textContent").strip("\n").split("\n\n")
    page.close()
    assert paragraphs == [block.text for block in work.blocks]


def test_no_text_is_written_where_it_may_not_be_published(
    tiny_site: Files, tiny_site_without_text: Files
) -> None:
    bare = tiny_site_without_text
    assert not [name for name in bare if name.startswith("data/text/")]
    assert "data/taguette.csv" in bare
    assert "data/text/canal.txt" in tiny_site
