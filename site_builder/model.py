"""The records of a project, as they stand after reading: frozen, keyword-only, each with its place.

Nothing here reads, writes, checks or knows HTML.  Texts are plain ``str`` in the script of the edition
(Traditional); offsets are counts of Unicode code points, start inclusive, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """Where something stands: a path relative to the project, a 1-based line and column."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Place(path="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A fault as a value: it travels beside the data and is never raised across rooms.

    ``level`` is ``"error"`` (nothing is built) or ``"review"`` (built, and a person should look).
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    level: str = "error"

    def __str__(self) -> str:
        tail = f" / {self.hint}" if self.hint else ""
        return f"{self.place}: {self.code} {self.message}{tail}"


# --- the source of the text -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One statement of the bibliographic record with the source it rests on."""

    name: str
    value: str
    source: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """Another copy of the work that is known: where it stood, when, in which script, what it is."""

    id: str
    name: str
    date: str
    script: str
    address: str
    note: str
    role: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """The bibliographic record of a work (``work.yaml``)."""

    id: str
    title: str
    title_en: str
    author: str
    author_en: str
    affiliation: str
    container: str
    container_en: str
    year: str
    issue: str
    language: str
    script: str
    short: str
    rights: str
    rights_short: str
    witness: str
    edition: str
    date: dt.date
    copies: tuple[Copy, ...]
    facts: tuple[Fact, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line of the outline.  ``level`` is 1 for the title of the work."""

    id: str
    level: int
    text: str
    path: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One paragraph: the unit that is tagged and cited.

    ``number`` is the shown number and may change between editions; ``id`` may not.
    ``path`` holds the ids of the headings above it, outermost first, without the title.
    ``column`` of ``place`` is where its first character stands in the source line.
    """

    id: str
    number: int
    text: str
    label: str
    path: tuple[str, ...]
    group: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """An emendation made everywhere: each key of ``map`` in the witness stands as its value in the edition."""

    id: str
    kind: str
    certainty: str
    map: Mapping[str, str]
    reason: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Emendation:
    """A reading of the witness and what the edition does about it.

    ``kind`` is one of the classes in :data:`site_builder.shapes.KINDS`; where ``edited == witness`` the
    reading is left alone (doubtful, or a mark of something lost) and only noted.
    """

    id: str
    block: str
    kind: str
    certainty: str
    witness: str
    edited: str
    prefix: str
    suffix: str
    reason: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """What became of some lines of the witness: the blocks they are, or why they were set aside."""

    first: int
    last: int
    blocks: tuple[str, ...]
    set_aside: str
    reason: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """A recorded change of the text behind a published id."""

    edition: str
    digest: str
    opening: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """One line of the ledger: an id that was published, and what became of it.

    ``fate`` is ``live``, ``split``, ``merged`` or ``withdrawn``; ``into`` names the successors of a
    split or merged id.  ``digest`` is of the text at first publication.
    """

    id: str
    kind: str
    edition: str
    digest: str
    opening: str
    fate: str = "live"
    into: tuple[str, ...] = ()
    reason: str = ""
    ended: str = ""
    revisions: tuple[Revision, ...] = ()
    place: Place = NOWHERE

    @property
    def current(self) -> str:
        """The digest the text must have now."""
        return self.revisions[-1].digest if self.revisions else self.digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """One text: its record, outline, passages, witness and ledger.

    ``blocks`` is the text in reading order: headings and passages together.
    """

    record: Record
    blocks: tuple[Heading | Passage, ...]
    witness: str
    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...]
    emendations: tuple[Emendation, ...]
    ledger: tuple[Anchor, ...]
    folder: str

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Passage))

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Heading))


