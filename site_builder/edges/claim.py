"""The work folder beside an output folder: the new site is built in it, and it keeps other builds out.

``.site-builder-NAME`` is beside the output folder ``NAME``, on the same disk.  It exists only during a write.
The writing process locks the file ``lock`` in it, and the system releases the lock when that process ends,
however it ends.  So a work folder without a locked file is left over from a killed process: the next build
takes it over, puts the old site back if it was moved away, and deletes the rest.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from site_builder.edges import exchange
from site_builder.edges.interrupts import Held, held_back

PREFIX = ".site-builder-"
NEW, OLD = "new", "old"
"""The folders in a work folder: the new site, and the old site during its replacement."""
_LOCK = "lock"
_PATIENCE = 60.0  # seconds; a write takes a second or two
_PAUSE = 0.05  # seconds between two attempts
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}


class Busy(Exception):
    """Another process is writing to the same folder and does not end."""


class NameTaken(Exception):
    """The path of the work folder is used by something that this tool did not make."""


def folder(out: Path) -> Path:
    """The path of the work folder of an output folder: ``a/site`` → ``a/.site-builder-site``.

    It need not exist, and is not made.
    """
    return out.parent / f"{PREFIX}{out.name}"


@contextmanager
def work(out: Path, waiting: Callable[[], None], patience: float = _PATIENCE) -> Iterator[tuple[Path, Held]]:
    """Provide an empty work folder that only this process uses, and the signals that are deferred; the folder
    is deleted at the end of the block.

    The path is that of :func:`folder`.  The leftovers of a killed process are removed first; an old site that
    it moved away is put back.  Signals are deferred inside the block; one that arrived is raised at its end.

    :param out: the output folder; its parent must exist.
    :param waiting: called once if another process is writing and this one must wait.
    :param patience: the longest time to wait, in seconds; a minute by default.
    :raises Busy: if the other process does not end within ``patience`` seconds.
    :raises NameTaken: if something else uses the path of the work folder.
    :raises OSError: if a file operation fails.
    """
    own = folder(out)
    with held_back() as held:
        lock = _wait(own, waiting, time.monotonic() + patience, held)
        try:
            exchange.restore(out, own / OLD)
            _clear(own)
            yield own, held
        finally:
            _release(own, lock)


def _wait(own: Path, waiting: Callable[[], None], until: float, held: Held) -> int:
    announced = False
    while True:
        lock = _attempt(own)
        if lock is not None:
            return lock
        if time.monotonic() > until:
            hint = f"if no other build is running, delete {own}"
            raise Busy(f"another build is writing to the same folder and does not end ({hint})")
        if not announced:
            waiting()
            announced = True
        time.sleep(_PAUSE)
        held.check()


def _attempt(own: Path) -> int | None:
    """The descriptor of the lock; ``None`` if another process has it, or has just released it."""
    made = _make(own)
    try:
        lock = os.open(own / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except FileNotFoundError:  # the other process has just finished and deleted the folder
        return None
    except OSError:
        if made:
            own.rmdir()
        raise
    try:
        if locked(lock) is False or not same_file(lock, own / _LOCK):
            os.close(lock)
            return None
    except OSError as error:
        os.close(lock)
        if error.errno not in _NO_LOCKS:
            raise
        # On a disk without locks, the process that made the folder owns it and the others wait.
        return os.open(own / _LOCK, os.O_RDWR) if made else None
    return lock


def _make(own: Path) -> bool:
    """Make the work folder; return whether it did not exist."""
    try:
        own.mkdir()
    except FileExistsError:
        _refuse_foreign(own)
        return False
    return True


def _refuse_foreign(own: Path) -> None:
    """Refuse a folder that this tool did not make, or that belongs to another user.

    In a folder like /tmp another user could make it in advance and change the site during the build.
    """
    try:
        status = own.lstat()
        names = {path.name for path in own.iterdir()} if own.is_dir() and not own.is_symlink() else None
    except FileNotFoundError:
        return
    if names is None or (names and _LOCK not in names):
        raise NameTaken(f"{own} must be free for site-builder; something else has this name")
    trusted = {os.geteuid(), own.parent.stat().st_uid} if hasattr(os, "geteuid") else {status.st_uid}
    if status.st_uid not in trusted:
        raise NameTaken(f"{own} belongs to another user, who must delete it if no build is running")


def _clear(own: Path) -> None:
    """Delete everything but the lock file."""
    for path in own.iterdir():
        if path.name == _LOCK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _release(own: Path, lock: int) -> None:
    """Delete the folder and release the lock.

    An old site that could not be put back stays in the folder, since it is the only copy.  Another process
    can make its own lock in the folder as soon as ours is deleted; the folder is then not empty and stays.
    """
    with suppress(OSError):
        if not _has_only_copy(own):
            _clear(own)
            if sys.platform == "win32":  # an open file cannot be deleted there
                os.close(lock)
            (own / _LOCK).unlink()
            own.rmdir()
    with suppress(OSError):
        os.close(lock)


def _has_only_copy(own: Path) -> bool:
    """Whether the work folder holds the only copy of the old site."""
    out = own.parent / own.name.removeprefix(PREFIX)
    return (own / OLD).is_dir() and not os.path.lexists(out)


# --- locks ------------------------------------------------------------------------------------------


if sys.platform == "win32":
    import msvcrt

    def locked(descriptor: int) -> bool:
        """Lock an open file without waiting; whether it is locked now."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def locked(descriptor: int) -> bool:
        """Lock an open file without waiting; whether it is locked now.

        :raises OSError: where the disk has no locks.
        """
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def same_file(descriptor: int, path: Path) -> bool:
    """Whether an open file is still the file at a path; false if nothing is there.  A link is not followed:
    it is another file than its target.
    """
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False
