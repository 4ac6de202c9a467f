"""Who says what a foreign file holds: names of persons as ids of coders, in the same way for every format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from site_builder.source.prose import ID

NOBODY = "coder"
"""The coder of what is said by nobody who is named."""
_LONGEST = 40


def ids(named: Mapping[str, str], taken: Collection[str] = ()) -> dict[str, str]:
    """Key → id: a letter, then letters, digits and hyphens; no two are the same, and none is nobody's.

    :param named: key → name.  A name that is an id stays what it is.
    :param taken: ids of others.
    """
    found: dict[str, str] = {}
    held, numbers = {*taken, NOBODY}, Counter[str]()
    for key in sorted(named, key=lambda key: not re.fullmatch(ID, named[key])):
        stem = spelled = named[key] if re.fullmatch(ID, named[key]) else _spelled(named[key]) or NOBODY
        while spelled in held:
            numbers[stem] += 1
            spelled = f"{stem}-{numbers[stem]}"
        held.add(spelled)
        found[key] = spelled
    return found


def _spelled(name: str) -> str:
    """What letters, digits and hyphens are left of a name."""
    return re.sub(r"^[^A-Za-z]+", "", re.sub(r"[^A-Za-z0-9]+", "-", name[:_LONGEST])).strip("-")
