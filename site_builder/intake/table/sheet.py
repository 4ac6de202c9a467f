"""A table as CSV, whoever saved it: its encoding, separator, columns and rows.

CSV after RFC 4180, as spreadsheets write it: UTF-8 with a byte order mark or without, UTF-16 with one
("Unicode text"); comma, semicolon or tab, whichever makes columns of the first line that are known; any end
of line; a first line ``sep=;``.  Rows may lack cells at their end, since Excel leaves out separators where
the last columns are empty for long.  Which of the older encodings a file is in cannot be told from it, so
none is guessed.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from site_builder.intake import safely
from site_builder.intake.faults import Faults
from site_builder.intake.wording import clean, short

CELLS = 4_000_000
"""Cells that a table may have, lines that hold none among them."""
SEPARATORS = ",;\t"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEP = re.compile(r"sep=([,;\t])(?:\r\n|\r|\n)")
_GUARDED = re.compile(r"\A\s*'(?='*[=+\-@＝＋－＠\t\n])")
_UTF_8 = 'save it as "CSV UTF-8"; plain "CSV" is in an encoding that only the machine knows'


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row: the line of the file on which it begins, and its cells that are not empty, by column."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The names in the first line, the column that each means (or nothing), and the rows."""

    names: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def sheet(data: bytes, faults: Faults, known: Callable[[str], str]) -> Sheet:
    """The table of a file, as far as it can be read; what is wrong is told as ``I001``.

    :param known: the column that a name of the first line means, or nothing.
    """
    text = _text(data, faults)
    if text is None:
        return Sheet()
    said = _SEP.match(text)
    separator = said[1] if said else max(SEPARATORS, key=lambda one: _fitting(text, one, known))
    if sum(map(text.count, (separator, "\n", "\r"))) > CELLS:
        faults.tell(1, "I001", f"a table must have at most {CELLS} cells", "export the tags alone")
        return Sheet()
    with _cells_of_any_length():
        return _sheet(_records(text, separator, 1 if said else 0, faults), faults, known)


def _text(data: bytes, faults: Faults) -> str | None:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return safely.sized(data).decode("utf-16" if wide else "utf-8").lstrip("\ufeff")
    except safely.Unsafe as error:
        faults.tell(1, "I001", str(error), error.hint)
    except UnicodeDecodeError as error:
        line = 1 if wide else data.count(b"\n", 0, error.start) + 1
        faults.tell(line, "I001", "the file must be UTF-8", _UTF_8)
    return None


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """The limit of the library is for all who use it, and smaller than a cell may be here."""
    before = csv.field_size_limit(safely.LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _fitting(text: str, separator: str, known: Callable[[str], str]) -> int:
    """How many names of the first line are known if this is the separator."""
    lines = (line[0] for line in _LINE.finditer(text))
    try:
        return sum(bool(known(name)) for name in next(csv.reader(lines, delimiter=separator), []))
    except csv.Error:
        return -1


def _records(text: str, separator: str, skip: int, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """The records and the line on which each begins."""
    lines = (line[0] for line in _LINE.finditer(text))
    for _ in range(skip):
        next(lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = skip + 1
    try:
        for record in reader:
            yield begins, [_cell(value) for value in record]
            begins = skip + reader.line_num + 1
    except csv.Error as error:
        faults.tell(begins, "I001", f"the file must be CSV: {error}", "look at its quotation marks")


def _cell(value: str) -> str:
    """A cell without blanks around, and without the apostrophe that keeps one from being a formula."""
    return _GUARDED.sub("", clean(value)).strip()


def _sheet(records: Iterator[tuple[int, list[str]]], faults: Faults, known: Callable[[str], str]) -> Sheet:
    line, header = next(records, (1, []))
    columns = tuple(map(known, header))
    if not any(columns):
        hint = "such as: passage, tag, quote_1"
        faults.tell(line, "I001", "the first line must name the columns, and no name is known", hint)
        return Sheet()
    twice = next((name for n, name in enumerate(columns) if name and name in columns[:n]), "")
    if twice:
        faults.tell(line, "I001", f"a column must stand once: {twice}", "rename one of them")
        return Sheet()
    width = max(n for n, name in enumerate(header, 1) if name)
    rows = _rows(records, columns[:width], faults)
    return Sheet(names=tuple(header[:width]), columns=columns[:width], rows=tuple(rows))


def _rows(
    records: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], faults: Faults
) -> Iterator[Row]:
    for line, record in records:
        beyond = next(filter(None, record[len(columns) :]), "")
        if beyond:
            message = f"a row must have no more cells than there are columns: {short(beyond)}"
            faults.tell(line, "I001", message, "put a cell that holds the separator in quotation marks")
            continue
        cells = {name: value for name, value in zip(columns, record, strict=False) if name and value}
        if cells:
            yield Row(line=line, cells=cells)
