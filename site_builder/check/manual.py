"""The manual of the problems: each code with its rule.

The docstrings of the rules describe the codes of the checks.  The codes of reading and of importing, which
several modules report, are described here.
"""

from __future__ import annotations

import inspect
import re

from site_builder import check

READING = {
    "F001": "A file that every project or work needs must exist.",
    "F002": "A source must be readable, and its encoding must be UTF-8.",
    "F003": "A source must be inside the project folder and have at most 5 MB.",
    "F004": "(review) A file or folder in corpus/ or annotations/ should be one that the tool reads.",
    "F005": "A source must be a file, and a folder of sources a folder and not a link.",
    "F006": "A source must not contain control characters or noncharacters.",
    "F007": "A source must not contain the conflict marks of an unfinished merge.",
    "F008": "The name of a source must be valid on Windows, macOS and Linux, and unique in its folder there.",
    "F010": "The format of a project must be one that this version of the tool can read.",
    "P006": "A page must not contain HTML or code blocks, and a plain text must not contain HTML.",
    "P007": "A judgement must begin with the line '::: judgement' and end with the line ':::'.",
    "P008": "A citation must name a passage, for example [@p12].",
    "P009": "A page must begin with front matter between two lines '---'.",
    "P011": "A mark of Markdown in a page must be opened and closed, or escaped with a backslash.",
    "P012": "(review) A plain text should not contain Markdown, because it is published unchanged.",
    "R001": "An answer to a review must name a code that can be answered, and a block or a path.",
    "R002": "(review) An answer should match a review. An answer that matches none is out of date.",
    "T001": "A heading or paragraph of a text must end with its id, for example {#p12}.",
    "T002": "The id of a block must be a letter followed by letters, digits and hyphens.",
    "T004": "A text must contain only headings, paragraphs and groups, without other Markdown or HTML.",
    "T007": "A heading must not skip a level, and a text must have one title, at its beginning.",
    "T009": "A paragraph of prose must be on one line. A line of verse must end with a backslash.",
    "T010": "(review) A backslash in a text should escape a mark. Before another character it is published.",
    "Y001": "A YAML file must have the syntax of YAML 1.1.",
    "Y002": "A key must be unique in its mapping.",
    "Y003": "A YAML file must not use aliases or tags.",
    "Y004": "A mapping must have only known keys, and not two keys that exclude each other.",
    "Y005": "A mapping must have its required keys.",
    "Y006": "A value must have the type of its key: text, number, date, true or false, list, mapping.",
    "Y007": "A text that YAML reads as a number, a date, true, false or null must be in quotation marks.",
    "Y008": "A value must have the form of its key, or be one of its fixed words.",
    "Y009": "A file, a value and a required list must not be empty.",
    "Y010": "A value must not contain the escape of a control character, a noncharacter or half a pair.",
    "Y011": "(review) A comment after a value should have a space after '#'. It is no part of the value.",
}

IMPORTS = {
    "I001": "An imported file must be complete, in a known format, and not too large.",
    "I002": "A code in an imported file must be in the codebook.",
    "I003": "A tag in an imported file must be of a passage of the project.",
    "I004": "A quotation in an imported file must be in its passage, at one place.",
    "I005": "A statement in an imported file must be complete, be a tag, and not contradict another.",
    "I006": "The coder of imported tags must not have tags in the project, except with --replace.",
}
"""The codes of ``import-tags``, which never come from the files of a project."""


def rules() -> dict[str, str]:
    """Code → its rule, for each code that a run can print, in order of the codes.

    The codes of reading and importing are among them.  A rule of a review begins with ``(review)``.
    """
    found = READING | IMPORTS
    for rule in check.RULES:
        found |= described(rule)
    return dict(sorted(found.items()))


def described(rule: check.Rule) -> dict[str, str]:
    """Code → its rule, from the docstring of a function: each paragraph that begins with a code and a space.

    A code is a capital letter and three digits. The rule is on one line, without its code; other paragraphs
    are left out. A function without such a paragraph gives ``{}``.
    """
    paragraphs = (" ".join(part.split()) for part in inspect.cleandoc(rule.__doc__ or "").split("\n\n"))
    return {part[:4]: part[5:] for part in paragraphs if re.match(r"[A-Z]\d{3} ", part)}


def manual() -> str:
    """All rules as text, one a line, in order of the codes: ``A001  RULE``.  No line feed is at the end."""
    return "\n".join(f"{code}  {rule}" for code, rule in rules().items())
