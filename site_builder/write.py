"""A mapping of path → bytes onto disk: only what changed, whole or not at all.

The new site is laid beside the old one and takes its place by renaming, so that a reader never sees
half of it and a failure leaves the old one as it was.  Files that did not change are hard links to
the old ones, which costs a tenth of writing them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MARKER = ".site-builder"
"""Says that a folder was made by this tool and may be replaced by it."""
_MARKER_TEXT = b"This folder is made by site-builder; what is put here by hand is lost.\n"


class NotOurs(Exception):
    """The folder holds something that this tool did not make."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a write came to."""

    files: int
    changed: int
    removed: int


def site(files: Mapping[str, bytes], out: Path) -> Written:
    """Make ``out`` hold exactly ``files``.

    :raises NotOurs: where ``out`` exists, is not empty, and has no marker of this tool.
    :raises OSError: where the disk refuses; ``out`` is then as it was.
    """
    _refuse_strangers(out)
    files = {**files, MARKER: _MARKER_TEXT}
    old = _present(out)
    fresh = [name for name, data in files.items() if not _same(out / name, data, name in old)]
    removed = len(old - files.keys())
    if not fresh and not removed:
        return Written(files=len(files) - 1, changed=0, removed=0)
    out.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        new.chmod(0o755)
        _fill(new, files, out, set(fresh))
        _swap(new, out)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return Written(files=len(files) - 1, changed=len(fresh) - (MARKER in fresh), removed=removed)


def _refuse_strangers(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotOurs(f"{out} must be a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise NotOurs(f"{out} must be empty or made by site-builder; it holds other files")


def _present(out: Path) -> set[str]:
    if not out.is_dir():
        return set()
    found: set[str] = set()
    for folder, _, names in os.walk(out):
        base = Path(folder).relative_to(out)
        found.update((base / name).as_posix() for name in names)
    return found


def _same(path: Path, data: bytes, present: bool) -> bool:
    return present and path.stat().st_size == len(data) and path.read_bytes() == data


def _fill(new: Path, files: Mapping[str, bytes], old: Path, fresh: set[str]) -> None:
    for folder in sorted({(new / name).parent for name in files}):
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        target = new / name
        if name not in fresh:
            with suppress(OSError):  # a disk without hard links
                os.link(old / name, target)
                continue
        target.write_bytes(data)


def _swap(new: Path, out: Path) -> None:
    """Put the new folder in the place of the old one.

    Whatever goes wrong, interrupts too, the old one is put back; if even that fails it stays beside,
    whole, under a name that says so.
    """
    if not out.exists():
        new.rename(out)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    old = aside / "site"
    try:
        out.rename(old)
        new.rename(out)
    except BaseException:
        if old.exists() and not out.exists():
            old.rename(out)
        if not old.exists():
            aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def text(path: Path, content: str) -> None:
    """Replace one text file, whole or not at all."""
    file(path, content.encode())


def file(path: Path, content: bytes) -> None:
    """Replace one file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def exported(files: Mapping[str, bytes], out: str) -> Iterator[Path]:
    """Write the files of one format, and say where each lies.

    :param files: name, with ``/`` where it lies in a folder → content.
    :param out: the file to write where there is one; the folder where there are several, or where it is one
        or ends in ``/``.
    :raises NotOurs: where several files are to be written into what is a file.
    """
    to = Path(out)
    if len(files) > 1 and to.is_file():
        raise NotOurs(f"{out} must be a folder, for there are {len(files)} files: {', '.join(files)}")
    inside = len(files) > 1 or to.is_dir() or out.endswith("/")
    for name, content in files.items():
        path = to / name if inside else to
        file(path, content)
        yield path


def together(files: Mapping[Path, bytes]) -> None:
    """Replace or create several files, all or none, in the order given.

    Every new content is on the disk before the first file is replaced.  Where replacing fails, the
    files that were replaced get their old content back.

    :raises OSError: where the disk refuses; every file is then as it was.
    """
    staged: dict[Path, Path] = {}
    done: dict[Path, bytes | None] = {}
    try:
        for path, content in files.items():
            staged[path] = _staged(path, content)
        for path in files:
            done[path] = path.read_bytes() if path.exists() else None
            staged[path].replace(path)
    except BaseException:
        for path, old in done.items():
            if old is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != old:
                file(path, old)
        for new in staged.values():
            new.unlink(missing_ok=True)
        raise


def _staged(path: Path, content: bytes) -> Path:
    """A file beside ``path`` that holds the new content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
