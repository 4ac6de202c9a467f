"""The preview makes one file at a time, with the bytes that a build writes."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import cast

import page_reader
import pytest
from conftest import TINY, Files
from proof_tools import made
from works import SMALL

from site_builder.edges import load
from site_builder.edition import paths
from site_builder.edition.edition import Edition
from site_builder.formats import catalogue
from site_builder.formats.format import TAGS, Format
from site_builder.pipeline.assemble import Assembler
from site_builder.pipeline.preview import Preview
from site_builder.site import pages
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.views import View

works_site, split_works_site = page_reader.works_site, page_reader.split_works_site

SOURCES = {"tiny": TINY, "no grid": TINY.parent / "projects" / "english-flat"}


def edition_of(folder: Path) -> Edition:
    found = load.checked(folder).edition()
    assert found is not None
    return found


@pytest.fixture(scope="module", params=["tiny", "three works", "split", "no grid"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def edition(name: str, works_site: tuple[Path, Files]) -> Edition:
    found = edition_of(SOURCES.get(name, works_site[0]))
    return Edition.of(found.project, sizes=SMALL) if name == "split" else found


@pytest.fixture(scope="module")
def site(name: str, request: pytest.FixtureRequest) -> Files:
    if name == "split":
        return cast("Files", request.getfixturevalue("split_works_site"))
    return request.getfixturevalue("works_site")[1] if name == "three works" else made(SOURCES[name])


def never() -> Files:
    raise AssertionError("the whole site was made")


def may_have(form: Format, path: str) -> bool:
    return any(paths.values(one, path) is not None for one in form.paths)


def needs_all(path: str) -> bool:
    """Whether a file is made from the whole site."""
    forms = [one for one in catalogue.FORMATS if may_have(one, path)]
    name = path.rpartition("/")[2]
    is_list = name == "cite.html" or name.startswith("sitemap.")
    return is_list or any(one.rests_on != TAGS for one in forms)


# --- one page ---------------------------------------------------------------------------------------


def test_the_page_at_an_address_is_that_of_the_site(edition: Edition) -> None:
    every = list(pages.views(Presenter(edition)))
    assert len(every) > 20
    for view in every:
        found = pages.view_at(Presenter(edition), view.address)
        assert found is not None
        # facts can have functions, which differ; the bytes of the pages are compared below
        assert (found.address, found.template, found.title) == (view.address, view.template, view.title)
        assert found.facts.keys() == view.facts.keys()


@pytest.mark.parametrize("address", ["", "nothing.html", "canal/nothing.html", "canal", "edition.html"])
def test_no_page_is_at_another_address(address: str, edition: Edition) -> None:
    assert pages.view_at(Presenter(edition), address) is None


def test_a_page_that_is_made_at_another_address_than_planned_is_an_error() -> None:
    view = View(template="page.html", address="a.html", title="", description="")
    assert Planned(address="a.html", make=lambda: view).view() is view
    with pytest.raises(ValueError, match=r"b\.html is made at a\.html"):
        Planned(address="b.html", make=lambda: view).view()


# --- every file -------------------------------------------------------------------------------------


def test_every_file_has_the_bytes_of_the_build_in_any_order(edition: Edition, site: Files) -> None:
    """A build is made only for the files of the whole site, and once.  See also the test of several threads,
    which asks one preview for every file.
    """
    builds = []

    def build() -> Files:
        builds.append(1)
        return site

    alone, whole = Preview(edition, never), Preview(edition, build)
    names = sorted(site)
    assert sum(map(needs_all, names)) < len(names) * 0.1
    random.Random(1).shuffle(names)
    found = ((name, (whole if needs_all(name) else alone).get(name)) for name in names)
    assert [name for name, content in found if content != site[name]] == []
    assert len(builds) == 1


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing.html",
        "canal/nothing.html",
        "hans/nothing.html",
        "nothing/edition.html",
        "hans/canal",
        "index.html/index.html",
        "data/nothing.csv",
        "data/edition-nothing.epub",
        "data/passages-nothing.json",
        "data/text/nothing.txt",
        "data/panels/canal/nothing.js",
        "data/panels/nothing/p1.js",
        "data/panels-nothing/canal/p1.js",
        "data/cards/nothing.js",
        "data/search-nothing.js",
        "assets/nothing.css",
        "pictures/nothing.svg",
        "../pyproject.toml",
    ],
)
def test_nothing_is_made_for_an_unknown_path(path: str, edition: Edition) -> None:
    preview = Preview(edition, never)
    assert preview.get(path) is None
    assert preview.get(path) is None


def test_each_file_of_a_format_has_a_path_of_this_format_alone(edition: Edition) -> None:
    found = _formats(edition)
    assert len(found) > 15
    for path, own in found.items():
        may = [one.id for one in catalogue.FORMATS if may_have(one, path)]
        assert may == [own], path


def _formats(edition: Edition) -> dict[str, str]:
    made = Assembler(edition, lambda _: None).site()
    return {path: form.id for path, form in made.formats.items()}


# --- several threads --------------------------------------------------------------------------------


def test_several_threads_get_the_same_bytes(edition: Edition, site: Files) -> None:
    builds = []

    def build() -> Files:
        builds.append(1)
        return site

    preview = Preview(edition, build)
    names = [*site, *site]
    random.Random(2).shuffle(names)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(preview.get, names))
    assert [name for name, content in zip(names, found, strict=True) if content != site[name]] == []
    assert len(builds) == 1


def test_a_page_does_not_wait_for_the_whole_site(edition: Edition, site: Files) -> None:
    begun, go_on = Event(), Event()

    def build() -> Files:
        begun.set()
        assert go_on.wait(60)
        return site

    preview = Preview(edition, build)
    with ThreadPoolExecutor(2) as pool:
        archive = pool.submit(preview.get, "data/site.zip")
        sums = pool.submit(preview.get, "data/SHA256SUMS")
        assert begun.wait(60)
        assert preview.get("index.html") == site["index.html"]
        assert preview.get("data/annotations.jsonld") == site["data/annotations.jsonld"]
        assert not archive.done()
        go_on.set()
        assert archive.result(60) == site["data/site.zip"]
        assert sums.result(60) == site["data/SHA256SUMS"]


def test_what_cannot_be_made_is_tried_again(edition: Edition, site: Files) -> None:
    results: list[Callable[[], Files]] = [never, lambda: site]
    preview = Preview(edition, lambda: results.pop(0)())
    with pytest.raises(AssertionError, match="the whole site was made"):
        preview.get("data/site.zip")
    assert preview.get("data/site.zip") == site["data/site.zip"]
