"""Pictures in the browser: what they show follows the reading of the tags that is chosen, and arrow keys walk
their marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import proof_tools
import pytest
import test_browser
from playwright.sync_api import Browser, Locator, Page
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


# --- the keyboard ---------------------------------------------------------------------------------

STEPS = {"ArrowRight": (1, 0), "ArrowLeft": (-1, 0), "ArrowDown": (0, 1), "ArrowUp": (0, -1)}
FORWARD = ("ArrowRight", "ArrowDown")
MARKS = """svg => [...svg.querySelectorAll('a')].filter(one => one.getClientRects().length).map(one => {
    const box = one.getBoundingClientRect();
    return {href: one.getAttribute('href'), label: one.getAttribute('aria-label'), stop: one.tabIndex === 0,
        x: box.x + box.width / 2, y: box.y + box.height / 2};
})"""
"""The marks of a drawing that are shown, and their middles in the window."""
FOCUS = """(svg, n) => [...svg.querySelectorAll('a')].filter(one => one.getClientRects().length)[n]
    .focus({preventScroll: true})"""
FOCUSED = """svg => [...svg.querySelectorAll('a')].filter(one => one.getClientRects().length)
    .indexOf(document.activeElement)"""
"""The number of the mark that has the focus, from 0; -1 if none has it."""
LOST = """svg => {
    const marks = [...svg.querySelectorAll('a')].filter(one => one.getClientRects().length);
    const found = new Set(marks.slice(0, 1));
    for (const mark of found) {
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
            mark.focus({preventScroll: true});
            mark.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
            found.add(document.activeElement);
        }
    }
    const stops = marks.filter(one => one.tabIndex === 0).length;
    const lost = marks.filter(one => !found.has(one)).map(one => one.getAttribute('aria-label'));
    return [marks.length, stops, lost];
}"""
"""How many marks a drawing shows, how many of them are tab stops, and which no arrow key reaches."""
SHOWN = "svg.drawing:visible"
ARABIC = TINY.parent / "projects/arabic-rtl"
PLACES = {
    "score": (TINY, "index.html", "score"),
    "matrix": (TINY, "silence.html", "answers-ways-1"),
    "score from right to left": (ARABIC, "index.html", "score"),
    "matrix from right to left": (ARABIC, "silence.html", "answers-things"),
}
Place = tuple[Built, Page, Locator]


@pytest.fixture(scope="module")
def scripted(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, scripted: Page) -> Place:
    """A page with a picture, and the drawing of it that is shown."""
    source, name, picture = PLACES[request.param]
    built = proof_tools.on_disk_once(source)
    scripted.set_viewport_size({"width": 1440, "height": 900})
    scripted.goto(uri(built, name))
    scripted.keyboard.press("Home")
    return built, scripted, scripted.locator(f"#_picture-{picture} {SHOWN}")


def press(page: Page, drawing: Locator, start: int, *keys: str) -> int:
    """The number of the mark that has the focus after some keys, from that of a number."""
    drawing.evaluate(FOCUS, start)
    for key in keys:
        page.keyboard.press(key)
    found: int = drawing.evaluate(FOCUSED)
    return found


def ahead(marks: list[dict[str, Any]], at: int, key: str) -> dict[int, tuple[float, float]]:
    """The marks in a direction: how far each is along it, and across."""
    dx, dy = STEPS[key]
    here = marks[at]
    offsets = {n: (one["x"] - here["x"], one["y"] - here["y"]) for n, one in enumerate(marks)}
    places = {n: (x * dx + y * dy, abs(x * dy) + abs(y * dx)) for n, (x, y) in offsets.items()}
    return {n: (along, across) for n, (along, across) in places.items() if along > 1}


def same(marks: list[dict[str, Any]], at: int, key: str) -> list[int]:
    """The marks with the middle of another that come after it, of the keys left and up before it; the
    nearest in this order first.
    """
    here = marks[at]
    found = [
        n
        for n, one in enumerate(marks)
        if n != at and abs(one["x"] - here["x"]) <= 1 and abs(one["y"] - here["y"]) <= 1
    ]
    return [n for n in found if n > at] if key in FORWARD else [n for n in reversed(found) if n < at]


@pytest.mark.parametrize(
    ("source", "name"), [*dict.fromkeys((source, name) for source, name, _ in PLACES.values())]
)
def test_tab_stops_once_in_each_picture_of_a_page(scripted: Page, source: Path, name: str) -> None:
    built = proof_tools.on_disk_once(source)
    scripted.set_viewport_size({"width": 1440, "height": 900})
    scripted.goto(uri(built, name))
    drawings = scripted.locator(f"figure.picture {SHOWN}:has(a)")
    stops: Counter[int] = Counter()
    for _ in range(500):
        scripted.keyboard.press("Tab")
        if scripted.evaluate("document.activeElement === document.body"):
            break
        at = drawings.evaluate_all("all => all.findIndex(one => one.contains(document.activeElement))")
        if at >= 0:
            stops[at] += 1
            assert scripted.evaluate("document.activeElement.localName") == "a", "a mark, not the drawing"
    assert scripted.evaluate("document.activeElement === document.body"), "the end of the page"
    assert stops == dict.fromkeys(range(drawings.count()), 1)
    assert stops


def test_an_arrow_key_goes_to_a_mark_in_its_direction_and_leads_to_every_mark(place: Place) -> None:
    """No other mark is nearer both along the direction and across it."""
    _, page, drawing = place
    marks = drawing.evaluate(MARKS)
    assert len(marks) > 10
    below = drawing.locator("xpath=ancestor::figure").locator(".told")
    follows: dict[int, set[int]] = {n: set() for n in range(len(marks))}
    for at in range(len(marks)):
        for key in STEPS:
            to = press(page, drawing, at, key)
            follows[at].add(to)
            here = (marks[at]["label"], key, marks[to]["label"])
            if stacked := same(marks, at, key):
                assert to == stacked[0], here
            elif not (found := ahead(marks, at, key)):
                assert to == at, here
            else:
                assert to in found, here
                along, across = found[to]
                nearer = [n for n, (a, b) in found.items() if a < along - 1 and b < across - 1]
                straight = [n for n, (a, b) in found.items() if b <= across and a < along - 1]
                assert nearer + straight == [], here
            assert below.inner_text() == marks[to]["label"]
    reached, new = {0}, [0]
    while new:
        more = follows[new.pop()] - reached
        reached |= more
        new += more
    assert [marks[n]["label"] for n in range(len(marks)) if n not in reached] == []


def test_the_arrow_keys_follow_the_rows_and_the_columns_as_they_are_drawn(place: Place) -> None:
    """On a page from right to left the passages go on to the left, and so does the key that follows them."""
    built, page, drawing = place
    marks = drawing.evaluate(MARKS)
    hrefs = [one["href"] for one in marks]
    is_score = "score" in str(drawing.locator("xpath=ancestor::figure").get_attribute("id"))
    onward, back = "ArrowRight", "ArrowLeft"
    if page.locator("html").get_attribute("dir") == "rtl":
        onward, back = back, onward
    work = built.project.works[0]
    cells = [one for one in hrefs if one.startswith("grid/")]
    assert len(cells) == len(built.project.grid.cells)
    lines = [(cells, "ArrowDown", "ArrowUp")]
    if is_score:
        lines.append(([f"{work.id}/{one.id}.html" for one in work.passages], onward, back))
    for line, key, other in lines:
        numbers = [hrefs.index(href) for href in line]  # of a passage its number, which is above its marks
        assert [press(page, drawing, n, key) for n in numbers[:-1]] == numbers[1:]
        assert [press(page, drawing, n, other) for n in numbers[1:]] == numbers[:-1]
        assert press(page, drawing, numbers[0], *[key] * (len(numbers) - 1)) == numbers[-1]
    if is_score:  # from the name of the first row into the row, and back
        first = hrefs.index(cells[0])
        inside = press(page, drawing, first, onward)
        assert (marks[inside]["x"] > marks[first]["x"]) is (onward == "ArrowRight")
        assert abs(marks[inside]["y"] - marks[first]["y"]) <= 1
        assert press(page, drawing, inside, back) == first


def test_home_and_end_go_to_the_first_mark_and_the_last(place: Place) -> None:
    _, page, drawing = place
    last = len(drawing.evaluate(MARKS)) - 1
    for start in (0, last // 2, last):
        assert press(page, drawing, start, "Home") == 0
        assert press(page, drawing, start, "End") == last
        assert press(page, drawing, start, "End", "Home") == 0


def test_tab_leaves_a_picture_and_comes_back_to_the_mark_that_it_left(place: Place) -> None:
    _, page, drawing = place
    press(page, drawing, 0, "ArrowDown", "ArrowDown")
    at = drawing.evaluate(FOCUSED)
    assert at > 0
    assert [n for n, one in enumerate(drawing.evaluate(MARKS)) if one["stop"]] == [at]
    for key, other in (("Tab", "Shift+Tab"), ("Shift+Tab", "Tab")):
        page.keyboard.press(key)
        assert drawing.evaluate(FOCUSED) == -1
        page.keyboard.press(other)
        assert drawing.evaluate(FOCUSED) == at


def test_enter_follows_the_link_of_the_mark(place: Place) -> None:
    built, page, drawing = place
    marks = drawing.evaluate(MARKS)
    work = built.project.works[0]
    at = press(page, drawing, 0, "End")
    for _ in marks:
        if marks[at]["href"].startswith(f"{work.id}/"):
            break
        at = press(page, drawing, at, "ArrowUp")
    assert at > 0
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{marks[at]['href']}")
    assert page.url == uri(built, marks[at]["href"])


def test_keys_of_the_browser_are_left_to_it(place: Place) -> None:
    _, page, drawing = place
    at = len(drawing.evaluate(MARKS)) // 2
    for held in ("Control", "Alt", "Meta"):
        page.evaluate(
            """() => addEventListener('keydown', event => { window.taken = event.defaultPrevented; })"""
        )
        drawing.evaluate(FOCUS, at)
        for key in ("ArrowUp", "Home"):
            drawing.evaluate(
                """(_, [held, key]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
                    {key, [held]: true, bubbles: true, cancelable: true}))""",
                [{"Control": "ctrlKey", "Alt": "altKey", "Meta": "metaKey"}[held], key],
            )
            assert page.evaluate("window.taken") is False, (held, key)
            assert drawing.evaluate(FOCUSED) == at, (held, key)


def test_a_picture_keeps_its_tab_stop_where_another_reading_hides_the_mark(
    site: Built, scripted: Page
) -> None:
    scripted.set_viewport_size({"width": 1440, "height": 900})
    scripted.goto(uri(site, "index.html"))
    figure = scripted.locator("#_picture-score")
    drawing = figure.locator(SHOWN)
    figure.locator("[value=strict]").check()
    strict = [(one["href"], one["label"]) for one in drawing.evaluate(MARKS)]
    figure.locator("[value=published]").check()
    more = [n for n, one in enumerate(drawing.evaluate(MARKS)) if (one["href"], one["label"]) not in strict]
    assert more
    for at in more:
        figure.locator("[value=published]").check()
        press(scripted, drawing, at)
        figure.locator("[value=strict]").check()
        assert [n for n, one in enumerate(drawing.evaluate(MARKS)) if one["stop"]] == [0]
        for _ in range(3):
            scripted.keyboard.press("Tab")
            if drawing.evaluate(FOCUSED) == 0:
                break
        assert drawing.evaluate(FOCUSED) == 0


@pytest.mark.parametrize("width", [390, 1440])
def test_the_arrow_keys_reach_every_mark_of_every_picture(site: Built, scripted: Page, width: int) -> None:
    """Also one that has the middle of another, as a sign on hatching."""
    scripted.set_viewport_size({"width": width, "height": 900})
    scripted.goto(uri(site, "pictures.html"))
    scripted.evaluate("document.querySelectorAll('.turned').forEach(one => { one.open = true; })")
    for reading in READINGS:
        for choice in scripted.locator(f".reading-shown [value={reading}]").all():
            choice.check()
        drawn = 0
        for figure in scripted.locator("figure.picture").all():
            for drawing in figure.locator(f"{SHOWN}:has(a)").all():
                count, stops, lost = drawing.evaluate(LOST)
                assert count > 1
                assert (stops, lost) == (1, []), (reading, figure.get_attribute("id"))
                drawn += 1
        assert drawn >= 8
