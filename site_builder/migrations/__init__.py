"""The steps that bring the files of a project from one format to the next.

A step takes the text of every source file and returns the files that it changes.  It never writes.
A new step is a module of this package and a line in :data:`STEPS`.

The number in ``annotations/project.yaml`` is written last.  A project that was changed only in part
(the machine stopped) still has the old number, and the next run of the command finishes the work.
So every step must accept files that it has changed already, and leave them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_builder.migrations import authors
from site_builder.model import FORMAT, Problem

PROJECT = "annotations/project.yaml"
"""The file that holds the number of the format."""
Sources = Mapping[str, str]
"""Path, relative to the project and with ``/`` → text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What a step makes of a project.

    ``files`` maps the path of every file that changes to its whole new text.  A problem of level
    ``error`` stops the migration, and nothing is written; one of level ``review`` is shown.
    """

    files: Sources
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One change of the files on the way to format ``to``; ``says`` describes it to the user."""

    to: int
    says: str
    change: Callable[[Sources], Changes]


def _authors(sources: Sources) -> Changes:
    files, problems = authors.change(sources)
    return Changes(files=files, problems=problems)


STEPS: tuple[Step, ...] = (Step(to=2, says="authors of a record as a list", change=_authors),)
"""Every step, in the order in which they run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Migrated:
    """The result of all steps: the changed files, the problems, and which steps changed something."""

    files: Sources
    problems: tuple[Problem, ...]
    steps: tuple[Step, ...]


def migrate(sources: Sources, since: int) -> Migrated:
    """Run every step from the format ``since`` to the present one.

    The file of the project comes last in ``files``.
    """
    now = dict(sources)
    problems: list[Problem] = []
    used: list[Step] = []
    for step in STEPS:
        if step.to <= since:
            continue
        found = step.change(now)
        problems += found.problems
        if any(now.get(path) != text for path, text in found.files.items()):
            used.append(step)
        now |= found.files
    now[PROJECT] = numbered(now[PROJECT], FORMAT)
    changed = {path: text for path, text in now.items() if sources.get(path) != text}
    last = {PROJECT: changed.pop(PROJECT)} if PROJECT in changed else {}
    return Migrated(files={**changed, **last}, problems=tuple(problems), steps=tuple(used))


def numbered(text: str, number: int) -> str:
    """The text of a project file with the number of a format, above its first key if it has none."""
    line = f"format: {number}"
    found = re.search(r"(?m)^format:[ \t]*[0-9]+", text)
    if found:
        return text[: found.start()] + line + text[found.end() :]
    first = re.search(r"(?m)^(?![#\s]|---|%)", text)
    at = first.start() if first else 0
    return f"{text[:at]}{line}\n{text[at:]}"
