"""Every field of a record in every format: where it arrives, or that the format does not carry it.

:data:`TABLE` is the table of ``docs/record.md``.  Programs of others read the formats; a value that is listed
as not carried must be nowhere in the format.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import proof_tools
import pytest
import rispy
import yaml
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples
from lxml import etree
from proof_tools import renderer
from pybtex.database import parse_string

from site_builder.citing import bibtex as bibtex_format
from site_builder.citing import citation, references, schemaorg
from site_builder.citing import ris as ris_format
from site_builder.edition.edition import Edition
from site_builder.formats import cff, crate, tei
from site_builder.formats.epub import package
from site_builder.model import Localized, Name, Person, Problem, Project, Record
from site_builder.model.values import standard_numbers
from site_builder.pipeline import Checked
from site_builder.site import jsonld
from site_builder.site.metadata import metadata
from site_builder.site.pages import text
from site_builder.site.presenter import Presenter
from site_builder.source import yamlio
from site_builder.source.reading import Reading
from site_builder.source.schemas import FILES

FORMATS = ("CSL-JSON", "BibTeX", "RIS", "CFF", "head", "JSON-LD", "RO-Crate", "TEI", "EPUB", "citation")

# field → (kind, value, {format: where it arrives}); a format that is not named does not carry the field
ONE = (Person(name=Name(family="Quux", given="Zed")),)
OF_THE_WORK = ("citation_", "DCTERMS.bibliographicCitation")
"""The tags of a head that describe the published work."""
NOTED = {"CSL-JSON": "note", "BibTeX": "note", "RIS": "notes", "CFF": "notes"}
"""Where reference managers get translations and names in Latin letters, which are not the work's own."""
TABLE: Mapping[str, tuple[str, Any, Mapping[str, str]]] = {
    "title": (
        "article",
        "ттттт",
        {
            **{
                "CSL-JSON": "title",
                "BibTeX": "title",
                "RIS": "title",
                "CFF": "title",
                "head": "citation_title",
            },
            **{"JSON-LD": "name", "RO-Crate": "name", "TEI": "title", "EPUB": "source", "citation": "yes"},
        },
    ),
    "title_en": ("article", "Wholly ours", {**NOTED, "TEI": "title", "citation": "yes"}),
    "title_latin": ("article", "Yingchi riji", {**NOTED, "citation": "yes"}),
    "title_gloss": ("article", "Wholly in sentence case", {**NOTED, "citation": "yes"}),
    "authors": (
        "article",
        ONE,
        {
            **{
                "CSL-JSON": "author.family",
                "BibTeX": "author",
                "RIS": "authors",
                "CFF": "authors.family-names",
                "head": "citation_author",
            },
            **{"JSON-LD": "author.familyName", "RO-Crate": "familyName", "TEI": "surname"},
            **{"EPUB": "creator", "citation": "yes"},
        },
    ),
    "editors": (
        "book",
        ONE,
        {
            **{
                "CSL-JSON": "editor.family",
                "BibTeX": "editor",
                "RIS": "tertiary_authors",
                "CFF": "editors.family-names",
            },
            **{"head": "citation_editor", "JSON-LD": "editor.familyName", "RO-Crate": "familyName"},
            **{"TEI": "surname", "EPUB": "contributor", "citation": "yes"},
        },
    ),
    "translators": (
        "book",
        ONE,
        {
            **{
                "CSL-JSON": "translator.family",
                "BibTeX": "translator",
                "RIS": "subsidiary_authors",
                "CFF": "translators.family-names",
            },
            **{"head": "citation_translator", "JSON-LD": "translator.familyName", "RO-Crate": "familyName"},
            **{"TEI": "surname", "EPUB": "contributor", "citation": "yes"},
        },
    ),
    "container": (
        "article",
        "жжжжж",
        {
            **{
                "CSL-JSON": "container-title",
                "BibTeX": "journal",
                "RIS": "secondary_title",
                "CFF": "journal",
            },
            **{"head": "citation_journal_title", "JSON-LD": "isPartOf.isPartOf.name", "RO-Crate": "name"},
            **{"TEI": "title", "EPUB": "source", "citation": "yes"},
        },
    ),
    "container_en": ("article", "Ours too", {**NOTED, "TEI": "title", "citation": "yes"}),
    "container_latin": ("article", "Yingchi Yuekan", {**NOTED, "citation": "yes"}),
    "series": (
        "book",
        "сссcс",
        {
            **{
                "CSL-JSON": "collection-title",
                "BibTeX": "series",
                "RIS": "tertiary_title",
                "CFF": "collection-title",
            },
            **{"head": "citation_series_title", "JSON-LD": "isPartOf.name", "RO-Crate": "name"},
            **{"TEI": "title", "citation": "yes"},
        },
    ),
    "number": (
        "report",
        "N-9731",
        {
            **{
                "CSL-JSON": "number",
                "BibTeX": "number",
                "RIS": "issn",
                "CFF": "number",
                "JSON-LD": "reportNumber",
            },
            **{"head": "citation_technical_report_number", "RO-Crate": "reportNumber"},
            **{"TEI": "biblScope", "EPUB": "source", "citation": "yes"},
        },
    ),
    "genre": (
        "thesis",
        "ггггг",
        {
            **{
                "CSL-JSON": "genre",
                "BibTeX": "type",
                "RIS": "type_of_work",
                "CFF": "thesis-type",
                "JSON-LD": "genre",
            },
            **{"RO-Crate": "genre", "TEI": "note", "citation": "yes"},
        },
    ),
    "volume": (
        "article",
        "V-9741",
        {
            **{
                "CSL-JSON": "volume",
                "BibTeX": "volume",
                "RIS": "volume",
                "CFF": "volume",
                "head": "citation_volume",
            },
            **{"JSON-LD": "isPartOf.isPartOf.volumeNumber", "RO-Crate": "volumeNumber"},
            **{"TEI": "biblScope", "EPUB": "source", "citation": "yes"},
        },
    ),
    "issue": (
        "article",
        "I-9751",
        {
            **{
                "CSL-JSON": "issue",
                "BibTeX": "number",
                "RIS": "number",
                "CFF": "issue",
                "head": "citation_issue",
            },
            **{"JSON-LD": "isPartOf.issueNumber", "RO-Crate": "issueNumber", "TEI": "biblScope"},
            **{"EPUB": "source", "citation": "yes"},
        },
    ),
    "pages": (
        "article",
        "9761",
        {
            **{
                "CSL-JSON": "page",
                "BibTeX": "pages",
                "RIS": "start_page",
                "CFF": "start",
                "head": "citation_firstpage",
            },
            **{"JSON-LD": "pagination", "RO-Crate": "pagination", "TEI": "biblScope"},
            **{"EPUB": "source", "citation": "yes"},
        },
    ),
    "edition_statement": (
        "book",
        "eee ed",
        {
            **{
                "CSL-JSON": "edition",
                "BibTeX": "edition",
                "RIS": "edition",
                "CFF": "edition",
                "head": "DCTERMS.bibliographicCitation",
                "JSON-LD": "bookEdition",
            },
            **{"RO-Crate": "bookEdition", "TEI": "edition", "EPUB": "source", "citation": "yes"},
        },
    ),
    "publisher": (
        "book",
        "ппппп",
        {
            **{"CSL-JSON": "publisher", "BibTeX": "publisher", "RIS": "publisher", "CFF": "publisher.name"},
            **{"head": "citation_publisher", "JSON-LD": "publisher.name", "RO-Crate": "name"},
            **{"TEI": "publisher", "EPUB": "source", "citation": "yes"},
        },
    ),
    "publisher_latin": ("book", "Yingchi Shuju", {"citation": "yes"}),
    "publisher_place_latin": ("book", "Yingchi", {"citation": "yes"}),
    "publisher_place": (
        "book",
        "ллллл",
        {
            **{
                "CSL-JSON": "publisher-place",
                "BibTeX": "address",
                "RIS": "place_published",
                "CFF": "publisher.location",
                "head": "DCTERMS.bibliographicCitation",
            },
            **{"JSON-LD": "publisher.address", "RO-Crate": "address", "TEI": "pubPlace"},
            **{"EPUB": "source", "citation": "yes"},
        },
    ),
    "year": (
        "article",
        "1873",
        {
            **{
                "CSL-JSON": "issued",
                "BibTeX": "year",
                "RIS": "year",
                "CFF": "year",
                "head": "citation_publication_date",
            },
            **{"JSON-LD": "datePublished", "RO-Crate": "datePublished", "TEI": "date"},
            **{"EPUB": "source", "citation": "yes"},
        },
    ),
    "original_date": (
        "classic",
        "1623",
        {
            **{
                "CSL-JSON": "original-date",
                "BibTeX": "origdate",
                "RIS": "original_publication",
                "CFF": "year-original",
            },
            **{"JSON-LD": "dateCreated", "RO-Crate": "dateCreated", "TEI": "date", "citation": "yes"},
        },
    ),
    "doi": (
        "article",
        "10.9771/q-q",
        {
            **{"CSL-JSON": "DOI", "BibTeX": "doi", "RIS": "doi", "CFF": "doi", "head": "citation_doi"},
            **{"JSON-LD": "identifier.value", "RO-Crate": "value", "TEI": "idno", "EPUB": "source"},
            **{"citation": "yes"},
        },
    ),
    "issn": (
        "article",
        "2049-3630",
        {
            **{"CSL-JSON": "ISSN", "BibTeX": "issn", "RIS": "issn", "CFF": "issn", "head": "citation_issn"},
            **{"JSON-LD": "isPartOf.isPartOf.issn", "RO-Crate": "issn", "TEI": "idno", "EPUB": "source"},
        },
    ),
    "isbn": (
        "book",
        "978-7-01-000000-8",
        {
            **{"CSL-JSON": "ISBN", "BibTeX": "isbn", "RIS": "issn", "CFF": "isbn", "head": "citation_isbn"},
            **{"JSON-LD": "isbn", "RO-Crate": "isbn", "TEI": "idno", "EPUB": "source"},
        },
    ),
    "url": (
        "article",
        "https://example.net/9781",
        {
            **{
                "CSL-JSON": "URL",
                "BibTeX": "url",
                "RIS": "urls",
                "CFF": "url",
                "head": "DCTERMS.bibliographicCitation",
                "JSON-LD": "url",
                "RO-Crate": "url",
            },
            **{"TEI": "ptr", "EPUB": "source", "citation": "yes"},
        },
    ),
    "accessed": (
        "webpage",
        dt.date(2019, 3, 5),
        {
            **{
                "CSL-JSON": "accessed",
                "BibTeX": "urldate",
                "RIS": "access_date",
                "CFF": "date-accessed",
                "head": "DCTERMS.bibliographicCitation",
                "JSON-LD": "hasAccessDate",
                "RO-Crate": "hasAccessDate",
                "TEI": "date",
            },
            **{"EPUB": "source", "citation": "yes"},
        },
    ),
}
FIELDS = {"publisher_place": "place", "publisher_place_latin": "place_latin"}
"""Attribute of a record → key of the file, where they differ."""


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of every text in a piece of JSON."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from flat(inner, path)
    else:
        yield path, str(value)


