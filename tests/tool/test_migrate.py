"""``site-builder migrate``: a project of an older format becomes one of the present format."""

from __future__ import annotations

import shutil
from pathlib import Path

import anchor_words
import pytest
from conftest import TINY, codes_of, differing, on_disk, site_of

from site_builder import migrations
from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import load, write
from site_builder.migrations import Changes, Step
from site_builder.model import FORMAT, Place, Problem

OLD = TINY.parent / "variants" / "format-1"
PROJECT = "annotations/project.yaml"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project of format 1 that a test may change."""
    folder = tmp_path / "project"
    shutil.copytree(OLD, folder)
    return folder


def test_a_project_without_a_number_has_format_1_and_is_read() -> None:
    found = load.checked(OLD)
    assert found.sound
    assert found.project is not None
    assert found.project.site.format == 1
    assert [p.code for p in found.problems if p.level == "error"] == []
    assert [p.code for p in found.problems if p.code.startswith("F")] == ["F011"]


def test_it_is_migrated_in_place_and_then_has_no_fault(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", str(old)]) == CLEAN
    assert "format 1 → format" in capsys.readouterr().out
    found = load.checked(old)
    assert found.problems == ()
    assert found.project is not None
    assert found.project.site.format == FORMAT


def test_a_second_run_changes_nothing(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate", str(old)])
    before = on_disk(old)
    capsys.readouterr()
    assert main(["migrate", str(old)]) == CLEAN
    assert "already" in capsys.readouterr().out
    assert differing(on_disk(old), before) == []


def test_every_step_leaves_alone_what_it_has_changed(old: Path) -> None:
    """The number comes last: a migration that was interrupted is finished by the next run."""
    main(["migrate", str(old)])
    before = on_disk(old)
    project = old / PROJECT
    project.write_text(
        project.read_text(encoding="utf-8").replace(f"format: {FORMAT}\n", ""), encoding="utf-8"
    )
    main(["migrate", str(old)])
    assert differing(on_disk(old), before) == []


def test_a_dry_run_shows_a_diff_and_writes_nothing(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = on_disk(old)
    assert main(["migrate", str(old), "--dry-run"]) == CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert f"+++ b/{PROJECT}" in lines
    assert f"+format: {FORMAT}" in lines
    assert differing(on_disk(old), before) == []


def test_a_project_that_cannot_be_read_is_refused(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = old / "annotations/pages/gates.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", "", 1), encoding="utf-8")
    before = on_disk(old)
    assert main(["migrate", str(old)]) == FAULTS
    err = capsys.readouterr().err
    assert "annotations/pages/gates.md:1:1: P009" in err
    assert "nothing was written" in err
    assert differing(on_disk(old), before) == []


def test_a_project_of_a_newer_format_is_refused(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = old / PROJECT
    project.write_text(f"format: {FORMAT + 1}\nnew_key: 1\n", encoding="utf-8")
    before = on_disk(old)
    assert main(["migrate", str(old)]) == FAULTS
    assert "F010" in capsys.readouterr().err
    assert differing(on_disk(old), before) == []
    assert codes_of(old) == ["F010"]


def test_comments_line_ends_and_the_mark_of_the_file_stay(old: Path) -> None:
    project = old / PROJECT
    text = "# a remark\n\n" + project.read_text(encoding="utf-8") + "# the end\n"
    project.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    main(["migrate", str(old)])
    views = "language: zh-Hant\nviews:\n  - {language: zh-Hant}\n  - {language: zh-Hans, folder: hans}\n"
    new = f"# a remark\n\nformat: {FORMAT}\n{views}" + text.removeprefix("# a remark\n\n")
    assert project.read_bytes() == b"\xef\xbb\xbf" + new.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("title: a\n", "format: 2\ntitle: a\n"),
        ("# c\n---\ntitle: a\n", "# c\n---\nformat: 2\ntitle: a\n"),
        ("title: a\nformat: 1 # old\n", "title: a\nformat: 2 # old\n"),
        ("format: 2\ntitle: a\n", "format: 2\ntitle: a\n"),
    ],
)
def test_the_number_goes_above_the_first_key(text: str, wanted: str) -> None:
    assert migrations.numbered(text, 2) == wanted


@pytest.mark.parametrize("since", range(1, FORMAT + 1))
def test_the_steps_to_a_later_format_than_that_of_the_project_are_run_in_order(
    since: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a step that follows one that is not needed."""

    def step(number: int, to: int) -> Step:
        path = f"annotations/{number}.yaml"
        return Step(to=to, says=f"{number}", change=lambda now: Changes(files={path: f"{sorted(now)}"}))

    formats = [to for to in range(2, FORMAT + 1) for _ in range(2)]
    steps = tuple(step(number, to) for number, to in enumerate(formats))
    monkeypatch.setattr(migrations, "STEPS", steps)
    found = migrations.migrate({PROJECT: f"format: {since}\n"}, since)
    assert found.steps == steps[2 * (since - 1) :]
    assert list(found.files) == [
        *(f"annotations/{one.says}.yaml" for one in found.steps),
        *([PROJECT] if since < FORMAT else []),
    ]
    if since < FORMAT:
        assert found.files[PROJECT] == f"format: {FORMAT}\n"
        assert found.files[f"annotations/{found.steps[-1].says}.yaml"].count("annotations/") == len(
            found.steps
        )


