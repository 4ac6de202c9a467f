"""Records of runs: what a command read, wrote and printed, so that it need not run again if nothing changed.

A run of ``build`` or ``check`` ends by recording the files that it read and wrote (as the system describes
them, without their contents) and what it printed.  The same command in the same folder first compares that
with the present files.  If they are the same, it prints the same.  This module imports little, so that the
comparison takes less time than the import of a library.

The description of a file is its size, its number, and the times of its last change.  A file that changed in
the moment before the record cannot be trusted: a second change in the same tick of the clock would not show.
So a record is only made of files that are older than a tick, and otherwise the whole command runs again.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from site_builder.edges import keeping
from site_builder.edges.streams import Printed

_VERSION = 1
_COMMANDS = ("build", "check")
_FOLDER = "runs"
_KEPT = 200
"""Records that are kept, those of the latest runs."""
_PACKAGE = Path(__file__).resolve().parent.parent
_TICK, _COARSE_TICK = 20_000_000, 2_000_000_000
"""How far apart two changes must be to have different times, in nanoseconds: where the disk has times with
fractions of a second, and where it has not."""

Stamp = list[int]
"""What the system says of a file: its size, the times of the last change of its content and of the file in
nanoseconds since 1970, its number, and its kind and permissions."""
Stamps = dict[str, Stamp]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A run of a command: what it read, and what it printed.

    ``read`` has the stamps of each folder of sources, ``began`` is the time before they were read (ns since
    1970).
    """

    arguments: Sequence[str]
    read: Mapping[str, Stamps]
    began: int


