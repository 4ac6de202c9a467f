"""What a book has before its chapters: cover, title page, table of contents."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement
from lxml.html.builder import E

from site_builder.formats.epub.chapter import TYPE
from site_builder.model import Project, Record

Convert = Callable[[str], str]
SVG = "http://www.w3.org/2000/svg"
_WIDTH, _HEIGHT, _EDGE = 1200, 1600, 110
_PAPER, _INK = "#fbfaf7", "#1d1b18"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of the table of contents; ``href`` as seen from it."""

    depth: int
    title: str
    href: str


# --- title page -----------------------------------------------------------------------------------


def title_page(project: Project, convert: Convert, *, converted: bool) -> HtmlElement:
    """What the book is, whose, which version, and what may be done with it."""
    site = project.site
    lines = [
        ("subtitle", site.subtitle),
        *(("by", f"{work.record.author}　原著") for work in project.works if work.record.author),
        ("by", f"{site.publisher}　校注"),
        ("description", site.description),
        ("imprint", f"版本 {site.version}・{site.date.isoformat()}"),
        *(("imprint", source(work.record)) for work in project.works),
        *(("imprint", work.record.rights) for work in project.works),
        *(("imprint", f"{licence.name}。{licence.definition}") for licence in site.licences),
        *([("imprint", site.conversion_note)] if converted else []),
    ]
    page = E.section({"class": "titlepage", TYPE: "titlepage"}, E.h1(convert(site.title)))
    page.extend(E.p({"class": name}, convert(words)) for name, words in lines if words)
    if site.address:
        page.append(E.p({"class": "imprint"}, E.a({"href": site.address}, site.address)))
    return E.main(page)


def source(record: Record) -> str:
    """The work as it was published: ``author〈title〉，《container》2020 年第 3 期``."""
    place = f"《{record.container}》" if record.container else ""
    year = f"{record.year} 年" if record.year else ""
    issue = f"第 {record.issue} 期" if record.issue else ""
    volume = f"第 {record.volume} 卷" if record.volume else ""
    pages = f"第 {record.pages} 頁" if record.pages else ""
    publisher = "：".join(filter(None, (record.publisher_place, record.publisher)))
    parts = (f"{record.author}〈{record.title}〉", publisher, f"{place}{year}{volume}{issue}", pages)
    return "，".join(filter(None, parts))


# --- table of contents ----------------------------------------------------------------------------


def navigation(lines: Iterable[Line], landmarks: Iterable[tuple[str, str, str]], title: str) -> HtmlElement:
    """The navigation document's content; ``landmarks`` are (type, title, href)."""
    contents = E.nav({"class": "contents", TYPE: "toc", "role": "doc-toc"}, E.h1(title))
    _nest(contents, lines)
    marks = E.nav({TYPE: "landmarks", "hidden": ""})
    marks.append(E.ol(*(E.li(E.a({TYPE: kind, "href": href}, name)) for kind, name, href in landmarks)))
    return E.main(contents, marks)


def _nest(parent: HtmlElement, lines: Iterable[Line]) -> None:
    """Lists within lists, by depth; a line that is too deep hangs from the one before it."""
    lists: list[tuple[int, HtmlElement]] = []
    for line in lines:
        while len(lists) > 1 and lists[-2][0] >= line.depth:
            lists.pop()
        if lists and lists[-1][0] > line.depth:  # the first were too deep for nothing
            lists[-1] = (line.depth, lists[-1][1])
        if not lists or lists[-1][0] < line.depth:
            lists.append((line.depth, etree.SubElement(lists[-1][1][-1] if lists else parent, "ol")))
        etree.SubElement(lists[-1][1], "li").append(E.a({"href": line.href}, line.title))


# --- cover ----------------------------------------------------------------------------------------


def cover_page(image: str, title: str) -> HtmlElement:
    return E.main(E.section({TYPE: "cover", "class": "cover"}, E.img({"src": image, "alt": title})))


def cover(project: Project, convert: Convert) -> bytes:
    """The colours of the grid, a line a dimension, over title, subtitle and authors (SVG 1.1)."""
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
    root.attrib.update({"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "width": f"{_WIDTH}", "height": f"{_HEIGHT}"})
    site = project.site
    etree.SubElement(root, f"{{{SVG}}}title").text = convert(f"{site.title}：{site.subtitle}")
    _box(root, 0, 0, _WIDTH, _HEIGHT, _PAPER)
    _tints(root, project, 720)
    authors = "、".join(dict.fromkeys(work.record.author for work in project.works))
    y = _words(root, convert(site.title), 985, 120)
    _words(root, convert(site.subtitle), y + 10, 52)
    _words(root, convert(authors), _HEIGHT - 190, 56)
    _words(root, convert(f"{site.publisher}　{site.version}"), _HEIGHT - _EDGE, 38)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _tints(root: etree._Element, project: Project, height: float) -> None:
    grid = project.grid
    poles = [pole.id for pole in grid.poles]
    rows = [dimension.id for dimension in grid.dimensions]
    width, tall = (_WIDTH - 2 * _EDGE) / len(poles), height / len(rows)
    for cell in grid.cells:
        x = _EDGE + poles.index(cell.pole) * width
        y = _EDGE + rows.index(cell.dimension) * tall
        _box(root, x, y, width - 10, tall - 10, cell.color)


def _box(root: etree._Element, x: float, y: float, width: float, height: float, color: str) -> None:
    sizes = {"x": x, "y": y, "width": width, "height": height}
    box = etree.SubElement(root, f"{{{SVG}}}rect", {name: f"{size:g}" for name, size in sizes.items()})
    box.set("fill", color)


def _words(root: etree._Element, words: str, y: float, size: float) -> float:
    """Words in as few lines as they need, at most two, smaller if need be; where the next would stand."""
    page = _WIDTH - 2 * _EDGE
    size = min(size, 2 * page / (sum(map(_wide, words)) + 2))
    for line in _broken(words, page / size):
        text = etree.SubElement(root, f"{{{SVG}}}text", {"x": f"{_EDGE}", "y": f"{y:g}", "fill": _INK})
        text.attrib.update({"font-family": "serif", "font-size": f"{size:.4g}"})
        text.text = line
        y += size * 1.35
    return y


def _broken(words: str, width: float) -> Iterator[str]:
    """Lines of at most ``width`` em, about equally long."""
    whole = sum(map(_wide, words))
    width = whole / max(1, math.ceil(whole / width)) + 0.5
    line = ""
    for char in words:
        if sum(map(_wide, line + char)) > width:
            yield line
            line = ""
        line += char
    yield line


def _wide(char: str) -> float:
    """How wide a character is, in em: a Chinese one takes one, any other about half."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55
