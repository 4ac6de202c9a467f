"""Cross-reference index: resolves ids, locates evidence, builds reverse lookups.

The sources say for each passage what it carries.  The index says for each cell and entry which passages carry
it, and for each passage which sentences of the editors cite it.  It contains no addresses and no HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from site_builder.edition import codes, quotes
from site_builder.edition.codes import CodeId, traits_of
from site_builder.model import (
    Cell,
    CellQuote,
    CellTag,
    Citation,
    Dimension,
    Edge,
    Entry,
    EntryTag,
    Evidence,
    Facet,
    Heading,
    Link,
    Note,
    Page,
    Passage,
    Project,
    Prose,
    Quote,
    Sentence,
    Tagging,
    Work,
)
from site_builder.model.memory import Memory
from site_builder.records import dataclass

Key = tuple[str, str]
"""(work id, passage id)."""
Span = tuple[int, int]
"""(start, end) in code points of the passage's text, end exclusive."""
_K = TypeVar("_K")
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The place of the editors' prose: a page, or a field of an entry."""

    page: Page | None = None
    entry: Entry | None = None
    field: str = ""

    @property
    def prose(self) -> Prose:
        """The prose of the page, of the field, or, with an empty ``field``, of the entry's definition.

        :raises KeyError: if the entry has no such field.
        """
        if self.page is not None:
            return self.page.prose
        assert self.entry is not None
        return self.entry.fields[self.field] if self.field else self.entry.definition

    @property
    def cites(self) -> bool:
        """Whether every sentence here must cite: as a page states, on a page of rules and in a definition
        never, in a field always.
        """
        return self.page.cites and not self.has_rules if self.page is not None else bool(self.field)

    @property
    def has_rules(self) -> bool:
        """Whether this is a page of rules."""
        return self.page is not None and self.page.kind == "rules"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A sentence that cites or links something, and its place."""

    source: Source
    sentence: Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """The project seen from every other side.  Tags are those of the coder the site shows.

    ``by_cell`` maps cell id → the passages with it and the tag, ``by_entry`` maps (facet id, entry id) → the
    same, both in reading order; a code without tags is no key.  ``carried`` maps a passage → every code that
    it carries (:func:`.codes.carried`).  ``by_trait`` maps a trait → the passages with a tag that rests on it
    and the tag.  ``citing`` maps a passage → the sentences
    that cite it, each once; passages that do not exist are keys too.  ``mentioning`` maps a subject
    (``cell:depth+``, ``methods:survey``, ``page:silence``) → the sentences that link it or claim it; negated
    claims do not count; a claim or link of a trait is one of its cell as well.  ``spans`` maps evidence → its
    place, for exact quotations of all coders and alternatives, and of edges.  ``notes`` maps a passage → its
    notes, in the order of the text: those of words by their place, then those of the passage.
    ``note_spans`` maps a note of words → their place.  ``edges`` maps a code → the edges that begin or end
    with it, ``quoting`` a passage → the edges with evidence from it, each once, in the order of the file.
    """

    works: Mapping[str, Work]
    passages: Mapping[Key, Passage]
    headings: Mapping[Key, Heading]
    dimensions: Mapping[str, Dimension]
    cells: Mapping[str, Cell]
    facets: Mapping[str, Facet]
    entries: Mapping[tuple[str, str], Entry]
    pages: Mapping[str, Page]
    codes: Mapping[str, CodeId]
    taggings: Mapping[Key, Tagging]
    carried: Mapping[Key, frozenset[CodeId]]
    by_cell: Mapping[str, tuple[tuple[Key, CellTag], ...]]
    by_trait: Mapping[CodeId, tuple[tuple[Key, CellTag], ...]]
    by_entry: Mapping[tuple[str, str], tuple[tuple[Key, EntryTag], ...]]
    citing: Mapping[Key, tuple[Mention, ...]]
    mentioning: Mapping[str, tuple[Mention, ...]]
    spans: Mapping[Quote, Span]
    notes: Mapping[Key, tuple[Note, ...]]
    note_spans: Mapping[Note, Span]
    edges: Mapping[CodeId, tuple[Edge, ...]]
    quoting: Mapping[Key, tuple[Edge, ...]]
    sources: tuple[Source, ...]

    def cited(self, citation: Citation) -> Key:
        """The passage that a citation names, as (work, passage), whether or not it exists.

        A citation without a work is of the only work; if there is none, or several, the work is ``""``.
        """
        return cited(citation, self.works)

    @property
    def single_work(self) -> str:
        """The id of the work if there is exactly one, else ``""``."""
        return single_work(self.works)

    def holding(self, passage: str) -> tuple[str, ...]:
        """The ids of the works that have a passage of this id, in the order of the works; ``()`` if none has
        it.
        """
        return tuple(work for work, id_ in self.passages if id_ == passage)

    def placed(self, evidence: tuple[Quote, ...]) -> tuple[Span, ...]:
        """The places of quotations as (start, end), in their order; one that is not exact in its passage is
        left out, so there can be fewer.  ``()`` for no quotations.
        """
        return tuple(self.spans[quote] for quote in evidence if quote in self.spans)

    def inside(self, quotes: tuple[Quote, ...], evidence: tuple[Quote, ...]) -> tuple[Quote, ...]:
        """The quotations that are within a quotation of the evidence, in their order.

        An equal quotation is within.  One that is not exact in its passage is within none.  All are of one
        passage.  ``()`` without evidence.
        """
        return tuple(self._inside(quotes, evidence))

    def _inside(self, quotes: tuple[Quote, ...], evidence: tuple[Quote, ...]) -> Iterator[Quote]:
        ranges = self.placed(evidence) if quotes else ()
        for quote in quotes if ranges else ():
            if quote in self.spans:
                first, last = self.spans[quote]
                if any(start <= first and last <= end for start, end in ranges):
                    yield quote

    def within(self, key: Key, tag: EntryTag) -> tuple[CellTag, ...]:
        """The cells of a passage whose evidence is within the evidence of an entry, in the order of the tags.

        One quotation of a cell that is within one of the entry is enough.  ``()`` for an entry without
        evidence, and for a passage without tags.
        """
        tagging = self.taggings.get(key)
        cells = tagging.cells if tagging else ()
        return tuple(cell for cell in cells if self._is_within(cell, tag))

    def _is_within(self, cell: CellTag, tag: EntryTag) -> bool:
        return any(True for _ in self._inside(cell.evidence, tag.evidence))

    def covers(self, key: Key, tag: EntryTag, cell: CellTag) -> bool:
        """Whether a cell tag of a passage belongs to an entry of the same passage.

        An entry without evidence covers every cell.  An entry with evidence covers the cells of the passage
        that have a quotation within one of its own.  It also covers what its parts cover, of those that the
        passage is tagged with; a part without evidence covers every cell too.  A cell tag without evidence
        has no quotation within any.
        """
        if not tag.evidence:
            return True
        tagging = self.taggings.get(key)
        is_tagged = tagging is not None and cell in tagging.cells
        if is_tagged and self._is_within(cell, tag):
            return True
        return any(
            not part.evidence or (is_tagged and self._is_within(cell, part))
            for part in (tagging.entries if tagging else ())
            if part.facet == tag.facet and self._is_part(part, tag)
        )

    def _is_part(self, part: EntryTag, tag: EntryTag) -> bool:
        """Whether the entry of a tag has that of another one of its facet as its parent."""
        found = self.entries.get((part.facet, part.entry))
        return found is not None and found.parent == tag.entry and (tag.facet, tag.entry) in self.entries

    def entries_of(self, key: Key, cell: CellTag, facets: Collection[str]) -> tuple[Entry, ...]:
        """The entries of some facets to which a cell tag of a passage belongs, in the order of the tags of
        the passage; an entry and its parts are each there if the passage is tagged with both.

        These are entries without evidence, entries with a quotation that holds one of the cell tag, and
        entries of which a part in the passage is such.  ``()`` if there are none, or the passage has no tags.

        :raises KeyError: if a tag that covers the cell names an entry that does not exist.
        """
        tagging = self.taggings.get(key)
        return tuple(
            self.entries[(tag.facet, tag.entry)]
            for tag in (tagging.entries if tagging else ())
            if tag.facet in facets and self.covers(key, tag, cell)
        )

    def cells_of(self, entry: Entry) -> tuple[tuple[Key, CellTag], ...]:
        """The cell tags that belong to an entry or to a part of it, each with its passage, in reading order,
        within a passage in the order of the tags, each once.

        They are all cell tags of a passage in which the entry or a part of it has no evidence, else those
        with a quotation within theirs.  ``()`` if no passage has the entry or a part.

        :raises KeyError: if the facet of the entry is not in the index.
        """
        tags: dict[Key, list[EntryTag]] = {}
        for one in (entry, *self.parts(entry)):
            for key, tag in self.by_entry.get((entry.facet, one.id), ()):
                tags.setdefault(key, []).append(tag)
        works = {work: number for number, work in enumerate(self.works)}
        return tuple(
            (key, cell)
            for key in sorted(tags, key=lambda key: (works[key[0]], self.passages[key].number))
            for cell in self.taggings[key].cells
            if any(self.covers(key, tag, cell) for tag in tags[key])
        )

    def quoted(self, quote: CellQuote | Evidence) -> Key:
        """The passage that a quotation of a cell or of an edge names, whether or not it exists.

        A quotation without a work is of the only work; if there is none, or several, the work is ``""``.
        """
        return quoted(quote, self.works)

    def parts(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries of the same facet that have this one as their parent, in order; their own parts are
        left out.  ``()`` if there are none.

        :raises KeyError: if the facet of the entry is not in the index.
        """
        facet = self.facets[entry.facet]
        return tuple(other for other in facet.entries if other.parent == entry.id)

    def top_entries(self, tagging: Tagging, facet: str) -> set[str]:
        """The ids of the entries of a facet that a passage speaks for, as a set; a part counts as the entry
        that it belongs to.  Empty if there are none.

        :raises KeyError: if a tag names an entry that the facet does not have.
        """
        own = (self.entries[(facet, tag.entry)] for tag in tagging.entries if tag.facet == facet)
        return {entry.parent or entry.id for entry in own}


