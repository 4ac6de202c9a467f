"""Rules for the edited text (family T)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from site_builder.characters import is_han
from site_builder.links import Links
from site_builder.model import Heading, Passage, Place, Problem, Project, within

_HALF = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_PAIRS = {"」": "「", "』": "『", "）": "（", "〕": "〔", "》": "《", "〉": "〈"}
_OPENERS = frozenset(_PAIRS.values())


def ids_stand_once(project: Project, links: Links) -> Iterator[Problem]:
    """T003 An id must stand once in a text.  An anchor that stands twice names nothing."""
    for work in project.works:
        seen: dict[str, Place] = {}
        for block in work.blocks:
            if block.id in seen:
                yield Problem(
                    place=block.place,
                    code="T003",
                    message=f"an id must stand once; {block.id} stands already on line {seen[block.id].line}",
                    hint="a new passage takes the next free number: site-builder anchors --next",
                )
            seen.setdefault(block.id, block.place)


def marks_are_full_width(project: Project, links: Links) -> Iterator[Problem]:
    """T005 Beside a Han character, punctuation must be full-width.  A half-width mark there is left
    over from a conversion and sets badly."""
    for block in _blocks(project):
        for offset, char in enumerate(block.text):
            around = block.text[max(0, offset - 1) : offset] + block.text[offset + 1 : offset + 2]
            if char in _HALF and any(is_han(other) for other in around):
                yield Problem(
                    place=at(block, offset),
                    code="T005",
                    message=f"punctuation beside Han must be full-width: '{char}'",
                    hint=f"write '{_HALF[char]}', and note the emendation",
                )


def brackets_close(project: Project, links: Links) -> Iterator[Problem]:
    """T006 Every 「 must have its 」, in order, within one paragraph; and so with the other pairs."""
    for block in _blocks(project):
        open_: list[int] = []
        for offset, char in enumerate(block.text):
            if char in _OPENERS:
                open_.append(offset)
            elif char in _PAIRS:
                if open_ and block.text[open_[-1]] == _PAIRS[char]:
                    open_.pop()
                else:
                    yield _unbalanced(block, offset)
        for offset in open_:
            yield _unbalanced(block, offset)


def _unbalanced(block: Heading | Passage, offset: int) -> Problem:
    return Problem(
        place=at(block, offset),
        code="T006",
        message=f"a bracket must have its other half: {block.text[offset]}",
        hint="see the witness; if it stands so there, emend it and note it",
    )


def characters_are_visible(project: Project, links: Links) -> Iterator[Problem]:
    """T008 A text must hold no invisible or control characters, and be in normal form C.  They break
    searching and quoting, and nobody sees why."""
    for block in _blocks(project):
        for offset, char in enumerate(block.text):
            if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp"):
                yield Problem(
                    place=at(block, offset),
                    code="T008",
                    message=f"an invisible character must not stand in a text: U+{ord(char):04X}",
                    hint="remove it",
                )
        if not unicodedata.is_normalized("NFC", block.text):
            yield Problem(
                place=block.place,
                code="T008",
                message="a text must be in Unicode normal form C",
                hint="normalize the line",
            )


def _blocks(project: Project) -> Iterator[Heading | Passage]:
    for work in project.works:
        yield from work.blocks


def at(block: Heading | Passage, offset: int) -> Place:
    """The place of a character of a block."""
    return within(block.place, block.text, offset)
