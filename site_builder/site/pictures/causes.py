"""The causes and their effects as a picture: the steps of kind ``cause``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from site_builder.edition.codes import CodeId
from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.records import dataclass
from site_builder.site.pictures import key
from site_builder.site.pictures.drawing import (
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
from site_builder.site.pictures.picture import Content, Form, KeyItem, Picture, Table
from site_builder.site.pictures.steps import Diagnosis, diagnosis
from site_builder.site.pictures.steps_layout import grey, status_name, step_curves, step_lines, words_in_list
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link, PassageLink

_WIDE, _NARROW = 1080.0, 350.0
_ROW, _LINE = 23.0, 24.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """A step from a cause to its effect (``None`` if the text has none), and the passages it rests on."""

    start: Diagnosis
    end: Diagnosis | None
    status: str
    passages: tuple[PassageLink, ...]

    @property
    def href(self) -> str:
        """The address of the first passage that the step rests on (``canal/p2.html``); without passages that
        of its cause.
        """
        return self.passages[0].href if self.passages else self.start.href

    @property
    def label(self) -> Wording:
        """The step in words: ``CAUSE causes or strengthens EFFECT, STATUS (PASSAGE, PASSAGE)``.  STATUS is
        ``stated by the author`` or ``inferred by the editors``.

        Without passages the parentheses are left out.  Without an effect, also with passages:
        ``CAUSE: the editors found no effect``.
        """
        if self.end is None:
            return msg(
                "%(cause)s: %(status)s", cause=self.start.whole, status=msg("the editors found no effect")
            )
        label = msg(
            "%(cause)s causes or strengthens %(effect)s, %(status)s",
            cause=self.start.whole,
            effect=self.end.whole,
            status=status_name(self.status),
        )
        if not self.passages:
            return label
        places = listed(passage.label for passage in self.passages)
        return pmsg("a step and its passages", "%(step)s (%(passages)s)", step=label, passages=places)


@dataclass(frozen=True, kw_only=True, slots=True)
class Causes:
    """All steps from causes to effects, by their causes; both sides are in the order of the codebook."""

    starts: tuple[Diagnosis, ...]
    ends: tuple[Diagnosis, ...]
    steps: tuple[Cause, ...]


def causes(presenter: Presenter) -> Causes | None:
    """The causes of a project; ``None`` without any.

    Both sides have each code once: cells and their traits first, then other codes, in the order of the
    codebook.  The steps are in the order of their causes; those of one cause in the order of the file.  A
    step has each passage of its evidence once.
    """
    index = presenter.index
    edges = [edge for edge in presenter.project.edges if edge.kind == "cause"]
    if not edges:
        return None
    order = {text: n for n, text in enumerate(index.codes)}

    def sorted_(names: Sequence[str]) -> dict[str, Diagnosis]:
        cells_first = sorted(
            dict.fromkeys(names), key=lambda name: (not _of_cell(index.codes[name]), order[name])
        )
        return {name: diagnosis(presenter, index.codes[name]) for name in cells_first}

    starts = sorted_([edge.start for edge in edges])
    ends = sorted_([edge.end for edge in edges if edge.end])
    places = list(starts)
    return Causes(
        starts=tuple(starts.values()),
        ends=tuple(ends.values()),
        steps=tuple(
            Cause(
                start=starts[edge.start],
                end=ends[edge.end] if edge.end else None,
                status=edge.status,
                passages=tuple(
                    presenter.passage(key) for key in dict.fromkeys(map(index.quoted, edge.evidence))
                ),
            )
            for edge in sorted(edges, key=lambda edge: places.index(edge.start))
        ),
    )


def _of_cell(code: CodeId) -> bool:
    return code.kind in ("cell", "trait")


# --- what it shows --------------------------------------------------------------------------------


def shows(data: Causes) -> tuple[Wording, ...]:
    """The clauses that say what the picture shows, in this order; ``()`` if no condition is met.

    The cause with the most effects, if it is the only one and has three or more; effects that the author
    states and those that the editors infer are counted apart, unless all are of one kind.  In a grid with
    poles, how many of the steps with a cell or a trait at both ends (also the same) lead to another cell, how
    many of these to another pole, and how many of the last the author states; only if some steps with two
    such ends lead to another pole and some do not.  How many steps the author states, if some and not all.  A
    step without an effect counts nowhere.
    """
    return tuple(clause for clause in (_most(data), _across(data), _stated(data)) if clause)


def _most(data: Causes) -> Wording:
    """The only cause with the most effects, where these are three or more."""
    own = {one: [step for step in data.steps if step.start == one and step.end] for one in data.starts}
    most = max(map(len, own.values()))
    found = [one for one, steps in own.items() if len(steps) == most]
    if most < 3 or len(found) > 1:
        return ""
    cause = found[0].name
    stated = sum(step.status == "stated" for step in own[found[0]])
    if stated == most:
        return msg(
            "“%(cause)s” has the most effects: the author states all %(count)s", cause=cause, count=most
        )
    if not stated:
        return msg(
            "“%(cause)s” has the most effects: the editors infer all %(count)s", cause=cause, count=most
        )
    return msg(
        "“%(cause)s” has the most effects: the author states %(stated)s, the editors infer %(inferred)s",
        cause=cause,
        stated=stated,
        inferred=most - stated,
    )


def _across(data: Causes) -> Wording:
    """How many steps lead from a cell to another, and how many of them to one of another pole."""
    both = [
        (step.status, step.start.cell, step.end.cell)
        for step in data.steps
        if step.end and step.start.cell and step.end.cell and step.start.cell.sign
    ]
    others = [(status, start, end) for status, start, end in both if start != end]
    across = [status for status, start, end in others if start.pole != end.pole]
    if not across or len(across) == len(both):
        return ""
    return msg(
        "Of the %(all)s steps with a cell at both ends %(others)s lead to another cell and %(count)s of these"
        " to another pole; the author states %(stated)s of the %(count)s",
        all=len(both),
        others=len(others),
        count=len(across),
        stated=across.count("stated"),
    )


def _stated(data: Causes) -> Wording:
    ended = [step for step in data.steps if step.end]
    stated = sum(step.status == "stated" for step in ended)
    if not ended or stated in (0, len(ended)):
        return ""
    return msg(
        "The author states %(stated)s of the %(all)s steps; the editors infer the others",
        stated=stated,
        all=len(ended),
    )


# --- how it is drawn ------------------------------------------------------------------------------


class _Side:
    """The codes of one side in rows, from a left to a right end."""

    def __init__(self, codes: tuple[Diagnosis, ...], left: float, right: float, pen: Pen) -> None:
        self.codes, self.left, self.right, self.pen = codes, left, right, pen
        groups = [pen.width(one.group, 13, bold=True) for one in codes]
        self.name = left + min(140.0, max(groups, default=0)) + 8
        names = [pen.text(one.group) for one in codes]
        self.gaps = [8.0 if n and name != names[n - 1] else 0.0 for n, name in enumerate(names)]
        self.is_first = [not n or name != names[n - 1] for n, name in enumerate(names)]
        self.height = sum(self.gaps) + _ROW * len(codes)

    def places(self, top: float, total: float) -> dict[Diagnosis, float]:
        """Code → the middle of its row; each row has an equal share of what is left of the height.

        :param top: where the first row can begin; ``total`` is the height.
        """
        rows = [_ROW] * len(self.codes)
        return dict(zip(self.codes, spread(rows, self.gaps, top, total), strict=True))

    def elements(self, places: dict[Diagnosis, float]) -> Iterator[Element]:
        """The names of the codes in rows, each a link to its code; the first of each group has the name of
        the group.

        :param places: code → the middle of its row.
        """
        for one, is_first in zip(self.codes, self.is_first, strict=True):
            y = places[one]
            words: list[Element] = []
            if is_first:
                space = (self.name if one.name else self.right) - self.left - 6
                fits = self.pen.width(one.group, 13, bold=True) <= space
                group = one.group if fits else self.pen.cut(one.group, space / 1.14, 13)
                words.append(Words(text=group, x=self.left, y=y + 5, size=13, bold=True))
            words += label_lines(self.pen, one.name, (self.name, y + 5, self.right - self.name), 13)
            area = (self.left - 3, y - _ROW / 2, self.right - self.left + 3, _ROW)
            yield Mark(href=one.href, label=one.whole, elements=tuple(words), area=area)


def wide(data: Causes, pen: Pen) -> Drawing:
    """Causes at the left, effects at the right, a curve for each step, on 1080 pixels.

    A step that is not stated has a dashed curve; one without an effect is a hatch beside its cause.
    """
    head, start, end = 34.0, 340.0, 700.0
    left, right = _Side(data.starts, 0, start - 14, pen), _Side(data.ends, end + 14, _WIDE, pen)
    total = max(left.height, right.height)
    at, to = left.places(head, total), right.places(head, total)
    elements: list[Element] = []
    for x, stop, text in ((0.0, start - 14, msg("Cause")), (end + 14, _WIDE, msg("Effect"))):
        elements.append(Words(text=text, x=x, y=15, size=14, bold=True))
        elements.append(Line(x1=x, y1=23, x2=stop, y2=23, tone="rule"))
    for step in data.steps:
        y = at[step.start]
        if step.end is None:
            hatch = Hatch(x=start - 4.5, y=y - 6.5, width=26, height=13)
            elements.append(Mark(href=step.href, label=step.label, elements=(hatch,)))
            continue
        curves = step_curves(joining((start, y), (end, to[step.end])), step.start.slug, step.status)
        elements.append(Mark(href=step.href, label=step.label, elements=curves))
    for points, x in ((at, start), (to, end)):
        elements += [
            Glyph(shape="dot", x=x, y=y, size=8, code=one.slug, tone="muted")
            for one, y in points.items()
            if points is to or any(step.start == one and step.end for step in data.steps)
        ]
    elements += [*left.elements(at), *right.elements(to)]
    return Drawing(width=_WIDE, height=head + total + 6, elements=tuple(elements))


def narrow(data: Causes, pen: Pen) -> Drawing:
    """A block for each cause: its name on at most three lines, and its effects in the order of the
    steps, on 350 pixels.

    A step without an effect has a hatch and the words ``the editors found no effect``.
    """
    elements: list[Element] = []
    y = 0.0
    for cause in data.starts:
        lines = pen.lines(cause.whole, _NARROW / 1.15, 13, 3)
        words = tuple(
            Words(text=line, x=0, y=y + 17 + 18 * n, size=13, bold=True) for n, line in enumerate(lines)
        )
        height = _LINE + 18.0 * (len(lines) - 1)
        area = (0.0, y, _NARROW, height)
        elements.append(Mark(href=cause.href, label=cause.whole, elements=words, area=area))
        y += height
        for step in data.steps:
            if step.start == cause:
                mark, height = _effect(step, y, pen)
                elements.append(mark)
                y += height
        elements.append(Line(x1=0, y1=y + 5, x2=_NARROW, y2=y + 5))
        y += 10
    return Drawing(width=_NARROW, height=y, elements=tuple(elements))


def _effect(step: Cause, y: float, pen: Pen) -> tuple[Mark, float]:
    """The effect of a step as a link, and its height."""
    sample: tuple[Element, ...] = (Hatch(x=6.5, y=y + 5.5, width=28, height=13),)
    text: Wording = msg("the editors found no effect")
    if step.end:
        text = step.end.whole
        sample = step_lines(6, 34, y + 12, step.start.slug, step.status)
    words, height = words_in_list(text, y, pen)
    area = (0.0, y, _NARROW, height)
    return Mark(href=step.href, label=step.label, elements=(*sample, *words), area=area), height


def pictures(presenter: Presenter) -> tuple[Picture, ...]:
    """The picture of the causes (id ``causes``); none if the project has no edge of the kind ``cause``."""
    return presenter.once(_pictures)


def _pictures(presenter: Presenter) -> tuple[Picture, ...]:
    data = causes(presenter)
    if data is None:
        return ()
    picture = Picture(
        id="causes",
        title=msg("From causes to effects"),
        shows=shows(data),
        how=_with_grey(
            data,
            msg(
                "A line joins a cause to its effect, by cell; both sides are in the order of the codebook,"
                " and an effect can be a cause in turn."
            ),
        ),
        forms=(
            Form(name="wide", layout=partial(wide, data)),
            Form(
                name="narrow",
                layout=partial(narrow, data),
                how=_with_grey(
                    data, msg("Below each cause are its effects; an effect can be a cause in turn.")
                ),
            ),
        ),
        table=Table(
            columns=(msg("Cause"), msg("Status"), msg("Effect"), msg("Passages")),
            rows=tuple(map(_row, data.steps)),
        ),
        key=tuple(_key(data)),
    )
    return (picture,)


def _with_grey(data: Causes, how: Wording) -> Wording:
    """How to read the picture, and what grey lines are, if there are such."""
    if all(step.start.slug for step in data.steps if step.end):
        return how
    return pmsg("two sentences", "%(first)s %(second)s", first=how, second=grey())


def _key(data: Causes) -> Iterator[KeyItem]:
    statuses = {step.status for step in data.steps}
    yield from key.of_statuses(statuses)
    if "none" in statuses:
        yield KeyItem(shape="hatch", text=msg("the editors found no effect"))


def _row(step: Cause) -> tuple[Content, ...]:
    end: Content = (Link(text=step.end.whole, href=step.end.href),) if step.end else ()
    status = status_name(step.status) if step.end else msg("the editors found no effect")
    return (
        (Link(text=step.start.whole, href=step.start.href),),
        (status,),
        end,
        tuple(Link(text=one.short, href=one.href) for one in step.passages),
    )
