"""The order of the book: which pages of the site are its chapters, one after another, one below another."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.model import Facet

FRONT, BODY, BACK = "frontmatter", "bodymatter", "backmatter"


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A page of the site in the book.

    ``address`` is that of the site; ``depth`` counts from 0 for what hangs from nothing; ``sign`` is what
    the table of contents says before the title.
    """

    address: str
    matter: str = BODY
    depth: int = 0
    sign: str = ""


def chapters(edition: Edition, present: Container[str]) -> tuple[Chapter, ...]:
    """The chapters in reading order: introduction, text, the editors' pages in the order of the argument.

    Pages of passages, the witness and what is nothing without a script have no place; nor has a home page
    of which the editors say nothing.
    """
    return tuple(one for one in _all(edition) if one.address in present)


def _all(edition: Edition) -> Iterator[Chapter]:
    project = edition.project
    if edition.about("home") is not None:
        yield Chapter(address=addresses.HOME, matter=FRONT)
    for work in project.works:
        yield Chapter(address=addresses.reading(work.id))
    yield from _grid(edition)
    for facet in project.facets:
        if facet.kind == "frame":
            yield from _facet(edition, facet)
    yield Chapter(address=addresses.SILENCE)
    yield from (Chapter(address=addresses.page(page, {})) for page in project.pages if not page.about)
    yield Chapter(address=addresses.INDEXES, matter=BACK)
    for facet in project.facets:
        if facet.kind == "index":
            yield Chapter(address=addresses.facet(facet.id), matter=BACK, depth=1)
    yield from (Chapter(address=addresses.apparatus(work.id), matter=BACK) for work in project.works)
    yield Chapter(address=addresses.METHOD, matter=BACK)
    yield Chapter(address=addresses.CITE, matter=BACK)


def _grid(edition: Edition) -> Iterator[Chapter]:
    """The grid, below it each dimension, below that its cells."""
    yield Chapter(address=addresses.GRID)
    for dimension in edition.project.grid.dimensions:
        yield Chapter(address=addresses.dimension(dimension.id), depth=1)
        for cell in edition.project.grid.cells:
            if cell.dimension == dimension.id:
                yield Chapter(address=addresses.cell(cell, edition.poles), depth=2, sign=edition.sign(cell))


def _facet(edition: Edition, facet: Facet) -> Iterator[Chapter]:
    yield Chapter(address=addresses.facet(facet.id))
    for entry in facet.entries:
        if not entry.parent:
            yield Chapter(address=addresses.entry(entry, edition.index.facets), depth=1)
