"""Alternatives, notes, edges and coders in ``data/passages.json``, with the JSON Schemas of these records.

Offsets are those of :mod:`site_builder.formats.passages`.  Schema: JSON Schema 2020-12.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.edition.edition import Edition
from site_builder.formats import translated
from site_builder.model import Coder, Edge, Passage, Quote, Tagging, Work
from site_builder.model.coder import CODER_KINDS
from site_builder.model.edge import EDGE_KINDS, EDGE_STATUSES


def quoted(edition: Edition, passage: Passage, evidence: Iterable[Quote]) -> list[dict[str, Any]]:
    """Each quotation as ``quote`` (the words of the passage), ``start``, ``end`` and ``voice``, in the order
    given.

    ``start`` and ``end`` are offsets in code points, end exclusive.  ``voice`` is ``author`` for a quotation
    that names none.  A quotation that is not exact in its passage is left out.  ``[]`` if no text may be
    published.
    """
    spans = edition.index.spans if edition.with_text else {}
    found = [(quote.voice, *spans[quote]) for quote in evidence if quote in spans]
    return [
        {"quote": passage.text[start:end], "start": start, "end": end, "voice": voice}
        for voice, start, end in found
    ]


def alternatives(edition: Edition, passage: Passage, tagging: Tagging | None) -> list[dict[str, Any]]:
    """The alternatives of a passage, in the order of the file, as records; ``[]`` without a tagging.

    ``instead_of`` is the code that is doubted, as written.  ``cell`` and ``relation`` are those of the added
    tag, as :meth:`.Alternative.added` gives them: what the file leaves out is that of the doubted tag.  Each
    of the three is ``""`` if there is none; ``relation`` is a key in a codebook with relations only.
    ``evidence`` is as :func:`quoted` gives it.  ``traits`` are those of the doubted tag that rest on this
    evidence alone, in a codebook with traits only.  ``reason`` follows with its translations (``reason_en``).
    """
    found = []
    for one in tagging.alternatives if tagging else ():
        cell, relation = one.added(tagging.cells if tagging else ())
        found.append(
            {
                "instead_of": one.instead_of,
                "cell": cell,
                **({"relation": relation} if edition.project.grid.relations else {}),
                "evidence": quoted(edition, passage, one.evidence),
                **({"traits": list(one.traits)} if edition.traits else {}),
                **translated.values(edition, "reason", one.reason),
            }
        )
    return found


def notes(edition: Edition, work: Work, passage: Passage) -> list[dict[str, Any]]:
    """The notes on a passage as records, in the order of the index; ``[]`` without notes.

    The fields are ``id``, ``quote``, ``start``, ``end``, ``body``, ``sources`` (each with ``reference`` and
    ``address``), ``doubt`` and ``settles``; ``body`` and ``settles`` with a field for each language of a
    translation (``body_en``).  All fields are always there; what is missing is ``""``.  A note on the whole
    passage has an empty ``quote``, and the start and end of the passage.  If no text may be published, only
    ``quote`` is empty.

    ``start`` and ``end`` are code points of the passage, the end exclusive.
    """
    return [
        {
            "id": note.id,
            "quote": note.text if edition.with_text else "",
            "start": span[0],
            "end": span[1],
            **translated.values(edition, "body", note.body),
            "sources": [{"reference": one.reference, "address": one.address} for one in note.sources],
            "doubt": note.doubt,
            **translated.values(edition, "settles", note.settles),
        }
        for note in edition.index.notes.get((work.id, passage.id), ())
        for span in [edition.index.note_spans.get(note, (0, len(passage.text)))]
    ]


def edge(edition: Edition, edge: Edge) -> dict[str, Any]:
    """An edge between two codes as a record: ``id``, ``kind``, ``from``, ``to``, ``status``, ``evidence``,
    and ``note`` with its translations (``note_en``).

    ``from`` and ``to`` are ids of codes in the whole codebook; ``to`` is ``""`` for an edge without an end.
    ``evidence`` is a list of quotations as :func:`quoted` gives them, each with its ``work`` and ``passage``
    first; ``[]`` if no text may be published.

    :raises KeyError: if it quotes a passage that does not exist.
    """
    index = edition.index
    return {
        "id": edge.id,
        "kind": edge.kind,
        "from": edge.start,
        "to": edge.end,
        "status": edge.status,
        "evidence": [
            {"work": key[0], "passage": key[1], **words}
            for one in edge.evidence
            for key in [index.quoted(one)]
            for words in quoted(edition, index.passages[key], (one.quote,))
        ],
        **translated.values(edition, "note", edge.note),
    }


def coder(edition: Edition, coder: Coder) -> dict[str, Any]:
    """The record of a coder: ``id``, ``name``, ``kind``, ``date``, ``saw`` and ``note``; ``name``, ``saw``
    and ``note`` with their translations (``name_en``).

    ``date`` is ``2026-11-24``; a text that is missing is ``""``.
    """
    return {
        "id": coder.id,
        **translated.values(edition, "name", coder.name),
        "kind": coder.kind,
        "date": coder.date.isoformat(),
        **translated.values(edition, "saw", coder.saw),
        **translated.values(edition, "note", coder.note),
    }


def array(items: dict[str, Any], *, unique: bool = False) -> dict[str, Any]:
    """The JSON schema of a list.

    >>> array({"type": "string"}, unique=True)
    {'type': 'array', 'items': {'type': 'string'}, 'uniqueItems': True}

    :param items: the schema of an item.
    :param unique: whether no two items may be equal; if not, the key is absent.
    """
    return {"type": "array", "items": items, **({"uniqueItems": True} if unique else {})}


def in_languages(edition: Edition, name: str) -> dict[str, Any]:
    """The JSON schema of a text and its translations: ``name`` and ``name_en``… → ``{"type": "string"}``.

    An edition in one language has ``name`` alone.
    """
    return {key: {"type": "string"} for key in translated.names(edition, name)}


def note_schema(edition: Edition) -> dict[str, Any]:
    """The JSON schema of a note on a passage, with the properties that :func:`notes` gives.

    All properties are required, and no others are allowed (:func:`mapping`).
    """
    text, offset = {"type": "string"}, {"type": "integer", "minimum": 0}
    return mapping(
        {
            **{"id": text, "quote": text, "start": offset, "end": offset},
            **in_languages(edition, "body"),
            "sources": array(mapping({"reference": text, "address": text})),
            "doubt": {"type": "boolean"},
            **in_languages(edition, "settles"),
        }
    )


def edge_schema(edition: Edition, quoted: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of an edge: ``id``, ``kind``, ``from``, ``to``, ``status``, ``evidence``, and ``note``
    with its translations.

    ``from`` is a code of the codebook, and ``to`` a code or ``""``.  Each item of ``evidence`` has ``work``,
    ``passage`` and the properties of a quotation.

    :param quoted: the properties of a quotation.
    """
    codes = [*edition.index.codes]
    passages = mapping({"work": {"type": "string"}, "passage": {"type": "string"}, **quoted})
    return mapping(
        {
            "id": {"type": "string"},
            "kind": {"enum": [*EDGE_KINDS]},
            "from": {"enum": codes},
            "to": {"enum": [*codes, ""]},
            "status": {"enum": [*EDGE_STATUSES]},
            "evidence": array(passages),
            **in_languages(edition, "note"),
        }
    )


def coder_schema(edition: Edition) -> dict[str, Any]:
    """The JSON schema of the record of a coder, with the properties that :func:`coder` gives.

    All properties are required, and no others are allowed (:func:`mapping`).
    """
    return mapping(
        {
            "id": {"type": "string"},
            **in_languages(edition, "name"),
            "kind": {"enum": [*CODER_KINDS]},
            "date": {"type": "string", "format": "date"},
            **in_languages(edition, "saw"),
            **in_languages(edition, "note"),
        }
    )


def mapping(properties: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of an object with these properties: all are required, and no others are allowed.

    >>> mapping({"id": {"type": "string"}})["required"], mapping({})["additionalProperties"]
    (['id'], False)

    :param properties: name → schema.
    """
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
