"""The silence report: which cells no entry of a facet answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Key
from site_builder.edition.readings import READINGS, Reading
from site_builder.language.message import Wording, listed, msg
from site_builder.model import Cell, CellTag, Column, Quote
from site_builder.site.pictures import answers
from site_builder.site.pictures.cells import heads
from site_builder.site.pictures.gaps import gap_id
from site_builder.site.presenter import Presenter
from site_builder.site.views import (
    Chip,
    Finding,
    Link,
    PassageLink,
    SilencePart,
    SilenceRow,
    SilentCells,
    View,
)

Tags: TypeAlias = tuple[tuple[Key, CellTag], ...]
"""Tags of cells, each with its passage."""


def silence(presenter: Presenter) -> Iterator[View]:
    """The silence report (``silence.html``): the cells that no entry of a column answers; no page if the
    project has no columns or no cells.

    It has a row for every cell, also one with answers.  A part of a row has the passages under each entry
    without a parent of the column's facet, and ``loose``: passages with a relation of the column that belong
    to no such entry.  A part is silent if no entry has a passage; ``loose`` ones do not change that.

    If the coder that the site shows has alternatives, ``tables`` has the rows of each of the three readings.
    ``results`` says for each column which cells are silent; the page begins with it.  ``findings`` are the
    parts that are silent in any of the readings, cell by cell and within a cell column by column, each firm
    or with the tags that it hangs on; without alternatives all are firm.  ``by_trait`` has a row for every
    trait.

    Its facts: ``lead`` and ``about``, the prose of the editors' page about it (:meth:`.Presenter.opened`);
    ``heads``, for each column its ``name``, the names of its ``relations`` in a list, and links to its
    ``entries`` without a parent; ``rows``, those of the published reading; ``tables``, a list of (reading,
    rows), ``[]`` without alternatives; ``results``; ``findings``; ``drawn``, the pictures of the columns;
    ``by_trait``.  Its title is that of the editors' page, else ``Silence report``.
    """
    columns = presenter.project.site.silence
    if not columns or not presenter.project.grid.cells:
        return
    tables = _tables(presenter)
    findings = list(_findings(presenter, tables))
    page = presenter.edition.page_about("silence")
    lead, about = presenter.opened("silence")
    heads = [
        {"name": column.name, "relations": _names(presenter, column), "entries": _heads(presenter, column)}
        for column in columns
    ]
    yield View(
        template="silence.html",
        address=addresses.SILENCE,
        title=page.title if page else msg("Silence report"),
        description=msg("Which cells no entry covers, computed from the tags"),
        section="silence",
        facts={
            "lead": lead,
            "about": about,
            "heads": heads,
            "rows": tables["published"],
            "tables": list(tables.items()) if presenter.edition.doubts else [],
            "results": [_result(presenter, number, findings) for number in range(len(columns))],
            "findings": findings,
            "drawn": list(answers.pictures(presenter)),
            "by_trait": list(_trait_rows(presenter)),
        },
    )


def _tables(presenter: Presenter) -> Mapping[Reading, list[SilenceRow]]:
    """The rows of the report in each reading of the tags; without alternatives, all are the same."""
    edition = presenter.edition
    if not edition.doubts:
        return dict.fromkeys(READINGS, _rows(presenter))
    return {name: _rows(read) for name, read in presenter.readings.items()}


def _rows(presenter: Presenter) -> list[SilenceRow]:
    return [
        _row(presenter, presenter.chip(cell.id), presenter.index.by_cell.get(cell.id, ()))
        for cell in presenter.project.grid.cells
    ]


def _findings(presenter: Presenter, tables: Mapping[Reading, list[SilenceRow]]) -> Iterator[Finding]:
    """For each cell and column whether it is silent, where it is so in one reading at least."""
    for row, cell in enumerate(presenter.project.grid.cells):
        for number, column in enumerate(presenter.project.site.silence):
            parts = {reading: rows[row].parts[number] for reading, rows in tables.items()}
            silent = tuple(reading for reading, part in parts.items() if part.silent)
            if silent:
                yield Finding(
                    id=gap_id(number, presenter.chip(cell.id).slug),
                    chip=presenter.chip(cell.id),
                    column=column.name,
                    loose=tuple(parts["published"].loose),
                    silent=silent,
                    firm=len(silent) == len(parts),
                    hangs_on=tuple(_hanging(presenter, cell, column, _changed(parts.values()))),
                )


def _result(presenter: Presenter, number: int, findings: Iterable[Finding]) -> SilentCells:
    """The silent cells of the column with this number, from 0, each with the name that sentences give it
    (:attr:`.CellHead.whole`).
    """
    named = {one.slug: one.whole for one in heads(presenter)}
    own = [one for one in findings if one.id == gap_id(number, one.chip.slug)]

    def links(found: Iterable[Finding]) -> tuple[Link, ...]:
        return tuple(Link(text=named[one.chip.slug], href=one.chip.href) for one in found)

    return SilentCells(
        name=presenter.project.site.silence[number].name,
        always=links(one for one in own if one.firm),
        published=links(one for one in own if "published" in one.silent and not one.firm),
        otherwise=links(one for one in own if "published" not in one.silent),
    )


def _changed(parts: Iterable[SilencePart]) -> set[str]:
    """The addresses of the passages that answer under an entry in some readings only."""
    answering = [{link.href for links in part.by_entry for link in links} for part in parts]
    in_all: set[str] = set.intersection(*answering)
    return set.union(*answering) - in_all


def _hanging(
    presenter: Presenter, cell: Cell, column: Column, changed: set[str]
) -> Iterator[tuple[PassageLink, Chip, bool]]:
    """The tags of a cell with a relation of the column that another reading leaves out or adds.

    Each is the passage, the chip of the tag, and whether it is a published tag.

    :param changed: the addresses of the passages that answer under an entry in some readings only.
    """
    for key, doubts in presenter.edition.doubts.items():
        for doubt in doubts if addresses.passage(key) in changed else ():
            codes = [(code, True) for code in doubt.without] + ([(doubt.added, False)] if doubt.added else [])
            for code, published in codes:
                if code.id == cell.id and column.counts(code.relation):
                    chip = presenter.chip_of_tag(key, code) if published else presenter.code_chip(code)
                    yield presenter.passage(key), chip, published


def _names(presenter: Presenter, column: Column) -> Wording:
    return listed(presenter.edition.relations[r].name for r in column.relations)


def _heads(presenter: Presenter, column: Column) -> list[Link]:
    return [presenter.entry_link(column.facet, entry) for entry in _entries(presenter, column)]


def _entries(presenter: Presenter, column: Column) -> list[str]:
    """The ids of the entries of a column, without parts of entries."""
    return [entry.id for entry in presenter.index.facets[column.facet].entries if not entry.parent]


def _row(presenter: Presenter, chip: Chip, tags: Tags) -> SilenceRow:
    parts = []
    for column in presenter.project.site.silence:
        by_entry, loose = _answers(presenter, tags, column)
        parts.append(SilencePart(by_entry=by_entry, loose=loose, silent=not any(by_entry)))
    return SilenceRow(chip=chip, parts=tuple(parts), first_silent=parts[0].silent)


def _trait_rows(presenter: Presenter) -> Iterator[SilenceRow]:
    """The published answers to each trait: of the tags of its cell those that rest on it."""
    for cell in presenter.project.grid.cells:
        for trait in cell.traits:
            code = CodeId.trait_of(cell.id, trait.id)
            found = presenter.index.by_trait.get(code, ())
            yield _row(presenter, presenter.code_chip(code), found)


def _answers(
    presenter: Presenter, tags: Tags, column: Column
) -> tuple[list[list[PassageLink]], list[PassageLink]]:
    """The passages with one of the tags that answer under each entry of the column's facet; and those that
    answer under no entry, since they concern all entries.
    """
    entries = _entries(presenter, column)
    found: list[dict[Key, list[Quote]]] = [{} for _ in entries]
    loose: dict[Key, list[Quote]] = {}
    for key, tag in tags:
        if not column.counts(tag.relation):
            continue
        own = presenter.index.entries_of(key, tag, (column.facet,))
        carried = {entry.parent or entry.id for entry in own}
        places = [at for id_, at in zip(entries, found, strict=True) if id_ in carried] or [loose]
        for at in places:
            at.setdefault(key, []).extend(tag.evidence)
    return [_links(presenter, at) for at in found], _links(presenter, loose)


def _links(presenter: Presenter, found: Mapping[Key, list[Quote]]) -> list[PassageLink]:
    """Each passage once, with the evidence of all of its tags: two relations are still one passage."""
    return [presenter.passage(key, evidence=tuple(quotes)) for key, quotes in found.items()]
