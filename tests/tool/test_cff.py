"""``CITATION.cff`` of every kind of work: cffconvert reads it, and nothing of a record is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import proof_tools
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.edition.edition import Edition
from site_builder.formats import cff
from site_builder.model import Name, Person, Project, Record
from site_builder.model.record import WORK_KINDS
from site_builder.pipeline import Checked

PEOPLE = (
    Person(name=Name(family="李", given="明"), latin=Name(family="Li", given="Ming"), affiliation="某大學"),
    Person(name=Name(literal="某會"), institution=True),
    Person(name=Name(literal="佚名")),
)


def project_of(tiny: Checked, *changes: Mapping[str, Any]) -> Project:
    """The tiny project with a work for each record."""
    assert tiny.project is not None
    first = tiny.project.works[0]
    records = [proof_tools.localized(first.record, **{"id": f"w{n}", **one}) for n, one in enumerate(changes)]
    return replace(tiny.project, works=tuple(replace(first, record=one) for one in records))


def content(project: Project) -> Any:
    return yaml.safe_load(cff.cff(Edition.of(project)))


def cffconvert(data: bytes, folder: Path, *options: str) -> str:
    file = folder / cff.FILE
    file.write_bytes(data)
    return proof_tools.cffconvert(file, *options)


def every(kind: str) -> dict[str, Any]:
    """A record with all fields."""
    return {
        "kind": kind,
        **{"authors": PEOPLE, "editors": PEOPLE[:1], "translators": PEOPLE[1:], "container": "刊"},
        **{
            "series": "叢書",
            "number": "12",
            "genre": "博士論文",
            "volume": "2",
            "issue": "3",
            "pages": "10–20",
        },
        **{
            "edition_statement": "修訂版",
            "publisher": "某社",
            "publisher_place": "北京",
            "year": "2020-09-21",
        },
        **{
            "original_date": "1923",
            "doi": "10.1000/a-b(1)",
            "issn": "2049-3630",
            "isbn": "978-7-01-000000-8",
        },
        **{"url": "https://example.net/a", "accessed": dt.date(2021, 2, 3)},
    }


@pytest.mark.reads("cff", "cffconvert")
def test_cffconvert_accepts_every_kind_of_work_and_cites_the_edition(tiny: Checked, tmp_path: Path) -> None:
    assert tiny.project is not None
    words = {
        "year": "約 1900 年",
        "original_date": "唐",
        "doi": "10.1000/水",
        "url": "//example.net",
        "authors": (),
    }
    place = {"publisher": "", "language": "i-klingon", "authors": ()}
    both = [one for kind in WORK_KINDS for one in (every(kind), {**every(kind), **words, **place})]
    data = cff.cff(Edition.of(project_of(tiny, *both)))
    assert "valid according to schema version 1.2.0" in cffconvert(data, tmp_path, "--validate")
    apa = cffconvert(cff.cff(Edition.of(tiny.project)), tmp_path, "--format", "apalike")
    site = tiny.project.site
    assert apa.startswith(f"{site.publisher} ({site.date.year}). {site.title}")
    assert f"(version {site.version})" in apa


def test_what_the_format_has_no_key_for_is_in_the_notes(tiny: Checked) -> None:
    changes = {**every("chapter"), "doi": "10.1000/水", "url": "//example.net"}
    [found, *_] = content(project_of(tiny, changes))["references"]
    assert found["notes"].split("; ")[:4] == ["叢書", "博士論文", "10.1000/水", "//example.net"]
    assert not found.keys() & {"doi", "url", "thesis-type"}


def test_persons_and_dates_are_in_the_keys_of_the_format(tiny: Checked) -> None:
    [found, *_] = content(project_of(tiny, every("thesis")))["references"]
    assert found["authors"] == [
        {"family-names": "李", "given-names": "明", "affiliation": "某大學"},
        {"name": "某會"},
        {"name": "佚名"},
    ]
    assert (found["year"], found["month"], found["date-published"]) == (2020, 9, "2020-09-21")
    assert (found["year-original"], found["date-accessed"]) == (1923, "2021-02-03")
    assert (found["start"], found["end"]) == ("10", "20")
    assert found["institution"] == {"name": "某社", "location": "北京"}
    assert found["thesis-type"] == "博士論文"


def test_a_work_without_authors_has_the_one_that_the_format_requires(tiny: Checked) -> None:
    [found, *_] = content(project_of(tiny, {"authors": ()}))["references"]
    assert found["authors"] == [{"name": "anonymous"}]


def test_each_copy_that_the_edition_is_based_on_is_a_web_page(tiny: Checked) -> None:
    assert tiny.project is not None
    record: Record = tiny.project.works[0].record
    copies = [one for one in content(tiny.project)["references"] if one["type"] == "website"]
    assert [one["collection-title"] for one in copies] == [
        one.name for one in record.copies if one.role == "witness"
    ]


def test_a_publisher_that_is_named_twice_is_one_author(tiny: Checked, tmp_path: Path) -> None:
    project = project_of(tiny)
    project = replace(project, site=proof_tools.localized(project.site, publisher="甲、乙、甲"))
    assert content(project)["authors"] == [{"name": "甲"}, {"name": "乙"}]
    assert "valid" in cffconvert(cff.cff(Edition.of(project)), tmp_path, "--validate")


def test_a_project_without_works_has_no_references(tiny: Checked) -> None:
    assert "references" not in content(project_of(tiny))


HARD = st.sampled_from("ab水 \n\t'\"#:-{}[]&*!|>%@`\\\x85")


@settings(max_examples=examples(40))
@given(
    st.text(st.sampled_from("ab水 \n\t'\"#:-{}[]&*!|>%@`\\\x85"), min_size=1, max_size=10).filter(str.strip)
)
def test_no_value_harms_the_file(tiny: Checked, words: str) -> None:
    fields = ("title", "container", "volume", "publisher", "year", "edition_statement", "genre", "series")
    [found, *_] = content(project_of(tiny, {"kind": "article", **dict.fromkeys(fields, words)}))["references"]
    assert "".join(found["title"].split()) == "".join(words.replace("\x85", " ").split())
    assert "\n" not in yaml.safe_dump(found["title"]).strip("\n").removesuffix("...").strip("\n")
