"""Rules for the edges between codes (family E)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.check.evidence import inexact
from site_builder.check.passages import unresolved
from site_builder.edition.edition import Edition
from site_builder.model import Edge, Place, Problem
from site_builder.model.hints import unknown


def ids_are_unique(edition: Edition) -> Iterator[Problem]:
    """E001 The id of an edge must be unique.

    Two ids that differ only in capitals are equal. The error is at each later edge, with the place of the
    first: ``an id must be unique among the edges: e1 is also at PATH:LINE:COLUMN``.
    """
    seen: dict[str, Place] = {}
    for edge in edition.project.edges:
        if edge.id.lower() in seen:
            message = f"an id must be unique among the edges: {edge.id} is also at {seen[edge.id.lower()]}"
            hint = "write another id for one of the two, or remove one"
            yield Problem(place=edge.place, code="E001", message=message, hint=hint)
        seen.setdefault(edge.id.lower(), edge.place)


def codes_are_known(edition: Edition) -> Iterator[Problem]:
    """E002 The codes at the ends of an edge must be in the codebook, and must be two.

    One error for each wrong end, at the edge: ``unknown code: X``. An edge that joins a code with itself has
    one error more, also if the code is unknown: ``an edge must join two codes, not X with itself``. An end
    that is absent is left to E003.
    """
    known = edition.index.codes
    for edge in edition.project.edges:
        for name in filter(None, (edge.start, edge.end)):
            if name not in known:
                yield unknown(edge.place, "E002", "code", name, known, unless="annotations/codebook/")
        if edge.start == edge.end:
            message = f"an edge must join two codes, not {edge.start} with itself"
            yield Problem(place=edge.place, code="E002", message=message, hint="correct 'from' or 'to'")


def status_fits(edition: Edition) -> Iterator[Problem]:
    """E003 An edge that is stated must have evidence. An edge that is stated or inferred must have 'to', and
    one with the status none must not.

    The errors are at the edge: ``the edge e1 is stated, so it must have evidence``, ``the edge e1 has the
    status none, so it must not have 'to'``, ``the edge e1 is stated, so it must have 'to'`` (or ``is
    inferred``). An edge can have two: without evidence and without 'to'. Evidence of an inferred edge, and of
    one with the status none, is allowed.
    """
    for edge in edition.project.edges:
        if edge.status == "stated" and not edge.evidence:
            hint = "add 'evidence:' with a passage and its words, or write 'status: inferred'"
            yield _misfit(edge, f"the edge {edge.id} is stated, so it must have evidence", hint)
        if edge.status == "none" and edge.end:
            hint = "remove 'to', or write 'status: stated' or 'status: inferred'"
            yield _misfit(edge, f"the edge {edge.id} has the status none, so it must not have 'to'", hint)
        if edge.status != "none" and not edge.end:
            hint = "add 'to: …', or write 'status: none'"
            yield _misfit(edge, f"the edge {edge.id} is {edge.status}, so it must have 'to'", hint)


def _misfit(edge: Edge, message: str, hint: str) -> Problem:
    return Problem(place=edge.place, code="E003", message=message, hint=hint)


def none_is_not_denied(edition: Edition) -> Iterator[Problem]:
    """E005 An edge with the status none must not contradict another edge of its kind: no edge with 'to' may
    begin with the same code. A measure without a diagnosis must not be at the end of a remedy either, and
    none of its parts may be.

    One error at most for each edge with the status none, at this edge; it names the first edge that joins the
    code: ``the edge e1 says that CODE has no other end, but e2 joins it``. Such an edge with 'to' is left to
    E003. Edges of another kind do not matter.
    """
    joined = [edge for edge in edition.project.edges if edge.end]
    for edge in edition.project.edges:
        if edge.status == "none" and not edge.end:
            whole = _with_parts(edge.start, edition)
            for one in joined:
                found = one.kind == "remedy" and one.end in whole
                if one.kind == edge.kind and (found or one.start == edge.start):
                    message = (
                        f"the edge {edge.id} says that {edge.start} has no other end, but {one.id} joins it"
                    )
                    yield Problem(place=edge.place, code="E005", message=message, hint=f"remove {edge.id}")
                    break


def _with_parts(code: str, edition: Edition) -> set[str]:
    """A code in writing; of an entry also its parts, and their parts."""
    known = edition.index.codes.get(code)
    entry = edition.index.entries.get((known.facet, known.id)) if known and known.kind == "entry" else None
    found = {code}
    waiting = [entry] if entry else []
    while waiting:
        parts = edition.index.parts(waiting.pop())
        new = [part for part in parts if f"{part.facet}:{part.id}" not in found]
        found |= {f"{part.facet}:{part.id}" for part in new}
        waiting += new
    return found


def evidence_is_exact(edition: Edition) -> Iterator[Problem]:
    """E004 The evidence of an edge must quote its passage exactly, at one place. If there are several works,
    it must name its work.

    One error for each quotation, at the quotation: ``evidence of an edge must name its work if there are
    several: p2``, ``unknown work: dike`` or ``unknown passage: p22`` if it names no passage, else ``evidence
    must quote p2 exactly; WHY: WORDS`` (:func:`.inexact`).
    """
    index = edition.index
    for edge in edition.project.edges:
        for one in edge.evidence:
            message = "evidence of an edge must name its work"
            if problem := unresolved(one, index, code="E004", message=message):
                yield problem
            elif one.quote not in index.spans:
                yield inexact(one.quote, index.quoted(one), index, code="E004")
