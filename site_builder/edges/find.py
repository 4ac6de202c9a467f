"""Finds the folder of a project near a folder that is none."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.source import layout


def is_project(folder: Path) -> bool:
    """Whether a folder has ``corpus`` or ``annotations``, one of them at least, of any kind; what is in them
    is not examined.  False if there is no such folder.
    """
    return any((folder / top).exists() for top in layout.TOPS)


def project_near(folder: Path) -> Path | None:
    """The nearest project above a folder, else the only one directly below it; ``None`` if there is none, or
    if several are below it.

    Here a project has both folders, ``corpus`` and ``annotations``.  The folder itself is not examined.

    :returns: a path relative to the working directory (``../..``, ``edition``).
    :raises OSError: if the folder cannot be listed.
    """
    here = folder.resolve()
    above = [parent for parent in here.parents if _is_whole(parent)]
    below = [path for path in sorted(here.iterdir()) if path.is_dir() and _is_whole(path)]
    found = above[:1] or (below if len(below) == 1 else [])
    return Path(os.path.relpath(found[0])) if found else None


def _is_whole(folder: Path) -> bool:
    return all((folder / top).is_dir() for top in layout.TOPS)
