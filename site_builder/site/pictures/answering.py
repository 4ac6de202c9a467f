"""Which cells the entries of a facet answer: the data of the pictures of the silence report.

An entry answers a cell where a passage that speaks for it, or for a part of it, tags the cell with a relation
of the column.  Other relations of such passages are there too, but are no answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.edition.readings import Reading
from site_builder.language import language
from site_builder.language.message import Wording, listed, msg
from site_builder.model import CellTag, Column, Entry, Localized
from site_builder.records import dataclass, replace
from site_builder.site.pictures.cells import CellHead, heads
from site_builder.site.presenter import Presenter
from site_builder.site.views import PassageLink


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A relation of an entry to a cell, the passages that have it, and the first quotation in its marks.

    ``passages`` that speak for this entry alone come first.  ``quote`` is empty if no text may be published.
    """

    relation: str
    passages: tuple[PassageLink, ...]
    quote: Wording
    answers: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """An entry: its name, its address, and its passages with cells, in reading order."""

    id: str
    name: Wording
    href: str
    passages: tuple[PassageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A cell and its signs, for each entry in order.

    ``agree`` says whether all readings of the tags agree that some entry answers the cell, or that none
    does; it is ``None`` where there is one reading only.
    """

    cell: CellHead
    signs: tuple[tuple[Sign, ...], ...]
    agree: bool | None = None

    @property
    def answered(self) -> int:
        """The number of entries that answer the cell: those with at least one sign that ``answers``."""
        return sum(any(sign.answers for sign in signs) for signs in self.signs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answering:
    """A column of the silence report.  ``names`` are those of relations."""

    column: Column
    facet: Wording
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    names: dict[str, Wording]

    @property
    def silent(self) -> tuple[Row, ...]:
        """The rows of cells that no entry answers, in their order: those whose ``answered`` is 0."""
        return tuple(row for row in self.rows if not row.answered)


def answering(presenter: Presenter, column: Column) -> Answering | None:
    """The data of a column; ``None`` if its facet is unknown or no passage with an entry has a cell.

    ``heads`` are the entries without a parent, ``rows`` all cells, also those without a sign, both in the
    order of the codebook.
    """
    facet = presenter.index.facets.get(column.facet)
    if facet is None:
        return None
    tops = [entry for entry in facet.entries if not entry.parent]
    found = [_tags(presenter, entry) for entry in tops]
    if not any(found):
        return None
    return Answering(
        column=column,
        facet=facet.name,
        heads=tuple(_head(presenter, entry, tags) for entry, tags in zip(tops, found, strict=True)),
        rows=tuple(
            Row(cell=cell, signs=tuple(_signs(presenter, column, cell.id, tags) for tags in found))
            for cell in heads(presenter)
        ),
        names={term.id: term.name for term in presenter.project.grid.relations},
    )


def by_reading(presenter: Presenter, column: Column) -> dict[Reading, Answering]:
    """The data of a column in each reading of the tags: the name of the reading → the data.

    Without alternatives there is the published reading alone, and ``agree`` of its rows is ``None``.  A
    reading for which :func:`answering` gives ``None`` is left out; ``{}`` if the published one is.
    """
    edition = presenter.edition
    readings: Mapping[Reading, Edition] = edition.readings if edition.doubts else {"published": edition}
    found = {name: data for name, read in readings.items() if (data := answering(Presenter(read), column))}
    if "published" not in found:
        return {}
    if not edition.doubts:
        return found
    silent = [{row.cell.id for row in data.silent} for data in found.values()]
    differing = set[str]().union(*silent) - silent[0].intersection(*silent)
    return {
        name: replace(data, rows=tuple(replace(row, agree=row.cell.id not in differing) for row in data.rows))
        for name, data in found.items()
    }


def contingent() -> Wording:
    """What a contingent hatching means, for the key of a picture."""
    return msg("no entry answers in this reading of the tags; in another one does")


def _tags(presenter: Presenter, entry: Entry) -> list[tuple[Key, CellTag]]:
    """The tags of cells that belong to an entry or to a part of it.

    Those of passages that speak for this entry alone come first.
    """
    index = presenter.index
    found = index.cells_of(entry)
    return sorted(found, key=lambda one: len(index.top_entries(index.taggings[one[0]], entry.facet)) > 1)


def _head(presenter: Presenter, entry: Entry, tags: list[tuple[Key, CellTag]]) -> Head:
    own = {key for key, _ in tags}
    return Head(
        id=entry.id,
        name=entry.name,
        href=addresses.entry(entry, presenter.index.facets),
        passages=tuple(presenter.passage(key) for key in presenter.index.taggings if key in own),
    )


def _signs(
    presenter: Presenter, column: Column, cell: str, tags: list[tuple[Key, CellTag]]
) -> tuple[Sign, ...]:
    """The relations of an entry to a cell, in the order of the codebook."""
    own = [(key, tag) for key, tag in tags if tag.cell == cell]
    return tuple(
        Sign(
            relation=relation,
            passages=tuple(presenter.passage(key) for key in dict.fromkeys(key for key, _ in found)),
            quote=_quote(presenter, *found[0]),
            answers=column.counts(relation),
        )
        for relation, found in presenter.by_relation(own)
    )


def _quote(presenter: Presenter, key: Key, tag: CellTag) -> Wording:
    """The first quotation of a tag in the quotation marks of its language."""
    shown = presenter.quoted(tag.evidence[:1], key)
    return in_marks(shown[0].text) if shown else ""


def in_marks(words: Wording) -> Wording:
    """Words of a work in the outer quotation marks of their language: ``「水」``.

    Words that state no language get the marks of the language of the page.
    """
    if not isinstance(words, Localized) or not words.language:
        return msg("“%(quotation)s”", quotation=words)
    before, after = language.of(words.language).quotes[0]
    return Localized(f"{before}{words}{after}", language=words.language)


# --- what it shows --------------------------------------------------------------------------------

_NAMED = 4
"""The most cells that a clause names; of more it gives the number."""


def shows(data: Answering) -> tuple[Wording, ...]:
    """The clauses that say what the picture shows, as a tuple of one clause or more, in this order.

    How many cells have an answer: every cell, no cell, or the names of the cells without one and the number
    of the others.  This clause is always there.

    The cells that all entries answer, in one clause; only with two entries or more, and if these are some
    cells and not all.

    For each relation, in the order of ``names``: the cells to which all entries have this relation without an
    answer in it (``answers`` of the sign is false); only with two entries or more, and if there is such a
    cell.  If some entry answers some of these cells by another relation, the next clause names these.

    A clause names up to four cells, and gives the number of more.
    """
    return tuple(clause for clause in (_together(data), _all(data), *_shared(data)) if clause)


def _together(data: Answering) -> Wording:
    silent, every = data.silent, len(data.rows)
    if not silent:
        return msg("“%(column)s”: every cell has an answer", column=data.column.name)
    if len(silent) == every:
        return msg("“%(column)s”: no entry answers any cell", column=data.column.name)
    return msg(
        "“%(column)s”: no entry answers %(cells)s; the other %(count)s of %(all)s cells have an answer",
        column=data.column.name,
        cells=_cells(silent),
        count=every - len(silent),
        all=every,
    )


def _all(data: Answering) -> Wording:
    """The cells that each of several entries answers."""
    full = tuple(row for row in data.rows if row.answered == len(data.heads))
    if len(data.heads) < 2 or not 0 < len(full) < len(data.rows):
        return ""
    return msg("all entries answer %(cells)s", cells=_cells(full))


def _shared(data: Answering) -> Iterator[Wording]:
    """The cells to which each of several entries has one relation that is no answer."""
    if len(data.heads) < 2:
        return
    for relation, name in data.names.items():
        rows = tuple(
            row
            for row in data.rows
            if all(
                any(sign.relation == relation and not sign.answers for sign in signs) for signs in row.signs
            )
        )
        if rows:
            yield msg(
                "all entries have the relation “%(relation)s” to %(cells)s", relation=name, cells=_cells(rows)
            )
            answered = tuple(row for row in rows if row.answered)
            if answered:
                yield msg("some entries answer %(cells)s nevertheless", cells=_cells(answered))


def _cells(rows: tuple[Row, ...]) -> Wording:
    """The cells of some rows by name, or their number where they are many."""
    if len(rows) <= _NAMED:
        return listed(row.cell.whole for row in rows)
    return msg("%(count)s cells", count=len(rows))
