"""A picture as pages know it: its words, the table with the same content, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from site_builder.edition import addresses
from site_builder.language.message import Wording, pmsg
from site_builder.records import dataclass
from site_builder.site.pictures.drawing import Drawing, Pen
from site_builder.site.views import Link

Content: TypeAlias = tuple[Wording | Link, ...]
"""The content of a cell of a table: words and links, one after the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The content of a picture as a table: a row for each mark, or for each row of the picture.

    The first cell of each row is its header.  All rows are as long as ``columns``.
    """

    columns: tuple[Wording, ...]
    rows: tuple[tuple[Content, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyItem:
    """An item of the key of a picture: a shape, and what it means.

    ``shape`` is a glyph, ``hatch``, ``pale`` or ``solid`` (a square in the colours of ``code``), or ``line``
    or ``dashed``.
    """

    shape: str
    text: Wording
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A way to draw a picture: ``wide``, ``narrow`` (on narrow screens), or another one by name.

    ``how`` says how to read this form, if what the picture says does not hold of it.  A picture with one form
    shows it on all screens; it scrolls sideways if it is wider than the screen.
    """

    name: str
    layout: Callable[[Pen], Drawing]
    how: Wording = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture of the data.

    ``id`` names it in addresses: it is in ``pictures/ID.svg``.  ``shows`` are the clauses of one sentence,
    each computed from the data; a clause whose condition fails is left out, so there may be none.  ``how``
    says how to read it.  With ``has_readings`` its marks differ in the readings of the tags.  The first form
    is that of the file and of books; a part of another picture has no file.
    """

    id: str
    title: Wording
    shows: tuple[Wording, ...]
    how: Wording
    forms: tuple[Form, ...]
    table: Table
    key: tuple[KeyItem, ...] = ()
    has_readings: bool = False
    has_file: bool = True

    @property
    def href(self) -> str:
        """The address of its file."""
        return f"{addresses.DRAWN}{self.id}.svg"

    @property
    def sentence(self) -> Wording:
        """What it shows as one sentence: the clauses with ``;`` between and ``.`` at the end, or the marks of
        the language; ``""`` without clauses.
        """
        if not self.shows:
            return ""
        whole = self.shows[0]
        for clause in self.shows[1:]:
            whole = pmsg("two clauses of one sentence", "%(first)s; %(second)s", first=whole, second=clause)
        return pmsg("a whole sentence of clauses", "%(sentence)s.", sentence=whole)
