"""Engines: what does the tasks of a build.

:class:`Processes` does tasks in several processes of this machine, with the same results as doing each task
here.  What is done in another process is counted there, and the counts come back with the results.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Self, TypeVar

from site_builder.edges.archives import Archives
from site_builder.edges.explain import Record
from site_builder.edition.edition import Edition
from site_builder.pipeline import keys
from site_builder.site.tasks import (
    Done,
    Group,
    Maker,
    Results,
    Task,
    TaskContext,
    done_here,
    made_here,
    make,
)

_T = TypeVar("_T")

_WORTH = 24  # tasks; fewer are done here, since other processes take some time to begin
_CHUNKS = 4  # parts of the tasks for each worker, so that all end at about the same time
_MOST = 64  # processes
_AHEAD = 8  # groups for each process that are begun before the results of the first are taken

_here: TaskContext | None = None
"""The context of the tasks of this process."""


@dataclass(slots=True)
class Counts:
    """What a build did: (kind of task, whether its result was found in the store) → number of tasks."""

    tasks: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def add(self, kinds: Iterable[str], *, kept: bool) -> None:
        """Add one task for each of the kinds; a kind that occurs several times counts as often."""
        self.tasks.update((kind, kept) for kind in kinds)

    @property
    def made(self) -> dict[str, int]:
        """Kind → number of tasks that were done, in the order of the names of the kinds; a kind without one
        is left out.
        """
        return {kind: number for (kind, kept), number in sorted(self.tasks.items()) if not kept}

    @property
    def kept(self) -> dict[str, int]:
        """Kind → number of tasks whose results were found in the store, in the order of the names of the
        kinds; a kind without one is left out.
        """
        return {kind: number for (kind, kept), number in sorted(self.tasks.items()) if kept}


class BuildEngine(ABC):
    """An engine of one build: it counts its tasks, and ends at the end of a ``with`` block.

    It does groups in this process.  It does no tasks: a subclass defines ``submit``, as
    :meth:`.tasks.Engine.submit` describes it.  ``record`` explains the build, and ``archives`` knows earlier
    archives; they are ``None`` where nothing is kept.
    """

    record: Record | None = None
    archives: Archives | None = None

    def __init__(self) -> None:
        self.counts = Counts()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @abstractmethod
    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with the tasks, and count them; a subclass defines it.

        The result is a function that waits, and gives a list of their results in the order of the tasks.
        """

    def unfold(self, context: TaskContext, groups: Sequence[Group]) -> Iterator[Sequence[Done]]:
        """An iterator over the tasks of each group, done, in the order of the groups.

        The tasks of a group are counted when its item is taken.  An exception in a task is raised there, and
        then no task of this group is counted.
        """
        return map(self.counted, self.unfolded(context, groups))

    def unfolded(
        self, context: TaskContext, groups: Sequence[Group], maker: Maker = make
    ) -> Iterator[list[Done]]:
        """An iterator over the tasks of each group, done, in the order of the groups; nothing is counted.

        Each group is made and done by ``maker`` in this process when its item is taken.
        """
        return made_here(context, groups, maker)

    def counted(self, tasks: Sequence[Done]) -> Sequence[Done]:
        """Add tasks that were done to ``counts``, and return the same sequence."""
        self.counts.tasks.update((one.kind, one.kept) for one in tasks)
        return tasks

    @abstractmethod
    def end(self) -> None:
        """End the processes or connections of the engine."""


class Sender:
    """Sends tasks to processes that have the edition of a context; see :func:`in_context`."""

    def __init__(self, context: TaskContext) -> None:
        self.context = context
        self._numbers = {id(value): number for number, value in enumerate(context.known)}

    def sent(self, tasks: Sequence[Task]) -> bytes:
        """Tasks that share their first argument, for :func:`in_context`; that they share it is not checked.

        :raises IndexError: for no tasks.
        """
        calls = [(task.function, task.arguments) for task in tasks]
        return keys.sent((tasks[0].shared, calls), self._numbers)


