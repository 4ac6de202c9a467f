"""Imported copies of a text: the words are found in every way of counting, and lines are matched with
blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import pytest
from conftest import TINY
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.edges import load
from site_builder.formats.refi.counting import Counting
from site_builder.formats.refi.lines import Copy, LineRange, aligned, decoded, likeness
from site_builder.model import Passage, Work


def _work() -> Work:
    project = load.checked(TINY).project
    assert project is not None
    return project.works[0]


WORK = _work()
TEXT = "".join(f"{block.text}\n" for block in WORK.blocks)
P2 = next(passage for passage in WORK.passages if passage.id == "p2")
BEYOND = TEXT.replace("圳", "𠮷")

WAYS: dict[str, Callable[[str], int]] = {
    "code points": len,
    "UTF-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "two for the end of a line": lambda text: len(text) + text.count("\n"),
    "with the BOM": lambda text: len(text) + 1,
    "all of it": lambda text: 1 + len(text.encode("utf-16-le")) // 2 + text.count("\n"),
}
STORED: dict[str, Callable[[str], str]] = {
    "LF": str,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "CRCRLF": lambda text: text.replace("\n", "\r\r\n"),
    "BOM": lambda text: "\ufeff" + text,
    "BOM and CRLF": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
}


def test_a_line_end_belongs_to_its_line_and_what_is_after_the_end_to_the_last() -> None:
    counting = Counting("ab\nc", [])
    assert [counting.line(at) for at in range(7)] == [0, 0, 0, 1, 1, 1, 1]


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    """A range of one line of the text."""
    lines = BEYOND.split("\n")[:-1]
    at = draw(st.integers(0, len(lines) - 1))
    before = sum(len(line) + 1 for line in lines[:at])
    start = draw(st.integers(0, len(lines[at]) - 1))
    end = draw(st.integers(start + 1, len(lines[at])))
    return before + start, before + end


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=examples(25))
@given(found=st.lists(stretches(), min_size=1, max_size=5))
def test_ranges_with_words_are_found_in_every_way_of_counting(
    way: str, stored: str, found: list[tuple[int, int]]
) -> None:
    count = WAYS[way]
    ranges = [(count(BEYOND[:a]), count(BEYOND[:b]), BEYOND[a:b]) for a, b in found]
    copy = Copy(STORED[stored](BEYOND), WORK, ranges)
    for one in ranges:
        line_range = copy.find(*one)
        assert isinstance(line_range, LineRange)
        assert line_range.words == one[2]


def _whole_lines() -> list[tuple[int, int]]:
    ends = list(accumulate(len(block.text) + 1 for block in WORK.blocks))
    return [(end - 1 - len(block.text), end - 1) for block, end in zip(WORK.blocks, ends, strict=True)]


def _lines_by_another_way(found: list[tuple[int, int]]) -> int:
    """The largest number of ranges that are whole lines when another way counts the positions."""
    lines = _whole_lines()
    others = ({(count(TEXT[:a]), count(TEXT[:b])) for a, b in lines} for count in WAYS.values())
    return max(len((other - set(lines)) & set(found)) for other in others)


@pytest.mark.parametrize("stored", ["LF", "BOM"])
@settings(max_examples=examples(100))
@example(
    found=[(207, 210)]
)  # by chance a heading, if two are counted for the end of a line and one for a BOM
@example(found=[(0, 1), (119, 120), (207, 210), (406, 407)])
@example(found=[(4, 5), (136, 144), (207, 210)])
@example(found=[(207, 210), (252, 290), (301, 313), (375, 376)])
@given(found=st.lists(stretches(), min_size=1, max_size=8))
def test_code_points_are_counted_if_nothing_supports_another_way(
    stored: str, found: list[tuple[int, int]]
) -> None:
    assume(_lines_by_another_way(found) <= 1)
    text = TEXT
    ranges = [(a, b, "") for a, b in found]
    copy = Copy(STORED[stored](text), WORK, ranges)
    for start, end, words in ranges:
        line_range = copy.find(start, end, words)
        assert isinstance(line_range, LineRange)
        assert line_range.words == text[start:end].strip("\n")


def test_whole_lines_support_a_way_of_counting() -> None:
    stored = TEXT.replace("\n", "\r\n")
    ranges = []
    for passage in WORK.passages:
        start = TEXT.index(f"\n{passage.text}\n") + 1
        ranges.append((start, start + len(passage.text), ""))
    copy = Copy(stored, WORK, ranges)
    found = [copy.find(*one) for one in ranges]
    assert [one.block for one in found if isinstance(one, LineRange)] == list(WORK.passages)
    assert all(isinstance(one, LineRange) and one.whole for one in found)
    assert copy.counting.sure


@pytest.mark.parametrize(
    ("stored", "ranges", "sure"),
    [
        ("一二\n三四五六\n", [(3, 5, "")], True),
        ("一二\r\n三四五六\r\n", [(0, 1, "")], True),
        ("一二\r\n三四五六\r\n", [(5, 7, "")], False),
        ("一二\r\n三四五六\r\n", [(5, 7, "四五")], True),
        ("一二\r\n三四五六\r\n", [(4, 8, "")], True),
        ("𠮷二三四五六\n", [(2, 4, "")], False),
        ("𠮷二三四五六\n", [(2, 4, "三四")], True),
    ],
)
def test_a_position_with_several_meanings_is_not_sure(
    stored: str, ranges: list[tuple[int, int, str]], sure: bool
) -> None:
    assert Counting(stored, ranges).sure is sure


def test_a_program_that_is_known_to_count_line_ends_as_one_is_trusted() -> None:
    counting = Counting("一二\r\n三四五六\r\n", [(4, 6, "")], single=True)
    assert counting.sure
    assert counting.spans(4, 6)[0] == (4, 6)
    assert counting.text[4:6] == "四五"


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        (-1, 5, "outside"),
        (0, 10**6, "outside"),
        (5, 5, "outside"),
        (9, 3, "outside"),
        (3, 4, "no words"),
        (0, 8, "several"),
        (0, len(TEXT), "several"),
    ],
)
def test_a_refused_range_gives_its_reason(start: int, end: int, says: str) -> None:
    found = Copy(TEXT, WORK, []).find(start, end)
    assert isinstance(found, str)
    assert says in found


def test_white_space_around_a_line_is_not_part_of_it() -> None:
    text = TEXT.replace("\n", " \n ")
    start = text.index(P2.text)
    found = Copy(text, WORK, []).find(start - 1, start + len(P2.text) + 1)
    assert isinstance(found, LineRange)
    assert found.whole
    assert found.block == P2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_any_encoding_of_unicode(encoding: str) -> None:
    assert decoded("圳𠮷".encode(encoding)).removeprefix("\ufeff") == "圳𠮷"
    assert "\ufffd" in decoded(b"\xff\x00")


def test_a_text_is_like_the_work_whose_passages_it_holds() -> None:
    assert likeness(TEXT, WORK) == len(WORK.passages)
    assert likeness(TEXT.replace("\n", "\r\n"), WORK) == len(WORK.passages)
    assert likeness("Anna said\n", WORK) == 0
    assert likeness(TEXT * 1000, WORK) == -1


BLOCKS = st.lists(st.text("甲乙丙丁戊己", min_size=4, max_size=8), min_size=1, max_size=6, unique=True)


@settings(max_examples=examples(300))
@given(BLOCKS, st.data())
def test_lines_that_are_blocks_are_found_anywhere(blocks: list[str], data: st.DataObject) -> None:
    lines = data.draw(st.permutations([*blocks, "一", "二"]))
    assert [blocks[n] for n in aligned(lines, blocks) if n is not None] == [
        line for line in lines if line in blocks
    ]


@settings(max_examples=examples(300))
@given(
    st.lists(st.text("甲乙丙", max_size=6), max_size=8),
    st.lists(st.text("甲乙丙", min_size=1, max_size=6), max_size=8),
)
def test_no_block_is_taken_twice(lines: list[str], blocks: list[str]) -> None:
    found = aligned(lines, blocks)
    taken = [n for n in found if n is not None]
    assert len(found) == len(lines)
    assert len(set(taken)) == len(taken)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["天地玄黃", "宇宙洪荒", "日月盈昃"], [0, 1, 2]),
        (["天地玄黃", "宇宙洪流", "日月盈昃"], [0, 1, 2]),
        (["天地玄黃", "新的一行", "宇宙洪流", "日月盈昃"], [0, None, 1, 2]),
        (["宇宙洪流", "日月盈昃"], [1, 2]),
        (["完全不同", "別的東西"], [None, None]),
        (["日月盈昃", "天地玄黃"], [2, 0]),
        ([], []),
    ],
)
def test_a_changed_line_is_the_most_similar_block(lines: list[str], found: list[int | None]) -> None:
    assert aligned(lines, ["天地玄黃", "宇宙洪荒", "日月盈昃"]) == found


def test_a_heading_is_found_as_a_heading() -> None:
    start = TEXT.index("一、水")
    found = Copy(TEXT, WORK, []).find(start, start + 2)
    assert isinstance(found, LineRange)
    assert not isinstance(found.block, Passage)
    assert found.block is not None
