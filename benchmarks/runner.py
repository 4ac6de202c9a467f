"""The runs: each program once in each round, so that what else the machine does affects all alike."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus, edits, measure, peers, sampling
from benchmarks.measure import Measurement

OURS = "site-builder"
UNCHANGED = "nothing changed"
"""Measured after a build with the same arguments, without ``--stats``: its record answers."""
STEPS = ("cold", "unchanged", "gist", "paragraph", "colour", "check", "serve")
"""What is measured of an invented corpus, besides the import of the libraries."""
LIBRARIES = "import of the libraries"
_IMPORT = "import yaml, jinja2, markdown_it, opencc, lxml.etree"
_COPIED = ("site_builder", "templates")
_WAIT = 600.0  # seconds for a page of the preview
_POLL = 0.02  # seconds between two requests


@dataclass(frozen=True)
class Sample:
    works: int
    """0 is the project of this repository."""
    step: str
    program: str
    measured: Measurement
    tasks: int | None = None
    """Tasks that a build did, and did not find in the cache; None if this was not counted."""


Report = Callable[[Sample], None]


class Bench:
    """A folder for the runs, with a copy of the tool whose bytecode can be removed."""

    def __init__(self, root: Path, folder: Path, found: Sequence[peers.Peer], report: Report) -> None:
        self._folder = folder
        self._peers = found
        self._report = report
        self._tool = folder / "tool"
        self._cache = folder / "cache"
        for name in _COPIED:
            shutil.copytree(root / name, self._tool / name, ignore=shutil.ignore_patterns("__pycache__"))
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_"))}
        self._environment = {
            **kept,
            "PYTHONPATH": str(self._tool),
            "SITE_BUILDER_CACHE": str(self._cache),
            "PYTHONHASHSEED": "0",
        }

    def repository(self, root: Path, rounds: int) -> None:
        """Measure the project of this repository: everything that can be measured without an edit."""
        project = self._folder / "repository"
        for name in ("corpus", "annotations"):
            shutil.copytree(root / name, project / name)
        for _ in range(rounds):
            self._libraries(0)
            self._cold(0, project)
            self._tool_run("build", str(project))
            self._build(0, UNCHANGED, project)
            self._check(0, project)

    def parts(self, root: Path) -> dict[str, float]:
        """Seconds of processor time of each part of a cold build of the project of this repository, with one
        process.
        """
        project = self._folder / "sampled"
        for name in ("corpus", "annotations"):
            shutil.copytree(root / name, project / name)
        return self._sampled(project)

    def parts_of_works(self, count: int) -> dict[str, float]:
        """The same of an invented corpus."""
        return self._sampled(self._corpus(count, corpus.PASSAGES))

    def _sampled(self, project: Path) -> dict[str, float]:
        """The seconds of each part of a cold build of a project, which is removed."""
        self._forget(project)
        result = self._folder / "parts.json"
        command = [sys.executable, sampling.__file__, str(result), "build", str(project), "--jobs", "1"]
        self._run(command)
        shutil.rmtree(project)
        seconds: dict[str, float] = json.loads(result.read_text(encoding="utf-8"))
        return seconds

    def _corpus(self, count: int, length: int) -> Path:
        """A new invented corpus, with its ids recorded."""
        project = self._folder / f"corpus-{count}"
        corpus.write(project, count, length=length)
        self._tool_run("anchors", str(project))
        return project

    def invented(
        self, count: int, rounds: int, *, length: int = corpus.PASSAGES, steps: Sequence[str] = STEPS
    ) -> None:
        """Measure steps of an invented corpus, and with a cold build the peers with the same pages.

        :param steps: some of :data:`STEPS`.
        """
        project = self._corpus(count, length)
        beside = []
        for peer in self._peers if "cold" in steps else ():
            folder = self._folder / f"{peer.name}-{count}"
            peers.write(peer, folder, corpus.works(count, length=length))
            beside.append((peer, folder))
        for at in range(1, rounds + 1):
            self._libraries(count)
            if "cold" in steps:
                self._cold(count, project)
            for peer, folder in beside:
                peers.clean(folder)
                found = measure.run(
                    peer.command, cwd=folder, environment=self._environment, out=folder / "out"
                )
                self._report(Sample(count, "cold", f"{peer.name} {peer.version}", found))
            self._edited(count, project, at, steps)
            if "check" in steps:
                self._check(count, project)
            if "serve" in steps:
                self._serve(count, project, at)
        for folder in (project, *(folder for _, folder in beside)):
            shutil.rmtree(folder)

    def _edited(self, count: int, project: Path, at: int, steps: Sequence[str]) -> None:
        """Measure builds after an earlier one: without a change, and after each edit."""
        work = edits.middle(count)
        if {"unchanged", "gist", "paragraph", "colour"}.intersection(steps):
            self._tool_run("build", str(project))
        if "unchanged" in steps:
            self._build(count, UNCHANGED, project)
        if "gist" in steps:
            edits.gist(project, work, at)
            self._build(count, "one gist", project)
        if "paragraph" in steps:
            edits.paragraph(project, work, at)
            self._tool_run("anchors", str(project), "--work", work, "--accept", edits.PASSAGE)
            self._build(count, "one paragraph", project)
        if "colour" in steps:
            edits.color(project, at)
            self._build(count, "one colour", project)

    def _libraries(self, count: int) -> None:
        found = self._run([sys.executable, "-c", _IMPORT])
        self._report(Sample(count, "import", LIBRARIES, found))

    def _cold(self, count: int, project: Path) -> None:
        """A build without output, cache, compiled templates and bytecode of the tool."""
        self._forget(project)
        self._build(count, "cold", project)

    def _forget(self, project: Path) -> None:
        """Remove everything that an earlier build has left."""
        shutil.rmtree(self._cache, ignore_errors=True)
        shutil.rmtree(project / "_site", ignore_errors=True)
        for folder in list(self._tool.rglob("__pycache__")):
            shutil.rmtree(folder)

    def _build(self, count: int, step: str, project: Path) -> None:
        out = project / "_site"
        numbers = self._folder / "numbers.json"
        numbers.unlink(missing_ok=True)
        counted = () if step == UNCHANGED else ("--stats", str(numbers))
        found = self._run(self._command("build", str(project), *counted), out=out)
        self._report(Sample(count, step, OURS, found, _tasks(numbers)))

    def _check(self, count: int, project: Path) -> None:
        found = self._run(self._command("check", str(project)))
        self._report(Sample(count, "check, first", OURS, found))
        found = self._run(self._command("check", str(project)))
        self._report(Sample(count, "check, again", OURS, found))

    def _serve(self, count: int, project: Path, at: int) -> None:
        """From the moment that a file is saved until the page of the preview shows the edit."""
        work = edits.middle(count)
        command = self._command("serve", str(project), "--port", "0")
        server = subprocess.Popen(
            command, cwd=self._folder, env=self._environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[0] + f"{work}/{edits.PASSAGE}.html"
            _page(address)
            peak = measure.Peak(server.pid)
            peak.start()
            cpu, begin = measure.cpu_of_tree(server.pid), time.perf_counter()
            words = edits.gist(project, work, 1000 + at)
            while words not in _page(address):
                if time.perf_counter() - begin > _WAIT:
                    raise measure.Failed(f"serve: {words} is not on the page after {_WAIT:.0f} s")
                time.sleep(_POLL)
            wall = time.perf_counter() - begin
            cpu = measure.cpu_of_tree(server.pid) - cpu
            found = Measurement(wall=wall, cpu=cpu, memory=peak.stop() / 1024)
        finally:
            server.terminate()
            server.wait()
        self._report(Sample(count, "serve, edit to page", OURS, found))

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "site_builder", *arguments]

    def _tool_run(self, *arguments: str) -> None:
        self._run(self._command(*arguments))

    def _run(self, command: Sequence[str], out: Path | None = None) -> Measurement:
        return measure.run(command, cwd=self._folder, environment=self._environment, out=out)


def _tasks(numbers: Path) -> int | None:
    if not numbers.exists():
        return None
    kinds: dict[str, dict[str, int]] = json.loads(numbers.read_text(encoding="utf-8"))["tasks"]
    return sum(kind["made"] for kind in kinds.values())


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=_WAIT) as answer:
        text: str = answer.read().decode("utf-8")
        return text
