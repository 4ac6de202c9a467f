"""``edition.epub``, checked by EPUBCheck, axe and Chromium, and by reading every file of the book.

The tests use two projects in both scripts, one whose text has a character beyond the BMP, and one whose text
may not be published.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import proof_tools
import pytest
import shared
import test_browser
import test_without_text
import views
from conftest import Files, site_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Browser
from test_browser import AXE, RULES
from test_webannotation import with_rare_characters

from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.edition.index import build_index
from site_builder.formats.epub import epub, package
from site_builder.formats.epub.notes import Notes
from site_builder.formats.epub.order import Line, nested
from site_builder.formats.epub.places import Places
from site_builder.language.chinese import Simplifier
from site_builder.model import Passage, Work
from site_builder.pipeline import Checked
from site_builder.site import backlinks, pages
from site_builder.site.presenter import Presenter

chromium = test_browser.chromium
X, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}type"
NS = {
    "x": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
FOLDER = "EPUB/"


# --- books ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Book:
    """A book, the project it is of, and the pages it was made from."""

    edition: Edition
    pages: dict[str, str]
    converted: bool
    data: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Path as seen from the package document → bytes."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {
                name.removeprefix(FOLDER): archive.read(name)
                for name in archive.namelist()
                if name.startswith(FOLDER)
            }

    @cached_property
    def chapters(self) -> dict[str, etree._Element]:
        """Path → the parsed document."""
        return {n: etree.fromstring(data) for n, data in self.files.items() if n.endswith(".xhtml")}

    @cached_property
    def package(self) -> etree._Element:
        return etree.fromstring(self.files["book.opf"])

    @property
    def spine(self) -> list[str]:
        """The paths of the documents in reading order."""
        items = {item.get("id"): item.get("href", "") for item in self.package.iterfind(".//opf:item", NS)}
        return [items[ref.get("idref")] for ref in self.package.iterfind(".//opf:itemref", NS)]

    @property
    def texts(self) -> list[tuple[Work, etree._Element]]:
        """Each work with the chapter of its text."""
        works = self.edition.project.works
        return [(work, self.chapters[f"{work.id}/index.xhtml"]) for work in works]

    def convert(self, text: str) -> str:
        return Simplifier(self.edition.project.site.keep)(text) if self.converted else text


def pages_of(files: Files, *, converted: bool) -> dict[str, str]:
    """The pages of one script in the order of the site."""
    tree = views.HANS if converted else ""
    return {name: files[tree + name].decode() for name in files if name in {*views.pages(files, tree)}}


def book_of(checked: Checked, files: Files, *, converted: bool, with_text: bool = True) -> Book:
    assert checked.project is not None
    assert checked.index is not None
    edition = Edition(checked.project, checked.index, with_text=with_text)
    data = files[f"data/edition{'-hans' if converted else ''}.epub"]
    return Book(edition=edition, pages=pages_of(files, converted=converted), converted=converted, data=data)


BOOKS = ["repository", "repository-hans", "tiny", "tiny-hans", "rare", "rare-hans", "bare", "bare-hans"]


@pytest.fixture(scope="module", params=BOOKS)
def book(request: pytest.FixtureRequest) -> Book:
    return _book(request.param, request)


def _book(which: str, request: pytest.FixtureRequest) -> Book:
    kind, _, script = which.partition("-")
    name = kind if kind in ("repository", "tiny") else "tiny"
    checked: Checked = request.getfixturevalue(name)
    if kind == "rare":
        assert checked.project is not None
        project = with_rare_characters(checked.project)
        checked = Checked(project=project, index=build_index(project), problems=())
    if kind == "rare":
        files: Files = shared.value("files of tiny with rare characters", lambda: dict(site_of(checked)))
    else:
        files = request.getfixturevalue(f"{name}_site_without_text" if kind == "bare" else f"{name}_site")
    return book_of(checked, files, converted=bool(script), with_text=kind != "bare")


def ids(root: etree._Element) -> list[str]:
    return [element.attrib["id"] for element in root.iter() if "id" in element.attrib]


def by_id(root: etree._Element, id_: str) -> etree._Element:
    found = root.xpath("//*[@id=$id]", id=id_)
    assert len(found) == 1, (id_, len(found))
    return found[0]


def words(element: etree._Element) -> str:
    return "".join(element.itertext())


def typed(root: etree._Element, kind: str) -> list[etree._Element]:
    """The elements of a kind (``epub:type``)."""
    return [element for element in root.iter() if kind in element.get(OPS, "").split()]


def links(book: Book) -> Iterator[tuple[str, etree._Element, str, str]]:
    """(document, link, path, id) of every link that stays in the book."""
    for name, root in book.chapters.items():
        for element in root.iter(f"{X}a"):
            parts = urlsplit(element.attrib["href"])
            if not parts.scheme:
                path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))
                yield name, element, path if parts.path else name, parts.fragment


# --- the container --------------------------------------------------------------------------------


def test_the_media_type_is_first_and_uncompressed_and_there_is_no_packing_time(book: Book) -> None:
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        first, *rest = archive.infolist()
        assert archive.testzip() is None
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.data[30:58] == b"mimetypeapplication/epub+zip"
    assert [one.filename for one in rest] == sorted(one.filename for one in rest)
    assert {one.date_time for one in [first, *rest]} == {(1980, 1, 1, 0, 0, 0)}


def test_a_book_is_made_of_the_records_of_pages_alone_and_always_the_same(book: Book) -> None:
    views = tuple(pages.views(Presenter(book.edition)))
    renderer = proof_tools.renderer(book.edition, converted=book.converted)
    ids = {view.address: renderer.page(view).ids for view in views}
    assert epub(book.edition, views, ids, renderer) == book.data


# The books in the other script differ in words alone, as one pair shows.
CHECKED = ["repository", "repository-hans", "tiny", "rare", "bare"]


@pytest.fixture(scope="module")
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Book → the report of EPUBCheck on it."""

    def make() -> dict[str, Any]:
        books = {which: _book(which, request).data for which in CHECKED}
        return proof_tools.epubcheck(books, tmp_path_factory.mktemp("books"))

    return shared.value("reports of EPUBCheck", make)


