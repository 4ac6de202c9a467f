"""What an error of the YAML parser means for a person who writes the file.

libyaml reports the position at which it gives up, in terms of its grammar.  The cause is often on another
line: a quotation mark that is not closed, a tab, a colon inside a value.  This module names the cause, its
position, and the line as it must be written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from site_builder.records import dataclass

_NAME = r"""(?P<key>"[^"]*"|'[^']*'|[^\s:\[{"'#-][^:]*):\s+"""
_KEY = re.compile(rf"(?P<before>\s*(?:- +)*){_NAME}(?P<value>\S.*?)\s*")
_NO_SPACE = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?P<value>\S.*)")
_CLOSED = re.compile(rf"""\s*(?P<entry>- +)*(?:{_NAME})?(?P<value>["'\[{{].*?)\s*""")
"""A value that begins with a quotation mark or a bracket."""
_TEXT_AFTER_QUOTE = "a quoted value must end with its quotation mark; here text follows it"
_INSIDE = {'"': re.compile(r'(?:[^"\\]|\\.)*', re.DOTALL), "'": re.compile(r"(?:[^']|'')*")}
"""What a quotation mark begins, up to its closing one."""
_KEY_OR_ENTRY = re.compile(r"\s*(?:- |[^\s:\[{\"'#-][^:]*:(?:\s|$))")
_INDENT = re.compile(r" *(?:- +)*")
_CLOSING = {"[": "]", "{": "}"}
_QUOTED = r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'"""
_CLOSED_IN_COMMENT = re.compile(rf"""(?:{_QUOTED}|[^\]}}#"'])*\s(?P<comment>#[^\]}}]*[\]}}].*?)\s*""")
_BRACKET = re.compile(rf"(?s:{_QUOTED})|(?<!\S)#.*|(?P<bracket>[\[\]{{}}])")
"""A bracket, or what can contain one that is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParserError:
    """What libyaml reports.

    ``problem`` is its message, ``row`` and ``column`` the position, ``start`` the position at which the
    construct begins, if the parser names one.  All of them are counted from 0.
    """

    problem: str
    row: int
    column: int
    start: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """The cause of an error: its position (from 0), the message and the hint."""

    row: int
    column: int
    message: str
    hint: str


def cause(error: ParserError, lines: Sequence[str]) -> Cause:
    """The most likely cause of a parser error in a file of these lines; there is always one.

    Its position can be above that of the error.  A tab in the indent of the line is always the cause:
    ``a YAML line must not be indented with a tab``.  Other messages are ``a value that contains ': ' must be
    in quotation marks``, ``the quotation mark is not closed``, ``the indentation does not match the lines
    above``.  An error that is not known gives ``the file is not valid YAML here``, at its position.
    """
    found = _tab(error, lines) or _quote_of_a_line_above(error, lines)
    if found is not None:
        return found
    for part, explain in _EXPLAINED.items():
        if part in error.problem:
            return explain(error, lines)
    return _other(error, lines)


def _at(error: ParserError, message: str, hint: str) -> Cause:
    return Cause(row=error.row, column=error.column, message=message, hint=hint)


def _at_start(error: ParserError, message: str, hint: str) -> Cause:
    row, column = error.start or (error.row, error.column)
    return Cause(row=row, column=column, message=message, hint=hint)


def _line(lines: Sequence[str], row: int) -> str:
    return lines[row] if 0 <= row < len(lines) else ""


def _char(error: ParserError, lines: Sequence[str]) -> str:
    """The character at which the construct begins, or at which the parser stopped."""
    row, column = error.start or (error.row, error.column)
    return _line(lines, row)[column : column + 1]


def _tab(error: ParserError, lines: Sequence[str]) -> Cause | None:
    line = _line(lines, error.row)
    lead = line[: len(line) - len(line.lstrip())]
    if "\t" not in lead:
        return None
    message = "a YAML line must not be indented with a tab"
    return Cause(
        row=error.row, column=lead.index("\t"), message=message, hint="write spaces in place of the tab"
    )


def _quote_of_a_line_above(error: ParserError, lines: Sequence[str]) -> Cause | None:
    """A quotation mark of a line above, if the value that it begins ends on the line of the error.

    If there are keys or entries within the value, the mark is not closed; else text follows the value.
    """
    for row in range(error.row - 1, -1, -1):
        found = _CLOSED.fullmatch(_line(lines, row))
        if found is None or found["value"][0] in _CLOSING:
            continue
        mark, start = found["value"][0], found.start("value")
        rest = _line(lines, row)[start + 1 :]
        if rest[_inside(mark, rest) :].startswith(mark):
            continue  # it is closed on its own line
        text = "\n".join([rest, *lines[row + 1 : error.row], _line(lines, error.row)])
        between = text[: _inside(mark, text)].split("\n")[1:]
        if len(between) < error.row - row:
            return None  # it is closed above the error
        if not any(map(_KEY_OR_ENTRY.match, between)):
            return _at(error, _TEXT_AFTER_QUOTE, "move the text before the quotation mark, or remove it")
        hint = f"add {mark} at the end of the text"
        return Cause(row=row, column=start, message="the quotation mark is not closed", hint=hint)
    return None


def _inside(mark: str, text: str) -> int:
    """How many characters of a text are in quotation marks, if the opening one is before it."""
    found = _INSIDE[mark].match(text)
    return found.end() if found is not None else 0


def quoted(line: str) -> str:
    """The line ``key: value`` with its value in double quotation marks; ``""`` if the line is another.

    The indent and ``- `` are removed.  Quotation marks around the value are replaced.

    >>> quoted("  - title: a: b"), quoted("title:")
    ('title: "a: b"', '')
    """
    found = _KEY.fullmatch(line)
    if found is None:
        return ""
    return f"{found['key']}: {json.dumps(_bare(found['value']), ensure_ascii=False)}"


def _bare(value: str) -> str:
    """A value without the quotation marks around it; ``"a", "b"`` has none around both."""
    inside = value[1:-1]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        pairs = inside.count(value[0])
        return value if pairs and pairs % 2 == 0 else inside
    return value


def _quote_hint(line: str) -> str:
    whole = quoted(line)
    return f"write {whole}" if whole else "put the value in quotation marks"


def _colon(error: ParserError, lines: Sequence[str]) -> Cause:
    """A colon where no key may be: in a value, in a line with a wrong indent, or below a line without one."""
    line = _line(lines, error.row)
    found = _KEY.fullmatch(line)
    if found is not None and ": " in found["value"]:
        message = "a value that contains ': ' must be in quotation marks"
        return _at(error, message, _quote_hint(line))
    above = next((row for row in range(error.row - 1, -1, -1) if _line(lines, row).strip()), -1)
    if above >= 0 and not re.search(r":(\s|$)", _line(lines, above)):
        return _key_without_colon(above, lines)
    return _indent(error, lines)


def _key_without_colon(row: int, lines: Sequence[str]) -> Cause:
    line = _line(lines, row)
    column = len(line) - len(line.lstrip())
    found = _NO_SPACE.fullmatch(line)
    if found is not None:
        return Cause(
            row=row,
            column=found.start("value"),
            message="a space is missing after the colon",
            hint=f"write {found['key']}: {found['value'].strip()}",
        )
    return Cause(
        row=row,
        column=column,
        message="the line has no ': ', and is not part of the value above",
        hint=f"write it as 'key: value', or indent it to continue the value above: {line.strip()[:20]}",
    )


def _no_colon(error: ParserError, lines: Sequence[str]) -> Cause:
    return _key_without_colon((error.start or (error.row, 0))[0], lines)


def _indent(error: ParserError, lines: Sequence[str]) -> Cause:
    """A line that begins neither below the keys above it nor below their values."""
    line = _line(lines, error.row)
    here = len(line) - len(line.lstrip(" "))
    known = {0} if error.row == 0 else set()
    for row in range(error.row):
        if _line(lines, row).strip() and not _line(lines, row).lstrip().startswith("#"):
            match = _INDENT.match(_line(lines, row))
            known |= {
                len(_line(lines, row)) - len(_line(lines, row).lstrip(" ")),
                match.end() if match else 0,
            }
    best = min(known, key=lambda indent: (abs(indent - here), -indent), default=0)
    if best == here:
        message = "a list entry and a key must not be in the same block"
        hint = "remove '- '" if line.lstrip().startswith("- ") else "begin the line with '- ', or indent it"
        return Cause(row=error.row, column=here, message=message, hint=hint)
    hint = f"indent the line with {best} spaces" if best else "remove the spaces at the start of the line"
    return Cause(
        row=error.row, column=here, message="the indentation does not match the lines above", hint=hint
    )


def _after_value(error: ParserError, lines: Sequence[str]) -> Cause:
    """Text after a closing quotation mark or bracket, or a line with a wrong indent."""
    return _after_closing(error, lines) or _indent(error, lines)


def _after_closing(error: ParserError, lines: Sequence[str]) -> Cause | None:
    """Text after a closing quotation mark or bracket on the line; ``None`` if there is none."""
    line = _line(lines, error.row)
    found = _CLOSED.fullmatch(line)
    if found is None or error.column <= found.start("value"):
        return None
    begins = found["value"][0]
    if begins in _CLOSING:
        message = f"a value in {begins} {_CLOSING[begins]} must end with its bracket; here text follows it"
    else:
        message = _TEXT_AFTER_QUOTE
    if found["key"]:
        return _at(error, message, _quote_hint(line))
    entry = "- " if found["entry"] else ""
    return _at(error, message, f"write {entry}{json.dumps(_bare(found['value']), ensure_ascii=False)}")


def _open_quote(error: ParserError, lines: Sequence[str]) -> Cause:
    return _at_start(
        error, "the quotation mark is not closed", f"add {_char(error, lines)} at the end of the text"
    )


def _closing_in_comment(error: ParserError, lines: Sequence[str]) -> Cause | None:
    """A bracket whose end is behind ``#``, and so in a comment: ``a: [b #c]``."""
    start = min(error.start[0] if error.start is not None else error.row, error.row - 1)
    for row in range(max(0, start), min(error.row, len(lines) - 1) + 1):
        found = _CLOSED_IN_COMMENT.fullmatch(lines[row])
        if found:
            message = f"what follows '#' is a comment, and so the bracket is not closed: {found['comment']}"
            hint = "put the value in quotation marks, or the bracket before the comment"
            return Cause(row=row, column=found.start("comment"), message=message, hint=hint)
    return None


