"""The simple form of YAML, read line by line: the same tree as libyaml's, many times faster.

Simple is what people and this tool write: mappings and lists by indentation or in brackets, single values on
one line, comments.  Anything else, and everything that is wrong, is left to
:mod:`site_builder.source.yamlio.full`: a value on several lines, an empty value, a repeated key, a tag, an
alias, a tab.  So this module reports no problems, and may refuse a text that it could read.
"""

from __future__ import annotations

import re
from functools import cache

from site_builder.language.characters import forbidden
from site_builder.model import Place
from site_builder.source.yamlio.nodes import Mapping, Node, Scalar, Sequence

_DEEPEST = 40
"""Levels.  The limit of a file is higher; :mod:`site_builder.source.yamlio.compose` reports it."""
_BLANKS = re.compile("[\t\r\u2028\u2029\ufeff]")
"""White space and marks that are not simple, because programs read them in different ways."""
_BREAKS = re.compile("[\n\r\u2028\u2029]")
_FIRST = r"""[^ \-?:,\[\]{}#&*!|>'"%@`]"""
"""The first character of a value without quotation marks: none that has a meaning in YAML."""
_QUOTED = r""""(?P<double>(?:[^"\\]|\\["\\]|\\u[0-9A-Fa-f]{4})*)"|'(?P<single>[^']*)'(?!')"""
_KEY = re.compile(rf'(?:(?P<key>{_FIRST}[^:#]*(?::(?=[^ ])[^:#]*)*)|"(?P<quoted>[^"\\]*)" *):(?: +|$)')
_LONGEST_KEY = 200
"""Characters.  libyaml reads no key of more than 1,024."""
_VALUE = re.compile(rf"{_QUOTED}|(?P<plain>{_FIRST}[^:#]*(?:(?::(?=[^ ])|(?<! )#)[^:#]*)*)")
_KEY_IN_BRACKETS = re.compile(rf'(?:(?P<key>{_FIRST}[^ :#,\[\]{{}}?"\']*)|"(?P<quoted>[^"\\]*)") *: +')
_VALUE_IN_BRACKETS = re.compile(
    rf"{_QUOTED}|(?P<plain>{_FIRST}[^:#,\[\]{{}}?]*(?:(?::(?=[^ ,\[\]{{}}?])|(?<! )#)[^:#,\[\]{{}}?]*)*)"
)
_PAIR = re.compile(rf'({_FIRST}[^ :#,\[\]{{}}?"\']*): +"([^"\\]*)"(?:(, *)|\}})')
"""A key and its value as ledgers have them.  It is what the two patterns above find, in one step."""
_NEXT = re.compile(r" *([,\]}]) *")
_COMMENT = re.compile(r" +#.*")
_TIGHT_COMMENT = re.compile(r" *#[^\s#]")
_ESCAPE = re.compile(r'\\(?:(["\\])|u(....))')

# What PyYAML reads a value without quotation marks as.  A test compares all of this with PyYAML.
WORDS = {
    **dict.fromkeys(("yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE"), "a truth value"),
    **dict.fromkeys(("false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF"), "a truth value"),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), "nothing"),
    "<<": "a merge",
    "=": "a default",
}
NUMBER = (
    r"[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
)
_DATE = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?"
    r":[0-9][0-9]:[0-9][0-9](?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?"
)
_BEGINNINGS = frozenset("0123456789+-.")  # of a number or a date


class _NotSimple(Exception):
    """The text is not in the simple form."""


@cache
def _special() -> re.Pattern[str]:
    return re.compile(f"(?P<number>{NUMBER})|(?P<date>{_DATE})")


def reads_as(text: str) -> str:
    """What YAML 1.1 reads a value without quotation marks as, if not as a text: ``"a number"``, ``"a date"``,
    ``"a truth value"`` (``yes``, ``Off``, ``TRUE``), ``"nothing"`` (``~``, ``null``, an empty value),
    ``"a merge"`` (``<<``), ``"a default"`` (``=``); else ``""``.

    >>> reads_as("012"), reads_as("2026-01-31"), reads_as("no"), reads_as(""), reads_as("1.0.2")
    ('a number', 'a date', 'a truth value', 'nothing', '')
    """
    if text[:1] in _BEGINNINGS:
        found = _special().fullmatch(text)
        return "" if found is None else "a number" if found["number"] else "a date"
    return WORDS.get(text, "")


