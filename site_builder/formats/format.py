"""Formats: how their files are made, what they are for, and what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, BinaryIO

from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.formats.crate import About
from site_builder.formats.files import Files
from site_builder.language.message import Message
from site_builder.model import Work
from site_builder.records import dataclass
from site_builder.site.medium import PageRenderer, Rendered
from site_builder.site.views import View

TAGS, PAGES, FILES, SITE = "tags", "pages", "files", "site"
"""What a format needs: only the project; its pages; the files that are made already; the whole site."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """The input of the formats; the later parts are empty until they are made.

    ``renderers`` maps the folder of a view to what renders the pages of the site in it.
    ``views`` are the pages of the site as records, and ``pages`` maps a script to address → page.
    ``files`` are the files of the site that are made already, and ``formats`` says which of them are of
    which format.  ``sheets`` are the style sheets and scripts that the site is made from, each by itself
    (:func:`site_builder.site.assets.sheets`).  ``converted`` is the first view in another script, if there is
    one.  ``reading`` gives the reading page of a work in the first view, as HTML.  ``earlier`` is the archive
    of the site of an earlier build (:func:`.archive.write`).
    """

    edition: Edition
    converted: Locale | None
    reading: Callable[[Work], str]
    renderers: Mapping[str, PageRenderer]
    views: tuple[View, ...] = ()
    pages: Mapping[str, Mapping[str, Rendered]] = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    sheets: Files = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)
    earlier: BinaryIO | None = None

    def ids(self, folder: str) -> dict[str, tuple[str, ...]]:
        """Address → the ids of that page in one view, in their order on the page.

        A page without ids has ``()``.

        :param folder: that of the view; ``""`` for the first.
        :raises KeyError: before the pages of that view are made.
        """
        return {address: page.ids for address, page in self.pages[folder].items()}


def _nothing(_: Material) -> None:
    """What the parts of a format have in common that need nothing of other works."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ByWork:
    """Makes the files of a format from parts, one for each work, so that only the parts of changed works are
    made again.

    A part depends on the sources of its work and those of no work, on the languages of the edition, on what
    every page of a work can show of other works, and on what ``common`` gives.

    :param part: makes the part of a work, as bytes by their names, also from what ``common`` gives.
    :param whole: the parts of all works, in their order → the files; ``None`` if the parts are the files.
    :param common: what else the parts of all works depend on, as a value for :meth:`.keys.Digests.of`; it is
        made once for all works.
    :param quotes: whether the part of a work quotes its reading page.
    """

    part: Callable[[Material, Work, Any], Files]
    whole: Callable[[Material, Sequence[Files]], Files] | None = None
    common: Callable[[Material], Any] = _nothing
    quotes: bool = False

    def __call__(self, of: Material) -> Files:
        """The files, with all parts made here."""
        common = self.common(of)
        parts = [self.part(of, work, common) for work in of.edition.project.works]
        return self.whole(of, parts) if self.whole is not None else joined(parts)


def joined(parts: Iterable[Files]) -> Files:
    """The files of several parts; of two with the same path the later one."""
    return {name: content for part in parts for name, content in part.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Format(About):
    """One format, and the description of its files.

    ``id`` is its name on the command line.  ``title`` and ``description`` are in English; ``purpose`` says
    what the format is for.  ``group`` is the group on the download page.  ``read_by`` are programs of
    other projects that open the format in the test suite.  ``make`` gives the files, or none if they need a
    text that may not be published.  ``paths`` are the paths that its files may have in the site, as
    :func:`site_builder.edition.paths.values` reads them; a file need not exist.
    """

    id: str
    group: str
    purpose: Message
    read_by: tuple[str, ...]
    paths: tuple[str, ...]
    make: Callable[[Material], Files]
    write: Callable[[Material, BinaryIO], None] | None = None
    rests_on: str = TAGS

    @property
    def by_work(self) -> ByWork | None:
        """What makes the format work by work; ``None`` if it is made as a whole."""
        return self.make if isinstance(self.make, ByWork) else None
