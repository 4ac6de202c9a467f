"""``data/site.zip``: the complete site in one file, for a USB stick.  ZIP as in PKWARE's APPNOTE 6.3.

Names are sorted and all times are the same, so that the same site gives the same bytes.  Compression takes
most of the time; a file that an earlier archive has is copied from it as it is compressed there.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import BinaryIO

_LEVEL = 6
_THREADS = min(4, os.cpu_count() or 1)
_AHEAD = 8  # files whose compression is begun before the first of them is written
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest time in a zip
_HEAD = struct.Struct("<26xHH")
"""The header of a file in a zip: its last two numbers are the lengths of the name and of the extra field."""


def entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """The metadata of a file in a zip: the same for every machine and time (1 January 1980), with mode 644.

    :param name: the path in the zip with ``/``; it is not checked.
    """
    made = zipfile.ZipInfo(name, _TIME)
    made.compress_type = compression
    made.create_system = 3  # Unix, whose permissions these are
    made.external_attr = 0o644 << 16
    return made


def archive(files: Mapping[str, bytes], folder: str) -> bytes:
    """A zip with all files in one folder, compressed and sorted by path: ``FOLDER/PATH``.

    No files give an empty zip, without the folder.  The folder has no entry of its own.
    """
    out = io.BytesIO()
    write(files, folder, out)
    return out.getvalue()


def write(files: Mapping[str, bytes], folder: str, out: BinaryIO, earlier: BinaryIO | None = None) -> None:
    """Write a zip with all files in one folder, so that unpacking makes only this folder.

    The files are compressed and sorted by name; one of them at a time is read.  No files give an empty zip,
    without the folder.

    :param files: path with ``/`` → content.
    :param folder: the name of the folder, without ``/`` at its end.
    :param out: where the zip begins at the present position, and can be changed after it is written.
    :param earlier: a zip that this function wrote with the same version of this tool and of Python; the
        result is the same with it.
    :raises zipfile.BadZipFile: if ``earlier`` is no zip.
    """
    if earlier is None:
        _write(files, f"{folder}/", out)
        return
    with zipfile.ZipFile(earlier) as old:
        _write(files, f"{folder}/", out, _Compressed(earlier, old.infolist()))


class _Compressed:
    """The files of a zip as they are compressed in it."""

    def __init__(self, archive: BinaryIO, files: Iterable[zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._files = {one.filename: one for one in files}

    def of(self, name: str, size: int) -> bytes:
        """A file as it is compressed in the zip; ``b""`` if it is not there with this size."""
        found = self._files.get(name)
        if found is None or found.file_size != size:
            return b""
        self._archive.seek(found.header_offset)
        head = self._archive.read(_HEAD.size)
        try:
            self._archive.seek(sum(_HEAD.unpack(head)), io.SEEK_CUR)
        except struct.error:  # the archive has been changed since it was opened
            return b""
        return self._archive.read(found.compress_size)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, compressed and sorted by name; an empty mapping gives an empty zip."""
    out = io.BytesIO()
    _write(files, "", out)
    return out.getvalue()


def _write(
    files: Mapping[str, bytes], folder: str, out: BinaryIO, earlier: _Compressed | None = None
) -> None:
    """Write the files; several threads compress them, since zlib lets other threads run."""
    begun: deque[tuple[zipfile.ZipInfo, Future[bytes]]] = deque()
    with (
        ThreadPoolExecutor(_THREADS) as threads,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        for name in sorted(files):
            made, content = entry(folder + name), files[name]
            known = earlier.of(made.filename, len(content)) if earlier is not None else b""
            begun.append((made, threads.submit(_compressed, content, known)))
            made.CRC, made.file_size = zlib.crc32(content), len(content)
            _end(begun, archive, left=_AHEAD)
        _end(begun, archive, left=0)


def _end(begun: deque[tuple[zipfile.ZipInfo, Future[bytes]]], archive: zipfile.ZipFile, left: int) -> None:
    """Add the files that were begun first, until no more than ``left`` are begun."""
    while len(begun) > left:
        made, wait = begun.popleft()
        _add(archive, made, wait.result())


def _compressed(content: bytes, known: bytes) -> bytes:
    """A file as it is compressed in a zip.

    :param known: what may be the file as it is compressed in an earlier zip; ``b""`` for nothing.
    """
    if known:
        with suppress(zlib.error):  # the archive has been changed since it was opened
            if zlib.decompress(known, -zlib.MAX_WBITS) == content:
                return known
    return _deflated(content)


def _deflated(content: bytes) -> bytes:
    """A file, compressed as ``ZipFile`` compresses it."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush()


def _add(archive: zipfile.ZipFile, made: zipfile.ZipInfo, data: bytes) -> None:
    """Add a file that is compressed already, as ``ZipFile`` itself does when it has compressed one; ``made``
    has its size and its checksum.

    The library has no function for this.  The attributes are not in its documentation, but have been the same
    since Python 3.6; a test compares the bytes with those that the library writes.
    """
    out = archive.fp
    assert out is not None
    made.compress_size = len(data)
    made.header_offset = out.seek(archive.start_dir)
    archive.start_dir += out.write(made.FileHeader() + data)
    archive.filelist.append(made)
    archive.NameToInfo[made.filename] = made


def checksums(digests: Mapping[str, str]) -> bytes:
    """The content of ``SHA256SUMS`` for ``sha256sum --check``: one line for each file, sorted by path.

    A line is the digest, two spaces, the path and a line end.  No files give ``b""``.

    :param digests: path → digest in hexadecimal; neither is checked.
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
