"""Bibliography entries in four styles: GB/T 7714—2015 (numeric), APA 7, Chicago 17 and MLA 9.

Nothing is invented: a work without page numbers is cited without them.  Titles keep the spelling of the
record: no style changes their capitals.  These are the choices where the styles leave one, or where a style
file cannot follow them:

- A name in another script is also given in Latin letters (APA: only in Latin letters).  A translated title
  follows the title in square brackets, outside of its quotation marks (Chicago 18, 13.101), as in the
  record.
- A list of authors inverts alphabetic names (Chicago and MLA only the first), not names in Han characters.
  The Latin form of such a name keeps its order, family name first, without a comma (Li Ming; Chicago 17,
  8.15); APA abbreviates the given name and needs the comma (Li, M.).
- A comma precedes "and" between two names if the first is inverted; in APA if one of the two is.
- GB/T writes ``第3卷`` and ``2版``, as in the examples of the standard, and ``et al`` for a work in a
  language other than Chinese (8.1.2).
- APA omits a publisher that is also the author (9.29).
- GB/T requires the access date (4.6.2).  The other styles give it for a web page without a date (APA 7,
  9.16; Chicago 17, 14.12).  It is in ISO 8601 format, since scripts fill it in, unless the record has it.
- GB/T puts a place in the text before the dates (4.6.2) and the version after the title (8.3).
- Chicago and MLA name a series, as their style files do; the other two omit it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.citing import references
from site_builder.model import Name, Person

UNDATED = "檢索日期"
"""The placeholder for an access date that is not known."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# MLA abbreviates months with more than four letters
_SHORT = tuple(m if len(m) < 5 else f"{m[:4] if m == 'September' else m[:3]}." for m in _MONTHS)
_STOPS = ".?!。？！"
_QUOTED = ("article-journal", "chapter", "webpage", "manuscript")
"""Types with titles in quotation marks (in Chicago also ``thesis``)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """The cited passage: its displayed number, id and first words; and the access date.

    With the default values every part is a placeholder that the page fills in: ``{number}``…
    """

    number: str = "{number}"
    id: str = "{id}"
    opening: str = "{opening}"
    date: str = "{date}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A work, and the place in it that a citation names.

    ``of`` is as in :class:`site_builder.citing.citation.Styled`.
    """

    of: str
    item: references.Item
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    title_en: str = ""
    container_en: str = ""
    address: str = ""
    at: Locator | None = None

    def get(self, field: str) -> str:
        """A text field of the item; ``""`` if it is missing."""
        return str(self.item.get(field, ""))

    @property
    def type(self) -> str:
        """The CSL type."""
        return self.get("type")

    @property
    def title(self) -> str:
        """The title; ``""`` if it is missing."""
        return self.get("title")

    @property
    def container(self) -> str:
        """The title of the container; ``""`` if there is none."""
        return self.get("container-title")

    @property
    def lead(self) -> tuple[Person, ...]:
        """The persons at the beginning of the entry: the authors, or the editors if there is no author."""
        return self.authors or self.editors

    @property
    def other_editors(self) -> tuple[Person, ...]:
        """The editors, if they do not open the entry; ``()`` if there is no author."""
        return self.editors if self.authors else ()

    @property
    def date(self) -> tuple[int, ...]:
        """The date of publication: (year), (year, month), (year, month, day), or ``()``."""
        return references.date(self.item)

    @property
    def year(self) -> str:
        """The year alone, or the date in words; ``""`` if there is none."""
        literal = self.item.get("issued", {}).get("literal", "")
        return str(self.date[0]) if self.date else str(literal)

    @property
    def original(self) -> str:
        """The date when the work was written or first published, in ISO 8601 or in words; ``""`` if there is
        none.
        """
        date = self.item.get("original-date", {})
        return references.iso(self.item, "original-date") or str(date.get("literal", ""))

    @property
    def online(self) -> bool:
        """Whether it is a web page, by its type; an article with an address is none."""
        return self.type == "webpage"

    @property
    def doi(self) -> str:
        """The DOI; ``""`` if there is none."""
        return self.get("DOI")

    @property
    def link(self) -> str:
        """The address that a style prints: that of the DOI if there is one; ``""`` if there is neither."""
        return references.doi_address(self.doi) if self.doi else self.address

    @property
    def read(self) -> str:
        """The access date of the record, else that of the locator, else the placeholder :data:`UNDATED`."""
        return references.iso(self.item, "accessed") or (self.at.date if self.at else UNDATED)

    @property
    def undated(self) -> bool:
        """Whether it is a web page with an address and without a date: the access date then identifies its
        version.
        """
        return self.online and bool(self.address) and not self.year

    def where(self, term: str) -> str:
        """The place in the text: ``para. 12 (#p12)`` for the term ``para.``; ``""`` without a locator."""
        return f"{term} {self.at.number} (#{self.at.id})" if self.at else ""

    @property
    def pages(self) -> str:
        """The pages, with an en dash in a range; ``""`` if there are none."""
        return self.get("page").replace("-", "–")

    @property
    def several_pages(self) -> bool:
        """Whether the pages are a range or a list; false for one page and for none."""
        return re.search("[–,]", self.pages) is not None


