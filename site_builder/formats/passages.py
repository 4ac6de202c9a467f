"""``data/passages.json``: every passage with its text, tags and evidence; and its JSON Schema.

``text`` is an object: a Chinese text is under its script, such as ``hant``, and any other text under its
language tag.  If the site has a view in the other script of Chinese, the converted text is beside it.

Offsets are Unicode code points of the text of the edition, start inclusive, end exclusive.  The converted
text has the same length, so they are valid in both scripts.  Schema: JSON Schema 2020-12.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.formats import translated
from site_builder.formats.records import (
    alternatives,
    array,
    coder,
    coder_schema,
    edge,
    edge_schema,
    in_languages,
    mapping,
    note_schema,
    notes,
    quoted,
)
from site_builder.language import language
from site_builder.model import VOICES, Passage, Project, Tagging, Work
from site_builder.model.text import NO_WORDS


def passages(edition: Edition, converted: Locale | None) -> dict[str, bytes]:
    """One file for each work: ``passages-WORK.json``, and ``passages.json`` for the work published first.

    A file is an object with ``work`` (its record) and ``passages``, and with ``codings``, ``edges`` and
    ``coders`` if the project has any.  It has all passages in reading order, with the tags of the displayed
    coder.  ``codings`` has an object for each other coder of the work, in the order of their ids: ``coder``,
    and the ``passages`` that this coder tagged, each with its ``id`` and the same fields of tags.  A passage
    without tags has ``""`` for its function, gist and note, and ``[]`` for its cells and for each facet.
    Entries are ids, without evidence.  Functions, cells, relations and traits are left out if the codebook
    has none, and alternatives, notes, edges and coders if the project has none.

    If the text may not be published, the text of a passage is its first 12 characters, in each script, and no
    evidence is listed; headings, gists and notes stay.

    :param converted: the view in the other script, if there is one; only the text of passages is converted.
    :return: file name (without a folder) → content.
    """
    shared = common(edition)
    return {
        name: content
        for work in edition.project.works
        for name, content in of_work(edition, work, converted, shared).items()
    }


def common(edition: Edition) -> dict[str, Any]:
    """What the files of all works have in common, for :func:`of_work`.

    ``alternatives`` and ``codings`` say whether the project has any, and ``beside`` has the edges and the
    coders of the project, each if it has any.
    """
    return {
        "alternatives": _has_alternatives(edition.project),
        "codings": _has_codings(edition),
        "beside": _beside(edition),
    }


def of_work(
    edition: Edition, work: Work, converted: Locale | None, shared: Mapping[str, Any]
) -> dict[str, bytes]:
    """The file of one work, as :func:`passages` gives it: file name → content.

    :param shared: what :func:`common` gives.
    """
    found = {
        **_work(edition, work, converted, shared["alternatives"]),
        **({"codings": _codings(edition, _others(edition, work))} if shared["codings"] else {}),
        **shared["beside"],
    }
    return {_name(edition.project, work): _bytes(found)}


def _name(project: Project, work: Work) -> str:
    return "passages.json" if work == project.first_published else f"passages-{work.id}.json"


def _bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _work(edition: Edition, work: Work, converted: Locale | None, with_alternatives: bool) -> dict[str, Any]:
    record, site = work.record, edition.project.site
    return {
        "work": {
            "id": work.id,
            **translated.values(edition, "title", record.title),
            "author": record.author,
            "container": record.container,
            "year": record.year,
            "issue": record.issue,
            "rights": record.rights,
            "edition": record.edition,
            "version": site.version,
            "date": site.date.isoformat(),
            "coder": site.coder,
        },
        "passages": [
            _passage(edition, work, passage, converted, with_alternatives) for passage in work.passages
        ],
    }


def _beside(edition: Edition) -> dict[str, Any]:
    """What belongs to no single passage: the edges and the coders of the project, each if it has any."""
    return {
        **({"edges": [edge(edition, one) for one in edition.project.edges]} if edition.project.edges else {}),
        **({"coders": [coder(edition, c) for c in edition.project.coders]} if edition.project.coders else {}),
    }


def _others(edition: Edition, work: Work) -> list[tuple[Tagging, Passage]]:
    """The tagged passages of a work of the coders that are not displayed, in the order of the exports."""
    shown = edition.project.site.coder
    return [(tagging, passage) for tagging, passage in edition.tagged[work.id] if tagging.coder != shown]


def _has_codings(edition: Edition) -> bool:
    return any(_others(edition, work) for work in edition.project.works)


def _codings(edition: Edition, taggings: list[tuple[Tagging, Passage]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for tagging, passage in taggings:
        tags = _tags(edition, passage, tagging, with_alternatives=True)
        found.setdefault(tagging.coder, []).append({"id": passage.id, **tags})
    return [{"coder": one, "passages": passages} for one, passages in found.items()]


def _passage(
    edition: Edition, work: Work, passage: Passage, converted: Locale | None, with_alternatives: bool
) -> dict[str, Any]:
    index = edition.index
    tagging = index.taggings.get((work.id, passage.id))
    headings = [index.headings[(work.id, id_)] for id_ in passage.path]
    return {
        "id": passage.id,
        "number": passage.number,
        "label": passage.label,
        "headings": [{"id": h.id, "level": h.level, "text": h.text} for h in headings],
        "text": _text(work, passage.text, edition.shown_length(passage), converted),
        **_tags(edition, passage, tagging, with_alternatives),
        **({"notes": notes(edition, work, passage)} if edition.project.notes else {}),
    }


def _tags(
    edition: Edition, passage: Passage, tagging: Tagging | None, with_alternatives: bool
) -> dict[str, Any]:
    """What one coder says of a passage."""
    project = edition.project
    return {
        **translated.values(edition, "gist", tagging.gist if tagging else NO_WORDS),
        **({"function": tagging.function if tagging else ""} if project.grid.functions else {}),
        **({"cells": _cells(edition, passage, tagging)} if project.grid.cells else {}),
        **{facet.id: _entries(tagging, facet.id) for facet in project.facets},
        **translated.values(edition, "note", tagging.note if tagging else NO_WORDS),
        **({"alternatives": alternatives(edition, passage, tagging)} if with_alternatives else {}),
    }


def _has_alternatives(project: Project) -> bool:
    return any(one.alternatives for one in project.taggings if one.coder == project.site.coder)


def _text(work: Work, text: str, shown: int, converted: Locale | None) -> dict[str, str]:
    """The first ``shown`` characters of a text under each of its :func:`_keys`."""
    forms = (text, converted.convert(text)) if converted else (text,)
    return {key: form[:shown] for key, form in zip(_keys(work, converted), forms, strict=False)}


def _keys(work: Work, converted: Locale | None) -> tuple[str, ...]:
    """The names of a text and of its conversion, if there is one: ``("hant", "hans")``, ``("en",)``."""
    tag = work.record.tag
    own = language.of(tag)
    first = own.script.lower() if own.is_chinese and own.script else tag
    return (first, converted.script) if converted and converted.converts(tag) else (first,)


def _cells(edition: Edition, passage: Passage, tagging: Tagging | None) -> list[dict[str, Any]]:
    return [
        {
            "cell": tag.cell,
            **({"relation": tag.relation} if edition.project.grid.relations else {}),
            **({"traits": list(tag.traits)} if edition.traits else {}),
            "evidence": quoted(edition, passage, tag.evidence),
            **translated.values(edition, "note", tag.note),
        }
        for tag in (tagging.cells if tagging else ())
    ]


def _entries(tagging: Tagging | None, facet: str) -> list[str]:
    return [tag.entry for tag in tagging.entries if tag.facet == facet] if tagging else []


def schema(edition: Edition, converted: Locale | None) -> bytes:
    """The JSON Schema of the files, with the codes of the codebook as its vocabularies.

    One schema is valid for every work.  All properties are required and no others are allowed.  That offsets
    fit the text, that ids are unique and that works exist is not checked by it.

    :param converted: the view in the other script, if there is one.
    """
    project = edition.project
    keys = tuple(dict.fromkeys(_keys(work, converted) for work in project.works))
    text: dict[str, Any] = {"type": "string"}
    ident = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]*$"}
    offset = {"type": "integer", "minimum": 0}
    grid = project.grid
    traits = list(dict.fromkeys(trait.id for trait in edition.traits.values()))
    quotation = {
        "quote": {"type": "string", "minLength": 1},
        "start": offset,
        "end": offset,
        "voice": {"enum": [*VOICES]},
    }
    evidence = mapping(quotation)
    cell = mapping(
        {
            "cell": {"enum": [c.id for c in grid.cells]},
            **({"relation": {"enum": [r.id for r in grid.relations]}} if grid.relations else {}),
            **({"traits": array({"enum": traits}, unique=True)} if edition.traits else {}),
            "evidence": {"type": "array", "items": evidence, "maxItems": grid.limits.evidence},
            **in_languages(edition, "note"),
        }
    )
    alternative = mapping(
        {
            "instead_of": text,
            "cell": {"enum": [*(c.id for c in grid.cells), ""]},
            **({"relation": {"enum": [*(r.id for r in grid.relations), ""]}} if grid.relations else {}),
            "evidence": array(evidence),
            **({"traits": array({"enum": traits}, unique=True)} if edition.traits else {}),
            **in_languages(edition, "reason"),
        }
    )
    tags: dict[str, Any] = {
        "gist": {"type": "string", "maxLength": grid.limits.gist},
        **{f"gist_{tag}": text for tag in edition.languages},
        **({"function": {"enum": [*(f.id for f in grid.functions), ""]}} if grid.functions else {}),
        **({"cells": {"type": "array", "items": cell}} if grid.cells else {}),
        **{
            facet.id: array({"enum": [entry.id for entry in facet.entries]}, unique=True)
            for facet in project.facets
        },
        **in_languages(edition, "note"),
    }
    heading = mapping({"id": ident, "level": {"type": "integer", "minimum": 2}, "text": text})
    passage = mapping(
        {
            "id": ident,
            "number": {"type": "integer", "minimum": 1},
            "label": text,
            "headings": {"type": "array", "items": heading},
            "text": _any_of([mapping(dict.fromkeys(names, text)) for names in keys]),
            **tags,
            **({"alternatives": array(alternative)} if _has_alternatives(project) else {}),
            **({"notes": array(note_schema(edition))} if project.notes else {}),
        }
    )
    own = mapping({"id": ident, **tags, "alternatives": array(alternative)})
    coding = mapping({"coder": text, "passages": array(own)})
    names = ("id", *translated.names(edition, "title"), "author", "container", "year", "issue", "rights")
    work = mapping(dict.fromkeys((*names, "edition", "version", "date", "coder"), text))
    root = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Passages of one work, with their tags",
        "description": _offsets(keys),
        **mapping(
            {
                "work": work,
                "passages": {"type": "array", "items": passage},
                **({"codings": array(coding)} if _has_codings(edition) else {}),
                **({"edges": array(edge_schema(edition, quotation))} if project.edges else {}),
                **({"coders": array(coder_schema(edition))} if project.coders else {}),
            }
        ),
    }
    return _bytes(root)


def _offsets(keys: Iterable[tuple[str, ...]]) -> str:
    """The sentence of the schema about offsets, for the names that texts have."""
    texts = " or ".join(dict.fromkeys(f"text.{first}" for first, *_ in keys))
    forms = " and ".join(dict.fromkeys(f"text.{form}" for _, *others in keys for form in others))
    same = f"; {forms} has the same length" if forms else ""
    return f"Offsets are counts of Unicode code points in {texts}, end exclusive{same}."


def _any_of(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
