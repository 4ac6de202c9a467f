"""What the pages of a work show of other works.

The pages of a work are made again if this changes, or its own sources, or what belongs to no work.  Titles of
passages that its notes cite are left out: each page knows them (:attr:`.medium.Rendered.cited`).
"""

from __future__ import annotations

from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.site.pictures import score


def shown(edition: Edition) -> tuple[object, ...]:
    """What every page of a work can show of other works, besides the frame of the edition: the cells that the
    columns of the silence report cover, and their traits, in each reading of the tags; whether there are
    alternatives; and the order in which adjudications name two coders.

    The result has three parts.  The first has a tuple for each reading and each column in it, sorted: the
    cells that an entry covers, each as (id, traits of one tag, traits of another…), the same traits once.
    The second is whether a passage has alternatives; without any only the published reading is in the first,
    and without columns it is ``()``.  The third is the coders of each adjudication.  Only equality counts:
    pages are made again if the result is another.
    """
    readings = tuple(edition.readings.values()) if edition.doubts else (edition,)
    columns = edition.project.site.silence
    return (
        tuple(
            tuple((cell, *sorted(set(tags))) for cell, tags in sorted(score.covered(read, column).items()))
            for read in readings
            for column in columns
        ),
        bool(edition.doubts),
        tuple(one.between for one in edition.project.adjudications),
    )


def of_passage(edition: Edition, key: Key) -> tuple[object, ...]:
    """What the page and the panel of a passage show of other works besides: the passages that share codes
    with it, and those with evidence of a step of the argument that it has evidence of.

    The result has three parts: the number of similar passages that are left out; (passage, codes) of the
    similar ones of other works; (passage, gist) of those with evidence, each as often as it has any.
    An unknown passage gives ``(0, (), ())``.  Only equality counts, as for :func:`shown`.
    """
    similar = edition.comparison.of(key)
    quoted = (one for edge in edition.index.quoting.get(key, ()) for one in edge.evidence)
    return (
        similar.left_out,
        tuple((other, edition.codes_of[other]) for other in similar.keys if other[0] != key[0]),
        tuple(
            (other, _gist(edition, other))
            for other in map(edition.index.quoted, quoted)
            if other[0] != key[0]
        ),
    )


def _gist(edition: Edition, key: Key) -> str:
    tagging = edition.index.taggings.get(key)
    return tagging.gist if tagging is not None else ""
