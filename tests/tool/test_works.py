"""A project of several works: its pages, exports and imports say to which work each passage belongs."""

from __future__ import annotations

import io
import json
import posixpath
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import page_reader
import proof_tools
import pytest
from conftest import TINY, Files, pages_of, record
from page_reader import Page, three_works
from views import is_first, own, view_of
from works import add_works

from site_builder.edges import load
from site_builder.edition import identifiers
from site_builder.edition.edition import Edition
from site_builder.edition.index import build_index
from site_builder.formats import readers
from site_builder.importing import Imported, resolve
from site_builder.model import Project

works_site = page_reader.works_site

TITLES = {"canal": "〈圳邊記〉", "dike": "〈堤記〉", "weir": "〈堰記〉"}
NAMES = {"canal": "〈圳邊記〉", "dike": "〈堤〉", "weir": "〈堰〉"}
PASSAGE = re.compile(r"(canal|dike|weir)/(?:index\.html#)?(p\d+|coda)(?:\.html)?")


@pytest.fixture(scope="module")
def edition(works_site: tuple[Path, Files]) -> Edition:
    found = proof_tools.checked(works_site[0])
    assert [str(problem) for problem in found.problems if problem.level == "error"] == []
    edition = found.edition()
    assert edition is not None
    return edition


@pytest.fixture(scope="module")
def files(works_site: tuple[Path, Files]) -> Files:
    return works_site[1]


def html_pages(files: Files) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    for name, content in files.items():
        if name.endswith(".html"):
            yield name, lxml.html.fromstring(content.decode())


# --- pages ----------------------------------------------------------------------------------------


def test_no_id_is_twice_on_a_page(files: Files) -> None:
    pages = 0
    for name, root in html_pages(files):
        twice = [id_ for id_, times in Counter(root.xpath("//@id")).items() if times > 1]
        assert twice == [], name
        pages += 1
    assert pages > 100


def test_every_link_leads_to_a_page_and_an_id_of_it(files: Files) -> None:
    ids = {name: set(root.xpath("//@id")) for name, root in html_pages(files)}
    links = 0
    for name, root in html_pages(files):
        for href in root.xpath("//a/@href"):
            if "://" not in href and not href.startswith(("mailto:", "urn:")):
                path, _, id_ = unquote(href).partition("#")
                target = resolved(path, name)
                assert target in files, (name, href)
                assert not id_ or id_ in ids[target], (name, href)
                links += 1
    assert links > 5000


