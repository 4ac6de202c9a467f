"""The converted text in ``passages.csv`` and ``passages.json`` is there only if a view has it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from conftest import TINY, tiny_parts
from frictionless import Package
from jsonschema import Draft202012Validator

from site_builder.edges import load
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale, converted, locales
from site_builder.formats import passages
from site_builder.formats.tables import fields
from site_builder.formats.tables import read as table_read
from site_builder.formats.tables import write as tables
from site_builder.model import LanguageView, Localized, Project

PROJECTS = TINY.parent / "projects"


def english() -> Project:
    return loaded("english-flat")


def simplified() -> Project:
    return loaded("simplified-two-coders")


def loaded(name: str) -> Project:
    project = load.checked(PROJECTS / name).project
    assert project is not None
    return project


def with_view(project: Project, language: str) -> Project:
    view = LanguageView(language=language, folder="other")
    return replace(project, site=replace(project.site, views=(project.site.views[0], view)))


def both_scripts() -> Project:
    """A project in Simplified with a view that is converted to Traditional."""
    return with_view(simplified(), "zh-Hant")


def translated() -> Project:
    return with_view(simplified(), "en")


def tiny() -> Project:
    return tiny_parts()[0]


def mixed() -> Project:
    """The small project with a second work, which its record says is in German."""
    project = tiny()
    (work,) = project.works
    blocks = tuple(replace(block, text=Localized(block.text, language="de")) for block in work.blocks)
    german = replace(work, record=replace(work.record, id="other", language="de", script=""), blocks=blocks)
    edges = tuple(
        replace(edge, evidence=tuple(replace(one, work=work.record.id) for one in edge.evidence))
        for edge in project.edges
    )
    return replace(project, works=(work, german), edges=edges)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a project's exports have: the name of the converted column, and the names in JSON by work."""

    make: Callable[[], Project]
    column: str
    keys: frozenset[tuple[str, ...]]
    says: str


CASES = {
    "English alone": Case(make=english, column="", keys=frozenset({("en",)}), says="Its text."),
    "Simplified alone": Case(
        make=simplified, column="", keys=frozenset({("hans",)}), says="Its text in Simplified characters."
    ),
    "Simplified with a translated view": Case(
        make=translated, column="", keys=frozenset({("hans",)}), says="Its text in Simplified characters."
    ),
    "Simplified with a converted view": Case(
        make=both_scripts,
        column="text_hant",
        keys=frozenset({("hans", "hant")}),
        says="Its text in Simplified characters.",
    ),
    "Traditional with a converted view": Case(
        make=tiny,
        column="text_hans",
        keys=frozenset({("hant", "hans")}),
        says="Its text in Traditional characters.",
    ),
    "works in two languages": Case(
        make=mixed, column="text_hans", keys=frozenset({("hant", "hans"), ("de",)}), says="Its text."
    ),
}
EVERY = pytest.mark.parametrize("case", CASES.values(), ids=[*CASES])
Rows = list[dict[str, str]]


def view_of(project: Project) -> Locale | None:
    return converted(locales(project))


def rows_of(project: Project) -> Rows:
    data = tables.passages_csv(Edition.of(project), view_of(project))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@EVERY
def test_the_table_has_the_converted_text_if_a_view_has_it(case: Case) -> None:
    project = case.make()
    rows, view = rows_of(project), view_of(project)
    assert [name for name in rows[0] if name.startswith("text_")] == [case.column] * bool(case.column)
    assert (view is not None) == bool(case.column)
    index = Edition.of(project).index
    for row in rows if view else ():
        text = index.passages[(row["work"], row["passage"])].text
        converts = index.works[row["work"]].record.tag.startswith("zh")
        assert row["text"] == text
        assert row[case.column] == (view.convert(text) if view and converts else "")
    assert not view or any(row["text"] != row[case.column] != "" for row in rows)


