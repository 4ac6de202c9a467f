"""``data/passages.csv``, ``data/codebook.csv``, ``data/agreement.csv`` and ``data/datapackage.json``.

CSV as in RFC 4180: comma, double quotes where they are needed, CR LF; UTF-8 with a byte order mark, without
which Excel assumes another encoding.  A Tabular Data Package (Frictionless Data Package, Data Resource and
Table Schema, version 1) describes the tables, so that programs can check every cell.

``passages.csv`` has one row for each tag of each coder, passage by passage, with the displayed coder first.
A passage without tags of a coder, or without tags of any coder, has one row without a tag.  The values of the
passage are repeated in each of its rows.  Positions count code points of ``text``, start inclusive, end
exclusive.  If the site has a view in the other script of Chinese, ``text_hans`` or ``text_hant`` has the text
converted, of the same length.  If the text may not be published, ``text`` has its first words
and the quotations are empty; the positions stay.

Cells are written unchanged.  A spreadsheet reads a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a
formula; no column begins in this way by itself, but a name in a codebook or a text can.  The tables of the
site do not guard such cells, since every other program would read the guard as part of the value; the
descriptions say so.  :func:`guarded` makes a form for spreadsheets, which ``import-tags`` also reads.

``id`` names a code of the codebook, in the same form as a claim in the editors' prose: ``depth+``,
``methods:survey``, ``function:review``.  Kind, facet and code would also identify it, but a primary key
may have no empty part (Table Schema 1), and only entries have a facet.
"""

from __future__ import annotations

import csv
import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from site_builder.citing import citation, references
from site_builder.edition import identifiers
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.formats import checksum, translated
from site_builder.formats.codings import Coding, codings
from site_builder.formats.tables import agreement
from site_builder.formats.tables.fields import (
    Row,
    Table,
    codebook_fields,
    conversion_column,
    groups,
    passage_fields,
    voice,
)
from site_builder.formats.tables.more import TABLES
from site_builder.language.message import pmsg
from site_builder.model import Entry, Passage, Tagging, Work
from site_builder.site import jsonld

PASSAGES = "passages.csv"
CODEBOOK = "codebook.csv"
AGREEMENT = agreement.COEFFICIENTS.file
DISAGREEMENTS = agreement.DISAGREEMENTS.file
MORE = tuple(table.file for table in TABLES)
OPTIONAL = (AGREEMENT, DISAGREEMENTS, *MORE)
"""The tables that only some projects have, in the order in which the package describes them."""
BETWEEN = " › "
"""The separator between the headings of a passage, outermost first."""

LIVE = re.compile(r"\A(?='*[=+\-@＝＋－＠\t\r\n])")
"""The beginning of a cell that a spreadsheet can read as a formula."""


def passages_csv(edition: Edition, converted: Locale | None) -> bytes:
    """The content of ``passages.csv``: a row of column names, then a row for each tag of each coder.

    It is in UTF-8 with a byte order mark, with commas and CR LF line ends.  Rows are in reading order; the
    columns are those of :func:`.fields.passage_fields`.  Function, gist and note of a coder are in each of
    its rows of a passage; if it has no tags there, in one row.  A passage that nobody tagged has one row
    without a coder.  A value that a row does not have is an empty cell.  If the text may not be published,
    ``text`` and its conversion are as :meth:`.Edition.shown_text` gives them (the first 12 characters with
    ``……``), quotations are empty, and positions stay.

    The rows of a passage are coder by coder, the displayed one first; of a coder the cells, then the entries.
    Alternatives have no row.  ``start_1`` and ``end_1`` count code points from 0, the end exclusive.  Several
    headings have `` › `` between, several traits a space.  ``tag`` is a cell without its relation.

    :param converted: the view in the other script, if there is one.  A text that it does not convert, such as
        an English work beside Chinese ones, has an empty cell there.
    """
    return _csv(edition, _passages(converted))


def passage_columns(edition: Edition, converted: Locale | None) -> tuple[str, ...]:
    """The names of the columns of ``passages.csv``, in their order.  They depend on the tags of all works."""
    return tuple(field.name for field in passage_fields(edition, converted))


def passage_rows(edition: Edition, converted: Locale | None, work: Work, columns: Sequence[str]) -> bytes:
    """The rows of one work in ``passages.csv``, in UTF-8 without a byte order mark.

    :param columns: what :func:`passage_columns` gives.
    """
    return _written(columns, _rows_of(edition, converted, work))


