"""The table of ``work.yaml``: the record of a work.

The values are those that CSL, BibTeX and RIS ask for; ``docs/record.md`` says where each of them goes.
Format 1 names the authors in one text (``author``, ``author_en``, ``affiliation``) and is still read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from site_builder.citing import people
from site_builder.language.characters import one_line
from site_builder.model import Copy, Fact, Name, Person, Place, Problem, Record
from site_builder.source import yamlio
from site_builder.source.fields import (
    BAD,
    Day,
    Either,
    Field,
    Flag,
    ListOf,
    OneOf,
    Shape,
    Text,
    fault,
    optional,
    required,
)
from site_builder.source.schemas.common import IDENT, LINK, ROLES

WORK_KINDS = ("article", "book", "chapter", "thesis", "report", "webpage", "manuscript", "classic")
"""What a work is, as far as a bibliography asks."""

WORDS = Text(make=lambda text, place: one_line(text))
"""A text that formats write on one line: a line break becomes a space, between Han characters nothing."""

_Check = Callable[[str], tuple[str, str]]
"""A text → (the text as formats write it, or nothing; a hint where it is refused)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Checked:
    """A text of a form that more than a pattern decides.

    ``says`` names the form in messages, ``pattern`` is its outline for the JSON Schema.
    """

    says: str
    pattern: str
    check: _Check

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        text = Text(verbatim=True).read(node, faults)
        if text is BAD:
            return BAD
        value, hint = self.check(text)
        if value:
            return value
        return fault(faults, node.place, "Y008", f"here must stand {self.says}, not '{one_line(text)}'", hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern, "minLength": 1}


def _doi(text: str) -> tuple[str, str]:
    prefix = re.match(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)", text, re.IGNORECASE)
    if prefix:
        return "", f"write it without '{prefix[0]}': {text[prefix.end() :]}"
    good = re.fullmatch(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f<>]+", text)
    return (
        (text, "") if good else ("", "as 10.1000/182: '10.', the number of the registrant, '/', the suffix")
    )


def _issn(text: str) -> tuple[str, str]:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9Xx]", text):
        return "", "as 1234-5679: eight digits (the last may be X) with a hyphen in the middle"
    return _last_digit(text.upper(), _issn_digit(text))


_ISBN = r"(97[89][ -]?)?([0-9][ -]?){9}[0-9Xx]"


def _isbn(text: str) -> tuple[str, str]:
    digits = re.sub(r"[ -]", "", text).upper()
    if not re.fullmatch(_ISBN, text):
        return "", "13 digits that begin with 978 or 979, or 10 digits of which the last may be X"
    wanted = _isbn13_digit(digits) if len(digits) == 13 else _isbn10_digit(digits)
    return _last_digit(text.upper(), wanted)


def _last_digit(text: str, wanted: str) -> tuple[str, str]:
    if text[-1] == wanted:
        return text, ""
    return (
        "",
        f"the check digit of these digits is {wanted}, not {text[-1]}: compare every digit with the source",
    )


def _issn_digit(text: str) -> str:
    """ISO 3297: weights 8 to 2, modulo 11."""
    total = sum(int(digit) * (8 - at) for at, digit in enumerate(text.replace("-", "")[:7]))
    return "0123456789X"[-total % 11]


def _isbn10_digit(digits: str) -> str:
    """ISO 2108 before 2007: weights 10 to 2, modulo 11."""
    return "0123456789X"[-sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9])) % 11]


def _isbn13_digit(digits: str) -> str:
    """ISO 2108: weights 1 and 3 in turn, modulo 10."""
    return str(-sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits[:12])) % 10)


def _web(text: str) -> tuple[str, str]:
    hint = (
        "as https://example.org/page: a space or another character that no address holds is written as %20 …"
    )
    if re.search(r'[\s\x00-\x20\x7f-\x9f"<>\\^`{|}]', text):
        return "", hint
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return "", hint
    return (text, "") if parts.scheme in ("http", "https") and host else ("", "as https://example.org/page")


DOI = _Checked(says="a DOI", pattern=r"^10\.[0-9]{4,9}(\.[0-9]+)*/\S+$", check=_doi)
ISSN = _Checked(says="an ISSN", pattern=r"^[0-9]{4}-[0-9]{3}[0-9Xx]$", check=_issn)
ISBN = _Checked(says="an ISBN", pattern=f"^{_ISBN}$", check=_isbn)
WEB = _Checked(says="an address of the web", pattern=r"^https?://\S+$", check=_web)


