"""The bibliographic record of a work."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from site_builder.language import catalogue
from site_builder.language import language as languages
from site_builder.language.message import listed
from site_builder.model.field import NOT_IN_FILE, Choice, Doc, Key
from site_builder.model.place import NOWHERE, Place
from site_builder.model.text import NO_WORDS, Localized, Translated, TranslatedLine, TranslationsAlone
from site_builder.model.values.forms import Doi, Id, Isbn, Issn, LanguageTag, LinkTarget, OneLine, Url
from site_builder.records import dataclass

WORK_KINDS = ("article", "book", "chapter", "thesis", "report", "webpage", "manuscript", "classic")
"""The kinds of works that bibliographies distinguish."""
COPY_ROLES = ("published", "witness", "other")


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadingName:
    """What pages beside the text call a heading: its translations, and a short form with its own.

    ``name`` has no words itself, because they are in the text.
    """

    name: TranslationsAlone = NO_WORDS
    short: Annotated[Translated, Doc("a shorter form, for the path above a passage")] = NO_WORDS
    place: Place = NOWHERE


NO_NAMES = HeadingName()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One statement about the work, with its source."""

    name: TranslatedLine
    value: TranslatedLine
    source: Annotated[OneLine, Doc("every fact names its source")]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A known copy of the work: where and when it appeared, in which script, and its role."""

    id: Id
    name: TranslatedLine
    name_latin: Annotated[OneLine, Doc("the name in Latin letters, for citations in English styles")] = ""
    date: OneLine = ""
    script: OneLine = ""
    address: LinkTarget = ""
    note: TranslatedLine = NO_WORDS
    role: Annotated[str, Choice(COPY_ROLES)]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name in one script: divided (``family`` and ``given``) or whole (``literal``), never both."""

    family: Annotated[OneLine, Doc("the family name, as 李 or Jacobs")] = ""
    given: Annotated[OneLine, Doc("the given names, as 明 or Jane B.")] = ""
    literal: Annotated[
        OneLine, Doc("a name that is not divided: of an institution, or of a person with one name")
    ] = ""

    @property
    def divided(self) -> bool:
        """Whether the name has a family name.  Given names alone do not count."""
        return bool(self.family)

    @property
    def alphabetic(self) -> bool:
        """Whether it is written in an alphabet: one such letter in ``family``, else in ``literal``, is
        enough.

        A name in Han characters, kana or Hangul is written family first, without a space or a comma.
        ``given`` is not examined; an empty name is not alphabetic.
        """
        return _ALPHABET.search(self.family or self.literal) is not None

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin letters: one in ``family``, else in ``literal``, is enough."""
        return _LATIN.search(self.family or self.literal) is not None

    @property
    def whole(self) -> str:
        """The name as running text has it: ``Jane Jacobs``, ``李明``.

        If it is not divided, ``literal``, which may be empty; a family name alone is returned alone.  A given
        name without a family name does not divide it.
        """
        if not self.divided:
            return self.literal
        if not self.alphabetic:
            return f"{self.family}{self.given}"
        return f"{self.given} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name as a list in alphabetical order has it: ``Jacobs, Jane``; a name in Chinese letters stays
        ``李明``.

        A name that is not divided, or has no given names, is as :attr:`whole` gives it: ``literal``, or the
        family name.
        """
        return f"{self.family}, {self.given}" if self.given and self.alphabetic else self.whole


def language_of(language: str, script: str) -> str:
    """A language tag with a script: ``("zh", "Hant")`` → ``zh-Hant``.

    A tag that has a subtag stays, and so does one whose usual script it is: ``("ja", "Jpan")`` → ``ja``.
    Without a script the language is returned as it is.
    """
    if not script or "-" in language or languages.of(language).script == script:
        return language
    return f"{language}-{script}"


