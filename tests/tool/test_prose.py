"""From Markdown to blocks and sentences, each with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import TINY
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples
from markdown_it import MarkdownIt

from site_builder.edges import load
from site_builder.model import Element, Place, Prose, Sentence
from site_builder.source import prose, read
from site_builder.source.prose import inlines, rules

PLACE = Place(path="a.md", line=3, column=5)


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a field."""
    found, faults = prose.inline(text, PLACE, "x-")
    assert faults == []
    return found.sentences


def sources(text: str) -> list[str]:
    return [sentence.source for sentence in sentences(text)]


def on_page(text: str, first: int = 1) -> Prose:
    found, faults = prose.page(text, "a.md", first)
    assert [str(fault) for fault in faults] == []
    return found


def faults_of(text: str) -> list[str]:
    return [f"{f.place.line}:{f.place.column} {f.code}" for f in prose.page(text, "a.md", 1)[1]]


# --- where a sentence ends --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("水近。岸遠。", ["水近。", "岸遠。"]),
        ("近嗎？近！遠。", ["近嗎？", "近！", "遠。"]),
        ("水近[@p1]。岸遠[@p2]。", ["水近[@p1]。", "岸遠[@p2]。"]),
        ("水近。[@p1]岸遠。[@p2][@p3]人。", ["水近。[@p1]", "岸遠。[@p2][@p3]", "人。"]),
        ("他說「水近。岸遠。」就走[@p1]。", ["他說「水近。岸遠。」就走[@p1]。"]),
        ("水（近。遠？）流。", ["水（近。遠？）流。"]),
        ("見《水。岸》一書。", ["見《水。岸》一書。"]),
        ("「『近。』遠。」人。", ["「『近。』遠。」人。"]),
        ("`。`是句號。", ["`。`是句號。"]),
        ("[近。遠](cell:a)相對。", ["[近。遠](cell:a)相對。"]),
        ("沒有句號", ["沒有句號"]),
        ("近。\n遠。", ["近。", "遠。"]),
        ("多了」一個。又一句。", ["多了」一個。", "又一句。"]),
        ("真的？！遠。", ["真的？！", "遠。"]),
        ("", []),
    ],
)
def test_a_sentence_ends_at_a_full_stop_outside_of_brackets(text: str, parts: list[str]) -> None:
    assert sources(text) == parts


@pytest.mark.parametrize("language", ["zh-Hant", "ja", "en"])
@pytest.mark.parametrize("text", ["岸遠。 [@p1]", "岸遠。[@p1] [@p2]"])
def test_a_citation_is_no_sentence_of_its_own_in_any_language(text: str, language: str) -> None:
    found, faults = prose.inline(text, PLACE, "x-", language=language)
    assert [sentence.source for sentence in found.sentences] == [text]
    assert faults == []


@given(st.text(alphabet="水岸。！？「」（）[@p1] \n`", max_size=40))
def test_sentences_together_are_the_text(text: str) -> None:
    found = prose.inline(text, PLACE, "x-")[0].sentences
    assert "".join("".join(s.source.split()) for s in found) == "".join(text.split())
    assert [s.anchor for s in found] == [f"x-{n}" for n in range(1, len(found) + 1)]


@given(st.lists(st.text(alphabet="水岸人", min_size=1, max_size=5), min_size=1, max_size=5))
def test_every_sentence_has_the_place_of_its_beginning(words: list[str]) -> None:
    text = "".join(f"{word}。" for word in words)
    for sentence in sentences(text):
        offset = sentence.place.column - PLACE.column
        assert text[offset:].startswith(sentence.source)


# --- citations, claims, quotations, links -----------------------------------------------------------


def cited(text: str) -> list[tuple[str, str, list[str]]]:
    [sentence] = sentences(text)
    return [(c.work, c.passage, [str(claim) for claim in c.claims]) for c in sentence.citations]


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("[@p1]", [("", "p1", [])]),
        ("[@p1; @p2]", [("", "p1", []), ("", "p2", [])]),
        ("[@canal:p1]", [("canal", "p1", [])]),
        ("[@p1 a+:asks]", [("", "p1", ["a+:asks"])]),
        ("[@p1 a+ !b-:asks ways:open]", [("", "p1", ["a+", "!b-:asks", "ways:open"])]),
        ("[@p1  a+ ;  @p2 function:turn]", [("", "p1", ["a+"]), ("", "p2", ["function:turn"])]),
    ],
)
def test_a_citation_names_passages_and_claims(mark: str, found: list[tuple[str, str, list[str]]]) -> None:
    assert cited(f"水近{mark}。") == found


@pytest.mark.parametrize("mark", ["[@]", "[@ p1]", "[@p1; p2]", "[@p1;]", "[@1]", "[@p1,@p2]"])
def test_a_citation_that_names_no_passage_is_reported(mark: str) -> None:
    found, faults = prose.inline(f"水近{mark}。", PLACE, "x-")
    assert [(f.code, f.place.line, f.place.column) for f in faults] == [("P008", 3, 7)]
    assert len(found.sentences) == 1


