"""The digest of this version of the tool: its code, templates and catalogues, its libraries, and Python."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from site_builder.edition import digests
from site_builder.site import assets

_PACKAGE = Path(__file__).resolve().parent.parent
_KINDS = (".py", ".mo", ".html", ".xhtml", ".css", ".js", ".svg", ".xml", ".opf", ".txt", ".json")


def digest() -> bytes:
    """The digest, of twenty bytes.  It differs if any file of the tool (code, catalogue, template, style
    sheet, script) does, the version of an installed library, of Python, or of the zlib that it uses, which
    the system can replace.  The times of files do not count.
    """
    versions = f"{sys.version} {zlib.ZLIB_RUNTIME_VERSION}"
    return digests.digest(versions.encode(), *_libraries(), *_files())


def _files() -> Iterator[bytes]:
    """Name and content of each file, in the order of the names."""
    for folder in (_PACKAGE, assets.TEMPLATES):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _KINDS and path.is_file():
                yield path.relative_to(folder).as_posix().encode()
                yield path.read_bytes()


def _libraries() -> Iterator[bytes]:
    """Name and version of each library that is installed, as its folder of metadata has them."""
    for place in dict.fromkeys(sys.path):
        folder = Path(place)
        if folder.name in ("site-packages", "dist-packages") and folder.is_dir():
            yield from sorted(path.name.encode() for path in folder.glob("*.dist-info"))
