"""Makes the views of every page, in the order of the site."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addressed
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


def views(presenter: Presenter) -> Iterator[View]:
    """Every page of the site once; the download page still has no downloads.

    The order: home; for each work its reading page, passages, ended passages, apparatus, witness and
    versions; the grid, dimensions and cells; facets and their entries; the silence report; the argument; the
    editors' own pages; indexes, pictures, method, changes, cite, search; the page for trying tags; the
    collection; pages of ended addresses.  A page that does not apply is left out, for example the witness and
    the page for trying tags if the text may not be published.
    The views are for both scripts.  ``edition.html`` is not one of them.
    """
    yield text.home(presenter)
    for work in presenter.project.works:
        yield text.reading(presenter, work)
        yield from text.passages(presenter, work)
        if addressed.has_apparatus(presenter.project, work):
            yield from apparatus.apparatus(presenter, work)
        yield from versions.versions(presenter, work)
    yield from frame.grid(presenter)
    yield from frame.dimensions(presenter)
    yield from frame.facets(presenter)
    yield from silence.silence(presenter)
    yield from argument.argument(presenter)
    yield from about.own(presenter)
    yield from about.indexes(presenter)
    yield from about.pictures(presenter)
    yield method.method(presenter)
    yield from changes.changes(presenter)
    yield citing.cite(presenter)
    yield about.search(presenter)
    yield from method.tryout(presenter)
    yield from collection.collection(presenter)
    yield from about.gone(presenter)
