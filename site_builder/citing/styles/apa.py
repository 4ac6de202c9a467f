"""Entries of APA 7."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.citing.cited import Cited
from site_builder.citing.styles.parts import (
    abbreviated,
    access_day,
    enumerated,
    glossed,
    italic,
    joined,
    labelled,
    listed,
    month_first,
    ordinal,
    stopped,
    surnames,
    under_owner,
    whole_range,
)
from site_builder.model import Person


def apa(cited: Cited) -> str:
    """The entry in APA style, with the marks of :func:`.parts.italic`.

    The place in the text is in the citation in the text alone.  Without authors the editors begin the entry
    (``Lee, A. (Ed.).``), without both the title; without a date it has ``n.d.``, and a date in words stays.
    A web page without a date has ``Retrieved March 5, 2027, from`` before its address, if that day is known.

    A book is ``Jacobs, J. (2012). The canal. Dike Press.``, with the title between the marks of italics.  The
    address follows without a period; a first date is the end, ``(Original work published 1961)``.  An article
    has the year alone, ``Jacobs, J. (2012). On water. Waterways, 3(2), 10–20.``, with ``Waterways`` and ``3``
    in italics, each between its own marks.
    """
    cited = under_owner(cited)
    date = f"({listed(cited.year or 'n.d.', month_first(cited.date) if cited.online else '')})"
    title = _apa_title(cited)
    by = _apa_names(cited.lead)
    if cited.lead and not cited.authors:
        by = f"{by} ({'Eds' if len(cited.lead) > 1 else 'Ed'}.)"
    parts = (
        *((by, date, title) if by else (title, date)),
        _apa_container(cited),
        _apa_publisher(cited),
    )
    retrieved = f"Retrieved {access_day(cited.read)}, from " if cited.undated and cited.read else ""
    return f"{''.join(map(stopped, parts))}{retrieved}{cited.link}".rstrip() + _first_published(
        cited.original
    )


def apa_in_edition(work: Cited, edition: Cited) -> str:
    """The entry of a work that is read in an edition of it (9.41; 10.3, "reprinted from"), with the marks of
    :func:`.parts.italic`.

    It has the date of the edition, which is its container.  At its end it says where an article was first
    published (``(Reprinted from “Notes,” 2012, Journal, 3–4)``), and of other works when, if that is known
    (``(Original work published 2012)``).

    It names the edition as ``In A. Lee (Ed.), The canal, annotated (Version 2.0). ADDRESS``.
    """
    date = f"({listed(edition.year or 'n.d.', month_first(edition.date))})"
    title, by = _apa_title(work), _apa_names(work.lead)
    if work.lead and not work.authors:
        by = f"{by} ({'Eds' if len(work.lead) > 1 else 'Ed'}.)"
    editors = _apa_natural_list(edition.lead)
    if editors:
        editors = f"{editors} ({'Eds' if len(edition.lead) > 1 else 'Ed'}.), "
    parts = (*((by, date, title) if by else (title, date)), f"In {editors}{_apa_title(edition)}")
    return f"{''.join(map(stopped, parts))}{edition.link}".rstrip() + _reprinted_from(work)


def _reprinted_from(work: Cited) -> str:
    """Where a work was first published, in parentheses; ``""`` if it is not known."""
    if work.type != "article-journal" or not work.container:
        return _first_published(work.original or work.year)
    source = _apa_container(work).replace("(", "[").replace(")", "]")
    title = f"“{_title(work)},”"
    return f" (Reprinted from {title} {listed(work.original or work.year, source, work.link)})"


def _first_published(date: str) -> str:
    return f" (Original work published {date})" if date else ""


def apa_in_text(cited: Cited, first: str = "") -> str:
    """The citation in the text: ``(Li, 2012, para. 12, #p12)``, without the place if there is no locator.

    Without authors and editors it has the title, with the marks of :func:`.parts.italic` unless the work is a
    part of another; without a date it has ``n.d.``.

    Two names are ``(Li & Jacobs, 2012)``, three or more ``(Li et al., 2012)``.

    :param first: the year in which the work was first published, if the record does not have it:
        ``(Li, 2012/2026)``.
    """
    cited = under_owner(cited)
    title = cited.short_title or _title(cited)
    part = cited.type in ("article-journal", "chapter")  # other titles are in italics
    by = surnames(cited.lead, joint="&") or (f"“{title},”" if part else italic(title))
    date = joined("/", cited.original or first, cited.year) if cited.year else "n.d."
    after = listed(date, cited.where_in_text("para."))
    return f"({by} {after})" if by.endswith(",”") else f"({by}, {after})"


def _apa_title(cited: Cited) -> str:
    inside = bool(cited.container) and cited.type != "webpage"
    if not inside and cited.other_editors == cited.translators:
        people = [_apa_role(cited.translators, "Ed. & Trans.", "Eds. & Trans.")]
    else:
        people = [] if inside else [_apa_role(cited.other_editors, "Ed.", "Eds.")]
        people.append(_apa_role(cited.translators, "Trans.", "Trans."))
    number = cited.get("number")
    genre = cited.get("genre")
    if number:
        people.append(f"{genre} No. {number}".strip())
        genre = ""
    book = "" if inside else listed(ordinal(cited.get("edition")), _apa_volume(cited))
    round_ = joined("; ", *people, book)
    version = f" (Version {cited.get('version')})" if "version" in cited.item else ""
    if cited.unpublished:
        genre = "Unpublished manuscript"
    if cited.type == "thesis" and genre and cited.link:
        genre = listed(genre, cited.publisher)
    return (
        glossed(_title(cited) if _is_part(cited) else italic(_title(cited)), cited.title_gloss)
        + version
        + (f" ({round_})" if round_ else "")
        + (f" [{genre}]" if genre else "")
    )


def _is_part(cited: Cited) -> bool:
    """Whether it is a part of another work, whose title is then in italics in place of its own (9.19)."""
    return cited.type == "article-journal" or cited.inside


def _title(cited: Cited) -> str:
    return cited.title_latin or cited.sentence_case or cited.title


def _apa_volume(cited: Cited) -> str:
    return "" if cited.type == "article-journal" else labelled("Vol.", cited.get("volume"))


def _apa_role(people: Sequence[Person], one: str, several: str) -> str:
    if not people:
        return ""
    return f"{_apa_natural_list(people)}, {several if len(people) > 1 else one}"


def _apa_container(cited: Cited) -> str:
    container = _apa_source(cited)
    if not container or cited.online:
        return ""
    if cited.type == "article-journal":
        issue = f"({cited.get('issue')})" if cited.get("issue") else ""
        return listed(container, f"{italic(cited.get('volume'))}{issue}", whole_range(cited.pages))
    editors = _apa_natural_list(cited.other_editors)
    if editors:
        editors = f"{editors} ({'Eds' if len(cited.other_editors) > 1 else 'Ed'}.), "
    pages = f"{'pp' if cited.several_pages else 'p'}. {whole_range(cited.pages)}" if cited.pages else ""
    book = listed(ordinal(cited.get("edition")), _apa_volume(cited), pages)
    return f"In {editors}{container}" + (f" ({book})" if book else "")


def _apa_source(cited: Cited) -> str:
    """The container; its form in Latin letters alone, since APA translates no titles of periodicals.

    The name of a site is not in italics, since the title of the page is.
    """
    set_ = (lambda words: words) if cited.online else italic
    return set_(cited.container_latin) or glossed(set_(cited.container), cited.container_en)


def _apa_publisher(cited: Cited) -> str:
    publisher = cited.publisher
    if cited.type == "thesis" and cited.get("genre") and cited.link:
        return ""  # it is in the brackets
    if cited.get("publisher") in [person.name.whole for person in cited.authors]:
        publisher = ""
    site = _apa_source(cited) if cited.online else ""
    return (
        "".join(map(stopped, filter(None, (publisher, site)))).rstrip()
        if publisher and site
        else publisher or site
    )


def _apa_names(people: Sequence[Person]) -> str:
    names = [_apa_name(person) for person in people]
    if len(names) > 20:
        return f"{', '.join(names[:19])}, … {names[-1]}"
    divided = any((person.latin or person.name).divided for person in people)
    return enumerated(names, joint="&", comma=divided)


def _apa_natural_list(people: Sequence[Person]) -> str:
    return enumerated([_apa_natural(person) for person in people], joint="&")


def _apa_name(person: Person) -> str:
    """``Li, M.``; a name without a Latin form stays unchanged."""
    name = person.latin or person.name
    initials = abbreviated(name.given)
    return f"{name.family}, {initials}" if name.divided and name.alphabetic and initials else name.whole


def _apa_natural(person: Person) -> str:
    name = person.latin or person.name
    initials = abbreviated(name.given)
    return f"{initials} {name.family}" if name.divided and name.alphabetic and initials else name.whole
