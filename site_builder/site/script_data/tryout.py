"""``data/try.js``: the data for tagging passages on a page and comparing the tags with the editors'.

``{work, limits, cells: [[id, class, sign, name, negative, definition, language]], relations, functions: [[id,
name, definition, language]], passages: [[id, number, text, function, [[cell, relation, [[start, end, words,
voice]…]]…], gist]]}`` in all views, which differ only in their words.  Several works are in ``works: [{work,
name, passages}]`` instead.  In a project without cells the entries of frame facets are in ``cells``: their id
is ``FACET:ENTRY``, and they have no sign and no relation.
"""

from __future__ import annotations

from typing import Any

from site_builder.edition import codes
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Span
from site_builder.edition.locale import Locale
from site_builder.language.message import Wording
from site_builder.model import AUTHOR, CellTag, EntryTag, Passage, Quote
from site_builder.site.script_data import script_of


def tryout(edition: Edition) -> bytes:
    """The data file: ``var TRYOUT={"zh-Hant": …, "zh-Hans": …};``, or ``var TRYOUT={};`` if the text may not
    be published.  Both end in a line end.

    Each value has ``limits``, ``cells``, ``relations`` and ``functions``, and the passages of the work in
    reading order, also those without tags: ``[id, number, text, function, [[cell, relation, evidence]…],
    gist]`` with the tags of the displayed coder (``""``, ``[]``, ``""`` without tags).  A project with one
    work has ``work`` and ``passages``; with several it has ``works`` instead: ``{work, name, passages}``
    each.  Only texts, gists, names, signs and definitions differ.

    ``cells`` are ``[id, slug, sign, name, negative, definition]``; ``negative`` is 0 for the first pole and
    for codes without poles, and 1 for every other one.  Relations and functions are ``[id, name,
    definition]``, those without a definition ``[id, name]``.  A definition in another language than the pages
    of the view is followed by that language.  In a project without cells ``cells`` are the entries of frame
    facets, with the id ``FACET:ENTRY``, without a sign and with the relation ``""``; otherwise entries are
    not included.

    Evidence is ``[start, end]`` in the passage (code points, the end exclusive); where pages show other words
    than those of the range, the words follow, and ``""`` and the voice where it is not that of the author:
    ``[4, 9, "甲……乙"]``, ``[4, 9, "", "reported"]``.  A tag without evidence is ``[cell, relation]``.  A
    quotation that is not exact in its passage is left out, and so are notes.
    """
    if not edition.with_text:
        return script_of("TRYOUT", {})
    return script_of("TRYOUT", {one.language: _data(edition, one) for one in edition.locales})


def _data(edition: Edition, locale: Locale) -> dict[str, Any]:
    grid = edition.project.grid
    codebook = {
        "limits": {"evidence": grid.limits.evidence, "gist": grid.limits.gist},
        "cells": [_code(edition, code, locale) for code in edition.paints],
        "relations": [
            [one.id, locale.say(one.name), *_meaning(one.definition, locale)] for one in grid.relations
        ],
        "functions": [
            [one.id, locale.say(one.name), *_meaning(one.definition, locale)] for one in grid.functions
        ],
    }
    if edition.index.single_work:
        return {"work": edition.index.single_work, **codebook, "passages": _passages(edition, locale)}
    works = [
        {"work": id_, "name": locale.say(name), "passages": _passages(edition, locale, id_)}
        for id_, name in edition.work_names.items()
    ]
    return {"works": works, **codebook}


def _code(edition: Edition, code: CodeId, locale: Locale) -> list[Any]:
    """A cell or an entry: id, class, sign, name, whether it is negative, definition."""
    negative = int(not edition.paints[code].first)
    if code.kind == "entry":
        entry = edition.index.entries[code.facet, code.id]
        meaning = _meaning(entry.definition.localized, locale)
        return [str(code), edition.code_slug(code), "", locale.say(entry.name), negative, *meaning]
    cell = edition.index.cells[code.id]
    names = [locale.say(edition.sign(cell)), locale.say(cell.name)]
    return [cell.id, edition.slug(cell), *names, negative, *_meaning(cell.definition, locale)]


def _meaning(definition: Wording, locale: Locale) -> list[str]:
    """A definition, and its language if it is another than that of the pages; ``[]`` for none."""
    words = locale.say(definition)
    return _without_empty_end([words, locale.foreign(definition) if words else ""])


def _passages(edition: Edition, locale: Locale, work: str = "") -> list[list[Any]]:
    """The passages of a work, or of the only one."""
    keys = [key for key in edition.index.passages if work in ("", key[0])]
    return [_passage(edition, key, edition.index.passages[key], locale) for key in keys]


def _passage(edition: Edition, key: tuple[str, str], passage: Passage, locale: Locale) -> list[Any]:
    tagging = edition.index.taggings.get(key)
    return [
        passage.id,
        passage.number,
        locale.say(passage.text),
        tagging.function if tagging else "",
        [_tag(edition, tag, passage, locale) for tag in edition.painted_tags(tagging)],
        locale.say(tagging.gist) if tagging else "",
    ]


def _tag(edition: Edition, tag: CellTag | EntryTag, passage: Passage, locale: Locale) -> list[Any]:
    code = codes.of_tag(tag)
    exact = ((quote, span) for quote in tag.evidence for span in edition.index.placed((quote,)))
    evidence = [_quotation(edition, quote, span, passage, locale) for quote, span in exact]
    return [str(code.whole), code.relation, *([evidence] if evidence else [])]


def _quotation(edition: Edition, quote: Quote, span: Span, passage: Passage, locale: Locale) -> list[Any]:
    start, end = span
    shown = edition.shown_quotation(quote, passage)
    words = "" if shown == passage.text[start:end] else locale.say(shown)
    return [start, end, *_without_empty_end([words, "" if quote.voice == AUTHOR else quote.voice])]


def _without_empty_end(values: list[str]) -> list[str]:
    while values and not values[-1]:
        values = values[:-1]
    return values
