"""The values that templates receive.  All decisions of display are made before.

Addresses are those of :mod:`site_builder.edition.addresses`; texts are in the script of the edition.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.citing.styled import Styled
from site_builder.edition.agreement import Figure
from site_builder.language.message import Message, Wording
from site_builder.model import Cell, Dimension, Entry, Localized, Note, Prose, SentenceRange, Term

Span = tuple[int, int]


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

    The chips of ``passage`` are all its codes with colours.
    """

    passage: PassageLink
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
class Piece:
    """Some words of a version of a text; ``kind`` says how they differ from another version, if they do.

    ``label`` says the same in a word, where an editor decided it.
    """

    text: str
    kind: str = ""
    label: Wording = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A version of a text: its ``name``, its ``short`` name for a narrow page, its language, and
    what it is.
    """

    name: Wording
    short: Wording
    language: str
    note: Wording = ""
    date: str = ""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A passage on the reading page, with its notes."""

    id: str
    number: int
    href: str
    label: Localized
    text: Marked
    tags: str
    tagged: tuple[Tagged, ...]
    gist: str
    comments: tuple[Comment, ...] = ()
    before: tuple[Ended, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """An id that has ended; its address still exists."""

    id: str
    href: str
    fate: str
    successors: tuple[Link, ...]
    opening: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Title:
    """A heading of the text on the reading page.

    ``name`` is its text with its translations; empty where a group ends without a heading.
    """

    id: str
    level: int
    text: Marked
    name: Wording = ""
    opens: bool = False
    closes: bool = False
    before: tuple[Ended, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One mark of the coverage strip: a passage and its cells; ``opens`` if it is the first of a section."""

    href: str
    number: int
    label: Wording
    slugs: tuple[str, ...]
    opens: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A line of the outline, with the strip of its passages."""

    text: str
    short: str
    href: str
    level: int
    marks: tuple[Mark, ...]
    range: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SilencePart:
    """The answers to a cell in one column: the passages under each entry, and under none."""

    by_entry: list[list[PassageLink]]
    loose: list[PassageLink]
    silent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SilenceRow:
    """The answers to a cell, column by column."""

    chip: Chip
    parts: tuple[SilencePart, ...]
    first_silent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A cell that no entry of a column answers, in one of the three readings at least.

    ``silent`` are the readings in which it is so; it is ``firm`` if it is so in all.  ``hangs_on`` has the
    tags that another reading leaves out or adds: the passage, the tag, and whether it is published.
    ``loose`` are the passages that answer the cell under no entry.  ``id`` is that of its place there.
    """

    id: str
    chip: Chip
    column: str
    loose: tuple[PassageLink, ...]
    silent: tuple[str, ...]
    firm: bool
    hangs_on: tuple[tuple[PassageLink, Chip, bool], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentCells:
    """What a column of the silence report finds: its name, and the cells that none of its entries answers.

    ``always`` are silent in each of the three readings, ``published`` in that of the published tags and not
    in each, ``otherwise`` only in another reading.
    """

    name: str
    always: tuple[Link, ...]
    published: tuple[Link, ...]
    otherwise: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CellWords:
    """A quotation that shows what a cell means: a link to its passage, and the name of the trait that the
    editors read in it, ``""`` for none.
    """

    text: Wording
    href: str
    title: Wording
    trait: Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A cell in the matrix; ``count`` is the number of passages that have it.

    ``words`` are the author's, ``others`` those of others with their voice.  ``traits`` lead to the
    definitions of the traits of the cell.
    """

    cell: Cell
    chip: Chip
    words: tuple[CellWords, ...]
    others: tuple[tuple[CellWords, str], ...]
    traits: tuple[Link, ...]
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One choice of the filter on the reading page; ``id`` is that of its checkbox."""

    id: str
    name: Wording
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The row of a dimension in the matrix."""

    dimension: Dimension
    href: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """The matrix: its caption and note, the poles as columns, and a row for each dimension."""

    caption: str
    note: str
    poles: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LegendItem:
    """A code of a legend; ``count`` is the number of passages that have it."""

    chip: Chip
    definition: str
    count: int
    words: tuple[CellWords, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Legend:
    """The codes of a grid without poles, or of a frame facet in a project without a grid."""

    caption: str
    note: str
    items: tuple[LegendItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A field of something that changed: its name, and its words in the earlier and in the later edition.

    A text that both editions have is in ``before`` and ``after``, with its changed words marked.  What only
    one of them has is in ``removed`` or ``added``: a text, or values of a list.  ``language`` is that of a
    translation, or empty.  ``key`` is what files call the field; pages show it if the field has no name.
    ``tongue`` names the language of the words where a field and its translation are two fields of one item,
    so that a page can show both; else it is empty.
    """

    name: Wording
    key: str = ""
    language: str = ""
    tongue: Wording = ""
    before: Marked | None = None
    after: Marked | None = None
    removed: tuple[Wording, ...] = ()
    added: tuple[Wording, ...] = ()

    def is_shown(self, language: str) -> bool:
        """Whether the view in a language shows it: a translation is shown in the view of its language, all
        else in every view.

        :param language: the language of the view (BCP 47); ``zh`` and ``zh-Hant`` differ.
        """
        return self.language in ("", language)


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """A reason for a change: its words, and what it refers to.

    ``of_folder`` is true for a reason that the editors give for all pages of a folder.
    """

    text: str
    links: tuple[Link, ...] = ()
    of_folder: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """Something that changed: what happened to it, its name or its chip, its kind, and what is different.

    ``code`` is its id, or empty.  ``items`` is the number of items that it represents: those of a new page
    are one row.
    """

    how: Message
    name: Wording = ""
    href: str = ""
    kind: Wording = ""
    code: str = ""
    chip: Chip | None = None
    fields: tuple[Compared, ...] = ()
    reasons: tuple[Why, ...] = ()
    items: int = 1

    def is_shown(self, language: str) -> bool:
        """Whether the view in a language shows it: without fields, or with one that the view shows."""
        return not self.fields or any(one.is_shown(language) for one in self.fields)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedGroup:
    """Changes on one page or of one passage, with a link to it; without a title, those of a whole part.

    ``reasons`` explain all that changed on the page.
    """

    title: Wording
    href: str
    changes: tuple[Changed, ...]
    reasons: tuple[Why, ...] = ()

    def is_shown(self, language: str) -> bool:
        """Whether the view in a language shows at least one of the changes; false without changes."""
        return any(one.is_shown(language) for one in self.changes)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedPart:
    """The changes of one part of the edition.

    ``is_new`` is true for a part that the earlier edition does not have; its items are not listed.
    ``at`` leads to where a new part is, if one page shows it.  ``translations`` is the number of items that
    no view lists, since all that differs in them is that they got or lost a translation.  ``others`` has for
    each coder that the site does not show the numbers of added, removed and changed items.  ``reasons``
    explain all changes of the part, or of one kind of item.

    In each view, ``counts`` are those of the items that it lists, of :meth:`translated` and of ``others``.
    """

    id: str
    name: Message
    counts: tuple[int, int, int]
    is_new: bool = False
    at: Link | None = None
    groups: tuple[ChangedGroup, ...] = ()
    translations: int = 0
    others: tuple[tuple[Wording, int, int, int], ...] = ()
    reasons: tuple[Why, ...] = ()

    def listed(self, language: str) -> int:
        """The number of items that the view in a language lists."""
        rows = (one for group in self.groups for one in group.changes)
        return sum(one.items for one in rows if one.is_shown(language))

    def translated(self, language: str) -> int:
        """The number of items that the view in a language does not list, since only their translations
        into other languages changed, or one is new or gone.
        """
        every = sum(one.items for group in self.groups for one in group.changes)
        return self.translations + every - self.listed(language)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A complete entry of a facet.  ``accounts`` are its fields with their content.

    ``left_out`` is the number of passages that are not in ``passages`` but at the address ``rest``.
    """

    entry: Entry
    href: str
    accounts: tuple[tuple[Term, Prose], ...]
    passages: tuple[PassageLink, ...]
    chips: tuple[Chip, ...]
    parts: tuple[Item, ...] = ()
    left_out: int = 0
    rest: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A table of entries × fields."""

    caption: str
    note: str
    columns: tuple[Link, ...]
    rows: tuple[tuple[str, tuple[Prose | None, ...]], ...]


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


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file to download, by its path in the site, for pages of either script.

    ``language`` is that of the view whose file it is, if each view has one; else ``""``.
    """

    href: str
    size: int
    sha256: str
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A format: its purpose, its standard, the programs that open it in the tests, its files.

    ``left_out`` is the number of files that the page does not list.
    """

    purpose: Message
    standard: str
    media_type: str
    programs: tuple[str, ...]
    files: tuple[File, ...]
    left_out: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A group of formats."""

    name: Message
    downloads: tuple[Download, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """The card that the number of a passage opens: forms of citation that a script fills in.

    ``words`` are the messages about cited words; ``{}`` if the text may not be published, and then no words
    can be selected for citing.  ``tag`` is the form of a tag in YAML, ``title`` that of the work.
    ``place`` names a passage of the edition where a copy of the site has no address.  ``quotation`` and
    ``place`` are of a passage; the same with ``_of_sentence`` are of one of its sentences.
    """

    quotation: Message
    quotation_of_sentence: Message
    place: Message
    place_of_sentence: Message
    forms: tuple[Styled, ...]
    title: Wording = ""
    tag: str = ""
    words: dict[str, Message] = field(default_factory=dict)


EVERYWHERE = tuple(f"assets/{name}.css" for name in ("page", "masthead", "parts", "text"))
"""The style sheets of all pages, in the order of the cascade; the site joins them to one."""
MASTHEAD = EVERYWHERE[1]
COMMON = tuple(f"assets/{name}.css" for name in ("prose", "pages", "pictures"))
"""The style sheets that several kinds of page share, besides those of all pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """The values that every page has.

    ``address`` is its own; ``trail`` the path up; ``section`` its place in the navigation; ``facts`` are the
    values of this page by the names in its template; ``styles`` and ``scripts`` the addresses of the style
    sheets and scripts that this kind of page needs besides those of all pages.  ``common`` are the style
    sheets that it shares with other kinds of page, in the order of the cascade; a page leaves out those that
    it does not use.  ``card`` is the work that is cited on the page (:class:`Card`), ``""`` where none
    is.
    """

    template: str
    address: str
    title: Wording
    description: Wording
    section: str = ""
    trail: tuple[Link, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    common: tuple[str, ...] = COMMON
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    card: str = ""
