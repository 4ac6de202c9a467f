"""Pictures of diagnoses, measures and cells: one for each facet at whose entries such steps end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.model import Facet
from site_builder.site.pictures import key
from site_builder.site.pictures import steps_layout as layout
from site_builder.site.pictures.cells import of_unknown_traits
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.pictures.picture import Content, Form, KeyItem, Picture, Table
from site_builder.site.pictures.steps import Measure, Step, Steps, facets, shows, steps_to
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link


def pictures(presenter: Presenter) -> tuple[Picture, ...]:
    """The picture of each facet with an entry at the end of an edge of the kind ``remedy``, in the order of
    the project; ``()`` without such a facet.

    Its id is ``remedies``, or ``remedies-FACET`` if there are several such facets.
    """
    return presenter.once(_pictures)


def _pictures(presenter: Presenter) -> tuple[Picture, ...]:
    found = facets(presenter)
    return tuple(
        _picture(presenter, facet, "remedies" if len(found) == 1 else f"remedies-{facet.id}")
        for facet in found
    )


def of_facet(presenter: Presenter, facet: str) -> Iterator[Picture]:
    """The picture of one facet, with the id that :func:`pictures` gives it; none if no edge of the kind
    ``remedy`` ends at an entry of the facet, and for an unknown facet.
    """
    own = {f"remedies-{facet}"} | (
        {"remedies"} if [one.id for one in facets(presenter)] == [facet] else set()
    )
    return (picture for picture in pictures(presenter) if picture.id in own)


def _picture(presenter: Presenter, facet: Facet, id_: str) -> Picture:
    data, shapes = steps_to(presenter, facet), glyphs(presenter.project)
    return Picture(
        id=id_,
        title=msg("From diagnoses to measures and cells"),
        shows=shows(data),
        how=_how(data),
        forms=(
            Form(name="wide", layout=partial(layout.wide, data, shapes)),
            Form(name="narrow", layout=partial(layout.narrow, data, shapes), how=_how_narrow(data)),
        ),
        table=_table(data),
        key=tuple(_key(presenter, data, shapes)),
    )


def _how(data: Steps) -> Wording:
    how = msg(
        "A line joins what the text finds wrong, by cell, to the measure under “%(facet)s” that is to correct"
        " it; beside a measure are the cells that it is about. With a diagnosis without a line the"
        " editors match no measure. That a line is there does not mean that the measure would work.",
        facet=data.facet.name,
    )
    if any(step.measure and not step.diagnosis.slug for step in data.steps):
        how = pmsg("two sentences", "%(first)s %(second)s", first=how, second=layout.grey())
    return _unknown(data, how)


def _how_narrow(data: Steps) -> Wording:
    how = msg(
        "Below each measure under “%(facet)s” are the diagnoses that it is to correct, and then the cells"
        " that it is about. That a diagnosis is there does not mean that the measure would work.",
        facet=data.facet.name,
    )
    return _unknown(data, how)


def _unknown(data: Steps, how: Wording) -> Wording:
    """How the picture is read, and that a measure without traits is not about the whole cell, if there is
    such a measure.
    """
    if not any(one.unknown for one in data.measures):
        return how
    return pmsg("two sentences", "%(first)s %(second)s", first=how, second=of_unknown_traits())


def _key(presenter: Presenter, data: Steps, shapes: layout.Shapes) -> Iterator[KeyItem]:
    statuses = {step.status for step in data.steps}
    yield from key.of_statuses(statuses)
    if data.lacking or data.unfounded:
        yield KeyItem(shape="hatch", text=layout.status_name("none"))
    used = {relation for one in data.measures for _, relation in one.cells}
    for relation, shape in shapes.items():
        if relation in used:
            yield key.of_relation(presenter.edition, relation, shape)


def _table(data: Steps) -> Table:
    """A row for each step, then one for each measure without a step."""
    rows = [_row(data, step) for step in data.steps]
    joined = {step.measure for step in data.steps}
    rows += [
        (("—",), (layout.status_name("none") if one in data.unfounded else "",), *_of_measure(data, one), ())
        for one in data.measures
        if one in data.unfounded or (one not in joined and one.cells)
    ]
    columns = (msg("Diagnosis"), msg("Status"), msg("Measure"), msg("Cells"), msg("Passages"))
    return Table(columns=columns, rows=tuple(rows))


def _row(data: Steps, step: Step) -> tuple[Content, ...]:
    measure = _of_measure(data, step.measure) if step.measure else ((), ())
    return (
        (Link(text=step.diagnosis.whole, href=step.diagnosis.href),),
        (layout.status_name(step.status),),
        *measure,
        tuple(Link(text=one.short, href=one.href) for one in step.passages),
    )


def _of_measure(data: Steps, one: Measure) -> tuple[Content, Content]:
    cells: list[Wording | Link] = []
    for cell, relation in one.cells:
        names = cell.names(one.tags(cell, relation)) if one.is_known(cell, relation) else ()
        cells += [Link(text=cell.brief, href=cell.href), data.names.get(relation, ""), listed(names)]
    return (Link(text=one.name, href=one.href),), tuple(part for part in cells if part)
