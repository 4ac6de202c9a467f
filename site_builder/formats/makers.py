"""The files of each format, by their paths in the site: what the catalogue calls."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.citing import references
from site_builder.edition import addresses
from site_builder.formats import archive, checksum, crate, epub, onefile, passages, plaintext, taguette, tei
from site_builder.formats.format import Files, Material
from site_builder.formats.refi import write as refi
from site_builder.formats.tables import write as tables
from site_builder.formats.webannotation import write as webannotation

ZIP = f"{addresses.DATA}site.zip"
SUMS = f"{addresses.DATA}SHA256SUMS"
_SCRIPT = crate.About(
    title="Data for a script",
    description="What a script of the site's pages reads, as a script that sets one variable.",
    media_type="text/javascript",
)


def _data(files: Mapping[str, bytes]) -> Files:
    return {f"{addresses.DATA}{name}": content for name, content in files.items()}


def json(of: Material) -> Files:
    edition = of.edition
    return _data(passages.passages(edition.project, edition.index, of.simplify, with_text=edition.with_text))


def json_schema(of: Material) -> Files:
    return _data({"passages.schema.json": passages.schema(of.edition.project)})


def passages_csv(of: Material) -> Files:
    return _data({tables.PASSAGES: tables.passages_csv(of.edition, of.simplify)})


def codebook_csv(of: Material) -> Files:
    return _data({tables.CODEBOOK: tables.codebook_csv(of.edition)})


def taguette_codes(of: Material) -> Files:
    return _data({taguette.FILE: taguette.taguette(of.edition)})


def plain_texts(of: Material) -> Files:
    """The text of each work; none where it may not be published."""
    works = of.edition.project.works if of.edition.with_text else ()
    return _data({f"text/{work.id}.txt": plaintext.plain_text(work) for work in works})


def datapackage(of: Material) -> Files:
    """The description of the two tables, which must stand already."""
    described = {name: of.files[addresses.DATA + name] for name in (tables.PASSAGES, tables.CODEBOOK)}
    return _data({"datapackage.json": tables.datapackage(of.edition, described)})


def web_annotations(of: Material) -> Files:
    return _data({"annotations.jsonld": webannotation.collection(of.edition, of.reading)})


def tei_editions(of: Material) -> Files:
    edition = of.edition
    return _data({tei.file(edition, work): tei.document(edition, work) for work in edition.project.works})


def refi_project(of: Material) -> Files:
    project = refi.project(of.edition)
    return _data({"project.qdpx": project} if project else {})


def refi_codebook(of: Material) -> Files:
    return _data({"codebook.qdc": refi.codebook(of.edition)})


def csl(of: Material) -> Files:
    return _data({"references.csl.json": references.csl_json(of.edition.project)})


def bibtex(of: Material) -> Files:
    return _data({"references.bib": references.bibtex_file(of.edition.project)})


def ris(of: Material) -> Files:
    return _data({"references.ris": references.ris_file(of.edition.project)})


def epubs(of: Material) -> Files:
    """A book for each script."""
    names = {False: "edition.epub", True: "edition-hans.epub"}
    return _data(
        {
            names[converted]: epub.epub(of.edition, of.views, of.ids(converted), renderer)
            for converted, renderer in of.renderers.items()
        }
    )


def one_page(of: Material) -> Files:
    """The page of each script that holds all others."""
    kept = addresses.reading(of.edition.index.only_work)
    return {
        addresses.in_tree(addresses.ONEFILE, converted): onefile.onefile(
            renderer, of.views, of.ids(converted), of.files, kept
        )
        for converted, renderer in of.renderers.items()
    }


def sums(of: Material) -> Files:
    """The checksums of all files that have a format and stand already."""
    digests = {name: checksum(of.files[name]) for name in of.formats}
    return {SUMS: archive.checksums(digests)}


def rocrate(of: Material) -> Files:
    """The crate of all that stands in the folder of data."""
    inside = {
        name.removeprefix(addresses.DATA): c
        for name, c in of.files.items()
        if name.startswith(addresses.DATA)
    }
    about = {name: _SCRIPT for name in inside if name.endswith(".js")}
    about |= {name.removeprefix(addresses.DATA): form.about for name, form in of.formats.items()}
    return _data({crate.NAME: crate.crate(of.edition, inside, about)})


def site(of: Material) -> Files:
    """All files that stand already, in one archive."""
    project = of.edition.project
    return {ZIP: archive.archive(of.files, f"{project.works[0].id}-{project.site.version}")}
