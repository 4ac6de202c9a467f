"""Import of tags from other programs.

A round trip through each format keeps every tag, evidence and note of every coder.  A quotation gets a
verdict and is imported only if a person accepts it.  Problems have their places in the imported file.
Nothing is written unless the project is valid with it, and a file that a person wrote is never overwritten.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import pytest
from conftest import ROOT, TINY, differing, on_disk
from hypothesis import given
from hypothesis import strategies as st

from site_builder.check import manual
from site_builder.cli.main import CLEAN, FAULTS, USAGE, main
from site_builder.edges import load
from site_builder.edition import codetree, quotes
from site_builder.formats import readers
from site_builder.formats.codings import codings
from site_builder.formats.refi import shared
from site_builder.formats.refi import write as refi
from site_builder.importing.resolve import written
from site_builder.importing.unbroken import unbroken
from site_builder.model import Quote, Tagging

FORMATS = ("csv", "webannotation", "refi")
PAGE = "https://example.org/canal/canal/index.html"
NEW = "annotations/canal/tags/ming/imported.yaml"


@pytest.fixture(params=["repository", "tiny"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a project that a test may change."""
    folder = tmp_path / "project"
    source = ROOT if request.param == "repository" else TINY
    for name in ("corpus", "annotations"):
        shutil.copytree(source / name, folder / name)
    return folder


