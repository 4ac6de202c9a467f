"""Three readings of the tags of the coder that the site shows.

One rule makes them from the alternatives of the passages:

- ``strict``: the published tags without those that an alternative doubts (``instead_of``); a tag of which
  alternatives doubt only some of the evidence stays, with the rest of it, and without the traits that the
  alternatives name beside this evidence;
- ``published``: the tags as they are;
- ``generous``: the published tags, and the tags that the alternatives add.

A finding about the tags is *firm* if it is the same in all three, else *contingent*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal, TypeAlias

from site_builder.edition import codes
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Key
from site_builder.model import Alternative, CellTag, Project, Tagging
from site_builder.records import dataclass, replace

Reading: TypeAlias = Literal["strict", "published", "generous"]
READINGS: tuple[Reading, ...] = ("strict", "published", "generous")
"""The readings, from the one with the fewest tags to the one with the most."""


def read(project: Project, reading: Reading) -> Project:
    """The project with the tags of cells of one reading for the coder that the site shows; all else stays,
    also the alternatives.

    ``strict`` lacks what the alternatives doubt, ``generous`` also has what they add, and ``published`` is
    the project itself.
    """
    if reading == "published":
        return project
    change = strict if reading == "strict" else generous
    return replace(
        project,
        taggings=tuple(
            replace(one, cells=change(one)) if one.coder == project.site.coder and one.alternatives else one
            for one in project.taggings
        ),
    )


def strict(tagging: Tagging) -> tuple[CellTag, ...]:
    """The tags of cells that no alternative doubts, in their order.

    An alternative doubts the tags that ``instead_of`` names: ``depth+`` in any relation, or ``depth+:shows``.
    It doubts all of their evidence if it adds a tag or has no evidence, else the quotations that it has too.
    A tag of which all alternatives leave some evidence stays, with this evidence and the traits that none of
    them names; without any it is left out.
    """
    return tuple(_strict(tagging))


def _strict(tagging: Tagging) -> Iterator[CellTag]:
    for tag in tagging.cells:
        doubting = [other for other in tagging.alternatives if other.doubts(tag)]
        if not doubting:
            yield tag
        elif (rest := left(tag, doubting)).evidence:
            yield rest


def left(tag: CellTag, alternatives: Collection[Alternative]) -> CellTag:
    """A tag with the evidence and the traits that every one of the alternatives leaves, in their order; there
    may be none.

    An alternative whose ``instead_of`` does not name the tag leaves everything.  One that names it leaves no
    evidence if it adds a tag or has no evidence, else the quotations that it does not have (with the same
    ``text`` and ``to``); and the traits that it does not name.
    """
    return replace(
        tag,
        evidence=tuple(
            one for one in tag.evidence if all(one in other.leaves(tag) for other in alternatives)
        ),
        traits=tuple(
            one for one in tag.traits if all(one in other.leaves_traits(tag) for other in alternatives)
        ),
    )


def generous(tagging: Tagging) -> tuple[CellTag, ...]:
    """The tags of cells, and behind them the tags that alternatives add and that are not there yet.  A tag is
    there if its cell and its relation are.

    An added tag without a cell has that of ``instead_of``, and without a relation that of the first tag that
    ``instead_of`` names.  It has the evidence of its alternative; without any, that of the tags that
    ``instead_of`` names.  It names no traits, and its note is the reason of the alternative.
    """
    found = list(tagging.cells)
    for alternative in tagging.alternatives:
        cell, relation = alternative.added(tagging.cells)
        if cell and not any((tag.cell, tag.relation) == (cell, relation) for tag in found):
            doubted = [quote for tag in tagging.cells if alternative.doubts(tag) for quote in tag.evidence]
            found.append(
                CellTag(
                    cell=cell,
                    relation=relation,
                    evidence=alternative.evidence or tuple(doubted),
                    note=alternative.reason,
                    place=alternative.place,
                )
            )
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """One alternative of a passage: the published tags that it doubts, and the tag that it adds.

    ``added`` is ``None`` if it adds none.  ``without`` is empty if it doubts none.
    """

    key: Key
    without: tuple[CodeId, ...]
    added: CodeId | None
    alternative: Alternative


def doubts(project: Project) -> Iterator[Doubt]:
    """Every alternative of the coder that the site shows, in the order of the files; none without
    alternatives.  ``without`` are the cells of the passage, each in its relation, that ``instead_of`` names,
    also if only some of their evidence is doubted; ``()`` for none.  ``added`` is the tag that it adds, or
    ``None``.

    A contingent finding hangs on those whose codes it counts.
    """
    for tagging in project.taggings:
        if tagging.coder != project.site.coder:
            continue
        for one in tagging.alternatives:
            yield Doubt(
                key=(tagging.work, tagging.passage),
                without=tuple(codes.of_tag(tag) for tag in tagging.cells if one.doubts(tag)),
                added=codes.added(one, tagging.cells),
                alternative=one,
            )
