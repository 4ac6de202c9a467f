"""Passages that share codes: for each passage the most similar ones, and the number of the others.

Passages with the same set of codes are compared once.  So the work grows with the passages of a work and with
the different sets of codes, not with all pairs of passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby

from site_builder.edition.codes import CodeId
from site_builder.edition.index import Key, grouped
from site_builder.edition.sizes import Sizes
from site_builder.records import dataclass

LEAST = 2
"""The fewest codes that two passages share; the words of the pages say it (``templates/parts.html``)."""
_Set = frozenset[CodeId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Similar:
    """Passages that share two codes or more with a passage, the most similar first.

    ``left_out`` is the number of those that are not in ``keys``.
    """

    keys: tuple[Key, ...]
    left_out: int


class Sets:
    """The sets of codes of the tagged passages of a work.

    :param codes_of: passage → its codes, each once.
    """

    def __init__(self, codes_of: Mapping[Key, Sequence[CodeId]]) -> None:
        self.of: dict[Key, _Set] = {key: frozenset(found) for key, found in codes_of.items()}
        self.passages = grouped((found, key) for key, found in self.of.items())

    @cached_property
    def having(self) -> dict[CodeId, tuple[Key, ...]]:
        """Code → the passages that have it."""
        return grouped((code, key) for key, found in self.of.items() for code in found)


class Comparison:
    """Compares the passages of an edition by their codes.

    Passages that share more codes come first, then those that have fewer others, then the earlier one.

    :param works: for each work its tagged passages and what their codes are (:class:`Sets`).
    :param order: passage → its number in the order of the edition.
    """

    def __init__(self, works: Mapping[str, Sets], order: Mapping[Key, int], sizes: Sizes) -> None:
        self._works = works
        self._order = order
        self._sizes = sizes
        self._nearest: dict[_Set, tuple[list[tuple[Key, int]], int]] = {}

    def of(self, key: Key) -> Similar:
        """The passages that share at least two codes with a passage, all in one order, the most similar
        first: at most ``shared_own`` (100) of its own work and ``shared_others`` (20) of other works.

        ``left_out`` counts the others of both kinds.  A passage with fewer than two codes, or one that does
        not exist, has ``Similar(keys=(), left_out=0)``.
        """
        own = self._set_of(key)
        near, total = self._near(own)
        here = sorted(self._within(own, key[0]), key=self._rank)
        others = [pair for pair in near if pair[0][0] != key[0]]
        found = total - (len(own) >= LEAST)  # a passage is not similar to itself
        kept = [pair for pair in here if pair[0] != key][: self._sizes.shared_own]
        shown = sorted((*kept, *others[: self._sizes.shared_others]), key=self._rank)
        return Similar(keys=tuple(other for other, _ in shown), left_out=found - len(shown))

    def _rank(self, pair: tuple[Key, int]) -> tuple[int, int, int]:
        other, shared = pair
        return -shared, len(self._set_of(other)), self._order[other]

    def _set_of(self, key: Key) -> _Set:
        work = self._works.get(key[0])
        return work.of.get(key, frozenset()) if work else frozenset()

    def _within(self, own: _Set, work: str) -> list[tuple[Key, int]]:
        """The passages of a work that share codes with a set, and how many, in any order."""
        having = self._works[work].having if own else {}
        shared = Counter(other for code in own for other in having.get(code, ()))
        return [(other, count) for other, count in shared.items() if count >= LEAST]

    def _near(self, own: _Set) -> tuple[list[tuple[Key, int]], int]:
        """The passages that are most similar to a set of codes, and the number of all that are similar.

        So many that each work finds enough of other works among them.
        """
        found = self._nearest.get(own)
        if found is None:
            shared = Counter(other for code in own for other in self._sets_with[code])
            near = [one for one, count in shared.items() if count >= LEAST]
            total = sum(len(self._passages_of[one]) for one in near)
            found = self._nearest[own] = (list(self._first(own, near)), total)
        return found

    def _first(self, own: _Set, near: list[_Set]) -> Iterator[tuple[Key, int]]:
        """The first passages of the sets, most similar first, until no work lacks passages of others."""
        of_work: Counter[str] = Counter()

        def rank(one: _Set) -> tuple[int, int]:
            return -len(one & own), len(one)

        for (shared, _), sets in groupby(sorted(near, key=rank), key=rank):
            keys = chain.from_iterable(self._passages_of[one] for one in sets)
            for key in sorted(keys, key=self._order.__getitem__):
                yield key, -shared
                of_work[key[0]] += 1
                if of_work.total() - max(of_work.values()) >= self._sizes.shared_others:
                    return

    @cached_property
    def _passages_of(self) -> dict[_Set, tuple[Key, ...]]:
        return grouped(
            (found, key)
            for work in self._works.values()
            for found, keys in work.passages.items()
            for key in keys
        )

    @cached_property
    def _sets_with(self) -> dict[CodeId, tuple[_Set, ...]]:
        return grouped((code, found) for found in self._passages_of for code in found)
