"""The editors' prose: pages, sentences, and what a sentence cites, claims and links."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from site_builder.language.characters import line_break
from site_builder.model.field import NOT_IN_FILE, Choice, Doc
from site_builder.model.place import Place
from site_builder.model.text import Localized, Translated
from site_builder.model.values.forms import Id
from site_builder.records import dataclass, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A tag that the cited passage must have (or, if ``negated``, must not have).

    ``depth+`` and ``depth+:shows`` claim a cell, ``value`` is then the relation or empty;
    ``methods:survey`` claims an entry of a facet, ``function:review`` a function.  ``subject`` is the part
    before the first colon, ``value`` the part after it.  Whether the code exists is not checked.
    """

    subject: str
    value: str
    negated: bool

    @property
    def code(self) -> str:
        """The code that is claimed, as written, without ``!``: ``depth+:shows``, or ``depth+`` without a
        value.
        """
        return f"{self.subject}:{self.value}" if self.value else self.subject

    def __str__(self) -> str:
        return f"!{self.code}" if self.negated else self.code


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A reference from a sentence to a passage.  ``work`` is empty if the citation names no work."""

    work: str
    passage: str
    claims: tuple[Claim, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link to something of the project: ``cell:depth+``, ``methods:survey``, ``page:silence``."""

    kind: str
    id: str
    place: Place

    @property
    def target(self) -> str:
        """The target as it is written: ``cell:depth+``."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A heading or paragraph of the prose: a unit that has an address.

    ``id`` is unique in its page, and empty if the source has none.  ``kind`` is ``heading`` or ``paragraph``;
    an item of a list, a cell of a table and a field of an entry are paragraphs.  ``text`` is the text of a
    heading, or of the first sentence of a paragraph, without markup.  ``end`` is the place at which an id can
    be written into the source; ``None`` if the source has an id or the place is not known.
    """

    id: str
    kind: str
    text: str
    place: Place
    end: Place | None = None


