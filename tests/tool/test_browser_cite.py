"""Citing in the browser: selected words, their address, what is copied, and words that an address names.

One page of the tiny project is opened from disk; ``tests/tool/test_reader.py`` tests the card of a passage.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
from playwright.sync_api import Browser, Page, sync_playwright
from proof_tools import TINY, browser, on_disk_once
from reader_tools import SELECT

from site_builder.citing import citation
from site_builder.edition import excerpts
from site_builder.edition.edition import Edition
from site_builder.model.snapshot import Item, Snapshot
from site_builder.pipeline import Checked
from site_builder.site.script_data import texts

WORDS = ("", "a", "城市", "e\u0301 𠮷\n", "“x”")
OTHER = {"": "hans/", "hans/": ""}
ADDRESS = "https://example.org/canal/"
"""The address of the tiny project."""


def test_an_address_names_words_by_their_place_and_their_digest() -> None:
    # the values of FNV-1a are those of its reference implementation
    assert [excerpts.digest(words) for words in ("", "a", "foobar")] == ["811c9dc5", "e40c292c", "bf9cf968"]
    assert excerpts.query("x城市y", 1, 3) == f"1-3.{excerpts.digest('城市')}"
    for start, end in ((1, 1), (3, 2), (-1, 2), (0, 9)):
        with pytest.raises(ValueError, match="no words"):
            excerpts.query("four", start, end)


def data(script: bytes) -> Any:
    return json.loads(script.decode().partition("=")[2].removesuffix(";\n"))


def test_the_data_has_the_texts_of_earlier_editions_where_they_differ(tiny: Checked) -> None:
    project = tiny.project
    assert project is not None
    work = project.works[0]
    first, second = work.passages[:2]

    def earlier(edition: str, day: int, **words: str) -> Snapshot:
        items = tuple(
            Item(part="text", kind="passage", id=f"{work.id}#{id_}", texts={"words": text})
            for id_, text in words.items()
        )
        date = project.site.date.replace(year=2000, day=day)
        return Snapshot(work=work.id, edition=edition, date=date, language=project.site.language, items=items)

    old = (
        earlier("0.1", 1, **{first.id: "甲", second.id: "乙"}),
        earlier("0.2", 2, **{first.id: "甲", second.id: "丙"}),
        earlier("0.3", 3, **{first.id: first.text, second.id: "丁"}),
        earlier(project.site.version, 4, **{first.id: "戊"}),
    )
    edition = Edition.of(replace(project, snapshots=old))
    found = data(texts.texts(edition))[work.id]
    assert found[first.id][:2] == [first.text, [["0.2", "甲"]]]
    assert found[second.id][:2] == [second.text, [["0.3", "丁"], ["0.2", "丙"], ["0.1", "乙"]]]
    assert found[work.passages[2].id][:2] == [work.passages[2].text, []]
    for passage in work.passages:
        sentences = found[passage.id][2]
        assert [id_ for _, _, id_ in sentences] == [one.id for one in passage.sentences]
        for one, (start, end, _) in zip(passage.sentences, sentences, strict=True):
            assert passage.text[start:end] == passage.text[one.start : one.end].strip()
    bare = replace(work, blocks=tuple(replace(passage, sentences=()) for passage in work.passages))
    found = data(texts.texts(Edition.of(replace(project, works=(bare,)))))[work.id]
    assert found[first.id] == [first.text]
    hidden = Edition.of(project, with_text=False)
    assert data(texts.texts(hidden)) == {}


# --- in the browser -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = browser()
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")
    yield context.new_page()
    context.close()


def select(page: Page, id_: str, start: int, end: int) -> str:
    words: str = page.evaluate(SELECT, [f"#{id_}", start, end])
    page.wait_for_selector(".excerpt-menu:popover-open")
    return words


def press(page: Page, act: str) -> str:
    return copied_by(page, f".excerpt-menu [data-act={act}]")


def copied_by(page: Page, button: str) -> str:
    """What a button copies."""
    page.evaluate("navigator.clipboard.writeText('')")
    page.click(button)
    for _ in range(100):
        copied: str = page.evaluate("navigator.clipboard.readText()")
        if copied:
            return copied
        page.wait_for_timeout(50)
    raise AssertionError(f"nothing was copied by {button}")


def notice(page: Page, link: str) -> tuple[str, str]:
    """The notice of an address, and the words that it marks."""
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector(".cited-notice")
    marked = page.evaluate("[...(CSS.highlights.get('cited') || [])].map(String).join('|')")
    return page.inner_text(".cited-notice"), marked


@pytest.mark.browser
def test_the_scripts_and_the_tool_make_the_same_digests(page: Page, good_site: Path) -> None:
    page.goto((good_site / "canal/p2.html").as_uri() + "?w=0-1.00000000")
    page.wait_for_selector(".cited-notice")
    assert page.evaluate("all => all.map(EXCERPT.digest)", list(WORDS)) == [*map(excerpts.digest, WORDS)]
    given = ["12-48.0123abcd", "8-8.0123abcd", "9-8.0123abcd", "1-2.0123ABCD", "1-2.<b>", "", None]
    read = page.evaluate("all => all.map(EXCERPT.parse)", given)
    assert read == [{"start": 12, "end": 48, "digest": "0123abcd"}, *[None] * 6]


@pytest.mark.browser
def test_words_that_have_changed_are_found_in_the_passage_or_in_an_earlier_edition(
    page: Page, good_site: Path
) -> None:
    page.goto((good_site / "canal/p2.html").as_uri() + "?w=0-1.00000000")
    page.wait_for_selector(".cited-notice")
    now, before = "x甲乙丙丁", "戊甲己丙"

    def find(text: str, start: int, end: int) -> Any:
        given = {"start": start, "end": end, "digest": excerpts.digest(text[start:end])}
        return page.evaluate("([g, v]) => EXCERPT.find(g, v)", [given, [now, [["1.0", before]]]])

    assert find(now, 1, 3) == {"how": "same", "start": 1}
    assert find("甲乙", 0, 2) == {"how": "moved", "start": 1}
    assert find(before, 1, 3) == {"how": "changed", "edition": "1.0", "words": "甲己"}
    assert find("庚辛壬", 0, 3) == {"how": "lost"}


@pytest.mark.browser
@pytest.mark.parametrize("tree", OTHER)
def test_selected_words_are_cited_linked_and_tagged_and_the_link_marks_them(
    page: Page, good_site: Path, tiny: Checked, tree: str
) -> None:
    assert tiny.project is not None
    passage = tiny.project.works[0].passages[1]
    text, start, end = passage.text, 5, 20
    words = text[start:end]
    page.goto((good_site / tree / "canal/index.html").as_uri())
    shown = select(page, passage.id, start, end)
    link = press(page, "link")
    wanted = f"canal/{passage.id}.html?w={excerpts.query(text, start, end)}#{passage.id}"
    # the project has an address, so that is copied, and no path of this machine
    assert link == f"{ADDRESS}{tree}{wanted}"
    cited = press(page, "cite").split("\n")
    assert shown in cited[0]
    assert cited[1].endswith("[M]. 2026.")
    assert cited[-1].endswith(f" {link}.")
    assert len(cited) == 3
    assert "file:" not in "".join(cited)
    # the tag quotes the text as edited, in every view
    assert press(page, "tag").endswith(f'        evidence: ["{words}"]\n')
    copied = page.evaluate(
        """() => { const data = new DataTransfer();
        const event = new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true});
        document.querySelector('article').dispatchEvent(event);
        return [data.getData('text/plain'), data.getData('text/html')] }"""
    )
    assert copied[0] == f"{shown}\n\n{link}"
    assert f"<p>{shown}</p>" in copied[1]
    assert copied[1].count(link.replace("&", "&amp;")) == 2
    # the same address in the other view, on the page of the passage and on the reading page
    for root in OTHER:
        for name in (f"{passage.id}.html", "index.html"):
            address = link.replace(f"{ADDRESS}{tree}", f"{good_site.as_uri()}/{root}")
            words, marked = notice(page, address.replace(f"{passage.id}.html", name))
            assert marked == page.evaluate(
                f"EXCERPT.cut(document.getElementById('{passage.id}').textContent, 5, 20)"
            )
            assert marked in words
            assert tiny.project.site.version in words


@pytest.mark.browser
def test_a_copied_run_of_passages_holds_the_text_alone(page: Page, good_site: Path, tiny: Checked) -> None:
    page.goto((good_site / "canal/index.html").as_uri())
    page.evaluate("new Promise(CITING.load)")
    assert tiny.project is not None
    blocks = tiny.project.works[0].blocks
    first, last = 1, 6
    copied: str = page.evaluate(
        """([from, to]) => { const range = document.createRange();
        range.setStart(document.getElementById(from).firstChild, 0);
        range.setEndAfter(document.getElementById(to).lastChild);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        const data = new DataTransfer();
        const event = new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true});
        document.querySelector('article').dispatchEvent(event);
        return data.getData('text/plain') }""",
        [blocks[first].id, blocks[last].id],
    )
    *paragraphs, link = copied.split("\n\n")
    assert paragraphs == [block.text for block in blocks[first : last + 1]]
    assert link == f"{ADDRESS}canal/index.html#{blocks[first].id}"


@pytest.mark.browser
def test_an_address_with_false_words_is_harmless(page: Page, good_site: Path, tiny: Checked) -> None:
    assert tiny.project is not None
    passage = tiny.project.works[0].passages[1]
    page_of = (good_site / f"canal/{passage.id}.html").as_uri()
    words, marked = notice(page, f"{page_of}?w=0-4.00000000#{passage.id}")
    assert marked == passage.text[:4]
    assert "無從得知" in words
    words, marked = notice(page, f"{page_of}?w=900-999.00000000#{passage.id}")
    assert (marked, "—" in words) == ("", True)
    for query, place in (("w=<img src=x onerror=alert(1)>", passage.id), ("w=0-4.00000000", "no-such-id")):
        page.goto("about:blank")
        page.goto(f"{page_of}?{query}#{place}")
        assert page.locator("h1").count() == 1
        assert page.locator("img").count() == 0
    # the mark can be removed, and so can what the address says
    notice(page, f"{page_of}?w=0-4.00000000#{passage.id}")
    page.click(".cited-notice button")
    assert page.evaluate("CSS.highlights.has('cited')") is False
    assert page.evaluate("location.search") == ""


# --- the collection -------------------------------------------------------------------------------


@pytest.mark.browser
def test_kept_words_are_listed_moved_removed_and_taken_along(
    chromium: Browser, good_site: Path, tiny: Checked
) -> None:
    assert tiny.project is not None
    first, second = tiny.project.works[0].passages[1:3]
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    for passage in (first, second):
        page.goto((good_site / "canal/index.html").as_uri())
        select(page, passage.id, 3, 9)
        page.click(".excerpt-menu [data-act=keep]")
        page.wait_for_function("EXCERPT.list().length > 0")
    page.goto((good_site / "collection.html").as_uri())
    page.wait_for_selector("#_collection li")

    def listed() -> list[str]:
        found: list[str] = page.locator("#_collection blockquote").all_inner_texts()
        return found

    words = [passage.text[3:9] for passage in (first, second)]
    assert listed() == words
    page.fill("#_collection textarea >> nth=0", "<b>我</b>")
    with page.expect_download() as taken:
        page.click("text=Markdown")
    text = Path(taken.value.path()).read_text(encoding="utf-8")
    for passage in (first, second):
        link = f"canal/{passage.id}.html?w={excerpts.query(passage.text, 3, 9)}#{passage.id}"
        assert f"「{passage.text[3:9]}」" in text
        assert f"<{ADDRESS}{link}>" in text
    # the references have the work and the edition, each once
    references = text.partition("\n## ")[2]
    assert references.count("\n- ") == 1 + len({passage.id for passage in (first, second)})
    assert tiny.project.site.version in references
    assert "file:" not in text
    assert "\n<b>我</b>\n" in text
    with page.expect_download() as taken:
        page.click("text=BibTeX")
    entries = Path(taken.value.path()).read_text(encoding="utf-8")
    keys = re.findall(r"^@\w+\{([^,]+),", entries, re.M)
    assert len(keys) == len(set(keys))
    assert sum(first.id in key for key in keys) == 1
    assert entries.count("{") == entries.count("}")
    assert entries.count(f"url = {{{ADDRESS}canal/") == 2
    with page.expect_download() as taken:
        page.click("text=RIS")
    records = rispy.loads(Path(taken.value.path()).read_bytes().decode())
    assert [one["id"] for one in records] == [
        "canal",
        *(f"canal-edition-{passage.id}-3-9" for passage in (first, second)),
    ]
    assert ["url" in "".join(one) for one in records] == [False, True, True]
    assert passage.text[3:9] in "".join(records[2]["notes"])
    hint = page.inner_text("#_collection .hint")
    assert "筆記不在" in hint or "不含您的筆記" in hint
    page.click("#_collection [data-move=down] >> nth=0")
    assert listed() == words[::-1]
    page.locator("#_collection li .acts button").nth(2).click()
    assert listed() == words[:1]
    page.click("#_collection .outcome button")
    assert listed() == words[::-1]
    page.reload()
    page.wait_for_selector("#_collection li")
    assert listed() == words[::-1]
    # a link carries the list to another reader, whose collection it is only when it is added
    link = page.evaluate("COLLECTION.link()")
    other = chromium.new_context().new_page()
    assert link.startswith(f"{ADDRESS}collection.html#c=")
    link = link.replace(ADDRESS, f"{good_site.as_uri()}/")
    other.goto(link + ",canal/<i>,nowhere/p1:1-2.00000000")
    other.wait_for_selector("#_collection li")
    assert other.locator("#_collection blockquote").all_inner_texts() == words[::-1]
    assert other.evaluate("EXCERPT.list()") == []
    other.click("#_collection > button")
    assert len(other.evaluate("EXCERPT.list()")) == 2
    other.context.close()
    context.close()


@pytest.mark.browser
def test_kept_words_within_a_sentence_name_it(chromium: Browser, good_site: Path, tiny: Checked) -> None:
    """The whole sentence leads to its anchor, a part of it to the words; words of two sentences name none."""
    assert tiny.project is not None
    passage = next(one for one in tiny.project.works[0].passages if len(one.sentences) > 1)
    first, second = passage.sentences[:2]
    chosen = ((second.start, second.end), (second.start, second.end - 2), (second.start - 2, second.end))
    items = [
        {"work": "canal", "id": passage.id, "w": excerpts.query(passage.text, *at), "words": "", "note": ""}
        for at in (*chosen, (first.start, passage.sentences[-1].end))
    ]
    page = chromium.new_context().new_page()
    page.goto((good_site / "collection.html").as_uri())
    page.evaluate("items => EXCERPT.keep(items)", items)
    page.reload()
    page.wait_for_selector("#_collection li")
    origins = page.locator("#_collection .origin a")
    number, sentence = passage.number, second.number
    named = f"第 {number} 段第 {sentence} 句"
    found = [one.rpartition(" 第 ")[2] for one in origins.all_inner_texts()]
    assert [f"第 {one}" for one in found] == [named, named, f"第 {number} 段", f"第 {number} 段"]
    hrefs = [one.get_attribute("href") or "" for one in origins.all()]
    assert hrefs[0].endswith(f"canal/index.html#{second.id}")
    assert [f"{passage.id}.html?w=" in href for href in hrefs] == [False, True, True, True]
    text = page.evaluate("COLLECTION.markdown()")
    assert f"<{ADDRESS}canal/index.html#{second.id}>" in text
    quotations, _, references = text.partition("\n## ")
    assert quotations.count(f"第 {number} 段第 {sentence} 句，#{second.id}") == 2
    assert references.count(f"第{number}段第{sentence}句（#{second.id}）") == 2
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["index", "passage"])
def test_the_number_of_a_sentence_lights_it_and_opens_its_card(
    chromium: Browser, good_site: Path, tiny: Checked, kind: str
) -> None:
    assert tiny.project is not None
    passage = next(one for one in tiny.project.works[0].passages if len(one.sentences) > 1)
    second = passage.sentences[1]
    page = chromium.new_context().new_page()
    name = passage.id if kind == "passage" else "index"
    page.goto((good_site / f"canal/{name}.html").as_uri())
    if kind == "index":
        page.evaluate("document.getElementById('_show-sentences').checked = true")
    page.locator(f"#{second.id} .sn, .sn[href$='#{second.id}']").first.click()
    card = page.locator(".card:popover-open")
    card.wait_for()
    assert f"第 {second.number} 句" in card.locator("h2").inner_text()
    words = passage.text[second.start : second.end].strip()
    assert words in card.locator("[data-quote]").inner_text().replace("\n", "")
    assert page.evaluate("location.hash") == f"#{second.id}"
    assert page.locator(f"#{second.id}").evaluate("e => e.matches(':target')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sn')")
    page.context.close()


@pytest.mark.browser
def test_a_press_beside_the_card_closes_it_and_keeps_the_focus_where_the_reader_put_it(
    chromium: Browser, good_site: Path
) -> None:
    page = chromium.new_context().new_page()
    page.goto((good_site / "canal/index.html").as_uri())
    page.locator("a[data-cite]").first.click()
    page.locator(".card:popover-open").wait_for()
    box = page.locator(".masthead input[type=search]")
    box.click()
    assert page.locator(".card:popover-open").count() == 0
    page.wait_for_timeout(100)  # a late change of the focus would come in a task of its own
    assert box.evaluate("e => e === document.activeElement")
    page.context.close()


@pytest.mark.browser
def test_a_browser_that_keeps_nothing_says_so(chromium: Browser, good_site: Path) -> None:
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('closed') }})"
    )
    page = context.new_page()
    page.goto((good_site / "collection.html").as_uri())
    page.wait_for_selector("#_collection .none")
    assert "不為本頁存東西" in page.inner_text("#_collection .outcome")
    context.close()


# --- a copy without an address --------------------------------------------------------------------


@pytest.fixture(scope="module")
def without_address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tiny project, which then has no address."""
    project = tmp_path_factory.mktemp("without") / "tiny"
    shutil.copytree(TINY, project)
    settings = project / "annotations" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    assert f"address: {ADDRESS}\n" in text
    settings.write_text(text.replace(f"address: {ADDRESS}\n", ""), encoding="utf-8")
    return on_disk_once(project).root