_LATIN = re.compile(r"[A-Za-z\u00C0-\u02AF\u1E00-\u1EFF]")
_ALPHABET = re.compile(r"[A-Za-z\u00C0-\u02AF\u0370-\u06FF\u0900-\u0E7F\u10A0-\u10FF\u1E00-\u1FFF]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person or an institution that made a work.

    The file has the fields of ``name`` beside the other fields.  ``latin`` is the name in Latin letters where
    ``name`` is in another script.
    """

    name: Annotated[Name, NOT_IN_FILE]
    latin: Annotated[Name | None, Doc("the name in Latin letters, as {family: Li, given: Ming}")] = None
    institution: Annotated[bool, Doc("true for an institution")] = False
    affiliation: Annotated[OneLine, Doc("where a person works, as the publication says")] = ""
    place: Place = NOWHERE

    @property
    def east_asian(self) -> bool:
        """Whether the name is divided and written family first; its Latin form keeps that order.

        False for a name that is not divided (``literal``), also in Han characters.
        """
        return self.name.divided and not self.name.alphabetic

    @property
    def romanised(self) -> str:
        """The field ``latin`` as running text has it: ``Li Ming``, ``Jane Jacobs``; ``""`` if there is none.

        So it is empty for a person whose ``name`` itself is in Latin letters.
        """
        if self.latin is None:
            return ""
        if self.east_asian and self.latin.divided:
            return f"{self.latin.family} {self.latin.given}".rstrip()
        return self.latin.whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """The bibliographic record of a work (``corpus/WORK/work.yaml``); ``docs/record.md`` describes it.

    ``id`` is the name of the folder.  ``authors`` is empty where no author is known.  ``affiliation`` is the
    affiliation that a record of format 1 gives to several authors together.  ``place`` is the place of the
    record, ``places`` the place of each key.
    """

    id: Annotated[str, NOT_IN_FILE]
    title: TranslatedLine
    title_latin: Annotated[
        OneLine, Doc("the title in Latin letters, as Lunyu; for citations in English styles")
    ] = ""
    title_gloss: Annotated[
        OneLine, Doc("the title in English in sentence case, for APA and Chicago; absent: title_en")
    ] = ""
    kind: Annotated[
        str, Choice(WORK_KINDS), Doc("absent: an article where there is a container, else a book")
    ] = ""
    authors: Annotated[tuple[Person, ...], Doc("[] where no author is known")] = ()
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    affiliation: Annotated[str, NOT_IN_FILE] = ""
    container: Annotated[TranslatedLine, Doc("the journal, book, site or collection that holds the work")] = (
        NO_WORDS
    )
    container_latin: Annotated[OneLine, Doc("the container in Latin letters, as Tushu Pinglun")] = ""
    series: Annotated[OneLine, Doc("the series that the book or report belongs to")] = ""
    number: Annotated[OneLine, Doc("the number of a report, or of a book in its series")] = ""
    genre: Annotated[OneLine, Doc("what kind of thesis, report or manuscript, as 博士學位論文")] = ""
    volume: OneLine = ""
    issue: OneLine = ""
    pages: Annotated[OneLine, Doc("as 10-20")] = ""
    edition_statement: Annotated[
        OneLine, Doc("the edition of the published book, as 2 or 修訂版 or 刻本")
    ] = ""
    publisher: Annotated[
        OneLine, Doc("the publisher; of a thesis the university, of a manuscript the library")
    ] = ""
    publisher_latin: Annotated[
        OneLine, Doc("the publisher in Latin letters or in English, for citations in English styles")
    ] = ""
    publisher_place: Annotated[OneLine, Key("place"), Doc("the place of the publisher")] = ""
    publisher_place_latin: Annotated[
        OneLine, Key("place_latin"), Doc("the place of the publisher in Latin letters")
    ] = ""
    year: Annotated[OneLine, Doc("2020, 2020-09, 2020-09-21, or words")] = ""
    original_date: Annotated[
        OneLine, Doc("when a work was written or first published that is printed later")
    ] = ""
    doi: Annotated[Doi, Doc("as 10.1000/182")] = ""
    issn: Annotated[Issn, Doc("as 1234-5679")] = ""
    isbn: Isbn = ""
    url: Url = ""
    accessed: Annotated[dt.date | None, Doc("the day on which the address was read")] = None
    language: LanguageTag
    script: Annotated[OneLine, Doc("the script of the text as ISO 15924, as Hant; absent: see language")] = ""
    short: Annotated[TranslatedLine, Doc("how a citation names the work, as 李明 2020")]
    rights: TranslatedLine
    rights_short: TranslatedLine
    witness: Annotated[OneLine, Doc("the id of the copy that the edition rests on")] = ""
    edition: Annotated[OneLine, Doc("the number of this edition of the text")]
    date: Annotated[dt.date, Doc("the day of this edition of the text")]
    copies: tuple[Copy, ...] = ()
    facts: tuple[Fact, ...] = ()
    headings: Annotated[
        Mapping[str, HeadingName], Doc("heading id → its translations and its short form")
    ] = field(default_factory=dict)
    place: Place
    places: Annotated[Mapping[str, Place], NOT_IN_FILE] = field(default_factory=dict, compare=False)

    def at(self, key: str) -> Place:
        """Where a key is, or where the record begins if the file does not have the key."""
        return self.places.get(key, self.place)

    @property
    def tag(self) -> str:
        """The language of the text (BCP 47), with its script where :func:`language_of` adds it: ``zh-Hant``.

        A script that is usual for the language is left out: ``ja`` with the script ``Jpan`` is ``ja``.  So is
        any script if ``language`` has a subtag already.
        """
        return language_of(self.language, self.script)

    @property
    def based_on(self) -> Copy | None:
        """The copy that the edition rests on: the one with the id :attr:`witness`, whatever its role;
        ``None`` if there is none.
        """
        return next((copy for copy in self.copies if copy.id == self.witness), None)

    @property
    def is_of_other_copy(self) -> bool:
        """Whether the edition rests on a copy, and a copy with the role ``published`` is another; false
        without a copy on which it rests.
        """
        return self.based_on is not None and any(
            copy.role == "published" and copy.id != self.witness for copy in self.copies
        )

    @property
    def witness_tag(self) -> str:
        """The language of the witness (BCP 47), with the script of its copy as in :attr:`tag`.

        Without such a copy, or if it states no script, it is the same as :attr:`tag`.
        """
        copy = self.based_on
        return language_of(self.language, copy.script) if copy and copy.script else self.tag

    @property
    def author(self) -> Localized:
        """The authors as running text in the language of the work names them, ``李明、Jane Jacobs``; empty
        if no author is known.

        Each name is in its own script.  The English form has the names in Latin letters, if all have one.
        """
        latin = [one.romanised or (one.name.whole if one.name.latin else "") for one in self.authors]
        english = {"en": catalogue.of("en").text(listed(latin))} if latin and all(latin) else {}
        names = catalogue.of(self.tag).text(listed(person.name.whole for person in self.authors))
        return Localized(names, language=self.tag, translations=english)
