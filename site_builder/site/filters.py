"""The filter of the reading page: its checkboxes, data attributes and style rules.

The filter consists of style sheets alone: ``data-tags`` of a passage has a name for everything that can be
chosen, and the rules of :func:`rules` dim the passages that do not match.  OR within a group, AND across
groups; a cell and a relation must belong to the same tag.

The names come from the codebook, so they are not class names: reader views remove an element with a class
name that contains ``promo``, ``social`` or ``comment``, and ad blockers hide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.edition.edition import Edition
from site_builder.language.message import Wording, msg
from site_builder.model import Tagging, Work
from site_builder.model.text import joined
from site_builder.site.views import Choice

PICK = "_pick-"
"""The prefix of the id of every checkbox.  Ids of the site begin with ``_``, ids of authors do not."""


def names(edition: Edition, tagging: Tagging | None) -> Iterator[str]:
    """The names in the ``data-tags`` of a passage; nothing for a passage without a tagging (``None``).

    First ``f-FUNCTION`` (``f-`` if the coder gave no function; none in a codebook without functions).  Then
    for each cell tag ``c-SLUG``, and with a relation ``r-RELATION`` and ``cr-SLUG-RELATION``, each name
    once; then, after those of all cells, ``q-SLUG-TRAIT`` for each trait, each once.  Last ``e-FACET-ENTRY``
    for each entry of a frame facet; entries that have a parent and entries of index facets are left out.  The
    tags are in their order.

    For example ``f-review``, ``c-depth-positive``, ``r-shows``, ``cr-depth-positive-shows``,
    ``e-methods-survey``.
    """
    if tagging is None:
        return
    if edition.functions:
        yield f"f-{tagging.function}"
    found = (
        name
        for tag in tagging.cells
        for slug in (edition.slug(edition.index.cells[tag.cell]),)
        for name in (f"c-{slug}", f"r-{tag.relation}", f"cr-{slug}-{tag.relation}")[
            : 3 if tag.relation else 1
        ]
    )
    yield from dict.fromkeys(found)
    yield from dict.fromkeys(
        f"q-{edition.slug(edition.index.cells[tag.cell])}-{trait}"
        for tag in tagging.cells
        for trait in tag.traits
    )
    frames = {facet.id for facet in edition.project.facets if facet.kind == "frame"}
    for entry in tagging.entries:
        if entry.facet in frames and not edition.index.entries[(entry.facet, entry.entry)].parent:
            yield f"e-{entry.facet}-{entry.entry}"


def groups(edition: Edition, works: Iterable[Work]) -> Iterator[tuple[Wording, str, list[Choice]]]:
    """(name of the group, its ``data-group``, its choices); the cells are only included in a grid without
    poles, since otherwise they are a table.

    The groups are ``cells``, ``relations``, ``functions``, ``facet-ID`` for each frame facet, and ``traits``;
    a group without choices is left out, except that of a facet.  A choice is a cell, a relation, a function,
    an entry without a parent, or a trait, in the order of the codebook.  Its id is that of its checkbox
    (``_pick-r-shows``, ``_pick-f-review``, ``_pick-e-methods-survey``).  Its count is the number of passages
    of ``works`` that it matches, and can be 0.  The name of a trait is after the sign of its cell, or its
    name without a sign: ``水近 有聲``.
    """
    grid = edition.project.grid
    carried = [
        set(names(edition, edition.index.taggings.get((work.id, passage.id))))
        for work in works
        for passage in work.passages
    ]

    def choice(prefix: str, id_: str, name: str) -> Choice:
        count = sum(f"{prefix}-{id_}" in found for found in carried)
        return Choice(id=f"{PICK}{prefix}-{id_}", name=name, count=count)

    if grid.cells and not grid.poles:
        yield grid.name, "cells", [choice("c", edition.slug(cell), cell.name) for cell in grid.cells]
    if grid.relations:
        yield msg("Relations"), "relations", [choice("r", term.id, term.name) for term in grid.relations]
    if grid.functions:
        yield msg("Functions"), "functions", [choice("f", term.id, term.name) for term in grid.functions]
    for facet in edition.project.facets:
        if facet.kind == "frame":
            top = [entry for entry in facet.entries if not entry.parent]
            yield facet.name, f"facet-{facet.id}", [choice(f"e-{facet.id}", e.id, e.name) for e in top]
    traits = [
        choice(f"q-{edition.slug(cell)}", trait.id, joined(edition.sign(cell) or cell.name, " ", trait.name))
        for cell in grid.cells
        for trait in cell.traits
    ]
    if traits:
        yield msg("Traits"), "traits", traits


def rules(edition: Edition) -> Iterator[str]:
    r"""The style rules of the filter, for the whole codebook: each string is one line that ends in ``\n``.

    There are rules for each cell, relation, function, trait, and entry without a parent of a frame facet,
    also for those that no passage has; and for each pair of a cell and a relation that a tag has.  The last
    rule joins all groups: 1 for a passage that matches, less for another.  It is always there, and so are
    those that dim each group but the facets; so an empty codebook gives rules too.

    The rules of cells come first, then relations, pairs, functions, traits, entries.
    """
    grid = edition.project.grid
    slugs = [edition.slug(cell) for cell in grid.cells]
    relations = [term.id for term in grid.relations]
    yield "body:has([data-group=cells] :checked) .unit{--by-tag:var(--dim)}\n"
    yield "body:has([data-group=relations] :checked) .unit{--by-tag:var(--dim)}\n"
    for slug in slugs:
        yield _shown(f"c-{slug}", "by-tag", "body:not(:has([data-group=relations] :checked))")
    for relation in relations:
        yield _shown(f"r-{relation}", "by-tag", "body:not(:has([data-group=cells] :checked))")
    paired = {(tag.cell, tag.relation) for one in edition.index.taggings.values() for tag in one.cells}
    for cell, slug in zip(grid.cells, slugs, strict=True):
        for relation in relations:
            if (cell.id, relation) not in paired:
                continue
            both = f"body:has(#{PICK}c-{slug}:checked):has(#{PICK}r-{relation}:checked)"
            yield f'{both} .unit[data-tags~="cr-{slug}-{relation}"]{{--by-tag:1}}\n'
    yield "body:has([data-group=functions] :checked) .unit{--by-function:var(--dim)}\n"
    for term in grid.functions:
        yield _shown(f"f-{term.id}", "by-function")
    yield "body:has([data-group=traits] :checked) .unit{--by-trait:var(--dim)}\n"
    for cell in grid.cells:
        for trait in cell.traits:
            yield _shown(f"q-{edition.slug(cell)}-{trait.id}", "by-trait")
    for number, facet in enumerate(f for f in edition.project.facets if f.kind == "frame"):
        chosen = f'body:has([data-group="facet-{facet.id}"] :checked)'
        yield f"{chosen} .unit{{--by-entry-{number}:var(--dim)}}\n"
        for entry in facet.entries:
            if not entry.parent:
                yield _shown(f"e-{facet.id}-{entry.id}", f"by-entry-{number}")
    count = sum(facet.kind == "frame" for facet in edition.project.facets)
    parts = ["--by-tag", "--by-function", "--by-trait", *(f"--by-entry-{n}" for n in range(count))]
    yield f".unit{{--kept:min({','.join(f'var({part},1)' for part in parts)})}}\n"


def _shown(name: str, group: str, body: str = "body") -> str:
    return f'{body}:has(#{PICK}{name}:checked) .unit[data-tags~="{name}"]{{--{group}:1}}\n'
