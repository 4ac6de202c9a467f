"""An edited text → its headings and passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from site_builder.model import About, Heading, Passage, Place, Problem, within
from site_builder.model.values import naming
from site_builder.records import replace
from site_builder.source.prose.escape import idle_backslashes, shown_line, unescaped
from site_builder.source.prose.inlines import emphasis_in, html_in
from site_builder.source.prose.marks import ATTRIBUTES, ESCAPE, FENCE, GROUPS, block_tokens, error

if TYPE_CHECKING:
    from markdown_it.token import Token

_READ = ("paragraph_open", "heading_open", "inline", "bullet_list_open", "ordered_list_open")
"""Tokens that are read, or whose parts are reported one by one (the items of a list)."""


@dataclass
class _Outline:
    """The state of the reader of a text: the open headings, and the open group."""

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

    A block without a valid id (T001, T002), and a paragraph of several lines that is no verse (T009), is left
    out, and so is what is neither heading nor paragraph (T004).  A block with Markdown in it (T004), or at a
    wrong level (T007), is kept.  Passages are numbered from 1.  A blank text gives no blocks and no problems.
    Whether ids are unique is not checked.

    :returns: its headings and passages in order, and the problems (codes T001, T002, T004, T007, T009, T010).
    """
    problems: list[Problem] = []
    found: list[Heading | Passage] = []
    outline = _Outline()
    lines = re.split(r"\r\n?|\n", text)  # the parser counts lines in this way
    tokens = [t for t in block_tokens(text) if t.level == 0 or t.type == "inline" or _item(t)]
    for opener, token in zip([None, *tokens], tokens, strict=False):
        line = (token.map or [0])[0] + 1
        if token.type == "inline" and token.level == 1 and opener is not None:
            if _underlined(opener):
                continue
            place = Place(path=path, line=line, column=len(opener.markup) + 2 if opener.tag != "p" else 1)
            block = _block(opener.tag, token.content, place, outline, not found, problems)
            if block is not None:
                found.append(block)
        elif token.nesting >= 0 and (token.type not in _READ or _underlined(token)):
            what, hint = _refused(token, lines[line - 1])
            message = f"an edited text must contain only headings and paragraphs, not {what}"
            problems.append(error(Place(path=path, line=line), "T004", message, hint))
    if outline.opened is not None:
        problems.append(
            error(outline.opened, "T004", "a group must be closed", "add the line ':::' at its end")
        )
    return _numbered(found), problems


def _underlined(token: Token) -> bool:
    """Whether a token begins a heading that is underlined with - or =."""
    return token.type == "heading_open" and not token.markup.startswith("#")


def _item(token: Token) -> bool:
    """Whether a token begins an item of a list that is in no other list."""
    return token.type == "list_item_open" and token.level == 1


_LOST = "leave it out and note it in emendations.yaml with 'kind: lost'"
_BLOCKS = {
    "list_item_open": ("a list", "remove the mark; if it is part of the text, write {line}"),
    "blockquote_open": (
        "a block quotation",
        "remove the mark; if it is part of the text, write {line}",
    ),
    "table_open": ("a table", f"{_LOST}, or write each row as a paragraph with its own id"),
    "code_block": ("an indented paragraph", "remove the spaces at the start of the line"),
    "fence": (
        "a code block",
        "remove it, or write it as a paragraph; if the marks are part of the text, write {line}",
    ),
    "hr": ("a horizontal rule", "remove the line; if the marks are part of the text, write {line}"),
    "heading_open": (
        "an underlined heading",
        "begin a heading with #, or remove the underline",
    ),
    "html_block": (
        "HTML",
        "remove it; a comment belongs in work.yaml ('# …'); if the mark is part of the text, write {line}",
    ),
}
"""Type of token → what it begins, and what to do instead."""
_SPANS = {
    "picture": (
        "a picture",
        f"write its title as text, or {_LOST}; if the mark is part of the text, write \\!",
    ),
    "link": (
        "a link",
        "write the address as text; if the mark is part of the text, write \\[",
    ),
    "footnote": (
        "a footnote",
        "remove the mark, and write the note as a paragraph; if the mark is part of the text, write \\[",
    ),
    "emphasis": (
        "emphasis",
        "remove the marks; if a mark is part of the text, write a backslash before it",
    ),
    "comment": (
        "a comment",
        "move the comment to work.yaml ('# …'); if the mark is part of the text, write \\<",
    ),
    "HTML": (
        "HTML",
        "write the character itself and no tag; if the mark is part of the text, write a backslash before it",
    ),
}
"""What Markdown may hold within a line and an edited text may not, and what to do instead."""
_SPAN = re.compile(
    rf"{ESCAPE}|(?P<picture>!\[[^\]\n]*\]\()|(?P<footnote>\[\^[^\]\s]+\])|(?P<link>\[[^\[\]\n]*\]\()"
)


def _refused(token: Token, line: str) -> tuple[str, str]:
    """What a block is that an edited text cannot hold, and the hint, with the line as it must be written."""
    what, hint = _BLOCKS.get(token.type, ("this", "write it as a paragraph: {line}"))
    return what, hint.format(line=shown_line(line))


