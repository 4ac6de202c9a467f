"""Two pages, or two fields of an export, must never have the same name: the check reports it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.edges import load

FACET = """\
id: {id}
name: 時
short: 時
kind: index
definition: 文中的時刻。
entries:
  - {{id: noon, name: 午, definition: 日中。}}
"""


def refused(folder: Path) -> bool:
    return not load.checked(folder).sound


def everywhere(folder: Path, old: str, new: str) -> None:
    """Replace words in every source file."""
    for path in folder.rglob("*"):
        if path.suffix in (".yaml", ".md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("id_", ["hans", "data", "assets", "canal", "flow", "page", "index"])
def test_a_facet_must_not_have_the_folder_of_something_else(id_: str, copy: Path) -> None:
    (copy / "annotations/codebook/facets/more.yaml").write_text(FACET.format(id=id_))
    assert refused(copy)


@pytest.mark.parametrize(
    "id_",
    ["id", "number", "label", "headings", "text", "gist", "function", "cells", "note"],
)
def test_a_facet_must_not_have_the_name_of_another_field(id_: str, copy: Path) -> None:
    (copy / "annotations/codebook/facets/more.yaml").write_text(FACET.format(id=id_))
    assert refused(copy)


@pytest.mark.parametrize("id_", ["index", "cite", "search", "indexes"])
def test_a_separate_page_must_not_have_the_address_of_another(id_: str, copy: Path) -> None:
    everywhere(copy / "annotations/pages", "id: gates", f"id: {id_}")
    assert refused(copy)


@pytest.mark.parametrize("id_", ["index", "apparatus", "witness"])
def test_a_passage_must_not_take_the_address_of_another_page(id_: str, copy: Path) -> None:
    everywhere(copy, "coda", id_)
    assert refused(copy)


def test_an_entry_must_not_take_the_address_of_its_facet(copy: Path) -> None:
    everywhere(copy, "ways:open", "ways:index")
    everywhere(copy, "ways: [open]", "ways: [index]")
    everywhere(copy, "{id: open,", "{id: index,")
    assert refused(copy)


def test_a_dimension_must_not_take_the_address_of_a_cell(copy: Path) -> None:
    everywhere(copy, "id: edge, name", "id: flow-near, name")
    everywhere(copy, "dimension: edge", "dimension: flow-near")
    assert refused(copy)


def test_two_poles_must_not_have_one_slug(copy: Path) -> None:
    everywhere(copy, "slug: far", "slug: near")
    assert refused(copy)


def test_two_ids_must_not_differ_in_capitals_only(copy: Path) -> None:
    everywhere(copy, "p10", "P9")
    assert refused(copy)
