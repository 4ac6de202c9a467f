"""``edition.epub``: the edition as a book, in one script.

EPUB 3.3 (W3C Recommendation), with the metadata of EPUB Accessibility 1.1, whose conformance it does not
claim: nobody has certified it.  The chapters are pages of the site, made readable without scripts:

- ``EPUB/wu2020/index.xhtml#p12`` is the passage that the site has at ``wu2020/index.html#p12``; every other
  address of the site that has a chapter is that chapter, with its ids, and ends in ``.xhtml``;
- a link to the page of a passage leads to the passage; one to what is not in the book is words;
- what the page of a passage says is its note, ``#n-p12``, at the end of the text (see ``epub_text``).

Files that no page of the site has hold a dot in their names, as no id of a project does.  There are no page
numbers, since no copy that the edition rests on has any.  The same project gives the same bytes.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from site_builder.edition import addresses
from site_builder.edition.conversion import simplifier
from site_builder.edition.edition import Edition
from site_builder.formats.archive import entry
from site_builder.formats.epub import front
from site_builder.formats.epub.chapter import Places, cleaned, document, file, ids, main, rename
from site_builder.formats.epub.contents import FRONT, Chapter, chapters
from site_builder.formats.epub.front import Line
from site_builder.formats.epub.package import Item, package
from site_builder.formats.epub.text import Text, outline
from site_builder.model import Work
from site_builder.site import assets

FOLDER = "EPUB/"
_COVER_PAGE, _TITLE_PAGE, _CONTENTS = "book.cover.xhtml", "book.title.xhtml", "book.contents.xhtml"
_NAMES = {_COVER_PAGE: "封面", _TITLE_PAGE: "書名頁", _CONTENTS: "目錄"}
_IMAGE, _STYLE, _PACKAGE = "book.cover.svg", "book.css", "book.opf"
_LANGS = {False: "zh-Hant", True: "zh-Hans"}
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="{FOLDER}{_PACKAGE}" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def epub(edition: Edition, pages: Mapping[str, str], *, converted: bool) -> bytes:
    """The book of one script.

    :param pages: address → the whole page in that script, every page of the site.
    :param converted: whether that script is the converted one.
    """
    convert: Callable[[str], str] = simplifier(edition.project) if converted else str
    book = _Book(edition=edition, pages=pages, convert=convert, lang=_LANGS[converted])
    return _container({FOLDER + name: content for name, content in book.files().items()})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Book:
    edition: Edition
    pages: Mapping[str, str]
    convert: Callable[[str], str]
    lang: str

    def files(self) -> dict[str, bytes]:
        """Every file of the book: path as seen from the package document → bytes."""
        project = self.edition.project
        found = chapters(self.edition, self.pages)
        roots = {chapter.address: self.content(chapter.address) for chapter in found}
        places = self.places(roots)
        for address, root in roots.items():
            places.link(root, address)
        read = self.front(found, roots)
        for one in found:
            read[file(one.address)] = self.document(one, roots[one.address])
        return {
            **read,
            _IMAGE: front.cover(project, self.convert),
            _STYLE: _style(self.edition),
            _PACKAGE: package(project, _items(read), self.convert, lang=self.lang),
        }

    # chapters

    def content(self, address: str) -> HtmlElement:
        """A page as a chapter, with the links that it has on the site."""
        root = main(self.pages[address])
        for work in self.edition.project.works:
            if address == addresses.reading(work.id):
                Text(root=root, here=address, pages=self.notes(work), convert=self.convert).annotate()
        if address == addresses.HOME:  # the title of the book stands on the title page
            rename(root, self.title(address))
        return cleaned(root)

    def notes(self, work: Work) -> dict[str, HtmlElement]:
        """Passage → the content of its page."""
        return {p.id: main(self.pages[addresses.passage((work.id, p.id))]) for p in work.passages}

    def title(self, address: str) -> str:
        """What a page is called."""
        page = self.edition.page_about("home")
        if address == addresses.HOME and page is not None:
            return self.convert(page.title)
        found = _TITLE.search(self.pages[address])
        name = html.unescape(found.group(1)) if found else ""
        return name.removesuffix(f"｜{self.convert(self.edition.project.site.title)}")

    def document(self, one: Chapter, root: HtmlElement) -> bytes:
        name = file(one.address)
        where = addresses.relative(_STYLE, name)
        return document(root, title=self.title(one.address), lang=self.lang, style=where, matter=one.matter)

    def places(self, roots: Mapping[str, HtmlElement]) -> Places:
        found = {address: ids(root) for address, root in roots.items()}
        moved = dict(_passages(self.edition))
        if addresses.HOME not in found:
            moved[addresses.HOME] = _TITLE_PAGE
        return Places(ids={**found, _TITLE_PAGE: frozenset()}, moved=moved)

    # what stands before them

    def front(self, found: tuple[Chapter, ...], roots: Mapping[str, HtmlElement]) -> dict[str, bytes]:
        """Cover, title page and contents, in this order."""
        project, site = self.edition.project, self.edition.project.site
        titles = {name: self.convert(words) for name, words in _NAMES.items()}
        lines = [Line(depth=0, title=titles[_TITLE_PAGE], href=_TITLE_PAGE), *self.lines(found, roots)]
        text = file(addresses.reading(self.edition.index.only_work))
        landmarks = [
            ("cover", titles[_COVER_PAGE], _COVER_PAGE),
            ("titlepage", titles[_TITLE_PAGE], _TITLE_PAGE),
            ("toc", titles[_CONTENTS], _CONTENTS),
            ("bodymatter", self.convert("正文"), text),
        ]
        pages = {
            _COVER_PAGE: front.cover_page(_IMAGE, self.convert(f"封面：{site.title}。{site.subtitle}")),
            _TITLE_PAGE: front.title_page(project, self.convert, converted=self.lang != _LANGS[False]),
            _CONTENTS: front.navigation(lines, landmarks, titles[_CONTENTS]),
        }
        return {
            name: document(root, title=titles[name], lang=self.lang, style=_STYLE, matter=FRONT)
            for name, root in pages.items()
        }

    def lines(self, found: tuple[Chapter, ...], roots: Mapping[str, HtmlElement]) -> Iterator[Line]:
        """The table of contents: the chapters, and below the text its outline."""
        texts = {addresses.reading(work.id) for work in self.edition.project.works}
        for one in found:
            name = file(one.address)
            title = " ".join(filter(None, [self.convert(one.sign), self.title(one.address)]))
            yield Line(depth=one.depth, title=title, href=name)
            for level, words, id_ in outline(roots[one.address]) if one.address in texts else ():
                yield Line(depth=one.depth + level, title=words, href=f"{name}#{id_}")


def _passages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The page of every passage, dead ones too → its place in the text."""
    for work in edition.project.works:
        ids = dict.fromkeys([*(p.id for p in work.passages), *(anchor.id for anchor in work.ledger)])
        for id_ in ids:
            yield addresses.passage((work.id, id_)), addresses.anchor((work.id, id_))


def _items(read: Iterable[str]) -> Iterator[Item]:
    for name in read:
        properties = "nav" if name == _CONTENTS else ""
        yield Item(href=name, media_type="application/xhtml+xml", properties=properties, read=True)
    yield Item(href=_IMAGE, media_type="image/svg+xml", properties="cover-image")
    yield Item(href=_STYLE, media_type="text/css")


def _style(edition: Edition) -> bytes:
    """The style sheet of books, and the colour of each cell."""
    sheet = assets.template("epub.css")
    for cell in edition.project.grid.cells:
        sheet += f'[data-cell="{edition.slug(cell)}"] {{ border-left-color: {cell.color}; }}\n'
    return sheet.encode()


def _container(files: Mapping[str, bytes]) -> bytes:
    """The files in their container (EPUB 3.3, section 4): the type first, as it is; then by name."""
    out = io.BytesIO()
    whole = {"META-INF/container.xml": _CONTAINER.encode(), **files}
    with zipfile.ZipFile(out, "w", compresslevel=6) as archive:
        archive.writestr(entry("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name in sorted(whole):
            archive.writestr(entry(name), whole[name])
    return out.getvalue()
