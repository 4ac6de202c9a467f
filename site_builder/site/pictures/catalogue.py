"""Every picture of an edition that has a file of its own."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model import Work
from site_builder.site.pictures import (
    agreements,
    answers,
    causes,
    maps,
    meetings,
    occurrences,
    remedies,
    scores,
)
from site_builder.site.pictures.picture import Picture
from site_builder.site.presenter import Presenter


def pictures(presenter: Presenter) -> Iterator[Picture]:
    """Every picture with a file, in the order of the page of pictures: those of each work by code and by
    trait, then :func:`of_all_works`.

    Those of the index facets in one work alone are not among them.
    """
    yield from scores.pictures(presenter)
    yield from of_all_works(presenter)


def of_work(presenter: Presenter, work: Work) -> tuple[Picture, ...]:
    """The pictures of one work that have a file: its score, that by trait, then its index facets.

    A score needs a code with a colour, that by trait a tag that rests on one, and an index facet three
    entries and three passages with one of them.

    ``()`` for a work without any.
    """
    return (*scores.of_work(presenter, work), *occurrences.of_work(presenter, work))


def has_pictures(presenter: Presenter, work: Work) -> bool:
    """Whether a work has pictures of its own: whether a tag of the displayed coder in it has a colour."""
    return any(presenter.edition.painted_codes((work.id, passage.id)) for passage in work.passages)


def has_any(presenter: Presenter) -> bool:
    """Whether there is any picture with a file, of a work or of all works together."""
    works = presenter.project.works
    return any(has_pictures(presenter, work) for work in works) or any(pictures(presenter))


def of_all_works(presenter: Presenter) -> Iterator[Picture]:
    """The pictures with a file that are made from all works together; one without data is left out.

    In this order: answers, remedies, the map of the argument, causes, codes in the same passage, the index
    facets, the agreement of coders.
    """
    yield from answers.pictures(presenter)
    yield from remedies.pictures(presenter)
    yield from maps.pictures(presenter)
    yield from causes.pictures(presenter)
    if (codes := meetings.of_codes(presenter)) is not None:
        yield codes
    yield from occurrences.pictures(presenter)
    yield from agreements.pictures(presenter)
