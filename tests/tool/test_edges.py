"""What the modules that touch the system give: exit codes of signals, reasons of errors, seals of exports."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from site_builder.edges import guard, interrupts, streams
from site_builder.edges.reasons import reason, with_path

# --- signals ----------------------------------------------------------------------------------------

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
CODES = {"SIGHUP": 129, "SIGINT": 130, "SIGTERM": 143}
"""The exit codes of a shell for a command that a signal ended: 128 + its number."""


@POSIX
@pytest.mark.parametrize("name", CODES)
def test_a_signal_has_the_exit_code_that_a_shell_gives(name: str) -> None:
    number = getattr(signal, name)
    assert number in interrupts.ENDING
    before = signal.getsignal(number)
    with pytest.raises(interrupts.Interrupted) as ended, interrupts.raised(always=(number,)):
        signal.raise_signal(number)
    assert ended.value.exit_code == CODES[name]
    assert signal.getsignal(number) == before


@POSIX
@pytest.mark.parametrize("always", [False, True])
def test_a_signal_that_the_parent_ignores_stays_ignored_unless_it_always_ends(always: bool) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        ended = False
        try:
            with interrupts.raised(always=(signal.SIGHUP,) if always else ()):
                signal.raise_signal(signal.SIGHUP)
        except interrupts.Interrupted:
            ended = True
        assert ended is always
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@POSIX
@pytest.mark.parametrize(
    ("numbers", "code"), [(["SIGTERM"], 143), (["SIGINT", "SIGTERM"], 143), (["SIGTERM", "SIGINT"], 130)]
)
def test_a_deferred_signal_ends_after_the_block_or_where_it_may(numbers: list[str], code: int) -> None:
    found: list[interrupts.Held] = []

    def work() -> None:
        with interrupts.held_back() as held:
            held.check()  # no signal yet
            for name in numbers:
                signal.raise_signal(getattr(signal, name))
            found.append(held)

    with pytest.raises(interrupts.Interrupted) as ended:
        work()
    assert ended.value.exit_code == code
    [held] = found
    with pytest.raises(interrupts.Interrupted) as ended:
        held.check()
    assert ended.value.exit_code == code


def test_without_a_signal_nothing_is_raised() -> None:
    with interrupts.held_back() as held:
        held.check()
    assert held.number is None


# --- standard output --------------------------------------------------------------------------------


@POSIX
def test_standard_output_returns_the_number_of_bytes_and_reports_a_broken_pipe() -> None:
    reader, writer = os.pipe()
    with streams._Output(writer, "wb") as output, os.fdopen(reader, "rb") as written:
        assert [output.write(data) for data in (b"", b"a", "圳".encode())] == [0, 1, 3]
        assert written.read1() == "a圳".encode()
        written.close()
        with pytest.raises(BrokenPipeError):
            output.write(b"a")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_refused_with_the_reason_of_the_system() -> None:
    with streams._Output("/dev/full", "wb") as output, pytest.raises(streams.Refused) as refused:
        output.write(b"a")
    assert (refused.value.errno, reason(refused.value)) == (errno.ENOSPC, os.strerror(errno.ENOSPC))


# --- reasons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "says", "with_its_path"),
    [
        (OSError(errno.EACCES, "Permission denied"), "Permission denied", "Permission denied"),
        (
            OSError(errno.EACCES, "Permission denied", "a.html"),
            "Permission denied",
            "a.html: Permission denied",
        ),
        (OSError(errno.EXDEV, "Other disk", "a", None, "b"), "Other disk", "a: Other disk"),
        (OSError("no space"), "no space", "no space"),
        (OSError(), "unknown error", "unknown error"),
        (OSError(errno.EACCES, "", "a.html"), "[Errno 13] : 'a.html'", "a.html: [Errno 13] : 'a.html'"),
        (OSError(errno.EACCES, "Permission denied", ""), "Permission denied", "Permission denied"),
    ],
    ids=["no path", "a path", "two paths", "a text", "nothing", "no reason", "an empty path"],
)
def test_an_error_of_the_system_is_described_with_its_path_and_its_reason(
    error: OSError, says: str, with_its_path: str
) -> None:
    assert reason(error) == says
    assert with_path(error) == with_its_path


# --- seals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "fraction"), [(b"", 901_322_000), (b"water", 157_516_000), ("圳".encode(), 235_545_000)]
)
def test_the_seal_of_an_export_is_that_of_earlier_versions(content: bytes, fraction: int) -> None:
    """Otherwise a new version of the tool would take every earlier export for a file of others.

    The fraction is the first 16 digits of the SHA-256, modulo 999999, plus 1, in microseconds.
    """
    seconds, found = divmod(guard.seal(content), 1_000_000_000)
    assert found == fraction
    assert abs(time.time() - seconds) < 5
