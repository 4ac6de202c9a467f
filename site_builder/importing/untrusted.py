"""Opens XML and zip files of other programs safely.

Only regular files are opened.  Nothing is written to disk and nothing is fetched.  Of an archive, only the
members that are requested are read, each up to a limit and all together up to another, so an archive may be
large if its other members are not needed.  A name that leads out of the archive, a link, and a duplicate name
are refused.  lxml parses XML without entities, without a DTD and without the network.  A document that
declares a document type is refused before anything in it is expanded.

The limits keep the memory of the whole command below 150 MB.
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

#: The largest file that is read into memory, in bytes.
LARGEST = 10_000_000
#: The largest total size of the members that are read from an archive, unpacked, in bytes.
UNPACKED = 24_000_000
#: The largest number of members of an archive, and the largest size of its directory in bytes: the library
#: reads a directory whole.
MEMBERS = 5_000
DIRECTORY = 2_000_000
#: The largest compression ratio of a member of more than a megabyte.
RATIO = 200
#: The largest number of elements and attributes of a document, together.
NODES = 300_000

#: The exceptions of the library for an archive that is damaged or packed in an unknown way.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(RuntimeError, EOFError, OSError, ValueError),
)
_ENCRYPTED = 0x1  # a flag of a member

Element = etree._Element
"""An element of a document, for modules that read documents but do not open them."""


class Unsafe(ValueError):
    """The file is not opened, or not read to its end; the message gives the reason.

    ``line`` and ``column`` give the position in it; both are 1 in a file without lines.
    """

    def __init__(self, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line
        self.column = column


def regular(path: Path) -> BinaryIO:
    """Open a regular file for reading.  A pipe or a device is refused without waiting for it.

    A link is followed.  The caller closes the file.

    :raises OSError: if the file cannot be opened.
    :raises Unsafe: if it is not a regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Unsafe("it is not a regular file", "name a file")
    return os.fdopen(handle, "rb")


def sized(data: bytes) -> bytes:
    """Return the data unchanged.

    :raises Unsafe: if it has more than 10,000,000 bytes (:data:`LARGEST`).
    """
    if len(data) > LARGEST:
        raise Unsafe(f"the file must have at most {LARGEST // 1_000_000} MB", "export the tags alone")
    return data


class Archive(Mapping[str, bytes]):
    """The files of a zip archive: name → content.  Names have ``/`` between their parts.

    A member is read when it is requested, and again each time; each time counts for the 24,000,000 bytes that
    can be read in all.  The constructor raises :class:`Unsafe` for what is no whole zip file, more than 5000
    members, a link, a name that occurs twice or leads out of the archive; the reading of a member for one
    that is encrypted, damaged or larger than 10,000,000 bytes.  A name that is not in the archive raises
    ``KeyError``.  Folders are not members.
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
    """A file that reads at most :data:`DIRECTORY` bytes at once.

    The library reads the directory of an archive in one piece; the archive itself states the size.
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
    """The members that are files.

    :raises Unsafe: if a name could do harm.
    """
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
            raise Unsafe(f"every name must occur in the archive once: {member.filename!r}", "export it again")
        seen.add(name)
        if not member.is_dir():
            yield member


def xml(data: bytes) -> Element:
    """The root of an XML document in UTF-8 or UTF-16; a declaration of another encoding is ignored.

    :raises Unsafe: if the document is empty, has more than 10,000,000 bytes or more than 300,000 ``<`` and
        ``=`` together, is not well-formed (with its line and column), or declares a document type.
    """
    content = _utf8(sized(data))
    if content.count(b"<") + content.count(b"=") > NODES:  # each element and attribute needs much memory
        raise Unsafe(f"the file must have at most {NODES} elements and attributes", "export the tags alone")
    parser = etree.XMLParser(
        encoding="utf-8",  # not what the document declares: the parser must read what was counted
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
#: The errors of the parser, in words that do not name parts of the parser.
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
    _ERRORS.ERR_ATTRIBUTE_REDEFINED: "an attribute occurs twice",
    _ERRORS.ERR_ATTRIBUTE_NOT_STARTED: "the value of an attribute must be quoted",
}


def _utf8(data: bytes) -> bytes:
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as error:
        raise Unsafe("the file must be whole UTF-16", "export it in UTF-8") from error
