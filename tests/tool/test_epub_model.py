"""The book, compared with the pages of the site and the project files: words, links, cover."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import unicodedata
import zipfile
from dataclasses import replace
from typing import Any

import lxml.etree as ET
import page_reader
import proof_tools
import pytest
from conftest import Files
from oracle import bare
from page_reader import Book, Element, Page, find, text
from proof_tools import renderer
from views import SCRIPTS, pages

from site_builder.edition.edition import Edition
from site_builder.formats.epub import cover
from site_builder.model import Project
from site_builder.pipeline import Checked

book, works_site = page_reader.book, page_reader.works_site
X = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"

# What of a page is not in the book: ways about the site, what asks for a script, and settings.
FURNITURE = (
    *("trail", "siblings", "compass", "neighbours", "rail", "on-page"),
    *("strip", "way", "welcome", "outline", "more"),
    *("instrument", "shown", "programs", "downloads"),
)
CONTROLS = ("button", "fieldset", "form", "input", "noscript", "script", "select", "template")
APART = ("pictures.html", "collection.html", "search.html", "try.html", "changes.html")
OWN = ("book.cover", "book.title", "book.contents")


def opened(files: Files, tree: str) -> dict[str, bytes]:
    """The files of a book by their names."""
    name = f"data/edition{'-hans' if tree else ''}.epub"
    with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
        return {n.removeprefix("EPUB/"): archive.read(n) for n in archive.namelist()}


def chapters(book: Book, tree: str) -> dict[str, ET._Element]:
    """The chapters that are pages of the site, by the address of the page."""
    return {
        name.removesuffix(".xhtml") + ".html": ET.fromstring(data)
        for name, data in opened(book.files, tree).items()
        if name.endswith(".xhtml") and not name.startswith(OWN)
    }


def of_the_book(book: Book, page: Page) -> Element:
    """Reduce a page to its parts that must be in the book."""
    root = page.main
    for name in FURNITURE:
        for one in find(root, name):
            if one.getparent() is not None:
                one.drop_tree()
    for one in (
        list(root.iter(*CONTROLS))
        + find(root, "needs-script")
        + root.xpath(".//*[@aria-hidden='true']")
        + root.xpath(".//*[@class='other-styles']/summary")  # a book shows all styles
    ):
        if one.getparent() is not None:
            one.drop_tree()
    inside = set(book_addresses(book))
    for one in find(root, "go"):
        if page.to(one.get("href")) not in inside and one.getparent().tag == "p":
            one.getparent().drop_tree()
    return root


def picture_tables(root: Any) -> dict[str, list[str]]:
    """Take the pictures out of a page or a chapter: id → the rows of the table with the same content."""
    found = {}
    for one in root.xpath("//*[local-name()='figure' and @class='picture']"):
        inside = one.xpath(".//*[local-name()='table']")
        after = [part for part in one.xpath("./following-sibling::*[1]") if part.get("class") == "plain"]
        table = next(iter([*inside, *after]), None)
        rows = [] if table is None else table.xpath(".//*[local-name()='tr']")
        found[one.get("id")] = [bare("".join(row.itertext())) for row in rows]
        for part in (one, table) if not inside and table is not None else (one,):
            part.getparent().remove(part)
    return found


def book_addresses(book: Book) -> list[str]:
    """The pages that must be chapters.

    These are all but those of passages, of scripts, of changes, of all pictures, the collection and the
    witness.
    """
    works = {work.id for work in book.oracle.works}
    found = []
    for name in pages(book.files):
        folder, _, last = name.rpartition("/")
        alone = folder in works and last not in ("index.html", "apparatus.html")
        if not alone and name not in APART:
            found.append(name)
    return found


def goal(book: Book, address: str) -> str:
    """The target in the book of a link of the site, or ``""``."""
    path, mark, fragment = address.partition("#")
    folder, _, last = path.rpartition("/")
    works = {work.id: {one["id"] for one in work.ledger} for work in book.oracle.works}
    id_ = last.removesuffix(".html")
    if folder in works and id_ in works[folder]:
        return f"{folder}/index.html#{id_}"
    if path not in book_addresses(book):
        return ""
    return path + (mark + fragment if fragment else "")


@pytest.mark.parametrize("tree", SCRIPTS)
def test_a_chapter_has_the_words_of_its_page_and_no_navigation_of_the_site(book: Book, tree: str) -> None:
    found = chapters(book, tree)
    home = "index.html"
    without_home = {home} - found.keys()
    assert found.keys() == set(book_addresses(book)) - without_home
    for address, chapter in found.items():
        if address in {f"{work.id}/index.html" for work in book.oracle.works}:
            continue  # its notes are elsewhere
        for one in chapter.xpath("//*[@class='column']"):  # a cell of a table names its column
            assert one.getparent().tag == f"{X}td"
            one.text = ""
        [body] = chapter.iter(f"{X}body")
        page = Page(book.files, tree, address)
        assert picture_tables(body) == picture_tables(page.main), address
        root = of_the_book(book, page)
        wanted, shown = text(root), bare("".join(body.itertext()))
        if address == home:  # the title of the book is on its title page
            old = text(root.find(".//h1")) + "".join(text(one) for one in find(root, "subtitle"))
            wanted = wanted.removeprefix(old)
            shown = shown.removeprefix(bare("".join(next(body.iter(f"{X}h1")).itertext())))
        assert shown == wanted, address
        assert not list(chapter.iter(f"{X}nav")), address


def test_each_cell_of_a_table_of_entries_names_its_column(book: Book) -> None:
    """On a narrow page the columns are one below the other, without the head of the table."""
    tables = [one for root in chapters(book, "").values() for one in root.xpath("//*[@class='comparison']")]
    assert tables
    for table in tables:
        heads = [bare("".join(one.itertext())) for one in table.iter(f"{X}th") if one.get("scope") == "col"]
        for row in table.xpath(".//*[local-name()='tbody']/*"):
            named = row.xpath("./*[local-name()='td']/*[@class='column']")
            assert [bare("".join(one.itertext())) for one in named] == heads


@pytest.mark.parametrize("tree", SCRIPTS)
def test_every_link_of_a_page_leads_to_the_same_in_the_book(book: Book, tree: str) -> None:
    found = chapters(book, tree)
    texts = {f"{work.id}/index.html" for work in book.oracle.works}
    count = 0
    for address, chapter in found.items():
        if address in texts:
            continue
        page = Page(book.files, tree, address)
        assert picture_tables(chapter) == picture_tables(page.main), address
        root = of_the_book(book, page)
        wanted = [
            (goal(book, page.to(a.get("href"))), text(a))
            for a in root.xpath(".//a[@href]")
            if "://" not in a.get("href")
        ]
        if "index.html" not in found:
            wanted = [one for one in wanted if one[0] != "index.html"]
        shown = []
        for a in chapter.iter(f"{X}a"):
            href = a.get("href", "")
            if "://" in href:
                continue
            path, mark, fragment = href.partition("#")
            full = posixpath.normpath(posixpath.join(posixpath.dirname(address), path)) if path else address
            full = re.sub(r"\.xhtml$", ".html", full)
            shown.append((full + (mark + fragment if mark else ""), bare("".join(a.itertext()))))
        assert shown == [one for one in wanted if one[0]], address
        count += len(shown)
    assert count


@pytest.mark.parametrize("tree", SCRIPTS)
def test_the_text_of_the_book_is_that_of_the_edition(book: Book, tree: str) -> None:
    found = chapters(book, tree)
    for work in book.oracle.works:
        chapter = found[f"{work.id}/index.html"]
        page = Page(book.files, tree, f"{work.id}/index.html")
        for block in work.blocks:
            [one] = chapter.xpath(f"//*[@id='{block.id}']")
            words = "".join(one.itertext())
            assert words == page.by_id(block.id).text_content(), block.id
            assert tree or words == block.text
        assert not list(chapter.iter(f"{X}nav"))


def test_the_legend_of_a_text_explains_its_numbers_and_where_it_is_marked_its_marks(
    tiny_site: Files, tiny_site_without_text: Files
) -> None:
    for files, marked in ((tiny_site, True), (tiny_site_without_text, False)):
        root = ET.fromstring(opened(files, "")["canal/index.xhtml"])
        [header] = root.iter(f"{X}header")
        legend = bare("".join(header.itertext()))
        assert "段首的小字是段號" in legend
        assert ("標記所據的原文" in legend) is marked
        assert bool(list(root.iter(f"{X}mark"))) is marked


def test_a_text_of_the_book_is_numbered_and_each_passage_leads_to_its_note(book: Book) -> None:
    for work in book.oracle.works:
        root = chapters(book, "")[f"{work.id}/index.html"]
        asides = {one.get("id"): one for one in root.iter(f"{X}aside")}
        assert len(asides) == len(work.passages)
        for passage, aside in zip(work.passages, asides.values(), strict=True):
            tags = book.oracle.tags[(work.id, passage.id)]
            [words] = root.xpath(f"//*[@id='{passage.id}']")
            paragraph = next(one for one in (words, *words.iterancestors()) if one.tag == f"{X}p")
            label = f"〔{passage.label}〕" if passage.label else ""
            line = f"{passage.number}{label}{passage.text}註{passage.number}"
            assert bare("".join(paragraph.itertext())) == bare(line)
            [reference] = paragraph.iter(f"{X}a")
            assert reference.get("href") == f"#{aside.get('id')}"
            back = next(aside.iter(f"{X}a"))
            assert back.get("href") == f"#{reference.get('id')}"
            note = bare("".join(aside.itertext()))
            assert note.startswith(bare(f"第{passage.number}段{label}{book.oracle.functions[tags.function]}"))
            after = note.index(bare(tags.gist))
            for one in tags.cells:
                after = max(
                    after, note.index(bare(book.oracle.chip(one.cell)[1]), note.index(bare(tags.gist)))
                )
            assert bare(tags.note) in note[after:]


def test_the_contents_name_every_chapter_once_and_the_outline_of_each_text(book: Book) -> None:
    root = ET.fromstring(opened(book.files, "")["book.contents.xhtml"])
    toc = next(root.iter(f"{X}nav"))
    hrefs = [a.get("href", "") for a in toc.iter(f"{X}a")]
    names = [f"{address.removesuffix('.html')}.xhtml" for address in chapters(book, "")]
    assert sorted(one for one in hrefs if "#" not in one and one not in ("book.title.xhtml",)) == sorted(
        names
    )
    outlines = [
        f"{work.id}/index.xhtml#{heading.id}"
        for work in book.oracle.works
        for heading in work.headings
        if heading.level > 1
    ]
    assert [one for one in hrefs if "#" in one and "#notes" not in one] == outlines


def nesting(book: Book) -> list[tuple[int, str]]:
    """(depth, chapter) of the table of contents, in the order of reading."""
    oracle = book.oracle
    found = [(0, "book.title.xhtml")] + [(0, "index.xhtml")] * ("home" in oracle.about)
    for work in oracle.works:
        found.append((0, f"{work.id}/index.xhtml"))
        found += [(h.level - 1, f"{work.id}/index.xhtml#{h.id}") for h in work.headings if h.level > 1]
        found.append((1, f"{work.id}/index.xhtml#notes"))
    found.append((0, "grid/index.xhtml"))
    for id_ in oracle.dimensions:
        found.append((1, f"grid/{id_}.xhtml"))
        own = [cell for cell, raw in oracle.cells.items() if raw["dimension"] == id_]
        found += [(2, f"grid/{oracle.slug(cell)}.xhtml") for cell in own]
    for facet in oracle.frames:
        found.append((0, f"{facet}/index.xhtml"))
        found += [(1, f"{facet}/{entry.id}.xhtml") for entry in oracle.top(facet)]
    found.append((0, "silence.xhtml"))
    found += [(0, "argument.xhtml")] * bool(oracle.edges)
    found += [(0, f"{id_}.xhtml") for id_, front in oracle.fronts.items() if not front.get("about")]
    found.append((0, "indexes.xhtml"))
    found += [(1, f"{id_}/index.xhtml") for id_, raw in oracle.facets.items() if raw["kind"] == "index"]
    found += [(0, f"{work.id}/apparatus.xhtml") for work in oracle.works]
    found.append((0, "method.xhtml"))
    found += [(0, "disagreements.xhtml")] * oracle.has_disagreements
    return [*found, (0, "cite.xhtml")]


def test_the_contents_are_in_the_order_of_reading_and_nest_what_belongs_together(book: Book) -> None:
    files = opened(book.files, "")
    root = ET.fromstring(files["book.contents.xhtml"])
    toc = next(root.iter(f"{X}nav"))
    shown = [
        (sum(one.tag == f"{X}ol" for one in a.iterancestors()) - 1, a.get("href") or "")
        for a in toc.iter(f"{X}a")
    ]
    assert shown == nesting(book)
    package = ET.fromstring(files["book.opf"])
    items = {one.get("id"): one.get("href") for one in package.iter("{*}item")}
    spine = [items[one.get("idref")] for one in package.iter("{*}itemref")]
    assert [name for name in spine if name not in ("book.cover.xhtml", "book.contents.xhtml")] == [
        name for _, name in nesting(book) if "#" not in name
    ]


def test_each_file_of_a_book_has_the_type_of_its_ending(book: Book) -> None:
    types = {"xhtml": "application/xhtml+xml", "svg": "image/svg+xml", "css": "text/css"}
    files = opened(book.files, "")
    package = ET.fromstring(files["book.opf"])
    listed = {one.get("href") or "": one for one in package.iter("{*}item")}
    assert listed.keys() == {n for n in files if "/" not in n or n.endswith(".xhtml")} - {
        "mimetype",
        "book.opf",
    } - {n for n in files if n.startswith("META-INF")}
    for name, item in listed.items():
        assert item.get("media-type") == types[name.rpartition(".")[2]], name
        wanted = {"book.contents.xhtml": "nav", "book.cover.svg": "cover-image"}.get(name)
        if name.endswith(".xhtml") and b"<svg" in files[name]:
            wanted = "svg"
        assert item.get("properties") == wanted, name


# --- the cover --------------------------------------------------------------------------------------


def wide(words: str) -> float:
    """The least width of words in em: 1 for a Chinese character, 0.5 for any other."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in words)


