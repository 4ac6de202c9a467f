"""A watch gives the sources as reading all of them does, and reads only what can have changed."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.edges import load, watch
from site_builder.edges.watch import Watch

GATES = "annotations/pages/gates.md"
TAGS = "annotations/canal/tags/editors"
_LATER = 0.05  # seconds; the clock of a file system has steps of at most 0.01


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    names: list[str] = []
    real = load._bytes

    def noted(path: Path) -> bytes:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(load, "_bytes", noted)
    return names


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, copy: Path) -> Watch:
    """A watch that has read a project in which nothing has changed for some time."""
    monkeypatch.setattr(watch, "_SETTLED", _LATER)
    time.sleep(2 * _LATER)
    found = Watch(copy)
    found.read()
    return found


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_read_again_while_nothing_changes(settled: Watch, read: list[str]) -> None:
    first = settled.read()
    assert settled.read() is first
    assert read == []


def test_only_the_file_that_changes_is_read_again(settled: Watch, copy: Path, read: list[str]) -> None:
    before = settled.read()
    edit(copy, GATES, "才到田", "方到田")
    after = settled.read()
    assert read == ["gates.md"]
    assert "方到田" in after.texts[GATES]
    assert [name for name, text in after.texts.items() if text is not before.texts[name]] == [GATES]


def test_no_folder_is_listed_for_a_change_of_a_file(
    settled: Watch, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "read_again", lambda *_: 1 // 0)
    edit(copy, GATES, "才到田", "方到田")
    assert "方到田" in settled.read().texts[GATES]
    assert "方到田" in settled.read().texts[GATES]


def test_a_file_that_was_only_touched_changes_nothing(settled: Watch, copy: Path) -> None:
    before = settled.read()
    (copy / GATES).touch()
    assert settled.read() is before


def test_a_recent_change_is_read_until_a_later_one_must_differ(
    copy: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_SETTLED", 3600.0)
    found = Watch(copy)
    found.read()
    read.clear()
    found.read()
    assert "gates.md" in read


def test_a_folder_that_is_added_to_an_empty_project_is_seen(tmp_path: Path, copy: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    found = Watch(folder)
    assert not found.read().texts
    shutil.copytree(copy / "annotations", folder / "annotations")
    assert GATES in found.read().texts
    shutil.copytree(copy / "corpus", folder / "corpus")
    assert "corpus/canal/text.md" in found.read().texts


def test_a_link_is_read_every_time(settled: Watch, copy: Path) -> None:
    """What is behind a link can change without a trace in the status of the link."""
    target = copy / "outside.md"
    (copy / GATES).rename(target)
    (copy / GATES).symlink_to(target)
    settled.read()
    edit(copy, "outside.md", "才到田", "方到田")
    assert "方到田" in settled.read().texts[GATES]
    target.unlink()
    assert settled.read().problems == load.sources(copy)[1]


# --- any sequence of changes ------------------------------------------------------------------------


def _page(folder: Path, number: int) -> None:
    (folder / f"annotations/pages/page{number % 3}.md").write_text(f"{number}", encoding="utf-8")


def _remove(folder: Path, number: int) -> None:
    (folder / f"annotations/pages/page{number % 3}.md").unlink(missing_ok=True)


def _damage(folder: Path, number: int) -> None:
    (folder / f"annotations/pages/page{number % 3}.md").write_bytes(b"\xff" * (number % 4))


def _folder(folder: Path, number: int) -> None:
    path = folder / "corpus" / f"other{number % 2}"
    if path.exists():
        shutil.rmtree(path)
    else:
        shutil.copytree(folder / "corpus/canal", path)


def _rename(folder: Path, _: int) -> None:
    here, there = folder / TAGS, folder / "annotations/canal/tags/others"
    (here if here.exists() else there).rename(there if here.exists() else here)


def _stray(folder: Path, number: int) -> None:
    (folder / f"corpus/canal/stray{number % 2}.txt").touch()


CHANGES: tuple[Callable[[Path, int], None], ...] = (_page, _page, _remove, _damage, _folder, _rename, _stray)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_sources_are_those_of_a_new_reading(
    seed: int, settled: Watch, copy: Path
) -> None:
    choice = random.Random(seed)
    for number in range(12):
        for _ in range(choice.randrange(3)):
            choice.choice(CHANGES)(copy, choice.randrange(100))
        found = settled.read()
        assert (found.texts, found.problems) == load.sources(copy), number
        if choice.random() < 0.5:
            time.sleep(2 * _LATER)
