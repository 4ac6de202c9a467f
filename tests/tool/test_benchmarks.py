"""The generator of corpora, the runs of ``make bench``, and its report."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT

from benchmarks import __main__ as command
from benchmarks import corpus, edits, measure, peers, report, sampling
from benchmarks.measure import Measurement
from benchmarks.runner import LIBRARIES, OURS, STEPS, Sample
from site_builder.cli.main import main


def project(folder: Path, works: int, capsys: pytest.CaptureFixture[str], length: int = 12) -> Path:
    corpus.write(folder, works, length=length)
    assert main(["anchors", str(folder)]) == 0
    capsys.readouterr()
    return folder


# --- the generator ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("works", "length"), [(1, 40), (3, 12), (1, 2)])
def test_a_corpus_has_no_problem(
    works: int, length: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(tmp_path / "made", works, capsys, length)
    assert main(["check", str(folder)]) == 0
    assert "0 errors" in "".join(capsys.readouterr())


def test_a_work_is_the_same_in_a_corpus_of_any_size() -> None:
    small, large = (dict(corpus.sources(works, length=12)) for works in (2, 3))
    works = {path: text for path, text in small.items() if path.startswith("corpus/") or "/tags/" in path}
    assert len(works) == 2 * 7
    assert works.items() <= large.items()
    assert small == dict(corpus.sources(2, length=12))


def test_another_seed_gives_other_words() -> None:
    texts = [dict(corpus.sources(1, seed=seed))["corpus/w00001/text.md"] for seed in (1, 2)]
    assert texts[0] != texts[1]


def test_a_work_has_forty_passages_each_with_tags() -> None:
    [work] = corpus.works(1)
    assert len(work.passages) == 40
    for passage in work.passages:
        assert passage.tags
        assert all(passage.text.count(tag.evidence) == 1 for tag in passage.tags)
        assert 200 < len(passage.text) < 280


def test_after_each_edit_a_corpus_has_no_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path / "made", 1, capsys, length=3)
    work = edits.middle(1)
    for value in (1, 2):
        edits.gist(folder, work, value)
        edits.color(folder, value)
        assert main(["check", str(folder)]) == 0
        edits.paragraph(folder, work, value)
        assert main(["check", str(folder)]) == 1  # the words of a passage changed
        assert main(["anchors", str(folder), "--work", work, "--accept", edits.PASSAGE]) == 0
        assert main(["check", str(folder)]) == 0


# --- the measurement --------------------------------------------------------------------------------

_CHILD = "import time; x = bytearray(30_000_000); y = sum(range(3_000_000)); time.sleep(0.5)"
_PARENT = f"""
import subprocess, sys
from pathlib import Path
Path('out').mkdir(exist_ok=True)
Path('out/new').write_text('four')
children = [subprocess.Popen([sys.executable, '-c', {_CHILD!r}]) for _ in range(2)]
for child in children: child.wait()
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory of children needs /proc")
def test_time_and_memory_of_children_count(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "old").write_text("as it was", encoding="utf-8")
    found = measure.run([sys.executable, "-c", _PARENT], cwd=tmp_path, environment=os.environ, out=out)
    alone = measure.run([sys.executable, "-c", _CHILD], cwd=tmp_path, environment=os.environ)
    assert (found.files, found.total) == (1, len("four") + len("as it was"))
    assert found.cpu > 1.3 * alone.cpu
    assert found.memory > 60
    assert found.memory > 1.4 * alone.memory


def test_a_process_that_has_ended_has_no_children_and_no_time() -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        process.wait()
        assert list(measure.tree(process.pid)) == [process.pid]
        assert measure.cpu_of_tree(process.pid) == 0


def test_a_program_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="exit code 3"):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"], cwd=tmp_path, environment=os.environ)


# --- the other programs -----------------------------------------------------------------------------


def test_peers_that_are_not_installed_are_left_out(tmp_path: Path) -> None:
    assert peers.found(tmp_path) == []


def test_the_programs_of_peers_are_found_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bench/lib/python3.11/site-packages/hugo"
    (folder / "binaries").mkdir(parents=True)
    (folder / "binaries/hugo").touch()
    (tmp_path / "bench/bin").mkdir()
    (tmp_path / "bench/bin/pelican").touch()
    monkeypatch.chdir(tmp_path)
    found = peers.found(Path("bench"))
    assert [peer.name for peer in found] == ["Hugo", "Pelican"]
    assert all(Path(peer.command[0]).is_absolute() for peer in found)


