"""The text of a work in the book: each passage with its number and its note, and the notes after the text.

A note is an ``<aside>`` at the end of the chapter, which a reading system may show where its reference
stands.  It holds what the page of the passage on the site holds: function, gist, cells with what they rest
on, entries, the editors' note, emendations, and where the editors speak of the passage.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from lxml.html.builder import E

from site_builder.edition import addresses
from site_builder.formats.epub.chapter import TYPE, classes, drop, having, ids

Convert = Callable[[str], str]
_LEGEND = "段首的小字是段號，段末的「註」通往這一段的附註。"
_EVIDENCE = "字下有點線的，是標記所據的原文。"
_NOTES = "各段附註"
_HINT = "段號回到正文。每段先記功能與提要，次記所屬各格、關係及所據的原文，再記類目、按語與論及此段之處。"


@dataclass(kw_only=True, slots=True)
class Text:
    """The reading page of one work being made a chapter.

    :param here: its address on the site.
    :param pages: passage id → the content of its page; it is used up.
    :param convert: for words that stand in no page.
    """

    root: HtmlElement
    here: str
    pages: Mapping[str, HtmlElement]
    convert: Convert
    taken: set[str] = field(default_factory=set)

    def annotate(self) -> None:
        """Give every passage its note, in place; for a page that was not cleaned yet."""
        self.taken = set(ids(self.root))
        self._bury()
        notes = [note for unit in having(self.root, "unit") for note in self._unit(unit)]
        title = E.h2({"id": self._free("notes")}, self.convert(_NOTES))
        hint = E.p({"class": "hint"}, self.convert(_HINT))
        self.root.append(E.section({"class": "notes", TYPE: "footnotes"}, title, hint, *notes))
        legend = _LEGEND + (_EVIDENCE if next(self.root.iter("mark"), None) is not None else "")
        for header in self.root.iterfind("header"):
            header.append(E.p({"class": "hint"}, self.convert(legend)))

    def _bury(self) -> None:
        """An id that is dead still answers, where its words went or in the register of ids."""
        for element in having(self.root, "dead"):
            element.tag, element.text = "span", None
            del element.attrib["href"], element.attrib["class"]
        for section in having(self.root, "graves"):
            for link in section.iter("a"):
                link.set("href", addresses.relative(addresses.CITE, self.here))

    def _unit(self, unit: HtmlElement) -> list[HtmlElement]:
        """Number the passage and point it to its note; the note, if there is one."""
        for old in having(unit, "note"):
            drop(old)
        unit.set("class", "unit")
        id_ = next(e.attrib["id"] for e in unit.iter() if e.get("id") in self.pages)
        text = having(unit, "text")[0]
        number = ""
        for element in having(text, "num"):
            element.tag, number = "span", element.text_content()
            del element.attrib["href"]
        reference, name = self._free(f"r-{id_}"), self._free(f"n-{id_}")
        note = _note(self.pages[id_], name, reference, self.convert)
        attributes = {TYPE: "noteref", "role": "doc-noteref", "id": reference, "href": f"#{name}"}
        text.append(E.a({"class": "noteref", **attributes}, self.convert("註") + number))
        return [note]

    def _free(self, name: str) -> str:
        """An id that nothing in the chapter has."""
        while name in self.taken:
            name = f"n-{name}"
        self.taken.add(name)
        return name


def _note(page: HtmlElement, name: str, reference: str, convert: Convert) -> HtmlElement:
    """The note on a passage, from the content of its page."""
    part = {kind: element for element in page for kind in classes(element)}
    title = "".join(head.text_content() for head in page.iterfind("h1"))
    back = E.a({TYPE: "backlink", "role": "doc-backlink", "href": f"#{reference}"}, title)
    head = E.p({"class": "which"}, back)
    note = E.aside({"class": "note", TYPE: "footnote", "role": "doc-footnote", "id": name}, head)
    if "gist" in part:
        note.append(part["gist"])
    for element in [*part.get("tags", ())]:
        function = element.find("span") if element.tag == "p" else None
        if function is not None:
            function.tail = None  # what a function is stands in the codebook
            head.append(function)
        elif element.tag != "h2":
            note.append(element)
    note.extend(_listed(convert("校勘："), _emendations(part.get("source"))))
    note.extend(_listed(convert("論及此段："), _mentions(part.get("backlinks"))))
    return note


def _emendations(source: HtmlElement | None) -> list[HtmlElement]:
    """The links to the apparatus in the line under a passage."""
    links = source.iter("a") if source is not None else ()
    return [link for link in links if posixpath.basename(addresses.apparatus("")) in link.get("href", "")]


def _mentions(backlinks: HtmlElement | None) -> list[HtmlElement]:
    """A link to the first sentence of each place that speaks of the passage."""
    found = []
    for place in backlinks.iter("details") if backlinks is not None else ():
        link = place.find(".//a")
        if link is not None:
            found.append(E.a({"href": link.get("href", "")}, (place.findtext("summary") or "").strip()))
    return found


def _listed(title: str, links: list[HtmlElement]) -> list[HtmlElement]:
    if not links:
        return []
    line = E.p({"class": "places"}, title)
    for number, link in enumerate(links):
        link.tail = "、" if number + 1 < len(links) else None
        line.append(link)
    return [line]


def outline(root: HtmlElement) -> list[tuple[int, str, str]]:
    """(level below the title, words, id) of every heading of a chapter that has an id."""
    headings = (e for e in root.iter("h2", "h3", "h4", "h5", "h6") if "id" in e.attrib)
    return [(int(str(e.tag)[1]) - 1, e.text_content().strip(), e.attrib["id"]) for e in headings]
