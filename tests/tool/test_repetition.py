"""Wording that two texts share, compared with a plain search for it."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.edition.repetition import repetitions

SEA = "那年夏天海水漫過了長長的石堤，誰也沒有說話。"


def shared(*texts: str, least: int = 8) -> list[list[tuple[str, tuple[int, ...]]]]:
    """For each text its repetitions: the words, and the numbers of the other texts."""
    found = repetitions(dict(enumerate(texts)), least=least)
    return [[(texts[n][r.start : r.end], r.others) for r in found.get(n, ())] for n in range(len(texts))]


def test_the_longest_words_that_both_texts_have() -> None:
    assert shared(f"甲{SEA}", f"乙{SEA}丙") == [[(SEA[:-1], (1,))], [(SEA[:-1], (0,))]]


def test_marks_at_the_ends_do_not_count_and_marks_within_do_not_either() -> None:
    assert shared("」原則，展現出「甲", "」原則，展現出「乙") == [[], []]
    assert shared("「一二三，四五六七」", "『一二三，四五六七』") == [[], []]
    assert shared("「一二三，四五六七八」", "『一二三，四五六七八』")[0] == [("一二三，四五六七八", (1,))]


def test_other_punctuation_within_is_other_wording() -> None:
    assert shared("一二三四，五六七八", "一二三四、五六七八") == [[], []]


def test_a_mark_without_its_other_half_ends_a_repetition() -> None:
    assert shared("「甲治理」，水流過石頭聲音不停", "「乙治理」，水流過石頭聲音不停")[0] == [
        ("水流過石頭聲音不停", (1,))
    ]
    assert shared("「治理」，關注空間的多樣", "『治理」，關注空間的多樣")[0] == []
    assert shared("看「治理」，關注空間的多樣", "看「治理」，關注空間的多樣")[0] == [
        ("看「治理」，關注空間的多樣", (1,))
    ]


def test_words_with_spaces_are_counted_as_words() -> None:
    line = "in the morning the water came over the"
    assert shared(f"Then {line} dike.", f"And {line} dikes.")[0] == [(line, (1,))]
    assert shared("in the morning the water came", "in the morning the water came") == [[], []]


def test_each_pair_has_its_own_longest_range() -> None:
    assert shared("一二三四五六七八九十", "〇一二三四五六七八九十", "一二三四五六七八") == [
        [("一二三四五六七八九十", (1,)), ("一二三四五六七八", (2,))],
        [("一二三四五六七八九十", (0,)), ("一二三四五六七八", (2,))],
        [("一二三四五六七八", (0, 1))],
    ]


def test_a_text_does_not_repeat_itself() -> None:
    assert shared(SEA + SEA, "別的話") == [[], []]


def test_nothing_of_nothing() -> None:
    assert repetitions({}) == {}
    assert shared("", "") == [[], []]


texts = st.lists(st.text(st.sampled_from("甲乙丙，"), max_size=24), min_size=2, max_size=4)


def plain(one: str, other: str, least: int) -> set[str]:
    """Every longest range of two texts, by trying all."""
    same = {
        (i, j, n)
        for i in range(len(one))
        for j in range(len(other))
        for n in range(1, min(len(one) - i, len(other) - j) + 1)
        if one[i : i + n] == other[j : j + n] and "，" not in (one[i], one[i + n - 1])
    }
    longest = {
        (i, j, n)
        for i, j, n in same
        if not any(a <= i and b - a == j - i and i + n <= a + m and m > n for a, b, m in same)
    }
    words = {one[i : i + n] for i, _, n in longest}
    return {found for found in words if len(found.replace("，", "")) >= least}


@given(texts)
@settings(max_examples=examples(100))
def test_as_a_plain_search_finds_them(given: list[str]) -> None:
    found = shared(*given, least=3)
    for (n, one), (m, other) in pairwise(enumerate(given)):
        assert {words for words, others in found[n] if m in others} == plain(one, other, 3)


@pytest.mark.parametrize(
    "text", ["水" * 4000, "一二三四五六七八九十" * 400], ids=["one character", "a refrain"]
)
def test_a_text_of_one_phrase_takes_no_long_time(text: str) -> None:
    start = process_time()
    assert shared(text, text)[0][0] == (text, (1,))
    assert process_time() - start < 4
