"""Project → the items that an edition says: its texts, the editors' words, its tags and codes, by part.

An item is what a reader can name: a passage, an emendation, a paragraph of the prose, a tag, a code.  Its id
is the same in every edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from site_builder.edition import addressed, addresses, coded_items, item_fields
from site_builder.edition.index import grouped
from site_builder.model import Citation, Coder, Localized, Note, Project, Prose, Work
from site_builder.model.memory import Memory
from site_builder.model.prose import on_one_line
from site_builder.model.snapshot import Item


def items(project: Project, memory: Memory) -> Iterator[Item]:
    """Every item of a project.  The parts are text, apparatus, record, prose, tags, codebook, notes, edges,
    coders, project, in this order.

    The items of a text are its blocks in their order, of the kinds ``heading`` and ``passage``; works, notes,
    edges and coders are in the order of the project.

    Of the texts and the apparatus an id is ``WORK#ID``, of the notes ``WORK#note-ID``, of a record ``WORK``,
    of the prose an address (``silence.html``, ``silence.html#b2``), of a tag ``CODER WORK#PASSAGE CODE``, of
    a code its id (``depth+``, ``methods:survey``), of an edge or a coder its own, and of the project file
    ``project``.  A block of the prose without an id is left out.  Two items of one part can have the same
    id.  A part without items is left out.

    :param memory: of earlier calls.
    """
    for make in (_text, _apparatus):
        for work in project.works:
            yield from memory.of((make, work.id), (work,), partial(_listed, make, work))
    yield from map(_record, project.works)
    yield from _prose(project, memory)
    yield from coded_items.tags(project, memory)
    yield from coded_items.codebook(project)
    yield from map(_note, project.notes)
    yield from map(coded_items.edge, project.edges)
    yield from map(_coder, project.coders)
    yield _site(project)


def _listed(make: Callable[[Work], Iterable[Item]], work: Work) -> tuple[Item, ...]:
    return tuple(make(work))


# --- texts of works -------------------------------------------------------------------------------


def _text(work: Work) -> Iterator[Item]:
    """The headings and passages of a work."""
    passages = {passage.id: passage for passage in work.passages}
    for block in work.blocks:
        passage = passages.get(block.id)
        yield Item(
            part="text",
            kind="passage" if passage else "heading",
            id=f"{work.id}#{block.id}",
            address=addresses.anchor((work.id, block.id)),
            texts=item_fields.texts(words=block.text, label=passage.label if passage else ""),
        )


def _apparatus(work: Work) -> Iterator[Item]:
    here = addresses.apparatus(work.id)
    for rule in work.rules:
        forms = tuple(f"{old} → {new}" for old, new in rule.map.items())
        yield Item(
            part="apparatus",
            kind="rule",
            id=f"{work.id}#{rule.id}",
            address=f"{here}#{rule.id}",
            texts=item_fields.texts(kind=rule.kind, certainty=rule.certainty, reason=rule.reason),
            lists=item_fields.lists(forms=forms),
        )
    for one in work.emendations:
        yield Item(
            part="apparatus",
            kind="emendation",
            id=f"{work.id}#{one.id}",
            address=f"{here}#{one.id}",
            name=one.block,
            texts=item_fields.texts(
                witness=one.witness,
                edited=one.edited,
                kind=one.kind,
                certainty=one.certainty,
                reason=one.reason,
            ),
        )


def _record(work: Work) -> Item:
    """The bibliographic record of a work: each field that holds a text, and the lists as they are."""
    record = work.record
    texts, lists = item_fields.flat(record, but=("id", "places", "place"))
    return Item(
        part="record",
        kind="record",
        id=work.id,
        address=addresses.reading(work.id),
        name=record.title,
        texts=texts,
        lists=lists,
    )


# --- the editors' words ---------------------------------------------------------------------------


def _prose(project: Project, memory: Memory) -> Iterator[Item]:
    """The pages of the editors, then each heading and paragraph of all prose, by address."""
    subjects = addressed.subjects(project)
    for page in project.pages:
        if not page.about or page.about in subjects:
            address = addresses.page(page, subjects)
            texts = item_fields.texts(name=page.title)
            yield Item(part="prose", kind="page", id=address, address=address, name=page.title, texts=texts)
    several = len(project.works) > 1
    for number, (address, source) in enumerate(addressed.sources(project)):
        name = (_blocks, number, address, several)
        found = partial(_blocks, address, source.prose, several=several)
        yield from memory.of(name, (source.prose,), found)


def _blocks(address: str, prose: Prose, *, several: bool) -> tuple[Item, ...]:
    return tuple(_each_block(address, prose, several=several))


def _each_block(address: str, prose: Prose, *, several: bool) -> Iterator[Item]:
    own = _words_by_block(prose)
    others = {language: _words_by_block(one) for language, one in prose.translations.items()}
    cites: dict[str, list[str]] = {}
    for sentence in prose.sentences:
        cites.setdefault(sentence.block, []).extend(
            _citation(one, several=several) for one in sentence.citations
        )
    for block in prose.blocks:
        if block.id:
            translations = {language: words.get(block.id, "") for language, words in others.items()}
            words = Localized(own.get(block.id, block.text), translations=translations)
            yield Item(
                part="prose",
                kind=block.kind,
                id=f"{address}#{block.id}",
                address=f"{address}#{block.id}",
                texts=item_fields.texts(words=words),
                lists=item_fields.lists(cites=tuple(cites.get(block.id, ()))),
            )


def _words_by_block(prose: Prose) -> dict[str, str]:
    """The words of each heading and paragraph: those of all its sentences."""
    headings = [(block.id, block.text) for block in prose.blocks if block.kind == "heading"]
    found = grouped((*headings, *((sentence.block, sentence.text) for sentence in prose.sentences)))
    return {block: on_one_line(texts) for block, texts in found.items()}


def _citation(one: Citation, *, several: bool) -> str:
    """A citation as its source has it: ``p2 depth+:shows``, with the work if there are several."""
    work = f"{one.work}#" if one.work and several else ""
    return " ".join((f"{work}{one.passage}", *map(str, one.claims)))


def _site(project: Project) -> Item:
    """What the project file says; the version and the date are those of the edition itself."""
    texts, lists = item_fields.flat(project.site, but=("file_format", "version", "date", "place"))
    return Item(
        part="project",
        kind="project",
        id="project",
        address=addresses.HOME,
        name=project.site.title,
        texts=texts,
        lists=lists,
    )


def _note(note: Note) -> Item:
    sources = tuple(one.line for one in note.sources)
    return Item(
        part="notes",
        kind="note",
        id=f"{note.work}#{note.anchor}",
        address=f"{addresses.reading(note.work)}#{note.anchor}",
        name=note.passage,
        texts=item_fields.texts(
            lemma=note.text, body=note.body, doubt="true" if note.doubt else "", settles=note.settles
        ),
        lists=item_fields.lists(sources=sources),
    )


def _coder(coder: Coder) -> Item:
    texts = item_fields.texts(
        name=coder.name, kind=coder.kind, date=coder.date.isoformat(), saw=coder.saw, note=coder.note
    )
    address = addresses.METHOD
    return Item(part="coders", kind="coder", id=coder.id, address=address, name=coder.name, texts=texts)
