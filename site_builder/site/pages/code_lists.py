"""The lists of passages of codes: on the page of the code, or on pages of their own if they are too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Key
from site_builder.language.message import Wording, msg, pmsg
from site_builder.model import Cell, CellTag, Dimension, Entry, EntryTag, Facet
from site_builder.site.division import Slice
from site_builder.site.pages import argument
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.views import Chip, Group, Link, Part, PassageLink, View

_Holds = Callable[[Key], bool]


def _every(_: Key) -> bool:
    return True


class CodeList:
    """The passages of a code, in groups.

    :param address: of the page of the code; with an anchor if it is a part of a page.
    :param name: the name of the code, for the titles of the pages of parts.
    :param trail: the path up from the page of the code.
    :param found: gives the passage of each entry of the list.
    :param grouped: gives the groups of those passages for which its argument is true.
    :param most: the number of entries that are on the page of the code itself.
    """

    def __init__(
        self,
        presenter: Presenter,
        *,
        address: str,
        name: Wording,
        section: str,
        trail: tuple[Link, ...],
        found: Callable[[], Iterable[Key]],
        grouped: Callable[[_Holds], Iterable[Group]],
        most: int,
    ) -> None:
        self.address, self.name, self.section, self.trail = address, name, section, trail
        self._presenter, self._found, self.grouped = presenter, found, grouped
        self._most = most

    @property
    def keys(self) -> Iterable[Key]:
        """The passage of each entry of the list."""
        return self._found()

    @property
    def slices(self) -> tuple[Slice, ...]:
        """The parts of the list; ``()`` if the page of the code has all of it."""
        return self._presenter.parts(self.address, self._found, self._most)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups on the page of the code; ``()`` if the list is divided."""
        return () if self.slices else tuple(self.grouped(_every))

    @property
    def divided(self) -> tuple[Part, ...]:
        """The links to the parts of the list, in order; ``()`` if it is on one page."""
        return self._presenter.part_links(self.address, self.slices)

    @property
    def rest(self) -> str:
        """Where the passages are that other places leave out; ``""`` if the list is not divided."""
        if not self.slices:
            return ""
        return addresses.part(self.address, 1) if "#" in self.address else self.address


def parts(presenter: Presenter, of: CodeList) -> Iterator[Planned]:
    """The pages of the parts of a list (``grid/depth.1.html``…); none of a list that is not divided."""
    for number, one in enumerate(of.slices, 1):
        address = addresses.part(of.address, number)
        yield Planned(address=address, make=partial(_part, presenter, of, number, one))


def _part(presenter: Presenter, of: CodeList, number: int, one: Slice) -> View:
    order = presenter.edition.order
    title = pmsg("a page of a list", "%(title)s, page %(number)s", title=of.name, number=number)
    return View(
        template="part.html",
        address=addresses.part(of.address, number),
        title=title,
        description=msg("The passages of “%(code)s”", code=of.name),
        section=of.section,
        trail=(*of.trail, Link(text=of.name, href=of.address)),
        facts={
            "groups": tuple(of.grouped(lambda key: one.holds(key, order))),
            "shown": presenter.part_links(of.address, of.slices)[number - 1],
            "pages": tuple(
                Link(text=str(n), href=addresses.part(of.address, n), current=n == number)
                for n in range(1, len(of.slices) + 1)
            ),
        },
    )


# --- cells and dimensions ---------------------------------------------------------------------------


def of_dimension(presenter: Presenter, dimension: Dimension) -> CodeList:
    """The passages with a tag in a dimension, in reading order, each once."""
    return CodeList(
        presenter,
        address=addresses.dimension(dimension.id),
        name=dimension.name,
        section="grid",
        trail=(Link(text=presenter.project.grid.name, href=addresses.GRID),),
        found=partial(_in_dimension, presenter, dimension),
        grouped=partial(_dimension_groups, presenter, dimension),
        most=presenter.edition.sizes.listed_passages,
    )


def _in_dimension(presenter: Presenter, dimension: Dimension) -> list[Key]:
    cells = presenter.index.cells
    return [
        key
        for key in presenter.index.taggings
        if any(cells[cell].dimension == dimension.id for cell in presenter.edition.cells_of(key))
    ]


def _dimension_groups(presenter: Presenter, dimension: Dimension, holds: _Holds) -> Iterator[Group]:
    keys = [key for key in _in_dimension(presenter, dimension) if holds(key)]
    yield Group(
        title="",
        definition="",
        passages=tuple(presenter.passage(key, chips=_chips_in(presenter, key, dimension)) for key in keys),
    )


def _chips_in(presenter: Presenter, key: Key, dimension: Dimension) -> tuple[Chip, ...]:
    return tuple(
        presenter.tag_chip(tag)
        for tag in presenter.index.taggings[key].cells
        if presenter.index.cells[tag.cell].dimension == dimension.id
    )


