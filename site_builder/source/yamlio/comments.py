"""The comments of a YAML file.  A parser drops them, and a file that is written again must keep them."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_AFTER_INDICATOR = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)")
"""The comment behind ``|``, which PyYAML counts as a part of the value."""


class Comment(NamedTuple):
    """A comment, from its ``#`` to the end of the line.  ``column`` is counted from 0."""

    column: int
    words: str


def comments(text: str) -> dict[int, Comment]:
    """The comments of a YAML text: row → comment, in the order of the text.  Rows are counted from 0.

    A ``#`` within a value begins no comment.

    :raises yaml.YAMLError: if the text is no YAML.
    """
    if "#" not in text:
        return {}
    rows = [*text.split("\n"), ""]  # the end of the stream can be one row below the last
    found: dict[int, Comment] = {}
    row, column = 0, 0
    for token in yaml.scan(text, Loader=_LOADER):
        start, end = token.start_mark, token.end_mark
        # Between two tokens are only white space and comments.
        for number in range(row, start.line + 1):
            gap = rows[number][: start.column] if number == start.line else rows[number]
            at = gap.find("#", column if number == row else 0)
            if at >= 0:
                found[number] = Comment(at, rows[number][at:])
        is_block = isinstance(token, yaml.ScalarToken) and token.style in ("|", ">")
        if is_block and (behind := _AFTER_INDICATOR.match(rows[start.line], start.column)):
            found[start.line] = Comment(behind.start(1), behind[1])
        row, column = end.line, end.column
    return dict(sorted(found.items()))
