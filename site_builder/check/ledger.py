"""Rules for the ledger of anchors (family A); the comparing itself is in :mod:`site_builder.anchors`."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import anchors
from site_builder.links import Links
from site_builder.model import Problem, Project


def anchors_live(project: Project, links: Links) -> Iterator[Problem]:
    """A001–A007 A published id must not be lost, reused or silently changed; a new one must be
    recorded; a fate must lead to ids that exist."""
    for work in project.works:
        yield from anchors.compare(work.ledger, work.blocks, f"{work.folder}/anchors.yaml")
