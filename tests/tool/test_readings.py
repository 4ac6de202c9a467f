"""The three readings of the tags, and what the index knows of traits, edges and notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import TINY
from proof_tools import checked

from site_builder.edition import adjudication, readings
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.model import Alternative, CellTag, Localized, Place, Project, Quote

FOUND = checked(TINY).project
assert FOUND is not None
PROJECT: Project = FOUND
EDITION = Edition.of(PROJECT)
NOWHERE = Place(path="x.yaml")


def carried(reading: readings.Reading, passage: str) -> set[str]:
    """The cells of a passage with their relations, in one reading."""
    tagging = EDITION.readings[reading].index.taggings["canal", passage]
    return {f"{tag.cell}:{tag.relation}" for tag in tagging.cells}


@pytest.mark.parametrize(
    ("passage", "strict", "published", "generous"),
    [
        # the tag may be absent
        ("p2", {"flow~a:shows"}, {"flow~a:shows", "flow~b:shows"}, {"flow~a:shows", "flow~b:shows"}),
        # a further cell
        ("p9", {"folk~a:shows"}, {"folk~a:shows"}, {"folk~a:shows", "edge~a:shows"}),
        # another cell, in the relation of the tag that it doubts
        (
            "p6",
            {"folk~b:shows"},
            {"edge~b:shows", "folk~b:shows"},
            {"edge~b:shows", "folk~b:shows", "edge~a:shows"},
        ),
        # another relation of the same cell
        (
            "p8",
            {"folk~b:shows"},
            {"flow~a:harms", "folk~b:shows"},
            {"flow~a:harms", "folk~b:shows", "flow~a:asks"},
        ),
        # no alternative
        ("p10", {"folk~a:shows"}, {"folk~a:shows"}, {"folk~a:shows"}),
    ],
)
def test_a_reading_has_the_tags_that_its_rule_says(
    passage: str, strict: set[str], published: set[str], generous: set[str]
) -> None:
    assert carried("strict", passage) == strict
    assert carried("published", passage) == published
    assert carried("generous", passage) == generous


def test_the_published_reading_is_the_edition_itself() -> None:
    assert EDITION.readings["published"] is EDITION
    assert tuple(EDITION.readings) == readings.READINGS


def test_a_reading_leaves_other_coders_and_all_else_alone() -> None:
    strict = EDITION.readings["strict"].project
    assert [t for t in strict.taggings if t.coder == "reader"] == [
        t for t in PROJECT.taggings if t.coder == "reader"
    ]
    assert replace(strict, taggings=PROJECT.taggings) == PROJECT


def test_an_added_tag_has_evidence_that_is_in_the_passage() -> None:
    generous = EDITION.readings["generous"]
    for (cell, key), quoted in {
        ("edge~a", ("canal", "p9")): ["都站在閘邊"],
        ("edge~a", ("canal", "p6")): ["南岸沒有路"],
    }.items():
        [tag] = [tag for found, tag in generous.index.by_cell[cell] if found == key]
        text = generous.index.passages[key].text
        assert [text[start:end] for start, end in generous.index.placed(tag.evidence)] == quoted


def test_a_cell_without_a_relation_doubts_each_of_its_tags() -> None:
    tags = tuple(
        CellTag(cell=cell, relation=relation, evidence=(), place=NOWHERE)
        for cell, relation in (("a", "x"), ("a", "y"), ("b", "x"))
    )
    tagging = replace(
        PROJECT.taggings[0],
        cells=tags,
        alternatives=(Alternative(instead_of="a", reason=Localized("r"), place=NOWHERE),),
    )
    assert [(tag.cell, tag.relation) for tag in readings.strict(tagging)] == [("b", "x")]
    assert readings.generous(tagging) == tags


@pytest.mark.parametrize(
    ("doubted", "left"),
    [
        ([["one"]], ["two"]),
        ([["two"]], ["one"]),
        ([["one", "two"]], None),
        ([["one"], ["two"]], None),
        ([["one"], []], None),
        ([], ["one", "two"]),
    ],
)
def test_the_strict_reading_keeps_a_tag_with_the_evidence_that_nobody_doubts(
    doubted: list[list[str]], left: list[str] | None
) -> None:
    """Two quotations of one tag; each alternative doubts the quotations that it names, or the whole tag."""
    tag = CellTag(cell="a", relation="x", evidence=(Quote(text="one"), Quote(text="two")), place=NOWHERE)
    other = CellTag(cell="b", relation="x", evidence=(Quote(text="one"),), place=NOWHERE)
    alternatives = tuple(
        Alternative(
            instead_of="a:x",
            evidence=tuple(Quote(text=words) for words in words_of),
            reason=Localized("r"),
            place=NOWHERE,
        )
        for words_of in doubted
    )
    tagging = replace(PROJECT.taggings[0], cells=(tag, other), alternatives=alternatives)
    found = {one.cell: [quote.text for quote in one.evidence] for one in readings.strict(tagging)}
    assert found == ({"a": left} if left else {}) | {"b": ["one"]}
    assert readings.generous(tagging) == (tag, other)


@pytest.mark.parametrize(
    ("doubts", "left"),
    [
        ([(["one"], ["t"])], (["two"], ["u"])),
        ([(["one"], [])], (["two"], ["t", "u"])),
        ([(["two"], ["u"])], (["one"], ["t"])),
        ([(["one"], ["t"]), (["two"], ["u"])], None),
        ([(["one", "two"], ["t"])], None),
        ([], (["one", "two"], ["t", "u"])),
    ],
)
def test_the_strict_reading_leaves_out_the_traits_that_rest_on_the_doubted_evidence(
    doubts: list[tuple[list[str], list[str]]], left: tuple[list[str], list[str]] | None
) -> None:
    """Two quotations and two traits of one tag; each alternative doubts quotations, and traits with them."""
    tag = CellTag(
        cell="a",
        relation="x",
        traits=("t", "u"),
        evidence=(Quote(text="one"), Quote(text="two")),
        place=NOWHERE,
    )
    other = replace(tag, cell="b")
    alternatives = tuple(
        Alternative(
            instead_of="a:x",
            evidence=tuple(Quote(text=words) for words in quoted),
            traits=tuple(traits),
            reason=Localized("r"),
            place=NOWHERE,
        )
        for quoted, traits in doubts
    )
    tagging = replace(PROJECT.taggings[0], cells=(tag, other), alternatives=alternatives)
    found = {
        one.cell: ([quote.text for quote in one.evidence], [*one.traits]) for one in readings.strict(tagging)
    }
    assert found == ({"a": left} if left else {}) | {"b": (["one", "two"], ["t", "u"])}
    assert readings.generous(tagging) == (tag, other)


def test_a_doubt_names_the_codes_that_a_finding_may_hang_on() -> None:
    found = {one.key[1]: (sorted(map(str, one.without)), str(one.added)) for one in readings.doubts(PROJECT)}
    assert found == {
        "p2": (["flow~b:shows"], "None"),
        "p9": ([], "edge~a:shows"),
        "p6": (["edge~b:shows"], "edge~a:shows"),
        "p8": (["flow~a:harms"], "flow~a:asks"),
    }


def test_the_index_finds_tags_by_trait() -> None:
    found = {str(code): [key[1] for key, _ in tagged] for code, tagged in EDITION.index.by_trait.items()}
    assert found == {
        "flow~a/loud": ["p2"],
        "flow~a/swift": ["p2"],
        "folk~a/gathering": ["p9"],
        "folk~a/pact": ["p10"],
    }


def test_the_index_has_the_edges_of_a_code_and_the_notes_of_a_passage() -> None:
    index = EDITION.index
    assert [edge.id for edge in index.edges[CodeId.cell("edge~b")]] == ["road-apart", "south-bank"]
    assert [edge.id for edge in index.edges[CodeId.trait_of("flow~a", "loud")]] == ["cover-sound"]
    quotes = [one.quote for edge in PROJECT.edges for one in edge.evidence]
    assert len(index.placed(tuple(quotes))) == len(quotes) == 4
    [note] = index.notes["canal", "p4"]
    start, end = index.note_spans[note]
    assert index.passages["canal", "p4"].text[start:end] == note.text == "石階"
    [whole] = index.notes["canal", "p1"]
    assert whole not in index.note_spans


def test_a_difference_has_the_decision_that_names_it_or_its_cell() -> None:
    [between] = PROJECT.adjudications
    found = {
        (one.key[1], str(one.code)): (one.coder, one.decision and one.decision.decision)
        for one in adjudication.differences(PROJECT, between)
    }
    assert found == {
        ("p2", "flow~a/swift"): ("editors", "a"),
        ("p2", "flow~b:shows"): ("editors", "both"),
        ("p2", "things:bamboo"): ("editors", "a"),
        ("coda", "flow~b:asks"): ("editors", "a"),
        ("coda", "folk~a:asks"): ("reader", "neither"),
        ("coda", "ways:open"): ("editors", "a"),
    }


def test_a_coder_who_is_named_twice_is_one_coder() -> None:
    [between] = PROJECT.adjudications
    first, second = between.between
    for named in ((first, first, second), (first, second, first)):
        assert adjudication.differences(PROJECT, replace(between, between=named)) == adjudication.differences(
            PROJECT, between
        )
    assert adjudication.differences(PROJECT, replace(between, between=(first, first))) == ()


def test_the_traits_of_a_cell_that_only_one_coder_has_are_no_difference_of_their_own() -> None:
    [between] = PROJECT.adjudications
    taggings = tuple(
        replace(one, cells=()) if (one.coder, one.passage) == ("reader", "p2") else one
        for one in PROJECT.taggings
    )
    found = adjudication.differences(replace(PROJECT, taggings=taggings), between)
    codes = [str(one.code) for one in found if one.key[1] == "p2"]
    assert codes == ["flow~a:shows", "flow~b:shows", "things:bamboo"]
