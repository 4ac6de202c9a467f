"""Excerpts of a passage: the part of an address that names words, ``?w=12-48.9f3c21ab``.

Offsets are code points of the passage as edited, start inclusive, end exclusive.  The digest tells whether
the words are still the same; it is no protection against forgery.  ``templates/assets/excerpt.js`` reads and
writes the same form.
"""

from __future__ import annotations

_BASIS = 0x811C9DC5
_PRIME = 0x01000193


def digest(words: str) -> str:
    """The digest of some words: FNV-1a (32 bits) of their UTF-8 bytes, as 8 hexadecimal digits.

    White space and case count, and nothing is normalized.

    >>> digest(""), digest("a")
    ('811c9dc5', 'e40c292c')
    """
    value = _BASIS
    for byte in words.encode():
        value = (value ^ byte) * _PRIME & 0xFFFFFFFF
    return f"{value:08x}"


def query(text: str, start: int, end: int) -> str:
    """What an address says of ``text[start:end]``: ``12-48.9f3c21ab``, which is start, end (exclusive) and
    the :func:`digest` of the words alone.

    So equal words have the same digits at every place, and in every passage.

    >>> query("The old dike", 4, 7)
    '4-7.bd2b9bd6'

    :param text: the passage as edited.
    :param start: offset in code points; ``end`` likewise.
    :raises ValueError: unless ``0 <= start < end <= len(text)``.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"a text of {len(text)} characters has no words from {start} to {end}")
    return f"{start}-{end}.{digest(text[start:end])}"
