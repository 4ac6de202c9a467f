"""Tags from elsewhere on disk: what ``site-builder import-tags`` does.

A foreign file is read (:mod:`site_builder.intake`), held to the codebook and the text, written out as a
coder's files in memory, and the project with these files is read and checked as for a build.  Only where
all of that is sound is anything written, to ``annotations/WORK/tags/CODER/imported.yaml``, and never over
what a person wrote.
"""

from __future__ import annotations

import re
from argparse import Namespace
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder import build, check, guard, load, read, write
from site_builder.intake import Intake, Mark, formats, safely, settle
from site_builder.intake.settle import Settled
from site_builder.links import link
from site_builder.model import Place, Problem, Project, Tagging
from site_builder.prose import ID

_IMPORTED = "imported.yaml"


class Refused(Exception):
    """Nothing is read at all; ``hint`` is the next act, ``usage`` whether the call itself was wrong."""

    def __init__(self, message: str, hint: str, *, usage: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.usage = usage


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What came of it: every problem, whether they kept it from being written, and what is to be told."""

    problems: tuple[Problem, ...]
    refused: bool
    told: tuple[str, ...] = ()


def take(folder: Path, options: Namespace) -> Taken:
    """Read the file of the options into the project in ``folder``.

    :raises Refused: where the file or the project cannot be read, or it is not clear whose the tags are.
    """
    data = _data(options.file)
    base = build.checked(folder)
    project, links = base.project, base.links
    if not base.sound or project is None or links is None:
        raise Refused("the project must have no faults", f"mend them first: site-builder check {folder}")
    form = formats.of(data)
    found = form.read(data, options.file, project, links)
    marks = _renamed(found, options.coder)
    settled = settle.settle(marks, links, accept=options.accept, leave_out=options.leave_out)
    files = settle.files(settled, Path(options.file).name)
    problems = [*found.problems, *settled.problems, *_free(project, settled, options)]
    if not files and not check.errors(problems):
        problems.append(_empty(options.file))
    if not check.errors(problems):
        problems += _consequences(folder, base.problems, files, settled)
    ordered = tuple(check.ordered(problems))
    if check.errors(problems):
        return Taken(problems=ordered, refused=True)
    if not options.dry_run:
        _write(folder, files)
    told = _told(settled, found, form, options.dry_run)
    return Taken(problems=ordered, refused=False, told=tuple(told))


def _data(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(safely.LARGEST + 1)  # of what is too large no more is needed to say so
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}", "name a file", usage=True) from error


def _write(folder: Path, files: Mapping[str, str]) -> None:
    try:
        guard.inside(folder, map(folder.joinpath, files))
        write.together({folder / name: text.encode() for name, text in files.items()})
    except write.NotOurs as error:
        raise Refused(str(error), "replace the link by a folder") from error
    except OSError as error:
        message = f"{', '.join(files)} cannot be written: {error.strerror}"
        raise Refused(message, "look at its folder and the free space; nothing was written") from error


def _empty(path: str) -> Problem:
    message, hint = "the file must hold tags; none was found in it", "export them again"
    return Problem(place=Place(path=path), code="I001", message=message, hint=hint)


# --- whose they are -------------------------------------------------------------------------------


def _renamed(found: Intake, wanted: Sequence[str]) -> tuple[Mark, ...]:
    """The marks, with their coders called as was asked."""
    theirs = list(dict.fromkeys(mark.coder for mark in found.marks))
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
    return tuple(replace(mark, coder=names[mark.coder]) for mark in found.marks)


def _free(project: Project, settled: Settled, options: Namespace) -> Iterator[Problem]:
    """The faults of coders whose tags stand in the project already."""
    for coder, work in settled.tags:
        path = settle.path_of(coder, work)
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


# --- what would follow ----------------------------------------------------------------------------


def _consequences(
    folder: Path, before: Sequence[Problem], files: Mapping[str, str], settled: Settled
) -> Iterator[Problem]:
    """The problems that the project would have with these files and has not now, at their origins."""
    known = {(problem.code, problem.message) for problem in before}
    sources, _ = load.sources(folder)
    project, problems = read.project(dict(sorted({**sources, **files}.items())))
    if project is not None:
        problems = [*problems, *check.run(project, link(project))]
    origins = _Origins(project, files, settled)
    for problem in problems:
        if problem.place.path in files:
            yield origins.at_home(problem)
        elif (problem.code, problem.message) not in known:
            yield problem


class _Origins:
    """From places in files that are not written yet to those that they came from."""

    def __init__(self, project: Project | None, files: Mapping[str, str], settled: Settled) -> None:
        self.places: dict[str, list[tuple[Place, Place]]] = {name: [] for name in files}
        for tagging in project.taggings if project is not None else ():
            if tagging.place.path in files:
                self.places[tagging.place.path] += _pairs(tagging, settled)
        for pairs in self.places.values():
            pairs.sort()

    def at_home(self, problem: Problem) -> Problem:
        pairs = self.places[problem.place.path]
        at = bisect_right([ours for ours, _ in pairs], problem.place) - 1
        return replace(problem, place=pairs[at][1] if at >= 0 else problem.place)


def _pairs(tagging: Tagging, settled: Settled) -> Iterator[tuple[Place, Place]]:
    of = (tagging.coder, tagging.work, tagging.passage)
    yield tagging.place, settled.places[(*of, "", 0)]
    for number, cell in enumerate(tagging.cells):
        yield cell.place, settled.places[(*of, "cells", number)]
    numbers: Counter[str] = Counter()
    for entry in tagging.entries:
        yield entry.place, settled.places[(*of, entry.facet, numbers[entry.facet])]
        numbers[entry.facet] += 1


# --- what is told ---------------------------------------------------------------------------------


def _told(settled: Settled, found: Intake, form: formats.Form, dry: bool) -> Iterator[str]:
    verb = "would be written" if dry else "written"
    for (coder, work), rows in settled.tags.items():
        tags = sum(len(value) for row in rows.values() for value in row.values() if isinstance(value, list))
        yield f"{settle.path_of(coder, work)}: {verb}, {_many(tags, 'tag')} of {_many(len(rows), 'passage')}"
    counts = ", ".join(f"{number} {kind}" for kind, number in settled.verdicts.items() if number)
    yield f"quotations: {counts or 'none'}"
    yield f"what {form.name} cannot carry:"
    yield from (f"  {line}" for line in found.lost)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
