"""``data/try.js``: the data for tagging passages on a page and comparing the tags with the editors'.

``{work, coder, limits, cells: [[id, class, sign, name]], relations, functions: [[id, name]], passages: [[id,
number, text, function, [[cell, relation]…], gist]]}`` in both scripts, which differ only in their words.
Several works are in ``works: [{work, name, passages}]`` instead.  In a project without cells the entries of
frame facets are in ``cells``: their id is ``FACET:ENTRY``, and they have no sign and no relation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from site_builder.edition import codes
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.language.message import Wording
from site_builder.model import Passage
from site_builder.site.script_data import script_of

Say = Callable[[Wording], str]


def tryout(edition: Edition, say: Mapping[str, Say]) -> bytes:
    """The data file: ``var TRYOUT={"zh-Hant": …, "zh-Hans": …};``, or ``{}`` if the text may not be
    published.

    Each value has ``limits``, ``cells``, ``relations`` and ``functions``, and the passages of the work in
    reading order, also those without tags: ``[id, number, text, function, [[cell, relation]…], gist]`` with
    the tags of the displayed coder (``""``, ``[]``, ``""`` without tags).  A project with one work has
    ``work`` and ``passages``; with several it has ``works`` instead: ``{work, name, passages}`` each.  Only
    texts, gists, names and signs differ.  ``cells`` are ``[id, slug, sign, name]``.  In a project without
    cells they are the entries of frame facets, with the id ``FACET:ENTRY``, without a sign and with the
    relation ``""``; otherwise entries are not included.  Evidence and notes never are.

    :param say: language tag → what gives a text or a message in the language.
    """
    if not edition.with_text:
        return script_of("TRYOUT", {})
    return script_of("TRYOUT", {language: _data(edition, one) for language, one in say.items()})


def _data(edition: Edition, say: Say) -> dict[str, Any]:
    grid = edition.project.grid
    codebook = {
        "limits": {"evidence": grid.limits.evidence, "gist": grid.limits.gist},
        "cells": [_code(edition, code, say) for code in edition.paints],
        "relations": [[term.id, say(term.name)] for term in grid.relations],
        "functions": [[term.id, say(term.name)] for term in grid.functions],
    }
    if edition.index.single_work:
        return {"work": edition.index.single_work, **codebook, "passages": _passages(edition, say)}
    works = [
        {"work": id_, "name": say(name), "passages": _passages(edition, say, id_)}
        for id_, name in edition.work_names.items()
    ]
    return {"works": works, **codebook}


def _code(edition: Edition, code: CodeId, say: Say) -> list[str]:
    """A cell or an entry: id, class, sign, name."""
    if code.kind == "entry":
        return [
            str(code),
            edition.code_slug(code),
            "",
            say(edition.index.entries[code.facet, code.id].name),
        ]
    cell = edition.index.cells[code.id]
    return [cell.id, edition.slug(cell), say(edition.sign(cell)), say(cell.name)]


def _passages(edition: Edition, say: Say, work: str = "") -> list[list[Any]]:
    """The passages of a work, or of the only one."""
    keys = [key for key in edition.index.passages if work in ("", key[0])]
    return [_passage(edition, key, edition.index.passages[key], say) for key in keys]


def _passage(edition: Edition, key: tuple[str, str], passage: Passage, say: Say) -> list[Any]:
    tagging = edition.index.taggings.get(key)
    tags = [codes.of_tag(tag) for tag in edition.painted_tags(tagging)]
    cells = [[str(code.whole), code.relation] for code in tags]
    return [
        passage.id,
        passage.number,
        say(passage.text),
        tagging.function if tagging else "",
        cells,
        say(tagging.gist) if tagging else "",
    ]
