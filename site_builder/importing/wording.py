"""Text from imported files: cleaned for storage, and shortened for messages."""

from __future__ import annotations

import re

SHOWN = 60
"""The number of characters of a text that a message shows."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\r+\n|\r")


def clean(words: str) -> str:
    """The text with LF line ends; U+FFFD replaces every character that cannot be stored or displayed.

    These are control characters other than tab, surrogates, U+FFFE and U+FFFF; a lone CR is a line end.

    White space at the ends stays; an empty text stays empty.
    """
    return _UNSEEN.sub("\ufffd", _BREAK.sub("\n", words))


def short(words: str) -> str:
    """The text on one line for a message, with ``…`` after its first 60 characters if there are more.

    Each run of white space becomes one space, also between Chinese characters; there is none at the ends.  A
    blank text gives ``""``.
    """
    line = " ".join(words[: 4 * SHOWN].split())
    is_whole = len(line) <= SHOWN and not words[4 * SHOWN :].strip()
    return line if is_whole else f"{line[:SHOWN]}…"
