"""YAML text → a tree of nodes with places, and the problems.

``yaml.safe_load`` reads a repeated key as the last one, ``no`` as ``False`` and ``012`` as 10, without an
error.  This module therefore keeps each single value as text, with a note of what YAML reads it as.  Repeated
keys, aliases and tags are errors; no file of a project needs them.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from site_builder.language.characters import code_point, forbidden
from site_builder.model import Place, Problem, within
from site_builder.source.yamlio import errors, lookalikes, simple
from site_builder.source.yamlio.compose import DEEPEST, TOO_DEEP, Composer
from site_builder.source.yamlio.nodes import Node

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SHOWN = 20  # control characters that are reported one by one
_DEEP_INDENT = re.compile(rf"^[ \-?]{{{10 * DEEPEST + 1}}}", re.M)
_NEAR = 3  # lines above an error in which its cause is searched for


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document.

    A value with a problem of its own (an alias, a tag, a control character) is left out of the tree; of a
    repeated key the first value counts.  A syntax error gives ``None`` and one problem.

    :returns: the tree, or ``None`` if the text is empty or is not YAML; and the problems.  An empty text, or
        one of comments alone, gives no problem.
    """
    node, problems = _parsed(text, path)
    return node, list(problems)


@lru_cache(maxsize=256)  # a preview reads the project again after each change of a file
def _parsed(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    plain = simple.parse(text, path) if not _too_deep(text) else None
    return (plain, ()) if plain is not None else with_problems(text, path)


def with_problems(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of any YAML text, with all problems: what :mod:`.simple` leaves."""
    forbidden_here = _forbidden(text, path)
    if forbidden_here:
        return None, forbidden_here
    too_deep = _too_deep(text)
    if too_deep:
        place = Place(path=path, line=too_deep)
        message, hint = TOO_DEEP
        return None, (Problem(place=place, code="Y001", message=message, hint=hint),)
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        return None, (_syntax(error, text, path),)
    if root is None:
        return None, ()
    problems = _tags(text, path)
    node = Composer(path, problems, text.split("\n")).node(root, 0)
    return node, tuple(problems)


def _forbidden(text: str, path: str) -> tuple[Problem, ...]:
    """The first twenty control characters of a file; the last of them has the number of the others."""
    start, wrong = Place(path=path), forbidden(text)
    more = f" (and {len(wrong) - _SHOWN} more)" if len(wrong) > _SHOWN else ""
    return tuple(
        Problem(
            place=within(start, text, offset),
            code="Y001",
            message=f"a YAML file must not contain a control character: {code_point(text[offset])}"
            f"{more if number == _SHOWN else ''}",
            hint="remove the character",
        )
        for number, offset in enumerate(wrong[:_SHOWN], 1)
    )


def _too_deep(text: str) -> int:
    """The number of the first line that is nested too deeply, or 0.

    The parser is recursive, so this is checked before it starts.
    """
    depth, most = 0, 10 * DEEPEST
    if text.count("[") + text.count("{") <= most and not _DEEP_INDENT.search(text):
        return 0  # most files: a line need not be counted by itself
    for number, line in enumerate(text.split("\n"), 1):
        lead = len(line) - len(line.lstrip(" -?"))
        depth = max(0, depth + line.count("[") + line.count("{"))
        if depth > 10 * DEEPEST or lead > 10 * DEEPEST:
            return number
        depth = max(0, depth - line.count("]") - line.count("}"))
    return 0


def _tags(text: str, path: str) -> list[Problem]:
    """An error for each tag in the file.  The nodes of PyYAML do not show whether a tag was written."""
    if "!" not in text:
        return []
    return [
        Problem(
            place=Place(path=path, line=token.start_mark.line + 1, column=token.start_mark.column + 1),
            code="Y003",
            message="a value must not have a YAML tag",
            hint="remove the tag; if '!' is part of the text, put the text in quotation marks",
        )
        for token in yaml.scan(text, Loader=_LOADER)
        if isinstance(token, yaml.TagToken)
    ]


def _syntax(error: yaml.YAMLError, text: str, path: str) -> Problem:
    """The error for an exception of PyYAML, at its most likely cause."""
    alike = _look_alike(error, text, path)
    if alike is not None:
        return alike
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a character that YAML does not allow: the error knows only its index
        position = getattr(error, "position", 0) or 0  # of the C parser, in bytes
        before = text.encode()[:position].decode(errors="ignore")
        row, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    else:
        row, column = mark.line, mark.column
    start = getattr(error, "context_mark", None)
    found = errors.cause(
        errors.ParserError(
            problem=str(getattr(error, "problem", None) or getattr(error, "reason", None) or ""),
            row=row,
            column=column,
            start=(start.line, start.column) if start is not None else None,
        ),
        text.split("\n"),
    )
    return Problem(
        place=Place(path=path, line=min(found.row, text.count("\n")) + 1, column=found.column + 1),
        code="Y001",
        message=found.message,
        hint=found.hint,
    )


def _look_alike(error: yaml.YAMLError, text: str, path: str) -> Problem | None:
    """An error for the nearest character at or above the parser error that looks like a mark of YAML."""
    lines = text.split("\n")
    marks = (getattr(error, "context_mark", None), getattr(error, "problem_mark", None))
    rows = [mark.line for mark in marks if mark is not None]
    if not rows:
        return None
    first, last = max(0, min(rows[0], rows[-1] - _NEAR)), min(rows[-1], len(lines) - 1)
    for row in range(last, first - 1, -1):
        for column in lookalikes.found(lines[row]):
            what, hint = lookalikes.explain(lines[row][column])
            place = Place(path=path, line=row + 1, column=column + 1)
            return Problem(place=place, code="Y001", message=what, hint=hint)
    return None
