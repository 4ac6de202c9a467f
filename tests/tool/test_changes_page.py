"""The page of changes, and the reasons that it gives."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from pathlib import Path

import pins
import pytest
from conftest import TINY, Files, pages_of, record, site_of
from conftest import change as rewrite
from lxml import html
from lxml.html import HtmlElement
from proof_tools import made

from site_builder.cli.main import CLEAN, main
from site_builder.edges import load
from site_builder.edition import snapshots
from site_builder.edition.edition import Edition
from site_builder.language.message import Message
from site_builder.model import Record, Site
from site_builder.pipeline import Checked
from site_builder.site.pages import change_values
from site_builder.site.pages.change_names import FIELDS
from site_builder.site.pages.changes import _Page
from site_builder.site.presenter import Presenter

PROJECT = "annotations/project.yaml"
GATES = "annotations/pages/gates.md"
TAGS = "annotations/canal/tags/editors/1.yaml"
REASONS = "annotations/changes.yaml"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny project in a later edition: a paragraph, a tag, a gist and a text differ, a page is new."""
    folder = tmp_path_factory.mktemp("changes") / "project"
    shutil.copytree(TINY, folder)
    assert main(["release", str(folder)]) == CLEAN
    rewrite(folder, PROJECT, 'version: "2.0"', 'version: "2.1"')
    rewrite(folder, GATES, "水「過三道閘」，才到田", "流水「過三道閘」，然後到田")
    old = "cell: flow~b, relation: shows, evidence: [水從"
    rewrite(folder, TAGS, old, old.replace("shows", "harms"))
    rewrite(folder, "annotations/pages/home.md", "@p1 flow~b:shows", "@p1 flow~b:harms")
    rewrite(folder, TAGS, "gist: 近看有聲，遠看成線。", "gist: 近看有聲，遠看是一條線。")
    (folder / "annotations/pages/new.md").write_text(
        "---\nid: new\ntitle: 新頁\n---\n\n水邊有竹[@p1]。 {#b1}\n", encoding="utf-8"
    )
    reasons = [("gates.html", "原句不通。"), ("flow~b", "重讀。"), ("tags", "依手冊重標。")]
    lines = [f'  - {{edition: "2.1", of: "{of}", reason: {reason}}}' for of, reason in reasons]
    (folder / REASONS).write_text("\n".join(["changes:", *lines, ""]), encoding="utf-8")
    return record(folder)


@pytest.fixture(scope="module")
def later_site(later: Path) -> Files:
    return made(later)


def test_the_files_of_the_later_edition_are_those_that_were_read_last(
    later_site: Files, request: pytest.FixtureRequest
) -> None:
    """With a page of changes, and texts, tags and reasons on it."""
    pins.compare("later-edition", later_site, write=request.config.getoption("--update-goldens"))


def main_of(site: Files, view: str = "") -> HtmlElement:
    page = html.document_fromstring(site[f"{view}changes.html"].decode())
    return page.get_element_by_id("_main")


def wordings(page: HtmlElement) -> list[tuple[str, str]]:
    """(version, words) of every wording on the page."""
    return [
        (row.find("dt").text_content(), dd.text_content())
        for row in page.xpath(".//dl[@class='wordings']/div")
        for dd in row.findall("dd")
    ]


def test_each_wording_is_whole_and_its_changed_words_are_marked(later_site: Files) -> None:
    page = main_of(later_site)
    old, new = (
        "水「過三道閘」，才到田。木牌上的先後見分水。",
        "流水「過三道閘」，然後到田。木牌上的先後見分水。",
    )
    found = wordings(page)
    assert ("2.0", old) in found
    assert ("2.1", new) in found
    [deleted] = [one for one in page.iter("del") if one.getparent().text_content() == old]
    inserted = [one.text_content() for one in page.iter("ins") if one.getparent().text_content() == new]
    assert deleted.text_content() == "才"
    assert inserted == ["流", "然後"]


def test_a_tag_with_another_relation_is_shown_by_names(later_site: Files) -> None:
    page = main_of(later_site)
    [link] = page.xpath(".//h4/a[@href='canal/p1.html']")
    rows = link.getparent().itersiblings()
    text = re.sub(r"\s+", "", "".join(row.text_content() for row in rows if row.tag == "div"))
    assert "理由：重讀。" in text
    assert re.search(r"2\.0[^0-9]*・寫出2\.1[^0-9]*・損去", text), text


