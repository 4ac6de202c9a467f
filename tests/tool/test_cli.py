"""The commands: their output, their exit codes, and the files that they leave."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FLAT, ROOT, TINY, Files, differing, on_disk, record

from site_builder import VERSION, pipeline
from site_builder.check import manual
from site_builder.cli.main import CLEAN, FAULTS, INTERRUPTED, USAGE, main
from site_builder.edges import claim, find, guard, load, write
from site_builder.edges.write import WriteRefused
from site_builder.formats import makers
from site_builder.formats.catalogue import FORMATS
from site_builder.formats.format import TAGS as FROM_TAGS
from site_builder.formats.format import Format
from site_builder.source.schemas import FILES

COMMANDS = ("build", "check", "serve", "export", "import-tags", "anchors")
FIRST = {"export": ["tei"], "import-tags": ["tags.csv"]}
"""What a command asks for before the project."""
PYTHON = (sys.executable, "-m", "site_builder")

pytestmark = pytest.mark.usefixtures("kept_results")


@pytest.fixture
def broken(copy: Path) -> Path:
    """A project with an error in one file and a review in another."""
    page = copy / "annotations/pages/gates.md"
    page.write_text(page.read_text().replace("[@p1 things:gate]", "[@p1 things:bamboo]"))
    facet = copy / "annotations/codebook/facets/things.yaml"
    facet.write_text(facet.read_text() + "  - {id: stone, name: 石, definition: 石。}\n")
    record(copy)
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


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["export", "paint", "PROJECT"],
            f"no format is called paint / one of: {', '.join(form.id for form in FORMATS)}",
        ),
        (
            ["export", "tei", "PROJECT", "--guarded"],
            "tei is no table, and cannot be guarded / leave --guarded out",
        ),
        (
            ["export", "epub", "PROJECT", "--out", "-"],
            "--out - takes one file, and there are 2: edition.epub, edition-hans.epub "
            "/ name a folder with --out",
        ),
        (["check", "--schema", "paint"], f"no kind of file is called paint / one of: {', '.join(FILES)}"),
        (
            ["anchors", "PROJECT", "--split", "p2"],
            "--split and --merge need --into / name the successors: --into p38 --into p39",
        ),
        (
            ["anchors", "PROJECT", "--merge", "p2"],
            "--split and --merge need --into / name the successors: --into p38 --into p39",
        ),
        (
            ["check", "nowhere"],
            "no such folder: nowhere / give the folder that contains corpus/ and annotations/",
        ),
        (
            ["check", "a file"],
            "not a folder: a file / give the folder that contains corpus/ and annotations/",
        ),
        (
            ["check", "."],
            "not a project: . contains no corpus/ and no annotations/ / give the folder that contains them",
        ),
    ],
    ids=["format", "guarded", "one file", "schema", "split", "merge", "no folder", "file", "no project"],
)
def test_wrong_usage_is_reported_with_the_next_step_and_nothing_is_written(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.chdir(tmp_path)
    assert main([str(TINY) if word == "PROJECT" else word for word in arguments]) == USAGE
    assert capsys.readouterr() == ("", f"site-builder: {message}\n")
    assert on_disk(tmp_path) == {"a file": b""}


@pytest.mark.parametrize("arguments", [["--rules"], ["--fields"], ["--schema", "work"]])
def test_what_is_the_same_for_every_project_is_printed_without_one(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", *arguments]) == CLEAN
    printed = capsys.readouterr()
    assert printed.out
    assert printed.err == ""


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
    assert [line.split()[0] for line in lines] == list(manual.rules())


def test_each_code_has_a_rule_of_its_own() -> None:
    rules = manual.rules()
    assert len(set(rules.values())) == len(rules)
    assert all(len(rule.split()) >= 6 and rule.endswith(".") for rule in rules.values())


# --- build ------------------------------------------------------------------------------------------


def test_a_build_writes_the_site_into_the_project(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(small)]) == CLEAN
    files = on_disk(small / "_site")
    assert f"{len(files) - 1} files" in capsys.readouterr().out
    assert main(["build", str(small)]) == CLEAN
    assert "0 changed, 0 removed" in capsys.readouterr().out
    assert differing(on_disk(small / "_site"), files) == []


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
    record(copy)
    assert main(["check", str(copy)]) == CLEAN
    assert main(["build", str(copy)]) == CLEAN
    files = on_disk(copy / "_site")
    assert "canal/p1.html" in files
    assert "canal/witness.html" not in files


def test_an_interrupt_has_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("site_builder.edges.load.sources", interrupt)
    assert main(["check", str(TINY)]) == INTERRUPTED


# --- the present step on a terminal -----------------------------------------------------------------


class Terminal(io.StringIO):
    """What a terminal gets."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        """The lines that stay; the last one is empty if the cursor is at the beginning of a line."""
        return [line.rpartition("\r\033[K")[2] for line in self.getvalue().split("\n")]


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, Terminal]:
    """Run a command whose error output is a terminal."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    return main(arguments), terminal


