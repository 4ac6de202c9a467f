"""The silence report: which cells no entry of a facet answers."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addresses
from site_builder.edition.readings import READINGS, Reading, doubts
from site_builder.language.message import Wording, listed, msg
from site_builder.model import Cell, Column
from site_builder.site.presenter import Presenter
from site_builder.site.views import Chip, Finding, Link, PassageLink, SilencePart, SilenceRow, View


def silence(presenter: Presenter) -> Iterator[View]:
    """The silence report (``silence.html``): the cells that no entry of a column answers; no page if the
    project has no columns or no cells.

    It has a row for every cell, also one with answers.  A part of a row has the passages under each entry
    without a parent of the column's facet, and ``loose``: passages with a relation of the column that belong
    to no such entry.  A part is silent if no entry has a passage; ``loose`` ones do not change that.

    If an alternative changes the tags of a passage, ``tables`` has the rows of each of the three readings.
    ``findings`` are the silent parts, each firm or with the tags that it hangs on.
    """
    columns = presenter.project.site.silence
    if not columns or not presenter.project.grid.cells:
        return
    tables = [_Table(name, Presenter(edition)) for name, edition in presenter.edition.readings.items()]
    differ = any(doubts(presenter.project))
    page = presenter.edition.page_about("silence")
    heads = [
        {"name": column.name, "relations": _names(presenter, column), "entries": _heads(presenter, column)}
        for column in columns
    ]
    yield View(
        template="silence.html",
        address=addresses.SILENCE,
        title=page.title if page else msg("Silence report"),
        description=msg("Which cells get no answer, computed from the tags"),
        section="silence",
        facts={
            "about": page.prose if page else None,
            "heads": heads,
            "rows": next(table.rows for table in tables if table.reading == "published"),
            "tables": [(table.reading, table.rows) for table in tables] if differ else [],
            "findings": _findings(presenter, tables),
        },
    )


class _Table:
    """The rows of the report in one reading of the tags."""

    def __init__(self, reading: Reading, presenter: Presenter) -> None:
        columns = presenter.project.site.silence
        self.reading = reading
        self.rows = [_silence_row(presenter, cell, columns) for cell in presenter.project.grid.cells]

    def is_silent(self, row: int, column: int) -> bool:
        return self.rows[row].parts[column].silent


def _findings(presenter: Presenter, tables: list[_Table]) -> list[Finding]:
    """For each cell and column whether it is silent, where it is so in one reading at least."""
    found = []
    for row, cell in enumerate(presenter.project.grid.cells):
        for number, column in enumerate(presenter.project.site.silence):
            silent = {table.reading: table.is_silent(row, number) for table in tables}
            if any(silent.values()):
                published = next(table for table in tables if table.reading == "published")
                found.append(
                    Finding(
                        chip=presenter.chip(cell.id),
                        column=column.name,
                        loose=tuple(published.rows[row].parts[number].loose),
                        silent=tuple(reading for reading in READINGS if silent[reading]),
                        firm=len(set(silent.values())) == 1,
                        hangs_on=tuple(_hanging(presenter, cell, column)),
                    )
                )
    return found


def _hanging(presenter: Presenter, cell: Cell, column: Column) -> Iterator[tuple[PassageLink, Chip, bool]]:
    """The tags of a cell with a relation of the column that another reading leaves out or adds.

    Each is the passage, the chip of the tag, and whether it is a published tag.
    """
    for doubt in doubts(presenter.project):
        codes = [(code, True) for code in doubt.without] + ([(doubt.added, False)] if doubt.added else [])
        for code, published in codes:
            if code.id == cell.id and (not column.relations or code.relation in column.relations):
                yield presenter.passage(doubt.key), presenter.chip(code.id, code.relation), published


def _names(presenter: Presenter, column: Column) -> Wording:
    return listed(presenter.edition.relations[r].name for r in column.relations)


def _heads(presenter: Presenter, column: Column) -> list[Link]:
    return [presenter.entry_link(column.facet, entry) for entry in _entries(presenter, column)]


def _entries(presenter: Presenter, column: Column) -> list[str]:
    """The ids of the entries of a column, without parts of entries."""
    return [entry.id for entry in presenter.index.facets[column.facet].entries if not entry.parent]


def _silence_row(presenter: Presenter, cell: Cell, columns: tuple[Column, ...]) -> SilenceRow:
    parts = []
    for column in columns:
        by_entry, loose = _answers(presenter, cell, column)
        parts.append(SilencePart(by_entry=by_entry, loose=loose, silent=not any(by_entry)))
    return SilenceRow(chip=presenter.chip(cell.id), parts=tuple(parts), first_silent=parts[0].silent)


def _answers(
    presenter: Presenter, cell: Cell, column: Column
) -> tuple[list[list[PassageLink]], list[PassageLink]]:
    """The passages that answer a cell under each entry of the column's facet; and those that answer it under
    no entry, since they concern all entries.
    """
    entries = _entries(presenter, column)
    found: dict[str, list[PassageLink]] = {id_: [] for id_ in entries}
    loose: list[PassageLink] = []
    for key, tag in presenter.index.by_cell.get(cell.id, ()):
        if column.relations and tag.relation not in column.relations:
            continue
        carried = {
            t.entry
            for t in presenter.index.taggings[key].entries
            if t.facet == column.facet and presenter.index.covers(key, t, tag)
        }
        link = presenter.passage(key, evidence=tag.evidence)
        for id_ in entries:
            if id_ in carried:
                found[id_].append(link)
        if not carried.intersection(entries):
            loose.append(link)
    return list(found.values()), loose
