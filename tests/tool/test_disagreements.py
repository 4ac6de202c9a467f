"""Each disagreement of two coders beside its passage, on the page of disagreements and in the table.

The wanted values are read from the YAML of the project (:mod:`agreement_oracle`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import agreement_oracle
import page_reader
import pytest
from oracle import Key, Oracle, bare
from page_reader import Book, Element, Page, quotes, text

book, works_site = page_reader.book, page_reader.works_site


class Row(NamedTuple):
    """A line of a table of disagreements: the subject, both readings with their evidence, the decisions."""

    subject: str
    readings: list[list[str]]
    quotes: list[list[str]]
    decisions: list[str]


def name_of(oracle: Oracle, coder: str) -> str:
    return bare(agreement_oracle.coder_names(oracle).get(coder, coder))


def wanted(book: Book, pair: agreement_oracle.Compared, key: Key, *, quoted: bool) -> list[Row]:
    oracle = book.oracle
    rows = []
    for subject in agreement_oracle.differing(oracle, pair, key):
        both = [agreement_oracle.reading(oracle, pair, key, coder, subject) for coder in pair.coders]
        decisions = []
        for decision in agreement_oracle.decided(oracle, pair, key, subject):
            outcome = {
                "a": as_coder(oracle, pair, key, subject, decision, pair.coders[0]),
                "b": as_coder(oracle, pair, key, subject, decision, pair.coders[1]),
                "both": "兩種標記都可以成立",
                "neither": "兩種標記都不保留",
            }[decision["decision"]]
            name = agreement_oracle.name_of(oracle, decision["code"])
            decisions.append(bare(f"{name}{outcome}。{decision['reason']}"))
        undecided = pair.adjudicated(key[0]) and agreement_oracle.undecided(oracle, pair, key, subject)
        rows.append(
            Row(
                agreement_oracle.title(oracle, subject),
                [one.names for one in both],
                [oracle.quoted(one.evidence) if quoted else [] for one in both],
                [*decisions, *(["尚未決定"] if undecided else [])],
            )
        )
    return rows


def as_coder(
    oracle: Oracle, pair: agreement_oracle.Compared, key: Key, subject: str, decision: Any, coder: str
) -> str:
    """How a decision for a coder is worded: whether this coder has the tags that it is about."""
    codes = agreement_oracle.codes_of_one(oracle, pair, key, subject)
    has = {one == coder for code, one in codes if agreement_oracle.decision_on(oracle, key, code) == decision}
    name = name_of(oracle, coder)
    if len(has) > 1:
        return f"保留{name}的標記"
    return f"從{name}：標" if has == {True} else f"從{name}：不標"


def shown(book: Book, page: Page, table: Element) -> list[Row]:
    rows = []
    for row in table.xpath("./tbody/tr"):
        first, second, *last = row.xpath("./td")
        rows.append(
            Row(
                text(row.xpath("./th")[0]),
                [[text(a) for a in cell.xpath("./a")] for cell in (first, second)],
                [quotes(cell) for cell in (first, second)],
                [text(p) for cell in last for p in cell.xpath("./p")],
            )
        )
        for cell in (first, second):
            assert bool(cell.xpath("./a")) != ("未標" in text(cell))
            for link in cell.xpath("./a"):  # each reading leads to the definition of its code
                address, _, id_ = page.link(link).address.partition("#")
                assert not id_ or book.page(address).by_id(id_) is not None
    return rows


def passages(book: Book) -> Iterator[tuple[agreement_oracle.Compared, Key]]:
    for pair in agreement_oracle.compared(book.oracle):
        for key in pair.keys:
            if agreement_oracle.differing(book.oracle, pair, key):
                yield pair, key


def test_each_disagreement_stands_beside_its_passage(book: Book) -> None:
    found: dict[Key, list[agreement_oracle.Compared]] = {}
    for pair, key in passages(book):
        found.setdefault(key, []).append(pair)
    for key in book.oracle.passages:
        page = book.page(f"{key[0]}/{key[1]}.html")
        tables = page.main.xpath(".//table[contains(@class, 'disagreements')]")
        pairs = found.get(key, [])
        assert [[text(th) for th in table.xpath("./thead//th")][1:3] for table in tables] == [
            [name_of(book.oracle, coder) for coder in pair.coders] for pair in pairs
        ]
        assert [shown(book, page, table) for table in tables] == [
            wanted(book, pair, key, quoted=True) for pair in pairs
        ], key
    assert found or book.name == "repository"


def test_a_page_lists_each_passage_with_a_disagreement(book: Book) -> None:
    assert ("disagreements.html" in book.files) == book.oracle.has_disagreements
    if not book.oracle.has_disagreements:
        return
    page = book.page("disagreements.html")
    heads = page.main.xpath(".//h3[following-sibling::*[1]//table[contains(@class, 'disagreements')]]")
    found = [(page.link(head.xpath("./a")[0]).address, head.getnext().xpath(".//table")[0]) for head in heads]
    pairs = list(passages(book))
    assert [address for address, _ in found] == [f"{key[0]}/{key[1]}.html" for _, key in pairs]
    for (pair, key), (_, table) in zip(pairs, found, strict=True):
        assert shown(book, page, table) == wanted(book, pair, key, quoted=False), key
    method = book.page("method.html")
    links = [method.link(a).address for a in method.main.xpath(".//p/a")]
    assert "disagreements.html" in links
    assert {f"{key[0]}/{key[1]}.html" for _, key in pairs} <= {*links}


def test_a_page_lists_each_other_reading_and_is_linked_from_its_passage(book: Book) -> None:
    if not book.oracle.has_disagreements:
        return
    page = book.page("disagreements.html")
    heads = page.main.xpath(".//h3[following-sibling::*[1][self::ul]]")
    keys = [
        key for key in book.oracle.passages if key in book.oracle.tags and book.oracle.tags[key].alternatives
    ]
    assert [page.link(head.xpath("./a")[0]).address for head in heads] == [
        f"{key[0]}/{key[1]}.html" for key in keys
    ]
    for key, head in zip(keys, heads, strict=True):
        own = book.page(f"{key[0]}/{key[1]}.html")
        [list_] = own.main.xpath(".//ul[contains(@class, 'readings')]")
        assert text(head.getnext()) == text(list_)
        assert "disagreements.html" in [own.link(a).address for a in own.main.xpath(".//section/p/a")]


def test_the_table_has_each_code_that_only_one_coder_has(book: Book) -> None:
    name = "data/disagreements.csv"
    text_ = book.files[name].decode("utf-8-sig") if name in book.files else ""
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text_, newline=""), strict=True))
    names = {"a": "first", "b": "second"}
    found = {
        (
            *(row[k] for k in ("first", "second", "work", "passage", "code", "coder")),
            row["decision"],
            row["reason"],
        )
        for row in rows
    }
    expected = set()
    for pair, key in passages(book):
        for subject in agreement_oracle.differing(book.oracle, pair, key):
            for code, coder in agreement_oracle.codes_of_one(book.oracle, pair, key, subject):
                decision = (
                    agreement_oracle.decision_on(book.oracle, key, code) if pair.adjudicated(key[0]) else None
                )
                ruling = decision or {"decision": "", "reason": ""}
                outcome = names.get(ruling["decision"], ruling["decision"])
                expected.add((*pair.coders, *key, code, coder, outcome, ruling["reason"]))
    assert found == expected
    assert len(rows) == len(expected)


@pytest.mark.parametrize("tree", ["", "hans/"])
def test_the_disagreements_are_in_every_view(tiny_site: dict[str, bytes], tree: str) -> None:
    for page in ("canal/p2.html", "disagreements.html"):
        assert b'class="disagreements ' in tiny_site[tree + page]
    assert b'class="disagreements ' in tiny_site[tree + "edition.html"]
