"""Rules for what the site itself names (family S)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.links import Links
from site_builder.model import Place, Problem, Project
from site_builder.shape import near

SUBJECTS = ("home", "grid", "silence", "apparatus", "method", "cite", "search")
"""Pages that the builder makes of itself and that a page of the editors may be about."""


def references_exist(project: Project, links: Links) -> Iterator[Problem]:
    """S001 What the project file and the pages name must exist: the coder, the facets and relations
    of the silence report, the subject of a page."""
    site = project.site
    coders = {tagging.coder for tagging in project.taggings}
    if site.coder not in coders:
        yield _unknown(site.place, "coder", site.coder, coders)
    relations = {term.id for term in project.grid.relations}
    for name in site.facets:
        if name not in links.facets:
            yield _unknown(site.place, "facet", name, set(links.facets))
    for column in site.silence:
        if column.facet not in links.facets:
            yield _unknown(column.place, "facet", column.facet, set(links.facets))
        for relation in column.relations:
            if relation not in relations:
                yield _unknown(column.place, "relation", relation, relations)
    for page in project.pages:
        known = subjects(links)
        if page.about and page.about not in known:
            yield _unknown(page.place, "subject", page.about, known)


def subjects(links: Links) -> set[str]:
    """Everything that a page of the editors may be about."""
    return {
        *SUBJECTS,
        *(f"cell:{id_}" for id_ in links.cells),
        *(f"dimension:{id_}" for id_ in links.dimensions),
        *(f"facet:{id_}" for id_ in links.facets),
        *(f"{facet}:{entry}" for facet, entry in links.entries),
    }


def page_ids_stand_once(project: Project, links: Links) -> Iterator[Problem]:
    """S002 The id of a page must stand once, and a subject must have one page."""
    seen: dict[str, Place] = {}
    for page in project.pages:
        for name in (page.id, f"about {page.about}" if page.about else ""):
            if name and name in seen:
                yield Problem(
                    place=page.place,
                    code="S002",
                    message=f"a page must be the only one: '{name}' stands already at {seen[name]}",
                    hint="give it another id, or join the two",
                )
            seen.setdefault(name, page.place)


def _unknown(place: Place, what: str, name: str, known: set[str]) -> Problem:
    return Problem(place=place, code="S001", message=f"no {what} has the id {name}", hint=near(name, known))
