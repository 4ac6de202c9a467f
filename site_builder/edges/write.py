"""A mapping of path → bytes onto disk: only what changed, whole or not at all.

The new site is built in a work folder beside the old one (:mod:`site_builder.edges.claim`) and the two change
places (:mod:`site_builder.edges.exchange`), so that a reader never sees half of it and a failure leaves the
old one as it was.  Files that did not change are hard links to the old ones, which costs a tenth of writing
them.

Files and folders get the modes that the umask of the process gives.  A single file that is replaced keeps its
mode.

What reaches the disk: single files (the ledger, imported tags, exports) are flushed with ``fsync`` before
they replace the old ones, since after a power failure nobody could make them again.  The files of a site are
not: thousands of flushes would take longer than the build, and the next build compares every byte and repairs
what a power failure damaged.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder.edges import claim, exchange, leftovers
from site_builder.edges.interrupts import Held, held_back

MARKER = ".site-builder"
"""Says that a folder was made by this tool and may be replaced by it."""
_MARKER_TEXT = b"This folder is made by site-builder; what is put here by hand is lost.\n"
_MOMENT = 60  # seconds; much longer than between making, locking and moving a file
_MARKER_BEGINS = b"This folder is made by site-builder"


class NotOurs(Exception):
    """The folder holds something that this tool did not make."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a write came to."""

    files: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """What a write has to do: the files to be written anew, and how many old ones are removed."""

    fresh: frozenset[str]
    removed: int


def site(files: Mapping[str, bytes], out: Path, waiting: Callable[[], None] = lambda: None) -> Written:
    """Make ``out`` hold exactly ``files``.

    :param waiting: called once where another build writes to ``out`` and this one waits for it.
    :raises NotOurs: where ``out`` exists, is not empty, and has no marker of this tool.
    :raises claim.Busy: where another build writes to ``out`` and does not end.
    :raises claim.Foreign: where the name of the work folder is taken.
    :raises OSError: where the disk refuses; ``out`` is then as it was.
    """
    _refuse_strangers(out)
    out = out.parent.resolve() / out.name if out.name not in ("", "..") else out.resolve()
    files = {**files, MARKER: _MARKER_TEXT}
    leftovers.sweep(out, files)
    if not os.path.lexists(claim.folder(out)):
        change = _change(files, out)
        if not change.fresh and not change.removed:
            return _written(files, change)
    made = _make_parents(out)
    try:
        with claim.work(out, waiting) as (folder, held):
            _refuse_strangers(out)  # it may be another folder by now
            change = _change(files, out)
            if change.fresh or change.removed:
                _fill(folder / claim.NEW, files, out, change.fresh, held)
                held.check()
                exchange.put(folder / claim.NEW, out, folder / claim.OLD)
    except BaseException:
        _remove_empty(made)
        raise
    return _written(files, change)


def recover(out: Path) -> bool:
    """Put the old site back where a killed process had moved it away and no other process is writing.

    :returns: whether it was put back.
    """
    if os.path.lexists(out) or not (claim.folder(out) / claim.OLD).is_dir():
        return False
    with suppress(claim.Busy), claim.work(out, lambda: None, patience=0):
        pass
    return out.is_dir()


def _written(files: Mapping[str, bytes], change: _Change) -> Written:
    changed = len(change.fresh) - (MARKER in change.fresh)
    return Written(files=len(files) - 1, changed=changed, removed=change.removed)


