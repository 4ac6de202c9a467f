"""Entries of an index by passage: a row for each entry, a dot where a passage has it.

The rows are in the order of their first passages, so one sees where each entry enters the text, and whether
it returns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from site_builder.edition import addresses
from site_builder.edition.index import Key
from site_builder.language.message import Wording, msg, pmsg
from site_builder.model import Facet, Work
from site_builder.records import dataclass
from site_builder.site.pictures import section_names
from site_builder.site.pictures.columns import named, sections
from site_builder.site.pictures.drawing import (
    Box,
    Drawing,
    Element,
    Glyph,
    Line,
    Mark,
    Pen,
    Words,
    label_lines,
)
from site_builder.site.pictures.picture import Content, Form, KeyItem, Picture, Table
from site_builder.site.pictures.section_names import Span
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link

_FEWEST = 3
"""A picture needs as many entries, and passages with one of them."""
_POINTED = 12.0
"""A dot has a link of its own in columns of at least this width, in pixels."""
_MOST = 60
"""If more entries than this occur, only those with two passages or more are drawn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A passage: ``section`` is the number of its section, ``label`` its name, ``short`` that in a list."""

    key: Key
    number: int
    section: int
    label: Wording
    short: Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A section of a work, or in several works a work, above its columns."""

    name: Wording
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An entry, and the places of the columns that have it, from 0, in order; at least one."""

    name: Wording
    href: str
    places: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """The entries of a facet by passage.  ``rows`` are all entries that occur, by their first passages."""

    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]

    @property
    def drawn(self) -> tuple[Row, ...]:
        """The rows that the picture shows: all if there are at most 60, otherwise those with two places or
        more.

        If there are more than 60 and each has one place, the first 60.
        """
        if len(self.rows) <= _MOST:
            return self.rows
        return tuple(row for row in self.rows if len(row.places) > 1) or self.rows[:_MOST]

    @property
    def groups(self) -> tuple[tuple[Row, ...], ...]:
        """The :attr:`drawn` rows in groups, one for each section in which a row has its first passage.

        The rows stay in their order; only neighbours are joined.
        """
        return tuple(tuple(found) for _, found in groupby(self.drawn, key=self.first))

    def first(self, row: Row) -> int:
        """The ``section`` of the column of the first passage of an entry."""
        return self.columns[row.places[0]].section

    def sections_of(self, row: Row) -> set[int]:
        """The numbers of the sections in which an entry occurs."""
        return {self.columns[place].section for place in row.places}


def of_facet(presenter: Presenter, facet: Facet) -> Picture | None:
    """The entries of an index facet by passage; ``None`` if passages are tagged with fewer than three of
    them, if fewer than three passages are, and in a project of more than 8 works, where each work has such a
    picture.

    An entry without passages has no row.  The id is ``facet-FACET``.  That the facet is an index facet is not
    checked.
    """
    return presenter.once(_of_facet, facet)


def _of_facet(presenter: Presenter, facet: Facet) -> Picture | None:
    if not presenter.edition.has_few_works:
        return None
    title = msg("%(facet)s by passage", facet=facet.name)
    return _picture(facet, _chart(presenter, facet, presenter.project.works), f"facet-{facet.id}", title)


def of_work(presenter: Presenter, work: Work) -> Iterator[Picture]:
    """The pictures of the index facets in one work alone, in the order of the facets; whether the project is
    large is not checked.

    A facet has none if fewer than three entries occur in the work, or fewer than three passages have one.
    The id of a picture is ``facet-FACET-WORK``.
    """
    for facet in presenter.project.facets:
        if facet.kind == "index":
            title = msg("%(facet)s by passage in “%(work)s”", facet=facet.name, work=work.record.title)
            chart = _chart(presenter, facet, (work,))
            picture = _picture(facet, chart, f"facet-{facet.id}-{work.id}", title)
            if picture is not None:
                yield picture


def _picture(facet: Facet, chart: Chart, id_: str, title: Wording) -> Picture | None:
    if len(chart.rows) < _FEWEST or len({place for row in chart.rows for place in row.places}) < _FEWEST:
        return None
    return Picture(
        id=id_,
        title=title,
        shows=tuple(_shows(chart)),
        how=_how(chart),
        forms=(
            Form(name="wide", layout=partial(wide, chart)),
            Form(name="narrow", layout=partial(narrow, chart)),
        ),
        table=_table(chart, facet),
        key=(
            KeyItem(shape="dot", text=msg("the passage has the entry")),
            KeyItem(shape="line", text=msg("from the first passage to the last")),
        ),
    )


def pictures(presenter: Presenter) -> Iterator[Picture]:
    """The pictures of the index facets for all works together, in the order of the facets.

    A facet has none if fewer than three entries occur, or fewer than three passages have one; in a large
    project, which has more than 8 works, no facet has one.  The id of a picture is
    ``facet-FACET``.
    """
    for facet in presenter.project.facets:
        if facet.kind == "index" and (picture := of_facet(presenter, facet)) is not None:
            yield picture


def _chart(presenter: Presenter, facet: Facet, works: tuple[Work, ...]) -> Chart:
    columns: list[Column] = []
    heads: list[Head] = []
    edition, within = presenter.edition, works[0].id if len(works) == 1 else ""
    for work in works:
        for section in sections(work):
            if len(works) == 1:
                heads.append(Head(name=named(edition, work, section), href=section.href))
            elif not columns or columns[-1].key[0] != work.id:
                heads.append(Head(name=edition.work_names[work.id], href=addresses.reading(work.id)))
            columns += (
                Column(
                    key=(work.id, passage.id),
                    number=passage.number,
                    section=len(heads) - 1,
                    label=edition.passage_label((work.id, passage.id), within),
                    short=edition.passage_number((work.id, passage.id), within),
                )
                for passage in section.passages
            )
    place = {column.key: n for n, column in enumerate(columns)}
    rows = [
        Row(
            name=entry.name,
            href=addresses.entry(entry, presenter.index.facets),
            places=tuple(sorted({place[key] for key, _ in found if key in place})),
        )
        for entry in facet.entries
        if (found := presenter.index.by_entry.get((facet.id, entry.id)))
        and any(key in place for key, _ in found)
    ]
    rows.sort(key=lambda row: (columns[row.places[0]].section, row.places[0], -len(row.places)))
    return Chart(columns=tuple(columns), heads=tuple(heads), rows=tuple(rows))


# --- what it shows --------------------------------------------------------------------------------


def _shows(chart: Chart) -> Iterator[Wording]:
    every = len(chart.rows)
    counted, returning = False, 0
    if len(chart.heads) > 1:
        first = Counter(map(chart.first, chart.rows)).most_common()
        section, most = first[0]
        if chart.heads[section].name and most > 1 and len(first) > 1 and most > first[1][1]:
            counted = True
            yield msg(
                "More entries first occur in “%(section)s” than in any other part: %(count)s of %(all)s",
                section=chart.heads[section].name,
                count=most,
                all=every,
            )
        returning = sum(len(chart.sections_of(row)) > 1 for row in chart.rows)
        if returning > 1 and counted:
            yield msg("%(count)s occur in several parts", count=returning)
        elif returning > 1:
            yield msg("%(count)s of %(all)s entries occur in several parts", count=returning, all=every)
    once = sum(len(row.places) == 1 for row in chart.rows)
    if 1 < once < every:
        if counted or returning > 1:
            yield msg("%(count)s occur in one passage only", count=once)
        else:
            yield msg("Of the %(all)s entries, %(count)s occur in one passage only", count=once, all=every)


def _how(chart: Chart) -> Wording:
    whole = msg(
        "Each row is an entry, in the order of the first passages; each dot is a passage that has it. A long"
        " line is a long way from the first passage to the last, not frequent use."
    )
    left = len(chart.rows) - len(chart.drawn)
    if not left:
        return whole
    more = msg("Entries with one passage are only in the table: %(count)s.", count=left)
    return pmsg("two sentences", "%(first)s %(second)s", first=whole, second=more)


def _table(chart: Chart, facet: Facet) -> Table:
    rows: list[tuple[Content, ...]] = []
    for row in chart.rows:
        passages = tuple(
            Link(text=chart.columns[n].short, href=addresses.passage(chart.columns[n].key))
            for n in row.places
        )
        rows.append(((Link(text=row.name, href=row.href),), (str(len(row.places)),), passages))
    return Table(columns=(facet.name, msg("Count"), msg("Passages")), rows=tuple(rows))


# --- layouts --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Size:
    """The measures of a form, in pixels: of the names, of a column, of a row, and of its gaps.

    With ``stacked`` the name of an entry is above its dots.
    """

    label: float
    column: float
    row: float
    font: float
    between: float
    apart: float
    count: float
    stacked: bool = False


def wide(chart: Chart, pen: Pen) -> Drawing:
    """With the numbers of the passages, and a link for each dot, if a column is at least 12 pixels wide;
    otherwise each row is one link.  Columns are 2 to 26 pixels wide; the drawing is at most 980 wide, more
    only if columns of 2 pixels need it.

    :raises ValueError: without rows.
    """
    label = min(240.0, max(pen.width(row.name, 13) for row in chart.drawn)) + 12
    gaps = len(chart.heads) * 12.0
    column = max(2.0, min(26.0, (980 - label - gaps - 44) / len(chart.columns)))
    size = _Size(label=label, column=column, row=24, font=13, between=12, apart=10, count=44)
    return _Plot(chart, pen, size, small=column < _POINTED).drawing()


def narrow(chart: Chart, pen: Pen) -> Drawing:
    """All passages on at most 350 pixels, more only if columns of 1 pixel need it; each row is one link.

    Columns are 1 to 12 pixels wide.  Names are above their dots if more than a quarter of them are wider than
    128 pixels.

    :raises ValueError: without rows.
    """
    names = [pen.width(row.name, 13) for row in chart.drawn]
    stacked = sum(name > 128 for name in names) > len(names) / 4
    label = 0.0 if stacked else min(138.0, max(names) + 10)
    gaps = len(chart.heads) * 5.0
    column = max(1.0, (350 - label - gaps - 26) / len(chart.columns))
    size = _Size(
        label=label,
        column=min(column, 12.0),
        row=40 if stacked else 24,
        font=13,
        between=5,
        apart=6,
        count=26,
        stacked=stacked,
    )
    return _Plot(chart, pen, size, small=True).drawing()


class _Plot:
    """Both forms.  The small one has no numbers and no link for a single passage."""

    def __init__(self, chart: Chart, pen: Pen, size: _Size, *, small: bool = False) -> None:
        self.chart, self.pen, self.size, self.small = chart, pen, size, small
        self.x: list[float] = []
        self.spans: list[tuple[float, float]] = []
        at = size.label
        for _, found in groupby(chart.columns, key=lambda column: column.section):
            at += size.between
            start = at
            for _ in found:
                self.x.append(at + size.column / 2)
                at += size.column
            self.spans.append((start, at))
        self.end = at
        self.font = 12.0 if small else 14.0
        self.sections = [
            Span(
                name=head.name,
                href=head.href,
                start=start,
                end=end,
                space=end - start + (size.count if end == at else size.between) - 4,
            )
            for head, (start, end) in zip(chart.heads, self.spans, strict=True)
        ]
        self.letters = section_names.letters([self.sections], self.font, pen)
        self.named = section_names.heads(self.sections, self.font, pen, self.letters)
        self.raised = section_names.raised(self.named)
        self.head = self.raised + (24.0 if small else 44.0)

    @property
    def width(self) -> float:
        """The width of the whole drawing."""
        return self.end + self.size.count

    def drawing(self) -> Drawing:
        """The whole form."""
        groups = self.chart.groups
        height = self.head + sum(map(self.tall, self.chart.drawn)) + (len(groups) - 1) * self.size.apart
        elements: list[Element] = [
            Box(x=start, y=self.head - 2, width=end - start, height=height - self.head + 2)
            for start, end in self.spans
        ]
        elements += self.heads()
        y = self.head
        for group in groups:
            for row in group:
                elements += self.row(row, y)
                y += self.tall(row)
            y += self.size.apart
        notes, more = section_names.explained([self.sections], self.letters, self.width, height + 6, self.pen)
        height += more + 6 if notes else 0
        return Drawing(width=self.width, height=height, elements=(*elements, *notes))

    def heads(self) -> Iterator[Element]:
        base = self.raised + 14
        for head in self.named:
            yield Line(x1=head.span.start, y1=base + 5, x2=head.span.end, y2=base + 5, tone="rule")
            if head.lines:  # none of passages without a heading and a label
                yield head.mark(base, self.font, self.pen)
        if not self.small:
            yield from self.numbers()
            words = Words(text=msg("Count"), x=self.width, y=base + 22, size=12, anchor="end", tone="muted")
            yield words

    def numbers(self) -> Iterator[Element]:
        """The numbers of the passages; of columns below 15 pixels those of the first passage of each
        section, and of each passage whose number can be divided by 5.
        """
        ends = {start for start, _ in self.spans}
        for column, x in zip(self.chart.columns, self.x, strict=True):
            opens = x - self.size.column / 2 in ends
            if self.size.column < 15 and not opens and column.number % 5:
                continue
            number = Words(
                text=str(column.number), x=x, y=self.raised + 36, size=12, anchor="middle", tone="link"
            )
            yield Mark(
                href=addresses.passage(column.key),
                label=column.label,
                elements=(number,),
                area=(x - self.size.column / 2, self.raised + 23, self.size.column, 19),
            )

    def row(self, row: Row, y: float) -> Iterator[Element]:
        """An entry: its name, its lines, a dot for each passage, and their number at the right.

        In the small form all of it is one link to the entry; otherwise the name leads to the entry, and each
        dot to its passage.
        """
        size, tall = self.size, self.tall(row)
        middle = y + (tall - 11 if size.stacked else size.row / 2)
        names = tuple(self.names(row, y, middle))
        places = [self.x[n] for n in row.places]
        lines = self.lines(row, middle, places)
        many = len(row.places)
        count = Words(
            text=str(many),
            x=self.width,
            y=middle + 4.5,
            size=12,
            anchor="end",
            tone="ink" if many > 1 else "muted",
        )
        if self.small:
            side = max(4.0, min(9.0, size.column))
            dots = (Glyph(shape="dot", x=x, y=middle, size=side) for x in places)
            label = msg("%(entry)s, passages: %(count)s", entry=row.name, count=many)
            elements: tuple[Element, ...] = (*names, *lines, *dots, count)
            yield Mark(href=row.href, label=label, elements=elements, area=(0, y, self.width, tall))
            return
        yield Mark(href=row.href, label=row.name, elements=names, area=(0, y, size.label, size.row))
        yield from lines
        yield count
        for n, x in zip(row.places, places, strict=True):
            column = self.chart.columns[n]
            yield Mark(
                href=addresses.passage(column.key),
                label=pmsg(
                    "an entry in a passage", "%(entry)s: %(passage)s", entry=row.name, passage=column.label
                ),
                elements=(Glyph(shape="dot", x=x, y=middle, size=min(12.0, max(6.0, size.column - 2))),),
                area=(x - size.column / 2, y, size.column, size.row),
            )

    def tall(self, row: Row) -> float:
        """The height of a row: that of the form, and 15 pixels more if its name is above its dots and has two
        lines.
        """
        return self.size.row + (15.0 * (len(self.divided(row)) - 1) if self.size.stacked else 0.0)

    def divided(self, row: Row) -> tuple[Wording, ...]:
        """The name of an entry on one or two lines as wide as the drawing."""
        return self.pen.lines(row.name, self.width - 8, self.size.font, 2)

    def names(self, row: Row, y: float, middle: float) -> Iterator[Words]:
        """The name of an entry: above its dots on up to two lines, or else beside them."""
        font = self.size.font
        if self.size.stacked:
            for n, line in enumerate(self.divided(row)):
                yield Words(text=line, x=0, y=y + 15 + 15 * n, size=font)
            return
        yield from label_lines(self.pen, row.name, (0, middle + font * 0.36, self.size.label - 8), font)

    def lines(self, row: Row, middle: float, places: list[float]) -> Iterator[Line]:
        """A pale line from the name to the first passage, if there is space, and a dark one from there to the
        last; none for a single passage.

        :param places: the middles of the dots, in order; at least one.
        """
        start = self.pen.width(row.name, self.size.font) + 8
        if not self.size.stacked and start < places[0] - 4:
            yield Line(x1=start, y1=middle, x2=places[0] - 4, y2=middle)
        if len(places) > 1:
            yield Line(x1=places[0], y1=middle, x2=places[-1], y2=middle, tone="rule", width=1.5)
