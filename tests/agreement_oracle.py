"""The figures of agreement of two coders, worked out a second time, in the plainest way.

It shares no code with ``site_builder``: α is computed from the coincidences of values, κ from the table of
counts, and each resample from the units that it draws.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from oracle import Key, Oracle, Tags

RESAMPLES, SEED = 1000, 1
Units = Sequence[tuple[Hashable, Hashable]]


class Figure(NamedTuple):
    """A coefficient, its interval, the number of resamples that have one, and what was compared."""

    units: int
    same: int
    value: float | None
    low: float | None
    high: float | None
    resamples: int


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    common, either = len(one & other), len(one | other)
    if one == other:
        return 0
    if not common:
        return 1
    return 1 - common / either * (2 if common in (len(one), len(other)) else 1) / 3


def unequal(one: object, other: object) -> float:
    return float(one != other)


def alpha_of(units: Units, distance: Callable[..., float]) -> Callable[[Sequence[int]], float | None]:
    """α as a function of the units that a sample has."""
    values = sorted({value for unit in units for value in unit}, key=str)
    between = {(a, b): distance(a, b) for a in values for b in values}

    def alpha(sample: Sequence[int]) -> float | None:
        count = Counter(value for unit in sample for value in units[unit])
        n = count.total()
        expected = sum(count[a] * count[b] * between[a, b] for a in count for b in count) / (n * (n - 1))
        observed = sum(between[units[unit]] for unit in sample) / len(sample)
        return None if len(count) == 1 else 1 - observed / expected

    return alpha


def kappa_of(units: Sequence[Sequence[tuple[bool, bool]]]) -> Callable[[Sequence[int]], float | None]:
    """κ as a function of the units that a sample has: 2(ad − bc) / ((a + b)(b + d) + (a + c)(c + d))."""

    def kappa(sample: Sequence[int]) -> float | None:
        votes = Counter(vote for unit in sample for vote in units[unit])
        a, b, c, d = (votes[one, other] for one in (True, False) for other in (True, False))
        under = (a + b) * (b + d) + (a + c) * (c + d)
        return 2 * (a * d - b * c) / under if under else None

    return kappa


def interval(of: Callable[[Sequence[int]], float | None], units: int, same: int, count: int) -> Figure:
    value, pick = of(range(units)), random.Random(SEED)
    drawn = [[int(pick.random() * units) for _ in range(units)] for _ in range(RESAMPLES)]
    found = sorted(one for sample in drawn if (one := of(sample)) is not None)
    if value is None or not found:
        return Figure(count, same, value, None, None, len(found))
    low, high = (found[math.ceil(len(found) * tail / 1000) - 1] for tail in (25, 975))
    return Figure(count, same, value, low, high, len(found))


def figures(oracle: Oracle, first: str, second: str) -> dict[str, Figure]:
    """Every figure of two coders, by its subject: ``cells``, ``facet:ways``, ``codes``, ``flow~a``."""
    one, other = oracle.coders[first], oracle.coders[second]
    keys = [key for key in oracle.passages if key in one and key in other]
    found: dict[str, Figure] = {}

    def sets(name: str, value: Callable[[Tags], Hashable], distance: Callable[..., float] = masi) -> None:
        units = [(value(one[key]), value(other[key])) for key in keys]
        units = [unit for unit in units if "" not in unit]
        if units:
            same = sum(a == b for a, b in units)
            found[name] = interval(alpha_of(units, distance), len(units), same, len(units))

    sets("cells", lambda tags: frozenset(c.cell for c in tags.cells))
    if oracle.relations:
        sets("relations", lambda tags: frozenset(f"{c.cell}:{c.relation}" for c in tags.cells))
    sets("function", lambda tags: tags.function, unequal)
    for facet in oracle.facets:
        sets(f"facet:{facet}", lambda tags, f=facet: frozenset(e.entry for e in tags.entries if e.facet == f))  # type: ignore[misc]

    def votes(cells: Sequence[str]) -> list[list[tuple[bool, bool]]]:
        return [[(has(one[key], cell), has(other[key], cell)) for cell in cells] for key in keys]

    for name, cells in (("codes", list(oracle.cells)), *((cell, [cell]) for cell in oracle.cells)):
        units = votes(cells)
        flat = [vote for unit in units for vote in unit]
        found[name] = interval(kappa_of(units), len(keys), sum(a == b for a, b in flat), len(flat))
    return found


def has(tags: Tags, cell: str) -> bool:
    return any(one.cell == cell for one in tags.cells)


def pairs(oracle: Oracle) -> list[tuple[str, str, list[Key]]]:
    """The pairs of coders, by name, with the passages that both tagged."""
    coders = sorted(oracle.coders)
    found = []
    for index, one in enumerate(coders):
        for other in coders[index + 1 :]:
            keys = [k for k in oracle.passages if k in oracle.coders[one] and k in oracle.coders[other]]
            if keys:
                found.append((one, other, keys))
    return found
