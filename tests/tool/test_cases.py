"""One folder for each error: ``tests/cases/CODE-what`` replaces files of the tiny project, and the report is
compared.

A case contains the files that differ, ``works.txt`` with works to add (see :mod:`works`), ``deleted.txt``
with removed files (a folder ends in ``/``), ``links.txt`` with symbolic links (path and target), and
``expected.txt``, the report.  ``pytest --update-goldens`` rewrites the reports.

``fixed/`` is laid over the case.  It is made by doing literally what the hint says.  It contains files,
``deleted.txt``, and ``commands.txt`` with the commands that the hint names.

The ledger of addresses is made for each case, unless the case is about ledgers (family A): otherwise every
changed word of a page would be a second problem.
"""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from conftest import TINY, on_disk, record
from works import add_works

from site_builder import pipeline
from site_builder.check import manual
from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import building, load
from site_builder.model import Problem
from site_builder.model.memory import Memory
from site_builder.source import parts

CASES = sorted(path for path in (TINY.parent / "cases").iterdir() if path.is_dir())
ANSWERS = "annotations/reviews.yaml"
OWN = ("works.txt", "deleted.txt", "links.txt", "expected.txt", "commands.txt", "fixed")
NOT_FIXED = {"F010-newer": "only a newer version of the tool can read the project"}
"""Case → why no change of the project can follow its hint."""
LITERALS = re.compile(
    r"did you mean '([^']+)'"
    r"|write (\{#[^}]+\})|add (\{#[^}]+\})|write - (\{quote: [^}]+\})|write - (\"[^\"]+\")"
    r"|write (\[?\"[^\"]+\"\]?)(?: \(review\))?$|write (https?://\S+)|write (\d[\d-]+)(?: \(review\))?$"
    r"|rename it to ([^\s,]+)|run '(site-builder [^']+)'|'(site-builder anchors --[a-z]+ \S+)"
)
"""What hints say to write, in the forms in which they say it."""


def lay(case: Path, folder: Path) -> Path:
    """Copy the tiny project with a case over it into ``folder``."""
    if not folder.exists():
        shutil.copytree(TINY, folder)
    _overlay(case, folder)
    if not code_of(case).startswith("A"):
        record(folder)
    return folder


def follow(case: Path, folder: Path) -> Path:
    """The tiny project with a case over it, after its hint was followed, in ``folder``."""
    shutil.copytree(TINY, folder)
    _overlay(case, folder)
    _overlay(case / "fixed", folder)
    if not code_of(case).startswith("A"):
        record(folder)
    for command in _lines(case / "fixed" / "commands.txt"):
        _, name, *arguments = shlex.split(command)
        assert main([name, str(folder), *arguments]) == CLEAN, command
    return folder


def _overlay(case: Path, folder: Path) -> None:
    add_works(folder, tuple(_lines(case / "works.txt")))
    for name in _lines(case / "deleted.txt"):
        if name.endswith("/"):
            shutil.rmtree(folder / name)
        else:
            (folder / name).unlink()
    for line in _lines(case / "links.txt"):
        name, target = line.split()
        (folder / name).symlink_to(target)
    shutil.copytree(case, folder, ignore=shutil.ignore_patterns(*OWN), dirs_exist_ok=True)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def code_of(case: Path) -> str:
    return case.name.partition("-")[0]


def stamps(folder: Path) -> dict[Path, tuple[int, ...]]:
    """The stamps of everything below a folder; any write changes one, even with the same bytes."""
    found = ((path, path.lstat()) for path in folder.rglob("*"))
    return {path: (one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for path, one in found}


def reading_of(folder: Path) -> building.Reading:
    """What a command gets when it reads and checks a project.

    What is the same in the case before is remembered; test_memory.py proves that the same is found.
    """
    texts, unreadable = load.sources(folder)
    found = pipeline.check_sources(texts, unreadable, _READ, _MEMORY)
    return building.Reading(found=found, texts=texts, read=len(texts), kept=0)


def reported(folder: Path) -> tuple[Problem, ...]:
    """The problems of a project."""
    return reading_of(folder).found.problems


_READ, _MEMORY = parts.Remembered(), Memory()


def test_the_tiny_project_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(TINY)]) == CLEAN
    assert capsys.readouterr().out == ""