# --- GB/T 7714—2015 -------------------------------------------------------------------------------

_GBT = {
    "article-journal": "J",
    "book": "M",
    "chapter": "M",
    "classic": "M",
    "manuscript": "Z",
    "report": "R",
    "thesis": "D",
    "webpage": "EB",
}
_BOOKS = ("book", "classic", "report", "manuscript")
"""Types that are a complete publication: volume and edition belong to the work itself."""


def gbt(cited: Cited) -> str:
    """The reference in GB/T 7714 style, without its number in the list.

    Fields that are missing are left out, also the date.  After three names it has ``等`` or ``et al``.

    :raises KeyError: for a type that :mod:`site_builder.citing.references` does not make.
    """
    online = cited.online or cited.address or cited.doi
    inside = cited.type == "chapter" or (cited.type == "classic" and cited.container)
    title = cited.title if inside else _gbt_volume(cited, cited.title)
    number = f": {cited.get('number')}" if cited.get("number") else ""
    translators = f"{_gbt_names(cited, cited.translators)}, 譯" if cited.translators else ""
    own = f"{title}{number}[{_GBT[cited.type]}{'/OL' if online else ''}]"
    first = [own, translators]
    if inside:
        host = _gbt_volume(cited, cited.container)
        book = "".join(map(_stopped, (_gbt_names(cited, cited.other_editors or cited.editors), host)))
        first = [
            f"{''.join(map(_stopped, filter(None, (own, translators)))).rstrip().rstrip('.')}//{book.strip()}"
        ]
    edition = cited.get("edition")
    parts = (
        _gbt_names(cited, cited.authors if inside else cited.lead),
        *first,
        f"{cited.get('version')}版" if "version" in cited.item else "",
        f"{edition}版" if edition.isdecimal() else edition,
        _gbt_online(cited) if cited.online else _gbt_print(cited),
        cited.address,
        f"DOI:{cited.doi}" if cited.doi else "",
    )
    return "".join(map(_stopped, parts)).rstrip()


def _gbt_volume(cited: Cited, title: str) -> str:
    volume = "" if cited.type == "article-journal" else cited.get("volume")
    return f"{title}: 第{volume}卷" if volume.isdecimal() else ": ".join(filter(None, (title, volume)))


def _gbt_names(cited: Cited, people: Sequence[Person]) -> str:
    """The first three names; alphabetic names in capitals with initials: ``JACOBS J B``."""
    more = "等" if cited.get("language").startswith("zh") else "et al"
    return ", ".join(
        [*(_gbt_name(person.name) for person in people[:3]), *([more] if len(people) > 3 else [])]
    )


