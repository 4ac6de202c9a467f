"""The places of the site: a flat list, and the menus of the masthead."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addressed, addresses
from site_builder.language.message import Wording, msg, nmsg, pmsg
from site_builder.model import Facet, Page, Work
from site_builder.records import dataclass, replace
from site_builder.site import overview
from site_builder.site.pages import disagreements
from site_builder.site.pictures import catalogue
from site_builder.site.presenter import Presenter
from site_builder.site.views import Chip, Legend, Matrix

_NAMES: dict[str, Wording] = {
    "read": pmsg("menu", "Read"),
    "framework": pmsg("menu", "Frame"),
    "results": pmsg("menu", "Findings"),
    "lookup": pmsg("menu", "Look up"),
    "use": pmsg("menu", "Use"),
}
"""The ids of :data:`.model.MENUS` in their order, with their names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A link of a menu.  ``section`` is the value of :attr:`.View.section` of the pages that belong to it."""

    section: str
    name: Wording
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Places of a menu under a common heading, which can be a place itself.

    ``lesser`` is true if the heading leads to the same places, so that a narrow page leaves them out.
    """

    places: tuple[Place, ...]
    heading: Place | None = None
    title: Wording = ""
    lesser: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Menu:
    """A menu of the masthead.  ``matrix`` or ``legends`` are the codes that it shows before its parts."""

    id: str
    name: Wording
    parts: tuple[Part, ...]
    matrix: Matrix | None = None
    legends: tuple[Legend, ...] = ()

    @property
    def codes(self) -> tuple[Chip, ...]:
        """The codes of the matrix, row by row, then those of each legend; ``()`` without both."""
        rows = self.matrix.rows if self.matrix else ()
        return (
            *(box.chip for row in rows for box in row.boxes),
            *(item.chip for legend in self.legends for item in legend.items),
        )

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of the parts, in order; the heading of a part precedes its places, if it has one."""
        return tuple(
            place for part in self.parts for place in ((part.heading,) if part.heading else ()) + part.places
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Here:
    """Where a page is in the menus: the menu, and the address of its place there, each ``""`` for none."""

    menu: str = ""
    href: str = ""


def has_all_kinds(presenter: Presenter) -> bool:
    """Whether the codebook has at least one cell, relation, function and frame facet each."""
    grid = presenter.project.grid
    return bool(grid.cells and grid.relations and grid.functions and _facets(presenter, "frame"))


def navigation(presenter: Presenter, work: Work | None) -> list[dict[str, Wording]]:
    """The places of the site in the order of the argument, each as ``id``, ``name`` and ``href``, without
    menus.

    The ids, in their order: ``home``, ``reading``, ``grid``, those of the frame facets, ``silence``,
    ``argument``, those of the editors' pages that are about no subject, ``indexes``, ``pictures``,
    ``apparatus``, ``method``, ``disagreements``, ``cite``, ``search``.  A place without a page is left out:
    grid, silence, argument, indexes, pictures, apparatus or disagreements.

    :param work: the work to which text and apparatus lead; without it both lead to the list of works on the
        home page, ``index.html#_works``.
    """
    text, apparatus = (
        (addresses.reading(work.id), addresses.apparatus(work.id)) if work else (addresses.WORKS,) * 2
    )
    found: list[tuple[str, Wording, str]] = [
        ("home", msg("Home"), addresses.HOME),
        ("reading", msg("Text"), text),
        ("grid", msg("Grid"), addresses.GRID),
        *((f.id, f.short or f.name, addresses.facet(f.id)) for f in _facets(presenter, "frame")),
        ("silence", _title(presenter, "silence"), addresses.SILENCE),
        ("argument", _title(presenter, "argument"), addresses.ARGUMENT),
        *((p.id, p.title, f"{p.id}.html") for p in presenter.project.pages if not p.about),
        ("indexes", msg("Indexes"), addresses.INDEXES),
        ("pictures", msg("Pictures"), addresses.PICTURES),
        ("apparatus", msg("Apparatus"), apparatus),
        ("method", msg("Method"), addresses.METHOD),
        ("disagreements", disagreements.TITLE, addresses.DISAGREEMENTS),
        ("cite", msg("Cite"), addresses.CITE),
        ("search", msg("Search"), addresses.SEARCH),
    ]
    own = {addresses.GRID, addresses.SILENCE, addresses.ARGUMENT, addresses.INDEXES} - {
        *addressed.own_pages(presenter.project)
    }
    if not catalogue.has_any(presenter):
        own.add(addresses.PICTURES)
    if not disagreements.has_page(presenter.edition):
        own.add(addresses.DISAGREEMENTS)
    works = [work] if work else presenter.project.works
    if not any(addressed.has_apparatus(presenter.project, one) for one in works):
        found = [place for place in found if place[0] != "apparatus"]
    return [{"id": id_, "name": name, "href": href} for id_, name, href in found if href not in own]


def menus(presenter: Presenter) -> tuple[Menu, ...]:
    """The menus of the masthead: ``read``, ``framework``, ``results``, ``lookup``, ``use``.  One without
    parts is left out.

    Only the menu ``framework`` has a matrix or legends, in a project with cells.  The editors' pages that are
    about no subject are the last part of their menu; those of the menu ``lookup`` are in the part of the
    method.
    """
    made = {
        "read": tuple(_read(presenter)),
        "framework": tuple(_frame(presenter)),
        "results": tuple(_find(presenter)),
        "lookup": tuple(_look_up(presenter)),
        "use": tuple(_use(presenter)),
    }
    own: dict[str, list[Place]] = {id_: [] for id_ in _NAMES}
    for page in presenter.project.pages:
        if not page.about:
            own[_menu_of(page)].append(Place(section=page.id, name=page.title, href=f"{page.id}.html"))
    *first, method = made["lookup"]
    made["lookup"] = (*first, replace(method, places=(*method.places, *own.pop("lookup"))))
    found = (
        Menu(
            id=id_,
            name=name,
            parts=(*made[id_], *([Part(places=tuple(own[id_]))] if own.get(id_) else [])),
            matrix=overview.matrix(presenter) if id_ == "framework" else None,
            legends=overview.legends(presenter)
            if id_ == "framework" and presenter.project.grid.cells
            else (),
        )
        for id_, name in _NAMES.items()
    )
    return tuple(menu for menu in found if menu.parts)


def menus_in(presenter: Presenter, found: tuple[Menu, ...], work: Work) -> tuple[Menu, ...]:
    """The menus on the pages of a work of a large project: the first one has one more part before its own,
    with the places of this work, and the others are as given.

    The part has the reading page as its heading (without a heading, as its first place, if there is one
    work).

    :raises ValueError: without menus.
    """
    first, *others = found
    return (replace(first, parts=(_of_work(presenter, work), *first.parts)), *others)


def _title(presenter: Presenter, subject: str) -> Wording:
    """The title of the silence report or of the argument: that of the editors' page, or that of the site."""
    page = presenter.edition.page_about(subject)
    own = {"silence": msg("Silence report"), "argument": msg("Steps of the argument")}
    return page.title if page else own[subject]