@pytest.mark.browser
def test_a_copy_without_an_address_gives_the_place_and_no_path_of_the_disk(
    page: Page, without_address: Path, tiny: Checked
) -> None:
    assert tiny.project is not None
    passage = next(one for one in tiny.project.works[0].passages if len(one.sentences) > 1)
    sentence = passage.sentences[1]
    page.goto((without_address / f"canal/{passage.id}.html").as_uri())
    assert not page.locator(".answer .without-address").count()
    select(page, passage.id, sentence.start + 1, sentence.end - 1)
    place = f"〈一條圳的遠近〉2.0 版第 {passage.number} 段第 {sentence.number} 句，#{sentence.id}"
    assert press(page, "link") == place
    # the button beside the passage takes the words that are selected, else the whole passage
    words = passage.text[sentence.start + 1 : sentence.end - 1]
    for chosen, id_ in ((words, sentence.id), (passage.text, passage.id)):
        copied = copied_by(page, ".answer .acts .first").split("\n")
        assert page.is_visible(".answer .without-address")
        marks = str.maketrans("「」『』", "『』「」")
        assert copied[0].startswith(f"「{chosen.translate(marks)}」（")
        assert copied[0].endswith(f"#{id_}）")
        assert copied[2].endswith(f"（#{id_}）.")
        assert "file:" not in "".join(copied)
        assert "{" not in "".join(copied)
        page.evaluate("getSelection().removeAllRanges()")
        page.wait_for_timeout(400)


