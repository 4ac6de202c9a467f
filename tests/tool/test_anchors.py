"""The ledger of anchors, from texts to ledgers and problems.

A text is written as lines ``id text``; a text that starts with ``#`` is a heading.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.edition.anchors import (
    Blocks,
    Ledger,
    accept,
    compare,
    digest,
    merge,
    next_id,
    opening,
    record,
    split,
    successors,
    withdraw,
)
from site_builder.edition.ledger_text import HEADER, dump
from site_builder.language.characters import is_forbidden
from site_builder.model import Anchor, Heading, Passage, Place, Revision
from site_builder.model.ledger import FATES
from site_builder.source import yamlio

TEXT = """
    s1 # 天文
    p1 天地玄黃，宇宙洪荒。
    p2 日月盈昃，辰宿列張。
    p3 寒來暑往，秋收冬藏。
"""
LEDGER = "corpus/anchors.yaml"


def read(source: str) -> Blocks:
    blocks: list[Heading | Passage] = []
    for line, row in enumerate(source.strip().splitlines(), 1):
        id, text = row.split(maxsplit=1)
        place = Place(path="text.md", line=line)
        if text.startswith("# "):
            blocks.append(Heading(id=id, level=2, text=text[2:], path=(), place=place))
        else:
            blocks.append(Passage(id=id, number=line, text=text, label="", path=(), group="", place=place))
    return tuple(blocks)


def published(source: str = TEXT) -> Ledger:
    """The ledger of the first edition, each anchor on its own line."""
    ledger = record((), read(source), "1.0")
    return tuple(
        replace(anchor, place=Place(path=LEDGER, line=line)) for line, anchor in enumerate(ledger, 10)
    )


def faults(ledger: Ledger, source: str) -> list[str]:
    """Code and the first word (the id it is about) of every problem."""
    return [f"{p.code} {p.message.split()[0].rstrip(',')}" for p in compare(ledger, read(source), LEDGER)]


def by_id(ledger: Ledger) -> dict[str, Anchor]:
    return {anchor.id: anchor for anchor in ledger}


# --- a text is known by its digest ----------------------------------------------------------------


def test_the_digest_is_of_the_nfc_text_in_utf8() -> None:
    assert digest("") == "sha256:e3b0c44298fc1c14"
    assert digest("e\u0301") == digest("\u00e9") == "sha256:4a99557e4033c353"


def test_the_opening_counts_code_points_and_has_no_space_at_its_ends() -> None:
    assert opening("𠮷一二三四五六七八九十甲乙丙") == "𠮷一二三四五六七八九十甲"
    assert opening(" 甲 乙", 3) == "甲"


# --- an edition goes on, and every anchor stays alive ---------------------------------------------


def test_a_text_and_its_ledger_agree() -> None:
    assert faults(published(), TEXT) == []


def test_a_reordered_text_has_no_fault() -> None:
    rows = TEXT.strip().splitlines()
    for _ in rows:
        rows = rows[1:] + rows[:1]
        assert faults(published(), "\n".join(rows)) == []


def test_an_inserted_passage_takes_the_next_free_number() -> None:
    blocks = read(TEXT)
    assert next_id(published(), blocks) == "p4"
    assert next_id((), ()) == "p1"
    source = TEXT.replace("    p2", "    p4 新增一段。\n    p2")
    ledger = record(published(), read(source), "1.1")
    assert faults(ledger, source) == []
    assert ledger[:-1] == published()
    assert ledger[-1] == Anchor(
        id="p4", kind="passage", edition="1.1", digest=digest("新增一段。"), opening="新增一段。"
    )


def test_the_number_of_an_ended_id_is_not_free() -> None:
    source = TEXT.replace("p3", "p9")
    ledger = withdraw(published(source), "p9", "衍文", "1.1")
    assert next_id(ledger, read("p1 天地玄黃，宇宙洪荒。")) == "p10"
    assert next_id(ledger, read("p12 未入冊。")) == "p13"
    ledger = tuple(replace(a, into=("p20",)) if a.id == "p9" else a for a in ledger)
    assert next_id(ledger, ()) == "p21"


def test_a_split_passage_leads_to_its_parts() -> None:
    source = TEXT.replace("p2 日月盈昃，辰宿列張。", "p4 日月盈昃，\n    p5 辰宿列張。")
    ledger = record(published(), read(source), "1.1")
    assert faults(ledger, source) == ["A001 p2"]
    ledger = split(ledger, "p2", ("p4", "p5"), "1.1")
    assert faults(ledger, source) == []
    assert by_id(ledger)["p2"].fate == "split"
    assert by_id(ledger)["p2"].ended == "1.1"
    assert successors(ledger, "p2") == ("p4", "p5")
    assert successors(ledger, "p1") == ("p1",)


def test_merged_passages_lead_to_the_one_that_contains_them() -> None:
    source = "s1 # 天文\np1 天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。寒來暑往，秋收冬藏。"
    ledger = merge(published(), ("p2", "p3"), "p1", "1.1")
    assert faults(ledger, source) == ["A003 p1"]
    ledger = accept(ledger, read(source), ["p1"], "1.1")
    assert faults(ledger, source) == []
    assert [successors(ledger, id) for id in ("p1", "p2", "p3")] == [("p1",)] * 3


def test_a_withdrawn_passage_keeps_its_reason() -> None:
    source = TEXT.replace("p2 日月盈昃，辰宿列張。\n", "")
    ledger = withdraw(published(), "p2", " 他書竄入 ", "1.1")
    assert faults(ledger, source) == []
    assert successors(ledger, "p2") == ()
    assert by_id(ledger)["p2"].reason == "他書竄入"


def test_successors_are_followed_through_chains() -> None:
    ledger = record(published(), read("p4 甲。\np5 乙。\np6 丙。"), "1.1")
    ledger = split(ledger, "p1", ("p2", "p4"), "1.1")
    ledger = split(ledger, "p2", ("p5", "p6"), "1.2")
    ledger = merge(ledger, ("p4", "p6"), "p5", "1.3")
    assert successors(ledger, "p1") == ("p5",)
    ledger = withdraw(ledger, "p5", "刪", "1.4")
    assert successors(ledger, "p1") == ()
    assert faults(ledger, "s1 # 天文\np3 寒來暑往，秋收冬藏。") == []


def test_an_unknown_id_and_a_circle_have_no_successors() -> None:
    p1, p2 = published("p1 甲。\np2 乙。")
    circle = (
        replace(p1, fate="merged", into=("p2",)),
        replace(p2, fate="merged", into=("p1",)),
    )
    assert successors(circle, "p1") == ()
    assert successors(circle, "p7") == ()


@settings(max_examples=examples(80))
@given(st.lists(st.lists(st.integers(0, 6), max_size=3), min_size=2, max_size=6))
def test_successors_are_the_live_ends_of_every_way_in_their_order(heirs: list[list[int]]) -> None:
    """Ways may meet, lead back or lead to an unknown id; what leads nowhere is live or withdrawn in turn."""
    one = published("p0 甲。")[0]
    fates = ["split" if into else ("live", "withdrawn")[at % 2] for at, into in enumerate(heirs)]
    ledger = tuple(
        replace(one, id=f"p{at}", fate=fate, into=tuple(f"p{heir}" for heir in into))
        for at, (fate, into) in enumerate(zip(fates, heirs, strict=True))
    )

    def ways(at: int, before: tuple[int, ...] = ()) -> list[str]:
        if at in before or at >= len(heirs):
            return []
        if fates[at] == "live":
            return [f"p{at}"]
        return [end for heir in heirs[at] for end in ways(heir, (*before, at))]

    for at in range(len(heirs)):
        assert successors(ledger, f"p{at}") == tuple(dict.fromkeys(ways(at)))


def test_an_accepted_change_keeps_the_first_text_on_record() -> None:
    source = TEXT.replace("辰宿列張", "辰宿列張也")
    ledger = accept(published(), read(source), ["p2"], "1.1")
    assert faults(ledger, source) == []
    now = by_id(ledger)["p2"]
    assert now.digest == digest("日月盈昃，辰宿列張。")
    new = "日月盈昃，辰宿列張也。"
    assert now.revisions == (Revision(edition="1.1", digest=digest(new), opening=new),)
    assert faults(ledger, TEXT) == ["A003 p2"]  # even the old text is a change now
    assert faults(accept(ledger, read(TEXT), ["p2", "p2"], "1.2"), TEXT) == []


# --- what the check refuses -----------------------------------------------------------------------


def test_a_lost_id_is_reported_at_its_line_of_the_ledger() -> None:
    source = TEXT.replace("    p2 日月盈昃，辰宿列張。\n", "")
    (problem,) = compare(published(), read(source), LEDGER)
    assert (problem.code, problem.place) == ("A001", Place(path=LEDGER, line=12))
    assert "日月盈昃" in problem.message
    for word in ("--split p2", "--merge p2", "--withdraw p2"):
        assert word in problem.hint


def test_a_ledger_without_places_is_reported_at_its_top() -> None:
    ledger = record((), read("p1 甲。"), "1.0")
    (problem,) = compare(ledger, (), LEDGER)
    assert problem.place == Place(path=LEDGER)


@pytest.mark.parametrize("fate", [fate for fate in FATES if fate != "live"])
def test_an_ended_id_must_not_be_used_again(fate: str) -> None:
    ledger = tuple(
        replace(a, fate=fate, into=() if fate == "withdrawn" else ("p1",)) if a.id == "p2" else a
        for a in published()
    )
    (problem,) = compare(ledger, read(TEXT.replace("日月盈昃", "另有一段")), LEDGER)
    assert (problem.code, problem.place) == ("A002", Place(path="text.md", line=3))
    assert problem.hint.endswith("{#p4}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "s1 # 天文\np2 天地玄黃，宇宙洪荒。\np1 日月盈昃，辰宿列張。\np3 寒來暑往，秋收冬藏。",
            ["A002 p2", "A002 p1"],
            id="two ids changed places",
        ),
        pytest.param(
            "s1 # 天文\np1 新增一段。\np2 天地玄黃，宇宙洪荒。\np3 日月盈昃，辰宿列張。"
            "\np4 寒來暑往，秋收冬藏。",
            ["A003 p1", "A002 p2", "A002 p3", "A004 p4"],
            id="renumbered after an insertion",
        ),
        pytest.param(
            TEXT.replace("s1 # 天文", "s1 天文").replace("p3 ", "p3 # "),
            ["A002 s1", "A002 p3"],
            id="a heading became a passage, a passage a heading",
        ),
        pytest.param(
            TEXT.replace("p2 日月盈昃，辰宿列張。", "p2 天地玄黃，宇宙洪荒。"),
            ["A003 p2"],
            id="the same words twice are a change, for the first id has them still",
        ),
        pytest.param(TEXT.replace("p2", "p4"), ["A004 p4", "A001 p2"], id="an id was given another name"),
        pytest.param(TEXT + "p4 新增一段。", ["A004 p4"], id="an id was added"),
        pytest.param(TEXT.replace("玄黃", "元黃"), ["A003 p1"], id="a character was changed"),
    ],
)
def test_the_text_against_the_ledger(source: str, expected: list[str]) -> None:
    assert faults(published(), source) == expected


def test_a_change_and_a_new_id_name_the_command_that_records_them() -> None:
    problems = compare(published(), read(TEXT.replace("玄黃", "元黃") + "p4 新增。"), LEDGER)
    assert [(p.place.line, p.hint) for p in problems] == [
        (2, "if the change is meant, run 'site-builder anchors --accept p1'"),
        (5, "run 'site-builder anchors'"),
    ]


def test_a_text_with_a_new_id_is_offered_its_own_id_back() -> None:
    problems = compare(published(), read(TEXT.replace("p2", "p4")), LEDGER)
    assert "write {#p2} again" in next(problems).hint


def test_an_id_with_the_words_of_two_others_has_those_of_the_one_that_lost_them() -> None:
    """The first of the two still has its words."""
    twice = TEXT + "    p4 寒來暑往，秋收冬藏。\n"
    now = twice.replace("天地玄黃，宇宙洪荒。", "寒來暑往，秋收冬藏。").replace(
        "p4 寒來暑往，秋收冬藏。", "p4 新文。"
    )
    found = {p.code: p.message for p in compare(published(twice), read(now), LEDGER) if p.place.line == 2}
    assert list(found) == ["A002"]
    assert "p4" in found["A002"]
    assert "p3" not in found["A002"]


def test_a_withdrawn_text_that_comes_back_under_a_new_id_is_only_new() -> None:
    ledger = withdraw(published(), "p2", "衍文", "1.1")
    (problem,) = compare(ledger, read(TEXT.replace("p2", "p4")), LEDGER)
    assert (problem.code, problem.hint) == ("A004", "run 'site-builder anchors'")
    source = TEXT.replace("    p2 日月盈昃，辰宿列張。\n", "").replace(
        "寒來暑往，秋收冬藏", "日月盈昃，辰宿列張"
    )
    assert faults(ledger, source) == ["A002 p3"]


def test_a_later_text_of_an_id_is_its_own_too() -> None:
    source = TEXT.replace("辰宿列張", "辰宿列張也")
    ledger = accept(published(), read(source), ["p2"], "1.1")
    swapped = "s1 # 天文\np1 日月盈昃，辰宿列張也。\np2 新文。\np3 寒來暑往，秋收冬藏。"
    assert faults(ledger, swapped) == ["A002 p1", "A003 p2"]
    assert faults(ledger, "p2 日月盈昃，辰宿列張。\n" + source.strip()) == ["A003 p2"]


def test_a_text_that_moved_there_by_the_ledger_is_no_reuse() -> None:
    """p1 is split; later its parts are joined again, and p2 has the words that p1 had."""
    parts = "p2 天地玄黃，\np3 宇宙洪荒。"
    ledger = record(published("p1 天地玄黃，宇宙洪荒。"), read(parts), "1.1")
    ledger = split(ledger, "p1", ("p2", "p3"), "1.1")
    assert faults(ledger, parts) == []
    joined = "p2 天地玄黃，宇宙洪荒。"
    ledger = merge(ledger, ("p3",), "p2", "1.2")
    assert faults(accept(ledger, read(joined), ["p2"], "1.2"), joined) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"fate": "merged", "into": ("p8",)}, ["A005 p8"], id="unknown successor"),
        pytest.param({"fate": "split"}, ["A005 p2"], id="split into nothing"),
        pytest.param({"fate": "merged"}, ["A005 p2"], id="merged into nothing"),
        pytest.param({"fate": "withdrawn"}, [], id="withdrawn"),
        pytest.param({"fate": "merged", "into": ("p2",)}, ["A007 p2"], id="into itself"),
    ],
)
def test_a_successor_must_be_known(changes: dict[str, Any], expected: list[str]) -> None:
    ledger = tuple(replace(a, **changes) if a.id == "p2" else a for a in published())
    assert faults(ledger, TEXT.replace("    p2 日月盈昃，辰宿列張。\n", "")) == expected


def test_every_id_with_circular_successors_is_reported() -> None:
    first = published("p1 甲。\np2 乙。\np3 丙。\np4 丁。\np5 戊。")
    into = {"p1": ("p2",), "p2": ("p3", "p4"), "p3": ("p2",), "p5": ("p4",)}
    ledger = tuple(replace(a, fate="merged", into=into[a.id]) if a.id in into else a for a in first)
    assert faults(ledger, "p4 丁。") == ["A007 p1", "A007 p2", "A007 p3"]


def test_a_repeated_id_is_reported_at_its_second_line() -> None:
    ledger = (*published(), replace(published()[1], place=Place(path=LEDGER, line=30)))
    (problem,) = compare(ledger, read(TEXT), LEDGER)
    assert (problem.code, problem.place.line) == ("A006", 30)
    assert faults(published() + published()[:1], TEXT) == ["A006 s1"]
    assert faults((*published(), replace(published()[1], fate="withdrawn")), TEXT) == ["A006 p1"]


# --- what the commands refuse ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "source", "reason"),
    [
        ("p7", TEXT, "p7 is not in the ledger"),
        ("p3", TEXT.replace("寒來", "寒去"), "p3 is withdrawn since edition 1.1"),
        ("p2", TEXT, "nothing to accept"),
        ("p2", "p1 天地玄黃，宇宙洪荒。", "p2 is not in the text"),
        ("p2", "p2 天地玄黃，宇宙洪荒。", "p2 must not have the text that was published as p1"),
        ("p2", "p2 # 日月", "p2 must not become a heading: it was published as a passage"),
    ],
)
def test_accept_refuses(id: str, source: str, reason: str) -> None:
    ledger = withdraw(published(), "p3", "衍文", "1.1")
    with pytest.raises(ValueError, match=reason):
        accept(ledger, read(source), [id], "1.2")


@pytest.mark.parametrize(
    ("id", "into", "reason"),
    [
        ("p7", ("p1", "p2"), "p7 is not in the ledger"),
        ("p1", ("p2", "p7"), "p7 is not in the ledger"),
        ("p3", ("p1", "p2"), "p3 is withdrawn"),
        ("p1", ("p2", "p3"), "p3 is withdrawn"),
        ("p1", ("p1", "p2"), "p1 cannot be its own successor"),
        ("p1", ("p2", "p2"), "two ids or more"),
        ("p1", (), "two ids or more"),
    ],
)
def test_split_refuses(id: str, into: tuple[str, ...], reason: str) -> None:
    ledger = withdraw(published(), "p3", "衍文", "1.1")
    with pytest.raises(ValueError, match=reason):
        split(ledger, id, into, "1.2")


@pytest.mark.parametrize(
    ("ids", "into", "reason"),
    [
        (("p7",), "p1", "p7 is not in the ledger"),
        (("p1",), "p7", "p7 is not in the ledger"),
        (("p1", "p3"), "p2", "p3 is withdrawn"),
        (("p1",), "p3", "p3 is withdrawn"),
        (("p1", "p2"), "p1", "p1 cannot be its own successor"),
        ((), "p1", "must name"),
    ],
)
def test_merge_refuses(ids: tuple[str, ...], into: str, reason: str) -> None:
    ledger = withdraw(published(), "p3", "衍文", "1.1")
    with pytest.raises(ValueError, match=reason):
        merge(ledger, ids, into, "1.2")


@pytest.mark.parametrize(
    ("id", "why", "reason"),
    [("p7", "刪", "not in"), ("p3", "刪", "is withdrawn"), ("p1", "  ", "with a reason")],
)
def test_withdraw_refuses(id: str, why: str, reason: str) -> None:
    ledger = withdraw(published(), "p3", "衍文", "1.1")
    with pytest.raises(ValueError, match=reason):
        withdraw(ledger, id, why, "1.2")


# --- the file -------------------------------------------------------------------------------------


def loaded(text: str) -> Ledger:
    """A ledger as plain YAML; a value that is no text fails in the comparison."""
    anchors = yaml.load(text, Loader=yaml.CSafeLoader)["anchors"]
    for anchor in anchors:
        anchor["into"] = tuple(anchor.get("into", ()))
        anchor["revisions"] = tuple(Revision(**r) for r in anchor.get("revisions", ()))
    return tuple(Anchor(**anchor) for anchor in anchors)


def test_the_file_is_readable() -> None:
    ledger = merge(published("p1 天地玄黃。\np2 日月。"), ("p2",), "p1", "1.1")
    ledger = accept(ledger, read("p1 天地日月。"), ["p1"], "1.1")
    first, now, other = map(digest, ("天地玄黃。", "天地日月。", "日月。"))
    assert dump(ledger) == HEADER + (
        "anchors:\n"
        f'  - {{id: "p1", kind: "passage", edition: "1.0", digest: "{first}", '
        'opening: "天地玄黃。", fate: "live", '
        f'revisions: [{{edition: "1.1", digest: "{now}", opening: "天地日月。"}}]}}\n'
        f'  - {{id: "p2", kind: "passage", edition: "1.0", digest: "{other}", '
        'opening: "日月。", fate: "merged", into: ["p1"], ended: "1.1"}\n'
    )


def test_an_empty_ledger_is_also_a_list() -> None:
    assert yaml.safe_load(dump(())) == {"anchors": []}


# No source may hold a control character, a noncharacter or a separator of lines (F006, Y010).
words = st.text(
    st.characters(exclude_categories=["Cs"]).filter(
        lambda char: not is_forbidden(char) and char not in "\r\u2028\u2029"
    ),
    max_size=12,
) | st.sampled_from(["1.0", "no", "012", "~", "a: b", "#", "[", '"', "\\", "\ufeff\u200b", "𠮷", "\ue000"])
ids = st.from_regex(r"[a-z][a-z0-9-]{0,3}", fullmatch=True) | st.sampled_from(["no", "y", "null"])
anchors = st.builds(
    Anchor,
    id=ids,
    kind=words,
    edition=words,
    digest=words,
    opening=words,
    fate=st.sampled_from(FATES),
    into=st.lists(ids, max_size=2).map(tuple),
    reason=words,
    ended=words,
    revisions=st.lists(st.builds(Revision, edition=words, digest=words, opening=words), max_size=2).map(
        tuple
    ),
    place=st.just(Place(path="")),
)


@given(st.lists(anchors, max_size=3).map(tuple))
def test_reading_the_file_gives_the_same_ledger(ledger: Ledger) -> None:
    text = dump(ledger)
    assert loaded(text) == ledger
    node, problems = yamlio.parse(text, LEDGER)
    assert problems == []
    assert isinstance(node, yamlio.Mapping)
    items = node.items["anchors"]
    assert isinstance(items, yamlio.Sequence)
    assert len(items.items) == len(ledger)


# --- the law --------------------------------------------------------------------------------------


class Edition:
    """A text and its ledger that are edited together by a careful editor."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.number, self.texts = chance, 0, 0
        self.text: dict[str, str] = {}
        self.ledger: Ledger = ()
        self.ever: set[str] = set()

    @property
    def blocks(self) -> Blocks:
        return read("\n".join(f"{id} {text}" for id, text in self.text.items()))

    @property
    def name(self) -> str:
        return f"1.{self.number}"

    def some(self, count: int) -> list[str]:
        return self.chance.sample(sorted(self.text), count)

    def insert(self) -> str:
        """A new passage anywhere, possibly with the words of another."""
        id, rows = next_id(self.ledger, self.blocks), list(self.text.items())
        rows.insert(self.chance.randint(0, len(rows)), (id, self.chance.choice("甲乙丙")))
        self.text = dict(rows)
        self.ledger = record(self.ledger, self.blocks, self.name)
        return id

    def edit(self) -> None:
        for id in self.some(min(2, len(self.text))):
            self.texts += 1
            self.text[id] = f"改{self.texts}"
            self.ledger = accept(self.ledger, self.blocks, [id], self.name)

    def split(self) -> None:
        for id in self.some(min(1, len(self.text))):
            into = [self.insert() for _ in range(self.chance.randint(2, 3))]
            del self.text[id]
            self.ledger = split(self.ledger, id, into, self.name)

    def merge(self) -> None:
        if len(self.text) > 2:
            into, *gone = self.some(3)
            for id in gone:
                del self.text[id]
            self.ledger = merge(self.ledger, gone, into, self.name)

    def withdraw(self) -> None:
        for id in self.some(min(1, len(self.text))):
            del self.text[id]
            self.ledger = withdraw(self.ledger, id, "刪", self.name)

    def reorder(self) -> None:
        self.text = {id: self.text[id] for id in self.some(len(self.text))}


def ends(ledger: Ledger, id: str) -> list[Anchor]:
    """The ids that an id leads to, by plain recursion."""
    anchor = by_id(ledger)[id]
    return [end for heir in anchor.into for end in ends(ledger, heir)] if anchor.into else [anchor]


@settings(max_examples=examples(60))
@given(
    st.lists(
        st.sampled_from(["insert", "insert", "edit", "split", "merge", "withdraw", "reorder"]),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_no_anchor_is_ever_lost_or_given_to_another_passage(steps: list[str], chance: random.Random) -> None:
    edition = Edition(chance)
    for step in ["insert", "insert", *steps]:
        edition.number += 1
        getattr(edition, step)()
        edition.ever |= edition.text.keys()
        ledger = edition.ledger
        assert list(compare(ledger, edition.blocks, LEDGER)) == []
        assert loaded(dump(ledger)) == ledger
        assert [anchor.id for anchor in ledger] == sorted(edition.ever, key=lambda id: int(id[1:]))
        for id in edition.ever:
            last = ends(ledger, id)
            assert {end.fate for end in last} <= {"live", "withdrawn"}
            live = {end.id for end in last if end.fate == "live"}
            assert live == set(successors(ledger, id)) <= edition.text.keys()
