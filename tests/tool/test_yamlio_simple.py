"""The fast reader of simple YAML gives the tree of the full reader, or nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.source.yamlio import full, simple
from site_builder.source.yamlio.nodes import Mapping, Node

ROOT = Path(__file__).parents[2]
FILES = [path for folder in ("annotations", "corpus", "tests") for path in (ROOT / folder).rglob("*.yaml")]
TEXTS = {path: path.read_bytes().decode("utf-8", "replace") for path in FILES}

PARTS = (
    *(
        "a",
        "b",
        "a: ",
        "b: ",
        "a:",
        "- ",
        "-",
        "\n",
        "\n  ",
        "\n    ",
        "\n- ",
        "\n  - ",
        " ",
        "  ",
        ": ",
        ":",
    ),
    *("[", "]", "{", "}", ", ", ",", '"', "'", "''", '"x"', "'y'", "{a: ", "[a, b]", '{a: "x", b: y}', "{}"),
    *(
        "#",
        " # c",
        "?",
        "? ",
        "|",
        ">",
        "|\n",
        "!",
        "!x ",
        "&a ",
        "*a",
        "%",
        "@",
        "`",
        "~",
        "null",
        "=",
        "<<",
    ),
    *(
        "no",
        "Yes",
        "012",
        "1_000",
        "0x1F",
        "1.5",
        "1e3",
        ".inf",
        "12:30",
        "2026-01-31",
        "+1",
        "-1",
        "0.",
        ".",
    ),
    *("\\", '\\"', "\\n", "\\u200b", "\\u0007", "\\u2028", "\\ud800", "\\x41", "\t", "\r", "\u2028", "\x85"),
    *(
        "\ufeff",
        "\u3000",
        "\ufffe",
        "\x07",
        "：",
        "中",
        "😀",
        "---",
        "...",
        "\n---\n",
        "--- ",
        "http://x",
        "a b",
    ),
)


def same(text: str) -> bool:
    """Whether the text is simple; it has the tree of the full reader then, and no problem."""
    found = simple.parse(text, "a.yaml")
    if found is not None:
        assert (found, []) == full.parse(text, "a.yaml")
    return found is not None


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
@example('a: "x" # c\nb:\n- c\n- {d: "e",\n   f: [g, h]}\n')
def test_texts_of_random_parts(text: str) -> None:
    same(text)


def trees(value: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    words = st.text(alphabet="ab1 :#-\"'中，.\n", min_size=1, max_size=8)
    return st.lists(value, max_size=4) | st.dictionaries(words, value, max_size=4)


@given(
    st.recursive(st.text(alphabet="ab1 :#-\"'\\中，.\u200b[]{}", max_size=12) | st.integers(), trees),
    st.sampled_from([True, False, None]),
    st.sampled_from([2, 3]),
)
def test_what_a_program_writes(value: object, flow: bool | None, indent: int) -> None:
    same(yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, indent=indent, width=10_000))


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_files_with_random_changes(path: Path, data: st.DataObject) -> None:
    text = TEXTS[path]
    start = data.draw(st.integers(0, len(text)))
    rows = text[start : start + 600]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(rows)))
        rows = rows[:at] + data.draw(st.sampled_from(PARTS)) + rows[at + data.draw(st.integers(0, 3)) :]
    same(text[: 0 if data.draw(st.booleans()) else text.rfind("\n", 0, start) + 1][-400:] + rows)


def test_all_files_of_the_repository_are_read_alike_and_most_of_them_are_simple() -> None:
    simple_ones = [path for path, text in TEXTS.items() if same(text)]
    assert len(simple_ones) > 0.9 * len(TEXTS)
    assert {"anchors.yaml", "1.0.yaml", "grid.yaml", "work.yaml"} <= {path.name for path in simple_ones}


@pytest.mark.parametrize(
    "text",
    [
        "a:\n",
        "a: b\n c\n",
        "a: 'it''s'\n",
        "a: |\n  b\n",
        "a: &b c\n",
        "a: !b c\n",
        "a: b\na: c\n",
        "a:\tb\n",
        "",
    ],
)
def test_what_is_left_to_the_full_reader(text: str) -> None:
    assert simple.parse(text, "a.yaml") is None


def test_a_value_in_brackets_may_have_several_rows() -> None:
    found = simple.parse('a: {b: "c",\n    # a comment\n    d: [e,\n      f]}  # another\ng: h\n', "a.yaml")
    assert isinstance(found, Mapping)
    assert places(found) == ["1:4", "1:8", "3:8", "3:9", "4:7", "5:4"]
    assert same('a: {b: "c",\n    # a comment\n    d: [e,\n      f]}  # another\ng: h\n')


def places(node: Node) -> list[str]:
    if isinstance(node, simple.Scalar):
        return [f"{node.place.line}:{node.place.column}"]
    inner = node.items.values() if isinstance(node, Mapping) else node.items
    own = (
        [] if node.place.line == 1 and node.place.column == 1 else [f"{node.place.line}:{node.place.column}"]
    )
    return [*own, *(place for one in inner for place in places(one))]


def test_the_implicit_types_are_those_of_pyyaml() -> None:
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    patterns = {tag.rpartition(":")[2]: pattern for found in resolvers.values() for tag, pattern in found}
    wanted = [re.sub(r"\s", "", patterns[name].pattern) for name in ("float", "int")]
    assert re.sub(r"\s", "", "|".join(one[4:-2] for one in wanted)) == re.sub(r"\s", "", simple.NUMBER)
    assert set(patterns) == {"bool", "float", "int", "merge", "null", "timestamp", "value", "yaml"}
    words = "|".join(patterns[name].pattern[1:-1] for name in ("bool", "null", "merge", "value"))
    assert set(re.findall(r"[A-Za-z~<=]+", words.replace("?:", ""))) == set(simple.WORDS) - {""}


@pytest.mark.parametrize("text", ["", *simple.WORDS, "1", "-1.5", "2026-01-31", "水", "a b", "-", "+a", "."])
def test_a_value_alone_is_read_as_pyyaml_reads_it(text: str) -> None:
    tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))
    kinds = {"bool": "a truth value", "null": "nothing", "merge": "a merge", "value": "a default"}
    kinds |= {"int": "a number", "float": "a number", "timestamp": "a date", "str": ""}
    assert simple.reads_as(text) == kinds[tag.rpartition(":")[2]]
