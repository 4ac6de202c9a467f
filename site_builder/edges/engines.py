"""Engines: what does the tasks of a build, and what keeps their results.

:class:`Processes` does tasks in several processes of this machine, :class:`Kept` asks another engine only for
what it does not find in the store.  Both give the same results as doing each task here.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from site_builder.edges.explain import Record
from site_builder.edges.store import Store
from site_builder.edition.edition import Edition
from site_builder.pipeline import keys
from site_builder.site.tasks import Engine, Results, Task, TaskContext, done_here

_WORTH = 24  # tasks; fewer are done here, since other processes take some time to begin
_CHUNKS = 4  # parts of the tasks for each worker, so that all end at about the same time
_MOST = 64  # processes

_here: TaskContext | None = None
"""The context of the tasks of this process."""


@dataclass(slots=True)
class Counts:
    """What a build did: (kind of task, whether its result was found in the store) → number of tasks."""

    tasks: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def add(self, tasks: Sequence[Task], *, kept: bool) -> None:
        self.tasks.update((task.kind, kept) for task in tasks)

    @property
    def made(self) -> dict[str, int]:
        """Kind → tasks that were done."""
        return {kind: number for (kind, kept), number in sorted(self.tasks.items()) if not kept}

    @property
    def kept(self) -> dict[str, int]:
        """Kind → tasks whose results were kept."""
        return {kind: number for (kind, kept), number in sorted(self.tasks.items()) if kept}


class BuildEngine:
    """An engine of one build: it counts its tasks, and ends at the end of a ``with`` block.

    ``record`` explains the build; it is ``None`` where nothing is kept.
    """

    record: Record | None = None

    def __init__(self) -> None:
        self.counts = Counts()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with the tasks."""
        raise NotImplementedError

    def end(self) -> None:
        """End the processes or connections of the engine."""


class Sender:
    """Sends tasks to processes that have the edition of a context; see :func:`in_context`."""

    def __init__(self, context: TaskContext) -> None:
        self.context = context
        self._numbers = {id(value): number for number, value in enumerate(context.known)}

    def sent(self, tasks: Sequence[Task]) -> bytes:
        """Tasks that share their first argument, for :func:`in_context`."""
        calls = [(task.function, task.arguments) for task in tasks]
        return keys.sent((tasks[0].shared, calls), self._numbers)


class Processes(BuildEngine):
    """Does tasks in ``number`` processes of this machine; few tasks, and those of a lost process, here."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = min(number, _MOST)
        self._pool: ProcessPoolExecutor | None = None
        self._sender: Sender | None = None

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with the tasks."""
        self.counts.add(tasks, kept=False)
        if self._number < 2 or (self._pool is None and len(tasks) < _WORTH):
            return lambda: done_here(context, tasks)
        parts = [(part, self._begun(context, part)) for part in divided(tasks, self._number)]
        return lambda: [result for part, future in parts for result in self._result(context, part, future)]

    def _begun(self, context: TaskContext, tasks: Sequence[Task]) -> Future[list[Any]] | None:
        try:
            pool, sender = self._started(context)
            return pool.submit(do, sender.sent(tasks))
        except (BrokenProcessPool, RuntimeError, OSError):  # a process was lost, or none can be started
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

    def _result(
        self, context: TaskContext, tasks: Sequence[Task], future: Future[list[Any]] | None
    ) -> list[Any]:
        """The results of tasks; they are done here if the process that had them was lost."""
        if future is not None:
            with suppress(BrokenProcessPool):
                return future.result()
        return done_here(context, tasks)

    def end(self) -> None:
        """End the processes."""
        global _here
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._sender = _here = None


def processors() -> int:
    """The number of processors that this process may use."""
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


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def packed(edition: Edition) -> bytes:
    """An edition for another process of this tool."""
    return pickle.dumps((edition.project, edition.with_text), pickle.HIGHEST_PROTOCOL)


def context_of(edition: bytes) -> TaskContext:
    """The context of the tasks of an edition, from what :func:`packed` gives."""
    from site_builder.pipeline.assemble import Assembler

    project, with_text = pickle.loads(edition)
    return Assembler(Edition.of(project, with_text=with_text), lambda _: None)


def do(tasks: bytes) -> list[Any]:
    """Do tasks in a process that has a context.

    :param tasks: as :func:`in_context` takes them.
    """
    assert _here is not None
    return in_context(_here, tasks)


def in_context(context: TaskContext, tasks: bytes) -> list[Any]:
    """The results of tasks, in their order.

    :param tasks: the first argument of all of them, and for each its function and its further arguments, as
        :func:`.keys.sent` gives them.
    """
    shared, calls = keys.received(tasks, context.known)
    return [function(context, shared, *arguments) for function, arguments in calls]


def divided(tasks: Sequence[Task], workers: int) -> Iterator[Sequence[Task]]:
    """The tasks in parts of about the same size, in their order, several for each worker.

    Those of a part share their first argument.
    """
    size = max(1, -(-len(tasks) // (workers * _CHUNKS)))
    start = 0
    for at in range(1, len(tasks) + 1):
        if at == len(tasks) or at - start == size or tasks[at].shared is not tasks[start].shared:
            yield tasks[start:at]
            start = at


class Kept(BuildEngine):
    """Takes results from a store, and has another engine do what the store does not have.

    :param of: gives the keys of the tasks.
    :param record: what records the tasks, to explain the build.
    """

    def __init__(self, engine: Engine, store: Store, of: keys.Keys, record: Record | None = None) -> None:
        super().__init__()
        self._engine = engine
        self._store = store
        self._keys = of
        self.record = record

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with the tasks that the store has no result of."""
        parts = [self._keys.parts(context, task) for task in tasks]
        keyed = list(zip(map(keys.key, parts), tasks, strict=True))
        kept = self._store.get(key for key, _ in keyed)
        found = self._found(context, dict(keyed), kept)
        if self.record is not None:
            for (key, task), own in zip(keyed, parts, strict=True):
                self.record.add(task, own, found=key in found, stale=key in kept and key not in found)
        missing = [(key, task) for key, task in keyed if key not in found]
        self.counts.add([task for _, task in missing], kept=False)
        self.counts.add([task for key, task in keyed if key in found], kept=True)
        wait = self._engine.submit(context, [task for _, task in missing])

        def results() -> list[Any]:
            made = dict(zip((key for key, _ in missing), wait(), strict=True))
            new = {key: data for key, one in made.items() if (data := keys.encoded(one)) is not None}
            if new:
                self._store.put(new)
            every: Mapping[bytes, Any] = {**found, **made}
            if self.record is not None:
                for key, task in keyed:
                    if isinstance(every[key], Mapping):
                        self.record.gives(task, every[key])
            return [every[key] for key, _ in keyed]

        return results

    def _found(
        self, context: TaskContext, tasks: Mapping[bytes, Task], kept: Mapping[bytes, bytes]
    ) -> dict[bytes, Any]:
        """The results that were kept and are still right."""
        found = {}
        for key, data in kept.items():
            task, result = tasks[key], keys.decoded(data)
            if task.holds is None or task.holds(context, task.arguments[0], result):
                found[key] = result
        return found
