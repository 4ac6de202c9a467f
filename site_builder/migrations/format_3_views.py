"""Format 3: the project states its language and its views.

A project of format 1 or 2 has Traditional Chinese and its conversion to Simplified in the folder ``hans``.
The step states both, so that its addresses stay.
"""

from __future__ import annotations

import re

from site_builder.migrations.changes import PROJECT, Changes, Sources

SAYS = "the project states its language and its views, here Traditional Chinese and its conversion"
_KEYS = {
    "language": "language: zh-Hant\n",
    "views": "views:\n  - {language: zh-Hant}\n  - {language: zh-Hans, folder: hans}\n",
}


def change(sources: Sources) -> Changes:
    """Write the keys ``language`` and ``views`` before the first key that is not ``format``, each if it is
    absent.

    If there is no other key, they are at the end; if both are there, no file is returned.

    :param sources: path → text of every source file; ``annotations/project.yaml`` must be among them.
    """
    text = sources[PROJECT]
    lines = "".join(line for key, line in _KEYS.items() if not re.search(rf"(?m)^{key}[ \t]*:", text))
    at = re.search(r"(?m)^(?!format[ \t]*:)(?![#\s]|---|%)", text)
    start = at.start() if at else len(text)
    return Changes(files={PROJECT: text[:start] + lines + text[start:]} if lines else {})
