"""Pages of the work itself: home, reading page, passage pages, and the ids that are dead."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.citing import citation
from site_builder.edition import addresses, anchors
from site_builder.model import Anchor, Heading, Passage, Work
from site_builder.site import filters
from site_builder.site.pages import marks
from site_builder.site.presenter import Desk, inner
from site_builder.site.views import Card, CellNote, Dead, Link, Marked, PassageLink, Title, Unit, View


def home(desk: Desk) -> View:
    site = desk.project.site
    works = desk.project.works
    return View(
        template="home.html",
        address=addresses.HOME,
        title=site.title,
        description=site.description,
        section="home",
        facts={
            "about": desk.about("home"),
            "matrix": desk.matrix(),
            "works": [
                {
                    "record": work.record,
                    "href": addresses.reading(work.id),
                    "outline": desk.outline(work),
                    "strip": desk.strip(work),
                    "count": len(work.passages),
                }
                for work in works
            ],
            "facets": [
                Link(text=facet.name, href=addresses.facet(facet.id), title=facet.definition)
                for facet in desk.project.facets
            ],
        },
    )


def reading(desk: Desk, work: Work) -> View:
    record = work.record
    title = next((h for h in work.headings if h.level == 1), None)
    return View(
        template="reading.html",
        address=addresses.reading(work.id),
        title=record.title,
        description=f"{record.author}〈{record.title}〉全文，逐段標記",
        section="reading",
        scripts=("assets/reading.js",),
        card=card(desk, work),
        facts={
            "record": record,
            "work": work.id,
            "title_id": title.id if title else "title",
            "heading": marks.heading(work, title) if title else Marked(text=record.title),
            "strip": desk.strip(work),
            "outline": desk.outline(work),
            "blocks": list(_blocks(desk, work)),
            "matrix": desk.matrix(),
            "choices": list(filters.groups(desk, work)),
            "rules": marks.rules(work),
            "losses": marks.losses(work) if desk.with_text else {},
            "dead": [d for d in (*_dead(work), *_ended_sentences(work)) if not d.successors],
            "sentences": any(passage.sentences for passage in work.passages),
            "apparatus": addresses.apparatus(work.id),
            "with_text": desk.with_text,
        },
    )


def card(desk: Desk, work: Work) -> Card:
    """The card that a passage's number opens."""
    forms = citation.styles(work.record, desk.project.site, citation.Locator())
    return Card(quotation=citation.quotation(work.record), forms=forms)


def _blocks(desk: Desk, work: Work) -> Iterator[Unit | Title]:
    """Headings and passages in order; a group is opened and closed by its titles."""
    dead = _dead(work)
    group = ""
    blocks = work.blocks
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Heading):
            inner = isinstance(following, Passage) and bool(following.group)
            opens, closes = inner and not group, bool(group) and not inner
            group = following.group if inner and isinstance(following, Passage) else ""
            if block.level > 1:
                text = marks.heading(work, block)
                yield Title(id=block.id, level=block.level, text=text, opens=opens, closes=closes)
        else:
            if group and not block.group:
                group = ""
                yield _close()
            here = tuple(d for d in dead if d.successors and d.successors[0].text == block.id)
            yield _unit(desk, work, block, here)
    if group:
        yield _close()


def _close() -> Title:
    return Title(id="", level=0, text=Marked(text=""), closes=True)


def _unit(desk: Desk, work: Work, passage: Passage, before: tuple[Dead, ...]) -> Unit:
    key = (work.id, passage.id)
    tagging = desk.links.taggings.get(key)
    frames = {facet.name for facet in desk.project.facets if facet.kind == "frame"}
    return Unit(
        id=passage.id,
        number=passage.number,
        href=addresses.passage(key),
        label=passage.label,
        text=marks.passage(desk, work, key),
        tags=" ".join(filters.names(desk, tagging)),
        chips=desk.chips(tagging),
        signs=tuple(desk.chip(cell) for cell in desk.cells_of(key)),
        function=desk.functions[tagging.function].name if tagging and tagging.function else "",
        gist=tagging.gist if tagging else "",
        note=tagging.note if tagging else "",
        also=tuple(f for f in desk.facets_of(tagging) if f.name in frames),
        before=before,
        gone=passage.also,
    )


