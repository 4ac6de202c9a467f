"""Reads the bodies of a Web Annotation as codes of the codebook, gists and comments.

A code is given by the address of the page that defines it, or in the words of the editors' prose:
``space+:answers``, ``modes:hierarchical``, ``function:critique``; a cell and a relation can also be separate.
A body without a purpose has the purpose of its annotation, otherwise it is a comment.  ``describing`` is the
gist of a passage, in the language of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from site_builder.edition import addresses
from site_builder.edition.index import Index
from site_builder.formats.refi import codetree
from site_builder.formats.webannotation.selectors import address
from site_builder.formats.webannotation.values import get, many, types, word, words
from site_builder.importing.wording import short
from site_builder.model import Place, Problem, Project
from site_builder.model.hints import unknown

Code = tuple[str, str, str]
"""(kind, facet, id): ``cell``, ``relation``, ``entry``, ``function``; ``claim`` has the id CELL:RELATION."""

_CODING = ("classifying", "tagging", "identifying")
_PURPOSES = (*_CODING, "describing", "commenting")
_GROUPS = ("Choice", "Composite", "List", "Independents")
_WEB = re.compile(r"[a-z][a-z0-9+.-]*://\S+|(?:urn|mailto|doi):\S+", re.I)
_SLOW = 200  # unknown words for which a similar one is searched for


@dataclass(kw_only=True, slots=True)
class Said:
    """The content of all bodies of an annotation.  ``pairs`` are cells with their relations."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    gists: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def codes(self) -> bool:
        return bool(self.pairs or self.entries or self.functions)

    @property
    def faulty(self) -> bool:
        """Whether a body could not be read."""
        return any(problem.level == "error" for problem in self.problems)


def parts(value: object) -> Iterator[object]:
    """Bodies or targets one by one, including those in groups."""
    ahead = list(reversed(many(value)))
    while ahead:
        one = ahead.pop()
        if isinstance(one, list) or set(types(one)) & set(_GROUPS):
            ahead += reversed(one if isinstance(one, list) else many(get(one, "items")))
        else:
            yield one


