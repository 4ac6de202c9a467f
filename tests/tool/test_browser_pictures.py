"""Pictures in the browser: what they show follows the reading of the tags that is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, Page
from proof_tools import TINY, Built

from site_builder.edition.readings import READINGS

pytestmark = pytest.mark.browser
chromium = test_browser.chromium

SEEN = "all => all.filter(one => one.checkVisibility({visibilityProperty: true})).map(one => one.textContent)"
COUNTS = """figure => [...figure.querySelectorAll('[data-form=wide] text')]
    .filter(one => one.checkVisibility() && one.getAttribute('font-size') === '14')
    .map(one => one.textContent).filter(text => /^\\d+$/.test(text))"""
"""The numbers of answers in the last column of a picture of answers."""


@pytest.fixture(scope="module")
def site() -> Built:
    return proof_tools.on_disk_once(TINY)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page without JavaScript: the choice works by style sheets alone."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def uri(site: Built, name: str) -> str:
    return (Path(site.root) / name).as_uri()


@pytest.mark.parametrize("reading", READINGS)
def test_the_pictures_of_the_silence_report_follow_its_reading(site: Built, page: Page, reading: str) -> None:
    page.goto(uri(site, "silence.html"))
    page.locator(f".reading-choice [value={reading}]").check()
    page.locator(".readings-of .folded-tables > summary").click()
    figures = page.locator("figure.picture")
    assert figures.count() == len(site.project.site.silence)
    assert page.locator(".reading-shown").count() == 0, "one choice for the whole page"
    table = page.locator(f"[data-reading={reading}] table")
    rows = table.locator("tbody tr")
    assert page.locator(".one-reading table").evaluate_all(SEEN) == [table.text_content()]
    start = 0
    for number in range(figures.count()):
        figure = figures.nth(number)
        assert (
            figure.locator(".form svg").evaluate_all("all => all.filter(e => e.checkVisibility()).length")
            == 1
        )
        assert len(figure.locator(".shows").evaluate_all(SEEN)) == 1
        counts = figure.evaluate(COUNTS)
        facet = next(one for one in site.project.facets if one.id == site.project.site.silence[number].facet)
        entries = len([one for one in facet.entries if not one.parent])
        answered = [
            sum(
                bool(re.search(r"\d", row.locator("td").nth(start + at).inner_text()))
                for at in range(entries)
            )
            for row in (rows.nth(n) for n in range(rows.count()))
        ]
        assert [int(one) for one in counts] == answered
        start += entries + 1


@pytest.mark.parametrize("width", [390, 1440])
def test_one_sentence_and_one_form_are_shown_in_each_reading(site: Built, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(uri(site, "index.html"))
    figure = page.locator("figure.picture").first
    sentences, tops = [], set()
    for reading in READINGS:
        figure.locator(f".reading-shown [value={reading}]").check()
        box = figure.locator(".reading-shown").bounding_box()
        assert box is not None
        tops.add(round(box["y"] + page.evaluate("scrollY")))
        [sentence] = figure.locator(".shows").evaluate_all(SEEN)
        sentences.append(sentence)
        shown = figure.locator(".form:not(.turned *) svg").evaluate_all(
            "all => all.filter(e => e.checkVisibility()).length"
        )
        assert shown == 1
    assert len({*sentences}) > 1
    assert len(tops) == 1, "the choice stays where it is, whatever the length of the sentences"
    page.set_viewport_size({"width": 1440, "height": 900})
