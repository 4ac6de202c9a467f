"""Converts positions in an imported copy of a text; programs count them in different ways.

Some programs count code points and some UTF-16 units, some count a line end as one and some as its two
characters, some count the BOM.  If a file gives words with the positions, the words decide between the ways
of counting. Otherwise the way decides in which more ranges are whole lines, or many more are within one line;
otherwise the characters of the file are counted, in code points and without the BOM.  A way without a cause
in the file (a BOM where there is none, two characters for a single line end) needs more than one such line in
five ranges.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, product

from site_builder.records import dataclass

BOM = "\ufeff"
BREAK = re.compile(r"\r+\n|\r|\n")
"""A line end in any form."""
_SAMPLE = 2_000  # ranges that are compared with each way of counting

Span = tuple[int, int]
"""(start, end) in code points, end exclusive."""
NamedRange = tuple[int, int, str]
"""(start, end, words): a range as a file gives it; the words can be empty."""
_Weight = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """A way of counting: the position of every character and of the end; whether the text gives a cause for
    it; and how many ranges support it.
    """

    positions: Sequence[int]
    likely: bool
    weight: _Weight = (0, 0, 0)

    def span(self, start: int, end: int) -> Span | None:
        """Positions as code points of the text; ``None`` if they are outside of it or the range is empty."""
        first, last = max(0, bisect_right(self.positions, start) - 1), bisect_left(self.positions, end)
        return (first, last) if start >= 0 and last < len(self.positions) and first < last else None


class Counting:
    """The positions of one copy.

    :param stored: the text with its BOM and line ends, as it is in the file.
    :param ranges: the ranges of it that the file names; some can have words.
    :param single: whether a line end is known to count as one character, however it is stored.
    :param lines: whether ranges are likely to be a line, or to be within one.

    ``text`` is the copy without BOM and with LF.  ``sure`` says whether all likely ways give the same result,
    or the chosen way has support.
    """

    def __init__(
        self, stored: str, ranges: Iterable[NamedRange], *, single: bool = False, lines: bool = True
    ) -> None:
        body = stored.removeprefix(BOM)
        self.text = BREAK.sub("\n", body)
        self.starts = list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))
        sample = list(dict.fromkeys(islice(ranges, _SAMPLE)))
        ways = list(_ways(body, stored != body, (1, 0, 2) if single else (0, 1, 2)))
        # By chance, a range can be a line, or be within one, in a way without a cause in the file.
        # A few ranges can extend over several lines on purpose.
        chance = max(1, len(sample) // 5)
        _, whole_lines, in_lines = self._support(ways[0], sample)
        weighed = []
        for way in ways:
            agree, whole, within = self._support(way, sample)
            if not way.likely and whole <= whole_lines + chance:
                whole = min(whole, whole_lines)
            weight = (agree, whole, max(0, within - in_lines - chance)) if lines else (agree, 0, 0)
            weighed.append(_Way(positions=way.positions, likely=way.likely, weight=weight))
        self.ways = sorted(weighed, key=lambda way: way.weight, reverse=True)
        self.sure = single or not any(self._rivals(way, sample) for way in self.ways[1:])

    def spans(self, start: int, end: int) -> list[Span | None]:
        """The possible meanings of two positions, the most likely first; ``None`` outside of the text.

        There is one item for each way of counting, also if several are equal, so the list is never empty.  A
        range that is empty or reversed gives ``None``.

        :param start: a position as the file counts; ``end`` likewise, exclusive.
        """
        return [way.span(start, end) for way in self.ways]

    def line(self, position: int) -> int:
        """The index, from 0, of the line that contains a code point of the text.

        A line end belongs to the line that it ends.  A position after the end gives the last line; a
        negative one is not expected.
        """
        return min(bisect_right(self.starts, position), len(self.starts) - 1) - 1

    def _rivals(self, way: _Way, sample: list[NamedRange]) -> bool:
        """Whether a way is as likely as the chosen one, and gives other words."""
        taken = self.ways[0]
        if not way.likely or way.weight < taken.weight:
            return False
        return any(way.span(start, end) != taken.span(start, end) for start, end, _ in sample)

    def _support(self, way: _Way, sample: list[NamedRange]) -> _Weight:
        """How many ranges have their words, how many are a line, and how many are within one."""
        agree = whole = within = 0
        for start, end, words in sample:
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
    """The length of every character; ``ending`` is the length of a line end, 0 for its actual length."""
    at = 0
    for end in chain(BREAK.finditer(body), [None]):
        for char in body[at : end.start() if end else len(body)]:
            yield 2 if wide and ord(char) > 0xFFFF else 1
        if end:
            yield ending or len(end.group())
            at = end.end()
