"""The forms of a picture of steps: three columns joined by curves, or a block for each measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.site.pictures.cells import CellHead
from site_builder.site.pictures.drawing import (
    Curve,
    Drawing,
    Element,
    Glyph,
    Hatch,
    Line,
    Mark,
    Pen,
    Words,
    joining,
    label_lines,
    spread,
)
from site_builder.site.pictures.steps import Diagnosis, Measure, Step, Steps

_WIDE, _NARROW = 1080.0, 350.0
_ROW = 23.0
Shapes = Mapping[str, str]
"""Relation → its shape."""


def wide(data: Steps, shapes: Shapes, pen: Pen) -> Drawing:
    """Diagnoses, measures and cells in columns, with a curve for each step that has a measure, on 1080
    pixels.

    A step that is not stated has a dashed curve; there are no other curves.  A diagnosis without a measure
    has a hatch, and so has a measure of ``unfounded`` to which no step leads.
    """
    return _Wide(data, shapes, pen).drawing()


def step_curves(path: str, code: str, status: str) -> tuple[Curve, ...]:
    """A step as a curve along a path, in the colour of a code, grey for ``""``: two lines beside each other
    if it is stated, a dashed one for any other status, also ``none``.
    """
    if status != "stated":
        return (Curve(path=path, code=code, tone="muted", width=1.5, dashed=True),)
    return (
        Curve(path=path, code=code, tone="muted", width=4),
        Curve(path=path, tone="page", width=1.6),
    )


def step_lines(start: float, end: float, y: float, code: str, status: str) -> tuple[Line, ...]:
    """A step as a level line, drawn as :func:`step_curves` draws it."""
    places, dashed = ((y - 1.5, y + 1.5), False) if status == "stated" else ((y,), True)
    return tuple(
        Line(x1=start, y1=at, x2=end, y2=at, code=code, tone="muted", width=1.5, dashed=dashed)
        for at in places
    )


class _Wide:
    head = 34.0

    def __init__(self, data: Steps, shapes: Shapes, pen: Pen) -> None:
        self.data, self.shapes, self.pen = data, shapes, pen
        groups = [pen.width(one.group, 13, bold=True) for one in data.diagnoses]
        names = [pen.width(one.name, 13) for one in data.diagnoses]
        marks = [
            pen.width(cell.brief, 13) + pen.width(data.names.get(relation, ""), 12) + 34
            for one in data.measures
            for cell, relation in one.cells
        ]
        marks += [
            min(200.0, pen.width(_few(one, cell, relation), 12) + 24)
            for one in data.measures
            for cell, relation in one.cells
        ]
        # each column is as wide as its longest words, and the curves have what is left
        self.name = min(200.0, max(groups, default=0)) + 10
        self.start = self.name + min(270.0, max(names, default=0)) + 16
        self.cells = _WIDE - min(260.0, max(marks, default=0))
        self.measure = max(self.start + 180, self.cells - 290)
        self.end = self.measure - 12
        self.curves = self.start + 30.0
        """Where curves begin: beyond the hatches, so that none of them runs through one."""
        gaps, heights = self._gaps(), [self.height(one) for one in data.measures]
        rows = [_ROW] * len(gaps)
        self.total = max(sum(rows) + sum(gaps), sum(heights))
        self.rows = spread(rows, gaps, self.head, self.total)
        self.places = spread(heights, [0.0] * len(heights), self.head, self.total)

    def _gaps(self) -> list[float]:
        """Extra space above the first diagnosis of each group."""
        found: list[float] = []
        last = ""
        for one in self.data.diagnoses:
            group = self.pen.text(one.group)
            found.append(0.0 if not found or group == last else 8.0)
            last = group
        return found

    def height(self, one: Measure) -> float:
        """The height of a measure in pixels: that of its name or of its cells, whichever is larger, and 8
        more unless it is a part; at least 26.
        """
        lines = len(self.lines(one))
        cells = sum(self.cell_height(one, cell, relation) for cell, relation in one.cells)
        return max(17.0 * lines + 8, cells + 4, 26.0) + (0 if one.is_part else 8)

    def traits(self, one: Measure, cell: CellHead, relation: str) -> tuple[Wording, ...]:
        """The traits that the words of a measure carry, if they are few, on at most three lines below the
        name of the cell.
        """
        return self.pen.lines(_few(one, cell, relation), _WIDE - self.cells - 20, 12, 3)

    def cell_height(self, one: Measure, cell: CellHead, relation: str) -> float:
        """The height of a cell of a measure in pixels: 20 for its name, 15 for each line of its traits."""
        return 20.0 + 15 * len(self.traits(one, cell, relation))

    def lines(self, one: Measure) -> tuple[Wording, ...]:
        """The name of a measure on at most three lines."""
        width = self.cells - self.measure - (28 if one.is_part else 14)
        return self.pen.lines(one.name, width / (1 if one.is_part else 1.08), 13, 3)

    def drawing(self) -> Drawing:
        elements = list(self.heads())
        lacking = set(self.data.lacking)
        at = dict(zip(self.data.diagnoses, self.rows, strict=True))
        to = dict(zip(self.data.measures, self.places, strict=True))
        elements += [
            self.curve(step, at[step.diagnosis], to[step.measure], is_part=step.measure.is_part)
            for step in self.data.steps
            if step.measure
        ]
        last = ""
        for one, y in at.items():
            group = self.pen.text(one.group)
            elements += self.diagnosis(one, y, with_group=group != last, lacks=one in lacking)
            last = group
        for measure, y in to.items():
            elements += self.of_measure(measure, y)
        return Drawing(width=_WIDE, height=self.head + self.total + 8, elements=tuple(elements))

    def heads(self) -> Iterator[Element]:
        ends = ((0.0, self.start - 12), (self.measure, self.cells - 16), (self.cells, _WIDE))
        texts: tuple[Wording, ...] = (msg("Diagnosis"), self.data.facet.name, msg("Cells"))
        for (x, end), text in zip(ends, texts, strict=True):
            yield Words(text=self.pen.cut(text, end - x, 15), x=x, y=15, size=14, bold=True)
            yield Line(x1=x, y1=23, x2=end, y2=23, tone="rule")

    def curve(self, step: Step, y1: float, y2: float, *, is_part: bool) -> Mark:
        """A step with a measure as a curve, which leads to its first passage.

        :param y1: the middle of the diagnosis; ``y2`` is that of the measure.
        :param is_part: whether the measure is a part of another, whose name begins further in.
        """
        path = joining((self.curves, y1), (self.end + (14 if is_part else 0), y2))
        curves = step_curves(path, step.diagnosis.slug, step.status)
        return Mark(href=href(step), label=step_label(step), elements=curves)

    def diagnosis(self, one: Diagnosis, y: float, *, with_group: bool, lacks: bool) -> Iterator[Element]:
        """The name of a diagnosis as a link to it, with a dot, or with a hatch if it lacks a measure.

        :param with_group: whether the name of its group is before it.
        """
        elements: list[Element] = []
        if with_group:
            space = (self.name if one.name else self.start - 10) - 6
            fits = self.pen.width(one.group, 13, bold=True) <= space
            group = one.group if fits else self.pen.cut(one.group, space / 1.14, 13)
            elements.append(Words(text=group, x=0, y=y + 5, size=13, bold=True))
        elements += label_lines(self.pen, one.name, (self.name, y + 5, self.start - self.name - 16), 13)
        area = (0.0, y - _ROW / 2, self.start - 12, _ROW)
        label = lacking_label(one) if lacks else one.whole
        yield Mark(href=one.href, label=label, elements=tuple(elements), area=area)
        if lacks:
            yield Hatch(x=self.start - 4.5, y=y - 6.5, width=26, height=13)
        else:
            yield Glyph(shape="dot", x=self.curves, y=y, size=8, code=one.slug, tone="muted")

    def of_measure(self, one: Measure, y: float) -> Iterator[Element]:
        """The name of a measure as a link to it, and its cells; a hatch at its left if the file states that
        it has no diagnosis and no step leads to it.
        """
        x = self.measure + (14 if one.is_part else 0)
        lines = self.lines(one)
        words = tuple(
            Words(text=line, x=x, y=y + 5 + 17 * (n - (len(lines) - 1) / 2), size=13, bold=not one.is_part)
            for n, line in enumerate(lines)
        )
        height = max(24.0, 17.0 * len(lines))
        area = (x - 4, y - height / 2, self.cells - x - 4, height)
        yield Mark(href=one.href, label=one.name, elements=words, area=area)
        joined = any(step.measure is one for step in self.data.steps)
        if one in self.data.unfounded and not joined:
            yield Hatch(x=self.measure - 30.5, y=y - 6.5, width=20, height=13)
        heights = [self.cell_height(one, cell, relation) for cell, relation in one.cells]
        top = y - sum(heights) / 2
        for (cell, relation), height in zip(one.cells, heights, strict=True):
            yield self.cell(one, cell, relation, top + 10)
            top += height

    def cell(self, one: Measure, cell: CellHead, relation: str, y: float) -> Mark:
        """A cell of a measure as a link to the cell: its glyph, its sign or else its name, and the name of
        the relation if there is space; below them the few traits that the measure is about.
        """
        name = self.data.names.get(relation, "")
        x = self.cells
        elements: list[Element] = [
            Glyph(shape=self.shapes.get(relation, "square"), x=x + 7, y=y, size=13, code=cell.slug)
        ]
        text = self.pen.cut(cell.brief, _WIDE - x - 20, 14)
        elements.append(Words(text=text, x=x + 20, y=y + 5, size=13))
        left = x + 30 + self.pen.width(text, 13)
        if name and left + self.pen.width(name, 12) < _WIDE:
            elements.append(Words(text=name, x=left, y=y + 5, size=12, tone="muted"))
        elements += [
            Words(text=line, x=x + 20, y=y + 20 + 15 * n, size=12)
            for n, line in enumerate(self.traits(one, cell, relation))
        ]
        return Mark(
            href=cell.href,
            label=cell_label(one, cell, relation, name),
            elements=tuple(elements),
            area=(x, y - 10, _WIDE - x, self.cell_height(one, cell, relation)),
        )


def _few(one: Measure, cell: CellHead, relation: str) -> Wording:
    return cell.few(one.tags(cell, relation)) if one.is_known(cell, relation) else ""


def _lacking() -> Wording:
    return msg("the editors match no measure with it")


def lacking_label(one: Diagnosis) -> Wording:
    """A diagnosis without a measure in words: ``DIAGNOSIS: STATUS``, with the status ``none`` as
    :func:`status_name` gives it.

    In English it is ``DIAGNOSIS: the editors match no measure with it``; the diagnosis is as
    :attr:`.Diagnosis.whole` gives it, and nothing is before the colon if that is empty.
    """
    return pmsg(
        "a diagnosis without a measure",
        "%(diagnosis)s: %(status)s",
        diagnosis=one.whole,
        status=_lacking(),
    )


def href(step: Step) -> str:
    """The address of the first passage that the step rests on; without passages that of its diagnosis.

    ``canal/p2.html``, or as :func:`.steps.diagnosis` gives it.
    """
    return step.passages[0].href if step.passages else step.diagnosis.href


def grey() -> Wording:
    """What a line without a colour is: ``A grey line begins at what is no cell.``"""
    return msg("A grey line begins at what is no cell.")


def status_name(status: str) -> Wording:
    """A status in words: ``stated by the author`` for ``stated``, ``the editors match no measure with it``
    for ``none``, ``inferred by the editors`` for any other.
    """
    if status == "none":
        return _lacking()
    return msg("stated by the author") if status == "stated" else msg("inferred by the editors")


def status_meaning(status: str) -> Wording:
    """What a status means, in a whole sentence; ``""`` for any status but these two.

    ``stated`` gives ``The author says how the two are related.``, ``inferred`` gives ``The author does not
    say so, or says something a little different; the editors relate the two.``
    """
    if status == "stated":
        return msg("The author says how the two are related.")
    if status == "inferred":
        return msg(
            "The author does not say so, or says something a little different; the editors relate the two."
        )
    return ""


def step_label(step: Step) -> Wording:
    """A step in words: ``DIAGNOSIS is met by MEASURE, STATUS (PASSAGE, PASSAGE)``.

    Without passages the parentheses are left out.  A step without a measure, which is for
    :func:`lacking_label`, has nothing in the place of MEASURE.
    """
    label = msg(
        "%(diagnosis)s is met by %(measure)s, %(status)s",
        diagnosis=step.diagnosis.whole,
        measure=step.measure.name if step.measure else "",
        status=status_name(step.status),
    )
    if not step.passages:
        return label
    places = listed(passage.label for passage in step.passages)
    return pmsg("a step and its passages", "%(step)s (%(passages)s)", step=label, passages=places)


def cell_label(one: Measure, cell: CellHead, relation: str, how: Wording) -> Wording:
    """A cell of a measure in words: ``MEASURE: CELL, RELATION``; without a relation ``MEASURE: CELL``.

    :param how: the name of the relation, or what joins both in its place; ``""`` for none.
    """
    what = in_relation(one, cell, relation, how)
    return pmsg("a measure and its cell", "%(measure)s: %(cell)s", measure=one.name, cell=what)


def in_relation(one: Measure, cell: CellHead, relation: str, how: Wording) -> Wording:
    """A cell of a measure and its relation: ``CELL, RELATION``; without a relation ``CELL``.

    The cell is named by the traits that the words of the measure carry, if they carry some; by its sign if it
    is not known which of the traits of a tag they carry.
    """
    what = cell.in_tags(one.tags(cell, relation)) if one.is_known(cell, relation) else cell.brief
    return msg("%(code)s, %(relations)s", code=what, relations=how) if how else what


# --- narrow ---------------------------------------------------------------------------------------


def narrow(data: Steps, shapes: Shapes, pen: Pen) -> Drawing:
    """A block for each measure: its name on at most three lines, its diagnoses, its cells; then what no
    measure answers, on 350 pixels.

    A measure without diagnoses and cells has its name alone; the last block is left out if each diagnosis has
    a measure.
    """
    elements: list[Element] = []
    y = 0.0
    for measure in data.measures:
        steps = [step for step in data.steps if step.measure is measure]
        if measure.has_parts and not steps:
            y += 6
        lines = pen.lines(measure.name, _NARROW / 1.16, 14, 3)
        size, height = 13 if measure.is_part else 14, 24.0 + 18 * (len(lines) - 1)
        name = tuple(
            Words(text=line, x=0, y=y + 18 + 18 * n, size=size, bold=True) for n, line in enumerate(lines)
        )
        area = (0.0, y, _NARROW, height)
        elements.append(Mark(href=measure.href, label=measure.name, elements=name, area=area))
        y += height
        for step in steps:
            sample = step_lines(6, 34, y + 12, step.diagnosis.slug, step.status)
            mark, height = _of_step(step, sample, y, pen)
            elements.append(mark)
            y += height
        for cell, relation in measure.cells:
            mark, height = _narrow_cell(data, shapes, (measure, cell, relation), y, pen)
            elements.append(mark)
            y += height
        elements.append(Line(x1=0, y1=y + 5, x2=_NARROW, y2=y + 5))
        y += 10
    lacking = set(data.lacking)
    if lacking:
        elements.append(
            Words(text=pen.cut(_lacking(), _NARROW, 14), x=0, y=y + 18, size=13, bold=True, tone="silence")
        )
        y += 26
        for step in data.steps:
            if step.diagnosis in lacking:
                hatch = Hatch(x=6.5, y=y + 5.5, width=28, height=13)
                mark, height = _of_step(step, (hatch,), y, pen)
                elements.append(mark)
                y += height
    return Drawing(width=_NARROW, height=y, elements=tuple(elements))


def _of_step(step: Step, sample: tuple[Element, ...], y: float, pen: Pen) -> tuple[Mark, float]:
    """The diagnosis of a step as a link, and its height."""
    label = step_label(step) if step.measure else lacking_label(step.diagnosis)
    words, height = words_in_list(step.diagnosis.whole, y, pen)
    area = (0.0, y, _NARROW, height)
    return Mark(href=href(step), label=label, elements=(*sample, *words), area=area), height


def _narrow_cell(
    data: Steps, shapes: Shapes, found: tuple[Measure, CellHead, str], y: float, pen: Pen
) -> tuple[Mark, float]:
    """A cell of a measure in words as a link, and its height: its few traits, or else its name."""
    measure, cell, relation = found
    name = data.names.get(relation, "")
    glyph = Glyph(shape=shapes.get(relation, "square"), x=20, y=y + 12, size=13, code=cell.slug)
    words, height = words_in_list(in_relation(measure, cell, relation, name), y, pen)
    return (
        Mark(
            href=cell.href,
            label=cell_label(measure, cell, relation, name),
            elements=(glyph, *words),
            area=(0, y, _NARROW, height),
        ),
        height,
    )


def words_in_list(text: Wording, y: float, pen: Pen) -> tuple[tuple[Words, ...], float]:
    """Words behind a sign in a list on at most three lines, and their height: 24 pixels for one line, and 17
    for each more.

    Lines begin at ``x=42``, are at most 308 pixels wide, and have font 13; the last one may be cut.
    """
    lines = pen.lines(text, _NARROW - 42, 13, 3)
    words = tuple(Words(text=line, x=42, y=y + 16 + 17 * n, size=13) for n, line in enumerate(lines))
    return words, 24.0 + 17 * (len(lines) - 1)
