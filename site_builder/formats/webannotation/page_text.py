"""The text of a page, as programs that annotate pages count it.

It is the text content of ``<body>`` in a browser: every character between the tags, including white space,
without the content of ``<template>``.  A position is the number of code points before it, as in the
TextPositionSelector of the Web Annotation Data Model (W3C Recommendation, section 4.2.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser

from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PageText:
    """The text of a page; ``starts`` maps the id of an element to the position where its text begins."""

    text: str
    starts: Mapping[str, int]


def page_text(page: str) -> PageText:
    """The text of the body of a page: ``<body>a<p id=x>b</p>`` has the text ``ab``, and ``x`` starts at 1.

    Character references are decoded; scripts and styles in the body count, comments do not.  The content of a
    ``<template>`` is not in the text.  Elements in it, the template itself and the body have no position; an
    element of the head has 0.  Of a repeated id the first counts.  A page without a body has the text ``""``.

    :param page: HTML in which all end tags are written.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return PageText(text="".join(reader.parts), starts=reader.starts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.starts: dict[str, int] = {}
        self._length = 0
        self._in_body = False
        self._templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "template":
            self._templates += 1
        elif tag == "body":
            self._in_body = True
        elif not self._templates:
            for name, value in attrs:
                if name == "id" and value:
                    self.starts.setdefault(value, self._length)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        elif tag == "body":
            self._in_body = False

    def handle_data(self, data: str) -> None:
        if self._in_body and not self._templates:
            self.parts.append(data)
            self._length += len(data)
