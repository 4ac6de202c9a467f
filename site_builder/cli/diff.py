"""The commands ``diff`` and ``release``: what changed between two editions, and what an edition says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from site_builder import check, migrations
from site_builder.cli.report import Outcome, Refused
from site_builder.edges import guard, load, revisions, write
from site_builder.edition import changes, snapshots
from site_builder.edition.changes import HOW, Change, Changes, FieldChange
from site_builder.edition.reasons import Explanation, Reasons
from site_builder.edition.wording import Piece
from site_builder.language.characters import printable
from site_builder.model import FORMAT, Project
from site_builder.model.values import naming
from site_builder.source import read

_AROUND = 20  # characters of unchanged text shown beside a change
_MARKS = {"same": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
_NEXT_VERSION = "set version: in annotations/project.yaml to that of the next edition"


def project(name: str, folder: Path) -> Project:
    """A project in a folder or a revision of git, in the present format.

    A project of an older format is migrated in memory; nothing is written.  The rules of a build are not
    applied.

    :param name: a folder; if it is none, a revision.
    :param folder: the project whose repository has the revision.
    :raises Refused: if ``name`` is neither (its ``usage`` is true), or a file cannot be read.
    """
    try:
        sources, problems = revisions.sources(name, folder)
    except revisions.NotFound as error:
        raise Refused(str(error), error.hint, usage=True) from error
    found, unreadable = read.project(sources, read.unread(problems))
    if found is not None and found.site.format < FORMAT and not check.errors([*problems, *unreadable]):
        migrated = migrations.migrate(sources, found.site.format)
        problems = [*problems, *migrated.problems]
        found, unreadable = read.project({**sources, **migrated.files})
    errors = check.errors([*problems, *unreadable])
    if found is None or errors:
        message = f"{name} cannot be read in full, so it cannot be compared"
        raise Refused(message, "correct the errors above", problems=tuple(check.ordered(errors)))
    return found


def run(old: str, new: str, folder: Path, *, as_json: bool) -> str:
    """What changed from one project to another, as text or as JSON, without a line end.

    The text has the lines of :func:`text`, with control characters in a visible form; the JSON is
    :func:`data`, indented by one space.

    :param old: a folder, or a revision of the repository that has ``folder``; so is ``new``.
    :raises Refused: as :func:`project`.
    """
    before, after = project(old, folder), project(new, folder)
    found = changes.compare(snapshots.of_project(before), snapshots.of_project(after))
    reasons = Reasons(after, found)
    if as_json:
        return json.dumps(data(found, reasons), ensure_ascii=False, indent=1)
    return "\n".join(map(printable, text(found, reasons)))


# --- text -----------------------------------------------------------------------------------------


def text(found: Changes, reasons: Reasons) -> Iterator[str]:
    """The lines of a report for people: the editions, the counts, then each change with its reasons.

    Without changes there are two: the editions, and ``nothing changed``.  Else each change follows an empty
    line: ``PART: KIND ID (ADDRESS) HOW``, its fields, its reasons.  Words that only the old edition has are
    in ``[-…-]``, those of the new one in ``{+…+}``.  Of more than 40 unchanged characters the 20 beside a
    change are shown, with ``…``.

    The first line is ``2.0 (2026-11-24) → 2.1 (2026-12-01)``.  The counts are a line for each part that
    changed (``codebook: 2 added, 1 changed``; zeros are left out), and one for all:
    ``3 changes, 1 with a reason``, also ``1 changes, 0 with a reason``.  ``HOW`` is ``added``, ``removed`` or
    ``changed``; ``(ADDRESS)`` is left out if it is empty or the same as the id.

    A field is ``  NAME: WORDS``, of a translation ``  name (en): WORDS``.  Its words are compared word by
    word: a word of Latin letters is replaced whole, a Chinese character alone.  A list has a line for each
    value, removed ones first: ``  also: [-水-]``, ``  also: {+水聲+}``.  A reason is
    ``  reason (ORIGIN, ABOUT): TEXT``; without words of its own it is ``now in p9, p10``.
    """
    before, after = found.before, found.after
    yield f"{before.edition} ({before.date}) → {after.edition} ({after.date})"
    if not found.changes:
        yield "nothing changed"
        return
    explained = [reasons.of(change) for change in found.changes]
    for part, counts in found.counts.items():
        yield f"{part}: " + ", ".join(f"{counts[how]} {how}" for how in HOW if counts[how])
    yield f"{len(found.changes)} changes, {sum(map(bool, explained))} with a reason"
    for change, why in zip(found.changes, explained, strict=True):
        yield ""
        yield from _change(change, why)


def _change(change: Change, explained: tuple[Explanation, ...]) -> Iterator[str]:
    item = change.item
    where = f" ({item.address})" if item.address and item.address != item.id else ""
    yield f"{item.part}: {item.kind} {item.id}{where} {change.how}"
    for field in change.fields:
        name = f"{field.name} ({field.language})" if field.language else field.name
        if field.is_list:
            yield from (f"  {name}: [-{value}-]" for value in field.removed)
            yield from (f"  {name}: {{+{value}+}}" for value in field.added)
        else:
            yield f"  {name}: {_words(field)}"
    for one in explained:
        yield f"  reason ({one.origin}{f', {one.about}' if one.about else ''}): {_reason(one)}"


def _reason(one: Explanation) -> str:
    return one.text or f"now in {', '.join(one.into)}"


def _words(field: FieldChange) -> str:
    pieces = field.pieces
    last = len(pieces) - 1
    return "".join(_piece(piece, at == 0, at == last) for at, piece in enumerate(pieces))


def _piece(piece: Piece, first: bool, last: bool) -> str:
    """A piece with its marks; a long unchanged text is shortened."""
    before, after = _MARKS[piece.change]
    words = piece.text
    if piece.change == "same" and len(words) > 2 * _AROUND:
        head = "" if first else words[:_AROUND]
        tail = "" if last else words[-_AROUND:]
        words = f"{head}…{tail}"
    return f"{before}{words}{after}"


# --- JSON -----------------------------------------------------------------------------------------


def data(found: Changes, reasons: Reasons) -> dict[str, Any]:
    """The changes as data for programs: ``before`` and ``after`` (``edition``, ``date``), ``counts`` and
    ``changes``.

    Dates are in ISO 8601.  ``counts`` is part → ``added``, ``removed``, ``changed`` → number, which can be 0;
    parts that did not change are left out.  A change has ``part``, ``kind``,
    ``id``, ``address``, ``name``, ``how``, ``fields`` and ``reasons``.  A field has ``name``, ``language`` if
    it is of one, and either ``removed`` and ``added`` (lists) or ``before``, ``after`` and ``words``.
    ``words`` is a list of ``[change, text]`` with ``same``, ``deleted`` or ``inserted``: joined without the
    inserted ones they are ``before``, without the deleted ones ``after``; a Latin word is changed as a whole,
    and what is deleted comes first.  A reason has ``origin``, ``about``, ``text`` (without translations) and
    ``into``.
    """
    return {
        "before": {"edition": found.before.edition, "date": found.before.date.isoformat()},
        "after": {"edition": found.after.edition, "date": found.after.date.isoformat()},
        "counts": found.counts,
        "changes": [_as_data(change, reasons.of(change)) for change in found.changes],
    }


def _as_data(change: Change, explained: tuple[Explanation, ...]) -> dict[str, Any]:
    item = change.item
    return {
        "part": item.part,
        "kind": item.kind,
        "id": item.id,
        "address": item.address,
        "name": item.name,
        "how": change.how,
        "fields": [_field(field) for field in change.fields],
        "reasons": [
            {"origin": one.origin, "about": one.about, "text": one.text, "into": list(one.into)}
            for one in explained
        ],
    }


def _field(field: FieldChange) -> dict[str, Any]:
    name = {"name": field.name, **({"language": field.language} if field.language else {})}
    if field.is_list:
        return {**name, "removed": list(field.removed), "added": list(field.added)}
    words = [[piece.change, piece.text] for piece in field.pieces]
    return {**name, "before": field.before, "after": field.after, "words": words}


# --- release --------------------------------------------------------------------------------------


def release(folder: Path, since: str) -> Outcome:
    """Write the snapshot of an edition into the project: that of the project itself, or of ``since``.

    ``lines`` of the result has ``PATH: N items`` for each new file; if the project has this snapshot already,
    nothing is written and the line is ``edition 2.1 is kept already``.  A project with errors, without
    ``since``, gives them with ``refused``.  A snapshot of a released edition never changes: another one of
    the same version is refused.

    :param since: a folder or a revision of git that has the edition; empty for the project as it is.
    :raises Refused: if ``since`` is neither, if a file of it cannot be read, if the version cannot be the
        name of a file, or if the project has another snapshot of it.
    :raises OSError: if a file operation fails; every file is then as before.
    :raises WriteRefused: if a link leads a new file out of the project.
    """
    if not since:
        found = load.checked(folder)
        if not found.sound:
            return Outcome(problems=found.problems, refused=True)
    released = project(since or str(folder), folder)
    version = released.site.version
    why = naming.name_fault(version)
    if why:
        raise Refused(f"the version '{version}' cannot be the name of a file: {why}", _NEXT_VERSION)
    here, _ = load.sources(folder)
    files = snapshots.files(released)
    other = [name for name, words in files.items() if here.get(name, words) != words]
    if other:
        message = f"{other[0]} has another snapshot of edition {version}, which is published"
        raise Refused(message, _NEXT_VERSION)
    new = {name: words for name, words in files.items() if name not in here}
    places = {load.on_disk(folder, name): words for name, words in new.items()}
    guard.inside(folder, places)
    write.together({path: words.encode() for path, words in places.items()})
    lines = [f"{name}: {words.count(chr(10) + '  - ')} items" for name, words in new.items()]
    return Outcome(problems=(), refused=False, lines=tuple(lines or [f"edition {version} is kept already"]))
