"""The map of the argument as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.site.pictures import course_layout as layout
from site_builder.site.pictures import key
from site_builder.site.pictures.cells import CellHead, Rests, of_traits_only, of_unknown_traits, with_traits
from site_builder.site.pictures.course import Course, Join, counted, course, has_places, otherwise, shows
from site_builder.site.pictures.gaps import contingent, hatched_by_group, uncovered
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.pictures.picture import Content, Form, KeyItem, Picture, Table, whole_sentences
from site_builder.site.pictures.steps_layout import status_name
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link


def pictures(presenter: Presenter) -> tuple[Picture, ...]:
    """The map of the argument (id ``argument``), "The course of the argument" in English; none where
    :func:`.course.course` is ``None``.

    It has the forms ``wide`` and ``narrow``, and no ``has_readings``.  Its ``limits`` say what it shows in
    the other readings of the tags where this differs.
    """
    return presenter.once(_pictures)


def _pictures(presenter: Presenter) -> tuple[Picture, ...]:
    data = course(presenter)
    if data is None:
        return ()
    shapes = glyphs(presenter.project)
    picture = Picture(
        id="argument",
        title=msg("The course of the argument"),
        shows=shows(data),
        limits=tuple(_limits(presenter, data)),
        how=_counted(data, _how()),
        forms=(
            Form(name="wide", layout=partial(layout.wide, data, shapes)),
            Form(
                name="narrow", layout=partial(layout.narrow, data, shapes), how=_counted(data, _how_narrow())
            ),
        ),
        table=_table(data),
        key=tuple(_key(presenter, data, shapes)),
    )
    return (picture,)


def _how() -> Wording:
    return msg(
        "Each cell is a line, the thicker the more passages treat it by itself. At its start are the earlier"
        " views that touch it; a sign on it is the relation of what covers it; at its end are the measures."
        " Nothing flows along a line, and its thickness is no weight."
    )


def _how_narrow() -> Wording:
    return msg(
        "Each column is a cell. Above are the earlier views that touch it, below them what covers it and in"
        " which relation, and at the bottom the measures that concern it."
    )


def _counted(data: Course, how: Wording) -> Wording:
    """How the picture is read, that signs may be about traits alone, and which relations the sentence about
    it counts where it shows others too.
    """
    if _has_traits(data):
        how = pmsg("two sentences", "%(first)s %(second)s", first=how, second=of_traits_only())
    if _has_unknown(data):
        how = pmsg("two sentences", "%(first)s %(second)s", first=how, second=of_unknown_traits())
    if has_places(data):
        places = msg(
            "A place is a sign at a measure: a tag of one cell in one relation; an entry and its parts are"
            " counted apart. A line without a sign is a step alone, and no place."
        )
        how = pmsg("two sentences", "%(first)s %(second)s", first=how, second=places)
    for one in data.answers:
        if one.silent and (relations := counted(one)):
            counts = msg(
                "The number of cells of “%(facet)s” counts only “%(relations)s”; the picture shows all"
                " relations.",
                facet=one.facet,
                relations=relations,
            )
            how = pmsg("two sentences", "%(first)s %(second)s", first=how, second=counts)
    return how


def _has_traits(data: Course) -> bool:
    found = [*data.viewed.values(), *data.measured.values()]
    found += [sign.rests for one in data.answers for row in one.rows for own in row.signs for sign in own]
    return any(tag for tags in found for tag in tags)


def _has_unknown(data: Course) -> bool:
    joins = (join for join in data.joins if join.is_tagged)
    signs = [sign for one in data.answers for row in one.rows for own in row.signs for sign in own]
    return any(not join.measure.is_known(join.cell, join.relation) for join in joins) or any(
        not sign.is_known for sign in signs
    )


def _limits(presenter: Presenter, data: Course) -> Iterator[Wording]:
    """That the picture is of the published tags, and what it shows in each reading that differs."""
    different = otherwise(presenter, data)
    if not different:
        return
    yield msg("The picture and its sentence are those of the published tags.")
    for reading, clauses in different:
        found = whole_sentences(clauses)
        if reading == "strict":
            yield msg("In the strict reading: %(sentences)s", sentences=found)
        else:
            yield msg("In the generous reading: %(sentences)s", sentences=found)


def _key(presenter: Presenter, data: Course, shapes: layout.Shapes) -> Iterator[KeyItem]:
    """The signs, the lines and the hatchings; the relations of views are signs in the narrow form alone."""
    used = {
        sign.relation for one in data.answers for row in one.rows for signs in row.signs for sign in signs
    }
    used |= {join.relation for join in data.joins if join.is_tagged}
    of_views = {relation for view in data.views for _, relation, _ in view.cells}
    is_list = not layout.has_lanes(data)
    for relation, shape in shapes.items():
        if relation in used or relation in of_views:
            form = "" if relation in used or is_list else "narrow"
            yield key.of_relation(presenter.edition, relation, shape, form=form)
    statuses = {join.status for join in data.joins}
    if not is_list and (data.views or "" in statuses):
        yield KeyItem(shape="line", text=msg("tagged by the editors; not a step"), form="wide")
    yield from key.of_statuses(statuses)
    doubts = [cell in data.doubted for cell in data.ending]
    doubts += [row.agree is False for one in data.answers for row in one.silent]
    silent = [(one.facet, uncovered(one.does)) for one in data.answers if one.silent]
    if data.ending:
        silent.append((data.measures_of, msg("no measure for it")))
    if silent:
        yield KeyItem(shape="hatch", text=hatched_by_group(silent))
    if any(doubts):
        yield KeyItem(shape="hatch-contingent", text=contingent())


def _table(data: Course) -> Table:
    """A row for each cell: what touches it, what answers it, and its measures."""
    columns: list[Wording] = [msg("Cell")]
    if data.views:
        columns.append(data.views_of)
    columns += [one.facet for one in data.answers]
    if data.measures:
        columns.append(data.measures_of)
    rows = tuple(_row(data, number) for number in range(len(data.cells)))
    return Table(columns=tuple(columns), rows=rows)


def _row(data: Course, number: int) -> tuple[Content, ...]:
    cell = data.cells[number]
    found: list[Content] = [(Link(text=cell.whole, href=cell.href),)]
    if data.views:
        own = [(view, relation) for view in data.views for one, relation, _ in view.cells if one == cell]
        found.append(
            _named(
                (
                    Link(text=view.name, href=view.href),
                    _with_traits(data.names.get(relation, ""), cell, view.tags(cell, relation)),
                )
                for view, relation in own
            )
        )
    for one in data.answers:
        signs = zip(one.heads, one.rows[number].signs, strict=True)
        found.append(
            _named(
                (
                    Link(text=head.name, href=head.href),
                    _with_traits(
                        data.names.get(sign.relation, ""), cell, sign.rests if sign.is_known else ()
                    ),
                )
                for head, own in signs
                for sign in own
            )
        )
    if data.measures:
        joins = [join for join in data.joins if join.cell == cell]
        found.append(
            _named(
                (
                    Link(text=join.measure.name, href=join.measure.href),
                    _joining(data, join),
                )
                for join in joins
            )
        )
    return tuple(found)


def _joining(data: Course, join: Join) -> Wording:
    """The relation and the traits of the tags, and the status of the steps; what there is of both."""
    status = [status_name(join.status)] if join.status else []
    if not join.is_tagged:
        return listed(status)
    is_known = join.measure.is_known(join.cell, join.relation)
    tags = join.measure.tags(join.cell, join.relation) if is_known else ()
    tagged = _with_traits(data.names.get(join.relation, ""), join.cell, tags)
    return listed((*((tagged,) if tagged else ()), *status))


def _with_traits(relation: Wording, cell: CellHead, tags: Rests) -> Wording:
    """The name of a relation with the traits of some tags; one of the two alone if the other is empty."""
    names = cell.names(tags)
    if not relation or not names:
        return relation or listed(names)
    return with_traits(relation, names)


def _named(pairs: Iterator[tuple[Link, Wording]]) -> Content:
    """Links, each followed by a word."""
    return tuple(part for pair in pairs for part in pair if part)
