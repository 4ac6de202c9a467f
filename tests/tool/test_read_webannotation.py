"""Web Annotations are read: our own without a loss, and those of other programs in all their forms.

The texts are from the tiny project; p2 begins 近看，水是有聲音的：過石頭時急，過草根時緩。
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import proof_tools
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from test_webannotation import RARE, edition_of, exported, with_rare_characters

from site_builder.edition import quotes
from site_builder.edition.index import Index, build_index
from site_builder.edition.quotes import Verdict
from site_builder.formats import codings
from site_builder.formats.webannotation import read as reader
from site_builder.formats.webannotation.selectors import Selection, address, selection
from site_builder.importing import Imported, Statement, untrusted
from site_builder.importing.resolve import resolve
from site_builder.language.chinese import Simplifier
from site_builder.model import Anchor, Project
from site_builder.pipeline import Checked

PATH = "from/elsewhere.jsonld"
PAGE = "https://example.org/canal/canal/index.html"
TAG = {"type": "TextualBody", "purpose": "tagging", "value": "flow~a:shows"}
WORDS = "水是有聲音的"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


@pytest.fixture(scope="module")
def project(tiny: Checked) -> Project:
    assert tiny.project is not None
    return tiny.project


def taken(project: Project, value: object, index: Index | None = None) -> Imported:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return reader.read(data, PATH, project, index or build_index(project))


def annotation(target: object, body: object = TAG, **more: object) -> dict[str, Any]:
    return {"type": "Annotation", "id": "urn:x:1", "body": body, "target": target, **more}


def quote(exact: str = WORDS, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def position(start: object, end: object) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def fragment(id_: str, *refined: object) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "FragmentSelector", "value": id_}
    return found | ({"refinedBy": refined[0] if len(refined) == 1 else [*refined]} if refined else {})


def at(selector: object, source: object = PAGE) -> dict[str, Any]:
    return {"source": source, "selector": selector}


def short(mark: Statement) -> tuple[str, ...]:
    quotation = "".join(one.text for one in mark.quotes)
    return (mark.passage, mark.kind, mark.value, mark.relation, quotation, mark.note)


def only(found: Imported) -> Statement:
    assert [str(problem) for problem in found.problems] == []
    [mark] = found.statements
    return mark


def codes(found: Imported) -> list[tuple[str, str]]:
    return [(problem.code, problem.level) for problem in found.problems]


# --- our own --------------------------------------------------------------------------------------


def statements(project: Project, index: Index, *, with_text: bool) -> Iterator[tuple[str, ...]]:
    """Everything that the coders say: coder, work, passage, kind, facet, value, relation, words, note."""
    for tagging, passage in codings.taggings(project):
        where = (tagging.coder, tagging.work, passage.id)
        for kind in ("function", "gist", "gist_en", "note", "note_en"):
            if value := proof_tools.value_of(tagging, kind):
                yield (*where, kind, "", value, "", "", "")
        for one in codings.codings(index, tagging, passage):
            kind = "entry" if one.facet else "cell"
            # no sound project has a cell without evidence; one comes back with its passage as evidence
            bare = passage.text if with_text and kind == "cell" else ""
            for words in one.quotations or (bare,):
                yield (*where, kind, one.facet, one.code, one.relation, words, one.note)


@pytest.mark.parametrize("with_text", [True, False], ids=["with text", "without"])
@pytest.mark.parametrize("name", ["repository", "tiny", "rare"])
def test_an_export_comes_back_complete(name: str, with_text: bool, request: pytest.FixtureRequest) -> None:
    checked = request.getfixturevalue("tiny" if name == "rare" else name)
    if name == "rare":
        project = with_rare_characters(checked.project)
        checked = Checked(project=project, index=build_index(project), problems=())
    assert checked.project is not None
    assert checked.index is not None
    data = exported(edition_of(checked, with_text=with_text))
    found = reader.read(data, PATH, checked.project, checked.index)
    assert found.problems == ()
    back = [
        (m.coder, m.work, m.passage, m.kind, m.facet, m.value, m.relation, words, m.note)
        for m in found.statements
        for words in [one.text for one in m.quotes] or [""]
    ]
    assert Counter(back) == Counter(statements(checked.project, checked.index, with_text=with_text))
    resolved = resolve([one for one in found.statements if one.quotes or one.kind != "cell"], checked.index)
    assert resolved.problems == ()
    assert resolved.verdicts["exact"] == sum(len(mark.quotes) for mark in found.statements) > 10


def test_what_is_exported_comes_back_in_its_order(project: Project, tiny: Checked) -> None:
    found = taken(project, exported(edition_of(tiny)))
    resolved = resolve(found.statements, build_index(project))
    p2 = resolved.tags[("editors", "canal")]["p2"]
    assert [(cell["cell"], len(cell["evidence"])) for cell in p2["cells"]] == [("flow~a", 2), ("flow~b", 1)]
    assert p2["cells"][1]["note"] == "遠近在同一段裡。"
    assert p2["note"] == "也可只標水聲。"


@pytest.mark.parametrize(
    ("iri", "endings"),
    [
        ("https://x.org/p1.html", [("/p1.html", ""), ("p1.html", "")]),
        (
            "a/b/c/d/p1",
            [
                ("a/b/c/d/p1.html", ""),
                ("b/c/d/p1.html", "a"),
                ("c/d/p1.html", "b"),
                ("d/p1.html", "c"),
                ("p1.html", "d"),
            ],
        ),
        (
            "a/b/c/d/e/",
            [
                ("b/c/d/e/index.html", ""),
                ("c/d/e/index.html", "b"),
                ("d/e/index.html", "c"),
                ("e/index.html", "d"),
                ("index.html", "e"),
            ],
        ),
    ],
)
def test_the_last_five_steps_of_an_address_count(iri: str, endings: list[tuple[str, str]]) -> None:
    assert list(address(iri).endings) == endings


@pytest.mark.parametrize(
    "base", ["arcp://uuid,x/", "http://127.0.0.1:8000/", "file:///C:/Users/me/_site/", "", "a%20b/"]
)
def test_the_site_may_have_had_any_address(project: Project, tiny: Checked, base: str) -> None:
    data = exported(edition_of(tiny))
    moved = data.replace(b"https://example.org/canal/", base.encode())
    assert moved != data
    found, wanted = taken(project, moved), taken(project, data)
    assert found.problems == ()
    assert [short(mark) for mark in found.statements] == [short(mark) for mark in wanted.statements]


def test_it_says_what_the_format_cannot_carry(project: Project) -> None:
    assert taken(project, []).lost
    assert all(line.endswith(".") for line in taken(project, []).lost)


# --- files ----------------------------------------------------------------------------------------

ONE = annotation(at(fragment("p2", quote())))
SHAPES = {
    "an annotation": ONE,
    "with its context": {"@context": CONTEXT, **ONE},
    "with several contexts": {"@context": [CONTEXT, {"x": "http://example.org/x"}], **ONE},
    "a list": [ONE],
    "a page": {"@context": CONTEXT, "type": "AnnotationPage", "items": [ONE]},
    "a collection": {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [ONE]}},
    "two pages": {
        "type": "AnnotationCollection",
        "first": {"id": "1", "items": [], "next": {"id": "2", "prev": "1", "items": [ONE]}},
        "last": "2",
    },
    "a graph": {"@context": CONTEXT, "@graph": [{"@id": "urn:x:coll", "type": "as:Collection"}, ONE]},
    "terms of JSON-LD": {("@" + k if k in ("id", "type") else k): v for k, v in ONE.items()},
    "a prefixed type": {**ONE, "type": "oa:Annotation"},
    "several types": {**ONE, "type": ["Annotation", "http://example.org/Tag"]},
    "no type": {k: v for k, v in ONE.items() if k != "type"},
    "with a mark of byte order": b"\xef\xbb\xbf" + json.dumps(ONE).encode(),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_form_of_a_file_is_read(project: Project, name: str) -> None:
    found = only(taken(project, SHAPES[name]))
    assert short(found) == ("p2", "cell", "flow~a", "shows", WORDS, "")


@pytest.mark.parametrize(
    ("data", "line", "column", "says"),
    [
        (b'{"a": 1,\n  b}', 2, 3, "must be JSON"),
        (b"", 1, 1, "must be JSON"),
        (b'{"a":\n "\xff"}', 2, 1, "must be UTF-8"),
        ("{}".encode("utf-16"), 1, 1, "must be UTF-8"),
        (b'{"a": NaN}', 1, 1, "NaN"),
        (b"[" * 200_000, 1, 1, "nest"),
        (b'{"a":' * 200_000, 1, 1, "nest"),
        (b"[1]", 1, 1, "must hold annotations"),
        (b'"x"', 1, 1, "must hold annotations"),
        (b'{"n": 1e999999, "m": ' + b"9" * 50_000 + b"}", 1, 1, "must hold annotations"),
    ],
)
def test_an_invalid_file_is_reported_with_its_place(
    project: Project, data: bytes, line: int, column: int, says: str
) -> None:
    start = time.process_time()
    found = taken(project, data)
    assert time.process_time() - start < 1
    [problem] = found.problems
    assert (problem.place.path, problem.place.line, problem.place.column) == (PATH, line, column)
    assert problem.code == "I001"
    assert says in problem.message
    assert problem.hint


def test_a_file_that_is_too_large_is_not_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "LARGEST", 10)
    assert codes(taken(project, [ONE])) == [("I001", "error")]


@pytest.mark.parametrize("value", [[], {"type": "AnnotationCollection", "total": 0}])
def test_a_file_may_be_empty(project: Project, value: object) -> None:
    assert taken(project, value).problems == ()


def test_a_fault_has_the_place_of_its_annotation(project: Project) -> None:
    bad = [annotation(at(fragment("p99")), id=f"urn:x:{n}") for n in range(3)]
    del bad[1]["id"]
    text = json.dumps([ONE, *bad], indent=1)
    lines = text.split("\n")
    places = [problem.place for problem in taken(project, text.encode()).problems]
    shown = [lines[place.line - 1][place.column - 1 :].partition(":")[0] for place in places]
    assert shown == ['"urn', '"target"', '"urn']
    assert [lines[p.line - 1].strip() for p in places][::2] == ['"id": "urn:x:0",', '"id": "urn:x:2",']
    assert places == sorted(places)


def test_of_very_many_faults_the_first_are_reported_and_the_others_counted(project: Project) -> None:
    bad = [annotation(at(fragment("p99"))) for _ in range(1000)]
    found = taken(project, bad).problems
    assert len(found) == 101
    assert found[-1].message == "900 more of this kind from here on"


@pytest.mark.parametrize(
    ("data", "iri"),
    [
        ({"type": "AnnotationCollection", "first": "http://x/1"}, "http://x/1"),
        ({"type": "AnnotationPage", "items": ["http://x/a", ONE]}, "http://x/a"),
        ({"type": "AnnotationPage", "items": [ONE], "next": "http://x/2"}, "http://x/2"),
    ],
)
def test_an_annotation_that_is_not_in_the_file_is_left_out(project: Project, data: object, iri: str) -> None:
    found = taken(project, data)
    assert codes(found) == [("I005", "error")]
    assert iri in found.problems[0].message
    assert len(found.statements) == str(data).count("urn:x:1'")


# --- targets --------------------------------------------------------------------------------------

START = 3  # where the words are in p2
END = START + len(WORDS)
PLACES = {
    "a fragment, refined": at(fragment("p2", quote())),
    "a fragment, refined twice": at(fragment("p2", quote(), position(START, END))),
    "one refined by the next": at(fragment("p2", {**quote(), "refinedBy": position(0, 6)})),
    "a quotation in a quotation": at(fragment("p2", {**quote("，水是有聲音的："), "refinedBy": quote()})),
    "a position in a quotation": at(
        fragment("p2", {**quote("，水是有聲音的："), "refinedBy": position(1, 7)})
    ),
    "a position in a position": at(fragment("p2", {**position(1, 20), "refinedBy": position(2, 8)})),
    "a position alone": at(fragment("p2", position(START, END))),
    "the fragment of the address": at(quote(), f"{PAGE}#p2"),
    "a position, the fragment of the address": at(position(START, END), f"{PAGE}#p2"),
    "the page of the passage": at(quote(), "https://x.org/canal/p2.html"),
    "that page and its fragment": at(quote(), "https://x.org/canal/p2.html#p2"),
    "an address without its ending": at(quote(), "https://x.org/canal/p2"),
    "an address that ends in its folder": at(fragment("p2", quote()), "https://x.org/deep/canal/"),
    "the file of all pages": at(quote(), "file:///media/stick/edition.html#p2"),
    "a page in the file of all pages": at(quote(), "file:///media/stick/edition.html#canal--p2--p2"),
    "a page in that file by its own id": at(quote(), "file:///media/stick/edition.html#__canal/p2"),
    "a part of such a page": at(quote(), "file:///media/stick/edition.html#__canal/p2//p2"),
    "a text fragment after the id": at(quote(), f"{PAGE}#p2:~:text=near"),
    "a source with an id": at(fragment("p2", quote()), {"id": PAGE, "type": "Text"}),
    "alternatives": at([{"type": "XPathSelector", "value": "/p"}, fragment("p2", quote())]),
    "alternatives of different kinds": at([fragment("p2"), quote()]),
    "an id in CSS": at({"type": "CssSelector", "value": "#p2", "refinedBy": quote()}),
    "a fragment with its mark": at(fragment("#p2", quote())),
    "words alone": at(quote()),
    "words and their position in the whole page": at([position(4711, 4717), quote()]),
    "words with more around them than the passage has": at(quote(WORDS, "第二段\n2近看，", "：過石頭時急")),
    "a list of one": [at(fragment("p2", quote()))],
    "a list in the data model's way": {"type": "List", "items": [at(fragment("p2", quote()))]},
}


@pytest.mark.parametrize("name", PLACES)
def test_every_way_of_naming_the_words_finds_them(project: Project, name: str) -> None:
    found = taken(project, annotation(PLACES[name]))
    assert short(only(found)) == ("p2", "cell", "flow~a", "shows", WORDS, "")
    assert resolve(found.statements, build_index(project)).verdicts["exact"] == 1


@pytest.mark.parametrize("name", PLACES)
def test_the_words_are_evidence_of_an_entry_too(project: Project, name: str) -> None:
    found = taken(project, annotation(PLACES[name], tag("ways:share")))
    assert short(only(found)) == ("p2", "entry", "share", "", WORDS, "")


@pytest.mark.parametrize(
    "target",
    [f"{PAGE}#p2", {"id": f"{PAGE}#p2"}, at(fragment("p2")), at([], f"{PAGE}#p2"), "canal/p2.html"],
)
def test_a_target_without_words_is_the_whole_passage(project: Project, target: object) -> None:
    body = {"type": "TextualBody", "purpose": "tagging", "value": "ways:share"}
    found = only(taken(project, annotation(target, body)))
    assert (found.passage, found.facet, found.value, found.quotes) == ("p2", "ways", "share", ())


def test_several_targets_are_several_statements(project: Project) -> None:
    found = taken(project, annotation([at(fragment("p2", quote())), f"{PAGE}#p4"]))
    assert [short(mark)[0::4] for mark in found.statements] == [("p2", WORDS), ("p4", "")]


NOT_PLACES = {
    "no passage of that name": (at(fragment("p77")), "unknown passage: p77 / use one of: coda, p1, p2, p4"),
    "a heading": (at(fragment("water")), "unknown passage: water / use one of: coda, p1, p2, p4"),
    "the page alone": (PAGE, "FragmentSelector"),
    "another page of the site": ("https://example.org/canal/grid/index.html", "page of the edition"),
    "another site": ("https://example.org/else.html#p2", "page of the edition"),
    "no address": ({"selector": fragment("p2")}, "page of the edition"),
    "an address that is none": (at(fragment("p2"), "http://["), "page of the edition"),
    "words of no passage": (at(quote("不在此處")), "are in no passage"),
    "words of several": (at(quote("，")), "are in 8 passages"),
    "a position beyond the passage": (at(fragment("p2", position(5, 5000))), "5 to 5000"),
    "a position in the whole page": (at(position(3, 9), "canal/p2.html"), "count in the element"),
    "a position backwards": (at(fragment("p2", position(9, 3))), "not by a position"),
    "a position that is none": (at(fragment("p2", position("3", True))), "not by a position"),
    "a position beyond all numbers": (at(fragment("p2", position(3, 10**40))), "not by a position"),
    "a drawing": (at(fragment("p2", {"type": "SvgSelector", "value": "<svg/>"})), "SvgSelector"),
    "a selector that is none": (at(fragment("p2", 7)), "without a type"),
    "no target": ([], "must have a target"),
}


@pytest.mark.parametrize("name", NOT_PLACES)
def test_a_target_that_names_no_place_is_reported(project: Project, name: str) -> None:
    target, says = NOT_PLACES[name]
    found = taken(project, annotation(target))
    assert found.statements == ()
    [problem] = found.problems
    assert (problem.code, problem.level) == ("I003", "error")
    assert says in f"{problem.message} / {problem.hint}"


def test_an_ended_passage_is_reported_with_its_successors_or_found_by_its_words(project: Project) -> None:
    [work] = project.works
    dead = Anchor(
        id="p3", kind="passage", edition="1.0", digest="", opening="", fate="split", into=("p2", "p9")
    )
    old = replace(project, works=(replace(work, ledger=(*work.ledger, dead)),))
    for target in (at(fragment("p3")), "canal/p3.html"):
        [problem] = taken(old, annotation(target)).problems
        assert problem.hint == "its words went to p2, p9"
    found = taken(old, annotation(at(fragment("p3", quote()))))
    assert short(found.statements[0])[0::4] == ("p2", WORDS)
    assert codes(found) == [("I003", "review")]


def test_words_found_from_an_unknown_page_are_imported_and_reported(project: Project) -> None:
    found = taken(project, annotation(at(quote(), "https://mirror.example/article")))
    assert short(found.statements[0])[0::4] == ("p2", WORDS)
    assert codes(found) == [("I003", "review")]


# --- words and positions --------------------------------------------------------------------------


def test_a_position_chooses_among_words_that_recur(project: Project) -> None:
    text = build_index(project).passages[("canal", "p2")].text
    second = text.index("過", text.index("過") + 1)
    found = taken(project, annotation(at(fragment("p2", quote("過"), position(second, second + 1)))))
    resolved = resolve([only(found)], build_index(project))
    assert resolved.verdicts["exact"] == 1
    [cell] = resolved.tags[("coder", "canal")]["p2"]["cells"]
    assert cell["evidence"] == [{"quote": "過", "suffix": "草"}]


@pytest.mark.parametrize("source", [f"{PAGE}#p2", PAGE], ids=["of the address", "of the selector"])
@pytest.mark.parametrize("first", ["words", "position"])
def test_a_position_chooses_in_whatever_order_the_selectors_are(
    project: Project, source: str, first: str
) -> None:
    text = build_index(project).passages[("canal", "p2")].text
    for at_ in quotes.occurrences("過", text):
        selectors = [quote("過"), position(at_, at_ + 1)]
        selectors = selectors if first == "words" else selectors[::-1]
        if source == PAGE:
            selectors = [fragment("p2", one) for one in selectors]
        [one] = only(taken(project, annotation(at(selectors, source)))).quotes
        assert quotes.judge(one, text) == Verdict(kind="exact", start=at_, end=at_ + 1)


@pytest.mark.parametrize(
    ("inner", "prefix", "exact", "suffix"),
    [
        (position(0, 1), "甲", "過", "石頭時急乙"),
        (position(1, 3), "甲過", "石頭", "時急乙"),
        (position(4, 5), "甲過石頭時", "急", "乙"),
        (position(0, 5), "甲", "過石頭時急", "乙"),
        (quote("過"), "甲", "過", "石頭時急乙"),
        (quote("石頭", prefix="過", suffix="時"), "甲過", "石頭", "時急乙"),
        (quote("急"), "甲過石頭時", "急", "乙"),
        (quote("木頭", prefix="丙", suffix="丁"), "丙", "木頭", "丁"),
    ],
)
def test_the_context_of_words_within_quoted_words_continues_outside_of_these(
    inner: dict[str, Any], prefix: str, exact: str, suffix: str
) -> None:
    outer = quote("過石頭時急", prefix="甲", suffix="乙") | {"refinedBy": inner}
    assert selection(outer) == Selection(exact=exact, prefix=prefix, suffix=suffix)


@pytest.mark.parametrize(("start", "end"), [(5, 6), (4, 6), (0, 6)])
def test_a_position_beyond_the_quoted_words_counts_by_itself(start: int, end: int) -> None:
    outer = quote("過石頭時急") | {"refinedBy": position(start, end)}
    assert selection(outer) == Selection(exact="過石頭時急", start=start, end=end)


def test_a_position_in_utf_16_is_no_fault(project: Project) -> None:
    rare = with_rare_characters(project)
    text = build_index(rare).passages[("canal", "p2")].text
    assert text.startswith(f"近看，{RARE}")
    start = text.index(WORDS)
    for units in (0, 1):
        there = position(start + units, start + units + len(WORDS))
        assert short(only(taken(rare, annotation(at(fragment("p2", quote(), there))))))[4] == WORDS
    last = text.rindex("，")
    units = len(text[:last].encode("utf-16-le")) // 2
    found = taken(rare, annotation(at(fragment("p2", quote("，"), position(units, units + 1)))))
    assert resolve([only(found)], build_index(rare)).verdicts["exact"] == 1


def test_words_take_precedence_over_the_position_and_it_is_reported(project: Project) -> None:
    found = taken(project, annotation(at(fragment("p2", quote(), position(20, 26)))))
    assert short(found.statements[0])[4] == WORDS
    assert codes(found) == [("I003", "review")]


def test_changed_words_are_left_for_a_verdict(project: Project) -> None:
    text = build_index(project).passages[("canal", "p2")].text
    changed = text[:20].replace("石頭", "木頭")
    found = taken(project, annotation(at(fragment("p2", quote(changed), position(0, 20)))))
    assert short(only(found))[4] == changed
    assert resolve(found.statements, build_index(project)).verdicts["changed"] == 1


def test_words_with_another_context_are_left_for_a_verdict(project: Project) -> None:
    found = taken(project, annotation(at(fragment("p2", quote(prefix="遠看，")))))
    assert resolve([only(found)], build_index(project)).verdicts["moved"] == 1


@pytest.mark.parametrize("selector", ["fragment", "address", "words alone"])
def test_words_of_the_simplified_pages_are_those_of_the_edition_there(
    project: Project, selector: str
) -> None:
    words = Simplifier(project.site.keep)(WORDS)
    assert words != WORDS
    page = "https://example.org/canal/hans/canal/index.html"
    target = {
        "fragment": at(fragment("p2", quote(words)), page),
        "address": at(quote(words), "https://example.org/canal/hans/canal/p2.html"),
        "words alone": at(quote(words), page),
    }[selector]
    found = taken(project, annotation(target))
    assert short(found.statements[0])[0::4] == ("p2", WORDS)
    [problem] = found.problems
    assert (problem.code, problem.level) == ("I003", "review")
    assert WORDS in problem.hint
    assert resolve(found.statements, build_index(project)).verdicts["exact"] == 1


def test_a_position_means_the_same_in_both_scripts(project: Project) -> None:
    page = "https://example.org/canal/hans/canal/index.html"
    assert short(only(taken(project, annotation(at(fragment("p2", position(START, END)), page)))))[4] == WORDS


# --- bodies ---------------------------------------------------------------------------------------


def page(address: str) -> dict[str, Any]:
    source = f"https://elsewhere.example/{address}"
    return {"type": "SpecificResource", "purpose": "classifying", "source": source}


def tag(value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


CELL = ("cell", "flow~a", "shows")
RELATION = page("method.html#relation-shows")
CODES = {
    "a tag": (tag("flow~a:shows"), [CELL]),
    "a tag with spaces and a wide colon": (tag(" flow~a ： shows"), [CELL]),
    "two addresses": ([page("grid/flow-near.html"), RELATION], [CELL]),
    "both, once": ([page("grid/flow-near.html"), RELATION, tag("flow~a:shows")], [CELL]),
    "a tag for each": ([tag("flow~a"), tag("shows")], [CELL]),
    "an address in words": (
        "https://elsewhere.example/method.html#function-scene",
        [("function", "scene", "")],
    ),
    "an address as an id": ({"id": "https://x.org/ways/share.html"}, [("entry", "share", "")]),
    "two cells, one relation": (
        [tag("flow~a"), tag("flow~b"), tag("shows")],
        [CELL, ("cell", "flow~b", "shows")],
    ),
    "two tags": ([tag("flow~a:shows"), tag("flow~b:asks")], [CELL, ("cell", "flow~b", "asks")]),
    "an entry": (tag("ways:share"), [("entry", "share", "")]),
    "a part, by its address": (page("ways/share.html#share-1"), [("entry", "share-1", "")]),
    "an entry of an index": (page("things/index.html#gate"), [("entry", "gate", "")]),
    "a function": (tag("function:turn"), [("function", "turn", "")]),
    "of the Simplified pages": ([page("hans/grid/flow-near.html"), RELATION], [CELL]),
    "a choice": ({"type": "Choice", "items": [tag("function:turn")]}, [("function", "turn", "")]),
    "a source with words": (
        {"type": "SpecificResource", "purpose": "tagging", "source": {"value": "function:turn"}},
        [("function", "turn", "")],
    ),
}


@pytest.mark.parametrize("name", CODES)
def test_a_code_is_recognized_by_its_address_and_by_its_words(project: Project, name: str) -> None:
    body, wanted = CODES[name]
    found = taken(project, annotation(f"{PAGE}#p2", body))
    assert found.problems == ()
    assert [(m.kind, m.value, m.relation) for m in found.statements] == wanted


COMMENT = {"type": "TextualBody", "value": "何以如此。"}
COMMENTS = {
    "a body without a purpose": {"body": [TAG, COMMENT]},
    "a body with its purpose": {"body": [TAG, {**COMMENT, "purpose": "commenting"}]},
    "a text": {"body": [TAG, "何以如此。"]},
    "a reply": {"body": [TAG, {**COMMENT, "purpose": ["replying"]}]},
}


@pytest.mark.parametrize("name", COMMENTS)
def test_a_comment_beside_a_cell_is_its_note(project: Project, name: str) -> None:
    found = only(taken(project, annotation(at(fragment("p2", quote())), **COMMENTS[name])))
    assert short(found) == ("p2", "cell", "flow~a", "shows", WORDS, "何以如此。")


def test_a_comment_by_itself_is_the_note_of_the_passage(project: Project) -> None:
    for comment in ({"body": COMMENT}, {"bodyValue": "何以如此。"}, {"body": "何以如此。"}):
        found = only(taken(project, {"target": f"{PAGE}#p2", **comment}))
        assert short(found) == ("p2", "note", "何以如此。", "", "", "")


def test_the_motivation_replaces_a_missing_purpose(project: Project) -> None:
    found = taken(project, annotation(f"{PAGE}#p2", {"value": "function:turn"}, motivation="tagging"))
    assert only(found).kind == "function"
    body = {"value": "A scene.", "language": "en-GB"}
    assert only(taken(project, annotation(f"{PAGE}#p2", body, motivation="describing"))).kind == "gist_en"
    body["language"] = "zh-Hant"
    assert only(taken(project, annotation(f"{PAGE}#p2", body, motivation="describing"))).kind == "gist"


LACKS = {
    "a code that is none": (tag("flow~a:show"), "I002", "flow~a:shows"),
    "an entry that is none": (tag("ways:sharing"), "I002", "ways:share"),
    "an address that is no code": (page("grid/none.html"), "I002", "one of"),
    "a cell without a relation": (tag("flow~a"), "I005", "flow~a:shows"),
    "a cell with two": ([tag("flow~a"), tag("shows"), tag("asks")], "I005", "flow~a:shows"),
    "a relation without a cell": (tag("shows"), "I005", "CELL:shows"),
    "two claims that differ": ([tag("flow~a:shows"), RELATION, tag("asks")], "I005", "CELL:asks"),
    "nothing": ([], "I005", "tag it"),
    "a body that is none": (7, "I005", "tag it"),
    "a comment on a quotation": (COMMENT, "I005", "tag it as well"),
}


@pytest.mark.parametrize("name", LACKS)
def test_an_incomplete_statement_is_reported_with_a_hint(project: Project, name: str) -> None:
    body, code, hint = LACKS[name]
    found = taken(project, annotation(at(fragment("p2", quote())), body))
    [problem] = found.problems
    assert (problem.code, problem.level) == (code, "error")
    assert hint in problem.hint


LEFT = {
    "a link": (
        [TAG, {"id": "https://example.org/a", "purpose": "linking"}],
        "a link (https://example.org/a)",
    ),
    "a comment on an entry": ([tag("ways:share"), COMMENT], "a comment on what is no cell (何以如此。)"),
    "words of a whole passage": (tag("function:turn"), "the quotation of a statement about a whole passage"),
}


@pytest.mark.parametrize("name", LEFT)
def test_content_that_tags_cannot_express_is_left_out_and_reported(project: Project, name: str) -> None:
    body, says = LEFT[name]
    found = taken(project, annotation(at(fragment("p2", quote())), body))
    assert len(found.statements) == 1
    assert codes(found) == [("I005", "review")]
    assert found.problems[0].message == f"an annotation should hold what tags can say; {says} was left out"


# --- coders ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("creator", "coder"),
    [
        ({"id": "urn:uuid:2b6e3dd9-18b9-40ce-8a0c-efa636a24e7a", "name": "editors"}, "editors"),
        ({"name": "Wang Xiaoming"}, "Wang-Xiaoming"),
        ("acct:someone@hypothes.is", "someone"),
        ("http://example.org/users/reader2#me", "me"),
        ("https://example.org/~jane.doe/", "jane-doe"),
        ({"id": "https://orcid.org/0000-0002-1825-0097"}, "coder-1"),
        ({"name": "王小明", "nickname": "xmwang"}, "xmwang"),
        ({"name": "王小明"}, "coder-1"),
        ([{"name": "first"}, {"name": "second"}], "first"),
        ({"name": ["one", "two"]}, "one"),
        ({"name": "2nd coder"}, "nd-coder"),
        (None, "coder"),
        (7, "coder"),
        ({"name": {"en": "x"}}, "coder"),
    ],
)
def test_a_creator_becomes_the_id_of_a_coder(project: Project, creator: object, coder: str) -> None:
    assert only(taken(project, annotation(f"{PAGE}#p2", creator=creator))).coder == coder


def test_two_creators_never_become_one_coder(project: Project) -> None:
    creators = ["王小明", "明小王", "王小明", "x y", "x-y"]
    found = taken(project, [annotation(f"{PAGE}#p2", creator={"name": name}) for name in creators])
    assert [mark.coder for mark in found.statements] == ["coder-1", "coder-2", "coder-1", "x-y-1", "x-y"]


# --- whatever a file holds ------------------------------------------------------------------------

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None), max_size=4)
    | st.sampled_from(["p2", WORDS, PAGE, f"{PAGE}#p2", "http://[", "flow~a", "\ud800", "\x00", "tagging"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "value", "source", "selector", "refinedBy", "items", "exact"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


@pytest.fixture(scope="module")
def index(project: Project) -> Index:
    return build_index(project)


@pytest.fixture(scope="module")
def three_annotations(tiny: Checked) -> str:
    """The export of a project, with three of its annotations."""
    value = json.loads(exported(edition_of(tiny)))
    value["first"]["items"] = value["first"]["items"][5:8]
    return json.dumps(value)


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_value_in_any_place_makes_the_reader_raise(
    project: Project, index: Index, three_annotations: str, data: st.DataObject
) -> None:
    value = json.loads(three_annotations)
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from([path for path in places(value) if path]))
        parent = value
        for key in path:
            parent = parent[key]
        parent[last] = data.draw(JUNK)
    found = taken(project, json.dumps(value).encode(), index)
    resolved = resolve(found.statements, index)
    for problem in (*found.problems, *resolved.problems):
        assert problem.code in ("I001", "I002", "I003", "I004", "I005")
        str(problem).encode()
    for mark in found.statements:
        assert (mark.work, mark.passage) in index.passages
        "".join(short(mark)).encode()
        assert mark.value


# --- a passage named by a fragment, and quoted whole ----------------------------------------------


def whole(project: Project, id_: str) -> str:
    return next(p.text for p in project.works[0].passages if p.id == id_)


@pytest.mark.parametrize(
    ("refined", "quoted", "words"),
    [(False, True, ""), (True, True, "all"), (False, False, WORDS)],
    ids=["the fragment alone is the whole", "refined is evidence", "a part is evidence"],
)
def test_a_fragment_beside_a_quotation_of_all_its_words_is_the_whole_passage(
    project: Project, refined: bool, quoted: bool, words: str
) -> None:
    text = whole(project, "p2")
    exact = text if quoted else WORDS
    selectors = [fragment("p2", quote(text)) if refined else fragment("p2"), quote(exact)]
    entry = {"type": "TextualBody", "purpose": "tagging", "value": "things:bamboo"}
    mark = only(taken(project, annotation(at(selectors), entry)))
    assert "".join(one.text for one in mark.quotes) == (text if words == "all" else words)
    note = {"type": "TextualBody", "purpose": "commenting", "value": "甲"}
    found = taken(project, annotation(at(selectors), note))
    if words:  # a comment on evidence has no place without a code
        assert not found.statements
    else:
        assert [(m.kind, m.value) for m in found.statements] == [("note", "甲")]


# --- the forms of Hypothesis ----------------------------------------------------------------------


def record(**more: Any) -> dict[str, Any]:
    """A record as the API of Hypothesis gives it, and the client exports it."""
    uri = "file:///C:/Users/ming/Downloads/site/canal/index.html"
    selectors = [
        {"type": "RangeSelector", "startContainer": "/main[1]/p[1]", "startOffset": 3, "endOffset": 9},
        position(300, 306),
        quote(prefix="一、水\n2 近看，", suffix="：過石頭時急，過草根"),
    ]
    return {
        "id": "abc",
        "created": "2026-11-20T01:02:03.000000+00:00",
        "user": "acct:ming@hypothes.is",
        "uri": uri,
        "text": "水聲可疑",
        "tags": ["flow~a:shows"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"source": uri, "selector": selectors}],
        "document": {"title": ["圳邊記"]},
        "hidden": False,
    } | more


def target(selector: object = None, **more: object) -> list[dict[str, object]]:
    return [{"source": PAGE, **({"selector": selector} if selector else {}), **more}]


FORMS: dict[str, Any] = {
    "the export of the client": lambda *rows: {"export_date": "2026-11-20", "annotations": [*rows]},
    "the answer of the API": lambda *rows: {"total": len(rows), "rows": [*rows]},
    "a list": lambda *rows: [*rows],
    "one": lambda row: row,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_hypothesis_is_read(project: Project, form: str) -> None:
    mark = only(taken(project, FORMS[form](record())))
    assert mark.coder == "ming"
    assert short(mark) == ("p2", "cell", "flow~a", "shows", WORDS, "水聲可疑")


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        (["flow~a:shows"], ("cell", "flow~a", "shows")),
        (["flow~a", "shows"], ("cell", "flow~a", "shows")),
        (["水近・寫出"], ("cell", "flow~a", "shows")),
        (["水聲", "寫出"], ("cell", "flow~a", "shows")),
        (["things:bamboo"], ("entry", "bamboo", "")),
        (["竹"], ("entry", "bamboo", "")),
        (["function:scene"], ("function", "scene", "")),
    ],
)
def test_a_tag_is_a_code_by_its_id_or_its_name(
    project: Project, tags: list[str], wanted: tuple[str, ...]
) -> None:
    found = taken(project, [record(tags=tags, text="")])
    (mark,) = found.statements
    assert (mark.kind, mark.value, mark.relation) == wanted
    assert [problem for problem in found.problems if problem.level == "error"] == []


def test_a_name_that_two_codes_have_is_none_of_them(project: Project) -> None:
    grid = project.grid
    twin = replace(grid.functions[0], id="twin", name=grid.cells[0].name)
    doubled = replace(project, grid=replace(grid, functions=(*grid.functions, twin)))
    found = taken(doubled, [record(tags=[grid.cells[0].name, "shows"])])
    assert codes(found) == [("I002", "error"), ("I005", "error")]


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (
            {"references": ["xyz"], "tags": [], "text": "我也這樣想"},
            "I005",
            "a reply has no place in tags: 我也",
        ),
        ({"target": target()}, "I003", "the target must name a passage"),
        ({"target": target(quote("別處的字"))}, "I003", "the target must name a passage"),
        ({"target": target(quote(), source="https://example.net/x.html")}, "", ""),
        ({"tags": ["mine"]}, "I002", "mine"),
        ({"tags": []}, "I005", "a comment on a quotation must stand beside a code"),
        ({"tags": [], "text": ""}, "I005", "an annotation must say something"),
    ],
    ids=["reply", "page note", "orphan", "another copy", "own tag", "no tag", "nothing"],
)
def test_content_of_hypothesis_that_tags_cannot_express_is_left_out_and_the_rest_imported(
    project: Project, more: dict[str, Any], code: str, says: str
) -> None:
    found = taken(project, {"rows": [record(), record(id="other", **more)]})
    errors = [problem for problem in found.problems if problem.level == "error"]
    assert [problem.code for problem in errors] == ([code] if code else [])
    assert all(says in problem.message for problem in errors)
    assert len(found.statements) == (1 if code else 2)


def test_a_note_on_the_page_of_a_passage_is_the_note_of_the_passage(project: Project) -> None:
    page = "https://example.org/canal/canal/p2.html"
    more = {"uri": page, "tags": [], "target": [{"source": page}]}
    mark = only(taken(project, {"rows": [record(**more)]}))
    assert short(mark) == ("p2", "note", "水聲可疑", "", "", "")


def test_a_record_without_targets_has_its_address_as_target(project: Project) -> None:
    one = record(uri="https://example.org/canal/canal/p2.html", tags=[])
    del one["target"]
    assert short(only(taken(project, {"rows": [one]})))[:3] == ("p2", "note", "水聲可疑")


def test_two_creators_with_one_name_stay_two(project: Project) -> None:
    rows = [
        record(),
        record(id="b", user="acct:ming@example.org"),
        record(id="c", user="acct:Hua@hypothes.is"),
    ]
    assert [mark.coder for mark in taken(project, {"rows": rows}).statements] == ["ming", "ming-1", "Hua"]


@pytest.mark.parametrize("key", ["tags", "text", "user", "uri", "target", "references", "id"])
@pytest.mark.parametrize("value", [None, 7, "x", [], [7], {}, [{}], [[]], True])
def test_no_value_of_a_record_makes_the_reader_raise(project: Project, key: str, value: object) -> None:
    found = taken(project, {"annotations": [record(), record(**{key: value})]})
    assert found.statements[0].quotes[0].text == WORDS
