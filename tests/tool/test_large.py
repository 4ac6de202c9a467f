"""Large projects: what is split past the sizes of :mod:`site_builder.edition.sizes`.

The sizes are lowered, so that a project of three works is split, and its site is compared with the whole one.
"""

from __future__ import annotations

import io
import json
import posixpath
import random
import re
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, chain, pairwise, product
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.etree
import lxml.html
import page_reader
import proof_tools
import pytest
import shared
from conftest import Files
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from proof_tools import OnDemand, checked
from test_browser import chromium
from works import SMALL

from benchmarks import search as benchmark
from site_builder import pipeline
from site_builder.edges import write
from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.edition.sizes import SIZES, Sizes
from site_builder.formats import catalogue
from site_builder.language import folding
from site_builder.model import Project
from site_builder.pipeline.scripts import INDEX, ScriptData
from site_builder.site import assets
from site_builder.site.division import slices
from site_builder.site.pages import code_lists
from site_builder.site.presenter import Presenter
from site_builder.site.script_data import grams

__all__ = ["chromium"]

works_site, split_works_site = page_reader.works_site, page_reader.split_works_site

WORKS = ("canal", "dike", "weir")


class Site:
    """The files of a site, and its pages as trees."""

    def __init__(self, edition: Edition, files: Files) -> None:
        self.edition = edition
        self.files = files

    @cached_property
    def pages(self) -> dict[str, lxml.html.HtmlElement]:
        return {
            name: lxml.html.fromstring(content.decode())
            for name, content in self.files.items()
            if name.endswith(".html")
        }

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        return {name: set(page.xpath("//@id")) for name, page in self.pages.items()}

    def links(self, name: str) -> list[tuple[str, str]]:
        """The links of a page within the site: path and fragment."""
        found = []
        for href in self.pages[name].xpath("//*/@href | //*/@src"):
            path, _, id_ = unquote(href).partition("#")
            if not href.startswith(("http:", "https:", "urn:", "mailto:")):
                path = path.partition("?")[0]
                at = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                found.append((at, id_))
        return found


@pytest.fixture(scope="module")
def project(works_site: tuple[Path, Files]) -> Project:
    found = checked(works_site[0])
    assert found.sound
    assert found.project is not None
    return found.project


@pytest.fixture(scope="module")
def whole(project: Project, works_site: tuple[Path, Files]) -> Site:
    return Site(Edition.of(project), works_site[1])


@pytest.fixture(scope="module")
def split(project: Project, split_works_site: Files) -> Site:
    return Site(Edition.of(project, sizes=SMALL), split_works_site)


# --- nothing is lost ------------------------------------------------------------------------------


def test_every_page_of_the_whole_site_is_there_with_its_ids(whole: Site, split: Site) -> None:
    lost = [
        f"{name}#{id_}"
        for name, ids in whole.ids.items()
        for id_ in ids
        if not id_.startswith("_")
        and id_ not in split.ids.get(name, ())
        and not name.endswith("edition.html")
    ]
    assert whole.pages.keys() <= split.pages.keys()
    assert lost == []


def test_every_link_of_a_split_site_leads_to_a_file_and_to_an_id(split: Site) -> None:
    dead = [
        f"{name}: {path}#{id_}"
        for name in split.pages
        for path, id_ in split.links(name)
        if path not in split.files or (id_ and path in split.ids and id_ not in split.ids[path])
    ]
    assert dead == []


def test_no_id_is_twice_on_a_page_of_a_split_site(split: Site) -> None:
    for name, page in split.pages.items():
        assert [id_ for id_, times in Counter(page.xpath("//@id")).items() if times > 1] == [], name


def test_every_page_of_a_split_site_can_be_reached_from_its_home_page(split: Site) -> None:
    reached: set[str] = set()
    ahead = ["index.html"]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead += {path for path, _ in split.links(name) if path in split.pages} - reached - {*ahead}
    assert split.pages.keys() - reached == set()