class Processes(BuildEngine):
    """Does tasks in ``number`` processes of this machine, 64 at most; fewer than 24 tasks, and those of a
    lost process, here.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = min(number, _MOST)
        self._pool: ProcessPoolExecutor | None = None
        self._sender: Sender | None = None

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with the tasks in other processes.  Fewer than 24 tasks are done here, when the result is
        called, unless the processes have begun already; with one process all tasks are.

        The result waits for them, and gives a list of their results in the order of the tasks.  The tasks are
        counted as done at once.
        """
        self.counts.add((task.kind for task in tasks), kept=False)
        if self._number < 2 or (self._pool is None and len(tasks) < _WORTH):
            return lambda: done_here(context, tasks)
        parts = [(part, self._begun(context, part)) for part in divided(tasks, self._number)]
        return lambda: [
            result for part, future in parts for result in _result(future, partial(done_here, context, part))
        ]

    def unfolded(
        self, context: TaskContext, groups: Sequence[Group], maker: Maker = make
    ) -> Iterator[list[Done]]:
        """An iterator over the tasks of each group, done, in the order of the groups; nothing is counted.

        The first eight groups for each process are begun at once in other processes, and a further one each
        time an item is taken.  With one process, or one group, a group is made here when its item is taken.
        """
        if self._number < 2 or len(groups) < 2:
            return super().unfolded(context, groups, maker)
        begun: deque[tuple[Group, Future[list[Done]] | None]] = deque()
        waiting = iter(groups)
        ahead = self._number * _AHEAD

        def begin(number: int) -> None:
            for group in islice(waiting, number):
                begun.append((group, self._group_begun(context, group, maker)))

        def every() -> Iterator[list[Done]]:
            while begun:
                group, future = begun.popleft()
                found = _result(future, partial(maker, context, group))
                begin(1)
                yield found

        begin(ahead)
        return every()

    def _begun(self, context: TaskContext, tasks: Sequence[Task]) -> Future[list[Any]] | None:
        return self._in_pool(context, lambda pool, sender: pool.submit(do, sender.sent(tasks)))

    def _group_begun(self, context: TaskContext, group: Group, maker: Maker) -> Future[list[Done]] | None:
        return self._in_pool(context, lambda pool, _: pool.submit(do_group, group, maker))

    def _in_pool(
        self, context: TaskContext, begin: Callable[[ProcessPoolExecutor, Sender], Future[_T]]
    ) -> Future[_T] | None:
        """What ``begin`` gives; ``None`` if a process was lost, or none can be started."""
        try:
            return begin(*self._started(context))
        except (BrokenProcessPool, RuntimeError, OSError):
            return None

    def _started(self, context: TaskContext) -> tuple[ProcessPoolExecutor, Sender]:
        global _here
        if self._pool is None or self._sender is None or self._sender.context is not context:
            self.end()
            _here, self._sender = context, Sender(context)
            way = "fork" if _may_fork() else "spawn"
            begin = () if way == "fork" else (packed(context.edition),)
            self._pool = ProcessPoolExecutor(
                self._number, multiprocessing.get_context(way), initializer=_begin, initargs=begin
            )
        return self._pool, self._sender

    def end(self) -> None:
        """End the processes."""
        global _here
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._sender = _here = None


def _result(future: Future[_T] | None, here: Callable[[], _T]) -> _T:
    """What another process was asked for; ``here`` makes it if that process was lost."""
    if future is not None:
        with suppress(BrokenProcessPool):
            return future.result()
    return here()


def processors() -> int:
    """The number of processors that this process may use; where the system does not say, those of the
    machine, or 1.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _may_fork() -> bool:
    """Whether a new process can begin as a copy of this one, which has the edition already.

    A copy of a process with several threads can hang; macOS has such threads of its own.
    """
    return "fork" in multiprocessing.get_all_start_methods() and (
        os.uname().sysname == "Linux" and threading.active_count() == 1
    )


def _begin(edition: bytes | None = None) -> None:
    """Begin a process for tasks.  It leaves signals to the process that it works for, and ends with it.

    :param edition: the edition, if this process is no copy of one that has it.
    """
    global _here
    for number in (signal.SIGINT, getattr(signal, "SIGHUP", None)):
        if number is not None:
            signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if edition is not None:
        _here = context_of(edition)
    if _here is not None:
        _here.alone()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def packed(edition: Edition) -> bytes:
    """An edition for another process of this tool, as :func:`context_of` takes it: its project, and whether
    it has the text, pickled.
    """
    return pickle.dumps((edition.project, edition.with_text), pickle.HIGHEST_PROTOCOL)


def context_of(edition: bytes) -> TaskContext:
    """A new context of the tasks of an edition, from what :func:`packed` gives.  Its index is made again."""
    from site_builder.pipeline.context import Context

    project, with_text = pickle.loads(edition)
    return Context(Edition.of(project, with_text=with_text))


def do(tasks: bytes) -> list[Any]:
    """The results of tasks in a process that has a context, in their order; an exception in a task is raised.
    A process without a context raises ``AssertionError``.

    :param tasks: as :func:`in_context` takes them.
    """
    assert _here is not None
    return in_context(_here, tasks)


def do_group(group: Group, maker: Maker) -> list[Done]:
    """Make and do a group in a process that has a context; its tasks, done, in the order of ``maker``.  A
    process without a context raises ``AssertionError``.
    """
    assert _here is not None
    return maker(_here, group)


def in_context(context: TaskContext, tasks: bytes) -> list[Any]:
    """The results of tasks, in their order; the first exception in a task is raised.

    No calls give ``[]``.

    :param tasks: the first argument of all of them, and for each its function and its further arguments, as
        :func:`.keys.sent` gives them.
    """
    shared, calls = keys.received(tasks, context.known)
    return [function(context, shared, *arguments) for function, arguments in calls]


def divided(tasks: Sequence[Task], workers: int) -> Iterator[Sequence[Task]]:
    """The tasks in parts of about the same size, in their order, about four for each worker; no tasks give no
    part.  The size is the number of tasks divided by four times the workers, rounded up; the last part can be
    smaller.  So 9 tasks for 2 workers give parts of 2, 2, 2, 2 and 1.

    Those of a part share their first argument (the same object): a part ends where the next task has another.
    """
    size = max(1, -(-len(tasks) // (workers * _CHUNKS)))
    start = 0
    for at in range(1, len(tasks) + 1):
        if at == len(tasks) or at - start == size or tasks[at].shared is not tasks[start].shared:
            yield tasks[start:at]
            start = at
