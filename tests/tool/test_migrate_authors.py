"""The step of ``migrate`` that makes a list of the authors of a record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.migrations import authors
from site_builder.model import Problem, Record
from site_builder.source import yamlio
from site_builder.source.reading import Reading
from site_builder.source.schemas import FILES

PATH = "corpus/w/work.yaml"
REST = """container: 學報
issue: "3"
language: zh
script: Hant
short: 某
rights: 某
rights_short: 某
edition: "1.0"
date: 2026-01-31
"""


def record(text: str) -> Record:
    node, faults = yamlio.parse(text, PATH)
    assert node is not None
    found: list[Problem] = list(faults)
    value = FILES["work"].read(node, Reading(problems=found, given={"id": "w"}))
    assert found == []
    assert isinstance(value, Record)
    return value


def bare(found: Record) -> Record:
    people = tuple(replace(person, place=found.place) for person in found.authors)
    facts = tuple(replace(fact, place=found.place) for fact in found.facts)
    return replace(found, authors=people, facts=facts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("author: 李明\n", "authors:\n  - literal: 李明\n"),
        (
            "author: 甲子、乙丑  # 依刊\n# 譯名\nauthor_en: Jia Zi; Yi Chou # ours\n",
            "authors:  # 依刊\n  - literal: 甲子\n    latin: Jia Zi\n  - literal: 乙丑\n    latin: Yi Chou\n"
            "# 譯名\n# ours\n",
        ),
        (
            "author: \"A: #1\"\naffiliation: '某校 # 系'\n",
            'authors:\n  - literal: "A: #1"\n    affiliation: "某校 # 系"\n',
        ),
        ('author: "no"\n', 'authors:\n  - literal: "no"\n'),
    ],
)
def test_the_record_says_the_same_in_another_form(old: str, new: str) -> None:
    before, after = f"# 題\ntitle: 水\n{old}{REST}", f"# 題\ntitle: 水\n{new}{REST}"
    files, problems = authors.change({PATH: before, "corpus/w/text.md": "author: 甲\n"})
    assert files == {PATH: after}
    assert problems == ()
    assert bare(record(after)) == bare(record(before))
    assert authors.change({PATH: after}) == ({}, ())


@pytest.mark.parametrize(
    "old",
    [
        "author: 甲子、乙丑\naffiliation: 某校\n",
        "author: 甲子、乙丑\nauthor_en: Jia Zi\n",
        "author: >-\n  甲子、\n  乙丑\n",
    ],
)
def test_what_is_not_clear_stays_and_is_reported(old: str) -> None:
    text = f"title: 水\n{old}{REST}"
    files, problems = authors.change({PATH: text})
    assert files == {}
    assert [(one.code, one.level, one.place.line) for one in problems] == [("B001", "review", 2)]
    assert (problems[0].message, problems[0].hint) == (
        "it is not known which name in Latin letters or affiliation belongs to which author",
        "write authors: with an entry for each",
    )
