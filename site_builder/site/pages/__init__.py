"""Makes the views of every page, in the order of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from site_builder.edition import addressed
from site_builder.model import Work
from site_builder.site.pages import (
    about,
    apparatus,
    argument,
    changes,
    citing,
    collection,
    frame,
    method,
    silence,
    text,
    versions,
)
from site_builder.site.presenter import Presenter
from site_builder.site.views import View

HOME = "home"
SHARED: Mapping[str, Callable[[Presenter], Iterable[View]]] = {
    HOME: lambda presenter: [text.home(presenter)],
    "grid": frame.grid,
    "dimensions": frame.dimensions,
    "facets": frame.facets,
    "silence": silence.silence,
    "argument": argument.argument,
    "own": about.own,
    "indexes": about.indexes,
    "pictures": about.pictures,
    "method": lambda presenter: [method.method(presenter)],
    "changes": changes.changes,
    "cite": lambda presenter: [citing.cite(presenter)],
    "search": lambda presenter: [about.search(presenter)],
    "tryout": method.tryout,
    "collection": collection.collection,
    "gone": about.gone,
}
"""The pages that belong to no work, by groups, in the order of the site: what makes the views of each.

A page that does not apply is left out, for example the page for trying tags if the text may not be published.
"""


def of_work(presenter: Presenter, work: Work) -> Iterator[View]:
    """The pages of a work: its reading page, passages, ended passages, apparatus, witness and versions.

    A page that does not apply is left out, for example the witness if the text may not be published.
    """
    yield text.reading(presenter, work)
    yield from text.passages(presenter, work)
    if addressed.has_apparatus(presenter.project, work):
        yield from apparatus.apparatus(presenter, work)
    yield from versions.versions(presenter, work)


def views(presenter: Presenter) -> Iterator[View]:
    """Every page of the site once; the download page still has no downloads.

    The order: home; the pages of each work; the other pages that belong to no work (:data:`SHARED`).
    The views are for all views of the site.  ``edition.html`` is not one of them.
    """
    yield from SHARED[HOME](presenter)
    for work in presenter.project.works:
        yield from of_work(presenter, work)
    for name, make in SHARED.items():
        if name != HOME:
            yield from make(presenter)
