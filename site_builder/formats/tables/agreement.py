"""The tables ``agreement.csv`` (coefficients) and ``disagreements.csv`` (codes that only one coder has)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import coefficients
from site_builder.edition.adjudication import Difference
from site_builder.edition.agreement import DECIDED, Figure, Pair
from site_builder.edition.edition import Edition
from site_builder.formats import translated
from site_builder.formats.tables.fields import Column, Row, Table, in_languages
from site_builder.model.text import NO_WORDS

_DIGITS = 6  # a difference of two machines in the last digits of a number cannot change the file


def _columns(edition: Edition) -> tuple[Column, ...]:
    coders = _coders(edition)
    number = {"minimum": 0}
    return (
        Column(name="first", says="The first coder.", limits={"required": True, "enum": coders}),
        Column(name="second", says="The second coder.", limits={"required": True, "enum": coders}),
        Column(name="works", says="The works in which both are compared: ids with spaces between."),
        Column(
            name="subject",
            says="What is compared: cells, relations (cells with them), traits (cells with them), function, "
            "a facet, codes (all cells; without cells, the entries of frame facets), or a code by its id.",
            limits={"required": True},
        ),
        Column(name="coefficient", says="The coefficient.", limits={"enum": ["alpha", "kappa"]}),
        Column(name="distance", says="The distance of two values.", limits={"enum": ["masi", "nominal"]}),
        Column(name="units", says="How many passages or decisions are compared.", type="integer"),
        Column(name="same", says="In how many of them both say the same.", type="integer", limits=number),
        Column(name="value", says="The coefficient.", type="number", limits={"maximum": 1}),
        Column(name="low", says="The lower bound of its interval.", type="number", limits={"maximum": 1}),
        Column(name="high", says="The upper bound of its interval.", type="number", limits={"maximum": 1}),
        Column(
            name="resamples",
            says="In how many resamples the coefficient is defined; the interval is theirs.",
            type="integer",
            limits={"minimum": 0, "maximum": coefficients.RESAMPLES},
        ),
        Column(name="tagged_first", says="Decisions with yes of the first coder.", type="integer"),
        Column(name="tagged_second", says="Decisions with yes of the second coder.", type="integer"),
        Column(name="tagged_both", says="Decisions with yes of both.", type="integer"),
    )


def _rows(edition: Edition) -> Iterator[Row]:
    """The rows: pair by pair, the subjects in their order."""
    for pair in edition.agreement:
        yield from (_row(pair, figure) for figure in pair.figures)


def _row(pair: Pair, figure: Figure) -> Row:
    estimate = figure.estimate
    numbers = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    tagged = zip(("tagged_first", "tagged_second", "tagged_both"), figure.tagged or (), strict=False)
    return {
        "first": pair.coders[0],
        "second": pair.coders[1],
        "works": " ".join(pair.works),
        "subject": figure.id,
        "coefficient": figure.coefficient,
        "distance": figure.distance,
        "units": figure.units,
        "same": figure.same,
        **{name: f"{number:z.{_DIGITS}f}" for name, number in numbers.items() if number is not None},
        "resamples": estimate.resamples,
        **dict(tagged),
    }


def _coders(edition: Edition) -> list[str]:
    return sorted({tagging.coder for tagging in edition.project.taggings})


# --- disagreements --------------------------------------------------------------------------------


def _disagreement_columns(edition: Edition) -> tuple[Column, ...]:
    coders = {"required": True, "enum": _coders(edition)}
    return (
        Column(name="first", says="The first coder.", limits=coders),
        Column(name="second", says="The second coder.", limits=coders),
        Column(name="work", says="The text: its id.", limits={"required": True}),
        Column(name="passage", says="The passage: its id.", limits={"required": True}),
        Column(
            name="code",
            says="The code by its id; of a cell with its relation.",
            limits={"required": True},
        ),
        Column(name="coder", says="The coder who has it.", limits=coders),
        Column(
            name="decision",
            says="Whose reading is kept: that of the first, of the second, both or neither.",
            limits={"enum": ["first", "second", "both", "neither"]},
        ),
        *in_languages(edition, "reason", "The reason of the decision."),
    )


def _disagreement_rows(edition: Edition) -> Iterator[Row]:
    """The rows: pair by pair, in reading order."""
    for pair in edition.agreement:
        for differences in pair.differences.values():
            yield from (_difference(edition, pair, one) for one in differences)


def _difference(edition: Edition, pair: Pair, one: Difference) -> Row:
    decision = one.decision
    names = dict(zip(DECIDED, ("first", "second"), strict=True))
    return {
        "first": pair.coders[0],
        "second": pair.coders[1],
        "work": one.key[0],
        "passage": one.key[1],
        "code": str(one.code),
        "coder": one.coder,
        "decision": names.get(decision.decision, decision.decision) if decision else "",
        **translated.values(edition, "reason", decision.reason if decision else NO_WORDS),
    }


COEFFICIENTS = Table(
    file="agreement.csv",
    title="Agreement between coders",
    says="One row for each pair of coders and each subject. α compares one value for each passage: a set of "
    "codes with the MASI distance, or a function. κ compares decisions: one passage and one code, tagged "
    "with it or not. low and high are the bounds of a 95 % interval: percentile bootstrap over passages, "
    f"{coefficients.RESAMPLES} resamples, seed {coefficients.SEED}. A coefficient is empty where it is "
    "undefined, since nothing varies; low and high are empty where all resamples give the same value, so "
    "that no interval can be estimated.",
    adds=lambda edition: translated.lines(edition, edition.project.site.agreement_note),
    columns=_columns,
    rows=_rows,
    key=("first", "second", "subject"),
    has_words=False,
)
DISAGREEMENTS = Table(
    file="disagreements.csv",
    title="Disagreements of coders and the decisions on them",
    says="One row for each code that one of two coders has in a passage and the other has not. decision and "
    "reason are those of the editors; they are empty where they have not decided.",
    columns=_disagreement_columns,
    rows=_disagreement_rows,
    key=("first", "second", "work", "passage", "code"),
)
