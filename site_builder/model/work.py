"""The text of a work, and the work as a whole."""

from __future__ import annotations

from site_builder.model.ledger import Anchor
from site_builder.model.place import Place
from site_builder.model.record import NO_NAMES, HeadingName, Record
from site_builder.model.text import Localized
from site_builder.model.witness import Emendation, Rule, Segment
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading of the text.  ``level`` is 1 for the title; ``path`` is as in :class:`Passage`."""

    id: str
    level: int
    text: str
    path: tuple[str, ...]
    place: Place
    names: HeadingName = NO_NAMES

    @property
    def name(self) -> Localized:
        """The text with its translations, for pages beside the text.

        The translation of the short form is used where there is no other.
        """
        language = self.text.language if isinstance(self.text, Localized) else ""
        translations = {**self.names.short.translations, **self.names.name.translations}
        return Localized(self.text, language=language, translations=translations)

    @property
    def short(self) -> Localized:
        """The short form, or the text; in each language the short form, or the translation."""
        translations = {**self.names.name.translations, **self.names.short.translations}
        return Localized(
            self.names.short or self.text, language=self.name.language, translations=translations
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceRange:
    """One sentence of a passage: ``text[start:end]`` of the passage (code points).

    ``number`` counts the sentences of the passage from 1.  It may change between editions; ``id`` may not.
    ``also`` are ids of former sentences that lead to this one.
    """

    id: str
    number: int
    start: int
    end: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One paragraph of the text: the unit that has tags and that citations name.

    ``number`` is the number that pages show.  It may change between editions; ``id`` may not.  ``path`` is
    the ids of the headings above it, outermost first, without the title.  ``place`` is the place of its first
    character.  ``sentences`` is empty in a project of format 1, whose sentences have no ids.  ``also`` are
    ids of former sentences that lead to the whole passage.
    """

    id: str
    number: int
    text: str
    label: str
    path: tuple[str, ...]
    group: str
    place: Place
    sentences: tuple[SentenceRange, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """One text with its record, witness and ledger.

    ``blocks`` is the text in reading order.  ``ledger`` has the published ids of the blocks, ``sentences``
    those of the sentences; both are in one file.  ``witness`` is empty if the edition has no witness.
    """

    record: Record
    blocks: tuple[Heading | Passage, ...]
    witness: str
    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...]
    emendations: tuple[Emendation, ...]
    ledger: tuple[Anchor, ...]
    folder: str
    sentences: tuple[Anchor, ...] = ()

    @property
    def id(self) -> str:
        """The id of the work, which is the name of its folder, in the same case."""
        return self.record.id

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Passage))

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Heading))
