"""What was read from elsewhere, held to the codebook and the text, and made into a coder's files of tags.

Every quotation gets its verdict (:mod:`site_builder.quotes`).  ``exact`` is taken without a word; ``moved``
and ``changed`` are taken only where a person accepts them, and then by the words that stand there now;
``ambiguous`` and ``lost`` are never taken.  Nothing is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder import quotes, yamlio
from site_builder.intake import Mark
from site_builder.intake.wording import clean, short
from site_builder.links import Links
from site_builder.model import Place, Problem, Quote
from site_builder.quotes import Verdict

LONG = 35
"""Evidence of more characters than this is written by its two ends, as the coding manual asks."""
_END = 8  # characters at either end, or more until the end stands once

Key = tuple[str, str]
"""(coder, work)."""
Origin = tuple[str, str, str, str, int]
"""(coder, work, passage, key in the file of tags, number in its list)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The tags of each coder of each work, ready to be written, and how their quotations fared.

    ``tags`` maps (coder, work) to passage id → the mapping that a file of tags holds for it; ``places`` says
    where in the foreign file each of them came from, by (passage id, key, number in the list).
    """

    tags: Mapping[Key, Mapping[str, Mapping[str, Any]]]
    places: Mapping[Origin, Place]
    verdicts: Mapping[str, int]
    problems: tuple[Problem, ...]


@dataclass(kw_only=True, slots=True)
class _Tag:
    """One cell or entry of a passage as it comes together from its marks."""

    head: dict[str, str]
    place: Place
    quotes: list[tuple[Quote, Place]] = field(default_factory=list)
    note: str = ""


def settle(marks: Iterable[Mark], links: Links, *, accept: bool = False, leave_out: bool = False) -> Settled:
    """Join the marks of each passage and judge their quotations.

    :param accept: take what is moved or changed by the words that stand in the text now.
    :param leave_out: go on without the quotations that are ambiguous or lost, and without a tag that has
        lost all of its evidence.
    """
    desk = _Settler(links, accept, leave_out)
    for (coder, work, passage), found in _by_passage(marks, links).items():
        desk.passage(coder, work, passage, found)
    return Settled(
        tags=desk.tags,
        places=desk.places,
        verdicts=desk.verdicts,
        problems=tuple(desk.problems),
    )


def _by_passage(marks: Iterable[Mark], links: Links) -> dict[tuple[str, str, str], list[Mark]]:
    """The marks of each coder and passage, in the order of reading."""
    order = {key: number for number, key in enumerate(links.passages)}
    found: dict[tuple[str, str, str], list[Mark]] = {}
    for mark in marks:
        found.setdefault((mark.coder, mark.work, mark.passage), []).append(mark)
    return dict(sorted(found.items(), key=lambda item: (item[0][0], order[item[0][1:]])))


class _Settler:
    def __init__(self, links: Links, accept: bool, leave_out: bool) -> None:
        self.links = links
        self.accept = accept
        self.leave_out = leave_out
        self.tags: dict[Key, dict[str, dict[str, Any]]] = {}
        self.places: dict[Origin, Place] = {}
        self.verdicts = dict.fromkeys(quotes.VERDICTS, 0)
        self.problems: list[Problem] = []

    def passage(self, coder: str, work: str, id_: str, marks: list[Mark]) -> None:
        row: dict[str, Any] = {}
        said = {kind: self.once(kind, marks) for kind in ("function", "gist", "gist_en", "note")}
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
        """What is said once of a passage; two that differ are a fault."""
        said = {mark.value: mark for mark in reversed(marks) if mark.kind == kind}
        if len(said) > 1:
            first, second, *_ = reversed(said.values())
            self.problems.append(
                Problem(
                    place=second.place,
                    code="I005",
                    message=f"{second.passage} must have one {kind}; another stands at {first.place}",
                    hint="take one of them out",
                )
            )
        return next(reversed(said), "")

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
            tag.note = tag.note or mark.note
        return list(found.values())

    def cell(self, tag: _Tag, work: str, id_: str) -> dict[str, Any] | None:
        evidence = self.evidence(tag, work, id_)
        if not evidence and tag.quotes:
            return None
        note = {"note": tag.note} if tag.note else {}
        return {**tag.head, "evidence": evidence, **note}

    def entry(self, tag: _Tag, work: str, id_: str) -> dict[str, Any] | str | None:
        evidence = self.evidence(tag, work, id_)
        if not tag.quotes:
            return tag.head["entry"]
        return {**tag.head, "evidence": evidence} if evidence else None

    def evidence(self, tag: _Tag, work: str, id_: str) -> list[str | dict[str, str]]:
        """The quotations that hold, as a file of tags writes them, each once."""
        text = self.links.passages[(work, id_)].text
        others = {p: t.text for (w, p), t in self.links.passages.items() if w == work and p != id_}
        spans: dict[tuple[int, int], None] = {}
        for quote, place in tag.quotes:
            verdict = quotes.judge(quote, text, others)
            self.verdicts[verdict.kind] += 1
            problem = self.verdict(verdict, quote, id_, place)
            if problem is not None:
                self.problems.append(problem)
            if verdict.kind == "exact" or (self.accept and verdict.kind in ("moved", "changed")):
                spans[(verdict.start, verdict.end)] = None
        return [written(text, start, end) for start, end in spans]

    def verdict(self, verdict: Verdict, quote: Quote, id_: str, place: Place) -> Problem | None:
        """What is to be said of a quotation that does not stand as it should."""
        if verdict.kind == "exact":
            return None
        found = verdict.kind in ("moved", "changed")
        settled = self.accept if found else self.leave_out
        shown = quote.text + (f"…{quote.to}" if quote.to else "")
        return Problem(
            place=place,
            code="I004",
            message=f"evidence must be an exact quotation of {id_}; this one is {verdict.kind}: {shown}",
            hint=_hint(verdict, settled),
            level="review" if settled else "error",
        )


def _hint(verdict: Verdict, settled: bool) -> str:
    if verdict.kind in ("moved", "changed"):
        says = f"the text has: {verdict.found}"
        return f"{says}; that was taken" if settled else f"{says}; read it, and --accept takes it"
    where = f"it stands in {verdict.elsewhere}; " if verdict.elsewhere else ""
    if verdict.kind == "ambiguous":
        where = f"it stands in {len(verdict.places)} places; "
    return where + ("left out" if settled else "quote the passage again, or --leave-out goes on without it")


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
