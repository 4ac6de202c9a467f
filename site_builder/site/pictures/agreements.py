"""The agreement of two coders: each coefficient as a dot on one scale, with its interval as a line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from site_builder.edition import addresses, coefficients
from site_builder.edition.agreement import Figure, Pair
from site_builder.language.message import Message, Wording, msg, pmsg
from site_builder.records import dataclass
from site_builder.site import compared
from site_builder.site.pictures.drawing import (
    Drawing,
    Element,
    Glyph,
    Line,
    Mark,
    Pen,
    Tone,
    Words,
    fitted,
    label_lines,
    signed,
)
from site_builder.site.pictures.picture import Content, Form, KeyItem, Picture, Table
from site_builder.site.presenter import Presenter
from site_builder.site.views import AgreementRow, Link


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A coefficient: what it is about, the address of that, and the slug of its code, if it has one."""

    name: Wording
    href: str
    code: str
    figure: Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """Rows of one coefficient."""

    name: Wording
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """The panels of two coders, on a scale from ``low`` to 1."""

    panels: tuple[Panel, ...]
    low: float


def of_pair(presenter: Presenter, pair: Pair) -> Picture | None:
    """The agreement of a pair of coders; ``None`` if fewer than three coefficients are defined.

    Its id is ``agreement``, with several pairs ``agreement-CODER-CODER``.  It has a wide and a narrow form.
    """
    chart = _chart(presenter, pair)
    if sum(row.figure.estimate.value is not None for panel in chart.panels for row in panel.rows) < 3:
        return None
    first, second = map(presenter.coder, pair.coders)
    several = len(presenter.edition.agreement) > 1
    return Picture(
        id=f"agreement-{'-'.join(pair.coders)}" if several else "agreement",
        title=msg("Agreement of %(first)s and %(second)s", first=first, second=second),
        shows=tuple(_shows(chart)),
        how=msg(
            "Each dot is a coefficient; the line through it is its interval of %(level)s%%. At 1 the coders"
            " agree in everything, at 0 as often as by chance. A long line says that there are few passages"
            " to tell from. Without a line the interval cannot be estimated: all resamples give one value.",
            level=coefficients.LEVEL,
        ),
        limits=compared.limits(presenter, pair),
        forms=(
            Form(name="wide", layout=partial(wide, chart)),
            Form(name="narrow", layout=partial(narrow, chart)),
        ),
        table=_table(chart),
        key=(
            KeyItem(shape="dot", text=msg("coefficient")),
            KeyItem(shape="line", text=msg("its interval")),
        ),
    )


def pictures(presenter: Presenter) -> Iterator[Picture]:
    """The picture of each pair of coders, in the order of the pairs.

    A pair with fewer than three defined coefficients has none.
    """
    for pair in presenter.edition.agreement:
        if (picture := presenter.once(of_pair, pair)) is not None:
            yield picture


def _chart(presenter: Presenter, pair: Pair) -> Chart:
    kinds = (("alpha", msg("Krippendorff’s α")), ("kappa", msg("Cohen’s κ")))
    rows = [_row(presenter, figure) for figure in pair.figures]
    panels = tuple(
        Panel(name=name, rows=found)
        for kind, name in kinds
        if (found := tuple(row for row in rows if row.figure.coefficient == kind))
    )
    bounds = [
        bound
        for figure in pair.figures
        for bound in (figure.estimate.low, figure.estimate.value)
        if bound is not None
    ]
    return Chart(panels=panels, low=min(0.0, math.floor(min(bounds, default=0) * 5) / 5))


def _row(presenter: Presenter, figure: Figure) -> Row:
    shown: AgreementRow = compared.row(presenter, figure)
    if shown.chip is None:
        return Row(name=shown.name, href=shown.href, code="", figure=figure)
    return Row(
        name=signed(shown.chip.sign, shown.chip.name),
        href=shown.chip.href,
        code=shown.chip.slug,
        figure=figure,
    )


