"""Grams: two or three characters of a text, which lead the search of a large project to its passages.

``shards.js`` makes the same grams of the words of a query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.language import folding

BUCKETS = 64
"""Files of the index; a question of one word needs four of them at most."""
_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Six bits each."""
_BITS = 5
"""Bits of a number in one digit; the sixth says that another digit follows."""
_EAST_ASIAN = 0x2E80
"""The first code point of the scripts of East Asia, whose words are short; ``shards.js`` has the same."""


def of_part(part: dict[str, Any]) -> bytes:
    """The places of each gram in all that can be found in the passages of a part, for :meth:`Index.add`.

    The keys of the texts of a passage follow each other, with one place between two of them, so that the
    places of a word that is longer than a gram follow each other too.

    It is JSON: the number of places of each passage, then for each gram its first place, its further places
    as :func:`coded` writes how many are left out before each, and its last place.

    :param part: as :func:`.search.part` gives it.
    """
    lengths: list[int] = []
    places: dict[str, tuple[int, bytearray]] = {}
    last: dict[str, int] = {}
    end = 0
    for keys in _keys(part):
        start = end
        for key in keys:
            for at, gram in enumerate(grams(key), end):
                if gram in last:
                    _write(at - last[gram] - 1, places[gram][1])
                else:
                    places[gram] = at, bytearray()
                last[gram] = at
            end += len(key) + 1
        lengths.append(end - start)
    found = {gram: [first, further.decode(), last[gram]] for gram, (first, further) in places.items()}
    return json.dumps([lengths, found], separators=(",", ":")).encode()


class Index:
    """The places of each gram in all that can be found in the passages of a project, one part after another.

    The places of a part follow those of the part before it.
    """

    def __init__(self) -> None:
        self.lengths: list[int] = []
        """The number of places of each passage that was added, in order."""
        self._end = 0
        self._places: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}

    def add(self, part: bytes) -> None:
        """Add the passages of the next part.

        :param part: as :func:`of_part` gives it.
        """
        lengths, found = json.loads(part)
        for gram, (first, further, last) in found.items():
            if (written := self._places.get(gram)) is None:
                written = self._places[gram] = bytearray()
            _write(self._end + first - self._last.get(gram, -1) - 1, written)
            written += further.encode()
            self._last[gram] = self._end + last
        self._end += sum(lengths)
        self.lengths += lengths

    def buckets(self) -> Iterator[dict[str, str]]:
        """For each file of the index its grams, ordered by code points, with their places: how many are left
        out before each, as :func:`coded` writes them.
        """
        found: list[list[str]] = [[] for _ in range(BUCKETS)]
        for gram in self._places:
            found[bucket_of(gram)].append(gram)
        for bucket in found:
            yield {gram: self._places[gram].decode() for gram in sorted(bucket)}


def _keys(part: dict[str, Any]) -> list[list[str]]:
    """The keys of all that can be found with each passage of a part: of the texts, titles and names of its
    records, and of its own names.

    A record of no passage belongs to the passage of the next record that has one, else to the last passage.
    """
    found: list[list[str]] = [list(passage["n"]) for passage in part["passages"]]
    at = len(found) - 1
    for record in reversed(part["records"]):
        at = record.get("p", at)
        others = (text for _, text in record.get("o", ()))
        found[at] += (record["x"], record.get("t", ""), *record.get("n", ()), *others)
    return [[key for key in (folding.fold(text)[0] for text in texts) if key] for texts in found]


def grams(key: str) -> Iterator[str]:
    """The parts of a key that the index has, one for each character: at each character two, or three if that
    character is not of a script of East Asia; at the end of the key those that are left.

    So each part of the key that is shorter than a gram begins a gram.

    >>> list(grams("石堤abcd"))
    ['石堤', '堤a', 'abc', 'bcd', 'cd', 'd']
    >>> list(grams("堤")), list(grams(""))
    (['堤'], [])
    """
    for at, char in enumerate(key):
        yield key[at : at + (2 if ord(char) >= _EAST_ASIAN else 3)]


def coded(numbers: Iterable[int]) -> str:
    """Numbers as text: five bits in each digit of base64url, the lowest first; 32 is added to a digit that
    another digit of the same number follows.

    >>> coded([0, 1, 31]), coded([32, 64]), coded([])
    ('ABf', 'gBgC', '')

    :param numbers: from 0.  That they are not negative is not checked.
    """
    found = bytearray()
    for number in numbers:
        _write(number, found)
    return found.decode()


def _write(number: int, digits: bytearray) -> None:
    while number >> _BITS:
        digits.append(_DIGITS[number & 31 | 32])
        number >>= _BITS
    digits.append(_DIGITS[number])


def bucket_of(gram: str) -> int:
    """The number of the file of the index that has a gram, 0 to 63: the code of its first character (the
    first unit of UTF-16), modulo 64.

    >>> bucket_of("石堤"), bucket_of("abc")
    (51, 33)
    """
    return int.from_bytes(gram[0].encode("utf-16-le")[:2], "little") % BUCKETS
