"""Pages of the frame: the grid and its cells, the facets and their entries, the silence report."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addresses
from site_builder.edition.index import Key
from site_builder.model import Cell, CellTag, Column, Dimension, Entry, EntryTag, Facet
from site_builder.site.presenter import Desk
from site_builder.site.views import Account, Chip, Comparison, Group, Item, Link, PassageLink, Step, View


def grid(desk: Desk) -> View:
    found = desk.project.grid
    page = desk.page_about("grid")
    return View(
        template="grid.html",
        address=addresses.GRID,
        title=page.title if page else found.name,
        description=found.definition,
        section="grid",
        facts={"grid": found, "matrix": desk.matrix(), "about": desk.about("grid")},
    )


def dimensions(desk: Desk) -> Iterator[View]:
    for dimension in desk.project.grid.dimensions:
        yield _dimension(desk, dimension)
    for cell in desk.project.grid.cells:
        yield _cell(desk, cell)


def _dimension(desk: Desk, dimension: Dimension) -> View:
    row = desk.row(dimension)
    keys = {
        key: None
        for key in desk.links.taggings
        if any(desk.links.cells[c].dimension == dimension.id for c in desk.cells_of(key))
    }
    return View(
        template="dimension.html",
        address=addresses.dimension(dimension.id),
        title=dimension.name,
        description=dimension.definition,
        section="grid",
        trail=(Step(text=desk.project.grid.name, href=addresses.GRID),),
        facts={
            "dimension": dimension,
            "row": row,
            "matrix": desk.matrix(),
            "about": desk.about(f"dimension:{dimension.id}"),
            "passages": [desk.passage(key, chips=_chips_in(desk, key, dimension)) for key in keys],
            "backlinks": desk.backlinks(
                desk.links.mentioning.get(f"dimension:{dimension.id}", ()),
                but=addresses.dimension(dimension.id),
            ),
        },
    )


def _chips_in(desk: Desk, key: Key, dimension: Dimension) -> tuple[Chip, ...]:
    return tuple(
        desk.chip(tag.cell, tag.relation)
        for tag in desk.links.taggings[key].cells
        if desk.links.cells[tag.cell].dimension == dimension.id
    )


def _cell(desk: Desk, cell: Cell) -> View:
    tags = desk.links.by_cell.get(cell.id, ())
    address = addresses.cell(cell, desk.poles)
    dimension = desk.links.dimensions[cell.dimension]
    return View(
        template="cell.html",
        address=address,
        title=cell.name,
        description=cell.definition,
        section="grid",
        trail=(
            Step(text=desk.project.grid.name, href=addresses.GRID),
            Step(text=dimension.name, href=addresses.dimension(dimension.id)),
        ),
        facts={
            "cell": cell,
            "box": desk.box(cell),
            "about": desk.about(f"cell:{cell.id}"),
            "matrix": desk.matrix(),
            "groups": [_group(desk, relation, found) for relation, found in desk.by_relation(tags)],
            "measures": list(_measures(desk, cell)),
            "backlinks": desk.backlinks(desk.links.mentioning.get(f"cell:{cell.id}", ()), but=address),
        },
    )


def _group(desk: Desk, relation: str, tags: list[tuple[Key, CellTag]]) -> Group:
    term = desk.relations[relation]
    return Group(
        title=term.name,
        definition=term.definition,
        passages=tuple(
            desk.passage(key, evidence=tag.evidence, chips=_frame_chips(desk, key, tag), note=tag.note)
            for key, tag in tags
        ),
    )


def _frame_chips(desk: Desk, key: Key, cell: CellTag) -> tuple[Chip, ...]:
    """The entries of frame facets under which a passage says this of a cell, as plain chips."""
    frames = {facet.id for facet in desk.project.facets if facet.kind == "frame"}
    links = [
        desk.entry_link(tag.facet, tag.entry)
        for tag in desk.links.taggings[key].entries
        if tag.facet in frames and desk.links.covers(key, tag, cell)
    ]
    return tuple(Chip(slug="entry", sign="", name=link.text, href=link.href) for link in links)


def _measures(desk: Desk, cell: Cell) -> Iterator[dict[str, object]]:
    """The entries with stretches of their own (numbered measures) whose stretch holds this cell."""
    for (facet, id_), tags in desk.links.by_entry.items():
        relations = dict.fromkeys(
            found.relation
            for key, tag in tags
            for found in desk.links.within(key, tag)
            if found.cell == cell.id
        )
        entry = desk.links.entries.get((facet, id_))
        if relations and entry is not None and entry.parent:
            names = "、".join(desk.relations[r].name for r in relations)
            yield {"link": desk.entry_link(facet, id_), "relations": names}


# --- facets -----------------------------------------------------------------------------------------


def facets(desk: Desk) -> Iterator[View]:
    for facet in desk.project.facets:
        yield _facet(desk, facet)
        if facet.kind == "frame":
            for entry in facet.entries:
                if not entry.parent:
                    yield _entry(desk, facet, entry)


def _facet(desk: Desk, facet: Facet) -> View:
    page = desk.page_about(f"facet:{facet.id}")
    address = addresses.facet(facet.id)
    return View(
        template="facet.html" if facet.kind == "frame" else "index.html",
        address=address,
        title=page.title if page else facet.name,
        description=facet.definition,
        section=facet.id if facet.kind == "frame" else "indexes",
        trail=() if facet.kind == "frame" else (Step(text="索引", href=addresses.INDEXES),),
        facts={
            "facet": facet,
            "about": page.prose if page else None,
            "table": comparison(desk, facet),
            "items": [item(desk, facet, e) for e in facet.entries if not e.parent],
            "siblings": _siblings(desk, facet, ""),
            "count": len(facet.entries),
            "backlinks": desk.backlinks(desk.links.mentioning.get(f"facet:{facet.id}", ()), but=address),
        },
    )


def comparison(desk: Desk, facet: Facet) -> Comparison | None:
    """The table of entries × fields that a facet asks for."""
    if facet.table is None:
        return None
    entries = [entry for entry in facet.entries if not entry.parent]
    names = {field.id: field.name for field in facet.fields}
    return Comparison(
        caption=facet.table.caption,
        note=facet.table.note,
        columns=tuple(desk.entry_link(facet.id, entry.id) for entry in entries),
        rows=tuple(
            (names[id_], tuple(entry.fields.get(id_) for entry in entries)) for id_ in facet.table.fields
        ),
    )


def item(desk: Desk, facet: Facet, entry: Entry) -> Item:
    tags = desk.links.by_entry.get((facet.id, entry.id), ())
    fields = {field.id: field for field in facet.fields}
    return Item(
        id=entry.id,
        name=entry.name,
        name_en=entry.name_en,
        also=entry.also,
        href=addresses.entry(entry, desk.links.facets),
        definition=entry.definition,
        accounts=tuple(
            Account(id=id_, name=fields[id_].name, name_en=fields[id_].name_en, prose=entry.fields[id_])
            for id_ in fields
            if id_ in entry.fields
        ),
        passages=tuple(
            desk.passage(
                key,
                evidence=tag.evidence if not any(q.to for q in tag.evidence) else (),
                chips=_entry_chips(desk, key, facet),
            )
            for key, tag in tags
        ),
        chips=desk.entry_cells(entry) if entry.parent else (),
        parts=tuple(item(desk, facet, part) for part in desk.links.parts(entry)),
    )


def _entry_chips(desk: Desk, key: Key, facet: Facet) -> tuple[Chip, ...]:
    return desk.chips(desk.links.taggings.get(key)) if facet.kind == "frame" else ()


def _entry(desk: Desk, facet: Facet, entry: Entry) -> View:
    page = desk.page_about(f"{facet.id}:{entry.id}")
    address = addresses.entry(entry, desk.links.facets)
    tags = desk.links.by_entry.get((facet.id, entry.id), ())
    targets = (entry, *desk.links.parts(entry))
    return View(
        template="entry.html",
        address=address,
        title=entry.name,
        description=entry.definition.text,
        section=facet.id,
        trail=(Step(text=facet.name, href=addresses.facet(facet.id)),),
        facts={
            "facet": facet,
            "item": item(desk, facet, entry),
            "about": page.prose if page else None,
            "siblings": _siblings(desk, facet, entry.id),
            "cells": _cells_touched(desk, tags),
            "backlinks": desk.backlinks(
                (
                    mention
                    for target in targets
                    for mention in desk.links.mentioning.get(f"{facet.id}:{target.id}", ())
                ),
                but=address,
            ),
        },
    )


def _siblings(desk: Desk, facet: Facet, current: str) -> list[Link]:
    return [
        Link(
            text=entry.name,
            href=addresses.entry(entry, desk.links.facets),
            current=entry.id == current,
        )
        for entry in facet.entries
        if not entry.parent
    ]


def _cells_touched(desk: Desk, tags: tuple[tuple[Key, EntryTag], ...]) -> list[dict[str, object]]:
    """Each cell of the grid with the passages that carry it under an entry, by relation."""
    found: dict[tuple[str, str], list[PassageLink]] = {}
    for key, entry in tags:
        for tag in desk.links.taggings[key].cells:
            if not desk.links.covers(key, entry, tag):
                continue
            link = desk.passage(key, evidence=tag.evidence, note=tag.note)
            found.setdefault((tag.cell, tag.relation), []).append(link)
    order = list(desk.links.cells)
    return [
        {"chip": desk.chip(cell, relation), "passages": links}
        for (cell, relation), links in sorted(found.items(), key=lambda x: order.index(x[0][0]))
    ]


# --- silence ----------------------------------------------------------------------------------------


def silence(desk: Desk) -> Iterator[View]:
    columns = desk.project.site.silence
    if not columns:
        return
    page = desk.page_about("silence")
    heads = [
        {"name": column.name, "relations": _names(desk, column), "entries": _heads(desk, column)}
        for column in columns
    ]
    yield View(
        template="silence.html",
        address=addresses.SILENCE,
        title=page.title if page else "沉默報告",
        description="哪一格無人回應：由標記算出",
        section="silence",
        facts={
            "about": page.prose if page else None,
            "heads": heads,
            "rows": [_silence_row(desk, cell, columns) for cell in desk.project.grid.cells],
        },
    )


def _names(desk: Desk, column: Column) -> str:
    return "、".join(desk.relations[r].name for r in column.relations)


def _heads(desk: Desk, column: Column) -> list[Link]:
    entries = [e for e in desk.links.facets[column.facet].entries if not e.parent]
    return [desk.entry_link(column.facet, entry.id) for entry in entries]


def _silence_row(desk: Desk, cell: Cell, columns: tuple[Column, ...]) -> dict[str, object]:
    parts = []
    for column in columns:
        by_entry, loose = _answers(desk, cell, column)
        parts.append({"by_entry": by_entry, "loose": loose, "silent": not any(by_entry)})
    return {
        "chip": desk.chip(cell.id),
        "parts": parts,
        "silent": all(part["silent"] for part in parts),
        "first_silent": bool(parts[0]["silent"]),
    }


def _answers(desk: Desk, cell: Cell, column: Column) -> tuple[list[list[PassageLink]], list[PassageLink]]:
    """The passages that answer a cell, under each entry of the column's facet; and those that answer
    it under none, because they speak of all entries together."""
    entries = [e.id for e in desk.links.facets[column.facet].entries if not e.parent]
    found: dict[str, list[PassageLink]] = {id_: [] for id_ in entries}
    loose: list[PassageLink] = []
    for key, tag in desk.links.by_cell.get(cell.id, ()):
        if tag.relation not in column.relations:
            continue
        carried = {
            t.entry
            for t in desk.links.taggings[key].entries
            if t.facet == column.facet and desk.links.covers(key, t, tag)
        }
        link = desk.passage(key, evidence=tag.evidence)
        for id_ in entries:
            if id_ in carried:
                found[id_].append(link)
        if not carried.intersection(entries):
            loose.append(link)
    return list(found.values()), loose
