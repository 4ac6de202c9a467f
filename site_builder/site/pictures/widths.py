"""Estimates of the width of words, for layouts that are made without a font."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Characters by their widths in DejaVu Sans.
_NARROW = "iljIJ.,:;'|/\\·’‘ "
_SLENDER = "trf()[]!-"
_LARGE = "DGHNOQU"
_SIGNS = "+−<>=~#&w"
_CLOSING = ("Pe", "Pf")
"""The categories (Unicode) of marks that close a quotation or a bracket."""
_BROAD = "mMW@%—…"
_QUOTES = "“”‘’"
"""Quotation marks of Latin texts and of simplified Chinese, where each fills a square."""


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, in a sans serif font of a size in pixels: rather too wide.

    A character of East Asian width is as wide as ``size``, also in bold, and so is a quotation mark in a text
    with such; others are estimated by their kind.  A
    character narrower than ``size`` is 1.14 times as wide in bold.  ``""`` gives 0.

    >>> width("水", 10), width("a", 10), width("A", 10), width("m", 10)
    (10.0, 6.4, 7.0, 10.0)
    """
    quotes = _has_squares(text)
    ems = [_em(one, quotes=quotes) for one in text]
    return sum(em * (1.14 if bold and em < 1 else 1) for em in ems) * size


def _has_squares(text: str) -> bool:
    """Whether a text has characters of East Asian width, so that its quotation marks are squares, too."""
    return any(unicodedata.east_asian_width(one) in "WF" for one in text)


def _is_square(character: str, *, quotes: bool) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or (quotes and character in _QUOTES)


def _em(character: str, *, quotes: bool) -> float:
    if _is_square(character, quotes=quotes):
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.34
    if character in _SLENDER:
        return 0.42
    if character in _BROAD:
        return 1.0
    if character in _SIGNS:
        return 0.84
    if character.isupper():
        return 0.79 if character in _LARGE else 0.7
    return 0.64


def cut(text: str, limit: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning with an ellipsis where it is wider than a limit in pixels.

    The ellipsis is ``…``.  A mark that closes a quotation or a bracket at the end of the text stays after the
    ellipsis.  Spaces before the ellipsis are left out.  Where nothing fits, the ellipsis and this mark are
    returned although they are wider.  A word of which a part is left is left out, if half of what is left
    remains.

    >>> cut("one two three", 60, 10), cut("“one two three”", 60, 10), cut("one", 0, 10)
    ('one two…', '“one…”', '…')
    """
    if width(text, size, bold=bold) <= limit:
        return text
    end = "…" + (text[-1] if unicodedata.category(text[-1]) in _CLOSING else "")
    kept = text
    while kept and width(kept + end, size, bold=bold) > limit:
        kept = kept[:-1]
    return _whole_words(kept, text) + end


def _whole_words(kept: str, text: str) -> str:
    """The beginning of a text without a part of a word at its end, if half of it or more is left then."""
    if kept and _em(kept[-1], quotes=False) < 1 and kept[-1] != " " and text[len(kept)] != " ":
        words = kept[: kept.rfind(" ") + 1].rstrip()
        if 2 * len(words) >= len(kept):
            return words
    return kept.rstrip()


def lines(text: str, limit: float, size: float, most: int) -> tuple[str, ...]:
    """The text on lines that are no wider than a limit in pixels; the last of ``most`` lines is cut as by
    :func:`cut`.

    A line ends at a space, or behind any character of East Asian width, but not before a mark that closes,
    nor behind one that opens.  A longer word is divided.  Spaces at the ends of lines are left out; a text
    that is empty, or only white space, gives ``()``.

    >>> lines("one two three", 50, 10, 2), lines("水火土", 20, 10, 2), lines("wordlong", 20, 10, 2)
    (('one two', 'three'), ('水火', '土'), ('wor', 'dl…'))
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
    quotes = _has_squares(text)
    for n, character in enumerate(text):
        total += _em(character, quotes=quotes) * size
        if total > limit:
            break
        longest = n + 1
        if _can_end(character, text[n + 1 : n + 2] or " ", quotes=quotes):
            best = n + 1
    return best or max(longest, 1)


def _can_end(character: str, follows: str, *, quotes: bool) -> bool:
    """Whether a line can end between two characters: not before a mark that closes, nor behind one that
    opens.
    """
    if character == " " or follows == " ":
        return True
    is_wide = _is_square(character, quotes=quotes)
    opens = unicodedata.category(character) in ("Ps", "Pi")
    return is_wide and not opens and unicodedata.category(follows) not in ("Pe", "Po", "Pf", "Pd")
