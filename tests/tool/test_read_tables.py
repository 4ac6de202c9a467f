"""Tables are read: our own without a loss, and those that people and spreadsheets make, in any form.

The texts are from the tiny project; p2 begins 近看，水是有聲音的：過石頭時急, and p10 contains 字 twice.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import proof_tools
import pytest
from conftest import tiny_parts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from test_refi import BEYOND, linked

from site_builder.edition.edition import Edition
from site_builder.edition.index import Index, build_index
from site_builder.edition.locale import converted, locales
from site_builder.formats import codings
from site_builder.formats.tables import read as reader
from site_builder.formats.tables import write as tables
from site_builder.formats.tables.sheet import sheet
from site_builder.importing import Imported, Statement
from site_builder.importing.problems import ProblemLog
from site_builder.language.chinese import Simplifier
from site_builder.model import Place, Project
from site_builder.pipeline import Checked

PATH = "from/elsewhere.csv"
WORDS = "水是有聲音的"


PROJECT, INDEX = tiny_parts()
P2 = INDEX.passages[("canal", "p2")].text
P10 = INDEX.passages[("canal", "p10")].text


def table(*rows: dict[str, str], columns: Sequence[str] = (), **dialect: Any) -> str:
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def taken(data: str | bytes) -> Imported:
    return reader.read(data.encode() if isinstance(data, str) else data, PATH, PROJECT, INDEX)


def only(found: Imported) -> Statement:
    assert [str(problem) for problem in found.problems] == []
    [mark] = found.statements
    return mark


def reported(found: Imported) -> list[tuple[int, str, str]]:
    return [(problem.place.line, problem.code, problem.level) for problem in found.problems]


def row(**cells: str) -> dict[str, str]:
    return {"passage": "p2", "tag": "flow~a:shows", "quote_1": WORDS} | cells


# --- our own --------------------------------------------------------------------------------------


def statements(project: Project, index: Index) -> Iterator[tuple[object, ...]]:
    for tagging, passage in codings.taggings(project):
        whose = (tagging.coder, tagging.work, passage.id)
        for kind in ("function", "gist", "gist_en", "note", "note_en"):
            if value := proof_tools.value_of(tagging, kind):
                yield (*whose, kind, "", value, "", (), "")
        for one in codings.codings(index, tagging, passage):
            kind = "entry" if one.facet else "cell"
            yield (*whose, kind, one.facet, one.code, one.relation, one.quotations, one.note)


@pytest.mark.parametrize("with_text", [True, False], ids=["with text", "without"])
@pytest.mark.parametrize("name", ["repository", "tiny", "rare"])
def test_an_export_comes_back_complete(name: str, with_text: bool, request: pytest.FixtureRequest) -> None:
    if name == "rare":
        project, index = linked(BEYOND)
    else:
        checked: Checked = request.getfixturevalue(name)
        assert checked.project is not None
        assert checked.index is not None
        project, index = checked.project, checked.index
    data = tables.passages_csv(Edition(project, index, with_text=with_text), converted(locales(project)))
    found = reader.read(data, PATH, project, index)
    assert found.problems == ()
    back = [
        (
            *(m.coder, m.work, m.passage, m.kind, m.facet, m.value, m.relation),
            tuple(quote.text for quote in m.quotes),
            m.note,
        )
        for m in found.statements
    ]
    assert Counter(back) == Counter(statements(project, index))


def test_a_statement_has_the_line_on_which_its_row_begins() -> None:
    data = table(row(tag_note="一\n二\n三"), row(passage="p4", quote_1="一級一級下到水面"))
    assert [mark.place.line for mark in taken(data).statements] == [2, 5]


# --- however it is saved --------------------------------------------------------------------------

PLAIN = table(row(tag_note='他說「;」,\t"好"'))


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le").replace(b"", b"", 0) and b"\xff\xfe" + PLAIN.encode("utf-16-le"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.replace("\r\n", "\n").encode(),
        PLAIN.replace("\r\n", "\r").encode(),
        table(row(tag_note='他說「;」,\t"好"'), delimiter=";").encode(),
        table(row(tag_note='他說「;」,\t"好"'), delimiter="\t").encode("utf-16"),
        ("sep=;\r\n" + table(row(tag_note='他說「;」,\t"好"'), delimiter=";")).encode("utf-8-sig"),
        table(row(tag_note='他說「;」,\t"好"'), quoting=csv.QUOTE_ALL).encode(),
        (PLAIN + "\r\n,,,\r\n\r\n").encode(),
    ],
    ids=[
        *("plain", "BOM", "UTF-16", "UTF-16 LE", "UTF-16 BE", "LF", "CR"),
        *("semicolons", "tabs", "sep=", "all quoted", "empty rows at the end"),
    ],
)
def test_a_table_is_read_as_any_spreadsheet_saves_it(data: bytes) -> None:
    mark = only(taken(data))
    assert (mark.passage, mark.value, mark.relation) == ("p2", "flow~a", "shows")
    assert mark.note == '他說「;」,\t"好"'
    assert [quote.text for quote in mark.quotes] == [WORDS]


def test_columns_can_be_in_any_order_with_names_as_people_write_them() -> None:
    cells = {"Quote 1": WORDS, " RELATION ": "shows", "Tag-Note": "聲", "tag": "flow~a", "Passage": "p2"}
    mark = only(taken(table(cells)))
    assert (mark.value, mark.relation, mark.note) == ("flow~a", "shows", "聲")


def test_a_row_may_lack_cells_at_its_end() -> None:
    data = "passage,tag,quote_1,quote_2,tag_note\np2,things:bamboo\n"
    assert only(taken(data)).value == "bamboo"


def test_an_unknown_column_is_ignored_and_reported() -> None:
    found = taken(table(row(colour="red", name="近")))
    assert reported(found) == [(1, "I001", "review")]
    assert "colour" in found.problems[0].message
    assert "name" not in found.problems[0].message
    assert len(found.statements) == 1


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_an_apostrophe_that_guards_a_formula_is_removed(sign: str) -> None:
    assert only(taken(table(row(tag_note=f"'{sign}水")))).note == f"{sign}水"
    assert only(taken(table(row(tag_note=f"{sign}水")))).note == f"{sign}水"
    assert only(taken(table(row(tag_note="'水")))).note == "'水"


# --- tags -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ({"tag": "flow~a:shows"}, ("cell", "", "flow~a", "shows")),
        ({"tag": "flow~a", "relation": "shows"}, ("cell", "", "flow~a", "shows")),
        ({"tag": "flow~a : shows"}, ("cell", "", "flow~a", "shows")),
        ({"tag": "", "kind": "cell", "code": "flow~a", "relation": "shows"}, ("cell", "", "flow~a", "shows")),
        ({"tag": "", "code": "flow~a", "relation": "shows"}, ("cell", "", "flow~a", "shows")),
        (
            {"kind": "Cell", "code": "flow~a", "relation": "shows"},
            ("cell", "", "flow~a", "shows"),
        ),
        ({"tag": "things:gate"}, ("entry", "things", "gate", "")),
        ({"tag": "things：gate"}, ("entry", "things", "gate", "")),
        ({"tag": "", "facet": "things", "code": "gate"}, ("entry", "things", "gate", "")),
        ({"tag": "", "kind": "entry", "code": "gate"}, ("entry", "things", "gate", "")),
        ({"tag": "", "code": "gate"}, ("entry", "things", "gate", "")),
        ({"tag": "function:scene", "quote_1": ""}, ("function", "", "scene", "")),
        ({"tag": "", "kind": "function", "code": "scene", "quote_1": ""}, ("function", "", "scene", "")),
        ({"tag": "", "function": "scene", "quote_1": ""}, ("function", "", "scene", "")),
        ({"tag": "", "gist": "水有聲。", "quote_1": ""}, ("gist", "", "水有聲。", "")),
        ({"tag": "", "gist_en": "It sounds.", "quote_1": ""}, ("gist_en", "", "It sounds.", "")),
        ({"tag": "", "note": "可再想", "quote_1": ""}, ("note", "", "可再想", "")),
    ],
)
def test_a_row_can_give_its_tag_in_any_of_these_ways(
    cells: dict[str, str], mark: tuple[str, str, str, str]
) -> None:
    found = only(taken(table(row(**cells))))
    assert (found.kind, found.facet, found.value, found.relation) == mark


@pytest.mark.parametrize(
    ("cells", "code", "says"),
    [
        ({"tag": "flow~c:shows"}, "I002", "flow~c"),
        ({"tag": "shows"}, "I005", "must not be a relation alone"),
        ({"tag": "flow~a"}, "I005", "a cell must have a relation"),
        ({"tag": "flow~a", "relation": "shwos"}, "I002", "unknown relation: shwos"),
        ({"relation": "harms"}, "I005", "tag and relation must say the same"),
        ({"tag": "things:gate", "relation": "shows"}, "I005", "only a cell must have a relation"),
        ({"code": "flow~b"}, "I005", "tag and code must say the same"),
        ({"code": "flow~a", "kind": "entry"}, "I002", "unknown code"),
        ({"kind": "entry"}, "I005", "the kind of flow~a must be cell, not entry"),
        ({"facet": "things"}, "I005", "the facet of flow~a must be empty, not things"),
        ({"tag": "", "kind": "colour", "code": "red"}, "I005", "a kind must be one of cell, entry, function"),
        ({"tag": "", "kind": "cell"}, "I005", "must have a code"),
        ({"tag": "", "facet": "thnigs", "code": "gate"}, "I002", "unknown facet: thnigs"),
        ({"tag": "", "facet": "things", "code": "share"}, "I002", "unknown entry of things: share"),
        ({"tag": "", "code": "sahre"}, "I002", "unknown code: sahre"),
        ({"tag": "", "kind": "function", "code": "secne"}, "I002", "unknown function: secne"),
        ({"function": "secne"}, "I002", "unknown function: secne"),
        ({"quote_1": ""}, "I005", "a cell must have evidence"),
        ({"tag": ""}, "I005", "a row with a quote_1 must have a tag"),
        ({"tag": "", "quote_1": "", "tag_note": "聲"}, "I005", "a row with a tag_note must have a tag"),
        ({"passage": ""}, "I005", "a row must name its passage"),
        ({"passage": "p22"}, "I003", "unknown passage: p22"),
        ({"work": "cannal"}, "I003", "unknown work: cannal"),
        ({"start_1": "three"}, "I005", "start_1 must be a whole number: three"),
        ({"quote_1": "", "start_1": "3", "end_1": "3"}, "I005", "must be in the"),
        ({"quote_1": "", "start_1": "3", "end_1": "9999"}, "I005", "must be in the"),
    ],
)
def test_forbidden_content_of_a_row_is_reported_on_its_line(
    cells: dict[str, str], code: str, says: str
) -> None:
    columns = list(dict.fromkeys([*row(), *cells]))
    found = taken(table(row(passage="p4", tag="things:gate", quote_1=""), row(**cells), columns=columns))
    errors = [problem for problem in found.problems if problem.level == "error"]
    assert [(problem.place.line, problem.code) for problem in errors] == [(3, code)]
    assert says in errors[0].message
    assert errors[0].hint or code in ("I002", "I003")


def test_a_similar_name_is_offered_for_an_unknown_one() -> None:
    [problem] = taken(table(row(passage="p4", tag="things:gaet", quote_1=""))).problems
    assert "things:gate" in problem.hint


def test_an_entry_of_two_facets_must_name_its_facet(tiny: Checked) -> None:
    found = taken(table({"passage": "p2", "code": "gate", "kind": "entry"}))
    assert only(found).facet == "things"


def test_only_a_cell_can_have_a_reason() -> None:
    found = taken(table(row(tag="things:bamboo", tag_note="在旁")))
    assert reported(found) == [(2, "I005", "review")]
    assert [(mark.value, mark.note) for mark in found.statements] == [("bamboo", "")]


def test_an_unknown_code_is_reported_once_with_the_number_of_its_uses() -> None:
    found = taken(table(*[row(tag="flow~c:shows")] * 5))
    [problem] = found.problems
    assert "(used 5 times)" in problem.message


def test_words_that_moved_to_another_passage_are_reported_with_it(tiny: Checked) -> None:
    dead = next((a for work in PROJECT.works for a in work.ledger if a.fate != "live" and a.into), None)
    if dead is None:
        pytest.skip("no id of the tiny project has gone elsewhere")
    [problem] = taken(table(row(passage=dead.id, tag="things:gate", quote_1=""))).problems
    assert f"its words went to {', '.join(dead.into)}" in problem.hint


# --- values of a whole passage --------------------------------------------------------------------


def test_a_repeated_value_of_a_passage_is_imported_once() -> None:
    other = row(tag="flow~b:shows", quote_1="遠看只有一條白線", gist="水有聲。")
    found = taken(table(row(gist="水有聲。"), other))
    assert [mark.value for mark in found.statements if mark.kind == "gist"] == ["水有聲。"]
    assert found.problems == ()


def test_two_coders_may_differ() -> None:
    found = taken(table(row(gist="甲", coder="anna"), row(gist="乙", coder="ben")))
    assert found.problems == ()
    assert {(m.coder, m.value) for m in found.statements if m.kind == "gist"} == {
        ("anna", "甲"),
        ("ben", "乙"),
    }


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (("anna",), ["anna"]),
        (("",), ["coder"]),
        (("吳小姐",), ["coder-1"]),
        (("Wu X", "Wu-X", ""), ["Wu-X-1", "Wu-X", "coder"]),
    ],
)
def test_a_name_that_is_no_id_is_changed_to_one_and_reported(names: tuple[str, ...], ids: list[str]) -> None:
    found = taken(table(*[row(coder=name) for name in names], columns=[*row(), "coder"]))
    assert [mark.coder for mark in found.statements] == ids
    changed = [name for name, id_ in zip(names, ids, strict=True) if name and name != id_]
    assert all(any(name in line for line in found.lost) for name in changed)


# --- evidence -------------------------------------------------------------------------------------


def quoted(found: Imported) -> list[tuple[str, int]]:
    """The words of the evidence, and where they stand with their context."""
    mark = only(found)
    text = INDEX.passages[(mark.work, mark.passage)].text
    whole = [(q.text, text.index(q.prefix + q.text + q.suffix) + len(q.prefix)) for q in mark.quotes]
    assert all(text.count(q.prefix + q.text + q.suffix) == 1 for q in mark.quotes)
    return whole


AT = P2.index(WORDS)
SECOND = P10.rindex("字")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"quote_1": WORDS}, [(WORDS, AT)]),
        ({"quote": WORDS, "quote_1": ""}, None),
        ({"quote_1": WORDS, "start_1": str(AT), "end_1": str(AT + 6)}, [(WORDS, AT)]),
        ({"quote_1": "", "start_1": str(AT), "end_1": str(AT + 6)}, [(WORDS, AT)]),
        ({"quote_1": "", "start_1": f"{AT}.0", "end_1": f"{AT + 6},00"}, [(WORDS, AT)]),
        ({"passage": "p10", "quote_1": "字", "start_1": str(SECOND)}, [("字", SECOND)]),
        ({"quote_1": WORDS, "quote_3": "過草根時緩"}, [(WORDS, AT), ("過草根時緩", P2.index("過草根時緩"))]),
    ],
    ids=["words", "twice the same column", "both", "position", "decimals", "which of two", "a gap"],
)
def test_evidence_is_given_by_words_or_by_position(
    cells: dict[str, str], expected: list[tuple[str, int]] | None
) -> None:
    found = taken(table(row(**cells)))
    if expected is None:
        assert reported(found) == [(1, "I001", "error")]
        assert "a column must occur once" in found.problems[0].message
    else:
        assert quoted(found) == expected


def test_words_without_a_unique_place_are_left_for_a_verdict() -> None:
    for cells in ({"passage": "p10", "quote_1": "字"}, {"quote_1": "海上有船"}):
        [quote] = only(taken(table(row(**cells)))).quotes
        assert (quote.text, quote.prefix, quote.suffix) == (cells["quote_1"], "", "")


def test_words_take_precedence_over_the_position_and_a_review_is_reported() -> None:
    found = taken(table(row(start_1="0", end_1="6")))
    assert reported(found) == [(2, "I005", "review")]
    assert [quote.text for quote in found.statements[0].quotes] == [WORDS]


def test_words_of_the_simplified_text_are_those_of_the_edition_at_their_place() -> None:
    simple = Simplifier(PROJECT.site.keep)(WORDS)
    assert simple != WORDS
    found = taken(table(row(quote_1=simple)))
    assert reported(found) == [(2, "I005", "review")]
    assert [quote.text for quote in found.statements[0].quotes] == [WORDS]


# --- files that are none --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "no name is known"),
        (b"\xef\xbb\xbf", 1, "no name is known"),
        (b"a;b\n1;2\n", 1, "no name is known"),
        (b"tag,quote_1\nx,y\n", 1, "the column 'passage'"),
        (b"passage,number\np1,1\n", 1, "the column 'tag'"),
        (b"passage,tag,Tag\np1,x,y\n", 1, "a column must occur once: tag"),
        (b"passage,gist\np2,ok\np2,\xb4\xfa\n", 3, "must be UTF-8"),
        (b"\xff\xfep\x00a\x00", 1, "no name is known"),
        (b"\xff\xfe\x00\xd8p", 1, "must be UTF-8"),
        (b'passage,gist\np2,"one\n\n', 2, "must be CSV"),
        (b'passage,gist\np2,"one"x\n', 2, "must be CSV"),
    ],
)
def test_an_invalid_table_is_reported_with_its_line(data: bytes, line: int, says: str) -> None:
    found = taken(data)
    assert [(p.code, p.place.line) for p in found.problems if p.level == "error"] == [("I001", line)]
    assert says in found.problems[0].message
    assert found.problems[0].hint
    assert found.statements == ()


def test_a_row_with_more_cells_than_columns_is_left_out() -> None:
    found = taken(b"passage,gist\np2,one,two\np4,three\n")
    assert reported(found) == [(2, "I005", "error")]
    assert "no more cells than there are columns: two" in found.problems[0].message
    assert [(mark.passage, mark.value) for mark in found.statements] == [("p4", "three")]


def test_rows_of_two_works_must_name_the_work(copy_of_two: tuple[Project, Index]) -> None:
    project, index = copy_of_two
    found = reader.read(table(row()).encode(), PATH, project, index)
    [problem] = found.problems
    assert (problem.code, problem.message) == ("I001", "the first line must name the column 'work'")
    [mark] = reader.read(table(row(work="other")).encode(), PATH, project, index).statements
    assert mark.work == "other"
    data = table(row(work="other"), row(), columns=["work", *row()]).encode()
    found = reader.read(data, PATH, project, index)
    assert [(p.place.line, p.code) for p in found.problems] == [(3, "I005")]


@pytest.fixture(scope="module")
def copy_of_two() -> tuple[Project, Index]:
    work = PROJECT.works[0]
    other = replace(work, record=proof_tools.localized(work.record, id="other"))
    project = replace(PROJECT, works=(work, other))
    return project, build_index(project)


def test_the_hint_for_an_unknown_passage_names_passages_of_its_work() -> None:
    [work] = PROJECT.works
    passage = replace(work.passages[0], id="q77")
    record = proof_tools.localized(work.record, id="other")
    other = replace(work, record=record, blocks=(passage,), ledger=(), emendations=())
    project = replace(PROJECT, works=(work, other))
    for name in ("canal", "other"):
        data = table(row(work=name, passage="p77")).encode()
        [problem] = reader.read(data, PATH, project, build_index(project)).problems
        assert problem.code == "I003"
        assert ("q77" in problem.hint) is (name == "other")


@pytest.mark.parametrize("column", ["relation", "traits", "quote_1", "tag_note", "tag_note_en"])
def test_what_only_a_tag_has_needs_a_tag(column: str) -> None:
    found = taken(table({"passage": "p2", "gist": "甲", column: "乙"}))
    assert [(problem.code, problem.message) for problem in found.problems] == [
        ("I005", f"a row with a {column} must have a tag")
    ]
    assert [(one.kind, one.value) for one in found.statements] == [("gist", "甲")]


@pytest.mark.parametrize("empty", [0, 1, 2])
@pytest.mark.parametrize("unknown", ["", "remark,"])
def test_empty_columns_at_the_end_are_none(empty: int, unknown: str) -> None:
    found = sheet(
        f"passage,{unknown}gist{',' * empty}\np2,{unknown and 'x,'}甲{',' * empty}\n".encode(),
        ProblemLog(PATH),
        lambda name: name if name in ("passage", "gist") else "",
        lambda *_: None,
    )
    assert found.names == ("passage", *(["remark"] if unknown else []), "gist")
    assert found.columns == ("passage", *([""] if unknown else []), "gist")
    assert [row.cells for row in found.rows] == [{"passage": "p2", "gist": "甲"}]


def test_a_table_too_large_for_people_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["site_builder.formats.tables.sheet"], "CELLS", 100)
    found = taken("passage,gist\n" + "p2,\n" * 200)
    assert reported(found) == [(1, "I001", "error")]
    monkeypatch.setattr("site_builder.importing.untrusted.LARGEST", 100)
    assert "at most" in taken("passage,gist\n" + "p2,\n" * 200).problems[0].message


def test_a_cell_may_be_longer_than_the_library_expects_and_its_limit_stays_what_it_was() -> None:
    before = csv.field_size_limit()
    words = "水" * 200_000
    assert only(taken(table({"passage": "p2", "note": words}))).value == words
    assert csv.field_size_limit() == before


def test_many_faults_are_counted() -> None:
    found = taken(table(*[row(passage="p4")] * 3, *[row(quote_1="", tag_note=f"{n}") for n in range(1000)]))
    assert len(found.problems) == 101
    assert found.problems[-1].message == "900 more of this kind from here on"
    assert found.left_out == {"I005": 1000}


def test_only_some_of_many_names_are_reported() -> None:
    found = taken(table(*[row(coder=f"第{n}人") for n in range(50)]))
    [names] = [line for line in found.lost if line.startswith("Names of coders")]
    assert "and 38 more" in names
    assert len({mark.coder for mark in found.statements}) == 50


# --- what R and pandas write ----------------------------------------------------------------------

ABSENT = ("NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "NAN", "-nan", "NULL", "null", "None", "1.#QNAN")


@pytest.mark.parametrize("word", ABSENT)
def test_a_word_for_an_empty_cell_is_an_empty_cell(word: str) -> None:
    header = "passage,tag,quote_1,start_1,facet,coder,tag_note,note"
    found = taken(f"{header}\np2,flow~a:shows,{WORDS}{f',{word}' * 5}\n")
    (mark,) = found.statements
    assert (mark.coder, mark.note) == ("coder", "")
    assert reported(found) == [(1, "I001", "review")]
    assert f"5 cells hold what R and pandas write there: {word}" in found.problems[0].message


@pytest.mark.parametrize("word", ABSENT)
def test_a_text_that_consists_of_these_letters_stays_in_quotation_marks(word: str) -> None:
    found = taken(f'passage,tag,quote_1,tag_note,"note"\np2,flow~a:shows,{WORDS},"{word}","{word}"\n')
    assert found.problems == ()
    assert [(mark.kind, mark.note or mark.value) for mark in found.statements] == [
        ("note", word),
        ("cell", word),
    ]


@pytest.mark.parametrize(
    "cell", ['"x ""NA"" y"', '"NA "', '"NA,NA"', '"1\nNA\n2"', '"a,""NA"",b"', "NAME", "null!"]
)
def test_these_letters_within_a_text_are_a_part_of_it(cell: str) -> None:
    [[words]] = csv.reader(io.StringIO(f"{cell}\n", newline=""))
    found = taken(f"passage,note\np2,{cell}\n")
    assert [mark.value for mark in found.statements] == ([] if words == "NA " else [words])


def test_if_all_cells_are_quoted_such_a_word_is_an_empty_cell_in_every_column() -> None:
    """A program that quotes every cell, the empty ones too, as its columns of codes and numbers show."""
    cells = {"facet": "NA", "relation": "NA", "kind": "NA", "start_1": "NA", "end_1": "NA", "note": "NA"}
    found = taken(table(row(**cells, quote_2="NA", tag_note="NA"), quoting=csv.QUOTE_ALL))
    assert [(mark.kind, mark.value, mark.note) for mark in found.statements] == [("cell", "flow~a", "")]
    assert [quote.text for quote in found.statements[0].quotes] == [WORDS]
    assert reported(found) == [(1, "I001", "review")]


def test_a_column_that_holds_nothing_else_is_empty() -> None:
    data = table(row(note="NA", gist="NA"), row(passage="p4", quote_1="田", note="NA", gist="可"))
    rows = [line if at == 0 else line.replace("NA", '"NA"') for at, line in enumerate(data.splitlines())]
    found = taken("\n".join(rows) + "\n")
    whole = [(mark.passage, mark.kind, mark.value) for mark in found.statements if mark.kind != "cell"]
    assert whole == [("p2", "gist", "NA"), ("p4", "gist", "可")]


def test_a_code_that_has_such_a_name_is_that_code(tiny: Checked) -> None:
    assert tiny.project is not None
    first, *others = tiny.project.facets
    entry = replace(first.entries[0], id="NA", parent="")
    facets = (replace(first, entries=(*first.entries, entry)), *others)
    project = replace(tiny.project, facets=facets)
    data = f"passage,facet,code,note\np2,{first.id},NA,NA\n"
    found = reader.read(data.encode(), PATH, project, build_index(project))
    assert [(mark.kind, mark.value) for mark in found.statements] == [("entry", "NA")]


@pytest.mark.parametrize("all_quoted", [False, True])
def test_our_own_table_comes_back_from_r(all_quoted: bool) -> None:
    """As write.csv writes it: every text quoted, NA where a cell is empty, and the numbers of the rows."""
    data = tables.passages_csv(Edition(PROJECT, INDEX), converted(locales(PROJECT)))
    header, *rows = csv.reader(data.decode("utf-8-sig").splitlines())

    def quoted(cell: str) -> str:
        return f'"{cell.replace(chr(34), chr(34) * 2)}"'

    lines = [",".join(map(quoted, ["", *header]))]
    absent = quoted("NA") if all_quoted else "NA"
    lines += [
        ",".join([quoted(str(number)), *(quoted(cell) if cell else absent for cell in one)])
        for number, one in enumerate(rows, 1)
    ]
    found = taken("\n".join(lines) + "\n")
    assert reported(found) == [(1, "I001", "review")]
    assert found.statements == taken(data).statements


def test_our_own_table_comes_back_from_pandas() -> None:
    """As to_csv writes it with na_rep: numbers as 9.0, a column of the numbers of the rows."""
    data = tables.passages_csv(Edition(PROJECT, INDEX), converted(locales(PROJECT)))
    header, *rows = csv.reader(data.decode("utf-8-sig").splitlines())
    numbers = {at for at, name in enumerate(header) if name.startswith(("start_", "end_"))}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["", *header])
    for number, one in enumerate(rows):
        cells = [f"{float(cell)}" if at in numbers and cell else cell or "NaN" for at, cell in enumerate(one)]
        writer.writerow([number, *cells])
    found = taken(out.getvalue())
    assert reported(found) == [(1, "I001", "review")]
    assert [replace(mark, place=Place(path="")) for mark in found.statements] == [
        replace(mark, place=Place(path="")) for mark in taken(data).statements
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_unknown_encoding_is_refused_with_a_hint(encoding: str) -> None:
    data = table(row(note="é" if encoding == "cp1252" else WORDS, quote_1="")).encode(encoding)
    found = taken(data)
    assert found.statements == ()
    assert [(one.code, one.level) for one in found.problems] == [("I001", "error")]
    assert "the file must be UTF-8" in found.problems[0].message
    assert "CSV UTF-8" in found.problems[0].hint


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_latin_letters_in_utf_16_without_a_mark_are_no_utf_8(encoding: str) -> None:
    found = taken("passage,gist\np2,one\n".encode(encoding))
    message = "the file must be UTF-8, or UTF-16 with a byte order mark"
    assert [(one.code, one.message) for one in found.problems] == [("I001", message)]


@pytest.mark.parametrize("word", ["TRUE", "1", "yes"])
def test_a_word_of_logic_is_no_code(word: str) -> None:
    found = taken(table(row(function=word)))
    assert [(one.code, one.level) for one in found.problems] == [("I002", "error")]
    assert [mark.kind for mark in found.statements] == ["cell"]


@pytest.mark.parametrize(("start", "end"), [("3", "9"), ("3.0", "9.0"), ("3,0", "9,0"), ("3.00", "9")])
def test_a_whole_number_is_read_as_programs_write_it(start: str, end: str) -> None:
    mark = only(taken(table(row(quote_1="", start_1=start, end_1=end))))
    assert mark.quotes[0].text == WORDS


CELL = st.one_of(
    st.sampled_from(["NA", "None", "nan"]),
    st.sampled_from(["", "p2", "p10", "coda", "flow~a", "flow~a:shows", "things:gate", "shows", "scene"]),
    st.sampled_from(
        [WORDS, "字", "0", "7", "-1", "1e9", "99999999999", "cell", "吳", "'=1", '"', "\n", "\x00"]
    ),
    st.text(max_size=6),
)
NAMES = ("work", "passage", "coder", "function", "gist", "tag", "kind", "facet", "code", "relation")
MORE = ("tag_note", "quote_1", "start_1", "end_1", "quote_2", "other")
ROW = st.fixed_dictionaries({}, optional=dict.fromkeys((*NAMES, *MORE), CELL))


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(ROW, max_size=4))
def test_no_table_breaks_it(rows: list[dict[str, str]]) -> None:
    found = taken(table(*rows, columns=[*NAMES, *MORE]).encode("utf-8", "surrogatepass"))
    for mark in found.statements:
        assert (mark.work, mark.passage) in INDEX.passages
    for problem in found.problems:
        assert problem.place.path == PATH
        assert problem.place.line >= 1


@settings(max_examples=examples(200))
@given(st.binary(max_size=60))
def test_no_bytes_break_it(data: bytes) -> None:
    """Bytes that are no table give no marks and a problem; behind a header, each mark has its passage."""
    for found in (taken(data), taken(b"passage,tag,gist\n" + data)):
        assert {(mark.work, mark.passage) for mark in found.statements} <= INDEX.passages.keys()
        assert all(one.place.path == PATH and one.place.line >= 1 for one in found.problems)
    if b"passage" not in data:
        assert taken(data).statements == ()
        assert taken(data).problems
