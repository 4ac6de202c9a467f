"""The codebook as TEI taxonomies (``classDecl``), and the ids of its categories.

A category has its name and its definition in ``catDesc``, once in each language: ``term``, then ``gloss``.
The passages that a definition cites are the ``@source`` of the gloss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.edition.codes import CodeId
from site_builder.edition.codetree import VOICE_NAMES
from site_builder.edition.edition import Edition
from site_builder.edition.index import quotations
from site_builder.formats.tei.tree import Element, e, file, own, worded
from site_builder.language import catalogue
from site_builder.language.message import Message, msg, pmsg
from site_builder.model import AUTHOR, Cell, Dimension, Entry, Facet, Term, Work
from site_builder.model.text import NO_WORDS, Localized

BETWEEN_ITEMS = pmsg("between items of a list", ", ")
BETWEEN_NAME_AND_MEANING = pmsg("between a name and what it means", ": ")


def cell(edition: Edition, id_: str) -> str:
    """The id of a cell's category: ``cell.depth-positive`` for the cell ``depth+``.

    :raises KeyError: if there is no such cell.
    """
    return f"cell.{edition.slug(edition.index.cells[id_])}"


def trait(edition: Edition, cell_id: str, id_: str) -> str:
    """The id of a trait's category: ``trait.depth-positive.noise`` for ``depth+/noise``.

    :raises KeyError: if there is no such cell.
    """
    return f"trait.{edition.slug(edition.index.cells[cell_id])}.{id_}"


def voice(id_: str) -> str:
    """The id of a voice's category: ``voice.reported``."""
    return f"voice.{id_}"


def code(edition: Edition, of: CodeId) -> list[str]:
    """The ids of the categories, or of the taxonomy, of any code; of a cell in a relation there are two.

    That of the cell comes first: ``cell.depth-positive``, ``relation.shows``.  Any other code gives a list of
    one.  A dimension or a facet gives ``dimension.depth``, ``facet.methods``.

    :raises KeyError: if its cell does not exist.
    """
    if of.kind == "cell":
        return [cell(edition, of.id), *([term("relation", of.relation)] if of.relation else [])]
    if of.kind == "trait":
        return [trait(edition, of.id, of.trait)]
    return [entry(of.facet, of.id) if of.kind == "entry" else term(of.kind, of.id)]


def term(kind: str, id_: str) -> str:
    """The id of a term's category: ``relation.shows``; ``kind`` is ``relation`` or ``function``.

    Neither part is checked.
    """
    return f"{kind}.{id_}"


def entry(facet: str, id_: str) -> str:
    """The id of an entry's category: ``entry.methods.survey``.

    Neither part is checked; a parent is not a part of the id.
    """
    return f"entry.{facet}.{id_}"


def declaration(edition: Edition, work: Work) -> Element | list[Element]:
    """The complete codebook as ``classDecl``: the grid (dimensions with their cells, cells with their
    traits), poles, relations, functions, voices, then a taxonomy for each facet, entries within their
    parents.  What the codebook does not have is left out; ``[]`` for an empty codebook.

    It is the same for every work except for ``@source``: a cited passage of ``work`` is ``#p12``, one of
    another work is ``edition-WORK.xml#p12``, and a passage that does not exist is left out.
    """
    facets = (_facet(edition, facet, work) for facet in edition.project.facets)
    taxonomies = [*_grid(edition), *_voices(edition), *facets]
    return e("classDecl", taxonomies) if taxonomies else []


def _grid(edition: Edition) -> Iterator[Element]:
    """The taxonomies of the grid and of its terms."""
    grid = edition.project.grid
    if grid.cells:
        parts = [_dimension(edition, dimension) for dimension in grid.parents]
        parts = parts or [_cell(edition, cell) for cell in grid.cells]
        named = _described(edition, "desc", grid.name, grid.definition)
        yield e("taxonomy", named, parts, id="taxonomy.grid")
    if grid.poles:
        poles = [_category(edition, f"pole.{p.slug}", p.name, n=p.sign) for p in grid.poles]
        yield e("taxonomy", worded(edition, "desc", msg("Poles")), poles, id="taxonomy.poles")
    if grid.relations:
        yield _terms(edition, "relation", msg("Relations"), grid.relations)
    if grid.functions:
        yield _terms(edition, "function", msg("Functions"), grid.functions)