def formats(project: Project) -> dict[str, list[tuple[str, str]]]:
    """Format → (where, text) of all that it says of the first work of a project."""
    work = project.works[0]
    edition = Edition.of(project)
    item = references.article(work.record)
    view = text.reading(Presenter(edition), work)
    found = metadata(edition, view, proof_tools.locale_of(edition.project))
    graph = json.loads(crate.crate(edition, {}, {}))["@graph"]
    root = etree.fromstring(tei.document(edition, work))
    source = root.find(".//{*}biblStruct")
    assert source is not None
    opf = etree.fromstring(
        renderer(edition).render(package.view(project, [], "zh-Hant", "urn:x")).text.encode()
    )
    entry = parse_string(bibtex_format.bibtex(item), "bibtex").entries[item["id"]]
    [ris] = rispy.loads(ris_format.ris(item))
    cited = [one.entry for one in citation.styles(work.record, project.site) if one.of == "article"]
    named = (f"#{name}" for name in ("work", "author", "editor", "translator", "publisher", "issue"))
    own = (*named, "#periodical", "#volume", "#series", "#doi", "#site", "#book")
    return {
        "CSL-JSON": list(flat(json.loads(references.csl(item)))),
        "BibTeX": [
            *entry.fields.items(),
            *((role, str(one)) for role, people in entry.persons.items() for one in people),
        ],
        "RIS": list(flat(ris)),
        "CFF": list(flat(yaml.safe_load(cff.cff(edition))["references"][0])),
        "head": [(one.name, str(one.content)) for one in found.metas if one.name.startswith(OF_THE_WORK)],
        "JSON-LD": list(flat(json.loads(jsonld.text(found.data, edition.catalogue.text)))),
        "RO-Crate": [pair for one in graph if one["@id"].startswith(own) for pair in flat(one)],
        "TEI": [
            (etree.QName(node).localname, "".join(node.itertext()) + node.get("target", ""))
            for node in source.iter()
        ],
        "EPUB": [(etree.QName(node).localname, node.text or "") for node in opf[0]],
        "citation": [("yes", one) for one in cited[:6]],
    }


