"""Rules for the traits that tags rest on, and for alternatives (family G)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.check.works import each_with_tags
from site_builder.edition import readings
from site_builder.edition.codes import CodeId, of_tag
from site_builder.edition.edition import Edition
from site_builder.model import Alternative, CellTag, Problem, Tagging
from site_builder.model.hints import near, one_of, unknown

_GRID = "annotations/codebook/grid.yaml"


def traits_are_of_the_cell(edition: Edition) -> Iterator[Problem]:
    """G008 The traits of a tag must be traits of its cell, and each must be named once.

    One error for each such trait, at its tag: ``unknown trait of the cell flow~a: quiet``,
    ``the tag of flow~a must name the trait loud once``. The traits of an unknown cell are compared only with
    each other.

    A trait of another cell is unknown here, and the hint names that cell; a trait named again is reported at
    each further place in the list.
    """
    return each_with_tags(edition, _wrong_traits, *edition.index.codes)


def _wrong_traits(edition: Edition, tags: Sequence[Tagging]) -> Iterator[Problem]:
    for tagging in tags:
        for tag in tagging.cells:
            cell = edition.index.cells.get(tag.cell)
            known = [trait.id for trait in cell.traits] if cell is not None else []
            for number, trait in enumerate(tag.traits):
                if cell is not None and trait not in known:
                    yield _unknown_trait(edition, tag, trait, known)
                elif trait in tag.traits[:number]:
                    yield Problem(
                        place=tag.place,
                        code="G008",
                        message=f"the tag of {tag.cell} must name the trait {trait} once",
                        hint="remove the repeated id",
                    )


def _unknown_trait(edition: Edition, tag: CellTag, trait: str, known: list[str]) -> Problem:
    others = [code.id for code in edition.traits if code.trait == trait]
    hint = near(trait, known) or "the cell has no traits yet; add it to 'traits:' of the cell in the codebook"
    if others:
        hint = f"{trait} is a trait of {', '.join(others)}: tag that cell, or {hint}"
    message = f"unknown trait of the cell {tag.cell}: {trait}"
    return Problem(place=tag.place, code="G008", message=message, hint=hint, unless=_GRID)


def alternatives_are_possible(edition: Edition) -> Iterator[Problem]:
    """G009 An alternative must name a tag of its passage in 'instead_of', or a cell, or both. Its cell and
    its relation must be in the codebook. It must add a tag that the passage does not have. If the codebook
    has relations, the added tag must have one. With 'instead_of' and 'evidence' alone it doubts quotations of
    the tag, which must be as they are there. Only such a doubt may have 'traits'. They must be traits of the
    tag, each named once, and one trait at least must stay with the evidence that stays.

    The first fault of an alternative is reported, at the alternative: neither 'instead_of' nor 'cell'; ``p2
    has no tag flow~a, which an alternative names``; ``unknown cell: X``; ``unknown relation: X``; ``the
    alternative flow~a must have a relation``; ``p2 has the tag flow~a:shows already``. Of a doubt each wrong
    quotation and each wrong trait is reported. A fault of 'traits' is reported in addition to another one.
    The alternatives of every coder are examined.
    """
    for tagging in edition.project.taggings:
        for one in tagging.alternatives:
            yield from _references(edition, tagging, one)
            yield from _traits(tagging, one)


def _references(edition: Edition, tagging: Tagging, one: Alternative) -> Iterator[Problem]:
    relations = edition.relations
    if not one.instead_of and not one.cell:
        yield _wrong(one, "an alternative must have the key 'instead_of' or 'cell'", "add one of them")
        return
    if one.instead_of and not any(one.doubts(tag) for tag in tagging.cells):
        tags = [str(of_tag(tag)) for tag in tagging.cells]
        message = f"{tagging.passage} has no tag {one.instead_of}, which an alternative names"
        yield _wrong(one, message, one_of(tags) or f"remove the alternative; {tagging.passage} has no cell")
        return
    cell, relation = one.added(tagging.cells)
    if not cell:
        own = {(quote.text, quote.to) for tag in tagging.cells if one.doubts(tag) for quote in tag.evidence}
        for quote in one.evidence:
            if (quote.text, quote.to) not in own:
                message = f"{one.instead_of} has no evidence “{quote.text}”, which an alternative doubts"
                yield _wrong(one, message, "copy a quotation of the tag as it is written there, or remove it")
        return
    if cell not in edition.index.cells:
        yield unknown(one.place, "G009", "cell", cell, edition.index.cells, unless=_GRID)
    elif relation and relation not in relations:
        yield unknown(one.place, "G009", "relation", relation, relations, unless=_GRID)
    elif relations and not relation:
        message = f"the alternative {cell} must have a relation"
        yield _wrong(one, message, f"add 'relation: …'; {near('', relations)}")
    elif any((tag.cell, tag.relation) == (cell, relation) for tag in tagging.cells):
        message = f"{tagging.passage} has the tag {CodeId.cell(cell, relation)} already"
        yield _wrong(one, message, "write 'instead_of' without 'cell' and 'relation' to doubt a tag")


def _traits(tagging: Tagging, one: Alternative) -> Iterator[Problem]:
    """The faults of the traits of an alternative."""
    if not one.traits:
        return
    if not one.instead_of or not one.evidence or one.cell or one.relation:
        message = (
            "an alternative with 'traits' must have 'instead_of' and 'evidence', and no cell or relation"
        )
        yield _wrong(one, message, "remove 'traits', or name the evidence that they rest on")
        return
    tags = [tag for tag in tagging.cells if one.doubts(tag)]
    known = [trait for tag in tags for trait in tag.traits]
    for number, trait in enumerate(one.traits):
        if trait not in known:
            message = f"{one.instead_of} does not rest on the trait {trait}, which an alternative doubts"
            yield _wrong(one, message, one_of(known) or "remove 'traits'; the tag names no trait")
        elif trait in one.traits[:number]:
            yield _wrong(one, f"the alternative must name the trait {trait} once", "remove the repeated id")
    for tag in tags:
        others = [other for other in tagging.alternatives if other.doubts(tag) and other.traits]
        rest = readings.left(tag, others)
        if rest.evidence and tag.traits and not rest.traits:
            message = f"alternatives doubt all traits of {of_tag(tag)}, but not all of its evidence"
            yield _wrong(one, message, "name only traits that rest on the doubted evidence alone")


def _wrong(one: Alternative, message: str, hint: str) -> Problem:
    return Problem(place=one.place, code="G009", message=message, hint=hint, unless=_GRID)
