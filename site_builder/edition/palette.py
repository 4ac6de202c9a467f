"""The colours of codes: those of the codebook, and derived ones where it gives none.

Each dimension has a hue of its own; in a project without a grid each entry of a frame facet has one.  The
cell of the first pole is a tint with dark text; that of any other pole, a cell of the only pole or without a
pole, and an entry are solid with white text.  All derived colours have the contrast that C007 asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from site_builder.edition import colors
from site_builder.edition.codes import CodeId
from site_builder.model import NO_TINT, Cell, Dimension, Entry, Facet, Grid, Place, Project, Tint
from site_builder.records import dataclass, replace

_FIRST, _STEP = 260.0, 137.508
"""The first hue, and the golden angle: neighbours differ, and a new code changes no other colour."""
_NEAR, _PATIENCE = 18, 20
"""Hues nearer than this many degrees look alike; how many of them in a row are skipped."""
_SOLID, _PALE = 0.11, 0.085
"""The chroma of solid colours and of tints."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paint:
    """The colours of one code on a light and on a dark page, each ``#RRGGBB``.

    ``fill`` is the ground of its chip, and ``text`` the text on it.  ``line`` is the border of its marks and
    the line under its evidence; ``tint`` is the ground of its evidence.  ``first`` marks the first pole, or
    a code without poles: the line under its evidence is single.  ``group`` has one line and one tint.  It is
    the id of the dimension of a cell, ``depth``, or else the code itself as text, ``methods:survey``.
    """

    code: CodeId
    group: str
    fill: str
    text: str
    line: tuple[str, str]
    tint: tuple[str, str]
    first: bool
    place: Place


def completed(project: Project) -> Project:
    """The project with the cells that its grid leaves out, and with a colour for each code that needs one.

    A grid without poles gets a cell for each dimension that has none, with the id, name and definition of the
    dimension, and its cells are put in the order of the dimensions.  Each dimension gets a tint and each cell
    a colour; in a project without cells each entry of a frame facet gets a colour.  Colours of the codebook
    stay.
    """
    grid = replace(project.grid, cells=tuple(_cells(project.grid)))
    hues = _hues_of(grid)
    grid = replace(
        grid,
        dimensions=tuple(_tinted(dimension, hues[dimension.id]) for dimension in grid.dimensions),
        cells=tuple(_painted(cell, grid, hues.get(cell.dimension, _FIRST)) for cell in grid.cells),
    )
    return replace(project, grid=grid, facets=project.facets if grid.cells else tuple(_facets(project)))


def _hues_of(grid: Grid) -> dict[str, float]:
    """The hue of each dimension: that of the colours that the codebook gives it, or else a derived one."""
    stated: dict[str, float] = {}
    for dimension in grid.dimensions:
        given = [cell.color for cell in grid.cells if cell.dimension == dimension.id] + [dimension.tint.light]
        if color := next(filter(None, given), ""):
            stated[dimension.id] = colors.hue(color)
    derived = _hues(stated.values())
    return {d.id: stated[d.id] if d.id in stated else next(derived) for d in grid.dimensions}


def _hues(given: Iterable[float] = ()) -> Iterator[float]:
    """Derived hues; none is near one that is given, unless the given ones are all around."""
    kept = tuple(given)
    skipped = 0
    for number in count():
        hue = (_FIRST + number * _STEP) % 360
        if skipped < _PATIENCE and any(abs((hue - other + 180) % 360 - 180) < _NEAR for other in kept):
            skipped += 1
        else:
            skipped = 0
            yield hue


def _cells(grid: Grid) -> Iterator[Cell]:
    """The cells of a grid; without poles, those of each dimension together, in order of the dimensions."""
    if grid.poles:
        yield from grid.cells
        return
    known = {dimension.id: dimension for dimension in reversed(grid.dimensions)}
    for dimension in reversed(known.values()):
        stated = [cell for cell in grid.cells if cell.dimension == dimension.id]
        yield from stated or [_cell(dimension)]
    yield from (cell for cell in grid.cells if cell.dimension not in known)