@pytest.mark.reads("epub", "EPUBCheck")
@pytest.mark.parametrize("which", CHECKED)
def test_epubcheck_finds_nothing_wrong(
    which: str, reports: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    book, reported = _book(which, request), reports[which]
    checked: dict[str, Any] = reported["checker"]
    assert [
        m["message"] for m in reported["messages"] if m["severity"] in ("FATAL", "ERROR", "WARNING")
    ] == []
    assert checked["nFatal"] + checked["nError"] + checked["nWarning"] == 0
    assert reported["publication"]["ePubVersion"].startswith("3.")
    assert reported["publication"]["nSpines"] == len(book.spine)


def test_every_file_is_in_the_manifest_once(book: Book) -> None:
    listed = [item.get("href") for item in book.package.iterfind(".//opf:item", NS)]
    assert Counter(listed) == Counter({*book.files} - {"book.opf"})


# --- what it says of itself -----------------------------------------------------------------------


def metas(book: Book, name: str) -> list[str | None]:
    return [m.text for m in book.package.iterfind(f".//opf:meta[@property='{name}']", NS)]


def dc(book: Book, name: str) -> list[str]:
    return [element.text or "" for element in book.package.iterfind(f".//dc:{name}", NS)]


def test_it_says_what_it_is(book: Book) -> None:
    project, record = book.edition.project, book.edition.project.works[0].record
    lang = "zh-Hans" if book.converted else "zh-Hant"
    assert dc(book, "identifier") == [f"urn:uuid:{identifiers.guid(project, 'epub', lang)}"]
    assert dc(book, "title") == [book.convert(project.site.title), book.convert(project.site.subtitle)]
    assert dc(book, "creator") == [book.convert(record.author)]
    assert metas(book, "role") == ["aut", "edt"]
    assert metas(book, "dcterms:modified") == [f"{project.site.date}T00:00:00Z"]
    assert dc(book, "language") == [lang]
    assert book.convert(record.rights) in dc(book, "rights")
    assert record.container == "" or book.convert(record.container) in dc(book, "source")[0]


def test_the_numbers_of_the_published_work_are_sources(tiny: Checked) -> None:
    assert tiny.project is not None
    [work] = tiny.project.works

    def sources(**numbers: str) -> list[object]:
        changed = replace(work, record=replace(work.record, **numbers))
        view = package.view(replace(tiny.project, works=(changed,)), (), "zh-Hant", "urn:x")
        return [value for element, value in view.facts["statements"] if element == "source"][1:]

    assert sources(doi="", isbn="", issn="") == []
    assert sources(doi="10.1000/182", isbn="978 7 100 00001 2", issn="0378-5955") == [
        "https://doi.org/10.1000/182",
        "urn:isbn:978-7-100-00001-2",
        "urn:issn:0378-5955",
    ]


def test_the_two_scripts_are_two_books(repository: Checked, repository_site: Files) -> None:
    found = {dc(book_of(repository, repository_site, converted=c), "identifier")[0] for c in (False, True)}
    assert len(found) == 2


def test_what_it_says_of_its_accessibility_is_true(book: Book) -> None:
    images = [image for root in book.chapters.values() for image in root.iter(f"{X}img")]
    assert ("visual" in metas(book, "schema:accessMode")) == bool(images)
    assert ("alternativeText" in metas(book, "schema:accessibilityFeature")) == bool(images)
    assert all(len(image.get("alt", "")) > 5 for image in images)
    css = book.files["book.css"].decode()
    # theirs to choose
    assert not re.search(r"(?<![-\w])(color|background(-color)?):(?!\s*(inherit|none))", css)
    assert not re.search(r"font-size:[^;]*\d(px|pt)", css)
    assert not [link for link in book.package.iter() if "conformsTo" in (link.get("property") or "")]
    for name, root in book.chapters.items():
        levels = [int(e.tag[-1]) for e in root.iter(*(f"{X}h{n}" for n in range(1, 7)))]
        assert name == "book.cover.xhtml" or levels[0] == 1
        assert levels.count(1) == (name != "book.cover.xhtml")


def test_every_document_has_a_title_and_its_language(book: Book) -> None:
    lang = "zh-Hans" if book.converted else "zh-Hant"
    for root in book.chapters.values():
        assert root.findtext(f"{X}head/{X}title")
        assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
        for element in root.iter():
            assert element.get("lang") == element.get("{http://www.w3.org/XML/1998/namespace}lang")


# --- its order ------------------------------------------------------------------------------------


def toc(book: Book) -> list[tuple[int, str, str]]:
    """(depth, words, href) of every line of the table of contents."""
    nav = typed(book.chapters["book.contents.xhtml"], "toc")[0]
    lines = nav.iterfind(f".//{X}li/{X}a")
    return [(sum(1 for _ in a.iterancestors(f"{X}ol")), words(a), a.attrib["href"]) for a in lines]


def test_the_contents_reach_all_that_is_read_in_the_order_of_reading(book: Book) -> None:
    chapters = dict.fromkeys(href.partition("#")[0] for _, _, href in toc(book))
    assert book.spine == ["book.cover.xhtml", "book.title.xhtml", "book.contents.xhtml", *list(chapters)[1:]]
    assert all(name for _, name, _ in toc(book))
    marks = typed(book.chapters["book.contents.xhtml"], "landmarks")[0]
    assert {a.get(OPS) for a in marks.iter(f"{X}a")} == {"cover", "titlepage", "toc", "bodymatter"}


def test_the_text_comes_first_then_the_argument_then_the_apparatus(book: Book) -> None:
    project, order = book.edition.project, book.spine
    facets = {
        kind: [f"{f.id}/index.xhtml" for f in project.facets if f.kind == kind] for kind in ("frame", "index")
    }
    expected = [
        "index.xhtml",
        *(f"{work.id}/index.xhtml" for work in project.works),
        "grid/index.xhtml",
        *facets["frame"],
        "silence.xhtml",
        *(f"{page.id}.xhtml" for page in project.pages if not page.about),
        "indexes.xhtml",
        *facets["index"],
        *(f"{work.id}/apparatus.xhtml" for work in project.works),
        "method.xhtml",
        "cite.xhtml",
    ]
    assert [name for name in order if name in expected] == expected
    cells = [
        addresses.cell(cell, book.edition.poles).replace(".html", ".xhtml") for cell in project.grid.cells
    ]
    assert {*cells} < {*order[order.index("grid/index.xhtml") : order.index(facets["frame"][0])]}


def test_the_outline_of_the_text_is_under_it(book: Book) -> None:
    for work, _ in book.texts:
        name = f"{work.id}/index.xhtml"
        listed = [(words, href) for _, words, href in toc(book) if href.startswith(f"{name}#")]
        headings = [(book.convert(h.text), f"{name}#{h.id}") for h in work.headings if h.level > 1]
        assert listed[:-1] == headings
        depths = {href: depth for depth, _, href in toc(book)}
        steps = [heading.level - 1 for heading in work.headings if heading.level > 1]
        assert [depths[href] - depths[name] for _, href in listed] == [*steps, 1]
        assert typed(by_id(book.chapters[name], listed[-1][1].partition("#")[2]).getparent(), "footnotes")


def depths_of(lines: list[Line], depth: int = 0) -> Iterator[tuple[int, str]]:
    for line in lines:
        yield depth, line.title
        yield from depths_of(line.lines, depth + 1)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_contents_of_any_depths_keep_their_order_and_nest_what_is_deeper(depths: list[int]) -> None:
    lines = [(depth, Line(title=f"{n}", address="")) for n, depth in enumerate(depths)]
    found = list(depths_of(nested(lines)))
    assert [title for _, title in found] == [line.title for _, line in lines]
    shown = [depth for depth, _ in found]
    for (one, other), (deep, deeper) in zip(pairwise(depths), pairwise(shown), strict=True):
        assert (deeper > deep) == (other > one)


def test_a_line_of_the_contents_is_a_link_and_the_list_of_the_lines_below_it(book: Book) -> None:
    nav = typed(book.chapters["book.contents.xhtml"], "toc")[0]
    assert [child.tag for child in nav] == [f"{X}h1", f"{X}ol"]
    for item in nav.iter(f"{X}li"):
        assert [child.tag for child in item] in ([f"{X}a"], [f"{X}a", f"{X}ol"])


# --- its links and ids ----------------------------------------------------------------------------


def test_every_link_leads_to_an_existing_id(book: Book) -> None:
    places = {name: ids(root) for name, root in book.chapters.items()}
    assert all(len(found) == len({*found}) for found in places.values())
    count = 0
    for name, element, path, id_ in links(book):
        assert path in places, (name, element.attrib["href"])
        assert not id_ or id_ in places[path], (name, element.attrib["href"])
        count += 1
    assert count > 100


def test_a_link_to_the_page_of_a_passage_leads_to_the_passage(book: Book) -> None:
    """Number for number, in every chapter but the text, where numbers are no links."""
    work = book.edition.project.works[0]
    places = {passage.id: str(passage.number) for passage in work.passages}
    cites: dict[str, list[tuple[etree._Element, str, str]]] = {}
    for name, element, path, id_ in links(book):
        if element.get("class") == "cite":
            cites.setdefault(name, []).append((element, path, id_))
    for address, page in book.pages.items():
        name = address.replace(".html", ".xhtml")
        if name not in book.chapters or name == f"{work.id}/index.xhtml":
            continue
        cited = re.findall(r'<a class="cite" href="[^"]*/(\w+)\.html"', page)
        assert [i for _, _, i in cites.get(name, [])] == cited
        for element, path, i in cites.get(name, []):
            assert (path, words(element)) == (f"{work.id}/index.xhtml", places[i])


def test_an_id_of_the_site_is_an_id_of_the_book(book: Book) -> None:
    """Sentences, entries, emendations, headings, passages, notes: whatever an address may end in."""
    seen = 0
    for address, page in book.pages.items():
        root = book.chapters.get(address.replace(".html", ".xhtml"))
        if root is not None:
            wanted = {i for i in proof_tools.read(page, address).ids if not i.startswith("_")}
            assert wanted <= {*ids(root)}, address
            seen += len(wanted)
    assert seen > 50


def test_links_to_the_web_stay(book: Book) -> None:
    work = book.edition.project.works[0]
    named = {copy.address for copy in work.record.copies if copy.address}
    apparatus = book.chapters[f"{work.id}/apparatus.xhtml"]
    assert named == {a.get("href") for a in apparatus.iter(f"{X}a") if "://" in a.get("href", "")}


def test_without_prose_for_the_home_page_links_to_it_reach_the_title_page(
    tiny: Checked,
) -> None:
    assert tiny.project is not None
    project = replace(tiny.project, pages=tuple(p for p in tiny.project.pages if p.about != "home"))
    checked = Checked(project=project, index=build_index(project), problems=())
    book = book_of(checked, site_of(checked), converted=False)
    assert "index.xhtml" not in book.spine
    inside = [name.replace(".xhtml", ".html") for name in book.spine if not name.startswith("book.")]
    places = Places.of(book.edition.project, dict.fromkeys(book.pages, ()), inside, {})
    assert places.href(addresses.HOME, "gates.html") == "book.title.xhtml"
    assert places.href("gates.html#b1", addresses.GRID) == "../gates.xhtml"
    assert places.href(addresses.SEARCH, "gates.html") == ""


# --- the text and its notes -----------------------------------------------------------------------


def test_every_passage_is_there_once_with_its_own_words(book: Book) -> None:
    for work, root in book.texts:
        for passage in work.passages:
            assert words(by_id(root, passage.id)) == book.convert(book.edition.shown_text(passage))
        for heading in work.headings:
            assert words(by_id(root, heading.id)) == book.convert(heading.text)


def unit(root: etree._Element, passage: Passage) -> etree._Element:
    return next(e for e in by_id(root, passage.id).iterancestors() if e.get("class") == "unit")


def test_every_passage_has_its_number_and_links_to_its_note_and_back(book: Book) -> None:
    for work, root in book.texts:
        notes = []
        for passage in work.passages:
            whole = unit(root, passage)
            assert whole.findtext(f".//{X}span[@class='num']") == str(passage.number)
            (reference,) = typed(whole, "noteref")
            assert (reference.get("role"), reference.get("href")) == ("doc-noteref", f"#n-{passage.id}")
            note = by_id(root, f"n-{passage.id}")
            assert (note.tag, note.get(OPS), note.get("role")) == (f"{X}aside", "footnote", "doc-footnote")
            (back,) = typed(note, "backlink")
            assert back.get("role") == "doc-backlink"
            assert by_id(root, back.attrib["href"].removeprefix("#")) is reference
            notes.append(note)
        assert typed(root, "footnote") == notes


def test_a_note_contains_all_statements_about_its_passage(book: Book) -> None:
    edition, convert = book.edition, book.convert
    for work, root in book.texts:
        for passage in work.passages:
            key = (work.id, passage.id)
            tagging = edition.index.taggings[key]
            text = words(by_id(root, f"n-{passage.id}"))
            wanted = [edition.functions[tagging.function].name, tagging.gist, tagging.note]
            for tag in tagging.cells:
                wanted += [edition.index.cells[tag.cell].name, edition.relations[tag.relation].name, tag.note]
                wanted += edition.shown_quotations(tag.evidence, passage)
            wanted += [edition.index.entries[(tag.facet, tag.entry)].name for tag in tagging.entries]
            assert [one for one in wanted if convert(one) not in text] == []


def test_a_note_links_to_the_sentences_that_cite_its_passage(book: Book) -> None:
    for work, root in book.texts:
        found = {(n, i) for n, _, p, i in links(book) if p == f"{work.id}/index.xhtml"}
        for passage in work.passages:
            note = by_id(root, f"n-{passage.id}")
            goals = [
                a
                for a in note.iterfind(f".//{X}p[@class='places']/{X}a")
                if "apparatus" not in a.get("href", "")
            ]
            for goal in goals:
                path, _, id_ = goal.attrib["href"].partition("#")
                name = posixpath.normpath(f"{work.id}/{path}")
                assert (name, passage.id) in found or passage.id in words(book.chapters[name])
                assert id_
            assert len(goals) == len(
                backlinks.backlinks(
                    Presenter(book.edition), book.edition.index.citing.get((work.id, passage.id), ())
                )
            )


def test_a_note_links_to_the_emendations_of_its_passage(book: Book) -> None:
    for work, root in book.texts:
        for passage in work.passages:
            wanted = [f"apparatus.xhtml#{one.id}" for one in work.emendations if one.block == passage.id]
            hrefs = by_id(root, f"n-{passage.id}").xpath(".//@href")
            assert [href for href in hrefs if href.startswith("apparatus.xhtml#")] == wanted


def test_an_ended_id_of_an_editors_page_is_in_its_chapter_and_in_the_edition_in_one_file(
    tiny: Checked,
) -> None:
    assert tiny.project is not None
    live = next(one for one in tiny.project.anchors if one.id == "gates.html")
    ended = proof_tools.localized(
        live, id="gates.html#b77", kind="paragraph", fate="withdrawn", ended="2.0", reason="說錯了。"
    )
    project = replace(tiny.project, anchors=(*tiny.project.anchors, ended))
    files = site_of(Checked(project=project, index=build_index(project), problems=()))
    assert 'id="b77"' in files["gates.html"].decode()
    assert 'id="gates--b77"' in files["edition.html"].decode()
    with zipfile.ZipFile(io.BytesIO(files["data/edition.epub"])) as archive:
        assert "說錯了。" in words(by_id(etree.fromstring(archive.read("EPUB/gates.xhtml")), "b77"))


def test_evidence_is_marked_where_the_tags_place_it(book: Book) -> None:
    for work, root in book.texts:
        for passage in work.passages:
            words_ = book.edition.shown_text(passage)
            spans = book.edition.index.spans
            tagging = book.edition.index.taggings[(work.id, passage.id)]
            quotes = [quote for tag in tagging.cells for quote in tag.evidence if quote in spans]
            marked = (
                {at for quote in quotes for at in range(*spans[quote])} if book.edition.with_text else set()
            )
            assert covered(by_id(root, passage.id)) == marked, passage.id
            assert len(words_) >= len(marked)


def covered(element: etree._Element) -> set[int]:
    """The offsets of the characters that are in a mark."""
    at, found = 0, set()
    for text in element.xpath(".//text()"):
        inside = next(iter(text.getparent().iterancestors(f"{X}mark")), None) is not None
        owner = text.getparent()
        if (text.is_text and (inside or owner.tag == f"{X}mark")) or (text.is_tail and inside):
            found |= {*range(at, at + len(text))}
        at += len(text)
    return found


def test_no_id_that_the_book_makes_equals_one_of_the_text(tiny: Checked) -> None:
    assert tiny.project is not None
    work = tiny.project.works[0]
    names = ("p1", "n-p1", "r-p1")
    blocks = tuple(replace(p, id=id_) for p, id_ in zip(work.passages, names, strict=False))
    notes = Notes.of(replace(work, blocks=blocks), {*names, "notes"})
    assert len(notes.ids) == 2 * len(names) + 1
    assert not notes.ids & {*names, "notes"}
    assert notes.by_passage["p1"] == ("n-r-p1", "n-n-p1")


# --- what it leaves out ---------------------------------------------------------------------------


def test_nothing_in_it_needs_a_script_or_a_browser(book: Book) -> None:
    tags = {
        "form",
        "input",
        "button",
        "select",
        "script",
        "template",
        "details",
        "summary",
        "style",
        "noscript",
    }
    for name, root in book.chapters.items():
        for element in root.iter():
            assert element.tag.removeprefix(X) not in tags, name
            # the style sheet gives a cell its colour by `data-cell`
            pattern = "data-(?!cell$)|on|style|tabindex|translate|aria-"
            named = element.tag.startswith("{http://www.w3.org/2000/svg}")  # a mark of a picture has a name
            wrong = [
                a
                for a in element.attrib
                if re.match(pattern, str(a)) and not (named and a in ("aria-label", "aria-hidden"))
            ]
            assert wrong == [], name


def test_pages_of_passages_of_scripts_of_changes_and_the_witness_are_no_chapters(book: Book) -> None:
    works = book.edition.project.works
    gone = {addresses.passage((work.id, p.id)) for work in works for p in work.passages}
    gone |= {addresses.SEARCH, addresses.TRYOUT, addresses.COLLECTION, addresses.CHANGES}
    gone |= {addresses.PICTURES}  # each picture is on a page of its own subject
    gone |= {page(work.id) for work in works for page in (addresses.witness, addresses.versions)}
    left = {address for address in book.pages if address.replace(".html", ".xhtml") not in book.files}
    dead = {addresses.passage((w.id, a.id)) for w in works for a in w.ledger if a.fate != "live"}
    assert left <= gone | dead
    assert not gone & {name.replace(".xhtml", ".html") for name in book.files}


def test_how_to_cite_and_the_register_of_ids_are_kept_but_no_downloads(book: Book) -> None:
    root = book.chapters["cite.xhtml"]
    text = words(root)
    assert "GB/T 7714" in text
    assert all(f"#{a.id}" in text for work in book.edition.project.works for a in work.ledger)
    assert "SHA" not in text
    assert "edition.html" not in text


def test_where_the_text_may_not_be_published_none_of_it_is_in_the_book(
    tiny: Checked, tiny_site_without_text: Files
) -> None:
    assert tiny.project is not None
    files = tiny_site_without_text
    texts = [p.text for p in tiny.project.works[0].passages]
    for converted in (False, True):
        book = book_of(tiny, files, converted=converted, with_text=False)
        forbidden = texts + [Simplifier(tiny.project.site.keep)(text) for text in texts]
        inside = {name: data for name, data in book.files.items() if not name.endswith(".opf")}
        assert test_without_text.leaks(inside, forbidden) == {}
        assert not [name for name, root in book.chapters.items() if root.find(f".//{X}q") is not None]


# --- as it is read --------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["repository", "tiny-hans"])
def unpacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path]:
    name, _, script = request.param.partition("-")
    files: Files = request.getfixturevalue(f"{name}_site")
    book = book_of(request.getfixturevalue(name), files, converted=bool(script))
    folder = tmp_path_factory.mktemp("book")
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        archive.extractall(folder)
    return book, folder / "EPUB"