CHOSEN = """card => {
    const select = card.querySelector('select'), found = {};
    for (const option of select.options) {
        select.value = option.value;
        select.dispatchEvent(new Event('change'));
        const words = [...card.querySelectorAll('[data-quote] p, .styled p')].map(p => p.textContent);
        found[option.value] = words.join('\\n');
    }
    return found;
}"""
"""What a card says in every style."""


@pytest.mark.browser
@pytest.mark.parametrize("tree", OTHER)
@pytest.mark.parametrize("chosen", ["passage", "lit sentence", "selected sentence", "named words"])
def test_a_card_cites_what_the_reader_sees_as_chosen(
    page: Page, good_site: Path, tiny: Checked, tree: str, chosen: str
) -> None:
    """The whole passage, or one of its sentences: then every style says its number beside its id."""
    assert tiny.project is not None
    work = tiny.project.works[0]
    passage = next(one for one in work.passages if len(one.sentences) > 1)
    other = next(one for one in work.passages if one != passage)
    sentence = passage.sentences[1]
    start, end = sentence.start, sentence.end
    page.goto("about:blank")
    at, query = passage.id, ""
    if chosen == "lit sentence":
        at = sentence.id
    elif chosen == "named words":
        start, query = start + 1, f"?w={excerpts.query(passage.text, start + 1, end)}"
    page.goto(f"{(good_site / tree / 'canal/index.html').as_uri()}{query}#{at}")
    if query:
        page.wait_for_selector(".cited-notice")
    text = page.evaluate("id => document.getElementById(id).textContent", passage.id)
    if chosen == "selected sentence":
        select(page, passage.id, start, end)
        assert press(page, "link") == f"{ADDRESS}{tree}canal/index.html#{sentence.id}"
        copied = press(page, "cite").replace(" ", "")  # in the style that was chosen last
        assert f"第{passage.number}段第{sentence.number}句" in copied
        assert f"#{sentence.id}" in copied
        select(page, passage.id, start, end)
    page.click(f".unit[data-passage={passage.id}] .num")
    card = page.wait_for_selector(".card:popover-open")
    assert card is not None
    found = card.evaluate(CHOSEN)
    whole = chosen == "passage"
    words = (text if whole else text[start:end]).translate(str.maketrans("「」『』", "『』「」"))
    id_ = passage.id if whole else sentence.id
    numbers = f"{passage.number}" if whole else f"{passage.number}, sentence {sentence.number}"
    for style, line in found.items():
        assert "{" not in line or style.endswith(("BibTeX", "CSL-JSON"))
        if style.endswith(("BibTeX", "RIS", "CSL-JSON", "bibliography")):
            continue
        if "GB/T" in style:
            chinese = f"第{passage.number}段" + ("" if whole else f"第{sentence.number}句")
            assert f"{chinese}（#{id_}）" in line, style
        else:
            assert re.search(rf"(para?\.|paragraph) {numbers},? \(?#{id_}\b", line), (style, line)
        assert words in line or words in line.translate(str.maketrans("“”‘’", "「」『』")), style
    assert page.inner_text(".card h2") == f"第 {passage.number} 段" + (
        "" if whole else f"第 {sentence.number} 句"
    )
    page.keyboard.press("Escape")
    page.click(f".unit[data-passage={other.id}] .num")
    page.wait_for_selector(".card:popover-open")
    assert page.inner_text(".card h2") == f"第 {other.number} 段"


