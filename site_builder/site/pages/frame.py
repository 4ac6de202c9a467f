"""Pages of the frame: the grid and its cells, the facets and their entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.edition import addresses, codes
from site_builder.edition.codes import CodeId
from site_builder.language.message import listed, msg
from site_builder.model import Cell, Dimension, Entry, Facet, Work
from site_builder.site import backlinks, overview
from site_builder.site.pages import argument, code_lists
from site_builder.site.pages.planned import Planned
from site_builder.site.pictures import answers, meetings, occurrences, remedies, scores
from site_builder.site.presenter import Presenter
from site_builder.site.views import Comparison, Item, Link, View


def grid(presenter: Presenter) -> Iterator[View]:
    """The page of the matrix (``grid/index.html``); none in a project without cells.

    Its title is that of the editors' page about ``grid`` if there is one, otherwise the name of the grid.
    Its facts: ``grid``; ``matrix``, or ``legends`` for a grid without poles; ``about``, the prose of that
    page, or ``None``; ``picture``, that of :func:`.meetings.of_codes`, or ``None``.  ``matrix`` is ``None``
    without poles, ``legends`` is ``()`` with poles.
    """
    found = presenter.project.grid
    if not found.cells:
        return
    page = presenter.edition.page_about("grid")
    yield View(
        template="grid.html",
        address=addresses.GRID,
        title=page.title if page else found.name,
        description=found.definition,
        section="grid",
        facts={
            "grid": found,
            "matrix": overview.matrix(presenter),
            "legends": overview.legends(presenter),
            "about": presenter.edition.prose_about("grid"),
            "picture": meetings.of_codes(presenter),
        },
    )


def dimensions(presenter: Presenter) -> Iterator[Planned]:
    """A page for each dimension, then one for each cell (``grid/depth.html``, ``grid/depth-positive.html``).

    A dimension page lists the passages with a tag in the dimension, in reading order, each once; a cell page
    lists them by relation, relations without passages left out.  Only tags of the displayed coder count.
    Pages without passages are made too.  In a grid without poles only the cells have pages.  The pages of a
    list that is too long for one (:mod:`.code_lists`) follow it.
    """
    for dimension in presenter.project.grid.parents:
        of_dimension = code_lists.of_dimension(presenter, dimension)
        yield Planned(address=of_dimension.address, make=partial(_dimension, presenter, dimension))
        yield from code_lists.parts(presenter, of_dimension)
    for cell in presenter.project.grid.cells:
        of_cell = code_lists.of_cell(presenter, cell)
        yield Planned(address=of_cell.address, make=partial(_cell, presenter, cell))
        yield from code_lists.parts(presenter, of_cell)


def _dimension(presenter: Presenter, dimension: Dimension) -> View:
    row, passages = overview.row(presenter, dimension), code_lists.of_dimension(presenter, dimension)
    return View(
        template="dimension.html",
        address=addresses.dimension(dimension.id),
        title=dimension.name,
        description=dimension.definition,
        section="grid",
        trail=(Link(text=presenter.project.grid.name, href=addresses.GRID),),
        facts={
            "dimension": dimension,
            "row": row,
            "matrix": overview.matrix(presenter),
            "about": presenter.edition.prose_about(CodeId.of("dimension", dimension.id).subject),
            "passages": [one for group in passages.groups for one in group.passages],
            "divided": passages.divided,
            "backlinks": backlinks.mentions(
                presenter,
                CodeId.of("dimension", dimension.id),
                but=addresses.dimension(dimension.id),
            ),
        },
    )


def _cell(presenter: Presenter, cell: Cell) -> View:
    passages = code_lists.of_cell(presenter, cell)
    address = passages.address
    dimension = presenter.index.dimensions[cell.dimension]
    return View(
        template="cell.html",
        address=address,
        title=cell.name,
        description=cell.definition,
        section="grid",
        trail=(
            Link(text=presenter.project.grid.name, href=addresses.GRID),
            *([Link(text=dimension.name, href=addresses.dimension(dimension.id))] if cell.pole else []),
        ),
        facts={
            "cell": cell,
            "opening": presenter.first_sentence(cell.definition),
            "box": overview.box(presenter, cell),
            "traits": [
                (
                    trait,
                    argument.passages_of_trait(presenter, CodeId.trait_of(cell.id, trait.id), passages.rest),
                )
                for trait in cell.traits
            ],
            "about": presenter.edition.prose_about(CodeId.cell(cell.id).subject),
            "matrix": overview.matrix(presenter),
            "siblings": [] if cell.pole else _other_cells(presenter, cell),
            "groups": passages.groups,
            "divided": passages.divided,
            "measures": list(_measures(presenter, cell)),
            "pictures": [scores.of_cell(presenter, work, cell.id) for work in _drawn(presenter)],
            "steps": argument.steps_of(presenter, *codes.of_cell(presenter.project.grid, cell)),
            "backlinks": backlinks.mentions(presenter, CodeId.cell(cell.id), but=address),
        },
    )


def _drawn(presenter: Presenter) -> tuple[Work, ...]:
    """The works whose scores are on the pages of codes; none of a large project."""
    return presenter.project.works if presenter.edition.has_few_works else ()


def _other_cells(presenter: Presenter, current: Cell) -> list[Link]:
    return [
        Link(
            text=cell.name, href=addresses.cell(cell, presenter.edition.poles), current=cell.id == current.id
        )
        for cell in presenter.project.grid.cells
    ]


def _measures(presenter: Presenter, cell: Cell) -> Iterator[dict[str, object]]:
    """The entries with ranges (numbered measures) that contain evidence of this cell."""
    for (facet, id_), tags in presenter.index.by_entry.items():
        relations = dict.fromkeys(
            found.relation
            for key, tag in tags
            for found in presenter.index.within(key, tag)
            if found.cell == cell.id
        )
        entry = presenter.index.entries.get((facet, id_))
        if relations and entry is not None and entry.parent:
            names = listed(presenter.edition.relations[r].name for r in relations if r)
            yield {"link": presenter.entry_link(facet, id_), "relations": names}


# --- facets -----------------------------------------------------------------------------------------


def facets(presenter: Presenter) -> Iterator[Planned]:
    """A page for each facet, followed by one for each entry of a frame facet; parts are on the page of their
    parent.

    Addresses are ``methods/index.html`` and ``methods/survey.html``.  An entry of an index facet has no page
    of its own, except those of a list that is too long for the page of the facet.
    """
    for facet in presenter.project.facets:
        yield Planned(address=addresses.facet(facet.id), make=partial(_facet, presenter, facet))
        for entry in facet.entries:
            found = code_lists.of_entry(presenter, facet, entry)
            if "#" not in found.address:
                yield Planned(address=found.address, make=partial(_entry, presenter, facet, entry))
            yield from code_lists.parts(presenter, found)


def _facet(presenter: Presenter, facet: Facet) -> View:
    subject = CodeId.of("facet", facet.id).subject
    page = presenter.edition.page_about(subject)
    of_frame = facet.kind == "frame"
    lead, about = presenter.opened(subject) if of_frame else (None, page.prose if page else None)
    address = addresses.facet(facet.id)
    return View(
        template="facet.html" if facet.kind == "frame" else "index.html",
        address=address,
        title=page.title if page else facet.name,
        description=facet.definition,
        section=facet.id if facet.kind == "frame" else "indexes",
        trail=() if facet.kind == "frame" else (Link(text=msg("Indexes"), href=addresses.INDEXES),),
        facts={
            "facet": facet,
            "lead": lead,
            "about": about,
            "drawn": [
                *answers.of_facet(presenter, facet.id),
                *remedies.of_facet(presenter, facet.id),
            ],
            "table": comparison(presenter, facet),
            "items": [item(presenter, facet, e) for e in facet.entries if not e.parent],
            "picture": occurrences.of_facet(presenter, facet) if facet.kind == "index" else None,
            "siblings": _siblings(presenter, facet, ""),
            "count": len(facet.entries),
            "backlinks": backlinks.mentions(presenter, CodeId.of("facet", facet.id), but=address),
        },
    )


def comparison(presenter: Presenter, facet: Facet) -> Comparison | None:
    """The table of entries × fields of a facet; ``None`` if the facet has no table.

    A column is an entry without a parent; a row is (name of the field, its prose for each entry), with the
    fields and the order of the table.  An entry that lacks the field has ``None`` there.
    """
    if facet.table is None:
        return None
    entries = [entry for entry in facet.entries if not entry.parent]
    names = {field.id: field.name for field in facet.fields}
    return Comparison(
        caption=facet.table.caption,
        note=facet.table.note,
        columns=tuple(presenter.entry_link(facet.id, entry.id) for entry in entries),
        rows=tuple(
            (names[id_], tuple(entry.fields.get(id_) for entry in entries)) for id_ in facet.table.fields
        ),
    )


def item(presenter: Presenter, facet: Facet, entry: Entry) -> Item:
    """An entry with its fields, parts, cells and passages, as one record.

    Fields have the order of the facet; those that the entry lacks are left out.  Passages are those that the
    displayed coder tagged with this very entry, not with its parts; they have the chips of the
    cells that belong to the entry in a frame facet and none in an index facet.  Evidence that is a range
    (with two ends) is not quoted.  Of a list that is divided there are only the first passages, without
    evidence.
    ``chips`` are given only for an entry with a parent.  The parts are such records too.
    """
    passages = code_lists.of_entry(presenter, facet, entry)
    first = presenter.numbered(passages.keys, passages.rest) if passages.rest else None
    return Item(
        entry=entry,
        href=addresses.entry(entry, presenter.index.facets),
        accounts=tuple((field, entry.fields[field.id]) for field in facet.fields if field.id in entry.fields),
        passages=first.passages if first else code_lists.tagged(presenter, facet, passages.entries),
        chips=presenter.entry_cells(entry) if entry.parent else (),
        parts=tuple(item(presenter, facet, part) for part in presenter.index.parts(entry)),
        left_out=first.left_out if first else 0,
        rest=passages.rest,
    )


def _entry(presenter: Presenter, facet: Facet, entry: Entry) -> View:
    page = presenter.edition.page_about(CodeId.entry(facet.id, entry.id).subject)
    address = addresses.entry(entry, presenter.index.facets)
    passages = code_lists.of_entry(presenter, facet, entry)
    targets = (entry, *presenter.index.parts(entry))
    return View(
        template="entry.html",
        address=address,
        title=entry.name,
        description=entry.definition.localized,
        section=facet.id,
        trail=(Link(text=facet.name, href=addresses.facet(facet.id)),),
        facts={
            "facet": facet,
            "item": item(presenter, facet, entry),
            "about": page.prose if page else None,
            "siblings": _siblings(presenter, facet, entry.id),
            "cells": () if passages.rest else code_lists.touched(presenter, passages.entries),
            "divided": passages.divided,
            "pictures": [scores.of_entry(presenter, work, facet.id, entry.id) for work in _drawn(presenter)],
            "steps": argument.steps_of(presenter, *(CodeId.entry(facet.id, one.id) for one in targets)),
            "backlinks": backlinks.mentions(
                presenter, *(CodeId.entry(facet.id, target.id) for target in targets), but=address
            ),
        },
    )


def _siblings(presenter: Presenter, facet: Facet, current: str) -> list[Link]:
    return [
        Link(
            text=entry.name,
            href=addresses.entry(entry, presenter.index.facets),
            current=entry.id == current,
        )
        for entry in facet.entries
        if not entry.parent
    ]
