"""The tables of pages and of the project file."""

from __future__ import annotations

from site_builder.model import (
    Column,
    Site,
)
from site_builder.shape import (
    Day,
    Flag,
    ListOf,
    Shape,
    optional,
    required,
)
from site_builder.shapes.common import IDENT, TERM, TEXT, TEXTS

FRONT = Shape(
    name="front matter",
    fields={
        "id": required(IDENT),
        "title": required(TEXT),
        "title_en": optional(TEXT),
        "about": optional(TEXT, doc="the subject the page belongs to, as cell:space+"),
        "cites": optional(Flag(), default=True, doc="false for a page that argues nothing"),
    },
    make=dict,
)
_COLUMN = Shape(
    name="column",
    fields={
        "facet": required(IDENT),
        "name": required(TEXT),
        "relations": required(ListOf(of=IDENT, least=1)),
    },
    make=Column,
)
SITE = Shape(
    name="project",
    fields={
        "title": required(TEXT),
        "title_en": optional(TEXT),
        "subtitle": required(TEXT),
        "description": required(TEXT),
        "publisher": required(TEXT, doc="who answers for the edition"),
        "coder": required(IDENT, doc="whose tags the site shows"),
        "version": required(TEXT),
        "date": required(Day()),
        "address": optional(TEXT, doc="the address the site will have, if any"),
        "licences": optional(ListOf(of=TERM), default=()),
        "grid_caption": required(TEXT),
        "grid_note": required(TEXT),
        "facets": required(TEXTS, doc="the facets in the order they are shown"),
        "silence": optional(ListOf(of=_COLUMN), default=()),
        "keep": optional(TEXTS, default=(), doc="words that conversion must leave alone"),
        "conversion_note": required(TEXT, doc="what the converted view is, said on every page"),
    },
    make=Site,
)
