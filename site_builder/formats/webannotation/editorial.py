"""Alternatives, notes and edges as web annotations.

- An alternative of a coder (``questioning``) is of its evidence, or of the passage.  Its bodies are its
  reason, and in words what it doubts and what it would add (``instead of depth+:shows``,
  ``without depth+/noise``, ``perhaps breadth+:shows``).
- A note of the editors (``commenting``) is of its words, or of the passage.  Its bodies are the note, its
  sources, and what would verify it.
- An edge with evidence (``linking``) is of its quotations.  Its bodies are the pages that define its two
  codes, the edge in words (``cause: depth+ → breadth+ (stated)``), and the note.

None of them is a tag, so ``import-tags`` leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import codes
from site_builder.edition.index import Span
from site_builder.formats.codings import editors_notes
from site_builder.formats.webannotation import editorial_ids
from site_builder.formats.webannotation.content import Content, Record
from site_builder.formats.webannotation.scribe import Scribe
from site_builder.model import Alternative, Edge, Note, Passage, Tagging


def alternatives(scribe: Scribe) -> Iterator[Record]:
    """The annotations of all alternatives in the work, the displayed coder first, in reading order; those of
    one passage are in the order of the file.

    An alternative has one for each quotation with a place in the text; without any it has one, of the whole
    passage.
    """
    for tagging, passage in scribe.edition.tagged[scribe.work.id]:
        for number, one in enumerate(tagging.alternatives, 1):
            yield from _alternative(scribe, tagging, passage, number, one)


def notes(scribe: Scribe) -> Iterator[Record]:
    """The annotations of the notes on passages of the work, one for each, in reading order."""
    for note, passage, span in editors_notes(scribe.edition.index, (scribe.work,)):
        yield _note(scribe, note, passage, span)


def edges(scribe: Scribe) -> Iterator[tuple[Edge, int, Record]]:
    """The annotations of those quotations of edges that are in the work, by passages, each after its edge and
    the number that it has among the quotations of the edge, from 1.

    An edge without a quotation has none.
    """
    index = scribe.edition.index
    for passage in scribe.work.passages:
        key = (scribe.work.id, passage.id)
        for edge in index.quoting.get(key, ()):
            for count, one in enumerate(edge.evidence, 1):
                if index.quoted(one) == key:
                    yield edge, count, _edge(scribe, edge, count, passage)


def _alternative(
    scribe: Scribe, tagging: Tagging, passage: Passage, number: int, one: Alternative
) -> Iterator[Record]:
    added = codes.added(one, tagging.cells)
    content = Content()
    content.text("questioning", f"instead of {one.instead_of}" if one.instead_of else "")
    for trait in codes.doubted_traits(one):
        content.text("questioning", f"without {trait}")
    content.text("questioning", f"perhaps {added}" if added else "")
    scribe.texts(content, "questioning", one.reason)
    for count, span in enumerate(scribe.edition.index.placed(one.evidence) or (None,), 1):
        id_ = editorial_ids.alternative(scribe.project, tagging, number, count)
        target = scribe.target(passage, span)
        yield scribe.record(id_, tagging.coder, content, target)


def _note(scribe: Scribe, note: Note, passage: Passage, span: Span | None) -> Record:
    content = Content()
    scribe.texts(content, "commenting", note.body)
    for source in note.sources:
        content.text("identifying", source.line)
    scribe.texts(content, "questioning", note.settles)
    target = scribe.target(passage, span)
    return scribe.record(editorial_ids.note(scribe.project, note), "", content, target)


def _edge(scribe: Scribe, edge: Edge, count: int, passage: Passage) -> Record:
    """The annotation of a quotation of an edge.

    :param count: the number of the quotation, from 1; ``passage`` is the one that it is in.
    """
    index = scribe.edition.index
    content = Content()
    ends = [index.codes[name] for name in (edge.start, edge.end) if name]
    for code in ends:
        content.page(scribe.page(code.whole), "linking")
    shown = " → ".join(map(str, ends))
    content.text("linking", f"{edge.kind}: {shown} ({edge.status})")
    scribe.texts(content, "commenting", edge.note)
    target = scribe.target(passage, index.spans[edge.evidence[count - 1].quote])
    return scribe.record(editorial_ids.edge(scribe.project, edge, count), "", content, target)
