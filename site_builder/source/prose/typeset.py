"""The editors' prose → HTML, in one script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from site_builder.model import Citation, Link, Phrase, Place, Prose, Sentence
from site_builder.source.prose.words import Piece, parsed

_ID = re.compile(r' id="[^"]*"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """How prose is set in one page: its script, and where citations and links lead.

    ``cite`` gives (address, shown number, title) of a citation; ``link`` an address or ``""``.
    """

    convert: Callable[[str], str]
    cite: Callable[[Citation], tuple[str, str, str]]
    link: Callable[[Link], str]


def html(prose: Prose, setting: Setting, *, anchors: bool = True) -> str:
    """The prose as HTML; with ``anchors`` each block and each sentence has its id."""
    return "".join(
        (part if anchors else _ID.sub("", part))
        if isinstance(part, str)
        else _set(part.source, setting)
        if isinstance(part, Phrase)
        else _set_sentence(part, setting, anchors)
        for part in prose.parts
    )


def _set_sentence(sentence: Sentence, setting: Setting, anchors: bool) -> str:
    inner = _set(sentence.source, setting, iter(sentence.citations))
    if not anchors:
        return inner
    ended = "".join(f'<span class="gone" id="{escape(id_)}"></span>' for id_ in sentence.also)
    return f'<span id="{escape(sentence.anchor)}">{ended}{inner}</span>'


def _set(source: str, setting: Setting, citations: Iterator[Citation] | None = None) -> str:
    pieces = parsed(source).pieces
    words = _converted(pieces, setting)
    out: list[str] = []
    linked: list[bool] = []
    for piece in pieces:
        if piece.kind == "text":
            out.append(escape(next(words), quote=False))
        elif piece.kind == "form":
            out.append(f'<span lang="zh-Hant" translate="no">{escape(piece.content)}</span>')
        elif piece.kind == "break":
            out.append("<br>")
        elif piece.kind == "cite":
            count = piece.content.count(";") + 1
            cited = [c for _, c in zip(range(count), citations or (), strict=False)]
            out.append(_set_citations(cited, setting))
        elif piece.tag != "a":
            out.append(f"<{piece.tag}>" if piece.kind == "open" else f"</{piece.tag}>")
        elif piece.kind == "open":
            opening = _link(piece.target, setting)
            linked.append(bool(opening))
            out.append(opening)
        elif linked.pop():
            out.append("</a>")
    return "".join(out)


def _converted(pieces: tuple[Piece, ...], setting: Setting) -> Iterator[str]:
    """The words of each text in the script of the page.

    They are converted together, since a word may go on in a link or in emphasis; a form, a citation
    and a line end keep words apart.  A conversion keeps the count of code points.
    """
    whole = "".join(
        piece.content if piece.kind == "text" else "" if piece.kind in ("open", "close") else "\n"
        for piece in pieces
    )
    made = setting.convert(whole)
    at = 0
    for piece in pieces:
        if piece.kind == "text":
            yield made[at : at + len(piece.content)]
            at += len(piece.content)
        elif piece.kind not in ("open", "close"):
            at += 1


def _set_citations(citations: list[Citation], setting: Setting) -> str:
    shown = []
    for citation in citations:
        address, number, title = setting.cite(citation)
        shown.append(f'<a class="cite" href="{escape(address)}" title="{escape(title)}">{escape(number)}</a>')
    return f'<span class="cites">〔{"、".join(shown)}〕</span>' if shown else ""


def _link(target: str, setting: Setting) -> str:
    """The opening tag of a link, or nothing where it leads nowhere."""
    kind, _, id_ = target.partition(":")
    address = setting.link(Link(kind=kind, id=id_, place=Place(path="")))
    return f'<a class="term" href="{escape(address)}">' if address else ""
