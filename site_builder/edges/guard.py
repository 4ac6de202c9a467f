"""Checks the paths that a command writes to: never a source file, never a file that another program made.

Paths are compared as the system resolves them (links, ``..``) and by the identity of their parent folders.
Names are also compared without regard to case and Unicode normalization, since some disks ignore both.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder.edges.write import WriteRefused

_SOURCES = ("corpus", "annotations", ".git")
"""The folders of a project that only the commands for sources write into."""
_PACKAGE = Path(__file__).resolve().parent.parent
_OF_CHECKOUT = ("site_builder", "templates", "tests", "requirements")


DESCRIBING = re.compile(
    "authors|changelog|citation|code_of_conduct|contributing|copying|licen[cs]es?|makefile|notice|pyproject|readme"
    "|requirements|security"
)
"""How the names of files begin that describe a project, in lower case.  No export may replace them."""


def site(out: Path, project: Path) -> None:
    """Refuse an output folder that is among the sources, or that contains them.

    Nothing is written, and what is in the folder is not examined; it need not exist.  Sources are what is in
    ``corpus``, ``annotations`` and ``.git``, also of another project around the folder; the folder of the
    project itself and the code of this tool are refused too.  Another folder in the project is accepted.  If
    several reasons hold, the first of these is given: it holds the project, it holds this tool, it is in
    sources.

    :raises WriteRefused: with the reason, also for ``-``, which names standard output in other commands.
    """
    if str(out) == "-":
        raise WriteRefused("a site cannot be written to standard output; name a folder, for example _site")
    for kept in (project, _PACKAGE):
        if _inside(kept, out):
            what = "the project" if kept is project else "site-builder itself"
            raise WriteRefused(f"{out} must not be a folder that holds {what}")
    _refuse_sources(out, project)


def exports(paths: Iterable[tuple[Path, bytes]], project: Path, *, force: bool) -> None:
    """Refuse to write an export among the sources, or over a file that is not an unchanged export.

    A path where nothing is, and a file that already has the content, are accepted.  Nothing is written.
    Of each path it first examines whether it is among the sources, then whether something other than a file
    is there, then whether the file is an unchanged export.

    :param paths: the path and the content of each file to write.
    :param force: replace files that other programs made; sources are refused even then, and so are the files
        that describe a project in its folder (:data:`DESCRIBING`, and names that begin with a full stop).
    :raises WriteRefused: with the reason, for the first such path.
    """
    for path, content in paths:
        _refuse_sources(path, project)
        if not os.path.lexists(path):
            continue
        if not path.is_file():
            raise WriteRefused(f"{path} must be a regular file or new; --out - writes to standard output")
        if _own(path, content):
            continue
        if _describes(path):
            raise WriteRefused(f"{path} is a file of the project, and is never replaced")
        if not force:
            raise WriteRefused(
                f"{path} exists, and is not an export or was changed after its export; --force replaces it"
            )


def sources(path: Path, project: Path) -> None:
    """Refuse a path among the sources: ``corpus``, ``annotations`` and ``.git`` of this project or of another
    one around the path, what is in them, and the code of this tool.

    Names are compared without regard to capitals.  Any other path in the project is accepted, also the folder
    of the project.  The path need not exist.

    :raises WriteRefused: with the reason.
    """
    _refuse_sources(path, project)


def inside(project: Path, paths: Iterable[Path]) -> None:
    """Refuse a path outside of the project, for instance through a link.

    The folder of each path counts, so a file that is itself a link is accepted.  A path need not exist.

    :raises WriteRefused: with the reason, for the first such path.
    """
    real = Path(os.path.realpath(project))
    for path in paths:
        if not Path(os.path.realpath(path.parent)).is_relative_to(real):
            raise WriteRefused(f"{path} must not lead out of the project")


def _refuse_sources(path: Path, project: Path) -> None:
    for folder in _protected(path, project):
        if _inside(path, folder):
            raise WriteRefused(f"{path} must not be in {folder}, which holds sources")


def _protected(path: Path, project: Path) -> Iterator[Path]:
    """The source folders: of the project, of any other project above the path, and of this tool."""
    real = Path(os.path.realpath(path))
    for root in (project, *(above for above in real.parents if _is_project(above))):
        yield from (root / name for name in _SOURCES)
    yield _PACKAGE
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file():
        yield from (checkout / name for name in _OF_CHECKOUT)


def _is_project(folder: Path) -> bool:
    return all(os.path.isdir(folder / name) for name in ("corpus", "annotations"))  # noqa: PTH112


def _describes(path: Path) -> bool:
    """Whether a file is in the folder of a project and is one of those that people write there."""
    real = Path(os.path.realpath(path))
    name = real.name.lower()
    return _is_project(real.parent) and (
        name.startswith(".") or DESCRIBING.fullmatch(re.split("[.-]", name)[0]) is not None
    )


def _inside(path: Path, folder: Path) -> bool:
    """Whether a path, which may not exist yet, is a folder or is in it."""
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
    """The modification time for an export, in nanoseconds since 1970: less than two seconds before now, never
    later than now.

    Its microseconds (1 to 999 999) are a checksum of the content, equal for equal contents; the nanoseconds
    below them are 0.  This shows later whether the file is an unchanged export, without a second file.  A
    copy, or a disk without fractions of seconds, loses the checksum; the file then counts as changed, which
    is the safe choice.
    """
    return (int(time.time()) - 1) * 1_000_000_000 + _checksum(content)


def _checksum(content: bytes) -> int:
    """A number of microseconds, in nanoseconds; never 0, the value on a disk without fractions."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
    return (1 + number % 999_999) * 1000


def _own(path: Path, content: bytes) -> bool:
    """Whether a file is an unchanged export, or already has the content to write."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return False
    present = path.read_bytes()
    return present == content or status.st_mtime_ns % 1_000_000_000 == _checksum(present)