def _gbt_name(name: Name) -> str:
    if not name.alphabetic:
        return name.whole
    if not name.divided:
        return name.literal.upper()
    initials = _initials(name.given).replace(".-", " ").replace(".", "").replace("-", " ")
    return f"{name.family.upper()} {initials}".rstrip()


def _gbt_print(cited: Cited) -> str:
    if cited.type == "article-journal":
        number = f"({cited.get('issue')})" if cited.get("issue") else ""
        year = _listed(cited.year, cited.get("volume"))
        issue = f"{_listed(cited.container, year)}{number}"
    else:
        issue = _listed(_imprint(cited), cited.year)
    place = _listed(cited.get("page"), _gbt_where(cited))
    accessed = f"[{cited.read}]" if cited.address else ""
    return f"{': '.join(filter(None, [issue, place]))}{accessed}"


def _gbt_online(cited: Cited) -> str:
    """``出版者, 出版年: 引文頁碼(更新日期)[引用日期]``; the name of the site if there is no address."""
    site, where = _imprint(cited) or ("" if cited.address else cited.container), _gbt_where(cited)
    year = cited.year if site or where else ""
    day = "-".join(f"{part:02}" for part in cited.date) or cited.year
    updated = f"({day})" if day and day != year else ""
    return f"{': '.join(filter(None, [_listed(site, year), where]))}{updated}[{cited.read}]"


def _gbt_where(cited: Cited) -> str:
    if cited.at is None:
        return ""
    opening = f"，起首「{cited.at.opening}」" if cited.of == "edition" else ""
    return f"第{cited.at.number}段（#{cited.at.id}{opening}）"


# --- APA 7 ----------------------------------------------------------------------------------------


def apa(cited: Cited) -> str:
    """The entry in APA style; a place in the text comes before the address.

    Without authors the editors begin the entry, without both the title; without a date it has ``n.d.``.
    """
    date = f"({_listed(cited.year or 'n.d.', _month_first(cited.date) if cited.online else '')})"
    title, where = _apa_title(cited), cited.where("para.")
    by = _apa_names(cited.lead)
    if cited.lead and not cited.authors:
        by = f"{by} ({'Eds' if len(cited.lead) > 1 else 'Ed'}.)"
    parts = (
        *((by, date, title) if by else (title, date)),
        _apa_container(cited),
        _apa_publisher(cited),
        f"{where[:1].upper()}{where[1:]}",
    )
    retrieved = f"Retrieved {cited.read}, from " if cited.undated else ""
    original = f" (Original work published {cited.original})" if cited.original else ""
    return f"{''.join(map(_stopped, parts))}{retrieved}{cited.link}".rstrip() + original


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
    book = "" if inside else _listed(_ordinal(cited.get("edition")), _apa_volume(cited))
    round_ = "; ".join(filter(None, [*people, book]))
    version = f" (Version {cited.get('version')})" if "version" in cited.item else ""
    if cited.type == "manuscript" and not (number or genre or cited.get("publisher")):
        genre = "Unpublished manuscript"
    if cited.type == "thesis" and genre and cited.link:
        genre = _listed(genre, cited.get("publisher"))
    return (
        _glossed(cited.title, cited.title_en)
        + version
        + (f" ({round_})" if round_ else "")
        + (f" [{genre}]" if genre else "")
    )


def _apa_volume(cited: Cited) -> str:
    volume = "" if cited.type == "article-journal" else cited.get("volume")
    return f"Vol. {volume}" if volume else ""


def _apa_role(people: Sequence[Person], one: str, several: str) -> str:
    if not people:
        return ""
    return f"{_apa_list([_apa_natural(person) for person in people])}, {several if len(people) > 1 else one}"