def with_field(project: Project, field: str) -> Project:
    kind, value, _ = TABLE[field]
    work = project.works[0]
    holder = kind in ("article", "webpage")
    facts: dict[str, Any] = {
        "publisher": "某社" if field in ("genre", "publisher_place") else "",
        **{"kind": kind, "container": "刊" if holder else "", "issue": "3" if kind == "article" else ""},
        **{"url": "https://example.net/" if kind == "webpage" else "", field: value},
    }
    return replace(project, works=(replace(work, record=proof_tools.localized(work.record, **facts)),))


def shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "Quux"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@pytest.mark.parametrize("field", TABLE)
def test_a_field_arrives_exactly_where_the_table_says(tiny: Checked, field: str) -> None:
    assert tiny.project is not None
    _, value, places = TABLE[field]
    reported = formats(with_field(tiny.project, field))
    assert reported.keys() == set(FORMATS)
    for form, pairs in reported.items():
        words = shown(value)
        where = {path for path, text in pairs if words in text or words in text.replace("/", "-")}
        if value and form == "CSL-JSON" and isinstance(value, dt.date):
            where = {path.partition(".")[0] for path, text in pairs if text == str(value.year)}
        where = {path.partition(".date-parts")[0] for path in where}
        if form in places:
            assert places[form] in where, (form, where)
        else:
            assert not where, (form, where)


