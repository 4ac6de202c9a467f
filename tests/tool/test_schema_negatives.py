"""A wrong example of every field of every kind of file: the reader and the JSON Schema both refuse it.

The examples are made from the schemas that ``check --schema KIND`` prints.  For each kind a file is written
that has every field; then one thing in it is made wrong.  The reader must report that thing alone, at its
line and column, and the schema must refuse the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml
from jsonschema import Draft202012Validator

from site_builder.source import yamlio
from site_builder.source.reading import Reading
from site_builder.source.schemas import FILES

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path = tuple[str | int, ...]
Schema = dict[str, Any]

# A text for each pattern; a schema with another pattern needs another text here.
TEXTS = (
    *("一", "a", "en", "land+", "#9CB6F6", "2026-01-31", "137-178"),
    *("https://a.example/", "sha256:0123456789abcdef", "10.1000/182"),
    *("1234-5679", "978-7-01-000000-8", "index.html#b2"),
)
WRONG_DATES = ("2026-13-01", "20260131", "2026-W05-6", "today", "2026-1-31")
GIVEN = {"id": "w", "work": "w", "coder": "c", "counted": True, "language": "zh-Hant", "prose": None}
"""Values that are not in the files."""
FREE = "a"
"""The key of an entry of a mapping whose keys are free."""
VARIANTS = 4
"""Of alternatives (a text or a mapping) each file takes another: the first to the fourth."""


class Plain(str):
    """Words that are written into the file as they are, without quotation marks."""


# --- a file with every field ------------------------------------------------------------------------


def translation(pattern: str) -> str:
    """The key of a translation into English, for the pattern of its keys: ``name_en``, or of a free key."""
    return f"{FREE}_en" if pattern.startswith("^[") else f"{pattern[1:].partition('_[')[0]}_en"


def properties(schema: Schema) -> dict[str, Schema]:
    """The properties of a mapping, with one translation of each text that may have some."""
    translated = {translation(key): one for key, one in schema.get("patternProperties", {}).items()}
    return {**schema.get("properties", {}), **translated}


def sample(schema: Schema, variant: int) -> Any:
    """A value that a schema allows, with every property."""
    if "anyOf" in schema:
        return sample(schema["anyOf"][min(variant, len(schema["anyOf"]) - 1)], variant)
    if "enum" in schema:
        return schema["enum"][min(variant, len(schema["enum"]) - 1)]
    kind = schema["type"]
    if kind == "object":
        found = {name: sample(one, variant) for name, one in properties(schema).items()}
        if isinstance(schema.get("additionalProperties"), dict):
            found[FREE] = sample(schema["additionalProperties"], variant)
        return found
    if kind == "array":
        return [sample(schema["items"], variant)] * max(1, schema.get("minItems", 0))
    if kind == "integer":
        return int(schema.get("minimum", 1))
    if kind == "boolean":
        return True
    assert kind == "string", schema
    if schema.get("format") == "date":
        return "2026-01-31"
    return next(text for text in TEXTS if re.search(schema.get("pattern", ""), text))


def written(value: Any) -> tuple[str, dict[Path, tuple[int, int]], dict[Path, tuple[int, int]]]:
    """A value as YAML in blocks; the places (line, column) of its values and of its keys, by path."""
    lines: list[str] = []
    values: dict[Path, tuple[int, int]] = {}
    keys: dict[Path, tuple[int, int]] = {}

    def scalar(one: Any) -> str:
        return one if isinstance(one, Plain) else json.dumps(one, ensure_ascii=False)

    def block(one: Any, indent: int, path: Path) -> None:
        values[path] = (len(lines) + 1, indent + 1)
        if isinstance(one, dict):
            for key, value in one.items():
                keys[(*path, key)] = (len(lines) + 1, indent + 1)
                put(f"{' ' * indent}{key}:", value, indent, (*path, key))
        else:
            for number, value in enumerate(one):
                put(f"{' ' * indent}-", value, indent, (*path, number))

    def put(head: str, value: Any, indent: int, path: Path) -> None:
        if isinstance(value, (dict, list)) and value:
            start = len(lines)
            if head.endswith("-"):  # the first line of the item is beside its mark
                block(value, indent + 2, path)
                lines[start] = f"{head} {lines[start][indent + 2 :]}"
            else:
                lines.append(head)
                block(value, indent + 2, path)
        else:
            shown = scalar(value)
            values[path] = (len(lines) + 1, len(head) + (2 if shown else 1))
            lines.append(f"{head} {shown}".rstrip())

    if value == {}:
        return "{}\n", {(): (1, 1)}, {}
    block(value, 0, ())
    return "\n".join(lines) + "\n", values, keys


# --- one thing wrong --------------------------------------------------------------------------------


class Wrong(NamedTuple):
    """A file with one thing wrong: what, its codes, and where the fault must be reported."""

    what: str
    path: Path
    codes: tuple[str, ...]
    value: Any
    at_key: bool = False


def inside(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def changed(whole: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    copy = deepcopy(whole)
    inside(copy, path[:-1])[path[-1]] = new
    return copy


def without(whole: Any, path: Path) -> Any:
    copy = deepcopy(whole)
    del inside(copy, path[:-1])[path[-1]]
    return copy


TYPES = ([Plain("x")], {"x": "y"}, "一", True, 5)
TYPE_CODES = ("Y004", "Y005", "Y006", "Y007", "Y008", "F010")


def wrongs(schema: Schema, whole: Any, path: Path, variant: int) -> Iterator[Wrong]:
    """Everything that can be made wrong at a path of a file and below it."""
    value = inside(whole, path)
    if path:
        for other in TYPES:
            if not Draft202012Validator(schema).is_valid(plain(other)) and not same_type(other, schema):
                what = f"type {type(other).__name__}"
                yield Wrong(what, path, TYPE_CODES, changed(whole, path, other))
    numbers = Draft202012Validator(schema).is_valid(12)
    if "anyOf" in schema:
        schema = schema["anyOf"][min(variant, len(schema["anyOf"]) - 1)]
    if "enum" in schema:
        yield Wrong("word", path, ("Y008",), changed(whole, path, "nothing"))
    elif schema["type"] == "object":
        yield from wrong_mapping(schema, whole, path, variant)
    elif schema["type"] == "array":
        if schema.get("minItems"):
            yield Wrong("empty list", path, ("Y009",), changed(whole, path, Plain("[]")))
        yield from wrongs(schema["items"], whole, (*path, len(value) - 1), variant)
    elif schema["type"] == "string":
        yield from wrong_text(schema, whole, path, numbers)
    elif schema["type"] == "integer":
        for number in (schema["minimum"] - 1, schema["maximum"] + 1):
            yield Wrong(f"number {number}", path, ("Y006", "Y008", "F010"), changed(whole, path, number))


def wrong_mapping(schema: Schema, whole: Any, path: Path, variant: int) -> Iterator[Wrong]:
    for name in schema.get("required", []):
        yield Wrong(f"missing {name}", path, ("Y005",), without(whole, (*path, name)))
    if schema["additionalProperties"] is False:
        more = (*path, "unknown")
        yield Wrong("unknown key", more, ("Y004",), changed(whole, more, "一"), at_key=True)
    else:
        yield from wrongs(schema["additionalProperties"], whole, (*path, FREE), variant)
    for name, one in properties(schema).items():
        yield from wrongs(one, whole, (*path, name), variant)


def wrong_text(schema: Schema, whole: Any, path: Path, numbers: bool) -> Iterator[Wrong]:
    if schema.get("format") == "date":
        for day in WRONG_DATES:
            yield Wrong(f"date {day}", path, ("Y006", "Y008"), changed(whole, path, day))
        return
    if schema.get("minLength"):
        for empty in ("", "  "):
            yield Wrong(f"empty text '{empty}'", path, ("Y009", "Y008"), changed(whole, path, empty))
        yield Wrong("nothing", path, ("Y009",), changed(whole, path, Plain("")))
    for looks in () if numbers else ("12", "1.5", "2026-01-31", "no", "null"):
        yield Wrong(f"looks like {looks}", path, ("Y007",), changed(whole, path, Plain(looks)))
    pattern = schema.get("pattern", "")
    bad = next((text for text in ("-", "a b", "!") if not re.search(pattern, text)), None)
    if bad is not None:
        yield Wrong("pattern", path, ("Y008",), changed(whole, path, bad))


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def same_type(value: Any, schema: Schema) -> bool:
    """Whether a schema takes values of this type: then another test makes the value wrong."""
    kinds = {str: "string", list: "array", dict: "object", bool: "boolean", int: "integer"}
    allowed = [one.get("type", "string") for one in schema.get("anyOf", [schema])]
    return kinds[type(value)] in allowed


@cache
def cases(kind: str) -> tuple[Wrong, ...]:
    """Everything that can be made wrong in a file of a kind."""
    schema = FILES[kind].schema()
    found: dict[tuple[str, Path], Wrong] = {}
    for variant in range(VARIANTS):
        for wrong in wrongs(schema, sample(schema, variant), (), variant):
            found.setdefault((wrong.what, wrong.path), wrong)  # the same in another variant says nothing new
    return tuple(found.values())


VALIDATORS = {
    kind: Draft202012Validator(shape.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for kind, shape in FILES.items()
}

# --- the tests --------------------------------------------------------------------------------------


def faults_of(kind: str, text: str) -> list[tuple[str, int, int]]:
    node, problems = yamlio.parse(text, "a.yaml")
    assert node is not None, text
    found = list(problems)
    FILES[kind].read(node, Reading(problems=found, given=GIVEN))
    return [(one.code, one.place.line, one.place.column) for one in found]


def is_valid(kind: str, text: str) -> bool:
    """Whether the schema takes a file, as an editor reads it: every plain value by the rules of YAML."""
    value = json.loads(json.dumps(yaml.load(text, Loader=LOADER), default=str))
    return bool(VALIDATORS[kind].is_valid(value))


@pytest.mark.parametrize("variant", range(VARIANTS))
@pytest.mark.parametrize("kind", FILES)
def test_a_file_with_every_field_is_read_and_valid(kind: str, variant: int) -> None:
    text = written(sample(FILES[kind].schema(), variant))[0]
    assert faults_of(kind, text) == []
    assert is_valid(kind, text)


@pytest.mark.parametrize("kind", FILES)
def test_one_wrong_thing_is_reported_alone_at_its_place(kind: str) -> None:
    count = 0
    for wrong in cases(kind):
        text, values, keys = written(wrong.value)
        line, column = (keys if wrong.at_key else values)[wrong.path]
        found = faults_of(kind, text)
        assert [one[1:] for one in found] == [(line, column)], (wrong[:2], found, text)
        assert found[0][0] in wrong.codes, (wrong[:2], found)
        count += 1
    assert count > 10


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_refuses_every_wrong_thing_too(kind: str) -> None:
    for wrong in cases(kind):
        if not wrong.what.startswith("looks like 2026"):  # to YAML a date, to JSON a text
            text = written(wrong.value)[0]
            assert not is_valid(kind, text), (wrong[:2], text)


def test_every_field_of_every_table_has_its_wrong_examples() -> None:
    """Each property that a schema names has a wrong type; each that is required is missing once."""
    for kind, shape in FILES.items():
        schema = json.dumps(shape.schema())
        names = set(re.findall(r'"([^"]+)": \{"(?:type|anyOf|enum)', schema))
        tried = {str(step) for wrong in cases(kind) for step in wrong.path}
        names = {translation(name) if name.startswith("^") else name for name in names}
        assert names - {"items", "additionalProperties", "properties"} <= tried, kind
        needed = {
            name
            for found in re.findall(r'"required": \[([^\]]*)\]', schema)
            for name in json.loads(f"[{found}]")
        }
        missing = {wrong.what.removeprefix("missing ") for wrong in cases(kind)}
        assert needed <= missing, kind


# --- the limits of numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "sound"), [(0, False), (1, True), (2, True), (999_999_999, True), (10**9, False)]
)
def test_a_limit_of_the_codebook_is_at_least_one_and_has_nine_digits(number: int, sound: bool) -> None:
    whole = sample(FILES["grid"].schema(), 0)
    whole["limits"]["gist"] = number
    text = written(whole)[0]
    assert (faults_of("grid", text) == []) is sound
    assert is_valid("grid", text) is sound


@pytest.mark.parametrize(
    ("lines", "sound"),
    [
        ("1", True),
        ("9999999", True),
        ("10000000", False),
        ("0", False),
        ('"1-9999999"', True),
        ('"1-10000000"', False),
        ('"0-2"', False),
        ('"2-"', False),
        ('"-2"', False),
        ('"2-3-4"', False),
    ],
)
def test_lines_of_the_witness_have_seven_digits_at_most(lines: str, sound: bool) -> None:
    text = f"segments:\n  - lines: {lines}\n    is: p1\n"
    assert (faults_of("witness", text) == []) is sound
    assert is_valid("witness", text) is sound
