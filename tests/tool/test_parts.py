"""What one file gives depends on the file alone, and can be kept."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from conftest import TINY

from site_builder.edges import load
from site_builder.source import parts, read
from site_builder.source.parts import Parsed, Part

ROOT = Path(__file__).parents[2]
SOURCES, _ = load.sources(TINY)
PROJECTS = [ROOT, TINY, *sorted((ROOT / "tests" / "projects").glob("*/"))]
PROJECTS = [path for path in PROJECTS if (path / "corpus").is_dir()]


def read_parts(sources: dict[str, str]) -> list[tuple[Part, Parsed]]:
    """Every part of a project with its result, in the order in which the project asks for them."""
    found = []

    def noted(part: Part) -> Parsed:
        found.append((part, parts.read(part)))
        return found[-1][1]

    read.project(sources, (), noted)
    return found


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_a_project_of_pickled_parts_is_the_project(folder: Path) -> None:
    sources, _ = load.sources(folder)

    def pickled(part: Part) -> Parsed:
        known: Parsed = pickle.loads(pickle.dumps(parts.read(pickle.loads(pickle.dumps(part)))))
        return known

    wanted, found = read.project(sources), read.project(sources, (), pickled)
    assert found == wanted
    assert repr(found) == repr(wanted)  # with the languages and translations that == does not compare


def test_every_file_is_a_part_and_nothing_else_of_the_project_is() -> None:
    found = read_parts(SOURCES)
    unparsed = {"corpus/canal/witness.txt"}
    assert {part.path for part, _ in found} == set(SOURCES) - unparsed
    assert all(part.text == SOURCES[part.path] for part, _ in found)


def test_a_changed_file_is_read_again_and_no_other() -> None:
    read_again = []

    def noted(part: Part) -> Parsed:
        read_again.append(part.path)
        return parts.read(part)

    remembered = parts.Remembered(noted)
    before = read.project(SOURCES, (), remembered)
    assert len(read_again) == len(set(read_again)) == len(read_parts(SOURCES))
    read_again.clear()
    path = "annotations/canal/tags/editors/1.yaml"
    changed = {**SOURCES, path: SOURCES[path].replace("人挖出來的", "人挖成的")}
    after = read.project(changed, (), remembered)
    assert read_again == [path]
    assert after == read.project(changed) != before
    read_again.clear()
    assert read.project(SOURCES, (), remembered) == before
    assert read_again == [path]


def test_the_language_of_the_prose_is_a_part_of_what_is_read() -> None:
    remembered = parts.Remembered()
    read.project(SOURCES, (), remembered)
    path = "annotations/project.yaml"
    changed = {**SOURCES, path: SOURCES[path].replace("language: zh-Hant", "language: en")}
    assert changed != SOURCES
    assert read.project(changed, (), remembered) == read.project(changed)
