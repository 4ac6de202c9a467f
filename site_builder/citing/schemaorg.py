"""The record of a work in schema.org terms: a tree of nodes, for the pages (JSON-LD) and the RO-Crate.

A node with a name has an ``@id`` within its file (``#author-李明``) and a description.  :func:`flat` flattens
a tree, as a crate requires; :func:`plain` removes what only a crate needs.  The nodes contain nothing that
the record does not: a date in words has no property.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_builder.citing import references
from site_builder.model import Person, Record

Node = dict[str, Any]

TYPES = {
    "article": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "thesis": "Thesis",
    "report": "Report",
    "webpage": "WebPage",
    "manuscript": "Manuscript",
    "classic": "Book",
}
"""Kind of a work → type of schema.org."""
ACCESSED = "hasAccessDate"
"""The day on which a work was read; schema.org has no property for it."""
TERMS = {ACCESSED: "http://purl.org/spar/fabio/hasAccessDate"}
"""The properties of other vocabularies: name → IRI.  FaBiO is the FRBR-aligned Bibliographic Ontology."""
DOI_REGISTRY = "https://registry.identifiers.org/registry/doi"
_UNFIT = re.compile(r'[\x00-\x20"#%<>?\\^`{|}\x7f-\x9f]')
_PAGED = ("article", "chapter")
"""Kinds whose type has the property ``pagination``."""


def iri(name: str) -> str:
    r"""A name as a relative reference, with spaces, control characters and ``"#%<>?\^`{|}``
    percent-encoded: ``李 明`` → ``李%20明``.

    All else stays, also ``/``, ``&`` and letters other than ASCII.
    """
    return _UNFIT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)


def work(record: Record) -> Node:
    """The work as it was published, with its persons, its container and its identifiers.

    Its ``@id`` is ``#work-ID``, its ``@type`` that of :data:`TYPES` (``article``: ``ScholarlyArticle``), of a
    book with a volume ``["Book", "PublicationVolume"]``.  Persons, the container (``isPartOf``) and the
    publisher are nodes inside; persons and identifiers are lists, also of one.  Properties without a value
    are absent, and so is a date in words.  The editors and the ISBN of a work in a book are in ``isPartOf``.

    :raises KeyError: if the kind of the record is not in :data:`TYPES`.
    """
    item = references.article(record)
    kind = TYPES[record.kind]
    book = kind == "Book"
    return full(
        {
            "@id": f"#work-{record.id}",
            "@type": [kind, "PublicationVolume"] if book and "volume" in item else kind,
            "name": item["title"],
            "headline": item["title"] if kind in ("ScholarlyArticle", "Report", "WebPage") else "",
            "description": "The text that is edited here.",
            "author": people(record.authors, "author", record),
            "editor": [] if _hosted(record) else people(record.editors, "editor", record),
            "translator": people(record.translators, "translator", record),
            "datePublished": references.iso(item),
            "dateCreated": references.iso(item, "original-date"),
            "inLanguage": item["language"],
            "isPartOf": _host(record, item),
            "genre": item.get("genre", ""),
            "volumeNumber": item.get("volume", "") if book else "",
            "position": item.get("collection-number", ""),
            "reportNumber": item.get("number", "") if kind == "Report" else "",
            "pagination": item.get("page", "") if record.kind in _PAGED else "",
            "bookEdition": item.get("edition", "") if book else "",
            "version": "" if book or _hosted(record) else item.get("edition", ""),
            "publisher": _publisher(record, item),
            "locationCreated": _location(item),
            "isbn": item.get("ISBN", "") if book else "",
            "identifier": list(_identifiers(record, item)),
            "sameAs": references.doi_address(item["DOI"]) if "DOI" in item else "",
            "url": item.get("URL", ""),
            ACCESSED: references.iso(item, "accessed"),
            "copyrightNotice": record.rights_short,
        }
    )


def context(base: str, records: Iterable[Record]) -> str | list[str | dict[str, str]]:
    """The ``@context`` for the nodes of some records: ``base`` alone, or with :data:`TERMS` if one of them
    needs these.
    """
    return [base, TERMS] if any(record.accessed for record in records) else base


def people(found: tuple[Person, ...], role: str, record: Record) -> list[Node]:
    """A node for each person or institution in a role (``author``, ``editor``, ``translator``), in the given
    order; ``[]`` for none.

    Its ``@id`` is ``#author-李明``, its type ``Person`` or ``Organization``, its ``name`` the whole name.  It
    has ``familyName`` and ``givenName`` if the name is divided, ``alternateName`` (:attr:`Person.romanised`)
    and ``description`` (``Author of TITLE.``); the ``affiliation``, if any, is a node inside.
    """
    return [_person(person, role, record) for person in references.clean(found)]


def _person(person: Person, role: str, record: Record) -> Node:
    name = person.name
    affiliation: Node = {}
    if person.affiliation:
        affiliation = {
            "@id": f"#affiliation-{iri(person.affiliation)}",
            "@type": "Organization",
            "name": person.affiliation,
            "description": f"Affiliation of {name.whole}.",
        }
    return full(
        {
            "@id": f"#{role}-{iri(name.whole)}",
            "@type": "Organization" if person.institution else "Person",
            "name": name.whole,
            "familyName": name.family,
            "givenName": name.given,
            "alternateName": person.romanised,
            "description": f"{role.capitalize()} of {record.title}.",
            "affiliation": affiliation,
        }
    )


def _publisher(record: Record, item: references.Item) -> Node:
    if "publisher" not in item:
        return {}
    return full(
        {
            "@id": f"#publisher-{iri(item['publisher'])}",
            "@type": "Organization",
            "name": item["publisher"],
            "description": f"Published {record.title}.",
            "address": item.get("publisher-place", ""),
        }
    )


def _location(item: references.Item) -> Node:
    """The place of publication, if no publisher is known; otherwise it is the address of the publisher."""
    place = item.get("publisher-place", "")
    if not place or "publisher" in item:
        return {}
    return {
        "@id": f"#place-{iri(place)}",
        "@type": "Place",
        "name": place,
        "description": "Place of publication.",
    }


def _hosted(record: Record) -> bool:
    """Whether the work is in a book; then edition, volume, editors and ISBN belong to the book."""
    return record.kind == "chapter" or (record.kind == "classic" and bool(record.container))


def _host(record: Record, item: references.Item) -> Node:
    """The container of the work: the issue, volume and periodical; the book; the series; the site."""
    if record.kind == "article":
        return _issue(record, item)
    if _hosted(record):
        return _book(record, item)
    if record.kind == "webpage" and record.container:
        return _named("#site", "WebSite", item["container-title"], record)
    return _container(record, item) or _series(record, item)


def _container(record: Record, item: references.Item) -> Node:
    if "container-title" not in item:
        return {}
    return _named("#container", "CreativeWork", item["container-title"], record)


def _named(prefix: str, kind: str, name: str, record: Record) -> Node:
    return {
        "@id": f"{prefix}-{iri(name)}",
        "@type": kind,
        "name": name,
        "description": f"Holds {record.title}.",
    }


def _issue(record: Record, item: references.Item) -> Node:
    if "container-title" not in item:
        return {}
    name = item["container-title"]
    found = full(
        {
            "@id": f"#periodical-{iri(name)}",
            "@type": "Periodical",
            "name": name,
            "description": f"Published {record.title}.",
            "issn": item.get("ISSN", ""),
        }
    )
    volume, issue = item.get("volume", ""), item.get("issue", "")
    year = references.iso(item)
    if volume:
        found = full(
            {
                "@id": f"#volume-{record.id}",
                "@type": "PublicationVolume",
                "name": f"{name}, {volume}",
                "description": f"Holds {record.title}.",
                "volumeNumber": volume,
                "datePublished": "" if issue else year,
                "isPartOf": found,
            }
        )
    if issue:
        found = full(
            {
                "@id": f"#issue-{record.id}",
                "@type": "PublicationIssue",
                "name": f"{name}, {record.year}({issue})",
                "description": f"Holds {record.title}.",
                "issueNumber": issue,
                "datePublished": year,
                "isPartOf": found,
            }
        )
    return found


def _book(record: Record, item: references.Item) -> Node:
    """The book that contains a chapter."""
    volume = item.get("volume", "")
    return full(
        {
            "@id": f"#book-{iri(item.get('container-title', ''))}",
            "@type": ["Book", "PublicationVolume"] if volume else "Book",
            "name": item.get("container-title", ""),
            "description": f"Holds {record.title}.",
            "editor": people(record.editors, "editor", record),
            "volumeNumber": volume,
            "bookEdition": item.get("edition", ""),
            "isbn": item.get("ISBN", ""),
            "isPartOf": _series(record, item),
        }
    )


def _series(record: Record, item: references.Item) -> Node:
    if "collection-title" not in item:
        return {}
    return full(
        {
            "@id": f"#series-{iri(item['collection-title'])}",
            "@type": "CreativeWorkSeries" if record.kind == "report" else "BookSeries",
            "name": item["collection-title"],
            "description": f"Holds {record.title}.",
            "issn": item.get("ISSN", ""),
        }
    )


def _identifiers(record: Record, item: references.Item) -> Iterator[Node]:
    """The DOI, and the numbers for which the type of the work has no property."""
    if "DOI" in item:
        yield _identifier("DOI", item["DOI"], DOI_REGISTRY)
    if "ISBN" in item and TYPES[record.kind] != "Book" and not _hosted(record):
        yield _identifier("ISBN", item["ISBN"], "ISBN")
    if "ISSN" in item and not (record.container and record.kind == "article") and not record.series:
        yield _identifier("ISSN", item["ISSN"], "ISSN")
    if "number" in item and record.kind != "report":
        yield _identifier("number", item["number"], "number")
    if "issue" in item and record.kind != "article":
        yield _identifier("issue", item["issue"], "issue")


def _identifier(name: str, value: str, registry: str) -> Node:
    return {
        "@id": f"#{name.lower()}-{iri(value)}",
        "@type": "PropertyValue",
        "name": name,
        "description": f"The {name} of the text.",
        "propertyID": registry,
        "value": value,
    }


def copy(record: Record) -> Node:
    """The copy of the work that the edition is based on, ``#copy-ID``; ``{}`` if there is none.

    Its ``@type`` is ``WebPage`` if the copy has an address, else ``CreativeWork``.  It has the name of the
    copy, not the title of the work, and no persons.
    """
    item = references.copy(record)
    if item is None:
        return {}
    return full(
        {
            "@id": f"#copy-{record.id}",
            "@type": "WebPage" if "URL" in item else "CreativeWork",
            "name": item["container-title"],
            "description": f"The copy of {record.title} that the edition rests on.",
            "datePublished": references.iso(item),
            "inLanguage": item["language"],
            "url": item.get("URL", ""),
        }
    )


def full(node: Mapping[str, Any]) -> Node:
    """A new node without the properties whose value is empty (``""``, ``[]``, ``{}``, ``None``, also ``0``
    and ``False``); inner nodes stay.
    """
    return {name: value for name, value in node.items() if value}


def plain(node: Any) -> Any:
    """A tree without local ids and their descriptions, as a page needs it.

    A node whose ``@id`` begins with ``#`` loses its ``@id`` and ``description``, at every depth, so a
    reference to it becomes ``{}``; other nodes keep both.  A value that is neither a node nor a list is
    returned as it is.
    """
    if isinstance(node, list):
        return [plain(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    own = str(node.get("@id", "")).startswith("#")
    left = ("@id", "description") if own else ()
    return {name: plain(value) for name, value in node.items() if name not in left}


def flat(node: Node) -> list[Node]:
    """A tree as a list: the node first, each inner node replaced by a reference, and then the inner nodes,
    each followed by its own.

    A list of one node becomes its reference.  A node without ``@id`` stays as it is, with its inner nodes (a
    list of one becomes this node); a reference alone (``{"@id": …}``) is not listed.  A node that occurs
    twice is listed twice.
    """
    found: list[Node] = []

    def refer(value: Any) -> Any:
        if isinstance(value, list):
            made = [refer(inner) for inner in value]
            return made[0] if len(made) == 1 and isinstance(value[0], dict) else made
        if isinstance(value, dict) and "@id" in value:
            if len(value) > 1:
                found.extend(flat(value))
            return {"@id": value["@id"]}
        return value

    return [{name: refer(value) for name, value in node.items()}, *found]
