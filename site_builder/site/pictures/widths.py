"""Estimates of the width of words, for layouts that are made without a font."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NARROW = "iljtfrI.,:;'|!()[]·’‘"
_CLOSING = ("Pe", "Pf")
"""The categories (Unicode) of marks that close a quotation or a bracket."""
_BROAD = "mwMW@%—…"


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, in a sans serif font of a size in pixels: rather too wide.

    A character of East Asian width is a square; others are estimated by their kind.  The estimates are a
    little wider than DejaVu Sans, which is wider than most.
    """
    return sum(_em(one) * (1.14 if bold and _em(one) < 1 else 1) for one in text) * size


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


def cut(text: str, limit: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning with an ellipsis where it is wider than a limit in pixels.

    The mark that closes a quotation stays.
    """
    if width(text, size, bold=bold) <= limit:
        return text
    end = "…" + (text[-1] if unicodedata.category(text[-1]) in _CLOSING else "")
    kept = text
    while kept and width(kept + end, size, bold=bold) > limit:
        kept = kept[:-1]
    return kept.rstrip() + end


def lines(text: str, limit: float, size: float, most: int) -> tuple[str, ...]:
    """The text on lines that are no wider than a limit in pixels; the last of ``most`` lines is cut.

    A line ends at a space, or behind any character of East Asian width.  A longer word is cut.
    """
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < most - 1 and width(rest, size) > limit:
        end = _end(rest, limit, size)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*found, cut(rest, limit, size)) if rest else tuple(found)


def _end(text: str, limit: float, size: float) -> int:
    """Where the first line of a text ends; no line begins with a mark that ends a clause."""
    longest = best = 0
    total = 0.0
    for n, character in enumerate(text):
        total += width(character, size)
        if total > limit:
            break
        longest = n + 1
        if _can_end(character, text[n + 1 : n + 2] or " "):
            best = n + 1
    return best or max(longest, 1)


def _can_end(character: str, follows: str) -> bool:
    """Whether a line can end between two characters: not before a mark that closes, nor behind one that
    opens.
    """
    if character == " " or follows == " ":
        return True
    is_wide = unicodedata.east_asian_width(character) in "WF"
    opens = unicodedata.category(character) in ("Ps", "Pi")
    return is_wide and not opens and unicodedata.category(follows) not in ("Pe", "Po", "Pf", "Pd")
