"""Quotations with line ends of a page, as programs copy them from a PDF or another print."""

from __future__ import annotations

import re

_BREAK = re.compile(r"([-\u2010\u00ad]?)\s*[\n\r\u2028\u2029\f]\s*")


def unbroken(words: str, text: str) -> str:
    r"""The words as a text has them, if they differ only in line ends and the space around these.

    A line end can be nothing, or one white space character of the text, with the hyphen before it, if
    there is one, or without.  Line ends around the words are nothing.  Words without a line end, words
    that are in the text as they are, and words that the text does not have are returned unchanged.

    >>> unbroken("水邊有\n人", "水邊有人。"), unbroken("the up-\nper dike", "Near the upper dike")
    ('水邊有人', 'the upper dike')

    :param words: with any line ends.
    """
    if not _BREAK.search(words) or words in text:
        return words
    parts = _BREAK.split(words.strip())
    pattern = "".join(
        re.escape(part) if number % 2 == 0 else rf"{f'{re.escape(part)}?' if part else ''}\s?"
        for number, part in enumerate(parts)
    )
    found = re.search(pattern, text) if pattern else None
    return found[0] if found else words


def unbroken_before(words: str, text: str) -> str:
    """The words before a quotation, as :func:`unbroken`; if the text does not have them, those of the last
    line.  They can begin before the text.
    """
    found = unbroken(words, text)
    return found if found in text else _BREAK.split(found)[-1]


def unbroken_after(words: str, text: str) -> str:
    """The words after a quotation, as :func:`unbroken`; if the text does not have them, those of the first
    line.  They can end after the text.
    """
    found = unbroken(words, text)
    return found if found in text else _BREAK.split(found)[0]
