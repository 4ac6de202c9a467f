"""Exchanges two folders: in one step if the system supports it, otherwise with two renames.

Linux has ``renameat2(RENAME_EXCHANGE)`` (since 3.15), macOS has ``renamex_np(RENAME_SWAP)`` (since 10.12).
Some file systems support neither, and Windows has no such call.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS


def in_one_step(one: Path, other: Path) -> bool:
    """Exchange two paths atomically.

    :returns: whether the exchange succeeded; if not (a path is missing, the system has no such call), nothing
        has changed, and no exception is raised.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            done = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            done = libc.renamex_np(*names, _RENAME_SWAP)
        else:
            return False
    except (AttributeError, OSError, TypeError):  # a C library without the call
        return False
    return bool(done == 0)


def put(new: Path, out: Path, old: Path) -> None:
    """Put the folder ``new`` at the path ``out``.

    Afterwards the folder that was at ``out`` is at ``new`` or at ``old``; the caller deletes it.  After an
    exception ``out`` is as before.  If the process is killed between the two renames, ``out`` is missing and
    ``old`` is complete: see :func:`restore`.

    :raises OSError: if a rename fails.
    """
    if not out.exists():
        new.rename(out)
    elif not in_one_step(new, out):
        _by_two_renames(new, out, old)


def _by_two_renames(new: Path, out: Path, old: Path) -> None:
    out.rename(old)
    try:
        new.rename(out)
    except BaseException:
        old.rename(out)
        raise


def restore(out: Path, old: Path) -> bool:
    """Move ``old`` back to ``out`` if a process was killed between the two renames.

    :returns: whether ``old`` was moved; ``False`` if ``out`` exists or ``old`` is no folder.
    :raises OSError: if the rename fails.
    """
    if os.path.lexists(out) or not old.is_dir():
        return False
    old.rename(out)
    return True
