"""Rules for the record of a work (family B)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.citing import people, references
from site_builder.edition.edition import Edition
from site_builder.language.dates import iso_date
from site_builder.model import Person, Problem, Record

_HOLDERS = {"article": "the journal that published it", "chapter": "the book that holds it"}
"""Kinds of works that cannot be cited without a container → their container, for messages."""
_WHOLE = ("book", "thesis", "report", "manuscript")
"""Kinds that are independent publications."""
_FITS = {
    "volume": ("article", "book", "chapter", "classic"),
    "issue": ("article",),
    "pages": ("article", "chapter", "classic"),
    "series": ("book", "chapter", "report", "classic"),
    "number": ("book", "chapter", "report", "manuscript", "classic"),
    "genre": ("thesis", "report", "manuscript"),
    "edition_statement": ("book", "chapter", "classic"),
    "original_date": ("book", "classic"),
    "publisher": ("book", "chapter", "thesis", "report", "webpage", "manuscript", "classic"),
    "publisher_place": ("book", "chapter", "thesis", "report", "webpage", "manuscript", "classic"),
    "isbn": ("book", "chapter", "thesis", "report", "classic"),
    "issn": ("article", "book", "chapter", "report", "webpage"),
}
"""Field → the kinds of a work whose citations or formats have a place for it; other fields fit every kind."""


def people_are_listed(edition: Edition) -> Iterator[Problem]:
    """B001 (review) Each person and institution should be one entry of a list. A name with a comma,
    'and' or '&' would be one person in citations and exports.

    One review for each such name of an author, editor or translator, at the entry; for a name with ``、`` or
    ``;`` too: ``an entry must name one person or institution, not NAME``. 'and' counts as a whole word only,
    and so do 'et', 'und' and 'y'; case does not matter. One for an affiliation of the record itself, however
    many authors it has, at its key: ``an affiliation must belong to one author``. An institution is not
    examined.
    """
    for work in edition.project.works:
        record = work.record
        for person in (*record.authors, *record.editors, *record.translators):
            if _joined(person):
                yield Problem(
                    place=person.place,
                    code="B001",
                    message=f"an entry must name one person or institution, not {person.name.whole}",
                    hint="write one entry for each, for example {family: Jacobs, given: Jane}",
                    level="review",
                )
        if record.affiliation:
            yield Problem(
                place=record.at("affiliation"),
                code="B001",
                message="an affiliation must belong to one author",
                hint="write 'authors:' with one entry for each, and the affiliation in the entry",
                level="review",
            )


def _joined(person: Person) -> bool:
    if person.institution:
        return False
    parts = (person.name.family, person.name.given) if person.name.divided else (person.name.literal,)
    return any(people.seems_joined(part) or len(people.statement(part)) > 1 for part in parts if part)


def containers_fit_the_kind(edition: Edition) -> Iterator[Problem]:
    """B002 An article must name its journal and a chapter its book in 'container'. A book, thesis,
    report or manuscript must not have a container.

    One error at most for a record: at 'kind' ``a work of the kind article must have the key 'container'``, or
    at 'container' ``a work of the kind book must not have 'container': CONTAINER``. A web page and a
    classical work may have a container.
    """
    for work in edition.project.works:
        record = work.record
        if record.kind in _HOLDERS and not record.container:
            message = f"a work of the kind {record.kind} must have the key 'container'"
            hint = f"add 'container: …' with {_HOLDERS[record.kind]}"
            yield Problem(place=record.at("kind"), code="B002", message=message, hint=hint)
        if record.kind in _WHOLE and record.container:
            message = f"a work of the kind {record.kind} must not have 'container': {record.container}"
            hint = "write it as 'series: …'; for a part of a book write 'kind: chapter'"
            yield Problem(place=record.at("container"), code="B002", message=message, hint=hint)


def fields_fit_the_kind(edition: Edition) -> Iterator[Problem]:
    """B003 (review) A field of the record should be one that citations of its kind print. A date should
    be 2020, 2020-09, 2020-09-21, or words.

    One review for each such field or date, at its key: ``a citation of the kind book does not print
    'issue'``, ``the year is not a date in a standard form: 2020/9``. The date of a copy is examined too, at
    the copy. A date with letters is one in words.
    """
    for work in edition.project.works:
        record = work.record
        for field, kinds in _FITS.items():
            if getattr(record, field) and record.kind not in kinds:
                key = "place" if field == "publisher_place" else field
                yield Problem(
                    place=record.at(key),
                    code="B003",
                    message=f"a citation of the kind {record.kind} does not print '{key}'",
                    hint=f"remove it, or change 'kind' to one of: {', '.join(kinds)}",
                    level="review",
                )
        yield from _dates(record)


def _dates(record: Record) -> Iterator[Problem]:
    dates = [(name, getattr(record, name), record.at(name)) for name in ("year", "original_date")]
    dates += [("date of a copy", copy.date, copy.place) for copy in record.copies]
    for name, text, place in dates:
        if text and not references.is_date(text) and _looks_like_a_date(text):
            yield Problem(
                place=place,
                code="B003",
                message=f"the {name} is not a date in a standard form: {text}",
                hint=f"write {iso_date(text) or '2020, 2020-09 or 2020-09-21'}",
                level="review",
            )


def _looks_like_a_date(text: str) -> bool:
    """Whether it consists of digits and marks alone, unlike a date in words."""
    return any(char.isdigit() for char in text) and not any(char.isalpha() for char in text)
