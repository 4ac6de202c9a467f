"""``edition.epub``: the edition as a book, in one script.

EPUB 3.3 (W3C Recommendation), with the metadata of EPUB Accessibility 1.1, whose conformance it does not
claim: nobody has certified it.  The chapters are made from the records of the pages of the site, with the
templates of ``templates/epub``, and need no script:

- ``EPUB/lu1923/index.xhtml#p12`` is the passage that the site has at ``lu1923/index.html#p12``; every other
  page of the site that is a chapter keeps its address and its ids, and ends in ``.xhtml``;
- a link to the page of a passage leads to the passage; a link to what is not in the book is its words alone;
- what the page of a passage says is its note, ``#n-p12``, at the end of the text.

A large project has a book for each work and one of the editors' pages (:class:`Volume`).

Files that no page of the site has hold a dot in their names, as no id of a project does.  There are no page
numbers, since no copy that the edition rests on has any.  The same project gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence

from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.formats.archive import entry
from site_builder.formats.epub import cover, package
from site_builder.formats.epub.mirror import mirrored
from site_builder.formats.epub.notes import Notes
from site_builder.formats.epub.order import (
    BODY,
    CONTENTS,
    COVER,
    FRONT,
    STYLE,
    TITLE_PAGE,
    Chapter,
    chapters,
    contents,
)
from site_builder.formats.epub.places import Places, file
from site_builder.language import language
from site_builder.language.message import Wording, msg
from site_builder.model import Project, Work
from site_builder.records import dataclass, replace
from site_builder.site import assets
from site_builder.site.medium import Medium, PageRenderer, as_on_site
from site_builder.site.views import View

_FOLDER = "EPUB/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """One of the books of a large project: that of a work, or without one that of the editors' pages.

    ``outside`` is the address of the site in the view of the book, where links to other pages lead; ``""`` if
    the site has none.
    """

    work: Work | None
    outside: str

    def project(self, project: Project) -> Project:
        """The project with the works of the volume alone; the title of its site is that of the work, and the
        title of the site is its subtitle.  A volume of no work has no works, and the titles of the site stay.
        """
        if self.work is None:
            return replace(project, works=())
        title = self.work.record.title
        site = replace(project.site, title=title, subtitle=project.site.title)
        return replace(project, works=(self.work,), site=site)


def epub(
    edition: Edition,
    views: Iterable[View],
    ids: Mapping[str, Collection[str]],
    renderer: PageRenderer,
    volume: Volume | None = None,
) -> bytes:
    """The book of one script, as a zip: ``mimetype`` first, then the other files by name.

    If the text may not be published, its chapter has what the reading page of the site has then.  In a volume
    a link to what is in another one leads to the site, if that has an address.

    :param views: every page of the site; only some of them become chapters (:func:`.order.chapters`).
    :param ids: address → the ids of that page of the site; required for every chapter (else ``KeyError``).
    :param renderer: renders the pages of the site in this script.
    :param volume: the part of the edition in this book, whose pages are ``views``; ``None`` for all of it.
    """
    project = volume.project(edition.project) if volume else edition.project
    pages = {view.address: view for view in views}
    notes = {work.id: Notes.of(work, ids[addresses.reading(work.id)]) for work in project.works}
    body = chapters(edition, pages, project.works)
    shown = _front(project, body) | {one.address: _in_book(edition, one, pages, notes) for one in body}
    lines = contents(edition, body, shown, notes)
    inside = [one.address for one in body]
    places = Places.of(project, ids, inside, notes, outside=volume.outside if volume else "")
    book = renderer.for_medium(
        Medium(
            layout="epub/document.xhtml",
            href=places.href,
            name=as_on_site,
            xml=True,
            styled=False,
            key=places.digest,
        )
    )
    matter = {one.address: one.matter for one in body}
    texts = book.begin(
        "chapter",
        (
            (view, {"matter": matter.get(address, FRONT), "lines": lines if address == CONTENTS else ()})
            for address, view in shown.items()
        ),
    )
    read = {file(address): one.text.encode() for address, one in zip(shown, texts(), strict=True)}
    items = [
        *(
            package.Item(href=name, properties=_properties(name, content), read=True)
            for name, content in read.items()
        ),
        package.Item(href=cover.FILE, media_type="image/svg+xml", properties="cover-image"),
        package.Item(href=STYLE, media_type="text/css"),
    ]
    of_work = (volume.work.id if volume.work else "pages",) if volume else ()
    name = identifiers.urn(edition.project, "epub", book.locale.language, *of_work)
    files = {
        **read,
        cover.FILE: _text(book, cover.view(project, book.locale.say)),
        STYLE: _style(edition, book.locale.page_language).encode(),
        package.FILE: _text(book, package.view(project, items, book.locale.language, name)),
    }
    return _container({_FOLDER + name: content for name, content in files.items()})


def _properties(name: str, content: bytes) -> str:
    """The properties of a document: the table of contents, a document with pictures (EPUB 3.3, D.5)."""
    found = ("nav" if name == CONTENTS else "", "svg" if b"<svg" in content else "")
    return " ".join(filter(None, found))


def _text(book: PageRenderer, view: View, **values: object) -> bytes:
    return book.render(view, **values).text.encode()


def _front(project: Project, body: Sequence[Chapter]) -> dict[str, View]:
    """Cover, title page and table of contents, by their addresses."""
    names = {COVER: msg("Cover"), TITLE_PAGE: msg("Title page"), CONTENTS: msg("Contents")}
    landmarks = [
        ("cover", names[COVER], COVER),
        ("titlepage", names[TITLE_PAGE], TITLE_PAGE),
        ("toc", names[CONTENTS], CONTENTS),
        ("bodymatter", msg("Text"), next(one.address for one in body if one.matter == BODY)),
    ]
    facts = {**package.title_page(project), "image": cover.FILE, "landmarks": landmarks}
    return {
        address: View(
            template=f"epub/{address.removeprefix('book.')}",
            address=address,
            title=title,
            description="",
            facts=facts,
        )
        for address, title in names.items()
    }


def _in_book(edition: Edition, one: Chapter, pages: Mapping[str, View], notes: Mapping[str, Notes]) -> View:
    """A page of the site with the template and the title of a chapter; a text has its notes, too."""
    view = pages[one.address]
    more = notes[one.work].facts(view, pages) if one.work else {}
    return replace(
        view,
        template=f"epub/{view.template.removesuffix('.html')}.xhtml",
        title=_title(edition, view),
        facts={**view.facts, **more},
    )


def _title(edition: Edition, view: View) -> Wording:
    """The title of a chapter: on the site the home page has the title of the book, here the title page."""
    home = edition.page_about("home") if view.address == addresses.HOME else None
    return home.title if home is not None else view.title


def _style(edition: Edition, tag: str) -> str:
    """The style sheet of books in a language, and the colour of each code that has one."""
    css = assets.template("epub/book.css") + "".join(
        f'[data-cell="{edition.code_slug(paint.code)}"] {{ border-left-color: {paint.fill}; }}\n'
        for paint in edition.paints.values()
    )
    return mirrored(css) if language.of(tag).direction == "rtl" else css


def _container(files: Mapping[str, bytes]) -> bytes:
    """The files in their container (EPUB 3.3, section 4): the type first, as it is; then by name."""
    out = io.BytesIO()
    whole = {"META-INF/container.xml": assets.template("epub/container.xml").encode(), **files}
    with zipfile.ZipFile(out, "w", compresslevel=6) as archive:
        archive.writestr(entry("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name in sorted(whole):
            archive.writestr(entry(name), whole[name])
    return out.getvalue()
