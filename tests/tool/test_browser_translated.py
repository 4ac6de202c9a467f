"""A view in another language than the text, in the browser: summaries are seen, the text has its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, Page
from proof_tools import TINY, Built

pytestmark = pytest.mark.browser
chromium = test_browser.chromium

PROJECTS = TINY.parent / "projects"
WORKS = {"arabic-rtl": "oven", "classics": "lunyu"}
"""Project with a view in English, whose passages are short → a work of it."""
WIDTHS = (390, 1100, 1440)
BOX = "e => { const b = e.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; }"


@pytest.fixture(scope="module", params=sorted(WORKS))
def place(request: pytest.FixtureRequest) -> tuple[Built, str]:
    return proof_tools.on_disk_once(PROJECTS / request.param), WORKS[request.param]


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


def opened(page: Page, place: tuple[Built, str], name: str) -> None:
    site, work = place
    page.goto((Path(site.root) / f"en/{work}/{name}").as_uri())


def test_every_summary_is_seen_above_its_text(page: Page, place: tuple[Built, str]) -> None:
    """Where the reader cannot read the passage, its summary comes first, and can be read alone."""
    opened(page, place, "index.html")
    gists = page.locator(".text .summary")
    assert gists.count() > 2
    assert [one.inner_text() for one in gists.all() if not one.is_visible()] == []
    pairs = page.locator(".text:has(.summary)").evaluate_all(
        "all => all.map(one => ['.summary', '.words'].map(name => one.querySelector(name)))"
        ".map(two => two.map(one => one.getBoundingClientRect())).map(([a, b]) => [a.bottom, b.top])"
    )
    assert [(bottom, top) for bottom, top in pairs if bottom > top + 1] == []
    page.locator("#_summaries").evaluate("box => box.click()")
    assert page.locator(".summary ~ .words").first.is_hidden()
    assert gists.first.is_visible()


def test_no_note_covers_the_next_one(page: Page, place: tuple[Built, str]) -> None:
    opened(page, place, "index.html")
    boxes = page.locator(".note").evaluate_all(f"all => all.map({BOX})")
    assert [(one, other) for one, other in pairwise(boxes) if one[3] > other[2] + 1] == []


def test_the_words_of_a_passage_have_the_width_of_its_summary(page: Page, place: tuple[Built, str]) -> None:
    """Both are in one column, and the words are below."""
    opened(page, place, "p1.html")
    summary = page.locator(".the-words .summary").evaluate(BOX)
    words = page.locator(".the-words article").evaluate(BOX)
    assert words[:2] == pytest.approx(summary[:2], abs=1)
    assert words[2] >= summary[3]


def test_a_heading_of_the_text_begins_at_the_edge_of_the_text(page: Page, place: tuple[Built, str]) -> None:
    """Also if the text runs in another direction than the page."""
    opened(page, place, "index.html")
    words = page.locator(".text").first.evaluate(BOX)
    for heading in page.locator(".reading h1[lang], .reading article :is(h2, h3)[lang]").all():
        edge = 1 if heading.get_attribute("dir") == "rtl" else 0
        assert heading.evaluate(BOX)[edge] == pytest.approx(words[edge], abs=1), heading.inner_text()


def test_the_passage_to_tag_says_its_language(page: Page, place: tuple[Built, str]) -> None:
    site, _ = place
    page.goto((Path(site.root) / "en/try.html").as_uri())
    language = page.locator("#_try .text").get_attribute("lang")
    assert language in {work.record.tag for work in site.project.works}
    assert language != "en"


def test_a_sign_for_a_language_that_a_reader_may_not_read_is_named(
    page: Page, place: tuple[Built, str]
) -> None:
    """On a narrow page the sign stands alone."""
    opened(page, place, "index.html")
    names = page.locator(".tools .called")
    assert names.count() == 1
    assert names.text_content() in ("Arabic", "Chinese")
    assert page.viewport_size is not None
    assert names.is_visible() == (page.viewport_size["width"] < 640)
