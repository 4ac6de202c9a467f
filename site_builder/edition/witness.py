"""The witness: reversing the emendations restores its words.

Positions are offsets in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.edition.index import grouped
from site_builder.model import Emendation, Rule, Work
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """An emendation, and its range in the edited block."""

    emendation: Emendation
    start: int
    end: int


def locate(emendation: Emendation, text: str) -> tuple[int, ...]:
    """Every offset in ``text`` at which the edited reading occurs in its context; ``()`` for an empty reading
    without context.

    The offset is that of the reading, after the prefix.  Places may overlap.
    """
    whole = emendation.prefix + emendation.edited + emendation.suffix
    found: list[int] = []
    at = text.find(whole) if whole else -1
    while at >= 0:
        found.append(at + len(emendation.prefix))
        at = text.find(whole, at + 1)
    return tuple(found)


def located(work: Work, block: str, text: str) -> tuple[Located, ...]:
    """The emendations of one block that have exactly one place, in order of place.

    Those with no place or several are left out.  ``()`` for a block that does not exist.

    :param text: the edited text of the block.
    """
    return _located((one for one in work.emendations if one.block == block), text)


def _located(emendations: Iterable[Emendation], text: str) -> tuple[Located, ...]:
    """The emendations of a text that have exactly one place, in order of place."""
    found = []
    for emendation in emendations:
        places = locate(emendation, text)
        if len(places) == 1:
            end = places[0] + len(emendation.edited)
            found.append(Located(emendation=emendation, start=places[0], end=end))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def reversal(rules: tuple[Rule, ...]) -> Mapping[int, str]:
    """A table for ``str.translate`` that reverses the rules: code point of the edition → character of the
    witness.

    Only single characters are included.  If two rules have the same value, the last wins.  No rules give
    ``{}``.
    """
    pairs = ((old, new) for rule in rules for old, new in rule.map.items())
    return {ord(new): old for old, new in pairs if len(old) == len(new) == 1}


def undo(work: Work, block: str, text: str) -> str:
    """The words of the witness for one edited block: the text with the readings of the witness in place of
    the edited ones.

    The emendations that have one place are reversed, and the rules in the text between them.  An emendation
    without a place, or with several, is ignored, and so is one whose two readings are equal: the rules apply
    to its words.  A text with nothing to reverse is returned unchanged.

    :param text: the edited text of the block.
    """
    own = (one for one in work.emendations if one.block == block)
    return _undone(own, reversal(work.rules), text)


def undone(work: Work) -> Mapping[str, str]:
    """The words of the witness for each block of a work: block id → words, in the order of the blocks.

    They are as :func:`undo` gives them: an emendation whose reading has no place in the edited block, or
    several, is ignored, and the rules apply to all other text.  A block without a change has its edited
    words.
    """
    own = grouped((one.block, one) for one in work.emendations)
    table = reversal(work.rules)
    return {block.id: _undone(own.get(block.id, ()), table, block.text) for block in work.blocks}


def _undone(emendations: Iterable[Emendation], table: Mapping[int, str], text: str) -> str:
    pieces: list[str] = []
    at = 0
    for one in _located(emendations, text):
        if one.emendation.edited == one.emendation.witness:
            continue
        pieces.append(text[at : one.start].translate(table))
        pieces.append(one.emendation.witness)
        at = one.end
    pieces.append(text[at:].translate(table))
    return "".join(pieces)


def count_rule(work: Work, rule: Rule) -> int:
    """The number of characters of the edition that are a value of the rule; each occurrence counts.

    A value of several characters does not count.  The witness is not compared: a character that it has itself
    counts too, also in other emendations.
    """
    changed = set(rule.map.values())
    return sum(char in changed for block in work.blocks for char in block.text)
