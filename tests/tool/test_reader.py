"""The effects of a reader's actions on the pages, compared with the data of the site."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import reader_tools as tools
from playwright.sync_api import Page
from proof_tools import Built
from reader_tools import SELECT, WORDS, Reader, passage_at, soon
from views import ENGLISH, HANS, LANGUAGES, TREES

from site_builder.citing import citation
from site_builder.edition import witness
from site_builder.language import catalogue, chinese
from site_builder.model import Passage, SentenceRange

pytestmark = pytest.mark.browser

chromium, opened, read, site = tools.chromium, tools.opened, tools.read, tools.site

# --- citing ---------------------------------------------------------------------------------------

DAY = {"reader": "on a day", "timezone_id": "Asia/Taipei"}
EVENING, DATE = "2027-03-04T20:00:00Z", "2027-03-05"
INNER = {"「": "『", "」": "』", "『": "「", "』": "」", "“": "‘", "”": "’", "‘": "“", "’": "”"}


def on_a_day(read: Reader, name: str) -> Page:
    """A page on a day whose date is another one in Greenwich, with a clipboard that may be read."""
    page = read(name, **DAY)
    page.clock.set_fixed_time(EVENING)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.reload()
    return page


def sentence_of(passage: Passage, start: int, end: int) -> SentenceRange | None:
    """The sentence that holds some words; ``None`` if none does alone."""
    found = [one for one in passage.sentences if one.start <= start and end <= one.end]
    return found[0] if found else None


def quotation(
    site: Built, tree: str, passage: Passage, words: str, sentence: SentenceRange | None = None
) -> str:
    language = "zh-Hans" if tree == "hans" else "zh-Hant"
    message = citation.quotation(
        site.project.works[0].record, site.project.site, of_sentence=sentence is not None
    )
    form = catalogue.of(language).text(message, tools.converter(site, tree))
    inner = "".join(INNER.get(char, char) for char in words)
    return (
        form.replace("{number}", f"{passage.number}")
        .replace("{sentence}", f"{sentence.number}" if sentence else "")
        .replace("{id}", sentence.id if sentence else passage.id)
        .replace("{words}", inner)
    )


def place(site: Built, tree: str, passage: Passage) -> str:
    """A passage as it is named in a copy of the site without an address."""
    language = "zh-Hans" if tree == "hans" else "zh-Hant"
    form = catalogue.of(language).text(citation.place(site.project.site), tools.converter(site, tree))
    return form.replace("{number}", f"{passage.number}").replace("{id}", passage.id)


@pytest.mark.parametrize("tree", TREES)
def test_the_number_of_every_passage_opens_its_link_and_its_words(
    site: Built, read: Reader, tree: str
) -> None:
    convert = tools.converter(site, tree)
    page = on_a_day(read, TREES[tree] + site.kinds["reading"])
    for passage in tools.passages(site)[:: 1 if tree == "hant" else 6]:
        page.click(f"[data-passage={passage.id}] .num")
        shown = page.locator(".card:popover-open").evaluate(
            "c => [c.querySelector('.address').textContent, c.querySelector('[data-quote]').textContent]"
        )
        where = place(site, tree, passage)  # on disk an address would be a path of this machine
        assert shown == [where, quotation(site, tree, passage, convert(passage.text))]
        assert page.locator(".card .without-address").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(".card:popover-open").count()
        assert page.evaluate("document.activeElement.dataset.cite") == passage.id


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("kind", ["reading", "passage"])
def test_the_card_gives_every_style_with_the_place_and_the_day(
    site: Built, read: Reader, tree: str, kind: str
) -> None:
    page = on_a_day(read, TREES[tree] + site.kinds[kind])
    id_ = page.locator("a[data-cite]").last.get_attribute("data-cite")
    passage = next(p for p in tools.passages(site) if p.id == id_)
    page.click(f"a[data-cite={id_}]")
    page.wait_for_selector(".card:popover-open")
    shown: list[list[str]] = page.locator(".card:popover-open option").evaluate_all(
        """all => all.map(option => { const select = option.closest('select');
            select.value = option.value; select.dispatchEvent(new Event('change'));
            const lines = [...option.closest('.card').querySelectorAll('.styled p')];
            const quote = option.closest('.card').querySelector('[data-quote]').textContent;
            return [lines.map(line => line.textContent).join('\\n'), quote] })"""
    )
    convert = tools.converter(site, tree)
    where = {
        "{number}": f"{passage.number}",
        "{id}": passage.id,
        "{date}": DATE,
    }
    forms = citation.styles(site.project.works[0].record, site.project.site, citation.Locator())
    wanted = [convert(form.entry) for form in forms]
    if tree == "hans":  # an entry for programs names the script of the words
        wanted = [
            text.replace("zh-Hant", "zh-CN") if form.plain else text
            for form, text in zip(forms, wanted, strict=True)
        ]
    in_text = [convert(form.in_text) for form in forms]
    for name, value in where.items():
        wanted = [text.replace(name, value) for text in wanted]
        in_text = [text.replace(name, value) for text in in_text]
    assert [entry for entry, _ in shown] == wanted
    # the quotation has the citation in the text that the style has
    for form, text, (_, quote) in zip(forms, in_text, shown, strict=True):
        if form.latin:
            assert quote.endswith(tuple(f"{mark} {text}" if text else mark for mark in "」”")), form.style
        else:
            assert quote == quotation(site, tree, passage, convert(passage.text))
    assert sum(DATE in text for text in wanted) == sum("{date}" in form.entry for form in forms) > 0
    assert sum(f"#{id_}" in text for text in wanted) == sum("{id}" in form.entry for form in forms) > 0


def test_the_words_that_are_selected_are_quoted_and_those_of_before_are_not(
    site: Built, read: Reader
) -> None:
    page = on_a_day(read, site.kinds["reading"])
    first, second = [passage for passage in tools.passages(site)[1:] if len(passage.text) > 40][:2]
    spaced = [passage for passage in tools.passages(site) if " " in passage.text[5:-5]][:1]
    gaps = [(passage, passage.text.index(" ", 5)) for passage in spaced]
    for passage, start, end in (
        *((first, 4, 31), (second, 9, 14)),
        *((passage, at - 5, at + 5) for passage, at in gaps),
    ):
        words = page.evaluate(SELECT, [f"#{passage.id}", start, end])
        assert words == passage.text[start:end]
        page.click(f"[data-passage={passage.id}] .num")
        quoted = page.inner_text(".card:popover-open [data-quote]")
        assert quoted == quotation(site, "hant", passage, words, sentence_of(passage, start, end))
        page.keyboard.press("Escape")
    # words that are selected and let go; the other passage has them too
    pairs = ((one, other) for one in tools.passages(site) for other in tools.passages(site) if one != other)
    one, other, words = next(
        (one, other, words)
        for one, other in pairs
        for words in re.findall("[\u4e00-\u9fff]{2}", one.text)
        if words in other.text
    )
    at = one.text.index(words)
    page.evaluate(SELECT, [f"#{one.id}", at, at + 2])
    page.evaluate("getSelection().removeAllRanges()")
    page.click(f"[data-passage={other.id}] .num")
    whole = quotation(site, "hant", other, other.text)
    assert page.inner_text(".card:popover-open [data-quote]") == whole


def test_each_part_of_the_card_is_copied_as_it_is_shown(site: Built, read: Reader) -> None:
    page = on_a_day(read, site.kinds["reading"])
    page.click(f"[data-passage={passage_at(site, 0.22).id}] .num")
    for part in (".address", "[data-quote]", ".styled"):
        button = page.locator(f".card:popover-open button[data-of='{part}']")
        button.click()
        assert soon(page, lambda button=button: button.inner_text() == "已複製")  # type: ignore[misc]
        shown = page.locator(f".card:popover-open {part}").evaluate(
            "e => [...e.childNodes].map(one => one.textContent).join('\\n')"
        )
        assert page.evaluate("navigator.clipboard.readText()") == shown


@pytest.mark.parametrize("old_way", ["works", "is refused"])
def test_without_a_clipboard_the_words_are_copied_in_the_old_way_or_selected(
    site: Built, read: Reader, old_way: str
) -> None:
    page = on_a_day(read, site.kinds["reading"])
    page.evaluate("navigator.clipboard.writeText('nothing yet')")
    page.evaluate(
        """refused => { window.board = navigator.clipboard;
        Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true});
        if (refused) document.execCommand = () => false }""",
        old_way == "is refused",
    )
    page.click(f"[data-passage={passage_at(site, 0.22).id}] .num")
    words = page.inner_text(".card:popover-open [data-quote]")
    page.click(".card:popover-open button[data-of='[data-quote]']")
    areas = page.locator(".card:popover-open textarea")
    if old_way == "works":
        assert soon(page, lambda: page.evaluate("board.readText()") == words)
        assert not areas.count()
    else:
        area = "a => [a.value, a.value.slice(a.selectionStart, a.selectionEnd), a === document.activeElement]"
        assert areas.evaluate(area) == [words, words, True]
        assert page.evaluate("board.readText()") == "nothing yet"


def test_the_style_that_was_chosen_is_chosen_again_in_either_script(site: Built, read: Reader) -> None:
    page = on_a_day(read, site.kinds["reading"])
    index = 10  # of the edition
    page.click(f"[data-passage={passage_at(site, 0.06).id}] .num")
    page.locator(".card:popover-open select").select_option(index=index)
    for name in (site.kinds["passage"], HANS + site.kinds["reading"]):
        page = read(name, **DAY)
        page.locator("a[data-cite]").first.click()
        assert page.locator(".card:popover-open select").evaluate("s => s.selectedIndex") == index, name


# --- the text as it was received, and what its conversion loses -----------------------------------


def test_as_received_is_the_witness_to_the_letter_and_off_again_the_edition(
    site: Built, read: Reader
) -> None:
    work = site.project.works[0]
    edited = {p.id: p.text for p in work.passages}
    received = {id_: witness.undo(work, id_, text) for id_, text in edited.items()}
    page = read(site.kinds["reading"])

    def texts() -> dict[str, str]:
        units = page.locator(".unit")
        return dict(
            zip(
                units.evaluate_all("all => all.map(u => u.dataset.passage)"),
                units.evaluate_all(f"all => all.map({WORDS})"),
                strict=True,
            )
        )

    before = page.locator("article").evaluate("e => e.innerHTML")
    assert texts() == edited
    page.click(".marking summary")
    page.locator("#_as-received").check()
    assert texts() == received
    assert not page.locator(".unit .label:visible").count()
    page.locator("#_as-received").uncheck()
    assert texts() == edited
    assert page.locator("article").evaluate("e => e.innerHTML") == before
    assert not read(HANS + site.kinds["reading"]).locator("#_as-received").count()


STANDS_OUT = """() => [...document.querySelectorAll('.unit')].filter(unit =>
    getComputedStyle(unit.querySelector('.text'), '::before').content !== 'none')
    .map(unit => unit.dataset.passage)"""


@pytest.mark.parametrize("tree", TREES)
def test_only_the_passage_that_an_address_names_is_highlighted(site: Built, read: Reader, tree: str) -> None:
    for javascript in (True, False):
        for id_ in (passage_at(site, 0).id, passage_at(site, 0.3).id):
            page = read(TREES[tree] + site.kinds["reading"], id_, java_script_enabled=javascript)
            assert page.evaluate(STANDS_OUT) == [id_]
    page = read(TREES[tree] + site.kinds["reading"])
    assert page.evaluate(STANDS_OUT) == []


def test_it_is_also_highlighted_in_the_text_as_received(site: Built, read: Reader) -> None:
    id_ = passage_at(site, 0.3).id
    page = read(site.kinds["reading"], id_)
    page.click(".marking summary")
    for received in (True, False):
        page.locator("#_as-received").set_checked(received)
        assert page.evaluate(STANDS_OUT) == [id_]


LENS = """(unit) => {
    const walker = document.createTreeWalker(unit.querySelector('.text'), NodeFilter.SHOW_TEXT);
    const found = [];
    let at = 0, node;
    while ((node = walker.nextNode())) {
        if (node.parentElement.closest('.num, .label')) continue;
        for (const char of node.data) {
            const of = node.parentElement.closest('.l-merges, .l-lossy');
            if (of) found.push([at, of.matches('.l-merges') ? 'merges' : 'lossy',
                getComputedStyle(of).textDecorationLine]);
            at++;
        }
    }
    return found
}"""


@pytest.mark.parametrize("tree", TREES)
def test_the_losses_of_the_conversion_are_marked_on_request(site: Built, read: Reader, tree: str) -> None:
    wanted = [chinese.conversion_losses(passage.text) for passage in tools.passages(site)]
    page = read(TREES[tree] + site.kinds["reading"])
    box, legend = page.locator("#_show-losses"), page.locator(".for-losses")
    page.click(".marking summary")
    assert not legend.is_visible()
    for asked, line in ((True, "underline"), (False, "none")):
        box.set_checked(asked)
        found = page.locator(".unit").evaluate_all(f"all => all.map({LENS})")
        assert found == [[[offset, kind, line] for offset, kind in losses] for losses in wanted]
        assert legend.is_visible() is asked
    kinds = [kind for losses in wanted for _, kind in losses]
    numbers = re.findall(r"\d+", legend.text_content() or "")
    assert numbers == [str(kinds.count("merges")), str(kinds.count("lossy"))]


# --- choosing passages ----------------------------------------------------------------------------

CHOOSE = """ids => { for (const box of document.querySelectorAll('.filter input'))
    if (box.checked !== ids.includes(box.id)) box.click();
    return [...document.querySelectorAll('.unit')]
        .filter(u => getComputedStyle(u.querySelector('.words')).opacity === '1')
        .map(u => u.dataset.passage) }"""


def test_the_table_of_cells_has_headers_and_the_arrows_walk_it(site: Built, read: Reader) -> None:
    grid = site.project.grid
    page = read(site.kinds["reading"])
    page.click(".choosing summary")
    table = page.locator(".filter table.cells")
    heads = "all => all.map(th => th.scope + ' ' + th.textContent)"
    assert table.locator("thead th").evaluate_all(heads) == [f"col {pole.name}" for pole in grid.poles]
    assert table.locator("tbody th").evaluate_all(heads) == [f"row {d.name}" for d in grid.dimensions]
    at = {(cell.dimension, cell.pole): tools.boxes(site)["cells"][cell.id] for cell in grid.cells}
    rows = [[at[(d.id, pole.id)] for pole in grid.poles] for d in grid.dimensions]
    table.locator("input").first.focus()
    y = x = 0
    rng = random.Random(7)
    steps = {"ArrowUp": (-1, 0), "ArrowDown": (1, 0), "ArrowLeft": (0, -1), "ArrowRight": (0, 1)}
    for key in ("ArrowUp", "ArrowDown", "ArrowRight", "ArrowRight", *rng.choices([*steps], k=20)):
        page.keyboard.press(key)
        y = min(max(y + steps[key][0], 0), len(rows) - 1)
        x = min(max(x + steps[key][1], 0), len(rows[0]) - 1)
        assert page.evaluate("document.activeElement.id") == rows[y][x]
    page.keyboard.press("Space")
    assert page.locator(f"#{rows[y][x]}").is_checked()


@pytest.mark.parametrize("tree", TREES)
def test_what_is_chosen_stays_and_the_rest_is_dimmed_by_the_tags(
    site: Built, read: Reader, tree: str
) -> None:
    tags, boxes = tools.taggings(site), tools.boxes(site)
    ids = [passage.id for passage in tools.passages(site)]
    page = read(TREES[tree] + site.kinds["reading"])
    page.click(".choosing summary")
    for group, choices in boxes.items():
        for id_, box in choices.items():
            count = sum(holds_for(tags, passage, {group: {id_}}) for passage in ids)
            shown = page.locator(f"label:has(#{box}) .count").text_content()
            assert shown == f"{count}", (group, id_)
    rng = random.Random(11)
    sizes = set()
    for turn in range(48 if tree == "hant" else 16):  # the other script has the same boxes
        chosen: dict[str, set[str]] = {}
        for group in rng.sample([*boxes], rng.choice([1, 2, 2, 3])):
            chosen[group] = {*rng.sample([*boxes[group]], min(len(boxes[group]), rng.choice([1, 2, 3])))}
        if turn < 16:  # the pair that must be of one tag
            chosen = {group: {rng.choice([*boxes[group]])} for group in ("cells", "relations")}
        wanted = [id_ for id_ in ids if holds_for(tags, id_, chosen)]
        found = page.evaluate(CHOOSE, [boxes[group][id_] for group in chosen for id_ in chosen[group]])
        assert found == wanted, chosen
        sizes.add(len(wanted))
        if turn % 8 == 0:
            words = "符合条件" if tree == "hans" else "符合條件"
            tally = f"{words}：{len(wanted)} / {len(ids)} 段"
            assert soon(page, lambda tally=tally: page.inner_text("#_tally") == tally), tally  # type: ignore[misc]
    assert len(sizes) > 1
    page.click(".filter button[type=reset]")
    assert page.evaluate(CHOOSE, []) == ids
    assert soon(page, lambda: page.inner_text("#_tally") == "")


def holds_for(tags: dict[str, Any], passage: str, chosen: dict[str, set[str]]) -> bool:
    return tools.holds(tags.get(passage), chosen)


# --- where the reader is, and the other script ----------------------------------------------------


@pytest.mark.parametrize("tree", TREES)
def test_the_rail_and_the_strip_follow_the_reading(site: Built, read: Reader, tree: str) -> None:
    page = read(TREES[tree] + site.kinds["reading"])
    rail = page.locator(".rail a").evaluate_all("all => all.map(a => a.hash.slice(1))")
    blocks = [block.id for block in site.project.works[0].blocks]
    current = "all => all.map(a => a.getAttribute('aria-current') + a.hash)"
    for id_ in (passage_at(site, share).id for share in (0.1, 0.8, 0.3, 0.55)):
        page.evaluate("id => document.getElementById(id).scrollIntoView()", id_)
        head = [b for b in blocks[: blocks.index(id_)] if b in rail][-1]
        for part, goal in ((".overview .strip", id_), (".rail", head)):
            marked = page.locator(f"{part} [aria-current]")
            wanted = [f"location#{goal}"]
            assert soon(page, lambda m=marked, w=wanted: m.evaluate_all(current) == w), (part, id_)  # type: ignore[misc]


def test_one_click_leads_to_the_same_passage_in_each_other_view(site: Built, read: Reader) -> None:
    page = read(site.kinds["reading"])
    for share, goal in ((0.3, HANS), (0.65, ""), (0.4, ENGLISH), (0.75, HANS), (0.2, ENGLISH), (0.5, "")):
        id_ = passage_at(site, share).id
        page.evaluate("id => document.getElementById(id).scrollIntoView()", id_)
        # pressed where it is: a click of the driver's own would first scroll the page
        link = page.locator(f".toolbar a.script[hreflang={LANGUAGES[goal]}]")
        link.wait_for()  # the bar has it as soon as the masthead is out of sight
        spot = link.bounding_box()
        assert spot
        page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
        page.wait_for_url((site.root / goal / site.kinds["reading"]).as_uri() + f"#{id_}")
        # in a translation the summary is between the number and the words
        number = f"document.getElementById('{id_}').closest('.unit').querySelector('.num')"
        top = f"{number}.getBoundingClientRect().top"
        assert soon(page, lambda top=top: -5 < page.evaluate(top) < 160)  # type: ignore[misc]


@pytest.mark.parametrize("memory", ["zh-Hans", "zh-Hant", "en", "what is no script"])
def test_the_script_that_is_remembered_is_opened_and_never_leads_in_a_circle(
    site: Built, read: Reader, memory: str
) -> None:
    page = read("index.html")
    page.evaluate("script => localStorage.setItem('reader-script', script)", memory)
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    for tree in ("", HANS, ENGLISH):
        seen.clear()
        page = read(tree + site.kinds["passage"])
        page.wait_for_timeout(250)
        resolved = [url for url in seen if url != "about:blank"]
        # Only between the two scripts: a page in another language stays.
        goal = {"zh-Hans": HANS, "zh-Hant": ""}.get(memory, tree) if tree != ENGLISH else tree
        assert resolved[-1] == (site.root / goal / site.kinds["passage"]).as_uri()
        assert len(resolved) <= 2, resolved


def test_an_english_page_stays_english_after_a_script_was_chosen(site: Built, read: Reader) -> None:
    """A script that was chosen is followed on pages in its language alone, until another view is chosen."""
    page = read("index.html")
    page.click("a.script[hreflang=zh-Hans]")
    page.wait_for_url((site.root / HANS / "index.html").as_uri())
    for name in (site.kinds["reading"], site.kinds["passage"], "search.html"):
        page = read(ENGLISH + name)
        page.wait_for_timeout(250)
        assert page.url == (site.root / ENGLISH / name).as_uri()
        assert page.evaluate("document.documentElement.lang") == "en"
    read(site.kinds["passage"]).wait_for_url((site.root / HANS / site.kinds["passage"]).as_uri())
    page.click("a.script[hreflang=en]")
    page.wait_for_url((site.root / ENGLISH / site.kinds["passage"]).as_uri())
    page = read(site.kinds["reading"])
    page.wait_for_timeout(250)
    assert page.url == (site.root / site.kinds["reading"]).as_uri(), "the last choice is no script"
