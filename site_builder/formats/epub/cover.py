"""The cover: the colours of the codebook over title, subtitle and authors (SVG 1.1).

A grid has a line for each dimension; other codes with colours have a line each.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator

from site_builder.edition import palette
from site_builder.edition.codes import CodeId
from site_builder.language.characters import is_unspaced
from site_builder.language.message import Wording, listed, pmsg
from site_builder.model import Project
from site_builder.records import dataclass
from site_builder.site.views import View

FILE = "book.cover.svg"
_WIDTH, _HEIGHT, _MARGIN = 1200, 1600, 110
_GRID = 720  # the height of the coloured part


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A coloured rectangle, in pixels."""

    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A line of words: the height of its base line, and the size of its font, in pixels."""

    text: str
    y: float
    size: float


def view(project: Project, say: Callable[[Wording], str]) -> View:
    """The cover in one language, 1200 × 1600 pixels.

    Its address is that of the file; its title and description are those of the site, not translated yet.
    The facts are ``width``, ``height``, ``margin``, ``book`` (the site), and two lists: ``boxes``, one for
    each code with a colour, and ``lines``, the lines of words, in the language already: title, subtitle, the
    authors of each work in the order of the works (those that are equal once), publisher and version.  Long
    words are on two lines and in smaller type; words that are absent are a line with the text ``""``.

    :param say: gives a text or a message in the language of the book.
    """
    return View(
        template="epub/cover.svg",
        address=FILE,
        title=project.site.title,
        description=project.site.description,
        facts={
            "width": _WIDTH,
            "height": _HEIGHT,
            "margin": _MARGIN,
            "book": project.site,
            "boxes": list(_boxes(project)),
            "lines": _lines(project, say),
        },
    )


def _boxes(project: Project) -> Iterator[Box]:
    grid = project.grid
    paints = list(palette.paints(project))
    rows = [dimension.id for dimension in grid.dimensions] or [str(paint.code) for paint in paints]
    columns = [pole.id for pole in grid.poles] or [""]
    cells = {CodeId.cell(cell.id): (cell.pole, cell.dimension) for cell in grid.cells}
    width, height = (_WIDTH - 2 * _MARGIN) / len(columns), _GRID / max(1, len(rows))
    for paint in paints:
        column, row = cells.get(paint.code, ("", str(paint.code)))
        yield Box(
            x=_MARGIN + columns.index(column) * width,
            y=_MARGIN + rows.index(row) * height,
            width=width - 10,
            height=height - 10,
            color=paint.fill,
        )


def _lines(project: Project, say: Callable[[Wording], str]) -> list[Words]:
    site = project.site
    authors = listed(dict.fromkeys(work.record.author for work in project.works if work.record.author))
    imprint = pmsg(
        "publisher and version", "%(publisher)s %(version)s", publisher=site.publisher, version=site.version
    )
    title = _fitted(say(site.title), 985, 120)
    below = title[-1].y + title[-1].size * 1.35 + 10
    return [
        *title,
        *_fitted(say(site.subtitle), below, 52),
        *_fitted(say(authors), _HEIGHT - 190, 56),
        *_fitted(say(imprint), _HEIGHT - _MARGIN, 38),
    ]


def _fitted(words: str, y: float, size: float) -> list[Words]:
    """Words in as few lines as they need, at most two, and smaller where they do not fit."""
    page = _WIDTH - 2 * _MARGIN
    size = min(size, 2 * page / (_width(words) + 2))
    lines = _broken(words, page / size)
    size = min(size, page / max(1, *map(_width, lines)))
    return [Words(text=line, y=y + number * size * 1.35, size=size) for number, line in enumerate(lines)]


def _broken(words: str, width: float) -> list[str]:
    """Words in one line of ``width`` em, or in two lines of which the first has at most half of them."""
    whole = _width(words)
    if whole <= width:
        return [words]
    half = whole / max(1, math.ceil(whole / width)) + 0.5
    units = list(_units(words))
    if max(map(_width, units)) > half:
        units = list(words)
    first = ""
    while units and _width((first + units[0]).rstrip()) <= half:
        first += units.pop(0)
    return [first.rstrip(), "".join(units)]


def _units(words: str) -> Iterator[str]:
    """The parts between which a line can break: words with the space after them, else single characters."""
    unit = ""
    for char in words:
        if unit and (unit[-1].isspace() or is_unspaced(unit[-1]) or is_unspaced(char)):
            yield unit
            unit = ""
        unit += char
    yield unit


def _width(words: str) -> float:
    """How wide words are, in em."""
    return sum(map(_wide, words))


def _wide(char: str) -> float:
    """How wide a character is, in em: a Chinese one takes one, any other about half."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55
