"""Keeps the files of a large site in one temporary file until they are written to their folder.

The temporary file has no name on the disk where the system allows that (elsewhere it is removed when it is
closed), so nothing is left of it if the process is killed.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import BinaryIO, cast

from site_builder.formats.files import LargeFiles, Sum, summed

_AT_ONCE = 1 << 20  # bytes that are copied at once


class Spool(LargeFiles, MutableMapping[str, bytes]):
    """Files by their path in the site; only their places in the temporary file are in memory.

    :param folder: where the temporary file is; the disk needs space for all files.
    :raises OSError: if the file cannot be made; all methods raise it if the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it stays open
        self._places: dict[str, tuple[int, int]] = {}
        self._sums: dict[tuple[int, int], Sum] = {}
        """The sum of what was at each place; a place is never written again."""

    def __getitem__(self, name: str) -> bytes:
        start, size = self._places[name]
        self._file.seek(start)
        return self._file.read(size)

    def __setitem__(self, name: str, content: bytes) -> None:
        start = self._file.seek(0, io.SEEK_END)
        self._file.write(content)
        self._places[name] = (start, len(content))

    def __delitem__(self, name: str) -> None:
        del self._places[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def size(self, name: str) -> int:
        """The size of a file in bytes."""
        return self._places[name][1]

    def sum_of(self, name: str) -> Sum:
        """The size and the digest of a file; it is read once for it."""
        place = self._places[name]
        if place not in self._sums:
            self._sums[place] = summed(self.chunks(name))
        return self._sums[place]

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a file, part by part (1 MB)."""
        start, size = self._places[name]
        for at in range(start, start + size, _AT_ONCE):
            self._file.seek(at)
            yield self._file.read(min(_AT_ONCE, start + size - at))

    def write(self, name: str, how: Callable[[BinaryIO], None]) -> None:
        """Add a file that ``how`` writes into a stream; it may read other files meanwhile.

        A file of the same name is replaced.  If ``how`` raises, nothing is added.
        """
        with tempfile.TemporaryFile(dir=self._folder) as part:
            how(cast("BinaryIO", part))
            size = part.seek(0, io.SEEK_END)
            part.seek(0)
            start = self._file.seek(0, io.SEEK_END)
            shutil.copyfileobj(part, self._file, _AT_ONCE)
        self._places[name] = (start, size)

    def view(self) -> Mapping[str, bytes]:
        """The files as a mapping: this object, so files that are added later are in it too."""
        return self

    def close(self) -> None:
        """Remove the temporary file.  Then no file can be read or added (``ValueError``)."""
        self._file.close()