def _left_open(lines: Sequence[str]) -> Cause | None:
    """The last bracket that is not closed."""
    text, found = "\n".join(lines), list[re.Match[str]]()
    for one in _BRACKET.finditer(text):
        if one["bracket"] in _CLOSING:
            found.append(one)
        elif one["bracket"] and found:
            found.pop()
    if not found:
        return None
    at = found[-1].start()
    row = text.count("\n", 0, at)
    return Cause(row=row, column=at - (text.rfind("\n", 0, at) + 1), **_not_closed(found[-1]["bracket"]))


def _not_closed(char: str) -> dict[str, str]:
    return {
        "message": f"the bracket '{char}' is not closed",
        "hint": f"add '{_CLOSING.get(char, char)}' at its end, or put the text in quotation marks",
    }


def _open_bracket(error: ParserError, lines: Sequence[str]) -> Cause:
    char = _char(error, lines)
    start = (error.start or (error.row, 0))[0]
    if error.row > start:
        return _closing_in_comment(error, lines) or _at_start(error, **_not_closed(char))
    message = (
        f"a value in {char} {_CLOSING.get(char, char)} must be in quotation marks, or a comma is missing"
    )
    return _at(error, message, "put the value in quotation marks, or add the comma before it")


def _first_char(error: ParserError, lines: Sequence[str]) -> Cause:
    char, line = _char(error, lines), _line(lines, (error.start or (error.row, 0))[0])
    return _at_start(
        error, f"a value that begins with '{char}' must be in quotation marks", _quote_hint(line)
    )


