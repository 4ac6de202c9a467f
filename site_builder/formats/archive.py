"""``data/site.zip``: the complete site in one file, for a USB stick.  ZIP as in PKWARE's APPNOTE 6.3.

Names are sorted and all times are the same, so that the same site gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

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
    """A zip with all files in one folder, so that unpacking makes only this folder.

    The files are sorted by name.  No files give an empty zip, without the folder.

    :param files: path with ``/`` → content.
    :param folder: the name of the folder, without ``/`` at its end.
    """
    return packed({f"{folder}/{name}": content for name, content in files.items()})


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, compressed and sorted by name; an empty mapping gives an empty zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            archive.writestr(entry(name), files[name])
    return out.getvalue()


def checksums(digests: Mapping[str, str]) -> bytes:
    """The content of ``SHA256SUMS`` for ``sha256sum --check``: one line for each file, sorted by path.

    A line is the digest, two spaces, the path and a line end.  No files give ``b""``.

    :param digests: path → digest in hexadecimal; neither is checked.
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
