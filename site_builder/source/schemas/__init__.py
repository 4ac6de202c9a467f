"""The tables of fields: what each kind of YAML file holds, said once.

Reading, the README's formats and the JSON Schemas for editors are all made from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.source.fields import Shape
from site_builder.source.schemas.codebook import FACET, GRID
from site_builder.source.schemas.common import CERTAINTIES, CHANGED, KINDS, NOTED
from site_builder.source.schemas.corpus import ADDRESSES, EMENDATIONS, LEDGER, WITNESS
from site_builder.source.schemas.record import RECORD, WORK_KINDS, record_shape
from site_builder.source.schemas.site import FRONT, REVIEWS, SITE
from site_builder.source.schemas.tags import TAGS

SHAPES: Mapping[str, Shape] = {
    "addresses": ADDRESSES,
    "anchors": LEDGER,
    "emendations": EMENDATIONS,
    "facet": FACET,
    "grid": GRID,
    "page": FRONT,
    "project": SITE,
    "reviews": REVIEWS,
    "tags": TAGS,
    "witness": WITNESS,
    "work": record_shape(),
}
"""Every kind of YAML a project holds, by name; documentation and schemas are made from it."""

__all__ = [
    "ADDRESSES",
    "CERTAINTIES",
    "CHANGED",
    "EMENDATIONS",
    "FACET",
    "FRONT",
    "GRID",
    "KINDS",
    "LEDGER",
    "NOTED",
    "RECORD",
    "REVIEWS",
    "SHAPES",
    "SITE",
    "TAGS",
    "WITNESS",
    "WORK_KINDS",
    "record_shape",
]
