"""Where a link of the site leads in the book."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping

from site_builder.edition import addresses
from site_builder.formats import checksum
from site_builder.formats.epub.notes import Notes
from site_builder.formats.epub.order import CONTENTS, COVER, STYLE, TITLE_PAGE
from site_builder.model import Project
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """The files of the book and their ids.

    ``ids`` are those of each file, by address of the site.  ``moved`` maps the addresses of pages that are
    no chapters to the places that represent them.  ``outside`` is where the site is, for what is not in the
    book, or empty.
    """

    ids: Mapping[str, Collection[str]]
    moved: Mapping[str, str]
    outside: str = ""

    @property
    def digest(self) -> str:
        """``epub`` and the SHA-256 of the places, in 64 digits, with a space between.

        Other ids, moved pages or another ``outside`` give another one; the order of the ids of a file does
        not.
        """
        found = {address: sorted(ids) for address, ids in self.ids.items()}
        return "epub " + checksum(json.dumps([found, self.moved, self.outside]).encode())

    @classmethod
    def of(
        cls,
        project: Project,
        ids: Mapping[str, Collection[str]],
        inside: Iterable[str],
        notes: Mapping[str, Notes],
        *,
        outside: str = "",
    ) -> Places:
        """The places of a book whose chapters are the pages ``inside``.

        The page of each passage, live or ended, is moved to the passage in the text.  Without a chapter for
        the home page, its address leads to the title page.

        :param ids: address → the ids of that page of the site; an address of ``inside`` that is missing
            raises ``KeyError``.
        :param inside: the addresses of the chapters.
        :param project: the project, with the works that the book can have.
        :param notes: work id → its notes, whose ids are added to the text.
        :param outside: the address of the site, to which other links lead; ``""`` for none.
        """
        found = {address: {*ids[address]} for address in inside}
        for work, own in notes.items():
            found[addresses.reading(work)].update(own.ids)
        moved = dict(_passages(project))
        if addresses.HOME not in found:
            moved[addresses.HOME] = TITLE_PAGE
        front = dict.fromkeys((COVER, TITLE_PAGE, CONTENTS, STYLE), frozenset[str]())
        return cls(ids={**found, **front}, moved=moved, outside=outside)

    def href(self, address: str, here: str) -> str:
        """The link from one file to another, relative; both are given by addresses of the site.

        An address that is not in the book is on the site, or gives ``""``.  An id that its file does not
        have is left out, so the link leads to the file.

        The id in a link to a moved page is dropped: the link leads to the place that represents the page.
        The files of the book end in ``.xhtml``.

        >>> ids, moved = {"lu1923/index.html": ["p12"]}, {"lu1923/p12.html": "lu1923/index.html#p12"}
        >>> Places(ids=ids, moved=moved).href("lu1923/p12.html", "grid/index.html")
        '../lu1923/index.xhtml#p12'
        """
        path, _, id_ = address.partition("#")
        if path in self.moved:
            path, _, id_ = self.moved[path].partition("#")
        if path not in self.ids:
            return f"{self.outside}{address}" if self.outside else ""
        fragment = f"#{id_}" if id_ in self.ids[path] else ""
        return addresses.relative(file(path) + fragment, file(here))


def file(address: str) -> str:
    """The name of a chapter's file: ``grid/depth.html`` → ``grid/depth.xhtml``.

    A name with another extension stays as it is.  An address with a fragment is not expected.
    """
    return address.removesuffix(".html") + ".xhtml" if address.endswith(".html") else address


def _passages(project: Project) -> Iterator[tuple[str, str]]:
    """The page of every passage, also of those that have ended → its place in the text."""
    for work in project.works:
        for id_ in dict.fromkeys([*(p.id for p in work.passages), *(anchor.id for anchor in work.ledger)]):
            yield addresses.passage((work.id, id_)), addresses.anchor((work.id, id_))
