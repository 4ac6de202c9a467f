"""Entries of MLA 9 (works cited)."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.citing.cited import Cited
from site_builder.citing.styles.parts import (
    MONTHS,
    contributors,
    glossed,
    listed,
    name_list,
    ordinal,
    series,
    stopped,
    work_title,
)
from site_builder.model import Person

# MLA abbreviates months with more than four letters
_SHORT = tuple(m if len(m) < 5 else f"{m[:4] if m == 'September' else m[:3]}." for m in MONTHS)


def mla(cited: Cited) -> str:
    """The entry in MLA style (a list of works cited).

    Without authors the editors begin the entry, then the translators, then the title; a missing date is left
    out.
    """
    lead = cited.lead or cited.translators
    by = _mla_names(lead)
    if lead and not cited.authors:
        role = "editor" if cited.lead else "translator"
        by = f"{by}, {role}{'s' if len(lead) > 1 else ''}"
    accessed = f"Accessed {cited.read}" if cited.undated else ""
    parts = [by, work_title(cited, quoted=False), *_mla_body(cited), accessed]
    return "".join(map(stopped, parts)).rstrip()


def _mla_body(cited: Cited) -> list[str]:
    date, where, link = _mla_date(cited), cited.where("par."), cited.link
    pages = f"{'pp' if cited.several_pages else 'p'}. {cited.pages}" if cited.pages else ""
    version = f"Version {cited.get('version')}" if "version" in cited.item else ""
    if cited.type == "thesis":
        return [listed(date, where, link), listed(cited.get("publisher"), cited.get("genre"))]
    numbers = [
        ordinal(cited.get("edition")),
        f"vol. {cited.get('volume')}" if cited.get("volume") else "",
        f"no. {cited.get('issue')}" if cited.get("issue") else "",
    ]
    genre, number = cited.get("genre"), cited.get("number")
    if number:
        numbers.append(f"{genre} no. {number}".strip())
        genre = ""
    container = glossed(cited.container, cited.container_en)
    people = _mla_people(cited)
    publisher = cited.get("publisher") or cited.get("publisher-place")
    inner = listed(container, people, version, *numbers, publisher, date, pages, where, link)
    if not container:
        inner = f"{inner[:1].upper()}{inner[1:]}"
    return [cited.original, genre, inner, series(cited)]


def _mla_people(cited: Cited) -> str:
    # without a lead the entry begins with the translators
    did_by = contributors(cited, cited.other_editors) if cited.lead else []
    return listed(*(f"{did.lower()} by {_mla_natural(people)}" for did, people in did_by))


def _mla_names(people: Sequence[Person]) -> str:
    return name_list(people, most=2, kept=1, inverted=True)


def _mla_natural(people: Sequence[Person]) -> str:
    return name_list(people, most=2, kept=1)


def _mla_date(cited: Cited) -> str:
    if len(cited.date) < 2 or cited.type in ("book", "chapter", "thesis"):
        return cited.year
    day = f"{cited.date[2]} " if len(cited.date) > 2 and cited.type != "article-journal" else ""
    return f"{day}{_SHORT[cited.date[1] - 1]} {cited.year}"
