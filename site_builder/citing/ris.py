"""RIS of the items of :mod:`site_builder.citing.references`, after Research Information Systems (2011)."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.citing.references import Item, date, iso, items, name_of, words
from site_builder.model import Project


def ris_file(project: Project) -> bytes:
    """The content of ``references.ris``: UTF-8 without a byte order mark, CR LF line ends, blank lines
    between.

    The items are those of :func:`items`: for each text the article, the copy (if any) and the edition.  The
    file ends with one line end after the last ``ER  - ``; without texts it is one line end alone.
    """
    text = "\n\n".join(ris(item) for item in items(project))
    return f"{text}\n".replace("\n", "\r\n").encode()


def ris(item: Item) -> str:
    r"""One item as RIS, with LF line ends (a file needs CR LF): ``TY`` first, ``ER`` last, without a line
    end.

    After ``ID`` come the persons, one a line (``AU`` authors, ``A2`` editors, ``A3`` editors of a book,
    classic or report, ``A4`` translators; ``Jacobs, Jane``, ``李明``), then ``TI``.  ``UR`` and ``LA`` come
    before ``ER``.  ``PY`` has the year, or the date in words; ``DA`` is only there if the month or day is
    known (``2020/09/``).  A type without a RIS type, as a web page, is ``ELEC``.

    :raises KeyError: if the item has no ``id``, ``type`` or ``title``.

    >>> ris({"id": "notes", "type": "book", "title": "Notes", "language": "en"}).split("\n")
    ['TY  - BOOK', 'ID  - notes', 'TI  - Notes', 'LA  - en', 'ER  - ']
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
        yield from ((tag, name_of(one).inverted) for one in item.get(role, ()))
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
    if "note" in item:
        yield "N1", item["note"]
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
