"""The names of sections over their columns: in lines, or as letters that are explained below the rows.

A name is never cut, and is never over the columns of another section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from site_builder.language.message import Wording
from site_builder.records import dataclass
from site_builder.site.pictures.drawing import Anchor, Element, Mark, Pen, Words

_LINE = 17.0
"""The height of a line of names."""
_MOST_LINES = 3
_NOTE, _NOTE_LINE = 12.0, 24.0
"""The font, and the height of a line, of the explanation of letters."""
_START: Anchor = "start"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A section over its columns from ``start`` to ``end``; ``space`` is the width that its name may have."""

    name: Wording
    href: str
    start: float
    end: float
    space: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The name of a section, or its letter, in lines at ``x``; without a name no lines."""

    span: Span
    lines: tuple[Wording, ...]
    x: float
    anchor: Anchor

    def mark(self, base: float, font: float, pen: Pen) -> Mark:
        """The head as a link to its section, with the whole name as its label; its lines are bold and 17
        pixels apart, the last one at ``base``.

        The link is as wide as the columns; where the name ends with them (``end``), as the name if this is
        wider.
        """
        span = self.span
        first = base - _LINE * (len(self.lines) - 1)
        words = tuple(
            Words(text=line, x=self.x, y=first + n * _LINE, size=font, anchor=self.anchor, bold=True)
            for n, line in enumerate(self.lines)
        )
        width = span.end - span.start
        if self.anchor == "end":
            width = max(width, pen.width(span.name, font, bold=True))
        area = (span.end - width, first - 15, width, base - first + 22.0)
        return Mark(href=span.href, label=span.name, elements=words, area=area)


def letters(systems: Sequence[Sequence[Span]], font: float, pen: Pen) -> dict[str, str]:
    """The address of each section with a name → its letter (A, B … Z, AA, AB …), if the name of one of them
    does not fit over its columns in three lines; ``{}`` if all fit.

    The name of the first section of a system may also be in one line that begins before its columns.  Letters
    are given in the order of the sections; the same address has one letter.
    """
    named = [(n, span) for own in systems for n, span in enumerate(own) if pen.text(span.name)]
    if all(_lines(span, font, pen) or (not n and _is_before(span, font, pen)) for n, span in named):
        return {}
    found: dict[str, str] = {}
    for _, span in named:
        if span.href not in found:
            found[span.href] = _letter(len(found))
    return found


def _letter(number: int) -> str:
    """A … Z, AA … ZZ, AAA …, from 0."""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def heads(spans: Sequence[Span], font: float, pen: Pen, of_letters: Mapping[str, str]) -> list[Head]:
    """The names of the sections of a system, or their letters, if there are any; a section without a name has
    a head without lines.

    A name that does not fit over its columns is in one line that ends with them; so is that of the first
    section if it would need several lines and fits in one before the end of its columns.
    """
    found: list[Head] = []
    for n, span in enumerate(spans):
        lines, x, anchor = _lines(span, font, pen), span.start, _START
        if not pen.text(span.name):
            lines = ()
        elif of_letters:
            lines, x, anchor = (of_letters[span.href],), (span.start + span.end) / 2 - 1, "middle"
        elif not lines or (not n and len(lines) > 1 and _is_before(span, font, pen)):
            lines, x, anchor = (span.name,), span.end - 2, "end"
        found.append(Head(span=span, lines=lines, x=x, anchor=anchor))
    return found


def raised(found: Sequence[Head]) -> float:
    """The height of the lines above the last one, in the name with most lines; ``0.0`` without heads.

    A line is 17 pixels high: three lines give ``34.0``, one gives ``0.0``.  If no head has a line, it is
    ``-17.0``, since a picture without names needs no line for them.
    """
    return _LINE * max((len(head.lines) - 1 for head in found), default=0) if found else 0.0


def _lines(span: Span, font: float, pen: Pen) -> tuple[Wording, ...]:
    """The name of a section in lines of its columns, about equally long; ``()`` if it does not fit without a
    cut.
    """
    text = pen.text(span.name)
    words = re.findall(r"[^\s\u2e80-\ufaff\uff00-\uffef]+", text)
    if any(pen.width(word, font, bold=True) > span.space for word in words):
        return ()
    thin = pen.width(span.name, font) / max(pen.width(span.name, font, bold=True), 1)
    longest = max((pen.width(word, font) for word in words), default=font)

    def divided(space: float) -> tuple[Wording, ...]:
        lines = pen.lines(span.name, space, font, _MOST_LINES)
        shown = "".join(map(pen.text, lines))
        return lines if "".join(shown.split()) == "".join(text.split()) else ()

    found = divided(span.space * thin)
    for tenth in range(9, 4, -1):
        space = max(longest, span.space * thin * tenth / 10)
        lines = divided(space) if len(found) > 1 else ()
        if len(lines) != len(found):
            break
        found = lines
    return found


def _is_before(span: Span, font: float, pen: Pen) -> bool:
    """Whether a name fits in one line before the end of its columns."""
    return pen.width(span.name, font, bold=True) <= span.end - 4


# --- the explanation of letters -------------------------------------------------------------------


def widest(systems: Sequence[Sequence[Span]], of_letters: Mapping[str, str], pen: Pen) -> float:
    """The width of the longest letter with its name, and the space between the two; ``0.0`` without letters.

    Sections without a letter do not count, and neither do letters of other sections.
    """
    own = [span for spans in systems for span in spans if span.href in of_letters]
    return max((_width(span, of_letters[span.href], pen) for span in own), default=0.0)


def explained(
    systems: Sequence[Sequence[Span]], of_letters: Mapping[str, str], width: float, y: float, pen: Pen
) -> tuple[list[Element], float]:
    """Each letter once with the name of its section, in lines of a width, and the height of all lines.

    A longer name is cut.  A line is 24 pixels high, and the first begins at ``y``; the font is 12.  Without
    letters there is nothing, with a height of 0.
    """
    found: list[Element] = []
    x, top = 0.0, y
    for span in _once(systems, of_letters):
        letter = of_letters[span.href]
        wide = min(width, _width(span, letter, pen))
        if x and x + wide > width:
            x, top = 0.0, top + _NOTE_LINE
        before = pen.width(letter, _NOTE, bold=True) + 6
        name = pen.cut(span.name, width - before, _NOTE)
        words = (
            Words(text=letter, x=x, y=top + 16, size=_NOTE, bold=True),
            Words(text=name, x=x + before, y=top + 16, size=_NOTE),
        )
        area = (x, top, max(24.0, wide), _NOTE_LINE)
        found.append(Mark(href=span.href, label=span.name, elements=words, area=area))
        x += wide + 18
    return found, top + _NOTE_LINE - y if found else 0.0


def _once(systems: Sequence[Sequence[Span]], of_letters: Mapping[str, str]) -> Iterator[Span]:
    seen = set[str]()
    for span in (span for spans in systems for span in spans):
        if span.href in of_letters and span.href not in seen:
            seen.add(span.href)
            yield span


def _width(span: Span, letter: str, pen: Pen) -> float:
    return pen.width(letter, _NOTE, bold=True) + 6 + pen.width(span.name, _NOTE)
