"""The hint for a line that Markdown does not read as a paragraph: a line written as in the hint is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Problem
from site_builder.source import prose
from site_builder.source.prose.escape import idle_backslashes, plain_line, shown_line, unescaped

MARKS = [
    "1. ",
    "12) ",
    "1949. ",
    "- ",
    "+ ",
    "* ",
    "> ",
    "# ",
    "###### ",
    "```",
    "~~~",
    "<div>",
    "<!-- ",
    "***",
]


def read(line: str) -> tuple[list[str], list[Problem]]:
    """The texts of the passages of a text of one line, and its faults."""
    blocks, faults = prose.edition(f"{line}\n", "text.md")
    return [block.text for block in blocks], faults


@pytest.mark.parametrize("mark", MARKS)
def test_a_line_written_as_the_hint_says_keeps_its_words(mark: str) -> None:
    line = f"{mark}引言 {{#p1}}"
    assert read(plain_line(line)) == ([f"{mark}引言"], [])


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark not in ("# ", "###### ", "***")])
def test_the_hint_shows_the_line_as_it_must_be_written(mark: str) -> None:
    line = f"{mark}引言 {{#p1}}"
    _, faults = read(line)
    assert [fault.code for fault in faults][:1] == ["T004"]
    assert shown_line(line) in faults[0].hint


def test_every_item_of_a_list_is_reported_on_its_line() -> None:
    _, faults = prose.edition("1. 甲 {#p1}\n2. 乙 {#p2}\n\n- 丙 {#p3}\n", "text.md")
    reported = [
        (fault.place.line, fault.hint.rpartition("write ")[2]) for fault in faults if fault.code == "T004"
    ]
    assert reported == [(1, "1\\. 甲 {#p1}"), (2, "2\\. 乙 {#p2}"), (4, "\\- 丙 {#p3}")]


def test_a_long_line_is_cut_short_in_the_hint() -> None:
    assert shown_line("- " + "字" * 40) == "\\- " + "字" * 13 + "…"


@pytest.mark.parametrize(
    ("source", "columns"), [("\\1. 引言", [1]), ("甲\\乙\\", [2, 4]), ("甲\\\\乙", []), ("1\\. 引言\\*", [])]
)
def test_a_backslash_that_escapes_nothing_is_a_review_at_its_place(source: str, columns: list[int]) -> None:
    texts, faults = read(f"{source} {{#p1}}")
    assert texts == [unescaped(source)]
    assert [(f.code, f.level, f.place.column) for f in faults] == [("T010", "review", c) for c in columns]


@given(st.text(alphabet=st.sampled_from("\\1.-*甲 "), max_size=12))
def test_a_backslash_of_the_text_is_either_escaped_or_reported(source: str) -> None:
    kept = unescaped(source).count("\\")
    pairs = source.count("\\\\")
    assert kept == pairs + len(list(idle_backslashes(source)))
