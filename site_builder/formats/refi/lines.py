"""A copy of a text in the file of another program, and its lines.

If the lines were broken to fit a page, they are joined first (``wrapped``).  Otherwise a line is the block of
our text that is equal to it, in the order of both texts; otherwise one that is similar (:mod:`difflib`),
since the edition can have changed after the copy was made.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from site_builder.formats.refi.counting import BOM, BREAK, Counting, NamedRange
from site_builder.formats.refi.wrapped import Joined, bare, is_wrapped
from site_builder.importing.wording import short
from site_builder.model import Heading, Passage, Work
from site_builder.records import dataclass

CLOSE = 0.5
"""The least similarity (0 to 1) of a line and the block that it is matched with."""
ALIKE = 0.3
"""The same if there is no alternative: as many lines as blocks are between two known ones."""
SEVERAL = "runs over several"
"""The reason why a range is refused: it extends over several lines."""
_END = 12  # characters at each end of a passage that identify it
_PAIRS = 5_000  # the largest number of lines times blocks that are compared in one gap


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRange:
    """A range of a copy, ``line[start:end]``, and the block of our text that the line is, if any."""

    line: str
    start: int
    end: int
    block: Heading | Passage | None

    @property
    def words(self) -> str:
        """The words of the range: ``line[start:end]``, not shortened."""
        return self.line[self.start : self.end]

    @property
    def whole(self) -> bool:
        """Whether the range is the whole line; ``line`` has no white space at its ends."""
        return (self.start, self.end) == (0, len(self.line))


def decoded(data: bytes) -> str:
    """The characters of a plain text file, including its BOM; invalid bytes become U+FFFD.

    UTF-16 needs a BOM; everything else is read as UTF-8.  Line ends stay.  Empty data gives ``""``.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return BOM + data.decode("utf-16", errors="replace")
    return data.decode("utf-8", errors="replace")


def likeness(stored: str, work: Work) -> int:
    """How many passages of a work are in a text, as lines of it or over several lines.

    0 if none is.  -1 if the text is longer than four times the work, with its headings, and 10 000 code
    points more.  A heading that is found does not count.
    """
    if len(stored) > 4 * sum(len(block.text) for block in work.blocks) + 10_000:
        return -1
    lines = {_stored(line).strip() for line in BREAK.split(stored.removeprefix(BOM))}
    joined = bare(stored)
    return sum(passage.text in lines or _within(bare(passage.text), joined) for passage in work.passages)


def _within(passage: str, joined: str) -> bool:
    """Whether a text without white space contains a passage, or its two ends: a page can end within it."""
    ends = passage[:_END], passage[-_END:]
    return passage in joined or (len(passage) > 2 * _END and all(end in joined for end in ends))


def _stored(line: str) -> str:
    """A line of a copy with our line ends of verse, which the export writes as U+2028."""
    return line.replace("\u2028", "\n")


