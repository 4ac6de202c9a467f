"""The check of the argument in each language: sentences without citation, and quotations that are invented.

Each project is small: one text in its language, and one page of the editors.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import record

from site_builder.check import quotations
from site_builder.cli.main import CLEAN, main
from site_builder.edges import load
from site_builder.model import Problem

TEXTS = {
    "en": (
        "The water’s edge is near. It isn't far, says “Anna”.",
        "People come and go, and the river stays.",
    ),
    "de": (
        "Das Ufer ist nah. Es ist nicht weit, sagt „Anna“.",
        "Menschen kommen und gehen, der Fluss bleibt.",
    ),
    "fr": ("Le bord de l’eau est proche, dit « Anna ».", "On vient et on part ; la rivière reste."),
    "es": ("La orilla está cerca, dice «Anna».", "La gente viene y va; el río queda."),
    "ja": ("岸は近い。「遠くない」とアンナは言う。", "人は来て、去り、川は残る。"),
    "zh-Hans": ("岸很近。“不远”，安娜说。", "人来人往，河还在。"),
    "zh-Hant": ("岸很近。「不遠」，安娜說。", "人來人往，河還在。"),
    "ar": ("الشاطئ قريب، تقول «آنا».", "الناس يأتون ويذهبون، والنهر باق."),
}
"""Language → two passages."""

WORK = """\
title: {title}
author: {title}
year: "2026"
language: {language}
script: {script}
short: {title}
edition: "1"
date: "2026-11-24"
rights: CC0
rights_short: CC0
"""
GRID = """\
name: G
definition: G
dimensions: [{id: flow, name: F, short: F, definition: F}]
relations: [{id: shows, name: S, definition: S}]
functions: [{id: scene, name: S, definition: S}]
"""
PROJECT = """\
format: 4
language: {language}
title: T
subtitle: T
description: T
publisher: T
coder: editors
status: released
version: "1"
date: "2026-11-24"
grid_caption: G
grid_note: G
facets: []
conversion_note: N
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def project(folder: Path, language: str, page: str, *, text: str = "") -> list[Problem]:
    """The problems of a project, whose ledgers have all of its sentences.

    :param text: the language of the text, if it is another than that of the page.
    """
    own = text or language
    passages = TEXTS[own]
    blocks = "".join(f"{words} {{#p{number}}}\n\n" for number, words in enumerate(passages, 1))
    tags = "".join(
        f"  p{number}:\n    function: scene\n    gist: G\n    cells:\n"
        f"      - {{cell: flow, relation: shows, evidence: [{json.dumps(words[:9])}]}}\n"
        for number, words in enumerate(passages, 1)
    )
    base, _, script = own.partition("-")
    files = {
        "corpus/one/work.yaml": WORK.format(title="T", language=base, script=script or "Latn"),
        "corpus/one/text.md": f"# T {{#top}}\n\n{blocks}",
        "annotations/project.yaml": PROJECT.format(language=language),
        "annotations/codebook/grid.yaml": GRID,
        "annotations/one/tags/editors/1.yaml": f"passages:\n{tags}",
        "annotations/pages/home.md": f"---\nid: home\ntitle: T\nabout: home\n---\n\n{page}\n",
    }
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    main(["anchors", str(folder)])
    record(folder)
    return list(load.checked(folder).problems)


def codes(found: list[Problem]) -> list[str]:
    return [problem.code for problem in found]


