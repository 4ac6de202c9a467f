"""The state of reading a YAML file, and what all types of values have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Protocol

from site_builder.model import Place, Problem
from site_builder.records import dataclass
from site_builder.source import yamlio
from site_builder.source.yamlio import Node, lookalikes

Schema = dict[str, Any]


class _Bad:
    """The value of what cannot be read.  Its problem is reported already."""


BAD = _Bad()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The state of reading one file.

    ``problems`` collects the problems of the file.  ``given`` are values of fields that are not in the file,
    by their names: the id of a work, the name of a coder.
    """

    problems: list[Problem] = field(default_factory=list)
    given: Mapping[str, Any] = field(default_factory=dict)

    def error(self, place: Place, code: str, message: str, hint: str = "") -> _Bad:
        """Add an error to ``problems``; return :data:`BAD`, so that a reader can ``return
        reading.error(…)``.
        """
        self.problems.append(Problem(place=place, code=code, message=message, hint=hint))
        return BAD

    def wrong_type(self, node: Node, expected: str, hint: str, subject: str = "the value") -> _Bad:
        """Report that a value is not of the expected type (Y006); return :data:`BAD`.

        The message is ``SUBJECT must be EXPECTED, not KIND``: ``the value must be text, not a list``.

        :param hint: what to write; not used if the value has a character that looks like one of YAML.
        """
        message = f"{subject} must be {expected}, not {_kind(node)}"
        return self.error(node.place, "Y006", message, _lookalike_hint(node) or hint)


class Type(Protocol):
    """The type of a value: reads a node to a value or :data:`BAD`, and gives the JSON Schema."""

    def read(self, node: Node, reading: Reading) -> Any:
        """The value of a node, or :data:`BAD` if it cannot be read; problems are reported, never raised.

        A value can have problems and be read all the same.
        """
        ...

    def schema(self) -> Schema:
        """The JSON Schema of the value, as a new ``dict``; it can allow more or less than :meth:`read`."""
        ...


def shown(node: Node) -> str:
    """A value as a message shows it: a single value in quotation marks, else ``a mapping`` or ``a list``."""
    return f"'{node.text}'" if isinstance(node, yamlio.Scalar) else _kind(node)


def _kind(node: Node) -> str:
    if isinstance(node, yamlio.Mapping):
        return "a mapping"
    return "a list" if isinstance(node, yamlio.Sequence) else "a single value"


def _lookalike_hint(node: Node) -> str:
    """A hint if a single value has a character that looks like a mark of YAML."""
    return lookalike_in(node.text) if isinstance(node, yamlio.Scalar) and not node.quoted else ""


def lookalike_in(text: str) -> str:
    """A hint for the first character that :func:`site_builder.source.yamlio.lookalikes.found` finds in a
    text; ``""`` if it finds none.  The first is that by kind of mark, not by place.

    It is the message and the hint of :func:`site_builder.source.yamlio.lookalikes.explain`, with ``; ``
    between.

    >>> lookalike_in("name：深度")
    "'：' (U+FF1A) is used in place of ':'; write ':' followed by a space"
    """
    at = next(lookalikes.found(text), None)
    return "; ".join(lookalikes.explain(text[at])) if at is not None else ""
