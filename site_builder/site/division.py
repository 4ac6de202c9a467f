"""Long lists of passages, divided: an index at the address of the list, and pages of its parts.

The passages of a part follow each other in the order of the edition.  A part has as many as fit on a page,
and ends with a work where that is possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from site_builder.edition.index import Key
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """A part of a list: its first and its last passage, the number of its entries, and that of its works."""

    first: Key
    last: Key
    count: int
    works: int

    def holds(self, key: Key, order: Mapping[Key, int]) -> bool:
        """Whether a passage is in the part.

        :param order: passage → its number in the order of the edition.
        """
        return order[self.first] <= order[key] <= order[self.last]


def slices(keys: Iterable[Key], order: Mapping[Key, int], most: int) -> tuple[Slice, ...]:
    """The parts of a list; ``()`` for an empty one.

    :param keys: the passage of each entry of the list, in any order.
    :param order: as in :meth:`Slice.holds`.
    :param most: the entries that fit on a page.  The entries of one passage are never divided.
    """
    counts = Counter(iter(keys))
    of_work: dict[str, list[Key]] = {}
    for key in sorted(counts, key=order.__getitem__):
        of_work.setdefault(key[0], []).append(key)
    parts: list[list[Key]] = []
    filled = most + 1
    for found in of_work.values():
        together = sum(counts[key] for key in found)
        if filled + together > most and filled:
            parts.append([])
            filled = 0
        for key in found:
            if filled + counts[key] > most and filled:
                parts.append([])
                filled = 0
            parts[-1].append(key)
            filled += counts[key]
    return tuple(
        Slice(
            first=part[0],
            last=part[-1],
            count=sum(counts[key] for key in part),
            works=len({work for work, _ in part}),
        )
        for part in parts
    )