class Codebook:
    """The codes that addresses and words mean in the codebook of a project."""

    def __init__(self, project: Project, index: Index) -> None:
        grid, entries = project.grid, index.entries.values()
        poles = {pole.id: pole for pole in grid.poles}
        pairs = [f"{cell.id}:{relation.id}" for cell in grid.cells for relation in grid.relations]
        self.relations = [term.id for term in grid.relations]
        self.pages: dict[str, Code] = {
            **{addresses.cell(cell, poles): ("cell", "", cell.id) for cell in grid.cells},
            **{addresses.term("relation", term.id): ("relation", "", term.id) for term in grid.relations},
            **{addresses.term("function", term.id): ("function", "", term.id) for term in grid.functions},
            **{addresses.entry(entry, index.facets): ("entry", entry.facet, entry.id) for entry in entries},
        }
        self.words: dict[str, Code] = {
            **{term.id: ("relation", "", term.id) for term in grid.relations},
            **{cell.id: ("cell", "", cell.id) for cell in grid.cells},
            **{pair: ("claim", "", pair) for pair in pairs},
            **{f"function:{term.id}": ("function", "", term.id) for term in grid.functions},
            **{f"{entry.facet}:{entry.id}": ("entry", entry.facet, entry.id) for entry in entries},
        }
        self.names = {name: self.words[id_] for name, id_ in _names(project).items() if id_ in self.words}
        self.asked = 0

    def page(self, iri: str) -> Code | None:
        known = address(iri)
        tail = f"#{known.fragment}" if known.fragment else ""
        return next((self.pages[path + tail] for path, _ in known.endings if path + tail in self.pages), None)

    def word(self, value: str) -> Code | None:
        """The code of a word: by its id, or by a name that no other code has."""
        return self.words.get(re.sub(r"\s*[:：]\s*", ":", value)) or self.names.get(value)

    def unknown(self, place: Place, name: str) -> Problem:
        """The problem of an unknown code."""
        self.asked += 1
        if self.asked <= _SLOW:
            return unknown(place, "I002", "code", short(name), self.words)
        return Problem(place=place, code="I002", message=f"the code must exist: {short(name)}")

    def said(self, annotation: object, place: Place) -> Said:
        """The content of all bodies of an annotation."""
        motives = [one for one in words(get(annotation, "motivation")) if one in _PURPOSES]
        default = motives[0] if len(motives) == 1 else "commenting"
        said, found = Said(), list[Code]()
        for body in (*parts(get(annotation, "body")), *words(get(annotation, "bodyValue"))):
            purposes = [one for one in words(get(body, "purpose")) if one in _PURPOSES]
            code = self.heard(body, next(iter(purposes), default), said, place)
            found += [code] if code else []
        said.entries += dict.fromkeys((facet, id_) for kind, facet, id_ in found if kind == "entry")
        said.functions += dict.fromkeys(id_ for kind, _, id_ in found if kind == "function")
        self.paired(found, said, place)
        return said

    def heard(self, body: object, purpose: str, said: Said, place: Place) -> Code | None:
        """The code of a body; its other content is added to ``said``."""
        value, iri = _content(body)
        code = self.page(iri) or (self.word(value) if purpose in _CODING else None)
        if code is not None:
            return code
        if purpose in _CODING and (value or iri):
            said.problems.append(self.unknown(place, value or iri))
        elif iri:
            said.problems.append(left_out(place, f"a link ({short(iri)})"))
        elif value and purpose == "describing":
            language = next(iter(words(get(body, "language"))), "")
            said.gists.append(("gist_en" if language.startswith("en") else "gist", value))
        elif value:
            said.comments.append(value)
        return None

    def paired(self, found: list[Code], said: Said, place: Place) -> None:
        """Combine cells and relations: those in one word, and separate ones."""
        ids = {kind: dict.fromkeys(i for k, _, i in found if k == kind) for kind in _PAIRED}
        said.pairs += [_split(pair) for pair in ids["claim"]]
        cells = [one for one in ids["cell"] if one not in {cell for cell, _ in said.pairs}]
        relations = [one for one in ids["relation"] if one not in {name for _, name in said.pairs}]
        if cells and len(relations) == 1:
            said.pairs += [(cell, relations[0]) for cell in cells]
        elif cells:
            wrong = f"a cell must have one relation: {', '.join(cells)}"
            hint = f"tag it with {cells[0]}:{(relations or self.relations)[0]}"
            said.problems.append(lacking(place, wrong, f"{hint}, or another of {', '.join(self.relations)}"))
        elif relations:
            wrong = f"a relation must be to a cell: {', '.join(relations)}"
            said.problems.append(lacking(place, wrong, f"tag it with a cell, as in CELL:{relations[0]}"))


def _names(project: Project) -> dict[str, str]:
    """The names of codes in the exports and on the pages → the word of the code."""
    grid = project.grid
    found = [(code.name, code.id) for code in codetree.codes(project)]
    found += [(cell.name, cell.id) for cell in grid.cells]
    found += [(term.name, term.id) for term in grid.relations]
    found += [(term.name, f"function:{term.id}") for term in grid.functions]
    found += [(entry.name, f"{facet.id}:{entry.id}") for facet in project.facets for entry in facet.entries]
    means: dict[str, set[str]] = {}
    for name, word_ in found:
        means.setdefault(name, set()).add(word_)
    return {name: words_.pop() for name, words_ in means.items() if len(words_) == 1}


_PAIRED = ("claim", "cell", "relation")


def _split(pair: str) -> tuple[str, str]:
    cell, _, relation = pair.rpartition(":")
    return cell, relation


def _content(body: object) -> tuple[str, str]:
    """The text of a body, or its address if it has no text."""
    if isinstance(body, str):
        value = word(body)
        return ("", value) if _WEB.fullmatch(value) else (value, "")
    source: Any = get(body, "source")
    value = "\n".join(words(get(body, "value")) or words(get(source, "value")))
    iri = word(source) or word(get(source, "id")) or word(get(body, "id"))
    return (value, "") if value else ("", iri)


def lacking(place: Place, message: str, hint: str) -> Problem:
    """The problem of an incomplete statement."""
    return Problem(place=place, code="I005", message=message, hint=hint)


def left_out(place: Place, what: str) -> Problem:
    """A review of content that tags cannot express."""
    message = f"an annotation should hold what tags can say; {what} was left out"
    return Problem(place=place, code="I005", message=message, hint="write it elsewhere", level="review")
