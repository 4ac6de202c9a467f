"""Edges: what a work, or its editors, join from one code to another."""

from __future__ import annotations

from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, Choice, Doc, Key
from site_builder.model.place import Place
from site_builder.model.tags import Quote
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import Id
from site_builder.records import dataclass

EDGE_KINDS = ("cause", "remedy")
"""From a cause to its effect; from a diagnosis to its remedy."""
EDGE_STATUSES = ("stated", "inferred", "none")
"""The work states it; the editors infer it; the other end is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A quotation with the passage that it is from.  ``work`` can only be empty if there is one work."""

    passage: str
    work: Annotated[str, Doc("the work of the passage; needed if there are several")] = ""
    quote: Annotated[Quote, NOT_IN_FILE]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A step from one code to another: from a cause to its effect, or from a diagnosis to its remedy.

    ``start`` and ``end`` are ids of codes in writing (``depth+``, ``depth+/noise``, ``methods:survey``).
    ``end`` is empty if ``status`` is ``none``: then ``start`` is a diagnosis without a remedy, or a remedy
    without a diagnosis.
    """

    id: Id
    kind: Annotated[str, Choice(EDGE_KINDS)]
    start: Annotated[str, Key("from"), Doc("the code of the cause or the diagnosis")]
    end: Annotated[str, Key("to"), Doc("the code of the effect or the remedy")] = ""
    status: Annotated[
        str, Choice(EDGE_STATUSES), Doc("stated by the work, inferred by the editors, or none: no other end")
    ]
    evidence: Annotated[tuple[Evidence, ...], Doc("needed if it is stated")] = ()
    note: Translated = NO_WORDS
    place: Place
