"""From a quotation and a passage to a verdict."""

from __future__ import annotations

from itertools import product
from time import process_time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from site_builder.edition import quotes
from site_builder.edition.quotes import TOLERANCE, Verdict, context, judge, nearest, occurrences
from site_builder.model import Quote

PASSAGE = "流水聲就是一種清亮的波光節奏，流水響不僅僅是溪泉向流水的匯合，更是一種波光節奏的延長。"

# Few different characters, so that words recur; one of them stands beyond the BMP.
letters = st.sampled_from("甲乙𠮷")
texts = st.text(letters, max_size=40)


def marked(source: str) -> tuple[str, int, int]:
    """A passage and the span that stands between ``[`` and ``]`` in its source."""
    before, rest = source.split("[")
    found, after = rest.split("]")
    return before + found + after, len(before), len(before) + len(found)


def edits(left: str, right: str) -> int:
    """Levenshtein's distance, the plain way."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


def fewest_edits(words: str, text: str) -> int:
    """The distance from ``words`` to the nearest range of ``text``, by trying them all."""
    ends = range(len(text) + 1)
    return min(edits(words, text[a:b]) for a, b in product(ends, ends) if a <= b)


# --- a plain quotation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        pytest.param(Quote(text="清亮"), "一種[清亮]的波光節奏", id="occurs once"),
        pytest.param(Quote(text="波光", prefix="的"), "波光，清亮的[波光]。", id="prefix decides"),
        pytest.param(Quote(text="波光", suffix="，"), "[波光]，清亮的波光。", id="suffix decides"),
        pytest.param(Quote(text="甲", prefix="乙", suffix="丙"), "乙甲乙[甲]丙甲丙", id="both decide"),
        pytest.param(Quote(text="全文"), "[全文]", id="the whole passage"),
        pytest.param(Quote(text="野家"), "𠮷[野家]𠮷", id="code points beyond the BMP"),
        pytest.param(Quote(text="𠮷", prefix="家"), "𠮷野家[𠮷]", id="a quotation beyond the BMP"),
    ],
)
def test_exact(quote: Quote, source: str) -> None:
    text, start, end = marked(source)
    assert judge(quote, text) == Verdict(kind="exact", start=start, end=end)


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param(Quote(text="波光"), id="no context"),
        pytest.param(Quote(text="波光", suffix="節奏"), id="a context that fits both"),
        pytest.param(Quote(text="波光", prefix="很"), id="a context that fits neither"),
    ],
)
def test_ambiguous(quote: Quote) -> None:
    text = "清亮的波光節奏，別樣的波光節奏"
    assert judge(quote, text) == Verdict(kind="ambiguous", places=(3, 11))


def test_overlapping_places_are_counted() -> None:
    assert judge(Quote(text="甲甲"), "甲甲甲") == Verdict(kind="ambiguous", places=(0, 1))


@pytest.mark.parametrize("quote", [Quote(text="清亮", prefix="很"), Quote(text="清亮", suffix="人")])
def test_moved_where_the_context_is_another(quote: Quote) -> None:
    assert judge(quote, PASSAGE) == Verdict(kind="moved", start=7, end=9, found="清亮")


@pytest.mark.parametrize(
    ("words", "source"),
    [
        pytest.param("是一種清亮的波光節拍", "流水聲就[是一種清亮的波光節奏]，", id="last replaced"),
        pytest.param("乃一種清亮的波光節奏", "流水聲就[是一種清亮的波光節奏]，", id="first replaced"),
        pytest.param("是一種清亮的波光節奏", "就[是一種清亮而波光節奏]，", id="one replaced"),
        pytest.param("是一種清亮的波光節奏", "就[是一種清亮波光節奏]，", id="one taken out"),
        pytest.param("是一種清亮的波光節奏", "就[是一種很清亮的波光節奏]，", id="one put in"),
        pytest.param("𠮷野家的一碗𠮷", "𠮷，[𠮷野家的兩碗𠮷]。", id="beyond the BMP"),
        pytest.param(
            "甲乙丙丁戊己庚辛壬癸子丑寅卯",
            "天[甲乙地玄丙丁戊己庚辛壬癸子丑寅卯]黃",
            id="two put in early",
        ),
    ],
)
def test_changed(words: str, source: str) -> None:
    text, start, end = marked(source)
    assert judge(Quote(text=words), text) == Verdict(
        kind="changed", start=start, end=end, found=text[start:end]
    )


@pytest.mark.parametrize(("size", "allowed"), [(4, 0), (6, 0), (7, 1), (13, 1), (14, 2), (20, 3), (40, 6)])
def test_the_limit_is_a_proportion_of_the_length_rounded_down(size: int, allowed: int) -> None:
    words = "".join(chr(ord("一") + i) for i in range(size))
    for count in (allowed, allowed + 1):
        places = range(1, 2 * count, 2)
        text = "".join("〇" if i in places else c for i, c in enumerate(words))
        kind = "lost" if count > allowed else "changed" if count else "exact"
        assert judge(Quote(text=words), f"前{text}後").kind == kind


def test_equally_close_places_are_ambiguous_unless_the_context_decides() -> None:
    text = "其一，是清亮的波光節奏；其二，是特殊的波光節奏；"
    text = text.replace("特殊的", "清亮之")
    assert judge(Quote(text="是清亮乎波光節奏"), text) == Verdict(kind="ambiguous", places=(3, 15))
    verdict = judge(Quote(text="是清亮乎波光節奏", prefix="其二，"), text)
    assert verdict == Verdict(kind="changed", start=15, end=23, found="是清亮之波光節奏")


def test_it_is_ambiguous_which_of_two_neighbours_replaced_a_character() -> None:
    verdict = judge(Quote(text="哈哈哈哈哈哈哈"), "甲哈哈哈哈哈哈乙")
    assert verdict == Verdict(kind="ambiguous", places=(0, 1))


def test_the_closer_of_two_places_wins() -> None:
    text = "甲乙丙丁戊己庚辛壬癸子丑〇〇，甲乙丙丁戊己庚辛壬癸子丑寅〇"
    verdict = judge(Quote(text="甲乙丙丁戊己庚辛壬癸子丑寅卯"), text)
    assert (verdict.kind, verdict.start) == ("changed", 15)


def test_lost_names_the_other_passage_that_contains_it() -> None:
    others = {"p1": "別的段落", "p2": "這裡有清亮二字", "p3": "清亮"}
    assert judge(Quote(text="清亮"), "此處沒有", others) == Verdict(kind="lost", elsewhere="p2")
    assert judge(Quote(text="獨一"), "此處沒有", others) == Verdict(kind="lost")
    assert judge(Quote(text=""), "此處沒有", others) == Verdict(kind="lost")


def test_a_range_is_elsewhere_only_with_both_its_ends() -> None:
    others = {"p1": "甲乙丙", "p2": "乙丙甲乙", "p3": "天甲乙地乙丙"}
    assert judge(Quote(text="甲乙", to="乙丙"), "天地", others).elsewhere == "p3"


def test_lost_in_an_empty_passage() -> None:
    assert judge(Quote(text="一種清亮的波光節奏"), "") == Verdict(kind="lost")


# --- a range ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        (Quote(text="流水響", to="匯合"), "流水聲，[流水響不僅僅是匯合]，更是"),
        (Quote(text="流水響", to="匯合"), "[流水響匯合]"),
        (Quote(text="流水", prefix="，", to="匯合", suffix="。"), "流水，[流水有匯合]。匯合"),
    ],
)
def test_a_range_extends_from_its_first_character_to_its_last(quote: Quote, source: str) -> None:
    text, start, end = marked(source)
    assert judge(quote, text) == Verdict(kind="exact", start=start, end=end)


@pytest.mark.parametrize(
    ("quote", "text", "verdict"),
    [
        pytest.param(Quote(text="甲乙", to="丙"), "丙，甲乙", Verdict(kind="lost"), id="the end comes first"),
        pytest.param(Quote(text="甲乙", to="乙丙"), "甲乙丙", Verdict(kind="lost"), id="the ends overlap"),
        pytest.param(Quote(text="甲", to="丙"), "甲乙", Verdict(kind="lost", elsewhere="p9"), id="no end"),
        pytest.param(
            Quote(text="甲", to="丙"),
            "甲丙乙丙",
            Verdict(kind="ambiguous", places=(1, 3)),
            id="two ends",
        ),
        pytest.param(
            Quote(text="甲", to="丙", prefix="天"),
            "地甲乙丙",
            Verdict(kind="moved", start=1, end=4, found="甲乙丙"),
            id="another context",
        ),
        pytest.param(
            Quote(text="甲", to="是清亮的波光節拍"),
            "甲，是清亮的波光節奏。",
            Verdict(kind="changed", start=0, end=10, found="甲，是清亮的波光節奏"),
            id="an end was changed",
        ),
    ],
)
def test_a_range_has_the_verdict_of_its_worse_end(quote: Quote, text: str, verdict: Verdict) -> None:
    assert judge(quote, text, {"p8": "丙甲", "p9": "甲丁丙"}) == verdict


# --- context --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("一種[清亮]的", ("", "")),
        ("[甲]乙甲丙", ("", "乙")),
        ("丁甲乙丙[甲]乙", ("丙", "")),
        ("乙甲丙乙[甲]丁丁甲丁", ("乙", "丁")),
        ("甲[甲]甲", ("甲", "甲")),
        ("甲乙𠮷[甲]乙", ("𠮷", "")),
    ],
)
def test_the_context_is_the_shortest_that_is_unique(source: str, expected: tuple[str, str]) -> None:
    assert context(*marked(source)) == expected


@pytest.mark.parametrize("span", [(2, 2), (-1, 1), (0, 9), (2, 1)])
def test_context_refuses_an_invalid_range(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="range"):
        context("甲乙丙", *span)


# --- laws -----------------------------------------------------------------------------------------


@given(texts, st.text(letters, max_size=4), st.text(letters, max_size=2), texts)
def test_an_exact_verdict_slices_back_to_the_quotation(
    text: str, words: str, prefix: str, suffix: str
) -> None:
    verdict = judge(Quote(text=words, prefix=prefix, suffix=suffix[:2]), text)
    if verdict.kind in ("exact", "moved"):
        assert text[verdict.start : verdict.end] == words
    if verdict.kind == "exact":
        assert text[: verdict.start].endswith(prefix)
        assert text[verdict.end :].startswith(suffix[:2])
    if verdict.kind == "ambiguous":
        assert all(text.startswith(words, place) for place in verdict.places)


@given(st.text(st.sampled_from("甲乙丙丁𠮷"), min_size=7, max_size=16), st.data())
def test_a_changed_verdict_is_the_most_similar_range_within_the_limit(
    words: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(words)))
    gone = data.draw(st.integers(0, 3))
    new = data.draw(st.text(st.sampled_from("甲乙丙丁𠮷戊"), max_size=3))
    before, after = data.draw(st.text(letters, max_size=6)), data.draw(st.text(letters, max_size=6))
    text = before + words[:at] + new + words[at + gone :] + after
    fewest, verdict = fewest_edits(words, text), judge(Quote(text=words), text)
    if fewest > len(words) * TOLERANCE / 100:
        assert verdict.kind == "lost"
    elif fewest:
        assert verdict.kind in ("changed", "ambiguous")
    else:
        assert verdict.kind in ("exact", "ambiguous")
    if verdict.kind == "changed":
        assert verdict.found == text[verdict.start : verdict.end]
        assert edits(words, verdict.found) == fewest


@given(texts, st.text(letters, min_size=4, max_size=4), texts)
@example("甲甲甲甲", "乙乙乙乙", "甲乙乙甲")
def test_a_deleted_quotation_of_four_characters_is_never_found(before: str, words: str, after: str) -> None:
    text = (before + words + after).replace(words, "")
    assume(words not in text)
    assert judge(Quote(text=words), text) == Verdict(kind="lost")


@given(texts.filter(bool), st.data())
def test_the_context_makes_a_range_unique_and_no_shorter_one_does(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    prefix, suffix = context(text, start, end)
    quote = Quote(text=text[start:end], prefix=prefix, suffix=suffix)
    assert judge(quote, text) == Verdict(kind="exact", start=start, end=end)
    shorter = len(prefix) + len(suffix) - 1
    for left in range(max(0, shorter - len(text) + end), min(start, shorter) + 1):
        assert len(occurrences(text[start - left : end + shorter - left], text)) > 1


# --- speed ----------------------------------------------------------------------------------------


def test_similar_ranges_are_searched_for_only_if_the_words_are_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(quotes, "nearest", refuse)
    for quote in (Quote(text="清亮"), Quote(text="一種"), Quote(text="清亮", prefix="很")):
        assert judge(quote, PASSAGE).kind in ("exact", "ambiguous", "moved")


def test_no_similar_range_is_searched_for_if_it_would_take_minutes() -> None:
    begun = process_time()
    assert nearest("甲" * 50_000 + "乙", "甲" * 60_000) == ()
    assert process_time() - begun < 5


@pytest.mark.parametrize(("length", "most"), [(6, 0), (7, 1), (20, 3), (26, 3), (33, 4), (34, 5), (100, 15)])
def test_the_tolerance_is_rounded_down(length: int, most: int) -> None:
    words = "".join(map(chr, range(0x4E00, 0x4E00 + length)))
    assert len(words) * TOLERANCE // 100 == most
    for changed in (most, most + 1):
        text = "前文" + "甲" * changed + words[changed:] + "後文"
        found = nearest(words, text) if changed else nearest(words, "前文" + words + "後文")
        assert bool(found) is (most > 0 and changed <= most), changed
