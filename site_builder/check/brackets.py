"""Finds brackets and quotation marks without their other half."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from site_builder.language.rules import CONTINUED
from site_builder.model import Heading, Passage

# Numbers of the parts of a sentence before ）: 1 ① 一 a iv 甲.  A Chinese numeral must begin its words.
_NUMBER = re.compile(
    r"(?:(?<![0-9０-９A-Za-z])(?:[0-9０-９]{1,3}|[A-Za-z]|[ivxIVX]{1,5})|[①-⑳㈠-㈩]"
    r"|(?:^|[\s，。；：、！？（「『—…])(?:[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸]))$"
)
_Open = tuple[int, int, str]
"""Number of the paragraph, offset, bracket."""


def runs(blocks: Iterable[Heading | Passage]) -> Iterator[list[Heading | Passage]]:
    """Parts of a text that a quotation can span: passages without a heading between, or one heading.

    They are in the order of the text; no blocks give no parts.
    """
    for heading, found in groupby(blocks, key=lambda block: isinstance(block, Heading)):
        run = list(found)
        yield from ([block] for block in run) if heading else [run]


def unbalanced(paragraphs: Sequence[str], pairs: Mapping[str, str]) -> list[tuple[int, int]]:
    """The brackets of some paragraphs without their other half: (index of the paragraph, offset), in order.

    Each bracket must close in its own paragraph, except quotation marks: if the next paragraph begins with
    the same mark, the quotation continues there. A ``）`` after a number (``1）``) needs no other half. Only
    the marks in ``pairs`` are checked.

    :param pairs: closing → opening mark, as :class:`site_builder.language.rules.Rules` says.

    >>> unbalanced(["甲（乙", "1）丙"], {"）": "（"})
    [(0, 1)]
    """
    wrong: list[_Open] = []
    opened: list[_Open] = []
    for number, text in enumerate(paragraphs):
        start, opened = _continued(text, opened, wrong)
        _paragraph(number, text, start, opened, pairs, wrong)
        opened = _kept(opened, wrong)
    return sorted((number, offset) for number, offset, _ in [*wrong, *opened])


def _continued(text: str, opened: list[_Open], wrong: list[_Open]) -> tuple[int, list[_Open]]:
    """The offset after the marks that continue open quotations, and the quotations that continue."""
    at = len(text) - len(text.lstrip())
    going = 0
    while going < len(opened) and text[at : at + 1] == opened[going][2]:
        at, going = at + 1, going + 1
    wrong += opened[going:]
    return at, opened[:going]


def _paragraph(
    number: int, text: str, start: int, opened: list[_Open], pairs: Mapping[str, str], wrong: list[_Open]
) -> None:
    """Open and close the brackets of one paragraph."""
    openers = set(pairs.values())
    waiting = Counter(char for _, _, char in opened)
    for mark in _marks("".join((*pairs, *openers))).finditer(text, start):
        at, char = mark.start(), mark[0]
        if char in openers:
            opened.append((number, at, char))
            waiting[char] += 1
        elif char in pairs:
            if waiting[pairs[char]]:
                while (last := opened.pop())[2] != pairs[char]:
                    waiting[last[2]] -= 1
                    wrong.append(last)
                waiting[last[2]] -= 1
            elif char not in "）〕］" or not _NUMBER.search(text[max(0, at - 8) : at]):
                wrong.append((number, at, char))


@cache
def _marks(chars: str) -> re.Pattern[str]:
    """What finds some characters in a text."""
    return re.compile(f"[{re.escape(chars)}]" if chars else "(?!)")


def _kept(opened: list[_Open], wrong: list[_Open]) -> list[_Open]:
    """The quotations that can stay open at the end of a paragraph: those in no other bracket."""
    keep = 0
    while keep < len(opened) and opened[keep][2] in CONTINUED:
        keep += 1
    wrong += opened[keep:]
    return opened[:keep]
