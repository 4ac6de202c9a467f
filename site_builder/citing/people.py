"""Divides a text that names several persons (``甲、乙``).

Format 1 of ``work.yaml`` names the authors in one text, and ``project.yaml`` still names the publisher in
this way.  ``、``, ``；`` and ``;`` separate names.  A comma and "and" do not, since they also occur inside a
name ("Jacobs, Jane"); :func:`seems_joined` finds such names.
"""

from __future__ import annotations

import re

from site_builder.model import Name, Person, Place
from site_builder.model.place import NOWHERE

_BETWEEN = re.compile(r"\s*[、；;]\s*")
_JOINED = re.compile(r"[,，&＆]|(?<!\S)(?:and|et|und|y)(?!\S)|\bet al\b", re.IGNORECASE)


def statement(text: str) -> tuple[str, ...]:
    """The names in a text, in order; names are not divided into parts.  ``"甲、乙"`` gives ``("甲", "乙")``;
    ``；`` and ``;`` separate names too, a comma does not.

    Spaces around names, and empty names, are removed.  A text without a name is returned as it is: ``""``
    gives ``("",)``.
    """
    return tuple(filter(None, _BETWEEN.split(text.strip()))) or (text,)


def seems_joined(name: str) -> bool:
    """Whether one name seems to be several names joined by a comma, ``&``, "and", "et", "und" or "y".

    Such a word counts only between spaces or at an end.  True for ``"Jacobs, Jane"`` and ``"Lee et al."``;
    false for ``"Anderson"`` and ``""``.  Case does not matter.  ``、`` and ``;`` are not examined:
    :func:`statement` divides at them.
    """
    return _JOINED.search(name) is not None


def of_statement(
    text: str, latin: str = "", affiliation: str = "", place: Place = NOWHERE
) -> tuple[Person, ...]:
    """The persons that a text names, each with its whole name as ``literal``, in the order of the text.

    The text is divided as by :func:`statement`; an empty text gives one person with an empty name.  Whether
    it is an institution is not known, so ``institution`` is false.  ``latin`` of a person is ``None`` if
    there is no such name.

    :param latin: the same persons in Latin letters; ignored if the number of names differs.
    :param affiliation: ignored if there are several persons, since it does not say to which one it belongs.
    :param place: the place of each person.
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
