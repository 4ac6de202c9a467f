"""Reads the sources of a project again and again, and each file only if it can have changed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_builder.edges import load
from site_builder.edges.load import Stamp
from site_builder.model import Problem
from site_builder.records import dataclass

_SETTLED = 3.0  # seconds after which a later change has another time; FAT has steps of two seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """The texts and problems of :func:`.load.sources`.

    A text that has not changed since the last time is the same object.
    """

    texts: Mapping[str, str]
    problems: Sequence[Problem]


class Watch:
    """Reads the sources of a folder.

    The status of each file and folder is examined every time.  A file whose status is as before is not read
    again, unless it changed so recently that a later change could have the same status.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reading = load.Reading()
        self._sources: Sources | None = None
        self._at = 0
        """When the last reading began, in ns since 1970."""

    def read(self) -> Sources:
        """The present sources; the same object as the last time if no text and no problem has changed.

        ``texts`` are by their paths in the project, in order of path.  A single file that cannot be read is a
        problem, and is not among them.

        :raises OSError: if a file or folder cannot be examined.
        """
        last, at = self._sources, time.time_ns()
        paths = self._in_question()
        if last is not None and self._reading.stamps and not paths:
            return last
        names = self._files(paths)
        reading = load.with_files(self._folder, self._reading, names) if names is not None else None
        if reading is None:
            reading = load.read_again(self._folder, self._known())
        self._reading, self._at = reading, at
        if last is None or not _same(last, reading):
            self._sources = last = Sources(texts=reading.texts, problems=reading.problems)
        return last

    def _in_question(self) -> set[str]:
        """The files and folders that can have changed since the last reading.

        A name that was added or removed changes the stamp of its folder.
        """
        return {
            path for path, one in self._reading.stamps.items() if not self._settled(one) or _now(path) != one
        }

    def _files(self, paths: set[str]) -> list[str] | None:
        """The names of source files at these paths; ``None`` if one of them is no source file."""
        names = [name for name, one in self._reading.files.items() if one.path in paths]
        return names if self._sources is not None and len(names) == len(paths) else None

    def _known(self) -> Mapping[str, load.Source]:
        """The files that need not be read again while their status is the same."""
        return {name: one for name, one in self._reading.files.items() if self._settled(one.stamp)}

    def _settled(self, stamp: Stamp) -> bool:
        """Whether a change after the last reading has another stamp."""
        return max(stamp[:2]) < self._at - _SETTLED * 1e9


def _now(path: str) -> Stamp | None:
    """The present stamp of a file or folder; ``None`` if it cannot be examined."""
    try:
        return load.stamp(os.stat(path))  # noqa: PTH116 - Path takes three times as long
    except OSError:
        return None


def _same(last: Sources, reading: load.Reading) -> bool:
    return last.texts == reading.texts and last.problems == reading.problems
