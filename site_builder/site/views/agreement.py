"""What two coders say, and how far they agree."""

from __future__ import annotations

from site_builder.edition.agreement import Figure
from site_builder.language.message import Message, Wording
from site_builder.records import dataclass
from site_builder.site.views.links import Chip, Link, PassageLink, Quoted


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one coder says of a cell, of the function or of a facet: links to its rules, and the evidence."""

    links: tuple[Link, ...]
    quotes: tuple[Quoted, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """A decision of the editors on a code, and its reason."""

    name: Wording
    outcome: Message
    reason: Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """What two coders say of a cell (``chip``), or of the function or of a facet (``name``)."""

    chip: Chip | None
    name: Wording
    href: str
    readings: tuple[Reading, Reading]
    rulings: tuple[Ruling, ...]
    undecided: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreements:
    """The disagreements of two coders on a passage; ``decided`` if the editors decide on them."""

    first: Wording
    second: Wording
    decided: bool
    items: tuple[Disagreement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementRow:
    """One coefficient of two coders: what it is about, by name or as a chip."""

    figure: Figure
    name: Wording = ""
    href: str = ""
    chip: Chip | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """The agreement of two coders: α of sets and functions, κ of decisions on codes, and each passage in
    which they differ.  ``adjudicated`` if the editors decide on the differences; ``departing`` are the
    passages in which the site shows other tags than both coders gave; ``limits`` is what the figures cannot
    show.
    """

    first: Wording
    second: Wording
    passages: int
    adjudicated: bool
    departing: tuple[PassageLink, ...]
    limits: tuple[Wording, ...]
    sets: tuple[AgreementRow, ...]
    codes: tuple[AgreementRow, ...]
    differing: tuple[PassageLink, ...]
