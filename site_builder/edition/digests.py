"""Digests of bytes, for keys of what is kept between runs."""

from __future__ import annotations

import hashlib
from typing import Final

SIZE: Final = 20
"""Bytes of a digest."""


def digest(*parts: bytes) -> bytes:
    """A digest that differs if any of the parts does, or where one ends and the next begins."""
    found = hashlib.blake2b(digest_size=SIZE)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()
