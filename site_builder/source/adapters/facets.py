"""How facets are read: the prose of their entries, and the id of the facet at each entry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from site_builder.model import Entry, Facet, Place, Prose
from site_builder.model.field import Text
from site_builder.source import prose, yamlio
from site_builder.source.derive import Special, fields_of
from site_builder.source.fields import RecordType
from site_builder.source.reading import Reading
from site_builder.source.scalars import TextType


def entry(special: Special) -> RecordType:
    """An entry with its prose.  Its facet is added by :func:`facet`.

    Whether its parent and its fields exist in the facet is not checked.
    """

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Entry:
        def parsed(raw: tuple[str, Place], part: str) -> Prose:
            # An index page has all entries of a facet, so the id of a sentence begins with that of its entry.
            prefix = f"{values['id']}-{part}-"
            given = reading.given
            found, problems = prose.inline(*raw, prefix, language=given["language"], counted=given["counted"])
            reading.problems.extend(problems)
            return found

        fields = {name: parsed(raw, name) for name, raw in values.pop("fields", {}).items()}
        definition = parsed(values.pop("definition"), "is")
        return Entry(facet="", definition=definition, fields=fields, **values, place=node.place)

    return RecordType(name="entry", fields=fields_of(Entry, special), make=make)


def facet(special: Special) -> RecordType:
    """A facet, whose id is added to its entries."""

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Facet:
        entries = tuple(replace(entry, facet=values["id"]) for entry in values.pop("entries"))
        return Facet(entries=entries, **values, place=node.place)

    return RecordType(name="facet", fields=fields_of(Facet, special), make=make)


def markdown(special: Special) -> TextType:
    """Markdown, read to the text and the place of its first character."""
    return TextType(spec=Text(verbatim=True), make=lambda text, place: (text, place))
