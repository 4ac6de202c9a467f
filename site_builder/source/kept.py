"""Keeps what the files of a project say from one run to the next, so that only changed files are read.

The key of a part covers all that its result depends on: the part itself, and the tool.  The values are made
by pickle, and only records of the model are made from them: a value of anything else is not used.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from site_builder.edition.digests import SIZE, digest
from site_builder.source import parts
from site_builder.source.parts import Parsed, Part

_MODULES = ("site_builder.model", "site_builder.source.schemas", "site_builder.source.parts")
"""Modules, with those inside of them, whose classes a value may have."""
_NAMES = {("site_builder.records", "_restored"), ("datetime", "date")}
"""Further names that a value may have."""


class Values(Protocol):
    """Where the values are: bytes by key.  A value may be lost at any time, but never be another one."""

    def get(self, keys: Iterable[bytes]) -> Mapping[bytes, bytes]:
        """Key → value, of those keys that have one."""
        ...

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values by their keys."""
        ...


class Kept:
    """Reads parts as :func:`site_builder.source.parts.read` does, or gives what an earlier run kept.

    All values of a project are fetched at once, by a list of their keys, which is a value itself.

    :param values: where the values are.
    :param tool: a digest of all that a result depends on besides its part: the code, the libraries, Python.
    :param project: what distinguishes the project from others, such as its folder.
    """

    def __init__(self, values: Values, *, tool: bytes, project: str) -> None:
        self._values = values
        self._tool = tool
        self._list = self._digest("list", project)
        self._known: Mapping[bytes, bytes] | None = None
        self._used: dict[bytes, None] = {}
        self._new: dict[bytes, bytes] = {}

    def __call__(self, part: Part) -> Parsed:
        key = self._digest("part", repr((part.kind, part.path, part.given, part.older)), part.text)
        self._used[key] = None
        value = self._fetched().get(key)
        found = _unpickled(value) if value is not None else None
        if found is None:
            found = parts.read(part)
            self._new[key] = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        return found

    @property
    def read(self) -> int:
        """The number of parts that this run had to read."""
        return len(self._new)

    @property
    def given(self) -> int:
        """The number of parts that an earlier run had read."""
        return len(self._used) - len(self._new)

    def save(self) -> None:
        """Keep what this run read, for the next one.  To be called when all parts were read."""
        if self._new or set(self._used) != set(self._fetched()):
            self._values.put({**self._new, self._list: b"".join(self._used)})

    def _fetched(self) -> Mapping[bytes, bytes]:
        """The values of the last run; fetched when the first part is read."""
        if self._known is None:
            listed = self._values.get([self._list]).get(self._list, b"")
            keys = [listed[at : at + SIZE] for at in range(0, len(listed), SIZE)]
            self._known = self._values.get(keys) if keys else {}
        return self._known

    def _digest(self, *words: str) -> bytes:
        return digest(self._tool, *(word.encode("utf-8", "surrogatepass") for word in words))


class _Unpickler(pickle.Unpickler):
    """Makes records of the model, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        inside = any(module == one or module.startswith(f"{one}.") for one in _MODULES)
        if "." not in name and (inside or (module, name) in _NAMES):
            found = super().find_class(module, name)
            if (module, name) in _NAMES or isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")


def _unpickled(value: bytes) -> Parsed | None:
    """The result that a value was made from; ``None`` if it was made from something else, or is damaged."""
    try:
        found = _Unpickler(io.BytesIO(value)).load()
    except Exception:  # damaged bytes can raise any exception
        return None
    return found if isinstance(found, Parsed) else None
