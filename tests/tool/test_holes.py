"""A page is rendered once with holes, and each medium fills in its links and ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import TINY
from proof_tools import checked

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.formats import onefile
from site_builder.formats.format import Material
from site_builder.pipeline.assemble import Assembler
from site_builder.site.holes import ADDRESS, HREF, ID, LINK, Holes, NoLink, filled
from site_builder.site.render import Renderer

PROJECTS = (
    TINY,
    *(file.parents[1] for file in sorted(TINY.parent.glob("projects/*/annotations/project.yaml"))),
)


def elsewhere(address: str) -> str:
    return f"x&{address}" if address != "nowhere" else ""


def name(id_: str) -> str:
    return f"of-{id_}"


def fill(holes: Holes, text: str) -> str:
    return filled(text, tuple(holes.numbers), elsewhere, name)


def test_each_kind_of_hole_is_filled_by_the_medium() -> None:
    holes = Holes()
    text = f"<a{holes.hole(HREF, 'a')}><i id='{holes.hole(ID, 'p1')}'>{holes.hole(ADDRESS, 'a')}"
    assert fill(holes, text) == "<a href=\"x&amp;a\"><i id='of-p1'>x&amp;a"


def test_one_value_has_one_number() -> None:
    holes = Holes()
    assert holes.hole(HREF, "a") == holes.hole(HREF, "a") != holes.hole(HREF, "b")


def test_a_link_that_leads_nowhere_has_no_attribute() -> None:
    holes = Holes()
    assert fill(holes, f"<a{holes.hole(HREF, 'nowhere')}>") == "<a>"


def test_a_link_that_must_lead_somewhere_stops_the_filling() -> None:
    holes = Holes()
    text = holes.hole(LINK, "nowhere")
    with pytest.raises(NoLink):
        fill(holes, text)


@pytest.mark.parametrize(("address", "shown"), [("a", "1(2 x&amp;a)3"), ("nowhere", "13")])
def test_what_is_only_there_with_a_link_is_left_out_without_it(address: str, shown: str) -> None:
    holes = Holes()
    inner = f"(2 {holes.hole(ADDRESS, address)})"
    assert fill(holes, f"1{holes.where_linked(address, inner)}3") == shown


@pytest.fixture(scope="module", params=PROJECTS, ids=lambda folder: folder.name)
def material(request: pytest.FixtureRequest) -> Material:
    """The site of a project, with the pages as the file of all pages gets them."""
    folder: Path = request.param
    found = checked(folder)
    assert found.project is not None
    assert found.index is not None
    return Assembler(Edition(found.project, found.index), lambda _: None).site()


def test_no_page_has_a_hole(material: Material) -> None:
    for tree in material.pages.values():
        for address, page in tree.items():
            assert "\0" not in page.text, address


def test_the_file_of_all_pages_is_the_same_if_each_page_is_rendered_for_it(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    whole = Renderer.render

    def counted(self: Renderer, view: Any, **values: object) -> Any:
        rendered.append(view.template)
        return whole(self, view, **values)

    monkeypatch.setattr(Renderer, "render", counted)
    kept = addresses.reading(material.edition.project.first_published.id)
    for folder, renderer in material.renderers.items():
        found = material.pages[folder]
        alone = {address: replace(page, content=None) for address, page in found.items()}
        texts, templates = [], []
        for given in (found, alone):
            rendered.clear()
            texts.append(onefile.onefile(renderer, material.views, given, material.sheets, kept))
            templates.append([*rendered])
        assert texts[0] == texts[1]
        again = sum(template != "onefile/filled.html" for template in templates[0])
        assert again < len(templates[1]) / 3, "most pages are filled, and not rendered again"
