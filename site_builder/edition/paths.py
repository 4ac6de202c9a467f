"""Paths of files in the site by their form, such as ``data/passages-{work}.json``.

A form can have these names in braces: ``work``, ``passage``, ``number``, ``suffix`` (of the files of a view
outside of its folder: ``-hans``, or nothing for the first view), and ``tree`` (the folder of a view:
``hans/``, or nothing).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_NAME = re.compile(r"\{(\w+)\}")
_VALUES = {
    "work": "[^/]+",
    "passage": "[^/]+",
    "number": "[1-9][0-9]*",
    "suffix": "(?:-[^/]+)?",
    "tree": "(?:[^/]+/)?",
}


def values(form: str, path: str) -> Mapping[str, str] | None:
    """Name in the form → its value in a path; ``None`` if the path has another form.

    A path of a form without names gives ``{}``, which is false like ``None``.  ``suffix`` and ``tree`` can be
    ``""``; no value contains a ``/``, except that ``tree`` ends with one.  Whether there is such a work,
    passage or view is not checked.

    :raises KeyError: if the form has an unknown name.

    >>> values("data/text/{work}.txt", "data/text/lu1923.txt")
    {'work': 'lu1923'}
    >>> values("data/text/{work}.txt", "data/text.txt")
    >>> values("data/notes.csv", "data/notes.csv"), values("{tree}edition.html", "hans/edition.html")
    ({}, {'tree': 'hans/'})
    """
    found = _pattern(form).fullmatch(path)
    return found.groupdict() if found else None


@cache
def _pattern(form: str) -> re.Pattern[str]:
    literal, names = _NAME.split(form)[::2], _NAME.findall(form)
    groups = [f"(?P<{name}>{_VALUES[name]})" for name in names]
    return re.compile(
        "".join(re.escape(text) + group for text, group in zip(literal, [*groups, ""], strict=True))
    )
