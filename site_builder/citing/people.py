"""Statements of authors as one text (``甲、乙``) → people.

Format 1 of ``work.yaml`` names the authors in one text, and ``project.yaml`` still names the publisher so.
``、`` and ``；`` and ``;`` divide a statement; a comma and "and" do not, because they also occur inside one
name ("Jacobs, Jane").  :func:`seems_joined` finds the statements where this matters.
"""

from __future__ import annotations

import re

from site_builder.model import Name, Person, Place
from site_builder.model.place import NOWHERE

_BETWEEN = re.compile(r"\s*[、；;]\s*")
_JOINED = re.compile(r"[,，&＆]|(?<!\S)(?:and|et|und|y)(?!\S)|\bet al\b", re.IGNORECASE)


def statement(text: str) -> tuple[str, ...]:
    """The names of a statement, whole, in order."""
    return tuple(filter(None, _BETWEEN.split(text.strip()))) or (text,)


def seems_joined(name: str) -> bool:
    """Whether what counts as one name seems to be several that a comma, "and" or "&" joins."""
    return _JOINED.search(name) is not None


def of_statement(
    text: str, latin: str = "", affiliation: str = "", place: Place = NOWHERE
) -> tuple[Person, ...]:
    """The people of a statement.

    :param latin: the same people in Latin letters; used where it names as many.
    :param affiliation: used where there is one person, since of several it does not say whose it is.
    """
    names = statement(text)
    others = statement(latin) if latin else ()
    paired = others if len(others) == len(names) else ("",) * len(names)
    return tuple(
        Person(
            name=Name(literal=name),
            latin=Name(literal=other) if other else None,
            affiliation=affiliation if len(names) == 1 else "",
            place=place,
        )
        for name, other in zip(names, paired, strict=True)
    )
