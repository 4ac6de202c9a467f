"""The editors' prose → sentences, with what each cites, claims, links and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from site_builder.model import (
    Citation,
    Claim,
    Link,
    Phrase,
    Place,
    Problem,
    Prose,
    Sentence,
)
from site_builder.prose.marks import BLOCKS, CITED, CLOSE, ENDS, FENCE, FENCES, MARK, OPEN, QUOTED, fault


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
    for token in BLOCKS.parse(text):
        if token.type == "inline" and opener is not None:
            row = (token.map or [0])[0]
            first = token.content.split("\n", 1)[0]
            column = max(0, lines[row].find(first)) + 1
            place = Place(path=path, line=first_line + row, column=column)
            fence = FENCE.fullmatch(token.content)
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
            faults.append(fault(place, "P006", "a page must not hold HTML or code", "write plain Markdown"))
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
            fault(
                Place(path=path, line=first_line),
                "P007",
                "a judgement must be closed",
                "add a line :::",
            )
        )
    return Prose(
        parts=tuple(part for part in parts if part != ""), place=Place(path=path, line=first_line)
    ), faults


def _markup(token: Token) -> str:
    if token.hidden:
        return ""
    if token.nesting == -1:
        return f"</{token.tag}>"
    ident = token.attrGet("id")
    attribute = f' id="{ident}"' if ident else ""
    return f"<{token.tag}{attribute}>"


def _judgement(
    name: str,
    judging: bool,
    parts: list[str | Sentence | Phrase],
    place: Place,
    faults: list[Problem],
) -> bool:
    """Open or close a judgement; the paragraph that holds the fence is taken back."""
    parts.pop()
    if name in FENCES and not judging:
        parts.append('<aside class="judgement"><p class="byline">')
        parts.append(Phrase(source="編者按"))
        parts.append("</p>")
        return True
    if not name and judging:
        parts.append("</aside>")
        return False
    faults.append(fault(place, "P007", "a fence must open a judgement, or close it", "::: judgement … :::"))
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
        mark = MARK.match(text, index)
        if mark:
            index = mark.end()
            continue
        char = text[index]
        index += 1
        depth += (char in OPEN) - (char in CLOSE)
        if char in ENDS and depth <= 0:
            depth = 0
            after = MARK.match(text, index)  # a citation that stands after the stop still belongs
            while after and after["cite"] is not None:
                index = after.end()
                after = MARK.match(text, index)
            yield index
    yield len(text)


def _at(place: Place, text: str, offset: int) -> Place:
    before = text[:offset]
    rows = before.count("\n")
    column = offset - before.rfind("\n") if rows else place.column + offset
    return Place(path=place.path, line=place.line + rows, column=column)


def _sentence(source: str, place: Place, anchor: str, judgement: bool, faults: list[Problem]) -> Sentence:
    citations: list[Citation] = []
    links: list[Link] = []
    for mark in MARK.finditer(source):
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
        quotations=tuple(QUOTED.findall(text)),
        judgement=judgement,
        place=place,
    )


def _plain(source: str) -> str:
    def words(mark: re.Match[str]) -> str:
        return mark["words"] or mark["form"] or ""

    return re.sub(r"\s*\n\s*", "", MARK.sub(words, source)).replace("**", "")


def _citations(text: str, place: Place, faults: list[Problem]) -> Iterator[Citation]:
    for part in ("@" + text).split(";"):
        words = part.split()
        cited = CITED.match(words[0][1:]) if words and words[0].startswith("@") else None
        if cited is None:
            faults.append(
                fault(
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
