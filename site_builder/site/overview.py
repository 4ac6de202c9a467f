"""The codes with colours at a glance: the matrix of a grid, or lists."""

from __future__ import annotations

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import nested
from site_builder.model import AUTHOR, Cell, CellQuote, Dimension, Entry
from site_builder.site.presenter import Presenter
from site_builder.site.views import Box, CellWords, Legend, LegendItem, Matrix, Row


def matrix(presenter: Presenter) -> Matrix | None:
    """The matrix of the grid: a row for each dimension, in the order of the codebook.

    ``poles`` are (name, sign) of each column.  ``caption`` is that of the site for its grid, otherwise the
    name of the grid.  ``None`` if there are no cells, or no poles: see :func:`legends`.
    """
    site, grid = presenter.project.site, presenter.project.grid
    if not grid.poles or not grid.cells:
        return None
    return Matrix(
        caption=site.grid_caption or grid.name,
        note=site.grid_note,
        poles=tuple((pole.name, pole.sign) for pole in grid.poles),
        rows=tuple(row(presenter, dimension) for dimension in grid.dimensions),
    )


def row(presenter: Presenter, dimension: Dimension) -> Row:
    """The row of a dimension in the matrix: one box for each pole, in the order of the poles.

    :raises KeyError: if the grid has no cell for a pole of the dimension.
    """
    cells = {cell.pole: cell for cell in presenter.project.grid.cells if cell.dimension == dimension.id}
    return Row(
        dimension=dimension,
        href=addresses.dimension(dimension.id),
        boxes=tuple(box(presenter, cells[pole.id]) for pole in presenter.project.grid.poles),
    )


def box(presenter: Presenter, cell: Cell) -> Box:
    """A cell of the matrix.

    ``count`` is the number of passages that the displayed coder tagged with the cell, in all works, each
    once; other coders do not count.  ``words`` are the quotations of the cell in the voice of the author,
    ``others`` those in another voice, each with the id of its voice: ``(link, "reported")`` or
    ``(link, "quoted")``.  Both are ``()`` if the text may not be published.  ``traits`` are links in the
    order of the codebook, and stay.
    """
    shown = cell.words if presenter.edition.with_text else ()
    return Box(
        cell=cell,
        chip=presenter.chip(cell.id),
        words=tuple(words(presenter, cell, one) for one in shown if one.voice == AUTHOR),
        traits=tuple(presenter.code_link(CodeId.trait_of(cell.id, one.id)) for one in cell.traits),
        others=tuple((words(presenter, cell, one), one.voice) for one in shown if one.voice != AUTHOR),
        count=len({key for key, _ in presenter.index.by_cell.get(cell.id, ())}),
    )


def legends(presenter: Presenter) -> tuple[Legend, ...]:
    """The codes with colours that no matrix shows; ``()`` for a grid with poles.

    For a grid without poles one legend with all cells, also those that no passage has.  Its caption is the
    caption of the grid (its name without one), and its note that of the grid.  Without cells one legend for
    each frame facet, with all its entries, also those with a parent; its caption is the name of the facet,
    and its note ``""``.
    """
    site, grid = presenter.project.site, presenter.project.grid
    if grid.poles:
        return ()
    if grid.cells:
        items = tuple(_legend_cell(presenter, cell) for cell in grid.cells)
        return (Legend(caption=site.grid_caption or grid.name, note=site.grid_note, items=items),)
    frames = (facet for facet in presenter.project.facets if facet.kind == "frame")
    return tuple(
        Legend(
            caption=facet.name, note="", items=tuple(_legend_entry(presenter, one) for one in facet.entries)
        )
        for facet in frames
    )


def _legend_cell(presenter: Presenter, cell: Cell) -> LegendItem:
    found = box(presenter, cell)
    return LegendItem(chip=found.chip, definition=cell.definition, count=found.count, words=found.words)


def _legend_entry(presenter: Presenter, entry: Entry) -> LegendItem:
    return LegendItem(
        chip=presenter.entry_chip(entry.facet, entry.id),
        definition=entry.definition.localized,
        count=len(presenter.index.by_entry.get((entry.facet, entry.id), ())),
    )


def words(presenter: Presenter, cell: Cell, one: CellQuote) -> CellWords:
    """A quotation of a cell, which leads to the page of its passage.

    ``text`` is on one line, with its quotation marks as within other quotation marks.  ``trait`` is the name
    of the trait that the quotation names, ``""`` for none.  The title names the passage if there are several
    works, and is ``""`` otherwise.  That the passage exists is checked only if there are several works
    (``KeyError``); whether the text may be published is not.
    """
    key = presenter.index.quoted(one)
    return CellWords(
        text=nested(one.text, presenter.index.works[key[0]].record.tag),
        href=addresses.passage(key),
        title="" if presenter.index.single_work else presenter.edition.passage_label(key),
        trait=next((trait.name for trait in cell.traits if trait.id == one.trait), ""),
    )
