"""Classes of characters, by code point, so that every version of Python gives the same answer.

``unicodedata`` knows the characters of one version of Unicode: Python 3.11 those of 14.0, Python 3.14
those of 16.0.  What a check or a page depends on is therefore decided by block, where a block is enough.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# The blocks of Unified and Compatibility Ideographs.  Planes 2 and 3 are set aside for ideographs
# (Unicode Standard, 18.1), so that extensions that are still to come are known already.
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD))
# Scripts and marks that are set without spaces between words: radicals and CJK marks, kana, bopomofo,
# enclosed and compatibility forms, Yi, vertical and full-width forms, Tangut and Khitan, kana of plane 1.
_UNSPACED = (
    *((0x2E80, 0x312F), (0x3190, 0x4DBF), (0x4E00, 0xA4CF), (0xF900, 0xFAFF), (0xFE10, 0xFE1F)),
    *((0xFE30, 0xFE6F), (0xFF00, 0xFF9F), (0xFFE0, 0xFFEF), (0x16FE0, 0x18DFF), (0x1AFF0, 0x1B2FF)),
    *((0x20000, 0x2FFFD), (0x30000, 0x3FFFD)),
)
# Marks that Chinese and Western texts share: they say nothing of the text beside them.
_SHARED_MARKS = frozenset("“”‘’…—·")


def within_blocks(char: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    """Whether a character lies in one of some blocks (first, last), which are in ascending order."""
    code = ord(char)
    at = bisect_right(blocks, (code, 0x10FFFF)) - 1
    return at >= 0 and blocks[at][0] <= code <= blocks[at][1]


def is_han(char: str) -> bool:
    """Whether a character is a Chinese character (an ideograph), by block."""
    return within_blocks(char, _HAN)


def is_unspaced(char: str) -> bool:
    """Whether a character is of a script, or a mark of one, that has no space between words."""
    return within_blocks(char, _UNSPACED)


def glue(before: str, after: str) -> str:
    """What a line break between two stretches of text means: ``" "`` or ``""``.

    A break between two Latin words is a space.  Beside a Chinese or Japanese character or mark it is
    nothing.  Marks that both kinds of text use (“ ” … —) are passed over, and so is white space.
    """
    left = next((char for char in reversed(before) if _speaks(char)), "")
    right = next((char for char in after if _speaks(char)), "")
    if not left or not right:
        return "" if not before.strip() or not after.strip() else " "
    return "" if is_unspaced(left) or is_unspaced(right) else " "


def _speaks(char: str) -> bool:
    return char not in _SHARED_MARKS and (not char.isspace() or char == "\u3000")


def unfolded(text: str) -> str:
    """A text on one line: every line break, with the white space beside it, becomes what it means."""
    if "\n" not in text:
        return text
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    made = lines[0] if lines else ""
    for line in lines[1:]:
        made += glue(made, line) + line
    return made


def is_forbidden(char: str) -> bool:
    """Whether no source may hold a character: XML, HTML and JSON cannot carry it, or nobody can see it.

    These are the control characters (C0 without tab, line feed and carriage return; DEL; C1), the halves of
    surrogate pairs, and the noncharacters (Unicode Standard, 23.7).
    """
    code = ord(char)
    return (
        (code < 0x20 and char not in "\t\n\r")
        or 0x7F <= code <= 0x9F
        or 0xD800 <= code <= 0xDFFF
        or 0xFDD0 <= code <= 0xFDEF
        or code & 0xFFFE == 0xFFFE
    )


# Zero-width spaces and joiners, marks of direction, the soft hyphen, fillers, tags of plane 14.
_UNSEEN = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F)),
)


def is_unseen(char: str) -> bool:
    """Whether a character has no shape and no width of its own, or changes the direction of others."""
    return within_blocks(char, _UNSEEN)


def code_point(char: str) -> str:
    """A character by its number: ``U+001B``."""
    return f"U+{ord(char):04X}"


def printable(text: str) -> str:
    """The text on one line of a terminal: what a terminal would obey, or cannot print, is named."""
    return "".join(f"<{code_point(char)}>" if _moves(char) else char for char in text.replace("\n", "⏎"))


def _moves(char: str) -> bool:
    """Whether a character is a control character or changes the direction of what follows."""
    return is_forbidden(char) or char in "\t\r\u2028\u2029" or 0x202A <= ord(char) <= 0x202E


_BREAKS = re.compile(r"[\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """A text on one line as :func:`unfolded` makes it; a tab and what no source may hold become spaces."""
    found = unfolded(_BREAKS.sub("\n", text))
    return "".join(" " if char == "\t" or is_forbidden(char) else char for char in found).strip()
