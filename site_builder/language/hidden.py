"""Invisible characters: whether one is right at its place, a review, or an error.

This depends on the code point and, for format characters, on the category.  A code point that the running
Python does not know yet (category Cn) is accepted in the planes that Unicode allocates (0, 1, 2, 3, 14),
since a later version can assign it.  So every version of Python gives the same result.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from site_builder.language.characters import FORBIDDEN, is_forbidden, within_blocks
from site_builder.records import dataclass, replace

# Scripts in which joiners change the form of letters: Arabic, Syriac, N'Ko, Mandaic, those of India and
# Sri Lanka, Myanmar, Mongolian, Khmer, Tibetan and others of plane 1 (Unicode Standard, 23.2).
_JOINING = (
    *((0x0600, 0x07FF), (0x0840, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1CFF)),
    *((0xA800, 0xA9DF), (0xAA00, 0xAADF), (0xABC0, 0xABFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    *((0x10A00, 0x10FFF), (0x11000, 0x11FFF), (0x1E800, 0x1E95F)),
)
# Scripts without spaces between words, in which a zero-width space shows where a line may break.
_BREAKING = ((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19FF), (0xAA00, 0xAADF))
_PICTURES = (
    *((0x00A9, 0x00AE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2139), (0x2190, 0x2BFF)),
    *((0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3299), (0xFE0F, 0xFE0F), (0x1F000, 0x1FAFF)),
)
# Visible characters of category Cf: number signs of Arabic, Syriac, Kaithi, and joined hieroglyphs.
_SEEN = (
    *((0x0600, 0x0605), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2)),
    *((0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1345F)),
)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
_SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_TAGS = ((0xE0020, 0xE007F),)
_ISOLATES = frozenset("\u2066\u2067\u2068")
_END_OF_ISOLATE = "\u2069"
_DIRECTIONS = frozenset("\u061c\u200e\u200f")
_ZWNJ, _ZWJ, _ZWSP = "\u200c", "\u200d", "\u200b"
# Letters without a form: a joiner that is not seen, fillers of Korean, inherent vowels of Khmer.
_FILLERS = ((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x3164, 0x3164), (0xFFA0, 0xFFA0))
_JAMO = ((0x1100, 0x11FF), (0xA960, 0xA97C), (0xD7B0, 0xD7FB))
_COMPATIBLE = ((0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
_REMOVE = "remove the character"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The problem of a character at its place; ``error`` is true if the text is damaged."""

    message: str
    hint: str
    error: bool = False


def name(char: str) -> str:
    """``U+200B ZERO WIDTH SPACE``: the code point, and the name if there is one; ``U+0009`` for a tab."""
    code = ord(char)
    kind = unicodedata.name(char, "")
    return f"U+{code:04X} {kind}".strip()


# Format characters (general category Cf) of Unicode 16.0; a test compares them with unicodedata.
_FORMAT = (
    *((0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891)),
    *((0x8E2, 0x8E2), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F)),
    *((0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1345F)),
    *((0x1BCA0, 0x1BCAF), (0x1D173, 0x1D17A), (0xE0000, 0xE007F)),
)
_OTHERS = ((0x9, 0x9), (0x2028, 0x2029), (0xFFFD, 0xFFFD))
_NEAR = [
    pair for pair in (*FORBIDDEN, *_FORMAT, *_FILLERS, *_OTHERS, *_PRIVATE, *_SELECTORS) if pair[1] < 0x10000
]
_SUSPECT = re.compile(
    "[" + "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in _NEAR) + "\U00010000-\U0010ffff]"
)
"""The characters that can have a problem: those of plane 0, and all others."""


def verdicts(text: str) -> Iterator[tuple[int, Verdict]]:
    """The offset of each character that has a problem at its place, in order, and the problem; nothing for a
    text without such characters. Which these are, :func:`verdict` says.

    >>> [(at, found.message, found.error) for at, found in verdicts(f"a{chr(9)}b c")]
    [(1, 'a text must not contain a tab: U+0009', True)]
    """
    for found in _SUSPECT.finditer(text):
        wrong = verdict(text, found.start())
        if wrong is not None:
            yield found.start(), wrong


def in_words(text: str, lost: str) -> Iterator[tuple[int, Verdict]]:
    """As :func:`verdicts`, for words of the editors: only U+FFFD is an error, and a tab is a space.

    :param lost: the hint for U+FFFD.
    """
    for at, found in verdicts(text):
        if text[at] == "\ufffd":
            yield at, replace(found, hint=lost)
        elif text[at] != "\t":
            hint = f"{found.hint}; if it is meant, add an answer to annotations/reviews.yaml"
            yield at, replace(found, hint=hint, error=False)


