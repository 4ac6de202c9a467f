"""``data/taguette.csv``: the codebook for Taguette, and for programs that import codes as name and
description.

Taguette 1.5 reads the columns ``tag`` and ``description`` (its ``import_codebook.py``).  It keeps one code of
each name, and a period in a name begins the name of a child code.  So the name of a code is its path: the
name of its dimension or facet, the names of its parent entries, and its own.  If two codes have the same
path, the path ends in the id of the code.  UTF-8 with a byte order mark, comma, CR LF, like the other tables.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from site_builder.edition.codes import CodeId, CodeKind
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index
from site_builder.language.message import msg
from site_builder.model import Entry, Term

FILE = "taguette.csv"
COLUMNS = ("tag", "description")
STEP = "."
LONGEST = 200
"""The longest name of a code in Taguette, in characters."""


def taguette(edition: Edition) -> bytes:
    """The content of ``taguette.csv``: one row for each code, with its path (``tag``) and its definition
    (``description``).

    It is CSV in UTF-8 with a byte order mark and CR LF line ends; the first row has the names of the columns.
    A path has the names from the top down, with ``.`` between: ``DIMENSION.CELL.TRAIT``;
    ``FACET.PARENT.ENTRY`` with all parents of the entry.  The path of a relation or a function begins with
    the word for relations or functions in the language of the editors' prose.  In a grid without poles a cell
    begins its own path, and dimensions have no rows.  A period in a name becomes ``．``.  A path longer than
    200 characters is cut; if two codes have the same path, each path ends in its id: ``PATH (depth+)``,
    ``PATH (methods:survey)``.

    In this order: dimensions, cells with their traits, relations, functions, then each facet with its
    entries.  Cells are listed without relations.  A code without a definition has an empty cell.
    """
    codes = list(_codes(edition))
    shared = Counter(_path(steps) for steps, _, _ in codes)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for steps, id_, definition in codes:
        path = _path(steps)
        writer.writerow((path if shared[path] == 1 else _path(steps, f" ({id_})"), definition))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _path(steps: tuple[str, ...], end: str = "") -> str:
    """The name of a code; periods within a part are replaced, since they would begin a child code."""
    names = STEP.join(step.replace(STEP, "．") for step in steps)
    return names[: LONGEST - len(end)] + end


def _codes(edition: Edition) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(names from the top down, id, definition) of every code, in the order of the codebook."""
    grid = edition.project.grid
    names = {dimension.id: dimension.name for dimension in grid.dimensions}
    for dimension in grid.parents:
        yield (dimension.name,), str(CodeId.of("dimension", dimension.id)), dimension.definition
    for cell in grid.cells:
        above = (names[cell.dimension],) if cell.pole else ()
        yield (*above, cell.name), str(CodeId.cell(cell.id)), cell.definition
        for trait in cell.traits:
            yield (*above, cell.name, trait.name), str(CodeId.trait_of(cell.id, trait.id)), trait.definition
    terms_of: tuple[tuple[CodeKind, str, tuple[Term, ...]], ...] = (
        ("relation", edition.catalogue.text(msg("Relations")), grid.relations),
        ("function", edition.catalogue.text(msg("Functions")), grid.functions),
    )
    for kind, title, terms in terms_of:
        for term in terms:
            yield (title, term.name), str(CodeId.of(kind, term.id)), term.definition
    for facet in edition.project.facets:
        yield (facet.name,), str(CodeId.of("facet", facet.id)), facet.definition
        for entry in facet.entries:
            steps = (facet.name, *_above(edition.index, entry), entry.name)
            yield steps, str(CodeId.entry(entry.facet, entry.id)), entry.definition.text


def _above(index: Index, entry: Entry) -> Iterator[str]:
    """The names of the parent entries, outermost first."""
    if entry.parent:
        parent = index.entries[(entry.facet, entry.parent)]
        yield from _above(index, parent)
        yield parent.name
