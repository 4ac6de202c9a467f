"""The index: every reference from a passage is found from the other side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from conftest import TINY
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.edges import load
from site_builder.edition.index import Index, build_index, evidence
from site_builder.model import Project
from site_builder.pipeline import Checked
from site_builder.source import read

SOURCES, _ = load.sources(TINY)
PASSAGES = ("p1", "p2", "p9", "p10", "p4", "p6", "p8", "coda")
CELLS = ("flow~a", "flow~b", "edge~a", "edge~b", "folk~a", "folk~b")
RELATIONS = ("shows", "harms", "asks")
ENTRIES = {"ways": ("share", "share-1", "cover", "open"), "things": ("gate", "bamboo")}


def linked(changed: Mapping[str, str]) -> tuple[Project, Index]:
    """The index of the tiny project with other files."""
    project, faults = read.project({**SOURCES, **changed})
    assert [str(fault) for fault in faults] == []
    assert project is not None
    return project, build_index(project)


# --- text written from random tags ------------------------------------------------------------------

TAGS = st.dictionaries(
    st.sampled_from(PASSAGES),
    st.fixed_dictionaries(
        {
            "cells": st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(RELATIONS)), max_size=4),
            "ways": st.lists(st.sampled_from(ENTRIES["ways"]), max_size=3),
            "things": st.lists(st.sampled_from(ENTRIES["things"]), max_size=3),
        }
    ),
    min_size=1,
)
SENTENCES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(PASSAGES), max_size=3),
        st.lists(st.sampled_from(CELLS), max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


def tag_file(tags: Mapping[str, Any]) -> str:
    rows = ["passages:"]
    for passage, found in tags.items():
        rows.append(f"  {passage}:\n    function: scene\n    gist: 一\n    gist_en: One")
        rows.append(f"    ways: [{', '.join(found['ways'])}]")
        rows.append(f"    things: [{', '.join(found['things'])}]")
        if found["cells"]:
            rows.append("    cells:")
        for cell, relation in found["cells"]:
            rows.append(f"      - {{cell: {cell}, relation: {relation}, evidence: [水]}}")
    return "\n".join(rows) + "\n"


def page(sentences: list[tuple[list[str], list[str], bool]]) -> str:
    text = ""
    for cited, cells, claims in sentences:
        claim = f" {cells[0]}" if claims and cells else ""
        marks = f"[{'; '.join(f'@{p}{claim}' for p in cited)}]" if cited else ""
        text += "水" + "".join(f"[近](cell:{cell})" for cell in cells) + marks + "。\n"
    end = " {#b1}\n" if text else ""
    return f"---\nid: gates\ntitle: 題\n---\n\n{text.rstrip()}{end}"


E1, E2 = (f"annotations/canal/tags/editors/{n}.yaml" for n in (1, 2))


@settings(max_examples=examples(60))
@given(TAGS, SENTENCES)
def test_the_index_has_every_tag_and_every_citation_in_both_directions(
    tags: dict[str, Any], sentences: list[tuple[list[str], list[str], bool]]
) -> None:
    changed = {
        E1: tag_file(tags),
        E2: "passages: {}\n",
        "annotations/pages/gates.md": page(sentences),
    }
    project, index = linked(changed)

    carried = {(p, c, r) for p, found in tags.items() for c, r in found["cells"]}
    listed = {(key[1], cell, tag.relation) for cell, found in index.by_cell.items() for key, tag in found}
    assert listed == carried

    pointed = {(p, f, e) for p, found in tags.items() for f in ENTRIES for e in found[f]}
    assert {
        (key[1], facet, entry) for (facet, entry), found in index.by_entry.items() for key, _ in found
    } == pointed

    cites = {
        (citation.passage, id(sentence))
        for source in index.sources
        for sentence in source.prose.sentences
        for citation in sentence.citations
    }
    assert {
        (key[1], id(mention.sentence)) for key, found in index.citing.items() for mention in found
    } == cites
    assert all(len(found) == len(set(map(id, found))) for found in index.citing.values())

    written = [cited for cited, _, _ in sentences]
    [own] = [p for p in project.pages if p.id == "gates"]
    assert [[c.passage for c in s.citations] for s in own.prose.sentences] == written


@settings(max_examples=examples(30))
@given(SENTENCES)
def test_a_sentence_is_listed_once_under_all_that_it_links_or_claims(
    sentences: list[tuple[list[str], list[str], bool]],
) -> None:
    project, index = linked({"annotations/pages/gates.md": page(sentences)})
    [own] = [one for one in project.pages if one.id == "gates"]
    for number, (cited, cells, claims) in enumerate(sentences):
        wanted = {f"cell:{cell}" for cell in cells}
        found = [
            target
            for target, mentions in index.mentioning.items()
            for mention in mentions
            if mention.source.page is not None
            and mention.source.page.id == "gates"
            and mention.sentence.anchor == own.prose.sentences[number].anchor
        ]
        assert sorted(found) == sorted(wanted), (cited, claims)


# --- cases ------------------------------------------------------------------------------------------


def test_what_is_cited_in_one_sentence_twice_is_listed_once() -> None:
    text = "---\nid: gates\ntitle: 題\n---\n\n水[@p1]近[@p1; @canal:p1]。\n"
    _, index = linked({"annotations/pages/gates.md": text})
    found = [m for m in index.citing[("canal", "p1")] if m.source.page and m.source.page.id == "gates"]
    assert len(found) == 1


def test_a_claim_that_is_negated_is_no_mention() -> None:
    text = "---\nid: gates\ntitle: 題\n---\n\n水[@p1 !edge~b]。\n"
    _, index = linked({"annotations/pages/gates.md": text, "annotations/pages/silence.md": text})
    mentions = index.mentioning.get("cell:edge~b", ())
    assert all(m.source.page is None or m.source.page.id != "gates" for m in mentions)


def test_the_tags_are_those_of_the_coder_that_the_site_shows(tiny: Checked) -> None:
    assert tiny.index is not None
    assert {t.coder for t in tiny.index.taggings.values()} == {"editors"}
    assert ("canal", "coda") not in [key for key, _ in tiny.index.by_cell.get("folk~a", ())]


def test_passages_are_listed_in_the_order_of_reading_not_of_the_files(tiny: Checked) -> None:
    assert tiny.index is not None
    swapped = {E1: SOURCES[E2], E2: SOURCES[E1]}
    _, index = linked(swapped)
    assert [key[1] for key in index.taggings] == list(PASSAGES)
    assert {c: [k for k, _ in found] for c, found in index.by_cell.items()} == {
        c: [k for k, _ in found] for c, found in tiny.index.by_cell.items()
    }


def test_evidence_has_the_span_of_its_words(tiny: Checked) -> None:
    assert tiny.project is not None
    assert tiny.index is not None
    texts = {
        (t.passage, q.text): tiny.index.passages[(t.work, t.passage)].text[slice(*span)]
        for t in tiny.project.taggings
        for q, span in ((q, tiny.index.spans[q]) for q in evidence(t))
    }
    assert texts[("p1", "水從山腳引來")] == "水從山腳引來"
    assert texts[("p9", "誰家先放")] == "誰家先放，誰家後放，寫在一塊木牌上"


def test_evidence_that_is_not_in_its_passage_has_no_span() -> None:
    project, index = linked({E2: SOURCES[E2].replace("南岸沒有路", "南岸沒有橋")})
    lost = [q for t in project.taggings for c in t.cells for q in c.evidence if q not in index.spans]
    assert [quote.text for quote in lost] == ["南岸沒有橋"]


def test_the_parts_of_an_entry_are_those_that_name_it_as_parent(tiny: Checked) -> None:
    assert tiny.index is not None
    share = tiny.index.entries[("ways", "share")]
    assert [part.id for part in tiny.index.parts(share)] == ["share-1"]


# --- which cells belong to an entry ---------------------------------------------------------------

CELLS_OF_P9 = """
passages:
  p9:
    function: scene
    cells:
      - {cell: folk~a, relation: shows, traits: [gathering], evidence: [各家的人都站在閘邊]}
      - {cell: edge~a, relation: harms, evidence: [寫在一塊木牌上]}
    gist: 一
    gist_en: One
