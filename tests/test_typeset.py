"""Prose as HTML, and the text of an edition as blocks."""

from __future__ import annotations

import pytest

from site_builder import prose
from site_builder.model import Citation, Heading, Link, Passage, Place

PLACE = Place(path="a.md", line=3, column=5)


# --- to HTML ----------------------------------------------------------------------------------------


def _cite(citation: Citation) -> tuple[str, str, str]:
    return f"{citation.passage}.html", citation.passage[1:], f"第 {citation.passage[1:]} 段"


def _link(link: Link) -> str:
    return "" if link.id == "nowhere" else f"{link.kind}/{link.id}.html"


SETTING = prose.Setting(convert=lambda text: text.replace("裡", "里"), cite=_cite, link=_link)


def html(text: str) -> str:
    found, _ = prose.inline(text, PLACE, "x-")
    return prose.html(found, SETTING)


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
    assert prose.html(found, SETTING, anchors=False) == "水。岸。"


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


def test_a_group_holds_what_stands_in_it_and_its_headings_end_with_it() -> None:
    text = "# 題 {#t}\n\n## 節 {#s}\n\n::: enumeration\n\n### 甲 {#a}\n\n水。 {#p1}\n\n:::\n\n岸。 {#p2}\n"
    blocks, faults = prose.edition(text, "t.md")
    assert faults == []
    found = {b.id: (b.group, b.path) for b in blocks if isinstance(b, Passage)}
    assert found == {"p1": ("enumeration", ("s", "a")), "p2": ("", ("s",))}