def decimal(value: float) -> Message:
    """A number with two decimals, in the way of the language: ``0.83``, ``−0.05`` (with U+2212).  A number
    that is rounded to 0 has no sign.
    """
    digits = f"{abs(value):.2f}"
    whole, _, decimals = digits.partition(".")
    sign = "−" if value < 0 and float(digits) else ""
    return pmsg("a number with decimals", "%(whole)s.%(decimals)s", whole=sign + whole, decimals=decimals)


# --- what it shows --------------------------------------------------------------------------------


def _shows(chart: Chart) -> Iterator[Wording]:
    rows = [row for panel in chart.panels for row in panel.rows if row.figure.subject == "code"]
    known = [(row.figure.estimate.value, row) for row in rows if row.figure.estimate.value is not None]
    if len(known) > 1:
        yield from _range([(round(value, 2), row.name) for value, row in known])
    by_chance = [
        row for _, row in known if row.figure.estimate.low is not None and row.figure.estimate.low <= 0
    ]
    if by_chance:
        yield msg(
            "For %(count)s of %(all)s codes the interval reaches what chance alone would give",
            count=len(by_chance),
            all=len(rows),
        )
    cells = next((row for p in chart.panels for row in p.rows if row.figure.subject == "cells"), None)
    if cells is not None and cells.figure.estimate.value is not None:
        yield msg(
            "The coders give %(same)s of %(all)s passages the same cells",
            same=cells.figure.same,
            all=cells.figure.units,
        )


def _range(known: list[tuple[float, Wording]]) -> Iterator[Wording]:
    """The highest and the lowest κ, each with the code, or with the number of codes that have it."""
    values = [value for value, _ in known]
    most, least = max(values), min(values)
    if most == least:
        yield msg("κ is %(value)s for each code", value=decimal(most))
        return
    high, low = ([name for value, name in known if value == bound] for bound in (most, least))
    if len(high) == 1:
        yield msg("κ is highest for %(code)s (%(value)s)", code=high[0], value=decimal(most))
    else:
        yield msg(
            "κ is %(value)s for %(count)s of %(all)s codes",
            value=decimal(most),
            count=len(high),
            all=len(known),
        )
    if len(low) == 1:
        yield msg("κ is lowest for %(code)s (%(value)s)", code=low[0], value=decimal(least))
    else:
        yield msg(
            "κ is %(value)s for %(count)s of %(all)s codes",
            value=decimal(least),
            count=len(low),
            all=len(known),
        )


def _table(chart: Chart) -> Table:
    rows: list[tuple[Content, ...]] = []
    for panel in chart.panels:
        for row in panel.rows:
            estimate = row.figure.estimate
            interval: Content = () if estimate.value is None else (msg("cannot be estimated"),)
            if estimate.low is not None and estimate.high is not None:
                interval = (
                    pmsg(
                        "an interval",
                        "%(low)s to %(high)s",
                        low=decimal(estimate.low),
                        high=decimal(estimate.high),
                    ),
                )
            name = Link(text=row.name, href=row.href) if row.href else row.name
            rows.append(((name,), (panel.name,), (_value(row),), interval))
    return Table(
        columns=(msg("Compared"), msg("Coefficient"), msg("Value"), msg("Interval")), rows=tuple(rows)
    )


def _value(row: Row) -> Wording:
    value = row.figure.estimate.value
    return msg("Undefined") if value is None else decimal(value)


# --- layouts --------------------------------------------------------------------------------------


def wide(chart: Chart, pen: Pen) -> Drawing:
    """The chart for a wide page: names as wide as the longest, at most 300 pixels, and a scale of 560.

    The names have a margin of 16 pixels, and the values at the right have 54, so the drawing is at most 930
    pixels wide.  A row is 26 pixels high, the head of a panel 30; between panels are 14.

    :raises ValueError: without panels.
    """
    names = [pen.width(row.name, 14) for panel in chart.panels for row in panel.rows]
    names += [pen.width(panel.name, 14, bold=True) for panel in chart.panels]
    return _Plot(chart, pen, label=min(300.0, max(names)) + 16, scale=560, font=14).drawing()


def narrow(chart: Chart, pen: Pen) -> Drawing:
    """The chart on 350 pixels: 164 for the names, 132 for the scale, 54 for the values.

    A row is 26 pixels high, the head of a panel 30; between panels are 14.
    """
    return _Plot(chart, pen, label=164, scale=132, font=13).drawing()


