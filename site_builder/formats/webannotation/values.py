"""Values of JSON-LD records of other programs, whatever their types are.

Every text comes through :func:`text`, which keeps only characters that can be written and shown.
"""

from __future__ import annotations

import re
from typing import Any

from site_builder.importing.wording import clean


def many(value: object) -> list[Any]:
    """What JSON-LD may write as one value or as a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: object) -> str:
    """A text as it may be kept; nothing for what is no text."""
    return clean(value) if isinstance(value, str) else ""


def word(value: object) -> str:
    """A text without space around it."""
    return text(value).strip()


def words(value: object) -> list[str]:
    """The texts of a value that may be one or several."""
    return list(filter(None, map(word, many(value))))


def get(record: object, *names: str) -> object:
    """The value of the first of some keys that is there; ``type`` finds ``@type`` too."""
    if isinstance(record, dict):
        for name in names:
            for key in (name, f"@{name}"):
                if record.get(key) is not None:
                    return record[key]
    return None


def types(record: object) -> list[str]:
    """The types of a record without what stands before their names: ``oa:Annotation`` → ``Annotation``."""
    return [re.split(r"[:/#]", name)[-1] for name in words(get(record, "type"))]
