"""The tree of a YAML file: values, lists and mappings, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Scalar:
    """A single value.  ``reads_as`` names what YAML reads an unquoted value as, if it is not a text."""

    text: str
    reads_as: str
    quoted: bool
    place: Place
    text_place: Place
    """The place of the first character of the text, without quotation mark or ``|``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """A list, without the items that cannot be read."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """A mapping: ``items`` from key to value, ``keys`` from key to its place, in the order of the file.

    ``items`` has no value that cannot be read; ``keys`` has all keys.
    """

    items: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Sequence | Mapping
