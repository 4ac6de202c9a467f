"""The tasks of a build on the workers of a Dask scheduler: several processes of this machine."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from site_builder import pipeline
from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import load, scheduler
from site_builder.edges.scheduler import Scheduler
from site_builder.edition.edition import Edition
from site_builder.pipeline.assemble import Assembler
from site_builder.site.tasks import Task, TaskContext, Unavailable

FLAT = Path(__file__).resolve().parent.parent / "projects" / "english-flat"
WORKERS = 3


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a scheduler with three workers, each a process."""
    with LocalCluster(
        n_workers=WORKERS,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def edition() -> Edition:
    found = load.checked(FLAT).edition()
    assert found is not None
    return found


@pytest.fixture
def context(edition: Edition) -> Assembler:
    return Assembler(edition, lambda _: None)


def process(_: TaskContext, shared: str, number: int) -> tuple[int, int]:
    """A task that says which process does it.  The first one that does number 5 is lost, and 7 is slow."""
    if number == 5 and shared:
        try:
            Path(shared).touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            os._exit(1)
    if number == 7 and shared:
        time.sleep(1)
    return number, os.getpid()


def numbered(shared: str = "") -> list[Task]:
    return [
        Task(kind="number", name=str(n), function=process, shared=shared, arguments=(n,)) for n in range(40)
    ]


def test_workers_make_the_same_site(address: str, edition: Edition) -> None:
    with Scheduler(address) as engine:
        found = pipeline.site(edition, engine=engine)
    clean = pipeline.site(edition)
    assert found.keys() == clean.keys()
    assert [name for name in clean if found[name] != clean[name]] == []
    assert engine.counts.made["page"] > 0


def test_several_workers_do_the_tasks_and_none_is_done_here(address: str, context: Assembler) -> None:
    with Scheduler(address) as engine:
        found = engine.submit(context, numbered())()
    assert [number for number, _ in found] == list(range(40))
    processes = {process for _, process in found}
    assert len(processes) > 1
    assert os.getpid() not in processes


def test_nothing_is_lost_with_a_worker_that_is_lost_and_one_that_is_slow(
    address: str, context: Assembler, tmp_path: Path
) -> None:
    with Scheduler(address) as engine:
        found = engine.submit(context, numbered(str(tmp_path / "lost")))()
    assert (tmp_path / "lost").exists()
    assert [number for number, _ in found] == list(range(40))


def test_a_worker_with_another_version_of_the_tool_is_refused(
    address: str, context: Assembler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler.toolprint, "digest", lambda: b"another")
    with Scheduler(address) as engine, pytest.raises(Unavailable, match="another version"):
        engine.submit(context, numbered())()


def test_the_command_builds_on_the_workers(address: str, tmp_path: Path) -> None:
    words = ["build", str(FLAT), "--out", str(tmp_path / "site"), "--scheduler", address]
    assert main(words) == CLEAN
    assert (tmp_path / "site" / "index.html").is_file()


def test_without_a_scheduler_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scheduler, "_TIMEOUT", 1)
    words = ["build", str(FLAT), "--out", str(tmp_path / "site"), "--scheduler", "tcp://127.0.0.1:9"]
    assert main(words) == FAULTS
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_without_the_library_the_message_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ["build", str(FLAT), "--out", str(tmp_path / "site"), "--scheduler", "tcp://127.0.0.1:9"]
    assert main(words) == FAULTS
    assert "the library 'distributed' is not installed" in capsys.readouterr().err