def test_a_claim_is_divided_into_its_parts() -> None:
    [sentence] = sentences("水近[@p1 !a+:asks]。")
    [claim] = sentence.citations[0].claims
    assert (claim.subject, claim.value, claim.negated) == ("a+", "asks", True)


def test_a_quotation_may_hold_a_link() -> None:
    [sentence] = sentences("他說「[近](cell:a)水」[@p1]。")
    assert sentence.quotable == "他說「近水」。"
    assert [link.target for link in sentence.links] == ["cell:a"]


@pytest.mark.parametrize(
    ("text", "quotable"),
    [
        ("他說「近」[@p1]。", "他說「近」。"),
        ("[「近」]{.not-quoted}與「遠」[@p1]。", "\ufffc與「遠」。"),
        ("`「`是引號，`「水」`也是[@p1]。", "\ufffc是引號，\ufffc水\ufffc也是。"),
        ("**「近**水」[@p1]。", "「近水」。"),
    ],
)
def test_words_that_are_no_quotation_differ_from_quotations(text: str, quotable: str) -> None:
    [sentence] = sentences(text)
    assert sentence.quotable == quotable


def test_words_that_are_no_quotation_keep_their_marks() -> None:
    [sentence] = sentences("其所謂[「近」處]{.not-quoted}者[@p1]。")
    assert sentence.text == "其所謂「近」處者。"


def english(text: str) -> list[tuple[str, int]]:
    """The words of each sentence, and the number of its citations."""
    found, faults = prose.inline(text, PLACE, "x-", language="en")
    assert faults == []
    return [(sentence.text, len(sentence.citations)) for sentence in found.sentences]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One [@p1]. Two.", [("One.", 1), ("Two.", 0)]),
        ("One.[@p1] Two.", [("One.", 1), ("Two.", 0)]),
        ("One. [@p1] Two. [@p2]", [("One.", 1), ("Two.", 1)]),
        ("One, see Vol. 3 [@p1]. Two [@p2] more.", [("One, see Vol. 3.", 1), ("Two more.", 1)]),
        ("*One.* Two.", [("One.", 0), ("Two.", 0)]),
        ("*One.*[@p1] Two.", [("One.", 1), ("Two.", 0)]),
        ("He says “One. Two.” [@p1] Three.", [("He says “One. Two.”", 1), ("Three.", 0)]),
        ("See [the end.](cell:a) Two.", [("See the end.", 0), ("Two.", 0)]),
        ("See [Mr. A. B.](cell:a) and `a. B` here. Two.", [("See Mr. A. B. and a. B here.", 0), ("Two.", 0)]),
        ("The [“one. Two”]{.not-quoted} way. Two.", [("The “one. Two” way.", 0), ("Two.", 0)]),
        (
            "Dr. Lee (p. 3) agrees\nwith J. S. Mill. Two.",
            [
                ("Dr. Lee (p. 3) agrees with J. S. Mill.", 0),
                ("Two.", 0),
            ],
        ),
        (r"One\. Two \[x\].", [("One.", 0), ("Two [x].", 0)]),
    ],
)
def test_sentences_of_english_prose_end_where_those_of_its_words_end(
    text: str, wanted: list[tuple[str, int]]
) -> None:
    assert english(text) == wanted


def test_the_text_of_a_sentence_is_without_marks() -> None:
    [sentence] = sentences("**水**在`裏`的[近處](cell:a)[@p1 a+]。")
    assert sentence.text == "水在裏的近處。"


# --- places -----------------------------------------------------------------------------------------

PAGE = """\
---
id: a
title: 題
---

## 小題

一句[@p1]。二句
三句[@p2]。四句[@p3]。

- 五句[@p4]。
  六句[@p5]。

> 七句[@p6]。

| 物 | 近 |
|----|----|
| 水 | 八句[@p7] |
"""


def test_sentences_and_citations_of_a_page_have_their_places() -> None:
    front, body = PAGE[: PAGE.index("\n##")], PAGE[PAGE.index("\n##") :]
    found = on_page(body, first=front.count("\n") + 1).sentences
    assert [(s.source[:2], s.place.line, s.place.column) for s in found] == [
        ("一句", 8, 1),
        ("二句", 8, 9),
        ("四句", 9, 9),
        ("五句", 11, 3),
        ("六句", 12, 3),
        ("七句", 14, 3),
        ("水", 18, 3),
        ("八句", 18, 7),
    ]
    lines = PAGE.split("\n")
    for sentence in found:
        for citation in sentence.citations:
            place = citation.place
            assert lines[place.line - 1][place.column - 1 :].startswith(f"[@{citation.passage}]")


def test_each_citation_of_a_mark_has_its_own_place() -> None:
    [sentence] = sentences("水近[@p1; @p2]。")
    assert [c.place.column - PLACE.column for c in sentence.citations] == [2, 8]


