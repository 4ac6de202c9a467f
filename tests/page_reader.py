"""Built pages, read as values: what the tests of the pages compare with :mod:`oracle`.

Only names of classes that the layout needs are used here, never one that is made from the data; each
is in this module once.  Addresses are relative to the root of one script.
"""

from __future__ import annotations

import itertools
import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pytest
import shared
from conftest import ROOT, TINY, Files, record
from oracle import Mention, Oracle, bare
from proof_tools import checked, made
from works import SMALL, add_works

from site_builder import pipeline

Element = lxml.html.HtmlElement


class Link(NamedTuple):
    address: str
    text: str


class Item(NamedTuple):
    """A passage in a list: its page, number and gist, the evidence and note shown, its chips and traits.

    ``work`` is what names its work: ``〈堤〉``, or nothing.  Each quotation has the words for its voice.
    """

    address: str
    work: str
    number: int
    gist: str
    quotes: list[str]
    note: str
    chips: list[tuple[str, str]]
    traits: list[tuple[str, str]]


class Prose(NamedTuple):
    """A part of the editors' prose: its words without citations, what it cites, what it links."""

    words: str
    cites: list[tuple[str, str, str]]
    """(address, number, title) of each citation."""
    links: list[Link]


def find(root: Element, name: str) -> list[Element]:
    """The elements with a class."""
    return list(root.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"))


def text(element: Element) -> str:
    return bare(element.text_content())


class Page:
    """One page of a built site."""

    def __init__(self, files: Files, tree: str, address: str) -> None:
        self.files, self.tree, self.address = files, tree, address
        self.root: Element = lxml.html.document_fromstring(files[tree + address].decode())
        [self.main] = self.root.xpath("//main")

    def to(self, href: str, *, shared: bool = False) -> str:
        """Where a link of this page leads, as an address of the same script.

        :param shared: a file to download, which both scripts share, may be meant.
        """
        path, mark, fragment = href.partition("#")
        here = self.tree + self.address
        full = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        downloads = self.address == "cite.html" and full.endswith("edition.html")
        if shared and (downloads or not full.endswith(".html")):
            return full
        assert full.startswith(self.tree), f"{here}: {href} leads to the other script"
        found = full.removeprefix(self.tree)
        return (f"{found}{mark}{fragment}" if fragment else found) if mark else found

    def link(self, anchor: Element) -> Link:
        return Link(self.to(anchor.get("href")), text(anchor))

    def links(self, root: Element | None = None) -> list[Link]:
        """The links of a part of the page that lead to a place of the site."""
        found = (self.main if root is None else root).xpath(".//a[@href]")
        return [self.link(a) for a in found if "://" not in a.get("href")]

    def by_id(self, id_: str) -> Element:
        [found] = self.root.xpath(f"//*[@id='{id_}']")
        return found

    def section(self, title: str) -> Element | None:
        """The section whose heading begins with ``title``."""
        found = [one for one in self.main.iter("section", "header") if heads(one)[:1] == [title]]
        assert len(found) < 2, f"{self.address}: {title} occurs twice"
        return found[0] if found else None

    def sections(self) -> list[str]:
        return [heads(one)[0] for one in self.main.iter("section") if heads(one)]

    # pieces

    def chip(self, element: Element) -> tuple[str, str]:
        [anchor] = [element] if element.tag == "a" else element.xpath(".//a")
        found = self.link(anchor)
        return found.address, re.sub(r"[：:・、]", "", found.text)

    def chips(self, root: Element) -> list[tuple[str, str]]:
        """The chips of the first list of them in ``root``."""
        lists = find(root, "chips")[:1]
        return [self.chip(a) for one in lists for a in one.xpath("./li/a")]

    def traits(self, root: Element) -> list[tuple[str, str]]:
        """The traits of the first tag in ``root``."""
        return [tuple(self.link(a)) for found in find(root, "of-traits")[:1] for a in found.iter("a")]

    def passages(self, root: Element | None) -> list[Item]:
        """The passages that a part of the page lists."""
        if root is None:
            return []
        return [self._item(one) for found in find(root, "passages") for one in found.xpath("./li")]

    def _item(self, one: Element) -> Item:
        [at] = find(one, "at")
        found = self.link(at)
        number = re.fullmatch(r"(〈.+〉)?第(\d+)段", found.text)
        assert number, found
        [gist] = find(one, "gist")
        notes = find(one, "why")
        return Item(
            found.address,
            number[1] or "",
            int(number[2]),
            text(gist),
            quotes(one),
            text(notes[0]) if notes else "",
            self.chips(one),
            self.traits(one),
        )

    def numbers(self, root: Element) -> list[tuple[str, str]]:
        """(address, number) of the passages shown as numbers, which may begin with the name of the work;
        each title begins with the same."""
        found = []
        for anchor in root.xpath(".//a[starts-with(@title, '第 ') or starts-with(@title, '〈')]"):
            address, number = self.link(anchor)
            parts = re.fullmatch(r"(〈.+〉)?(\d+)", number)
            assert parts, number
            title = f"{parts[1] or ''}第{parts[2]}段："
            assert bare(anchor.get("title")).startswith(title), anchor.get("title")
            found.append((address, number))
        return found

    def backlinks(self) -> list[Mention]:
        """The sentences of the editors that the page lists; each leads to itself."""
        found = []
        for part in find(self.main, "backlinks"):
            for place in part.xpath(".//details[ul]"):
                [summary] = place.iter("summary")
                [count] = find(summary, "count")
                name = text(summary).removesuffix(text(count))
                rows = place.xpath("./ul/li")
                assert text(count) == f"{len(rows)}句"
                for row in rows:
                    [anchor] = row.iter("a")
                    where = find(row, "where")
                    address = self.to(anchor.get("href"))
                    found.append(
                        Mention(
                            name,
                            text(where[0]) if where else "",
                            bool(find(row, "tag")),
                            text(anchor),
                            address.partition("#")[0],
                        )
                    )
                    self.sentences.append((address, text(anchor)))
        return found

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """(address, words) of the sentences that :meth:`backlinks` has found."""
        if not hasattr(self, "_sentences"):
            self._sentences: list[tuple[str, str]] = []
        return self._sentences

    def prose(self, root: Element) -> Prose:
        """A part of the prose; its citations are not part of its words."""
        cites = [(*self.link(a), bare(a.get("title", ""))) for a in find(root, "cite")]
        links = [self.link(a) for a in root.xpath(".//a[@href]") if "cite" not in a.get("class", "").split()]
        return Prose(without(root, "cites"), cites, links)

    def about(self) -> Prose | None:
        """The editors' own text of the page: its parts of the prose, which can be two."""
        [root] = find(self.main, "after") or [self.main]
        parts = [one for one in find(root, "prose") if one.getparent() is root] or find(root, "prose")[:1]
        found = [self.prose(one) for one in parts]
        if not found:
            return None
        words, cites, links = zip(*found, strict=True)
        return Prose("".join(words), list(itertools.chain(*cites)), list(itertools.chain(*links)))

    def matrix(self) -> list[tuple[Link, list[tuple[str, str, int]]]]:
        """The rows of the first table of cells: (dimension, its cells as (address, words, count))."""
        [table] = self.main.xpath("(.//figure//table[caption])[1]")
        return [
            (
                self.link(row.xpath("./th/a")[0]),
                [
                    (*self.chip(cell.xpath(".//a")[0]), int(re.sub(r"\D", "", text(find(cell, "count")[0]))))
                    for cell in row.xpath("./td")
                ],
            )
            for row in table.xpath("./tbody/tr")
        ]

    def strip(self, root: Element) -> list[tuple[str, str]]:
        """(address, words) of the marks of the first strip in ``root``."""
        found = find(root, "strip")
        return [] if not found else [self.link(a) for a in found[0].xpath("./li/a")]


def quotes(root: Element) -> list[str]:
    """The quotations in ``root``, each with the words for its voice."""
    return [text(one) for found in find(root, "quotes") for one in found.xpath("./li")]


def definitions(dt: Element) -> list[Element]:
    """The definitions of a term: the elements ``dd`` directly behind it."""
    return [*itertools.takewhile(lambda one: one.tag == "dd", dt.itersiblings())]


def heads(section: Element) -> list[str]:
    """The words of the first heading directly in a section, without a count; none where it has none."""
    found = section.xpath("./h2|./h3")
    return [without(found[0], "count")] if found else []


def without(root: Element, name: str) -> str:
    """The words of an element without those of its parts with a class."""
    skip = set(find(root, name))

    def words(one: Element) -> Iterator[str]:
        yield one.text or ""
        for child in one:
            if child not in skip:
                yield from words(child)
            yield child.tail or ""

    return bare("".join(words(root)))


@dataclass
class Book:
    """A project and the site made of it."""

    name: str
    oracle: Oracle
    files: Files
    _pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def page(self, address: str, tree: str = "") -> Page:
        key = (tree, address.partition("#")[0])
        if key not in self._pages:
            self._pages[key] = Page(self.files, *key)
        return self._pages[key]

    def item(self, key: tuple[str, str], **more: Any) -> Item:
        """A passage as a list of passages outside of its work must show it."""
        found = {"quotes": [], "note": "", "chips": [], "traits": []} | more
        return Item(
            f"{key[0]}/{key[1]}.html",
            self.oracle.label(key[0]),
            self.oracle.passages[key].number,
            bare(self.oracle.gist(key)),
            [bare(one) for one in found["quotes"]],
            bare(found["note"]),
            found["chips"],
            found["traits"],
        )

    def passage(self, key: tuple[str, str]) -> str:
        """A passage as pages outside of its work name it."""
        return f"{self.oracle.label(key[0])}第 {self.oracle.passages[key].number} 段"

    def number(self, key: tuple[str, str]) -> tuple[str, str]:
        return f"{key[0]}/{key[1]}.html", f"{self.oracle.label(key[0])}{self.oracle.passages[key].number}"

    def prose(self, sources: list[Any]) -> Prose:
        """Sources of prose as a page must show them, one after the other."""
        oracle = self.oracle
        cites = [
            (
                *self.number((cite.work, cite.passage)),
                bare(f"{self.passage(cite[:2])}：{oracle.gist(cite[:2])}"),
            )
            for source in sources
            for one in source.sentences
            for cite in one.cites
        ]
        links = [
            Link(oracle.address(target), bare(words))
            for source in sources
            for one in source.sentences
            for target, words in one.links
        ]
        return Prose("".join(source.words for source in sources), cites, links)

    def about(self, subject: str) -> Prose | None:
        """The editors' page about a subject."""
        front = self.oracle.about.get(subject)
        return self.prose([self.oracle.pages[front["id"]]]) if front else None

    def data(self, name: str) -> Any:
        """The value that a script of data sets."""
        match = re.fullmatch(r"(?:var|const) \w+\s*=\s*(.*?);?\s*", self.files[name].decode(), re.S)
        assert match
        return json.loads(match[1])


def three_works(folder: Path) -> Path:
    """The tiny project with three works, whose tags differ and which the editors cite by their names."""
    shutil.copytree(TINY, folder)
    swaps = {"dike": ("shows", "harms"), "weir": ("shows", "asks")}
    add_works(folder, tuple(swaps))
    for work, (old, new) in swaps.items():
        for path in sorted((folder / "annotations" / work / "tags/editors").glob("*.yaml")):
            written = path.read_text(encoding="utf-8")
            written = written.replace(f"relation: {old}", f"relation: {new}")
            written = written.replace(f':{old}"', f':{new}"')
            path.write_text(written.replace("gist: ", f"gist: {work[0]}"), encoding="utf-8")
    page = folder / "annotations/pages/gates.md"
    more = "\n別處[近處](cell:flow~a)[@dike:p2 flow~a:harms; @weir:p9 ways:share; @canal:p2]。\n"
    page.write_text(page.read_text(encoding="utf-8") + more, encoding="utf-8")
    return record(folder)


@pytest.fixture(scope="session")
def works_site() -> tuple[Path, Files]:
    """A project of three works and the files of its site; no test may change it."""
    folder = shared.folder("project of three works", three_works)
    return folder, made(folder)


@pytest.fixture(scope="session")
def split_works_site(works_site: tuple[Path, Files]) -> Files:
    """The files of the site of three works whose pages and files are split; no test may change them."""
    found = checked(works_site[0]).edition(sizes=SMALL)
    assert found is not None
    return shared.value("files of three works, split", lambda: dict(pipeline.site(found)))


_BOOKS: dict[str, Book] = {}


@pytest.fixture(params=["repository", "tiny", "three works"])
def book(request: pytest.FixtureRequest) -> Book:
    """A project with its site; what passes on all is true of the tool and not of one text."""
    name: str = request.param
    if name == "three works":
        folder, files = request.getfixturevalue("works_site")
    else:
        folder = ROOT if name == "repository" else TINY
        files = request.getfixturevalue("repository_site" if name == "repository" else "tiny_site")
    found = _BOOKS.get(name)
    if found is None or found.files is not files:
        found = _BOOKS[name] = Book(name, Oracle(folder), files)
    return found