def _described(
    edition: Edition,
    element: str,
    name: Localized,
    definition: Localized,
    also: Iterable[str] = (),
    source: str = "",
) -> Iterator[Element]:
    """A name with its definition, once in each language that has the name."""
    yield from own(edition, element, _words(edition, name, definition, also, source))
    for language in edition.languages:
        if words := name.of(language):
            content = _words(edition, words, definition.of(language), language=language)
            yield e(element, content, lang=language)


def _words(
    edition: Edition,
    name: str,
    definition: str,
    also: Iterable[str] = (),
    source: str = "",
    *,
    language: str = "",
) -> list[Element | str]:
    """A name, the other names, and the definition.

    :param language: the language of a translation, which gives the punctuation.
    """
    words = catalogue.of(language) if language else edition.catalogue
    found: list[Element | str] = [e("term", name)]
    for other in also:
        found += [words.text(BETWEEN_ITEMS), e("term", other, type="variant")]
    gloss = e("gloss", definition, source=source)
    return [*found, words.text(BETWEEN_NAME_AND_MEANING), gloss] if definition else found


def _category(
    edition: Edition,
    id_: str,
    name: Localized,
    definition: Localized = NO_WORDS,
    *parts: Element,
    also: Iterable[str] = (),
    source: str = "",
    **attributes: str,
) -> Element:
    described = _described(edition, "catDesc", name, definition, also, source)
    return e("category", described, parts, id=id_, **attributes)


def _dimension(edition: Edition, found: Dimension) -> Element:
    cells = [_cell(edition, one) for one in edition.project.grid.cells if one.dimension == found.id]
    return _category(edition, f"dimension.{found.id}", found.name, found.definition, *cells)


def _cell(edition: Edition, found: Cell) -> Element:
    pole = f"#pole.{edition.poles[found.pole].slug}" if found.pole else ""
    id_ = cell(edition, found.id)
    traits = [
        _category(edition, trait(edition, found.id, one.id), one.name, one.definition, n=one.id)
        for one in found.traits
    ]
    return _category(edition, id_, found.name, found.definition, *traits, n=found.id, corresp=pole)


def _voices(edition: Edition) -> Iterator[Element]:
    """The voices of evidence, if any is not the author's."""
    evidence = (quote for tagging in edition.project.taggings for quote in quotations(tagging))
    if any(quote.voice != AUTHOR for quote in evidence):
        found = (
            e("category", worded(edition, "catDesc", words), id=voice(id_))
            for id_, words in VOICE_NAMES.items()
        )
        yield e("taxonomy", worded(edition, "desc", msg("Voices")), found, id="taxonomy.voices")


def _terms(edition: Edition, kind: str, title: Message, terms: Iterable[Term]) -> Element:
    categories = [_category(edition, term(kind, t.id), t.name, t.definition) for t in terms]
    return e("taxonomy", worded(edition, "desc", title), categories, id=f"taxonomy.{kind}s")


def _facet(edition: Edition, facet: Facet, work: Work) -> Element:
    return e(
        "taxonomy",
        _described(edition, "desc", facet.name, facet.definition),
        (_entry(edition, top, work, frozenset()) for top in _tops(edition, facet)),
        id=f"facet.{facet.id}",
    )


def _tops(edition: Edition, facet: Facet) -> Iterator[Entry]:
    """The entries without a parent; of entries that are parents of each other, the first."""
    reached: set[str] = set()
    for found in sorted(facet.entries, key=lambda one: bool(one.parent)):
        if found.id not in reached:
            yield found
        ahead = [found]
        while ahead:
            one = ahead.pop()
            if one.id not in reached:
                reached.add(one.id)
                ahead += edition.index.parts(one)


def _entry(edition: Edition, found: Entry, work: Work, above: frozenset[str]) -> Element:
    here = above | {found.id}
    return _category(
        edition,
        entry(found.facet, found.id),
        found.name,
        found.definition.localized,
        *(_entry(edition, part, work, here) for part in edition.index.parts(found) if part.id not in here),
        also=found.also,
        source=_cited(edition, found, work),
    )


def _cited(edition: Edition, found: Entry, work: Work) -> str:
    """Pointers to the passages that a definition cites; of another work, into the file of that work."""
    index = edition.index
    citations = (c for sentence in found.definition.sentences for c in sentence.citations)
    keys = [key for key in dict.fromkeys(map(index.cited, citations)) if key in index.passages]
    return " ".join(
        f"#{id_}" if home == work.id else f"{file(edition, index.works[home])}#{id_}" for home, id_ in keys
    )
