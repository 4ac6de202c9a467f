"""Reads the source files of a project from disk: path → text.  Nothing is parsed.

The layout of a project (the names are in :mod:`site_builder.source.layout`)::

    corpus/WORK/       work.yaml, text.md, anchors.yaml;
                       with a witness also witness.txt, witness.yaml, emendations.yaml;
                       editions/*.yaml
    annotations/       project.yaml, anchors.yaml, reviews.yaml, changes.yaml, codebook/grid.yaml,
                       codebook/facets/*.yaml, pages/**/*.md, editions/*.yaml
    annotations/WORK/  tags/CODER/*.yaml

Hidden names are ignored.  Every other file or folder that is not read is reported, so that a typing error in
a name does not remove a page or a coder silently.  Line ends (LF, CRLF, CR), byte order marks and normal
forms of names differ between systems and editors; all forms are equivalent.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from site_builder import check, pipeline
from site_builder.edges.reasons import reason
from site_builder.language.characters import code_point, forbidden
from site_builder.model import Place, Problem
from site_builder.model.values import filenames
from site_builder.pipeline import Checked
from site_builder.source import layout, parts, read
from site_builder.source.parts import ReadPart

_LARGEST = 5_000_000  # bytes; ten times the largest file that a person writes by hand
_ATTEMPTS = 3  # how often a project is read again because a file was removed meanwhile
_SHOWN = 20  # characters that are reported one by one
_MERGE = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \n]|\Z)", re.M)
_WHOLE_MERGE = re.compile(r"^<{7} [^\n]*\n(?:.*?\n)?={7}\n(?:.*?\n)?>{7} ", re.M | re.S)
_LINE_END = re.compile(r"\r\n?")
_ENCODING = "open it with its own encoding, for example GB 18030 or Big5, and save it as UTF-8"
_PERMIT = "change its permissions so that you can read it"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
)


def sources(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read every source file below ``folder``.

    A folder without ``corpus/`` and ``annotations/`` gives no texts and no problems.  A file or folder with a
    name that is not read is a review (F004), except hidden names, ``README.md``, ``LICENSE`` and empty
    folders.  A link to a folder is not followed (F005), and a file over 5 MB is an error (F003).

    :returns: path (relative, with ``/``, in normal form C) → text with LF as line end and without a byte
        order mark, in order of path; and the problems (F002 to F008), in the order in which the files are
        read.  A file with an error is not among the texts.
    """
    reading = read_again(folder)
    return reading.texts, reading.problems


