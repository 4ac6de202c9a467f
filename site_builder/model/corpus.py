"""The work: its record, its text, its witness, its ledger of anchors."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.model.place import NOWHERE, Place


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
class Name:
    """A name in one script: divided (``family`` and ``given``) or whole (``literal``), never both."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def divided(self) -> bool:
        return bool(self.family)

    @property
    def alphabetic(self) -> bool:
        """Whether it is written in an alphabet.

        A name in Han characters, kana or Hangul is written family first, without a space or a comma.
        """
        return _ALPHABET.search(self.family or self.literal) is not None

    @property
    def whole(self) -> str:
        """The name as running text has it: ``Jane Jacobs``, ``李明``."""
        if not self.divided:
            return self.literal
        if not self.alphabetic:
            return f"{self.family}{self.given}"
        return f"{self.given} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name as a list in alphabetical order has it: ``Jacobs, Jane``, ``李明``."""
        return f"{self.family}, {self.given}" if self.given and self.alphabetic else self.whole


_ALPHABET = re.compile(r"[A-Za-z\u00C0-\u02AF\u0370-\u06FF\u0900-\u0E7F\u10A0-\u10FF\u1E00-\u1FFF]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person or an institution that made a work.

    ``latin`` is the name in Latin letters where ``name`` is in another script.
    """

    name: Name
    latin: Name | None = None
    institution: bool = False
    affiliation: str = ""
    place: Place = NOWHERE

    @property
    def east_asian(self) -> bool:
        """Whether the name is divided and written family first; its Latin form keeps that order."""
        return self.name.divided and not self.name.alphabetic

    @property
    def romanised(self) -> str:
        """The name in Latin letters as running text has it: ``Li Ming``, ``Jane Jacobs``."""
        if self.latin is None:
            return ""
        if self.east_asian and self.latin.divided:
            return f"{self.latin.family} {self.latin.given}".rstrip()
        return self.latin.whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """The bibliographic record of a work (``work.yaml``).

    ``docs/record.md`` says what each field holds.  ``authors`` is empty where no author is known. ``kind`` is
    one of :data:`site_builder.source.schemas.WORK_KINDS`.  ``publisher_place`` is the key ``place`` of the
    file; ``place`` is the position of the record in its file.  ``affiliation`` is the affiliation that a
    record of format 1 gives to several authors together.
    """

    id: str
    title: str
    title_en: str
    kind: str
    authors: tuple[Person, ...]
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    affiliation: str = ""
    container: str
    container_en: str
    series: str = ""
    number: str = ""
    genre: str = ""
    volume: str = ""
    issue: str
    pages: str = ""
    edition_statement: str = ""
    publisher: str = ""
    publisher_place: str = ""
    year: str
    original_date: str = ""
    doi: str = ""
    issn: str = ""
    isbn: str = ""
    url: str = ""
    accessed: dt.date | None = None
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
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where each key of the file is."""

    def at(self, key: str) -> Place:
        """Where a key is, or where the record begins if the file does not have the key."""
        return self.places.get(key, self.place)

    @property
    def author(self) -> str:
        """The authors as running Chinese text has them; empty where no author is known."""
        return "、".join(person.name.whole for person in self.authors)


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
class Rule:
    """An emendation made everywhere: a key of ``map`` in the witness stands as its value here."""

    id: str
    kind: str
    certainty: str
    map: Mapping[str, str]
    reason: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Emendation:
    """A reading of the witness and what the edition does about it.

    ``kind`` is one of the classes in :data:`site_builder.source.schemas.KINDS`; where ``edited == witness``
    the reading is left alone (doubtful, or a mark of something lost) and only noted.
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
class Words:
    """Something that has an address and enters a ledger, and is neither a heading nor a passage.

    ``id`` is as in its ledger: the id of a sentence of the text, or an address of the site
    (``silence.html#b2``).  ``kind`` is one of :data:`site_builder.edition.anchors.KINDS`.  ``block`` is the
    id of the block of a sentence.
    """

    id: str
    kind: str
    text: str
    place: Place
    block: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """One line of a ledger: an id that was published, and what became of it.

    ``fate`` is ``live``, ``split``, ``merged`` or ``withdrawn``; ``into`` names the successors of a
    split or merged id.  ``digest`` is of the text at first publication, and empty for what is known
    by its name alone (a page, an entry).  ``block`` is the block of a sentence, or what else holds
    the words: ``p30``, or in the ledger of the editors' pages the part after ``#``.
    """

    id: str
    kind: str
    block: str = ""
    edition: str
    digest: str = ""
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