@pytest.fixture(scope="module")
def of_edition(later: Path) -> _Page:
    """What the page of changes shows of the step to the later edition."""
    found = load.checked(later)
    assert found.project is not None
    assert found.index is not None
    presenter = Presenter(Edition(found.project, found.index))
    return _Page(presenter, presenter.edition.history[0])


def test_a_tag_of_a_cell_has_its_chip_with_the_relation(of_edition: _Page) -> None:
    presenter = of_edition.presenter
    rows = [row for part in of_edition.parts() for group in part.groups for row in group.changes]
    assert presenter.chip("flow~b", "harms") in [row.chip for row in rows if row.chip]
    assert of_edition._chip("flow~b") == presenter.chip("flow~b")
    assert of_edition._chip("flow~b:unknown") is None
    assert of_edition._chip("unknown:harms") is None


def test_a_code_of_a_relation_without_a_name_has_that_of_its_cell(of_edition: _Page) -> None:
    names = of_edition.fields.after
    change = next(one for one in of_edition.found.changes if one.after is not None)
    assert of_edition.fields.code("flow~b:unknown", change) == names["flow~b"]
    assert of_edition.fields.code("unknown:unknown", change) == "unknown:unknown"
    both = of_edition.fields.code("flow~b:harms", change)
    assert isinstance(both, Message)
    assert {both.values["cell"], both.values["relation"]} == {names["flow~b"], names["relation:harms"]}


VALUES = {
    "corpus/canal/work.yaml": [
        ("    script: Hant\n    note: 抄寫", "    script: Hans\n    note: 抄寫"),
        ("language: zh\n", "kind: classic\nlanguage: zh\n"),
    ],
    PROJECT: [
        ("status: released", "status: draft"),
        ("facets: [ways, things]", "facets: [things, ways]"),
        ("relations: [harms]}", "relations: [harms, asks]}"),
        ("definition: 可自由使用。", "definition: 任意使用。"),
        (
            "  - {language: zh-Hans, folder: hans}",
            "  - {language: zh-Hans, folder: hans}\n  - {language: en, folder: en}",
        ),
    ],
    "annotations/coders.yaml": [("    kind: person", "    kind: machine")],
    "annotations/edges.yaml": [
        (
            "    status: stated\n    evidence: [{passage: p8, text: 圳被蓋了起來}]",
            "    status: inferred\n    evidence: [{passage: p8, text: 圳被蓋了}]",
        ),
    ],
    "annotations/codebook/facets/ways.yaml": [
        ("name: 所得", "name: 好處"),
        ("share-1, name: 寫在木牌上, parent: share", "share-1, name: 寫在木牌上, parent: cover"),
    ],
}
"""File → words of the tiny project, and what a later edition has for them: values that are ids and codes."""
SHOWN = [
    *(
        ("抄本 · 2026-01-01 · 繁體字 · 抄寫時", "抄本 · 2026-01-01 · 簡體字 · 抄寫時"),
        (" · 校訂所據", " · 校訂所據"),
    ),
    *(("書", "古籍"), ("已發布", "草稿"), ("全部文字：CC0 · 可", "全部文字：CC0 · 任")),
    *(("人", "機器"), ("作者明說", "編者推斷"), ("所得", "好處"), ("分水", "加蓋")),
    *(
        ("做法 · 做法之所損 · 損去", "做法 · 做法之所損 · 損去、願有"),
        ("", "英文"),
        ("第 7 段：圳被蓋了起來", "第 7 段：圳被蓋了"),
    ),
]
"""Words of the earlier edition and of the later one; empty where an edition has nothing."""


def test_ids_and_codes_of_what_changed_are_shown_by_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(TINY, folder)
    assert main(["release", str(folder)]) == CLEAN
    rewrite(folder, PROJECT, 'version: "2.0"', 'version: "2.1"')
    for path, changes in VALUES.items():
        for old, new in changes:
            rewrite(folder, path, old, new)
    checked = load.checked(record(folder))
    found = wordings(main_of(pages_of(checked)))
    for number, edition in enumerate(("2.0", "2.1")):
        words = [words for version, words in found if version == edition]
        for pair in SHOWN:
            assert not pair[number] or any(pair[number] in one for one in words), (pair[number], words)
    codes = {value for of_field in change_values.NAMES.values() for value in of_field}
    codes |= {
        *change_values.ROLES,
        *change_values.SCRIPTS,
        "notebook",
        "ways",
        "things",
        "editors",
        "reader",
        "en",
        "harms",
    }
    shown = {part.strip() for _, words in found for part in re.split("[·、：,]", words)}
    assert shown & codes == set()


