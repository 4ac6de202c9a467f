"""Notes of the editors at a passage, or at words of it."""

from __future__ import annotations

from typing import Annotated

from site_builder.model.field import NOT_IN_FILE, Doc
from site_builder.model.place import Place
from site_builder.model.text import NO_WORDS, Translated
from site_builder.model.values.forms import Id, LinkTarget, OneLine, Verbatim
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteSource:
    """A source of a note: a reference in words, and its address if it has one."""

    reference: OneLine
    address: LinkTarget = ""
    place: Place

    @property
    def line(self) -> str:
        """The reference and the address on one line, with a space between; if one of the two is empty, the
        other alone.
        """
        return " ".join(filter(None, (self.reference, self.address)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A note of the editors.  ``text`` is an exact substring of the passage, or empty for the whole passage.

    ``doubt`` marks what the editors could not verify; ``settles`` says what would verify it.
    """

    id: Id
    work: Annotated[str, NOT_IN_FILE]
    passage: Id
    text: Annotated[Verbatim, Doc("the words that it is about; absent: the whole passage")] = ""
    body: Translated
    sources: tuple[NoteSource, ...] = ()
    doubt: Annotated[bool, Doc("true for what could not be verified")] = False
    settles: Annotated[Translated, Doc("what would verify it")] = NO_WORDS
    place: Place

    @property
    def anchor(self) -> str:
        """Its id in the pages of its work: ``note-ID``."""
        return f"note-{self.id}"
