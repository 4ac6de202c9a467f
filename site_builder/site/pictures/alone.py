"""A picture in a file of its own: with its title, what it shows, its key and its source on its face.

A page says these beside the picture.  A file is put into a talk or a paper, where only what is drawn is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.language.message import Wording
from site_builder.site.pictures.drawing import (
    Box,
    Drawing,
    Element,
    Glyph,
    Hatch,
    Line,
    Moved,
    Pen,
    Words,
)
from site_builder.site.pictures.picture import KeyItem, Picture

SAMPLE = 14.0
"""The side of the square of an item of a key, in pixels."""

_LEAST = 640.0
"""A file is at least so wide, in pixels, so that its title has space."""
_MOST_LINES = 6


def alone(picture: Picture, drawing: Drawing, source: Sequence[Wording], pen: Pen) -> Drawing:
    """The drawing of a picture with its title, its sentence and its limits above it, and its key and source
    below it.

    It is at least 640 pixels wide, also if the drawing is narrower.  The title is cut to one line, the
    sentence and each limit to six lines, each text of the source to three.  Without clauses there is no
    sentence.  The key leaves out what only the narrow form has, and what the published reading does not have.
    """
    width = max(drawing.width, _LEAST)
    elements: list[Element] = []
    y = 22.0
    elements.append(Words(text=pen.cut(picture.title, width, 20, bold=True), x=0, y=y, size=20, bold=True))
    y += 8
    for line in pen.lines(picture.sentence, width, 15, _MOST_LINES) if picture.shows else ():
        y += 21
        elements.append(Words(text=line, x=0, y=y, size=15))
    for limit in picture.limits:
        for line in pen.lines(limit, width, 13, _MOST_LINES):
            y += 19
            elements.append(Words(text=line, x=0, y=y, size=13))
    y += 22
    elements.append(Moved(x=0, y=y, elements=drawing.elements))
    y += drawing.height + 18
    key = list(_key(picture.key, width, pen))
    elements += [Moved(x=0, y=y, elements=(part,)) for _, part in key]
    y += max((bottom for bottom, _ in key), default=0)
    for text in source:
        for line in pen.lines(text, width, 12, 3):
            y += 18
            elements.append(Words(text=line, x=0, y=y, size=12, tone="muted"))
    return Drawing(width=width, height=y + 6, elements=tuple(elements))


def _key(items: Sequence[KeyItem], width: float, pen: Pen) -> Iterator[tuple[float, Element]]:
    """The items of a key in lines, each with the bottom of its line."""
    x, y = 0.0, 0.0
    for item in (one for one in items if one.published and one.form != "narrow"):
        text = pen.cut(item.text, width - 22, 13)
        wide = 22 + pen.width(text, 13) + 20
        if x and x + wide > width:
            x, y = 0.0, y + 22
        yield y + 24, Moved(x=x, y=y, elements=(sample(item), Words(text=text, x=21, y=12, size=13)))
        x += wide


def sample(item: KeyItem) -> Element:
    """The element that represents an item of a key, in a square of 14 pixels.

    ``hatch`` and ``hatch-contingent`` give a ``Hatch``, ``line`` and ``dashed`` a ``Line``, ``double`` two
    lines in a ``Moved``, and ``box`` a ``Box`` in the colours of ``code``.  Any other shape gives a ``Glyph``
    with this shape and the code, also if there is no such glyph.
    """
    middle = SAMPLE / 2
    if item.shape in ("hatch", "hatch-contingent"):
        contingent = item.shape == "hatch-contingent"
        return Hatch(x=0.5, y=1.5, width=SAMPLE - 1, height=SAMPLE - 3, contingent=contingent)
    if item.shape == "double":
        return Moved(
            x=0,
            y=0,
            elements=tuple(
                Line(x1=0, y1=middle + by, x2=SAMPLE, y2=middle + by, tone="ink", width=1.5) for by in (-2, 2)
            ),
        )
    if item.shape in ("line", "dashed"):
        return Line(
            x1=0, y1=middle, x2=SAMPLE, y2=middle, tone="ink", width=1.5, dashed=item.shape == "dashed"
        )
    if item.shape == "box":
        return Box(x=1, y=1, width=SAMPLE - 2, height=SAMPLE - 2, code=item.code)
    return Glyph(shape=item.shape, x=middle, y=middle, size=SAMPLE - 2, code=item.code)