def _cell(dimension: Dimension) -> Cell:
    """The only cell of a dimension without poles."""
    return Cell(
        id=dimension.id,
        dimension=dimension.id,
        name=dimension.name,
        definition=dimension.definition,
        place=dimension.place,
    )


def _tinted(dimension: Dimension, hue: float) -> Dimension:
    return dimension if dimension.tint != NO_TINT else replace(dimension, tint=_tint(hue))


def _tint(hue: float) -> Tint:
    on_light, on_dark = colors.INKS
    return Tint(
        light=colors.with_contrast(hue, 0.04, on_light, 14.0),
        dark=colors.with_contrast(hue, 0.04, on_dark, 9.5),
    )


def _painted(cell: Cell, grid: Grid, hue: float) -> Cell:
    if cell.color:
        return cell
    return replace(cell, color=_pale(hue) if _is_first(cell, grid) and len(grid.poles) > 1 else _solid(hue))


def _is_first(cell: Cell, grid: Grid) -> bool:
    return not grid.poles or cell.pole == grid.poles[0].id


def _solid(hue: float) -> str:
    """A colour for white text, and for a mark on either page."""
    return colors.with_contrast(hue, _SOLID, colors.WHITE, 4.9)


def _pale(hue: float) -> str:
    """A colour for dark text, and for a mark on a dark page."""
    return colors.with_contrast(hue, _PALE, colors.INKS[0], 10.5)


def _facets(project: Project) -> Iterator[Facet]:
    """The facets with a colour for each entry of a frame facet; each part has the hue of its parent."""
    given = [entry.color for facet in project.facets for entry in facet.entries if entry.color]
    hues = _hues(map(colors.hue, given))
    for facet in project.facets:
        if facet.kind != "frame":
            yield facet
            continue
        tops = [entry for entry in facet.entries if not entry.parent]
        own = {top.id: colors.hue(top.color) if top.color else next(hues) for top in tops}
        entries = tuple(
            entry if entry.color else replace(entry, color=_solid(own.get(entry.parent or entry.id, _FIRST)))
            for entry in facet.entries
        )
        yield replace(facet, entries=entries)


# --- the colours of each code ---------------------------------------------------------------------


def paints(project: Project) -> Iterator[Paint]:
    """The colours of the codes that need some, in the order of the codebook: the cells, or in a project
    without cells the entries of frame facets.

    A cell whose dimension does not exist is left out.  ``line`` of a cell is the darkest and the lightest
    colour of the cells of its dimension, that of an entry its own colour twice.

    :param project: the result of :func:`completed`; without it, tints can be empty.
    :raises ValueError: if one of these codes has no colour.
    """
    grid = project.grid
    dimensions = {dimension.id: dimension for dimension in grid.dimensions}
    for cell in grid.cells:
        if cell.dimension in dimensions:
            yield _of_cell(cell, dimensions[cell.dimension], grid)
    for facet in () if grid.cells else project.facets:
        if facet.kind == "frame":
            yield from map(_of_entry, facet.entries)


def _of_cell(cell: Cell, dimension: Dimension, grid: Grid) -> Paint:
    """A cell; its line is the darkest colour of its dimension on a light page, the lightest on a dark one."""
    family = sorted((c.color for c in grid.cells if c.dimension == cell.dimension), key=colors.luminance)
    return Paint(
        code=CodeId.cell(cell.id),
        group=dimension.id,
        fill=cell.color,
        text=colors.on(cell.color),
        line=(family[0], family[-1]),
        tint=(dimension.tint.light, dimension.tint.dark),
        first=_is_first(cell, grid),
        place=cell.place,
    )


def _of_entry(entry: Entry) -> Paint:
    tint = _tint(colors.hue(entry.color))
    code = CodeId.entry(entry.facet, entry.id)
    return Paint(
        code=code,
        group=str(code),
        fill=entry.color,
        text=colors.on(entry.color),
        line=(entry.color, entry.color),
        tint=(tint.light, tint.dark),
        first=True,
        place=entry.place,
    )
