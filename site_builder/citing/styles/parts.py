"""Parts that several styles share: titles, lists of names, punctuation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from site_builder.citing.cited import Cited
from site_builder.language.characters import is_han
from site_builder.model import Name, Person
from site_builder.records import replace

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT = tuple(m if len(m) < 5 else f"{m[:4] if m == 'September' else m[:3]}." for m in MONTHS)
"""The months as MLA abbreviates them: those with more than four letters."""
_STOPS = ".?!。？！"
_ITALIC, _UPRIGHT = "\x02", "\x03"
"""The beginning and the end of words in italics.  No field of a record contains a control character."""
_QUOTED = ("article-journal", "chapter", "webpage", "manuscript", "thesis")
"""Types with titles in quotation marks (a thesis not in MLA)."""


def italic(words: str) -> str:
    """The words between the two marks of italics; ``""`` stays."""
    return f"{_ITALIC}{words}{_UPRIGHT}" if words else ""


def without_italics(text: str) -> str:
    """A citation in plain text: without the marks of italics; all else stays.

    An empty text stays empty.
    """
    return text.replace(_ITALIC, "").replace(_UPRIGHT, "")


def with_tags(text: str) -> str:
    """A citation with ``<i>`` and ``</i>`` in place of the marks of italics; nothing else is escaped."""
    return text.replace(_ITALIC, "<i>").replace(_UPRIGHT, "</i>")


def runs(text: str) -> list[tuple[str, str]]:
    """A citation as runs of words, each with ``i`` in italics, else ``""``: ``(words, "i")``; no run is
    empty, and ``""`` gives ``[]``.
    """
    found = re.split(f"{_ITALIC}([^{_UPRIGHT}]*){_UPRIGHT}", text)
    return [(words, "i" if at % 2 else "") for at, words in enumerate(found) if words]


def capitalized(words: str) -> str:
    """The words with a capital at their beginning, also within italics; all else stays, and ``""`` too."""
    at = 1 if words.startswith(_ITALIC) else 0
    return f"{words[:at]}{words[at : at + 1].upper()}{words[at + 1 :]}"


def series(cited: Cited) -> str:
    """The title of the series and its number, if any, with a space between; ``""`` without a title, also if
    there is a number.
    """
    return (
        f"{cited.get('collection-title')} {cited.get('collection-number')}".strip()
        if cited.get("collection-title")
        else ""
    )


def in_english(cited: Cited, gloss: str) -> tuple[str, str]:
    """The title as a style in English prints it, and what follows outside of its quotation marks.

    With a title in Latin letters: ``Chengshi``, ``城市 [City]``; without: ``城市``, ``[City]``.
    Source: Chicago 18, 13.101.

    :param gloss: the translation, in the capitals of the style.
    """
    latin = cited.title_latin
    return latin or cited.title, joined(" ", cited.title if latin else "", f"[{gloss}]" if gloss else "")


def in_quotes(cited: Cited) -> bool:
    """Whether the title is in quotation marks: that of a part of another work, or of an unpublished one.

    True for articles, chapters, manuscripts, theses, and web pages with a container; false for books,
    reports, classical works, and this edition, which is an independent work.
    """
    alone = cited.type == "webpage" and not cited.container
    return cited.type in _QUOTED and not alone


def work_title(cited: Cited, gloss: str, *, quoted: bool, mark: str = ".") -> str:
    """The title and its translation, as :func:`in_english` orders them.

    Without quotation marks it has the marks of italics, except a title in Han characters, and no ``mark``.
    If the quotation marks end the part, the ``mark`` (a period, a comma or ``""``) is inside of them,
    except for a period after another mark: ``“Notes.”``, ``“Why?”``, with a comma ``“Why?,”``.  If anything
    follows, the mark is left out: ``“Chengshi” 城市 [City]``.

    :param gloss: the translation; ``""`` for none.
    """
    title, rest = in_english(cited, gloss)
    if not quoted:
        return f"{_slanted(title)} {rest}".strip()
    if rest:
        return f"“{title}” {rest}"
    return f"“{stopped(title).rstrip()}”" if mark == "." else f"“{title}{mark}”"


def container(cited: Cited) -> str:
    """The container: ``Shuili Yuekan 水利月刊``; without a form in Latin letters ``水利月刊 [Waterways]``.

    A form in Latin letters has the marks of italics.  ``""`` if there is no container.
    """
    if cited.container_latin:
        return f"{italic(cited.container_latin)} {cited.container}"
    return glossed(_slanted(cited.container), cited.container_en)


def _slanted(title: str) -> str:
    """A title in italics; one in Han characters stays upright in Chicago and MLA (Chicago 18, 11.99)."""
    return title if any(map(is_han, title)) else italic(title)


def site_of(cited: Cited) -> str:
    """The container of a web page as Chicago prints it: not in italics (18, 8.193).

    It is as :func:`container` gives it, ``Shuili Yuekan 水利月刊``, without the marks of italics; ``""``
    without a container.
    """
    return without_italics(container(cited))


def _both_names(person: Person, *, inverted: bool) -> str:
    """A name, also in Latin letters if the record has them: ``Li Ming 李明``, ``Jacobs, Jane``.

    An institution has its form in Latin letters alone.
    """
    name, latin = person.name, person.latin
    if latin is not None and person.institution:
        return latin.whole
    if latin is None:
        return name.inverted if inverted else name.whole
    listed = latin.inverted if inverted and not person.east_asian else person.romanised
    return f"{listed} {name.whole}"


def name_list(people: Sequence[Person], *, most: int, kept: int, inverted: bool = False) -> str:
    """The names of a list in English: ``A``, ``A and B``, ``A, B, and C``; of more than ``most`` the first
    ``kept``, and ``et al.``

    Before ``et al.`` is a comma if two names or more are kept, and always with ``inverted``:
    ``Jane Jacobs et al.``, ``A, B, et al.``, ``Jacobs, Jane, et al.``  A name with a form in Latin letters
    follows that form: ``Li Ming 李明``; of an institution that form is alone.  No persons give ``""``.

    :param inverted: for the beginning of an entry: the first name is ``Jacobs, Jane``, if it is alphabetic.
        If it has a comma, one follows it also before ``and``: ``Jacobs, Jane, and Tom Mann``.
    """
    names = [_both_names(person, inverted=inverted and at == 0) for at, person in enumerate(people)]
    if len(names) > most:
        comma = "," if inverted or kept > 1 else ""
        return f"{', '.join(names[:kept])}{comma} et al."
    return enumerated(names, joint="and", comma=inverted and bool(names) and "," in names[0])


def under_owner(cited: Cited) -> Cited:
    """A web page without authors and editors as the work of who publishes it (APA 7, 10.16; Chicago 18,
    14.104).

    The publisher is then the author, an institution, and no longer the publisher.  Any other work, and a page
    without a publisher, is returned as it is.
    """
    if not cited.online or cited.lead or not cited.publisher:
        return cited
    owner = Person(name=Name(literal=cited.publisher), institution=True)
    item = {name: value for name, value in cited.item.items() if not name.startswith("publisher")}
    return replace(cited, item=item, publisher_latin="", place_latin="", authors=(owner,))


def whole_range(pages: str) -> str:
    """A range of pages with all digits: ``457–72`` gives ``457–472``; other statements stay.

    A range is two numbers with an en dash; ``457-72`` and ``1, 3–4`` are none.  A second number with more
    digits stays (``98–103``).
    """
    return _range(pages, lambda first, last: last)


def chicago_range(pages: str) -> str:
    """A range of pages as Chicago shortens it: ``101–8``, ``457–72``, ``100–104`` (18, 9.62).

    A second number with fewer digits is completed first (``457–8`` gives ``457–58``, ``100–4`` gives
    ``100–104``).  Other statements, and a second number with more digits, stay (``98–103``).
    """

    def short(first: str, last: str) -> str:
        if len(first) < 3 or first.endswith("00"):
            return last
        if first[-2] == "0":
            return last[min(_same(first, last), len(last) - 1) :]
        return last[_kept(first, last) :]

    return _range(pages, short)


def mla_range(pages: str) -> str:
    """A range of pages with two digits or more at its end: ``101–08``, ``457–72`` (MLA 9, 2.139).

    A second number with fewer digits is completed first (``457–8`` gives ``457–58``).  Other statements, and
    a second number with more digits, stay (``98–103``); so do pages of one digit (``3–4``).
    """
    return _range(pages, lambda first, last: last[_kept(first, last) :])


def _kept(first: str, last: str) -> int:
    """How many digits a shortened range leaves out, if it keeps two."""
    return min(_same(first, last), max(len(last) - 2, 0))


def _same(first: str, last: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(last))


def _range(pages: str, short: Callable[[str, str], str]) -> str:
    found = re.fullmatch(r"([0-9]+)–([0-9]+)", pages)
    if not found:
        return pages
    first, last = found[1], found[2]
    last = f"{first[: -len(last)]}{last}" if len(last) < len(first) else last
    return f"{first}–{short(first, last) if len(first) == len(last) else last}"


def surnames(people: Sequence[Person], *, joint: str) -> str:
    """The names of a citation in the text: ``Li``, ``Li and Jacobs``, of three or more ``Li et al.``; ``""``
    for none.

    It is the family name, of the form in Latin letters if there is one; a name that is not divided is whole.
    """
    names = [(person.latin or person.name) for person in people]
    found = [name.family or name.literal for name in names]
    if len(found) > 2:
        return f"{found[0]} et al."
    return f" {joint} ".join(found)


def contributors(cited: Cited, editors: Sequence[Person]) -> list[tuple[str, Sequence[Person]]]:
    """(``Edited``, the editors), then (``Translated``, the translators); a role without persons is left out.

    If both have the same persons in the same order, one (``Edited and translated``, the persons).
    """
    translators = cited.translators
    if editors and tuple(editors) == translators:
        return [("Edited and translated", editors)]
    return [(did, people) for did, people in (("Edited", editors), ("Translated", translators)) if people]


def access_day(date: str) -> str:
    """An access date in American form: ``2027-03-05`` gives ``March 5, 2027``; a text that is no day
    stays, as a placeholder, ``2027-03`` or ``2027-13-05``.
    """
    year, month, day = _parts(date)
    return f"{MONTHS[month - 1]} {day}, {year}" if month else date


def access_day_mla(date: str) -> str:
    """An access date in the form of MLA: ``2027-03-05`` gives ``5 Mar. 2027``, a September ``Sept.``; May,
    June and July have no period.  A text that is no day stays, as a placeholder, ``2027-03`` or
    ``2027-13-05``.
    """
    year, month, day = _parts(date)
    return f"{day} {SHORT[month - 1]} {year}" if month else date


def _parts(date: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        return 0, 0, 0
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return 0, 0, 0
    return day.year, day.month, day.day


def abbreviated(given: str) -> str:
    """``Jane B.`` → ``J. B.``; ``Jean-Paul`` → ``J.-P.``; ``J.B.`` → ``J. B.``; an empty name stays empty."""
    words = re.sub(r"\.(?=[^\s-])", ". ", given).split()
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words)


def ordinal(edition: str) -> str:
    """``2`` → ``2nd ed.``, ``11`` → ``11th ed.``; an edition in words, or none, stays unchanged."""
    if not edition.isascii() or not edition.isdecimal():
        return edition
    number = int(edition)
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')} ed."


def enumerated(names: Sequence[str], *, joint: str, comma: bool = False) -> str:
    """``A, B, and C`` for the joint ``and``; ``A and B``, or with ``comma`` ``A, and B``; ``A`` alone; ``""``
    for none.
    """
    if len(names) > 2 or (len(names) == 2 and comma):
        return f"{', '.join(names[:-1])}, {joint} {names[-1]}"
    return f" {joint} ".join(names)


def glossed(words: str, english: str) -> str:
    """``城市 [City]``; the words alone if one of the two is empty."""
    return f"{words} [{english}]" if words and english else words


def labelled(label: str, value: str) -> str:
    """The label and the value with a space between: ``vol. 3``; ``""`` without a value."""
    return f"{label} {value}" if value else ""


def joined(between: str, *parts: str) -> str:
    """The parts that are not empty, with the given characters between.

    ``joined(" ", "a", "", "b")`` gives ``a b``; without any it is ``""``.
    """
    return between.join(filter(None, parts))


def listed(*parts: str) -> str:
    """The parts that are not empty, with commas between.

    ``listed("a", "", "b")`` gives ``a, b``; without any it is ``""``.
    """
    return joined(", ", *parts)


def month_first(date: Sequence[int]) -> str:
    """``December 17``, ``December`` for a date without a day; ``""`` for a year alone or no date."""
    return " ".join([MONTHS[date[1] - 1], *map(str, date[2:])]) if len(date) > 1 else ""


def stopped(part: str) -> str:
    """A part of a citation with a period, if it has none, and a space; ``""`` for an empty part.

    A part that ends in another full stop, ``?`` or ``!`` gets no period, also before a closing quotation mark
    or in italics.

    >>> stopped("Notes"), stopped("Why?"), stopped("“Notes.”")
    ('Notes. ', 'Why? ', '“Notes.” ')
    """
    if not part:
        return ""
    return f"{part} " if part.rstrip(f"”{_UPRIGHT}")[-1:] in _STOPS else f"{part}. "
