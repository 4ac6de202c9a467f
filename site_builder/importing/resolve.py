"""Checks imported statements against the codebook and the text, and makes files of tags from them.

Every quotation gets a verdict (:mod:`site_builder.edition.quotes`).  ``exact`` is imported without a message.
``moved`` and ``changed`` are imported only if a person accepts them, with the words of the present text.
``ambiguous`` and ``lost`` are never imported.  What is not imported is reported as an error with a code of
:data:`site_builder.importing.problems.LEFT_OUT`; the rest of the file is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.edition import quotes
from site_builder.edition.index import Index
from site_builder.edition.quotes import Verdict
from site_builder.importing import TRANSLATED_NOTE, TRANSLATION, Statement
from site_builder.importing.problems import ProblemLog
from site_builder.importing.rewrite import HEADER
from site_builder.importing.wording import clean, short
from site_builder.model import AUTHOR, Limits, Place, Problem, Quote
from site_builder.source.yamlio.dump import dump

LONG = 35
"""Longer evidence (in characters) is written as its beginning and its end, as the coding manual requires."""
SEARCHES = 2_000
"""The number of inexact quotations for which similar words are searched for: each search is slow."""
_END = 8  # characters at each end, or more until the end occurs once

Key = tuple[str, str]
"""(coder, work)."""
Origin = tuple[str, str, str, str, int]
"""(coder, work, passage, key in the file of tags, index in its list)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """The tags of each coder and work, ready to be written, and the number of quotations with each verdict.

    ``tags`` maps (coder, work) to passage id → the mapping that a file of tags holds for it. ``places`` gives
    the position of each tag in the imported file.  ``left_out`` is as in
    :class:`site_builder.importing.Imported`.
    """

    tags: Mapping[Key, Mapping[str, Mapping[str, Any]]]
    places: Mapping[Origin, Place]
    verdicts: Mapping[str, int]
    problems: tuple[Problem, ...]
    left_out: Mapping[str, int]


NO_LIMITS = Limits(gist=sys.maxsize, evidence=sys.maxsize)


@dataclass(kw_only=True, slots=True)
class _Tag:
    """One cell or entry of a passage, joined from its statements."""

    head: dict[str, Any]
    place: Place
    traits: list[str] = field(default_factory=list)
    quotes: list[tuple[Quote, Place]] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=lambda: {"note": []})
    """``note``, and ``note_en`` for a translation → the notes."""


def resolve(
    statements: Iterable[Statement], index: Index, limits: Limits = NO_LIMITS, *, accept: bool = False
) -> Resolved:
    """Join the statements of each passage and check their quotations.

    No statements give no tags; ``verdicts`` then has 0 for each kind.  The tags are in the order of the
    coders' ids, then of the text.  Whether the codes exist is not checked.  A cell needs a quotation that is
    accepted (I004; I005 if it has none); an entry needs one only if it has quotations.  Of several different
    functions or gists of a passage none is imported (I005), and no gist that is too long; notes are joined, a
    line each.  A passage of which nothing is left has no tags.

    :param limits: the longest gist and the most quotations of a cell, of which the first are kept; by default
        there are no limits.
    :param accept: import moved and changed quotations with the words of the present text.
    :raises KeyError: if a statement names a passage that does not exist.
    """
    resolver = _Resolver(index, limits, accept)
    for (coder, work, passage), found in _by_passage(statements, index).items():
        resolver.passage(coder, work, passage, found)
    return Resolved(
        tags=resolver.tags,
        places=resolver.places,
        verdicts=resolver.verdicts,
        problems=tuple(resolver.log.all_problems(())),
        left_out=resolver.log.left_out,
    )


def _by_passage(statements: Iterable[Statement], index: Index) -> dict[tuple[str, str, str], list[Statement]]:
    """The statements of each coder and passage, in the order of the text."""
    order = {key: number for number, key in enumerate(index.passages)}
    found: dict[tuple[str, str, str], list[Statement]] = {}
    for statement in statements:
        found.setdefault((statement.coder, statement.work, statement.passage), []).append(statement)
    return dict(sorted(found.items(), key=lambda item: (item[0][0], order[item[0][1:]])))