def _dead(work: Work) -> list[Dead]:
    return [
        Dead(
            id=anchor.id,
            href=addresses.passage((work.id, anchor.id)),
            fate=anchor.fate,
            successors=tuple(
                Link(text=id_, href=addresses.passage((work.id, id_)))
                for id_ in anchors.successors(work.ledger, anchor.id)
            ),
        )
        for anchor in work.ledger
        if anchor.fate != "live"
    ]


def _ended_sentences(work: Work) -> list[Dead]:
    """The sentences that have ended and lead nowhere; their block says why."""
    return [
        Dead(id=one.id, href=addresses.passage((work.id, one.block)), fate=one.fate, successors=())
        for one in work.sentences
        if one.fate != "live" and not anchors.successors((*work.ledger, *work.sentences), one.id)
    ]


def passages(desk: Desk, work: Work) -> Iterator[View]:
    found = work.passages
    for index, passage in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        yield _passage(desk, work, passage, before, after)
    live = {p.id for p in found}
    for anchor in work.ledger:
        if anchor.fate != "live" and anchor.kind == "passage" and anchor.id not in live:
            yield _tombstone(desk, work, anchor)


def _passage(desk: Desk, work: Work, passage: Passage, before: Passage | None, after: Passage | None) -> View:
    key = (work.id, passage.id)
    tagging = desk.links.taggings.get(key)
    address = addresses.passage(key)
    return View(
        template="passage.html",
        address=address,
        title=f"第 {passage.number} 段",
        description=(tagging.gist if tagging else "") or f"〈{work.record.title}〉第 {passage.number} 段",
        section="reading",
        trail=desk.steps(work, passage.path),
        card=card(desk, work),
        facts={
            "record": work.record,
            "id": passage.id,
            "number": passage.number,
            "label": passage.label,
            "text": marks.passage(desk, work, key),
            "anchor": addresses.anchor(key),
            "cells": [
                CellNote(
                    chip=desk.chip(tag.cell),
                    relation=desk.relations[tag.relation].name,
                    quotes=desk.quoted(tag.evidence),
                    note=tag.note,
                )
                for tag in (tagging.cells if tagging else ())
            ],
            "function": desk.functions[tagging.function] if tagging and tagging.function else None,
            "tagging": tagging,
            "also": desk.facets_of(tagging),
            "backlinks": desk.backlinks(desk.links.citing.get(key, ())),
            "before": _neighbour(desk, work, before),
            "after": _neighbour(desk, work, after),
            "citations": citation.styles(work.record, desk.project.site, citation.locator(passage)),
            "history": next((a for a in work.ledger if a.id == passage.id), None),
            "emendations": [
                {"one": e, "href": f"{addresses.apparatus(work.id)}#{e.id}"}
                for e in work.emendations
                if e.block == passage.id
            ],
        },
    )


def _neighbour(desk: Desk, work: Work, passage: Passage | None) -> PassageLink | None:
    return desk.passage((work.id, passage.id)) if passage is not None else None


def _tombstone(desk: Desk, work: Work, anchor: Anchor) -> View:
    """The page of a dead id: it says what became of it, and where its words went."""
    ids = anchors.successors(work.ledger, anchor.id)
    return View(
        template="dead.html",
        address=addresses.passage((work.id, anchor.id)),
        title=f"#{anchor.id}",
        description=f"{anchor.opening}……",
        section="reading",
        trail=desk.steps(work, ()),
        facts={
            "anchor": anchor,
            "opening": inner(anchor.opening),
            "successors": [
                desk.passage((work.id, id_)) for id_ in ids if (work.id, id_) in desk.links.passages
            ],
            "record": work.record,
        },
    )
