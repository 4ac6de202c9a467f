"""Exports: one file a format, model → bytes; nothing here writes."""

from __future__ import annotations

import hashlib
import json


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def script_of(name: str, value: object) -> bytes:
    """A classic script that sets one variable: data for a page that can fetch nothing.

    No ``</script>`` and no line separator of JavaScript can end it early.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"var {name}={safe};\n".encode()
