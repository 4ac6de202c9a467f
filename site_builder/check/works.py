"""Rules that examine each work by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from site_builder.edition.edition import Edition
from site_builder.model import Problem, Work


def each(
    edition: Edition,
    examine: Callable[[Work], Iterable[Problem]],
    of: Callable[[Work], bool] = lambda _: True,
) -> Iterator[Problem]:
    """The problems that a function finds in the works of an edition.

    A work that is the same object as in an earlier edition is not examined again.

    :param examine: depends on nothing but the work.
    :param of: whether a work is examined.
    """
    for work in filter(of, edition.project.works):
        yield from edition.memory.of((examine, work.id), (work,), partial(_found, examine, work))


def _found(examine: Callable[[Work], Iterable[Problem]], work: Work) -> tuple[Problem, ...]:
    return tuple(examine(work))
