"""The steps that update the files of a project from one format to the next.

A step takes the text of every source file and returns the files that it changes.  It never writes.  A new
step is a module of this package and a line in :data:`STEPS`.

The format number in ``annotations/project.yaml`` is written last.  A project that was changed only in part
(the machine stopped) still has the old number, and the next run of the command finishes the work.  So every
step must accept files that it has already changed, and leave them as they are.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.migrations import authors, format_2_addresses, format_3_views, format_4_words
from site_builder.migrations.changes import PROJECT, Changes, Sources, numbered
from site_builder.model import FORMAT, Problem
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One change of the files on the way to format ``to``; ``says`` describes it to the user."""

    to: int
    says: str
    change: Callable[[Sources], Changes]


def _authors(sources: Sources) -> Changes:
    files, problems = authors.change(sources)
    return Changes(files=files, problems=problems)


STEPS: tuple[Step, ...] = (
    Step(to=2, says="authors of a record as a list", change=_authors),
    Step(to=2, says=format_2_addresses.SAYS, change=format_2_addresses.change),
    Step(to=3, says=format_3_views.SAYS, change=format_3_views.change),
    Step(to=4, says=format_4_words.SAYS, change=format_4_words.change),
)
"""Every step, in the order in which they run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Migrated:
    """The result of all steps: the changed files, the problems, and the steps that changed something.

    ``files`` maps path → complete new text; unchanged files are left out.
    """

    files: Sources
    problems: tuple[Problem, ...]
    steps: tuple[Step, ...]


def migrate(sources: Sources, since: int) -> Migrated:
    """Run every step from the format ``since`` to the present one.

    A project in the present format gives no changed files.  The project file comes last in ``files``.  Steps
    and problems are in the order of the steps; a step without a changed file is not in ``steps``, but its
    problems are there.  A step with errors does not stop the later ones, and its changes are in the
    result too: the caller must not write them.

    :param sources: path → text of every source file.
    :raises KeyError: if ``annotations/project.yaml`` is not among the sources.
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
