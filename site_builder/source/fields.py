"""Values of YAML files: how each type of value is read, and its JSON Schema.

:mod:`site_builder.source.derive` makes the types of a file from the records of the model.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from site_builder.language.dates import iso_date
from site_builder.model import Place, Problem
from site_builder.model.field import Text
from site_builder.model.hints import near
from site_builder.source import lookalikes, yamlio
from site_builder.source.prose import html_in, markdown_in
from site_builder.source.yamlio import Node

Schema = dict[str, Any]


class _Bad:
    """The value of what cannot be read.  Its problem is reported already."""


BAD = _Bad()
PLAIN = Text()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The state of reading one file.

    ``problems`` collects the problems of the file.  ``given`` are values of fields that are not in the file,
    by their names: the id of a work, the name of a coder.
    """

    problems: list[Problem] = field(default_factory=list)
    given: Mapping[str, Any] = field(default_factory=dict)

    def error(self, place: Place, code: str, message: str, hint: str = "") -> _Bad:
        """Report an error; return :data:`BAD`, so that a reader can ``return reading.error(…)``."""
        self.problems.append(Problem(place=place, code=code, message=message, hint=hint))
        return BAD

    def wrong_type(self, node: Node, expected: str, hint: str, subject: str = "the value") -> _Bad:
        """Report that a value is not of the expected type.

        :param hint: what to write; not used if the value has a character that looks like one of YAML.
        """
        message = f"{subject} must be {expected}, not {_kind(node)}"
        return self.error(node.place, "Y006", message, _lookalike_hint(node) or hint)


class Type(Protocol):
    """The type of a value: reads a node to a value or :data:`BAD`, and gives the JSON Schema."""

    def read(self, node: Node, reading: Reading) -> Any: ...

    def schema(self) -> Schema: ...


_EMPTY = "write a value; an optional key can be removed"
_ONE_TEXT = "write one text, without [ ], { } and '- '"
_FLAGS = dict.fromkeys(("yes", "on", "y", "1", "true"), "true") | dict.fromkeys(
    ("no", "off", "n", "0", "false"), "false"
)


def _a(name: str) -> str:
    """A name with its article: ``a term``, ``an anchor``."""
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def shown(node: Node) -> str:
    """A value as a message shows it: a single value in quotation marks, else its kind."""
    return f"'{node.text}'" if isinstance(node, yamlio.Scalar) else _kind(node)


def _date_in(node: Node) -> str:
    """The day that a value most likely means, as YYYY-MM-DD; empty if it means none."""
    date = iso_date(node.text) if isinstance(node, yamlio.Scalar) else ""
    return date if date.count("-") == 2 else ""


def _list_hint(node: Node) -> str:
    """The list that a value most likely means."""
    if isinstance(node, yamlio.Scalar):
        return f"write [{json.dumps(node.text, ensure_ascii=False)}]"
    return "write '- ' before each entry"


def _kind(node: Node) -> str:
    if isinstance(node, yamlio.Mapping):
        return "a mapping"
    return "a list" if isinstance(node, yamlio.Sequence) else "a single value"


def _lookalike_hint(node: Node) -> str:
    """A hint if a single value has a character that looks like a mark of YAML."""
    return _lookalike_in(node.text) if isinstance(node, yamlio.Scalar) and not node.quoted else ""


def _lookalike_in(text: str) -> str:
    at = next(lookalikes.found(text), None)
    return "; ".join(lookalikes.says(text[at])) if at is not None else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextType:
    """A text.  A plain value that YAML reads as a number, a date or similar must be quoted."""

    spec: Text = PLAIN
    make: Callable[[str, Place], Any] | None = None
    """Makes the value from the text and the place of its first character."""

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, yamlio.Scalar):
            return reading.wrong_type(node, "text", _ONE_TEXT)
        spec, text = self.spec, node.text.strip()
        if not text and not spec.empty:
            return reading.error(node.place, "Y009", "the value must not be empty", _EMPTY)
        if text and node.reads_as and not node.quoted:
            message = f"YAML reads this text as {node.reads_as}: {node.text}"
            return reading.error(node.place, "Y007", message, f'write "{node.text}"')
        if spec.pattern and not re.fullmatch(spec.pattern, text):
            message = f"the value must be {spec.expected}, not '{text}'"
            return reading.error(node.place, "Y008", message, f"for example {spec.example}")
        wrong = spec.check(text) if spec.check else None
        if wrong:
            return reading.error(node.place, "Y008", *wrong)
        if not spec.verbatim:
            _report_markup(node, reading)
        value = spec.normalize(text) if spec.normalize else text
        return self.make(value, node.text_place) if self.make else value

    def schema(self) -> Schema:
        found: Schema = {"type": "string"}
        outline = self.spec.pattern or self.spec.outline
        if outline:
            found["pattern"] = f"^{outline}$"
        elif not self.spec.empty:
            found["pattern"] = "\\S"
        if not self.spec.empty:
            found["minLength"] = 1
        return found


