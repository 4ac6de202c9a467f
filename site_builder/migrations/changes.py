"""The input and the output of a migration step."""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder.model import Problem
from site_builder.records import dataclass

PROJECT = "annotations/project.yaml"
"""The file that holds the number of the format."""
Sources = Mapping[str, str]
"""Path, relative to the project and with ``/`` → text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """The changes that a step makes to a project.

    ``files`` maps the path of every changed file to its complete new text.  A problem of level ``error``
    stops the migration, and nothing is written; one of level ``review`` is shown.
    """

    files: Sources
    problems: tuple[Problem, ...] = ()


def numbered(text: str, number: int) -> str:
    r"""The text of a project file with a format number: it replaces the old number, or comes before the first
    key.

    Only a ``format:`` with a number, at the beginning of a line, counts.  All other lines stay.  In a text
    without a key the line is the first.

    >>> numbered("# ours\ntitle: A\n", 4), numbered("format: 3 # old\n", 4)
    ('# ours\nformat: 4\ntitle: A\n', 'format: 4 # old\n')
    """
    line = f"format: {number}"
    found = re.search(r"(?m)^format:[ \t]*[0-9]+", text)
    if found:
        return text[: found.start()] + line + text[found.end() :]
    first = re.search(r"(?m)^(?![#\s]|---|%)", text)
    at = first.start() if first else 0
    return f"{text[:at]}{line}\n{text[at:]}"
