"""A site in three languages: the same pages with the same ids in each view, and each page names its twins."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import lxml.html
import pytest
from conftest import TINY, change, pages_of
from lxml import etree
from proof_tools import Element, Page, external, made, read

from site_builder.edges import load
from site_builder.edition import addresses, translations
from site_builder.pipeline import Checked

PROJECT = "annotations/project.yaml"
HANS = "  - {language: zh-Hans, folder: hans}\n"
ENGLISH = "  - {language: en, folder: en}\n"
BASE = "https://example.org/canal/"
VIEWS = {"": "zh-Hant", "hans": "zh-Hans", "en": "en"}
"""Folder → language, in the order of the project."""
NAMES = {"zh-Hant": "繁體中文", "zh-Hans": "简体中文", "en": "English"}
"""Language → what it is called in the switch."""
SCRIPTS = {"zh-Hant": "正體", "zh-Hans": "简体"}
"""What the views in two scripts call each other."""
SHORT = {"zh-Hant": "繁", "zh-Hans": "简", "en": "EN"}
"""Language → its name on narrow pages, which is not spoken."""
OPEN_GRAPH = {"zh-Hant": "zh_TW", "zh-Hans": "zh_CN", "en": "en"}
SHARED = (addresses.DATA, addresses.ASSETS, addresses.FEED)
"""Files that all views share."""


@dataclass(frozen=True)
class Site:
    """The files of a site, and its pages by view."""

    files: Mapping[str, bytes]

    @cached_property
    def pages(self) -> dict[str, dict[str, Page]]:
        """Folder of the view → address in the view → page, with the file that has all pages."""
        found: dict[str, dict[str, Page]] = {folder: {} for folder in VIEWS}
        for name, data in sorted(self.files.items()):
            if name.endswith(".html"):
                top, _, rest = name.partition("/")
                folder = top if rest and top in VIEWS else ""
                found[folder][rest if folder else name] = read(data.decode(), name)
        return found

    def each(self) -> Iterator[tuple[str, str, Page]]:
        """(folder, address in the view, page), without the files that have all pages of a view."""
        for folder, tree in self.pages.items():
            for address, page in tree.items():
                if address != addresses.ONEFILE:
                    yield folder, address, page


def site_with(folder: Path, views: str) -> Site:
    """The site of the small project with other views after the first one."""
    shutil.copytree(TINY, folder)
    change(folder, PROJECT, HANS, views)
    return Site(made(folder))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project in three views."""
    return site_with(tmp_path_factory.mktemp("three") / "project", HANS + ENGLISH)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project in one view."""
    return site_with(tmp_path_factory.mktemp("one") / "project", "")


def twins(folder: str, address: str) -> dict[str, str]:
    """Language → path in the site, of the same page in the other views."""
    return {
        language: f"{other}/{address}" if other else address
        for other, language in VIEWS.items()
        if other != folder
    }


# --- the pages ------------------------------------------------------------------------------------


def test_every_view_has_the_same_pages(site: Site) -> None:
    first, *others = (tree.keys() for tree in site.pages.values())
    assert len(first) > 20
    assert addresses.ONEFILE in first
    assert [sorted(tree ^ first) for tree in others] == [[], []]


def test_a_page_has_the_same_ids_in_every_view(site: Site) -> None:
    different = [
        (folder, address)
        for folder, tree in site.pages.items()
        for address, page in tree.items()
        if page.ids != site.pages[""][address].ids
    ]
    assert different == []
    assert "p1" in site.pages["en"]["canal/index.html"].ids


def test_a_page_has_the_language_of_its_view(site: Site) -> None:
    found = {
        (folder, page.root.all("html")[0].attributes.get("lang"))
        for folder, tree in site.pages.items()
        for page in tree.values()
    }
    assert found == set(VIEWS.items())


def test_a_further_view_leaves_the_first_as_it_is(site: Site, tiny_site: Mapping[str, bytes]) -> None:
    """Only the lists of the views and of the downloads become longer."""
    alternate = re.compile(
        r'<link rel="alternate" (?:type="text/html" )?hreflang="en".*\n|<meta property="og:locale:.*\n'
        r'|<a class="script".*\n|^.*ld\+json.*$',
        re.MULTILINE,
    )
    for name in tiny_site:
        if name.endswith(".html") and name.rpartition("/")[2] != addresses.CITE:
            two, three = (alternate.sub("", one[name].decode()) for one in (tiny_site, site.files))
            assert three == two, name


# --- the twins of a page --------------------------------------------------------------------------


def test_every_page_links_its_twins_in_its_head(site: Site) -> None:
    for folder, address, page in site.each():
        links = [
            one.attributes
            for one in page.all("link")
            if one.attributes.get("rel") == "alternate" and one.attributes.get("type") == "text/html"
        ]
        found = {one["hreflang"]: page.resolve(one["href"])[0] for one in links}
        assert found == twins(folder, address), page.address
        assert len(links) == len(found)


def test_every_page_has_a_switch_to_its_twins(site: Site) -> None:
    for folder, address, page in site.each():
        switches = [one for one in page.all("a") if one.attributes.get("class") == "script"]
        found = {one.attributes["hreflang"]: page.resolve(one.attributes["href"])[0] for one in switches}
        assert found == twins(folder, address), page.address
        assert [one.attributes["lang"] for one in switches] == [*found]
        names = NAMES if VIEWS[folder] == "en" else NAMES | SCRIPTS
        parts = [one.all("span") for one in switches]
        assert [[part.text for part in ones] for ones in parts] == [
            [names[language], SHORT[language]] for language in found
        ]
        assert [[part.attributes.get("aria-hidden") for part in ones] for ones in parts] == [
            [None, "true"] for _ in found
        ]


def test_a_page_names_the_addresses_of_all_its_views(site: Site) -> None:
    for folder, address, page in site.each():
        links = [one.attributes for one in page.all("link") if external(one.attributes["href"])]
        found = [(one["hreflang"], one["href"]) for one in links if one["rel"] == "alternate"]
        full = [(language, BASE + addresses.in_tree(address, other)) for other, language in VIEWS.items()]
        assert found == [*full, ("x-default", BASE + address)], page.address
        own = [one["href"] for one in links if one["rel"] == "canonical"]
        assert own == [BASE + addresses.in_tree(address, folder)]


def test_open_graph_names_the_language_of_a_page_and_the_others(site: Site) -> None:
    for folder, _, page in site.each():
        named = [
            (one.attributes["property"], one.attributes["content"])
            for one in page.all("meta")
            if one.attributes.get("property", "").startswith("og:locale")
        ]
        others = [OPEN_GRAPH[language] for other, language in VIEWS.items() if other != folder]
        assert named == [
            ("og:locale", OPEN_GRAPH[VIEWS[folder]]),
            *(("og:locale:alternate", one) for one in others),
        ]


def test_the_sitemap_has_every_page_of_every_view_with_its_twins(site: Site) -> None:
    found: dict[str, dict[str, str]] = {}
    for url in etree.fromstring(site.files[addresses.SITEMAP]):
        location = next(one.text for one in url if one.tag.endswith("}loc")) or ""
        links = [one for one in url if one.tag.endswith("}link")]
        found[location] = {str(one.get("hreflang")): str(one.get("href")) for one in links}
    left = (addresses.SEARCH, addresses.TRYOUT, addresses.COLLECTION)
    wanted = {
        BASE + page.address: {
            language: BASE + addresses.in_tree(address, other) for other, language in VIEWS.items()
        }
        for folder, tree in site.pages.items()
        for address, page in tree.items()
        if address not in left
    }
    wanted = {at: found_ for at, found_ in wanted.items() if not at.endswith(addresses.ONEFILE)} | {
        at: found_ for at, found_ in wanted.items() if at.endswith(addresses.ONEFILE) and at in found
    }
    assert found == wanted


# --- a view is complete ---------------------------------------------------------------------------


def leads_elsewhere(element: Element, path: str) -> bool:
    """Whether an element is there to lead to another view, or to the file of its pages for download."""
    return "hreflang" in element.attributes or path.endswith(addresses.ONEFILE)


def test_only_the_switch_leads_into_another_view(site: Site) -> None:
    wrong = []
    for folder, tree in site.pages.items():
        for page in tree.values():
            for element, _, address in page.links():
                path, _ = page.resolve(address)
                if external(address) or path.startswith(SHARED):
                    continue
                top = path.partition("/")[0]
                there = top if top in VIEWS else ""
                if there != folder and not leads_elsewhere(element, path):
                    wrong.append((page.address, address))
    assert wrong == []


def test_every_link_leads_to_a_file_and_a_place_on_it(site: Site) -> None:
    broken = []
    ids = {page.address: {*page.ids} for tree in site.pages.values() for page in tree.values()}
    for folder, tree in site.pages.items():
        for page in tree.values():
            for _, _, address in page.links():
                path, fragment = page.resolve(address)
                if external(address):
                    continue
                # a place of a shared address is on the page of the first view
                if path not in site.files or (fragment and path in ids and fragment not in ids[path]):
                    broken.append((folder, page.address, address))
    assert broken == []


def test_a_view_has_data_and_books_of_its_own(site: Site) -> None:
    for name in ("previews{}.js", "search{}.js", "edition{}.epub"):
        assert {addresses.DATA + name.format(one) for one in ("", "-hans", "-en")} <= site.files.keys()
    for folder, _, page in site.each():
        suffix = f"-{folder}" if folder else ""
        body = page.all("body")[0].attributes["data-previews"]
        assert page.resolve(body)[0] == f"data/previews{suffix}.js"
        if page.address.endswith(addresses.SEARCH):
            source = page.by_id("_hits").attributes["data-source"]
            assert page.resolve(source)[0] == f"data/search{suffix}.js"


def test_no_markup_is_where_only_text_can_be(site: Site) -> None:
    """A text in another language than the page is in an element with ``lang``, except where none can be."""
    wrong = []
    for tree in site.pages.values():
        for page in tree.values():
            for element in page.elements:
                if element.tag in ("title", "option") and (
                    [one for one in element.children if isinstance(one, Element)] or "<" in element.text
                ):
                    wrong.append((page.address, element.tag, element.text[:60]))
                wrong += [
                    (page.address, f"{element.tag} {name}", value[:60])
                    for name, value in element.attributes.items()
                    if re.search(r"<span|</span|<bdi", value)
                ]
    assert wrong == []


# --- one view -------------------------------------------------------------------------------------


def test_a_site_in_one_view_names_no_other(alone: Site) -> None:
    assert alone.pages["hans"] == alone.pages["en"] == {}
    assert not [name for name in alone.files if "hans" in name]
    for page in alone.pages[""].values():
        assert not [one for one in page.all("a") if one.attributes.get("class") == "script"]
        assert not [one for one in page.elements if "hreflang" in one.attributes and one.tag == "a"]
        assert not [one for one in page.all("link") if "data-other" in one.attributes]
        assert not page.meta("og:locale:alternate")
    assert b"hreflang" not in alone.files[addresses.SITEMAP]
    assert b"zh-Hans" not in alone.files[addresses.SITEMAP]


def test_no_file_of_a_site_in_one_view_names_another_language(alone: Site) -> None:
    styles = b"".join(re.findall(rb"<style>.*?</style>", alone.files[addresses.ONEFILE], re.DOTALL))
    named = sorted(
        name
        for name, data in alone.files.items()
        if not name.startswith(addresses.ASSETS) and re.search(rb"zh-Hans|zh_CN", data.replace(styles, b""))
    )
    assert named == []


# --- translated sentences -------------------------------------------------------------------------

FIRST = "The water passes three gates [@p1 things:gate]."
AGAIN = "Then it is in the field [@p1]."
SECOND = "The order is on the board [@p9 ways:share]."
FURTHER = "It is old [@p9]."
GATES = {
    "as many sentences": (f"{FIRST} {SECOND}", "The water passes three gates.", "The order is on the board."),
    "more for the first": (
        f"{FIRST} {AGAIN} {SECOND}",
        "The water passes three gates. Then it is in the field.",
        "The order is on the board.",
    ),
    "more for the second": (
        f"{FIRST} {SECOND} {FURTHER}",
        "The water passes three gates.",
        "The order is on the board. It is old.",
    ),
    "fewer": (
        "It passes three gates in the order on the board [@p1 things:gate; @p9 ways:share].",
        "It passes three gates in the order on the board.",
        "It passes three gates in the order on the board.",
    ),
}
"""A translation of the one paragraph of ``gates.md`` → what translates its first and its second sentence."""


def translated(folder: Path, words: str) -> Checked:
    """The small project with a view in English and a translation of the page about the gates."""
    shutil.copytree(TINY, folder)
    change(folder, PROJECT, HANS, HANS + ENGLISH)
    page = folder / "annotations/pages/gates.en.md"
    page.write_text(f"---\nid: gates\n---\n\n{words} {{#b1}}\n", encoding="utf-8")
    return load.checked(folder)


@pytest.mark.parametrize(("words", "first", "second"), GATES.values(), ids=GATES)
def test_a_sentence_is_known_in_the_translation_of_its_page(
    tmp_path: Path, words: str, first: str, second: str
) -> None:
    found = translated(tmp_path / "project", words)
    assert found.project is not None
    [page] = [page for page in found.project.pages if page.id == "gates"]
    texts = [translations.sentence(page.prose, sentence) for sentence in page.prose.sentences]
    assert [text.of("en") for text in texts] == [first, second]
    assert texts == [sentence.text for sentence in page.prose.sentences]


def test_the_sentences_on_a_passage_are_shown_in_the_translation(tmp_path: Path) -> None:
    files = pages_of(translated(tmp_path / "project", f"{FIRST} {SECOND}"))
    for folder, shown in (("", "水「過三道閘」，才到田"), ("en/", "The water passes three gates.")):
        page = read(files[f"{folder}canal/p1.html"].decode())
        [link] = [link for link in page.all("a") if link.attributes.get("href", "").endswith("gates.html#n1")]
        assert shown in link.text
        assert not any("lang" in part.attributes for part in (link, *link.all("span"))), folder


# --- translations of entries ----------------------------------------------------------------------

WAYS = "annotations/codebook/facets/ways.yaml"
DEFINITION = "    definition: 以水泥把圳蓋住。\n"
HEADINGS = """
headings:
  water: {name_en: 1. Water, short_en: Water}
  bank: {short: 岸邊, short_en: Bank}
  bank-n: {name_en: The north bank}