def _menu_of(page: Page) -> str:
    """The menu of an editors' page that is about no subject: the one it names, or that of its kind."""
    return page.menu or ("lookup" if page.kind == "rules" else "results")


def here(found: tuple[Menu, ...], address: str, section: str) -> Here:
    """Where a page is in the menus.

    The place or the code with the address of the page comes first; ``href`` is then the address.  Otherwise
    it is the place of its section: the only one, or of several the first in the folder of the page.  Of
    several without such a folder only the menu of the first is given (``href`` is ``""``); without a place of
    the section both are ``""``.

    :param address: of the page in its view, without an anchor.
    """
    places = [(menu.id, place) for menu in found for place in menu.places]
    for menu in found:
        if address in [*(place.href for place in menu.places), *(chip.href for chip in menu.codes)]:
            return Here(menu=menu.id, href=address)
    folder = address.partition("/")[0]
    of_section = [(menu, place) for menu, place in places if place.section == section]
    near = [one for one in of_section if one[1].href.partition("/")[0] == folder]
    for id_, place in near or (of_section if len(of_section) == 1 else []):
        return Here(menu=id_, href=place.href)
    return Here(menu=of_section[0][0] if of_section else "")


def _read(presenter: Presenter) -> Iterator[Part]:
    """The texts, each with its parts; of a large project the list of the works."""
    if presenter.edition.has_few_works:
        yield from (_of_work(presenter, work) for work in presenter.project.works)
    else:
        name = nmsg("%(count)s work", "%(count)s works", len(presenter.project.works))
        yield Part(places=(Place(section="works", name=name, href=addresses.works()),))


