"""The places of the site, in the order of the argument."""

from __future__ import annotations

from site_builder.edition import addressed, addresses
from site_builder.language.message import Wording, msg
from site_builder.model import Work
from site_builder.site.presenter import Presenter


def has_all_kinds(presenter: Presenter) -> bool:
    """Whether the codebook has cells, relations, functions and frame facets."""
    grid = presenter.project.grid
    frames = any(facet.kind == "frame" for facet in presenter.project.facets)
    return bool(grid.cells and grid.relations and grid.functions and frames)


def navigation(presenter: Presenter, work: Work | None) -> list[dict[str, Wording]]:
    """The places of the site in the order of the argument.

    :param work: the work to which text and apparatus lead; without it they lead to the list of works.
    """
    text, apparatus = (
        (addresses.reading(work.id), addresses.apparatus(work.id)) if work else (addresses.WORKS,) * 2
    )
    found: list[tuple[str, Wording, str]] = [
        ("home", msg("Home"), addresses.HOME),
        ("reading", msg("Text"), text),
        ("grid", msg("Grid"), addresses.GRID),
        *(
            (f.id, f.short or f.name, addresses.facet(f.id))
            for f in presenter.project.facets
            if f.kind == "frame"
        ),
        ("silence", msg("Silence"), addresses.SILENCE),
        ("argument", msg("Argument"), addresses.ARGUMENT),
        *((p.id, p.title, f"{p.id}.html") for p in presenter.project.pages if not p.about),
        ("indexes", msg("Indexes"), addresses.INDEXES),
        ("apparatus", msg("Apparatus"), apparatus),
        ("method", msg("Method"), addresses.METHOD),
        ("cite", msg("Cite"), addresses.CITE),
        ("search", msg("Search"), addresses.SEARCH),
    ]
    own = {addresses.GRID, addresses.SILENCE, addresses.ARGUMENT, addresses.INDEXES} - {
        *addressed.own_pages(presenter.project)
    }
    works = [work] if work else presenter.project.works
    if not any(addressed.has_apparatus(presenter.project, one) for one in works):
        found = [place for place in found if place[0] != "apparatus"]
    return [{"id": id_, "name": name, "href": href} for id_, name, href in found if href not in own]