def cited(citation: Citation, works: Mapping[str, Work]) -> Key:
    """The passage that a citation names, as (work, passage), whether or not it exists.

    A citation without a work is of the only work; if there is none, or several, the work is ``""``.
    """
    return (citation.work or single_work(works), citation.passage)


def quoted(quote: CellQuote | Evidence, works: Mapping[str, Work]) -> Key:
    """The passage that a quotation of a cell or of an edge names, as (work, passage), whether or not it
    exists.

    A quotation without a work is of the only work; if there is none, or several, the work is ``""``.
    """
    return (quote.work or single_work(works), quote.passage)


def single_work(works: Mapping[str, Work]) -> str:
    """The id of the work if there is exactly one; ``""`` for none or several: then each citation must name
    its work.
    """
    return next(iter(works)) if len(works) == 1 else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _WorkIndex:
    """The part of an index that is made from a work and its tags alone; the fields are those of
    :class:`Index`.
    """

    passages: Mapping[Key, Passage]
    headings: Mapping[Key, Heading]
    taggings: Mapping[Key, Tagging]
    carried: Mapping[Key, frozenset[CodeId]]
    by_cell: Mapping[str, tuple[tuple[Key, CellTag], ...]]
    by_trait: Mapping[CodeId, tuple[tuple[Key, CellTag], ...]]
    by_entry: Mapping[tuple[str, str], tuple[tuple[Key, EntryTag], ...]]
    spans: Mapping[Quote, Span]


