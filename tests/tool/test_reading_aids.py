"""Settings, notes, previews, search, own tags, and the edition in one file, as readers use them."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import proof_tools
import pytest
import reader_tools as tools
from conftest import ROOT
from playwright.sync_api import Page, expect
from proof_tools import Built
from reader_tools import SELECT, STYLE, Reader, passage_at, soon
from views import HANS, TREES

from site_builder.edges import load
from site_builder.edition import agreement, coefficients
from site_builder.edition.coefficients import Samples
from site_builder.language import catalogue
from site_builder.model import Entry

pytestmark = pytest.mark.browser

chromium, opened, read, site = tools.chromium, tools.opened, tools.read, tools.site
PHONE = {"width": 390, "has_touch": True, "is_mobile": True}
WIDE = {"width": 1440}

# --- settings and notes ---------------------------------------------------------------------------

SETTINGS = [
    ("theme", "dark", "body", "backgroundColor"),
    ("font", "sans", ".text", "fontFamily"),
    ("size", "large", ".text", "fontSize"),
    ("size", "small", ".text", "fontSize"),
    ("align", "start", ".text", "textAlign"),
    ("direction", "vertical", "article", "writingMode"),
]


@pytest.mark.parametrize(("name", "value", "selector", "style"), SETTINGS)
def test_a_setting_changes_the_page_and_is_remembered(
    site: Built, read: Reader, name: str, value: str, selector: str, style: str
) -> None:
    page = read(site.kinds["reading"], **WIDE)
    before = page.locator(selector).first.evaluate(STYLE, style)
    page.locator(".settings summary").click()
    page.locator(f"input[name={name}][value='{value}']").check()
    after = page.locator(selector).first.evaluate(STYLE, style)
    assert after != before
    page.reload()
    assert page.locator(selector).first.evaluate(STYLE, style) == after
    assert page.locator(f"input[name={name}][value='{value}']").is_checked()


def test_vertical_setting_is_of_the_traditional_text_alone(site: Built, read: Reader) -> None:
    assert read(HANS + site.kinds["reading"]).locator("input[name=direction]").count() == 0
    legend = read(site.kinds["reading"]).locator("fieldset:has(input[name=direction]) legend")
    assert "試驗" in (legend.text_content() or "")


def test_without_a_script_no_setting_is_offered(site: Built, read: Reader) -> None:
    page = read(site.kinds["reading"], java_script_enabled=False)
    expect(page.locator(".settings")).to_be_hidden()


def test_notes_are_beside_the_text_on_a_wide_screen_and_under_it_on_a_phone(
    site: Built, read: Reader
) -> None:
    page = read(site.kinds["reading"], **WIDE)
    unit = f"[data-passage={passage_at(site, 0.3).id}]"
    assert page.locator(f"{unit} .relation").count()
    text = page.locator(f"{unit} .text").bounding_box()
    gist = page.locator(f"{unit} .gist").bounding_box()
    assert text
    assert gist
    assert gist["x"] > text["x"] + text["width"]
    assert gist["y"] < text["y"] + text["height"]
    phone = read(site.kinds["reading"], **PHONE)
    seen = "e => e.checkVisibility()"
    assert phone.locator(f"{unit} .gist").evaluate(seen)
    for name in phone.locator(f"{unit} .chip > span").all():
        assert name.evaluate(seen), "two tags of one cell would look the same"
    for relation in phone.locator(f"{unit} .relation").all():
        assert relation.evaluate(seen), "a chip without its relation would say something else"
    below = phone.locator(f"{unit} .note .all").bounding_box()
    text = phone.locator(f"{unit} .text").bounding_box()
    assert below
    assert text
    assert below["y"] > text["y"] + text["height"] - 1


def test_a_chip_shows_the_words_of_its_own_tag(site: Built, read: Reader) -> None:
    page = read(site.kinds["reading"], java_script_enabled=False, **WIDE)
    tagging = max(tools.taggings(site).values(), key=lambda tagging: len(tagging.cells))
    assert len(tagging.cells) > 1
    shown = """id => [...document.querySelectorAll(`#${id} :is(mark, mark *)`)]
        .filter(mark => getComputedStyle(mark).backgroundColor !== 'rgba(0, 0, 0, 0)')
        .map(mark => [...mark.classList].filter(name => /^t\\d+$/.test(name)))"""
    page.locator(f"#{tagging.passage}").scroll_into_view_if_needed()
    for turn in range(len(tagging.cells)):
        chip = page.locator(f"[data-passage={tagging.passage}] .chip.t{turn}")
        chip.focus()
        turns = {*(chip.get_attribute("class") or "").split()} - {"chip", "negative"}
        found = page.evaluate(shown, tagging.passage)
        assert found
        assert all(turns & {*names} for names in found)
        assert any(f"t{turn}" in names for names in found)


# --- previews -------------------------------------------------------------------------------------


def page_with_links(site: Built) -> tuple[str, Entry]:
    """The page of a facet whose prose cites a passage and links to an entry of the facet, and that entry."""
    for facet in site.project.facets:
        name = f"{facet.id}/index.html"
        if not (site.root / name).is_file():
            continue
        page = proof_tools.read((site.root / name).read_text(encoding="utf-8"), name)
        prose = [e for e in page.elements if "prose" in e.attributes.get("class", "").split()]
        links = [a for e in prose for a in e.all("a")]
        cited = [a for a in links if "cite" in a.attributes.get("class", "").split()]
        for entry in facet.entries:
            if cited and any(a.attributes["href"] == f"{entry.id}.html" for a in links):
                return name, entry
    raise LookupError("no page of a facet has both links")


@pytest.mark.parametrize("tree", TREES)
def test_a_link_shows_a_preview_of_its_target(site: Built, read: Reader, tree: str) -> None:
    name, entry = page_with_links(site)
    page = read(TREES[tree] + name, **WIDE)
    assert page.locator("script[data-previews]").count() == 0
    convert = tools.converter(site, tree)
    link = page.locator(".prose a.cite").first
    number = int(link.inner_text())
    link.hover()
    passage = next(p for p in tools.passages(site) if p.number == number)
    card = page.locator(".preview:popover-open")
    expect(card).to_contain_text(convert(tools.taggings(site)[passage.id].gist))
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    term = page.locator(f".prose a.term[href='{entry.id}.html']").first
    term.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card).to_contain_text(convert(entry.definition.text))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{name.removesuffix('index.html')}{entry.id}.html")


def test_a_first_tap_shows_and_the_link_within_leads_on(site: Built, read: Reader) -> None:
    name, _ = page_with_links(site)
    page = read(name, **PHONE)
    link = page.locator(".prose a.cite").first
    passage = next(p for p in tools.passages(site) if p.number == int(link.inner_text()))
    link.tap()
    expect(page.locator(".preview:popover-open")).to_be_visible()
    assert page.url.endswith(name)
    page.locator(".preview a").tap()
    page.wait_for_url(f"**/{site.project.works[0].id}/{passage.id}.html")


# --- own tags -------------------------------------------------------------------------------------


def tagged(page: Page, row: int, relation: str, start: int, end: int) -> None:
    page.locator("#_try table select").nth(row).select_option(relation)
    page.evaluate(SELECT, ["#_try .text", start, end])
    page.locator("#_try tr").nth(row).locator("td").nth(1).locator("button").last.click()


def repeated(text: str) -> tuple[int, int]:
    """The span of a few characters that a text has more than once: only their context tells them apart."""
    return next(
        (start, start + size)
        for size in (3, 2, 1)
        for start in range(len(text) - size)
        if text.count(text[start : start + size]) > 1
    )


def test_tags_of_the_readers_own_are_compared_and_come_back_to_the_tool(
    site: Built, read: Reader, tmp_path: Path
) -> None:
    page = read("try.html")
    assert not page.locator("#_try").get_by_text("編者：").count()
    grid, first = site.project.grid, site.project.works[0].passages[0]
    cells, row = [cell.id for cell in grid.cells], len(grid.cells) - 2
    tagged(page, row, grid.relations[-2].id, 0, 9)
    tagged(page, 0, grid.relations[0].id, *repeated(first.text))
    page.locator("#_try > p select").select_option(grid.functions[0].id)
    page.locator("#_try .go").click()
    assert page.locator("#_try").get_by_text("編者：").count()
    theirs = {tag.cell for tag in tools.taggings(site)[first.id].cells}
    votes = [(cell in (cells[row], cells[0]), cell in theirs) for cell in cells]
    [kappa] = coefficients.kappa([votes], Samples.of([[1]]))
    assert kappa is not None
    expect(page.locator(".agreement")).to_contain_text(catalogue.of("zh-Hant").number(kappa, 2))
    page.reload()
    page.locator(".export summary").click()
    out = page.locator(".export pre")
    expect(out).to_contain_text("prefix")
    with page.expect_download() as saved:
        page.get_by_role("button", name="存檔").click()
    given = Path(saved.value.path()).read_text(encoding="utf-8")
    assert given.strip() == out.inner_text().strip()
    copy = tmp_path / "project"
    for folder in ("corpus", "annotations"):
        shutil.copytree(ROOT / folder, copy / folder)
    work = copy / "annotations" / site.project.works[0].id
    # while the editors decide between two coders, only these two are compared
    (work / "adjudication.yaml").unlink(missing_ok=True)
    coder = work / "tags" / "reader-of-the-test"
    coder.mkdir()
    (coder / "reader.yaml").write_text(given, encoding="utf-8")
    checked = load.checked(copy)
    assert checked.sound, [str(problem) for problem in checked.problems]
    assert checked.project
    both = {site.project.site.coder, coder.name}
    [pair] = [pair for pair in agreement.pairs(checked.project) if {*pair.coders} == both]
    figure = pair.figure("codes")
    assert figure is not None
    assert figure.estimate.value == pytest.approx(kappa)


# --- one file, one archive, few bytes -------------------------------------------------------------


AT_THE_TOP = """id => {
    const found = document.getElementById(id), top = found.getBoundingClientRect().top;
    return found.checkVisibility({visibilityProperty: true}) && found.matches(':target')
        && found.textContent.trim() !== '' && 0 <= top && top < innerHeight / 2;
}"""
"""Whether the element of an anchor, among all pages of the file, begins in the upper half of the window."""


@pytest.mark.reads("html", "Chromium")
@pytest.mark.parametrize("tree", TREES)
def test_every_anchor_of_the_edition_in_one_file_shows_its_passage(
    site: Built, read: Reader, tree: str
) -> None:
    page = read(TREES[tree] + "edition.html", java_script_enabled=False)
    ids = [block.id for block in site.project.works[0].blocks]
    chosen = (ids[0], ids[1], ids[len(ids) // 3], ids[len(ids) * 2 // 3], ids[-1])
    for id_ in chosen if tree == "hant" else chosen[::4]:
        page.goto(page.url.split("#")[0] + f"#{id_}")
        assert soon(page, lambda id_=id_: page.evaluate(AT_THE_TOP, id_))  # type: ignore[misc]
    assert page.evaluate("ids => ids.every(id => document.getElementById(id))", ids)


def test_the_reading_page_weighs_little_in_every_view(site: Built) -> None:
    for view in site.views:
        path = site.root / view / site.kinds["reading"]
        page = path.read_text(encoding="utf-8")
        parts = re.findall(r'(?:<link rel="(?:stylesheet|icon)" href|<script src)="([^"]+)"', page)
        weights = {part: len(gzip.compress((path.parent / part).read_bytes(), 9)) for part in parts}
        whole = len(gzip.compress(page.encode(), 9)) + sum(weights.values())
        scripts = sum(size for part, size in weights.items() if part.endswith(".js"))
        print(f"the reading page {view}: {whole / 1000:.1f} kB, its scripts {scripts / 1000:.1f} kB, gzipped")
        assert whole <= 60_000, view
        assert any(part.endswith(".svg") for part in parts)
        assert 0 < scripts <= 15_000
