"""Writes a mapping of path → bytes to disk: only what changed, and completely or not at all.

The new site is built in a work folder beside the old one (:mod:`site_builder.edges.claim`), and the two are
exchanged (:mod:`site_builder.edges.exchange`).  So a reader never sees an incomplete site, and a failure
leaves the old one as it was.  Unchanged files are hard links to the old ones, which takes a tenth of the
time.

Files and folders get the modes that the umask of the process gives.  A single file that is replaced keeps its
mode.

Single files (ledgers, imported tags, exports) are flushed with ``fsync`` before they replace the old ones,
since they could not be made again after a power failure.  The files of a site are not flushed: thousands of
flushes would take longer than the build, and the next build compares every byte and repairs the damage.
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
from dataclasses import field
from pathlib import Path

from site_builder.edges import claim, exchange, leftovers
from site_builder.edges.interrupts import Held, held_back
from site_builder.formats.files import Files, Joined, chunks, size
from site_builder.records import dataclass

MARKER = ".site-builder"
"""The file that marks a folder as made by this tool, which may replace it."""
_MARKER_TEXT = b"This folder is made by site-builder; what is put here by hand is lost.\n"
_MOMENT = 60  # seconds; much longer than making, locking and moving a file takes
_MARKER_BEGINS = b"This folder is made by site-builder"


class WriteRefused(Exception):
    """The tool must not write here, for instance because the folder holds something that it did not make."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The result of a write: the number of files, of new or changed files, and of removed files.

    The marker of the folder is not counted.  ``fresh`` are the paths of the new or changed files.
    """

    files: int
    changed: int
    removed: int
    fresh: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """The work of a write: the files to write, and the number of old files to remove."""

    fresh: frozenset[str]
    removed: int


def site(files: Mapping[str, bytes], out: Path, waiting: Callable[[], None] = lambda: None) -> Written:
    """Make the folder ``out`` contain exactly ``files``, and the file ``.site-builder``, which marks it as
    made by this tool.

    Other files in it are removed, also those that were added by hand.  If nothing differs, nothing is
    written.  Missing folders above it are made.

    :param files: path, relative and with ``/`` → content.
    :param waiting: called once if another build is writing to ``out`` and this one waits for it.
    :raises WriteRefused: if ``out`` is not empty and has no marker of this tool; if it is a file, a link, a
        mount point or a Git repository.
    :raises claim.Busy: if another build is writing to ``out`` and does not end within a minute.
    :raises claim.NameTaken: if something else uses the path of the work folder.
    :raises OSError: if a file operation fails; ``out`` is then as before.
    """
    _refuse_strangers(out)
    out = out.parent.resolve() / out.name if out.name not in ("", "..") else out.resolve()
    files = Joined({MARKER: _MARKER_TEXT}, files)
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
    """Put the old site back if a killed process moved it away and no other process is writing.

    :returns: whether it was put back; false if ``out`` exists or there is no old site.
    :raises claim.NameTaken: if something else uses the path of the work folder.
    """
    if os.path.lexists(out) or not (claim.folder(out) / claim.OLD).is_dir():
        return False
    with suppress(claim.Busy), claim.work(out, lambda: None, patience=0):
        pass
    return out.is_dir()


def _written(files: Mapping[str, bytes], change: _Change) -> Written:
    changed = len(change.fresh) - (MARKER in change.fresh)
    return Written(
        files=len(files) - 1, changed=changed, removed=change.removed, fresh=change.fresh - {MARKER}
    )


def _refuse_strangers(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise WriteRefused(f"{out} must be a folder")
    if out.is_dir() and any(out.iterdir()) and not _marked(out):
        raise WriteRefused(f"{out} must be empty or made by site-builder; it holds other files")
    if os.path.lexists(out / ".git"):
        raise WriteRefused(
            f"{out} must not be a Git repository: its history would be lost; name a folder in it"
        )
    if os.path.ismount(out):
        raise WriteRefused(f"{out} must not be a mount point, which cannot be replaced; name a folder in it")


def _marked(out: Path) -> bool:
    marker = out / MARKER
    return marker.is_file() and marker.read_bytes()[:4096].startswith(_MARKER_BEGINS)


def _change(files: Mapping[str, bytes], out: Path) -> _Change:
    old = _present(out)
    fresh = frozenset(name for name in files if name not in old or not _same(out / name, files, name))
    return _Change(fresh=fresh, removed=len(old - files.keys()))


def _present(out: Path) -> set[str]:
    if not out.is_dir():
        return set()
    found: set[str] = set()
    for folder, _, names in os.walk(out):
        base = Path(folder).relative_to(out)
        found.update((base / name).as_posix() for name in names)
    return found


def _same(path: Path, files: Files, name: str) -> bool:
    """Whether a file on the disk is that of a name; one that cannot be read counts as different."""
    try:
        if path.stat().st_size != size(files, name):
            return False
        with path.open("rb") as stream:
            return all(stream.read(len(part)) == part for part in chunks(files, name))
    except OSError:
        return False


def _fill(new: Path, files: Mapping[str, bytes], old: Path, fresh: frozenset[str], held: Held) -> None:
    new.mkdir()
    for folder in sorted({(new / name).parent for name in files}):
        folder.mkdir(parents=True, exist_ok=True)
    _put(new / MARKER, files, MARKER)
    mode = stat.S_IMODE((new / MARKER).stat().st_mode)  # the mode of a new file on this disk
    for name in files.keys() - {MARKER}:
        held.check()
        if name in fresh or not _linked(old / name, new / name, mode):
            _put(new / name, files, name)


def _put(path: Path, files: Files, name: str) -> None:
    with path.open("wb") as stream:
        stream.writelines(chunks(files, name))


def _linked(old: Path, new: Path, mode: int) -> bool:
    """Make a hard link to an unchanged file; ``False`` if its mode differs, or the disk has no links."""
    try:
        if stat.S_IMODE(old.stat().st_mode) != mode:
            return False
        os.link(old, new)
    except OSError:
        return False
    return True


# --- single files -----------------------------------------------------------------------------------


def text(path: Path, content: str) -> None:
    """Replace or create one text file (UTF-8), completely or not at all.

    Line ends are written as they are, and none is added.  Missing folders above it are made.  A link is
    replaced by the file, not followed.

    :raises OSError: if a file operation fails; the file is then as before.
    """
    file(path, content.encode())


def file(path: Path, content: bytes) -> None:
    """Replace or create one file, completely or not at all.

    Missing folders above it are made.  A link is replaced by the file, not followed.

    :raises OSError: if a file operation fails; the file is then as before.
    """
    together({path: content})


def together(files: Mapping[Path, bytes], stamp: Callable[[bytes], int] | None = None) -> None:
    """Replace or create several files in the order given, all or none.

    Every new content is on the disk before the first file is replaced.  If a replacement fails, the files
    that were replaced get their old content back.  Missing folders are made, and removed after a failure.
    A link is replaced by the file, not followed.
    (Only a kill in the short time between two replacements can leave some of the files old.)

    :param stamp: content → the modification time of its file, in nanoseconds since 1970; by default the
        present time.
    :raises OSError: if a file operation fails, or a path is a device, a FIFO or a socket; every file is then
        as before.
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
    """Refuse to replace a device, a FIFO or a socket: a file renamed to /dev/null would remove it."""
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
    """Write a file beside its target; its name is in ``staged`` before the file exists."""
    beside = staged[path] = _beside(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(beside, flags, 0o666), "wb") as stream:
        with suppress(OSError):  # locked until this process ends, if the disk has locks: see _sweep
            claim.locked(stream.fileno())
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError as error:  # it does not name the file
            raise OSError(error.errno, error.strerror, str(path)) from error
    if stamp is not None:
        os.utime(beside, ns=(time.time_ns(), stamp(content)))
    with suppress(FileNotFoundError):
        beside.chmod(stat.S_IMODE(path.stat().st_mode))