def _apa_container(cited: Cited) -> str:
    container = _glossed(cited.container, cited.container_en)
    if not container or cited.online:
        return ""
    if cited.type == "article-journal":
        issue = f"({cited.get('issue')})" if cited.get("issue") else ""
        return _listed(container, f"{cited.get('volume')}{issue}", cited.pages)
    editors = _apa_list([_apa_natural(person) for person in cited.other_editors])
    if editors:
        editors = f"{editors} ({'Eds' if len(cited.other_editors) > 1 else 'Ed'}.), "
    pages = f"{'pp' if cited.several_pages else 'p'}. {cited.pages}" if cited.pages else ""
    book = _listed(_ordinal(cited.get("edition")), _apa_volume(cited), pages)
    return f"In {editors}{container}" + (f" ({book})" if book else "")


def _apa_publisher(cited: Cited) -> str:
    publisher = cited.get("publisher")
    if cited.type == "thesis" and cited.get("genre") and cited.link:
        return ""  # it is in the brackets
    if publisher in [person.name.whole for person in cited.authors]:
        publisher = ""
    site = _glossed(cited.container, cited.container_en) if cited.online else ""
    return (
        "".join(map(_stopped, filter(None, (publisher, site)))).rstrip()
        if publisher and site
        else publisher or site
    )


def _apa_names(people: Sequence[Person]) -> str:
    names = [_apa_name(person) for person in people]
    if len(names) > 20:
        return f"{', '.join(names[:19])}, … {names[-1]}"
    inverted = any((person.latin or person.name).divided and "," in _apa_name(person) for person in people)
    return _apa_list(names, comma=inverted)


def _apa_list(names: Sequence[str], *, comma: bool = False) -> str:
    if len(names) > 2 or (len(names) == 2 and comma):
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return " & ".join(names)


def _apa_name(person: Person) -> str:
    """``Li, M.``; a name without a Latin form stays unchanged."""
    name = person.latin or person.name
    initials = _initials(name.given)
    return f"{name.family}, {initials}" if name.divided and name.alphabetic and initials else name.whole


def _apa_natural(person: Person) -> str:
    name = person.latin or person.name
    initials = _initials(name.given)
    return f"{initials} {name.family}" if name.divided and name.alphabetic and initials else name.whole


# --- Chicago --------------------------------------------------------------------------------------


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
        _title(cited, quoted=cited.type == "thesis"),
        f"Version {cited.get('version')}" if "version" in cited.item else "",
        *_chicago_body(cited),
        f"Accessed {cited.read}" if cited.undated else "",
    )
    return f"{''.join(map(_stopped, parts))}{address}".rstrip()


def _chicago_body(cited: Cited) -> list[str]:
    """The sentences after the title; the last one includes the place in the text."""
    where = cited.where("para.")
    if cited.online:
        date = _day(cited)
        return [_listed(_glossed(cited.container, cited.container_en), _imprint(cited), date, where)]
    if cited.type == "article-journal":
        people = _chicago_people(cited, cited.editors if cited.authors else ())
        return [*people, _chicago_issue(cited, where)]
    if cited.type == "chapter" or cited.container:
        return [*_chicago_book_of(cited), _chicago_imprint(cited, where)]
    if cited.type == "thesis":
        publisher = cited.get("publisher") or cited.get("publisher-place")
        return [_listed(cited.get("genre"), publisher, cited.year or "n.d.", where)]
    return [*_chicago_book(cited), _chicago_imprint(cited, where)]


def _chicago_issue(cited: Cited, where: str) -> str:
    """Container, date, and place in the work: after a colon in a journal, otherwise after a comma."""
    container = _glossed(cited.container, cited.container_en)
    volume, issue = cited.get("volume"), cited.get("issue")
    if not (volume or issue):
        return _listed(container, cited.year or "n.d.", cited.pages, where)
    month = f"{_MONTHS[cited.date[1] - 1]} " if len(cited.date) > 1 else ""
    number = _listed(
        f"{container} {volume}".strip() if volume else container, f"no. {issue}" if issue else ""
    )
    return ": ".join(filter(None, [f"{number} ({month}{cited.year or 'n.d.'})", _listed(cited.pages, where)]))


