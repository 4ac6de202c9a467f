"""The command ``import-tags``: imports tags from a file of another program.

The file is read (:mod:`site_builder.importing`), checked against the codebook and the text, and converted to
a coder's files in memory.  Statements that cannot be imported are reported and left out.  The project with
these files is checked as for a build.  If it has no errors, the tags are written to
``annotations/WORK/tags/CODER/imported.yaml``.  A file that a person wrote is never overwritten, and the
comments that a person added to an imported file stay.
"""

from __future__ import annotations

import json
import re
from argparse import Namespace
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from site_builder import check
from site_builder.cli import report
from site_builder.cli.report import Outcome, Refused
from site_builder.edges import guard, load, write
from site_builder.edges.reasons import reason
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index
from site_builder.formats import readers
from site_builder.importing import Imported, Statement, resolve, untrusted
from site_builder.importing.problems import LEFT_OUT
from site_builder.importing.resolve import Resolved
from site_builder.importing.rewrite import rewritten
from site_builder.model import Place, Problem, Project, Tagging
from site_builder.model.values.naming import ID
from site_builder.source import read

_IMPORTED = "imported.yaml"


def take(folder: Path, options: Namespace) -> Outcome:
    """Import the file that the options name into the project in ``folder``.

    All files are written or none: none with ``dry_run``, with an error, and without a tag that can be
    imported.  Without ``strict``, a statement that is left out is a review with the message
    ``left out: MESSAGE``.  The report is written in all these cases.  Of the exceptions, only that of a file
    of tags that cannot be written comes after the report.

    The lines are, for each file, ``PATH: written, 3 tags of 2 passages`` (``would be written`` with
    ``dry_run``); ``quotations: 3 exact, 1 moved`` or ``quotations: none``;
    ``left out: 2 statements (2 I002); --strict takes all or nothing``, if there are any;
    ``what NAME cannot carry:``, always, with a line for each item, indented.

    :param options: those of the command ``import-tags``; all must be there: ``file``, ``coder`` and
        ``accept`` (lists), ``strict``, ``replace`` and ``dry_run`` (true or false), ``report`` (a path or
        ``None``) and ``format`` (a name in :data:`.report.FORMATS`).
    :returns: problems in order of place; ``lines`` is empty if nothing may be written because of an error.
    :raises Refused: if the file or the project cannot be read, if the project has errors, if the coder of the
        tags is not clear, if ``report`` names a source or another file, or if a file cannot be written.  Its
        ``usage`` is true for a file to import that cannot be read, for such a ``report``, and for a name of a
        coder that is no id.
    """
    if options.report is not None:
        _reportable(options.report, folder, options.file)
    with _opened(options.file) as file:
        base = load.checked(folder)
        project, index = base.project, base.index
        if not base.sound or project is None or index is None:
            raise Refused("the project must have no errors", f"fix them first: site-builder check {folder}")
        form, found = _read(file, options.file, project, index)
    statements = _renamed(found, options.coder)
    resolved = resolve.resolve(statements, index, project.grid.limits, accept=options.accept)
    problems = [*found.problems, *resolved.problems, *_free(project, resolved, options)]
    too_long = list(_too_long(resolved, options.file))
    problems += too_long
    files = {} if too_long else resolve.files(resolved, Path(options.file).name)
    sources, _ = load.sources(folder)
    files = {name: rewritten(sources.get(name, ""), text) for name, text in files.items()}
    if not options.strict:
        problems = [_left_out(problem) for problem in problems]
    if not files and not check.errors(problems):
        problems.append(_empty(options.file, left_out=bool(problems)))
    if not check.errors(problems):
        problems += _consequences(sources, base.problems, files, resolved)
    ordered = tuple(check.ordered(problems))
    refused = bool(check.errors(problems))
    if options.report is not None:
        _save(options.report, report.FORMATS[options.format](ordered))
    if not refused and not options.dry_run:
        _write(folder, files)
    lines = () if refused else tuple(_lines(resolved, found, form, options))
    return Outcome(problems=ordered, refused=refused, lines=lines)


def _opened(path: str) -> BinaryIO:
    try:
        return untrusted.regular(Path(path))
    except untrusted.Unsafe as error:
        raise Refused(f"{path} cannot be read: {error}", error.hint, usage=True) from error
    except OSError as error:
        raise Refused(f"{path} cannot be read: {reason(error)}", "name a file", usage=True) from error


