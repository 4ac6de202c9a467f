"""The records of a project, as they stand after reading: frozen, keyword-only, each with its place.

Nothing here reads, writes, checks or knows HTML.  Texts are plain ``str`` in the script of the edition
(Traditional); offsets are counts of Unicode code points, start inclusive, end exclusive.
"""

from site_builder.model.codebook import Cell, Dimension, Entry, Facet, Grid, Pole, Table, Term, Trait
from site_builder.model.corpus import (
    Anchor,
    Copy,
    Emendation,
    Fact,
    Heading,
    Name,
    Passage,
    Person,
    Record,
    Revision,
    Rule,
    Said,
    Segment,
    Words,
    Work,
)
from site_builder.model.place import NOWHERE, About, Place, Problem, within
from site_builder.model.project import FORMAT, Answer, Column, Conversion, Project, Site
from site_builder.model.prose import Block, Citation, Claim, Link, Page, Phrase, Prose, Sentence
from site_builder.model.tags import CellTag, EntryTag, Quote, Tagging

__all__ = [
    "FORMAT",
    "NOWHERE",
    "About",
    "Anchor",
    "Answer",
    "Block",
    "Cell",
    "CellTag",
    "Citation",
    "Claim",
    "Column",
    "Conversion",
    "Copy",
    "Dimension",
    "Emendation",
    "Entry",
    "EntryTag",
    "Facet",
    "Fact",
    "Grid",
    "Heading",
    "Link",
    "Name",
    "Page",
    "Passage",
    "Person",
    "Phrase",
    "Place",
    "Pole",
    "Problem",
    "Project",
    "Prose",
    "Quote",
    "Record",
    "Revision",
    "Rule",
    "Said",
    "Segment",
    "Sentence",
    "Site",
    "Table",
    "Tagging",
    "Term",
    "Trait",
    "Words",
    "Work",
    "within",
]
