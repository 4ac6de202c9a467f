"""Exports: one file a format, model → bytes; nothing here writes."""

from __future__ import annotations

import hashlib


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
