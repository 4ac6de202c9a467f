"""Prose as HTML, and the text of an edition as blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from lxml import etree

from site_builder.language import catalogue
from site_builder.model import Citation, Element, Heading, Part, Passage, Phrase, Place
from site_builder.site.prose_html import HtmlWriter
from site_builder.site.views import Marked, MarkedRange
from site_builder.source import prose

XML = "http://www.w3.org/XML/1998/namespace"
PLACE = Place(path="a.md", line=3, column=5)


# --- to HTML ----------------------------------------------------------------------------------------


def _cite(citation: Citation) -> tuple[str, str, str]:
    return f"{citation.passage}.html", citation.passage[1:], f"第 {citation.passage[1:]} 段"


def _link(target: str) -> str:
    return "" if target.endswith(":nowhere") else f"{target.replace(':', '/')}.html"


def writer(convert: Callable[[str], str] = lambda text: text.replace("裡", "里")) -> HtmlWriter:
    return HtmlWriter(
        convert=convert,
        say=catalogue.of("zh-Hant").text,
        href=str,
        name=str,
        cited=_cite,
        target=_link,
        where_linked=lambda address, text: text if address else "",
        language="zh-Hant",
    )


def html(text: str) -> str:
    found, _ = prose.inline(text, PLACE, "x-")
    return writer().prose(found)


def test_words_are_converted_and_forms_in_backticks_are_not() -> None:
    assert html("這裡作`這裡`。") == (
        '<span id="x-1">這里作<span lang="zh-Hant" translate="no">這裡</span>。</span>'
    )


def test_citations_become_numbers_that_lead_to_their_passages() -> None:
    assert '<a class="cite" href="p2.html" title="第 2 段">2</a>' in html("水[@p1; @p2 a+]。")


def test_a_link_that_leads_nowhere_is_plain_words() -> None:
    assert '<a class="term" href="cell/a.html">水</a>' in html("[水](cell:a)。")
    assert "<a" not in html("[水](cell:nowhere)。")


@pytest.mark.parametrize("text", ["<script>", "a & b", "[x](javascript:alert)", "水<b>岸</b>"])
def test_what_is_written_as_html_is_shown_as_text(text: str) -> None:
    found = html(text)
    assert "<script" not in found
    assert "<b>" not in found
    assert "& b" not in found


def test_anchors_can_be_left_out() -> None:
    found, _ = prose.inline("水。岸。", PLACE, "x-")
    assert writer().prose(found, ids=False) == "水。岸。"


# --- the block tree ---------------------------------------------------------------------------------

PAGE = """## 閘 {#b1}

