"""Parses JSON of other programs within limits, and finds the annotations in it with their places.

:mod:`site_builder.formats.webannotation.values` reads the values of its records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from site_builder.formats.webannotation import hypothesis
from site_builder.formats.webannotation.values import get, types, word, words
from site_builder.importing import untrusted
from site_builder.model import Place, Problem

VALUES = 1_000_000
"""The largest number of values in a file, counted by their separators: each needs much memory."""
_DIGITS = 15  # in a number; no position in a text needs more
_TARGET = re.compile(r'(?<!\\)"target"\s*:')


class _NotJson(ValueError):
    pass


def parsed(data: bytes, path: str) -> tuple[str, object, Problem | None]:
    """The text of a file, its value, and its problem.

    With a problem (I001) the text is ``""`` and the value ``None``; otherwise the problem is ``None``.  The
    file must be UTF-8, with or without a byte order mark, have at most 10,000,000 bytes, and at most
    1,000,000 of the characters ``{ [ , :`` together.  ``NaN`` and ``Infinity`` are refused.  A whole
    number with more than 15 digits becomes ``None``.  Of a repeated key the last value counts.
    """
    try:
        content = untrusted.sized(data).decode("utf-8-sig")
        if sum(map(content.count, "{[,:")) > VALUES:
            message = f"the file must hold at most {VALUES} values"
            return "", None, _problem(path, message, hint="export the work alone")
        return content, json.loads(content, parse_int=_number, parse_constant=_refused), None
    except untrusted.Unsafe as error:
        problem = _problem(path, str(error), hint=error.hint)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = _problem(path, "the file must be UTF-8", line, hint="save it as UTF-8")
    except json.JSONDecodeError as error:
        problem = _problem(path, f"the file must be JSON: {error.msg}", error.lineno, error.colno)
    except _NotJson as error:
        problem = _problem(path, f"the file must be JSON, which has no {error}")
    except RecursionError:
        problem = _problem(path, "the file must not nest this deeply")
    return "", None, problem


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None


def _refused(name: str) -> NoReturn:
    raise _NotJson(name)


def _problem(path: str, message: str, line: int = 1, column: int = 1, *, hint: str = "") -> Problem:
    place = Place(path=path, line=line, column=column)
    return Problem(place=place, code="I001", message=message, hint=hint or "export it again")


class Finder:
    """Finds the places of annotations in a file, which must be requested in their order."""

    def __init__(self, content: str, path: str) -> None:
        self.content = content
        self.path = path
        self.counted = (0, 1, 0)  # a position, its line, and the position where the line begins
        self.targets = [match.start() for match in _TARGET.finditer(content)]
        self.next = 0

    def place(self, annotation: object) -> Place:
        """The place of the value of its id, or without an id of the key of its target; line and column count
        from 1.

        Each call goes on to the next annotation.  Without an id and a target it is the place of the next
        target in the file, after the last target that of the last, and in a file without targets the start.
        """
        here = self.next
        self.next += isinstance(annotation, dict) and "target" in annotation
        before = self.targets[here - 1] if 0 < here <= len(self.targets) else 0
        after = self.targets[here + 1] if here + 1 < len(self.targets) else len(self.content)
        id_ = get(annotation, "id")
        at = self.content.find(f'"{id_}"', before, after) if isinstance(id_, str) else -1
        if at < 0:
            at = self.targets[here] if here < len(self.targets) else before
        line, begins = self.line(at)
        return Place(path=self.path, line=line, column=at - begins + 1)

    def line(self, at: int) -> tuple[int, int]:
        """The number of the line that contains a position, and the position where the line begins.

        Lines count from 1, positions from 0: ``line(0)`` is ``(1, 0)``.  Positions can be in any order.
        """
        known, line, begins = self.counted
        if at < known:
            known, line, begins = 0, 1, 0
        line += self.content.count("\n", known, at)
        begins = max(begins, self.content.rfind("\n", known, at) + 1)
        self.counted = (at, line, begins)
        return line, begins


def held(value: object) -> Iterator[dict[str, Any] | str]:
    """Every annotation of a collection, a page, a list, or a single one, in the order of the file.

    A page or annotation that is named but not included is given last, by its address; it is not fetched.  An
    annotation is a record with the type ``Annotation``, with a target, or in the format of Hypothesis.
    Other values are ignored, so a file without annotations gives nothing.
    """
    ahead: list[object] = [value]
    named: dict[str, None] = {}
    seen: set[str] = set()
    while ahead:
        one = ahead.pop()
        if isinstance(one, list):
            ahead += reversed(one)
        elif isinstance(one, dict) and _is_annotation(one):
            yield one
        elif isinstance(one, dict):
            seen.add(word(get(one, "id")))
            named |= dict.fromkeys(_named(one))
            ahead += reversed([part for key, part in one.items() if key in _PARTS])
    yield from (address for address in named if address not in seen)


_PARTS = ("first", "next", "last", "items", "@graph", "annotations", "rows")


def _is_annotation(record: dict[str, Any]) -> bool:
    return "Annotation" in types(record) or "target" in record or hypothesis.is_record(record)


def _named(record: dict[str, Any]) -> list[str]:
    return [address for part in _PARTS for address in words(record.get(part))]
