"""The fields of a record: from a node to a value and problems."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from site_builder.cli.main import main
from site_builder.model import Place, Problem
from site_builder.model.field import (
    NOT_IN_FILE,
    ONE_OR_MORE,
    REQUIRED,
    AtLeast,
    Choice,
    Doc,
    Key,
    Text,
)
from site_builder.model.hints import near
from site_builder.source import yamlio
from site_builder.source.adapters import SPECIAL, tags
from site_builder.source.derive import record_type, type_of
from site_builder.source.fields import ListType, MappingType, RecordType, ShortForm
from site_builder.source.fieldtable import tables
from site_builder.source.reading import BAD, Reading, Type
from site_builder.source.scalars import ChoiceType, DateType, FlagType, NumberType, TextType
from site_builder.source.schemas import FILES


@dataclass(frozen=True, kw_only=True, slots=True)
class Plant:
    name: str
    height: Annotated[int, AtLeast(1)] = 0
    season: Annotated[str, Choice(("spring", "autumn"))] = ""
    also: tuple[str, ...] = ()
    place: Place


PLANT = record_type(Plant, {})


def read(of: Type, text: str, **given: Any) -> tuple[Any, list[str]]:
    """What a type makes of a text: the value, and ``line:column code`` of each problem."""
    node, problems = yamlio.parse(text, "a.yaml")
    assert node is not None
    assert problems == []
    reading = Reading(given=given)
    value = of.read(node, reading)
    return value, [f"{one.place.line}:{one.place.column} {one.code}" for one in reading.problems]


def value(of: Type, text: str, **given: Any) -> Any:
    found, problems = read(of, text, **given)
    assert problems == []
    return found


def refused(of: Type, text: str) -> list[str]:
    found, problems = read(of, text)
    assert found is BAD
    return problems


# --- single values ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["no", "012", "2026-01-31", "1.0", "Yes"])
def test_a_text_that_yaml_reads_as_something_else_must_be_quoted(text: str) -> None:
    assert refused(TextType(), text) == ["1:1 Y007"]
    assert value(TextType(), f'"{text}"') == text


@pytest.mark.parametrize(("text", "code"), [('""', "Y009"), ("' '", "Y009"), ("~", "Y007")])
def test_a_text_must_not_be_empty(text: str, code: str) -> None:
    assert refused(TextType(), text) == [f"1:1 {code}"]


def test_a_text_may_be_empty_where_its_field_says_so() -> None:
    assert value(TextType(spec=Text(empty=True)), '""') == ""


def test_a_text_must_match_its_pattern() -> None:
    of = TextType(spec=Text(pattern="[a-z]+", expected="a word"))
    assert value(of, "word") == "word"
    assert refused(of, "two words") == ["1:1 Y008"]


@pytest.mark.parametrize("of", [TextType(), ChoiceType(words=("a",)), NumberType(), FlagType(), DateType()])
@pytest.mark.parametrize("text", ["[a]", "{a: b}"])
def test_a_single_value_is_no_list_and_no_mapping(of: Type, text: str) -> None:
    assert refused(of, text) == ["1:1 Y006"]


@pytest.mark.parametrize("of", [ListType(of=TextType()), MappingType(of=TextType()), PLANT])
def test_a_list_or_a_mapping_is_no_single_value(of: Type) -> None:
    assert refused(of, "a") == ["1:1 Y006"]


@pytest.mark.parametrize("text", ["012", "-1", "1.5", "1e3", "0x10", "many", "12345678901"])
def test_a_whole_number_is_written_plainly(text: str) -> None:
    assert refused(NumberType(), text) == ["1:1 Y006"]


def test_a_whole_number_has_its_minimum() -> None:
    assert value(NumberType(least=3), "3") == 3
    assert refused(NumberType(least=3), "2") == ["1:1 Y006"]


@pytest.mark.parametrize("text", ["yes", "no", "on", "True", "1"])
def test_a_flag_is_true_or_false_and_nothing_else(text: str) -> None:
    assert (value(FlagType(), "true"), value(FlagType(), "false")) == (True, False)
    assert refused(FlagType(), text) == ["1:1 Y006"]


def test_a_day_is_a_day_of_the_calendar() -> None:
    assert value(DateType(), "2026-02-28") == dt.date(2026, 2, 28)
    assert refused(DateType(), "2026-02-30") == ["1:1 Y006"]


def test_a_word_of_a_vocabulary_is_spelled_as_it_is() -> None:
    node, _ = yamlio.parse("sprong", "a.yaml")
    assert node is not None
    reading = Reading()
    assert ChoiceType(words=("spring", "autumn")).read(node, reading) is BAD
    assert [(one.code, one.hint) for one in reading.problems] == [("Y008", "did you mean 'spring'?")]


# --- mappings ---------------------------------------------------------------------------------------


def test_a_mapping_is_read_to_its_record() -> None:
    place = Place(path="a.yaml")
    assert value(PLANT, "name: 竹\nalso: [筍]\n") == Plant(name="竹", also=("筍",), place=place)


def test_all_faults_of_a_mapping_are_reported_in_one_run() -> None:
    faults = refused(PLANT, "hight: 3\nheight: tall\nseason: winter\nalso: 筍\n")
    assert sorted(faults) == ["1:1 Y004", "1:1 Y005", "2:9 Y006", "3:9 Y008", "4:7 Y006"]


def test_a_list_leaves_out_what_it_could_not_read() -> None:
    found, faults = read(ListType(of=TextType()), "[竹, no, 石, [水]]")
    assert found == ("竹", "石")
    assert faults == ["1:5 Y007", "1:12 Y006"]


def test_a_list_that_needs_an_entry_says_so() -> None:
    assert refused(ListType(of=TextType(), least=1), "[]") == ["1:1 Y009"]


def test_a_map_with_free_keys_keeps_their_order_and_places() -> None:
    of = MappingType(
        of=TextType(), make=lambda values, node: [(k, v, node.keys[k].line) for k, v in values.items()]
    )
    assert value(of, "石: 一\n竹: 二\n") == [("石", "一", 1), ("竹", "二", 2)]


def test_keys_that_are_no_fields_are_read_by_rest() -> None:
    of = RecordType(
        name="tags", fields=PLANT.fields, make=lambda values, *_: values, rest=ListType(of=TextType())
    )
    assert value(of, "name: 竹\nthings: [石]\n") == {"name": "竹", "rest": {"things": ("石",)}}


def test_a_short_form_is_a_value_or_a_mapping() -> None:
    of = ShortForm(scalar=TextType(), mapping=PLANT)
    assert value(of, "竹") == "竹"
    assert value(of, "name: 竹").name == "竹"


# --- types that are made from records ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A record without a place."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GardenBed:
    """A record with each kind of annotation."""

    garden: Annotated[str, NOT_IN_FILE]
    kind: Annotated[str, Key("is"), Doc("what grows here")]
    digest: Annotated[str, REQUIRED] = ""
    dug: dt.date | None = None
    sunny: bool = False
    plants: Annotated[tuple[Plant, ...], AtLeast(1)] = ()
    parts: Annotated[tuple[Part, ...], ONE_OR_MORE] = ()
    labels: Mapping[str, Annotated[str, Text(verbatim=True)]]
    place: Place


BED = record_type(GardenBed, {})


def test_a_record_type_has_the_fields_of_the_record_in_their_order() -> None:
    assert BED.name == "garden bed"
    assert {key: (one.name, one.required, one.doc) for key, one in BED.fields.items()} == {
        "is": ("kind", True, "what grows here"),
        "digest": ("digest", True, ""),
        "dug": ("dug", False, ""),
        "sunny": ("sunny", False, ""),
        "plants": ("plants", False, ""),
        "parts": ("parts", False, ""),
        "labels": ("labels", True, ""),
    }


def test_a_record_gets_its_values_the_given_ones_and_its_place() -> None:
    text = "is: reed\ndigest: a\ndug: 2026-01-31\nsunny: true\nlabels: {a: <b>}\n"
    text += "plants:\n  - name: 竹\nparts: {name: 根}\n"
    assert value(BED, text, garden="east") == GardenBed(
        garden="east",
        kind="reed",
        digest="a",
        dug=dt.date(2026, 1, 31),
        sunny=True,
        plants=(Plant(name="竹", place=Place(path="a.yaml", line=7, column=5)),),
        parts=(Part(name="根"),),
        labels={"a": "<b>"},
        place=Place(path="a.yaml"),
    )


def test_an_absent_key_has_the_default_of_the_record() -> None:
    bed = value(BED, "is: reed\ndigest: a\nlabels: {}\n", garden="east")
    assert (bed.dug, bed.sunny, bed.plants, bed.parts) == (None, False, (), ())


def test_a_value_that_is_not_in_the_file_is_no_key_of_the_file() -> None:
    bed, problems = read(BED, "is: reed\ndigest: a\nlabels: {}\ngarden: west\n", garden="east")
    assert (bed.garden, problems) == ("east", ["4:1 Y004"])


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("nmae: reed\n", ["1:1 Y004"]),
        ("Name: reed\n", ["1:1 Y004"]),
        ("NAME: reed\n", ["1:1 Y004"]),
        ("\u3000name: reed\n", ["1:1 Y004"]),
        ("name\u00a0: reed\n", ["1:1 Y004"]),
        ("name: reed\nHeight: 3\n", ["2:1 Y004"]),
        ("naem: reed\nheigth: 3\n", ["1:1 Y004", "2:1 Y004"]),
    ],
)
def test_a_misspelt_key_is_the_only_problem_and_is_read_as_the_key_that_is_meant(
    text: str, problems: list[str]
) -> None:
    plant, found = read(PLANT, text)
    assert found == problems
    assert plant == value(PLANT, "name: reed\n" + ("height: 3\n" if "eig" in text.lower() else ""))


def test_a_misspelt_key_beside_the_right_one_is_not_read() -> None:
    plant, found = read(PLANT, "name: reed\nNmae: rush\n")
    assert (plant.name, found) == ("reed", ["2:1 Y004"])


def test_the_value_of_a_misspelt_key_has_no_problem_of_its_own() -> None:
    assert read(PLANT, "name: reed\nheigth: much\n") == (value(PLANT, "name: reed\n"), ["2:1 Y004"])
    assert read(PLANT, "nmae: [reed]\n") == (BAD, ["1:1 Y004"])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("nmae: reed\n", "did you mean 'name'?"),
        ("NAME: reed\n", "did you mean 'name'?"),
        ("\u3000name: reed\n", "remove the white space (U+3000) beside 'name'"),
        ("name\u00a0: reed\n", "remove the white space (U+00A0) beside 'name'"),
        ("name: a\nxyz: reed\n", "use one of: also, height, name, season"),
    ],
)
def test_the_hint_for_an_unknown_key_names_the_one_that_is_meant(text: str, hint: str) -> None:
    node, _ = yamlio.parse(text, "a.yaml")
    assert node is not None
    reading = Reading()
    PLANT.read(node, reading)
    assert [one.hint for one in reading.problems] == [hint]


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("Gist: 水有聲。", ["2:3 Y004"]),
        ("gsit: 水有聲。", ["2:3 Y004"]),
        ("gists: [reed]", []),  # a list is that of a facet, which another rule knows
        ("zzz: 水有聲。", ["2:8 Y006"]),
    ],
)
def test_a_misspelt_key_of_tags_is_no_facet(line: str, problems: list[str]) -> None:
    found, reported = read(tags.taggings(SPECIAL), f"p1:\n  {line}\n", work="w", coder="c")
    assert reported == problems
    assert [one.gist for one in found] == (["水有聲。"] if "Y004" in str(problems) else [""])


def test_an_annotation_of_a_record_can_be_replaced() -> None:
    of = record_type(Plant, {}, name="reed", season=Annotated[str, Choice(("winter",))])
    assert refused(of, "name: a\nseason: spring\n") == ["2:9 Y008"]
    assert of.name == "reed"


def test_a_special_type_replaces_a_record() -> None:
    of = record_type(GardenBed, {Part: lambda special: TextType()})
    assert value(of, "is: reed\ndigest: a\nlabels: {}\nparts: 根\n", garden="east").parts == ("根",)


@pytest.mark.parametrize("words", ["a *b* <i>c</i> &amp; \ufffd", "[d](e) `f`"])
@pytest.mark.parametrize("key", ["", "text: ", "quote: ", "from: "])
def test_a_quotation_has_the_words_of_the_text_whatever_they_mean_elsewhere(words: str, key: str) -> None:
    more = "\nto: x" if key == "from: " else ""
    assert value(tags.quote(SPECIAL), f"{key}'{words}'{more}\n").text == words


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        (str, {"type": "string", "pattern": "\\S", "minLength": 1}),
        (int, {"type": "integer", "minimum": 0, "maximum": 999_999_999}),
        (bool, {"type": "boolean"}),
        (dt.date | None, {"type": "string", "format": "date"}),
        (Annotated[str, Choice(("a", "b"))], {"enum": ["a", "b"]}),
        (tuple[bool, ...], {"type": "array", "items": {"type": "boolean"}, "minItems": 0}),
        (Mapping[str, bool], {"type": "object", "additionalProperties": {"type": "boolean"}}),
    ],
)
def test_an_annotation_has_its_schema(hint: Any, schema: dict[str, Any]) -> None:
    assert type_of(hint, {}).schema() == schema


# --- hints and schemas ------------------------------------------------------------------------------


def test_a_hint_names_the_most_similar_value_or_all_values() -> None:
    assert near("gat", ["gate", "stone"]) == "did you mean 'gate'?"
    assert near("xyz", ["stone", "gate"]) == "use one of: gate, stone"
    assert near("xyz", []) == ""


@pytest.mark.parametrize("name", FILES)
def test_the_schema_of_every_file_is_a_schema(name: str) -> None:
    schema = FILES[name].schema()
    Draft202012Validator.check_schema(schema)
    forms = schema.get("anyOf", [schema])
    assert {key for form in forms for key in form["properties"]} == FILES[name].fields.keys()


@given(st.dictionaries(st.sampled_from(["name", "height", "season", "also", "hue"]), st.none()))
def test_schema_and_reader_agree_on_keys(keys: dict[str, None]) -> None:
    good = {"name": "竹", "height": 3, "season": "spring", "also": ["筍"], "hue": "green"}
    instance = {key: good[key] for key in keys}
    text = "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in instance.items()) + "}"
    read_well = read(PLANT, text)[1] == []
    assert Draft202012Validator(PLANT.schema()).is_valid(instance) == read_well


def _flow(value: object) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def test_the_page_of_fields_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    assert main(["check", "--fields"]) == 0
    printed, page = capsys.readouterr().out, ROOT / "docs" / "fields.md"
    if request.config.getoption("--update-goldens"):
        page.write_text(printed, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("name", FILES)
def test_the_page_of_fields_has_each_key_of_a_file(name: str) -> None:
    section = tables().partition(f"## {name}\n")[2].partition("\n## ")[0]
    keys = re.findall(r"(?m)^\| `([^`]+)` \| (yes)? ", section)
    top = {key: bool(required) for key, required in keys if "." not in key and "[" not in key}
    fields = FILES[name].fields
    translations = {f"{key}_LANGUAGE": False for key, field in fields.items() if field.translatable}
    assert top == {key: field.required for key, field in fields.items()} | translations


def test_the_page_of_fields_says_what_a_value_must_be() -> None:
    lines = tables().split("\n")
    assert "| `limits.gist` |  | number from 1 to 999999999 |  |" in lines
    assert "| `cells[].color` |  | text ``^#[0-9A-Fa-f]{6}$`` | its colour; derived if absent |" in lines
    assert "| `emendations[].witness` |  | text, may be empty | the reading of the witness |" in lines
    assert (
        "| `authors[].latin` |  | text or mapping | the name in Latin letters, as {family: Li, given: Ming} |"
        in lines
    )
    assert "| `dimensions` |  | list of mapping (1 or more) |  |" in lines


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
    assert ListType(of=TextType()).read(node, Reading(problems=found)) == (value,)
    assert [f"{fault.code} {fault.place.column}" for fault in found] == faults


def test_words_of_a_source_may_contain_anything() -> None:
    node, _ = yamlio.parse("- 水<!-- 待查 -->**近**\n", "a.yaml")
    found: list[Problem] = []
    assert ListType(of=TextType(spec=Text(verbatim=True))).read(node, Reading(problems=found)) == (
        "水<!-- 待查 -->**近**",
    )
    assert found == []
