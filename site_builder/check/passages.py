"""Problems of names of passages that do not exist."""

from __future__ import annotations

from site_builder.edition import anchors
from site_builder.edition.index import Index, Key
from site_builder.model import CellQuote, Evidence, Place, Problem
from site_builder.model.hints import one_of, unknown
from site_builder.records import replace


def unknown_passage(
    place: Place, key: Key, index: Index, *, code: str, unless: str = "corpus/", verb: str = ""
) -> Problem:
    """The error of a passage that its work does not have, such as a heading or one that has ended; the work
    must exist.

    It is that of :func:`.hints.unknown`: ``unknown passage: p22``, with a hint of the most similar passage,
    or of all passages of the work if none is similar (:func:`.hints.near`). If ``verb`` is given and the
    ledger says where the text went, also in several steps, the hint names the live passages: ``its text is
    now in p9, p10: cite those``. A withdrawn passage has the usual hint.

    :param unless: as in :class:`site_builder.model.Problem`.
    :param verb: what the hint says to do with the passages that now have the text, as ``cite``; without it
        the hint does not name them.
    """
    known = {id_ for work, id_ in index.passages if work == key[0]}
    found = unknown(place, code, "passage", key[1], known, unless=unless)
    heirs = anchors.successors(index.works[key[0]].ledger, key[1]) if verb else ()
    if set(heirs) - {key[1]}:
        return replace(found, hint=f"its text is now in {', '.join(heirs)}: {verb} those")
    return found


def unresolved(one: CellQuote | Evidence, index: Index, *, code: str, message: str) -> Problem | None:
    """The error of a quotation that names no passage; ``None`` if its passage exists.

    Without a work, if there are several: the message is ``MESSAGE if there are several: p2``, whether or not
    a work has the passage. Its hint lists the works that have it, or all if none has:
    ``use one of: work: canal, work: dike``. A work that does not exist: ``unknown work: cannal``, as
    :func:`.hints.unknown` writes it. A passage that the work does not have: the error of
    :func:`unknown_passage` without ``verb``.

    :param message: that of a quotation without a work, up to "if there are several".
    """
    key = index.quoted(one)
    if not key[0]:
        works = index.holding(one.passage) or tuple(index.works)
        return Problem(
            place=one.place,
            code=code,
            message=f"{message} if there are several: {one.passage}",
            hint=one_of([f"work: {work}" for work in works]),
        )
    if key[0] not in index.works:
        return unknown(one.place, code, "work", key[0], index.works, unless="corpus/")
    return None if key in index.passages else unknown_passage(one.place, key, index, code=code)