Stamp = tuple[int, int, int, int]
"""What changes when a file or folder does: the time of the last change of its content and of its status (ns
since 1970), its size in bytes, and its number."""


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file or folder, in the order of :data:`Stamp`: time of change in nanoseconds, time of
    change of its metadata, size in bytes, number of the inode.
    """
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source file as it was read, and its path on the disk; ``text`` is ``None`` if it has an error."""

    path: str
    stamp: Stamp
    text: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The result of :func:`sources`, and what it rests on.

    ``files`` are the source files by their names, except links, and ``stamps`` the stamps of all files and
    folders by their paths on the disk.
    """

    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: Mapping[str, Source] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


def read_again(folder: Path, known: Mapping[str, Source] = MappingProxyType({})) -> Reading:
    """Read every source file below ``folder``; without ``corpus/`` and ``annotations/`` there are none.

    A file with an error is not among ``texts``.  If files are removed meanwhile, everything is read again,
    three times at most; then their absence is an error (F002).

    :param known: files by their names that are not read again if they still have the stamp.  A text that is
        equal to the known one is the same object.
    """
    for _ in range(_ATTEMPTS):
        reader = _Reader(folder, known)
        reader.read()
        if not reader.vanished:
            break
    for name in reader.vanished:
        reader.report(name, "F002", "the file was removed during reading", "run the command again")
    return Reading(
        texts=dict(sorted(reader.texts.items())),
        problems=reader.problems,
        files=reader.files,
        stamps=reader.stamps,
    )


def with_files(folder: Path, last: Reading, names: Collection[str]) -> Reading | None:
    """A reading in which only some source files are read again; no other file or folder is examined.

    :param last: the reading that is renewed; it stays as it is.
    :param names: names of ``last.files``; without any, the result is equal to ``last``.
    :returns: ``None`` if one of them is a file no longer, or has a problem or had one: then all must be read.
    :raises KeyError: for a name that ``last.files`` does not have.
    """
    reader = _Reader(folder, {})
    texts, stamps = dict(last.texts), dict(last.stamps)
    for name in names:
        known = last.files[name]
        entry = _entry(name, Path(known.path))
        if entry is None or entry.is_link or not entry.is_file:
            return None
        text = reader.known_text(entry)
        if text is None or known.text is None or reader.problems or known.problems:
            return None
        texts[name] = known.text if known.text == text else text
        stamps[known.path] = stamp(entry.status)
    return Reading(texts=texts, problems=last.problems, files={**last.files, **reader.files}, stamps=stamps)


def checked(folder: Path, read_part: ReadPart = parts.read) -> Checked:
    """The project in a folder, read and checked.  Problems do not raise: they are in the result.

    :param read_part: reads the content of each file, as :func:`site_builder.source.read.project` says.
    """
    return pipeline.check_sources(*sources(folder), read_part)


def naming_errors(folder: Path) -> list[Problem]:
    """The errors of names and ids that no ledger may record, in order of place; reviews and errors of other
    rules are left out.  ``[]`` also where the project cannot be read.
    """
    texts, problems = sources(folder)
    project, _ = read.project(texts, read.unread(problems))
    return check.naming(project) if project is not None else []


def on_disk(folder: Path, name: str) -> Path:
    """The path of a source by its name in normal form C: the disk may have it in another normal form.

    A part of the name that is not on the disk is used as it is, so the path need not exist.

    :param name: relative to ``folder``, with ``/``.
    """
    path = folder
    for part in name.split("/"):
        if not (path / part).exists() and path.is_dir():
            part = next((p.name for p in path.iterdir() if filenames.normal(p.name) == part), part)
        path /= part
    return path


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """A name in a folder.  ``status`` is that of its target; for a broken link, that of the link."""

    name: str
    path: Path
    is_link: bool
    status: os.stat_result

    @property
    def last(self) -> str:
        """The last part of its name, in normal form C."""
        return self.name.rpartition("/")[2]

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.status.st_mode)

    @property
    def is_file(self) -> bool:
        return stat.S_ISREG(self.status.st_mode)

    @property
    def what(self) -> str:
        """Its kind, for a message about an entry that is not a regular file."""
        mode = self.status.st_mode
        if stat.S_ISLNK(mode):
            return "a link that leads nowhere"
        kind = next((word for is_kind, word in _KINDS if is_kind(mode)), "a device")
        return f"a link to {kind}" if self.is_link else kind


@dataclass(slots=True)
class _Reader:
    """Reads one project once; ``known`` are files that were read before."""

    folder: Path
    known: Mapping[str, Source] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    files: dict[str, Source] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def report(
        self,
        name: str,
        code: str,
        message: str,
        hint: str,
        line: int = 1,
        column: int = 1,
        level: str = "error",
    ) -> None:
        """Add a problem at a place in a file to ``problems``.

        :param name: of the file, in the project; ``line`` and ``column`` count from 1.
        """
        place = Place(path=name, line=line, column=column)
        self.problems.append(Problem(place=place, code=code, message=message, hint=hint, level=level))

    def read(self) -> None:
        for entry in self.walk():
            if layout.is_source(entry.name) and entry.is_file:
                text = self.known_text(entry)
                if text is not None:
                    self.texts[entry.name] = text

    def known_text(self, entry: _Entry) -> str | None:
        """The text of a source as :meth:`_text` gives it, ``None`` for one with an error; a known file with
        the same stamp is not read again, and its problems are added again.

        A link is always read.
        """
        if entry.is_link:  # its target can be replaced without a trace in its stamp
            return self._text(entry)
        now, known = stamp(entry.status), self.known.get(entry.name)
        if known is not None and known.stamp == now:
            self.problems += known.problems
            self.files[entry.name] = known
            return known.text
        reported = len(self.problems)
        text = self._text(entry)
        if known is not None and known.text == text:
            text = known.text
        if entry.name not in self.vanished:
            problems = tuple(self.problems[reported:])
            self.files[entry.name] = Source(path=str(entry.path), stamp=now, text=text, problems=problems)
        return text

    # --- names

    def walk(self) -> Iterator[_Entry]:
        """Every name below the folders that are read, except ignored ones; problems of names are reported."""
        with suppress(OSError):  # a folder that is added to the project changes the stamp of the project
            self.stamps[str(self.folder)] = stamp(self.folder.stat())
        for top in layout.TOPS:
            entry = _entry(top, self.folder / top)
            if entry is not None and self._may_enter(entry):
                self.stamps[str(entry.path)] = stamp(entry.status)
                yield from self._below(entry)

    def _below(self, folder: _Entry) -> Iterator[_Entry]:
        listed = self._listed(folder)
        if not self._is_known_folder(folder):  # the folder is reported; only its sources are read
            listed = [entry for entry in listed if entry.is_folder or layout.is_source(entry.name)]
        if folder.name == "corpus":
            self.works = [entry.last for entry in listed if entry.is_folder]
        seen: dict[str, str] = {}
        for entry in listed:
            self.stamps[str(entry.path)] = stamp(entry.status)
            yield entry
            read = layout.is_source(entry.name) or (entry.is_folder and layout.is_folder(entry.name))
            twin = seen.setdefault(filenames.folded(entry.path.name), entry.path.name) if read else ""
            if read and twin != entry.path.name:
                self._report_duplicate(entry, twin)
                if filenames.normal(twin) == filenames.normal(entry.path.name):
                    continue
            if not self._is_right(entry) or not entry.is_folder:
                continue
            if self._may_enter(entry):
                yield from self._below(entry)

    def _listed(self, folder: _Entry) -> list[_Entry]:
        """The entries of a folder, by name."""
        try:
            names = sorted((path.name for path in folder.path.iterdir()), key=_spelled)
        except FileNotFoundError:
            self.vanished.append(folder.name)
            return []
        except OSError as error:
            self.report(folder.name, "F002", f"the folder cannot be read: {reason(error)}", _PERMIT)
            return []
        paths = ((f"{folder.name}/{_spelled(name)}", folder.path / name) for name in names)
        found = (_entry(name, path) for name, path in paths if not layout.is_ignored(name))
        return [entry for entry in found if entry is not None]

    def _is_right(self, entry: _Entry) -> bool:
        """Whether a name belongs in a project; otherwise the problem is reported."""
        name = entry.name
        source = layout.is_source(name)
        if source and not entry.is_file:
            self.report(
                name, "F005", f"a source must be a file, not {entry.what}", "put the file in its place"
            )
            return False
        if not source and not entry.is_file and not entry.is_folder and layout.is_folder(name):
            self.report(name, "F005", f"a folder of sources must be a folder, not {entry.what}", "remove it")
            return False
        if not source and not (entry.is_folder and self._is_known_folder(entry)):
            return self._report_unread(entry)
        why = filenames.fault(entry.path.name)
        if why:
            self.report(name, "F008", f"the name is not valid on every system: {why}", "rename it")
        return not why

    def _is_known_folder(self, entry: _Entry) -> bool:
        top, _, rest = entry.name.partition("/")
        if top == "annotations" and "/" not in rest and rest not in ("", *layout.RESERVED):
            return not self.works or entry.last in self.works
        return layout.is_folder(entry.name)

    def _report_unread(self, entry: _Entry) -> bool:
        """Report a name that is not read.  A folder can still contain sources, which are read."""
        if not entry.is_folder:
            hint = self._possible(entry, layout.hint(entry.name))
            self.report(entry.name, "F004", "the tool does not read this file", hint, level="review")
            return False
        hint = self._possible(entry, layout.folder_hint(entry.name, self.works))
        if _holds_anything(entry.path):
            self.report(entry.name, "F004", "the tool does not read this folder", hint, level="review")
        return layout.is_folder(entry.name)

    def _possible(self, entry: _Entry, hint: str) -> str:
        """A hint to rename, or another one if a file or folder has the new name already."""
        new = hint.removeprefix("rename it to ").partition(",")[0]
        taken = hint.startswith("rename") and (entry.path.parent / new.rpartition("/")[2]).exists()
        return f"remove it, or move its content to {new}" if taken else hint

    def _report_duplicate(self, entry: _Entry, twin: str) -> None:
        self.report(
            entry.name,
            "F008",
            f"the name differs from '{twin}' only in capitals or in the encoding of accents",
            "rename one of the two; they are one file on Windows and macOS",
        )

    def _may_enter(self, entry: _Entry) -> bool:
        if entry.is_link and entry.is_folder:
            self.report(
                entry.name,
                "F005",
                "a folder of sources must not be a link",
                "replace the link by the folder itself",
            )
        elif not entry.is_folder:
            message = f"a folder of sources must be a folder, not {entry.what}"
            self.report(entry.name, "F005", message, "put the folder in its place")
        return entry.is_folder and not entry.is_link

    # --- content

    def _text(self, entry: _Entry) -> str | None:
        """The text of one source; ``None`` if it has an error, which is reported."""
        name = entry.name
        if entry.is_link and not entry.path.resolve().is_relative_to(self.folder.resolve()):
            self.report(
                name, "F003", "a source must be inside the project", "replace the link by a copy of the file"
            )
            return None
        try:
            data = _bytes(entry.path)
        except FileNotFoundError:
            self.vanished.append(name)
            return None
        except OSError as error:
            self.report(name, "F002", f"the file cannot be read: {reason(error)}", _PERMIT)
            return None
        if len(data) > _LARGEST:
            message = f"a source must have at most {_LARGEST // 1_000_000} MB"
            self.report(name, "F003", message, "split the file, or remove what does not belong in it")
            return None
        text = self._decoded(name, data)
        if text is None or not self._is_clean(name, text):
            return None
        is_remark = entry.path.name.lower() == "readme.md" and not text.startswith("---\n")
        return None if is_remark else text

    def _decoded(self, name: str, data: bytes) -> str | None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start]
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
            message, hint = f"the file must be UTF-8; it has the byte 0x{data[error.start]:02X}", _ENCODING
            if data.startswith(_UTF_16):
                message, hint = "the file must be UTF-8, not UTF-16", "save it as UTF-8"
            self.report(name, "F002", message, hint, line, column)
            return None
        if len(data) > 1 and text.count("\0") * 3 > len(text):  # UTF-16 of ASCII is valid UTF-8
            self.report(name, "F002", "the file must be UTF-8, not UTF-16", "save it as UTF-8")
            return None
        return _LINE_END.sub("\n", text.removeprefix("\ufeff"))

    def _is_clean(self, name: str, text: str) -> bool:
        """Whether the text has no unfinished merge and no forbidden character."""
        witness = name.endswith(".txt")
        # a witness can contain a line of seven marks, but hardly all three of a merge in order
        is_merge = any(mark * 7 in text for mark in "<|=>")  # quicker than the pattern, and rarely true
        merge = (_WHOLE_MERGE if witness else _MERGE).search(text) if is_merge else None
        if merge:
            line, _ = _position(text, merge.start())
            hint = "keep one version; remove the other and the lines with <<<<<<<, ======= and >>>>>>>"
            if merge[0] == "=======" and name.endswith(".md"):
                hint += "; begin a heading with #"
            self.report(name, "F007", f"the file contains an unfinished merge: {merge[0][:7]}", hint, line)
            return False
        if name.endswith(".yaml"):  # the YAML reader reports it
            return True
        wrong = forbidden(text)
        for number, offset in enumerate(wrong[:_SHOWN], 1):
            more = f" (and {len(wrong) - _SHOWN} more)" if number == _SHOWN < len(wrong) else ""
            message = f"a source must not contain a control character: {code_point(text[offset])}{more}"
            self.report(name, "F006", message, "remove the character", *_position(text, offset))
        return not wrong


def _entry(name: str, path: Path) -> _Entry | None:
    """The entry of a name; ``None`` if it has just been removed."""
    try:
        status = path.lstat()
        is_link = stat.S_ISLNK(status.st_mode)
        if is_link:
            with suppress(OSError):  # a broken or circular link: use the link itself
                status = path.stat()
    except FileNotFoundError:
        return None
    return _Entry(name=name, path=path, is_link=is_link, status=status)


def _spelled(name: str) -> str:
    """A name on disk in normal form C; bytes that are not UTF-8 are escaped."""
    known = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return filenames.normal(known)


def _holds_anything(folder: Path) -> bool:
    try:
        return any(not layout.is_ignored(f"{folder.name}/{path.name}") for path in folder.iterdir())
    except OSError:
        return True


def _bytes(path: Path) -> bytes:
    """The content, or one byte more than the largest allowed file.

    :raises OSError: if it cannot be read, or is not a regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        return file.read(_LARGEST + 1)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, in characters."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
