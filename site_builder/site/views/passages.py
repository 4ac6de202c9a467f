"""What a page shows of one passage: its words with their marks, its tags, what else touches it."""

from __future__ import annotations

from site_builder.language.message import Message, Wording
from site_builder.model import SentenceRange
from site_builder.records import dataclass
from site_builder.site.views.links import Chip, Link, PassageLink, Quoted


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkedRange:
    """A marked range of a text: by its classes, as evidence or not, or as an element (``ins``, ``del``).

    ``cell`` is the slug of the cell of the evidence; it becomes a data attribute, not a class name.
    ``label`` is its short sign, and ``depth`` the height of its line: a line below it is that much lower.
    If the edition differs from its witness, ``received`` is the reading of the witness.  ``note`` is the
    anchor of a note on the words; the link to it comes after them.
    """

    start: int
    end: int
    classes: str = ""
    cell: str = ""
    label: Wording = ""
    depth: int = 0
    evidence: bool = False
    received: str | None = None
    element: str = ""
    note: str = ""

    @property
    def is_loss(self) -> bool:
        """Whether it marks what the conversion to another script loses."""
        return self.classes.startswith("l-")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A text with its marked ranges, which can overlap.

    ``sentences`` are those of a passage, ``home`` is the address where they are cited, and ``notes`` the one
    that has the notes on its words.
    """

    text: str
    ranges: tuple[MarkedRange, ...] = ()
    sentences: tuple[SentenceRange, ...] = ()
    home: str = ""
    notes: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Backlink:
    """A sentence of the editors that cites something."""

    where: Wording
    href: str
    prose: str
    judgement: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Backlinks:
    """The sentences of one place (a page, a table, a facet) that cite something."""

    name: str
    sentences: tuple[Backlink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sharing:
    """A passage that shares codes with another: those that both have, as chips and as links.

    ``label`` names the passage (``第 2 段``), and ``short`` names it in a list (``2``); see
    :class:`PassageLink`.  ``painted`` are the slugs of all its codes with colours, each once.  Its gist is no
    part, so that a new gist does not change the pages of all similar passages.
    """

    href: str
    label: Message
    short: Wording
    painted: tuple[str, ...]
    chips: tuple[Chip, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """The passages that share codes with another, most similar first.

    ``left_out`` is the number of those that are not among them; then ``codes`` links to the codes of the
    passage, whose pages list them.
    """

    passages: tuple[Sharing, ...]
    left_out: int
    codes: tuple[Link, ...]

    @property
    def count(self) -> int:
        """The number of all passages that share codes: those listed and those left out."""
        return len(self.passages) + self.left_out


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeated:
    """Words of a passage that other passages of its work repeat, and those passages.

    ``start`` and ``end`` are their place in the text of the passage, in code points.
    """

    words: str
    start: int
    end: int
    passages: tuple[PassageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facets:
    """The entries of one facet that a passage is tagged with."""

    name: str
    href: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CellNote:
    """A cell tag in full: the chip, the traits it rests on, its evidence, and the reason.

    The traits are those of the tag as a whole: the data do not say which quotation shows which trait.
    ``named`` are those whose names replace that of the cell, as in :class:`Tagged`.  ``kept`` says what the
    strict reading keeps of its evidence: ``whole``, ``part`` or ``none``; it is ``""`` if the passage has no
    other readings.
    """

    chip: Chip
    relation: str
    traits: tuple[Link, ...]
    named: tuple[Link, ...]
    quotes: tuple[Quoted, ...]
    note: str
    kept: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationSign:
    """A relation beside a chip: its name, and its glyph or ``""``."""

    name: str
    glyph: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagged:
    """A code of a passage with the relations and the notes of those of its tags that have the same traits.

    The ``turn`` of the chip has those of all these tags: ``t0 t3``.  ``named`` are the traits whose names can
    replace that of the code: ``traits`` if each of its tags has some and they are few, else none.
    """

    chip: Chip
    relations: tuple[RelationSign, ...] = ()
    traits: tuple[Link, ...] = ()
    named: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TagEvidence:
    """Tags of a passage that rest on the same words, and these words.

    ``quotes`` is ``()`` for a tag without evidence, and if no text may be published.
    """

    tagged: tuple[Tagged, ...]
    quotes: tuple[Quoted, ...]
