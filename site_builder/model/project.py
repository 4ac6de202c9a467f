"""The project as a whole, and what the site says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.model.codebook import Facet, Grid, Term
from site_builder.model.corpus import Anchor, Work
from site_builder.model.place import NOWHERE, Place
from site_builder.model.prose import Page
from site_builder.model.tags import Tagging

FORMAT = 2
"""The format of projects that this version writes.  It reads every format from 1 to this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What the silence report counts as an answer: the tags of one facet that stand in these relations."""

    facet: str
    name: str
    relations: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversion:
    """A word and what conversion makes of it: equally long, since places hold in both scripts."""

    word: str
    form: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The site's own words (``annotations/project.yaml``), and the format of the project's files.

    ``format`` is 1 for a project that gives no number.  ``released`` says whether the tags must be complete:
    what a draft still lacks is reported for review, and what a release lacks is an error.
    """

    title: str
    title_en: str
    subtitle: str
    description: str
    publisher: str
    coder: str
    version: str
    date: dt.date
    address: str
    licences: tuple[Term, ...]
    grid_caption: str
    grid_note: str
    facets: tuple[str, ...]
    silence: tuple[Column, ...]
    keep: tuple[str, ...]
    conversions: tuple[Conversion, ...]
    conversion_note: str
    place: Place
    format: int = FORMAT
    format_place: Place = NOWHERE
    released: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer to a review (``annotations/reviews.yaml``): what was found is right, for this reason.

    ``block`` is the id of a passage, a heading or an entry, or empty; ``path`` that of a file, or empty.
    ``words`` hold what was found, as it stands there.
    """

    code: str
    block: str
    path: str
    words: str
    reason: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """Everything that was read.  ``anchors`` is the ledger of the addresses outside of the texts."""

    site: Site
    works: tuple[Work, ...]
    grid: Grid
    facets: tuple[Facet, ...]
    taggings: tuple[Tagging, ...]
    pages: tuple[Page, ...]
    answers: tuple[Answer, ...] = ()
    anchors: tuple[Anchor, ...] = ()
