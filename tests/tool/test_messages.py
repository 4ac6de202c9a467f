"""The parts of a problem in a report: its place, its numbers, and its form in each output format."""

from __future__ import annotations

import json

import pytest

from site_builder.cli import report
from site_builder.model import Place, Problem
from site_builder.model.hints import near, unknown

PROBLEMS = [
    Problem(
        place=Place(path="a,b:c/頁.md", line=3, column=14),
        code="P003",
        message="100% of\nwhat p1 says, 「水」: all",
        hint="correct it: 甲",
    ),
    Problem(place=Place(path="a.md"), code="T006", message="close it", level="review"),
]


def test_a_problem_as_text_is_one_line_with_its_place_first() -> None:
    assert report.text(PROBLEMS).split("\n") == [
        "a,b:c/頁.md:3:14: P003 100% of⏎what p1 says, 「水」: all / correct it: 甲",
        "a.md:1:1: T006 close it (review)",
    ]


def test_problems_as_json_have_every_part_and_keep_their_characters() -> None:
    made = report.as_json(PROBLEMS)
    assert "「水」" in made
    assert json.loads(made) == [
        {
            "path": "a,b:c/頁.md",
            "line": 3,
            "column": 14,
            "level": "error",
            "code": "P003",
            "message": "100% of\nwhat p1 says, 「水」: all",
            "hint": "correct it: 甲",
        },
        {
            "path": "a.md",
            "line": 1,
            "column": 1,
            "level": "review",
            "code": "T006",
            "message": "close it",
            "hint": "",
        },
    ]


def test_problems_as_commands_of_github_escape_what_would_end_a_value() -> None:
    """As documented for workflow commands: % and line ends in a message; of a property : and , too."""
    assert report.github(PROBLEMS).split("\n") == [
        "::error file=a%2Cb%3Ac/頁.md,line=3,col=14,title=P003::"
        "100%25 of%0Awhat p1 says, 「水」: all / correct it: 甲",
        "::warning file=a.md,line=1,col=1,title=T006::close it",
    ]
    carriage = Problem(place=Place(path="a"), code="Y001", message="a\rb")
    assert "\r" not in report.github([carriage])


def test_no_problem_is_an_empty_report() -> None:
    assert (report.text([]), report.as_json([]), report.github([])) == ("", "[]", "")


@pytest.mark.parametrize(
    ("count", "hint"),
    [
        (0, ""),
        (1, "use one of: p1"),
        (11, "use one of: " + ", ".join(f"p{n}" for n in range(1, 12))),
        (12, "use one of: " + ", ".join(f"p{n}" for n in range(1, 13))),
        (13, "use one of: " + ", ".join(f"p{n}" for n in range(1, 13)) + ", … (13 in all)"),
    ],
)
def test_a_hint_lists_twelve_names_in_order_of_their_numbers(count: int, hint: str) -> None:
    assert near("xyz", [f"p{n}" for n in range(count, 0, -1)]) == hint


def test_a_hint_lists_names_with_other_digits() -> None:
    """A superscript and a circled number are digits without a value that a number is made of."""
    assert near("xyz", ["p10", "p2²", "p2", "p①"]) == "use one of: p2, p2², p10, p①"


def test_a_hint_names_the_most_similar_name() -> None:
    assert near("spcae", ["space", "society"]) == "did you mean 'space'?"
    place = Place(path="a.yaml", line=2, column=5)
    found = unknown(place, "C001", "facet", "mode", ["modes"], unless="b/")
    assert (found.place, found.code, found.level, found.unless) == (place, "C001", "error", "b/")
    assert (found.message, found.hint) == ("unknown facet: mode", "did you mean 'modes'?")
    assert unknown(place, "C001", "facet", "mode", []).hint == "the project has no facet yet"


def test_twenty_problems_of_a_code_are_printed_and_the_others_counted() -> None:
    problems = [
        Problem(place=Place(path="a.yaml", line=n), code="Y001", message=f"m{n}") for n in range(1, 41)
    ]
    problems.append(Problem(place=Place(path="b.yaml"), code="T003", message="other"))
    lines = report.text(problems).splitlines()
    assert lines[19] == "a.yaml:20:1: Y001 m20"
    assert lines[20:] == [
        "a.yaml:21:1: Y001 20 more problems with this code follow / --format json prints all of them",
        "b.yaml:1:1: T003 other",
    ]
    assert len(json.loads(report.as_json(problems))) == 41
    assert len(report.text(problems[:21]).splitlines()) == 21
