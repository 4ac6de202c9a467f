"""The types of texts in project files, for the fields of records."""

from __future__ import annotations

from typing import Annotated

from site_builder.language.characters import one_line
from site_builder.model.field import Text
from site_builder.model.values import naming, standard_numbers, webaddress

_AN_ID = "an id (a letter, then letters, digits and hyphens)"

Verbatim = Annotated[str, Text(verbatim=True)]
"""Words quoted from a source."""
Reading = Annotated[str, Text(empty=True, verbatim=True)]
"""A reading of the witness or of the edition; an empty one means that words were added or left out."""
OneLine = Annotated[str, Text(normalize=one_line)]
"""A text without line breaks, as other formats need it."""
ID = Text(pattern=naming.ID, expected=_AN_ID, example="gate-1", check=naming.length_fault)
Id = Annotated[str, ID]
LedgerId = Annotated[str, Text(pattern=naming.ID, expected=_AN_ID, example="p12-s1")]
"""An id in a ledger.  The ids of sentences may be longer than ids that an author writes."""
CellId = Annotated[
    str,
    Text(
        pattern=r"[^\s!\"#%&'(),/:;<>?\[\\\]`{|}]+",
        expected="an id without spaces and without ! \" # % & ' ( ) , / : ; < > ? [ \\ ] ` { | }",
        example="depth+ or near-1",
        check=naming.length_fault,
    ),
]
"""The id of a cell or a pole.  Citations contain it, so it has none of their marks."""
LanguageTag = Annotated[
    str,
    Text(
        pattern=r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?",
        expected="a language tag (BCP 47)",
        example="zh-Hant, en or pt-BR",
        normalize=naming.language_tag,
    ),
]
SiteAddress = Annotated[str, Text(check=webaddress.site_fault, outline=webaddress.SITE_PATTERN)]
PageAddress = Annotated[
    str,
    Text(pattern=r"[^\s#]+\.html(#[^\s#]+)?", expected="an address of the site", example="silence.html#b2"),
]
LinkTarget = Annotated[str, Text(check=webaddress.link_fault, outline=webaddress.LINK_PATTERN)]
COLOR = "#[0-9A-Fa-f]{6}"
"""The form of a colour, as a regular expression."""
Color = Annotated[
    str, Text(pattern=COLOR, expected="a colour ('#' and six hexadecimal digits)", example="'#9CB6F6'")
]
Digest = Annotated[
    str, Text(pattern=r"sha256:[0-9a-f]{16}", expected="a digest", example="sha256:0123456789abcdef")
]
Doi = Annotated[
    str, Text(verbatim=True, check=standard_numbers.doi_fault, outline=standard_numbers.DOI_OUTLINE)
]
Issn = Annotated[
    str,
    Text(
        verbatim=True,
        check=standard_numbers.issn_fault,
        outline=standard_numbers.ISSN_OUTLINE,
        normalize=str.upper,
    ),
]
Isbn = Annotated[
    str,
    Text(
        verbatim=True,
        check=standard_numbers.isbn_fault,
        outline=standard_numbers.ISBN_OUTLINE,
        normalize=str.upper,
    ),
]
Url = Annotated[
    str, Text(verbatim=True, check=standard_numbers.url_fault, outline=standard_numbers.URL_OUTLINE)
]
