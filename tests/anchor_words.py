"""The anchors of a built site, with the words at each of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping

from lxml import html
from lxml.html import HtmlElement
from views import is_first

_CONTROLS = {"input", "template", "main"}
_OWN = re.compile(r"_.*|main|tally|hits|try|q|cite-card|pick-.*|show-.*|as-received")
"""Ids of the page's own parts: controls, lists that a script fills.  Nobody cites them."""


def pages(site: Mapping[str, bytes]) -> Iterator[tuple[str, HtmlElement]]:
    """Address and tree of every page of the first view, without the edition in one file."""
    for address, data in sorted(site.items()):
        if address.endswith(".html") and is_first(address) and address != "edition.html":
            yield address, html.document_fromstring(data.decode())


def anchors(site: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Address of a page → anchor → digest of its words, for every anchor that a reader may cite."""
    return {
        address: {
            element.get("id", ""): digest(words(element))
            for element in page.iter()
            if isinstance(element.tag, str) and _is_citable(element)
        }
        for address, page in pages(site)
    }


def _is_citable(element: HtmlElement) -> bool:
    id_ = element.get("id", "")
    return bool(id_) and element.tag not in _CONTROLS and not _OWN.fullmatch(id_)


def words(element: HtmlElement) -> str:
    """The words of an anchor, without spaces, the marks of citations, counts and numbers of passages.

    A section is known by its heading, a reading of the apparatus by its first line.
    """
    if element.tag in ("section", "div"):
        element = next(one for one in element.iter() if one.tag in ("h2", "h3", "h4", "p"))
    text = "".join(_texts(element))
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not {"cites", "count", "at"} & set(child.get("class", "").split()):
            yield from _texts(child)
        yield child.tail or ""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
