"""What a drawing consists of: rectangles, glyphs, lines, curves and words, in pixels from the top left.

A colour is never given here.  An element has a ``tone``, or the code whose colours it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

from site_builder.language.message import Wording, pmsg
from site_builder.records import dataclass

Tone: TypeAlias = Literal["ink", "muted", "rule", "hair", "ground", "page", "silence", "link"]
"""Neutral colours: text, secondary text, lines, hairlines, the ground of a row, the page, and silence."""

Anchor: TypeAlias = Literal["start", "middle", "end"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A filled rectangle, or with ``outline`` a frame; ``code`` is the slug of a code with colours.

    ``strength`` is how much the colour of the tone covers, from 0 to 1.
    """

    x: float
    y: float
    width: float
    height: float
    tone: Tone = "ground"
    code: str = ""
    outline: bool = False
    strength: float = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Glyph:
    """A shape with its middle at a point.

    ``shape`` is one of :data:`site_builder.model.codebook.GLYPHS`.  ``code`` is the slug of a code with
    colours: a square has the colours of its chip, any other shape the colour of its lines.  Without a code
    the shape is neutral.
    """

    shape: str
    x: float
    y: float
    size: float
    code: str = ""
    tone: Tone = "ink"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hatch:
    """A hatched rectangle with a frame: silence.

    ``contingent`` if it is silent in some of the readings of the tags only: wide hatching, a dashed frame.
    """

    x: float
    y: float
    width: float
    height: float
    contingent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Words on one line; ``y`` is their base line, ``size`` that of the font.

    ``quoted`` are words of a work, which have the typeface of the text.  ``on`` is the slug of a code in
    whose filled box the words are.
    """

    text: Wording
    x: float
    y: float
    size: float = 13
    anchor: Anchor = "start"
    tone: Tone = "ink"
    bold: bool = False
    quoted: bool = False
    on: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A straight line; a dashed one is inferred, or leads the eye."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = "hair"
    code: str = ""
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A line through points, as the data of an SVG path."""

    path: str
    tone: Tone = "rule"
    code: str = ""
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Elements that are one link.

    ``label`` says in words what they show; it is the name of the link, and with ``tip`` a pointer shows it
    too.  The link is as large as ``area`` (x, y, width, height), or as its elements.
    """

    href: str
    label: Wording
    elements: tuple[Element, ...]
    area: tuple[float, float, float, float] | None = None
    tip: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Only:
    """Elements that are there only in some of the readings of the tags.

    ``readings`` are those of :data:`site_builder.edition.readings.READINGS`.  A page shows one reading; a
    book or a file shows the published one.
    """

    readings: tuple[str, ...]
    elements: tuple[Element, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Elements that are moved, in the direction of the page and down."""

    x: float
    y: float
    elements: tuple[Element, ...]


Element: TypeAlias = Box | Glyph | Hatch | Words | Line | Curve | Mark | Only | Moved


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """A drawing of a width and a height.  Later elements lie over earlier ones."""

    width: float
    height: float
    elements: tuple[Element, ...]


def signed(sign: Wording, name: Wording) -> Wording:
    """The name of a cell after its sign, as a message: in English with a space between, in Chinese without.

    The name alone, as it is, if the sign is empty.

    In English it is ``SIGN NAME``; the sign is not examined.
    """
    return pmsg("a cell with its sign", "%(sign)s %(name)s", sign=sign, name=name) if sign else name


def joining(start: tuple[float, float], end: tuple[float, float]) -> str:
    """The path of a curve that leaves one point and reaches another horizontally: the ``d`` of an SVG path.

    x has at most six digits, without zeros at the end (``0.25``), y always one after the point; there is no
    minus zero.

    >>> joining((0, 10), (100, 20))
    'M0 10.0C50 10.0 50 20.0 100 20.0'
    """
    (x1, y1), (x2, y2) = start, end
    middle = (x1 + x2) / 2
    return f"M{x1:zg} {y1:z.1f}C{middle:zg} {y1:z.1f} {middle:zg} {y2:z.1f} {x2:zg} {y2:z.1f}"


