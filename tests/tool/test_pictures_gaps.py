"""The hatching of pictures says what it means, and leads to the result on the silence report."""

from __future__ import annotations

import lxml.html
import pytest
from conftest import Files

PAGES = [
    ("tiny_site", "index.html"),
    ("tiny_site", "silence.html"),
    ("repository_site", "index.html"),
    ("repository_site", "silence.html"),
    ("repository_site", "argument.html"),
]


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_a_hatch_is_a_link_to_its_result_and_shows_its_words(
    name: str, page: str, request: pytest.FixtureRequest
) -> None:
    files: Files = request.getfixturevalue(name)
    report = lxml.html.document_fromstring(files["silence.html"].decode())
    results = {one.get("id"): one.text_content() for one in report.xpath("//*[@class='findings']/li")}
    shown = lxml.html.document_fromstring(files[page].decode())
    found = 0
    for drawing in shown.xpath("//*[local-name()='svg'][contains(@class, 'drawing')]"):
        stops = drawing.xpath(".//a[@tabindex='0']")
        assert len(stops) == bool(drawing.xpath(".//a"))
        for link in drawing.xpath(".//a[contains(@href, '#_gap-')]"):
            found += 1
            address, _, id_ = link.get("href").partition("#")
            assert address in ("silence.html", "")
            assert id_ in results
            assert link.findtext("title") == link.get("aria-label")
    assert found > 2


@pytest.mark.parametrize("site", ["repository_site", "tiny_site"])
def test_what_a_drawing_says_to_a_screen_reader_is_true_of_its_reading(
    site: str, request: pytest.FixtureRequest
) -> None:
    page = lxml.html.fromstring(request.getfixturevalue(site)["silence.html"].decode())
    readings = set()
    for figure in page.xpath("//figure[.//div[@class='form' and @data-in]]"):
        shown = {
            name: one.text_content().strip()
            for one in figure.xpath(".//p[@class='shows']")
            for name in (one.get("data-in") or "strict published generous").split()
        }
        for form in figure.xpath(".//div[@class='form']"):
            reading = (form.get("data-in") or "published").split()[0]
            readings.add(reading)
            assert form.xpath("string(.//*[local-name()='desc'])").startswith(shown[reading]), reading
    assert readings >= {"strict", "published"}
