"""What files say is kept between runs, and is never anything but what the files say."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from conftest import TINY
from hypothesis import given
from hypothesis import strategies as st

from site_builder.edges import load
from site_builder.model import Place
from site_builder.source import parts, read
from site_builder.source.kept import Kept
from site_builder.source.parts import Parsed

SOURCES, _ = load.sources(TINY)
TAGS = "annotations/canal/tags/editors/1.yaml"


class Memory:
    """Values in a dict, with the number of requests."""

    def __init__(self) -> None:
        self.values: dict[bytes, bytes] = {}
        self.asked = 0

    def get(self, keys: Iterable[bytes]) -> Mapping[bytes, bytes]:
        self.asked += 1
        return {key: self.values[key] for key in keys if key in self.values}

    def put(self, values: Mapping[bytes, bytes]) -> None:
        self.values.update(values)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the parts that are read, and not taken from values."""
    found: list[str] = []
    whole = parts.read

    def noted(part: parts.Part) -> Parsed:
        found.append(part.path)
        return whole(part)

    monkeypatch.setattr(parts, "read", noted)
    return found


def run(memory: Memory, sources: Mapping[str, str] = SOURCES, **changed: Any) -> Any:
    """Read a project as a new process does."""
    kept = Kept(memory, **{"tool": b"1", "project": "/p", **changed})
    found = read.project(sources, (), kept)
    kept.save()
    return found


def test_the_second_run_reads_nothing_and_gives_the_same(fresh: list[str]) -> None:
    memory = Memory()
    first = run(memory)
    assert len(fresh) > 10
    fresh.clear()
    before = dict(memory.values)
    second = run(memory)
    assert fresh == []
    assert memory.values == before
    assert second == first == read.project(SOURCES)
    assert repr(second) == repr(first)
    assert memory.asked <= 5  # the list and the values, not each value


def test_only_what_changed_is_read_again(fresh: list[str]) -> None:
    memory = Memory()
    run(memory)
    fresh.clear()
    changed = {**SOURCES, TAGS: SOURCES[TAGS].replace("人挖出來的", "人挖成的")}
    assert run(memory, changed) == read.project(changed)
    assert fresh[:1] == [TAGS]
    fresh.clear()
    assert run(memory, changed) == read.project(changed)
    assert fresh[: len(fresh) // 2] == []


@pytest.mark.parametrize("changed", [{"tool": b"2"}, {"project": "/q"}])
def test_another_version_of_the_tool_and_another_project_begin_anew(
    changed: dict[str, Any], fresh: list[str]
) -> None:
    memory = Memory()
    run(memory)
    fresh.clear()
    run(memory, **changed)
    assert len(fresh) > 10


@given(st.data())
def test_damaged_values_are_read_again(data: st.DataObject) -> None:
    memory = Memory()
    run(memory)
    for key in data.draw(st.lists(st.sampled_from(sorted(memory.values)), max_size=3)):
        value = memory.values[key]
        start = data.draw(st.integers(0, len(value)))
        memory.values[key] = value[:start] + data.draw(st.binary(max_size=3))
    assert run(memory) == read.project(SOURCES)


class _Harmful:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.putenv, ("HARMFUL", "1")


@pytest.mark.parametrize(
    "harmful",
    [
        pickle.dumps(_Harmful()),
        pickle.dumps(Parsed(_Harmful(), ())),
        pickle.dumps(Parsed(print, ())),
        pickle.dumps(Place("a")),
        b"csite_builder.model.place\nwithin\n(tR.",
        b"csite_builder.model.place\nPlace._make\n(]tR.",
        b"",
    ],
)
def test_a_value_that_is_no_record_is_not_used(harmful: bytes, fresh: list[str]) -> None:
    memory = Memory()
    wanted = run(memory)
    for key, value in memory.values.items():
        if value[:1] == b"\x80":
            memory.values[key] = harmful
    fresh.clear()
    assert run(memory) == wanted
    assert len(fresh) > 10
