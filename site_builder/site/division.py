"""Long lists of passages, divided: an index at the address of the list, and pages of its parts.

The passages of a part follow each other in the order of the edition.  A part has as many as fit on a page,
and ends with a work where that is possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from site_builder.edition.index import Key
from site_builder.records import dataclass
from site_builder.site.views import Link

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """A part of a list: the number of entries before it and that of its own, its first and its last passage,
    and the number of its works.
    """

    start: int
    count: int
    first: Key
    last: Key
    works: int

    def of(self, entries: Iterable[_T]) -> Iterator[_T]:
        """The entries of the part, from all entries of the list, in their order.

        :param entries: those for which :func:`slices` had the passages, in the same order.
        """
        return islice(entries, self.start, self.start + self.count)


def slices(keys: Iterable[Key], most: int) -> tuple[Slice, ...]:
    """The parts of a list, in its order; ``()`` for an empty one.

    A work that does not fit in the rest of a part begins another, and is divided only if it has more than
    ``most`` entries.  Entries count, also of one passage; ``works`` is the number of different works.

    :param keys: the passage of each entry of the list, in the order of the edition.  That they are is not
        checked.
    :param most: the entries that fit on a page.  The entries of one passage are never divided, so that a part
        of one passage can have more.

    >>> found = slices([("a", "p1"), ("a", "p2"), ("b", "p1")], 2)
    >>> [(part.start, part.count, part.first, part.last, part.works) for part in found]
    [(0, 2, ('a', 'p1'), ('a', 'p2'), 1), (2, 1, ('b', 'p1'), ('b', 'p1'), 1)]
    """
    counts = Counter(iter(keys))
    of_work: dict[str, list[Key]] = {}
    for key in counts:
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
    divided: list[Slice] = []
    start = 0
    for part in parts:
        count = sum(counts[key] for key in part)
        works = len({work for work, _ in part})
        divided.append(Slice(start=start, count=count, first=part[0], last=part[-1], works=works))
        start += count
    return tuple(divided)


def page_links(address: Callable[[int], str], count: int, current: int) -> tuple[Link, ...]:
    """The links to the pages of a list, in order.  The text of each is its number, from ``1``; ``()`` for no
    pages.

    :param address: gives the address of a page from its number.
    :param count: the number of pages.
    :param current: the number of the page that has the links; the link to it is ``current``.

    >>> [(one.text, one.href, one.current) for one in page_links("works.{}.html".format, 2, 1)]
    [('1', 'works.1.html', True), ('2', 'works.2.html', False)]
    """
    return tuple(
        Link(text=str(number), href=address(number), current=number == current)
        for number in range(1, count + 1)
    )
