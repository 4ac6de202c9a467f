"""The edition and its works as a Citation File Format file, ``CITATION.cff``.

Source: Citation File Format 1.2.0 (https://github.com/citation-file-format/citation-file-format).  The file
describes the edition, as a data set; the works, and the copies that the edition is based on, are its
``references``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_builder.citing import references
from site_builder.citing.schemaorg import full
from site_builder.edition.edition import Edition
from site_builder.language import tags
from site_builder.language.message import Message, msg
from site_builder.model import Person, Record
from site_builder.site import jsonld
from site_builder.source.yamlio.dump import dump

FILE = "CITATION.cff"
MESSAGE: Message = msg(
    "Cite the edition as below, and a work as it was published: see references. The licence covers only the"
    " words and tags of the editors."
)
ANONYMOUS = {"name": "anonymous"}
"""The author of a work of which none is known: the format requires one."""
_TYPES = {
    "article": "article",
    "book": "book",
    "chapter": "generic",
    "thesis": "thesis",
    "report": "report",
    "webpage": "website",
    "manuscript": "unpublished",
    "classic": "historical-work",
}
"""Kind of a work → type of a reference; there is none for a chapter."""
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
_URL = re.compile(r"(https|http|ftp|sftp)://.+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def cff(edition: Edition) -> bytes:
    """The content of ``CITATION.cff``: YAML in UTF-8, with a line end.

    The authors are the publishers of the edition, also if citations do not name them: the format requires
    authors.  ``license-url`` is the first licence of the editors' words that has an address.  A project
    without works has no ``references``.
    """
    site = edition.project.site
    found = {
        "cff-version": "1.2.0",
        "message": edition.catalogue.text(MESSAGE),
        "type": "dataset",
        "title": references.edition_title(site),
        "version": site.version,
        "date-released": site.date.isoformat(),
        "authors": _once({"name": person.name.whole} for person in references.publishers(site)),
        "license-url": next(iter(jsonld.licences(site)), ""),
        "url": site.address,
        "abstract": site.description,
        "references": _once(one for work in edition.project.works for one in _of_record(work.record)),
    }
    return dump(full(found)).encode()


def _of_record(record: Record) -> Iterator[Mapping[str, Any]]:
    yield reference(record)
    copy = references.copy(record)
    if copy is not None:
        yield full(
            {
                "type": "website",
                "title": copy["title"],
                "authors": _authors(record),
                "collection-title": copy["container-title"],
                **_dates(copy),
                "url": _fitting(_URL, copy.get("URL", "")),
                "languages": _languages(copy),
            }
        )


def reference(record: Record) -> Mapping[str, Any]:
    """The work as it was published, as an entry of ``references``: key → value, without empty values.

    What the format has no key for is in ``notes``: a series beside another container, the genre of any work
    but a thesis, a DOI or an address that the format does not accept, and the names and titles in Latin
    letters.  A year in words stays in words.
    """
    item = references.article(record)
    container, series = item.get("container-title", ""), item.get("collection-title", "")
    journal = record.kind == "article"
    collection = ("" if journal else container) or series
    first, _, last = str(item.get("page", "")).partition("-")
    genre = item.get("genre", "")
    doi, url = item.get("DOI", ""), item.get("URL", "")
    notes = (
        series if series != collection else "",
        genre if record.kind != "thesis" else "",
        doi if not _fitting(_DOI, doi) else "",
        url if not _fitting(_URL, url) else "",
        item.get("note", ""),
    )
    return full(
        {
            "type": _TYPES[record.kind],
            "title": item["title"],
            "authors": _authors(record),
            "editors": _people(record.editors),
            "translators": _people(record.translators),
            "journal": container if journal else "",
            "collection-title": collection,
            "volume": item.get("volume", ""),
            "issue": item.get("issue", ""),
            "number": item.get("number", item.get("collection-number", "")),
            "start": first,
            "end": last,
            "edition": item.get("edition", ""),
            "thesis-type": genre if record.kind == "thesis" else "",
            **_publisher(record, item),
            **_dates(item),
            "doi": _fitting(_DOI, doi),
            "issn": item.get("ISSN", ""),
            "isbn": item.get("ISBN", ""),
            "url": _fitting(_URL, url),
            "languages": _languages(item),
            "copyright": record.rights_short,
            "notes": "; ".join(filter(None, notes)),
        }
    )


def _authors(record: Record) -> list[Mapping[str, str]]:
    return _people(record.authors) or [ANONYMOUS]


def _people(found: tuple[Person, ...]) -> list[Mapping[str, str]]:
    """Persons and institutions.  A person whose name is not divided has it in the key of an institution: the
    format has no other for it.
    """
    return _once(_person(person) for person in references.clean(found))


def _person(person: Person) -> Mapping[str, str]:
    name = person.name
    if person.institution or not name.divided:
        return {"name": name.whole}
    return full(
        {
            "family-names": name.family,
            "given-names": name.given,
            "affiliation": " ".join(person.affiliation.split()),
        }
    )


def _publisher(record: Record, item: references.Item) -> Mapping[str, Any]:
    name, place = item.get("publisher", ""), item.get("publisher-place", "")
    if not name:
        return {"location": {"name": place}} if place else {}
    key = "institution" if record.kind in ("thesis", "report") else "publisher"
    return {key: full({"name": name, "location": place})}


def _dates(item: references.Item) -> Mapping[str, Any]:
    issued, day = references.date(item), references.iso(item)
    return {
        "year": issued[0] if issued else references.words(item),
        "month": issued[1] if len(issued) > 1 else "",
        "date-published": day if len(issued) > 2 else "",
        "year-original": _year(references.words(item, "original-date")),
        "date-accessed": references.iso(item, "accessed"),
    }


def _year(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() else text


def _languages(item: references.Item) -> list[str]:
    found = tags.main(item["language"])
    return [found] if _LANGUAGE.fullmatch(found) else []


def _fitting(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _once(found: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The entries without repetitions, which the format refuses."""
    return list({json.dumps(one, sort_keys=True): one for one in found}.values())
