"""What coders say, flattened: one record for each tag, in the order of reading, coder by coder.

The exports that carry tags to other programs (CSV, Web Annotation, REFI-QDA, TEI) are made from these, so
that all of them hold the same tags in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.edition.index import Index, Span
from site_builder.model import Passage, Project, Tagging


@dataclass(frozen=True, kw_only=True, slots=True)
class Coding:
    """One tag of one coder: a cell with its relation, or an entry of a facet (then ``relation`` is empty).

    ``facet`` is empty for a cell.  ``evidence`` holds (start, end) in code points of the passage's text, in
    the order in which it was written; an entry may have none.
    """

    coder: str
    work: str
    passage: Passage
    facet: str
    code: str
    relation: str
    evidence: tuple[Span, ...]
    note: str

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this tag from every other of the project."""
        return (self.coder, self.work, self.passage.id, self.facet, self.code, self.relation)

    @property
    def quotations(self) -> tuple[str, ...]:
        """The words of the evidence."""
        return tuple(self.passage.text[start:end] for start, end in self.evidence)


def taggings(project: Project) -> Iterator[tuple[Tagging, Passage]]:
    """Every coder's tags of every passage: work by work, the coder of the site first, in reading order."""
    shown = project.site.coder
    coders = sorted({t.coder for t in project.taggings}, key=lambda coder: (coder != shown, coder))
    found = {(t.coder, t.work, t.passage): t for t in reversed(project.taggings)}
    for work in project.works:
        for coder in coders:
            for passage in work.passages:
                tagging = found.get((coder, work.id, passage.id))
                if tagging is not None:
                    yield tagging, passage


def codings(index: Index, tagging: Tagging, passage: Passage) -> Iterator[Coding]:
    """The tags of one coder of one passage: the cells as weighed, then the entries."""
    for cell in tagging.cells:
        yield Coding(
            coder=tagging.coder,
            work=tagging.work,
            passage=passage,
            facet="",
            code=cell.cell,
            relation=cell.relation,
            evidence=index.placed(cell.evidence),
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
            note="",
        )
