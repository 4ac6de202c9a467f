"""What a project file must hold for a field of a record.

A record states it once, with the types of its fields.  :mod:`site_builder.source.derive` makes the reader of
the file and its JSON Schema from them:

- ``str`` is a text, ``int`` a whole number, ``bool`` true or false, ``dt.date`` a date;
- ``tuple[X, ...]`` is a list, ``Mapping[str, X]`` a mapping with free keys, a record a mapping with the
  fields of the record;
- a field with a default is optional in the file;
- ``place: Place`` gets the place in the file where the record begins.

The classes and constants below are metadata for ``Annotated``: they state what the type does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from site_builder.records import dataclass

Check = Callable[[str], tuple[str, str] | None]
"""A text → message and hint if the text is wrong, else ``None``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What a text must be.  A text is not empty, and holds no HTML and no Markdown, unless stated here."""

    empty: bool = False
    """The text may be empty."""
    verbatim: bool = False
    """The text may hold HTML and Markdown: it quotes a source, or another module reads it."""
    pattern: str = ""
    """A regular expression that the whole text must match."""
    expected: str = ""
    """What messages call a text that matches ``pattern``."""
    example: str = ""
    """A text that matches ``pattern``, for hints."""
    check: Check | None = None
    outline: str = ""
    """The pattern of the text in the JSON Schema, where ``check`` is too strict for a pattern."""
    normalize: Callable[[str], str] | None = None
    """What makes the value from the text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A text must be one of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translatable:
    """The file may have translations of a text, at keys that end in a language: ``name_en``.

    With ``alone`` it has only these, because the text itself is in another file.
    """

    alone: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The minimum of a number, or the minimum number of items in a list."""

    least: int


@dataclass(frozen=True, slots=True)
class Key:
    """The key in the file, if it is not the name of the field."""

    name: str


@dataclass(frozen=True, slots=True)
class Doc:
    """The description of a field in the JSON Schema, in the documentation and in hints."""

    text: str


ONE_OR_MORE: Final = "one or more"
"""A list with one item may be written as the item alone."""
REQUIRED: Final = "required"
"""The file must have the key, although the field has a default."""
NOT_IN_FILE: Final = "not in file"
"""The value is not at a key of its own: it is the name of a folder, the rest of the file, or a sum."""
