"""The passages of a work as the columns of a picture, in sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.language.message import Wording
from site_builder.model import Heading, Passage, Work
from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Passages under one heading of the highest level below the title, or under none."""

    name: Wording
    href: str
    passages: tuple[Passage, ...]


def sections(work: Work, passages: Iterable[Passage] | None = None) -> tuple[Section, ...]:
    """The sections of a work, in order: neighbouring passages under the same heading of the highest level
    below the title.

    ``name`` is the short text of the heading, ``href`` its anchor.  A section without a heading has the label
    and the anchor of its first passage.  ``()`` without passages; a heading without shown passages gives
    none.

    :param passages: only these passages of the work, in their order; ``None`` for all.
    """
    shown = tuple(work.passages if passages is None else passages)
    return tuple(_sections(work, shown))


def _sections(work: Work, shown: tuple[Passage, ...]) -> Iterator[Section]:
    levels = [heading.level for heading in work.headings if heading.level > 1]
    top = {heading.id: heading for heading in work.headings if levels and heading.level == min(levels)}

    def above(passage: Passage) -> str:
        return next((id_ for id_ in passage.path if id_ in top), "")

    for id_, group in groupby(shown, key=above):
        passages = tuple(group)
        heading: Heading | None = top.get(id_)
        yield Section(
            name=heading.short if heading else passages[0].label,
            href=addresses.anchor((work.id, id_ or passages[0].id)),
            passages=passages,
        )


def named(edition: Edition, work: Work, section: Section) -> Wording:
    """The name of a section; a label of the text with its translations."""
    first = section.passages[0]
    return edition.label_name((work.id, first.id)) if section.name == first.label else section.name


def runs(numbers: list[int]) -> Iterator[str]:
    """Numbers in ascending order as texts, with runs of two or more joined; none for no numbers.

    A number that occurs twice ends a run.

    >>> list(runs([1, 3, 4, 5]))
    ['1', '3–5']
    """
    start = 0
    for n in range(len(numbers)):
        if n + 1 == len(numbers) or numbers[n + 1] != numbers[n] + 1:
            yield str(numbers[n]) if start == n else f"{numbers[start]}–{numbers[n]}"
            start = n + 1
