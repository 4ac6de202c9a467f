"""The metadata of a page for programs: Highwire Press tags, Dublin Core, Open Graph, JSON-LD.

The reading page is the whole article.  Every other page, also the page of a single passage, is a page of this
edition, since its content besides the words of the article is the editors'.  So a reference manager saves the
article from the reading page, and a page of the edition from the others.

Sources: the inclusion guidelines of Google Scholar for ``citation_*`` (one ``citation_author`` for each
person); DCMI "Expressing Dublin Core metadata using HTML/XHTML" (2008); the Open Graph protocol; schema.org;
FAIR Signposting (level 1) as ``<link rel>``.  Reference managers read the first three.  ``DC.type`` is given
only for a book: reference managers would read ``Text`` as a journal article.  Without an address of the
project there are no addresses. ``og:image`` is absent: the only picture of the site is its icon, an SVG,
which clients do not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_builder.citing import citation, references, schemaorg
from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.language.characters import one_line
from site_builder.language.labels import LABELS_OF_ABSTRACTS
from site_builder.language.message import Wording
from site_builder.model import Person, Record, Term
from site_builder.records import dataclass
from site_builder.site import jsonld
from site_builder.site.jsonld import Seen
from site_builder.site.views import View

_OG_LOCALES = {"zh-Hant": "zh_TW", "zh-Hans": "zh_CN"}
"""What Open Graph calls a language; it has a region where BCP 47 has a script."""
_CSL = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meta:
    """One ``<meta>``: its name, and whether that is a ``property``.  ``fixed`` content is never converted."""

    name: str
    content: Wording
    attribute: str = "name"
    fixed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Rel:
    """One ``<link>`` for programs (FAIR Signposting): relation, address, media type of the target."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """The metadata in the head of a page.

    ``canonical`` is its full address, ``alternates`` are (language, full address) of its views and
    ``x-default``; both are empty if the site has no address.  ``data`` is a node of JSON-LD.
    """

    canonical: str
    alternates: tuple[tuple[str, str], ...]
    links: tuple[Rel, ...]
    metas: tuple[Meta, ...]
    data: Mapping[str, Any]


def metadata(edition: Edition, view: View, locale: Locale) -> Metadata:
    """The metadata of a page, with texts and messages; ``locale`` decides addresses and languages.

    The reading page of a work is described as the work (``citation_*`` and ``DC.*`` of its authors); every
    other page as a page of the edition, with its publishers as authors.  Entries without content are left
    out.  The abstract and ``citation_fulltext_html_url`` are left out if the text may not be published.  A
    site without an address has ``canonical == ""`` and no alternates, but still ``DC.identifier`` with a URN
    and links to its own files, relative to the page.  ``DCTERMS.bibliographicCitation`` is the citation of
    the work on its reading page, and on any other page that of the edition, once for each work of the page.
    """
    page = Seen(edition=edition, view=view, locale=locale)
    return Metadata(
        canonical=page.address,
        alternates=page.alternates,
        links=tuple(_links(page)),
        metas=tuple(_edition_metas(page) if page.read is None else _article_metas(page, page.read)),
        data=jsonld.data(page),
    )


def _article_metas(page: Seen, record: Record) -> Iterator[Meta]:
    item = references.article(record)
    yield from _named("citation_", list(_highwire(page, record, item)))
    whole = page.address if page.edition.with_text else ""
    yield from _named("citation_", [("public_url", page.address), ("fulltext_html_url", whole)], fixed=True)
    book = schemaorg.TYPES[record.kind] == "Book"
    people = [(role, person) for role, found in _roles(record) for person in references.clean(found)]
    # the record of the work as published, in no translation
    rows: list[tuple[str, str]] = [("title", item["title"])]
    rows += [("creator" if role == "author" else "contributor", one.name.inverted) for role, one in people]
    rows += [("publisher", item.get("publisher", "")), ("date", references.iso(item))]
    rows += [("language", item["language"]), ("type", "Book" if book else "")]
    rows += [("source", item.get("container-title", "")), ("rights", record.rights_short)]
    yield from _named("DC.", rows)
    yield from _named("", [("author", person.name.whole) for person in references.clean(record.authors)])
    yield from _names_that_last(page, _identifiers(item))
    # the only tag for the place of a publisher, the address of the work, and the day of access
    yield from _named("DCTERMS.", [("bibliographicCitation", citation.of_work(record))])
    yield from _open_graph(page, record.title, "book" if book else "article")


def _roles(record: Record) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    return (("author", record.authors), ("editor", record.editors), ("translator", record.translators))


def _highwire(page: Seen, record: Record, item: references.Item) -> Iterator[tuple[str, str]]:
    """Highwire tags; an institution follows its author."""
    yield "title", item["title"]
    yield "abstract", _abstract(page, record)
    for role, found in _roles(record):
        for person in references.clean(found):
            yield role, person.name.inverted
            yield f"{role}_institution", one_line(person.affiliation)
    container = {"article": "journal_title", "chapter": "inbook_title", "classic": "inbook_title"}
    yield container.get(record.kind, "inbook_title"), item.get("container-title", "")
    yield "series_title", item.get("collection-title", "")
    yield "volume", item.get("volume", "")
    yield "issue", item.get("issue", "")
    first, _, last = str(item.get("page", "")).partition("-")
    yield "firstpage", first
    yield "lastpage", last
    yield "publication_date", references.iso(item).replace("-", "/")
    publisher = {"thesis": "dissertation_institution", "report": "technical_report_institution"}
    yield publisher.get(record.kind, "publisher"), item.get("publisher", "")
    yield "technical_report_number", item.get("number", "") if record.kind == "report" else ""
    yield "doi", item.get("DOI", "")
    yield "issn", item.get("ISSN", "")
    yield "isbn", item.get("ISBN", "")
    yield "language", item["language"]


def _abstract(page: Seen, record: Record) -> str:
    """The passage with the label of an abstract, if the text may be published; else ``""``."""
    if not page.edition.with_text:
        return ""
    passages = page.edition.index.works[record.id].passages
    return next((p.text for p in passages if p.label.strip().lower() in LABELS_OF_ABSTRACTS), "")


def _names_that_last(page: Seen, others: Iterable[str] = ()) -> Iterator[Meta]:
    """The identifiers of a page, and of its edition.

    The last of them does not depend on the address of the site and is also in a copy on disk, so annotation
    clients treat the copies as one document.
    """
    project = page.edition.project
    own = identifiers.urn(project, "page", addresses.in_tree(page.view.address, page.locale.folder))
    rows = [("identifier", one) for one in (*others, page.address, own)]
    yield from _named("DC.", [*rows, ("relation.isPartOf", identifiers.urn(project, "edition"))], fixed=True)


def _links(page: Seen) -> Iterator[Rel]:
    """Signposting: the links that a program can follow from a page.

    The citable address of a work is that of its DOI, otherwise that of the page; a site without an address
    has none.  Records contain no ORCID, so there is no ``author``.
    """
    read, site, here = page.read, page.site, page.view.address

    def data(name: str) -> str:
        return addresses.shared(addresses.DATA + name, here, page.locale.folder)

    if read is not None:
        cited = references.doi_address(one_line(read.doi)) if read.doi else page.address
        kind = schemaorg.TYPES[read.kind]
    else:
        cited = f"{site.address.rstrip('/')}/" if site.address and here == addresses.HOME else page.address
        kind = "WebPage"
        yield from (
            Rel(rel="license", href=iri) for term in _own_terms(page) if (iri := jsonld.licence(term))
        )
    if cited:
        yield Rel(rel="cite-as", href=cited)
    about = here in (addresses.HOME, addresses.CITE) or read is not None
    yield from (Rel(rel="type", href=f"https://schema.org/{one}") for one in (kind, "AboutPage")[: 1 + about])
    if addresses.is_onefile(here):
        return  # it needs no other file, and is complete in any folder
    yield Rel(rel="describedby", href=data("references.csl.json"), type=_CSL)
    yield Rel(rel="describedby", href=data("references.bib"), type="application/x-bibtex")
    if about:
        yield Rel(rel="describedby", href=data("ro-crate-metadata.json"), type="application/ld+json")
    for shelf in page.shelves:
        for download in shelf.downloads:
            for file in download.files:
                address = addresses.shared(file.href, here, page.locale.folder)
                yield Rel(rel="item", href=address, type=download.media_type)
    if here == addresses.HOME and site.address:
        feed = addresses.shared(addresses.FEED, here, page.locale.folder)
        yield Rel(rel="alternate", href=feed, type="application/atom+xml")


def _own_terms(page: Seen) -> list[Term]:
    """The licences of the editors' words: all except those of software."""
    return [term for term in page.site.licences if jsonld.licence(term) not in jsonld.OF_SOFTWARE]


