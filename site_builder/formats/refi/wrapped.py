"""A copy with lines that were broken to fit a page, as programs extract the text of a PDF.

Such a text has line ends, hyphens, page numbers and running heads of its pages, so white space has no
meaning.  A line that occurs once in our text is an anchor.  The anchors in the order of our text are kept,
and between two of them the other lines are searched for in order, first unchanged, then with :mod:`difflib`.
Lines without a match are ignored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_ANCHOR = 6  # the least number of characters of an anchor
_SURE = 4  # the least number of characters of a line that is searched for elsewhere
_ALIKE = 0.5  # the least part of a line that must match
_PAIRS = 250_000  # the largest number of character pairs that are compared in one gap
_HYPHENS = ("-", "\u2010", "\u00ad")


def bare(text: str) -> str:
    r"""A text without any white space and line ends, also the wide space of Chinese: ``" a\n b "`` →
    ``"ab"``.
    """
    return "".join(text.split())


def is_wrapped(lines: Sequence[str], blocks: Sequence[str]) -> bool:
    """Whether more lines are a part of a block than are a whole block.

    White space is ignored, and so are parts with fewer than four characters.  No lines, and as many of the
    one as of the other, give false.
    """
    whole = {bare(block) for block in blocks}
    ours = "\n".join(whole)
    shown = [bare(line) for line in lines]
    parts = sum(len(line) >= _SURE and line not in whole and line in ours for line in shown)
    return parts > sum(line in whole for line in shown)


@dataclass(slots=True)
class Block:
    """A block of our text as the copy has it: its text on one line, and the positions of its characters.

    ``at`` maps an offset in the copy to one in ``text``, in code points.
    """

    text: str = ""
    at: dict[int, int] = field(default_factory=dict)


class Joined:
    """The lines of a copy, joined to blocks.

    :param copy: the text of the copy, with LF.
    :param blocks: the texts of our blocks.

    ``blocks`` maps the index of a block to its form in the copy.
    """

    def __init__(self, copy: str, blocks: Sequence[str]) -> None:
        self.copy = copy
        self.ours = [(number, at) for number, text in enumerate(blocks) for at in _shown(text, 0)]
        self.bare = "".join(blocks[number][at] for number, at in self.ours)
        self.lines = list(_lines(copy))
        self.texts = ["".join(copy[at] for at in line) for line in self.lines]
        self.found: dict[int, int] = {}  # offset in the copy → index in our text without white space
        self.kept: set[int] = set()  # lines of our text
        self._anchored()
        self.blocks = self._blocks(blocks)

    def place(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """(block, start, end) for each block that a range of the copy overlaps, in the order of the blocks.

        Start and end are positions in the text of the block as the copy has it (``blocks``).  ``[]`` if the
        range has only lines that match no block, such as page numbers.
        """
        spans: dict[int, tuple[int, int]] = {}
        for number, block in self.blocks.items():
            offsets = [block.at[at] for at in range(first, last) if at in block.at]
            if offsets:
                spans[number] = min(offsets), max(offsets) + 1
        return [(number, *spans[number]) for number in sorted(spans)]

    # lines

    def _anchored(self) -> None:
        anchors = self._anchors()
        ends = [*anchors, (len(self.lines), len(self.bare))]
        line, at = 0, 0
        for number, start in ends:
            self._between(range(line, number), at, start)
            if number < len(self.lines):
                at = self._take(number, start)
            line = number + 1

    def _anchors(self) -> list[tuple[int, int]]:
        """The lines that occur once in our text, as many as possible in its order."""
        unique = []
        for number, text in enumerate(self.texts):
            size = len(_open(text))
            start = self.bare.find(_open(text)) if size >= _ANCHOR else -1
            if start >= 0 and self.bare.find(_open(text), start + 1) < 0:
                unique.append((number, start))
        return _rising(unique)

    def _take(self, number: int, start: int) -> int:
        """Record the place of a line in our text; return its end."""
        text = self.texts[number]
        size = len(text) if self.bare.startswith(text, start) else len(_open(text))
        for offset, at in enumerate(self.lines[number][:size]):
            self.found[at] = start + offset
        self.kept.add(number)
        return start + size

    def _between(self, lines: range, lowest: int, highest: int) -> None:
        """Search for lines in a part of our text, in order."""
        at, left = lowest, list[int]()
        for number in lines:
            text = _open(self.texts[number])
            here = self.bare.startswith(text, at) and at + len(text) <= highest
            start = at if here else self.bare.find(text, at, highest) if len(text) >= _SURE else -1
            if start < 0:
                left.append(number)
                continue
            self._alike(left, at, start)
            at, left = self._take(number, start), []
        self._alike(left, at, highest)

    def _alike(self, lines: list[int], lowest: int, highest: int) -> None:
        """Match changed lines with a part of our text, in its order, if enough of a line is found."""
        offsets = [at for number in lines for at in self.lines[number]]
        words, ours = "".join(self.copy[at] for at in offsets), self.bare[lowest:highest]
        if not words or not ours or len(words) * len(ours) > _PAIRS:
            return
        found: dict[int, int] = {}
        for here, there, size in SequenceMatcher(None, words, ours, autojunk=False).get_matching_blocks():
            if size > 1:
                found |= {offsets[here + n]: lowest + there + n for n in range(size)}
        for number in lines:
            matched = [at for at in self.lines[number] if at in found]
            if len(matched) >= _ALIKE * len(self.lines[number]):
                self.found |= {at: found[at] for at in matched}
                self.kept.add(number)

    # blocks

    def _blocks(self, blocks: Sequence[str]) -> dict[int, Block]:
        made: dict[int, Block] = {}
        last: dict[int, int] = {}  # block → the position of its last matched character in our text
        for number in sorted(self.kept):
            line = self.lines[number]
            current = next(self.ours[self.found[at]][0] for at in line if at in self.found)
            for at in line:
                if at in self.found:
                    current, place = self.ours[self.found[at]]
                    gap = blocks[current][last.get(current, place) + 1 : place]
                    last[current] = place
                elif at == line[-1] and self.copy[at] in _HYPHENS:
                    continue
                else:  # white space between Western words, which our text does not have here
                    gap = " " if at and self.copy[at - 1].isspace() and self.copy[at].isascii() else ""
                block = made.setdefault(current, Block())
                block.text += gap if gap.isspace() and block.text else ""
                block.at[at] = len(block.text)
                block.text += self.copy[at]
        return made


def _shown(text: str, start: int) -> Iterator[int]:
    """The offsets of the characters of a text that are not white space."""
    return (start + at for at, char in enumerate(text) if not char.isspace())


def _lines(copy: str) -> Iterator[list[int]]:
    """For each line, the offsets of its characters that are not white space."""
    start = 0
    for line in copy.split("\n"):
        offsets = list(_shown(line, start))
        if offsets:
            yield offsets
        start += len(line) + 1


def _open(text: str) -> str:
    """A line without the hyphen at its end."""
    return text[:-1] if len(text) > 1 and text.endswith(_HYPHENS) else text


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs with increasing second members; the first members increase already."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, start) in enumerate(pairs):
        at = bisect_left(tails, start)
        previous.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [start]
        ends[at : at + 1] = [index]
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]
