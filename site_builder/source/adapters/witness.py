"""How the lines of the witness and its emendations are read."""

from __future__ import annotations

import re
from typing import Any

from site_builder.model import Emendation, Lines
from site_builder.source import yamlio
from site_builder.source.derive import Special, fields_of
from site_builder.source.fields import RecordType
from site_builder.source.reading import Reading, Schema, shown


class LinesType:
    """The type of a line ``7`` or of lines ``137-178``, read to :class:`Lines`: (7, 7), (137, 178).

    A plain number is correct here.  ``9-7`` is read; a rule reports it.  ``0``, and anything else, is the
    error Y008, and gives :data:`BAD`.

    The hint has the first two numbers of a text that has any (``lines 3 to 9``: ``write 3-9``), else
    ``for example 7 or 137-178``.
    """

    pattern = "[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?"

    def read(self, node: yamlio.Node, reading: Reading) -> Any:
        """The :class:`Lines`; :data:`BAD` for any other value, which is reported (Y008)."""
        if isinstance(node, yamlio.Scalar) and re.fullmatch(self.pattern, node.text):
            first, _, last = node.text.partition("-")
            return Lines(int(first), int(last or first))
        message = f"the value must be the number of a line, or of the first and last line, not {shown(node)}"
        numbers = re.findall(r"[1-9][0-9]{0,6}", shown(node))[:2]
        hint = f"write {'-'.join(numbers)}" if numbers else "for example 7 or 137-178"
        return reading.error(node.place, "Y008", message, hint)

    def schema(self) -> Schema:
        """The schema of both forms, as ``anyOf``: a whole number from 1 to 9,999,999, then a text with the
        pattern of the type between ``^`` and ``$``.
        """
        number = {"type": "integer", "minimum": 1, "maximum": 9_999_999}
        return {"anyOf": [number, {"type": "string", "pattern": f"^{self.pattern}$"}]}


def emendation(special: Special) -> RecordType:
    """The type of an emendation, which reads a mapping to an :class:`Emendation`.

    ``reading`` is used for an absent ``witness`` and for an absent ``edited``; without it, they are ``""``.
    """

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Emendation:
        same = values.get("reading", "")
        return Emendation(**({"witness": same, "edited": same} | values), place=node.place)

    return RecordType(name="emendation", fields=fields_of(Emendation, special), make=make)
