"""Vocabularies that the tool itself fixes, and the values that many tables share."""

from __future__ import annotations

from site_builder.model import Place, Term
from site_builder.model.values import naming, webaddress
from site_builder.source.fields import ListOf, Shape, Text, optional, required

CHANGED = ("conversion", "punctuation", "supplied", "metadata", "misprint")
"""Classes of emendation that change the text."""
NOTED = ("label", "doubtful", "lost")
"""Classes that leave the text as it is and note something about it."""
KINDS = CHANGED + NOTED
CERTAINTIES = ("certain", "likely", "unsure")
ROLES = ("published", "witness", "other")
ASIDES = ("metadata", "ornament", "not-text")
FACET_KINDS = ("frame", "index")

IDENT = Text(
    pattern=naming.ID,
    pattern_says="an id (a letter, then letters, digits, hyphens)",
    check=naming.length_fault,
)
TEXT = Text()
VERBATIM = Text(verbatim=True)
"""Words of a source or of a witness, as they stand there."""
CELL_ID = Text(
    pattern=r"[^\s!\"#%&'(),/:;<>?\[\\\]`{|}]+",
    pattern_says="an id, as space+ or near-1, without the marks of URLs, HTML and citations",
    check=naming.length_fault,
)
"""An id of a cell or a pole.  Citations name cells, so the marks of a citation cannot stand in it."""
SITE_ADDRESS = Text(check=webaddress.site_fault, check_pattern=webaddress.SITE_PATTERN)
LINK = Text(check=webaddress.link_fault, check_pattern=webaddress.LINK_PATTERN)
"""An address of something elsewhere that a page links."""
LINE = Text(empty=True, verbatim=True)
COLOR = Text(pattern=r"#[0-9A-Fa-f]{6}", pattern_says="a colour, as '#9CB6F6'")
TEXTS = ListOf(of=TEXT)


def _term(id: str, name: str, name_en: str, definition: str, place: Place) -> Term:
    return Term(id=id, name=name, name_en=name_en, definition=definition, place=place)


TERM = Shape(
    name="term",
    fields={
        "id": required(IDENT),
        "name": required(TEXT),
        "name_en": optional(TEXT),
        "definition": optional(TEXT),
    },
    make=_term,
)
