"""The work folder beside an output folder: the new site is built in it, and it keeps other builds away.

``.site-builder-NAME`` lies beside the output folder ``NAME``, on the same disk.  It exists only during a
write.  The file ``lock`` in it is locked by the process that writes, and the system releases the lock when
that process ends, however it ends.  So a work folder whose lock is free belongs to nobody: the next build
takes it over, puts the old site back if that was moved away, and deletes the rest.
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
"""The folders in a work folder: the site that is being made; the site that is being replaced."""
_LOCK = "lock"
_PATIENCE = 60.0  # seconds; a write takes a second or two
_PAUSE = 0.05  # seconds between two attempts
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}


class Busy(Exception):
    """Another process writes to the same folder, and does not end."""


class Foreign(Exception):
    """The name of the work folder is taken by something that this tool did not make."""


def folder(out: Path) -> Path:
    """The work folder of an output folder."""
    return out.parent / f"{PREFIX}{out.name}"


@contextmanager
def work(out: Path, waiting: Callable[[], None], patience: float = _PATIENCE) -> Iterator[tuple[Path, Held]]:
    """An empty work folder that this process alone uses, and that is gone afterwards.

    What a killed process left is cleared first; an old site that it had moved away is put back.  Signals are
    held back inside.

    :param waiting: called once where another process writes and this one must wait for it.
    :raises Busy: where the other process does not end within ``patience`` seconds.
    :raises Foreign: where something else has the name of the work folder.
    :raises OSError: where the disk refuses.
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
    told = False
    while True:
        lock = _attempt(own)
        if lock is not None:
            return lock
        if time.monotonic() > until:
            hint = f"if no other build is running, delete {own}"
            raise Busy(f"another build is writing to the same folder and does not end ({hint})")
        if not told:
            waiting()
            told = True
        time.sleep(_PAUSE)
        held.check()


def _attempt(own: Path) -> int | None:
    """The descriptor of the lock; nothing where another process has it, or has just given it back."""
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
        # A disk without locks: the process that made the folder has it, the others wait.
        return os.open(own / _LOCK, os.O_RDWR) if made else None
    return lock


def _make(own: Path) -> bool:
    """Make the work folder; whether it was not there before."""
    try:
        own.mkdir()
    except FileExistsError:
        _refuse_foreign(own)
        return False
    return True


def _refuse_foreign(own: Path) -> None:
    """Refuse a folder that this tool did not make, or that belongs to another user.

    In a folder like /tmp another user could put it there beforehand and change the site while it is made.
    """
    try:
        status = own.lstat()
        names = {path.name for path in own.iterdir()} if own.is_dir() and not own.is_symlink() else None
    except FileNotFoundError:
        return
    if names is None or (names and _LOCK not in names):
        raise Foreign(f"{own} must be free for site-builder; something else has this name")
    trusted = {os.geteuid(), own.parent.stat().st_uid} if hasattr(os, "geteuid") else {status.st_uid}
    if status.st_uid not in trusted:
        raise Foreign(f"{own} belongs to another user, who must delete it if no build is running")


def _clear(own: Path) -> None:
    """Delete all but the lock."""
    for path in own.iterdir():
        if path.name == _LOCK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _release(own: Path, lock: int) -> None:
    """Delete the folder and give the lock back.

    An old site that could not be put back stays in the folder: :func:`work` deletes only what it may.
    Another process may make its lock in the folder as soon as ours is deleted; then the folder is its own.
    """
    with suppress(OSError):
        if not _lost(own):
            _clear(own)
            if sys.platform == "win32":  # an open file cannot be deleted there
                os.close(lock)
            (own / _LOCK).unlink()
            own.rmdir()
    with suppress(OSError):
        os.close(lock)


def _lost(own: Path) -> bool:
    """Whether the only copy of the old site is in the work folder."""
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
    """Whether an open file is still the one at a path."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False
