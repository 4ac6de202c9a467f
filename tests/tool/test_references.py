"""The works for reference managers, read by other programs.

pybtex (strict) and bibtexparser read the BibTeX, rispy the RIS, the schema of CSL the CSL-JSON; all find the
same works under the same keys.  ``test_citation.py`` shows that a citation style can format them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

import bibtexparser
import jsonschema
import proof_tools
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string
from pybtex.plugin import find_plugin
from samples import article, on_site

from site_builder.citing import bibtex as bibtex_format
from site_builder.citing import people, references
from site_builder.citing import ris as ris_format
from site_builder.model import Name, Person, Project, Record, Site
from site_builder.pipeline import Checked

HARD = "100% & more: $x_1$ #2 {a} \\b ~ ^ 𠮷「水」 “C”"
"""A title of everything that TeX would read as its own, and a character beyond the BMP."""

HARD_PEOPLE = (
    *people.of_statement("甲 & 乙、丙；𠮷田"),
    Person(name=Name(family="de la Cruz & Co, and", given="J. {R}")),
    Person(name=Name(family="Jacobs", given="Jane")),
    Person(name=Name(family="王", given="小明")),
)
# What the record does not hold and nobody may make up.
MADE_UP = {"page", "pages", "volume", "doi", "isbn", "issn", "publisher", "start_page", "end_page"}


@pytest.fixture(scope="module", params=["repository", "tiny", "hard"])
def project(request: pytest.FixtureRequest) -> Project:
    checked: Checked = request.getfixturevalue("tiny" if request.param == "hard" else request.param)
    assert checked.project is not None
    return hard(checked.project) if request.param == "hard" else checked.project


def hard(project: Project) -> Project:
    """A project of two works whose words are hard to write down."""
    work = project.works[0]
    record = proof_tools.localized(
        work.record,
        title=HARD,
        authors=HARD_PEOPLE,
        kind="article",
        container="A & B_C",
        issue="3#4",
        year="2020",
    )
    other = proof_tools.localized(work.record, id="other", copies=(), year="民國初年")
    site = proof_tools.localized(project.site, subtitle=HARD, address="https://example.org/a_b%20c/~d/")
    works = (replace(work, record=record), replace(work, record=other))
    return replace(project, site=site, works=works)


def bibtex(project: Project) -> BibliographyData:
    # strict: a fault ends the reading
    return parse_string(bibtex_format.bibtex_file(project).decode(), "bibtex")


def plain(text: str) -> str:
    """What TeX sets."""
    text = text.replace("\\textbackslash{}", "\0").replace("\\textasciitilde{}", "~")
    text = text.replace("\\textasciicircum{}", "^").replace("\\textbraceleft{}", "\1")
    text = text.replace("\\textbraceright{}", "\2")
    text = re.sub(r"[{}]", "", re.sub(r"\\([&%$#_])", r"\1", text))
    return text.replace("\0", "\\").replace("\1", "{").replace("\2", "}")


def listed(name: Mapping[str, str]) -> str:
    """A name of CSL as BibTeX and RIS list it."""
    return Name(**name).inverted


# --- which works ----------------------------------------------------------------------------------


def record_and_site(checked: Checked) -> tuple[Record, Site]:
    assert checked.project is not None
    return checked.project.works[0].record, checked.project.site


def article_and_site(checked: Checked) -> tuple[Record, Site]:
    """The record of an article in a journal, and the site that it is on."""
    assert checked.project is not None
    return article(checked.project).works[0].record, checked.project.site


def test_the_article_its_copy_and_the_edition_are_three_works(tiny: Checked) -> None:
    record, site = article_and_site(tiny)
    published, copy = references.article(record), references.copy(record)
    edition = references.edition(record, site)
    assert copy is not None
    assert published["title"] == copy["title"] == record.title
    assert published["author"] == copy["author"] == [{"family": "王", "given": "小明"}]
    assert (published["type"], published["container-title"]) == ("article-journal", record.container)
    witness = next(one for one in record.copies if one.id == record.witness)
    assert (copy["type"], copy["container-title"]) == ("webpage", witness.name)
    assert "-".join(f"{part:02}" for part in references.date(copy)) == witness.date
    assert (edition["type"], edition["author"]) == ("webpage", [{"literal": site.publisher}])
    assert edition["version"] == site.version
    assert references.date(edition) == (site.date.year, site.date.month, site.date.day)
    assert len({published["id"], copy["id"], edition["id"]}) == 3


def test_the_language_is_that_of_the_characters_of_the_reference(tiny: Checked) -> None:
    record, site = article_and_site(tiny)
    copy = references.copy(record)
    assert copy is not None
    # the journal and the copy may be in another script: their titles are given in that of the record
    assert references.article(record)["language"] == copy["language"] == "zh-Hant"
    simplified = proof_tools.localized(record, script="Hans")
    assert references.article(simplified)["language"] == "zh-CN"
    assert references.edition(simplified, site)["language"] == "zh-Hant"
    assert references.edition(record, replace(site, language="zh-Hans"))["language"] == "zh-CN"
    assert references.edition(record, replace(site, language="en"))["language"] == "en"
    assert references.article(proof_tools.localized(record, language="en"))["language"] == "en"


def test_the_witness_that_the_record_names_is_the_copy(tiny: Checked) -> None:
    record, _ = article_and_site(tiny)
    first = next(one for one in record.copies if one.role == "witness")
    second = proof_tools.localized(first, id="second", name="別本", address="https://example.org/x")
    both = proof_tools.localized(record, copies=(*record.copies, second), witness="second")
    found = references.copy(both)
    assert found is not None
    assert found["container-title"] == "別本"
    assert found["URL"] == "https://example.org/x"
    other = proof_tools.localized(record, copies=tuple(replace(one, role="other") for one in record.copies))
    assert references.copy(other) is None


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("王小明", ("王小明",)),
        ("甲子、乙丑", ("甲子", "乙丑")),
        ("甲子；乙丑、 丙寅", ("甲子", "乙丑", "丙寅")),
        ("Jane Jacobs; Louis Wirth", ("Jane Jacobs", "Louis Wirth")),
        ("Jacobs, Jane", ("Jacobs, Jane",)),
        ("、", ("、",)),
    ],
)
def test_a_statement_of_authors_is_divided_into_persons(text: str, persons: tuple[str, ...]) -> None:
    assert people.statement(text) == persons


@pytest.mark.parametrize(
    ("text", "issued", "date"),
    [
        ("2020", {"date-parts": [[2020]]}, (2020,)),
        ("2020-09", {"date-parts": [[2020, 9]]}, (2020, 9)),
        ("2020-12-17", {"date-parts": [[2020, 12, 17]]}, (2020, 12, 17)),
        ("0980", {"date-parts": [[980]]}, (980,)),
        ("0980-02-03", {"date-parts": [[980, 2, 3]]}, (980, 2, 3)),
        ("2020-13", {"literal": "2020-13"}, ()),
        ("²⁰²⁰", {"literal": "²⁰²⁰"}, ()),
        ("民國初年", {"literal": "民國初年"}, ()),
        ("", None, ()),
    ],
)
def test_a_date_is_in_parts_or_in_its_own_words(
    tiny: Checked, text: str, issued: object, date: tuple[int, ...]
) -> None:
    record, _ = record_and_site(tiny)
    item = references.article(proof_tools.localized(record, year=text))
    assert item.get("issued") == issued
    assert references.date(item) == date
    assert references.words(item) == text


# --- what programs read ---------------------------------------------------------------------------


def test_the_schema_of_csl_accepts_the_items(project: Project) -> None:
    schema = json.loads(proof_tools.schemas("csl/csl-data.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(json.loads(references.csl_json(project)))


@pytest.mark.reads("bibtex", "pybtex")
@pytest.mark.reads("bibtex", "bibtexparser")
@pytest.mark.reads("ris", "rispy")
def test_all_programs_find_the_same_works(project: Project) -> None:
    csl = json.loads(references.csl_json(project))
    wanted = {item["id"]: (item["title"], tuple(map(listed, item.get("author", ())))) for item in csl}
    assert len(wanted) == len(csl)
    strict = bibtex(project).entries
    parsed = bibtexparser.loads(bibtex_format.bibtex_file(project).decode()).entries
    ris = rispy.loads(ris_format.ris_file(project).decode())
    pybtex = {
        key: (plain(e.fields["title"]), tuple(plain(str(name)) for name in e.persons.get("author", ())))
        for key, e in strict.items()
    }
    names = {e["ID"]: e["author"].split(" and ") if "author" in e else [] for e in parsed}
    parser = {e["ID"]: (plain(e["title"]), tuple(map(plain, names[e["ID"]]))) for e in parsed}
    assert pybtex == parser == wanted
    assert {e["id"]: (e["title"], tuple(e.get("authors", ()))) for e in ris} == wanted


def test_all_programs_find_the_same_place_year_number_and_language(project: Project) -> None:
    strict = bibtex(project).entries
    ris = {e["id"]: e for e in rispy.loads(ris_format.ris_file(project).decode())}
    for item in json.loads(references.csl_json(project)):
        fields, entry = strict[item["id"]].fields, ris[item["id"]]
        held = fields.get("journal", fields.get("howpublished", ""))
        assert plain(held) == entry.get("secondary_title", "") == item.get("container-title", "")
        date = references.date(item)
        year = str(date[0]) if date else item["issued"]["literal"]
        assert plain(fields["year"]) == entry["year"] == year
        if len(date) == 3:
            assert fields["date"] == entry["date"].replace("/", "-") == "-".join(f"{n:02}" for n in date)
        assert plain(fields.get("number", "")) == entry.get("number", "") == item.get("issue", "")
        assert fields.get("version", "") == entry.get("edition", "") == item.get("version", "")
        assert fields.get("url", "") == "".join(entry.get("urls", [])) == item.get("URL", "")
        assert fields["language"] == entry["language"] == item["language"]


def test_a_style_of_bibtex_lacks_no_field(project: Project) -> None:
    style = find_plugin("pybtex.style.formatting", "plain")()
    assert len(list(style.format_bibliography(bibtex(project)))) == len(references.items(project))


def test_no_program_finds_an_unknown_field_or_one_that_was_made_up(project: Project) -> None:
    csl = json.loads(references.csl_json(project))
    assert not {name for item in csl for name in item} & MADE_UP
    assert not {name.lower() for e in bibtex(project).entries.values() for name in e.fields} & MADE_UP
    for entry in rispy.loads(ris_format.ris_file(project).decode()):
        assert "unknown_tag" not in entry
        assert not set(entry) & MADE_UP


def test_programs_get_the_editors_translations_in_a_note_alone(tiny: Checked) -> None:
    assert tiny.project is not None
    project = article(tiny.project)
    record = project.works[0].record
    assert record.title.of("en")
    assert record.container.of("en")
    forms = (
        (references.csl_json, '"note": '),
        (bibtex_format.bibtex_file, "note = {"),
        (ris_format.ris_file, "N1  - "),
    )
    for file, note in forms:
        text = file(project).decode()
        assert record.title in text
        noted = [line for line in text.splitlines() if note in line]
        assert len(noted) == 1
        for words in (record.title.of("en"), record.container.of("en"), "Wang Xiaoming"):
            assert text.count(words) == noted[0].count(words) == 1
    latin = proof_tools.localized(
        record, title_latin="Shuili biji", container_latin="Shuili Yuekan", title_gloss="Notes"
    )
    wanted = f"Wang Xiaoming. Shuili biji [Notes]. Shuili Yuekan [{record.container.of('en')}]"
    assert references.article(latin)["note"] == wanted
    bare = replace(latin, authors=(), title_latin="", container_latin="")
    assert "note" not in references.article(bare)


def test_an_address_is_given_only_if_there_is_one(tiny: Checked) -> None:
    assert tiny.project is not None
    without = on_site(tiny.project, address="")
    for file in (references.csl_json, bibtex_format.bibtex_file, ris_format.ris_file):
        assert b"://" not in file(without)
        assert tiny.project.site.address.encode() in file(tiny.project)


# --- bytes ----------------------------------------------------------------------------------------


def test_ris_is_lines_of_crlf_from_ty_to_er_with_a_blank_line_between(project: Project) -> None:
    data = ris_format.ris_file(project)
    assert data.startswith(b"TY  - ")
    assert data.endswith(b"\r\nER  - \r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    for record in data.decode().removesuffix("\r\n").split("\r\n\r\n"):
        lines = record.split("\r\n")
        assert lines[0].startswith("TY  - ")
        assert [line for line in lines if line.startswith("ER")] == lines[-1:]
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


def test_bibtex_is_utf_8_with_lf_and_titles_are_in_two_braces(project: Project) -> None:
    data = bibtex_format.bibtex_file(project)
    assert b"\r" not in data
    text = data.decode()
    items = references.items(project)
    assert text.count("  title = {{") == len(items)
    assert text.count("  author = {") == sum("author" in item for item in items)
    assert "langid" not in text


def test_one_item_reads_the_same_alone_and_in_the_file(project: Project) -> None:
    for item in references.items(project):
        assert bibtex_format.bibtex(item) in bibtex_format.bibtex_file(project).decode()
        assert ris_format.ris(item).replace("\n", "\r\n") in ris_format.ris_file(project).decode()
        assert json.loads(references.csl(item))[0] in json.loads(references.csl_json(project))


@given(st.text(st.sampled_from("ab &%$#_{}\\~^,\"@'-=水𠮷"), min_size=1).map(str.strip).filter(bool))
def test_any_title_is_read_unchanged(title: str) -> None:
    item = {"id": "x", "type": "webpage", "title": title, "author": [{"literal": title}], "language": "zh"}
    entry = parse_string(bibtex_format.bibtex(item), "bibtex").entries["x"]
    assert re.sub(r"\s+", " ", plain(entry.fields["title"])) == re.sub(r"\s+", " ", title)
    parsed = bibtexparser.loads(bibtex_format.bibtex(item)).entries
    assert [plain(one["title"]) for one in parsed] == [title]
    assert rispy.loads(ris_format.ris(item))[0]["title"] == title
