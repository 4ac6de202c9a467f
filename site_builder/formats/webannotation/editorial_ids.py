"""The ids of the annotations that are no tags: alternatives, notes of the editors, and edges."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import identifiers
from site_builder.model import Edge, Note, Project, Tagging


def alternative(project: Project, tagging: Tagging, number: int, quotation: int) -> str:
    """The id of an alternative, for one of its quotations; both numbers count from 1.

    It is a ``urn:uuid:…`` made from the coder, the work, the passage and the two numbers.
    """
    of = (tagging.coder, tagging.work, tagging.passage)
    return identifiers.urn(project, "alternative", *of, str(number), str(quotation))


def note(project: Project, one: Note) -> str:
    """The id of the annotation of a note: a ``urn:uuid:…`` made from its work and its id."""
    return identifiers.urn(project, "note", one.work, one.id)


def edge(project: Project, one: Edge, quotation: int) -> str:
    """The id of the annotation of one quotation of an edge: a ``urn:uuid:…`` made from the id and the number.

    :param quotation: the number of the quotation, from 1.
    """
    return identifiers.urn(project, "edge", one.id, str(quotation))


def own_ids(project: Project) -> frozenset[str]:
    """The ids of the annotations of all alternatives, notes and edges of a project.

    An alternative has one for each quotation, and at least one; an edge one for each quotation, or none.
    """
    return frozenset(_every(project))


def _every(project: Project) -> Iterator[str]:
    for tagging in project.taggings:
        for number, one in enumerate(tagging.alternatives, 1):
            for quotation in range(1, max(1, len(one.evidence)) + 1):
                yield alternative(project, tagging, number, quotation)
    yield from (note(project, one) for one in project.notes)
    for joined in project.edges:
        yield from (edge(project, joined, number) for number, _ in enumerate(joined.evidence, 1))
