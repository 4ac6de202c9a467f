"""The tree of a YAML file: values, lists and mappings, each with its place.

A file has thousands of nodes, so they are tuples, which are the fastest to make.
"""

from __future__ import annotations

from typing import NamedTuple

from site_builder.model import Place


class Scalar(NamedTuple):
    """A single value.  ``reads_as`` names what YAML reads an unquoted value as, if it is not a text."""

    text: str
    reads_as: str
    quoted: bool
    place: Place
    text_place: Place
    """The place of the first character of the text, without quotation mark or ``|``."""


class Sequence(NamedTuple):
    """A list, without the items that cannot be read."""

    items: tuple[Node, ...]
    place: Place


class Mapping(NamedTuple):
    """A mapping: ``items`` from key to value, ``keys`` from key to its place, in the order of the file.

    ``items`` has no value that cannot be read; ``keys`` has all keys.
    """

    items: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Sequence | Mapping
