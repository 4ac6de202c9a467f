"""The tables of the codebook: grid and facets."""

from __future__ import annotations

from typing import Any

from site_builder.model import Cell, Dimension, Grid, Place, Pole, Table, Trait
from site_builder.source.fields import Flag, ListOf, MapOf, OneOf, Shape, Text, Whole, optional, required
from site_builder.source.schemas.common import CELL_ID, COLOR, FACET_KINDS, IDENT, TERM, TEXT, TEXTS, VERBATIM

_TRAIT = Shape(name="trait", fields={"text": required(VERBATIM), "passage": required(TEXT)}, make=Trait)


def _dimension(tint: tuple[str, str], place: Place, **rest: Any) -> Dimension:
    return Dimension(tint_light=tint[0], tint_dark=tint[1], place=place, **rest)


def _grid(limits: tuple[int, int], place: Place, **rest: Any) -> Grid:
    return Grid(evidence_max=limits[0], gist_max=limits[1], place=place, **rest)


GRID = Shape(
    name="grid",
    fields={
        "name": required(TEXT),
        "name_en": optional(TEXT),
        "definition": required(TEXT),
        "dimensions": required(
            ListOf(
                least=1,
                of=Shape(
                    name="dimension",
                    fields={
                        "id": required(IDENT),
                        "name": required(TEXT),
                        "name_en": optional(TEXT),
                        "short": required(TEXT, doc="one character, for small places"),
                        "definition": required(TEXT),
                        "tint": required(
                            Shape(
                                name="tint",
                                fields={"light": required(COLOR), "dark": required(COLOR)},
                                make=lambda light, dark, place: (light, dark),
                            )
                        ),
                    },
                    make=_dimension,
                ),
            )
        ),
        "poles": required(
            ListOf(
                least=1,
                of=Shape(
                    name="pole",
                    fields={
                        "id": required(CELL_ID),
                        "slug": required(IDENT),
                        "sign": required(TEXT),
                        "name": required(TEXT),
                        "name_en": optional(TEXT),
                    },
                    make=Pole,
                ),
            )
        ),
        "cells": required(
            ListOf(
                least=1,
                of=Shape(
                    name="cell",
                    fields={
                        "id": required(CELL_ID),
                        "dimension": required(IDENT),
                        "pole": required(TEXT),
                        "name": required(TEXT),
                        "name_en": optional(TEXT),
                        "definition": required(TEXT),
                        "color": required(COLOR),
                        "traits": optional(ListOf(of=_TRAIT), default=()),
                    },
                    make=Cell,
                ),
            )
        ),
        "relations": required(ListOf(of=TERM, least=1)),
        "functions": required(ListOf(of=TERM, least=1)),
        "limits": optional(
            Shape(
                name="limits",
                fields={
                    "evidence": optional(Whole(least=1), default=4),
                    "gist": optional(Whole(least=1), default=40),
                },
                make=lambda evidence, gist, place: (evidence, gist),
            ),
            default=(4, 40),
        ),
    },
    make=_grid,
)

_RAW = Text(verbatim=True, make=lambda text, place: (text, place))
_ENTRY = Shape(
    name="entry",
    fields={
        "id": required(IDENT),
        "name": required(TEXT),
        "name_en": optional(TEXT),
        "also": optional(TEXTS, default=()),
        "parent": optional(IDENT),
        "definition": required(_RAW),
        "fields": optional(MapOf(of=_RAW), default={}),
    },
    make=dict,
)
_TABLE = Shape(
    name="table",
    fields={
        "caption": required(TEXT),
        "note": required(TEXT),
        "fields": required(ListOf(of=IDENT, least=1)),
    },
    make=Table,
)
FACET = Shape(
    name="facet",
    fields={
        "id": required(IDENT),
        "name": required(TEXT),
        "name_en": optional(TEXT),
        "short": required(TEXT),
        "kind": required(OneOf(words=FACET_KINDS)),
        "definition": required(TEXT),
        "fields": optional(ListOf(of=TERM), default=()),
        "table": optional(_TABLE, default=None),
        "keep": optional(
            Flag(), default=False, doc="true where the entries are names, which conversion must keep"
        ),
        "entries": required(ListOf(of=_ENTRY, least=1)),
    },
    make=dict,
)
