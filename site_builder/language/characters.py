"""Classes of characters, defined by code point, so that every version of Python gives the same result.

``unicodedata`` covers one version of Unicode: 14.0 in Python 3.11, 16.0 in Python 3.14.  Checks and pages
therefore use blocks of code points where blocks are sufficient.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

# The blocks of Unified and Compatibility Ideographs.  Planes 2 and 3 are reserved for ideographs
# (Unicode Standard, 18.1), so later extensions are included.
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD))
# Scripts and marks that are set without spaces between words: radicals and CJK marks, kana, bopomofo,
# enclosed and compatibility forms, Yi, vertical and full-width forms, Tangut and Khitan, kana of plane 1.
_UNSPACED = (
    *((0x2E80, 0x312F), (0x3190, 0x4DBF), (0x4E00, 0xA4CF), (0xF900, 0xFAFF), (0xFE10, 0xFE1F)),
    *((0xFE30, 0xFE6F), (0xFF00, 0xFF9F), (0xFFE0, 0xFFEF), (0x16FE0, 0x18DFF), (0x1AFF0, 0x1B2FF)),
    *((0x20000, 0x2FFFD), (0x30000, 0x3FFFD)),
)
_KANA = ((0x3041, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9D), (0x1AFF0, 0x1B16F))
_RUN = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _UNSPACED)}]+")
# Scripts without spaces between words whose lines are broken by a dictionary (Unicode: line break class SA):
# Thai, Lao, Burmese, Khmer, Tai Le, New Tai Lue, Tai Tham, Tai Viet, Ahom.
_BY_DICTIONARY = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF)),
    *((0xA9E0, 0xA9FF), (0xAA60, 0xAADF), (0x11700, 0x1174F)),
)
# The scripts of India, from Devanagari to Sinhala: their vowel signs are no letters to Unicode.
_OF_INDIA = ((0x0900, 0x0DFF),)
# Punctuation that Chinese and Western texts share: it does not show which kind of text surrounds it.
_SHARED_MARKS = frozenset("“”‘’…—·")


def within_blocks(char: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    """Whether a character is in one of the blocks; false without blocks.

    :param blocks: (first, last) code points, both included, in ascending order.
    :raises TypeError: for a text that is not one character.
    """
    code = ord(char)
    at = bisect_right(blocks, (code, 0x10FFFF)) - 1
    return at >= 0 and blocks[at][0] <= code <= blocks[at][1]


def is_han(char: str) -> bool:
    """Whether a character is a Chinese character (an ideograph), by its block.

    Code points of the blocks that are not assigned count too.  ``々``, ``〇``, radicals and kana do not.

    :raises TypeError: as :func:`within_blocks`.
    """
    return within_blocks(char, _HAN)


def is_unspaced(char: str) -> bool:
    """Whether a character belongs to a script without spaces between words, or is punctuation of one.

    True for ideographs, kana, bopomofo, ``。``, ``　`` and full-width letters; false for Hangul, and for the
    marks that Western texts use too (``“ ” ‘ ’ … — ·``).

    :raises TypeError: as :func:`within_blocks`.
    """
    return within_blocks(char, _UNSPACED)


def is_in_spaced_word(char: str) -> bool:
    """Whether a character continues a word of a script with spaces: a letter, a number, or a vowel sign of
    Devanagari and its kin.  False for Chinese, Japanese, Thai, Lao, Burmese and Khmer, and for ``""``.

    :raises TypeError: for a text of several characters.
    """
    if char.isalnum():
        return not is_unspaced(char) and not within_blocks(char, _BY_DICTIONARY)
    return bool(char) and within_blocks(char, _OF_INDIA) and unicodedata.category(char)[0] == "M"


def is_hangul(char: str) -> bool:
    """Whether a character is a syllable of Korean (U+AC00 to U+D7A3); single letters (jamo) are none."""
    return "\uac00" <= char <= "\ud7a3"


def unspaced_runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of characters for which :func:`is_unspaced` is true and of which one is an ideograph or kana.

    Each is (start, end) in code points, in order.  Full-width letters and marks alone are no run.

    >>> [text[start:end] for text in ("The 「圳」 (canal), ＋",) for start, end in unspaced_runs(text)]
    ['「圳」']
    """
    return (found.span() for found in _RUN.finditer(text) if any(map(is_han_or_kana, found[0])))


# Hebrew, Syriac, Arabic, Thaana, N'Ko and others, with their marks and presentation forms.
_TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_TURNED_RUN = re.compile(rf"«?[{_TURNED}](?:[^0-9A-Za-z()\[\]“”]*[{_TURNED}])?»?")


