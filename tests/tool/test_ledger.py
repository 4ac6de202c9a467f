"""The command ``anchors`` on a project, and the pages of ended ids."""

from __future__ import annotations

import re
from pathlib import Path

import conftest
import pytest
import views
from conftest import Files, change, codes_of, pages_of

from site_builder.cli.main import CLEAN, FAULTS, USAGE, main
from site_builder.edges import load
from site_builder.edition import ledger_text
from site_builder.model import Anchor

LEDGER = "corpus/canal/anchors.yaml"
TEXT = "corpus/canal/text.md"


def ledger(folder: Path) -> dict[str, Anchor]:
    project = load.checked(folder).project
    assert project is not None
    return {anchor.id: anchor for anchor in project.works[0].ledger}


def run(folder: Path, *options: str) -> int:
    return main(["anchors", str(folder), *options])


@pytest.fixture
def free(copy: Path) -> Path:
    """The tiny project without its witness, so that a test may change the text."""
    record = copy / "corpus/canal/work.yaml"
    text = record.read_text(encoding="utf-8")
    text = text.replace("witness: notebook\n", "").replace('edition: "2.0"', 'edition: "3.0"')
    record.write_text(text, encoding="utf-8")
    conftest.record(copy)
    return copy


def test_a_complete_ledger_is_not_written_again(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (copy / LEDGER).stat().st_mtime_ns
    assert run(copy) == CLEAN
    assert "nothing new" in capsys.readouterr().out
    assert (copy / LEDGER).stat().st_mtime_ns == before


def test_the_ledger_of_the_essay_is_as_the_command_writes_it(copy: Path) -> None:
    project = load.checked(copy).project
    assert project is not None
    work = project.works[0]
    lines = sorted((*work.ledger, *work.sentences), key=lambda anchor: anchor.place)
    assert ledger_text.dump(tuple(lines)) == (copy / LEDGER).read_text(encoding="utf-8")


def test_sentences_that_differ_are_reported_of_every_block_whose_text_does_not(copy: Path) -> None:
    """Two blocks have another text in the ledger; the one after each of them has another sentence."""
    for digest in ("06885d92504e3d70", "29ecf77c80d1afef", "cfdd910b9aefc2d2", "d9c0b91ed69d6275"):
        change(copy, LEDGER, digest, digest[::-1])
    found = [(one.code, one.message.split(" differ")[0]) for one in load.checked(copy).problems]
    assert [message for code, message in found if code == "A008"] == [
        "the sentences of p2",
        "the sentences of p4",
    ]
    assert [code for code, _ in found if code != "A008"] == ["A003", "A003"]


def test_the_next_free_id_is_printed_and_nothing_is_written(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (copy / LEDGER).read_bytes()
    assert run(copy, "--next") == CLEAN
    assert capsys.readouterr().out == "p11\n"
    assert (copy / LEDGER).read_bytes() == before


def test_a_new_passage_is_recorded_at_the_end_with_its_edition(
    free: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (free / LEDGER).read_text(encoding="utf-8")
    change(free, TEXT, "## 三、人", "橋在下游。 {#p11}\n\n## 三、人")
    assert "A004" in codes_of(free)
    assert run(free) == CLEAN
    assert f"{LEDGER}: 2 recorded, 0 changed" in capsys.readouterr().out.splitlines()
    assert (free / LEDGER).read_text(encoding="utf-8").startswith(before)
    new = ledger(free)["p11"]
    assert (new.kind, new.edition, new.opening, new.fate) == ("passage", "3.0", "橋在下游。", "live")
    assert "A004" not in codes_of(free)


def test_a_passage_put_between_others_changes_numbers_and_no_id(free: Path) -> None:
    before = ledger(free)
    change(free, TEXT, "## 一、水", "先說橋。 {#p11}\n\n## 一、水")
    run(free)
    assert {id_: a for id_, a in ledger(free).items() if id_ != "p11"}.keys() == before.keys()
    assert not {"A001", "A002", "A003"} & set(codes_of(free))
    project = load.checked(free).project
    assert project is not None
    assert [(p.id, p.number) for p in project.works[0].passages][:3] == [
        ("p1", 1),
        ("p11", 2),
        ("p2", 3),
    ]


def test_passages_that_change_their_order_keep_their_ids_and_need_no_record(free: Path) -> None:
    text = (free / TEXT).read_text(encoding="utf-8")
    one, other = (re.search(rf"(?m)^.*\{{#{id_}\}}$", text) for id_ in ("p9", "p10"))
    assert one is not None
    assert other is not None
    turned = text.replace(one[0], "@").replace(other[0], one[0]).replace("@", other[0])
    (free / TEXT).write_text(turned, encoding="utf-8")
    assert codes_of(free) == []


def test_a_changed_text_is_accepted_as_a_revision(free: Path) -> None:
    change(free, TEXT, "南岸沒有路，只有田。", "南岸沒有路，只有水田。")
    assert codes_of(free) == ["A003"]
    assert run(free) == CLEAN
    assert codes_of(free) == ["A003"], "recording new ids accepts no change"
    assert run(free, "--accept", "p6") == CLEAN
    assert codes_of(free) == []
    found = ledger(free)["p6"]
    assert [r.edition for r in found.revisions] == ["3.0"]
    assert found.edition == "1.0"
    assert found.current == found.revisions[0].digest != found.digest


def test_nothing_is_accepted_that_was_not_changed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (copy / LEDGER).read_bytes()
    assert run(copy, "--accept", "p6") == FAULTS
    assert "nothing to accept" in capsys.readouterr().err
    assert (copy / LEDGER).read_bytes() == before


# --- ids that end -----------------------------------------------------------------------------------


def split_coda(folder: Path) -> None:
    """Divide the last paragraph, and adapt the tags and pages."""
    change(folder, TEXT, "一道閘就夠。讓孩子", "一道閘就夠。 {#p11}\n\n讓孩子")
    change(folder, TEXT, "{#coda}", "{#p12}")
    tags = folder / "annotations/canal/tags/editors/2.yaml"
    text = tags.read_text(encoding="utf-8")
    first, second = (
        f"  {id_}:\n    function: wish\n    cells:\n      - {cell}\n    ways: [open]\n"
        "    gist: 願掀開一段。\n    gist_en: Open it.\n"
        for id_, cell in (
            ("p11", "{cell: edge~a, relation: asks, evidence: [有一級石階]}"),
            ("p12", "{cell: flow~b, relation: asks, evidence: [知道水從哪裡來]}"),
        )
    )
    tags.write_text(text[: text.index("  coda:")] + first + second, encoding="utf-8")
    change(folder, "annotations/pages/home.md", "@coda ways", "@p11 ways")
    change(folder, "annotations/pages/silence.md", "@coda", "@p12")
    (folder / "annotations/canal/tags/reader/1.yaml").unlink()
    for name in ("coders.yaml", "edges.yaml", "canal/adjudication.yaml"):  # they name the reader and the coda
        (folder / "annotations" / name).unlink()


def test_a_split_id_ends_and_leads_to_its_parts(free: Path) -> None:
    split_coda(free)
    assert set(codes_of(free)) == {"A001", "A004"}
    assert run(free, "--split", "coda", "--into", "p11", "--into", "p12") == CLEAN
    assert codes_of(free) == []
    found = ledger(free)["coda"]
    assert (found.fate, found.into, found.ended) == ("split", ("p11", "p12"), "3.0")


def test_an_id_merged_or_withdrawn_ends(free: Path) -> None:
    (free / LEDGER).write_text(
        (free / LEDGER).read_text(encoding="utf-8")
        + '  - {id: "p12", kind: "passage", edition: "2.0", digest: "sha256:0000000000000000",'
        ' opening: "從前", fate: "live"}\n'
        '  - {id: "p13", kind: "passage", edition: "2.0", digest: "sha256:0000000000000000",'
        ' opening: "從前", fate: "live"}\n',
        encoding="utf-8",
    )
    assert codes_of(free) == ["A001", "A001"]
    assert run(free, "--merge", "p12", "--into", "p6") == CLEAN
    assert run(free, "--withdraw", "p13", "--reason", "重複") == CLEAN
    assert codes_of(free) == []
    assert ledger(free)["p12"].into == ("p6",)
    assert ledger(free)["p13"].reason == "重複"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--split", "p6"], USAGE),
        (["--merge", "p6"], USAGE),
        (["--split", "p6", "--into", "p4"], FAULTS),
        (["--split", "p3", "--into", "p4", "--into", "p6"], FAULTS),
        (["--merge", "p6", "--into", "p6"], FAULTS),
        (["--merge", "p6", "--into", "p2", "--into", "p4"], FAULTS),
        (["--merge", "p6", "--into", "p7"], FAULTS),
        (["--withdraw", "p6"], FAULTS),
        (["--withdraw", "p90", "--reason", "x"], FAULTS),
        (["--work", "river"], FAULTS),
    ],
)
def test_an_invalid_change_is_refused_and_the_ledger_stays(
    options: list[str], code: int, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (copy / LEDGER).read_bytes()
    assert run(copy, *options) == code
    assert capsys.readouterr().err.startswith("site-builder: ")
    assert (copy / LEDGER).read_bytes() == before


def test_a_text_that_cannot_be_read_completely_is_not_recorded(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, TEXT, " {#coda}", "")
    assert run(copy) == FAULTS
    assert "T001" in capsys.readouterr().err


def test_every_fault_of_a_text_is_reported_beside_a_block_without_its_id(copy: Path) -> None:
    path = copy / TEXT
    lines = path.read_text(encoding="utf-8").split("\n")
    coda, p2 = (next(at for at, line in enumerate(lines) if mark in line) for mark in (" {#coda}", " {#p2}"))
    lines[coda] = lines[coda].replace(" {#coda}", "")
    lines[p2] = lines[p2].replace(" {#p2}", " {#2p}")
    path.write_text("\n".join(["::: list", "", *lines, "* * *", ""]), encoding="utf-8")
    found = {(one.code, one.place.line) for one in load.checked(copy).problems if one.place.path == TEXT}
    assert {("T001", coda + 3), ("T002", p2 + 3), ("T004", len(lines) + 3)} <= found


# --- what the site says of them ---------------------------------------------------------------------

SUCCESSORS = {"p3": ["p9", "p10"], "p5": ["p4"], "p7": []}


@pytest.mark.parametrize("tree", views.SCRIPTS)
@pytest.mark.parametrize("dead", SUCCESSORS)
def test_an_ended_id_has_a_page_that_names_its_successors(dead: str, tree: str, tiny_site: Files) -> None:
    page = tiny_site[f"{tree}canal/{dead}.html"].decode()
    main_part = page[page.index("<main") : page.index("</main>")]
    assert f"#{dead}" in main_part
    for heir in SUCCESSORS[dead]:
        assert f'href="{heir}.html"' in main_part
    assert len(re.findall(r'class="at"', main_part)) == len(SUCCESSORS[dead])


@pytest.mark.parametrize("tree", views.SCRIPTS)
def test_the_reading_page_keeps_every_anchor_that_was_ever_published(
    tree: str, tiny_site: Files, copy: Path
) -> None:
    page = tiny_site[f"{tree}canal/index.html"].decode()
    for id_ in ledger(copy):
        assert page.count(f' id="{id_}"') == 1, id_


def test_a_withdrawn_id_says_why(tiny_site: Files) -> None:
    assert "作者刪去了這一段。" in tiny_site["canal/p7.html"].decode()


def test_every_id_of_the_ledger_is_in_the_register(tiny_site: Files, copy: Path) -> None:
    page = tiny_site["cite.html"].decode()
    assert all(f"<code>#{id_}</code>" in page for id_ in ledger(copy))


def test_an_id_that_was_split_here_has_a_page_in_the_new_site(free: Path) -> None:
    split_coda(free)
    run(free, "--split", "coda", "--into", "p11", "--into", "p12")
    files = pages_of(load.checked(free))
    for tree in views.SCRIPTS:
        assert 'href="p11.html"' in files[f"{tree}canal/coda.html"].decode()
        assert ' id="coda"' in files[f"{tree}canal/index.html"].decode()


def test_an_anchor_on_several_rows_ends_where_the_next_one_begins(free: Path) -> None:
    """Only its own rows are rewritten; a comment within it and all rows of other anchors stay."""
    wrapped = (free / LEDGER).read_text(encoding="utf-8").replace(", opening: ", ",\n     opening: ")
    wrapped = wrapped.replace(
        'kind: "passage", edition: "1.0", digest: "sha256:5524658e5be242da",',
        'kind: "passage",  # sure\n    # of the south bank\n     edition: "1.0", # once\n'
        '     digest: "sha256:5524658e5be242da",',
    )
    (free / LEDGER).write_text(wrapped, encoding="utf-8")
    change(free, TEXT, "南岸沒有路，只有田。", "南岸沒有路，只有水田。")
    assert codes_of(free) == ["A003"]
    assert run(free, "--accept", "p6") == CLEAN
    assert codes_of(free) == []
    before, after = wrapped.split("\n"), (free / LEDGER).read_text(encoding="utf-8").split("\n")
    assert len(before) == len(after)
    own = [n for n, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    changed = "\n".join(before[n] for n in own)
    assert {'{id: "p6",', '{id: "p6-s1",'} <= {
        row.split(" kind")[0].strip(" -") for row in changed.split("\n")
    }
    assert "    # of the south bank" in after
    assert "     # once" in after
    assert [row.endswith("}  # sure") for row in after if '{id: "p6",' in row] == [True]
    assert not any(other in changed for other in ('"p5"', '"p7"', "附記"))
    assert [n for n in own if before[n].startswith("     opening: ") and after[n]] == []


def test_an_address_has_no_ledger_before_format_2(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy, "annotations/project.yaml", "format: 4\n", "")
    before = (copy / LEDGER).read_bytes()
    assert run(copy, "--accept", "index.html#b1") == FAULTS
    assert (
        "a project of format 1 has no ledger of addresses: see site-builder migrate."
        in capsys.readouterr().err
    )
    assert (copy / LEDGER).read_bytes() == before


def test_the_sentences_of_a_new_passage_are_recorded_while_those_of_a_changed_one_wait(free: Path) -> None:
    change(free, TEXT, "南岸沒有路，只有田。", "南岸沒有路。只有水田。")
    change(free, TEXT, "## 三、人", "橋在下游。水在上游。 {#p11}\n\n## 三、人")
    assert run(free) == CLEAN
    project = load.checked(free).project
    assert project is not None
    known = {anchor.id for anchor in project.works[0].sentences}
    assert {"p11-s1", "p11-s2"} <= known
    assert "p6-s3" not in known
    assert run(free, "--accept", "p6") == CLEAN
    assert not {code for code in codes_of(free) if code.startswith("A")}
