"""The command ``migrate``: updates the files of an older project, in place.

The steps are in :mod:`site_builder.migrations`.  This module reads the project, shows the changes, and writes
all files or none.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder import check, migrations
from site_builder.cli.report import Outcome
from site_builder.edges import load, write
from site_builder.model import FORMAT
from site_builder.source import read


def run(folder: Path, *, dry_run: bool) -> Outcome:
    """Update the project in ``folder`` to the present format.

    Nothing is written, and ``refused`` is true, if a file cannot be read, if a step finds an error, or if the
    changed project could not be read.  A project in the present format gives one line, ``the project has
    format 4 already``, and no problems, also with ``dry_run``.  Else ``lines`` has the formats, what each
    step did, and a line for each changed file.  The rules of a build are not applied.

    The lines are ``format 1 → format 4``, each step indented by two spaces, ``PATH: new, 12 lines`` or
    ``PATH: 2 lines added, 1 removed``.

    :param dry_run: write nothing; ``lines`` are those of a unified diff of all files instead.
    :raises OSError: if a file operation fails; every file is then as before.
    """
    sources, problems = load.sources(folder)
    project, unreadable = read.project(sources, read.unread(problems))
    errors = check.errors([*problems, *unreadable])
    if project is None or errors:
        return Outcome(problems=tuple(check.ordered(errors)), refused=True)
    since = project.site.format
    if since == FORMAT:
        return Outcome(problems=(), refused=False, lines=(f"the project has format {FORMAT} already",))
    found = migrations.migrate(sources, since)
    _, after = read.project({**sources, **found.files})
    shown = tuple(check.ordered([*found.problems, *check.errors(after)]))
    if check.errors(list(shown)):
        return Outcome(problems=shown, refused=True)
    if dry_run:
        return Outcome(problems=shown, refused=False, lines=tuple(_diffs(sources, found.files)))
    _write(folder, found.files)
    return Outcome(problems=shown, refused=False, lines=tuple(_summary(sources, found, since)))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write every file with the line ends and the byte order mark that it has on disk."""
    places = {load.on_disk(folder, name): text for name, text in files.items()}
    write.together({path: write.as_on_disk(path, text) for path, text in places.items()})


def _diffs(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name, text in after.items():
        old = before.get(name)
        yield from difflib.unified_diff(
            (old or "").splitlines(),
            text.splitlines(),
            f"a/{name}" if old is not None else "/dev/null",
            f"b/{name}",
            lineterm="",
        )


def _summary(before: Mapping[str, str], found: migrations.Migrated, since: int) -> Iterator[str]:
    yield f"format {since} → format {FORMAT}"
    yield from (f"  {step.says}" for step in found.steps)
    for name, text in found.files.items():
        old = before.get(name)
        if old is None:
            yield f"{name}: new, {len(text.splitlines())} lines"
        else:
            yield f"{name}: {_count(old, text)}"


def _count(old: str, new: str) -> str:
    """The numbers of added and removed lines, in words."""
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""))[2:]
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    return f"{added} lines added, {removed} removed"