@pytest.mark.parametrize("since", range(1, FORMAT))
def test_a_project_of_each_older_format_becomes_that_of_format_1_when_migrated(old: Path, since: int) -> None:
    """The steps of the formats before are done by hand; the rest gives the same files."""
    before = load.sources(old)[0]
    whole = migrations.migrate(before, 1).files
    now = dict(before)
    for step in migrations.STEPS:
        if step.to <= since:
            now |= step.change(now).files
    now[PROJECT] = migrations.numbered(now[PROJECT], since)
    assert {**now, **migrations.migrate(now, since).files} == {**before, **whole}


def _step(changes: Changes) -> tuple[Step, ...]:
    return (Step(to=FORMAT, says="a step of the test", change=lambda sources: changes),)


def test_an_error_of_a_step_stops_the_migration(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(path="corpus/canal/work.yaml", line=2)
    fault = Problem(place=place, code="Y008", message="here is an error")
    changes = Changes(files={"annotations/x.yaml": "a: 1\n"}, problems=(fault,))
    monkeypatch.setattr(migrations, "STEPS", _step(changes))
    before = on_disk(old)
    assert main(["migrate", str(old)]) == FAULTS
    assert "corpus/canal/work.yaml:2:1: Y008 here is an error" in capsys.readouterr().err
    assert differing(on_disk(old), before) == []


def test_what_could_not_be_read_afterwards_is_not_written(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = Changes(files={"corpus/canal/work.yaml": "title: only\n"})
    monkeypatch.setattr(migrations, "STEPS", _step(changes))
    before = on_disk(old)
    assert main(["migrate", str(old)]) == FAULTS
    assert differing(on_disk(old), before) == []


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_all_files_are_written_or_none(failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").write_bytes(b"old b")
    before = on_disk(tmp_path)
    replace = Path.replace
    calls: list[Path] = []

    def refusing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing + 1:
            raise OSError("no space")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    with pytest.raises(OSError, match="no space"):
        write.together({tmp_path / name: b"new" for name in ("a", "b", "c")})
    assert differing(on_disk(tmp_path), before) == []


def test_every_anchor_of_the_site_is_there_afterwards_at_the_same_words(old: Path) -> None:
    before = anchor_words.anchors(site_of(load.checked(old)))
    main(["migrate", str(old)])
    after = anchor_words.anchors(site_of(load.checked(old)))
    assert sum(map(len, before.values())) > 70
    for page, found in before.items():
        assert {anchor: after[page].get(anchor) for anchor in found} == found, page


GRID = "annotations/codebook/grid.yaml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "cells:\n  - id: a\n    traits:  # the words\n      - {text: t, passage: p1}\n",
            "cells:\n  - id: a\n    words:  # the words\n      - {text: t, passage: p1}\n",
        ),
        (
            "cells: [{id: a, traits: [{text: traits}]}, {id: b, 'traits': [{text: u}]}]\n",
            "cells: [{id: a, words: [{text: traits}]}, {id: b, words: [{text: u}]}]\n",
        ),
        ("traits: x\ncells:\n  - {id: a, traits: []}\n", "traits: x\ncells:\n  - {id: a, words: []}\n"),
        ("cells:\n  - {id: a, traits: [{id: loud, name: n}], words: [{text: t, passage: p}]}\n", None),
        ("cells:\n  - {id: a}\n", None),
        ("cells: x\n", None),
    ],
)
def test_the_step_to_format_4_renames_the_quotations_of_cells(before: str, after: str | None) -> None:
    step = next(one for one in migrations.STEPS if one.to == 4)
    assert step.change({GRID: before}).files == ({} if after is None else {GRID: after})
    if after is not None:
        assert step.change({GRID: after}).files == {}


def test_the_step_to_format_4_changes_nothing_in_a_project_without_a_grid() -> None:
    step = next(one for one in migrations.STEPS if one.to == 4)
    assert step.change({PROJECT: "title: a\n"}).files == {}


def test_the_quotations_of_the_cells_of_an_older_project_are_read_as_words(old: Path) -> None:
    before = load.checked(old).project
    main(["migrate", str(old)])
    after = load.checked(old).project
    assert before is not None
    assert after is not None
    words = [[(one.text, one.passage) for one in cell.words] for cell in before.grid.cells]
    assert any(words)
    assert [[(one.text, one.passage) for one in cell.words] for cell in after.grid.cells] == words
    assert [cell.traits for cell in before.grid.cells] == [()] * len(words)
