"""Reading, checking, marking and the lists of large projects take twice as long for twice as much, not four
times.

The number of Python calls is the same in each run; loops within one call, and those of libraries, show in the
time of the processor.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from growth import Sizes, sources

from site_builder import pipeline
from site_builder.edition import addressed, addresses, quotes, sentences
from site_builder.edition.edition import Edition
from site_builder.edition.sizes import SIZES
from site_builder.language import catalogue, language, pairs
from site_builder.model import Anchor, Project, SentenceRange, Work
from site_builder.pipeline.assemble import Assembler
from site_builder.site import pages
from site_builder.site.pages import code_lists, versions
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.prose_html import HtmlWriter
from site_builder.site.script_data import search
from site_builder.site.views import Marked, MarkedRange, View
from site_builder.source import parts, prose, yamlio
from site_builder.source.prose import inlines

MOST = 2.5
"""How often the work may be done for twice as much; exactly twice is 2.0, and a sort is a little more."""
ATTEMPTS = 4  # other processes disturb a measurement

GROWING = {
    "works": Sizes(works=12),
    "passages": Sizes(passages=60),
    "passages with a witness": Sizes(passages=60, emendations=120),
    "characters of a passage": Sizes(clauses=800),
    "tags of a passage": Sizes(clauses=160, tags=80),
    "quotations of a tag": Sizes(clauses=300, evidence=150),
    "notes of a passage": Sizes(clauses=200, notes=100),
    "edges": Sizes(edges=150),
    "entries": Sizes(entries=60),
    "pages": Sizes(pages=20),
    "sentences of a paragraph": Sizes(sentences=120),
    "quotations of a sentence": Sizes(clauses=200, quotations=100),
    "rows of a paragraph": Sizes(rows=300),
    "paragraphs of a page": Sizes(blocks=80),
}
FIELDS = {
    "works": ("works",),
    "passages": ("passages",),
    "passages with a witness": ("passages",),
    "characters of a passage": ("clauses",),
    "tags of a passage": ("tags",),
    "quotations of a tag": ("evidence",),
    "notes of a passage": ("notes",),
    "edges": ("edges",),
    "entries": ("entries",),
    "pages": ("pages",),
    "sentences of a paragraph": ("sentences",),
    "quotations of a sentence": ("quotations",),
    "rows of a paragraph": ("rows",),
    "paragraphs of a page": ("blocks",),
}


def forget() -> None:
    """Empty the caches of functions that a check uses."""
    for function in (parts.read, inlines.parsed, language._breaks):
        function.cache_clear()


def calls(work: Callable[[], Any]) -> int:
    """The number of calls of functions, those of C included."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    forget()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module", autouse=True)