def _spans(source: str) -> Iterator[tuple[int, str]]:
    """The (offset, kind) of Markdown in a line that an edited text cannot keep."""
    for found in _SPAN.finditer(source):
        if found.lastgroup:
            yield found.start(), found.lastgroup
    for offset, what in html_in(source, entities=True):
        yield offset, "comment" if what == "<!--" else "HTML"
    for offset in emphasis_in(source):
        yield offset, "emphasis"


def _block(
    tag: str, content: str, place: Place, outline: _Outline, is_first: bool, problems: list[Problem]
) -> Heading | Passage | None:
    fence = FENCE.fullmatch(content)
    if fence and tag == "p":
        _group(fence["name"] or "", place, outline, problems)
        return None
    wrong = _lines_fault(tag, content, place)
    if wrong is not None:
        problems.append(wrong)
        return None
    mark = ATTRIBUTES.search(content)
    if mark is None:
        what = "heading" if tag != "p" else "paragraph"
        problems.append(
            error(
                place,
                "T001",
                f"a {what} must end with its id",
                "add the id at the end of the line, for example {#p1}",
            )
        )
        return None
    if not re.fullmatch(naming.ID, mark["id"]):
        problems.append(error(place, "T002", *naming.form_fault(mark["id"])))
        return None
    unfit = naming.file_fault(mark["id"])
    if unfit:
        problems.append(error(place, "T002", *unfit))
        return None
    source = _LINE_END.sub("\n", content[: mark.start()])
    for offset, what in _spans(source):
        name, hint = _SPANS[what]
        message = f"an edited text must not contain {name}"
        problems.append(error(within(place, source, offset), "T004", message, hint))
    problems.extend(_idle(source, place, mark["id"]))
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
    return _heading(int(tag[1]), mark["id"], text, place, outline, is_first, problems)


_LINE_END = re.compile(r"[ \t]*\\\n[ \t]*")
"""The line end of verse, with its backslash."""


def _lines_fault(tag: str, content: str, place: Place) -> Problem | None:
    """T009 for a paragraph of several lines that are not lines of verse, and for a heading on two lines."""
    *lines, _ = content.split("\n")
    bad = next((row for row, line in enumerate(lines) if not _ends_a_verse(line)), None)
    if not lines or (tag == "p" and bad is None):
        return None
    if tag != "p":
        hint = "write the heading on one line that begins with #"
        return error(place, "T009", "a heading must be on one line", hint)
    return error(
        Place(path=place.path, line=place.line + (bad or 0), column=place.column if not bad else 1),
        "T009",
        "a paragraph of prose must be on one line; a line of verse must end with a backslash",
        "join the lines; in verse, end each line except the last with \\",
    )


def _ends_a_verse(line: str) -> bool:
    """Whether a line ends with a backslash that is not itself escaped."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _heading(
    level: int,
    id_: str,
    text: str,
    place: Place,
    outline: _Outline,
    is_first: bool,
    problems: list[Problem],
) -> Heading:
    deepest = outline.path[-1][0] if outline.path else 0
    if level > deepest + 1 or (level == 1 and not is_first):
        problems.append(
            error(
                place,
                "T007",
                f"a heading of level {level} must not follow one of level {deepest}"
                if level > 1
                else "a text must have one title, at its beginning",
                f"begin the line with {'#' * (deepest + 1 if level > 1 else 2)} followed by a space",
            )
        )
    return Heading(id=id_, level=level, text=text, path=outline.enter(level, id_), place=place)


def _group(name: str, place: Place, outline: _Outline, problems: list[Problem]) -> None:
    if name and not outline.group and name in GROUPS:
        outline.group, outline.before, outline.opened = name, outline.path, place
    elif not name and outline.group:
        outline.group, outline.path, outline.opened = "", outline.before, None
    else:
        problems.append(
            error(
                place,
                "T004",
                "a group must begin with '::: enumeration' and end with ':::'",
                "correct the line, or remove it",
            )
        )


def _idle_hint(source: str, offset: int) -> str:
    numbered = re.match(r"\\([0-9]{1,9})([.)])", source) if offset == 0 else None
    if numbered:
        return f"write {numbered[1]}\\{numbered[2]} for a numbered line"
    return "remove it, or write \\\\ for a backslash"


def _idle(source: str, place: Place, id_: str) -> Iterator[Problem]:
    """A review (T010) of every backslash that stays in the text."""
    for offset in idle_backslashes(source):
        yield Problem(
            place=within(place, source, offset),
            code="T010",
            message=f"a backslash should escape a mark; this one is published: {source[offset:][:2]}",
            hint=_idle_hint(source, offset),
            level="review",
            about=About(id=id_, text=source, start=offset, end=offset + 1),
        )


def _numbered(blocks: list[Heading | Passage]) -> tuple[Heading | Passage, ...]:
    """The blocks with the numbers of the passages, from 1."""
    numbers = count(1)
    return tuple(
        replace(block, number=next(numbers)) if isinstance(block, Passage) else block for block in blocks
    )