def _but(schema: dict[str, Any], left: Collection[str], needed: Collection[str]) -> dict[str, Any]:
    """The schema of a mapping without some of its keys, where others are needed."""
    properties = {name: of for name, of in schema["properties"].items() if name not in left}
    return {**schema, "properties": properties, "required": [*schema["required"], *needed]}


# --- people ---------------------------------------------------------------------------------------

_NAME_FIELDS = {
    "family": optional(WORDS, doc="the family name, as 李 or Jacobs"),
    "given": optional(WORDS, doc="the given names, as 明 or Jane B."),
    "literal": optional(
        WORDS, doc="a name that is not divided: of an institution, or of a person with one name"
    ),
}


def _name(family: str, given: str, literal: str, place: Place) -> Name:
    return Name(family=family, given=given, literal=literal)


def _person(
    family: str,
    given: str,
    literal: str,
    latin: Name | None,
    institution: bool,
    affiliation: str,
    place: Place,
) -> Person:
    return Person(
        name=Name(family=family, given=given, literal=literal),
        latin=latin,
        institution=institution,
        affiliation=affiliation,
        place=place,
    )


class _NameShape(Shape):
    """A mapping that holds a name: ``family`` and ``given``, or ``literal``."""

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        value = Shape.read(self, node, faults)
        if value is BAD:
            return BAD
        name: Name = value if isinstance(value, Name) else value.name
        if name.literal and (name.family or name.given):
            message = f"a {self.name} must not have 'literal' beside 'family' and 'given'"
            return fault(faults, node.place, "Y004", message, "keep the divided name, or the whole one")
        if not name.literal and not name.family:
            message = f"a {self.name} must have 'family', or 'literal'"
            hint = "{family: 李, given: 明}; {literal: …} for an institution or a name that is not divided"
            return fault(faults, node.place, "Y005", message, hint)
        if getattr(value, "institution", False) and name.family:
            message = "an institution must have 'literal', not 'family'"
            return fault(faults, node.place, "Y004", message, "write its whole name as literal")
        return value

    def schema(self) -> dict[str, Any]:
        divided = _but(Shape.schema(self), ("literal", "institution"), ("family",))
        return {"anyOf": [divided, _but(Shape.schema(self), ("family", "given"), ("literal",))]}


_LATIN = Either(
    scalar=Text(make=lambda text, place: Name(literal=one_line(text))),
    mapping=_NameShape(name="name in Latin letters", fields=_NAME_FIELDS, make=_name),
)
PEOPLE = ListOf(
    of=_NameShape(
        name="person",
        fields={
            **_NAME_FIELDS,
            "latin": optional(
                _LATIN, default=None, doc="the name in Latin letters, as {family: Li, given: Ming}"
            ),
            "institution": optional(Flag(), default=False, doc="true for an institution"),
            "affiliation": optional(WORDS, doc="where a person works, as the publication says"),
        },
        make=_person,
    )
)


# --- the record -----------------------------------------------------------------------------------

