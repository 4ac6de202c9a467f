"""``edition.html``: every page of one script in one file, with the same anchors, and no script at all.

Pages are sections and the style sheet shows the one that the address names (``:target``); an address
without a fragment shows the home page.  The anchors of the first work stay what they are (``#p12``);
an id of any other page is preceded by the name of its page, since ids must be unique in a file.
HTML Living Standard; the policy that forbids all but its own style sheet is CSP Level 3.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_HEADER = re.compile(r'<header class="masthead">.*?</header>\s*<nav class="places".*?</nav>', re.S)
_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.S)
_BODY = re.compile(r'<body class="([^"]*)"')
_FOOTER = re.compile(r'<footer class="colophon">.*?</footer>', re.S)
_ATTRIBUTE = re.compile(r' (href|id|for)="([^"]*)"')
_NEEDS_SCRIPT = re.compile(
    r"<template.*?</template>|<noscript>.*?</noscript>"
    r'|<details class="settings">.*?</details>|<a class="script".*?</a>',
    re.S,
)
_TITLE = re.compile(r"<title>(.*?)</title>")
_DESCRIPTION = re.compile(r'(<meta name="description"[^>]*>)')
_METADATA = re.compile(r'<meta (?:name="DC|property="og:)[^>]*>')
_SHOW = """
.page { display: none; }
.page:target, .page:has(:target) { display: block; }
body:not(:has(.page:target, .page :target)) .page:first-of-type { display: block; }
.needs-script { display: none; }
"""


def onefile(
    pages: Mapping[str, str], screen: str, paper: str, *, lang: str, kept: str, left: Iterable[str]
) -> bytes:
    """The file of one script.

    :param pages: address → the whole page, the home page first; addresses as in one tree.
    :param screen: the style sheets of the screen; ``paper`` that of paper.
    :param kept: the address of the page whose ids stay as they are.
    :param left: addresses that have no place here (a page that is nothing without its script).
    """
    names = {address: _name(address) for address in pages if address not in set(left)}
    book = _Book(names=names, kept=kept)
    home = next(iter(pages.values()))
    metas = "\n".join(_METADATA.findall(home))
    style = f"{screen}{_SHOW}@media print{{{paper}}}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="'
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_first(_TITLE, home)}</title>\n"
        f"{_first(_DESCRIPTION, home)}\n{metas}\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        f"{book.common(_HEADER, home)}\n"
        f"<main>\n{''.join(book.section(address, pages[address]) for address in names)}</main>\n"
        f"{book.common(_FOOTER, home)}\n</body>\n</html>\n"
    ).encode()


def _name(address: str) -> str:
    """The id of a page: ``grid/space.html`` → ``grid--space``; ``wu2020/index.html`` → ``wu2020``."""
    stem = address.removesuffix(".html")
    return "home" if stem == "index" else stem.removesuffix("/index").replace("/", "--")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Book:
    """Which pages are inside, under which names, and which of them keeps its ids."""

    names: Mapping[str, str]
    kept: str

    def section(self, address: str, page: str) -> str:
        body = self.rewritten(_first(_MAIN, page), address)
        kind = _first(_BODY, page)
        return f'<div class="page {kind}" id="{self.names[address]}"><div class="sheet">{body}</div></div>\n'

    def common(self, part: re.Pattern[str], home: str) -> str:
        """A part of the home page that stands once for all."""
        found = part.search(home)
        return self.rewritten(found.group(0), "index.html") if found else ""

    def rewritten(self, html: str, address: str) -> str:
        """The markup with its ids made unique and its links turned to fragments."""

        def attribute(match: re.Match[str]) -> str:
            name, value = match.groups()
            if name != "href":
                return f' {name}="{self.anchor(address, value)}"'
            goal = self.fragment(value, address)
            return f' href="{goal}"' if goal else ""

        return _ATTRIBUTE.sub(attribute, _NEEDS_SCRIPT.sub("", html))

    def anchor(self, address: str, id_: str) -> str:
        return id_ if address == self.kept else f"{self.names[address]}--{id_}"

    def fragment(self, href: str, address: str) -> str:
        """Where a link leads; to the web it stays as it is, to what is not inside it is nothing."""
        if "://" in href:
            return href
        path, _, id_ = href.partition("#")
        folder = posixpath.dirname(address)
        goal = posixpath.normpath(posixpath.join(folder, path)) if path else address
        if goal not in self.names:
            return ""
        return f"#{self.anchor(goal, id_)}" if id_ else f"#{self.names[goal]}"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""