InlineKind: TypeAlias = Literal[
    "text", "form", "break", "citations", "emphasis", "strong", "link", "not quoted"
]
ElementKind: TypeAlias = Literal[
    "heading",
    "paragraph",
    "field",
    "list",
    "numbered list",
    "item",
    "quotation",
    "rule",
    "judgement",
    "table",
    "table head",
    "table body",
    "row",
    "column head",
    "cell",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inline:
    """A node within a sentence.

    ``text`` and ``form`` have their words in ``content``; a form is never converted to another script.
    ``break`` is a line end that is kept; its ``content`` is a space or nothing.  ``citations`` represents
    the next ``count`` citations of its sentence.  ``emphasis``, ``strong``, ``link`` and ``not quoted`` have
    ``parts``.  A link leads to ``target`` (``cell:depth+``).  The quotation marks in ``not quoted`` are part
    of the words and quote nothing.
    """

    kind: InlineKind
    content: str = ""
    count: int = 0
    target: str = ""
    parts: tuple[Inline, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence of the prose, with its citations and links.

    ``source`` is its Markdown, ``inlines`` the parsed form, ``text`` the text without markup and without
    citations.  ``anchor`` is its id in the page, ``block`` the id of its paragraph.  ``also`` are ids of
    former sentences that lead to this one.
    """

    source: str
    inlines: tuple[Inline, ...]
    text: str
    anchor: str
    citations: tuple[Citation, ...]
    links: tuple[Link, ...]
    judgement: bool
    place: Place
    block: str = ""
    also: tuple[str, ...] = ()

    @property
    def quotable(self) -> str:
        """The text without markup, in which every quotation mark quotes: those of a form, and the words that
        the author marks as no quotation, are replaced by U+FFFC.
        """
        return "".join(_quotable(self.inlines))


_QUOTATION_MARKS = re.compile("[“”„‟‘’‚‛\"'«»‹›「」『』〝〞〟]")


def _quotable(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for node in inlines:
        if node.kind == "form":
            yield _QUOTATION_MARKS.sub("\ufffc", node.content)
        elif node.kind == "not quoted":
            yield "\ufffc"
        elif node.kind != "citations":
            yield node.content
            yield from _quotable(node.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A text that is not checked as a sentence: a heading, the head of a table column."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A node of the block tree.

    ``id`` is empty where the source gives none.  ``level`` is that of a heading, 1 to 6.  ``judgement`` is
    a remark of the editors; ``field`` is a paragraph within other text (the field of an entry).
    """

    kind: ElementKind
    id: str = ""
    level: int = 0
    parts: tuple[Part, ...] = ()

    def with_sentences(self, change: Callable[[Sentence], Sentence]) -> Element:
        """A new tree in which ``change(sentence)`` replaces each sentence, at every depth; all else stays."""
        return replace(self, parts=_changed(self.parts, change))


Part: TypeAlias = Element | Sentence | Phrase


@dataclasses.dataclass(frozen=True, kw_only=True)
class Prose:
    """A text of the editors' prose: the top of a block tree.

    ``translations`` maps a language (BCP 47) to the same prose in it, with the ids of the same blocks.
    """

    # It has no slots, because it keeps its sentences once they were collected: each rule asks for them.

    parts: tuple[Part, ...]
    place: Place
    blocks: tuple[Block, ...] = ()
    translations: Mapping[str, Prose] = field(default_factory=dict, compare=False)

    def nodes(self) -> Iterator[Part]:
        """Every node of the tree, in order; an element before its parts.  The inlines of a sentence are not
        nodes.
        """
        return _nodes(self.parts)

    def with_sentences(self, change: Callable[[Sentence], Sentence]) -> Prose:
        """New prose in which ``change(sentence)`` replaces each sentence, at every depth.

        Phrases stay, and so do the translations and ``blocks``, also its texts.
        """
        return replace(self, parts=_changed(self.parts, change))

    def after_opening(self) -> tuple[Prose, Prose]:
        """What is before the first heading or judgement, and the rest with it; either may be without parts.

        A translation is divided at its own first heading or judgement.
        """
        at = next((n for n, part in enumerate(self.parts) if _ends_opening(part)), len(self.parts))
        others = {language: prose.after_opening() for language, prose in self.translations.items()}
        return (
            replace(
                self, parts=self.parts[:at], translations={one: before for one, (before, _) in others.items()}
            ),
            replace(
                self, parts=self.parts[at:], translations={one: rest for one, (_, rest) in others.items()}
            ),
        )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences at every depth, in order; headings and the heads of tables have none."""
        return tuple(node for node in self.nodes() if isinstance(node, Sentence))

    def __getstate__(self) -> dict[str, object]:
        """What pickle keeps: the fields alone, so that equal prose gives equal bytes."""
        return {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}

    @property
    def text(self) -> str:
        """The texts of the sentences on one line, with a space between two of them where their script has
        one; headings are left out.  ``""`` without sentences.
        """
        return on_one_line(sentence.text for sentence in self.sentences)

    @property
    def versions(self) -> tuple[Prose, ...]:
        """The prose itself, then its translations, in the order of ``translations``."""
        return (self, *self.translations.values())

    @property
    def localized(self) -> Localized:
        """The :attr:`text` of the prose, with the text of each translation as its translations."""
        return Localized(self.text, translations={key: one.text for key, one in self.translations.items()})


def on_one_line(sentences: Iterable[str]) -> str:
    """The texts of sentences on one line, with a space between two of them where their script has one; ``""``
    without texts.

    >>> on_one_line(["One.", "Two."]), on_one_line(["甲。", "乙。"])
    ('One. Two.', '甲。乙。')
    """
    made = ""
    for text in sentences:
        made += line_break(made, text) + text
    return made


def _nodes(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        if isinstance(part, Element):
            yield from _nodes(part.parts)


def _changed(parts: tuple[Part, ...], change: Callable[[Sentence], Sentence]) -> tuple[Part, ...]:
    return tuple(
        change(part)
        if isinstance(part, Sentence)
        else part.with_sentences(change)
        if isinstance(part, Element)
        else part
        for part in parts
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """A translated page (``annotations/pages/NAME.LANGUAGE.md``)."""

    id: Annotated[Id, Doc("the id of the page that it translates")]
    language: Annotated[str, NOT_IN_FILE]
    prose: Annotated[Prose, NOT_IN_FILE]
    place: Place


PAGE_KINDS = ("argument", "rules")
"""A page of rules has the rules of the coding, with invented examples; every other page is an argument."""
MENUS = ("read", "framework", "results", "lookup", "use")
"""The ids of the menus of the site, in their order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page that the editors wrote.  ``about`` is the subject it belongs to; empty for a page by itself.

    ``kind`` is one of :data:`PAGE_KINDS`; ``menu`` one of :data:`MENUS`, or ``""``.
    """

    id: Id
    title: Translated
    about: Annotated[str, Doc("the subject the page belongs to, as cell:depth+")] = ""
    cites: Annotated[bool, Doc("false for a page that argues nothing")] = True
    kind: Annotated[
        str, Choice(PAGE_KINDS), Doc("rules: a book of rules, which cites and quotes no passage")
    ] = "argument"
    menu: Annotated[
        str,
        Choice(MENUS),
        Doc("the menu that leads to a page without a subject; absent: results, for rules lookup"),
    ] = ""
    prose: Annotated[Prose, NOT_IN_FILE]
    place: Place


def _ends_opening(part: Part) -> bool:
    return isinstance(part, Element) and part.kind in ("heading", "judgement")