def verdict(text: str, at: int) -> Verdict | None:
    """The problem of ``text[at]`` at its place, or ``None`` if it is right.

    Printable ASCII, line feeds, carriage returns, and spaces of any width are right. A tab, any other control
    character, U+2028, U+2029 and U+FFFD are errors. Reviews are a private-use character, a code point of an
    unassigned plane, a variation selector at the beginning or after white space, and an invisible character
    that its script does not need there. Of a right-to-left text, a joiner or an emoji, such characters are
    right where they have a function.

    A zero-width space (U+200B) is such an invisible character, not a space; so is a soft hyphen (U+00AD).
    The message ends with the character: ``a text should contain no invisible character: U+200B ZERO WIDTH
    SPACE``.
    """
    char = text[at]
    if char == "\n" or (char.isascii() and char.isprintable()):
        return None
    damage = _damage(char)
    if damage:
        return Verdict(message=damage[0], hint=damage[1], error=True)
    if within_blocks(char, _PRIVATE):
        return Verdict(
            message=f"a private-use character has a meaning only in its own font: {name(char)}",
            hint="write the Unicode character, or a description such as ⿰木木",
        )
    if within_blocks(char, _SELECTORS):
        if at and not text[at - 1].isspace():
            return None
        return _unseen(char, "a variation selector must follow a character")
    if 0x40000 <= ord(char) <= 0xDFFFF:
        message = f"a text should contain no code point from an unassigned plane: {name(char)}"
        return Verdict(message=message, hint="check the encoding of the source")
    unseen = unicodedata.category(char) == "Cf" or within_blocks(char, _FILLERS)
    if not unseen or within_blocks(char, _SEEN) or _is_needed(text, at):
        return None
    return _unseen(char, "a text should contain no invisible character")


def _unseen(char: str, message: str) -> Verdict:
    return Verdict(message=f"{message}: {name(char)}", hint=_REMOVE)


def _damage(char: str) -> tuple[str, str] | None:
    """Message and hint for a character that no text can contain."""
    if char == "\ufffd":
        hint = "copy the character from the source; if it is illegible, write □ and note it with 'kind: lost'"
        return "U+FFFD shows that a character was lost in decoding", hint
    if char == "\t":
        return "a text must not contain a tab: U+0009", "write a space"
    if is_forbidden(char) or char in "\u2028\u2029":
        return f"a text must not contain a control character: {name(char)}", "remove the character"
    return None


def _is_needed(text: str, at: int) -> bool:
    """Whether a format character has a function at its place."""
    char, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    beside = [side for side in (before, after) if side]
    if char in (_ZWJ, _ZWNJ) and any(within_blocks(side, _JOINING) for side in beside):
        return True
    if char == _ZWJ:
        skin = bool(before) and 0x1F3FB <= ord(before) <= 0x1F3FF
        return (len(beside) == 2 and all(within_blocks(side, _PICTURES) for side in beside)) or skin
    if char == "\u034f":
        return any(unicodedata.category(side).startswith("M") for side in beside)
    if char in "\u115f\u1160":
        return any(within_blocks(side, _JAMO) for side in beside)
    if char == _ZWSP:
        return any(within_blocks(side, _BREAKING) for side in beside)
    if within_blocks(char, _TAGS):
        return "\U0001f3f4" in text[:at]
    if char in _DIRECTIONS:
        return _runs_left(text)
    if char in _ISOLATES or char == _END_OF_ISOLATE:
        return _runs_left(text) and _balanced(text)
    return False


@lru_cache(maxsize=8)
def _runs_left(text: str) -> bool:
    """Whether a text contains letters of a right-to-left script."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") and char not in _DIRECTIONS for char in text)


@lru_cache(maxsize=8)
def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in _ISOLATES) - (char == _END_OF_ISOLATE)
        if depth < 0:
            return False
    return depth == 0


def not_normal(text: str) -> Iterator[tuple[int, str, str]]:
    r"""The places where a text is not in normal form C: offset, message and hint; none if it is in form C.

    Normalization would replace a compatibility ideograph by another form of the character, so each one is
    reported.  Of all other characters only the first place is, because normalization keeps their look: that
    of the first character that differs in form C, such as the letter before an accent.

    The compatibility ideographs come first, each with a hint that names the character to write.

    >>> list(not_normal("e\u0301"))
    [(0, 'a text should be in Unicode normal form C (NFC)', 'convert the line to NFC')]
    """
    if unicodedata.is_normalized("NFC", text):
        return
    for at, char in enumerate(text):
        if within_blocks(char, _COMPATIBLE) and not unicodedata.is_normalized("NFC", char):
            plain = unicodedata.normalize("NFC", char)
            message = f"programs replace {char} ({name(char)}) with {plain} (U+{ord(plain):04X})"
            yield at, message, f"write {plain}, or {plain} with a variation selector"
    rest = "".join(" " if within_blocks(char, _COMPATIBLE) else char for char in text)
    if not unicodedata.is_normalized("NFC", rest):
        made = unicodedata.normalize("NFC", rest)
        at = next((i for i, (a, b) in enumerate(zip(rest, made, strict=False)) if a != b), 0)
        yield (
            at,
            "a text should be in Unicode normal form C (NFC)",
            "convert the line to NFC",
        )
