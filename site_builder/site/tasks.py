"""Units of work of a build, and what does them.

A task is a call of a function of this package with an edition and arguments.  What it gives depends on
nothing else, so an engine may do it here, in another process or on another machine, and may keep the result.

A group is what makes some tasks.  The process that makes them also does them, and a group whose results were
kept is not made at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from site_builder.edition.edition import Edition
from site_builder.records import dataclass

EDITION, FRAME = "edition", "frame"
"""What a task reads of the edition: all of it; or its frame alone (:func:`.pipeline.keys.frame`)."""

Scope = str | tuple[str, ...]
"""What a task reads of the edition; a tuple for several scopes together."""


def of_work(work: str) -> str:
    """The scope of what reads of the texts and their annotations only those of one work, and the frame:
    ``work ID``.

    >>> of_work("lu1923")
    'work lu1923'
    """
    return f"work {work}"


def works_of(scopes: Iterable[str]) -> list[str]:
    """The ids of the works of scopes that :func:`of_work` gives.

    >>> works_of(["work canal", "work dike"])
    ['canal', 'dike']
    """
    return [scope.removeprefix(of_work("")) for scope in scopes]


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

    def alone(self) -> None:
        """Do the tasks that a task has in this process."""
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
    :param known_by: what represents ``arguments`` in the key of the task, if it has all that they depend on;
        ``None`` for the arguments themselves.
    :param holds: whether a result that was kept is still right, from the context, the first of ``arguments``
        and the result: it may name parts of the edition that are not in ``scope``.  ``None`` if it names
        none.
    """

    kind: str
    name: str
    function: Callable[..., Any]
    shared: Any = None
    arguments: tuple[Any, ...] = ()
    scope: Scope = EDITION
    also: object = None
    known_by: object = None
    holds: Callable[[TaskContext, Any, Any], bool] | None = None

    @property
    def first(self) -> Any:
        """The first of ``arguments``; ``None`` if ``holds`` is ``None``.

        :raises IndexError: if there is ``holds``, and no argument.
        """
        return self.arguments[0] if self.holds is not None else None

    def run(self, context: TaskContext) -> Any:
        """Do it here, and return what its function gives: the function gets the context, ``shared`` and
        ``arguments``.
        """
        return self.function(context, self.shared, *self.arguments)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Tasks that are made by the process that does them.

    :param name: different for every group of a build.
    :param function: a function at the top of a module: the context and ``arguments`` → the tasks, each with
        another name.
    :param arguments: texts and numbers, which other processes get pickled.
    :param scope: what the tasks and their results depend on, besides the frame of the edition.
    :param also: what else of the edition they depend on.
    :param holds: as that of its tasks; all of them have the same, or none.
    """

    name: str
    function: Callable[..., Iterable[Task]]
    arguments: tuple[Any, ...] = ()
    scope: Scope = EDITION
    also: object = None
    holds: Callable[[TaskContext, Any, Any], bool] | None = None

    def tasks(self, context: TaskContext) -> list[Task]:
        """Make its tasks here; none of them is done."""
        return list(self.function(context, *self.arguments))


Results = Callable[[], list[Any]]
"""Waits for the results of some tasks, in the order of the tasks; an exception in a task is raised here."""


class Unavailable(Exception):
    """Tasks cannot be done where they were to be done; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """A task that was done, or looked up: then it has no result unless one was kept.

    :param first: as that of the task.
    :param scope: as that of the task; it is not known of a group that was not made.
    :param key: its key, and ``parts`` the parts of the key; empty where results are not kept.
    :param kept: whether its result was found in the store, and ``stale`` whether one was found that is no
        longer right.
    :param sources: the files whose records are among its arguments, where the build is to be explained.
    """

    kind: str
    name: str
    result: Any
    first: Any = None
    scope: Scope = EDITION
    key: bytes = b""
    parts: tuple[bytes, ...] = ()
    kept: bool = False
    stale: bool = False
    sources: frozenset[str] = frozenset()


Maker = Callable[[TaskContext, Group], list[Done]]
"""Makes and does a group in the process that it is called in.  Other processes get it pickled."""


def make(context: TaskContext, group: Group) -> list[Done]:
    """Make and do a group here, one task after another: the tasks, done, in the order in which its function
    makes them.

    The first exception in a task is raised, and the tasks after it are not done.

    A group without tasks gives ``[]``.
    """
    return [
        Done(kind=one.kind, name=one.name, result=one.run(context), first=one.first, scope=one.scope)
        for one in group.tasks(context)
    ]


class Engine(Protocol):
    """What does tasks."""

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with some tasks, and return at once what waits for their results.

        The result is a function without arguments.  It gives a list with the result of each task, in the
        order of the tasks; ``[]`` for no tasks.  An exception in a task is raised when it is called, not
        here.
        """
        ...

    def unfold(self, context: TaskContext, groups: Sequence[Group]) -> Iterator[Sequence[Done]]:
        """Begin with some groups: an iterator with one item for each group, in the order of the groups.

        An item is the tasks of the group, done, in the order in which its function makes them; it is empty
        for a group without tasks.  An exception in a task is raised when the item is taken.  Only a few
        results wait to be taken at any time.
        """
        ...

    def unfolded(
        self, context: TaskContext, groups: Sequence[Group], maker: Maker = make
    ) -> Iterator[list[Done]]:
        """An iterator with what ``maker`` gives for each group, in the order of the groups; nothing is
        counted.

        An exception in a task is raised when the item of its group is taken.
        """
        ...


def done_here(context: TaskContext, tasks: Sequence[Task]) -> list[Any]:
    """The results of tasks, done in this process one after another, in their order.

    The first exception in a task is raised, and the tasks after it are not done.

    No tasks give ``[]``.
    """
    return [task.run(context) for task in tasks]


def made_here(context: TaskContext, groups: Iterable[Group], maker: Maker = make) -> Iterator[list[Done]]:
    """The tasks of each group, made and done in this process by ``maker`` when the item of the group is
    taken, in the order of the groups.

    No groups give nothing.
    """
    return (maker(context, group) for group in groups)


class Serial:
    """Does each task in this process, when its result is asked for."""

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Do the tasks one after another, when the result is called; each call does them again.

        It gives a list of their results, ``[]`` for no tasks.  The first exception in a task is raised.
        """
        return lambda: done_here(context, tasks)

    def unfold(self, context: TaskContext, groups: Sequence[Group]) -> Iterator[Sequence[Done]]:
        """An iterator over the tasks of each group, done, in the order of the groups; no groups give nothing.

        A group is made and done when its item is taken; an exception in a task is raised there.
        """
        return made_here(context, groups)

    def unfolded(
        self, context: TaskContext, groups: Sequence[Group], maker: Maker = make
    ) -> Iterator[list[Done]]:
        """An iterator with what ``maker`` gives for each group, in the order of the groups.

        ``maker`` is called when the item of a group is taken, and an exception in it is raised there.
        """
        return made_here(context, groups, maker)
