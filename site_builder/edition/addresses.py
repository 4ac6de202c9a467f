"""Record → address and anchor.  Only this module composes paths of the site.

An address is relative to the root of its view (``lu1923/p12.html#p12``).  Each further view repeats the whole
tree in its folder (``hans/``), so an address means the same in all of them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cache

from site_builder.edition.index import Key, Source
from site_builder.model import Cell, Entry, Facet, Page, Pole

DATA = "data/"
ASSETS = "assets/"
HOME = "index.html"
GRID = "grid/index.html"
SILENCE = "silence.html"
ARGUMENT = "argument.html"
INDEXES = "indexes.html"
PICTURES = "pictures.html"
DRAWN = "pictures/"
METHOD = "method.html"
DISAGREEMENTS = "disagreements.html"
CITE = "cite.html"
DOWNLOADS = f"{CITE}#_downloads"
CHANGES = "changes.html"
SEARCH = "search.html"
TRYOUT = "try.html"
COLLECTION = "collection.html"
ONEFILE = "edition.html"
ONEFILE_SHARED = "edition.pages.html"
"""The pages of no work in one file, if each work has a file of its own."""
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
FEED = "feed.xml"

WORKS = f"{HOME}#_works"
"""The list of the works, if there are several."""

# No id holds a dot, so no page of a project has the address of a part of a large project.

FIXED = {
    "home": HOME,
    "grid": GRID,
    "silence": SILENCE,
    "argument": ARGUMENT,
    "method": METHOD,
    "cite": CITE,
    "changes": CHANGES,
    "search": SEARCH,
}

RESERVED = frozenset(
    address.partition("/")[0].removesuffix(".html")
    for address in ("hans/", DATA, ASSETS, INDEXES, PICTURES, TRYOUT, COLLECTION, ONEFILE, *FIXED.values())
)
"""Reserved ids of works: the top-level folders of the site, and its top-level pages without ``.html``."""


def reading(work: str) -> str:
    """The reading page of a work: ``lu1923/index.html``.  Whether the work exists is not checked."""
    return f"{work}/index.html"


def anchor(key: Key) -> str:
    """The permanent, citable address of a passage or heading, on the reading page: ``lu1923/index.html#p12``.

    Whether it exists is not checked.
    """
    return f"{reading(key[0])}#{key[1]}"


def passage(key: Key) -> str:
    """The page of a passage: ``lu1923/p12.html``.  A heading has no such page; this is not checked."""
    return f"{key[0]}/{key[1]}.html"


def apparatus(work: str) -> str:
    """The apparatus of a work: ``lu1923/apparatus.html``.  Whether the work exists is not checked."""
    return f"{work}/apparatus.html"


def witness(work: str) -> str:
    """The page of the witness of a work: ``lu1923/witness.html``, also for a work without a witness."""
    return f"{work}/witness.html"


def versions(work: str) -> str:
    """The page of the versions of a work side by side: ``lu1923/versions.html``, also for a work with one."""
    return f"{work}/versions.html"


def dimension(id_: str) -> str:
    """The page of a dimension: ``grid/depth.html``.  Whether it exists is not checked."""
    return f"grid/{id_}.html"


def cell(found: Cell, poles: Mapping[str, Pole]) -> str:
    """The page of a cell: ``grid/depth-positive.html``; ``grid/depth.html`` for a cell without a pole.

    :param poles: id → pole.
    :raises KeyError: if ``poles`` lacks the pole of the cell.
    """
    return f"grid/{cell_slug(found, poles)}.html"


def cell_slug(found: Cell, poles: Mapping[str, Pole]) -> str:
    """The name of a cell in addresses and attributes, which cannot contain ``depth+``: ``depth-positive``.

    A cell without a pole has the name of its dimension.

    :raises KeyError: if ``poles`` lacks the pole of the cell.
    """
    return f"{found.dimension}-{poles[found.pole].slug}" if found.pole else found.dimension


def trait(found: Cell, id_: str, poles: Mapping[str, Pole]) -> str:
    """The address of a trait, on the page of its cell: ``grid/depth-positive.html#trait-noise``.

    Whether the trait exists is not checked.

    :raises KeyError: if ``poles`` lacks the pole of the cell.
    """
    return f"{cell(found, poles)}#trait-{id_}"


def facet(id_: str) -> str:
    """The page of a facet: ``methods/index.html``.  Whether it exists is not checked."""
    return f"{id_}/index.html"


def entry(found: Entry, facets: Mapping[str, Facet]) -> str:
    """The address of an entry: its page, ``methods/survey.html``, or an anchor on another page.

    A part is an anchor on the page of its parent, ``methods/survey.html#letters``; an entry of an index is
    one on the page of its facet, ``methods/index.html#survey``.  Whether the parent exists is not checked.

    :raises KeyError: if ``facets`` lacks the facet of the entry.
    """
    if facets[found.facet].kind == "index":
        return f"{facet(found.facet)}#{found.id}"
    if found.parent:
        return f"{found.facet}/{found.parent}.html#{found.id}"
    return f"{found.facet}/{found.id}.html"


def term(kind: str, id_: str) -> str:
    """The address of the definition of a term: ``method.html#relation-shows``.

    :param kind: ``relation`` or ``function``; it is not checked.
    """
    return f"{METHOD}#{kind}-{id_}"


def page(found: Page, subjects: Mapping[str, str]) -> str:
    """The address of an editors' page: that of its subject (maybe with an anchor), or ``ID.html``.

    A page without a subject, or with one that is not in ``subjects``, has its own address.
    """
    return subjects.get(found.about, f"{found.id}.html")


def source(found: Source, sentence: str, facets: Mapping[str, Facet], subjects: Mapping[str, str]) -> str:
    """The address of one sentence: ``silence.html#b2-s1``, ``methods/survey.html#survey-use-s1``.

    A sentence of an entry is on the page of the entry; of a part on that of its parent, of an entry of an
    index on that of its facet (``methods/index.html``).  A sentence of a field that is in the comparison
    table of its facet is on the page of the facet too, except for a part.  Whether it exists is not checked.

    :param sentence: the id of the sentence in its page; ``""`` gives an address that ends in ``#``.
    :param subjects: subject → address, for editors' pages.
    :raises KeyError: if ``facets`` lacks the facet of the entry.
    """
    if found.page is not None:
        return f"{page(found.page, subjects)}#{sentence}"
    assert found.entry is not None
    home = facets[found.entry.facet]
    if home.table is not None and found.field in home.table.fields and not found.entry.parent:
        return f"{facet(home.id)}#{sentence}"
    return f"{entry(found.entry, facets).partition('#')[0]}#{sentence}"


def sitemap(number: int) -> str:
    """A part of the sitemap of a large project: ``sitemap.1.xml``.  Parts are numbered from 1."""
    return f"sitemap.{number}.xml"


def works(number: int = 1) -> str:
    """A page of the list of works of a large project: ``works.1.html``.  Pages are numbered from 1."""
    return f"works.{number}.html"


def part(address: str, number: int) -> str:
    """A part of the list of a page: ``grid/depth.html`` → ``grid/depth.2.html``.

    An entry without a page of its own has parts beside the page that it is on: ``methods/index.html#survey``
    → ``methods/survey.2.html``.  Parts are numbered from 1.
    """
    path, _, id_ = address.partition("#")
    stem = posixpath.join(posixpath.dirname(path), id_) if id_ else path.removesuffix(".html")
    return f"{stem}.{number}.html"


def cited(work: str) -> str:
    """The page about citing a work of a large project: ``lu1923/work.cite.html``."""
    return f"{work}/work.cite.html"


def drawn(work: str) -> str:
    """The page of the pictures of a work of a large project: ``lu1923/work.pictures.html``."""
    return f"{work}/work.pictures.html"


def onefile(work: str) -> str:
    """The pages of a work of a large project in one file: ``lu1923/work.edition.html``."""
    return f"{work}/work.edition.html"


def is_onefile(address: str) -> bool:
    """Whether the address of a page is that of a file of several pages: ``edition.html``,
    ``edition.pages.html`` or ``lu1923/work.edition.html``.

    False for an address with an anchor.  The address is that in a view, without its folder.
    """
    return address in (ONEFILE, ONEFILE_SHARED) or address.endswith("/work.edition.html")


def is_part(address: str) -> bool:
    """Whether the address of a page is that of a part of a list of a large project: ``works.2.html``,
    ``grid/depth.3.html``.

    Only the form ``NAME.NUMBER.html`` is examined.  False for an address with an anchor.
    """
    stem, _, number = address.removesuffix(".html").rpartition(".")
    return bool(stem) and number.isdecimal()


def book(work: str, suffix: str) -> str:
    """The book of a work of a large project, with the suffix of the view: ``data/books-hans/lu1923.epub``, or
    ``data/books/lu1923.epub`` for the suffix ``""``.
    """
    return f"{DATA}books{suffix}/{work}.epub"


def relative(address: str, here: str) -> str:
    """``address`` relative to the page ``here``: ``("a/x.html#p1", "a/y.html")`` → ``x.html#p1``.

    On the page itself the result is the anchor alone, or the name of the file if there is no anchor.  An
    address that is only an anchor, or empty, is one on the page itself.  On the page itself an empty anchor
    is none: ``a/y.html#`` gives ``y.html``; on another page its ``#`` stays.

    >>> here = "a/y.html"
    >>> relative("index.html", here), relative("a/y.html#p1", here), relative("a/y.html", here)
    ('../index.html', '#p1', 'y.html')
    """
    path, mark, fragment = address.partition("#")
    if not path or path == here:
        return f"#{fragment}" if fragment else posixpath.basename(here)
    return _from_folder(path, posixpath.dirname(here)) + mark + fragment


@cache
def _from_folder(path: str, folder: str) -> str:
    # cached, since a site has few folders and refers to the same pages many times
    return posixpath.relpath(path, folder or ".")


def in_tree(address: str, folder: str) -> str:
    """The path in the site of an address in one view: ``a/y.html``, in the folder ``hans`` ``hans/a/y.html``.

    An anchor (``#b1``) stays.

    :param folder: the folder of the view; ``""`` for the first, whose paths are the addresses.
    """
    return f"{folder}/{address}" if folder else address


def in_first_view(path: str, folder: str) -> str:
    """The address of which :func:`in_tree` gives a path in the site: ``hans/a/y.html`` → ``a/y.html``.

    A path that is not in the folder is returned as it is.

    :param folder: the folder of the view that has the page; ``""`` for the first.
    """
    return path.removeprefix(f"{folder}/") if folder else path


def shared(address: str, here: str, folder: str) -> str:
    """The address of a file that all views share (style, script, data), relative to ``here``.

    ``("assets/site.css", "a/y.html", "hans")`` gives ``../../assets/site.css``.

    :param here: an address without the folder of the view.
    """
    return relative(address, in_tree(here, folder))


def twin(here: str, folder: str, other: str) -> str:
    """The address of the same page in another view, relative to ``here``; for the same view the name of the
    file (``y.html``).

    >>> twin("a/y.html", "", "hans"), twin("a/y.html", "hans", "")
    ('../hans/a/y.html', '../../a/y.html')
    """
    return relative(in_tree(here, other), in_tree(here, folder))
