"""The ledger on disk: what ``site-builder anchors`` does to ``corpus/WORK/anchors.yaml``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder import anchors, check, load, read, write
from site_builder.model import Anchor, Work


def change(folder: Path, options: Namespace) -> str:
    """Record new ids, and the one change that the options ask for.

    :returns: what was done, in a sentence.
    :raises ValueError: where the change makes no sense, or the project cannot be read so far.
    """
    work = _work(folder, options.work)
    if options.next:
        return anchors.next_id(work.ledger, work.blocks)
    changed = _changed(work, options)
    path = folder / work.folder / "anchors.yaml"
    if changed == work.ledger and path.exists():
        return f"{work.folder}/anchors.yaml: nothing new"
    write.text(path, anchors.dump(changed))
    added = len(changed) - len(work.ledger)
    known = {anchor.id: anchor for anchor in work.ledger}
    other = sum(anchor != known[anchor.id] for anchor in changed if anchor.id in known)
    return f"{work.folder}/anchors.yaml: {added} recorded, {other} changed"


def _changed(work: Work, options: Namespace) -> tuple[Anchor, ...]:
    edition = work.record.edition
    ledger = anchors.record(work.ledger, work.blocks, edition)
    if options.accept:
        return anchors.accept(ledger, work.blocks, options.accept, edition)
    if options.split:
        return anchors.split(ledger, options.split, options.into, edition)
    if options.merge:
        if len(options.into) != 1:
            raise ValueError("ids are merged into one id")
        return anchors.merge(ledger, options.merge, options.into[0], edition)
    if options.withdraw:
        return anchors.withdraw(ledger, options.withdraw, options.reason, edition)
    return ledger


def _work(folder: Path, wanted: str | None) -> Work:
    sources, problems = load.sources(folder)
    project, faults = read.project(sources, load.unread(problems))
    if project is None:
        first = check.errors([*problems, *faults])[0]
        raise ValueError(f"the project cannot be read: {first}")
    found = [work for work in project.works if wanted in (None, work.id)]
    if len(found) != 1:
        ids = ", ".join(work.id for work in project.works)
        raise ValueError(f"name one work with --work: {ids}")
    here = f"{found[0].folder}/"
    broken = [p for p in check.errors([*problems, *faults]) if f"{p.place.path}/".startswith(here)]
    if broken:
        raise ValueError(f"the work cannot be read whole: {broken[0]}")
    return found[0]
