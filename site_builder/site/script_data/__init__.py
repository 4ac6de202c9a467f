"""Data for the scripts of pages: classic scripts that set one variable."""

from __future__ import annotations

import json


def script_of(name: str, value: object) -> bytes:
    r"""A classic script that sets one variable, for pages that cannot fetch files: ``var NAME=…;``.

    ``</``, ``<!`` and the line separators of JavaScript are escaped, so that nothing ends the script early.
    The result is UTF-8 and ends in a line end.  The name is not checked.

    >>> script_of("X", {"a": "<b>深</b>"})
    b'var X={"a":"<b>\xe6\xb7\xb1<\\/b>"};\n'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = (
        text.replace("</", "<\\/")
        .replace("<!", "\\u003c!")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return f"var {name}={safe};\n".encode()
