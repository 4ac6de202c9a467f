"""Rules for the witness and the apparatus (family W)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.check.works import each
from site_builder.edition import witness
from site_builder.edition.edition import Edition
from site_builder.model import Heading, Passage, Place, Problem, Work, within
from site_builder.model.hints import near
from site_builder.model.witness import NOTED


def lines_are_in_one_segment(edition: Edition) -> Iterator[Problem]:
    """W001 Each line of the witness that is not blank must be in exactly one segment: as part of the edition,
    or set aside with a reason.

    A line in a second segment is reported at this segment, also a blank one, and once more at a third; these
    come first: ``a line of the witness must be in one segment; line 3 is in two``. A line in no segment is
    reported at the line of ``witness.txt``: ``line 3 of the witness must be in the edition or set aside``. A
    work without a witness is not examined.
    """
    return each(edition, _lines, of=_has_witness)


def _lines(work: Work) -> Iterator[Problem]:
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


def segments_are_valid(edition: Edition) -> Iterator[Problem]:
    """W002 A segment must name lines of the witness, and either blocks of the text ('is') or a reason to set
    the lines aside ('set_aside' and 'reason').

    One error at most for a segment, at the segment, in this order: its lines (``a segment must name lines of
    the witness, not 7-9``), the first unknown block (``unknown passage or heading: p9``), 'is' and
    'set_aside' together or neither, the reason. A work without a witness is not examined.
    """
    return each(edition, _segments, of=_has_witness)


def _segments(work: Work) -> Iterator[Problem]:
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
            hint = "remove 'is' or 'set_aside'" if segment.blocks else "add 'is: ID' or 'set_aside: not-text'"
        elif segment.set_aside and not segment.reason:
            wrong, hint = "a segment with 'set_aside' must have a reason", "add 'reason: …'"
        if wrong:
            yield Problem(place=segment.place, code="W002", message=wrong, hint=hint, unless=unread)


def emendations_explain_each_difference(edition: Edition) -> Iterator[Problem]:
    """W003 The text without its emendations must equal the witness, character by character. So each
    difference from the witness is an emendation. Line ends are not compared.

    The first difference of a segment is reported, at its place in the text: ``p1 without its emendations must
    equal line 3 of the witness: '水利', not '水力'``, with at most 8 characters of each from the difference
    on; the line is the first of the segment. A segment without blocks or with an unknown block, and a work
    without a witness, are not examined.
    """
    return each(edition, _differences, of=_has_witness)


def _differences(work: Work) -> Iterator[Problem]:
    lines = work.witness.split("\n")
    texts = {block.id: block for block in work.blocks}
    undone = witness.undone(work)
    for segment in work.segments:
        if not segment.blocks or any(b not in texts for b in segment.blocks):
            continue
        was = "".join(lines[segment.lines.first - 1 : segment.lines.last])
        now = [undone[b].replace("\n", "") for b in segment.blocks]
        if "".join(now) != was:
            yield _differs(work, [texts[b] for b in segment.blocks], now, was, segment.lines.first)


def _differs(work: Work, blocks: list[Heading | Passage], now: list[str], was: str, line: int) -> Problem:
    """The first difference, placed in its block."""
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
    """The offset in the edited text of an offset in the reversed text; ``offset`` does not count line
    ends.
    """
    undone = witness.undo(work, block.id, block.text)
    kept = [at for at, char in enumerate(undone) if char != "\n"]
    offset = kept[offset] if offset < len(kept) else len(undone)
    shift = 0
    for one in witness.located(work, block.id, block.text):
        change = len(one.emendation.edited) - len(one.emendation.witness)
        if one.start - shift + len(one.emendation.witness) <= offset:
            shift += change
    return offset + shift


def emendations_are_valid(edition: Edition) -> Iterator[Problem]:
    """W004 An emendation must change a reading that occurs once in its block. A prefix or suffix selects one
    of several occurrences. A rule must map single characters one to one.

    One error at most for an emendation, at the emendation, in this order: an unknown block, a repeated id, an
    unchanged reading (allowed for a kind that only notes), a reading that does not occur once: ``a reading
    must be in p1 once, not 2 times: READING``. Then one for each wrong rule, at the rule. A work without a
    witness is not examined.
    """
    return each(edition, _emendations, of=_has_witness)


def _emendations(work: Work) -> Iterator[Problem]:
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
                hint="remove such pairs from 'map', and write an emendation for each place",
            )


def blocks_are_in_the_witness(edition: Edition) -> Iterator[Problem]:
    """W005 Each passage and heading must be in a segment of the witness.

    One error for each block, at the block: ``p2 must be in the witness``. A work without a witness is not
    examined.
    """
    return each(edition, _blocks, of=_has_witness)


def _blocks(work: Work) -> Iterator[Problem]:
    named = {b for segment in work.segments for b in segment.blocks}
    for block in work.blocks:
        if block.id not in named:
            yield Problem(
                place=block.place,
                code="W005",
                message=f"{block.id} must be in the witness",
                hint=f"add to witness.yaml - {{lines: N, is: {block.id}}}, or add it to 'is' of its line",
                unless=f"{work.folder}/witness.yaml",
            )


def _has_witness(work: Work) -> bool:
    return bool(work.record.witness and work.witness)