@pytest.mark.browser
def test_a_copied_reference_has_its_italics(page: Page, without_address: Path, tiny: Checked) -> None:
    assert tiny.project is not None
    passage = tiny.project.works[0].passages[1]
    page.goto((without_address / f"canal/{passage.id}.html").as_uri())
    page.click(".cite-this .cited-as >> nth=0 >> .other-styles summary")
    copied_by(page, ".cite-this .cited-as >> nth=0 >> dt:has-text('APA 7') button")
    html, text = page.evaluate(
        """navigator.clipboard.read().then(found => Promise.all(["text/html", "text/plain"]
            .map(type => found[0].getType(type).then(blob => blob.text()))))"""
    )
    forms = citation.styles(
        tiny.project.works[0].record, replace(tiny.project.site, address=""), citation.locator(passage)
    )
    apa = next(one for one in forms if one.style == "APA 7")
    assert text == apa.entry
    plain = re.sub("</?span[^>]*>", "", html)  # Chinese words say their language
    assert re.findall("<i>(.*?)</i>", plain) == [words for words, kind in apa.runs if kind == "i"] != []
    # the day is that of the reader
    assert re.search(r"（2026-11-24）\[20\d\d-\d\d-\d\d\]：第", page.inner_text(".cite-this"))


@pytest.mark.browser
@pytest.mark.parametrize("height", [480, 720])
def test_the_card_of_a_number_is_inside_of_the_window_in_every_style(page: Page, height: int) -> None:
    """It does not scroll with the page, so a button below the window could not be pressed."""
    site = on_disk_once(TINY)
    page.set_viewport_size({"width": 1280, "height": height})
    page.goto((site.root / "canal/index.html").as_uri())
    outside = """card => {
        const select = card.querySelector('select'), found = [];
        for (const option of select.options) {
            select.value = option.value;
            select.dispatchEvent(new Event('change'));
            const box = card.getBoundingClientRect();
            if (box.top < 0 || box.bottom > innerHeight) found.push([option.value, box.top, box.bottom]);
        }
        return found;
    }"""
    for number in page.query_selector_all("a[data-cite]")[:4]:
        page.evaluate(
            "link => scrollTo({top: link.getBoundingClientRect().top + scrollY - innerHeight / 2})", number
        )
        number.click()
        card = page.wait_for_selector(".card:popover-open")
        assert card is not None
        assert card.evaluate(outside) == []
        page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1280, "height": 720})