def unchanged(arguments: Sequence[str]) -> tuple[int, Printed] | None:
    """The exit code of the last run of a command and what it printed, if nothing changed since.

    ``None`` if there is no record of it or anything changed: a source, a file of the site, the tool, a
    library.  It is always ``None`` for other commands than ``build`` and ``check``, without a folder for the
    cache, and for a record that cannot be read.

    :param arguments: the words of the command, from its name.  Records are found by these words in their
        order, and by the working directory.
    """
    if not arguments or arguments[0] not in _COMMANDS:
        return None
    folder = keeping.folder()
    if folder is None:
        return None
    try:
        with (folder / _FOLDER / _name(arguments)).open("rb") as stream:
            record = json.load(stream)
        if record["version"] != _VERSION or record["tool"] != tool():
            return None
        for part in ("read", "written"):
            if any(stamps(Path(top)) != found for top, found in record[part].items()):
                return None
        return int(record["code"]), [(str(stream), str(text)) for stream, text in record["printed"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def begin(arguments: Sequence[str], project: Path) -> Run | None:
    """Describe the sources of a project, before they are read; ``None`` if there is no folder for the cache,
    or if a source cannot be examined.

    ``read`` has the absolute paths of ``corpus`` and ``annotations``; a folder that is missing has ``{}``.

    :param arguments: as for :func:`unchanged`.
    """
    if keeping.folder() is None:
        return None
    try:
        began = time.time_ns()
        read = {top: stamps(Path(top)) for top in _sources(project)}
    except OSError:
        return None
    return Run(arguments=tuple(arguments), read=read, began=began)


def end(run: Run | None, code: int, printed: Printed, site: Path | None = None) -> None:
    """Record the end of a run, for :func:`unchanged`.  A record that cannot be written is left out.

    So is that of a run whose sources, or whose site, changed so recently that a further change would not
    show.

    :param run: what :func:`begin` gave; with ``None`` nothing is recorded.
    :param printed: what the same command would print if nothing changes.
    :param site: the folder that was written, or ``None``.
    """
    folder = keeping.folder() if run is not None else None
    if run is None or folder is None:
        return
    with suppress(OSError, ValueError):
        written = {} if site is None else {str(site.absolute()): _settled(site.absolute())}
        if _latest(run.read.values()) >= run.began or any(found is None for found in written.values()):
            return
        record = {
            "version": _VERSION,
            "tool": tool(),
            "read": run.read,
            "written": written,
            "code": code,
            "printed": printed,
        }
        _save(folder / _FOLDER, _name(run.arguments), json.dumps(record, separators=(",", ":")).encode())


def stamps(top: Path) -> Stamps:
    """The stamp of each file and folder below a path, and of the path itself: relative path with ``/`` →
    stamp.

    The path itself is ``""``.  A link has two stamps, its own and, as ``NAME@``, that of its target; what is
    in a folder that it leads to is left out, and a broken link has only its own.  A path that does not exist
    gives ``{}``.
    """
    found: Stamps = {}
    _add(found, "", os.fspath(top))
    return found


@cache
def tool() -> list[object]:
    """What describes this version of the tool: its files, the folders in which Python finds libraries, and
    Python itself.  It changes too if a library is installed that the tool does not use.

    The list has ``sys.version``, ``sys.prefix``, ``PYTHONPATH`` and a SHA-256 of the rest, in hexadecimal.
    It is what it was when this process first asked, so a record never says that a later version made it.
    """
    found: Stamps = {}
    for folder in (_PACKAGE, _PACKAGE.parent / "templates"):
        _add(found, folder.name, os.fspath(folder))
    files = {
        name: stamp
        for name, stamp in found.items()
        if "__pycache__" not in name and not stat.S_ISDIR(stamp[-1])  # a new __pycache__ changes its folder
    }
    text = json.dumps([files, _libraries()], separators=(",", ":"))
    return [
        sys.version,
        sys.prefix,
        os.environ.get("PYTHONPATH", ""),
        hashlib.sha256(text.encode()).hexdigest(),
    ]


def _libraries() -> list[object]:
    """The folders that libraries are installed in: installing one changes its folder."""
    return [
        [path, _stamp(Path(path).stat())]
        for path in sys.path
        if path.endswith(("site-packages", "dist-packages")) and Path(path).is_dir()
    ]


def _sources(project: Path) -> list[str]:
    return [os.fspath((project / name).absolute()) for name in ("corpus", "annotations")]


def _add(found: Stamps, name: str, path: str) -> None:
    try:
        own = os.lstat(path)
    except OSError:
        return
    found[name] = _stamp(own)
    if stat.S_ISLNK(own.st_mode):
        with suppress(OSError):
            found[f"{name}@"] = _stamp(Path(path).stat())
    elif stat.S_ISDIR(own.st_mode):
        with os.scandir(path) as entries:
            for entry in entries:
                _add(found, f"{name}/{entry.name}" if name else entry.name, entry.path)


def _stamp(status: os.stat_result) -> Stamp:
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode]


def _latest(groups: Iterable[Stamps]) -> int:
    """The time before which a further change of these files would show."""
    times = [time for group in groups for stamp in group.values() for time in stamp[1:3]]
    coarse = all(time % 1_000_000_000 == 0 for time in times)
    return max(times, default=0) + (_COARSE_TICK if coarse else _TICK)


def _settled(site: Path) -> Stamps | None:
    """The stamps of what was just written, after the tick of the clock in which it was; ``None`` if it
    changes meanwhile.
    """
    first = stamps(site)
    wait = _latest([first]) - time.time_ns()
    if wait > _TICK:
        return None
    time.sleep(max(wait, 0) / 1e9)
    return first if stamps(site) == first else None


def _name(arguments: Sequence[str]) -> str:
    """The name of the record of a command in the present folder."""
    words = "\0".join((str(Path.cwd()), *arguments)).encode("utf-8", "replace")
    return hashlib.sha256(words).hexdigest()[:32]


def _save(folder: Path, name: str, content: bytes) -> None:
    """Write a record, completely or not at all, and remove the oldest ones."""
    folder.mkdir(mode=0o700, exist_ok=True)
    new = folder / f"{name}.{os.getpid()}"
    try:
        new.write_bytes(content)
        new.replace(folder / name)
    finally:
        new.unlink(missing_ok=True)
    every = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for old in every[:-_KEPT]:
        old.unlink(missing_ok=True)
