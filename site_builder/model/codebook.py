"""The codebook: the grid with its vocabularies, and the facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model.place import Place
from site_builder.model.prose import Prose


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A named member of a vocabulary: a relation, a function, a field."""

    id: str
    name: str
    name_en: str
    definition: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    id: str
    name: str
    name_en: str
    short: str
    definition: str
    tint_light: str
    tint_dark: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Pole:
    id: str
    slug: str
    sign: str
    name: str
    name_en: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Trait:
    """A trait of a cell in the words of the work: an exact substring of a passage."""

    text: str
    passage: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    id: str
    dimension: str
    pole: str
    name: str
    name_en: str
    definition: str
    color: str
    traits: tuple[Trait, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    name: str
    name_en: str
    definition: str
    dimensions: tuple[Dimension, ...]
    poles: tuple[Pole, ...]
    cells: tuple[Cell, ...]
    relations: tuple[Term, ...]
    functions: tuple[Term, ...]
    evidence_max: int
    gist_max: int
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a facet.  ``fields`` maps a field id to citing prose."""

    id: str
    facet: str
    name: str
    name_en: str
    also: tuple[str, ...]
    parent: str
    definition: Prose
    fields: Mapping[str, Prose]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    caption: str
    note: str
    fields: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """A named list of entries that a passage may point at.

    ``kind`` is ``frame`` (every entry has a page of its own) or ``index`` (one page for all).
    ``keep`` says that the entries are names, which conversion keeps.
    """

    id: str
    name: str
    name_en: str
    short: str
    kind: str
    definition: str
    fields: tuple[Term, ...]
    table: Table | None
    entries: tuple[Entry, ...]
    place: Place
    keep: bool = False
