"""What positions in a foreign copy of a text mean, which programs count in ways of their own.

Some count code points and some UTF-16, some the end of a line as one and some as the two characters that
stand there, some the BOM.  Where a file says the words beside the positions, the words decide for a way of
counting; else that in which more stretches are a line, or many more lie in one; else what stands in the file
is counted, in code points and without the BOM.  A way that the file itself gives no cause for (a BOM where
there is none, two characters for a line end that is one) needs more than one such line in five stretches.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, product

BOM = "\ufeff"
BREAK = re.compile(r"\r+\n|\r|\n")
"""The end of a line, however it is stored."""
_HEARD = 2_000  # stretches that are asked which way of counting is theirs

Span = tuple[int, int]
"""(start, end) in code points, end exclusive."""
Said = tuple[int, int, str]
"""(start, end, words): a stretch as a file says it, the words where it does, else empty."""
_Weight = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """A way of counting: at which position every character stands, and the end; whether the text gives cause
    to count so; and what speaks for it."""

    positions: Sequence[int]
    likely: bool
    weight: _Weight = (0, 0, 0)

    def span(self, start: int, end: int) -> Span | None:
        """Positions as code points of the text, where they lie in it and are not empty."""
        first, last = max(0, bisect_right(self.positions, start) - 1), bisect_left(self.positions, end)
        return (first, last) if start >= 0 and last < len(self.positions) and first < last else None


class Counting:
    """The positions of one copy.

    :param stored: the text with its BOM and line ends, as it stands in the file.
    :param said: the stretches of it that the file names, of which some may say their words.
    :param single: whether the end of a line is known to count as one, however it is stored.
    :param lines: whether a line is a unit that a stretch is likely to be, or to lie in.

    ``text`` is the copy without BOM and with LF.  ``sure`` says whether all likely ways mean the same, or
    something speaks for the one that is taken.
    """

    def __init__(
        self, stored: str, said: Iterable[Said], *, single: bool = False, lines: bool = True
    ) -> None:
        body = stored.removeprefix(BOM)
        self.text = BREAK.sub("\n", body)
        self.starts = list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))
        heard = list(dict.fromkeys(islice(said, _HEARD)))
        ways = list(_ways(body, stored != body, (1, 0, 2) if single else (0, 1, 2)))
        # By chance, a stretch may be a line, or lie in one, under a way that the file gives no cause for.
        # A few stretches that run over several lines may be meant to.
        chance = max(1, len(heard) // 5)
        _, whole_lines, in_lines = self._speaking_for(ways[0], heard)
        weighed = []
        for way in ways:
            agree, whole, within = self._speaking_for(way, heard)
            if not way.likely and whole <= whole_lines + chance:
                whole = min(whole, whole_lines)
            weight = (agree, whole, max(0, within - in_lines - chance)) if lines else (agree, 0, 0)
            weighed.append(_Way(positions=way.positions, likely=way.likely, weight=weight))
        self.ways = sorted(weighed, key=lambda way: way.weight, reverse=True)
        self.sure = single or not any(self._rivals(way, heard) for way in self.ways[1:])

    def spans(self, start: int, end: int) -> list[Span | None]:
        """What two positions may mean, the likeliest first; nothing where they lie outside the text."""
        return [way.span(start, end) for way in self.ways]

    def line(self, position: int) -> int:
        """The number of the line in which a code point of the text stands."""
        return min(bisect_right(self.starts, position), len(self.starts) - 1) - 1

    def _rivals(self, way: _Way, heard: list[Said]) -> bool:
        """Whether a way might as well be the one, and would mean other words."""
        taken = self.ways[0]
        if not way.likely or way.weight < taken.weight:
            return False
        return any(way.span(start, end) != taken.span(start, end) for start, end, _ in heard)

    def _speaking_for(self, way: _Way, heard: list[Said]) -> _Weight:
        """How many stretches have their words, how many are a line, and how many lie in one."""
        agree = whole = within = 0
        for start, end, words in heard:
            span = way.span(start, end)
            if span is None:
                continue
            at = self.line(span[0])
            stop = self.starts[at + 1] - 1
            agree += bool(words) and self.text[span[0] : span[0] + len(words)] == words[: span[1] - span[0]]
            whole += span == (self.starts[at], stop)
            within += span[1] <= stop + 1
        return agree, whole, within


def _ways(body: str, bom: bool, endings: tuple[int, ...]) -> Iterator[_Way]:
    seen: set[tuple[int, ...]] = set()
    for first, wide, ending in product((0, 1), (False, True), endings):
        found = tuple(accumulate(_widths(body, wide, ending), initial=first))
        if found not in seen:
            seen.add(found)
            yield _Way(positions=found, likely=(bom or not first) and ending != 2)


def _widths(body: str, wide: bool, ending: int) -> Iterator[int]:
    """What every character counts; ``ending`` is what the end of a line counts, 0 for as many as stand."""
    at = 0
    for end in chain(BREAK.finditer(body), [None]):
        for char in body[at : end.start() if end else len(body)]:
            yield 2 if wide and ord(char) > 0xFFFF else 1
        if end:
            yield ending or len(end.group())
            at = end.end()