def test_an_uncited_sentence_and_an_invented_quotation_are_the_only_problems_of_an_english_project(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "The edge, i.e. the bank, is “near” [@p1]. It is lost. Others call it “lost long ago” [@p2]."
    found = project(folder, "en", page)
    assert [(p.code, p.level) for p in found] == [("P001", "error"), ("P010", "error")]
    assert found[0].message == "a sentence must cite a passage: It is lost."
    assert found[1].message == "a quotation must be in a passage that the sentence cites: “lost long ago”"
    assert found[1].hint.endswith("[“…”]{.not-quoted}")


GOOD = {
    "en": "Dr. Lee has “near” and ‘far’ (cf. Vol. 3) [@p1]. “People come” is [“it”]{.not-quoted} [@p2].",
    "de": "Man liest „nah“ und »weit«, z. B. bei Dr. Lee [@p1].",
    "fr": "M. Lee écrit « proche » et “Anna” [@p1]. Il cite « la rivière reste » [@p2].",
    "es": "El Sr. Lee escribe «cerca» y “Anna” [@p1].",
    "ja": "「近い」と「遠くない」である[@p1]。『本』は「川は残る」とする[@p2]。",
    "zh-Hans": "原文说“很近”和‘不远’[@p1]。",
    "zh-Hant": "原文說「很近」和「不遠」[@p1]。",
    "ar": "يقول الكاتب «قريب» و“آنا” [@p1].",
}
INVENTED = {
    "en": ["“very near”", "‘very near’", '"very near"'],
    "de": ["„sehr nah“", "»sehr nah«", "‚sehr nah‘", "“sehr nah”"],
    "fr": ["« tout près »", "“tout près”"],
    "es": ["«muy cerca»", "“muy cerca”"],
    "ja": ["「とても近い」", "“とても近い”"],
    "zh-Hans": ["“极近”", "‘极近’", "「极近」"],
    "zh-Hant": ["「極近」", "『極近』", "“極近”"],
    "ar": ["«قريب جدا»", "“قريب جدا”", "”قريب جدا“"],
}
STOP = {"ja": "。", "zh-Hans": "。", "zh-Hant": "。"}


@pytest.mark.parametrize("language", sorted(GOOD))
def test_a_page_whose_sentences_cite_and_whose_quotations_are_exact_passes(
    folder: Path, language: str
) -> None:
    assert project(folder, language, GOOD[language]) == []


@pytest.mark.parametrize(
    ("language", "words"), [(language, words) for language, found in INVENTED.items() for words in found]
)
def test_an_invented_quotation_is_found_in_the_marks_of_each_language(
    folder: Path, language: str, words: str
) -> None:
    [found] = project(folder, language, f"X {words} [@p1]{STOP.get(language, '.')}")
    assert found.code == "P010"
    assert found.message.endswith(f": {words}")


@pytest.mark.parametrize("language", sorted(GOOD))
def test_a_sentence_without_citation_is_found_in_each_language(folder: Path, language: str) -> None:
    stop = STOP.get(language, ".")
    second = TEXTS[language][1].rstrip(".。")
    space = "" if stop == "。" else " "
    [found] = project(folder, language, f"{second}{space}[@p2]{stop}{space}{second}{stop}")
    assert (found.code, found.message) == ("P001", f"a sentence must cite a passage: {_cut(second + stop)}")


def _cut(words: str) -> str:
    return words if len(words) <= 24 else words[:24] + "…"


def test_the_marks_of_the_language_of_the_cited_work_quote_as_well(folder: Path) -> None:
    assert codes(project(folder, "en", "Lee has »weit weg« [@p1].", text="de")) == ["P010"]
    assert project(folder, "en", "Lee has »weit« [@p1].", text="de") == []


def test_a_quotation_that_is_not_closed_is_reported(folder: Path) -> None:
    [found] = project(folder, "en", "Lee says “near to us [@p1].")
    assert found.code == "P010"
    assert found.message == "a quotation mark must be closed in its sentence: “near to us"


def test_a_mark_up_that_is_not_known_is_reported(folder: Path) -> None:
    assert "P011" in codes(project(folder, "en", "The [“near”]{.quoted} edge [@p1]."))


def test_words_that_are_no_quotation_are_shown_with_their_marks_in_every_format(folder: Path) -> None:
    assert project(folder, "en", "The [“so-called”]{.not-quoted} edge [@p1].") == []
    assert main(["build", str(folder), "--out", str(folder / "out")]) == CLEAN
    pages = [path for path in (folder / "out").rglob("*.html") if "so-called" in path.read_text("utf-8")]
    assert pages
    for path in (folder / "out").rglob("*"):
        if path.is_file() and path.suffix not in (".zip", ".epub", ".qdpx"):
            assert "not-quoted" not in path.read_text("utf-8", errors="replace"), path


@pytest.mark.parametrize(
    ("language", "page"),
    [
        ("ja", "岸は近い．川は残る[@p2]．"),
        ("ja", "岸は近い.川は残る[@p2]."),
        ("ja", "岸は近い!川は残る[@p2]。"),
        ("ja", "岸は近いか?川は残る[@p2]。"),
        ("zh-Hans", "岸很近!人来人往[@p2]。"),
        ("zh-Hant", "岸近嗎?人來人往[@p2]。"),
    ],
)
def test_a_stop_of_another_width_ends_a_sentence_too(folder: Path, language: str, page: str) -> None:
    """So a sentence without citation is not mistaken for a part of the next one."""
    [found] = project(folder, language, page)
    assert (found.code, found.message.rpartition(": ")[2][-1]) == ("P001", page[page.index("[") - 5])


# --- the comparison -----------------------------------------------------------------------------------

PASSAGE = "The water’s edge is\nnear. It isn't far, says “Anna … B.”, and [sic] people come."


@pytest.mark.parametrize(
    "words",
    [
        "The water’s edge",
        "The water's edge",
        "edge is near",
        "edge  is\u00a0near",
        "says ‘Anna … B.’",
        "says 'Anna",
        "The … near",
        "The […] near. […] far",
        "The ... near",
        "The . . . near",
        "… edge is near …",
        "[t]he water’s edge",
        "[I]t isn't",
        "the [river’s] near".replace("the", "The"),
        "far,",
        "near,",
        "people come.",
        "[sic] people",
        "The wat[er’s] edge",
        "The [wat]er’s edge",
        "Anna … B.”, and",
    ],
)
def test_a_quotation_may_differ_from_the_passage_as_usage_allows(words: str) -> None:
    assert quotations.is_in(words, [PASSAGE])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("서울", "그는 서울에 갔다."),
        ("살아 있는 기억", "도시는 살아 있는 기억이다."),
        ("น้ำนิ่ง", "เขามาที่แม่น้ำ น้ำนิ่งมาก"),
        ("ကြီး", "မြို့ကြီးသည်"),
        ("पानी शांत", "पानी शांत है।"),
        ("بيت", "هذا بيتٌ قديم"),
        ('ד"ר כהן', "אמרה ד״ר כהן"),
    ],
)
def test_a_quotation_ends_where_a_word_of_the_script_can_end(words: str, text: str) -> None:
    assert quotations.is_in(words, [text])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("पान", "पानी शांत है।"),
        ("울에", "그는 서울에 갔다."),
        ("بي", "هذا بيتٌ قديم"),
        ("بيت", "اشترى بيتًا"),
    ],
)
def test_a_quotation_does_not_end_within_a_word(words: str, text: str) -> None:
    assert not quotations.is_in(words, [text])