def statements(folder: Path) -> dict[str, list[object]]:
    """Coder → all statements of the coder, evidence by its words and places."""
    found = load.checked(folder)
    assert found.sound, "\n".join(map(str, found.problems))
    assert found.project is not None
    assert found.index is not None
    index = found.index
    reported: dict[str, list[object]] = {}

    def statement(tagging: Tagging) -> object:
        passage = index.passages[(tagging.work, tagging.passage)]
        tags = [
            (
                one.facet,
                one.code,
                one.relation,
                one.evidence,
                one.quotations,
                one.note,
                one.traits,
                one.voices,
            )
            for one in codings(index, tagging, passage)
        ]
        cells = [tag for tag in tags if not tag[0]]
        entries = sorted(
            (tag for tag in tags if tag[0]), key=lambda tag: tag[0]
        )  # in the order of each facet
        words = (tagging.function, tagging.gist, tagging.gist.of("en"), tagging.note)
        return (tagging.work, passage.id, cells, entries, words)

    for tagging in sorted(
        found.project.taggings, key=lambda t: list(index.passages).index((t.work, t.passage))
    ):
        reported.setdefault(tagging.coder, []).append(statement(tagging))
    return reported


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_a_round_trip_keeps_every_tag_evidence_and_note_of_every_coder(
    project: Path, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = statements(project)
    out = tmp_path / "tags"
    assert main(["export", form, str(project), "--out", str(out)]) == CLEAN
    renamed = [f"--coder={coder}=again-{coder}" for coder in before]
    assert main(["import-tags", str(out), str(project), *renamed]) == CLEAN
    after = statements(project)
    assert after == before | {f"again-{coder}": reported for coder, reported in before.items()}
    printed = capsys.readouterr()
    unrecorded = [line for line in printed.err.splitlines() if " K002 the coder again-" not in line]
    assert unrecorded == []
    left = printed.out.partition("cannot carry:\n")[2]
    assert "  Alternatives, notes of the editors, and edges" in left
    quotations = printed.out.partition("quotations: ")[2].splitlines()[0]
    assert quotations.endswith(" exact")
    assert "," not in quotations


@pytest.mark.parametrize("form", FORMATS)
def test_the_tags_of_three_coders_stay_separate_in_a_round_trip(
    copy: Path, form: str, tmp_path: Path
) -> None:
    out = tmp_path / "tags"
    for turn in ("one", "two"):
        assert main(["export", form, str(copy), "--out", str(out)]) == CLEAN
        names = [coder for coder in statements(copy) if "-" not in coder]
        others = [coder for coder in statements(copy) if "-" in coder]
        renamed = [f"--coder={coder}={coder}-{turn}" for coder in [*names, *others]]
        assert main(["import-tags", str(out), str(copy), *renamed]) == CLEAN
    found = statements(copy)
    assert len(found) == 8
    assert all(reported == found[coder.partition("-")[0]] for coder, reported in found.items())


def test_the_same_file_gives_the_same_bytes_in_each_format_except_for_its_name(
    copy: Path, tmp_path: Path
) -> None:
    written = set()
    for form in FORMATS:
        assert main(["export", form, str(copy), "--out", str(tmp_path / form)]) == CLEAN
    for form in FORMATS:
        out = tmp_path / form
        main(["import-tags", str(out), str(copy), "--replace", "--coder=editors=ming", "--coder=reader=hua"])
        first, _, rest = (copy / NEW).read_text(encoding="utf-8").partition("\n")
        assert first.endswith(f" from {form}.")
        written.add(rest)
    assert len(written) == 1


# --- the coder ------------------------------------------------------------------------------------


def table(*rows: Mapping[str, str]) -> bytes:
    """A table as a person writes it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines).encode()


SCENE = {"passage": "p2", "function": "scene"}
VOICE = {"passage": "p2", "tag": "flow~a:shows", "quote_1": "水是有聲音的"}

Take = Callable[..., tuple[int, str, str]]


@pytest.fixture
def take(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Take:
    """Give a file to the command: (exit code, output, error output)."""

    def taking(data: bytes, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "their file"
        path.write_bytes(data)
        status = main(["import-tags", str(path), str(copy), *options])
        printed = capsys.readouterr()
        return status, printed.out, printed.err.replace(f"{path}:", "FILE:")

    return taking


def test_a_table_of_one_coder_is_given_a_name(take: Take, copy: Path) -> None:
    status, out, err = take(table({**SCENE, **VOICE}), "--coder", "ming")
    assert (status, err) == (CLEAN, "")
    assert out.startswith(f"{NEW}: written, 1 tag of 1 passage\nquotations: 1 exact\n")
    assert (copy / NEW).read_text(encoding="utf-8").splitlines()[1:] == [
        "passages:",
        "  p2:",
        "    function: scene",
        "    cells:",
        "    - cell: flow~a",
        "      relation: shows",
        "      evidence: [水是有聲音的]",
    ]


@pytest.mark.usefixtures("kept_results")
def test_imported_tags_are_shown_beside_the_others(take: Take, copy: Path) -> None:
    """The method page compares all coders, unless the editors decide between two of them."""
    (copy / "annotations/canal/adjudication.yaml").unlink()
    assert take(table({**SCENE, **VOICE}), "--coder", "ming")[0] == CLEAN
    assert main(["build", str(copy), "--out", str(copy / "_site")]) == CLEAN
    assert "ming" in (copy / "_site" / "method.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ((), FAULTS, "I006 a coder must be new to the project; editors has tagged canal already"),
        (("--replace",), FAULTS, "--coder editors=NAME takes the tags in as another's"),
        (
            ("--coder", "ming"),
            FAULTS,
            "the file has 2 coders: editors, hua / name each: --coder",
        ),
        (("--coder", "wen=ming"), FAULTS, "the file has no coder 'wen' / it has: editors, hua"),
        (("--coder", "editors=hua"), FAULTS, "two coders of the file must not both be hua"),
        (("--coder", "editors=黃"), USAGE, "must be an id / a letter"),
        (("--coder", "editors=a/../b"), USAGE, "must be an id / a letter"),
        (("--coder", "editors=reader"), FAULTS, "I006 a coder must be new to the project; reader has tagged"),
    ],
    ids=[
        "theirs is ours",
        "no leave to replace",
        "one name for two",
        "nobody",
        "same",
        "Han",
        "path",
        "taken",
    ],
)
def test_the_coder_of_the_tags_must_be_clear(
    take: Take, copy: Path, options: tuple[str, ...], status: int, words: str
) -> None:
    before = on_disk(copy)
    two = table({**VOICE, "coder": "editors"}, {**VOICE, "coder": "hua"})
    found, out, err = take(two, *options)
    assert (found, out) == (status, "")
    assert words in err
    assert differing(on_disk(copy), before) == []


def test_imported_tags_are_overwritten_only_on_request(take: Take, copy: Path) -> None:
    assert take(table({**SCENE, **VOICE}), "--coder", "ming")[0] == CLEAN
    first = (copy / NEW).read_bytes()
    again = table({**SCENE, **VOICE, "gist": "水有聲。"})
    status, _, err = take(again, "--coder", "ming")
    assert status == FAULTS
    assert "--replace writes over what was taken in before" in err
    assert (copy / NEW).read_bytes() == first
    assert take(again, "--coder", "ming", "--replace")[0] == CLEAN
    assert "gist: 水有聲。" in (copy / NEW).read_text(encoding="utf-8")


def test_comments_and_order_of_imported_tags_stay(take: Take, copy: Path) -> None:
    """A person may write remarks into an imported file, and move its passages."""
    assert take(table({**SCENE, **VOICE}), "--coder", "ming")[0] == CLEAN
    found = (copy / NEW).read_text(encoding="utf-8").split("\n")
    found[3] += "  # 要再看"
    found = [found[0], "# 第一輪", found[1] + " # 只有一段", "  # 在前", *found[2:-1], "# 完", ""]
    (copy / NEW).write_text("\n".join(found), encoding="utf-8")
    assert take(table({**SCENE, **VOICE}), "--coder", "ming", "--replace")[0] == CLEAN
    same = (copy / NEW).read_text(encoding="utf-8").split("\n")
    assert same[1:] == found[1:]  # the first row names the file
    assert take(table({**SCENE, **VOICE, "gist": "水有聲。"}), "--coder", "ming", "--replace")[0] == CLEAN
    after = (copy / NEW).read_text(encoding="utf-8")
    assert [row.strip() for row in after.split("\n") if "#" in row][1:] == [
        *("# 第一輪", "passages: # 只有一段", "# 在前", "# 要再看", "# 完")
    ]
    assert "gist: 水有聲。" in after


def test_a_file_that_a_person_wrote_is_never_overwritten(take: Take, copy: Path) -> None:
    own = copy / "annotations/canal/tags/ming/mine.yaml"
    own.parent.mkdir()
    own.write_text("passages:\n  p4:\n    function: scene\n", encoding="utf-8")
    status, _, err = take(table({**SCENE, **VOICE}), "--coder", "ming", "--replace")
    assert status == FAULTS
    assert "I006" in err
    assert not (copy / NEW).exists()


def test_a_dry_run_reports_and_writes_nothing(take: Take, copy: Path) -> None:
    before = on_disk(copy)
    status, out, _ = take(table({**SCENE, **VOICE}), "--coder", "ming", "--dry-run")
    assert status == CLEAN
    assert out.startswith(f"{NEW}: would be written")
    assert differing(on_disk(copy), before) == []


def test_the_name_of_the_file_cannot_become_a_part_of_ours(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "tags\nevil: {}\x07.csv"
    path.write_bytes(table({**SCENE, **VOICE}))
    assert main(["import-tags", str(path), str(copy), "--coder", "ming"]) == CLEAN
    first, second, *_ = (copy / NEW).read_text(encoding="utf-8").splitlines()
    assert first == "# Taken in by `site-builder import-tags` from tags evil: {}\ufffd.csv."
    assert second == "passages:"
    assert main(["check", str(copy)]) == CLEAN


def test_a_failed_write_is_reported(take: Take, copy: Path) -> None:
    (copy / "annotations/canal/tags/ming").write_text("a file where the folder would be", encoding="utf-8")
    status, _, err = take(table({**SCENE, **VOICE}), "--coder", "ming")
    assert status == FAULTS
    assert f"{NEW} cannot be written: " in err
    assert err.endswith("/ look at its folder and the free space; nothing was written\n")


# --- quotations -----------------------------------------------------------------------------------

LONG = "近看，水是有聲音的：過石頭時急，過草根時緩"
CHANGED = LONG.replace("急", "慢")


def annotation(exact: str, prefix: str = "", suffix: str = "", passage: str = "p2") -> dict[str, object]:
    words = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {
        "type": "Annotation",
        "id": "urn:x:1",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "flow~a:shows"},
        "target": {
            "source": PAGE,
            "selector": {"type": "FragmentSelector", "value": passage, "refinedBy": words},
        },
    }


def web(*found: Mapping[str, object]) -> bytes:
    return json.dumps(found, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (web(annotation("水是有聲音的", prefix="別處的字")), "moved"),
        (web(annotation(CHANGED)), "changed"),
        (table({**VOICE, "quote_1": CHANGED}), "changed"),
    ],
    ids=["moved", "changed", "changed in a table"],
)
def test_moved_and_changed_quotations_are_imported_with_the_present_words_and_only_with_accept(
    take: Take, copy: Path, data: bytes, verdict: str
) -> None:
    status, out, err = take(data, "--coder", "ming")
    assert (status, out) == (FAULTS, "")
    assert f"this one is {verdict}" in err
    assert "--accept takes it" in err
    assert not (copy / NEW).exists()
    status, out, err = take(data, "--coder", "ming", "--accept")
    assert status == CLEAN
    assert f"quotations: 1 {verdict}" in out
    assert "(review)" in err
    text = (copy / NEW).read_text(encoding="utf-8")
    assert "慢" not in text
    assert "水是有聲音的" in text
    assert main(["check", str(copy)]) == CLEAN


@pytest.mark.parametrize(
    ("words", "passage", "verdict"), [("字", "p10", "ambiguous"), ("海上有船", "p2", "lost")]
)
def test_ambiguous_and_lost_quotations_are_never_imported(
    take: Take, copy: Path, words: str, passage: str, verdict: str
) -> None:
    data = web(annotation(words, passage=passage), annotation("遠看只有一條白線"))
    for options in (("--strict",), ("--strict", "--accept")):
        status, out, err = take(data, "--coder", "ming", *options)
        assert (status, out) == (FAULTS, "")
        assert f"this one is {verdict}: {words}" in err
    status, out, err = take(data, "--coder", "ming")
    assert status == CLEAN
    assert f"left out: evidence must be an exact quotation of {passage}; this one is {verdict}: " in err
    assert "1 tag of 1 passage" in out
    assert "left out: 1 statement (1 I004); --strict takes all or nothing" in out
    text = (copy / NEW).read_text(encoding="utf-8")
    assert words not in text
    assert "遠看只有一條白線" in text


# --- line ends of a page ---------------------------------------------------------------------------------


def nowhere(exact: str, prefix: str = "", suffix: str = "") -> dict[str, object]:
    """An annotation of a copy of the text on another page, with words only."""
    words = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {**annotation(exact), "target": {"source": "urn:x-pdf:1234", "selector": words}}


@pytest.mark.parametrize(
    "data",
    [
        web(annotation("水是有\n聲音的")),
        web(annotation("水是有\r\n　　聲音的", prefix="近看，\n", suffix="：\n過石頭")),
        web(nowhere("水是有\n聲音的", prefix="一、水\n近看，")),
        table({**VOICE, "quote_1": "水是有\n聲音的"}),
        table({**VOICE, "quote_1": " 水是\n有聲\n音的\n"}),
        table({**VOICE, "quote_1": "水是有\n声音的"}),
    ],
    ids=["annotation", "with context", "of another page", "table", "several lines", "Simplified"],
)
def test_words_that_differ_only_in_line_ends_are_exact(take: Take, copy: Path, data: bytes) -> None:
    status, out, _ = take(data, "--coder", "ming")
    assert status == CLEAN
    assert "quotations: 1 exact" in out
    assert "evidence: [水是有聲音的]" in (copy / NEW).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("the up-\nper dike", "Near the upper dike.", "the upper dike"),
        ("a well-\nkept dike", "On a well-kept dike.", "a well-kept dike"),
        ("the soft\u00ad\nware", "All the software.", "the software"),
        ("the\nupper   \n dike", "Near the upper dike.", "the upper dike"),
        ("水\n\n岸", "水岸", "水岸"),
        ("水\n岸", "水。岸", "水\n岸"),
        ("the upper\ndike", "the  upper dike", "the upper\ndike"),
        ("一行\n二行", "一行\n二行", "一行\n二行"),
        ("\n", "水", "\n"),
        ("a.c\nd", "abc d", "a.c\nd"),
    ],
)
def test_a_line_end_is_a_space_or_nothing(words: str, text: str, found: str) -> None:
    assert unbroken(words, text) == found


# --- correct statements are imported, the others are reported ----------------------------------------

GOOD = table(VOICE).decode()
LONGER = "這一句提要長得連一條圳也流不完它說了又說繞了又繞把一段話的意思抄了兩遍還不肯停下來非要寫滿一行不可"
OTHERS: dict[str, tuple[str, Mapping[str, str]]] = {
    "a code of their own": ("I002", {**VOICE, "tag": "mine"}),
    "a passage that is none": ("I003", {**VOICE, "passage": "p77"}),
    "words that are lost": ("I004", {**VOICE, "quote_1": "海上有船"}),
    "words that have changed": ("I004", {**VOICE, "quote_1": LONG.replace("急", "慢")}),
    "a cell without a relation": ("I005", {**VOICE, "tag": "flow~a"}),
    "a cell without evidence": ("I005", {"passage": "p4", "tag": "flow~a:shows"}),
    "a gist that is too long": ("I005", {"passage": "p4", "gist": LONGER}),
}


@pytest.mark.parametrize("case", OTHERS)
def test_correct_statements_are_imported_and_the_others_are_reported(
    take: Take, copy: Path, case: str
) -> None:
    code, other = OTHERS[case]
    status, out, err = take(table(VOICE, other), "--coder", "ming")
    assert status == CLEAN
    (line,) = err.splitlines()
    assert line.startswith(f"FILE:3:1: {code} left out: ")
    assert line.endswith(" (review)")
    assert f"left out: 1 statement (1 {code})" in out
    mixed = (copy / NEW).read_bytes()
    assert main(["check", str(copy)]) == CLEAN
    assert take(GOOD.encode(), "--coder", "ming", "--replace")[0] == CLEAN
    assert mixed == (copy / NEW).read_bytes()


@pytest.mark.parametrize("case", OTHERS)
def test_strict_imports_all_or_nothing(take: Take, copy: Path, case: str) -> None:
    before = on_disk(copy)
    code, other = OTHERS[case]
    status, out, err = take(table(VOICE, other), "--coder", "ming", "--strict")
    assert (status, out) == (FAULTS, "")
    assert f"FILE:3:1: {code} " in err
    assert "(review)" not in err
    assert differing(on_disk(copy), before) == []
    assert take(GOOD.encode(), "--coder", "ming", "--strict")[0] == CLEAN


def test_nothing_is_written_if_nothing_can_be_imported(take: Take, copy: Path) -> None:
    before = on_disk(copy)
    status, out, err = take(table({**VOICE, "tag": "mine"}), "--coder", "ming")
    assert (status, out) == (FAULTS, "")
    assert "I002 left out: unknown tag: mine" in err
    assert "I001 the file must hold tags that can be taken / correct what is reported" in err
    assert differing(on_disk(copy), before) == []


@pytest.mark.parametrize("kind", ["function", "gist", "gist_en"])
def test_of_two_contradicting_statements_neither_is_imported(take: Take, copy: Path, kind: str) -> None:
    first, second = ("scene", "turn") if kind == "function" else ("甲", "乙")
    rows = table({**VOICE, kind: first}, {"passage": "p2", kind: second}, {"passage": "p4", "note": "可"})
    status, out, err = take(rows, "--coder", "ming")
    assert status == CLEAN
    assert err.startswith(f"FILE:3:1: I005 left out: p2 must have one {kind}, not {first} (at ")
    assert "left out: 2 statements (2 I005)" in out
    text = (copy / NEW).read_text(encoding="utf-8")
    assert f"{kind}:" not in text
    assert "水是有聲音的" in text


def test_two_notes_are_both_kept(take: Take, copy: Path) -> None:
    rows = table(
        {**VOICE, "note": "一說", "tag_note": "因一"},
        {**VOICE, "quote_1": "遠看", "note": "又一說", "tag_note": "因二"},
    )
    status, _, err = take(rows, "--coder", "ming")
    assert (status, err) == (CLEAN, "")
    found = load.checked(copy).project
    assert found is not None
    (tagging,) = [one for one in found.taggings if one.coder == "ming"]
    assert tagging.note == "一說\n又一說"
    assert tagging.cells[0].note == "因一\n因二"


def test_of_more_quotations_than_a_cell_may_have_the_first_are_imported(take: Take, copy: Path) -> None:
    """Five quotations where the grid allows two."""
    words = ("近看", "水是有聲音的", "過石頭時急", "過草根時緩", "遠看")
    many = {f"quote_{n}": w for n, w in enumerate(words, 1)}
    data = table({**VOICE, "passage": "p9", "quote_1": "誰家先放"}, {**VOICE, **many})
    status, _, err = take(data, "--coder", "ming", "--strict")
    assert status == FAULTS
    assert not (copy / NEW).exists()
    status, _, err = take(data, "--coder", "ming")
    assert status == CLEAN
    assert err.startswith("FILE:3:1: I005 left out: flow~a of p2 must rest on at most 2 quotations")
    text = (copy / NEW).read_text(encoding="utf-8")
    assert [one in text for one in words] == [True] * 2 + [False] * 3
    assert main(["check", str(copy)]) == CLEAN


def test_the_correct_codings_of_a_project_file_are_imported(take: Take, copy: Path) -> None:
    """One unknown code, one coded heading, one selection over two passages, and three correct ones."""
    words = ("水是有聲音的", "誰家先放", "沒有路", "一、水", "不必開口。\n木牌是老人")
    data = qdpx(*[(one, "flow~a:shows") for one in words], ("遠看只有", "own"))
    status, out, err = take(data, "--coder", "ming")
    assert status == CLEAN
    assert sorted(line.partition(" I")[2][:3] for line in err.splitlines()) == ["002", "003", "003"]
    assert "left out: unknown code: 我的新碼; on 遠看只有 (selection " in err
    assert "this one is in a heading: 一、水 (selection " in err
    assert "this one runs over several: 不必開口。 木牌是老人 (selection " in err
    assert "left out: 3 statements (1 I002, 2 I003)" in out
    text = (copy / NEW).read_text(encoding="utf-8")
    assert [one in text for one in words] == [True, True, True, False, False]


def qdpx(
    *codings: tuple[str, str], text: str = "", more: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """A project of another program: words, each with one of our codes or an unknown one."""
    found = load.checked(TINY)
    assert found.project is not None
    stored = text or shared.text(found.project.works[0])
    listed = {code.id: code.name for code in codetree.codes(found.project)} | {"own": "我的新碼"}
    guids = {id_: str(UUID(int=n + 1000)) for n, id_ in enumerate(listed)}
    book = "".join(f'<Code guid="{guids[id_]}" name="{name}"/>' for id_, name in listed.items())
    rows = "".join(
        f'<PlainTextSelection guid="{UUID(int=n + 1)}" startPosition="{stored.index(words)}" '
        f'endPosition="{stored.index(words) + len(words)}"><Coding guid="{UUID(int=n + 500)}">'
        f'<CodeRef targetGUID="{guids[code]}"/></Coding></PlainTextSelection>'
        for n, (words, code) in enumerate(codings)
    )
    xml = (
        f'<Project xmlns="{refi.PROJECT}" name="x"><CodeBook><Codes>{book}</Codes></CodeBook><Sources>'
        f'<PDFSource guid="{UUID(int=7)}" name="print"><Representation guid="{UUID(int=8)}" name="print" '
        f'plainTextPath="internal://t.txt">{rows}</Representation></PDFSource></Sources></Project>'
    )
    return archive(**{"project.qde": xml.encode(), "sources__t.txt": stored.encode(), **more})


# --- the report -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_the_report_is_saved_and_saved_again(take: Take, tmp_path: Path, form: str) -> None:
    report = tmp_path / "report"
    options = ("--coder", "ming", "--format", form, "--report", str(report), "--dry-run")
    data = table(VOICE, {**VOICE, "tag": "mine"}, {**VOICE, "quote_1": "海上有船"})
    status, _, err = take(data, *options)
    assert status == CLEAN
    saved = report.read_text(encoding="utf-8")
    assert saved.replace(f"{tmp_path}/their file:", "FILE:").strip() == err.strip()
    assert "I002" in saved
    assert "I004" in saved
    assert take(GOOD.encode(), *options)[0] == CLEAN  # a report may be written over, by an empty one too
    assert "I00" not in report.read_text(encoding="utf-8")
    assert take(data, *options)[0] == CLEAN
    assert report.read_text(encoding="utf-8") == saved


def test_the_report_is_saved_where_nothing_is_written(take: Take, copy: Path, tmp_path: Path) -> None:
    report = tmp_path / "new" / "report.txt"
    options = ("--coder", "ming", "--strict", "--report", str(report))
    assert take(table({**VOICE, "tag": "mine"}), *options)[0] == FAULTS
    assert "I002" in report.read_text(encoding="utf-8")
    assert not (copy / NEW).exists()


@pytest.mark.parametrize(
    "name",
    ["corpus/canal/text.md", "corpus/new.txt", "annotations/new.txt", "../their file", "notes.txt", "."],
)
def test_a_report_is_written_over_nothing_else(take: Take, copy: Path, name: str) -> None:
    (copy / "notes.txt").write_text("a line of notes\n", encoding="utf-8")
    before = on_disk(copy)
    status, out, err = take(table(VOICE), "--coder", "ming", "--report", str(copy / name))
    assert (status, out) == (USAGE, "")
    assert "name another file" in err
    assert differing(on_disk(copy), before) == []


def test_a_report_is_written_to_a_file(take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = take(table(VOICE), "--coder", "ming", "--report", "-")
    assert (status, out) == (USAGE, "")
    assert "leave out --report" in err
    assert not (tmp_path / "-").exists()


def test_a_report_that_cannot_be_written_stops_the_import(take: Take, copy: Path) -> None:
    report = copy / "notes.txt" / "report.txt"
    (copy / "notes.txt").write_text("a file where the folder would be", encoding="utf-8")
    assert take(table(VOICE), "--coder", "ming", "--report", str(report))[0] == FAULTS
    assert not (copy / NEW).exists()


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "data", "says"),
    [
        ("I001", b"", "FILE:1:1: "),
        ("I001", b"PK\x03\x04 no archive", "FILE:1:1: "),
        ("I001", b"<Project", "FILE:1:9: "),
        ("I001", b'{"type": ', "FILE:1:10: "),
        ("I001", b"[]", "FILE:1:1: "),
        ("I001", b"a,b\n1,2\n", "the first line must name the columns"),
        ("I001", table({"passage": "p2", "gist": ""}), "none was found in it"),
        ("I002", table({**VOICE, "tag": "flow~c:shows"}), "FILE:2:1: "),
        ("I003", table({**VOICE, "passage": "p77"}), "FILE:2:1: "),
        ("I004", table({**VOICE, "quote_1": "海上有船"}), "FILE:2:1: "),
        ("I005", table({**VOICE, "tag": "flow~a"}), "FILE:2:1: "),
        ("I006", table({**VOICE, "coder": "editors"}), "FILE:1:1: "),
    ],
)
def test_a_fault_is_reported_at_its_place_in_the_file_and_nothing_is_written(
    take: Take, copy: Path, code: str, data: bytes, says: str
) -> None:
    before = on_disk(copy)
    options = () if code == "I006" else ("--coder", "ming") if b"passage" in data else ()
    status, out, err = take(data, *options)
    assert (status, out) == (FAULTS, "")
    assert any(f": {code} " in line and says in line for line in err.splitlines()), err
    assert err.splitlines()[-1].startswith("site-builder: nothing was written / ")
    assert differing(on_disk(copy), before) == []


def test_every_code_of_imports_has_a_case() -> None:
    [mark] = [
        mark
        for mark in test_a_fault_is_reported_at_its_place_in_the_file_and_nothing_is_written.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
    ]
    assert {case[0] for case in mark.args[1]} >= set(manual.IMPORTS)


def test_all_faults_of_a_file_are_reported_in_one_run_in_order(take: Take) -> None:
    data = table(
        {**VOICE, "tag": "flow~c:shows"},
        {**VOICE, "passage": "p77"},
        {**VOICE, "quote_1": "海上有船"},
        {**VOICE, "tag": "flow~a"},
    )
    _, _, err = take(data, "--coder", "ming", "--strict")
    reported = [line.split()[:2] for line in err.splitlines()[:-1]]
    assert reported == [
        ["FILE:2:1:", "I002"],
        ["FILE:3:1:", "I003"],
        ["FILE:4:1:", "I004"],
        ["FILE:5:1:", "I005"],
    ]


def test_faults_are_given_to_programs_too(take: Take) -> None:
    data = table(VOICE, {**VOICE, "tag": "flow~c:shows"})
    _, _, err = take(data, "--coder", "ming", "--strict", "--format", "json")
    [fault] = json.loads(err[: err.rindex("site-builder:")])
    assert (fault["code"], fault["line"]) == ("I002", 3)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (({"passage": "p2", "gist": "水<b>近。"}, {"passage": "p4", "note": "甲"}), 2),
        (({"passage": "p4", "note": "甲"}, {"passage": "p2", "gist": "水<b>近。"}), 3),
        (({"passage": "p2", "gist": "水近。"}, {"passage": "p2", "note": "水<b>近。"}), 2),
        (({"passage": "p2", "note": "甲"}, {**VOICE, "tag_note": "水<b>近。"}), 3),
        ((VOICE, {"passage": "p4", "note": "水<b>近。"}, {"passage": "p9", "note": "乙"}), 3),
        ((VOICE, {"passage": "p4", "note": "甲"}, {"passage": "p9", "note": "水<b>近。"}), 4),
        (({"passage": "p9", "note": "水<b>近。"}, VOICE, {"passage": "p4", "note": "甲"}), 2),
    ],
    ids=[
        "first",
        "first, by the second row",
        "of the passage",
        "of a cell",
        "second",
        "last",
        "out of order",
    ],
)
def test_a_fault_that_the_tags_would_bring_has_the_place_of_their_row(
    take: Take, copy: Path, rows: tuple[Mapping[str, str], ...], line: int
) -> None:
    """The tags are checked as a file that is not there yet; its lines are none of the imported file."""
    status, _, err = take(table(*rows), "--coder", "ming")
    assert status == FAULTS
    assert err.startswith(f"FILE:{line}:1: P006 ")
    assert len(err.splitlines()) == 2
    assert not (copy / NEW).exists()


def test_a_project_with_faults_imports_nothing(take: Take, copy: Path) -> None:
    (copy / "annotations/canal/tags/reader/1.yaml").write_text("passages: [", encoding="utf-8")
    status, _, err = take(table(VOICE), "--coder", "ming")
    assert status == FAULTS
    assert "the project must have no errors / fix them first: site-builder check" in err


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_is_a_usage_error(
    name: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-tags", str(copy / name), str(copy)]) == USAGE
    assert "cannot be read" in capsys.readouterr().err


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (archive(**{"..__..__evil.txt": b"x", "project.qde": b"<Project/>"}), "may lead out of it"),
        (
            archive(**{"project.qde": b'<!DOCTYPE a [<!ENTITY b "c">]><P>&b;</P>'}),
            "document type",
        ),
        (archive(**{"project.qde": b"<P>" + bytes(7_000_000)}), "packed more than 200 times"),
        (archive(**{"notes.txt": b"x"}), "must hold project.qde"),
        (b"[" * 100_000, "must not nest"),
    ],
    ids=["a name that leaves", "an entity", "a bomb", "another archive", "depth"],
)
def test_what_could_do_harm_is_refused(take: Take, copy: Path, data: bytes, says: str) -> None:
    before = on_disk(copy.parent)
    status, _, err = take(data)
    assert status == FAULTS
    assert says in err
    after = on_disk(copy.parent)
    after.pop("their file")
    assert after == before


# --- evidence as a file of tags has it ------------------------------------------------------------

SIGNS = "".join(map(chr, range(ord("一"), ord("一") + 60)))
"""Sixty characters, each of them once."""


@pytest.mark.parametrize(
    ("text", "start", "end", "form"),
    [
        (SIGNS, 3, 38, SIGNS[3:38]),
        (SIGNS, 3, 39, {"from": SIGNS[3:11], "to": SIGNS[31:39]}),
        (SIGNS[:9] + "水" + SIGNS, 0, 40, {"from": SIGNS[:9] + "水", "to": SIGNS[22:30]}),
        ("甲乙" * 30, 0, 40, {"quote": "甲乙" * 20, "suffix": "甲乙" * 9 + "甲"}),
        ("甲乙" * 10 + "水" + "甲乙" * 10, 2, 39, "甲乙" * 9 + "水" + "甲乙" * 9),
    ],
)
def test_long_evidence_is_written_by_its_two_ends(
    text: str, start: int, end: int, form: str | dict[str, str]
) -> None:
    assert written(text, start, end) == form
    own = {"text": form} if isinstance(form, str) else form
    assert written(text, start, end, voice="quoted") == {**own, "voice": "quoted"}


@given(st.data())
def test_written_evidence_has_exactly_the_place_that_it_is_written_for(data: st.DataObject) -> None:
    text = data.draw(st.text("甲乙丙" + SIGNS, min_size=1, max_size=120))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    form = written(text, start, end)
    parts = {"text": form} if isinstance(form, str) else {**form}
    first = parts.pop("quote", "") or parts.pop("from", "") or parts.pop("text")
    verdict = quotes.judge(Quote(text=first, **parts), text)
    assert (verdict.kind, verdict.start, verdict.end) == ("exact", start, end)


# --- formats --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "form"),
    [
        (b"PK\x03\x04", readers.REFI),
        (b"<?xml version='1.0'?><Project/>", readers.REFI),
        (b"\xef\xbb\xbf\n <Project/>", readers.REFI),
        ("<Project/>".encode("utf-16"), readers.REFI),
        (b'{"@context": 1}', readers.WEB),
        (b"\xef\xbb\xbf\r\n[{}]", readers.WEB),
        (b"passage,tag\n", readers.CSV),
        (b"\xef\xbb\xbfpassage;tag\r\n", readers.CSV),
        ("passage\ttag\n".encode("utf-16"), readers.CSV),
        (b"", readers.CSV),
        (b" " * 255 + b"[]", readers.WEB),
        (b" " * 256 + b"[]", readers.CSV),
    ],
)
def test_a_format_is_recognized_by_the_first_bytes_of_the_file(begins: bytes, form: readers.Form) -> None:
    assert readers.of(begins) is form
