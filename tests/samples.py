"""Invented variants of a project, for tests that need a record of a certain kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from proof_tools import localized

from site_builder.model import Copy, Localized, Name, Person, Project

AUTHOR = Person(
    name=Name(family="王", given="小明"),
    latin=Name(family="Wang", given="Xiaoming"),
    affiliation="某校水利系",
)


def on_site(project: Project, **facts: Any) -> Project:
    """A copy of a project whose site has other facts; ``title_en`` is the translation of ``title``."""
    return replace(project, site=localized(project.site, **facts))


def on_record(project: Project, **facts: Any) -> Project:
    """A copy of a project whose first work has other facts in its record."""
    work = project.works[0]
    return replace(project, works=(replace(work, record=localized(work.record, **facts)), *project.works[1:]))


def article(project: Project) -> Project:
    """A copy of a project whose first work is an article of one author, in an issue of a journal.

    The journal is in Simplified characters; the other copies of the work stay as they are.
    """
    record = project.works[0].record
    journal = Copy(
        id="journal",
        role="published",
        name=Localized("水利月刊"),
        date=record.year,
        script="Hans",
        place=record.place,
    )
    return on_record(
        project,
        kind="article",
        container="水利月刊",
        container_en="Waterways Monthly",
        issue="3",
        authors=(AUTHOR,),
        copies=(journal, *record.copies),
    )
