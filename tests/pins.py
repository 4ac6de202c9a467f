"""The checksums of the files of whole sites, by which a change of the output is noticed."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile

from conftest import TINY, Files, differing

PINS = TINY.parent / "projects" / "goldens"
NAMING_COMPRESSED = ("cite.html", "SHA256SUMS", "ro-crate-metadata.json", "site.zip")
"""Files with the sizes and checksums of compressed files, which depend on the library that compresses."""


def compare(name: str, files: Files, *, write: bool) -> None:
    """Fail if a file of a site is not the one whose checksum is in ``NAME.sha256``, is new or is missing.

    :param write: write the checksums first.
    """
    path = PINS / f"{name}.sha256"
    found = digests(files)
    if write:
        path.write_text("".join(f"{digest}  {file}\n" for file, digest in found.items()), encoding="utf-8")
    known = dict(line.split("  ", 1)[::-1] for line in path.read_text(encoding="utf-8").splitlines())
    assert differing(found, known) == []


def digests(files: Files) -> dict[str, str]:
    """The name and the checksum of each file; of an archive, the checksum of what is in it."""
    return {
        name: hashlib.sha256(_within(content)).hexdigest()[:16]
        for name, content in sorted(files.items())
        if posixpath.basename(name) not in NAMING_COMPRESSED
    }


def _within(content: bytes) -> bytes:
    """A file, or the names and the contents of the files of an archive."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(name.encode() + b"\0" + archive.read(name) for name in archive.namelist())
