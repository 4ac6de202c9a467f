"""Rules for the tags (family G)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from site_builder.edition import anchors, codes, quotes
from site_builder.edition.index import Index, evidence
from site_builder.model import Place, Problem, Project, Quote, Tagging, Work
from site_builder.model.hints import unknown

_FACETS = "annotations/codebook/facets/"
_GRID = "annotations/codebook/grid.yaml"


def passages_exist(project: Project, index: Index) -> Iterator[Problem]:
    """G001 Tags must be of a passage that stands in the text.  Tags of an id that is dead go to its
    successors, by a person's reading."""
    for tagging in project.taggings:
        work = index.works.get(tagging.work)
        if work is None:
            yield unknown(tagging.place, "G001", "work", tagging.work, index.works, unless="corpus/")
        elif (tagging.work, tagging.passage) not in index.passages:
            known = {passage.id for passage in work.passages}
            text = f"{work.folder}/text.md"
            found = unknown(tagging.place, "G001", "passage", tagging.passage, known, unless=text)
            dead = anchors.successors(work.ledger, tagging.passage)
            went = f"its words went to {', '.join(dead)}: read and tag those"
            yield replace(found, hint=went) if set(dead) - {tagging.passage} else found


def passages_are_tagged_once(project: Project, index: Index) -> Iterator[Problem]:
    """G002 Every passage must be tagged by the coder the site shows, and by no coder twice.  In a draft, a
    passage without tags is reported for review."""
    seen: dict[tuple[str, str, str], Place] = {}
    for tagging in project.taggings:
        key = (tagging.coder, tagging.work, tagging.passage)
        if key in seen:
            yield Problem(
                place=tagging.place,
                code="G002",
                message=f"{tagging.passage} must be tagged once; it is tagged already at {seen[key]}",
                hint="join the two",
            )
        seen.setdefault(key, tagging.place)
    for work in project.works:
        yield from _untagged(project, index, work)


def _untagged(project: Project, index: Index, work: Work) -> Iterator[Problem]:
    """What the coder the site shows has still to tag: in a draft where nothing is tagged, one problem."""
    coder = project.site.coder
    hint = f"add it to annotations/{work.id}/tags/{coder}/"
    lacking = [passage for passage in work.passages if (work.id, passage.id) not in index.taggings]
    named = [passage.id for passage in lacking]
    if len(lacking) == len(work.passages) and not project.site.released:
        lacking = lacking[:1]
        named = [f"{work.id}, of which no passage has tags yet,"]
        hint = f"put the tags into annotations/{work.id}/tags/{coder}/, or take them in with import-tags"
    for passage, name in zip(lacking, named, strict=False):
        yield Problem(
            place=passage.place,
            code="G002",
            message=f"{name} must be tagged by {coder}",
            hint=hint,
            level=_completeness(project),
            unless=f"annotations/{work.id}/tags/",
        )


def _completeness(project: Project) -> str:
    """The level of what only the completeness of the tags asks for."""
    return "error" if project.site.released else "review"


def vocabulary_is_known(project: Project, index: Index) -> Iterator[Problem]:
    """G003 Cells, relations, functions, facets and entries must be of the codebook, and none twice."""
    relations = {term.id for term in project.grid.relations}
    functions = {term.id for term in project.grid.functions}
    for tagging in project.taggings:
        if tagging.function and tagging.function not in functions:
            yield unknown(tagging.place, "G003", "function", tagging.function, functions, unless=_GRID)
        for name, place in tagging.facets.items():
            if name not in index.facets:
                known = {*index.facets, *_OWN}
                yield unknown(place, "G003", "facet", name, known, unless=_FACETS)
        cells: set[tuple[str, str]] = set()
        for cell in tagging.cells:
            if cell.cell not in index.cells:
                yield unknown(cell.place, "G003", "cell", cell.cell, index.cells, unless=_GRID)
            if cell.relation not in relations:
                yield unknown(cell.place, "G003", "relation", cell.relation, relations, unless=_GRID)
            if (cell.cell, cell.relation) in cells:
                yield _twice(cell.place, f"{cell.cell} {cell.relation}", tagging)
            cells.add((cell.cell, cell.relation))
        yield from _entries(tagging, index)


_OWN = ("function", "cells", "gist", "gist_en", "note")
"""The keys of a passage's tags that are no facets."""


def _entries(tagging: Tagging, index: Index) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for tag in tagging.entries:
        facet = index.facets.get(tag.facet)
        if facet is not None and (tag.facet, tag.entry) not in index.entries:
            known = {entry.id for entry in facet.entries}
            yield unknown(tag.place, "G003", "entry", tag.entry, known, unless=_FACETS)
        if (tag.facet, tag.entry) in seen:
            yield _twice(tag.place, str(codes.of_tag(tag)), tagging)
        seen.add((tag.facet, tag.entry))


