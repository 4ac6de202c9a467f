"""The check of words that ``make check`` runs."""

from __future__ import annotations

import importlib.util
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def words() -> ModuleType:
    """The script, which is in no package."""
    spec = importlib.util.spec_from_file_location("plain_english", ROOT / ".ci" / "plain_english.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    texts = module.texts
    # two tests go through all files: each file is read once for both
    module.__dict__["texts"] = cache(lambda path: list(texts(path)))
    return module


def test_no_file_uses_a_refused_word(words: ModuleType) -> None:
    found = [fault for name, path in words.checked().items() for fault in words.faults(name, path)]
    assert found == []


def test_the_files_of_all_folders_are_checked(words: ModuleType) -> None:
    names = {name.rpartition("/")[0] for name in words.checked()}
    code = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "site_builder").rglob("*.py")}
    assert code <= names
    assert {"", ".ci", "docs", "templates", "tests", "tests/tool", "tests/corpus"} <= names


def test_a_use_is_reported_with_its_place(words: ModuleType, tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text('x = 1\n\n\ndef told() -> str:\n    """What be' + 'came of it."""\n', encoding="utf-8")
    assert list(words.faults("code.py", code)) == [
        'code.py:4:5: "told": use a name without "told"',
        'code.py:5:8: "What be' + 'came of": use the result, or what happened to',
    ]


def test_a_part_of_another_word_is_not_reported(words: ModuleType, tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("# classroom, recommend, outstretched\nuntold = 1\n", encoding="utf-8")
    assert list(words.faults("code.py", code)) == []


def test_every_exception_is_needed_and_has_a_reason(words: ModuleType) -> None:
    exceptions = dict(words.ALLOWED)
    words.ALLOWED.clear()
    try:
        without = [fault for name, path in words.checked().items() for fault in words.faults(name, path)]
    finally:
        words.ALLOWED.update(exceptions)
    for (path, word), reason in exceptions.items():
        uses = [fault for fault in without if fnmatch(fault.partition(":")[0], path)]
        assert any(word == "*" or f'"{word}"' in use.lower() or f'without "{word}"' in use for use in uses), (
            path
        )
        assert len(reason.split()) > 3
