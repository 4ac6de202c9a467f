"""Does the tasks of a build on other machines: an engine over the scheduler of Dask.

``site-builder build --scheduler ADDRESS`` connects to a scheduler that runs already (``dask scheduler``).
Its workers have this version of the tool installed.  This is the only way in which a build uses the network,
and only that address is connected to.  Each worker gets the edition once, and then parts of the tasks.  Dask
gives the tasks of a worker that is lost to another one.

The connection is that of Dask.  Without TLS anyone in the network can read the edition, and whoever can
connect to the scheduler can run code on its workers.  Dask's documentation says how to secure both.
"""

from __future__ import annotations

import importlib
import pickle
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from site_builder.edges import toolprint
from site_builder.edges.engines import BuildEngine, Sender, context_of, divided, in_context, packed
from site_builder.edition.digests import digest
from site_builder.site.tasks import Done, Group, Maker, Results, Task, TaskContext, Unavailable, make

_TIMEOUT = 30  # seconds to connect
_RETRIES = 3

_lock = threading.Lock()  # a worker can have several threads, and a context is for one
_contexts: dict[bytes, TaskContext] = {}
"""The context of the latest edition of this worker, by a digest of the edition."""


class Scheduler(BuildEngine):
    """Does tasks on the workers of a Dask scheduler.

    :param address: of the scheduler, such as ``tcp://10.0.0.5:8786``.
    :raises Unavailable: without the library ``distributed``, a scheduler at the address, or a worker.
    """

    def __init__(self, address: str) -> None:
        super().__init__()
        try:
            library: Any = importlib.import_module("distributed")
        except ImportError:
            raise Unavailable("the library 'distributed' is not installed") from None
        try:
            self._client: Any = library.Client(address, timeout=_TIMEOUT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise Unavailable(f"no scheduler answers at {address}: {error}") from None
        self._workers = len(self._client.scheduler_info(n_workers=-1)["workers"])
        if not self._workers:
            self._client.close()
            raise Unavailable(f"the scheduler at {address} has no workers")
        self._tool = toolprint.digest()
        self._sender: Sender | None = None
        self._edition: Any = None

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Send the tasks to the workers and return at once; the result waits for them, and gives a list of
        their results in the order of the tasks.

        The tasks are counted as done when they are sent.  No tasks give ``[]``.

        :raises Unavailable: when the result is called, if a worker would give other results.
        """
        self.counts.add((task.kind for task in tasks), kept=False)
        sender = self._started(context)
        futures = [
            self._client.submit(
                work, self._tool, self._edition, sender.sent(part), pure=False, retries=_RETRIES
            )
            for part in divided(tasks, self._workers)
        ]
        return lambda: [result for future in futures for result in future.result()]

    def unfolded(
        self, context: TaskContext, groups: Sequence[Group], maker: Maker = make
    ) -> Iterator[list[Done]]:
        """Send all groups to the workers and return at once: an iterator over the tasks of each group, done,
        in the order of the groups.

        It waits for a group when its item is taken.  An exception in a task is raised there.  Nothing is
        counted.
        """
        self._started(context)
        futures = [
            self._client.submit(
                work_group,
                self._tool,
                self._edition,
                pickle.dumps((group, maker)),
                pure=False,
                retries=_RETRIES,
            )
            for group in groups
        ]
        return (future.result() for future in futures)

    def _started(self, context: TaskContext) -> Sender:
        """Sends the edition to the workers, as a task too, so that another worker can get it again."""
        if self._sender is None or self._sender.context is not context:
            self._sender = Sender(context)
            self._edition = self._client.submit(_same, packed(context.edition), pure=True)
        return self._sender

    def end(self) -> None:
        """End the connection."""
        self._client.close()


def _same(edition: bytes) -> bytes:
    return edition


@cache
def _own_tool() -> bytes:
    """The digest of the tool of this worker, which does not change while its process lives."""
    return toolprint.digest()


def work(tool: bytes, edition: bytes, tasks: bytes) -> list[Any]:
    """Do tasks on a worker, one after another; their results in the same order.

    :param tool: the digest of the tool that sends them.
    :param edition: as :func:`.engines.packed` gives it.
    :param tasks: as :func:`.engines.in_context` takes them.
    :raises Unavailable: if this worker would give other results.  An exception in a task is raised as it is.
    """
    with _context(tool, edition) as context:
        return in_context(context, tasks)


def work_group(tool: bytes, edition: bytes, group: bytes) -> list[Done]:
    """Make and do a group on a worker; its tasks, done, in the order in which they are made.

    :param tool: the digest of the tool that sends it.
    :param edition: as :func:`.engines.packed` gives it.
    :param group: the group and its maker, pickled.
    :raises Unavailable: as :func:`work`.
    """
    with _context(tool, edition) as context:
        one, maker = pickle.loads(group)
        done: list[Done] = maker(context, one)
        return done


@contextmanager
def _context(tool: bytes, edition: bytes) -> Iterator[TaskContext]:
    """The context of an edition, for one thread at a time."""
    if _own_tool() != tool:
        raise Unavailable("a worker has another version of site-builder, of a library or of Python")
    name = digest(edition)
    with _lock:
        if name not in _contexts:
            _contexts.clear()
            _contexts[name] = context_of(edition)
        yield _contexts[name]
