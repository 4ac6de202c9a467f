"""The languages in which an edition has names, titles and gists, beside that of the editors' prose, and the
sentences of a translated page that translate a sentence of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.language.characters import line_break
from site_builder.model import Project, Prose, Sentence, Work
from site_builder.model.text import Localized


def languages(project: Project) -> tuple[str, ...]:
    """The languages (BCP 47) of the translated views, in their order, then the other languages in which the
    project has a translation of a text, sorted by tag.

    The language of the editors' prose is not among them.  A view in the other Chinese script is not a
    translation.  The texts are those that exports give: names, titles, gists, notes, definitions of entries;
    other definitions and the editors' pages do not count.  ``()`` if there are none.
    """
    found = {language for text in _texts(project) for language in text.translations}
    every = dict.fromkeys((*project.site.translated, *sorted(found)))
    return tuple(language for language in every if language != project.site.language)


def sentence(prose: Prose, one: Sentence) -> Localized:
    """The text of a sentence of the prose, with the text that translates it in each translation of the prose.

    A block of a translation that has as many sentences as the original is read in parallel.  In a block with
    more of them, a sentence continues the translation of the one before it if it cites no further passage.
    In a block with fewer, the text is every sentence that cites what the original cites.  Several sentences
    are joined on one line.  A translation without a sentence for it is left out.

    :raises ValueError: if the sentence is not one of the prose, and the prose has a translation.
    """
    own = [other for other in prose.sentences if other.block == one.block]
    found: dict[str, str] = {}
    for language, translation in prose.translations.items():
        others = [other for other in translation.sentences if other.block == one.block]
        text = ""
        for other in _translating(own, others, own.index(one)):
            text += line_break(text, other.text) + other.text
        if text:
            found[language] = text
    return Localized(one.text, translations=found)


def _translating(own: list[Sentence], others: list[Sentence], place: int) -> list[Sentence]:
    """The sentences of a translated block that translate the sentence at a place of the original block."""
    spare = len(others) - len(own)
    if spare < 0:
        return [other for other in others if _cited(own[place]) <= _cited(other)]
    first = 0
    for number, one in enumerate(own):
        last = first + 1
        while spare and (_cited(others[last]) <= _cited(one) or number == len(own) - 1):
            last, spare = last + 1, spare - 1
        if number == place:
            return others[first:last]
        first = last
    return []


def _cited(one: Sentence) -> frozenset[tuple[str, str]]:
    return frozenset((citation.work, citation.passage) for citation in one.citations)


def _texts(project: Project) -> Iterator[Localized]:
    """The texts that exports give with their translations."""
    site, grid = project.site, project.grid
    yield from (site.title, site.subtitle, site.description, site.publisher, grid.name)
    yield from (dimension.name for dimension in grid.dimensions)
    yield from (pole.name for pole in grid.poles)
    yield from (cell.name for cell in grid.cells)
    yield from (trait.name for cell in grid.cells for trait in cell.traits)
    yield from (term.name for term in (*grid.relations, *grid.functions))
    yield from (licence.name for licence in site.licences)
    for facet in project.facets:
        yield from (facet.name, *(entry.name for entry in facet.entries))
        yield from (entry.definition.localized for entry in facet.entries)
    for work in project.works:
        yield from _of_record(work)
    for tagging in project.taggings:
        yield from (tagging.gist, tagging.note, *(cell.note for cell in tagging.cells))
    yield from (coder.name for coder in project.coders)
    yield from (note.body for note in project.notes)


def _of_record(work: Work) -> Iterator[Localized]:
    record = work.record
    yield from (record.title, record.short, record.container)
    for heading in work.headings:
        yield from (heading.name, heading.short)