"""
GAINS = "      gains: 上面「可以停車」[@p8 ways:cover]。\n"


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project with a view in English, in which one entry and some headings are translated."""
    folder = tmp_path_factory.mktemp("entries") / "project"
    shutil.copytree(TINY, folder)
    change(folder, PROJECT, HANS, HANS + ENGLISH)
    change(folder, WAYS, DEFINITION, DEFINITION + "    definition_en: The channel is covered with 水泥.\n")
    change(folder, WAYS, GAINS, GAINS + "      gains_en: Above it one “may park a car” [@p8 ways:cover].\n")
    with (folder / "corpus/canal/work.yaml").open("a", encoding="utf-8") as record:
        record.write(HEADINGS)
    return Site(made(folder))


def shown(site: Site, address: str, id_: str) -> tuple[str, list[str]]:
    """The words of the element with an id, and the languages that it and its parts state, the page first."""
    page = lxml.html.document_fromstring(site.files[address].decode())
    [found] = page.xpath("//*[@id=$id]", id=id_)
    languages = [one.get("lang") for one in found.xpath("ancestor-or-self::*[@lang] | .//*[@lang]")]
    return found.text_content(), languages


@pytest.mark.parametrize(
    ("address", "id_", "words", "languages"),
    [
        ("ways/cover.html", "cover-is", "以水泥把圳蓋住。", ["zh-Hant"]),
        ("en/ways/cover.html", "cover-is", "The channel is covered with 水泥.", ["en", "zh"]),
        ("en/ways/cover.html", "cover-gains", "Above it one “may park a car” [7].", ["en"]),
        ("en/ways/index.html", "cover-gains", "Above it one “may park a car” [7].", ["en"]),
        ("en/ways/open.html", "open-is", "把蓋住的圳掀開一段。", ["en", "zh-Hant"]),
    ],
)
def test_an_entry_is_shown_in_its_translation(
    entries: Site, address: str, id_: str, words: str, languages: list[str]
) -> None:
    assert shown(entries, address, id_) == (words, languages)


