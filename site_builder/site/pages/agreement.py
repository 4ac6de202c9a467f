"""What pages show of the agreement between coders."""

from __future__ import annotations

from site_builder.edition.agreement import Pair
from site_builder.site import compared
from site_builder.site.presenter import Presenter
from site_builder.site.views import Agreement


def agreement(presenter: Presenter) -> list[Agreement]:
    """The agreement of each pair of coders as tables, in the order of the pairs; ``[]`` without a pair.

    ``sets`` are the rows of alpha, ``codes`` those of kappa.  ``differing`` has links to the passages that
    the two tagged in different ways, in reading order.  ``passages`` is the number of passages that both
    tagged.  ``adjudicated`` is true if the editors decide in at least one work.  ``departing`` has links to
    the passages of such works in which the site lacks a tag that both coders gave, or has one that neither
    gave.  ``first`` and ``second`` are the
    names of the coders.
    """
    return [_agreement(presenter, pair) for pair in presenter.edition.agreement]


def _agreement(presenter: Presenter, pair: Pair) -> Agreement:
    first, second = map(presenter.coder, pair.coders)
    rows = [compared.row(presenter, figure) for figure in pair.figures]
    return Agreement(
        first=first,
        second=second,
        passages=pair.passages,
        adjudicated=bool(pair.adjudicated),
        departing=tuple(map(presenter.passage, pair.departing)),
        limits=compared.limits(presenter, pair),
        sets=tuple(row for row in rows if row.figure.coefficient == "alpha"),
        codes=tuple(row for row in rows if row.figure.coefficient == "kappa"),
        differing=tuple(presenter.passage(key) for key in pair.differences),
    )
