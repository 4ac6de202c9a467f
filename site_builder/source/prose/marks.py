"""The marks of our Markdown, and the one place that sets up its parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from site_builder.model import Place, Problem
from site_builder.model.values.naming import ID

ATTRIBUTES = re.compile(r"\s*\{#(?P<id>[^\s}]*)(?:\s+label=(?P<label>[^\s}]+))?\}$")
BLOCK_ID = re.compile(r"\s*\{#(?P<id>[^\s}]*)\}$")
"""The id at the end of a block of an editors' page."""
FENCE = re.compile(r":::(?:\s+(?P<name>[a-z-]+))?$")
MARK = re.compile(
    r"\[@(?P<cite>[^\]\n]*)\]"
    r"|\[(?P<words>[^\]\[]*)\]\((?P<target>[^)\s]*)\)"
    r"|`(?P<form>[^`\n]+)`"
)
ESCAPE = r"\\[!-/:-@\[-`{-~]"
SCAN = re.compile(rf"{ESCAPE}|{MARK.pattern}")
CITED = re.compile(rf"(?:(?P<work>{ID}):)?(?P<passage>{ID})$")
SPECIAL = re.compile(r"[*_&\\\[\]`]")
QUOTED = re.compile(r"「((?:[^「」]|「[^「」]*」)*)」")
OPEN, CLOSE, ENDS = "「『（〔《〈", "」』）〕》〉", "。！？"
GROUPS = ("enumeration",)
FENCES = ("judgement",)


def _markdown() -> MarkdownIt:
    """Blocks only: the inline marks are ours, and text that has none needs no second parser."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")  # to be told, not to pass
    parser.disable("reference")  # "[a]: b" is words, and would be lost
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


BLOCKS = _markdown()


def marks(text: str) -> Iterator[re.Match[str]]:
    """The citations, links and forms of a text.  What stands after a backslash is no mark."""
    return (found for found in SCAN.finditer(text) if found.lastgroup)


def fault(place: Place, code: str, message: str, hint: str = "") -> Problem:
    """An error of reading."""
    return Problem(place=place, code=code, message=message, hint=hint)