def test_json_has_characters_and_no_escapes_of_them(whole: Site, split: Site) -> None:
    for site in (whole, split):
        texts = {
            name: data.decode() for name, data in site.files.items() if "json" in name.rpartition(".")[2]
        }
        assert any("水" in text for text in texts.values())
        # control characters and the separators of lines are escaped
        assert {name for name, text in texts.items() if re.search(r"\\u(?!00[01]|202[89])", text)} == set()


def test_no_two_pages_of_no_work_have_one_title(split: Site) -> None:
    of_no_work = [name for name in split.pages if name.partition("/")[0] not in (*WORKS, "hans")]
    titles = Counter(split.pages[name].findtext(".//title") for name in of_no_work if name != "edition.html")
    assert len(titles) > 10
    assert [title for title, times in titles.items() if times > 1] == []


def test_a_project_below_the_sizes_has_the_bytes_of_today(project: Project, whole: Site) -> None:
    """The sizes are those that the project just reaches, so that one work or passage less is below, too."""
    passages = sum(len(work.passages) for work in project.works)
    most = Sizes(named_works=3, home_passages=passages, shared_own=30, shared_others=30)
    found = pipeline.site(Edition.of(project, sizes=most))
    assert found.keys() == whole.files.keys()
    assert [name for name in found if found[name] != whole.files[name]] == []


# --- lists of passages ----------------------------------------------------------------------------


@given(
    keys=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5).map(str)), min_size=1, max_size=40),
    most=st.integers(1, 12),
)
def test_the_parts_of_a_list_have_each_entry_once_and_no_more_than_fit(keys: list[Key], most: int) -> None:
    order = {(work, str(number)): n for n, (work, number) in enumerate(product("abc", range(6)))}
    keys = sorted(keys, key=order.__getitem__)
    found = slices(keys, most)
    parts = [list(part.of(keys)) for part in found]
    assert list(chain.from_iterable(parts)) == keys
    assert [(part.first, part.last) for part in found] == [(part[0], part[-1]) for part in parts]
    assert [part.count for part in found] == list(map(len, parts))
    assert [part.works for part in found] == [len({work for work, _ in part}) for part in parts]
    assert all(len(part) <= most or len(set(part)) == 1 for part in parts)
    assert all(max(map(order.get, one)) < min(map(order.get, two)) for one, two in pairwise(parts))
    together = Counter(work for work, _ in keys)
    for work, count in together.items():
        if count <= most:
            assert sum(any(key[0] == work for key in part) for part in parts) == 1, "the work is not divided"


def listed(page: lxml.html.HtmlElement) -> Counter[str]:
    """The passages in the lists of a page, with their words."""
    found = page.xpath("//main//ol[@class='passages']/li")
    return Counter(" ".join(one.text_content().split()) for one in found)


@pytest.mark.parametrize("name", ["grid/flow.html", "grid/flow-far.html"])
def test_the_parts_of_the_list_of_a_code_have_together_what_the_whole_page_has(
    whole: Site, split: Site, name: str
) -> None:
    stem = name.removesuffix(".html")
    parts = [one for one in split.pages if re.fullmatch(rf"{stem}\.\d+\.html", one)]
    assert len(parts) > 1
    assert listed(split.pages[name]) == Counter()
    assert sum((listed(split.pages[one]) for one in parts), Counter()) == listed(whole.pages[name])
    assert {(one, "") for one in parts} <= {*split.links(name)}
    for one in parts:
        assert (name, "") in split.links(one)
        assert sum(listed(split.pages[one]).values()) <= SMALL.listed_passages


def test_an_entry_without_a_page_has_its_list_on_pages_of_its_own(whole: Site, split: Site) -> None:
    facet = next(one for one in split.edition.project.facets if one.kind == "index")
    counts = {entry.id: len(split.edition.index.by_entry[facet.id, entry.id]) for entry in facet.entries}
    long = [id_ for id_, count in counts.items() if count > SMALL.numbered]
    assert long
    for id_ in counts:
        parts = [one for one in split.pages if re.fullmatch(rf"{facet.id}/{id_}\.\d+\.html", one)]
        found = sum((listed(split.pages[one]) for one in parts), Counter())
        assert sum(found.values()) == (counts[id_] if id_ in long else 0), id_
        if id_ in long:
            assert (f"{facet.id}/{id_}.1.html", "") in split.links(f"{facet.id}/index.html")