def test_peers_get_the_same_pages(tmp_path: Path) -> None:
    works = list(corpus.works(1, length=3))
    for name in ("Hugo", "Pelican"):
        peers.write(peers.Peer(name, "", ()), tmp_path / name, works)
    words = works[0].passages[2].text
    data = json.loads((tmp_path / "Hugo/data/works/w00001.json").read_text(encoding="utf-8"))
    assert data["passages"]["p3"]["text"] == words
    for view in peers.VIEWS:
        assert (tmp_path / f"Hugo/content/{view}_content.gotmpl").exists()
        assert words in (tmp_path / f"Pelican/content/pages/{view}w00001/p3.md").read_text(encoding="utf-8")
        assert words in (tmp_path / f"Pelican/content/works/{view}w00001.md").read_text(encoding="utf-8")
        assert len(list((tmp_path / f"Pelican/content/pages/{view}grid").iterdir())) == len(corpus.CELLS)


# --- a run, and its report --------------------------------------------------------------------------


def test_a_small_run_measures_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "results"
    wanted = ["--works", "1", "--passages", "3", "--rounds", "1", "--out", str(out)]
    wanted += ["--steps", *(step for step in STEPS if step != "serve")]
    assert command.main(wanted) == 0
    printed = capsys.readouterr().out
    assert "Hugo is not installed: it is left out" in printed
    rows = {row["step"]: row for row in json.loads((out / "speed.json").read_text(encoding="utf-8"))["rows"]}
    assert list(rows) == [
        "import", "cold", "nothing changed", "one gist", "one paragraph", "one colour",
        "check, first", "check, again",
    ]  # fmt: skip
    assert all(row["cpu"] > 0 and row["memory"] > 0 for row in rows.values())
    assert rows["nothing changed"]["files"] == 0
    assert 0 < rows["one gist"]["files"] < rows["cold"]["files"]
    assert 0 < rows["one gist"]["tasks"] < rows["cold"]["tasks"]
    assert rows["nothing changed"]["cpu"] < 0.3 * rows["cold"]["cpu"]
    machine = json.loads((out / "speed.json").read_text(encoding="utf-8"))["machine"]
    assert os.uname().nodename not in json.dumps(machine)


def samples() -> list[Sample]:
    return [
        Sample(
            works, "import" if program == LIBRARIES else "cold", program, Measurement(cpu, cpu, 10 * cpu, 3)
        )
        for works in (1, 10)
        for program, base in ((LIBRARIES, 0.1), (OURS, 2.0), ("Hugo 0.1", 0.5))
        for cpu in (base * works, 3 * base * works, 7 * base * works)
    ]


def test_the_report_has_medians_and_multiples_of_the_imports() -> None:
    row = next(row for row in report.rows(samples()) if (row.works, row.program) == (10, OURS))
    assert (row.cpu, row.rounds, row.files) == (60, 3, 3)
    assert row.imports == pytest.approx(20)
    assert "| 10 | cold | site-builder | 3 | 60.000 | 60.000 | 20.0 | 600 | 3 |" in report.table(
        report.rows(samples())
    )


def test_the_results_can_be_read_again() -> None:
    rows = report.rows(samples())
    assert report.from_json(report.as_json(rows, {})) == rows
    [without] = report.rows([Sample(1, "cold", OURS, Measurement(1, 1, 1), tasks=3)])
    [read] = report.from_json(report.as_json([without], {}))
    assert math.isnan(read.imports)
    assert read.tasks == 3


