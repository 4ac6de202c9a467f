"""Results that a process gives again while what they were made from is the same object."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import is_
from typing import Any, TypeVar

_T = TypeVar("_T")


class Memory:
    """The last result of each name, for a process that reads a project many times.

    Records do not change, so a result holds as long as all its inputs are the same objects.  Equal inputs are
    not enough: equal texts can differ in their translations.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def of(self, name: Hashable, inputs: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """The result of a name; it is made again if an input is another object than the last time.

        Only the last result of each name is known.

        :param name: differs for each result that is remembered.
        :param inputs: everything that the result depends on.
        :param make: makes the result, which does not change later; it is called only if the result is made.
        """
        known = self._known.get(name)
        if known is not None and len(known[0]) == len(inputs) and all(map(is_, known[0], inputs)):
            result: _T = known[1]
            return result
        found = make()
        self._known[name] = inputs, found
        return found

    def same(self, name: Hashable, value: tuple[str, ...]) -> tuple[str, ...]:
        """The last value of a name if it is equal to this one (the same object as then), otherwise this one,
        which is then the last.

        So the texts of a value that is made again and again can be an input of :meth:`of`.  A name is for one
        of the two methods.
        """
        known = self._known.get(name)
        if known is not None and known[1] == value:
            last: tuple[str, ...] = known[1]
            return last
        self._known[name] = (), value
        return value
