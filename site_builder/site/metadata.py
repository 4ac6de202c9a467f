"""What a page says of itself to programs: Highwire Press tags, Dublin Core, Open Graph, JSON-LD.

What a page *is*: the reading page is the article, whole; every other page, those of single passages among
them, is a page of this edition, since what stands there beside the words of the article is the editors'.
So whoever saves the reading page to a reference manager has the article, and elsewhere that page of the
edition.

Sources: the inclusion guidelines of Google Scholar for ``citation_*`` (one ``citation_author`` a person);
DCMI "Expressing Dublin Core metadata using HTML/XHTML" (2008); the Open Graph protocol; schema.org; FAIR
Signposting (level 1) as ``<link rel>``.  Reference managers read the first three.  ``DC.type`` is said of a
book alone: they would take ``Text`` for an article in a journal.  No address is told where the project has
none.  ``og:image`` is absent: the site has no picture but its icon, an SVG, which clients do not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.citing import citation, references, schemaorg
from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.language.characters import one_line
from site_builder.model import Person, Record, Term
from site_builder.site import jsonld
from site_builder.site.jsonld import Seen
from site_builder.site.views import View

_ABSTRACTS = ("摘要", "提要", "內容提要", "內容摘要", "abstract", "summary")
"""How a text labels the passage that is its abstract."""
_CSL = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meta:
    """One ``<meta>``: its name and whether that is a ``property``.  ``fixed`` content is never converted."""

    name: str
    content: str
    attribute: str = "name"
    fixed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Rel:
    """One ``<link>`` for programs (FAIR Signposting): relation, address, media type of what is there."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What the head of a page holds for programs.

    ``canonical`` is its full address, ``alternates`` are (language, full address) of its two scripts and
    ``x-default``; both are empty where the site has no address.  ``data`` is a node of JSON-LD.
    """

    canonical: str
    alternates: tuple[tuple[str, str], ...]
    links: tuple[Rel, ...]
    metas: tuple[Meta, ...]
    data: Mapping[str, Any]


def metadata(edition: Edition, view: View, *, converted: bool) -> Metadata:
    """The metadata of a page, in the script of the edition; ``converted`` decides addresses and languages."""
    page = Seen(edition=edition, view=view, converted=converted)
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
    rows = [("title", record.title)]
    rows += [("creator" if role == "author" else "contributor", one.name.inverted) for role, one in people]
    rows += [("publisher", item.get("publisher", "")), ("date", references.iso(item))]
    rows += [("language", item["language"]), ("type", "Book" if book else "")]
    rows += [("source", item.get("container-title", "")), ("rights", record.rights_short)]
    yield from _named("DC.", rows)
    yield from _named("", [("author", person.name.whole) for person in references.clean(record.authors)])
    yield from _names_that_last(page, _identifiers(item))
    yield from _open_graph(page, record.title, "book" if book else "article")


def _roles(record: Record) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    return (("author", record.authors), ("editor", record.editors), ("translator", record.translators))


def _highwire(page: Seen, record: Record, item: references.Item) -> Iterator[tuple[str, str]]:
    """Highwire tags; an institution follows the author it belongs to."""
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
    """The passage that the text calls its abstract, where the text may be published."""
    works = {work.id: work for work in page.edition.project.works}
    if not page.edition.with_text:
        return ""
    return next((p.text for p in works[record.id].passages if p.label.strip().lower() in _ABSTRACTS), "")


def _names_that_last(page: Seen, others: Iterable[str] = ()) -> Iterator[Meta]:
    """The identifiers of a page, and of the edition that it is part of.

    The last of them is the same whatever address the site has and on a copy that is read from disk, so that
    annotation clients take the two copies for one document.
    """
    project = page.edition.project
    own = identifiers.urn(project, "page", addresses.in_tree(page.view.address, page.converted))
    rows = [("identifier", one) for one in (*others, page.address, own)]
    yield from _named("DC.", [*rows, ("relation.isPartOf", identifiers.urn(project, "edition"))], fixed=True)


def _links(page: Seen) -> Iterator[Rel]:
    """Signposting: what a program may follow from a page.

    The address under which a work is cited is that of its DOI, else that of the page; a site without an
    address has none.  Nobody's ORCID is in a record, so no ``author`` is told.
    """
    read, site, here = page.read, page.site, page.view.address

    def data(name: str) -> str:
        return addresses.shared(addresses.DATA + name, here, page.converted)

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
    if here == addresses.ONEFILE:
        return  # it needs no other file, and stays whole wherever it is copied to
    yield Rel(rel="describedby", href=data("references.csl.json"), type=_CSL)
    yield Rel(rel="describedby", href=data("references.bib"), type="application/x-bibtex")
    if about:
        yield Rel(rel="describedby", href=data("ro-crate-metadata.json"), type="application/ld+json")
    for shelf in page.shelves:
        for download in shelf.downloads:
            for file in download.files:
                address = addresses.shared(file.href, here, page.converted)
                yield Rel(rel="item", href=address, type=download.media_type)
    if here == addresses.HOME and site.address:
        feed = addresses.shared(addresses.FEED, here, page.converted)
        yield Rel(rel="alternate", href=feed, type="application/atom+xml")


def _own_terms(page: Seen) -> list[Term]:
    """The licences that cover words of the editors: all but those of software."""
    return [term for term in page.site.licences if jsonld.licence(term) not in jsonld.OF_SOFTWARE]


def _identifiers(item: references.Item) -> Iterator[str]:
    if "DOI" in item:
        yield f"doi:{item['DOI']}"
    if "ISBN" in item:
        yield f"urn:isbn:{item['ISBN'].replace(' ', '-')}"


def _edition_metas(page: Seen) -> Iterator[Meta]:
    site = page.site
    home = page.view.address in (addresses.HOME, addresses.ONEFILE)
    title = references.edition_title(site) if home else page.view.title
    own = _own_terms(page)
    rows = [("title", title)]
    rows += [("creator", name) for name in [person.name.whole for person in references.publishers(site)]]
    rows += [("publisher", site.publisher), ("date", site.date.isoformat()), ("language", page.language)]
    # reference managers keep the first: the licence of the words of the page itself
    rows += [("rights", term.name) for term in own]
    rows += [("rights", record.rights_short) for record in page.records]
    rows += [("rights", term.name) for term in site.licences if term not in own]
    yield from _named("DC.", rows)
    yield from _named("", [("author", person.name.whole) for person in references.publishers(site)])
    yield from _names_that_last(page)
    cited = citation.of_edition(page.records[0], site)
    yield from _named("DCTERMS.", [("bibliographicCitation", cited)])
    yield from _open_graph(page, title, "website")


def _open_graph(page: Seen, title: str, kind: str) -> Iterator[Meta]:
    here, other = ("zh_CN", "zh_TW") if page.converted else ("zh_TW", "zh_CN")
    rows = [("title", title), ("type", kind), ("site_name", page.site.title)]
    rows += [("description", page.view.description), ("locale", here), ("locale:alternate", other)]
    yield from _named("og:", rows, attribute="property")
    yield from _named("og:", [("url", page.address)], attribute="property", fixed=True)


def _named(
    prefix: str, rows: list[tuple[str, str]], *, attribute: str = "name", fixed: bool = False
) -> Iterator[Meta]:
    for name, content in rows:
        if content:
            yield Meta(name=prefix + name, content=content, attribute=attribute, fixed=fixed)
