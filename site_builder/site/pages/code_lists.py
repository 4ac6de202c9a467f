"""The lists of passages of codes: on the page of the code, or on pages of their own if they are too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Generic, TypeVar

from site_builder.edition import addresses
from site_builder.edition.belonging import traits_of
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Key
from site_builder.language.message import Wording, msg, pmsg
from site_builder.model import Cell, CellTag, Dimension, Entry, EntryTag, Facet, Tagging
from site_builder.records import replace
from site_builder.site.division import Slice, page_links
from site_builder.site.pages import argument
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.views import Chip, Group, Link, Part, PassageLink, View

_Tag = TypeVar("_Tag")


class CodeList(Generic[_Tag]):
    """The passages of a code, in groups.

    :param address: of the page of the code; with an anchor if it is a part of a page.
    :param name: the name of the code, for the titles of the pages of parts.
    :param trail: the path up from the page of the code.
    :param found: gives the passage and the tag of each entry of the list, in the order of the edition.
    :param grouped: gives the groups of some entries.
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
        found: Callable[[], Sequence[tuple[Key, _Tag]]],
        grouped: Callable[[Iterable[tuple[Key, _Tag]]], Iterable[Group]],
        most: int,
    ) -> None:
        self.address, self.name, self.section, self.trail = address, name, section, trail
        self._presenter, self._found, self._grouped = presenter, found, grouped
        self._most = most

    @cached_property
    def entries(self) -> Sequence[tuple[Key, _Tag]]:
        """The passage and the tag of each entry of the list, in the order of the edition, as ``found`` gives
        them.
        """
        return self._found()

    @property
    def keys(self) -> Iterator[Key]:
        """The passage of each entry of the list, in order; one with two entries is there twice."""
        return (key for key, _ in self.entries)

    @property
    def slices(self) -> tuple[Slice, ...]:
        """The parts of the list in order, each of at most 200 entries, unless one passage has more; ``()`` if
        the page of the code has all of it, which is so for at most ``most`` entries.
        """
        return self._presenter.parts(self.address, lambda: self.keys, self._most)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups on the page of the code; ``()`` if the list is divided."""
        return () if self.slices else tuple(self._grouped(self.entries))

    def groups_of(self, part: Slice) -> tuple[Group, ...]:
        """The groups on the page of a part, with the passages of the part alone.

        A group without a passage in the part is left out, except the group without a title of an entry or a
        dimension.
        """
        return tuple(self._grouped(part.of(self.entries)))

    @property
    def divided(self) -> tuple[Part, ...]:
        """The links to the parts of the list, in order; ``()`` if it is on one page."""
        return tuple(
            self._presenter.part_link(self.address, number, one) for number, one in enumerate(self.slices, 1)
        )

    @property
    def rest(self) -> str:
        """The address of the whole list, for places that show only its first passages; ``""`` if the list is
        not divided.

        It is the page of the code, which links to the parts; for a code that is a part of a page, the page of
        the first part: ``terms/dike.1.html`` for ``terms/index.html#dike``.
        """
        if not self.slices:
            return ""
        return addresses.part(self.address, 1) if "#" in self.address else self.address


def parts(presenter: Presenter, of: CodeList[_Tag]) -> Iterator[Planned]:
    """The pages of the parts of a list (``grid/depth.1.html``…); none of a list that is not divided.

    The facts of each: ``groups``, those of the list with the passages of the part alone; ``shown``, the link
    to the part; ``pages``, a link to each part.
    """
    for number, one in enumerate(of.slices, 1):
        address = addresses.part(of.address, number)
        yield Planned(address=address, make=partial(_part, presenter, of, number, one))


def _part(presenter: Presenter, of: CodeList[_Tag], number: int, one: Slice) -> View:
    title = pmsg("a page of a list", "%(title)s, page %(number)s", title=of.name, number=number)
    return View(
        template="part.html",
        address=addresses.part(of.address, number),
        title=title,
        description=msg("The passages of “%(code)s”", code=of.name),
        section=of.section,
        trail=(*of.trail, Link(text=of.name, href=of.address)),
        facts={
            "groups": of.groups_of(one),
            "shown": presenter.part_link(of.address, number, one),
            "pages": page_links(partial(addresses.part, of.address), len(of.slices), number),
        },
    )


# --- cells and dimensions ---------------------------------------------------------------------------


def of_dimension(presenter: Presenter, dimension: Dimension) -> CodeList[Tagging]:
    """The passages with a tag in a dimension, in reading order, each once, in one group; each has the chips
    of its cells in the dimension.

    The list is divided if it has more than ``sizes.listed_passages`` (200).
    """
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


def _in_dimension(presenter: Presenter, dimension: Dimension) -> list[tuple[Key, Tagging]]:
    cells = presenter.index.cells
    return [
        (key, tagging)
        for key, tagging in presenter.index.taggings.items()
        if any(cells[cell].dimension == dimension.id for cell in presenter.edition.cells_of(key))
    ]


def _dimension_groups(
    presenter: Presenter, dimension: Dimension, entries: Iterable[tuple[Key, Tagging]]
) -> Iterator[Group]:
    yield Group(
        title="",
        definition="",
        passages=tuple(
            presenter.passage(key, chips=_chips_in(presenter, tagging, dimension)) for key, tagging in entries
        ),
    )


def _chips_in(presenter: Presenter, tagging: Tagging, dimension: Dimension) -> tuple[Chip, ...]:
    return tuple(
        presenter.tag_chip(tag)
        for tag in tagging.cells
        if presenter.index.cells[tag.cell].dimension == dimension.id
    )


def of_cell(presenter: Presenter, cell: Cell) -> CodeList[CellTag]:
    """The passages of a cell, in a group for each relation in the order of the codebook; relations without
    passages are left out.  In a codebook without relations there is one group without a title.

    A passage with two relations is in two groups, and counts twice.  It has its evidence, its note, its
    traits, and as chips the entries of frame facets that its tag belongs to.  The list is divided if it has
    more than ``sizes.listed_passages`` (200).
    """
    dimension = presenter.index.dimensions[cell.dimension]
    up = [Link(text=dimension.name, href=addresses.dimension(dimension.id))] if cell.pole else []
    return CodeList(
        presenter,
        address=addresses.cell(cell, presenter.edition.poles),
        name=presenter.edition.signed_name(CodeId.cell(cell.id)),
        section="grid",
        trail=(Link(text=presenter.project.grid.name, href=addresses.GRID), *up),
        found=lambda: presenter.index.by_cell.get(cell.id, ()),
        grouped=partial(_cell_groups, presenter),
        most=presenter.edition.sizes.listed_passages,
    )


def _cell_groups(presenter: Presenter, tags: Iterable[tuple[Key, CellTag]]) -> Iterator[Group]:
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
    return tuple(
        Chip(slug="entry", sign="", name=entry.name, href=addresses.entry(entry, presenter.index.facets))
        for entry in presenter.index.entries_of(key, cell, frames)
    )


# --- entries ----------------------------------------------------------------------------------------


def of_entry(presenter: Presenter, facet: Facet, entry: Entry) -> CodeList[EntryTag]:
    """The passages of an entry.  For an entry of a frame facet that has no parent, first the groups of
    :func:`touched`; then always a group without a title and a chip, with those of :func:`tagged`, also if it
    is empty.

    The list counts the passages that have the entry itself.  It is divided if it has more than 200
    (``sizes.listed_passages``), of an entry without a page of its own if it has more than 100.
    """
    address = addresses.entry(entry, presenter.index.facets)
    sizes = presenter.edition.sizes
    return CodeList(
        presenter,
        address=address,
        name=entry.name,
        section=facet.id if facet.kind == "frame" else "indexes",
        trail=(Link(text=facet.name, href=addresses.facet(facet.id)),),
        found=lambda: presenter.index.by_entry.get((facet.id, entry.id), ()),
        grouped=partial(_entry_groups, presenter, facet, entry),
        most=sizes.numbered if "#" in address else sizes.listed_passages,
    )


def _entry_groups(
    presenter: Presenter, facet: Facet, entry: Entry, entries: Iterable[tuple[Key, EntryTag]]
) -> Iterator[Group]:
    tags = tuple(entries)
    if facet.kind == "frame" and not entry.parent:
        yield from touched(presenter, tags)
    yield Group(title="", definition="", passages=tagged(presenter, facet, tags))


def tagged(
    presenter: Presenter, facet: Facet, tags: Iterable[tuple[Key, EntryTag]]
) -> tuple[PassageLink, ...]:
    """The passages of tags of an entry, one for each tag in their order, in a frame facet with the chips of
    the cells that belong to the entry there: all of the passage if the tag has no evidence, else those with a
    quotation within its evidence, or within that of a part of the entry (a part without evidence has all).

    A tag with evidence that is a range (with two ends) has no quotation.
    """
    return tuple(
        presenter.passage(
            key,
            evidence=tag.evidence if not any(q.to for q in tag.evidence) else (),
            chips=_covered(presenter, key, tag) if facet.kind == "frame" else (),
        )
        for key, tag in tags
    )


def _covered(presenter: Presenter, key: Key, tag: EntryTag) -> tuple[Chip, ...]:
    index = presenter.index
    tagging = index.taggings.get(key)
    painted = presenter.edition.painted_tags(tagging)
    return tuple(
        chip
        for one, chip in zip(painted, presenter.chips(tagging), strict=True)
        if isinstance(one, EntryTag) or index.covers(key, tag, one)
    )


def touched(presenter: Presenter, tags: Iterable[tuple[Key, EntryTag]]) -> tuple[Group, ...]:
    """The cells of the passages of an entry: a group for each cell in a relation, with the passages that
    carry it under the entry.

    All cells of a passage are under an entry whose tag has no evidence there, otherwise those with a
    quotation within its evidence, or within that of a part of the entry.  The groups have the order of the
    codebook by cells; the relations of a cell come as the passages first have them.  A group has a chip and
    no title.  No such cells give ``()``.

    :param tags: those of the entry, each with its passage.
    """
    found: dict[tuple[str, str], list[PassageLink]] = {}
    carried: dict[tuple[str, str], list[tuple[str, ...] | None]] = {}
    for key, own in tags:
        entry = presenter.index.entries[(own.facet, own.entry)]
        for tag in presenter.index.taggings[key].cells:
            if presenter.index.covers(key, own, tag):
                link = presenter.passage(key, evidence=tag.evidence, note=tag.note)
                found.setdefault((tag.cell, tag.relation), []).append(link)
                traits = traits_of(presenter.index, entry, key, tag)
                carried.setdefault((tag.cell, tag.relation), []).append(traits)
    order = list(presenter.index.cells)
    return tuple(
        Group(
            title="",
            definition="",
            passages=tuple(links),
            chip=presenter.chip_with(cell, relation, carried[cell, relation]),
        )
        for (cell, relation), links in sorted(found.items(), key=lambda one: order.index(one[0][0]))
    )
