"""What a crate tells of the texts that are edited: author, periodical, copy and rights of each.

Schema.org's terms, as the context of RO-Crate 1.2 has them.  Nothing is told that the record does not hold;
of several authors it does not say whose name in Latin letters and whose affiliation it gives.
"""

from __future__ import annotations

import re
from typing import Any

from site_builder import references
from site_builder.model import Record

Entity = dict[str, Any]

_UNFIT = re.compile(r'[\x00-\x20"#%<>?\\^`{|}]')


def iri(name: str) -> str:
    """A name as a reference: what may not stand in one is written in hexadecimal, all letters stay."""
    return _UNFIT.sub(lambda found: f"%{ord(found[0]):02X}", name)


def to(*entities: Entity) -> Entity | list[Entity]:
    """References to entities, each once."""
    found = [{"@id": id_} for id_ in dict.fromkeys(entity["@id"] for entity in entities)]
    return found[0] if len(found) == 1 else found


def described(record: Record) -> list[Entity]:
    """An article with all that belongs to it, and the copies of it that the edition rests on."""
    return [
        article(record),
        *_authors(record),
        *_affiliations(record),
        *_containers(record),
        *copies(record),
    ]


def article(record: Record) -> Entity:
    item = references.article(record)
    containers = _containers(record)
    return {
        "@id": f"#work-{record.id}",
        "@type": "Book" if item["type"] == "book" else "ScholarlyArticle",
        "name": record.title,
        "description": "The text that is edited here.",
        "author": to(*_authors(record)),
        "datePublished": _date(item),
        "inLanguage": item["language"],
        "isPartOf": to(containers[0]) if containers else "",
        "copyrightNotice": record.rights_short,
        "license": to(rights(record)),
    }


def _authors(record: Record) -> list[Entity]:
    found = references.names(record.author)
    alone = len(found) == 1
    affiliations = _affiliations(record)
    return [
        {
            "@id": f"#author-{iri(name)}",
            "@type": "Person",
            "name": name,
            "description": f"Author of {record.title}.",
            "alternateName": record.author_en if alone else "",
            "affiliation": to(*affiliations) if alone and affiliations else "",
        }
        for name in found
    ]


def _affiliations(record: Record) -> list[Entity]:
    """The affiliation, where the record has one; of several authors it does not say whose it is."""
    if not record.affiliation or len(references.names(record.author)) > 1:
        return []
    return [
        {
            "@id": f"#affiliation-{record.id}",
            "@type": "Organization",
            "name": record.affiliation,
            "description": f"Affiliation of {record.author}.",
        }
    ]


def _containers(record: Record) -> list[Entity]:
    """The issue and the periodical that holds it, as far as the record tells of them."""
    if not record.container:
        return []
    periodical = {
        "@id": f"#periodical-{iri(record.container)}",
        "@type": "Periodical",
        "name": record.container,
        "description": f"Published {record.title}.",
    }
    if not record.issue:
        return [periodical]
    issue = {
        "@id": f"#issue-{record.id}",
        "@type": "PublicationIssue",
        "name": f"{record.container}, {record.year}({record.issue})",
        "description": f"Holds {record.title}.",
        "issueNumber": record.issue,
        "datePublished": _date(references.article(record)),
        "isPartOf": to(periodical),
    }
    return [issue, periodical]


def copies(record: Record) -> list[Entity]:
    item = references.copy(record)
    if item is None:
        return []
    return [
        {
            "@id": f"#copy-{record.id}",
            "@type": "WebPage" if "URL" in item else "CreativeWork",
            "name": item["container-title"],
            "description": f"The copy of {record.title} that the edition rests on.",
            "datePublished": _date(item),
            "inLanguage": item["language"],
            "url": item.get("URL", ""),
        }
    ]


def _date(item: references.Item) -> str:
    """A date as ISO 8601 writes it, or none: a text that is no date is not told as one."""
    parts = references.date(item)
    return "-".join(f"{part:02}" for part in parts)


def rights(record: Record) -> Entity:
    """The rights in a text: no licence, and told where licences are, or somebody takes theirs for it."""
    return {
        "@id": f"#rights-{record.id}",
        "@type": "CreativeWork",
        "name": record.rights_short,
        "description": record.rights,
    }
