"""Entries of Chicago 18: notes, bibliography, and the author-date system.

The three share their elements; a note joins them with commas and abbreviates the roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.citing.cited import Cited
from site_builder.citing.styles.parts import (
    access_day,
    chicago_range,
    container,
    contributors,
    in_english,
    in_quotes,
    italic,
    joined,
    labelled,
    listed,
    month_first,
    name_list,
    ordinal,
    series,
    site_of,
    stopped,
    surnames,
    under_owner,
    work_title,
)
from site_builder.model import Person

_ROLES = {"Edited": "ed.", "Translated": "trans.", "Edited and translated": "ed. and trans."}
"""What a note writes for a contribution."""


def chicago(cited: Cited) -> str:
    """The entry of a bibliography, which names no place in the text, with the marks of :func:`.parts.italic`.

    Without authors the editors begin the entry, then the translators, then the title.  Without a date it has
    ``n.d.``; a classical work then has nothing, and a web page the access date if it is known.

    A book is ``Jacobs, Jane. The Canal. Dike Press, 2012.``, with the title between the marks of italics.  A
    first date is before the publisher (``1961; Dike Press, 2012.``), and before the number of the edition
    (``1961. 2nd ed. Dike Press, 2012.``).  An article is
    ``Jacobs, Jane. “On Water.” Waterways 3, no. 2 (2012): 10–20.``, with ``Waterways`` in italics.
    """
    cited = under_owner(cited)
    parts = (
        _lead(cited),
        work_title(cited, cited.title_gloss, quoted=in_quotes(cited)),
        _version(cited),
        *_body(cited),
        _accessed(cited),
    )
    return _sentences(cited, parts)


def chicago_author_date(cited: Cited, again: str = "") -> str:
    """The entry of a list of references in the author-date system, with the marks of :func:`.parts.italic`.

    The year follows the names, or the title if there are none; without a date it is ``n.d.``.

    A book is ``Jacobs, Jane. 2012. The Canal. Dike Press.``  A first date of the record is ``(1961) 2012``.

    :param again: the year of the edition in which the work is read, if it is not the work itself; it
        follows the first date, or else the year: ``(1961) 2026``, ``(2012) 2026``.
    """
    cited = under_owner(cited)
    first, year = (cited.original or cited.year, again) if again else (cited.original, cited.year or "n.d.")
    if first and cited.year and first != year:
        year = f"({first}) {year}"
    by, title = _lead(cited), work_title(cited, cited.title_gloss, quoted=in_quotes(cited))
    parts = (
        *((by, year, title) if by else (title, year)),
        _version(cited),
        *_body_after_date(cited),
        _accessed(cited),
    )
    return _sentences(cited, parts)


def chicago_in_text(cited: Cited, first: str = "") -> str:
    """The citation in the text of the author-date system: ``(Li 2012, para. 12, #p12)``, without the place if
    there is no locator.

    Without authors, editors and translators it has the title, in quotation marks or with the marks of
    :func:`.parts.italic`.  A classical work is cited by its title in place of the date.  Without a date it
    has ``n.d.``.

    Two names are ``(Li and Jacobs 2012)``, three or more ``(Li et al. 2012)``; without a date it is
    ``(Li, n.d.)``, with a first date of the record ``(Li [1961] 2012)``.

    :param first: the year in which the work was first published, if the record does not have it:
        ``(Li [2012] 2026)``.
    """
    cited = under_owner(cited)
    lead, where = cited.lead or cited.translators, cited.where_in_text("para.")
    title = cited.short_title or in_english(cited, "")[0]
    title = f"“{title}”" if in_quotes(cited) else italic(title)
    by = surnames(lead, joint="and") or title
    if cited.type == "classic":
        return f"({listed(by, in_english(cited, '')[0] if lead else '', where)})"
    first = cited.original or first
    original = f" [{first}]" if first and cited.year else ""
    year = f"{original} {cited.year}" if cited.year else ", n.d."
    return f"({listed(by + year, where)})"


def chicago_note(cited: Cited) -> str:
    """A note, with the place in the text, or without a locator with the pages of an article.

    It ends with a period, and has the marks of :func:`.parts.italic`.  Of three authors or more the first is
    named, with ``et al.``

    A book is ``Jane Jacobs, The Canal (Dike Press, 2012), para. 12 (#p12).``, with a first date
    ``(1961; Dike Press, 2012)``.
    """
    lead = cited.lead or cited.translators
    by = name_list(lead, most=2, kept=1)
    if lead and not cited.authors:
        by = f"{by}, {_role_of_lead(cited)}"
    thesis = cited.type == "thesis"
    title = work_title(cited, cited.title_gloss, quoted=in_quotes(cited), mark="" if thesis else ",")
    accessed = _accessed(cited)
    after = (
        _lowered(_version(cited)),
        _note_body(cited),
        f"{accessed[:1].lower()}{accessed[1:]}",
        cited.link,
    )
    return stopped(_after_title(listed(by, title), listed(*after))).rstrip()


# --- a work in an edition ----------------------------------------------------------------------------


def chicago_note_in_edition(work: Cited, edition: Cited) -> str:
    """A note of a work that is read in an edition of it, with the place in the edition.

    It is the note of the work, then ``reprinted in`` and the edition with its version, its place and its
    address.

    After the note of the work:
    ``, reprinted in TITLE, ed. Ann Lee, version 2.0, November 24, 2026, para. 12 (#p12), ADDRESS.``
    """
    after = (
        f"reprinted in {_title_of_edition(edition)}",
        _edited(edition, "ed."),
        _lowered(_version(edition)),
        _note_body(edition),
        edition.link,
    )
    return stopped(listed(chicago_note(work).removesuffix("."), *after)).rstrip()


def chicago_in_edition(work: Cited, edition: Cited) -> str:
    """The entry of a bibliography for a work that is read in an edition of it, with the marks of
    :func:`.parts.italic`.

    It is the entry of the work, then ``Reprinted in`` with the edition, its version, date and address, each
    part with a period.

    After the entry of the work:
    ``Reprinted in TITLE, edited by Ann Lee. Version 2.0. November 24, 2026. ADDRESS.``
    """
    return f"{chicago(work)} {_sentences(edition, [*_reprinted_in(edition), *_body(edition)])}"


def chicago_author_date_in_edition(work: Cited, edition: Cited) -> str:
    """The same in the author-date system: ``Li Ming. (2012) 2026.``

    The year of the work is in parentheses, that of the edition follows; the date of the edition at the end is
    without its year: ``November 24``.
    """
    entry = chicago_author_date(work, edition.year)
    return f"{entry} {_sentences(edition, [*_reprinted_in(edition), *_body_after_date(edition)])}"


def _reprinted_in(edition: Cited) -> list[str]:
    edited = _edited(edition, "edited by")
    return [f"Reprinted in {listed(_title_of_edition(edition), edited)}", _version(edition)]


def _title_of_edition(edition: Cited) -> str:
    return work_title(edition, edition.title_gloss, quoted=in_quotes(edition))


def _edited(edition: Cited, how: str) -> str:
    return labelled(how, name_list(edition.lead, most=2, kept=1))


def _after_title(before: str, after: str) -> str:
    """The beginning of a note and what follows; no comma after a comma within quotation marks, nor before a
    parenthesis.
    """
    if not after:
        return before
    return f"{before} {after}" if before.endswith(",”") or after.startswith("(") else f"{before}, {after}"


def _sentences(cited: Cited, parts: Iterable[str]) -> str:
    address = f"{cited.link}." if cited.link else ""
    return f"{''.join(map(stopped, parts))}{address}".rstrip()


def _lead(cited: Cited) -> str:
    lead = cited.lead or cited.translators
    by = _names(lead, inverted=True)
    return by if cited.authors or not lead else f"{by}, {_role_of_lead(cited)}"


def _role_of_lead(cited: Cited) -> str:
    if not cited.lead:
        return "trans."
    return "eds." if len(cited.lead) > 1 else "ed."


def _names(people: Sequence[Person], *, inverted: bool = False) -> str:
    """The names of a bibliography; of more than six the first three (13.23)."""
    return name_list(people, most=6, kept=3, inverted=inverted)


def _version(cited: Cited) -> str:
    return labelled("Version", cited.get("version"))


def _accessed(cited: Cited) -> str:
    return f"Accessed {access_day(cited.read)}" if cited.undated and cited.read else ""


def _year(cited: Cited) -> str:
    """The year; without one ``n.d.``, except for a classical work (14.143)."""
    return cited.year or ("" if cited.type == "classic" else "n.d.")


def _reprinted(cited: Cited) -> bool:
    """Whether a later printing of the work is cited: its edition then belongs to its publisher (14.16)."""
    return bool(cited.original and cited.year)


def _imprint(cited: Cited) -> str:
    """The publisher, or the place if no publisher is known (14.30)."""
    return cited.publisher or cited.place


def _day(cited: Cited) -> str:
    """``December 17, 2020`` for a date, as precise as it is."""
    return f"{month_first(cited.date)}{', ' if len(cited.date) > 2 else ' '}{cited.year}".strip()


def _numbered(cited: Cited) -> str:
    if cited.unpublished:
        return "Unpublished manuscript"
    number, genre = cited.get("number"), cited.get("genre")
    return f"{genre} No. {number}".strip() if number else genre


def _people(cited: Cited, *, short: bool = False) -> list[str]:
    """The editors and translators who do not begin the entry."""
    if not cited.lead:
        return []  # the entry begins with the translators
    found = contributors(cited, cited.other_editors)
    if short:
        return [f"{_ROLES[did]} {name_list(people, most=2, kept=1)}" for did, people in found]
    return [f"{did} by {_names(people)}" for did, people in found]


# --- bibliography -----------------------------------------------------------------------------------


def _body(cited: Cited) -> list[str]:
    """The sentences after the title."""
    year = _year(cited)
    if cited.online:
        return [listed(site_of(cited), _imprint(cited), _day(cited))]
    if cited.type == "article-journal":
        return [*_people(cited), _issue(cited, chicago_range(cited.pages))]
    if cited.inside:
        return [*_book_of(cited, last=False), _published(cited, year)]
    if cited.type == "thesis":
        return [listed(cited.get("genre"), _imprint(cited), year)]
    if cited.type == "manuscript":
        year = _day(cited) or "n.d."
    return [*_book(cited), _published(cited, year)]


def _issue(cited: Cited, place: str) -> str:
    """Container, number and date, and the place in the work."""
    volume, issue = cited.get("volume"), cited.get("issue")
    if not (volume or issue):
        return listed(container(cited), _day(cited) or "n.d.", place)
    number = listed(f"{container(cited)} {volume}".strip(), labelled("no.", issue))
    return joined(": ", f"{number} ({cited.year or 'n.d.'})", place)


def _book(cited: Cited) -> list[str]:
    """Edition, volume, people and series of a book; a volume and the people after it form one sentence."""
    people, volume = _people(cited), labelled("Vol.", cited.get("volume"))
    if volume:
        people = [listed(volume, *map(_lowered, people))]
    edition = ordinal(cited.get("edition"))
    original = cited.original if edition or not _imprint(cited) else ""
    if _reprinted(cited) and original:
        return [_numbered(cited), *people, original, edition, series(cited)]
    return [_numbered(cited), edition, *people, original, series(cited)]


def _published(cited: Cited, year: str) -> str:
    apart = cited.inside or cited.get("edition") or not _imprint(cited)
    first = f"{cited.original}; " if cited.original and not apart else ""
    return f"{first}{listed(_imprint(cited), year)}"


def _book_of(cited: Cited, *, last: bool) -> list[str]:
    """The book of a part, without pages (14.8), and the series of the book.

    :param last: whether the volume follows the people, as in the author-date system.
    """
    volume = labelled("vol.", cited.get("volume"))
    people = [*map(_lowered, _people(cited))]
    order = (*people, volume) if last else (volume, *people)
    book = listed(container(cited), ordinal(cited.get("edition")), *order)
    original = cited.original if cited.type == "classic" and not last else ""
    return [original, f"In {book}", series(cited)]


# --- author-date ------------------------------------------------------------------------------------


def _body_after_date(cited: Cited) -> list[str]:
    """The sentences after year and title; a month and a day that are known come last."""
    day = month_first(cited.date)
    if cited.online:
        return [listed(site_of(cited), _imprint(cited), day)]
    if cited.type == "article-journal":
        return [*_people(cited), _issue_after_date(cited, day)]
    if cited.inside:
        return [*_book_of(cited, last=True), _imprint(cited)]
    if cited.type == "thesis":
        return [listed(cited.get("genre"), _imprint(cited))]
    volume = labelled("Vol.", cited.get("volume"))
    imprint = listed(_imprint(cited), day if cited.type == "manuscript" else "")
    people, edition = _people(cited), ordinal(cited.get("edition"))
    order = (*people, volume, edition) if _reprinted(cited) else (edition, *people, volume)
    return [_numbered(cited), *order, series(cited), imprint]


def _issue_after_date(cited: Cited, day: str) -> str:
    volume, issue, pages = cited.get("volume"), cited.get("issue"), chicago_range(cited.pages)
    if not (volume or issue):
        return listed(container(cited), day, pages)
    if volume:
        number = f"{container(cited)} {volume}{f' ({issue})' if issue else ''}"
    else:
        number = f"{container(cited)}, no. {issue}"
    return joined(": ", number, pages)


# --- notes ------------------------------------------------------------------------------------------


def _note_body(cited: Cited) -> str:
    """What follows the title in a note, up to the place in the text."""
    where, people, year = cited.where("para."), _people(cited, short=True), _year(cited)
    if cited.online:
        return listed(site_of(cited), _imprint(cited), _day(cited), where)
    if cited.type == "article-journal":
        return listed(*people, _issue(cited, where or chicago_range(cited.pages)))
    if cited.type == "thesis":
        return listed(f"({listed(cited.get('genre'), _imprint(cited), year)})", where)
    numbered = _numbered(cited).replace("No. ", "no. ").replace("Unpublished", "unpublished")
    if cited.type == "manuscript":
        return listed(numbered, _imprint(cited), _day(cited) or "n.d.", where)
    volume = labelled("vol.", cited.get("volume"))
    edition, imprint = ordinal(cited.get("edition")), listed(_imprint(cited), year)
    before = [f"in {container(cited)}"] if cited.inside else []
    if cited.original and not cited.inside:
        inner = edition if _reprinted(cited) else ""
        imprint, edition = f"{cited.original}; {listed(inner, imprint)}", "" if inner else edition
    book = listed(*before, numbered, edition, volume, *people, series(cited))
    return listed(f"{book} ({imprint})".strip(), where)


def _lowered(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
