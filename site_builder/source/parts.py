"""One file of a project → its records and the problems of reading it, whatever the other files say.

The result is a pure function of a :class:`Part`.  So it can be kept by what the part says, for the next run,
or be made in another process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from site_builder.model import Place, Problem
from site_builder.source import prose, yamlio
from site_builder.source.reading import BAD, Reading
from site_builder.source.schemas import BEFORE_4, FILES

TEXT = "text"
"""The kind of an edited text (``corpus/WORK/text.md``)."""
PAGES = ("page", "translation")
"""The kinds of Markdown files with front matter."""
_KEPT = 256  # parts of the last readings: a command can read a project before and after a change


class Part(NamedTuple):
    """A file and all that its reading depends on, besides the version of the tool.

    ``kind`` is :data:`TEXT` or a key of :data:`site_builder.source.schemas.FILES`.  ``given`` are values of
    fields that are not in the file: the id of a work, the name of a coder, the language of prose.  ``older``
    is true in a project of format 1 to 3.
    """

    kind: str
    path: str
    text: str
    given: tuple[tuple[str, str | bool], ...] = ()
    older: bool = False


class Parsed(NamedTuple):
    """The content of a file, ``None`` if it is empty or cannot be read, and the problems of reading it.

    The content is a record of the kind, or of a text the tuple of its blocks.  It can be pickled.
    """

    content: Any
    problems: tuple[Problem, ...]


ReadPart = Callable[[Part], Parsed]
"""What reads parts: :func:`read`, or a function that gives again what :func:`read` gave for the same part."""


@lru_cache(maxsize=_KEPT)
def read(part: Part) -> Parsed:
    """Read one file.  Problems never raise; an empty YAML file gives ``None`` and no problem.

    An empty text gives no blocks: ``()``.  A page or a translation without front matter, also an empty one,
    gives ``None`` and P009.
    """
    if part.kind == TEXT:
        blocks, problems = prose.edition(part.text, part.path)
        return Parsed(blocks, tuple(problems))
    if part.kind in PAGES:
        return _page(part)
    return _yaml(part, part.text, dict(part.given))


class Remembered:
    """Reads parts, and gives the last result of each path again while the part is the same.

    For a process that reads a project many times.
    """

    def __init__(self, read_part: ReadPart = read) -> None:
        self._read = read_part
        self._last: dict[tuple[str, str], tuple[Part, Parsed]] = {}

    def __call__(self, part: Part) -> Parsed:
        known = self._last.get((part.path, part.kind))
        if known is not None and known[0] == part:
            return known[1]
        found = self._read(part)
        self._last[part.path, part.kind] = part, found
        return found


def _yaml(part: Part, text: str, given: dict[str, Any]) -> Parsed:
    node, found = yamlio.parse(text, part.path)
    problems = list(found)
    if node is None:
        return Parsed(None, tuple(problems))
    types = BEFORE_4 if part.older and part.kind in BEFORE_4 else FILES
    content = types[part.kind].read(node, Reading(problems=problems, given=given))
    return Parsed(None if content is BAD else content, tuple(problems))


def _page(part: Part) -> Parsed:
    """A page or a translation with its prose."""
    front, body, line = _front_matter(part.text)
    if front is None:
        fields = FILES[part.kind].fields.items()
        keys = ", ".join(f"'{key}: …'" for key, field in fields if field.required)
        hint = f"begin the file with the lines '---', {keys}, '---'"
        message = "a page must begin with front matter"
        problem = Problem(place=Place(path=part.path), code="P009", message=message, hint=hint)
        return Parsed(None, (problem,))
    given: dict[str, Any] = dict(part.given)
    counted = given.pop("counted")
    text, problems = prose.page(body, part.path, line, language=given["language"], counted=counted)
    # "\n": lines count as in the file
    content, found = _yaml(part, "\n" + front, {**given, "prose": text})
    return Parsed(content, (*found, *problems))


def _front_matter(text: str) -> tuple[str | None, str, int]:
    """The front matter, the rest, and the line on which the rest begins."""
    if not text.startswith("---\n"):
        return None, text, 1
    end = text.find("\n---\n", 3)
    if end < 0:
        return None, text, 1
    body = text[end + 5 :]
    return text[4 : end + 1], body, text[: end + 5].count("\n") + 1
