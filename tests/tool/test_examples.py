"""The examples in docstrings are run, so what they show is true."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest
from conftest import ROOT

EXAMPLE = re.compile(r"^\s*>>> ", re.MULTILINE)
NUMBERS = {
    path.relative_to(ROOT).as_posix(): number
    for path in sorted((ROOT / "site_builder").rglob("*.py"))
    if (number := len(EXAMPLE.findall(path.read_text(encoding="utf-8"))))
}
"""Each module with examples → how many it has."""


def module(path: str) -> str:
    """The name of a module: ``site_builder.model`` for ``site_builder/model/__init__.py``."""
    return ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", NUMBERS)
def test_the_examples_of_a_module_are_true(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = doctest.testmod(importlib.import_module(module(path)))
    assert found.failed == 0, capsys.readouterr().out
    assert found.attempted == NUMBERS[path], "an example is where doctest does not find it"


def test_a_wrong_example_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wrong_example.py").write_text('"""One.\n\n>>> 1 + 1\n3\n"""\n', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert doctest.testmod(importlib.import_module("wrong_example")).failed == 1
