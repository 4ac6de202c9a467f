"""The forms of a picture of answers: with words, or with signs alone for a narrow screen and many entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.language.message import Wording, either, listed, msg, pmsg
from site_builder.records import dataclass
from site_builder.site.pictures.answering import Answering, Head, Row, Sign
from site_builder.site.pictures.cells import CellHead, groups
from site_builder.site.pictures.drawing import (
    Box,
    Drawing,
    Element,
    Glyph,
    Hatch,
    Line,
    Mark,
    Pen,
    Tone,
    Words,
    fitted,
    label_lines,
)
from site_builder.site.pictures.gaps import agreement

_WIDE, _NARROW = 1080.0, 350.0
_NAMED = 2
"""The most relations that the head of the last column names."""
_MOST = 6
"""The most entries that are columns with words; more are rows without words."""
_LINE, _NEXT = 21.0, 18.0
"""The height of the first line of a sign with words, and of each further line."""

Shapes = Mapping[str, str]
"""Relation → its shape."""


def wide(data: Answering, shapes: Shapes, pen: Pen) -> Drawing:
    """Cells as rows, entries as columns, on 1080 pixels; each sign has the name of its relation, its traits
    if they are few, and its first quotation, on at most two lines; it is there once for each set of traits
    (:attr:`.Sign.each`).

    With more than six entries they are rows, and signs have no words; a cell is then a column of 24 to 72
    pixels behind names of 300, so the drawing can have another width.  A quotation in another language than
    the page is left out.
    """
    if len(data.heads) > _MOST:
        return _turned(data, shapes, pen, _WIDE)
    return _Wide(data, shapes, pen).drawing()


def narrow(data: Answering, shapes: Shapes, pen: Pen) -> Drawing:
    """Signs without words on 350 pixels: entries as rows and cells as columns, or in a grid without poles
    cells as rows and entries as columns.

    With many columns it is wider, and scrolls; with few cells as columns (at most 72 pixels wide) narrower.
    """
    if all(row.cell.sign for row in data.rows):
        return _turned(data, shapes, pen, _NARROW)
    return _small(data, shapes, pen)


# --- with words -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A sign with words: its few traits and its quotation on lines, each with its place from its left and its
    top.
    """

    sign: Sign
    traits: tuple[tuple[Wording, float, float], ...]
    lines: tuple[tuple[Wording, float, float], ...]

    @property
    def height(self) -> float:
        return max(_LINE, *(top + 6 for _, _, top in (*self.traits, *self.lines)), _LINE)


