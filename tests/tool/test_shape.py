"""A node in; a value and faults out, by a table of fields."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from site_builder.model import Problem
from site_builder.model.hints import near
from site_builder.source import schemas, yamlio
from site_builder.source.fields import (
    BAD,
    Day,
    Either,
    Flag,
    ListOf,
    MapOf,
    OneOf,
    Shape,
    Text,
    Type,
    Whole,
    optional,
    required,
)

PLANT = Shape(
    name="plant",
    fields={
        "name": required(Text()),
        "height": optional(Whole(least=1), default=0),
        "season": optional(OneOf(words=("spring", "autumn")), default=""),
        "also": optional(ListOf(of=Text()), default=()),
    },
    make=lambda place, **values: (str(place), values),
)


def read(of: Type, text: str) -> tuple[Any, list[str]]:
    """What a type makes of a text: the value, and ``line:column code`` of each fault."""
    node, told = yamlio.parse(text, "a.yaml")
    assert node is not None
    assert told == []
    faults: list[Problem] = []
    value = of.read(node, faults)
    return value, [f"{f.place.line}:{f.place.column} {f.code}" for f in faults]


def value(of: Type, text: str) -> Any:
    found, faults = read(of, text)
    assert faults == []
    return found


def refused(of: Type, text: str) -> list[str]:
    found, faults = read(of, text)
    assert found is BAD
    return faults


# --- single values ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["no", "012", "2026-01-31", "1.0", "Yes"])
def test_a_text_that_yaml_reads_as_something_else_must_be_quoted(text: str) -> None:
    assert refused(Text(), text) == ["1:1 Y007"]
    assert value(Text(), f'"{text}"') == text


@pytest.mark.parametrize(("text", "code"), [('""', "Y009"), ("' '", "Y009"), ("~", "Y007")])
def test_a_text_must_not_be_empty(text: str, code: str) -> None:
    assert refused(Text(), text) == [f"1:1 {code}"]


def test_a_text_may_be_empty_where_its_field_says_so() -> None:
    assert value(Text(empty=True), '""') == ""


def test_a_text_is_of_its_pattern() -> None:
    of = Text(pattern="[a-z]+", pattern_says="a word")
    assert value(of, "word") == "word"
    assert refused(of, "two words") == ["1:1 Y008"]


@pytest.mark.parametrize("of", [Text(), OneOf(words=("a",)), Whole(), Flag(), Day()])
@pytest.mark.parametrize("text", ["[a]", "{a: b}"])
def test_a_single_value_is_no_list_and_no_mapping(of: Type, text: str) -> None:
    assert refused(of, text) == ["1:1 Y006"]


@pytest.mark.parametrize("of", [ListOf(of=Text()), MapOf(of=Text()), PLANT])
def test_a_list_or_a_mapping_is_no_single_value(of: Type) -> None:
    assert refused(of, "a") == ["1:1 Y006"]


@pytest.mark.parametrize("text", ["012", "-1", "1.5", "1e3", "0x10", "many", "12345678901"])
def test_a_whole_number_is_written_plainly(text: str) -> None:
    assert refused(Whole(), text) == ["1:1 Y006"]


def test_a_whole_number_has_its_least() -> None:
    assert value(Whole(least=3), "3") == 3
    assert refused(Whole(least=3), "2") == ["1:1 Y006"]


@pytest.mark.parametrize("text", ["yes", "no", "on", "True", "1"])
def test_a_flag_is_true_or_false_and_nothing_else(text: str) -> None:
    assert (value(Flag(), "true"), value(Flag(), "false")) == (True, False)
    assert refused(Flag(), text) == ["1:1 Y006"]


def test_a_day_is_a_day_of_the_calendar() -> None:
    assert value(Day(), "2026-02-28") == dt.date(2026, 2, 28)
    assert refused(Day(), "2026-02-30") == ["1:1 Y006"]


def test_a_word_of_a_vocabulary_is_spelled_as_it_is() -> None:
    node, _ = yamlio.parse("sprong", "a.yaml")
    assert node is not None
    faults: list[Problem] = []
    assert OneOf(words=("spring", "autumn")).read(node, faults) is BAD
    assert [(f.code, f.hint) for f in faults] == [("Y008", "did you mean 'spring'?")]


# --- mappings ---------------------------------------------------------------------------------------


def test_a_mapping_becomes_what_its_table_makes() -> None:
    place, values = value(PLANT, "name: 竹\nalso: [筍]\n")
    assert place == "a.yaml:1:1"
    assert values == {"name": "竹", "height": 0, "season": "", "also": ("筍",)}


def test_all_faults_of_a_mapping_are_told_in_one_run() -> None:
    faults = refused(PLANT, "hight: 3\nheight: tall\nseason: winter\nalso: 筍\n")
    assert sorted(faults) == ["1:1 Y004", "1:1 Y005", "2:9 Y006", "3:9 Y008", "4:7 Y006"]


def test_a_list_leaves_out_what_it_could_not_read() -> None:
    found, faults = read(ListOf(of=Text()), "[竹, no, 石, [水]]")
    assert found == ("竹", "石")
    assert faults == ["1:5 Y007", "1:12 Y006"]


def test_a_list_that_needs_an_entry_says_so() -> None:
    assert refused(ListOf(of=Text(), least=1), "[]") == ["1:1 Y009"]


def test_a_map_with_free_keys_keeps_their_order_and_places() -> None:
    of = MapOf(of=Text(), make=lambda read, keys: [(k, v, keys[k].line) for k, v in read.items()])
    assert value(of, "石: 一\n竹: 二\n") == [("石", "一", 1), ("竹", "二", 2)]


def test_keys_that_a_table_leaves_open_are_read_by_rest() -> None:
    of = Shape(
        name="tags",
        fields={"gist": required(Text())},
        make=lambda gist, rest, place: {k: v for k, (_, v) in rest.items()},
        rest=ListOf(of=Text()),
    )
    assert value(of, "gist: 竹\nthings: [石]\n") == {"things": ("石",)}


def test_either_takes_a_value_or_a_mapping() -> None:
    of = Either(scalar=Text(), mapping=PLANT)
    assert value(of, "竹") == "竹"
    assert value(of, "name: 竹")[1]["name"] == "竹"


# --- hints and schemas ------------------------------------------------------------------------------


def test_a_hint_names_what_was_meant_or_all_that_may_stand() -> None:
    assert near("gat", ["gate", "stone"]) == "did you mean 'gate'?"
    assert near("xyz", ["stone", "gate"]) == "one of: gate, stone"
    assert near("xyz", []) == ""


@pytest.mark.parametrize("name", schemas.SHAPES)
def test_the_schema_of_every_file_is_a_schema(name: str) -> None:
    schema = schemas.SHAPES[name].schema()
    Draft202012Validator.check_schema(schema)
    forms = schema.get("anyOf", [schema])
    assert {key for form in forms for key in form["properties"]} == schemas.SHAPES[name].fields.keys()


@given(st.dictionaries(st.sampled_from(["name", "height", "season", "also", "hue"]), st.none()))
def test_schema_and_reader_agree_on_keys(keys: dict[str, None]) -> None:
    good = {"name": "竹", "height": 3, "season": "spring", "also": ["筍"], "hue": "green"}
    instance = {key: good[key] for key in keys}
    text = "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in instance.items()) + "}"
    read_well = read(PLANT, text)[1] == []
    assert Draft202012Validator(PLANT.schema()).is_valid(instance) == read_well


def _flow(value: object) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


# --- what a plain text must not hold ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        ("水<!-- 待查 -->", ["P006 4"]),
        ("水<br>岸</b>", ["P006 4", "P006 9"]),
        ("水&nbsp;岸", ["P006 4"]),
        ("水&#x4E00;岸", ["P006 4"]),
        ("水\ufffd岸", ["T008 4"]),
        ("水**近**岸", ["P012 3"]),
        ("見[@p9]", ["P012 3"]),
        ("見[水](cell:a)", ["P012 3"]),
        ("見`裏`", ["P012 3"]),
        *((words, []) for words in ("a < b", "R&D;", "水 * 岸", "snake_case", "5 * 3 * 2", "見[1]")),
    ],
)
def test_what_a_plain_text_must_not_hold_is_reported_at_its_place(value: str, faults: list[str]) -> None:
    node, _ = yamlio.parse(f"- {value}\n", "a.yaml")
    found: list[Problem] = []
    assert ListOf(of=Text()).read(node, found) == (value,)
    assert [f"{fault.code} {fault.place.column}" for fault in found] == faults


def test_words_of_a_source_may_hold_anything() -> None:
    node, _ = yamlio.parse("- 水<!-- 待查 -->**近**\n", "a.yaml")
    found: list[Problem] = []
    assert ListOf(of=Text(verbatim=True)).read(node, found) == ("水<!-- 待查 -->**近**",)
    assert found == []