def turned_runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of words that are read from right to left, with the marks and spaces between them, in order.

    Digits, Latin letters, brackets and curly quotation marks end a run.  Each is (start, end) in code points.

    A text without such words has none.

    >>> [text[start:end] for text in ("حدّاد, سلمى. 2026. «فرن».",) for start, end in turned_runs(text)]
    ['حدّاد, سلمى', '«فرن»']
    """
    return (found.span() for found in _TURNED_RUN.finditer(text))


def is_han_or_kana(char: str) -> bool:
    """Whether a character is an ideograph (:func:`is_han`), or is in a block of kana, with their marks
    (``ー``, ``・``).

    Half-width kana count too, their marks except ``ｰ`` do not.

    >>> [is_han_or_kana(char) for char in "あ・ｱ･々"]
    [True, True, True, False, False]

    :raises TypeError: as :func:`within_blocks`.
    """
    return is_han(char) or within_blocks(char, _KANA)


def line_break(before: str, after: str) -> str:
    """The text that replaces a line break between two texts: ``" "`` or ``""``.

    Between two Latin words a line break is a space.  Next to a Chinese or Japanese character or mark it is
    nothing.  White space and punctuation that both kinds of text use (“ ” … —) do not count: the nearest
    other character decides.  If one of the texts is blank, the result is ``""``; if one has only such
    punctuation, it is ``" "``, whatever the other text is.
    """
    left = next((char for char in reversed(before) if _decides(char)), "")
    right = next((char for char in after if _decides(char)), "")
    if not left or not right:
        return "" if not before.strip() or not after.strip() else " "
    return "" if is_unspaced(left) or is_unspaced(right) else " "


def decides_break(text: str) -> bool:
    """Whether a text has a character that :func:`line_break` decides by: any except white space and
    ``“ ” ‘ ’ … — ·``; the wide space of Chinese is one.

    >>> decides_break("a"), decides_break(" …"), decides_break("")
    (True, False, False)
    """
    return any(map(_decides, text))


def _decides(char: str) -> bool:
    """Whether a character shows what kind of text it is in."""
    return char not in _SHARED_MARKS and (not char.isspace() or char == "\u3000")


def join_lines(text: str) -> str:
    r"""The text on one line: :func:`line_break` replaces each line break and the white space around it.

    ``"a\n b"`` gives ``"a b"`` and ``"中\n文"`` gives ``"中文"``.  Only a line feed is a line break.  A text
    without one is returned unchanged, also its white space at the ends; in any other text that is removed,
    and blank lines disappear.
    """
    if "\n" not in text:
        return text
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    made = lines[0] if lines else ""
    for line in lines[1:]:
        made += line_break(made, line) + line
    return made


# C0 except tab, line feed and carriage return; DEL and C1; surrogates; noncharacters.
FORBIDDEN = (
    *((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF)),
    *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(17)),
)
_ANY_FORBIDDEN = re.compile("[" + "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in FORBIDDEN) + "]")


# One class of the first plane and one range are searched three times as fast as the ranges of all planes.
_MAYBE_FORBIDDEN = re.compile(
    "[" + "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in FORBIDDEN[:7]) + "\U00010000-\U0010ffff]"
)


def is_forbidden(char: str) -> bool:
    """Whether no source file may contain a character, because XML, HTML or JSON cannot, or it is invisible.

    These are the control characters (C0 except tab, line feed and carriage return; DEL; C1), surrogates, and
    noncharacters (Unicode Standard, 23.7).  U+FFFD, private-use and unassigned characters are not.

    :raises TypeError: as :func:`within_blocks`.
    """
    return within_blocks(char, FORBIDDEN)


def forbidden(text: str) -> list[int]:
    """The offsets of the control characters, surrogates and noncharacters of a text, in order.

    A tab, a line feed and a carriage return are none; see :func:`is_forbidden`.  ``[]`` if there are none.
    """
    if not _MAYBE_FORBIDDEN.search(text):
        return []
    return [match.start() for match in _ANY_FORBIDDEN.finditer(text)]


def code_point(char: str) -> str:
    """The code point of a character in Unicode notation, with four digits or more: ``U+001B``,
    ``U+1F600``.

    :raises TypeError: for a text that is not one character.
    """
    return f"U+{ord(char):04X}"


def printable(text: str) -> str:
    """The text on one line for a terminal: ``⏎`` for a line feed, ``<U+001B>`` for a control character.

    Tabs, carriage returns, U+2028, U+2029 and direction marks (U+202A to U+202E) are written in the same way,
    and so are surrogates and noncharacters.  Other
    invisible characters, such as U+200B, stay.
    """
    return "".join(f"<{code_point(char)}>" if _needs_name(char) else char for char in text.replace("\n", "⏎"))


def _needs_name(char: str) -> bool:
    """Whether a character is a control character or changes the text direction."""
    return is_forbidden(char) or char in "\t\r\u2028\u2029" or 0x202A <= ord(char) <= 0x202E


_BREAKS = re.compile(r"[\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """The text on one line, as :func:`join_lines` makes it, without white space at the ends.

    Every character that some format reads as the end of a line counts as a line feed (CR, FF, U+0085, U+2028
    and others).  A tab and each character that :func:`is_forbidden` becomes a space.  Several spaces in a
    line stay.
    """
    found = join_lines(_BREAKS.sub("\n", text))
    if "\t" in found or forbidden(found):
        found = "".join(" " if char == "\t" or is_forbidden(char) else char for char in found)
    return found.strip()