class _Resolver:
    def __init__(self, index: Index, limits: Limits, accept: bool) -> None:
        self.index = index
        self.limits = limits
        self.accept = accept
        self.tags: dict[Key, dict[str, dict[str, Any]]] = {}
        self.places: dict[Origin, Place] = {}
        self.verdicts = dict.fromkeys(quotes.VERDICTS, 0)
        self.log = ProblemLog("")
        self.searches = 0
        self.cached_others: tuple[Key, Mapping[str, str]] = ("", ""), {}

    def passage(self, coder: str, work: str, id_: str, statements: list[Statement]) -> None:
        row: dict[str, Any] = {}
        given = sorted({one.kind for one in statements if one.kind.startswith(TRANSLATION)})
        texts = {kind: self.single_value(kind, statements) for kind in ("function", "gist", *given)}
        notes = sorted({one.kind for one in statements if one.kind.startswith(TRANSLATED_NOTE)})
        for kind in ("note", *notes):
            texts[kind] = "\n".join(dict.fromkeys(one.value for one in statements if one.kind == kind))
        if texts["function"]:
            row["function"] = texts["function"]
        cells = self.merged_tags(statements, "cell")
        lists: dict[str, list[Any]] = {"cells": [self.cell(tag, work, id_) for tag in cells]}
        tags = {"cells": cells}
        for facet in dict.fromkeys(statement.facet for statement in statements if statement.kind == "entry"):
            tags[facet] = self.merged_tags([m for m in statements if m.facet == facet], "entry")
            lists[facet] = [self.entry(tag, work, id_) for tag in tags[facet]]
        for name, values in lists.items():
            kept = [(value, tag) for value, tag in zip(values, tags[name], strict=True) if value]
            if kept:
                row[name] = [value for value, _ in kept]
            for number, (_, tag) in enumerate(kept):
                self.places[(coder, work, id_, name, number)] = tag.place
        row |= {kind: texts[kind] for kind in ("gist", *given, "note", *notes) if texts[kind]}
        if row:
            self.places[(coder, work, id_, "", 0)] = statements[0].place
            self.tags.setdefault((coder, work), {})[id_] = row

    def single_value(self, kind: str, statements: list[Statement]) -> str:
        """The value of a kind that a passage has once; empty if the statements differ."""
        texts = {statement.value: statement for statement in reversed(statements) if statement.kind == kind}
        if len(texts) > 1:
            first, second, *_ = reversed(texts.values())
            message = (
                f"{second.passage} must have one {kind}, not {short(first.value)} (at {first.place}) and "
                f"{short(second.value)}"
            )
            self.report(second.place, "I005", message, "take one of them out", times=len(texts))
            return ""
        value = next(iter(texts), "")
        if kind == "gist" and len(value) > self.limits.gist:
            message = (
                f"the gist of {texts[value].passage} must have at most {self.limits.gist} characters, not "
                f"{len(value)}: {short(value)}"
            )
            self.report(texts[value].place, "I005", message, "say only what the paragraph claims")
            return ""
        return value

    def report(self, place: Place, code: str, message: str, hint: str, *, times: int = 1) -> None:
        self.log.add(Problem(place=place, code=code, message=message, hint=hint), times)

    def merged_tags(self, statements: list[Statement], kind: str) -> list[_Tag]:
        """One tag for all statements with the same code, with the evidence of all of them."""
        found: dict[tuple[str, str, str], _Tag] = {}
        for statement in statements:
            if statement.kind != kind:
                continue
            relation = {"relation": statement.relation} if statement.relation else {}
            head = {"cell": statement.value} | relation if kind == "cell" else {"entry": statement.value}
            tag = found.setdefault(
                (statement.facet, statement.value, statement.relation), _Tag(head=head, place=statement.place)
            )
            tag.traits += [trait for trait in statement.traits if trait not in tag.traits]
            tag.quotes += [(quote, statement.place) for quote in statement.quotes]
            translated = ((f"{TRANSLATED_NOTE}{language}", text) for language, text in statement.translations)
            for key, note in (("note", statement.note), *translated):
                if note and note not in tag.notes.setdefault(key, []):
                    tag.notes[key].append(note)
        return list(found.values())

    def cell(self, tag: _Tag, work: str, id_: str) -> dict[str, Any] | None:
        if not tag.quotes:
            hint = "quote the words that it rests on"
            self.report(tag.place, "I005", f"a cell must have evidence: {tag.head['cell']} of {id_}", hint)
        evidence = self.evidence(tag, work, id_)[: self.limits.evidence]
        traits = {"traits": tag.traits} if tag.traits else {}
        notes = {key: "\n".join(texts) for key, texts in tag.notes.items() if texts}
        return {**tag.head, **traits, "evidence": evidence, **notes} if evidence else None

    def entry(self, tag: _Tag, work: str, id_: str) -> dict[str, Any] | str | None:
        evidence = self.evidence(tag, work, id_)
        if not tag.quotes:
            return str(tag.head["entry"])
        return {**tag.head, "evidence": evidence} if evidence else None

    def evidence(self, tag: _Tag, work: str, id_: str) -> list[str | dict[str, str]]:
        """The accepted quotations in the form of a file of tags, each once."""
        text = self.index.passages[(work, id_)].text
        others = self.others(work, id_)
        spans: dict[tuple[int, int], Place] = {}
        voices: dict[tuple[int, int], str] = {}
        for quote, place in tag.quotes:
            verdict = self.judge(quote, text, others)
            self.verdicts[verdict.kind] += 1
            taken = verdict.kind == "exact" or (self.accept and verdict.kind in ("moved", "changed"))
            if taken:
                spans.setdefault((verdict.start, verdict.end), place)
                voices.setdefault((verdict.start, verdict.end), quote.voice)
            if verdict.kind != "exact":
                self.report_verdict(verdict, quote, id_, place, taken=taken)
        self.report_surplus(list(spans.items())[self.limits.evidence :], tag, text, id_)
        return [written(text, start, end, voices[start, end]) for start, end in spans]

    def others(self, work: str, id_: str) -> Mapping[str, str]:
        """The texts of the other passages of a work, cached for one passage."""
        if self.cached_others[0] != (work, id_):
            texts = {p: t.text for (w, p), t in self.index.passages.items() if w == work and p != id_}
            self.cached_others = (work, id_), texts
        return self.cached_others[1]

    def judge(self, quote: Quote, text: str, others: Mapping[str, str]) -> Verdict:
        """The verdict on a quotation; after :data:`SEARCHES` inexact ones, without a search for similar
        words.
        """
        if self.searches >= SEARCHES and not all(words in text for words in (quote.text, quote.to)):
            return quotes.LOST
        verdict = quotes.judge(quote, text, others)
        self.searches += verdict.kind not in ("exact", "moved")
        return verdict

    def report_surplus(
        self, more: list[tuple[tuple[int, int], Place]], tag: _Tag, text: str, id_: str
    ) -> None:
        """Report the quotations of a cell that exceed the limit of the codebook."""
        if more and "cell" in tag.head:
            words = ", ".join(short(text[start:end]) for (start, end), _ in more)
            message = (
                f"{tag.head['cell']} of {id_} must rest on at most {self.limits.evidence} quotations; more "
                f"than these: {short(words)}"
            )
            self.report(more[0][1], "I005", message, "quote the clauses the tag rests on", times=len(more))

    def report_verdict(self, verdict: Verdict, quote: Quote, id_: str, place: Place, *, taken: bool) -> None:
        """Report a quotation that is not exact."""
        shown = quote.text + (f"…{quote.to}" if quote.to else "")
        problem = Problem(
            place=place,
            code="I004",
            message=f"evidence must be an exact quotation of {id_}; this one is {verdict.kind}: {shown}",
            hint=_hint(verdict, taken),
            level="review" if taken else "error",
        )
        self.log.add(problem)