# --- the codebook ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A named member of a vocabulary: a relation, a function, a field."""

    id: str
    name: str
    name_en: str
    definition: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    id: str
    name: str
    name_en: str
    short: str
    definition: str
    tint_light: str
    tint_dark: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Pole:
    id: str
    slug: str
    sign: str
    name: str
    name_en: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Trait:
    """A trait of a cell in the words of the work: an exact substring of a passage."""

    text: str
    passage: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    id: str
    dimension: str
    pole: str
    name: str
    name_en: str
    definition: str
    color: str
    traits: tuple[Trait, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    name: str
    name_en: str
    definition: str
    dimensions: tuple[Dimension, ...]
    poles: tuple[Pole, ...]
    cells: tuple[Cell, ...]
    relations: tuple[Term, ...]
    functions: tuple[Term, ...]
    evidence_max: int
    gist_max: int
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a facet.  ``fields`` maps a field id to citing prose."""

    id: str
    facet: str
    name: str
    name_en: str
    also: tuple[str, ...]
    parent: str
    definition: Prose
    fields: Mapping[str, Prose]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    caption: str
    note: str
    fields: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """A named list of entries that a passage may point at.

    ``kind`` is ``frame`` (every entry has a page of its own) or ``index`` (one page for all).
    """

    id: str
    name: str
    name_en: str
    short: str
    kind: str
    definition: str
    fields: tuple[Term, ...]
    table: Table | None
    entries: tuple[Entry, ...]
    place: Place


# --- the tags ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Evidence: a quotation inside a passage, as written by hand.

    Either ``text`` is the quotation (with ``prefix`` and ``suffix`` where it is not unique), or the
    stretch runs from the first character of ``text`` to the last of ``to``.
    """

    text: str
    prefix: str = ""
    suffix: str = ""
    to: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class CellTag:
    cell: str
    relation: str
    evidence: tuple[Quote, ...]
    note: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryTag:
    facet: str
    entry: str
    evidence: tuple[Quote, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagging:
    """All that one coder says of one passage."""

    work: str
    coder: str
    passage: str
    function: str
    cells: tuple[CellTag, ...]
    entries: tuple[EntryTag, ...]
    gist: str
    gist_en: str
    note: str
    place: Place


# --- the editors' prose ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a citation says that the cited passage carries (or, ``negated``, does not).

    ``space+`` or ``space+:answers`` claims a cell, and ``value`` is the relation; ``modes:hierarchical``
    claims an entry of a facet; ``function:critique`` a function.
    """

    subject: str
    value: str
    negated: bool

    def __str__(self) -> str:
        tail = f":{self.value}" if self.value else ""
        return f"{'!' if self.negated else ''}{self.subject}{tail}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A reference from a sentence to a passage; ``work`` is empty for the only work."""

    work: str
    passage: str
    claims: tuple[Claim, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link of the prose to something of the project: ``cell:space+``, ``modes:hierarchical``, ``page:silence``."""

    kind: str
    id: str
    place: Place

    @property
    def target(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence of the prose: what it says, quotes, cites and links.

    ``source`` is the Markdown as written; ``text`` is without marks; ``anchor`` is its id in its page.
    """

    source: str
    text: str
    anchor: str
    citations: tuple[Citation, ...]
    links: tuple[Link, ...]
    quotations: tuple[str, ...]
    judgement: bool
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """Words of the prose that claim nothing: a heading, the head of a table column."""

    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Prose:
    """A stretch of the editors' prose.

    ``parts`` is the stretch in order: sentences and phrases, and between them the markup of their
    blocks, which only :mod:`site_builder.prose` makes and reads.
    """

    parts: tuple[str | Sentence | Phrase, ...]
    place: Place

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(part for part in self.parts if isinstance(part, Sentence))

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page of the editors' own: ``about`` is the subject it belongs to, or empty for a page by itself."""

    id: str
    title: str
    title_en: str
    about: str
    cites: bool
    prose: Prose
    place: Place


# --- the project -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What the silence report counts as an answer: the tags of one facet that stand in these relations."""

    facet: str
    name: str
    relations: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The site's own words (``annotations/project.yaml``)."""

    title: str
    title_en: str
    subtitle: str
    description: str
    publisher: str
    coder: str
    version: str
    date: dt.date
    address: str
    licences: tuple[Term, ...]
    grid_caption: str
    grid_note: str
    facets: tuple[str, ...]
    silence: tuple[Column, ...]
    keep: tuple[str, ...]
    conversion_note: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    site: Site
    works: tuple[Work, ...]
    grid: Grid
    facets: tuple[Facet, ...]
    taggings: tuple[Tagging, ...]
    pages: tuple[Page, ...]
