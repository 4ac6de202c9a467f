"""The items of an edition that hold codes: the tags of the coders, the codebook, and the edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from site_builder.edition import addressed, addresses, codes, item_fields
from site_builder.edition.codes import CodeId
from site_builder.model import AUTHOR, Cell, CellTag, Edge, Entry, EntryTag, Project, Quote, Tagging, Term
from site_builder.model.memory import Memory
from site_builder.model.snapshot import Item

# --- tags -----------------------------------------------------------------------------------------


class TagId(NamedTuple):
    """The parts of the id of an item of the tags, as ``editors canal#p12 flow~a:shows``.

    ``code`` is empty for a passage as a whole.  An alternative has what it doubts, ``>``, and what it adds.
    """

    coder: str
    passage: str
    code: str

    @classmethod
    def read(cls, id_: str) -> TagId:
        """The parts of an id as written: ``editors canal#p12 flow~a:shows`` is divided at its first two
        spaces.

        A part that it lacks is ``""``.
        """
        coder, _, rest = id_.partition(" ")
        passage, _, code = rest.partition(" ")
        return cls(coder, passage, code)


def tags(project: Project, memory: Memory) -> Iterator[Item]:
    """The items of every tagging: one of kind ``tagging`` for the passage, with its function, gist and note
    (``editors canal#p12``); then one for each tag, with its evidence: of the kind ``cell tag`` for all cells
    (``editors canal#p12 flow~a:shows``), then ``entry tag`` (``editors canal#p12 ways:share``), then
    ``alternative`` (``editors canal#p12 flow~a>edge~b:shows``: what it doubts, ``>``, what it adds; each can
    be empty).  The address is ``canal/p12.html``.  Quotations are in the list ``evidence``, those of another
    voice in ``reported`` or ``quoted``; a range is ``BEGINNING … END``.

    The displayed coder comes first, the others by id; each in the order of the works, then of the passages.
    A passage that does not exist comes after the others of its work.

    :param memory: of earlier calls.
    """
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
        name = (tagging.coder, tagging.work, tagging.passage)
        yield from memory.of((tags, *name), (tagging,), partial(_items, tagging))


def _items(tagging: Tagging) -> tuple[Item, ...]:
    return tuple(_tagging(tagging))


def _tagging(tagging: Tagging) -> Iterator[Item]:
    key = (tagging.work, tagging.passage)
    about, address = f"{tagging.coder} {tagging.work}#{tagging.passage}", addresses.passage(key)
    yield Item(
        part="tags",
        kind="tagging",
        id=about,
        address=address,
        name=tagging.passage,
        texts=item_fields.texts(function=tagging.function, gist=tagging.gist, note=tagging.note),
    )
    own: tuple[CellTag | EntryTag, ...] = (*tagging.cells, *tagging.entries)
    for tag in own:
        yield Item(
            part="tags",
            kind="cell tag" if isinstance(tag, CellTag) else "entry tag",
            id=f"{about} {codes.of_tag(tag)}",
            address=address,
            name=str(codes.of_tag(tag)),
            texts=item_fields.texts(note=tag.note) if isinstance(tag, CellTag) else {},
            lists=item_fields.lists(
                traits=tag.traits if isinstance(tag, CellTag) else (), **_evidence(tag.evidence)
            ),
        )
    for one in tagging.alternatives:
        doubted, code = one.instead_of, str(codes.added(one, tagging.cells) or "")
        yield Item(
            part="tags",
            kind="alternative",
            id=f"{about} {doubted}>{code}",
            address=address,
            texts=item_fields.texts(instead=doubted, code=code, reason=one.reason),
            lists=item_fields.lists(traits=one.traits, **_evidence(one.evidence)),
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


def codebook(project: Project) -> Iterator[Item]:
    """The items of the codebook: grid, poles, dimensions, cells each with its traits, relations, functions,
    then each facet with its entries.

    Ids are ``grid``, ``pole:near``, ``dimension:depth``, ``depth+`` (cell), ``depth+/noise`` (trait),
    ``relation:shows``, ``function:review``, ``facet:methods`` and ``methods:survey`` (entry), of the kinds
    ``grid``, ``pole``, ``dimension``, ``cell`` and so on.  A grid without dimensions has no item of its own;
    dimensions of a grid without poles have none either.  ``texts`` are ``name`` and, where the codebook has
    them, ``definition`` (not of an entry), ``short``, ``sign`` and ``parent``; lists are ``words`` of a cell,
    ``fields`` of a facet and ``also`` of an entry.  ``address`` is ``""`` for a pole, and for a cell whose
    pole does not exist and its traits.
    """
    grid = project.grid
    where = addressed.codes(project)
    if grid.dimensions:
        texts = item_fields.texts(name=grid.name, definition=grid.definition)
        yield Item(
            part="codebook", kind="grid", id="grid", address=addresses.GRID, name=grid.name, texts=texts
        )
    for pole in grid.poles:
        texts = item_fields.texts(name=pole.name, sign=pole.sign)
        yield Item(part="codebook", kind="pole", id=f"pole:{pole.id}", name=pole.name, texts=texts)
    for dimension in grid.parents:
        texts = item_fields.texts(name=dimension.name, short=dimension.short, definition=dimension.definition)
        yield _code(CodeId.of("dimension", dimension.id), dimension.name, texts, where)
    for cell in grid.cells:
        texts = item_fields.texts(name=cell.name, definition=cell.definition)
        yield _code(CodeId.cell(cell.id), cell.name, texts, where, words=_words_of_cell(cell))
        yield from (_term(CodeId.trait_of(cell.id, trait.id), trait, where) for trait in cell.traits)
    yield from (_term(CodeId.of("relation", term.id), term, where) for term in grid.relations)
    yield from (_term(CodeId.of("function", term.id), term, where) for term in grid.functions)
    for facet in project.facets:
        texts = item_fields.texts(name=facet.name, short=facet.short, definition=facet.definition)
        names = tuple(f"{term.id}: {term.name}" for term in facet.fields)
        yield _code(CodeId.of("facet", facet.id), facet.name, texts, where, fields=names)
        for entry in facet.entries:
            yield _entry(entry, where)


def _words_of_cell(cell: Cell) -> tuple[str, ...]:
    return tuple(f"{f'{one.work}#' if one.work else ''}{one.passage}: {one.text}" for one in cell.words)


def _entry(entry: Entry, where: Mapping[CodeId, str]) -> Item:
    """An entry: its names.  Its definition and its fields are prose."""
    texts = item_fields.texts(name=entry.name, parent=entry.parent)
    return _code(CodeId.entry(entry.facet, entry.id), entry.name, texts, where, also=entry.also)


def _term(code: CodeId, term: Term, where: Mapping[CodeId, str]) -> Item:
    """A trait, a relation or a function: its name and its definition."""
    return _code(code, term.name, item_fields.texts(name=term.name, definition=term.definition), where)


def _code(
    code: CodeId, name: str, texts: Mapping[str, str], where: Mapping[CodeId, str], **lists: tuple[str, ...]
) -> Item:
    return Item(
        part="codebook",
        kind=code.kind,
        id=str(code),
        address=where.get(code, ""),
        name=name,
        texts=texts,
        lists=item_fields.lists(**lists),
    )


# --- edges ----------------------------------------------------------------------------------------


def edge(found: Edge) -> Item:
    """An edge as an item of the part ``edges`` and the kind ``edge``: the texts ``from``, ``to``, ``status``,
    ``kind`` and ``note``, and the list ``evidence``.

    A quotation is ``WORK#PASSAGE: WORDS``, or ``PASSAGE: WORDS`` if it names no work; of a range the words
    are ``BEGINNING … END``.  Empty texts are left out.  The item has neither address nor name.
    """
    evidence = tuple(f"{one.work}#{one.passage}: {_quoted(one.quote)}" for one in found.evidence)
    return Item(
        part="edges",
        kind="edge",
        id=found.id,
        texts=item_fields.texts(
            **{"from": found.start, "to": found.end}, status=found.status, kind=found.kind, note=found.note
        ),
        lists=item_fields.lists(evidence=tuple(text.removeprefix("#") for text in evidence)),
    )