def _read(file: BinaryIO, path: str, project: Project, index: Index) -> tuple[readers.Form, Imported]:
    try:
        form = readers.of_file(file)
        return form, form.read(file, path, project, index)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {reason(error)}", "try again", usage=True) from error


def _left_out(problem: Problem) -> Problem:
    """The problem of a statement that is left out, as a review."""
    if problem.level == "review" or problem.code not in LEFT_OUT:
        return problem
    return replace(problem, message=f"left out: {problem.message}", level="review")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    try:
        guard.inside(folder, map(folder.joinpath, files))
        write.together({folder / name: text.encode() for name, text in files.items()})
    except write.WriteRefused as error:
        raise Refused(str(error), "replace the link by a folder") from error
    except OSError as error:
        message = f"{', '.join(files)} cannot be written: {reason(error)}"
        raise Refused(message, "look at its folder and the free space; nothing was written") from error


LONGEST = 1_500_000
"""The largest number of characters of one coder's tags for one work; a larger file could not be read."""


def _too_long(resolved: Resolved, path: str) -> Iterator[Problem]:
    for (coder, work), rows in resolved.tags.items():
        count = _characters(rows)
        if count > LONGEST:
            yield Problem(
                place=Place(path=path),
                code="I001",
                message=f"the tags of {coder} of {work} must have at most {LONGEST} characters, not {count}",
                hint="shorten the notes",
            )


def _characters(value: object) -> int:
    """The number of characters of all texts in a value that is written as YAML."""
    if isinstance(value, Mapping):
        return sum(map(_characters, value.values()))
    if isinstance(value, list):
        return sum(map(_characters, value))
    return len(value) if isinstance(value, str) else 0


def _empty(path: str, *, left_out: bool) -> Problem:
    message, hint = "the file must hold tags; none was found in it", "export them again"
    if left_out:
        message, hint = "the file must hold tags that can be taken", "correct what is reported, and try again"
    return Problem(place=Place(path=path), code="I001", message=message, hint=hint)


# --- the report ---------------------------------------------------------------------------------

_LINES = {
    "text": re.compile(r".*:[0-9]+:[0-9]+: [A-Z][0-9]{3} "),
    "github": re.compile(r"::(?:error|warning) file=.*,line="),
}


