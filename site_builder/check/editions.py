"""Rules for the snapshots of earlier editions, and for the reasons of changes (family V)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.check.works import SOURCES
from site_builder.edition.changes import Changes
from site_builder.edition.edition import Edition
from site_builder.edition.index import grouped
from site_builder.edition.reasons import names
from site_builder.model import Problem
from site_builder.model.hints import unknown
from site_builder.records import replace


def snapshots_are_of_their_edition(edition: Edition) -> Iterator[Problem]:
    """V001 The name of a snapshot must be the version of its edition: 1.0.yaml has edition: "1.0".

    One error for each snapshot, at its beginning: ``the snapshot '1.0' must be of edition 1.0, not of 1.1``.
    The folder does not matter.
    """
    for one in edition.project.snapshots:
        name = one.place.path.rpartition("/")[2].removesuffix(".yaml")
        if name != one.edition:
            yield Problem(
                place=one.place,
                code="V001",
                message=f"the snapshot '{name}' must be of edition {name}, not of {one.edition}",
                hint=f"rename it to {one.edition}.yaml, or write it again with 'site-builder release'",
            )


def reasons_name_a_change(edition: Edition) -> Iterator[Problem]:
    """V002 (review) A reason must name an edition that has an earlier one, and something that this edition
    changed. While the version is that of a snapshot, reasons may be for the next edition.

    One review for each reason, at the reason: ``unknown edition with an earlier one: 3.0``, or
    ``edition 2.0 changed nothing that is called p99``. While the version is that of a snapshot, there are
    only those of the second kind: whether an edition is unknown, or is the first, is not examined. No reasons
    give none.
    """
    project = edition.project
    if not project.reasons:
        return
    is_kept = any(one.edition == project.site.version for one in project.snapshots)
    given = grouped((reason.edition, reason.of) for reason in project.reasons)
    changed = {
        found.after.edition: _found(given.get(found.after.edition, ()), found) for found in edition.history
    }
    for reason in project.reasons:
        if reason.edition not in changed and is_kept:
            continue
        if reason.edition not in changed:
            found = unknown(reason.place, "V002", "edition with an earlier one", reason.edition, changed)
            yield replace(found, level="review", unless=SOURCES)
        elif reason.of not in changed[reason.edition]:
            yield Problem(
                place=reason.place,
                code="V002",
                message=f"edition {reason.edition} changed nothing that is called {reason.of}",
                hint="'site-builder diff OLD NEW' prints what changed; correct 'of:', or remove the reason",
                level="review",
                unless=SOURCES,
            )


def _found(given: Iterable[str], changes: Changes) -> set[str]:
    """Those of the given names by which a change can be named."""
    found: set[str] = set()
    waiting = set(given)
    for change in changes.changes:
        if not waiting:
            break
        own = waiting & names(change)
        found |= own
        waiting -= own
    return found
