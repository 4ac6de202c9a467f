"""Copies with lines that were broken to fit a page: the lines are joined, and the words are found."""

from __future__ import annotations

import textwrap
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from conftest import TINY
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from test_import_tags import NEW, Take, qdpx, take  # noqa: F401

from site_builder.cli.main import CLEAN
from site_builder.edges import load
from site_builder.formats.refi.lines import SEVERAL, Copy, LineRange, likeness
from site_builder.formats.refi.wrapped import Joined, _rising, bare, is_wrapped
from site_builder.model import Work


def _work() -> Work:
    project = load.checked(TINY).project
    assert project is not None
    return project.works[0]


WORK = _work()
BLOCKS = [block.text for block in WORK.blocks]


def wrapped(width: int, page: int = 0, *, indent: str = "") -> str:
    """The text in lines of a page of this width, with a head and a number after every ``page`` lines."""
    lines = [
        line
        for text in BLOCKS
        for line in ((indent + text)[at : at + width] for at in range(0, len(indent + text), width))
    ]
    if page:
        for number, at in enumerate(range(page, len(lines) + page, page + 3), 1):
            lines[at:at] = [f"{number}", "", "圳邊記・校注本"]
    return "".join(f"{line}\n" for line in lines)


def joined(text: str) -> dict[str, str]:
    """Each of our blocks → its text in the copy."""
    found = Joined(text, BLOCKS)
    return {BLOCKS[number]: block.text for number, block in found.blocks.items()}


@pytest.mark.parametrize("page", [0, 4, 7])
@pytest.mark.parametrize("width", [8, 12, 18, 25])
def test_the_lines_of_a_page_are_joined_to_our_blocks(width: int, page: int) -> None:
    text = wrapped(width, page)
    assert is_wrapped(text.split("\n"), BLOCKS)
    assert joined(text) == {text: text for text in BLOCKS}


def test_a_line_that_is_in_our_text_twice_is_found_at_both_places() -> None:
    twice = "水從山腳引來而過三道閘。"
    blocks = [f"{twice}天亮以前沒有人看見它們。", f"木牌是老人立的字在上面。{twice}"]
    copy = "".join(f"{text[:12]}\n{text[12:]}\n" for text in blocks)
    found = Joined(copy, blocks)
    assert [found.blocks[number].text for number in (0, 1)] == blocks


def test_a_copy_whose_lines_are_blocks_is_not_wrapped() -> None:
    assert not is_wrapped(BLOCKS, BLOCKS)
    assert not is_wrapped([text[:-2] + "！" for text in BLOCKS], BLOCKS)
    assert not is_wrapped(["Anna said", "nothing of this"], BLOCKS)


@settings(max_examples=examples(200))
@given(
    width=st.integers(8, 30),
    page=st.sampled_from([0, 5, 9]),
    ending=st.sampled_from(["\n", "\r\n"]),
    data=st.data(),
)
def test_every_selection_in_a_passage_is_found_with_its_words(
    width: int, page: int, ending: str, data: st.DataObject
) -> None:
    text = wrapped(width, page)
    passage = data.draw(st.sampled_from(WORK.passages))
    start = data.draw(st.integers(0, len(passage.text) - 1))
    words = passage.text[start : data.draw(st.integers(start + 1, len(passage.text)))]
    at = Joined(text, BLOCKS).blocks[BLOCKS.index(passage.text)].at
    back = {there: here for here, there in at.items()}
    first, last = back[start], back[start + len(words) - 1] + 1
    more = [(len(ending) - 1) * text.count("\n", 0, at) for at in (first, last)]
    selection = (first + more[0], last + more[1], words)
    line_range = Copy(text.replace("\n", ending), WORK, [selection]).find(*selection)
    assert isinstance(line_range, LineRange)
    assert line_range.block == passage
    assert (line_range.start, line_range.words) == (start, words)


def test_a_selection_over_two_passages_says_so() -> None:
    text = wrapped(18)
    first, last = text.index("不必\n" if "不必\n" in text else "不必"), text.index("木牌是老人") + 3
    assert Copy(text, WORK, []).find(first, last) == SEVERAL


