"""XML and zip from elsewhere, opened so that they can do no harm.

Only regular files are opened.  Nothing is written to disk and nothing is fetched.  Of an archive, only the
members that are asked for are read, each up to a limit and all together up to another, so an archive may be
large for members that nobody needs.  A name that leaves the archive, a link, or a name that stands twice is
refused.  XML is parsed by lxml without entities, without a DTD and without the network, and a document that
declares a document type is refused before anything of it is expanded.

The limits keep the whole command below 150 MB of memory.
"""

from __future__ import annotations

import codecs
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO

from lxml import etree

#: What a file that is read whole may have, in bytes.
LARGEST = 10_000_000
#: What all members that are read of an archive may have together, unpacked, in bytes.
UNPACKED = 24_000_000
#: How many members an archive may have, and how many bytes its directory, which the library reads at once.
MEMBERS = 5_000
DIRECTORY = 2_000_000
#: How many times smaller than its content a packed member of more than a megabyte may be.
RATIO = 200
#: How many elements and attributes together a document may have.
NODES = 300_000

#: What an archive that is damaged or packed in an unknown way makes the library raise.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(RuntimeError, EOFError, OSError, ValueError),
)
_ENCRYPTED = 0x1  # of the flags of a member

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


def regular(path: Path) -> BinaryIO:
    """A regular file, open for reading.  A pipe or a device is refused without waiting for it.

    :raises OSError: where the file cannot be opened.
    :raises Unsafe: where it is not a regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Unsafe("it is not a regular file", "name a file")
    return os.fdopen(handle, "rb")


def sized(data: bytes) -> bytes:
    """The data, if it is not too large.  Raises Unsafe."""
    if len(data) > LARGEST:
        raise Unsafe(f"the file must have at most {LARGEST // 1_000_000} MB", "export the tags alone")
    return data


class Archive(Mapping[str, bytes]):
    """The files of a zip archive: name → content, names with ``/``.

    A member is read when it is asked for.  Making an archive and reading a member raise Unsafe.
    """

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(_Bounded(file))
        except Unsafe:
            raise
        except _BROKEN as error:
            raise Unsafe("the archive must be a whole zip file", "export it again") from error
        self._left = UNPACKED
        self._found = {
            member.filename.replace("\\", "/"): member for member in _plausible(self._zip.infolist())
        }

    def __getitem__(self, name: str) -> bytes:
        member = self._found[name]
        if member.flag_bits & _ENCRYPTED:
            raise Unsafe("the archive must not be encrypted", "export it without a password")
        limit = min(LARGEST, self._left)
        if member.file_size > 1_000_000 and member.file_size > RATIO * max(1, member.compress_size):
            raise Unsafe(
                f"a file of the archive is packed more than {RATIO} times: {name!r}", "do not trust it"
            )
        try:
            with self._zip.open(member) as stream:  # the directory of the archive may give a wrong size
                content = stream.read(limit + 1)
        except _BROKEN as error:
            message = f"a file of the archive is damaged, or packed in an unknown way: {name!r}"
            raise Unsafe(message, "export it again") from error
        if len(content) > limit:
            raise Unsafe(
                f"the texts of the archive must have at most {LARGEST} bytes each, and {UNPACKED} bytes "
                f"together: {name!r}",
                "export the work alone",
            )
        self._left -= len(content)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class _Bounded:
    """A file of which no more than :data:`DIRECTORY` bytes are read at once.

    The library reads the directory of an archive in one piece, of a size that the archive itself gives.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self.mode = "rb"

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(DIRECTORY + 1 if size < 0 else min(size, DIRECTORY + 1))
        if len(found) > DIRECTORY:
            raise Unsafe(f"the archive must hold at most {MEMBERS} files", "export the work alone")
        return found


def _plausible(found: list[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """The members that are files.  Raises Unsafe where a name would do harm."""
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
        if not member.is_dir():
            yield member


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
        message = f"the file must be well-formed XML: {_WRONG.get(int(error.code), 'it is damaged here')}"
        raise Unsafe(message, "export it again", max(1, line), max(1, column)) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Unsafe("the file must declare no document type", "take the DOCTYPE out, if you trust it")
    return root


_ERRORS = etree.ErrorTypes
#: What the parser finds wrong, in words that do not name its parts.
_WRONG: dict[int, str] = {
    _ERRORS.ERR_DOCUMENT_EMPTY: "it is empty",
    _ERRORS.ERR_DOCUMENT_END: "something follows its end",
    _ERRORS.ERR_TAG_NAME_MISMATCH: "an element ends that was not begun here",
    _ERRORS.ERR_TAG_NOT_FINISHED: "it ends before its elements do",
    _ERRORS.ERR_GT_REQUIRED: "a tag does not end",
    _ERRORS.ERR_UNDECLARED_ENTITY: "it names an entity that is not declared",
    _ERRORS.ERR_INVALID_CHAR: "it holds a character that XML does not admit",
    _ERRORS.ERR_INVALID_ENCODING: "it is not UTF-8",
    _ERRORS.ERR_RESOURCE_LIMIT: "its elements nest too deeply, or a text of it is too long",
    _ERRORS.ERR_ATTRIBUTE_REDEFINED: "an attribute stands twice",
    _ERRORS.ERR_ATTRIBUTE_NOT_STARTED: "the value of an attribute must be quoted",
}


def _utf8(data: bytes) -> bytes:
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as error:
        raise Unsafe("the file must be whole UTF-16", "export it in UTF-8") from error