def test_a_new_page_is_named_and_its_words_are_not_repeated(later_site: Files) -> None:
    page = main_of(later_site)
    assert page.xpath(".//h4/a[@href='new.html']")
    assert "新頁，共 1 段" in page.text_content()
    assert "水邊有竹" not in page.text_content()


def test_the_reasons_of_the_editors_are_beside_what_they_explain(later_site: Files) -> None:
    page = main_of(later_site)
    [heading] = page.xpath(".//h4[a/@href='gates.html']")
    assert heading.getnext().text_content() == "理由：原句不通。"
    assert page.text_content().count("理由：原句不通。") == 1
    [tags] = page.xpath(".//h3[contains(@id, '-tags')]")
    assert tags.getnext().text_content() == "理由：依手冊重標。"
    assert page.text_content().count("理由：依手冊重標。") == 1


def test_every_word_of_the_earlier_edition_is_still_on_the_site(later: Path, later_site: Files) -> None:
    project = load.checked(later).project
    assert project is not None
    now = {item.key: item for item in snapshots.of_project(project).items}
    [before] = [one for one in snapshots.releases(project.snapshots) if one.edition == "2.0"]
    shown = {words for version, words in wordings(main_of(later_site)) if version == "2.0"}
    for item in before.items:
        if item.part in ("text", "prose"):
            words = item.texts.get("words", "")
            same = item.key in now and now[item.key].texts.get("words", "") == words
            assert same or words in shown, item.id


def test_every_page_links_the_page_of_changes(later_site: Files, tiny_site: Files) -> None:
    for name, data in later_site.items():
        if name.endswith(".html") and not name.endswith("edition.html"):
            page = html.document_fromstring(data.decode())
            assert page.xpath(".//footer//a[contains(@href, 'changes.html')]"), name
    assert not any(name.endswith("changes.html") for name in tiny_site)
    assert "changes.html" not in tiny_site["index.html"].decode()


def test_the_converted_view_has_the_same_marks(later_site: Files) -> None:
    first, hans = main_of(later_site), main_of(later_site, "hans/")
    for tag in ("ins", "del", "dd"):
        assert [len(one.text_content()) for one in first.iter(tag)] == [
            len(one.text_content()) for one in hans.iter(tag)
        ]
    assert any("过三道" in words for _, words in wordings(hans))


