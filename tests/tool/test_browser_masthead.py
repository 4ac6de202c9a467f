"""What all pages share, in the browser: menus, search field, settings, citations and previews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, Page, expect
from proof_tools import TINY, Built

pytestmark = pytest.mark.browser
chromium = test_browser.chromium

WIDTHS = (320, 390, 768, 1000, 1440)
INSIDE = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return [box.left > -1, box.right < innerWidth + 1,
        document.documentElement.scrollWidth <= innerWidth];
}"""
BEGINNING = """() => {
    const found = [];
    for (const cites of document.querySelectorAll('.cites')) {
        const before = document.createRange();
        let node = cites.previousSibling;
        while (node && node.lastChild) node = node.lastChild;
        if (!node || node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
        const last = node.data.trimEnd().length;
        before.setStart(node, last - 1);
        before.setEnd(node, last);
        const words = before.getBoundingClientRect(), mark = cites.getClientRects();
        const first = [...mark].find(box => box.width > 1);
        if (first && first.top > words.bottom) found.push(cites.parentElement.textContent.slice(0, 60));
    }
    return found;
}"""
"""The citations whose first line is below the word before them."""


@pytest.fixture(scope="module")
def site() -> Built:
    return proof_tools.on_disk_once(TINY)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def still(chromium: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def uri(site: Built, name: str) -> str:
    return (Path(site.root) / name).as_uri()


def opened(page: Page) -> list[str]:
    found: list[str] = page.locator(".places details[open] .menu").evaluate_all(
        "all => all.map(e => e.dataset.menu)"
    )
    return found


def test_one_menu_is_open_at_a_time_and_closes_by_escape_and_by_a_press_elsewhere(
    site: Built, page: Page
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(uri(site, "silence.html"))
    heads = page.locator(".places summary")
    heads.nth(0).click()
    assert opened(page) == ["read"]
    heads.nth(1).click()
    assert opened(page) == ["framework"]
    page.locator(".places [open] a").first.focus()
    page.keyboard.press("Escape")
    assert opened(page) == []
    expect(heads.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert opened(page) == ["framework"]
    expect(page.locator(".places [open] a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(heads.nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(heads.nth(2)).to_be_focused()
    page.locator("h1").click()
    assert opened(page) == []


def test_without_a_script_menus_open_one_at_a_time_and_the_search_is_a_link(site: Built, still: Page) -> None:
    still.goto(uri(site, "silence.html"))
    heads = still.locator(".places summary")
    heads.nth(0).click()
    heads.nth(3).click()
    shown = [one.is_visible() for one in still.locator(".menu").all()]
    assert shown == [False, False, False, True, False]
    expect(still.locator("form.find")).to_be_hidden()
    expect(still.locator(".settings")).to_be_hidden()
    still.locator("a.find").click()
    assert still.url.endswith("search.html")


def test_the_field_searches_and_the_slash_leads_to_it(site: Built, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(uri(site, "silence.html"))
    page.keyboard.press("/")
    field = page.locator("#_find")
    expect(field).to_be_focused()
    field.fill("水 聲")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#_q")).to_have_value("水 聲")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(uri(site, "silence.html"))
    expect(field).to_be_hidden()
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_opens_in_the_masthead_stays_on_the_page(site: Built, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(uri(site, "index.html"))
    for number in range(page.locator(".places summary").count()):
        page.locator(".places summary").nth(number).click()
        assert page.evaluate(INSIDE, ".places [open] .menu") == [True] * 3, number
    page.locator(".settings summary").click()
    assert page.evaluate(INSIDE, ".settings .panel") == [True] * 3
    page.keyboard.press("Escape")
    expect(page.locator(".settings .panel")).to_be_hidden()
    heights = page.locator(".masthead :is(a, summary, input)").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= (44 if width < 640 else 24)


@pytest.mark.parametrize("width", [320, 390, 430, 700, 1000, 1440])
def test_no_citation_begins_a_line(site: Built, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("index.html", "silence.html", "gates.html", "ways/index.html"):
        page.goto(uri(site, name))
        assert page.locator(".cites").count()
        assert page.evaluate(BEGINNING) == [], name


def test_a_preview_has_the_words_of_the_passage_first_and_no_tooltip_beside_it(
    site: Built, page: Page
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(uri(site, "silence.html"))
    link = page.locator(".prose a.cite").first
    title = link.get_attribute("title")
    assert title
    number = int(link.inner_text())
    passage = site.project.works[0].passages[number - 1]
    [gist] = [
        one.gist
        for one in site.project.taggings
        if one.passage == passage.id and one.coder == site.project.site.coder
    ]
    link.hover()
    card = page.locator(".preview:popover-open")
    expect(card).to_be_visible()
    words = card.locator("p").all_inner_texts()
    opening = passage.text if len(passage.text) <= 80 else passage.text[:80] + "……"
    assert words[1:3] == [opening, gist]
    assert link.get_attribute("title") is None
    page.keyboard.press("Escape")
    assert link.get_attribute("title") == title


def test_each_field_of_the_silence_report_names_its_headers(site: Built, page: Page) -> None:
    page.goto(uri(site, "silence.html"))
    for folded in page.locator(".folded-tables > summary").all():
        folded.click()
    wrong = page.evaluate(
        """() => [...document.querySelectorAll('.silence td[headers]')].filter(cell => {
            const heads = cell.headers.split(' ').map(id => document.getElementById(id));
            const own = heads.every(head => head && head.closest('table') === cell.closest('table'));
            const row = heads[0] && heads[0].parentElement === cell.parentElement;
            const box = cell.getBoundingClientRect(), over = heads[2] && heads[2].getBoundingClientRect();
            return !own || !row || Math.abs(over.left - box.left) > 1;
        }).length"""
    )
    assert page.locator(".silence td[headers]").count() > 10
    assert wrong == 0


def test_a_link_within_a_picture_has_a_preview_and_leads_to_its_page(site: Built, chromium: Browser) -> None:
    """In SVG the property ``href`` is an object, so a script cannot use it as a text."""
    context = chromium.new_context(has_touch=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(uri(site, "index.html"))
    passage = site.project.works[0].passages[1].id
    link = page.locator(f'[data-form="wide"] svg a[href$="/{passage}.html"]').first
    link.hover()
    card = page.locator(".preview:popover-open")
    expect(card).to_be_visible()
    expect(card.locator(".source-words")).to_be_visible()
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")
    link.tap()
    expect(card.locator("a.go")).to_have_attribute("href", re.compile(rf"^file:.*/{passage}\.html$"))
    card.locator("a.go").click()
    page.wait_for_url(f"**/{passage}.html")
    assert failed == []
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_masthead_is_the_same_on_all_kinds_of_pages(site: Built, page: Page, width: int) -> None:
    """No style sheet of one kind of page changes it."""
    page.set_viewport_size({"width": width, "height": 900})
    found: dict[str, object] = {}
    for name in site.kinds.values():
        page.goto(uri(site, name))
        if not page.locator("body:is(.home, .reading)").count():  # the first has a field, the second a bar
            found[name] = page.evaluate(
                "() => [document.querySelector('.masthead').offsetHeight,"
                " document.querySelector('.masthead > .tools').offsetHeight]"
            )
    assert len(found) > 5
    assert len({str(one) for one in found.values()}) == 1, found
