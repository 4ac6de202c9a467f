"""Rules for the witness and the apparatus (family W)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import witness
from site_builder.edition.index import Index
from site_builder.model import Heading, Passage, Place, Problem, Project, Work, within
from site_builder.model.hints import near
from site_builder.model.witness import NOTED


def lines_are_accounted_for(project: Project, index: Index) -> Iterator[Problem]:
    """W001 Every line of the witness that holds anything must be part of the edition, or set aside
    with a reason; and none twice."""
    for work in _witnessed(project):
        lines = work.witness.split("\n")
        covered: dict[int, int] = {}
        for segment in work.segments:
            for line in range(segment.lines.first, segment.lines.last + 1):
                if line in covered:
                    yield Problem(
                        place=segment.place,
                        code="W001",
                        message=f"a line of the witness must be in one segment; line {line} is in two",
                        hint="correct the lines of one segment",
                    )
                covered[line] = 1
        for number, line_text in enumerate(lines, 1):
            if line_text.strip() and number not in covered:
                yield Problem(
                    place=Place(path=f"{work.folder}/witness.txt", line=number),
                    code="W001",
                    message=f"line {number} of the witness must be in the edition or set aside",
                    hint=f"add to witness.yaml - {{lines: {number}, is: ID}} "
                    f"or - {{lines: {number}, set_aside: not-text, reason: …}}",
                    unless=f"{work.folder}/witness.yaml",
                )


def segments_name_what_exists(project: Project, index: Index) -> Iterator[Problem]:
    """W002 A segment must name lines that exist, and either blocks that exist or a reason to set the
    lines aside."""
    for work in _witnessed(project):
        ids = {block.id for block in work.blocks}
        count = len(work.witness.split("\n"))
        for segment in work.segments:
            unread = ""
            first, last = segment.lines.first, segment.lines.last
            wrong, hint = "", f"write lines from 1 to {count}, the first before the last"
            if not first <= last <= count:
                wrong = f"a segment must name lines of the witness, not {first}-{last}"
            elif unknown := [b for b in segment.blocks if b not in ids]:
                wrong = f"unknown passage or heading: {unknown[0]}"
                hint, unread = near(unknown[0], ids), f"{work.folder}/text.md"
            elif bool(segment.blocks) == bool(segment.set_aside):
                wrong = "a segment must have either 'is' or 'set_aside'"
                hint = (
                    "remove 'is' or 'set_aside'"
                    if segment.blocks
                    else "add 'is: ID' or 'set_aside: not-text'"
                )
            elif segment.set_aside and not segment.reason:
                wrong, hint = "a segment with 'set_aside' must have a reason", "add 'reason: …'"
            if wrong:
                yield Problem(place=segment.place, code="W002", message=wrong, hint=hint, unless=unread)


def undoing_gives_the_witness(project: Project, index: Index) -> Iterator[Problem]:
    """W003 Undoing every emendation must give the words of the witness back, character by character.
    So nothing is changed in silence.  Where a line ends is not compared."""
    for work in _witnessed(project):
        lines = work.witness.split("\n")
        texts = {block.id: block for block in work.blocks}
        for segment in work.segments:
            if not segment.blocks or any(b not in texts for b in segment.blocks):
                continue
            was = "".join(lines[segment.lines.first - 1 : segment.lines.last])
            now = [witness.undo(work, b, texts[b].text).replace("\n", "") for b in segment.blocks]
            if "".join(now) != was:
                yield _differs(work, [texts[b] for b in segment.blocks], now, was, segment.lines.first)


def _differs(work: Work, blocks: list[Heading | Passage], now: list[str], was: str, line: int) -> Problem:
    """The first difference, placed in the block that holds it."""
    whole = "".join(now)
    offset = next(
        (i for i, (a, b) in enumerate(zip(whole, was, strict=False)) if a != b),
        min(len(whole), len(was)),
    )
    there, here = was[offset : offset + 8], whole[offset : offset + 8]
    inside = offset
    block = blocks[0]
    for block, text in zip(blocks, now, strict=True):
        if inside < len(text) or block is blocks[-1]:
            break
        inside -= len(text)
    return Problem(
        place=within(block.place, block.text, _edited_offset(work, block, inside)),
        code="W003",
        message=f"{block.id} without its emendations must equal line {line} of the witness: "
        f"{there!r}, not {here!r}",
        hint="correct the text, or add an emendation to emendations.yaml",
        unless=f"{work.folder}/emendations.yaml",
    )


def _edited_offset(work: Work, block: Heading | Passage, offset: int) -> int:
    """Where in the edited text an offset of the undone text stands; ``offset`` counts no line ends."""
    undone = witness.undo(work, block.id, block.text)
    kept = [at for at, char in enumerate(undone) if char != "\n"]
    offset = kept[offset] if offset < len(kept) else len(undone)
    shift = 0
    for one in witness.located(work, block.id, block.text):
        change = len(one.emendation.edited) - len(one.emendation.witness)
        if one.start - shift + len(one.emendation.witness) <= offset:
            shift += change
    return offset + shift


def emendations_have_one_place(project: Project, index: Index) -> Iterator[Problem]:
    """W004 An emendation must stand in one place of the block it names, and say both readings.  Where
    the reading stands more than once, a prefix or suffix says which is meant."""
    for work in _witnessed(project):
        texts = {block.id: block.text for block in work.blocks}
        seen: set[str] = set()
        for one in work.emendations:
            places = witness.locate(one, texts.get(one.block, ""))
            wrong = hint = ""
            if one.block not in texts:
                wrong, hint = f"unknown passage or heading: {one.block}", near(one.block, texts)
            elif one.id in seen:
                wrong = f"an id must be unique among the emendations: {one.id}"
                hint = "write another id here"
            elif one.kind not in NOTED and one.edited == one.witness:
                wrong, hint = (
                    "an emendation must change the reading",
                    "write another reading, or 'kind: doubtful'",
                )
            elif len(places) != 1:
                reading = one.edited or one.prefix + one.suffix
                wrong = f"a reading must be in {one.block} once, not {len(places)} times: {reading}"
                hint = "add a prefix or a suffix that only one of them has"
                if not places:
                    hint = "copy the reading, its prefix and its suffix from the text of the edition"
            seen.add(one.id)
            if wrong:
                unread = "" if one.block in texts else f"{work.folder}/text.md"
                yield Problem(place=one.place, code="W004", message=wrong, hint=hint, unless=unread)
        for rule in work.rules:
            if len(set(rule.map.values())) != len(rule.map) or any(
                len(a) != 1 or len(b) != 1 for a, b in rule.map.items()
            ):
                yield Problem(
                    place=rule.place,
                    code="W004",
                    message="a rule must map single characters one to one, so that it can be undone",
                    hint="write an emendation for each place in place of the rule",
                )


def blocks_have_a_witness(project: Project, index: Index) -> Iterator[Problem]:
    """W005 Every passage and heading must come from some line of the witness.  The edition adds
    nothing of its own but what an emendation says."""
    for work in _witnessed(project):
        named = {b for segment in work.segments for b in segment.blocks}
        for block in work.blocks:
            if block.id not in named:
                yield Problem(
                    place=block.place,
                    code="W005",
                    message=f"{block.id} must be in the witness",
                    hint=f"add to witness.yaml - {{lines: N, is: {block.id}}}, or remove it from the text",
                    unless=f"{work.folder}/witness.yaml",
                )


def _witnessed(project: Project) -> Iterator[Work]:
    yield from (work for work in project.works if work.record.witness and work.witness)