def _hint(verdict: Verdict, taken: bool) -> str:
    if verdict.kind in ("moved", "changed"):
        says = f"the text has: {verdict.found}"
        return f"{says}; that was taken" if taken else f"{says}; read it, and --accept takes it"
    where = f"it is in {verdict.elsewhere}; " if verdict.elsewhere else ""
    if verdict.kind == "ambiguous":
        where = f"it is in {len(verdict.places)} places; "
    return where + "quote the passage again"


def written(text: str, start: int, end: int, voice: str = AUTHOR) -> str | dict[str, str]:
    """A range of a passage in the form in which a file of tags quotes it, so that it has exactly one place.

    It has one of three forms.  Words of more than 35 characters are ``{"from": …, "to": …}``, if two ends
    occur once and do not overlap; each end is the shortest one of eight characters or more that occurs once.
    Other words that occur once are a text, or ``{"text": …}`` if there is a voice.  All others are
    ``{"quote": …}`` with ``"prefix"``, ``"suffix"`` or both: as few characters as make the place unique, so
    often only one of the two keys is there.  See :func:`.quotes.context`.  A voice that is not the author's
    is a further key, ``"voice"``.

    >>> written("一塊木牌上。木牌是", 2, 4), written("一塊木牌", 2, 4, voice="quoted")
    ({'quote': '木牌', 'suffix': '上'}, {'text': '木牌', 'voice': 'quoted'})

    :param start: offset in code points.
    :param end: offset in code points, exclusive.
    :raises ValueError: unless ``0 <= start < end <= len(text)``; this is not checked where the result has
        ``from`` and ``to``.
    """
    words = text[start:end]
    own = {} if voice == AUTHOR else {"voice": voice}
    if len(words) > LONG:
        ends = _ends(text, words)
        if ends is not None:
            return {"from": ends[0], "to": ends[1], **own}
    prefix, suffix = quotes.context(text, start, end)
    if not prefix and not suffix:
        return {"text": words, **own} if own else words
    return {
        "quote": words,
        **({"prefix": prefix} if prefix else {}),
        **({"suffix": suffix} if suffix else {}),
        **own,
    }


