"""Keys of tasks: what covers all that the result of a task depends on.  And results as bytes.

The key of a task is made from its function and arguments, from what it reads of the edition, and from the
tool (the code, the templates, the catalogues, the libraries and Python).  Places in the sources are left
out, since no result shows them: a line that is added above does not make a page again.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from site_builder.model import Place
from site_builder.site.medium import Rendered
from site_builder.site.tasks import Task, TaskContext
from site_builder.site.views import View

_SIZE = 20  # bytes of a digest


def _nothing(*_: object) -> None:
    """What a place is in a digest."""


class _Reductions(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How each kind of record is packed for a digest: its class and its fields, read at once."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = [one.name for one in fields(kind)]
        if len(names) < 2:
            self[kind] = lambda record: (kind, tuple(getattr(record, name) for name in names))
        else:
            values = attrgetter(*names)
            self[kind] = lambda record: (kind, values(record))
        return self[kind]


class _Packer(pickle.Pickler):
    dispatch_table = _Reductions({Place: lambda _: (_nothing, ())})


def packed(value: object) -> bytes:
    """A value as bytes that differ if it differs, but not if only places in the sources do.

    They are for a digest: nothing can be made from them.
    """
    out = io.BytesIO()
    _Packer(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


class Digests:
    """Digests of values that are the arguments of many tasks: views, and what their templates show.

    Each is made once, and the values are kept as long as this object.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, value: object) -> bytes:
        """The digest of a value."""
        if isinstance(value, View):
            own = [getattr(value, one.name) for one in fields(value) if one.name != "facts"]
            return digest(packed(own) + self.of(value.facts))
        if isinstance(value, dict):
            return digest(b"".join(digest(packed(name)) + self._once(one) for name, one in value.items()))
        return digest(packed(value))

    def _once(self, value: object) -> bytes:
        if isinstance(value, bool | int | str | bytes | None):
            return digest(packed(value))
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, digest(packed(value)))
        return known[1]


def sent(value: object, known: Mapping[int, int]) -> bytes:
    """A value for another process that has the same edition.

    :param known: ``id`` of each object that the other process has too → its number there.
    """
    out = io.BytesIO()
    _Sender(out, known).dump(value)
    return out.getvalue()


def received(data: bytes, known: Sequence[object]) -> Any:
    """A value of :func:`sent`.

    :param known: the objects that both processes have, by their numbers.
    """
    return _Receiver(io.BytesIO(data), known).load()


class _Sender(pickle.Pickler):
    def __init__(self, out: io.BytesIO, known: Mapping[int, int]) -> None:
        super().__init__(out, pickle.HIGHEST_PROTOCOL)
        self._numbers = known

    def persistent_id(self, value: object) -> int | None:
        return self._numbers.get(id(value))


class _Receiver(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, known: Sequence[object]) -> None:
        super().__init__(data)
        self._objects = known

    def persistent_load(self, number: Any) -> object:
        return self._objects[number]


def frame(context: TaskContext) -> bytes:
    """The digest of what every page can show of the edition besides its own view.

    These are the record of the site, the codebook without its definitions, the records of the works with the
    ids of their passages, and the titles of the editors' pages.
    """
    edition = context.edition
    project = edition.project
    return digest(
        packed(
            (
                edition.with_text,
                project.site,
                project.grid,
                [
                    (facet.id, facet.name, facet.kind, facet.keep, [_entry(one) for one in facet.entries])
                    for facet in project.facets
                ],
                [(page.id, page.title, page.about, page.kind, page.menu) for page in project.pages],
                [(work.id, work.record, [_numbered(one) for one in work.passages]) for work in project.works],
                [renderer.surroundings for renderer in context.renderers.values()],
            )
        )
    )


def _entry(entry: Any) -> tuple[object, ...]:
    return entry.id, entry.name, entry.also, entry.parent, entry.color


def _numbered(passage: Any) -> tuple[object, ...]:
    return passage.id, passage.number


def key(task: Task, arguments: bytes, scopes: Mapping[str, bytes], tool: bytes) -> bytes:
    """The key of a task.

    :param arguments: a digest of its arguments.
    :param scopes: what a task can read of the edition → the digest of that.
    :param tool: a digest of the tool.
    """
    parts = (
        tool,
        scopes[task.scope],
        f"{task.function.__module__}.{task.function.__qualname__}".encode(),
        task.also,
        arguments,
    )
    return digest(b"".join(len(part).to_bytes(8, "big") + part for part in parts))


def digest(data: bytes) -> bytes:
    """A digest that differs for different data, of twenty bytes."""
    return hashlib.blake2b(data, digest_size=_SIZE).digest()


# --- results ----------------------------------------------------------------------------------------


def encoded(result: object) -> bytes | None:
    """A result of a task as bytes: a page, a file, or files by their paths; ``None`` for any other."""
    if isinstance(result, Rendered):
        head = json.dumps([result.ids, result.cited], ensure_ascii=False)
        return b"page\n" + head.encode() + b"\n" + result.text.encode()
    if isinstance(result, bytes):
        return b"file\n" + result
    if isinstance(result, Mapping):
        head = json.dumps([[name, len(content)] for name, content in result.items()])
        return b"files\n" + head.encode() + b"\n" + b"".join(result.values())
    return None


def decoded(data: bytes) -> Any:
    """The result of :func:`encoded`.

    :raises ValueError: if the data is of no kind that it gives.
    """
    kind, _, rest = data.partition(b"\n")
    if kind == b"file":
        return rest
    head, _, body = rest.partition(b"\n")
    if kind == b"page":
        ids, cited = json.loads(head)
        named = tuple(((work, passage), tuple(shown)) for (work, passage), shown in cited)
        return Rendered(text=body.decode(), ids=tuple(ids), cited=named)
    if kind == b"files":
        files, at = {}, 0
        for name, size in json.loads(head):
            files[name] = body[at : at + size]
            at += size
        return files
    raise ValueError(f"no kind of result: {kind!r}")
