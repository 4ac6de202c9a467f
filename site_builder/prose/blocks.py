"""An edited text → its headings and passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from site_builder.model import (
    Heading,
    Passage,
    Place,
    Problem,
)
from site_builder.prose.escape import idle_backslashes, shown_line, unescaped
from site_builder.prose.marks import ATTRIBUTES, BLOCKS, FENCE, GROUPS, ID, fault

_READ = ("paragraph_open", "heading_open", "inline", "bullet_list_open", "ordered_list_open")
"""Tokens that are read, or whose parts are reported one by one (the items of a list)."""


@dataclass
class _Outline:
    """Where the reader of an edition stands: the open headings, the open group."""

    path: tuple[tuple[int, str], ...] = ()
    group: str = ""
    before: tuple[tuple[int, str], ...] = ()
    opened: Place | None = None

    def enter(self, level: int, id_: str) -> tuple[str, ...]:
        above = tuple((n, i) for n, i in self.path if n < level)
        self.path = (*above, (level, id_))
        return tuple(i for n, i in above if n > 1)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(i for n, i in self.path if n > 1)


def edition(text: str, path: str) -> tuple[tuple[Heading | Passage, ...], list[Problem]]:
    """Read an edited text.

    :returns: its headings and passages in order, and the faults (codes T001–T004, T007, T009).
    """
    faults: list[Problem] = []
    found: list[Heading | Passage] = []
    outline = _Outline()
    lines = re.split(r"\r\n?|\n", text)  # as the parser counts them
    tokens = [t for t in BLOCKS.parse(text) if t.level == 0 or t.type == "inline" or _item(t)]
    for opener, token in zip([None, *tokens], tokens, strict=False):
        line = (token.map or [0])[0] + 1
        if token.type == "inline" and token.level == 1 and opener is not None:
            place = Place(path=path, line=line, column=len(opener.markup) + 2 if opener.tag != "p" else 1)
            block = _block(opener.tag, token.content, place, outline, len(found), faults)
            if block is not None:
                found.append(block)
        elif token.nesting >= 0 and token.type not in _READ:
            faults.append(
                fault(
                    Place(path=path, line=line),
                    "T004",
                    "an edited text must hold only headings and paragraphs",
                    _as_paragraph(token, lines[line - 1]),
                )
            )
    if outline.opened is not None:
        faults.append(fault(outline.opened, "T004", "a group must be closed", "end it with a line :::"))
    return _numbered(found), faults


def _item(token: Token) -> bool:
    """Whether a token begins an item of an outermost list."""
    return token.type == "list_item_open" and token.level == 1


def _as_paragraph(token: Token, line: str) -> str:
    """The hint that shows the line of ``token`` as it must be written in an edited text."""
    if token.type == "code_block":
        return "remove the space at the head of the line"
    if token.type == "table_open":
        return "write the words of the table as paragraphs"
    return f"if it is a paragraph, write it as: {shown_line(line)}"


def _block(
    tag: str, content: str, place: Place, outline: _Outline, count: int, faults: list[Problem]
) -> Heading | Passage | None:
    fence = FENCE.fullmatch(content)
    if fence and tag == "p":
        _group(fence["name"] or "", place, outline, faults)
        return None
    if "\n" in content:
        faults.append(
            fault(place, "T009", "a passage must stand on one line", "join the lines, or part them")
        )
        return None
    mark = ATTRIBUTES.search(content)
    if mark is None:
        what = "heading" if tag != "p" else "paragraph"
        faults.append(
            fault(
                place,
                "T001",
                f"a {what} must end in its id",
                "write {#id} after it, once and for ever",
            )
        )
        return None
    if not re.fullmatch(ID, mark["id"]):
        faults.append(
            fault(
                place,
                "T002",
                f"'{mark['id']}' is no id: it must be a letter, then letters, digits, hyphens",
            )
        )
        return None
    source = content[: mark.start()]
    faults.extend(_idle(source, place))
    text = unescaped(source)
    if tag == "p":
        return Passage(
            id=mark["id"],
            number=0,
            text=text,
            label=mark["label"] or "",
            path=outline.ids,
            group=outline.group,
            place=place,
        )
    return _heading(int(tag[1]), mark["id"], text, place, outline, count, faults)


def _heading(
    level: int,
    id_: str,
    text: str,
    place: Place,
    outline: _Outline,
    count: int,
    faults: list[Problem],
) -> Heading:
    deepest = outline.path[-1][0] if outline.path else 0
    if level > deepest + 1 or (level == 1 and count):
        faults.append(
            fault(
                place,
                "T007",
                f"a heading of level {level} must not follow one of level {deepest}"
                if level > 1
                else "a text must have one title, at its head",
                "give it the level of its neighbours, or add the heading above it",
            )
        )
    return Heading(id=id_, level=level, text=text, path=outline.enter(level, id_), place=place)


def _group(name: str, place: Place, outline: _Outline, faults: list[Problem]) -> None:
    if name and not outline.group and name in GROUPS:
        outline.group, outline.before, outline.opened = name, outline.path, place
    elif not name and outline.group:
        outline.group, outline.path, outline.opened = "", outline.before, None
    else:
        faults.append(
            fault(
                place,
                "T004",
                "a group must be opened once and closed once",
                "::: enumeration … :::",
            )
        )


def _idle(source: str, place: Place) -> Iterator[Problem]:
    """A review (T010) of every backslash that stays in the text."""
    for offset in idle_backslashes(source):
        yield Problem(
            place=Place(path=place.path, line=place.line, column=place.column + offset),
            code="T010",
            message=f"a backslash should escape a mark; this one stays in the text: {source[offset:][:2]}",
            hint="remove it, or write \\\\ for a backslash; a numbered line is written as 1\\. 甲",
            level="review",
        )


def _numbered(blocks: list[Heading | Passage]) -> tuple[Heading | Passage, ...]:
    number = 0
    found: list[Heading | Passage] = []
    for block in blocks:
        if isinstance(block, Passage):
            number += 1
            block = Passage(
                id=block.id,
                number=number,
                text=block.text,
                label=block.label,
                path=block.path,
                group=block.group,
                place=block.place,
            )
        found.append(block)
    return tuple(found)
