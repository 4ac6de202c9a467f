"""Citations of the article, of the copy that the edition is based on, and of this edition.

Each is given in the styles of :mod:`site_builder.citing.styles`, and as BibTeX, RIS and CSL-JSON for
reference managers.  A passage or a sentence is cited by the edition alone, with its version: their numbers
are those of the edition, and neither the published work nor the copy has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.citing import references
from site_builder.citing.bibtex import bibtex
from site_builder.citing.cited import Cited, Locator
from site_builder.citing.ris import ris
from site_builder.citing.styles.apa import apa, apa_in_text
from site_builder.citing.styles.chicago import (
    chicago,
    chicago_author_date,
    chicago_in_text,
    chicago_note,
)
from site_builder.citing.styles.gbt import gbt, language_of
from site_builder.citing.styles.mla import mla, mla_in_text
from site_builder.edition import addresses
from site_builder.language.characters import one_line
from site_builder.language.message import Message, Wording, msg, pmsg
from site_builder.model import Localized, Passage, Record, SentenceRange, Site
from site_builder.records import dataclass

__all__ = [
    "Locator",
    "Styled",
    "locator",
    "of_edition",
    "of_sentences",
    "of_work",
    "quotation",
    "styles",
]
_NAMES = {
    "Chicago 18, note": pmsg("citation style", "Chicago 18, note"),
    "Chicago 18, bibliography": pmsg("citation style", "Chicago 18, bibliography"),
    "Chicago 18, author–date": pmsg("citation style", "Chicago 18, author–date"),
}
"""Style → its name for readers, if it has words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Styled:
    """One citation in one style.

    ``of`` is ``article``, ``copy`` or ``edition``.  ``in_text`` is the citation in the text, ``""`` in a
    style that has none.  ``latin`` means that the style is English, ``plain`` that it is shown in a
    fixed-width font.  ``lacks_day`` means that the style wants the day of access, which is not known.
    """

    of: str
    style: str
    entry: str
    in_text: str = ""
    latin: bool = False
    plain: bool = False
    lacks_day: bool = False

    @property
    def name(self) -> Wording:
        """The name of the style, for readers; the id of the style if it has no name."""
        return _NAMES.get(self.style, self.style)

    @property
    def language(self) -> str:
        """The language of the words of the style; ``""`` for a format."""
        return "en" if self.latin else self.entry.language if isinstance(self.entry, Localized) else ""

    @property
    def placed(self) -> str:
        """The citation that names a place in the work: in the text, or the entry; ``""`` if neither does."""
        if self.in_text:
            return self.in_text
        return "" if self.plain or self.style == "Chicago 18, bibliography" else self.entry


def locator(passage: Passage, sentence: SentenceRange | None = None) -> Locator:
    """The locator of one passage, or of one sentence of it, without an access date."""
    if sentence is None:
        return Locator(number=str(passage.number), id=passage.id, date="")
    return Locator(number=str(passage.number), id=sentence.id, sentence=str(sentence.number), date="")


def styles(record: Record, site: Site, at: Locator | None = None) -> tuple[Styled, ...]:
    """The citations of the article, the copy (if there is one with the role ``witness``) and the edition.

    The order of the styles is GB/T 7714, APA, three of Chicago, MLA, BibTeX, RIS, CSL-JSON: 18 or 27
    citations.  Those of the edition name the passage, except for the formats of reference managers.

    :param at: the cited passage or sentence, if any.
    """
    return tuple(
        styled
        for cited in _works(record, site, at)
        for styled in (*_styled(cited), *_for_programs(cited.of, cited.item))
    )


def of_sentences(
    record: Record, site: Site, passage: Passage
) -> Iterator[tuple[SentenceRange, list[Styled]]]:
    """Each sentence of a passage with the citations of the edition that name it (:attr:`Styled.placed`).

    They name the number of the passage and that of the sentence in it, and the address has the id of the
    sentence.  A passage without sentences gives none.
    """
    for sentence in passage.sentences:
        cited = _edition(record, site, locator(passage, sentence))
        yield sentence, [styled for styled in _styled(cited) if styled.placed]


def of_edition(record: Record, site: Site) -> str:
    """The edition in one line in the bibliography style of Chicago, for places without a choice of style."""
    return chicago(_edition(record, site, None))


def of_work(record: Record) -> str:
    """The work as it was published, in one line in GB/T 7714 style."""
    return gbt(_article(record))