@pytest.mark.parametrize(
    ("most", "divided"), [(-1, True), (0, False), (1, False)], ids=["below", "at", "above"]
)
def test_a_list_is_divided_past_a_number_of_passages(project: Project, most: int, *, divided: bool) -> None:
    edition = Edition.of(project)
    cell = max(project.grid.cells, key=lambda one: len(edition.index.by_cell.get(one.id, ())))
    count = len(edition.index.by_cell[cell.id])
    edition = Edition.of(project, sizes=replace(SIZES, listed_passages=count + most))
    found = code_lists.of_cell(Presenter(edition), cell)
    assert bool(found.divided) == divided
    assert bool(found.groups) != divided


# --- the data of the search -----------------------------------------------------------------------


def data(files: Files, name: str) -> Any:
    """The value that a data file sets."""
    return json.loads(files[name].decode().partition("=")[2].rstrip(";\n"))


def parts_of(files: Files, suffix: str) -> list[Any]:
    counts = data(files, f"data/search{suffix}.js")["parts"]
    parts = [data(files, f"data/search{suffix}/{number}.js") for number in range(1, len(counts) + 1)]
    assert [len(part["passages"]) for part in parts] == counts
    return parts


@pytest.mark.parametrize("suffix", ["", "-hans"])
def test_the_parts_of_the_search_have_the_records_of_the_whole(whole: Site, split: Site, suffix: str) -> None:
    def found(record: dict[str, Any], passages: list[Any]) -> str:
        passage = passages[record["p"]]["u"] if "p" in record else ""
        words = {name: value for name, value in record.items() if name not in ("p", "u")}
        return json.dumps([passage, words], sort_keys=True)

    every = data(whole.files, f"data/search{suffix}.js")
    head, parts = data(split.files, f"data/search{suffix}.js"), parts_of(split.files, suffix)
    wanted = Counter(found(record, every["passages"]) for record in every["records"])
    own = Counter(found(record, []) for record in head["records"])
    for part in parts:
        own += Counter(found(record, part["passages"]) for record in part["records"])
        assert len(part["passages"]) <= SMALL.part_passages
    # pages that only a large project names
    assert [one for one in wanted - own if '"page"' not in one] == []
    assert [one for one in own - wanted if '"page"' not in one] == []
    assert "text" in [id_ for id_, _ in head["kinds"]]
    assert [one["u"] for part in parts for one in part["passages"]] == [one["u"] for one in every["passages"]]


