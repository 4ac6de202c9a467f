"""Estimates of the width of words, for layouts that are made without a font."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NARROW = "iljtfrI.,:;'|!()[]·’‘"
_BROAD = "mwMW@%—…"


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, in a sans serif font of a size in pixels: rather too wide.

    A character of East Asian width is a square; others are estimated by their kind.  The estimates are a
    little wider than DejaVu Sans, which is wider than most.
    """
    return sum(map(_em, text)) * size * (1.06 if bold else 1)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.98
    if character.isupper():
        return 0.72
    return 0.33 if character == " " else 0.6


def cut(text: str, limit: float, size: float) -> str:
    """The text, or its beginning with an ellipsis where it is wider than a limit in pixels."""
    if width(text, size) <= limit:
        return text
    kept = text
    while kept and width(kept + "…", size) > limit:
        kept = kept[:-1]
    return kept.rstrip() + "…"
