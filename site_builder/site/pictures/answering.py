"""Which cells the entries of a facet answer: the data of the pictures of the silence report.

An entry answers a cell where a passage that speaks for it, or for a part of it, tags the cell with a relation
of the column.  Other relations of such passages are there too, but are no answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.edition import addresses, belonging
from site_builder.edition.index import Key, grouped
from site_builder.edition.readings import Reading
from site_builder.language import language
from site_builder.language.message import Wording, either, msg, pmsg
from site_builder.model import CellTag, Column, Entry, Localized
from site_builder.records import dataclass, replace
from site_builder.site.pictures import gaps
from site_builder.site.pictures.cells import CellHead, Rests, heads
from site_builder.site.presenter import Presenter
from site_builder.site.views import PassageLink

_APART = 3
"""The most sets of traits for which a sign is shown one by one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A relation of an entry to a cell, the passages that have it, and quotations in their marks.

    ``passages`` that speak for this entry alone come first.  ``rests`` are the traits of each tag that the
    words of the entry carry; all of a tag of which this is not known, and then ``is_known`` is false.
    ``quotes`` are the words of the first tag: all that the entry shares with it if it rests on several
    traits, since each may carry another; else the first of them.  ``quotes`` is ``()`` if no text may be
    published.

    ``apart`` has the sign once for each set of traits that its tags rest on, with the passages and the
    quotations of this set; ``()`` if there is one set only, or more than three.
    """

    relation: str
    passages: tuple[PassageLink, ...]
    quotes: tuple[Wording, ...]
    answers: bool
    rests: Rests = ((),)
    is_known: bool = True
    apart: tuple[Sign, ...] = ()

    @property
    def each(self) -> tuple[Sign, ...]:
        """The signs that show each quotation with the traits that it carries: those of ``apart``, or this."""
        return self.apart or (self,)

    @property
    def quote(self) -> Wording:
        """The first quotation; ``""`` if there is none."""
        return self.quotes[0] if self.quotes else ""


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
    def rests(self) -> Rests:
        """The traits of each tag that answers, entry by entry: ``()`` for a tag without traits, and ``()`` as
        a whole if no tag answers.  A tag that belongs to two entries is there twice.
        """
        return tuple(tag for signs in self.signs for sign in signs if sign.answers for tag in sign.rests)

    @property
    def answered(self) -> int:
        """The number of entries that answer the cell: those with at least one sign that ``answers``."""
        return sum(any(sign.answers for sign in signs) for signs in self.signs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answering:
    """A column of the silence report.  ``group`` is what sentences call its entries; ``names`` are those of
    relations.
    """

    column: Column
    facet: Wording
    group: Wording
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    names: dict[str, Wording]
    number: int = 0
    """The place of the column of the report, from 0."""
    reading: Reading = "published"

    def gap(self, row: Row) -> Wording:
        """What the hatching of a row says: ``None of the three “GROUP” answers CELL``, and in parentheses
        whether all readings agree, if there are several.  :func:`gap` has all forms.
        """
        return gaps.gap(self.group, len(self.heads), self.does, self.cells, row.cell, agree=row.agree)

    def gap_href(self, row: Row) -> str:
        """The address of the result on the silence report that no entry covers the cell of a row:
        ``silence.html#_gap-1-deep`` in the first column.  Whether an entry covers the cell is not checked.
        """
        return f"{addresses.SILENCE}#{gaps.gap_id(self.number, row.cell.slug)}"

    @property
    def does(self) -> Wording:
        """What the entries do with a cell that counts: the names of the relations of the column, ``shows,
        harms or weakens``; ``mentions`` if it names none.
        """
        return _doing(self.names, self.column)

    @property
    def cells(self) -> tuple[CellHead, ...]:
        """The cell of each row, in their order."""
        return tuple(row.cell for row in self.rows)

    @property
    def rests(self) -> dict[str, Rests]:
        """Id of each cell → the traits of each tag that answers it; ``()`` for a cell without an answer."""
        return {row.cell.id: row.rests for row in self.rows}

    @property
    def silent(self) -> tuple[Row, ...]:
        """The rows of cells that no entry answers, in their order: those whose ``answered`` is 0."""
        return tuple(row for row in self.rows if not row.answered)

    @property
    def firm(self) -> frozenset[str] | None:
        """The ids of the cells that no entry answers in any reading; ``None`` if there is one reading."""
        if all(row.agree is None for row in self.rows):
            return None
        return frozenset(row.cell.id for row in self.silent if row.agree)


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
        group=group_name(presenter, column),
        heads=tuple(_head(presenter, entry, tags) for entry, tags in zip(tops, found, strict=True)),
        rows=tuple(
            Row(
                cell=cell,
                signs=tuple(
                    _signs(presenter, column, entry, [one for one in tags if one[1].cell == cell.id])
                    for entry, tags in zip(tops, found, strict=True)
                ),
            )
            for cell in heads(presenter)
        ),
        names={term.id: term.name for term in presenter.project.grid.relations},
        number=next((n for n, one in enumerate(presenter.project.site.silence) if one == column), 0),
    )


def by_reading(presenter: Presenter, column: Column) -> dict[Reading, Answering]:
    """The data of a column in each reading of the tags: the name of the reading → the data, in the order
    ``strict``, ``published``, ``generous``.

    Without alternatives of the coder that the site shows there is the published reading alone, and ``agree``
    of its rows is ``None``.  A reading for which :func:`answering` gives ``None`` is left out; ``{}`` if the
    published one is.
    """
    return presenter.once(_by_reading, column)


def _by_reading(presenter: Presenter, column: Column) -> dict[Reading, Answering]:
    readings = read_of(presenter)
    found = {name: data for name, read in readings.items() if (data := answering(read, column))}
    if "published" not in found:
        return {}
    if len(readings) < 2:
        return found
    silent = [{row.cell.id for row in data.silent} for data in found.values()]
    differing = set[str]().union(*silent) - silent[0].intersection(*silent)
    return {
        name: replace(
            data,
            rows=tuple(replace(row, agree=row.cell.id not in differing) for row in data.rows),
            reading=name,
        )
        for name, data in found.items()
    }


def read_of(presenter: Presenter) -> Mapping[Reading, Presenter]:
    """The presenter of each reading of the tags: ``strict``, ``published`` and ``generous``, in this order;
    that of ``published`` is ``presenter`` itself.

    If the coder that the site shows has no alternatives, ``{"published": presenter}``.
    """
    return presenter.readings if presenter.edition.doubts else {"published": presenter}


def group_name(presenter: Presenter, column: Column) -> Wording:
    """What sentences call the entries of a column: the name of their facet.

    It is the name of the column if the facet is unknown, or if it has other columns and this one names no
    relation.
    """
    facet = presenter.index.facets.get(column.facet)
    same = [one for one in presenter.project.site.silence if one.facet == column.facet]
    return column.name if facet is None or (len(same) > 1 and not column.relations) else facet.name


def doing(presenter: Presenter, column: Column) -> Wording:
    """What entries of a group do with a cell that counts: the names of the relations of the column as they
    are, with *or* before the last (``shows, harms or weakens``).

    Relations that the codebook does not have are left out.  Without any, all tags count, and it is
    ``mentions``.
    """
    return _doing({term.id: term.name for term in presenter.project.grid.relations}, column)


def _doing(names: Mapping[str, Wording], column: Column) -> Wording:
    found = [names[one] for one in column.relations if one in names]
    return either(found) if found else pmsg("what an entry does with a cell", "mentions")


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
    presenter: Presenter, column: Column, entry: Entry, tags: list[tuple[Key, CellTag]]
) -> tuple[Sign, ...]:
    """The relations of an entry to a cell, in the order of the codebook.

    :param tags: the tags of the cell that belong to the entry.
    """
    return tuple(_sign(presenter, column, entry, found) for _, found in presenter.by_relation(tags))


_Carried = tuple[tuple[str, ...] | None, tuple[Key, CellTag]]
"""The traits of a tag that the words of an entry carry, if this is known, and the tag."""


def _sign(presenter: Presenter, column: Column, entry: Entry, tags: Sequence[tuple[Key, CellTag]]) -> Sign:
    """The sign of tags of one relation, at least one."""
    carried: list[_Carried] = [
        (belonging.traits_of(presenter.index, entry, key, tag) or (None if tag.traits else ()), (key, tag))
        for key, tag in tags
    ]
    by_traits = grouped(
        (tag.traits if traits is None else traits, (traits, (key, tag))) for traits, (key, tag) in carried
    )
    apart = [_of_traits(presenter, column, entry, found) for found in by_traits.values()]
    return replace(
        _of_traits(presenter, column, entry, carried),
        apart=tuple(apart) if 1 < len(apart) <= _APART else (),
    )


def _of_traits(presenter: Presenter, column: Column, entry: Entry, carried: Sequence[_Carried]) -> Sign:
    rests = tuple(tag.traits if traits is None else traits for traits, (_, tag) in carried)
    tags = [tag for _, tag in carried]
    first, tag = tags[0]
    return Sign(
        relation=tag.relation,
        passages=tuple(presenter.passage(key) for key in dict.fromkeys(key for key, _ in tags)),
        quotes=_quotes(presenter, entry, first, tag, several=len(rests[0]) > 1),
        answers=column.counts(tag.relation),
        rests=rests,
        is_known=all(traits is not None for traits, _ in carried),
    )


def _quotes(
    presenter: Presenter, entry: Entry, key: Key, tag: CellTag, *, several: bool
) -> tuple[Wording, ...]:
    """The quotations of a tag within the words of an entry, in the quotation marks of their language.

    :param several: whether all are shown, or the first alone.
    """
    index = presenter.index
    shared = belonging.shared(index, (entry, *index.parts(entry)), key, tag)
    own = [quote for quote in tag.evidence if quote in shared] or list(tag.evidence)
    return tuple(in_marks(one.text) for one in presenter.quoted(own if several else own[:1], key))


def in_marks(words: Wording) -> Wording:
    """Words of a work in the outer quotation marks of their language (``「水」``), as a text in that
    language.

    Words that state no language, and messages, give a message: they get the marks of the language of the
    page.  Marks within the words stay as they are.
    """
    if not isinstance(words, Localized) or not words.language:
        return msg("“%(quotation)s”", quotation=words)
    before, after = language.of(words.language).quotes[0]
    return Localized(f"{before}{words}{after}", language=words.language)
