"""Files for search engines and feed readers: ``sitemap.xml``, ``robots.txt`` and ``feed.xml``.

All three need absolute addresses, so they are written only for a site with an address.  Sitemaps protocol 0.9
with the alternates of each page; RFC 9309 (crawlers read ``robots.txt`` at the root of a host, so it has an
effect if the address of the site has no path); Atom, RFC 4287.

The feed has one entry, this version of the edition, with an id for that version.  A project has no dates of
earlier versions, and Atom requires a date; feed readers keep the entries that they have seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from site_builder.citing import references
from site_builder.edition import addresses, identifiers
from site_builder.edition.sizes import SIZES, Sizes
from site_builder.language import catalogue
from site_builder.language.message import Message, msg
from site_builder.model import Project, Work

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LEFT = (addresses.SEARCH, addresses.TRYOUT, addresses.COLLECTION)
"""Pages without content of their own."""


def files(project: Project, addressed: Iterable[str], sizes: Sizes = SIZES) -> dict[str, bytes]:
    """The three files, by their paths in the site: ``sitemap.xml``, ``robots.txt``, ``feed.xml``.

    With more addresses than a sitemap can have (50 000), ``sitemap.xml`` is the index of ``sitemap.1.xml``
    and so on.  A site without an address gives ``{}``.  The sitemap has an address for each page in each view
    of the project, in the order of ``addressed``; the search page, the page for trying tags and the page of
    the collection are left out.  ``robots.txt`` allows all and names the sitemap.  The feed does not depend
    on ``addressed`` and has one entry: this version of the edition, at its date.

    :param addressed: the addresses of the pages in the first view.
    """
    if not project.site.address:
        return {}
    base = identifiers.base(project)
    pages = [address for address in addressed if address not in _LEFT]
    return {
        **_sitemaps(project, pages, sizes.sitemap),
        addresses.ROBOTS: f"User-agent: *\nAllow: /\n\nSitemap: {base}{addresses.SITEMAP}\n".encode(),
        addresses.FEED: _feed(project),
    }


def _sitemaps(project: Project, pages: list[str], most: int) -> dict[str, bytes]:
    """The sitemap, or several with their index.  All views of a page are in one."""
    views = len(project.site.views)
    if len(pages) * views <= most:
        return {addresses.SITEMAP: _sitemap(project, pages)}
    size = max(1, most // views)
    found = {
        addresses.sitemap(number): _sitemap(project, pages[start : start + size])
        for number, start in enumerate(range(0, len(pages), size), 1)
    }
    root = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap={None: _SITEMAP})
    for name in found:
        one = etree.SubElement(root, f"{{{_SITEMAP}}}sitemap")
        etree.SubElement(one, f"{{{_SITEMAP}}}loc").text = identifiers.iri(project, name)
        etree.SubElement(one, f"{{{_SITEMAP}}}lastmod").text = project.site.date.isoformat()
    return {addresses.SITEMAP: _bytes(root), **found}


def _sitemap(project: Project, pages: Iterable[str]) -> bytes:
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "xhtml": _XHTML})
    for address in pages:
        twins = {
            view.language: identifiers.iri(project, addresses.in_tree(address, view.folder))
            for view in project.site.views
        }
        for page in twins.values():
            url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
            etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = page
            etree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = project.site.date.isoformat()
            for language, other in twins.items() if len(twins) > 1 else ():
                link = {"rel": "alternate", "hreflang": language, "href": other}
                etree.SubElement(url, f"{{{_XHTML}}}link", link)
    return _bytes(root)


def _feed(project: Project) -> bytes:
    """The feed, in the language of the editors' prose."""
    site, base = project.site, identifiers.base(project)
    words = catalogue.of(site.language)
    when = f"{site.date.isoformat()}T00:00:00Z"
    root = etree.Element(f"{{{_ATOM}}}feed", {_LANG: site.language}, nsmap={None: _ATOM})
    _add(root, "title", references.edition_title(site))
    _add(root, "id", identifiers.urn(project, "feed"))
    _add(root, "updated", when)
    _add(_add(root, "author"), "name", site.publisher)
    _add(root, "link", rel="self", type="application/atom+xml", href=base + addresses.FEED)
    _add(root, "link", rel="alternate", type="text/html", href=base)
    entry = _add(root, "entry")
    _add(entry, "title", words.text(msg("Version %(version)s", version=site.version)))
    _add(entry, "id", identifiers.urn(project, "version", site.version))
    _add(entry, "updated", when)
    _add(entry, "link", rel="alternate", type="text/html", href=base + addresses.CITE)
    _add(entry, "summary", "\n".join(words.text(_changes(work)) for work in project.works))
    return _bytes(root)


def _changes(work: Work) -> Message:
    """The numbers of changes that the ledger records for the present edition of a text."""
    edition = work.record.edition
    new = sum(anchor.edition == edition for anchor in work.ledger)
    revised = sum(one.edition == edition for anchor in work.ledger for one in anchor.revisions)
    ended = sum(
        anchor.fate != "live" and (anchor.ended or anchor.edition) == edition for anchor in work.ledger
    )
    return msg(
        "“%(title)s”, edition %(edition)s of the text. Anchors: %(new)s new, %(revised)s revised, "
        "%(ended)s withdrawn, split or merged.",
        title=work.record.title,
        edition=edition,
        new=new,
        revised=revised,
        ended=ended,
    )


def _add(parent: etree._Element, tag: str, content: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    made.text = content or None
    return made


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