@EVERY
def test_json_names_each_text_by_its_script_or_its_language(case: Case) -> None:
    project = case.make()
    view, edition = view_of(project), Edition.of(project)
    schema = json.loads(passages.schema(edition, view))
    found = [json.loads(data) for data in passages.passages(edition, view).values()]
    texts = [passage["text"] for one in found for passage in one["passages"]]
    assert {tuple(text) for text in texts} == case.keys
    assert all(len({*map(len, text.values())}) == 1 for text in texts)
    assert not view or any(len({*text.values()}) == 2 for text in texts)
    Draft202012Validator.check_schema(schema)
    assert [error for one in found for error in Draft202012Validator(schema).iter_errors(one)] == []
    for own, *others in case.keys:
        assert f"text.{own}" in schema["description"]
        assert all(f"text.{other} has the same length" in schema["description"] for other in others)
    assert ("same length" in schema["description"]) == bool(case.column)


@EVERY
def test_the_schema_refuses_a_text_under_another_name(case: Case) -> None:
    project = case.make()
    view, edition = view_of(project), Edition.of(project)
    validator = Draft202012Validator(json.loads(passages.schema(edition, view)))
    found = json.loads(passages.passages(edition, view)["passages.json"])
    assert validator.is_valid(found)
    found["passages"][0]["text"]["ja"] = "x"
    assert not validator.is_valid(found)


@EVERY
def test_the_description_of_the_tables_fits_them(
    case: Case, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = case.make()
    edition, view = Edition.of(project), view_of(project)
    files = {
        tables.PASSAGES: tables.passages_csv(edition, view),
        tables.CODEBOOK: tables.codebook_csv(edition),
    }
    folder = tmp_path_factory.mktemp("tables")
    for name, data in (files | {"datapackage.json": tables.datapackage(edition, files, view)}).items():
        (folder / name).write_bytes(data)
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["message"])
    says = {column.name: column.says for column in fields.passage_fields(edition, view)}
    assert says["text"] == case.says
    described = str(package.get_resource("passages").description)
    assert ("has the same length" in described) == bool(case.column)
    assert not case.column or f"{case.column} has the same length" in described


@EVERY
def test_a_table_comes_back_without_a_word_about_its_columns(case: Case) -> None:
    project = case.make()
    edition = Edition.of(project)
    data = tables.passages_csv(edition, view_of(project))
    found = table_read.read(data, "t.csv", project, edition.index)
    assert found.problems == ()
    assert found.statements


@pytest.mark.parametrize("make", [both_scripts, tiny])
def test_words_of_the_converted_text_become_those_of_the_edition(make: Callable[[], Project]) -> None:
    project = make()
    view, index = view_of(project), Edition.of(project).index
    assert view is not None
    cell = project.grid.cells[0]
    key, text = next(
        (key, passage.text)
        for key, passage in index.passages.items()
        if view.convert(passage.text) != passage.text
    )
    start = next(at for at, char in enumerate(view.convert(text)) if char != text[at])
    words = view.convert(text)[start:]
    tag = {"kind": "cell", "code": cell.id, "relation": next((r.id for r in project.grid.relations), "")}
    row = {"work": key[0], "passage": key[1], **tag, "quote_1": words}
    out = io.StringIO()
    writer = csv.DictWriter(out, [*row])
    writer.writeheader()
    writer.writerow(row)
    found = table_read.read(out.getvalue().encode(), "t.csv", project, index)
    (problem,) = found.problems
    assert problem.level == "review"
    assert f"not from text_{view.script}:" in problem.message
    assert [quote.text for mark in found.statements for quote in mark.quotes] == [text[start:]]


def test_words_in_the_other_script_are_unknown_where_no_view_has_it() -> None:
    """A project in Simplified alone: words in Traditional are no words of its text."""
    project = simplified()
    index = Edition.of(project).index
    view = view_of(both_scripts())
    assert view is not None
    key, passage = next(iter(index.passages.items()))
    words = view.convert(passage.text)
    assert words != passage.text
    row = f"work,passage,tag,quote_1\n{key[0]},{key[1]},{project.grid.cells[0].id},{words}\n"
    found = table_read.read(row.encode(), "t.csv", project, index)
    assert found.problems == ()
    assert [quote.text for mark in found.statements for quote in mark.quotes] == [words]
