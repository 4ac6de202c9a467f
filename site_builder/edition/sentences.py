"""The ids of sentences.

The source gives ids to blocks.  The sentences of a block get theirs from the ledger, which identifies each by
the digest of its words: a sentence with unchanged words keeps its id wherever it moves in the block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import inf

from site_builder.edition import anchors
from site_builder.model import Anchor
from site_builder.records import dataclass

_SIMILAR = 0.5
_COMPARED = 40_000
"""Pairs of a new sentence and a missing line of one block that are all compared (about a second)."""
_REACH = 50  # lines before and after a sentence, in a block with more


def digest(text: str) -> str:
    """The :func:`site_builder.edition.anchors.digest` of a sentence without any of its white space, since a
    line break is not a change.

    It is ``sha256:`` and 16 hexadecimal digits; two sentences that differ only in white space have the same
    one.
    """
    return anchors.digest(re.sub(r"\s+", "", text))


# --- sentences and their ids --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSentence:
    """A sentence in the source: the id of its block, and its words."""

    block: str
    text: str

    @property
    def digest(self) -> str:
        """The digest of its words without white space, as in a ledger: ``sha256:`` and 16 hexadecimal
        digits.
        """
        return digest(self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """The sentences of a page or text, matched with the lines of a ledger.

    :param entries: for each sentence, the line of the ledger with its words, or ``None``.
    :param changed: index of a sentence without such a line → the line of the sentence that it replaces.
    :param gone: the live lines without a sentence.
    """

    sentences: tuple[SourceSentence, ...]
    entries: tuple[Anchor | None, ...]
    changed: dict[int, Anchor]
    gone: tuple[Anchor, ...]

    @property
    def new(self) -> tuple[int, ...]:
        """The indexes of sentences without a line, in order; one that replaces another is not new."""
        return tuple(n for n, e in enumerate(self.entries) if e is None and n not in self.changed)

    @property
    def moved(self) -> dict[int, Anchor]:
        """Index of a sentence whose line names another block → the line.  ``{}`` if none moved."""
        return {
            number: entry
            for number, entry in enumerate(self.entries)
            if entry is not None and entry.block != self.sentences[number].block
        }


def bind(sentences: Sequence[SourceSentence], ledger: Iterable[Anchor], *, across: bool) -> Bound:
    """Find the line of the ledger for every sentence.

    First, equal words in the same block are matched, whatever their order: of several lines with the same
    words the first sentence gets the first line.  Then, if ``across``, equal words in another block.  Then,
    within each block, a sentence replaces a missing one whose first twelve characters are at least half like
    its own (:mod:`difflib`, 0.5), or that is between the same neighbours, the most similar first.  White
    space does not count.  Without a ledger every sentence is new.

    Each line is used once.  A sentence that replaces a line is in ``changed``, and its entry is ``None``; a
    new sentence has the entry ``None`` too, and is not in ``changed``.  ``gone`` has the lines that are
    neither matched nor replaced.

    :param ledger: the lines of all sentences of the page or text; only live ones are used.
    """
    live = [anchor for anchor in ledger if anchor.fate == "live"]
    entries: list[Anchor | None] = [None] * len(sentences)
    free = {anchor.id: anchor for anchor in live}
    _same(sentences, entries, free, lambda block, digest: (block, digest))
    if across:
        _same(sentences, entries, free, lambda _, digest: ("", digest))
    changed = _changed(sentences, entries, live, free)
    gone = [anchor for anchor in live if anchor.id in free]
    return Bound(sentences=tuple(sentences), entries=tuple(entries), changed=changed, gone=tuple(gone))


def swapped(bound: Bound) -> dict[str, str]:
    """Block → the other block that now has all its recorded sentences, if the block has other sentences now.

    Recorded sentences that are in no block any more do not count.  ``{}`` if there is no such block, which is
    the normal case.
    """
    standing = {one.block for one in bound.sentences}
    found: dict[str, set[str]] = {}
    for number, entry in enumerate(bound.entries):
        if entry is not None:
            found.setdefault(entry.block, set()).add(bound.sentences[number].block)
    return {
        block: next(iter(now))
        for block, now in found.items()
        if block in standing and len(now) == 1 and block not in now
    }


def _same(
    sentences: Sequence[SourceSentence],
    entries: list[Anchor | None],
    free: dict[str, Anchor],
    key: Callable[[str, str], tuple[str, str]],
) -> None:
    """Give every sentence without a line the first free line with its words."""
    waiting: dict[tuple[str, str], list[Anchor]] = {}
    for anchor in free.values():
        waiting.setdefault(key(anchor.block, anchor.current), []).append(anchor)
    for number, one in enumerate(sentences):
        found = waiting.get(key(one.block, one.digest)) if entries[number] is None else None
        if found:
            entry = found.pop(0)
            entries[number] = entry
            del free[entry.id]


def _changed(
    sentences: Sequence[SourceSentence],
    entries: list[Anchor | None],
    live: list[Anchor],
    free: dict[str, Anchor],
) -> dict[int, Anchor]:
    """Sentences and the missing lines that they replace; these lines are removed from ``free``.

    A pair must begin alike, or be between the same unchanged neighbours.  The best pairs are chosen first.
    Of a block with very many changes, only sentences and lines at about the same place are compared.
    """
    missing: dict[str, list[Anchor]] = {}
    for anchor in free.values():
        missing.setdefault(anchor.block, []).append(anchor)
    around = _neighbours(entries, live) if missing else {}
    pairs: list[tuple[float, int, int, Anchor]] = []
    new = Counter(one.block for number, one in enumerate(sentences) if entries[number] is None)
    passed: Counter[str] = Counter()
    for number, one in enumerate(sentences):
        if entries[number] is not None:
            continue
        candidates = _near(missing.get(one.block, []), passed[one.block], new[one.block])
        passed[one.block] += 1
        for anchor in candidates:
            before, after = around[anchor.id]
            alike, near = _alike(one.text, anchor), before < number < after
            if alike >= _SIMILAR or near:
                pairs.append((-(2 * alike + near), number, len(pairs), anchor))
    found: dict[int, Anchor] = {}
    for _, number, _, anchor in sorted(pairs, key=lambda pair: pair[:3]):
        if number not in found and anchor.id in free:
            found[number] = free.pop(anchor.id)
    return found


def _alike(text: str, anchor: Anchor) -> float:
    """The similarity of the beginnings of two sentences, 0 to 1; a ledger has only the beginning."""
    from difflib import SequenceMatcher  # few projects have a changed sentence when they are read

    return SequenceMatcher(None, anchors.opening(text), now(anchor), autojunk=False).ratio()


def _near(lines: list[Anchor], at: int, among: int) -> list[Anchor]:
    """The lines that a sentence is compared with: all, or of very many those at about its place.

    :param at: how many new sentences of the block are before it, of ``among``.
    """
    if len(lines) * among <= _COMPARED:
        return lines
    middle = at * len(lines) // among
    return lines[max(0, middle - _REACH) : middle + _REACH]


def _neighbours(entries: Sequence[Anchor | None], live: Iterable[Anchor]) -> dict[str, tuple[float, float]]:
    """Id of each line → the indexes of the sentences that its neighbours in the block have now.

    A neighbour is the nearest line of the ledger before it, or after it, that a sentence has.
    """
    order: dict[str, float] = {e.id: n for n, e in enumerate(entries) if e is not None}
    blocks: dict[str, list[Anchor]] = {}
    for anchor in live:
        blocks.setdefault(anchor.block, []).append(anchor)
    before, after = dict[str, float](), dict[str, float]()
    for block in blocks.values():
        for found, lines, least in ((before, block, -inf), (after, reversed(block), inf)):
            for line in lines:
                found[line.id] = least
                least = order.get(line.id, least)
    return {id_: (before[id_], after[id_]) for id_ in before}


def now(anchor: Anchor) -> str:
    """The present opening of a line: that of its last revision, or the first if it has no revisions.

    It is the text in the ledger, as it is.
    """
    return anchor.revisions[-1].opening if anchor.revisions else anchor.opening


def ids(bound: Bound, taken: Iterable[str]) -> tuple[str, ...]:
    """The id of every sentence in its page or text: that of its line, otherwise the next free one.

    They are in the order of the sentences.  A sentence that replaces a line has the id of that line.  A new
    id is ``b3-s4``: the block, and a number greater than any that the block has used.  An id of a ledger is
    without its page.

    :param taken: every id of any kind that the page or text has or ever had.
    """
    last: dict[str, int] = {}  # block → the greatest number that it has used
    for id_ in taken:
        _note(id_, last)
    found = []
    for number, one in enumerate(bound.sentences):
        entry = bound.entries[number] or bound.changed.get(number)
        found.append(local(entry.id) if entry else f"{one.block}-s{1 + last.get(one.block, 0)}")
        _note(found[-1], last)
    return tuple(found)


_OF_BLOCK = re.compile(r"(?P<block>.*)-s?(?P<number>[0-9]{1,9})", re.S)


def _note(id_: str, last: dict[str, int]) -> None:
    """Note the number of an id of a sentence: ``b3-s4``, in format 1 ``b3-4``."""
    found = _OF_BLOCK.fullmatch(id_)
    if found is not None:
        last[found["block"]] = max(last.get(found["block"], 0), int(found["number"]))


def local(id_: str) -> str:
    """An id without its page: ``b2`` for ``silence.html#b2`` and for ``b2``."""
    return id_.rpartition("#")[2]
