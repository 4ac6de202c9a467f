"""What a crate tells of the texts that are edited: people, container, publisher, copy and rights of each.

Schema.org's terms, as the context of RO-Crate 1.2 has them; the tree is that of the pages
(:mod:`site_builder.citing.schemaorg`), taken apart.
"""

from __future__ import annotations

from typing import Any

from site_builder.citing import schemaorg
from site_builder.citing.schemaorg import iri
from site_builder.model import Record

__all__ = ["Entity", "article", "copies", "described", "iri", "rights", "to"]

Entity = dict[str, Any]


def to(*entities: Entity) -> Entity | list[Entity]:
    """References to entities, each once."""
    found = [{"@id": id_} for id_ in dict.fromkeys(entity["@id"] for entity in entities)]
    return found[0] if len(found) == 1 else found


def described(record: Record) -> list[Entity]:
    """A work with all that belongs to it, and the copies of it that the edition rests on."""
    return [*schemaorg.flat(article(record)), *copies(record)]


def article(record: Record) -> Entity:
    """The work as a tree, with its rights where licences are, or somebody takes theirs for it."""
    return {**schemaorg.work(record), "license": to(rights(record))}


def copies(record: Record) -> list[Entity]:
    """The copy that the edition rests on, where the record tells of one."""
    found = schemaorg.copy(record)
    return [found] if found else []


def rights(record: Record) -> Entity:
    """The rights in a text, which are no licence."""
    return {
        "@id": f"#rights-{record.id}",
        "@type": "CreativeWork",
        "name": record.rights_short,
        "description": record.rights,
    }
