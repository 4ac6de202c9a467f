"""The suite itself: what may be skipped, and how its laws draw their examples."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import shared
from conftest import ROOT
from hypothesis import settings

TESTS = ROOT / "tests"
LISTED = "refi/Project.xsd is in no registry of packages; PROOF_SCHEMAS names a folder that holds it"


def run(folder: Path, test: str, **environment: str) -> tuple[int, str]:
    """The exit code and output of pytest for one file of tests, with the hooks of this suite."""
    (folder / "test_one.py").write_text(f"import pytest\n{test}\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "skips",
        ".",
    ]
    # without the plugins that are installed, which take three quarters of the time
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    paths = {"PATH": "", "PYTHONPATH": str(TESTS), **alone}
    found = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, env={**paths, **environment}
    )
    return found.returncode, found.stdout


SKIP = "def test_one():\n    pytest.skip({!r})"


def test_a_skip_is_a_failure_in_ci_and_says_which_list_would_accept_it(tmp_path: Path) -> None:
    code, output = run(tmp_path, SKIP.format("the moon is not full"), CI="true")
    assert code == 1
    assert "for a reason that tests/skips.py does not list: the moon is not full" in output


def test_a_file_that_is_skipped_whole_is_a_failure_in_ci(tmp_path: Path) -> None:
    code, output = run(tmp_path, "pytest.skip('not today', allow_module_level=True)", CI="true")
    assert code != 0
    assert "does not list: not today" in output


@pytest.mark.parametrize("decorator", ["skip(reason='later')", "skipif(True, reason='later')"])
def test_a_mark_that_skips_is_a_failure_in_ci(tmp_path: Path, decorator: str) -> None:
    code, output = run(tmp_path, f"@pytest.mark.{decorator}\ndef test_one():\n    pass", CI="1")
    assert code == 1
    assert "does not list: later" in output


def test_a_listed_reason_is_accepted_in_ci(tmp_path: Path) -> None:
    code, output = run(tmp_path, SKIP.format(LISTED), CI="true")
    assert code == 0
    assert "1 skipped" in output


def test_a_missing_schema_is_a_failure_where_the_folder_of_schemas_is_named(tmp_path: Path) -> None:
    code, _ = run(tmp_path, SKIP.format(LISTED), CI="true", PROOF_SCHEMAS=str(tmp_path))
    assert code == 1


@pytest.mark.parametrize("ci", ["", "0", "false"])
def test_a_skip_is_a_skip_outside_of_ci(tmp_path: Path, ci: str) -> None:
    code, output = run(tmp_path, SKIP.format("the moon is not full"), CI=ci)
    assert code == 0
    assert "1 skipped" in output


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    code, output = run(tmp_path, "@pytest.mark.xfail\ndef test_one():\n    assert False", CI="true")
    assert code == 0
    assert "1 xfailed" in output


def test_the_laws_draw_the_same_examples_in_every_run() -> None:
    suite, fuzz = settings.get_profile("suite"), settings.get_profile("fuzz")
    assert suite.derandomize
    assert suite.database is None  # what one run found would change the next
    assert not fuzz.derandomize
    assert suite.deadline is None
    assert fuzz.deadline is None


def test_every_law_takes_its_number_of_examples_from_one_place() -> None:
    fixed = [
        f"{path.name}: {line.strip()}"
        for path in sorted((*TESTS.glob("*.py"), *TESTS.glob("*/test_*.py")))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"max_examples=\d", line) and path.name != "test_suite.py"
    ]
    assert not fixed, "write max_examples=examples(N): " + "\n".join(fixed)


MAKES_ONCE = """
import os, shared, time
from pathlib import Path
def make():
    with open("made", "a") as log:
        log.write("x")
    time.sleep(0.2)
    return {"a": b"1"}
def fill(folder):
    folder.mkdir()
    (folder / "file").write_text(str(make()))
print(shared.value("value", make), (shared.folder("folder", fill) / "file").read_text())
"""


def test_what_workers_share_is_made_once_and_is_the_same_for_each(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(TESTS), "PYTHONDONTWRITEBYTECODE": "1", shared.VARIABLE: str(tmp_path)}
    command = [sys.executable, "-c", MAKES_ONCE]
    workers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment)
        for _ in range(3)
    ]
    outputs = [worker.communicate()[0] for worker in workers]
    assert outputs == ["{'a': b'1'} {'a': b'1'}\n"] * 3
    assert (tmp_path / "made").read_text() == "xx"


def test_what_could_not_be_made_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shared.VARIABLE, str(tmp_path))
    with pytest.raises(ZeroDivisionError):
        shared.value("number", lambda: 1 // 0)
    assert shared.value("number", lambda: 2) == 2
    assert shared.value("number", lambda: 3) == 2


def test_programs_that_tests_start_keep_their_bytecode() -> None:
    asked = "import sys; print(sys.dont_write_bytecode)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