@pytest.mark.reads("epub", "Chromium")
@pytest.mark.browser
def test_chromium_opens_every_document_without_complaint_and_asks_for_nothing_outside(
    unpacked: tuple[Book, Path], chromium: Browser
) -> None:
    book, folder = unpacked
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    wanted = []
    with test_browser.watched(page, folder) as heard:
        for name in book.spine:
            page.goto((folder / name).as_uri())
            assert page.evaluate("document.contentType") == "application/xhtml+xml"
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wanted += [f"{name}: {wide}px too wide"] if wide > 0 else []
        page.goto((folder / book.spine[-1]).as_uri())
    page.close()
    assert [*heard, *wanted] == []


DRAWN = """() => [...new Set([...document.querySelectorAll('*')].flatMap(e => [e.localName, ...e.classList,
    ...[e.dataset.cell, e.dataset.cells].map(String)]))]"""
"""The elements, classes and codes of a document, by which its style sheet draws it."""


@pytest.mark.browser
def test_axe_finds_no_fault(unpacked: tuple[Book, Path], chromium: Browser) -> None:
    book, folder = unpacked
    page = chromium.new_page(viewport={"width": 800, "height": 1000}, color_scheme="light")
    faults = []
    drawn: set[str] = set()
    for number, name in enumerate(book.spine):
        page.goto((folder / name).as_uri())
        # All documents have one style sheet: where nothing is drawn in a new way, no contrast is new, and its
        # rule takes most of the time.  Of such documents, most of which are notes, one in four is checked.
        new = set(page.evaluate(DRAWN)) - drawn
        drawn |= new
        if not new and number % 4:
            continue
        page.evaluate(proof_tools.axe())
        # A mark of a picture is named by all that it shows: the passage, the code and the relation, of which
        # the drawing has only the relation and words in the language of the text.
        apart = ("label-content-name-mismatch", *(() if new else ("color-contrast",)))
        rules = {"by": "tag", "names": RULES, "apart": apart}
        faults += [f"{name}: {fault}" for fault in page.evaluate(AXE, rules)]
    page.close()
    assert not faults, "\n".join(faults)