def _refuse_strangers(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotOurs(f"{out} must be a folder")
    if out.is_dir() and any(out.iterdir()) and not _marked(out):
        raise NotOurs(f"{out} must be empty or made by site-builder; it holds other files")
    if os.path.ismount(out):
        raise NotOurs(f"{out} must not be a mount point, which cannot be replaced; name a folder in it")


def _marked(out: Path) -> bool:
    marker = out / MARKER
    return marker.is_file() and marker.read_bytes()[:4096].startswith(_MARKER_BEGINS)


def _change(files: Mapping[str, bytes], out: Path) -> _Change:
    old = _present(out)
    fresh = frozenset(name for name, data in files.items() if not _same(out / name, data, name in old))
    return _Change(fresh=fresh, removed=len(old - files.keys()))


def _present(out: Path) -> set[str]:
    if not out.is_dir():
        return set()
    found: set[str] = set()
    for folder, _, names in os.walk(out):
        base = Path(folder).relative_to(out)
        found.update((base / name).as_posix() for name in names)
    return found


def _same(path: Path, data: bytes, present: bool) -> bool:
    """Whether a file holds these bytes; one that cannot be read is written anew."""
    try:
        return present and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _fill(new: Path, files: Mapping[str, bytes], old: Path, fresh: frozenset[str], held: Held) -> None:
    new.mkdir()
    for folder in sorted({(new / name).parent for name in files}):
        folder.mkdir(parents=True, exist_ok=True)
    (new / MARKER).write_bytes(files[MARKER])
    mode = stat.S_IMODE((new / MARKER).stat().st_mode)  # what the umask, or the disk, makes of a new file
    for name in files.keys() - {MARKER}:
        held.check()
        if name in fresh or not _linked(old / name, new / name, mode):
            (new / name).write_bytes(files[name])


def _linked(old: Path, new: Path, mode: int) -> bool:
    """Make a hard link to an unchanged file; not where its mode is another, or the disk has no links."""
    try:
        if stat.S_IMODE(old.stat().st_mode) != mode:
            return False
        os.link(old, new)
    except OSError:
        return False
    return True


# --- single files -----------------------------------------------------------------------------------


def text(path: Path, content: str) -> None:
    """Replace one text file, whole or not at all."""
    file(path, content.encode())


def file(path: Path, content: bytes) -> None:
    """Replace one file, whole or not at all."""
    together({path: content})


def together(files: Mapping[Path, bytes], stamp: Callable[[bytes], int] | None = None) -> None:
    """Replace or create several files, all or none, in the order given.

    Every new content is on the disk before the first file is replaced.  Where replacing fails, the files
    that were replaced get their old content back.  Folders that are missing are made, and removed after a
    failure.  (Only a kill in the short time between two replacements can leave some of the files old.)

    :param stamp: content → the time of change that its file gets, in nanoseconds since 1970.
    :raises OSError: where the disk refuses; every file is then as it was.
    """
    made: list[Path] = []
    staged: dict[Path, Path] = {}
    kept: dict[Path, Path] = {}
    replaced: list[Path] = []
    with held_back() as held:
        try:
            for path, content in files.items():
                held.check()
                _refuse_special(path)
                made += _make_parents(path)
                _sweep(path)
                _stage(path, content, staged, stamp)
            if len(files) > 1:
                _keep(files, kept)
            held.check()
            for path, new in staged.items():
                new.replace(path)
                replaced.append(path)
        except BaseException:
            _put_back(replaced, kept)
            raise
        finally:
            for beside in (*staged.values(), *kept.values()):
                beside.unlink(missing_ok=True)
            _remove_empty(made)
        for folder in {path.parent for path in files}:
            _flush_folder(folder)


def _refuse_special(path: Path) -> None:
    """Refuse to replace a device, a FIFO or a socket: renaming a file over /dev/null would remove it."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "it is no regular file", str(path))


def _keep(files: Iterable[Path], kept: dict[Path, Path]) -> None:
    """Keep each old file under a second name until all are replaced."""
    for path in files:
        if path.is_file():
            kept[path] = _beside(path)
            try:
                os.link(path, kept[path])
            except OSError:  # a disk without hard links
                shutil.copy2(path, kept[path])


def _put_back(replaced: Iterable[Path], kept: Mapping[Path, Path]) -> None:
    for path in replaced:
        with suppress(OSError):
            if path in kept:
                kept[path].replace(path)
            else:
                path.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.parent / f"{claim.PREFIX}{path.name}-{secrets.token_hex(4)}"


def _stage(
    path: Path, content: bytes, staged: dict[Path, Path], stamp: Callable[[bytes], int] | None
) -> None:
    """Write a file beside its place; its name is in ``staged`` before it exists."""
    beside = staged[path] = _beside(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(beside, flags, 0o666), "wb") as stream:
        with suppress(OSError):  # locked while we live, where the disk has locks: see _sweep
            claim.locked(stream.fileno())
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError as error:  # it does not say of which file
            raise OSError(error.errno, error.strerror, str(path)) from error
    if stamp is not None:
        os.utime(beside, ns=(time.time_ns(), stamp(content)))
    with suppress(FileNotFoundError):
        beside.chmod(stat.S_IMODE(path.stat().st_mode))


def _sweep(path: Path) -> None:
    """Delete what killed processes left of this file: names like ours whose lock is free, a minute old.

    A younger one may be that of a process which is about to lock it, or to put it in its place.
    """
    for left in path.parent.glob(f"{claim.PREFIX}{_literal(path.name)}-" + "[0-9a-f]" * 8):
        with suppress(OSError):
            descriptor = os.open(left, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            try:
                if claim.locked(descriptor) and time.time() - os.fstat(descriptor).st_ctime > _MOMENT:
                    left.unlink()
            finally:
                os.close(descriptor)


def _literal(name: str) -> str:
    """A name as a pattern that matches it alone."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _flush_folder(folder: Path) -> None:
    """Make the new names last through a power failure, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _make_parents(path: Path) -> list[Path]:
    """Make the folders above a path; those that were missing, the outermost first."""
    missing = [folder for folder in path.parents if not folder.exists()][::-1]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        _remove_empty(missing)
        raise
    return missing


def _remove_empty(folders: list[Path]) -> None:
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def placed(files: Mapping[str, bytes], out: str) -> dict[Path, bytes]:
    """Where the files of one format go: path → content.

    :param files: name, with ``/`` where it lies in a folder → content.
    :param out: the file to write where there is one; the folder where there are several, or where it is one
        or ends in ``/``.
    :raises NotOurs: where several files are to be written into what is a file.
    """
    to = Path(out)
    if len(files) > 1 and to.exists() and not to.is_dir():
        raise NotOurs(f"{out} must be a folder, for there are {len(files)} files: {', '.join(files)}")
    inside = len(files) > 1 or to.is_dir() or out.endswith(("/", os.sep))
    return {(to / name if inside else to): content for name, content in files.items()}


def as_on_disk(path: Path, text: str) -> bytes:
    """A text as bytes, with the line ends and the byte order mark that its file has now."""
    old = path.read_bytes() if path.exists() else b""
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    end = "\r\n" if b"\r\n" in old else "\n"
    return mark + text.replace("\n", end).encode()
