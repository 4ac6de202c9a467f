"""The derived colours: each has the contrast that C007 asks for, and those that are given stay."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from conftest import TINY, change
from hypothesis import given
from hypothesis import strategies as st

from site_builder.check.codebook import colors_have_contrast
from site_builder.edges import load
from site_builder.edition import colors, palette
from site_builder.edition.edition import Edition
from site_builder.model import NO_TINT, Project

# The values of WCAG 2.2 and of CSS Color Module Level 4, section 9.2 (rebeccapurple in OKLCH).
WHITE, BLACK = "#FFFFFF", "#000000"


def test_contrast_and_hue_are_those_of_the_standards() -> None:
    assert colors.contrast(WHITE, BLACK) == pytest.approx(21)
    assert colors.contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.005)
    assert colors.hue("#663399") == pytest.approx(303.37, abs=0.05)
    assert colors.hue("#FF0000") == pytest.approx(29.23, abs=0.05)


@pytest.mark.parametrize("color", ["#FFF", "#FFFF0", "#FFFFFFFF", "# F F F", "#GGGGGG", "FFFFFF", ""])
def test_another_form_of_a_colour_is_an_error(color: str) -> None:
    with pytest.raises(ValueError, match="RRGGBB"):
        colors.luminance(color)


@given(st.floats(0, 360), st.floats(0, 0.2), st.floats(1.5, 9))
def test_a_colour_has_the_contrast_that_is_wanted(hue: float, chroma: float, wanted: float) -> None:
    """On white and on the dark page, to the precision of 8 bits a part."""
    for ground in (WHITE, colors.PAGES[1]):
        found = colors.contrast(colors.with_contrast(hue, chroma, ground, wanted), ground)
        assert found == pytest.approx(wanted, rel=0.03)


def without_colors(project: Project) -> Project:
    grid = project.grid
    return replace(
        project,
        grid=replace(
            grid,
            dimensions=tuple(replace(one, tint=NO_TINT) for one in grid.dimensions),
            cells=tuple(replace(one, color="") for one in grid.cells),
        ),
    )


def tiny() -> Project:
    project = load.checked(TINY).project
    assert project is not None
    return project


def test_derived_colours_pass_the_check() -> None:
    """A grid of twelve dimensions, and a flat facet of forty entries."""
    project = without_colors(tiny())
    [dimension, *_], [cell, *_] = project.grid.dimensions, project.grid.cells
    names = [f"d{number}" for number in range(12)]
    grid = replace(
        project.grid,
        dimensions=tuple(replace(dimension, id=name) for name in names),
        cells=tuple(
            replace(cell, id=f"{name}{pole.id}", dimension=name, pole=pole.id, words=())
            for name in names
            for pole in project.grid.poles
        ),
    )
    crossed = palette.completed(replace(project, grid=grid))
    assert len({cell.color for cell in crossed.grid.cells}) == 24
    assert list(colors_have_contrast(Edition.of(crossed))) == []
    facet = next(facet for facet in project.facets if facet.kind == "frame")
    entry = replace(facet.entries[0], parent="", fields={})
    entries = tuple(replace(entry, id=f"e{number}") for number in range(40))
    flat = replace(
        project,
        grid=replace(grid, dimensions=(), cells=(), poles=()),
        facets=(replace(facet, entries=entries, table=None),),
    )
    flat = palette.completed(flat)
    assert all(entry.color for entry in flat.facets[0].entries)
    assert list(colors_have_contrast(Edition.of(flat))) == []


def test_a_positive_cell_is_a_tint_with_the_line_of_its_solid_negative() -> None:
    edition = Edition.of(palette.completed(without_colors(tiny())))
    for one, other in combinations(edition.paints.values(), 2):
        if one.group == other.group:
            assert (one.text, other.text) == (colors.INKS[0], WHITE)
            assert one.line == other.line == (other.fill, one.fill)
            assert (one.first, other.first) == (True, False)
            hues = colors.hue(one.fill), colors.hue(other.fill)
            assert abs(hues[0] - hues[1]) < 6


def test_a_cell_of_the_only_pole_is_solid_as_no_other_gives_it_a_line() -> None:
    project = without_colors(tiny())
    grid = project.grid
    only = replace(
        grid,
        poles=grid.poles[:1],
        cells=tuple(replace(cell, words=()) for cell in grid.cells if cell.pole == grid.poles[0].id),
    )
    edition = Edition.of(palette.completed(replace(project, grid=only)))
    assert [paint.text for paint in edition.paints.values()] == [WHITE] * len(grid.dimensions)
    assert list(colors_have_contrast(edition)) == []


def test_the_first_seven_hues_differ_by_twenty_degrees() -> None:
    project = without_colors(tiny())
    [dimension, *_] = project.grid.dimensions
    dimensions = tuple(replace(dimension, id=f"d{number}") for number in range(7))
    grid = replace(project.grid, dimensions=dimensions, cells=(), poles=())
    found = palette.completed(replace(project, grid=grid))
    hues = [colors.hue(cell.color) for cell in found.grid.cells]
    assert len(hues) == 7
    assert all(abs((a - b + 180) % 360 - 180) > 20 for a, b in combinations(hues, 2))


def test_a_colour_of_the_codebook_stays_and_gives_its_hue_to_what_is_derived(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(TINY, folder)
    name = "annotations/codebook/grid.yaml"
    change(folder, name, '    color: "#1F5F8B"\n', "")
    change(folder, name, ', tint: {light: "#D6E6F2", dark: "#16384D"}', "")
    project = load.checked(folder).project
    assert project is not None
    near, far = (cell.color for cell in project.grid.cells[:2])
    assert near == "#9CC6E6"
    assert colors.hue(far) == pytest.approx(colors.hue(near), abs=3)
    assert colors.hue(project.grid.dimensions[0].tint.light) == pytest.approx(colors.hue(near), abs=12)
    assert [problem for problem in load.checked(folder).problems if problem.code == "C007"] == []
