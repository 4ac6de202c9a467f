"""BibTeX of the items of :mod:`site_builder.citing.references`: UTF-8, a title in double braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from site_builder.citing.references import Item, date, iso, items, name_of, words
from site_builder.model import Name, Project

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
    """The content of ``references.bib``: the items of the project, UTF-8 with LF line ends, a blank line
    after each entry.

    Without texts it is ``b""``.
    """
    return "".join(f"{bibtex(item)}\n\n" for item in items(project)).encode()


def bibtex(item: Item) -> str:
    r"""One item as BibTeX, which biblatex reads too: one field a line, without a line end.

    The order is: persons, ``title``, container, numbers and publisher, ``pages``, ``year``, ``date``,
    ``note``, ``doi``, ``url``, ``language``.  ``date`` is written if the month or day is known.  A date in
    words is in ``year``.  A second number for one field goes into ``note``.

    Types are ``article``, ``incollection``, ``book``, ``phdthesis`` or ``mastersthesis``, ``techreport``.  A
    book without a publisher is a ``booklet``; a thesis or report without one, a web page and a manuscript are
    ``misc``.  Persons are joined by `` and ``: ``Jacobs, Jane`` and ``{李明}``.  A range of pages has ``--``.

    :raises KeyError: if the item has no ``id``, ``type``, ``title`` or ``language``.

    >>> print(bibtex({"id": "notes", "type": "book", "title": "Notes & more", "language": "en"}))
    @booklet{notes,
      title = {{Notes \& more}},
      language = {en}
    }
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
            yield role, " and ".join(_bibtex_name(name_of(one)) for one in item[role])
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
    if "note" in item:
        notes.append(_tex(item["note"]))
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