"""
TAGGED = "annotations/canal/tags/editors/1.yaml"


@pytest.mark.parametrize(
    ("ways", "wanted"),
    [
        pytest.param("[share]", {"folk~a", "edge~a"}, id="an entry without evidence has all cells"),
        pytest.param("[{entry: share, evidence: [各家的人都站在閘邊]}]", {"folk~a"}, id="a short quotation"),
        pytest.param(
            "[{entry: share, evidence: [{from: 各家, to: 站在閘邊}]}]",
            {"folk~a"},
            id="the same words as a range",
        ),
        pytest.param(
            "[{entry: share, evidence: [站在閘邊]}]", set(), id="a cell with more words than the entry"
        ),
        pytest.param(
            "[{entry: share, evidence: [各家的人都站在閘邊]}, "
            "{entry: share-1, evidence: [{from: 誰家先放, to: 木牌上}]}]",
            {"folk~a", "edge~a"},
            id="the evidence of a part",
        ),
        pytest.param(
            "[{entry: share-1, evidence: [{from: 誰家先放, to: 木牌上}]}]", {"edge~a"}, id="a part alone"
        ),
        pytest.param(
            "[{entry: share, evidence: [站在閘邊]}, "
            "{entry: cover, evidence: [{from: 誰家先放, to: 木牌上}]}]",
            set(),
            id="the evidence of another entry is not its own",
        ),
    ],
)
def test_the_cells_of_an_entry_are_those_in_its_evidence_and_in_that_of_its_parts(
    ways: str, wanted: set[str]
) -> None:
    """Passage p9 alone is tagged; the form of a quotation makes no difference."""
    _, index = linked(
        {TAGGED: f"{CELLS_OF_P9}    ways: {ways}\n", TAGGED.replace("1", "2"): "passages: {}\n"}
    )
    entry = index.entries[("ways", "share")]
    key = ("canal", "p9")
    assert {(at, cell.cell) for at, cell in index.cells_of(entry)} == {(key, cell) for cell in wanted}
    tags = [tag for tag in index.taggings[key].entries if tag.entry == "share"]
    covered = {
        cell.cell for tag in tags for cell in index.taggings[key].cells if index.covers(key, tag, cell)
    }
    assert covered == (wanted if tags else set())
    belonging = {
        cell.cell
        for cell in index.taggings[key].cells
        if any(one.id == "share" or one.parent == "share" for one in index.entries_of(key, cell, ("ways",)))
    }
    assert belonging == wanted
    assert not any(index.entries_of(key, cell, ("things",)) for cell in index.taggings[key].cells)
    assert index.entries_of(("canal", "no-such"), index.taggings[key].cells[0], ("ways",)) == ()


def test_the_cells_of_an_entry_are_in_the_order_of_reading_whether_it_or_a_part_is_tagged() -> None:
    first = CELLS_OF_P9.replace("p9", "p10").replace("各家的人都站在閘邊", "牌上的字") + "    ways: [share]\n"
    second = CELLS_OF_P9.replace("passages:\n", "") + "    ways: [share-1]\n"
    _, index = linked({TAGGED: first + second, TAGGED.replace("1", "2"): "passages: {}\n"})
    found = [at[1] for at, _ in index.cells_of(index.entries[("ways", "share")])]
    assert found == ["p9", "p9", "p10", "p10"]
