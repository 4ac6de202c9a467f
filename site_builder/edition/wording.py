"""The difference between two wordings, word by word.

A word is a run of letters and digits in a script with spaces, and one character in a script without them.
White space and punctuation are words of their own.  The comparison is that of :mod:`difflib`; small common
parts between two changes are then made part of the change, since single common characters help no reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from site_builder.language.characters import is_unspaced
from site_builder.records import dataclass

Change: TypeAlias = Literal["same", "deleted", "inserted"]
_RUN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of two wordings: in both, only in the old one, or only in the new one."""

    change: Change
    text: str


def words(text: str) -> tuple[str, ...]:
    """The words of a text, which joined are the text; ``()`` for an empty text.

    Letters, digits and ``_`` that follow each other are one word (``20m``); a character of a script without
    spaces (Han, kana) is a word alone.  A run of white space is one word, also line ends.  Each other
    character is a word alone, also within a word of a language: ``don't`` and ``2.5`` are three each.

    >>> words("Two 堤岸, 20 m")
    ('Two', ' ', '堤', '岸', ',', ' ', '20', ' ', 'm')
    >>> words("don't  2.5")
    ('don', "'", 't', '  ', '2', '.', '5')
    """
    return tuple(word for run in _RUN.findall(text) for word in _divided(run))


def _divided(run: str) -> Iterator[str]:
    start = 0
    for at, char in enumerate(run):
        if is_unspaced(char):
            if start < at:
                yield run[start:at]
            yield char
            start = at + 1
    if start < len(run):
        yield run[start:]


def compared(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two wordings in order, a deletion before the insertion at its place; ``()`` for two empty
    texts.

    The pieces that are not inserted are the old text, those that are not deleted the new one.  The texts in
    the other order give the same pieces, with insertions and deletions exchanged.

    Equal texts give one piece, ``same``.  ``change`` is ``same``, ``deleted`` or ``inserted``.

    The units are :func:`words`.  A common text between two changes is made part of one change if neither of
    them is shorter; the length of a change is that of its deletion or its insertion, whichever is longer.

    >>> [(piece.change, piece.text) for piece in compared("2.5", "2.7")]
    [('same', '2.'), ('deleted', '5'), ('inserted', '7')]
    >>> [(piece.change, piece.text) for piece in compared("甲水乙", "丙水丁")]
    [('deleted', '甲水乙'), ('inserted', '丙水丁')]
    >>> [(piece.change, piece.text) for piece in compared("The old dike", "The dike")]
    [('same', 'The '), ('deleted', 'old '), ('same', 'dike')]
    """
    if old <= new:
        return tuple(_pieces(_joined(_operations(words(old), words(new)))))
    # difflib prefers matches that are early in its first text, so the order of the two is fixed
    swapped = _joined(_operations(words(new), words(old)))
    return tuple(_pieces((same, inserted, deleted) for same, deleted, inserted in swapped))


_Operation: TypeAlias = tuple[str, str, str]
"""A text that both have, then what is deleted and what is inserted after it."""


def _operations(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[_Operation]:
    from difflib import SequenceMatcher  # only the pages of changes compare wordings

    at_old = at_new = 0
    same = ""
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        deleted, inserted = "".join(old[at_old : block.a]), "".join(new[at_new : block.b])
        if deleted or inserted:
            yield same, deleted, inserted
            same = ""
        same += "".join(old[block.a : block.a + block.size])
        at_old, at_new = block.a + block.size, block.b + block.size
    if same:
        yield same, "", ""


def _joined(operations: Iterable[_Operation]) -> list[_Operation]:
    """Operations in which no short common text divides two changes.

    A common text is short if it is not longer than the changes on both sides of it.
    """
    found: list[_Operation] = []
    for same, deleted, inserted in operations:
        if found and len(same) <= min(_size(found[-1]), max(len(deleted), len(inserted))):
            before, gone, new = found.pop()
            same, deleted, inserted = before, gone + same + deleted, new + same + inserted
        found.append((same, deleted, inserted))
    return found


def _size(operation: _Operation) -> int:
    return max(len(operation[1]), len(operation[2]))


def _pieces(operations: Iterable[_Operation]) -> Iterator[Piece]:
    for same, deleted, inserted in operations:
        if same:
            yield Piece("same", same)
        if deleted:
            yield Piece("deleted", deleted)
        if inserted:
            yield Piece("inserted", inserted)
