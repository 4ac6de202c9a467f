"""The editors' prose → HTML, in one script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from site_builder.model import (
    Citation,
    Link,
    Phrase,
    Place,
    Prose,
    Sentence,
)
from site_builder.prose.marks import INLINE, MARK, SPECIAL


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


def _set(source: str, setting: Setting, citations: Iterator[Citation] | None = None) -> str:
    out: list[str] = []
    start = 0
    for mark in MARK.finditer(source):
        out.append(_words(source[start : mark.start()], setting))
        start = mark.end()
        if mark["cite"] is not None:
            count = mark["cite"].count(";") + 1
            cited = [c for _, c in zip(range(count), citations or (), strict=False)]
            out.append(_set_citations(cited, setting))
        elif mark["form"] is not None:
            out.append(f'<span lang="zh-Hant" translate="no">{escape(mark["form"])}</span>')
        else:
            out.append(_set_link(mark, setting))
    out.append(_words(source[start:], setting))
    return "".join(out)


def _words(text: str, setting: Setting) -> str:
    text = setting.convert(re.sub(r"\s*\n\s*", "", text))
    return str(INLINE.renderInline(text)) if SPECIAL.search(text) else escape(text, quote=False)


def _set_citations(citations: list[Citation], setting: Setting) -> str:
    shown = []
    for citation in citations:
        address, number, title = setting.cite(citation)
        shown.append(f'<a class="cite" href="{escape(address)}" title="{escape(title)}">{escape(number)}</a>')
    return f'<span class="cites">〔{"、".join(shown)}〕</span>' if shown else ""


def _set_link(mark: re.Match[str], setting: Setting) -> str:
    kind, _, id_ = mark["target"].partition(":")
    words = _words(mark["words"], setting)
    address = setting.link(Link(kind=kind, id=id_, place=Place(path="")))
    return f'<a class="term" href="{escape(address)}">{words}</a>' if address else words
