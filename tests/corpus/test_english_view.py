"""The English view of this edition shows no Chinese word of the interface, and says what Chinese is in it."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import lxml.html
import pytest
from conftest import Files

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition, nested
from site_builder.language.characters import is_unspaced
from site_builder.model import Heading, Localized, Passage, Prose, Tagging
from site_builder.pipeline import Checked

FOLDER = "en/"
UNREAD = ("script", "style")
"""Elements whose words no reader sees."""
ADDRESSES = ("href", "src")
ARTICLE = ("author", "citation_", "DC.", "DCTERMS.")
"""How the names of metadata about the article and its edition begin."""


class Words(NamedTuple):
    """Words of a page, and where they are: an element, and its attribute or ``""``."""

    element: lxml.html.HtmlElement
    attribute: str
    text: str

    @property
    def language(self) -> str:
        """The ``lang`` of the nearest element that has one."""
        return next((one.get("lang") for one in _outwards(self.element) if one.get("lang")), "")

    @property
    def is_stray(self) -> bool:
        """Whether a Chinese character or mark is outside of an element in Chinese."""
        return any(map(is_unspaced, self.text)) and self.language.partition("-")[0] != "zh"


def _outwards(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    yield element
    yield from element.iterancestors()


def words(page: lxml.html.HtmlElement) -> Iterator[Words]:
    """Every text node and every attribute that is no address."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in UNREAD:
            yield Words(element, "", element.text or "")
        if element.tail and element.getparent() is not None:
            yield Words(element.getparent(), "", element.tail)
        for name, value in element.attrib.items():
            if name not in ADDRESSES:
                yield Words(element, name, value)


def _of(tag: str, attribute: str = "", class_: str = "") -> Callable[[Words], bool]:
    return lambda found: (
        (found.element.tag, found.attribute) == (tag, attribute)
        and (not class_ or class_ in (found.element.get("class") or "").split())
    )


KINDS: dict[str, Callable[[Words], bool]] = {
    # a file for programs, shown as it is
    "a citation for a reference manager": lambda found: (
        _of("pre")(found) and bool(found.element.xpath("ancestor::*[@class='programs']"))
    ),
    # a script fills it in, and shows it in an element with its language
    "a citation in the card": _of("option", "data-form"),
    # programs read the names of the article and of its authors as they were published
    "metadata of the article": lambda found: (
        _of("meta", "content")(found) and (found.element.get("name") or "").startswith(ARTICLE)
    ),
    # pairs of characters that a script replaces
    "rules of punctuation": _of("article", "data-rules"),
}
"""What has Chinese characters or marks outside of an element in Chinese, for the reason in the comment."""


def kind(found: Words) -> str:
    """The name of the kind; ``""`` for none."""
    return next((name for name, fits in KINDS.items() if fits(found)), "")


@pytest.fixture(scope="module")
def pages(repository_site: Files) -> dict[str, lxml.html.HtmlElement]:
    """Every page of the view, and the file that has all of them."""
    found = {
        name: lxml.html.document_fromstring(data.decode())
        for name, data in repository_site.items()
        if name.startswith(FOLDER) and name.endswith(".html")
    }
    assert len(found) > 50
    assert f"{FOLDER}edition.html" in found
    return found


@pytest.fixture(scope="module")
def stray(pages: dict[str, lxml.html.HtmlElement]) -> list[tuple[str, Words]]:
    """Chinese characters and marks that no element marks: the page, and the words."""
    return [(name, one) for name, page in pages.items() for one in words(page) if one.is_stray]


def test_no_chinese_word_of_the_interface_is_in_the_english_view(stray: list[tuple[str, Words]]) -> None:
    unknown = [
        f"{name}: <{one.element.tag}> {one.attribute}: {one.text.strip()[:60]}"
        for name, one in stray
        if not kind(one)
    ]
    assert unknown == []


def test_each_kind_that_is_allowed_occurs(stray: list[tuple[str, Words]]) -> None:
    found = Counter(kind(one) for _, one in stray)
    assert {name: found[name] > 0 for name in KINDS} == dict.fromkeys(KINDS, True)


