"""Search keys: what a query and a text must have in common to match.

The key of a character depends on its script, not on a language, since a page of results has texts in several
languages, and nobody knows the language of a query.  ``templates/assets/search.js`` makes the same keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from site_builder.language import variants
from site_builder.language.characters import is_han
from site_builder.language.chinese import Table, character_changes

# Pairs that must have the same search key although tw2s does not convert one into the other by itself:
# some are converted only in phrases (瞭解 → 了解), some are spellings of one word.
SAME_KEY = (
    *("瞭了", "鍊链", "噁𫫇", "藉借", "覆复", "俱具", "鍾锺", "彷仿", "鉅钜", "沈沉", "牴抵"),
    *("畫划", "衹只", "祇只", "顎颚", "鯰鲶", "餘馀", "它牠", "背揹", "昵暱", "夫伕", "仇讎"),
)

# Letters that have no decomposition in Unicode, and the letters that people type for them.
LETTERS = {
    **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"},
    **{"ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ς": "σ"},
}
# Forms of alef and yeh, which people type without their marks (as Lucene's ArabicNormalizer), and the digits
# of Arabic and Persian.
ARABIC = {
    **{"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"},
    **{chr(start + digit): str(digit) for start in (0x660, 0x6F0) for digit in range(10)},
}
# Letters with marks that can be left out: Latin and Greek, not Cyrillic (й is no и).
_MARKED = re.compile("[\u00c0-\u03ff\u1e00-\u1fff]")
_MARKS = re.compile("[\u0300-\u036f]")
_IGNORED = "\u0640"  # tatweel, which makes an Arabic word longer


@cache
def _folds() -> Table:
    """Every character with variants → the one that represents all of them, if that is another."""
    classes: dict[str, set[str]] = {}
    votes: Counter[str] = Counter()
    for old, new in (*character_changes(), *SAME_KEY, *variants.pairs()):
        votes[new] += 1
        together = classes.get(old, {old}) | classes.get(new, {new})
        classes.update(dict.fromkeys(together, together))
    folds: Table = {}
    for among in {id(among): among for among in classes.values()}.values():
        # Prefer the BMP, so that keys keep their length in UTF-16; then the most frequent result.
        best = min(among, key=lambda char: (char > "\uffff", -votes[char], char))
        folds |= dict.fromkeys(among - {best}, best)
    return folds | LETTERS | ARABIC


@cache
def _key(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char).lower()
    if _MARKED.search(plain):
        plain = _MARKS.sub("", unicodedata.normalize("NFD", plain))
    return "".join(_folds().get(c, c) for c in plain if _counts(c))


def _counts(char: str) -> bool:
    return (unicodedata.category(char)[0] in "LN" or is_han(char)) and char != _IGNORED


def fold(text: str) -> tuple[str, tuple[int, ...]]:
    r"""The search key of a text, and for each character of the key its offset in the text.

    Each code point is converted separately: NFKC, lower case, Latin and Greek letters without their accents,
    then only letters and numbers (``[\p{L}\p{N}]``) are kept, then each character is replaced by the
    representative of its variants, which for most Chinese characters is the Simplified form (颱風 gives
    台风): 著着, 麼麽幺么, 只祇衹隻, 台臺檯颱, ß and ss, أ and ا.  So a text and its conversion to another
    script have the same key, and the key of a part of a text occurs in the key of the text.
    ``fold("臺灣 ㎡！")`` gives ``("台湾m2", (0, 1, 3, 3))``: offsets never decrease, and one code point can
    give several characters or none.  An empty text gives ``("", ())``. Representatives of Chinese characters
    are in the BMP if possible, since the Simplified forms of 795 characters are not.
    """
    parts = [_key(char) for char in text]
    return "".join(parts), tuple(i for i, part in enumerate(parts) for _ in part)


def fold_map() -> Table:
    """The variants of all characters: character → its representative, ordered by character.

    A representative is no key; it can have two letters (``ß`` → ``ss``).  ``臺`` → ``台``, ``أ`` → ``ا``.
    """
    return dict(sorted(_folds().items()))


def fold_map_for(keys: Iterable[str]) -> Table:
    """The variants of some characters, for a search program: character → representative.

    The map is applied after NFKC, lower case and the removal of accents; a character that is neither in it
    nor in ``keys`` occurs in no result.  It is ordered by code point; no keys give an empty map.  A
    representative is no key of the map; variants of characters that are not in ``keys`` are left out.

    :param keys: the characters of folded keys, as a text or one by one.
    """
    wanted = set(keys)
    return {char: best for char, best in sorted(_folds().items()) if wanted.issuperset(best)}
