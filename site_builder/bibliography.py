"""A work as a bibliography names it, after GB/T 7714—2015 (numeric), APA 7, Chicago 17 and MLA 9.

Nothing is invented: a work without page numbers is named without.  Where the styles leave a choice, or say
what a style file cannot do:

- a name in other letters is given in Latin letters too (APA: in its stead), and a translated title stands
  in brackets behind the title, outside its quotation marks (Chicago 18, 13.101), as the record writes it;
- the day of access is told in GB/T, which demands it (4.6.2), and in the others for a page of the web that
  has no date (APA 7, 9.16; Chicago 17, 14.12), as ISO 8601 writes it, since scripts fill it in;
- GB/T puts a place in the text before the dates (4.6.2) and the version behind the title (8.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from site_builder import references

UNDATED = "檢索日期"
"""Stands for the day of access where the page is not told it."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# MLA shortens all but those of four letters or fewer
_SHORT = tuple(m if len(m) < 5 else f"{m[:4] if m == 'September' else m[:3]}." for m in _MONTHS)
_STOPS = ".?!。？！"


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """The passage that is cited: shown number, id, first words; and the day of access.

    With the default values every part is a place to be filled by the page: ``{number}``…
    """

    number: str = "{number}"
    id: str = "{id}"
    opening: str = "{opening}"
    date: str = "{date}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A work and the place in it that a citation names.

    ``latin`` are the names of its authors in Latin letters, as many as there are authors, or none;
    ``of`` is as in :class:`site_builder.citation.Styled`.
    """

    of: str
    item: references.Item
    latin: tuple[str, ...] = ()
    title_en: str = ""
    container_en: str = ""
    address: str = ""
    at: Locator | None = None

    @property
    def names(self) -> list[str]:
        return [one["literal"] for one in self.item["author"]]

    @property
    def both_names(self) -> list[str]:
        if not self.latin:
            return self.names
        return [f"{latin} {name}" for latin, name in zip(self.latin, self.names, strict=True)]

    @property
    def container(self) -> str:
        return str(self.item.get("container-title", ""))

    @property
    def date(self) -> tuple[int, ...]:
        return references.date(self.item)

    @property
    def year(self) -> str:
        literal = self.item.get("issued", {}).get("literal", "")
        return str(self.date[0]) if self.date else str(literal)

    @property
    def online(self) -> bool:
        return bool(self.item["type"] == "webpage")

    @property
    def read(self) -> str:
        """The day of access."""
        return self.at.date if self.at else UNDATED

    @property
    def undated(self) -> bool:
        """Whether it stands on the web and nothing but the day of access says which state of it is meant."""
        return self.online and bool(self.address) and not self.year

    def where(self, term: str) -> str:
        """The place as a style names it: ``para. 12 (#p12)``."""
        return f"{term} {self.at.number} (#{self.at.id})" if self.at else ""


# --- GB/T 7714—2015 -------------------------------------------------------------------------------


def gbt(cited: Cited) -> str:
    """A reference in a numbered list, without its number."""
    kind = {"article-journal": "J", "book": "M"}.get(str(cited.item["type"]), "EB/OL")
    names = ", ".join([*cited.names[:3], *(["等"] if len(cited.names) > 3 else [])])
    version = f"{cited.item['version']}版" if "version" in cited.item else ""
    issue = _gbt_online(cited) if cited.online else _gbt_print(cited)
    return "".join(
        _stopped(part) for part in (names, f"{cited.item['title']}[{kind}]", version, issue, cited.address)
    ).rstrip()


def _gbt_print(cited: Cited) -> str:
    number = f"({cited.item['issue']})" if "issue" in cited.item else ""
    issue = f"{_listed(cited.container, cited.year)}{number}"
    return ": ".join(filter(None, [issue, _gbt_where(cited)]))


def _gbt_online(cited: Cited) -> str:
    """``出版者, 出版年: 引文頁碼(更新日期)[引用日期]``; the site's name is told where no address tells it."""
    site, where = "" if cited.address else cited.container, _gbt_where(cited)
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
    """An entry of a reference list; a place in the text stands before the address."""
    date = _listed(cited.year or "n.d.", _month_first(cited.date) if cited.online else "")
    version = f" (Version {cited.item['version']})" if "version" in cited.item else ""
    issue = f"({cited.item['issue']})" if "issue" in cited.item else ""
    where = cited.where("para.")
    parts = (
        _apa_names(list(cited.latin) or cited.names),
        f"({date})",
        f"{_glossed(cited.item['title'], cited.title_en)}{version}",
        _listed(_glossed(cited.container, cited.container_en), issue),
        f"{where[:1].upper()}{where[1:]}",
    )
    retrieved = f"Retrieved {cited.read}, from " if cited.undated else ""
    return f"{''.join(map(_stopped, parts))}{retrieved}{cited.address}".rstrip()


def _apa_names(names: Sequence[str]) -> str:
    if len(names) > 20:
        return f"{', '.join(names[:19])}, … {names[-1]}"
    if len(names) > 2:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return " & ".join(names)


# --- Chicago --------------------------------------------------------------------------------------


def chicago(cited: Cited) -> str:
    """An entry of a bibliography (notes and bibliography)."""
    parts = (
        _chicago_names(cited.both_names),
        _title(cited),
        f"Version {cited.item['version']}" if "version" in cited.item else "",
        _chicago_issue(cited),
        f"Accessed {cited.read}" if cited.undated else "",
    )
    address = f"{cited.address}." if cited.address else ""
    return f"{''.join(map(_stopped, parts))}{address}".rstrip()


def _chicago_issue(cited: Cited) -> str:
    """Where it was published and when, and the place in it: behind a colon in a journal, else a comma."""
    where = cited.where("para.")
    container = _glossed(cited.container, cited.container_en)
    if cited.online:
        day = _month_first(cited.date)
        date = f"{day}{', ' if len(cited.date) > 2 else ' '}{cited.year}".strip()
        return _listed(container, date, where)
    if "issue" not in cited.item:
        return _listed(container, cited.year or "n.d.", where)
    issue = f"{container}, no. {cited.item['issue']} ({cited.year or 'n.d.'})"
    return ": ".join(filter(None, [issue, where]))


def _chicago_names(names: Sequence[str]) -> str:
    if len(names) > 10:
        return f"{', '.join(names[:7])}, et al."
    if len(names) > 2:
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return " and ".join(names)


# --- MLA 9 ----------------------------------------------------------------------------------------


def mla(cited: Cited) -> str:
    """An entry of a list of works cited."""
    names = cited.both_names
    by = f"{names[0]}, et al." if len(names) > 2 else " and ".join(names)
    issue = _listed(
        _glossed(cited.container, cited.container_en),
        f"Version {cited.item['version']}" if "version" in cited.item else "",
        f"no. {cited.item['issue']}" if "issue" in cited.item else "",
        _mla_date(cited),
        cited.where("par."),
        cited.address,
    )
    accessed = f"Accessed {cited.read}" if cited.undated else ""
    return "".join(map(_stopped, (by, _title(cited), issue, accessed))).rstrip()


def _mla_date(cited: Cited) -> str:
    if len(cited.date) < 2:
        return cited.year
    day = f"{cited.date[2]} " if len(cited.date) > 2 else ""
    return f"{day}{_SHORT[cited.date[1] - 1]} {cited.year}"


# --- what styles share ----------------------------------------------------------------------------


def _title(cited: Cited) -> str:
    """The title, in quotation marks if it is part of something, and its translation.

    Where the quotation marks end the part, the stop stands within them.
    """
    title = str(cited.item["title"])
    if not cited.container:
        return _glossed(title, cited.title_en)
    if cited.title_en:
        return f"“{title}” [{cited.title_en}]"
    return f"“{_stopped(title).rstrip()}”"


def _glossed(words: str, english: str) -> str:
    return f"{words} [{english}]" if words and english else words


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _month_first(date: Sequence[int]) -> str:
    """``December 17`` of a date that has a month."""
    return " ".join([_MONTHS[date[1] - 1], *map(str, date[2:])]) if len(date) > 1 else ""


def _stopped(part: str) -> str:
    """A part of a citation, ended by a stop if it has none, and a space; nothing of nothing."""
    if not part:
        return ""
    return f"{part} " if part.rstrip("”")[-1:] in _STOPS else f"{part}. "
