"""A file that is written again keeps the comments and the order that a person gave it."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.edition.ledger_text import dump as dump_ledger
from site_builder.edition.ledger_text import edited
from site_builder.importing.rewrite import HEADER, rewritten
from site_builder.model import Anchor, Place
from site_builder.records import replace
from site_builder.source.yamlio.comments import Comment, comments
from site_builder.source.yamlio.dump import dump

# --- the comments of a file -------------------------------------------------------------------------

FILE = """# top
a: "x # y"  # one
b: |  # two
  # not a comment
  text # nor this
# three
c:
  - d # four
  # five
  - [e, # six
     'f # g'] # seven
  - several
    lines # eight
#
# nine"""


def test_comments_are_found_outside_of_values_only() -> None:
    assert {row: found.words for row, found in comments(FILE).items()} == {
        0: "# top",
        1: "# one",
        2: "# two",
        5: "# three",
        7: "# four",
        8: "# five",
        9: "# six",
        10: "# seven",
        12: "# eight",
        13: "#",
        14: "# nine",
    }
    assert comments(FILE)[1] == Comment(column=12, words="# one")


@pytest.mark.parametrize(
    ("text", "rows"), [("", []), ("a: 1", []), ("#", [0]), ("# a\n", [0]), ("a: 1 #\n\n#b", [0, 2])]
)
def test_comments_are_found_at_the_ends_of_a_file(text: str, rows: list[int]) -> None:
    assert list(comments(text)) == rows


VALUES = st.recursive(
    st.text("ab#水 :'\"\n", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab水", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text("ab水", min_size=1, max_size=3), VALUES, max_size=4),
    st.randoms(use_true_random=False),
)
@settings(max_examples=examples(60))
def test_a_file_without_its_comments_has_the_same_values(value: object, chance: random.Random) -> None:
    rows = dump(value).split("\n")
    assert comments("\n".join(rows)) == {}
    for number in chance.sample(range(len(rows)), k=chance.randint(0, len(rows))):
        try:  # within a value of several rows a comment is part of the value, or an error
            longer = [*rows[:number], rows[number] + " # 註", *rows[number + 1 :]]
            if yaml.safe_load("\n".join(longer)) == value:
                rows = longer
        except yaml.YAMLError:
            continue
    found = comments("\n".join(rows))
    for row, comment in found.items():
        assert rows[row][comment.column :] == comment.words
        rows[row] = rows[row][: comment.column]
    text = "\n".join(rows)
    assert yaml.safe_load(text) == value
    assert comments(text) == {}


# --- a ledger -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("behind", ["", "  # sure", "\t#"])
def test_a_row_of_a_ledger_keeps_its_comment_and_no_part_of_its_values(behind: str) -> None:
    row = f'  - {{id: "p1", kind: "passage", edition: "1.0", fate: "withdrawn", reason: "a}} # b"}}{behind}'
    text = f"anchors:\n{row}\n"
    place = Place("anchors.yaml", 2, 5)
    old = Anchor(
        id="p1", kind="passage", edition="1.0", opening="", fate="withdrawn", reason="a} # b", place=place
    )
    new = replace(old, reason="c")
    found = edited(text, (old,), (new,), comments=comments(text))
    assert found == f"anchors:\n  - {flow_of(new)}{behind}\n"


def flow_of(anchor: Anchor) -> str:
    return dump_ledger((anchor,), "").removeprefix("anchors:\n  - ").removesuffix("\n")


# --- a file of tags -----------------------------------------------------------------------------------

NEW = f"{HEADER}new.csv.\n"
OLD = f"{HEADER}old.csv.\n"


def tags(first: str, **passages: object) -> str:
    return first + dump({"passages": passages})


EDITED = f"""{OLD}# by hand
passages: # two rounds
    # sure
    p9:
        function: scene # seen twice

    p2: # doubt
        gist: "水 # 聲" # heard
        # below
    # gone
    p4: {{function: scene}}
# end
"""


def test_a_passage_with_the_same_tags_stays_as_it_is_written() -> None:
    new = tags(NEW, p2={"gist": "水 # 聲"}, p4={"function": "scene"}, p9={"function": "scene"})
    assert rewritten(EDITED, new) == EDITED.replace(OLD, NEW)


def test_the_comments_of_a_passage_that_has_changed_or_gone_stay() -> None:
    new = tags(NEW, p1={"gist": "一"}, p2={"gist": "二"}, p3={"gist": "三"}, p9={"function": "scene"})
    assert (
        rewritten(EDITED, new)
        == NEW
        + """# by hand
passages: # two rounds
    p1: {gist: 一}
    # sure
    p9:
        function: scene # seen twice

    # doubt
    # heard
    # below
    p2: {gist: 二}
    p3: {gist: 三}
    # gone
# end
"""
    )


@pytest.mark.parametrize(
    "old",
    [
        "passages: {p1: {gist: 一}, p2: {gist: 二}} # both\n",
        "passages:\n  {p1: {gist: 一}, # both\n  p2: {gist: 二}}\n",
        "passages: {} # both\n",
    ],
)
def test_the_comments_of_a_file_that_is_written_otherwise_come_first(old: str) -> None:
    new = tags(NEW, p1={"gist": "一"}, p2={"gist": "三"})
    assert rewritten(OLD + old, new) == new.replace(NEW, f"{NEW}# both\n")


def test_a_file_without_comments_in_the_same_order_is_written_anew() -> None:
    new = tags(NEW, p1={"gist": "一"})
    assert rewritten("", new) == new
    assert rewritten(OLD + "passages: {p1: {gist: 二}}\n", new) == new


@given(
    st.lists(st.integers(1, 6), unique=True, min_size=1),
    st.dictionaries(st.integers(1, 6), st.text("ab#水 \n", max_size=5), min_size=1),
    st.randoms(use_true_random=False),
)
@settings(max_examples=examples(60))
def test_no_comment_and_no_tag_is_ever_lost(
    before: list[int], after: dict[int, str], chance: random.Random
) -> None:
    old = tags(OLD, **{f"p{n}": {"gist": chance.choice(["水", "a # b"])} for n in before}).split("\n")
    kept = []
    for row in range(1, len(old)):
        if chance.random() < 0.5:
            kept.append(f"# 第 {row} 行")
            old[row] += f" {kept[-1]}" if old[row] else kept[-1]
    new = tags(NEW, **{f"p{n}": {"gist": gist} for n, gist in sorted(after.items())})
    found = rewritten("\n".join(old), new)
    assert yaml.safe_load(found) == yaml.safe_load(new)
    assert sorted(one.words for one in comments(found).values()) == sorted([NEW.strip(), *kept])
