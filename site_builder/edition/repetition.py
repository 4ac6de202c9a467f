"""Wording that is repeated in another passage of a work.

Texts are compared code point by code point, also their punctuation.  A repetition is as long as it can be,
begins and ends with a letter or digit, has no bracket or quotation mark without its other half, and has at
least :data:`LEAST` units: characters of a script without spaces between words, or whole words of any other.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations, pairwise, product
from typing import Generic, TypeVar

from site_builder.language.characters import is_unspaced
from site_builder.language.rules import BALANCED
from site_builder.records import dataclass

LEAST = 8
"""The fewest units of a repetition; punctuation and white space are none."""

_OPENING = {
    **BALANCED,
    ")": "(",
    "]": "[",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "\N{LEFT DOUBLE QUOTATION MARK}",
}
"""Closing → opening mark."""
_MARKS = re.compile(f"[{re.escape(''.join((*_OPENING, *_OPENING.values())))}]")
_K = TypeVar("_K", bound=Hashable)
_Unit = tuple[int, int]
_Place = tuple[int, int]
"""The index of a text, and of a unit in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Repetition(Generic[_K]):
    """Words of a text, ``text[start:end]`` in code points, which other texts have too.

    ``others`` are the keys of those texts, in their order.
    """

    start: int
    end: int
    others: tuple[_K, ...]


def repetitions(texts: Mapping[_K, str], *, least: int = LEAST) -> dict[_K, tuple[Repetition[_K], ...]]:
    """The repetitions of each text that has one, longest first (in code points), then by their place; ``{}``
    if there are none.

    For each pair of texts these are the longest ranges that both have.  What a text has twice in itself is
    not one.  Case and white space count.  The time is that of reading the texts, and of the pairs of places
    that are found.

    :param least: the fewest units of a repetition, 8 by default.  A unit is one character of a script without
        spaces between words (``有聲音`` has three), or a whole word of any other (``the old canal`` has
        three).

    >>> repetitions({1: "other days, the water comes", 2: "The water comes."}, least=2)
    {1: (Repetition(start=16, end=27, others=(2,)),), 2: (Repetition(start=4, end=15, others=(1,)),)}
    """
    keys, words = [*texts], [*texts.values()]
    found: list[dict[_Unit, set[int]]] = [defaultdict(set) for _ in keys]
    for one, first, other, second in _shared(words, [[*_units(text)] for text in words], least):
        for start, end in _balanced(words[one][first[0] : first[1]], least):
            found[one][first[0] + start, first[0] + end].add(other)
            found[other][second[0] + start, second[0] + end].add(one)
    return {
        key: tuple(
            Repetition(start=start, end=end, others=tuple(keys[n] for n in sorted(others)))
            for (start, end), others in sorted(spans.items(), key=lambda at: (at[0][0] - at[0][1], at[0]))
        )
        for key, spans in zip(keys, found, strict=True)
        if spans
    }


def _units(text: str) -> Iterator[_Unit]:
    """(start, end) of each unit of a text."""
    start = None
    for at, char in enumerate(text):
        single = is_unspaced(char)
        letter = char.isalnum() or (start is not None and bool(unicodedata.combining(char)))
        if start is not None and (single or not letter):
            yield start, at
            start = None
        if letter and single:
            yield at, at + 1
        elif letter and start is None:
            start = at
    if start is not None:
        yield start, len(text)


def _shared(
    texts: list[str], units: list[list[_Unit]], least: int
) -> Iterator[tuple[int, _Unit, int, _Unit]]:
    """The longest ranges that two texts share: (text, its range, other text, its range).

    Two places of the same words begin a range if what is before them differs, so each range is found
    once.
    """
    for places in _grams(texts, units, least).values():
        groups: dict[str | None, list[_Place]] = defaultdict(list)
        for text, unit in places:
            before = texts[text][units[text][unit - 1][0] : units[text][unit][0]] if unit else None
            groups[before].append((text, unit))
        loose = [[place] for place in groups.pop(None, [])]  # nothing before them: no two are alike
        for left, right in combinations([*groups.values(), *loose], 2):
            for (one, i), (other, j) in product(left, right):
                if one != other:
                    size = _length(texts[one], units[one], i, texts[other], units[other], j)
                    yield one, _range(units[one], i, size), other, _range(units[other], j, size)


def _grams(texts: list[str], units: list[list[_Unit]], least: int) -> dict[str, list[_Place]]:
    """Each range of ``least`` units → its places, of those with several."""
    found: dict[str, list[_Place]] = defaultdict(list)
    for number, (text, own) in enumerate(zip(texts, units, strict=True)):
        for at in range(len(own) - least + 1):
            found[text[own[at][0] : own[at + least - 1][1]]].append((number, at))
    return {words: places for words, places in found.items() if len(places) > 1}


def _balanced(text: str, least: int) -> Iterator[_Unit]:
    """The parts of a range between the marks in it that have no other half there."""
    if not _MARKS.search(text):
        yield 0, len(text)
        return
    open_: list[int] = []
    single = []
    for at, char in enumerate(text):
        if char in _OPENING.values():
            open_.append(at)
        elif char in _OPENING:
            if open_ and text[open_[-1]] == _OPENING[char]:
                open_.pop()
            else:
                single.append(at)
    cuts = sorted((*single, *open_))
    for start, end in pairwise((-1, *cuts, len(text))):
        inside = [*_units(text[start + 1 : end])]
        if len(inside) >= least:
            yield start + 1 + inside[0][0], start + 1 + inside[-1][1]


def _range(units: list[_Unit], first: int, size: int) -> _Unit:
    return units[first][0], units[first + size - 1][1]


def _length(one: str, units: list[_Unit], i: int, other: str, others: list[_Unit], j: int) -> int:
    """How many units two texts share, the first from its unit ``i`` and the other from its unit ``j``."""
    start, begin = units[i][0], others[j][0]

    def differs(size: int) -> bool:
        return one[start : units[i + size][1]] != other[begin : others[j + size][1]]

    return bisect_left(range(min(len(units) - i, len(others) - j)), True, key=differs)