class _Wide:
    def __init__(self, data: Answering, shapes: Shapes, pen: Pen) -> None:
        self.data, self.shapes, self.pen = data, shapes, pen
        count, gap = len(data.heads), 6.0
        self.label = min(250.0, max(_label_width(row.cell, pen) for row in data.rows)) + 14
        notes = [pen.width(agreement(agree=agree), 12) for agree in {row.agree for row in data.rows}]
        last = max(pen.width(_none(), 13, bold=True) + 36, pen.width(_count_head(data), 13) + 16, *notes) + 4
        self.column = (_WIDE - self.label - last - gap * (count - 1)) / count
        self.lefts = [self.label + n * (self.column + gap) for n in range(count)]
        self.end = self.lefts[-1] + self.column
        self.lines = max(len(self._head_lines(head)) for head in data.heads)

    def _head_lines(self, head: Head) -> tuple[Wording, ...]:
        return self.pen.lines(head.name, self.column / 1.14 - 4, 15, 5)

    def drawing(self) -> Drawing:
        elements = list(self.head())
        y = 42.0 + 18 * self.lines
        for group in _by_group(self.data.rows):
            for row in group:
                blocks = [
                    tuple(self.block(row, one) for sign in signs for one in sign.each) for signs in row.signs
                ]
                height = max(36.0, *(sum(one.height for one in column) + 10 for column in blocks))
                elements += self.row(row, blocks, y, height)
                y += height + 3
            y += 9
        return Drawing(width=_WIDE, height=y - 12, elements=tuple(elements))

    def head(self) -> Iterator[Element]:
        base = 17.0 + 18 * (self.lines - 1)
        for head, x in zip(self.data.heads, self.lefts, strict=True):
            names = self._head_lines(head)
            words = tuple(
                Words(text=line, x=x, y=base - 18 * (len(names) - 1 - n), size=15, bold=True)
                for n, line in enumerate(names)
            )
            yield Mark(href=head.href, label=head.name, elements=words, area=(x, 0, self.column, base + 6))
            yield from _numbers(head, x, base + 21, self.column, self.pen)
            yield Line(x1=x, y1=base + 31, x2=x + self.column, y2=base + 31, tone="rule")
        x = self.end + 16
        yield Words(text=_count_head(self.data), x=x, y=base + 21, size=13, tone="muted")
        yield Line(x1=x, y1=base + 31, x2=_WIDE, y2=base + 31, tone="rule")

    def row(self, row: Row, blocks: list[tuple[_Block, ...]], y: float, height: float) -> Iterator[Element]:
        """A cell as a row: its name, a box for each entry with the signs in it, and the number of entries
        that answer it.  A row without an answer is hatched, and its signs are drawn over it.
        """
        yield _label(row.cell, y, height, self.label, self.pen)
        for x in self.lefts:
            yield Box(x=x, y=y, width=self.column, height=height)
        silent = not row.answered
        if silent:
            yield gap_mark(self.data, row, self.lefts[0], y, self.end - self.lefts[0], height)
        for column, x in zip(blocks, self.lefts, strict=True):
            top = y + (height - sum(one.height for one in column)) / 2
            for block in column:
                yield self.mark(row, block, x, top)
                top += block.height
        tone: Tone = "silence" if silent else "ink"
        note = agreement(agree=row.agree) if silent or row.agree is False else ""
        x, base = self.end + 16, y + height / 2 + (-2 if note else 5)
        yield Words(text=str(row.answered), x=x, y=base, size=14, bold=True, tone=tone)
        if silent:
            yield Words(text=_none(), x=x + 16, y=base, size=13, bold=True, tone=tone)
        if note:
            yield Words(text=note, x=x, y=base + 16, size=12, tone="muted")

    def block(self, row: Row, sign: Sign) -> _Block:
        """The traits behind the name of the relation, and then the quotation; each below what is before it
        where there is little space.

        The traits are there only if they are few (:meth:`.CellHead.few`), and the quotation unless it is
        empty or in another language than the page.
        """
        name = self.data.names.get(sign.relation, "")
        left = 29 + (self.pen.width(name, 13, bold=True) + 7 if name else 0)
        top, right = 15.0, self.column - 8
        traits: list[tuple[Wording, float, float]] = []
        if few := row.cell.few(sign.rests) if sign.is_known else "":
            if left > 29 and left + self.pen.width(few, 13) > right:
                left, top = 29.0, top + _NEXT
            for line in self.pen.lines(few, right - left, 13, 3):
                traits.append((line, left, top))
                top += _NEXT
            left += self.pen.width(few, 13) + 10
            top -= _NEXT
            if len(traits) > 1:
                left = right
        # a reader of another language cannot read it, and its passage is one press away
        readable = sign.quote and not self.pen.foreign(sign.quote)
        if right - left < 150:
            left, top = 29.0, top + _NEXT if name or traits else top
        lines = self.pen.lines(sign.quote, right - left, 13, 2) if readable else ()
        quoted = tuple((line, left, top + n * _NEXT) for n, line in enumerate(lines))
        return _Block(sign=sign, traits=tuple(traits), lines=quoted)

    def width(self, block: _Block) -> float:
        """The width of a sign with its words, and a margin."""
        name = self.data.names.get(block.sign.relation, "")
        ends = [29 + min(self.pen.width(name, 13, bold=True), self.column - 34) if name else 24.0]
        ends += [left + self.pen.width(line, 13) for line, left, _ in (*block.traits, *block.lines)]
        return min(max(ends) + 3, self.column - 10)

    def mark(self, row: Row, block: _Block, x: float, top: float) -> Mark:
        """A sign with its words as a link to its first passage.

        :param x: the left edge of its column; ``top`` is its upper edge.
        """
        sign, name = block.sign, self.data.names.get(block.sign.relation, "")
        shape = self.shapes.get(sign.relation, "square")
        elements: list[Element] = []
        if not row.answered:  # hatching under words would make them hard to read
            elements.append(Box(x=x + 5, y=top, width=self.width(block), height=block.height, tone="page"))
        elements.append(Glyph(shape=shape, x=x + 16, y=top + _LINE / 2, size=13, code=row.cell.slug))
        if name:
            text, size = fitted(self.pen, name, self.column - 34, 13, bold=True)
            elements.append(Words(text=text, x=x + 29, y=top + 15, size=size, bold=True))
        for line, left, base in block.traits:
            elements.append(Words(text=line, x=x + left, y=top + base, size=13))
        for line, left, base in block.lines:
            elements.append(Words(text=line, x=x + left, y=top + base, size=13, tone="muted", quoted=True))
        return Mark(
            href=sign.passages[0].href,
            label=sign_label(self.data, row, sign),
            elements=tuple(elements),
            area=(x + 5, top, self.column - 10, block.height),
        )


