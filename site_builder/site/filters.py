"""The reading page as an instrument: what it can be filtered by, as checkboxes and data attributes.

The filter is style sheets alone: ``data-tags`` of a passage holds one name for everything that may be
chosen, and the rules that :func:`rules` writes dim the passages that a choice does not hold for.  Within a
group a passage needs one of the chosen things, of several groups it needs one of each; a cell and a
relation must be those of one tag.

The names come from the codebook, so they are no class names: reader views remove an element whose class
holds ``promo``, ``social`` or ``comment``, and ad blockers hide one.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition.edition import Edition
from site_builder.model import Tagging, Work
from site_builder.site.views import Choice

PICK = "_pick-"
"""Begins the id of every checkbox.  Ids of the site's own parts begin with ``_``, as no author's id does."""


def names(edition: Edition, tagging: Tagging | None) -> Iterator[str]:
    """The names that a passage is found by, as in ``data-tags``: ``c-CELL``, ``r-RELATION``…"""
    if tagging is None:
        return
    yield f"f-{tagging.function}"
    found = (
        name
        for tag in tagging.cells
        for slug in (edition.slug(edition.index.cells[tag.cell]),)
        for name in (f"c-{slug}", f"r-{tag.relation}", f"cr-{slug}-{tag.relation}")
    )
    yield from dict.fromkeys(found)
    frames = {facet.id for facet in edition.project.facets if facet.kind == "frame"}
    for entry in tagging.entries:
        if entry.facet in frames and not edition.index.entries[(entry.facet, entry.entry)].parent:
            yield f"e-{entry.facet}-{entry.entry}"


def groups(edition: Edition, work: Work) -> Iterator[tuple[str, str, list[Choice]]]:
    """(name of the group, its ``data-group``, its choices), beside the cells, which are a table."""
    grid = edition.project.grid
    carried = [
        set(names(edition, edition.index.taggings.get((work.id, passage.id)))) for passage in work.passages
    ]

    def choice(prefix: str, id_: str, name: str) -> Choice:
        count = sum(f"{prefix}-{id_}" in found for found in carried)
        return Choice(id=f"{PICK}{prefix}-{id_}", name=name, count=count)

    yield "關係", "relations", [choice("r", term.id, term.name) for term in grid.relations]
    yield "功能", "functions", [choice("f", term.id, term.name) for term in grid.functions]
    for facet in edition.project.facets:
        if facet.kind == "frame":
            top = [entry for entry in facet.entries if not entry.parent]
            yield facet.name, f"facet-{facet.id}", [choice(f"e-{facet.id}", e.id, e.name) for e in top]


def rules(edition: Edition) -> Iterator[str]:
    """The style rules of the filter."""
    grid = edition.project.grid
    slugs = [edition.slug(cell) for cell in grid.cells]
    relations = [term.id for term in grid.relations]
    yield "body:has([data-group=cells] :checked) .unit{--by-tag:var(--dim)}\n"
    yield "body:has([data-group=relations] :checked) .unit{--by-tag:var(--dim)}\n"
    for slug in slugs:
        yield _shown(f"c-{slug}", "by-tag", "body:not(:has([data-group=relations] :checked))")
    for relation in relations:
        yield _shown(f"r-{relation}", "by-tag", "body:not(:has([data-group=cells] :checked))")
    for slug in slugs:
        for relation in relations:
            both = f"body:has(#{PICK}c-{slug}:checked):has(#{PICK}r-{relation}:checked)"
            yield f'{both} .unit[data-tags~="cr-{slug}-{relation}"]{{--by-tag:1}}\n'
    yield "body:has([data-group=functions] :checked) .unit{--by-function:var(--dim)}\n"
    for term in grid.functions:
        yield _shown(f"f-{term.id}", "by-function")
    for number, facet in enumerate(f for f in edition.project.facets if f.kind == "frame"):
        chosen = f'body:has([data-group="facet-{facet.id}"] :checked)'
        yield f"{chosen} .unit{{--by-entry-{number}:var(--dim)}}\n"
        for entry in facet.entries:
            if not entry.parent:
                yield _shown(f"e-{facet.id}-{entry.id}", f"by-entry-{number}")
    count = sum(facet.kind == "frame" for facet in edition.project.facets)
    parts = ["--by-tag", "--by-function", *(f"--by-entry-{n}" for n in range(count))]
    yield f".unit{{opacity:min({','.join(f'var({part},1)' for part in parts)})}}\n"


def _shown(name: str, group: str, body: str = "body") -> str:
    return f'{body}:has(#{PICK}{name}:checked) .unit[data-tags~="{name}"]{{--{group}:1}}\n'
