"""Folder → source files: path and text, nothing parsed.  An edge room: it touches the disk.

The layout it expects is the whole of a project::

    corpus/WORK/       work.yaml, text.md, anchors.yaml;
                       with a witness also witness.txt, witness.yaml, emendations.yaml
    annotations/       project.yaml, codebook/grid.yaml, codebook/facets/*.yaml, pages/**/*.md
    annotations/WORK/  tags/CODER/*.yaml
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.model import Place, Problem

_LARGEST = 5_000_000  # bytes; ten times the largest file that a person writes by hand
_PATTERNS = (
    "corpus/*/*.yaml",
    "corpus/*/*.md",
    "corpus/*/*.txt",
    "annotations/*.yaml",
    "annotations/codebook/**/*.yaml",
    "annotations/pages/**/*.md",
    "annotations/*/tags/*/*.yaml",
)


def sources(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read every source file below ``folder``.

    :returns: path (relative, with ``/``) → text, in order of path; and the faults (F002, F003).
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        text = _text(path, name, folder, problems)
        if text is not None:
            texts[name] = text
    return texts, problems


def stamps(folder: Path) -> Mapping[str, tuple[int, int]]:
    """When each source file was last changed, and its size: cheap to compare."""
    found = {}
    for path in _files(folder):
        status = path.stat()
        found[path.relative_to(folder).as_posix()] = (status.st_mtime_ns, status.st_size)
    return found


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted({p for pattern in _PATTERNS for p in folder.glob(pattern) if p.is_file()})


def _text(path: Path, name: str, folder: Path, problems: list[Problem]) -> str | None:
    def refuse(code: str, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        place = Place(path=name, line=line, column=column)
        problems.append(Problem(place=place, code=code, message=message, hint=hint))

    if not path.resolve().is_relative_to(folder.resolve()):
        refuse("F003", "a source file must lie inside the project", "copy it in place of the link")
        return None
    if path.stat().st_size > _LARGEST:
        refuse("F003", f"a source file must be under {_LARGEST // 1_000_000} MB", "part it in two")
        return None
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        refuse("F002", f"the file cannot be read: {error.strerror}", "check its permissions")
        return None
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        refuse("F002", "the file must be UTF-8", "save it as UTF-8", line, column)
        return None
    if path.suffix != ".txt":  # a witness stays byte for byte what it is
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return text
