"""A work to be cited, and the place in it, as the styles need them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_builder.citing import references
from site_builder.model import Person

UNDATED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""The placeholder for an access date that is not known; pages show a word of their language there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """The cited passage: its displayed number, id and first words; and the access date.

    With the default values every part is a placeholder that the page fills in: ``{number}``…
    """

    number: str = "{number}"
    id: str = "{id}"
    opening: str = "{opening}"
    date: str = "{date}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A work, and the place in it that a citation names.

    ``of`` is as in :class:`site_builder.citing.citation.Styled`.
    """

    of: str
    item: references.Item
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    title_en: str = ""
    container_en: str = ""
    address: str = ""
    at: Locator | None = None

    def get(self, field: str) -> str:
        """A text field of the item; ``""`` if it is missing."""
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
    def container(self) -> str:
        """The title of the container; ``""`` if there is none."""
        return self.get("container-title")

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
    def year(self) -> str:
        """The year alone, or the date in words; ``""`` if there is none."""
        literal = self.item.get("issued", {}).get("literal", "")
        return str(self.date[0]) if self.date else str(literal)

    @property
    def original(self) -> str:
        """The date when the work was written or first published, in ISO 8601 or in words; ``""`` if there is
        none.
        """
        date = self.item.get("original-date", {})
        return references.iso(self.item, "original-date") or str(date.get("literal", ""))

    @property
    def online(self) -> bool:
        """Whether it is a web page, by its type; an article with an address is none."""
        return self.type == "webpage"

    @property
    def doi(self) -> str:
        """The DOI; ``""`` if there is none."""
        return self.get("DOI")

    @property
    def link(self) -> str:
        """The address that a style prints: that of the DOI if there is one; ``""`` if there is neither."""
        return references.doi_address(self.doi) if self.doi else self.address

    @property
    def read(self) -> str:
        """The access date of the record, else that of the locator, else the placeholder :data:`UNDATED`."""
        return references.iso(self.item, "accessed") or (self.at.date if self.at else UNDATED)

    @property
    def undated(self) -> bool:
        """Whether it is a web page with an address and without a date: the access date then identifies its
        version.
        """
        return self.online and bool(self.address) and not self.year

    def where(self, term: str) -> str:
        """The place in the text: ``para. 12 (#p12)`` for the term ``para.``; ``""`` without a locator."""
        return f"{term} {self.at.number} (#{self.at.id})" if self.at else ""

    @property
    def pages(self) -> str:
        """The pages, with an en dash in a range; ``""`` if there are none."""
        return self.get("page").replace("-", "–")

    @property
    def several_pages(self) -> bool:
        """Whether the pages are a range or a list; false for one page and for none."""
        return re.search("[–,]", self.pages) is not None
