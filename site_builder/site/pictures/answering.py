"""Which cells the entries of a facet answer: the data of the pictures of the silence report.

An entry answers a cell where a passage that speaks for it, or for a part of it, tags the cell with a relation
of the column.  Other relations of such passages are there too, but are no answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from site_builder.edition import addresses, belonging
from site_builder.edition.index import Key, grouped
from site_builder.edition.readings import Reading
from site_builder.language import language
from site_builder.language.message import Wording, either, listed, msg, pmsg
from site_builder.language.numerals import spelled
from site_builder.model import CellTag, Column, Entry, Localized
from site_builder.records import dataclass, replace
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
        return gap(self.group, len(self.heads), self.does, self.cells, row.cell, agree=row.agree)

    def gap_href(self, row: Row) -> str:
        """The address of the result on the silence report that no entry covers the cell of a row:
        ``silence.html#_gap-1-deep`` in the first column.  Whether an entry covers the cell is not checked.
        """
        return f"{addresses.SILENCE}#{gap_id(self.number, row.cell.slug)}"

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


def agreement(*, agree: bool | None) -> Wording:
    """Whether all readings of the tags agree on a row, in words: ``in all readings`` for ``True``,
    ``readings differ`` for ``False``, ``""`` for ``None``, which is one reading only.
    """
    if agree is None:
        return ""
    if agree:
        return pmsg("all readings agree whether a cell is covered", "in all readings")
    return pmsg("the readings differ whether a cell is covered", "readings differ")


def gap(
    group: Wording,
    entries: int,
    does: Wording,
    cells: Sequence[CellHead],
    cell: CellHead,
    *,
    agree: bool | None,
) -> Wording:
    """What the hatching of one cell says: that no entry of a group covers it, and whether all readings agree.

    It is ``None of the three “GROUP” answers CELL``, for one entry or none ``“GROUP”: no entry answers
    CELL``, and if CELL is the only one ``“GROUP”: no entry answers any of the one cells``.  ``(in all
    readings)`` follows with ``agree=True``, ``(readings differ)`` with ``agree=False``, and nothing with
    ``None``.

    :param group: what the sentence calls the entries; ``entries`` is their number, ``does`` the verb.
    :param cell: the one of the ``cells`` that is hatched.
    """
    others: dict[str, Rests] = {one.id: ((),) for one in cells if one.id != cell.id}
    (what,) = together(group, entries, does, cells, others)
    agreed = agreement(agree=agree)
    return in_readings(what, agreed)


def gap_id(number: int, slug: str) -> str:
    """The id of the result on the silence report that a cell is not covered.

    :param number: the place of the column of the report, from 0; ``slug`` is that of the cell.

    >>> gap_id(0, "deep")
    '_gap-1-deep'
    """
    return f"_gap-{number + 1}-{slug}"


def uncovered(doing: Wording) -> Wording:
    """What hatching means, for the key of a picture of one group: ``none shows it`` for ``shows``."""
    return msg("none %(relations)s it", relations=doing)


def hatched_by_group(groups: Sequence[tuple[Wording, Wording]]) -> Wording:
    """What hatching means in a picture of several groups, at least one: each with the words on it.

    In English it is ``GROUP: WORDS; GROUP: WORDS``.

    :raises IndexError: without groups.
    """
    parts = [
        pmsg("a group and what hatching says of it", "%(group)s: %(words)s", group=group, words=words)
        for group, words in groups
    ]
    whole = parts[0]
    for part in parts[1:]:
        whole = pmsg("two groups of a key", "%(first)s; %(second)s", first=whole, second=part)
    return whole


def of_gaps(columns: Iterable[Column]) -> tuple[Wording, ...]:
    """What a reader must know of the gaps of some columns of the silence report, in whole sentences.

    The first says what a gap does not say: ``A gap says how the editors’ tags are distributed, not that the
    author overlooked something.``  Then come the notes of the columns, which are those of the editors; a
    column without a note has none.
    """
    limit = msg("A gap says how the editors’ tags are distributed, not that the author overlooked something.")
    return (limit, *(column.note for column in columns if column.note))


def contingent() -> Wording:
    """What a contingent hatching means, for the key of a picture: ``a gap in this reading of the tags;
    another reading fills it``.
    """
    return msg("a gap in this reading of the tags; another reading fills it")


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


# --- what it shows --------------------------------------------------------------------------------

_NAMED = 4
"""The most cells that a clause names; of more it gives the number."""
_LISTED = 8
"""The most cells that a clause names with their traits."""


def shows(data: Answering) -> tuple[Wording, ...]:
    """The clauses that say what the picture shows, in this order.

    The cells that no entry covers (:func:`together`).  How many cells at least one entry covers, if any, with
    their names if they are eight at most and one of their tags rests on a trait.  The cells that each entry
    covers, of two entries or more, if these are some cells and not all.  For each relation, the cells to
    which each of two entries or more has this relation, and it is no answer.  ``()`` without cells.

    A cell whose tags rest on traits is named with these.  What several entries have in common are the traits
    that they share.
    """
    found = (
        *together(data.group, len(data.heads), data.does, data.cells, data.rests, data.firm, data.reading),
        _covered(data),
        *_all(data),
        *_shared(data),
    )
    return tuple(clause for clause in found if clause)


def together(
    group: Wording,
    entries: int,
    does: Wording,
    cells: Sequence[CellHead],
    rests: Mapping[str, Rests],
    firm: Collection[str] | None = None,
    reading: Reading = "published",
) -> Iterator[Wording]:
    """The clauses that say which cells none of some entries covers; nothing where they cover every cell.

    Such a clause is ``“GROUP”: no entry answers any of the six cells``, for one entry ``“GROUP”: no entry
    answers A or B``, for several ``None of the three “GROUP” answers A or B``, with ``does`` as the verb.  Of
    more than four cells, and not all, it gives the number: ``There are five of the six cells that no entry of
    “GROUP” answers``.  Nothing without cells.

    :param group: what the clause calls the entries; ``entries`` is their number, ``does`` what they do with a
        cell that they cover.
    :param rests: id of a cell → its tags that count; a cell without tags is not covered.
    :param firm: the ids of the cells that no entry covers in any reading of the tags.  A clause then says
        whether all readings agree on its cells: for several entries, and at most four cells of each kind,
        there is one clause on both (``In all three readings of the tags, none of the three “GROUP” answers
        A; by the published tags, none answers B either``), else one for each kind, which ends with
        ``(in all readings)`` or ``(by the published tags; in another reading one does)``.  ``None`` with one
        reading.
    :param reading: that of the tags in ``rests``.
    """
    silent = [cell for cell in cells if not rests.get(cell.id)]
    if firm is None:
        parts: list[tuple[list[CellHead], Wording]] = [(silent, "")]
    else:
        parts = [
            ([cell for cell in silent if (cell.id in firm) is agree], agreement(agree=agree))
            for agree in (True, False)
        ]
    parts = [part for part in parts if part[0]]
    if len(parts) == 2 and entries > 1 and all(len(own) <= _NAMED for own, _ in parts):
        yield msg(
            "In all three readings of the tags, none of the %(count)s “%(group)s” %(relations)s"
            " %(cells)s; %(by)s, none %(relations)s %(others)s either",
            by=_by(reading),
            group=group,
            count=spelled(entries),
            relations=does,
            cells=either([cell.whole for cell in parts[0][0]]),
            others=either([cell.whole for cell in parts[1][0]]),
        )
        return
    for own, agreed in parts:
        clause = _uncovered(group, entries, does, cells, own)
        if agreed and firm is not None and own[0].id not in firm:
            yield msg("%(gap)s (%(by)s; in another reading one does)", gap=clause, by=_by(reading))
        else:
            yield in_readings(clause, agreed)


def _by(reading: Reading) -> Wording:
    if reading == "strict":
        return msg("by the strict reading")
    return msg("by the published tags") if reading == "published" else msg("by the generous reading")


def in_readings(clause: Wording, agreed: Wording) -> Wording:
    """A clause with what :func:`agreement` says of it in parentheses: ``None of the two “Modes” answers A (in
    all readings)``; the clause itself if that is ``""``.
    """
    if not agreed:
        return clause
    return pmsg("a gap, and whether all readings have it", "%(gap)s (%(firm)s)", gap=clause, firm=agreed)


def _uncovered(
    group: Wording, entries: int, does: Wording, cells: Sequence[CellHead], silent: Sequence[CellHead]
) -> Wording:
    """The clause that says that no entry covers some cells, at least one."""
    if len(silent) == len(cells) > 1:
        return msg(
            "“%(group)s”: no entry %(relations)s any of the %(all)s cells",
            group=group,
            relations=does,
            all=spelled(len(cells)),
        )
    named = either([cell.whole for cell in silent])
    if len(silent) > _NAMED:
        return msg(
            "There are %(cells)s of the %(all)s cells that no entry of “%(group)s” %(relations)s",
            cells=spelled(len(silent)),
            all=spelled(len(cells)),
            group=group,
            relations=does,
        )
    if entries < 2:
        return msg("“%(group)s”: no entry %(relations)s %(cells)s", group=group, relations=does, cells=named)
    return msg(
        "None of the %(count)s “%(group)s” %(relations)s %(cells)s",
        group=group,
        count=spelled(entries),
        relations=does,
        cells=named,
    )


def _covered(data: Answering) -> Wording:
    """The clause that says which cells some entries cover; ``""`` if they cover none.

    The cells are named where the tags rest on traits, if they are few.
    """
    rests, does = data.rests, data.does
    found = [cell for cell in data.cells if rests.get(cell.id)]
    count, every = spelled(len(found)), spelled(len(data.cells))
    has_names = any(tag for cell in found for tag in rests[cell.id]) and len(found) <= _LISTED
    named = listed(cell.in_tags(rests[cell.id], named=True) for cell in found)
    if not found:
        return ""
    if len(found) == len(data.cells):
        if has_names:
            return msg(
                "Each of the %(all)s cells has an entry of “%(group)s” that %(relations)s it: %(named)s",
                all=every,
                group=data.group,
                relations=does,
                named=named,
            )
        return msg(
            "Each of the %(all)s cells has an entry of “%(group)s” that %(relations)s it",
            all=every,
            group=data.group,
            relations=does,
        )
    if has_names:
        return msg(
            "For %(count)s of the %(all)s cells, at least one of them %(relations)s it: %(named)s",
            relations=does,
            count=count,
            all=every,
            named=named,
        )
    return msg(
        "For %(count)s of the %(all)s cells, at least one of them %(relations)s it",
        relations=does,
        count=count,
        all=every,
    )


def _all(data: Answering) -> Iterator[Wording]:
    """The cells that each of several entries covers: in common traits, or each in traits of its own."""
    full = [row for row in data.rows if row.answered == len(data.heads)]
    if len(data.heads) < 2 or not 0 < len(full) < len(data.rows):
        return
    entries = spelled(len(data.heads))
    of_entries = {row.cell: [_traits(row.cell, signs, answers=True) for signs in row.signs] for row in full}
    common = {cell: _common(own) for cell, own in of_entries.items()}
    if named := [_in_common(cell, shared) for cell, shared in common.items() if shared is not None]:
        yield msg(
            "Each of the %(count)s %(relations)s %(cells)s",
            count=entries,
            relations=data.does,
            cells=_cells(named),
        )
    for cell, shared in common.items():
        if shared is None:
            counts = ((name, sum(id_ in own for own in of_entries[cell])) for id_, name in cell.traits)
            yield msg(
                "Each of the %(count)s %(relations)s %(cell)s, but not the same trait of it: %(traits)s",
                count=entries,
                relations=data.does,
                cell=cell.whole,
                traits=listed(_counted(name, count) for name, count in counts if count),
            )


def _counted(trait: Wording, count: int) -> Wording:
    return pmsg(
        "a trait and how many entries have it", "%(trait)s (%(count)s)", trait=trait, count=spelled(count)
    )


def _shared(data: Answering) -> Iterator[Wording]:
    """The cells to which each of several entries has one relation that is no answer, in common traits."""
    if len(data.heads) < 2:
        return
    for relation, name in data.names.items():
        found: dict[CellHead, frozenset[str]] = {}
        answered: list[Wording] = []
        for row in data.rows:
            own = [
                tuple(sign for sign in signs if sign.relation == relation and not sign.answers)
                for signs in row.signs
            ]
            common = _common([_traits(row.cell, signs, answers=False) for signs in own]) if all(own) else None
            if common is None:
                continue
            found[row.cell] = common
            tags = tuple(tag for tag in row.rests if not common or not tag or common.intersection(tag))
            if tags:
                answered.append(row.cell.in_tags(tags))
        if found:
            yield msg(
                "Each of the %(count)s %(relations)s %(cells)s",
                count=spelled(len(data.heads)),
                relations=name,
                cells=_cells(_in_common(cell, shared) for cell, shared in found.items()),
            )
        if answered:
            yield msg(
                "Even so, at least one of them %(relations)s %(cells)s",
                relations=data.does,
                cells=_cells(answered),
            )


def _traits(cell: CellHead, signs: Iterable[Sign], *, answers: bool) -> frozenset[str]:
    """The traits of the cell on which an entry's signs rest, of those that are answers or of the others."""
    return frozenset(cell.resting(tuple(t for sign in signs if sign.answers is answers for t in sign.rests)))


def _common(of_entries: Sequence[frozenset[str]]) -> frozenset[str] | None:
    """The traits that all entries share; none if no entry names any, ``None`` if they share none."""
    common = frozenset.intersection(*of_entries)
    return common if common or not any(of_entries) else None


def _in_common(cell: CellHead, traits: frozenset[str]) -> Wording:
    """A cell by the traits that all entries share; by its name if there are none."""
    return cell.in_tags((tuple(sorted(traits)),) if traits else ())


def _cells(names: Iterable[Wording]) -> Wording:
    """Some cells by name, or their number where they are many."""
    found = tuple(names)
    return listed(found) if len(found) <= _NAMED else msg("%(count)s cells", count=spelled(len(found)))
