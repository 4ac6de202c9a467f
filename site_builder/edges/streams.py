"""Standard input, output and error: if they are closed, full or broken, no command ends with a traceback."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, TextIO

from site_builder.edges.reasons import reason

_closed: set[int] = set()


def prepare() -> None:
    """Make the standard streams safe to use; call it once, before anything else.

    A descriptor that was closed at the start (``>&-``) is opened on the null device.  Otherwise the next file
    that is opened would get its number, and printed text would go into that file.  Characters outside of the
    encoding of the terminal are printed as escapes.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            _closed.add(number)
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout is sys.__stdout__:
        sys.stdout = _own(sys.stdout)


class Refused(OSError):
    """Standard output cannot be written to, for instance because its disk is full."""


class _Output(io.FileIO):
    """Standard output, with errors that differ from those of other files."""

    def write(self, data: Any) -> int:
        """Write bytes, and return how many were written.

        :raises Refused: in place of an error of the system; a closed pipe raises ``BrokenPipeError``.
        """
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Refused(error.errno, error.strerror) from error


def _own(stream: io.TextIOWrapper) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(_Output(stream.fileno(), "wb", closefd=False)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
    )


def binary() -> BinaryIO:
    """Standard output for bytes.  The caller flushes it.

    :raises OSError: if it was closed at the start.
    """
    if 1 in _closed:
        raise OSError(errno.EBADF, "standard output is closed")
    return sys.stdout.buffer


def print_error(text: str) -> None:
    """Print a line to standard error; an error of the system in doing so is ignored."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


OUT, ERROR = "out", "error"
Printed = Sequence[tuple[str, str]]
"""What a command prints: the stream, ``OUT`` or ``ERROR``, and the text without the line end."""


def show(printed: Printed) -> None:
    """Print texts in their order, each on its stream with a line end.

    :raises OSError: if standard output cannot be written to; an error of standard error is ignored.
    """
    for stream, text in printed:
        if stream == ERROR:
            print_error(text)
        else:
            print(text)


def complain(message: str, hint: str) -> None:
    """Print why a command cannot do its work, and the next step, to standard error, as one line:
    ``site-builder: MESSAGE / HINT``.
    """
    print_error(f"site-builder: {message} / {hint}")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows the present step on one line of a terminal; ``say("")`` clears the line.

    ``say("packing")`` writes ``packing…`` to standard error in place of the last step, without a line end.
    The end of the block clears it too, also after an exception.  Without a terminal nothing is printed.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def say(what: str) -> None:
        with suppress(OSError):
            print(f"\r\033[K{what}{'…' if what else ''}", end="", file=sys.stderr, flush=True)

    try:
        yield say
    finally:
        say("")


def finish(code: int) -> int:
    """Flush the standard streams at the end of a command.

    :param code: the exit code of the command.
    :returns: that code; 1 if it is 0 and the output could not be written.  A reader that has closed its pipe
        (``| head``) does not change the code.
    """
    error = _flush(sys.stdout)
    if error is not None and not isinstance(error, BrokenPipeError):  # `| head` is not an error
        report_refused(error)
        code = code or 1
    _flush(sys.stderr)
    return code


def report_refused(error: OSError) -> None:
    """Report on standard error that standard output cannot be written to and why, and discard its buffer.

    The line is ``site-builder: standard output cannot be written: No space left on device``.
    """
    _give_up(sys.stdout)
    print_error(f"site-builder: standard output cannot be written: {reason(error)}")


def _flush(stream: TextIO) -> OSError | None:
    """Flush a stream; a stream that fails is redirected to the null device, so that Python exits silently."""
    try:
        stream.flush()
    except OSError as error:
        _give_up(stream)
        return error
    except ValueError:  # closed
        return None
    return None


def _give_up(stream: TextIO) -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(null, stream.fileno())
    os.close(null)