def _chicago_people(cited: Cited, editors: Sequence[Person]) -> list[str]:
    if not cited.lead:
        return []  # the entry begins with the translators
    return [f"{did} by {_chicago_natural(people)}" for did, people in _did(cited, editors)]


def _chicago_book(cited: Cited) -> list[str]:
    """Edition, volume, people and series of a book; a volume and the people after it form one sentence."""
    number, genre = cited.get("number"), cited.get("genre")
    numbered = f"{genre} No. {number}".strip() if number else genre
    people, volume = _chicago_people(cited, cited.other_editors), cited.get("volume")
    if volume:
        people = [", ".join([f"Vol. {volume}", *(f"{one[:1].lower()}{one[1:]}" for one in people)])]
    edition = _ordinal(cited.get("edition"))
    if cited.original and (edition or not _imprint(cited)):
        return [numbered, *people, cited.original, edition, _series(cited)]
    return [numbered, edition, *people, _series(cited)]


def _chicago_book_of(cited: Cited) -> list[str]:
    """The book of a chapter, with the pages of the chapter, and the series of the book."""
    volume, edition = cited.get("volume"), _ordinal(cited.get("edition"))
    people = [f"{one[:1].lower()}{one[1:]}" for one in _chicago_people(cited, cited.other_editors)]
    pages = cited.pages
    if volume and pages and not people and not edition:
        volume, pages = "", f"{volume}:{pages}"
    book = (
        _glossed(cited.container, cited.container_en),
        edition,
        f"vol. {volume}" if volume else "",
        *people,
        pages,
    )
    original = cited.original if cited.type == "classic" else ""
    return [original, f"In {_listed(*book)}", _series(cited)]


def _chicago_imprint(cited: Cited, where: str) -> str:
    inside = cited.type == "chapter" or cited.container
    first = f"{cited.original}; " if cited.original and not (inside or cited.get("edition")) else ""
    date = _day(cited) if cited.type == "manuscript" else cited.year
    return f"{first if _imprint(cited) else ''}{_listed(_imprint(cited), date or 'n.d.', where)}"


def _series(cited: Cited) -> str:
    return (
        f"{cited.get('collection-title')} {cited.get('collection-number')}".strip()
        if cited.get("collection-title")
        else ""
    )


def _chicago_names(people: Sequence[Person]) -> str:
    """The authors of an entry, the first inverted."""
    return _name_list(people, most=10, kept=7, inverted=True)


def _chicago_natural(people: Sequence[Person]) -> str:
    """The editors or translators; if there are more than ten, the first seven."""
    return _name_list(people, most=10, kept=7)


# --- MLA 9 ----------------------------------------------------------------------------------------


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
    parts = [by, _title(cited, quoted=False), *_mla_body(cited), accessed]
    return "".join(map(_stopped, parts)).rstrip()


def _mla_body(cited: Cited) -> list[str]:
    date, where, link = _mla_date(cited), cited.where("par."), cited.link
    pages = f"{'pp' if cited.several_pages else 'p'}. {cited.pages}" if cited.pages else ""
    version = f"Version {cited.get('version')}" if "version" in cited.item else ""
    if cited.type == "thesis":
        return [_listed(date, where, link), _listed(cited.get("publisher"), cited.get("genre"))]
    numbers = [
        _ordinal(cited.get("edition")),
        f"vol. {cited.get('volume')}" if cited.get("volume") else "",
        f"no. {cited.get('issue')}" if cited.get("issue") else "",
    ]
    genre, number = cited.get("genre"), cited.get("number")
    if number:
        numbers.append(f"{genre} no. {number}".strip())
        genre = ""
    container = _glossed(cited.container, cited.container_en)
    people = _mla_people(cited)
    publisher = cited.get("publisher") or cited.get("publisher-place")
    inner = _listed(container, people, version, *numbers, publisher, date, pages, where, link)
    if not container:
        inner = f"{inner[:1].upper()}{inner[1:]}"
    return [cited.original, genre, inner, _series(cited)]