def _report_markup(node: yamlio.Scalar, reading: Reading) -> None:
    """Report HTML, damaged characters and Markdown in a text that pages show unchanged."""
    for offset, what in html_in(node.text, escapes=False, entities=True):
        message = f"a plain text must not contain HTML: {'a comment' if what == '<!--' else what}"
        hint = "write a comment for the editors as a YAML comment ('# …'); remove a tag"
        if what.startswith("&"):
            hint = "write the character itself"
        reading.error(_within(node, offset), "P006", message, hint)
    for offset, char in enumerate(node.text):
        if char == "\ufffd":
            message = "U+FFFD shows that a character was lost in decoding"
            reading.error(_within(node, offset), "T008", message, "copy the character from the source")
    found = markdown_in(node.text)
    if found:
        message = f"a plain text should contain no Markdown, because it is published unchanged: {found}"
        hint = "remove the marks; if they are meant, add an answer to annotations/reviews.yaml"
        reading.problems.append(
            Problem(place=node.text_place, code="P012", message=message, hint=hint, level="review")
        )


def _within(node: yamlio.Scalar, offset: int) -> Place:
    """The place of a character of a value; the place of the value if it has several lines."""
    place = node.text_place
    if "\n" in node.text:
        return place
    return Place(path=place.path, line=place.line, column=place.column + offset)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceType:
    """A word of a fixed list."""

    words: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, yamlio.Scalar):
            return reading.wrong_type(node, "a word", near("", self.words))
        if node.text not in self.words:
            message = f"the value must be one of a fixed list of words, not '{node.text}'"
            return reading.error(node.place, "Y008", message, near(node.text, self.words))
        return node.text

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberType:
    """A whole number, ``least`` or more, with at most nine digits."""

    least: int = 0

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, yamlio.Scalar) and re.fullmatch(r"0|[1-9][0-9]{0,8}", node.text):
            value = int(node.text)
            if value >= self.least:
                return value
        message = f"the value must be a whole number, {self.least} or more, not {shown(node)}"
        hint = f"write digits only, for example {self.least or 1}"
        return reading.error(node.place, "Y006", message, hint)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": 999_999_999}


class FlagType:
    """``true`` or ``false``, in no other spelling."""

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, yamlio.Scalar) and node.text in ("true", "false"):
            return node.text == "true"
        message = f"the value must be true or false, not {shown(node)}"
        word = node.text.lower() if isinstance(node, yamlio.Scalar) else ""
        return reading.error(node.place, "Y006", message, f"write {_FLAGS.get(word, 'true or false')}")

    def schema(self) -> Schema:
        return {"type": "boolean"}


class DateType:
    """A date as YYYY-MM-DD."""

    def read(self, node: Node, reading: Reading) -> Any:
        # fromisoformat also accepts 20260131 and 2026-W05-6, which the schema does not
        if isinstance(node, yamlio.Scalar) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
            try:
                return dt.date.fromisoformat(node.text)
            except ValueError:
                pass
        hint = f"write {_date_in(node)}" if _date_in(node) else "write a day of the calendar as 2026-01-31"
        return reading.error(node.place, "Y006", f"the value must be a date, not {shown(node)}", hint)

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ListType:
    """A list, read to a tuple without the items that cannot be read.

    With ``or_one``, a single value is read as a list of one item.
    """

    of: Type
    least: int = 0
    or_one: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, yamlio.Sequence):
            if not self.or_one:
                return reading.wrong_type(node, "a list", _list_hint(node))
            value = self.of.read(node, reading)
            return BAD if value is BAD else (value,)
        if len(node.items) < self.least:
            return reading.error(node.place, "Y009", "the list must not be empty", "add an entry")
        values = (self.of.read(item, reading) for item in node.items)
        return tuple(value for value in values if value is not BAD)

    def schema(self) -> Schema:
        listed = {"type": "array", "items": self.of.schema(), "minItems": self.least}
        return {"anyOf": [self.of.schema(), listed]} if self.or_one else listed


