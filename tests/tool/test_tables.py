"""The tables ``passages.csv`` and ``codebook.csv``, and a package that Frictionless accepts.

The tests use two projects that share nothing, and one whose text has a character beyond the BMP.  The csv
module in its strict mode and ``frictionless`` read the files cell by cell.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import proof_tools
import pytest
from frictionless import Package, Resource
from frictionless import validate as frictionless_validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from test_webannotation import edition_of, with_rare_characters

from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale, converted, locales
from site_builder.formats import codings
from site_builder.formats.tables import write as tables
from site_builder.language.chinese import Simplifier
from site_builder.model import Localized, Project, Term
from site_builder.pipeline import Checked

Rows = list[dict[str, str]]
BOM = b"\xef\xbb\xbf"


@pytest.fixture(scope="module", params=["repository", "tiny", "rare"])
def edition(request: pytest.FixtureRequest) -> Edition:
    checked: Checked = request.getfixturevalue("tiny" if request.param == "rare" else request.param)
    if request.param != "rare":
        return edition_of(checked)
    assert checked.project is not None
    project = with_rare_characters(checked.project)
    return Edition.of(project)


def view_of(edition: Edition) -> Locale | None:
    return converted(locales(edition.project))


def simplifier(edition: Edition) -> Callable[[str], str]:
    return Simplifier(edition.project.site.keep)


def rows_of(data: bytes) -> Rows:
    """A table as a standard CSV reader reads it."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.fixture(scope="module")
def rows(edition: Edition) -> Rows:
    return rows_of(tables.passages_csv(edition, view_of(edition)))


@pytest.fixture(scope="module")
def codes(edition: Edition) -> Rows:
    return rows_of(tables.codebook_csv(edition))


def evidence(row: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """The quotations of a row that has any: words, start, end."""
    number = 1
    while row.get(f"end_{number}"):
        yield row[f"quote_{number}"], int(row[f"start_{number}"]), int(row[f"end_{number}"])
        number += 1


def changed(edition: Edition, **parts: Any) -> Edition:
    project = replace(edition.project, **parts)
    return Edition.of(project)


def of_tiny(tiny: Checked, **parts: Any) -> Edition:
    return changed(edition_of(tiny), **parts)


def written(edition: Edition) -> Rows:
    return rows_of(tables.passages_csv(edition, view_of(edition)))


# --- the bytes ------------------------------------------------------------------------------------


def test_a_file_has_one_byte_order_mark_and_ends_its_lines_as_rfc_4180_says(edition: Edition) -> None:
    for data in (tables.passages_csv(edition, view_of(edition)), tables.codebook_csv(edition)):
        assert data.startswith(BOM)
        assert data.count(BOM) == 1
        assert data.endswith(b"\r\n")
        assert data.count(b"\r") == data.count(b"\r\n")
        widths = {len(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))}
        assert len(widths) == 1


def test_the_same_project_gives_the_same_bytes(edition: Edition) -> None:
    again = Edition.of(edition.project)
    assert tables.passages_csv(edition, view_of(edition)) == tables.passages_csv(again, view_of(edition))
    assert tables.codebook_csv(edition) == tables.codebook_csv(again)


# --- passages -------------------------------------------------------------------------------------


def statements(edition: Edition) -> Iterator[tuple[Any, ...]]:
    """Every tag of every coder with all its evidence."""
    for tagging, passage in codings.taggings(edition.project):
        for one in codings.codings(edition.index, tagging, passage):
            kind = "entry" if one.facet else "cell"
            quoted = tuple((words, *span) for words, span in zip(one.quotations, one.evidence, strict=True))
            yield (one.coder, one.work, passage.id, kind, one.facet, one.code, one.relation, quoted, one.note)


_DESCRIBED = ("coder", "work", "passage", "kind", "facet", "code", "relation")


def test_every_tag_of_every_coder_is_one_row(edition: Edition, rows: Rows) -> None:
    found = [
        (*(row[n] for n in _DESCRIBED), tuple(evidence(row)), row["tag_note"]) for row in rows if row["tag"]
    ]
    assert Counter(found) == Counter(statements(edition))
    assert len(found) > 20


def test_every_cell_of_a_passage_is_that_of_the_model(edition: Edition, rows: Rows) -> None:
    simplify = simplifier(edition)
    for row in rows:
        key = (row["work"], row["passage"])
        passage = edition.index.passages[key]
        headings = [edition.index.headings[(row["work"], id_)].text for id_ in passage.path]
        assert (row["number"], row["label"]) == (str(passage.number), passage.label)
        assert row["headings"] == " › ".join(headings)
        assert (row["text"], row["text_hans"]) == (passage.text, simplify(passage.text))
    assert any(row["headings"] for row in rows)


