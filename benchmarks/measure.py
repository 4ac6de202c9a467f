"""Time and memory of a program and all its child processes.

CPU time is what the system reports when the program ends: its own, and that of children that it waited for.
Memory is polled: every 20 ms, or in a program that runs for more than a second every fiftieth of the time
that it has taken, the proportional sizes (PSS) of the processes are added, so that pages that several
processes share count once.  Where there is no ``/proc``, memory is what the system reports of the largest
process; this is at least the size of the process that started it.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_PROC = Path("/proc")
_PAUSE = 0.02  # seconds
_SHARE = 0.02
"""The pause between two polls of a long run, as a share of its time: a poll of a large process takes time."""
_TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """A program that was measured ended with an error."""


@dataclass(frozen=True)
class Measurement:
    wall: float
    """Seconds."""
    cpu: float
    """Seconds of user and system time, of all processes."""
    memory: float
    """The peak in MB, of all processes together."""
    files: int = 0
    """Files in the output that were written in this run."""
    total: int = 0
    """Bytes of all files in the output."""


def tree(pid: int) -> Iterator[int]:
    """The process and its descendants that exist now."""
    yield pid
    try:
        threads = list((_PROC / str(pid) / "task").iterdir())
    except OSError:  # it has ended
        return
    for thread in threads:
        try:
            found = (thread / "children").read_text()
        except OSError:
            continue
        for child in found.split():
            yield from tree(int(child))


def _proportional(pid: int) -> int:
    """kB of memory of a process; 0 if it has ended."""
    try:
        rollup = (_PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def cpu_of_tree(pid: int) -> float:
    """Seconds of CPU time so far of a running process, its descendants, and those that it waited for."""
    ticks = 0
    for process in tree(pid):
        try:
            stat = (_PROC / str(process) / "stat").read_text()
        except OSError:
            continue
        ticks += sum(int(value) for value in stat.rpartition(")")[2].split()[11:15])
    return ticks / _TICKS


class Peak(Thread):
    """Polls the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._end = Event()
        self.kilobytes = 0

    def run(self) -> None:
        begin, ended = time.perf_counter(), False
        while not ended:
            self.kilobytes = max(self.kilobytes, sum(map(_proportional, tree(self._pid))))
            ended = self._end.wait(max(_PAUSE, _SHARE * (time.perf_counter() - begin)))

    def stop(self) -> int:
        self._end.set()
        self.join()
        return self.kilobytes


def run(
    command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], out: Path | None = None
) -> Measurement:
    """Run a program to its end.  ``out`` is its output folder, whose files are counted.

    Raises :class:`Failed` with the end of what it printed if its exit code is not 0.
    """
    before = _times(out)
    with (cwd / "printed.txt").open("w+b") as printed:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=dict(environment), stdout=printed, stderr=subprocess.STDOUT
        )
        peak = Peak(process.pid)
        peak.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        kilobytes = peak.stop() or usage.ru_maxrss
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            end = printed.read().decode("utf-8", "replace")[-2000:]
            raise Failed(f"{' '.join(command)}: exit code {process.returncode}\n{end}")
    after = _times(out)
    return Measurement(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        memory=kilobytes / 1024,
        files=sum(before.get(path) != state for path, state in after.items()),
        total=sum(size for size, *_ in after.values()),
    )


def _times(out: Path | None) -> dict[str, tuple[int, int, int]]:
    """Path → size, time and number of each file of a folder."""
    if out is None:
        return {}
    found = {}
    for folder, _, names in os.walk(out):
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 - a Path for each of 100,000 files takes seconds
            stat = os.stat(path)  # noqa: PTH116
            found[path] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found
