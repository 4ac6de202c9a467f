"""Style rules for the text of a work: correct text passes, damaged text does not."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.check.brackets import unbalanced
from site_builder.check.text import half_width
from site_builder.language import hidden, language
from site_builder.language.characters import is_han, is_unspaced, join_lines, line_break

CHINESE = language.of("zh").rules


# --- brackets (T006) --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["他說「水近（甚近）。」"],
        ["「第一段。", "「第二段。", "「末段。」"],
        ["他說：「第一段。", "「末段。」他走了。"],
        ["「他說『第一段。", "「『末段。』」"],
        ["「他說『甲』。", "「乙。」"],
        ["“第一段。", "“末段。”"],
        ["其要有三：1）速度；2）規模；３）密度。"],
        ["a）水；b）岸。", "（一）水；二）岸。"],
        ["一）水。", "甲）岸。", "①）人。", "iv）田。"],
        ["甲〔乙〕《丙〈丁〉》【戊】〖己〗［庚］｛辛｝"],
        ["水 :) 岸 1) 人 (2)"],
        ["don’t"],
        ["「甲", "\u3000\u3000「乙」"],
    ],
)
def test_brackets_that_are_right_pass(paragraphs: list[str]) -> None:
    assert unbalanced(paragraphs, CHINESE.balanced) == []


@pytest.mark.parametrize(
    ("paragraphs", "wrong"),
    [
        (["「水"], [(0, 0)]),
        (["水」"], [(0, 1)]),
        (["「水（岸」"], [(0, 2)]),
        (["「水", "岸」"], [(0, 0), (1, 1)]),
        (["（水", "（岸）"], [(0, 0)]),
        (["（「水", "「岸」）"], [(0, 0), (0, 1), (1, 3)]),
        (["「他說『水", "「岸」"], [(0, 3)]),
        (["「水。", "「岸。"], [(0, 0)]),
        (["水）岸"], [(0, 1)]),
        (["其一）水"], [(0, 2)]),
        (["《水〉岸"], [(0, 0), (0, 2)]),
        (["“水"], [(0, 0)]),
    ],
)
def test_a_bracket_without_its_other_half_is_found(
    paragraphs: list[str], wrong: list[tuple[int, int]]
) -> None:
    assert unbalanced(paragraphs, CHINESE.balanced) == wrong


@pytest.mark.parametrize(
    ("tag", "paragraphs", "wrong"),
    [
        ("ja", ["“水", "« eau"], []),
        ("en", ["“One.", "“Two.”", "‘Tis.", "the boys’ (a) 1) :)"], []),
        ("en", ["“One.", "Two.”"], [(0, 0), (1, 4)]),
        ("de", ["„Eins“ »zwei« “", "„Drei."], [(0, 14), (1, 0)]),
        ("fr", ["« un", "« deux »"], []),
        ("fr", ["« un", "deux"], [(0, 0)]),
        ("sv", ["”ett"], []),
        ("nl", ["‘een’s"], []),
        ("ar", ["”واحد“ و“اثنان”", "«ثلاثة"], [(1, 0)]),
        ("ur", ["”ایک“ “دو”"], []),
    ],
)
def test_quotation_marks_are_checked_as_their_language_has_them(
    tag: str, paragraphs: list[str], wrong: list[tuple[int, int]]
) -> None:
    assert unbalanced(paragraphs, language.of(tag).rules.balanced) == wrong


@given(st.lists(st.text(alphabet="水「」『』（）《》1", max_size=8), max_size=4))
def test_what_is_found_is_a_bracket_and_is_found_once(paragraphs: list[str]) -> None:
    found = unbalanced(paragraphs, CHINESE.balanced)
    assert len(set(found)) == len(found)
    assert all(paragraphs[number][offset] in "「」『』（）《》" for number, offset in found)


@given(st.recursive(st.just(""), lambda inner: st.builds("{}「{}（水）」".format, inner, inner)))
def test_balanced_brackets_are_never_reported(text: str) -> None:
    assert unbalanced([text], CHINESE.balanced) == []


# --- half-width marks (T005) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("ren (仁)", "ren (仁)。", "仁(ren)", "12:30", "比為 3:2", "GB/T 7714", "圖(1)", "(1)水"),
        *("見 https://example.org/水", "約 3,000 人", "水, 岸", "Jacobs, 水", "仁(ren)與禮(li)。", "1)水"),
        *("說「3:2」", "ISBN:978", "水 (岸) 人"),
    ],
)
def test_half_width_marks_in_western_and_mixed_text_pass(text: str) -> None:
    assert half_width(text, CHINESE.full_width) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("水,岸", [1]),
        ("水(近)岸", [1, 3]),
        ("水(近)。", [1, 3]),
        ("水岸!", [2]),
        ("水?\n岸", [1]),
        ("說:「水」", [1]),
        ("水;岸:人", [1, 3]),
    ],
)
def test_half_width_marks_between_chinese_characters_are_found(text: str, found: list[int]) -> None:
    assert half_width(text, CHINESE.full_width) == found


@pytest.mark.parametrize("tag", ["zh", "zh-Hant", "zh-TW", "lzh", "yue", "ZH", "cmn-Hans"])
def test_chinese_is_recognized_by_its_language_tag(tag: str) -> None:
    assert language.of(tag).is_chinese


@pytest.mark.parametrize("tag", ["en", "ja", "ko", "vi", "za", "", "zhx"])
def test_other_languages_are_not_chinese(tag: str) -> None:
    assert not language.of(tag).is_chinese


# --- characters (T008) ------------------------------------------------------------------------------

HAN = [
    *("\u3400", "\u4e00", "\u9fff", "\uf900", "\uf967", "\ufad9"),
    *map(chr, (0x20000, 0x2A6DF, 0x2B739, 0x2CEA1, 0x2EBE0, 0x2EBF0, 0x2EE5D, 0x2F800, 0x30000, 0x31350)),
    *map(chr, (0x323AF, 0x323B0, 0x33479, 0x3FFFD)),
]


def level(text: str, at: int) -> str:
    found = hidden.verdict(text, at)
    return "" if found is None else "error" if found.error else "review"


@pytest.mark.parametrize("char", HAN, ids=lambda char: f"U+{ord(char):04X}")
def test_an_ideograph_of_every_extension_is_a_character(char: str) -> None:
    assert is_han(char)
    assert is_unspaced(char)
    assert level(f"水{char}岸", 1) == ""


@pytest.mark.parametrize(
    "text",
    [
        *("⿰木木", "〾水", "⿼㇯", "ㄅㆠㆻ", "ァヿㇰ", "𛀀", "䷀", "㐂", "〇〆々", "①㊀㍿"),
        *("\U0001fae8", "\U0001fabf", "\U00013460", "\u2b96"),  # later than Unicode 14
        *("می\u200cخواهم", "ه\u200d", "क्\u200dष", "ශ්\u200dරී", "ᠪᠠ\u180eᠶ", "ᠠ\u180b"),
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "\U0001f469\U0001f3fd\u200d\U0001f680",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",
        *("神\ufe00", "葛\U000e0100", "#\ufe0f\u20e3"),
        *("שלום\u200f!", "\u200eabc\u200e مرحبا", "עברית \u2066abc\u2069 עברית", "\u061cمرحبا"),
        *(
            "\u0601\u0661",
            "ภาษา\u200bไทย",
            "ᄒ\u1160ᆫ",
            "\u115fᅡ",
            "א\u05b8\u034f\u05b7",
            "水\u3000岸",
            "a\u00a0b",
            "山\n水",
        ),
    ],
)
def test_an_invisible_character_that_its_script_needs_passes(text: str) -> None:
    assert [level(text, at) for at in range(len(text))] == [""] * len(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "水\u200b岸",
            "水\u200d岸",
            "a\u200cb",
            "水\ufeff岸",
            "水\u2060岸",
            "co\u00adoperate",
            "水\u200f岸",
        ),
        *("水\u202a岸", "abc\u202eעברית", "水\u2066岸\u2069", "עברית \u2066abc", "\ufe00水", "水 \U000e0100"),
        *("水\ue000岸", "水\U000f0000岸", "水\U00040000岸", "水\U000e0041岸", "水\u2063岸", "水\ufff9岸"),
        *("水\u3164岸", "水\uffa0岸", "水\u115f岸", "水\u1160岸", "水\u034f岸", "ក\u17b4", "ក\u17b5"),
    ],
)
def test_an_invisible_character_without_a_need_is_a_review(text: str) -> None:
    levels = [level(text, at) for at in range(len(text))]
    assert "review" in levels
    assert "error" not in levels


def test_every_character_that_can_have_a_problem_is_looked_at() -> None:
    """Each character before, between and after letters, in one text with all of them."""
    chars = [chr(code) for code in (*range(0x20000), *range(0xE0000, 0xE1000), *range(0x40000, 0x40010))]
    format_characters = [char for char in map(chr, range(0x110000)) if unicodedata.category(char) == "Cf"]
    text = "".join(f"水{char}" for char in (*chars, *format_characters))
    wanted = [(at, found) for at in range(len(text)) if (found := hidden.verdict(text, at)) is not None]
    assert list(hidden.verdicts(text)) == wanted


@pytest.mark.parametrize(
    "char",
    [*"\x00\t\x07\x1b\x7f\x85\ud800\u2028\u2029\ufdd0\ufffe\U0001ffff\U0010fffe\ufffd"],
    ids=lambda char: f"U+{ord(char):04X}",
)
def test_damage_is_an_error_that_names_the_character(char: str) -> None:
    found = hidden.verdict(f"水{char}岸", 1)
    assert found is not None
    assert found.error
    assert f"U+{ord(char):04X}" in found.message


def test_in_words_of_the_editors_only_a_lost_character_is_an_error() -> None:
    found = list(hidden.in_words("水\t\u200b岸\u2028\ufffd石", "write it again"))
    assert [(at, one.error) for at, one in found] == [(2, False), (4, False), (5, True)]
    assert [one.hint for _, one in found][2:] == ["write it again"]
    assert all(one.hint.endswith("add an answer to annotations/reviews.yaml") for _, one in found[:2])


def test_a_message_names_the_character() -> None:
    assert hidden.name("\u200b") == "U+200B ZERO WIDTH SPACE"
    assert hidden.name("\ue000") == "U+E000"


@given(st.characters())
def test_a_printed_character_is_never_called_invisible(char: str) -> None:
    if unicodedata.category(char)[0] in "LNPS" and char not in "\ufffd\u115f\u1160\u3164\uffa0":
        assert level(f"水{char}岸", 1) == ""


def test_every_version_of_python_classifies_every_code_point_in_the_same_way() -> None:
    """The numbers were the same on Python 3.11, 3.12 and 3.13 (Unicode 14.0, 15.0 and 15.1)."""
    levels = Counter(level(f"水{chr(code)}岸", 1) for code in range(0x110000))
    assert levels == {"": 318_977, "review": 792_955, "error": 2_180}


def test_a_compatibility_ideograph_is_reviewed_and_never_normalized() -> None:
    [(at, message, _)] = hidden.not_normal("水\ufa19岸")
    assert at == 1
    assert "U+FA19" in message
    assert "U+795E" in message
    assert list(hidden.not_normal("水\ufa0e岸")) == []  # one of the twelve that are unified


def test_a_decomposed_letter_is_reviewed_at_its_place() -> None:
    assert [at for at, _, _ in hidden.not_normal("水 cafe\u0301 岸")] == [5]
    assert list(hidden.not_normal("水 café 岸")) == []
    assert [at for at, _, _ in hidden.not_normal("\ufa19 cafe\u0301")] == [0, 5]


# --- line ends --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("Jane", "Jacobs", " "),
        ("水", "岸", ""),
        ("水", "Jacobs", ""),
        ("Jane", "水", ""),
        ("水。", "Jane", ""),
        ("A”", "“B", " "),
        ("水”", "“B", ""),
        ("한국", "사람", " "),
        ("ひら", "カタ", ""),
        ("", "Jane", ""),
        ("\U00031350", "a", ""),
        ("1", "2", " "),
    ],
)
def test_a_line_end_is_a_space_between_words_of_spaced_scripts(before: str, after: str, between: str) -> None:
    assert line_break(before, after) == between


@given(st.lists(st.text(alphabet="水岸ab ", max_size=4), max_size=5))
def test_joining_lines_loses_no_word(lines: list[str]) -> None:
    made = join_lines("\n".join(lines))
    assert "\n" not in made
    assert "".join(made.split()) == "".join("".join(lines).split())
