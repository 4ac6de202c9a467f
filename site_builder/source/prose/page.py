"""The editors' prose → a block tree of sentences: a page, or the field of an entry."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.language import language as languages
from site_builder.language.language import Language
from site_builder.model import Block, Element, ElementKind, Part, Phrase, Place, Problem, Prose
from site_builder.model.values import naming
from site_builder.records import replace
from site_builder.source.prose.inlines import parsed
from site_builder.source.prose.marks import BLOCK_ID, FENCE, FENCES, block_tokens, error
from site_builder.source.prose.sentences import HTML_HINT, Located, report_html, report_marks, sentences

if TYPE_CHECKING:
    from markdown_it.token import Token

_KINDS: dict[str, ElementKind] = {
    "p": "paragraph",
    "ul": "list",
    "ol": "numbered list",
    "li": "item",
    "blockquote": "quotation",
    "hr": "rule",
    "table": "table",
    "thead": "table head",
    "tbody": "table body",
    "tr": "row",
    "th": "column head",
    "td": "cell",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}
"""Tag of a token of the parser → kind of its element."""


def inline(
    text: str, place: Place, prefix: str, *, language: str = "", counted: bool = True
) -> tuple[Prose, list[Problem]]:
    """Read prose that is one paragraph, without blocks (a field of an entry).

    Marks of blocks (``# ``, ``- ``) are words here.  A blank text gives prose without parts.  The problems
    are HTML (P006), a citation without a passage (P008), a mark that is not closed (P011) and a lost
    character (T008); the sentence is read all the same.

    :param prefix: the start of the id of every sentence, so that ids are unique in a page: ``survey-use-``
        gives ``survey-use-1``.  Without its final hyphen it is the id of the paragraph.
    :param language: the language of the prose (BCP 47); ``""`` follows the rules of Unicode.
    :param counted: whether sentences get the numbered ids of format 1.  Otherwise they are ``survey-use-s1``,
        until the ledger gives others.
    :returns: the prose, and its problems.
    """
    problems: list[Problem] = []
    rows = range(text.count("\n") + 1)
    starts = (Place(path=place.path, line=place.line + row, column=place.column) for row in rows)
    located = Located.of(text, starts)
    report_html(located, problems)
    block = prefix.removesuffix("-")
    prefix = prefix if counted else f"{block}-s"
    rules = languages.of(language)
    found = list(
        sentences(located, prefix, 1, language=rules, block=block, judgement=False, problems=problems)
    )
    if counted or not found:
        return Prose(parts=tuple(found), place=place), problems
    paragraph = Block(id=block, kind="paragraph", text=found[0].text, place=place)
    whole = Element(kind="field", id=block, parts=tuple(found))
    return Prose(parts=(whole,), place=place, blocks=(paragraph,)), problems


def page(
    text: str, path: str, first_line: int, *, language: str = "", counted: bool = True
) -> tuple[Prose, list[Problem]]:
    """Read prose with blocks (a page), without its front matter.

    HTML and code blocks (P006) are reported and left out.  A judgement without an end (P007), a wrong id
    (T002), a citation without a passage (P008), a mark that is not closed (P011), HTML within a line (P006)
    and a lost character (T008) are reported, and the block is read.  An empty text gives prose without parts.

    :param path: the path of the file, for places.
    :param first_line: the line of the file on which ``text`` begins.
    :param language: the language of the prose (BCP 47); ``""`` follows the rules of Unicode.
    :param counted: whether headings and sentences get the numbered ids of format 1.  In later formats
        the source gives the id of a block, and the ledger that of a sentence.
    :returns: the prose, and its problems.
    """
    reader = _Page(path=path, language=languages.of(language), counted=counted)
    rows = text.split("\n")
    start = 0
    for row, line in enumerate([*rows, ""]):
        fence = FENCE.fullmatch(line.strip())
        if fence or row == len(rows):
            reader.blocks(rows[start:row], first_line + start)
            start = row + 1
        if fence:
            reader.fence(fence["name"] or "", Place(path=path, line=first_line + row))
    reader.close()
    place = Place(path=path, line=first_line)
    return Prose(parts=tuple(reader.parts), place=place, blocks=tuple(reader.found)), reader.problems


@dataclass(kw_only=True, slots=True)
class _Open:
    """An element that is not complete; ``parts`` are those that were read so far."""

    element: Element
    parts: list[Part] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class _Page:
    """The reader of one page.  It reads the blocks between two fences at a time."""

    path: str
    language: Language
    counted: bool
    inside: list[_Open] = field(default_factory=lambda: [_Open(element=Element(kind="paragraph"))])
    found: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 1
    headings: int = 0
    opened: Place | None = None

    def fence(self, name: str, place: Place) -> None:
        """Open or close a judgement."""
        if name in FENCES and self.opened is None:
            self.opened = place
            self.inside.append(_Open(element=Element(kind="judgement")))
        elif not name and self.opened is not None:
            self.opened = None
            self.end()
        else:
            self.problems.append(
                error(
                    place,
                    "P007",
                    "a judgement must begin with '::: judgement' and end with ':::'",
                    "correct the line, or remove it",
                )
            )

    def close(self) -> None:
        if self.opened is not None:
            self.problems.append(
                error(self.opened, "P007", "a judgement must be closed", "add the line ':::' at its end")
            )
            self.end()

    @property
    def parts(self) -> list[Part]:
        """The parts of the innermost open element that were read so far."""
        return self.inside[-1].parts

    def end(self) -> None:
        """Close the innermost element."""
        closed = self.inside.pop()
        self.parts.append(replace(closed.element, parts=tuple(closed.parts)))

    def blocks(self, rows: list[str], first_line: int) -> None:
        """Read the blocks between two fences."""
        opener: Token | None = None
        tokens = block_tokens("\n".join(rows))
        self.identify(tokens, rows, first_line)
        for token in tokens:
            row = (token.map or [0])[0]
            if token.type == "inline":
                self.inline(opener, token, rows, row, first_line)
            elif token.type in ("html_block", "fence", "code_block"):
                place = Place(path=self.path, line=first_line + row)
                html = token.type == "html_block"
                message = f"a page must not contain {'HTML' if html else 'a code block'}"
                hint = HTML_HINT if html else "remove the spaces or the marks at the start of the line"
                self.problems.append(error(place, "P006", message, hint))
            else:
                self.element(token)
                opener = token if token.nesting == 1 else opener

    def identify(self, tokens: list[Token], rows: list[str], first_line: int) -> None:
        """Remove the id from the end of each block, and set it on the element that shows the block."""
        opener: Token | None = None
        item: Token | None = None
        ends = _Ends(rows)
        for token in tokens:
            item = token if token.type == "list_item_open" else item
            if token.type != "inline":
                opener = token if token.nesting == 1 else opener
                continue
            if opener is None or opener.tag == "th":
                continue
            heading = opener.type == "heading_open"
            self.headings += heading
            end = ends.of(token)
            mark = BLOCK_ID.search(token.content)
            id_ = mark["id"] if mark else ""
            if mark:
                token.content = token.content[: mark.start()]
                self.approve(id_, first_line + (token.map or [0])[0])
            elif heading and self.counted:
                id_ = f"h{self.headings}"
            shown = item if opener.hidden else opener  # the paragraphs of a tight list have no element
            if end is not None and not mark:
                opener.meta["end"] = Place(path=self.path, line=first_line + end[0], column=end[1] + 1)
            opener.meta["block"] = id_
            if id_ and shown is not None:
                shown.attrSet("id", id_)

    def approve(self, id_: str, line: int) -> None:
        """Report an id that is not valid."""
        place = Place(path=self.path, line=line)
        unfit = naming.length_fault(id_)
        if not re.fullmatch(naming.ID, id_):
            self.problems.append(error(place, "T002", *naming.form_fault(id_)))
        elif unfit:
            self.problems.append(error(place, "T002", *unfit))

    def element(self, token: Token) -> None:
        """Open or close an element, or both (a rule).  The paragraphs of a tight list have no element."""
        if token.hidden:
            return
        if token.nesting >= 0:
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            made = Element(kind=_KINDS[token.tag], id=str(token.attrGet("id") or ""), level=level)
            self.inside.append(_Open(element=made))
        if token.nesting <= 0:
            self.end()

    def inline(self, opener: Token | None, token: Token, rows: list[str], row: int, first_line: int) -> None:
        """Read the words of a block: as sentences, or as a phrase in a heading or a table head."""
        block = str(opener.meta.get("block", "")) if opener is not None else ""
        end: Place | None = opener.meta.get("end") if opener is not None else None
        starts = []
        for number, line in enumerate(token.content.split("\n")):
            source = rows[min(row + number, len(rows) - 1)]
            column = max(0, source.find(line)) + 1
            starts.append(Place(path=self.path, line=first_line + row + number, column=column))
        located = Located.of(token.content, starts)
        report_html(located, self.problems)
        if opener is None or opener.tag not in ("p", "td", "li"):
            self.parts.append(Phrase(inlines=parsed(token.content).inlines))
            report_marks(located, 0, token.content, self.problems)
            if opener is not None and opener.type == "heading_open":
                place = Place(path=self.path, line=first_line + row, column=len(opener.markup) + 2)
                words = parsed(token.content).plain
                self.found.append(Block(id=block, kind="heading", text=words, place=place, end=end))
            return
        judging = self.opened is not None
        prefix, first = ("n", self.count) if self.counted else (f"{block}-s", 1)
        new = list(
            sentences(
                located,
                prefix,
                first,
                language=self.language,
                block=block,
                judgement=judging,
                problems=self.problems,
            )
        )
        self.count += len(new)
        self.parts.extend(new)
        if new:
            place = new[0].place
            self.found.append(Block(id=block, kind="paragraph", text=new[0].text, place=place, end=end))


class _Ends:
    """Finds the end of the words of each block in the source."""

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows
        self.passed: dict[int, int] = {}  # row → offset after the last cell found in it

    def of(self, token: Token) -> tuple[int, int] | None:
        """Row and offset of the end; nothing if the source differs from the last line of the parser."""
        lines = token.content.split("\n")
        row = (token.map or [0])[0] + len(lines) - 1
        start = self.passed.get(row, 0)
        at = self.rows[row].find(lines[-1], start) if row < len(self.rows) else -1
        if at < 0:
            return None
        self.passed[row] = at + len(lines[-1])
        return row, self.passed[row]
