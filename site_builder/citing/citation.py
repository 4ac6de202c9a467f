"""Citations of the article, of the copy that the edition is based on, of this edition, and of its passages.

Each is given in the styles of :mod:`site_builder.citing.styles`, and as BibTeX, RIS and CSL-JSON for
reference managers.  One rule holds everywhere.  The words of a passage are cited as those of the work, read
in this edition: the citation has the work and the edition, and the place is a passage or a sentence of the
edition.  What the editors say of a passage is cited by the edition alone.  Neither the published work nor
the copy has the numbers of passages, so their own citations never name one.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.citing import references
from site_builder.citing.bibtex import bibtex
from site_builder.citing.cited import Cited, Locator
from site_builder.citing.ris import ris
from site_builder.citing.styled import DAY, Styled
from site_builder.citing.styles.apa import apa, apa_in_edition, apa_in_text
from site_builder.citing.styles.chicago import (
    chicago,
    chicago_author_date,
    chicago_author_date_in_edition,
    chicago_in_edition,
    chicago_in_text,
    chicago_note,
    chicago_note_in_edition,
)
from site_builder.citing.styles.gbt import gbt, language_of
from site_builder.citing.styles.mla import mla, mla_in_edition, mla_in_text
from site_builder.citing.styles.parts import without_italics
from site_builder.edition import addresses
from site_builder.language.characters import one_line
from site_builder.language.message import Message, msg
from site_builder.model import Localized, Passage, Record, SentenceRange, Site
from site_builder.records import replace

__all__ = [
    "DAY",
    "Citations",
    "Locator",
    "Styled",
    "locator",
    "of_edition",
    "of_work",
    "place",
    "quotation",
    "styles",
]
_GBT = "GB/T 7714—2025"
_CHICAGO = ("Chicago 18, note", "Chicago 18, bibliography", "Chicago 18, author–date")


def locator(passage: Passage, sentence: SentenceRange | None = None, *, date: str = "") -> Locator:
    """The locator of one passage, or of one sentence of it.

    ``number`` is the number of the passage, as text.  ``id`` is that of the sentence if there is one
    (``p1-s2``), else that of the passage; ``sentence`` is the number of the sentence, or ``""``.

    :param date: the day of access; ``""`` if it is not known, :data:`DAY` for a script to fill in.
    """
    if sentence is None:
        return Locator(number=str(passage.number), id=passage.id, date=date)
    return Locator(number=str(passage.number), id=sentence.id, sentence=str(sentence.number), date=date)


def styles(record: Record, site: Site, at: Locator | None = None, *, read: str = "") -> tuple[Styled, ...]:
    """The citations of a work, or of one of its passages.

    The order of the styles is GB/T 7714, APA, three of Chicago, MLA, BibTeX, RIS, CSL-JSON.  Without a place
    they are those of the article, of the copy (if there is one with the role ``witness``) and of the edition:
    18 or 27 citations.  With a place they are 18: those of the words of the passage, then those of the
    edition with the passage, for the words of the editors.  The formats of reference managers name no
    passage.

    :param at: the cited passage or sentence, if any.
    :param read: the day on which the edition is read, without a place; ``""`` if it is not known.
    """
    whole, edition = _article(record), _edition(record, site, at, read)
    if at is not None:
        both = (whole.item, edition.item)
        return (
            *_in_edition(whole, edition),
            *_for_programs("passage", *both),
            *_styled(edition),
            *_for_programs("edition", edition.item),
        )
    return tuple(
        styled
        for cited in (whole, *_copy(record, whole), edition)
        for styled in (*_styled(cited), *_for_programs(cited.of, cited.item))
    )


_NUMBER, _ID, _SENTENCE = "\ufdd0", "\ufdd1", "\ufdd2"
"""Noncharacters of Unicode, which no text of a project has."""
_PLACES = Locator(number=_NUMBER, id=_ID, date=DAY)


class Citations:
    """The citations of the passages and sentences of one work, as pages show them.

    Those of two passages differ only in the place that they name.  They are composed once, for a place that
    is then filled in.  The day of access is :data:`DAY`.
    """

    def __init__(self, record: Record, site: Site) -> None:
        self._of_passage = styles(record, site, _PLACES)
        self._of_sentence = [
            one
            for one in styles(record, site, replace(_PLACES, sentence=_SENTENCE))
            if one.of == "passage" and one.placed
        ]

    def of_passage(self, passage: Passage) -> tuple[Styled, ...]:
        """The citations of a passage: those of :func:`styles` with its place."""
        place = locator(passage)
        return tuple(_placed(one, place) for one in self._of_passage)

    def of_sentences(self, passage: Passage) -> Iterator[tuple[SentenceRange, list[Styled]]]:
        """Each sentence of a passage, in order, with the citations of its words that name it
        (:attr:`Styled.placed`).

        These are five, all with ``of="passage"``: GB/T 7714, APA, note and author–date of Chicago, MLA.  They
        name the number of the passage and that of the sentence in it, and the address has the id of the
        sentence.  A passage without sentences gives none.

        Their ``style`` is, in this order, ``GB/T 7714—2025``, ``APA 7``, ``Chicago 18, note``,
        ``Chicago 18, author–date``, ``MLA 9``.  APA, author–date and MLA have a citation in the text.
        """
        for sentence in passage.sentences:
            place = locator(passage, sentence)
            yield sentence, [_placed(one, place) for one in self._of_sentence]


def _placed(styled: Styled, at: Locator) -> Styled:
    """A citation with the place that it names, instead of the noncharacters."""

    def placed(words: str) -> str:
        if _ID not in words:
            return words
        found = words.replace(_NUMBER, at.number).replace(_ID, at.id).replace(_SENTENCE, at.sentence)
        return Localized(found, language=words.language) if isinstance(words, Localized) else found

    return replace(
        styled,
        entry=placed(styled.entry),
        in_text=placed(styled.in_text),
        marked=placed(styled.marked),
        marked_in_text=placed(styled.marked_in_text),
    )


def of_edition(record: Record, site: Site) -> str:
    """The edition in one line in the bibliography style of Chicago, for places without a choice of style:
    plain text, without italics and without a passage.

    As ``PUBLISHER. TITLE: SUBTITLE. Version 1.1. November 24, 2026. ADDRESS.``, with its full stop at the
    end.  Publishers are in Latin letters if the project has that, and are not inverted; with
    ``publisher_is_name`` false the title is the beginning.  A title with a translation into English is
    followed by it: ``TITLE: SUBTITLE [TRANSLATION].``  Without an address the date is the end.
    """
    return without_italics(chicago(_edition(record, site, None)))


def of_work(record: Record) -> str:
    """The work as it was published, in one line in GB/T 7714 style: plain text, without a passage and without
    the edition.

    As ``Jacobs J. The Canal[M]. London：Dike Press，2012.``, with its full stop at the end.  Fields that are
    missing are left out.
    """
    return gbt(_article(record))


def quotation(record: Record, site: Site, *, of_sentence: bool = False) -> Message:
    """A template of a quotation with its source, for the page to fill in, for a style without citations in
    the text.

    As ``「{words}」（李明，2012；〈題名〉1.1 版第 {number} 段，#{id}）``.

    The work is named by author and year; the passage is one of the edition, by its title and version.
    ``year`` is as the record has it.  If one of author and year is empty, the other is alone (``李明；``);
    without both the edition alone is named.

    In English it is ``“{words}” (AUTHOR, YEAR; TITLE, version 1.1, passage {number}, #{id})``; of a sentence
    ``passage {number}, sentence {sentence}, #{id}``.  Nothing in the author is escaped.

    :param of_sentence: whether the words are those of a sentence, or within it (:func:`place`).
    """
    author, year = record.author, record.year
    where = place(site, of_sentence=of_sentence)
    if author and year:
        return msg("“{words}” (%(author)s, %(year)s; %(where)s)", author=author, year=year, where=where)
    if author or year:
        return msg("“{words}” (%(source)s; %(where)s)", source=author or year, where=where)
    return msg("“{words}” (%(where)s)", where=where)


def place(site: Site, *, of_sentence: bool = False) -> Message:
    """A template of a place in the edition in words, for a copy of the site without an address.

    In English ``TITLE, version VERSION, passage {number}, #{id}``, without the subtitle.  ``{number}`` and
    ``{id}`` stay, for the page to fill in.  Nothing in the title is escaped, also no ``%`` or brace.

    :param of_sentence: whether it is a sentence: then its number follows that of the passage,
        ``passage {number}, sentence {sentence}, #{id}``.
    """
    if of_sentence:
        return msg(
            "%(edition)s, version %(version)s, passage {number}, sentence {sentence}, #{id}",
            edition=site.title,
            version=site.version,
        )
    return msg(
        "%(edition)s, version %(version)s, passage {number}, #{id}", edition=site.title, version=site.version
    )


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
            container_latin=one_line(found.name_latin),
            container_en=one_line(found.name.of("en")),
            address=item.get("URL", ""),
        )
    ]


def _edition(record: Record, site: Site, at: Locator | None, read: str = "") -> Cited:
    """This edition, and the place in it."""
    title = references.edition_title(site)
    named = references.publishers(site) if site.publisher_is_name else ()
    return Cited(
        of="edition",
        item=references.edition(record, site),
        # who publishes it is named once in a style in English: in Latin letters, if the project has them
        authors=tuple(replace(one, institution=True) for one in named),
        title_latin=one_line(site.title_latin),
        in_sentence_case=one_line(site.title_gloss),
        title_en=one_line(title.of("en")),
        address=_address(record, site, at),
        at=at,
        # a reader of a page reads the edition, and perhaps not the copy
        read_on=at.date if at else read,
        short_title=one_line(site.title_latin).partition(": ")[0] or site.title,
    )


def _address(record: Record, site: Site, at: Locator | None) -> str:
    """The address of the edition, or of the passage in it; ``""`` if the project has no address."""
    if at is not None and at.address:
        return at.address
    if not site.address or at is None:
        return site.address
    return f"{site.address.rstrip('/')}/{addresses.anchor((record.id, at.id))}"


def _styled(cited: Cited) -> tuple[Styled, ...]:
    """A citation in the styles for readers."""
    of = cited.of
    wanted = cited.online and not cited.read and bool(cited.address or of == "edition")
    undated = wanted and cited.undated
    reference = Localized(gbt(cited), language=language_of(cited))
    note, listed, dated = _CHICAGO
    return (
        _form(of, _GBT, reference, lacks_day=wanted),
        _form(of, "APA 7", apa(cited), apa_in_text(cited), lacks_day=undated),
        _form(of, note, chicago_note(cited), lacks_day=undated),
        _form(of, listed, chicago(cited), lacks_day=undated),
        _form(of, dated, chicago_author_date(cited), chicago_in_text(cited), lacks_day=undated),
        _form(of, "MLA 9", mla(cited), mla_in_text(cited), lacks_day=undated),
    )


def _in_edition(work: Cited, edition: Cited) -> tuple[Styled, ...]:
    """The citation of words of a work that are read in an edition of it, in the styles for readers.

    GB/T 7714 has no form for a work that an edition reprints, and allows several references for one passage
    (9.1): the entry is that of the work and, on a line of its own, that of the edition with the place.  The
    other styles name the edition in the entry of the work.  The citation in the text names the work and the
    place: in APA and the author-date system with the years of both.
    """
    of = "passage"
    references_ = "\n".join((gbt(work), gbt(edition)))
    note, listed, dated = _CHICAGO
    in_edition = _as_read_in(work, edition)
    first = (work.original or work.year) if work.year != edition.year else ""
    wanted = not edition.read
    return (
        _form(of, _GBT, Localized(references_, language=language_of(work)), lacks_day=wanted),
        _form(of, "APA 7", apa_in_edition(work, edition), apa_in_text(in_edition, first)),
        _form(of, note, chicago_note_in_edition(work, edition)),
        _form(of, listed, chicago_in_edition(work, edition)),
        _form(of, dated, chicago_author_date_in_edition(work, edition), chicago_in_text(in_edition, first)),
        _form(of, "MLA 9", mla_in_edition(work, edition), mla_in_text(in_edition)),
    )


def _as_read_in(work: Cited, edition: Cited) -> Cited:
    """The work with the date of the edition, and the place in it."""
    item = {name: value for name, value in work.item.items() if name != "issued"}
    if "issued" in edition.item:
        item["issued"] = edition.item["issued"]
    return replace(work, item=item, at=edition.at)


def _form(of: str, style: str, entry: str, in_text: str = "", *, lacks_day: bool = False) -> Styled:
    """A citation of a style for readers, with marks of italics."""
    return Styled(
        of=of,
        style=style,
        entry=entry if isinstance(entry, Localized) else without_italics(entry),
        in_text=without_italics(in_text),
        latin=style != _GBT,
        lacks_day=lacks_day,
        marked=entry,
        marked_in_text=in_text,
    )


def _for_programs(of: str, *items: references.Item) -> tuple[Styled, ...]:
    """A citation in the formats of reference managers, of one work or of several."""
    return (
        Styled(of=of, style="BibTeX", entry="\n\n".join(map(bibtex, items)), plain=True),
        Styled(of=of, style="RIS", entry="\n\n".join(map(ris, items)), plain=True),
        Styled(of=of, style="CSL-JSON", entry=references.csl(*items), plain=True),
    )
