"""Writes a drawing as SVG: within a page, whose style sheets colour it, or with colours of its own.

A drawing within a page has classes and ``data-cell``; the rules are in ``assets/pictures.css`` and
``assets/frame.css``.  A drawing in a book or in a file of its own has the colours of light pages as
attributes, which every program that reads SVG knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from site_builder.edition.palette import Paint
from site_builder.language.message import Wording
from site_builder.records import dataclass
from site_builder.site.pictures.drawing import (
    Anchor,
    Box,
    Curve,
    Drawing,
    Element,
    Glyph,
    Hatch,
    Line,
    Mark,
    Moved,
    Only,
    Words,
)

TONES: Mapping[str, str] = {
    "ink": "#1d1b18",
    "muted": "#5a564f",
    "rule": "#8a857a",
    "hair": "#dcd8ce",
    "ground": "#f3f1eb",
    "page": "#fbfaf7",
    "silence": "#8e2a2a",
    "link": "#0b57a4",
}
"""The colours of tones on light pages; ``page.css`` has the same."""

Names: TypeAlias = dict[int, tuple[Mark, str, bool]]
"""The identity of a mark → the mark, which keeps it from being that of another one; its name as a link; and
whether a space must be between its words.
"""

LARGE = 864
"""A drawing that is wider than this, in pixels, is not made smaller than it: it scrolls."""

_ANCHORS: Mapping[Anchor, str] = {
    "start": "",
    "middle": ' text-anchor="middle"',
    "end": ' text-anchor="end"',
}
"""Where words begin or end: the attribute for each anchor."""

_OUTLINED = ("ring", "cross", "struck", "wedge", "plus", "bar")
"""Shapes that are drawn with a pen, and not filled."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What a writer knows of the page: the colours of codes, words as attributes, and links.

    :param paints: slug of a code → its colours.
    :param plain: words without markup, escaped.
    :param names: the names of marks that were written before.
    :param lang: the attributes of the language of words that is not that of the page.
    :param href: an address of the site → the attribute of a link, or nothing where it leads nowhere.
    :param styled: whether style sheets of the page colour the drawing.
    :param rtl: whether the page runs from right to left.
    """

    paints: Mapping[str, Paint]
    plain: Callable[[Wording], str]
    names: Names = field(default_factory=dict)
    lang: Callable[[Wording], str]
    href: Callable[[str], str]
    styled: bool
    rtl: bool


def written(
    drawing: Drawing,
    page: Page,
    *,
    title: Wording,
    description: Wording,
    head: str = "",
    attributes: str = "",
    margin: float = 0,
) -> Markup:
    """The ``svg`` element of a drawing, of the class ``drawing``.  It begins with ``<title>`` and ``<desc>``;
    its marks are links in their order, the first one a tab stop.

    A mark whose address leads nowhere is a group and no link.  In a medium without style sheets the element
    has a namespace, colours and no tab stops.

    :param title: the name of the picture; ``description`` says what it shows.
    :param head: markup of a file of its own, before the elements: its metadata.
    :param attributes: further attributes of the element, each with a space before.
    :param margin: the width of a margin, in pixels; with one the drawing has a ground of its own.
    :raises KeyError: for the slug of a code without colours.
    """
    writer = _Writer(page, drawing.width)
    space = "" if page.styled else ' xmlns="http://www.w3.org/2000/svg"'
    left, width, height = _n(-margin), _n(drawing.width + 2 * margin), _n(drawing.height + 2 * margin)
    size = f'viewBox="{left} {left} {width} {height}"'
    fixed = f'width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    font = "" if page.styled else ' font-family="sans-serif"'
    way = ' direction="rtl"' if page.rtl and not page.styled else ""
    place = f'x="{left}" y="{left}" width="{width}" height="{height}"'
    ground = f'<rect {place} fill="{TONES["page"]}"/>' if margin else ""
    body = writer.elements(drawing.elements)
    name = page.plain(title)
    large = ' data-large=""' if drawing.width > LARGE and page.styled else ""
    return Markup(
        f'<svg{space} class="drawing"{large} {size} {fixed}{attributes}{font}{way}'
        f' role="group" aria-label="{name}">'
        f"<title>{name}</title><desc>{page.plain(description)}</desc>{head}{ground}{body}</svg>"
    )


class _Writer:
    def __init__(self, page: Page, width: float) -> None:
        self.page = page
        self.whole = width
        self.marks = 0
        self.apart = False
        """Whether words of a mark are several lines, with a space between them."""

    def elements(self, elements: tuple[Element, ...]) -> str:
        """The markup of the elements, in order; a space between words, if they are ``apart``.

        On a page from right to left they are turned, and words are not.
        """
        found: list[str] = []
        follows = False
        for one in elements:
            made = _MARKUP[type(one)](self, one)
            if self.apart and made and type(one) is Words:
                if follows:
                    found.append(" ")
                follows = True
            found.append(made)
        return "".join(found)

    def line(self, one: Line) -> str:
        """A straight ``path``, with ``d="M0 10L20 10"``."""
        look = self.stroke(one.tone, one.code, one.width, dashed=one.dashed)
        return f'<path d="M{self.x(one.x1)} {_n(one.y1)}L{self.x(one.x2)} {_n(one.y2)}"{look}/>'

    def curve(self, one: Curve) -> str:
        """A path, which is turned as a whole."""
        look = self.stroke(one.tone, one.code, one.width, dashed=one.dashed)
        return f'<path d="{one.path}"{self.turn()}{look}/>'

    def turn(self) -> str:
        """The attribute that turns a path on a page from right to left, with a space before; ``""`` on any
        other page.
        """
        return f' transform="translate({_n(self.whole)} 0) scale(-1 1)"' if self.page.rtl else ""

    def moved(self, one: Moved) -> str:
        """A ``g`` with its elements, which are moved; on a page from right to left to the other side."""
        x = -one.x if self.page.rtl else one.x
        return f'<g transform="translate({_n(x)} {_n(one.y)})">{self.elements(one.elements)}</g>'

    def mark(self, one: Mark) -> str:
        """A link around its elements, or a group where it leads nowhere.

        Its name is the label, after the words that are drawn if the label does not have them.
        """
        href = self.page.href(one.href)
        if not href:
            return f"<g>{self.elements(one.elements)}</g>"
        self.marks += 1
        stop = "0" if self.marks == 1 else "-1"
        area = ""
        if one.area is not None:
            x, y, width, height = one.area
            area = self.rect(x, y, width, height, ' class="area"' if self.page.styled else ' fill="none"')
        elif self.page.styled:
            paths = dict.fromkeys(curve.path for curve in one.elements if isinstance(curve, Curve))
            area = "".join(map(self.reach, paths))
        turn = f' tabindex="{stop}"' if self.page.styled else ""
        known = self.page.names.get(id(one))
        if known is None:
            known = self.page.names[id(one)] = one, *_name(one, self.page.plain)
        _, name, self.apart = known
        inner = self.elements(one.elements)
        self.apart = False
        tip = f"<title>{name}</title>" if one.tip else ""
        return f'<a{href}{turn} aria-label="{name}">{tip}{area}{inner}</a>'

    def reach(self, path: str) -> str:
        """A broad invisible line over a curve, so that a pointer can reach the link."""
        return f'<path class="reach" d="{path}"{self.turn()}/>'

    def only(self, one: Only) -> str:
        """Elements with the readings that they are in (``data-in``); in a medium without style sheets those
        of the published reading alone, without an element around them.
        """
        if not self.page.styled:
            return self.elements(one.elements) if "published" in one.readings else ""
        return f'<g data-in="{" ".join(one.readings)}">{self.elements(one.elements)}</g>'

    # shapes

    def box(self, one: Box) -> str:
        """A rectangle in the colours of its code, or with an outline, or in its tone."""
        if one.code:
            return self.rect(one.x, one.y, one.width, one.height, self.chip(one.code))
        if one.outline:
            return self.rect(one.x, one.y, one.width, one.height, self.stroke(one.tone, "", 1))
        look = self.fill(one.tone, "")
        if one.strength < 1:
            look += f' fill-opacity="{_n(one.strength)}"'
        return self.rect(one.x, one.y, one.width, one.height, look)

    def rect(self, x: float, y: float, width: float, height: float, look: str) -> str:
        """A ``rect``; on a page from right to left ``x`` counts from the right.

        :param look: its attributes of colour, each with a space before.
        """
        left = self.whole - x - width if self.page.rtl else x
        return f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{look}/>'

    def glyph(self, one: Glyph) -> str:
        """A shape with its middle at a point; a square is a ``rect`` in the colours of the chip of its
        code.
        """
        if one.shape == "square":
            side = one.size - 1
            look = self.chip(one.code) if one.code else self.fill("ground", "", edge=one.tone)
            return self.rect(one.x - side / 2, one.y - side / 2, side, side, look)
        x = self.whole - one.x if self.page.rtl else one.x
        width = max(1.6, one.size / 7)
        look = (
            self.stroke(one.tone, one.code, width)
            if one.shape in _OUTLINED
            else self.fill(one.tone, one.code)
        )
        return _shape(one.shape, x, one.y, one.size / 2, look)

    def hatch(self, one: Hatch) -> str:
        """Lines from the top right to the bottom left at equal distances, and a frame."""
        lines = _hatching(one.x, one.y, one.width, one.height, 9.0 if one.contingent else 5.0)
        frame = self.rect(
            one.x, one.y, one.width, one.height, self.stroke("silence", "", 1, dashed=one.contingent)
        )
        thin = self.stroke("silence", "", 0.8)
        return f'<path d="{lines}"{self.turn()}{thin}/>{frame}'

    def words(self, one: Words) -> str:
        """A ``text`` with its language if that is not that of the page; ``""`` for empty words."""
        text = self.page.plain(one.text)
        if not text:
            return ""
        bold = ' font-weight="600"' if one.bold else ""
        if one.on:
            look = self.on_chip(one.on)
        elif self.page.styled:
            look = f' data-ink="{one.tone}"' + (' data-quoted=""' if one.quoted else "")
        else:
            look = f' fill="{TONES[one.tone]}"' + (' font-family="serif"' if one.quoted else "")
        place = f'x="{self.x(one.x)}" y="{_n(one.y)}" font-size="{_n(one.size)}"'
        return f"<text {place}{_ANCHORS[one.anchor]}{bold}{look}{self.page.lang(one.text)}>{text}</text>"

    # colours

    def chip(self, code: str) -> str:
        """The attributes of the chip of a code: its colours, with the border of its marks.

        :raises KeyError: for a code without colours.
        """
        paint = self.page.paints[code]
        if self.page.styled:
            return f' data-fill="chip"{self.solid(paint)}{_cell(code)}'
        return f' fill="{paint.fill}" stroke="{paint.line[0]}"'

    def solid(self, paint: Paint) -> str:
        """The attribute of a code that is solid, ``data-solid=""`` after a space: of any pole but the first;
        ``""`` for the first.
        """
        return "" if paint.first else ' data-solid=""'

    def on_chip(self, code: str) -> str:
        """The attributes of the colour of words in the chip of a code.

        :raises KeyError: for a code without colours.
        """
        paint = self.page.paints[code]
        if self.page.styled:
            return f' data-ink="chip"{self.solid(paint)}{_cell(code)}'
        return f' fill="{paint.text}"'

    def fill(self, tone: str, code: str, *, edge: str = "") -> str:
        """The attributes of a filled shape: in the colour of a code, without one (``""``) in a tone.

        :param edge: the tone of its border; ``""`` for none.
        """
        if self.page.styled:
            shown = _cell(code) if code else ""
            border = f' data-edge="{edge}"' if edge else ""
            return f' data-fill="{"code" if code else tone}"{border}{shown}'
        color = self.page.paints[code].line[0] if code else TONES[tone]
        return f' fill="{color}"' + (f' stroke="{TONES[edge]}"' if edge else "")

    def stroke(self, tone: str, code: str, width: float, *, dashed: bool = False) -> str:
        """The attributes of a line: in the colour of a code, without one (``""``) in a tone; a width of 1 is
        left out.
        """
        dash = ' stroke-dasharray="3 3"' if dashed else ""
        broad = f' stroke-width="{_n(width)}"' if width != 1 else ""
        if self.page.styled:
            shown = _cell(code) if code else ""
            return f' data-pen="{"code" if code else tone}"{shown}{broad}{dash}'
        color = self.page.paints[code].line[0] if code else TONES[tone]
        return f' fill="none" stroke="{color}"{broad}{dash}'

    def x(self, x: float) -> str:
        """A horizontal place as a text; on a page from right to left it counts from the right."""
        return _n(self.whole - x if self.page.rtl else x)


_MARKUP: Mapping[type, Callable[[_Writer, Any], str]] = {
    Box: _Writer.box,
    Glyph: _Writer.glyph,
    Hatch: _Writer.hatch,
    Words: _Writer.words,
    Line: _Writer.line,
    Curve: _Writer.curve,
    Mark: _Writer.mark,
    Only: _Writer.only,
    Moved: _Writer.moved,
}
"""What writes each kind of element."""


def _name(one: Mark, plain: Callable[[Wording], str]) -> tuple[str, bool]:
    """The name of a link, and whether a space must be between its words: if they are not in its label as they
    are drawn.

    The name has the words that are drawn, since who speaks to a browser says what is seen (WCAG 2.5.3).
    """
    name, drawn = plain(one.label), [plain(words.text) for words in _words(one)]
    whole = "".join(drawn)
    is_apart = whole not in name
    if not _says(name, whole):
        lacking = [words for words in drawn if not _says(name, words)]
        between = " " if any(map(_LATIN.search, lacking)) else ""
        name = " · ".join(filter(None, [between.join(lacking), name]))
    return name, is_apart


def _words(one: Mark | Moved | Only) -> Iterator[Words]:
    """The words that are drawn in a mark, in their order; not those of other readings than the published."""
    for found in one.elements:
        if isinstance(found, Words):
            yield found
        elif isinstance(found, Mark | Moved) or (isinstance(found, Only) and "published" in found.readings):
            yield from _words(found)


_LATIN = re.compile(r"[0-9A-Za-z]")


def _says(name: str, drawn: str) -> bool:
    """Whether a name has drawn words in it, as words of their own: 4 is not in “passage 24”.

    Words that were cut at the width of their place end in “…”; what was left of them counts.
    """
    left = drawn.removesuffix("…")
    at = name.find(left)
    while at >= 0:
        end = at + len(left)
        if not _is_latin(name[at - 1 : at]) and (left != drawn or not _is_latin(name[end : end + 1])):
            return True
        at = name.find(left, at + 1)
    return False


def _is_latin(character: str) -> bool:
    """Whether a character is a letter or a digit of ASCII; ``""`` is none."""
    return character.isascii() and character.isalnum()


@lru_cache(maxsize=1 << 10)
def _cell(code: str) -> str:
    """The attribute of an element in the colours of a code."""
    return f' data-cell="{escape(code)}"'


@lru_cache(maxsize=1 << 10)  # the views and media of a site have the same rectangles
def _hatching(x: float, y: float, width: float, height: float, step: float) -> str:
    """The path of the lines in a hatched rectangle."""
    lines = []
    at = step
    while at < width + height:
        x1, y1 = min(at, width), max(0.0, at - width)
        x2, y2 = max(0.0, at - height), min(at, height)
        lines.append(_d(("M", x + x1, y + y1), ("L", x + x2, y + y2)))
        at += step
    return "".join(lines)


def _shape(shape: str, x: float, y: float, r: float, look: str) -> str:
    """A shape around a point, within ``r`` of it on each side."""
    if shape in ("dot", "ring", "struck"):
        inner = r * 0.86 if shape == "dot" else r * 0.72
        slash = _d(("M", x - r, y + r), ("L", x + r, y - r)) if shape == "struck" else ""
        circle = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(inner)}"{look}/>'
        return circle + (f'<path d="{slash}"{look}/>' if slash else "")
    return f'<path d="{_path(shape, x, y, r)}"{look}/>'


def _path(shape: str, x: float, y: float, r: float) -> str:
    k = r * 0.86
    match shape:
        case "cross":
            return _d(("M", x - k, y - k), ("L", x + k, y + k), ("M", x + k, y - k), ("L", x - k, y + k))
        case "plus":
            return _d(("M", x - r, y), ("L", x + r, y), ("M", x, y - r), ("L", x, y + r))
        case "bar":
            return _d(("M", x - r, y), ("L", x + r, y))
        case "wedge":
            return _d(("M", x - r, y - k), ("L", x, y + k), ("L", x + r, y - k))
        case "up":
            return _d(("M", x - r, y + k), ("L", x, y - k), ("L", x + r, y + k)) + "Z"
        case "down":
            return _d(("M", x - r, y - k), ("L", x, y + k), ("L", x + r, y - k)) + "Z"
        case "diamond":
            return _d(("M", x, y - r), ("L", x + r, y), ("L", x, y + r), ("L", x - r, y)) + "Z"
        case "half":
            return f"M{_n(x - r)} {_n(y)}A{_n(r)} {_n(r)} 0 0 0 {_n(x + r)} {_n(y)}Z"
    raise KeyError(shape)


def _d(*steps: tuple[str, float, float]) -> str:
    return "".join([f"{letter}{_n(x)} {_n(y)}" for letter, x, y in steps])


@lru_cache(maxsize=1 << 16)  # a picture has few numbers, each of them often
def _n(number: float) -> str:
    """A number of at most two decimals, without zeros at its end."""
    return f"{number:z.2f}".rstrip("0").rstrip(".") if number != int(number) else str(int(number))
