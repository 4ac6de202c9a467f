"""The codebook as a tree of codes for programs of qualitative data analysis.

A dimension contains its cells, and a cell contains a code for each relation, with which passages are coded.
The functions and each facet contain their codes.  A code has an id in the form of a claim in the editors'
prose: ``space+``, ``space+:answers``, ``modes:hierarchical``, ``function:critique``; a code that only groups
others has an id of the same form (``dimension:space``, ``facet:modes``, ``function``).

Some programs merge codes of the same name anywhere in the tree, so every name occurs once: a code with an
ambiguous name gets the name of its parent as a prefix.
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
        """The definition, in Chinese and English, and at its end the id, which outlasts a change of names."""
        return "\n".join(filter(None, (self.definition, self.name_en, f"[{self.id}]")))

    @property
    def complete(self) -> bool:
        """Whether coding a passage with it is a complete tag."""
        return bool(self.kind) and not (self.kind == "cell" and not self.relation)


def guid(project: Project, code: Code) -> str:
    """The permanent GUID of a code."""
    return identifiers.guid(project, "code", code.id)


def codes(project: Project) -> tuple[Code, ...]:
    """Every code, each after its parent; all names differ."""
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
        # a parent can follow its parts; if no entry is ready, entries are parents of each other
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
    """The codes with the shortest names that are unique; outer codes choose first."""
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
