"""Each limit that the tool states, just below it, at it, and just above it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import proof_tools
import pytest
import test_browser
from conftest import TINY, differing, on_disk, tiny_parts

from site_builder.cli import import_tags
from site_builder.cli.main import CLEAN, FAULTS, USAGE, main
from site_builder.edges import load
from site_builder.edition import anchors
from site_builder.edition.edition import Edition
from site_builder.formats import readers
from site_builder.formats.tables import sheet as sheet_module
from site_builder.formats.webannotation import json as webannotation_json
from site_builder.formats.webannotation import read as webannotation
from site_builder.importing import Statement, coders, codewords, untrusted
from site_builder.importing import problems as problems_module
from site_builder.importing import resolve as resolving
from site_builder.importing.problems import ProblemLog
from site_builder.importing.wording import short
from site_builder.model import Place, Quote, hints
from site_builder.model.values import naming
from site_builder.site.script_data import previews
from site_builder.source import yamlio

chromium = test_browser.chromium
TAGS = "annotations/canal/tags/editors/1.yaml"
GIST = "圳是人挖出來的，不是天生的。"


def reported(folder: Path, code: str) -> list[tuple[str, str]]:
    """(place, message) of the problems with a code."""
    found = load.checked(folder).problems
    return [(str(one.place), one.message) for one in found if one.code == code]


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def edition_of(folder: Path, *, with_text: bool = True) -> Edition:
    found = load.checked(folder)
    assert found.project is not None
    assert found.index is not None
    return Edition(found.project, found.index, with_text=with_text)


# --- limits of the codebook -------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "sound"), [(23, True), (24, True), (25, False)])
def test_a_gist_has_as_many_characters_as_the_codebook_allows(copy: Path, length: int, sound: bool) -> None:
    edit(copy, TAGS, GIST, "水" * (length - 1) + "。")
    found = reported(copy, "G005")
    assert (found == []) is sound
    if not sound:
        [(place, message)] = found
        assert place.startswith(f"{TAGS}:")
        assert "24" in message
        assert "25" in message


@pytest.mark.parametrize(
    ("evidence", "sound"),
    [
        ("[]", False),
        ("[水從山腳引來]", True),
        ("[水從山腳引來, 過三道閘]", True),
        ("[水從山腳引來, 過三道閘, 才到田裡]", False),
    ],
)
def test_a_cell_has_at_least_one_quotation_and_at_most_as_many_as_the_codebook_allows(
    copy: Path, evidence: str, sound: bool
) -> None:
    edit(copy, TAGS, "evidence: [水從山腳引來]", f"evidence: {evidence}")
    found = reported(copy, "G006")
    assert (found == []) is sound
    if not sound:
        [(place, message)] = found
        assert place.startswith(f"{TAGS}:5:")
        assert "1 to 2" in message
        assert str(evidence.count(",") + 1 if evidence != "[]" else 0) in message


# --- limits of a source file ------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "sound"), [(-1, True), (0, True), (1, False)])
def test_a_source_file_has_five_million_bytes_at_most(copy: Path, more: int, sound: bool) -> None:
    path = copy / "corpus/canal/witness.txt"
    path.write_bytes(b"a" * (5_000_000 + more))
    texts, problems = load.sources(copy)
    assert ("corpus/canal/witness.txt" in texts) is sound
    own = [
        (one.code, one.place.line, one.message)
        for one in problems
        if one.place.path == "corpus/canal/witness.txt"
    ]
    assert own == ([] if sound else [("F003", 1, "a source must have at most 5 MB")])


@pytest.mark.parametrize(("levels", "sound"), [(59, True), (60, True), (61, False)])
@pytest.mark.parametrize("kind", ["list", "mapping"])
def test_yaml_nests_sixty_levels_at_most(kind: str, levels: int, sound: bool) -> None:
    opening, closing = ("[", "]") if kind == "list" else ("{a: ", "}")
    node, problems = yamlio.parse(opening * levels + "b" + closing * levels, "a.yaml")
    assert node is not None
    assert ([one.code for one in problems] == []) is sound
    if not sound:
        [problem] = problems
        assert (problem.code, problem.place.column) == ("Y001", len(opening) * levels + 1)
        assert problem.hint == "use at most 60 levels"


@pytest.mark.parametrize(("levels", "parsed"), [(599, True), (600, True), (601, False)])
@pytest.mark.parametrize("kind", ["brackets", "spaces"])
def test_what_nests_ten_times_as_deep_is_not_parsed_at_all(kind: str, levels: int, parsed: bool) -> None:
    if kind == "brackets":
        text = "a: 1\nb: " + "[" * levels + "]" * levels
    else:
        text = "a: 1\nb:\n" + " " * levels + "c: 1"
    node, problems = yamlio.parse(text, "a.yaml")
    assert (node is not None) is parsed
    if not parsed:
        [problem] = problems
        assert (problem.code, problem.place.line) == ("Y001", 2 if kind == "brackets" else 3)


# --- limits of a file that is imported --------------------------------------------------------------


def archive(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(("more", "sound"), [(-1, True), (0, True), (1, False)])
def test_an_imported_file_has_ten_million_bytes_at_most(more: int, sound: bool) -> None:
    data = bytes(untrusted.LARGEST + more)
    assert untrusted.LARGEST == 10_000_000
    if sound:
        assert untrusted.sized(data) is data
    else:
        with pytest.raises(untrusted.Unsafe, match="10 MB"):
            untrusted.sized(data)


@pytest.mark.parametrize("form", [readers.WEB, readers.CSV, readers.REFI], ids=lambda form: form.name)
@pytest.mark.parametrize(("more", "sound"), [(0, True), (1, False)])
def test_an_open_file_is_read_up_to_the_limit_and_not_cut_off(
    form: readers.Form, more: int, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(untrusted, "LARGEST", 1_000)
    edition = edition_of(TINY)
    project, index = edition.project, edition.index
    begin = {"REFI-QDA": "<Project/>", "CSV": "passage,gist\n"}.get(form.name, "[]")
    data = io.BytesIO(begin.ljust(1_000 + more).encode())
    found = form.read(data, "file", project, index)
    assert any("the file must have at most" in one.message for one in found.problems) != sound


@pytest.mark.parametrize(("count", "sound"), [(4_999, True), (5_000, True), (5_001, False)])
def test_an_archive_holds_five_thousand_files_at_most(count: int, sound: bool) -> None:
    data = archive({f"{n}": b"" for n in range(count)})
    if sound:
        assert len(untrusted.Archive(io.BytesIO(data))) == count
    else:
        with pytest.raises(untrusted.Unsafe, match=r"5000.*5001|5001.*5000"):
            untrusted.Archive(io.BytesIO(data))


@pytest.mark.parametrize(("more", "sound"), [(-1, True), (0, True), (1, False)])
def test_an_archive_unpacks_to_so_many_bytes_at_most(
    more: int, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(untrusted, "UNPACKED", 3_000)
    data = archive({"a": bytes(1_000), "b": bytes(2_000 + more)})
    if sound:
        assert {name: len(found) for name, found in untrusted.Archive(io.BytesIO(data)).items()} == {
            "a": 1_000,
            "b": 2_000 + more,
        }
    else:
        with pytest.raises(untrusted.Unsafe, match="3000 bytes together"):
            dict(untrusted.Archive(io.BytesIO(data)))


@pytest.mark.parametrize(("more", "sound"), [(-1, True), (0, True), (1, False)])
def test_a_document_has_so_many_elements_and_attributes_at_most(
    more: int, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "<r>" + '<a x="1"/>' * 9 + "</r>"
    monkeypatch.setattr(untrusted, "NODES", text.count("<") + text.count("=") - more)
    if sound:
        assert len(untrusted.xml(text.encode())) == 9
    else:
        with pytest.raises(untrusted.Unsafe, match="elements and attributes"):
            untrusted.xml(text.encode())


@pytest.mark.parametrize(("more", "sound"), [(-1, True), (0, True), (1, False)])
def test_a_table_has_so_many_cells_at_most(more: int, sound: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "CELLS", 100)
    text = "passage,gist\n" + "p2,x\n" * 49 + "," * more  # 2 + 98 separators and line ends
    text = text.removesuffix("\n") if more < 0 else text
    assert text.count(",") + text.count("\n") == 100 + more
    found, problems = table_of(text)
    assert bool(found.rows) is sound
    assert problems == ([] if sound else ["a table must have at most 100 cells"])


@pytest.mark.parametrize(("rows", "sound"), [(4, True), (5, True), (6, False)])
def test_a_table_has_so_many_rows_at_most(rows: int, sound: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "ROWS", 5)
    found, problems = table_of("passage\n" + "p2\n" * rows + "\n" * 9)
    assert len(found.rows) == (rows if sound else 0)
    assert problems == ([] if sound else ["a table must have at most 5 rows"])


@pytest.mark.parametrize(("cells", "sound"), [(4, True), (5, True), (6, False)])
def test_a_row_has_so_many_cells_at_most(cells: int, sound: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "WIDEST", 5)
    _, problems = table_of("passage\np2" + "," * (cells - 1) + "\n")
    assert problems == ([] if sound else ["a row must have at most 5 cells, not 6"])


def table_of(text: str) -> tuple[sheet_module.Sheet, list[str]]:
    log = ProblemLog("a.csv")
    names = ("passage", "gist")
    found = sheet_module.sheet(text.encode(), log, lambda n: n if n in names else "", lambda *_: None)
    return found, [one.message for one in log.all_problems(())]


@pytest.mark.parametrize(("count", "sound"), [(2, True), (3, True), (4, False)])
@pytest.mark.parametrize("limit", ["ANNOTATIONS", "VALUES"])
def test_a_file_of_annotations_has_so_many_at_most(
    limit: str, count: int, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, index = tiny_parts()
    one = {"type": "Annotation", "body": {"value": "甲"}, "target": "canal/p2.html"}
    data = json.dumps([one] * count).encode()
    values = sum(json.dumps([one] * 3).count(sign) for sign in "{[,:")
    if limit == "ANNOTATIONS":
        monkeypatch.setattr(webannotation, "ANNOTATIONS", 3)
    else:
        monkeypatch.setattr(webannotation_json, "VALUES", values)
    found = webannotation.read(data, "a.jsonld", project, index)
    assert len(found.statements) == (count if sound else 0)
    what = "3 annotations" if limit == "ANNOTATIONS" else f"{values} values"
    assert [one.message for one in found.problems] == (
        [] if sound else [f"the file must hold at most {what}"]
    )


@pytest.mark.parametrize(
    ("digits", "whole"), [("9" * 14, True), ("9" * 15, True), ("9" * 16, False), ("-" + "9" * 15, False)]
)
def test_a_number_of_an_annotation_has_fifteen_digits_at_most(digits: str, whole: bool) -> None:
    _, value, problem = webannotation_json.parsed(f"[{digits}]".encode(), "a.jsonld")
    assert problem is None
    assert value == [int(digits) if whole else None]


@pytest.mark.parametrize("count", [99, 100, 101, 102])
def test_a_hundred_problems_of_a_kind_are_listed_and_the_others_counted(count: int) -> None:
    log = ProblemLog("a.csv")
    for number in range(count):
        assert log.is_listed("I003") is (number < 100)
        log.report(number + 1, "I003", f"problem {number}")
        log.report(number + 1, "I005", "another kind", level="review")
    found = [(one.place.line, one.message) for one in log.all_problems(()) if one.code == "I003"]
    more = [(101, f"{count - 100} more of this kind from here on")] if count > 100 else []
    assert found == [(n + 1, f"problem {n}") for n in range(min(count, 100))] + more
    assert log.left_out == {"I003": count}


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_so_many_different_unknown_codes_are_counted_and_the_others_reported_at_each_use(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems_module, "NAMES", 3)
    log = ProblemLog("a.csv")
    for line in range(2 * count):
        log.unknown_code(line + 1, f"code{line % count}")
    found = [(one.place.line, one.message) for one in log.all_problems(())]
    assert sorted(found) == sorted(
        [(n + 1, f"unknown code: code{n} (used 2 times)") for n in range(min(count, 3))]
        + [(line + 1, f"unknown code: code{line % count}") for line in range(2 * count) if line % count > 2]
    )
    assert log.left_out == {"I002": 2 * count}


@pytest.mark.parametrize("uses", [1, 2, 3])
def test_the_nearest_code_is_searched_for_of_so_many_unknown_ones_only(
    uses: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codewords, "_SLOW", 2)
    words = codewords.CodeWords(*tiny_parts())
    found = [words.unknown(Place(path="a.csv", line=n), "flow~a:show") for n in range(uses)]
    assert [one.hint for one in found] == ["did you mean 'flow~a:shows'?"] * min(uses, 2) + [""] * (uses - 2)
    assert {(one.code, one.message) for one in found} == {("I002", "unknown code: flow~a:show")}


@pytest.mark.parametrize("inexact", [1, 2, 3, 4])
def test_similar_words_are_searched_for_of_so_many_quotations_only(
    inexact: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exact or moved quotation is found all the same; an inexact one is then lost."""
    monkeypatch.setattr(resolving, "SEARCHES", 2)
    _, index = tiny_parts()
    changed = Quote(text="近看，水是有聲音的：過石頭時慢")
    exact, moved = Quote(text="水是有聲音的"), Quote(text="水是有聲音的", prefix="甲")
    both_ends = Quote(text="近看", to="水是有聲音的")
    statements = [
        Statement(
            coder="ming",
            work="canal",
            passage="p2",
            kind="cell",
            value="flow~a",
            relation="shows",
            quotes=(*[exact, moved] * 3, *[changed] * inexact, exact, moved, both_ends),
            place=Place(path="a.csv"),
        )
    ]
    verdicts = resolving.resolve(statements, index).verdicts
    assert {kind: number for kind, number in verdicts.items() if number} == {
        "exact": 5,
        "moved": 4,
        "changed": min(inexact, 2),
        **({"lost": inexact - 2} if inexact > 2 else {}),
    }


