"""The languages in which an edition has names, titles and gists, beside that of the editors' prose."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model import Project, Work
from site_builder.model.text import Localized


def languages(project: Project) -> tuple[str, ...]:
    """The languages (BCP 47) of the translated views, in their order, then the other languages in which the
    project has a translation of a text, in the order of the alphabet.

    A view in the other Chinese script is not a translation.
    """
    found = {language for text in _texts(project) for language in text.translations}
    every = dict.fromkeys((*project.site.translated, *sorted(found)))
    return tuple(language for language in every if language != project.site.language)


def _texts(project: Project) -> Iterator[Localized]:
    """The texts that exports give with their translations."""
    site, grid = project.site, project.grid
    yield from (site.title, site.subtitle, site.description, site.publisher, grid.name)
    yield from (dimension.name for dimension in grid.dimensions)
    yield from (pole.name for pole in grid.poles)
    yield from (cell.name for cell in grid.cells)
    yield from (term.name for term in (*grid.relations, *grid.functions))
    yield from (licence.name for licence in site.licences)
    for facet in project.facets:
        yield from (facet.name, *(entry.name for entry in facet.entries))
    for work in project.works:
        yield from _of_record(work)
    yield from (tagging.gist for tagging in project.taggings)


def _of_record(work: Work) -> Iterator[Localized]:
    record = work.record
    yield from (record.title, record.short, record.container)
