"""Rules for the ledger of anchors (family A); the comparing itself is in :mod:`site_builder.anchors`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder import anchors
from site_builder.links import Links
from site_builder.model import Problem, Project


def anchors_live(project: Project, links: Links) -> Iterator[Problem]:
    """A001–A007 A published id must not be lost, reused or silently changed; a new one must be
    recorded; a fate must lead to ids that exist."""
    for work in project.works:
        for problem in anchors.compare(work.ledger, work.blocks, f"{work.folder}/anchors.yaml"):
            # an id that only lost its brace is not gone: the text tells its own fault
            other = {"A001": "text.md", "A004": "anchors.yaml"}.get(problem.code)
            missing = f"{work.folder}/{other}" if other else ""
            yield replace(problem, unless=missing)
