"""Records of runs: a command that has nothing to do prints the same again and reads nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli import front
from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import keeping, runs, streams

FLAT = Path(__file__).resolve().parent.parent / "projects" / "english-flat"
TICK = 0.06  # seconds; longer than the tick of the clock of any disk with fractions of a second


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def project(tmp_path: Path, cache: Path) -> Path:
    """A project that was last changed long enough ago."""
    shutil.copytree(FLAT, tmp_path / "project")
    time.sleep(TICK)
    return tmp_path / "project"


def run(words: list[str]) -> int:
    """A command as a user gives it: its record has its words."""
    return main(words)


def test_a_check_without_a_change_is_answered_from_its_record(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", str(project)]
    assert runs.unchanged(words) is None
    assert run(words) == CLEAN
    shown = capsys.readouterr()
    answer = runs.unchanged(words)
    assert answer is not None
    code, printed = answer
    assert code == CLEAN
    assert [text for stream, text in printed if stream == streams.ERROR] == shown.err.splitlines()
    assert shown.out == ""


def test_a_check_with_errors_is_answered_with_the_same_errors_and_code(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "annotations" / "project.yaml").write_text("title: 1: 2\n", encoding="utf-8")
    time.sleep(TICK)
    words = ["check", str(project)]
    assert run(words) == FAULTS
    shown = capsys.readouterr()
    answer = runs.unchanged(words)
    assert answer is not None
    assert answer[0] == FAULTS
    assert "\n".join(text for stream, text in answer[1] if stream == streams.OUT) == shown.out.rstrip("\n")
    assert "error" in shown.err


def test_a_build_without_a_change_is_answered_with_what_the_same_build_would_print(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["build", str(project), "--out", str(tmp_path / "site"), "--jobs", "1"]
    assert run(words) == CLEAN
    capsys.readouterr()
    answer = runs.unchanged(words)
    assert answer is not None
    assert run(words) == CLEAN  # the command itself, which does not look at the record
    assert capsys.readouterr().out.splitlines() == [
        text for stream, text in answer[1] if stream == streams.OUT
    ]
    assert ", 0 changed, 0 removed" in answer[1][-1][1]


def _gist(project: Path, site: Path) -> None:
    path = next((project / "annotations").glob("*/tags/*/*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")


def _same_size(project: Path, site: Path) -> None:
    """Another content of the same size with the same time of change."""
    path = next((project / "corpus").glob("*/text.md"))
    before = path.stat()
    content = path.read_bytes()
    path.write_bytes(content[:-2] + content[-2:][::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(project: Path, site: Path) -> None:
    """Another file with the content and the time of the old one: only its number tells."""
    path = next((project / "corpus").glob("*/text.md"))
    before = path.stat()
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    os.utime(copy, ns=(before.st_atime_ns, before.st_mtime_ns))
    copy.replace(path)


def _new_file(project: Path, site: Path) -> None:
    (project / "annotations" / "new.txt").write_text("", encoding="utf-8")


def _removed(project: Path, site: Path) -> None:
    next((project / "corpus").glob("*/text.md")).unlink()


def _page_changed(project: Path, site: Path) -> None:
    (site / "index.html").write_bytes(b"other")


def _page_removed(project: Path, site: Path) -> None:
    (site / "index.html").unlink()


def _page_added(project: Path, site: Path) -> None:
    (site / "more.html").write_bytes(b"")


def _site_removed(project: Path, site: Path) -> None:
    shutil.rmtree(site)


CHANGES = (
    _gist,
    _same_size,
    _replaced,
    _new_file,
    _removed,
    _page_changed,
    _page_removed,
    _page_added,
    _site_removed,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project and its site."""
    top = tmp_path_factory.mktemp("runs")
    shutil.copytree(FLAT, top / "project")
    time.sleep(TICK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(keeping.VARIABLE, str(top / "cache"))
        assert main(["build", str(top / "project"), "--out", str(top / "site"), "--jobs", "1"]) == CLEAN
    return top / "project", top / "site"


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_runs_again_after_any_change(
    change: Callable[[Path, Path], None],
    built: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old_project, old_site = built
    project, site = tmp_path / "project", tmp_path / "site"
    shutil.copytree(old_project, project)
    shutil.copytree(old_site, site)
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "cache"))
    words = ["build", str(project), "--out", str(site)]
    time.sleep(TICK)
    begun = runs.begin(words, project)
    runs.end(begun, CLEAN, [(streams.OUT, "nothing to do")], site)
    assert runs.unchanged(words) == (CLEAN, [(streams.OUT, "nothing to do")])
    change(project, site)
    assert runs.unchanged(words) is None


def test_the_tool_is_known_by_its_files_and_not_by_its_bytecode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site_builder"
    for name in ("site_builder/site/render.py", "templates/home.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one", encoding="utf-8")
    monkeypatch.setattr(runs, "_PACKAGE", package)
    first = runs.tool.__wrapped__()
    for folder in ("site_builder", "site_builder/site", "templates"):
        made = tmp_path / folder / "__pycache__"
        made.mkdir()
        (made / "render.cpython-311.pyc").write_bytes(b"code")
    assert runs.tool.__wrapped__() == first
    known = [first]
    for change in (
        lambda: (package / "site/render.py").write_text("other", encoding="utf-8"),
        lambda: (package / "site/new.py").write_text("", encoding="utf-8"),
        lambda: (package / "site/new.py").rename(package / "new.py"),
        lambda: (package / "new.py").unlink(),
        lambda: (tmp_path / "templates/home.html").write_text("other", encoding="utf-8"),
    ):
        change()
        assert runs.tool.__wrapped__() not in known[-1:]
        known.append(runs.tool.__wrapped__())


