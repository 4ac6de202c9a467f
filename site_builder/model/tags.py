"""What a coder says of a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model.place import NOWHERE, Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Evidence: a quotation inside a passage, as written by hand.

    Either ``text`` is the quotation (with ``prefix`` and ``suffix`` where it is not unique), or the
    stretch runs from the first character of ``text`` to the last of ``to``.
    """

    text: str
    prefix: str = ""
    suffix: str = ""
    to: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class CellTag:
    cell: str
    relation: str
    evidence: tuple[Quote, ...]
    note: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryTag:
    facet: str
    entry: str
    evidence: tuple[Quote, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagging:
    """All that one coder says of one passage; ``facets`` are the facets named, with their places."""

    work: str
    coder: str
    passage: str
    function: str
    cells: tuple[CellTag, ...]
    entries: tuple[EntryTag, ...]
    facets: Mapping[str, Place]
    gist: str
    gist_en: str
    note: str
    place: Place
