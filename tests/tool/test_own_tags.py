"""Tags of the reader (``try.html``): the tool reads what the page exports."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from conftest import ROOT, TINY
from page_reader import three_works
from playwright.sync_api import Page, expect
from proof_tools import Built, on_disk_once
from test_browser import Opener, address, chromium, opened
from test_drafts import draft

from site_builder.edges import load
from site_builder.edition import quotes
from site_builder.edition.codes import of_tag
from site_builder.edition.edition import Edition

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
    expect(works).to_have_value("dike")
    expect(page.locator("#_try > p select")).to_have_value("scene")
    works.select_option("canal")
    expect(page.locator("#_try > p select")).to_have_value("")
    works.select_option("dike")
    expect(page.locator("#_try > p select")).to_have_value("scene")


# --- the page changes in place --------------------------------------------------------------------

FOCUSED = "one => one === document.activeElement"
PROJECTS = ("tests/tiny", "tests/projects/classics", "tests/projects/simplified-two-coders")
"""Projects with cells and relations; with entries and several works; without poles and relations."""


def begun(page: Page, site: Built, name: str = "try.html", fragment: str = "") -> Page:
    """The page for trying tags, for a reader who was never there."""
    page.goto(address(site, name))
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.goto(address(site, name, fragment))
    return page


def tagged(page: Page, row: int) -> None:
    """Tag a row, with the first relation if there are relations."""
    control = page.locator("#_try tr").nth(row).locator("td").first.locator("select, input")
    if control.evaluate("one => one.type") == "checkbox":
        control.check()
    else:
        control.select_option(index=1)


@pytest.mark.parametrize("name", PROJECTS)
def test_the_focus_stays_on_what_was_used(opened: Opener, name: str) -> None:
    """Each control is used by keyboard; the elements before and after are the same."""
    page = begun(opened(), on_disk_once(ROOT / name))
    row = page.locator("#_try tr").first
    choice = row.locator("td").first.locator("select, input")
    choice.focus()
    page.keyboard.press("Space" if choice.evaluate("one => one.type") == "checkbox" else "ArrowDown")
    assert choice.evaluate(FOCUSED)
    take = row.locator("td").nth(1).locator("button").last
    expect(take).to_be_visible()
    page.evaluate(SELECT, [0, 3])
    take.focus()
    page.keyboard.press("Enter")
    expect(row.locator(".own q")).to_have_count(1)
    assert take.evaluate(FOCUSED)
    buttons = page.locator("#_try .row button")
    for number, press in ((2, "Enter"), (1, "Space"), (0, "Enter"), (0, "Enter")):
        buttons.nth(number).focus()
        page.keyboard.press(press)
        assert buttons.nth(number).evaluate(FOCUSED)
    assert row.locator(".own q").count() == 0  # another passage
    heading = page.locator("#_try h2")
    expect(heading).to_be_in_viewport()
    page.locator("#_try label input").focus()
    page.keyboard.type("ab")
    assert page.locator("#_try label input").evaluate(FOCUSED)
    assert page.locator("#_try label input").input_value() == "ab"
    function = page.locator("#_try > p select")
    if function.count():
        function.focus()
        page.keyboard.press("ArrowDown")
        assert function.evaluate(FOCUSED)


def test_after_a_quotation_is_removed_the_focus_is_on_a_control_of_its_row(
    site: Built, opened: Opener
) -> None:
    """The button of the next quotation, else of the one before, else the button that takes a selection.

    At most two quotations fit: the button that takes a selection goes with the second, and comes back.
    """
    page = begun(opened(), site)
    tagged(page, 1)
    own = page.locator("#_try tr").nth(1).locator(".own")
    buttons = own.locator("button:visible")
    for start in (0, 5):
        page.evaluate(SELECT, [start, start + 3])
        buttons.last.focus()
        page.keyboard.press("Enter")
    expect(buttons).to_have_count(2)
    expect(own.locator("q")).to_have_count(2)
    assert buttons.last.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    expect(own.locator("q")).to_have_count(1)
    assert buttons.first.evaluate(FOCUSED)
    assert buttons.count() == 2
    page.evaluate(SELECT, [5, 8])
    buttons.last.click()
    second = own.locator("q").last.inner_text()
    buttons.first.focus()
    page.keyboard.press("Enter")
    assert own.locator("q").all_inner_texts() == [second]
    assert buttons.first.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    expect(own.locator("q")).to_have_count(0)
    assert buttons.count() == 1
    assert buttons.first.evaluate(FOCUSED)


def test_what_is_exported_follows_the_tags_while_it_is_shown(site: Built, opened: Opener) -> None:
    page = begun(opened(), site)
    page.locator(".export summary").click()
    expect(page.locator(".export pre")).not_to_be_empty()  # it is filled after the click
    before = page.locator(".export pre").inner_text()
    page.locator("#_try > p select").select_option("scene")
    expect(page.locator(".export pre")).to_contain_text("function: scene")
    page.once("dialog", lambda one: one.accept())
    page.locator(".export button").last.click()
    expect(page.locator(".export pre")).to_have_text(before)
    expect(page.locator("#_try > p select")).to_have_value("")
    assert page.locator(".export button").last.evaluate(FOCUSED)


# --- the place ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PROJECTS)
def test_a_reload_and_a_link_lead_to_the_passage(opened: Opener, name: str) -> None:
    site = on_disk_once(ROOT / name)
    page = begun(opened(), site)
    works = site.project.works
    work = works[-1]
    several = len(works) > 1
    if several:
        page.locator("#_try > select").select_option(work.id)
    page.locator("#_try .row button").nth(1).click()
    second, third = work.passages[1], work.passages[2]
    shown = page.locator("#_try .text")
    fragment = (f"{work.id}/" if several else "") + second.id
    assert page.url == address(site, "try.html", fragment)
    expect(shown).to_have_text(second.text)
    page.reload()
    expect(shown).to_have_text(second.text)
    page.goto("about:blank")
    page.goto(address(site, "try.html"))  # the reader comes back without a fragment
    expect(shown).to_have_text(second.text)
    assert page.url == address(site, "try.html", fragment)
    page.evaluate("id => { location.hash = id; }", fragment.replace(second.id, third.id))
    expect(shown).to_have_text(third.text)
    page.evaluate("location.hash = 'nothing/nowhere'")
    expect(shown).to_have_text(third.text)
    begun(page, site, fragment=fragment)
    expect(shown).to_have_text(second.text)
    begun(page, site, fragment="nowhere")
    expect(shown).to_have_text(works[0].passages[0].text)


# --- what the codes mean, and what the editors found ----------------------------------------------


@pytest.mark.parametrize("name", [*PROJECTS, "tests/projects/english-flat", "tests/projects/arabic-rtl"])
def test_every_code_is_defined_on_the_page_in_the_language_of_the_view(opened: Opener, name: str) -> None:
    site = on_disk_once(ROOT / name)
    edition = Edition.of(site.project)
    grid = site.project.grid
    codes = [
        edition.index.cells[code.id].definition
        if code.kind == "cell"
        else edition.index.entries[code.facet, code.id].definition.localized
        for code in edition.paints
    ]
    wanted = [*codes, *(term.definition for term in (*grid.relations, *grid.functions))]
    assert any(wanted)
    for locale in edition.locales:
        page = begun(opened(), site, f"{locale.folder}/try.html".lstrip("/"))
        folded = page.locator("#_try .definitions")
        if not any(map(locale.say, wanted)):
            expect(folded).to_have_count(0)
            continue
        expect(folded.locator("dd").first).to_be_hidden()
        folded.locator("summary").click()
        expect(folded.locator("dd").first).to_be_visible()
        assert folded.locator("dd").all_text_contents() == [locale.say(one) for one in wanted if one]
        assert folded.locator("dd").evaluate_all("all => all.map(one => one.lang)") == [
            locale.foreign(one) for one in wanted if one
        ]
        names = [*(term.name for term in (*grid.relations, *grid.functions) if term.definition)]
        assert folded.locator("dt:not(:has(.chip))").all_text_contents() == [locale.say(one) for one in names]


@pytest.mark.parametrize("name", [*PROJECTS, "tests/projects/arabic-rtl"])
def test_the_evidence_of_the_editors_is_shown_with_their_tags(opened: Opener, name: str) -> None:
    """In every passage of the first work: the words of each code, and the marks in the passage."""
    site = on_disk_once(ROOT / name)
    edition = Edition.of(site.project)
    work = site.project.works[0]
    found = 0
    for locale in edition.locales:
        page = begun(opened(), site, f"{locale.folder}/try.html".lstrip("/"))
        for passage in work.passages:
            key = (work.id, passage.id)
            assert page.locator("#_try :is(mark, .theirs q)").count() == 0
            hidden = page.locator("#_try [hidden]")
            assert hidden.count()
            assert not hidden.locator("visible=true").count()
            page.locator("#_try .go").click()
            assert page.locator("#_try .go").evaluate(FOCUSED)
            tags = edition.painted_tags(edition.index.taggings.get(key))
            for row, code in enumerate(edition.paints):
                evidence = [one for tag in tags if of_tag(tag).whole == code for one in tag.evidence]
                cell = page.locator("#_try tr").nth(row).locator(".theirs")
                quoted = [locale.say(one) for one in edition.shown_quotations(evidence, passage)]
                assert cell.locator("q").all_text_contents() == quoted
                voices = [one for one in evidence if one.voice != "author"]
                assert cell.locator(".voice").count() == len(voices)
                found += len(voices)
                places = edition.index.placed(tuple(evidence))
                text = locale.say(passage.text)
                marks = page.locator(f"#_try .text [data-cell='{edition.code_slug(code)}']")
                inside = [{*range(*one)} for one in places]
                wanted = "".join(text[at] for at in sorted(set().union(*inside)))
                assert "".join(marks.all_text_contents()) == wanted
            assert page.locator("#_try .text").text_content() == locale.say(passage.text)
            own = page.locator("#_try .text").get_attribute("lang")
            assert (
                page.locator("#_try .theirs q").evaluate_all("all => all.map(one => one.lang)")
                == [own or ""] * page.locator("#_try .theirs q").count()
            )
            page.locator("#_try .row button").nth(1).click()
    assert found or name != "tests/tiny"


def test_words_with_several_codes_have_a_line_for_each(site: Built, opened: Opener) -> None:
    page = begun(opened(), site)
    page.evaluate(
        """() => {
            const data = TRYOUT['zh-Hant'];
            data.passages[0][4] = [
                [data.cells[1][0], 'shows', [[2, 6]]],
                [data.cells[0][0], 'shows', [[0, 4]]],
                [data.cells[1][0], 'asks', [[3, 4]]],
            ];
        }"""
    )
    page.locator("#_try .go").click()
    text = site.project.works[0].passages[0].text
    first, second = (page.evaluate("n => TRYOUT['zh-Hant'].cells[n][1]", n) for n in (0, 1))
    shown = page.locator("#_try .text > mark").evaluate_all(
        """all => all.map(one => [one.textContent, one.dataset.label ?? "",
            [one, ...one.querySelectorAll("span")].map(each =>
                [each.dataset.cell, each.dataset.lower ?? ""])])"""
    )
    assert [one[0] for one in shown] == [text[:2], text[2:3], text[3:4], text[4:6]]
    assert [one[2] for one in shown] == [
        [[first, ""]],
        [[first, ""], [second, "4"]],
        [[first, ""], [second, "4"]],
        [[second, ""]],
    ]
    signs = [page.evaluate("n => TRYOUT['zh-Hant'].cells[n][2]", n) for n in (0, 1)]
    assert [one[1] for one in shown] == ["", "", "\N{NO-BREAK SPACE}".join(signs), signs[1]]
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("name", PROJECTS)
def test_a_negative_code_has_the_double_border_of_other_pages(opened: Opener, name: str) -> None:
    site = on_disk_once(ROOT / name)
    page = begun(opened(), site)
    edition = Edition.of(site.project)
    wanted = [not paint.first for paint in edition.paints.values()]
    chips = page.locator("#_try table .chip")
    assert chips.evaluate_all("all => all.map(one => one.classList.contains('negative'))") == wanted
    assert any(wanted) == (name == "tests/tiny")
