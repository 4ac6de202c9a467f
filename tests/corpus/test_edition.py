"""The edition of this repository: properties of its text, its witness and its pages."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import replace

import pytest
import views
from conftest import ROOT, Files, differing, site_of
from hypothesis import given
from hypothesis import strategies as st
from proof_tools import checked

from site_builder import check
from site_builder.check.witness import emendations_explain_each_difference
from site_builder.edges import load
from site_builder.edition import witness
from site_builder.edition.edition import Edition
from site_builder.edition.index import evidence
from site_builder.language.characters import is_han
from site_builder.language.chinese import Simplifier
from site_builder.model import Heading, Passage, Project, Work
from site_builder.pipeline import Checked

FOUND = checked(ROOT)
PROJECT = FOUND.project
assert PROJECT is not None
WORK = PROJECT.works[0]
BLOCKS = {block.id: block for block in WORK.blocks}
WITNESS_SHA256 = "f36a52f03de571e15dad8e1875cd8104fe317cf0ca1c831a9e5dd47c7d681664"

PATHS = {
    "p1": (),
    "p2": ("s1",),
    "p3": ("s1", "s1-1"),
    "p8": ("s1", "s1-6"),
    "p9": ("s1",),
    "p10": ("s2",),
    "p11": ("s2", "s2-1"),
    "p23": ("s3", "s3-1", "s3-1-1"),
    "p25": ("s3", "s3-1", "s3-1-2"),
    "p28": ("s3", "s3-2"),
    "p32": ("s4",),
    "p37": ("s4", "s4-3"),
}


def words(id_: str) -> str:
    """The words of the witness that a block represents, by its segment."""
    lines = WORK.witness.split("\n")
    [segment] = [segment for segment in WORK.segments if id_ in segment.blocks]
    return "".join(lines[segment.lines.first - 1 : segment.lines.last])


# --- the text ---------------------------------------------------------------------------------------


def test_the_project_has_no_fault() -> None:
    assert [str(problem) for problem in FOUND.problems] == []


def test_the_passages_are_p1_to_p37_in_order() -> None:
    assert [p.id for p in WORK.passages] == [f"p{n}" for n in range(1, 38)]
    assert [p.number for p in WORK.passages] == list(range(1, 38))


@pytest.mark.parametrize(("id_", "path"), PATHS.items())
def test_a_passage_is_under_its_headings(id_: str, path: tuple[str, ...]) -> None:
    block = BLOCKS[id_]
    assert isinstance(block, Passage)
    assert block.path == path


def test_only_the_six_views_are_in_the_enumeration() -> None:
    grouped = [p.id for p in WORK.passages if p.group == "enumeration"]
    assert grouped == ["p3", "p4", "p5", "p6", "p7", "p8"]


def test_li_is_written_with_its_radical_in_two_places_only() -> None:
    found = [
        (block.id, block.text[match.start() - 3 : match.end()])
        for block in WORK.blocks
        for match in re.finditer("[裡裏]", block.text)
    ]
    assert found == [("p12", "，在這裡"), ("p25", "幾十年裡")]


@pytest.mark.parametrize("wrong", ["幹預", "鄰裡", "乾預", "公裡"])
def test_no_conversion_error_is_left(wrong: str) -> None:
    assert all(wrong not in block.text for block in WORK.blocks)


def test_no_half_width_mark_is_next_to_a_han_character() -> None:
    for block in WORK.blocks:
        for match in re.finditer(r"[,:;()?!]", block.text):
            beside = block.text[match.start() - 1 : match.end() + 1]
            assert not any(map(is_han, beside)), f"{block.id}: {beside}"


def test_quotation_marks_are_balanced_in_every_block() -> None:
    for block in WORK.blocks:
        depth = 0
        for char in block.text:
            depth += (char == "「") - (char == "」")
            assert 0 <= depth <= 1, block.id
        assert depth == 0, block.id


# --- the witness ------------------------------------------------------------------------------------


def test_the_witness_is_the_file_that_was_found() -> None:
    data = (ROOT / WORK.folder / "witness.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == WITNESS_SHA256
    assert data.decode() == WORK.witness


@pytest.mark.parametrize("id_", BLOCKS)
def test_reversing_the_emendations_gives_the_line_of_the_witness(id_: str) -> None:
    assert witness.undo(WORK, id_, BLOCKS[id_].text) == words(id_)


def test_edition_and_set_aside_lines_together_are_the_witness_byte_for_byte() -> None:
    lines = WORK.witness.split("\n")
    made = [""] * len(lines)
    for segment in WORK.segments:
        if segment.blocks:
            assert segment.lines.first == segment.lines.last, "this witness has one line a block"
            undone = (witness.undo(WORK, id_, BLOCKS[id_].text) for id_ in segment.blocks)
            made[segment.lines.first - 1] = "".join(undone)
        else:
            aside = slice(segment.lines.first - 1, segment.lines.last)
            made[aside] = lines[aside]
    data = "\n".join(made).encode()
    assert data == (ROOT / WORK.folder / "witness.txt").read_bytes()


def test_the_edition_is_not_the_witness() -> None:
    assert all(BLOCKS[id_].text != words(id_) for id_ in ("s0", "s1", "p1", "p27", "p37"))


@given(st.data())
def test_no_character_of_a_passage_can_be_changed_without_a_problem(data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from(WORK.passages))
    offset = data.draw(st.integers(0, len(passage.text) - 1))
    new = data.draw(st.sampled_from("蘭亭序永和九年，。a").filter(lambda c: c != passage.text[offset]))
    text = passage.text[:offset] + new + passage.text[offset + 1 :]
    project = _with(replace(passage, text=text))
    # the rule alone: the others say nothing of W003
    assert emendations_explain_each_difference in check.RULES
    reported = list(emendations_explain_each_difference(Edition.of(project)))
    assert {p.code for p in reported} == {"W003"}
    assert [p.place.line for p in reported] == [passage.place.line]


def _with(changed: Passage) -> Project:
    assert PROJECT is not None
    blocks: tuple[Heading | Passage, ...] = tuple(
        changed if block.id == changed.id else block for block in WORK.blocks
    )
    work: Work = replace(WORK, blocks=blocks)
    return replace(PROJECT, works=(work, *PROJECT.works[1:]))


# --- tags -------------------------------------------------------------------------------------------


def test_every_quotation_of_the_evidence_is_at_its_span(repository: Checked) -> None:
    assert repository.project is not None
    assert repository.index is not None
    count = 0
    for tagging in repository.project.taggings:
        text = repository.index.passages[(tagging.work, tagging.passage)].text
        for quote in evidence(tagging):
            start, end = repository.index.spans[quote]
            found = text[start:end]
            assert found.startswith(quote.text)
            assert found.endswith(quote.to or quote.text)
            assert quote.to or found == quote.text
            count += 1
    assert count >= 100


def test_every_gist_is_within_the_limit_of_the_codebook(repository: Checked) -> None:
    assert repository.project is not None
    for tagging in repository.project.taggings:
        assert 0 < len(tagging.gist) <= repository.project.grid.limits.gist, tagging.passage


# --- the site ---------------------------------------------------------------------------------------


def test_two_builds_give_the_same_bytes(repository_site: Files) -> None:
    assert differing(site_of(load.checked(ROOT)), repository_site) == []


@pytest.mark.parametrize("tree", views.LANGUAGES)
def test_every_passage_has_its_page(tree: str, repository_site: Files) -> None:
    for passage in WORK.passages:
        page = repository_site[f"{tree}{WORK.id}/{passage.id}.html"].decode()
        assert f'id="{passage.id}"' in page


def test_a_converted_text_has_the_length_of_its_original() -> None:
    assert PROJECT is not None
    simplify = Simplifier(PROJECT.site.keep)
    for block in WORK.blocks:
        converted = simplify(block.text)
        assert len(converted) == len(block.text), block.id
        assert converted != block.text, block.id


@pytest.mark.parametrize(("tree", "suffix"), [("", ""), ("hans/", "-hans"), ("en/", "-en")])
def test_the_reading_page_with_all_that_it_loads_is_within_its_budget(
    tree: str, suffix: str, repository_site: Files
) -> None:
    """60 kB, compressed as servers do it, with the panel of passage 30; no panel has 8 kB."""
    address = f"{tree}wu2020/index.html"
    page = repository_site[address].decode()
    links = re.findall(r'(?:<link rel="stylesheet" href|<script src)="([^"]+)"', page)
    parts = [repository_site[f"assets/{link.rpartition('/')[2]}"] for link in links]
    assert {link.rpartition("/")[2] for link in links} >= {"site.css", "reading.css", "frame.css", "site.js"}
    folder = f"data/panels{suffix}/wu2020/"
    panels = {path: content for path, content in repository_site.items() if path.startswith(folder)}
    assert len(panels) == len(WORK.passages)
    loaded = (repository_site[address], *parts, panels[f"{folder}p30.js"])
    assert sum(len(gzip.compress(one, 9)) for one in loaded) <= 60_000
    assert max(len(gzip.compress(one, 9)) for one in panels.values()) < 8_000
