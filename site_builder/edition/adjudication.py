"""The differences of two coders, and the decisions of the editors on them."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import codes
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Key
from site_builder.model import Adjudication, Decision, Project, Tagging
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A code that one of two coders has in a passage and the other has not.

    ``coder`` is the one that has it.  ``decision`` is ``None`` if the editors have not decided.
    """

    key: Key
    code: CodeId
    coder: str
    decision: Decision | None


def differences(project: Project, adjudication: Adjudication) -> tuple[Difference, ...]:
    """All differences of the two coders of an adjudication, passage by passage, in the order of the codebook.

    Only passages that both have tagged count, and codes of the codebook.  The codes are cells in a relation
    (a cell alone if its tag has no relation), traits of a cell that both have in any relation, functions and
    entries.  Two relations of one cell, or two functions, are two differences.  The decision is the first on
    the passage that names the code, else the first that names its cell alone.  ``()`` unless there are two
    different coders, and for an unknown work.  Of two taggings of a passage by one coder, the last counts.
    """
    coders = tuple(dict.fromkeys(adjudication.between))
    if len(coders) != 2:
        return ()
    known = codes.by_text(project)
    first, second = coders
    tagged = {(t.coder, t.passage): t for t in project.taggings if t.work == adjudication.work}
    passages = [p.id for work in project.works if work.id == adjudication.work for p in work.passages]
    found = []
    for id_ in passages:
        a, b = tagged.get((first, id_)), tagged.get((second, id_))
        for code, by_first in _between(a, b, known) if a and b else ():
            found.append(
                Difference(
                    key=(adjudication.work, id_),
                    code=code,
                    coder=first if by_first else second,
                    decision=_decision(adjudication, id_, code, known),
                )
            )
    return tuple(found)


def compared_codes(tagging: Tagging) -> frozenset[CodeId]:
    """The codes of a passage: ``depth+:shows`` for a cell in a relation, ``depth+`` for a cell without one,
    ``depth+/noise`` for a trait, ``methods:survey`` for an entry, ``function:review`` for its function.

    A cell that the passage has in a relation is not there alone, also if another tag has it without one.
    """
    related = {codes.of_tag(tag).whole for tag in tagging.cells if tag.relation}
    return codes.carried(tagging) - related


def _between(a: Tagging, b: Tagging, known: dict[str, CodeId]) -> Iterator[tuple[CodeId, bool]]:
    """Each code that only one of two taggings has, and whether it is the first."""
    of_a, of_b = compared_codes(a), compared_codes(b)
    common = {tag.cell for tag in a.cells} & {tag.cell for tag in b.cells}
    for code in known.values():
        implied = code.kind == "trait" and code.id not in common
        if (code in of_a) != (code in of_b) and not implied:
            yield code, code in of_a


def _decision(
    adjudication: Adjudication, passage: str, code: CodeId, known: dict[str, CodeId]
) -> Decision | None:
    """The decision on a code: one that names it, else one that names its cell alone."""
    own = [decision for decision in adjudication.decisions if decision.passage == passage]
    named = [decision for decision in own if known.get(decision.code) == code]
    covering = [decision for decision in own if covers(known.get(decision.code), code)]
    return next(iter((*named, *covering)), None)


def covers(decided: CodeId | None, code: CodeId) -> bool:
    """Whether a decision on one code is one on another: the same code, or the cell alone of a relation or a
    trait.

    False without a decision (``None``).  A decision on one relation is none on the cell alone.

    A decision on a trait is none on its cell.
    """
    if decided is None:
        return False
    is_cell = decided.kind == "cell" and not decided.relation
    return decided == code or (is_cell and code.kind in ("cell", "trait") and code.id == decided.id)