class Copy:
    """A copy of the text of a work; ``stored``, ``ranges`` and ``single`` as for :class:`Counting`."""

    def __init__(
        self, stored: str, work: Work, ranges: Iterable[NamedRange], *, single: bool = False
    ) -> None:
        texts = [block.text for block in work.blocks]
        pages = is_wrapped(BREAK.split(stored.removeprefix(BOM)), texts)
        self.counting = Counting(stored, ranges, single=single, lines=not pages)
        self.joined = Joined(self.counting.text, texts) if pages else None
        self.work = work
        self.lines = [_stored(line) for line in self.counting.text.split("\n")]
        self.longest = 4 * max((len(block.text) for block in work.blocks), default=0) + 1000
        shown = [(at, line.strip()) for at, line in enumerate(self.lines) if line.strip()]
        found = aligned([line for _, line in shown], texts) if not pages else [None] * len(shown)
        self.blocks = {at: work.blocks[i] for (at, _), i in zip(shown, found, strict=True) if i is not None}

    def find(self, start: int, end: int, words: str = "") -> LineRange | str:
        """The range at two positions, or the reason why it is not a range of one line.

        The reasons are ``is outside its text``, ``holds no words``, and ``runs over several``.  Line ends and
        white space at the ends of a line are left out of the range.  A line that matches no block of our
        text has ``block=None``.  In a copy with lines that were broken to fit a page, the lines are joined
        first.

        :param start: a position as the file counts; ``end`` likewise, exclusive.
        :param words: the words that the file gives with the positions.  They choose between ways of
            counting; that the range has these words is not checked.
        """
        spans = self.counting.spans(start, end)
        agreeing = (span for span in spans if span is not None and self._agrees(*span, words))
        span = next(agreeing, spans[0]) if words else spans[0]
        if span is None:
            return "is outside its text"
        first, last = span
        if last - first > self.longest:
            return SEVERAL
        held = self.counting.text[first:last]
        first += len(held) - len(held.lstrip("\n"))
        last -= len(held) - len(held.rstrip("\n"))
        if first >= last:
            return "holds no words"
        if self.joined is not None:
            over = self.joined.place(first, last)
            if len(over) > 1:
                return SEVERAL
            for number, begins, ends in over:
                line = self.joined.blocks[number].text
                return LineRange(line=line, start=begins, end=ends, block=self.work.blocks[number])
        at = self.counting.line(first)
        if self.counting.line(last - 1) != at:
            return SEVERAL
        begins = self.counting.starts[at]
        return self._line_range(at, first - begins, last - begins)

    def words(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` (exclusive) as one line for a message: after 60 characters they
        end in ``…``.

        Positions are those of the file, in the most likely way of counting.  They can extend over several
        lines; a line end becomes a space.  ``""`` if the range is empty or reversed, or if a part of it is
        outside of the text.
        """
        span = self.counting.spans(start, end)[0]
        return "" if span is None else short(self.counting.text[span[0] : span[1]])

    def _line_range(self, at: int, start: int, end: int) -> LineRange | str:
        """A range of one line, without the white space at the ends of the line."""
        line = self.lines[at].strip()
        blank = self.lines[at].index(line)
        start, end = max(0, start - blank), min(len(line), end - blank)
        if start >= end:
            return "holds no words"
        return LineRange(line=line, start=start, end=end, block=self.blocks.get(at))

    def _agrees(self, start: int, end: int, words: str) -> bool:
        if max(end - start, len(words)) > self.longest:
            return False
        return bare(self.counting.text[start:end]) == bare(words)


def aligned(lines: Sequence[str], blocks: Sequence[str]) -> list[int | None]:
    """For each line, the index of its block, or ``None``; no block is used twice.

    ``aligned(["a", "x", "b"], ["b", "a"])`` gives ``[1, None, 0]``.  A line that is equal to no block gets a
    similar one, if it has the right place between equal ones.  Blocks without a line do not occur.  No lines
    give ``[]``.
    """
    found: list[int | None] = [None] * len(lines)
    gaps: list[tuple[list[int], list[int]]] = []
    for tag, a, b, c, d in SequenceMatcher(None, lines, blocks, autojunk=False).get_opcodes():
        if tag == "equal":
            found[a:b] = range(c, d)
        else:
            gaps.append((list(range(a, b)), list(range(c, d))))
    _moved(found, lines, blocks)
    taken = set(found)
    for here, there in gaps:
        left = [n for n in there if n not in taken]
        _close(found, [at for at in here if found[at] is None], left, lines, blocks)
    return found


def _moved(found: list[int | None], lines: Sequence[str], blocks: Sequence[str]) -> None:
    """Match lines that are elsewhere in our text."""
    taken = {n for n in found if n is not None}
    free = {text: n for n, text in reversed(list(enumerate(blocks))) if n not in taken}
    for at, line in enumerate(lines):
        if found[at] is None:
            found[at] = free.pop(line, None)


def _close(
    found: list[int | None], here: list[int], there: list[int], lines: Sequence[str], blocks: Sequence[str]
) -> None:
    """Match changed lines: each with the most similar block after the last match."""
    if len(here) * len(there) > _PAIRS:
        return
    if len(here) == len(there):
        found_here = ((at, [n], ALIKE) for at, n in zip(here, there, strict=True))
    else:
        found_here = ((at, there, CLOSE) for at in here)
    last = -1
    for at, candidates, least in found_here:
        rated = [(_ratio(lines[at], blocks[n], least), -n) for n in candidates if n > last]
        best, number = max(rated, default=(0.0, 0))
        if best >= least:
            found[at] = last = -number


def _ratio(line: str, block: str, least: float) -> float:
    matcher = SequenceMatcher(None, line, block, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
