"""Diagnoses, the measures that answer them, and the cells of the measures: the steps of kind ``remedy``.

A measure is an entry of the facet at whose entries such steps end, or a part of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from site_builder.edition import belonging
from site_builder.edition.codes import CodeId
from site_builder.edition.index import grouped
from site_builder.language.message import Wording, either, msg, pmsg
from site_builder.model import CellTag, Edge, Entry, Facet
from site_builder.records import dataclass
from site_builder.site.pictures.cells import CellHead, Rests, heads, with_traits
from site_builder.site.presenter import Presenter
from site_builder.site.views import PassageLink


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """A code that is a diagnosis.  ``cell`` is that of a cell or a trait; ``group`` names where it belongs.

    ``slug`` is that of the cell, and empty for any other code.
    """

    code: CodeId
    group: Wording
    name: Wording = field(compare=False)
    """It follows from the code, and is not compared, since a message has no hash."""
    href: str
    cell: CellHead | None

    @property
    def slug(self) -> str:
        """The slug of its cell, which gives its colours; ``""`` without a cell."""
        return self.cell.slug if self.cell else ""

    @property
    def whole(self) -> Wording:
        """Its group and its name, of a trait or a cell without a relation with a space between (``＋
        Sound``), else with a colon (``＋: shows``).  If one of the two is empty, the other alone.
        """
        if not self.group or not self.name:
            return self.name or self.group
        if self.code.kind == "trait" or (self.code.kind == "cell" and not self.code.relation):
            return pmsg("a diagnosis in its group", "%(group)s %(name)s", group=self.group, name=self.name)
        return pmsg("a code and its group", "%(group)s: %(name)s", group=self.group, name=self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """An entry of the facet of measures; ``cells`` are those that it is about, each with its relation.

    ``rests`` has the traits of the tags of each of these cells that the words of the measure carry, by the id
    of the cell and the relation; all traits of a tag of which this is not known.  ``unknown`` are the cells
    and relations of such tags.
    """

    facet: str
    id: str
    name: Wording
    href: str
    is_part: bool
    has_parts: bool
    cells: tuple[tuple[CellHead, str], ...]
    rests: tuple[tuple[tuple[str, str], Rests], ...] = ()
    unknown: frozenset[tuple[str, str]] = frozenset()

    def tags(self, cell: CellHead, relation: str) -> Rests:
        """The ids of the traits of each of its tags of a cell in a relation: ``(("loud", "swift"), ())`` of
        two tags, of which the second has no traits.  ``()`` without such a tag.
        """
        return dict(self.rests).get((cell.id, relation), ())

    def is_known(self, cell: CellHead, relation: str) -> bool:
        """Whether it is known of each of its tags of a cell in a relation on which traits the words rest;
        true without such a tag.
        """
        return (cell.id, relation) not in self.unknown


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step from a diagnosis to a measure (``None`` if the text has none), and the passages it rests on."""

    diagnosis: Diagnosis
    measure: Measure | None
    status: str
    passages: tuple[PassageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """All steps to the measures of a facet.  ``names`` are those of relations.

    ``unfounded`` are the measures without a diagnosis, as the file states.
    """

    facet: Facet
    diagnoses: tuple[Diagnosis, ...]
    measures: tuple[Measure, ...]
    steps: tuple[Step, ...]
    unfounded: tuple[Measure, ...]
    names: dict[str, Wording]

    @property
    def lacking(self) -> tuple[Diagnosis, ...]:
        """The diagnoses for which no step has a measure, in their order."""
        answered = {step.diagnosis for step in self.steps if step.measure}
        return tuple(one for one in self.diagnoses if one not in answered)


def facets(presenter: Presenter) -> tuple[Facet, ...]:
    """The facets with an entry at the end of an edge of the kind ``remedy``, in the order of the project;
    ``()`` for none.
    """
    codes = presenter.index.codes
    ends = {codes[edge.end].facet for edge in presenter.project.edges if edge.kind == "remedy" and edge.end}
    return tuple(facet for facet in presenter.project.facets if facet.id in ends)


def steps_to(presenter: Presenter, facet: Facet) -> Steps:
    """The steps to the measures of a facet, by their diagnoses in the order of the codebook.

    ``measures`` are all of the facet, also those without a step.  A diagnosis without a remedy has a step
    with ``measure=None``; with several such facets it is in each of them.  A measure at the start of an edge
    without an end is no diagnosis: it is one of ``unfounded`` of its facet.
    """
    index = presenter.index
    found = measures(presenter, facet)
    by_code = {CodeId.entry(facet.id, one.id): one for one in found}
    edges = [edge for edge in presenter.project.edges if edge.kind == "remedy"]
    own = [edge for edge in edges if not edge.end or index.codes[edge.end] in by_code]
    others = {one.id for one in facets(presenter)}
    starting = [
        edge
        for edge in own
        if index.codes[edge.start] not in by_code
        and (edge.end or index.codes[edge.start].facet not in others)
    ]
    order = list(index.codes)
    starting.sort(key=lambda edge: _place(presenter, order, edge))
    of_edge = {edge: diagnosis(presenter, index.codes[edge.start]) for edge in starting}
    return Steps(
        facet=facet,
        diagnoses=tuple(dict.fromkeys(of_edge.values())),
        measures=found,
        steps=tuple(
            Step(
                diagnosis=one,
                measure=by_code[index.codes[edge.end]] if edge.end else None,
                status=edge.status,
                passages=tuple(
                    presenter.passage(key) for key in dict.fromkeys(map(index.quoted, edge.evidence))
                ),
            )
            for edge, one in of_edge.items()
        ),
        unfounded=tuple(
            by_code[index.codes[edge.start]]
            for edge in own
            if not edge.end and index.codes[edge.start] in by_code
        ),
        names={term.id: term.name for term in presenter.project.grid.relations},
    )


def _place(presenter: Presenter, order: list[str], edge: Edge) -> tuple[bool, int]:
    """Cells come first; then the order is that of the codebook."""
    return presenter.index.codes[edge.start].kind not in ("cell", "trait"), order.index(edge.start)


def diagnosis(presenter: Presenter, code: CodeId) -> Diagnosis:
    """A code at an end of a step, with the group that it is named in.

    Of a cell, the group is its sign, or its name if it has no sign; the name is that of the relation with the
    few traits of its tags, without a relation that of the cell, and ``""`` if the group has it already.  Of a
    trait, the group is the same as of its cell.  Of an entry, the group is the name of its facet.  Any other
    code is its own group, and its name is ``""``.

    The address of a cell in a relation is that of the cell.

    :raises KeyError: for an unknown code.
    """
    edition = presenter.edition
    name: Wording = edition.code_name(code)
    if code.kind in ("cell", "trait"):
        cell = next(one for one in heads(presenter) if one.id == code.id)
        if code.kind == "cell":
            name = _in_relation(presenter, code, cell) if code.relation else cell.name if cell.sign else ""
        return Diagnosis(
            code=code,
            group=cell.brief,
            name=name,
            href=edition.code_addresses[code.whole],
            cell=cell,
        )
    group: Wording = name
    if code.kind == "entry":
        group = presenter.index.facets[code.facet].name
    else:
        name = ""
    return Diagnosis(code=code, group=group, name=name, href=edition.code_addresses[code], cell=None)


def _in_relation(presenter: Presenter, code: CodeId, cell: CellHead) -> Wording:
    """The relation of a cell, with the few traits of the tags that have it: ``weakens (Participation)``."""
    relation = presenter.edition.relations[code.relation].name
    found = presenter.index.by_cell.get(cell.id, ())
    traits = cell.few(tuple(tag.traits for _, tag in found if tag.relation == code.relation))
    return with_traits(relation, [traits]) if traits else relation


def measures(presenter: Presenter, facet: Facet) -> tuple[Measure, ...]:
    """The entries of a facet without a parent, each followed by its parts, in the order of the codebook.

    The ``cells`` of an entry with parts are those of its own words, which are the words of none of its parts.
    If the silence report has columns of the facet, only tags with a relation of one of them count; of a
    column without relations, all.
    """
    return presenter.once(_measures, facet)


def _measures(presenter: Presenter, facet: Facet) -> tuple[Measure, ...]:
    return tuple(_each_measure(presenter, facet))


def _each_measure(presenter: Presenter, facet: Facet) -> Iterator[Measure]:
    for entry in facet.entries:
        if not entry.parent:
            parts = presenter.index.parts(entry)
            yield _measure(presenter, entry, has_parts=bool(parts))
            for part in parts:
                yield _measure(presenter, part, has_parts=False)


def _measure(presenter: Presenter, entry: Entry, *, has_parts: bool) -> Measure:
    link = presenter.entry_link(entry.facet, entry.id)
    carried = list(_whole(presenter, entry) if has_parts else _tags(presenter, entry))
    return Measure(
        facet=entry.facet,
        id=entry.id,
        name=entry.name,
        href=link.href,
        is_part=bool(entry.parent),
        has_parts=has_parts,
        cells=tuple(_cells(presenter, tuple(tag for tag, _ in carried))),
        rests=tuple(
            grouped(
                ((tag.cell, tag.relation), tag.traits if own is None else own) for tag, own in carried
            ).items()
        ),
        unknown=frozenset((tag.cell, tag.relation) for tag, own in carried if own is None),
    )


_Carried = tuple[CellTag, tuple[str, ...] | None]
"""A tag that a measure is about, and its traits that the words of the measure carry, if this is known."""


def _tags(presenter: Presenter, entry: Entry) -> Iterator[_Carried]:
    """The tags that belong to an entry or to a part of it.

    If the silence report has columns of its facet, only tags that one of them counts.
    """
    index = presenter.index
    for key, tag in index.cells_of(entry):
        if _counts(presenter, entry, tag):
            yield tag, belonging.traits_of(index, entry, key, tag)


def _whole(presenter: Presenter, entry: Entry) -> Iterator[_Carried]:
    """The tags that belong to an entry and to none of its parts; relations count as in :func:`_tags`."""
    for _, tag, traits in belonging.of_the_whole(presenter.index, entry):
        if _counts(presenter, entry, tag):
            yield tag, traits


def _counts(presenter: Presenter, entry: Entry, tag: CellTag) -> bool:
    columns = [one for one in presenter.project.site.silence if one.facet == entry.facet]
    return not columns or any(one.counts(tag.relation) for one in columns)


def _cells(presenter: Presenter, tags: tuple[CellTag, ...]) -> Iterator[tuple[CellHead, str]]:
    """The cells of some tags, each with its relation, in the order of the codebook."""
    pairs = {(tag.cell, tag.relation) for tag in tags}
    relations = [relation.id for relation in presenter.project.grid.relations] or [""]
    for head in heads(presenter):
        yield from ((head, relation) for relation in relations if (head.id, relation) in pairs)


# --- what it shows --------------------------------------------------------------------------------


def shows(data: Steps) -> tuple[Wording, ...]:
    """The clauses that say what the picture shows, in this order; only the first is always there.

    How many diagnoses have no measure, or that each has one.  The cells with several diagnoses, none of which
    has a measure, unless these are all cells with a diagnosis.  How many of the steps with a measure the
    author states, or that the editors infer all; without such a step, or if the author states all, nothing.
    """
    return tuple(clause for clause in (_lacking(data), _cells_lacking(data), _stated(data)) if clause)


def _lacking(data: Steps) -> Wording:
    count, every = len(data.lacking), len(data.diagnoses)
    if not count:
        return msg("Each of the %(all)s diagnoses that the editors list is matched with a measure", all=every)
    return msg(
        "Of the %(all)s diagnoses that the editors list, %(count)s are matched with no measure",
        count=count,
        all=every,
    )


def _cells_lacking(data: Steps) -> Wording:
    """The cells with several diagnoses none of which has a measure."""
    lacking = set(data.lacking)
    by_cell: dict[CellHead, list[Diagnosis]] = {}
    for one in data.diagnoses:
        if one.cell:
            by_cell.setdefault(one.cell, []).append(one)
    cells = [cell for cell, own in by_cell.items() if len(own) > 1 and lacking.issuperset(own)]
    if not cells or len(cells) == len(by_cell):
        return ""
    return msg("No diagnosis of %(cells)s is matched with one", cells=either(cell.whole for cell in cells))


def _stated(data: Steps) -> Wording:
    ended = [step for step in data.steps if step.measure]
    stated = sum(step.status == "stated" for step in ended)
    if not ended or stated == len(ended):
        return ""
    if not stated:
        return msg("The editors infer all %(all)s steps", all=len(ended))
    return msg(
        "The author states %(stated)s of the %(all)s steps; the editors infer the others",
        stated=stated,
        all=len(ended),
    )
