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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from site_builder.importing import untrusted
from site_builder.importing.faults import Faults
from site_builder.importing.wording import clean, short

CELLS = 2_000_000
"""Cells that a table may have, lines that hold none among them."""
ROWS = 50_000
"""Rows that say something."""
WIDEST = 20_000
"""Separators of one line."""
ABSENT = frozenset(["NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NaT", "NULL", "null", "None"])
"""What statistics programs write for an empty cell: R (write.csv, readr), pandas, SQL, spreadsheets."""
_QUOTED = "\x1a"  # stands before a word of ABSENT that is in quotation marks, while the library reads
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


def sheet(
    data: bytes, faults: Faults, known: Callable[[str], str], meant: Callable[[str, str], bool | None]
) -> Sheet:
    """The table of a file, as far as it can be read; what is wrong is told as ``I001``.

    :param known: the column that a name of the first line means, or nothing.
    :param meant: whether a word of :data:`ABSENT` is a value of a column; None where any text may be one.
        Such a word is an empty cell where it is no value, and where any text may be one and quotation
        marks do not keep it.
    """
    text = _text(data, faults)
    if text is None:
        return Sheet()
    said = _SEP.match(text)
    separator = said[1] if said else max(SEPARATORS, key=lambda one: _fitting(text, one, known))
    if sum(map(text.count, (separator, "\n", "\r"))) > CELLS:
        faults.report(1, "I001", f"a table must have at most {CELLS} cells", "export the tags alone")
        return Sheet()
    with _cells_of_any_length():
        records = _records(text, separator, 1 if said else 0, faults)
        return _sheet(records, faults, known, _Absent(meant))


def _text(data: bytes, faults: Faults) -> str | None:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = untrusted.sized(data).decode("utf-16" if wide else "utf-8").lstrip("\ufeff")
        if "\x00" not in text[:1000]:
            return text
        faults.report(1, "I001", "the file must be UTF-8, or UTF-16 with a byte order mark", _UTF_8)
    except untrusted.Unsafe as error:
        faults.report(1, "I001", str(error), error.hint)
    except UnicodeDecodeError as error:
        line = 1 if wide else data.count(b"\n", 0, error.start) + 1
        faults.report(line, "I001", "the file must be UTF-8", _UTF_8)
    return None


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """The limit of the library is for all who use it, and smaller than a cell may be here."""
    before = csv.field_size_limit(untrusted.LARGEST)
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
    quoted = _quoted(separator)
    lines = (quoted.sub(rf'\1"{_QUOTED}\2"', line[0]) for line in _LINE.finditer(text))
    for _ in range(skip):
        next(lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = skip + 1
    try:
        for record in reader:
            if len(record) > WIDEST:
                message = f"a row must have at most {WIDEST} cells, not {len(record)}"
                faults.report(begins, "I001", message, "export the tags alone")
                return
            yield begins, [_cell(value) for value in record]
            begins = skip + reader.line_num + 1
    except csv.Error as error:
        faults.report(begins, "I001", f"the file must be CSV: {error}", "look at its quotation marks")


def _quoted(separator: str) -> re.Pattern[str]:
    """A word of :data:`ABSENT` that fills a cell in quotation marks, and what stands before it."""
    words = "|".join(map(re.escape, sorted(ABSENT)))
    return re.compile(rf'(^|{separator})"({words})"(?=[{separator}\r\n]|$)')


class _Absent:
    """Empties the cells that hold a word for nothing, and counts them.

    Quotation marks keep such a word where any text may stand, unless they say nothing: where the same word is
    quoted in a column in which it is no value, or where a column holds nothing else in two rows or more.
    """

    def __init__(self, meant: Callable[[str, str], bool | None]) -> None:
        self.meant = meant
        self.words: dict[str, int] = {}
        self.filling: set[str] = set()  # words that are quoted where they are no value
        self.columns: set[str] = set()  # columns that hold nothing else

    def emptied(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows without the cells that mean nothing, and without those rows that then say nothing."""
        rows = tuple(rows)
        filled, absent = Counter[str](), Counter[str]()
        for row in rows:
            for column, cell in row.cells.items():
                word = cell.removeprefix(_QUOTED)
                filled[column] += 1
                absent[column] += word in ABSENT
                if word in ABSENT and word != cell and self.meant(column, word) is False:
                    self.filling.add(word)
        self.columns = {column for column, count in absent.items() if count == filled[column] > 1}
        kept = (
            (row.line, {c: v for c, cell in row.cells.items() if (v := self.value(c, cell))}) for row in rows
        )
        return tuple(Row(line=line, cells=cells) for line, cells in kept if cells)

    def value(self, column: str, cell: str) -> str:
        """The value of a cell; nothing for a word that means nothing."""
        word = cell.removeprefix(_QUOTED)
        if word not in ABSENT:
            return word
        meant = self.meant(column, word)
        quoted = word != cell and word not in self.filling and column not in self.columns
        if meant or (meant is None and quoted):
            return word
        self.words[word] = self.words.get(word, 0) + 1
        return ""

    def told(self, faults: Faults) -> None:
        """Say once what was read as empty."""
        if self.words:
            cells, words = sum(self.words.values()), ", ".join(sorted(self.words))
            held = f"{cells} cells hold" if cells > 1 else "1 cell holds"
            message = f"an empty cell should hold nothing; {held} what R and pandas write there: {words}"
            hint = "read as empty; a note that consists of these letters must be in quotation marks"
            faults.report(1, "I001", message, hint, level="review")


def _cell(value: str) -> str:
    """A cell without blanks around, and without the apostrophe that keeps one from being a formula."""
    marked = value.startswith(_QUOTED) and value[1:] in ABSENT
    return value if marked else _GUARDED.sub("", clean(value)).strip()


def _sheet(
    records: Iterator[tuple[int, list[str]]], faults: Faults, known: Callable[[str], str], absent: _Absent
) -> Sheet:
    line, header = next(records, (1, []))
    columns = tuple(map(known, header))
    if not any(columns):
        hint = "such as: passage, tag, quote_1"
        faults.report(line, "I001", "the first line must name the columns, and no name is known", hint)
        return Sheet()
    twice = next((name for n, name in enumerate(columns) if name and name in columns[:n]), "")
    if twice:
        faults.report(line, "I001", f"a column must stand once: {twice}", "rename one of them")
        return Sheet()
    width = max(n for n, name in enumerate(header, 1) if name)
    rows = tuple(islice(_rows(records, columns[:width], faults), ROWS + 1))
    if len(rows) > ROWS:
        faults.report(1, "I001", f"a table must have at most {ROWS} rows", "export the work alone")
        return Sheet()
    rows = absent.emptied(rows)
    absent.told(faults)
    return Sheet(names=tuple(header[:width]), columns=columns[:width], rows=rows)


def _rows(
    records: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], faults: Faults
) -> Iterator[Row]:
    for line, record in records:
        beyond = next(filter(None, record[len(columns) :]), "")
        if beyond:
            message = f"a row must have no more cells than there are columns: {short(beyond)}"
            faults.report(line, "I005", message, "put a cell that holds the separator in quotation marks")
            continue
        cells = {name: cell for name, cell in zip(columns, record, strict=False) if name and cell}
        if cells:
            yield Row(line=line, cells=cells)