def parse(text: str, path: str) -> Node | None:
    """The tree of a text in the simple form; ``None`` for any other text, whether it is right or wrong.

    The simple form has mappings and lists, by indentation or in brackets, and values on one line, with or
    without quotation marks, and comments.  Not simple are an empty text, an empty value, a value of several
    lines (``|``), a repeated key, a tag, an alias, a tab, and a document mark (``---``).  ``reads_as`` of a
    value is ``"a number"``, ``"a date"`` or a word of :data:`WORDS`.
    """
    if _BLANKS.search(text) or forbidden(text):
        return None
    rows = []
    for row, line in enumerate(text.split("\n"), 1):
        content = line.strip(" ")
        if content and content[0] != "#":
            if line.startswith(("---", "...")):
                return None
            rows.append((len(line) - len(line.lstrip(" ")), content, row))
    reader = _Reader(path, rows)
    try:
        return reader.whole()
    except _NotSimple:
        return None


class _Reader:
    """Reads the rows of one file: each is its indent, its content without it, and its number from 1."""

    def __init__(self, path: str, rows: list[tuple[int, str, int]]) -> None:
        self.path = path
        self.rows = rows
        self.at = 0

    def whole(self) -> Node:
        """The tree of all rows."""
        if not self.rows:
            raise _NotSimple
        found = self.block(0)
        if self.at < len(self.rows):
            raise _NotSimple
        return found

    def block(self, depth: int) -> Node:
        """The list or mapping that begins on the present row."""
        if depth > _DEEPEST:
            raise _NotSimple
        if self.rows[self.at][1].startswith("- "):
            return self.sequence(depth)
        return self.mapping(depth)

    def mapping(self, depth: int) -> Mapping:
        indent, _, first = self.rows[self.at]
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while self.goes_on(indent):
            _, content, row = self.rows[self.at]
            found = _KEY.match(content)
            if found is None:
                raise _NotSimple
            key = found["quoted"] if found["key"] is None else found["key"].rstrip(" ")
            if key in keys or len(key) > _LONGEST_KEY:
                raise _NotSimple
            keys[key] = Place(self.path, row, indent + 1)
            start = found.end()
            if start < len(content) and content[start] != "#":
                items[key] = self.value(start, depth + 1)
                self.at += 1
            else:
                self.at += 1
                items[key] = self.below(indent, depth + 1)
        return Mapping(items, keys, Place(self.path, first, indent + 1))

    def below(self, indent: int, depth: int) -> Node:
        """The value of a key on the rows below it."""
        if self.at < len(self.rows):
            below, content, _ = self.rows[self.at]
            if below > indent or (below == indent and content.startswith("- ")):
                return self.block(depth)
        raise _NotSimple  # an empty value

    def sequence(self, depth: int) -> Sequence:
        indent, _, first = self.rows[self.at]
        items = []
        while self.goes_on(indent):
            _, content, row = self.rows[self.at]
            if not content.startswith("- "):
                break
            inner = content[1:].lstrip(" ")
            start = len(content) - len(inner)
            if inner.startswith("- ") or _begins_mapping(inner):
                self.rows[self.at] = indent + start, inner, row
                items.append(self.block(depth + 1))
            else:
                items.append(self.value(start, depth + 1))
                self.at += 1
        return Sequence(tuple(items), Place(self.path, first, indent + 1))

    def goes_on(self, indent: int) -> bool:
        """Whether the present row belongs to a block with this indent; a deeper row belongs to none."""
        if self.at == len(self.rows):
            return False
        here = self.rows[self.at][0]
        if here > indent:
            raise _NotSimple
        return here == indent

    def value(self, start: int, depth: int) -> Node:
        """The value that fills the rest of the present row, and further rows if it is in brackets.

        Only a comment may follow it.  The present row is then the last row of the value.
        """
        indent, content, row = self.rows[self.at]
        found: Node
        if content[start] in "[{":
            found, end = self.brackets(start, depth, indent)
            content = self.rows[self.at][1]
        else:
            match = _VALUE.match(content, start)
            if match is None:
                raise _NotSimple
            found, end = self.scalar(match, indent, row), match.end()
        if end < len(content) and not (
            _COMMENT.fullmatch(content, end) or (content[end] == "#" and content[end - 1] == " ")
        ):
            raise _NotSimple
        if isinstance(found, Scalar) and not found.quoted and _TIGHT_COMMENT.match(content, end):
            raise _NotSimple  # it may be a part of the value, and is reported
        return found

    def scalar(self, match: re.Match[str], indent: int, row: int) -> Scalar:
        """The single value of a match."""
        column = indent + match.start() + 1
        place = Place(self.path, row, column)
        text = match["plain"]
        if text is not None:
            text = text.rstrip(" ")
            return Scalar(text, reads_as(text), False, place, place)
        text = match["double"]
        if text is None:
            text = match["single"]
        elif "\\" in text:
            text = _unescaped(text)
        return Scalar(text, "", True, place, Place(self.path, row, column + 1))

    def brackets(self, start: int, depth: int, outer: int) -> tuple[Mapping | Sequence, int]:
        """The list or mapping in brackets that begins at ``start`` of the present row, and where it ends.

        :param outer: the indent of the row on which the outermost brackets begin.
        """
        if depth > _DEEPEST:
            raise _NotSimple
        indent, content, row = self.rows[self.at]
        place = Place(self.path, row, indent + start + 1)
        if content[start] == "[":
            return self.list_in_brackets(start + 1, depth, outer, place)
        return self.mapping_in_brackets(start + 1, depth, outer, place)

    def list_in_brackets(self, at: int, depth: int, outer: int, place: Place) -> tuple[Sequence, int]:
        values = []
        at, closed = self.opened(at, "]")
        while not closed:
            value, at = self.in_brackets(at, depth, outer)
            values.append(value)
            at, closed = self.after_value(at, "]", outer)
        return Sequence(tuple(values), place), at

    def mapping_in_brackets(self, at: int, depth: int, outer: int, place: Place) -> tuple[Mapping, int]:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        path = self.path
        at, closed = self.opened(at, "}")
        while not closed:
            indent, content, row = self.rows[self.at]
            pair = _PAIR.match(content, at)
            if pair is not None:
                key, text, another = pair.groups()
                column = indent + pair.start(2)
                value: Node = Scalar(text, "", True, Place(path, row, column), Place(path, row, column + 1))
                end, closed = pair.end(), another is None
            else:
                key, end = _key_in_brackets(content, at)
                value, end = self.in_brackets(end, depth, outer)
            if key in keys or len(key) > _LONGEST_KEY:
                raise _NotSimple
            keys[key] = Place(path, row, indent + at + 1)
            items[key] = value
            at = end
            if pair is None:
                at, closed = self.after_value(end, "}", outer)
            elif not closed:
                at = self.goes_on_below(end, outer)
        return Mapping(items, keys, place), at

    def in_brackets(self, at: int, depth: int, outer: int) -> tuple[Node, int]:
        """A value within brackets, and where it ends."""
        indent, content, row = self.rows[self.at]
        match = _VALUE_IN_BRACKETS.match(content, at)
        if match is not None:
            return self.scalar(match, indent, row), match.end()
        if content.startswith(("[", "{"), at):
            return self.brackets(at, depth + 1, outer)
        raise _NotSimple

    def opened(self, at: int, closing: str) -> tuple[int, bool]:
        """Where the first value within brackets begins; or where empty brackets end, and ``True``."""
        content = self.rows[self.at][1]
        while content.startswith(" ", at):
            at += 1
        return (at + 1, True) if content.startswith(closing, at) else (at, False)

    def after_value(self, at: int, closing: str, outer: int) -> tuple[int, bool]:
        """Where the next value within brackets begins; or where the brackets end, and ``True``."""
        found = _NEXT.match(self.rows[self.at][1], at)
        if found is None or found[1] not in (",", closing):
            raise _NotSimple
        if found[1] != ",":
            return found.end(1), True
        return self.goes_on_below(found.end(), outer), False

    def goes_on_below(self, at: int, outer: int) -> int:
        """``at``, after a comma, or the beginning of the next row if the comma ends its row."""
        if at < len(self.rows[self.at][1]):
            return at
        self.at += 1
        if self.at == len(self.rows) or self.rows[self.at][0] <= outer:
            raise _NotSimple
        return 0


def _key_in_brackets(content: str, at: int) -> tuple[str, int]:
    """A key within brackets, and where its value begins."""
    found = _KEY_IN_BRACKETS.match(content, at)
    if found is None:
        raise _NotSimple
    return found["quoted"] if found["key"] is None else found["key"], found.end()


def _begins_mapping(content: str) -> bool:
    return (": " in content or content[-1] == ":") and _KEY.match(content) is not None


def _unescaped(text: str) -> str:
    """A text in double quotation marks without its escapes."""
    found = _ESCAPE.sub(lambda escape: escape[1] or chr(int(escape[2], 16)), text)
    if forbidden(found) or _BREAKS.search(found):
        raise _NotSimple
    return found
