"""Model and links → the views of every page, in the order of the site."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.site.pages import about, citing, frame, text
from site_builder.site.presenter import Desk
from site_builder.site.views import View


def views(desk: Desk) -> Iterator[View]:
    """Every page of the site; the one to download from offers nothing yet."""
    yield text.home(desk)
    for work in desk.project.works:
        yield text.reading(desk, work)
        yield from text.passages(desk, work)
        yield from about.apparatus(desk, work)
    yield frame.grid(desk)
    yield from frame.dimensions(desk)
    yield from frame.facets(desk)
    yield from frame.silence(desk)
    yield from about.own(desk)
    yield about.indexes(desk)
    yield about.method(desk)
    yield citing.cite(desk)
    yield about.search(desk)
    yield from about.tryout(desk)
    yield from about.gone(desk)
