"""Ids of an author never equal ids of the site: in pages, in the file of all pages, in the book.

The project is ``tests/tiny`` with its passages, headings and entries renamed to words that the site uses, or
used in edition 1.0, as its own ids.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import proof_tools
import pytest
import reader_tools as tools
import views
from conftest import TINY, record
from lxml import etree
from proof_tools import Built, Page
from test_browser import chromium, opened, soon, watched
from test_site_proof import NOT_FAULTS, dead_links

from site_builder.edition import addresses
from site_builder.formats import onefile

__all__ = ["chromium", "opened"]

NAMES = {
    **{"p1": "main", "p9": "tally", "p10": "cite-card", "p4": "show-evidence", "p6": "as-received"},
    **{"p8": "home", "coda": "method", "top": "title", "water": "grid", "bank": "cite"},
    **{"bank-n": "show-losses", "bank-s": "notes", "gate": "hits", "bamboo": "q", "cover": "canal"},
}
"""An id of the tiny project → the id it gets."""
OLD = re.compile(r"(?<![\w-])(?:" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")(?![\w-])")
FREE = ("silence", "canal--p1", "grid--near", "things", "hans")


def renamed(folder: Path) -> Path:
    """The tiny project with the names above, in ``folder``."""
    shutil.copytree(TINY, folder)
    for path in (*folder.rglob("*.yaml"), *folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        path.write_text(OLD.sub(lambda found: NAMES[found[0]], text), encoding="utf-8")
    return record(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("names")
    return proof_tools.on_disk_once(renamed(folder / "project"))


def ids(page: Page) -> list[str]:
    return [element.attributes["id"] for element in page.elements if "id" in element.attributes]


def test_the_project_uses_the_words_of_the_site(site: Built) -> None:
    work = site.project.works[0]
    assert {block.id for block in work.blocks} >= {"main", "tally", "cite-card", "home", "grid", "method"}


def test_no_id_occurs_twice_in_any_file_of_pages(site: Built) -> None:
    twice = [
        f"{page.address}#{id_}"
        for page in (*site.pages.values(), *site.alone.values())
        for id_, count in Counter(ids(page)).items()
        if count > 1
    ]
    assert not twice


def test_an_id_that_no_author_wrote_begins_with_a_mark_that_no_author_may_write(site: Built) -> None:
    page = site.pages[site.kinds["reading"]]
    work = site.project.works[0]
    written = {
        *(block.id for block in work.blocks),
        *(anchor.id for anchor in (*work.ledger, *work.sentences)),
        *(note.anchor for note in site.project.notes if note.work == work.id),
    }
    assert {i for i in ids(page) if not i.startswith("_")} == written
    assert {"_main", "_tally", "_show-labels"} <= set(ids(page))


def test_no_id_occurs_twice_in_a_book(site: Built) -> None:
    for name in ("edition.epub", "edition-hans.epub"):
        with zipfile.ZipFile(io.BytesIO((site.root / "data" / name).read_bytes())) as book:
            for chapter in (n for n in book.namelist() if n.endswith(".xhtml")):
                found = Counter(etree.fromstring(book.read(chapter)).xpath("//@id"))
                assert not [i for i, count in found.items() if count > 1], chapter


def test_every_link_leads_to_an_existing_target(site: Built) -> None:
    dead = [line for page in site.pages.values() for line in dead_links(page, site.pages, site.files)]
    assert not dead
    for page in site.alone.values():
        goals = [a[1:] for _, name, a in page.links() if name == "href" and a.startswith("#")]
        assert goals
        assert not set(goals) - set(ids(page))


def test_an_id_of_a_text_wins_over_the_name_of_a_page_in_the_file_of_all_pages(site: Built) -> None:
    page = site.alone[addresses.ONEFILE]
    texts = {passage.id: passage.text for passage in site.project.works[0].passages}
    for id_ in ("home", "method", "main", "tally"):
        assert page.by_id(id_).text == texts[id_]
    assert page.by_id("grid").tag == "h2"
    assert page.by_id("__grid").attributes["class"].startswith("page")
    assert page.by_id("__method").attributes["class"].startswith("page")


def test_the_addresses_of_pages_in_the_file_of_all_pages_stay(tiny_site: dict[str, bytes]) -> None:
    """Those of edition 1.0, on a project whose texts have none of these ids."""
    for name in views.twins(addresses.ONEFILE, views.SCRIPTS):
        page = proof_tools.read(tiny_site[name].decode(), name)
        for old, new in (
            ("home", "home"),
            ("grid", "grid"),
            ("canal", "canal"),
            ("canal--p1", "canal/p1"),
            ("silence", "silence"),
            ("grid--folk", "grid/folk"),
        ):
            assert page.by_id(old).parent is page.by_id(f"__{new}"), old
        assert page.by_id("canal--p1--p1").text
        assert page.by_id("method--relation-shows").tag == "dt"


def test_a_part_of_a_second_work_and_the_page_of_that_part_have_two_ids() -> None:
    """Both names would be ``b--p1``."""
    pages = {"index.html": (), "a/index.html": ("p1",), "b/index.html": ("p1",), "b/p1.html": ("p1",)}
    ids = onefile.Ids.of(pages, "a/index.html")
    named = [ids.name(address, id_) for address, own in pages.items() for id_ in own]
    named += [*map(ids.page, pages), *ids.second.values()]
    assert len(named) == len(set(named))
    assert ids.href("b/index.html#p1", "index.html") == "#b--p1"
    assert ids.href("b/p1.html", "index.html") == "#__b/p1"
    assert ids.href("a/index.html#p1", "b/p1.html") == "#p1"
    assert ids.href("c/index.html#p1", "index.html") == ""


def test_an_id_of_the_first_text_wins_over_that_of_a_part_of_another_page() -> None:
    pages = {"a/index.html": ("p1", "b--p1"), "b/index.html": ("p1",)}
    ids = onefile.Ids.of(pages, "a/index.html")
    assert ids.href("a/index.html#b--p1", "b/index.html") == "#b--p1"
    assert ids.href("b/index.html#p1", "a/index.html") == "#__b//p1"


# --- what others read ------------------------------------------------------------------------------


@pytest.mark.nu
def test_the_nu_html_checker_finds_no_error(site: Built) -> None:
    """In the pages where most ids meet: reading, index, cite, and all in one."""
    names = [site.kinds["reading"], site.kinds["index"], addresses.CITE, addresses.ONEFILE]
    command = [*proof_tools.java(), "-Xss4m", "-jar", str(proof_tools.nu_checker()), "--errors-only"]
    command += ["--filterpattern", NOT_FAULTS, *(str(site.root / name) for name in names)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.browser
def test_citing_counting_and_marking_work_with_the_words_of_the_site(
    site: Built, opened: tools.Reader
) -> None:
    page = opened(reader="of names")
    with watched(page, site.root) as messages:
        page.goto((site.root / site.kinds["reading"]).as_uri())
        for id_ in ("main", "tally", "cite-card", "as-received"):
            page.click(f"[data-passage={id_}] .num")
            shown = page.locator(".card:popover-open .address").text_content()
            assert shown is not None
            assert shown.endswith(f"#{id_}")
            page.keyboard.press("Escape")
        page.click(".choosing summary")
        page.locator(".filter input").first.check()
        assert soon(page, lambda: "/" in page.inner_text("#_tally"))
        page.click(".marking summary")
        page.locator("#_show-labels").check()
        page.locator("#_as-received").check()
    assert not messages


@pytest.mark.browser
def test_the_old_and_the_new_address_of_a_page_lead_to_it_in_the_file_of_all_pages(
    site: Built, opened: tools.Reader
) -> None:
    page = opened(reader="of one file", java_script_enabled=False)
    shown = {"": "__home", "silence": "__silence", "__grid": "__grid", "canal--main": "__canal/main"}
    shown |= {"grid": "__canal", "home": "__canal", "grid--folk": "__grid/folk"}
    for fragment, id_ in shown.items():
        page.goto("about:blank")
        page.goto(f"{(site.root / addresses.ONEFILE).as_uri()}#{fragment}")
        visible = page.locator(".page:visible")
        assert visible.count() == page.locator(".page").count() > len(shown)
        at = page.locator(":target") if fragment else visible.first
        assert at.evaluate("found => found.closest('.page').id") == id_, fragment
        assert at.evaluate("found => found.getBoundingClientRect().top / innerHeight") < 0.5, fragment
