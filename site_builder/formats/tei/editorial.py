"""Alternatives, the notes of the editors, and the edges, for ``standOff``.

- An alternative is an ``annotation`` (``questioning``): pointers of the type ``doubted`` refer to the
  categories of the tag that it doubts, ``doubted-trait`` to the traits that it doubts with the evidence,
  ``cell`` and ``relation`` to those that it adds.
- A note is a ``note`` of the type ``editorial``, with its sources as ``bibl``.  What could not be verified
  has a low certainty, and a note within it of the type ``settles``.
- An edge is a ``relation``: ``active`` is the cause or the diagnosis, ``passive`` the effect or the remedy,
  ``subtype`` its status, and ``source`` its evidence.  The file of a work has the edges whose evidence is
  from that work; those without evidence are in the file of the work published first.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import codes
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Span
from site_builder.formats.codings import editors_notes
from site_builder.formats.tei import classes, marks
from site_builder.formats.tei.tree import EDITORS, Element, e, file, texts, to
from site_builder.model import Alternative, Edge, Evidence, Note, Passage, Tagging, Work


def alternative(edition: Edition, tagging: Tagging, found: Alternative) -> Iterator[Element]:
    """The bodies of an alternative: a ``ptr`` to the doubted cell, one to its relation and one to each
    doubted trait, one to the cell and one to the relation that are added, then a ``note`` with the reason and
    one for each of its translations.

    What the alternative does not have gives no element.
    """
    if found.instead_of:
        doubted = CodeId.cell(*found.doubted)
        for category in classes.code(edition, doubted):
            yield e("ptr", type="doubted", target=to([category]))
        for trait in found.traits:
            category = classes.trait(edition, doubted.id, trait)
            yield e("ptr", type="doubted-trait", target=to([category]))
    if added := codes.added(found, tagging.cells):
        for kind, category in zip(("cell", "relation"), classes.code(edition, added), strict=False):
            yield e("ptr", type=kind, target=to([category]))
    yield from texts(edition, "note", found.reason, type="reason")


def notes(edition: Edition, work: Work) -> Iterator[Element]:
    """One list with the notes on the passages of a work, in the order of the text; nothing without notes.

    The notes on one passage are in the order of :func:`.editors_notes`.  They are there also if the text may
    not be published.
    """
    found = [_note(edition, work, *one) for one in editors_notes(edition.index, [work])]
    if found:
        yield e("listAnnotation", found, type="notes")


def _note(edition: Edition, work: Work, note: Note, passage: Passage, span: Span | None) -> Element:
    return e(
        "note",
        texts(edition, "p", note.body),
        [_source(one.reference, one.address) for one in note.sources],
        texts(edition, "note", note.settles, type="settles"),
        id=f"editorial.{note.id}",
        type="editorial",
        target=marks.pointers(edition, work, passage, (span,) if span is not None else ()),
        resp=to([EDITORS]),
        cert="low" if note.doubt else "",
    )


def _source(reference: str, address: str) -> Element:
    return e("bibl", reference, [" ", e("ref", address, target=address)] if address else [])


def edges(edition: Edition, work: Work) -> Iterator[Element]:
    """The edges that belong to the file of a work as one ``listRelation``, then their notes as one
    ``listAnnotation``, both in the order of the file of edges.

    An edge belongs to every work that it quotes; one without evidence to the work published first.  Nothing
    without edges, and no ``listAnnotation`` without notes.
    """
    found = [edge for edge in edition.project.edges if _is_of(edition, work, edge)]
    if found:
        yield e("listRelation", [_edge(edition, work, edge) for edge in found], type="edges")
        notes = [note for edge in found for note in texts(edition, "note", edge.note, **_about(edge))]
        if notes:
            yield e("listAnnotation", notes, type="edges")


def _about(edge: Edge) -> dict[str, str]:
    """The attributes of the note on an edge; a relation has only one description."""
    return {"type": "edge", "target": to([f"edge.{edge.id}"])}


def _is_of(edition: Edition, work: Work, edge: Edge) -> bool:
    works = {edition.index.quoted(one)[0] for one in edge.evidence}
    return work.id in (works or {edition.project.first_published.id})


def _edge(edition: Edition, work: Work, edge: Edge) -> Element:
    known = edition.index.codes
    return e(
        "relation",
        id=f"edge.{edge.id}",
        name=edge.kind,
        type="edge",
        subtype=edge.status,
        active=to(classes.code(edition, known[edge.start])),
        passive=to(classes.code(edition, known[edge.end])) if edge.end else "",
        source=" ".join(_evidence(edition, work, one) for one in edge.evidence),
    )


def _evidence(edition: Edition, work: Work, one: Evidence) -> str:
    """A pointer to the words of evidence; to the passage in another file, or without the text."""
    home, id_ = edition.index.quoted(one)
    if home != work.id:
        return f"{file(edition, edition.index.works[home])}#{id_}"
    passage = edition.index.passages[home, id_]
    return marks.pointers(edition, work, passage, (edition.index.spans[one.quote],))
