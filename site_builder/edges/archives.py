"""The archive of the last site, whose compressed files the next one uses again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from site_builder.edges.store import Store
from site_builder.edition.digests import digest

_AT_ONCE = 1 << 20  # bytes that are read at once


class Archives:
    """Knows which archives this version of the tool made.

    An archive is used only if exactly its bytes are known, so it does not matter who can write to its folder.

    :param store: where this is recorded.
    :param tool: a digest of the tool, with the version of Python, whose library compresses the files.
    """

    def __init__(self, store: Store, tool: bytes) -> None:
        self._store = store
        self._tool = tool

    def remember(self, archive: bytes) -> None:
        """Record that this version of the tool made an archive."""
        self._store.put({self._key(hashlib.sha256(archive).digest()): b""})

    @contextmanager
    def known(self, path: Path) -> Iterator[BinaryIO | None]:
        """The archive in a file, open until the end of the block, if its bytes are known; ``None`` for any
        other file, and for what is no file or cannot be read.
        """
        stream = self._opened(path)
        if stream is None:
            yield None
            return
        with closing(stream):
            yield stream

    def _opened(self, path: Path) -> BinaryIO | None:
        try:
            if not path.is_file():
                return None
            stream = path.open("rb")
        except OSError:
            return None
        try:
            key = self._key(_sum(stream))
            if key in self._store.get([key]):
                return stream
        except OSError:
            pass
        stream.close()
        return None

    def _key(self, sum_: bytes) -> bytes:
        return digest(b"archive", self._tool, sum_)


def _sum(stream: BinaryIO) -> bytes:
    found = hashlib.sha256()
    while part := stream.read(_AT_ONCE):
        found.update(part)
    return found.digest()
