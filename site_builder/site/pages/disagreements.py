"""The page of disagreements, and what pages show of the passages in which two coders differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.edition import addresses, codes
from site_builder.edition.adjudication import Difference
from site_builder.edition.agreement import DECIDED, ComparedCoders
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.language.message import Message, msg
from site_builder.model import CellTag, Decision, EntryTag, Tagging
from site_builder.records import dataclass
from site_builder.site.pages import argument
from site_builder.site.presenter import Presenter
from site_builder.site.views import Disagreement, Disagreements, Link, Reading, Ruling, View

TITLE = msg("Disagreements and other readings")
"""The title of the page of disagreements."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the codes of a difference are about: a cell, the function, or a facet.  ``id`` is that of the
    cell or of the facet.
    """

    kind: str
    id: str = ""


def of_passage(presenter: Presenter, key: Key) -> list[Disagreements]:
    """The disagreements of each pair of coders on a passage, with the evidence of both, in the order of the
    pairs.

    A pair without any is left out; ``[]`` if no pair has any, and for an unknown passage.
    """
    found = (of_pair(presenter, pair, key, quoted=True) for pair in presenter.edition.compared_coders)
    return [one for one in found if one is not None]


def has_page(edition: Edition) -> bool:
    """Whether the site has the page of disagreements: two coders differ in a passage, or the coder that the
    site shows has another reading of one.
    """
    return bool(edition.doubts) or any(pair.differences for pair in edition.compared_coders)


def page(presenter: Presenter) -> Iterator[View]:
    """The page of disagreements (``disagreements.html``): where coders differ, and the other possible
    readings of passages; none without both (:func:`has_page`).

    Its facts: ``pairs``, each pair of coders that differ, as ``first``, ``second``, ``adjudicated`` and
    ``departing`` (see :class:`.views.Agreement`), ``passages``, links to those in which they differ, and
    ``differing``, each of these with its :class:`.views.Disagreements`; ``readings``, the passages with other
    readings, in reading order, each with them; ``rules``, links to the pages of rules; ``method``, an
    address.
    """
    if not has_page(presenter.edition):
        return
    yield View(
        template="differing.html",
        address=addresses.DISAGREEMENTS,
        title=TITLE,
        description=msg("Where coders differ, and how passages can also be read"),
        section="disagreements",
        trail=(Link(text=msg("Method"), href=addresses.METHOD),),
        facts={
            "pairs": list(_pairs(presenter)),
            "readings": [
                (presenter.passage(key), found)
                for key in presenter.index.passages
                if (found := argument.other_readings(presenter, key))
            ],
            "rules": presenter.rules,
            "method": addresses.METHOD,
        },
    )


def _pairs(presenter: Presenter) -> Iterator[dict[str, object]]:
    for pair in presenter.edition.compared_coders:
        differing = [(presenter.passage(key), found) for key, found in passages(presenter, pair)]
        if differing:
            first, second = map(presenter.coder, pair.coders)
            yield {
                "first": first,
                "second": second,
                "adjudicated": bool(pair.adjudicated),
                "departing": [presenter.passage(key) for key in pair.departing],
                "passages": [passage for passage, _ in differing],
                "differing": differing,
            }


def passages(presenter: Presenter, pair: ComparedCoders) -> Iterator[tuple[Key, Disagreements]]:
    """The passages in which a pair of coders differs, in reading order, each with its disagreements, without
    the evidence; none if they do not differ.
    """
    for key in pair.differences:
        found = of_pair(presenter, pair, key, quoted=False)
        if found is not None:
            yield key, found


def of_pair(presenter: Presenter, pair: ComparedCoders, key: Key, *, quoted: bool) -> Disagreements | None:
    """The disagreements of a pair of coders on a passage; ``None`` if there are none.

    Differences about the same cell are one disagreement, and so are those about the function and about the
    same facet; they are in the order of the first difference of each.  ``readings`` are those of the first
    and the second coder: of a cell all its tags, of a facet the entries that differ.  A decision on several
    differences is one ruling; ``undecided`` if a difference has none.  ``decided`` says whether the editors
    decide in the work, ``first`` and ``second`` are the names of the coders.

    :param quoted: whether the evidence of the coders is shown; without it ``quotes`` is ``()``.
    """
    differences = pair.differences.get(key, ())
    groups: dict[_Subject, list[Difference]] = {}
    for one in differences:
        groups.setdefault(_subject(one.code), []).append(one)
    if not groups:
        return None
    items = tuple(
        _disagreement(presenter, pair, key, subject, group, quoted=quoted)
        for subject, group in groups.items()
    )
    first, second = map(presenter.coder, pair.coders)
    return Disagreements(first=first, second=second, decided=key[0] in pair.adjudicated, items=items)


def _subject(code: CodeId) -> _Subject:
    if code.kind == "function":
        return _Subject("function")
    return _Subject("facet", code.facet) if code.kind == "entry" else _Subject("cell", code.id)


def _disagreement(
    presenter: Presenter,
    pair: ComparedCoders,
    key: Key,
    subject: _Subject,
    differences: Sequence[Difference],
    *,
    quoted: bool,
) -> Disagreement:
    taggings = (presenter.edition.tagging_of(coder, key) for coder in pair.coders)
    codes_ = frozenset(one.code for one in differences)
    first, second = (_reading(presenter, subject, tagging, codes_, quoted=quoted) for tagging in taggings)
    facet = presenter.code_link(CodeId.of("facet", subject.id)) if subject.kind == "facet" else None
    return Disagreement(
        chip=presenter.chip(subject.id) if subject.kind == "cell" else None,
        name=facet.text if facet else msg("Function"),
        href=facet.href if facet else "",
        readings=(first, second),
        rulings=tuple(_rulings(presenter, pair, differences)),
        undecided=any(one.decision is None for one in differences),
    )


# --- readings -------------------------------------------------------------------------------------


def _reading(
    presenter: Presenter, subject: _Subject, tagging: Tagging, differing: frozenset[CodeId], *, quoted: bool
) -> Reading:
    """What a coder says of a subject: links to the definitions of the codes, and the evidence.

    That is the function; of a cell all its tags; of a facet the entries about which the coders differ.
    """
    if subject.kind == "function":
        code = CodeId.of("function", tagging.function)
        return Reading(links=(presenter.code_link(code),) if tagging.function else ())
    tags: Sequence[CellTag | EntryTag] = (
        [tag for tag in tagging.cells if tag.cell == subject.id]
        if subject.kind == "cell"
        else [tag for tag in tagging.entries if codes.of_tag(tag) in differing]
    )
    evidence = [quote for tag in tags for quote in tag.evidence] if quoted else []
    return Reading(
        links=tuple(link for tag in tags for link in _links(presenter, tag)),
        quotes=presenter.quoted(evidence, (tagging.work, tagging.passage)),
    )


def _links(presenter: Presenter, tag: CellTag | EntryTag) -> Iterator[Link]:
    """Links to the rules of a tag: of a cell to its relation (else to itself) and its traits."""
    yield presenter.code_link(_rule(codes.of_tag(tag)))
    if isinstance(tag, CellTag):
        yield from map(presenter.code_link, codes.traits_of(tag))


def _rule(code: CodeId) -> CodeId:
    """The code whose rule decides on a code: of a cell in a relation, the relation."""
    return CodeId.of("relation", code.relation) if code.relation else code


# --- decisions ------------------------------------------------------------------------------------


def _rulings(
    presenter: Presenter, pair: ComparedCoders, differences: Sequence[Difference]
) -> Iterator[Ruling]:
    """Each decision on some differences once, in their order."""
    decisions = {one.decision.place: one.decision for one in differences if one.decision is not None}
    for place, decision in decisions.items():
        about = [one for one in differences if one.decision and one.decision.place == place]
        outcome = _outcome(presenter, pair, decision, about)
        name = presenter.edition.code_name(_rule(presenter.index.codes[decision.code]))
        yield Ruling(name=name, outcome=outcome, reason=decision.reason)


def _outcome(
    presenter: Presenter, pair: ComparedCoders, decision: Decision, differences: Sequence[Difference]
) -> Message:
    """What was decided on some differences: as one coder, who has all the tags, none or some of them."""
    if decision.decision in DECIDED:
        coder = pair.coders[DECIDED.index(decision.decision)]
        name = presenter.coder(coder)
        tagged = {one.coder == coder for one in differences}
        if tagged == {True}:
            return msg("Decided as %(coder)s: tagged", coder=name)
        if tagged == {False}:
            return msg("Decided as %(coder)s: not tagged", coder=name)
        return msg("Kept: the tags of %(coder)s", coder=name)
    return (
        msg("Both readings are possible") if decision.decision == "both" else msg("Neither reading is kept")
    )