class _Plot:
    row, head, apart = 26.0, 30.0, 14.0

    def __init__(self, chart: Chart, pen: Pen, *, label: float, scale: float, font: float) -> None:
        self.chart, self.pen, self.label, self.scale, self.font = chart, pen, label, scale, font

    @property
    def width(self) -> float:
        """The width of the whole drawing."""
        return self.label + self.scale + 54

    def x(self, value: float) -> float:
        """The place of a number on the scale, from the left edge of the drawing; one below ``low`` is left of
        the scale.
        """
        return self.label + self.scale * (value - self.chart.low) / (1 - self.chart.low)

    def drawing(self) -> Drawing:
        """The panels one below the other, each with its scale."""
        elements: list[Element] = []
        y = 0.0
        for panel in self.chart.panels:
            height = self.head + len(panel.rows) * self.row
            elements += self.scale_of(panel, y, y + height)
            for n, row in enumerate(panel.rows):
                elements.append(self.mark(row, y + self.head + n * self.row))
            y += height + self.apart
        return Drawing(width=self.width, height=y - self.apart + 4, elements=tuple(elements))

    def scale_of(self, panel: Panel, top: float, bottom: float) -> Iterator[Element]:
        """The name of a panel, and a line with its number for each step of the scale: every 0.2, on a small
        scale every 0.5.
        """
        name, size = fitted(self.pen, panel.name, self.label - 10, 14, bold=True)
        yield Words(text=name, x=0, y=top + 16, size=size, bold=True)
        step = 0.2 if self.scale > 300 else 0.5
        ticks = [tick * step for tick in range(math.ceil(self.chart.low / step), round(1 / step) + 1)]
        for tick in ticks:
            x = self.x(tick)
            is_end = abs(tick) < 0.01 or tick > 0.99
            yield Line(x1=x, y1=top + 22, x2=x, y2=bottom, tone="rule" if is_end else "hair")
            yield Words(text=_tick(tick), x=x, y=top + 16, size=12, anchor="middle", tone="muted")

    def mark(self, row: Row, y: float) -> Mark:
        """A coefficient as a link to what it is about, or to the page of the method: its name at the left,
        its interval, its dot, and its value at the right.  Without a value there is no dot, without an
        interval no line.
        """
        middle, estimate = y + self.row / 2, row.figure.estimate
        place = (0.0, middle + self.font * 0.36, self.label - 12)
        elements: list[Element] = [*label_lines(self.pen, row.name, place, self.font)]
        if estimate.low is not None and estimate.high is not None:
            ends = [self.x(estimate.low), self.x(estimate.high)]
            elements.append(Line(x1=ends[0], y1=middle, x2=ends[1], y2=middle, tone="muted", width=1.5))
            elements += (
                Line(x1=x, y1=middle - 4, x2=x, y2=middle + 4, tone="muted", width=1.5) for x in ends
            )
        if estimate.value is not None:
            elements.append(Glyph(shape="dot", x=self.x(estimate.value), y=middle, size=13, code=row.code))
        value = _value(row)
        tone: Tone = "ink" if estimate.value is not None else "muted"
        size = 13.0 if estimate.value is not None else 12.0
        elements.append(Words(text=value, x=self.width, y=middle + 4.5, size=size, anchor="end", tone=tone))
        label = msg("%(name)s: %(value)s", name=row.name, value=value)
        href = row.href or addresses.METHOD
        return Mark(href=href, label=label, elements=tuple(elements), area=(0, y, self.width, self.row))


def _tick(value: float) -> Wording:
    """A number of the scale: a whole one without decimals, others with one."""
    if abs(value - round(value)) < 0.01:
        return str(abs(round(value))) if round(value) >= 0 else f"−{abs(round(value))}"
    whole, _, decimals = f"{abs(value):.1f}".partition(".")
    sign = "−" if value < 0 else ""
    return pmsg("a number with decimals", "%(whole)s.%(decimals)s", whole=sign + whole, decimals=decimals)
