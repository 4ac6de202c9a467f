"""Rules for the witness and the apparatus (family W)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import witness
from site_builder.links import Links
from site_builder.model import Place, Problem, Project, Work


def lines_are_accounted_for(project: Project, links: Links) -> Iterator[Problem]:
    """W001 Every line of the witness that holds anything must be part of the edition, or set aside
    with a reason; and none twice."""
    for work in _witnessed(project):
        lines = work.witness.split("\n")
        covered: dict[int, int] = {}
        for segment in work.segments:
            for line in range(segment.first, segment.last + 1):
                if line in covered:
                    yield Problem(
                        place=segment.place,
                        code="W001",
                        message=f"line {line} of the witness must be named once",
                        hint="one segment a line",
                    )
                covered[line] = 1
        for number, line_text in enumerate(lines, 1):
            if line_text.strip() and number not in covered:
                yield Problem(
                    place=Place(path=f"{work.folder}/witness.txt", line=number),
                    code="W001",
                    message="every line of the witness must be in the edition or set aside",
                    hint=f"add to witness.yaml: - {{lines: {number}, set_aside: not-text, reason: …}}",
                )


def segments_name_what_exists(project: Project, links: Links) -> Iterator[Problem]:
    """W002 A segment must name lines that exist, and either blocks that exist or a reason to set the
    lines aside."""
    for work in _witnessed(project):
        ids = {block.id for block in work.blocks}
        count = len(work.witness.split("\n"))
        for segment in work.segments:
            wrong = ""
            if not segment.first <= segment.last <= count:
                wrong = f"the witness has {count} lines, not {segment.first}-{segment.last}"
            elif unknown := [b for b in segment.blocks if b not in ids]:
                wrong = f"no passage or heading has the id {unknown[0]}"
            elif bool(segment.blocks) == bool(segment.set_aside):
                wrong = "a segment must either be blocks ('is') or be set aside"
            elif segment.set_aside and not segment.reason:
                wrong = "what is set aside must have a reason"
            if wrong:
                yield Problem(place=segment.place, code="W002", message=wrong)


def undoing_gives_the_witness(project: Project, links: Links) -> Iterator[Problem]:
    """W003 Undoing every emendation must give the words of the witness back, character by character.
    So nothing is changed in silence."""
    for work in _witnessed(project):
        lines = work.witness.split("\n")
        texts = {block.id: block for block in work.blocks}
        for segment in work.segments:
            if not segment.blocks or any(b not in texts for b in segment.blocks):
                continue
            was = "".join(lines[segment.first - 1 : segment.last])
            now = "".join(witness.undo(work, b, texts[b].text) for b in segment.blocks)
            if now != was:
                yield _differs(
                    work, segment.blocks[0], texts[segment.blocks[0]].place, now, was, segment.first
                )


def _differs(work: Work, block: str, place: Place, now: str, was: str, line: int) -> Problem:
    offset = next(
        (i for i, (a, b) in enumerate(zip(now, was, strict=False)) if a != b),
        min(len(now), len(was)),
    )
    there, here = was[offset : offset + 8], now[offset : offset + 8]
    return Problem(
        place=Place(path=place.path, line=place.line, column=place.column + offset),
        code="W003",
        message=f"undone, {block} must read as line {line} of the witness: '{there}', not '{here}'",
        hint="mend the text, or add the emendation to emendations.yaml",
    )


def emendations_have_one_place(project: Project, links: Links) -> Iterator[Problem]:
    """W004 An emendation must stand in one place of the block it names, and say both readings.  Where
    the reading stands more than once, a prefix or suffix says which is meant."""
    for work in _witnessed(project):
        texts = {block.id: block.text for block in work.blocks}
        seen: set[str] = set()
        for one in work.emendations:
            places = witness.locate(one, texts.get(one.block, ""))
            wrong = hint = ""
            if one.block not in texts:
                wrong = f"no passage or heading has the id {one.block}"
            elif one.id in seen:
                wrong = f"an emendation's id must stand once: {one.id}"
            elif one.kind not in ("label", "doubtful", "lost") and one.edited == one.witness:
                wrong, hint = "an emendation must change the reading", "or use kind: doubtful"
            elif len(places) != 1:
                times = "not" if not places else f"{len(places)} times"
                wrong = f"the reading '{one.edited or one.suffix}' stands {times} in {one.block}"
                hint = "give a prefix or a suffix that decides"
            seen.add(one.id)
            if wrong:
                yield Problem(place=one.place, code="W004", message=wrong, hint=hint)
        for rule in work.rules:
            if len(set(rule.map.values())) != len(rule.map) or any(
                len(a) != 1 or len(b) != 1 for a, b in rule.map.items()
            ):
                yield Problem(
                    place=rule.place,
                    code="W004",
                    message="a rule must map single characters one to one, or it cannot be undone",
                )


def blocks_have_a_witness(project: Project, links: Links) -> Iterator[Problem]:
    """W005 Every passage and heading must come from some line of the witness.  The edition adds
    nothing of its own but what an emendation says."""
    for work in _witnessed(project):
        named = {b for segment in work.segments for b in segment.blocks}
        for block in work.blocks:
            if block.id not in named:
                yield Problem(
                    place=block.place,
                    code="W005",
                    message=f"{block.id} must come from a line of the witness",
                    hint=f"add to witness.yaml: - {{lines: N, is: {block.id}}}",
                )


def _witnessed(project: Project) -> Iterator[Work]:
    yield from (work for work in project.works if work.record.witness and work.witness)
