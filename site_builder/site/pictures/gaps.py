"""What pictures and pages say of cells that no entry of a group covers, and of their hatching."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from site_builder.edition.readings import Reading
from site_builder.language.message import Wording, either, msg, pmsg
from site_builder.language.numerals import spelled
from site_builder.model import Column
from site_builder.site.pictures.cells import CellHead, Rests

NAMED = 4
"""The most cells that a clause names; of more it gives the number."""


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
    if len(parts) == 2 and entries > 1 and all(len(own) <= NAMED for own, _ in parts):
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
    if len(silent) > NAMED:
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