def test_every_page_is_in_english_and_so_are_its_title_and_description(
    pages: dict[str, lxml.html.HtmlElement],
) -> None:
    for name, page in pages.items():
        assert page.get("lang") == "en", name
        described = page.xpath(
            "//title/text() | //meta[@name='description' or starts-with(@property, 'og:')]/@content"
        )
        assert described, name
        assert not [one for one in described if any(map(is_unspaced, one))], name


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("<p>搜尋</p>", [("p", "")]),
        ("<p>Search <b>all</b> 搜尋</p>", [("p", "")]),
        ('<p lang="zh-Hant">句 <b lang="en">Search</b> 句</p>', []),
        ('<p lang="zh-Hant">句 <b lang="en">搜尋</b></p>', [("b", "")]),
        ('<input placeholder="搜尋">', [("input", "placeholder")]),
        ('<ol aria-label="搜尋" lang="zh"></ol>', []),
        ('<p data-words=\'{"a": "搜尋"}\'></p>', [("p", "data-words")]),
        ('<a href="搜尋">Search</a><script>"搜尋"</script><!-- 搜尋 -->', []),
    ],
)
def test_the_scan_finds_chinese_words_and_no_others(body: str, where: list[tuple[str, str]]) -> None:
    page = lxml.html.document_fromstring(f'<!doctype html><html lang="en"><body>{body}</body></html>')
    found = [one for one in words(page) if one.is_stray]
    assert [(one.element.tag, one.attribute) for one in found] == where
    assert not any(map(kind, found))


# --- the texts of the editors ---------------------------------------------------------------------

OF_THE_ARTICLE = (Heading, Passage)
"""Records whose own texts are words of the article.  Their names in other languages are in its record."""


def untranslated(value: object, where: str, shown: str) -> Iterator[str]:
    """The place and the beginning of each text of the editors, in any record, that has no English.

    :param shown: the coder whose tags the site shows; the readings of others are published as they came.
    """
    if isinstance(value, OF_THE_ARTICLE) or (isinstance(value, Tagging) and value.coder != shown):
        return
    if isinstance(value, Localized):
        if any(map(is_unspaced, value)) and not value.of("en"):
            yield f"{where}: {value[:40]}"
    elif isinstance(value, Prose):
        if value.sentences and "en" not in value.translations:
            yield f"{where}: {value.text[:40]}"
    elif dataclasses.is_dataclass(value):
        place = str(getattr(value, "place", "") or where)
        for field in dataclasses.fields(value):
            yield from untranslated(getattr(value, field.name), f"{place} {field.name}", shown)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from untranslated(one, f"{where} {key}", shown)
    elif isinstance(value, tuple):
        for one in value:
            yield from untranslated(one, where, shown)


def test_every_text_of_the_editors_has_english(repository: Checked) -> None:
    assert repository.project is not None
    assert [*untranslated(repository.project, "", repository.project.site.coder)] == []


def test_a_text_without_english_is_found_in_any_record(repository: Checked) -> None:
    """The test above fails for a definition, a field, a note and a page that lose their English."""
    project = repository.project
    assert project is not None
    facet = next(facet for facet in project.facets if facet.entries[0].fields)
    entry = facet.entries[0]
    name, prose = next(iter(entry.fields.items()))
    noted = next(tagging for tagging in project.taggings if tagging.note)
    page = project.pages[0]
    bare = dataclasses.replace
    for changed, found in (
        (bare(entry, definition=bare(entry.definition, translations={})), entry.definition.text),
        (bare(entry, fields={name: bare(prose, translations={})}), prose.text),
        (bare(noted, note=Localized(noted.note), cells=()), noted.note),
        (bare(page, prose=bare(page.prose, translations={})), page.prose.text),
    ):
        [one] = untranslated(changed, "", noted.coder)
        assert one.endswith(found[:40])


