"""Ids of coders from the names of persons in an imported file, made in the same way for every format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from site_builder.model.values.naming import ID

NOBODY = "coder"
"""The id of the coder of a statement that names no person."""
_LONGEST = 40


def ids(named: Mapping[str, str], taken: Collection[str] = ()) -> dict[str, str]:
    """Make an id for each person: key → id.

    An id begins with a letter, followed by letters, digits and hyphens.  All ids differ from each other, from
    ``taken`` and from :data:`NOBODY`: the second ``Ming-Li`` becomes ``Ming-Li-1``.  Names that are ids
    already choose first, and come first in the result.  An empty mapping gives an empty mapping.

    :param named: key → name.  A name that is an id already stays as it is, if it is free.  ``"Ming Li"``
        becomes ``Ming-Li``; what is before its first Latin letter, and after its fortieth character, is left
        out.  A name without Latin letters becomes ``coder-1``, ``coder-2`` …
    :param taken: ids that are used already.
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
    """The letters, digits and hyphens of a name, from the first Latin letter on; may be empty."""
    return re.sub(r"^[^A-Za-z]+", "", re.sub(r"[^A-Za-z0-9]+", "-", name[:_LONGEST])).strip("-")
