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
from site_builder.formats.codings import editors_notes, taggings
from site_builder.formats.webannotation import editorial_ids
from site_builder.formats.webannotation.content import Content, Record
from site_builder.formats.webannotation.scribe import Scribe
from site_builder.model import Alternative, Edge, Note, Passage, Tagging


def items(scribe: Scribe) -> Iterator[Record]:
    """The annotations of all alternatives, then of all notes, then of all edges with evidence.

    The alternatives are work by work, the displayed coder first, in reading order; those of one passage in
    the order of the file.  The notes are in reading order, the edges in the order of the file.

    An alternative has one annotation for each quotation with a place in the text; without any it has one, of
    the whole passage.  A note has one.  An edge has one for each quotation; without any it has none.
    """
    for tagging, passage in taggings(scribe.project):
        for number, one in enumerate(tagging.alternatives, 1):
            yield from _alternative(scribe, tagging, passage, number, one)
    for note, passage, span in editors_notes(scribe.edition.index, scribe.project.works):
        yield _note(scribe, note, passage, span)
    for edge in scribe.project.edges:
        yield from _edge(scribe, edge)


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
        target = scribe.target(tagging.work, passage, span)
        yield scribe.record(id_, tagging.coder, content, target)


def _note(scribe: Scribe, note: Note, passage: Passage, span: Span | None) -> Record:
    content = Content()
    scribe.texts(content, "commenting", note.body)
    for source in note.sources:
        content.text("identifying", source.line)
    scribe.texts(content, "questioning", note.settles)
    target = scribe.target(note.work, passage, span)
    return scribe.record(editorial_ids.note(scribe.project, note), "", content, target)


def _edge(scribe: Scribe, edge: Edge) -> Iterator[Record]:
    index = scribe.edition.index
    content = Content()
    ends = [index.codes[name] for name in (edge.start, edge.end) if name]
    for code in ends:
        content.page(scribe.page(code.whole), "linking")
    shown = " → ".join(map(str, ends))
    content.text("linking", f"{edge.kind}: {shown} ({edge.status})")
    scribe.texts(content, "commenting", edge.note)
    for count, one in enumerate(edge.evidence, 1):
        key = index.quoted(one)
        target = scribe.target(key[0], index.passages[key], index.spans[one.quote])
        yield scribe.record(editorial_ids.edge(scribe.project, edge, count), "", content, target)
