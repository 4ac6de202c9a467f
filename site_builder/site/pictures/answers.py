"""Pictures of the answers: for each column of the silence report, its cells and the entries of its facet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from site_builder.edition.readings import Reading
from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.model import Column
from site_builder.site.pictures import answering_layout as layout
from site_builder.site.pictures import key
from site_builder.site.pictures.answering import Answering, Row, Sign, by_reading, doing
from site_builder.site.pictures.answering_clauses import shows
from site_builder.site.pictures.cells import of_traits_only, of_unknown_traits
from site_builder.site.pictures.gaps import contingent, of_gaps, uncovered
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.pictures.picture import Content, Form, KeyItem, Picture, Table, together
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link


def pictures(presenter: Presenter) -> Iterator[Picture]:
    """The picture of each column of the silence report, in the order of the project file.

    A column has none if its facet is unknown, or if no passage with one of its entries has a cell.

    Its id is ``answers-FACET``, with ``-1``, ``-2`` … after it if several columns have the facet; its title
    is the name of the column.
    """
    for number, column in enumerate(presenter.project.site.silence):
        picture = presenter.once(_picture, number, column)
        if picture is not None:
            yield picture


def of_facet(presenter: Presenter, facet: str) -> Iterator[Picture]:
    """The pictures of :func:`pictures` whose column has this facet, in order; none for another facet."""
    for number, column in enumerate(presenter.project.site.silence):
        picture = presenter.once(_picture, number, column) if column.facet == facet else None
        if picture is not None:
            yield picture


def _picture(presenter: Presenter, number: int, column: Column) -> Picture | None:
    found = by_reading(presenter, column)
    if not found:
        return None
    data = found["published"]
    same = [one for one in presenter.project.site.silence if one.facet == column.facet]
    shapes = glyphs(presenter.project)
    return Picture(
        id=f"answers-{column.facet}" + (f"-{same.index(column) + 1}" if len(same) > 1 else ""),
        title=column.name,
        shows=shows(data),
        how=_how(data),
        forms=tuple(
            Form(name=name, layout=partial(draw, one, shapes), readings=readings)
            for one, readings in _different(found)
            for name, draw in (("wide", layout.wide), ("narrow", layout.narrow))
        ),
        table=_table(data),
        key=tuple(_key(presenter, found, shapes)),
        limits=of_gaps([column]) if any(one.silent for one in found.values()) else (),
        has_readings=len(found) > 1,
        shows_in=tuple((name, shows(one)) for name, one in found.items()) if len(found) > 1 else (),
    )


def _different(found: dict[Reading, Answering]) -> list[tuple[Answering, tuple[str, ...]]]:
    """The different data with their readings, the published one first; no readings if all are the same."""
    groups = together((name, found[name]) for name in sorted(found, key=lambda one: one != "published"))
    return [(data, tuple(names) if len(groups) > 1 else ()) for data, names in groups]


def _how(data: Answering) -> Wording:
    how = _how_to_read(data)
    found = [sign for row in data.rows for signs in row.signs for sign in signs]
    if any(tag for sign in found for tag in sign.rests):
        how = pmsg("two sentences", "%(first)s %(second)s", first=how, second=of_traits_only())
    if not all(sign.is_known for sign in found):
        how = pmsg("two sentences", "%(first)s %(second)s", first=how, second=of_unknown_traits())
    return how


def _how_to_read(data: Answering) -> Wording:
    relations = listed(data.names[one] for one in data.column.relations)
    if not data.names:
        return msg(
            "A sign shows that a passage about the entry has the cell. An empty place says nothing; what is"
            " hatched has no passage."
        )
    if not relations:
        return msg(
            "A sign shows how a passage about the entry is related to the cell. An empty place says nothing;"
            " what is hatched is not covered."
        )
    return msg(
        "A sign shows how a passage about the entry is related to the cell. An empty place says nothing. What"
        " counts here: %(relations)s. What is hatched has none of that; signs on it are other relations.",
        relations=relations,
    )


def _key(presenter: Presenter, found: dict[Reading, Answering], shapes: layout.Shapes) -> Iterator[KeyItem]:
    """The relations that are drawn in a reading, and the hatchings, each with its readings."""
    data = found["published"]

    def seen(has: Callable[[Row], bool]) -> tuple[tuple[str, ...], bool]:
        own = tuple(name for name, one in found.items() if any(map(has, one.rows)))
        return (() if len(own) == len(found) else own), bool(own)

    for relation, shape in shapes.items():
        readings, drawn = seen(partial(_has, relation))
        if drawn:
            yield key.of_relation(presenter.edition, relation, shape, readings=readings)
    readings, drawn = seen(lambda row: not row.answered)
    if drawn:
        yield KeyItem(shape="hatch", text=uncovered(doing(presenter, data.column)), readings=readings)
    readings, drawn = seen(lambda row: not row.answered and row.agree is False)
    if drawn:
        yield KeyItem(shape="hatch-contingent", text=contingent(), readings=readings)


def _has(relation: str, row: Row) -> bool:
    return any(sign.relation == relation for signs in row.signs for sign in signs)


def _table(data: Answering) -> Table:
    """A row for each cell, and in it the signs of each entry in words, apart for each set of traits."""
    return Table(
        columns=(msg("Cell"), *(head.name for head in data.heads), msg("Covered by")),
        rows=tuple(
            (
                (Link(text=row.cell.whole, href=row.cell.href),),
                *(_content(data, row, signs) for signs in row.signs),
                (_count(row),),
            )
            for row in data.rows
        ),
    )


def _content(data: Answering, row: Row, signs: tuple[Sign, ...]) -> Content:
    found: list[Wording | Link] = []
    for sign in (one for whole in signs for one in whole.each):
        names = row.cell.names(sign.rests) if sign.is_known else ()
        found += [data.names.get(sign.relation, ""), listed(names) if names else "", *sign.quotes]
        found += [Link(text=passage.short, href=passage.href) for passage in sign.passages]
    return tuple(one for one in found if one)


def _count(row: Row) -> Wording:
    return str(row.answered)