@pytest.mark.parametrize("page", ["index.html", "wu2020/index.html"])
def test_the_head_of_a_page_says_that_the_article_is_in_chinese(page: str, repository_site: Files) -> None:
    root = lxml.html.document_fromstring(repository_site[FOLDER + page].decode())
    [head] = root.xpath("//main/header[contains(@class, 'title')]")
    assert "The text and the evidence quoted from it are in Chinese." in head.text_content()
    assert (
        "quoted from it" not in lxml.html.document_fromstring(repository_site[page].decode()).text_content()
    )


@pytest.mark.parametrize("name", ["answers-modes", "answers-recommendations", "score", "remedies"])
def test_a_picture_has_no_chinese_words(repository_site: Files, name: str) -> None:
    """Its words have English names; a quotation that has none is left out, and its passage is linked."""
    shown = repository_site[f"en/pictures/{name}.svg"].decode()
    assert [one for one in shown if is_unspaced(one)] == []


def test_a_passage_has_its_summary_before_its_words(pages: dict[str, lxml.html.HtmlElement]) -> None:
    page = pages[f"{FOLDER}wu2020/p13.html"]
    [summary] = page.xpath("//div[@class='summary']")
    assert "not translated" in summary.text_content()
    assert summary.getnext().tag == "article"


def test_what_the_conversion_loses_is_marked_only_where_a_switch_shows_it(
    pages: dict[str, lxml.html.HtmlElement], repository_site: Files
) -> None:
    traditional = lxml.html.fromstring(repository_site["wu2020/index.html"])
    for page, marked in ((traditional, True), (pages[f"{FOLDER}wu2020/index.html"], False)):
        assert bool(page.find_class("l-merges")) is marked
        assert bool(page.xpath("//input[@id='_show-losses']")) is marked


def test_a_heading_of_the_text_has_its_english_name(
    pages: dict[str, lxml.html.HtmlElement], repository: Checked
) -> None:
    assert repository.project is not None
    shown = {
        one.getprevious().get("id"): one.text
        for one in pages[f"{FOLDER}wu2020/index.html"].find_class("named")
    }
    headings = [one for one in repository.project.works[0].headings if one.level > 1]
    assert shown == {one.id: one.name.translations["en"] for one in headings}


def test_a_cell_has_a_space_after_its_sign_in_english_alone(
    repository: Checked, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    assert repository.project is not None
    name = Edition.of(repository.project).signed_name(CodeId.cell("space+"))
    assert (name, name.of("en")) == ("空間＋規模效應", "Space+ Effects of scale")
    strip = pages["en/wu2020/index.html"].xpath("//*[@class='strip']//a/@title")
    assert "Passage 2: Space+ Effects of scale" in strip


def test_a_quotation_of_a_cell_has_the_trait_that_it_shows_after_it_in_english(
    repository: Checked, repository_site: Files, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    """A reader of English alone learns what a quotation is for, and that this translates nothing."""
    assert repository.project is not None
    for cell in repository.project.grid.cells:
        traits = {trait.id: trait.name.of("en") for trait in cell.traits}
        assert all(one.trait for one in cell.words)
        address = addresses.cell(cell, {pole.id: pole for pole in repository.project.grid.poles})
        page = pages[FOLDER + address]
        shown = {
            row.find(".//q").text_content(): row.findtext("span[@class='says']")
            for row in page.xpath("//ul[@class='traits']/li[.//q]")
        }
        assert shown == {nested(one.text, "zh-Hant"): traits[one.trait] for one in cell.words}
        assert "not a translation" in page.text_content()
        own = lxml.html.document_fromstring(repository_site[address].decode())
        assert not own.xpath("//*[@class='says']")


@pytest.mark.parametrize("name", ["grid/index.html", "grid/space.html"])
def test_where_quotations_stand_a_page_says_that_what_is_beside_them_is_no_translation(
    pages: dict[str, lxml.html.HtmlElement], name: str
) -> None:
    assert len(re.findall("not a translation", pages[FOLDER + name].text_content())) == 1
