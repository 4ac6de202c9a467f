"""The crate's description of the edited texts: people, container, publisher, copy and rights of each.

The terms are those of schema.org, as in the context of RO-Crate 1.2; the tree is that of the pages
(:mod:`site_builder.citing.schemaorg`), flattened.
"""

from __future__ import annotations

from typing import Any

from site_builder.citing import schemaorg
from site_builder.citing.schemaorg import iri
from site_builder.model import Record

__all__ = ["Entity", "article", "copies", "described", "iri", "rights", "to"]

Entity = dict[str, Any]


def to(*entities: Entity) -> Entity | list[Entity]:
    """References to entities, each once; a single reference is not in a list, and no entities give ``[]``.

    >>> to({"@id": "#a", "name": "A"})
    {'@id': '#a'}
    """
    found = [{"@id": id_} for id_ in dict.fromkeys(entity["@id"] for entity in entities)]
    return found[0] if len(found) == 1 else found


def described(record: Record) -> list[Entity]:
    """A work with its related entities, and the copy of it that the edition is based on, as a flat list.

    The entities refer to each other by ``@id``.  The first is the work, ``#work-ID``.  Then come those that
    its properties name, each before those inside of it: persons (``#author-NAME``) with their affiliation
    (``#affiliation-NAME``), the container (``#issue-ID`` and ``#periodical-NAME``, ``#book-NAME``, …),
    publisher and identifiers; only what the record has.  The last is the copy with the role ``witness``,
    ``#copy-ID``, if there is one; other copies are left out.  The rights are only referred to; see
    :func:`rights`.
    """
    return [*schemaorg.flat(article(record)), *copies(record)]


def article(record: Record) -> Entity:
    """The work as a tree (:func:`.schemaorg.work`), with a reference to its rights in the property
    ``license``.

    ``license`` is ``{"@id": "#rights-WORK"}``; persons and the container are nodes inside.
    """
    return {**schemaorg.work(record), "license": to(rights(record))}


def copies(record: Record) -> list[Entity]:
    """The copy that the edition is based on, in a list of one; ``[]`` if no copy of the record has the role
    ``witness``.

    Its ``@id`` is ``#copy-WORK``, its type ``WebPage`` if it has an address, else ``CreativeWork``.
    """
    found = schemaorg.copy(record)
    return [found] if found else []


def rights(record: Record) -> Entity:
    """The rights in a text, which are not a licence, in the words of the record.

    The keys are ``@id`` (``#rights-WORK``), ``@type`` (``CreativeWork``), ``name`` (the short form) and
    ``description``; what the record lacks is ``""``.
    """
    return {
        "@id": f"#rights-{record.id}",
        "@type": "CreativeWork",
        "name": record.rights_short,
        "description": record.rights,
    }
