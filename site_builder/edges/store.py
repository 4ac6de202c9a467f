"""Keeps results of tasks between builds, each by a key that covers everything the result depends on.

The store is one SQLite database in the folder of the cache, for all projects of a user.  SQLite makes each
change completely or not at all, also if the process is killed, and lets several processes read and write.
Nothing that goes wrong here stops a build: a result that cannot be read is made again, a result that cannot
be kept is not kept, and a database that is damaged is removed.

A value is only returned if it is what was kept (a checksum is beside it).  Values are compressed, which makes
pages six times smaller and takes less time than writing them as they are.  Past :data:`LIMIT` bytes, what was
not used for the most days is removed.
"""

from __future__ import annotations

import hashlib
import math
import os
import sqlite3
import sys
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

NAME = "results-2.db"
"""The file of the database; another layout of its table gets another name."""
_EARLIER = ("results-1.db",)
"""The names that it had; such a file is removed."""
LIMIT = 4_000_000_000
"""Bytes of all values, compressed; those of an edition of one article have 12 million, in three views."""
_LEVEL = 1  # of zlib: a higher one takes more time and saves little
_LOWERED = 0.8  # the part of the limit that is left when old values are removed
_PATIENCE = 2.0  # seconds to wait for another process
_DAY = 86_400  # seconds; the last use of a value is recorded once a day
_TABLE = """
CREATE TABLE IF NOT EXISTS result(
    key BLOB PRIMARY KEY, size INTEGER NOT NULL, used INTEGER NOT NULL, sum BLOB NOT NULL, value BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS result_used ON result(used, size);
"""
_MANY = 500  # variables of one statement


class _Opened(threading.local):
    """The database that a thread has open, with the path and the numbers of its file."""

    database: sqlite3.Connection | None = None
    file: tuple[Path, int, int] | None = None
    added: float = math.inf
    """Bytes that were kept since the size of all values was last added up."""


_opened = _Opened()


def close() -> None:
    """Close the database that this thread has open."""
    database, _opened.database, _opened.file = _opened.database, None, None
    if database is not None:
        database.close()


if sys.platform != "win32":
    os.register_at_fork(before=close)  # a copy of the process must neither use nor close the database


class Store:
    """Values by key.  Each method does nothing if the database cannot be used.

    If the values have more than ``limit`` bytes together, those that were not used for the most days are
    removed, until 80 per cent of it are left.  Of those of one day the ones with the smallest keys are
    removed.  So a project whose results are more than the limit finds the same part of them in every build;
    if those that were used first were removed, each would be removed before it is used again.  The size is
    added up again when a hundredth of the limit was kept.

    All stores of a thread share the database that it has open, until :meth:`close`.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self._path = folder / NAME
        self._limit = limit

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Key → value, of those keys that have a value which is as it was kept; each key once.

        If the file cannot be read, what was found so far.  No exception is raised for it.

        Without any it is ``{}``; the order is not that of ``keys``.
        """
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        stale: list[bytes] = []
        today = int(time.time())
        try:
            with self._open() as database:
                for part in _parts(wanted):
                    marks = ",".join("?" * len(part))
                    rows = database.execute(
                        f"SELECT key, used, sum, value FROM result WHERE key IN ({marks})",
                        part,
                    )
                    for key, used, kept, value in rows:
                        if _sum(key, value) == kept:
                            found[key] = zlib.decompress(value)
                            stale += [key] if abs(today - used) > _DAY else []
                if stale:
                    with database:
                        database.executemany(
                            "UPDATE result SET used = ? WHERE key = ?", [(today, key) for key in stale]
                        )
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values, all or none, and remove old ones past the limit of the store, which can be new ones
        too.

        A value with a known key is replaced.  If the file cannot be written, nothing is kept, and no
        exception is raised.
        """
        now = int(time.time())
        packed = {key: zlib.compress(value, _LEVEL) for key, value in values.items()}
        try:
            with self._open() as database:
                with database:
                    database.executemany(
                        "INSERT OR REPLACE INTO result(key, size, used, sum, value) VALUES (?, ?, ?, ?, ?)",
                        [(key, len(value), now, _sum(key, value), value) for key, value in packed.items()],
                    )
                _opened.added += sum(map(len, packed.values()))
                if _opened.added >= self._limit / 100:
                    self._prune(database)
                    _opened.added = 0
        except sqlite3.Error as error:
            self._give_up(error)

    @staticmethod
    def close() -> None:
        """Close the database; the next call of a method opens it again."""
        close()

    def _prune(self, database: sqlite3.Connection) -> None:
        [(size,)] = database.execute("SELECT ifnull(sum(size), 0) FROM result")
        if size <= self._limit:
            return
        old = []
        rows = database.execute("SELECT rowid, size FROM result ORDER BY used / ?, key", [_DAY])
        for row, one in rows:
            if size <= self._limit * _LOWERED:
                break
            old.append((row,))
            size -= one
        with database:
            database.executemany("DELETE FROM result WHERE rowid = ?", old)
        database.execute("PRAGMA incremental_vacuum").fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database.  It stays open, unless there is an error, or another file has taken its place."""
        file = self._file()
        if _opened.database is None or file is None or file != _opened.file:
            close()
            _opened.database = self._connected()
            _opened.file, _opened.added = self._file(), math.inf
        try:
            yield _opened.database
        except BaseException:
            close()
            raise

    def _file(self) -> tuple[Path, int, int] | None:
        """What distinguishes the file of the database from others; ``None`` if there is none."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return self._path, found.st_dev, found.st_ino

    def _connected(self) -> sqlite3.Connection:
        """A new connection to the database, with its table; databases of earlier layouts are removed.

        A result that a power failure damages is noticed by its checksum, so that no write waits for the disk.
        """
        for name in _EARLIER:
            with suppress(OSError):
                self._path.with_name(name).unlink(missing_ok=True)
        database = sqlite3.connect(self._path, timeout=_PATIENCE)
        try:
            database.execute("PRAGMA auto_vacuum = INCREMENTAL")
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_TABLE)
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _give_up(self, error: sqlite3.Error) -> None:
        """Remove the database if it is damaged; a full disk or another process is no reason to."""
        if isinstance(error, sqlite3.OperationalError) or not isinstance(error, sqlite3.DatabaseError):
            return
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _sum(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, key=key[:64], digest_size=16).digest()


def _parts(keys: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    return (keys[n : n + _MANY] for n in range(0, len(keys), _MANY))
