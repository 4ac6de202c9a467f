"""The tags of all coders, work by work."""

from __future__ import annotations

from site_builder.model import Passage, Project, Tagging


def of_works(project: Project) -> dict[str, list[tuple[Tagging, Passage]]]:
    """Work id → (tags, passage) for every passage that a coder tagged: first those of the displayed coder, in
    reading order.

    The other coders follow in the order of their ids, each with all passages of the work.  A passage that a
    coder did not tag is left out, and so is a tagging of an unknown passage.  If a coder tagged a passage
    twice, only the first tagging is given.  A work without tags has an empty list.
    """
    shown = project.site.coder
    coders = sorted({t.coder for t in project.taggings}, key=lambda coder: (coder != shown, coder))
    known = {(t.coder, t.work, t.passage): t for t in reversed(project.taggings)}
    return {
        work.id: [
            (tagging, passage)
            for coder in coders
            for passage in work.passages
            if (tagging := known.get((coder, work.id, passage.id))) is not None
        ]
        for work in project.works
    }
