"""Markdown → the blocks of an edition, and the editors' prose → sentences → HTML.

The only room that knows markdown-it.  The edition uses Markdown for structure alone (headings,
paragraphs, ``::: name`` groups); its paragraphs are plain text with a permanent id at the end,
``{#p12}``.  The editors' prose adds three marks of its own to Markdown:

- ``[@p12]``, ``[@p12 space+:answers; @p13]``: a citation, with what is claimed of the passage;
- ``[words](cell:space+)``: a link to something of the project;
- `` `form` ``: a form quoted as a form, never converted to another script.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from site_builder.model import (
    Citation,
    Claim,
    Heading,
    Link,
    Passage,
    Phrase,
    Place,
    Problem,
    Prose,
    Sentence,
)

ID = r"[A-Za-z][A-Za-z0-9-]*"
_ATTRIBUTES = re.compile(r"\s*\{#(?P<id>[^\s}]*)(?:\s+label=(?P<label>[^\s}]+))?\}$")
_FENCE = re.compile(r":::(?:\s+(?P<name>[a-z-]+))?$")
_MARK = re.compile(
    r"\[@(?P<cite>[^\]\n]*)\]"
    r"|\[(?P<words>[^\]\[]*)\]\((?P<target>[^)\s]*)\)"
    r"|`(?P<form>[^`\n]+)`"
)
_CITED = re.compile(rf"(?:(?P<work>{ID}):)?(?P<passage>{ID})$")
_SPECIAL = re.compile(r"[*_<&\\\[\]!`]")
_QUOTED = re.compile(r"「((?:[^「」]|「[^「」]*」)*)」")
_OPEN, _CLOSE, _ENDS = "「『（〔《〈", "」』）〕》〉", "。！？"
GROUPS = ("enumeration",)
_FENCES = ("judgement",)


def _markdown() -> MarkdownIt:
    """Blocks only: the inline marks are ours, and text that has none needs no second parser."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


_BLOCKS = _markdown()
_INLINE = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"])


# --- the edition -------------------------------------------------------------------------------------


@dataclass
class _Outline:
    """Where the reader of an edition stands: the open headings, the open group."""

    path: tuple[tuple[int, str], ...] = ()
    group: str = ""
    before: tuple[tuple[int, str], ...] = ()

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
    tokens = [t for t in _BLOCKS.parse(text) if t.level == 0 or t.type == "inline"]
    for opener, token in zip([None, *tokens], tokens, strict=False):
        line = (token.map or [0])[0] + 1
        if token.type == "inline" and token.level == 1 and opener is not None:
            place = Place(path=path, line=line, column=len(opener.markup) + 2 if opener.tag != "p" else 1)
            block = _block(opener.tag, token.content, place, outline, len(found), faults)
            if block is not None:
                found.append(block)
        elif token.nesting >= 0 and token.type not in ("paragraph_open", "heading_open", "inline"):
            faults.append(
                _fault(
                    Place(path=path, line=line),
                    "T004",
                    "an edited text must hold only headings and paragraphs",
                    "put a backslash before a mark that begins a line",
                )
            )
    return _numbered(found), faults


def _fault(place: Place, code: str, message: str, hint: str = "") -> Problem:
    return Problem(place=place, code=code, message=message, hint=hint)


def _block(
    tag: str, content: str, place: Place, outline: _Outline, count: int, faults: list[Problem]
) -> Heading | Passage | None:
    fence = _FENCE.fullmatch(content)
    if fence and tag == "p":
        _group(fence["name"] or "", place, outline, faults)
        return None
    if "\n" in content:
        faults.append(
            _fault(place, "T009", "a passage must stand on one line", "join the lines, or part them")
        )
        return None
    mark = _ATTRIBUTES.search(content)
    if mark is None:
        what = "heading" if tag != "p" else "paragraph"
        faults.append(
            _fault(place, "T001", f"a {what} must end in its id", "write {#id} after it, once and for ever")
        )
        return None
    if not re.fullmatch(ID, mark["id"]):
        faults.append(
            _fault(place, "T002", f"'{mark['id']}' is no id: it must be a letter, then letters, digits, hyphens")
        )
        return None
    text = _unescape(content[: mark.start()])
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
    level: int, id_: str, text: str, place: Place, outline: _Outline, count: int, faults: list[Problem]
) -> Heading:
    deepest = outline.path[-1][0] if outline.path else 0
    if level > deepest + 1 or (level == 1 and count):
        faults.append(
            _fault(
                place,
                "T007",
                f"a heading of level {level} must not follow one of level {deepest}"
                if level > 1
                else "a text must have one title, at its head",
            )
        )
    return Heading(id=id_, level=level, text=text, path=outline.enter(level, id_), place=place)


