"""The codebook: the grid with its vocabularies, and the facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, AtLeast, Choice, Doc
from site_builder.model.place import Place
from site_builder.model.prose import Prose
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import CellId, Color, Id, Verbatim

FACET_KINDS = ("frame", "index")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A named member of a vocabulary: a relation, a function, a field of entries."""

    id: Id
    name: Translated
    definition: Translated = NO_WORDS
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Tint:
    """The colour of a dimension on a light and on a dark page."""

    light: Color
    dark: Color


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """A dimension of the grid."""

    id: Id
    name: Translated
    short: Annotated[Translated, Doc("one character, for small places")]
    definition: Translated
    tint: Tint
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Pole:
    """One of the two sides of each dimension.  ``slug`` is its name in addresses."""

    id: CellId
    slug: Id
    sign: str
    name: Translated
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Trait:
    """A trait of a cell in the words of a work.  ``text`` is an exact substring of the passage.

    ``work`` can only be empty if there is one work.
    """

    text: Verbatim
    passage: str
    work: Annotated[str, Doc("the work of the passage; needed if there are several")] = ""
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The crossing of a dimension and a pole."""

    id: CellId
    dimension: Id
    pole: str
    name: Translated
    definition: Translated
    color: Color
    traits: tuple[Trait, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The maximum of quotations of one tag, and the maximum length of a gist in code points."""

    evidence: Annotated[int, AtLeast(1)] = 4
    gist: Annotated[int, AtLeast(1)] = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """The file ``annotations/codebook/grid.yaml``."""

    name: Translated
    definition: Translated
    dimensions: Annotated[tuple[Dimension, ...], AtLeast(1)]
    poles: Annotated[tuple[Pole, ...], AtLeast(1)]
    cells: Annotated[tuple[Cell, ...], AtLeast(1)]
    relations: Annotated[tuple[Term, ...], AtLeast(1)]
    functions: Annotated[tuple[Term, ...], AtLeast(1)]
    limits: Limits = Limits()
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a facet.  ``fields`` maps the id of a field to prose."""

    facet: Annotated[str, NOT_IN_FILE]
    id: Id
    name: Translated
    also: tuple[str, ...] = ()
    parent: Id = ""
    definition: Prose
    fields: Mapping[str, Prose] = field(default_factory=dict)
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The table on the page of a facet.  ``fields`` are the ids of its columns."""

    caption: Translated
    note: Translated
    fields: Annotated[tuple[Id, ...], AtLeast(1)]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """A named list of entries that a tag may name (a file in ``annotations/codebook/facets/``).

    ``kind`` is ``frame`` (each entry has a page) or ``index`` (all entries are on one page).
    """

    id: Id
    name: Translated
    short: Translated
    kind: Annotated[str, Choice(FACET_KINDS)]
    definition: Translated
    fields: tuple[Term, ...] = ()
    table: Table | None = None
    keep: Annotated[bool, Doc("true where the entries are names, which conversion must keep")] = False
    entries: Annotated[tuple[Entry, ...], AtLeast(1)]
    place: Place