def _mla_people(cited: Cited) -> str:
    did_by = _did(cited, cited.other_editors) if cited.lead else []  # the entry begins with the translators
    return _listed(*(f"{did.lower()} by {_mla_natural(people)}" for did, people in did_by))


def _mla_names(people: Sequence[Person]) -> str:
    return _name_list(people, most=2, kept=1, inverted=True)


def _mla_natural(people: Sequence[Person]) -> str:
    return _name_list(people, most=2, kept=1)


def _mla_date(cited: Cited) -> str:
    if len(cited.date) < 2 or cited.type in ("book", "chapter", "thesis"):
        return cited.year
    day = f"{cited.date[2]} " if len(cited.date) > 2 and cited.type != "article-journal" else ""
    return f"{day}{_SHORT[cited.date[1] - 1]} {cited.year}"


# --- parts of several styles ----------------------------------------------------------------------


def _title(cited: Cited, *, quoted: bool) -> str:
    """The title and its translation; in quotation marks if the work is a part of another or unpublished.

    If the quotation marks end the part, the period is inside of them.  This edition is an independent work.
    """
    title = cited.title
    alone = cited.type == "webpage" and not cited.container
    if alone or (cited.type not in _QUOTED and not quoted):
        return _glossed(title, cited.title_en)
    if cited.title_en:
        return f"“{title}” [{cited.title_en}]"
    return f"“{_stopped(title).rstrip()}”"


def _both_names(person: Person, *, inverted: bool) -> str:
    """A name, also in Latin letters if the record has them: ``Li Ming 李明``, ``Jacobs, Jane``."""
    name, latin = person.name, person.latin
    if latin is None:
        return name.inverted if inverted else name.whole
    listed = latin.inverted if inverted and not person.east_asian else person.romanised
    return f"{listed} {name.whole}"


def _name_list(people: Sequence[Person], *, most: int, kept: int, inverted: bool = False) -> str:
    """The names of a list in English; of more than ``most`` the first ``kept``, and ``et al.``

    The first name is ``inverted`` at the beginning of an entry.
    """
    names = [_both_names(person, inverted=inverted and at == 0) for at, person in enumerate(people)]
    if len(names) > most:
        comma = "," if inverted or kept > 1 else ""
        return f"{', '.join(names[:kept])}{comma} et al."
    return _and(names, comma=inverted and bool(names) and "," in names[0])


def _did(cited: Cited, editors: Sequence[Person]) -> list[tuple[str, Sequence[Person]]]:
    """The contributions of editors and translators; persons with both roles are named once."""
    translators = cited.translators
    if editors and tuple(editors) == translators:
        return [("Edited and translated", editors)]
    return [(did, people) for did, people in (("Edited", editors), ("Translated", translators)) if people]


def _imprint(cited: Cited) -> str:
    return ": ".join(filter(None, (cited.get("publisher-place"), cited.get("publisher"))))


def _day(cited: Cited) -> str:
    """``December 17, 2020`` for a date, as precise as it is."""
    return f"{_month_first(cited.date)}{', ' if len(cited.date) > 2 else ' '}{cited.year}".strip()


def _initials(given: str) -> str:
    """``Jane B.`` → ``J. B.``; ``Jean-Paul`` → ``J.-P.``"""
    words = re.sub(r"\.(?=[^\s-])", ". ", given).split()
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words)


def _ordinal(edition: str) -> str:
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


def _glossed(words: str, english: str) -> str:
    return f"{words} [{english}]" if words and english else words


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _month_first(date: Sequence[int]) -> str:
    """``December 17`` for a date with a month; else ``""``."""
    return " ".join([_MONTHS[date[1] - 1], *map(str, date[2:])]) if len(date) > 1 else ""


def _stopped(part: str) -> str:
    """A part of a citation with a period, if it has none, and a space; ``""`` for an empty part."""
    if not part:
        return ""
    return f"{part} " if part.rstrip("”")[-1:] in _STOPS else f"{part}. "
