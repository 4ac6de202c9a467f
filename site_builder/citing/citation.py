"""Citations of the article, of the copy that the edition is based on, and of this edition.

Each is given in the styles of :mod:`site_builder.citing.styles`, and as BibTeX, RIS and CSL-JSON for
reference managers; with a passage, or with placeholders that a page fills in.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.citing import references
from site_builder.citing.bibtex import bibtex
from site_builder.citing.cited import UNDATED, Cited, Locator
from site_builder.citing.ris import ris
from site_builder.citing.styles.apa import apa
from site_builder.citing.styles.chicago import chicago
from site_builder.citing.styles.gbt import LANGUAGE as GBT
from site_builder.citing.styles.gbt import gbt
from site_builder.citing.styles.mla import mla
from site_builder.edition import addresses
from site_builder.language.characters import join_lines, one_line
from site_builder.language.message import Message, Wording, msg, pmsg
from site_builder.model import Localized, Passage, Record, Site

__all__ = ["UNDATED", "Locator", "Styled", "locator", "of_edition", "of_work", "quotation", "styles"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Styled:
    """One citation in one style.

    ``of`` is ``article``, ``copy`` or ``edition``; ``entry`` is the citation, with :data:`UNDATED` where an
    access date is not known; ``latin`` means that the style is English, ``plain`` that it is shown in a
    fixed-width font.
    """

    of: str
    style: str
    entry: str
    latin: bool = False
    plain: bool = False

    @property
    def language(self) -> str:
        """The language of the words of the style; ``""`` for a format."""
        return "en" if self.latin else self.entry.language if isinstance(self.entry, Localized) else ""

    @property
    def text(self) -> Wording:
        """The citation, with words for an access date that is not known."""
        return _with_words(self.entry)


def _with_words(entry: str) -> Wording:
    before, placeholder, after = entry.partition(UNDATED)
    if not placeholder:
        return before
    return pmsg(
        "a citation; %(date)s is a placeholder in it",
        "%(before)s%(date)s%(after)s",
        before=before,
        date=pmsg("placeholder in a citation", "access date"),
        after=_with_words(after),
    )


def locator(passage: Passage) -> Locator:
    """The locator of one passage, with the placeholder :data:`UNDATED` for the access date.

    The opening is the first ten characters on one line.
    """
    return Locator(
        number=str(passage.number), id=passage.id, opening=join_lines(passage.text)[:10], date=UNDATED
    )


def styles(record: Record, site: Site, at: Locator | None = None) -> tuple[Styled, ...]:
    """The citations of the article, the copy (if there is one with the role ``witness``) and the edition.

    The order of the styles is GB/T 7714, APA, Chicago, MLA, BibTeX, RIS, CSL-JSON: 14 or 21 citations.
    The first four name the passage, of the article and of the edition alike; the last three never do.

    :param at: the cited passage, if any.
    """
    return tuple(styled for cited in _works(record, site, at) for styled in _styled(cited))


def of_edition(record: Record, site: Site) -> str:
    """The edition in one line in Chicago style, without a passage, for places without a choice of style."""
    return chicago(_works(record, site, None)[-1])


def of_work(record: Record) -> Wording:
    """The work as it was published, in one line in GB/T 7714 style, without a passage."""
    return _with_words(gbt(_text(record, "article", references.article(record), None)))


def quotation(record: Record) -> Message:
    """A template of a quotation with its source, ``「{words}」（李明，2012，第 {number} 段）``, for the page
    to fill in.

    Without authors or year it is ``「{words}」（第 {number} 段）``.  ``year`` is as the record has it.
    """
    author, year = record.author, record.year
    if author and year:
        return msg("“{words}” (%(author)s, %(year)s, passage {number})", author=author, year=year)
    if author or year:
        return msg("“{words}” (%(source)s, passage {number})", source=author or year)
    return msg("“{words}” (passage {number})")


def _works(record: Record, site: Site, at: Locator | None) -> list[Cited]:
    edition = Cited(
        of="edition",
        item=references.edition(record, site),
        authors=references.publishers(site),
        title_en=references.edition_title(site).of("en"),
        address=_address(record, site, at),
        at=at,
    )
    copy = references.copy(record)
    copies = [_text(record, "copy", copy, at)] if copy else []
    return [_text(record, "article", references.article(record), at), *copies, edition]


def _text(record: Record, of: str, item: references.Item, at: Locator | None) -> Cited:
    """The work as it was published, or a copy of it."""
    published = of == "article"
    return Cited(
        of=of,
        item=item,
        authors=references.clean(record.authors),
        editors=references.clean(record.editors) if published else (),
        translators=references.clean(record.translators) if published else (),
        title_en=one_line(record.title.of("en")),
        container_en=one_line(record.container.of("en")) if published else "",
        address=item.get("URL", ""),
        at=at,
    )


def _address(record: Record, site: Site, at: Locator | None) -> str:
    """The address of the edition, or of the passage in it; ``""`` if the project has no address."""
    if not site.address or at is None:
        return site.address
    return f"{site.address.rstrip('/')}/{addresses.anchor((record.id, at.id))}"


def _styled(cited: Cited) -> tuple[Styled, ...]:
    of, item = cited.of, cited.item
    return (
        Styled(of=of, style="GB/T 7714—2015", entry=Localized(gbt(cited), language=GBT)),
        Styled(of=of, style="APA 7", entry=apa(cited), latin=True),
        Styled(of=of, style="Chicago 17", entry=chicago(cited), latin=True),
        Styled(of=of, style="MLA 9", entry=mla(cited), latin=True),
        Styled(of=of, style="BibTeX", entry=bibtex(item), plain=True),
        Styled(of=of, style="RIS", entry=ris(item), plain=True),
        Styled(of=of, style="CSL-JSON", entry=references.csl(item), plain=True),
    )
