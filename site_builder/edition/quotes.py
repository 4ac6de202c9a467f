"""The verdict on a quotation: whether the words still stand in their passage, and where.

Only ``exact`` may build without a word; every other verdict is put before a person, and nothing is
ever re-anchored here.  Texts are compared code point by code point, without normalising; offsets
are counts of code points in the passage, start inclusive, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from types import MappingProxyType

from site_builder.model import NOWHERE, Place, Quote

#: The verdicts, best first.
VERDICTS = ("exact", "moved", "changed", "ambiguous", "lost")

#: Edits allowed in a hundred characters of quotation.  A share and not a number: a fixed tolerance
#: "finds" short quotations that are gone; 15 % leaves those under seven characters no edit at all.
TOLERANCE = 15

#: Above this many cells (quotation times passage, about a second) no close match is looked for.
CELLS = 5_000_000

NO_OTHERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What became of a quotation.  ``kind`` is one of :data:`VERDICTS`.

    ``start`` and ``end`` are set for exact, moved and changed, else ``-1``.  ``found`` is the
    stretch that stands there, for moved and changed.  ``places`` are the starts that compete, for
    ambiguous.  ``elsewhere`` is the id of another passage that holds the quotation, for lost.
    """

    kind: str
    start: int = -1
    end: int = -1
    found: str = ""
    places: tuple[int, ...] = ()
    elsewhere: str = ""


LOST = Verdict(kind="lost")


def judge(quote: Quote, text: str, others: Mapping[str, str] = NO_OTHERS) -> Verdict:
    """Say what became of ``quote`` in the passage ``text``; ``others`` maps passage id → text.

    ``exact``: the words stand once, or their prefix and suffix decide for one place.
    ``moved``: they stand once, and a prefix or suffix that is given says otherwise.
    ``changed``: words within :data:`TOLERANCE` of them stand in one place.
    ``ambiguous``: several places, exact or equally close, and no context decides; a person chooses.
    ``lost``: none of these.

    A quotation with ``to`` is judged by its two ends, ``prefix`` belonging to the first and
    ``suffix`` to the last; the worse verdict holds, and an end before its beginning is lost.
    """
    verdict = _stretch(quote, text) if quote.to else _words(quote, text)
    if verdict.kind != "lost":
        return verdict
    return replace(verdict, elsewhere=_elsewhere(quote, others))


def occurrences(words: str, text: str) -> tuple[int, ...]:
    """Every start of ``words`` in ``text``, overlapping ones too; none for no words."""
    return tuple(_starts(words, text)) if words else ()


def nearest(words: str, text: str) -> tuple[tuple[int, int], ...]:
    """The closest stretches (start, end) within :data:`TOLERANCE` of ``words``, one for each place.

    All returned are equally close.  Stretches with the same start are readings of one place, which
    end sooner or later: the one that keeps most of the words stands for it.
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
    """A stretch of a text as a quotation that has one place; raises as :func:`context` does."""
    prefix, suffix = context(text, start, end)
    return Quote(text=text[start:end], prefix=prefix, suffix=suffix, place=place)


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """The shortest (prefix, suffix) with which ``text[start:end]`` stands once in ``text``.

    Both are empty where the stretch is unique already.  Of equally short pairs the most even wins.
    Raises ValueError unless ``0 <= start < end <= len(text)``.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"A stretch of the text must be given, not {start}:{end} of {len(text)}.")
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


def _stretch(quote: Quote, text: str) -> Verdict:
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
    """Whether a close match can exist: of one piece more than edits, one must have stayed whole."""
    size = len(words) // (limit + 1)
    return any(words[at : at + size] in text for at in range(0, size * (limit + 1), size))


def _closest(words: str, text: str) -> tuple[int, list[tuple[int, int]]]:
    """The fewest edits that make ``words`` a stretch of ``text``, and such stretches, best first.

    Sellers's algorithm, one stretch for each possible end.  A cell is one number: its edits, then
    the characters it loses, then where its stretch starts.  So the smallest cell is the closest,
    among those the one that keeps most of the words, and among those the earliest.
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
    """How many characters before and after two places of the same words are the same."""
    before = zip(reversed(text[:start]), reversed(text[:other]), strict=False)
    after = zip(text[end:], text[other + end - start :], strict=False)
    return _same(before), _same(after)


def _same(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _ways_out(rivals: list[tuple[int, int]], left: int, right: int) -> Iterator[tuple[int, int]]:
    """Lengths (before, after), within the room there is, that tell a place from all its rivals.

    A rival falls away once either side is one character longer than what it has in common; the
    whole passage is unique, so there is always a way.
    """
    for before in sorted({0, *(same + 1 for same, _ in rivals)}):
        after = 1 + max((same for reach, same in rivals if reach >= before), default=-1)
        if before <= left and after <= right:
            yield before, after
