"""Where something stands, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.language.characters import printable


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """Where something stands: a path relative to the project, a 1-based line and column."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Place(path="")


def within(start: Place, text: str, offset: int) -> Place:
    """The place of the character at ``offset`` (code points) of a text that begins at ``start``."""
    row = text.count("\n", 0, offset)
    column = offset - text.rfind("\n", 0, offset) if row else start.column + offset
    return Place(path=start.path, line=start.line + row, column=column)


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a review is about, so that it can be answered (``annotations/reviews.yaml``).

    ``id`` is that of a passage, heading or entry (``facet:entry``).  The rule saw ``text[start:end]``,
    in code points.
    """

    id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A fault as a value: it travels beside the data and is never raised across rooms.

    ``level`` is ``"error"`` (nothing is built) or ``"review"`` (built, and a person should look).
    ``unless`` begins the path of files that the problem may come from: while one of them cannot be
    read whole, it is not told, since the true fault is told there.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    level: str = "error"
    unless: str = ""
    about: About | None = None

    def __str__(self) -> str:
        tail = f" / {self.hint}" if self.hint else ""
        return printable(f"{self.place}: {self.code} {self.message}{tail}")
