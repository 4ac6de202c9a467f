"""Describes each page in schema.org terms: one node of JSON-LD.

The reading page is the article in its journal; the home page is this edition with what it is based on; any
other page is a page of the edition, about the article.  Without an address of the project there are no
addresses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from site_builder.citing import references, schemaorg
from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.language.message import Message, Wording
from site_builder.model import Localized, Record, Site, Term
from site_builder.records import dataclass
from site_builder.site.views import Shelf, View

_Node = dict[str, Any]

_IDENTIFIERS = frozenset(
    {
        "@context",
        "@id",
        "@type",
        "contentUrl",
        "encodingFormat",
        "license",
        "propertyID",
        "sameAs",
        "sha256",
        "url",
        "value",
    }
)
# no \b: there is no word boundary next to a Han character
_CC = re.compile(r"(?<![A-Za-z])CC[ -](BY(?:-NC)?(?:-ND|-SA)?)[ -]([0-9]\.[0-9])(?![0-9])")
_LICENCES = {
    "CC0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "MIT": "https://spdx.org/licenses/MIT",
}


OF_SOFTWARE = frozenset({"https://spdx.org/licenses/MIT"})
"""Licences of software, which cover no text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A page in one view of the site."""

    edition: Edition
    view: View
    locale: Locale

    @property
    def site(self) -> Site:
        """The texts and settings of the site."""
        return self.edition.project.site

    @property
    def language(self) -> str:
        """The language of the view (BCP 47): ``zh-Hans``."""
        return self.locale.language

    @property
    def address(self) -> str:
        """The full address of the page, in the folder of its view:
        ``https://example.org/hans/lu1923/p12.html``; ``""`` if the project has no address.  That of the home
        page ends in ``index.html``.
        """
        return _address(self.site, self.view.address, self.locale.folder)

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """(language, full address) of the page in each view, and as default; ``()`` without an address.

        In the order of the views; the last is ``x-default``, the page in the first view.  The result does
        not depend on ``locale``.
        """
        if not self.site.address:
            return ()
        found = [(v.language, _address(self.site, self.view.address, v.folder)) for v in self.site.views]
        return *found, ("x-default", found[0][1])

    @property
    def records(self) -> list[Record]:
        """The works that a page is about: the work of its folder, otherwise all works, in their order.

        In a large project other pages are about no work, and a page of the list of works about its own.
        """
        own = self.edition.work_at(self.view.address) if "/" in self.view.address else None
        if own is not None:
            return [own.record]
        if self.edition.has_few_works:
            return [work.record for work in self.edition.project.works]
        ids = cast(tuple[str, ...], self.view.facts.get("work_ids", ()))
        return [self.edition.index.works[id_].record for id_ in ids]

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The downloads that the page offers: the fact ``shelves`` of its view, or ``()`` if it has none."""
        return cast(tuple[Shelf, ...], self.view.facts.get("shelves", ()))

    @property
    def read(self) -> Record | None:
        """The record of the work, if this is its reading page; ``None`` for every other page, also a passage
        page.
        """
        own = self.edition.work_at(self.view.address)
        return own.record if own and addresses.reading(own.id) == self.view.address else None


def data(page: Seen) -> Mapping[str, Any]:
    """The node of a page, with its words as texts of the edition and messages, also for a converted page.

    The reading page of a work gives the work, as :func:`.schemaorg.work` describes it (type ``Book``,
    ``ScholarlyArticle`` …; ``url`` is that of the record), and as ``mainEntityOfPage`` the ``WebPage``.  The
    home page gives a ``WebSite``, the edition, with its parts and the copies that it is based on, and
    ``about`` with every work in full (copies and ``about`` are left out with more than eight works).  Any
    other page gives a ``WebPage``, whose ``isPartOf`` is the ``WebSite``; its ``about`` has only ``@type``,
    ``name`` and ``author`` of the works of the page, and an author only ``@type`` and ``name``.  A page with
    downloads has a ``Dataset`` as ``mainEntity``.

    A ``WebPage`` has ``name``, ``description``, ``inLanguage``, ``url`` and ``isPartOf``.  ``about`` and
    ``author`` are lists, also of one.  Works and persons have no ``@id``.  Properties without a value are
    left out, and so is ``url`` of pages if the site has no address.  No text of a work is included.
    """
    node = _edition_data(page) if page.read is None else _article_data(page, page.read)
    home = page.view.address == addresses.HOME
    in_full = [page.read] if page.read else page.records if home else []
    return {"@context": schemaorg.context("https://schema.org", in_full), **node}


def text(node: Mapping[str, Any], say: Callable[[Wording], str]) -> str:
    r"""JSON-LD for a ``<script>``, in the language of a page; ``<`` is escaped, so that no ``</script>`` ends
    it early.

    ``say`` is applied to every text and message except property names and the values of ``@context``,
    ``@id``, ``@type``, ``contentUrl``, ``encodingFormat``, ``license``, ``propertyID``, ``sameAs``,
    ``sha256``, ``url`` and ``value``; numbers stay.  The result is on one line, without the ``<script>``
    element.

    >>> text({"@type": "WebSite", "name": "a<b"}, str.upper)
    '{"@type":"WebSite","name":"A\\u003cB"}'
    """
    made = json.dumps(_in_language(node, say), ensure_ascii=False, separators=(",", ":"))
    return made.replace("<", "\\u003c")


