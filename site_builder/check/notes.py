"""Rules for the notes at passages (family N)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from site_builder.check.passages import unknown_passage
from site_builder.edition import quotes
from site_builder.edition.edition import Edition
from site_builder.model import Note, Place, Problem, Quote
from site_builder.model.hints import unknown


def passages_exist(edition: Edition) -> Iterator[Problem]:
    """N001 A note must be of a work and a passage that exist.

    One error for each note, at the note: ``unknown work: dike``, or ``unknown passage: p22``, also for a
    heading and for a passage that has ended.
    """
    index = edition.index
    for note in edition.project.notes:
        if note.work not in index.works:
            yield unknown(note.place, "N001", "work", note.work, index.works, unless="corpus/")
        elif (note.work, note.passage) not in index.passages:
            text = f"{index.works[note.work].folder}/text.md"
            yield unknown_passage(note.place, (note.work, note.passage), index, code="N001", unless=text)


def words_are_exact(edition: Edition) -> Iterator[Problem]:
    """N002 The words of a note must be in its passage exactly, at one place.

    One error for each note, at the note: ``the words of a note must be in p2 exactly, at one place: WORDS``,
    also if they are there twice. A note without words, and one on a passage that does not exist, is
    not examined.
    """
    for note in edition.project.notes:
        passage = edition.index.passages.get((note.work, note.passage))
        if passage is not None and note.text and note not in edition.index.note_spans:
            yield _inexact(note, passage.text)


def _inexact(note: Note, text: str) -> Problem:
    verdict = quotes.judge(Quote(text=note.text), text)
    hint = f"copy the words from {note.passage}, or remove 'text' for a note on the whole passage"
    if verdict.kind == "ambiguous":
        hint = "write more words before or after them, so that they occur once"
    elif verdict.found:
        hint = f"if the new words are meant, write text: {json.dumps(verdict.found, ensure_ascii=False)}"
    return Problem(
        place=note.place,
        code="N002",
        message=f"the words of a note must be in {note.passage} exactly, at one place: {note.text}",
        hint=hint,
    )


def ids_are_unique(edition: Edition) -> Iterator[Problem]:
    """N003 The id of a note must be unique in its work. No heading or passage may have its anchor, note-ID.

    Two ids that differ only in capitals are equal.

    The error is at each later note: ``the id of a note must be unique: note-ID is also at PLACE``, with the
    place of the first; a heading or passage always counts as the first.
    """
    seen: dict[tuple[str, str], Place] = {}
    for work in edition.project.works:
        for block in work.blocks:
            seen.setdefault((work.id, block.id.lower()), block.place)
    for note in edition.project.notes:
        key = (note.work, note.anchor.lower())
        if key in seen:
            message = f"the id of a note must be unique: {note.anchor} is also at {seen[key]}"
            hint = "write another id for one of the two, or remove one"
            yield Problem(place=note.place, code="N003", message=message, hint=hint)
        seen.setdefault(key, note.place)


def doubts_can_be_settled(edition: Edition) -> Iterator[Problem]:
    """N004 (review) A note of what could not be verified should say what would verify it, in 'settles'. Only
    such a note should have 'settles'.

    One review for each such note, at the note: ``the note n1 should say what would verify it``, or ``the note
    n1 says what would verify it, but is not in doubt``. A note without doubt and without 'settles' has none.
    """
    for note in edition.project.notes:
        if note.doubt != bool(note.settles):
            message = f"the note {note.id} should say what would verify it"
            hint = "add 'settles: …', or remove 'doubt'"
            if note.settles:
                message = f"the note {note.id} says what would verify it, but is not in doubt"
                hint = "add 'doubt: true', or remove 'settles'"
            yield Problem(place=note.place, code="N004", message=message, hint=hint, level="review")
