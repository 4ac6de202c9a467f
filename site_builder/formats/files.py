"""Where the files of a site are kept while it is made: in memory, or elsewhere for a large site."""

from __future__ import annotations

import io
from collections import UserDict
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, Protocol

Files = Mapping[str, bytes]
"""Files by their path in the site."""


class FileStore(Protocol):
    """Files by their path in the site, to which others are added."""

    def __getitem__(self, name: str) -> bytes: ...

    def __iter__(self) -> Iterator[str]: ...

    def update(self, files: Files, /) -> None:
        """Add files; one with the path of an earlier one replaces it."""
        ...

    def write(self, name: str, how: Callable[[BinaryIO], None]) -> None:
        """Add a file that may be larger than the memory.

        :param how: is called with a stream at its beginning, and writes the content.
        """
        ...

    def view(self) -> Files:
        """The files as a mapping, which shows later additions too."""
        ...


class InMemory(UserDict[str, bytes]):
    """Files in memory."""

    def write(self, name: str, how: Callable[[BinaryIO], None]) -> None:
        """Add a file that ``how`` writes; it replaces one with the same path.  If ``how`` raises, nothing is
        added.
        """
        out = io.BytesIO()
        how(out)
        self[name] = out.getvalue()

    def view(self) -> Files:
        """The files as a mapping, which shows later additions too."""
        return self.data


class Inside(Files):
    """The files in one folder of others, by their paths in it.

    Each is taken from the others when it is asked for, so a large folder is never in memory as a whole.

    :param folder: its path with a ``/`` at the end.
    """

    def __init__(self, files: Files, folder: str) -> None:
        self._files = files
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        return self._files[f"{self._folder}{name}"]

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self._folder) for name in self._files if name.startswith(self._folder))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return f"{self._folder}{name}" in self._files