def test_the_table_has_every_field_that_describes_the_published_work(tiny: Checked) -> None:
    assert tiny.project is not None
    record = tiny.project.works[0].record
    own = {  # of this edition, of the file, or of format 1
        *("id", "kind", "affiliation", "language", "script", "short", "rights", "rights_short", "witness"),
        *("edition", "date", "copies", "facts", "place", "places", "headings"),
    }
    fields = Record.__dataclass_fields__.keys() - own
    translations = {f"{field}_en" for field in fields if isinstance(getattr(record, field), Localized)}
    assert fields | translations == TABLE.keys()


def row(field: str) -> str:
    """The row of a field in the table of the documentation."""
    places = TABLE[field][2]
    cells = [f"`{FIELDS.get(field, field)}`"]
    for form in FORMATS:
        place = places.get(form, "—")
        cells.append(place if place in ("—", "yes") else f"`{place}`")
    return f"| {' | '.join(cells)} |"


def test_the_documentation_shows_the_table() -> None:
    text = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert [field for field in TABLE if row(field) not in text] == []


# --- values that are hard to write down -----------------------------------------------------------

HARD = st.text(st.sampled_from("ab水𠮷 \n\t\r\x85\u2028%{}\"'<>&|\\$#_~^,;@=:-*[]`"), min_size=1, max_size=12)


