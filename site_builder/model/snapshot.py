"""What an edition says, item by item, kept so that later editions can show what they changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, Choice, Doc
from site_builder.model.place import NOWHERE, Place
from site_builder.model.text import Translated
from site_builder.model.values.forms import LanguageTag, Verbatim
from site_builder.records import dataclass

PARTS = (
    *("text", "apparatus", "record"),
    *("prose", "tags", "codebook", "notes", "edges", "coders", "project"),
)
"""The parts of an edition, in the order of reports.  Those of the first line belong to one work."""
OF_WORKS = PARTS[:3]


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing that an edition says: a passage, a paragraph of the prose, a tag, a code.

    ``part`` and ``id`` together identify it in every edition.  ``address`` is where a reader finds it,
    ``name`` what a reader calls it.  ``texts`` maps the name of a field to its words; a translation has the
    language after the name: ``name@en``.  ``lists`` maps the name of a field to its values, whose order has
    no meaning.
    """

    part: Annotated[str, Choice(PARTS), Doc("the part of the edition")]
    kind: Annotated[str, Doc("what it is, as passage or cell")]
    id: Annotated[Verbatim, Doc("what identifies it in every edition, within the part")]
    address: Annotated[Verbatim, Doc("the address at which the edition shows it")] = ""
    name: Annotated[Verbatim, Doc("what a reader calls it")] = ""
    texts: Annotated[Mapping[str, Verbatim], Doc("name of a field → its words; name@en is a translation")] = (
        field(default_factory=dict)
    )
    lists: Annotated[
        Mapping[str, tuple[Verbatim, ...]], Doc("name of a field → its values, in any order")
    ] = field(default_factory=dict)
    place: Place = NOWHERE

    @property
    def key(self) -> tuple[str, str]:
        """(part, id), which identify the item in every edition."""
        return self.part, self.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """The items of an edition (``annotations/editions/VERSION.yaml``, ``corpus/WORK/editions/VERSION.yaml``).

    One file has the items of a work, the other all others.  ``work`` is the id of the work, or empty.
    """

    work: Annotated[str, NOT_IN_FILE] = ""
    edition: Annotated[str, Doc("the version of the edition, which is the name of the file")]
    date: Annotated[dt.date, Doc("the day of the edition")]
    language: Annotated[LanguageTag, Doc("the language of the words")]
    items: tuple[Item, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why something changed in an edition (``annotations/changes.yaml``).

    ``of`` names what changed: the id of an item, or something that the item belongs to, such as a page, a
    passage, a code or a part of the edition.
    """

    edition: Annotated[str, Doc("the edition that made the change, as 1.1")]
    of: Annotated[Verbatim, Doc("what changed: an address, a passage, a code, or a part as prose or tags")]
    reason: Annotated[Translated, Doc("why it changed")]
    place: Place
