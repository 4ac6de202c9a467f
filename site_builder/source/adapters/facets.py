"""How facets are read: the prose of their entries, and the id of the facet at each entry."""

from __future__ import annotations

from typing import Any

from site_builder.model import Entry, Facet, Prose
from site_builder.model.field import Text
from site_builder.records import replace
from site_builder.source import prose, yamlio
from site_builder.source.derive import Special, fields_of
from site_builder.source.fields import RecordType
from site_builder.source.reading import Reading
from site_builder.source.scalars import Markdown, TextType


def entry(special: Special) -> RecordType:
    """The type of an entry, which reads a mapping to an :class:`Entry` with its prose.  Its ``facet`` is
    ``""``, until :func:`facet` adds it.

    Whether its parent and its fields exist in the facet is not checked.  Problems of the prose are reported,
    and the entry is read all the same.  ``reading.given`` must have ``language`` and ``counted``.
    """

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Entry:
        def parsed(raw: Markdown, part: str) -> Prose:
            # An index page has all entries of a facet, so the id of a sentence begins with that of its entry.
            return _parsed(raw, f"{values['id']}-{part}-", reading.given["language"], reading)

        fields = {name: parsed(raw, name) for name, raw in values.pop("fields", {}).items()}
        definition = parsed(values.pop("definition"), "is")
        return Entry(facet="", definition=definition, fields=fields, **values, place=node.place)

    return RecordType(name="entry", fields=fields_of(Entry, special), make=make)


def facet(special: Special) -> RecordType:
    """The type of a facet, which reads a mapping to a :class:`Facet`; its id is added to its entries.

    An entry that cannot be read is reported and left out.

    A missing field is Y005.  Whether a parent exists is not checked here.
    """

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Facet:
        entries = tuple(replace(entry, facet=values["id"]) for entry in values.pop("entries"))
        return Facet(entries=entries, **values, place=node.place)

    return RecordType(name="facet", fields=fields_of(Facet, special), make=make)


def _parsed(raw: Markdown, prefix: str, language: str, reading: Reading) -> Prose:
    """The prose of a text in a language, with its translations, whose blocks have the same ids."""
    found, problems = prose.inline(
        raw.text, raw.place, prefix, language=language, counted=reading.given["counted"]
    )
    reading.problems.extend(problems)
    others = {tag: _parsed(other, prefix, tag, reading) for tag, other in raw.translations.items()}
    return replace(found, translations=others)


def markdown(special: Special) -> TextType:
    """The type of a Markdown text, read to :class:`site_builder.source.scalars.Markdown`: the text without
    white space at its ends, and the place of its first character.

    The Markdown is not parsed.  An empty text is the error Y009.
    """
    return TextType(spec=Text(verbatim=True), make=lambda text, place: Markdown(text=text, place=place))