LONG = "一條從山腳引來而過三道閘的圳的遠近與兩岸的人所說的話"
COVERS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "one character": {"title": "圳", "subtitle": "注"},
    "long": {"title": LONG, "subtitle": LONG * 2, "publisher": LONG},
    "very long": {"title": LONG * 3, "subtitle": LONG * 4},
    "Latin": {"title": "A channel, near and far, and all that was said beside it", "subtitle": "x" * 80},
}


def drawn(project: Project) -> ET._Element:
    """The cover of a project."""
    edition = Edition.of(project)
    view = cover.view(project, edition.catalogue.text)
    return ET.fromstring(renderer(edition).render(view).text.encode())


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        # one line each: the base lines and sizes of the four parts
        ({}, [(985, 120, "一條圳的遠近"), (1157, 52, "〈圳邊記〉校注本")]),
        ({}, [(1410, 56, "本測試的編者"), (1490, 38, "測試編者\u30002.0")]),
        # the first of two lines has at most half of the words; what is below a second line starts lower
        ({"title": "圳" * 9}, [(985, 120, "圳" * 5), (1147, 120, "圳" * 4), (1319, 52, "〈圳邊記〉校注本")]),
        ({"subtitle": "圳" * 19}, [(1157, 52, "圳" * 10), (1227.2, 52, "圳" * 9)]),
        ({"title": "I saw a mountain"}, [(985, 120, "I saw a"), (1147, 120, "mountain")]),
        ({"title": "To be or not to be seen"}, [(985, 120, "To be or not"), (1147, 120, "to be seen")]),
    ],
)
def test_the_lines_of_the_cover_have_their_places_and_sizes(
    words: dict[str, str], lines: list[tuple[float, float, str]], tiny: Checked
) -> None:
    assert tiny.project is not None
    root = drawn(replace(tiny.project, site=proof_tools.localized(tiny.project.site, **words)))
    assert (root.get("width"), root.get("height")) == ("1200", "1600")
    found = [
        (float(one.get("y") or 0), float(one.get("font-size") or 0), one.text or "")
        for one in root.iter(f"{SVG}text")
    ]
    for line in lines:
        assert any(
            line[2] == text and (y, size) == pytest.approx(line[:2], abs=0.5) for y, size, text in found
        )


