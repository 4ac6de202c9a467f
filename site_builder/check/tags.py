"""Rules for the tags (family G)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.check.evidence import inexact
from site_builder.check.passages import unknown_passage
from site_builder.check.works import each_with_tags
from site_builder.edition import codes
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index, quotations
from site_builder.model import Place, Problem, Project, Tagging, Work
from site_builder.model.hints import near, unknown

_FACETS = "annotations/codebook/facets/"
_GRID = "annotations/codebook/grid.yaml"


def passages_exist(edition: Edition) -> Iterator[Problem]:
    """G001 A tag must be of a work and a passage that exist.

    One error for each tagging, at the tagging: ``unknown work: dike``, or ``unknown passage: p22``; the hint
    is the most similar id, or for an id that has ended ``its text is now in p9, p10: tag those``. The tags of
    all coders are examined.
    """
    for tagging in edition.project.taggings:
        work = edition.index.works.get(tagging.work)
        if work is None:
            yield unknown(tagging.place, "G001", "work", tagging.work, edition.index.works, unless="corpus/")
        elif (key := (tagging.work, tagging.passage)) not in edition.index.passages:
            text = f"{work.folder}/text.md"
            yield unknown_passage(tagging.place, key, edition.index, code="G001", unless=text, verb="tag")


def passages_are_tagged_once(edition: Edition) -> Iterator[Problem]:
    """G002 The coder that the site shows must tag each passage, if there is a codebook, and no coder may tag
    a passage twice. In a draft, a passage without tags is a review.

    A second tagging is an error at the later one, of any coder: ``a coder must tag p2 once; the other tags
    are at PLACE``. A missing one is reported at the passage: ``editors must tag p2``. The repeated ones come
    first. A draft in which the coder tagged no passage of a work has one review for the work, at its first
    passage: ``editors has tagged no passage of dike yet``.
    """
    yield from each_with_tags(edition, _tagged_twice)
    for work in edition.project.works:
        if edition.index.codes:
            yield from _untagged(edition, work)


def _tagged_twice(_: Edition, tags: Sequence[Tagging]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Place] = {}
    for tagging in tags:
        key = (tagging.coder, tagging.work, tagging.passage)
        if key in seen:
            yield Problem(
                place=tagging.place,
                code="G002",
                message=f"a coder must tag {tagging.passage} once; the other tags are at {seen[key]}",
                hint="merge the two entries, or remove one",
            )
        seen.setdefault(key, tagging.place)


def _untagged(edition: Edition, work: Work) -> Iterator[Problem]:
    """The passages that the displayed coder has not tagged; one problem if a draft has no tags at all."""
    project, index = edition.project, edition.index
    coder = project.site.coder
    folder = f"annotations/{work.id}/tags/{coder}/"
    lacking = [passage for passage in work.passages if (work.id, passage.id) not in index.taggings]
    if len(lacking) == len(work.passages) > 0 and not project.site.released:
        yield Problem(
            place=work.passages[0].place,
            code="G002",
            message=f"{coder} has tagged no passage of {work.id} yet",
            hint=f"write the tags in {folder}, or import them with 'site-builder import-tags'",
            level="review",
            unless=f"annotations/{work.id}/tags/",
        )
        return
    for passage in lacking:
        yield Problem(
            place=passage.place,
            code="G002",
            message=f"{coder} must tag {passage.id}",
            hint=f"add '{passage.id}: {{{', '.join(_keys(edition))}}}' to a file in {folder}",
            level=_completeness(project),
            unless=f"annotations/{work.id}/tags/",
        )


def _keys(edition: Edition) -> Iterator[str]:
    """The keys of a passage in a file of tags, each with its value left open."""
    frames = [facet.id for facet in edition.project.facets if facet.kind == "frame"]
    if edition.functions:
        yield "function: …"
    yield from ("cells: []",) if edition.index.cells else (f"{facet}: []" for facet in frames)
    yield "gist: …"


def _completeness(project: Project) -> str:
    """The level of problems about missing tags."""
    return "error" if project.site.released else "review"


def codes_are_known(edition: Edition) -> Iterator[Problem]:
    """G003 The cells, relations, functions, facets and entries of a tag must be in the codebook. The tag of
    a cell must have a relation if the codebook has relations. A passage must not have the same tag twice.

    The tags of all coders are examined. One error for each wrong name and each repeated tag, at the tag; of a
    function at the tagging, of a facet at its key. A cell in two relations is two tags; the same cell in the
    same relation is one. The entries of an unknown facet are not looked up.

    The errors of a tagging are in this order: its function, facets, cells, entries; those of cells and of
    entries are tag by tag, of one tag what is unknown or missing before a repetition. The messages are
    ``unknown function: NAME``, and so for a facet, a cell, a relation and an entry (its id, without the
    facet); ``the tag of the cell ID must have a relation``; and ``PASSAGE must have the tag TAG only once``,
    where TAG is ``depth+ shows`` or ``methods:survey``.
    """
    return each_with_tags(edition, _unknown_codes, *edition.index.codes)


def _unknown_codes(edition: Edition, tags: Sequence[Tagging]) -> Iterator[Problem]:
    relations = {term.id for term in edition.project.grid.relations}
    functions = {term.id for term in edition.project.grid.functions}
    for tagging in tags:
        if tagging.function and tagging.function not in functions:
            yield unknown(tagging.place, "G003", "function", tagging.function, functions, unless=_GRID)
        for name, place in tagging.facets.items():
            if name not in edition.index.facets:
                known = {*edition.index.facets, *_OWN, *(f"gist_{tag}" for tag in edition.languages)}
                yield unknown(place, "G003", "facet", name, known, unless=_FACETS)
        cells: set[tuple[str, str]] = set()
        for cell in tagging.cells:
            if cell.cell not in edition.index.cells:
                yield unknown(cell.place, "G003", "cell", cell.cell, edition.index.cells, unless=_GRID)
            if relations and not cell.relation:
                yield Problem(
                    place=cell.place,
                    code="G003",
                    message=f"the tag of the cell {cell.cell} must have a relation",
                    hint=f"add 'relation: …'; {near('', relations)}",
                    unless=_GRID,
                )
            elif cell.relation and cell.relation not in relations:
                yield unknown(cell.place, "G003", "relation", cell.relation, relations, unless=_GRID)
            if (cell.cell, cell.relation) in cells:
                yield _twice(cell.place, f"{cell.cell} {cell.relation}".rstrip(), tagging)
            cells.add((cell.cell, cell.relation))
        yield from _entries(tagging, edition.index)


_OWN = ("function", "cells", "alternatives", "gist", "note")
"""The keys of a passage's tags that are not facets; a translation of the gist has one as well."""


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
        message=f"{tagging.passage} must have the tag {what} only once",
        hint="remove this one, and move its evidence to the first",
    )


