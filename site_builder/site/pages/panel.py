"""The panel of a passage on the reading page: all that touches the passage, nearest to the words first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TypeVar

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId, of_tag
from site_builder.edition.index import Key, grouped
from site_builder.model import CellTag, EntryTag, Passage, Work
from site_builder.records import replace
from site_builder.site import related
from site_builder.site.pages import argument, disagreements, versions
from site_builder.site.pictures.cells import replacing
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.presenter import Presenter
from site_builder.site.views import RelationSign, TagEvidence, Tagged, View

_SIGNS = {
    "square": "□",
    "dot": "●",
    "ring": "○",
    "cross": "✕",
    "up": "▲",
    "down": "▼",
    "diamond": "◆",
    "struck": "∅",
    "wedge": "∨",
    "plus": "✚",
    "bar": "▬",
    "half": "◐",
}
"""Shape of a relation in pictures → the same shape as a character, as the keys of pictures have it."""
Tag = CellTag | EntryTag
T = TypeVar("T")
_Turn = tuple[str, Tag]


def panel(presenter: Presenter, work: Work, passage: Passage) -> View:
    """The panel of a passage, at the address of the reading page of its work.

    Its title is the label of the passage, its description ``""``. Its facts are the parts of the panel by
    their names: ``gist``, ``function``, ``evidence`` (:func:`evidence`), ``comments``, ``frames`` and
    ``indexed`` (the entries of frame and index facets), ``sharing``, ``repeated``, ``resting``, ``others``,
    ``steps``, ``disagreements``, ``history`` (its line of the ledger), ``emendations`` (each ``one`` with its
    ``href``), ``codes`` (the number of its codes with colours), ``versions`` (its place on the page of the
    versions, ``canal/versions.html#p2``), ``id``, ``number``, ``record``, ``href`` (``canal/p2.html``),
    ``anchor`` (``canal/index.html#p2``) and ``note``. What a passage does not have is ``""``, ``()``, ``[]``
    or ``None``; a passage without tags has a
    panel too.  ``quotable`` is false if the text may not be published.

    :raises KeyError: if the edition has no such passage.
    """
    key = (work.id, passage.id)
    tagging = presenter.index.taggings.get(key)
    edition, compared = presenter.edition, versions.address(presenter, work)
    return View(
        template="panel.html",
        address=addresses.reading(work.id),
        title=edition.passage_label(key, work.id),
        description="",
        facts={
            "id": passage.id,
            "number": passage.number,
            "record": work.record,
            "href": addresses.passage(key),
            "anchor": addresses.anchor(key),
            "function": edition.functions[tagging.function] if tagging and tagging.function else None,
            "gist": tagging.gist if tagging else "",
            "note": tagging.note if tagging else "",
            "evidence": evidence(presenter, key),
            "codes": len(edition.painted_codes(key)),
            "comments": argument.comments(presenter, key),
            "frames": [f for f in presenter.facets_of(tagging) if f.href in _frames(presenter)],
            "indexed": [f for f in presenter.facets_of(tagging) if f.href not in _frames(presenter)],
            "sharing": related.sharing(presenter, key),
            "repeated": related.repeated(presenter, key),
            "resting": related.resting(presenter, key),
            "others": argument.other_readings(presenter, key),
            "steps": argument.steps_of_passage(presenter, key),
            "disagreements": disagreements.of_passage(presenter, key),
            "emendations": [
                {"one": e, "href": f"{addresses.apparatus(work.id)}#{e.id}"}
                for e in presenter.emendations(key)
            ],
            "versions": compared and f"{compared}#{passage.id}",
            "history": presenter.ledger_line(key),
            "quotable": edition.with_text,
        },
    )


def _frames(presenter: Presenter) -> set[str]:
    return {addresses.facet(facet.id) for facet in presenter.project.facets if facet.kind == "frame"}


def tagged(presenter: Presenter, key: Key) -> tuple[Tagged, ...]:
    """The codes of a passage with colours, in the order of the codebook: cells, or in a project without cells
    the entries of frame facets; ``()`` for none.

    Tags of one code with the same traits are together, with all their relations and notes, each once.  Tags
    with other traits are apart, in the order of the tags, so that a relation is never beside a trait of
    another tag.
    """
    return _tagged(presenter, _turns(presenter, key))


def _turns(presenter: Presenter, key: Key) -> list[_Turn]:
    tags = presenter.edition.painted_tags(presenter.index.taggings.get(key))
    return [(f"t{number}", tag) for number, tag in enumerate(tags)]


def _tagged(presenter: Presenter, turns: list[_Turn]) -> tuple[Tagged, ...]:
    found: dict[tuple[CodeId, tuple[str, ...]], list[_Turn]] = {}
    for turn, tag in turns:
        traits = tag.traits if isinstance(tag, CellTag) else ()
        found.setdefault((of_tag(tag).whole, traits), []).append((turn, tag))
    order = presenter.edition.paint_order
    return tuple(
        _one(presenter, code, own)
        for (code, _), own in sorted(found.items(), key=lambda one: order[one[0][0]])
    )


def _one(presenter: Presenter, code: CodeId, own: list[_Turn]) -> Tagged:
    cells = [tag for _, tag in own if isinstance(tag, CellTag)]
    relations = dict.fromkeys(tag.relation for tag in cells if tag.relation)
    shapes = glyphs(presenter.project)
    traits = dict.fromkeys(link for tag in cells for link in argument.traits(presenter, tag))
    return Tagged(
        chip=replace(presenter.code_chip(code), turn=" ".join(turn for turn, _ in own)),
        relations=tuple(
            RelationSign(name=presenter.edition.relations[id_].name, glyph=_SIGNS[shapes[id_]])
            for id_ in relations
        ),
        traits=tuple(traits),
        named=replacing(tuple(traits), [tag.traits for tag in cells]),
        notes=tuple(dict.fromkeys(tag.note for tag in cells if tag.note)),
    )


def evidence(presenter: Presenter, key: Key) -> tuple[TagEvidence, ...]:
    """The tags of a passage that have a colour, with their evidence, in the order of :func:`by_words`.

    A quotation on which a tag rests with others is at each of these groups.  None has quotations if no text
    may be published; an unknown passage gives ``()``.
    """
    return tuple(
        TagEvidence(
            tagged=tuple(_one(presenter, of_tag(tag).whole, [(turn, tag)]) for turn, tag in together),
            quotes=presenter.quoted(together[0][1].evidence, key),
        )
        for together in by_words(presenter, _turns(presenter, key), lambda one: one[1])
    )


def by_words(presenter: Presenter, items: Iterable[T], tag_of: Callable[[T], Tag]) -> list[tuple[T, ...]]:
    """Tags of one passage, or items with a tag each, grouped: those with the same evidence are together.

    The groups are in the order in which their first words begin, equal ones in that of the tags.  A tag
    without evidence is a group of its own, after the others.
    """
    places = ((presenter.index.placed(tag_of(item).evidence), item) for item in items)
    found = grouped((spans or number, item) for number, (spans, item) in enumerate(places))
    begins = {words: math.inf if isinstance(words, int) else min(words)[0] for words in found}
    return [found[words] for words in sorted(found, key=begins.__getitem__)]