@pytest.mark.parametrize(("more", "sound"), [(-1, True), (0, True), (1, False)])
def test_the_tags_of_a_coder_have_so_many_characters_at_most(
    more: int, sound: bool, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(import_tags, "LONGEST", 50)
    path = copy.parent / "tags.csv"
    path.write_text(f"passage,note\np2,{'水' * 20}\np4,{'水' * (30 + more)}\n", encoding="utf-8")
    code = main(["import-tags", str(path), str(copy), "--coder", "ming"])
    assert code == (CLEAN if sound else FAULTS)
    message = "the tags of ming of canal must have at most 50 characters, not 51"
    assert (f"I001 {message} / shorten the notes" in capsys.readouterr().err) is not sound
    assert (copy / resolving.path_of("ming", "canal")).exists() is sound


@pytest.mark.parametrize(("packed", "sound"), [(199, True), (200, True), (201, False)])
def test_a_file_of_an_archive_is_packed_two_hundred_times_at_most(
    packed: int, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive({"a": bytes(1_500_000)})
    opened = untrusted.Archive(io.BytesIO(data))
    opened._found["a"].compress_size = 1_500_000 // packed
    monkeypatch.setattr(opened._zip, "open", lambda _: io.BytesIO(b"read"))
    if sound:
        assert opened["a"] == b"read"
    else:
        with pytest.raises(untrusted.Unsafe, match="packed more than 200 times: 'a'"):
            opened["a"]


@pytest.mark.parametrize(("size", "sound"), [(999_999, True), (1_000_000, True), (1_000_001, False)])
def test_a_file_of_an_archive_of_a_megabyte_may_be_packed_more(size: int, sound: bool) -> None:
    opened = untrusted.Archive(io.BytesIO(archive({"a": bytes(size)})))
    if sound:
        assert len(opened["a"]) == size
    else:
        with pytest.raises(untrusted.Unsafe, match="packed more than 200 times: 'a'"):
            opened["a"]


# --- limits of names --------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "sound"), [(63, True), (64, True), (65, False)])
def test_an_id_and_a_name_have_sixty_four_characters_at_most(length: int, sound: bool) -> None:
    name = "a" * length
    found = naming.length_fault(name)
    assert (found is None) is sound
    assert naming.file_fault(name) == found
    assert found is None or found[0] == "an id must have at most 64 characters, not 65"
    assert naming.name_fault(name) == ("" if sound else "it has 65 characters; the limit is 64")


@pytest.mark.parametrize(("length", "kept"), [(39, 39), (40, 40), (41, 40)])
def test_the_id_of_a_coder_is_made_from_forty_characters(length: int, kept: int) -> None:
    name = "a b" + "c" * (length - 3)
    assert coders.ids({"1": name}) == {"1": f"a-b{'c' * (kept - 3)}"}


# --- limits of what is shown ------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "shown"), [(119, 119), (120, 120), (121, 120)])
def test_a_preview_shows_a_hundred_and_twenty_characters(copy: Path, length: int, shown: int) -> None:
    words = "水" * (length - 1) + "。"
    edit(copy, "annotations/codebook/grid.yaml", "貼近水所聽所見的。", words)
    edition = edition_of(copy)
    text = previews.previews(edition, proof_tools.locale_of(edition.project)).decode()
    rows = json.loads(text[text.index("{") : text.rindex("}") + 1])
    row = rows["grid/flow-near.html"]
    assert row[1] == (words if length == shown else words[:shown] + "……")
    assert previews._LONGEST == 120


@pytest.mark.parametrize(("length", "whole"), [(11, True), (12, True), (13, False)])
def test_without_its_text_a_passage_shows_twelve_characters(copy: Path, length: int, whole: bool) -> None:
    words = "水" * (length - 1) + "。"
    text = (copy / "corpus/canal/text.md").read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.endswith("{#p6}"))
    edit(copy, "corpus/canal/text.md", old, f"{words} {{#p6}}")
    edition = edition_of(copy, with_text=False)
    [passage] = [one for one in edition.project.works[0].passages if one.id == "p6"]
    assert edition.shown_text(passage) == (words if whole else words[:12] + "……")


def test_a_digest_has_sixteen_digits_and_an_opening_twelve_characters() -> None:
    # printf 水 | sha256sum | cut -c1-16
    assert anchors.digest("水") == "sha256:327b54d04f71f212"
    assert [len(anchors.opening("水" * n)) for n in (11, 12, 13)] == [11, 12, 12]


@pytest.mark.parametrize(
    ("length", "whole"), [(59, True), (60, True), (61, False), (239, False), (300, False)]
)
def test_a_message_shows_sixty_characters_of_a_text(length: int, whole: bool) -> None:
    assert short("水" * length) == ("水" * length if whole else "水" * 60 + "…")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a" + " " * 238 + "b", "a b"),
        ("a" + " " * 239 + "b", "a…"),
        ("a" + " " * 500 + "b", "a…"),
        ("a" + "\n" * 500, "a"),
        (" \n a \t b ", "a b"),
    ],
)
def test_a_message_never_leaves_out_words_without_a_mark(words: str, shown: str) -> None:
    assert short(words) == shown


