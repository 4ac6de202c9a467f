"""What the pages of a work show of other works.

The pages of a work are made again if this changes, or its own sources, or what belongs to no work.  Titles of
passages that its notes cite are left out: each page knows them (:attr:`.medium.Rendered.cited`).
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.model import Work
from site_builder.site.pictures import score


def shown(edition: Edition, work: Work) -> tuple[object, ...]:
    """What the pages of a work show of other works, besides the frame of the edition.

    These are passages that share codes with a passage of the work, those with evidence of the same step of
    the argument, the cells that no passage answers, and whether there are several readings.
    """
    return (
        tuple(_passages(edition, work)),
        tuple(score.silent_cells(edition, column) for column in edition.project.site.silence),
        bool(edition.doubts),
    )


def _passages(edition: Edition, work: Work) -> Iterator[object]:
    for passage in work.passages:
        similar = edition.comparison.of((work.id, passage.id))
        yield similar.left_out
        for key in similar.keys:
            if key[0] != work.id:
                yield key, _gist(edition, key), edition.codes_of[key]
        for edge in edition.index.quoting.get((work.id, passage.id), ()):
            for key in map(edition.index.quoted, edge.evidence):
                if key[0] != work.id:
                    yield key, _gist(edition, key)


def _gist(edition: Edition, key: Key) -> str:
    tagging = edition.index.taggings.get(key)
    return tagging.gist if tagging is not None else ""
