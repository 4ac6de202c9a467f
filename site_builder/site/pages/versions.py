"""The versions of a text side by side: the witness, the text as edited, and the text in another script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, groupby

from site_builder.edition import addressed, addresses, witness
from site_builder.edition.locale import Locale
from site_builder.language import catalogue, chinese, language
from site_builder.language.message import Message, msg, pmsg
from site_builder.model import Passage, Work
from site_builder.site.presenter import Presenter
from site_builder.site.views import Column, Link, Piece, View

_LABELS: dict[str, Message] = {
    "wrong": pmsg("label of a reading of the witness", "error"),
    "changed": pmsg("label of a reading of the edition", "changed"),
    "added": pmsg("label of a reading of the edition", "added"),
    "removed": pmsg("label of a reading of the witness", "removed"),
}
"""Kind of a difference that an editor decided → its label, which pages show beside the words."""
COUNTS: dict[str, Message] = {
    "emended": msg("emended words"),
    "rule": msg("marks changed by rule"),
    "shape": msg("characters written in another way"),
    "quote": msg("quotation marks"),
    "merges": msg("characters that merge with another"),
    "lossy": msg("characters lost in converting back"),
}
"""Kind of a difference → its name, in the order of the page."""
_OF_WITNESS = ("emended", "rule")


_FEW = 3
"""Passages of a text that is shown whole."""


def address(presenter: Presenter, work: Work) -> str:
    """The address of the page of a work; ``""`` if there is one version only, or no text may be published."""
    several = addressed.has_versions(work, presenter.edition.locales)
    return addresses.versions(work.id) if several and presenter.edition.with_text else ""


def versions(presenter: Presenter, work: Work) -> Iterator[View]:
    """The page of a work (``WORK/versions.html``); none where :func:`address` is ``""``.

    Its facts: ``columns``, the versions that there are, each with its name, its language and a note;
    ``passages``, each with its number, its address, its counts and its ``rows``, one for each sentence, with
    the pieces of each version; ``counts`` of the whole text by kind (:data:`COUNTS`), without the kinds that
    do not occur, and ``kinds``, the keys of those that do, sorted; ``names``, the name of each kind;
    ``emended``, links to the passages with emended words; ``witness``, the address of the page of the
    witness, ``""`` without one; ``record``, the record of the work.  A passage ``opens`` at first if it has
    emended words, or is the first one where there are none, or one of a short text.
    """
    if not address(presenter, work):
        return
    other = _view(presenter, work)
    counters = [_count(work, passage, other) for passage in work.passages]
    total: Counter[str] = sum(counters, Counter())
    opens = {n for n, counter in enumerate(counters) if counter["emended"] or len(counters) <= _FEW} or {0}
    yield View(
        template="versions.html",
        address=addresses.versions(work.id),
        title=msg("Versions side by side"),
        description=msg("“%(title)s” sentence by sentence in all its versions", title=work.record.title),
        section="versions",
        trail=presenter.trail(work, ()),
        styles=("assets/versions.css",),
        facts={
            "record": work.record,
            "columns": _columns(presenter, work, other),
            "passages": [
                _passage(work, passage, other, counter, opens=n in opens)
                for n, (passage, counter) in enumerate(zip(work.passages, counters, strict=True))
            ],
            "counts": counted(total),
            "kinds": tuple(sorted(kind for kind in total if total[kind])),
            "names": COUNTS,
            "emended": [
                Link(text=str(passage.number), href=f"{addresses.versions(work.id)}#{passage.id}")
                for passage, counter in zip(work.passages, counters, strict=True)
                if counter["emended"]
            ],
            "witness": addresses.witness(work.id) if work.witness else "",
        },
    )


def counted(counter: Counter[str]) -> list[tuple[str, list[tuple[Message, int]]]]:
    """The numbers of differences in two groups: ``witness`` with the kinds ``emended`` and ``rule``, then
    ``script`` with ``shape``, ``quote``, ``merges`` and ``lossy``, in this order.

    A group is its name and a list of (name of the kind, as ``emended words``; number).  A kind with 0 is left
    out, and so is a group without kinds; without differences ``[]``.
    """
    groups = []
    for name, kinds in (("witness", _OF_WITNESS), ("script", [k for k in COUNTS if k not in _OF_WITNESS])):
        found = [(COUNTS[kind], counter[kind]) for kind in kinds if counter[kind]]
        if found:
            groups.append((name, found))
    return groups


def of_passage(presenter: Presenter, work: Work, passage: Passage) -> Counter[str]:
    """The number of differences of one passage by kind, without the kinds with 0.

    ``emended`` and ``rule`` are counted if the work has a witness; ``shape``, ``quote``, ``merges`` and
    ``lossy`` if a view shows it in another script, the last two only for Simplified Chinese.  A character can
    count for several kinds: one that the conversion back does not restore is ``shape`` and ``lossy``.
    """
    return _count(work, passage, _view(presenter, work))


def _view(presenter: Presenter, work: Work) -> Locale | None:
    """The view of the site that shows a text in another script."""
    others = presenter.edition.locales[1:]
    return next((view for view in others if view.converts(work.record.tag)), None)


def _columns(presenter: Presenter, work: Work, other: Locale | None) -> list[Column]:
    record = work.record
    copy = record.based_on
    found = []
    if work.witness:
        found.append(
            Column(
                name=pmsg("a version of a text", "Witness"),
                short=pmsg("a version of a text, in one character if possible", "Witness"),
                language=record.witness_tag,
                note=copy.name if copy else "",
                date=copy.date if copy else "",
            )
        )
    found.append(
        Column(
            name=pmsg("a version of a text", "Edited text"),
            short=pmsg("a version of a text, in one character if possible", "Edited"),
            language=record.tag,
            note=msg("version %(version)s", version=presenter.project.site.version),
        )
    )
    if other is not None:
        found.append(
            Column(
                name=catalogue.script_name(other.language),
                short=catalogue.short_script_name(other.language),
                language=other.language,
                note=msg("converted by a program, not proofread"),
            )
        )
    return found


def _passage(
    work: Work, passage: Passage, other: Locale | None, counter: Counter[str], *, opens: bool
) -> dict[str, object]:
    return {
        "id": passage.id,
        "number": passage.number,
        "href": addresses.passage((work.id, passage.id)),
        "counts": counted(counter),
        "marks_only": bool(counter["rule"]) and not counter["emended"],
        "opens": opens,
        "rows": list(_rows(work, passage, other)),
    }


def _rows(work: Work, passage: Passage, other: Locale | None) -> Iterator[tuple[tuple[Piece, ...], ...]]:
    """The pieces of each version, sentence by sentence.  What is between sentences belongs to the first."""
    received, edited = _compared(work, passage)
    shown = _shown(passage, other) if other else []
    starts = [0, *(one.start for one in passage.sentences[1:])]
    ends = [*starts[1:], len(passage.text)]
    for start, end in zip(starts, ends, strict=True):
        last = end == len(passage.text)
        columns = [received, edited] if work.witness else [edited]
        columns += [shown] if other else []
        yield tuple(tuple(_clipped(column, start, end, last=last)) for column in columns)


_Placed = tuple[int, int, str, str]
"""(start, end) in the text as edited, words of the version, kind."""


def _clipped(column: list[_Placed], start: int, end: int, *, last: bool) -> Iterator[Piece]:
    """The pieces of a column within a sentence; a difference is in the sentence in which it begins."""
    for first, after, words, kind in column:
        if kind:
            if start <= first < end or (last and first == end):
                yield Piece(text=words, kind=kind, label=_LABELS.get(kind, ""))
        elif first < end and after > start:
            yield Piece(text=words[max(start - first, 0) : end - first])


def _compared(work: Work, passage: Passage) -> tuple[list[_Placed], list[_Placed]]:
    """The witness and the text as edited, in pieces, differences apart."""
    table = witness.reversal(work.rules)
    received: list[_Placed] = []
    edited: list[_Placed] = []
    at = 0

    def plain(end: int) -> None:
        for by_rule, group in groupby(range(at, end), lambda n: ord(passage.text[n]) in table):
            found = [*group]
            words = passage.text[found[0] : found[-1] + 1]
            place = (found[0], found[-1] + 1)
            received.append((*place, words.translate(table), "rule" if by_rule else ""))
            edited.append((*place, words, "rule" if by_rule else ""))

    for one in witness.located(work, passage.id, passage.text):
        old, new = one.emendation.witness, one.emendation.edited
        if old == new:
            continue
        plain(one.start)
        received.append((one.start, one.end, old, ("wrong" if new else "removed") if old else "absent"))
        edited.append((one.start, one.end, new, ("changed" if old else "added") if new else "absent"))
        at = one.end
    plain(len(passage.text))
    return received, edited


def _shown(passage: Passage, other: Locale) -> list[_Placed]:
    """The text in the other script, with the losses of the conversion apart."""
    words = _converted(passage, other)
    kinds = dict(_losses(passage, other))
    found: list[_Placed] = []
    for kind, group in groupby(range(len(words)), lambda n: kinds.get(n, "")):
        places = [*group]
        found.append((places[0], places[-1] + 1, words[places[0] : places[-1] + 1], kind))
    return found


def _converted(passage: Passage, other: Locale) -> str:
    return other.convert(passage.text)


def _losses(passage: Passage, other: Locale) -> tuple[tuple[int, str], ...]:
    """The losses of a conversion to Simplified Chinese; none for any other."""
    return chinese.conversion_losses(passage.text) if language.of(other.language).script == "Hans" else ()


def _count(work: Work, passage: Passage, other: Locale | None) -> Counter[str]:
    received, _ = _compared(work, passage)
    found: Counter[str] = Counter()
    if work.witness:
        found["emended"] = sum(kind not in ("", "rule") for *_, kind in received)
        found["rule"] = sum(len(words) for _, _, words, kind in received if kind == "rule")
    if other is not None:
        pairs = [(old, new) for old, new in zip(passage.text, _converted(passage, other), strict=True)]
        quotation = set(chain(*language.of(work.record.tag).quotes))
        marks = sum(old != new for old, new in pairs if old in quotation)
        found["quote"] = marks
        found["shape"] = sum(old != new for old, new in pairs) - marks
        found.update(kind for _, kind in _losses(passage, other))
    return +found