def joined(columns: Sequence[str], rows: Iterable[bytes]) -> bytes:
    """A table: a byte order mark, the names of the columns, and rows as :func:`passage_rows` gives them."""
    return b"".join((BOM_UTF8, _written(columns, [{name: name for name in columns}]), *rows))


def codebook_csv(edition: Edition) -> bytes:
    """The content of ``codebook.csv``: dimensions, cells with their traits, relations, functions, facets and
    their entries.

    Cells are listed without relations, poles not at all.  ``parent`` is the id of the dimension of a cell (in
    a grid with poles), of the cell of a trait, or of the parent of an entry, without kind or facet; it is
    empty for others.  Dimensions and cells have a colour, and in a project without cells the entries of frame
    facets.

    It has the form of :func:`passages_csv`, and the columns of :func:`.fields.codebook_fields`.  An empty
    codebook gives the row of the names alone.
    """
    return _csv(edition, _CODEBOOK)


def agreement_csv(edition: Edition) -> bytes:
    """The content of ``agreement.csv``, in the form of :func:`passages_csv`; ``b""`` if no two coders tagged
    a passage in common.

    There is a row for each pair of coders and each subject; coefficients and bounds have six decimals, and
    are empty where they are undefined.

    The columns are ``first``, ``second``, ``works``, ``subject`` (``cells``, ``depth+``, ``facet:methods``),
    ``coefficient``, ``distance``, ``units``, ``same``, ``value``, ``low``, ``high``, ``resamples``, and the
    numbers of decisions ``tagged_first``, ``tagged_second`` and ``tagged_both``. ``coefficient`` is ``alpha``
    or ``kappa``.  The pairs are sorted by name; the two coders of an adjudication are in its order, others by
    name.  The rows of a pair are first those of alpha: cells, relations, traits, function, each facet; then
    those of kappa: ``codes``, then each cell, without cells each entry of a frame facet.
    """
    return _csv(edition, agreement.COEFFICIENTS) if edition.agreement else b""


def disagreements_csv(edition: Edition) -> bytes:
    """The content of ``disagreements.csv``, in the form of :func:`passages_csv`; ``b""`` if no two coders
    differ in a passage.

    There is a row for each code that only one coder of a pair has, pair by pair in reading order.  Decision
    and reason are empty where nobody has decided.

    The columns are ``first``, ``second``, ``work``, ``passage``, ``code``, ``coder`` (who has it),
    ``decision`` (``first``, ``second``, ``both`` or ``neither``) and ``reason`` with its translations.
    """
    differ = any(pair.differences for pair in edition.agreement)
    return _csv(edition, agreement.DISAGREEMENTS) if differ else b""


def more_tables(edition: Edition) -> dict[str, bytes]:
    """The tables of :mod:`site_builder.formats.tables.more` that have rows: name of the file → content.

    These are ``alternatives.csv``, ``edges.csv``, ``notes.csv`` and ``coders.csv``, in this order and in the
    form of :func:`passages_csv`; ``{}`` if none has rows.
    """
    with_rows = (table for table in TABLES if any(True for _ in table.rows(edition)))
    return {table.file: _csv(edition, table) for table in with_rows}


def _csv(edition: Edition, table: Table) -> bytes:
    columns = [field.name for field in table.columns(edition)]
    return joined(columns, (_written(columns, table.rows(edition)),))


