"""Places in files, and problems at places."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.language.characters import printable
from site_builder.records import dataclass


class Place(NamedTuple):
    """A place in a file: a path relative to the project; line and column, both counted from 1.

    Every value of every file has one, so it is a tuple, which is the fastest to make, to compare and to hash.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Place(path="")
"""The place of what is in no file."""


def within(start: Place, text: str, offset: int) -> Place:
    """The place of the character at ``offset`` (code points) of a text that begins at ``start``.

    Columns of the first line count from ``start.column``, those of later lines from 1.  The length of the
    text is a valid offset.
    """
    row = text.count("\n", 0, offset)
    column = offset - text.rfind("\n", 0, offset) if row else start.column + offset
    return Place(path=start.path, line=start.line + row, column=column)


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """The subject of a review.  An answer in ``annotations/reviews.yaml`` must match it.

    ``id`` is the id of a passage or heading, or ``facet:entry``; ``""`` of words of the editors.  The review
    is about ``text[start:end]`` (code points).
    """

    id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """An error or a review.  Problems are values in lists beside the data, not exceptions.

    ``level`` is ``"error"`` (the build stops) or ``"review"`` (the build goes on, and a person should look).
    What a rule of :mod:`site_builder.check` states is an error, unless its docstring says that it is a
    review, or has ``(review)`` before it.  ``unless`` is the beginning, or several, of the paths of files
    that can be the cause: if one of them has errors of reading, this problem is not reported.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    level: str = "error"
    unless: str | tuple[str, ...] = ""
    about: About | None = None

    def __str__(self) -> str:
        tail = f" / {self.hint}" if self.hint else ""
        return printable(f"{self.place}: {self.code} {self.message}{tail}")
