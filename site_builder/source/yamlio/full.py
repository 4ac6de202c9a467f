"""Any YAML text → a tree of nodes with places, and the problems, by libyaml.

``yaml.safe_load`` reads a repeated key as the last one, ``no`` as ``False`` and ``012`` as 10, without an
error.  This module therefore keeps each single value as text, with a note of what YAML reads it as.  Repeated
keys, aliases and tags are errors; no file of a project needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from site_builder.language.characters import code_point, forbidden
from site_builder.model import Place, Problem, within
from site_builder.source.yamlio import errors, lookalikes
from site_builder.source.yamlio.compose import Composer
from site_builder.source.yamlio.depth import TOO_DEEP, too_deep
from site_builder.source.yamlio.nodes import Node

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SHOWN = 20  # control characters that are reported one by one
_LONG = 30  # characters of a comment that are shown
_TIGHT_COMMENT = re.compile(r"[ \t]+#[^\s#]")
_NEAR = 3  # lines above an error in which its cause is searched for


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The tree of any YAML text and its problems; ``None`` if there is no tree.

    An empty text gives ``None`` and no problem.  A forbidden character, too many levels and a syntax error
    give ``None`` and problems.  A repeated key, a key that is a list or a mapping, and a value with a tag of
    its own (``!x``) are left out of the tree, with a problem each (``None`` if it is the whole); a tag of
    YAML (``!!str``) is reported, and its value stays.  An alias (``*x``) is left out with a problem, if the
    file has its anchor; else it is a syntax error.  A syntax error is at its most likely cause: of
    ``a: [1`` at the bracket.

    :param path: the path for the places; no file is opened.
    """
    forbidden_here = _forbidden(text, path)
    if forbidden_here:
        return None, list(forbidden_here)
    deep = too_deep(text)
    if deep:
        place = Place(path=path, line=deep)
        message, hint = TOO_DEEP
        return None, [Problem(place=place, code="Y001", message=message, hint=hint)]
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        return None, [_syntax(error, text, path)]
    if root is None:
        return None, []
    problems = [*_tags(text, path), *_comments(text, path)]
    node = Composer(path, problems, text.split("\n")).node(root, 0)
    return node, problems


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


def _comments(text: str, path: str) -> Iterator[Problem]:
    """A review for each comment directly after a value without quotation marks, if the ``#`` has no space
    after it: it may be meant as a part of the value.
    """
    if not _TIGHT_COMMENT.search(text):
        return
    lines = text.split("\n")
    for token in yaml.scan(text, Loader=_LOADER):
        if not isinstance(token, yaml.ScalarToken) or not token.plain:
            continue
        line, end = lines[token.end_mark.line], token.end_mark.column
        if _TIGHT_COMMENT.match(line, end):
            at = line.index("#", end)
            yield Problem(
                place=Place(path=path, line=token.end_mark.line + 1, column=at + 1),
                code="Y011",
                message=f"what follows '#' is a comment, and no part of the value: {line[at : at + _LONG]}",
                hint="put the value in quotation marks, or write a space after '#'",
                level="review",
            )


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
