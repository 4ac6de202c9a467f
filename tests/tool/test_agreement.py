"""The pairs of coders, and what they are compared on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TINY

from site_builder.edges import load
from site_builder.edition import agreement
from site_builder.edition.agreement import Figure, Pair, Subject
from site_builder.source import read

SOURCES, _ = load.sources(TINY)
ADJUDICATION = "annotations/canal/adjudication.yaml"
UNTAGGED = {path: text for path, text in SOURCES.items() if "/tags/" not in path and path != ADJUDICATION}
CELLS = ("flow~a", "flow~b", "edge~a", "edge~b", "folk~a", "folk~b")
Tags = Mapping[str, tuple[str, ...]]
"""passage → its cells."""


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


def compared(files: Mapping[str, str], **coders: str) -> tuple[Pair, ...]:
    """The pairs of a project with some further files, whose coders have exactly these files of tags."""
    tags = {f"annotations/canal/tags/{coder}/1.yaml": text for coder, text in coders.items()}
    project, _ = read.project({**UNTAGGED, **files, **tags})
    assert project is not None
    return agreement.pairs(project)


def pairs(**coders: Tags) -> dict[tuple[str, str], Pair]:
    """The pairs of a project whose coders have exactly these tags."""
    found = compared({}, **{coder: file_of(tags) for coder, tags in coders.items()})
    return {pair.coders: pair for pair in found}


def figure(pair: Pair, subject: Subject) -> Figure:
    found = pair.figure(subject)
    assert found is not None
    return found


def decisions(pair: Pair) -> tuple[int, float, float | None]:
    """The decisions on all cells: their number, the share of equal ones, and κ."""
    found = figure(pair, "codes")
    return found.units, found.same / found.units, found.estimate.value


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
    assert pair.passages == 2
    # yes of each 4 of 12: chance (4/12)² + (8/12)² = 80/144; κ = (120 - 80) / (144 - 80)
    assert decisions(pair) == (12, pytest.approx(10 / 12), pytest.approx(40 / 64))


def test_coders_with_the_same_cells_agree_completely_for_any_relation() -> None:
    [pair] = pairs(ming={"p1": ("flow~a:shows",)}, hua={"p1": ("flow~a:harms",)}).values()
    assert decisions(pair) == (6, 1, 1)


def test_a_cell_that_occurs_twice_in_a_passage_is_one_decision() -> None:
    [pair] = pairs(ming={"p1": ("flow~a:shows", "flow~a:asks")}, hua={"p1": ("flow~a",)}).values()
    assert decisions(pair) == (6, 1, 1)


@pytest.mark.parametrize("cells", [(), CELLS])
def test_the_kappa_of_a_pair_is_undefined_where_nothing_varies(cells: tuple[str, ...]) -> None:
    [pair] = pairs(ming={"p1": cells}, hua={"p1": cells}).values()
    assert decisions(pair) == (6, 1, None)


def test_coders_who_never_agree_are_below_chance() -> None:
    [pair] = pairs(ming={"p1": CELLS[:3]}, hua={"p1": CELLS[3:]}).values()
    assert decisions(pair) == (6, 0, -1)


def test_three_coders_are_three_pairs_in_order_of_their_names() -> None:
    found = pairs(
        ming={"p1": ("flow~a",), "p2": ()},
        hua={"p1": ("flow~a",)},
        an={"p1": ("flow~b",), "p2": ("edge~a",)},
    )
    assert list(found) == [("an", "hua"), ("an", "ming"), ("hua", "ming")]
    assert [pair.passages for pair in found.values()] == [1, 2, 1]
    assert decisions(found[("hua", "ming")])[2] == 1
    # an and ming: a yes 2 of 12 and 1 of 12, never together: 9/12; chance 2/144 + 110/144
    kappa = (108 - 112) / (144 - 112)
    assert decisions(found[("an", "ming")]) == (12, pytest.approx(9 / 12), pytest.approx(kappa))


def test_passages_of_two_works_are_separate(tmp_path: Path) -> None:
    sources = dict(UNTAGGED)
    sources |= {p.replace("/canal/", "/dike/"): t for p, t in sources.items() if p.startswith("corpus/")}
    sources["annotations/canal/tags/ming/1.yaml"] = file_of({"p1": CELLS[:1]})
    sources["annotations/dike/tags/hua/1.yaml"] = file_of({"p1": CELLS[:1]})
    project, _ = read.project(sources)
    assert project is not None
    assert len(project.works) == 2
    assert agreement.pairs(project) == ()


# --- figures --------------------------------------------------------------------------------------


def test_sets_are_compared_as_wholes_and_in_part() -> None:
    """The cells of two passages: equal in one; {a, b} and {b, c} in the other."""
    [pair] = pairs(
        ming={"p1": ("flow~a:shows", "flow~b:shows"), "p2": ("edge~a:shows",)},
        hua={"p1": ("flow~b:harms", "edge~b:shows"), "p2": ("edge~a:shows",)},
    ).values()
    cells, relations = figure(pair, "cells"), figure(pair, "relations")
    assert (cells.units, cells.same, cells.coefficient, cells.distance) == (2, 1, "alpha", "masi")
    # MASI of {flow~a, flow~b} and {flow~b, edge~b} is 1 - 1/3 * 1/3 = 8/9, all others are 1.  Of the six
    # pairs of the four values one is equal, one 8/9 and four 1: observed (8/9) / 2, expected (44/9) / 6
    assert cells.estimate.value == pytest.approx(1 - (8 / 18) / (44 / 54))
    # with relations the sets of p1 have nothing in common: observed 1/2, expected 5/6
    assert relations.estimate.value == pytest.approx(1 - (1 / 2) / (5 / 6))


def test_a_passage_without_a_function_is_not_compared_by_function() -> None:
    tags = file_of({"p1": CELLS[:1], "p2": CELLS[:1]})
    [pair] = compared({}, ming=tags, hua=tags.replace("    function: scene\n", "", 1))
    function, cells = figure(pair, "function"), figure(pair, "cells")
    assert (pair.passages, function.units, cells.units) == (2, 1, 2)


def test_every_subject_of_the_codebook_has_a_figure_in_its_order() -> None:
    [pair] = pairs(ming={"p1": CELLS[:1], "p2": ()}, hua={"p1": CELLS[:2], "p2": ()}).values()
    assert [(one.id, one.coefficient) for one in pair.figures] == [
        *((name, "alpha") for name in ("cells", "relations", "traits", "function")),
        *((f"facet:{id_}", "alpha") for id_ in ("ways", "things")),
        *((name, "kappa") for name in ("codes", *CELLS)),
    ]


def test_without_a_grid_the_entries_of_frames_are_decided_and_those_of_other_facets_are_not() -> None:
    tags = file_of({"p1": CELLS[:1], "p2": ()})
    project, _ = read.project(
        {**UNTAGGED, **{f"annotations/canal/tags/{coder}/1.yaml": tags for coder in ("ming", "hua")}}
    )
    assert project is not None
    grid = replace(project.grid, cells=(), dimensions=(), poles=())
    taggings = tuple(replace(one, cells=()) for one in project.taggings)
    [pair] = agreement.pairs(replace(project, grid=grid, taggings=taggings))
    entries = ("ways:share", "ways:share-1", "ways:cover", "ways:open")
    assert [one.id for one in pair.figures if one.coefficient == "kappa"] == ["codes", *entries]


# --- with an adjudication -------------------------------------------------------------------------


def adjudicated(between: tuple[str, str], **coders: Tags) -> tuple[Pair, ...]:
    """The pairs of a project whose editors decide between two coders, without any decision yet."""
    file = f"between: [{', '.join(between)}]\ndecisions: []\n"
    return compared({ADJUDICATION: file}, **{coder: file_of(tags) for coder, tags in coders.items()})


def test_only_the_coders_of_the_adjudication_are_compared_and_in_its_order() -> None:
    """The editors made their tags from both readings, so they are compared with neither."""
    tags: Tags = {"p1": CELLS[:1], "p2": CELLS[1:2]}
    [pair] = adjudicated(("ming", "hua"), ming=tags, hua=tags, editors=tags)
    assert (pair.coders, pair.works, pair.adjudicated) == (("ming", "hua"), ("canal",), ("canal",))


def test_the_site_departs_from_two_coders_where_it_lacks_or_adds_what_both_say() -> None:
    """A code that one of them has, and tags without an adjudication, are no departure."""
    first: Tags = {"p1": CELLS[:1], "p2": CELLS[:1], "p3": CELLS[:2], "p4": CELLS[:1]}
    second: Tags = {"p1": CELLS[:1], "p2": CELLS[:1], "p3": CELLS[:1], "p4": CELLS[:1]}
    site: Tags = {"p1": CELLS[:1], "p2": (), "p3": CELLS[:1], "p4": CELLS[:2]}
    [pair] = adjudicated(("ming", "hua"), ming=first, hua=second, editors=site)
    assert pair.departing == (("canal", "p2"), ("canal", "p4"))
    assert all(not pair.departing for pair in pairs(ming=first, hua=second, editors=site).values())


def test_a_pair_has_the_differences_of_each_passage() -> None:
    [pair] = adjudicated(
        ("ming", "hua"),
        ming={"p1": ("flow~a:shows",), "p2": ("edge~a:shows", "folk~a:asks")},
        hua={"p1": ("flow~a:shows",), "p2": ("edge~a:harms", "folk~a:asks")},
    )
    found = {key: [(str(one.code), one.coder) for one in ones] for key, ones in pair.differences.items()}
    assert found == {("canal", "p2"): [("edge~a:shows", "ming"), ("edge~a:harms", "hua")]}


def test_without_an_adjudication_a_pair_has_its_differences_too() -> None:
    [pair] = pairs(ming={"p1": ("flow~a",)}, hua={"p1": ("flow~b",)}).values()
    assert pair.adjudicated == ()
    assert [str(one.code) for one in pair.differences["canal", "p1"]] == ["flow~a:shows", "flow~b:shows"]


def test_traits_are_compared_as_parts_of_cells() -> None:
    """A tag that names no trait counts as its cell."""
    plain = "{cell: flow~a, relation: shows, evidence: [水]}"
    text = file_of({"p1": ("flow~a",), "p2": ("flow~a",)})
    tags = {}
    for coder, trait in (("ming", "loud"), ("hua", "swift")):
        tag = plain.replace("evidence", f"traits: [{trait}], evidence")
        tags[coder] = text.replace(plain, tag, 1)
    [pair] = compared({}, **tags)
    found, cells = figure(pair, "traits"), figure(pair, "cells")
    assert (cells.same, cells.estimate.value) == (2, None)
    # p1: {loud} and {swift}; p2: {flow~a} twice.  Observed 1/2; of six pairs five differ
    assert (found.same, found.units) == (1, 2)
    assert found.estimate.value == pytest.approx(1 - (1 / 2) / (5 / 6))
