"""What pages show of the agreement between coders."""

from __future__ import annotations

from site_builder.edition.agreement import Figure, Pair
from site_builder.language.message import Wording, msg
from site_builder.site.pages import disagreements
from site_builder.site.presenter import Presenter
from site_builder.site.views import Agreement, AgreementRow

_SUBJECTS = {
    "cells": msg("Cells"),
    "relations": msg("Cells with relations"),
    "traits": msg("Cells with traits"),
    "function": msg("Function"),
}


def agreement(presenter: Presenter) -> list[Agreement]:
    """The agreement of each pair of coders, as tables; ``[]`` for one coder."""
    return [_agreement(presenter, pair) for pair in presenter.edition.agreement]


def _agreement(presenter: Presenter, pair: Pair) -> Agreement:
    first, second = map(presenter.coder, pair.coders)
    rows = [_row(presenter, figure) for figure in pair.figures]
    return Agreement(
        first=first,
        second=second,
        passages=pair.passages,
        adjudicated=bool(pair.adjudicated),
        sets=tuple(row for row in rows if row.figure.coefficient == "alpha"),
        codes=tuple(row for row in rows if row.figure.coefficient == "kappa"),
        differing=tuple(
            (presenter.passage(key), found) for key, found in disagreements.passages(presenter, pair)
        ),
    )


def _row(presenter: Presenter, figure: Figure) -> AgreementRow:
    if figure.code is None:
        return AgreementRow(figure=figure, name=_SUBJECTS.get(figure.subject) or _all(presenter))
    if figure.subject == "facet":
        link = presenter.code_link(figure.code)
        return AgreementRow(figure=figure, name=link.text, href=link.href)
    return AgreementRow(figure=figure, chip=presenter.code_chip(figure.code))


def _all(presenter: Presenter) -> Wording:
    """The name of the codes together on which coders decide."""
    return msg("All cells together") if presenter.index.cells else msg("All entries together")
