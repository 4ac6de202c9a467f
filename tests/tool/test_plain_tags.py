"""``tags.csv``: the tags that the site shows, as a table for people, in each language of the site."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import ROOT, Files
from frictionless import Resource
from proof_tools import made

from site_builder.edges import load
from site_builder.edition.codes import of_tag, traits_of
from site_builder.edition.edition import Edition
from site_builder.formats.tables import plain
from site_builder.pipeline import Checked

PROJECTS = (
    "tests/tiny",
    "tests/projects/arabic-rtl",
    "tests/projects/classics",
    "tests/projects/english-flat",
    ".",
)


def rows(table: bytes) -> tuple[list[str], list[list[str]]]:
    head, *found = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    return head, found


@pytest.mark.parametrize("folder", PROJECTS)
def test_there_is_a_row_for_each_tag_that_the_site_shows_in_the_language_of_the_view(folder: str) -> None:
    checked = load.checked(ROOT / folder)
    assert checked.project is not None
    edition = checked.edition()
    wanted = [
        (key, tag)
        for key in edition.index.passages
        for tag in edition.painted_tags(edition.index.taggings.get(key))
    ]
    assert wanted
    for locale in edition.locales:
        head, found = rows(plain.tags_csv(edition, locale))
        assert len(found) == len(wanted)
        assert {len(row) for row in found} == {len(head)} == {11}
        assert len({*head}) == 11
        for row, (key, tag) in zip(found, wanted, strict=True):
            passage = edition.index.passages[key]
            assert row[1] == passage.id
            assert row[0] == locale.say(edition.passage_number(key))
            assert row[3] == locale.say(edition.signed_name(of_tag(tag).whole))
            quoted = edition.shown_quotations(tag.evidence, passage)
            assert (
                row[6].lstrip("'").split(plain.BETWEEN) == [locale.say(one).lstrip("'") for one in quoted]
                or not quoted
            )
            names = (
                [locale.say(edition.code_name(code)) for code in traits_of(tag)]
                if hasattr(tag, "cell")
                else []
            )
            assert all(name in row[5] for name in names)
            assert row[10].endswith(f"{key[0]}/{passage.id}.html")


def test_the_edition_has_a_row_for_each_of_its_tags_and_the_tags_of_no_other_coder(
    repository_site: Files,
) -> None:
    head, found = rows(repository_site["data/tags.csv"])
    assert head == [
        "段",
        "編號",
        "所在一節",
        "格",
        "關係",
        "特性",
        "證據",
        "誰的話",
        "標記的按語",
        "本段的提要",
        "網址",
    ]
    _, english = rows(repository_site["data/tags-en.csv"])
    assert len(found) == len(english) == 52
    whose = {"the author", "reported by the author", "quoted by the author"}
    assert {name for row in english for name in row[7].split(", ")} <= whose


def test_a_text_that_may_not_be_published_has_no_evidence_in_the_table(tiny: Checked) -> None:
    assert tiny.project is not None
    hidden = Edition.of(tiny.project, with_text=False)
    _, found = rows(plain.tags_csv(hidden, hidden.locales[0]))
    assert found
    assert {row[6] for row in found} == {""}


@pytest.mark.reads("tags-csv", "frictionless")
@pytest.mark.parametrize("folder", ["tests/tiny", "tests/projects/arabic-rtl"])
def test_frictionless_reads_the_table_with_its_headings(folder: str, tmp_path: Path) -> None:
    files = made(ROOT / folder)
    for name in (name for name in files if name.startswith("data/tags")):
        path = tmp_path / Path(name).name
        path.write_bytes(files[name])
        head, found = rows(files[name])
        resource = Resource(path=path.name, basepath=str(tmp_path), encoding="utf-8-sig")
        assert resource.validate().valid
        read = resource.read_rows()
        assert [field.name for field in resource.schema.fields] == head
        assert [str(one[head[1]]) for one in read] == [row[1] for row in found]
