"""Every test that SECURITY.md names is one of the suite."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from conftest import ROOT

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


@cache
def functions(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / "tool" / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def named() -> Iterator[tuple[str, str]]:
    """(file, function or nothing) of each name; a name without a file is of the file before it."""
    file = ""
    for found in re.finditer(r"`(test_\w+\.py)?(?:::(test_\w+))?`", PAGE):
        file = found[1] or file
        yield file, found[2] or ""


def test_each_promise_names_tests_that_exist() -> None:
    names = list(named())
    assert len(names) > 25
    for file, function in names:
        assert (ROOT / "tests" / "tool" / file).is_file(), file
        assert not function or function in functions(file), f"{file}::{function}"


def test_each_promise_names_a_test() -> None:
    promises = re.findall(r"(?m)^\*\*[^*]+\.?\*\*.*(?:\n.+)*", PAGE)
    assert len(promises) > 6
    for promise in promises:
        assert re.search(r"`test_\w+\.py", promise), promise
