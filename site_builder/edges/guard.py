"""Where a command may write: never over a source, nor over a file that something else made.

Paths are compared as the system resolves them (links, ``..``) and by the identity of the folders above them;
names are compared without regard to case and Unicode normalisation too, since on another disk they are one.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder.edges.write import NotOurs

_SOURCES = ("corpus", "annotations", ".git")
"""The folders of a project that nothing is written into, but for the commands that keep them up to date."""
_PACKAGE = Path(__file__).resolve().parent.parent
_OF_CHECKOUT = ("site_builder", "templates", "tests", "requirements")


def site(out: Path, project: Path) -> None:
    """Refuse an output folder among the sources, or one that holds them.

    :raises NotOurs: with the reason.
    """
    for kept in (project, _PACKAGE):
        if _inside(kept, out):
            what = "the project" if kept is project else "site-builder itself"
            raise NotOurs(f"{out} must not be a folder that holds {what}")
    _refuse_sources(out, project)


def exports(paths: Iterable[tuple[Path, bytes]], project: Path, *, force: bool) -> None:
    """Refuse to write an export among the sources, or over a file that is no unchanged export.

    :param paths: each file to be written, and its content.
    :param force: replace files that something else made; sources are refused all the same.
    :raises NotOurs: with the reason.
    """
    for path, content in paths:
        _refuse_sources(path, project)
        if not os.path.lexists(path):
            continue
        if not path.is_file():
            raise NotOurs(f"{path} must be a regular file or new; --out - writes to standard output")
        if not force and not _own(path, content):
            raise NotOurs(
                f"{path} exists, and is not an export or was changed after its export; --force replaces it"
            )


def sources(path: Path, project: Path) -> None:
    """Refuse a file among the sources.

    :raises NotOurs: with the reason.
    """
    _refuse_sources(path, project)


def inside(project: Path, paths: Iterable[Path]) -> None:
    """Refuse to write to a path that leads out of the project, by a link for instance.

    :raises NotOurs: with the reason.
    """
    real = Path(os.path.realpath(project))
    for path in paths:
        if not Path(os.path.realpath(path.parent)).is_relative_to(real):
            raise NotOurs(f"{path} must not lead out of the project")


def _refuse_sources(path: Path, project: Path) -> None:
    for folder in _protected(path, project):
        if _inside(path, folder):
            raise NotOurs(f"{path} must not be in {folder}, which holds sources")


def _protected(path: Path, project: Path) -> Iterator[Path]:
    """The folders of sources: of the project, of any other project above the path, and of the tool."""
    real = Path(os.path.realpath(path))
    for root in (project, *(above for above in real.parents if _is_project(above))):
        yield from (root / name for name in _SOURCES)
    yield _PACKAGE
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file():
        yield from (checkout / name for name in _OF_CHECKOUT)


def _is_project(folder: Path) -> bool:
    return all(os.path.isdir(folder / name) for name in ("corpus", "annotations"))  # noqa: PTH112


def _inside(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it, though it may not exist yet."""
    real, base = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    parts, wanted = _folded(real), _folded(base)
    if parts[: len(wanted)] == wanted:
        return True
    return any(_same(above, base) for above in (real, *real.parents))


def _folded(path: Path) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part).casefold() for part in path.parts)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


# --- own exports ------------------------------------------------------------------------------------


def seal(content: bytes) -> int:
    """The time of change to give to an export, in nanoseconds since 1970.

    Its microseconds are a checksum of the content.  By this the tool knows its own export again as long as
    nobody has changed it, and nothing needs to be written beside it.  A copy, or a disk that keeps no
    fractions of seconds, loses the seal; then the file is taken for somebody else's, which is the safe side.
    """
    return (int(time.time()) - 1) * 1_000_000_000 + _checksum(content)


def _checksum(content: bytes) -> int:
    """A number of microseconds, in nanoseconds; never 0, which is what a disk without fractions gives."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
    return (1 + number % 999_999) * 1000


def _own(path: Path, content: bytes) -> bool:
    """Whether a file is an export that nobody has changed, or holds already what is to be written."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return False
    present = path.read_bytes()
    return present == content or status.st_mtime_ns % 1_000_000_000 == _checksum(present)
