"""Answers to reviews: an answered review is not reported again, and nothing else is hidden."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from site_builder.check import manual, reviews
from site_builder.cli.main import CLEAN, main
from site_builder.edges import load
from site_builder.model import NOWHERE, About, Answer, Place, Problem

TEXT = "水（岸，水（人"


def problem(at: int, code: str = "T006", level: str = "review") -> Problem:
    about = About(id="p1", text=TEXT, start=at, end=at + 1)
    place = Place(path="corpus/w/text.md", line=3, column=at + 1)
    return Problem(place=place, code=code, message="a bracket", level=level, about=about)


def answer(**fields: Any) -> Answer:
    return Answer(
        **{"code": "T006", "block": "p1", "path": "", "words": "水（岸", "reason": "甲", "place": NOWHERE}
        | fields
    )


def left(answers: list[Answer], problems: list[Problem], *, whole: bool = True) -> list[str]:
    return [p.code for p in reviews.applied(answers, problems, manual.rules(), whole=whole)]


# --- what an answer answers -------------------------------------------------------------------------


def test_an_answer_takes_the_review_away() -> None:
    assert left([answer()], [problem(1)]) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("words", "水（人"),
        ("words", "岸，水"),
        ("block", "p2"),
        ("path", "corpus/v/text.md"),
        ("code", "T005"),
    ],
)
def test_an_answer_to_something_else_leaves_the_review_and_is_out_of_date(field: str, value: str) -> None:
    assert left([answer(**{field: value})], [problem(1)]) == ["T006", "R002"]


def test_words_that_occur_twice_answer_both() -> None:
    assert left([answer(words="水（")], [problem(1), problem(5)]) == []
    assert left([answer(words="水（人")], [problem(1), problem(5)]) == ["T006"]


def test_an_error_is_never_answered() -> None:
    assert left([answer()], [problem(1, level="error")]) == ["T006", "R002"]


def test_a_review_without_a_text_is_answered_by_its_message() -> None:
    found = Problem(
        place=Place(path="corpus/w/a.txt"), code="F004", message="unexpected: p9 a.txt", level="review"
    )
    by_path = answer(code="F004", block="", path="corpus/w/a.txt", words="a.txt")
    by_block = answer(code="F004", block="p9", words="a.txt")
    other = answer(code="F004", block="p", words="a.txt")
    known = {"F004": "", "R002": ""}
    assert reviews.applied([by_path], [found], known, whole=True) == []
    assert reviews.applied([by_block], [found], known, whole=True) == []
    assert [p.code for p in reviews.applied([other], [found], known, whole=True)] == ["F004", "R002"]


def test_an_answer_is_not_out_of_date_while_files_cannot_be_read() -> None:
    assert left([answer()], [], whole=False) == []
    assert left([answer()], []) == ["R002"]


def test_an_answer_to_an_answer_is_an_error() -> None:
    assert left([answer(code="R002")], []) == ["R001"]
    assert left([answer(block="")], []) == ["R001"]
    assert left([answer(code="T999")], []) == ["R001"]


@given(st.text(alphabet="水岸\u200b\ue000\"\\\n'", min_size=1, max_size=12), st.data())
def test_the_line_that_a_hint_shows_answers_the_review(text: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, char in enumerate(text) if not char.isspace()] or [-1]))
    if at < 0:
        return
    about = About(id="p1", text=text, start=at, end=at + 1)
    shown = reviews.how("T008", about).partition("- ")[2].replace("…", "甲")
    [fields] = yaml.safe_load(f"- {shown}")
    made = Answer(**{"path": "", "place": NOWHERE} | fields)
    found = Problem(place=NOWHERE, code="T008", message="", level="review", about=about)
    assert reviews.applied([made], [found], manual.rules(), whole=True) == []


# --- in a project -----------------------------------------------------------------------------------

ANSWER = """\
reviews:
  - code: T006
    block: p8
    words: ，「便利兩個字
    reason: 抄本如此。
"""


def _unbalanced(copy: Path) -> None:
    for name in ("corpus/canal/text.md", "corpus/canal/witness.txt", "annotations/canal/tags/editors/2.yaml"):
        path = copy / name
        path.write_text(path.read_text("utf-8").replace("便利」", "便利"), "utf-8")
    assert main(["anchors", str(copy), "--accept", "p8"]) == CLEAN


@pytest.mark.usefixtures("kept_results")
def test_a_text_that_is_right_passes_after_one_answer(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _unbalanced(copy)
    assert [p.code for p in load.checked(copy).problems] == ["T006"]
    path = copy / "annotations/reviews.yaml"
    path.write_text(ANSWER, "utf-8")
    found = load.checked(copy)
    assert [str(p) for p in found.problems] == []
    assert main(["build", str(copy)]) == CLEAN
    capsys.readouterr()
    assert main(["check", "--schema", "reviews"]) == CLEAN
    schema = json.loads(capsys.readouterr().out)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(yaml.safe_load(ANSWER))
    for name in ("code", "words", "reason"):
        assert not validator.is_valid(
            {"reviews": [{"code": "T006", "words": "甲", "reason": "乙"} | {name: 1}]}
        )
        lacking = {"code": "T006", "words": "甲", "reason": "乙"}
        del lacking[name]
        assert not validator.is_valid({"reviews": [lacking]})
    assert not validator.is_valid(
        {"reviews": [{"code": "T006", "words": "甲", "reason": "乙", "other": "丙"}]}
    )


def test_an_entry_that_nothing_uses_is_answered_by_its_id(copy: Path) -> None:
    path = copy / "annotations/codebook/facets/things.yaml"
    path.write_text(path.read_text("utf-8") + "  - {id: bridge, name: 橋, definition: 下游的橋。}\n", "utf-8")
    assert main(["anchors", str(copy)]) == CLEAN
    [found] = load.checked(copy).problems
    assert (found.code, found.level) == ("C005", "review")
    answers = copy / "annotations/reviews.yaml"
    answers.write_text(
        "reviews:\n  - {code: C005, block: things:bridge, words: 橋, reason: 留待再標。}\n", "utf-8"
    )
    assert load.checked(copy).problems == ()