@pytest.mark.parametrize(("name", "indexes"), [("whole", 0), ("split", 2)])
def test_each_file_of_data_is_made_by_one_job_and_each_index_by_one(
    name: str, indexes: int, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(name)
    scripts = ScriptData(Presenter(site.edition))
    made = {job: scripts.make(job) for job in scripts.jobs}
    assert [path for files in made.values() for path in files] == list(scripts.files)
    assert all(scripts.files[path] == job for job, files in made.items() for path in files)
    found = {path: content for files in made.values() for path, content in files.items()}
    assert found == {
        path: content
        for path, content in site.files.items()
        if re.match(r"data/(?!panels|cards).*\.js$", path)
    }
    assert [len(files) for job, files in made.items() if job.kind == INDEX] == [grams.BUCKETS + 1] * indexes


DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def numbers(coded: str) -> list[int]:
    """What :func:`grams.coded` wrote, read as its docstring says."""
    found, number, shift = [], 0, 0
    for digit in map(DIGITS.index, coded):
        number |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            found.append(number)
            number = shift = 0
    return found


@given(st.lists(st.integers(0, 1 << 21)))
def test_numbers_in_digits_come_back(given_numbers: list[int]) -> None:
    assert numbers(grams.coded(given_numbers)) == given_numbers


def keys_of(part: dict[str, Any]) -> list[list[str]]:
    """For each passage of a part the keys of all that can be found; those of a work are in its first."""
    found: list[list[str]] = [[folding.fold(name)[0] for name in one["n"]] for one in part["passages"]]
    waiting: list[str] = []
    for record in part["records"]:
        texts = [record["x"], record.get("t", ""), *record.get("n", ()), *(x for _, x in record.get("o", ()))]
        waiting += [folding.fold(text)[0] for text in texts]
        if "p" in record:
            found[record["p"]] += waiting
            waiting = []
    found[-1] += waiting
    return found


@pytest.mark.parametrize("suffix", ["", "-hans"])
def test_the_index_has_each_gram_of_each_passage_at_its_places(split: Site, suffix: str) -> None:
    ends = list(accumulate(numbers(data(split.files, f"data/search{suffix}/lengths.js"))))
    places: dict[str, list[int]] = {}
    for number in range(grams.BUCKETS):
        bucket = data(split.files, f"data/search{suffix}/index-{number}.js")
        assert [gram for gram in bucket if ord(gram[0]) % 64 != number] == []
        for gram, coded in bucket.items():
            places[gram] = [place - 1 for place in accumulate(gap + 1 for gap in numbers(coded))]
    assert sorted(place for found in places.values() for place in found) == sorted(
        {place for found in places.values() for place in found}
    )
    passages = [keys for part in parts_of(split.files, suffix) for keys in keys_of(part)]
    assert len(ends) == len(passages)
    at = {place: gram for gram, found in places.items() for place in found}
    for start, end, keys in zip([0, *ends], ends, passages, strict=False):
        # a place between two keys has no gram, so the places of a passage can be read again as its keys
        read = "".join(at[place][0] if place in at else "\n" for place in range(start, end))
        assert Counter(read.splitlines()) == Counter(filter(None, keys))
    size = {gram: 2 if gram >= "\u2e80" else 3 for gram in places}
    for place, gram in at.items():
        following = "".join(at[place + n][0] for n in range(len(gram)))
        assert following == gram
        assert len(gram) == size[gram] or place + len(gram) not in at


@pytest.mark.parametrize("suffix", ["", "-hans"])
def test_the_files_of_works_have_together_the_previews_and_the_texts(
    whole: Site, split: Site, suffix: str
) -> None:
    found = data(split.files, f"data/previews{suffix}.js")
    assert not [address for address in found if address.startswith(WORKS)]
    for work in WORKS:
        found |= data(split.files, f"data/previews{suffix}/{work}.js")
    assert found == data(whole.files, f"data/previews{suffix}.js")
    texts = {work: data(split.files, f"data/texts/{work}.js") for work in WORKS}
    assert texts == data(whole.files, "data/texts.js")


@pytest.mark.browser
def test_pages_load_the_previews_and_the_texts_of_a_work_on_demand(
    split: Site, chromium: Browser, tmp_path: Path
) -> None:
    write.site(split.files, tmp_path / "site")
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto((tmp_path / "site/grid/flow.1.html").as_uri())
    link = page.locator("ol.passages a.at").first
    link.hover()
    page.wait_for_selector(".preview:popover-open")
    work = str(link.get_attribute("href")).split("/")[1]
    assert page.evaluate(
        "Object.keys(PREVIEWS).filter(one => /^(canal|dike|weir)\\//.test(one))[0]"
    ).startswith(work)
    passage = next(name for name in split.files if re.fullmatch(r"dike/p\d+\.html", name))
    page.goto((tmp_path / "site" / passage).as_uri() + "?w=0-2.00000000")  # words that are to be found
    page.wait_for_function("window.TEXTS && TEXTS.dike")
    assert page.evaluate("Object.keys(TEXTS)") == ["dike"]
    page.close()


WINDOWS = 60


@pytest.mark.browser
@pytest.mark.parametrize("view", ["", "hans/"])
def test_the_search_finds_what_a_plain_scan_finds(
    split: Site, view: str, chromium: Browser, tmp_path: Path
) -> None:
    """For random windows of the texts, the page finds the passages whose keys have the window, and loads only
    the parts in which something has it.
    """
    write.site(split.files, tmp_path / "site")
    page = chromium.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto((tmp_path / "site" / view / "search.html").as_uri())
    page.wait_for_function("window.SEARCH && SHARDS.state().id")
    parts = parts_of(split.files, "-hans" if view else "")
    texts = {
        part["passages"][record["p"]]["u"]: folding.fold(record["x"])[0]
        for part in parts
        for record in part["records"]
        if record["k"] == "text"
    }
    keys_in_parts = [[key for keys in keys_of(part) for key in keys] for part in parts]
    draw = random.Random(7)
    for _ in range(WINDOWS):
        text = draw.choice(sorted(filter(None, texts.values())))
        start = draw.randrange(len(text))
        window = text[start : start + draw.randrange(1, 13)]
        found, loaded = page.evaluate(ASK, window)
        assert found == sorted(u for u, key in texts.items() if window in key), window
        having = [number for number, keys in enumerate(keys_in_parts) if any(window in key for key in keys)]
        assert loaded == having, window
    page.close()


@pytest.mark.browser
def test_the_benchmark_of_the_search_compares_it_with_a_plain_scan(
    split: Site, chromium: Browser, tmp_path: Path
) -> None:
    write.site(split.files, tmp_path / "site")
    found = benchmark.search(tmp_path / "site", "hans/", chromium, 8)
    assert (found.wrong, len(found.first), len(found.all)) == ([], 8, 8)
    assert str(found).endswith("0 with other passages than a scan")
    for bucket in (tmp_path / "site/data/search-hans").glob("index-*.js"):
        bucket.write_text("var GRAMS={};\n", "utf-8")
    assert len(benchmark.search(tmp_path / "site", "hans/", chromium, 8).wrong) == 8


def test_the_benchmark_of_the_search_needs_a_large_site(
    whole: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write.site({"search.html": whole.files["search.html"]}, tmp_path / "site")
    assert benchmark.main([str(tmp_path / "site")]) == 1
    assert "no view has a search in parts" in capsys.readouterr().err


ASK = """async words => {
  const box = document.getElementById("_q");
  box.value = words;
  box.dispatchEvent(new Event("input"));
  while (!SHARDS.state().done) await new Promise(then => setTimeout(then, 1));
  const found = SHARDS.records.filter(one => one.kind === "text").map(one => one.passage.u).sort();
  return [found, SHARDS.state().parts];
}"""
"""Asks the search page, and gives the addresses of the passages whose texts match, and the numbers of the
parts that were searched, from 0.
"""


@pytest.mark.parametrize(
    ("most", "divided"), [(-1, True), (0, False), (1, False)], ids=["below", "at", "above"]
)
def test_the_data_of_scripts_is_in_parts_past_a_number_of_passages(
    project: Project, most: int, *, divided: bool
) -> None:
    passages = sum(len(work.passages) for work in project.works)
    edition = Edition.of(project, sizes=replace(SIZES, script_passages=passages + most))
    assert edition.has_parts_of_data == divided
    assert ("assets/shards.js" in assets.assets(edition)) == divided
    assert (b"SHARDS" in assets.assets(edition)["assets/search.js"]) == divided


def test_the_page_of_downloads_lists_the_first_files_of_a_format_and_counts_the_others(split: Site) -> None:
    page = split.pages["cite.html"]
    for purpose in page.xpath("//section[@class='downloads']//li"):
        files = purpose.xpath("./p[@class='file']/a[code]/@href")
        more = purpose.xpath("./p[@class='file'][not(a/code)]")
        assert 0 < len(files) <= SMALL.listed_files
        assert all(href in split.files for href in files)
        assert not more or len(files) == SMALL.listed_files
    assert len(page.xpath("//section[@class='downloads']//p[@class='file'][not(a/code)]")) > 3
    links = {path for path, _ in split.links("dike/work.cite.html")}
    assert {"data/books/dike.epub", "dike/work.edition.html"} <= links


# --- lists for programs ---------------------------------------------------------------------------


def test_the_pages_of_the_annotations_have_together_what_one_file_has(whole: Site, split: Site) -> None:
    every = json.loads(whole.files["data/annotations.jsonld"])
    collection = json.loads(split.files["data/annotations.jsonld"])
    base = f"{split.edition.project.site.address.rstrip('/')}/"
    items, iri, before = [], collection["first"], ""
    while iri:
        page = json.loads(split.files[iri.removeprefix(base)])
        assert page["type"] == "AnnotationPage"
        assert (page["id"], page.get("prev", "")) == (iri, before)
        assert page["startIndex"] == len(items)
        assert page["partOf"] == collection["id"]
        assert 0 < len(page["items"]) <= SMALL.annotations
        items += page["items"]
        before, iri = iri, page.get("next", "")
    assert before == collection["last"]
    assert collection["total"] == every["total"] == len(items)
    assert [one["id"] for one in items] == [one["id"] for one in every["first"]["items"]]


@pytest.mark.parametrize(("most", "pages"), [(-1, 2), (0, 0), (1, 0)], ids=["below", "at", "above"])
def test_annotations_are_in_one_file_up_to_a_number(
    project: Project, whole: Site, most: int, pages: int
) -> None:
    total = json.loads(whole.files["data/annotations.jsonld"])["total"]
    form = next(one for one in catalogue.FORMATS if one.id == "webannotation")
    files = pipeline.export(Edition.of(project, sizes=replace(SIZES, annotations=total + most)), form)
    assert len(files) == 1 + pages
    if not pages:
        assert files["data/annotations.jsonld"] == whole.files["data/annotations.jsonld"]


def test_the_sitemaps_have_together_the_addresses_of_the_pages(split: Site) -> None:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    base = f"{split.edition.project.site.address.rstrip('/')}/"
    index = lxml.etree.fromstring(split.files["sitemap.xml"])
    assert index.tag == f"{name}sitemapindex"
    found: list[str] = []
    for loc in index.iter(f"{name}loc"):
        part = lxml.etree.fromstring(split.files[loc.text.removeprefix(base)])
        own = [one.text.removeprefix(base) for one in part.iter(f"{name}loc")]
        assert 0 < len(own) <= SMALL.sitemap
        found += own
    left_out = ("search.html", "try.html", "collection.html")
    wanted = {one for one in split.pages if not one.endswith(left_out) and "edition." not in one}
    assert Counter(found) == Counter(wanted)


# --- files of all pages ---------------------------------------------------------------------------


def test_the_index_of_the_files_has_the_ids_of_pages_and_of_the_first_text(whole: Site, split: Site) -> None:
    """So an address in the one file of a small project leads near its place after the project has grown."""
    first = split.edition.project.first_published
    for view in ("", "hans/"):
        ids = split.ids[f"{view}edition.html"]
        kept = {block.id for block in first.blocks}
        shared = {name.removesuffix(".html") for name in whole.pages if "/" not in name} - {
            *("index", "search", "try", "collection", "edition")
        }
        assert kept | {f"__{name}" for name in (*shared, *WORKS, "home")} | {*WORKS} <= ids
        assert kept | {f"__{name}" for name in (*shared, *WORKS)} <= whole.ids[f"{view}edition.html"]


def test_each_page_is_in_one_of_the_files_with_its_ids(split: Site) -> None:
    found: Counter[str] = Counter()
    for work in (*WORKS, ""):
        name = f"{work}/work.edition.html" if work else "edition.pages.html"
        ids = split.ids[name]
        assert all(
            id_.startswith("__") or id_ in split.ids[f"{work}/index.html"] for id_ in ids if id_[0] != "_"
        )
        found.update(id_ for id_ in ids if id_.startswith("__") and "//" not in id_)
    wanted = {
        f"__{name.removesuffix('.html').removesuffix('/index')}"
        for name in split.pages
        if not name.startswith(("hans/", "edition."))
        and "work.edition" not in name
        and not addresses.is_part(name)
    } - {"__search", "__try", "__collection", "__index"}
    assert set(found) == wanted | {"__home"}
    assert set(found.values()) == {1}


@pytest.mark.parametrize(("most", "one"), [(-1, False), (0, True), (1, True)], ids=["below", "at", "above"])
def test_works_are_in_one_book_up_to_a_number_of_passages(project: Project, most: int, *, one: bool) -> None:
    passages = sum(len(work.passages) for work in project.works)
    edition = Edition.of(project, sizes=replace(SIZES, book_passages=passages + most))
    assert edition.is_one_book == one
    alone = replace(project, works=project.works[:1])
    assert Edition.of(alone, sizes=replace(SIZES, book_passages=1, named_works=0)).is_one_book


def chapters(book: bytes) -> dict[str, lxml.html.HtmlElement]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {
            name.removeprefix("EPUB/"): lxml.etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }


def test_each_work_has_a_book_and_the_pages_of_the_editors_have_one(whole: Site, split: Site) -> None:
    every = {name for name in chapters(whole.files["data/edition.epub"]) if not name.startswith("book.")}
    found: Counter[str] = Counter()
    for work in (*WORKS, ""):
        book = chapters(split.files[f"data/books/{work}.epub" if work else "data/edition.epub"])
        own = [name for name in book if not name.startswith("book.")]
        assert all(name.startswith(f"{work}/") for name in own) if work else own
        found.update(own)
    assert set(found) == every
    assert set(found.values()) == {1}
    assert {f"data/books-hans/{work}.epub" for work in WORKS} <= split.files.keys()


def test_a_link_to_another_book_leads_to_the_site(split: Site) -> None:
    address = split.edition.project.site.address
    assert address
    book = chapters(split.files["data/books/dike.epub"])
    links = {href for page in book.values() for href in page.xpath("//@href")}
    outside = {href for href in links if href.startswith(address)}
    assert f"{address.rstrip('/')}/grid/flow-far.html" in outside
    for href in outside:
        path, _, id_ = href.removeprefix(f"{address.rstrip('/')}/").partition("#")
        assert path in split.files or path == "", href
        assert not id_ or id_ in split.ids[path], href


def test_the_books_of_works_have_different_titles_and_identifiers(split: Site) -> None:
    named = set()
    for name in (
        *(f"data/books/{work}.epub" for work in WORKS),
        "data/edition.epub",
        "data/edition-hans.epub",
    ):
        with zipfile.ZipFile(io.BytesIO(split.files[name])) as archive:
            opf = lxml.etree.fromstring(archive.read("EPUB/book.opf"))
        dc = "{http://purl.org/dc/elements/1.1/}"
        named.add((opf.findtext(f".//{dc}identifier"), opf.findtext(f".//{dc}title")))
    assert len({identifier for identifier, _ in named}) == 5
    assert {str(work.record.title) for work in split.edition.project.works} < {title for _, title in named}


def test_there_is_a_book_for_each_work_and_view(split: Site) -> None:
    works = {f"data/books{suffix}/{work}.epub" for suffix in ("", "-hans") for work in WORKS}
    found = {name for name in split.files if name.endswith(".epub")}
    assert found == works | {"data/edition.epub", "data/edition-hans.epub"}


CHECKED = ["books/canal", "books-hans/weir", "edition", "edition-hans"]


@pytest.fixture(scope="module")
def reports(split: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Book → the report of EPUBCheck on it."""
    books = {name: split.files[f"data/{name}.epub"] for name in CHECKED}
    folder = tmp_path_factory.mktemp("books")
    return shared.value("reports of EPUBCheck, large", lambda: proof_tools.epubcheck(books, folder))


@pytest.mark.reads("epub", "EPUBCheck")
@pytest.mark.parametrize("name", CHECKED)
def test_epubcheck_finds_no_fault_in_the_books_of_a_large_project(name: str, reports: dict[str, Any]) -> None:
    reported = reports[name]
    levels = ("FATAL", "ERROR", "WARNING")
    assert [one["message"] for one in reported["messages"] if one["severity"] in levels] == []
    assert reported["publication"]["nSpines"] > 3


# --- works ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "few"), [(2, False), (3, True), (4, True)])
def test_a_project_names_its_works_on_every_page_up_to_a_number(
    project: Project, most: int, *, few: bool
) -> None:
    edition = Edition.of(project, sizes=replace(SIZES, named_works=most))
    assert edition.has_few_works == few


def test_pages_of_a_large_project_name_their_own_work_alone(split: Site) -> None:
    titles = {work.id: str(work.record.title) for work in split.edition.project.works}
    for name, page in split.pages.items():
        work = name.removeprefix("hans/").partition("/")[0]
        if name.startswith("hans/") or "edition" in name:
            continue
        menu = page.xpath("string(//*[@data-menu='read'])")
        assert [id_ for id_, title in titles.items() if title in menu] == ([work] if work in titles else [])
        rights = page.xpath("//meta[@name='DC.rights']/@content")
        of_works = {str(one.record.rights_short) for one in split.edition.project.works}
        if work not in titles and not name.startswith("works."):
            assert not of_works & {*rights}, name
        if work in titles:
            assert page.xpath("string(//footer/p[1])").startswith(
                str(split.edition.index.works[work].record.rights_short)
            )


def test_the_list_of_works_has_each_work_once_and_leads_to_its_pages(split: Site) -> None:
    found = []
    for name in ("works.1.html", "works.2.html"):
        page = split.pages[name]
        found += page.xpath("//main//ul[@class='works']//p[@class='begin']/a/@href")
        links = {path for path, _ in split.links(name)}
        for work in [href.partition("/")[0] for href in page.xpath("//main//p[@class='begin']/a/@href")]:
            assert {
                f"{work}/{kind}.html" for kind in ("index", "apparatus", "work.pictures", "work.cite")
            } <= links
    assert found == [f"{work}/index.html" for work in WORKS]


def test_the_home_page_of_a_large_project_lists_works_and_no_outlines(whole: Site, split: Site) -> None:
    assert whole.pages["index.html"].xpath("//*[@class='outline']")
    home = split.pages["index.html"]
    assert not home.xpath("//*[@class='outline'] | //figure[contains(@class, 'picture')]")
    assert len(home.xpath("//div[@class='way']")) == SMALL.listed_works
    assert ("works.1.html", "") in split.links("index.html")


@pytest.mark.parametrize(("most", "shown"), [(-1, False), (0, True), (1, True)], ids=["below", "at", "above"])
def test_the_home_page_has_outlines_up_to_a_number_of_passages(
    project: Project, most: int, *, shown: bool
) -> None:
    passages = sum(len(work.passages) for work in project.works)
    found = OnDemand(Edition.of(project, sizes=replace(SIZES, home_passages=passages + most)))
    assert (b'class="outline"' in found["index.html"]) == shown


def test_the_pictures_and_citations_of_each_work_are_on_pages_of_the_work(whole: Site, split: Site) -> None:
    def pictures(site: Site, name: str) -> set[str]:
        return set(site.pages[name].xpath("//figure[contains(@class, 'picture')]/@id"))

    def ledger(site: Site, name: str) -> set[str]:
        return set(site.pages[name].xpath("//table[contains(@class, 'register')]//th//text()"))

    every = pictures(whole, "pictures.html")
    of_works = [pictures(split, f"{work}/work.pictures.html") for work in WORKS]
    assert every == pictures(split, "pictures.html").union(*of_works)
    assert all(of_works)
    own = [ledger(split, f"{work}/work.cite.html") for work in WORKS]
    assert ledger(whole, "cite.html") == set().union(*own)
    assert not ledger(split, "cite.html")
