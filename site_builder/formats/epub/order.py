"""The order of the book: which pages of the site are its chapters, and its table of contents."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.formats.epub import notes
from site_builder.language.message import Wording, pmsg
from site_builder.model import Facet, Work
from site_builder.site.views import View

FRONT, BODY, BACK = "frontmatter", "bodymatter", "backmatter"
COVER, TITLE_PAGE, CONTENTS = "book.cover.xhtml", "book.title.xhtml", "book.contents.xhtml"
STYLE = "book.css"


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A document of the book, by the address of its page of the site.

    ``matter`` is the part of the book that it belongs to; ``depth`` is 0 for what belongs to no other
    chapter; ``sign`` is what the table of contents shows before the title; ``work`` is the id of the work
    whose text it is, or empty.
    """

    address: str
    matter: str = BODY
    depth: int = 0
    sign: str = ""
    work: str = ""


@dataclass(kw_only=True, slots=True)
class Line:
    """A line of the table of contents, with the lines below it."""

    title: Wording
    address: str
    lines: list[Line] = field(default_factory=list)


# --- chapters -------------------------------------------------------------------------------------


def chapters(edition: Edition, present: Container[str], works: Iterable[Work]) -> tuple[Chapter, ...]:
    """The chapters in reading order: introduction, texts, grid with its dimensions and their cells, each
    frame facet with its entries, silence report, argument, the editors' pages without a subject; at the back
    indexes with their facets, apparatus of each work, method, disagreements, citing.

    The home page is a chapter only if the editors wrote a page about it.  Pages of passages, the witness,
    the search page, the pages of pictures, of changes, of the collection and for trying tags, and pages of
    ended addresses are none; nor are entries with a parent and entries of index facets, which are on other
    pages.  The cover, title page and table of contents are not chapters.

    :param present: the addresses of the pages of the site; a chapter that is not among them is left out.
    :param works: the works of the book.
    """
    return tuple(one for one in _all(edition, tuple(works)) if one.address in present)


def _all(edition: Edition, works: tuple[Work, ...]) -> Iterator[Chapter]:
    project = edition.project
    if edition.prose_about("home") is not None:
        yield Chapter(address=addresses.HOME, matter=FRONT)
    for work in works:
        yield Chapter(address=addresses.reading(work.id), work=work.id)
    yield from _grid(edition)
    for facet in project.facets:
        if facet.kind == "frame":
            yield from _facet(edition, facet)
    yield Chapter(address=addresses.SILENCE)
    yield Chapter(address=addresses.ARGUMENT)
    yield from (Chapter(address=addresses.page(page, {})) for page in project.pages if not page.about)
    yield Chapter(address=addresses.INDEXES, matter=BACK)
    for facet in project.facets:
        if facet.kind == "index":
            yield Chapter(address=addresses.facet(facet.id), matter=BACK, depth=1)
    yield from (Chapter(address=addresses.apparatus(work.id), matter=BACK) for work in works)
    yield Chapter(address=addresses.METHOD, matter=BACK)
    yield Chapter(address=addresses.DISAGREEMENTS, matter=BACK)
    yield Chapter(address=addresses.CITE, matter=BACK)


def _grid(edition: Edition) -> Iterator[Chapter]:
    """The grid, below it each dimension, below that its cells; without poles the cells alone."""
    grid = edition.project.grid
    yield Chapter(address=addresses.GRID)
    for cell in () if grid.poles else grid.cells:
        yield Chapter(address=addresses.cell(cell, edition.poles), depth=1)
    for dimension in grid.parents:
        yield Chapter(address=addresses.dimension(dimension.id), depth=1)
        for cell in grid.cells:
            if cell.dimension == dimension.id:
                address = addresses.cell(cell, edition.poles)
                yield Chapter(address=address, depth=2, sign=edition.sign(cell))


def _facet(edition: Edition, facet: Facet) -> Iterator[Chapter]:
    yield Chapter(address=addresses.facet(facet.id))
    for entry in facet.entries:
        if not entry.parent:
            yield Chapter(address=addresses.entry(entry, edition.index.facets), depth=1)


# --- table of contents ----------------------------------------------------------------------------


def contents(
    edition: Edition, body: Iterable[Chapter], views: Mapping[str, View], texts: Mapping[str, notes.Notes]
) -> list[Line]:
    """The table of contents: the title page, the chapters, and below a text its outline.

    A cell has its sign before its title.  Below a text are its headings, except that of level 1, and the
    notes.

    A chapter is in the line of the last chapter with a smaller depth, a heading in that of the last one of a
    lower level; the notes are the last line directly below the text.  The address of a heading is
    ``canal/index.html#bank``, that of the notes has their id.  The sign and the title have a space between.
    No chapters give the title page alone.

    :param body: the chapters, in reading order.
    :param views: the documents of the book by their addresses; the title page and every chapter are required.
    :param texts: the notes of each work by its id.
    :raises KeyError: if ``views`` lacks a document, or ``texts`` a work.
    """
    lines = [(0, Line(title=views[TITLE_PAGE].title, address=TITLE_PAGE))]
    works = edition.index.works
    for one in body:
        title = _title(one.sign, views[one.address].title)
        lines.append((one.depth, Line(title=title, address=one.address)))
        if one.work:
            for heading in works[one.work].headings:
                if heading.level > 1:
                    address = addresses.anchor((one.work, heading.id))
                    lines.append((one.depth + heading.level - 1, Line(title=heading.name, address=address)))
            address = addresses.anchor((one.work, texts[one.work].title))
            lines.append((one.depth + 1, Line(title=notes.TITLE, address=address)))
    return nested(lines)


def _title(sign: str, title: Wording) -> Wording:
    if not sign:
        return title
    return pmsg("the sign and the name of a cell", "%(sign)s %(name)s", sign=sign, name=title)


def nested(lines: Iterable[tuple[int, Line]]) -> list[Line]:
    """Lines with their depths → lines within lines; a line belongs to the last one that is less deep.

    The lines are the given ones, to which lines are added.  A depth may skip a level.  No lines give ``[]``.
    """
    top: list[Line] = []
    above: list[tuple[int, Line]] = []
    for depth, line in lines:
        while above and above[-1][0] >= depth:
            above.pop()
        (above[-1][1].lines if above else top).append(line)
        above.append((depth, line))
    return top
