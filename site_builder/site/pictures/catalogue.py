"""Every picture of an edition that has a file of its own."""

from __future__ import annotations

from collections.abc import Iterator

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


def every(presenter: Presenter) -> Iterator[Picture]:
    """Every picture with a file, in the order of the page of pictures."""
    yield from scores.every(presenter)
    yield from answers.every(presenter)
    yield from remedies.every(presenter)
    yield from maps.every(presenter)
    yield from causes.every(presenter)
    if (codes := meetings.of_codes(presenter)) is not None:
        yield codes
    yield from occurrences.every(presenter)
    yield from agreements.every(presenter)
