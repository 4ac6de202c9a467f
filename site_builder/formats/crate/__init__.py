"""``data/ro-crate-metadata.json``: describes the files in ``data/`` for archives of research data.

RO-Crate Metadata Specification 1.2 (https://w3id.org/ro/crate/1.2), an attached crate with that folder as its
root: a flat graph that describes every entity that it names, each file with its size in bytes, its SHA-256
and its kind. The order is that of the names and does not depend on the order of the files.

A licence with a well-known short name has its address.  Any other licence, and the rights in the text, which
no licence of the project covers, are described in the words of the project.  The tool is a ``CreativeWork``,
not a ``SoftwareApplication``: the latter requires an address, and the tool has none.  The crate has no ORCID,
ROR or address of a person, since none is known.  The publisher of the edition is an organization, as on its
pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from site_builder import VERSION
from site_builder.citing import references, schemaorg
from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.formats import translated
from site_builder.formats.crate import coders
from site_builder.formats.crate.works import Entity, article, copies, described, iri, rights, to
from site_builder.formats.files import Sum, sum_of
from site_builder.model import Term
from site_builder.model.text import Localized
from site_builder.records import dataclass
from site_builder.site import jsonld

NAME = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.2"

#: File name extension → media type; the tables of the system differ between machines.
TYPES = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".epub": "application/epub+zip",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".qdc": "application/xml",
    ".qdpx": "application/zip",
    ".ris": "application/x-research-info-systems",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """The description of a file.

    ``conforms_to`` is the IRI of its format or empty, ``standard`` the name of that format.
    """

    title: str
    description: str
    media_type: str
    conforms_to: str = ""
    standard: str = ""


def crate(edition: Edition, files: Mapping[str, bytes], about: Mapping[str, About]) -> bytes:
    """The content of the crate file, as JSON-LD in UTF-8.

    The graph has the crate itself, the folder, each file in the order of the names, formats, licences,
    rights, publisher, works, the readings of the coders, the UUID of the folder, and the tool; each entity
    once, without empty properties.  No text of a work is included.  ``hasPart`` of the folder (``./``) refers
    to the files, in the order of the names.

    A file has the type ``File``, its title, its description, its media type (``encodingFormat``), its number
    of bytes as a text (``contentSize``: ``"0"``), its digest, and its address if the site has one.

    :param files: every file of the folder, by its path relative to the folder; the crate file itself is
        ignored.
    :param about: descriptions of some files; of any other the title is the last part of its path, the media
        type that of its extension in :data:`TYPES` (``application/xml`` for ``.xml``, and
        ``application/octet-stream`` for one that is not there), and the description is absent.  A description
        of a file that is not in ``files`` is ignored.
    """
    listed = {name: about.get(name) or _plain(name) for name in sorted(files) if name != NAME}
    works = [entity for work in edition.project.works for entity in described(work.record)]
    licences = [_licence(edition, term) for term in edition.project.site.licences]
    texts = [rights(work.record) for work in edition.project.works]
    readings = coders.readings(edition, listed, _publisher(edition))
    graph = [
        _descriptor(),
        _root(edition, list(listed), [*licences, *texts], coders.actions_of(readings)),
        *(_file(edition, name, sum_of(files, name), one) for name, one in listed.items()),
        *_formats(listed.values()),
        *licences,
        *texts,
        _publisher(edition),
        *works,
        *readings,
        _identifier(edition),
        _TOOL,
    ]
    context = schemaorg.context(f"{PROFILE}/context", (work.record for work in edition.project.works))
    found = {"@context": context, "@graph": list(_once(graph))}
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _once(graph: list[Entity]) -> Iterator[Entity]:
    """The entities that have properties, each once: two works can have the same author."""
    seen: set[str] = set()
    for entity in graph:
        if entity["@id"] not in seen:
            seen.add(entity["@id"])
            yield {name: value for name, value in entity.items() if value}


def _plain(name: str) -> About:
    path = PurePosixPath(name)
    return About(title=path.name, description="", media_type=TYPES.get(path.suffix.lower(), _UNKNOWN))


# --- the folder and its files ---------------------------------------------------------------------


def _descriptor() -> Entity:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "name": "RO-Crate metadata",
        "description": "What lies in this folder, for machines.",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }


def _root(edition: Edition, files: list[str], under: list[Entity], actions: Iterator[Entity]) -> Entity:
    site = edition.project.site
    title = references.edition_title(site)
    records = [work.record for work in edition.project.works]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "alternateName": _translations(edition, title),
        "description": site.description,
        "identifier": to(_identifier(edition)),
        "datePublished": site.date.isoformat(),
        "version": site.version,
        "inLanguage": [view.language for view in site.views],
        "url": site.address,
        "license": to(*under),
        "author": to(_publisher(edition)),
        "publisher": to(_publisher(edition)),
        "about": to(*(article(record) for record in records)),
        "isBasedOn": to(*(copy for record in records for copy in copies(record))),
        "mentions": to(_TOOL, *actions),
        "hasPart": [{"@id": iri(name)} for name in files],
    }


def _file(edition: Edition, name: str, content: Sum, about: About) -> Entity:
    address = (
        identifiers.iri(edition.project, f"{addresses.DATA}{iri(name)}")
        if edition.project.site.address
        else ""
    )
    formats = [{"@id": about.conforms_to}] if about.conforms_to else []
    return {
        "@id": iri(name),
        "@type": "File",
        "name": about.title,
        "description": about.description,
        "encodingFormat": [about.media_type, *formats] if formats else about.media_type,
        "contentSize": str(content.size),
        "sha256": content.sha256,
        "url": address,
    }


def _formats(listed: Iterable[About]) -> Iterator[Entity]:
    for about in listed:
        if about.conforms_to:
            yield {
                "@id": about.conforms_to,
                "@type": ["WebPage", "Standard"],
                "name": about.standard or about.conforms_to,
                "description": "A format of files in this folder.",
            }


# --- rights ---------------------------------------------------------------------------------------


def _licence(edition: Edition, term: Term) -> Entity:
    return {
        "@id": jsonld.licence(term) or f"#licence-{term.id}",
        "@type": "CreativeWork",
        "name": term.name,
        "alternateName": _translations(edition, term.name),
        "description": term.definition,
    }


def _translations(edition: Edition, text: Localized) -> str | list[str]:
    """The translations of a text; a single one is not in a list."""
    found = translated.others(edition, text)
    return found[0] if len(found) == 1 else found


# --- persons and subjects ------------------------------------------------------------------------


def _identifier(edition: Edition) -> Entity:
    urn = identifiers.urn(edition.project, "crate")
    return {
        "@id": urn,
        "@type": "PropertyValue",
        "name": "UUID",
        "description": "The lasting name of this folder, whatever its version and address.",
        "propertyID": "https://www.rfc-editor.org/rfc/rfc9562",
        "value": urn,
    }


def _publisher(edition: Edition) -> Entity:
    return {
        "@id": "#publisher",
        "@type": "Organization",
        "name": edition.project.site.publisher,
        "description": "Answers for the edition.",
    }


_TOOL: Entity = {
    "@id": "#tool",
    "@type": "CreativeWork",
    "name": f"site-builder {VERSION}",
    "description": "The program that made the files of this folder.",
    "version": VERSION,
}