def test_an_entry_without_ids_is_shown_in_its_translation(entries: Site) -> None:
    """The page of a facet has the definition a second time, without ids."""
    page = lxml.html.document_fromstring(entries.files["en/ways/index.html"].decode())
    [line] = page.xpath("//section[@class='item'][h3/a[@href='cover.html']]/p[1]")
    assert (line.text_content(), line.get("lang")) == ("The channel is covered with 水泥.", None)


def test_a_translated_entry_has_the_same_ids_in_every_view(entries: Site) -> None:
    test_a_page_has_the_same_ids_in_every_view(entries)
    assert "cover-gains-1" in entries.pages["en"]["ways/cover.html"].ids


def test_data_for_scripts_and_metadata_have_the_translation_of_an_entry(entries: Site) -> None:
    for name, words, sentence in (
        ("data/search.js", "以水泥把圳蓋住。", "上面「可以停車」。"),
        ("data/search-en.js", "The channel is covered with 水泥.", "Above it one “may park a car”."),
    ):
        assert words in entries.files[name].decode()
        assert sentence in entries.files[name].decode()
    assert "The channel is covered" in entries.files["data/previews-en.js"].decode()
    head = entries.files["en/ways/cover.html"].decode().partition("</head>")[0]
    assert '<meta name="description" content="The channel is covered with 水泥.">' in head