水[@p1]。岸。 {#b2}

- 甲 {#b3}
- 乙

  丙

> 丁

| 一 | 二 |
|----|----|
| 三 | *四* |

***

::: judgement

戊。

:::
"""


def shape(part: Part) -> object:
    """A node as (kind, id, parts); a sentence as its words, a phrase in brackets."""
    if isinstance(part, Element):
        return (part.kind, part.id, *map(shape, part.parts))
    if isinstance(part, Phrase):
        return ["".join(node.content for node in part.inlines)]
    return part.text


def test_a_page_is_a_tree_of_blocks_without_html() -> None:
    found, faults = prose.page(PAGE, "a.md", 1, counted=False)
    assert faults == []
    assert [shape(part) for part in found.parts] == [
        ("heading", "b1", ["閘"]),
        ("paragraph", "b2", "水。", "岸。"),
        (
            "list",
            "",
            ("item", "", ("paragraph", "b3", "甲")),
            ("item", "", ("paragraph", "", "乙"), ("paragraph", "", "丙")),
        ),
        ("quotation", "", ("paragraph", "", "丁")),
        (
            "table",
            "",
            ("table head", "", ("row", "", ("column head", "", ["一"]), ("column head", "", ["二"]))),
            ("table body", "", ("row", "", ("cell", "", "三"), ("cell", "", "四"))),
        ),
        ("rule", ""),
        ("judgement", "", ("paragraph", "", "戊。")),
    ]
    assert "".join(sentence.text for sentence in found.sentences) == "水。岸。甲乙丙丁三四戊。"


def test_each_element_of_the_tree_becomes_its_element_of_html() -> None:
    found, _ = prose.page(PAGE, "a.md", 1, counted=False)
    made = re.sub(r"</?span[^>]*>|<a .*?</a>|〔|〕", "", writer().prose(found))
    assert made == (
        '<h2 id="b1">閘</h2><p id="b2">水。岸。</p>'
        '<ul><li><p id="b3">甲</p></li><li><p>乙</p><p>丙</p></li></ul><blockquote><p>丁</p></blockquote>'
        "<table><thead><tr><th>一</th><th>二</th></tr></thead>"
        "<tbody><tr><td>三</td><td><em>四</em></td></tr></tbody></table><hr>"
        '<div class="judgement" role="note"><p class="byline">編者按</p><p>戊。</p></div>'
    )


def test_a_book_gets_the_same_words_and_ids_as_xml() -> None:
    found, _ = prose.page(PAGE + "\n甲\\\n`乙`。\n", "a.md", 1, counted=False)
    site, book = writer(), replace(writer(), xml=True)
    root = etree.fromstring(f"<body>{book.prose(found)}</body>")
    page = lxml.html.fragment_fromstring(site.prose(found), create_parent="body")
    assert "".join(root.itertext()) == page.text_content()
    assert root.xpath("//@id") == page.xpath("//@id")
    assert root.xpath("//*[.='乙']/@xml:lang", namespaces={"xml": XML}) == ["zh-Hant"]


# --- a marked text ----------------------------------------------------------------------------------


def test_a_book_marks_evidence_alone_and_evidence_that_overlaps_once() -> None:
    spans = [(0, 4, True), (1, 2, True), (3, 6, True), (7, 8, False), (8, 9, True)]
    ranges = tuple(MarkedRange(start=a, end=b, classes="t0", evidence=e) for a, b, e in spans)
    text = Marked(text="一二三四五六七八九十", ranges=ranges)
    assert replace(writer(), xml=True).marked(text) == "<mark>一二三四五六</mark>七八<mark>九</mark>十"
    assert writer().marked(text) == (
        '<mark class="t0">一<mark class="t0">二</mark>三<mark class="t0">四</mark></mark>'
        '<mark class="t0">五六</mark>七<span class="t0">八</span><mark class="t0">九</mark>十'
    )


# --- one pass over a sentence -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("水**「過三道閘」**才到。", "水<strong>「過三道閘」</strong>才到。"),
        ("**《圳邊記》**一書。", "<strong>《圳邊記》</strong>一書。"),
        ("**“水”**近。", "<strong>“水”</strong>近。"),
        ("水*近*岸。", "水<em>近</em>岸。"),
        ("**過三道閘。**才到。", "<strong>過三道閘。</strong>才到。"),
        ("[**水**圳](cell:a)。", '<a class="term" href="cell/a.html"><strong>水</strong>圳</a>。'),
        ("**[水](cell:a)**圳。", '<strong><a class="term" href="cell/a.html">水</a></strong>圳。'),
        ("**水[圳](cell:nowhere)邊**。", "<strong>水圳邊</strong>。"),
        ("***水***邊。", "<em><strong>水</strong></em>邊。"),
        ("snake_case 與 a * b。", "snake_case 與 a * b。"),
        ("\\*水\\*。", "*水*。"),
        ("\\[@p1]。", "[@p1]。"),
    ],
)
def test_emphasis_works_beside_chinese_marks_and_across_links(text: str, made: str) -> None:
    found, faults = prose.inline(text, PLACE, "x-")
    assert faults == []
    assert writer().prose(found, ids=False) == made


def test_emphasis_may_hold_a_citation() -> None:
    found = html("**水[@p1]岸**人。")
    assert found.count("<strong>") == found.count("</strong>") == 1
    assert found.index("<strong>") < found.index('class="cite"') < found.index("</strong>")
    assert "*" not in found


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Jane\nJacobs。", "Jane Jacobs。"),
        ("New[@p1]\nYork。", "New York。"),
        ("**New**\nYork。", "New York。"),
        ("[New](cell:a)\nYork。", "New York。"),
        ("水\n岸。", "水岸。"),
        ("水\nJacobs。", "水Jacobs。"),
        ("Jacobs\n水。", "Jacobs水。"),
        ("他說“水”\n“岸”。", "他說“水”“岸”。"),
        ("“Jane”\n“Jacobs”。", "“Jane” “Jacobs”。"),
        ("한국\n사람", "한국 사람"),
        ("水\\\n岸。", "水岸。"),
        ("New\\\nYork", "New York"),
    ],
)
def test_a_line_break_is_a_space_between_words_of_spaced_scripts_alone(text: str, plain: str) -> None:
    found, faults = prose.inline(text, PLACE, "x-")
    assert faults == []
    assert found.text == plain
    shown = re.sub(r'<span class="cites">.*?</span>|<[^>]*>', "", writer().prose(found))
    assert shown.replace("\n", "") == plain or "\\" in text


def test_a_line_end_after_a_backslash_is_kept() -> None:
    found, _ = prose.inline("水\\\n岸。", PLACE, "x-")
    assert writer().prose(found, ids=False) == "水<br>岸。"


def test_a_word_is_converted_as_a_whole_even_across_a_link() -> None:
    found, _ = prose.inline("乾[旱](cell:a)，乾`旱`。", PLACE, "x-")
    made = writer(lambda text: text.replace("乾旱", "干旱")).prose(found, ids=False)
    assert made.startswith('干<a class="term"')
    assert "，乾<span" in made


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("**甲", [1]),
        ("甲**乙[丙**丁](cell:a)", [2, 7]),
        ("**甲。乙**。", [1, 6]),
        ("甲_乙_丙", [2, 4]),
        ("``甲", [1]),
        ("見[@p1", [2]),
        ("[甲[乙]](cell:a)", [6]),
        ("5*3", [2]),
    ],
)
def test_markup_without_a_function_is_reported_at_its_place(text: str, columns: list[int]) -> None:
    _, faults = prose.inline(text, Place(path="a.md"), "x-")
    assert [(f.code, f.place.column) for f in faults] == [("P011", column) for column in columns]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("甲<!-- 待查 -->", [2]),
        ("甲<br>乙", [2]),
        ("甲<br />乙", [2]),
        ('<span class="a">甲</span>', [1, 18]),
        ("<https://example.org/>", [1]),
        ("a < b > c", []),
        ("a<王>", []),
        ("`<br>`", []),
        ("\\<br>", []),
        ("<3", []),
    ],
)
def test_html_within_a_line_is_reported_at_its_place(text: str, columns: list[int]) -> None:
    _, faults = prose.inline(text, Place(path="a.md"), "x-")
    assert [(f.code, f.place.column) for f in faults] == [("P006", column) for column in columns]


# --- the edition ------------------------------------------------------------------------------------


def test_an_edition_is_headings_and_passages_in_order() -> None:
    blocks, faults = prose.edition(
        "# 題 {#t}\n\n水。 {#p1 label=引}\n\n## 節 {#s}\n\n\\- 岸\\*。 {#p2}\n", "t.md"
    )
    assert faults == []
    heading, first, _, second = blocks
    assert isinstance(heading, Heading)
    assert isinstance(first, Passage)
    assert isinstance(second, Passage)
    assert (heading.id, heading.level, heading.text) == ("t", 1, "題")
    assert (first.text, first.label, first.path, first.number) == ("水。", "引", (), 1)
    assert (second.text, second.path, second.number) == ("- 岸*。", ("s",), 2)
    assert [(b.place.line, b.place.column) for b in blocks] == [(1, 3), (3, 1), (5, 4), (7, 1)]


def test_a_group_contains_its_blocks_and_its_headings_end_with_it() -> None:
    text = "# 題 {#t}\n\n## 節 {#s}\n\n::: enumeration\n\n### 甲 {#a}\n\n水。 {#p1}\n\n:::\n\n岸。 {#p2}\n"
    blocks, faults = prose.edition(text, "t.md")
    assert faults == []
    found = {b.id: (b.group, b.path) for b in blocks if isinstance(b, Passage)}
    assert found == {"p1": ("enumeration", ("s", "a")), "p2": ("", ("s",))}


def evidence_on(start: int, end: int, label: str) -> MarkedRange:
    return MarkedRange(start=start, end=end, evidence=True, label=label)


def test_marks_that_end_together_where_another_cuts_them_are_all_shown() -> None:
    ranges = (
        evidence_on(0, 10, "around"),
        evidence_on(2, 15, "longer"),
        MarkedRange(start=2, end=12, classes="other"),
        evidence_on(2, 10, "shorter"),
    )
    made = writer().marked(Marked(text="水" * 20, ranges=ranges))
    root = lxml.html.fragment_fromstring(made, create_parent="p")
    assert root.text_content() == "水" * 20
    assert len("".join(map(text_of, root.xpath(".//*[@class='other']")))) == 10
    shown = [label for value in root.xpath(".//@data-label") for label in value.split("\N{NO-BREAK SPACE}")]
    assert sorted(shown) == ["around", "longer", "shorter"]


def text_of(element: Any) -> str:
    found: str = element.text_content()
    return found
