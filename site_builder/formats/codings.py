"""The tags of all coders as a flat list: one record for each tag, in reading order, coder by coder.

All exports with tags (CSV, Web Annotation, REFI-QDA, TEI) are made from these records, so they have the same
tags in the same order.  The notes of the editors are listed here for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.edition import tagged
from site_builder.edition.codes import CodeId, traits_of
from site_builder.edition.index import Index, Span
from site_builder.model import Note, Passage, Project, Quote, Tagging, Work
from site_builder.model.text import NO_WORDS, Localized
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Coding:
    """One tag of one coder: a cell with its relation, or an entry of a facet (``relation`` is then empty).

    ``facet`` is empty for a cell.  ``evidence`` holds (start, end) in code points of the passage's text, end
    exclusive, in the order of the source; an entry can have none.  ``voices`` has the voice of each of them.
    ``traits`` are the traits of the cell that the tag rests on; an entry has none.
    """

    coder: str
    work: str
    passage: Passage
    facet: str
    code: str
    relation: str
    evidence: tuple[Span, ...]
    voices: tuple[str, ...]
    traits: tuple[CodeId, ...] = ()
    note: Localized

    @property
    def code_id(self) -> CodeId:
        """The id of the code in the whole codebook: ``depth+:shows`` for a cell, ``methods:survey`` for an
        entry.

        A cell without a relation is the cell alone: ``depth+``.
        """
        return CodeId.entry(self.facet, self.code) if self.facet else CodeId.cell(self.code, self.relation)

    @property
    def key(self) -> tuple[str, ...]:
        """The values that distinguish this tag from every other tag of the project.

        (coder, work, passage, facet, code, relation); the facet of a cell and the relation of an entry are
        ``""``.
        """
        return (self.coder, self.work, self.passage.id, self.facet, self.code, self.relation)

    @property
    def quotations(self) -> tuple[str, ...]:
        """The words of the evidence, one for each range, in the same order; ``()`` without evidence.

        Whether the text may be published is not considered.
        """
        return tuple(self.passage.text[start:end] for start, end in self.evidence)


def taggings(project: Project) -> Iterator[tuple[Tagging, Passage]]:
    """The tags of every coder for every passage: work by work, the displayed coder first, in reading order.

    The other coders follow in the order of their ids, each with all passages of the work.  A passage that a
    coder did not tag is left out, and so is a tagging of an unknown passage.  If a coder tagged a passage
    twice, only the first tagging is given.
    """
    for found in tagged.of_works(project).values():
        yield from found


def coders(project: Project) -> tuple[str, ...]:
    """The coders with tags on known passages, each once.

    They are in the order of :func:`taggings`, so the displayed coder is first if it tagged a passage of the
    first work.

    ``()`` without tags.
    """
    return tuple(dict.fromkeys(tagging.coder for tagging, _ in taggings(project)))


def editors_notes(index: Index, works: Iterable[Work]) -> Iterator[tuple[Note, Passage, Span | None]]:
    """The notes of the editors on the passages of works, in reading order, each with its passage and place.

    The notes on words of a passage are in the order of their places, and before those on the whole passage,
    which are in the order of the file.  The place is that of the words, (start, end) in code points, ``None``
    for a note on the whole passage.  A note on a passage that does not exist is left out.
    """
    for work in works:
        for passage in work.passages:
            for note in index.notes.get((work.id, passage.id), ()):
                yield note, passage, index.note_spans.get(note)


def voices(index: Index, evidence: Iterable[Quote]) -> tuple[str, ...]:
    """The voice of each quotation that has a place in the text, in their order.

    ``author``, ``reported`` or ``quoted``; a quotation without a place has none, so there can be fewer.
    ``()`` for no quotations.
    """
    return tuple(quote.voice for quote in evidence if quote in index.spans)


def codings(index: Index, tagging: Tagging, passage: Passage) -> Iterator[Coding]:
    """The tags of one coder for one passage: the cells in their order, then the entries.

    The function, gist and note of the passage are not among them.  Evidence without a place in the text is
    left out; the tag stays.  An entry has an empty note.
    """
    for cell in tagging.cells:
        yield Coding(
            coder=tagging.coder,
            work=tagging.work,
            passage=passage,
            facet="",
            code=cell.cell,
            relation=cell.relation,
            evidence=index.placed(cell.evidence),
            voices=voices(index, cell.evidence),
            traits=traits_of(cell),
            note=cell.note,
        )
    for entry in tagging.entries:
        yield Coding(
            coder=tagging.coder,
            work=tagging.work,
            passage=passage,
            facet=entry.facet,
            code=entry.entry,
            relation="",
            evidence=index.placed(entry.evidence),
            voices=voices(index, entry.evidence),
            note=NO_WORDS,
        )
