"""How to cite: the article, and a passage of this edition, in the styles that journals ask for.

Forms after GB/T 7714—2015, APA 7, the Chicago Manual of Style 17 (bibliography), MLA 9.  Nothing is
invented: a record without page numbers is cited without them.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model import Passage, Record, Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Styled:
    """One citation in one style."""

    style: str
    text: str
    latin: bool = False


def styles(record: Record, site: Site, passage: Passage | None = None) -> tuple[Styled, ...]:
    """The article in every style, with the passage as its locator where one is given."""
    where = f"第{passage.number}段（#{passage.id}）" if passage else ""
    where_en = f"para. {passage.number} (#{passage.id})" if passage else ""
    return (
        Styled(style="GB/T 7714—2015", text=_gbt(record, where)),
        Styled(style="APA 7", text=_apa(record, where_en), latin=True),
        Styled(style="Chicago 17", text=_chicago(record, where_en), latin=True),
        Styled(style="MLA 9", text=_mla(record, where_en), latin=True),
        Styled(style="本校訂本", text=edition(record, site, passage)),
    )


def edition(record: Record, site: Site, passage: Passage | None) -> str:
    """This annotated edition, named by title, version and, for a passage, id and opening words."""
    head = (
        f"{site.publisher}：《{site.title}——{site.subtitle}》，版本 {site.version}（{site.date.isoformat()}）"
    )
    if passage is None:
        return f"{head}。"
    return f"{head}，第 {passage.number} 段（#{passage.id}，起首「{passage.text[:10]}」）。"


def _issue(record: Record) -> str:
    return f"({record.issue})" if record.issue else ""


def _gbt(record: Record, where: str) -> str:
    mark = "[J]" if record.container else "[M]"
    source = f" {record.container}, {record.year}{_issue(record)}" if record.container else f" {record.year}"
    tail = f": {where}" if where else ""
    return f"{record.author}. {record.title}{mark}.{source}{tail}."


def _apa(record: Record, where: str) -> str:
    title = f"{record.title} [{record.title_en}]" if record.title_en else record.title
    journal = _journal(record)
    issue = f", ({record.issue})" if record.issue else ""
    tail = f" {where[0].upper()}{where[1:]}." if where else ""
    return f"{record.author_en or record.author}. ({record.year}). {title}. {journal}{issue}.{tail}"


def _chicago(record: Record, where: str) -> str:
    title = f"“{record.title} [{record.title_en}].”" if record.title_en else f"“{record.title}.”"
    issue = f", no. {record.issue}" if record.issue else ""
    tail = f", {where}" if where else ""
    return f"{_name(record)}. {title} {_journal(record)}{issue} ({record.year}){tail}."


def _mla(record: Record, where: str) -> str:
    title = f"“{record.title} [{record.title_en}].”" if record.title_en else f"“{record.title}.”"
    issue = f", no. {record.issue}" if record.issue else ""
    tail = f", {where}" if where else ""
    return f"{_name(record)}. {title} {_journal(record)}{issue}, {record.year}{tail}."


def _journal(record: Record) -> str:
    if not record.container_en:
        return record.container
    return f"{record.container} [{record.container_en}]"


def _name(record: Record) -> str:
    return f"{record.author_en} {record.author}".strip()