_COPY = Shape(
    name="copy",
    fields={
        "id": required(IDENT),
        "name": required(WORDS),
        "date": optional(WORDS),
        "script": optional(WORDS),
        "address": optional(LINK),
        "note": optional(WORDS),
        "role": required(OneOf(words=ROLES)),
    },
    make=Copy,
)
_FACT = Shape(
    name="fact",
    fields={
        "name": required(WORDS),
        "value": required(WORDS),
        "source": required(WORDS, doc="every fact names its source"),
    },
    make=Fact,
)
RECORD: Mapping[str, Field] = {
    "title": required(WORDS),
    "title_en": optional(WORDS, doc="the title in English, as the editors translate it"),
    "kind": optional(
        OneOf(words=WORK_KINDS), doc="absent: an article where there is a container, else a book"
    ),
    "authors": optional(PEOPLE, default=None, doc="[] where no author is known"),
    "author": optional(WORDS, doc="format 1: the authors in one text, divided by 、 or ;"),
    "author_en": optional(WORDS, doc="format 1: the same in Latin letters"),
    "affiliation": optional(WORDS, doc="format 1: the affiliation of the author"),
    "editors": optional(PEOPLE, default=()),
    "translators": optional(PEOPLE, default=()),
    "container": optional(WORDS, doc="the journal, book, site or collection that holds the work"),
    "container_en": optional(WORDS, doc="the same in English, as the editors translate it"),
    "series": optional(WORDS, doc="the series that the book or report belongs to"),
    "number": optional(WORDS, doc="the number of a report, or of a book in its series"),
    "genre": optional(WORDS, doc="what kind of thesis, report or manuscript, as 博士學位論文"),
    "volume": optional(WORDS),
    "issue": optional(WORDS),
    "pages": optional(WORDS, doc="as 10-20"),
    "edition_statement": optional(WORDS, doc="the edition of the published book, as 2 or 修訂版 or 刻本"),
    "publisher": optional(
        WORDS, doc="the publisher; of a thesis the university, of a manuscript the library"
    ),
    "place": optional(WORDS, doc="the place of the publisher", attribute="publisher_place"),
    "year": optional(WORDS, doc="2020, 2020-09, 2020-09-21, or words"),
    "original_date": optional(WORDS, doc="when a work was written or first published that is printed later"),
    "doi": optional(DOI, doc="as 10.1000/182"),
    "issn": optional(ISSN, doc="as 1234-5679"),
    "isbn": optional(ISBN),
    "url": optional(WEB),
    "accessed": optional(Day(), default=None, doc="the day on which the address was read"),
    "language": required(WORDS),
    "script": required(WORDS),
    "short": required(WORDS, doc="how a citation names the work, as 李明 2020"),
    "rights": required(WORDS),
    "rights_short": required(WORDS),
    "witness": optional(WORDS, doc="the id of the copy that the edition rests on"),
    "edition": required(WORDS, doc="the number of this edition of the text"),
    "date": required(Day(), doc="the day of this edition of the text"),
    "copies": optional(ListOf(of=_COPY), default=()),
    "facts": optional(ListOf(of=_FACT), default=()),
}

_FORMAT_1 = ("author", "author_en", "affiliation")


class _RecordShape(Shape):
    """The record: its authors are a list, or the one text of format 1."""

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        if isinstance(node, yamlio.Mapping):
            known = len(faults)
            _one_statement_of_authors(node, faults)
            if len(faults) > known:
                Shape.read(self, node, faults)  # all faults in one run
                return BAD
        value = Shape.read(self, node, faults)
        if not isinstance(value, Record) or not isinstance(node, yamlio.Mapping):
            return value
        if "author" in node.keys:
            authors = tuple(replace(person, place=node.keys["author"]) for person in value.authors)
            value = replace(value, authors=authors)
        return replace(value, places=node.keys)

    def schema(self) -> dict[str, Any]:
        listed = _but(Shape.schema(self), _FORMAT_1, ("authors",))
        return {"anyOf": [listed, _but(Shape.schema(self), ("authors",), ("author",))]}


def _one_statement_of_authors(node: yamlio.Mapping, faults: list[Problem]) -> None:
    if "authors" not in node.keys and "author" not in node.keys:
        hint = "authors: [{family: 李, given: 明}]; authors: [] where no author is known"
        fault(faults, node.place, "Y005", "a work must have 'authors'", hint)
    if "authors" in node.keys:
        for name in _FORMAT_1:
            if name in node.keys:
                hint = "write it at the person" if name == "affiliation" else "keep the list"
                fault(
                    faults, node.keys[name], "Y004", f"a work must not have '{name}' beside 'authors'", hint
                )


def _record(id_: str, place: Place, **values: Any) -> Record:
    author, author_en, affiliation = (values.pop(name) for name in _FORMAT_1)
    listed: tuple[Person, ...] | None = values.pop("authors")
    found = people.of_statement(author, author_en, affiliation, place) if listed is None else listed
    kind = values.pop("kind") or ("article" if values["container"] else "book")
    return Record(
        id=id_,
        kind=kind,
        authors=found,
        affiliation=affiliation if len(found) > 1 else "",
        place=place,
        **values,
    )


def record_shape(id_: str = "") -> Shape:
    """The shape of the record of the work ``id_``."""
    return _RecordShape(
        name="work", fields=RECORD, make=lambda place, **values: _record(id_, place=place, **values)
    )
