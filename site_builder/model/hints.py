"""Hints that name what the author probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from site_builder.model.place import Place, Problem

_DIGITS = re.compile(r"(\d+)")
_LISTED = 12  # names in a hint


def closest(word: str, known: Iterable[str], *, least: float = 0.6) -> str:
    """The known word that is most like another word, as :mod:`difflib` compares them; ``""`` if none is like
    it.

    Case counts: ``Depth`` is like ``depth``, ``DEPTH`` is not.  Of words that are equally like it, the last
    in alphabetical order is returned.

    :param least: the least likeness of two words, 0 to 1.
    """
    # imported late: a project without faults needs no hints
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=least)), "")


def near(word: str, known: Collection[str]) -> str:
    """A hint for a word that is not known.

    :returns: ``did you mean 'depth+'?`` with the known word that is most like it, as :func:`closest` compares
        them (so ``DEPTH+`` is not like ``depth+``); if none is like it (as for an empty word), the list of
        :func:`one_of` in alphabetical order, numbers by value (p2 before p10); ``""`` where nothing is known.
    """
    close = closest(word, known)
    if close:
        return f"did you mean '{close}'?"
    names = sorted(known, key=lambda name: [int(p) if p.isdecimal() else p for p in _DIGITS.split(name)])
    return one_of(names)


def one_of(names: Sequence[str]) -> str:
    """A hint that lists names in their order: ``use one of: a, b``; ``""`` if there is none.

    Of more than twelve, the first twelve are listed, and ``, … (15 in all)`` follows.
    """
    more = f", … ({len(names)} in all)" if len(names) > _LISTED else ""
    return "use one of: " + ", ".join(names[:_LISTED]) + more if names else ""


def unknown(
    place: Place,
    code: str,
    what: str,
    name: str,
    known: Collection[str],
    *,
    unless: str | tuple[str, ...] = "",
) -> Problem:
    """The error of a name that names nothing: ``unknown WHAT: NAME``.

    Whether the name is in ``known`` is not checked.  The hint is that of :func:`near`; if ``known`` is empty,
    ``the project has no WHAT yet``.  ``unless`` is as in :class:`site_builder.model.Problem`.
    """
    return Problem(
        place=place,
        code=code,
        message=f"unknown {what}: {name}",
        hint=near(name, known) or f"the project has no {what} yet",
        unless=unless,
    )
