"""A page of the site → a chapter of the book: what only a browser can use goes, words and ids stay."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from site_builder.edition import addresses

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_GONE = {"button", "form", "input", "noscript", "script", "select", "template"}
_GONE_CLASSES = {
    *("trail", "siblings", "compass", "neighbours", "rail"),  # ways about the site: a book has its own
    *("strip", "way", "outline", "more"),  # coloured bars, and the table of contents over again
    "sn",  # numbers of sentences that a style sheet of the site draws
    *("instrument", "shown", "programs"),  # settings, and records for programs to read
}
_PARSER = html.HTMLParser(remove_comments=True, remove_pis=True)
_HAVING = etree.XPath("descendant-or-self::*[contains(concat(' ', @class, ' '), concat(' ', $name, ' '))]")
_IDS = etree.XPath("descendant-or-self::*/@id", smart_strings=False)
_KEPT = {"id", "class", "href", "lang", "scope", "colspan", "rowspan", "value", TYPE, "role", "data-cell"}
_QUIET = {"unseen", "emended"}
"""Classes that say how a browser shows something, and nothing of what it is."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_UNFOLDED = {"details": "section", "summary": ""}
"""What folds becomes a section, and what it is folded under the heading of that section."""


def main(page: str) -> HtmlElement:
    """The content of a whole page as the site has it, still with everything in it."""
    end = "</main>"
    return html.fragment_fromstring(page[page.index("<main") : page.index(end) + len(end)], parser=_PARSER)


def classes(element: HtmlElement) -> list[str]:
    return element.get("class", "").split()


def ids(root: HtmlElement) -> frozenset[str]:
    found: list[str] = _IDS(root)
    return frozenset(found)


def having(root: HtmlElement, name: str) -> list[HtmlElement]:
    """The elements of a class."""
    found: list[HtmlElement] = _HAVING(root, name=name)
    return found


def rename(root: HtmlElement, title: str) -> None:
    """Another title over the page."""
    for element in root.iter("h1"):
        element.text = title
    for element in having(root, "subtitle"):
        element.drop_tree()


def cleaned(root: HtmlElement) -> HtmlElement:
    """The content as XHTML can hold it and a reader without scripts can use it, in place."""
    every = [*root.iter()]
    for element in every:
        if _is_gone(element):
            drop(element)
    level = 1
    for element in [*root.iter()]:
        if element.tag in _HEADINGS:
            level = int(element.tag[1])
        elif element.tag in _UNFOLDED:
            element.tag = _UNFOLDED[element.tag] or f"h{min(level + 1, 6)}"
        elif element.tag == "table":
            _name_columns(element)
        _simplify(element)
    _join_marks(root)
    return root


def _is_gone(element: HtmlElement) -> bool:
    return (
        element.tag in _GONE
        or _is_of_browser(element.get("class", ""))
        or element.get("aria-hidden") == "true"
    )


@cache
def _is_of_browser(names: str) -> bool:
    """Whether one of the classes is of what a book has no use for.  A site has few values of ``class``."""
    return not _GONE_CLASSES.isdisjoint(names.split())


def drop(element: HtmlElement | None) -> None:
    """Take an element out of its page, with all that is in it."""
    if element is not None and element.getparent() is not None:
        element.drop_tree()


def _name_columns(table: HtmlElement) -> None:
    """In a table of much prose each cell names its column, for pages too narrow to set them side by side."""
    figure = next(table.iterancestors("figure"), None)
    if figure is None or classes(figure) != ["comparison"]:
        return
    heads = [head.text_content() for head in table.iterfind("thead/tr[last()]/th")]
    for row in table.iterfind("tbody/tr"):
        for head, cell in zip(heads, row.findall("td"), strict=False):
            name = html.Element("span", {"class": "column"})
            name.text, name.tail, cell.text = head, cell.text, None
            cell.insert(0, name)


def _simplify(element: HtmlElement) -> None:
    """Only attributes that say something in a book; a frame that says nothing goes."""
    attributes = element.attrib
    if not attributes:
        return
    names = attributes.pop("class", "")
    kept = _lasting(names)
    for name in [*attributes]:
        if name not in _KEPT or (name == "role" and TYPE not in attributes):
            del attributes[name]
    if kept:
        attributes["class"] = kept
    if "lang" in attributes:
        attributes[_LANG] = attributes["lang"]
    if names == "scroll" or (element.tag == "span" and not attributes):
        element.drop_tag()


@cache
def _lasting(names: str) -> str:
    """Classes without those by which the site lights up tags (``t3``) or losses (``l-merges``)."""
    every = (name for name in names.split() if name not in _QUIET)
    return " ".join(n for n in every if not n.startswith("l-") and not (n[0] == "t" and n[1:].isdecimal()))


def _join_marks(root: HtmlElement) -> None:
    """Marks that touch and are alike were one, cut where something else began."""
    for mark in [*root.iter("mark")]:
        before, parent = mark.getprevious(), mark.getparent()
        if before is None or parent is None or before.tag != "mark" or before.tail or len(before) + len(mark):
            continue
        if before.attrib == mark.attrib:
            before.text = (before.text or "") + (mark.text or "")
            before.tail = mark.tail
            mark.tail = None
            parent.remove(mark)


# --- links ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where a link of the site leads in the book.

    ``ids`` are those of each chapter, by address of the site; ``moved`` maps addresses that are no chapters
    to those that stand for them.
    """

    ids: Mapping[str, frozenset[str]]
    moved: Mapping[str, str]

    def link(self, root: HtmlElement, here: str) -> None:
        """Turn every link of the chapter ``here``; one that leads nowhere becomes its words."""
        goals: dict[str, str] = {}
        for element in [*root.iter("a")]:
            href = element.get("href", "")
            if href not in goals:
                goals[href] = self.goal(href, here)
            goal = goals[href]
            if goal:
                element.set("href", goal)
            else:
                _unlink(element)

    def goal(self, href: str, here: str) -> str:
        """The link in the book, or nothing."""
        if urlsplit(href).scheme:
            return href
        path, _, id_ = href.partition("#")
        address = _joined(posixpath.dirname(here), path) if path else here
        if address in self.moved:
            address, _, id_ = self.moved[address].partition("#")
        if address not in self.ids:
            return ""
        fragment = f"#{id_}" if id_ in self.ids[address] else ""
        return addresses.relative(file(address) + fragment, file(here))


@cache
def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def file(address: str) -> str:
    """The name of a chapter's file."""
    return address.removesuffix(".html") + ".xhtml" if address.endswith(".html") else address


def _unlink(element: HtmlElement) -> None:
    parent = element.getparent()
    if "go" in classes(element) and parent is not None and parent.tag == "p":
        drop(parent)
        return
    element.attrib.pop("href", None)
    if element.attrib:
        element.tag = "span"
    else:
        element.drop_tag()


# --- files ----------------------------------------------------------------------------------------


def document(content: etree._Element, *, title: str, lang: str, style: str, matter: str) -> bytes:
    """A content document (EPUB 3.3, section 6.1: the XML syntax of HTML).

    :param style: the style sheet as seen from the document.
    :param matter: the part of the book that it belongs to.
    """
    root = etree.Element("html", {"lang": lang, _LANG: lang}, nsmap={"epub": OPS})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": style})
    body = etree.SubElement(root, "body", {TYPE: matter})
    content.tail = "\n"
    body.append(content)
    # the tree has no namespace while it is worked on; its root says here which one all of it is in
    text = etree.tostring(root, encoding="unicode").replace("<html ", f'<html xmlns="{XHTML}" ', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()
