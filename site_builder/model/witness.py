"""The witness of a text: which of its lines the edition has, and how the edition changes its readings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NamedTuple

from site_builder.model.field import ONE_OR_MORE, AtLeast, Choice, Doc, Key
from site_builder.model.place import Place
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import Id, Reading, Verbatim
from site_builder.records import dataclass

CHANGED = ("conversion", "punctuation", "supplied", "metadata", "misprint")
"""Kinds of emendations that change the text."""
NOTED = ("label", "doubtful", "lost")
"""Kinds of emendations that keep the reading and add a note."""
EMENDATION_KINDS = CHANGED + NOTED
CERTAINTIES = ("certain", "likely", "unsure")
ASIDES = ("metadata", "ornament", "not-text")
"""Kinds of lines of the witness that are not part of the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """An emendation in the whole text: the edition has the value for each key of ``map`` in the witness."""

    id: Id
    kind: Annotated[str, Choice(CHANGED)]
    certainty: Annotated[str, Choice(CERTAINTIES)]
    map: Mapping[str, Verbatim]
    reason: Translated
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Emendation:
    """A reading of the witness, and the reading of the edition.

    The two are equal where the edition keeps a doubtful reading, or notes that something is lost; the file
    can then give both as ``reading``.
    """

    id: Id
    block: Annotated[Id, Doc("the id of the passage or heading")]
    kind: Annotated[str, Choice(EMENDATION_KINDS)]
    certainty: Annotated[str, Choice(CERTAINTIES)]
    witness: Annotated[Reading, Doc("the reading of the witness")] = ""
    edited: Annotated[Reading, Doc("the reading of the edition")] = ""
    reading: Annotated[Verbatim, Doc("a reading that is only noted")] = ""
    prefix: Verbatim = ""
    suffix: Verbatim = ""
    reason: Translated
    place: Place


class Lines(NamedTuple):
    """Lines of the witness, counted from 1; the last line is included."""

    first: int
    last: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """Lines of the witness: the blocks of the text that they are, or why they are not part of the text."""

    lines: Lines
    blocks: Annotated[tuple[Id, ...], Key("is"), AtLeast(1), ONE_OR_MORE] = ()
    set_aside: Annotated[str, Choice(ASIDES)] = ""
    reason: Translated = NO_WORDS
    place: Place
