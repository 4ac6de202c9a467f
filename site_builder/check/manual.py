"""The manual of the faults: every code with its rule.

The codes of the checks are described by the docstrings of their rules; those of reading stand here.
"""

from __future__ import annotations

import inspect
import re

from site_builder import check

READING = {
    "F001": "A file that nothing works without must exist.",
    "F002": "A source file must be readable, and UTF-8.",
    "F003": "A source file must lie inside the project and be of a size that people write.",
    "F004": "(review) A file or folder below corpus/ or annotations/ should be one that is read.",
    "F005": "A source must be a file, and a folder of sources a folder, not a link to one.",
    "F006": "A source must hold no control characters and no noncharacters.",
    "F007": "A merge must be finished: no line of its marks may stand in a source.",
    "F008": "The name of a source must be one that every disk holds, and different from all others there.",
    "F010": "The format of a project must be one that this version knows.",
    "P006": "A page must be Markdown without HTML or code blocks; a text that is shown must hold no HTML.",
    "P007": "A judgement must be opened and closed by fences of their own.",
    "P008": "A citation must name a passage.",
    "P009": "A page must begin with front matter.",
    "P011": "A sign of Markdown in the editors' prose must mark something, or be escaped.",
    "P012": "(review) A plain text should hold no Markdown: it is published as it stands.",
    "R001": "An answer to a review must name a code that exists, and a place.",
    "R002": "(review) An answer should match a review.  One that matches none is out of date.",
    "T001": "A heading or paragraph of a text must end in its id.",
    "T002": "An id must be a letter followed by letters, digits and hyphens.",
    "T004": "An edited text must hold only headings, paragraphs and groups, and plain words within them.",
    "T007": "Headings must not skip a level, and a text has one title.",
    "T009": "A passage of prose must stand on one line; a line of verse must end with a backslash.",
    "T010": "(review) A backslash of a text should escape a mark; before anything else it stays.",
    "Y001": "The file must be YAML.",
    "Y002": "A key must stand once in its mapping.",
    "Y003": "A file must not use aliases or tags of YAML.",
    "Y004": "A key must be one that is known.",
    "Y005": "A key that is needed must be there.",
    "Y006": "A value must be of the kind its key asks for.",
    "Y007": "A text that YAML reads as something else must be quoted.",
    "Y008": "A value must be of the form or vocabulary its key asks for.",
    "Y009": "A value must not be empty.",
    "Y010": "A value must not hold a control character, a noncharacter or half of a surrogate pair.",
}

IMPORTS = {
    "I001": "A file of tags from elsewhere must be whole, of a known format, and of a size that people make.",
    "I002": "A code in such a file must be of the codebook.",
    "I003": "A tag in such a file must be of a passage of the text.",
    "I004": "A quotation in such a file must stand in its passage, once.",
    "I005": "A statement in such a file must be whole, have a place in tags, and contradict no other.",
    "I006": "Tags from elsewhere must be those of a coder who is new to the project.",
}
"""The codes of ``import-tags``, which never come from the files of a project."""


def rules() -> dict[str, str]:
    """Code → its rule, for every code that a run can print."""
    found = READING | IMPORTS
    for rule in check.RULES:
        text = " ".join(inspect.cleandoc(rule.__doc__ or "").split())
        codes, _, says = text.partition(" ")
        found |= dict.fromkeys(_codes(codes), says)
    return dict(sorted(found.items()))


def _codes(words: str) -> list[str]:
    """``A001–A007`` or ``A001``."""
    first, _, last = words.partition("–")
    family, numbers = first[0], re.findall(r"\d+", first + (last or first))
    return [f"{family}{number:03}" for number in range(int(numbers[0]), int(numbers[-1]) + 1)]


def manual() -> str:
    """All rules as text, one a line."""
    return "\n".join(f"{code}  {says}" for code, says in rules().items())
