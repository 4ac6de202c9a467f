"""Imports tags that other programs made.  Nothing here writes.

Each format has a reader in :mod:`site_builder.formats`: ``read(data, path, project, index) -> Imported``.
Imported data is untrusted until :mod:`site_builder.importing.resolve` has checked its codes and quotations.
Only :mod:`site_builder.importing.untrusted` opens XML and zip files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from site_builder.model import Place, Problem, Quote
from site_builder.records import dataclass

KINDS = ("cell", "entry", "function", "gist", "note")
TRANSLATION = "gist_"
"""The beginning of the kind of a translated gist: ``gist_en``."""
TRANSLATED_NOTE = "note_"
"""The beginning of the kind of a translated note: ``note_en``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One statement of a coder about one passage, as the imported file makes it.

    ``kind`` is one of :data:`KINDS`, or ``gist_`` or ``note_`` with the tag of a language for a translation.
    ``value`` is the id of a cell, entry or function of the codebook, or the text of a gist or note.
    ``quotes`` is the evidence, with as much prefix and suffix as the file gives; ``note`` is the reason for a
    cell, ``translations`` are (language, translation) of it, and ``traits`` are ids of traits of the cell.
    Several statements can describe one tag, each with part of its evidence: statements with the same coder,
    passage, kind, facet, value and relation are joined in their order.  ``place`` is the position in the file
    (the line of a text file, or of the XML inside an archive).
    """

    coder: str
    work: str
    passage: str
    kind: str
    value: str
    facet: str = ""
    relation: str = ""
    quotes: tuple[Quote, ...] = ()
    note: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    traits: tuple[str, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """The contents of one file: its statements, its problems, and what its format cannot carry.

    ``lost`` names what the format cannot carry, in words, without numbers.  ``left_out`` maps the code of a
    problem to the number of statements that are not imported because of it.
    """

    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
