"""Project → snapshots: what an edition says, item by item, without its mark-up.

An item is what a reader can name: a passage, an emendation, a paragraph of the prose, a tag, a code.  Its id
is the same in every edition.  Two snapshots are compared by :mod:`site_builder.edition.changes`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import groupby

from site_builder.edition import addressed, addresses, codes, ledger_text
from site_builder.edition.codes import CodeId
from site_builder.language.characters import line_break
from site_builder.model import (
    AUTHOR,
    Cell,
    CellTag,
    Citation,
    Coder,
    Edge,
    Entry,
    EntryTag,
    Localized,
    Note,
    Project,
    Prose,
    Quote,
    Tagging,
    Work,
)
from site_builder.model.snapshot import OF_WORKS, Item, Snapshot

FOLDER = "annotations/editions"
"""The folder of the snapshots of a project; that of a work is ``editions`` in the folder of its text."""
HEADER = """\
# What edition {edition} says. Written by `site-builder release`; a published edition does not change.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """All snapshots of one edition: the items of its works and all others, in the order of the edition."""

    edition: str
    date: dt.date
    language: str
    items: tuple[Item, ...]


def of_project(project: Project) -> Release:
    """What a project says now.

    The items come part by part in the order of :data:`site_builder.model.snapshot.PARTS`.  Each has an id of
    its own within its part: a second item with the id of another gets ``~2`` after it.
    """
    items = (
        *(item for work in project.works for item in _text(work)),
        *(item for work in project.works for item in _apparatus(work)),
        *(_record(work) for work in project.works),
        *_prose(project),
        *_tags(project),
        *_codebook(project),
        *map(_note, project.notes),
        *map(_edge, project.edges),
        *map(_coder, project.coders),
        _site(project),
    )
    site = project.site
    return Release(
        edition=site.version, date=site.date, language=site.language, items=tuple(_distinct(items))
    )


def releases(snapshots: Iterable[Snapshot]) -> tuple[Release, ...]:
    """The editions of snapshots, the oldest first: by date, then by version.

    The snapshots of one edition are joined in the order given.
    """
    found: dict[str, Release] = {}
    for one in snapshots:
        known = found.get(one.edition)
        before = known.items if known else ()
        language = one.language if known is None or not one.work else known.language
        date = max(one.date, known.date) if known else one.date
        found[one.edition] = Release(
            edition=one.edition, date=date, language=language, items=(*before, *one.items)
        )
    return tuple(sorted(found.values(), key=lambda one: (one.date, _natural(one.edition))))


def _natural(version: str) -> tuple[tuple[int, str], ...]:
    """A version as a key of order: ``1.10`` is after ``1.9``."""
    parts = ("".join(group) for _, group in groupby(version, str.isdigit))
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _distinct(items: Iterable[Item]) -> Iterator[Item]:
    seen: dict[tuple[str, str], int] = {}
    for item in items:
        count = seen[item.key] = seen.get(item.key, 0) + 1
        yield item if count == 1 else replace(item, id=f"{item.id}~{count}")


# --- files ----------------------------------------------------------------------------------------


def files(project: Project) -> dict[str, str]:
    """The files of the snapshots of a project: path → text, one item on a line.

    The items of a work are in the folder of the work, so that its text stays there.
    """
    release = of_project(project)
    name = f"editions/{release.edition}.yaml"
    found = {f"annotations/{name}": _dumped(release, release.items, "")}
    for work in project.works:
        found[f"corpus/{work.id}/{name}"] = _dumped(release, release.items, work.id)
    return found


def _dumped(release: Release, items: Iterable[Item], work: str) -> str:
    own = [item for item in items if _work_of(item) == work]
    head = {"edition": release.edition, "date": release.date.isoformat(), "language": release.language}
    lines = [HEADER.format(edition=release.edition).rstrip()]
    lines += [f"{key}: {ledger_text.flow(value)}" for key, value in head.items()]
    lines += ["items:" if own else "items: []", *(f"  - {ledger_text.flow(_plain(item))}" for item in own)]
    return "\n".join(lines) + "\n"


