"""The table of a file of tags."""

from __future__ import annotations

from site_builder.model import CellTag, Place, Quote
from site_builder.source.fields import Either, ListOf, MapOf, Shape, Text, optional, required
from site_builder.source.schemas.common import CELL_ID, IDENT, TEXT, VERBATIM


def _quote(text: str, place: Place) -> Quote:
    return Quote(text=text, place=place)


_QUOTE_FIELDS = {
    "quote": optional(VERBATIM),
    "prefix": optional(VERBATIM),
    "suffix": optional(VERBATIM),
    "from": optional(VERBATIM),
    "to": optional(VERBATIM),
}


def _placed_quote(place: Place, quote: str, prefix: str, suffix: str, to: str, **rest: str) -> Quote:
    return Quote(text=quote or rest["from"], prefix=prefix, suffix=suffix, to=to, place=place)


_EVIDENCE = ListOf(
    of=Either(
        scalar=Text(make=_quote, verbatim=True),
        mapping=Shape(name="quotation", fields=_QUOTE_FIELDS, make=_placed_quote),
    )
)
_CELL_TAG = Shape(
    name="cell tag",
    fields={
        "cell": required(CELL_ID),
        "relation": required(IDENT),
        "evidence": required(_EVIDENCE, doc="no cell without evidence"),
        "note": optional(TEXT),
    },
    make=CellTag,
)
_ENTRY_TAG = Either(
    scalar=Text(make=lambda text, place: (text, (), place)),
    mapping=Shape(
        name="entry tag",
        fields={"entry": required(IDENT), "evidence": optional(_EVIDENCE, default=())},
        make=lambda entry, evidence, place: (entry, evidence, place),
    ),
)
_TAGGING = Shape(
    name="passage's tags",
    fields={
        "function": optional(IDENT, doc="the coder the site shows must give it"),
        "cells": optional(ListOf(of=_CELL_TAG), default=()),
        "gist": optional(TEXT, doc="one sentence in our words; the coder the site shows must give it"),
        "gist_en": optional(TEXT),
        "note": optional(TEXT),
    },
    make=dict,
    rest=ListOf(of=_ENTRY_TAG),
)
TAGS = Shape(
    name="file of tags",
    fields={
        "passages": required(
            MapOf(of=_TAGGING, make=lambda read, keys: [(k, keys[k], v) for k, v in read.items()])
        )
    },
    make=lambda passages, place: passages,
)
