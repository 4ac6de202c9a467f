"""The outline of a work and its coverage strip: a mark for each passage."""

from __future__ import annotations

from site_builder.edition import addresses
from site_builder.edition.index import Key
from site_builder.language.message import listed
from site_builder.model import Heading, Work
from site_builder.records import replace
from site_builder.site.pictures.columns import sections
from site_builder.site.presenter import Presenter
from site_builder.site.views import Mark, Section


def strip(presenter: Presenter, work: Work) -> tuple[Mark, ...]:
    """The coverage strip of a work: a mark for each passage, in reading order, also for those without tags.

    ``label`` lists the signed names of its cells, each once (``深度＋名、…``), ``""`` for none; in a
    project without cells, the names of its entries of frame facets.  ``slugs`` are theirs, and ``href`` leads
    to the text (``lu1923/index.html#p12``).  ``opens`` is true for the first passage of each section:
    neighbouring passages under the same heading of the highest level below 1, or under none.  A work without
    passages gives ``()``.
    """
    first = {section.passages[0].id for section in sections(work)}
    return tuple(replace(_mark(presenter, (work.id, p.id)), opens=p.id in first) for p in work.passages)


def outline(presenter: Presenter, work: Work) -> tuple[Section, ...]:
    """Every heading below level 1, in the order of the text, with the marks of the passages directly under
    it; ``()`` if there is none.

    A passage under a lower heading has its mark there, but counts in the range of numbers of both.  The range
    is a text: ``3–7``, ``3`` for a single passage, ``""`` for none.  The ``number`` of a mark is an ``int``.
    """
    return tuple(_section(presenter, work, heading) for heading in work.headings if heading.level > 1)


def _section(presenter: Presenter, work: Work, heading: Heading) -> Section:
    """A line of the outline: a heading with its range of passages and their marks.

    ``range`` covers the passages under the heading and under the headings below it: ``3–7``, ``3`` for a
    single one, ``""`` for none.  ``marks`` are those of the passages directly under it.
    """
    below = [p for p in work.passages if heading.id in p.path]
    own = [p for p in below if p.path[-1] == heading.id]
    numbers = f"{below[0].number}–{below[-1].number}" if below else ""
    return Section(
        text=heading.name,
        short=heading.short,
        href=addresses.anchor((work.id, heading.id)),
        level=heading.level,
        marks=tuple(_mark(presenter, (work.id, p.id)) for p in own),
        range=numbers if len(below) != 1 else str(below[0].number),
    )


def _mark(presenter: Presenter, key: Key) -> Mark:
    """The mark of a passage in the coverage strip: its number and its cells, each once.

    It links to the reading page (``lu1923/index.html#p12``).  ``label`` names the cells (``深度＋名、…``); it
    is ``""`` for a passage without cells.  In a project without cells they are the entries of frame facets.
    """
    codes = presenter.edition.painted_codes(key)
    return Mark(
        href=addresses.anchor(key),
        number=presenter.index.passages[key].number,
        label=listed(map(presenter.edition.signed_name, codes)),
        slugs=tuple(map(presenter.edition.code_slug, codes)),
    )
