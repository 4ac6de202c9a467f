"""Shared by the tests of reading aids: a page without errors, and the data to compare it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Page
from proof_tools import Built
from test_browser import Opener, address, chromium, opened, passage_at, site, soon, watched

from site_builder.edition import addresses
from site_builder.language.chinese import Simplifier
from site_builder.model import CellTag, Passage, Tagging

__all__ = ["Reader", "chromium", "opened", "passage_at", "read", "site", "soon"]

Reader = Callable[..., Page]


@pytest.fixture
def read(site: Built, opened: Opener) -> Iterator[Reader]:
    """Opens a page of the site; at the end no page may have failed, logged an error, or loaded anything else.

    The settings of the reader are cleared afterwards, so that pages can be shared.
    """
    with ExitStack() as stack:
        heard: dict[Page, list[str]] = {}

        def give(name: str, fragment: str = "", query: str = "", **options: Any) -> Page:
            page = opened(**options)
            page.goto("about:blank")  # a fragment alone would be no new visit
            if page not in heard:
                heard[page] = stack.enter_context(watched(page, site.root))
            page.goto(address(site, name, fragment, query))
            return page

        yield give
        for page in heard:
            page.evaluate("localStorage.clear()")
        messages = [line for lines in heard.values() for line in lines if "about:blank" not in line]
    assert not messages, messages


def passages(site: Built) -> tuple[Passage, ...]:
    return site.project.works[0].passages


def taggings(site: Built) -> dict[str, Tagging]:
    """Passage → the editors' tags of it."""
    coder = site.project.site.coder
    return {tagging.passage: tagging for tagging in site.project.taggings if tagging.coder == coder}


def slugs(site: Built) -> dict[str, str]:
    """Cell → its name in addresses and classes."""
    poles = {pole.id: pole for pole in site.project.grid.poles}
    return {cell.id: addresses.cell_slug(cell, poles) for cell in site.project.grid.cells}


def signs(site: Built) -> dict[str, str]:
    """Cell → its short name: of the dimension, with the sign of the pole."""
    short = {dimension.id: dimension.short for dimension in site.project.grid.dimensions}
    sign = {pole.id: pole.sign for pole in site.project.grid.poles}
    return {cell.id: short[cell.dimension] + sign[cell.pole] for cell in site.project.grid.cells}


def converter(site: Built, tree: str) -> Callable[[str], str]:
    """Into the script of a tree."""
    return Simplifier(site.project.site.keep) if tree == "hans" else str


def frames(site: Built) -> list[str]:
    return [facet.id for facet in site.project.facets if facet.kind == "frame"]


def holds(tagging: Tagging | None, chosen: dict[str, set[str]]) -> bool:
    """Whether a choice (group → ids) matches a passage, by its tags alone."""
    if tagging is None:
        return not any(chosen.values())
    cells, relations = chosen.get("cells"), chosen.get("relations")

    def right(tag: CellTag) -> bool:
        return (not cells or tag.cell in cells) and (not relations or tag.relation in relations)

    entries = {(tag.facet, tag.entry) for tag in tagging.entries}
    others = {group: ids for group, ids in chosen.items() if group not in ("cells", "relations", "functions")}
    return (
        (not (cells or relations) or any(map(right, tagging.cells)))
        and (not chosen.get("functions") or tagging.function in chosen["functions"])
        and all(not ids or any((facet, id_) in entries for id_ in ids) for facet, ids in others.items())
    )


def boxes(site: Built) -> dict[str, dict[str, str]]:
    """Group → its choices → the id of the checkbox."""
    grid = site.project.grid
    found = {
        "cells": {cell: f"_pick-c-{slug}" for cell, slug in slugs(site).items()},
        "relations": {term.id: f"_pick-r-{term.id}" for term in grid.relations},
        "functions": {term.id: f"_pick-f-{term.id}" for term in grid.functions},
    }
    for facet in site.project.facets:
        if facet.kind == "frame":
            found[facet.id] = {e.id: f"_pick-e-{facet.id}-{e.id}" for e in facet.entries if not e.parent}
    return found


SELECT = """([selector, start, end]) => {
    const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let at = 0, node;
    while ((node = walker.nextNode())) {
        if (node.parentElement.closest('.num, .label')) continue;
        const length = node.data.length;
        if (at <= start && start < at + length) range.setStart(node, start - at);
        if (at < end && end <= at + length) range.setEnd(node, end - at);
        at += length;
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return String(range)
}"""
"""Selects characters of a text, whatever is marked in it, its number and label aside."""

WORDS = """unit => {
    const walker = document.createTreeWalker(unit.querySelector('.text'), NodeFilter.SHOW_TEXT);
    let words = '', node;
    while ((node = walker.nextNode())) if (!node.parentElement.closest('.num, .label')) words += node.data;
    return words
}"""
"""The words of a passage as they are on the page."""

STYLE = "(e, name) => getComputedStyle(e)[name]"
