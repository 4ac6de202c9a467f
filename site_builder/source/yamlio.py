"""YAML text → a tree of nodes with places; the only room that knows PyYAML.

``yaml.safe_load`` hides three dangers: a repeated key wins silently, ``no`` becomes ``False``, and
``012`` becomes 10.  So nothing is constructed here: scalars stay text (with a note of what plain
YAML would have made of them), repeated keys are faults, and aliases and tags, which no file of a
project needs, are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import yaml

from site_builder.language.characters import code_point, is_forbidden, line_break
from site_builder.model import Place, Problem, within
from site_builder.source import lookalikes, yamlerrors

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {
    "tag:yaml.org,2002:bool": "a truth value",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:merge": "a merge",
    "tag:yaml.org,2002:value": "a default",
}
_KNOWN_TAGS = {*_PLAIN_TAGS, *(f"tag:yaml.org,2002:{t}" for t in ("str", "map", "seq"))}
_DEEPEST = 60  # levels; the deepest file of a project has seven
_SHOWN = 20  # characters that are reported one by one
_NEAR = 3  # lines above an error in which its cause is looked for
_BREAKS = "\r\u2028\u2029"  # line ends that other formats take for the end of a record
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^xuU])", re.S)
_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b", "r": "\r"} | {
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}
_SHALLOW = f"use fewer than {_DEEPEST} levels"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scalar:
    """One value as written.  ``reads_as`` says what plain YAML would make of it, if not text."""

    text: str
    reads_as: str
    quoted: bool
    place: Place
    text_place: Place
    """Where the first character of the text stands (after a quotation mark, or below a block's)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """A list of YAML, with its place."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """``items`` maps a key to its value; ``keys`` a key to its place.  Order is that of the file."""

    items: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Sequence | Mapping


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document.

    :returns: the tree, or ``None`` where the text is no YAML (or empty), and the faults found.
    """
    node, problems = _parsed(text, path)
    return node, list(problems)


@lru_cache(maxsize=256)  # a preview reads a project again and again, and most of its files have not changed
def _parsed(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    node, problems = _read(text, path)
    return node, tuple(problems)


def _read(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    forbidden = _forbidden(text, path)
    if forbidden:
        return None, forbidden
    too_deep = _too_deep(text)
    if too_deep:
        place = Place(path=path, line=too_deep)
        return None, [
            Problem(
                place=place,
                code="Y001",
                message="a YAML file must not be nested this deeply",
                hint=_SHALLOW,
            )
        ]
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        return None, [_syntax(error, text, path)]
    if root is None:
        return None, []
    problems += _tags(text, path)
    node = _Composer(path, problems, text.split("\n")).node(root, 0)
    return node, problems


def _forbidden(text: str, path: str) -> list[Problem]:
    """Characters that a YAML file must not hold, each at its place, the first twenty."""
    offsets = [offset for offset, char in enumerate(text) if is_forbidden(char)]
    start = Place(path=path)
    return [
        Problem(
            place=within(start, text, offset),
            code="Y001",
            message=f"a YAML file must not contain a control character: {code_point(text[offset])}",
            hint="remove the character",
        )
        for offset in offsets[:_SHOWN]
    ]


def _too_deep(text: str) -> int:
    """The line where brackets open deeper than any project needs, or 0.

    The parser recurses, so this is counted before it starts.
    """
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        lead = len(line) - len(line.lstrip(" -?"))
        depth = max(0, depth + line.count("[") + line.count("{"))
        if depth > 10 * _DEEPEST or lead > 10 * _DEEPEST:
            return number
        depth = max(0, depth - line.count("]") - line.count("}"))
    return 0


def _tags(text: str, path: str) -> list[Problem]:
    """Tags that are written out, even those that change nothing: the composer does not show them."""
    if "!" not in text:
        return []
    return [
        Problem(
            place=Place(path=path, line=token.start_mark.line + 1, column=token.start_mark.column + 1),
            code="Y003",
            message="a value must not have a YAML tag",
            hint="remove the tag; if '!' is part of the text, put the text in quotation marks",
        )
        for token in yaml.scan(text, Loader=_LOADER)
        if isinstance(token, yaml.TagToken)
    ]


def _syntax(error: yaml.YAMLError, text: str, path: str) -> Problem:
    alike = _look_alike(error, text, path)
    if alike is not None:
        return alike
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a character that YAML does not allow: the error knows only its index
        position = getattr(error, "position", 0) or 0  # of the C parser, in bytes
        before = text.encode()[:position].decode(errors="ignore")
        row, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    else:
        row, column = mark.line, mark.column
    start = getattr(error, "context_mark", None)
    found = yamlerrors.cause(
        yamlerrors.ParserError(
            problem=str(getattr(error, "problem", None) or getattr(error, "reason", None) or ""),
            row=row,
            column=column,
            start=(start.line, start.column) if start is not None else None,
        ),
        text.split("\n"),
    )
    return Problem(
        place=Place(path=path, line=found.row + 1, column=found.column + 1),
        code="Y001",
        message=found.message,
        hint=found.hint,
    )


def _look_alike(error: yaml.YAMLError, text: str, path: str) -> Problem | None:
    """The mark at or above an error that looks like one of YAML and is none; the nearest, if any."""
    lines = text.split("\n")
    marks = (getattr(error, "context_mark", None), getattr(error, "problem_mark", None))
    rows = [mark.line for mark in marks if mark is not None]
    if not rows:
        return None
    first, last = max(0, min(rows[0], rows[-1] - _NEAR)), min(rows[-1], len(lines) - 1)
    for row in range(last, first - 1, -1):
        for column in lookalikes.found(lines[row]):
            what, hint = lookalikes.says(lines[row][column])
            place = Place(path=path, line=row + 1, column=column + 1)
            return Problem(place=place, code="Y001", message=what, hint=hint)
    return None


def _escaped(escape: str) -> str:
    """The character of an escape of YAML 1.1 (``\\e``, ``\\x1b``); of one that matters here."""
    if len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code <= 0x10FFFF else ""
    return _ESCAPED.get(escape[1], " ")


class _Composer:
    """Walks PyYAML's nodes once; one function for each kind of node."""

    def __init__(self, path: str, problems: list[Problem], lines: list[str]) -> None:
        self.path = path
        self.problems = problems
        self.lines = lines
        self.seen: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        mark = node.start_mark
        return Place(path=self.path, line=mark.line + 1, column=mark.column + 1)

    def fault(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place=self.place(node), code=code, message=message, hint=hint))

    def node(self, node: yaml.Node, depth: int) -> Node | None:
        if depth > _DEEPEST:
            self.fault(node, "Y001", "a YAML file must not be nested this deeply", _SHALLOW)
            return None
        if id(node) in self.seen:
            self.fault(
                node,
                "Y003",
                "a value must not be a YAML alias",
                "write the value itself in place of the alias",
            )
            return None
        self.seen.add(id(node))
        if node.tag not in _KNOWN_TAGS:  # told already
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            found = (self.node(item, depth + 1) for item in node.value)
            return Sequence(items=tuple(item for item in found if item is not None), place=self.place(node))
        assert isinstance(node, yaml.ScalarNode)
        return None if self.is_wrong(node, str(node.value)) else self.scalar(node)

    def is_wrong(self, node: yaml.ScalarNode, value: str) -> bool:
        """Whether an escape gives a character that nothing can carry; each is told at its place."""
        if not any(is_forbidden(char) or char in _BREAKS for char in value):
            return False
        start = Place(path=self.path, line=node.start_mark.line + 1, column=node.start_mark.column + 1)
        lines = self.lines[node.start_mark.line : node.end_mark.line + 1]
        lines[0] = lines[0][node.start_mark.column :]
        source = "\n".join(lines)
        for found in _ESCAPE.finditer(source):
            char = _escaped(found[0])
            if is_forbidden(char) or char in _BREAKS:
                self.problems.append(
                    Problem(
                        place=within(start, source, found.start()),
                        code="Y010",
                        message=f"a value must not contain a control character: {code_point(char)}",
                        hint="remove the escape sequence",
                    )
                )
        return True

    def mapping(self, node: yaml.MappingNode, depth: int) -> Mapping:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, "Y006", "a key must be text, not a list or a mapping", "write a single word")
                continue
            name = str(key.value)
            if self.is_wrong(key, name):
                continue
            if name in keys:
                self.fault(
                    key,
                    "Y002",
                    f"a key must be unique in its mapping; '{name}' is already on line {keys[name].line}",
                    "remove one of the two",
                )
                continue
            keys[name] = self.place(key)
            read = self.node(value, depth + 1)
            if read is not None:
                items[name] = read
        return Mapping(items=items, keys=keys, place=self.place(node))

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        return Scalar(
            text=self.text(node),
            reads_as=_PLAIN_TAGS.get(node.tag, ""),
            quoted=node.style in ("'", '"'),
            place=self.place(node),
            text_place=self.text_place(node),
        )

    def text(self, node: yaml.ScalarNode) -> str:
        """The value; where YAML made a space of a line end between Chinese words, without it."""
        value = str(node.value)
        start, end = node.start_mark, node.end_mark
        if node.style == "|" or start.line == end.line:
            return value
        lines = self.lines[start.line : end.line + 1]
        lines[-1] = lines[-1][: end.column]
        lines[0] = "" if node.style == ">" else lines[0][start.column :]
        at = 0
        for left, right in pairwise(line.strip() for line in lines):
            if not left or not right or line_break(left, right):
                continue
            for length in (8, 1):  # the fewer for the sake of escapes, which stand otherwise in the value
                found = value.find(f"{left[-length:]} {right[:length]}", at)
                if found >= 0:
                    at = found + len(left[-length:])
                    value = value[:at] + value[at + 1 :]
                    break
        return value

    def text_place(self, node: yaml.ScalarNode) -> Place:
        place = self.place(node)
        if node.style in ("'", '"'):
            return Place(path=place.path, line=place.line, column=place.column + 1)
        if node.style not in ("|", ">"):
            return place
        for number, line in enumerate(self.lines[place.line :], place.line + 1):
            if line.strip():
                column = len(line) - len(line.lstrip()) + 1
                return Place(path=place.path, line=number, column=column)
        return place


def dump(value: object) -> str:
    """Plain mappings, lists and texts as YAML that :func:`parse` reads back, flat ones in line.

    Characters stand as themselves, the order of keys is kept, and no line is folded.
    """
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1_000_000
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes a value again where it is used again: files of a project have no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True
