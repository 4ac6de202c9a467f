"""The table ``agreement.csv``: the coefficients of each pair of coders, one to a row."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import coefficients
from site_builder.edition.agreement import Figure, Pair
from site_builder.edition.edition import Edition
from site_builder.formats.tables.fields import Column

FILE = "agreement.csv"
KEY = ("first", "second", "subject")
"""The columns that together identify a row."""
TITLE = "Agreement between coders"
DESCRIPTION = (
    "One row for each pair of coders and each subject. α compares one value for each passage: a set of codes "
    "with the MASI distance, or a function. κ compares decisions: one passage and one code, tagged with it "
    "or not. low and high are the bounds of a 95 % interval: percentile bootstrap over passages, "
    f"{coefficients.RESAMPLES} resamples, seed {coefficients.SEED}. A coefficient is empty where it is "
    "undefined, since nothing varies."
)
_DIGITS = 6  # a difference of two machines in the last digits of a number cannot change the file


def columns(edition: Edition) -> tuple[Column, ...]:
    """The columns, in their order."""
    coders = sorted({tagging.coder for tagging in edition.project.taggings})
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


def rows(edition: Edition) -> Iterator[dict[str, str | int]]:
    """The rows: pair by pair, the subjects in their order.  A value that a row does not have is left out."""
    for pair in edition.agreement:
        yield from (_row(pair, figure) for figure in pair.figures)


def _row(pair: Pair, figure: Figure) -> dict[str, str | int]:
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
        **{name: f"{number:.{_DIGITS}f}" for name, number in numbers.items() if number is not None},
        "resamples": estimate.resamples,
        **dict(tagged),
    }