def test_values_of_a_whole_passage_are_in_each_of_its_rows(edition: Edition, rows: Rows) -> None:
    names = ("function", "gist", "gist_en", "note", "note_en")
    reported = {
        (t.coder, t.work, t.passage): tuple(proof_tools.value_of(t, name) for name in names)
        for t, _ in codings.taggings(edition.project)
    }
    found = {(row["coder"], row["work"], row["passage"], *(row[name] for name in names)) for row in rows}
    assert found == {(*key, *value) for key, value in reported.items()}


def test_every_position_gives_its_quotation_in_both_scripts(edition: Edition, rows: Rows) -> None:
    simplify, count = simplifier(edition), 0
    for row in rows:
        assert len(row["text"]) == len(row["text_hans"])
        for words, start, end in evidence(row):
            count += 1
            assert row["text"][start:end] == words != ""
            assert simplify(row["text"])[start:end] == row["text_hans"][start:end]
    assert count > 15


def test_rows_are_in_reading_order_and_for_each_passage_the_displayed_coder_is_first(
    edition: Edition, rows: Rows
) -> None:
    order = {key: number for number, key in enumerate(edition.index.passages)}
    shown = edition.project.site.coder
    keys = [(order[(row["work"], row["passage"])], row["coder"] != shown, row["coder"]) for row in rows]
    assert keys == sorted(keys)


def test_no_two_rows_are_of_the_same_tag(rows: Rows) -> None:
    keys = Counter(tuple(row[name] for name in _DESCRIBED) for row in rows)
    assert set(keys.values()) == {1}


def test_a_tag_and_its_name_are_those_of_the_codebook(rows: Rows, codes: Rows) -> None:
    names = {code["id"]: code["name"] for code in codes}
    for row in rows:
        if row["tag"]:
            assert row["tag"] == (f"{row['facet']}:{row['code']}" if row["facet"] else row["code"])
            assert row["name"] == names[row["tag"]]


def test_a_passage_without_tags_has_one_row(tiny: Checked) -> None:
    assert tiny.project is not None
    first, *others = (t for t in tiny.project.taggings if t.coder == "editors")
    bare = replace(first, cells=(), entries=())
    found = written(of_tiny(tiny, taggings=(bare, *others[1:])))
    [row] = [row for row in found if row["passage"] == first.passage]
    assert (row["coder"], row["function"], row["gist"]) == ("editors", first.function, first.gist)
    assert not any(
        row[name] for name in ("tag", "kind", "code", "relation", "quote_1", "start_1", "tag_note")
    )
    [row] = [row for row in found if row["passage"] == others[0].passage]
    assert {name for name, value in row.items() if value} == {
        *("work", "passage", "number", "text", "text_hans"),
        *(["headings"] if row["headings"] else []),
        *(["label"] if row["label"] else []),
    }


