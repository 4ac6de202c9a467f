"""Rules for the codebook: the grid and the facets (family C)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from site_builder.check.passages import unresolved
from site_builder.edition import conversion
from site_builder.edition.codes import CodeId
from site_builder.edition.colors import INKS, MARK, PAGES, TEXT, contrast
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index, Key
from site_builder.edition.palette import Paint
from site_builder.language.chinese import Convert
from site_builder.model import About, Cell, Facet, Place, Problem
from site_builder.model.hints import near, unknown
from site_builder.model.values import naming
from site_builder.records import replace

RESERVED = (
    *("cell", "dimension", "facet", "relation", "function", "page", "work", "grid", "index", "search"),
    *("hans", "data", "assets", "pictures"),
    *("id", "number", "label", "headings", "text", "gist", "gist_en", "cells", "note"),
    *("alternatives", "notes", "traits"),
)
"""Words that a facet may not take as its id: links, addresses and the fields of an export use them."""
_FACETS = "annotations/codebook/facets/"
_GRID = "annotations/codebook/grid.yaml"
_TWICE = "write another id for one of the two, or remove one"
_CAPITALS = "write another id for one of the two; on many disks they are one file"


def ids_are_unique(edition: Edition) -> Iterator[Problem]:
    """C001 An id must be unique in its list: dimensions, poles, cells, the traits of a cell, relations,
    functions, facets, and the fields and entries of a facet. Two ids must not differ only in capitals. A
    facet must not have a reserved id.

    The error of an id that occurs again is at the later place, and names the first one:
    ``an id must be unique among the cells: flow~a is also at PATH:LINE:COLUMN``. Facets with a reserved id (a
    reserved word such as ``page``, a language, the id of a work or of a dimension) come first.
    """
    grid = edition.project.grid
    lists: list[tuple[str, Iterable[tuple[str, Place]]]] = [
        ("dimensions", ((x.id, x.place) for x in grid.dimensions)),
        ("poles", ((x.id, x.place) for x in grid.poles)),
        ("cells", ((x.id, x.place) for x in grid.cells)),
        ("relations", ((x.id, x.place) for x in grid.relations)),
        ("functions", ((x.id, x.place) for x in grid.functions)),
        ("facets", ((x.id, x.place) for x in edition.project.facets)),
    ]
    lists += [(f"traits of {x.id}", ((t.id, t.place) for t in x.traits)) for x in grid.cells]
    for facet in edition.project.facets:
        lists.append((f"entries of {facet.id}", ((x.id, x.place) for x in facet.entries)))
        lists.append((f"fields of {facet.id}", ((x.id, x.place) for x in facet.fields)))
        taken = facet.id in edition.index.works or facet.id in edition.index.dimensions
        if facet.id.lower() in RESERVED or naming.is_language(facet.id) or taken:
            yield Problem(
                place=facet.place,
                code="C001",
                message=f"a facet must not have the reserved id '{facet.id}'",
                hint=f"write another id, for example {facet.id}-facet",
            )
    for what, found in lists:
        seen: dict[str, tuple[str, Place]] = {}
        for id_, place in found:
            other = seen.get(id_.lower())
            if other is not None:
                yield Problem(
                    place=place,
                    code="C001",
                    message=f"an id must be unique among the {what}: {id_} is also at {other[1]}",
                    hint=_TWICE if other[0] == id_ else _CAPITALS,
                )
            seen.setdefault(id_.lower(), (id_, place))


def grid_is_complete(edition: Edition) -> Iterator[Problem]:
    """C002 Each pair of a dimension and a pole must have exactly one cell, and each cell must name a
    dimension and a pole of the grid. In a grid without poles each dimension has one cell, with the id of the
    dimension and without a pole; it may be left out.

    First one error for each wrong cell, at the cell, then one for each missing cell, at the grid, dimension
    by dimension: ``dimension flow and pole b must have a cell``. Without dimensions nothing is reported.
    """
    grid = edition.project.grid
    poles = {pole.id for pole in grid.poles}
    crossings: set[tuple[str, str]] = set()
    for cell in grid.cells:
        if cell.dimension not in edition.index.dimensions:
            yield unknown(
                cell.place, "C002", "dimension", cell.dimension, edition.index.dimensions, unless=_GRID
            )
        elif cell.pole not in (poles or {""}) or (not poles and cell.id != cell.dimension):
            yield _wrong_pole(cell, poles)
        elif (cell.dimension, cell.pole) in crossings:
            yield Problem(
                place=cell.place,
                code="C002",
                message=f"{_pair(cell)} must have one cell, not two",
                hint="correct the dimension or the pole of this cell, or remove it",
            )
        crossings.add((cell.dimension, cell.pole))
    for dimension in grid.dimensions:
        for pole in grid.poles:
            if (dimension.id, pole.id) not in crossings:
                yield Problem(
                    place=grid.place,
                    code="C002",
                    message=f"dimension {dimension.id} and pole {pole.id} must have a cell",
                    hint=f"add under 'cells:' - {{id: {dimension.id}{pole.id}, dimension: {dimension.id}, "
                    f"pole: {pole.id}, name: …, definition: …}}",
                    unless=_GRID,
                )


def _pair(cell: Cell) -> str:
    return f"dimension {cell.dimension}" + (f" and pole {cell.pole}" if cell.pole else "")


def _wrong_pole(cell: Cell, poles: Collection[str]) -> Problem:
    """A cell with a pole that does not exist, without a pole, or with another id than its dimension."""
    if poles and cell.pole:
        return unknown(cell.place, "C002", "pole", cell.pole, poles, unless=_GRID)
    message, hint = f"the cell {cell.id} must name its pole", near("", poles)
    if not poles:
        message = f"a cell of a grid without poles must have the id of its dimension and no pole: {cell.id}"
        hint = f"write id: {cell.dimension} without 'pole:', or add 'poles:' to the grid"
    return Problem(place=cell.place, code="C002", message=message, hint=hint, unless=_GRID)


def colors_have_contrast(edition: Edition) -> Iterator[Problem]:
    """C007 A colour must have contrast. The text on a chip and on evidence must have a contrast of at least
    4.5 with its ground, and a mark, with its border, one of at least 3 with the light and with the dark page.

    Marks and evidence, whose colours the cells of a dimension share, are reported once for the dimension. A
    dimension without all its cells is left to C002.

    The message names what lacks contrast, the cell, the limit and the ratio:
    ``the contrast of the mark with a light page of flow~a must be at least 3, not 1.73``. The cell is the
    first of its dimension.
    """
    reported: set[tuple[object, ...]] = set()
    for paint in edition.paints.values():
        if not _is_complete(paint, edition):
            continue
        for what, ratio, least, of in _contrasts(paint):
            if ratio < least and of not in reported:
                reported.add(of)
                needed = f"must be at least {least:g}, not {ratio:.2f}"
                yield Problem(
                    place=paint.place,
                    code="C007",
                    message=f"the contrast of {what} of {paint.code} {needed}",
                    hint="write another colour, or remove it: then one with contrast is derived",
                )


def _is_complete(paint: Paint, edition: Edition) -> bool:
    """Whether the dimension of a cell has all its cells; otherwise C002 reports it."""
    if paint.code.kind != "cell":
        return True
    grid = edition.project.grid
    return sum(cell.dimension == paint.group for cell in grid.cells) == max(1, len(grid.poles))


def _contrasts(paint: Paint) -> Iterator[tuple[str, float, float, tuple[object, ...]]]:
    """(what, its contrast, the least that is needed, whose colours) for the colours of a code.

    The cells of a dimension share the colours of marks and evidence, so these are reported once.
    """
    yield "the text on the chip", contrast(paint.fill, paint.text), TEXT, (paint.code,)
    for name, page, ink, line, tint in zip(
        ("light", "dark"), PAGES, INKS, paint.line, paint.tint, strict=True
    ):
        shown = max(contrast(paint.fill, page), contrast(line, page))
        yield f"the mark with a {name} page", shown, MARK, ("mark", name, paint.group)
        yield (
            f"the text on the evidence on a {name} page",
            contrast(tint, ink),
            TEXT,
            ("tint", name, paint.group),
        )


def references_exist(edition: Edition) -> Iterator[Problem]:
    """C003 The parent of an entry must be another entry of its facet. The fields of an entry and of a
    table must be fields of the facet. The trait that words of a cell name must be one of the cell.

    One error for each wrong name, at the words of the cell, the entry, its field or the table:
    ``unknown trait of flow~a: X``, ``unknown parent: X``, ``unknown field: X``. The words of cells come
    first, then facet by facet the entries and the table. An entry cannot be its own parent.
    """
    for cell in edition.project.grid.cells:
        traits = {trait.id for trait in cell.traits}
        for words in cell.words:
            if words.trait and words.trait not in traits:
                yield unknown(words.place, "C003", f"trait of {cell.id}", words.trait, traits)
    for facet in edition.project.facets:
        fields = {field.id for field in facet.fields}
        ids = {entry.id for entry in facet.entries}
        for entry in facet.entries:
            if entry.parent and (entry.parent not in ids or entry.parent == entry.id):
                others = ids - {entry.id}
                yield unknown(entry.place, "C003", "parent", entry.parent, others, unless=_FACETS)
            for name, prose in entry.fields.items():
                if name not in fields:
                    yield unknown(prose.place, "C003", "field", name, fields, unless=_FACETS)
        if facet.table is not None:
            for name in facet.table.fields:
                if name not in fields:
                    yield unknown(facet.table.place, "C003", "field", name, fields, unless=_FACETS)


def words_are_quotations(edition: Edition) -> Iterator[Problem]:
    """C004 The words of a cell must quote a passage exactly, and the passage must be tagged with the cell. If
    there are several works, the words must name the work of their passage.

    The tags are those of the coder that the site shows. At most one error for each quotation, at the
    quotation: that it names no passage (``unknown passage: p22``), else that its words are not there (``the
    words of a cell must quote p2 exactly: WORDS``), else that the tag is missing (``the passage of the words
    of a cell must have the cell: p2 has no tag flow~a``). That a passage has no tags at all is left to G002.
    """
    index = edition.index
    for cell in edition.project.grid.cells:
        for words in cell.words:
            message = "the words of a cell must name their work"
            if problem := unresolved(words, index, code="C004", message=message):
                yield problem
                continue
            key = index.quoted(words)
            tagging = index.taggings.get(key)
            wrong = hint = ""
            if words.text not in index.passages[key].text:
                wrong = f"the words of a cell must quote {words.passage} exactly: {words.text}"
                having = [key for key, _ in index.by_cell.get(cell.id, ())]
                held = next((key for key in having if words.text in index.passages[key].text), None)
                hint = f"write {_written(held, index)}" if held else "copy the words from the passage"
            elif tagging is not None and all(tag.cell != cell.id for tag in tagging.cells):
                wrong = f"the passage of the words of a cell must have the cell: {words.passage} has no tag "
                wrong += cell.id
                hint = f"tag {words.passage} with {cell.id}, or quote a passage that has this tag"
            if wrong:
                yield Problem(place=words.place, code="C004", message=wrong, hint=hint)


def _written(key: Key, index: Index) -> str:
    """A passage as the words of a cell name it; with its work if there are several."""
    return f"passage: {key[1]}" if index.single_work else f"passage: {key[1]}, work: {key[0]}"


def entries_are_used(edition: Edition) -> Iterator[Problem]:
    """C005 (review) An entry should be used by a tag.

    The tags are those of the coder that the site shows. While this coder has no tags, or tags a passage that
    does not exist, nothing is reported.

    One review for each unused entry, at the entry, facet by facet: ``no passage is tagged with the entry
    methods:survey``.
    """
    index = edition.index
    tags = f"annotations/{index.single_work}/tags/" if index.single_work else "annotations/"
    shown = [tagging for tagging in edition.project.taggings if tagging.coder == edition.project.site.coder]
    if not shown or any((tagging.work, tagging.passage) not in index.passages for tagging in shown):
        return  # S001, G001 or G002 reports the cause
    for facet in edition.project.facets:
        used = {entry for name, entry in index.by_entry if name == facet.id}
        yield from _unused(facet, used, tags)


def names_are_decided(edition: Edition) -> Iterator[Problem]:
    """C008 (review) A facet should say whether its entries are names, if conversion to Simplified would
    change one of them. The name of a person or a place must be kept (李乾), a word must be converted (乾旱).

    Nothing is reported unless a view is converted from Traditional to Simplified. One review for each facet
    without ``keep``, at the first entry with a name or other form that the conversion would change: ``the
    name 李乾 is 李乾 in zh-Hans, not 李干``. What ``keep`` or ``conversions`` in the project file decide is
    not reported. Until the facet says it, its entries are kept.
    """
    project = edition.project
    if any(len(one.word) != len(one.form) for one in project.site.conversions):
        return  # S006 reports it, and nothing can be converted
    names = [list(_ambiguous(facet)) for facet in project.facets if facet.keep is None]
    if not any(names):
        return
    decided = replace(
        project, facets=tuple(replace(facet, keep=bool(facet.keep)) for facet in project.facets)
    )
    for view in project.site.views[1:]:
        kept, changed = (
            conversion.converter(one, project.site.language, view.language) for one in (project, decided)
        )
        if kept is None or changed is None:
            continue
        for found in names:
            yield from islice(_undecided(found, kept, changed, view.language), 1)


_Name: TypeAlias = tuple[CodeId, Place, str]
"""The code of an entry, its place, and a part of one of its names."""


def _ambiguous(facet: Facet) -> Iterator[_Name]:
    """The parts of names that conversion could corrupt."""
    for entry in facet.entries:
        for name in (entry.name, *entry.also):
            for part in conversion.parts(name):
                yield CodeId.entry(facet.id, entry.id), entry.place, part


def _undecided(names: Iterable[_Name], kept: Convert, changed: Convert, language: str) -> Iterator[Problem]:
    for code, place, name in names:
        if kept(name) != changed(name):
            yield Problem(
                place=place,
                code="C008",
                message=f"the name {name} is {kept(name)} in {language}, not {changed(name)}",
                hint="add to the facet 'keep: true' if its entries are names, or 'keep: false' if words",
                level="review",
                about=About(id=str(code), text=name, start=0, end=len(name)),
            )


def _unused(facet: Facet, used: set[str], tags: str) -> Iterator[Problem]:
    for entry in facet.entries:
        if entry.id not in used:
            code = CodeId.entry(facet.id, entry.id)
            yield Problem(
                place=entry.place,
                code="C005",
                message=f"no passage is tagged with the entry {code}",
                hint="tag a passage with it, or remove the entry",
                level="review",
                unless=tags,
                about=About(id=str(code), text=entry.name, start=0, end=len(entry.name)),
            )
