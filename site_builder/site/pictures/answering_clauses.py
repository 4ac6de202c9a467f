"""The clauses that say what a picture of answers shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.language.numerals import spelled
from site_builder.site.pictures.answering import Answering, Sign
from site_builder.site.pictures.cells import CellHead
from site_builder.site.pictures.gaps import NAMED, together

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
    return listed(found) if len(found) <= NAMED else msg("%(count)s cells", count=spelled(len(found)))
