"""Names that every disk holds: what Windows, macOS and Linux take as the name of a file or folder alike.

Windows: "Naming Files, Paths, and Namespaces" (Microsoft Learn).  It reserves the names of devices with any
ending (``con``, ``con.yaml``), refuses some marks, and takes dots and spaces off the end.  Windows and macOS
take names for one that differ only by capitals, macOS also those that differ only by the normal form of
Unicode.
"""

from __future__ import annotations

import unicodedata

from site_builder.language.characters import is_forbidden

_MARKS = '<>:"/\\|?*'
_LONGEST = 200  # bytes of UTF-8; disks take 255, and the tool puts marks of its own before a name
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)


def is_device(name: str) -> bool:
    """Whether Windows reserves a name, with or without an ending."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def fault(name: str) -> str:
    """Why some disk cannot hold a file or folder of this name, or ``""``."""
    mark = next((char for char in name if char in _MARKS), "")
    if any(is_forbidden(char) or char in "\n\r\t" for char in name):
        return "it has a control character, or is not UTF-8"
    if mark:
        return f"Windows refuses '{mark}'"
    if is_device(name):
        return f"Windows reserves '{name.partition('.')[0]}'"
    if name != name.rstrip(". ") or name != name.lstrip():
        return "a space at either end, or a dot at the end, is lost on Windows"
    if len(name.encode("utf-8", "surrogateescape")) > _LONGEST:
        return f"it is longer than {_LONGEST} bytes"
    return ""


def normal(name: str) -> str:
    """A name as the tool knows it: in normal form C, whichever form the disk gives (macOS often gives D)."""
    return unicodedata.normalize("NFC", name)


def folded(name: str) -> str:
    """Equal for names that are one name on some disk."""
    return normal(normal(name).casefold())