# --- words from right to left ---------------------------------------------------------------------

ISOLATED = """card => {
    const select = card.querySelector('select'), found = [];
    for (const option of select.options) {
        select.value = option.value;
        select.dispatchEvent(new Event('change'));
        for (const box of card.querySelectorAll('[data-quote], .styled')) {
            const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode());) {
                if (!/[\u0590-\u08ff]/.test(node.data)) continue;
                const inside = node.parentElement.closest('bdi');
                found.push([option.value, node.data, inside ? inside.lang : '-', inside ? inside.dir : '-']);
            }
        }
    }
    return found;
}"""
"""Every text with Arabic letters of a card, in each style: the style, the text, language and direction."""
PLACES = """box => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), range = document.createRange();
    const found = {};
    for (let node; (node = walker.nextNode());) {
        for (const [name, words] of [['name', /الحدّاد/], ['year', /2026/]]) {
            const at = words.exec(node.data);
            if (!at || name in found) continue;
            range.setStart(node, at.index);
            range.setEnd(node, at.index + at[0].length);
            found[name] = range.getBoundingClientRect().left;
        }
    }
    return found;
}"""
"""Where the name of an author and the year begin on the page."""


@pytest.mark.browser
@pytest.mark.parametrize("view", ["", "en/"])
def test_a_name_from_right_to_left_runs_apart_from_the_year_after_it(page: Page, view: str) -> None:
    site = on_disk_once(TINY.parent / "projects/arabic-rtl")
    page.goto((site.root / f"{view}oven/index.html").as_uri())
    page.click("a[data-cite=p2]")
    card = page.wait_for_selector(".card:popover-open")
    assert card is not None
    found = card.evaluate(ISOLATED)
    assert len({style for style, *_ in found}) > 4
    wrong = [one for one in found if (one[2], one[3]) != ("ar", "rtl")]
    assert wrong == []
    card.query_selector("select").select_option("passage APA 7")  # type: ignore[union-attr]
    styled = card.query_selector(".styled")
    assert styled is not None
    places = styled.evaluate(PLACES)
    assert places["name"] < places["year"]
    page.click(".card [data-of='.styled']")
    page.wait_for_timeout(200)
    html, text = page.evaluate(
        """navigator.clipboard.read().then(found => Promise.all(["text/html", "text/plain"]
            .map(type => found[0].getType(type).then(blob => blob.text()))))"""
    )
    assert '<bdi lang="ar" dir="rtl">' in html
    assert text.isprintable() or "\n" in text
    assert not re.search("[\x02-\x05]", text + html)
