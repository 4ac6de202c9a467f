"""Alternatives, notes of the editors, edges and coders as texts of a REFI-QDA project.

The format has memos for them, and no coder made these.  ``import-tags`` leaves them out: it knows them by
their GUIDs or by their names.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import codes, identifiers
from site_builder.edition.edition import Edition
from site_builder.formats import translated
from site_builder.language.message import pmsg
from site_builder.model import Edge, Note, Project, Tagging
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Memo:
    """What distinguishes a note from all others of a file: its name, and its GUID."""

    name: str
    guid: str


def user(project: Project) -> str:
    """The GUID of the user that the editors are.

    36 lower-case characters, the same for every version of the project.
    """
    return identifiers.guid(project, "publisher")


def edges_memo(project: Project) -> Memo:
    """The name (``edges``) and the GUID of the note with all edges; they do not depend on the edges."""
    return Memo(name="edges", guid=_guid(project, "edges"))


def note_memo(project: Project, note: Note) -> Memo:
    """The name (``note-steps (canal p4)``) and the GUID of the memo of a note of the editors.

    The GUID is made from the work and the id of the note alone; it has 36 lower-case characters.
    """
    name = f"{note.anchor} ({note.work} {note.passage})"
    return Memo(name=name, guid=_guid(project, "note", note.work, note.id))


def alternatives_memo(project: Project, tagging: Tagging) -> Memo:
    """The name (``alternatives (canal p4 editors)``) and the GUID of the note with the alternatives of a
    coder for a passage.

    The GUID is made from the coder, the work and the passage alone.
    """
    name = f"alternatives ({tagging.work} {tagging.passage} {tagging.coder})"
    of = (tagging.coder, tagging.work, tagging.passage)
    return Memo(name=name, guid=_guid(project, "alternatives", *of))


def _guid(project: Project, *of: str) -> str:
    return identifiers.guid(project, "editorial", *of)


def own(project: Project) -> frozenset[str]:
    """The GUIDs and the names of the memos of the editors: one of all edges, one of each note, and one of
    each tagging with alternatives.

    That of the edges is there also if the project has none.
    """
    found = [edges_memo(project), *(note_memo(project, one) for one in project.notes)]
    found += [alternatives_memo(project, one) for one in project.taggings if one.alternatives]
    return frozenset(part for memo in found for part in (memo.name, memo.guid))


def note(edition: Edition, one: Note) -> str:
    """A note as lines: its body with translations, then its sources, then what would verify it with
    translations, a line each.

    What the note does not have gives no line.

    A source is one line of text, ``REFERENCE ADDRESS`` as :attr:`.NoteSource.line` gives it.
    """
    body, settles = translated.lines(edition, one.body), translated.lines(edition, one.settles)
    return "\n".join([*body, *(source.line for source in one.sources), *settles])


def alternatives(edition: Edition, tagging: Tagging) -> str:
    """The alternatives of a passage as lines: ``DOUBTED → ADDED``, then ``− TRAIT`` for each trait that it
    doubts, then the reason and its translations, a line each.

    ``∅`` replaces a code that is not given.  ``""`` without alternatives.

    The codes are ids: ``depth+:shows → bank-:shows``.
    """
    return "\n".join(_alternatives(edition, tagging))


def _alternatives(edition: Edition, tagging: Tagging) -> Iterator[str]:
    for one in tagging.alternatives:
        yield f"{one.instead_of or '∅'} → {codes.added(one, tagging.cells) or '∅'}"
        yield from (f"− {trait}" for trait in codes.doubted_traits(one))
        yield from translated.lines(edition, one.reason)


def edges(edition: Edition) -> str:
    """All edges, in the order of the file, as lines, without a line end after the last; ``""`` without edges.

    An edge begins with ``ID: KIND, START → END (STATUS)``, with ``∅`` if there is no end.  A line for each of
    its quotations follows (``canal p8 (author): 圳被蓋了起來``, a range as its two ends, ``甲……乙``), none if
    no text may be published, and then its note with its translations, a line each.  No blank line is between
    two edges.
    """
    return "\n".join(line for edge in edition.project.edges for line in _edge(edition, edge))


def _edge(edition: Edition, edge: Edge) -> Iterator[str]:
    yield f"{edge.id}: {edge.kind}, {edge.start} → {edge.end or '∅'} ({edge.status})"
    for one in edge.evidence:
        work, id_ = edition.index.quoted(one)
        passage = edition.index.passages[work, id_]
        for words in edition.shown_quotations((one.quote,), passage):
            yield f"{work} {id_} ({one.quote.voice}): {words}"
    yield from translated.lines(edition, edge.note)


def coders(edition: Edition) -> Iterator[str]:
    """The records of the coders, in the order of the file, a line each: ``ID: NAME, KIND, DATE, SAW, NOTE``.

    Colon and comma are those of the language of the edition; empty facts are left out.  The date is
    ``2026-11-24``.
    """
    between = edition.catalogue.text(pmsg("between a name and what it means", ": "))
    comma = edition.catalogue.text(pmsg("between items of a list", ", "))
    for one in edition.project.coders:
        facts = (one.name, one.kind, one.date.isoformat(), one.saw, one.note)
        yield f"{one.id}{between}{comma.join(filter(None, facts))}"
