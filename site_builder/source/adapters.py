"""Records that are not what their file holds: how each of them is read.

All other records are read by :mod:`site_builder.source.derive` alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Annotated, Any

from site_builder.citing import people
from site_builder.language.characters import one_line
from site_builder.model import (
    FORMAT,
    Conversion,
    Emendation,
    Entry,
    EntryTag,
    Facet,
    Format,
    Lines,
    Name,
    Person,
    Place,
    Prose,
    Quote,
    Record,
    Tagging,
)
from site_builder.model.field import Doc, Key, Text
from site_builder.model.values.forms import OneLine, Verbatim
from site_builder.source import prose, yamlio
from site_builder.source.derive import Special, fields_of, type_of
from site_builder.source.fields import (
    BAD,
    Field,
    ListType,
    MappingType,
    Reading,
    RecordType,
    Schema,
    ShortForm,
    TextType,
    shown,
)


def _alternative(schema: Schema, without: Collection[str], required: str) -> Schema:
    """The schema of a mapping without some keys and with one more required key."""
    properties = {name: of for name, of in schema["properties"].items() if name not in without}
    return {**schema, "properties": properties, "required": [*schema["required"], required]}


# --- the project file -----------------------------------------------------------------------------


class _FormatType:
    """The number of a format: a whole number from 1 to :data:`site_builder.model.FORMAT`."""

    def read(self, node: yamlio.Node, reading: Reading) -> Any:
        text = node.text if isinstance(node, yamlio.Scalar) else ""
        if re.fullmatch(r"[1-9][0-9]{0,3}", text):
            if int(text) <= FORMAT:
                return Format(number=int(text), place=node.place)
            hint = f"install a newer version of site-builder; this version reads format 1 to {FORMAT}"
            return reading.error(node.place, "F010", f"unknown format: {text}", hint)
        hint = f"write 'format: {FORMAT}'; a project without this line has format 1"
        return reading.error(
            node.place, "F010", f"the format must be a whole number, not {shown(node)}", hint
        )

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 1, "maximum": FORMAT}


def _conversions() -> MappingType:
    """A mapping: word → the word that conversion must make of it."""
    return MappingType(
        of=type_of(Verbatim, SPECIAL),
        make=lambda forms, node: tuple(
            Conversion(word=word, form=form, place=node.keys[word]) for word, form in forms.items()
        ),
    )


# --- the witness ----------------------------------------------------------------------------------


class _LinesType:
    """A line ``7`` or lines ``137-178``.  A plain number is correct here."""

    pattern = "[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?"

    def read(self, node: yamlio.Node, reading: Reading) -> Any:
        if isinstance(node, yamlio.Scalar) and re.fullmatch(self.pattern, node.text):
            first, _, last = node.text.partition("-")
            return Lines(int(first), int(last or first))
        message = f"the value must be the number of a line, or of the first and last line, not {shown(node)}"
        numbers = re.findall(r"[1-9][0-9]{0,6}", shown(node))[:2]
        hint = f"write {'-'.join(numbers)}" if numbers else "for example 7 or 137-178"
        return reading.error(node.place, "Y008", message, hint)

    def schema(self) -> Schema:
        number = {"type": "integer", "minimum": 1, "maximum": 9_999_999}
        return {"anyOf": [number, {"type": "string", "pattern": f"^{self.pattern}$"}]}


def _emendation() -> RecordType:
    """An emendation.  ``reading`` stands for an absent ``witness`` and an absent ``edited``."""

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Emendation:
        same = values.get("reading", "")
        return Emendation(**({"witness": same, "edited": same} | values), place=node.place)

    return RecordType(name="emendation", fields=fields_of(Emendation, SPECIAL), make=make)


# --- the record -----------------------------------------------------------------------------------


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
            hint = "write {family: 李, given: 明}; for an institution or a name of one part {literal: …}"
            return reading.error(node.place, "Y005", message, hint)
        if isinstance(value, Person) and value.institution and name.family:
            message = "an institution must have 'literal', not 'family'"
            return reading.error(node.place, "Y004", message, f"write {{literal: {name.whole}}}")
        return value

    def schema(self) -> Schema:
        schema = RecordType.schema(self)
        divided = _alternative(schema, ("literal", "institution"), "family")
        return {"anyOf": [divided, _alternative(schema, ("family", "given"), "literal")]}


def _latin_name() -> ShortForm:
    """A name in Latin letters: a mapping, or the whole name."""
    mapping = _NameType(
        name="name in Latin letters",
        fields=fields_of(Name, SPECIAL),
        make=lambda values, node, reading: Name(**values),
    )
    whole = TextType(spec=Text(normalize=one_line), make=lambda text, place: Name(literal=text))
    return ShortForm(scalar=whole, mapping=mapping)


def _person() -> RecordType:
    """A person: a mapping with the fields of its name and its other fields."""
    name = fields_of(Name, SPECIAL)

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Person:
        parts = {key: values.pop(key) for key in name if key in values}
        return Person(name=Name(**parts), **values, place=node.place)

    return _NameType(name="person", fields=name | fields_of(Person, SPECIAL), make=make)


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
            hint = "add 'authors: [{family: 李, given: 明}]', or 'authors: []' if no author is known"
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
        listed = _alternative(schema, self.format_1, "authors")
        return {"anyOf": [listed, _alternative(schema, ("authors",), "author")]}


def _work() -> RecordType:
    format_1 = fields_of(_Format1Authors, SPECIAL)
    fields: dict[str, Field] = {}
    for key, field in fields_of(Record, SPECIAL).items():
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
        return Record(
            **values,
            id=reading.given["id"],
            affiliation=old["affiliation"] if len(values["authors"]) > 1 else "",
            place=node.place,
            places=node.keys,
        )

    return _WorkType(name="work", fields=fields, make=make, format_1=tuple(format_1))


# --- tags -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Quotation:
    """The keys of a quotation: ``quote``, or ``from`` and ``to``."""

    quote: Verbatim = ""
    prefix: Verbatim = ""
    suffix: Verbatim = ""
    start: Annotated[Verbatim, Key("from")] = ""
    to: Verbatim = ""


def _quote() -> ShortForm:
    """A quotation: a text, or a mapping."""

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Quote:
        start, text = values.pop("start", ""), values.pop("quote", "")
        return Quote(text=text or start, **values, place=node.place)

    mapping = RecordType(name="quotation", fields=fields_of(_Quotation, SPECIAL), make=make)
    whole = TextType(spec=Text(verbatim=True), make=lambda text, place: Quote(text=text, place=place))
    return ShortForm(scalar=whole, mapping=mapping)


def _entry_tag() -> ShortForm:
    """The tag of an entry: the id of the entry, or a mapping.  Its facet is added by :func:`_tagging`."""
    mapping = RecordType(
        name="entry tag",
        fields=fields_of(EntryTag, SPECIAL),
        make=lambda values, node, reading: EntryTag(facet="", **values, place=node.place),
    )
    whole = TextType(make=lambda text, place: EntryTag(facet="", entry=text, place=place))
    return ShortForm(scalar=whole, mapping=mapping)


def _tagging() -> RecordType:
    """The tags of a passage.  A key that is no field is the id of a facet."""

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Tagging:
        facets = {facet: tags for facet, tags in values.pop("rest").items() if tags is not BAD}
        return Tagging(
            **values,
            work=reading.given["work"],
            coder=reading.given["coder"],
            passage="",
            entries=tuple(replace(tag, facet=facet) for facet, tags in facets.items() for tag in tags),
            facets={facet: node.keys[facet] for facet in facets},
            place=node.place,
        )

    return RecordType(
        name="passage's tags",
        fields=fields_of(Tagging, SPECIAL),
        make=make,
        rest=ListType(of=_entry_tag()),
    )


def _taggings() -> MappingType:
    """The tags of one file: a mapping from the id of each passage to its tags."""
    return MappingType(
        of=_tagging(),
        make=lambda taggings, node: tuple(
            replace(tagging, passage=passage, place=node.keys[passage])
            for passage, tagging in taggings.items()
        ),
    )


# --- facets ---------------------------------------------------------------------------------------


def _entry() -> RecordType:
    """An entry with its prose.  Its facet is added by :func:`_facet`."""

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Entry:
        def parsed(raw: tuple[str, Place], part: str) -> Prose:
            # An index page has all entries of a facet, so the id of a sentence begins with that of its entry.
            prefix = f"{values['id']}-{part}-"
            found, problems = prose.inline(*raw, prefix, counted=reading.given["counted"])
            reading.problems.extend(problems)
            return found

        fields = {name: parsed(raw, name) for name, raw in values.pop("fields", {}).items()}
        definition = parsed(values.pop("definition"), "is")
        return Entry(facet="", definition=definition, fields=fields, **values, place=node.place)

    return RecordType(name="entry", fields=fields_of(Entry, SPECIAL), make=make)


def _facet() -> RecordType:
    """A facet, whose id is added to its entries."""

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Facet:
        entries = tuple(replace(entry, facet=values["id"]) for entry in values.pop("entries"))
        return Facet(entries=entries, **values, place=node.place)

    return RecordType(name="facet", fields=fields_of(Facet, SPECIAL), make=make)


def _prose() -> TextType:
    """Markdown, read to the text and the place of its first character."""
    return TextType(spec=Text(verbatim=True), make=lambda text, place: (text, place))


SPECIAL: Special = {
    Emendation: _emendation,
    Entry: _entry,
    EntryTag: _entry_tag,
    Facet: _facet,
    Format: _FormatType,
    Lines: _LinesType,
    Name: _latin_name,
    Person: _person,
    Prose: _prose,
    Quote: _quote,
    Record: _work,
    tuple[Conversion, ...]: _conversions,
    tuple[Tagging, ...]: _taggings,
}
"""Annotated type → the function that gives its type of value."""
