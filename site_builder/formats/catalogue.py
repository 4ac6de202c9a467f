"""The list of all formats: the function that makes each, its purpose, and the programs that read it.

The build makes all of them, ``site-builder export`` makes one, the download page lists them for people and
the crate for programs; all four use the registry below.  ``read_by`` names programs of other projects that
open the file in the test suite; a test compares that list with the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from site_builder.edition import paths
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.formats import cff, crate, makers, taguette
from site_builder.formats.files import sum_of
from site_builder.formats.format import FILES, PAGES, SITE, Format, Material
from site_builder.formats.tables import write as tables
from site_builder.language.message import msg
from site_builder.site.views import Download, File, Shelf

GROUPS = {
    "tags": msg("The tags as a table"),
    "read": msg("Read offline"),
    "cite": msg("References"),
    "data": msg("Tags and text"),
    "prove": msg("Verify"),
}
"""The parts of the download page, in order."""

FORMATS: tuple[Format, ...] = (
    Format(
        id="tags-csv",
        group="tags",
        title="The tags as a plain table",
        description="One row for each tag that the site shows, in each language of the site.",
        purpose=msg(
            "One tag to a row: passage, code, relation, traits, evidence, whose words; for a spreadsheet. "
            "Only the tags that the site shows in colour: those of cells, if there are cells; "
            "data/passages.csv has all tags. A file in each language of the site"
        ),
        media_type="text/csv",
        read_by=("frictionless",),
        paths=("data/tags{suffix}.csv",),
        make=makers.plain_tags,
        conforms_to="https://www.rfc-editor.org/rfc/rfc4180",
        standard="CSV (RFC 4180)",
    ),
    Format(
        id="html",
        group="read",
        title="The edition in one page",
        description="All pages of one script in one HTML file, with the same anchors and without scripts.",
        purpose=msg(
            "The whole site in one page, with the same anchors and without JavaScript; one file to "
            "save and read"
        ),
        media_type="text/html",
        read_by=("Chromium", "Nu Html Checker"),
        paths=("{tree}edition.html", "{tree}edition.pages.html", "{tree}{work}/work.edition.html"),
        make=makers.one_page,
        rests_on=PAGES,
        conforms_to="https://html.spec.whatwg.org/",
        standard="HTML",
    ),
    Format(
        id="epub",
        group="read",
        title="The edition as a book",
        description="The text, its notes and the editors' chapters as an e-book, with the same ids.",
        purpose=msg(
            "An e-book: the text, the notes on each passage, and the editors' chapters; for e-readers"
            " and tablets"
        ),
        media_type="application/epub+zip",
        read_by=("EPUBCheck", "Chromium"),
        paths=("data/edition{suffix}.epub", "data/books{suffix}/{work}.epub"),
        make=makers.epubs,
        rests_on=PAGES,
        conforms_to="https://www.w3.org/TR/epub-33/",
        standard="EPUB 3.3",
    ),
    Format(
        id="pictures",
        group="read",
        title="The pictures in an archive",
        description="Each picture of the data as SVG, in every language of the site.",
        purpose=msg(
            "Every picture in an archive, as SVG with its source and licence in it, in each language of the"
            " site; for slides and print"
        ),
        media_type="application/zip",
        read_by=("Info-ZIP UnZip",),
        paths=(makers.PICTURES,),
        make=makers.pictures,
        rests_on=PAGES,
        conforms_to="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
        standard="ZIP (APPNOTE 6.3)",
    ),
    Format(
        id="zip",
        group="read",
        title="The site in an archive",
        description="Every page and file of the site, to be unpacked and read from disk.",
        purpose=msg("The whole site in one archive, to unpack and read offline"),
        media_type="application/zip",
        read_by=("Info-ZIP UnZip",),
        paths=(makers.ZIP,),
        make=makers.site,
        write=makers.write_site,
        rests_on=SITE,
        conforms_to="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
        standard="ZIP (APPNOTE 6.3)",
    ),
    Format(
        id="csl",
        group="cite",
        title="References as CSL-JSON",
        description="The article, the copy that the edition rests on, and the edition, as three items.",
        purpose=msg(
            "Three references: the work, the copy that the edition is based on, and this edition; for"
            " Zotero, Pandoc and others"
        ),
        media_type="application/vnd.citationstyles.csl+json",
        read_by=("citeproc-js",),
        paths=("data/references.csl.json",),
        make=makers.csl,
        conforms_to="https://github.com/citation-style-language/schema",
        standard="CSL-JSON 1.0.2",
    ),
    Format(
        id="bibtex",
        group="cite",
        title="References as BibTeX",
        description="The same three works for LaTeX, in UTF-8.",
        purpose=msg("The same three references, for LaTeX"),
        media_type="application/x-bibtex",
        read_by=("pybtex", "bibtexparser"),
        paths=("data/references.bib",),
        make=makers.bibtex,
    ),
    Format(
        id="ris",
        group="cite",
        title="References as RIS",
        description="The same three works for reference managers.",
        purpose=msg("The same three references, for EndNote and other reference managers"),
        media_type="application/x-research-info-systems",
        read_by=("rispy",),
        paths=("data/references.ris",),
        make=makers.ris,
    ),
    Format(
        id="cff",
        group="cite",
        title="The edition in the Citation File Format",
        description="The edition as a data set, with the works and their copies as its references.",
        purpose=msg(
            "The edition as a data set, with the works as its references; for GitHub, Zenodo and others"
        ),
        media_type="application/yaml",
        read_by=("cffconvert",),
        paths=(f"data/{cff.FILE}",),
        make=makers.citation_cff,
        conforms_to="https://github.com/citation-file-format/citation-file-format",
        standard="Citation File Format 1.2.0",
    ),
    Format(
        id="json",
        group="data",
        title="Passages as JSON",
        description="Every passage with its text in both scripts; the tags of every coder, with evidence.",
        purpose=msg(
            "Each passage with its text, tags and evidence, with offsets in code points; for programs"
        ),
        media_type="application/json",
        read_by=("jsonschema",),
        paths=("data/passages.json", "data/passages-{work}.json"),
        make=makers.json,
    ),
    Format(
        id="json-schema",
        group="data",
        title="JSON Schema of the passages",
        description="What passages.json holds, its vocabularies those of the codebook.",
        purpose=msg("The JSON Schema of the file above"),
        media_type="application/schema+json",
        read_by=("jsonschema",),
        paths=("data/passages.schema.json",),
        make=makers.json_schema,
        conforms_to="https://json-schema.org/draft/2020-12/schema",
        standard="JSON Schema 2020-12",
    ),
    Format(
        id="csv",
        group="data",
        title="Passages and tags as a table",
        description="One row for each tag of each coder, with its evidence and positions.",
        purpose=msg(
            "One tag to a row, with the offsets of its evidence; for spreadsheets and statistics "
            "programs, and to import again after changes. Cells that begin with =, +, - or @ are "
            "written as they are; a spreadsheet takes them for formulas"
        ),
        media_type="text/csv",
        read_by=("frictionless",),
        paths=(f"data/{tables.PASSAGES}",),
        make=makers.passages_csv,
        conforms_to="https://www.rfc-editor.org/rfc/rfc4180",
        standard="CSV (RFC 4180)",
    ),
    Format(
        id="codebook-csv",
        group="data",
        title="The codebook as a table",
        description="One row for each dimension, cell, trait, relation, function, facet and entry.",
        purpose=msg(
            "The codebook: dimensions, cells, traits, relations, functions, facets and entries, one to a row"
        ),
        media_type="text/csv",
        read_by=("frictionless",),
        paths=(f"data/{tables.CODEBOOK}",),
        make=makers.codebook_csv,
        conforms_to="https://www.rfc-editor.org/rfc/rfc4180",
        standard="CSV (RFC 4180)",
    ),
    Format(
        id="agreement-csv",
        group="data",
        title="Agreement between coders as a table",
        description="One row for each pair of coders and each subject: coefficient, interval, counts.",
        purpose=msg(
            "The agreement between coders: Krippendorff’s α and Cohen’s κ, one coefficient to a row, with "
            "interval and counts"
        ),
        media_type="text/csv",
        read_by=("frictionless",),
        paths=(f"data/{tables.AGREEMENT}",),
        make=makers.agreement_csv,
        conforms_to="https://www.rfc-editor.org/rfc/rfc4180",
        standard="CSV (RFC 4180)",
    ),
    Format(
        id="disagreements",
        group="data",
        title="Disagreements of coders as a table",
        description="One row for each code that one of two coders has and the other has not.",
        purpose=msg(
            "The disagreements of coders: each code that only one of them has in a passage, with the "
            "decision and its reason"
        ),
        media_type="text/csv",
        read_by=("frictionless",),
        paths=(f"data/{tables.DISAGREEMENTS}",),
        make=makers.disagreements_csv,
        conforms_to="https://www.rfc-editor.org/rfc/rfc4180",
        standard="CSV (RFC 4180)",
    ),
    Format(
        id="more-csv",
        group="data",
        title="Alternatives, edges, notes and coders as tables",
        description="What belongs to no single tag, one to a row.",
        purpose=msg("What belongs to no single tag: alternatives, edges between codes, notes and coders"),
        media_type="text/csv",
        read_by=("frictionless",),
        paths=tuple(f"data/{name}" for name in tables.MORE),
        make=makers.more_tables,
        conforms_to="https://www.rfc-editor.org/rfc/rfc4180",
        standard="CSV (RFC 4180)",
    ),
    Format(
        id="datapackage",
        group="data",
        title="Description of the tables",
        description="Columns, types and limits of the tables beside it.",
        purpose=msg("What the tables contain: columns, types, limits and checksums; keep it with them"),
        media_type="application/json",
        read_by=("frictionless",),
        paths=("data/datapackage.json",),
        make=makers.datapackage,
        rests_on=FILES,
        conforms_to="https://specs.frictionlessdata.io/tabular-data-package/",
        standard="Tabular Data Package 1",
    ),
    Format(
        id="text",
        group="data",
        title="The text alone",
        description="Headings and passages, one to a paragraph, for programs that import plain text.",
        purpose=msg(
            "The text alone: headings and passages, a line each, with an empty line between; for "
            "annotation and qualitative analysis programs that read plain text"
        ),
        media_type="text/plain",
        read_by=("Chromium",),
        paths=("data/text/{work}.txt",),
        make=makers.plain_texts,
    ),
    Format(
        id="taguette",
        group="data",
        title="The codebook for Taguette",
        description="One row for each code: its path, which no other code has, and its definition.",
        purpose=msg(
            "The codebook, one code to a row: a unique name with those of its parents, and the "
            "definition; for Taguette and other programs that take only a name and a description"
        ),
        media_type="text/csv",
        read_by=("frictionless",),
        paths=(f"data/{taguette.FILE}",),
        make=makers.taguette_codes,
        conforms_to="https://www.rfc-editor.org/rfc/rfc4180",
        standard="CSV (RFC 4180)",
    ),
    Format(
        id="webannotation",
        group="data",
        title="Web annotations",
        description="Every tag, with its evidence and reason, as an annotation of the pages of the site.",
        purpose=msg(
            "Each tag as a web annotation of the words on this site; for annotation tools, and to "
            "import again after changes. The bookmarklet of Hypothesis does not work here, since these "
            "pages load nothing from elsewhere"
        ),
        media_type="application/ld+json",
        read_by=(
            "Apache Annotator",
            "dom-anchor-text-quote",
            "Hypothesis (anchoring)",
            "Recogito Text Annotator",
        ),
        paths=("data/annotations.jsonld", "data/annotations/{number}.jsonld"),
        make=makers.web_annotations,
        conforms_to="https://www.w3.org/TR/annotation-model/",
        standard="Web Annotation Data Model",
    ),
    Format(
        id="tei",
        group="data",
        title="The edition as TEI",
        description="Text, emendations, codebook and the tags of every coder as TEI P5.",
        purpose=msg(
            "The edited text with the readings of the witness, the codebook and the tags of every "
            "coder; for digital humanities tools"
        ),
        media_type="application/tei+xml",
        read_by=("jing (TEI All)",),
        paths=("data/edition.xml", "data/edition-{work}.xml"),
        make=makers.tei_editions,
        conforms_to="https://tei-c.org/release/doc/tei-p5-doc/en/html/",
        standard="TEI P5",
    ),
    Format(
        id="refi",
        group="data",
        title="REFI-QDA project",
        description="Text, codebook and the tags of every coder for programs of qualitative data analysis.",
        purpose=msg(
            "Text, codebook and the tags of every coder; for qualitative analysis programs that read "
            "REFI-QDA, and to import again after changes"
        ),
        media_type="application/zip",
        read_by=("pyrefiqda",),
        paths=("data/project.qdpx",),
        make=makers.refi_project,
        conforms_to="https://www.qdasoftware.org/",
        standard="REFI-QDA Project 1.5",
    ),
    Format(
        id="refi-codebook",
        group="data",
        title="REFI-QDA codebook",
        description="The codes alone, to code other texts with.",
        purpose=msg("The codebook alone, to tag other texts with"),
        media_type="application/xml",
        read_by=("pyrefiqda",),
        paths=("data/codebook.qdc",),
        make=makers.refi_codebook,
        conforms_to="https://www.qdasoftware.org/",
        standard="REFI-QDA Codebook 1.5",
    ),
    Format(
        id="sums",
        group="prove",
        title="Checksums",
        description="SHA-256 of the files to download, to be checked at the root of the site.",
        purpose=msg(
            "Checksums of the files above; check them with sha256sum --check at the root of the site"
        ),
        media_type="text/plain",
        read_by=("GNU sha256sum",),
        paths=(makers.SUMS,),
        make=makers.sums,
        rests_on=FILES,
    ),
    Format(
        id="rocrate",
        group="prove",
        title="RO-Crate",
        description="What lies in data/, for archives of research data.",
        purpose=msg(
            "A description of the folder data/, with the origin, size and licence of each file; for "
            "research data archives"
        ),
        media_type="application/ld+json",
        read_by=("roc-validator", "ro-crate-py"),
        paths=(f"data/{crate.NAME}",),
        make=makers.rocrate,
        rests_on=FILES,
        conforms_to=crate.PROFILE,
        standard="RO-Crate 1.2",
    ),
)
BY_ID: Mapping[str, Format] = MappingProxyType({form.id: form for form in FORMATS})
"""The id of each format → the format, in the order of :data:`FORMATS`."""


def at(path: str) -> Format | None:
    """The format whose files may have a path, as the forms of its paths say; of several the first of
    :data:`FORMATS`.

    Whether there is such a file, work or view is not checked.  ``None`` for any other path: a page, data for
    a script, or a path with ``/`` before it.

    >>> at("data/notes.csv").id, at("data/text/no-such-work.txt").id, at("index.html")
    ('more-csv', 'text', None)
    """
    return next(
        (form for form in FORMATS if any(paths.values(one, path) is not None for one in form.paths)), None
    )


def resting_on(kind: str) -> tuple[Format, ...]:
    """The formats with an input of one kind, in the order of :data:`FORMATS`; ``()`` for an unknown kind.

    Each of them may need the files of those before it.

    :param kind: ``tags``, ``pages``, ``files`` or ``site``.
    """
    return tuple(form for form in FORMATS if form.rests_on == kind)


def shelves(of: Material) -> tuple[Shelf, ...]:
    """The groups of the download page, with the formats that have files.

    Groups and formats are in the order of :data:`GROUPS` and :data:`FORMATS`; those without files are left
    out, and no files give ``()``.  The files of a format are in the order of ``of.formats``.  Files of no
    format (pages, style sheets, data for scripts) are not listed.  Of a format with more than 24 files
    (``listed_files`` of the sizes) only the first are listed, and ``left_out`` is the number of the others.
    ``language`` of a file is that of its view, if each view of a site with several has such a file
    (``data/tags.csv``, ``data/tags-en.csv``), else ``""``.

    :param of: its ``formats`` say which files are listed.
    :raises KeyError: if one of them is not in ``of.files``.
    """
    found, most = [], of.edition.sizes.listed_files
    for group, name in GROUPS.items():
        formats = [form for form in FORMATS if form.group == group]
        downloads = [
            Download(
                purpose=form.purpose,
                standard=form.standard,
                media_type=form.media_type,
                programs=form.read_by,
                files=tuple(_files(of, names[:most])),
                left_out=len(names[most:]),
            )
            for form in formats
            if (names := [name for name, one in of.formats.items() if one.id == form.id])
        ]
        if downloads:
            found.append(Shelf(name=name, downloads=tuple(downloads)))
    return tuple(found)


def _files(of: Material, names: Iterable[str]) -> Iterator[File]:
    names = tuple(names)
    languages = {name: view.language for views in _twins(of.edition, names) for name, view in views.items()}
    for name in names:
        found = sum_of(of.files, name)
        yield File(href=name, size=found.size, sha256=found.sha256, language=languages.get(name, ""))


def _twins(edition: Edition, names: tuple[str, ...]) -> Iterator[dict[str, Locale]]:
    """Of files that each view of the site has, the file of each view: ``edition.html``, ``en/edition.html``,
    or ``data/tags.csv``, ``data/tags-en.csv``.  A site with one view has none.
    """
    first, *others = edition.locales
    for name in names:
        stem, dot, end = name.partition(".")
        for pattern in (f"{{folder}}/{name}", f"{stem}{{suffix}}{dot}{end}"):
            found = {pattern.format(folder=one.folder, suffix=one.suffix): one for one in others}
            if found and found.keys() <= set(names):
                yield {name: first, **found}