@pytest.mark.parametrize("name", COVERS)
@pytest.mark.parametrize("project", ["repository", "tiny"])
def test_the_words_of_the_cover_are_on_it_and_do_not_overlap(
    project: str, name: str, request: pytest.FixtureRequest
) -> None:
    checked: Checked = request.getfixturevalue(project)
    assert checked.project is not None
    site = proof_tools.localized(checked.project.site, **COVERS[name])
    root = drawn(replace(checked.project, site=site))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    assert (width, height) == (float(root.get("width") or 0), float(root.get("height") or 0))
    boxes = [{k: one.get(k) for k in one.attrib} for one in root.iter(f"{SVG}rect")]
    paper, *tints = [tuple(float(one[k] or 0) for k in ("x", "y", "width", "height")) for one in boxes]
    assert paper == (0, 0, width, height)
    lines = []
    for one in root.iter(f"{SVG}text"):
        x, y, size = (float(one.get(k) or 0) for k in ("x", "y", "font-size"))
        lines.append((x, y - 0.88 * size, wide(one.text or "") * size, size, one.text or ""))
    for x, top, across, tall, words in lines:
        assert x > 0, words
        assert x + across <= width - x + 1, words  # as much margin on the right as on the left
        assert top >= 0, words
        assert top + tall <= height, words
        assert tall >= 12, words
    for (_, top, _, tall, words), (_, below, *_) in itertools.pairwise(lines):
        assert top + tall <= below + 1, words
    bottom = max(y + h for _, y, _, h in tints)
    assert bottom <= lines[0][1]
    shown = "".join(line[4] for line in lines)
    authors = "、".join(dict.fromkeys(work.record.author for work in checked.project.works))
    assert bare(shown) == bare(f"{site.title}{site.subtitle}{authors}{site.publisher}{site.version}")


