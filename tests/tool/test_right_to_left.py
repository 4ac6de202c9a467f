"""What is read from right to left: pages, books, and the parts of a page in another direction."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import lxml.etree
import lxml.html
import proof_tools
import pytest
from conftest import TINY, Files

from site_builder.formats.epub.mirror import mirrored
from site_builder.language import language

ARABIC = TINY.parent / "projects/arabic-rtl"
STRONG = re.compile(r"[A-Za-z\u0600-\u06ff]")


@pytest.fixture(scope="module")
def files() -> Files:
    return proof_tools.made(ARABIC)


@pytest.fixture(scope="module")
def book(files: Files) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(files["data/edition.epub"]))


def pages(files: Files) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    for name in sorted(files):
        if name.endswith(".html"):
            yield name, lxml.html.document_fromstring(files[name].decode())


def direction(element: lxml.html.HtmlElement) -> str:
    """The direction of an element, by the nearest ``dir``."""
    found = element.xpath("ancestor-or-self::*[@dir][1]/@dir")
    return str(found[0]) if found else "ltr"


def test_every_page_of_the_view_is_from_right_to_left(files: Files) -> None:
    for name, root in pages(files):
        wanted = ("en", None) if name.startswith("en/") else ("ar", "rtl")
        assert (root.get("lang"), root.get("dir")) == wanted, name


def test_every_part_in_another_language_has_the_direction_of_its_language(files: Files) -> None:
    wrong = [
        f"{name}: <{one.tag} lang={one.get('lang')}> {one.text_content()[:40]!r}"
        for name, root in pages(files)
        for one in root.xpath("//body//*[@lang]")
        if direction(one) != language.of(one.get("lang")).direction
    ]
    assert wrong == []


def test_no_arabic_text_is_in_a_part_from_left_to_right_without_its_language(files: Files) -> None:
    """In the English view, what has no translation is marked, so that a browser turns it."""
    wrong = [
        f"{name}: {text.strip()[:40]!r}"
        for name, root in pages(files)
        if name.startswith("en/") and name != "en/edition.html"
        for text in root.xpath("//main//text()[not(ancestor::pre) and not(ancestor::script)]")
        if (strong := STRONG.findall(text)) and all(char >= "\u0600" for char in strong)
        if not text.getparent().xpath("ancestor-or-self::*[@lang='ar']")
        and not text.getparent().xpath("ancestor-or-self::*[contains(@class, 'latin')]")
    ]
    assert wrong == []


def test_the_english_view_has_no_arabic_words_where_their_language_cannot_be_marked(files: Files) -> None:
    """The project has its names, headings and signs in English: descriptions of pictures, titles and
    attributes of the English view have them.
    """
    plain = "//title | //*[local-name()='desc']"
    wrong, seen = [], 0
    for name, root in pages(files):
        if not name.startswith("en/"):
            continue
        texts = [str(one.text_content()) for one in root.xpath(plain)]
        texts += map(str, root.xpath("//main//@aria-label | //main//@title | //main//@alt"))
        seen += len(texts)
        wrong += [
            f"{name}: {text[:60]!r}"
            for text in texts
            if any(char >= "\u0600" and STRONG.match(char) for char in text)
        ]
    assert wrong == []
    assert seen > 100


def test_a_name_in_a_citation_runs_apart_from_the_number_after_it(files: Files) -> None:
    """A year after letters from right to left would be drawn before them: each run of letters is isolated."""
    for name in ("oven/p2.html", "en/oven/p2.html"):
        root = lxml.html.document_fromstring(files[name].decode())
        latin = root.xpath("//*[contains(@class, 'latin')]")
        assert len(latin) > 5, name
        for one in latin:
            assert direction(one) == "ltr", name
            for text in one.xpath(".//text()"):
                if any(char >= "\u0590" and STRONG.match(char) for char in text):
                    run = text.getparent()
                    assert (run.tag, run.get("lang"), run.get("dir")) == ("bdi", "ar", "rtl"), text
                    assert not re.search("[0-9A-Za-z]", text), text
    root = lxml.html.document_fromstring(files["en/oven/p2.html"].decode())
    shown = [one.text_content() for one in root.find_class("latin")]
    assert "(الحدّاد, 2026, para. 2, #p2)" in shown  # the words themselves are unchanged


def test_arrows_point_to_where_the_reading_goes(files: Files) -> None:
    for name, root in pages(files):
        assert "→" not in root.text_content() or name.startswith("en/"), name


# --- the book -------------------------------------------------------------------------------------


def test_the_pages_of_a_book_are_turned_from_right_to_left(book: zipfile.ZipFile) -> None:
    package = lxml.etree.fromstring(book.read("EPUB/book.opf"))
    [spine] = package.xpath("//*[local-name()='spine']")
    assert spine.get("page-progression-direction") == "rtl"
    for name in book.namelist():
        if name.endswith(".xhtml"):
            assert lxml.etree.fromstring(book.read(name)).get("dir") == "rtl", name


def test_a_book_in_english_has_no_direction(files: Files) -> None:
    book = zipfile.ZipFile(io.BytesIO(files["data/edition-en.epub"]))
    package = lxml.etree.fromstring(book.read("EPUB/book.opf"))
    assert package.xpath("//*[local-name()='spine']/@page-progression-direction") == []
    assert "text-align: left" in book.read("EPUB/book.css").decode()


def test_the_style_of_the_book_has_its_sides_exchanged(book: zipfile.ZipFile) -> None:
    css = book.read("EPUB/book.css").decode()
    assert "float: right" in css
    assert "float: left" not in css
    assert "border-right-color" in css


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("a { margin-left: 1em }", "a { margin-right: 1em }"),
        ("a { text-align: right; float: left; }", "a { text-align: left; float: right; }"),
        ("a { margin: 1px 2px 3px 4px; }", "a { margin: 1px 4px 3px 2px; }"),
        ("a { padding: 1px 2px 3px; }", "a { padding: 1px 2px 3px; }"),
        ("a { padding: 1px 2px; border: 1px solid; }", "a { padding: 1px 2px; border: 1px solid; }"),
        (".leftover { color: red }", ".leftover { color: red }"),
    ],
)
def test_left_and_right_are_exchanged(css: str, wanted: str) -> None:
    assert mirrored(css) == wanted
    assert mirrored(wanted) == css


def test_the_cover_begins_at_the_right(book: zipfile.ZipFile) -> None:
    cover = lxml.etree.fromstring(book.read("EPUB/book.cover.svg"))
    width = float(cover.get("width"))
    for text in cover.xpath("//*[local-name()='text']"):
        assert (float(text.get("x")), text.get("direction")) == (width - 110, "rtl")
    first = cover.xpath("//*[local-name()='rect']")[1]
    assert float(first.get("x")) + float(first.get("width")) == width - 110
