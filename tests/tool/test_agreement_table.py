"""``data/agreement.csv``: every coefficient, computed again from the files of the project."""

from __future__ import annotations

import csv
import io

import agreement_oracle
import page_reader
import pytest
from agreement_oracle import has
from oracle import Key
from page_reader import Book

book, works_site = page_reader.book, page_reader.works_site

NAME = "data/agreement.csv"


def rows(book: Book) -> list[dict[str, str]]:
    text = book.files[NAME].decode("utf-8-sig") if NAME in book.files else ""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def test_the_table_has_every_figure_of_every_pair(book: Book) -> None:
    wanted = {
        (*pair.coders, subject): (
            *(str(count) for count in (found.units, found.same)),
            *(number(value) for value in (found.value, found.low, found.high)),
            str(found.resamples),
        )
        for pair in agreement_oracle.compared(book.oracle)
        for subject, found in agreement_oracle.figures(book.oracle, pair).items()
    }
    columns = ("units", "same", "value", "low", "high", "resamples")
    found = {
        (row["first"], row["second"], row["subject"]): tuple(row[name] for name in columns)
        for row in rows(book)
    }
    assert list(found) == list(wanted)
    assert found == wanted
    assert wanted or book.name == "repository"


def test_the_table_counts_what_each_coder_tags(book: Book) -> None:
    oracle = book.oracle
    pairs = {pair.coders: pair.keys for pair in agreement_oracle.compared(oracle)}
    for row in rows(book):
        cells = list(oracle.cells) if row["subject"] == "codes" else [row["subject"]]
        if row["coefficient"] == "alpha":
            assert row["tagged_first"] == row["tagged_second"] == row["tagged_both"] == ""
            continue
        keys: list[Key] = pairs[row["first"], row["second"]]
        first, second = (oracle.coders[row[name]] for name in ("first", "second"))
        votes = [(has(first[key], cell), has(second[key], cell)) for key in keys for cell in cells]
        assert [int(row[f"tagged_{name}"]) for name in ("first", "second", "both")] == [
            sum(one for one, _ in votes),
            sum(other for _, other in votes),
            sum(map(all, votes)),
        ]


def test_a_project_with_one_coder_has_no_table(request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue("repository_site")
    coders = {path.parts[-2] for path in page_reader.ROOT.glob("annotations/*/tags/*/*.yaml")}
    assert (NAME in files) == (len(coders) > 1)
