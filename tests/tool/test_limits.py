"""Each limit that the tool states, just below it, at it, and just above it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import proof_tools
import pytest
import test_browser
from conftest import TINY, Files, on_disk
from playwright.sync_api import Browser

from site_builder.cli.main import CLEAN, USAGE, main
from site_builder.edges import load, write
from site_builder.edition import anchors
from site_builder.edition.edition import Edition
from site_builder.importing import untrusted
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
        assert "60" in problem.hint


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


# --- files that are written a second time -----------------------------------------------------------


FORMATS = ["json", "csv", "tei", "refi", "epub", "csl"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_replaces_its_own_earlier_file(form: str, tmp_path: Path, copy: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    name = str(out / "file")
    assert main(["export", form, str(copy), "--out", name]) == CLEAN
    first = on_disk(out)
    assert first
    assert main(["export", form, str(copy), "--out", name]) == CLEAN
    assert on_disk(out) == first
    edit(copy, "annotations/project.yaml", "title: 一條圳的遠近", "title: 一條溝的遠近")
    edit(copy, "annotations/project.yaml", 'version: "2.0"', 'version: "2.1"')
    edit(copy, "corpus/canal/work.yaml", "title_en: Beside the Channel", "title_en: Beside the Ditch")
    edit(copy, TAGS, GIST, "圳是人挖的。")
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


# --- what a browser shows ---------------------------------------------------------------------------


@pytest.mark.browser
def test_the_search_shows_a_hundred_results_and_says_how_many_there_are(
    chromium: Browser, tiny_site: Files, tmp_path: Path
) -> None:
    """And around a result twenty-four characters before it, three times as many after it."""
    write.site(tiny_site, tmp_path / "site")
    words = "前" * 25 + "水" + "後" * 73
    page = chromium.new_page()
    for count in (99, 100, 101):
        records = [
            {"k": "正文", "t": f"第 {n} 段", "u": f"x.html#p{n}", "x": words[n % 2 :], "c": []}
            for n in range(count)
        ]
        made = json.dumps({"fold": {}, "records": records}, ensure_ascii=False)
        (tmp_path / "site/data/search.js").write_text(f"var SEARCH={made};", encoding="utf-8")
        page.goto((tmp_path / "site/search.html").as_uri())
        page.locator("input[type=search]").fill("水")
        page.locator("ol.hits a").first.wait_for()
        assert page.locator("ol.hits a").count() == min(count, 100)
        shown = re.findall(r"\d+", page.locator("p[role=status]").inner_text())
        assert shown == ([f"{count}"] if count <= 100 else [f"{count}", "100"])
        first, second = page.locator("ol.hits p").all_inner_texts()[:2]
        assert first == "……" + "前" * 24 + "水" + "後" * 72 + "……"  # one more on either side is cut
        assert second == "前" * 24 + "水" + "後" * 72 + "……"
    page.locator("input[type=search]").fill("無此字")
    assert page.locator("ol.hits a").count() == 0
    assert page.locator("p[role=status]").inner_text() != ""
    page.close()