def _twice(place: Place, what: str, tagging: Tagging) -> Problem:
    return Problem(
        place=place,
        code="G003",
        message=f"{tagging.passage} must carry {what} once",
        hint="put the evidence of both under one",
    )


def evidence_is_exact(project: Project, index: Index) -> Iterator[Problem]:
    """G004 Evidence must be an exact quotation of its passage.  Any other verdict (moved, changed,
    ambiguous, lost) is put before a person, with the line that would mend it."""
    texts = {work: {p.id: p.text for p in index.works[work].passages} for work in index.works}
    for tagging in project.taggings:
        text = texts.get(tagging.work, {}).get(tagging.passage)
        if text is None:
            continue
        others = {k: v for k, v in texts[tagging.work].items() if k != tagging.passage}
        for quote in evidence(tagging):
            if quote not in index.spans:
                yield _verdict(quote, text, others, tagging.passage)


def _verdict(quote: Quote, text: str, others: dict[str, str], passage: str) -> Problem:
    verdict = quotes.judge(quote, text, others)
    hint = "quote the passage again"
    if verdict.kind == "changed":
        hint = f"read it and accept: - {_quoted(verdict.found)}"
    elif verdict.kind == "moved":
        hint = f"its context has changed; read it and accept: - {_quoted(verdict.found)}"
    elif verdict.kind == "ambiguous" and quote.to:
        hint = "lengthen the end that stands more than once"
    elif verdict.kind == "ambiguous":
        hint = "say which: " + " or ".join(_with_context(quote.text, text, at) for at in verdict.places)
    elif verdict.elsewhere:
        hint = f"it stands in {verdict.elsewhere}"
    shown = quote.text + (f"…{quote.to}" if quote.to else "")
    return Problem(
        place=quote.place,
        code="G004",
        message=f"evidence must be an exact quotation of {passage}; this one is {verdict.kind}: {shown}",
        hint=hint,
    )


def _with_context(words: str, text: str, at: int) -> str:
    """The line to paste that means one place of several."""
    before, after = quotes.context(text, at, at + len(words))
    parts = (
        f"prefix: {_quoted(before)}" if before else "",
        f"suffix: {_quoted(after)}" if after else "",
    )
    return f"- {{quote: {_quoted(words)}, {', '.join(filter(None, parts))}}}"


def _quoted(words: str) -> str:
    """Words as YAML holds them on one line; a line end is written as ``\\n``."""
    return json.dumps(words, ensure_ascii=False)


def gists_are_short(project: Project, index: Index) -> Iterator[Problem]:
    """G005 A gist must be one sentence within the limit of the codebook."""
    limit = project.grid.limits.gist
    for tagging in project.taggings:
        if len(tagging.gist) > limit:
            yield Problem(
                place=tagging.place,
                code="G005",
                message=f"the gist of {tagging.passage} must have at most {limit} characters, not "
                f"{len(tagging.gist)}",
                hint="say only what the paragraph claims",
            )


_ASKED = {
    "function": "with what the passage does, a function of the codebook",
    "gist": "with one sentence that says what the passage claims",
    "gist_en": "with one sentence that says what the passage claims",
}


def gists_stand(project: Project, index: Index) -> Iterator[Problem]:
    """G007 The coder the site shows must give every passage a function, and a gist in both languages.  In a
    draft, what is missing is reported for review.  Other coders may leave them out: they are compared by
    their cells."""
    for tagging in index.taggings.values():
        asked = (("function", tagging.function), ("gist", tagging.gist), ("gist_en", tagging.gist_en))
        for name, given in asked:
            if not given:
                yield Problem(
                    place=tagging.place,
                    code="G007",
                    message=f"{tagging.passage} must have a {name}",
                    hint=f"add '{name}:' {_ASKED[name]}",
                    level=_completeness(project),
                )


def evidence_is_short(project: Project, index: Index) -> Iterator[Problem]:
    """G006 A cell must rest on at least one quotation and at most the codebook's limit."""
    limit = project.grid.limits.evidence
    for tagging in project.taggings:
        for cell in tagging.cells:
            if not 1 <= len(cell.evidence) <= limit:
                yield Problem(
                    place=cell.place,
                    code="G006",
                    message=f"{cell.cell} of {tagging.passage} must rest on 1 to {limit} quotations, "
                    f"not {len(cell.evidence)}",
                    hint="quote the clauses the tag rests on",
                )
