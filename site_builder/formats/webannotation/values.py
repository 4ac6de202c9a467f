"""Reads values of JSON-LD records of other programs, whatever their types are.

All text passes through :func:`text`, which keeps only characters that can be stored and displayed.
"""

from __future__ import annotations

import re
from typing import Any

from site_builder.importing.wording import clean


def many(value: object) -> list[Any]:
    """A value that JSON-LD writes alone or in a list, as a list; ``None`` gives ``[]``."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: object) -> str:
    """A text without invalid characters; ``""`` if the value is no text."""
    return clean(value) if isinstance(value, str) else ""


def word(value: object) -> str:
    """A text without white space at its ends."""
    return text(value).strip()


def words(value: object) -> list[str]:
    """The texts of a value or of a list of values; empty ones are left out."""
    return list(filter(None, map(word, many(value))))


def get(record: object, *names: str) -> object:
    """The value of the first key that exists; ``type`` also finds ``@type``.  ``None`` if there is none."""
    if isinstance(record, dict):
        for name in names:
            for key in (name, f"@{name}"):
                if record.get(key) is not None:
                    return record[key]
    return None


def types(record: object) -> list[str]:
    """The types of a record without prefixes: ``oa:Annotation`` → ``Annotation``."""
    return [re.split(r"[:/#]", name)[-1] for name in words(get(record, "type"))]
