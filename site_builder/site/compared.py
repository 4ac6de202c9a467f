"""What a coefficient of agreement is about, as pages and pictures show it."""

from __future__ import annotations

from site_builder.edition.agreement import ComparedCoders, Figure
from site_builder.language.message import Wording, msg
from site_builder.site.presenter import Presenter
from site_builder.site.views import AgreementRow

_SUBJECTS = {
    "cells": msg("Cells"),
    "relations": msg("Cells with relations"),
    "traits": msg("Cells with traits"),
    "function": msg("Function"),
}


def row(presenter: Presenter, figure: Figure) -> AgreementRow:
    """A coefficient with what it is about.

    A cell or an entry gives its ``chip``; a facet its ``name`` and ``href``; a coefficient about no code only
    a ``name``: that of the subject (cells, relations, traits, function), otherwise ``All cells together``, or
    ``All entries together`` in a project without cells.

    What does not apply is ``""``, or ``None`` for the chip.

    :raises KeyError: for an unknown cell, entry or facet.
    """
    if figure.code is None:
        return AgreementRow(figure=figure, name=_SUBJECTS.get(figure.subject) or _all(presenter))
    if figure.subject == "facet":
        link = presenter.code_link(figure.code)
        return AgreementRow(figure=figure, name=link.text, href=link.href)
    return AgreementRow(figure=figure, chip=presenter.code_chip(figure.code))


def _all(presenter: Presenter) -> Wording:
    """The name of the codes together on which coders decide."""
    return msg("All cells together") if presenter.index.cells else msg("All entries together")


def limits(presenter: Presenter, pair: ComparedCoders) -> tuple[Wording, ...]:
    """What the figures of two coders cannot show: which of them are machines, then the note of the editors.

    If one coder is a machine, it is named; if both are, the text says so without names.  A coder without a
    record is not called a machine; ``()`` if there is nothing to say.

    The messages are ``NAME is a machine.`` and ``Both coders are machines; no person coded.``
    """
    machines = {one.id for one in presenter.project.coders if one.kind == "machine"}
    first, second = (coder in machines for coder in pair.coders)
    named = presenter.coder(pair.coders[0] if first else pair.coders[1])
    whose: Wording = msg("Both coders are machines; no person coded.") if first and second else ""
    if first != second:
        whose = msg("%(coder)s is a machine.", coder=named)
    return tuple(one for one in (whose, presenter.project.site.agreement_note) if one)