def resolved(path: str, here: str) -> str:
    """Where a relative path leads, as a path from the root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here


def names_its_work(link: lxml.html.HtmlElement, work: str) -> bool:
    """Whether a link names a work in its words, title or label, or is in the part of a page about it."""
    if NAMES[work] in link.text_content() + link.get("title", "") + link.get("aria-label", ""):
        return True
    parts = link.xpath("ancestor::section | ancestor::div[@class='way']")
    return any(work in "".join(part.xpath(".//a/@href")[:1]) for part in parts)


def is_drawn_with_its_work(link: lxml.html.HtmlElement, work: str) -> bool:
    """Whether the drawing or the table of a picture names the work in its title or over its columns."""
    for one in link.xpath("ancestor::figure[@class='picture']//*[self::svg or @role='region'][@aria-label]"):
        titles = (one.get("aria-label"), *(words.text_content() for words in one.iter("text")))
        if link in one.iter("a") and any(NAMES[work] in words or TITLES[work] in words for words in titles):
            return True
    return False


def test_a_passage_outside_of_its_work_is_named_with_it(files: Files) -> None:
    seen: Counter[str] = Counter()
    for name, root in html_pages(files):
        if not is_first(name) or name == "edition.html":
            continue
        page = Page(files, "", name)
        for link in root.xpath("//main//a[@href]"):
            found = PASSAGE.fullmatch(page.to(link.get("href"))) if "://" not in link.get("href") else None
            if found and not name.startswith(f"{found[1]}/"):
                assert names_its_work(link, found[1]) or is_drawn_with_its_work(link, found[1]), (
                    name,
                    link.get("href"),
                    link.text_content(),
                )
                seen[name.partition("/")[0]] += 1
    assert {"grid", "ways", "things", "gates.html", "silence.html", "index.html"} <= seen.keys()


def test_the_menus_lead_to_every_work_and_the_file_of_all_pages_to_their_list(files: Files) -> None:
    wanted = [
        f"{name}/{part}.html" for name in NAMES for part in ("index", "apparatus", "witness", "versions")
    ]
    for name, root in html_pages(files):
        page = Page(files, view_of(name), own(name))
        if own(name) == "edition.html":
            [nav] = root.xpath("//body/nav")
            words = ("正文", "校勘")
            found = [page.to(nav.xpath(f".//a[.='{word}']/@href")[0]) for word in words]
            assert found == ["edition.html#home--_works"] * 2, name
        else:
            links = root.xpath("//nav[@class='places']//*[@data-menu='read']//a/@href")
            assert [link for link in map(page.to, links) if "#" not in link] == wanted, name


def test_the_foot_of_a_page_has_the_rights_of_each_work_once() -> None:
    """Three works with the same words are named once; other words stand apart, as the language wants."""
    files = proof_tools.made(TINY.parent / "projects/classics")
    shown = {
        name: lxml.html.document_fromstring(files[name].decode()).xpath("string(//footer/p[1])")
        for name in ("lunyu/index.html", "en/index.html")
    }
    assert shown == {"lunyu/index.html": "屬公有領域。", "en/index.html": "In the public domain."}


def test_the_foot_of_a_page_separates_the_rights_of_works_that_differ(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(TINY.parent / "projects/classics", folder)
    path = folder / "corpus/mengzi/work.yaml"
    words = path.read_text(encoding="utf-8")
    assert "In the public domain." in words
    path.write_text(
        words.replace("In the public domain.", "Free to use.").replace("屬公有領域。", "任人使用。"), "utf-8"
    )
    files = pages_of(load.checked(record(folder)))
    shown = lxml.html.document_fromstring(files["en/index.html"].decode()).xpath("string(//footer/p[1])")
    assert shown == "In the public domain. Free to use."


def test_each_picture_of_the_first_page_names_its_work() -> None:
    files = proof_tools.made(TINY.parent / "projects/classics")
    root = lxml.html.document_fromstring(files["index.html"].decode())
    heads = [one.xpath("string(h2)") for one in root.xpath("//figure[contains(@class, 'picture')]")]
    assert heads == [f"〈{title}〉的逐段分布圖" for title in ("論語・學而", "孟子・公孫丑上", "莊子・齊物論")]


def test_the_words_of_a_cell_can_be_of_any_work(tmp_path: Path) -> None:
    folder = three_works(tmp_path / "project")
    grid = folder / "annotations/codebook/grid.yaml"
    words = grid.read_text(encoding="utf-8").replace("passage: p2, work: canal", "passage: p2, work: weir")
    grid.write_text(words, encoding="utf-8")
    files = pages_of(load.checked(folder))
    quoted = lxml.html.fromstring(files["grid/flow-near.html"].decode()).xpath("//ul[@class='traits']//a")
    shown = [(a.get("href"), a.text_content()) for a in quoted]
    assert shown == [("../weir/p2.html", "水是有聲音的 〈堰〉第 2 段")]


# --- exports --------------------------------------------------------------------------------------


def test_each_passage_of_the_tables_and_of_the_data_has_its_work(files: Files, edition: Edition) -> None:
    lines = files["data/passages.csv"].decode("utf-8-sig").splitlines()
    assert {line.partition(",")[0] for line in lines[1:] if line.partition(",")[0] in NAMES} == set(NAMES)
    names = {"canal": "passages.json", "dike": "passages-dike.json", "weir": "passages-weir.json"}
    for work, name in names.items():
        assert json.loads(files[f"data/{name}"])["work"]["id"] == work
        assert f"data/edition{name.removeprefix('passages').removesuffix('.json')}.xml" in files
        assert f"data/text/{work}.txt" in files
    search = json.loads(re.sub(r"^var SEARCH=|;\s*$", "", files["data/search.js"].decode()))
    for row in search["records"]:
        found = PASSAGE.fullmatch(row["u"])
        if found and row["k"] != "heading":
            assert search["passages"][row["p"]]["t"].startswith(NAMES[found[1]])
    previews = json.loads(re.sub(r"^var PREVIEWS=|;\s*$", "", files["data/previews.js"].decode()))
    of_passages = {address: row for address, row in previews.items() if PASSAGE.fullmatch(address)}
    assert len(of_passages) == len(edition.index.passages)
    assert all(row[0].startswith(NAMES[address.partition("/")[0]]) for address, row in of_passages.items())


def test_the_book_has_every_work_and_all_its_links_resolve(files: Files) -> None:
    book = zipfile.ZipFile(io.BytesIO(files["data/edition.epub"]))
    roots = {n: lxml.html.fromstring(book.read(n)) for n in book.namelist() if n.endswith(".xhtml")}
    ids = {name: set(root.xpath("//@id")) for name, root in roots.items()}
    assert {f"EPUB/{work}/index.xhtml" for work in NAMES} <= roots.keys()
    for name, root in roots.items():
        assert [id_ for id_, times in Counter(root.xpath("//@id")).items() if times > 1] == [], name
        for href in root.xpath("//a/@href"):
            if "://" not in href:
                path, _, id_ = href.partition("#")
                target = resolved(path, name)
                assert target in roots, (name, href)
                assert not id_ or id_ in ids[target], (name, href)


def test_a_work_that_is_added_renames_nothing_that_was_published(tmp_path: Path) -> None:
    """Also where its id comes before the others: the project file lists it after them."""
    folder = tmp_path / "project"
    three_works(folder)
    (tmp_path / "more").mkdir()
    with_more = three_works(tmp_path / "more" / "project")
    add_more(with_more, "aqueduct")
    one, four = (load.checked(path).project for path in (TINY, with_more))
    assert one is not None
    assert four is not None
    assert [work.id for work in four.works] == ["canal", "dike", "weir", "aqueduct"]
    assert identifiers.guid(four, "code", "flow~a") == identifiers.guid(one, "code", "flow~a")
    before, after = map(proof_tools.made, (TINY, with_more))
    for name in ("data/passages.json", "data/edition.xml"):
        assert name in before
    was, now = (json.loads(files["data/passages.json"]) for files in (before, after))
    assert [p["id"] for p in now["passages"]] == [p["id"] for p in was["passages"]]
    assert now["work"]["id"] == "canal"
    ids = {
        id_
        for id_ in lxml.html.fromstring(before["edition.html"].decode()).xpath("//@id")
        if "--" not in id_ and not id_.startswith("_")
    }
    assert ids <= set(lxml.html.fromstring(after["edition.html"].decode()).xpath("//@id"))


def add_more(folder: Path, name: str) -> None:
    add_works(folder, (name,))
    site = folder / "annotations/project.yaml"
    first, *others = re.findall(r"(?m)^works: .*\n", site.read_text(encoding="utf-8"))
    text = site.read_text(encoding="utf-8").replace(first, first.replace("]", f", {name}]"))
    for other in others:
        text = text.replace(other, "")
    site.write_text(text, encoding="utf-8")
    record(folder)


# --- imports --------------------------------------------------------------------------------------

Statements = tuple[str, ...]


def statements_of(project: Project) -> Counter[Statements]:
    """(coder, work, passage, kind, facet, code, relation) of every tag."""
    return Counter(
        (t.coder, t.work, t.passage, *code)
        for t in project.taggings
        for code in (
            *(("cell", "", tag.cell, tag.relation) for tag in t.cells),
            *(("entry", tag.facet, tag.entry, "") for tag in t.entries),
            *([("function", "", t.function, "")] if t.function else []),
        )
    )


EXPORTS: Mapping[str, Callable[[Files], bytes]] = {
    "tables": lambda files: files["data/passages.csv"],
    "REFI": lambda files: files["data/project.qdpx"],
    "Web Annotation": lambda files: files["data/annotations.jsonld"],
}


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_exported_of_three_works_is_imported_into_the_same_works(
    name: str, files: Files, edition: Edition
) -> None:
    stream = io.BytesIO(EXPORTS[name](files))
    project = edition.project
    found: Imported = readers.of_file(stream).read(stream, name, project, build_index(project))
    assert [str(problem) for problem in found.problems if problem.level == "error"] == []
    back = {
        (one.coder, one.work, one.passage, one.kind, one.facet, one.value, one.relation)
        for one in found.statements
        if one.kind in ("cell", "entry", "function")
    }
    assert {one[1] for one in back} == set(NAMES)
    assert back == set(statements_of(project))
    verdicts = resolve.resolve(found.statements, edition.index).verdicts
    assert {verdict for verdict, times in verdicts.items() if times} == {"exact"}


def test_a_target_in_the_page_of_all_pages_is_of_the_work_that_its_id_names(
    files: Files, edition: Edition
) -> None:
    ids = set(lxml.html.fromstring(files["edition.html"].decode()).xpath("//@id"))
    assert {"p2", "dike--p2", "weir--p2--p2"} <= ids
    wanted = {"p2": "canal", "dike--p2": "dike", "weir--p2--p2": "weir", "canal--p2--p2": "canal"}
    for id_, work in wanted.items():
        annotation = {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "Annotation",
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": "function:scene"}],
            "target": f"https://example.org/canal/edition.html#{id_}",
        }
        stream = io.BytesIO(json.dumps(annotation).encode())
        found = readers.of_file(stream).read(stream, "a.json", edition.project, edition.index)
        assert [str(problem) for problem in found.problems] == [], id_
        assert [(one.work, one.passage) for one in found.statements] == [(work, "p2")], id_


def test_a_row_without_a_work_is_refused_where_there_are_several(edition: Edition) -> None:
    stream = io.BytesIO(b"passage,function\np2,scene\n")
    found = readers.of_file(stream).read(stream, "a.csv", edition.project, edition.index)
    assert [problem.code for problem in found.problems] == ["I001"]
    assert found.statements == ()


def test_names_of_works_differ_even_where_their_titles_do_not(edition: Edition) -> None:
    works = tuple(
        replace(w, record=proof_tools.localized(w.record, short="同")) for w in edition.project.works
    )
    same = Edition.of(replace(edition.project, works=works))
    names = [same.catalogue.text(name) for name in same.work_names.values()]
    assert names == ["同（canal）", "同（dike）", "同（weir）"]


def test_a_definition_points_into_the_file_of_the_work_that_it_cites(files: Files) -> None:
    pattern = re.compile(rb'<gloss[^>]* source="([^"]+)"')
    own, other = (set(pattern.findall(files[f"data/{n}.xml"])) for n in ("edition", "edition-dike"))
    assert b"#p1" in own
    assert other == {one.replace(b"#", b"edition.xml#") for one in own}
