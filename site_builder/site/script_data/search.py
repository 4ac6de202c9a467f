"""``data/search.js`` and ``data/search-hans.js``: what the search page searches, one for each script.

Classic scripts, so that they work from disk: a list of records ``{k: kind, t: title, u: address, x: text, c:
[names of the filter]}``, and the map of characters that fold to another
(:func:`site_builder.language.chinese.fold_map_for`), so that either script finds both.  No index: a scan of
this much text is exact and takes well under a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from site_builder.edition import addresses
from site_builder.edition.index import Links
from site_builder.language import chinese
from site_builder.model import Project
from site_builder.site import filters
from site_builder.site.presenter import Desk
from site_builder.site.script_data import script_of


def search(desk: Desk, convert: Callable[[str], str]) -> bytes:
    """The script for one script of the site; its addresses are relative to the tree."""
    records = [
        record | {name: convert(record[name]) for name in ("t", "x", "k")} for record in _records(desk)
    ]
    keys = {char for record in records for char in chinese.fold(record["x"])[0]}
    return script_of("SEARCH", {"fold": chinese.fold_map_for(keys), "records": records})


def _records(desk: Desk) -> Iterator[dict[str, Any]]:
    project, links = desk.project, desk.links
    yield from _texts(desk)
    yield from _prose(desk, project, links)


def _texts(desk: Desk) -> Iterator[dict[str, Any]]:
    for work in desk.project.works:
        for heading in work.headings:
            yield _record("標題", heading.text, addresses.anchor((work.id, heading.id)), heading.text)
        for passage in work.passages:
            key = (work.id, passage.id)
            title = f"第 {passage.number} 段"
            tagging = desk.links.taggings.get(key)
            slugs = list(filters.names(desk, tagging))
            if desk.with_text:
                yield _record("正文", title, addresses.anchor(key), passage.text, slugs)
            if tagging is not None:
                if tagging.gist:
                    yield _record("提要", title, addresses.passage(key), tagging.gist, slugs)
                notes = [tagging.note, *(tag.note for tag in tagging.cells)]
                for note in filter(None, notes):
                    yield _record("按語", title, addresses.passage(key), note, slugs)


def _prose(desk: Desk, project: Project, links: Links) -> Iterator[dict[str, Any]]:
    for cell in project.grid.cells:
        href = addresses.cell(cell, desk.poles)
        yield _record("框架", desk.sign(cell) + cell.name, href, cell.definition)
    for entry in links.entries.values():
        facet = links.facets[entry.facet]
        words = "，".join((entry.name, *entry.also, entry.name_en))
        text = f"{words}。{entry.definition.text}"
        yield _record(facet.name, entry.name, addresses.entry(entry, links.facets), text)
    for source in links.sources:
        if source.page is None and not source.field:
            continue
        for sentence in source.prose.sentences:
            href = addresses.source(source, sentence.anchor, links.facets, desk.subjects)
            title = source.page.title if source.page else (source.entry.name if source.entry else "")
            yield _record("編者", title, href, sentence.text)


def _record(kind: str, title: str, href: str, text: str, classes: list[str] | None = None) -> dict[str, Any]:
    return {"k": kind, "t": title, "u": href, "x": text, "c": classes or []}
