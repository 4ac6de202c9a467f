"""The conductor: sources → project → checks → pages → files.

    load ─> read ─> link ─> check ─> press (pages ─> render ─> export) ─> files

Nothing is written here: what comes out is either faults or the whole site as bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder import check
from site_builder.check import manual, reviews
from site_builder.edition.index import Links, link
from site_builder.model import Problem, Project
from site_builder.source import read

if TYPE_CHECKING:
    from site_builder.formats.format import Format

Say = Callable[[str], None]
# What prints is imported where it prints: to check a project needs neither templates nor formats.


UNRECORDED = ("A001", "A003", "A004", "A008", "A009")
"""Codes of words that the ledgers do not know yet.  They stop a build, and not a preview."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A project that was read and checked, with every problem found, in order of place."""

    project: Project | None
    links: Links | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return self.project is not None and not check.errors(list(self.problems))

    @property
    def showable(self) -> bool:
        """Whether a preview can be made: sound, but for words that no ledger knows yet.

        Who writes a page sees it before its ids are recorded; the ids of new words may still change.
        """
        errors = check.errors(list(self.problems))
        return self.project is not None and all(error.code in UNRECORDED for error in errors)


def check_sources(sources: Mapping[str, str], problems: Sequence[Problem] = ()) -> Checked:
    """Read a project from the texts of its files, and run every rule over it.

    :param sources: path → text.
    :param problems: what was found when the files were read; it is part of the result.
    """
    project, faults = read.project(sources, read.unread(problems))
    found = [*problems, *faults]
    links = link(project) if project is not None else None
    if project is not None and links is not None:
        unread = read.unread(found)
        found += check.run(project, links, unread)
        known = manual.rules() if project.answers else {}
        found = reviews.applied(project.answers, found, known, whole=not unread)
    return Checked(project=project, links=links, problems=tuple(check.ordered(found)))


def site(
    project: Project, links: Links, *, with_text: bool = True, say: Say = lambda _: None
) -> Mapping[str, bytes]:
    """Every file of the site of a sound project: path → bytes.

    The same input gives the same bytes.
    """
    from site_builder.pipeline.assemble import Press
    from site_builder.site.presenter import Desk

    return Press(Desk(project, links, with_text=with_text), say).site()[0]


def export(
    project: Project, links: Links, form: Format, *, with_text: bool = True, say: Say = lambda _: None
) -> Mapping[str, bytes]:
    """The files of one format, by their paths in the site; the same bytes as there."""
    from site_builder.pipeline.assemble import Press
    from site_builder.site.presenter import Desk

    return Press(Desk(project, links, with_text=with_text), say).of(form)
