"""The preview makes one file at a time, with the bytes that a build writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TINY
from page_reader import three_works

from site_builder.edges import load
from site_builder.edition.edition import Edition
from site_builder.site import pages
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.views import View

FLAT = TINY.parent / "projects" / "english-flat"


def edition_of(folder: Path) -> Edition:
    found = load.checked(folder).edition()
    assert found is not None
    return found


@pytest.fixture(scope="module", params=["tiny", "three works", "no grid"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    if request.param == "three works":
        yield edition_of(three_works(tmp_path_factory.mktemp("works") / "project"))
    else:
        yield edition_of({"tiny": TINY, "no grid": FLAT}[request.param])


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
