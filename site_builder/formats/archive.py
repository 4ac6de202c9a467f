"""``data/site.zip``: the whole site in one file, for a USB stick.  ZIP after PKWARE's APPNOTE 6.3.

Names are sorted and every time is the same, so that the same site gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say


def entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """What a zip tells of a file: the same whenever and wherever it is made."""
    made = zipfile.ZipInfo(name, _TIME)
    made.compress_type = compression
    made.create_system = 3  # Unix, whose permissions these are
    made.external_attr = 0o644 << 16
    return made


def archive(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files under one folder, so that unpacking strews nothing about."""
    return packed({f"{folder}/{name}": content for name, content in files.items()})


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files in a zip, compressed, their names sorted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            archive.writestr(entry(name), files[name])
    return out.getvalue()


def checksums(digests: Mapping[str, str]) -> bytes:
    """``SHA256SUMS`` as ``sha256sum --check`` reads it: path → digest in hexadecimal."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
