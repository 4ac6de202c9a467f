"""Where the files of a site are kept while it is made: in memory, or elsewhere for a large site."""

from __future__ import annotations

import hashlib
import io
from abc import abstractmethod
from collections import UserDict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO, NamedTuple, Protocol

Files = Mapping[str, bytes]
"""Files by their path in the site."""


class Sum(NamedTuple):
    """The size of a file in bytes, and its SHA-256 digest in hexadecimal."""

    size: int
    sha256: str


class LargeFiles(Files):
    """Files that may be larger than the memory: :func:`size`, :func:`sum_of` and :func:`chunks` do not read a
    file as a whole.  An unknown path raises ``KeyError``.
    """

    @abstractmethod
    def size(self, name: str) -> int:
        """The size of a file in bytes."""

    @abstractmethod
    def sum_of(self, name: str) -> Sum:
        """The size and the digest of a file."""

    @abstractmethod
    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a file, part by part; an empty file has none."""


def size(files: Files, name: str) -> int:
    """The size of a file in bytes.

    :raises KeyError: if there is no such file.
    """
    return files.size(name) if isinstance(files, LargeFiles) else len(files[name])


def sum_of(files: Files, name: str) -> Sum:
    """The size and the digest of a file.

    :raises KeyError: if there is no such file.
    """
    return files.sum_of(name) if isinstance(files, LargeFiles) else summed(iter((files[name],)))


def chunks(files: Files, name: str) -> Iterator[bytes]:
    """The content of a file, part by part.

    :raises KeyError: if there is no such file.
    """
    return files.chunks(name) if isinstance(files, LargeFiles) else iter((files[name],))


def summed(parts: Iterator[bytes]) -> Sum:
    """The size and the digest of a file, from its parts."""
    found, length = hashlib.sha256(), 0
    for part in parts:
        found.update(part)
        length += len(part)
    return Sum(length, found.hexdigest())


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


class _Derived(LargeFiles):
    """Files that are those of others; a subclass says where each of them is."""

    @abstractmethod
    def _at(self, name: str) -> tuple[Files, str]:
        """The files that have the file, and its path in them."""

    def __getitem__(self, name: str) -> bytes:
        files, own = self._at(name)
        return files[own]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def size(self, name: str) -> int:
        """The size of a file in bytes."""
        return size(*self._at(name))

    def sum_of(self, name: str) -> Sum:
        """The size and the digest of a file."""
        return sum_of(*self._at(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a file, part by part."""
        return chunks(*self._at(name))


class Joined(_Derived):
    """Files with others before them, which replace those with the same path; both show later additions.

    The paths are in the order of ``files``, then those that only ``more`` has.
    """

    def __init__(self, more: Files, files: Files) -> None:
        self._more = more
        self._files = files

    def _at(self, name: str) -> tuple[Files, str]:
        return (self._more if name in self._more else self._files), name

    def __iter__(self) -> Iterator[str]:
        return chain(self._files, (name for name in self._more if name not in self._files))

    def __contains__(self, name: object) -> bool:
        return name in self._more or name in self._files


class Inside(_Derived):
    """The files in one folder of others, by their paths in it.

    Each is taken from the others when it is asked for, so a large folder is never in memory as a whole.

    :param folder: its path with a ``/`` at the end.
    """

    def __init__(self, files: Files, folder: str) -> None:
        self._files = files
        self._folder = folder

    def _at(self, name: str) -> tuple[Files, str]:
        return self._files, f"{self._folder}{name}"

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self._folder) for name in self._files if name.startswith(self._folder))

    def __contains__(self, name: object) -> bool:
        return f"{self._folder}{name}" in self._files
