"""Coefficients of agreement between coders, and intervals for them.

- α: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", for any distance between values.
- The distance of two sets, MASI: Passonneau (2006), "Measuring Agreement on Set-valued Items (MASI) for
  Semantic and Pragmatic Annotation".
- κ: Cohen (1960), "A Coefficient of Agreement for Nominal Scales".
- The interval: percentile bootstrap over units, Efron and Tibshirani (1993), "An Introduction to the
  Bootstrap", chapter 13.

A coefficient is computed for many samples of the units at once.  A sample is a weight for each unit: how
often the sample has it.  The first sample is the data themselves, in which each weight is 1.  All sums are
whole numbers, and each coefficient comes from one division of them, so it is the same on every machine.
"""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, permutations
from operator import add, mul
from typing import TypeVar

from site_builder.records import dataclass

RESAMPLES = 1000
"""The number of resamples of each interval."""
SEED = 1
"""The seed of the resamples."""
LEVEL = 95
"""The percentage of the resamples that an interval holds."""

_FINEST = 1 << 40  # a distance whose denominator is larger is rounded, so that sums fit into 64 bits
_EQUAL, _APART = Fraction(0), Fraction(1)
_TAIL = Fraction(100 - LEVEL, 200)

Value = TypeVar("Value", bound=Hashable)
Member = TypeVar("Member", bound=Hashable)


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A coefficient with its interval.

    ``value`` is ``None`` where the coefficient is undefined, since nothing varies.  ``low`` and ``high`` are
    the bounds of the interval.  ``resamples`` counts the resamples in which the coefficient is defined; the
    interval is theirs.  Both bounds are ``None`` if there are no such resamples, if ``value`` is ``None``,
    and if the bounds are equal: coders who agree in everything agree in every resample too, and nothing can
    be estimated from that.
    """

    value: float | None
    low: float | None
    high: float | None
    resamples: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Samples:
    """Samples of some units.  ``weights`` has one number for each unit, its weights in all samples.

    The weights of a unit are in one large number, 64 bits for each sample, those of the first sample lowest.
    ``size`` is the number of samples.  So one addition adds the
    weights of two units in all samples, which is much faster than an addition for each sample.
    """

    size: int
    weights: tuple[int, ...]

    @classmethod
    def of(cls, weights: Sequence[Sequence[int]]) -> Samples:
        """The samples with these weights: for each unit its weight in each sample, a whole number below 2⁶⁴.

        :raises IndexError: if there is no unit.
        """
        size = len(weights[0])
        form = f"<{size}Q"
        return cls(
            size=size, weights=tuple(int.from_bytes(struct.pack(form, *own), "little") for own in weights)
        )

    def sum(self, factors: Sequence[int]) -> int:
        """The sum of the weights, each multiplied by the factor of its unit, in all samples.

        It is one large number; :meth:`numbers` gives that of each sample.

        :param factors: one whole number, 0 or more, for each unit.  If there are fewer, the last units do not
            count; if there are more, the last factors do not.
        """
        return sum(map(mul, factors, self.weights))

    def numbers(self, packed: int) -> tuple[int, ...]:
        """A sum as one number for each sample, in the order of the samples.

        >>> both = Samples.of([[1, 2], [3, 4]])
        >>> both.numbers(both.sum([1, 10]))
        (31, 42)
        """
        return struct.unpack(f"<{self.size}Q", packed.to_bytes(8 * self.size, "little"))


def nominal(one: object, other: object) -> Fraction:
    """The distance of two categories: 0 if they are equal, else 1."""
    return _EQUAL if one == other else _APART


def masi(one: frozenset[Member], other: frozenset[Member]) -> Fraction:
    """The MASI distance of two sets, from 0 (equal) to 1 (nothing in common).

    It is 1 − J · M.  J is the Jaccard index; M is 1 for equal sets, 2/3 if one set contains the other, and
    1/3 if each has members of its own beside common ones.  Two empty sets are equal; an empty set and another
    have nothing in common.

    >>> masi(frozenset("ab"), frozenset("a")), masi(frozenset("ab"), frozenset("bc"))
    (Fraction(2, 3), Fraction(8, 9))
    """
    if one == other:
        return _EQUAL
    common = len(one & other)
    if not common:
        return _APART
    either = len(one) + len(other) - common
    shared = (2 if common in (len(one), len(other)) else 1) * common
    return Fraction(3 * either - shared, 3 * either)


@cache
def resamples(units: int) -> Samples:
    """The data as the first sample, then 1000 (:data:`RESAMPLES`) resamples with replacement, of a number of
    units (one or more).  So ``size`` is 1001.

    For each resample in turn, and each of its units, the number of the unit is ``int(random() * units)``,
    with the generator of Python at the seed 1.  So equal numbers of units give equal samples.
    """
    # only random() is certain to give the same numbers in every version of Python
    pick = random.Random(SEED).random
    weights = [[1] + [0] * RESAMPLES for _ in range(units)]
    for sample in range(1, RESAMPLES + 1):
        for _ in range(units):
            weights[int(pick() * units)][sample] += 1
    return Samples.of(weights)


def estimate(coefficients: Sequence[float | None]) -> Estimate:
    """A coefficient with its interval, which is ``None`` if the coefficient is, if no resample defines it, or
    if both bounds are equal.

    Of ``n`` resamples in which the coefficient is defined, in order of size, the bounds are those with the
    numbers ⌈0.025 n⌉ and ⌈0.975 n⌉, from 1.

    >>> estimate([0.5, 0.4, None, 0.6])
    Estimate(value=0.5, low=0.4, high=0.6, resamples=2)

    :param coefficients: one for each sample, the data first; ``None`` where it is undefined.
    :raises ValueError: if there is none at all.
    """
    value, *others = coefficients
    found = sorted(other for other in others if other is not None)
    if value is None or not found:
        return Estimate(value=value, low=None, high=None, resamples=len(found))
    low, high = (found[math.ceil(tail * len(found)) - 1] for tail in (_TAIL, 1 - _TAIL))
    if low == high:
        return Estimate(value=value, low=None, high=None, resamples=len(found))
    return Estimate(value=value, low=low, high=high, resamples=len(found))


def alpha(
    units: Sequence[Sequence[Value]], distance: Callable[[Value, Value], Fraction], samples: Samples
) -> list[float | None]:
    """Krippendorff's α in each sample, at most 1, as a list; ``None`` where all values are equal, or no unit
    is compared.

    >>> alpha([("a", "a"), ("b", "b"), ("a", "b")], nominal, Samples.of([[1], [1], [1]]))
    [0.4444444444444444]

    :param units: for each unit the values that its coders give; a coder who gives none is left out.  A unit
        with fewer than two values is not compared.
    :param distance: the distance of two values, from 0 to 1, symmetric, 0 only for equal values.
    :param samples: samples of as many units.
    """
    compared = [unit if len(unit) > 1 else () for unit in units]
    values = list(dict.fromkeys(value for unit in compared for value in unit))
    apart = {pair: distance(*pair) for pair in combinations_with_replacement(values, 2)}
    apart |= {(other, one): d for (one, other), d in apart.items()}
    within = [
        sum(map(apart.__getitem__, permutations(unit, 2))) / Fraction(max(len(unit) - 1, 1))
        for unit in compared
    ]
    scale = min(math.lcm(*(part.denominator for part in (*within, *apart.values()))), _FINEST)
    total = samples.numbers(samples.sum([len(unit) for unit in compared]))
    observed = samples.numbers(samples.sum([round(part * scale) for part in within]))
    # Most pairs of sets have the distance 1.  So the few similarities, 1 − distance, are summed instead.
    counts = {value: samples.sum([unit.count(value) for unit in compared]) for value in values}
    near_to: dict[Value, int] = dict.fromkeys(values, 0)
    for (one, other), d in apart.items():
        if d != _APART:
            near_to[one] += round((1 - d) * scale) * counts[other]
    alike = [0] * samples.size
    for one, near in near_to.items():
        alike = list(map(add, alike, map(mul, samples.numbers(counts[one]), samples.numbers(near))))
    return [
        1 - (n - 1) * far / expected if (expected := n * n * scale - same) else None
        for n, far, same in zip(total, observed, alike, strict=True)
    ]


def kappa(votes: Sequence[Sequence[tuple[bool, bool]]], samples: Samples) -> list[float | None]:
    """Cohen's κ of two coders in each sample, from -1 to 1, as a list; ``None`` where agreement by chance is
    certain.

    That is so if all decisions of both coders are the same one, or there are none.

    >>> kappa([[(True, True)], [(False, False)], [(True, False)]], Samples.of([[1], [1], [1]]))
    [0.4]

    :param votes: for each unit its decisions, one or more, each as (first coder, second coder).
    :param samples: samples of as many units.
    """
    counts = (
        [len(unit) for unit in votes],
        [sum(first for first, _ in unit) for unit in votes],
        [sum(second for _, second in unit) for unit in votes],
        [sum(map(all, unit)) for unit in votes],
    )
    table = (samples.numbers(samples.sum(part)) for part in counts)
    return [_kappa(*row) for row in zip(*table, strict=True)]


def _kappa(count: int, first: int, second: int, both: int) -> float | None:
    """κ from the numbers of decisions: all, yes of the first coder, yes of the second, yes of both."""
    agreed = (count - first - second + 2 * both) * count
    chance = first * second + (count - first) * (count - second)
    return None if chance == count * count else (agreed - chance) / (count * count - chance)