def _identifiers(item: references.Item) -> Iterator[str]:
    if "DOI" in item:
        yield f"doi:{item['DOI']}"
    if "ISBN" in item:
        yield f"urn:isbn:{item['ISBN'].replace(' ', '-')}"


def _edition_metas(page: Seen) -> Iterator[Meta]:
    site = page.site
    home = page.view.address in (addresses.HOME, addresses.ONEFILE)
    title: Wording = references.full_title(site) if home else page.view.title
    own = _own_terms(page)
    rows: list[tuple[str, Wording]] = [("title", title)]
    names: list[str] = [person.name.whole for person in references.publishers(site)]
    if site.publisher.of(page.language):
        names = [site.publisher]
    rows += [("creator", name) for name in names]
    rows += [("publisher", site.publisher), ("date", site.date.isoformat()), ("language", page.language)]
    # reference managers keep the first one: the licence of the words of the page
    rows += [("rights", term.name) for term in own]
    rows += [("rights", record.rights_short) for record in page.records]
    rows += [("rights", term.name) for term in site.licences if term not in own]
    yield from _named("DC.", rows)
    yield from _named("", [("author", name) for name in names])
    yield from _names_that_last(page)
    cited = [citation.of_edition(record, site) for record in page.records]
    yield from _named("DCTERMS.", [("bibliographicCitation", one) for one in cited])
    yield from _open_graph(page, title, "website")


def _open_graph(page: Seen, title: Wording, kind: str) -> Iterator[Meta]:
    others = [one.language for one in page.site.views if one.folder != page.locale.folder]
    rows: list[tuple[str, Wording]] = [("title", title), ("type", kind), ("site_name", page.site.title)]
    rows += [("description", page.view.description), ("locale", _og_locale(page.language))]
    rows += [("locale:alternate", _og_locale(other)) for other in others]
    yield from _named("og:", rows, attribute="property")
    yield from _named("og:", [("url", page.address)], attribute="property", fixed=True)


def _og_locale(language: str) -> str:
    return _OG_LOCALES.get(language, language.replace("-", "_"))


def _named(
    prefix: str, rows: Iterable[tuple[str, Wording]], *, attribute: str = "name", fixed: bool = False
) -> Iterator[Meta]:
    for name, content in rows:
        if content:
            yield Meta(name=prefix + name, content=content, attribute=attribute, fixed=fixed)
