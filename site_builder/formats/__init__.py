"""Formats: one module or package for each; a project becomes bytes.  Nothing here writes files."""

from __future__ import annotations

import hashlib


def checksum(data: bytes) -> str:
    """The SHA-256 digest of the data, as 64 lower-case hexadecimal digits, without a prefix.  Empty data has
    one too.
    """
    return hashlib.sha256(data).hexdigest()
