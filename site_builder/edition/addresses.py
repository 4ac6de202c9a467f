"""Record → address and anchor: the only room that spells a path of the site.

An address is relative to the root of its script (``wu2020/p12.html#p12``); the converted script
repeats the whole tree under :data:`CONVERTED`, so an address means the same in both.
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
"""What no work may be called: the folders at the top of the site, and its pages there without ``.html``."""


def reading(work: str) -> str:
    return f"{work}/index.html"


def anchor(key: Key) -> str:
    """The citable place of a passage or heading: on the reading page, for ever."""
    return f"{reading(key[0])}#{key[1]}"


def passage(key: Key) -> str:
    return f"{key[0]}/{key[1]}.html"


def apparatus(work: str) -> str:
    return f"{work}/apparatus.html"


def witness(work: str) -> str:
    return f"{work}/witness.html"


def dimension(id_: str) -> str:
    return f"grid/{id_}.html"


def cell(found: Cell, poles: Mapping[str, Pole]) -> str:
    return f"grid/{cell_slug(found, poles)}.html"


def cell_slug(found: Cell, poles: Mapping[str, Pole]) -> str:
    """A cell's name in addresses and class names, where ``space+`` cannot stand."""
    return f"{found.dimension}-{poles[found.pole].slug}"


def facet(id_: str) -> str:
    return f"{id_}/index.html"


def entry(found: Entry, facets: Mapping[str, Facet]) -> str:
    """An entry's page; a part is on its parent's page, an index entry on that of its facet."""
    if facets[found.facet].kind == "index":
        return f"{facet(found.facet)}#{found.id}"
    if found.parent:
        return f"{found.facet}/{found.parent}.html#{found.id}"
    return f"{found.facet}/{found.id}.html"


def term(kind: str, id_: str) -> str:
    """Where a term of the codebook is defined; ``kind`` is ``relation`` or ``function``."""
    return f"{METHOD}#{kind}-{id_}"


def page(found: Page, subjects: Mapping[str, str]) -> str:
    """A page of the editors: the page of its subject, or one by itself."""
    return subjects.get(found.about, f"{found.id}.html")


def source(found: Source, sentence: str, facets: Mapping[str, Facet], subjects: Mapping[str, str]) -> str:
    """The address of one sentence: in the comparison table where its field is a line of it."""
    if found.page is not None:
        return f"{page(found.page, subjects)}#{sentence}"
    assert found.entry is not None
    home = facets[found.entry.facet]
    if home.table is not None and found.field in home.table.fields and not found.entry.parent:
        return f"{facet(home.id)}#{sentence}"
    return f"{entry(found.entry, facets).partition('#')[0]}#{sentence}"


def relative(address: str, here: str) -> str:
    """``address`` as seen from the page ``here``."""
    path, mark, fragment = address.partition("#")
    if not path or path == here:
        return f"#{fragment}" if fragment else posixpath.basename(here)
    return _from_folder(path, posixpath.dirname(here)) + mark + fragment


@cache
def _from_folder(path: str, folder: str) -> str:
    # a site has few folders and names the same pages over and over
    return posixpath.relpath(path, folder or ".")


def in_tree(address: str, converted: bool) -> str:
    """An address of one script as a path of the site."""
    return (CONVERTED if converted else "") + address


def shared(address: str, here: str, converted: bool) -> str:
    """A file that both scripts share (style, script, data), as seen from ``here``."""
    return relative(address, in_tree(here, converted))


def other_script(here: str, converted: bool) -> str:
    """The same page in the other script, as seen from ``here``."""
    if converted:
        return relative(here, CONVERTED + here)
    return relative(CONVERTED + here, here)
