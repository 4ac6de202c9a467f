"""Agreement between coders: Cohen's κ over the cells, for each pair of coders.

A decision is one passage and one cell: tagged or not, with any relation.  In a project without cells it is
one passage and one entry of a frame facet.  κ as in Cohen (1960), "A
Coefficient of Agreement for Nominal Scales".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from site_builder.edition import codes
from site_builder.edition.codes import CodeId
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
    relations, entries and functions do not.  Without cells, the entries of frame facets count; without these,
    too, the result is ``()``.  Of two taggings of a passage by one coder, the last counts.
    """
    by_coder: dict[str, dict[tuple[str, str], Tagging]] = {}
    for tagging in project.taggings:
        by_coder.setdefault(tagging.coder, {})[(tagging.work, tagging.passage)] = tagging
    compared = _compared(project)
    found = []
    for one, other in combinations(sorted(by_coder), 2):
        common = by_coder[one].keys() & by_coder[other].keys()
        if common and compared:
            both = [(by_coder[one][key], by_coder[other][key]) for key in sorted(common)]
            found.append(_pair((one, other), both, compared))
    return tuple(found)


def _compared(project: Project) -> list[CodeId]:
    """The codes about which coders can agree."""
    cells = [CodeId.cell(cell.id) for cell in project.grid.cells]
    frames = (facet for facet in project.facets if facet.kind == "frame")
    return cells or [CodeId.entry(facet.id, entry.id) for facet in frames for entry in facet.entries]


def _pair(coders: tuple[str, str], both: list[tuple[Tagging, Tagging]], compared: list[CodeId]) -> Pair:
    carried = [(codes.carried(a), codes.carried(b)) for a, b in both]
    votes = [(code in a, code in b) for a, b in carried for code in compared]
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
