"""Characters that look like YAML syntax are named at their place, with the right character."""

from __future__ import annotations

import pytest
from conftest import ROOT, TINY
from hypothesis import given
from hypothesis import strategies as st

from site_builder.language import hidden
from site_builder.model import Problem
from site_builder.source import yamlio
from site_builder.source.reading import Reading
from site_builder.source.schemas import FILES
from site_builder.source.yamlio import lookalikes


def reported(text: str) -> list[Problem]:
    """The problems of a text that is read as a facet."""
    node, problems = yamlio.parse(text, "a.yaml")
    if node is not None:
        FILES["facet"].read(node, Reading(problems=problems, given={"counted": False}))
    return problems


BROKEN = {
    "a colon": ("id：x\nname: y\n", 1, 3, "：", "write ':' followed by a space"),
    "a colon in the last line": ("id: x\nname：y\n", 2, 5, "：", "write ':' followed by a space"),
    "a colon in an item": (
        "entries:\n  - id：a\n    name: b\n",
        2,
        7,
        "：",
        "write ':' followed by a space",
    ),
    "a colon three lines above": (
        "id: x\nname：y\n\n\nkind: z\n",
        2,
        5,
        "：",
        "write ':' followed by a space",
    ),
    "a wide space": ("id:\u3000x\nname: y\n", 1, 4, "U+3000", "write a space"),
    "a no-break space": ("id:\u00a0x\nname: y\n", 1, 4, "U+00A0", "write a space"),
    "a quotation mark": ("id: x\nname: “甲: 乙”\n", 2, 7, "“", "write '\"'"),
    "a bracket": ("id: x\nfields: [a，b\n", 2, 11, "，", "write ','"),
    "a hash": ("＃ 註\nid: x\n", 1, 1, "＃", "write '#'"),
    "a bar": ("id: x\ndefinition: ｜\n  甲: 乙\n", 2, 13, "｜", "write '|'"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_mark_that_breaks_a_file_is_named_at_its_place(kind: str) -> None:
    text, line, column, named, hint = BROKEN[kind]
    [problem] = reported(text)
    assert (problem.code, problem.place.line, problem.place.column) == ("Y001", line, column)
    assert named in problem.message
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("id：x\n", "Y006", "'：' (U+FF1A) is used in place of ':'"),
        ("entries:\n  - id：a\n", "Y006", "'：' (U+FF1A) is used in place of ':'"),
        ("entries: ［a, b］\n", "Y006", "'［' (U+FF3B) is used in place of '['"),
        ("\u3000id: x\n", "Y004", "remove the white space (U+3000) beside 'id'"),
        ("table:\n  caption：x\n", "Y006", "'：' (U+FF1A) is used in place of ':'"),
        ("－ id: x\n", "Y004", "'－' (U+FF0D) is used in place of '-'"),
    ],
)
def test_a_mark_that_makes_another_file_is_named_in_the_hint(text: str, code: str, hint: str) -> None:
    assert any(problem.code == code and problem.hint.startswith(hint) for problem in reported(text))


def test_no_line_of_a_good_file_has_one() -> None:
    """Where they are right, in words, they are not marks of YAML."""
    lines = [
        line
        for root in (ROOT, TINY)
        for top in ("corpus", "annotations")
        for path in (root / top).rglob("*.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(lines) > 400
    keys = [line for line in lines if ":" in line.partition("：")[0]]
    wrong = [line for line in keys for at in lookalikes.found(line) if line[at] in "：［－＃｜\u3000"]
    assert not wrong


@given(st.text())
def test_what_is_found_can_be_named(line: str) -> None:
    for at in lookalikes.found(line):
        assert all(lookalikes.explain(line[at]))


def test_an_error_without_such_a_mark_is_explained_by_itself() -> None:
    [problem] = reported("name: 甲：乙\nkind: frame: x\n")
    assert problem.hint == 'write kind: "frame: x"'
    assert (problem.place.line, problem.place.column) == (2, 12)


# --- control characters -------------------------------------------------------------------------------


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ufdd0", "\uffff", "\U0001fffe"])
def test_a_control_character_in_a_file_is_a_fault_at_its_place(char: str) -> None:
    found = reported(f"id: 甲{char}乙\nname: {char}x\n")
    assert [(p.code, p.place.line, p.place.column) for p in found] == [("Y001", 1, 6), ("Y001", 2, 7)]
    assert f"U+{ord(char):04X}" in found[0].message


@pytest.mark.parametrize(
    "escape", ["\\0", "\\a", "\\e", "\\x1B", "\\u0085", "\\N", "\\L", "\\r", "\\uFFFE", "\\U0001FFFF"]
)
@pytest.mark.parametrize(
    "text", ['id: x\nname: "甲{}乙"\n', 'id: x\nnam: "\\\\ \\"{}"\n', 'id: x\n"na{}": y\n']
)
def test_a_control_character_by_an_escape_is_a_fault_at_its_place(text: str, escape: str) -> None:
    found = [problem for problem in reported(text.format(escape)) if problem.code == "Y010"]
    assert [(p.place.line, p.place.column) for p in found] == [(2, text.split("\n")[1].index("{}") + 1)]


def test_half_of_a_surrogate_pair_is_a_fault() -> None:
    for text in ('name: "\\uD800"\n', 'name: "\\uD83D\\uDE00"\n'):
        assert {problem.code for problem in reported(text)} & {"Y001", "Y010"}


@pytest.mark.parametrize("escape", ["\\n", "\\t", "\\\\", '\\"', "\\u4E00", "\\_"])
def test_other_escapes_are_accepted(escape: str) -> None:
    assert not [
        problem for problem in reported(f'name: "甲{escape}乙"\n') if problem.code in ("Y001", "Y010")
    ]


@pytest.mark.parametrize("char", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164"])
def test_a_character_without_shape_is_invisible(char: str) -> None:
    assert hidden.verdict(f"水{char}岸", 1) is not None


@pytest.mark.parametrize("char", ["甲", " ", "\u3000", "a", "é", "\U00020000", "•"])
def test_a_character_with_a_shape_is_not(char: str) -> None:
    assert hidden.verdict(f"水{char}岸", 1) is None