def _only_what_a_test_makes_is_collected() -> Iterator[None]:
    """Leave out of each collection what the tests before made, which can be a gigabyte."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@contextmanager
def without_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds(work: Callable[[], Any]) -> float:
    """The time of the processor."""
    forget()
    with without_collection():
        start = time.process_time()
        work()
        return time.process_time() - start


def ratio(some: Callable[[], Any], twice: Callable[[], Any]) -> float:
    """How much longer the second takes than the first: the least of several measurements."""
    found = 99.0
    for _ in range(ATTEMPTS):
        found = min(found, seconds(twice) / seconds(some))
        if found <= MOST:
            break
    return found


@pytest.mark.parametrize("what", GROWING)
def test_a_check_of_twice_as_much_makes_twice_as_many_calls(what: str) -> None:
    (field,) = FIELDS[what]
    some = GROWING[what]
    least = Sizes(**{**vars_of(some), field: 2})
    twice = Sizes(**{**vars_of(some), field: 2 * getattr(some, field)})
    checked = {sizes: checking(sizes) for sizes in (least, some, twice)}
    base, one, two = (calls(check) for check in checked.values())
    assert two - base <= MOST * (one - base), (base, one, two)
    assert one > base
    assert ratio(checked[some], checked[twice]) <= MOST


def vars_of(sizes: Sizes) -> dict[str, Any]:
    return {name: getattr(sizes, name) for name in Sizes.__dataclass_fields__}


def checking(sizes: Sizes) -> Callable[[], pipeline.Checked]:
    files = sources(sizes)
    return lambda: pipeline.check_sources(files)


# --- lists of a large project -----------------------------------------------------------------------

IN_PART = 20
"""Entries of a part."""
LARGE = replace(
    SIZES, named_works=1, book_passages=1, numbered=5, listed_passages=IN_PART, part_passages=IN_PART
)
VIEWS = "views:\n  - {language: zh-Hant}\n  - {language: zh-Hans, folder: hans}\n"


def large(sizes: Sizes, copies: int = 1) -> Edition:
    """A large project, with each work so many times."""
    files = sources(sizes)
    files["annotations/project.yaml"] += VIEWS
    project = pipeline.check_sources(files).project
    assert project is not None
    works = tuple(
        replace(work, record=replace(work.record, id=f"{work.id}-{number}")) if number else work
        for number in range(copies)
        for work in project.works
    )
    return Edition.of(replace(project, works=works), sizes=LARGE)


def _parts_of_a_list(presenter: Presenter) -> None:
    [facet] = presenter.project.facets
    parts = list(code_lists.parts(presenter, code_lists.of_entry(presenter, facet, facet.entries[0])))
    assert len(parts) == len(presenter.index.passages) // IN_PART
    assert all(page.view() for page in parts)


def _parts_of_the_search(presenter: Presenter) -> None:
    for number in range(len(presenter.index.passages) // IN_PART):
        search.part(presenter, presenter.edition.locales[0], number + 1)


def _versions_of_works(presenter: Presenter) -> None:
    assert all(versions.address(presenter, work) for work in presenter.project.works)


LISTS: dict[str, tuple[Callable[[Presenter], None], Callable[[int], Edition], int]] = {
    "parts of the list of a code": (_parts_of_a_list, lambda n: large(Sizes(passages=n)), 200),
    "parts of the search": (_parts_of_the_search, lambda n: large(Sizes(passages=n)), 200),
    "works with several versions": (_versions_of_works, lambda n: large(Sizes(), copies=n), 200),
}


@pytest.mark.parametrize("what", LISTS)
def test_a_list_of_twice_as_much_makes_twice_as_many_calls(what: str) -> None:
    make, of, some = LISTS[what]
    make(Presenter(of(IN_PART)))  # what is loaded once
    one, two = (calls(partial(make, Presenter(of(number)))) for number in (some, 2 * some))
    assert 0 < two <= MOST * one, (one, two)


def test_the_plan_of_a_work_is_made_no_more_often_for_more_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = large(Sizes(works=2, passages=9))
    made: list[str] = []
    plan = pages.plan_of_work

    def noted(presenter: Presenter, work: Work) -> Iterator[Planned]:
        made.append(work.id)
        return plan(presenter, work)

    monkeypatch.setattr(pages, "plan_of_work", noted)
    assembler = Assembler(edition, lambda _: None)
    groups = [group for work, group in assembler._groups() if work is not None]
    assert len(groups) > 2 * 9
    assert sum(len(group.tasks(assembler)) for group in groups) > 2 * 9 * 4  # a page and a panel in two views
    assert sorted(made) == ["w0", "w0", "w1", "w1"]


def test_each_page_of_a_work_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where each work has a book and a file of all its pages in each view."""
    edition = large(Sizes(works=7, passages=9))
    assert not edition.is_one_book
    made: list[str] = []
    view = Planned.view

    def noted(page: Planned) -> View | None:
        made.append(page.address)
        return view(page)

    monkeypatch.setattr(Planned, "view", noted)
    Assembler(edition, lambda _: None).site()
    of_works = sorted(one for one in made if edition.work_at(one) is not None)
    assert len(of_works) > 7 * 9
    assert of_works == sorted(set(of_works))


# --- long texts in single functions -------------------------------------------------------------------