def _of_work(work: Work, coder: str, every: Sequence[Tagging]) -> _WorkIndex:
    """The index of a work.

    :param coder: the coder whose tags the site shows.
    :param every: the tags of the work, of all coders.
    """
    passages = {(work.id, one.id): one for one in work.passages}
    shown = {(t.work, t.passage): t for t in reversed(every) if t.coder == coder}
    # in reading order, not in the order of the files
    taggings = {key: shown[key] for key in passages if key in shown}
    return _WorkIndex(
        passages=passages,
        headings={(work.id, one.id): one for one in work.headings},
        taggings=taggings,
        carried={key: codes.carried(tagging) for key, tagging in taggings.items()},
        by_cell=grouped((tag.cell, (key, tag)) for key, t in taggings.items() for tag in t.cells),
        by_trait=grouped(
            (code, (key, tag)) for key, t in taggings.items() for tag in t.cells for code in traits_of(tag)
        ),
        by_entry=grouped(
            ((tag.facet, tag.entry), (key, tag)) for key, t in taggings.items() for tag in t.entries
        ),
        spans=dict(
            _placed((((t.work, t.passage), quote) for t in every for quote in quotations(t)), passages)
        ),
    )


def _of_works(project: Project, memory: Memory) -> list[_WorkIndex]:
    """The index of each work, in their order."""
    coder = project.site.coder
    of_work: dict[str, list[Tagging]] = {work.id: [] for work in project.works}
    for tagging in project.taggings:
        if tagging.work in of_work:
            of_work[tagging.work].append(tagging)
    return [
        memory.of(("index", work.id, coder), (work, *own), partial(_of_work, work, coder, own))
        for work in project.works
        for own in [of_work[work.id]]
    ]


