"""One sentence of the editors' prose → its nodes: words, emphasis, links, citations, forms.

The whole sentence is parsed at once, so that emphasis may hold links and citations.  Emphasis beside
Chinese punctuation works, by the amendment to CommonMark's rule of flanking that
https://github.com/tats-u/markdown-cjk-friendly specifies: punctuation of Chinese and Japanese counts as a
letter there, and a Chinese character beside other punctuation counts as punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html.entities import html5
from typing import TYPE_CHECKING

from site_builder.language.characters import decides_break, is_unspaced, join_lines, line_break
from site_builder.model import Inline, InlineKind
from site_builder.records import dataclass
from site_builder.source.prose.marks import ESCAPE, MARK, SCAN, SPECIAL

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BARE_HTML = re.compile(
    r"(?P<html><!--|<[?!](?=[A-Za-z\[])|</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>"
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>)"
)
_HTML = re.compile(rf"{ESCAPE}|`[^`\n]+`|{_BARE_HTML.pattern}")
_ENTITY = re.compile(r"(?<!\\)&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31};)|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)")
_EMPHASIS_OR_ESCAPE = re.compile(r"[*_&\\\n\r\0]")
"""What only the parser reads: emphasis, escapes, references to characters, and line ends."""
_LEFT = re.compile(rf"{SCAN.pattern}|(?P<left>`+|\[@|\]\(|\]\{{\.)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a sentence.

    ``kind`` is ``text``, ``form`` (quoted as a form), ``break`` (a line end that is kept), ``cite``,
    ``open`` or ``close``.  ``content`` is the words, what a citation says, or what a line end means in
    words.  ``tag`` of ``open`` and ``close`` is ``em``, ``strong``, ``a`` or ``span`` (words that are no
    quotation); ``target`` is where a link leads.
    """

    kind: str
    content: str = ""
    tag: str = ""
    target: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """A sentence as pieces in order.  ``left`` are the (offset, character) of marks that mark nothing."""

    pieces: tuple[Piece, ...]
    left: tuple[tuple[int, str], ...] = ()

    @property
    def plain(self) -> str:
        """The words without marks; forms are without their backticks.

        Citations are left out, and so is the space before one, unless a word follows: ``near [@p1].`` is
        ``near.``
        """
        made, cited = "", False
        for piece in self.pieces:
            if piece.kind in ("text", "form", "break") and piece.content:
                made = _without_space(made, piece.content) if cited else made
                made, cited = made + piece.content, False
            cited = cited or piece.kind == "cite"
        return made.rstrip(" ") if cited else made

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The pieces as nodes of a tree, in order; emphasis, links and words that are no quotation hold what
        is inside of them.  The citations of one mark are one node, with their number as ``count``.
        """
        return tuple(_nodes(iter(self.pieces)))


def _without_space(before: str, after: str) -> str:
    """The words before a citation, without their last space if none is needed before ``after``."""
    return before if after[0].isalnum() else before.rstrip(" ")


_HOLDING: dict[str, InlineKind] = {
    "em": "emphasis",
    "strong": "strong",
    "a": "link",
    "span": "not quoted",
}


def _nodes(pieces: Iterator[Piece]) -> Iterator[Inline]:
    """The nodes up to the piece that closes the node around them."""
    for piece in pieces:
        if piece.kind == "close":
            return
        if piece.kind == "open":
            yield Inline(kind=_HOLDING[piece.tag], target=piece.target, parts=tuple(_nodes(pieces)))
        elif piece.kind == "cite":
            yield Inline(kind="citations", count=piece.content.count(";") + 1)
        else:
            yield Inline(kind=_LEAVES[piece.kind], content=piece.content)


_LEAVES: dict[str, InlineKind] = {"text": "text", "form": "form", "break": "break"}


@lru_cache(maxsize=8192)
def parsed(source: str) -> Parsed:
    """Parse a sentence.  :func:`line_break` says what a line break becomes.

    Marks that mark nothing stay in the text and are in ``left``, except a ``*`` or ``_`` with a space or an
    end of the text on both sides, and a ``_`` within a word.  HTML is text.  An empty sentence gives one
    empty piece.  Targets of links and ids in citations are not checked.

    >>> [(piece.kind, piece.content or piece.tag) for piece in parsed("*Near* [@p1].").pieces]
    [('open', 'em'), ('text', 'Near'), ('close', 'em'), ('text', ' '), ('cite', 'p1'), ('text', '.')]
    """
    if not SPECIAL.search(source):
        return Parsed(pieces=(Piece(kind="text", content=join_lines(source)),))
    if not _EMPHASIS_OR_ESCAPE.search(source):
        pieces = tuple(_pieces_of_marks(source))
        return Parsed(pieces=pieces, left=tuple(_left([], source)))
    tokens = _parser().parseInline(source)[0].children or []
    return Parsed(pieces=tuple(_glued(list(_pieces(tokens)))), left=tuple(_left(tokens, source)))


def html_in(text: str, *, escapes: bool = True, entities: bool = False) -> Iterator[tuple[int, str]]:
    """The (offset, source) of each comment, tag and automatic link of HTML in a text, in order.

    Of a comment the source is ``<!--`` alone.  A ``<`` that begins no tag is text.

    :param escapes: whether what is after a backslash or in backticks is text, as in prose and in the text of
        a work.
    :param entities: whether references to characters (``&nbsp;``) are given too, after all others; in prose
        Markdown reads them.
    """
    for found in (_HTML if escapes else _BARE_HTML).finditer(text) if "<" in text else ():
        if found["html"] is not None:
            yield found.start(), found["html"]
    for found in _ENTITY.finditer(text) if entities else ():
        if found["name"] is None or found["name"] in html5:
            yield found.start(), found[0]


def markdown_in(text: str) -> str:
    """The first mark of Markdown in a text; ``""`` if there is none.

    A citation is given as written, ``[@p12]``, and a form in its backticks; any other mark is named: ``a
    link``, ``emphasis`` or ``{.not-quoted}``.  Marks that mark nothing do not count.

    >>> markdown_in("see [@p12]"), markdown_in("*near*"), markdown_in("near")
    ('[@p12]', 'emphasis', '')
    """
    found = next((piece for piece in parsed(text).pieces if piece.kind in ("cite", "form", "open")), None)
    if found is None:
        return ""
    if found.kind == "open":
        return {"a": "a link", "span": "{.not-quoted}"}.get(found.tag, "emphasis")
    return f"[@{found.content}]" if found.kind == "cite" else f"`{found.content}`"


def emphasis_in(text: str) -> Iterator[int]:
    """The offsets at which emphasis begins in a text, in order, also within other emphasis.

    Emphasis by two marks (``**``) begins at the first.  A ``*`` or ``_`` that is not paired begins none.

    >>> list(emphasis_in("a *b* **c** 2 * 3"))
    [2, 6]
    """
    if "*" in text or "_" in text:
        for token in _parser().parseInline(text)[0].children or []:
            if token.type in ("em_open", "strong_open"):
                yield int(token.meta["at"]) + 1 - len(token.markup)  # "at" is of the last mark


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    words = ""
    for token in tokens:
        if token.type in ("text", "text_special"):
            words += token.content
            continue
        if words:
            yield Piece(kind="text", content=words)
            words = ""
        if token.type in ("form", "cite"):
            yield Piece(kind=token.type, content=token.content)
        elif token.type == "softbreak":
            yield Piece(kind="soft")
        elif token.type == "hardbreak":
            yield Piece(kind="break")
        else:
            kind = "open" if token.nesting == 1 else "close"
            yield Piece(kind=kind, tag=token.tag, target=str(token.meta.get("target", "")))
    if words:
        yield Piece(kind="text", content=words)


def _pieces_of_marks(source: str) -> Iterator[Piece]:
    """The pieces of a sentence with no marks but those of :data:`MARK`, as the parser gives them.

    Most sentences are such, and the parser is slow.
    """
    at = 0
    for mark in MARK.finditer(source):
        if before := source[at : mark.start()]:
            yield Piece(kind="text", content=before)
        at = mark.end()
        if mark["cite"] is not None:
            yield Piece(kind="cite", content=mark["cite"])
        elif mark["form"] is not None:
            yield Piece(kind="form", content=mark["form"])
        else:
            tag, inner = ("a", mark["words"]) if mark["target"] is not None else ("span", mark["unquoted"])
            yield Piece(kind="open", tag=tag, target=mark["target"] or "")
            yield from _pieces_of_marks(inner)
            yield Piece(kind="close", tag=tag)
    if source[at:]:
        yield Piece(kind="text", content=source[at:])


def _glued(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with each line end replaced: by a kept line break, a space, or nothing."""
    if not any(piece.kind in ("soft", "break") for piece in pieces):
        yield from pieces
        return
    before = _words_beside(pieces)
    after = _words_beside(pieces[::-1])[::-1]
    for at, piece in enumerate(pieces):
        if piece.kind not in ("soft", "break"):
            yield piece
            continue
        meant = line_break(before[at], after[at])
        if piece.kind == "break":
            yield Piece(kind="break", content=meant)
        elif meant:
            yield Piece(kind="text", content=meant)


def _words_beside(pieces: list[Piece]) -> list[str]:
    """For each piece, words before it that give the same line break as all words before it.

    These are those of the nearest piece that decides; if there is none, of one that is not blank.
    """
    found, words = [], ""
    for piece in pieces:
        found.append(words)
        is_text = piece.kind in ("text", "form")
        if is_text and (decides_break(piece.content) or not words.strip()):
            words = piece.content
    return found


def _left(tokens: list[Token], source: str) -> Iterator[tuple[int, str]]:
    """Characters that mark nothing: unpaired emphasis, and the start or end of other marks."""
    for token in tokens:
        at = token.meta.get("at")
        if at is not None and token.type == "text" and token.content:
            before, after = source[at - 1 : at], source[at + 1 : at + 2]
            alone = not before.strip() and not after.strip()
            word = token.content == "_" and before.isalnum() and after.isalnum()
            if not alone and not (word and not is_unspaced(before) and not is_unspaced(after)):
                yield at, token.content
    for found in _LEFT.finditer(source):
        if found["left"]:
            yield found.start(), found["left"]


@cache
def _parser() -> MarkdownIt:
    # imported late: a text without marks needs no parser, and markdown-it takes time to import
    from site_builder.source.prose import rules

    return rules.parser()