def _ends(text: str, words: str) -> tuple[str, str] | None:
    """The shortest beginning and end of the words that occur once in the text; ``None`` if they overlap."""
    first = next(_unique(text, (words[:n] for n in range(_END, len(words)))), "")
    last = next(_unique(text, (words[-n:] for n in range(_END, len(words)))), "")
    if not first or not last or len(first) + len(last) > len(words):
        return None
    return first, last


def _unique(text: str, candidates: Iterable[str]) -> Iterator[str]:
    return (words for words in candidates if len(quotes.occurrences(words, text)) == 1)


def files(resolved: Resolved, source: str) -> Mapping[str, str]:
    """The files of tags: path as in :func:`path_of` → YAML.  Nothing is written; no tags give ``{}``.

    The first line is the comment ``# Taken in by `site-builder import-tags` from SOURCE.``, with ``…`` after
    60 characters of the name; below is the key ``passages``.

    :param source: the name of the imported file.
    """
    return {
        path_of(coder, work): f"{HEADER}{short(clean(source))}.\n" + dump({"passages": rows})
        for (coder, work), rows in resolved.tags.items()
    }


def path_of(coder: str, work: str) -> str:
    """The path of the imported tags of a coder: ``annotations/WORK/tags/CODER/imported.yaml``.  The names are
    not checked.
    """
    return f"annotations/{work}/tags/{coder}/imported.yaml"
