"""Finds the format of an imported file by its first bytes, not by its name, and the function that reads
it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from site_builder.edition.index import Index
from site_builder.formats.refi import read as refi
from site_builder.formats.tables import read as table
from site_builder.formats.webannotation import read as webannotation
from site_builder.importing import Imported, untrusted
from site_builder.model import Project
from site_builder.records import dataclass

_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # byte order marks, zero bytes of UTF-16, white space
_BEGINNING = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A format that can be read: its name, and the function that reads an open file."""

    name: str
    read: Callable[[BinaryIO, str, Project, Index], Imported]


def _web(file: BinaryIO, path: str, project: Project, index: Index) -> Imported:
    return webannotation.read(file.read(untrusted.LARGEST + 1), path, project, index)


def _csv(file: BinaryIO, path: str, project: Project, index: Index) -> Imported:
    return table.read(file.read(untrusted.LARGEST + 1), path, project, index)


REFI = Form(name="REFI-QDA", read=refi.read_file)
WEB = Form(name="Web Annotation", read=_web)
CSV = Form(name="CSV", read=_csv)


def of_file(file: BinaryIO) -> Form:
    """The format of an open file, by its first 256 bytes; the file is then at its beginning.

    A zip or XML is :data:`REFI`, ``{`` or ``[`` begins :data:`WEB`, anything else is :data:`CSV`, as
    :func:`of` says.  The name of the file is not considered.
    """
    begins = file.read(_BEGINNING)
    file.seek(0)
    return of(begins)


def of(data: bytes) -> Form:
    """The format of data: a zip or XML is REFI-QDA, ``{`` or ``[`` begins JSON, anything else is a table.

    Byte order marks and white space are skipped; empty data is a table.  Only the first 256 bytes are looked
    at; whether the rest has the format is not checked.
    """
    begins = data[:_BEGINNING].lstrip(_BLANK)[:2]
    if begins == b"PK" or begins[:1] == b"<":
        return REFI
    return WEB if begins[:1] in (b"{", b"[") else CSV
