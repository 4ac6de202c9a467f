"""The marks that this project adds to Markdown, and the parser of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from site_builder.language import hidden
from site_builder.model import About, Place, Problem
from site_builder.model.values.naming import ID

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

ATTRIBUTES = re.compile(r"\s*\{#(?P<id>[^\s}]*)(?:\s+label=(?P<label>[^\s}]+))?\}$")
BLOCK_ID = re.compile(r"\s*\{#(?P<id>[^\s}]*)\}$")
"""The id at the end of a block of an editors' page."""
FENCE = re.compile(r":::(?:\s+(?P<name>[a-z-]+))?$")
MARK = re.compile(
    r"\[@(?P<cite>[^\]\n]*)\]"
    r"|\[(?P<words>[^\]\[]*)\]\((?P<target>[^)\s]*)\)"
    r"|\[(?P<unquoted>[^\]\[]*)\]\{\.not-quoted\}"
    r"|`(?P<form>[^`\n]+)`"
)
ESCAPE = r"\\[!-/:-@\[-`{-~]"
SCAN = re.compile(rf"{ESCAPE}|{MARK.pattern}")
CITED = re.compile(rf"(?:(?P<work>{ID}):)?(?P<passage>{ID})$")
SPECIAL = re.compile(r"[*_&\\\[\]`]")
GROUPS = ("enumeration",)
FENCES = ("judgement",)


def block_tokens(text: str) -> list[Token]:
    """The tokens of markdown-it for the blocks of a text, in order; ``[]`` for a blank text.

    The words of a block are one token, ``inline``, whose ``content`` is not parsed; :mod:`.inlines` does
    that.
    """
    return _blocks().parse(text)


@cache
def _blocks() -> MarkdownIt:
    """The parser of blocks.  It is made when it is needed, because markdown-it takes time to import."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")  # so that HTML and tables are reported
    parser.disable("reference")  # "[a]: b" is text; as a definition it would be lost
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def marks(text: str) -> Iterator[re.Match[str]]:
    """The citations, links, forms and words that are no quotation, in order.  A mark after a backslash is
    text.

    The group ``cite``, ``target`` (with ``words``), ``form`` or ``unquoted`` of a match is set, without the
    marks around it, and the others are ``None``.  All except ``form`` can be empty.  A target with white
    space makes no link.

    >>> [found["cite"] or found["target"] for found in marks("[@p2] [a](b c) [閘](things:gate)")]
    ['p2', 'things:gate']
    """
    return (found for found in SCAN.finditer(text) if found.lastgroup)


def error(place: Place, code: str, message: str, hint: str = "") -> Problem:
    """A problem of the level ``"error"`` with these parts."""
    return Problem(place=place, code=code, message=message, hint=hint)


def unseen(place: Place, text: str, offset: int, found: hidden.Verdict) -> Problem:
    """The problem of a character that was lost or is invisible (T008), at its place: an error, or a review
    that is about the character in its text.
    """
    return Problem(
        place=place,
        code="T008",
        message=found.message,
        hint=found.hint,
        level="error" if found.error else "review",
        about=None if found.error else About(id="", text=text, start=offset, end=offset + 1),
    )
