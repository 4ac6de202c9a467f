"""Why something changed: emendations, ledgers, decisions on differences of coders, reasons of the editors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from site_builder.edition.addressed import page_of
from site_builder.edition.changes import Change, Changes
from site_builder.edition.coded_items import TagId
from site_builder.model import Anchor, Decision, Item, Localized, Project
from site_builder.records import dataclass, replace

Origin: TypeAlias = Literal["editors", "emendation", "ledger", "adjudication"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """A reason for a change, and where it is stated.

    ``about`` is what it names: the id of the emendation, the address that ended, passage and code of the
    decision, or what the editors wrote.
    ``into`` are the successors of an address that ended.
    """

    origin: Origin
    text: Localized
    about: str = ""
    into: tuple[str, ...] = ()


class Reasons:
    """The reasons for the changes from one edition to the next."""

    def __init__(self, project: Project, changes: Changes) -> None:
        self.coder = project.site.coder
        self.decisions: dict[str, list[Decision]] = {}
        for found in project.adjudications:
            for decision in found.decisions:
                self.decisions.setdefault(f"{found.work}#{decision.passage}", []).append(decision)
        self.stated = tuple(one for one in project.reasons if one.edition == changes.after.edition)
        self.ended = {anchor.id: anchor for anchor in _anchors(project) if anchor.fate != "live"}
        self.emendations = {f"{work.id}#{one.id}": one for work in project.works for one in work.emendations}
        self.changed: dict[str, list[str]] = {}
        for change in changes.of_part("apparatus"):
            if change.after is not None and change.item.kind == "emendation":
                work = change.item.id.partition("#")[0]
                self.changed.setdefault(f"{work}#{change.after.name}", []).append(change.item.id)

    def of(self, change: Change) -> tuple[Explanation, ...]:
        """Every reason for a change: of emendations, of the ledger, of decisions, then those that the editors
        state for the new edition; ``()`` if there is none.

        Emendations explain a text whose block has new or changed ones, the ledger an item that was removed, a
        decision a tag of the coder that the site shows, and a reason of the editors every change whose part,
        kind, id, page or folder, or (of a tag) coder, passage or code its ``of`` names.  No decision explains
        a tag whose own reason the editors state, nor an alternative, which says its reason itself.
        """
        known = names(change)
        return (
            *self._of_emendations(change),
            *self._of_ledger(change),
            *self._of_decisions(change, known),
            *self._of_editors(known),
        )

    def _of_emendations(self, change: Change) -> Iterator[Explanation]:
        """New and changed emendations of a passage whose text changed."""
        if change.item.part == "text":
            for id_ in self.changed.get(change.item.id, ()):
                one = self.emendations.get(id_)
                if one is not None:
                    yield Explanation(origin="emendation", text=one.reason, about=id_)

    def _of_ledger(self, change: Change) -> Iterator[Explanation]:
        """What the ledger says of an address that ended."""
        anchor = self.ended.get(change.item.id) if change.how == "removed" else None
        if anchor is not None:
            yield Explanation(
                origin="ledger", text=Localized(anchor.reason), about=anchor.id, into=anchor.into
            )

    def _of_decisions(self, change: Change, known: frozenset[str]) -> Iterator[Explanation]:
        """The decision of the editors on the tag, where two coders differ."""
        tag = TagId.read(change.item.id)
        of_itself = any(one.of == change.item.id for one in self.stated)
        if change.item.part == "tags" and tag.coder == self.coder and not of_itself and ">" not in tag.code:
            for decision in self.decisions.get(tag.passage, ()):
                if decision.code in known:
                    about = f"{tag.passage} {decision.code}"
                    yield Explanation(origin="adjudication", text=decision.reason, about=about)

    def _of_editors(self, known: frozenset[str]) -> Iterator[Explanation]:
        for one in self.stated:
            if one.of in known:
                yield Explanation(origin="editors", text=one.reason, about=one.of)


def _anchors(project: Project) -> Iterator[Anchor]:
    """The lines of all ledgers with the ids of items: ``canal#p12``, ``silence.html#b2``."""
    yield from project.anchors
    for work in project.works:
        for anchor in work.ledger:
            yield anchor if "#" in anchor.id else _within(work.id, anchor)


def _within(work: str, anchor: Anchor) -> Anchor:
    return replace(anchor, id=f"{work}#{anchor.id}", into=tuple(f"{work}#{one}" for one in anchor.into))


Scope: TypeAlias = Literal["part", "page", "item"]


def scope(reason: Explanation, change: Change) -> Scope:
    """What a reason for a change explains: ``item`` this item, ``page`` its page or folder, ``part`` its part
    of the edition or its kind.

    Only a reason of the editors explains more than the item, and ``page`` is for their prose alone.  One that
    is about a passage, a coder or a code gives ``item``, also if it explains several.
    """
    if reason.origin == "editors":
        if reason.about in (change.item.part, change.item.kind):
            return "part"
        page = page_of(change.item.id)
        if change.item.part == "prose" and reason.about in (page, folder_of(page)):
            return "page"
    return "item"


def folder_of(page: str) -> str:
    """The folder of a page: ``grid/`` for ``grid/index.html``; ``""`` for a page at the top."""
    folder, slash, _ = page.rpartition("/")
    return folder + slash


def names(change: Change) -> frozenset[str]:
    """Everything by which a reason can name a change.

    These are the part of the edition (``prose``), the kind (``cell tag``), the id, and what is before ``#``
    in the id: of an address its page, with the folder of the page (``grid/``), of a passage the work
    (``canal``), of a tag the coder and the work (``editors canal``).  Of a text and its apparatus also the id
    without the work (``p12``); of a tag the coder, the passage (``p12``, ``canal#p12``) and the code, a cell
    with its relation and without (``flow~a``, ``flow~a:shows``, ``relation:shows``), its traits
    (``flow~a/pact``) and the function (``function:scene``), of an entry also the facet (``ways`` for
    ``ways:share``); both the old and the new code, of an alternative what it doubts and what it adds.
    """
    found = {change.item.part, change.item.kind}
    for item in (change.before, change.after):
        if item is None:
            continue
        page = page_of(item.id)
        found |= {item.id, page, folder_of(page)} - {""}
        if item.part in ("text", "apparatus"):
            found.add(item.id.partition("#")[2])
        elif item.part == "tags":
            found |= set(_of_tag(item))
    return frozenset(found)


def _of_tag(item: Item) -> Iterator[str]:
    """The parts of the id of a tag (``editors canal#p12 flow~a:shows``), its traits, and the function."""
    coder, passage, code = TagId.read(item.id)
    yield from (coder, passage, passage.partition("#")[2])
    for one in filter(None, code.split(">")):
        cell, _, relation = one.partition(":")
        yield from (one, cell, f"relation:{relation}")
        yield from (f"{cell}/{trait}" for trait in item.lists.get("traits", ()))
    if "function" in item.texts:
        yield f"function:{item.texts['function']}"
