"""The files of a project as they are read, and the problems of reading them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from site_builder.model import Place, Problem
from site_builder.model.memory import Memory
from site_builder.source import parts
from site_builder.source.parts import Part, ReadPart
from site_builder.source.schemas import FILES, PATHS

Content = TypeVar("Content")


class Reader:
    """Reads single files of one project and collects the problems."""

    def __init__(
        self,
        sources: Mapping[str, str],
        unread: Collection[str] = (),
        read_part: ReadPart = parts.read,
        memory: Memory | None = None,
    ) -> None:
        self.sources = sources
        self.read_part = read_part
        self.memory = memory or Memory()
        self.unread = unread
        self.problems: list[Problem] = []
        self.counted = True
        """Whether sentences have numbers and no ids, as in format 1."""
        self.language = ""
        """The language of the editors' prose."""
        self.older = False
        """Whether the project has format 1 to 3."""

    def report(self, path: str, code: str, message: str, hint: str, level: str = "error") -> None:
        """Add a problem at the top of a file to ``problems``.

        The place is line 1, column 1.

        :param level: ``"error"`` or ``"review"``.
        """
        place = Place(path=path)
        self.problems.append(Problem(place=place, code=code, message=message, hint=hint, level=level))

    def yaml(self, path: str, kind: str, record: type[Content], **given: str | bool) -> Content | None:
        """The content of a file, or ``None`` if the file is absent, empty or cannot be read; this is
        reported.

        An absent file is the error F001, unless it is in ``unread``; an empty one is Y009.

        :param kind: a key of :data:`site_builder.source.schemas.FILES`.
        :param record: the class of the content; a content of another class gives ``None``.
        :param given: values of fields that are not in the file.
        """
        if path not in self.sources:
            self.missing(path)
            return None
        known = len(self.problems)
        content = self.content(path, kind, record, **given)
        if content is None and len(self.problems) == known:
            of = FILES[kind]
            hint = f"the first key of a {of.name} is '{next(iter(of.fields))}:'"
            self.report(path, "Y009", "the file must not be empty", hint)
        return content

    def optional(self, kind: str, record: type[Content], path: str = "") -> Content | None:
        """The content of a file that a project may do without; ``None`` if the file is absent or cannot be
        read.

        A file that is not in ``sources`` is not reported.  One that is empty or is not valid is, in
        ``problems``.

        :param kind: a key of :data:`site_builder.source.schemas.FILES`.
        :param path: by default the one of the kind in :data:`site_builder.source.schemas.PATHS`.
        """
        path = path or PATHS[kind]
        return self.yaml(path, kind, record) if path in self.sources else None

    def content(self, path: str, kind: str, record: type[Content], **given: str | bool) -> Content | None:
        """The content of a file that is there; ``None`` if it is empty or cannot be read.

        The problems of its reading are added to ``problems``; that it is empty is no problem here.

        :param given: values of fields that are not in the file.
        :raises KeyError: if the file is not in ``sources``.
        """
        part = Part(kind, path, self.sources[path], tuple(given.items()), self.older)
        content, problems = self.read_part(part)
        self.problems.extend(problems)
        return content if isinstance(content, record) else None

    def missing(self, path: str) -> None:
        """Report ``the file is missing`` (F001) at the top of the file, with a hint how to create it; nothing
        for a path that is ``unread``, or is in a folder that is.
        """
        if self.is_unread(path):
            return  # what makes it unreadable is reported already
        self.report(path, "F001", "the file is missing", _missing_hint(path))

    def is_unread(self, path: str) -> bool:
        """Whether a path exists that could not be read: it is in ``unread``, or in a folder that is."""
        return any(f"{path}/".startswith(f"{other}/") for other in self.unread)

    def named(self, pattern: str) -> Sequence[tuple[str, re.Match[str]]]:
        """The paths of the files that a whole match of a regular expression finds, each with its match.

        The order is that of ``sources``.  Files that could not be read (``unread``) are not in ``sources``.

        No files give nothing.
        """
        names = self.memory.same("names of sources", tuple(self.sources))
        return self.memory.of(
            ("named", pattern),
            (names,),
            lambda: [(path, match) for path in names if (match := re.fullmatch(pattern, path))],
        )


def _missing_hint(path: str) -> str:
    """What to do about a file that is missing."""
    stem, _, ending = path.rpartition("/")[2].partition(".")
    if path.startswith("corpus/WORK/"):
        return "create corpus/WORK/work.yaml and corpus/WORK/text.md; WORK is the id of the work"
    if stem == "text":
        return "create it; its first line is '# TITLE {#top}'"
    if ending == "txt":
        return "copy the text of the witness into it, or remove 'witness:' from work.yaml"
    return f"create it; 'site-builder check --schema {stem}' prints its keys"