def _of_work(presenter: Presenter, work: Work) -> Part:
    """A text with its parts."""
    edition = presenter.edition
    first = work.passages[0] if work.passages else None
    places = []
    label = edition.label_name((work.id, first.id)) if first else ""
    if first is not None and label:
        places.append(Place(section="", name=label, href=addresses.anchor((work.id, first.id))))
    if addressed.has_apparatus(presenter.project, work):
        places.append(Place(section="apparatus", name=msg("Apparatus"), href=addresses.apparatus(work.id)))
    if work.witness and edition.with_text:
        places.append(Place(section="apparatus", name=msg("Witness"), href=addresses.witness(work.id)))
    if edition.with_text and addressed.has_versions(work, edition.locales):
        name = msg("Versions side by side")
        places.append(Place(section="versions", name=name, href=addresses.versions(work.id)))
    if not edition.has_few_works:
        if catalogue.has_pictures(presenter, work):
            places.append(Place(section="pictures", name=msg("Pictures"), href=addresses.drawn(work.id)))
        places.append(Place(section="cite", name=msg("Cite"), href=addresses.cited(work.id)))
    text = addresses.reading(work.id)
    if presenter.index.single_work:
        return Part(places=(Place(section="reading", name=msg("Text"), href=text), *places))
    return Part(heading=Place(section="reading", name=work.record.title, href=text), places=tuple(places))


def _frame(presenter: Presenter) -> Iterator[Part]:
    """The grid, and the frame facets with their entries."""
    if presenter.project.grid.cells:
        yield Part(
            places=(Place(section="grid", name=msg("The grid in full"), href=addresses.GRID),),
            title=presenter.project.grid.name,
        )
    for facet in _facets(presenter, "frame"):
        yield Part(
            heading=Place(section=facet.id, name=facet.name, href=addresses.facet(facet.id)),
            places=tuple(
                Place(
                    section="",
                    name=entry.name,
                    href=addresses.entry(entry, presenter.index.facets),
                )
                for entry in facet.entries
                if not entry.parent
            ),
            lesser=True,
        )


def _find(presenter: Presenter) -> Iterator[Part]:
    """What is computed or argued from the tags."""
    own = addressed.own_pages(presenter.project)
    found = [
        Place(section=section, name=name, href=href)
        for section, name, href in (
            ("silence", _title(presenter, "silence"), addresses.SILENCE),
            ("argument", _title(presenter, "argument"), addresses.ARGUMENT),
        )
        if href in own
    ]
    if catalogue.has_any(presenter):
        found.append(Place(section="pictures", name=msg("Pictures"), href=addresses.PICTURES))
    if found:
        yield Part(places=tuple(found))


def _look_up(presenter: Presenter) -> Iterator[Part]:
    """The indexes, the method, and the search."""
    indexes = tuple(
        Place(section="", name=facet.name, href=addresses.facet(facet.id))
        for facet in _facets(presenter, "index")
    )
    if addresses.INDEXES in addressed.own_pages(presenter.project):
        heading = Place(section="indexes", name=msg("Indexes"), href=addresses.INDEXES)
        yield Part(heading=heading, places=indexes)
    yield Part(places=(Place(section="search", name=msg("Search"), href=addresses.SEARCH),))
    places = [Place(section="method", name=msg("Method"), href=addresses.METHOD)]
    if disagreements.has_page(presenter.edition):
        name = disagreements.TITLE
        places.append(Place(section="disagreements", name=name, href=addresses.DISAGREEMENTS))
    yield Part(places=tuple(places), title=msg("How the tags were made"))


def _use(presenter: Presenter) -> Iterator[Part]:
    """What a reader can do with the edition."""
    places = [
        Place(section="cite", name=msg("Cite"), href=addresses.CITE),
        Place(section="", name=msg("Downloads"), href=addresses.DOWNLOADS),
    ]
    if presenter.edition.with_text:
        places.append(Place(section="try", name=msg("Try the tags"), href=addresses.TRYOUT))
        places.append(Place(section="collection", name=msg("My collection"), href=addresses.COLLECTION))
    if addressed.has_history(presenter.project):
        places.append(Place(section="", name=msg("Changes between editions"), href=addresses.CHANGES))
    yield Part(places=tuple(places))


def _facets(presenter: Presenter, kind: str) -> list[Facet]:
    return [facet for facet in presenter.project.facets if facet.kind == kind]
