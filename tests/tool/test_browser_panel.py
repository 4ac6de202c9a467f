"""The reading page in Chromium: the bar, the evidence, the panel of a passage and the filter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, Page
from proof_tools import ROOT, TINY, Built
from test_browser import address, soon, watched

from site_builder.site.views import COMMON

pytestmark = pytest.mark.browser
chromium = test_browser.chromium
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site() -> Built:
    return proof_tools.on_disk_once(TINY)


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Built) -> Iterator[Page]:
    """One page for all tests, with a script; it must say nothing and ask for nothing outside of the site."""
    page = chromium.new_context(reduced_motion="reduce").new_page()
    with watched(page, site.root) as messages:
        yield page
    page.context.close()
    assert not messages


def reading(page: Page, site: Built, id_: str = "", size: dict[str, int] = WIDE, query: str = "") -> Page:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto("about:blank")
    page.goto(address(site, site.kinds["reading"], id_, query))
    return page


def test_the_panel_shows_the_passage_and_escape_gives_the_focus_back(page: Page, site: Built) -> None:
    reading(page, site)
    link = page.locator("[data-passage=p2] [data-open]")
    link.focus()
    page.keyboard.press("Enter")
    page.locator(".drawer h2:focus").wait_for()
    drawer = page.locator(".drawer")
    assert "2" in drawer.locator("h2").inner_text()
    tagging = next(t for t in site.project.taggings if t.passage == "p2")
    assert tagging.gist in drawer.inner_text()
    words = {
        tuple((one.prefix, one.text, one.to, one.suffix) for one in tag.evidence) for tag in tagging.cells
    }
    assert drawer.locator(".piece").count() == len(words), "tags with the same words are together"
    assert drawer.locator(".piece .chip").count() == len(tagging.cells), "each tag is there once"
    assert drawer.locator(".piece q").count() == sum(map(len, words))
    beside = page.locator("[data-passage=p2] .note .chip").all_text_contents()
    assert sorted(drawer.locator(".piece .chip").all_text_contents()) == sorted(beside), "one name in both"
    several = sum(len(cell.traits) > 2 for cell in tagging.cells)
    assert drawer.locator(".piece .of-traits").count() == several
    assert page.url.endswith("#p2")
    assert page.locator("[data-passage=p2] .note").evaluate("e => getComputedStyle(e).visibility") == "hidden"
    page.keyboard.press("Escape")
    assert soon(page, drawer.is_hidden)
    assert soon(page, lambda: link.evaluate("e => e === document.activeElement"))


def test_a_tag_of_the_panel_shows_its_words(page: Page, site: Built) -> None:
    reading(page, site)
    page.locator("[data-passage=p2] [data-open]").click()
    chips = page.locator(".drawer .piece .chip")
    chips.first.wait_for()
    for n in range(chips.count()):
        chips.nth(n).focus()
        turns = {name for name in (chips.nth(n).get_attribute("class") or "").split() if name[1:].isdigit()}
        lit = page.locator("#p2 .lit").evaluate_all("all => all.map(e => [...e.classList])")
        assert lit
        assert all(turns & {*names} for names in lit)
    page.keyboard.press("Escape")


def test_the_panel_follows_the_passage_that_is_chosen(page: Page, site: Built) -> None:
    reading(page, site)
    page.locator("[data-passage=p2] [data-open]").click()
    page.locator(".drawer h2").wait_for()
    page.locator("#p9").click(position={"x": 40, "y": 12})
    assert soon(page, lambda: "3" in page.inner_text(".drawer h2"))
    page.locator(".step input").fill("4")
    page.keyboard.press("Enter")
    assert soon(page, lambda: "4" in page.inner_text(".drawer h2"))
    page.locator(".step input").press("ArrowUp")
    assert soon(page, lambda: "3" in page.inner_text(".drawer h2"))
    page.click(".drawer .close")


def test_on_a_phone_the_panel_is_a_sheet_that_the_back_button_closes(page: Page, site: Built) -> None:
    reading(page, site, size=PHONE)
    page.locator("[data-passage=p2] [data-open]").click()
    page.locator(".drawer h2").wait_for()
    box = page.locator(".drawer").bounding_box()
    assert box
    assert abs(box["y"] + box["height"] - PHONE["height"]) < 2
    assert box["width"] == PHONE["width"]
    small = """() => [...document.querySelectorAll('.drawer :is(.row > summary, .close, .acts a)')]
        .filter(e => e.getBoundingClientRect().height < 44).length"""
    assert page.evaluate(small) == 0
    top = page.locator("#p2").bounding_box()
    assert top
    assert top["y"] < box["y"], "the words are above the sheet"
    page.go_back()
    assert soon(page, page.locator(".drawer").is_hidden)
    assert page.url.split("#")[0] == address(site, site.kinds["reading"])


def test_without_a_script_the_link_leads_to_the_page_of_the_passage(chromium: Browser, site: Built) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address(site, site.kinds["reading"]))
    page.locator("[data-passage=p2] [data-open]").click()
    page.wait_for_url("**/p2.html")
    page.context.close()


def test_each_cell_of_a_quotation_has_a_line_of_its_own(page: Page, site: Built) -> None:
    reading(page, site)
    page.locator(".evidence [value=all]").check(force=True)
    lines = page.locator(".text mark").evaluate_all("""all => all.map(mark =>
        [mark, ...mark.querySelectorAll('[data-cell]')].map(e => {
            const style = getComputedStyle(e);
            const offset = parseFloat(style.textUnderlineOffset);
            return [style.textDecorationLine, style.textDecorationStyle, offset];
        }))""")
    assert lines
    for found in lines:
        assert all(line == "underline" for line, _, _ in found)
        offsets = [offset for _, _, offset in found]
        assert len(set(offsets)) == len(offsets)
    assert {style for found in lines for _, style, _ in found} == {"solid", "double"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_word_vanishes_in_forced_colours(chromium: Browser, site: Built, scheme: str) -> None:
    options = {"forced_colors": "active", "color_scheme": scheme}
    page = chromium.new_context(**options).new_page()  # type: ignore[arg-type]
    page.goto(address(site, site.kinds["reading"], "p2"))
    colours = page.locator(".words, .words mark, .words mark *").evaluate_all(
        "all => [...new Set(all.map(e => getComputedStyle(e).color))]"
    )
    assert len(colours) == 1, "the words of evidence have the colour of the text"
    assert page.locator("#p2 mark").first.evaluate("e => getComputedStyle(e, '::after').display") == "inline"
    page.context.close()


def test_at_most_eight_stops_of_the_tab_key_are_in_the_page_before_the_text(page: Page, site: Built) -> None:
    """Every stop from the start of the page, the link that skips them included."""
    reading(page, site)
    found = list[str]()
    while len(found) < 20:
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('article'))"):
            break
        found.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert 0 < len(found) <= 8, found
    assert "skip" in found[0]


@pytest.mark.parametrize(
    ("start", "key", "group"),
    [
        (".masthead .name", "ArrowRight", ".masthead .name, .places summary"),
        (".tools .script", "ArrowRight", ".tools .script, .settings > summary"),
        (".instrument > summary", "ArrowDown", ".instrument > summary"),
    ],
)
def test_arrow_keys_reach_each_control_of_a_group_and_it_stays_one_stop(
    page: Page, site: Built, start: str, key: str, group: str
) -> None:
    reading(page, site)
    controls = page.locator(group)
    assert controls.count() > 1
    page.locator(start).first.focus()
    for n in range(controls.count()):
        assert controls.nth(n).evaluate("e => e === document.activeElement"), n
        assert controls.evaluate_all("all => all.filter(e => e.tabIndex === 0).length") == 1
        page.keyboard.press(key)


def test_without_a_script_each_control_before_the_text_is_a_stop(chromium: Browser, site: Built) -> None:
    page = chromium.new_context(java_script_enabled=False, viewport=WIDE).new_page()  # type: ignore[arg-type]
    page.goto(address(site, site.kinds["reading"]))
    wanted = page.locator(
        ".masthead .name, .places summary, .toolbar > details > summary, .instrument > summary"
    )
    reached = set[str]()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML"))
    assert {*wanted.evaluate_all("all => all.map(e => e.outerHTML)")} <= reached
    page.context.close()


def test_the_strip_is_one_stop_and_arrow_keys_walk_it(page: Page, site: Built) -> None:
    reading(page, site)
    page.locator(".overview .strip a").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.hash") == page.locator(".overview .strip a").nth(
        1
    ).get_attribute("href")
    assert page.locator(".overview .strip a[tabindex='0']").count() == 1


def test_the_filter_is_in_the_address_and_finds_the_next_match(page: Page, site: Built) -> None:
    reading(page, site)
    page.click(".choosing > summary")
    box = page.locator(".filter .cells input").first
    box.check()
    assert "pick=" in page.url
    matches = page.locator(".unit:not([data-out])").evaluate_all("all => all.map(e => e.dataset.passage)")
    every = page.locator(".unit").evaluate_all("all => all.map(e => e.dataset.passage)")
    assert 0 < len(matches) < len(every)
    strip = page.locator(".overview .strip a:not([data-out])").evaluate_all(
        "all => all.map(a => a.hash.slice(1))"
    )
    assert strip == matches
    dimmed = page.locator(".unit[data-out] .words").first.evaluate("e => +getComputedStyle(e).opacity")
    assert 0.6 < dimmed < 0.7, "faded, and readable"
    page.locator("#_only").check()
    assert page.locator(".unit:visible").count() == len(matches)
    address_ = page.url
    page.goto("about:blank")
    page.goto(address_)
    assert box.is_checked()
    assert page.locator(".unit:visible").count() == len(matches)
    page.click(".outcome button[value='1']")
    assert soon(page, lambda: page.url.endswith("#" + matches[0]) or page.url.endswith("#" + matches[1]))
    page.click(".filter button[type=reset]")
    assert soon(page, lambda: "pick=" not in page.url)


def test_the_sign_of_a_note_opens_the_note_in_the_panel(page: Page, site: Built) -> None:
    note = next(one for one in site.project.notes if one.text)
    shown = page.locator(f".drawer [data-note={note.anchor}]")
    reading(page, site)
    sign = page.locator(f".nm[href='#{note.anchor}']")
    sign.click()
    shown.wait_for()
    assert note.body in shown.inner_text()
    assert soon(page, lambda: shown.evaluate("e => e === document.activeElement"))
    assert page.url.endswith(f"#{note.anchor}")
    page.keyboard.press("Escape")
    assert soon(page, lambda: sign.evaluate("e => e === document.activeElement"))
    assert page.locator(".drawer").is_hidden()
    reading(page, site, note.anchor)
    shown.wait_for()
    assert shown.is_visible()


def test_the_panel_copies_the_passage_with_its_source_and_keeps_it(page: Page, site: Built) -> None:
    reading(page, site)
    page.click("[data-passage=p2] [data-open]")
    copy, keep = page.locator(".drawer [data-act=cite]"), page.locator(".drawer [data-act=keep]")
    word = copy.inner_text()
    copy.click()
    assert soon(page, lambda: copy.inner_text() not in ("", word))
    keep.click()
    assert soon(page, lambda: page.evaluate("JSON.stringify({...localStorage}).includes('p2')"))
    passage = next(one for one in site.project.works[0].passages if one.id == "p2")
    kept = page.evaluate("EXCERPT.list()")
    assert [(one["id"], one["words"]) for one in kept] == [("p2", passage.text)]
    page.evaluate("localStorage.clear()")


def test_the_key_of_the_strip_names_the_places_in_their_order(page: Page, site: Built) -> None:
    reading(page, site)
    words = page.locator(".overview + .key").inner_text()
    grid = site.project.grid
    for named in (grid.dimensions, grid.poles):
        at = [words.index(str(one.name)) for one in named]
        assert at == sorted(at)
    places = page.locator(".overview + .key .micro i").evaluate_all("all => all.map(e => e.dataset.cell)")
    assert len(places) == len(grid.cells) == len({*places})


CONCERNED = """([sheets, panels]) => {
    document.querySelector('.drawer').innerHTML = panels.join('');
    const own = one => one.selectorText ? [one.selectorText] : [...(one.cssRules || [])].flatMap(own);
    const bare = one => one.replaceAll(':target', '.content')
        .replace(/::[a-z-]+|:(hover|focus-visible|visited)/g, '');
    return sheets.flatMap(text => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].flatMap(own).filter(one => document.querySelector(bare(one)));
    });
}"""


def test_no_rule_of_a_sheet_that_the_reading_page_leaves_out_concerns_it(page: Page, site: Built) -> None:
    """With the panels of all passages."""
    reading(page, site)
    linked = page.locator("link[rel=stylesheet]").evaluate_all("all => all.map(e => e.href.split('/').pop())")
    left = [site.root / name for name in COMMON if name.split("/")[1] not in linked]
    assert left
    sheets = [path.read_text(encoding="utf-8") for path in left]
    scripts = sorted(site.root.glob("data/panels/*/*.js"))
    panels = [json.loads(path.read_text(encoding="utf-8")[len("var PANEL=") : -2])[1] for path in scripts]
    assert panels
    assert page.evaluate(CONCERNED, [sheets, panels]) == []


def test_a_note_higher_than_its_paragraph_opens_no_hole(page: Page, site: Built) -> None:
    reading(page, site)
    holes = """() => [...document.querySelectorAll('.unit')].filter(unit => {
        const text = unit.querySelector('.text').getBoundingClientRect();
        const under = unit.querySelector('.under');
        return unit.getBoundingClientRect().height - (under ? under.offsetHeight : 0) > text.height + 20;
    }).map(unit => unit.dataset.passage)"""
    assert page.evaluate(holes) == []
    assert page.locator(".note [aria-expanded], .note summary").count() == 0


UNDER = """() => {
    const edge = document.querySelector('.drawer').getBoundingClientRect().left;
    const walk = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
    const range = document.createRange(), found = new Set();
    while (walk.nextNode()) {
        const text = walk.currentNode, within = text.parentElement;
        if (!text.data.trim() || within.closest('.note, .unseen')) continue;
        if (!within.checkVisibility({visibilityProperty: true})) continue;
        range.selectNodeContents(text);
        if ([...range.getClientRects()].some(box => box.right > edge + 1)) found.add(text.data.trim());
    }
    return [...found];
}"""
"""The words of the text, without the notes beside it, that reach under the panel."""


@pytest.mark.parametrize("width", [1100, 1280, 1440])
@pytest.mark.parametrize("source", [TINY, ROOT], ids=["tiny", "edition"])
def test_no_words_of_the_text_are_under_the_panel(chromium: Browser, source: Path, width: int) -> None:
    built = proof_tools.on_disk_once(source)
    with chromium.new_page(viewport={"width": width, "height": 900}) as page:
        for view in built.views:
            page.goto((built.root / view / built.kinds["reading"]).as_uri())
            page.locator("[data-open]").first.click()
            page.locator(".drawer h2").wait_for()
            assert page.evaluate(UNDER) == [], view


def test_the_panel_leads_to_the_passage_on_the_page_of_the_versions(page: Page, site: Built) -> None:
    reading(page, site, "p2")
    page.locator("[data-passage=p2] [data-open]").click()
    link = page.locator(".drawer a", has_text="並排")
    link.wait_for(state="attached")
    page.goto(link.evaluate("a => a.href"))
    assert page.url.split("/")[-1] == "versions.html#p2"
    assert page.locator(":target").count() == 1
