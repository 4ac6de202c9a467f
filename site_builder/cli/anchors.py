"""The command ``anchors``: updates the ledgers on disk.

``corpus/WORK/anchors.yaml`` has the ids of a text, ``annotations/anchors.yaml`` all other addresses.  Only
changed lines are written; comments, blank lines and the order of a file stay.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from site_builder import check
from site_builder.edges import load, write
from site_builder.edition import anchors, assign, ledgers, recording
from site_builder.edition.recording import Ledger, State
from site_builder.model import NOWHERE, Problem, Project, Work
from site_builder.source import read
from site_builder.source.yamlio.comments import comments


def change(folder: Path, options: Namespace) -> str:
    """Record new ids, and the one change that the options request.

    From format 2 on, blocks of the editors' pages without an id get one first.  Without ``work`` and ids, all
    ledgers are updated; in format 1 only that of a text.  With ``next``, nothing is written, and the result
    is the next id alone: ``p38``.

    :param options: those of the command ``anchors``; all must be there: ``accept``, ``merge``, ``withdraw``
        and ``into`` (lists of ids), ``split`` (an id) and ``work`` (``None`` for none), ``reason`` (``""``
        for none), and ``next`` (true or false).
    :returns: what was done, one line for each file: ``PATH: 2 recorded, 1 changed``, ``PATH: nothing new``,
        ``PATH: ids written``.
    :raises ValueError: if the change is not valid, if it needs one work and there are several, or if a file
        with the ids cannot be read.
    :raises OSError: if a file operation fails; every file is then as before.
    """
    sources, problems = load.sources(folder)
    project = _project(sources, problems)
    if options.next:
        work = _one(project, options.work)
        return anchors.next_id(work.ledger, work.blocks)
    files: dict[str, str] = {}
    if project.site.format > 1:
        files = assign.assigned(project, sources)
        project = _project({**sources, **files}, problems) if files else project
    lines = [f"{name}: ids written" for name in files]
    unreadable = [*problems, *read.project({**sources, **files}, read.unread(problems))[1]]
    wanted: dict[str, Ledger] = {}
    for kept in _ledgers(project, options):
        _refuse_unread(kept, unreadable)
        wanted[kept.path] = new = _changed(kept.state, options)
        if new == kept.state.ledger and kept.path in sources:
            lines.append(f"{kept.path}: nothing new")
            continue
        old = sources.get(kept.path)
        files[kept.path] = kept.text(old, new, comments(old or ""))
        lines.append(_summary(kept, new))
    _verify({**sources, **files}, wanted)
    _write(folder, files)
    return "\n".join(lines)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    places = {load.on_disk(folder, name): text for name, text in files.items()}
    write.together({path: write.as_on_disk(path, text) for path, text in places.items()})


def _summary(kept: ledgers.Kept, new: Ledger) -> str:
    known = {anchor.id: anchor for anchor in kept.state.ledger}
    added = len(new) - len(kept.state.ledger)
    other = sum(anchor != known[anchor.id] for anchor in new if anchor.id in known)
    return f"{kept.path}: {added} recorded, {other} changed"


# --- ledgers and their changes --------------------------------------------------------------------


def _ledgers(project: Project, options: Namespace) -> Sequence[ledgers.Kept]:
    named = [*options.accept, *options.merge, *options.withdraw, *options.into]
    named += [options.split] if options.split else []
    outside = [id_ for id_ in named if ".html" in id_]
    if outside and len(outside) < len(named):
        raise ValueError("name ids of one text, or addresses of the site, not both.")
    if outside and project.site.format < 2:
        raise ValueError("a project of format 1 has no ledger of addresses: see site-builder migrate.")
    with_sentences = project.site.format > 1
    if outside:
        return (ledgers.of_project(project),)
    if named or options.work or not with_sentences:
        return (ledgers.of_work(_one(project, options.work), with_sentences=with_sentences),)
    return (
        *(ledgers.of_work(work, with_sentences=True) for work in project.works),
        ledgers.of_project(project),
    )


def _one(project: Project, wanted: str | None) -> Work:
    found = [work for work in project.works if wanted in (None, work.id)]
    if len(found) != 1:
        ids = ", ".join(work.id for work in project.works)
        raise ValueError(f"name one work with --work: {ids}")
    return found[0]


def _changed(state: State, options: Namespace) -> Ledger:
    """The ledger after the change that the options request."""
    edition = state.edition
    ledger = recording.updated(state, options.accept)
    if options.split:
        ledger = anchors.split(ledger, options.split, options.into, edition)
    if options.merge:
        if len(options.into) != 1:
            raise ValueError("ids are merged into one id")
        ledger = anchors.merge(ledger, options.merge, options.into[0], edition)
    for id_ in options.withdraw:
        ledger = anchors.withdraw(ledger, id_, options.reason, edition)
    return recording.settled(ledger, state)


# --- refusals -------------------------------------------------------------------------------------


def _project(sources: Mapping[str, str], problems: Sequence[Problem]) -> Project:
    project, unreadable = read.project(sources, read.unread(problems))
    if project is None:
        raise ValueError(f"the project cannot be read: {check.errors([*problems, *unreadable])[0]}")
    return project


def _refuse_unread(kept: ledgers.Kept, unreadable: Sequence[Problem]) -> None:
    """Refuse to change a ledger while a file with its ids has errors."""
    for problem in check.errors(list(unreadable)):
        if _concerns(kept.path, f"{problem.place.path}/"):
            raise ValueError(f"what {kept.path} is about cannot be read whole: {problem}")


def _concerns(ledger: str, path: str) -> bool:
    if ledger != ledgers.ADDRESSES:
        return path.startswith(ledger.removesuffix("anchors.yaml"))
    return "/tags/" not in path


def _verify(sources: Mapping[str, str], wanted: Mapping[str, Ledger]) -> None:
    """Check that the written ledgers would contain exactly the wanted lines."""
    project, unreadable = read.project(sources)
    if project is None:
        raise ValueError(f"the changed ledger could not be read: {unreadable[0]}")
    for kept in _every(project):
        if kept.path in wanted and _plain(kept.state.ledger) != _plain(wanted[kept.path]):
            raise ValueError(f"{kept.path} could not be changed line by line; write one anchor a line.")


def _every(project: Project) -> Iterator[ledgers.Kept]:
    for work in project.works:
        yield ledgers.of_work(work, with_sentences=project.site.format > 1)
    yield ledgers.of_project(project)


def _plain(ledger: Ledger) -> set[str]:
    """The lines without their places and their order."""
    return {repr(replace(anchor, place=NOWHERE)) for anchor in ledger}
