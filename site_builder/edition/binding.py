"""Gives sentences the ids that the ledgers have for them, and ended ids a place in the text.

Reading produces blocks without ids of sentences; this module returns the project with every id.  A project of
format 1 has only counted ids and stays unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from site_builder.edition import addressed, anchors, sentences
from site_builder.edition.sentences import Bound, SourceSentence
from site_builder.language import language
from site_builder.model import Anchor, Facet, Page, Passage, Project, Prose, Sentence, SentenceRange, Work
from site_builder.model.memory import Memory
from site_builder.records import replace


def bound(project: Project, memory: Memory | None = None) -> Project:
    """The project with the ids of its sentences: :attr:`Passage.sentences`, :attr:`Sentence.anchor`,
    ``also``.

    A sentence that no ledger has gets the next free id of its block: ``p12-s3`` if the greatest that the
    block ever had is ``p12-s2``.  ``also`` are the ended ids that lead to this one.  Sentences that no page
    shows stay as they are.  A project of format 1 is returned unchanged.

    :param memory: of earlier readings; a work that is the same object as before gives the same object, and so
        do all works, pages and facets if no part of the project but the tags has changed.
    """
    if project.site.format < 2:
        return project
    memory = memory or Memory()
    works, pages, facets = memory.of("bound", project.besides_tags(), partial(_bound, project, memory))
    return replace(project, works=works, pages=pages, facets=facets)


def _bound(project: Project, memory: Memory) -> tuple[tuple[Work, ...], tuple[Page, ...], tuple[Facet, ...]]:
    """The works, pages and facets of a project, with the ids of their sentences."""
    named = _Names(project, memory)
    works = tuple(
        memory.of(("work with sentences", work.id), (work,), partial(_work, work)) for work in project.works
    )
    pages = tuple(replace(page, prose=named.prose((page.place.path,), page.prose)) for page in project.pages)
    return works, pages, tuple(_facet(facet, named) for facet in project.facets)


def _facet(facet: Facet, named: _Names) -> Facet:
    entries = tuple(
        replace(
            entry,
            definition=named.prose((facet.id, entry.id), entry.definition),
            fields={
                name: named.prose((facet.id, entry.id, name), prose) for name, prose in entry.fields.items()
            },
        )
        for entry in facet.entries
    )
    return replace(facet, entries=entries)


# --- a text ---------------------------------------------------------------------------------------


def sentences_of_text(work: Work) -> tuple[tuple[Passage, int, int], ...]:
    """Every sentence of a text, in order: its passage, and its start and end in it (code points, end
    exclusive).

    Headings have no sentences.  The ledger is not used.
    """
    return tuple(
        (passage, start, end)
        for passage in work.passages
        for start, end in language.of(work.record.tag).sentences(passage.text)
    )


def of_text(work: Work) -> Bound:
    """The sentences of the passages of a text, in order, matched with the ledger of its work; headings have
    none.

    A sentence has the line of its passage with its words, whatever the order; white space does not count.  A
    sentence with other words replaces a missing one of its passage that begins at least half alike, or is
    between the same neighbours.  One that moved to another passage is new there.  Without a ledger all are
    new.
    """
    listed = [SourceSentence(block=p.id, text=p.text[start:end]) for p, start, end in sentences_of_text(work)]
    return sentences.bind(listed, work.sentences, across=False)


def ids_of_text(work: Work, found: Bound) -> tuple[str, ...]:
    """The id of every sentence of a text, in the order of :func:`sentences_of_text`: ``p30-s2``.

    A new sentence gets an id with a number greater than any that its passage ever had: after ``p30-s2``, also
    if this has ended, ``p30-s3``.  ``()`` for a text without sentences.

    :param found: the result of :func:`of_text`.
    """
    taken = (*(a.id for a in work.ledger), *(a.id for a in work.sentences), *(b.id for b in work.blocks))
    return sentences.ids(found, taken)


def _work(work: Work) -> Work:
    ids = ids_of_text(work, of_text(work))
    also = _ended(work.sentences, (*work.ledger, *work.sentences))
    by_passage: dict[str, list[SentenceRange]] = {}
    for id_, (passage, start, end) in zip(ids, sentences_of_text(work), strict=True):
        listed = by_passage.setdefault(passage.id, [])
        one = SentenceRange(id=id_, number=len(listed) + 1, start=start, end=end, also=also.get(id_, ()))
        listed.append(one)
    blocks = tuple(
        replace(block, sentences=tuple(by_passage.get(block.id, ())), also=also.get(block.id, ()))
        if isinstance(block, Passage)
        else block
        for block in work.blocks
    )
    return replace(work, blocks=blocks)


def _ended(dead: Iterable[Anchor], ledger: tuple[Anchor, ...]) -> Mapping[str, tuple[str, ...]]:
    """Live id → the ids of ``dead`` that have ended and lead there first."""
    found: dict[str, tuple[str, ...]] = {}
    for anchor in dead:
        heirs = anchors.successors(ledger, anchor.id) if anchor.fate != "live" else ()
        if heirs:
            found[heirs[0]] = (*found.get(heirs[0], ()), anchor.id)
    return found


# --- the editors' prose ---------------------------------------------------------------------------


class _Names:
    """The ids of all sentences of the editors, by the identity of the sentence object."""

    def __init__(self, project: Project, memory: Memory) -> None:
        self._memory = memory
        # each sentence object has one place; equal sentences can have different ids
        self.names: dict[int, tuple[str, tuple[str, ...]]] = {}
        ended = _ended(project.anchors, project.anchors)
        taken = taken_by_page(project)
        for address, (found, lines) in of_pages(project).items():
            ids = sentences.ids(lines, taken.get(address, ()))
            first: dict[str, str] = {}
            for sentence, id_ in zip(found, ids, strict=True):
                also = ended.get(f"{address}#{id_}", ())
                if sentence.block and first.setdefault(sentence.block, id_) == id_:
                    also = (*ended.get(f"{address}#{sentence.block}", ()), *also)
                here = tuple(sentences.local(a) for a in also if addressed.page_of(a) == address)
                self.names[id(sentence)] = (id_, tuple(dict.fromkeys(here)))

    def prose(self, name: tuple[str, ...], prose: Prose) -> Prose:
        """Prose with the ids of its sentences.

        :param name: differs for each part of the prose.
        """
        known = (self.names.get(id(sentence), ("", ())) for sentence in prose.sentences)
        ids = self._memory.same(("ids", name), tuple(f"{id_} {' '.join(also)}" for id_, also in known))
        return self._memory.of(("prose", name), (prose, ids), lambda: prose.with_sentences(self._bound))

    def _bound(self, sentence: Sentence) -> Sentence:
        if id(sentence) not in self.names:  # no page shows it
            return sentence
        id_, also = self.names[id(sentence)]
        return replace(sentence, anchor=id_, also=also)


def _by_page(project: Project) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for address, source in addressed.sources(project):
        found.setdefault(address, []).extend(source.prose.sentences)
    return found


def of_pages(project: Project) -> dict[str, tuple[list[Sentence], Bound]]:
    """Address of a page → its sentences, and the result of matching them with the ledger.

    First come the addresses of the editors' pages, in their order, then those that show the definitions and
    fields of entries, facet by facet; also if they have no sentences.  A sentence keeps its line if its block
    changes within the page.  A page that only the ledger has is left out.
    """
    lines: dict[str, list[Anchor]] = {}
    for anchor in project.anchors:
        if anchor.kind == "sentence":
            lines.setdefault(addressed.page_of(anchor.id), []).append(anchor)
    found = {}
    for address, listed in _by_page(project).items():
        found_sentences = [SourceSentence(block=sentence.block, text=sentence.text) for sentence in listed]
        found[address] = (listed, sentences.bind(found_sentences, lines.get(address, ()), across=True))
    return found


def taken_by_page(project: Project) -> dict[str, set[str]]:
    """Address of a page → every anchor (``b2``) that it has or ever had, except those of new sentences.

    Pages without anchors are left out.
    """
    found: dict[str, set[str]] = {}
    standing = (one.id for one in addressed.published(project) if one.kind != "sentence")
    for address in (*standing, *(anchor.id for anchor in project.anchors)):
        if "#" in address:
            found.setdefault(addressed.page_of(address), set()).add(sentences.local(address))
    return found
