"""``data/try.js``: the data for tagging passages on a page and comparing the tags with the editors'.

``{work, coder, limits, cells: [[id, class, sign, name]], relations, functions: [[id, name]], passages: [[id,
number, text, function, [[cell, relation]…], gist]]}`` in both scripts, which differ only in their words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from site_builder.edition.edition import Edition
from site_builder.model import Passage
from site_builder.site.script_data import script_of

Convert = Callable[[str], str]


def tryout(edition: Edition, convert: Convert) -> bytes:
    """The data file; its object is empty if the text may not be published."""
    if not edition.with_text:
        return script_of("TRYOUT", {})
    both = {"zh-Hant": _data(edition, _same), "zh-Hans": _data(edition, convert)}
    return script_of("TRYOUT", both)


def _same(text: str) -> str:
    return text


def _data(edition: Edition, convert: Convert) -> dict[str, Any]:
    grid, work = edition.project.grid, edition.project.works[0]
    return {
        "work": work.id,
        "limits": {"evidence": grid.limits.evidence, "gist": grid.limits.gist},
        "cells": [[c.id, edition.slug(c), convert(edition.sign(c)), convert(c.name)] for c in grid.cells],
        "relations": [[term.id, convert(term.name)] for term in grid.relations],
        "functions": [[term.id, convert(term.name)] for term in grid.functions],
        "passages": [_passage(edition, (work.id, p.id), p, convert) for p in work.passages],
    }


def _passage(edition: Edition, key: tuple[str, str], passage: Passage, convert: Convert) -> list[Any]:
    tagging = edition.index.taggings.get(key)
    cells = [[tag.cell, tag.relation] for tag in tagging.cells] if tagging else []
    return [
        passage.id,
        passage.number,
        convert(passage.text),
        tagging.function if tagging else "",
        cells,
        convert(tagging.gist) if tagging else "",
    ]
