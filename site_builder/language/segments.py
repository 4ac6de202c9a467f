"""Where the sentences of a plain text end.

The rule is that of Unicode (UAX 29, sentence boundaries: STerm, ATerm, Close, SContinue), with three changes:
no sentence ends within a pair of brackets or quotation marks; abbreviations, initials and ordinals of the
language are known; and in Chinese and Japanese a stop needs no space after it, and a half-width one ends a
sentence only after a character of these languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from site_builder.language.characters import is_han_or_kana
from site_builder.language.pairs import Paired
from site_builder.language.rules import Abbreviations

FULL_WIDTH = "。！？｡"
"""Stops that need no space after them."""
_HALF_WIDTH = "!?‼⁇⁈⁉"
"""Stops of Western texts that are typed in Chinese and Japanese as well."""
_DOTS = "．."
_SPACED = ".!?…‼⁇⁈⁉‽"
"""Stops after which a sentence ends only before white space."""
_OTHER = "։؝؞؟۔܀܁܂߹।॥၊။።፧፨᙮។៕᠃᠉᥄᥅᱾᱿⸮꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫"
"""Stops of other scripts (STerm, Unicode 16.0, plane 0, as far as they are in use)."""
STOPS = FULL_WIDTH + _SPACED + _OTHER + "．"
"""The marks that end a sentence in some language."""
_FULL_RUN = re.compile(f"[{FULL_WIDTH}]+")
_CONTINUES = frozenset(",،;:؛、，：；-–—/|")
_CLOSERS = frozenset("”’»›“‘\"'״)]}』」）］")
_BEFORE_WORD = frozenset("“”‘’„‚«»‹›\"'״([{¿¡「『（*_")
_WORD = re.compile(r"[^\s“”‘’„‚«»‹›\"'(\[{¿¡「『（—–/]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_NUMBER = re.compile(r"\d{1,3}|[ivxIVX]{1,5}|[A-Za-z]")
_LISTED = re.compile(r"[\d〇一二三四五六七八九十]{1,3}")
_DATE = re.compile(r"\d{1,2}\.\s|\d{4}\b")
_COUNT = re.compile(r"\d|[IVXLC]+\b|[A-Za-z]\b")


def breaks(
    text: str, paired: Paired, abbreviations: Abbreviations, *, spaced: bool, stops: str = ""
) -> tuple[int, ...]:
    """The offsets at which one sentence of a text ends and another follows, in order.

    An offset is that after the stop and the marks that close after it; white space is not before it.  The end
    of the last sentence is left out.

    :param paired: the brackets and quotation marks of the text, in which no sentence ends.
    :param spaced: whether ``.``, ``!`` and ``?`` before white space end sentences.
    :param stops: further marks that end sentences in the language.
    """
    depths = paired.depths(len(text))
    if spaced:
        found = {run.end() for run in _FULL_RUN.finditer(text) if not depths[run.end() - 1]}
        found |= set(_spaced_ends(text, paired, depths, abbreviations, stops))
    else:
        found = set(_unspaced_ends(text, depths, stops))
    last = len(text.rstrip())
    return tuple(end for end in sorted(found) if end < last)


@cache
def _run(stops: str) -> re.Pattern[str]:
    """What finds a stop, or several in a row."""
    return re.compile(f"[{re.escape(stops)}]+")


def _unspaced_ends(text: str, depths: list[int], stops: str) -> Iterator[int]:
    start = 0  # of the present sentence
    for run in _run(FULL_WIDTH + _HALF_WIDTH + stops).finditer(text):
        if depths[run.end() - 1]:
            continue
        if _FULL_RUN.search(run[0]) or _ends_unspaced(text, run, start):
            yield run.end()
            start = run.end()


def _ends_unspaced(text: str, run: re.Match[str], start: int) -> bool:
    """Whether half-width stops, or the full-width dot, end a sentence of Chinese or Japanese."""
    if not run.start():
        return False
    before, after = text[run.start() - 1], text[run.end() : run.end() + 1]
    if run[0].strip(_DOTS):
        return is_han_or_kana(before) or before in _CLOSERS
    if len(run[0]) > 1 or (after.isascii() and after.isalnum()) or after.isdigit():
        return False  # an omission, a decimal, an address
    if _LISTED.fullmatch(text[start : run.start()].strip()):
        return False  # the number of an item in a list
    return is_han_or_kana(before) or before in _CLOSERS or (run[0] == "．" and before.isdigit())


def _spaced_ends(
    text: str, paired: Paired, depths: list[int], known: Abbreviations, stops: str
) -> Iterator[int]:
    closers = {end for _, end in paired.spans}
    every = _run(_SPACED + _OTHER + stops)
    start = 0  # of the present sentence
    for run in every.finditer(text):
        end = _after_closers(text, run.end(), depths[run.end() - 1], closers)
        if end is None or not _is_end(text, run, start, end, known):
            continue
        yield end
        start = end


def _after_closers(text: str, at: int, depth: int, closers: set[int]) -> int | None:
    """The offset after the marks that close after a stop; ``None`` if the stop is within a pair."""
    while depth:
        ahead = at + len(text[at:]) - len(text[at:].lstrip()) if text[at : at + 1].isspace() else at
        if ahead not in closers:
            return None
        at, depth = ahead + 1, depth - 1
    while text[at : at + 1] and text[at] in _CLOSERS:
        at += 1
    return at


def _is_end(text: str, run: re.Match[str], start: int, end: int, known: Abbreviations) -> bool:
    rest = text[end : end + 80]
    if not rest or (run[0][-1] not in _OTHER and not rest[0].isspace()):
        return False
    ahead = rest.lstrip()
    if not ahead or ahead[0] in _CONTINUES or ahead[0] in _SPACED + _OTHER:
        return False
    word = ahead.lstrip("".join(_BEFORE_WORD))
    if word[:1].islower():
        return False
    if run[0] == ".":
        return not _is_abbreviation(text[start : run.start()], word, ahead, known)
    is_caseless = word[:1].isalpha() and not word[:1].isupper()
    return not (is_caseless and ("…" in run[0] or run[0].endswith("..")))


def _is_abbreviation(before: str, word: str, ahead: str, known: Abbreviations) -> bool:
    """Whether a full stop ends an abbreviation, initials or a number, and no sentence.

    :param before: the sentence up to the stop.
    :param word: the text after it, from the first letter or digit on.
    :param ahead: the same with its opening marks.
    """
    found = _WORD.search(before)
    last = found[0] if found else ""
    if not last:
        return False
    if _NUMBER.fullmatch(before.strip()):
        return True  # the number of an item in a list
    lower = last.lower()
    counted = bool(_COUNT.match(word))
    next_word = re.match(r"[^\W\d_]*", word)
    starts = next_word is not None and next_word[0].lower() in known.starters
    if lower in known.fixed or (lower in known.counted and counted):
        return True
    if lower in known.named:
        return not starts
    if lower in known.final:
        return ahead[0] in "([" or word[:1].isdigit()
    if _INITIALS.fullmatch(last):
        return not starts
    is_ordinal = known.ordinals and last.isdigit() and len(last) <= 2
    return is_ordinal and not starts and (word[:1].isupper() or _DATE.match(word) is not None)
