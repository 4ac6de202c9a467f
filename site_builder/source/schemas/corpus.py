"""The tables of `corpus/`: witness map, apparatus, ledger."""

from __future__ import annotations

import re
from typing import Any

from site_builder.edition import anchors
from site_builder.model import Anchor, Emendation, Place, Problem, Revision, Rule, Segment
from site_builder.model.values import naming
from site_builder.source import yamlio
from site_builder.source.fields import (
    BAD,
    Field,
    ListOf,
    MapOf,
    OneOf,
    Shape,
    Text,
    fault,
    optional,
    required,
)
from site_builder.source.schemas.common import (
    ASIDES,
    CERTAINTIES,
    CHANGED,
    IDENT,
    KINDS,
    LINE,
    TEXT,
    VERBATIM,
)


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


_LINES = "[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?"


class _Lines(Text):
    """``7`` or ``137-178``; a plain number is meant here."""

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        if isinstance(node, yamlio.Scalar) and re.fullmatch(_LINES, node.text):
            return _lines(node.text, node.place)
        return fault(faults, node.place, "Y008", "here must stand a line, or lines as 137-178")

    def schema(self) -> dict[str, Any]:
        whole = {"type": "integer", "minimum": 1, "maximum": 9_999_999}
        return {"anyOf": [whole, {"type": "string", "pattern": f"^{_LINES}$"}]}


class _Blocks(Text):
    """One id or a list of ids."""

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        if isinstance(node, yamlio.Sequence):
            return ListOf(of=IDENT, least=1).read(node, faults)
        one = IDENT.read(node, faults)
        return one if one is BAD else (one,)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [IDENT.schema(), ListOf(of=IDENT, least=1).schema()]}


_SEGMENT = Shape(
    name="segment",
    fields={
        "lines": required(_Lines()),
        "is": optional(_Blocks(), default=()),
        "set_aside": optional(OneOf(words=ASIDES)),
        "reason": optional(TEXT),
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
        "id": required(IDENT),
        "kind": required(OneOf(words=CHANGED)),
        "certainty": required(OneOf(words=CERTAINTIES)),
        "map": required(MapOf(of=VERBATIM)),
        "reason": required(TEXT),
    },
    make=Rule,
)
_EMENDATION = Shape(
    name="emendation",
    fields={
        "id": required(IDENT),
        "block": required(IDENT, doc="the id of the passage or heading"),
        "kind": required(OneOf(words=KINDS)),
        "certainty": required(OneOf(words=CERTAINTIES)),
        "witness": optional(LINE, default=None, doc="the reading of the witness"),
        "edited": optional(LINE, default=None, doc="what stands in the edition"),
        "reading": optional(VERBATIM, doc="a reading that is only noted"),
        "prefix": optional(VERBATIM),
        "suffix": optional(VERBATIM),
        "reason": required(TEXT),
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
    fields={"edition": required(TEXT), "digest": required(TEXT), "opening": required(VERBATIM)},
    make=lambda edition, digest, opening, place: Revision(edition=edition, digest=digest, opening=opening),
)
_DIGEST = Text(pattern=r"sha256:[0-9a-f]{16}", pattern_says="a digest")
_ADDRESS = Text(
    pattern=r"[^\s#]+\.html(#[^\s#]+)?", pattern_says="an address of the site, as silence.html#b2"
)


_ID = Text(pattern=naming.ID, pattern_says="an id (a letter, then letters, digits, hyphens)")
"""An id in a ledger; that of a sentence may be longer than an author's own."""


def _ledger(id_: Text, kinds: tuple[str, ...], digest: Field) -> Shape:
    """A ledger whose ids have one form."""
    anchor = Shape(
        name="anchor",
        fields={
            "id": required(id_),
            "kind": required(OneOf(words=kinds)),
            "block": optional(_ID, doc="the id of the block in which a sentence stands"),
            "edition": required(TEXT, doc="the edition that has the id first"),
            "digest": digest,
            "opening": required(VERBATIM, doc="how the words begin, for people"),
            "fate": optional(OneOf(words=anchors.FATES), default="live"),
            "into": optional(ListOf(of=id_, least=1), default=()),
            "reason": optional(TEXT),
            "ended": optional(TEXT),
            "revisions": optional(ListOf(of=_REVISION), default=()),
        },
        make=Anchor,
    )
    return Shape(
        name="ledger",
        fields={"anchors": required(ListOf(of=anchor))},
        make=lambda anchors, place: anchors,
    )


LEDGER = _ledger(_ID, anchors.KINDS, required(_DIGEST))
"""``corpus/WORK/anchors.yaml``: the ids of a text."""
ADDRESSES = _ledger(_ADDRESS, anchors.ADDRESS_KINDS, optional(_DIGEST))
"""``annotations/anchors.yaml``: the addresses outside of the texts."""
