"""``data/alternatives.csv``, ``edges.csv``, ``notes.csv`` and ``coders.csv``: what belongs to no single tag.

The files are written as those of :mod:`site_builder.formats.tables.write`.  A table without rows is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder.edition.edition import Edition
from site_builder.formats import translated
from site_builder.formats.codings import coders, editors_notes, taggings
from site_builder.formats.tables.fields import Column, Row, Table, column, in_languages
from site_builder.model import VOICES, Quote
from site_builder.model.coder import CODER_KINDS
from site_builder.model.edge import EDGE_KINDS, EDGE_STATUSES
from site_builder.model.values import naming

_ID = f"^{naming.ID}$"


def _passage(edition: Edition, *, required: bool = True) -> Iterator[Column]:
    works = [work.id for work in edition.project.works]
    limits: dict[str, Any] = {"required": True} if required else {}
    yield column("work", "The text: its id.", enum=works, **limits)
    yield column("passage", "The passage: its id, which lasts.", pattern=_ID, **limits)


def _quotation() -> Iterator[Column]:
    yield column("quote", "The words.")
    yield column("start", "Where they begin: characters of text before them.", "integer", minimum=0)
    yield column("end", "Where they end: characters of text up to their end.", "integer", minimum=1)
    yield column("voice", "Whose words they are.", enum=[*VOICES])


def _quoted(edition: Edition, quote: Quote | None, text: str) -> Row:
    span = edition.index.spans.get(quote) if quote is not None else None
    if quote is None or span is None:
        return {}
    words = text[span[0] : span[1]] if edition.with_text else ""
    return {"quote": words, "start": span[0], "end": span[1], "voice": quote.voice}


# --- alternatives ---------------------------------------------------------------------------------


def _alternative_columns(edition: Edition) -> Iterator[Column]:
    grid = edition.project.grid
    yield from _passage(edition)
    yield column("coder", "Whose alternative it is.", required=True, enum=[*coders(edition.project)])
    yield column("alternative", "Its number in the passage.", "integer", required=True, minimum=1)
    yield column("quotation", "The number of the quotation.", "integer", required=True, minimum=1)
    yield column("instead_of", "The tag that it doubts; empty if it only adds one.")
    yield column("cell", "The cell that it adds, if any.", enum=[cell.id for cell in grid.cells])
    yield column("relation", "Its relation.", enum=[term.id for term in grid.relations])
    yield column(
        "traits",
        "The traits of the doubted tag that rest on these quotations alone: their ids, with spaces between.",
    )
    yield from _quotation()
    yield from in_languages(edition, "reason", "Why it is possible.")


def _alternative_rows(edition: Edition) -> Iterator[Row]:
    for tagging, passage in taggings(edition.project):
        for number, one in enumerate(tagging.alternatives, 1):
            cell, relation = one.added(tagging.cells)
            own: Row = {
                "work": tagging.work,
                "passage": passage.id,
                "coder": tagging.coder,
                "alternative": number,
                "instead_of": one.instead_of,
                "cell": cell,
                "relation": relation if cell else "",
                "traits": " ".join(one.traits),
                **translated.values(edition, "reason", one.reason),
            }
            for count, quote in enumerate(one.evidence or (None,), 1):
                yield {**own, "quotation": count, **_quoted(edition, quote, passage.text)}


# --- edges ----------------------------------------------------------------------------------------


def _edge_columns(edition: Edition) -> Iterator[Column]:
    yield column("edge", "Its id.", required=True, pattern=_ID)
    yield column("quotation", "The number of the quotation.", "integer", required=True, minimum=1)
    yield column(
        "kind", "From a cause to its effect, or a diagnosis to its remedy.", required=True, enum=[*EDGE_KINDS]
    )
    yield column("from", "The code of the cause or the diagnosis.", required=True)
    yield column("to", "The code of the effect or the remedy; empty if there is none.")
    yield column(
        "status",
        "Stated by the text, inferred by the editors, or none.",
        required=True,
        enum=[*EDGE_STATUSES],
    )
    yield from _passage(edition, required=False)
    yield from _quotation()
    yield from in_languages(edition, "note", "The editors' note.")


def _edge_rows(edition: Edition) -> Iterator[Row]:
    for edge in edition.project.edges:
        own: Row = {
            "edge": edge.id,
            "kind": edge.kind,
            "from": edge.start,
            "to": edge.end,
            "status": edge.status,
            **translated.values(edition, "note", edge.note),
        }
        if not edge.evidence:
            yield {**own, "quotation": 1}
        for count, one in enumerate(edge.evidence, 1):
            work, id_ = edition.index.quoted(one)
            quoted = _quoted(edition, one.quote, edition.index.passages[work, id_].text)
            yield {**own, "quotation": count, "work": work, "passage": id_, **quoted}


# --- notes ----------------------------------------------------------------------------------------


def _note_columns(edition: Edition) -> Iterator[Column]:
    yield from _passage(edition)
    yield column("note", "Its id in the work.", required=True, pattern=_ID)
    yield column("source", "The number of the source.", "integer", required=True, minimum=1)
    yield column("quote", "The words that it is about; empty for the whole passage.")
    yield column("start", "Where they begin: characters of text before them.", "integer", minimum=0)
    yield column("end", "Where they end: characters of text up to their end.", "integer", minimum=1)
    yield from in_languages(edition, "body", "The note.")
    yield column("reference", "A source of the note.")
    yield column("address", "The address of the source, if it has one.")
    yield column("doubt", "Whether it could not be verified.", "boolean", required=True)
    yield from in_languages(edition, "settles", "What would verify it.")


def _note_rows(edition: Edition) -> Iterator[Row]:
    for note, passage, span in editors_notes(edition.index, edition.project.works):
        own: Row = {
            "work": note.work,
            "passage": note.passage,
            "note": note.id,
            **translated.values(edition, "body", note.body),
            "doubt": "true" if note.doubt else "false",
            **translated.values(edition, "settles", note.settles),
        }
        if span is not None:
            words = passage.text[span[0] : span[1]] if edition.with_text else ""
            own |= {"quote": words, "start": span[0], "end": span[1]}
        if not note.sources:
            yield {**own, "source": 1}
        for count, one in enumerate(note.sources, 1):
            yield {**own, "source": count, "reference": one.reference, "address": one.address}


# --- coders ---------------------------------------------------------------------------------------


def _coder_columns(edition: Edition) -> Iterator[Column]:
    yield column("coder", "The id, as in the other tables.", required=True, unique=True)
    yield from in_languages(edition, "name", "The name.")
    yield column("kind", "Whether a person or a machine read.", required=True, enum=[*CODER_KINDS])
    yield column("date", "When the reading was finished.", "date", required=True)
    yield from in_languages(edition, "saw", "What the coder had before it.")
    yield from in_languages(edition, "note", "The editors' note.")


def _coder_rows(edition: Edition) -> Iterator[Row]:
    for coder in edition.project.coders:
        yield {
            "coder": coder.id,
            **translated.values(edition, "name", coder.name),
            "kind": coder.kind,
            "date": coder.date.isoformat(),
            **translated.values(edition, "saw", coder.saw),
            **translated.values(edition, "note", coder.note),
        }


TABLES = (
    Table(
        file="alternatives.csv",
        title="Alternatives",
        says="One row for each quotation of each alternative of a coder, or one for an alternative without.",
        columns=_alternative_columns,
        rows=_alternative_rows,
        key=("coder", "work", "passage", "alternative", "quotation"),
    ),
    Table(
        file="edges.csv",
        title="Edges between codes",
        says="One row for each quotation of an edge, or one for an edge without.",
        columns=_edge_columns,
        rows=_edge_rows,
        key=("edge", "quotation"),
    ),
    Table(
        file="notes.csv",
        title="Notes of the editors",
        says="One row for each source of a note, or one for a note without.",
        columns=_note_columns,
        rows=_note_rows,
        key=("work", "note", "source"),
    ),
    Table(
        file="coders.csv",
        title="Coders",
        says="One row for each coder: whether a person or a machine read, when, and with what before it.",
        columns=_coder_columns,
        rows=_coder_rows,
        key=("coder",),
    ),
)
"""The tables, in the order in which the package describes them."""
