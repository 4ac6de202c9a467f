"""Tags of the reader (``try.html``): the tool reads what the page exports."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from conftest import TINY
from page_reader import three_works
from playwright.sync_api import expect
from proof_tools import Built, on_disk_once
from test_browser import Opener, address, chromium, opened
from test_drafts import draft

from site_builder.edges import load
from site_builder.edition import quotes

__all__ = ["chromium", "opened"]

SELECT = """([start, end]) => {
    const text = document.querySelector("#_try .text").firstChild, range = document.createRange();
    range.setStart(text, start); range.setEnd(text, end);
    getSelection().removeAllRanges(); getSelection().addRange(range);
}"""
WORDS = "水哈哈哈，水邊有水。"


@pytest.fixture(scope="module")
def site() -> Built:
    return on_disk_once(TINY)


def test_a_quotation_gets_the_context_that_the_tool_gives_it(site: Built, opened: Opener) -> None:
    """Random texts of few characters: most ranges occur more than once, and many places overlap."""
    chance = random.Random(34)
    asked = []
    for _ in range(3000):
        text = "".join(chance.choices("哈哈𠮷水\n", k=chance.randint(1, 14)))
        start = chance.randrange(len(text))
        asked.append((text, start, chance.randint(start + 1, len(text))))
    page = opened()
    page.goto(address(site, "try.html"))
    given = page.evaluate("all => all.map(one => quoteContext(Array.from(one[0]), one[1], one[2]))", asked)
    assert [tuple(one) for one in given] == [quotes.context(*one) for one in asked]
    assert sum(any(one) for one in given) > 1000


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 1), (1, 3), (2, 4), (5, 6), (8, 9), (0, 10), (9, 10)],
    ids=["first", "overlapping first", "overlapping last", "middle", "late", "all", "last"],
)
def test_what_is_exported_is_read(site: Built, opened: Opener, tmp_path: Path, start: int, end: int) -> None:
    folder = tmp_path / "project"
    project = load.checked(TINY).project
    assert project is not None
    page = opened()
    page.goto(address(site, "try.html"))
    page.evaluate("localStorage.clear()")
    page.reload()
    page.evaluate("words => { TRYOUT['zh-Hant'].passages[0][2] = words; }", WORDS)
    page.locator("#_try .row button").nth(1).click()  # there and back: drawn again
    page.locator("#_try .row button").nth(0).click()
    page.locator("#_try table select").nth(0).select_option("shows")
    page.evaluate(SELECT, [start, end])
    page.locator("#_try tr").nth(0).locator("td").nth(1).locator("button").last.click()
    page.locator("#_try > p select").select_option("scene")
    page.locator(".export summary").click()
    out = page.locator(".export pre")
    expect(out).to_contain_text("passages:")
    given = out.inner_text()
    draft(lambda _: None, folder)
    first = project.works[0].passages[0]
    text = folder / "corpus/canal/text.md"
    text.write_text(text.read_text(encoding="utf-8").replace(first.text, WORDS), encoding="utf-8")
    own = folder / "annotations/canal/tags/own/own.yaml"
    own.parent.mkdir()
    own.write_text(given, encoding="utf-8")
    found = load.checked(folder).problems
    assert not [one for one in found if one.place.path.endswith("own.yaml") and one.level == "error"]
    assert f'quote: "{WORDS[start:end]}"' in given


OTHER_MARK = """document.addEventListener("readystatechange", () => {
    const home = document.getElementById("_try");
    if (home) home.dataset.words = home.dataset.words.replace(/"decimal":"\\."/, '"decimal":","');
}, {once: true})"""


@pytest.mark.parametrize(("theirs", "shown"), [(1, "−0,20"), (None, "0,00")], ids=["below chance", "chance"])
def test_a_coefficient_has_the_minus_and_the_mark_of_the_language(
    site: Built, opened: Opener, theirs: int | None, shown: str
) -> None:
    """One of six cells is tagged by the reader, another one, or none, by the editors."""
    page = opened()
    page.add_init_script(OTHER_MARK)
    page.goto(address(site, "try.html"))
    page.evaluate("localStorage.clear()")
    page.reload()
    page.evaluate(
        """at => {
            const data = TRYOUT['zh-Hant'];
            data.passages[0][4] = at === null ? [] : [[data.cells[at][0], 'shows']];
        }""",
        theirs,
    )
    assert page.evaluate("TRYOUT['zh-Hant'].cells.length") == 6
    page.locator("#_try table select").nth(0).select_option("shows")
    page.locator("#_try .go").click()
    expect(page.locator(".agreement")).to_have_text(re.compile(f"κ[^0-9−-]*{shown}"))


def test_the_tags_of_each_of_several_works_are_kept_apart(opened: Opener, tmp_path: Path) -> None:
    site = on_disk_once(three_works(tmp_path / "project"))
    page = opened()
    page.goto(address(site, "try.html"))
    page.evaluate("localStorage.clear()")
    page.reload()
    works = page.locator("#_try > select")
    assert works.locator("option").all_inner_texts() == ["—", "圳邊記", "堤", "堰"]
    works.select_option("dike")
    page.locator("#_try > p select").select_option("scene")
    page.locator(".export summary").click()
    expect(page.locator(".export pre")).to_contain_text("function: scene")
    expect(page.locator(".export .hint")).to_contain_text("annotations/dike/tags/")
    page.reload()
    expect(works).to_have_value("canal")
    expect(page.locator("#_try > p select")).to_have_value("")
    works.select_option("dike")
    expect(page.locator("#_try > p select")).to_have_value("scene")