@dataclass(frozen=True, kw_only=True, slots=True)
class MappingType:
    """A mapping with free keys, read to a ``dict`` without the values that cannot be read."""

    of: Type
    make: Callable[[dict[str, Any], yamlio.Mapping], Any] = lambda values, node: values
    """Makes the value from the ``dict`` and the node."""

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, yamlio.Mapping):
            return reading.wrong_type(node, "a mapping", "write each entry as 'key: value'")
        values = {key: self.of.read(value, reading) for key, value in node.items.items()}
        return self.make({key: value for key, value in values.items() if value is not BAD}, node)

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.of.schema()}


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortForm:
    """A record that may be written as a single value."""

    scalar: Type
    mapping: Type

    def read(self, node: Node, reading: Reading) -> Any:
        chosen = self.mapping if isinstance(node, yamlio.Mapping) else self.scalar
        return chosen.read(node, reading)

    def schema(self) -> Schema:
        mapping = self.mapping.schema()
        return {"anyOf": [self.scalar.schema(), *mapping.get("anyOf", [mapping])]}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One key of a record: the name of its value in the record, its type, and whether it must be there."""

    name: str
    of: Type
    required: bool = True
    doc: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordType:
    """A mapping with known keys, read to a record.

    ``name`` is what messages call the record.  ``rest`` reads keys that are not in ``fields``, if the keys
    are checked elsewhere; without it such a key is an error.
    """

    name: str
    fields: Mapping[str, Field]
    make: Callable[[dict[str, Any], yamlio.Mapping, Reading], Any]
    """Makes the record from the values by name (those of absent keys are not there), the node, the state."""
    rest: Type | None = None

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, yamlio.Mapping):
            return reading.wrong_type(node, "a mapping", self._keys_hint(), _a(self.name))
        values = self.values(node, reading)
        return BAD if BAD in values.values() else self.make(values, node, reading)

    def values(self, node: yamlio.Mapping, reading: Reading) -> dict[str, Any]:
        """The values of the keys that are there, by name; reports all problems of the mapping."""
        read = {key: self._value(key, field, node, reading) for key, field in self.fields.items()}
        extra = [key for key in node.keys if key not in self.fields]
        values = {self.fields[key].name: value for key, value in read.items() if value is not None}
        if self.rest is not None:
            values["rest"] = {k: self.rest.read(node.items[k], reading) for k in extra if k in node.items}
        else:
            self._report_unknown(extra, node, reading)
        return values

    def _value(self, key: str, field: Field, node: yamlio.Mapping, reading: Reading) -> Any:
        """The value of a key, or ``None`` if an optional key is absent."""
        if key in node.items:
            return field.of.read(node.items[key], reading)
        if key in node.keys:  # the YAML reader has reported its value
            return BAD
        if not field.required:
            return None
        hint = f"add '{key}: …'" + (f" ({field.doc})" if field.doc else "")
        return reading.error(node.place, "Y005", f"{_a(self.name)} must have the key '{key}'", hint)

    def _keys_hint(self) -> str:
        """The keys that the mapping must have, or may have if it must have none."""
        keys = [key for key, field in self.fields.items() if field.required] or list(self.fields)
        return f"write {{{', '.join(f'{key}: …' for key in keys)}}}"

    def _report_unknown(self, keys: list[str], node: yamlio.Mapping, reading: Reading) -> None:
        for key in keys:
            hint = _lookalike_in(key) or near(key, self.fields)
            reading.error(node.keys[key], "Y004", f"unknown key '{key}' in {_a(self.name)}", hint)

    def schema(self) -> Schema:
        return {
            "type": "object",
            "properties": {
                key: field.of.schema() | ({"description": field.doc} if field.doc else {})
                for key, field in self.fields.items()
            },
            "required": [key for key, field in self.fields.items() if field.required],
            "additionalProperties": self.rest.schema() if self.rest else False,
        }
