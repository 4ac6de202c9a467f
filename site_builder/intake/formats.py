"""Which format a foreign file is in, told by how it begins and not by its name; and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from site_builder.intake import Intake, refi, table, webannotation
from site_builder.links import Links
from site_builder.model import Project

_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # byte order marks, the halves of UTF-16, and space
_BEGINNING = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A format that is read: its name, and ``read(data, path, project, links)``."""

    name: str
    read: Callable[[bytes, str, Project, Links], Intake]


REFI = Form(name="REFI-QDA", read=refi.read)
WEB = Form(name="Web Annotation", read=webannotation.read)
CSV = Form(name="CSV", read=table.read)


def of(data: bytes) -> Form:
    """A zip or XML is REFI-QDA, what begins with a brace or bracket is JSON, anything else is a table."""
    begins = data[:_BEGINNING].lstrip(_BLANK)[:2]
    if begins == b"PK" or begins[:1] == b"<":
        return REFI
    return WEB if begins[:1] in (b"{", b"[") else CSV
