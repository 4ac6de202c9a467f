"""Nodes of PyYAML → the tree of the file, with all problems of single nodes."""

from __future__ import annotations

import re
from itertools import pairwise

import yaml

from site_builder.language.characters import code_point, forbidden, is_forbidden, line_break
from site_builder.model import Place, Problem, within
from site_builder.source.yamlio.depth import DEEPEST, TOO_DEEP
from site_builder.source.yamlio.nodes import Mapping, Node, Scalar, Sequence

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
_BREAKS = frozenset("\r\u2028\u2029")  # other formats read these characters as the end of a line
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^xuU])", re.S)
_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b", "r": "\r"} | {
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}


def _escaped(escape: str) -> str:
    """The character of an escape sequence (``\\e``, ``\\x1b``); a space if the character is allowed."""
    if len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code <= 0x10FFFF else ""
    return _ESCAPED.get(escape[1], " ")


class Composer:
    """Walks the nodes of PyYAML once.

    :param lines: the lines of the file.
    """

    def __init__(self, path: str, problems: list[Problem], lines: list[str]) -> None:
        self.path = path
        self.problems = problems
        self.lines = lines
        self.seen: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        """The place of a node: line and column from 1."""
        mark = node.start_mark
        return Place(path=self.path, line=mark.line + 1, column=mark.column + 1)

    def error(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        """Report an error at a node."""
        self.problems.append(Problem(place=self.place(node), code=code, message=message, hint=hint))

    def node(self, node: yaml.Node, depth: int) -> Node | None:
        """The tree of a node; ``None`` for an alias, a tag that is not one of YAML, a control character, or a
        level deeper than 60.  A list is without such items, and a mapping without their keys in
        ``items``.

        All of these are reported, tags by :mod:`site_builder.source.yamlio.full`.
        """
        if depth > DEEPEST:
            self.error(node, "Y001", *TOO_DEEP)
            return None
        if id(node) in self.seen:
            self.error(
                node,
                "Y003",
                "a value must not be a YAML alias",
                "write the value itself in place of the alias",
            )
            return None
        self.seen.add(id(node))
        if node.tag not in _KNOWN_TAGS:  # reported by full.py
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            found = (self.node(item, depth + 1) for item in node.value)
            return Sequence(items=tuple(item for item in found if item is not None), place=self.place(node))
        assert isinstance(node, yaml.ScalarNode)
        return None if self.has_control_characters(node, str(node.value)) else self.scalar(node)

    def has_control_characters(self, node: yaml.ScalarNode, value: str) -> bool:
        """Whether a value has control characters, a carriage return, U+2028 or U+2029; each escape sequence
        of one (``\\x07``) is reported at its place (Y010).
        """
        if not forbidden(value) and _BREAKS.isdisjoint(value):
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
        """The tree of a mapping.

        A repeated key (Y002), a key that is no text (Y006) and one with a control character (Y010) are
        reported and left out; of a repeated key the first value stays.  A value that :meth:`node` leaves out
        has its key in ``keys``, and nothing in ``items``.
        """
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.error(key, "Y006", "a key must be text, not a list or a mapping", "write a single word")
                continue
            name = str(key.value)
            if self.has_control_characters(key, name):
                continue
            if name in keys:
                self.error(
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
        """The tree of a single value, which stays a text whatever YAML reads it as."""
        return Scalar(
            text=self.text(node),
            reads_as=_PLAIN_TAGS.get(node.tag, ""),
            quoted=node.style in ("'", '"'),
            place=self.place(node),
            text_place=self.text_place(node),
        )

    def text(self, node: yaml.ScalarNode) -> str:
        """The value, without the spaces that YAML makes from line ends between Chinese characters.

        A value on one line, and one of a block ``|``, is as YAML reads it.
        """
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
            for length in (
                8,
                1,
            ):  # one character is enough near an escape sequence, which the value does not have
                found = value.find(f"{left[-length:]} {right[:length]}", at)
                if found >= 0:
                    at = found + len(left[-length:])
                    value = value[:at] + value[at + 1 :]
                    break
        return value

    def text_place(self, node: yaml.ScalarNode) -> Place:
        """The place of the first character of a value: after its quotation mark, or in a block the first one
        that is no white space.
        """
        place = self.place(node)
        if node.style in ("'", '"'):
            return Place(path=place.path, line=place.line, column=place.column + 1)
        if node.style not in ("|", ">"):
            return place
        for number in range(place.line, len(self.lines)):  # a slice would copy all further lines
            line = self.lines[number]
            if line.strip():
                column = len(line) - len(line.lstrip()) + 1
                return Place(path=place.path, line=number + 1, column=column)
        return place
