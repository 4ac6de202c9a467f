"""References to the works for reference managers: CSL-JSON items, and BibTeX and RIS made from them.

There are three works, each with an id that is the same in every format: the work as it was published, the
copy that the edition is based on (its witness), and this annotated edition.  Nothing is invented: a field
that the record does not have is absent.  The English title of a work is the editors' translation, so no
format gives it as the title of the work.  ``docs/record.md`` lists where each field goes and what a format
cannot carry.

CSL-JSON follows csl-data.json of citation-style-language/schema 1.0.2.  RIS follows Research Information
Systems (2011), ``TY`` first, ``ER`` last.  BibTeX is UTF-8; a title is in double braces, so that no program
changes its case.  ``language`` is a BCP 47 tag in all three.

An alphabetic name with two parts is ``Jacobs, Jane``.  A name in Han characters is not divided in BibTeX and
RIS (``{李明}``), as in the Chinese styles for LaTeX and the Chinese databases: a BibTeX style, or a reference
manager without rules for East Asian names, would print the given name first, with a space (明 李).  CSL-JSON
divides it, since CSL processors know the order.

Every value is on one line and contains no control character, whatever the record contains.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from site_builder.citing import people
from site_builder.language.characters import one_line
from site_builder.model import Copy, Name, Person, Project, Record, Site

Item = Mapping[str, Any]

_DAY = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_DASH = re.compile(r"\s*(?:[–—－~～〜]|--+)\s*")
_TYPES = {"article": "article-journal"}
"""Kind of a work → CSL type, if the names differ."""


# --- the three works ------------------------------------------------------------------------------


def article(record: Record) -> Item:
    """The work as it was published, of any kind: CSL variable → value.

    ``id`` is that of the record.  ``type`` is the kind, for an article ``article-journal``.  The number is
    ``number`` for a report or manuscript, else ``collection-number``.  A date in words is
    ``{"literal": …}``.  Fields without a value are absent; Latin names, English titles and affiliations are
    left out.
    """
    published = _copy(record, "published")
    number = "number" if record.kind in ("report", "manuscript") else "collection-number"
    return _full(
        {
            "id": record.id,
            "type": _TYPES.get(record.kind, record.kind),
            "title": record.title,
            "author": [_csl_name(person) for person in record.authors],
            "editor": [_csl_name(person) for person in record.editors],
            "translator": [_csl_name(person) for person in record.translators],
            "container-title": record.container,
            "collection-title": record.series,
            number: record.number,
            "genre": record.genre,
            "volume": record.volume,
            "issue": record.issue,
            "page": _DASH.sub("-", record.pages),
            "edition": record.edition_statement,
            "publisher": record.publisher,
            "publisher-place": record.publisher_place,
            "issued": _issued(record.year),
            "original-date": _issued(record.original_date),
            "DOI": record.doi,
            "ISSN": record.issn,
            "ISBN": record.isbn,
            "URL": record.url,
            "accessed": _issued(record.accessed.isoformat() if record.accessed else ""),
            "language": _language(record, published.script if published else record.script),
        }
    )


def copy(record: Record) -> Item | None:
    """The copy of the work that the edition is based on: id ``ID-copy``, type ``webpage``.

    It is the copy of the role ``witness``; of several, the one that ``witness`` of the record names, else the
    first.  ``None`` if no copy has the role.
    """
    found = _copy(record, "witness")
    if found is None:
        return None
    return _full(
        {
            "id": f"{record.id}-copy",
            "type": "webpage",
            "title": record.title,
            "author": [_csl_name(person) for person in record.authors],
            "container-title": found.name,
            "issued": _issued(found.date),
            "URL": found.address,
            "language": _language(record, found.script),
        }
    )


def edition(record: Record, site: Site) -> Item:
    """This annotated edition of the work: id ``ID-edition``, type ``webpage``.

    Its authors are the publishers of the site; it has the date and version of the project, not those of the
    text.
    """
    return _full(
        {
            "id": f"{record.id}-edition",
            "type": "webpage",
            "title": edition_title(site),
            "author": [_csl_name(person) for person in publishers(site)],
            "issued": _issued(site.date.isoformat()),
            "version": site.version,
            "URL": site.address,
            "language": _language(record, record.script),
        }
    )


def items(project: Project) -> tuple[Item, ...]:
    """The items of a project: for each text the article, the copy (if any), and the edition, in this order;
    ``()`` without texts.
    """
    found = []
    for work in project.works:
        record = work.record
        found += [article(record), copy(record), edition(record, project.site)]
    return tuple(item for item in found if item is not None)


def edition_title(site: Site) -> str:
    """The title of the edition with its subtitle, in the form of a bibliography: ``TITLE：SUBTITLE``."""
    return f"{site.title}：{site.subtitle}"


def publishers(site: Site) -> tuple[Person, ...]:
    """The persons or institutions that publish the edition, each with its whole name as ``literal``."""
    return people.of_statement(site.publisher)


def date(item: Item, which: str = "issued") -> tuple[int, ...]:
    """The date of an item: (year), (year, month) or (year, month, day); ``()`` if there is none, or in words.

    :param which: the name of the date field: ``issued``, ``original-date`` or ``accessed``.
    """
    return tuple(item.get(which, {}).get("date-parts", [[]])[0])


def iso(item: Item, which: str = "issued") -> str:
    """The date of an item in ISO 8601 format, as precise as it is: ``2020``, ``2020-09``, ``2020-09-21``.

    ``""`` if there is none, or if it is in words.
    """
    return "-".join(f"{part:02}" for part in date(item, which))


def words(item: Item, which: str = "issued") -> str:
    """The date of an item as it is written, as a date or in words; ``""`` if there is none."""
    return iso(item, which) or str(item.get(which, {}).get("literal", ""))


def is_date(text: str) -> bool:
    """Whether a text is a date: ``2020``, ``2020-09`` or ``2020-09-21``; false for ``2020-13`` and
    ``2020-9``.

    Days from 1 to 31 are accepted in every month, so ``2020-02-31`` is true.
    """
    return _DAY.fullmatch(text) is not None


def doi_address(doi: str) -> str:
    """The address that resolves a DOI; characters that an address cannot contain are percent-encoded.

    ``10.1000/a b`` gives ``https://doi.org/10.1000/a%20b``.  The DOI is not checked.  Source: DOI Handbook,
    3.8.1.
    """
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}"


def _copy(record: Record, role: str) -> Copy | None:
    """The copy with a role; if there are several, the one that the record names as its witness."""
    found = [one for one in record.copies if one.role == role]
    named = [one for one in found if one.id == record.witness]
    return next(iter(named or found), None)


def clean(found: tuple[Person, ...]) -> tuple[Person, ...]:
    """The persons, with every name on one line; all else stays."""
    return tuple(
        replace(person, name=_clean(person.name), latin=_clean(person.latin) if person.latin else None)
        for person in found
    )


def _clean(name: Name) -> Name:
    return Name(family=one_line(name.family), given=one_line(name.given), literal=one_line(name.literal))


def _csl_name(person: Person) -> dict[str, str]:
    """The name as a CSL name variable."""
    name = person.name
    if name.divided:
        return {
            part: one_line(text) for part, text in (("family", name.family), ("given", name.given)) if text
        }
    return {"literal": one_line(name.literal)}


def _issued(text: str) -> dict[str, Any]:
    """The date as a CSL date variable: in parts if the text is a date, otherwise literal."""
    if not text:
        return {}
    found = _DAY.fullmatch(text)
    return (
        {"date-parts": [[int(part) for part in found.groups() if part]]}
        if found
        else {"literal": one_line(text)}
    )


def _language(record: Record, script: str) -> str:
    """A BCP 47 tag.  Chinese in Simplified characters is ``zh-CN``, the tag that citation programs know."""
    if record.language != "zh":
        return record.language
    return {"Hans": "zh-CN", "Hant": "zh-Hant"}.get(script, "zh")


def _full(fields: dict[str, Any]) -> Item:
    """The fields with a value, each text on one line."""
    clean = {name: one_line(value) if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in clean.items() if value}


def _name(found: Mapping[str, str]) -> Name:
    return Name(**found)


# --- CSL-JSON -------------------------------------------------------------------------------------


def csl_json(project: Project) -> bytes:
    """The content of ``references.csl.json``: the works as a list of CSL items, in UTF-8."""
    return f"{json.dumps(items(project), ensure_ascii=False, indent=1)}\n".encode()


def csl(item: Item) -> str:
    """One item as CSL-JSON: a list with one element, as programs expect."""
    return json.dumps([item], ensure_ascii=False, indent=1)


# --- BibTeX ---------------------------------------------------------------------------------------

_TEX = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_"},
        # braces must balance, and an escaped brace counts too
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def bibtex_file(project: Project) -> bytes:
    """The content of ``references.bib``: UTF-8 with LF line ends, a blank line after each entry."""
    return "".join(f"{bibtex(item)}\n\n" for item in items(project)).encode()


def bibtex(item: Item) -> str:
    """One item as BibTeX, which biblatex reads too.

    ``year`` is for BibTeX itself; ``date`` is for biblatex and reference managers, if the month or day is
    known. A date in words is kept in ``year``.  ``language`` is written and ``langid`` is not, since programs
    read only the first.  A second number for one field goes into ``note``.
    """
    kind = _bibtex_kind(item)
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in _bibtex_fields(item, kind))
    return f"@{kind}{{{item['id']},\n{rows}\n}}"


def _bibtex_kind(item: Item) -> str:
    """An entry type that BibTeX knows, and that requires no field that the item lacks.

    A book without a publisher is a ``booklet``; a thesis or report without one is ``misc``.
    """
    csl, published = str(item["type"]), "publisher" in item
    if csl == "article-journal":
        return "article"
    if csl == "chapter":
        return "incollection"
    if csl in ("book", "classic"):
        return "book" if published else "booklet"
    if csl == "thesis" and published:
        master = re.search(
            r"碩士|硕士|\bmaster|\bM\.?(A|Sc|Phil)\b", str(item.get("genre", "")), re.IGNORECASE
        )
        return "mastersthesis" if master else "phdthesis"
    return "techreport" if csl == "report" and published else "misc"


_CONTAINER = {"article": "journal", "incollection": "booktitle"}
_PUBLISHER = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}


def _bibtex_fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        if role in item:
            yield role, " and ".join(_bibtex_name(_name(one)) for one in item[role])
    yield "title", f"{{{_tex(item['title'])}}}"
    # `misc` and `booklet` do not print a type of work, so it goes into `howpublished` if that is free
    genre = "type" if kind in _PUBLISHER or "container-title" in item else "howpublished"
    container = _CONTAINER.get(kind, "howpublished" if kind in ("misc", "booklet") else "booktitle")
    rows = (
        ("container-title", container),
        ("genre", genre if kind in ("misc", "booklet") else "type"),
        ("collection-title", "series"),
        ("edition", "edition"),
        ("volume", "volume"),
        ("issue", "number"),
        ("number", "number"),
        ("collection-number", "number"),
        ("publisher", _PUBLISHER.get(kind, "publisher")),
        ("publisher-place", "address"),
        ("version", "version"),
        ("ISSN", "issn"),
        ("ISBN", "isbn"),
    )
    fields: dict[str, str] = {}
    notes = []
    for ours, theirs in rows:
        if ours in item and theirs in fields:  # an issue and a series number seldom occur together
            notes.append(f"{ours} {_tex(str(item[ours]))}")
        elif ours in item:
            fields[theirs] = _tex(str(item[ours]))
    yield from fields.items()
    if "page" in item:
        yield "pages", _tex(str(item["page"])).replace("-", "--")
    yield from _bibtex_dates(item)
    if "original-date" in item and not iso(item, "original-date"):
        notes.append(f"original date {_tex(words(item, 'original-date'))}")
    if notes:
        yield "note", "; ".join(notes)
    yield from ((name.lower(), _verbatim(item[name])) for name in ("DOI", "URL") if name in item)
    yield "language", _tex(item["language"])


def _bibtex_name(name: Name) -> str:
    """``Jacobs, Jane``; a name that BibTeX must not divide is in braces."""
    if not name.divided or not name.alphabetic:
        return f"{{{_tex(name.whole)}}}"
    return ", ".join(_bibtex_part(part) for part in (name.family, name.given) if part)


def _bibtex_part(text: str) -> str:
    """A part of a name; in braces if BibTeX would find a particle, another part or another name in it."""
    words = text.split()
    apart = "," in text or any(word.lower() == "and" or word[:1].islower() for word in words)
    return f"{{{_tex(text)}}}" if apart else _tex(text)


def _bibtex_dates(item: Item) -> Iterator[tuple[str, str]]:
    parts = date(item)
    if parts:
        yield "year", str(parts[0])
    elif "issued" in item:
        yield "year", _tex(item["issued"]["literal"])
    if len(parts) > 1:
        yield "date", iso(item)
    if iso(item, "original-date"):
        yield "origdate", iso(item, "original-date")
    if "accessed" in item:
        yield "urldate", iso(item, "accessed")


def _tex(text: str) -> str:
    """The text with the special characters of TeX escaped."""
    return text.translate(_TEX)


def _verbatim(text: str) -> str:
    """An address or DOI for BibTeX: braces, backslashes and spaces are percent-encoded."""
    return re.sub(r"[\s{}\\]", lambda found: quote(found[0]), text)


# --- RIS ------------------------------------------------------------------------------------------


def ris_file(project: Project) -> bytes:
    """The content of ``references.ris``: UTF-8 without a byte order mark, CR LF line ends, blank lines
    between.

    The items are those of :func:`items`: for each text the article, the copy (if any) and the edition.
    Without texts the file is one line end.
    """
    text = "\n\n".join(ris(item) for item in items(project))
    return f"{text}\n".replace("\n", "\r\n").encode()


def ris(item: Item) -> str:
    """One item as RIS, with LF line ends (a file needs CR LF): ``TY`` first, ``ER`` last.

    ``PY`` has the year, or the date in words; ``DA`` is only there if the month or day is known.  A type
    without a RIS type, as a web page, is ``ELEC``.
    """
    return "\n".join(f"{tag}  - {value}" for tag, value in _ris_fields(item))


_RIS_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "manuscript": "MANSCPT",
    "classic": "CLSWK",
}


def _ris_fields(item: Item) -> Iterator[tuple[str, str]]:
    csl = str(item["type"])
    yield "TY", _RIS_TYPES.get(csl, "ELEC")
    yield "ID", item["id"]
    # in a book, A2 is the editor of the series
    editor = "A3" if csl in ("book", "classic", "report") else "A2"
    for role, tag in (("author", "AU"), ("editor", editor), ("translator", "A4")):
        yield from ((tag, _name(one).inverted) for one in item.get(role, ()))
    yield "TI", item["title"]
    for ours, theirs in (("container-title", "T2"), ("collection-title", "T3"), ("genre", "M3")):
        if ours in item:
            yield theirs, item[ours]
    yield from _ris_dates(item)
    rows = (
        *(
            ("volume", "VL"),
            ("issue", "IS"),
            ("collection-number", "M1"),
            ("edition", "ET"),
            ("version", "ET"),
        ),
        *(("publisher", "PB"), ("publisher-place", "CY"), ("DOI", "DO")),
    )
    for ours, theirs in rows:
        if ours in item:
            yield theirs, str(item[ours])
    yield from _ris_pages(item)
    yield from _ris_numbers(item)
    for ours, theirs in (("URL", "UR"), ("language", "LA")):
        if ours in item:
            yield theirs, str(item[ours])
    yield "ER", ""


def _ris_pages(item: Item) -> Iterator[tuple[str, str]]:
    first, _, last = str(item.get("page", "")).partition("-")
    if first:
        yield "SP", first
    if last:
        yield "EP", last


def _ris_numbers(item: Item) -> Iterator[tuple[str, str]]:
    """``SN`` has one number: report number, ISBN or ISSN (for an article the ISSN first); others are
    notes.
    """
    known = [name for name in ("number", "ISBN", "ISSN") if name in item]
    if item["type"] == "article-journal":
        known.reverse()
    for place, name in enumerate(known):
        yield ("SN", str(item[name])) if place == 0 else ("N1", f"{name} {item[name]}")


def _ris_dates(item: Item) -> Iterator[tuple[str, str]]:
    parts = date(item)
    if parts:
        yield "PY", str(parts[0])
    elif "issued" in item:
        yield "PY", item["issued"]["literal"]
    if len(parts) > 1:
        yield "DA", iso(item).replace("-", "/") + ("/" if len(parts) == 2 else "")
    if "original-date" in item:
        yield "OP", words(item, "original-date")
    if "accessed" in item:
        yield "Y2", iso(item, "accessed").replace("-", "/")