def test_works_follow_each_other_in_one_table(tiny: Checked) -> None:
    assert tiny.project is not None
    [work] = tiny.project.works
    other = replace(work, record=proof_tools.localized(work.record, id="brook"))
    theirs = tuple(replace(t, work="brook") for t in tiny.project.taggings)
    found = written(of_tiny(tiny, works=(work, other), taggings=(*theirs, *tiny.project.taggings)))
    works = [row["work"] for row in found]
    assert works == ["canal"] * (len(works) // 2) + ["brook"] * (len(works) // 2)


def test_there_are_columns_for_all_the_evidence_of_any_tag(tiny: Checked) -> None:
    assert tiny.project is not None
    columns = set(written(edition_of(tiny))[0])
    assert {"quote_2", "start_2", "end_2"} <= columns
    assert "quote_3" not in columns
    tagging = next(t for t in tiny.project.taggings if t.cells)
    quote = tagging.cells[0].evidence[0]
    text = edition_of(tiny).index.passages[(tagging.work, tagging.passage)].text
    many = tuple(
        replace(quote, text=words, prefix="", suffix="") for words in (text[:5], text[5:10], text[10:15])
    )
    cell = replace(tagging.cells[0], evidence=many)
    [row] = written(of_tiny(tiny, taggings=(replace(tagging, cells=(cell,), entries=()),)))[:1]
    assert [words for words, _, _ in evidence(row)] == [text[:5], text[5:10], text[10:15]]


@pytest.mark.parametrize("opening", ["=1+1", "+3", "-x", "@a", "'=b", '"', ",", ";", "\t", "0012", "2/3"])
def test_a_cell_that_a_spreadsheet_would_misread_is_written_unchanged(tiny: Checked, opening: str) -> None:
    assert tiny.project is not None
    [work] = tiny.project.works
    blocks = tuple(replace(b, text=opening + b.text) if b.id == "p2" else b for b in work.blocks)
    taggings = tuple(proof_tools.localized(t, note=opening) for t in tiny.project.taggings)
    found = written(of_tiny(tiny, works=(replace(work, blocks=blocks),), taggings=taggings))
    row = next(row for row in found if row["passage"] == "p2")
    assert row["text"].startswith(opening)
    assert row["note"] == opening


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_words_come_back_unchanged(tiny: Checked, words: str) -> None:
    assert tiny.project is not None
    tagging = proof_tools.localized(tiny.project.taggings[0], note=words, gist=words)
    found = written(of_tiny(tiny, taggings=(tagging,)))
    reported = [(row["note"], row["gist"]) for row in found if row["coder"]]
    assert reported
    assert set(reported) == {(words, words)}


# --- the text that may not be published -----------------------------------------------------------


def test_without_the_text_only_openings_are_given_and_all_else_is_the_same(
    edition: Edition, rows: Rows
) -> None:
    bare = Edition(edition.project, edition.index, with_text=False)
    found = written(bare)
    for row, whole in zip(found, rows, strict=True):
        passage = edition.index.passages[(row["work"], row["passage"])]
        assert row["text"] == bare.shown_text(passage)
        assert len(row["text_hans"]) == len(row["text"]) <= 14
        hidden = {name for name in row if name.startswith(("quote_", "text"))}
        assert not any(row[name] for name in hidden if name.startswith("quote_"))
        assert all(row[name] == whole[name] for name in row if name not in hidden)


def test_without_the_text_no_quotation_is_in_the_file(edition: Edition, rows: Rows) -> None:
    data = tables.passages_csv(Edition(edition.project, edition.index, with_text=False), None).decode()
    shown = ("headings", "note", "gist", "tag_note", "name")
    elsewhere = " ".join(row[name] for row in rows for name in shown)
    quoted = {words for row in rows for words, _, _ in evidence(row) if len(words) > 12}
    got_out = {words for words in quoted if words in data and words not in elsewhere}
    assert quoted
    assert got_out == set()


# --- the codebook ---------------------------------------------------------------------------------


def test_the_codebook_has_a_row_for_every_code(edition: Edition, codes: Rows) -> None:
    grid, facets = edition.project.grid, edition.project.facets
    terms = {"dimension": grid.dimensions, "cell": grid.cells, "relation": grid.relations}
    terms |= {"function": grid.functions, "facet": facets}
    wanted = [
        (kind, "", t.id, t.name, t.name.of("en"), t.definition) for kind, own in terms.items() for t in own
    ]
    wanted += [
        ("entry", facet.id, entry.id, entry.name, entry.name.of("en"), entry.definition.text)
        for facet in facets
        for entry in facet.entries
    ]
    wanted += [
        ("trait", "", trait.id, trait.name, trait.name.of("en"), trait.definition)
        for cell in grid.cells
        for trait in cell.traits
    ]
    names = ("kind", "facet", "code", "name", "name_en", "definition")
    assert Counter(tuple(row[name] for name in names) for row in codes) == Counter(wanted)


def test_a_code_has_its_id_and_its_kind_facet_and_code(codes: Rows) -> None:
    assert len({row["id"] for row in codes}) == len(codes)
    cell = {row["id"]: row["parent"] for row in codes if row["kind"] == "trait"}
    keys = {(row["kind"], row["facet"], row["code"], cell.get(row["id"], "")) for row in codes}
    assert len(keys) == len(codes)


def test_parents_poles_and_colours_are_those_of_the_codebook(edition: Edition, codes: Rows) -> None:
    found = {(row["kind"], row["facet"], row["code"]): row for row in codes}
    for cell in edition.project.grid.cells:
        row = found[("cell", "", cell.id)]
        assert (row["parent"], row["color"]) == (cell.dimension, cell.color)
        assert row["pole"] == edition.poles[cell.pole].slug
    for facet in edition.project.facets:
        for entry in facet.entries:
            assert found[("entry", facet.id, entry.id)]["parent"] == entry.parent
    assert any(row["parent"] for row in codes if row["kind"] == "entry")


@pytest.mark.parametrize("name", ["repository", "tiny"])
def test_every_address_is_a_place_of_the_site(name: str, request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue(f"{name}_site")
    found = rows_of(tables.codebook_csv(edition_of(request.getfixturevalue(name))))
    ids: dict[str, set[str]] = {}
    for row in found:
        path, _, fragment = row["address"].partition("#")
        assert path in files, row["address"]
        if path not in ids:
            ids[path] = {*proof_tools.read(files[path].decode()).ids}
        assert not fragment or fragment in ids[path], row["address"]


# --- the package ----------------------------------------------------------------------------------


def package(edition: Edition) -> dict[str, bytes]:
    found = {
        tables.PASSAGES: tables.passages_csv(edition, view_of(edition)),
        tables.CODEBOOK: tables.codebook_csv(edition),
        tables.AGREEMENT: tables.agreement_csv(edition),
        tables.DISAGREEMENTS: tables.disagreements_csv(edition),
        **tables.more_tables(edition),
    }
    found = {name: data for name, data in found.items() if data}
    return found | {"datapackage.json": tables.datapackage(edition, found, view_of(edition))}


def descriptor(edition: Edition) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(package(edition)["datapackage.json"])
    return found


def on_disk(files: Mapping[str, bytes], folder: Path) -> str:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return str(folder / "datapackage.json")


def faults(path: str) -> list[str]:
    report = frictionless_validate(path)
    return [error.type for error in report.errors] + [e for [e] in report.flatten(["type"])]


@pytest.mark.reads("csv", "frictionless")
@pytest.mark.reads("codebook-csv", "frictionless")
@pytest.mark.reads("agreement-csv", "frictionless")
@pytest.mark.reads("disagreements", "frictionless")
@pytest.mark.reads("more-csv", "frictionless")
@pytest.mark.reads("datapackage", "frictionless")
@pytest.mark.parametrize("with_text", [True, False], ids=["with text", "without"])
def test_frictionless_finds_no_fault(edition: Edition, with_text: bool, tmp_path: Path) -> None:
    shown = Edition(edition.project, edition.index, with_text=with_text)
    report = frictionless_validate(on_disk(package(shown), tmp_path))
    assert report.flatten(["type", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert report.stats["errors"] == 0
    assert [task.stats["rows"] for task in report.tasks] == [
        len(written(edition)),
        len(rows_of(tables.codebook_csv(edition))),
        *([sum(len(pair.figures) for pair in edition.agreement)] if edition.agreement else []),
        *([sum(map(len, pair.differences.values())) for pair in edition.agreement if pair.differences]),
        *(len(rows_of(data)) for data in tables.more_tables(edition).values()),
    ]


def test_frictionless_reads_every_cell_unchanged(
    edition: Edition, rows: Rows, codes: Rows, tmp_path: Path
) -> None:
    found = Package(on_disk(package(edition), tmp_path))
    for name, own in (("passages", rows), ("codebook", codes)):
        resource: Resource = found.get_resource(name)
        read = resource.read_rows()
        assert len(read) == len(own)
        for theirs, ours in zip(read, own, strict=True):
            assert {k: "" if v is None else str(v) for k, v in theirs.to_dict().items()} == ours
            assert theirs.errors == []
    numbers = [row["start_1"] for row in found.get_resource("passages").read_rows() if row["kind"] == "cell"]
    assert {type(number) for number in numbers if number is not None} == {int}


@pytest.mark.parametrize(
    ("table", "before", "after", "fault"),
    [
        ("passages.csv", ",flow~b,cell,", ",flow~z,cell,", "foreign-key"),
        ("passages.csv", ",shows,", ",showed,", "constraint-error"),
        ("passages.csv", ",cell,", ",kind,", "constraint-error"),
        ("passages.csv", "canal,p1,1,", "canal,p1,one,", "type-error"),
        ("passages.csv", "canal,p1,", "canal,1p,", "constraint-error"),
        ("passages.csv", "canal,p1,", "canal,,", "constraint-error"),
        ("passages.csv", ",9,15,", ",-9,15,", "constraint-error"),
        ("passages.csv", "work,passage", "passage,work", "incorrect-label"),
        ("codebook.csv", "dimension:edge,", "dimension:flow,", "primary-key"),
        ("codebook.csv", ",#9CC6E6,", ",blue,", "constraint-error"),
        ("agreement.csv", "reader,canal,cells,", "reader,canal,codes,", "primary-key"),
        ("agreement.csv", ",masi,", ",miles,", "constraint-error"),
        ("agreement.csv", ",kappa,", ",kapa,", "constraint-error"),
        ("disagreements.csv", ",neither,", ",none,", "constraint-error"),
        ("disagreements.csv", ",things:bamboo,", ",flow~b:shows,", "primary-key"),
    ],
)
def test_frictionless_has_enough_information_to_find_a_fault(
    tiny: Checked, tmp_path: Path, table: str, before: str, after: str, fault: str
) -> None:
    edition = edition_of(tiny)
    files = package(edition)
    text = files[table].decode()
    assert before in text
    spoilt = {name: data for name, data in files.items() if name != "datapackage.json"}
    spoilt[table] = text.replace(before, after, 1).encode()
    spoilt["datapackage.json"] = tables.datapackage(edition, spoilt, view_of(edition))
    assert fault in faults(on_disk(spoilt, tmp_path))


def test_a_byte_that_was_changed_is_found(tiny: Checked, tmp_path: Path) -> None:
    files = package(edition_of(tiny))
    files[tables.CODEBOOK] = files[tables.CODEBOOK].replace("水聲".encode(), "水声".encode())
    assert "hash-count" in faults(on_disk(files, tmp_path))


def test_sizes_and_hashes_are_those_of_the_files(edition: Edition) -> None:
    files = package(edition)
    for resource in descriptor(edition)["resources"]:
        data = files[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = data.decode("utf-8-sig").partition("\r\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"].endswith(".") for field in resource["schema"]["fields"])


def licensed(tiny: Checked, *names: str) -> dict[str, Any]:
    assert tiny.project is not None
    place = tiny.project.site.place
    terms = tuple(
        Term(id=f"l{n}", name=Localized(name), definition=Localized("可以。"), place=place)
        for n, name in enumerate(names)
    )
    return descriptor(of_tiny(tiny, site=proof_tools.localized(tiny.project.site, licences=terms)))


@pytest.mark.parametrize(
    ("name", "spdx", "path"),
    [
        ("標記：CC BY-SA 4.0", "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC BY 3.0", "CC-BY-3.0", "https://creativecommons.org/licenses/by/3.0/"),
        ("全部：CC0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT 授權", "MIT", "https://spdx.org/licenses/MIT"),
    ],
)
def test_a_well_known_licence_is_given_by_its_name(tiny: Checked, name: str, spdx: str, path: str) -> None:
    assert licensed(tiny, name)["licenses"] == [{"name": spdx, "path": path, "title": name}]


def test_any_other_licence_is_given_only_in_words(tiny: Checked) -> None:
    found = licensed(tiny, "另行商定")
    assert "licenses" not in found
    assert "另行商定：可以。" in found["description"]


def test_the_rights_in_the_text_are_given(edition: Edition) -> None:
    assert all(work.record.rights in descriptor(edition)["description"] for work in edition.project.works)


def test_a_known_address_is_given_and_none_is_invented(tiny: Checked) -> None:
    assert tiny.project is not None
    assert descriptor(edition_of(tiny))["homepage"] == "https://example.org/canal/"
    site = proof_tools.localized(tiny.project.site, address="", licences=())
    bare = of_tiny(tiny, site=site)
    assert "homepage" not in descriptor(bare)
    assert "http" not in package(bare)["datapackage.json"].decode()


def test_the_package_is_dated_by_the_project_and_keeps_its_id(tiny: Checked) -> None:
    assert tiny.project is not None
    site = proof_tools.localized(tiny.project.site, date=date(2031, 2, 3), version="7", title="別名")
    before, after = descriptor(edition_of(tiny)), descriptor(of_tiny(tiny, site=site))
    assert before["id"] == after["id"]
    assert after["created"] == "2031-02-03T00:00:00Z"
    assert (after["version"], after["title"][:2]) == ("7", "別名")


def test_a_project_without_facets_or_tags_has_complete_tables(tiny: Checked, tmp_path: Path) -> None:
    assert tiny.project is not None
    bare: Project = replace(tiny.project, facets=(), taggings=(), pages=())
    files = package(Edition.of(bare))
    assert faults(on_disk(files, tmp_path)) == []
    assert len(rows_of(files[tables.PASSAGES])) == len(bare.works[0].passages)