def links(site: Site, address: str, path: str) -> list[tuple[str, list[str]]]:
    """The words of each link at a path in a page, and the languages that the link or its parts state."""
    page = lxml.html.document_fromstring(site.files[address].decode())
    return [(one.text_content(), one.xpath("descendant-or-self::*/@lang")) for one in page.xpath(path)]


def test_the_outline_has_the_names_of_headings(entries: Site) -> None:
    outline = "//section[@class='outline']//a[not(ancestor::ol[@class='strip'])]"
    chinese = ["一、水", "二、岸", "北岸", "南岸", "三、人"]
    assert links(entries, "index.html", outline) == [(words, []) for words in chinese]
    assert links(entries, "en/index.html", outline) == [
        ("1. Water", []),
        ("Bank", []),
        ("The north bank", []),
        ("南岸", ["zh-Hant"]),
        ("三、人", ["zh-Hant"]),
    ]
    rail = "//nav[@class='rail']//a"
    assert links(entries, "en/canal/index.html", rail) == links(entries, "en/index.html", outline)


def test_the_path_above_a_passage_has_the_short_names_of_headings(entries: Site) -> None:
    for folder, names in (
        ("", ["岸邊", "北岸"]),
        ("hans/", ["岸边", "北岸"]),
        ("en/", ["Bank", "The north bank"]),
    ):
        found = links(entries, f"{folder}canal/p4.html", "//nav[@class='trail']//a[contains(@href, '#')]")
        assert found == [(name, []) for name in names]


def test_the_headings_of_the_text_stay_as_they_are(entries: Site) -> None:
    texts = links(entries, "en/canal/index.html", "//article//h2[@class='content']")
    assert texts == [(words, ["zh-Hant"]) for words in ("一、水", "二、岸", "三、人")]


def test_a_book_names_its_headings_in_its_language(entries: Site) -> None:
    with zipfile.ZipFile(io.BytesIO(entries.files["data/edition-en.epub"])) as book:
        [contents] = [book.read(name).decode() for name in book.namelist() if name.endswith("contents.xhtml")]
    assert "1. Water" in contents
    assert "一、水" not in contents
