"""Finds the two halves of quotation marks and brackets in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from site_builder.language.characters import is_in_spaced_word as _in_word
from site_builder.language.rules import APOSTROPHES, STRAIGHT, Pair
from site_builder.records import dataclass

_PREFIX = re.compile(r"(?<!\w)[והבכלמש]{1,3}$")


@dataclass(frozen=True, slots=True)
class Paired:
    """The pairs of a text.  Offsets count code points.

    ``spans`` are the offsets of the opening and the closing mark of each pair, in the order of the opening
    marks; pairs never cross.  ``unclosed`` are the offsets of opening marks without their other half.
    """

    spans: tuple[tuple[int, int], ...]
    unclosed: tuple[int, ...]

    def depths(self, length: int) -> list[int]:
        """For each character of a text of that length, the number of pairs around it, as a list.

        An opening mark is inside of its pair, a closing mark outside.

        >>> paired("「a」b", [("「", "」")]).depths(4)
        [1, 1, 0, 0]
        """
        change = [0] * (length + 1)
        for start, end in self.spans:
            change[start] += 1
            change[end] -= 1
        return list(accumulate(change[:-1]))


def paired(text: str, pairs: Iterable[Pair]) -> Paired:
    """Match the marks of a text.

    A closing mark ends the last open pair that it can close; what is open inside of that pair counts as
    unpaired.  A mark that opens and closes closes if it can.  An apostrophe (``’``, ``'``) within or at the
    end of a word is no mark: ``don’t``, ``the students’ books``; nor is ``"`` after a number that opens
    nothing, or ``"`` and ``״`` in an abbreviation in Hebrew.  Unpaired marks do not count.
    """
    marks, closing, openers = _marks(tuple(pairs))
    opened: list[int] = []
    dropped: list[int] = []
    spans = []
    waiting = dict.fromkeys(openers, 0)  # opening mark → how often it is in ``opened``
    for mark in marks.finditer(text):
        at, char = mark.start(), mark[0]
        closes = char in closing and any(waiting[opener] for opener in closing[char])
        if closes and (start := _match(text, at, opened, closing[char])) is not None:
            while (last := opened.pop()) != start:
                waiting[text[last]] -= 1
                dropped.append(last)
            waiting[text[start]] -= 1
            spans.append((start, at))
        elif char in openers and _can_open(text, at):
            opened.append(at)
            waiting[char] += 1
    return Paired(tuple(sorted(spans)), tuple(sorted((*dropped, *opened))))


@lru_cache(maxsize=64)
def _marks(pairs: tuple[Pair, ...]) -> tuple[re.Pattern[str], dict[str, str], str]:
    """What finds the marks of pairs; each closing mark → the opening marks that it closes; and these all."""
    closing: dict[str, str] = {}
    for opener, closer in pairs:
        closing[closer] = closing.get(closer, "") + opener
    openers = "".join(closing.values())
    every = "".join(map(re.escape, dict.fromkeys((*closing, *openers))))
    return re.compile(f"[{every}]" if every else r"(?!)"), closing, openers


def _match(text: str, at: int, opened: list[int], openers: str) -> int | None:
    """The offset of the open mark that the mark at an offset closes."""
    start = next((start for start in reversed(opened) if text[start] in openers), None)
    return start if start is not None and _can_close(text, at, start) else None


def _can_close(text: str, at: int, start: int) -> bool:
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in STRAIGHT:
        if _in_word(before) and _in_word(after) and _closes_later(text, at, text[start]):
            return False  # of an abbreviation in Hebrew
        return not (before.isspace() and after and not after.isspace())
    if char not in APOSTROPHES:
        return True
    if not before or before.isspace() or _in_word(after):
        return False
    return not (_is_possessive(text, at) and _closes_later(text, at, text[start]))


def _is_possessive(text: str, at: int) -> bool:
    """Whether an apostrophe is after an s and before a word in lower case: ``the students’ books``."""
    after = text[at + 1 : at + 3]
    return text[at - 1 : at] in ("s", "z", "x") and after[:1] == " " and after[1:].islower()


def _closes_later(text: str, at: int, opener: str) -> bool:
    """Whether the same mark can close before the next mark that opens."""
    for later in range(at + 1, len(text)):
        char = text[later]
        if char == text[at]:
            if not text[later - 1].isspace() and not _in_word(text[later + 1 : later + 2]):
                return True
        elif char == opener:
            return False
    return False


def _is_after_prefix(text: str, at: int) -> bool:
    """Whether a mark opens a quotation after a prefix of Hebrew, which is written with the word: ב"הארץ".

    In an abbreviation no such mark closes later: מ"מ.
    """
    return (
        _PREFIX.search(text[max(0, at - 4) : at]) is not None
        and all(map(_in_word, text[at + 1 : at + 3]))
        and _closes_later(text, at, "")
    )


def _can_open(text: str, at: int) -> bool:
    char, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if char in STRAIGHT:
        return not after.isspace() and (not _in_word(before) or _is_after_prefix(text, at))
    if char in APOSTROPHES:
        return after.isalnum() and not before.isalnum()
    return True