def _sweep(path: Path) -> None:
    """Delete the leftovers of killed processes beside this file: our names, not locked, a minute old.

    A newer one can belong to a process that is about to lock it or to move it.
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
    """A name as a pattern that matches only this name."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _flush_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, if the system supports it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _make_parents(path: Path) -> list[Path]:
    """Make the folders above a path; return those that were missing, the outermost first."""
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
    """The target of each file of one format: path → content.  Nothing is written; no files give ``{}``.

    :param files: name, relative and with ``/`` → content.
    :param out: the file to write if there is one file; the folder if there are several, or if it is a folder
        or ends in ``/``.
    :raises WriteRefused: if there are several files and ``out`` is a file.
    """
    to = Path(out)
    if len(files) > 1 and to.exists() and not to.is_dir():
        raise WriteRefused(f"{out} must be a folder, for there are {len(files)} files: {', '.join(files)}")
    inside = len(files) > 1 or to.is_dir() or out.endswith(("/", os.sep))
    return {(to / name if inside else to): content for name, content in files.items()}


def as_on_disk(path: Path, text: str) -> bytes:
    """A text as bytes (UTF-8), with the line ends and the byte order mark that its file has now.

    One CRLF in the file is enough for CRLF in all lines.  A new file gets LF and no byte order mark.  Nothing
    is written.

    :param text: with LF line ends.
    :raises OSError: if the file cannot be read.
    """
    old = path.read_bytes() if path.exists() else b""
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    end = "\r\n" if b"\r\n" in old else "\n"
    return mark + text.replace("\n", end).encode()
