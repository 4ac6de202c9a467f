"""The records of a project: frozen dataclasses, most of them with their place in a file.

The annotations of the fields state what the files must hold (:mod:`site_builder.model.field`).  Texts are
``str`` in the script of the edition.  Offsets count Unicode code points; the start is included, the end is
not.
"""

from site_builder.model.codebook import (
    NO_TINT,
    Cell,
    CellQuote,
    Dimension,
    Entry,
    Facet,
    Grid,
    Limits,
    Pole,
    Relation,
    Table,
    Term,
    Tint,
)
from site_builder.model.coder import Adjudication, Coder, Decision
from site_builder.model.edge import Edge, Evidence
from site_builder.model.ledger import Anchor, Revision, Words
from site_builder.model.note import Note, NoteSource
from site_builder.model.place import NOWHERE, About, Place, Problem, within
from site_builder.model.project import (
    FORMAT,
    Answer,
    Column,
    Conversion,
    Format,
    LanguageView,
    Project,
    Site,
)
from site_builder.model.prose import (
    Block,
    Citation,
    Claim,
    Element,
    ElementKind,
    Inline,
    InlineKind,
    Link,
    Page,
    Part,
    Phrase,
    Prose,
    Sentence,
    Translation,
)
from site_builder.model.record import Copy, Fact, Name, Person, Record
from site_builder.model.snapshot import Item, Reason, Snapshot
from site_builder.model.tags import AUTHOR, VOICES, Alternative, CellTag, EntryTag, Quote, Tagging
from site_builder.model.text import Localized
from site_builder.model.witness import Emendation, Lines, Rule, Segment
from site_builder.model.work import Heading, Passage, SentenceRange, Work

__all__ = [
    "AUTHOR",
    "FORMAT",
    "NOWHERE",
    "NO_TINT",
    "VOICES",
    "About",
    "Adjudication",
    "Alternative",
    "Anchor",
    "Answer",
    "Block",
    "Cell",
    "CellQuote",
    "CellTag",
    "Citation",
    "Claim",
    "Coder",
    "Column",
    "Conversion",
    "Copy",
    "Decision",
    "Dimension",
    "Edge",
    "Element",
    "ElementKind",
    "Emendation",
    "Entry",
    "EntryTag",
    "Evidence",
    "Facet",
    "Fact",
    "Format",
    "Grid",
    "Heading",
    "Inline",
    "InlineKind",
    "Item",
    "LanguageView",
    "Limits",
    "Lines",
    "Link",
    "Localized",
    "Name",
    "Note",
    "NoteSource",
    "Page",
    "Part",
    "Passage",
    "Person",
    "Phrase",
    "Place",
    "Pole",
    "Problem",
    "Project",
    "Prose",
    "Quote",
    "Reason",
    "Record",
    "Relation",
    "Revision",
    "Rule",
    "Segment",
    "Sentence",
    "SentenceRange",
    "Site",
    "Snapshot",
    "Table",
    "Tagging",
    "Term",
    "Tint",
    "Translation",
    "Words",
    "Work",
    "within",
]
