"""Says why a build made a file, or took it from the results of an earlier one, and what the file depends on.

For each task the parts of its key are kept from one build to the next.  The part that differs is the reason
for which the task was done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from site_builder.edges.store import Store
from site_builder.edition import addresses
from site_builder.edition.digests import digest
from site_builder.formats import catalogue
from site_builder.model import Place
from site_builder.pipeline.keys import PARTS
from site_builder.site.tasks import EDITION, FRAME, Done, Scope, Task, works_of

_REASONS = {
    "tool": "the tool, a library or Python changed",
    "scope": "what it reads of the edition changed",
    "function": "another function makes it",
    "also": "the menus, the ended ids of the page, the layout, or what it shows of other works changed",
    "arguments": "what it shows changed",
}
_FRAME = (
    "what it shows, annotations/project.yaml, annotations/codebook/ without definitions and colours,"
    " corpus/*/work.yaml, the ids of the passages, the titles of the editors' pages"
)
_EVERYTHING = "every source of the project"
_WORKS = "the sources of {works}, those of no work, and what every page can show of other works"


class Record:
    """The tasks of a build, compared with those of the last build of the project.

    :param project: what distinguishes the project from others, such as its folder.
    :param explains: whether the build is to be explained; otherwise it is only recorded for the next one.
    """

    def __init__(self, store: Store, project: str, *, explains: bool = False) -> None:
        self.explains = explains
        self._store = store
        self._key = digest(b"tasks", project.encode("utf-8", "surrogatepass"))
        kept = store.get([self._key]).get(self._key)
        self._before: Mapping[str, list[str]] = json.loads(kept) if kept else {}
        self._now: dict[str, list[str]] = {}
        self._why: dict[str, str] = {}
        self._tasks: dict[str, Done] = {}
        self._files: dict[str, frozenset[str]] = {}

    def add(self, tasks: Iterable[Done]) -> None:
        """Record tasks that were done or looked up, with the parts of their keys.  A task without parts keeps
        those of the last build; one that this did not have either is not kept for the next.

        A task of the same kind and name is replaced.  That a task gives several files is recorded by
        :meth:`gives`.
        """
        for task in tasks:
            name = _name(task)
            parts = [part.hex()[:16] for part in task.parts]
            if parts or name in self._before:
                self._now[name] = parts or self._before[name]
            if self.explains:
                self._tasks[name] = replace(task, result=None)
                self._why[name] = f"{'kept' if task.kept else 'made'}: {self._reason(task)}"

    def _reason(self, task: Done) -> str:
        """Why a task was done, or not."""
        name = _name(task)
        before = self._before.get(name)
        if task.kept:
            why = "nothing that it depends on changed"
        elif task.stale:
            why = "the number or the gist of a passage that it cites changed"
        elif before is None:
            why = "no earlier build made it"
        elif before == self._now[name]:
            why = "its result was not kept"
        else:
            pairs = zip(PARTS, before, self._now[name], strict=True)
            why = "; ".join(_REASONS[part] for part, old, new in pairs if old != new)
        return why

    def gives(self, task: Done, files: Iterable[str]) -> None:
        """Record which files a task gives, if it gives several; those of an earlier call for a task of the
        same kind and name are replaced.

        :param files: their paths in the site.
        """
        self._files[_name(task)] = frozenset(files)

    def save(self) -> None:
        """Keep the parts of the keys for the next build; only those of tasks that were added count.

        Nothing is written if they are the same as those of the last build.
        """
        if self._now != self._before:
            self._store.put({self._key: json.dumps(self._now).encode()})

    def lines(self, path: str, written: bool | None) -> Iterator[str]:
        """The lines to print about a file of the site: whether it was written, and for each task that makes
        it why that was done or kept, and what it depends on.

        An unknown file gives the line ``PATH: the site has no such file`` alone.  A file of no recorded task
        has a second line, ``  made in every build, from other files of the site or of the tool``; without
        ``explains`` every file is such a file.

        The first line is ``PATH: written`` or ``PATH: not changed``.  A task has the line
        ``  page index.html: made: REASON`` (its kind and its name; ``kept`` in place of ``made``), then
        ``    depends on …, and the tool``, and the files whose records it shows, if there are any.

        :param path: in the site: ``hans/index.html``.
        :param written: whether the build changed it on the disk; ``None`` if the site has no such file.
        """
        if written is None:
            yield f"{path}: the site has no such file"
            return
        yield f"{path}: {'written' if written else 'not changed'}"
        names = [
            name
            for name, task in self._tasks.items()
            if path in self._files.get(name, ()) or _makes(task, path)
        ]
        if not names:
            yield "  made in every build, from other files of the site or of the tool"
        for name in names:
            task = self._tasks[name]
            yield f"  {name}: {self._why[name]}"
            yield f"    depends on {_inputs(task.scope)}, and the tool"
            if task.sources and task.scope == FRAME:
                yield f"    shows records of {', '.join(sorted(task.sources))}"


def sources(task: Task) -> frozenset[str]:
    """The files whose records are among the arguments of a task, by their paths in the project; the first
    argument (``shared``) does not count.

    It is the path of each :class:`.Place` in the arguments, also within lists, fields of records and values
    of mappings.  Keys of mappings and an empty path do not count.  No records give an empty set.
    """
    return frozenset(_paths(task.arguments, set()))


def _inputs(scope: Scope) -> str:
    """What a task with a scope depends on, besides the tool."""
    if scope == FRAME:
        return _FRAME
    if scope == EDITION:
        return _EVERYTHING
    works = [scope] if isinstance(scope, str) else scope
    return _WORKS.format(works=", ".join(works_of(works)))


def _name(task: Done) -> str:
    return f"{task.kind} {task.name}"


def _makes(task: Done, path: str) -> bool:
    """Whether a task makes a file, or a part of it."""
    if task.kind in ("panel", "card", "data"):
        return task.name == path
    if task.kind == "format":  # a part of several files; other tasks give their files
        form = catalogue.at(path)
        if form is None or form.by_work is None or form.by_work.whole is None:
            return False
        return task.name.startswith(f"{form.id} of ")
    if task.kind in ("page", "section"):
        return _is_in_file(task, path) or (task.kind == "page" and task.name == path)
    if task.kind == "chapter":
        suffix = f"-{task.first}" if task.first else ""
        books = f"{addresses.DATA}books{suffix}/"
        return path == f"{addresses.DATA}edition{suffix}.epub" or path.startswith(books)
    return False


def _is_in_file(task: Done, path: str) -> bool:
    """Whether a path is that of a file of several pages that can hold the page of a task."""
    view = addresses.in_tree("", task.first)
    address, page = path.removeprefix(view), task.name.removeprefix(view)
    if not path.startswith(view) or not addresses.is_onefile(address):
        return False
    work, _, name = address.rpartition("/")
    return not name.startswith("work.") or page.startswith(f"{work}/")


def _paths(value: Any, seen: set[int]) -> set[str]:
    """The sources of the records that a value is made of."""
    if isinstance(value, Place):
        return {value.path} - {""}
    if isinstance(value, str | bytes | int | float | None) or id(value) in seen:
        return set()
    seen.add(id(value))
    if isinstance(value, Mapping):
        parts: Iterable[Any] = value.values()
    elif isinstance(value, Iterable):
        parts = value
    else:
        parts = (getattr(value, name) for name in getattr(type(value), "__dataclass_fields__", ()))
    return {path for part in parts for path in _paths(part, seen)}
