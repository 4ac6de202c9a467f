"""The verdict on a quotation: whether its words are still in their passage, and where.

Only ``exact`` passes without a message.  A person decides about every other verdict; nothing is re-anchored
here.  Texts are compared code point by code point, without normalization; offsets are code points in the
passage, start inclusive, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from types import MappingProxyType

from site_builder.model import NOWHERE, Place, Quote
from site_builder.records import dataclass, replace

#: The verdicts, best first.
VERDICTS = ("exact", "moved", "changed", "ambiguous", "lost")

#: The number of edits allowed in a hundred characters of a quotation.  It is a proportion, since a fixed
#: number would match short quotations that are gone; 15 % allows no edit below seven characters.
TOLERANCE = 15

#: The largest product of the lengths of quotation and passage for a similarity search (about a second).
CELLS = 5_000_000

NO_OTHERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The result for a quotation.  ``kind`` is ``exact``, ``moved``, ``changed``, ``ambiguous`` or ``lost``.

    ``start`` and ``end`` are set for exact, moved and changed, otherwise ``-1``.  ``found`` is the text
    there, for moved and changed.  ``places`` are the possible starts, for ambiguous.  ``elsewhere`` is the id
    of another passage that contains the quotation, for lost.
    """

    kind: str
    start: int = -1
    end: int = -1
    found: str = ""
    places: tuple[int, ...] = ()
    elsewhere: str = ""


LOST = Verdict(kind="lost")


def judge(quote: Quote, text: str, others: Mapping[str, str] = NO_OTHERS) -> Verdict:
    """Find ``quote`` in the passage ``text``; ``others`` maps passage id → text.

    ``exact``: the words occur once, or their prefix and suffix select one place.  ``moved``: the words occur
    once, but with another prefix or suffix than the quotation has.  ``changed``: words with at most 15 edits
    in a hundred characters (none is allowed below seven characters) occur in one place.  ``ambiguous``: there
    are several places, exact or equally similar, and the context selects none.  ``lost``: none of these; also
    for an empty quotation.

    A quotation with ``to`` is checked by its two ends; ``prefix`` belongs to the first and ``suffix`` to the
    last. The worse verdict counts, and an end before its beginning is lost.  ``others`` is only used for
    ``elsewhere`` of a lost quotation: the first passage with its exact words, without regard to the context.
    """
    verdict = _ends(quote, text) if quote.to else _words(quote, text)
    if verdict.kind != "lost":
        return verdict
    return replace(verdict, elsewhere=_elsewhere(quote, others))


def occurrences(words: str, text: str) -> tuple[int, ...]:
    """Every start of ``words`` in ``text``, in order, also overlapping ones; ``()`` for empty ``words``.

    Starts are offsets in code points; words that do not occur give ``()``.
    """
    return tuple(_starts(words, text)) if words else ()


def nearest(words: str, text: str) -> tuple[tuple[int, int], ...]:
    """The ranges (start, end) that are most similar to ``words``, in order, one for each place.

    They have at most 15 edits (a character changed, added or left out) for a hundred characters of ``words``,
    rounded down.  All ranges are equally similar.  Of ranges with the same start, the one that keeps most of
    the words is returned.  ``()`` if there is none, if ``words`` is too short for an edit (below seven
    characters), or if the product of both lengths is above 5 000 000.  Unchanged words are found as well.

    >>> nearest("the old dike", "They left the cold dike.")
    ((10, 23),)
    """
    limit = len(words) * TOLERANCE // 100
    if not limit or len(words) * len(text) > CELLS or not _possible(words, text, limit):
        return ()
    edits, spans = _closest(words, text)
    if edits > limit:
        return ()
    best = dict(reversed(spans))  # of several ends of one start, the first given is kept
    return tuple(sorted(best.items()))


