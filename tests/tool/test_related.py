"""What touches a passage: compared with the files of two projects, as :mod:`oracle` reads them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from conftest import ROOT, TINY
from hypothesis import given
from hypothesis import strategies as st
from oracle import Key, Oracle, bare

from site_builder.edition import addresses, edition
from site_builder.edition.codes import CodeId, of_tag
from site_builder.edition.edition import Edition
from site_builder.edition.similar import Comparison, Sets
from site_builder.edition.sizes import Sizes
from site_builder.model import CellTag, EntryTag, Tagging
from site_builder.pipeline import Checked
from site_builder.site import related
from site_builder.site.presenter import Presenter
from site_builder.site.views import Sharing


@pytest.fixture(scope="module", params=["repository", "tiny"])
def both(request: pytest.FixtureRequest) -> tuple[Presenter, Oracle]:
    folder = {"repository": ROOT, "tiny": TINY}[request.param]
    return presenter_of(request.getfixturevalue(request.param)), Oracle(folder)


def presenter_of(found: Checked, *, with_text: bool = True) -> Presenter:
    assert found.project is not None
    assert found.index is not None
    return Presenter(Edition(found.project, found.index, with_text=with_text))


def codes(oracle: Oracle, key: Key) -> set[tuple[str, ...]]:
    tags = oracle.tags.get(key)
    if tags is None:
        return set()
    return {(one.cell,) for one in tags.cells} | {(one.facet, one.entry) for one in tags.entries}


def listed(presenter: Presenter, key: Key) -> tuple[Sharing, ...]:
    found = related.sharing(presenter, key)
    return found.passages if found else ()


def test_passages_that_share_two_codes_are_there_from_both_sides(both: tuple[Presenter, Oracle]) -> None:
    presenter, oracle = both
    found = {key: listed(presenter, key) for key in oracle.passages}
    pairs = Counter()
    for key, others in found.items():
        counts = [len(one.chips) + len(one.links) for one in others]
        assert counts == sorted(counts, reverse=True), key
        for one, count in zip(others, counts, strict=True):
            pairs[key, (key[0], one.href.rpartition("/")[2].removesuffix(".html"))] = count
    wanted = {}
    for one, other in combinations(oracle.passages, 2):
        count = len(codes(oracle, one) & codes(oracle, other))
        if count >= 2:
            wanted[one, other] = wanted[other, one] = count
    assert pairs == wanted


def test_the_codes_of_a_passage_are_found_once_for_all_passages(
    tiny: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def counted(tag: CellTag | EntryTag) -> CodeId:
        read.append(tag)
        return of_tag(tag)

    monkeypatch.setattr(edition, "of_tag", counted)
    presenter = presenter_of(tiny)
    for key in presenter.index.passages:
        related.sharing(presenter, key)
    taggings = presenter.index.taggings.values()
    assert len(read) == sum(len(tagging.cells) + len(tagging.entries) for tagging in taggings)


def test_of_equal_counts_the_passage_with_fewer_other_codes_comes_first(tiny: Checked) -> None:
    tiny_presenter = presenter_of(tiny)
    own = {key: tagging for key, tagging in tiny_presenter.index.taggings.items() if tagging.cells}
    first, *others = own
    cell, entry = next((t.cells[0], e) for t in own.values() for e in t.entries)
    more = tuple(tag for t in own.values() for tag in t.cells if tag.cell != cell.cell)

    def tagged(key: Key, *cells: object) -> Tagging:
        return replace(own[key], cells=(cell, *cells), entries=(entry,))

    taggings = {first: tagged(first), others[0]: tagged(others[0], *more), others[1]: tagged(others[1])}
    index = replace(tiny_presenter.index, taggings=taggings)
    presenter = Presenter(Edition(tiny_presenter.project, index))
    assert [one.href for one in listed(presenter, first)] == [
        addresses.passage((others[1][0], others[1][1])),
        addresses.passage((others[0][0], others[0][1])),
    ]


@given(
    sets=st.lists(
        st.tuples(st.sampled_from("abc"), st.frozensets(st.sampled_from("12345"), max_size=4)), max_size=12
    ),
    own=st.integers(0, 3),
    others=st.integers(0, 3),
)
def test_a_large_project_lists_the_most_similar_passages_and_counts_the_others(
    sets: list[tuple[str, frozenset[str]]], own: int, others: int
) -> None:
    codes_of = {
        (work, f"p{number}"): tuple(CodeId.cell(code) for code in sorted(found))
        for number, (work, found) in enumerate(sorted(sets, key=lambda one: one[0]))
    }
    order = {key: number for number, key in enumerate(codes_of)}
    works = {id_: Sets({key: codes for key, codes in codes_of.items() if key[0] == id_}) for id_ in "abc"}
    compared = Comparison(works, order, Sizes(shared_own=own, shared_others=others))
    for key, mine in codes_of.items():
        shared = {other: len({*mine} & {*theirs}) for other, theirs in codes_of.items() if other != key}
        every = [other for other, count in shared.items() if count >= 2]
        every.sort(key=lambda other: (-shared[other], len(codes_of[other]), order[other]))
        of_work = [other for other in every if other[0] == key[0]][:own]
        of_others = [other for other in every if other[0] != key[0]][:others]
        found = compared.of(key)
        assert found.keys == tuple(other for other in every if other in (*of_work, *of_others))
        assert found.left_out == len(every) - len(found.keys)


@pytest.mark.parametrize("most", [8, 9, 10], ids=["more", "as many", "fewer"])
def test_a_page_links_to_the_codes_of_the_passages_that_it_leaves_out(tiny: Checked, most: int) -> None:
    assert tiny.project is not None
    work, tagging = tiny.project.works[0], next(t for t in tiny.project.taggings if t.cells)
    cells = tuple(cell for t in tiny.project.taggings for cell in t.cells)[:2]
    assert cells[0].cell != cells[1].cell
    copies = [replace(work, record=replace(work.record, id=f"w{number}")) for number in range(10)]
    taggings = tuple(replace(tagging, work=copy.id, cells=cells, entries=()) for copy in copies)
    project = replace(tiny.project, works=tuple(copies), taggings=taggings, notes=(), edges=())
    presenter = Presenter(Edition.of(project, sizes=Sizes(shared_others=most)))
    found = related.sharing(presenter, (copies[0].id, tagging.passage))
    assert found is not None
    assert found.count == 9
    assert found.left_out == max(0, 9 - most)
    assert bool(found.codes) == bool(found.left_out)


def test_repeated_words_are_in_the_passages_that_they_name(both: tuple[Presenter, Oracle]) -> None:
    presenter, oracle = both
    for (work, id_), passage in oracle.passages.items():
        for one in related.repeated(presenter, (work, id_)):
            words = passage.text[one.start : one.end]
            assert sum(map(str.isalnum, words)) >= 8
            assert words[0].isalnum()
            assert words[-1].isalnum()
            assert one.passages
            for other in one.passages:
                assert other.number != passage.number
                assert words in next(p.text for p in oracle.passages.values() if p.number == other.number)


def test_every_window_of_letters_that_two_passages_share_is_in_a_repetition(
    both: tuple[Presenter, Oracle],
) -> None:
    presenter, oracle = both
    for (work, id_), passage in oracle.passages.items():
        found = related.repeated(presenter, (work, id_))
        for at in range(len(passage.text) - 7):
            words = passage.text[at : at + 8]
            if not words.isalpha():
                continue
            others = {p.number for p in oracle.passages.values() if words in p.text} - {passage.number}
            covered = {
                p.number for one in found if one.start <= at and at + 8 <= one.end for p in one.passages
            }
            assert others <= covered, (id_, words)


def test_without_the_text_no_words_are_repeated(repository: Checked) -> None:
    presenter = presenter_of(repository, with_text=False)
    assert not any(related.repeated(presenter, key) for key in presenter.index.passages)


def test_the_sentences_that_rest_on_a_passage_most_on_a_page_first(both: tuple[Presenter, Oracle]) -> None:
    presenter, oracle = both
    for key in oracle.passages:
        places = related.resting(presenter, key)
        counts = [len(one.sentences) for one in places]
        assert counts == sorted(counts, reverse=True)
        found = sorted(bare(one.prose) for place in places for one in place.sentences)
        assert found == sorted(one.text for one in oracle.citing(key)), key