@settings(max_examples=examples(60))
@given(HARD.filter(lambda value: bool(value.strip())), HARD.filter(lambda value: bool(value.strip())))
@example("a and b", "TY  - JOUR")
@example("a\nER  - \nTY  - BOOK", "x\r\n  author = {y}")
@example("}", "{")
@example("% comment", '"')
@example("<b>&amp;</b>", "| a |")
def test_no_value_harms_a_format(tiny: Checked, words: str, more: str) -> None:
    assert tiny.project is not None
    work = tiny.project.works[0]
    first = ("title", "container", "series", "genre", "volume", "publisher", "year", "edition_statement")
    hard: dict[str, Any] = dict.fromkeys(first, words)
    hard |= dict.fromkeys(("publisher_place", "number", "original_date", "title_en", "container_en"), more)
    person = Person(
        name=Name(family=words, given=more), latin=Name(family=more, given=words), affiliation=more
    )
    whole = Person(name=Name(literal=words), affiliation=words)
    record = proof_tools.localized(
        work.record, kind="article", authors=(person, whole), editors=(whole,), **hard
    )
    project = replace(tiny.project, works=(replace(work, record=record),))
    reported = formats(project)  # each program reads its format, and finds one work
    one = " ".join(words.split())
    title = dict(reported["CSL-JSON"])["title"]
    assert "\n" not in title
    assert re.sub(r"\s", "", title) == re.sub(r"\s", "", one)
    assert dict(reported["RIS"])["title"] == title
    assert dict(reported["JSON-LD"])["name"] == title
    people = parse_string(bibtex_format.bibtex(references.article(record)), "bibtex").entries["canal"].persons
    assert (len(people["author"]), len(people["editor"])) == (2, 1)
    lines = ris_format.ris(references.article(record)).split("\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert len([line for line in lines if line.startswith("ER")]) == 1


@pytest.mark.parametrize("break_", ["\n", "\t", "\n\n"])
def test_a_line_break_in_a_value_is_read_as_one_line(break_: str) -> None:
    text = json.dumps(f"甲{break_}乙 A{break_}B")
    source = f"title: {text}\nauthors: [{{literal: {text}}}]\nlanguage: zh\nscript: Hant\nshort: 某\n"
    source += f"rights: 某\nrights_short: 某\npublisher: {text}\nedition: '1.0'\ndate: 2026-01-31\n"
    node, faults = yamlio.parse(source, "corpus/w/work.yaml")
    found: list[Problem] = list(faults)
    assert node is not None
    record = FILES["work"].read(node, Reading(problems=found, given={"id": "w"}))
    assert found == []
    assert record.title == record.publisher == record.author
    assert record.title in ("甲乙 A B", "甲 乙 A B", "甲  乙 A  B")


@pytest.mark.parametrize(
    ("kind", "numbers", "wanted"),
    [
        ("article-journal", {"ISBN": "1", "ISSN": "2"}, [("SN", "2"), ("N1", "ISBN 1")]),
        ("article-journal", {"ISBN": "1"}, [("SN", "1")]),
        ("book", {"ISBN": "1", "ISSN": "2"}, [("SN", "1"), ("N1", "ISSN 2")]),
        (
            "report",
            {"number": "3", "ISBN": "1", "ISSN": "2"},
            [("SN", "3"), ("N1", "ISBN 1"), ("N1", "ISSN 2")],
        ),
        ("article-journal", {"number": "3", "ISSN": "2"}, [("SN", "2"), ("N1", "number 3")]),
    ],
)
def test_ris_has_one_number_of_a_work_and_the_others_as_notes(
    kind: str, numbers: dict[str, str], wanted: list[tuple[str, str]]
) -> None:
    lines = ris_format.ris({"id": "a", "type": kind, "title": "水", **numbers}).split("\n")
    pairs = [(line[:2], line[6:]) for line in lines]
    assert [pair for pair in pairs if pair[0] in ("SN", "N1")] == wanted


@pytest.mark.parametrize(
    ("kind", "host"), [("webpage", "WebSite"), ("thesis", "CreativeWork"), ("report", "CreativeWork")]
)
def test_a_work_in_a_container_that_is_no_book_is_part_of_it(tiny: Checked, kind: str, host: str) -> None:
    assert tiny.project is not None
    record = proof_tools.localized(tiny.project.works[0].record, kind=kind, container="某站", series="")
    part = schemaorg._host(record, references.article(record))
    assert (part["@type"], part["name"]) == (host, "某站")


def test_a_record_without_an_author_names_nobody(tiny: Checked) -> None:
    assert tiny.project is not None
    work = tiny.project.works[0]
    record = proof_tools.localized(work.record, authors=())
    reported = formats(replace(tiny.project, works=(replace(work, record=record),)))
    nobody = ("author", "authors", "citation_author", "creator")
    for form, pairs in reported.items():
        assert not [path for path, _ in pairs if path in nobody], form


@settings(max_examples=examples(100))
@given(st.text("0123456789", min_size=12, max_size=12), st.sampled_from([13, 10, 8]), st.data())
def test_a_check_digit_detects_every_change_of_one_digit(
    digits: str, length: int, data: st.DataObject
) -> None:
    """Of the eleven possible last digits one is right; with it, no other digit can be replaced."""
    stem = ("978" + digits)[:12] if length == 13 else digits[: length - 1]

    def sound(number: str) -> bool:
        if length == 8:
            return standard_numbers.issn_fault(f"{number[:4]}-{number[4:]}") is None
        return standard_numbers.isbn_fault(number) is None

    [right] = [one for one in ("0123456789" if length == 13 else "0123456789X") if sound(stem + one)]
    at = data.draw(st.integers(3 if length == 13 else 0, length - 2))
    for other in set("0123456789") - {stem[at]}:
        assert not sound(stem[:at] + other + stem[at + 1 :] + right)
