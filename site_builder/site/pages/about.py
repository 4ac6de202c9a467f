"""Pages that lead to others: search, indexes, the editors' own, and ended addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from site_builder.edition import addressed, addresses
from site_builder.edition.codes import CodeId
from site_builder.language.message import Message, Wording, listed, msg, pmsg
from site_builder.model import Anchor, Localized, Page, Prose, Record
from site_builder.site import filters, overview
from site_builder.site.pages.planned import Planned
from site_builder.site.pictures import catalogue
from site_builder.site.pictures.picture import Picture
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link, View


def search(presenter: Presenter) -> View:
    """The search page (``search.html``): its form and filter, without the data that its script searches.

    Its facts: ``indexes``, the address of the page of indexes (``indexes.html``), or ``""`` without that
    page; ``reading``, the address of the reading page of the only work, or ``index.html#_works`` if there are
    several; ``onefile``, ``edition.html``; ``matrix``, or ``None`` for a grid without poles or cells;
    ``choices``, a list of the groups of the filter for all works (:func:`.filters.groups`); ``large``,
    whether the data of the script is in parts; and ``texts``, the record of one work in each language, in the
    order of the works, ``[]`` if the text may not be published.
    """
    return View(
        template="search.html",
        address=addresses.SEARCH,
        title=msg("Search"),
        description=msg("Search the text, the summaries and the prose of the editors"),
        section="search",
        scripts=(
            "assets/excerpt.js",
            "assets/finding.js",
            *(("assets/shards.js",) if presenter.edition.has_parts_of_data else ()),
            "assets/search.js",
        ),
        styles=("assets/search.css",),
        facts={
            "indexes": addresses.INDEXES if _has_indexes(presenter) else "",
            "reading": presenter.edition.reading,
            "onefile": addresses.ONEFILE,
            "matrix": overview.matrix(presenter),
            "choices": list(filters.groups(presenter.edition, presenter.project.works)),
            "large": presenter.edition.has_parts_of_data,
            "texts": _texts(presenter),
        },
    )


def _texts(presenter: Presenter) -> list[Record]:
    """The record of the first work in each language."""
    if not presenter.edition.with_text:
        return []
    found: dict[str, Record] = {}
    for work in presenter.project.works:
        found.setdefault(work.record.language, work.record)
    return list(found.values())


def indexes(presenter: Presenter) -> Iterator[View]:
    """The page that lists all index facets with their entries, and the editors' own pages
    (``indexes.html``).

    Its facts: ``facets``, for each index facet the ``facet``, its ``href`` (``terms/index.html``) and links
    to its ``entries`` (``terms/index.html#dike``), also those with a parent; ``pages``, a link to each
    editors' page that is about no subject (``gates.html``).  Either can be empty.  The description is the
    names of the facets, with a semicolon between; ``""`` without any.  Without index facets and such pages
    there is no page, unless its address is live in the ledger.
    """
    if not _has_indexes(presenter):
        return
    found = [facet for facet in presenter.project.facets if facet.kind == "index"]
    yield View(
        template="indexes.html",
        address=addresses.INDEXES,
        title=msg("Indexes"),
        description=listed((facet.name for facet in found), _and_index),
        section="indexes",
        facts={
            "facets": [
                {
                    "facet": facet,
                    "href": addresses.facet(facet.id),
                    "entries": [presenter.entry_link(facet.id, entry.id) for entry in facet.entries],
                }
                for facet in found
            ],
            "pages": [
                Link(text=p.title, href=f"{p.id}.html") for p in presenter.project.pages if not p.about
            ],
        },
    )


def pictures(presenter: Presenter) -> Iterator[View]:
    """The page of all pictures that have a file (``pictures.html``); none without pictures.

    Its fact ``pictures`` has them: those of each work by code and by trait, then answers, remedies, the map
    of the argument, causes, codes in the same passage, index facets, agreement of coders.  In a large project
    those of each work are on a page of the work, and ``works`` is the address of the list of works, otherwise
    ``""``.
    """
    few = presenter.edition.has_few_works
    found = tuple(catalogue.pictures(presenter) if few else catalogue.of_all_works(presenter))
    if found or catalogue.has_any(presenter):
        yield View(
            template="gallery.html",
            address=addresses.PICTURES,
            title=msg("Pictures"),
            description=msg("Every picture of the edition, made from its data"),
            section="pictures",
            facts={"pictures": found, "works": "" if few else addresses.works()},
        )


def drawn(views: Iterable[View]) -> tuple[Picture, ...]:
    """The pictures of the pages of pictures among the views, in their order; ``()`` without such a page."""
    found: list[Picture] = []
    for view in views:
        if view.template == "gallery.html":
            shown = view.facts["pictures"]
            assert isinstance(shown, tuple)
            found += shown
    return tuple(found)


def _has_indexes(presenter: Presenter) -> bool:
    return addresses.INDEXES in addressed.own_pages(presenter.project)


def _and_index(names: Wording, name: Wording) -> Message:
    return pmsg("names of indexes", "%(names)s; %(name)s", names=names, name=name)


def own(presenter: Presenter) -> Iterator[Planned]:
    """The editors' pages that have an address of their own: ``ID.html``, in the order of the project; none if
    there are none.

    A page about a subject (``about``) is shown on the page of that subject and gives nothing here.  The
    description is the first 80 characters of the prose.  Its facts: ``about``, the prose; ``codebook``, the
    definitions of all codes on a page of rules, else ``None``.
    """
    for page in presenter.project.pages:
        if not page.about:
            yield Planned(address=f"{page.id}.html", make=partial(_own, presenter, page))


def _own(presenter: Presenter, page: Page) -> View:
    return View(
        template="page.html",
        address=f"{page.id}.html",
        title=page.title,
        description=_opening(page.prose),
        section=page.id,
        facts={"about": page.prose, "codebook": _codebook(presenter) if page.kind == "rules" else None},
    )


def _codebook(presenter: Presenter) -> dict[str, object]:
    """The definitions of all codes of the codebook, with links to the places where they are used."""
    grid, at = presenter.project.grid, presenter.edition.code_addresses
    return {
        "cells": [
            {
                "cell": cell,
                "chip": presenter.chip(cell.id),
                "traits": [
                    (presenter.code_link(CodeId.trait_of(cell.id, trait.id)), trait) for trait in cell.traits
                ],
            }
            for cell in grid.cells
        ],
        "relations": [(at[CodeId.of("relation", term.id)], term) for term in grid.relations],
        "functions": [(at[CodeId.of("function", term.id)], term) for term in grid.functions],
        "facets": [(addresses.facet(facet.id), facet) for facet in presenter.project.facets],
    }


def _opening(prose: Prose) -> Localized:
    """The first 80 characters of prose and of each of its translations."""
    translations = {tag: found.text[:80] for tag, found in prose.translations.items()}
    return Localized(prose.text[:80], translations=translations)


def gone(presenter: Presenter) -> Iterator[Planned]:
    """A page at every ended address: it says what happened to it; none if no page ended.

    Only ended pages in the ledger of the site, in its order; an address that a page has again is left out.
    Ended passages have their pages from :func:`.text.passages`; ended parts of pages have none.  Its facts:
    ``anchor``, the line of the ledger, and ``page``, what happened.
    """
    ended = [one for one in presenter.project.anchors if one.kind == "page" and one.fate != "live"]
    published = addressed.published(presenter.project) if ended else ()
    live = {one.id for one in published if one.kind == "page"}
    for anchor in ended:
        if anchor.id not in live:
            yield Planned(address=anchor.id, make=partial(_gone, presenter, anchor))


def _gone(presenter: Presenter, anchor: Anchor) -> View:
    return View(
        template="gone.html",
        address=anchor.id,
        title=anchor.opening,
        description=msg("This page has been withdrawn: %(opening)s", opening=anchor.opening),
        facts={"anchor": anchor, "page": presenter.ended(anchor)},
    )
