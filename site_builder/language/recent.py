"""Results that are made again and again, such as the conversion of a text; only the last ones are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
MOST = 8192
"""Results that are kept before the older half goes: those of the texts of about four works of 40 passages."""


class Recent(dict[_K, _V]):
    """The last results by what they were made from: at least the last ``most``, at most twice as many.

    A result that was used since the older half was set apart is not among those that go.  So the memory of a
    build does not grow with the number of works.  ``get`` is that of a dictionary, which is quick; it finds
    what was used last.  If it finds nothing, :meth:`of` looks among the older ones, or makes the result::

        found = recent.get(key)
        if found is None:
            found = recent.of(key, lambda: make(key))
    """

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most
        self._older: dict[_K, _V] = {}

    def of(self, key: _K, make: Callable[[], _V]) -> _V:
        """The result of a key; it is made if it is not kept.  A result must not be ``None``."""
        found = self.kept(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def kept(self, key: _K) -> _V | None:
        """The result of a key if it is kept, also among the older ones; ``None`` for any other."""
        found = self.get(key)
        if found is None:
            found = self._older.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: _K, result: _V) -> None:
        """Keep a result, which must not be ``None``."""
        if len(self) >= self._most:
            self._older = dict(self)
            self.clear()
        self[key] = result
