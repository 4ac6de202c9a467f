"""The forms of the map of an argument: lanes of cells from left to right, or cells as columns of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.edition.index import grouped
from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.site.pictures.answering import Answering, Row
from site_builder.site.pictures.answering_layout import (
    column_head,
    gap_mark,
    group_head,
    group_size,
    sign_label,
)
from site_builder.site.pictures.cells import CellHead, groups
from site_builder.site.pictures.course import Course, Earlier, Join
from site_builder.site.pictures.drawing import (
    Box,
    Curve,
    Drawing,
    Element,
    Glyph,
    Hatch,
    Line,
    Mark,
    Pen,
    Tone,
    Words,
    joining,
    label_lines,
    spread,
)
from site_builder.site.pictures.steps import Measure
from site_builder.site.pictures.steps_layout import cell_label, status_name, step_curves, step_lines

_WIDE, _NARROW = 1080.0, 350.0
_LANES, _MEASURES = 12, 18
"""The most cells and measures of the wide form; with more, it is a list as on a narrow screen."""
Shapes = Mapping[str, str]
"""Relation → its shape."""


def wide(data: Course, shapes: Shapes, pen: Pen) -> Drawing:
    """Views, lanes of cells with the signs of what answers them, and measures, joined by curves, on 1080
    pixels.

    With more than 12 cells or 18 measures it is a list as :func:`narrow`, with names of 320 pixels and
    columns of 24 to 64.
    """
    if not has_lanes(data):
        return _List(data, shapes, pen, _WIDE).drawing()
    return _Lanes(data, shapes, pen).drawing()


def has_lanes(data: Course) -> bool:
    """Whether the wide form has lanes: of at most twelve cells and eighteen measures.  Otherwise it is a
    list, as the narrow one.
    """
    return len(data.cells) <= _LANES and len(data.measures) <= _MEASURES


def narrow(data: Course, shapes: Shapes, pen: Pen) -> Drawing:
    """Cells as columns; views, what answers, and measures as rows below each other.

    Names have 124 pixels, and a column 24 to 64: the drawing is 350 pixels wide, wider if there are many
    cells, and narrower if there are three at most.
    """
    return _List(data, shapes, pen, _NARROW).drawing()


# --- lanes ----------------------------------------------------------------------------------------


class _Lanes:
    head = 62.0

    def __init__(self, data: Course, shapes: Shapes, pen: Pen) -> None:
        self.data, self.shapes, self.pen = data, shapes, pen
        has_views, has_measures = bool(data.views), bool(data.measures)
        self.views_end = 158.0 if has_views else 0.0
        self.cells = 262.0 if has_views else 0.0
        self.lane = self.cells + 176
        self.lane_end = 772.0 if has_measures else _WIDE - 24
        self.ends, self.measures = 868.0, 892.0
        views = [17.0 * len(self._lines(view.name, self.views_end - 12)) + 14 for view in data.views]
        gaps = [
            12.0 if n and cell is group[0] else 0.0
            for n, (cell, group) in enumerate((cell, group) for group in groups(data.cells) for cell in group)
        ]
        lanes = [42.0] * len(data.cells)
        own = [
            max(17.0 * len(self._measure_lines(one)) + 13, 15.0 * len(self._joins(one)) + 8)
            for one in data.measures
        ]
        self.total = max(sum(views), sum(lanes) + sum(gaps), sum(own))
        self.of_views = spread(views, [0.0] * len(views), self.head, self.total)
        self.of_cells = dict(zip(data.cells, spread(lanes, gaps, self.head, self.total), strict=True))
        self.of_measures = dict(
            zip(data.measures, spread(own, [0.0] * len(own), self.head, self.total), strict=True)
        )

    def _lines(self, words: Wording, width: float) -> tuple[Wording, ...]:
        return self.pen.lines(words, width, 13, 3)

    def _measure_lines(self, one: Measure) -> tuple[Wording, ...]:
        width = _WIDE - self.measures - (10 if one.is_part else 0)
        return self._lines(one.name, width if one.is_part else width / 1.15)

    def _joins(self, one: Measure) -> list[Join]:
        return [join for join in self.data.joins if join.measure is one]

    def drawing(self) -> Drawing:
        elements = [*self.heads(), *self.views(), *self.lanes(), *self.answers(), *self.joins()]
        elements += [element for one in self.data.measures for element in self.measure(one)]
        return Drawing(width=_WIDE, height=self.head + self.total + 6, elements=tuple(elements))

    def heads(self) -> Iterator[Element]:
        data = self.data
        if data.views:
            yield from self.title(data.views_of, 0, self.views_end)
        yield from self.title(msg("Cells"), self.cells, self.lane - 14)
        if data.measures:
            yield from self.title(data.measures_of, self.ends, _WIDE)

    def title(self, words: Wording, x: float, end: float) -> Iterator[Element]:
        """The title of a part, cut to its width, with a line below it from ``x`` to ``end``."""
        yield Words(text=self.pen.cut(words, (end - x) / 1.15, 14), x=x, y=15, size=14, bold=True)
        yield Line(x1=x, y1=23, x2=end, y2=23, tone="rule")

    def views(self) -> Iterator[Element]:
        for view, y in zip(self.data.views, self.of_views, strict=True):
            lines = self._lines(view.name, self.views_end - 12)
            words = tuple(
                Words(text=line, x=0, y=y + 5 + 17 * (n - (len(lines) - 1) / 2), size=13)
                for n, line in enumerate(lines)
            )
            area = (0.0, y - 8.5 * len(lines) - 2, self.views_end - 10, 17.0 * len(lines) + 4)
            yield Mark(href=view.href, label=view.name, elements=words, area=area)
            if not view.cells:
                text = pmsg("a view that mentions none", "no cell")
                x = max(self.pen.width(line, 13) for line in lines) + 10
                x = x if x + self.pen.width(text, 12) <= self.views_end else self.views_end + 8
                yield Words(text=text, x=x, y=y + 5, size=12, tone="muted")
            for cell, relation, passage in view.cells:
                curve = self.curve((self.views_end, y), (self.cells - 4, self.of_cells[cell]), cell.slug)
                label = _view_label(self.data, view, cell, relation)
                label = msg("%(passage)s: %(code)s", passage=passage.label, code=label)
                yield Mark(href=passage.href, label=label, elements=(curve,))
            if view.cells:
                yield Glyph(shape="dot", x=self.views_end, y=y, size=7)

    def curve(self, start: tuple[float, float], end: tuple[float, float], code: str) -> Curve:
        """A curve between two points in the colour of a code."""
        return Curve(path=joining(start, end), code=code, width=1.5)

    def join(self, start: tuple[float, float], join: Join, at: float) -> Iterator[Curve]:
        """The curve of a join: that of its steps, or else one for its tags."""
        end, code = (self.ends if join.is_tagged else self.measures - 6, at), join.cell.slug
        if join.status:
            yield from step_curves(joining(start, end), code, join.status)
        else:
            yield self.curve(start, end, code)

    def lanes(self) -> Iterator[Element]:
        most = max(4, *self.data.dwelt.values())
        for cell, y in self.of_cells.items():
            elements = [
                Box(x=self.cells, y=y - 8, width=6, height=16, code=cell.slug),
                *self.label(cell, y),
            ]
            area = (self.cells, y - 17, self.lane - self.cells - 6, 34.0)
            yield Mark(href=cell.href, label=cell.whole, elements=tuple(elements), area=area)
            width = max(1.0, 4 * self.data.dwelt[cell.id] / most)
            yield Line(x1=self.lane, y1=y, x2=self.lane_end, y2=y, code=cell.slug, width=width)
            if cell in self.data.ending:
                contingent = cell in self.data.doubted
                yield Hatch(x=self.lane_end + 0.5, y=y - 6.5, width=24, height=13, contingent=contingent)

    def label(self, cell: CellHead, y: float) -> Iterator[Element]:
        """The sign and the name of a cell, one below the other where they are too wide for one line."""
        x, end = self.cells + 14, self.lane - 8
        after = x + self.pen.width(cell.sign, 13, bold=True) + 6 if cell.sign else x
        name = cell.name
        tone: Tone = "muted" if cell.sign else "ink"
        fits = not cell.sign or after + self.pen.width(name, 13) <= end
        if cell.sign:
            yield Words(text=cell.sign, x=x, y=y + 5 if fits else y - 3, size=13, bold=True)
        if fits:
            yield Words(text=name, x=after, y=y + 5, size=13, tone=tone)
        else:
            yield from label_lines(self.pen, name, (x, y + (13 if cell.sign else 5), end - x), 12, tone=tone)

    def answers(self) -> Iterator[Element]:
        count = sum(len(one.heads) for one in self.data.answers)
        if not count:
            return
        left, right = self.lane + 16, self.lane_end - 12
        step = (right - left) / count
        x = left
        for one in self.data.answers:
            width = step * len(one.heads)
            yield from self.title(one.facet, x, x + width - 8)
            for n, head in enumerate(one.heads):
                middle = x + step * (n + 0.5) - 4
                lines = self.pen.lines(head.name, step - 8, 12, 2)
                words = tuple(
                    Words(text=line, x=middle, y=39 + 15 * k, size=12, anchor="middle")
                    for k, line in enumerate(lines)
                )
                area = (middle - step / 2 + 4, 27.0, step - 8, 32.0)
                yield Mark(href=head.href, label=head.name, elements=words, area=area)
                yield Line(x1=middle, y1=self.head, x2=middle, y2=self.head + self.total)
            for row in one.rows:
                yield from self.crossing(one, row, x, step)
            x += width

    def crossing(self, one: Answering, row: Row, left: float, step: float) -> Iterator[Element]:
        """The signs of what answers one cell, on its lane; a hatch over the whole width if nothing answers
        it.

        :param left: where the first entry begins; ``step`` is the width of an entry.
        """
        y = self.of_cells[row.cell]
        if not row.answered:
            width = step * len(one.heads) - 8
            yield Box(x=left, y=y - 14, width=width, height=28, tone="page")
            yield gap_mark(one, row, left, y - 14, width, 28)
        for n, signs in enumerate(row.signs):
            middle = left + step * (n + 0.5) - 4
            for k, sign in enumerate(signs):
                x = middle + 19 * (k - (len(signs) - 1) / 2)
                patch = Box(x=x - 9, y=y - 9, width=18, height=18, tone="page")
                shape = self.shapes.get(sign.relation, "square")
                glyph = Glyph(shape=shape, x=x, y=y, size=14, code=row.cell.slug)
                yield Mark(
                    href=sign.passages[0].href,
                    label=sign_label(one, row, sign),
                    elements=(patch, glyph),
                    area=(x - 9, y - 12, 18, 24),
                )

    def leaving(self) -> dict[CellHead, tuple[Join, ...]]:
        """The joins of each cell, from the highest measure to the lowest."""
        return grouped((join.cell, join) for one in self.of_measures for join in self._joins(one))

    def joins(self) -> Iterator[Element]:
        """The curves to the measures; those of one cell begin below each other, at a bar that ends its
        lane.
        """
        leaving = self.leaving()
        for cell, joins in leaving.items():
            half, y = _between(joins) * (len(joins) - 1) / 2, self.of_cells[cell]
            if half:
                yield Line(
                    x1=self.lane_end, y1=y - half, x2=self.lane_end, y2=y + half, code=cell.slug, width=1.5
                )
        for measure, y in self.of_measures.items():
            own = self._joins(measure)
            for n, join in enumerate(own):
                at = y + 15 * (n - (len(own) - 1) / 2)
                same = leaving[join.cell]
                apart = _between(same) * (same.index(join) - (len(same) - 1) / 2)
                start = (self.lane_end, self.of_cells[join.cell] + apart)
                elements: list[Element] = [*self.join(start, join, at)]
                if join.is_tagged:
                    shape = self.shapes.get(join.relation, "square")
                    elements.append(Glyph(shape=shape, x=self.ends + 8, y=at, size=12, code=join.cell.slug))
                yield Mark(
                    href=_join_href(join), label=_join_label(self.data, join), elements=tuple(elements)
                )

    def measure(self, one: Measure) -> Iterator[Element]:
        """The name of a measure on its lines, as a link to it; bold unless it is a part."""
        y, x = self.of_measures[one], self.measures
        lines = self._measure_lines(one)
        words = tuple(
            Words(text=line, x=x, y=y + 5 + 17 * (n - (len(lines) - 1) / 2), size=13, bold=not one.is_part)
            for n, line in enumerate(lines)
        )
        area = (x - 4, y - 8.5 * len(lines) - 2, _WIDE - x + 4, 17.0 * len(lines) + 4)
        yield Mark(href=one.href, label=one.name, elements=words, area=area)


def _between(joins: Sequence[Join]) -> float:
    """The distance of the curves that leave one lane, in pixels: all of them on a bar of 34, or less."""
    return min(5.0, 34 / max(1, len(joins) - 1))


def _view_label(data: Course, view: Earlier, cell: CellHead, relation: str) -> Wording:
    what = cell.in_tags(view.tags(cell, relation))
    if relation:
        what = msg("%(code)s, %(relations)s", code=what, relations=data.names[relation])
    return pmsg("a view and its cell", "%(view)s: %(cell)s", view=view.name, cell=what)


def _join_href(join: Join) -> str:
    return join.passages[0].href if join.passages else join.measure.href


def _join_label(data: Course, join: Join) -> Wording:
    """A cell and a measure in words, with the relation or the status of the steps."""
    of_tags = [data.names[join.relation]] if join.relation else []
    how = listed((*of_tags, *([status_name(join.status)] if join.status else [])))
    return cell_label(join.measure, join.cell, join.relation, how)


# --- a list ---------------------------------------------------------------------------------------


class _List:
    row = 27.0

    def __init__(self, data: Course, shapes: Shapes, pen: Pen, whole: float) -> None:
        self.data, self.shapes, self.pen = data, shapes, pen
        self.label = 124.0 if whole == _NARROW else 320.0
        together = list(groups(data.cells))
        gap = 5.0
        column = (whole - self.label - gap * (len(together) - 1)) / len(data.cells)
        self.column = max(24.0, min(64.0, column))
        self.places: dict[CellHead, float] = {}
        x = self.label
        for group in together:
            for cell in group:
                self.places[cell] = x
                x += self.column
            x += gap
        self.end = x - gap
        self.y = 0.0

    def drawing(self) -> Drawing:
        elements = list(self.heads())
        if self.data.views:
            elements += self.title(self.data.views_of)
            for view in self.data.views:
                elements += self.view(view)
        for one in self.data.answers:
            elements += self.title(one.facet)
            elements += self.answers(one)
        if self.data.measures:
            elements += self.title(self.data.measures_of)
            elements += self.measures()
        return Drawing(width=max(self.end, self.label + 100), height=self.y, elements=tuple(elements))

    def heads(self) -> Iterator[Element]:
        together = [(group, self.column * len(group) - 2) for group in groups(self.data.cells)]
        size = group_size([(group[0], width) for group, width in together if group[0].sign], self.pen)
        for group, width in together:
            if group[0].sign:
                yield from group_head(group[0], self.places[group[0]], width, self.pen, size)
            for cell in group:
                yield column_head(cell, self.places[cell], self.column - 2, self.pen)
        self.y = 46

    def title(self, words: Wording) -> Iterator[Element]:
        """The title of a part, with a line below it; the next row begins 32 pixels lower."""
        yield Words(text=self.pen.cut(words, self.end / 1.15, 13), x=0, y=self.y + 18, size=13, bold=True)
        yield Line(x1=0, y1=self.y + 25, x2=self.end, y2=self.y + 25, tone="rule")
        self.y += 32

    def name(self, words: Wording, href: str, *, bold: bool = False) -> tuple[Mark, float]:
        """The name at the left of a row as a link, on at most six lines, and the height of the row in
        pixels, at least 27.
        """
        lines = self.pen.lines(words, (self.label - 8) / (1.15 if bold else 1), 12, 6)
        height = max(self.row, 15.0 * len(lines) + 10)
        texts = tuple(
            Words(
                text=line,
                x=0,
                y=self.y + height / 2 + 4 + 15 * (n - (len(lines) - 1) / 2),
                size=12,
                bold=bold,
            )
            for n, line in enumerate(lines)
        )
        return Mark(href=href, label=words, elements=texts, area=(0, self.y, self.label - 6, height)), height

    def boxes(self, height: float) -> Iterator[Element]:
        """The empty box of each cell in a row of a height."""
        for x in self.places.values():
            yield Box(x=x, y=self.y, width=self.column - 2, height=height - 2)

    def view(self, view: Earlier) -> Iterator[Element]:
        """The row of a view: its name, and a glyph for each relation to a cell; the next row begins
        below it.
        """
        mark, height = self.name(view.name, view.href)
        yield mark
        if view.cells:
            yield from self.boxes(height)
        else:
            y = self.y + height / 2 + 4
            yield Words(
                text=pmsg("a view that mentions none", "no cell"),
                x=self.label + 4,
                y=y,
                size=12,
                tone="muted",
            )
        for cell in self.places:
            own = [(relation, passage) for one, relation, passage in view.cells if one == cell]
            for n, (relation, passage) in enumerate(own):
                shape = self.shapes.get(relation, "square")
                yield Mark(
                    href=passage.href,
                    label=_view_label(self.data, view, cell, relation),
                    elements=(self.glyph(shape, cell, height, n, len(own)),),
                    area=self.area(cell, height, n, len(own)),
                )
        self.y += height

    def glyph(self, shape: str, cell: CellHead, height: float, n: int, of: int) -> Glyph:
        """The glyph in the part ``n`` of ``of`` equal parts of the box of a cell."""
        x, y, width, _ = self.area(cell, height, n, of)
        size = min(13.0, width - 2)
        return Glyph(shape=shape, x=x + width / 2, y=y + (height - 2) / 2, size=size, code=cell.slug)

    def area(self, cell: CellHead, height: float, n: int, of: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of the part ``n`` (from 0) of ``of`` equal parts of the box of a
        cell.
        """
        part = (self.column - 2) / of
        return self.places[cell] + part * n, self.y, part, height - 2

    def answers(self, one: Answering) -> Iterator[Element]:
        """A row for each entry of a column, with its signs; over all of them a hatch for each cell without an
        answer.
        """
        named = []
        top = self.y
        for head in one.heads:
            mark, height = self.name(head.name, head.href)
            yield mark
            yield from self.boxes(height)
            named.append((self.y, height))
            self.y += height
        for row in one.rows:
            if not row.answered:
                yield gap_mark(one, row, self.places[row.cell], top, self.column - 2, self.y - top - 2)
        after = self.y
        for n, (y, height) in enumerate(named):
            self.y = y
            for row in one.rows:
                signs = row.signs[n]
                for k, sign in enumerate(signs):
                    shape = self.shapes.get(sign.relation, "square")
                    glyph = self.glyph(shape, row.cell, height, k, len(signs))
                    patch = Box(
                        x=glyph.x - glyph.size / 2 - 1,
                        y=glyph.y - 8,
                        width=glyph.size + 2,
                        height=16,
                        tone="page",
                    )
                    yield Mark(
                        href=sign.passages[0].href,
                        label=sign_label(one, row, sign),
                        elements=(patch, glyph) if not row.answered else (glyph,),
                        area=self.area(row.cell, height, k, len(signs)),
                    )
        self.y = after

    def silent(self, cell: CellHead, top: float, *, contingent: bool) -> Hatch:
        """The hatch in the column of a cell, from ``top`` to the end of the rows so far."""
        x, height = self.places[cell], self.y - top - 3
        return Hatch(x=x + 0.5, y=top + 0.5, width=self.column - 3, height=height, contingent=contingent)

    def measures(self) -> Iterator[Element]:
        top = self.y
        for measure in self.data.measures:
            mark, height = self.name(measure.name, measure.href, bold=not measure.is_part)
            yield mark
            own = [join for join in self.data.joins if join.measure is measure]
            yield from self.boxes(height)
            for join in own:
                same = [one for one in own if one.cell == join.cell]
                yield self.join(join, height, same.index(join), len(same))
            self.y += height
        for cell in self.data.ending:
            yield self.silent(cell, top, contingent=cell in self.data.doubted)

    def join(self, join: Join, height: float, n: int, of: int) -> Mark:
        """What joins a cell and a measure, as a link: a glyph for tags, and the line of the steps, which is
        below the glyph.

        :param n: its place among ``of`` joins of the cell, from 0.
        """
        elements: list[Element] = []
        if join.is_tagged:
            elements.append(self.glyph(self.shapes.get(join.relation, "square"), join.cell, height, n, of))
        if join.status:
            x, y, width, tall = self.area(join.cell, height, n, of)
            middle = y + (tall - 4 if join.is_tagged else tall / 2)
            elements += step_lines(x + 4, x + width - 4, middle, join.cell.slug, join.status)
        return Mark(
            href=_join_href(join),
            label=_join_label(self.data, join),
            elements=tuple(elements),
            area=self.area(join.cell, height, n, of),
        )
