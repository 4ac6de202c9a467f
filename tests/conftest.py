"""Shared fixtures: two projects, their sites, and the option that rewrites goldens.

``tests/tiny`` is a second project without faults, with another text, grid and codebook.  What passes for both
is true of the tool and not of one article.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import laws
import pytest
import shared
from proof_tools import OnDemand, checked, made
from skips import pytest_make_collect_report, pytest_runtest_makereport

from site_builder import pipeline
from site_builder.cli import main
from site_builder.edges import engines, keeping, load, write
from site_builder.edition import assign, ledgers, recording
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index
from site_builder.model import Project
from site_builder.pipeline import Checked
from site_builder.source import read

laws.register()
__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]  # hooks of pytest

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "tiny"
FLAT = ROOT / "tests" / "projects" / "english-flat"
Files = Mapping[str, bytes]


def pytest_configure(config: pytest.Config) -> None:
    """Prepare the environment of the programs that the tests start, and the folder that the workers share.

    Under ``nohup`` SIGHUP is ignored, in a background job of a shell SIGINT, and every started program
    inherits that.  A handler is not inherited, so these programs get the signals of a terminal.  The suite
    itself is not affected.

    Nothing is kept between runs, except where a test names a folder for it.  Garbage is looked for as
    seldom as in the command: the tests, and the projects that they read, stay until the end.
    """
    gc.set_threshold(*main._COLLECT)
    os.environ[keeping.VARIABLE] = ""
    if not hasattr(config, "workerinput"):
        shared.begin()
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the shared folder, in the process that made it."""
    if not hasattr(config, "workerinput"):
        shared.end()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """As many workers as there are processors, whether or not two of them share a core.

    One more, which could work while others wait for a browser, takes a fifth longer: the browsers of all
    workers keep the processors busy.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="rewrite the reports of tests/cases; then read each of them",
    )


def site_of(found: Checked, *, with_text: bool = True) -> Files:
    """Every file of the site of a project, which must have no errors."""
    assert found.sound, "\n".join(map(str, found.problems))
    assert found.project is not None
    assert found.index is not None
    return pipeline.site(Edition(found.project, found.index, with_text=with_text))


def pages_of(found: Checked) -> Files:
    """The files of the site of a project without errors, for a test that reads a few of them.

    Each is made when it is asked for, with the bytes that it has in :func:`site_of`.
    """
    assert found.sound, "\n".join(map(str, found.problems))
    assert found.project is not None
    assert found.index is not None
    return OnDemand(Edition(found.project, found.index))


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(files: Mapping[str, object], others: Mapping[str, object]) -> list[str]:
    """The names of the files that are not the same in two folders or sites, or are in one alone.

    For ``assert differing(…) == []``: pytest compares the contents themselves line by line, and in CI in
    full; for the files of a site this takes hours.
    """
    return sorted(
        name
        for name in {*files, *others}
        if name not in files or name not in others or files[name] != others[name]
    )


def record(folder: Path) -> Path:
    """Give the pages of a project ids, and make its ledgers hold everything that it has now.

    For a test that changes a project and is not about ledgers.  The ledger of addresses is rebuilt; that
    of a text gets the sentences of the passages that it knows.

    :returns: ``folder``.
    """
    sources, _ = load.sources(folder)
    project, _ = read.project(sources)
    if project is None or project.site.format < 2:
        return folder
    files = assign.assigned(project, sources)
    project, _ = read.project({**sources, **files})
    assert project is not None
    for work in project.works:
        kept = ledgers.of_work(work, with_sentences=True)
        known = {anchor.id for anchor in kept.state.ledger}
        state = replace(kept.state, blocks=tuple(b for b in kept.state.blocks if b.id in known))
        if known and kept.path in sources:
            files[kept.path] = kept.text(sources[kept.path], recording.updated(state))
    kept = ledgers.of_project(replace(project, anchors=()))
    files[kept.path] = kept.text(None, recording.updated(kept.state))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def tiny_parts() -> tuple[Project, Index]:
    """The small project and its index, for a module that needs them when it is imported."""
    found = checked(TINY)
    assert found.project is not None
    assert found.index is not None
    return found.project, found.index


def codes_of(folder: Path) -> list[str]:
    """The code of every problem of a project, in order of place."""
    return [problem.code for problem in load.checked(folder).problems]


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace words that are once in a file of a project."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def _one_process() -> Iterator[None]:
    """A build in the process of a test uses no other one, as if the machine had one processor.

    The suite has a worker for each processor already.  Tests of processes ask for a number of them.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "processors", lambda: 1)
        yield


@pytest.fixture(scope="session")
def repository() -> Checked:
    """The edition of this repository, read and checked."""
    return checked(ROOT)


@pytest.fixture(scope="session")
def tiny() -> Checked:
    return checked(TINY)


@pytest.fixture(scope="session")
def repository_site() -> Files:
    return made(ROOT)


@pytest.fixture(scope="session")
def tiny_site() -> Files:
    return made(TINY)


@pytest.fixture(scope="session")
def tiny_site_without_text(tiny: Checked) -> Files:
    return shared.value("files of tiny without text", lambda: dict(site_of(tiny, with_text=False)))


@pytest.fixture(scope="session")
def good_site(tiny_site: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site of the faultless project; no test may change it."""
    out = tmp_path_factory.mktemp("good") / "_site"
    write.site(tiny_site, out)
    return out


@pytest.fixture
def kept_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of the test share their kept results with those of other tests, so that a build makes only what
    differs; that it is then the site of a clean build is the law of test_engines.py.
    """
    monkeypatch.setenv(keeping.VARIABLE, str(shared.folder("kept results", Path.mkdir)))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tiny project that a test may change."""
    folder = tmp_path / "project"
    shutil.copytree(TINY, folder)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of a project whose build takes a fifth of the time of the tiny one.

    For a test of a command that makes a whole site, whatever is on it.
    """
    folder = tmp_path / "small"
    shutil.copytree(FLAT, folder)
    return folder