@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        (["build", "PROJECT"], ["reading", "exporting", "rendering the pages", "writing"]),
        (["export", "epub", "PROJECT", "--out", "PROJECT/out/"], ["making the books"]),
    ],
    ids=["build", "export"],
)
def test_each_step_is_shown_while_it_runs_and_none_stays(
    arguments: list[str], steps: list[str], small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, terminal = on_a_terminal(monkeypatch, *(word.replace("PROJECT", str(small)) for word in arguments))
    assert code == CLEAN
    assert terminal.lines == [""]
    shown = terminal.getvalue().split("\r\033[K")
    assert [step for step in shown if step.removesuffix("…") in steps] == [f"{step}…" for step in steps]


@pytest.mark.parametrize("arguments", [["build"], ["export", "csv"]], ids=["build", "export"])
def test_a_report_begins_on_a_line_of_its_own(
    arguments: list[str], broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, terminal = on_a_terminal(monkeypatch, *arguments, str(broken))
    assert code == FAULTS
    *problems, last, end = terminal.lines
    assert len(problems) == 2
    assert all(re.match(r"annotations/\S+:\d+:\d+: [A-Z]\d+ ", line) for line in problems)
    assert last.startswith("site-builder: nothing was written / ")
    assert end == ""


@pytest.mark.parametrize(
    ("step", "error", "code", "message"),
    [
        ("write.site", WriteRefused("x is of others"), FAULTS, "x is of others / name another folder"),
        ("write.site", claim.Busy("x is busy"), FAULTS, "x is busy / name another folder"),
        ("write.site", claim.NameTaken("x is taken"), FAULTS, "x is taken / name another folder"),
        (
            "write.site",
            OSError(errno.ENOSPC, "No space"),
            FAULTS,
            "No space; the last valid site is unchanged",
        ),
        ("write.site", KeyboardInterrupt(), INTERRUPTED, ""),
        ("pipeline.site", KeyboardInterrupt(), INTERRUPTED, ""),
        ("load.sources", KeyboardInterrupt(), INTERRUPTED, ""),
    ],
    ids=[
        "refused",
        "busy",
        "taken",
        "full disk",
        "ended while writing",
        "ended while rendering",
        "ended while reading",
    ],
)
def test_a_build_that_is_stopped_leaves_no_step(
    step: str, error: BaseException, code: int, message: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def site(_: object, say: Callable[[str], None], *__: object) -> Files:
        say("rendering")
        return {makers.ZIP: b""}

    def stop(*arguments: object) -> None:
        if step == "pipeline.site":
            assert callable(arguments[1])
            arguments[1]("rendering")
        raise error

    modules = {"pipeline.site": pipeline, "write.site": write, "load.sources": load}
    monkeypatch.setattr(pipeline, "site", site)
    monkeypatch.setattr(modules[step], step.partition(".")[2], stop)
    found, terminal = on_a_terminal(monkeypatch, "build", str(copy))
    assert found == code
    *messages, end = terminal.lines
    assert end == ""
    assert [line.startswith(f"site-builder: {message}") for line in messages] == [True] * bool(message)
    assert "…" in terminal.getvalue()


def test_a_build_that_waits_for_another_says_so_on_a_line_of_its_own(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waiting(_: Files, out: Path, waits: Callable[[], None]) -> write.Written:
        waits()
        return write.Written(files=0, changed=0, removed=0)

    monkeypatch.setattr(pipeline, "site", lambda *_: {makers.ZIP: b""})
    monkeypatch.setattr(write, "site", waiting)
    _, terminal = on_a_terminal(monkeypatch, "build", str(copy))
    assert terminal.lines == [
        f"site-builder: another build is writing to {copy / '_site'}; waiting for it",
        "",
    ]


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


# --- what a command may write over -------------------------------------------------------------------


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every name below a folder: a file with its content, anything else with nothing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    "out",
    [
        "corpus/site",
        "corpus/canal/deep/er",
        "annotations/site",
        "annotations",
        ".git/site",
        ".",
        "..",
        "_site/../corpus/site",
        "Corpus/site",
        "linked/site",
        "ANNOTATIONS/x",
    ],
)
def test_a_site_is_not_written_among_the_sources(
    out: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "linked").symlink_to(copy / "corpus", target_is_directory=True)
    before = everything(copy.parent)
    assert main(["build", str(copy), "--out", f"{copy}/{out}"]) == FAULTS
    assert differing(everything(copy.parent), before) == []
    assert "must not be" in capsys.readouterr().err


def test_a_site_cannot_be_written_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(TINY), "--out", "-"]) == FAULTS
    assert "a site cannot be written to standard output" in capsys.readouterr().err
    assert on_disk(tmp_path) == {}


def test_a_name_in_another_normal_form_is_the_same_folder(tmp_path: Path) -> None:
    """NFC and NFD of a name are one folder on the disks of macOS."""
    project = tmp_path / "\u00e9dition"
    shutil.copytree(TINY, project)
    with pytest.raises(WriteRefused, match="which holds sources"):
        guard.site(tmp_path / "e\u0301dition" / "corpus" / "site", project)


def test_a_site_is_not_written_among_the_sources_of_another_project(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(TINY, other)
    assert main(["build", str(copy), "--out", str(other / "corpus" / "site")]) == FAULTS
    assert not (other / "corpus" / "site").exists()


@pytest.mark.parametrize("folder", ["site_builder", "templates", "tests"])
def test_a_site_is_not_written_into_the_tool(folder: str) -> None:
    with pytest.raises(WriteRefused, match="which holds sources"):
        guard.site(ROOT / folder / "new", TINY)


def test_a_site_made_by_the_tool_that_holds_the_project_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    assert main(["build", str(TINY), "--out", str(out)]) == CLEAN
    shutil.copytree(TINY, out / "project")
    before = everything(out)
    assert main(["build", str(out / "project"), "--out", str(out)]) == FAULTS
    assert differing(everything(out), before) == []


@pytest.mark.parametrize("out", ["build/deep/site", "public", "_site", "../beside", "corpus-site"])
def test_a_site_is_written_elsewhere_in_the_project_and_beside_it(out: str, small: Path) -> None:
    assert main(["build", str(small), "--out", f"{small}/{out}"]) == CLEAN
    assert (small / out / "index.html").is_file()


@pytest.mark.parametrize("name", ["corpus/canal/text.md", "annotations/project.yaml", "corpus/canal/new.xml"])
@pytest.mark.parametrize("more", [[], ["--force"]])
def test_an_export_is_not_written_over_a_source_or_among_them(
    name: str, more: list[str], copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(copy)
    assert main(["export", "tei", str(copy), "--out", str(copy / name), *more]) == FAULTS
    assert differing(everything(copy), before) == []
    assert "which holds sources" in capsys.readouterr().err


def test_an_export_is_not_written_over_a_file_of_others_unless_forced(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / "references.bib"
    theirs.write_bytes(b"@book{mine}")
    arguments = ["export", "bibtex", str(copy), "--out", str(tmp_path)]
    assert main(arguments) == FAULTS
    assert theirs.read_bytes() == b"@book{mine}"
    assert "--force" in capsys.readouterr().err
    assert main([*arguments, "--force"]) == CLEAN
    assert b"mine" not in theirs.read_bytes()


@pytest.mark.parametrize("more", [[], ["--force"]])
@pytest.mark.parametrize("name", ["README.md", "LICENSE", "readme-en.md", ".gitattributes", "CITATION.cff"])
def test_an_export_never_replaces_a_file_that_describes_the_project(
    name: str, more: list[str], copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / name).write_text("theirs", encoding="utf-8")
    before = everything(copy)
    out = copy if name == "CITATION.cff" else copy / name
    assert main(["export", "cff", str(copy), "--out", str(out), *more]) == FAULTS
    assert differing(everything(copy), before) == []
    assert "is a file of the project" in capsys.readouterr().err


def test_an_export_replaces_its_own_file_in_the_folder_of_a_project(copy: Path) -> None:
    arguments = ["export", "cff", str(copy), "--out", str(copy)]
    assert main(arguments) == CLEAN
    site = copy / "annotations/project.yaml"
    site.write_text(re.sub(r"(?m)^(title): .*$", r"\1: 另一個名字", site.read_text("utf-8")), "utf-8")
    assert main(arguments) == CLEAN
    assert "另一個名字" in (copy / "CITATION.cff").read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_an_export_is_written_over_its_own_earlier_file(
    form: Format, copy: Path, small: Path, tmp_path: Path
) -> None:
    """The small project has not all formats, and so not those that are made from the tags alone."""
    copy = copy if form.rests_on == FROM_TAGS else small
    out = tmp_path / "out"
    arguments = ["export", form.id, str(copy), "--out", f"{out}/"]
    assert main(arguments) == CLEAN
    first = on_disk(out)
    site = copy / "annotations/project.yaml"
    site.write_text(re.sub(r"(?m)^(title): .*$", r"\1: 另一個名字", site.read_text()))
    assert main(arguments) == CLEAN
    assert on_disk(out).keys() == first.keys()


def test_an_export_that_a_person_changed_is_not_replaced(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "passages.csv"
    arguments = ["export", "csv", str(copy), "--out", str(out)]
    assert main(arguments) == CLEAN
    changed = out.read_bytes().replace("近".encode(), "遠".encode())
    out.write_bytes(changed)
    assert main(arguments) == FAULTS
    assert out.read_bytes() == changed
    status = out.stat()
    os.utime(out, ns=(status.st_atime_ns, status.st_mtime_ns // 10**9 * 10**9))  # a disk without fractions
    assert main(arguments) == FAULTS
    assert out.read_bytes() == changed


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs devices")
def test_an_export_does_not_replace_a_device(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--force"]):
        assert main(["export", "ris", str(copy), "--out", "/dev/null", *more]) == FAULTS
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert "regular file" in capsys.readouterr().err


def test_an_export_goes_to_standard_output(tmp_path: Path, tiny_site: Files) -> None:
    for form, name in (("refi", "project.qdpx"), ("csv", "passages.csv")):
        command = [*PYTHON, "export", form, str(TINY), "--out", "-"]
        done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (CLEAN, tiny_site[f"data/{name}"])
    assert list(tmp_path.iterdir()) == []


def test_several_files_do_not_go_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "epub", str(TINY), "--out", "-"]) == USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "one file" in printed.err
    assert list(tmp_path.iterdir()) == []


# --- accidents --------------------------------------------------------------------------------------


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that runs this version of the tool in any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def shell(line: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, in which ``$TOOL`` is the tool."""
    tool = " ".join(PYTHON)
    return subprocess.run(
        ["sh", "-c", line.replace("$TOOL", tool)],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
EVERY_COMMAND = {
    "check .": CLEAN,
    "check . --format json": CLEAN,
    "check --rules": CLEAN,
    "build . --out site": CLEAN,
    "export ris . --out x.ris": CLEAN,
    "import-tags tags.csv . --coder ming": CLEAN,
    "anchors . --next": CLEAN,
    "migrate . --dry-run": CLEAN,
    "--version": CLEAN,
    "serve . --port 99999": FAULTS,
}
"""A call of each command, and its exit code."""
SILENT = ("check .", "serve . --port 99999")
"""Those that print nothing on standard output."""


TAGS = "passage,function,tag,quote_1\np2,scene,,\np2,,flow~a:shows,水是有聲音的\n"


@pytest.fixture
def with_tags(copy: Path) -> Path:
    """A project beside a table with a tag that can be imported."""
    (copy / "tags.csv").write_text(TAGS, encoding="utf-8")
    return copy


@POSIX
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", EVERY_COMMAND)
def test_a_closed_stream_does_not_crash_a_command(arguments: str, closed: str, with_tags: Path) -> None:
    sources = everything(with_tags / "corpus")
    done = shell(f"$TOOL {arguments} {closed}", with_tags)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode == EVERY_COMMAND[arguments]
    assert differing(everything(with_tags / "corpus"), sources) == []


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@POSIX
@FULL
@pytest.mark.parametrize("arguments", EVERY_COMMAND)
def test_a_full_device_is_reported_with_exit_code_1(arguments: str, with_tags: Path) -> None:
    done = shell(f"$TOOL {arguments} >/dev/full", with_tags)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    if arguments in SILENT:
        assert done.returncode == EVERY_COMMAND[arguments]
    else:
        assert done.returncode == FAULTS
        assert "standard output cannot be written: No space left on device" in done.stderr


@POSIX
@FULL
def test_an_error_output_that_is_full_changes_nothing(broken: Path, tmp_path: Path) -> None:
    done = shell("$TOOL check . 2>/dev/full", broken)
    assert done.returncode == FAULTS
    assert "P003" in done.stdout
    assert shell(f"$TOOL build {TINY} --out new 2>/dev/full", tmp_path).returncode == CLEAN
    assert (tmp_path / "new" / "index.html").is_file()


@POSIX
def test_an_export_to_a_closed_output_is_an_error(tmp_path: Path) -> None:
    done = shell(f"$TOOL export ris {TINY} --out - >&-", tmp_path)
    assert done.returncode == FAULTS
    assert "standard output is closed" in done.stderr
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_an_output_of_another_encoding_does_not_crash_a_command(broken: Path) -> None:
    done = shell("$TOOL check .", broken, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == FAULTS
    assert "P003" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_build_with_faults_puts_back_a_site_that_was_moved_away(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kill between two renames, on a system that cannot exchange folders in one step."""
    assert main(["build", str(copy)]) == CLEAN
    site = everything(copy / "_site")
    left = claim.folder(copy / "_site")
    (left / claim.NEW).mkdir(parents=True)
    (left / "lock").touch()
    (copy / "_site").rename(left / claim.OLD)
    (copy / "annotations/pages/gates.md").write_text("水\n", encoding="utf-8")
    assert main(["build", str(copy)]) == FAULTS
    assert differing(everything(copy / "_site"), site) == []
    assert not left.exists()
    assert "it is back" in capsys.readouterr().err


@POSIX
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_a_build_with_its_exit_code_and_no_leftovers(
    number: signal.Signals, code: int, small: Path
) -> None:
    """The process signals itself when it has written half of the files."""
    program = (
        "import os, sys\n"
        "from site_builder.cli.main import main\n"
        "from site_builder.edges import write\n"
        "put, count = write._put, iter(range(10**6))\n"
        "def writing(*arguments):\n"
        f"    next(count) == 40 and os.kill(os.getpid(), {int(number)})\n"
        "    return put(*arguments)\n"
        "write._put = writing\n"
        "sys.exit(main(['build', '.']))\n"
    )
    before = everything(small)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=small, env=environment(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (code, b"")
    assert differing(everything(small), before) == []


def refusing_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)


def test_a_full_disk_leaves_every_file_as_it_was(
    with_tags: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk is full when the bytes of a single file are flushed to it."""
    out = tmp_path / "out"
    assert main(["export", "tei", str(with_tags), "--out", f"{out}/"]) == CLEAN
    ledger = with_tags / "corpus/canal/anchors.yaml"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(line for line in lines if 'id: "p10"' not in line), encoding="utf-8")
    before = everything(tmp_path)
    refusing_disk(monkeypatch)
    commands = (
        ["anchors", str(with_tags)],
        ["export", "tei", str(TINY), "--out", f"{out}/"],
        ["export", "epub", str(FLAT), "--out", f"{tmp_path}/new/er/"],
    )
    for command in commands:
        assert main(command) == FAULTS, command
        assert "No space left on device" in capsys.readouterr().err
        assert differing(everything(tmp_path), before) == []
    ledger.write_text("".join(lines), encoding="utf-8")
    before = everything(tmp_path)
    assert main(["import-tags", str(with_tags / "tags.csv"), str(with_tags), "--coder", "ming"]) == FAULTS
    assert "No space left on device" in capsys.readouterr().err
    assert differing(everything(tmp_path), before) == []


NOBODY = 65534
LIMITED = """
import os, resource, sys
size, user = int(sys.argv[1]), int(sys.argv[2])
if size >= 0:
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from site_builder.cli.main import main
if user:  # who may not be able to read the modules: they are loaded first
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        main(["build", os.environ["TINY"], "--out", folder + "/site"])
        main(["export", "zip", os.environ["FLAT"], "--out", folder + "/x/"])
        main(["import-tags", os.devnull, os.environ["TINY"]])
        main(["anchors", os.environ["TINY"], "--next"])
    print("as another user", flush=True)
    print("as another user", flush=True, file=sys.stderr)
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
codes = []
for line in sys.argv[3:]:
    print(line, flush=True, file=sys.stderr)
    codes.append(main(line.split()))
print(codes)
"""


def limited(folder: Path, *lines: str, size: int = -1, user: int = 0) -> subprocess.CompletedProcess[str]:
    """Run commands of the tool where no file may be larger than ``size`` bytes, or as another user.

    The last line of the output is a list of their exit codes.  Python keeps a module that it compiles without
    a look at how much of it could be written, and then no other process can import it: so it keeps none.
    """
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), str(user), *lines],
        cwd=folder,
        env=environment(TINY=str(TINY), FLAT=str(FLAT), PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
    )


@POSIX
def test_a_write_error_leaves_the_old_files(small: Path) -> None:
    assert main(["build", str(small)]) == CLEAN
    (small / "x.zip").write_bytes(b"")
    page = small / "annotations/pages/home.md"
    page.write_text(page.read_text(encoding="utf-8").replace("in danger", "in peril"), encoding="utf-8")
    record(small)
    before = everything(small)
    done = limited(small, "build .", "export zip . --out x.zip --force", size=20_000)
    assert done.stdout.splitlines()[-1] == f"[{FAULTS}, {FAULTS}]"
    assert done.stderr.count("File too large") == 2
    assert "Traceback" not in done.stderr
    assert differing(everything(small), before) == []


AS_ROOT = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="needs root to be another user"
)


def opened_to_all(folder: Path) -> None:
    """Make a folder of pytest, which is for one user, accessible to every user."""
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.geteuid() and above != above.parent:
            above.chmod(above.stat().st_mode | 0o055)


@AS_ROOT
def test_a_file_that_an_ordinary_user_may_not_write_is_reported(with_tags: Path) -> None:
    opened_to_all(with_tags)
    ledger = with_tags / "corpus/canal/anchors.yaml"
    before = everything(with_tags)
    lines = (
        "build .",
        "build . --out new/site",
        "export ris . --out x.ris",
        "export ris .",
        "import-tags tags.csv . --coder ming",
    )
    done = limited(with_tags, *lines, user=NOBODY)
    assert "Traceback" not in done.stderr
    assert done.stderr.count("Permission denied") == len(lines)
    assert done.stdout.splitlines()[-1] == str([FAULTS] * len(lines))
    assert differing(everything(with_tags), before) == []
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(re.sub(r'.*"p10".*\n', "", text), encoding="utf-8")
    before = everything(with_tags)
    done = limited(with_tags, "anchors .", user=NOBODY)
    assert "Traceback" not in done.stderr
    assert "anchors.yaml" in done.stderr
    assert "Permission denied" in done.stderr
    assert done.stdout.splitlines()[-1] == f"[{FAULTS}]"
    assert differing(everything(with_tags), before) == []


@AS_ROOT
def test_a_file_that_an_ordinary_user_may_not_read_is_reported(copy: Path) -> None:
    opened_to_all(copy)
    (copy / "corpus/canal/text.md").chmod(0o600)
    lines = ("check .", "build .", "export ris .", "anchors .")
    done = limited(copy, *lines, user=NOBODY)
    assert "Traceback" not in done.stderr
    assert (done.stderr + done.stdout).count("Permission denied") == len(lines)
    assert done.stdout.splitlines()[-1] == str([FAULTS] * len(lines))


@AS_ROOT
def test_a_project_in_a_folder_that_an_ordinary_user_may_not_enter_is_reported(copy: Path) -> None:
    opened_to_all(copy)
    copy.chmod(0o700)
    done = limited(copy.parent, f"check {copy}", user=NOBODY)
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1] in (f"[{FAULTS}]", f"[{USAGE}]")


def test_tags_are_not_written_out_of_the_project(
    with_tags: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (with_tags / "annotations/canal/tags/ming").symlink_to(outside, target_is_directory=True)
    assert main(["import-tags", str(with_tags / "tags.csv"), str(with_tags), "--coder", "ming"]) == FAULTS
    assert list(outside.iterdir()) == []


# --- a folder that is no project --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "given", "hint"),
    [
        ("notes/scans", "notes/scans", "run 'site-builder check .'"),
        ("corpus/canal", "corpus/canal", "run 'site-builder check .'"),
        ("notes", "..", "run 'site-builder check ."),
    ],
)
def test_a_folder_near_a_project_gets_a_hint_to_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    inner: str,
    given: str,
    hint: str,
) -> None:
    copy = tmp_path / "outer" / "project"
    shutil.copytree(TINY, copy)
    (copy / inner).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(copy)
    assert main(["check", given]) == USAGE
    error = capsys.readouterr().err
    assert f"not a project: {given} contains no corpus/ and no annotations/" in error
    assert hint in error


def test_of_several_projects_above_the_nearest_is_named_and_of_several_below_none(tmp_path: Path) -> None:
    for project in ("a", "a/b/c", "a/b/c/d/x", "a/b/c/d/y", "e"):
        for top in ("corpus", "annotations"):
            (tmp_path / project / top).mkdir(parents=True)

    def near(folder: str) -> Path | None:
        found = find.project_near(tmp_path / folder)
        return found and found.resolve()

    assert near("a/b/c/corpus") == tmp_path / "a/b/c"
    assert near("a/b") == tmp_path / "a"
    assert near("a/b/c/d") == tmp_path / "a/b/c"
    assert near("") is None
    shutil.rmtree(tmp_path / "e")
    assert near("") == tmp_path / "a"


def test_a_folder_without_a_project_near_it_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path)]) == USAGE
    assert "give the folder that contains them" in capsys.readouterr().err
    file = tmp_path / "a.txt"
    file.write_text("甲", encoding="utf-8")
    assert main(["build", str(file)]) == USAGE
    assert "not a folder" in capsys.readouterr().err