@pytest.mark.parametrize("count", [0, 1, 11, 12, 13, 14])
def test_a_hint_lists_twelve_names_and_the_number_of_all(count: int) -> None:
    names = [f"name{n}" for n in range(count)]
    more = f", … ({count} in all)" if count > 12 else ""
    assert hints.one_of(names) == (f"use one of: {', '.join(names[:12])}{more}" if names else "")


@pytest.mark.parametrize("count", [1, 19, 20, 21, 22])
@pytest.mark.parametrize("name", ["corpus/canal/witness.txt", "annotations/reviews.yaml"])
def test_twenty_control_characters_of_a_file_are_reported_and_the_others_counted(
    copy: Path, name: str, count: int
) -> None:
    (copy / name).write_text("# " + "\x01" * count + "\n", encoding="utf-8")
    found = [one for one in load.checked(copy).problems if one.place.path == name]
    assert [one.place.column for one in found] == list(range(3, 3 + min(count, 20)))
    messages = [one.message for one in found]
    assert all(one.endswith("character: U+0001") for one in messages[:19])
    assert messages[-1].endswith(f"character: U+0001 (and {count - 20} more)" if count > 20 else ": U+0001")


# --- files that are written a second time -----------------------------------------------------------


FORMATS = ["json", "csv", "tei", "refi", "epub", "csl"]
CHANGES = (
    ("annotations/project.yaml", "title: 一條圳的遠近", "title: 一條溝的遠近"),
    ("annotations/project.yaml", 'version: "2.0"', 'version: "2.1"'),
    ("corpus/canal/work.yaml", "title_en: Beside the Channel", "title_en: Beside the Ditch"),
    (TAGS, GIST, "圳是人挖的。"),
)
SMALL_CHANGES = (
    ("annotations/project.yaml", "title: The Shared Orchard", "title: The Common Orchard"),
    ("annotations/project.yaml", 'version: "1.0"', 'version: "1.1"'),
    ("corpus/orchard/work.yaml", "short: Orchard", "short: The Orchard"),
    ("annotations/orchard/tags/editors/1.yaml", "gist: Forty families share", "gist: Forty families keep"),
)


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_replaces_its_own_earlier_file(form: str, tmp_path: Path, copy: Path, small: Path) -> None:
    """A book is made from the whole site, so it is that of the small project."""
    copy, changes = (small, SMALL_CHANGES) if form == "epub" else (copy, CHANGES)
    out = tmp_path / "out"
    out.mkdir()
    name = str(out / "file")
    assert main(["export", form, str(copy), "--out", name]) == CLEAN
    first = on_disk(out)
    assert first
    assert main(["export", form, str(copy), "--out", name]) == CLEAN
    assert differing(on_disk(out), first) == []
    for change in changes:
        edit(copy, *change)
    assert main(["export", form, str(copy), "--out", name]) == CLEAN
    second = on_disk(out)
    assert second.keys() == first.keys()
    assert second != first


def test_an_export_that_fails_leaves_the_earlier_file(tmp_path: Path, copy: Path) -> None:
    out = tmp_path / "passages.json"
    assert main(["export", "json", str(copy), "--out", str(out)]) == CLEAN
    first = out.read_bytes()
    edit(copy, TAGS, "function: begin", "function: nothing")
    assert main(["export", "json", str(copy), "--out", str(out)]) not in (CLEAN, USAGE)
    assert out.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["passages.json", "project"]


def test_the_limits_of_this_project_are_those_of_its_codebook() -> None:
    found = load.checked(TINY)
    assert found.project is not None
    assert (found.project.grid.limits.gist, found.project.grid.limits.evidence) == (24, 2)
