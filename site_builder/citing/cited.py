"""A work to be cited, and the place in it, as the styles need them."""

from __future__ import annotations

import re

from site_builder.citing import references
from site_builder.language import language, tags
from site_builder.model import Person
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """The cited passage or sentence: its displayed number and its id; and the access date.

    ``sentence`` is the number of the sentence in the passage; ``""`` for a whole passage.  ``date`` is in
    ISO 8601 format; ``""`` if it is not known.  ``address`` replaces the address that the edition has for the
    place; ``""`` keeps that.  With the default values the other parts are placeholders that the page fills
    in: ``{number}``…
    """

    number: str = "{number}"
    id: str = "{id}"
    sentence: str = ""
    date: str = "{date}"
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A work, and the place in it that a citation names.

    ``of`` is as in :class:`site_builder.citing.styled.Styled`.  The fields from ``title_latin`` on are for
    styles in English: names in Latin letters, and translations.  ``in_sentence_case`` is the title in English
    in sentence case, ``title_en`` the translation as the record has it.
    ``read_on`` is the access date, if the record has none.  ``short_title`` replaces the title in a
    citation in the text that names no people.
    """

    of: str
    item: references.Item
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    title_latin: str = ""
    in_sentence_case: str = ""
    title_en: str = ""
    container_latin: str = ""
    container_en: str = ""
    publisher_latin: str = ""
    place_latin: str = ""
    address: str = ""
    at: Locator | None = None
    read_on: str = ""
    short_title: str = ""

    def get(self, field: str) -> str:
        """A field of the item as text, also a number; ``""`` if it is missing."""
        return str(self.item.get(field, ""))

    @property
    def type(self) -> str:
        """The CSL type."""
        return self.get("type")

    @property
    def title(self) -> str:
        """The title; ``""`` if it is missing."""
        return self.get("title")

    @property
    def _is_english(self) -> bool:
        return tags.main(self.get("language")) == "en"

    @property
    def title_gloss(self) -> str:
        """The translation of the title, in sentence case if there is such a form; ``""`` of a work in
        English.
        """
        return "" if self._is_english else self.in_sentence_case or self.title_en

    @property
    def sentence_case(self) -> str:
        """The title itself in sentence case, of a work in English; ``""`` if there is no such form."""
        return self.in_sentence_case if self._is_english else ""

    @property
    def container(self) -> str:
        """The title of the container; ``""`` if there is none."""
        return self.get("container-title")

    @property
    def publisher(self) -> str:
        """The publisher in Latin letters if the record has that, else as it is; ``""`` if there is none."""
        return self.publisher_latin or self.get("publisher")

    @property
    def place(self) -> str:
        """The place of the publisher in Latin letters if the record has that, else as it is; ``""`` if there
        is none.
        """
        return self.place_latin or self.get("publisher-place")

    @property
    def lead(self) -> tuple[Person, ...]:
        """The persons at the beginning of the entry: the authors, or the editors if there is no author."""
        return self.authors or self.editors

    @property
    def other_editors(self) -> tuple[Person, ...]:
        """The editors, if they do not open the entry; ``()`` if there is no author."""
        return self.editors if self.authors else ()

    @property
    def date(self) -> tuple[int, ...]:
        """The date of publication: (year), (year, month), (year, month, day), or ``()``."""
        return references.date(self.item)

    @property
    def day(self) -> str:
        """The date of publication in ISO 8601 format, as precise as it is, or in words; ``""`` if there is
        none.
        """
        return references.words(self.item)

    @property
    def year(self) -> str:
        """The year of :attr:`date` alone; without a date the date in words; ``""`` if there is none."""
        return str(self.date[0]) if self.date else self.day

    @property
    def original(self) -> str:
        """The date when the work was written or first published, in ISO 8601 or in words; ``""`` if there is
        none.
        """
        return references.words(self.item, "original-date")

    @property
    def online(self) -> bool:
        """Whether it is a web page, by its type; an article with an address is none."""
        return self.type == "webpage"

    @property
    def unpublished(self) -> bool:
        """Whether it is a manuscript that has no number, no genre and no publisher."""
        known = (self.get("number"), self.get("genre"), self.get("publisher"))
        return self.type == "manuscript" and not any(known)

    @property
    def inside(self) -> bool:
        """Whether it is a chapter, or a classical work with a container."""
        return self.type == "chapter" or (self.type == "classic" and bool(self.container))

    @property
    def is_chinese(self) -> bool:
        """Whether the work is in Chinese, by its field ``language`` alone; false if it has none."""
        return language.of(self.get("language")).is_chinese

    @property
    def doi(self) -> str:
        """The DOI of the item as it is, ``10.1000/182`` without an address; ``""`` if it has none, also if
        ``address`` is that of a DOI.
        """
        return self.get("DOI")

    @property
    def link(self) -> str:
        """The address that a style prints: that of the DOI (``https://doi.org/10.1000/182``) if there is one,
        else ``address``; ``""`` if there is neither.
        """
        return references.doi_address(self.doi) if self.doi else self.address

    @property
    def read(self) -> str:
        """The access date of the record, else ``read_on``; ``""`` if neither is known."""
        return references.iso(self.item, "accessed") or self.read_on

    @property
    def undated(self) -> bool:
        """Whether it is a web page with an address and without a date: the access date then identifies its
        version.
        """
        return self.online and bool(self.address) and not self.year

    def where(self, term: str) -> str:
        """The place in the text: ``para. 12 (#p12)`` for the term ``para.``; ``""`` without a locator.

        For a sentence ``para. 12, sentence 2 (#p12-s2)``.
        """
        return f"{self._counted(term)} (#{self.at.id})" if self.at else ""

    def where_in_text(self, term: str) -> str:
        """The place as it is named between parentheses: ``para. 12, #p12``; ``""`` without a locator.

        For a sentence ``para. 12, sentence 2, #p12-s2``.  The parentheses are not in it.
        """
        return f"{self._counted(term)}, #{self.at.id}" if self.at else ""

    def _counted(self, term: str) -> str:
        if self.at is None:
            return ""
        sentence = f", sentence {self.at.sentence}" if self.at.sentence else ""
        return f"{term} {self.at.number}{sentence}"

    @property
    def pages(self) -> str:
        """The pages, with an en dash for each hyphen: ``10-20`` → ``10–20``; ``""`` if there are none."""
        return self.get("page").replace("-", "–")

    @property
    def several_pages(self) -> bool:
        """Whether the pages are a range or a list: they have an en dash, a hyphen or a comma; false for one
        page and for none.
        """
        return re.search("[–,]", self.pages) is not None
