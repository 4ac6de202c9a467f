"""How deeply a YAML file may be nested."""

from __future__ import annotations

import re

DEEPEST = 60  # levels; the deepest file of a project has seven
TOO_DEEP = ("a YAML file must not be nested this deeply", f"use at most {DEEPEST} levels")
_DEEP_INDENT = re.compile(rf"^[ \-?]{{{10 * DEEPEST + 1}}}", re.M)


def too_deep(text: str) -> int:
    """The number of the first line, from 1, that is certainly nested too deeply for the parser; 0 if there is
    none.

    That is a line at which more than 600 brackets ``[`` and ``{`` are open, or whose indent, of spaces,
    hyphens and question marks, is longer than 600 characters.  The parser is recursive, so this is checked
    before it starts; the exact levels are counted later.
    """
    depth, most = 0, 10 * DEEPEST
    if text.count("[") + text.count("{") <= most and not _DEEP_INDENT.search(text):
        return 0  # most files: a line need not be counted by itself
    for number, line in enumerate(text.split("\n"), 1):
        lead = len(line) - len(line.lstrip(" -?"))
        depth = max(0, depth + line.count("[") + line.count("{"))
        if depth > 10 * DEEPEST or lead > 10 * DEEPEST:
            return number
        depth = max(0, depth - line.count("]") - line.count("}"))
    return 0
