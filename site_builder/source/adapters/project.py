"""How the format and the conversions of a project file are read."""

from __future__ import annotations

import re
from typing import Any

from site_builder.model import FORMAT, Conversion, Format
from site_builder.model.values.forms import Verbatim
from site_builder.source import yamlio
from site_builder.source.derive import Special, type_of
from site_builder.source.fields import MappingType
from site_builder.source.reading import Reading, Schema, shown


class FormatType:
    """The type of the number of a format: a whole number from 1 to :data:`site_builder.model.FORMAT`.

    It reads to a :class:`Format` with its place; the number may be quoted.  Any other value is the error
    F010, and gives :data:`BAD`.

    A number above :data:`site_builder.model.FORMAT` is ``unknown format: 5``.  A number with a leading zero
    or a decimal point, a list and a mapping are ``the format must be a whole number, not …``.
    """

    def read(self, node: yamlio.Node, reading: Reading) -> Any:
        """A :class:`Format`; :data:`BAD` for any other value, which is reported (F010, with a hint).  Its
        place is that of the node.
        """
        text = node.text if isinstance(node, yamlio.Scalar) else ""
        if re.fullmatch(r"[1-9][0-9]{0,3}", text):
            if int(text) <= FORMAT:
                return Format(number=int(text), place=node.place)
            hint = f"install a newer version of site-builder; this version reads format 1 to {FORMAT}"
            return reading.error(node.place, "F010", f"unknown format: {text}", hint)
        hint = f"write 'format: {FORMAT}'; a project without this line has format 1"
        return reading.error(
            node.place, "F010", f"the format must be a whole number, not {shown(node)}", hint
        )

    def schema(self) -> Schema:
        """The schema of a whole number from 1 to 4 (``FORMAT`` of the model): ``type``, ``minimum``,
        ``maximum``.
        """
        return {"type": "integer", "minimum": 1, "maximum": FORMAT}


def conversions(special: Special) -> MappingType:
    """The type of a mapping: word → the word that conversion must make of it.

    It reads to a tuple of :class:`Conversion` in the order of the file, each with the place of its word; an
    empty mapping gives ``()``.  An entry that is no text is the error Y006, and is left out; any other value
    than a mapping is Y006 too, and gives :data:`BAD`.  The lengths of the words are not compared.
    """
    return MappingType(
        of=type_of(Verbatim, special),
        make=lambda forms, node: tuple(
            Conversion(word=word, form=form, place=node.keys[word]) for word, form in forms.items()
        ),
    )
