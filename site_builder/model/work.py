"""The text of a work, and the work as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model.ledger import Anchor
from site_builder.model.place import Place
from site_builder.model.record import Record
from site_builder.model.witness import Emendation, Rule, Segment


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line of the outline.  ``level`` is 1 for the title of the work."""

    id: str
    level: int
    text: str
    path: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One sentence of a passage: its id, its shown number, and where it stands.

    ``start`` and ``end`` are code points of the passage's text, the end exclusive.  ``number``
    counts the sentences of the passage from 1; it may change between editions, ``id`` may not.
    ``also`` are ids that have ended and lead here.
    """

    id: str
    number: int
    start: int
    end: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One paragraph: the unit that is tagged and cited.

    ``number`` is the shown number and may change between editions; ``id`` may not.
    ``path`` holds the ids of the headings above it, outermost first, without the title.
    ``column`` of ``place`` is where its first character stands in the source line.
    ``sentences`` is empty in a project of format 1, whose sentences have no ids.
    ``also`` are ids of sentences that have ended and lead to the passage as a whole.
    """

    id: str
    number: int
    text: str
    label: str
    path: tuple[str, ...]
    group: str
    place: Place
    sentences: tuple[Said, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """One text: its record, outline, passages, witness and ledger.

    ``blocks`` is the text in reading order: headings and passages together.  ``ledger`` holds their
    ids, ``sentences`` the ids of the sentences; both are kept in one file.
    """

    record: Record
    blocks: tuple[Heading | Passage, ...]
    witness: str
    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...]
    emendations: tuple[Emendation, ...]
    ledger: tuple[Anchor, ...]
    folder: str
    sentences: tuple[Anchor, ...] = ()

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Passage))

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Heading))
