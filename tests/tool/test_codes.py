"""Ids of codes: each is written in one way, and each text has one meaning."""

from __future__ import annotations

import pytest
from conftest import TINY

from site_builder.edges import load
from site_builder.edition import addressed, codes
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.model import Project


@pytest.fixture(scope="module")
def project() -> Project:
    found = load.checked(TINY).project
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "text", "subject"),
    [
        (CodeId.cell("depth+"), "depth+", "cell:depth+"),
        (CodeId.cell("depth+", "shows"), "depth+:shows", "cell:depth+"),
        (CodeId.trait_of("depth+", "noise"), "depth+/noise", "cell:depth+/noise"),
        (CodeId.entry("methods", "open"), "methods:open", "methods:open"),
        (CodeId.of("function", "review"), "function:review", "function:review"),
        (CodeId.of("relation", "answers"), "relation:answers", "relation:answers"),
        (CodeId.of("dimension", "space"), "dimension:space", "dimension:space"),
        (CodeId.of("facet", "modes"), "facet:modes", "facet:modes"),
    ],
)
def test_an_id_is_written_in_one_way(code: CodeId, text: str, subject: str) -> None:
    assert (str(code), code.subject) == (text, subject)


def test_every_code_is_read_from_what_is_written(project: Project) -> None:
    grid = project.grid
    known = codes.by_text(project)
    assert all(known[str(code)] == code for code in known.values())
    entries = sum(len(facet.entries) for facet in project.facets)
    terms = len(grid.relations) + len(grid.functions) + len(grid.dimensions) + len(project.facets)
    traits = sum(len(cell.traits) for cell in grid.cells)
    assert len(known) == terms + entries + traits + len(grid.cells) * (1 + len(grid.relations))


def test_every_code_of_the_codebook_has_a_name_and_a_voice_is_none_of_them(project: Project) -> None:
    edition = Edition.of(project)
    for code in codes.by_text(project).values():
        assert edition.code_name(code)
    voice = CodeId.of("voice", "reported")
    assert voice not in codes.by_text(project).values()
    with pytest.raises(KeyError, match="voice"):
        edition.code_name(voice)


def test_every_code_but_a_cell_in_a_relation_has_an_address(project: Project) -> None:
    places = addressed.codes(project)
    assert {code.whole for code in codes.by_text(project).values()} == set(places)
    assert len(set(places.values())) == len(places)


def test_a_passage_carries_its_cells_with_their_relations_and_without(project: Project) -> None:
    for tagging in project.taggings:
        carried = codes.carried(tagging)
        for cell in tagging.cells:
            assert {CodeId.cell(cell.cell), CodeId.cell(cell.cell, cell.relation)} <= carried
        for entry in tagging.entries:
            assert CodeId.entry(entry.facet, entry.entry) in carried
        function = {tagging.function} - {""}
        assert {code.id for code in carried if code.kind == "function"} == function
        distinct = {(t.cell, t.relation) for t in tagging.cells} | {(t.cell, "") for t in tagging.cells}
        distinct |= {(t.facet, t.entry) for t in tagging.entries}
        distinct |= {(t.cell, f"/{trait}") for t in tagging.cells for trait in t.traits}
        assert len(carried) == len(distinct) + len(function)
