"""The menus of the masthead: which places they have, and where a page is in them.

Names and places are those of the module; that each page shows them is tested with the pages.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, TINY, change

from site_builder.edges import load
from site_builder.edition.edition import Edition
from site_builder.model import Project
from site_builder.model.prose import MENUS
from site_builder.site import navigation
from site_builder.site.navigation import Here, Menu
from site_builder.site.presenter import Presenter

FLAT = ROOT / "tests/projects/english-flat"


def project(folder: Path) -> Project:
    found = load.checked(folder).project
    assert found is not None
    return found


def menus(found: Project, *, with_text: bool = True) -> dict[str, Menu]:
    made = navigation.menus(Presenter(Edition.of(found, with_text=with_text)))
    return {menu.id: menu for menu in made}


def places(found: Menu) -> list[str]:
    return [place.href for place in found.places]


def test_the_menus_are_those_that_a_page_can_name() -> None:
    assert tuple(menus(project(TINY))) == MENUS


@pytest.mark.parametrize("menu", MENUS)
def test_a_page_of_the_editors_stands_in_the_menu_that_it_names(tmp_path: Path, menu: str) -> None:
    folder = shutil.copytree(TINY, tmp_path / "project")
    change(folder, "annotations/pages/gates.md", "id: gates\n", f"id: gates\nmenu: {menu}\n")
    found = menus(project(folder))
    assert [id_ for id_, one in found.items() if "gates.html" in places(one)] == [menu]


def test_a_menu_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    folder = shutil.copytree(TINY, tmp_path / "project")
    change(folder, "annotations/pages/gates.md", "id: gates\n", "id: gates\nmenu: findings\n")
    found = load.checked(folder)
    assert not found.sound
    [problem] = [one for one in found.problems if one.place.path.endswith("gates.md")]
    assert "'findings'" in problem.message
    assert all(name in problem.hint for name in MENUS)


def test_what_a_project_lacks_is_in_no_menu() -> None:
    """A project without a grid, a silence report and index facets has the entries of its frame facet."""
    found = menus(project(FLAT))
    assert places(found["results"]) == ["pictures.html"]
    assert found["framework"].matrix is None
    assert found["framework"].codes == ()
    assert {href.partition("/")[0] for href in places(found["framework"])} == {"themes"}
    whole = project(TINY)
    assert "silence.html" in places(menus(whole)["results"])
    bare = replace(whole, site=replace(whole.site, silence=()))
    assert "silence.html" not in places(menus(bare)["results"])


def test_without_the_text_nobody_can_try_the_tags_or_read_the_witness() -> None:
    whole, without = (menus(project(TINY), with_text=given) for given in (True, False))
    assert "try.html" in places(whole["use"])
    assert "canal/witness.html" in places(whole["read"])
    assert "try.html" not in places(without["use"])
    assert "canal/witness.html" not in places(without["read"])


@pytest.mark.parametrize(
    ("address", "section", "here"),
    [
        ("index.html", "home", Here()),
        ("canal/index.html", "reading", Here(menu="read", href="canal/index.html")),
        ("canal/p2.html", "reading", Here(menu="read", href="canal/index.html")),
        ("grid/flow-near.html", "grid", Here(menu="framework", href="grid/flow-near.html")),
        ("grid/flow.html", "grid", Here(menu="framework", href="grid/index.html")),
        ("ways/index.html", "ways", Here(menu="framework", href="ways/index.html")),
        ("gates.html", "gates", Here(menu="results", href="gates.html")),
        ("try.html", "method", Here(menu="use", href="try.html")),
    ],
)
def test_a_page_is_at_its_own_place_or_at_that_of_its_section(address: str, section: str, here: Here) -> None:
    made = navigation.menus(Presenter(Edition.of(project(TINY))))
    assert navigation.here(made, address, section) == here
