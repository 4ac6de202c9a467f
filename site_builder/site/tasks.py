"""Units of work of a build, and what does them.

A task is a call of a function of this package with an edition and arguments.  What it gives depends on
nothing else, so an engine may do it here, in another process or on another machine, and may keep the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from site_builder.edition.edition import Edition

EDITION, FRAME = "edition", "frame"
"""What a task reads of the edition: all of it; or its frame alone (:func:`.pipeline.keys.frame`)."""


class TaskContext(Protocol):
    """What a task needs besides its arguments; it is made once for an edition in each process."""

    @property
    def edition(self) -> Edition:
        """The edition that is built."""
        ...

    @property
    def known(self) -> Sequence[object]:
        """Large values that every process with this edition has, in the same order: they are not sent."""
        ...

    @property
    def renderers(self) -> Mapping[str, Any]:
        """The folder of a view → the renderer of its pages."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One unit of work.

    :param kind: what it makes: ``page``, ``format`` …; engines count by it.
    :param name: what it is for: the path of a file in the site, or of a page and what it is a part of.
    :param function: a function at the top of a module, so that another process finds it by its name.
    :param shared: its first argument after the context, which many tasks share.
    :param arguments: its further arguments; other processes get them pickled, except what they know.
    :param scope: what it reads of the edition.
    :param also: what else it reads of the edition, and what distinguishes ``shared``.
    :param holds: whether a result that was kept is still right, from the context, the first of ``arguments``
        and the result: it may name parts of the edition that are not in ``scope``.  ``None`` if it names
        none.
    """

    kind: str
    name: str
    function: Callable[..., Any]
    shared: Any = None
    arguments: tuple[Any, ...] = ()
    scope: str = EDITION
    also: object = None
    holds: Callable[[TaskContext, Any, Any], bool] | None = None

    def run(self, context: TaskContext) -> Any:
        """Do it here."""
        return self.function(context, self.shared, *self.arguments)


Results = Callable[[], list[Any]]
"""Waits for the results of some tasks, in the order of the tasks; an exception in a task is raised here."""


class Unavailable(Exception):
    """Tasks cannot be done where they were to be done; the text says why."""


class Engine(Protocol):
    """What does tasks."""

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with some tasks."""
        ...


def done_here(context: TaskContext, tasks: Sequence[Task]) -> list[Any]:
    """The results of tasks, done in this process one after another."""
    return [task.run(context) for task in tasks]


class Serial:
    """Does each task in this process, when its result is asked for."""

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Do the tasks one after another, as soon as their results are asked for."""
        return lambda: done_here(context, tasks)
