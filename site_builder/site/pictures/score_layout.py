"""The forms of the score: wide, small for a narrow screen, turned with the passages as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TypeAlias

from site_builder.edition.readings import READINGS
from site_builder.language.message import Wording, msg
from site_builder.model import Passage
from site_builder.records import dataclass, replace
from site_builder.site.pictures import section_names
from site_builder.site.pictures.columns import Section, runs
from site_builder.site.pictures.drawing import (
    Box,
    Drawing,
    Element,
    Glyph,
    Hatch,
    Line,
    Mark,
    Only,
    Pen,
    Tone,
    Words,
    fitted,
    label_lines,
)
from site_builder.site.pictures.score import Note, Readings, Row, Score, Silence, note_label, passage_href
from site_builder.site.pictures.section_names import Span

Place: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height."""
Glyphs: TypeAlias = Callable[[Row, tuple[Note, ...], Place, Readings], Iterator[Element]]
"""What draws notes in a place that is silent in some readings."""

_WIDE, _NARROW = 1120.0, 350.0
_NUMBER = 10.0
"""The size of the numbers of passages, and of the names of cells, in the small form."""
_NAME = 52.0
"""The space of the name of a cell below its sign in the small form; without it names are left out."""
_OVER = 24.0
"""The height of the name of a group above its rows."""
_SYSTEM = 45
"""Columns of one system; a longer text is broken into systems at the ends of sections."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Size:
    """The measures of a form, in pixels."""

    whole: float
    label: float
    row: float
    between: float
    apart: float
    section: float
    column: float
    head: float
    font: float
    named: bool = False
    """Whether the small form has the name of each cell below its sign."""


def wide(score: Score, pen: Pen) -> Drawing:
    """Cells as rows of 28 pixels, passages as columns, at most 1120 pixels wide.

    After 45 columns the rows begin again below, if possible where a section ends; the name of a section that
    is divided says that it continues.  The names of sections are over their columns, in up to three lines;
    columns are 26 pixels wide, or up to 48 if the names fit only then.  If one of them does not fit there
    either, all have letters, which are explained below the rows.

    :raises ValueError: for a score without passages.
    """
    label = _label_width(score, pen)
    systems = list(_systems(score.sections))
    most = max(sum(len(one.passages) for one in system) for system in systems)
    gaps = max(len(system) for system in systems) * 14.0
    space = (_WIDE - label - gaps) / max(most, 1)
    sizes = [_wide_size(label, gaps, most, min(column, space)) for column in (26.0, 36.0, 48.0)]
    named = (
        one
        for one in sizes
        if not section_names.letters([_spans(system, one) for system in systems], one.font, pen)
    )
    return _stacked(score, systems, next(named, sizes[0]), pen, small=False)


def _wide_size(label: float, gaps: float, most: int, column: float) -> _Size:
    return _Size(
        whole=min(_WIDE, label + gaps + most * column + 4),
        label=label,
        row=28,
        between=2,
        apart=11,
        section=14,
        column=column,
        head=44,
        font=14,
    )


def small(score: Score, pen: Pen) -> Drawing:
    """The whole pattern on 350 pixels: rows of 28 pixels, and the numbers of the passages of each section,
    with runs joined (``3–9``).

    The rows begin again below after 45 columns, and sections are named, as in :func:`wide`; so a long score
    is higher, not wider.  It is wider than 350 pixels only if the gaps between many short sections leave less
    than 3 pixels for a column.  A finger is broader than a column, so the link of a mark extends up to 12
    pixels to each side, as far as no other mark is nearer.

    :raises ValueError: for a score without passages.
    """
    systems = list(_systems(score.sections))
    most = max(sum(len(one.passages) for one in system) for system in systems)
    label = min(96.0, max((pen.width(row.short, 12, bold=True) for row in score.rows), default=0) + 8)
    names = max((pen.width(row.name, _NUMBER) for row in score.rows if row.sign), default=0)
    named = 0 < names <= _NAME and all(row.sign for row in score.rows)
    if named:
        label = max(label, names + 4)
    gaps = max(len(system) for system in systems) * 5.0
    column = max(3.0, min(26.0, (_NARROW - label - gaps) / max(most, 1)))
    size = _Size(
        whole=max(_NARROW, label + gaps + most * column),
        label=label,
        row=28,
        between=2,
        apart=7,
        section=5,
        column=column,
        head=36,
        font=12,
        named=named,
    )
    return _stacked(score, systems, size, pen, small=True)


def _label_width(score: Score, pen: Pen) -> float:
    widths = [
        pen.width(row.sign, 14, bold=True) + (6 if row.sign else 0) + pen.width(row.name, 14)
        for row in score.rows
    ]
    return min(266.0, max(widths, default=0)) + 12


def _systems(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """The sections in systems of at most 45 columns; a longer section is divided."""
    system: list[Section] = []
    space = _SYSTEM
    for section in sections:
        rest = section.passages
        while rest:
            if len(rest) > space and (system or len(rest) > _SYSTEM):
                if len(rest) <= _SYSTEM or space < _SYSTEM // 3:
                    yield system
                    system, space = [], _SYSTEM
                    continue
                part, rest = rest[:space], rest[space:]
            else:
                part, rest = rest, ()
            goes_on = part[0] is not section.passages[0]
            name: Wording = msg("%(section)s (continued)", section=section.name) if goes_on else section.name
            system.append(Section(name=name, href=section.href, passages=part))
            space -= len(part)
            if rest:
                yield system
                system, space = [], _SYSTEM
    if system:
        yield system


def _stacked(score: Score, systems: list[list[Section]], size: _Size, pen: Pen, *, small: bool) -> Drawing:
    elements: list[Element] = []
    spans = [_spans(system, size) for system in systems]
    letters = section_names.letters(spans, size.font, pen)
    if not small:
        size = replace(size, whole=max(size.whole, min(_WIDE, section_names.widest(spans, letters, pen))))
    y = 0.0
    for system in systems:
        drawn = _System(score, system, size, pen, y, letters, small=small)
        elements += drawn.elements()
        y += drawn.height + 26
    y -= 16 if letters else 26
    notes, height = section_names.explained(spans, letters, size.whole, y, pen)
    return Drawing(width=size.whole, height=max(1.0, y + height + 2), elements=(*elements, *notes))


def _spans(sections: Sequence[Section], size: _Size) -> list[Span]:
    found: list[Span] = []
    x = size.label
    for section in sections:
        x += size.section
        end = x + len(section.passages) * size.column
        space = min(end + size.section, size.whole) - x - 4
        found.append(Span(name=section.name, href=section.href, start=x, end=end, space=space))
        x = end
    return found


class _System:
    """One system: heads of sections, numbers, and all rows."""

    def __init__(
        self,
        score: Score,
        sections: list[Section],
        size: _Size,
        pen: Pen,
        top: float,
        letters: Mapping[str, str],
        *,
        small: bool,
    ) -> None:
        self.score, self.sections, self.size, self.pen, self.top = score, sections, size, pen, top
        self.small = small
        self.spans = _spans(sections, size)
        self.columns = [
            (passage, span.start + n * size.column)
            for section, span in zip(sections, self.spans, strict=True)
            for n, passage in enumerate(section.passages)
        ]
        self.named = section_names.heads(self.spans, size.font, pen, letters)
        self.raised = section_names.raised(self.named)

    @property
    def height(self) -> float:
        groups = self.score.groups
        rows = sum(len(group) for group in groups)
        inner = rows * self.size.row + (rows - len(groups)) * self.size.between
        over = sum(_OVER for group in groups if group[0].group in self.score.over)
        return self.raised + self.size.head + inner + over + max(0, len(groups) - 1) * self.size.apart

    def elements(self) -> Iterator[Element]:
        yield from self.heads()
        y = self.top + self.raised + self.size.head
        for group in self.score.groups:
            if (over := self.score.over.get(group[0].group)) is not None:
                yield self.over(*over, y)
                y += _OVER
            for row in group:
                yield from self.row(row, y)
                y += self.size.row + self.size.between
            y += self.size.apart - self.size.between

    def heads(self) -> Iterator[Element]:
        size = self.size
        narrow = size.column < 17
        base = self.top + self.raised + (15 if not self.small else 13)
        for section, head in zip(self.sections, self.named, strict=True):
            yield Line(x1=head.span.start, y1=base + 6, x2=head.span.end - 2, y2=base + 6, tone="rule")
            if head.lines:
                yield head.mark(base, size.font, self.pen)
            if self.small:
                yield from self.numbers(section, head.span, base + 18)
                continue
            for n, passage in enumerate(section.passages):
                if narrow and 0 < n < len(section.passages) - 1 and passage.number % 5:
                    continue
                at = next(x for one, x in self.columns if one is passage)
                number = Words(
                    text=str(passage.number),
                    x=at + size.column / 2 - 1,
                    y=base + 22,
                    size=12.0 if size.column >= 16 else max(9.0, size.column * 0.75),
                    anchor="middle",
                    tone="link",
                )
                yield Mark(
                    href=passage_href(self.score, passage),
                    label=self.score.labels[passage.id],
                    elements=(number,),
                    area=(at - 1, base + 10, size.column, 18.0),
                )

    def numbers(self, section: Section, span: Span, base: float) -> Iterator[Words]:
        """The numbers of a section's passages, with runs joined (``3–9``, ``23–24, 29``); its first and
        ``…`` if they are too wide for its columns; the first alone, or nothing, if this is too wide as well.
        """
        numbers = [passage.number for passage in section.passages]
        every, first = ", ".join(runs(numbers)), str(numbers[0])
        for text in dict.fromkeys((every, f"{first}…" if every != first else first, first)):
            if self.pen.width(text, _NUMBER) <= span.end - span.start:
                yield Words(text=text, x=span.start, y=base, size=_NUMBER, tone="muted")
                return

    def over(self, name: Wording, href: str, y: float) -> Mark:
        """The name of a group above its rows, as a link."""
        size = self.size.font
        text = self.pen.cut(name, self.size.whole, size, bold=True)
        words = Words(text=text, x=0, y=y + 17, size=size, bold=True)
        width = max(24.0, self.pen.width(text, size, bold=True))
        return Mark(href=href, label=name, elements=(words,), area=(0, y, width, _OVER))

    def row(self, row: Row, y: float) -> Iterator[Element]:
        """A row: its name as a link to its code, a box for each section, its silences, and its notes."""
        size = self.size
        base = y + size.row / 2 + size.font * 0.36
        yield Mark(
            href=row.href,
            label=row.whole,
            elements=tuple(self.label(row, base)),
            area=(0, y, size.label, size.row),
        )
        for span in self.spans:
            yield Box(x=span.start, y=y, width=span.end - span.start - 2, height=size.row)
        yield from self.silences(row, y)
        for passage, x in self.columns:
            yield from self.notes(row, passage, x, y)

    def label(self, row: Row, base: float) -> Iterator[Element]:
        """The name of a row: the sign, and the name in the space; in the small form the short name alone.

        :param base: the base line of the words.
        """
        font = self.size.font
        if self.small:
            up = 6.0 if self.size.named else 0.0
            yield from label_lines(self.pen, row.short, (0, base - up, self.size.label - 4), font, bold=True)
            if self.size.named:
                yield Words(text=row.name, x=0, y=base + 6, size=_NUMBER, tone="muted")
            return
        x = 0.0
        if row.sign:
            yield Words(text=row.sign, x=0, y=base, size=font, bold=True)
            x = self.pen.width(row.sign, font, bold=True) + 6
        tone: Tone = "muted" if row.sign else "ink"
        yield from label_lines(self.pen, row.name, (x, base, self.size.label - 8 - x), font, tone=tone)

    def silences(self, row: Row, y: float) -> Iterator[Element]:
        """A hatch over each run of neighbouring columns that are silent in the same readings; none over the
        border of a section.  It is a link to the result on the silence report.
        """
        run: list[float] = []
        last: Silence | None = None
        for passage, x in [*self.columns, (None, -1.0)]:
            silence = row.silent.get(passage.id) if passage is not None else None
            joins = run and silence == last and abs(x - run[-1] - self.size.column) < 0.01
            if last and run and not joins:
                width = run[-1] + self.size.column - run[0] - 2
                hatch = _hatch(last, run[0], y, width, self.size.row)
                area = (run[0], y, width, self.size.row)
                mark = Mark(href=last.href, label=last.label, elements=(hatch,), area=area, tip=True)
                yield Only(readings=last.readings, elements=(mark,))
                run = []
            if silence:
                run.append(x)
                last = silence

    def notes(self, row: Row, passage: Passage, x: float, y: float) -> Iterator[Element]:
        """The marks of a code in a passage; none if the passage does not have it."""
        size = self.size
        place = (x, y, size.column - (1 if self.small else 2), size.row)
        area = self.reach(row, x, y) if self.small else place
        return _marks(self.score, row, passage, place, area, self.glyphs)

    def reach(self, row: Row, x: float, y: float) -> Place:
        """The area of the link of a mark in a narrow column: the nearer part of the space to the next marks
        of its row, and at most 24 pixels wide.
        """
        size, middle = self.size, x + self.size.column / 2
        others = [at + size.column / 2 for one, at in self.columns if one.id in row.notes and at != x]
        left = max((at for at in others if at < middle), default=-size.whole)
        right = min((at for at in others if at > middle), default=2 * size.whole)
        start = max(size.label, middle - 12, (left + middle) / 2)
        end = min(size.whole, middle + 12, (right + middle) / 2)
        return start, y, max(1.0, end - start), size.row

    def glyphs(self, row: Row, notes: tuple[Note, ...], place: Place, silent: Readings) -> Iterator[Element]:
        """The glyphs of some notes in a place, one above the other.

        :param silent: the readings in which the place is hatched.
        """
        return _glyphs(self.score, row, notes, place, silent, inset=(0.5, 1.5), stacked=True)


def _marks(
    score: Score, row: Row, passage: Passage, place: Place, area: Place, glyphs: Glyphs
) -> Iterator[Element]:
    """The notes of one passage in one row, as links.

    Readings with other notes have glyphs at other places, so each has its own.
    """
    for readings, shown in by_reading(row.notes.get(passage.id, ())):
        silence = row.silent.get(passage.id)
        inner = tuple(glyphs(row, shown, place, silence.readings if silence else ()))
        label = note_label(score, row, passage, shown)
        mark = Mark(href=passage_href(score, passage), label=label, elements=inner, area=area)
        yield mark if len(readings) == len(READINGS) else Only(readings=readings, elements=(mark,))


def _glyphs(
    score: Score,
    row: Row,
    notes: tuple[Note, ...],
    place: Place,
    silent: Readings,
    *,
    inset: tuple[float, float],
    stacked: bool,
) -> Iterator[Element]:
    """The glyphs of notes in a place; on hatching each has a patch under it.

    :param inset: the margins of a square, across and down.
    :param stacked: whether two are one above the other, and more of them in two columns if there is space;
        otherwise all are side by side.
    """
    x, y, width, height = place
    across = len(notes) if not stacked else 2 if len(notes) > 2 and width > 16 else 1
    down = -(-len(notes) // across)
    part, line = width / across, height / down
    side = min(part, line * (0.62 if down == 1 and stacked else 0.84), 16.0)
    for n, note in enumerate(notes):
        shape = score.shapes.get(note.relation, "square")
        left, top = x + n % across * part, y + n // across * line
        if shape == "square":
            yield _inset(*inset, left, top, part, line, code=row.slug)
            continue
        if silent:
            wide, high = min(part, side + 3), min(line, side + 3)
            middle, above = left + (part - wide) / 2, top + (line - high) / 2
            patch = Box(x=middle, y=above, width=wide, height=high, tone="page")
            yield Only(readings=silent, elements=(patch,))
        yield Glyph(shape=shape, x=left + part / 2, y=top + line / 2, size=side, code=row.slug)


def _inset(
    across: float,
    down: float,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    tone: Tone = "ground",
    code: str = "",
) -> Box:
    """A box within a place, smaller by ``across`` and ``down`` on each side.

    Many notes share one place, so it may be narrow: a box keeps half of its width and of its height.
    """
    across, down = min(across, width / 4), min(down, height / 4)
    return Box(
        x=x + across, y=y + down, width=width - 2 * across, height=height - 2 * down, tone=tone, code=code
    )


def by_reading(notes: tuple[Note, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Note, ...]]]:
    """Groups of readings that have the same notes, each with these notes.

    A group is (ids of readings, notes).  The readings are in the order ``strict``, ``published``,
    ``generous``; a group has the place of its first reading.  A reading without notes is left out.
    """
    found: dict[tuple[Note, ...], list[str]] = {}
    for reading in READINGS:
        shown = tuple(note for note in notes if reading in note.readings)
        if shown:
            found.setdefault(shown, []).append(reading)
    for shown, readings in found.items():
        yield tuple(readings), shown


def turned(score: Score, pen: Pen) -> Drawing:
    """Passages down and cells across, for a narrow screen.

    At the top are the short names of the cells; the dimension of cells with a pole is once above their poles.
    Then each section has a line with its name, unless this is empty, and a line for each of its passages with
    a code or a silence: its number at the left edge, and a box for each cell.  Passages with neither that
    follow each other in one section share a line, ``3–4`` (or ``3`` for a single one), with the words that
    they have no code in place of the boxes.  One that has them only in some readings has these words in the
    others.

    It is 350 pixels wide, or wider if a cell would be narrower than 20 pixels; each further line is 24 pixels
    high.
    """
    label, row, width = 44.0, 24.0, _NARROW
    rows = score.rows
    gaps = (len(score.groups) - 1) * 4.0
    column = max(20.0, min(40.0, (width - label - gaps) / max(len(rows), 1)))
    whole = max(_NARROW, label + gaps + column * len(rows))  # a smaller one would be enlarged
    places: list[tuple[Row, float]] = []
    x = label
    for group in score.groups:
        for one in group:
            places.append((one, x))
            x += column
        x += 4
    elements: list[Element] = []
    y = 36.0 if any(one.parts for one in rows) else 20.0
    for _, same in groupby(places, key=lambda place: (place[0].group, place[0].parts[:1])):
        own = list(same)
        name, first, last = own[0][0].parts[:1], own[0][1], own[-1][1]
        if name:
            elements.append(_turned_head(pen, name[0], first, last - first + column, 12))
    for one, at in places:
        words = _turned_head(pen, one.parts[-1] if one.parts else one.short, at, column, y - 8)
        elements.append(
            Mark(href=one.href, label=one.whole, elements=(words,), area=(at, y - 20, column - 2, 20))
        )
    for section in score.sections:
        if section.name:
            head = Words(text=pen.cut(section.name, whole, 13), x=0, y=y + 17, size=13, bold=True)
            elements.append(
                Mark(href=section.href, label=section.name, elements=(head,), area=(0, y, whole, row))
            )
            y += row
        for run in _runs(score, section):
            elements += _turned_row(score, run, places, column, y, whole, pen)
            y += row
    return Drawing(width=whole, height=y, elements=tuple(elements))


def _turned_head(pen: Pen, words: Wording, x: float, width: float, y: float) -> Words:
    """A name in the middle over one or more columns, which are ``width`` wide."""
    text, size = fitted(pen, words, width - 4, 12, bold=True)
    return Words(text=text, x=x + width / 2 - 1, y=y, size=size, anchor="middle", bold=True)


def _runs(score: Score, section: Section) -> Iterator[tuple[Passage, ...]]:
    """Each passage with a code or a silence alone; those with neither in runs."""
    run: list[Passage] = []
    for passage in section.passages:
        if any(passage.id in row.notes or passage.id in row.silent for row in score.rows):
            if run:
                yield tuple(run)
                run = []
            yield (passage,)
        else:
            run.append(passage)
    if run:
        yield tuple(run)


def _turned_row(
    score: Score,
    run: tuple[Passage, ...],
    places: list[tuple[Row, float]],
    column: float,
    y: float,
    whole: float,
    pen: Pen,
) -> Iterator[Element]:
    first, last = run[0], run[-1]
    numbers = str(first.number) if first is last else f"{first.number}–{last.number}"
    number = Words(text=numbers, x=0, y=y + 16, size=12, tone="link")
    yield Mark(
        href=passage_href(score, first), label=score.labels[first.id], elements=(number,), area=(0, y, 42, 22)
    )
    shown = [note.readings for row, _ in places for note in row.notes.get(first.id, ())]
    shown += [row.silent[first.id].readings for row, _ in places if first.id in row.silent]
    drawn = tuple(one for one in READINGS if any(one in readings for readings in shown))
    words = Words(text=pen.cut(msg("no code"), whole - 44, 12), x=44, y=y + 16, size=12, tone="muted")
    boxes = tuple(Box(x=x, y=y, width=column - 2, height=22) for _, x in places)
    if len(drawn) == len(READINGS):
        yield from boxes
    elif drawn:
        yield Only(readings=drawn, elements=boxes)
        yield Only(readings=tuple(one for one in READINGS if one not in drawn), elements=(words,))
    else:
        yield words
        return
    for row, x in places:
        if (silence := row.silent.get(first.id)) is not None:
            yield Only(readings=silence.readings, elements=(_hatch(silence, x, y, column - 2, 22),))
        place = (x, y, column - 2, 22)
        yield from _marks(score, row, first, place, place, partial(_turned_glyphs, score))


def _hatch(silence: Silence, x: float, y: float, width: float, height: float) -> Hatch:
    """The hatching of a place: that of a contingent silence is dashed."""
    return Hatch(x=x + 0.5, y=y + 0.5, width=width - 1, height=height - 1, contingent=silence.contingent)


def _turned_glyphs(
    score: Score, row: Row, notes: tuple[Note, ...], place: Place, silent: Readings
) -> Iterator[Element]:
    return _glyphs(score, row, notes, place, silent, inset=(3, 3), stacked=False)
