"""Agreement between coders: Cohen's κ over the cells, for each pair of coders.

A decision is one passage and one cell: tagged or not, with any relation.  κ as in Cohen (1960), "A
Coefficient of Agreement for Nominal Scales".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from site_builder.model import Project, Tagging


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two coders: the number of common passages and decisions, the proportion of agreement (0 to 1), and κ.

    ``kappa`` is ``None`` if agreement by chance is certain (both coders always, or never, say yes).
    """

    coders: tuple[str, str]
    passages: int
    decisions: int
    share: float
    kappa: float | None


def pairs(project: Project) -> tuple[Pair, ...]:
    """Every pair of coders who tagged at least one passage in common; ``()`` for one coder.

    Coders are in alphabetical order, in a pair and among the pairs.  Only the cells of the codebook count:
    relations, entries and functions do not.  Of two taggings of a passage by one coder, the last counts.
    """
    by_coder: dict[str, dict[tuple[str, str], Tagging]] = {}
    for tagging in project.taggings:
        by_coder.setdefault(tagging.coder, {})[(tagging.work, tagging.passage)] = tagging
    found = []
    for one, other in combinations(sorted(by_coder), 2):
        common = by_coder[one].keys() & by_coder[other].keys()
        if common:
            both = [(by_coder[one][key], by_coder[other][key]) for key in sorted(common)]
            found.append(_pair((one, other), both, [c.id for c in project.grid.cells]))
    return tuple(found)


def _pair(coders: tuple[str, str], both: list[tuple[Tagging, Tagging]], cells: list[str]) -> Pair:
    votes = [
        (any(t.cell == cell for t in a.cells), any(t.cell == cell for t in b.cells))
        for a, b in both
        for cell in cells
    ]
    share = sum(a == b for a, b in votes) / len(votes)
    return Pair(
        coders=coders,
        passages=len(both),
        decisions=len(votes),
        share=share,
        kappa=kappa(votes),
    )


def kappa(votes: list[tuple[bool, bool]]) -> float | None:
    """Cohen's κ of the decisions of two coders, from -1 to 1; ``None`` if agreement by chance is certain.

    :param votes: at least one pair of decisions.
    :raises ZeroDivisionError: if there is none.
    """
    count = len(votes)
    agreed = sum(a == b for a, b in votes) / count
    yes_a, yes_b = (sum(vote[side] for vote in votes) / count for side in (0, 1))
    chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    return None if chance == 1 else (agreed - chance) / (1 - chance)
