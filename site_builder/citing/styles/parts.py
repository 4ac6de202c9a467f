"""Parts that several styles share: titles, lists of names, punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_builder.citing.cited import Cited
from site_builder.model import Person

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_STOPS = ".?!。？！"
_QUOTED = ("article-journal", "chapter", "webpage", "manuscript")
"""Types with titles in quotation marks (in Chicago also ``thesis``)."""


def series(cited: Cited) -> str:
    """The title and number of the series; ``""`` without a title."""
    return (
        f"{cited.get('collection-title')} {cited.get('collection-number')}".strip()
        if cited.get("collection-title")
        else ""
    )


def work_title(cited: Cited, *, quoted: bool) -> str:
    """The title and its translation; in quotation marks if the work is a part of another or unpublished.

    If the quotation marks end the part, the period is inside of them.  This edition is an independent work.
    """
    title = cited.title
    alone = cited.type == "webpage" and not cited.container
    if alone or (cited.type not in _QUOTED and not quoted):
        return glossed(title, cited.title_en)
    if cited.title_en:
        return f"“{title}” [{cited.title_en}]"
    return f"“{stopped(title).rstrip()}”"


def _both_names(person: Person, *, inverted: bool) -> str:
    """A name, also in Latin letters if the record has them: ``Li Ming 李明``, ``Jacobs, Jane``."""
    name, latin = person.name, person.latin
    if latin is None:
        return name.inverted if inverted else name.whole
    listed = latin.inverted if inverted and not person.east_asian else person.romanised
    return f"{listed} {name.whole}"


def name_list(people: Sequence[Person], *, most: int, kept: int, inverted: bool = False) -> str:
    """The names of a list in English; of more than ``most`` the first ``kept``, and ``et al.``

    The first name is ``inverted`` at the beginning of an entry.
    """
    names = [_both_names(person, inverted=inverted and at == 0) for at, person in enumerate(people)]
    if len(names) > most:
        comma = "," if inverted or kept > 1 else ""
        return f"{', '.join(names[:kept])}{comma} et al."
    return _and(names, comma=inverted and bool(names) and "," in names[0])


def contributors(cited: Cited, editors: Sequence[Person]) -> list[tuple[str, Sequence[Person]]]:
    """The contributions of editors and translators; persons with both roles are named once."""
    translators = cited.translators
    if editors and tuple(editors) == translators:
        return [("Edited and translated", editors)]
    return [(did, people) for did, people in (("Edited", editors), ("Translated", translators)) if people]


def imprint(cited: Cited) -> str:
    """The place and the publisher, ``Place: Publisher``, or the one of them that is known; else ``""``."""
    return ": ".join(filter(None, (cited.get("publisher-place"), cited.get("publisher"))))


def access_day(cited: Cited) -> str:
    """``December 17, 2020`` for a date, as precise as it is."""
    return f"{month_first(cited.date)}{', ' if len(cited.date) > 2 else ' '}{cited.year}".strip()


def abbreviated(given: str) -> str:
    """``Jane B.`` → ``J. B.``; ``Jean-Paul`` → ``J.-P.``"""
    words = re.sub(r"\.(?=[^\s-])", ". ", given).split()
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words)


def ordinal(edition: str) -> str:
    """``2`` → ``2nd ed.``; an edition in words stays unchanged."""
    if not edition.isascii() or not edition.isdecimal():
        return edition
    number = int(edition)
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')} ed."


def _and(names: Sequence[str], *, comma: bool) -> str:
    if len(names) > 2 or (len(names) == 2 and comma):
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return " and ".join(names)


def glossed(words: str, english: str) -> str:
    """``城市 [City]``; the words alone if one of the two is empty."""
    return f"{words} [{english}]" if words and english else words


def listed(*parts: str) -> str:
    """The parts that are not empty, with commas between."""
    return ", ".join(filter(None, parts))


def month_first(date: Sequence[int]) -> str:
    """``December 17`` for a date with a month; else ``""``."""
    return " ".join([MONTHS[date[1] - 1], *map(str, date[2:])]) if len(date) > 1 else ""


def stopped(part: str) -> str:
    """A part of a citation with a period, if it has none, and a space; ``""`` for an empty part."""
    if not part:
        return ""
    return f"{part} " if part.rstrip("”")[-1:] in _STOPS else f"{part}. "
