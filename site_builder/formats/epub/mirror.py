"""Style sheets for books that are read from right to left.

Many reading systems do not know the logical properties of CSS (``margin-inline-start``), so the style sheet
of the book names the sides, and a book from right to left has them exchanged.
"""

from __future__ import annotations

import re

_SIDE = re.compile(r"\b(left|right)\b")
_FOUR_SIDES = re.compile(r"\b((?:margin|padding):) ([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+)(?=;| *\})")
_OTHER = {"left": "right", "right": "left"}


def mirrored(css: str) -> str:
    """A style sheet with left and right exchanged, also the second and the fourth of four margins or
    paddings.

    Every word ``left`` and ``right`` is exchanged, wherever it is.

    >>> mirrored("p { margin: 0 1em 0 2em; float: left; border-left: 1px solid }")
    'p { margin: 0 2em 0 1em; float: right; border-right: 1px solid }'
    """
    exchanged = _SIDE.sub(lambda found: _OTHER[found[0]], css)
    return _FOUR_SIDES.sub(r"\1 \2 \5 \4 \3", exchanged)