def evidence_is_exact(edition: Edition) -> Iterator[Problem]:
    """G004 Evidence must quote its passage exactly, at one place.

    The tags of all coders are examined, with their alternatives. One error for each quotation, at the
    quotation: ``evidence must quote p2 exactly; it is not in the passage: WORDS``, or with another reason
    (:func:`.inexact`). A passage that does not exist is left to G001.
    """
    return each_with_tags(edition, _inexact_evidence)


def _inexact_evidence(edition: Edition, tags: Sequence[Tagging]) -> Iterator[Problem]:
    index = edition.index
    for tagging in tags:
        key = (tagging.work, tagging.passage)
        for quote in quotations(tagging) if key in index.passages else ():
            if quote not in index.spans:
                yield inexact(quote, key, index, code="G004")


def gists_are_short(edition: Edition) -> Iterator[Problem]:
    """G005 A gist must not be longer than 'gist_max' of the grid.

    One error for each gist, at the tagging: ``the gist of p2 must have at most 40 characters, not 52``. The
    gists of all coders are examined, in code points; their translations are not.
    """
    limit = edition.project.grid.limits.gist
    for tagging in edition.project.taggings:
        if len(tagging.gist) > limit:
            yield Problem(
                place=tagging.place,
                code="G005",
                message=f"the gist of {tagging.passage} must have at most {limit} characters, not "
                f"{len(tagging.gist)}",
                hint="shorten it",
            )


_ASKED = {
    "function": "with a function of the codebook",
    "gist": "with one sentence that summarizes the passage",
}


def gists_are_complete(edition: Edition) -> Iterator[Problem]:
    """G007 The coder that the site shows must give each passage a gist, and a function if the codebook has
    functions. In a draft, a missing one is a review. Other coders may omit them. (review) If a view of the
    site is in another language, the gist should have a translation into it.

    One problem for each missing key, at the tagging: ``p2 must have the key 'gist'``,
    ``p2 should have the key 'gist_en'``. A passage without a gist has no review of its translations. A
    passage without tags is left to G002.
    """
    site = edition.project.site
    needed = ("function", "gist") if edition.functions else ("gist",)
    given = (site.coder, _completeness(edition.project), *needed, *site.translated)
    return each_with_tags(edition, _incomplete_gists, *given)


def _incomplete_gists(edition: Edition, tags: Sequence[Tagging]) -> Iterator[Problem]:
    shown = edition.index.taggings
    translated = edition.project.site.translated
    for tagging in tags:
        if shown.get((tagging.work, tagging.passage)) is not tagging:
            continue
        asked = (*([("function", tagging.function)] if edition.functions else []), ("gist", tagging.gist))
        for name, given in asked:
            if not given:
                yield Problem(
                    place=tagging.place,
                    code="G007",
                    message=f"{tagging.passage} must have the key '{name}'",
                    hint=f"add '{name}: …' {_ASKED[name]}",
                    level=_completeness(edition.project),
                )
        for language in translated if tagging.gist else ():
            if not tagging.gist.of(language):
                yield Problem(
                    place=tagging.place,
                    code="G007",
                    message=f"{tagging.passage} should have the key 'gist_{language}'",
                    hint=f"add 'gist_{language}: …'; without it the view in {language} has the gist as it is",
                    level="review",
                )


def evidence_is_short(edition: Edition) -> Iterator[Problem]:
    """G006 The tag of a cell must have at least one quotation as evidence and at most 'evidence_max' of the
    grid.

    The tags of all coders are examined. The tag of an entry needs no evidence.

    One error for each tag, at the tag: ``the evidence of flow~a in p2 must be 1 to 3 quotations, not 0``;
    both bounds are inclusive.
    """
    limit = edition.project.grid.limits.evidence
    for tagging in edition.project.taggings:
        for cell in tagging.cells:
            if not 1 <= len(cell.evidence) <= limit:
                yield Problem(
                    place=cell.place,
                    code="G006",
                    message=f"the evidence of {cell.cell} in {tagging.passage} must be 1 to {limit} "
                    f"quotations, not {len(cell.evidence)}",
                    hint=f"keep at most {limit}" if cell.evidence else "quote the words that show it",
                )