def test_a_run_of_cold_builds_keeps_the_results_of_other_sizes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No program is started: the small run above does that."""
    started: list[list[str]] = []

    def run(command: list[str], **_: object) -> Measurement:
        started.append(command[3:4])
        return Measurement(1, 1, 1)

    monkeypatch.setattr(measure, "run", run)
    earlier = [row for row in report.rows(samples()) if row.works == 10]
    (tmp_path / "speed.json").write_text(report.as_json(earlier, {}), encoding="utf-8")
    wanted = ["--works", "1", "--passages", "2", "--rounds", "1", "--keep", "--out", str(tmp_path)]
    wanted += ["--steps", "cold"]
    assert command.main(wanted) == 0
    assert started == [["anchors"], [], ["build"]]
    rows = report.from_json((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert [(row.works, row.step) for row in rows if row.works == 1] == [(1, "import"), (1, "cold")]
    assert [row for row in rows if row.works == 10] == earlier


def test_the_picture_has_a_line_for_each_program_in_both_panels() -> None:
    drawn = ElementTree.fromstring(report.picture(report.rows(samples())))
    lines = [line for line in drawn.iter() if line.get("class", "").startswith("line")]
    assert len(lines) == 4
    dots = [dot for dot in drawn.iter() if dot.get("class", "").startswith("dot")]
    assert len(dots) == 8
    style = "".join(text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}style"))
    assert "prefers-color-scheme: dark" in style


def test_a_table_is_written_between_its_marks() -> None:
    text = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    assert report.replaced(text, "new\n") == f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n"
    with pytest.raises(ValueError, match="missing"):
        report.replaced("nothing", "new")


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("README.md", (report.BEGIN, report.END)),
        ("docs/speed.md", (report.BEGIN, report.END)),
        ("docs/speed.md", (report.BEGIN_PARTS, report.END_PARTS)),
    ],
)
def test_the_documents_have_the_marks(path: str, marks: tuple[str, str]) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert report.replaced(text, "x", marks) != text


def test_the_parts_of_a_cold_build_are_those_of_its_functions(tmp_path: Path) -> None:
    """The large parts take long enough in a build of the small project to be seen, and what is not known
    takes little time.
    """
    result = tmp_path / "parts.json"
    script = [sys.executable, sampling.__file__, str(result)]
    cold = {**os.environ, "PYTHONPATH": str(ROOT), "SITE_BUILDER_CACHE": str(tmp_path / "cache")}
    command = [*script, "build", str(ROOT / "tests/tiny"), "--out", str(tmp_path / "site"), "--jobs", "1"]
    begin = os.times()
    subprocess.run(command, env=cold, check=True, capture_output=True)
    end = os.times()
    seconds = json.loads(result.read_text(encoding="utf-8"))
    known = {part for _, _, part in sampling.PARTS} | {sampling.IMPORTS, sampling.BYTECODE, sampling.OTHER}
    assert (
        {"pages", "pictures", "compiling templates", "imports", "EPUB"}
        <= set(seconds)
        <= known | {sampling.OTHER}
    )
    spent = end.children_user + end.children_system - begin.children_user - begin.children_system
    assert 0.7 * spent < sum(seconds.values()) <= 1.01 * spent
    assert seconds.get(sampling.OTHER, 0) < 0.15 * spent


def test_the_innermost_known_function_says_the_part() -> None:
    """A text that a page asks the pictures for is part of the pictures."""

    def called(path: str, call: Callable[[], str]) -> str:
        """What a function gives that is called by code of a file."""
        names: dict[str, Any] = {"call": call}
        exec(compile("found = call()", path, "exec"), names)
        return str(names["found"])

    def edition() -> str:
        return called("/x/site_builder/edition/a.py", lambda: sampling.part_of(sys._getframe()))

    assert called("/x/templates/home.html", edition) == "pages"
    assert called("/x/site_builder/site/pictures/a.py", edition) == "pictures"
    assert called("/x/templates/epub/home.xhtml", edition) == "EPUB"
    assert edition() == sampling.OTHER


def test_the_table_of_parts_begins_with_the_dearest_and_ends_with_what_is_always_needed() -> None:
    first = {"pages": 1.0, "writing": 3.0}
    lines = sampling.table({"one": first, "two": {"pages": 2.0, "imports": 2.0}}).splitlines()
    assert lines[0] == "| part of a cold build | one: s CPU | % | two: s CPU | % |"
    assert lines[2:] == [
        "| writing | 3.00 | 75 | 0.00 | 0 |",
        "| pages | 1.00 | 25 | 2.00 | 50 |",
        "| imports | 0.00 | 0 | 2.00 | 50 |",
        "| all | 4.00 | 100 | 4.00 | 100 |",
        "| needed whatever the files contain | 3.00 | 75 | 2.00 | 50 |",
    ]


def test_what_is_always_needed_are_parts() -> None:
    parts = {part for _, _, part in sampling.PARTS} | {sampling.IMPORTS, sampling.BYTECODE}
    assert set(sampling.NEEDED) <= parts


def test_the_folders_of_the_tool_are_copied_without_bytecode(tmp_path: Path) -> None:
    from benchmarks.runner import Bench

    Bench(ROOT, tmp_path, [], lambda _: None)
    assert (tmp_path / "tool/site_builder/__main__.py").exists()
    assert not list(tmp_path.rglob("*.pyc"))
    shutil.rmtree(tmp_path / "tool")
