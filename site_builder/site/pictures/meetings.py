"""Codes in the same passage: a square for each two codes, with the number of passages that have both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations, pairwise

from site_builder.edition import addresses
from site_builder.edition.index import Key
from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.records import dataclass
from site_builder.site.pictures.columns import runs
from site_builder.site.pictures.drawing import (
    Box,
    Curve,
    Drawing,
    Element,
    Mark,
    Pen,
    Words,
    label_lines,
)
from site_builder.site.pictures.picture import Content, Form, Picture, Table
from site_builder.site.pictures.score import Row, row_of
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link

_FEWEST = 3
"""A picture needs as many codes that occur."""
_LISTED = 4
"""A square with more passages has their number alone."""
_LARGE = 16
"""With more codes than this no square lists its passages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """The codes of a frame and the passages they have in common.

    ``passages`` has for each passage with a code the numbers of its codes.  ``labels`` and ``numbers`` name
    the passages.
    """

    rows: tuple[Row, ...]
    passages: Mapping[Key, frozenset[int]]
    labels: Mapping[Key, Wording]
    numbers: Mapping[Key, Wording]
    is_one_work: bool
    most: int
    """The most passages that one place names."""

    def of(self, one: int, other: int) -> tuple[Key, ...]:
        """The passages that have both codes, in the order of ``passages``; those of one code if both are the
        same.

        The order of the two codes does not matter.  ``()`` if no passage has both, also for a number that no
        code has.
        """
        return tuple(key for key, codes in self.passages.items() if one in codes and other in codes)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Every two codes as their numbers, the lower first: of three ``((0, 1), (0, 2), (1, 2))``; ``()`` of
        one or none.
        """
        return tuple(combinations(range(len(self.rows)), 2))

    def are_poles(self, one: int, other: int) -> bool:
        """Whether two codes are cells with poles, of one dimension; true also of one such cell and itself.

        :raises IndexError: for a number above those of the codes.
        """
        return bool(self.rows[one].sign) and self.rows[one].group == self.rows[other].group


def of_codes(presenter: Presenter) -> Picture | None:
    """The codes with colours, two and two, in all works; ``None`` if fewer than three codes occur.

    Only tags of the displayed coder count.  Its id is ``codes``; codes that do not occur are rows too.
    """
    return presenter.once(_of_codes)


def _of_codes(presenter: Presenter) -> Picture | None:
    meeting = _meeting(presenter)
    if len({code for codes in meeting.passages.values() for code in codes}) < _FEWEST:
        return None
    forms = (
        Form(name="wide", layout=partial(wide, meeting)),
        Form(name="narrow", layout=partial(narrow, meeting), how=_how(meeting, lists=False)),
    )
    return Picture(
        id="codes",
        title=msg("Cells in the same passage") if presenter.index.cells else msg("Codes in the same passage"),
        shows=tuple(_shows(meeting)),
        how=_how(meeting, lists=meeting.is_one_work and len(meeting.rows) <= _LARGE),
        forms=forms,
        table=_table(meeting),
    )


def _meeting(presenter: Presenter) -> Meeting:
    edition = presenter.edition
    codes = tuple(edition.paints)
    place = {code: n for n, code in enumerate(codes)}
    passages = {
        key: found
        for key in presenter.index.passages
        if (found := frozenset(place[code] for code in edition.painted_codes(key)))
    }
    return Meeting(
        rows=tuple(row_of(presenter, code, {}, {}) for code in codes),
        passages=passages,
        labels={key: edition.passage_label(key) for key in passages},
        numbers={key: edition.passage_number(key) for key in passages},
        is_one_work=bool(presenter.index.single_work),
        most=edition.sizes.numbered,
    )


# --- what it shows --------------------------------------------------------------------------------


def _shows(meeting: Meeting) -> Iterator[Wording]:
    met = [pair for pair in meeting.pairs if meeting.of(*pair)]
    every = len(meeting.pairs)
    if met:
        if len(met) == every:
            yield msg("Each two of them meet in a passage")
        else:
            yield msg("%(count)s of %(all)s pairs meet in a passage", count=len(met), all=every)
    full, only = _enumerations(meeting, met)
    if only > 1 and only * 3 > len(met) and len(full) <= meeting.most:
        yield msg(
            "%(count)s of these pairs meet only where a passage has %(codes)s codes or more (%(passages)s)",
            count=only,
            codes=_many(meeting),
            passages=listed(meeting.numbers[key] for key in full),
        )
        return
    counts = sorted(((len(meeting.of(*pair)), pair) for pair in met), reverse=True)
    if len(counts) > 1 and counts[0][0] > counts[1][0]:
        count, (one, other) = counts[0]
        yield msg(
            "Most often %(one)s meets %(other)s, in %(count)s passages",
            one=meeting.rows[one].short,
            other=meeting.rows[other].short,
            count=count,
        )


def _many(meeting: Meeting) -> int:
    """The number of codes from which a passage counts as one with many: half of them, at least three."""
    return max(3, len(meeting.rows) // 2)


def _enumerations(meeting: Meeting, met: list[tuple[int, int]]) -> tuple[list[Key], int]:
    """The passages with many codes, and how many pairs meet only in them."""
    full = [key for key, codes in meeting.passages.items() if len(codes) >= _many(meeting)]
    return full, sum(set(meeting.of(*pair)) <= set(full) for pair in met)


def _how(meeting: Meeting, *, lists: bool) -> Wording:
    """How to read the picture.

    :param lists: whether its squares list their passages.
    """
    parts = [msg("The number in a square counts the passages that have both codes.")]
    if lists:
        parts.append(msg("Small numbers are those of the passages."))
    parts.append(msg("The darker the square, the more passages."))
    parts.append(msg("The coloured squares count the passages of one code."))
    if not all(meeting.of(*pair) for pair in meeting.pairs):
        parts.append(msg("A point means that two codes meet in no passage."))
    if any(meeting.are_poles(*pair) for pair in meeting.pairs):
        parts.append(msg("A frame joins the poles of one dimension."))
    parts.append(msg("Codes that meet are not akin for that reason: a passage may only list them."))
    whole = parts[0]
    for part in parts[1:]:
        whole = pmsg("two sentences", "%(first)s %(second)s", first=whole, second=part)
    return whole


def _table(meeting: Meeting) -> Table:
    """A row for each code alone, and for each two that meet."""
    rows: list[tuple[Content, ...]] = []
    for one, row in enumerate(meeting.rows):
        for other in range(one, len(meeting.rows)):
            keys = meeting.of(one, other)
            if keys:
                passages = tuple(Link(text=meeting.numbers[key], href=addresses.passage(key)) for key in keys)
                second = meeting.rows[other]
                with_ = (Link(text=second.whole, href=second.href),) if other != one else (msg("itself"),)
                rows.append(((Link(text=row.whole, href=row.href),), with_, (str(len(keys)),), passages))
    return Table(columns=(msg("Code"), msg("With"), msg("Count"), msg("Passages")), rows=tuple(rows))


# --- layouts --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Size:
    """The measures of a form, in pixels; ``lists`` if its squares list their passages."""

    label: float
    width: float
    height: float
    font: float
    apart: float
    lists: bool
    whole: bool


def wide(meeting: Meeting, pen: Pen) -> Drawing:
    """Squares that list their passages, if there is space; at most 1120 pixels wide, unless there are many
    codes.

    A square is 30 to 92 pixels wide.  It lists its passages only in a single work with up to 16 codes, if it
    is at least 60 pixels wide and has at most four passages.

    :raises ValueError: without codes.
    """
    label = min(250.0, max(_named_width(row, pen) for row in meeting.rows)) + 14
    count = len(meeting.rows)
    width = max(30.0, min(92.0, (1060 - label) / count))
    lists = meeting.is_one_work and count <= _LARGE and width >= 60
    size = _Size(
        label=label,
        width=width,
        height=66.0 if lists else min(width, 40.0),
        font=14,
        apart=10,
        lists=lists,
        whole=True,
    )
    return _Triangle(meeting, pen, size).drawing()


def _named_width(row: Row, pen: Pen) -> float:
    """The width of the name of a code, with its sign before it."""
    if not row.sign:
        return pen.width(row.name, 14, bold=True)
    return pen.width(row.sign, 14, bold=True) + 6 + pen.width(row.name, 14)


def narrow(meeting: Meeting, pen: Pen) -> Drawing:
    """Squares of 24 to 36 pixels, with numbers alone; wider than 352 pixels only with many codes.

    :raises ValueError: without codes.
    """
    label = min(110.0, max(pen.width(row.short, 12, bold=True) for row in meeting.rows)) + 8
    gaps = sum(_are_apart(*two) for two in pairwise(meeting.rows)) * 4.0
    side = max(24.0, min(36.0, (350 - label - gaps) / len(meeting.rows)))
    size = _Size(label=label, width=side, height=side, font=12, apart=4, lists=False, whole=False)
    return _Triangle(meeting, pen, size).drawing()


def _are_apart(one: Row, other: Row) -> bool:
    """Whether two codes that follow each other belong to dimensions of several codes each."""
    return one.group != other.group and bool(one.sign or other.sign)


class _Triangle:
    """The lower half of a square of codes, with its diagonal."""

    def __init__(self, meeting: Meeting, pen: Pen, size: _Size) -> None:
        self.meeting, self.pen, self.size = meeting, pen, size
        gap, before = 0.0, meeting.rows[0]
        self.gaps: list[float] = []
        """For each code the gaps before it: there is one between two dimensions."""
        for row in meeting.rows:
            gap += size.apart if _are_apart(before, row) else 0
            before = row
            self.gaps.append(gap)
        self.most = max((len(meeting.of(*pair)) for pair in meeting.pairs), default=1) or 1

    def x(self, n: int) -> float:
        """The left edge of the column of a code, by the number of the code from 0.

        :raises IndexError: for a number above those of the codes.
        """
        return self.size.label + n * self.size.width + self.gaps[n]

    def y(self, n: int) -> float:
        """The upper edge of the row of a code, by the number of the code from 0; that of the first is 2.

        :raises IndexError: for a number above those of the codes.
        """
        return 2 + n * self.size.height + self.gaps[n]

    def drawing(self) -> Drawing:
        """The whole form."""
        last = len(self.meeting.rows) - 1
        bottom = self.y(last) + self.size.height
        elements: list[Element] = []
        for n, row in enumerate(self.meeting.rows):
            elements.append(self.label(n, row))
            for other in range(n + 1):
                elements += self.square(n, other)
        slanted = [*self.feet(bottom)]
        elements += slanted
        foot = 24.0 if slanted else 2.0
        return Drawing(
            width=self.x(last) + self.size.width + 2, height=bottom + foot, elements=tuple(elements)
        )

    def label(self, n: int, row: Row) -> Mark:
        """The name of a code at the left of its row, as a link to it: its sign and its name, cut to the
        space; in the small form its short name alone.
        """
        size, base = self.size, self.y(n) + self.size.height / 2 + self.size.font * 0.36
        first = row.short if not size.whole or not row.sign else row.sign
        words: list[Words] = [
            Words(
                text=self.pen.cut(first, size.label - 6, size.font * 1.06),
                x=0,
                y=base,
                size=size.font,
                bold=True,
            )
        ]
        if size.whole and row.sign:
            start = self.pen.width(row.sign, size.font, bold=True) + 6
            place = (start, base, size.label - 10 - start)
            words += label_lines(self.pen, row.name, place, size.font, tone="muted")
        area = (0.0, self.y(n), size.label - 4, size.height - 2)
        return Mark(href=row.href, label=row.whole, elements=tuple(words), area=area)

    def feet(self, bottom: float) -> Iterator[Element]:
        """The short names of the codes below their columns; none unless all of them have space."""
        size = min(self.size.font, 13.0)
        names = [self.pen.width(row.short, size, bold=True) for row in self.meeting.rows]
        if max(names) > self.size.width - 2:
            return
        for n, row in enumerate(self.meeting.rows):
            x = self.x(n) + self.size.width / 2 - 1
            yield Words(text=row.short, x=x, y=bottom + 17, size=size, bold=True, anchor="middle")

    def square(self, one: int, other: int) -> Iterator[Element]:
        """The square of two codes, with the number of passages that have both, as a link to the first of
        them.

        On the diagonal it has the colours of the code and leads to it.  Codes without a common passage have a
        dot and no link.  Two poles of one dimension have a frame.
        """
        keys = self.meeting.of(one, other)
        x, y = self.x(other), self.y(one)
        width, height = self.size.width - 2, self.size.height - 2
        row = self.meeting.rows[one]
        if one == other:
            box = Box(x=x + 0.5, y=y + 0.5, width=width - 1, height=height - 1, code=row.slug)
            count = self.count(len(keys), x + width / 2, y + height / 2 + self.size.font * 0.4, on=row.slug)
            label: Wording = msg("%(entry)s, passages: %(count)s", entry=row.whole, count=len(keys))
            yield Mark(href=row.href, label=label, elements=(box, count), area=(x, y, width, height))
            return
        if not keys:
            yield Words(text="·", x=x + width / 2, y=y + height / 2 + 5, anchor="middle", tone="muted")
            return
        lines = list(self.lines(keys))
        elements: list[Element] = [
            Box(
                x=x, y=y, width=width, height=height, tone="ink", strength=0.04 + 0.14 * len(keys) / self.most
            )
        ]
        if self.meeting.are_poles(one, other):
            frame = f"M{x + 1} {y + 1}H{x + width - 1}V{y + height - 1}H{x + 1}Z"
            elements.append(Curve(path=frame, code=row.slug, width=2))
        base = y + height / 2 + self.size.font * 0.4 - len(lines) * 7
        elements.append(self.count(len(keys), x + width / 2, base))
        for n, line in enumerate(lines):
            elements.append(Words(text=line, x=x + width / 2, y=base + 15 + 13 * n, size=12, anchor="middle"))
        second = self.meeting.rows[other]
        label = self.met(second.whole, row.whole, keys)
        href = addresses.passage(keys[0])
        yield Mark(href=href, label=label, elements=tuple(elements), area=(x, y, width, height))

    def met(self, one: Wording, other: Wording, keys: tuple[Key, ...]) -> Wording:
        """The label of a square: the passages that have both codes (``ONE and OTHER: PASSAGE, PASSAGE``), or
        only their number if they are more than ``most``.
        """
        if len(keys) > self.meeting.most:
            return msg("%(one)s and %(other)s, passages: %(count)s", one=one, other=other, count=len(keys))
        passages = listed(self.meeting.labels[key] for key in keys)
        return msg("%(one)s and %(other)s: %(passages)s", one=one, other=other, passages=passages)

    def count(self, number: int, x: float, y: float, on: str = "") -> Words:
        """A number in the middle of a square, bold.

        :param on: the slug of the code in whose colours the square is; ``""`` for none.
        """
        size = 18.0 if self.size.whole and self.size.height > 39 else 13.0
        return Words(text=str(number), x=x, y=y, size=size, anchor="middle", bold=True, on=on)

    def lines(self, keys: tuple[Key, ...]) -> Iterator[str]:
        """The numbers of passages (:func:`runs`), in as many lines as they need; none if the form does not
        list them, or if they are more than four.
        """
        if not self.size.lists or len(keys) > _LISTED:
            return
        line = ""
        for number in runs([int(str(self.meeting.numbers[key])) for key in keys]):
            longer = f"{line} {number}".strip()
            if line and self.pen.width(longer, 12) > self.size.width - 6:
                yield line
                longer = number
            line = longer
        yield line