def test_a_record_of_another_version_of_the_tool_is_not_used(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["check", str(project)]
    assert run(words) == CLEAN
    assert runs.unchanged(words) is not None
    monkeypatch.setattr(runs, "tool", lambda: ["another"])
    assert runs.unchanged(words) is None


def test_a_source_that_changed_in_the_same_tick_as_the_command_is_not_trusted(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["check", str(project)]
    path = project / "annotations" / "project.yaml"
    path.write_bytes(path.read_bytes())  # changed now
    begun = runs.begin(words, project)
    runs.end(begun, CLEAN, [])
    assert runs.unchanged(words) is None
    time.sleep(TICK)
    begun = runs.begin(words, project)
    runs.end(begun, CLEAN, [])
    assert runs.unchanged(words) == (CLEAN, [])


def test_a_source_from_the_future_is_never_trusted(project: Path) -> None:
    """The clock was set back after the file was written."""
    later = time.time_ns() + 3_600_000_000_000
    os.utime(project / "annotations" / "project.yaml", ns=(later, later))
    words = ["check", str(project)]
    runs.end(runs.begin(words, project), CLEAN, [])
    assert runs.unchanged(words) is None


def test_a_source_that_changes_while_the_command_runs_makes_it_run_again(project: Path) -> None:
    words = ["check", str(project)]
    begun = runs.begin(words, project)
    (project / "annotations" / "new.md").write_text("x", encoding="utf-8")
    runs.end(begun, CLEAN, [])
    assert runs.unchanged(words) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version":1}', b"\xff\xfe", b'{"version":1,"tool":1}']
)
def test_a_damaged_record_is_no_record(project: Path, cache: Path, content: bytes) -> None:
    words = ["check", str(project)]
    assert run(words) == CLEAN
    [record] = (cache / "runs").iterdir()
    assert json.loads(record.read_bytes())["code"] == CLEAN
    record.write_bytes(content)
    assert runs.unchanged(words) is None
    assert run(words) == CLEAN


def test_the_number_of_records_is_limited(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_KEPT", 3)
    for number in range(6):
        words = ["check", str(project), f"--{number}"]
        runs.end(runs.begin(words, project), CLEAN, [])
    assert len(list((cache / "runs").iterdir())) == 3
    assert runs.unchanged(words) is not None


def test_without_a_cache_nothing_is_recorded(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["check", str(project), "--no-cache"]) == CLEAN
    assert not cache.exists()
    monkeypatch.setenv(keeping.VARIABLE, "")
    assert run(["check", str(project)]) == CLEAN
    assert keeping.folder() is None
    assert not cache.exists()


@pytest.mark.parametrize("option", ["--no-cache", "--no-c"])
def test_an_option_that_asks_for_everything_again_counts_in_its_short_form(
    project: Path, cache: Path, option: str
) -> None:
    words = ["check", str(project), option]
    assert run(words) == CLEAN
    assert runs.unchanged(words) is None
    assert not list(cache.glob("runs/*"))


@pytest.mark.parametrize("option", ["--stats", "--stat"])
def test_the_numbers_of_a_build_are_written_in_every_run(project: Path, tmp_path: Path, option: str) -> None:
    numbers = tmp_path / "numbers.json"
    words = ["build", str(project), "--jobs", "1", option, str(numbers)]
    assert run(words) == CLEAN
    assert numbers.exists()
    assert runs.unchanged(words) is None


def test_another_folder_with_the_same_words_is_another_command(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert run(["check", "."]) == CLEAN
    assert runs.unchanged(["check", "."]) is not None
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert runs.unchanged(["check", "."]) is None


def test_the_command_answers_from_the_record_with_the_same_words(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", str(project)]
    monkeypatch.setattr(sys, "argv", ["site-builder", *words])
    assert front.main() == CLEAN
    first = capsys.readouterr()
    assert runs.unchanged(words) is not None
    monkeypatch.setattr("site_builder.cli.main.main", lambda: pytest.fail("the command was run"))
    assert front.main() == CLEAN
    assert capsys.readouterr() == first


def test_an_answer_imports_nothing_that_reads_a_project(project: Path, cache: Path) -> None:
    words = ["check", str(project)]
    assert run(words) == CLEAN
    code = (
        "import sys; from site_builder.cli import front;"
        "sys.argv = ['site-builder', *sys.argv[1:]]; front.main();"
        "print(sorted(name for name in sys.modules if name.startswith('site_builder.') or name in"
        " ('yaml', 'jinja2', 'markdown_it', 'dataclasses_json', 'sqlite3', 'argparse')))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, keeping.VARIABLE: str(cache)},
    )
    wanted = ["cli", "cli.front", "edges", "edges.keeping", "edges.reasons", "edges.runs", "edges.streams"]
    assert found.stdout == f"{[f'site_builder.{name}' for name in wanted]}\n"


# --- the folder of the cache ------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="the modes of files are those of Unix")
def test_a_folder_that_others_can_write_to_is_not_used(cache: Path) -> None:
    cache.mkdir(mode=0o700)
    assert keeping.folder() == cache
    cache.chmod(0o777)
    assert keeping.folder() is None


def test_a_file_in_the_place_of_the_folder_turns_the_cache_off(cache: Path) -> None:
    cache.write_bytes(b"")
    assert keeping.folder() is None


def test_the_cache_is_where_the_system_keeps_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(keeping.VARIABLE, raising=False)
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        assert keeping.folder() == tmp_path / "xdg" / "site-builder"
        monkeypatch.setenv("XDG_CACHE_HOME", "relative")
        monkeypatch.setenv("HOME", str(tmp_path))
        assert keeping.folder() == tmp_path / ".cache" / "site-builder"