@pytest.mark.parametrize(
    "words",
    [
        "the water’s edge",
        "he water",
        "edge is nea",
        "near … The",
        "The … lost",
        "near!",
        "water edge",
        "[T]t isn't",
        "…",
        "",
        "[…]",
        "[invented]",
        "edge isnear",
        # a part beside words left out is of whole words, at both of its ends
        "he … near",
        "The wat … edge",
        "The … dge",
        "The … nea",
    ],
)
def test_other_words_are_no_quotation_of_the_passage(words: str) -> None:
    assert not quotations.is_in(words, [PASSAGE])


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("他說『好』", "他說「好」。", True),
        ("水……岸", "水近岸遠。", True),
        ("岸……水", "水近岸遠。", False),
        ("水〔甚〕近", "水近岸遠。", True),
        ("水近岸遠", "水近\n岸遠。", True),
        ("水 近", "水近", False),
        ("« un » deux", "«un» deux", True),
        ("ab", "cab", False),
        ("ab", "水ab岸", True),
    ],
)
def test_marks_lines_and_omissions_are_compared_in_every_script(words: str, text: str, found: bool) -> None:
    assert quotations.is_in(words, [text]) is found


def test_each_part_of_a_quotation_is_in_the_same_passage() -> None:
    assert not quotations.is_in("one … two", ["one", "two"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He wrote: the water's edge is near; it isn't far, says Anna!", ["P016"]),
        ("He wrote: the water's edge is near; it isn't far, says Maria!", []),
        ("He wrote: the waters edge is near; it isn't far, says Anna!", []),
    ],
)
def test_a_page_of_rules_may_have_eleven_words_of_a_text_but_not_twelve(
    folder: Path, words: str, expected: list[str]
) -> None:
    page = folder / "annotations" / "pages" / "rules.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"---\nid: rules\ntitle: R\nkind: rules\n---\n\n{words} {{#b1}}\n", encoding="utf-8")
    assert codes(project(folder, "en", "It is near [@p1].")) == expected
