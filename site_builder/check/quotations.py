"""Whether quoted words are in a text, as far as the rules of quoting leave them unchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from site_builder.language.characters import is_hangul, is_in_spaced_word, join_lines
from site_builder.records import dataclass

# Words left out, or added by the editors: […], …, . . ., [the city], 〔甲〕.
_LEFT_OUT = re.compile(
    r"\s*(?:\[[^\[\]]*\]|〔[^〔〕]*〕|[(（]\s*(?:[…⋯]+|\.{3,})\s*[)）]|[…⋯]+|\.{3,}|\.(?:\s\.){2,})\s*"
)
_CHANGED_LETTER = re.compile(r"\[(\w)\](?=\w)")
_MARKS = re.compile("[“”„‟‘’‚‛'«»‹›「」『』〝〞〟״\"]")
# Accents, and the vowel marks of Hebrew and Arabic: a quotation can leave out those of its last letter.
_SKIPPED = "".join(
    chr(code)
    for first, last in ((0x300, 0x36F), (0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670))
    for code in range(first, last + 1)
)
_SPACES = re.compile(r"\s+")
_AROUND_MARK = re.compile(r' ?" ?')


def is_in(words: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts has the words of a quotation.

    Line breaks and other white space, and the form of quotation marks and apostrophes, make no difference;
    capitals do. Words left out (``…``, ``[…]``), and words that the editors add in brackets, divide a
    quotation: each part must be in the same text, in this order. ``[T]he`` quotes ``the`` or ``The``. A comma
    or full stop before the closing mark need not be in the text. In a script with spaces a quotation is of
    whole words; in Korean it may end before a particle. A quotation without words is in no text.

    >>> text = ["All along the old canal."]
    >>> is_in("[a]ll … the […] canal", text), is_in("the can", text), is_in("the Old", text)
    (True, False, False)
    """
    patterns = [parts for form in _forms(words) for parts in _readings(form) if parts]
    return any(_has_parts(_plain(text), parts) for text in texts for parts in patterns)


def _forms(words: str) -> Iterator[str]:
    """The words, and the words without a final comma or full stop."""
    plain = _plain(words).strip()
    yield plain
    if plain.endswith((",", ".")) and not plain.endswith(".."):
        yield plain[:-1]


@dataclass(frozen=True, slots=True)
class _Part:
    """Words that stand together in a quotation.  ``opens`` and ``closes``: whether they begin and end with
    the beginning and the end of a word, in a script with spaces.
    """

    words: str
    pattern: re.Pattern[str] | None
    """What finds the words, if one of their letters may be another one."""
    opens: bool
    closes: bool

    def end(self, text: str, start: int) -> int:
        """The offset after the first place of the words in a text, from an offset on; -1 if there is none."""
        for first, last in self.spans(text, start):
            if not (self.opens and _within_word(text, first)) and not (
                self.closes and _within_word(text, last) and not is_hangul(text[last])
            ):
                return last
        return -1

    def spans(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        """The places of the words in a text, from an offset on; they can overlap."""
        if self.pattern is None:
            while (start := text.find(self.words, start)) >= 0:
                yield start, start + len(self.words)
                start += 1
        else:
            while found := self.pattern.search(text, start):
                yield found.span()
                start = found.start() + 1


def _within_word(text: str, at: int) -> bool:
    """Whether an offset is within a word of a script with spaces; accents and vowel marks are skipped."""
    before = text[max(0, at - 9) : at].rstrip(_SKIPPED)[-1:]
    after = text[at : at + 9].lstrip(_SKIPPED)[:1]
    return is_in_spaced_word(before) and is_in_spaced_word(after)


def _readings(words: str) -> Iterator[list[_Part]]:
    """The parts of a quotation: all its words, since a text can have … and brackets itself; and the words
    between what is left out or added.
    """
    if any(map(str.isalnum, words)):
        yield [_part(words)]
    letters = _CHANGED_LETTER.sub("\ue000\\1", words)  # a bracket that adds no words
    if letters != words or _LEFT_OUT.search(letters):
        yield list(_parts(letters))


def _parts(words: str) -> Iterator[_Part]:
    start, opens = 0, True
    for found in (*_LEFT_OUT.finditer(words), None):
        end = found.start() if found else len(words)
        part = words[start:end]
        if any(map(str.isalnum, part)):
            yield _part(part, opens=opens, closes=found is None or not found[0].startswith("["))
        if found:
            start, opens = found.end(), not found[0].endswith("]")


def _part(words: str, *, opens: bool = True, closes: bool = True) -> _Part:
    if "\ue000" not in words:
        return _Part(words, None, opens, closes)
    chars = iter(words)
    made = ""
    for char in chars:
        if char == "\ue000":
            letter = next(chars)
            made += f"[{re.escape(letter.lower())}{re.escape(letter.upper())}]"
        else:
            made += re.escape(char)
    return _Part(words, re.compile(made), opens, closes)


def _has_parts(text: str, parts: list[_Part]) -> bool:
    at = 0
    for part in parts:
        at = part.end(text, at)
        if at < 0:
            return False
    return True


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """The text on one line in one spelling: one space for white space, one mark for quotation marks."""
    line = _SPACES.sub(" ", join_lines(unicodedata.normalize("NFC", text)))
    return _AROUND_MARK.sub('"', _MARKS.sub('"', line))