@pytest.mark.parametrize("project", ["repository", "tiny"])
def test_the_cover_has_the_colour_of_each_cell_at_its_place(
    project: str, request: pytest.FixtureRequest
) -> None:
    checked: Checked = request.getfixturevalue(project)
    assert checked.project is not None
    grid = checked.project.grid
    root = drawn(checked.project)
    width = float((root.get("viewBox") or "").split()[2])
    tints = []
    for one in list(root.iter(f"{SVG}rect"))[1:]:
        x, y, w, h = (float(one.get(k) or 0) for k in ("x", "y", "width", "height"))
        tints.append((y, x, x + w, y + h, one.get("fill")))
    tints.sort()
    order = [
        cell.color
        for dimension in grid.dimensions
        for pole in grid.poles
        for cell in grid.cells
        if (cell.dimension, cell.pole) == (dimension.id, pole.id)
    ]
    assert [one[4] for one in tints] == order
    rows = [tints[n : n + len(grid.poles)] for n in range(0, len(tints), len(grid.poles))]
    for row in rows:
        assert len({one[0] for one in row}) == 1
        for (_, _, right, *_), (_, left, *_) in itertools.pairwise(row):
            assert 0 < left - right <= 20
        assert row[0][1] > 0
        assert abs(row[0][1] - (width - row[-1][2])) <= 20
    for upper, lower in itertools.pairwise(rows):
        assert 0 < lower[0][0] - upper[0][3] <= 20
