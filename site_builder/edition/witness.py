"""The witness: undoing the emendations gives its words back.

Positions are offsets in code points.  Everything here is pure: values in, values out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model import Emendation, Rule, Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """An emendation with the stretch of the edited block that it stands on."""

    emendation: Emendation
    start: int
    end: int


def locate(emendation: Emendation, text: str) -> tuple[int, ...]:
    """Every offset in ``text`` at which the edited reading stands in its context."""
    whole = emendation.prefix + emendation.edited + emendation.suffix
    found: list[int] = []
    at = text.find(whole) if whole else -1
    while at >= 0:
        found.append(at + len(emendation.prefix))
        at = text.find(whole, at + 1)
    return tuple(found)


def located(work: Work, block: str, text: str) -> tuple[Located, ...]:
    """The emendations of one block that have exactly one place, in order of place."""
    found = []
    for emendation in work.emendations:
        places = locate(emendation, text) if emendation.block == block else ()
        if len(places) == 1:
            end = places[0] + len(emendation.edited)
            found.append(Located(emendation=emendation, start=places[0], end=end))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def reversal(rules: tuple[Rule, ...]) -> Mapping[int, str]:
    """A table for ``str.translate`` that undoes the rules; what is no single character has no place."""
    pairs = ((old, new) for rule in rules for old, new in rule.map.items())
    return {ord(new): old for old, new in pairs if len(old) == len(new) == 1}


def undo(work: Work, block: str, text: str) -> str:
    """The words of the witness that one edited block stands for."""
    table = reversal(work.rules)
    pieces: list[str] = []
    at = 0
    for one in located(work, block, text):
        if one.emendation.edited == one.emendation.witness:
            continue
        pieces.append(text[at : one.start].translate(table))
        pieces.append(one.emendation.witness)
        at = one.end
    pieces.append(text[at:].translate(table))
    return "".join(pieces)


def count_rule(work: Work, rule: Rule) -> int:
    """How many characters of the edition a rule has changed."""
    changed = set(rule.map.values())
    return sum(char in changed for block in work.blocks for char in block.text)
