"""How the tags of passages and their quotations are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

from site_builder.model import EntryTag, Quote, Tagging
from site_builder.model.field import Key, Text
from site_builder.model.values.forms import Verbatim
from site_builder.source import yamlio
from site_builder.source.derive import Special, fields_of
from site_builder.source.fields import ListType, MappingType, RecordType, ShortForm
from site_builder.source.reading import BAD, Reading
from site_builder.source.scalars import TextType


@dataclass(frozen=True, kw_only=True, slots=True)
class _Quotation:
    """The keys of a quotation: ``quote``, or ``from`` and ``to``."""

    quote: Verbatim = ""
    prefix: Verbatim = ""
    suffix: Verbatim = ""
    start: Annotated[Verbatim, Key("from")] = ""
    to: Verbatim = ""


def quote(special: Special) -> ShortForm:
    """A quotation: a text, or a mapping with ``quote`` or with ``from`` and ``to``.

    With both, ``quote`` is used; without both the text is empty.  Neither is reported here.
    """

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Quote:
        start, text = values.pop("start", ""), values.pop("quote", "")
        return Quote(text=text or start, **values, place=node.place)

    mapping = RecordType(name="quotation", fields=fields_of(_Quotation, special), make=make)
    whole = TextType(spec=Text(verbatim=True), make=lambda text, place: Quote(text=text, place=place))
    return ShortForm(scalar=whole, mapping=mapping)


def entry_tag(special: Special) -> ShortForm:
    """The tag of an entry: the id of the entry, or a mapping.  Its facet is added by :func:`tagging`."""
    mapping = RecordType(
        name="entry tag",
        fields=fields_of(EntryTag, special),
        make=lambda values, node, reading: EntryTag(facet="", **values, place=node.place),
    )
    whole = TextType(make=lambda text, place: EntryTag(facet="", entry=text, place=place))
    return ShortForm(scalar=whole, mapping=mapping)


def tagging(special: Special) -> RecordType:
    """The tags of a passage.  A key that is no field is the id of a facet, with a list of entry tags.

    Whether the facet and the entries exist is not checked.
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
    """The tags of one file: a mapping from the id of each passage to its tags, read in the order of the file.

    Whether the passages exist is not checked.
    """
    return MappingType(
        of=tagging(special),
        make=lambda taggings, node: tuple(
            replace(tagging, passage=passage, place=node.keys[passage])
            for passage, tagging in taggings.items()
        ),
    )
