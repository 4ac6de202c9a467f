"""Makes the views of every page, in the order of the site: all of them, those of a group, or one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from site_builder.edition import addressed, addresses
from site_builder.model import Work
from site_builder.site.pages import (
    about,
    apparatus,
    argument,
    changes,
    citing,
    collection,
    disagreements,
    frame,
    method,
    silence,
    text,
    versions,
    works,
)
from site_builder.site.pages.planned import Planned, made, one
from site_builder.site.presenter import Presenter
from site_builder.site.views import View

_Plan = Callable[[Presenter], Iterable[Planned]]


def _page(address: str, make: Callable[[Presenter], View]) -> _Plan:
    """A group of one page, which every site has."""
    return lambda presenter: [Planned(address=address, make=partial(make, presenter))]


def _optional(address: str, make: Callable[[Presenter], Iterable[View]]) -> _Plan:
    """A group of one page, which is left out where ``make`` gives nothing."""
    return lambda presenter: [one(address, partial(make, presenter))]


HOME = "home"
PLANS: Mapping[str, _Plan] = {
    HOME: _page(addresses.HOME, text.home),
    "works": works.works,
    "grid": _optional(addresses.GRID, frame.grid),
    "dimensions": frame.dimensions,
    "facets": frame.facets,
    "silence": _optional(addresses.SILENCE, silence.silence),
    "argument": _optional(addresses.ARGUMENT, argument.argument),
    "own": about.own,
    "indexes": _optional(addresses.INDEXES, about.indexes),
    "pictures": _optional(addresses.PICTURES, about.pictures),
    "method": _page(addresses.METHOD, method.method),
    "disagreements": _optional(addresses.DISAGREEMENTS, disagreements.page),
    "changes": _optional(addresses.CHANGES, changes.changes),
    "cite": _page(addresses.CITE, citing.cite),
    "search": _page(addresses.SEARCH, about.search),
    "tryout": _optional(addresses.TRYOUT, method.tryout),
    "collection": _optional(addresses.COLLECTION, collection.collection),
    "gone": about.gone,
}
"""The pages that belong to no work, by groups, in the order of the site, before they are made."""


def _group(plan: _Plan) -> Callable[[Presenter], Iterator[View]]:
    return lambda presenter: made(plan(presenter))


SHARED: Mapping[str, Callable[[Presenter], Iterator[View]]] = {
    name: _group(plan) for name, plan in PLANS.items()
}
"""The pages that belong to no work, by groups, in the order of the site: what makes the views of each.

A page that does not apply is left out, for example the page for trying tags if the text may not be published.
"""


def plan_of_work(presenter: Presenter, work: Work) -> Iterator[Planned]:
    """The pages of a work, before they are made: its reading page (``lu1923/index.html``), passages, ended
    passages, apparatus, witness and versions, in this order; in a large project then its pictures and its
    citations.

    The apparatus is left out if there is nothing to say in it (:func:`.addressed.has_apparatus`), and the
    witness with it; the witness also if there is none, and if the text may not be published.  Any other page
    that does not apply is among them: its :class:`.planned.Planned` then makes ``None``.
    """
    yield Planned(address=addresses.reading(work.id), make=partial(text.reading, presenter, work))
    yield from text.passages(presenter, work)
    if addressed.has_apparatus(presenter.project, work):
        yield from apparatus.apparatus(presenter, work)
    yield one(addresses.versions(work.id), partial(versions.versions, presenter, work))
    yield from works.own(presenter, work)


def plan(presenter: Presenter) -> Iterator[Planned]:
    """Every page that :func:`views` can have, before it is made, in the same order.

    Those that do not apply are among them, and make ``None``.
    """
    yield from PLANS[HOME](presenter)
    for work in presenter.project.works:
        yield from plan_of_work(presenter, work)
    for name, make in PLANS.items():
        if name != HOME:
            yield from make(presenter)


def views(presenter: Presenter) -> Iterator[View]:
    """Every page of the site once; the download page still has no downloads.

    The order: home; the pages of each work; the other pages that belong to no work (:data:`SHARED`).  A page
    that does not apply is left out.  The views are for all views of the site, so no address has the folder of
    one.  ``edition.html`` is not one of them.
    """
    return made(plan(presenter))


def view_at(presenter: Presenter, address: str) -> View | None:
    """The page at an address, as :func:`views` gives it; no other page is made.  ``None`` if there is none,
    also for a page that does not apply.

    :param address: without the folder of a view of the site (``hans/``), and without an anchor:
        ``lu1923/p12.html``.
    """
    work = presenter.edition.work_at(address)
    planned = plan_of_work(presenter, work) if work is not None else ()
    shared = (page for plan in PLANS.values() for page in plan(presenter))
    found = (page.view() for page in chain(planned, shared) if page.address == address)
    return next((view for view in found if view is not None), None)
