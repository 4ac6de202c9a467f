"""``edition.html``: every page of one script in one file, with the same anchors, and no script at all.

Pages are sections and the style sheet shows the one that the address names (``:target``); an address
without a fragment shows the home page.  The anchors of the first work stay what they are (``#p12``);
an id of any other page is preceded by the name of its page (``#silence--n3``), and a page has its name
(``#silence``).  An id of a text always wins: :class:`_Book` says which id a page has then.
HTML Living Standard; the policy that forbids all but its own style sheet is CSP Level 3.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape

_HEADER = re.compile(r'<header class="masthead">.*?</header>\s*<nav class="places".*?</nav>', re.S)
_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.S)
_BODY = re.compile(r'<body class="([^"]*)"')
_FOOTER = re.compile(r'<footer class="colophon">.*?</footer>', re.S)
_TAG = re.compile(r"<[A-Za-z][^>]*>")
_ATTRIBUTE = re.compile(r' (href|id|for)="([^"]*)"')
_NEEDS_SCRIPT = re.compile(
    r"<template.*?</template>|<noscript>.*?</noscript>"
    r'|<details class="settings">.*?</details>|<a class="script".*?</a>',
    re.S,
)
_TITLE = re.compile(r"<title>(.*?)</title>")
_DESCRIPTION = re.compile(r'(<meta name="description"[^>]*>)')
_SHOW = """
.page { display: none; }
.page:target, .page:has(:target) { display: block; }
body:not(:has(.page:target, .page :target)) .page:first-of-type { display: block; }
.needs-script { display: none; }
"""


def onefile(
    pages: Mapping[str, str], screen: str, paper: str, *, head: str, lang: str, kept: str, left: Iterable[str]
) -> bytes:
    """The file of one script.

    :param pages: address → the whole page, the home page first; addresses as in one tree.
    :param screen: the style sheets of the screen; ``paper`` that of paper.
    :param head: what the file says of itself to programs, as markup.
    :param kept: the address of the page whose ids stay as they are.
    :param left: addresses that have no place here (a page that is nothing without its script).
    """
    gone = set(left)
    book = _Book.of({address: page for address, page in pages.items() if address not in gone}, kept)
    home = next(iter(pages.values()))
    style = f"{screen}{_SHOW}@media print{{{paper}}}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="'
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_first(_TITLE, home)}</title>\n"
        f"{_first(_DESCRIPTION, home)}\n{head.strip()}\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        f"{book.common(_HEADER, home)}\n"
        f"<main>\n{''.join(map(book.section, book.pages))}</main>\n"
        f"{book.common(_FOOTER, home)}\n</body>\n</html>\n"
    ).encode()


def _name(address: str) -> str:
    """The name of a page: ``grid/space.html`` → ``grid--space``; ``wu2020/index.html`` → ``wu2020``."""
    return _stem(address).replace("/", "--")


def _stem(address: str) -> str:
    stem = address.removesuffix(".html")
    return "home" if stem == "index" else stem.removesuffix("/index")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Book:
    """The pages inside, and the id that each of them and each of their parts has in this file.

    A page has the id ``__`` and its address without ``.html`` (``__grid/space``), which no author can write.
    The name of the page (``grid--space``) is kept as a second id, since readers may have cited it, where no
    part of a text has it.  Ids of ``kept`` stay as they are.  An id of another page follows the name of that
    page (``silence--n3``); where a text has that id already, it follows the id of the page.
    """

    pages: Mapping[str, str]
    inner: Mapping[tuple[str, str], str]
    """(address, id there) → id here."""
    second: Mapping[str, str]
    """Address → its name, where that is free."""

    @classmethod
    def of(cls, pages: Mapping[str, str], kept: str) -> _Book:
        own = {address: _ids(page) for address, page in pages.items()}
        inner = {(kept, id_): id_ for id_ in own.get(kept, ())}
        taken = set(inner.values())
        for address, ids in own.items():
            for id_ in ids if address != kept else ():
                plain = f"{_name(address)}--{id_}"
                inner[(address, id_)] = f"{_page_id(address)}//{id_}" if plain in taken else plain
                taken.add(inner[(address, id_)])
        second: dict[str, str] = {}
        for address in pages:
            if _name(address) not in taken:
                second[address] = _name(address)
                taken.add(_name(address))
        return cls(pages=pages, inner=inner, second=second)

    def section(self, address: str) -> str:
        page = self.pages[address]
        body = self.rewritten(_first(_MAIN, page), address)
        kind = _first(_BODY, page)
        name = self.second.get(address, "")
        old = f'<span id="{escape(name)}"></span>' if name else ""
        return (
            f'<div class="page {kind}" id="{escape(_page_id(address))}">{old}'
            f'<div class="sheet">{body}</div></div>\n'
        )

    def common(self, part: re.Pattern[str], home: str) -> str:
        """A part of the home page that stands once for all."""
        found = part.search(home)
        return self.rewritten(found.group(0), "index.html") if found else ""

    def rewritten(self, html: str, address: str) -> str:
        """The markup with its ids made unique and its links turned to fragments."""

        def attribute(match: re.Match[str]) -> str:
            name, value = match[1], unescape(match[2])
            if name != "href":
                return f' {name}="{escape(self.inner.get((address, value), value))}"'
            goal = self.fragment(value, address)
            return f' href="{escape(goal)}"' if goal else ""

        def tag(match: re.Match[str]) -> str:
            return _ATTRIBUTE.sub(attribute, match[0])

        return _TAG.sub(tag, _NEEDS_SCRIPT.sub("", html))

    def fragment(self, href: str, address: str) -> str:
        """Where a link leads; to the web it stays as it is, to what is not inside it is nothing."""
        if "://" in href:
            return href
        path, _, id_ = href.partition("#")
        folder = posixpath.dirname(address)
        goal = posixpath.normpath(posixpath.join(folder, path)) if path else address
        if goal not in self.pages:
            return ""
        return f"#{self.inner.get((goal, id_), _page_id(goal))}"


def _page_id(address: str) -> str:
    return f"__{_stem(address)}"


def _ids(page: str) -> tuple[str, ...]:
    """The ids of the content of a page, in order, each once."""
    content = _NEEDS_SCRIPT.sub("", _first(_MAIN, page))
    found = (match for tag in _TAG.findall(content) for match in _ATTRIBUTE.findall(tag))
    return tuple(dict.fromkeys(unescape(value) for name, value in found if name == "id"))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""
