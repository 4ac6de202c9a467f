"""Data for the scripts of pages: classic scripts that set one variable."""

from __future__ import annotations

import json


def script_of(name: str, value: object) -> bytes:
    """A classic script that sets one variable: data for a page that can fetch nothing.

    No ``</script>`` and no line separator of JavaScript can end it early.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"var {name}={safe};\n".encode()
