"""``data/previews.js``: previews of the targets of links.

A map of address (within the tree of one script) → ``[title, words, chips]``, as a classic script, since a
page on disk cannot fetch files.  A link to a passage on the reading page uses the entry of the passage's own
page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.language.message import Message, Wording
from site_builder.site.script_data import script_of

Row = tuple[str, list[object]]
Say = Callable[[Wording], str]
_LONGEST = 120  # the longest text of a preview, in characters


def previews(edition: Edition, say: Say) -> bytes:
    """The data file for one language of the site: ``var PREVIEWS={address: [title, words, chips]};``.

    In this order: each passage with tags of the displayed coder (``第 2 段``, its gist, a chip ``[slug,
    sign]`` for each cell once, without cells for each entry of a frame facet); each dimension (name,
    definition); each cell (name, definition, its own chip); each facet and its entries (name, definition);
    the editors' pages (title, prose).  Only passages and cells have the third part.  Passages without tags,
    relations and functions have no preview; an editors' page about a dimension, cell, facet or entry has
    none either.  Definitions of cells, facets and entries, and prose, are cut to 120 characters and ``……``;
    gists and definitions of dimensions are not.

    Titles, words and signs are in the language; addresses and slugs stay.  No text of a work is included, so
    the file does not depend on whether the text may be published.

    :param say: gives a text or a message in the language.
    """
    found = {address: [_in_language(part, say) for part in row] for address, row in _rows(edition)}
    return script_of("PREVIEWS", found)


def _in_language(part: object, say: Say) -> object:
    if isinstance(part, str | Message):
        return say(part)
    assert isinstance(part, list)
    return [[slug, say(name)] for slug, name in part]


def _rows(edition: Edition) -> Iterator[Row]:
    for key, tagging in edition.index.taggings.items():
        chips = _chips(edition, key)
        yield addresses.passage(key), [edition.passage_label(key), tagging.gist, chips]
    for dimension in edition.project.grid.parents:
        yield addresses.dimension(dimension.id), [dimension.name, dimension.definition]
    for cell in edition.project.grid.cells:
        chips = [[edition.slug(cell), edition.sign(cell) or cell.name]]
        yield addresses.cell(cell, edition.poles), [cell.name, _short(cell.definition), chips]
    for facet in edition.project.facets:
        yield addresses.facet(facet.id), [facet.name, _short(facet.definition)]
        for entry in facet.entries:
            address = addresses.entry(entry, edition.index.facets)
            yield address, [entry.name, _short(entry.definition.text)]
    for page in edition.project.pages:
        if not page.about or page.about in addresses.FIXED:
            yield addresses.page(page, edition.subjects), [page.title, _short(page.prose.text)]


def _chips(edition: Edition, key: Key) -> list[list[str]]:
    return [[edition.code_slug(code), _label(edition, code)] for code in edition.painted_codes(key)]


def _label(edition: Edition, code: CodeId) -> str:
    """The shortest name of a code with colours."""
    if code.kind == "entry":
        return edition.index.entries[(code.facet, code.id)].name
    cell = edition.index.cells[code.id]
    return edition.sign(cell) or cell.name


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
