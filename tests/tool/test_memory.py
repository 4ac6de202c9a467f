"""What is remembered from earlier readings of a project never changes what is found in it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import pytest
from conftest import TINY

from site_builder import check, pipeline
from site_builder.check import works
from site_builder.edges import load
from site_builder.edition.edition import Edition
from site_builder.model import Problem, Project, Work
from site_builder.model.memory import Memory
from site_builder.pipeline import Checked
from site_builder.pipeline.preview import Preview
from site_builder.records import replace
from site_builder.source import parts, read

CASES = sorted(path for path in (TINY.parent / "cases").iterdir() if path.is_dir())
TEXTS, _ = load.sources(TINY)
GATES = "annotations/pages/gates.md"
TAGS = "annotations/canal/tags/editors/1.yaml"


def edits() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each case → the sources of the tiny project with the files of the case over them."""
    for case in CASES:
        changed = {
            path.relative_to(case).as_posix(): path.read_text(encoding="utf-8", errors="replace")
            for top in ("corpus", "annotations")
            for path in (case / top).rglob("*")
            if path.is_file()
        }
        deleted = case / "deleted.txt"
        names = tuple(deleted.read_text(encoding="utf-8").split("\n")[:-1]) if deleted.exists() else ()
        kept = {name: text for name, text in TEXTS.items() if name not in names}
        kept = {name: text for name, text in kept.items() if not name.startswith(tuple(_folders(names)))}
        yield case.name, dict(sorted({**kept, **changed}.items()))


def _folders(names: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names if name.endswith("/"))


def same(one: Checked, other: Checked) -> bool:
    return (one.problems, one.project, one.index) == (other.problems, other.project, other.index)


def test_a_result_is_given_again_while_its_inputs_are_the_same_objects() -> None:
    memory, made = Memory(), []
    one, equal = [1], [1]

    def make() -> object:
        made.append(object())
        return made[-1]

    first = memory.of("a", (one, "x"), make)
    assert memory.of("a", (one, "x"), make) is first
    assert memory.of("b", (one, "x"), make) is not first
    assert memory.of("a", (equal, "x"), make) is not first
    assert memory.of("a", (one,), make) is not first
    assert len(made) == 4


def test_equal_texts_are_the_same_object() -> None:
    memory = Memory()
    first = memory.same("a", tuple("xy"))
    assert memory.same("a", tuple("xy")) is first
    assert memory.same("b", tuple("xy")) is not first
    assert memory.same("a", ("x",)) == ("x",)
    assert memory.same("a", tuple("xy")) is not first


def test_after_any_edit_the_same_is_found_as_without_a_memory() -> None:
    memory, read_part = Memory(), parts.Remembered()
    cases = list(edits())
    random.Random(3).shuffle(cases)
    found = 0
    for name, texts in cases:
        remembered = pipeline.check_sources(texts, (), read_part, memory)
        fresh = pipeline.check_sources(texts)
        assert same(remembered, fresh), name
        found += bool(fresh.problems)
    assert found > 200


def test_after_an_edit_the_pages_are_those_without_a_memory() -> None:
    memory, read_part = Memory(), parts.Remembered()
    paths = ("canal/p2.html", "canal/index.html", "index.html", "gates.html", "data/passages.json")
    edited = {
        **TEXTS,
        GATES: TEXTS[GATES].replace("才到田", "方到田"),
        TAGS: TEXTS[TAGS].replace("gist: ", "gist: 又", 1),
    }
    shown = []
    for texts in (TEXTS, edited, TEXTS):
        remembered = pipeline.check_sources(texts, (), read_part, memory).preview()
        fresh = pipeline.check_sources(texts).preview()
        assert remembered is not None
        assert fresh is not None
        pages = [Preview(remembered, dict).get(path) for path in paths]
        assert pages == [Preview(fresh, dict).get(path) for path in paths]
        shown.append(pages)
    assert shown[0] == shown[2]
    assert shown[0] != shown[1]


def found(rule: check.Rule, project: Project) -> tuple[Problem, ...]:
    return tuple(rule(Edition.of(project)))


def test_a_rule_of_no_tags_finds_the_same_without_tags() -> None:
    """Each rule is applied to the cases of its code, and all are applied to the tiny project."""
    rules = {(rule.__doc__ or "").split(" ")[0]: rule for rule in check.OF_NO_TAGS}
    tried = set()
    for name, texts in [("", TEXTS), *edits()]:
        project, _ = read.project(texts)
        code = name.partition("-")[0]
        if project is None or (code and code not in rules):
            continue
        bare = replace(project, taggings=())
        for rule in (rules[code],) if code else rules.values():
            problems = found(rule, project)
            assert problems == found(rule, bare)
            tried |= {one.code for one in problems}
    assert len(tried) >= len(rules) * 3 // 4


def test_every_other_rule_depends_on_tags() -> None:
    left = {rule for rule in check.RULES if rule not in check.OF_NO_TAGS}
    for _, texts in edits():
        project, _ = read.project(texts)
        if project is not None:
            bare = replace(project, taggings=())
            left -= {rule for rule in left if found(rule, project) != found(rule, bare)}
    assert left == {check.editions.reasons_name_a_change}  # a case has no earlier edition with other tags


def test_a_rule_of_no_tags_is_not_applied_again_if_only_tags_change(monkeypatch: pytest.MonkeyPatch) -> None:
    applied: list[check.Rule] = []

    def counted(rule: check.Rule, edition: Edition) -> tuple[Problem, ...]:
        applied.append(rule)
        return tuple(rule(edition))

    monkeypatch.setattr(check, "_found", counted)
    memory, reader = Memory(), parts.Remembered()
    gist = TEXTS[TAGS].replace("gist: ", "gist: 新", 1)
    note = TEXTS[GATES].replace("閘", "門", 1)
    for changed, expected in (
        ({}, len(check.OF_NO_TAGS)),
        ({TAGS: gist}, 0),
        ({TAGS: gist, GATES: note}, len(check.OF_NO_TAGS)),
    ):
        applied.clear()
        pipeline.check_sources({**TEXTS, **changed}, read_part=reader, memory=memory)
        assert len(applied) == expected


def test_a_work_that_has_not_changed_is_not_examined_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, read_part = Memory(), parts.Remembered()
    examined: list[str] = []
    real = works._found

    def noted(examine: object, work: Work) -> tuple[Problem, ...]:
        examined.append(work.id)
        return real(examine, work)  # type: ignore[arg-type]

    monkeypatch.setattr(works, "_found", noted)
    pipeline.check_sources(TEXTS, (), read_part, memory)
    assert len(examined) > 8
    examined.clear()
    pipeline.check_sources(
        {**TEXTS, TAGS: TEXTS[TAGS].replace("gist: ", "gist: 又", 1)}, (), read_part, memory
    )
    assert examined == []
    text = "corpus/canal/text.md"
    pipeline.check_sources({**TEXTS, text: TEXTS[text] + "\n"}, (), read_part, memory)
    assert len(examined) > 8
