"""The silence report: which cells no entry of a facet answers."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addresses
from site_builder.language.message import Wording, listed, msg
from site_builder.model import Cell, Column
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link, PassageLink, View


def silence(presenter: Presenter) -> Iterator[View]:
    """The silence report (``silence.html``): the cells that no entry of a column answers; no page if the
    project has no columns or no cells.

    It has a row for every cell, also one with answers.  A part of a row has the passages under each entry
    without a parent of the column's facet, and ``loose``: passages with a relation of the column that belong
    to no such entry.  A part is silent if no entry has a passage; ``loose`` ones do not change that.
    """
    columns = presenter.project.site.silence
    if not columns or not presenter.project.grid.cells:
        return
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
            "rows": [_silence_row(presenter, cell, columns) for cell in presenter.project.grid.cells],
        },
    )


def _names(presenter: Presenter, column: Column) -> Wording:
    return listed(presenter.edition.relations[r].name for r in column.relations)


def _heads(presenter: Presenter, column: Column) -> list[Link]:
    return [presenter.entry_link(column.facet, entry) for entry in _entries(presenter, column)]


def _entries(presenter: Presenter, column: Column) -> list[str]:
    """The ids of the entries of a column, without parts of entries."""
    return [entry.id for entry in presenter.index.facets[column.facet].entries if not entry.parent]


def _silence_row(presenter: Presenter, cell: Cell, columns: tuple[Column, ...]) -> dict[str, object]:
    parts = []
    for column in columns:
        by_entry, loose = _answers(presenter, cell, column)
        parts.append({"by_entry": by_entry, "loose": loose, "silent": not any(by_entry)})
    return {
        "chip": presenter.chip(cell.id),
        "parts": parts,
        "silent": all(part["silent"] for part in parts),
        "first_silent": bool(parts[0]["silent"]),
    }


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
