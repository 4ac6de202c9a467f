"""The codes of the edition at a glance: matrix, legend, filter, silences, comparison of entries."""

from __future__ import annotations

from site_builder.language.message import Wording
from site_builder.model import Cell, Dimension, Entry, Prose, Term
from site_builder.records import dataclass
from site_builder.site.views.links import Chip, Link, PassageLink


@dataclass(frozen=True, kw_only=True, slots=True)
class SilencePart:
    """The answers to a cell in one column: the passages under each entry, and under none."""

    by_entry: list[list[PassageLink]]
    loose: list[PassageLink]
    silent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SilenceRow:
    """The answers to a cell, column by column."""

    chip: Chip
    parts: tuple[SilencePart, ...]
    first_silent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A cell that no entry of a column answers, in one of the three readings at least.

    ``silent`` are the readings in which it is so; it is ``firm`` if it is so in all.  ``hangs_on`` has the
    tags that another reading leaves out or adds: the passage, the tag, and whether it is published.
    ``loose`` are the passages that answer the cell under no entry.  ``id`` is that of its place there.
    """

    id: str
    chip: Chip
    column: str
    loose: tuple[PassageLink, ...]
    silent: tuple[str, ...]
    firm: bool
    hangs_on: tuple[tuple[PassageLink, Chip, bool], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentCells:
    """What a column of the silence report finds: its name, and the cells that none of its entries answers.

    ``always`` are silent in each of the three readings, ``published`` in that of the published tags and not
    in each, ``otherwise`` only in another reading.
    """

    name: str
    always: tuple[Link, ...]
    published: tuple[Link, ...]
    otherwise: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CellWords:
    """A quotation that shows what a cell means: a link to its passage, and the name of the trait that the
    editors read in it, ``""`` for none.
    """

    text: Wording
    href: str
    title: Wording
    trait: Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A cell in the matrix; ``count`` is the number of passages that have it.

    ``words`` are the author's, ``others`` those of others with their voice.  ``traits`` lead to the
    definitions of the traits of the cell.
    """

    cell: Cell
    chip: Chip
    words: tuple[CellWords, ...]
    others: tuple[tuple[CellWords, str], ...]
    traits: tuple[Link, ...]
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One choice of the filter on the reading page; ``id`` is that of its checkbox."""

    id: str
    name: Wording
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The row of a dimension in the matrix."""

    dimension: Dimension
    href: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """The matrix: its caption and note, the poles as columns, and a row for each dimension."""

    caption: str
    note: str
    poles: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LegendItem:
    """A code of a legend; ``count`` is the number of passages that have it."""

    chip: Chip
    definition: str
    count: int
    words: tuple[CellWords, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Legend:
    """The codes of a grid without poles, or of a frame facet in a project without a grid."""

    caption: str
    note: str
    items: tuple[LegendItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A complete entry of a facet.  ``accounts`` are its fields with their content.

    ``left_out`` is the number of passages that are not in ``passages`` but at the address ``rest``.
    """

    entry: Entry
    href: str
    accounts: tuple[tuple[Term, Prose], ...]
    passages: tuple[PassageLink, ...]
    chips: tuple[Chip, ...]
    parts: tuple[Item, ...] = ()
    left_out: int = 0
    rest: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A table of entries × fields."""

    caption: str
    note: str
    columns: tuple[Link, ...]
    rows: tuple[tuple[str, tuple[Prose | None, ...]], ...]
