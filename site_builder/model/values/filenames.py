"""Names of files and folders that Windows, macOS and Linux all accept.

Source for Windows: "Naming Files, Paths, and Namespaces" (Microsoft Learn).  Windows reserves the names of
devices with any extension (``con``, ``con.yaml``), refuses some characters, and removes dots and spaces at
the end.  On Windows and macOS, names that differ only by case are the same name.  On macOS, names that
differ only by the normal form of Unicode are also the same name.
"""

from __future__ import annotations

import unicodedata

from site_builder.language.characters import is_forbidden

_MARKS = '<>:"/\\|?*'
_LONGEST = (
    200  # bytes of UTF-8; the limit of disks is 255, and the tool writes temporary files with a longer name
)
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)


def is_device(name: str) -> bool:
    """Whether Windows reserves a name, with or without an extension, in any case: ``con``, ``CON.a.yaml``."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def fault(name: str) -> str:
    """Why a file or folder cannot have a name on every system, or ``""`` if it can.

    Faults are a control character, tab or line end, one of ``< > : " / \\ | ? *`` (the name is one part of a
    path), a name of a device, a dot at the end, a space at the start or end, and more than 200 bytes in
    UTF-8.  Of several, the first in this order is returned.  An empty name and a space within one are no
    fault.

    >>> fault("a:b"), fault("con.md"), fault("")
    ("':' is not allowed on Windows", "'con' is a reserved name on Windows", '')
    """
    mark = next((char for char in name if char in _MARKS), "")
    if any(is_forbidden(char) or char in "\n\r\t" for char in name):
        return "it contains a control character, or is not UTF-8"
    if mark:
        return f"'{mark}' is not allowed on Windows"
    if is_device(name):
        return f"'{name.partition('.')[0]}' is a reserved name on Windows"
    if name != name.rstrip(". ") or name != name.lstrip():
        return "Windows removes a space at the start or end and a dot at the end"
    if len(name.encode("utf-8", "surrogateescape")) > _LONGEST:
        return f"it is longer than {_LONGEST} bytes"
    return ""


def normal(name: str) -> str:
    """The name in Unicode normal form C; macOS often gives form D.  Case stays: :func:`folded` compares."""
    return unicodedata.normalize("NFC", name)


def folded(name: str) -> str:
    """A key that is equal for names that are the same name on some system: ``Ä.md`` and ``ä.md`` in any form.

    It is for comparison only.
    """
    return normal(normal(name).casefold())
