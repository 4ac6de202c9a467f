"""The editors' prose: pages, sentences, and what a sentence cites, claims and links."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model.place import Place


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
    """A link to something of the project: ``cell:space+``, ``modes:hierarchical``, ``page:silence``."""

    kind: str
    id: str
    place: Place

    @property
    def target(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A heading or paragraph of the prose: a unit that has an address of its own.

    ``id`` is unique in its page, and empty where the source gives none.  ``kind`` is ``heading`` or
    ``paragraph``; an item of a list, a cell of a table and a field of an entry are paragraphs too.
    ``text`` is the words without marks.  ``end`` is where an id can be written into the source, or
    nothing where one is written already or the place is not known.
    """

    id: str
    kind: str
    text: str
    place: Place
    end: Place | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence of the prose: what it says, quotes, cites and links.

    ``source`` is the Markdown as written; ``text`` is without marks; ``anchor`` is its id in its page;
    ``block`` is the id of its paragraph.  ``also`` are ids that have ended and lead here.
    """

    source: str
    text: str
    anchor: str
    citations: tuple[Citation, ...]
    links: tuple[Link, ...]
    quotations: tuple[str, ...]
    judgement: bool
    place: Place
    block: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """Words of the prose that claim nothing: a heading, the head of a table column."""

    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Prose:
    """A stretch of the editors' prose.

    ``parts`` is the stretch in order: sentences and phrases, and between them the markup of their
    blocks, which only :mod:`site_builder.source.prose` makes and reads.
    """

    parts: tuple[str | Sentence | Phrase, ...]
    place: Place
    blocks: tuple[Block, ...] = ()

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