def _group(name: str, place: Place, outline: _Outline, faults: list[Problem]) -> None:
    if name and not outline.group and name in GROUPS:
        outline.group, outline.before = name, outline.path
    elif not name and outline.group:
        outline.group, outline.path = "", outline.before
    else:
        faults.append(
            _fault(place, "T004", "a group must be opened once and closed once", "::: enumeration … :::")
        )


def _unescape(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


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


# --- the editors' prose ------------------------------------------------------------------------------


def inline(text: str, place: Place, prefix: str) -> tuple[Prose, list[Problem]]:
    """Prose without blocks (a field of an entry): sentences alone.

    :param prefix: begins the anchor of every sentence, so that anchors are unique in a page.
    """
    faults: list[Problem] = []
    parts = tuple(_sentences(text, place, prefix, 1, judgement=False, faults=faults))
    return Prose(parts=parts, place=place), faults


def page(text: str, path: str, first_line: int) -> tuple[Prose, list[Problem]]:
    """Prose with blocks (a page).  ``first_line`` is the line of the file on which ``text`` begins."""
    faults: list[Problem] = []
    parts: list[str | Sentence | Phrase] = []
    lines = text.split("\n")
    count, headings, judging = 1, 0, False
    opener: Token | None = None
    for token in _BLOCKS.parse(text):
        if token.type == "inline" and opener is not None:
            row = (token.map or [0])[0]
            first = token.content.split("\n", 1)[0]
            column = max(0, lines[row].find(first)) + 1
            place = Place(path=path, line=first_line + row, column=column)
            fence = _FENCE.fullmatch(token.content)
            if fence and opener.tag == "p":
                judging = _judgement(fence["name"] or "", judging, parts, place, faults)
                opener = None
                continue
            if opener.tag in ("p", "td", "li"):
                new = list(_sentences(token.content, place, "n", count, judgement=judging, faults=faults))
                count += sum(isinstance(part, Sentence) for part in new)
                parts.extend(new)
            else:
                parts.append(Phrase(source=token.content))
        elif token.type in ("html_block", "fence", "code_block"):
            place = Place(path=path, line=first_line + (token.map or [0])[0])
            faults.append(_fault(place, "P006", "a page must not hold HTML or code", "write plain Markdown"))
        elif not (opener is None and token.type == "paragraph_close"):
            if token.type == "heading_open":
                headings += 1
                token.attrSet("id", f"h{headings}")
            parts.append(_markup(token))
            opener = token if token.nesting == 1 else opener
        if token.type == "paragraph_close" and opener is None:
            parts.append("")
    if judging:
        faults.append(
            _fault(Place(path=path, line=first_line), "P007", "a judgement must be closed", "add a line :::")
        )
    return Prose(parts=tuple(part for part in parts if part != ""), place=Place(path=path, line=first_line)), faults


def _markup(token: Token) -> str:
    if token.hidden:
        return ""
    if token.nesting == -1:
        return f"</{token.tag}>"
    ident = token.attrGet("id")
    attribute = f' id="{ident}"' if ident else ""
    return f"<{token.tag}{attribute}>"


def _judgement(
    name: str, judging: bool, parts: list[str | Sentence | Phrase], place: Place, faults: list[Problem]
) -> bool:
    """Open or close a judgement; the paragraph that holds the fence is taken back."""
    parts.pop()
    if name in _FENCES and not judging:
        parts.append('<aside class="judgement"><p class="byline">')
        parts.append(Phrase(source="編者按"))
        parts.append("</p>")
        return True
    if not name and judging:
        parts.append("</aside>")
        return False
    faults.append(
        _fault(place, "P007", "a fence must open a judgement, or close it", "::: judgement … :::")
    )
    return judging


def _sentences(
    text: str, place: Place, prefix: str, first: int, *, judgement: bool, faults: list[Problem]
) -> Iterator[Sentence]:
    start = 0
    for end in _ends(text):
        source = text[start:end]
        if source.strip():
            here = _at(place, text, start + len(source) - len(source.lstrip()))
            yield _sentence(source.strip(), here, f"{prefix}{first}", judgement, faults)
            first += 1
        start = end


def _ends(text: str) -> Iterator[int]:
    """Where the sentences of ``text`` end: after 。！？ outside of brackets and marks."""
    depth, index = 0, 0
    while index < len(text):
        mark = _MARK.match(text, index)
        if mark:
            index = mark.end()
            continue
        char = text[index]
        index += 1
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in _ENDS and depth <= 0:
            depth = 0
            after = _MARK.match(text, index)  # a citation that stands after the stop still belongs
            while after and after["cite"] is not None:
                index = after.end()
                after = _MARK.match(text, index)
            yield index
    yield len(text)


def _at(place: Place, text: str, offset: int) -> Place:
    before = text[:offset]
    rows = before.count("\n")
    column = offset - before.rfind("\n") if rows else place.column + offset
    return Place(path=place.path, line=place.line + rows, column=column)


def _sentence(
    source: str, place: Place, anchor: str, judgement: bool, faults: list[Problem]
) -> Sentence:
    citations: list[Citation] = []
    links: list[Link] = []
    for mark in _MARK.finditer(source):
        here = _at(place, source, mark.start())
        if mark["cite"] is not None:
            citations.extend(_citations(mark["cite"], here, faults))
        elif mark["target"] is not None:
            kind, _, id_ = mark["target"].partition(":")
            links.append(Link(kind=kind, id=id_, place=here))
    text = _plain(source)
    return Sentence(
        source=source,
        text=text,
        anchor=anchor,
        citations=tuple(citations),
        links=tuple(links),
        quotations=tuple(_QUOTED.findall(text)),
        judgement=judgement,
        place=place,
    )


def _plain(source: str) -> str:
    def words(mark: re.Match[str]) -> str:
        return mark["words"] or mark["form"] or ""

    return re.sub(r"\s*\n\s*", "", _MARK.sub(words, source)).replace("**", "")


def _citations(text: str, place: Place, faults: list[Problem]) -> Iterator[Citation]:
    for part in ("@" + text).split(";"):
        words = part.split()
        cited = _CITED.match(words[0][1:]) if words and words[0].startswith("@") else None
        if cited is None:
            faults.append(
                _fault(
                    place,
                    "P008",
                    f"a citation must name a passage: [@{text}]",
                    "[@p12], [@p12; @p13] or [@p12 cell:relation facet:entry]",
                )
            )
            continue
        yield Citation(
            work=cited["work"] or "",
            passage=cited["passage"],
            claims=tuple(_claim(word) for word in words[1:]),
            place=place,
        )


def _claim(word: str) -> Claim:
    negated = word.startswith("!")
    subject, _, value = word.removeprefix("!").partition(":")
    return Claim(subject=subject, value=value, negated=negated)


# --- to HTML -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """How prose is set in one page: its script, and where citations and links lead.

    ``cite`` gives (address, shown number, title) of a citation; ``link`` an address or ``""``.
    """

    convert: Callable[[str], str]
    cite: Callable[[Citation], tuple[str, str, str]]
    link: Callable[[Link], str]


def html(prose: Prose, setting: Setting, *, anchors: bool = True) -> str:
    """The prose as HTML; with ``anchors`` each sentence has its id."""
    return "".join(
        part
        if isinstance(part, str)
        else _set(part.source, setting)
        if isinstance(part, Phrase)
        else _set_sentence(part, setting, anchors)
        for part in prose.parts
    )


def _set_sentence(sentence: Sentence, setting: Setting, anchors: bool) -> str:
    inner = _set(sentence.source, setting, iter(sentence.citations))
    return f'<span id="{sentence.anchor}">{inner}</span>' if anchors else inner


def _set(source: str, setting: Setting, citations: Iterator[Citation] = iter(())) -> str:
    out: list[str] = []
    start = 0
    for mark in _MARK.finditer(source):
        out.append(_words(source[start : mark.start()], setting))
        start = mark.end()
        if mark["cite"] is not None:
            count = mark["cite"].count(";") + 1
            cited = [c for _, c in zip(range(count), citations, strict=False)]
            out.append(_set_citations(cited, setting))
        elif mark["form"] is not None:
            out.append(f'<span lang="zh-Hant" translate="no">{escape(mark["form"])}</span>')
        else:
            out.append(_set_link(mark, setting))
    out.append(_words(source[start:], setting))
    return "".join(out)


def _words(text: str, setting: Setting) -> str:
    text = setting.convert(re.sub(r"\s*\n\s*", "", text))
    return str(_INLINE.renderInline(text)) if _SPECIAL.search(text) else escape(text, quote=False)


def _set_citations(citations: list[Citation], setting: Setting) -> str:
    shown = []
    for citation in citations:
        address, number, title = setting.cite(citation)
        shown.append(
            f'<a class="cite" href="{escape(address)}" title="{escape(title)}">{escape(number)}</a>'
        )
    return f'<span class="cites">〔{"、".join(shown)}〕</span>' if shown else ""


def _set_link(mark: re.Match[str], setting: Setting) -> str:
    kind, _, id_ = mark["target"].partition(":")
    words = _words(mark["words"], setting)
    address = setting.link(Link(kind=kind, id=id_, place=Place(path="")))
    return f'<a class="term" href="{escape(address)}">{words}</a>' if address else words
