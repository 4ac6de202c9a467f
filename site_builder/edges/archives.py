"""The archive of the last site, whose compressed files the next one uses again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from site_builder.edges.store import Store
from site_builder.edition.digests import digest


class Archives:
    """Knows which archives this version of the tool made.

    An archive is used only if exactly its bytes are known, so it does not matter who can write to its folder.

    :param store: where this is recorded.
    :param tool: a digest of the tool, with the version of Python, whose library compresses the files.
    """

    def __init__(self, store: Store, tool: bytes) -> None:
        self._store = store
        self._tool = tool

    def remember(self, sha256: str) -> None:
        """Record that this version of the tool made the archive with a digest (SHA-256, in hexadecimal)."""
        self._store.put({self._key(bytes.fromhex(sha256)): b""})

    @contextmanager
    def known(self, path: Path) -> Iterator[BinaryIO | None]:
        """The archive in a file, open until the end of the block, if its bytes are known; ``None`` for any
        other file, and for what is no file or cannot be read.
        """
        with ExitStack() as stack:
            found: BinaryIO | None = None
            with suppress(OSError):
                if path.is_file():
                    stream = stack.enter_context(path.open("rb"))
                    key = self._key(hashlib.file_digest(stream, "sha256").digest())
                    found = stream if key in self._store.get([key]) else None
            yield found

    def _key(self, sum_: bytes) -> bytes:
        return digest(b"archive", self._tool, sum_)
