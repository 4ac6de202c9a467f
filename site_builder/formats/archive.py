"""``data/site.zip``: the complete site in one file, for a USB stick.  ZIP as in PKWARE's APPNOTE 6.3.

Names are sorted and all times are the same, so that the same site gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest time in a zip


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


def write(files: Mapping[str, bytes], folder: str, out: BinaryIO) -> None:
    """Write a zip with all files in one folder, so that unpacking makes only this folder.

    The files are compressed and sorted by name; one of them at a time is read.  No files give an empty zip,
    without the folder.

    :param files: path with ``/`` → content.
    :param folder: the name of the folder, without ``/`` at its end.
    :param out: where the zip begins at the present position, and can be changed after it is written.
    """
    _write(files, f"{folder}/", out)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, compressed and sorted by name; an empty mapping gives an empty zip."""
    out = io.BytesIO()
    _write(files, "", out)
    return out.getvalue()


def _write(files: Mapping[str, bytes], folder: str, out: BinaryIO) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            archive.writestr(entry(folder + name), files[name])


def checksums(digests: Mapping[str, str]) -> bytes:
    """The content of ``SHA256SUMS`` for ``sha256sum --check``: one line for each file, sorted by path.

    A line is the digest, two spaces, the path and a line end.  No files give ``b""``.

    :param digests: path → digest in hexadecimal; neither is checked.
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
