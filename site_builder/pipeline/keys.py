"""Keys of tasks: what covers all that the result of a task depends on.  And results as bytes.

The key of a task is made from its function and arguments, from what it reads of the edition, and from the
tool (the code, the templates, the catalogues, the libraries and Python).  Places in the sources are left
out, since no result shows them: a line that is added above does not make a page again.
"""

from __future__ import annotations

import datetime
import io
import json
import marshal
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import partial
from itertools import chain
from operator import attrgetter
from types import FunctionType
from typing import Any

from markupsafe import Markup

from site_builder.edition import identifiers
from site_builder.edition.digests import digest
from site_builder.language.recent import Recent
from site_builder.model import Cell, Dimension, Entry, Localized, Passage, Place
from site_builder.records import dataclass
from site_builder.site.holes import Content
from site_builder.site.medium import Rendered
from site_builder.site.tasks import FRAME, Group, Scope, Task, TaskContext, of_work
from site_builder.source import layout


class Digests:
    """Digests of values that are the arguments of many tasks: views, and the records that they show.

    Values that are alike have the same digest, however many objects they are made of; see :meth:`of`.  The
    digest of a large part, such as a view or a list of passages, is made once while the part is one of the
    last; until then it is kept, and must not change.
    """

    def __init__(self) -> None:
        self._known = Recent[int, tuple[object, _Plain]](_MOST)
        """``id`` of a large value → the value, so that no other gets this ``id``, and its plain form."""

    def of(self, value: object) -> bytes:
        """The digest (20 bytes) of a value of records, texts, numbers, bytes, dates, ``None``, lists, tuples,
        mappings, frozen sets, functions and :class:`functools.partial`.

        Two values have the same digest if they are of one type and have the same parts in the same order,
        with these exceptions.  A list and a tuple of the same items are alike.  Two mappings are alike only
        if their keys are in the same order; for frozen sets the order does not matter.  The places of records
        (:class:`Place`) and the colours of codes (:data:`_COLOURS`) are left out, so two records that differ
        in them alone are alike.  ``1``, ``1.0`` and ``True`` all differ.  Markup is alike to the same plain
        text; a :class:`Localized` differs from it, and from one with other translations.  A function is its
        module and its name, so all lambda functions of one place are alike.

        :raises TypeError: for any other value, such as a ``set``.
        """
        return digest(_dumped(self._plain(value)))

    def _plain(self, value: Any) -> _Plain:
        """A value as marshal can write it; a large one as its digest."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        known = self._known.kept(id(value))
        if known is not None:
            return known[1]
        read = _readers.get(kind)
        if read is None:
            read = _readers[kind] = _reader(kind)
        found = read(value, self._plain)
        if kind is not Localized and len(data := _dumped(found)) > _LARGE:
            found = [digest(data)]
            self._known.keep(id(value), (value, found))
        return found


_Plain = Any
"""A value as marshal can write it.  A list is a kind of value (a text) and its parts, or one digest."""

_COLOURS = {Cell: "color", Entry: "color", Dimension: "tint"}
"""The fields with the colours of codes.  A page has them from style sheets, and does not change with them;
what has colours of its own has them in its key (:meth:`.Renderer.task`).
"""
_PLAIN = frozenset({str, bytes, bool, int, float, type(None)})
_LARGE = 200
"""Bytes of a value that is known by its digest.  To look up, keep and digest smaller ones takes longer than
to write them again."""
_MOST = 20_000
"""Large values that are kept before the older half goes: those of the pages of about two works."""


def _dumped(value: _Plain) -> bytes:
    """Bytes that differ if any part of the value does.

    Version 2 of marshal's format has no references, so equal values give equal bytes.
    """
    return marshal.dumps(value, 2)


_Reader = Callable[[Any, Callable[[Any], _Plain]], _Plain]
"""A value, and what makes its parts plain → the value as a list or a tuple of plain parts."""


def _reader(kind: type) -> _Reader:
    """How values of a type are read.

    :raises TypeError: for a type that is none of those of :meth:`Digests.of`.
    """
    for base, found in _READERS:
        if kind is base or (base is not tuple and issubclass(kind, base)):
            return found
    name = kind.__qualname__
    if issubclass(kind, tuple):
        return lambda value, plain: [name, *map(plain, value)]
    if not is_dataclass(kind):
        raise TypeError(f"no digest of {name}")
    left_out = _COLOURS.get(kind)
    names = [
        one.name for one in fields(kind) if one.type not in (Place, Place.__name__) and one.name != left_out
    ]
    if len(names) < 2:
        return lambda record, plain: [name, *(plain(getattr(record, one)) for one in names)]
    values = attrgetter(*names)
    return lambda record, plain: [
        name,
        *[one if type(one) in _PLAIN else plain(one) for one in values(record)],
    ]


def _sequence(value: Any, plain: Callable[[Any], _Plain]) -> _Plain:
    return tuple([one if type(one) in _PLAIN else plain(one) for one in value])


def _localized(text: Localized, _: object) -> _Plain:
    return ["text", str(text), text.language, *chain(*text.translations.items())]


def _mapping(value: Mapping[Any, Any], plain: Callable[[Any], _Plain]) -> _Plain:
    return ["mapping", *[one if type(one) in _PLAIN else plain(one) for one in chain(*value.items())]]


_READERS: tuple[tuple[type, _Reader], ...] = (
    (list, _sequence),
    (tuple, _sequence),
    (Localized, _localized),
    (Markup, lambda text, _: str(text)),
    (Mapping, _mapping),
    (Place, lambda _, __: ["place"]),
    (datetime.date, lambda date, _: ["date", repr(date)]),
    (frozenset, lambda value, plain: ["set", *sorted(_dumped(plain(one)) for one in value)]),
    (FunctionType, lambda function, _: ["function", function.__module__, function.__qualname__]),
    (partial, lambda call, plain: ["call", *map(plain, (call.func, call.args, call.keywords))]),
)
"""How the values of a type and of its subclasses are read; a named tuple is read as a record."""

_readers: dict[type, _Reader] = {}
"""How the values of each type that was met are read."""


def sent(value: object, known: Mapping[int, int]) -> bytes:
    """A value for another process that has the same edition, pickled for :func:`received`.

    :param known: ``id`` of each object that the other process has too → its number there.  Only these very
        objects are replaced by their numbers, not equal ones.
    """
    out = io.BytesIO()
    _Sender(out, known).dump(value)
    return out.getvalue()


def received(data: bytes, known: Sequence[object]) -> Any:
    """The value of :func:`sent`; an object that both processes have is that of this process, not a copy.

    :param known: the objects that both processes have, by their numbers.
    :raises IndexError: if an object has a number that ``known`` does not have.
    """
    return _Receiver(io.BytesIO(data), known).load()


class _Sender(pickle.Pickler):
    def __init__(self, out: io.BytesIO, known: Mapping[int, int]) -> None:
        super().__init__(out, pickle.HIGHEST_PROTOCOL)
        self._numbers = known

    def persistent_id(self, value: object) -> int | None:
        """The number of an object that the other process has too; ``None`` for any other."""
        return self._numbers.get(id(value))


class _Receiver(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, known: Sequence[object]) -> None:
        super().__init__(data)
        self._objects = known

    def persistent_load(self, number: Any) -> object:
        """The object with a number."""
        return self._objects[number]


def _entry(entry: Entry) -> tuple[object, ...]:
    return entry.id, entry.name, entry.also, entry.parent


def _numbered(passage: Passage) -> tuple[object, ...]:
    return passage.id, passage.number


PARTS = ("tool", "scope", "function", "also", "arguments")
"""The parts of a key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """What the keys of a build are made from.

    :param edition: a digest of all that the edition is made from.
    :param tool: a digest of the tool.
    :param parts: digests of parts of what the edition is made from, each with the scope that reads only this
        part.  A scope without one, except :data:`FRAME`, depends on all of it.
    """

    edition: bytes
    tool: bytes
    parts: tuple[tuple[str, bytes], ...] = ()

    @classmethod
    def of(cls, sources: Mapping[str, str], *, with_text: bool, tool: bytes) -> Values:
        """The values of an edition that is made from the texts of some files.

        ``parts`` has one for each work, with the scope that reads only this work: it is made from the files
        of the work and those of no work.  The order of ``sources`` does not matter.

        :param sources: path in the project → text.
        :param tool: a digest of the tool.
        """
        own: dict[str, list[tuple[str, str]]] = {}
        for item in sorted(sources.items()):
            own.setdefault(layout.work_of(item[0]), []).append(item)
        common = _digest_of(own.pop("", []), with_text)
        parts = tuple(
            (of_work(work), digest(common, _digest_of(items, with_text))) for work, items in own.items()
        )
        return cls(edition=digest(common, *(found for _, found in parts)), tool=tool, parts=parts)