def _work_of(item: Item) -> str:
    return item.id.partition("#")[0] if item.part in OF_WORKS else ""


def _plain(item: Item) -> dict[str, object]:
    values = {one.name: getattr(item, one.name) for one in fields(item) if one.name != "place"}
    return {name: value for name, value in values.items() if value}


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
            texts=_texts(words=block.text, label=passage.label if passage else ""),
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
            texts=_texts(kind=rule.kind, certainty=rule.certainty, reason=rule.reason),
            lists=_lists(forms=forms),
        )
    for one in work.emendations:
        yield Item(
            part="apparatus",
            kind="emendation",
            id=f"{work.id}#{one.id}",
            address=f"{here}#{one.id}",
            name=one.block,
            texts=_texts(
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
    texts, lists = _flat(record, but=("id", "places", "place"))
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


def _prose(project: Project) -> Iterator[Item]:
    """The pages of the editors, then each heading and paragraph of all prose, by address."""
    subjects = addressed.subjects(project)
    for page in project.pages:
        if not page.about or page.about in subjects:
            address = addresses.page(page, subjects)
            texts = _texts(name=page.title)
            yield Item(part="prose", kind="page", id=address, address=address, name=page.title, texts=texts)
    for address, source in addressed.sources(project):
        yield from _blocks(address, source.prose, project)


def _blocks(address: str, prose: Prose, project: Project) -> Iterator[Item]:
    own = _words_by_block(prose)
    others = {language: _words_by_block(one) for language, one in prose.translations.items()}
    cites: dict[str, list[str]] = {}
    for sentence in prose.sentences:
        cites.setdefault(sentence.block, []).extend(_citation(one, project) for one in sentence.citations)
    for block in prose.blocks:
        if block.id:
            translations = {language: words.get(block.id, "") for language, words in others.items()}
            words = Localized(own.get(block.id, block.text), translations=translations)
            yield Item(
                part="prose",
                kind=block.kind,
                id=f"{address}#{block.id}",
                address=f"{address}#{block.id}",
                texts=_texts(words=words),
                lists=_lists(cites=tuple(cites.get(block.id, ()))),
            )


def _words_by_block(prose: Prose) -> dict[str, str]:
    """The words of each heading and paragraph: those of all its sentences."""
    found = {block.id: block.text for block in prose.blocks if block.kind == "heading"}
    for sentence in prose.sentences:
        before = found.get(sentence.block, "")
        found[sentence.block] = before + line_break(before, sentence.text) + sentence.text
    return found


def _citation(one: Citation, project: Project) -> str:
    """A citation as its source has it: ``p2 depth+:shows``, with the work if there are several."""
    work = f"{one.work}#" if one.work and len(project.works) > 1 else ""
    return " ".join((f"{work}{one.passage}", *map(str, one.claims)))


def _site(project: Project) -> Item:
    """What the project file says; the version and the date are those of the edition itself."""
    texts, lists = _flat(project.site, but=("file_format", "version", "date", "place"))
    return Item(
        part="project",
        kind="project",
        id="project",
        address=addresses.HOME,
        name=project.site.title,
        texts=texts,
        lists=lists,
    )


# --- tags -----------------------------------------------------------------------------------------


def _tags(project: Project) -> Iterator[Item]:
    """For each coder and passage: function, gist and note; then each tag with its evidence."""
    order = {(work.id, one.id): at for work in project.works for at, one in enumerate(work.passages)}
    works = {work.id: at for at, work in enumerate(project.works)}
    every = sorted(
        project.taggings,
        key=lambda one: (
            one.coder != project.site.coder,
            one.coder,
            works.get(one.work, len(works)),
            order.get((one.work, one.passage), len(order)),
        ),
    )
    for tagging in every:
        yield from _tagging(tagging)


def _tagging(tagging: Tagging) -> Iterator[Item]:
    key = (tagging.work, tagging.passage)
    about, address = f"{tagging.coder} {tagging.work}#{tagging.passage}", addresses.passage(key)
    yield Item(
        part="tags",
        kind="tagging",
        id=about,
        address=address,
        name=tagging.passage,
        texts=_texts(function=tagging.function, gist=tagging.gist, note=tagging.note),
    )
    tags: tuple[CellTag | EntryTag, ...] = (*tagging.cells, *tagging.entries)
    for tag in tags:
        yield Item(
            part="tags",
            kind="cell tag" if isinstance(tag, CellTag) else "entry tag",
            id=f"{about} {codes.of_tag(tag)}",
            address=address,
            name=str(codes.of_tag(tag)),
            texts=_texts(note=tag.note) if isinstance(tag, CellTag) else {},
            lists=_lists(traits=tag.traits if isinstance(tag, CellTag) else (), **_evidence(tag.evidence)),
        )
    for one in tagging.alternatives:
        cell, relation = one.added(tagging.cells)
        doubted, code = one.instead_of, str(CodeId.cell(cell, relation)) if cell else ""
        yield Item(
            part="tags",
            kind="alternative",
            id=f"{about} {doubted}>{code}",
            address=address,
            texts=_texts(instead=doubted, code=code, reason=one.reason),
            lists=_lists(**_evidence(one.evidence)),
        )


def _evidence(quotes: Iterable[Quote]) -> dict[str, tuple[str, ...]]:
    """Evidence by voice: that of the author under ``evidence``, any other under the name of its voice."""
    found: dict[str, list[str]] = {}
    for quote in quotes:
        found.setdefault("evidence" if quote.voice == AUTHOR else quote.voice, []).append(_quoted(quote))
    return {voice: tuple(texts) for voice, texts in found.items()}


def _quoted(quote: Quote) -> str:
    """Evidence as one text: the quotation, or both ends of a range."""
    return f"{quote.text} … {quote.to}" if quote.to else quote.text


# --- the codebook ---------------------------------------------------------------------------------


def _codebook(project: Project) -> Iterator[Item]:
    """The grid, its vocabularies and cells, and the facets with their entries."""
    grid = project.grid
    where = {str(code): address for code, address in addressed.codes(project).items()}
    if grid.dimensions:
        texts = _texts(name=grid.name, definition=grid.definition)
        yield Item(
            part="codebook", kind="grid", id="grid", address=addresses.GRID, name=grid.name, texts=texts
        )
    for pole in grid.poles:
        texts = _texts(name=pole.name, sign=pole.sign)
        yield Item(part="codebook", kind="pole", id=f"pole:{pole.id}", name=pole.name, texts=texts)
    for dimension in grid.parents:
        texts = _texts(name=dimension.name, short=dimension.short, definition=dimension.definition)
        yield _code(CodeId.of("dimension", dimension.id), dimension.name, texts, where)
    for cell in grid.cells:
        texts = _texts(name=cell.name, definition=cell.definition)
        yield _code(CodeId.cell(cell.id), cell.name, texts, where, words=_words_of_cell(cell))
        for trait in cell.traits:
            texts = _texts(name=trait.name, definition=trait.definition)
            yield _code(CodeId.trait_of(cell.id, trait.id), trait.name, texts, where)
    for term in grid.relations:
        texts = _texts(name=term.name, definition=term.definition)
        yield _code(CodeId.of("relation", term.id), term.name, texts, where)
    for term in grid.functions:
        texts = _texts(name=term.name, definition=term.definition)
        yield _code(CodeId.of("function", term.id), term.name, texts, where)
    for facet in project.facets:
        texts = _texts(name=facet.name, short=facet.short, definition=facet.definition)
        names = tuple(f"{term.id}: {term.name}" for term in facet.fields)
        yield _code(CodeId.of("facet", facet.id), facet.name, texts, where, fields=names)
        for entry in facet.entries:
            yield _entry(entry, where)


def _words_of_cell(cell: Cell) -> tuple[str, ...]:
    return tuple(f"{f'{one.work}#' if one.work else ''}{one.passage}: {one.text}" for one in cell.words)


def _entry(entry: Entry, where: Mapping[str, str]) -> Item:
    """An entry: its names.  Its definition and its fields are prose."""
    texts = _texts(name=entry.name, parent=entry.parent)
    return _code(CodeId.entry(entry.facet, entry.id), entry.name, texts, where, also=entry.also)


# --- notes, edges, coders ---------------------------------------------------------------------------


def _note(note: Note) -> Item:
    sources = tuple(" ".join(filter(None, (one.reference, one.address))) for one in note.sources)
    return Item(
        part="notes",
        kind="note",
        id=f"{note.work}#{note.anchor}",
        address=f"{addresses.reading(note.work)}#{note.anchor}",
        name=note.passage,
        texts=_texts(
            lemma=note.text, body=note.body, doubt="true" if note.doubt else "", settles=note.settles
        ),
        lists=_lists(sources=sources),
    )


def _edge(edge: Edge) -> Item:
    evidence = tuple(f"{one.work}#{one.passage}: {_quoted(one.quote)}" for one in edge.evidence)
    return Item(
        part="edges",
        kind="edge",
        id=edge.id,
        texts=_texts(
            **{"from": edge.start, "to": edge.end}, status=edge.status, kind=edge.kind, note=edge.note
        ),
        lists=_lists(evidence=tuple(text.removeprefix("#") for text in evidence)),
    )


def _coder(coder: Coder) -> Item:
    texts = _texts(
        name=coder.name, kind=coder.kind, date=coder.date.isoformat(), saw=coder.saw, note=coder.note
    )
    address = addresses.METHOD
    return Item(part="coders", kind="coder", id=coder.id, address=address, name=coder.name, texts=texts)


def _code(
    code: CodeId, name: str, texts: Mapping[str, str], where: Mapping[str, str], **lists: tuple[str, ...]
) -> Item:
    return Item(
        part="codebook",
        kind=code.kind,
        id=str(code),
        address=where.get(str(code), ""),
        name=name,
        texts=texts,
        lists=_lists(**lists),
    )


# --- fields ---------------------------------------------------------------------------------------


def _texts(**values: str) -> dict[str, str]:
    """Fields with their words, and their translations as ``name@en``; empty ones are left out."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if value:
            found[name] = str(value)
        if isinstance(value, Localized):
            pairs = sorted(value.translations.items())
            found |= {f"{name}@{language}": text for language, text in pairs if text}
    return found


def _lists(**values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(str, value)) for name, value in values.items() if value}


def _flat(record: object, but: tuple[str, ...]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The fields of a record as texts and lists; a list of records has one text for each of them.

    :param but: fields that are left out.
    """
    assert is_dataclass(record)
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if one.name in but or value is None:
            continue
        if isinstance(value, tuple):
            lists |= _lists(**{one.name: tuple(map(_line, value))})
        elif isinstance(value, Mapping):
            pairs = tuple(f"{key}: {_line(inner)}" for key, inner in value.items())
            lists |= _lists(**{one.name: pairs})
        elif isinstance(value, str):
            texts |= _texts(**{one.name: value})
        else:
            texts |= _texts(**{one.name: str(value)})
    return texts, lists


def _line(value: object) -> str:
    """A record within a list as one text: the values of its fields, in order, without places."""
    if isinstance(value, tuple):
        return ", ".join(map(_line, value))
    if not is_dataclass(value):
        return str(value)
    values = (getattr(value, one.name) for one in fields(value) if one.name != "place")
    return " · ".join(_line(found) for found in values if found)
