"""The functions that make the files of each format, by their paths in the site."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from site_builder.citing import references
from site_builder.citing.bibtex import bibtex_file
from site_builder.citing.ris import ris_file
from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.formats import (
    archive,
    cff,
    crate,
    epub,
    onefile,
    passages,
    plaintext,
    taguette,
    tei,
)
from site_builder.formats.files import Files, Inside, sum_of
from site_builder.formats.format import ByWork, Material
from site_builder.formats.refi import write as refi
from site_builder.formats.tables import plain
from site_builder.formats.tables import write as tables
from site_builder.formats.webannotation import write as webannotation
from site_builder.model import Work
from site_builder.site.medium import PageRenderer, Rendered
from site_builder.site.views import View

ZIP = f"{addresses.DATA}site.zip"
PICTURES = f"{addresses.DATA}pictures.zip"
SUMS = f"{addresses.DATA}SHA256SUMS"
_SCRIPT = crate.About(
    title="Data for a script",
    description="What a script of the site's pages reads, as a script that sets one variable.",
    media_type="text/javascript",
)


def _data(files: Mapping[str, bytes]) -> Files:
    """The files in the folder ``data/`` of the site."""
    return {f"{addresses.DATA}{name}": content for name, content in files.items()}


def _one(name: str, content: Callable[[Material], bytes]) -> Callable[[Material], Files]:
    """The maker of a format that has one file in ``data/``."""
    return lambda of: _data({name: content(of)})


csl = _one("references.csl.json", lambda of: references.csl_json(of.edition.project))
bibtex = _one("references.bib", lambda of: bibtex_file(of.edition.project))
ris = _one("references.ris", lambda of: ris_file(of.edition.project))
citation_cff = _one(cff.FILE, lambda of: cff.cff(of.edition))
json_schema = _one("passages.schema.json", lambda of: passages.schema(of.edition, of.converted))
codebook_csv = _one(tables.CODEBOOK, lambda of: tables.codebook_csv(of.edition))
taguette_codes = _one(taguette.FILE, lambda of: taguette.taguette(of.edition))
refi_codebook = _one("codebook.qdc", lambda of: refi.codebook(of.edition))


_ROWS = "rows"
"""The name of a part that is rows of one table."""


def _annotations_of_work(of: Material, work: Work, _: None) -> Files:
    return webannotation.of_work(of.edition, work, of.reading)


def _all_annotations(of: Material, works: Sequence[Files]) -> Files:
    """The tags as web annotations: ``data/annotations.jsonld``; of more than 2000 annotations
    (``annotations`` of the sizes) also ``data/annotations/1.jsonld`` and so on, with at most as many each.

    There is a file also without tags, and if the text may not be published.
    """
    return _data(webannotation.collection(of.edition, works))


web_annotations = ByWork(part=_annotations_of_work, whole=_all_annotations, quotes=True)


def _passages_of_work(of: Material, work: Work, shared: Mapping[str, Any]) -> Files:
    """The passages of a work as JSON: ``data/passages.json`` for the first work, and
    ``data/passages-WORK.json`` for the others.
    """
    return _data(passages.of_work(of.edition, work, of.converted, shared))


json = ByWork(part=_passages_of_work, common=lambda of: passages.common(of.edition))


def _passage_rows(of: Material, work: Work, columns: Sequence[str]) -> Files:
    return {_ROWS: tables.passage_rows(of.edition, of.converted, work, columns)}


def _all_passage_rows(of: Material, works: Sequence[Files]) -> Files:
    """The table of all passages and their tags, ``data/passages.csv``."""
    columns = tables.passage_columns(of.edition, of.converted)
    return _data({tables.PASSAGES: tables.joined(columns, (part[_ROWS] for part in works))})


passages_csv = ByWork(
    part=_passage_rows,
    whole=_all_passage_rows,
    common=lambda of: tables.passage_columns(of.edition, of.converted),
)


def agreement_csv(of: Material) -> Files:
    """The coefficients of agreement, ``data/agreement.csv``; ``{}`` if no two coders tagged a passage in
    common.
    """
    found = tables.agreement_csv(of.edition)
    return _data({tables.AGREEMENT: found} if found else {})


def disagreements_csv(of: Material) -> Files:
    """The disagreements of coders, ``data/disagreements.csv``; ``{}`` if no two coders tagged a passage in
    common, and if they agree in all.
    """
    found = tables.disagreements_csv(of.edition)
    return _data({tables.DISAGREEMENTS: found} if found else {})


def _text_of_work(of: Material, work: Work, _: None) -> Files:
    """The text of a work in ``data/text/WORK.txt``; ``{}`` if the texts may not be published."""
    return _data({f"text/{work.id}.txt": plaintext.plain_text(work)}) if of.edition.with_text else {}


plain_texts = ByWork(part=_text_of_work)


def datapackage(of: Material) -> Files:
    """The description of the tables that are made already, ``data/datapackage.json``.

    The tables of the passages and of the codebook must be in ``of.files`` and come first.  Those of agreement
    and of disagreements and those of :func:`more_tables` follow, in this order, if ``of.files`` has them.
    The ``path`` of a table is without ``data/``.  Any other file of ``of.files`` is ignored.

    :raises KeyError: if the table of the passages or of the codebook is not in ``of.files``.
    """
    more = (name for name in tables.OPTIONAL if addresses.DATA + name in of.files)
    described = {name: of.files[addresses.DATA + name] for name in (tables.PASSAGES, tables.CODEBOOK, *more)}
    return _data({"datapackage.json": tables.datapackage(of.edition, described, of.converted)})


def _plain_rows(of: Material, work: Work, _: None) -> Files:
    return {plain.file(one.suffix): plain.rows(of.edition, one, work) for one in of.edition.locales}


def _all_plain_rows(of: Material, works: Sequence[Files]) -> Files:
    """The tags as a plain table in each view: ``data/tags.csv``, and with the folder of a further view
    ``data/tags-hans.csv``; without tags the tables have their first row alone.
    """
    edition = of.edition
    names = {plain.file(one.suffix): one for one in edition.locales}
    return _data(
        {name: plain.joined(edition, one, (part[name] for part in works)) for name, one in names.items()}
    )


plain_tags = ByWork(part=_plain_rows, whole=_all_plain_rows)


def more_tables(of: Material) -> Files:
    """The tables ``data/alternatives.csv``, ``data/edges.csv``, ``data/notes.csv`` and ``data/coders.csv``,
    in this order, of which those without rows are left out; ``{}`` if none has rows.
    """
    return _data(tables.more_tables(of.edition))


def _tei_of_work(of: Material, work: Work, _: None) -> Files:
    """The TEI file of a work: ``data/edition.xml`` for the first, ``data/edition-WORK.xml`` for others.

    A text that may not be published has a file too, with the first twelve characters of its passages.
    """
    return _data({tei.file(of.edition, work): tei.document(of.edition, work)})


tei_editions = ByWork(part=_tei_of_work)


def refi_project(of: Material) -> Files:
    """The REFI-QDA project, ``data/project.qdpx``; ``{}`` if the text may not be published."""
    project = refi.project(of.edition)
    return _data({"project.qdpx": project} if project else {})


def epubs(of: Material) -> Files:
    """A book for each view: ``data/edition.epub``, and with the folder of a further view
    ``data/edition-hans.epub``.

    Of a project that is not one book (:attr:`.Edition.is_one_book`: several works, and more than 400
    passages or too many works) it has the editors' pages alone; :func:`of_work` makes a book for each work.
    Pages must have been made before: ``of.views`` and ``of.pages``.
    """
    volume = None if of.edition.is_one_book else epub.Volume(work=None, outside="")
    return {
        f"{addresses.DATA}edition{renderer.locale.suffix}.epub": epub.epub(
            of.edition, of.views, of.ids(folder), renderer, volume and _in_view(of.edition, volume, renderer)
        )
        for folder, renderer in of.renderers.items()
    }


def _in_view(edition: Edition, volume: epub.Volume, renderer: PageRenderer) -> epub.Volume:
    """A volume in one view, with the address of the site in that view."""
    project = edition.project
    if not project.site.address:
        return volume
    return replace(volume, outside=identifiers.iri(project, addresses.in_tree("", renderer.locale.folder)))


def one_page(of: Material) -> Files:
    """One file with all pages, for each view: ``edition.html`` and ``hans/edition.html``.

    Of a project that is not one book (:attr:`.Edition.is_one_book`) ``edition.html`` is the index of a file
    for each work, which :func:`of_work` makes, and ``edition.pages.html`` has the pages of no work.  Pages
    and style sheets must have been made before: ``of.views``, ``of.pages`` and ``of.sheets``.
    """
    if not of.edition.is_one_book:
        return {
            addresses.in_tree(address, folder): content
            for folder, renderer in of.renderers.items()
            for address, content in onefile.shared_volumes(
                renderer, of.edition, of.views, of.pages[folder], of.sheets
            ).items()
        }
    kept = addresses.reading(of.edition.project.first_published.id)
    return {
        addresses.in_tree(addresses.ONEFILE, folder): onefile.onefile(
            renderer, of.views, of.pages[folder], of.sheets, kept
        )
        for folder, renderer in of.renderers.items()
    }


def of_work(
    edition: Edition,
    work: Work,
    own: onefile.Volumes,
    views: Sequence[View],
    pages: Mapping[str, Rendered],
    renderer: PageRenderer,
    sheets: Mapping[str, bytes],
) -> Files:
    """The file of all pages and the book of one work of a large project, in one view: path in the site →
    content.

    The paths are ``WORK/work.edition.html``, in the folder of the view, and ``data/books/WORK.epub``, with
    the suffix of the view at ``books``.

    :param own: the names in the files of all pages.
    :param views: the pages of the work, and ``pages`` the same rendered for the site, by their addresses.
    :param sheets: the style sheets that the site is made from, each by itself.
    """
    locale = renderer.locale
    ids = {address: page.ids for address, page in pages.items()}
    volume = _in_view(edition, epub.Volume(work=work, outside=""), renderer)
    whole = addresses.in_tree(addresses.onefile(work.id), locale.folder)
    return {
        whole: onefile.volume(renderer, own, work, views, pages, sheets),
        addresses.book(work.id, locale.suffix): epub.epub(edition, views, ids, renderer, volume),
    }


def pictures(of: Material) -> Files:
    """The pictures of every view in an archive, ``data/pictures.zip``; ``{}`` if there are none.

    In it each is in the folder ``NAME-VERSION`` and has the path that it has in the site:
    ``pictures/score.svg``, ``hans/pictures/score.svg``.
    """
    folders = tuple(addresses.in_tree(addresses.DRAWN, folder) for folder in of.renderers)
    found = {name: content for name, content in of.files.items() if name.startswith(folders)}
    project = of.edition.project
    name = f"{of.edition.package_name}-{project.site.version}"
    return {PICTURES: archive.archive(found, name)} if found else {}


def sums(of: Material) -> Files:
    """The checksums of the files that are made already and have a format, in ``data/SHA256SUMS``.

    A line is the SHA-256 digest, two spaces and the path in the site, ``data/passages.csv``; lines are sorted
    by path.  Pages,
    style sheets and data for scripts are not listed.  Without formats the file is empty.

    :raises KeyError: if a file of ``of.formats`` is not in ``of.files``.
    """
    digests = {name: sum_of(of.files, name).sha256 for name in of.formats}
    return {SUMS: archive.checksums(digests)}


def rocrate(of: Material) -> Files:
    """The crate of the files in ``data/`` that are made already, in ``data/ro-crate-metadata.json``.

    Data for scripts is described too; files outside of ``data/``, such as ``edition.html``, are not.
    """
    inside = Inside(of.files, addresses.DATA)
    about: dict[str, crate.About] = {name: _SCRIPT for name in inside if name.endswith(".js")}
    about |= {name.removeprefix(addresses.DATA): form for name, form in of.formats.items()}
    return _data({crate.NAME: crate.crate(of.edition, inside, about)})


def write_site(of: Material, out: BinaryIO) -> None:
    """Write an archive of all files that are made already, ``data/site.zip``.

    Its only folder is named for the works and the version: ``lu1923-1.2.0``.
    """
    folder = f"{of.edition.package_name}-{of.edition.project.site.version}"
    archive.write(of.files, folder, out, of.earlier)


def site(of: Material) -> Files:
    """An archive of all files that are made already: ``data/site.zip`` → its content, as :func:`write_site`
    writes it.
    """
    out = io.BytesIO()
    write_site(of, out)
    return {ZIP: out.getvalue()}
