"""Agreement between coders: what they are compared on, and the coefficients for each pair of them.

What a coder says of a passage is one value for each subject: the set of its cells, of its cells with their
relations, of its cells with their traits, of its entries of a facet; and its function.  α compares these
values, with the MASI distance for sets.  κ compares decisions: one passage and one cell, which a coder tags
or not.  In a project without cells, the entries of frame facets take their place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, Literal, TypeAlias

from site_builder.edition import adjudication, codes, coefficients
from site_builder.edition.adjudication import Difference
from site_builder.edition.codes import CodeId
from site_builder.edition.coefficients import Estimate
from site_builder.edition.index import Key, grouped
from site_builder.model import NOWHERE, Adjudication, CellTag, Project, Tagging
from site_builder.records import dataclass

Subject: TypeAlias = Literal["cells", "relations", "traits", "function", "facet", "codes", "code"]
"""What a figure is about.  ``codes`` are the decisions on all codes together, ``code`` those on one."""
DECIDED = ("a", "b")
"""The decisions that keep the reading of one coder: of the first of a pair, of the second."""
Both: TypeAlias = tuple[Tagging, Tagging]
"""The tags of one passage by the two coders of a pair."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One coefficient of a pair.

    ``code`` is the facet of ``facet`` and the cell or entry of ``code``, otherwise ``None``.  ``distance``
    is ``masi``, ``nominal`` or, for κ, empty.  ``units`` are the compared passages, for κ the decisions;
    in ``same`` of them both coders say the same.  For κ, ``tagged`` has the numbers of decisions with yes:
    of the first coder, of the second, of both.
    """

    subject: Subject
    coefficient: Literal["alpha", "kappa"]
    estimate: Estimate
    units: int
    same: int
    code: CodeId | None = None
    distance: str = ""
    tagged: tuple[int, int, int] | None = None

    @property
    def id(self) -> str:
        """Its ``code`` in writing, ``facet:methods``, ``depth+``, ``methods:survey``; without one its
        ``subject``: ``cells``, ``function``, ``codes``.
        """
        return str(self.code) if self.code is not None else self.subject


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedCoders:
    """Two coders, and their differences in the passages that both tagged.

    ``works`` are the works in which they are compared, ``adjudicated`` those of them in which the editors
    decide on their differences.  ``passages`` is the number of passages that both tagged.  ``differences``
    has the passages in which they differ, in reading order.  ``departing`` are the passages of works with
    decisions in which the site shows other tags than both coders gave, in reading order.
    """

    coders: tuple[str, str]
    works: tuple[str, ...]
    adjudicated: tuple[str, ...]
    passages: int
    differences: Mapping[Key, tuple[Difference, ...]]
    departing: tuple[Key, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair(ComparedCoders):
    """Two coders, and their agreement on the passages that both tagged.

    ``figures`` are in the order of the subjects: cells, relations, traits, function, each facet (``alpha``),
    those that the codebook has; then the decisions on all codes and on each (``kappa``).
    """

    figures: tuple[Figure, ...]

    def figure(self, subject: Subject, code: CodeId | None = None) -> Figure | None:
        """The first figure of a subject and a code; ``None`` if there is none.

        A figure of the subject ``facet`` or ``code`` always has a code, so without one there is none.

        :param code: ``None`` for the figure of any other subject.
        """
        found = (one for one in self.figures if one.subject == subject and one.code == code)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class _Subject:
    """How the value of one subject is read from the tags of a passage; ``None`` is no value."""

    subject: Subject
    value: Callable[[Tagging], Hashable | None]
    distance: Callable[[Any, Any], Fraction] = coefficients.masi
    code: CodeId | None = None


def pairs(project: Project) -> tuple[Pair, ...]:
    """Every pair of coders who tagged at least one passage in common, sorted by name; ``()`` for one coder.

    In a work with an adjudication only the two coders of the adjudication are compared, in its order.  A pair
    has a figure for each subject for which there are values of both.  The decisions (``kappa``) are on each
    cell, or in a project without cells on each entry of a frame facet; with neither there are none.  Of two
    taggings of a passage by one coder, the first counts for the figures.
    """
    return tuple(
        Pair(
            coders=one.coders,
            works=one.works,
            adjudicated=one.adjudicated,
            passages=one.passages,
            differences=one.differences,
            departing=one.departing,
            figures=tuple(_figures(project, both)),
        )
        for one, both in _compared(project)
    )


def compared_coders(project: Project) -> tuple[ComparedCoders, ...]:
    """Every pair of coders who tagged at least one passage in common, sorted by name, without the figures,
    which take long; ``()`` if there is none.

    In a work with an adjudication only the two coders of the adjudication are compared, in its order.
    """
    return tuple(one for one, _ in _compared(project))


def _compared(project: Project) -> Iterator[tuple[ComparedCoders, list[Both]]]:
    """The pairs of coders, each with the passages that both tagged."""
    pairs = compared(project)
    if not pairs:
        return
    taggings = {(t.coder, t.work, t.passage): t for t in reversed(project.taggings)}
    adjudicated = {one.work for one in project.adjudications}
    for coders, works in pairs.items():
        both = list(_both(project, taggings, coders, works))
        if both:
            found = ComparedCoders(
                coders=coders,
                works=works,
                adjudicated=tuple(work for work in works if work in adjudicated),
                passages=len(both),
                differences=grouped((one.key, one) for one in _differences(project, coders, works)),
                departing=tuple(_departing(project, taggings, both, adjudicated)),
            )
            yield found, both


def compared(project: Project) -> dict[tuple[str, str], tuple[str, ...]]:
    """The pairs of coders that are compared → the ids of the works in which they are, in their order; the
    pairs are sorted by name.

    In a work with an adjudication this is the pair between which the editors decide, in its order, also if
    one of the two has no tags there.  The tags that the site shows are then made from both readings.  In
    other works it is every pair of coders with tags there, by name, or in the order of the adjudication of
    another work.  ``{}`` if no work has a pair.
    """
    between = {one.work: one.between[:2] for one in project.adjudications if len(one.between) > 1}
    of_work: dict[str, set[str]] = {work.id: set() for work in project.works}
    for tagging in project.taggings:
        of_work.setdefault(tagging.work, set()).add(tagging.coder)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for work in project.works:
        coders = sorted(of_work[work.id])
        for first, second in [between[work.id]] if work.id in between else combinations(coders, 2):
            turned = (second, first) in between.values() and (first, second) not in between.values()
            pair = (second, first) if turned else (first, second)
            found[pair] = (*found.get(pair, ()), work.id)
    return dict(sorted(found.items()))


def _differences(project: Project, coders: tuple[str, str], works: tuple[str, ...]) -> Iterator[Difference]:
    """The differences of two coders in some works, with the decisions of the editors, in reading order."""
    decided = {one.work: one for one in project.adjudications}
    for work in works:
        alone = Adjudication(work=work, between=coders, decisions=(), place=NOWHERE)
        yield from adjudication.differences(project, decided.get(work, alone))


def _departing(
    project: Project,
    taggings: dict[tuple[str, str, str], Tagging],
    both: Iterable[Both],
    adjudicated: Collection[str],
) -> Iterator[Key]:
    """The passages in which the shown tags depart from two coders where these agree: they lack a code that
    both have, or have one that neither has.
    """
    for first, second in both:
        shown = taggings.get((project.site.coder, first.work, first.passage))
        if shown is None or first.work not in adjudicated:
            continue
        of_first, of_second, of_site = map(adjudication.compared_codes, (first, second, shown))
        if (of_first & of_second) - of_site or of_site - (of_first | of_second):
            yield first.work, first.passage


def _both(
    project: Project,
    taggings: dict[tuple[str, str, str], Tagging],
    coders: tuple[str, str],
    works: tuple[str, ...],
) -> Iterator[Both]:
    """The passages that two coders tagged, in reading order."""
    for work in project.works:
        for passage in work.passages if work.id in works else ():
            first, second = (taggings.get((coder, work.id, passage.id)) for coder in coders)
            if first is not None and second is not None:
                yield first, second


def _figures(project: Project, both: list[Both]) -> Iterator[Figure]:
    found = (_alpha(subject, both) for subject in _subjects(project))
    yield from (one for one in found if one is not None)
    yield from _kappas(project, both)


# --- α --------------------------------------------------------------------------------------------


def _subjects(project: Project) -> Iterator[_Subject]:
    """The subjects of α that a codebook has."""
    grid = project.grid
    if grid.cells:
        yield _Subject("cells", lambda t: frozenset(tag.cell for tag in t.cells))
    if grid.cells and grid.relations:
        yield _Subject("relations", lambda t: frozenset(map(codes.of_tag, t.cells)))
    if any(cell.traits for cell in grid.cells):
        yield _Subject("traits", lambda t: frozenset(code for tag in t.cells for code in _parts(tag)))
    if grid.functions:
        yield _Subject("function", lambda t: t.function or None, coefficients.nominal)
    for facet in project.facets:
        yield _Subject("facet", _entries(facet.id), code=CodeId.of("facet", facet.id))


def _parts(tag: CellTag) -> tuple[CodeId, ...]:
    """The traits that a tag names, or its cell if it names none."""
    return codes.traits_of(tag) or (CodeId.cell(tag.cell),)


def _entries(facet: str) -> Callable[[Tagging], Hashable]:
    return lambda tagging: frozenset(tag.entry for tag in tagging.entries if tag.facet == facet)


def _alpha(subject: _Subject, both: Sequence[Both]) -> Figure | None:
    """α of a subject; ``None`` if there is no passage for which both coders give a value."""
    values = [(subject.value(first), subject.value(second)) for first, second in both]
    units = [unit for unit in values if None not in unit]
    if not units:
        return None
    samples = coefficients.resamples(len(units))
    return Figure(
        subject=subject.subject,
        code=subject.code,
        coefficient="alpha",
        distance=subject.distance.__name__,
        estimate=coefficients.estimate(coefficients.alpha(units, subject.distance, samples)),
        units=len(units),
        same=sum(first == second for first, second in units),
    )


# --- κ --------------------------------------------------------------------------------------------


def _kappas(project: Project, both: Sequence[Both]) -> Iterator[Figure]:
    """κ of the decisions on all codes, and of those on each code."""
    decided = _decided(project)
    carried = [(codes.carried(first), codes.carried(second)) for first, second in both]
    votes = [[(code in first, code in second) for code in decided] for first, second in carried]
    if decided:
        yield _kappa("codes", None, votes)
    for number, code in enumerate(decided):
        yield _kappa("code", code, [[unit[number]] for unit in votes])


def _decided(project: Project) -> list[CodeId]:
    """The codes of which a coder decides for each passage whether it has them."""
    cells = [CodeId.cell(cell.id) for cell in project.grid.cells]
    frames = (facet for facet in project.facets if facet.kind == "frame")
    return cells or [CodeId.entry(facet.id, entry.id) for facet in frames for entry in facet.entries]


def _kappa(subject: Subject, code: CodeId | None, votes: Sequence[Sequence[tuple[bool, bool]]]) -> Figure:
    found = [vote for unit in votes for vote in unit]
    samples = coefficients.resamples(len(votes))
    return Figure(
        subject=subject,
        code=code,
        coefficient="kappa",
        estimate=coefficients.estimate(coefficients.kappa(votes, samples)),
        units=len(found),
        same=sum(first == second for first, second in found),
        tagged=(sum(one for one, _ in found), sum(other for _, other in found), sum(map(all, found))),
    )
