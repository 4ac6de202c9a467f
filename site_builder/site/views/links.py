"""Links that many pages show: to definitions, to passages, to places, to parts of a list."""

from __future__ import annotations

from site_builder.language.message import Message, Wording
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link: its text, its address and its title."""

    text: Wording
    href: str
    title: Wording = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Twin:
    """This page in another view: the language of that view, its name for itself, also in one or two letters,
    and the address of the page there.

    ``called`` is the name of the language in that of the page, where a reader of the page may not read
    ``short``: letters that are not Latin, of another language.  Otherwise it is ``""``.
    """

    language: str
    name: str
    short: str
    called: Message | str
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A cell as all pages show it: sign, word and colour; ``slug`` identifies it in attributes.

    In a project without cells it is an entry of a frame facet, which has no sign.

    ``turn`` joins a chip to the evidence of its tag: ``t0``, ``t1``…  ``traits`` are the names of the traits
    that a tag rests on; they are shown in place of the name of the cell.
    """

    slug: str
    sign: str
    name: str
    href: str
    relation: str = ""
    negative: bool = False
    turn: str = ""
    traits: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The sign of the cell; the ``name`` if it has none.  Relation and traits do not count."""
        return self.sign or self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Quoted:
    """A quotation from a work: its words, and its voice (``author``, ``reported``, ``quoted``)."""

    text: str
    voice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageLink:
    """A link to a passage: number, address, gist, and its chips where they matter.

    ``label`` names it (``第 2 段``), ``short`` names it in a list (``2``), and ``title`` is the label with
    the gist.  Outside of its work, if there are several works, they have the title of the work
    (``〈堤〉第 2 段``), and ``named`` is true.
    """

    number: int
    label: Message
    short: Wording
    title: Message
    named: bool
    href: str
    anchor: str
    gist: str
    quotes: tuple[Quoted, ...] = ()
    chips: tuple[Chip, ...] = ()
    note: str = ""
    traits: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A list of passages with a title, or below the chip of a code."""

    title: str
    definition: str
    passages: tuple[PassageLink, ...]
    chip: Chip | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a list that is too long for one page: its address, its first and last passage, the number of
    its passages and that of their works.
    """

    href: str
    first: Message
    last: Message
    count: int
    works: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbered:
    """Passages by their numbers; ``left_out`` is the number of others, which are at ``rest``."""

    passages: tuple[PassageLink, ...]
    left_out: int = 0
    rest: str = ""

    @property
    def count(self) -> int:
        """The number of all passages: those listed and those left out."""
        return len(self.passages) + self.left_out
