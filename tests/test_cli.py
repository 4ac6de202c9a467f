"""The commands from outside: what they print, what they return, what they leave behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, TINY, on_disk

from site_builder import VERSION, codes
from site_builder.cli import CLEAN, FAULTS, INTERRUPTED, USAGE, main

COMMANDS = ("build", "check", "serve", "export", "import-tags", "anchors")
FIRST = {"export": ["tei"], "import-tags": ["tags.csv"]}
"""What a command asks for before the project."""
PYTHON = (sys.executable, "-m", "site_builder")


@pytest.fixture
def broken(copy: Path) -> Path:
    """A project with an error in one file and a review in another."""
    page = copy / "annotations/pages/gates.md"
    page.write_text(page.read_text().replace("[@p1 things:gate]", "[@p1 things:bamboo]"))
    facet = copy / "annotations/codebook/facets/things.yaml"
    facet.write_text(facet.read_text() + "  - {id: stone, name: 石, definition: 石。}\n")
    return copy


# --- help and usage ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == CLEAN
    text = " ".join(capsys.readouterr().out.split())
    assert " ".join(["example: site-builder", command, *FIRST.get(command, []), "."]) in text


def test_no_command_is_a_usage_error_and_prints_the_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert all(command in printed.err for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["paint"],
        ["check", "--format", "xml"],
        ["build", "--nothing"],
        ["export"],
        ["import-tags"],
        ["anchors", "--split"],
    ],
)
def test_what_is_not_understood_is_a_usage_error(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == USAGE


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_not_there_is_a_usage_error(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, *FIRST.get(command, []), str(tmp_path / "nowhere")]) == USAGE
    assert "nowhere" in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"site-builder {VERSION}\n"


# --- check ------------------------------------------------------------------------------------------


def test_a_clean_project_is_silent_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(TINY)]) == CLEAN
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "0 errors, 0 to review\n"


def test_faults_are_printed_and_counted(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(broken)]) == FAULTS
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert [line.split()[1] for line in lines] == ["C005", "P003"]
    assert lines[0].endswith(" (review)")
    assert printed.err == "1 error, 1 to review\n"


def test_the_json_format_holds_every_field(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(broken), "--format", "json"]) == FAULTS
    review, error = json.loads(capsys.readouterr().out)
    assert (review["code"], review["level"]) == ("C005", "review")
    assert error == {
        "path": "annotations/pages/gates.md",
        "line": 7,
        "column": 12,
        "level": "error",
        "code": "P003",
        "message": error["message"],
        "hint": error["hint"],
    }
    assert "things:bamboo" in error["message"]


def test_the_json_of_a_clean_project_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(TINY), "--format", "json"]) == CLEAN
    assert json.loads(capsys.readouterr().out) == []


def test_the_github_format_is_one_workflow_command_a_fault(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (broken / "annotations/pages/a,b.md").write_text("水\n")
    assert main(["check", str(broken), "--format", "github"]) == FAULTS
    command = re.compile(r"::(error|warning) file=([^,:]+),line=(\d+),col=(\d+),title=([A-Z]\d+)::.")
    found = [command.match(line) for line in capsys.readouterr().out.splitlines()]
    assert [match and (match[1], match[5]) for match in found] == [
        ("warning", "C005"),
        ("error", "P009"),
        ("error", "P003"),
    ]
    assert found[1] is not None
    assert found[1][2] == "annotations/pages/a%2Cb.md"


def test_the_manual_names_every_code_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--rules"]) == CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(codes.rules())
    assert all(len(line.split()) > 4 for line in lines)


# --- build ------------------------------------------------------------------------------------------


def test_a_build_writes_the_site_into_the_project(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(copy)]) == CLEAN
    files = on_disk(copy / "_site")
    assert f"{len(files) - 1} files" in capsys.readouterr().out
    assert main(["build", str(copy)]) == CLEAN
    assert "0 changed, 0 removed" in capsys.readouterr().out
    assert on_disk(copy / "_site") == files


def test_a_build_with_faults_writes_nothing(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["build", str(broken), "--out", str(out)]) == FAULTS
    assert not out.exists()
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "P003" in printed.err


def test_a_build_does_not_touch_a_folder_of_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    assert main(["build", str(TINY), "--out", str(tmp_path)]) == FAULTS
    assert on_disk(tmp_path) == {"thesis.docx": b"years of work"}
    assert "--out" in capsys.readouterr().err


def test_a_project_without_a_witness_builds_without_its_pages(copy: Path) -> None:
    shutil.copytree(TINY.parent / "variants" / "no-witness", copy, dirs_exist_ok=True)
    for name in ("witness.txt", "witness.yaml", "emendations.yaml"):
        (copy / "corpus" / "canal" / name).unlink()
    assert main(["check", str(copy)]) == CLEAN
    assert main(["build", str(copy)]) == CLEAN
    files = on_disk(copy / "_site")
    assert "canal/p1.html" in files
    assert "canal/witness.html" not in files


def test_an_interrupt_has_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("site_builder.build.checked", interrupt)
    assert main(["check", str(TINY)]) == INTERRUPTED


# --- as a process -----------------------------------------------------------------------------------


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([*PYTHON, "check", str(TINY)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (CLEAN, "")


def test_the_exit_code_reaches_the_shell(broken: Path) -> None:
    done = subprocess.run([*PYTHON, "check", str(broken)], capture_output=True, check=False)
    assert done.returncode == FAULTS


@pytest.mark.parametrize("arguments", [["check", "--rules"], ["check", ".", "--format", "json"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [*PYTHON, *arguments],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert done.returncode == CLEAN