def _written(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    # a name that is none of the columns is an error
    csv.DictWriter(out, columns, restval="").writerows(rows)
    return out.getvalue().encode()


def guarded(table: bytes) -> bytes:
    """A table for spreadsheets, in which no cell is read as a formula.

    A cell that a spreadsheet could read as a formula gets an apostrophe at its beginning: ``=b`` → ``'=b``.
    So does such a cell that already has apostrophes (``'=b`` → ``''=b``), so that ``import-tags`` can remove
    one and gets the original.  The characters are those that OWASP lists for CSV injection, the full-width
    ones included.  All other cells stay, also numbers; a negative number is guarded.  Line ends become CR LF,
    and only cells that need quotation marks have them.

    :param table: CSV in UTF-8, with or without a byte order mark; the result has one.
    """
    rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([LIVE.sub("'", cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


# --- passages -------------------------------------------------------------------------------------


def _passages(converted: Locale | None) -> Table:
    """``passages.csv``; the view in the other script decides on a column."""
    same = f"; {conversion_column(converted)} has the same length" if converted else ""
    return Table(
        file=PASSAGES,
        title="Passages and their tags",
        says="One row for each tag of each coder, in the order of reading; a passage without tags has "
        f"one row. Positions count Unicode code points of text, the end exclusive{same}.",
        columns=lambda edition: passage_fields(edition, converted),
        rows=lambda edition: _rows(edition, converted),
    )


def _rows(edition: Edition, converted: Locale | None) -> Iterator[Row]:
    for work in edition.project.works:
        yield from _rows_of(edition, converted, work)


def _rows_of(edition: Edition, converted: Locale | None, work: Work) -> Iterator[Row]:
    by_passage: dict[str, list[Tagging]] = {}
    for tagging, passage in edition.tagged[work.id]:
        by_passage.setdefault(passage.id, []).append(tagging)
    for passage in work.passages:
        own = _passage(edition, converted, work, passage)
        found = by_passage.get(passage.id, [])
        yield from (own | row for tagging in found for row in _tagging(edition, tagging, passage))
        if not found:
            yield own


def _passage(edition: Edition, converted: Locale | None, work: Work, passage: Passage) -> Row:
    text = edition.shown_text(passage)
    headings = [edition.index.headings[(work.id, id_)].text for id_ in passage.path]
    return {
        "work": work.id,
        "passage": passage.id,
        "number": passage.number,
        "label": passage.label,
        "headings": BETWEEN.join(headings),
        "text": text,
        **_conversion(work, text, converted),
    }


def _conversion(work: Work, text: str, converted: Locale | None) -> Row:
    """The column of the converted text, if the view converts this work."""
    if converted is None or not converted.converts(work.record.tag):
        return {}
    return {conversion_column(converted): converted.convert(text)}


def _tagging(edition: Edition, tagging: Tagging, passage: Passage) -> Iterator[Row]:
    """The tags of one coder for one passage, or one row without a tag."""
    own: Row = {
        "coder": tagging.coder,
        "function": tagging.function,
        **translated.values(edition, "gist", tagging.gist),
        **translated.values(edition, "note", tagging.note),
    }
    rows = [_tag(edition, coding) for coding in codings(edition.index, tagging, passage)]
    yield from (own | row for row in rows or [{}])


def _tag(edition: Edition, coding: Coding) -> Row:
    code = coding.code_id.whole
    row: Row = {
        "tag": str(code),
        "kind": code.kind,
        "facet": coding.facet,
        "code": coding.code,
        "name": _name(edition, coding),
        "relation": coding.relation,
        "traits": " ".join(code.trait for code in coding.traits),
        **translated.values(edition, "tag_note", coding.note),
    }
    evidence = zip(coding.evidence, coding.quotations, strict=True)
    for number, ((start, end), words) in enumerate(evidence, 1):
        quote, first, last = groups(number)
        row |= {quote: words if edition.with_text else "", first: start, last: end}
        row[voice(number)] = coding.voices[number - 1]
    return row


def _name(edition: Edition, coding: Coding) -> str:
    if coding.facet:
        return edition.index.entries[(coding.facet, coding.code)].name
    return edition.index.cells[coding.code].name


# --- the codebook ---------------------------------------------------------------------------------


def _codes(edition: Edition) -> Iterator[Row]:
    grid = edition.project.grid
    for dimension in grid.parents:
        code = CodeId.of("dimension", dimension.id)
        yield _code(edition, code, dimension) | {"color": dimension.tint.light}
    for cell in grid.cells:
        pole = edition.poles[cell.pole].slug if cell.pole else ""
        own: Row = {"parent": cell.dimension if cell.pole else "", "pole": pole, "color": cell.color}
        yield _code(edition, CodeId.cell(cell.id), cell) | own
        for trait in cell.traits:
            code = CodeId.trait_of(cell.id, trait.id)
            yield _code(edition, code, trait) | {"code": trait.id, "parent": cell.id}
    yield from (_code(edition, CodeId.of("relation", term.id), term) for term in grid.relations)
    yield from (_code(edition, CodeId.of("function", term.id), term) for term in grid.functions)
    for facet in edition.project.facets:
        yield _code(edition, CodeId.of("facet", facet.id), facet)
        for entry in facet.entries:
            row = _code(edition, CodeId.entry(entry.facet, entry.id), entry)
            yield row | {
                "parent": entry.parent,
                **translated.values(edition, "definition", entry.definition.localized),
                **({"color": entry.color} if CodeId.entry(entry.facet, entry.id) in edition.paints else {}),
            }


def _code(edition: Edition, code: CodeId, found: Any) -> Row:
    """The columns that every code has; ``found`` is its record: a dimension, cell, term, facet or entry."""
    return {
        "id": str(code),
        "code": code.id,
        "kind": code.kind,
        "facet": code.facet,
        **translated.values(edition, "name", found.name),
        **({} if isinstance(found, Entry) else translated.values(edition, "definition", found.definition)),
        "address": edition.code_addresses[code],
    }


_CODEBOOK = Table(
    file=CODEBOOK,
    title="The codebook",
    says="One row for each dimension, cell, trait, relation, function, facet and entry of a facet.",
    columns=codebook_fields,
    rows=_codes,
    key=("id",),
)


# --- the package ----------------------------------------------------------------------------------


def datapackage(edition: Edition, tables: Mapping[str, bytes], converted: Locale | None) -> bytes:
    """The content of ``datapackage.json``, which describes the tables.

    Values that the project does not have, such as the address of the site, are left out, and so is each empty
    list: without tables there is no ``resources``. Only licences with a well-known short name are listed as
    such; all are in the description.  There is a resource for each given table, in the given order, with its
    size and digest.

    :param tables: the bytes of :data:`PASSAGES`, :data:`CODEBOOK`, :data:`AGREEMENT`, :data:`DISAGREEMENTS`
        and those of :func:`more_tables` by their names, as they are published.  Another name raises
        ``KeyError``.
    :param converted: the view in the other script, if there is one.
    """
    project, site = edition.project, edition.project.site
    every = (_passages(converted), _CODEBOOK, agreement.COEFFICIENTS, agreement.DISAGREEMENTS, *TABLES)
    known = {table.file: table for table in every}
    package = {
        "profile": "tabular-data-package",
        "name": edition.package_name.lower(),
        "id": identifiers.guid(project, "datapackage"),
        "title": references.edition_title(site),
        "description": _about(edition),
        "version": site.version,
        "created": f"{site.date.isoformat()}T00:00:00Z",
        "homepage": site.address,
        "licenses": [_licence(term.name, iri) for term in site.licences if (iri := jsonld.licence(term))],
        "contributors": [{"title": site.publisher, "role": "publisher"}],
        "sources": [{"title": citation.of_work(work.record)} for work in project.works],
        "resources": [_resource(edition, known[name], content) for name, content in tables.items()],
    }
    given = {name: value for name, value in package.items() if value}
    return (json.dumps(given, ensure_ascii=False, indent=1) + "\n").encode()


def _about(edition: Edition) -> str:
    """The description of the package and its licences, in paragraphs."""
    site = edition.project.site
    between = edition.catalogue.text(pmsg("between a name and what it means", ": "))
    return "\n\n".join(
        (
            site.description,
            *(work.record.rights for work in edition.project.works),
            *(between.join(filter(None, (term.name, term.definition))) for term in site.licences),
        )
    )


def _licence(title: str, iri: str) -> dict[str, str]:
    """A licence by its SPDX name."""
    creative = re.search(r"/licenses/([a-z-]+)/([0-9.]+)/$", iri)
    if creative:
        name = f"CC-{creative[1].upper()}-{creative[2]}"
    else:
        name = "CC0-1.0" if "/zero/1.0/" in iri else iri.rpartition("/")[2]
    return {"name": name, "path": iri, "title": title}


def _resource(edition: Edition, table: Table, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.file.removesuffix(".csv"),
        "path": table.file,
        "title": table.title,
        "description": " ".join(
            (table.says + (_AS_THEY_ARE if table.has_words else ""), *table.adds(edition))
        ),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{checksum(content)}",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
            "caseSensitiveHeader": True,
        },
        "schema": _schema(edition, table),
    }


_AS_THEY_ARE = (
    " Cells are written as they are: a spreadsheet takes one that begins with =, +, - or @ for a formula. "
    "Open a table that you do not trust as text, or make a guarded one: site-builder export csv --guarded."
)


def _schema(edition: Edition, table: Table) -> dict[str, Any]:
    """The columns, and the primary key; ``passages.csv`` has none, and refers to the codebook."""
    fields = {"fields": [field.described for field in table.columns(edition)], "missingValues": [""]}
    if table.key:
        return fields | {"primaryKey": [*table.key]}
    known = {"fields": ["tag"], "reference": {"resource": CODEBOOK.removesuffix(".csv"), "fields": ["id"]}}
    return fields | {"foreignKeys": [known]}
