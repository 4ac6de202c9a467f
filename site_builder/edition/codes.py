"""The ids of the codes of a codebook: how they are written and read.

========================= ==========================================================================
``depth+``                a cell; ``depth`` in a grid without poles
``depth+:shows``          a cell in one relation; a passage is tagged with this, if there are relations
``depth+/noise``          a trait of a cell
``methods:survey``        an entry of a facet
``function:review``       a function
``relation:shows``        a relation; also ``dimension:depth`` and ``facet:methods``
``voice:reported``        a voice of evidence, in the exports that have it as a code
========================= ==========================================================================

An id of a cell has no colon and no slash, and no facet has the name of a kind (C001), so each text has one
meaning: :func:`by_text`.  Links of the prose, and pages about a cell, write ``cell:depth+``: see
:attr:`CodeId.subject`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from site_builder.model import Alternative, Cell, CellTag, EntryTag, Grid, Project, Tagging

CodeKind: TypeAlias = Literal["dimension", "cell", "trait", "relation", "function", "facet", "entry", "voice"]


class CodeId(NamedTuple):
    """The id of one code; a tuple, since it is a key of most indexes.

    ``id`` is unique within its kind; of an entry, within its ``facet``.  ``relation`` is that of a cell,
    or empty for the cell itself.  A trait has the id of its cell as ``id``, and its own as ``trait``.
    Whether the code exists is not checked.

    >>> str(CodeId.cell("depth+", "shows")), str(CodeId.of("function", "review"))
    ('depth+:shows', 'function:review')
    """

    kind: CodeKind
    id: str
    facet: str = ""
    relation: str = ""
    trait: str = ""

    @classmethod
    def cell(cls, id_: str, relation: str = "") -> CodeId:
        """The id of a cell, with a relation if one is given: ``depth+``, ``depth+:shows``.

        Its kind is ``cell``; facet and trait are ``""``.
        """
        return cls(kind="cell", id=id_, relation=relation)

    @classmethod
    def trait_of(cls, cell: str, trait: str) -> CodeId:
        """The id of a trait of a cell: ``depth+/noise``.

        Its kind is ``trait``, ``id`` is the cell, and ``trait`` the trait.
        """
        return cls(kind="trait", id=cell, trait=trait)

    @classmethod
    def entry(cls, facet: str, id_: str) -> CodeId:
        """The id of an entry: ``methods:survey``.

        Its kind is ``entry``, ``facet`` the facet, and ``id`` that of the entry within it.
        """
        return cls(kind="entry", id=id_, facet=facet)

    @classmethod
    def of(cls, kind: CodeKind, id_: str) -> CodeId:
        """The id of a code that is a dimension, relation, function or facet: ``function:review``.

        Of an entry, :meth:`entry` makes it, of a cell :meth:`cell`, of a trait :meth:`trait_of`.

        The id is ``dimension:depth``, ``relation:shows``, ``function:review``, ``facet:methods`` or
        ``voice:reported``.
        """
        return cls(kind=kind, id=id_)

    def __str__(self) -> str:
        if self.kind == "cell":
            return f"{self.id}:{self.relation}" if self.relation else self.id
        if self.kind == "trait":
            return f"{self.id}/{self.trait}"
        return f"{self.facet or self.kind}:{self.id}"

    @property
    def subject(self) -> str:
        """The id as links and the subjects of pages write it: a cell as ``cell:depth+``, without its
        relation, and a trait as ``cell:depth+/noise``.

        Any other code is as in ``str``: ``methods:survey``, ``dimension:depth``.
        """
        return f"cell:{self.whole}" if self.kind in ("cell", "trait") else str(self)

    @property
    def whole(self) -> CodeId:
        """The cell without its relation, as a new id; any other code itself."""
        return self._replace(relation="")


def of_tag(tag: CellTag | EntryTag) -> CodeId:
    """The code of a tag: ``depth+:shows`` or ``methods:survey``; of a cell with its relation.  It need not
    exist.
    """
    if isinstance(tag, EntryTag):
        return CodeId.entry(tag.facet, tag.entry)
    return CodeId.cell(tag.cell, tag.relation)


def added(alternative: Alternative, cells: tuple[CellTag, ...]) -> CodeId | None:
    """The code of the tag that an alternative adds, ``depth+:shows``; ``None`` if it has neither a ``cell``
    nor a ``relation``.  The code need not exist.

    Without a cell of its own it is the cell of ``instead_of`` (``None`` if this is empty too).  Without a
    relation of its own it is in the relation of the first tag of the passage that ``instead_of`` names; in
    none if there is no such tag.

    :param cells: the tags of the passage.
    """
    cell, relation = alternative.added(cells)
    return CodeId.cell(cell, relation) if cell else None


def carried(tagging: Tagging) -> frozenset[CodeId]:
    """Every code that a passage carries by the tags of one coder; a cell with its relation and without.

    The codes are of cells (``depth+:shows`` and ``depth+``), traits (``depth+/noise``), entries
    (``methods:survey``) and the function (``function:review``), if there is one.  Whether they exist is not
    checked.
    """
    tags = [*map(of_tag, tagging.cells), *map(of_tag, tagging.entries)]
    traits = [code for tag in tagging.cells for code in traits_of(tag)]
    function = [CodeId.of("function", tagging.function)] if tagging.function else []
    return frozenset([*tags, *(code.whole for code in tags), *traits, *function])


def traits_of(tag: CellTag) -> tuple[CodeId, ...]:
    """The traits that the tag of a cell rests on, in the order of the tag.  They need not exist.

    ``depth+/noise``; ``()`` for a tag without traits.
    """
    return tuple(CodeId.trait_of(tag.cell, trait) for trait in tag.traits)


def doubted_traits(alternative: Alternative) -> tuple[CodeId, ...]:
    """The traits that an alternative names, in its order, as ``depth+/noise``: each of the cell that its
    ``instead_of`` names (``depth+`` for ``depth+:shows``).

    ``()`` for an alternative that names none.  They need not exist.
    """
    return tuple(CodeId.trait_of(alternative.doubted[0], trait) for trait in alternative.traits)


def of_cell(grid: Grid, cell: Cell) -> Iterator[CodeId]:
    """The cell alone, then the cell in each relation of the grid, then its traits: ``depth+``,
    ``depth+:shows``, ``depth+/noise``; each in the order of the codebook.

    A grid without relations, or a cell without traits, has none of these.  Whether the cell is in the grid is
    not checked.
    """
    yield CodeId.cell(cell.id)
    yield from (CodeId.cell(cell.id, relation.id) for relation in grid.relations)
    yield from (CodeId.trait_of(cell.id, trait.id) for trait in cell.traits)


def by_text(project: Project) -> dict[str, CodeId]:
    """Every code of the codebook by its id in writing, in the order of the codebook.

    This is how an id is read: each text has one meaning.  The order is dimensions (``dimension:depth``; none
    in a grid without poles), cells (each ``depth+``, then ``depth+:shows`` for every relation, then its
    traits), relations, functions, and facets (``facet:methods``), each followed by its entries
    (``methods:survey``).

    Of two codes with one text the last counts.
    """
    return {str(code): code for code in _listed(project)}


def _listed(project: Project) -> Iterator[CodeId]:
    grid = project.grid
    for dimension in grid.parents:
        yield CodeId.of("dimension", dimension.id)
    for cell in grid.cells:
        yield from of_cell(grid, cell)
    for relation in grid.relations:
        yield CodeId.of("relation", relation.id)
    for function in grid.functions:
        yield CodeId.of("function", function.id)
    for facet in project.facets:
        yield CodeId.of("facet", facet.id)
        yield from (CodeId.entry(facet.id, entry.id) for entry in facet.entries)
