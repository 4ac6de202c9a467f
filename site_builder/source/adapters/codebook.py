"""How the grid of a project of format 1 to 3 is read."""

from __future__ import annotations

from typing import Annotated, Any

from site_builder.model import Cell, CellQuote
from site_builder.model.field import Doc
from site_builder.source import yamlio
from site_builder.source.derive import Special, fields_of, type_of
from site_builder.source.fields import Field, RecordType
from site_builder.source.reading import Reading

_Quotes = Annotated[tuple[CellQuote, ...], Doc("format 1 to 3: words of a work for what the cell means")]


def older_cell(special: Special) -> RecordType:
    """The type of a cell of format 1 to 3, read to a :class:`Cell`: its ``traits`` are words of a work, and
    become its ``words``; it has no named traits.

    ``words`` is read too, so that a migration that was interrupted can go on; these come first.  Without
    either, the cell has no words.  All other keys are those of a cell of the present format, also the
    translations (``name_en``).
    """

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Cell:
        words = (*values.pop("words", ()), *values.pop("traits", ()))
        return Cell(words=words, **values, place=node.place)

    older = Field(name="traits", of=type_of(_Quotes, special), required=False)
    fields = {**fields_of(Cell, special), "traits": older}
    return RecordType(name="cell", fields=fields, make=make)
