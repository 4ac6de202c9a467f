"""The course of the argument: from earlier views through the cells and what answers them to the measures.

Views are the entries of frame facets that are neither in the silence report nor measures.  What answers are
the entries of the facets of the silence report; measures are those that steps end at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.edition import addresses, belonging
from site_builder.edition.codes import CodeId
from site_builder.edition.index import grouped
from site_builder.language.message import Wording, listed, msg
from site_builder.model import Facet
from site_builder.records import dataclass
from site_builder.site.pictures.answering import Answering, answering, by_reading
from site_builder.site.pictures.cells import CellHead, Rests, extent, heads
from site_builder.site.pictures.steps import Measure, facets, measures
from site_builder.site.presenter import Presenter
from site_builder.site.views import PassageLink


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """An entry of an earlier view, and the cells that its passages have, each with a relation.

    ``rests`` has the traits of the tags of each cell that the words of the view carry, by the id of the cell
    and the relation; all of a tag of which this is not known.
    """

    name: Wording
    href: str
    cells: tuple[tuple[CellHead, str, PassageLink], ...]
    rests: tuple[tuple[tuple[str, str], Rests], ...]

    def tags(self, cell: CellHead, relation: str) -> Rests:
        """The ids of the traits of each of its tags of a cell in a relation: ``(("loud", "swift"), ())`` of
        two tags, of which the second has no traits.  ``()`` without such a tag.
        """
        return dict(self.rests).get((cell.id, relation), ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Join:
    """A cell and a measure: by tags of the measure in a relation, by steps between both, or by both.

    ``status`` is that of the steps, ``""`` without steps.  Of several steps one that is stated counts.
    """

    cell: CellHead
    measure: Measure
    is_tagged: bool
    relation: str
    status: str
    passages: tuple[PassageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """The course of an argument.  ``dwelt`` counts for each cell the passages of no view, answer or measure.

    ``doubted`` are the cells that a measure is joined to in some readings of the tags and not in others.
    ``names`` are those of relations.
    """

    cells: tuple[CellHead, ...]
    dwelt: dict[str, int]
    views_of: Wording
    views: tuple[Earlier, ...]
    answers: tuple[Answering, ...]
    measures_of: Wording
    measures: tuple[Measure, ...]
    joins: tuple[Join, ...]
    doubted: frozenset[CellHead]
    names: dict[str, Wording]

    @property
    def viewed(self) -> dict[str, Rests]:
        """Id of a cell that the views touch → the traits of each of their tags of it, view by view; ``()``
        for a tag without traits.  A cell that no view touches is no key.
        """
        return _united(
            (cell.id, view.tags(cell, relation)) for view in self.views for cell, relation, _ in view.cells
        )

    @property
    def measured(self) -> dict[str, Rests]:
        """Id of a cell that the tags of measures are about → the traits of each of these tags, measure by
        measure; ``()`` for a tag without traits.  A cell that only steps join to a measure is no key.
        """
        tagged = (join for join in self.joins if join.is_tagged)
        return _united((join.cell.id, join.measure.tags(join.cell, join.relation)) for join in tagged)

    @property
    def ending(self) -> tuple[CellHead, ...]:
        """The cells that no measure is joined to, in the order of ``cells``; ``()`` without measures."""
        joined = {join.cell for join in self.joins}
        return tuple(cell for cell in self.cells if self.measures and cell not in joined)


def _united(found: Iterable[tuple[str, Rests]]) -> dict[str, Rests]:
    """Cell → the traits of all of its tags; those of tags that are not known are none."""
    return {
        cell: tuple(tag for tags in own for tag in tags)
        for cell, own in grouped((cell, tags or ((),)) for cell, tags in found).items()
    }


def course(presenter: Presenter, *, in_readings: bool = True) -> Course | None:
    """The course of the argument; ``None`` without cells, or with fewer than two of its three stations.

    The stations are views, answers and measures.  Views of which none has a cell do not count.  Of several
    columns of the silence report with one facet only the first is there, and none with a facet of measures.

    :param in_readings: whether it says what differs in the readings of the tags; without, ``doubted`` is
        empty, and ``agree`` of the rows of answers is ``None``.
    """
    project = presenter.project
    cells = heads(presenter)
    last = facets(presenter)
    reported = [one.facet for one in project.site.silence]
    answers = tuple(
        data
        for column in project.site.silence
        if column.facet not in {one.id for one in last}
        and column is next(one for one in project.site.silence if one.facet == column.facet)
        and (
            data := by_reading(presenter, column).get("published")
            if in_readings
            else answering(presenter, column)
        )
    )
    first = [
        facet
        for facet in project.facets
        if facet.kind == "frame" and facet not in last and facet.id not in reported
    ]
    views = tuple(view for facet in first for view in _views(presenter, facet))
    if not any(view.cells for view in views):
        views = ()
    if not cells or sum(map(bool, (views, answers, last))) < 2:
        return None
    found = tuple(one for facet in last for one in measures(presenter, facet))
    frames = {facet.id for facet in project.facets if facet.kind == "frame"}
    return Course(
        cells=cells,
        dwelt={cell.id: _dwelt(presenter, cell.id, frames) for cell in cells},
        views_of=listed(facet.name for facet in first) if views else "",
        views=views,
        answers=answers,
        measures_of=listed(facet.name for facet in last),
        measures=found,
        joins=tuple(_joins(presenter, cells, found)),
        doubted=_doubted(presenter, cells) if in_readings else frozenset(),
        names={term.id: term.name for term in project.grid.relations},
    )


def _doubted(presenter: Presenter, cells: tuple[CellHead, ...]) -> frozenset[CellHead]:
    """The cells that a measure is joined to in some readings of the tags and not in others."""
    if not presenter.edition.doubts:
        return frozenset()
    joined = []
    for read in presenter.readings.values():
        own = tuple(one for facet in facets(read) for one in measures(read, facet))
        joined.append({join.cell for join in _joins(read, cells, own)})
    return frozenset(set[CellHead]().union(*joined) - joined[0].intersection(*joined))


def _dwelt(presenter: Presenter, cell: str, frames: set[str]) -> int:
    """How many passages have a cell and no entry of a frame facet."""
    return len(
        {
            key
            for key, _ in presenter.index.by_cell.get(cell, ())
            if not any(tag.facet in frames for tag in presenter.index.taggings[key].entries)
        }
    )


def _views(presenter: Presenter, facet: Facet) -> Iterator[Earlier]:
    index = presenter.index
    place = {cell.id: cell for cell in heads(presenter)}
    for entry in facet.entries:
        pairs = {(tag.cell, tag.relation): key for key, tag in reversed(index.cells_of(entry))}
        ordered = sorted(pairs, key=lambda one: list(place).index(one[0]))
        yield Earlier(
            name=entry.name,
            href=addresses.entry(entry, index.facets),
            cells=tuple(
                (place[cell], relation, presenter.passage(pairs[cell, relation]))
                for cell, relation in ordered
            ),
            rests=tuple(
                grouped(
                    ((tag.cell, tag.relation), belonging.traits_of(index, entry, key, tag) or tag.traits)
                    for key, tag in index.cells_of(entry)
                ).items()
            ),
        )


def _joins(presenter: Presenter, cells: tuple[CellHead, ...], found: tuple[Measure, ...]) -> Iterator[Join]:
    """The joins of each measure, by cell: one for each relation of its tags; where it has no tag, one for
    the steps to it.
    """
    index = presenter.index
    for measure in found:
        for cell in cells:
            edges = [
                edge
                for edge in presenter.project.edges
                if edge.kind == "remedy"
                and edge.end
                and index.codes[edge.end] == CodeId.entry(measure.facet, measure.id)
                and index.codes[edge.start].kind in ("cell", "trait")
                and index.codes[edge.start].id == cell.id
            ]
            keys = dict.fromkeys(index.quoted(one) for edge in edges for one in edge.evidence)
            status = "stated" if any(edge.status == "stated" for edge in edges) else "inferred"
            relations = [relation for own, relation in measure.cells if own == cell]
            for relation in relations or ([""] if edges else []):
                yield Join(
                    cell=cell,
                    measure=measure,
                    is_tagged=bool(relations),
                    relation=relation,
                    status=status if edges else "",
                    passages=tuple(map(presenter.passage, keys)),
                )


# --- what it shows --------------------------------------------------------------------------------


def shows(data: Course) -> tuple[Wording, ...]:
    """The clauses that say what the picture shows, in this order; ``()`` if no condition is met.

    How many cells the views touch, if some and not all.  For each answering facet, how many cells it answers,
    if not all.  How many cells the tags of measures are about, if any, and in the same clause how many of
    these tags are about the dimension with more than half of them, if there is one; a dimension of a grid
    without poles does not count.

    Each number of cells is as :func:`.extent` writes it: ``two of six cells``.  The number of tags is
    ``2 of 3 places are about Flow``.
    """
    found = (_viewed(data), *map(_answered, data.answers), _measured(data))
    return tuple(clause for clause in found if clause)


def otherwise(presenter: Presenter, data: Course) -> tuple[tuple[str, tuple[Wording, ...]], ...]:
    """The clauses of the strict and of the generous reading that the published one does not have, as (id of
    the reading, clauses); a reading without such a clause is left out.

    The strict reading comes first.  ``()`` without alternatives of the coder that the site shows, and if no
    reading differs.
    """
    if not presenter.edition.doubts:
        return ()
    published, found = shows(data), []
    for reading in ("strict", "generous"):
        own = course(presenter.readings[reading], in_readings=False)
        clauses = tuple(one for one in shows(own) if one not in published) if own else ()
        if clauses:
            found.append((reading, clauses))
    return tuple(found)


def has_places(data: Course) -> bool:
    """Whether a clause of :func:`shows` counts places (``2 of 3 places are about Flow``).

    This is so if more than half of the joins by tags are with cells of one dimension, and this has poles;
    not without such joins.
    """
    return _largest(data) is not None


def _viewed(data: Course) -> Wording:
    if not 0 < len(data.viewed) < len(data.cells):
        return ""
    return msg("“%(facet)s” mentions %(extent)s", facet=data.views_of, extent=extent(data.cells, data.viewed))


def _answered(one: Answering) -> Wording:
    if not one.silent:
        return ""
    return msg(
        "“%(facet)s” %(relations)s %(extent)s",
        facet=one.facet,
        relations=one.does,
        extent=extent(one.cells, one.rests),
    )


def counted(one: Answering) -> Wording:
    """The names of the relations of a column, with commas: ``shows, harms``; ``""`` if all of its signs are
    answers, also without signs.

    :raises KeyError: for a relation without a name.
    """
    signs = (sign for row in one.rows for signs in row.signs for sign in signs)
    if all(sign.answers for sign in signs):
        return ""
    return listed(one.names[relation] for relation in one.column.relations)


def _measured(data: Course) -> Wording:
    """How many cells the tags of measures are about, and the dimension with more than half of them."""
    tagged = [join.cell for join in data.joins if join.is_tagged]
    if not tagged:
        return ""
    found = extent(data.cells, data.measured)
    if own := _largest(data):
        return msg(
            "“%(facet)s” is about %(extent)s; %(own)s of %(all)s places are about %(dimension)s",
            facet=data.measures_of,
            extent=found,
            own=len(own),
            all=len(tagged),
            dimension=own[0].dimension,
        )
    return msg("“%(facet)s” is about %(extent)s", facet=data.measures_of, extent=found)


def _largest(data: Course) -> list[CellHead] | None:
    """The cells of the tags of measures in the dimension with more than half of them, if it has poles."""
    tagged = [join.cell for join in data.joins if join.is_tagged]
    for group in dict.fromkeys(cell.group for cell in tagged):
        own = [cell for cell in tagged if cell.group == group]
        if own[0].sign and len(own) > len(tagged) / 2:
            return own
    return None