def licence(term: Term) -> str:
    """The IRI of a licence with a well-known short name in its name, or in the English translation of the
    name; ``""`` for others.

    Known are Creative Commons licences with a version (``CC BY 4.0``, ``CC-BY-SA-4.0``), ``CC0`` and
    ``MIT``, all in capitals; of several the first of these.  ``CC BY`` without a version is unknown.  The
    definition of the term is not searched.

    >>> from site_builder.model.place import NOWHERE
    >>> licence(Term(id="texts", name=Localized("CC BY-SA 4.0"), place=NOWHERE))
    'https://creativecommons.org/licenses/by-sa/4.0/'
    """
    words = f"{term.name} {term.name.of('en')}"
    found = _CC.search(words)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    known = set(re.findall("[A-Za-z0-9]+", words)) & _LICENCES.keys()
    return _LICENCES[min(known)] if known else ""


def licences(site: Site) -> list[str]:
    """The IRIs of the licences of the editors' words, in their order, as :func:`licence` gives them."""
    return [iri for term in site.licences if (iri := licence(term)) and iri not in OF_SOFTWARE]


def _address(site: Site, address: str, folder: str) -> str:
    """The full address of a page; ``""`` if the project has no address."""
    if not site.address:
        return ""
    return f"{site.address.rstrip('/')}/{addresses.in_tree(address, folder)}"


def _article_data(page: Seen, record: Record) -> _Node:
    # programs that search for the date of an article would use this one
    edition = {name: value for name, value in _edition(page).items() if name != "datePublished"}
    where = {**_web_page(page), "isPartOf": edition}
    return {**_article(record, full=True), "mainEntityOfPage": where}


def _edition_data(page: Seen) -> _Node:
    home = page.view.address == addresses.HOME
    about = [_article(record, full=home) for record in page.records]
    if home:
        return {**_edition_in_full(page), **({"about": about} if about else {})}
    found = {**_web_page(page), "isPartOf": _edition(page), **({"about": about} if about else {})}
    return {**found, "mainEntity": _dataset(page, page.shelves)} if page.shelves else found


def _dataset(page: Seen, shelves: tuple[Shelf, ...]) -> _Node:
    """The files on the download page; addresses are absolute if the site has one."""
    site = page.site
    base = f"{site.address.rstrip('/')}/" if site.address else ""
    return schemaorg.full(
        {
            "@type": "Dataset",
            "name": references.edition_title(site),
            "description": site.description,
            "version": site.version,
            "datePublished": site.date.isoformat(),
            "creator": {"@type": "Organization", "name": site.publisher},
            "license": licences(site),
            "url": page.address,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.href.rpartition("/")[2],
                    "description": download.purpose,
                    "encodingFormat": download.media_type,
                    "contentSize": str(file.size),
                    "sha256": file.sha256,
                    "contentUrl": base + file.href if base else _relative(page, file.href),
                }
                for shelf in shelves
                for download in shelf.downloads
                for file in download.files
            ],
        }
    )


def _relative(page: Seen, href: str) -> str:
    return addresses.shared(href, page.view.address, page.locale.folder)


def _web_page(page: Seen) -> _Node:
    return schemaorg.full(
        {
            "@type": "WebPage",
            "name": page.view.title,
            "description": page.view.description,
            "inLanguage": page.language,
            "url": page.address,
        }
    )


def _article(record: Record, *, full: bool) -> _Node:
    """The work; if ``full`` is false, only its type, title and the names of its authors."""
    found: _Node = schemaorg.plain(schemaorg.work(record))
    found.pop("description", None)
    if full:
        return found
    authors = [{"@type": one["@type"], "name": one["name"]} for one in found.get("author", ())]
    return schemaorg.full({"@type": found["@type"], "name": found["name"], "author": authors})


def _edition(page: Seen) -> _Node:
    site = page.site
    return schemaorg.full(
        {
            "@type": "WebSite",
            "@id": identifiers.base(page.edition.project),
            "name": references.edition_title(site),
            "version": site.version,
            "datePublished": site.date.isoformat(),
            "publisher": {"@type": "Organization", "name": site.publisher},
            "url": site.address,
        }
    )


def _edition_in_full(page: Seen) -> _Node:
    """The edition with what it is based on, and its parts with a licence.

    The licences belong to parts, since none of them covers the words of the article.
    """
    site = page.site
    copies = [copy for record in page.records if (copy := schemaorg.plain(_copy(record)))]
    return schemaorg.full(
        {
            **_edition(page),
            "alternateName": _other_titles(page),
            "description": site.description,
            "inLanguage": [view.language for view in site.views],
            "isBasedOn": copies,
            "hasPart": [
                {"@type": "CreativeWork", "name": term.name, "license": licence(term)}
                for term in site.licences
                if licence(term)
            ],
        }
    )


def _other_titles(page: Seen) -> str | list[str]:
    """The title of the edition in each language that the view does not show it in; one is not in a list."""
    title = references.edition_title(page.site)
    shown = page.locale.show(title).text
    every = [Localized(title.of(tag), language=tag) for tag in page.edition.languages]
    own = [str(title)] if shown in every else []  # as a plain text it is not translated
    found = [*own, *(one for one in every if one and one != shown)]
    return found[0] if len(found) == 1 else found


def _copy(record: Record) -> _Node:
    """A copy of a work: a web page if its address is known."""
    found = schemaorg.copy(record)
    if not found:
        return {}
    where = {"@type": "WebSite" if "url" in found else "CreativeWork", "name": found["name"]}
    return {**found, "name": record.title, "isPartOf": where}


def _in_language(value: Any, say: Callable[[Wording], str]) -> Any:
    """A node with its words in the language of a page; identifiers, addresses and licences stay."""
    if isinstance(value, dict):
        return {
            key: inner if key in _IDENTIFIERS else _in_language(inner, say) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_in_language(inner, say) for inner in value]
    return say(value) if isinstance(value, str | Message) else value