LONG = 4_000
"""How often a part is repeated; twice as often takes a tenth of a second or less."""
TEXTS = {
    "sentences": ("水流到閘。", "zh-Hant"),
    "English sentences": ("The water flows (slowly). ", "en"),
    "rows": ("水流到閘\n", "zh-Hant"),
    "citations": ("水流[@p1]。", "zh-Hant"),
    "emphasis": ("水*流*到 _a_ ", "zh-Hant"),
    "open emphasis": ("水*流", "zh-Hant"),
    "links": ("[水](cell:a)", "zh-Hant"),
    "open brackets": ("水[", "zh-Hant"),
    "backticks": ("`水", "zh-Hant"),
    "backslashes": ("水\\*", "zh-Hant"),
    "quotations": ("「水」", "zh-Hant"),
    "open quotations": ("「水", "zh-Hant"),
    "apostrophes": ("the students’ books don’t ", "en"),
    "HTML": ("<b>水", "zh-Hant"),
}


@pytest.mark.parametrize("what", TEXTS)
def test_a_paragraph_of_twice_the_length_takes_twice_as_long(what: str) -> None:
    part, tag = TEXTS[what]
    some, twice = (lambda n=n: prose.page(part * n, "a.md", 1, language=tag) for n in (LONG // 2, LONG))
    assert ratio(some, twice) <= MOST


@pytest.mark.parametrize("part", ["‘水", "’水", "(a", "(a)", "「水」', '", "水『"])
def test_marks_of_a_text_of_twice_the_length_take_twice_as_long(part: str) -> None:
    marks = (("「", "」"), ("『", "』"), ("‘", "’"), ("(", ")"))
    some, twice = (lambda n=n: pairs.paired("”" + part * n + "」)", marks) for n in (LONG, 2 * LONG))
    assert ratio(some, twice) <= MOST


@pytest.mark.parametrize(
    "part", ['- {a: "b", c: d}\n', "- a: b\n", "- a:\n    - b\n", "- |\n  a\n", "- a: [b\n", "- {a: b\n"]
)
def test_yaml_of_twice_the_length_takes_twice_as_long(part: str) -> None:
    some, twice = (lambda n=n: yamlio.parse(part * n, "a.yaml") for n in (LONG, 2 * LONG))
    assert ratio(some, twice) <= MOST


def test_the_cause_of_an_error_below_twice_as_many_values_is_found_in_twice_the_time() -> None:
    def read(rows: int) -> None:
        text = "".join(f'k{row}: "v"\n' for row in range(rows)) + 'z: "a" b\n'
        (problem,) = yamlio.parse(text, "a.yaml")[1]
        assert problem.place.line == rows + 1

    assert ratio(lambda: read(8_000), lambda: read(16_000)) <= MOST


def test_new_and_changed_sentences_of_twice_as_many_blocks_take_twice_as_long() -> None:
    def bind(number: int) -> None:
        listed = [sentences.SourceSentence(block=f"b{n}", text=f"水{n}流") for n in range(number)]
        found = sentences.bind(listed, (), across=True)
        assert sentences.ids(found, ("b0-s7",))[:2] == ("b0-s8", "b1-s1")

    assert ratio(lambda: bind(2_000), lambda: bind(4_000)) <= MOST


def changed_in_one_block(number: int) -> sentences.Bound:
    """A block in which every sentence begins in another way than its line in the ledger."""
    listed = [sentences.SourceSentence(block="b", text=f"第{n}處的水流到閘邊") for n in range(number)]
    ledger = [
        Anchor(id=f"b-s{n}", kind="sentence", block="b", edition="1.0", digest="", opening=f"第{n}處之水流")
        for n in range(number)
    ]
    return sentences.bind(listed, ledger, across=False)


def test_sentences_of_a_block_that_have_all_changed_keep_their_ids() -> None:
    for number in (20, 300):
        found = changed_in_one_block(number)
        assert {at: line.id for at, line in found.changed.items()} == {n: f"b-s{n}" for n in range(number)}


def test_twice_as_many_changed_sentences_of_a_block_take_twice_as_long() -> None:
    assert ratio(lambda: changed_in_one_block(250), lambda: changed_in_one_block(500)) <= MOST


def test_a_passage_of_two_hundred_thousand_characters_with_two_thousand_quotations() -> None:
    text = "".join(f"第{n:05}處的水。" for n in range(20_000))
    evidence = [quotes.placed(text, at, at + 8) for at in range(0, len(text), 100)]
    start = time.process_time()
    found = [quotes.judge(one, text) for one in evidence]
    assert time.process_time() - start < 2
    assert {one.kind for one in found} == {"exact"}
    assert len(found) == 2_000


def marked(number: int, size: int = 100) -> Marked:
    """A text with a quotation every 100 characters, a reading of the witness in each, and two sentences."""
    quoted = [MarkedRange(start=n * size + 5, end=n * size + 60, evidence=True) for n in range(number)]
    read = [MarkedRange(start=n * size + 50, end=n * size + 70, received="火") for n in range(number)]
    half = size // 2
    return Marked(
        text="水" * size * number,
        ranges=(*quoted, *read),
        sentences=tuple(
            SentenceRange(id=f"s{n}", number=n, start=n * half, end=(n + 1) * half) for n in range(2 * number)
        ),
    )


def written(text: Marked) -> str:
    return HtmlWriter(
        convert=str,
        say=catalogue.of("zh-Hant").text,
        href=str,
        name=str,
        cited=lambda _: ("", "", ""),
        target=str,
        where_linked=lambda _, words: words,
    ).marked(text)


def test_marks_of_a_passage_of_twice_the_length_are_written_in_twice_the_time() -> None:
    some, twice = marked(1_000), marked(2_000)
    assert ratio(lambda: written(some), lambda: written(twice)) <= MOST


def test_two_thousand_quotations_of_two_hundred_thousand_characters_are_written() -> None:
    start = time.process_time()
    found = written(marked(2_000))
    assert time.process_time() - start < 2
    assert found.count("水") == 200_000
    assert found.count('data-received="火"') == 2_000


def test_quotations_can_be_within_each_other_to_any_depth() -> None:
    number = 1_000
    ranges = tuple(MarkedRange(start=n, end=2 * number - n, evidence=True) for n in range(number))
    found = written(Marked(text="水" * 2 * number, ranges=ranges))
    assert found.count("<mark>") == found.count("</mark>") == number


class Counted(tuple[Any, ...]):
    """Counts how often it is gone through."""

    times = 0

    def __iter__(self) -> Iterator[Any]:
        Counted.times += 1
        return super().__iter__()

    def __reversed__(self) -> Iterator[Any]:
        Counted.times += 1
        return iter(self[::-1])


def works_of(sizes: Sizes) -> Project:
    Counted.times = 0
    project = checking(sizes)().project
    assert project is not None
    return project


def test_the_ledger_is_read_once_for_the_pages_of_all_works() -> None:
    project = works_of(Sizes(works=8))
    works = tuple(
        replace(work, witness="", rules=(), emendations=(), record=replace(work.record, copies=(), facts=()))
        for work in project.works
    )
    line = Anchor(id=addresses.apparatus(works[3].id), kind="page", edition="1.0", opening="")
    ended = replace(line, id=addresses.apparatus(works[4].id), fate="withdrawn")
    project = replace(project, works=works, anchors=Counted([line, ended]), pages=())
    assert [addressed.has_apparatus(project, work) for work in works] == [at == 3 for at in range(8)]
    assert Counted.times == 1
    assert not addressed.has_apparatus(replace(project, anchors=()), works[3])


def test_the_ledger_and_the_emendations_of_a_work_are_read_once_for_all_of_its_passages() -> None:
    project = works_of(Sizes(passages=9, emendations=18))
    [work] = project.works
    listed = {one.id: [e for e in work.emendations if e.block == one.id] for one in work.passages}
    assert sum(map(len, listed.values())) == 9
    line = Anchor(id=work.passages[2].id, kind="passage", edition="1.0", opening="")
    work = replace(work, ledger=Counted([line]), emendations=Counted(work.emendations))
    presenter = Presenter(Edition.of(replace(project, works=(work,))))
    Counted.times = 0
    keys = [(work.id, passage.id) for passage in work.passages]
    assert {key[1]: list(presenter.emendations(key)) for key in keys} == listed
    assert [presenter.ledger_line(key) for key in keys] == [None, None, line, *[None] * (len(keys) - 3)]
    assert Counted.times == 2
