"""Lists everything outside of the texts that has an address: pages, and the anchors in them.

Each text has its own ledger of headings, passages and sentences.  All other addresses that a reader can cite
are listed here, for the ledger ``annotations/anchors.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Source
from site_builder.edition.locale import Locale
from site_builder.model import Cell, Entry, Grid, Place, Project, Prose, Words, Work
from site_builder.model.memory import Memory


def codes(project: Project) -> dict[CodeId, str]:
    """Each code of the codebook → the address where it is defined.  Cells are without relations.

    The order is cells (``grid/depth-positive.html``), all traits (``grid/depth-positive.html#trait-noise``),
    dimensions (``grid/depth.html``; none in a grid without poles), relations
    (``method.html#relation-shows``), functions (``method.html#function-review``), facets
    (``methods/index.html``), entries.  An entry has ``methods/survey.html``, a part of it
    ``methods/survey.html#letters``, an entry of an index ``methods/index.html#survey``.  A cell whose pole
    does not exist is left out, with its traits.
    """
    grid = project.grid
    poles = {pole.id: pole for pole in grid.poles}
    facets = {facet.id: facet for facet in project.facets}
    return {
        **{CodeId.cell(c.id): addresses.cell(c, poles) for c in _placed(grid)},
        **{
            CodeId.trait_of(c.id, t.id): addresses.trait(c, t.id, poles)
            for c in _placed(grid)
            for t in c.traits
        },
        **{CodeId.of("dimension", d.id): addresses.dimension(d.id) for d in grid.parents},
        **{CodeId.of("relation", t.id): addresses.term("relation", t.id) for t in grid.relations},
        **{CodeId.of("function", t.id): addresses.term("function", t.id) for t in grid.functions},
        **{CodeId.of("facet", f.id): addresses.facet(f.id) for f in project.facets},
        **{CodeId.entry(e.facet, e.id): addresses.entry(e, facets) for e in _entries(project)},
    }


def has_apparatus(project: Project, work: Work) -> bool:
    """Whether a work has a page of its apparatus: something to say there, or an address
    (``lu1923/apparatus.html``) that is live in the ledger of the addresses outside of the texts.

    That is a witness, another copy, an emendation, a rule, a fact with its source, or an editors' page about
    the apparatus, which counts for every work.
    """
    own = (work.witness, work.rules, work.emendations, work.record.copies, work.record.facts)
    return any(own) or "apparatus" in _abouts(project) or _is_recorded(project, addresses.apparatus(work.id))


def has_versions(work: Work, views: Sequence[Locale]) -> bool:
    """Whether a text has several versions: a witness, or a view of the site in another script.

    False for a work without passages.

    :param views: the views of the site, the first of which is as edited.
    """
    others = any(view.converts(work.record.tag) for view in views[1:])
    return bool(work.passages) and (bool(work.witness) or others)


_MEMORY = Memory()
"""Of the project that was last asked about: each work asks, and the ledger has addresses of all works."""


def _abouts(project: Project) -> frozenset[str]:
    """What the editors' pages of a project are about."""
    return _MEMORY.of("abouts", (project.pages,), lambda: frozenset(page.about for page in project.pages))


def _is_recorded(project: Project, address: str) -> bool:
    """Whether an address is live in the ledger of the addresses outside of the texts."""
    found = _MEMORY.of(
        "live",
        (project.anchors,),
        lambda: frozenset(anchor.id for anchor in project.anchors if anchor.fate == "live"),
    )
    return address in found


def has_history(project: Project) -> bool:
    """Whether a project has the snapshot of another edition than its own, or its page of changes is live in
    the ledger.
    """
    earlier = any(one.edition != project.site.version for one in project.snapshots)
    return earlier or _is_recorded(project, addresses.CHANGES)


def may_disagree(project: Project) -> bool:
    """Whether a project can have a page of disagreements: its tags are of two coders or more, or have an
    alternative reading.

    False for tags of one coder without alternative readings, also if the site shows another coder.
    """
    return len({one.coder for one in project.taggings}) > 1 or any(
        one.alternatives for one in project.taggings
    )


def own_pages(project: Project) -> tuple[str, ...]:
    """The addresses of the pages of the site itself, in order; a page that does not apply is left out.

    The order is ``index.html``, ``grid/index.html``, ``indexes.html``, ``method.html``, ``cite.html``,
    ``search.html``, ``silence.html``, ``argument.html``, ``changes.html``.

    Home, method, cite and search are always there.  The grid needs cells, the indexes a facet of the kind
    ``index`` or an editors' page without a subject, the silence report cells and columns (``site.silence``),
    the argument edges, and the changes a snapshot of another version than that of the project.  Indexes,
    argument and changes are also there if their address is live in the ledger of such addresses.
    """
    cells = bool(project.grid.cells)
    listed = any(facet.kind == "index" for facet in project.facets)
    listed = listed or any(not page.about for page in project.pages)
    applies = {
        addresses.HOME: True,
        addresses.GRID: cells,
        addresses.INDEXES: listed or _is_recorded(project, addresses.INDEXES),
        addresses.METHOD: True,
        addresses.CITE: True,
        addresses.SEARCH: True,
        addresses.SILENCE: cells and bool(project.site.silence),
        addresses.ARGUMENT: bool(project.edges) or _is_recorded(project, addresses.ARGUMENT),
        addresses.CHANGES: has_history(project),
    }
    return tuple(address for address, wanted in applies.items() if wanted)


def subjects(project: Project) -> dict[str, str]:
    """Subject of an editors' page (``cell:depth+``) → the address of the page that shows it.

    First come ``home``, ``grid``, ``silence``, ``argument``, ``method``, ``cite``, ``changes`` and
    ``search``, if the site has the page; then ``apparatus`` (of the first work that has one, else of the
    first work; none without a work); then the codes: cells (``cell:depth+``), all traits
    (``cell:depth+/noise``), dimensions (``dimension:depth``), facets (``facet:methods``) and entries
    (``methods:survey``).  Relations and functions are none.  The address of a trait has an anchor
    (``grid/depth-positive.html#trait-noise``), that of an entry may have one.
    """
    own = own_pages(project)
    return {
        **{name: address for name, address in addresses.FIXED.items() if address in own},
        **_apparatus(project),
        **{
            code.subject: address
            for code, address in codes(project).items()
            if code.kind not in ("relation", "function")
        },
    }


def _apparatus(project: Project) -> dict[str, str]:
    """The subject of the page about the apparatus, with the address of that of the first work with one."""
    having = [work for work in project.works if has_apparatus(project, work)] or project.works
    return {"apparatus": addresses.apparatus(having[0].id)} if having else {}


def sources(project: Project) -> Iterator[tuple[str, Source]]:
    """Every part of the editors' prose, with the address of the page that shows it, without an anchor.

    The pages come first, in their order, then for each entry, facet by facet, its definition (also an empty
    one) and its fields.  So several parts can have one address: a part of an entry is on the page of its
    parent, an entry of an index on that of its facet, and so is a field that is in the table of the facet
    (not that of a part).  Pages about something that does not exist, such as a silence report that the site
    does not have, are left out.
    """
    about = subjects(project)
    facets = {facet.id: facet for facet in project.facets}
    for page in project.pages:
        if not page.about or page.about in about:
            yield addresses.page(page, about).partition("#")[0], Source(page=page)
    for entry in _entries(project):
        for name in ("", *entry.fields):
            source = Source(entry=entry, field=name)
            yield addresses.source(source, "", facets, about).partition("#")[0], source


def published(project: Project) -> Iterator[Words]:
    """Every address outside of the texts: pages first, then the anchors in them.

    ``kind`` is ``page``; ``entry`` or ``term`` (relation, function, trait); ``reading`` (rule, emendation);
    ``note``; ``heading``, ``paragraph`` or ``sentence``.  ``text`` is the title or name of a page, entry or
    term, the reason of a reading, the body of a note, and the words of a block or sentence.  The title of a
    page of the site is that of the editors' page about it, else that of the site; the reading page, apparatus
    and witness of a work have the title of the work.  Pages of
    passages, data files and ``edition.html`` are left out, and so are blocks without an id, sentences without
    a block, and cells whose pole does not exist.

    After the pages come entries on pages of others, terms, readings work by work, notes, and the prose part
    by part: first the blocks of a part, then its sentences.
    """
    yield from _pages(project)
    facets = {facet.id: facet for facet in project.facets}
    for entry in _entries(project):
        address = addresses.entry(entry, facets)
        if "#" in address:
            yield _named(address, "entry", entry.name, entry.place)
    for kind, terms in (("relation", project.grid.relations), ("function", project.grid.functions)):
        for term in terms:
            yield _named(addresses.term(kind, term.id), "term", term.name, term.place)
    poles = {pole.id: pole for pole in project.grid.poles}
    for cell in _placed(project.grid):
        for trait in cell.traits:
            yield _named(addresses.trait(cell, trait.id, poles), "term", trait.name, trait.place)
    for work in project.works:
        here = addresses.apparatus(work.id)
        for rule in work.rules:
            yield _named(f"{here}#{rule.id}", "reading", rule.reason, rule.place)
        for one in work.emendations:
            yield _named(f"{here}#{one.id}", "reading", one.reason, one.place)
    for note in project.notes:
        yield _named(f"{addresses.reading(note.work)}#{note.anchor}", "note", note.body, note.place)
    entries = {addresses.entry(entry, facets) for entry in _entries(project)}
    for address, source in sources(project):
        holder = source.entry.id if source.entry is not None else ""
        yield from _prose(address, source.prose, holder if f"{address}#{holder}" in entries else "")


def _prose(address: str, prose: Prose, holder: str) -> Iterator[Words]:
    """The anchors of one part of the prose.

    :param holder: the entry whose end also ends its paragraphs.
    """
    for block in prose.blocks:
        if block.id:
            yield Words(
                id=f"{address}#{block.id}",
                kind=block.kind,
                text=block.text,
                place=block.place,
                block=holder,
            )
    for sentence in prose.sentences:
        if sentence.block:
            yield Words(
                id=f"{address}#{sentence.anchor}",
                kind="sentence",
                text=sentence.text,
                place=sentence.place,
                block=sentence.block,
            )


def _pages(project: Project) -> Iterator[Words]:
    site, grid = project.site, project.grid
    facets = {facet.id: facet for facet in project.facets}
    poles = {pole.id: pole for pole in grid.poles}
    titles = {
        addresses.FIXED[page.about]: page.title for page in project.pages if page.about in addresses.FIXED
    }
    for address in own_pages(project):
        yield _named(address, "page", titles.get(address, site.title), site.place)
    for work in project.works:
        record = work.record
        yield _named(addresses.reading(work.id), "page", record.title, record.place)
        if has_apparatus(project, work):
            yield _named(addresses.apparatus(work.id), "page", record.title, record.place)
        if work.witness:
            yield _named(addresses.witness(work.id), "page", record.title, record.place)
    for dimension in grid.parents:
        yield _named(addresses.dimension(dimension.id), "page", dimension.name, dimension.place)
    for cell in _placed(grid):
        yield _named(addresses.cell(cell, poles), "page", cell.name, cell.place)
    for facet in project.facets:
        yield _named(addresses.facet(facet.id), "page", facet.name, facet.place)
    for entry in _entries(project):
        address = addresses.entry(entry, facets)
        if "#" not in address:
            yield _named(address, "page", entry.name, entry.place)
    for page in project.pages:
        if not page.about:
            yield _named(addresses.page(page, {}), "page", page.title, page.place)


def _placed(grid: Grid) -> Iterator[Cell]:
    """The cells that have an address: their pole exists, or the grid has no poles."""
    poles = {pole.id for pole in grid.poles} or {""}
    return (cell for cell in grid.cells if cell.pole in poles)


def _entries(project: Project) -> Iterator[Entry]:
    for facet in project.facets:
        yield from facet.entries


def _named(address: str, kind: str, text: str, place: Place) -> Words:
    return Words(id=address, kind=kind, text=text, place=place)


def page_of(address: str) -> str:
    """The address of the page alone, without ``#`` and what follows: ``silence.html`` for ``silence.html#b2``
    and for ``silence.html``.

    A query (``?w=…``) stays.  ``""`` for ``#b2``, a place on the same page.
    """
    return address.partition("#")[0]


def fragment_of(address: str) -> str:
    """The anchor alone, without ``#``: ``b2`` for ``silence.html#b2``; ``""`` for the address of a page
    without one.
    """
    return address.partition("#")[2]