@dataclass(frozen=True)
class Laid:
    """A case, and the tiny project with the case over it; no test may change it."""

    case: Path
    folder: Path

    @cached_property
    def reading(self) -> building.Reading:
        return reading_of(self.folder)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.reading.found.problems

    def checked(self, folder: Path, *, keep: bool = True) -> building.Reading:
        """In place of :func:`building.checked`: the project is read once for all commands."""
        assert folder == self.folder
        assert keep
        return self.reading


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def laid(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    outer = tmp_path_factory.mktemp("case")
    (outer / "outside.md").write_text("---\nid: outside\ntitle: 外\n---\n", encoding="utf-8")
    return Laid(request.param, lay(request.param, outer / "project"))


@pytest.fixture(scope="module")
def written(good_site: Path) -> dict[Path, tuple[int, ...]]:
    return stamps(good_site)


def test_a_case_is_reported_as_its_golden_says(
    laid: Laid,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, folder = laid.case, laid.folder
    monkeypatch.setattr(building, "checked", laid.checked)
    main(["check", str(folder)])
    report = capsys.readouterr().out
    golden = case / "expected.txt"
    if request.config.getoption("--update-goldens"):
        golden.write_text(report, encoding="utf-8")
    assert report == golden.read_text(encoding="utf-8")
    assert f" {code_of(case)} " in report


def test_a_case_builds_only_where_nothing_but_a_review_is_due(
    laid: Laid,
    tmp_path: Path,
    good_site: Path,
    written: dict[Path, tuple[int, ...]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    kept_results: None,
) -> None:
    folder = laid.folder
    if all(problem.level == "review" for problem in laid.problems):
        assert main(["build", str(folder), "--out", str(tmp_path / "new")]) == CLEAN
        assert (tmp_path / "new" / "index.html").is_file()
        return
    monkeypatch.setattr(building, "checked", laid.checked)
    assert main(["build", str(folder), "--out", str(good_site)]) == FAULTS
    assert stamps(good_site) == written
    assert "nothing was written" in capsys.readouterr().err


def test_a_hint_that_is_followed_removes_its_code_and_brings_no_other(laid: Laid, tmp_path: Path) -> None:
    case, folder = laid.case, laid.folder
    if case.name in NOT_FIXED:
        assert not (case / "fixed").exists()
        return
    before = {problem.code for problem in laid.problems}
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.copy(folder.parent / "outside.md", outer)
    after = {problem.code for problem in reported(follow(case, outer / "project"))}
    assert code_of(case) not in after
    assert after <= before


@pytest.mark.parametrize("case", [case for case in CASES if case.name not in NOT_FIXED], ids=lambda c: c.name)
def test_what_a_hint_says_to_write_is_in_the_fixed_files(case: Path) -> None:
    files = [path for path in (case / "fixed").rglob("*") if path.is_file()]
    written = "\n".join(path.read_text(encoding="utf-8") for path in files)
    names = {path.name for path in files}
    literals = [
        next(filter(None, found.groups()))
        for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines()
        if f" {code_of(case)} " in line
        for found in LITERALS.finditer(line.partition(" / ")[2])
    ]
    assert not literals or any(literal in written or literal in names for literal in literals)


@pytest.mark.parametrize("case", [c for c in CASES if (c / "fixed" / ANSWERS).exists()], ids=lambda c: c.name)
def test_an_answer_is_the_line_that_the_hint_shows(case: Path) -> None:
    """Each line of ``reviews.yaml`` is that of a hint, with a reason."""
    report = (case / "expected.txt").read_text(encoding="utf-8")
    shown = {match[1] for match in re.finditer(r"reviews\.yaml: (- \{.*), reason: …\}", report)}
    if shown:
        answers = _lines(case / "fixed" / ANSWERS)[1:]
        assert {line.strip().partition(", reason")[0] for line in answers} == shown


def test_a_draft_whose_text_has_no_passage_is_checked(tmp_path: Path) -> None:
    folder = lay(TINY.parent / "cases" / "G002-none-tagged-in-a-draft", tmp_path / "project")
    (folder / "corpus/canal/text.md").write_text("1. 引言\n", encoding="utf-8")
    assert "T004" in {problem.code for problem in reported(folder)}


def test_every_problem_has_a_hint() -> None:
    for case in CASES:
        for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines():
            assert " / " in line, line


def test_every_code_has_a_case_and_no_case_a_code_that_is_unknown() -> None:
    assert {code_of(case) for case in CASES} == set(manual.rules()) - set(manual.IMPORTS)


def test_every_fault_has_a_place_in_a_file_and_a_message_on_one_line() -> None:
    for case in CASES:
        for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines():
            place, _, says = line.partition(": ")
            path, row, column = place.rsplit(":", 2)
            assert path.startswith(("corpus/", "annotations/")), line
            assert int(row) >= 1, line
            assert int(column) >= 1, line
            assert says.partition(" ")[0] in manual.rules(), line


def test_one_run_reports_the_faults_of_all_families_in_order_of_place(tmp_path: Path) -> None:
    names = (
        "A007-circle",
        "C004-passage-unknown",
        "F002-not-utf-8",
        "G004-changed",
        "P001-field",
        "S001-coder-unknown",
        "T006-never-closed",
        "W002-line-that-is-not-there",
        "Y004-key-unknown",
    )
    folder = tmp_path / "project"
    laid: set[str] = set()
    for name in names:
        case = TINY.parent / "cases" / name
        files = set(on_disk(case)) - set(OWN)
        assert not files & laid, "these cases must not lie over each other"
        laid |= files
        lay(case, folder)
    found = reported(folder)
    assert {problem.code for problem in found} >= {name.partition("-")[0] for name in names}
    assert list(found) == sorted(found, key=lambda problem: problem.place)
    assert len(set(found)) == len(found)
