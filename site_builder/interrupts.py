"""Signals that end a command: SIGINT (Ctrl-C), SIGTERM and SIGHUP.

All three end a command in the same way: as an exception, so that every cleanup runs.  While files are
exchanged they are held back (:func:`held_back`), so that a cleanup is never cut short.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None  # Windows has no SIGHUP
)


class Interrupted(KeyboardInterrupt):
    """A signal asks the process to end; ``exit_code`` is 128 + its number, as shells have it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by signal {number}")
        self.exit_code = 128 + number


def install(*, always: tuple[int, ...] = ()) -> None:
    """Make the signals raise :class:`Interrupted`.

    A signal that the parent process ignores stays ignored (``nohup`` ignores SIGHUP, a shell script ignores
    SIGINT for its background jobs), except for those in ``always``.  Outside the main thread nothing happens,
    since Python sets handlers there alone.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in ENDING:
        if number in always or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)


def _raise(number: int, _: FrameType | None) -> None:
    raise Interrupted(number)


class Held:
    """The signal that arrived while signals are held back, if any."""

    def __init__(self) -> None:
        self.number: int | None = None

    def note(self, number: int, _: FrameType | None) -> None:
        self.number = number

    def check(self) -> None:
        """Stop here if a signal has arrived: a place where stopping is safe.

        :raises Interrupted: where one has.
        """
        if self.number is not None:
            raise Interrupted(self.number)


@contextmanager
def held_back() -> Iterator[Held]:
    """Hold the signals back inside the block; one that arrived is raised at its end.

    Without this an exception could appear between any two steps, also in the middle of a cleanup.
    """
    held = Held()
    if threading.current_thread() is not threading.main_thread():
        yield held
        return
    before = {n: signal.getsignal(n) for n in ENDING if signal.getsignal(n) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, held.note)
    try:
        yield held
    finally:
        for number, handler in before.items():
            # A handler that C code has set cannot be set again from Python; the default stands for it.
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
    held.check()
