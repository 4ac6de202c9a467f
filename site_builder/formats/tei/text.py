"""The text of a work (``text``): divisions by its headings, passages, and ended ids.

An enumeration is a ``list``: a heading in it is the ``label`` of an ``item``.  In TEI, divisions come last in
their parent, so a passage after them is in a division without a head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from site_builder.edition import anchors
from site_builder.edition.codes import traits_of
from site_builder.edition.edition import Edition
from site_builder.formats.tei import classes, marks
from site_builder.formats.tei.header import TEXT_RIGHTS, language
from site_builder.formats.tei.tree import CERT, EDITORS, Element, e, emendation, to
from site_builder.model import Heading, Passage, Work


@dataclass(kw_only=True, slots=True, eq=False)
class _Section:
    """A heading with its content; the whole text has no heading."""

    heading: Heading | None = None
    above: _Section | None = None
    children: list[_Section | Passage] = field(default_factory=list)

    @property
    def passages(self) -> list[Passage]:
        return [child for child in self.children if isinstance(child, Passage)]

    def add(self, child: _Section | Passage) -> None:
        self.children.append(child)
        if isinstance(child, _Section):
            child.above = self

    def take_back(self) -> None:
        """Move what followed the section above into this one: a group, in which headings can have any
        level.
        """
        inner, outer = self, self.above
        while outer is not None:
            after = outer.children.index(inner) + 1
            for child in outer.children[after:]:
                self.add(child)
            del outer.children[after:]
            inner, outer = outer, outer.above


_Children = Sequence[_Section | Passage]


def text(edition: Edition, work: Work) -> Element:
    """The text (``text``) with its divisions, passages and ended ids.

    If it may not be published: its headings, and of each passage the first 12 characters and a ``gap`` with
    the number of characters that are left out.  ``@ana`` of a passage has the codes of the displayed coder,
    cells without relations; a passage without tags has none.
    """
    body = e("body", _Body(edition, work).flow(_outline(work).children))
    return e("text", body, lang=language(work.record), decls=to([TEXT_RIGHTS]))


def labelled(work: Work) -> dict[str, str]:
    """Passage id → id of the emendation about the label before it.

    Only passages with a label and such an emendation are included; of several emendations it is the first.
    Such an emendation has the kind ``label`` and two equal readings.
    """
    labels = [one for one in work.emendations if one.kind == "label" and one.edited == one.witness]
    first = {one.block: one.id for one in reversed(labels)}
    return {p.id: first[p.id] for p in work.passages if p.label and p.id in first}


def _outline(work: Work) -> _Section:
    top = whole = _Section()
    sections: dict[str, _Section] = {}
    for block in work.blocks:
        above = sections[block.path[-1]] if block.path else top
        above.take_back()
        if isinstance(block, Passage):
            above.add(block)
        else:
            made = sections[block.id] = _Section(heading=block)
            above.add(made)
            top = made if block.level == 1 else top
    return whole


def _dead(work: Work) -> dict[str, list[Element]]:
    """Block → the ended ids that lead to it first."""
    found: dict[str, list[Element]] = {}
    for anchor in work.ledger:
        heirs = anchors.successors(work.ledger, anchor.id)
        if anchor.fate != "live" and heirs:
            change = to([f"change.{anchor.id}"])
            made = e("anchor", id=anchor.id, type=anchor.fate, corresp=to(heirs), change=change)
            found.setdefault(heirs[0], []).append(made)
    return found


def _kind(child: _Section | Passage) -> str:
    """``list`` for parts of an enumeration, otherwise ``div`` or ``p``."""
    if isinstance(child, Passage):
        return "list" if child.group else "p"
    own = child.passages
    listed = own and child.children[0] is own[0] and all(passage.group for passage in own)
    return "list" if listed else "div"


class _Body:
    """Makes the elements of one work."""

    def __init__(self, edition: Edition, work: Work) -> None:
        self.edition = edition
        self.work = work
        self.labels = labelled(work)
        certain = {one.id: CERT[one.certainty] for one in work.emendations}
        self.sure = {id_: certain[one] for id_, one in self.labels.items()}
        self.dead = _dead(work)

    def flow(self, children: _Children) -> Iterator[Element]:
        """The content of a division."""
        after = False
        for kind, run in groupby(children, key=_kind):
            found = list(run)
            made = [*self.listed(found)] if kind == "list" else [x for one in found for x in self.one(one)]
            yield from [e("div", made)] if after and kind != "div" else made
            after = after or kind == "div"

    def one(self, child: _Section | Passage) -> Iterator[Element]:
        if isinstance(child, Passage):
            yield from self.passage(child)
        elif child.heading is not None:
            yield from self.dead.get(child.heading.id, ())
            head = e("head", marks.content(self.work, child.heading))
            yield e("div", head, self.flow(child.children), id=child.heading.id)

    # an enumeration

    def listed(self, children: _Children) -> Iterator[Element]:
        group = next((p.group for child in children for p in _passages(child)), "")
        yield e("list", (element for child in children for element in self.item(child)), type=group)

    def item(self, child: _Section | Passage) -> Iterator[Element]:
        if isinstance(child, Passage):
            yield e("item", self.passage(child))
        elif child.heading is not None:
            yield from self.dead.get(child.heading.id, ())
            label = e("label", marks.content(self.work, child.heading))
            yield e("item", label, self.held(child.children), id=child.heading.id)

    def held(self, children: _Children) -> Iterator[Element]:
        """The content of an item, which allows no division."""
        for inner, run in groupby(children, key=lambda child: isinstance(child, _Section)):
            found = list(run)
            yield from self.listed(found) if inner else (x for one in found for x in self.one(one))

    # a passage

    def passage(self, found: Passage) -> Iterator[Element]:
        yield from self.dead.get(found.id, ())
        if found.label:
            yield self.label(found)
        yield e(
            "p",
            self.words(found),
            id=found.id,
            n=str(found.number),
            ana=to(self.codes(found)),
            space="preserve",  # a program that changes line breaks would change every position
        )

    def label(self, found: Passage) -> Element:
        id_ = emendation(self.labels[found.id]) if found.id in self.labels else ""
        added = e("supplied", found.label, id=id_, resp=to([EDITORS]), cert=self.sure.get(found.id, ""))
        return e("label", added, corresp=to([found.id]))

    def words(self, found: Passage) -> Iterator[Element | str]:
        if self.edition.with_text:
            yield from marks.content(self.work, found)
            return
        opening = found.text[: self.edition.shown_length(found)]
        yield from marks.lines(opening)
        if left := len(found.text) - len(opening):
            yield e("gap", reason="editorial", unit="character", quantity=str(left))

    def codes(self, found: Passage) -> Iterator[str]:
        """The categories that the displayed coder gives the passage, each once."""
        tagging = self.edition.index.taggings.get((self.work.id, found.id))
        if tagging is None:
            return
        yield from (
            classes.cell(self.edition, id_) for id_ in self.edition.cells_of((self.work.id, found.id))
        )
        traits = (code for tag in tagging.cells for code in traits_of(tag))
        yield from (classes.trait(self.edition, one.id, one.trait) for one in dict.fromkeys(traits))
        if tagging.function:
            yield classes.term("function", tagging.function)
        yield from (classes.entry(tag.facet, tag.entry) for tag in tagging.entries)


def _passages(child: _Section | Passage) -> list[Passage]:
    return [child] if isinstance(child, Passage) else child.passages
