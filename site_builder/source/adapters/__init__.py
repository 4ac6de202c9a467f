"""Records that are not what their file holds: how each of them is read.

All other records are read by :mod:`site_builder.source.derive` alone.
"""

from __future__ import annotations

from site_builder.model import (
    Conversion,
    Emendation,
    Entry,
    EntryTag,
    Evidence,
    Facet,
    Format,
    Lines,
    Name,
    Person,
    Prose,
    Quote,
    Record,
    Tagging,
)
from site_builder.source.adapters import facets, project, record, tags, witness
from site_builder.source.derive import Special

SPECIAL: Special = {
    Emendation: witness.emendation,
    Entry: facets.entry,
    EntryTag: tags.entry_tag,
    Evidence: tags.evidence,
    Facet: facets.facet,
    Format: lambda special: project.FormatType(),
    Lines: lambda special: witness.LinesType(),
    Name: record.latin_name,
    Person: record.person,
    Prose: facets.markdown,
    Quote: tags.quote,
    Record: record.work,
    tuple[Conversion, ...]: project.conversions,
    tuple[Tagging, ...]: tags.taggings,
}
"""Annotated type → the function that makes its type of value."""
