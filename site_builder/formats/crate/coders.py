"""The readings of the coders for the crate: an action for each, with the person or the program that read.

RO-Crate 1.1, "Provenance of entities": a ``CreateAction`` has an agent, maybe an instrument, and a result.  A
person is the agent of its reading.  A program is its instrument, and its agent is the publisher.  A program
is a ``CreativeWork``, since a ``SoftwareApplication`` needs a version and an address, which are not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from site_builder.edition.edition import Edition
from site_builder.formats import translated
from site_builder.formats.crate.works import Entity, iri, to
from site_builder.model import Coder

_RESULTS = ("annotations.jsonld", "passages.csv")
"""Files that have the tags of every coder."""


def readings(edition: Edition, files: Collection[str], publisher: Entity) -> list[Entity]:
    """The actions of all coders with a record, then their agents and instruments; ``[]`` without records.

    An action is ``#reading-ID`` with the type ``CreateAction``, a reader ``#coder-ID``, a ``Person`` or a
    ``CreativeWork``.  A person is the agent of its action.  A program is the instrument, and the publisher
    the agent.

    :param files: the files of the folder; those of ``annotations.jsonld`` and ``passages.csv`` that are among
        them are the results.
    :param publisher: the entity of the publisher, which is only referred to.
    """
    coders = edition.project.coders
    results = to(*({"@id": name} for name in _RESULTS if name in files))
    actions = [_action(edition, coder, results, publisher) for coder in coders]
    return [*actions, *(_reader(edition, coder) for coder in coders)]


def actions_of(entities: list[Entity]) -> Iterator[Entity]:
    """The entities with the type ``CreateAction``, in their order.

    One whose ``@type`` is a list does not count; no entities give nothing.
    """
    return (entity for entity in entities if entity["@type"] == "CreateAction")


def _action(edition: Edition, coder: Coder, results: Entity | list[Entity], publisher: Entity) -> Entity:
    reader = {"@id": _id(coder)}
    is_person = coder.kind == "person"
    return {
        "@id": f"#reading-{iri(coder.id)}",
        "@type": "CreateAction",
        "name": f"Reading of {coder.id}",
        "description": "\n".join(translated.lines(edition, coder.saw)),
        "endTime": coder.date.isoformat(),
        "agent": reader if is_person else to(publisher),
        "instrument": {} if is_person else reader,
        "result": results,
    }


def _reader(edition: Edition, coder: Coder) -> Entity:
    return {
        "@id": _id(coder),
        "@type": "Person" if coder.kind == "person" else "CreativeWork",
        "name": coder.name,
        "alternateName": [coder.id, *translated.others(edition, coder.name)],
        "description": coder.note,
    }


def _id(coder: Coder) -> str:
    return f"#coder-{iri(coder.id)}"
