"""How to cite: the article, and this edition, in the styles that journals ask for.

Forms after GB/T 7714—2015, APA 7, the Chicago Manual of Style 17 (bibliography), MLA 9; BibTeX, RIS and
CSL-JSON for reference managers.  Nothing is invented: a record without page numbers is cited without.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder import references
from site_builder.model import Passage, Record, Site

UNDATED = "［檢索日期］"
"""Stands for the day of access where the page is not told it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Styled:
    """One citation in one style.  ``of`` is ``article`` or ``edition``; ``plain`` asks for a fixed width."""

    of: str
    style: str
    text: str
    latin: bool = False
    plain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """The passage that is cited: shown number, id, first words; and the day of access.

    With the default values every part is a place to be filled by the page: ``{number}``…
    """

    number: str = "{number}"
    id: str = "{id}"
    opening: str = "{opening}"
    date: str = "{date}"


def locator(passage: Passage) -> Locator:
    """The locator of one passage, access undated."""
    return Locator(number=str(passage.number), id=passage.id, opening=passage.text[:10], date=UNDATED)


def styles(record: Record, site: Site, at: Locator | None = None) -> tuple[Styled, ...]:
    """The article and the edition in every style, with the passage where one is given."""
    date = at.date if at else UNDATED
    where = f"第{at.number}段（#{at.id}）" if at else ""
    where_en = f"para. {at.number} (#{at.id})" if at else ""
    article, edition = references.article(record), references.edition(record, site)
    return (
        Styled(of="article", style="GB/T 7714—2015", text=_gbt(record, where)),
        Styled(of="article", style="APA 7", text=_apa(record, where_en), latin=True),
        Styled(of="article", style="Chicago 17", text=_chicago(record, where_en), latin=True),
        Styled(of="article", style="MLA 9", text=_mla(record, where_en), latin=True),
        *_for_programs("article", article),
        Styled(of="edition", style="GB/T 7714—2015", text=_gbt_edition(site, at, date)),
        Styled(of="edition", style="APA 7", text=_apa_edition(site, where_en, date), latin=True),
        Styled(of="edition", style="Chicago 17", text=_chicago_edition(site, where_en, date), latin=True),
        Styled(of="edition", style="MLA 9", text=_mla_edition(site, where_en, date), latin=True),
        *_for_programs("edition", edition),
    )


def quotation(record: Record) -> str:
    """A quotation with its source; ``{words}`` and ``{number}`` are filled by the page."""
    return f"「{{words}}」（{record.author}，{record.year}，第 {{number}} 段）"


def _for_programs(of: str, item: references.Item) -> tuple[Styled, ...]:
    return (
        Styled(of=of, style="BibTeX", text=references.bibtex(item), plain=True),
        Styled(of=of, style="RIS", text=references.ris(item), plain=True),
        Styled(of=of, style="CSL-JSON", text=references.csl(item), plain=True),
    )


# --- the article ----------------------------------------------------------------------------------


def _gbt(record: Record, where: str) -> str:
    issue = f"({record.issue})" if record.issue else ""
    tail = f": {where}" if where else ""
    if not record.container:
        return f"{record.author}. {record.title}[M]. {record.year}{tail}."
    return f"{record.author}. {record.title}[J]. {record.container}, {record.year}{issue}{tail}."


def _apa(record: Record, where: str) -> str:
    issue = f", ({record.issue})" if record.issue else ""
    tail = f" {where[0].upper()}{where[1:]}." if where else ""
    author = record.author_en or record.author
    return f"{author}. ({record.year}). {_title(record)}. {_journal(record)}{issue}.{tail}"


def _chicago(record: Record, where: str) -> str:
    issue = f", no. {record.issue}" if record.issue else ""
    tail = f", {where}" if where else ""
    return f"{_name(record)}. “{_title(record)}.” {_journal(record)}{issue} ({record.year}){tail}."


def _mla(record: Record, where: str) -> str:
    issue = f", no. {record.issue}" if record.issue else ""
    tail = f", {where}" if where else ""
    return f"{_name(record)}. “{_title(record)}.” {_journal(record)}{issue}, {record.year}{tail}."


def _title(record: Record) -> str:
    return f"{record.title} [{record.title_en}]" if record.title_en else record.title


def _journal(record: Record) -> str:
    if not record.container_en:
        return record.container
    return f"{record.container} [{record.container_en}]"


def _name(record: Record) -> str:
    return f"{record.author_en} {record.author}".strip()


# --- the edition ----------------------------------------------------------------------------------


def _full_title(site: Site) -> str:
    return f"{site.title}：{site.subtitle}"


def _both_titles(site: Site) -> str:
    return f"{_full_title(site)} [{site.title_en}]" if site.title_en else _full_title(site)


def _gbt_edition(site: Site, at: Locator | None, date: str) -> str:
    where = f" 第{at.number}段（#{at.id}，起首「{at.opening}」）." if at else ""
    address = f" {site.address}." if site.address else ""
    return (
        f"{site.publisher}. {_full_title(site)}[EB/OL]. 版本{site.version}. "
        f"({site.date.isoformat()})[{date}].{where}{address}"
    )


def _apa_edition(site: Site, where: str, date: str) -> str:
    tail = f" {where[0].upper()}{where[1:]}." if where else ""
    address = f" {site.address}" if site.address else ""
    return (
        f"{site.publisher}. ({site.date.year}). {_both_titles(site)} "
        f"(Version {site.version}).{tail} Retrieved {date}.{address}"
    )


def _chicago_edition(site: Site, where: str, date: str) -> str:
    tail = f", {where}" if where else ""
    address = f" {site.address}." if site.address else ""
    return (
        f"{site.publisher}. {_both_titles(site)}. Version {site.version}, "
        f"{site.date.isoformat()}{tail}. Accessed {date}.{address}"
    )


def _mla_edition(site: Site, where: str, date: str) -> str:
    tail = f", {where}" if where else ""
    address = f", {site.address}" if site.address else ""
    return (
        f"{site.publisher}. {_both_titles(site)}. Version {site.version}, "
        f"{site.date.year}{tail}{address}. Accessed {date}."
    )
