"""The versions of a text side by side, in the browser, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, Page
from proof_tools import TINY, Built

pytestmark = pytest.mark.browser
chromium = test_browser.chromium

FOLDED = ".of-passage:not([open])"
ROWS = f"{FOLDED} .row"


@pytest.fixture(scope="module")
def site() -> Built:
    return proof_tools.on_disk_once(TINY)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def shown(page: Page, what: str) -> list[bool]:
    return [one.is_visible() for one in page.locator(what).all()]


def test_a_passage_is_unfolded_by_its_address(site: Built, page: Page) -> None:
    at = (site.root / "canal" / "versions.html").as_uri()
    page.goto(at)
    folded = page.locator(f"{FOLDED} > div").first.get_attribute("id")
    assert folded
    assert not any(shown(page, ROWS))
    page.goto(f"{at}#{folded}")
    assert page.locator(f"#{folded} .row").first.is_visible()
    name = page.locator(f"details:has(> #{folded}) > summary").bounding_box()
    assert name is not None
    assert 0 <= name["y"] < 844, "its name is in the window"


def test_all_passages_can_be_unfolded_and_paper_has_them(site: Built, page: Page) -> None:
    page.goto((site.root / "canal" / "versions.html").as_uri())
    assert shown(page, ROWS)
    assert not any(shown(page, ROWS))
    page.get_by_label("展開全部段落").check()
    assert all(shown(page, ROWS))
    page.get_by_label("展開全部段落").uncheck()
    assert not any(shown(page, ROWS))
    page.emulate_media(media="print")
    assert all(shown(page, ROWS))
