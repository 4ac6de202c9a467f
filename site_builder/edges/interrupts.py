"""Signals that end a command: SIGINT (Ctrl-C), SIGTERM and SIGHUP.

Each of them raises an exception, so that every cleanup runs.  While files are exchanged, signals are deferred
(:func:`held_back`), so that no cleanup is interrupted.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Handler = Callable[[int, FrameType | None], None]
ENDING = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None  # Windows has no SIGHUP
)


class Interrupted(KeyboardInterrupt):
    """A signal ends the process.  ``exit_code`` is 128 + its number, as in shells."""

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by signal {number}")
        self.exit_code = 128 + number


@contextmanager
def raised(*, always: tuple[int, ...] = ()) -> Iterator[None]:
    """Make SIGINT, SIGTERM and SIGHUP raise :class:`Interrupted` inside the block; after it, they have their
    earlier handlers.

    A signal that the parent process ignores stays ignored (``nohup`` ignores SIGHUP, a shell script ignores
    SIGINT for its background jobs), except for those in ``always``.  Outside of the main thread nothing
    happens, since Python sets signal handlers only there.
    """
    with _handled(_raise, always):
        yield


@contextmanager
def _handled(handler: Handler, always: tuple[int, ...] = ()) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    mine = [n for n, old in before.items() if n in always or old is not signal.SIG_IGN]
    for number in mine:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number in mine:
            old = before[number]  # None if C code set it; Python cannot restore that
            signal.signal(number, signal.SIG_DFL if old is None else old)


def _raise(number: int, _: FrameType | None) -> None:
    raise Interrupted(number)


class Held:
    """The signal that arrived while signals are deferred, if any."""

    def __init__(self) -> None:
        self.number: int | None = None

    def note(self, number: int, _: FrameType | None) -> None:
        """Keep the number of a signal: a handler for ``signal.signal``.  Of several signals the last is
        kept.
        """
        self.number = number

    def check(self) -> None:
        """Stop here if a signal has arrived: call it where stopping is safe.

        :raises Interrupted: if a signal has arrived.
        """
        if self.number is not None:
            raise Interrupted(self.number)


@contextmanager
def held_back() -> Iterator[Held]:
    """Defer the signals inside the block; a signal that arrived is raised at the end.

    Without this, an exception could occur between any two steps, also during a cleanup.
    """
    held = Held()
    with _handled(held.note):
        yield held
    held.check()
