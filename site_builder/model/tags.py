"""What a coder says of a passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, AtLeast, Doc
from site_builder.model.place import NOWHERE, Place
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import CellId, Id
from site_builder.records import dataclass

AUTHOR = "author"
"""The voice of words that state what the author of the work says."""
VOICES = (AUTHOR, "reported", "quoted")
"""Whose words evidence is: the author's own; the view of another that the author reports; another's words
that the author quotes.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Evidence: a quotation from a passage, as the coder wrote it.

    Without ``to``, ``text`` is the quotation; ``prefix`` and ``suffix`` are the words before and after it, if
    the text occurs more than once.  With ``to``, the quotation begins with ``text`` and ends with ``to``.
    ``voice`` is one of :data:`VOICES`, by default the author.
    """

    text: str
    prefix: str = ""
    suffix: str = ""
    to: str = ""
    voice: str = AUTHOR
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class CellTag:
    """A coder's statement that a passage has a relation to a cell.

    ``relation`` is empty in a codebook without relations.  ``traits`` are ids of traits of the cell.
    """

    cell: CellId
    relation: Annotated[Id, Doc("needed if the codebook has relations")] = ""
    traits: Annotated[tuple[Id, ...], AtLeast(1), Doc("the traits of the cell that it rests on")] = ()
    evidence: Annotated[tuple[Quote, ...], Doc("no cell without evidence")]
    note: Translated = NO_WORDS
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryTag:
    """A coder's statement that a passage is about an entry of a facet."""

    facet: Annotated[str, NOT_IN_FILE]
    entry: Id
    evidence: tuple[Quote, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """Another reading of a passage that the coder holds to be possible, with the reason.

    ``instead_of`` names a tag of the same coder, ``depth+`` or ``depth+:shows``.  Without ``cell`` and
    ``relation`` the alternative is that this tag is absent, or, if it has ``evidence``, that these quotations
    of the tag are no evidence; with ``relation`` alone, that its cell has this relation.  ``cell`` alone adds
    a tag.

    ``traits`` belong to an alternative that doubts quotations: the traits of the tag that rest on these
    quotations alone, and that the tag loses with them.
    """

    instead_of: Annotated[str, Doc("the tag that it doubts: a cell, or cell:relation")] = ""
    cell: Annotated[CellId, Doc("the cell that the passage may have")] = ""
    relation: Annotated[Id, Doc("its relation; absent: that of the tag in 'instead_of'")] = ""
    evidence: tuple[Quote, ...] = ()
    traits: Annotated[
        tuple[Id, ...], AtLeast(1), Doc("the traits of the tag that rest on this evidence alone")
    ] = ()
    reason: Translated
    place: Place

    @property
    def doubted(self) -> tuple[str, str]:
        """Cell and relation of ``instead_of``; the relation is ``""`` if it names the cell alone, and both
        are if it is empty.  Whether the passage has this tag is not checked.
        """
        cell, _, relation = self.instead_of.partition(":")
        return cell, relation

    def added(self, cells: Iterable[CellTag]) -> tuple[str, str]:
        """Cell and relation of the tag that the passage may have; ``("", "")`` if it adds none, since neither
        ``cell`` nor ``relation`` is given.

        The cell is its own, else that of ``instead_of``.  The relation is its own, else that of the first tag
        that it doubts; ``""`` if it doubts none of ``cells``, or without ``instead_of``.

        :param cells: the tags of the passage.
        """
        if not (self.cell or self.relation):
            return "", ""
        doubted = (tag.relation for tag in cells if self.doubts(tag))
        return self.cell or self.doubted[0], self.relation or next(doubted, "")

    def doubts(self, tag: CellTag) -> bool:
        """Whether ``instead_of`` names a tag: its cell, and its relation if it names one; false without
        ``instead_of``.
        """
        cell, relation = self.doubted
        return tag.cell == cell and relation in ("", tag.relation)

    def leaves(self, tag: CellTag) -> tuple[Quote, ...]:
        """The evidence of a tag that this alternative does not doubt, in its order.

        Of a tag that ``instead_of`` names it is what the alternative does not quote, if it adds no tag and
        quotes something, else nothing.  Of another tag it is all.  Two quotations are the same if ``text``
        and ``to`` are equal.
        """
        if not self.doubts(tag):
            return tag.evidence
        if self.cell or self.relation or not self.evidence:
            return ()
        quoted = {(one.text, one.to) for one in self.evidence}
        return tuple(one for one in tag.evidence if (one.text, one.to) not in quoted)

    def leaves_traits(self, tag: CellTag) -> tuple[Id, ...]:
        """The traits of a tag that this alternative does not doubt, in their order.

        Of a tag that ``instead_of`` names they are those that ``traits`` does not name.  Of another tag they
        are all.
        """
        lost = self.traits if self.doubts(tag) else ()
        return tuple(one for one in tag.traits if one not in lost)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagging:
    """All that one coder says of one passage.

    In the file each facet has its own key.  ``entries`` are the tags of all facets, ``facets`` the places of
    the keys.
    """

    work: Annotated[str, NOT_IN_FILE]
    coder: Annotated[str, NOT_IN_FILE]
    passage: Annotated[str, NOT_IN_FILE]
    function: Annotated[Id, Doc("the coder the site shows must give it, if the codebook has functions")] = ""
    cells: tuple[CellTag, ...] = ()
    alternatives: Annotated[
        tuple[Alternative, ...], Doc("other readings of the passage that are possible")
    ] = ()
    gist: Annotated[Translated, Doc("one sentence in our words; the coder the site shows must give it")] = (
        NO_WORDS
    )
    note: Translated = NO_WORDS
    entries: Annotated[tuple[EntryTag, ...], NOT_IN_FILE]
    facets: Annotated[Mapping[str, Place], NOT_IN_FILE]
    place: Place