FACET = """\
id: ways
name: 做法
short: 做法
kind: index
definition: 做法。
fields:
  - {id: who, name: 何人}
entries:
  - id: share
    name: 分
    definition: 分水[@p1]。
    fields:
      who: "各家[@p2]。老人[@p3]。"
  - id: open
    name: 開
    definition: |-
      開水[@p4]。
      蓋水[@p5]。
"""


def test_sentences_of_a_field_have_the_places_of_the_yaml_file() -> None:
    others, _ = load.sources(TINY)
    project, _ = read.project({**others, "annotations/codebook/facets/ways.yaml": FACET})
    assert project is not None
    facet = next(facet for facet in project.facets if facet.id == "ways")
    parts = [entry.definition for entry in facet.entries]
    parts += [field for entry in facet.entries for field in entry.fields.values()]
    lines = FACET.split("\n")
    for sentence in (s for part in parts for s in part.sentences):
        place = sentence.place
        assert lines[place.line - 1][place.column - 1 :].startswith(sentence.source), sentence.source


# --- faults of a page -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("<p>水</p>\n", ["1:1 P006"]),
        ("水。\n\n<div>\n岸\n</div>\n", ["3:1 P006"]),
        ("```\n水\n```\n", ["1:1 P006"]),
        ("水。\n\n    岸\n", ["3:1 P006"]),
        ("水。\n\n::: judgement\n\n岸。\n", ["3:1 P007"]),
        (":::\n", ["1:1 P007"]),
        ("::: opinion\n", ["1:1 P007"]),
        ("::: judgement\n\n::: judgement\n\n:::\n", ["3:1 P007"]),
    ],
)
def test_forbidden_content_of_a_page_is_reported_at_its_place(text: str, faults: list[str]) -> None:
    assert faults_of(text) == faults


@pytest.mark.parametrize(
    ("text", "before", "rest"),
    [
        ("近。 {#b1}\n\n## 題 {#h1}\n\n遠。 {#b2}\n\n## 末 {#h2}\n", ["b1"], ["h1", "b2", "h2"]),
        ("## 題 {#h1}\n\n遠。 {#b1}\n", [], ["h1", "b1"]),
        ("近。 {#b1}\n\n遠。 {#b2}\n", ["b1", "b2"], []),
        ("近。 {#b1}\n\n::: judgement\n\n遠。 {#b2}\n\n:::\n", ["b1"], [""]),
    ],
)
def test_prose_and_its_translations_are_divided_after_their_openings(
    text: str, before: list[str], rest: list[str]
) -> None:
    whole = replace(on_page(text), translations={"en": on_page(text)})
    first, second = whole.after_opening()

    def ids(found: Prose) -> list[str]:
        return [part.id for part in found.parts if isinstance(part, Element)]

    assert (ids(first), ids(second)) == (before, rest)
    assert (ids(first.translations["en"]), ids(second.translations["en"])) == (before, rest)
    assert (*first.parts, *second.parts) == whole.parts


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_judgement_is_marked_with_or_without_empty_lines(gap: str) -> None:
    found = on_page(f"水[@p1]。\n\n::: judgement{gap}岸[@p2]。{gap}:::\n\n人[@p3]。\n")
    assert [(s.text, s.judgement) for s in found.sentences] == [
        ("水。", False),
        ("岸。", True),
        ("人。", False),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "水",
                    "a b",
                    " ",
                    "。",
                    "[",
                    "]",
                    "(",
                    ")",
                    "`",
                    "[@",
                    "[@p1]",
                    "[@p1; @p2 a:b]",
                    "![",
                    "<b>",
                ),
                *(
                    "[水](cell:a)",
                    "[a `b` c](x:y)",
                    "[](x:y)",
                    "[水]{.not-quoted}",
                    "`form`",
                    "``",
                    "{.",
                    "http://a",
                ),
                *(
                    "<b>",
                    "http://a",
                    "|",
                    "~",
                    "\u3000",
                    "\u00a0",
                    "😀",
                    "#",
                    "- ",
                    "1. ",
                    ":",
                    "{#b1}",
                    "“",
                    "…",
                ),
            ]
        ),
        max_size=10,
    ).map("".join)
)
def test_a_sentence_without_emphasis_is_read_as_the_parser_reads_it(source: str) -> None:
    tokens = inlines._parser().parseInline(source)[0].children or []
    assert tuple(inlines._pieces_of_marks(source)) == tuple(inlines._glued(list(inlines._pieces(tokens))))
    assert tuple(inlines._left([], source)) == tuple(inlines._left(tokens, source))


@settings(max_examples=examples(300))
@given(st.text(alphabet="ab *_.(é", max_size=12))
@example("a_b_ a")
@example("_a_b_")
@example("(_a_)")
@example("*(*a) *")
@example("a*.b*")
def test_emphasis_of_words_with_spaces_between_is_that_of_commonmark(source: str) -> None:
    """Only beside characters of a script without spaces is it another."""
    assert rules.parser().renderInline(source) == MarkdownIt("commonmark").renderInline(source)
