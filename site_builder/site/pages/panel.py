"""The panel of a passage on the reading page: all that touches the passage, nearest to the words first."""

from __future__ import annotations

from dataclasses import replace

from site_builder.edition import addressed, addresses
from site_builder.edition.codes import CodeId, of_tag
from site_builder.edition.index import Key
from site_builder.model import CellTag, EntryTag, Passage, Quote, Work
from site_builder.site import related
from site_builder.site.pages import argument, disagreements
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.presenter import Presenter
from site_builder.site.views import EvidenceGroup, RelationSign, Tagged, View

_SIGNS = {
    "square": "■",
    "dot": "●",
    "ring": "○",
    "cross": "✕",
    "up": "▲",
    "down": "▼",
    "diamond": "◆",
    "struck": "⊘",
    "wedge": "◣",
    "plus": "✚",
    "bar": "▬",
    "half": "◐",
}
"""Shape of a relation in pictures → the same shape as a character."""
_Turn = tuple[str, CellTag | EntryTag]


def panel(presenter: Presenter, work: Work, passage: Passage) -> View:
    """The panel of a passage, at the address of the reading page of its work."""
    key = (work.id, passage.id)
    tagging = presenter.index.taggings.get(key)
    edition = presenter.edition
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
                for e in work.emendations
                if e.block == passage.id
            ],
            "witness": addresses.witness(work.id)
            if addressed.has_apparatus(presenter.project, work) and edition.with_text
            else "",
            "history": next((a for a in work.ledger if a.id == passage.id), None),
            "quotable": edition.with_text,
        },
    )


def _frames(presenter: Presenter) -> set[str]:
    return {addresses.facet(facet.id) for facet in presenter.project.facets if facet.kind == "frame"}


def tagged(presenter: Presenter, key: Key) -> tuple[Tagged, ...]:
    """The codes of a passage with colours, each once with all its relations, in the order of the
    codebook."""
    return _tagged(presenter, _turns(presenter, key))


def _turns(presenter: Presenter, key: Key) -> list[_Turn]:
    tags = presenter.edition.painted_tags(presenter.index.taggings.get(key))
    return [(f"t{number}", tag) for number, tag in enumerate(tags)]


def _tagged(presenter: Presenter, turns: list[_Turn]) -> tuple[Tagged, ...]:
    found: dict[CodeId, list[_Turn]] = {}
    for turn, tag in turns:
        found.setdefault(of_tag(tag).whole, []).append((turn, tag))
    return tuple(_one(presenter, code, found[code]) for code in presenter.edition.paints if code in found)


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
        notes=tuple(dict.fromkeys(tag.note for tag in cells if tag.note)),
    )


def evidence(presenter: Presenter, key: Key) -> tuple[EvidenceGroup, ...]:
    """The evidence of a passage, each quotation once with the codes that rest on it, in the order of the
    text.

    The first group has the codes without evidence, if there are any; all of them if no text may be
    published.

    :raises KeyError: if there is no such passage.
    """
    groups: dict[tuple[int, int], tuple[Quote | None, list[_Turn]]] = {}
    for turn, tag in _turns(presenter, key):
        for quote in tag.evidence if presenter.edition.with_text else ():
            span = presenter.index.spans.get(quote)
            if span is not None:
                groups.setdefault(span, (quote, []))[1].append((turn, tag))
        if not tag.evidence or not presenter.edition.with_text:
            groups.setdefault((-1, -1), (None, []))[1].append((turn, tag))
    return tuple(
        EvidenceGroup(
            quote=presenter.quoted((quote,), key)[0] if quote is not None else None,
            tags=_tagged(presenter, turns),
        )
        for _, (quote, turns) in sorted(groups.items(), key=lambda one: one[0])
    )
