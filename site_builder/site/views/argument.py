"""Steps of the argument, other readings, notes of the editors."""

from __future__ import annotations

from site_builder.language.message import Wording
from site_builder.model import Note
from site_builder.records import dataclass
from site_builder.site.views.links import Chip, Link, PassageLink, Quoted


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherReading:
    """Another reading of a passage: the tags that it leaves out, the tag that it adds, and the reason.

    ``lost`` are the names of the traits that the tag loses with its quotations; ``""`` for none.
    """

    without: tuple[Chip, ...]
    added: Chip | None
    quotes: tuple[Quoted, ...]
    lost: Wording
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """One end of a step of the argument: a chip, or a link to another code."""

    chip: Chip | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step of the argument, from a cause to its effect or from a diagnosis to its remedy.

    ``end`` is ``None`` if the step has no other end.  ``status`` is that of the edge: ``stated``,
    ``inferred``, or ``none`` for a step without an end.  ``evidence`` has for each quotation the passage that
    it is from.  ``voice`` is that of all quotations, also ``author``; ``""`` if there are none, or if their
    voices differ.
    """

    kind: str
    status: str
    voice: str
    start: End
    end: End | None
    evidence: tuple[tuple[PassageLink, Quoted | None], ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StepGroup:
    """Steps that start in the same dimension or facet; ``heading`` is ``None`` if they start in neither."""

    heading: Link | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source of a note: its reference, and its address or ``""``.

    ``latin``: the reference has no character of a script without spaces, and is set in a font whose marks are
    not of full width.
    """

    text: str
    href: str = ""
    latin: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A note of the editors at words of a passage, or at the passage if ``words`` is empty."""

    note: Note
    words: str
    sources: tuple[Source, ...]