def quotation(record: Record, site: Site) -> Message:
    """A template of a quotation with its source, for the page to fill in.

    As ``「{words}」（李明，2012；〈題名〉1.1 版第 {number} 段，#{id}）``.

    The work is named by author and year; the passage is one of the edition, by its title and version.
    ``year`` is as the record has it.  If one of author and year is empty, the other is alone (``李明；``);
    without both the edition alone is named.
    """
    author, year = record.author, record.year
    where = msg(
        "%(edition)s, version %(version)s, passage {number}, #{id}", edition=site.title, version=site.version
    )
    if author and year:
        return msg("“{words}” (%(author)s, %(year)s; %(where)s)", author=author, year=year, where=where)
    if author or year:
        return msg("“{words}” (%(source)s; %(where)s)", source=author or year, where=where)
    return msg("“{words}” (%(where)s)", where=where)


def _works(record: Record, site: Site, at: Locator | None) -> list[Cited]:
    whole = _article(record)
    return [whole, *_copy(record, whole), _edition(record, site, at)]


def _article(record: Record) -> Cited:
    """The work as it was published."""
    item = references.article(record)
    return Cited(
        of="article",
        item=item,
        authors=references.clean(record.authors),
        editors=references.clean(record.editors),
        translators=references.clean(record.translators),
        title_latin=one_line(record.title_latin),
        in_sentence_case=one_line(record.title_gloss),
        title_en=one_line(record.title.of("en")),
        container_latin=one_line(record.container_latin),
        container_en=one_line(record.container.of("en")),
        publisher_latin=one_line(record.publisher_latin),
        place_latin=one_line(record.publisher_place_latin),
        address=item.get("URL", ""),
    )


def _copy(record: Record, whole: Cited) -> list[Cited]:
    """The copy with the role ``witness``: a page with the title and the authors of the work."""
    found, item = references.witness(record), references.copy(record)
    if found is None or item is None:
        return []
    return [
        Cited(
            of="copy",
            item=item,
            authors=whole.authors,
            title_latin=whole.title_latin,
            in_sentence_case=whole.in_sentence_case,
            title_en=whole.title_en,
            container_en=one_line(found.name.of("en")),
            address=item.get("URL", ""),
        )
    ]


def _edition(record: Record, site: Site, at: Locator | None) -> Cited:
    """This edition, and the place in it."""
    title = references.edition_title(site)
    return Cited(
        of="edition",
        item=references.edition(record, site),
        # who publishes it is named once in a style in English: in Latin letters, if the project has them
        authors=tuple(replace(one, institution=True) for one in references.publishers(site)),
        title_latin=one_line(site.title_latin),
        in_sentence_case=one_line(site.title_gloss),
        title_en=one_line(title.of("en")),
        address=_address(record, site, at),
        at=at,
        # a reader of a page reads the edition, and perhaps not the copy
        read_on=at.date if at else "",
    )


def _address(record: Record, site: Site, at: Locator | None) -> str:
    """The address of the edition, or of the passage in it; ``""`` if the project has no address."""
    if not site.address or at is None:
        return site.address
    return f"{site.address.rstrip('/')}/{addresses.anchor((record.id, at.id))}"


def _styled(cited: Cited) -> tuple[Styled, ...]:
    """A citation in the styles for readers."""
    of = cited.of
    wanted = cited.online and not cited.read and bool(cited.address or of == "edition")
    undated = wanted and cited.undated
    reference = Localized(gbt(cited), language=language_of(cited))
    note, listed, dated = (f"Chicago 18, {form}" for form in ("note", "bibliography", "author–date"))
    return (
        Styled(of=of, style="GB/T 7714—2025", entry=reference, lacks_day=wanted),
        Styled(
            of=of, style="APA 7", entry=apa(cited), in_text=apa_in_text(cited), latin=True, lacks_day=undated
        ),
        Styled(of=of, style=note, entry=chicago_note(cited), latin=True, lacks_day=undated),
        Styled(of=of, style=listed, entry=chicago(cited), latin=True, lacks_day=undated),
        Styled(
            of=of,
            style=dated,
            entry=chicago_author_date(cited),
            in_text=chicago_in_text(cited),
            latin=True,
            lacks_day=undated,
        ),
        Styled(
            of=of, style="MLA 9", entry=mla(cited), in_text=mla_in_text(cited), latin=True, lacks_day=undated
        ),
    )


def _for_programs(of: str, item: references.Item) -> tuple[Styled, ...]:
    """A citation in the formats of reference managers."""
    return (
        Styled(of=of, style="BibTeX", entry=bibtex(item), plain=True),
        Styled(of=of, style="RIS", entry=ris(item), plain=True),
        Styled(of=of, style="CSL-JSON", entry=references.csl(item), plain=True),
    )
