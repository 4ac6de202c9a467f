"""Grams: two or three characters of a text, which lead the search of a large project to parts of its data.

``shards.js`` makes the same grams of the words of a query.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder.language import folding

BUCKETS = 64
"""Files of the index; a question of one word needs four of them at most."""
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Six bits each, the lowest first."""
_EAST_ASIAN = 0x2E80
"""The first code point of the scripts of East Asia, whose words are short; ``shards.js`` has the same."""


def of_part(part: dict[str, Any]) -> set[str]:
    """The grams of all that can be found in a part: of the texts, titles and names of its records, and of the
    names of its passages, each folded.

    :param part: as :func:`.search.part` gives it.
    """
    found: set[str] = set()
    for record in part["records"]:
        texts = (
            record["x"],
            record.get("t", ""),
            *record.get("n", ()),
            *(text for _, text in record.get("o", ())),
        )
        for text in texts:
            found.update(grams(folding.fold(text)[0]))
    for passage in part["passages"]:
        for name in passage["n"]:
            found.update(grams(folding.fold(name)[0]))
    return found


def grams(key: str) -> Iterator[str]:
    """The parts of a key that the index has, in order, as often as they occur: at each character two, or
    three if that character is not of a script of East Asia.  None goes over the end of the key.

    >>> list(grams("石堤abcd"))
    ['石堤', '堤a', 'abc', 'bcd']
    >>> list(grams("堤")), list(grams("ab"))
    ([], [])
    """
    for at, char in enumerate(key):
        size = 2 if ord(char) >= _EAST_ASIAN else 3
        if len(key) >= at + size:
            yield key[at : at + size]


def bits(parts: int) -> str:
    """A number as text: six bits in each character of base64url, the lowest first, until none is left.

    >>> bits(0b101), bits(64), bits(0)
    ('F', 'AB', '')
    """
    found = []
    while parts:
        found.append(_DIGITS[parts & 63])
        parts >>= 6
    return "".join(found)


def bucket_of(gram: str) -> int:
    """The number of the file of the index that has a gram, 0 to 63: the code of its first character (the
    first unit of UTF-16), modulo 64.

    >>> bucket_of("石堤"), bucket_of("abc")
    (51, 33)
    """
    return int.from_bytes(gram[0].encode("utf-16-le")[:2], "little") % BUCKETS
