"""The works for reference managers: CSL-JSON items, and BibTeX and RIS made from them.

Three works are kept apart, each with an id that is the same in every format: the article as it was
published, the copy of it that the edition rests on (its witness), and this annotated edition.  Nothing is
invented: a field that the record does not hold is absent, and the English title of an article, being the
editors' translation, is given to no program as if it were the article's own.

CSL-JSON after csl-data.json of citation-style-language/schema 1.0.2; RIS after Research Information
Systems (2011), ``TY`` first, ``ER`` last; BibTeX in UTF-8, where a name or title stands in two braces, so
that no program takes it apart or changes its case.  ``language`` is a BCP 47 tag in all three.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.model import Copy, Project, Record, Site

Item = Mapping[str, Any]

_BETWEEN_NAMES = re.compile(r"\s*[、；;]\s*")
_DAY = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")


# --- the three works ------------------------------------------------------------------------------


def article(record: Record) -> Item:
    """The work as it was published."""
    published = _copy(record, "published")
    return _full(
        {
            "id": record.id,
            "type": "article-journal" if record.container else "book",
            "title": record.title,
            "author": _names(record.author),
            "container-title": record.container,
            "issued": _issued(record.year),
            "issue": record.issue,
            "language": _language(record, published.script if published else record.script),
        }
    )


def copy(record: Record) -> Item | None:
    """The copy of the work that the edition rests on, where the record tells of one."""
    found = _copy(record, "witness")
    if found is None:
        return None
    return _full(
        {
            "id": f"{record.id}-copy",
            "type": "webpage",
            "title": record.title,
            "author": _names(record.author),
            "container-title": found.name,
            "issued": _issued(found.date),
            "URL": found.address,
            "language": _language(record, found.script),
        }
    )


def edition(record: Record, site: Site) -> Item:
    """This annotated edition of the work."""
    return _full(
        {
            "id": f"{record.id}-edition",
            "type": "webpage",
            "title": edition_title(site),
            "author": _names(site.publisher),
            "issued": _issued(site.date.isoformat()),
            "version": site.version,
            "URL": site.address,
            "language": _language(record, record.script),
        }
    )


def items(project: Project) -> tuple[Item, ...]:
    """The works of a project: of each text the article, the copy, and the edition."""
    found = []
    for work in project.works:
        record = work.record
        found += [article(record), copy(record), edition(record, project.site)]
    return tuple(item for item in found if item is not None)


def edition_title(site: Site) -> str:
    """The title of the edition with its subtitle, as a bibliography writes them."""
    return f"{site.title}：{site.subtitle}"


def names(text: str) -> tuple[str, ...]:
    """The persons of a statement of authors, whole names parted by 、 or a semicolon."""
    return tuple(filter(None, _BETWEEN_NAMES.split(text.strip()))) or (text,)


def date(item: Item) -> tuple[int, ...]:
    """(year), (year, month) or (year, month, day) of an item; nothing where it has no such date."""
    return tuple(item.get("issued", {}).get("date-parts", [[]])[0])


def _copy(record: Record, role: str) -> Copy | None:
    """The copy in a role; of several, the one that the record names as its witness."""
    found = [one for one in record.copies if one.role == role]
    named = [one for one in found if one.id == record.witness]
    return next(iter(named or found), None)


def _names(text: str) -> list[dict[str, str]]:
    return [{"literal": name} for name in names(text)]


def _issued(text: str) -> dict[str, Any]:
    """A date variable: in parts where the text is a date, else in its own words."""
    if not text:
        return {}
    found = _DAY.fullmatch(text)
    return {"date-parts": [[int(part) for part in found.groups() if part]]} if found else {"literal": text}


def _language(record: Record, script: str) -> str:
    """A BCP 47 tag.  Chinese in simplified characters is ``zh-CN``, the name that style programs know."""
    if record.language != "zh":
        return record.language
    return {"Hans": "zh-CN", "Hant": "zh-Hant"}.get(script, "zh")


def _full(fields: dict[str, Any]) -> Item:
    return {name: value for name, value in fields.items() if value}


# --- CSL-JSON -------------------------------------------------------------------------------------


def csl_json(project: Project) -> bytes:
    """``references.csl.json``: the works as a list of CSL items."""
    return f"{json.dumps(items(project), ensure_ascii=False, indent=1)}\n".encode()


def csl(item: Item) -> str:
    """One item as CSL-JSON (a list, as programs expect)."""
    return json.dumps([item], ensure_ascii=False, indent=1)


# --- BibTeX ---------------------------------------------------------------------------------------

_TEX = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_"},
        # a brace counts as one, even where a backslash stands before it
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def bibtex_file(project: Project) -> bytes:
    """``references.bib``: UTF-8, lines ended by LF."""
    return "".join(f"{bibtex(item)}\n\n" for item in items(project)).encode()


def bibtex(item: Item) -> str:
    """One item as BibTeX.

    A book is a ``booklet``, since no record names a publisher, which a ``book`` demands.  ``year`` is for
    BibTeX itself, ``date`` for biblatex and the managers, where the day is known.  ``language`` is written
    and ``langid`` not: only the first is read.
    """
    kind = {"article-journal": "article", "book": "booklet"}.get(str(item["type"]), "misc")
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in _bibtex_fields(item, kind))
    return f"@{kind}{{{item['id']},\n{rows}\n}}"


def _bibtex_fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(f"{{{_tex(one['literal'])}}}" for one in item["author"])
    yield "title", f"{{{_tex(item['title'])}}}"
    if "container-title" in item:
        yield "journal" if kind == "article" else "howpublished", _tex(item["container-title"])
    yield from _bibtex_date(item)
    for ours, theirs in (("issue", "number"), ("version", "version")):
        if ours in item:
            yield theirs, _tex(str(item[ours]))
    if "URL" in item:
        yield "url", item["URL"]
    yield "language", item["language"]


def _bibtex_date(item: Item) -> Iterator[tuple[str, str]]:
    parts = date(item)
    if parts:
        yield "year", str(parts[0])
    elif "issued" in item:
        yield "year", _tex(item["issued"]["literal"])
    if len(parts) > 1:
        yield "date", "-".join(f"{part:02}" for part in parts)


def _tex(text: str) -> str:
    """The characters that TeX would read as its own, escaped."""
    return text.translate(_TEX)


# --- RIS ------------------------------------------------------------------------------------------


def ris_file(project: Project) -> bytes:
    """``references.ris``: UTF-8 without a byte order mark, lines ended by CR LF, a blank line between."""
    text = "\n\n".join(ris(item) for item in items(project))
    return f"{text}\n".replace("\n", "\r\n").encode()


def ris(item: Item) -> str:
    """One item as RIS, lines ended by LF (a file needs CR LF)."""
    return "\n".join(f"{tag}  - {value}" for tag, value in _ris_fields(item))


def _ris_fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", {"article-journal": "JOUR", "book": "BOOK"}.get(str(item["type"]), "ELEC")
    yield "ID", item["id"]
    yield from (("AU", one["literal"]) for one in item["author"])
    yield "TI", item["title"]
    if "container-title" in item:
        yield "T2", item["container-title"]
    yield from _ris_date(item)
    for ours, theirs in (("issue", "IS"), ("version", "ET"), ("URL", "UR"), ("language", "LA")):
        if ours in item:
            yield theirs, str(item[ours])
    yield "ER", ""


def _ris_date(item: Item) -> Iterator[tuple[str, str]]:
    parts = date(item)
    if parts:
        yield "PY", str(parts[0])
    elif "issued" in item:
        yield "PY", item["issued"]["literal"]
    if len(parts) == 3:
        yield "DA", "/".join(f"{part:02}" for part in parts)