def _digest_of(items: Sequence[tuple[str, str]], with_text: bool) -> bytes:
    """The digest of files, by their paths and texts."""
    return digest(json.dumps([with_text, items]).encode())


class Keys:
    """The keys of the tasks and groups of one build."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._parts = dict(values.parts)
        self._frame: bytes | None = None
        self._digests = Digests()

    def parts(self, context: TaskContext, task: Task) -> tuple[bytes, ...]:
        """The five parts of the key of a task, each a digest: of the tool, of what its scope reads, of its
        function, of ``also``, of its arguments (or of what they are known by).

        A scope that :class:`Values` has no part for is that of the whole edition; :data:`FRAME` reads
        :func:`frame` alone; several scopes read what each of them reads.  Kind, name and ``shared`` of the
        task are no part of it.
        """
        function = f"{task.function.__module__}.{task.function.__qualname__}".encode()
        given = task.arguments if task.known_by is None else task.known_by
        return (
            self.values.tool,
            self._scope(context, task.scope),
            digest(function),
            self._digests.of(task.also),
            self._digests.of(given),
        )

    def of_group(self, context: TaskContext, group: Group) -> bytes:
        """The key of a group, as one digest of its function, arguments, scope and ``also``, the frame and the
        tool.

        Its name is no part of it.  The scope :data:`FRAME` adds nothing to the frame, so the key does not
        depend on the rest of the edition then.
        """
        function = f"{group.function.__module__}.{group.function.__qualname__}".encode()
        more = self._digests.of((group.arguments, group.also))
        return digest(b"group", self.values.tool, self._scope(context, group.scope), digest(function), more)

    def _scope(self, context: TaskContext, scope: Scope) -> bytes:
        """The digest of what is read in a scope: that of a work has the frame too."""
        if isinstance(scope, tuple):
            return digest(*(self._scope(context, one) for one in scope))
        if scope != FRAME and scope not in self._parts:
            return self.values.edition
        if self._frame is None:
            self._frame = self._digests.of(frame(context))
        return self._frame if scope == FRAME else digest(self._parts[scope], self._frame)


def key(parts: Sequence[bytes]) -> bytes:
    """The key of a task, as one digest (20 bytes) of its parts; their order counts, and so do the borders
    between them.
    """
    return digest(*parts)


def frame(context: TaskContext) -> tuple[object, ...]:
    """What every page can show of the edition besides its own view, as a value for :meth:`Digests.of`.

    These are whether the text is published, the namespace of the permanent ids, the record of the site, the
    grid without its colours, of facets and entries their names but no definitions, fields and colours, of the
    editors' pages the titles, subjects, kinds and menus, the records of the works with the ids and numbers of
    their passages, the ids, kinds and names of the coders, and what is on all pages of each view.  The words
    of passages, tags and prose are left out.
    """
    project = context.edition.project
    return (
        context.edition.with_text,
        str(identifiers.namespace(project)),
        project.site,
        project.grid,
        [
            (facet.id, facet.name, facet.kind, facet.keep, [_entry(one) for one in facet.entries])
            for facet in project.facets
        ],
        [(page.id, page.title, page.about, page.kind, page.menu) for page in project.pages],
        [(work.id, work.record, [_numbered(one) for one in work.passages]) for work in project.works],
        [(one.id, one.kind, one.name) for one in project.coders],
        [renderer.surroundings for renderer in context.renderers.values()],
    )


# --- results ----------------------------------------------------------------------------------------


def encoded(result: object) -> bytes | None:
    """A result of a task as bytes: a page (:class:`.Rendered`), a file (``bytes``), or files by their paths;
    ``None`` for any other.

    Different results give different bytes.  An empty file and an empty mapping are results, and differ.
    """
    if isinstance(result, Rendered):
        text, inside = result.text.encode(), result.content
        more = [inside.kind, inside.values] if inside is not None else None
        head = json.dumps([result.ids, result.cited, len(text), more], ensure_ascii=False)
        return b"page\n" + head.encode() + b"\n" + text + (inside.text.encode() if inside else b"")
    if isinstance(result, bytes):
        return b"file\n" + result
    if isinstance(result, Mapping):
        head = json.dumps([[name, len(content)] for name, content in result.items()])
        return b"files\n" + head.encode() + b"\n" + b"".join(result.values())
    return None


def decoded(data: bytes) -> Any:
    """The result of :func:`encoded`, equal to what it was given; files are a ``dict`` in the same order.

    :raises ValueError: if the data is of no kind that it gives.
    """
    kind, _, rest = data.partition(b"\n")
    if kind == b"file":
        return rest
    head, _, body = rest.partition(b"\n")
    if kind == b"page":
        ids, cited, size, more = json.loads(head)
        named = tuple(((work, passage), tuple(shown)) for (work, passage), shown in cited)
        inside = Content(kind=more[0], text=body[size:].decode(), values=tuple(more[1])) if more else None
        return Rendered(text=body[:size].decode(), ids=tuple(ids), cited=named, content=inside)
    if kind == b"files":
        files, at = {}, 0
        for name, size in json.loads(head):
            files[name] = body[at : at + size]
            at += size
        return files
    raise ValueError(f"no kind of result: {kind!r}")
