"""The folder of the cache: what this tool keeps on a machine between its runs, and could make again.

It belongs to a user and not to a project, so that a project from somewhere else brings no cache with it.
Without a folder that only the user can write to, nothing is kept.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

VARIABLE = "SITE_BUILDER_CACHE"
"""The environment variable with the folder; the empty text turns the cache off."""
_NAME = "site-builder"


def folder() -> Path | None:
    """The folder of the cache, which is made if it is missing; ``None`` if there can be none.

    There is none if ``SITE_BUILDER_CACHE`` is empty, if the folder cannot be made or written to, or if other
    users own it or can write to it.

    It is that of ``SITE_BUILDER_CACHE``, or else ``site-builder`` in the folder for caches of the system:
    ``$XDG_CACHE_HOME`` or ``~/.cache``, on macOS ``~/Library/Caches``, on Windows ``%LOCALAPPDATA%``.
    """
    try:
        found = _named()
        if found is None:
            return None
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        return found if _is_own(found) else None
    except (OSError, RuntimeError, ValueError):  # no home, no permission, a file in its place
        return None


def _named() -> Path | None:
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Path(given).absolute() if given else None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / _NAME if local else None
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / _NAME
    above = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (above if above.is_absolute() else Path.home() / ".cache") / _NAME


def _is_own(path: Path) -> bool:
    """Whether a folder is the user's, and others cannot write to it."""
    status = path.stat()
    if not stat.S_ISDIR(status.st_mode) or not os.access(path, os.W_OK | os.X_OK):
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
