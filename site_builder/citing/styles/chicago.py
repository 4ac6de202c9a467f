"""Entries of Chicago 17 (bibliography)."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.citing.cited import Cited
from site_builder.citing.styles.parts import (
    MONTHS,
    access_day,
    contributors,
    glossed,
    imprint,
    listed,
    name_list,
    ordinal,
    series,
    stopped,
    work_title,
)
from site_builder.model import Person


def chicago(cited: Cited) -> str:
    """The entry in Chicago style (notes and bibliography).

    Without authors the editors begin the entry, then the translators, then the title; without a date it has
    ``n.d.``, except for a web page, which then has the access date if it has an address.
    """
    lead = cited.lead or cited.translators
    by = _chicago_names(lead)
    if cited.lead and not cited.authors:
        by = f"{by}, {'eds' if len(lead) > 1 else 'ed'}."
    elif lead and not cited.lead:
        by = f"{by}, trans."
    address = f"{cited.link}." if cited.link else ""
    parts = (
        by,
        work_title(cited, quoted=cited.type == "thesis"),
        f"Version {cited.get('version')}" if "version" in cited.item else "",
        *_chicago_body(cited),
        f"Accessed {cited.read}" if cited.undated else "",
    )
    return f"{''.join(map(stopped, parts))}{address}".rstrip()


def _chicago_body(cited: Cited) -> list[str]:
    """The sentences after the title; the last one includes the place in the text."""
    where = cited.where("para.")
    if cited.online:
        date = access_day(cited)
        return [listed(glossed(cited.container, cited.container_en), imprint(cited), date, where)]
    if cited.type == "article-journal":
        people = _chicago_people(cited, cited.editors if cited.authors else ())
        return [*people, _chicago_issue(cited, where)]
    if cited.type == "chapter" or cited.container:
        return [*_chicago_book_of(cited), _chicago_imprint(cited, where)]
    if cited.type == "thesis":
        publisher = cited.get("publisher") or cited.get("publisher-place")
        return [listed(cited.get("genre"), publisher, cited.year or "n.d.", where)]
    return [*_chicago_book(cited), _chicago_imprint(cited, where)]


def _chicago_issue(cited: Cited, where: str) -> str:
    """Container, date, and place in the work: after a colon in a journal, otherwise after a comma."""
    container = glossed(cited.container, cited.container_en)
    volume, issue = cited.get("volume"), cited.get("issue")
    if not (volume or issue):
        return listed(container, cited.year or "n.d.", cited.pages, where)
    month = f"{MONTHS[cited.date[1] - 1]} " if len(cited.date) > 1 else ""
    number = listed(f"{container} {volume}".strip() if volume else container, f"no. {issue}" if issue else "")
    return ": ".join(filter(None, [f"{number} ({month}{cited.year or 'n.d.'})", listed(cited.pages, where)]))


def _chicago_people(cited: Cited, editors: Sequence[Person]) -> list[str]:
    if not cited.lead:
        return []  # the entry begins with the translators
    return [f"{did} by {_chicago_natural(people)}" for did, people in contributors(cited, editors)]


def _chicago_book(cited: Cited) -> list[str]:
    """Edition, volume, people and series of a book; a volume and the people after it form one sentence."""
    number, genre = cited.get("number"), cited.get("genre")
    numbered = f"{genre} No. {number}".strip() if number else genre
    people, volume = _chicago_people(cited, cited.other_editors), cited.get("volume")
    if volume:
        people = [", ".join([f"Vol. {volume}", *(f"{one[:1].lower()}{one[1:]}" for one in people)])]
    edition = ordinal(cited.get("edition"))
    if cited.original and (edition or not imprint(cited)):
        return [numbered, *people, cited.original, edition, series(cited)]
    return [numbered, edition, *people, series(cited)]


def _chicago_book_of(cited: Cited) -> list[str]:
    """The book of a chapter, with the pages of the chapter, and the series of the book."""
    volume, edition = cited.get("volume"), ordinal(cited.get("edition"))
    people = [f"{one[:1].lower()}{one[1:]}" for one in _chicago_people(cited, cited.other_editors)]
    pages = cited.pages
    if volume and pages and not people and not edition:
        volume, pages = "", f"{volume}:{pages}"
    book = (
        glossed(cited.container, cited.container_en),
        edition,
        f"vol. {volume}" if volume else "",
        *people,
        pages,
    )
    original = cited.original if cited.type == "classic" else ""
    return [original, f"In {listed(*book)}", series(cited)]


def _chicago_imprint(cited: Cited, where: str) -> str:
    inside = cited.type == "chapter" or cited.container
    first = f"{cited.original}; " if cited.original and not (inside or cited.get("edition")) else ""
    date = access_day(cited) if cited.type == "manuscript" else cited.year
    return f"{first if imprint(cited) else ''}{listed(imprint(cited), date or 'n.d.', where)}"


def _chicago_names(people: Sequence[Person]) -> str:
    """The authors of an entry, the first inverted."""
    return name_list(people, most=10, kept=7, inverted=True)


def _chicago_natural(people: Sequence[Person]) -> str:
    """The editors or translators; if there are more than ten, the first seven."""
    return name_list(people, most=10, kept=7)
