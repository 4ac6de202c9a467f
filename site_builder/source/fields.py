"""Shapes: what a YAML file may hold, said once as tables of fields.

A :class:`Shape` reads a node into a value and collects the faults; the same tables give the JSON
Schema that an editor of the files can use (``Shape.schema``).  Nothing here knows any one file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from site_builder.model import Place, Problem
from site_builder.model.hints import near
from site_builder.source import lookalikes, yamlio
from site_builder.source.prose import html_in, markdown_in
from site_builder.source.yamlio import Node


class _Bad:
    """Stands for a value that could not be read; its fault is already told."""


BAD = _Bad()


class Type(Protocol):
    """How one value is read, and how it is described to an editor."""

    def read(self, node: Node, faults: list[Problem]) -> Any: ...

    def schema(self) -> dict[str, Any]: ...


def fault(faults: list[Problem], place: Place, code: str, message: str, hint: str = "") -> _Bad:
    """Add an error and return :data:`BAD`, so that a reader can ``return fault(…)``."""
    faults.append(Problem(place=place, code=code, message=message, hint=hint))
    return BAD


def _kind(node: Node) -> str:
    if isinstance(node, yamlio.Mapping):
        return "a mapping"
    return "a list" if isinstance(node, yamlio.Sequence) else "a single value"


def _alike(node: Node) -> str:
    """A hint where a single value was probably meant as a key, a list or a mapping."""
    return _alike_in(node.text) if isinstance(node, yamlio.Scalar) and not node.quoted else ""


def _alike_in(text: str) -> str:
    at = next(lookalikes.found(text), None)
    return "; ".join(lookalikes.says(text[at])) if at is not None else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text.  A plain value that YAML reads as something else must be quoted.

    ``verbatim`` is for words of a source, which may hold HTML, and for prose, which is read elsewhere.
    """

    empty: bool = False
    verbatim: bool = False
    pattern: str = ""
    pattern_says: str = ""
    check: Callable[[str], tuple[str, str] | None] | None = None
    """Gives message and hint where the text is not what it must be."""
    check_pattern: str = ""
    """What a JSON Schema can say of ``check``: every text that it takes matches."""
    make: Callable[[str, Place], Any] | None = None

    def read(self, node: Node, faults: list[Problem]) -> Any:
        if not isinstance(node, yamlio.Scalar):
            return fault(
                faults, node.place, "Y006", f"here must stand a text, not {_kind(node)}", _alike(node)
            )
        if node.reads_as and not node.quoted and (node.text or not self.empty):
            if not node.text:
                return fault(
                    faults,
                    node.place,
                    "Y009",
                    "a text must not be empty",
                    "write it, or drop the key",
                )
            return fault(
                faults,
                node.place,
                "Y007",
                f"a text must not look like {node.reads_as}: {node.text}",
                f'quote it: "{node.text}"',
            )
        text = node.text.strip()
        if not text and not self.empty:
            return fault(faults, node.place, "Y009", "a text must not be empty", "write it, or drop the key")
        if self.pattern and not re.fullmatch(self.pattern, text):
            return fault(faults, node.place, "Y008", f"here must stand {self.pattern_says}, not '{text}'")
        wrong = self.check(text) if self.check else None
        if wrong:
            return fault(faults, node.place, "Y008", *wrong)
        if not self.verbatim:
            _look_at(node, faults)
        return self.make(text, node.text_place) if self.make else text

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "string"}
        if self.pattern or self.check_pattern:
            found["pattern"] = f"^{self.pattern or self.check_pattern}$"
        elif not self.empty:
            found["pattern"] = "\\S"
        if not self.empty:
            found["minLength"] = 1
        return found


def _look_at(node: yamlio.Scalar, faults: list[Problem]) -> None:
    """Report what would be published by mistake in a text that is shown as it stands."""
    for offset, what in html_in(node.text, escapes=False, entities=True):
        message = f"a text must not hold HTML: {'a comment' if what == '<!--' else what}"
        hint = "write a remark that is not for readers after '# '; name a tag without its angle brackets"
        if what.startswith("&"):
            hint = "write the character itself"
        fault(faults, _within(node, offset), "P006", message, hint)
    for offset, char in enumerate(node.text):
        if char == "\ufffd":
            message = "U+FFFD is a sign of damage: a character was lost in decoding"
            fault(faults, _within(node, offset), "T008", message, "take the character from the source")
    found = markdown_in(node.text)
    if found:
        message = f"a plain text should hold no Markdown, which is published as it stands: {found}"
        hint = "write the words alone; if the signs are meant, answer the review in annotations/reviews.yaml"
        faults.append(Problem(place=node.text_place, code="P012", message=message, hint=hint, level="review"))


def _within(node: yamlio.Scalar, offset: int) -> Place:
    """The place of a character of a value, or of the value where it has several lines."""
    place = node.text_place
    if "\n" in node.text:
        return place
    return Place(path=place.path, line=place.line, column=place.column + offset)


