"""The works for reference managers: CSL-JSON items, and BibTeX and RIS made from them.

Works are kept apart: the article in its journal, and this annotated edition.  Nothing is invented: a
field that the record does not hold is absent.  CSL-JSON after the citation-style-language schema 1.0;
RIS with ``TY`` first and ``ER`` last; in BibTeX the name stands in two braces, so that no program
takes it apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.model import Record, Site

Item = Mapping[str, Any]


def article(record: Record) -> Item:
    """The work as it was published."""
    return _full(
        {
            "id": record.id,
            "type": "article-journal" if record.container else "book",
            "title": record.title,
            "author": [{"literal": record.author}],
            "container-title": record.container,
            "issued": {"date-parts": [[int(record.year)]]} if record.year.isdigit() else "",
            "issue": record.issue,
            "language": f"{record.language}-CN" if record.language == "zh" else record.language,
        }
    )


def edition(record: Record, site: Site) -> Item:
    """This annotated edition of the work."""
    day = site.date
    return _full(
        {
            "id": f"{record.id}-edition",
            "type": "webpage",
            "title": f"{site.title}——{site.subtitle}",
            "author": [{"literal": site.publisher}],
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "version": site.version,
            "URL": site.address,
            "language": "zh-Hant",
        }
    )


def _full(fields: dict[str, Any]) -> Item:
    return {name: value for name, value in fields.items() if value}


def csl(item: Item) -> str:
    """One item as CSL-JSON (a list, as programs expect)."""
    return json.dumps([item], ensure_ascii=False, indent=1)


def bibtex(item: Item) -> str:
    """One item as BibTeX.  ``language`` is written and ``langid`` not: only the first is read."""
    kind = {"article-journal": "article", "book": "book"}.get(str(item["type"]), "misc")
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in _bibtex_fields(item))
    return f"@{kind}{{{item['id']},\n{rows}\n}}"


def _bibtex_fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "author", f"{{{item['author'][0]['literal']}}}"
    yield "title", f"{{{_escaped(item['title'])}}}"
    if "container-title" in item:
        yield "journal", _escaped(item["container-title"])
    if "issued" in item:
        yield "year", str(item["issued"]["date-parts"][0][0])
    for ours, theirs in (("issue", "number"), ("version", "version"), ("URL", "url")):
        if ours in item:
            yield theirs, str(item[ours])
    yield "language", "chinese" if str(item["language"]).startswith("zh") else str(item["language"])


def _escaped(text: str) -> str:
    """The characters that TeX would read as its own."""
    for char in "&%$#_":
        text = text.replace(char, f"\\{char}")
    return text


def ris(item: Item) -> str:
    """One item as RIS, lines ended by LF (a file needs CR LF)."""
    kind = {"article-journal": "JOUR", "book": "BOOK"}.get(str(item["type"]), "ELEC")
    lines = [
        f"TY  - {kind}",
        f"AU  - {item['author'][0]['literal']}",
        f"TI  - {item['title']}",
    ]
    for ours, theirs in (("container-title", "T2"), ("issue", "IS"), ("version", "ET"), ("URL", "UR")):
        if ours in item:
            lines.append(f"{theirs}  - {item[ours]}")
    if "issued" in item:
        parts = item["issued"]["date-parts"][0]
        lines.append(f"PY  - {parts[0]}")
        if len(parts) == 3:
            lines.append("DA  - " + "/".join(f"{part:02}" for part in parts))
    return "\n".join([*lines, f"LA  - {item['language']}", "ER  - "])
