"""The codebook: the grid with its vocabularies, and the facets.  A project may have either, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, REQUIRED, AtLeast, Choice, Doc, Translatable
from site_builder.model.place import NOWHERE, Place
from site_builder.model.prose import Prose
from site_builder.model.tags import AUTHOR, VOICES
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import CellId, Color, Id, Verbatim
from site_builder.records import dataclass

FACET_KINDS = ("frame", "index")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A named member of a vocabulary: a relation, a function, a field of entries."""

    id: Id
    name: Translated
    definition: Translated = NO_WORDS
    place: Place


GLYPHS = ("square", "dot", "ring", "cross", "up", "down", "diamond", "struck", "wedge", "plus", "bar", "half")
"""The shapes of relations in pictures.  Relations without a shape take the first free ones, in this order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation(Term):
    """A relation of a passage to a cell.  ``glyph`` is its shape in pictures, one of :data:`GLYPHS`."""

    glyph: Annotated[str, Choice(GLYPHS), Doc("its shape in pictures; the first free one if absent")] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tint:
    """The colour of a dimension on a light and on a dark page: behind evidence in a text.

    In a project that was read both are given: :func:`site_builder.edition.palette.completed` derives what
    the codebook leaves out.
    """

    light: Color
    dark: Color


NO_TINT = Tint(light="", dark="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """A dimension of the grid.  In a grid without poles it is one cell, and no code above it."""

    id: Id
    name: Translated
    short: Annotated[Translated, Doc("one character, for small places")] = NO_WORDS
    definition: Translated
    tint: Annotated[Tint, Doc("the colour behind its evidence; derived if absent")] = NO_TINT
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Pole:
    """One of the two sides of each dimension.  ``slug`` is its name in addresses."""

    id: CellId
    slug: Id
    sign: Annotated[
        Translated, Doc("what its cells show after the name of the dimension; the name if absent")
    ] = NO_WORDS
    name: Translated
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class CellQuote:
    """Words of a work for what a cell means.  ``text`` is an exact substring of the passage.

    ``work`` can only be empty if there is one work.  ``trait`` is the id of a trait of the cell, or empty.
    """

    text: Verbatim
    passage: str
    work: Annotated[str, Doc("the work of the passage; needed if there are several")] = ""
    voice: Annotated[str, Choice(VOICES), Doc("whose words they are; absent: the author's")] = AUTHOR
    trait: Annotated[Id, Doc("the trait of this cell that they show")] = ""
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The crossing of a dimension and a pole.

    Without poles it is the dimension itself: it has the id of the dimension, and ``pole`` is empty.
    ``traits`` are its named parts: a tag may name those that it rests on.
    """

    id: CellId
    dimension: Id
    pole: Annotated[str, Doc("needed if the grid has poles")] = ""
    name: Translated
    definition: Translated
    color: Annotated[Color, Doc("its colour; derived if absent")] = ""
    traits: Annotated[tuple[Term, ...], Doc("named parts of the cell, which a tag may name")] = ()
    words: Annotated[tuple[CellQuote, ...], Doc("words of a work for what the cell means")] = ()
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The maximum of quotations of one tag, and the maximum length of a gist in code points."""

    evidence: Annotated[int, AtLeast(1)] = 4
    gist: Annotated[int, AtLeast(1)] = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """The file ``annotations/codebook/grid.yaml``.  ``Grid()`` is that of a project without this file."""

    name: Annotated[Translated, REQUIRED] = NO_WORDS
    definition: Annotated[Translated, REQUIRED] = NO_WORDS
    dimensions: Annotated[tuple[Dimension, ...], AtLeast(1)] = ()
    poles: Annotated[tuple[Pole, ...], AtLeast(1), Doc("without poles, each dimension is one cell")] = ()
    cells: Annotated[
        tuple[Cell, ...],
        AtLeast(1),
        Doc("one for each dimension and pole; without poles they can be left out"),
    ] = ()
    relations: Annotated[
        tuple[Relation, ...],
        AtLeast(1),
        Doc("how a passage relates to a cell; without them, a tag is the cell"),
    ] = ()
    functions: Annotated[tuple[Term, ...], AtLeast(1), Doc("what a passage does in the text")] = ()
    limits: Limits = Limits()
    place: Place = NOWHERE

    @property
    def parents(self) -> tuple[Dimension, ...]:
        """The dimensions that are codes of their own, with cells below them; ``()`` in a grid without
        poles, where each dimension is one cell.
        """
        return self.dimensions if self.poles else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a facet.  ``fields`` maps the id of a field to prose."""

    facet: Annotated[str, NOT_IN_FILE]
    id: Id
    name: Translated
    also: tuple[str, ...] = ()
    parent: Id = ""
    definition: Annotated[Prose, Translatable()]
    fields: Mapping[str, Annotated[Prose, Translatable()]] = field(default_factory=dict)
    color: Annotated[
        Color,
        Doc("its colour in a project without a grid, for the entries of frame facets; derived if absent"),
    ] = ""
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The table on the page of a facet.  ``fields`` are the ids of its columns."""

    caption: Translated
    note: Translated = NO_WORDS
    fields: Annotated[tuple[Id, ...], AtLeast(1)]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """A named list of entries that a tag may name (a file in ``annotations/codebook/facets/``).

    ``kind`` is ``frame`` (each entry has a page) or ``index`` (all entries are on one page).  ``keep`` is
    ``None`` where the editors have not decided whether conversion may change the entries: they are kept, and
    ``check`` asks.
    """

    id: Id
    name: Translated
    short: Annotated[Translated, Doc("its name in the navigation; the name if absent")] = NO_WORDS
    kind: Annotated[str, Choice(FACET_KINDS)]
    definition: Translated
    fields: tuple[Term, ...] = ()
    table: Table | None = None
    keep: Annotated[
        bool | None,
        Doc("true where the entries are names, which conversion must keep; false where they are words"),
    ] = None
    entries: Annotated[tuple[Entry, ...], AtLeast(1)]
    place: Place