def _none() -> Wording:
    return pmsg("a cell that no entry covers", "a gap")


def gap_mark(data: Answering, row: Row, x: float, y: float, width: float, height: float) -> Mark:
    """The hatching of a row in a place, as a link to the result on the silence report
    (``silence.html#_gap-1-deep``); its label is :meth:`.Answering.gap`, which a pointer shows too.

    The hatch is half a pixel smaller on each side.  It is contingent if the readings of the tags differ.
    Whether an entry covers the cell is not checked.
    """
    hatch = Hatch(x=x + 0.5, y=y + 0.5, width=width - 1, height=height - 1, contingent=row.agree is False)
    return Mark(
        href=data.gap_href(row),
        label=data.gap(row),
        elements=(hatch,),
        area=(x, y, width, height),
        tip=True,
    )


def _count_head(data: Answering) -> Wording:
    """What the last column counts: the entries with a relation that counts, where there are few of these."""
    names = [data.names[one] for one in data.column.relations if one in data.names]
    if 0 < len(names) <= _NAMED:
        return pmsg(
            "how many entries have a relation to a cell", "how many: %(relations)s", relations=either(names)
        )
    return pmsg("how many entries cover a cell", "covered by")


def _by_group(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    by_cell = {row.cell.id: row for row in rows}
    for group in groups(row.cell for row in rows):
        yield tuple(by_cell[cell.id] for cell in group)


def _label_width(cell: CellHead, pen: Pen) -> float:
    return pen.width(cell.sign, 14, bold=True) + (6 if cell.sign else 0) + pen.width(cell.name, 14)


def _label(cell: CellHead, y: float, height: float, width: float, pen: Pen) -> Mark:
    """The sign and the name of a cell at the left of its row."""
    elements: list[Element] = []
    x, base = 0.0, y + height / 2 + 5
    if cell.sign:
        elements.append(Words(text=cell.sign, x=0, y=base, size=14, bold=True))
        x = pen.width(cell.sign, 14, bold=True) + 6
    tone: Tone = "muted" if cell.sign else "ink"
    elements += label_lines(pen, cell.name, (x, base, width - 8 - x), 14, tone=tone)
    return Mark(href=cell.href, label=cell.whole, elements=tuple(elements), area=(0, y, width - 8, height))


def _numbers(head: Head, x: float, y: float, width: float, pen: Pen) -> Iterator[Element]:
    """The numbers of the passages of an entry, each a link, as many as there is space for."""
    what = pmsg("before the numbers of the passages of the signs", "Signs from")
    if head.passages and pen.width(what, 13) < width / 3:
        yield Words(text=what, x=x, y=y, size=13, tone="muted")
        x, width = x + pen.width(what, 13) + 10, width - pen.width(what, 13) - 10
    for passage in head.passages:
        wide = pen.width(passage.short, 13)
        if wide > width:
            yield Words(text="…", x=x, y=y, size=13, tone="muted")
            return
        words = Words(text=passage.short, x=x, y=y, size=13, tone="link")
        yield Mark(
            href=passage.href, label=passage.title, elements=(words,), area=(x - 3, y - 14, wide + 6, 20)
        )
        x, width = x + wide + 12, width - wide - 24


def sign_label(data: Answering, row: Row, sign: Sign) -> Wording:
    """A sign in words: its passages, the cell or its traits, and the relation, as ``PASSAGE, PASSAGE: CELL,
    RELATION``; without a relation ``PASSAGE: CELL``.

    The cell is named by its sign if it is not known which of the traits of a tag the words of the entry
    carry.

    The quotation is left out, because the name of a link cannot state the language of a part of it.

    :raises KeyError: for a relation without a name.
    """
    where = listed(passage.label for passage in sign.passages)
    what = row.cell.in_tags(sign.rests) if sign.is_known else row.cell.brief
    if sign.relation:
        what = msg("%(code)s, %(relations)s", code=what, relations=data.names[sign.relation])
    return msg("%(passage)s: %(code)s", passage=where, code=what)


# --- signs alone ----------------------------------------------------------------------------------


def _turned(data: Answering, shapes: Shapes, pen: Pen, whole: float) -> Drawing:
    """Entries as rows, cells as columns; a silent cell is one hatched column."""
    label = 124.0 if whole == _NARROW else 300.0
    together = [tuple(group) for group in _by_group(data.rows)]
    gap = 5.0
    space = whole - label - gap * (len(together) - 1)
    column = max(24.0, min(72.0, space / len(data.rows)))
    places: list[tuple[Row, float]] = []
    elements: list[Element] = []
    x = label
    heads = [(group[0].cell, column * len(group) - 2) for group in together if group[0].cell.sign]
    size = group_size(heads, pen)
    for group in together:
        if group[0].cell.sign:
            elements += group_head(group[0].cell, x, column * len(group) - 2, pen, size)
        for row in group:
            elements.append(column_head(row.cell, x, column - 2, pen))
            places.append((row, x))
            x += column
        x += gap
    top, y = 46.0, 46.0
    heights = []
    for head in data.heads:
        lines = pen.lines(head.name, label - 8, 13.5, 6)
        heights.append(max(28.0, 17.0 * len(lines) + 8))
        words = tuple(
            Words(text=line, x=0, y=y + heights[-1] / 2 + 5 + 17 * (n - (len(lines) - 1) / 2), size=13)
            for n, line in enumerate(lines)
        )
        elements.append(
            Mark(href=head.href, label=head.name, elements=words, area=(0, y, label - 6, heights[-1]))
        )
        elements += [Box(x=at, y=y, width=column - 2, height=heights[-1]) for _, at in places]
        y += heights[-1] + 3
    for row, at in places:
        if not row.answered:
            elements.append(gap_mark(data, row, at, top, column - 2, y - top - 3))
    y = top
    for n, height in enumerate(heights):
        for row, at in places:
            elements += _signs(data, shapes, row, row.signs[n], (at, y, column - 2, height))
        y += height + 3
    return Drawing(width=x - gap, height=y - 3, elements=tuple(elements))


def group_size(heads: Sequence[tuple[CellHead, float]], pen: Pen) -> float:
    """The size of the font of the names of dimensions: the largest in which each name fits, from 13 down to
    10.4; 13 without heads.

    A name that is too wide in 10.4 is replaced by the short name of the dimension.

    :param heads: a cell of each dimension, and the width of all of its columns.
    """
    return min((fitted(pen, _group_name(*one, pen), one[1], 13, bold=True)[1] for one in heads), default=13)


def group_head(cell: CellHead, x: float, width: float, pen: Pen, size: float) -> Iterator[Element]:
    """The name of a dimension in the middle over the columns of its cells, of which one is given; its short
    name if the name is too wide even in a smaller font, cut if that is too.

    :param x: the left edge of the first column; ``width`` is that of all of them.
    :param size: that of :func:`group_size`.
    """
    text = pen.cut(_group_name(cell, width, pen), width, size, bold=True)
    yield Words(text=text, x=x + width / 2, y=14, size=size, bold=True, anchor="middle")


def _group_name(cell: CellHead, width: float, pen: Pen) -> Wording:
    fits = pen.width(cell.dimension, 13 * 0.8, bold=True) <= width
    return cell.dimension if fits else cell.initial


def column_head(cell: CellHead, x: float, width: float, pen: Pen) -> Mark:
    """The pole of a cell in the middle over its column, as a link to the cell: in font 13, in a smaller one
    down to 10.4 if it is too wide, and cut if it is too wide for that.

    The label is the sign and the name of the cell.  The link is 24 pixels high and begins at ``y=18``.
    """
    text, size = fitted(pen, cell.pole, width, 13)
    words = Words(text=text, x=x + width / 2, y=34, size=size, anchor="middle")
    return Mark(href=cell.href, label=cell.whole, elements=(words,), area=(x, 18, width, 24))


def _small(data: Answering, shapes: Shapes, pen: Pen) -> Drawing:
    """Cells as rows and entries as columns; a silent cell is one hatched row."""
    label = 140.0
    column = max(34.0, (_NARROW - label) / len(data.heads))
    lefts = [label + n * column for n in range(len(data.heads))]
    elements: list[Element] = []
    for head, x in zip(data.heads, lefts, strict=True):
        words = tuple(
            Words(text=line, x=x, y=14 + 16 * n, size=12)
            for n, line in enumerate(pen.lines(head.name, column - 4, 12.5, 2))
        )
        elements.append(Mark(href=head.href, label=head.name, elements=words, area=(x, 0, column - 2, 36)))
    y, height = 42.0, 28.0
    end = lefts[-1] + column - 2
    for row in data.rows:
        elements.append(_label(row.cell, y, height, label, pen))
        elements += [Box(x=x, y=y, width=column - 2, height=height) for x in lefts]
        if not row.answered:
            elements.append(gap_mark(data, row, label, y, end - label, height))
        for signs, x in zip(row.signs, lefts, strict=True):
            elements += _signs(data, shapes, row, signs, (x, y, column - 2, height))
        y += height + 3
    return Drawing(width=end, height=y - 3, elements=tuple(elements))


def _signs(
    data: Answering,
    shapes: Shapes,
    row: Row,
    signs: tuple[Sign, ...],
    place: tuple[float, float, float, float],
) -> Iterator[Element]:
    """The shapes of an entry in a cell, side by side; on hatching each has a patch under it."""
    x, y, width, height = place
    part = width / max(len(signs), 1)
    for n, sign in enumerate(signs):
        left = x + n * part
        if not row.answered:
            side = min(18.0, part - 2)
            yield Box(x=left + (part - side) / 2, y=y + height / 2 - 9, width=side, height=18, tone="page")
        shape = shapes.get(sign.relation, "square")
        glyph = Glyph(
            shape=shape, x=left + part / 2, y=y + height / 2, size=min(14.0, part - 2), code=row.cell.slug
        )
        yield Mark(
            href=sign.passages[0].href,
            label=sign_label(data, row, sign),
            elements=(glyph,),
            area=(left, y, part, height),
        )