def build_index(project: Project, memory: Memory | None = None) -> Index:
    """The index of a project; ids that do not resolve are absent (a check reports them).

    Tags of other coders than ``site.coder``, and of passages that do not exist, are left out; of two taggings
    of a passage the first counts.  Of cells or entries with the same id the last counts.  Works have
    different ids.

    :param memory: of earlier indexes; the part of a work with the same objects is not made again.
    """
    works = {w.id: w for w in project.works}
    parts = _of_works(project, memory or Memory())
    passages = _united(one.passages for one in parts)
    taggings = _united(one.taggings for one in parts)
    sources = tuple(_sources(project))
    by_text = codes.by_text(project)
    note_spans = dict(_placed_notes(project, passages))
    return Index(
        works=works,
        passages=passages,
        headings=_united(one.headings for one in parts),
        dimensions={d.id: d for d in project.grid.dimensions},
        cells={c.id: c for c in project.grid.cells},
        facets={f.id: f for f in project.facets},
        entries={(f.id, e.id): e for f in project.facets for e in f.entries},
        pages={p.id: p for p in project.pages},
        codes=by_text,
        taggings=taggings,
        carried=_united(one.carried for one in parts),
        by_cell=_joined(one.by_cell for one in parts),
        by_trait=_joined(one.by_trait for one in parts),
        by_entry=_joined(one.by_entry for one in parts),
        citing=grouped(_citing(sources, works)),
        mentioning=grouped(_mentioning(sources, by_text)),
        spans=_united([*(one.spans for one in parts), dict(_placed_evidence(project, works, passages))]),
        notes=grouped(_in_order(project.notes, note_spans)),
        note_spans=note_spans,
        edges=grouped(_ends(project, by_text)),
        quoting=grouped(
            (key, edge)
            for edge in project.edges
            for key in dict.fromkeys(quoted(one, works) for one in edge.evidence)
        ),
        sources=sources,
    )


