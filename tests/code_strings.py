"""The strings of a module, for tests that read the code of the tool."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of the strings of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value