def fitted(
    pen: Pen, words: Wording, width: float, size: float, *, bold: bool = False
) -> tuple[Wording, float]:
    """Words that fit in a width, and the size of their font: ``size``, or the largest smaller one in which
    they fit.  Below four fifths of ``size`` they are cut, and have four fifths.
    """
    least = size * 0.8
    whole = pen.width(words, size, bold=bold)
    if whole <= width:
        return words, size
    if size * width / whole >= least:
        return words, size * width / whole
    return pen.cut(words, width, least, bold=bold), least


def label_lines(
    pen: Pen,
    words: Wording,
    place: tuple[float, float, float],
    size: float,
    *,
    bold: bool = False,
    tone: Tone = "ink",
) -> tuple[Words, ...]:
    """Words in a row of a picture: on one line as :func:`fitted` sets them, or on two small lines about its
    middle if they are too wide for one; only the second is cut.  The small font is four fifths of ``size``.

    :param place: where they begin, the base line of one line, and their width.
    """
    x, base, width = place
    text, least = fitted(pen, words, width, size, bold=bold)
    if text is words:
        return (Words(text=text, x=x, y=base, size=least, bold=bold, tone=tone),)
    lines = pen.lines(words, width / (1.14 if bold else 1), least, 2)
    middle, step = base - size * 0.36 + least * 0.36, least + 1.5
    return tuple(
        Words(text=line, x=x, y=middle + step * (n - (len(lines) - 1) / 2), size=least, bold=bold, tone=tone)
        for n, line in enumerate(lines)
    )


def spread(heights: Sequence[float], gaps: Sequence[float], top: float, total: float) -> list[float]:
    """The middle of each of some rows over a height; each row has an equal share of what is left, half of it
    above and half below.

    With too little height the rows overlap.  No rows give ``[]``.

    :param gaps: the space above each row, one for each.
    :param top: where the height begins; ``total`` is the height.
    :raises ValueError: if there are more or fewer gaps than rows.

    >>> spread([10, 10], [0, 0], 0, 40)
    [10.0, 30.0]
    """
    rest = (total - sum(heights) - sum(gaps)) / max(len(heights), 1)
    found: list[float] = []
    for height, gap in zip(heights, gaps, strict=True):
        top += gap + height + rest
        found.append(top - (height + rest) / 2)
    return found


class Pen(Protocol):
    """What a layout needs to know of the page: its words and their widths."""

    @property
    def rtl(self) -> bool:
        """Whether the page runs from right to left.  The writer mirrors the whole drawing then."""
        ...

    def text(self, words: Wording) -> str:
        """Words as the page shows them, in its language and script, without markup and not escaped."""
        ...

    def width(self, words: Wording, size: float = 13, *, bold: bool = False) -> float:
        """An estimate of the width of words, in pixels, rather too wide than too narrow.

        A Han character is as wide as ``size``, also in bold; other words are wider in bold.  It grows with
        ``size`` in proportion; ``""`` gives 0.
        """
        ...

    def foreign(self, words: Wording) -> bool:
        """Whether the page shows words in another language than its own."""
        ...

    def cut(self, words: Wording, width: float, size: float = 13, *, bold: bool = False) -> Wording:
        """The words as they are, or the beginning of what the page shows, with an ellipsis, where that is
        wider than ``width``; the ellipsis alone where nothing fits.

        A mark that closes a quotation at the end stays: ``“one…”``.
        """
        ...

    def lines(self, words: Wording, width: float, size: float = 13, most: int = 2) -> tuple[Wording, ...]:
        """The words as the page shows them on at most ``most`` lines that are no wider than ``width``; the
        last one may be cut.  ``()`` for empty words.

        Lines end at spaces, or behind characters of East Asian width; a longer word is divided.
        """
        ...