def of_cell(presenter: Presenter, cell: Cell) -> CodeList:
    """The passages of a cell, by relation; relations without passages are left out."""
    dimension = presenter.index.dimensions[cell.dimension]
    up = [Link(text=dimension.name, href=addresses.dimension(dimension.id))] if cell.pole else []
    return CodeList(
        presenter,
        address=addresses.cell(cell, presenter.edition.poles),
        name=presenter.edition.signed_name(CodeId.cell(cell.id)),
        section="grid",
        trail=(Link(text=presenter.project.grid.name, href=addresses.GRID), *up),
        found=lambda: [key for key, _ in presenter.index.by_cell.get(cell.id, ())],
        grouped=partial(_cell_groups, presenter, cell),
        most=presenter.edition.sizes.listed_passages,
    )


def _cell_groups(presenter: Presenter, cell: Cell, holds: _Holds) -> Iterator[Group]:
    tags = [(key, tag) for key, tag in presenter.index.by_cell.get(cell.id, ()) if holds(key)]
    return (_group(presenter, relation, found) for relation, found in presenter.by_relation(tags))


def _group(presenter: Presenter, relation: str, tags: list[tuple[Key, CellTag]]) -> Group:
    """The passages of a cell in one relation; without a title in a codebook without relations."""
    term = presenter.edition.relations[relation] if relation else None
    return Group(
        title=term.name if term else "",
        definition=term.definition if term else "",
        passages=tuple(
            replace(
                presenter.passage(
                    key, evidence=tag.evidence, chips=_frame_chips(presenter, key, tag), note=tag.note
                ),
                traits=argument.traits(presenter, tag),
            )
            for key, tag in tags
        ),
    )


def _frame_chips(presenter: Presenter, key: Key, cell: CellTag) -> tuple[Chip, ...]:
    """The entries of frame facets to which a cell tag of a passage belongs, as plain chips."""
    frames = {facet.id for facet in presenter.project.facets if facet.kind == "frame"}
    entries = [
        presenter.index.entries[(tag.facet, tag.entry)]
        for tag in presenter.index.taggings[key].entries
        if tag.facet in frames and presenter.index.covers(key, tag, cell)
    ]
    return tuple(
        Chip(slug="entry", sign="", name=entry.name, href=addresses.entry(entry, presenter.index.facets))
        for entry in entries
    )


# --- entries ----------------------------------------------------------------------------------------


def of_entry(presenter: Presenter, facet: Facet, entry: Entry) -> CodeList:
    """The passages of an entry: by the cells in its ranges, and all that have it."""
    address = addresses.entry(entry, presenter.index.facets)
    sizes = presenter.edition.sizes
    return CodeList(
        presenter,
        address=address,
        name=entry.name,
        section=facet.id if facet.kind == "frame" else "indexes",
        trail=(Link(text=facet.name, href=addresses.facet(facet.id)),),
        found=lambda: [key for key, _ in _tags(presenter, facet, entry)],
        grouped=partial(_entry_groups, presenter, facet, entry),
        most=sizes.numbered if "#" in address else sizes.listed_passages,
    )


def _tags(
    presenter: Presenter, facet: Facet, entry: Entry, holds: _Holds = _every
) -> list[tuple[Key, EntryTag]]:
    tags = presenter.index.by_entry.get((facet.id, entry.id), ())
    return [(key, tag) for key, tag in tags if holds(key)]


def _entry_groups(presenter: Presenter, facet: Facet, entry: Entry, holds: _Holds) -> Iterator[Group]:
    if facet.kind == "frame" and not entry.parent:
        yield from touched(presenter, facet, entry, holds)
    yield Group(title="", definition="", passages=tagged(presenter, facet, entry, holds))


def tagged(
    presenter: Presenter, facet: Facet, entry: Entry, holds: _Holds = _every
) -> tuple[PassageLink, ...]:
    """The passages that have an entry itself, in a frame facet with the chips of all their cells.

    Evidence that is a range (with two ends) is not quoted.
    """
    return tuple(
        presenter.passage(
            key,
            evidence=tag.evidence if not any(q.to for q in tag.evidence) else (),
            chips=presenter.chips(presenter.index.taggings.get(key)) if facet.kind == "frame" else (),
        )
        for key, tag in _tags(presenter, facet, entry, holds)
    )


def touched(presenter: Presenter, facet: Facet, entry: Entry, holds: _Holds = _every) -> tuple[Group, ...]:
    """Each cell of the grid, with the passages that carry it under an entry, by relation."""
    found: dict[tuple[str, str], list[PassageLink]] = {}
    for key, own in _tags(presenter, facet, entry, holds):
        for tag in presenter.index.taggings[key].cells:
            if presenter.index.covers(key, own, tag):
                link = presenter.passage(key, evidence=tag.evidence, note=tag.note)
                found.setdefault((tag.cell, tag.relation), []).append(link)
    order = list(presenter.index.cells)
    return tuple(
        Group(title="", definition="", passages=tuple(links), chip=presenter.chip(cell, relation))
        for (cell, relation), links in sorted(found.items(), key=lambda one: order.index(one[0][0]))
    )
