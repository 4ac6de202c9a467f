"""Cohen's κ, compared with published values and with another program; and the pairs of coders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import TINY

from site_builder.edges import load
from site_builder.edition import agreement
from site_builder.edition.agreement import Pair
from site_builder.source import read

SOURCES, _ = load.sources(TINY)
CELLS = ("flow~a", "flow~b", "edge~a", "edge~b", "folk~a", "folk~b")
Tags = Mapping[str, tuple[str, ...]]
"""passage → its cells."""


def votes(both: int, only_a: int, only_b: int, neither: int) -> list[tuple[bool, bool]]:
    """The decisions of a table of two coders: both yes, only one yes, both no."""
    return (
        [(True, True)] * both
        + [(True, False)] * only_a
        + [(False, True)] * only_b
        + [(False, False)] * neither
    )


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


@pytest.mark.parametrize(("table", "kappa"), KAPPAS)
def test_kappa_is_that_of_the_literature(table: tuple[int, int, int, int], kappa: float) -> None:
    assert agreement.kappa(votes(*table)) == pytest.approx(kappa, abs=1e-12)
    both, only_a, only_b, neither = table
    assert agreement.kappa(votes(both, only_b, only_a, neither)) == pytest.approx(kappa, abs=1e-12)
    assert agreement.kappa(votes(neither, only_a, only_b, both)) == pytest.approx(kappa, abs=1e-12)


def test_decisions_that_agree_as_often_as_chance_give_zero() -> None:
    # a says yes in 1/2, b in 1/4; independent: 1/8 both, 3/8 a alone, 1/8 b alone, 3/8 neither
    assert agreement.kappa(votes(1, 3, 1, 3)) == pytest.approx(0)


@pytest.mark.parametrize("table", [(5, 0, 0, 0), (0, 0, 0, 5)])
def test_kappa_is_undefined_where_both_always_say_the_same(table: tuple[int, int, int, int]) -> None:
    assert agreement.kappa(votes(*table)) is None


# --- pairs ----------------------------------------------------------------------------------------


def file_of(tags: Tags) -> str:
    rows = ["passages:"]
    for passage, cells in tags.items():
        rows.append(f"  {passage}:\n    function: scene\n    gist: 一\n    gist_en: One")
        rows.append("    cells:" if cells else "    cells: []")
        for one in cells:
            cell, _, relation = one.partition(":")
            rows.append(f"      - {{cell: {cell}, relation: {relation or 'shows'}, evidence: [水]}}")
    return "\n".join(rows) + "\n"


def pairs(**coders: Tags) -> dict[tuple[str, str], Pair]:
    """The pairs of a project whose coders have exactly these tags."""
    sources = {path: text for path, text in SOURCES.items() if "/tags/" not in path}
    for coder, tags in coders.items():
        sources[f"annotations/canal/tags/{coder}/1.yaml"] = file_of(tags)
    project, _ = read.project(sources)
    assert project is not None
    return {pair.coders: pair for pair in agreement.pairs(project)}


def test_one_coder_agrees_with_nobody() -> None:
    assert pairs(ming={"p1": CELLS[:1]}) == {}


def test_coders_without_a_common_passage_are_no_pair() -> None:
    assert pairs(ming={"p1": CELLS[:1]}, hua={"p2": CELLS[:1]}) == {}


def test_every_passage_and_cell_that_two_share_is_a_decision() -> None:
    # p1: both yes on 1 cell, each alone on 1, neither on 3.  p2: both 2, neither 4.  p4 is hua's alone.
    found = pairs(
        ming={"p1": ("flow~a", "flow~b"), "p2": ("edge~a", "folk~b")},
        hua={"p1": ("flow~a", "edge~b"), "p2": ("edge~a", "folk~b"), "p4": CELLS},
    )
    [(coders, pair)] = found.items()
    assert coders == ("hua", "ming")
    assert (pair.passages, pair.decisions) == (2, 12)
    assert pair.share == pytest.approx(10 / 12)
    # yes of each 4 of 12: chance (4/12)² + (8/12)² = 80/144; κ = (120 - 80) / (144 - 80)
    assert pair.kappa == pytest.approx(40 / 64)


def test_coders_with_the_same_cells_agree_completely_for_any_relation() -> None:
    [pair] = pairs(ming={"p1": ("flow~a:shows",)}, hua={"p1": ("flow~a:harms",)}).values()
    assert (pair.share, pair.kappa) == (1, 1)


def test_a_cell_that_occurs_twice_in_a_passage_is_one_decision() -> None:
    [pair] = pairs(ming={"p1": ("flow~a:shows", "flow~a:asks")}, hua={"p1": ("flow~a",)}).values()
    assert (pair.decisions, pair.share, pair.kappa) == (6, 1, 1)


@pytest.mark.parametrize("cells", [(), CELLS])
def test_the_kappa_of_a_pair_is_undefined_where_nothing_varies(cells: tuple[str, ...]) -> None:
    [pair] = pairs(ming={"p1": cells}, hua={"p1": cells}).values()
    assert (pair.share, pair.kappa) == (1, None)


def test_coders_who_never_agree_are_below_chance() -> None:
    [pair] = pairs(ming={"p1": CELLS[:3]}, hua={"p1": CELLS[3:]}).values()
    assert (pair.share, pair.kappa) == (0, -1)


def test_three_coders_are_three_pairs_in_order_of_their_names() -> None:
    found = pairs(
        ming={"p1": ("flow~a",), "p2": ()},
        hua={"p1": ("flow~a",)},
        an={"p1": ("flow~b",), "p2": ("edge~a",)},
    )
    assert list(found) == [("an", "hua"), ("an", "ming"), ("hua", "ming")]
    assert [pair.passages for pair in found.values()] == [1, 2, 1]
    assert found[("hua", "ming")].kappa == 1
    # an and ming: a yes 2 of 12 and 1 of 12, never together: 9/12; chance 2/144 + 110/144
    assert found[("an", "ming")].share == pytest.approx(9 / 12)
    assert found[("an", "ming")].kappa == pytest.approx((108 - 112) / (144 - 112))


def test_passages_of_two_works_are_separate(tmp_path: Path) -> None:
    sources = {path: text for path, text in SOURCES.items() if "/tags/" not in path}
    sources |= {p.replace("/canal/", "/dike/"): t for p, t in sources.items() if p.startswith("corpus/")}
    sources["annotations/canal/tags/ming/1.yaml"] = file_of({"p1": CELLS[:1]})
    sources["annotations/dike/tags/hua/1.yaml"] = file_of({"p1": CELLS[:1]})
    project, _ = read.project(sources)
    assert project is not None
    assert len(project.works) == 2
    assert agreement.pairs(project) == ()
