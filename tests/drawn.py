"""What tests of pictures need: a pen, the elements of a drawing, and their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.language import catalogue
from site_builder.language.message import Message, Wording
from site_builder.site.pictures import widths
from site_builder.site.pictures.drawing import (
    Box,
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
from site_builder.site.pictures.picture import Content
from site_builder.site.views import Link

ENGLISH = catalogue.of("en")
Place = tuple[float, float, float, float]


@dataclass(frozen=True)
class Pen:
    """A pen that writes the words of the project, and messages in English."""

    rtl: bool = False

    def text(self, words: Wording) -> str:
        return ENGLISH.text(words, lambda one: self.text(one)) if isinstance(words, Message) else str(words)

    def width(self, words: Wording, size: float = 13, *, bold: bool = False) -> float:
        return widths.width(self.text(words), size, bold=bold)

    def foreign(self, words: Wording) -> bool:
        return False

    def cut(self, words: Wording, width: float, size: float = 13, *, bold: bool = False) -> Wording:
        return widths.cut(self.text(words), width, size, bold=bold)

    def lines(self, words: Wording, width: float, size: float = 13, most: int = 2) -> tuple[Wording, ...]:
        return widths.lines(self.text(words), width, size, most)


PEN = Pen()


def flat(elements: tuple[Element, ...]) -> Iterator[Element]:
    """All elements, also those of marks."""
    for one in elements:
        yield one
        if isinstance(one, Mark | Only | Moved):
            yield from flat(one.elements)


def words(drawing: Drawing) -> list[str]:
    """The words of a drawing, in their order."""
    return [PEN.text(one.text) for one in flat(drawing.elements) if isinstance(one, Words)]


def marks(drawing: Drawing) -> list[str]:
    """The names of the links of a drawing, in their order."""
    return [PEN.text(one.label) for one in flat(drawing.elements) if isinstance(one, Mark)]


def place(one: Element) -> Place | None:
    """Left, top, right and bottom of an element; ``None`` for a group or a curve."""
    match one:
        case Box() | Hatch():
            return one.x, one.y, one.x + one.width, one.y + one.height
        case Glyph():
            half = one.size / 2
            return one.x - half, one.y - half, one.x + half, one.y + half
        case Line():
            return min(one.x1, one.x2), min(one.y1, one.y2), max(one.x1, one.x2), max(one.y1, one.y2)
        case Words():
            wide = widths.width(PEN.text(one.text), one.size, bold=one.bold)
            left = one.x - {"start": 0, "middle": wide / 2, "end": wide}[one.anchor]
            return left, one.y - one.size * 0.85, left + wide, one.y
        case _:
            return None


def outside(drawing: Drawing) -> list[Element]:
    """The elements that are not within a drawing, by more than the width of a line."""
    found = []
    for one in flat(drawing.elements):
        if (at := place(one)) is not None:
            left, top, right, bottom = at
            if left < -2 or top < -2 or right > drawing.width + 2 or bottom > drawing.height + 2:
                found.append(one)
    return found


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """The pairs of words that overlap."""
    found = []
    shown = [one for one in flat(drawing.elements) if isinstance(one, Words) and PEN.text(one.text)]
    for n, one in enumerate(shown):
        for other in shown[n + 1 :]:
            a, b = place(one), place(other)
            assert a is not None
            assert b is not None
            if not (a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1):
                found.append((PEN.text(one.text), PEN.text(other.text)))
    return found


def content(cell: Content) -> str:
    """The words of a cell of a table."""
    return " ".join(PEN.text(part.text if isinstance(part, Link) else part) for part in cell)
