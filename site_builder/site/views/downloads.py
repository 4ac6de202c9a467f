"""Files to download, and the card that cites a passage."""

from __future__ import annotations

from dataclasses import field

from site_builder.citing.styled import Styled
from site_builder.language.message import Message, Wording
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file to download, by its path in the site, for pages of either script.

    ``language`` is that of the view whose file it is, if each view has one; else ``""``.
    """

    href: str
    size: int
    sha256: str
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A format: its purpose, its standard, the programs that open it in the tests, its files.

    ``left_out`` is the number of files that the page does not list.
    """

    purpose: Message
    standard: str
    media_type: str
    programs: tuple[str, ...]
    files: tuple[File, ...]
    left_out: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A group of formats."""

    name: Message
    downloads: tuple[Download, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """The card that the number of a passage opens: forms of citation that a script fills in.

    ``words`` are the messages about cited words; ``{}`` if the text may not be published, and then no words
    can be selected for citing.  ``tag`` is the form of a tag in YAML, ``title`` that of the work.
    ``place`` names a passage of the edition where a copy of the site has no address.  ``quotation`` and
    ``place`` are of a passage; the same with ``_of_sentence`` are of one of its sentences.
    """

    quotation: Message
    quotation_of_sentence: Message
    place: Message
    place_of_sentence: Message
    forms: tuple[Styled, ...]
    title: Wording = ""
    tag: str = ""
    words: dict[str, Message] = field(default_factory=dict)
