"""Rules that examine each work by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from site_builder.edition.edition import Edition
from site_builder.model import Problem, Tagging, Work

SOURCES = ("corpus/", "annotations/")
"""The folders of all sources, for a problem that any file can cause (``Problem.unless``)."""


def each(
    edition: Edition,
    examine: Callable[[Work], Iterable[Problem]],
    of: Callable[[Work], bool] = lambda _: True,
) -> Iterator[Problem]:
    """The problems that a function finds in the works of an edition.

    A work that is the same object as in an earlier edition is not examined again.

    They are in the order of the works, in each in the order of the function.

    :param examine: depends on nothing but the work.
    :param of: whether a work is examined.
    """
    for work in filter(of, edition.project.works):
        yield from edition.memory.of((examine, work.id), (work,), partial(_found, examine, work))


def each_with_tags(
    edition: Edition, examine: Callable[[Edition, Sequence[Tagging]], Iterable[Problem]], *given: str
) -> Iterator[Problem]:
    """The problems that a function finds in the tags of each work, of all coders.

    The works are in the order of their tags; one that does not exist is examined too, and one without tags is
    not.  A work that was examined in an earlier edition with the same text and the same tags is not examined
    again.

    :param examine: gets the edition and the tags of one work.  It uses the work, the tags, and only what
        ``given`` says of the rest of the edition.
    :param given: texts on which the problems depend, such as the ids of all codes.
    """
    memory = edition.memory
    known = memory.same(examine, given)
    for id_, tags in edition.tags_by_work.items():
        inputs = (edition.index.works.get(id_), known, *tags)
        yield from memory.of((examine, id_), inputs, partial(_found_in_tags, examine, edition, tags))


def _found_in_tags(
    examine: Callable[[Edition, Sequence[Tagging]], Iterable[Problem]],
    edition: Edition,
    tags: Sequence[Tagging],
) -> tuple[Problem, ...]:
    return tuple(examine(edition, tags))


def _found(examine: Callable[[Work], Iterable[Problem]], work: Work) -> tuple[Problem, ...]:
    return tuple(examine(work))
