"""Project → snapshots: what an edition says, kept in files, and the editions that are kept.

The items are those of :mod:`site_builder.edition.items`.  Two snapshots are compared by
:mod:`site_builder.edition.changes`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import groupby

from site_builder.edition import items, ledger_text
from site_builder.model import Project
from site_builder.model.memory import Memory
from site_builder.model.snapshot import OF_WORKS, Item, Snapshot
from site_builder.records import dataclass, replace

HEADER = """\
# What edition {edition} says. Written by `site-builder release`; a published edition does not change.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """All snapshots of one edition: the items of its works and all others, in the order of the edition."""

    edition: str
    date: dt.date
    language: str
    items: tuple[Item, ...]


def of_project(project: Project, memory: Memory | None = None) -> Release:
    """What a project says now.

    The items come part by part: text, apparatus, record, prose, tags, codebook, notes, edges, coders,
    project.  Each has an id of its own within its part: a second item with the id of another gets ``~2``
    after it, a third ``~3``.

    :param memory: of earlier calls.
    """
    site = project.site
    return Release(
        edition=site.version,
        date=site.date,
        language=site.language,
        items=tuple(_distinct(items.items(project, memory or Memory()))),
    )


def releases(snapshots: Iterable[Snapshot]) -> tuple[Release, ...]:
    """The editions of snapshots, the oldest first: by date, then by version, in which numbers count by value
    (``1.9`` before ``1.10``, ``1.0`` before ``1.0b``).

    The snapshots of one edition are joined in the order given, with the latest of their dates, and with the
    language of the one that belongs to no work, or else of the first.
    """
    found: dict[str, Release] = {}
    for one in snapshots:
        known = found.get(one.edition)
        before = known.items if known else ()
        language = one.language if known is None or not one.work else known.language
        date = max(one.date, known.date) if known else one.date
        found[one.edition] = Release(
            edition=one.edition, date=date, language=language, items=(*before, *one.items)
        )
    return tuple(sorted(found.values(), key=lambda one: (one.date, _natural(one.edition))))


def _natural(version: str) -> tuple[tuple[int, str], ...]:
    """A version as a key of order: ``1.10`` is after ``1.9``."""
    parts = ("".join(group) for _, group in groupby(version, str.isdigit))
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _distinct(every: Iterable[Item]) -> Iterator[Item]:
    seen: dict[tuple[str, str], int] = {}
    for item in every:
        count = seen[item.key] = seen.get(item.key, 0) + 1
        yield item if count == 1 else replace(item, id=f"{item.id}~{count}")


# --- files ----------------------------------------------------------------------------------------


def files(project: Project) -> dict[str, str]:
    """The files of the snapshots of a project: path → text, one item on a line.  Nothing is written.

    The headings, passages, apparatus and record of a work are in ``corpus/WORK/editions/EDITION.yaml``; all
    others, also tags and notes, are in ``annotations/editions/EDITION.yaml``, which comes first.  A text is a
    comment, ``edition: "1.0"``, ``date: "2026-11-24"``, ``language: "en"``, ``items:``, then a line
    ``  - {part: "text", kind: "passage", id: "canal#p1", …}`` for each item, without empty fields.  A file
    without items has ``items: []``.  Every line ends with a line feed.
    """
    release = of_project(project)
    name = f"editions/{release.edition}.yaml"
    found = {f"annotations/{name}": _dumped(release, "")}
    for work in project.works:
        found[f"corpus/{work.id}/{name}"] = _dumped(release, work.id)
    return found


def _dumped(release: Release, work: str) -> str:
    """The file of a work, or of all items that belong to none."""
    own = [item for item in release.items if _work_of(item) == work]
    head = {"edition": release.edition, "date": release.date.isoformat(), "language": release.language}
    lines = [HEADER.format(edition=release.edition).rstrip()]
    lines += [f"{key}: {ledger_text.flow(value)}" for key, value in head.items()]
    lines += ["items:" if own else "items: []", *(f"  - {ledger_text.flow(_plain(item))}" for item in own)]
    return "\n".join(lines) + "\n"


def _work_of(item: Item) -> str:
    return item.id.partition("#")[0] if item.part in OF_WORKS else ""


def _plain(item: Item) -> dict[str, object]:
    values = {one.name: getattr(item, one.name) for one in fields(item) if one.name != "place"}
    return {name: value for name, value in values.items() if value}
