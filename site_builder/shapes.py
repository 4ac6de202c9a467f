"""The tables of fields: what each kind of YAML file holds, said once.

Reading, the README's formats and the JSON Schemas for editors are all made from these tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from site_builder import prose, yamlio
from site_builder.model import (
    Anchor,
    Cell,
    CellTag,
    Column,
    Copy,
    Dimension,
    Emendation,
    Fact,
    Grid,
    Place,
    Pole,
    Problem,
    Quote,
    Revision,
    Rule,
    Segment,
    Site,
    Table,
    Term,
    Trait,
)
from site_builder.shape import (
    BAD,
    Day,
    Either,
    Flag,
    ListOf,
    MapOf,
    OneOf,
    Shape,
    Text,
    Whole,
    fault,
    optional,
    required,
)

CHANGED = ("conversion", "punctuation", "supplied", "metadata", "misprint")
"""Classes of emendation that change the text."""
NOTED = ("label", "doubtful", "lost")
"""Classes that leave the text as it is and note something about it."""
KINDS = CHANGED + NOTED
CERTAINTIES = ("certain", "likely", "unsure")
FATES = ("live", "split", "merged", "withdrawn")
ROLES = ("published", "witness", "other")
ASIDES = ("metadata", "ornament", "not-text")
FACET_KINDS = ("frame", "index")

_ID = Text(pattern=prose.ID, pattern_says="an id (a letter, then letters, digits, hyphens)")
_TEXT = Text()
_LINE = Text(empty=True)
_COLOR = Text(pattern=r"#[0-9A-Fa-f]{6}", pattern_says="a colour, as '#9CB6F6'")
_TEXTS = ListOf(of=_TEXT)


def _term(id: str, name: str, name_en: str, definition: str, place: Place) -> Term:
    return Term(id=id, name=name, name_en=name_en, definition=definition, place=place)


_TERM = Shape(
    name="term",
    fields={
        "id": required(_ID),
        "name": required(_TEXT),
        "name_en": optional(_TEXT),
        "definition": optional(_TEXT),
    },
    make=_term,
)

# --- corpus -----------------------------------------------------------------------------------------

RECORD: Mapping[str, Any] = {
    "title": required(_TEXT),
    "title_en": optional(_TEXT),
    "author": required(_TEXT),
    "author_en": optional(_TEXT),
    "affiliation": optional(_TEXT),
    "container": optional(_TEXT, doc="the journal or book that holds the work"),
    "container_en": optional(_TEXT),
    "year": optional(_TEXT),
    "issue": optional(_TEXT),
    "language": required(_TEXT),
    "script": required(_TEXT),
    "short": required(_TEXT, doc="how a citation names the work, as 吳曉林 2020"),
    "rights": required(_TEXT),
    "rights_short": required(_TEXT),
    "witness": optional(_TEXT, doc="the id of the copy that the edition rests on"),
    "edition": required(_TEXT),
    "date": required(Day()),
    "copies": optional(
        ListOf(
            of=Shape(
                name="copy",
                fields={
                    "id": required(_ID),
                    "name": required(_TEXT),
                    "date": optional(_TEXT),
                    "script": optional(_TEXT),
                    "address": optional(_TEXT),
                    "note": optional(_TEXT),
                    "role": required(OneOf(words=ROLES)),
                },
                make=Copy,
            )
        ),
        default=(),
    ),
    "facts": optional(
        ListOf(
            of=Shape(
                name="fact",
                fields={
                    "name": required(_TEXT),
                    "value": required(_TEXT),
                    "source": required(_TEXT, doc="every fact names its source"),
                },
                make=Fact,
            )
        ),
        default=(),
    ),
}


def _lines(text: str, place: Place) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def _segment(
    lines: tuple[int, int],
    blocks: tuple[str, ...],
    set_aside: str,
    reason: str,
    place: Place,
) -> Segment:
    return Segment(
        first=lines[0],
        last=lines[1],
        blocks=blocks,
        set_aside=set_aside,
        reason=reason,
        place=place,
    )


class _Lines(Text):
    """``7`` or ``137-178``; a plain number is meant here."""

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        if isinstance(node, yamlio.Scalar) and re.fullmatch(r"[1-9]\d{0,6}(-[1-9]\d{0,6})?", node.text):
            return _lines(node.text, node.place)
        return fault(faults, node.place, "Y008", "here must stand a line, or lines as 137-178")


class _Blocks(Text):
    """One id or a list of ids."""

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        if isinstance(node, yamlio.Sequence):
            return ListOf(of=_ID, least=1).read(node, faults)
        one = _ID.read(node, faults)
        return one if one is BAD else (one,)


_SEGMENT = Shape(
    name="segment",
    fields={
        "lines": required(_Lines()),
        "is": optional(_Blocks(), default=()),
        "set_aside": optional(OneOf(words=ASIDES)),
        "reason": optional(_TEXT),
    },
    make=lambda lines, set_aside, reason, place, **rest: _segment(
        lines, rest["is"], set_aside, reason, place
    ),
)
WITNESS = Shape(
    name="witness map",
    fields={"segments": required(ListOf(of=_SEGMENT))},
    make=lambda segments, place: segments,
)


def _emendation(
    reading: str, witness: str | None, edited: str | None, kind: str, place: Place, **rest: Any
) -> Emendation:
    return Emendation(
        kind=kind,
        witness=reading if witness is None else witness,
        edited=reading if edited is None else edited,
        place=place,
        **rest,
    )


_RULE = Shape(
    name="rule",
    fields={
        "id": required(_ID),
        "kind": required(OneOf(words=CHANGED)),
        "certainty": required(OneOf(words=CERTAINTIES)),
        "map": required(MapOf(of=_TEXT)),
        "reason": required(_TEXT),
    },
    make=Rule,
)
_EMENDATION = Shape(
    name="emendation",
    fields={
        "id": required(_ID),
        "block": required(_ID, doc="the id of the passage or heading"),
        "kind": required(OneOf(words=KINDS)),
        "certainty": required(OneOf(words=CERTAINTIES)),
        "witness": optional(_LINE, default=None, doc="the reading of the witness"),
        "edited": optional(_LINE, default=None, doc="what stands in the edition"),
        "reading": optional(_TEXT, doc="a reading that is only noted"),
        "prefix": optional(_TEXT),
        "suffix": optional(_TEXT),
        "reason": required(_TEXT),
    },
    make=_emendation,
)
EMENDATIONS = Shape(
    name="apparatus",
    fields={
        "rules": optional(ListOf(of=_RULE), default=()),
        "emendations": optional(ListOf(of=_EMENDATION), default=()),
    },
    make=lambda rules, emendations, place: (rules, emendations),
)

_REVISION = Shape(
    name="revision",
    fields={"edition": required(_TEXT), "digest": required(_TEXT), "opening": required(_TEXT)},
    make=lambda edition, digest, opening, place: Revision(
        edition=edition, digest=digest, opening=opening
    ),
)
_ANCHOR = Shape(
    name="anchor",
    fields={
        "id": required(_ID),
        "kind": required(OneOf(words=("passage", "heading"))),
        "edition": required(_TEXT),
        "digest": required(Text(pattern=r"sha256:[0-9a-f]{16}", pattern_says="a digest")),
        "opening": required(_TEXT),
        "fate": optional(OneOf(words=FATES), default="live"),
        "into": optional(ListOf(of=_ID, least=1), default=()),
        "reason": optional(_TEXT),
        "ended": optional(_TEXT),
        "revisions": optional(ListOf(of=_REVISION), default=()),
    },
    make=Anchor,
)
LEDGER = Shape(
    name="ledger",
    fields={"anchors": required(ListOf(of=_ANCHOR))},
    make=lambda anchors, place: anchors,
)

# --- codebook ---------------------------------------------------------------------------------------

_TRAIT = Shape(
    name="trait", fields={"text": required(_TEXT), "passage": required(_TEXT)}, make=Trait
)
_CELL_ID = Text(pattern=r"\S+", pattern_says="a cell's id")


def _dimension(tint: tuple[str, str], place: Place, **rest: Any) -> Dimension:
    return Dimension(tint_light=tint[0], tint_dark=tint[1], place=place, **rest)


def _grid(limits: tuple[int, int], place: Place, **rest: Any) -> Grid:
    return Grid(evidence_max=limits[0], gist_max=limits[1], place=place, **rest)


GRID = Shape(
    name="grid",
    fields={
        "name": required(_TEXT),
        "name_en": optional(_TEXT),
        "definition": required(_TEXT),
        "dimensions": required(
            ListOf(
                least=1,
                of=Shape(
                    name="dimension",
                    fields={
                        "id": required(_ID),
                        "name": required(_TEXT),
                        "name_en": optional(_TEXT),
                        "short": required(_TEXT, doc="one character, for small places"),
                        "definition": required(_TEXT),
                        "tint": required(
                            Shape(
                                name="tint",
                                fields={"light": required(_COLOR), "dark": required(_COLOR)},
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
                        "id": required(Text(pattern=r"\S+", pattern_says="a pole's id")),
                        "slug": required(_ID),
                        "sign": required(_TEXT),
                        "name": required(_TEXT),
                        "name_en": optional(_TEXT),
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
                        "id": required(_CELL_ID),
                        "dimension": required(_ID),
                        "pole": required(_TEXT),
                        "name": required(_TEXT),
                        "name_en": optional(_TEXT),
                        "definition": required(_TEXT),
                        "color": required(_COLOR),
                        "traits": optional(ListOf(of=_TRAIT), default=()),
                    },
                    make=Cell,
                ),
            )
        ),
        "relations": required(ListOf(of=_TERM, least=1)),
        "functions": required(ListOf(of=_TERM, least=1)),
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

_RAW = Text(make=lambda text, place: (text, place))
_ENTRY = Shape(
    name="entry",
    fields={
        "id": required(_ID),
        "name": required(_TEXT),
        "name_en": optional(_TEXT),
        "also": optional(_TEXTS, default=()),
        "parent": optional(_ID),
        "definition": required(_RAW),
        "fields": optional(MapOf(of=_RAW), default={}),
    },
    make=dict,
)
_TABLE = Shape(
    name="table",
    fields={
        "caption": required(_TEXT),
        "note": required(_TEXT),
        "fields": required(ListOf(of=_ID, least=1)),
    },
    make=Table,
)
FACET = Shape(
    name="facet",
    fields={
        "id": required(_ID),
        "name": required(_TEXT),
        "name_en": optional(_TEXT),
        "short": required(_TEXT),
        "kind": required(OneOf(words=FACET_KINDS)),
        "definition": required(_TEXT),
        "fields": optional(ListOf(of=_TERM), default=()),
        "table": optional(_TABLE, default=None),
        "entries": required(ListOf(of=_ENTRY, least=1)),
    },
    make=dict,
)

# --- tags -------------------------------------------------------------------------------------------


def _quote(text: str, place: Place) -> Quote:
    return Quote(text=text, place=place)


_QUOTE_FIELDS = {
    "quote": optional(_TEXT),
    "prefix": optional(_TEXT),
    "suffix": optional(_TEXT),
    "from": optional(_TEXT),
    "to": optional(_TEXT),
}


def _placed_quote(place: Place, quote: str, prefix: str, suffix: str, to: str, **rest: str) -> Quote:
    return Quote(text=quote or rest["from"], prefix=prefix, suffix=suffix, to=to, place=place)


_EVIDENCE = ListOf(
    of=Either(
        scalar=Text(make=_quote),
        mapping=Shape(name="quotation", fields=_QUOTE_FIELDS, make=_placed_quote),
    )
)
_CELL_TAG = Shape(
    name="cell tag",
    fields={
        "cell": required(_CELL_ID),
        "relation": required(_ID),
        "evidence": required(_EVIDENCE, doc="no cell without evidence"),
        "note": optional(_TEXT),
    },
    make=CellTag,
)
_ENTRY_TAG = Either(
    scalar=Text(make=lambda text, place: (text, (), place)),
    mapping=Shape(
        name="entry tag",
        fields={"entry": required(_ID), "evidence": optional(_EVIDENCE, default=())},
        make=lambda entry, evidence, place: (entry, evidence, place),
    ),
)
_TAGGING = Shape(
    name="passage's tags",
    fields={
        "function": required(_ID),
        "cells": optional(ListOf(of=_CELL_TAG), default=()),
        "gist": required(_TEXT),
        "gist_en": required(_TEXT),
        "note": optional(_TEXT),
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

# --- pages and site -----------------------------------------------------------------------------------

FRONT = Shape(
    name="front matter",
    fields={
        "id": required(_ID),
        "title": required(_TEXT),
        "title_en": optional(_TEXT),
        "about": optional(_TEXT, doc="the subject the page belongs to, as cell:space+"),
        "cites": optional(Flag(), default=True, doc="false for a page that argues nothing"),
    },
    make=dict,
)
_COLUMN = Shape(
    name="column",
    fields={
        "facet": required(_ID),
        "name": required(_TEXT),
        "relations": required(ListOf(of=_ID, least=1)),
    },
    make=Column,
)
SITE = Shape(
    name="project",
    fields={
        "title": required(_TEXT),
        "title_en": optional(_TEXT),
        "subtitle": required(_TEXT),
        "description": required(_TEXT),
        "publisher": required(_TEXT, doc="who answers for the edition"),
        "coder": required(_ID, doc="whose tags the site shows"),
        "version": required(_TEXT),
        "date": required(Day()),
        "address": optional(_TEXT, doc="the address the site will have, if any"),
        "licences": optional(ListOf(of=_TERM), default=()),
        "grid_caption": required(_TEXT),
        "grid_note": required(_TEXT),
        "facets": required(_TEXTS, doc="the facets in the order they are shown"),
        "silence": optional(ListOf(of=_COLUMN), default=()),
        "keep": optional(_TEXTS, default=(), doc="words that conversion must leave alone"),
        "conversion_note": required(_TEXT, doc="what the converted view is, said on every page"),
    },
    make=Site,
)

SHAPES: Mapping[str, Shape] = {
    "anchors": LEDGER,
    "emendations": EMENDATIONS,
    "facet": FACET,
    "grid": GRID,
    "page": FRONT,
    "project": SITE,
    "tags": TAGS,
    "witness": WITNESS,
    "work": Shape(name="work", fields=RECORD, make=dict),
}
"""Every kind of YAML a project holds, by name; documentation and schemas are made from it."""
