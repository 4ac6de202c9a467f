"""What a coder says of a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, Doc
from site_builder.model.place import NOWHERE, Place
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import CellId, Id


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Evidence: a quotation from a passage, as the coder wrote it.

    Without ``to``, ``text`` is the quotation; ``prefix`` and ``suffix`` are the words before and after it, if
    the text occurs more than once.  With ``to``, the quotation begins with ``text`` and ends with ``to``.
    """

    text: str
    prefix: str = ""
    suffix: str = ""
    to: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class CellTag:
    """A coder's statement that a passage has a relation to a cell.

    ``relation`` is empty in a codebook without relations.
    """

    cell: CellId
    relation: Annotated[Id, Doc("needed if the codebook has relations")] = ""
    evidence: Annotated[tuple[Quote, ...], Doc("no cell without evidence")]
    note: Translated = NO_WORDS
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryTag:
    """A coder's statement that a passage is about an entry of a facet."""

    facet: Annotated[str, NOT_IN_FILE]
    entry: Id
    evidence: tuple[Quote, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagging:
    """All that one coder says of one passage.

    In the file each facet has its own key.  ``entries`` are the tags of all facets, ``facets`` the places of
    the keys.
    """

    work: Annotated[str, NOT_IN_FILE]
    coder: Annotated[str, NOT_IN_FILE]
    passage: Annotated[str, NOT_IN_FILE]
    function: Annotated[Id, Doc("the coder the site shows must give it, if the codebook has functions")] = ""
    cells: tuple[CellTag, ...] = ()
    gist: Annotated[Translated, Doc("one sentence in our words; the coder the site shows must give it")] = (
        NO_WORDS
    )
    note: Translated = NO_WORDS
    entries: Annotated[tuple[EntryTag, ...], NOT_IN_FILE]
    facets: Annotated[Mapping[str, Place], NOT_IN_FILE]
    place: Place