@dataclass(frozen=True, kw_only=True, slots=True)
class OneOf:
    """A word of a vocabulary that the tool itself fixes."""

    words: tuple[str, ...]

    def read(self, node: Node, faults: list[Problem]) -> Any:
        if not isinstance(node, yamlio.Scalar):
            return fault(
                faults, node.place, "Y006", f"here must stand a word, not {_kind(node)}", _alike(node)
            )
        if node.text not in self.words:
            return fault(
                faults,
                node.place,
                "Y008",
                f"here must stand a word of a fixed list, not '{node.text}'",
                near(node.text, self.words),
            )
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """A whole number, at least ``least``, of nine digits at most."""

    least: int = 0

    def read(self, node: Node, faults: list[Problem]) -> Any:
        if isinstance(node, yamlio.Scalar) and re.fullmatch(r"0|[1-9][0-9]{0,8}", node.text):
            value = int(node.text)
            if value >= self.least:
                return value
        return fault(faults, node.place, "Y006", f"here must stand a whole number, {self.least} or more")

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": 999_999_999}


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """``true`` or ``false``, and no other spelling."""

    def read(self, node: Node, faults: list[Problem]) -> Any:
        if isinstance(node, yamlio.Scalar) and node.text in ("true", "false"):
            return node.text == "true"
        return fault(faults, node.place, "Y006", "here must stand true or false")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A date as YYYY-MM-DD."""

    def read(self, node: Node, faults: list[Problem]) -> Any:
        # fromisoformat also takes 20260131 and 2026-W05-6, which the schema does not
        if isinstance(node, yamlio.Scalar) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
            try:
                return dt.date.fromisoformat(node.text)
            except ValueError:
                pass
        return fault(faults, node.place, "Y006", "here must stand a date, as 2026-01-31")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ListOf:
    """A list; what could not be read is left out (and told)."""

    of: Type
    least: int = 0

    def read(self, node: Node, faults: list[Problem]) -> Any:
        if not isinstance(node, yamlio.Sequence):
            return fault(
                faults, node.place, "Y006", f"here must stand a list, not {_kind(node)}", _alike(node)
            )
        if len(node.items) < self.least:
            return fault(faults, node.place, "Y009", "a list must not be empty", "write an entry")
        read = (self.of.read(item, faults) for item in node.items)
        return tuple(value for value in read if value is not BAD)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.schema(), "minItems": self.least}


@dataclass(frozen=True, kw_only=True, slots=True)
class MapOf:
    """A mapping with free keys; ``make`` gets the read pairs and the place of each key."""

    of: Type
    make: Callable[[dict[str, Any], dict[str, Place]], Any] | None = None

    def read(self, node: Node, faults: list[Problem]) -> Any:
        if not isinstance(node, yamlio.Mapping):
            return fault(
                faults, node.place, "Y006", f"here must stand a mapping, not {_kind(node)}", _alike(node)
            )
        read = {key: self.of.read(value, faults) for key, value in node.items.items()}
        good = {key: value for key, value in read.items() if value is not BAD}
        return self.make(good, node.keys) if self.make else good

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.of.schema()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Either:
    """A single value in one shape, or a mapping in another."""

    scalar: Type
    mapping: Type

    def read(self, node: Node, faults: list[Problem]) -> Any:
        chosen = self.mapping if isinstance(node, yamlio.Mapping) else self.scalar
        return chosen.read(node, faults)

    def schema(self) -> dict[str, Any]:
        mapping = self.mapping.schema()
        return {"anyOf": [self.scalar.schema(), *mapping.get("anyOf", [mapping])]}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One line of a table: how the value is read, and what stands for it when the key is absent."""

    of: Type
    required: bool = True
    default: Any = ""
    doc: str = ""
    attribute: str = ""
    """The name under which ``Shape.make`` gets the value, where that is not the key."""


def optional(of: Type, default: Any = "", doc: str = "", attribute: str = "") -> Field:
    return Field(of=of, required=False, default=default, doc=doc, attribute=attribute)


def required(of: Type, doc: str = "") -> Field:
    return Field(of=of, doc=doc)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A mapping with known keys.  ``make`` gets the values by name and ``place``.

    ``rest`` reads keys that the table does not name (their meaning is checked elsewhere); its
    values arrive as ``rest``.  Without it an unknown key is a fault.
    """

    name: str
    fields: Mapping[str, Field]
    make: Callable[..., Any]
    rest: Type | None = None

    def read(self, node: Node, faults: list[Problem]) -> Any:
        if not isinstance(node, yamlio.Mapping):
            return fault(
                faults,
                node.place,
                "Y006",
                f"a {self.name} must be a mapping, not {_kind(node)}",
                _alike(node),
            )
        values = {
            field.attribute or name: self._field(name, field, node, faults)
            for name, field in self.fields.items()
        }
        extra = [key for key in node.keys if key not in self.fields]
        if self.rest is not None:
            read = {k: self.rest.read(node.items[k], faults) for k in extra if k in node.items}
            values["rest"] = {k: (node.keys[k], v) for k, v in read.items() if v is not BAD}
        else:
            for key in extra:
                fault(
                    faults,
                    node.keys[key],
                    "Y004",
                    f"a {self.name} must not have the key '{key}'",
                    _alike_in(key) or near(key, self.fields),
                )
        if any(value is BAD for value in values.values()):
            return BAD
        return self.make(**values, place=node.place)

    def _field(self, name: str, field: Field, node: yamlio.Mapping, faults: list[Problem]) -> Any:
        if name in node.items:
            return field.of.read(node.items[name], faults)
        if name in node.keys:  # its value was refused and told
            return BAD
        if field.required:
            return fault(
                faults,
                node.place,
                "Y005",
                f"a {self.name} must have '{name}'",
                field.doc or f"add '{name}:'",
            )
        return field.default

    def schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of the table."""
        return {
            "type": "object",
            "properties": {
                name: field.of.schema() | ({"description": field.doc} if field.doc else {})
                for name, field in self.fields.items()
            },
            "required": [name for name, field in self.fields.items() if field.required],
            "additionalProperties": self.rest.schema() if self.rest else False,
        }
