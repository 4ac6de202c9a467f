"""Who read, and how the editors decided where two coders differ."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, AtLeast, Choice, Doc
from site_builder.model.place import Place
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import OneLine
from site_builder.records import dataclass

CODER_KINDS = ("person", "machine")
DECISIONS = ("a", "b", "both", "neither")
"""The first coder of ``between`` is right, the second, both readings are possible, or neither is right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coder:
    """The record of a coder.  ``id`` is the name of the folder of its tags."""

    id: Annotated[OneLine, Doc("the name of the folder of its tags")]
    name: Translated
    kind: Annotated[str, Choice(CODER_KINDS), Doc("whether a person or a machine read")]
    date: Annotated[dt.date, Doc("the day on which the reading was finished")]
    saw: Annotated[Translated, Doc("what the coder had before it when it read")]
    note: Translated = NO_WORDS
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A decision of the editors on one difference.

    ``code`` is the id of a code in writing: ``depth+``, ``depth+:shows``, ``depth+/noise``,
    ``methods:survey`` or ``function:review``.  A cell alone means the cell with its relations and
    traits.
    """

    passage: str
    code: Annotated[str, Doc("the code that one of the two has, as depth+:shows")]
    decision: Annotated[str, Choice(DECISIONS), Doc("a is the first coder of 'between', b the second")]
    reason: Translated
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Adjudication:
    """The decisions on the differences of two coders in one work."""

    work: Annotated[str, NOT_IN_FILE]
    between: Annotated[tuple[str, ...], AtLeast(1), Doc("the two coders, in this order a and b")]
    decisions: tuple[Decision, ...]
    place: Place
