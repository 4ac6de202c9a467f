"""Stand-off annotations (``standOff``): the reasons of emendations, and every coder's tags.

A tag is one ``annotation`` as in the Web Annotation Data Model: its targets are the quotations of its
evidence (or the passage), its bodies refer to the categories, and a note gives the coder's reason.  If its
quotations have several voices, there is one annotation for each voice; ``ana`` is a voice that is not the
author's.  The alternatives of a coder, the notes of the editors and the edges are in :mod:`.editorial`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.edition import identifiers, witness
from site_builder.edition.edition import Edition
from site_builder.formats.codings import Coding, codings
from site_builder.formats.tei import classes, editorial, marks
from site_builder.formats.tei.header import PROJECT_RIGHTS, coders
from site_builder.formats.tei.text import labelled
from site_builder.formats.tei.tree import CERT, EDITORS, Element, coder, e, emendation, texts, to
from site_builder.model import AUTHOR, Emendation, Passage, Tagging, Work


def notes(edition: Edition, work: Work) -> Iterator[Element]:
    """The stand-off annotations of a work (one ``standOff``); nothing if it has none.

    Its children, each absent if it would be empty: a ``listAnnotation`` with the reasons of all emendations
    (``type="emendations"``), one for each coder with tags (``tags``), one with the notes of the editors
    (``notes``), the edges as a ``listRelation`` and their notes as a ``listAnnotation`` (both ``edges``).

    A coder's list has, passage by passage, function, gist, note, then cells, entries and alternatives; those
    that are absent are left out.  The ``motivation`` is ``classifying`` for a function, a cell and an entry,
    ``describing`` for a gist, ``commenting`` for a note, ``questioning`` for an alternative.  A function,
    gist or note has the passage as its target (``#p2``).  The target of the others is that of
    :func:`.marks.pointers`: their evidence, or the passage if there is none or the text may not be published.
    """
    lists = [
        *_emendations(edition, work),
        *(_coder(edition, work, name) for name in coders(edition, work)),
        *editorial.notes(edition, work),
        *editorial.edges(edition, work),
    ]
    if lists:
        rights = to([PROJECT_RIGHTS]) if edition.project.site.licences else ""
        yield e("standOff", lists, decls=rights)


# --- emendations ----------------------------------------------------------------------------------


def _emendations(edition: Edition, work: Work) -> Iterator[Element]:
    """The reason of each emendation; a rule that applies everywhere is in the header."""
    marked = _marked(edition, work)
    found = [
        e(
            "note",
            one.reason,
            id=f"note.{one.id}",
            type=one.kind,
            target=to([emendation(one.id)]) if one.id in marked else _place(edition, work, one),
            resp=to([EDITORS]),
            cert=CERT[one.certainty],
        )
        for one in work.emendations
    ]
    if found:
        yield e("listAnnotation", found, type="emendations")


def _marked(edition: Edition, work: Work) -> set[str]:
    """The emendations that are elements of the text."""
    shown = work.blocks if edition.with_text else work.headings
    pieces = (one for block in shown for one in marks.pieces(work, block))
    return {one.emendation.id for one in pieces if one.emendation} | {*labelled(work).values()}


def _place(edition: Edition, work: Work, found: Emendation) -> str:
    """The words that an emendation concerns, if they are in the file; otherwise their block."""
    block = next(block for block in work.blocks if block.id == found.block)
    if isinstance(block, Passage) and edition.with_text and found.edited:
        for place in witness.located(work, block.id, block.text):
            if place.emendation is found:
                return marks.pointer(edition, work, block, (place.start, place.end))
    return to([found.block])


# --- tags -----------------------------------------------------------------------------------------


def _coder(edition: Edition, work: Work, name: str) -> Element:
    found = [
        annotation
        for tagging, passage in edition.tagged[work.id]
        if tagging.coder == name
        for annotation in _tagging(edition, work, tagging, passage)
    ]
    return e("listAnnotation", e("head", name), found, type="tags", corresp=to([coder(name)]))


def _tagging(edition: Edition, work: Work, tagging: Tagging, passage: Passage) -> Iterator[Element]:
    """All statements of one coder about one passage: about the whole, then about its words."""
    function = [_body("function", classes.term("function", tagging.function))] if tagging.function else []
    gists = texts(edition, "note", tagging.gist, type="gist")
    values = {
        "function": ("classifying", function),
        "gist": ("describing", [*gists]),
        "note": ("commenting", [*texts(edition, "note", tagging.note)]),
    }
    for kind, (motivation, bodies) in values.items():
        if bodies:
            key = (tagging.coder, work.id, passage.id, kind)
            yield _annotation(edition, key, motivation, to([passage.id]), *bodies)
    for coding in codings(edition.index, tagging, passage):
        for voice, one in _by_voice(coding):
            apart = (voice,) if voice != AUTHOR and len(set(coding.voices)) > 1 else ()
            target = marks.pointers(edition, work, passage, one.evidence)
            ana = to([classes.voice(voice)]) if voice != AUTHOR else ""
            tag = _bodies(edition, one)
            yield _annotation(edition, (*coding.key, *apart), "classifying", target, *tag, ana=ana)
    for number, alternative in enumerate(tagging.alternatives, 1):
        other = editorial.alternative(edition, tagging, alternative)
        target = marks.pointers(edition, work, passage, edition.index.placed(alternative.evidence))
        of = (tagging.coder, work.id, passage.id, "alternative", str(number))
        yield _annotation(edition, of, "questioning", target, *other)


def _by_voice(coding: Coding) -> Iterator[tuple[str, Coding]]:
    """A tag with the quotations of each voice, in the order of the voices; one without evidence as it is."""
    for voice in dict.fromkeys(coding.voices or (AUTHOR,)):
        own = tuple(span for span, of in zip(coding.evidence, coding.voices, strict=True) if of == voice)
        yield voice, replace(coding, evidence=own, voices=(voice,) * len(own))


def _annotation(
    edition: Edition, key: tuple[str, ...], motivation: str, target: str, *bodies: Element, ana: str = ""
) -> Element:
    id_ = f"annotation.{identifiers.guid(edition.project, 'annotation', *key)}"
    resp = to([coder(key[0])])
    return e("annotation", *bodies, id=id_, motivation=motivation, target=target, resp=resp, ana=ana)


def _body(kind: str, category: str) -> Element:
    return e("ptr", type=kind, target=to([category]))


def _bodies(edition: Edition, coding: Coding) -> Iterator[Element]:
    if coding.facet:
        yield _body("entry", classes.entry(coding.facet, coding.code))
    else:
        yield _body("cell", classes.cell(edition, coding.code))
        if coding.relation:
            yield _body("relation", classes.term("relation", coding.relation))
        for one in coding.traits:
            yield _body("trait", classes.trait(edition, one.id, one.trait))
    yield from texts(edition, "note", coding.note, type="reason")
