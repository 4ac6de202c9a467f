"""Record → address and anchor.  Only this module composes paths of the site.

An address is relative to the root of its script (``lu1923/p12.html#p12``).  The converted script repeats the
whole tree under :data:`CONVERTED`, so an address means the same in both.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cache

from site_builder.edition.index import Key, Source
from site_builder.model import Cell, Entry, Facet, Page, Pole

CONVERTED = "hans/"
DATA = "data/"
ASSETS = "assets/"
HOME = "index.html"
GRID = "grid/index.html"
SILENCE = "silence.html"
INDEXES = "indexes.html"
METHOD = "method.html"
CITE = "cite.html"
SEARCH = "search.html"
TRYOUT = "try.html"
ONEFILE = "edition.html"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
FEED = "feed.xml"

WORKS = f"{HOME}#_works"
"""The list of the works, if there are several."""

FIXED = {
    "home": HOME,
    "grid": GRID,
    "silence": SILENCE,
    "method": METHOD,
    "cite": CITE,
    "search": SEARCH,
}

RESERVED = frozenset(
    address.partition("/")[0].removesuffix(".html")
    for address in (CONVERTED, DATA, ASSETS, INDEXES, TRYOUT, ONEFILE, *FIXED.values())
)
"""Reserved ids of works: the top-level folders of the site, and its top-level pages without ``.html``."""


def reading(work: str) -> str:
    """The reading page of a work: ``lu1923/index.html``."""
    return f"{work}/index.html"


def anchor(key: Key) -> str:
    """The permanent, citable address of a passage or heading: on the reading page."""
    return f"{reading(key[0])}#{key[1]}"


def passage(key: Key) -> str:
    """The page of a passage: ``lu1923/p12.html``."""
    return f"{key[0]}/{key[1]}.html"


def apparatus(work: str) -> str:
    """The apparatus of a work: ``lu1923/apparatus.html``."""
    return f"{work}/apparatus.html"


def witness(work: str) -> str:
    """The page of the witness of a work: ``lu1923/witness.html``."""
    return f"{work}/witness.html"


def dimension(id_: str) -> str:
    """The page of a dimension: ``grid/depth.html``."""
    return f"grid/{id_}.html"


def cell(found: Cell, poles: Mapping[str, Pole]) -> str:
    """The page of a cell: ``grid/depth-positive.html``.

    :param poles: id → pole; it must contain the pole of the cell.
    """
    return f"grid/{cell_slug(found, poles)}.html"


def cell_slug(found: Cell, poles: Mapping[str, Pole]) -> str:
    """The name of a cell in addresses and attributes, which cannot contain ``depth+``: ``depth-positive``."""
    return f"{found.dimension}-{poles[found.pole].slug}"


def facet(id_: str) -> str:
    """The page of a facet: ``modes/index.html``."""
    return f"{id_}/index.html"


def entry(found: Entry, facets: Mapping[str, Facet]) -> str:
    """The address of an entry: its page; for a part, an anchor on its parent's page; in an index, one on its
    facet's page.
    """
    if facets[found.facet].kind == "index":
        return f"{facet(found.facet)}#{found.id}"
    if found.parent:
        return f"{found.facet}/{found.parent}.html#{found.id}"
    return f"{found.facet}/{found.id}.html"


def term(kind: str, id_: str) -> str:
    """The address of the definition of a term; ``kind`` is ``relation`` or ``function``."""
    return f"{METHOD}#{kind}-{id_}"


def page(found: Page, subjects: Mapping[str, str]) -> str:
    """The address of an editors' page: the page of its subject, or a page of its own."""
    return subjects.get(found.about, f"{found.id}.html")


def source(found: Source, sentence: str, facets: Mapping[str, Facet], subjects: Mapping[str, str]) -> str:
    """The address of one sentence; in the comparison table if its field is a row of it."""
    if found.page is not None:
        return f"{page(found.page, subjects)}#{sentence}"
    assert found.entry is not None
    home = facets[found.entry.facet]
    if home.table is not None and found.field in home.table.fields and not found.entry.parent:
        return f"{facet(home.id)}#{sentence}"
    return f"{entry(found.entry, facets).partition('#')[0]}#{sentence}"


def relative(address: str, here: str) -> str:
    """``address`` relative to the page ``here``: ``("a/x.html#p1", "a/y.html")`` → ``x.html#p1``."""
    path, mark, fragment = address.partition("#")
    if not path or path == here:
        return f"#{fragment}" if fragment else posixpath.basename(here)
    return _from_folder(path, posixpath.dirname(here)) + mark + fragment


@cache
def _from_folder(path: str, folder: str) -> str:
    # cached, since a site has few folders and refers to the same pages many times
    return posixpath.relpath(path, folder or ".")


def in_tree(address: str, converted: bool) -> str:
    """The path in the site of an address in one script."""
    return (CONVERTED if converted else "") + address


def shared(address: str, here: str, converted: bool) -> str:
    """The address of a file that both scripts share (style, script, data), relative to ``here``."""
    return relative(address, in_tree(here, converted))


def other_script(here: str, converted: bool) -> str:
    """The address of the same page in the other script, relative to ``here``."""
    if converted:
        return relative(here, CONVERTED + here)
    return relative(CONVERTED + here, here)
