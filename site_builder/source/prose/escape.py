r"""Escapes a line so that Markdown reads it as a paragraph and not as a list, a quotation or a rule.

CommonMark 0.31, sections 2.4 (backslash escapes) and 5.2 (list items): a backslash is an escape only before
ASCII punctuation.  Before a digit it stays in the text, so a numbered line is ``1\.``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBERED = re.compile(r"(?P<number>[0-9]{1,9})(?P<mark>[.)])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BACKSLASH = re.compile(r"\\(?P<next>[!-/:-@\[-`{-~])?")
_SHOWN = 16  # characters of a line in a hint


def plain_line(line: str) -> str:
    r"""The line with the backslash that makes it a paragraph: before its first character, or after a number
    at its start.

    White space at the start is removed.  Whether the line needs a backslash is not checked.

    >>> print(plain_line("  1. 引言"), plain_line("- 甲"), plain_line("# 乙"), sep=", ")
    1\. 引言, \- 甲, \# 乙
    """
    words = line.lstrip(" \t")
    numbered = _NUMBERED.match(words)
    if numbered:
        return f"{numbered['number']}\\{words[numbered.end('number') :]}"
    return f"\\{words}"


def shown_line(line: str) -> str:
    """The line of :func:`plain_line` for a hint: its first 16 characters and ``…`` if it is longer, else all
    of it.

    The backslash is one of the 16 characters.
    """
    plain = plain_line(line)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def unescaped(text: str) -> str:
    r"""The text that Markdown shows: each backslash escape is replaced by its character.

    A backslash before a letter, a digit or a Chinese mark stays.

    ``a\*b`` gives ``a*b``, ``a\b`` stays.
    """
    return _ESCAPED.sub(r"\1", text)


def idle_backslashes(text: str) -> Iterator[int]:
    """The offset (code points) of every backslash that escapes nothing and stays in the text.

    One at the end of the text, or before a letter, a digit or a Chinese mark, escapes nothing.
    """
    yield from (found.start() for found in _BACKSLASH.finditer(text) if not found["next"])
