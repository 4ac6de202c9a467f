"""Pages about the text of a work: its apparatus and its witness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from site_builder.edition import addresses, witness
from site_builder.language.message import Wording, msg, pmsg
from site_builder.model import Copy, Emendation, Heading, Localized, Passage, Work
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link, View

CLASSES = {
    "punctuation": msg("Punctuation"),
    "conversion": msg("Errors of script conversion"),
    "misprint": msg("Misprints"),
    "supplied": msg("Supplied by the editors"),
    "label": msg("Supplied labels"),
    "metadata": msg("Moved out of the text"),
    "lost": msg("Lost"),
    "doubtful": msg("Doubtful, left unchanged"),
}
"""Kind of an emendation → its name, in the order of the page."""
CERTAINTIES = {
    "certain": pmsg("certainty of an emendation", "certain"),
    "likely": pmsg("certainty of an emendation", "likely"),
    "unsure": pmsg("certainty of an emendation", "uncertain"),
}
"""Certainty of an emendation → its name."""
_ASIDES = {
    "metadata": pmsg("lines outside of the text", "bibliographic data"),
    "ornament": pmsg("lines outside of the text", "ornament"),
    "not-text": pmsg("lines outside of the text", "not part of the text"),
}
_AROUND = 10  # characters shown on each side of a reading


def apparatus(presenter: Presenter, work: Work) -> Iterator[Planned]:
    """The page of the apparatus of a work (``WORK/apparatus.html``), and that of its witness if there is
    one.

    The apparatus has ``rules``, each with the number of its uses, and ``groups``: the emendations by kind in
    a fixed order, punctuation first; kinds without any are left out.  ``facts`` has the bibliographic facts,
    each with the parts of its source, the names of copies in place of their ids.  An item has ten characters
    of its passage on each side, fewer at an end, without an ellipsis.  The page is made also for a work
    without emendations.

    If the text may not be published, the words around a reading are ``""`` and there is no page of the
    witness; the readings themselves stay.
    """
    yield Planned(address=addresses.apparatus(work.id), make=partial(_apparatus, presenter, work))
    if work.witness and presenter.edition.with_text:
        yield Planned(address=addresses.witness(work.id), make=partial(_witness, presenter, work))


def _apparatus(presenter: Presenter, work: Work) -> View:
    page = presenter.edition.page_about("apparatus")
    blocks = {block.id: block for block in work.blocks}
    groups = [
        {
            "name": name,
            "items": [
                _reading(presenter, work, e, blocks[e.block]) for e in work.emendations if e.kind == kind
            ],
        }
        for kind, name in CLASSES.items()
    ]
    return View(
        template="apparatus.html",
        address=addresses.apparatus(work.id),
        title=page.title if page else msg("Apparatus"),
        description=msg(
            "Apparatus of “%(title)s”: emendations, doubtful readings and losses", title=work.record.title
        ),
        section="apparatus",
        trail=presenter.trail(work, ()),
        facts={
            "about": page.prose if page else None,
            "record": work.record,
            "facts": [(fact, tuple(_named(fact.source, work.record.copies))) for fact in work.record.facts],
            "rules": [
                {
                    "rule": rule,
                    "count": witness.count_rule(work, rule),
                    "certainty": CERTAINTIES[rule.certainty],
                    "pairs": tuple(rule.map.items()),
                }
                for rule in work.rules
            ],
            "groups": [group for group in groups if group["items"]],
            "witness": addresses.witness(work.id) if work.witness and presenter.edition.with_text else "",
            "witness_language": work.record.witness_tag,
        },
    )


def _named(source: str, copies: Iterable[Copy]) -> Iterator[Wording]:
    """A source in its parts, with the name of each copy in place of its id."""
    names: dict[str, Wording] = {copy.id: copy.name for copy in copies}
    ids = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    for part in re.split(rf"(?<![\w-])({ids})(?![\w-])", source, flags=re.ASCII) if ids else [source]:
        if part:
            yield names.get(part) or Localized(part)


def _reading(
    presenter: Presenter, work: Work, one: Emendation, block: Heading | Passage
) -> dict[str, object]:
    start = witness.locate(one, block.text)[0]
    end = start + len(one.edited)
    around = _AROUND if presenter.edition.with_text else 0
    key = (work.id, one.block)
    passage = presenter.index.passages.get(key)
    return {
        "one": one,
        "certainty": CERTAINTIES[one.certainty],
        "changed": one.edited != one.witness,
        "before": block.text[max(0, start - around) : start],
        "after": block.text[end : end + around],
        "where": presenter.edition.passage_label(key, work.id) if passage else block.text,
        "href": addresses.passage(key) if passage else addresses.anchor(key),
    }


def _witness(presenter: Presenter, work: Work) -> View:
    return View(
        template="witness.html",
        address=addresses.witness(work.id),
        title=msg("The full witness"),
        description=msg("The witness line by line, and where each line went"),
        section="apparatus",
        trail=(*presenter.trail(work, ()), Link(text=msg("Apparatus"), href=addresses.apparatus(work.id))),
        facts={
            "record": work.record,
            "copy": work.record.based_on,
            "lines": list(_lines(presenter, work)),
            "witness_language": work.record.witness_tag,
        },
    )


def _lines(presenter: Presenter, work: Work) -> Iterator[dict[str, object]]:
    segments = {
        line: segment
        for segment in work.segments
        for line in range(segment.lines.first, segment.lines.last + 1)
    }
    for number, text in enumerate(work.witness.split("\n"), 1):
        segment = segments.get(number)
        if not text.strip() or segment is None:
            continue
        first = number == segment.lines.first
        yield {
            "number": number,
            "text": text,
            "blocks": [Link(text=f"#{id_}", href=addresses.anchor((work.id, id_))) for id_ in segment.blocks],
            "aside": _ASIDES.get(segment.set_aside, "") if first else "",
            "is_aside": bool(segment.set_aside),
            "reason": segment.reason if first else "",
        }
