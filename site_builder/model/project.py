"""The project as a whole, and the file that describes it."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import Annotated

from site_builder.language import tags
from site_builder.model.codebook import Facet, Grid, Term
from site_builder.model.coder import Adjudication, Coder
from site_builder.model.edge import Edge
from site_builder.model.field import AtLeast, Choice, Doc, Key
from site_builder.model.ledger import Anchor
from site_builder.model.note import Note
from site_builder.model.place import NOWHERE, Place
from site_builder.model.prose import Page
from site_builder.model.snapshot import Reason, Snapshot
from site_builder.model.tags import Tagging
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import Id, LanguageTag, OneLine, SiteAddress, Verbatim
from site_builder.model.work import Work
from site_builder.records import dataclass

FORMAT = 4
"""The format of projects that this version writes.  It reads every format from 1 to this one."""
STATUSES = ("draft", "released")
"""In a draft, missing tags are reported for review; in a released project they are errors."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """The format of the files of a project, and where the project states it."""

    number: int = 1
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageView:
    """The site in one language: a tree of pages.

    ``folder`` holds its pages; it is empty for the first view, whose pages are at the top of the site.
    """

    language: LanguageTag
    folder: Annotated[Id, Doc("the folder of its pages, as hans; absent: the language in lower case")] = ""
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of the silence report: the tags of one facet that have one of the relations.

    Without relations, all tags count.
    """

    facet: Id
    name: Translated
    relations: Annotated[tuple[Id, ...], AtLeast(1), Doc("tags of any relation count if it is absent")] = ()
    note: Annotated[
        Translated, Doc("what a reader must know of its gaps, said beside every picture that shows them")
    ] = NO_WORDS
    place: Place

    def counts(self, relation: str) -> bool:
        """Whether a tag with a relation counts: one of ``relations``; any tag if the column names none."""
        return not self.relations or relation in self.relations


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversion:
    """A word, and the word that conversion must make of it.  Both must be equally long, so that places in a
    text are the same in both scripts."""

    word: str
    form: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What the site says of itself (``annotations/project.yaml``)."""

    file_format: Annotated[Format, Key("format"), Doc("the format of the files of the project")] = Format()
    language: Annotated[
        LanguageTag, Doc("the language of the editors' prose, as zh-Hant; absent: that of the first work")
    ] = ""
    views: Annotated[
        tuple[LanguageView, ...],
        Doc(
            "the languages of the site, the first without a folder; absent: one, in the language of the prose"
        ),
    ] = ()
    title: Translated
    subtitle: Translated
    short: Annotated[Translated, Doc("its name at the top of each page; absent: the title")] = NO_WORDS
    title_latin: Annotated[
        OneLine, Doc("title and subtitle in Latin letters, for citations in English styles")
    ] = ""
    title_gloss: Annotated[
        OneLine,
        Doc("title and subtitle in English in sentence case, for APA and Chicago; absent: title_en"),
    ] = ""
    description: Translated
    thesis: Annotated[
        Translated, Doc("what the work claims, in a sentence of the editors, on the home page")
    ] = NO_WORDS
    purpose: Annotated[Translated, Doc("what the site is, on its home page; absent: the description")] = (
        NO_WORDS
    )
    audience: Annotated[Translated, Doc("whom the site is for, on its home page")] = NO_WORDS
    publisher: Annotated[Translated, Doc("who answers for the edition")]
    publisher_is_name: Annotated[
        bool,
        Doc("false where the publisher has no name of its own (the editors): citations begin with the title"),
    ] = True
    coder: Annotated[Id, Doc("whose tags the site shows")]
    status: Annotated[
        str,
        Choice(STATUSES),
        Doc("draft: what the tags lack is reported; released: it is an error"),
    ] = "draft"
    version: str
    date: dt.date
    address: Annotated[SiteAddress, Doc("the address the site will have, if any")] = ""
    licences: tuple[Term, ...] = ()
    grid_caption: Annotated[Translated, Doc("the caption of the matrix; the name of the grid if absent")] = (
        NO_WORDS
    )
    grid_note: Translated = NO_WORDS
    agreement_note: Annotated[
        Translated, Doc("what the agreement of the coders can show, said with every figure of it")
    ] = NO_WORDS
    facets: Annotated[tuple[str, ...], Doc("the facets in the order they are shown")] = ()
    works: Annotated[
        tuple[str, ...],
        Doc("the works in the order they are shown, the one that was published first at the head"),
    ] = ()
    silence: tuple[Column, ...] = ()
    keep: Annotated[tuple[Verbatim, ...], Doc("words that conversion must not replace by other words")] = ()
    conversions: Annotated[tuple[Conversion, ...], Doc("words and what conversion must make of them")] = ()
    conversion_note: Annotated[Translated, Doc("what the converted view is, said on every page")] = NO_WORDS
    place: Place

    @property
    def format(self) -> int:
        """The format number of the project files; 1 if ``annotations/project.yaml`` does not state it."""
        return self.file_format.number

    @property
    def translated(self) -> tuple[str, ...]:
        """The languages of the views that are in another language than the prose; ``zh-Hans`` is not another
        than ``zh-Hant``.
        """
        views = (view.language for view in self.views)
        return tuple(language for language in views if not tags.same_language(language, self.language))

    @property
    def released(self) -> bool:
        """Whether the project is released; otherwise it is a draft."""
        return self.status == "released"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer to a review (in ``annotations/reviews.yaml``): what was found is right, for this reason."""

    code: Annotated[str, Doc("the code of the review, as T006")]
    block: Annotated[str, Doc("the id of a passage, a heading or an entry, as p12 or people:anna")] = ""
    path: Annotated[str, Doc("the path of the file, where the review is of no passage or entry")] = ""
    words: Annotated[Verbatim, Doc("the exact words that contain the finding")]
    reason: Annotated[str, Doc("why it is right so")]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """All data of a project.  ``anchors`` is the ledger of the addresses outside of the texts, ``snapshots``
    what released editions say, ``reasons`` why they changed.
    """

    site: Site
    works: tuple[Work, ...]
    grid: Grid
    facets: tuple[Facet, ...]
    taggings: tuple[Tagging, ...]
    pages: tuple[Page, ...]
    answers: tuple[Answer, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    reasons: tuple[Reason, ...] = ()
    edges: tuple[Edge, ...] = ()
    notes: tuple[Note, ...] = ()
    coders: tuple[Coder, ...] = ()
    adjudications: tuple[Adjudication, ...] = ()

    def besides_tags(self) -> tuple[object, ...]:
        """The records of all its parts except the tags, as inputs of a :class:`.Memory`: what does not depend
        on tags holds as long as these are the same objects.
        """
        lists = (self.works, self.facets, self.pages, self.notes, self.edges, self.coders, self.adjudications)
        others = (self.answers, self.snapshots, self.reasons)
        return (self.site, self.grid, self.anchors, *chain(*lists, *others))

    @property
    def first_published(self) -> Work:
        """The work that ``works`` in ``annotations/project.yaml`` lists first; without the list, the first
        folder.

        Names that were published while it was the only work stay its own: ids of ``edition.html`` without
        a prefix, ``data/passages.json``, ``data/edition.xml``, and the base of all permanent identifiers.

        :raises IndexError: if the project has no work.
        """
        return self.works[0]
