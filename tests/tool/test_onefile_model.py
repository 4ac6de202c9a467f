"""The whole site in one file, compared with its pages: the same words, and each link to the same place."""

from __future__ import annotations

import posixpath
import re
from html import unescape

import lxml.html
import page_reader
import pytest
import views
from page_reader import Book, Element, Page, bare, find, text
from test_pages_about import navigation

book, works_site = page_reader.book, page_reader.works_site

LEFT = ("search.html", "try.html", "collection.html")
"""Pages that are nothing without their script."""


def one_file(book: Book, tree: str) -> Element:
    return lxml.html.document_fromstring(book.files[f"{tree}edition.html"].decode())


def stem(address: str) -> str:
    found = address.removesuffix(".html")
    return "home" if found == "index" else found.removesuffix("/index")


def addresses(book: Book) -> list[str]:
    return [name for name in views.pages(book.files) if name not in LEFT]


def inside(book: Book, tree: str) -> dict[str, Element]:
    """Address of a page → its section in the file."""
    root = one_file(book, tree)
    named = {one.get("id"): one for one in find(root, "page")}
    found = {address: named[f"__{stem(address)}"] for address in addresses(book)}
    assert len(find(root, "page")) == len(found)
    return found


def needing_no_script(page: Page) -> Page:
    """A page without the parts that need a script, and without the downloads and the files of
    pictures, which are not beside the file; and with the notes to which it leads.
    """
    gone = [one for name in ("settings", "downloads", "take") for one in find(page.root, name)]
    for one in [*page.root.iter("template", "noscript"), *gone]:
        if one.getparent() is not None:
            one.drop_tree()
    for figure in find(page.root, "picture"):
        if (at := first_place(page, figure)) is not None:
            for together in figure.findall("div[@class='shown']"):
                together.drop_tag()
            for part in figure:
                is_read = "published" in part.get("data-in", "published").split()
                stays = part.tag in ("h2", "h3") or "limits" in part.classes
                if not stays and not ("shows" in part.classes and is_read):
                    part.drop_tree()
            figure.append(lxml.html.fragment_fromstring(f'<p><a href="{at}">{SEE[page.tree]}</a></p>'))
    for links in find(page.root, "noted"):
        [beside] = links.iterancestors("aside")
        beside.addnext(listed_notes(page, links))
        links.drop_tree()
    return page


SEE = {"": "見圖", "hans/": "见图"}


def first_place(page: Page, figure: Element) -> str | None:
    """Where the file shows a picture of a page; ``None`` if it is there."""
    sections = re.findall(
        r'<div class="page[^"]*" id="__([^"]+)"', page.files[f"{page.tree}edition.html"].decode()
    )
    named = {stem(name): name for name in views.pages(page.files)}
    # the page of all pictures comes last: it shows what no other page does
    names = sorted(map(named.__getitem__, sections), key=lambda one: one == "pictures.html")
    id_ = figure.get("id")
    found = next(name for name in names if f'id="{id_}"' in page.files[page.tree + name].decode())
    return (
        None
        if found == page.address
        else posixpath.relpath(found, posixpath.dirname(page.address)) + f"#{id_}"
    )


def listed_notes(page: Page, links: Element) -> Element:
    """The list of the notes to which the reading page leads, which is on the page of their passage."""
    [goal] = {page.to(a.get("href")).partition("#")[0] for a in links.iter("a")}
    [found] = [one for one in Page(page.files, page.tree, goal).root.iter("ol") if "comments" in one.classes]
    assert [one.get("id") for one in found.iter("li")] == [a.get("id") for a in links.iter("a")]
    return found


@pytest.mark.parametrize("tree", views.SCRIPTS)
def test_every_page_is_in_the_file_with_all_its_words(book: Book, tree: str) -> None:
    for address, section in inside(book, tree).items():
        page = needing_no_script(Page(book.files, tree, address))
        assert text(section) == text(page.main), address


@pytest.mark.parametrize("tree", views.SCRIPTS)
def test_every_link_of_a_page_leads_to_the_same_place_in_the_file(book: Book, tree: str) -> None:
    """Where a page links another, the file leads to the section or to the part that has the same words."""
    sections = inside(book, tree)
    pages = {address: needing_no_script(Page(book.files, tree, address)) for address in sections}
    named = {
        (address, one.get("id")): one
        for address, page in pages.items()
        for one in page.root.xpath("//*[@id]")
    }
    targets: dict[str, tuple[str, str]] = {}
    for address, section in sections.items():
        for one in (section, *section.xpath(".//*[@id]")):
            assert one.get("id") not in targets, "an id occurs twice"
            targets[one.get("id")] = (address, "" if one is section else text(one))
    seen: set[tuple[str, str, str]] = set()
    for address, section in sections.items():
        page = pages[address]
        shown = section.xpath(".//a")
        for a, original in zip(shown, page.main.xpath(".//a"), strict=True):
            href = original.get("href", "")
            if "://" in href:
                assert a.get("href") == href
                continue
            full = posixpath.normpath(
                posixpath.join(posixpath.dirname(address), unescape(href).partition("#")[0])
            )
            goal, id_ = full if href.partition("#")[0] else address, href.partition("#")[2]
            if goal not in sections:
                assert a.get("href") is None, (address, href)
                continue
            found, words = targets[a.get("href", "").removeprefix("#")]
            assert found == goal, (address, href)
            if id_:
                if (a.get("href"), goal, id_) not in seen:  # a link on many pages has one target
                    assert words == text(named[(goal, id_)]), (address, href)
                    seen.add((a.get("href"), goal, id_))
            else:
                assert words == "", (address, href)


@pytest.mark.parametrize("tree", views.SCRIPTS)
def test_ids_of_the_first_text_are_the_same_in_the_file(book: Book, tree: str) -> None:
    named = {one.get("id"): one for one in one_file(book, tree).xpath("//*[@id]")}
    for block in book.oracle.works[0].blocks:
        found = named[block.id]
        assert tree or str(found.text_content()) == block.text


def test_the_head_of_the_file_is_that_of_the_first_page(book: Book) -> None:
    home = book.page("index.html").root
    for tree in views.of_site(book.files):
        root = one_file(book, tree)
        page = Page(book.files, tree, "index.html").root
        assert root.find(".//title").text == page.find(".//title").text
        assert root.xpath("//meta[@name='description']/@content") == page.xpath(
            "//meta[@name='description']/@content"
        )
        assert root.get("lang") == page.get("lang")
        assert not root.xpath("//script|//link[@rel='stylesheet']|//img")
        [nav] = root.xpath("//body/nav")
        wanted = [place.text for place in navigation(book, "edition.html")]
        assert len(nav.xpath(".//a")) == len(wanted)
        assert tree or [bare(text(a)) for a in nav.iter("a")] == wanted
    assert home is not None


@pytest.mark.parametrize("tree", views.SCRIPTS)
def test_each_drawing_is_once_in_the_file(book: Book, tree: str) -> None:
    drawings = find(one_file(book, tree), "drawing")
    found = [lxml.html.tostring(one, with_tail=False) for one in drawings]
    assert len({*found}) == len(found)
