"""Reads values of JSON-LD records of other programs, whatever their types are.

All text passes through :func:`text`, which keeps only characters that can be stored and displayed.
"""

from __future__ import annotations

import re
from typing import Any

from site_builder.importing.wording import clean

VOICE = "voice:"
"""The beginning of the tag that names the voice of a quotation: ``voice:reported``."""


def many(value: object) -> list[Any]:
    """A value that JSON-LD writes alone or in a list, as a list; ``None`` gives ``[]``.

    A list is returned as it is, also with ``None`` in it; any other value, also ``""``, is put into a list.
    """
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: object) -> str:
    """A text with LF line ends, in which U+FFFD replaces invalid characters; ``""`` if the value is no text.

    Invalid are control characters other than tab and LF, also NUL, surrogates, U+FFFE and U+FFFF.  White
    space at the ends stays.  A number, a list or ``None`` is no text.
    """
    return clean(value) if isinstance(value, str) else ""


def word(value: object) -> str:
    r"""A text as from :func:`text`, without white space at its ends; ``""`` if the value is no text.

    >>> word(" a\x00 "), word(12), word(["a"])
    ('a\ufffd', '', '')
    """
    return text(value).strip()


def words(value: object) -> list[str]:
    """The texts of a value or of a list of values; empty ones and those that are no text are left out.

    ``None`` gives ``[]``; a list within the list is left out too.
    """
    return list(filter(None, map(word, many(value))))


def get(record: object, *names: str) -> object:
    """The value of the first name that the record has, each also with ``@``: ``type`` also finds ``@type``.

    A value ``None`` is skipped, other empty values are not.  ``None`` if there is none, or if the record is
    no dictionary.
    """
    if isinstance(record, dict):
        for name in names:
            for key in (name, f"@{name}"):
                if record.get(key) is not None:
                    return record[key]
    return None


def types(record: object) -> list[str]:
    """The types of a record without prefixes, in order: ``oa:Annotation`` → ``Annotation``; ``[]`` if it has
    none.

    Only what is behind the last ``:``, ``/`` or ``#`` stays: ``https://example.org/ns/Note`` → ``Note``.
    ``type`` takes precedence over ``@type``.  Its value is a text or a list; a value that is no text, or is
    empty, is left out.  A value that is no record has no types.

    >>> types({"@type": ["oa:Annotation", "https://example.org/ns#Note"]}), types("Annotation")
    (['Annotation', 'Note'], [])
    """
    return [re.split(r"[:/#]", name)[-1] for name in words(get(record, "type"))]
