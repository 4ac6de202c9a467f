"""Deletes folders that a killed build of version 1.0 left beside the site.

Their names are ``._site-ab12cd34`` and ``._site-old-ab12cd34``.  That version had no lock, so only their age
shows that no process uses them.  The present version leaves its work folder, which
:mod:`site_builder.edges.claim` takes over.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_AGE = 3600.0  # seconds; a build of that version took less than a minute


def sweep(out: Path, names: Iterable[str]) -> list[Path]:
    """Delete the leftovers of version 1.0 beside the site ``out``, in the order of their names.

    For a site ``_site`` they are ``._site-ab12cd34`` and ``._site-old-ab12cd34``: the name is followed by
    eight lower-case letters, digits or ``_``.  A folder is deleted only if it contains nothing but top-level
    names of ``names`` (an ``old`` one: nothing but ``site``), it belongs to this user, and it is older than
    an hour.  If ``out`` is missing nothing is deleted, since one of the folders may be the only copy.  Errors
    are ignored.

    :param names: the files of the site.
    :returns: the deleted folders, also those of which a part could not be deleted; ``[]`` for none.
    """
    if not out.is_dir():
        return []
    form = re.compile(rf"\.{re.escape(out.name)}-(old-)?[a-z0-9_]{{8}}")
    tops = {name.partition("/")[0] for name in names}
    found = []
    with suppress(OSError):
        for path in sorted(out.parent.iterdir()):
            match = form.fullmatch(path.name)
            if match and _is_left(path, {"site"} if match[1] else tops):
                shutil.rmtree(path, ignore_errors=True)
                found.append(path)
    return found


def _is_left(path: Path, tops: set[str]) -> bool:
    if path.is_symlink() or not path.is_dir():
        return False
    status = path.stat()
    ours = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    old = time.time() - status.st_mtime > _AGE
    return ours and old and {one.name for one in path.iterdir()} <= tops
