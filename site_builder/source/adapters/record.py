"""How the record of a work is read: names, people, and the two ways to state the authors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any

from site_builder.citing import people
from site_builder.language.characters import one_line
from site_builder.model import Localized, Name, Person, Record
from site_builder.model.field import Doc, Text
from site_builder.model.record import language_of
from site_builder.model.values.forms import OneLine
from site_builder.records import dataclass
from site_builder.source import yamlio
from site_builder.source.derive import Special, fields_of
from site_builder.source.fields import Field, RecordType, ShortForm, alternative
from site_builder.source.reading import BAD, Reading, Schema
from site_builder.source.scalars import TextType


@dataclass(frozen=True, kw_only=True, slots=True)
class _NameType(RecordType):
    """A mapping that holds a name: ``family`` and ``given``, or ``literal``."""

    def read(self, node: yamlio.Node, reading: Reading) -> Any:
        value = RecordType.read(self, node, reading)
        if value is BAD:
            return BAD
        name: Name = value if isinstance(value, Name) else value.name
        if name.literal and (name.family or name.given):
            message = f"a {self.name} must not have both 'literal' and 'family' or 'given'"
            return reading.error(node.place, "Y004", message, "keep 'family' and 'given', or 'literal'")
        if not name.literal and not name.family:
            message = f"a {self.name} must have the key 'family' or 'literal'"
            hint = (
                "write {family: Jacobs, given: Jane}; for an institution or a name of one part {literal: …}"
            )
            return reading.error(node.place, "Y005", message, hint)
        if isinstance(value, Person) and value.institution and name.family:
            message = "an institution must have 'literal', not 'family'"
            return reading.error(node.place, "Y004", message, f"write {{literal: {name.whole}}}")
        return value

    def schema(self) -> Schema:
        schema = RecordType.schema(self)
        divided = alternative(schema, ("literal", "institution"), "family")
        return {"anyOf": [divided, alternative(schema, ("family", "given"), "literal")]}


def latin_name(special: Special) -> ShortForm:
    """The type of a name in Latin letters, which reads a mapping or a text to a :class:`Name`.

    A mapping has ``family``, with or without ``given``, or ``literal``.  ``given`` alone is the error Y005,
    and ``literal`` beside another key Y004; both give :data:`BAD`.  A text is the whole name, as ``literal``:
    on one line, without white space at its ends; several spaces within it stay.  Its letters are not checked.
    """
    mapping = _NameType(
        name="name in Latin letters",
        fields=fields_of(Name, special),
        make=lambda values, node, reading: Name(**values),
    )
    whole = TextType(spec=Text(normalize=one_line), make=lambda text, place: Name(literal=text))
    return ShortForm(scalar=whole, mapping=mapping)


def person(special: Special) -> RecordType:
    """The type of a person: a mapping with the fields of its name and its other fields, read to a
    :class:`Person`.

    It must have ``family``, with or without ``given``, or ``literal``: without both is the error Y005, with
    both Y004.  An institution must have ``literal`` (Y004).  An error gives :data:`BAD`.
    """
    name = fields_of(Name, special)

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Person:
        parts = {key: values.pop(key) for key in name if key in values}
        return Person(name=Name(**parts), **values, place=node.place)

    return _NameType(name="person", fields=name | fields_of(Person, special), make=make)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Format1Authors:
    """The keys by which a record of format 1 names its authors."""

    author: Annotated[OneLine, Doc("format 1: the authors in one text, divided by 、 or ;")] = ""
    author_en: Annotated[OneLine, Doc("format 1: the same in Latin letters")] = ""
    affiliation: Annotated[OneLine, Doc("format 1: the affiliation of the author")] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _WorkType(RecordType):
    """The record of a work.  Its authors are a list, or the keys of format 1."""

    format_1: Collection[str]

    def read(self, node: yamlio.Node, reading: Reading) -> Any:
        if isinstance(node, yamlio.Mapping) and not self._names_authors_once(node, reading):
            self.values(node, reading)  # reports the other problems in the same run
            return BAD
        return RecordType.read(self, node, reading)

    def _names_authors_once(self, node: yamlio.Mapping, reading: Reading) -> bool:
        """Whether a record has one statement of authors; reports what it has too much or too little."""
        known = len(reading.problems)
        if "authors" not in node.keys and "author" not in node.keys:
            hint = "add 'authors: [{family: Jacobs, given: Jane}]', or 'authors: []' if no author is known"
            reading.error(node.place, "Y005", "a work must have the key 'authors'", hint)
        for key in self.format_1 if "authors" in node.keys else ():
            if key in node.keys:
                message = f"a work must not have both '{key}' and 'authors'"
                hint = f"remove '{key}:'"
                hint += "; write it in the entry of the person" if key == "affiliation" else ""
                reading.error(node.keys[key], "Y004", message, hint)
        return len(reading.problems) == known

    def schema(self) -> Schema:
        schema = RecordType.schema(self)
        listed = alternative(schema, self.format_1, "authors")
        return {"anyOf": [listed, alternative(schema, ("authors",), "author")]}


def work(special: Special) -> RecordType:
    """The type of the record of a work, which reads a mapping to a :class:`Record`.

    It has ``authors`` or the keys of format 1 (``author``, ``author_en``, ``affiliation``): without both is
    the error Y005, with both Y004.  An error gives :data:`BAD`; the other errors of the record are reported
    as well.  Without ``kind`` it is an article if it has a container, else a book.  Its id is that of its
    folder.
    """
    format_1 = fields_of(_Format1Authors, special)
    fields: dict[str, Field] = {}
    for key, field in fields_of(Record, special).items():
        fields[key] = field
        if key == "authors":
            fields |= format_1

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Record:
        old = {key: values.pop(key, "") for key in format_1}
        if "authors" not in values:
            place = node.keys["author"]
            values["authors"] = people.of_statement(
                old["author"], old["author_en"], old["affiliation"], place
            )
        values.setdefault("kind", "article" if values.get("container") else "book")
        tag = language_of(values["language"], values.get("script", ""))
        texts = {name: text.in_(tag) for name, text in values.items() if isinstance(text, Localized)}
        return Record(
            **{**values, **texts},
            id=reading.given["id"],
            affiliation=old["affiliation"] if len(values["authors"]) > 1 else "",
            place=node.place,
            places=node.keys,
        )

    return _WorkType(name="work", fields=fields, make=make, format_1=tuple(format_1))