def placed(text: str, start: int, end: int, place: Place = NOWHERE) -> Quote:
    """A range of a text as a quotation with exactly one place.

    ``prefix`` and ``suffix`` are the shortest with which the words occur once (as in :func:`context`); both
    are ``""`` if the words occur once anyway.  A long range is quoted whole, never by its two ends.

    :param place: the place of the quotation in a file; by default in none.
    :raises ValueError: unless ``0 <= start < end <= len(text)``.
    """
    prefix, suffix = context(text, start, end)
    return Quote(text=text[start:end], prefix=prefix, suffix=suffix, place=place)


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """The shortest (prefix, suffix) with which ``text[start:end]`` occurs once in ``text``.

    Both are empty if the range is unique already.  Of equally short pairs, the most balanced one is returned;
    of two such pairs, the one with the longer suffix.  ``context("paX qaY", 1, 2)`` gives ``("", "X")``.

    :raises ValueError: unless ``0 <= start < end <= len(text)``.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"A range of the text must be given, not {start}:{end} of {len(text)}.")
    rivals = [_alike(text, start, end, at) for at in _starts(text[start:end], text) if at != start]
    before, after = min(
        _ways_out(rivals, start, len(text) - end),
        key=lambda way: (sum(way), abs(way[0] - way[1]), way),
    )
    return text[start - before : start], text[end : end + after]


def _words(quote: Quote, text: str) -> Verdict:
    starts = occurrences(quote.text, text)
    size = len(quote.text)
    fitting = [start for start in starts if _fits(quote, text, start, start + size)]
    if len(fitting) == 1:
        return Verdict(kind="exact", start=fitting[0], end=fitting[0] + size)
    if len(starts) > 1:
        return Verdict(kind="ambiguous", places=starts)
    if starts:
        return Verdict(kind="moved", start=starts[0], end=starts[0] + size, found=quote.text)
    return _near(quote, text)


def _near(quote: Quote, text: str) -> Verdict:
    spans = nearest(quote.text, text)
    fitting = tuple(span for span in spans if _fits(quote, text, *span))
    chosen = fitting if len(fitting) == 1 else spans
    if not chosen:
        return LOST
    if len(chosen) > 1:
        return Verdict(kind="ambiguous", places=tuple(start for start, _ in chosen))
    start, end = chosen[0]
    return Verdict(kind="changed", start=start, end=end, found=text[start:end])


def _ends(quote: Quote, text: str) -> Verdict:
    first = _words(Quote(text=quote.text, prefix=quote.prefix), text)
    last = _words(Quote(text=quote.to, suffix=quote.suffix), text)
    worse = max(first, last, key=lambda verdict: VERDICTS.index(verdict.kind))
    if worse.kind in ("ambiguous", "lost"):
        return worse
    if last.start < first.end:
        return LOST
    found = "" if worse.kind == "exact" else text[first.start : last.end]
    return Verdict(kind=worse.kind, start=first.start, end=last.end, found=found)


def _elsewhere(quote: Quote, others: Mapping[str, str]) -> str:
    return next((id for id, text in others.items() if _holds(quote, text)), "")


def _holds(quote: Quote, text: str) -> bool:
    if not quote.text or (start := text.find(quote.text)) < 0:
        return False
    return not quote.to or text.find(quote.to, start + len(quote.text)) >= 0


def _fits(quote: Quote, text: str, start: int, end: int) -> bool:
    return text.endswith(quote.prefix, 0, start) and text.startswith(quote.suffix, end)


def _starts(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _possible(words: str, text: str, limit: int) -> bool:
    """Whether a similar range can exist: of ``limit + 1`` pieces, at least one must be unchanged."""
    size = len(words) // (limit + 1)
    return any(words[at : at + size] in text for at in range(0, size * (limit + 1), size))


def _closest(words: str, text: str) -> tuple[int, list[tuple[int, int]]]:
    """The fewest edits that make ``words`` a range of ``text``, and such ranges, best first.

    Sellers's algorithm, with one range for each possible end.  A cell is one number: its edits, then the
    characters it loses, then the start of its range.  So the smallest cell has the fewest edits; among those
    it keeps most of the words, and among those it is the earliest.
    """
    width = len(text) + 1
    insert = (2 * len(words) + 1) * width
    swap, drop = insert + width, insert + 2 * width
    column = [row * drop for row in range(len(words) + 1)]
    cells = []
    for end, character in enumerate(text, 1):
        diagonal, column[0] = column[0], end
        for row, wanted in enumerate(words, 1):
            kept = diagonal if wanted == character else diagonal + swap
            diagonal = column[row]
            column[row] = min(kept, diagonal + insert, column[row - 1] + drop)
        cells.append((column[-1], end))
    edits = min(cells)[0] // insert
    return edits, [(cell % width, end) for cell, end in sorted(cells) if cell // insert == edits]


def _alike(text: str, start: int, end: int, other: int) -> tuple[int, int]:
    """How many characters before and after two places of the same words are equal."""
    before = zip(reversed(text[:start]), reversed(text[:other]), strict=False)
    after = zip(text[end:], text[other + end - start :], strict=False)
    return _same(before), _same(after)


def _same(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _ways_out(rivals: list[tuple[int, int]], left: int, right: int) -> Iterator[tuple[int, int]]:
    """Lengths (before, after), within the text, that distinguish a place from all its rivals.

    A rival is excluded if one side is one character longer than the common part.  The whole passage is
    unique, so there is always a result.
    """
    for before in sorted({0, *(same + 1 for same, _ in rivals)}):
        after = 1 + max((same for reach, same in rivals if reach >= before), default=-1)
        if before <= left and after <= right:
            yield before, after
