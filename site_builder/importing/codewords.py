"""Finds the code of the codebook that an imported word names.

A code is named by its id, as in the editors' prose (``depth+:shows``, ``depth+/noise``, ``methods:survey``,
``function:review``), or by a name that only one code has.  A relation is named by its bare id too.
"""

from __future__ import annotations

import re

from site_builder.edition import codetree
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Index
from site_builder.importing.wording import short
from site_builder.model import Place, Problem, Project
from site_builder.model.hints import unknown

_SLOW = 200  # unknown words for which the nearest known one is looked for
_NAMED = ("cell", "trait", "entry", "function")
"""The kinds of codes that an id names; a relation is named by its bare id."""


class CodeWords:
    """What words mean in the codebook of a project.

    ``relations`` and ``functions`` are the ids of these terms.  ``by_id`` maps every id to its code,
    ``by_name`` every name that only one code has.
    """

    def __init__(self, project: Project, index: Index) -> None:
        grid = project.grid
        self.relations = [term.id for term in grid.relations]
        self.functions = [term.id for term in grid.functions]
        self.by_id: dict[str, CodeId] = {
            **{id_: CodeId.of("relation", id_) for id_ in self.relations},
            **{text: code for text, code in index.codes.items() if code.kind in _NAMED},
        }
        self.by_name = _by_name(project)
        self._asked = 0

    def find(self, word: str) -> CodeId | None:
        """The code that a word names, by its id or its name; ``None`` if it names none or several.

        Space around a colon of an id does not matter, and ``：`` is a colon; case and space at the ends
        matter.  A name is that in the language of the prose, not a translation.  Ids of dimensions and facets
        are not found.
        """
        return self.by_id.get(re.sub(r"\s*[:：]\s*", ":", word)) or self.by_name.get(word)

    def unknown(self, place: Place, word: str) -> Problem:
        """The error (I002) of a word that names no code: ``unknown code: WORD``, with ``…`` after 60
        characters of the word; whether it names one is not checked.

        The first 200 have the hint of :func:`site_builder.model.hints.near`, later ones no hint.
        """
        self._asked += 1
        if self._asked <= _SLOW:
            return unknown(place, "I002", "code", short(word), self.by_id)
        return Problem(place=place, code="I002", message=f"unknown code: {short(word)}")


def _by_name(project: Project) -> dict[str, CodeId]:
    """The names of codes, as the exports and the pages write them → the code."""
    grid = project.grid
    tree = codetree.codes(project)
    groups = {code.name for code in tree if code.code is None}
    named = [(code.name, code.code) for code in tree if code.code is not None and code.code.kind != "voice"]
    named += [(cell.name, CodeId.cell(cell.id)) for cell in grid.cells]
    named += [(term.name, CodeId.of("relation", term.id)) for term in grid.relations]
    named += [(term.name, CodeId.of("function", term.id)) for term in grid.functions]
    named += [(e.name, CodeId.entry(facet.id, e.id)) for facet in project.facets for e in facet.entries]
    found: dict[str, set[CodeId]] = {}
    for name, code in named:
        found.setdefault(name, set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1 and name not in groups}
