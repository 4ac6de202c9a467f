"""The shapes that templates are given: plain values, every decision of display already taken.

Addresses are those of :mod:`site_builder.edition.addresses`; texts are in the script of the edition.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.citing.citation import Styled
from site_builder.model import Prose, Said

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    text: str
    href: str
    title: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A cell as it is shown everywhere: sign, word and colour; ``slug`` is its class name.

    ``turn`` joins a chip to the evidence of its own tag: ``t0``, ``t1``…
    """

    slug: str
    sign: str
    name: str
    href: str
    relation: str = ""
    negative: bool = False
    turn: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of a text that is marked: by its classes, as evidence or not.

    ``cell`` is the slug of the cell that the evidence is for; it becomes a data attribute and no class name.
    Where the edition reads otherwise than its witness, ``received`` is the witness's reading.
    """

    start: int
    end: int
    classes: str = ""
    cell: str = ""
    evidence: bool = False
    received: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A text with its marked stretches; they may overlap.

    ``sentences`` are those of a passage, ``number`` its number, and ``home`` the address at which
    they are cited.
    """

    text: str
    stretches: tuple[Stretch, ...] = ()
    sentences: tuple[Said, ...] = ()
    number: int = 0
    home: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageLink:
    """A passage from outside: number, address, gist, and the chips where they matter."""

    number: int
    href: str
    anchor: str
    gist: str
    quotes: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A titled list of passages."""

    title: str
    definition: str
    passages: tuple[PassageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Backlink:
    """A sentence of the editors that rests on something."""

    where: str
    href: str
    prose: str
    judgement: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Backlinks:
    """The sentences of one place (a page, a table, a facet) that rest on something."""

    name: str
    sentences: tuple[Backlink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facets:
    """The entries of one facet that a passage points at."""

    name: str
    href: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CellNote:
    """A cell tag in full: the chip, what it rests on, and why."""

    chip: Chip
    relation: str
    quotes: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A passage on the reading page, with the notes beside it."""

    id: str
    number: int
    href: str
    label: str
    text: Marked
    tags: str
    chips: tuple[Chip, ...]
    function: str
    gist: str
    note: str
    also: tuple[Facets, ...]
    signs: tuple[Chip, ...] = ()
    before: tuple[Dead, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Dead:
    """An id that is no longer in use, and still answers."""

    id: str
    href: str
    fate: str
    successors: tuple[Link, ...]
    opening: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Title:
    """A heading of the text on the reading page."""

    id: str
    level: int
    text: Marked
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One mark of the coverage strip: a passage, and the cells it carries."""

    href: str
    number: int
    label: str
    slugs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A line of the outline with the strip of its passages."""

    text: str
    href: str
    level: int
    marks: tuple[Mark, ...]
    range: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A cell in the matrix."""

    chip: Chip
    name_en: str
    definition: str
    traits: tuple[Link, ...]
    count: int
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One thing the reading page can be filtered by; ``id`` is that of its checkbox."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A dimension's line of the matrix."""

    name: str
    name_en: str
    href: str
    definition: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    caption: str
    note: str
    poles: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A field of an entry: its name and what is said under it."""

    id: str
    name: str
    name_en: str
    prose: Prose


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An entry of a facet in full."""

    id: str
    name: str
    name_en: str
    also: tuple[str, ...]
    href: str
    definition: Prose
    accounts: tuple[Account, ...]
    passages: tuple[PassageLink, ...]
    chips: tuple[Chip, ...]
    parts: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A table of entries × fields."""

    caption: str
    note: str
    columns: tuple[Link, ...]
    rows: tuple[tuple[str, tuple[Prose | None, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Part of the way up from a page to the home page."""

    text: str
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file to download, by its path in the site, whatever the script of the page."""

    href: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A format: what it is for, after which standard, which programs open it in the tests, its files."""

    purpose: str
    standard: str
    media_type: str
    programs: tuple[str, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Formats that belong together."""

    name: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What a passage's number opens: forms of citing that the page fills in."""

    quotation: str
    forms: tuple[Styled, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What every page has.  ``address`` is its own; ``trail`` the way up; ``section`` its place in
    the navigation; ``facts`` is the page's own part, by the names its template uses."""

    template: str
    address: str
    title: str
    description: str
    section: str = ""
    trail: tuple[Step, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    card: Card | None = None
