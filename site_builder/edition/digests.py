"""Digests of bytes, for keys of what is kept between runs."""

from __future__ import annotations

import hashlib
from typing import Final

SIZE: Final = 20
"""Bytes of a digest."""


def digest(*parts: bytes) -> bytes:
    """A digest of 20 bytes that differs if any of the parts does, or where one ends and the next begins.

    It is BLAKE2b.  No parts have a digest too, and it differs from that of one empty part.  The order of the
    parts counts, and equal parts give equal digests in every process.
    """
    found = hashlib.blake2b(digest_size=SIZE)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()
