"""Entries of MLA 9 (works cited)."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.citing.cited import Cited
from site_builder.citing.styles.parts import (
    SHORT,
    access_day_mla,
    capitalized,
    container,
    contributors,
    in_english,
    in_quotes,
    italic,
    labelled,
    listed,
    mla_range,
    name_list,
    ordinal,
    series,
    stopped,
    surnames,
    work_title,
)
from site_builder.model import Person


def mla(cited: Cited) -> str:
    """The entry in MLA style (a list of works cited), with the marks of :func:`.parts.italic`.

    Without authors the editors begin the entry, then the translators, then the title; a missing date is left
    out.  The place in the text is in the citation in the text alone.

    A book is ``Jacobs, Jane. The Canal. Dike Press, 2012.``, with the title between the marks of italics.  A
    first date follows the title (``1961. Dike Press, 2012.``).  An article is
    ``Jacobs, Jane. “On Water.” Waterways, vol. 3, no. 2, 2012, pp. 10–20.``, with ``Waterways`` in italics.
    """
    lead = cited.lead or cited.translators
    by = _mla_names(lead)
    if lead and not cited.authors:
        role = "editor" if cited.lead else "translator"
        by = f"{by}, {role}{'s' if len(lead) > 1 else ''}"
    accessed = f"Accessed {access_day_mla(cited.read)}" if cited.undated and cited.read else ""
    title = work_title(cited, cited.title_en, quoted=_quoted(cited))
    return "".join(map(stopped, [by, title, *_mla_body(cited), accessed])).rstrip()


def mla_in_edition(work: Cited, edition: Cited) -> str:
    """The entry of a work that is read in an edition of it, which is a further container (5.33).

    It is the entry of the work, then the edition with its editors, version, date and address.

    After the entry of the work: ``TITLE, edited by Ann Lee and Tom Mann, version 2.0, 24 Nov. 2026,
    https://example.org.``, with the title between the marks of italics.  Three editors or more are
    ``Ann Lee et al.``  What is not known is left out.
    """
    title = work_title(edition, edition.title_en, quoted=_quoted(edition))
    edited = labelled("edited by", name_list(edition.lead, most=2, kept=1))
    version = labelled("version", edition.get("version"))
    return f"{mla(work)} {stopped(listed(title, edited, version, _mla_date(edition), edition.link))}".rstrip()


def mla_in_text(cited: Cited) -> str:
    """The citation in the text: ``(Li, par. 12, #p12)``, without the place if there is no locator.

    Without authors, editors and translators it has the title, in quotation marks
    (``(“Notes,” par. 12, #p12)``) or with the marks of :func:`.parts.italic`.

    Two names are ``(Li and Jacobs)``, three or more ``(Li et al.)``.
    """
    lead = cited.lead or cited.translators
    where = cited.where_in_text("par.")
    if lead:
        return f"({listed(surnames(lead, joint='and'), where)})"
    title = cited.short_title or in_english(cited, "")[0]
    if not _quoted(cited):
        return f"({listed(italic(title), where)})"
    return f"(“{title},” {where})" if where else f"(“{title}”)"


def _quoted(cited: Cited) -> bool:
    return in_quotes(cited) and cited.type != "thesis"


def _mla_body(cited: Cited) -> list[str]:
    date, link = _mla_date(cited), cited.link
    pages = f"{'pp' if cited.several_pages else 'p'}. {mla_range(cited.pages)}" if cited.pages else ""
    version = labelled("Version", cited.get("version"))
    if cited.type == "thesis":
        return [listed(date, link), listed(cited.publisher, cited.get("genre"))]
    numbers = [
        ordinal(cited.get("edition")),
        labelled("vol.", cited.get("volume")),
        labelled("no.", cited.get("issue")),
    ]
    genre, number = cited.get("genre"), cited.get("number")
    if number:
        numbers.append(f"{genre} no. {number}".strip())
        genre = ""
    people, publisher = _mla_people(cited), cited.publisher or cited.place
    inner = listed(container(cited), people, version, *numbers, publisher, date, pages, link)
    if not cited.container:
        inner = capitalized(inner)
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
    return f"{day}{SHORT[cited.date[1] - 1]} {cited.year}"
