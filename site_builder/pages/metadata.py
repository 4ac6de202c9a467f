"""What a page says of itself to programs: Highwire Press tags, Dublin Core, Open Graph, JSON-LD.

What a page *is*: the reading page is the article, whole; every other page, those of single passages among
them, is a page of this edition, since what stands there beside the words of the article is the editors'.
So whoever saves the reading page to a reference manager has the article, and elsewhere the edition.

Sources: the inclusion guidelines of Google Scholar for ``citation_*`` (one ``citation_author`` a person);
DCMI "Expressing Dublin Core metadata using HTML/XHTML" (2008); the Open Graph protocol; schema.org.
Reference managers read the first three.  ``DC.type`` is said of a book alone: they would take ``Text`` for
an article in a journal.  No address is told where the project has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder import citation, references, schemaorg, urls
from site_builder.characters import one_line
from site_builder.model import Person, Record
from site_builder.pages import jsonld
from site_builder.pages.desk import Desk
from site_builder.pages.jsonld import Seen
from site_builder.pages.views import View


@dataclass(frozen=True, kw_only=True, slots=True)
class Meta:
    """One ``<meta>``: its name and whether that is a ``property``.  ``fixed`` content is never converted."""

    name: str
    content: str
    attribute: str = "name"
    fixed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What the head of a page holds for programs.

    ``canonical`` is its full address, ``alternates`` are (language, full address) of its two scripts and
    ``x-default``; both are empty where the site has no address.  ``data`` is a node of JSON-LD.
    """

    canonical: str
    alternates: tuple[tuple[str, str], ...]
    metas: tuple[Meta, ...]
    data: Mapping[str, Any]


def metadata(desk: Desk, view: View, *, converted: bool) -> Metadata:
    """The metadata of a page, in the script of the edition; ``converted`` decides addresses and languages."""
    page = Seen(desk=desk, view=view, converted=converted)
    return Metadata(
        canonical=page.address,
        alternates=page.alternates,
        metas=tuple(_edition_metas(page) if page.read is None else _article_metas(page, page.read)),
        data=jsonld.data(page),
    )


def _article_metas(page: Seen, record: Record) -> Iterator[Meta]:
    item = references.article(record)
    yield from _named("citation_", list(_highwire(record, item)))
    whole = page.address if page.desk.with_text else ""
    yield from _named("citation_", [("public_url", page.address), ("fulltext_html_url", whole)], fixed=True)
    book = schemaorg.TYPES[record.kind] == "Book"
    people = [(role, person) for role, found in _roles(record) for person in references.clean(found)]
    rows = [("title", record.title)]
    rows += [("creator" if role == "author" else "contributor", one.name.inverted) for role, one in people]
    rows += [("publisher", item.get("publisher", "")), ("date", references.iso(item))]
    rows += [("language", item["language"]), ("type", "Book" if book else "")]
    rows += [("source", item.get("container-title", "")), ("rights", record.rights_short)]
    yield from _named("DC.", rows)
    yield from _named("DC.", [("identifier", one) for one in _identifiers(item)], fixed=True)
    yield from _named("DC.", [("identifier", page.address)], fixed=True)
    yield from _open_graph(page, record.title, "book" if book else "article")


def _roles(record: Record) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    return (("author", record.authors), ("editor", record.editors), ("translator", record.translators))


def _highwire(record: Record, item: references.Item) -> Iterator[tuple[str, str]]:
    """Highwire tags; an institution follows the author it belongs to."""
    yield "title", item["title"]
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


def _identifiers(item: references.Item) -> Iterator[str]:
    if "DOI" in item:
        yield f"doi:{item['DOI']}"
    if "ISBN" in item:
        yield f"urn:isbn:{item['ISBN'].replace(' ', '-')}"


def _edition_metas(page: Seen) -> Iterator[Meta]:
    site = page.site
    rows = [("title", references.edition_title(site))]
    rows += [("creator", name) for name in [person.name.whole for person in references.publishers(site)]]
    rows += [("publisher", site.publisher), ("date", site.date.isoformat()), ("language", page.language)]
    rows += [("rights", record.rights_short) for record in page.records]
    rows += [("rights", term.name) for term in site.licences]
    yield from _named("DC.", rows)
    yield from _named("DC.", [("identifier", site.address)], fixed=True)
    cited = citation.of_edition(page.records[0], site)
    yield from _named("DCTERMS.", [("bibliographicCitation", cited)])
    home = page.view.address == urls.HOME
    yield from _open_graph(page, references.edition_title(site) if home else page.view.title, "website")


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
