"""What was read from elsewhere, held to the codebook and the text, and made into a coder's files of tags.

Every quotation gets its verdict (:mod:`site_builder.edition.quotes`).  ``exact`` is taken without a word;
``moved`` and ``changed`` are taken only where a person accepts them, and then by the words that stand there
now; ``ambiguous`` and ``lost`` are never taken.  What is not taken is reported as an error of a code in
:data:`site_builder.importing.faults.LEFT_OUT`, and the rest goes on without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.edition import quotes
from site_builder.edition.index import Links
from site_builder.edition.quotes import Verdict
from site_builder.importing import Mark
from site_builder.importing.faults import Faults
from site_builder.importing.wording import clean, short
from site_builder.model import Place, Problem, Quote
from site_builder.source import yamlio

LONG = 35
"""Evidence of more characters than this is written by its two ends, as the coding manual asks."""
SOUGHT = 2_000
"""Quotations that do not stand in the text for which the closest words are sought: each takes long."""
_END = 8  # characters at either end, or more until the end stands once

Key = tuple[str, str]
"""(coder, work)."""
Origin = tuple[str, str, str, str, int]
"""(coder, work, passage, key in the file of tags, number in its list)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The tags of each coder of each work, ready to be written, and how their quotations fared.

    ``tags`` maps (coder, work) to passage id → the mapping that a file of tags holds for it; ``places`` says
    where in the foreign file each of them came from, by (passage id, key, number in the list).  ``left_out``
    is as in :class:`site_builder.importing.Intake`.
    """

    tags: Mapping[Key, Mapping[str, Mapping[str, Any]]]
    places: Mapping[Origin, Place]
    verdicts: Mapping[str, int]
    problems: tuple[Problem, ...]
    left_out: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What the codebook admits: characters of a gist, quotations of a cell."""

    gist: int
    evidence: int


NO_LIMITS = Limits(gist=sys.maxsize, evidence=sys.maxsize)