def test_a_running_head_is_not_a_line_of_the_text() -> None:
    text = wrapped(18, 6)
    first = text.index("校注本")
    found = Copy(text, WORK, []).find(first, first + 3)
    assert isinstance(found, LineRange)
    assert found.block is None


def test_a_head_within_a_selection_is_no_part_of_it() -> None:
    text = wrapped(18, 3)
    copy = Copy(text, WORK, [])
    for passage in WORK.passages:
        at = Joined(text, BLOCKS).blocks[BLOCKS.index(passage.text)].at
        found = copy.find(min(at), max(at) + 1)
        assert isinstance(found, LineRange)
        assert found.words == passage.text
        assert found.whole


ENGLISH = [
    "A channel runs south of the village, dug by people who carried the self-made tools of their fathers.",
    "The water is heard from near, and from far it is a white line that everybody remembers.",
    "Notes",
]


@pytest.mark.parametrize("width", [20, 33, 47])
def test_words_of_western_scripts_keep_their_spaces_and_lose_their_hyphens(width: int) -> None:
    lines = [line for text in ENGLISH for line in textwrap.wrap(text, width, break_on_hyphens=True)]
    assert {block.text for block in Joined("\n".join(lines), ENGLISH).blocks.values()} == {*ENGLISH}
    broken = (
        "A channel runs south of the vil-\nlage, dug by people who car\u00ad\nried the self-\nmade tools of "
        "their\nfathers."
    )
    assert Joined(broken, ENGLISH).blocks[0].text == ENGLISH[0]


def test_a_line_that_has_changed_is_found_and_keeps_its_own_words() -> None:
    text = wrapped(18).replace("過石頭時急", "過石塊時急")
    (changed,) = [block for block in joined(text).values() if "石塊" in block]
    assert changed.replace("石塊", "石頭") in BLOCKS


def test_a_printed_copy_is_recognized_by_its_words_with_any_name() -> None:
    assert likeness(wrapped(18, 6), WORK) >= len(WORK.passages) - 1
    assert likeness("Anna said\n" * 20, WORK) == 0


@settings(max_examples=examples(300))
@given(
    st.lists(st.text("甲乙丙 -\n", max_size=12), max_size=8).map("\n".join),
    st.lists(st.text("甲乙丙 -", min_size=1, max_size=12).filter(bare), max_size=5),
)
def test_no_text_makes_it_raise_and_joined_lines_have_their_own_words(copy: str, blocks: list[str]) -> None:
    found = Joined(copy, blocks)
    for number, block in found.blocks.items():
        assert 0 <= number < len(blocks)
        assert all(block.text[there] == copy[here] for here, there in block.at.items())
        assert list(block.at.values()) == sorted(block.at.values())


@given(st.lists(st.integers(0, 9), max_size=9))
def test_as_many_lines_as_possible_are_anchors_in_the_order_of_both_texts(starts: list[int]) -> None:
    pairs = list(enumerate(starts))
    found = _rising(pairs)
    assert all(one in pairs for one in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    most = max(
        size
        for size in range(len(pairs) + 1)
        for chosen in combinations(starts, size)
        if all(a < b for a, b in pairwise(chosen))
    )
    assert len(found) == most


def test_the_codings_of_a_printed_copy_are_imported(take: Take, copy: Path) -> None:  # noqa: F811
    text = wrapped(18, 9)
    words = [passage.text[2:8] for passage in WORK.passages[:3]]
    at = text.index("\n", text.index("近看"))
    across = text[at - 3 : at + 5]
    data = qdpx(*[(one, "flow~a:shows") for one in (*words, across)], text=text)
    status, out, err = take(data, "--coder", "ming", "--strict")
    assert (status, err) == (CLEAN, "")
    assert "quotations: 4 exact" in out
    written = (copy / NEW).read_text(encoding="utf-8")
    assert all(one in written for one in (*words, across.replace("\n", "")))
