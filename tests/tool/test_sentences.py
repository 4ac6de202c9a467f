"""Sentences keep their ids: how a text is divided, which sentence matches which line, what is recorded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import views
from conftest import change, codes_of, pages_of
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import load
from site_builder.edition import sentences
from site_builder.edition.sentences import SourceSentence
from site_builder.language import language
from site_builder.model import Anchor

LEDGER = "annotations/anchors.yaml"
GATES = "annotations/pages/gates.md"
COVER = "annotations/pages/way-cover.md"


def cut(text: str, tag: str = "zh-Hant") -> list[str]:
    return [text[start:end] for start, end in language.of(tag).sentences(text)]


def lines(folder: Path) -> dict[str, Anchor]:
    project = load.checked(folder).project
    assert project is not None
    works = (anchor for work in project.works for anchor in (*work.ledger, *work.sentences))
    return {anchor.id: anchor for anchor in (*project.anchors, *works)}


def run(folder: Path, *options: str) -> int:
    return main(["anchors", str(folder), *options])


# --- where a sentence ends --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("水近。岸遠。", ["水近。", "岸遠。"]),
        ("水近？！岸遠", ["水近？！", "岸遠"]),
        ("他說「水近。岸遠。」就走了。", ["他說「水近。岸遠。」就走了。"]),
        ("水近（見圖。）。岸遠。", ["水近（見圖。）。", "岸遠。"]),
        ("「水近。岸遠。", ["「水近。", "岸遠。"]),
        ("水近」。岸遠。", ["水近」。", "岸遠。"]),
        ("水近。\n岸遠。", ["水近。", "岸遠。"]),
        ("", []),
        (" 。 ", ["。"]),
        ("Water is near. Banks are far.", ["Water is near. Banks are far."]),
    ],
)
def test_a_sentence_ends_after_a_stop_outside_of_marks(text: str, wanted: list[str]) -> None:
    assert cut(text) == wanted


def test_a_text_in_a_western_language_is_divided_too() -> None:
    text = "Water is near. H. Lefebvre (p. 3) says so! “Really?” Yes, 3.5 miles."
    assert cut(text, "en") == [
        "Water is near.",
        "H. Lefebvre (p. 3) says so!",
        "“Really?”",
        "Yes, 3.5 miles.",
    ]


@given(st.text("水岸。！？「」『』（）,. \nA", max_size=40))
def test_the_sentences_of_a_text_are_all_of_its_words_in_order(text: str) -> None:
    assert re.sub(r"\s", "", "".join(cut(text))) == re.sub(r"\s", "", text)
    assert re.sub(r"\s", "", "".join(cut(text, "en"))) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("tag", "text", "wanted"),
    [
        ("en", "Go. She nods. ", (3,)),
        ("de", "Geh. 好。", (4,)),
        ("en", "好。", ()),
        ("zh-Hant", "好。她來。", (2,)),
        ("zh-Hant", "好。她來", (2,)),
        ("zh-Hant", "好!她來! \n", (2,)),
        ("ja", "行く。来る。", (3,)),
        ("ar", "هل جاء؟ نعم؟", (7,)),
        ("hi", "वह आया। वह गया।", (7,)),
    ],
)
def test_the_end_of_the_last_sentence_is_no_break_in_any_language(
    tag: str, text: str, wanted: tuple[int, ...]
) -> None:
    assert language.of(tag).sentence_breaks(text) == wanted


@given(
    st.text("水岸。！？「」『』（）,.؟।? \nAb", max_size=40),
    st.sampled_from(["", "en", "zh-Hant", "ja", "ar"]),
)
def test_words_follow_every_break(text: str, tag: str) -> None:
    breaks = language.of(tag).sentence_breaks(text)
    assert list(breaks) == sorted({*breaks})
    assert all(text[:end].strip() and text[end:].strip() for end in breaks)


# --- which sentence has which line ------------------------------------------------------------------


def line(id_: str, text: str, block: str = "b1", fate: str = "live") -> Anchor:
    return Anchor(
        id=id_,
        kind="sentence",
        block=block,
        edition="1.0",
        digest=sentences.digest(text),
        opening=text[:12],
        fate=fate,
    )


def bound(texts: list[str], ledger: list[Anchor]) -> list[str]:
    """The ids that sentences of one block get."""
    found = sentences.bind([SourceSentence(block="b1", text=text) for text in texts], ledger, across=True)
    return list(sentences.ids(found, [anchor.id for anchor in ledger]))


OLD = [line("n1", "水在圳裡流著。"), line("n2", "岸上種著竹子。"), line("n3", "人從橋上走過。")]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["水在圳裡流著。", "岸上種著竹子。", "人從橋上走過。"], ["n1", "n2", "n3"]),
        (["人從橋上走過。", "水在圳裡流著。", "岸上種著竹子。"], ["n3", "n1", "n2"]),
        (["水在圳裡流著。", "新的一句。", "岸上種著竹子。", "人從橋上走過。"], ["n1", "b1-s1", "n2", "n3"]),
        (["水在圳裡流著。", "岸上種著許多竹子。", "人從橋上走過。"], ["n1", "n2", "n3"]),
        (["水在圳裡流著。", "全然不同。", "人從橋上走過。"], ["n1", "n2", "n3"]),
        (["水在圳裡流著。", "人從橋上走過。"], ["n1", "n3"]),
        (["水在圳裡流著。", "岸上種著竹子，", "竹根抓住土。", "人從橋上走過。"], ["n1", "n2", "b1-s1", "n3"]),
        (["岸上\n種著竹子。"], ["n2"]),
    ],
)
def test_a_sentence_keeps_its_id(texts: list[str], wanted: list[str]) -> None:
    assert bound(texts, OLD) == wanted


def test_an_id_that_has_ended_is_never_given_again() -> None:
    ledger = [line("b1-s1", "水。"), line("b1-s2", "岸。", fate="withdrawn"), line("b1-7", "人。")]
    assert bound(["水。", "岸。", "人。"], ledger) == ["b1-s1", "b1-s8", "b1-7"]


def test_two_sentences_with_the_same_words_have_two_ids() -> None:
    assert bound(["水。", "岸。", "水。"], [line("n1", "水。"), line("n2", "水。")]) == ["n1", "b1-s1", "n2"]


@given(st.lists(st.sampled_from(["水。", "岸。", "人。", "橋在下游。", "橋在上游。"]), max_size=6))
def test_no_two_sentences_have_one_id(texts: list[str]) -> None:
    found = bound(texts, [*OLD, line("n4", "橋在下游。"), line("n5", "水。")])
    assert len(set(found)) == len(found)


# --- what the command records -----------------------------------------------------------------------


def test_a_sentence_put_before_others_moves_no_id(copy: Path) -> None:
    change(copy, GATES, "水「過三道閘」", "木牌上的字年年重描[@p10]。水「過三道閘」")
    assert codes_of(copy) == ["A008"]
    before = (copy / LEDGER).read_text(encoding="utf-8")
    assert run(copy) == CLEAN
    assert codes_of(copy) == []
    page = pages_of(load.checked(copy))["gates.html"].decode()
    assert re.findall(r'<span id="(n\d|b1-s\d)">(.)', page) == [("b1-s1", "木"), ("n1", "水"), ("n2", "木")]
    after = (copy / LEDGER).read_text(encoding="utf-8").splitlines()
    [new] = [one for one in after if one not in before.splitlines()]
    assert '"gates.html#b1-s1"' in new
    after.remove(new)
    assert after == before.splitlines(), "a line is added and no other is changed or moved"


def test_a_changed_sentence_keeps_its_id_when_it_is_accepted(copy: Path) -> None:
    change(copy, GATES, "木牌上的先後見", "木牌上所寫的先後見")
    assert run(copy) == CLEAN
    assert codes_of(copy) == ["A008"], "recording new ids accepts no change"
    assert run(copy, "--accept", "gates.html#b1") == CLEAN
    assert codes_of(copy) == []
    assert [r.edition for r in lines(copy)["gates.html#n2"].revisions] == ["2.0"]


def test_a_sentence_that_is_gone_leads_to_its_block(copy: Path) -> None:
    change(copy, GATES, "木牌上的先後見[分水](ways:share)[@p9 ways:share]。", "")
    assert run(copy, "--accept", "gates.html") == CLEAN
    assert codes_of(copy) == []
    gone = lines(copy)["gates.html#n2"]
    assert (gone.fate, gone.into, gone.ended) == ("merged", ("gates.html#b1",), "2.0")
    page = pages_of(load.checked(copy))["gates.html"].decode()
    assert '<span class="gone" id="n2"></span>' in page


def test_a_sentence_joined_to_another_leads_to_it(copy: Path) -> None:
    change(copy, GATES, "[@p1 things:gate]。木牌上的先後見", "；木牌上的先後見")
    change(copy, GATES, "[@p9 ways:share]。", "[@p9 ways:share; @p1 things:gate]。")
    assert run(copy, "--accept", "gates.html#b1") == CLEAN
    assert lines(copy)["gates.html#n2"].into == ("gates.html#n1",)


def test_a_paragraph_is_divided_and_its_sentences_keep_their_ids(copy: Path) -> None:
    change(copy, GATES, "[@p1 things:gate]。木牌", "[@p1 things:gate]。 {#b1}\n\n木牌")
    change(copy, GATES, "[@p9 ways:share]。 {#b1}", "[@p9 ways:share]。")
    assert run(copy) == CLEAN
    assert codes_of(copy) == []
    assert (copy / GATES).read_text(encoding="utf-8").endswith("[@p9 ways:share]。 {#b2}\n")
    assert lines(copy)["gates.html#n2"].block == "b2"


def test_ids_that_were_lost_are_written_back(copy: Path) -> None:
    before = {name: (copy / name).read_bytes() for name in (GATES, COVER, "annotations/pages/grid.md")}
    for name in before:
        path = copy / name
        path.write_text(re.sub(r" \{#\w+\}", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert set(codes_of(copy)) == {"A009"}
    assert run(copy) == CLEAN
    assert {name: (copy / name).read_bytes() for name in before} == before


def test_a_page_that_is_withdrawn_keeps_its_address_and_its_anchors(copy: Path) -> None:
    (copy / GATES).unlink()
    assert codes_of(copy) == ["A001"]
    assert run(copy, "--withdraw", "gates.html", "--reason", "併入別頁。") == CLEAN
    assert codes_of(copy) == []
    files = pages_of(load.checked(copy))
    for tree in views.SCRIPTS:
        page = files[f"{tree}gates.html"].decode()
        assert all(f'id="{id_}"' in page for id_ in ("n1", "n2", "b1"))
    assert "併入別頁。" in files["gates.html"].decode()
    assert "「水『過三道閘』，才到田。」" in files["gates.html"].decode()
    (copy / GATES).write_text("---\nid: gates\ntitle: 又\n---\n\n水[@p1]。 {#b9}\n", encoding="utf-8")
    assert "A002" in codes_of(copy), "the address of a page is never given to another"


def test_an_entry_that_is_merged_leads_to_the_other(copy: Path) -> None:
    path = copy / "annotations/codebook/facets/things.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  - {id: bamboo, name: 竹, definition: 北岸所種。}\n", ""), encoding="utf-8"
    )
    for tags in (copy / "annotations/canal/tags/editors").glob("*.yaml"):
        text = tags.read_text(encoding="utf-8")
        tags.write_text(re.sub(r"(?m)^    things: \[bamboo\]\n", "", text), encoding="utf-8")
    ruling = copy / "annotations/canal/adjudication.yaml"
    text = ruling.read_text(encoding="utf-8")
    ruling.write_text(re.sub(r"(?m)^.*code: things:bamboo,.*\n", "", text), encoding="utf-8")
    assert [code for code in codes_of(copy) if code.startswith("A")] == ["A001"]
    options = ("--merge", "things/index.html#bamboo", "--into", "things/index.html#gate")
    assert run(copy, *options) == CLEAN
    found = lines(copy)
    assert found["things/index.html#bamboo-is-1"].into == ("things/index.html#gate",)
    page = pages_of(load.checked(copy))["things/index.html"].decode()
    assert all(f'id="{id_}"' in page for id_ in ("bamboo", "bamboo-is", "bamboo-is-1"))


def test_the_sentences_of_a_passage_end_with_it_and_lead_to_its_parts(copy: Path) -> None:
    record = copy / "corpus/canal/work.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("witness: notebook\n", ""), encoding="utf-8")
    text = "corpus/canal/text.md"
    change(copy, text, "時緩，在閘口打一個轉再走。遠看", "時緩，在閘口打一個轉再走。 {#p11}\n\n遠看")
    change(copy, text, "（見圖）。 {#p2}", "（見圖）。 {#p12}")
    assert run(copy, "--split", "p2", "--into", "p11", "--into", "p12") == CLEAN
    found = lines(copy)
    assert found["p2-s1"].into == ("p11-s1",)
    assert found["p2-s2"].into == ("p12-s1",)


# --- the file ---------------------------------------------------------------------------------------


def test_comments_blank_lines_order_and_line_ends_of_a_ledger_stay(copy: Path) -> None:
    path = copy / LEDGER
    text = path.read_text(encoding="utf-8")
    own = text.replace("anchors:\n", "anchors:\n\n  # the editors' own remark\n").rstrip("\n")
    own = own.replace(
        'opening: "木牌上的先後見分水。", fate: "live"}',
        'opening: "木牌上的先後見分水。", fate: "live"}  # mine',
    )
    path.write_bytes(own.replace("\n", "\r\n").encode())
    change_bytes = (copy / GATES).read_text(encoding="utf-8").replace("木牌上的先後見", "木牌上所寫的先後見")
    (copy / GATES).write_text(change_bytes, encoding="utf-8")
    assert run(copy, "--accept", "gates.html#b1") == CLEAN
    after = path.read_bytes().decode()
    assert after.count("\r\n") == after.count("\n") == own.count("\n")
    old, new = own.split("\n"), after.split("\r\n")
    different = [number for number, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    assert len(different) == 1
    assert "revisions:" in new[different[0]]
    assert new[different[0]].endswith("  # mine")


def test_a_ledger_in_blocks_is_changed_where_it_must_be(copy: Path) -> None:
    path = copy / "corpus/canal/anchors.yaml"
    text = path.read_text(encoding="utf-8")
    [row] = [one for one in text.splitlines() if '"p6-s1"' in one]
    block = "  - id: p6-s1\n    # why\n    kind: sentence\n    block: p6\n    edition: '2.0'\n"
    block += f"    digest: {re.findall(r'sha256:[0-9a-f]+', row)[0]}\n    opening: 南岸沒有路，只有田。\n"
    path.write_text(text.replace(row + "\n", block), encoding="utf-8")
    assert codes_of(copy) == []
    change(copy, "corpus/canal/work.yaml", "witness: notebook\n", "")
    change(copy, "corpus/canal/text.md", "南岸沒有路，只有田。", "南岸沒有路，只有水田。")
    assert run(copy, "--accept", "p6") == CLEAN
    after = path.read_text(encoding="utf-8")
    assert "    # why\n" in after
    assert after.replace(" ", "").count('id:"p6-s1"') == 1


def test_an_address_and_an_id_of_a_text_are_not_changed_at_once(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(copy, "--accept", "p6", "gates.html#b1") == FAULTS
    assert "not both" in capsys.readouterr().err
