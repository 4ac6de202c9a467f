"""YAML text → a tree of nodes with places, and the problems."""

from __future__ import annotations

from site_builder.model import Problem
from site_builder.source.yamlio import simple
from site_builder.source.yamlio.depth import too_deep
from site_builder.source.yamlio.nodes import Node


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document.

    A value with a problem of its own (an alias, a tag of the file's own, an escaped control character) is
    left out of the tree; of a repeated key the first value counts.  A tag of YAML (``!!str``) is a problem
    too, but its value stays.  A syntax error gives ``None`` and one problem (Y001); an alias without its
    anchor (``a: *x``) is one.

    :returns: the tree, or ``None`` if the text is empty or is not YAML, or if the whole is such a value; and
        the problems.  An empty text, or one of comments alone, gives no problem.
    """
    found = simple.parse(text, path) if not too_deep(text) else None
    if found is not None:
        return found, []
    # imported late: most projects have only simple files, and libyaml takes time to import
    from site_builder.source.yamlio import full

    return full.parse(text, path)
