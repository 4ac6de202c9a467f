"""Characters of Chinese input methods and word processors that look like marks of YAML.

Examples are the full-width colon, the space U+3000, and full-width brackets, quotation marks and hyphens.
The YAML parser reports them late, at another place or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_BLANKS = "\u00a0\u3000\u2002\u2003\u2007\u2009\u202f\u200b"
_MEANT = {
    "：": ":",
    "﹕": ":",
    "∶": ":",
    "［": "[",
    "【": "[",
    "〔": "[",
    "］": "]",
    "｛": "{",
    "｝": "}",
    "“": '"',
    "”": '"',
    "„": '"',
    "＂": '"',
    "‘": "'",
    "’": "'",
    "＇": "'",
    "＃": "#",
    "，": ",",
    "－": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "｜": "|",
    "＞": ">",
    **dict.fromkeys(_BLANKS, " "),
}
_KEY = r"[A-Za-z_][\w.~+-]*"
_START = r"(?:^[ \t]*(?:- +)*|[\[{,] *)"
_PATTERNS = (
    rf"{_START}['\"]?{_KEY}['\"]?[ \t]*(?P<mark>[：﹕∶])",
    rf"{_START}{_KEY}:(?P<mark>[{_BLANKS}])",
    rf"{_START}{_KEY}(?P<mark>[{_BLANKS}])+(?::|$)",
    rf"^[ \t]*-?(?P<mark>[{_BLANKS}])",
    r"^[ \t]*(?P<mark>[－–—−‐])(?:[ \t]|[" + _BLANKS + "])",
    rf"(?:{_START}|{_KEY}: *)(?P<mark>[［【〔｛])",
    rf"(?:{_START}|{_KEY}: *)(?P<mark>[“”„＂‘’＇])",
    rf"{_KEY}: *(?P<mark>[｜＞])[+-]?$",
    r"(?:^|[ \t])(?P<mark>＃)",
    r"[\[{][^\]}]*(?P<mark>[，])",
    r"[\[{][^\]}]*(?P<mark>[］｝])",
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns.  They are compiled when the first problem asks for them."""
    return tuple(map(re.compile, _PATTERNS))


def found(line: str) -> Iterator[int]:
    """The offsets of characters in a line that are probably meant as marks of YAML, each once.

    They are ordered by the kind of mark, not by place.  A full-width mark within a value is not found, except
    for a comma and a closing bracket after ``[`` or ``{``, which are meant as marks of a list.  Of quotation
    marks only the opening one is found.

    >>> list(found("name：深度")), list(found("name: 深，度")), list(found("cells: [a，b]"))
    ([4], [], [9])
    """
    marks = (match.start("mark") for pattern in _patterns() for match in pattern.finditer(line))
    yield from dict.fromkeys(marks)


def explain(mark: str) -> tuple[str, str]:
    """Message and hint for a character that :func:`found` finds.

    White space is named by its code point alone: ``the space U+3000 is used in place of a space``,
    ``write a space``.  For the marks of a key and of a list (``:``, ``-``) the hint ends in
    ``followed by a space``, for others it does not.

    >>> explain("：")
    ("'：' (U+FF1A) is used in place of ':'", "write ':' followed by a space")
    >>> explain("，")
    ("'，' (U+FF0C) is used in place of ','", "write ','")

    :raises KeyError: for any other character.
    """
    meant = _MEANT[mark]
    shown = "a space" if meant == " " else f"'{meant}'"
    number = f"U+{ord(mark):04X}"
    what = f"the space {number}" if mark in _BLANKS else f"'{mark}' ({number})"
    tail = " followed by a space" if meant in ":-" else ""
    return f"{what} is used in place of {shown}", f"write {shown}{tail}"