def _reportable(path: Path, folder: Path, source: str) -> None:
    """Refuse a report that would overwrite a source, or a file that is not a report; and ``-``, which names
    standard output in other commands.
    """
    if str(path) == "-":
        raise Refused("a report is written to a file", "leave out --report to print it", usage=True)
    try:
        guard.sources(path, folder)
    except write.WriteRefused as error:
        raise Refused(str(error), "name another file", usage=True) from error
    if path.resolve() == Path(source).resolve():
        raise Refused(f"{path} is the file that is read", "name another file", usage=True)
    if not path.exists():
        return
    try:
        ours = path.is_file() and _is_report(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        ours = False
    if not ours:
        raise Refused(f"{path} exists and is no report", "name another file with --report", usage=True)


def _is_report(content: str) -> bool:
    """Whether a file was written by this command; an empty file is a report without problems."""
    if content.startswith("["):
        try:
            found = json.loads(content)
        except ValueError:
            return False
        return all(isinstance(one, dict) and {"path", "level", "code"} <= one.keys() for one in found)
    lines = content.splitlines()
    return any(all(pattern.match(line) for line in lines) for pattern in _LINES.values())


def _save(path: Path, content: str) -> None:
    try:
        write.text(path, f"{content}\n" if content else "")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {reason(error)}", "look at its folder") from error


# --- names of coders ------------------------------------------------------------------------------


def _renamed(found: Imported, wanted: Sequence[str]) -> tuple[Statement, ...]:
    """The statements, with the coder names that the options give."""
    theirs = list(dict.fromkeys(statement.coder for statement in found.statements))
    names = {coder: coder for coder in theirs}
    for one in wanted:
        old, equals, new = one.rpartition("=")
        if not re.fullmatch(ID, new):
            raise Refused(f"{new!r} must be an id", "a letter, then letters, digits and hyphens", usage=True)
        if not equals and len(theirs) > 1:
            hint = " ".join(f"--coder {coder}=NAME" for coder in theirs)
            raise Refused(f"the file has {len(theirs)} coders: {', '.join(theirs)}", f"name each: {hint}")
        if equals and old not in names and theirs:
            raise Refused(f"the file has no coder {old!r}", f"it has: {', '.join(theirs)}")
        names |= dict.fromkeys([old] if equals else theirs, new)
    twice = [name for name, times in Counter(names.values()).items() if times > 1]
    if twice:
        raise Refused(f"two coders of the file must not both be {twice[0]}", "give each a name of its own")
    return tuple(replace(statement, coder=names[statement.coder]) for statement in found.statements)


def _free(project: Project, resolved: Resolved, options: Namespace) -> Iterator[Problem]:
    """The problems of coders who already have tags in the project."""
    for coder, work in resolved.tags:
        path = resolve.path_of(coder, work)
        own = {t.place.path for t in project.taggings if (t.coder, t.work) == (coder, work)}
        if not own or (options.replace and own == {path}):
            continue
        if own == {path}:
            hint = "--replace writes over what was taken in before, --coder NAME takes it in as another's"
        else:
            hint = f"--coder {coder}=NAME takes the tags in as another's"
        yield Problem(
            place=Place(path=options.file),
            code="I006",
            message=f"a coder must be new to the project; {coder} has tagged {work} already",
            hint=hint,
        )


# --- consequences ---------------------------------------------------------------------------------


def _consequences(
    sources: Mapping[str, str], before: Sequence[Problem], files: Mapping[str, str], resolved: Resolved
) -> Iterator[Problem]:
    """The new problems that the project would have with these files, at their places in the imported file.

    That ``annotations/coders.yaml`` lacks a record of the coder is left to ``check``.
    """
    known = {(problem.code, problem.message) for problem in before}
    project, problems = read.project(dict(sorted({**sources, **files}.items())))
    if project is not None:
        problems = [*problems, *check.run(Edition.of(project))]
    origins = _Origins(project, files, resolved)
    for problem in problems:
        if problem.place.path in files:
            yield origins.at_home(problem)
        elif (problem.code, problem.message) not in known and problem.code != "K002":
            yield problem


class _Origins:
    """Maps places in files that are not written yet to their places in the imported file."""

    def __init__(self, project: Project | None, files: Mapping[str, str], resolved: Resolved) -> None:
        self.places: dict[str, list[tuple[Place, Place]]] = {name: [] for name in files}
        for tagging in project.taggings if project is not None else ():
            if tagging.place.path in files:
                self.places[tagging.place.path] += _pairs(tagging, resolved)
        for pairs in self.places.values():
            pairs.sort()

    def at_home(self, problem: Problem) -> Problem:
        pairs = self.places[problem.place.path]
        at = bisect_right([ours for ours, _ in pairs], problem.place) - 1
        return replace(problem, place=pairs[at][1] if at >= 0 else problem.place)


def _pairs(tagging: Tagging, resolved: Resolved) -> Iterator[tuple[Place, Place]]:
    of = (tagging.coder, tagging.work, tagging.passage)
    yield tagging.place, resolved.places[(*of, "", 0)]
    for number, cell in enumerate(tagging.cells):
        yield cell.place, resolved.places[(*of, "cells", number)]
    numbers: Counter[str] = Counter()
    for entry in tagging.entries:
        yield entry.place, resolved.places[(*of, entry.facet, numbers[entry.facet])]
        numbers[entry.facet] += 1


# --- output ---------------------------------------------------------------------------------------


def _lines(resolved: Resolved, found: Imported, form: readers.Form, options: Namespace) -> Iterator[str]:
    verb = "would be written" if options.dry_run else "written"
    for (coder, work), rows in resolved.tags.items():
        tags = sum(len(value) for row in rows.values() for value in row.values() if isinstance(value, list))
        yield f"{resolve.path_of(coder, work)}: {verb}, {_many(tags, 'tag')} of {_many(len(rows), 'passage')}"
    counts = ", ".join(f"{number} {kind}" for kind, number in resolved.verdicts.items() if number)
    yield f"quotations: {counts or 'none'}"
    left_out = Counter(found.left_out) + Counter(resolved.left_out)
    if left_out:
        codes = ", ".join(f"{number} {code}" for code, number in sorted(left_out.items()))
        yield f"left out: {_many(left_out.total(), 'statement')} ({codes}); --strict takes all or nothing"
    yield f"what {form.name} cannot carry:"
    yield from (f"  {line}" for line in found.lost)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
