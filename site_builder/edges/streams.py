"""Standard input, output and error: closed, full or broken, they end no command with a traceback."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, BinaryIO, TextIO

_closed: set[int] = set()


def prepare() -> None:
    """Make the standard streams safe to use; to be called once, first of all.

    A descriptor that was closed at the start (``>&-``) is opened to the null device.  Otherwise the next
    file that is opened would take its number, and what is printed would go into that file.  What an encoding
    cannot express is printed as an escape.
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
    """Standard output cannot be written to: its disk is full, for instance."""


class _Output(io.FileIO):
    """Standard output, whose errors can be told from those of other files."""

    def write(self, data: Any) -> int:
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
    """Standard output for bytes.

    :raises OSError: where it was closed at the start.
    """
    if 1 in _closed:
        raise OSError(errno.EBADF, "standard output is closed")
    return sys.stdout.buffer


def tell(text: str) -> None:
    """Print a line to standard error; if that cannot take it, nobody can be told."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def finish(code: int) -> int:
    """Flush the standard streams at the end of a command.

    :param code: the exit code of the command.
    :returns: that code; 1 where the output could not be written.
    """
    error = _flush(sys.stdout)
    if error is not None and not isinstance(error, BrokenPipeError):  # `| head` is no fault
        tell_refused(error)
        code = code or 1
    _flush(sys.stderr)
    return code


def tell_refused(error: OSError) -> None:
    """Say that standard output cannot be written to; what it still holds is given up."""
    _give_up(sys.stdout)
    tell(f"site-builder: standard output cannot be written: {error.strerror}")


def _flush(stream: TextIO) -> OSError | None:
    """Flush a stream; one that refuses is led to the null device, or Python would complain at its exit."""
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
