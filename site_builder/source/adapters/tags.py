"""How the tags of passages and their quotations are read."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Any

from site_builder.model import AUTHOR, VOICES, EntryTag, Evidence, Quote, Tagging
from site_builder.model.field import Choice, Doc, Key, Text
from site_builder.model.values.forms import ID, Verbatim
from site_builder.records import dataclass, replace
from site_builder.source import yamlio
from site_builder.source.derive import Special, fields_of
from site_builder.source.fields import ListType, MappingType, RecordType, ShortForm, alternative
from site_builder.source.reading import BAD, Reading, Schema
from site_builder.source.scalars import TextType


@dataclass(frozen=True, kw_only=True, slots=True)
class _Quotation:
    """The keys of a quotation: ``text`` or ``quote``, or ``from`` and ``to``."""

    text: Annotated[Verbatim, Doc("the quotation")] = ""
    quote: Annotated[Verbatim, Doc("the same as text")] = ""
    prefix: Verbatim = ""
    suffix: Verbatim = ""
    start: Annotated[Verbatim, Key("from"), Doc("the beginning of a long quotation")] = ""
    to: Annotated[Verbatim, Doc("the end of a long quotation")] = ""
    voice: Annotated[str, Choice(VOICES), Doc("whose words they are; absent: the author's")] = AUTHOR


_BEGINNINGS = ("text", "quote", "start")
"""The fields that hold the quotation, or its beginning."""


def _quote(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Any:
    """The quotation of a mapping; it must have ``text``, ``quote``, or ``from`` and ``to``.

    The values of the quotation are taken out of ``values``.
    """
    names = [field.name for field in fields(_Quotation)]
    own = {name: values.pop(name) for name in names if name in values}
    is_range = "start" in own
    given = [own.pop(name) for name in _BEGINNINGS if name in own]
    if len(given) > 1 or ("to" in own and given and not is_range):
        message = "a quotation must have 'text' alone, 'quote' alone, or 'from' and 'to'"
        return reading.error(node.place, "Y004", message, "keep 'text', or 'from' and 'to'")
    if not given:
        message = "a quotation must have the key 'text' or 'from'"
        return reading.error(node.place, "Y005", message, "add 'text: …' with the words")
    if is_range and "to" not in own:
        message = "a quotation with the key 'from' must have the key 'to'"
        hint = "add 'to: …' with the last words, or write 'text' for 'from' if it is the whole quotation"
        return reading.error(node.place, "Y005", message, hint)
    return Quote(text=given[0], **own, place=node.place)


@dataclass(frozen=True, kw_only=True, slots=True)
class _QuotationType(RecordType):
    """A mapping with a quotation: with ``text``, with ``quote``, or with ``from`` and ``to``."""

    def schema(self) -> Schema:
        schema = RecordType.schema(self)
        forms = (("text",), ("from", "to"), ("quote",))
        keys = {key for form in forms for key in form}
        return {"anyOf": [alternative(schema, keys - {*form}, *form) for form in forms]}


def quote(special: Special) -> ShortForm:
    """The type of a quotation, which reads a text or a mapping to a :class:`Quote`.

    A text is the quotation, without white space at its ends; it has no prefix, and the voice ``author``.  A
    mapping has ``text``, its other name ``quote``, or ``from``, which becomes ``text``, with ``to``.
    Without any of the three, or with ``from`` without ``to``, is the error Y005; with two of the three, or
    with ``to`` beside another than ``from``, Y004.  Either is one error, and gives :data:`BAD`.
    """
    mapping = _QuotationType(name="quotation", fields=fields_of(_Quotation, special), make=_quote)
    whole = TextType(spec=Text(verbatim=True), make=lambda text, place: Quote(text=text, place=place))
    return ShortForm(scalar=whole, mapping=mapping)


def evidence(special: Special) -> RecordType:
    """The type of a quotation with its passage, which reads a mapping with the keys of both to an
    :class:`Evidence`.

    The errors of the quotation are those of :func:`quote`; a text alone is an error (Y006).
    """

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Any:
        found = _quote(values, node, reading)
        return BAD if found is BAD else Evidence(quote=found, **values, place=node.place)

    keys = fields_of(Evidence, special) | fields_of(_Quotation, special)
    return _QuotationType(name="quotation", fields=keys, make=make)


def entry_tag(special: Special) -> ShortForm:
    """The type of the tag of an entry, which reads the id of the entry, or a mapping with ``entry``, to an
    :class:`EntryTag`.

    Its ``facet`` is ``""``, until :func:`tagging` adds it.  A text that is no id is an error (Y008).
    """
    mapping = RecordType(
        name="entry tag",
        fields=fields_of(EntryTag, special),
        make=lambda values, node, reading: EntryTag(facet="", **values, place=node.place),
    )
    whole = TextType(spec=ID, make=lambda text, place: EntryTag(facet="", entry=text, place=place))
    return ShortForm(scalar=whole, mapping=mapping)


def tagging(special: Special) -> RecordType:
    """The type of the tags of a passage, which reads a mapping to a :class:`Tagging`.

    A key that is no field is the id of a facet, with a list of entry tags; a facet whose value is no list is
    an error (Y006), and is left out.  Whether the facet and the entries exist is not checked.  ``passage`` is
    ``""``, until :func:`taggings` adds it; ``reading.given`` must have ``work`` and ``coder``.
    """

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
        fields=fields_of(Tagging, special),
        make=make,
        rest=ListType(of=entry_tag(special)),
    )


def taggings(special: Special) -> MappingType:
    """The type of the tags of one file: a mapping from the id of each passage to its tags, read to a tuple of
    :class:`Tagging` in the order of the file.

    Whether the passages exist is not checked.  The tags of a passage that cannot be read are reported and
    left out.  An empty mapping gives ``()``.
    """
    return MappingType(
        of=tagging(special),
        make=lambda taggings, node: tuple(
            replace(tagging, passage=passage, place=node.keys[passage])
            for passage, tagging in taggings.items()
        ),
    )