@dataclass(kw_only=True, slots=True)
class _Tag:
    """One cell or entry of a passage as it comes together from its marks."""

    head: dict[str, str]
    place: Place
    quotes: list[tuple[Quote, Place]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def settle(
    marks: Iterable[Mark], links: Links, limits: Limits = NO_LIMITS, *, accept: bool = False
) -> Settled:
    """Join the marks of each passage and judge their quotations.

    :param accept: take what is moved or changed by the words that stand in the text now.
    """
    desk = _Settler(links, limits, accept)
    for (coder, work, passage), found in _by_passage(marks, links).items():
        desk.passage(coder, work, passage, found)
    return Settled(
        tags=desk.tags,
        places=desk.places,
        verdicts=desk.verdicts,
        problems=tuple(desk.faults.told(())),
        left_out=desk.faults.left_out,
    )


def _by_passage(marks: Iterable[Mark], links: Links) -> dict[tuple[str, str, str], list[Mark]]:
    """The marks of each coder and passage, in the order of reading."""
    order = {key: number for number, key in enumerate(links.passages)}
    found: dict[tuple[str, str, str], list[Mark]] = {}
    for mark in marks:
        found.setdefault((mark.coder, mark.work, mark.passage), []).append(mark)
    return dict(sorted(found.items(), key=lambda item: (item[0][0], order[item[0][1:]])))


class _Settler:
    def __init__(self, links: Links, limits: Limits, accept: bool) -> None:
        self.links = links
        self.limits = limits
        self.accept = accept
        self.tags: dict[Key, dict[str, dict[str, Any]]] = {}
        self.places: dict[Origin, Place] = {}
        self.verdicts = dict.fromkeys(quotes.VERDICTS, 0)
        self.faults = Faults("")
        self.sought = 0
        self.beside: tuple[Key, Mapping[str, str]] = ("", ""), {}

    def passage(self, coder: str, work: str, id_: str, marks: list[Mark]) -> None:
        row: dict[str, Any] = {}
        said = {kind: self.once(kind, marks) for kind in ("function", "gist", "gist_en")}
        said["note"] = "\n".join(dict.fromkeys(mark.value for mark in marks if mark.kind == "note"))
        if said["function"]:
            row["function"] = said["function"]
        cells = self.joined(marks, "cell")
        lists: dict[str, list[Any]] = {"cells": [self.cell(tag, work, id_) for tag in cells]}
        tags = {"cells": cells}
        for facet in dict.fromkeys(mark.facet for mark in marks if mark.kind == "entry"):
            tags[facet] = self.joined([m for m in marks if m.facet == facet], "entry")
            lists[facet] = [self.entry(tag, work, id_) for tag in tags[facet]]
        for name, values in lists.items():
            kept = [(value, tag) for value, tag in zip(values, tags[name], strict=True) if value]
            if kept:
                row[name] = [value for value, _ in kept]
            for number, (_, tag) in enumerate(kept):
                self.places[(coder, work, id_, name, number)] = tag.place
        row |= {kind: said[kind] for kind in ("gist", "gist_en", "note") if said[kind]}
        if row:
            self.places[(coder, work, id_, "", 0)] = marks[0].place
            self.tags.setdefault((coder, work), {})[id_] = row

    def once(self, kind: str, marks: list[Mark]) -> str:
        """What is said once of a passage.  Of two that differ neither is taken: the file does not decide."""
        said = {mark.value: mark for mark in reversed(marks) if mark.kind == kind}
        if len(said) > 1:
            first, second, *_ = reversed(said.values())
            message = (
                f"{second.passage} must have one {kind}, not {short(first.value)} (at {first.place}) and "
                f"{short(second.value)}"
            )
            self.tell(second.place, "I005", message, "take one of them out", times=len(said))
            return ""
        value = next(iter(said), "")
        if kind == "gist" and len(value) > self.limits.gist:
            message = (
                f"the gist of {said[value].passage} must have at most {self.limits.gist} characters, not "
                f"{len(value)}: {short(value)}"
            )
            self.tell(said[value].place, "I005", message, "say only what the paragraph claims")
            return ""
        return value

    def tell(self, place: Place, code: str, message: str, hint: str, *, times: int = 1) -> None:
        self.faults.add(Problem(place=place, code=code, message=message, hint=hint), times)

    def joined(self, marks: list[Mark], kind: str) -> list[_Tag]:
        """One tag for all the marks that say the same, with the evidence of all."""
        found: dict[tuple[str, str, str], _Tag] = {}
        for mark in marks:
            if mark.kind != kind:
                continue
            head = {"cell": mark.value, "relation": mark.relation}
            head = head if kind == "cell" else {"entry": mark.value}
            tag = found.setdefault((mark.facet, mark.value, mark.relation), _Tag(head=head, place=mark.place))
            tag.quotes += [(quote, mark.place) for quote in mark.quotes]
            if mark.note and mark.note not in tag.notes:
                tag.notes.append(mark.note)
        return list(found.values())

    def cell(self, tag: _Tag, work: str, id_: str) -> dict[str, Any] | None:
        if not tag.quotes:
            hint = "quote the words that it rests on"
            self.tell(tag.place, "I005", f"a cell must have evidence: {tag.head['cell']} of {id_}", hint)
        evidence = self.evidence(tag, work, id_)[: self.limits.evidence]
        note = {"note": "\n".join(tag.notes)} if tag.notes else {}
        return {**tag.head, "evidence": evidence, **note} if evidence else None

    def entry(self, tag: _Tag, work: str, id_: str) -> dict[str, Any] | str | None:
        evidence = self.evidence(tag, work, id_)
        if not tag.quotes:
            return tag.head["entry"]
        return {**tag.head, "evidence": evidence} if evidence else None

    def evidence(self, tag: _Tag, work: str, id_: str) -> list[str | dict[str, str]]:
        """The quotations that hold, as a file of tags writes them, each once."""
        text = self.links.passages[(work, id_)].text
        others = self.others(work, id_)
        spans: dict[tuple[int, int], Place] = {}
        for quote, place in tag.quotes:
            verdict = self.judged(quote, text, others)
            self.verdicts[verdict.kind] += 1
            taken = verdict.kind == "exact" or (self.accept and verdict.kind in ("moved", "changed"))
            if taken:
                spans.setdefault((verdict.start, verdict.end), place)
            if verdict.kind != "exact":
                self.verdict(verdict, quote, id_, place, taken=taken)
        self.surplus(list(spans.items())[self.limits.evidence :], tag, text, id_)
        return [written(text, start, end) for start, end in spans]

    def others(self, work: str, id_: str) -> Mapping[str, str]:
        """The texts of the other passages of a work, kept while one passage is asked for."""
        if self.beside[0] != (work, id_):
            texts = {p: t.text for (w, p), t in self.links.passages.items() if w == work and p != id_}
            self.beside = (work, id_), texts
        return self.beside[1]

    def judged(self, quote: Quote, text: str, others: Mapping[str, str]) -> Verdict:
        """The verdict on a quotation.  After many that do not stand in the text, nothing close is sought."""
        if self.sought >= SOUGHT and not all(words in text for words in (quote.text, quote.to)):
            return quotes.LOST
        verdict = quotes.judge(quote, text, others)
        self.sought += verdict.kind not in ("exact", "moved")
        return verdict

    def surplus(self, more: list[tuple[tuple[int, int], Place]], tag: _Tag, text: str, id_: str) -> None:
        """Say which quotations of a cell are more than the codebook admits."""
        if more and "cell" in tag.head:
            words = ", ".join(short(text[start:end]) for (start, end), _ in more)
            message = (
                f"{tag.head['cell']} of {id_} must rest on at most {self.limits.evidence} quotations; more "
                f"than these: {short(words)}"
            )
            self.tell(more[0][1], "I005", message, "quote the clauses the tag rests on", times=len(more))

    def verdict(self, verdict: Verdict, quote: Quote, id_: str, place: Place, *, taken: bool) -> None:
        """Say of a quotation that it does not stand as it should."""
        shown = quote.text + (f"…{quote.to}" if quote.to else "")
        problem = Problem(
            place=place,
            code="I004",
            message=f"evidence must be an exact quotation of {id_}; this one is {verdict.kind}: {shown}",
            hint=_hint(verdict, taken),
            level="review" if taken else "error",
        )
        self.faults.add(problem)


def _hint(verdict: Verdict, taken: bool) -> str:
    if verdict.kind in ("moved", "changed"):
        says = f"the text has: {verdict.found}"
        return f"{says}; that was taken" if taken else f"{says}; read it, and --accept takes it"
    where = f"it stands in {verdict.elsewhere}; " if verdict.elsewhere else ""
    if verdict.kind == "ambiguous":
        where = f"it stands in {len(verdict.places)} places; "
    return where + "quote the passage again"


def written(text: str, start: int, end: int) -> str | dict[str, str]:
    """A stretch of a passage as a file of tags quotes it, so that it has one place and no other.

    Words that stand once are written alone; long ones by their two ends; others with their context.
    """
    words = text[start:end]
    if len(words) > LONG:
        ends = _ends(text, words)
        if ends is not None:
            return {"from": ends[0], "to": ends[1]}
    prefix, suffix = quotes.context(text, start, end)
    if not prefix and not suffix:
        return words
    return {
        "quote": words,
        **({"prefix": prefix} if prefix else {}),
        **({"suffix": suffix} if suffix else {}),
    }


def _ends(text: str, words: str) -> tuple[str, str] | None:
    """The shortest beginning and end of the words that stand once in the text, if they do not meet."""
    first = next(_unique(text, (words[:n] for n in range(_END, len(words)))), "")
    last = next(_unique(text, (words[-n:] for n in range(_END, len(words)))), "")
    if not first or not last or len(first) + len(last) > len(words):
        return None
    return first, last


def _unique(text: str, candidates: Iterable[str]) -> Iterator[str]:
    return (words for words in candidates if len(quotes.occurrences(words, text)) == 1)


def files(settled: Settled, source: str) -> Mapping[str, str]:
    """The files of tags: path → YAML.  ``source`` says in a comment where they come from."""
    return {
        path_of(coder, work): f"# Taken in by `site-builder import-tags` from {short(clean(source))}.\n"
        + yamlio.dump({"passages": rows})
        for (coder, work), rows in settled.tags.items()
    }


def path_of(coder: str, work: str) -> str:
    """Where the tags of a coder that came from elsewhere are written."""
    return f"annotations/{work}/tags/{coder}/imported.yaml"
