"""The coefficients of agreement, compared with published values and with NLTK; and their intervals."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics import binary_distance, masi_distance
from nltk.metrics.agreement import AnnotationTask

from site_builder.edition import coefficients
from site_builder.edition.coefficients import RESAMPLES, SEED, Samples

Unit = tuple[frozenset[str], ...]


def alone(units: int) -> Samples:
    """The data, without resamples."""
    return Samples.of([[1]] * units)


def task(units: Sequence[Sequence[Any]], distance: Callable[[Any, Any], float]) -> Any:
    """The values of units in NLTK: one record for each value, by coder and item."""
    rows = [(f"c{c}", f"u{u}", value) for u, unit in enumerate(units) for c, value in enumerate(unit)]
    return AnnotationTask(rows, distance=distance)


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """The distance of NLTK, which divides by zero for two empty sets."""
    return float(masi_distance(one, other)) if one or other else 0.0


# --- α --------------------------------------------------------------------------------------------

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections A, B and C: a row for each
# observer, "*" where one gives no value.
PUBLISHED = [
    (("0100000010", "1110010000"), 0.095),
    (("aabbdcccedda", "babbbccceddd"), 0.692),
    (("123321412***", "1233224125**", "*33323422513", "12332441251*"), 0.743),
]


@pytest.mark.parametrize(("rows", "alpha"), PUBLISHED)
def test_alpha_is_that_of_krippendorff(rows: tuple[str, ...], alpha: float) -> None:
    units = [tuple(value for value in unit if value != "*") for unit in zip(*rows, strict=True)]
    [found] = coefficients.alpha(units, coefficients.nominal, alone(len(units)))
    assert found == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", Fraction(0)),
        ("ab", "ab", Fraction(0)),
        ("ab", "abc", 1 - Fraction(2, 3) * Fraction(2, 3)),
        ("ab", "bc", 1 - Fraction(1, 3) * Fraction(1, 3)),
        ("ab", "cd", Fraction(1)),
        ("", "a", Fraction(1)),
    ],
)
def test_the_distance_of_sets_is_that_of_passonneau(one: str, other: str, distance: Fraction) -> None:
    assert coefficients.masi(frozenset(one), frozenset(other)) == distance
    assert coefficients.masi(frozenset(other), frozenset(one)) == distance
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(float(distance))


sets = st.frozensets(st.sampled_from("abcdef"), max_size=4)


@given(st.lists(st.lists(sets, max_size=3).map(tuple), min_size=2, max_size=12))
def test_alpha_of_sets_is_that_of_nltk(units: list[Unit]) -> None:
    """With any number of coders, of whom some give no value for a unit."""
    compared = [unit for unit in units if len(unit) > 1]
    [found] = coefficients.alpha(units, coefficients.masi, alone(len(units)))
    if len({value for unit in compared for value in unit}) < 2:
        assert found is None
    else:
        assert found == pytest.approx(task(units, masi).alpha(), abs=1e-9)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=2, max_size=15))
def test_alpha_of_categories_is_that_of_nltk(units: list[tuple[str, str]]) -> None:
    assume(len({value for unit in units for value in unit}) > 1)
    [found] = coefficients.alpha(units, coefficients.nominal, alone(len(units)))
    assert found == pytest.approx(task(units, binary_distance).alpha(), abs=1e-9)


def test_sets_with_many_members_are_compared_without_an_overflow() -> None:
    """The least common denominator of these distances is larger than 64 bits."""
    names = [f"m{n}" for n in range(60)]
    units = [(frozenset(names[:n]), frozenset(names[n // 3 : n])) for n in range(2, 60)]
    [found] = coefficients.alpha(units, coefficients.masi, alone(len(units)))
    assert found == pytest.approx(task(units, masi).alpha(), abs=1e-9)


@pytest.mark.parametrize("units", [[("a", "a"), ("a", "a")], [("a",), ("b",)], [(), ()]])
def test_alpha_is_undefined_where_nothing_varies(units: list[tuple[str, ...]]) -> None:
    assert coefficients.alpha(units, coefficients.nominal, alone(2)) == [None]


# --- κ --------------------------------------------------------------------------------------------

# The first three are the examples of the English Wikipedia, "Cohen's kappa" (the second and third after
# Gwet, "Inter-Rater Reliability", 2002).  All were computed again with scikit-learn 1.9.1, cohen_kappa_score.
KAPPAS = [
    ((20, 5, 10, 15), 0.4),
    ((45, 15, 25, 15), 0.13043478260869557),
    ((25, 35, 5, 35), 0.2592592592592592),
    ((1, 2, 3, 4), -0.08695652173913038),
    ((7, 0, 0, 1), 1.0),
    ((0, 3, 5, 0), -0.8823529411764706),
    ((0, 1, 0, 9), 0.0),
    ((90, 5, 4, 1), 0.1346153846153847),
]


def votes(both: int, only_a: int, only_b: int, neither: int) -> list[list[tuple[bool, bool]]]:
    """The decisions of a table of two coders: both yes, only one yes, both no."""
    kinds = ((True, True), (True, False), (False, True), (False, False))
    counts = (both, only_a, only_b, neither)
    return [[vote] for vote, count in zip(kinds, counts, strict=True) for _ in range(count)]


def kappa(decisions: list[list[tuple[bool, bool]]]) -> float | None:
    [found] = coefficients.kappa(decisions, alone(len(decisions)))
    return found


@pytest.mark.parametrize(("table", "value"), KAPPAS)
def test_kappa_is_that_of_the_literature(table: tuple[int, int, int, int], value: float) -> None:
    both, only_a, only_b, neither = table
    assert kappa(votes(*table)) == pytest.approx(value, abs=1e-12)
    assert kappa(votes(both, only_b, only_a, neither)) == pytest.approx(value, abs=1e-12)
    assert kappa(votes(neither, only_a, only_b, both)) == pytest.approx(value, abs=1e-12)


@given(st.lists(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=3), min_size=2))
def test_kappa_is_that_of_nltk(decisions: list[list[tuple[bool, bool]]]) -> None:
    flat = [vote for unit in decisions for vote in unit]
    if len({answer for vote in flat for answer in vote}) < 2:
        assert kappa(decisions) is None
    else:
        assert kappa(decisions) == pytest.approx(task(flat, binary_distance).kappa(), abs=1e-9)


def test_decisions_that_agree_as_often_as_chance_give_zero() -> None:
    # a says yes in 1/2, b in 1/4; independent: 1/8 both, 3/8 a alone, 1/8 b alone, 3/8 neither
    assert kappa(votes(1, 3, 1, 3)) == pytest.approx(0)


@pytest.mark.parametrize("table", [(5, 0, 0, 0), (0, 0, 0, 5)])
def test_kappa_is_undefined_where_both_always_say_the_same(table: tuple[int, int, int, int]) -> None:
    assert kappa(votes(*table)) is None


# --- intervals ------------------------------------------------------------------------------------


def drawn(units: int) -> list[list[int]]:
    """The units of each resample, drawn again as the documentation says."""
    pick = random.Random(SEED)
    return [[int(pick.random() * units) for _ in range(units)] for _ in range(RESAMPLES)]


def test_each_resample_has_the_coefficient_of_its_units() -> None:
    """A coefficient of weighted units is that of the units, each as often as it was drawn."""
    units: list[Unit] = [
        (frozenset("ab"), frozenset("a")),
        (frozenset("b"), frozenset("b")),
        (frozenset(), frozenset("c")),
        (frozenset("cd"), frozenset("cd")),
        (frozenset("d"), frozenset("ad")),
    ]
    answers = [[(bool("a" in one), bool("a" in other))] for one, other in units]
    samples = coefficients.resamples(len(units))
    alphas = coefficients.alpha(units, coefficients.masi, samples)
    kappas = coefficients.kappa(answers, samples)
    every = [list(range(len(units))), *drawn(len(units))]
    assert len(alphas) == len(kappas) == len(every) == RESAMPLES + 1
    for chosen, alpha, one_kappa in list(zip(every, alphas, kappas, strict=True))[:200]:
        assert one_kappa == kappa([answers[unit] for unit in chosen])
        if alpha is not None:
            assert alpha == pytest.approx(task([units[unit] for unit in chosen], masi).alpha(), abs=1e-9)
        else:
            assert len({value for unit in chosen for value in units[unit]}) == 1


def test_an_interval_has_the_middle_95_percent_of_the_resamples() -> None:
    values = list(range(1, 1001))
    random.Random(7).shuffle(values)
    found = coefficients.estimate([0.5, *values])
    assert (found.value, found.low, found.high, found.resamples) == (0.5, 25, 975, 1000)


def test_resamples_without_a_coefficient_are_left_out() -> None:
    found = coefficients.estimate([0.5, None, 0.25, None, 0.75])
    assert (found.low, found.high, found.resamples) == (0.25, 0.75, 2)


@pytest.mark.parametrize("of", [[None, 0.5, 0.75], [0.5, None, None], [1.0, 1.0, 1.0, None]])
def test_without_a_coefficient_or_a_width_there_is_no_interval(of: list[float | None]) -> None:
    found = coefficients.estimate(of)
    assert (found.value, found.low, found.high) == (of[0], None, None)


def test_an_interval_covers_the_coefficient_of_the_population() -> None:
    """Of samples of a known population, about 95 % of the intervals hold its κ."""
    population = votes(20, 10, 10, 20)
    true = kappa(population)
    assert true is not None
    draw = random.Random(3)
    covered = 0
    for _ in range(100):
        sample = [draw.choice(population) for _ in range(60)]
        found = coefficients.estimate(coefficients.kappa(sample, coefficients.resamples(60)))
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= true <= found.high
    assert 88 <= covered <= 100