def grouped(pairs: Iterable[tuple[_K, _T]]) -> dict[_K, tuple[_T, ...]]:
    """Key → all values with it, in their order; the keys are in the order of their first values.  No pairs
    give ``{}``.

    >>> grouped([("b", 1), ("a", 2), ("b", 1)])
    {'b': (1, 1), 'a': (2,)}
    """
    found: dict[_K, list[_T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _united(parts: Iterable[Mapping[_K, _T]]) -> dict[_K, _T]:
    found: dict[_K, _T] = {}
    for part in parts:
        found.update(part)
    return found


def _joined(parts: Iterable[Mapping[_K, tuple[_T, ...]]]) -> dict[_K, tuple[_T, ...]]:
    """Key → the values that all parts have for it, in the order of the parts."""
    found: dict[_K, list[_T]] = {}
    for part in parts:
        for key, values in part.items():
            found.setdefault(key, []).extend(values)
    return {key: tuple(values) for key, values in found.items()}


def _sources(project: Project) -> Iterator[Source]:
    for page in project.pages:
        yield Source(page=page)
    for facet in project.facets:
        for entry in facet.entries:
            yield Source(entry=entry)
            for field in entry.fields:
                yield Source(entry=entry, field=field)


def _citing(sources: tuple[Source, ...], works: Mapping[str, Work]) -> Iterator[tuple[Key, Mention]]:
    for source in sources:
        for sentence in source.prose.sentences:
            keys = {cited(c, works): None for c in sentence.citations}
            for key in keys:
                yield key, Mention(source=source, sentence=sentence)


def _mentioning(sources: tuple[Source, ...], known: Mapping[str, CodeId]) -> Iterator[tuple[str, Mention]]:
    for source in sources:
        for sentence in source.prose.sentences:
            claims = (
                subject
                for citation in sentence.citations
                for claim in citation.claims
                if not claim.negated and claim.code in known
                for subject in _subjects(known[claim.code])
            )
            links = (
                subject
                for link in sentence.links
                for subject in (link.target, *_subjects_of_link(link, known))
            )
            targets = dict.fromkeys((*links, *claims))
            for target in targets:
                yield target, Mention(source=source, sentence=sentence)


def _subjects(code: CodeId) -> tuple[str, ...]:
    """The subject of a code; of a trait, that of its cell too."""
    return (code.subject, CodeId.cell(code.id).subject) if code.kind == "trait" else (code.subject,)


def _subjects_of_link(link: Link, known: Mapping[str, CodeId]) -> tuple[str, ...]:
    code = known.get(link.id) if link.kind == "cell" else None
    return _subjects(code) if code is not None else ()


def _placed_evidence(
    project: Project, works: Mapping[str, Work], passages: Mapping[Key, Passage]
) -> Iterator[tuple[Quote, Span]]:
    """The places of the evidence of edges."""
    found = ((quoted(one, works), one.quote) for edge in project.edges for one in edge.evidence)
    return _placed(found, passages)


def _placed(
    found: Iterable[tuple[Key, Quote]], passages: Mapping[Key, Passage]
) -> Iterator[tuple[Quote, Span]]:
    """The quotations that are exact in their passages, with their places."""
    for key, quote in found:
        verdict = quotes.judge(quote, passages[key].text) if key in passages else quotes.LOST
        if verdict.kind == "exact":
            yield quote, (verdict.start, verdict.end)


def _placed_notes(project: Project, passages: Mapping[Key, Passage]) -> Iterator[tuple[Note, Span]]:
    for note in project.notes:
        passage = passages.get((note.work, note.passage))
        verdict = quotes.judge(Quote(text=note.text), passage.text) if passage and note.text else quotes.LOST
        if verdict.kind == "exact":
            yield note, (verdict.start, verdict.end)


def _in_order(notes: tuple[Note, ...], spans: Mapping[Note, Span]) -> Iterator[tuple[Key, Note]]:
    """The notes by their place in the passage; those without a place come last, in the order of the file."""
    for note in sorted(notes, key=lambda note: (note not in spans, spans.get(note, (0, 0)))):
        yield (note.work, note.passage), note


def _ends(project: Project, known: Mapping[str, CodeId]) -> Iterator[tuple[CodeId, Edge]]:
    for edge in project.edges:
        for name in dict.fromkeys((edge.start, edge.end)):
            if name in known:
                yield known[name], edge


def evidence(tagging: Tagging) -> Iterator[Quote]:
    """Every quotation of one coder's tags of one passage: those of cells, then those of entries, in order.

    Repeated quotations are repeated.  Those of alternatives are left out.
    """
    for cell in tagging.cells:
        yield from cell.evidence
    for entry in tagging.entries:
        yield from entry.evidence


def quotations(tagging: Tagging) -> Iterator[Quote]:
    """Every quotation of one coder's tags of one passage: those of cells, then of entries, then of
    alternatives, in order.

    Repeated quotations are repeated.  A tagging without any gives nothing.
    """
    yield from evidence(tagging)
    for alternative in tagging.alternatives:
        yield from alternative.evidence
