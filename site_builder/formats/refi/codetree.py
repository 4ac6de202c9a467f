"""The codebook as a tree of codes, as programs for qualitative data analysis want it.

A dimension holds its cells, a cell holds itself in each relation (a passage is coded with these), the
functions and each facet hold their own.  A code is told by its id, in the words in which the editors' prose
claims it: ``space+``, ``space+:answers``, ``modes:hierarchical``, ``function:critique``; what only holds
others has an id of the same make (``dimension:space``, ``facet:modes``, ``function``).

Some programs join codes of one name wherever they stand, so every name stands once in the whole tree: a code
whose name another has, too, takes that of what holds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from site_builder.edition import identifiers
from site_builder.model import Cell, Entry, Facet, Project, Term

FUNCTIONS = "功能"
_FUNCTION = "function"


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A code: what it says of a passage, and where it stands in the tree.

    ``kind`` is ``cell``, ``entry`` or ``function``, or empty where the code only holds others.  ``value``,
    ``facet`` and ``relation`` are as in :class:`site_builder.importing.Statement`; a cell without a
    relation does not tag a passage.  ``above`` is the id of its parent code.  ``color`` is ``#rrggbb``
    or empty.
    """

    id: str
    above: str
    name: str
    definition: str
    name_en: str
    kind: str = ""
    value: str = ""
    facet: str = ""
    relation: str = ""
    color: str = ""

    @property
    def description(self) -> str:
        """What it means, in Chinese and English, and at the end its id: it outlasts a change of names."""
        return "\n".join(filter(None, (self.definition, self.name_en, f"[{self.id}]")))

    @property
    def complete(self) -> bool:
        """Whether a passage that is coded with it is tagged."""
        return bool(self.kind) and not (self.kind == "cell" and not self.relation)


def guid(project: Project, code: Code) -> str:
    """The lasting name of a code."""
    return identifiers.guid(project, "code", code.id)


def codes(project: Project) -> tuple[Code, ...]:
    """Every code, each after the one that holds it; names stand once."""
    found = [*_grid(project), *_functions(project)]
    for facet in project.facets:
        found += _facet(facet)
    return tuple(_distinct(found))


def _grid(project: Project) -> Iterator[Code]:
    signs = {pole.id: pole.sign for pole in project.grid.poles}
    for dimension in project.grid.dimensions:
        above = f"dimension:{dimension.id}"
        yield Code(
            id=above,
            above="",
            name=dimension.name,
            definition=dimension.definition,
            name_en=dimension.name_en,
        )
        for cell in project.grid.cells:
            if cell.dimension == dimension.id:
                yield from _cell(cell, above, dimension.name + signs[cell.pole], project.grid.relations)


def _cell(cell: Cell, above: str, sign: str, relations: tuple[Term, ...]) -> Iterator[Code]:
    whole = Code(
        id=cell.id,
        above=above,
        name=f"{sign} {cell.name}",
        definition=cell.definition,
        name_en=cell.name_en,
        kind="cell",
        value=cell.id,
        color=cell.color,
    )
    yield whole
    for relation in relations:
        yield replace(
            whole,
            id=f"{cell.id}:{relation.id}",
            above=cell.id,
            name=f"{sign}・{relation.name}",
            definition=relation.definition,
            name_en=" / ".join(filter(None, (cell.name_en, relation.name_en))),
            relation=relation.id,
        )


def _functions(project: Project) -> Iterator[Code]:
    yield Code(id=_FUNCTION, above="", name=FUNCTIONS, definition="", name_en="Functions")
    for term in project.grid.functions:
        yield Code(
            id=f"{_FUNCTION}:{term.id}",
            above=_FUNCTION,
            name=term.name,
            definition=term.definition,
            name_en=term.name_en,
            kind="function",
            value=term.id,
        )


def _facet(facet: Facet) -> Iterator[Code]:
    above = f"facet:{facet.id}"
    yield Code(id=above, above="", name=facet.name, definition=facet.definition, name_en=facet.name_en)
    placed: set[str] = set()
    left = list(facet.entries)
    while left:
        # a parent may stand behind its parts; where none stands before any, they hold each other
        ready = [e for e in left if not e.parent or e.parent in placed] or left[:1]
        for entry in ready:
            yield _entry(entry, f"{facet.id}:{entry.parent}" if entry.parent in placed else above)
        placed |= {entry.id for entry in ready}
        left = [entry for entry in left if entry.id not in placed]


def _entry(entry: Entry, above: str) -> Code:
    return Code(
        id=f"{entry.facet}:{entry.id}",
        above=above,
        name=entry.name,
        definition=entry.definition.text,
        name_en=entry.name_en,
        kind="entry",
        value=entry.id,
        facet=entry.facet,
    )


def _distinct(found: list[Code]) -> Iterator[Code]:
    """The codes with the shortest names that no other could be called by; the outermost choose first."""
    plain = {code.id: code.name for code in found}
    wanted = {code.id: _candidates(code, plain) for code in found}
    outer = Counter(name for code in found if not code.above for name in wanted[code.id])
    rivals = Counter(name for candidates in wanted.values() for name in candidates)
    for code in found:
        taken = rivals if code.above else outer
        free = (name for name in wanted[code.id] if taken[name] == 1)
        yield replace(code, name=next(free, wanted[code.id][-1]))


def _candidates(code: Code, plain: dict[str, str]) -> tuple[str, ...]:
    held = (f"{code.name}（{plain[code.above]}）",) if code.above else ()
    return (code.name, *held, f"{code.name}（{code.id.replace(':', '・')}）")