def _escape(error: ParserError, lines: Sequence[str]) -> Cause:
    message = "unknown escape sequence in a text in double quotation marks"
    return _at(error, message, "write \\\\ for a backslash, or put the text in single quotation marks")


def _list_in_line(error: ParserError, lines: Sequence[str]) -> Cause:
    hint = "write the entry on the next line, or put the value in quotation marks"
    return _at(error, "a list must not begin on the line of its key", hint)


def _block_text(error: ParserError, lines: Sequence[str]) -> Cause:
    return _at(
        error, "the text of a block must begin below '|' or '>'", "write it on the next line, indented"
    )


def _document(error: ParserError, lines: Sequence[str]) -> Cause:
    return _at(
        error, "a YAML file must contain one document", f"remove the line '{_line(lines, error.row).strip()}'"
    )


def _ended(error: ParserError, lines: Sequence[str]) -> Cause:
    row = next((row for row in range(error.row, -1, -1) if _line(lines, row).strip() == "..."), -1)
    if row < 0:
        return _after_closing(error, lines) or _other(error, lines)
    message = "text follows the end of the document ('...')"
    return Cause(row=row, column=0, message=message, hint="remove the line '...'")


def _no_value(error: ParserError, lines: Sequence[str]) -> Cause:
    if _line(lines, error.row).strip() == "...":
        return _ended(error, lines)
    char = _char(error, lines)
    if not char:  # the end of the file
        return _closing_in_comment(error, lines) or _left_open(lines) or _other(error, lines)
    hint = f"remove '{char}', or put the value in quotation marks"
    return _at(error, f"a value is missing before '{char}'", hint)


def _other(error: ParserError, lines: Sequence[str]) -> Cause:
    hint = "compare the indentation, the brackets and the quotation marks with the lines above"
    return _at(error, "the file is not valid YAML here", hint)


_EXPLAINED = {
    "mapping values are not allowed": _colon,
    "could not find expected ':'": _no_colon,
    "did not find expected key": _after_value,
    "expected '-' indicator": _after_value,
    "expected <block end>": _after_value,
    "unexpected end of stream": _open_quote,
    "unexpected document indicator": _open_quote,
    "did not find expected ',' or": _open_bracket,
    "cannot start any token": _first_char,
    "unknown directive name": _first_char,
    "undefined alias": _first_char,
    "undefined tag handle": _first_char,
    "expected whitespace or line break": _first_char,
    "alphabetic or numeric character": _first_char,
    "unknown escape character": _escape,
    "hexdecimal number": _escape,
    "block sequence entries are not allowed": _list_in_line,
    "expected comment or line break": _block_text,
    "another document": _document,
    "<document start>": _ended,
    "node content": _no_value,
}
"""A part of the parser's message → what explains it."""
