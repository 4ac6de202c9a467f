"""From YAML text to a tree with places, or to problems."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Problem
from site_builder.source.yamlio import Mapping, Node, Scalar, Sequence, depth, parse

PATH = "a.yaml"


def read(text: str) -> Node:
    node, faults = parse(text, PATH)
    assert faults == []
    assert node is not None
    return node


def scalar(text: str) -> Scalar:
    node = read(text)
    assert isinstance(node, Mapping)
    value = node.items["a"]
    assert isinstance(value, Scalar)
    return value


def refused(text: str) -> tuple[str, ...]:
    """Place and code of each fault."""
    return tuple(_short(fault) for fault in parse(text, PATH)[1])


def _short(fault: Problem) -> str:
    return f"{fault.place.line}:{fault.place.column} {fault.code}"


# --- the three dangers ----------------------------------------------------------------------------


def test_a_duplicate_key_is_reported_and_the_first_value_counts() -> None:
    node, faults = parse("a: one\nb: two\na: three\n", PATH)
    assert [_short(fault) for fault in faults] == ["3:1 Y002"]
    assert "line 1" in faults[0].message
    assert isinstance(node, Mapping)
    assert isinstance(first := node.items["a"], Scalar)
    assert first.text == "one"


@pytest.mark.parametrize("word", ["no", "No", "off", "yes", "on", "true", "FALSE"])
def test_a_truth_value_stays_the_text_that_was_written(word: str) -> None:
    value = scalar(f"a: {word}")
    assert (value.text, value.reads_as, value.quoted) == (word, "a truth value", False)


@pytest.mark.parametrize("word", ["012", "0x1F", "1_000", "12:30:45", "3.10", ".inf", "-7"])
def test_a_number_stays_the_text_that_was_written(word: str) -> None:
    value = scalar(f"a: {word}")
    assert (value.text, value.reads_as) == (word, "a number")


def test_a_date_stays_the_text_that_was_written() -> None:
    value = scalar("a: 2026-01-31")
    assert (value.text, value.reads_as) == ("2026-01-31", "a date")


@pytest.mark.parametrize("written", ["a:", "a: ~", "a: null"])
def test_an_empty_value_is_an_empty_value(written: str) -> None:
    assert scalar(written).reads_as == "nothing"


@pytest.mark.parametrize("mark", ['"', "'"])
@pytest.mark.parametrize("word", ["no", "012", "2026-01-31", "~", "春"])
def test_a_quoted_text_is_a_text(mark: str, word: str) -> None:
    value = scalar(f"a: {mark}{word}{mark}")
    assert (value.text, value.reads_as, value.quoted) == (word, "", True)


def test_keys_are_texts_whatever_yaml_would_make_of_them() -> None:
    node = read("no: 1\n012: 2\n~: 3\n")
    assert isinstance(node, Mapping)
    assert list(node.items) == ["no", "012", "~"]


# --- what no project needs --------------------------------------------------------------------------


def test_an_alias_is_refused() -> None:
    assert refused("a: &x 春\nb: *x\n") == ("1:4 Y003",)


def test_an_alias_of_a_list_is_refused_and_does_not_run_in_a_circle() -> None:
    assert refused("a: &x [*x]\n") == ("1:4 Y003",)


def test_a_merge_is_refused() -> None:
    assert refused("a: &x {k: v}\nb:\n  <<: *x\n") == ("1:4 Y003",)


@pytest.mark.parametrize("tag", ["!thing", "!!python/object:os.system", "!!binary", "!!set"])
def test_a_tag_is_refused(tag: str) -> None:
    assert refused(f"a: {tag} x\n") == ("1:4 Y003",)


def test_a_key_must_be_a_single_text() -> None:
    assert refused("[a, b]: x\n") == ("1:1 Y006",)


@pytest.mark.parametrize("deep", [700, 100_000])
@pytest.mark.parametrize("opener", ["[", "{a: ", "- "])
def test_deep_nesting_is_reported_before_the_parser_recurses(opener: str, deep: int) -> None:
    assert refused("b: 春\na:\n  " + opener * deep) == ("3:1 Y001",)


def test_nesting_that_is_deep_but_can_be_parsed_is_reported_as_nesting() -> None:
    _, faults = parse("[" * 70 + "]" * 70, PATH)
    assert [fault.code for fault in faults] == ["Y001"]
    assert "nest" in faults[0].message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 春\n" + " " * 600 + "b", 0),
        ("a: 春\n" + " " * 601 + "b", 2),
        (" " * 600 + "b:\n" + " " * 601 + "b", 2),
        ("- " * 300 + "b", 0),
        ("a: 春\n" + "- " * 301 + "b", 2),
        ("[" * 600, 0),
        ("[" * 601, 1),
        ("[" * 600 + "]\n[", 0),
        ("{" * 600 + "}\n[{", 2),
    ],
)
def test_a_line_is_too_deep_for_the_parser_past_six_hundred(text: str, line: int) -> None:
    assert depth.too_deep(text) == line


@pytest.mark.parametrize(("levels", "sound"), [(60, True), (61, False)])
def test_blocks_nest_sixty_levels_at_most(levels: int, sound: bool) -> None:
    mappings = "".join(f"{' ' * at}a:\n" for at in range(levels)) + " " * levels
    for opened in ("- " * levels, mappings):
        assert (parse(f"{opened}b\n", PATH)[1] == []) == sound


# --- places -----------------------------------------------------------------------------------------


def test_every_node_has_its_place_in_characters() -> None:
    node = read("春: 甲\n夏: {秋: [乙, 丙]}\n")
    assert isinstance(node, Mapping)
    assert str(node.keys["夏"]) == "a.yaml:2:1"
    inner = node.items["夏"]
    assert isinstance(inner, Mapping)
    assert str(inner.place) == "a.yaml:2:4"
    found = inner.items["秋"]
    assert isinstance(found, Sequence)
    assert [str(item.place) for item in found.items] == ["a.yaml:2:9", "a.yaml:2:12"]


def test_the_text_of_a_quoted_value_begins_after_the_mark() -> None:
    assert scalar('a: "春"').text_place.column == 5
    assert scalar("a: 春").text_place.column == 4


@pytest.mark.parametrize("style", ["|", ">-", "|2"])
def test_the_text_of_a_block_begins_on_its_first_line(style: str) -> None:
    place = scalar(f"a: {style}\n  春\n").text_place
    assert (place.line, place.column) == (2, 3)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: >-\n  春眠\n  不覺\n", "春眠不覺"),
        ("a: >-\n  Jane\n  Jacobs 說：\n  春\n", "Jane Jacobs 說：春"),
        ("a: 春眠\n  不覺\n", "春眠不覺"),
        ('a: "春眠\n  不覺"\n', "春眠不覺"),
        ("a: '春眠\n  不覺 曉'\n", "春眠不覺 曉"),
        ("a: [春\n  眠, Jane\n  Jacobs]\n", None),
        ("a: >-\n  春眠 不覺\n  曉\n", "春眠 不覺曉"),
        ("a: >-\n  春眠\n\n  不覺\n", "春眠\n不覺"),
        ("a: |-\n  春眠\n  不覺\n", "春眠\n不覺"),
        ("a: 春眠 不覺\n", "春眠 不覺"),
        ('a: "處處聞啼鳥夜來春\n  眠 春 眠處處聞啼鳥夜"\n', "處處聞啼鳥夜來春眠 春 眠處處聞啼鳥夜"),
    ],
)
def test_a_folded_line_end_between_chinese_words_is_no_space(text: str, value: str | None) -> None:
    if value is None:
        node, _ = parse(text, PATH)
        assert isinstance(node, Mapping)
        items = node.items["a"]
        assert isinstance(items, Sequence)
        assert [item.text for item in items.items if isinstance(item, Scalar)] == ["春眠", "Jane Jacobs"]
    else:
        assert scalar(text).text == value


# --- what is no YAML --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [甲\n", "1:4 Y001"),
        ("a: [甲,\n", "1:4 Y001"),
        ('x: "["\na: [[1], # [\n', "2:4 Y001"),
        ("a: [甲 #乙]\nb: 丙\n", "1:7 Y001"),  # the comment has the closing bracket
        ("a: {b: 甲 # 乙}\n", "1:10 Y001"),
        ('a: ["甲 #]",\n 乙 #丙]', "2:4 Y001"),
        ("a: 甲\n\tb: 乙\n", "2:1 Y001"),
        ("a: 甲: 乙\n", "1:5 Y001"),
        ("a: 甲\n--- \nb: 乙\n", "2:1 Y001"),
        ("a: 甲\nb: 乙丙\x07\n", "2:6 Y001"),
        ("a: 甲\nb: @乙\n", "2:4 Y001"),
    ],
)
def test_invalid_yaml_is_reported_at_its_place(text: str, place: str) -> None:
    assert refused(text) == (place,)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n"])
def test_an_empty_file_is_no_fault_of_the_reader(text: str) -> None:
    node, faults = parse(text, PATH)
    assert faults == []
    assert node is None or (isinstance(node, Scalar) and node.text == "")


# --- laws -------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    for fault in parse(text, PATH)[1]:
        assert 1 <= fault.place.line <= len(text.splitlines()) + 1
        assert 1 <= fault.place.column <= len(text) + 1


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=30))
def test_a_single_quoted_text_comes_back_unchanged(text: str) -> None:
    assert scalar("a: '" + text.replace("'", "''") + "'").text == text


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6))
def test_every_repetition_of_a_key_is_reported_once(keys: list[str]) -> None:
    faults = parse("".join(f"{key}: 春\n" for key in keys), PATH)[1]
    assert len(faults) == len(keys) - len(set(keys))


# --- the cause of an error ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("a: b: c\n", "1:5", 'write a: "b: c"'),
        ("a: 1\n  b: 2\n", "2:3", "remove the spaces at the start of the line"),
        ("a:\n  - 1\n - 2\n", "3:2", "indent the line with 2 spaces"),
        ("a: 1\n- b\n", "2:1", "remove '- '"),
        ("a: [1, 2\nb: 3\n", "1:4", "add ']' at its end, or put the text in quotation marks"),
        ('a: "甲\nb: 1\n', "1:4", 'add " at the end of the text'),
        ("甲\nb: 1\n", "1:1", "write it as 'key: value', or indent it to continue the value above: 甲"),
        ("a:b\nc: 1\n", "1:3", "write a: b"),
        ("a:\n\tb: 1\n", "2:1", "write spaces in place of the tab"),
        ("a: @b\n", "1:4", 'write a: "@b"'),
        ("a: *甲\n", "1:4", 'write a: "*甲"'),
        ("a: 'it's'\n", "1:8", 'write a: "it\'s"'),
        ('a: "\\q"\n', "1:5", "write \\\\ for a backslash, or put the text in single quotation marks"),
        ("a: - b\n", "1:4", "write the entry on the next line, or put the value in quotation marks"),
        ("a: |x\n  b\n", "1:5", "write it on the next line, indented"),
        ("a: 1\n---\nb: 1\n", "2:1", "remove the line '---'"),
        ("a: 1\n...\nb: 2\n", "2:1", "remove the line '...'"),
        ('a: "b" c\n', "1:8", r'write a: "\"b\" c"'),
        ('a: "甲"，"乙"\n', "1:7", r'write a: "\"甲\"，\"乙\""'),
        ('a:\n- "b" c\n', "2:7", r'write - "\"b\" c"'),
        ("a:\n  - 'b' c\n  - d\n", "2:9", "write - \"'b' c\""),
        ('a:\n  - - "b" c\n', "2:11", r'write - "\"b\" c"'),
        ('a:\n  - "b" c: d\n', "2:9", r'write - "\"b\" c: d"'),
        ('a:\n  - b: "c" d\n', "2:12", r'write b: "\"c\" d"'),
        ("a: [b] c\n", "1:8", 'write a: "[b] c"'),
        ("a:\n  - {b: c} d\n", "2:12", 'write - "{b: c} d"'),
        ('"a" b\n', "1:5", r'write "\"a\" b"'),
        ("[a] b\n", "1:5", 'write "[a] b"'),
        ('"a": b: c\n', "1:7", 'write "a": "b: c"'),
        ("a: !甲\n", "1:4", 'write a: "!甲"'),
        ('a: "甲\nb: "乙"\n', "1:4", 'add " at the end of the text'),
        ("a: '甲\nb:\n  - '乙'\nc: '丙'\n", "1:4", "add ' at the end of the text"),
        ('- a: "甲\n- b: {c: "d: e", f: "g"}\n', "1:6", 'add " at the end of the text'),
        ('a: "甲\\" 乙\nb: "丙"\n', "1:4", 'add " at the end of the text'),
        ('a: "甲\n  乙" 丙\n', "2:6", "move the text before the quotation mark, or remove it"),
        ("a: 'it''s'\nb: 'c' d\n", "2:8", "write b: \"'c' d\""),
    ],
)
def test_an_error_of_the_parser_names_its_cause(text: str, place: str, hint: str) -> None:
    _, [problem] = parse(text, PATH)
    assert (f"{problem.place.line}:{problem.place.column}", problem.code) == (place, "Y001")
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: 甲 #乙\n", ["1:6"]),
        ("a: 甲  #乙\nb: 丙 #丁\n", ["1:7", "2:6"]),
        ("- 甲 #乙\n- {b: c} #丙\n", ["1:5"]),
        ("a:\n  甲\n  乙 #丙\n", ["3:5"]),
        ("a: 甲 # 乙\n", []),
        ("a: 甲 ## 乙\n", []),
        ("a: 甲 #\n", []),
        ("a: 甲#乙\n", []),
        ('a: "甲 #乙"\n', []),
        ('a: "甲" #乙\n', []),
        ("a: |\n  甲 #乙\n", []),
        ("#甲\na: 乙\n #丙\n", []),
        ("a: #甲\n  乙\n", []),
    ],
)
def test_a_comment_that_may_be_a_part_of_the_value_is_a_review(text: str, places: list[str]) -> None:
    node, problems = parse(text, PATH)
    assert node is not None
    found = [(one.code, one.level, f"{one.place.line}:{one.place.column}") for one in problems]
    assert found == [("Y011", "review", place) for place in places]
    assert all("'#'" in one.hint for one in problems)


@given(st.text(alphabet="ab:-[]{}'\"#&*!|>%@`,? \n\t甲：", max_size=40))
def test_every_error_of_the_parser_has_a_place_in_the_file_and_a_hint(text: str) -> None:
    for problem in parse(text, PATH)[1]:
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert problem.hint
        assert "\n" not in problem.message + problem.hint


@given(st.text(alphabet="ab:-[]{}'\"#, 甲，", max_size=20))
def test_the_line_of_a_hint_can_be_read_and_keeps_the_words(value: str) -> None:
    for line in (f"a: {value}\n", f"- {value}\n"):
        for problem in parse(line, PATH)[1]:
            written = re.fullmatch(r'write ((?:a: |- )".*")', problem.hint)
            if written is not None:
                node, problems = parse(f"{written[1]}\n", PATH)
                assert problems == []
                assert text_of(node).count("甲") == value.count("甲")


def text_of(node: Node | None) -> str:
    while not isinstance(node, Scalar):
        assert node is not None
        (node,) = node.items.values() if isinstance(node, Mapping) else node.items
    return node.text
