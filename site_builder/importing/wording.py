"""Words from elsewhere: as they may be kept, and as a message repeats them."""

from __future__ import annotations

import re

SHOWN = 60
"""Characters of a text that a message repeats."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\r+\n|\r")


def clean(words: str) -> str:
    """With LF, and a sign in the place of every character that cannot be written or shown."""
    return _UNSEEN.sub("\ufffd", _BREAK.sub("\n", words))


def short(words: str) -> str:
    """A text as a message repeats it, on one line."""
    line = " ".join(words[: 4 * SHOWN].split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
