"""Reads a CSV table of any program: its encoding, separator, columns and rows.

CSV as in RFC 4180 and as spreadsheets write it: UTF-8 with or without a byte order mark, or UTF-16 with one
("Unicode text"); comma, semicolon or tab, whichever gives the most known columns in the first line; any line
end; a first line ``sep=;``.  Rows can lack cells at their end, since Excel omits separators of empty columns.
Older encodings cannot be distinguished, so they are refused.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from site_builder.importing import untrusted
from site_builder.importing.problems import ProblemLog
from site_builder.importing.wording import clean, short
from site_builder.records import dataclass

CELLS = 2_000_000
"""The largest number of cells of a table, including those of empty lines."""
ROWS = 50_000
"""The largest number of rows that are not empty."""
WIDEST = 20_000
"""The largest number of separators in one line."""
ABSENT = frozenset(
    {
        *("NA", "N/A", "n/a", "#N/A", "#N/A N/A", "#NA", "<NA>", "NaT", "NULL", "null", "None"),
        *("NaN", "nan", "NAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "-1.#IND", "-1.#QNAN"),
    }
)
"""Words for an empty cell in statistics programs: R (write.csv, readr), pandas, SQL, spreadsheets, C."""
_QUOTED = "\x1a"  # marks a word of ABSENT in quotation marks while the csv module reads
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
    """The names in the first line, the column that each name means (or ``""``), and the rows."""

    names: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def sheet(
    data: bytes, log: ProblemLog, known: Callable[[str], str], meant: Callable[[str, str], bool | None]
) -> Sheet:
    """The table of a file, as far as it can be read; problems are reported as ``I001``, those of a row as
    ``I005``.

    The separator is a comma, a semicolon or a tab: the one with which the first line has most known names, or
    that of a first line ``sep=;``.  A file that cannot be read, is empty, has more than 2,000,000 separators
    and line ends or 50,000 rows, names no known column, or names a known one twice gives an empty
    :class:`Sheet`.  ``names`` and ``columns`` have
    one item for each column up to the last one with a name.  Rows have only the cells of known columns that
    are not empty; empty rows are left out.  A row with a value beyond the last column is reported and left
    out.

    :param known: name in the first line → column, or ``""``.
    :param meant: whether a word of :data:`ABSENT` (``NA``, ``NaN``, ``NULL``, ``None`` and others) is a value
        of a column; ``None`` for free text.  Such a word is an empty cell if it is not a value of the column;
        in free text it is one unless it is in quotation marks.
    """
    text = _text(data, log)
    if text is None:
        return Sheet()
    declared = _SEP.match(text)
    separator = declared[1] if declared else max(SEPARATORS, key=lambda one: _fitting(text, one, known))
    if sum(map(text.count, (separator, "\n", "\r"))) > CELLS:
        log.report(1, "I001", f"a table must have at most {CELLS} cells", "export the tags alone")
        return Sheet()
    with _cells_of_any_length():
        records = _records(text, separator, 1 if declared else 0, log)
        return _sheet(records, log, known, _Absent(meant))


def _text(data: bytes, log: ProblemLog) -> str | None:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = untrusted.sized(data).decode("utf-16" if wide else "utf-8").lstrip("\ufeff")
        if "\x00" not in text[:1000]:
            return text
        log.report(1, "I001", "the file must be UTF-8, or UTF-16 with a byte order mark", _UTF_8)
    except untrusted.Unsafe as error:
        log.report(1, "I001", str(error), error.hint)
    except UnicodeDecodeError as error:
        line = 1 if wide else data.count(b"\n", 0, error.start) + 1
        log.report(line, "I001", "the file must be UTF-8", _UTF_8)
    return None


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Raise the limit of the csv module, which is global and smaller than the cells allowed here."""
    before = csv.field_size_limit(untrusted.LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _fitting(text: str, separator: str, known: Callable[[str], str]) -> int:
    """The number of known names in the first line with this separator; -1 if it cannot be read."""
    lines = (line[0] for line in _LINE.finditer(text))
    try:
        return sum(bool(known(name)) for name in next(csv.reader(lines, delimiter=separator), []))
    except csv.Error:
        return -1


def _records(text: str, separator: str, skip: int, log: ProblemLog) -> Iterator[tuple[int, list[str]]]:
    """The records, and the line on which each begins."""
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
                log.report(begins, "I001", message, "export the tags alone")
                return
            yield begins, [_cell(value) for value in record]
            begins = skip + reader.line_num + 1
    except csv.Error as error:
        log.report(begins, "I001", f"the file must be CSV: {error}", "look at its quotation marks")


def _quoted(separator: str) -> re.Pattern[str]:
    """A pattern of a cell with a word of :data:`ABSENT` in quotation marks, and the character before it."""
    words = "|".join(map(re.escape, sorted(ABSENT)))
    return re.compile(rf'(^|{separator})"({words})"(?=[{separator}\r\n]|$)')


class _Absent:
    """Empties the cells that contain a word for an empty cell, and counts them.

    In free text, quotation marks keep such a word, unless the program quotes all cells: the same word is
    quoted in a column where it is no value, or a column contains nothing else in two rows or more.
    """

    def __init__(self, meant: Callable[[str, str], bool | None]) -> None:
        self.meant = meant
        self.words: dict[str, int] = {}
        self.filling: set[str] = set()  # words that are quoted in a column where they are no value
        self.columns: set[str] = set()  # columns that contain nothing else

    def emptied(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows without the empty cells, and without the rows that are then empty."""
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
        """The value of a cell; ``""`` for a word that means an empty cell."""
        word = cell.removeprefix(_QUOTED)
        if word not in ABSENT:
            return word
        meant = self.meant(column, word)
        quoted = word != cell and word not in self.filling and column not in self.columns
        if meant or (meant is None and quoted):
            return word
        self.words[word] = self.words.get(word, 0) + 1
        return ""

    def report(self, log: ProblemLog) -> None:
        """Report once which words were read as empty cells."""
        if self.words:
            cells, words = sum(self.words.values()), ", ".join(sorted(self.words))
            held = f"{cells} cells hold" if cells > 1 else "1 cell holds"
            message = f"an empty cell should hold nothing; {held} what R and pandas write there: {words}"
            hint = "read as empty; a note that consists of these letters must be in quotation marks"
            log.report(1, "I001", message, hint, level="review")


def _cell(value: str) -> str:
    """A cell without white space at its ends, and without the apostrophe that guards a formula."""
    marked = value.startswith(_QUOTED) and value[1:] in ABSENT
    return value if marked else _GUARDED.sub("", clean(value)).strip()


def _sheet(
    records: Iterator[tuple[int, list[str]]], log: ProblemLog, known: Callable[[str], str], absent: _Absent
) -> Sheet:
    line, header = next(records, (1, []))
    columns = tuple(map(known, header))
    if not any(columns):
        hint = "such as: passage, tag, quote_1"
        log.report(line, "I001", "the first line must name the columns, and no name is known", hint)
        return Sheet()
    twice = next((name for n, name in enumerate(columns) if name and name in columns[:n]), "")
    if twice:
        log.report(line, "I001", f"a column must occur once: {twice}", "rename one of them")
        return Sheet()
    width = max(n for n, name in enumerate(header, 1) if name)
    header, columns = header[:width], columns[:width]
    rows = tuple(islice(_rows(records, columns, log), ROWS + 1))
    if len(rows) > ROWS:
        log.report(1, "I001", f"a table must have at most {ROWS} rows", "export the work alone")
        return Sheet()
    rows = absent.emptied(rows)
    absent.report(log)
    return Sheet(names=tuple(header), columns=columns, rows=rows)


def _rows(
    records: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], log: ProblemLog
) -> Iterator[Row]:
    for line, record in records:
        beyond = next(filter(None, record[len(columns) :]), "")
        if beyond:
            message = f"a row must have no more cells than there are columns: {short(beyond)}"
            log.report(line, "I005", message, "put a cell that holds the separator in quotation marks")
            continue
        cells = {name: cell for name, cell in zip(columns, record, strict=False) if name and cell}
        if cells:
            yield Row(line=line, cells=cells)
