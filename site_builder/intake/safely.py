"""XML and zip from elsewhere, opened so that they can do no harm.

Nothing is written to disk and nothing is fetched.  An archive is read member by member from memory, with a
limit on what each may grow to; a name that leaves the archive, a link, or a name that stands twice is
refused.  XML is parsed by lxml without entities, without a DTD and without the network, and a document that
declares a document type is refused before anything of it is expanded.
"""

from __future__ import annotations

import codecs
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

#: What a file may weigh, as it comes and unpacked, in bytes; how many members an archive may have, and how
#: many elements and attributes together a document.
LARGEST = 50_000_000
UNPACKED = 100_000_000
MEMBERS = 5_000
NODES = 1_000_000

#: What an archive that is damaged, encrypted or packed in an unknown way makes the library raise.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(RuntimeError, EOFError, OSError, ValueError),
)

Element = etree._Element
"""An element of a document, for rooms that read one and open none."""


class Unsafe(ValueError):
    """A file that is not opened, or not to its end, and why.

    ``line`` and ``column`` say where in it, 1 and 1 where it has no lines.
    """

    def __init__(self, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line
        self.column = column


def sized(data: bytes) -> bytes:
    """The data, if it is not too large.  Raises Unsafe."""
    if len(data) > LARGEST:
        raise Unsafe(
            f"the file must have at most {LARGEST // 1_000_000} MB",
            "export the tags alone, without pictures or sound",
        )
    return data


def members(data: bytes) -> Mapping[str, bytes]:
    """The files of a zip archive: name → content, names with ``/``.  Raises Unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(sized(data))) as archive:
            found = archive.infolist()
            _plausible(found)
            return _unpacked(archive, found)
    except _BROKEN as error:
        if isinstance(error, Unsafe):
            raise
        raise Unsafe(f"the archive must be a whole zip file: {error}", "export it again") from error


def _plausible(found: list[zipfile.ZipInfo]) -> None:
    if len(found) > MEMBERS:
        raise Unsafe(f"the archive must hold at most {MEMBERS} files, not {len(found)}", "export it again")
    seen: set[str] = set()
    for member in found:
        name = member.filename.replace("\\", "/")
        parts = name.split("/")
        if name.startswith("/") or ".." in parts or ":" in parts[0]:
            raise Unsafe(f"no name in the archive may lead out of it: {member.filename!r}", "do not trust it")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Unsafe(f"the archive must hold no links: {member.filename!r}", "do not trust it")
        if name in seen:
            raise Unsafe(f"every name must stand in the archive once: {member.filename!r}", "export it again")
        seen.add(name)
    if sum(member.file_size for member in found) > UNPACKED:
        raise Unsafe(f"the archive must unpack to at most {UNPACKED // 1_000_000} MB", "do not trust it")


def _unpacked(archive: zipfile.ZipFile, found: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = UNPACKED
    for member in found:
        if member.is_dir():
            continue
        with archive.open(member) as stream:  # what the directory of the archive says is only said
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Unsafe(f"the archive must unpack to at most {UNPACKED // 1_000_000} MB", "do not trust it")
        files[member.filename.replace("\\", "/")] = content
    return files


def xml(data: bytes) -> Element:
    """The root of an XML document in UTF-8 or UTF-16.  Raises Unsafe, with the line where it breaks off."""
    content = _utf8(sized(data))
    if content.count(b"<") + content.count(b"=") > NODES:  # each element and attribute takes much memory
        raise Unsafe(f"the file must have at most {NODES} elements and attributes", "export the tags alone")
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the document declares: what was counted is what is parsed
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"the file must be well-formed XML: {error.msg}"
        raise Unsafe(message, "export it again", max(1, line), max(1, column)) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Unsafe("the file must declare no document type", "take the DOCTYPE out, if you trust it")
    return root


def _utf8(data: bytes) -> bytes:
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as error:
        raise Unsafe(f"the file must be whole UTF-16: {error}", "export it in UTF-8") from error