def test_without_the_text_no_passage_is_quoted(later: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(later, folder)
    path = folder / "corpus/canal/editions/2.0.yaml"
    text = path.read_text(encoding="utf-8")
    words = "水是有聲音的"
    assert words in text
    path.write_text(text.replace(words, "水沒有聲音"), encoding="utf-8")
    found = load.checked(folder)
    assert any(words in one for _, one in wordings(main_of(pages_of(found))))
    shown = [one for _, one in wordings(main_of(site_of(found, with_text=False)))]
    assert not any(words in one or "水沒有聲音" in one for one in shown)
    assert any("過三道閘" in one for one in shown)


def test_each_field_of_what_can_change_has_a_name(tiny: Checked, repository: Checked) -> None:
    """Also those that no edition has changed yet: the fields of the project file and of a record."""
    left_out = {"file_format", "version", "id", "place", "places"}
    names = {one.name for kind in (Site, Record) for one in fields(kind)} - left_out
    for checked in (tiny, repository):
        assert checked.project is not None
        for item in snapshots.of_project(checked.project).items:
            names |= {name.partition("@")[0] for name in (*item.texts, *item.lists)}
    assert names - {"words"} <= {*FIELDS}
    assert [name for name in sorted(names) if not FIELDS[name]] == ["body", "words"]


def numbers(text: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", text)]


def test_what_a_part_counts_is_listed_or_counted(later_site: Files, repository_site: Files) -> None:
    """The page says that nothing else changed; so every number of the table is on the page once more."""
    for site, views in ((later_site, ("", "hans/")), (repository_site, ("", "hans/", "en/"))):
        for view in views:
            page = main_of(site, view)
            rows = page.xpath(".//table[contains(@class, 'counts')]/tbody/tr")
            assert rows
            for row in rows:
                counted = sum(int(cell.text_content()) for cell in row.findall("td"))
                [heading] = page.xpath(f".//h3[@id='{row.find('.//a').get('href').partition('#')[2]}']")
                part = heading.getparent()
                listed = [numbers(one.text_content())[0] for one in part.xpath("./details/summary")]
                hints = [one.text_content() for one in part.xpath("./p[@class='hint']")]
                if not listed:
                    assert len(hints) == 1, (view, heading.text_content())
                    assert counted in numbers(hints[0])
                    continue
                only_counted = [sum(numbers(one)[-3:]) for one in hints]
                assert sum(listed) + sum(only_counted) == counted, (view, heading.text_content())


def test_a_translation_of_new_words_is_not_shown_twice(repository_site: Files) -> None:
    """One wording for each language of an item: in English the words of a new field are their translation."""
    page = main_of(repository_site, "en/")
    rows = page.xpath(".//div[@class='reading']")
    assert len(rows) > 500
    for row in rows:
        shown = [(one.text_content(), two.text_content()) for one, two in _fields(row)]
        assert len(shown) == len(set(shown)), shown
    labels = {one.text_content() for one in page.xpath(".//p[@class='relation']")}
    assert {"Reason (Chinese)", "Reason (English)"} <= labels
    plain = {one.text_content() for one in main_of(repository_site).xpath(".//p[@class='relation']")}
    assert "理由" in plain
    assert not any("中文" in one for one in plain)


def _fields(row: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    return [(one, one.getnext()) for one in row.xpath("./p[@class='relation']")]


def test_pages_of_an_edition_have_their_own_titles(repository_site: Files) -> None:
    titles = [
        one.text_content() for one in main_of(repository_site).xpath(".//h4/a[contains(@href, '.html')]")
    ]
    assert "校勘說明" in titles
    assert len(titles) == len(set(titles))


def test_an_edition_without_changes_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(TINY, folder)
    rewrite(folder, PROJECT, 'version: "2.0"', 'version: "1.9"')
    record(folder)
    assert main(["release", str(folder)]) == CLEAN
    rewrite(folder, PROJECT, 'version: "1.9"', 'version: "2.0"')
    record(folder)
    assert "沒有修改。" in main_of(pages_of(load.checked(folder))).text_content()


def test_an_editors_page_can_introduce_the_changes(later: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(later, folder)
    (folder / "annotations/pages/changes.md").write_text(
        "---\nid: changes\nabout: changes\ntitle: 改了什麼\ncites: false\n---\n\n這一版改了幾處。 {#b1}\n",
        encoding="utf-8",
    )
    record(folder)
    page = main_of(pages_of(load.checked(folder)))
    assert page.find(".//h1").text_content() == "改了什麼"
    assert page.get_element_by_id("b1").text_content().strip() == "這一版改了幾處。"


def test_the_changes_of_a_part_are_folded_and_its_address_stays_outside(later_site: Files) -> None:
    """All parts in one open page are longer than anybody scrolls; a link to a part still leads to it."""
    page = main_of(later_site)
    parts = page.xpath(".//section[@class='changes']")
    assert parts
    for part in parts:
        [folded] = part.xpath("./details")
        assert folded.get("open") is None
        assert part.xpath("./h3/@id")
        assert re.fullmatch(r"\d+ 處修改", folded.xpath("string(./summary)").strip())
        assert len(folded.xpath(".//*[@class='reading']")) == len(part.xpath(".//*[@class='reading']"))
    linked = page.xpath(".//table//a/@href")
    assert {one.partition("#")[2] for one in linked} >= {part.xpath("./h3/@id")[0] for part in parts}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("who: 何人", "何人"),
        ("who:何人", "何人"),
        ("all · CC0", "CC0"),
        ("https://example.org/a", "https://example.org/a"),
        ("home: https://example.org/a", "https://example.org/a"),
        ("two words: 何人", "two words: 何人"),
    ],
)
def test_the_id_before_a_value_is_left_out(value: str, shown: str) -> None:
    assert change_values.without_id(value) == shown
