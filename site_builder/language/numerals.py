"""Small numbers in words, as a sentence writes them."""

from __future__ import annotations

from site_builder.language.message import Wording, pmsg


def spelled(number: int) -> Wording:
    """A number from 1 to 10 as a word of the page, any other one in digits.

    >>> spelled(12)
    '12'
    """
    words = (
        pmsg("a number in a sentence", "one"),
        pmsg("a number in a sentence", "two"),
        pmsg("a number in a sentence", "three"),
        pmsg("a number in a sentence", "four"),
        pmsg("a number in a sentence", "five"),
        pmsg("a number in a sentence", "six"),
        pmsg("a number in a sentence", "seven"),
        pmsg("a number in a sentence", "eight"),
        pmsg("a number in a sentence", "nine"),
        pmsg("a number in a sentence", "ten"),
    )
    return words[number - 1] if 0 < number <= len(words) else str(number)
