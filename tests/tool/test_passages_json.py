"""``data/passages.json``: its shape, its schema, its offsets; for two projects that share nothing."""

from __future__ import annotations

import copy as copying
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Files
from jsonschema import Draft202012Validator

SITES = pytest.mark.parametrize("site", ["repository_site", "tiny_site"])
Instance = dict[str, Any]


@pytest.fixture
def files(site: str, request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(site)
    return found


@pytest.fixture
def instance(files: Files) -> Instance:
    found: Instance = json.loads(files["data/passages.json"])
    return found


@pytest.fixture
def validator(files: Files) -> Draft202012Validator:
    schema = json.loads(files["data/passages.schema.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.reads("json", "jsonschema")
@pytest.mark.reads("json-schema", "jsonschema")
@SITES
def test_the_file_is_valid(instance: Instance, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(instance)] == []


@SITES
def test_every_piece_of_evidence_slices_back(instance: Instance) -> None:
    wrong = [
        (passage["id"], one)
        for passage in instance["passages"]
        for cell in passage["cells"]
        for one in cell["evidence"]
        if passage["text"]["hant"][one["start"] : one["end"]] != one["quote"]
    ]
    assert wrong == []


@SITES
def test_both_scripts_of_a_text_are_equally_long(instance: Instance) -> None:
    for passage in instance["passages"]:
        assert len(passage["text"]["hant"]) == len(passage["text"]["hans"]) > 0


@SITES
def test_a_passage_has_its_fields_and_one_list_for_each_facet(
    site: str, instance: Instance, request: pytest.FixtureRequest
) -> None:
    project = request.getfixturevalue(site.removesuffix("_site")).project
    facets = [facet.id for facet in project.facets]
    assert facets
    fixed = (
        "id",
        "number",
        "label",
        "headings",
        "text",
        "gist",
        "gist_en",
        "function",
        "cells",
        "note",
        "note_en",
    )
    more = {name for name in ("edges", "coders") if getattr(project, name)} | {"codings"}
    assert instance.keys() == {"work", "passages", *more}
    own = {"alternatives"} if any(one.alternatives for one in project.taggings) else set()
    own |= {"notes"} if project.notes else set()
    traits = {"traits"} if any(cell.traits for cell in project.grid.cells) else set()
    for passage in instance["passages"]:
        assert passage.keys() == {*fixed, *facets, *own}
        assert passage["text"].keys() == {"hant", "hans"}
        for cell in passage["cells"]:
            assert cell.keys() == {"cell", "relation", "evidence", "note", "note_en", *traits}
            assert all(one.keys() == {"quote", "start", "end", "voice"} for one in cell["evidence"])


@SITES
def test_the_other_coders_have_the_same_fields_of_tags(instance: Instance) -> None:
    fields = instance["passages"][0].keys() - {"number", "label", "headings", "text", "notes"}
    assert instance["codings"]
    for coding in instance["codings"]:
        assert coding["coder"] != instance["work"]["coder"]
        for passage in coding["passages"]:
            assert passage.keys() == fields | {"alternatives"}


def test_the_tags_of_the_reader_are_those_of_its_file(tiny_site: Files) -> None:
    [coding] = json.loads(tiny_site["data/passages.json"])["codings"]
    assert coding["coder"] == "reader"
    assert [(one["id"], one["function"], one["gist"]) for one in coding["passages"]] == [
        ("p2", "scene", "水有聲音。"),
        ("coda", "wish", ""),
    ]
    [cell] = coding["passages"][0]["cells"]
    assert (cell["cell"], cell["relation"], cell["traits"]) == ("flow~a", "shows", ["loud"])
    assert [one["quote"] for one in cell["evidence"]] == ["水是有聲音的"]


def test_a_passage_of_the_essay_says_what_its_tags_say(tiny_site: Files) -> None:
    found = json.loads(tiny_site["data/passages.json"])["passages"][1]
    assert (found["id"], found["number"]) == ("p2", 2)
    assert [(c["cell"], c["relation"]) for c in found["cells"]] == [
        ("flow~a", "shows"),
        ("flow~b", "shows"),
    ]
    assert [one["quote"] for one in found["cells"][0]["evidence"]] == [
        "水是有聲音的",
        "過石頭時急，過草根時緩，在閘口打一個轉再走",
    ]
    assert found["things"] == ["bamboo"]
    assert found["ways"] == []


def test_a_quotation_with_a_distinguishing_prefix_has_the_right_place(tiny_site: Files) -> None:
    found = json.loads(tiny_site["data/passages.json"])["passages"][3]
    assert found["cells"][0]["evidence"] == [{"quote": "字", "start": 11, "end": 12, "voice": "author"}]


# --- what the schema refuses --------------------------------------------------------------------------


def _first(instance: Instance) -> Instance:
    found: Instance = instance["passages"][0]
    return found


def _cell(instance: Instance) -> Instance:
    return _first_cell(instance["passages"])


def _first_cell(passages: list[Instance]) -> Instance:
    found: Instance = next(p for p in passages if p["cells"])["cells"][0]
    return found


BREAKS: dict[str, Callable[[Instance], object]] = {
    "a passage without an id": lambda i: _first(i).pop("id"),
    "an id that begins with a digit": lambda i: _first(i).update(id="1p"),
    "a number below one": lambda i: _first(i).update(number=0),
    "a field that is not known": lambda i: _first(i).update(colour="green"),
    "a text in one script": lambda i: _first(i)["text"].pop("hans"),
    "a gist beyond the limit": lambda i: _first(i).update(gist="長" * 41),
    "a function that is not of the codebook": lambda i: _first(i).update(function="song"),
    "a cell that is not of the grid": lambda i: _cell(i).update(cell="time+"),
    "a relation that is not of the codebook": lambda i: _cell(i).update(relation="sings"),
    "evidence that begins before the text": lambda i: _cell(i)["evidence"][0].update(start=-1),
    "empty evidence": lambda i: _cell(i)["evidence"][0].update(quote=""),
    "no passages": lambda i: i.pop("passages"),
    "a cell of another coder that is not of the grid": lambda i: _first_cell(
        i["codings"][0]["passages"]
    ).update(cell="time+"),
}


@SITES
@pytest.mark.parametrize("what", BREAKS)
def test_the_schema_refuses(what: str, instance: Instance, validator: Draft202012Validator) -> None:
    broken = copying.deepcopy(instance)
    BREAKS[what](broken)
    assert validator.is_valid(instance)
    assert not validator.is_valid(broken)


@SITES
def test_the_schema_refuses_an_entry_of_no_facet(
    files: Files, instance: Instance, validator: Draft202012Validator
) -> None:
    schema = json.loads(files["data/passages.schema.json"])
    fields = schema["properties"]["passages"]["items"]["properties"]
    facets = [name for name, of in fields.items() if of.get("uniqueItems")]
    assert facets
    for facet in facets:
        broken = copying.deepcopy(instance)
        broken["passages"][0][facet] = ["no-such-entry"]
        assert not validator.is_valid(broken), facet
