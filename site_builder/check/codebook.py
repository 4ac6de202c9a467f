"""Rules for the codebook: the grid and the facets (family C)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.links import Links
from site_builder.model import Facet, Place, Problem, Project
from site_builder.shape import near

RESERVED = ("cell", "dimension", "facet", "function", "page", "work", "grid", "index", "search")
"""Words that a facet may not take as its id: links and addresses use them."""


def ids_stand_once(project: Project, links: Links) -> Iterator[Problem]:
    """C001 An id must stand once in its list: dimensions, poles, cells, relations, functions, facets,
    the fields and entries of a facet.  A facet's id must not be a word that addresses use."""
    grid = project.grid
    lists: list[tuple[str, Iterable[tuple[str, Place]]]] = [
        ("dimension", ((x.id, x.place) for x in grid.dimensions)),
        ("pole", ((x.id, x.place) for x in grid.poles)),
        ("cell", ((x.id, x.place) for x in grid.cells)),
        ("relation", ((x.id, x.place) for x in grid.relations)),
        ("function", ((x.id, x.place) for x in grid.functions)),
        ("facet", ((x.id, x.place) for x in project.facets)),
    ]
    for facet in project.facets:
        lists.append(("entry", ((x.id, x.place) for x in facet.entries)))
        lists.append(("field", ((x.id, x.place) for x in facet.fields)))
        if facet.id in RESERVED or facet.id in links.works or facet.id in links.dimensions:
            yield Problem(
                place=facet.place,
                code="C001",
                message=f"a facet must not be called '{facet.id}': the word has a meaning already",
            )
    for what, found in lists:
        seen: set[str] = set()
        for id_, place in found:
            if id_.lower() in seen:
                yield Problem(
                    place=place,
                    code="C001",
                    message=f"the id of a {what} must stand once: {id_}",
                    hint="ids that differ in capitals only are one file on many disks",
                )
            seen.add(id_.lower())


def grid_is_whole(project: Project, links: Links) -> Iterator[Problem]:
    """C002 Every crossing of a dimension and a pole must be one cell, with known dimension and pole."""
    grid = project.grid
    poles = {pole.id for pole in grid.poles}
    crossings: set[tuple[str, str]] = set()
    for cell in grid.cells:
        wrong = ""
        if cell.dimension not in links.dimensions:
            wrong = f"no dimension has the id {cell.dimension}"
        elif cell.pole not in poles:
            wrong = f"no pole has the id {cell.pole}"
        elif (cell.dimension, cell.pole) in crossings:
            wrong = f"the crossing of {cell.dimension} and {cell.pole} has a cell already"
        crossings.add((cell.dimension, cell.pole))
        if wrong:
            yield Problem(place=cell.place, code="C002", message=wrong)
    for dimension in grid.dimensions:
        for pole in grid.poles:
            if (dimension.id, pole.id) not in crossings:
                yield Problem(
                    place=grid.place,
                    code="C002",
                    message=f"the crossing of {dimension.id} and {pole.id} must have a cell",
                    hint=f"add under cells: - {{id: {dimension.id}{pole.id}, …}}",
                )


def references_exist(project: Project, links: Links) -> Iterator[Problem]:
    """C003 What a facet names must exist in it: a parent, a field, the fields of its table."""
    for facet in project.facets:
        fields = {field.id for field in facet.fields}
        ids = {entry.id for entry in facet.entries}
        for entry in facet.entries:
            if entry.parent and (entry.parent not in ids or entry.parent == entry.id):
                yield _unknown(entry.place, "entry", entry.parent, ids - {entry.id})
            for name, prose in entry.fields.items():
                if name not in fields:
                    yield _unknown(prose.place, "field", name, fields)
        for name in facet.table.fields if facet.table else ():
            if name not in fields:
                assert facet.table is not None
                yield _unknown(facet.table.place, "field", name, fields)


def _unknown(place: Place, what: str, name: str, known: set[str]) -> Problem:
    return Problem(place=place, code="C003", message=f"no {what} has the id {name}", hint=near(name, known))


def traits_are_quotations(project: Project, links: Links) -> Iterator[Problem]:
    """C004 A trait of a cell must stand word for word in the passage it names, and that passage must
    carry the cell: the traits are the author's words, not ours."""
    for cell in project.grid.cells:
        for trait in cell.traits:
            key = (links.only_work, trait.passage)
            passage = links.passages.get(key)
            tagging = links.taggings.get(key)
            wrong = hint = ""
            if passage is None:
                wrong = f"no passage has the id {trait.passage}"
            elif trait.text not in passage.text:
                wrong = f"the trait must stand in {trait.passage}: {trait.text}"
                held = next((k[1] for k, p in links.passages.items() if trait.text in p.text), "")
                hint = f"it stands in {held}" if held else "quote the words exactly"
            elif tagging is not None and all(tag.cell != cell.id for tag in tagging.cells):
                wrong = f"{trait.passage} must carry the cell {cell.id} to lend it a trait"
                hint = "tag the passage, or take the trait from another"
            if wrong:
                yield Problem(place=trait.place, code="C004", message=wrong, hint=hint)


def entries_are_used(project: Project, links: Links) -> Iterator[Problem]:
    """C005 (review) An entry that no passage points at should be used or removed."""
    for facet in project.facets:
        used = {entry for name, entry in links.by_entry if name == facet.id}
        yield from _unused(facet, used)


def _unused(facet: Facet, used: set[str]) -> Iterator[Problem]:
    for entry in facet.entries:
        if entry.id not in used:
            yield Problem(
                place=entry.place,
                code="C005",
                message=f"no passage points at {facet.id}:{entry.id}",
                hint="tag a passage with it, or remove the entry",
                level="review",
            )
