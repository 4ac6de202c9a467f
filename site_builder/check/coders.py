"""Rules for the records of coders, and for decisions on their differences (family K)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import adjudication
from site_builder.edition.adjudication import Difference
from site_builder.edition.edition import Edition
from site_builder.model import Adjudication, Decision, Place, Problem
from site_builder.model.hints import near, unknown

PATH = "annotations/coders.yaml"


def coders_have_tags(edition: Edition) -> Iterator[Problem]:
    """K001 A coder in coders.yaml must have a folder of tags, and must be listed once.

    One error at most for each entry of the list, at the entry; without the file there is none. A coder
    without tags is ``unknown coder: ann``, whether or not there is a folder, and is so in each of its
    entries. Any other that is listed again has its error at each later entry, with the place of the first:
    ``a coder must be listed once: editors is also at PLACE``.
    """
    folders = {tagging.coder for tagging in edition.project.taggings}
    seen: dict[str, Place] = {}
    for coder in edition.project.coders:
        if coder.id not in folders:
            yield unknown(coder.place, "K001", "coder", coder.id, folders, unless="annotations/")
        elif coder.id in seen:
            message = f"a coder must be listed once: {coder.id} is also at {seen[coder.id]}"
            hint = "merge the two entries, or remove one"
            yield Problem(place=coder.place, code="K001", message=message, hint=hint)
        seen.setdefault(coder.id, coder.place)


def coders_are_recorded(edition: Edition) -> Iterator[Problem]:
    """K002 (review) If a project lists its coders, each coder with tags should be in the list.

    One review for each coder, at the beginning of ``annotations/coders.yaml``, in the order of their tags:
    ``the coder ann should be in annotations/coders.yaml``. A project without the list has none.
    """
    known = {coder.id for coder in edition.project.coders}
    for coder in dict.fromkeys(tagging.coder for tagging in edition.project.taggings) if known else ():
        if coder not in known:
            keys = f"{{id: {coder}, name: …, kind: …, date: …, saw: …}}"
            yield Problem(
                place=Place(path=PATH),
                code="K002",
                message=f"the coder {coder} should be in {PATH}",
                hint=f"add to {PATH}: - {keys}",
                level="review",
            )


def decisions_are_valid(edition: Edition) -> Iterator[Problem]:
    """K003 An adjudication must be between two coders with tags of its work. A decision must be about a
    passage that both have tagged and a code of the codebook, and no passage and code may be decided twice.

    While the two coders of an adjudication are wrong, its decisions are not examined.

    The errors of the two coders are at the adjudication. If they are not two, or are the same one, it is
    ``an adjudication must be between two coders: ann, ann``; else ``unknown coder: ann`` for each that has no
    tags of the work.

    The error of a decision is at the decision. A decision has one error at most, in this order:
    ``unknown passage with tags of both coders: p9``, ``unknown code: X``,
    ``X of p2 must be decided once; it is also at PLACE`` (at the later one). Two decisions are equal if their
    passage and their code, as written, are.
    """
    for found in edition.project.adjudications:
        by_coder: dict[str, set[str]] = {}
        for tagging in edition.project.taggings:
            if tagging.work == found.work:
                by_coder.setdefault(tagging.coder, set()).add(tagging.passage)
        tags = f"annotations/{found.work}/tags/"
        if len(found.between) != 2 or len(set(found.between)) != 2:
            message = f"an adjudication must be between two coders: {', '.join(found.between)}"
            hint = f"write 'between:' with two of: {', '.join(sorted(by_coder))}"
            yield Problem(place=found.place, code="K003", message=message, hint=hint, unless=tags)
            continue
        lacking = [coder for coder in found.between if coder not in by_coder]
        for coder in lacking:
            yield unknown(found.place, "K003", "coder", coder, by_coder, unless=tags)
        if not lacking:
            first, second = found.between
            yield from _decisions(edition, found, by_coder[first] & by_coder[second])


def _decisions(edition: Edition, found: Adjudication, common: set[str]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Place] = {}
    tags = f"annotations/{found.work}/tags/"
    for decision in found.decisions:
        key = (decision.passage, decision.code)
        if decision.passage not in common:
            what = "passage with tags of both coders"
            yield unknown(decision.place, "K003", what, decision.passage, common, unless=tags)
        elif decision.code not in edition.index.codes:
            yield _unknown_code(edition, found, decision)
        elif key in seen:
            message = f"{decision.code} of {decision.passage} must be decided once; it is also at {seen[key]}"
            hint = "merge the two decisions, or remove one"
            yield Problem(place=decision.place, code="K003", message=message, hint=hint)
        seen.setdefault(key, decision.place)


def _unknown_code(edition: Edition, found: Adjudication, decision: Decision) -> Problem:
    """An unknown code; the hint names the differences of the passage first."""
    differing = [str(one.code) for one in edition.differences(found) if one.key[1] == decision.passage]
    return Problem(
        place=decision.place,
        code="K003",
        message=f"unknown code: {decision.code}",
        hint=near(decision.code, differing or edition.index.codes),
        unless="annotations/codebook/",
    )


def differences_are_decided(edition: Edition) -> Iterator[Problem]:
    """K004 (review) Each difference of the two coders of an adjudication should be decided, and a decision
    should be about a difference.

    One review for each passage with undecided differences, at the adjudication:
    ``the coders differ in p2, and it is not decided: flow~b:shows, things:bamboo``. Then one for each
    decision without a difference, at the decision: ``the coders do not differ about flow~a in p2``. A
    decision on a cell alone is about its relations and traits too (:func:`.adjudication.covers`). One on an
    unknown code, or on a passage that not both have tagged, is left to K003.
    """
    for found in edition.project.adjudications:
        differences = edition.differences(found)
        undecided: dict[str, list[str]] = {}
        for one in differences:
            if one.decision is None:
                undecided.setdefault(one.key[1], []).append(str(one.code))
        for passage, names in undecided.items():
            keys = f"{{passage: {passage}, code: {names[0]}, decision: …, reason: …}}"
            yield Problem(
                place=found.place,
                code="K004",
                message=f"the coders differ in {passage}, and it is not decided: {', '.join(names)}",
                hint=f"add to 'decisions:' - {keys}",
                level="review",
                unless=f"annotations/{found.work}/tags/",
            )
        if len(set(found.between)) == 2:
            yield from _idle(edition, found, differences)


def _idle(edition: Edition, found: Adjudication, differences: tuple[Difference, ...]) -> Iterator[Problem]:
    """The decisions on codes about which the coders do not differ, in passages that both have tagged."""
    tagged = {(t.coder, t.passage) for t in edition.project.taggings if t.work == found.work}
    for decision in found.decisions:
        code = edition.index.codes.get(decision.code)
        known = (found.work, decision.passage) in edition.index.passages
        known = known and all((coder, decision.passage) in tagged for coder in found.between)
        differing = [one.code for one in differences if one.key[1] == decision.passage]
        if code is not None and known and not any(adjudication.covers(code, one) for one in differing):
            yield Problem(
                place=decision.place,
                code="K004",
                message=f"the coders do not differ about {decision.code} in {decision.passage}",
                hint="remove the decision, or correct its code",
                level="review",
                unless=f"annotations/{found.work}/tags/",
            )
