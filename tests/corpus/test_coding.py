"""The coding of this edition keeps the rules of its manual that can be computed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import ROOT
from proof_tools import checked

from site_builder.edition.edition import Edition
from site_builder.language.characters import is_han
from site_builder.model import CellTag, Project, Tagging

FOUND = checked(ROOT)
PROJECT = FOUND.project
assert PROJECT is not None
EDITION = Edition.of(PROJECT)
INDEX = EDITION.index
RUN = 12
"""The characters that the manual and the codebook may not share with the text, in a row."""
COPIED = 15
"""The same for the editors' prose, outside quotation marks: the names of a list may be that long."""


def published(project: Project) -> list[Tagging]:
    return [one for one in project.taggings if one.coder == project.site.coder]


TAGGINGS = published(PROJECT)


@pytest.mark.parametrize("tagging", TAGGINGS, ids=lambda one: one.passage)
def test_each_tag_names_the_traits_that_it_rests_on_in_the_order_of_the_codebook(tagging: Tagging) -> None:
    for tag in tagging.cells:
        order = [trait.id for trait in INDEX.cells[tag.cell].traits]
        assert tag.traits, tag.cell
        assert list(tag.traits) == sorted(tag.traits, key=order.index)


def test_the_edition_is_not_older_than_any_reading_that_it_publishes() -> None:
    assert PROJECT is not None
    finished = {coder.id: coder.date for coder in PROJECT.coders}
    assert finished.keys() == {"editors", "a", "b"}
    assert PROJECT.site.date >= max(finished.values())


def test_the_published_tags_depart_from_both_coders_in_the_passages_that_the_method_lists() -> None:
    [pair] = EDITION.compared_coders
    assert [passage for _, passage in pair.departing] == ["p4", "p11", "p12", "p27", "p34"]


def test_each_trait_of_the_codebook_is_tagged_and_quoted() -> None:
    tagged = {(tag.cell, trait) for one in TAGGINGS for tag in one.cells for trait in tag.traits}
    quoted = {(cell.id, words.trait) for cell in INDEX.cells.values() for words in cell.words}
    named = {(cell.id, trait.id) for cell in INDEX.cells.values() for trait in cell.traits}
    assert named - tagged == set()
    assert named - quoted == set()
    assert len(named) >= 40


@pytest.mark.parametrize("tagging", [one for one in TAGGINGS if one.cells], ids=lambda one: one.passage)
def test_the_cells_of_a_passage_are_in_the_order_of_their_evidence(tagging: Tagging) -> None:
    text = INDEX.passages[(tagging.work, tagging.passage)].text
    cells = list(dict.fromkeys(tag.cell for tag in tagging.cells))

    def weight(cell: str) -> tuple[int, int]:
        places = {at for tag in tagging.cells if tag.cell == cell for at in characters(tag)}
        return -sum(text[at].isalnum() for at in places), min(places)

    assert cells == sorted(cells, key=weight)


@pytest.mark.parametrize("tagging", [one for one in TAGGINGS if one.cells], ids=lambda one: one.passage)
def test_the_relations_of_a_cell_are_together_and_in_the_order_of_the_text(tagging: Tagging) -> None:
    for cell in dict.fromkeys(tag.cell for tag in tagging.cells):
        at = [number for number, tag in enumerate(tagging.cells) if tag.cell == cell]
        assert at == list(range(at[0], at[0] + len(at)))
        starts = [min(characters(tagging.cells[number])) for number in at]
        assert starts == sorted(starts)


def characters(tag: CellTag) -> Iterator[int]:
    """The offsets in the passage of the evidence of a tag."""
    for span in INDEX.placed(tag.evidence):
        yield from range(*span)


def test_the_evidence_of_a_passage_that_reports_a_view_is_not_the_authors() -> None:
    voices = {
        quote.voice
        for one in TAGGINGS
        if one.function == "view"
        for tag in one.cells
        for quote in tag.evidence
    }
    assert voices == {"reported", "quoted"}


def test_a_positive_cell_is_never_worsened_and_a_negative_one_never_weakened() -> None:
    found = {(tag.relation, INDEX.cells[tag.cell].pole) for one in TAGGINGS for tag in one.cells}
    assert {pole for relation, pole in found if relation in ("worsens", "fails", "curbs")} == {"-"}
    assert {pole for relation, pole in found if relation in ("weakens", "promotes")} == {"+"}


def test_no_definition_of_the_codebook_has_words_of_the_text() -> None:
    assert PROJECT is not None
    grid = PROJECT.grid
    terms = [grid, *grid.dimensions, *grid.cells, *grid.relations, *grid.functions]
    traits = [trait for cell in grid.cells for trait in cell.traits]
    text = "".join(han(passage.text) for passage in INDEX.passages.values())
    assert len(text) > 7000
    for term in [*terms, *traits]:
        words = han(term.definition)
        assert not [at for at in range(len(words) - RUN + 1) if words[at : at + RUN] in text], term.name


def test_the_prose_of_the_editors_has_no_sentence_of_the_text_outside_quotation_marks() -> None:
    """Gists, notes, pages and entries of the codebook use words of their own where they do not quote."""
    assert PROJECT is not None
    text = "\n".join(han(passage.text) for passage in INDEX.passages.values())
    entries = [entry for facet in PROJECT.facets for entry in facet.entries]
    proses = [page.prose for page in INDEX.pages.values()]
    proses += [prose for entry in entries for prose in (entry.definition, *entry.fields.values())]
    sentences = [sentence.text for prose in proses for sentence in prose.sentences]
    sentences += [note.body for note in PROJECT.notes]
    sentences += [part for one in TAGGINGS for part in (one.gist, one.note)]
    assert len(sentences) > 600
    seventh = INDEX.passages[("wu2020", "p7")].text[:20]
    assert list(copied(f"他說{seventh}", text)) != []
    assert list(copied(f"他說「{seventh}」", text)) == []
    assert [run for one in sentences for run in copied(one, text)] == []


def copied(words: str, text: str) -> Iterator[str]:
    """The runs of Han characters outside quotation marks that are in the text too."""
    while (shorter := re.sub("「[^「」]*」", "|", words)) != words:
        words = shorter
    for part in words.split("|"):
        run = han(part)
        for at in range(len(run) - COPIED + 1):
            if run[at : at + COPIED] in text:
                yield run[at : at + COPIED]


def han(text: str) -> str:
    return "".join(char for char in text if is_han(char))


def test_the_manual_of_the_notes_is_a_page_of_rules() -> None:
    [page] = [page for page in INDEX.pages.values() if page.kind == "rules"]
    assert page.id == "manual"
    assert not any(sentence.citations for sentence in page.prose.sentences)
